# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this directory: where things are, and how to
# complain. Everything that takes long to fetch or build lives in $cache,
# outside the tree, so that `make clean` and fresh clones do not lose it.

set -u -o pipefail
export LC_ALL=C

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(dirname "$here")
build=${NTCOMPAT_BUILD:-$top/build}
cache=${NTCOMPAT_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ntcompat}
me=${0##*/}

say()
{
	printf '%s: %s\n' "$me" "$*" >&2
}

die()
{
	say "$@"
	exit 1
}

# The debug kernel, the stock kernel and user programs are all made by `make`
# runs that must not see the variables of a make that called us.
clean_make()
{
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES \
	    -u KBUILD_OUTPUT -u KBUILD_EXTMOD -u KDIR -u M -u O make "$@"
}

# Runs a command under a lock that other scripts, and other copies of this
# one, take too.
with_lock()
{
	local lock=$1

	shift
	mkdir -p "$(dirname "$lock")" || return
	(
		flock 9 || exit
		"$@" 9>&-
	) 9>>"$lock"
}
