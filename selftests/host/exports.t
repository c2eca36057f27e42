#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# ntcompat/exports.list against the code, the headers and the tests: nothing that
# the module exports is without a declaration, an IRQL, a test; and nothing is a stub.

. "$(dirname "$0")/../common.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
here=$top/selftests
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
count=0 failed=0
tab=$'\t'

# The result is good when there is nothing in the file.
nothing_in()
{
	count=$((count + 1))
	if [ ! -s "$1" ]; then
		echo "ok $count $2"
	else
		sed 's/^/# /' "$1" | head -n 40
		echo "not ok $count $2"
		failed=1
	fi
}

list=$top/ntcompat/exports.list
out=$build/$("$here/kernel" release "$("$here/kernel" kdir stock)")
grep -v '^#' "$list" >"$tmp/list"
cut -f1 "$tmp/list" >"$tmp/names"
find "$top/ntcompat" -name '*.c' ! -path '*/tools/*' -exec awk -f "$here/exports.awk" {} + |
	sed "s|$tab$top/|$tab|" | sort >"$tmp/sources"

echo TAP version 13

# ---- The list ----

awk -F '\t' 'NF != 6 || /\t\t/ { print "not six fields: " $0 }' "$tmp/list" >"$tmp/bad"
nothing_in "$tmp/bad" "every line has six fields"
sort -cu "$tmp/names" 2>"$tmp/bad"
nothing_in "$tmp/bad" "sorted, and nothing twice"
awk -F '\t' '$6 != "full" && $6 !~ /^partial: ./ { print $1 ": " $6 }' "$tmp/list" >"$tmp/bad"
nothing_in "$tmp/bad" "what is partial says in what"

# ---- The code ----

awk '$3 ~ /ntcompat$/ { print $2 }' "$out/tree/Module.symvers" | sort >"$tmp/exported"
{
	comm -23 "$tmp/exported" "$tmp/names" | sed 's/$/: exported, not in the list/'
	comm -13 "$tmp/exported" "$tmp/names" | sed 's/$/: in the list, not exported/'
} >"$tmp/bad"
nothing_in "$tmp/bad" "the list has what the module exports"

nm "$out/modules/ntcompat.ko" | awk '$2 ~ /[bBdDrR]/ { print $3 }' | sort >"$tmp/variables"
awk -F '\t' '
	FILENAME ~ /variables$/ { variable[$1] = 1; next }
	FILENAME ~ /sources$/ { irql[$1] = $3; next }
	{ expected = $1 in variable ? "-" : irql[$1] }
	$3 != expected { print $1 ": " $3 " in the list, " (expected == "" ? "nothing" : expected) " in the code" }
' "$tmp/variables" "$tmp/sources" "$tmp/list" >"$tmp/bad"
nothing_in "$tmp/bad" "the kernel-doc has the same IRQL"

# What is left when constants through pointers are gone.
awk -F '\t' '
	FILENAME ~ /variables$/ { variable[$1] = 1; next }
	FILENAME ~ /constant$/ { if (!/^#/) reason[$1] = 1; next }
	$1 in variable { next }
	{
		body = $4
		gsub(/(if \([A-Za-z]+\) )?\*[A-Za-z]+ = [A-Z_0-9a-z]+;/, "", body)
		gsub(/return \((void|[A-Z_]+)\)/, "return ", body)
		gsub(/ /, "", body)
	}
	body ~ /^(return[A-Za-z0-9_]*;)?$/ {
		if (!($1 in reason)) print $1 ": does nothing: " $4
		delete reason[$1]
	}
	END { for (name in reason) print name ": api/constant explains it, and it is not so" }
' "$tmp/variables" "$here/api/constant" "$tmp/sources" >"$tmp/bad"
nothing_in "$tmp/bad" "no routine is a stub"

# ---- The headers ----

# A whole file for each header; the address of a routine needs a declaration.
cut -f2 "$tmp/list" | sort -u | while read -r header; do
	[ "$header" = - ] && continue
	{
		echo "#include <$header>"
		awk -F '\t' -v header="$header" '$2 == header { print "const void *p_" $1 " = &" $1 ";" }' \
			"$tmp/list"
	} >"$tmp/header.c"
	"${HOSTCC:-gcc}" -std=gnu11 -nostdinc -fshort-wchar -fno-builtin -w -fmax-errors=0 -D_KERNEL_MODE \
		-I"$top/ntcompat/include/nt" -fsyntax-only "$tmp/header.c" 2>&1 |
		sed -nE "s|.*error: .([A-Za-z_0-9]+). undeclared.*|\1: not declared by $header|p; s|.*fatal error|&|p"
done >"$tmp/bad"
nothing_in "$tmp/bad" "each is declared by its header"
# Without a header are those that the Linux half of a driver calls.
awk -F '\t' '$2 == "-" { print $1 }' "$tmp/list" | while read -r name; do
	grep -qw "$name" "$top/ntcompat/linux/glue.h" || echo "$name: no header"
done >"$tmp/bad"
nothing_in "$tmp/bad" "or by the glue"

# ---- The tests ----

# "NAME DRIVER/FILE" for all that the objects of our drivers call.
for folder in "$top"/sample_drivers/*/ "$here"/drivers/*/; do
	driver=$(basename "$folder")
	find "$out/drivers/$driver" -name '*.o' ! -name '*.mod.o' ! -path "$out/drivers/$driver/$driver.o" |
	while read -r object; do
		file=${object#"$out/drivers/$driver/"}
		file=${file#src/}
		nm -u "$object" | awk -v test="$driver/${file%.o}" '{ print $NF, test }'
	done
done | sort -u >"$tmp/calls"
while IFS=$tab read -r name _ _ _ test _; do
	case $test in
	host/*) grep -qw "$name" "$here/$test.c" 2>/dev/null ;;
	*) grep -qx "$name $test" "$tmp/calls" ;;
	esac || echo "$name: $test does not call it"
done <"$tmp/list" >"$tmp/bad"
nothing_in "$tmp/bad" "the tests that are named call them"
# A call in a source is one in a module that is built.
cut -f5 "$tmp/list" | grep -v '^host/' | cut -d/ -f1 | sort -u | while read -r driver; do
	compgen -G "$out/drivers/$driver/*.ko" >/dev/null || echo "$driver: no module"
done >"$tmp/bad"
nothing_in "$tmp/bad" "and are modules"

"$here/exports-doc" --check >"$tmp/bad"
nothing_in "$tmp/bad" "docs/api-status.md is up to date"

echo "1..$count"
exit $failed
