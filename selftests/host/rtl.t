#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The pure code of ntcompat/rtl on the host, under ASan and UBSan: see
# rtl_test.c. usage: rtl.t [SECONDS [SEED]]

here=$(cd "$(dirname "$0")" && pwd)
rtl=$here/../../ntcompat/rtl
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT

if ! "${HOSTCC:-gcc}" -std=gnu11 -g -O1 -w -fshort-wchar -fwrapv \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-o "$tmp/rtl_test" "$here/rtl_test.c" "$rtl/string.c" "$rtl/format.c" "$rtl/sprintf.c"
then
	echo "Bail out! rtl_test does not build"
	exit 1
fi
"$tmp/rtl_test" "$@"
