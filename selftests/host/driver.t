#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# `make driver`: folders of NT sources, good and bad, and inf2h's INF files.

. "$(dirname "$0")/driver.sh"

legacy='#include <ntddk.h>
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);'

echo TAP version 13

# ---- Good ones ----

cp -r "$top/sample_drivers/edu" "$tmp/edu"
find "$tmp/edu" -type f | sort >"$tmp/before"
builds "$tmp/edu"
result "a copy of the sample builds"
{ cat "$tmp/before"; echo "$tmp/edu/edu.ko"; } | sort |
	diff - <(find "$tmp/edu" -type f | sort) >"$tmp/log" 2>&1
result "and nothing but edu.ko is added"
release=$("$top/selftests/kernel" release "$("$top/selftests/kernel" kdir stock)")
cmp "$build/$release/modules/edu.ko" "$tmp/edu/edu.ko" >"$tmp/log" 2>&1
result "which is the same, byte for byte"
cp "$tmp/edu/edu.ko" "$tmp/first.ko"
builds "$tmp/edu" && cmp "$tmp/first.ko" "$tmp/edu/edu.ko" >>"$tmp/log" 2>&1
result "a second time, too"

driver legacy <<<"$legacy
	return STATUS_NOT_SUPPORTED; }"
builds "$tmp/legacy" && [ -e "$tmp/legacy/legacy.ko" ]
result "a folder without an INF is named after itself"
! grep -aq 'alias=pci:' "$tmp/legacy/legacy.ko"
result "and for no device"

# A name that the tools cannot handle is to be refused, or to work.
mkdir "$tmp/with space"
cp -r "$tmp/legacy" "$tmp/with space/legacy"
rm "$tmp/with space/legacy/legacy.ko"
if builds "$tmp/with space/legacy"; then
	[ -e "$tmp/with space/legacy/legacy.ko" ]
else
	grep -qiE 'space|blank' "$tmp/log"
fi
result "a path with a space works, or is refused for it"
cp -r "$tmp/legacy" "$tmp/bad name"
build_fails_saying "cannot be a module's name|space|blank" "$tmp/bad name"
result "a folder's name that is no module's is refused"

# Windows knows no case, and two kinds of slashes.
mkdir -p "$tmp/slashes/Inc/sub"
driver slashes <<'END'
#include <NTDDK.H>
#include <NtStrSafe.h>
#include "inc\Own.h"
  #  include "INC\SUB\deep.h" /* deep */
#include "Plain.h"
#ifdef NEVER
#include <not\there.h>
#endif
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	UNREFERENCED_PARAMETER(DriverObject);
	C_ASSERT(OWN + DEEP + PLAIN == 7);
	return STATUS_SUCCESS;
}
END
echo '#define PLAIN 4' >"$tmp/slashes/PLAIN.H"
printf '#pragma once\n#include "SUB\\deep.h"\n#define OWN 1\n' >"$tmp/slashes/Inc/own.h"
printf '#pragma once\n#include "..\\OWN.H"\n#define DEEP 2\n' >"$tmp/slashes/Inc/sub/Deep.h"
cp -r "$tmp/slashes" "$tmp/slashes.before"
builds "$tmp/slashes"
result "include names in another case and with backslashes"
ok=0
for line in 'slashes.c:1: NTDDK.H is ntddk.h' 'slashes.c:4: INC\SUB\deep.h is Inc/sub/Deep.h' \
	'Inc/sub/Deep.h:2: ..\OWN.H is ../own.h'; do
	grep -qF "nt-driver: $tmp/slashes/$line" "$tmp/log" || ok=1
done
[ $ok = 0 ]
result "are reported, file and line"
rm -f "$tmp/slashes/slashes.ko"
diff -r "$tmp/slashes.before" "$tmp/slashes" >"$tmp/log" 2>&1
result "and the sources stay as they are"

# Annotations, role types, pragmas, packing: as real sources have them.
mkdir "$tmp/annotated"
cp "$(dirname "$0")/headers_test.c" "$tmp/annotated/"
builds "$tmp/annotated"
result "annotations, pragmas, declspecs and old keywords"

# ---- Bad ones ----

driver missing_call <<<"$legacy
	return (NTSTATUS)NtNoSuchRoutine(DriverObject); }"
build_fails_saying 'needs what ntcompat does not have: NtNoSuchRoutine$' "$tmp/missing_call"
result "a routine that is not declared is named"
grep -q "$tmp/missing_call/missing_call.c:5:" "$tmp/log"
result "with file and line of the driver's own source"

driver missing_link <<<"$legacy
	NTSTATUS ZwNoSuchRoutine(PVOID);
	return ZwNoSuchRoutine(DriverObject); }"
build_fails_saying 'needs what ntcompat does not have: ZwNoSuchRoutine$' "$tmp/missing_link"
result "a routine that the driver declares itself is named"
[ ! -e "$tmp/missing_link/missing_link.ko" ]
result "and there is no module"

driver missing_extern <<<"#include <ntddk.h>
extern ULONG NtNoSuchVariable;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	return DriverObject && RegistryPath ? (NTSTATUS)NtNoSuchVariable : STATUS_SUCCESS; }"
build_fails_saying 'needs what ntcompat does not have: NtNoSuchVariable$' "$tmp/missing_extern"
result "a variable that nobody has is named"

driver missing_name <<<"$legacy
	return DriverObject->DeviceObject == *NtNoSuchType ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL; }"
build_fails_saying 'needs what ntcompat does not have: NtNoSuchType$' "$tmp/missing_name"
result "a name that is no call is named, too"

driver missing_type <<<"$legacy
	NO_SUCH_TYPE Value; RtlZeroMemory(&Value, sizeof(Value)); return STATUS_SUCCESS; }"
build_fails_saying 'needs what ntcompat does not have: the type NO_SUCH_TYPE$' "$tmp/missing_type"
result "and a type"

driver missing_two <<<"$legacy
	NtNoSuchFirst(DriverObject);
	return (NTSTATUS)NtNoSuchSecond(DriverObject); }"
build_fails_saying 'needs what ntcompat does not have: NtNoSuchSecond$' "$tmp/missing_two" &&
	grep -q 'needs what ntcompat does not have: NtNoSuchFirst$' "$tmp/log"
result "all that is missing is named at once"

driver missing_header <<<"#include <nosuchheader.h>
$legacy return STATUS_SUCCESS; }"
build_fails_saying 'needs what ntcompat does not have: the header nosuchheader.h' "$tmp/missing_header"
result "a header that is not there is named"

driver linux_header <<<"#include <linux/module.h>
$legacy return STATUS_SUCCESS; }"
build_fails_saying 'linux/module.h' "$tmp/linux_header"
result "no header of Linux is in reach"

mkdir "$tmp/empty"
build_fails_saying 'no C sources' "$tmp/empty"
result "a folder without sources"
build_fails_saying 'nosuchfolder' "$tmp/nosuchfolder"
result "a folder that is not there"
cp -r "$tmp/edu" "$tmp/two_infs"
cp "$tmp/two_infs/edu.inf" "$tmp/two_infs/other.inf"
build_fails_saying 'more than one INF' "$tmp/two_infs"
result "two INFs"
fails_saying 'usage: make driver DIR=' run_child "${clean_make[@]}" -C "$top" driver
result "no folder"

# An error in an INF stops the build, too.
cp -r "$tmp/edu" "$tmp/bad_inf"
rm -f "$tmp/bad_inf/edu.ko"
sed -i 's/^\[Manufacturer\]/[Manufacturer/' "$tmp/bad_inf/edu.inf"
line=$(grep -n '^\[Manufacturer' "$tmp/bad_inf/edu.inf" | cut -d: -f1)
build_fails_saying "edu.inf:$line: " "$tmp/bad_inf"
result "an INF's error is named with file and line"

# ---- inf2h, under ASan and UBSan ----

"${HOSTCC:-gcc}" -g -O1 -w -fsanitize=address,undefined -fno-sanitize-recover=all \
	-o "$tmp/inf2h" "$top"/ntcompat/tools/inf2h/*.c >"$tmp/log" 2>&1
result "inf2h builds with sanitizers"
# Memory is freed by its exit.
export ASAN_OPTIONS=detect_leaks=0:exitcode=99 UBSAN_OPTIONS=exitcode=99

inf()
{
	printf '%b' "$1" >"$tmp/test.inf"
	"$tmp/inf2h" "$tmp/test.inf" GPL >"$tmp/out" 2>"$tmp/log"
}

head='[Manufacturer]\n"x"=M,NTamd64\n[M.NTamd64]\n"Dev"=I,PCI\\VEN_1234&DEV_11E8\n'
service='[I.Services]\nAddService=svc,2,S\n'

inf "$head$service" && grep -q '"svc"' "$tmp/out" && grep -q '0x1234, 0x11e8' "$tmp/out"
result "the shortest INF"
inf "\xef\xbb\xbf$head$service" && grep -q '"svc"' "$tmp/out"
result "with a byte order mark"
inf "${head//\\n/\\r\\n}${service//\\n/\\r\\n}" && grep -q '"svc"' "$tmp/out"
result "with the line ends of Windows"
inf "${head}${service%\\n}" && grep -q '"svc"' "$tmp/out"
result "without an end of the last line"
inf "; c ; d\n$head ; \"x\n$service\n;" && grep -q '"svc"' "$tmp/out"
result "with comments"
inf "$(tr '[:upper:]' '[:lower:]' <<<"${head//\\n/#}" | sed 's/#/\\n/g')$service" && grep -q '0x1234' "$tmp/out"
result "in lower case"
inf "[Manufacturer]\n%a%=M,NTamd64\n[M.NTamd64]\n%b%=I,PCI\\\\\\\\VEN_10ec&DEV_8139&SUBSYS_12345678&REV_01\n[Strings]\na=\"A\"\nb=\"q\"\"uote\"\n$service" &&
	grep -q '0x10ec, 0x8139, 0x5678, 0x1234' "$tmp/out" && grep -qF 'q\"uote' "$tmp/out"
result "with strings and a subsystem"

hardware='[I.HW]\nAddReg=R\n[R]\nHKR,,Security,,"D:P(A;;GA;;;SY)(A;;GR;;;WD)" ; c\n'
inf "$head$service$hardware" &&
	grep -qF '#define NT_SECURITY "D:P(A;;GA;;;SY)(A;;GR;;;WD)"' "$tmp/out"
result "with a security descriptor"
inf "$head$service${hardware/,,Security/,Sub,Security}" && ! grep -q NT_SECURITY "$tmp/out"
result "but not that of something else"

# Broken ones: an error that names the file, or a header; no crash (99, or a signal).
survives()
{
	local status

	printf '%b' "$1" >"$tmp/test.inf"
	"$tmp/inf2h" "$tmp/test.inf" GPL >"$tmp/out" 2>"$tmp/log"
	status=$?
	[ $status = 0 ] || { [ $status = 1 ] && grep -q 'test\.inf' "$tmp/log"; }
}

broken=('' '[' '[]' ']' '=' '[a]\n=' '[a]\n=,' '[a]\n,,,,,,,,,,,,,,,,,,,,,,,,,,,' '"' '[a]\n"'
	'[a]\n"=' '[a]\nx="' "[Manufacturer]\n" "[Manufacturer]\nx" "[Manufacturer]\nx=\n" 'x=y\n'
	"[Manufacturer]\nx=M,,,,\n" "[Manufacturer]\n%a%=%b%,NT\n[Strings]\na=\nb=\n"
	"[Manufacturer]\nx=M\n[M]\nd=I\n" "[Manufacturer]\nx=M\n[M]\nd=I,PCI\\\\\\\\VEN_&DEV_\n"
	"[Manufacturer]\nx=M\n[M]\nd=I,PCI\\\\\\\\VEN_zz&DEV_1\n$service"
	"${head}[I.Services]\nAddService=\n" "${head}[I.Services]\nAddService=,2\n"
	"${head}${service}[I.HW]\nAddReg=R\n[R]\nHKR,,\n" "\xff\xfe[\x00M\x00" '\x00\x00[a]\n\x00'
	"${head}[Strings]\n%=\n%%=\n" "$head${service}[$(printf 'x%.0s' {1..5000})]\n"
	"[Manufacturer]\n$(printf 'x=M,%.0s' {1..50})\n" "\xff" "\xff\n" "a" "\n" ";" '[a]\nb=%\n')
ok=0
for text in "${broken[@]}"; do
	survives "$text" || { ok=1; printf '# %q\n' "$text"; break; }
done
[ $ok = 0 ]
result "${#broken[@]} odd INFs do no harm"

# The sample's own with bytes changed, cut short, doubled: by a generator of its
# own, so that each run is the same.
RANDOM=1 ok=0
size=$(stat -c %s "$top/sample_drivers/edu/edu.inf")
for ((i = 0; i < 150; i++)); do
	at=$((RANDOM % size))
	{
		head -c $at "$top/sample_drivers/edu/edu.inf"
		case $((i % 3)) in
		0) printf '%b' "\\x$(printf %02x $((RANDOM % 256)))" ;;
		1) ;;
		2) head -c $((RANDOM % 200)) "$top/sample_drivers/edu/edu.inf" ;;
		esac
		[ $((i % 3)) = 1 ] || tail -c +$((at + 2)) "$top/sample_drivers/edu/edu.inf"
	} >"$tmp/test.inf"
	"$tmp/inf2h" "$tmp/test.inf" GPL >"$tmp/out" 2>"$tmp/log"
	status=$?
	if [ $status -gt 1 ]; then
		ok=1
		cp "$tmp/test.inf" "$tmp/crash.inf"
		break
	fi
done
[ $ok = 0 ]
result "150 damaged INFs do no harm"

echo "1..$count"
exit $failed
