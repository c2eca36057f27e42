#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# api-coverage believes nobody: neither a declaration without an export, nor a
# macro that needs what there is not, nor a member without a function.

. "$(dirname "$0")/../common.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
here=$top/selftests
# shellcheck source=selftests/host/result.sh
. "$(dirname "$0")/result.sh"

echo TAP version 13

# A table of demand of the "name provider" lines.
table()
{
	printf 'name\tprovider\tdrivers\tcore\thw\tuses\n'
	while read -r name provider; do
		printf '%s\t%s\t10\t10\t10\t99\n' "$name" "$provider"
	done
}

table >"$tmp/demand" <<'END'
NT_SUCCESS header
IoCallDriver ntoskrnl
KeSetEvent ntoskrnl
IoGetCurrentIrpStackLocation header
PsGetCurrentProcess ntoskrnl
KeNumberProcessors ntoskrnl
READ_PORT_UCHAR hal
__try header
memcpy crt-ntoskrnl
swprintf crt-ntoskrnl
PutDmaAdapter dma-method
NtNoSuchRoutine ntoskrnl
NoSuchMethod dma-method
printk ntoskrnl
END
"$here/api-coverage" "$tmp/demand" >"$tmp/out" 2>&1
[ "$(awk '/^missing/ { m = 1; next } m && NF { print $1 }' "$tmp/out" | tr '\n' ' ')" = \
	"NtNoSuchRoutine NoSuchMethod printk " ]
result "what is there is found, by its kind; what is not, is not"
grep -qx 'all  names  78.57 % (11 of 14)   pairs  78.57 % (110 of 140)' "$tmp/out"
result "and counted"

# The same without two exports and without the DMA adapters' methods.
release=$("$here/kernel" release "$("$here/kernel" kdir stock)")
mkdir -p "$tmp/build/tree/ntcompat/hal"
grep -vE '\<(KeSetEvent|IofCallDriver|nt_try_next)\>' \
	"$build/$release/tree/Module.symvers" >"$tmp/build/tree/Module.symvers"
cp "$build/$release/tree/ntcompat/hal/bus.o" "$tmp/build/tree/ntcompat/hal/"
"$here/api-coverage" "$tmp/demand" "$tmp/build" >"$tmp/out" 2>&1
[ "$(awk '/^missing/ { m = 1; next } m && NF { print $1 }' "$tmp/out" | sort | tr '\n' ' ')" = \
	"IoCallDriver KeSetEvent NoSuchMethod NtNoSuchRoutine PutDmaAdapter __try printk " ]
result "a declaration is nothing without the export, nor a macro or a member"

! "$here/api-coverage" "$tmp/no-table" >"$tmp/out" 2>&1 && grep -q 'no table of demand' "$tmp/out"
result "no table, no numbers"

# A reason for what is there would be a lie.
grep -v '^#' "$here/api/meaningless" | cut -f1 | sed 's/$/ ntoskrnl/' | table >"$tmp/demand"
"$here/api-coverage" "$tmp/demand" >"$tmp/out" 2>&1
grep -q '^all  names   0.00 %' "$tmp/out"
result "what is said to have no meaning here is not here"

# Probes use what they say.
cut -f1 "$here/api/probes" | grep -v '^#' | sort | uniq -d >"$tmp/out"
[ ! -s "$tmp/out" ]
result "no probe is there twice"
awk -F '\t' '!/^#/ && index($2, $1) == 0' "$here/api/probes" >"$tmp/out"
[ ! -s "$tmp/out" ]
result "each probe uses its name"

echo "1..$count"
exit $failed
