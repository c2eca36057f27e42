# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034 # variables for who reads this
#
# For tests of `make driver`: folders of sources, and what came of them.

. "$(dirname "$0")/../common.sh"
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/result.sh"

# Both leave what was printed in $tmp/log.
builds()
{
	run_child "${clean_make[@]}" -C "$top" driver DIR="$1" >"$tmp/log" 2>&1
}

fails_saying()
{
	local text=$1

	shift
	if "$@" >"$tmp/log" 2>&1; then
		echo "it succeeded" >>"$tmp/log"
		return 1
	fi
	grep -qE -- "$text" "$tmp/log"
}

build_fails_saying()
{
	fails_saying "$1" run_child "${clean_make[@]}" -C "$top" driver DIR="$2"
}

# driver NAME: a folder with a source from standard input.
driver()
{
	mkdir -p "$tmp/$1"
	cat >"$tmp/$1/$1.c"
}
