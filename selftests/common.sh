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
# shellcheck disable=SC2034 # for the scripts that source this
build=${NTCOMPAT_BUILD:-$top/build}
# shellcheck disable=SC2034
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

# `make` for the kernel's and our own makefiles, without the variables of a
# make that called us.
# shellcheck disable=SC2034 # for the scripts that source this
clean_make=(env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES
	    -u KBUILD_OUTPUT -u KBUILD_EXTMOD -u KDIR -u M -u O make)

# Runs a function under a lock that other scripts, and other copies of this
# one, take too. What the function starts does not inherit the lock.
with_lock()
{
	local lock=$1 fd status

	shift
	mkdir -p "$(dirname "$lock")" || return
	exec {fd}>>"$lock" || return
	flock "$fd" || return
	"$@" {fd}>&-
	status=$?
	exec {fd}>&-
	return $status
}

# Runs a command in the background and waits, so that a signal to us is acted
# on at once and not when the command ends. stop_child is for the trap.
child=
run_child()
{
	local status

	"$@" </dev/null &
	child=$!
	wait $child
	status=$?
	child=
	return $status
}

stop_child()
{
	[ -n "$child" ] || return 0
	kill "$child" 2>/dev/null
	wait "$child"
	child=
}

trap 'exit 130' INT
trap 'exit 143' TERM HUP
