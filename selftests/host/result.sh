# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # variables for who reads this
#
# For tests of this folder: a folder for what they make, and their results. What a
# command printed lies in $tmp/log, or $tmp/out; it is shown with what failed.

tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
count=0 failed=0

# result NAME: by the status of the command before
result()
{
	local status=$? file

	count=$((count + 1))
	if [ $status = 0 ]; then
		echo "ok $count $1"
		return
	fi
	for file in "$tmp/log" "$tmp/out"; do
		[ ! -e "$file" ] || sed 's/^/# /' "$file" | tail -n 20
	done
	echo "not ok $count $1"
	failed=1
}
