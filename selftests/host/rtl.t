#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The pure code of ntcompat/rtl on the host, under ASan and UBSan: see
# rtl_*.c here. usage: rtl.t [SECONDS [SEED]]

here=$(cd "$(dirname "$0")" && pwd)
rtl=$here/../../ntcompat/rtl
# shellcheck source=selftests/host/rtl_pure.sh
. "$here/rtl_pure.sh"
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT

flags=(-g -O1 -fshort-wchar -fwrapv "-fsanitize=address,undefined" -fno-sanitize-recover=all)
fail()
{
	echo "Bail out! $1 does not build"
	exit 1
}

# The headers that are all inline are compiled as a driver's source is, and as C++.
nt=(-nostdinc -fno-builtin -Wall -Wno-unused-function -Werror -I"$rtl/../include/nt")
"${HOSTCC:-gcc}" -std=gnu11 "${flags[@]}" "${nt[@]}" -c -o "$tmp/safe.o" "$here/rtl_safe.c" ||
	fail rtl_safe
"${HOSTCXX:-g++}" -x c++ -std=gnu++17 "${flags[@]}" "${nt[@]}" -c -o /dev/null \
	"$here/rtl_safe.c" || fail "rtl_safe in C++"
"${HOSTCC:-gcc}" -std=gnu11 -w "${flags[@]}" -o "$tmp/rtl_test" \
	"$here"/rtl_{test,strings,crt,time,bitmap,tables}.c "$tmp/safe.o" "${pure[@]/#/$rtl/}" || fail rtl_test
"$tmp/rtl_test" "$@"
