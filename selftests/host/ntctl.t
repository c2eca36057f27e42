#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What ntctl makes of the kernel's tables and traces, under sanitizers; the
# samples are in ntctl/. And its manual pages and completion against its usage.

here=$(cd "$(dirname "$0")/.." && pwd)
top=$(dirname "$here")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0
samples=$here/host/ntctl
export NTCTL_DEBUGFS=$work/debugfs ASAN_OPTIONS=detect_leaks=0

# report NAME COMMAND...
report()
{
	local name=$1

	shift
	count=$((count + 1))
	if "$@" >"$work/report" 2>&1; then
		echo "ok $count $name"
	else
		sed 's/^/# /' "$work/report"
		echo "not ok $count $name"
	fi
}

build()
{
	gcc -g -std=gnu11 -D_GNU_SOURCE -fsanitize=address,undefined -fno-sanitize-recover=all \
		-Wall -Wextra -Werror -I"$top/ntcompat/include/uapi" -o "$work/ntctl" \
		"$top"/userspace/{ntctl,ntctl_info,ntctl_wmi,ntctl_tree,ntctl_trace,ntctl_reg,objects,irp_text}.c \
		"$top"/userspace/{trace_read,trace_svg,registry,regfile,nt_device,nt_status}.c
}

ntctl()
{
	"$work/ntctl" "$@"
}

# says STATUS TEXT ARGUMENT...: the output, messages included, has this line.
says()
{
	local status=$1 text=$2 got

	shift 2
	ntctl "$@" >"$work/out" 2>&1
	got=$?
	cat "$work/out"
	[ $got = "$status" ] && grep -qF -- "$text" "$work/out"
}

lines()
{
	[ "$(ntctl "${@:2}" | wc -l)" = "$1" ]
}

# ---- Drawings ----

draw()
{
	ntctl trace --from "$samples/$1" --svg "$work/$1.svg" "${@:2}"
}

drawn()
{
	grep -qF -- "$2" "$work/$1.svg"
}

well_formed()
{
	python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$work/$1.svg"
}

inside_the_picture()
{
	awk -F'"' '/^<(rect|circle)/ { for (i = 2; i < NF; i += 2)
		if ($i ~ /^[0-9.-]+$/ && ($i < 0 || $i > 1040)) exit 1 }' "$work/$1.svg"
}

# A trace that was cut anywhere, and one with lines left out, must do no harm.
survives_damage()
{
	local size i

	size=$(stat -c %s "$samples/layered.txt")
	for ((i = 1; i < size; i += 37)); do
		head -c "$i" "$samples/layered.txt" >"$work/cut"
		ntctl trace --from "$work/cut" >/dev/null || return
		tail -c "$i" "$samples/layered.txt" >"$work/cut"
		ntctl trace --from "$work/cut" --svg "$work/cut.svg" >/dev/null 2>"$work/err"
		case $? in
		0 | 2) ;;
		*) cat "$work/err"; return 1 ;;
		esac
	done
	for i in 2 3 5 7; do
		awk -v n=$i 'NR % n' "$samples/factorial.txt" >"$work/cut"
		ntctl trace --from "$work/cut" --svg "$work/cut.svg" || return
	done
}

survives_odd_tables()
{
	printf 'device\nname\nfile\t1\n\n\t\t\nirp\nlink\nname\ta\tlink\tb\n' >"$work/debugfs/tree"
	cp "$work/debugfs/tree" "$work/debugfs/irps"
	ntctl tree && ntctl drivers && ntctl irps
}

# Each of two devices above the other.
survives_a_circle()
{
	printf 'driver\t1\ta\ta\t0\t0\ndevice\t2\t1\t0\t0\t0\t1\t3\t3\t-\t-\n' >"$work/debugfs/tree"
	printf 'device\t3\t1\t0\t0\t0\t1\t2\t2\t-\t-\n' >>"$work/debugfs/tree"
	timeout 10 "$work/ntctl" tree
}

# What %p is before the kernel has random numbers.
needs_numbers()
{
	printf 'driver\t(____ptrval____)\ta\ta\t0\t0\n' >"$work/debugfs/tree"
	says 2 "no random numbers yet" tree
}

# ---- Documents ----

verbs()
{
	ntctl --help | sed -n 's/^  ntctl \([a-z]*\).*/\1/p'
}

options()
{
	ntctl --help | grep -oE -- '--[a-z]+' | sort -u
}

page_is_complete()
{
	local word

	for word in $(verbs) $(options); do
		sed 's/\\-/-/g' "$top/docs/man/ntctl.1" | grep -qF -- "$word" ||
			{ echo "no $word"; return 1; }
	done
}

page_is_clean()
{
	man --warnings -E UTF-8 -l -Tutf8 "$top/docs/man/$1" 2>&1 >/dev/null | grep . && return 1
	return 0
}

# completes "WORDS" WORD: the last of WORDS can become WORD.
completes()
{
	bash -c '
		. "$1"
		read -ra COMP_WORDS <<<"$2"
		case $2 in *" ") COMP_WORDS+=("") ;; esac
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		_ntctl
		printf "%s\n" "${COMPREPLY[@]}"' - "$top/userspace/completion/ntctl" "$1" |
		grep -qx -- "$2"
}

completion_knows_all()
{
	local word

	for word in $(verbs); do
		completes "ntctl " "$word" || return
	done
	for word in --in --out --inout; do
		completes "ntctl ioctl EDU0 0 --" $word || return
	done
	for word in --svg --from --request; do
		completes "ntctl trace --" $word || return
	done
}

echo "TAP version 13"
mkdir "$work/debugfs"
report "it builds with sanitizers" build
report "without the module it says so" says 2 "is ntcompat loaded" tree
cp "$samples/tree.txt" "$work/debugfs/tree"
cp "$samples/irps.txt" "$work/debugfs/irps"
report "tree: a driver" says 0 "driver edu, module edu, PnP" tree
report "tree: a stack from top to bottom" \
	says 0 "stack  filter (unnamed) > edu \\Device\\Edu0 > PCI 0000:00:01.0" tree
report "tree: a link in a folder" says 0 "link   /dev/nt/Folder/Link" tree
report "tree: a device interface" says 0 \
	"interface /dev/nt/by-interface/{6bc01f5f-97a0-4e3c-8f1d-520e9ad3417b}/PCI#VEN_1234&DEV_11E8#0&00&08" tree
report "tree: one with a reference string" says 0 "#0&00&08#ref" tree
report "tree: a PDO" says 0 "device 0000:00:01.0, neither I/O, started" tree
report "tree: an open file" says 0 "file   some<one>[999999], descriptor 5, r-" tree
report "tree: flags of a device" says 0 "device (unnamed), direct I/O, exclusive" tree
report "tree: a link to nothing" says 0 "\\Device\\Gone, which is not there" tree
report "tree: arguments are refused" says 2 "no arguments" tree all
report "drivers: one a line" lines 4 drivers
report "drivers: what is open" says 0 "legacy        1     2" drivers
report "irps: each once" lines 3 irps
report "irps: a control code and an age" says 0 "1.50 s  ?[999999]" irps
report "irps: a PnP request" says 0 "IRP_MJ_PNP IRP_MN_REMOVE_DEVICE" irps

report "trace: a file that is not there" says 2 "cannot read" trace --from "$work/none"
report "trace: requests have numbers" \
	says 0 "#2   StartIo   edu \\Device\\Edu0" trace --from "$samples/factorial.txt"
report "trace: only calls that requests came from" lines 19 trace --from "$samples/factorial.txt"
report "trace: an odd task name" \
	says 0 "a name-with [00[77]" trace --from "$samples/layered.txt"
report "trace: the address is used again" \
	says 0 "#2   dispatch  IRP_MJ_CLOSE" trace --from "$samples/layered.txt"
report "svg: the longest request is drawn" draw factorial.txt
for text in ">edu[109] calls ioctl<" ">StartIo<" ">ISR: TRUE<" ">DPC: EduDpcForIsr<" \
	">returned STATUS_PENDING<" ">Complete: STATUS_SUCCESS, 4 bytes<" ">ioctl returns 0<"; do
	report "svg: $text" drawn factorial.txt "$text"
done
report "svg: nothing is outside" inside_the_picture factorial.txt
report "svg: two drivers, a cancellation" draw layered.txt --request 1
report "svg: the upper driver" drawn layered.txt "Dispatch: filter (unnamed), pends"
report "svg: the Cancel routine" drawn layered.txt ">Cancel routine<"
if command -v python3 >/dev/null; then
	report "svg: well-formed" well_formed factorial.txt
	report "svg: well-formed, too" well_formed layered.txt
fi
report "svg: a request that is not there" \
	says 2 "no such request" trace --from "$samples/layered.txt" --svg "$work/x" --request 3
report "svg: needs a trace" says 2 "needs a command" trace --svg "$work/x"
report "damaged traces do no harm" survives_damage
report "nor do odd tables" survives_odd_tables
report "nor a circle" survives_a_circle
report "objects that cannot be told apart" needs_numbers

report "ntctl.1 has every verb and option" page_is_complete
if command -v man >/dev/null; then
	for page in ntctl.1 edu.1 ntcompat.4; do
		report "$page has no mistakes" page_is_clean $page
	done
fi
report "completion has every verb and option" completion_knows_all
echo "1..$count"
