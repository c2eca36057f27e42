#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The reader of security descriptors on the host, under ASan and UBSan: see
# sddl_test.c. usage: sddl.t [SECONDS [SEED]]

here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT

if ! "${HOSTCC:-gcc}" -std=gnu11 -g -O1 -w -fshort-wchar -fwrapv \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-o "$tmp/sddl_test" "$here/sddl_test.c" "$here/../../ntcompat/se/sddl.c"
then
	echo "Bail out! sddl_test does not build"
	exit 1
fi
"$tmp/sddl_test" "$@"
