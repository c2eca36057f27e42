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

if ! "${HOSTCC:-gcc}" -std=gnu11 -g -O1 -w -fshort-wchar -fwrapv \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-o "$tmp/rtl_test" "$here"/rtl_*.c "${pure[@]/#/$rtl/}"
then
	echo "Bail out! rtl_test does not build"
	exit 1
fi
"$tmp/rtl_test" "$@"
