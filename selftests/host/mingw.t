#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The sources of our NT drivers are those of Windows drivers: with the DDK of
# mingw-w64, with all warnings on, they become .sys files.

here=$(cd "$(dirname "$0")/.." && pwd)
top=$(dirname "$here")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT

cc=x86_64-w64-mingw32-gcc
if ! command -v $cc >/dev/null; then
	echo "1..0 # SKIP no $cc: selftests/need check"
	exit 4
fi

# GCC's array bounds check takes the DDK's accesses at gs:0x20 and the like for
# bugs unless small addresses may be valid.
flags=(-std=gnu11 -O2 -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-multichar
       --param=min-pagesize=0 -I/usr/share/mingw-w64/include/ddk -shared -nostdlib
       "-Wl,--subsystem=native" "-Wl,--entry=DriverEntry" "-Wl,--dynamicbase")

folders=("$top"/sample_drivers/*/ "$here"/drivers/*/)
echo TAP version 13
echo "1..$((2 * ${#folders[@]}))"
count=0 failed=0
for folder in "${folders[@]}"; do
	name=$(basename "$folder")
	# Its GCC has no __try for C.
	if grep -qrw __try "$folder"; then
		echo "ok $((count + 1)) $name.sys builds # SKIP uses __try"
		echo "ok $((count += 2)) $name.sys needs the kernel only # SKIP uses __try"
		continue
	fi
	# WPP, which makes the .tmh files, is not there.
	if grep -qr '\.tmh"' "$folder"; then
		echo "ok $((count + 1)) $name.sys builds # SKIP includes what WPP makes"
		echo "ok $((count += 2)) $name.sys needs the kernel only # SKIP the same"
		continue
	fi
	mapfile -t sources < <(find "$folder" -name '*.c' | sort)
	# Its wdmsec.h comes without the library.
	if grep -qr '<wdmsec\.h>' "$folder"; then
		count=$((count + 1))
		if $cc "${flags[@]}" -fsyntax-only "${sources[@]}" >"$tmp/log" 2>&1; then
			echo "ok $count $name compiles"
		else
			sed 's/^/# /' "$tmp/log"
			echo "not ok $count $name compiles"
			failed=1
		fi
		echo "ok $((count += 1)) $name.sys needs the kernel only # SKIP no library for wdmsec.h"
		continue
	fi
	count=$((count + 1))
	if $cc "${flags[@]}" -o "$tmp/$name.sys" "${sources[@]}" -lntoskrnl -lhal >"$tmp/log" 2>&1
	then
		echo "ok $count $name.sys builds"
	else
		sed 's/^/# /' "$tmp/log"
		echo "not ok $count $name.sys builds"
		failed=1
	fi
	# What it imports comes from the kernel and the HAL, not from a user-mode DLL.
	count=$((count + 1))
	imports=$(x86_64-w64-mingw32-objdump -p "$tmp/$name.sys" 2>/dev/null |
		sed -n 's/.*DLL Name: //p' | tr '[:upper:]' '[:lower:]' | sort -u)
	if [ -e "$tmp/$name.sys" ] &&
	   ! grep -vxE 'ntoskrnl\.exe|hal\.dll|' <<<"$imports" >"$tmp/other"; then
		echo "ok $count $name.sys needs the kernel only"
	else
		echo "# imports: ${imports//$'\n'/ }"
		echo "not ok $count $name.sys needs the kernel only"
		failed=1
	fi
done
exit $failed
