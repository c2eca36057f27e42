#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The ABI oracle: layouts and constants of ntcompat's headers against those of
# mingw-w64's DDK, each compiled by a compiler for its own world. Structures
# come from abi/structures; constants are all names that both define. Nothing
# is run: the values stand in the assembler's input.

here=$(cd "$(dirname "$0")/.." && pwd)
top=$(dirname "$here")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT

theirs_cc=x86_64-w64-mingw32-gcc
if ! command -v "$theirs_cc" >/dev/null; then
	echo "1..0 # SKIP no $theirs_cc: selftests/need check"
	exit 4
fi
theirs=("$theirs_cc" -I/usr/share/mingw-w64/include/ddk)
# Sources include headers.h from there.
ours=("${HOSTCC:-gcc}" -nostdinc -fshort-wchar -I"$top/ntcompat/include/nt")
common=(-std=gnu11 -w -x c -fno-zero-initialized-in-bss -fmax-errors=0)

count=0 failed=0
result()
{
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count $2"
	else
		failed=1
		echo "not ok $count $2"
	fi
}

compile()
{
	local side=$1

	shift
	if [ "$side" = ours ]; then
		"${ours[@]}" "${common[@]}" -I"$tmp/ours.d" "$@"
	else
		"${theirs[@]}" "${common[@]}" -I"$tmp/theirs.d" "$@"
	fi
}

# ---- Headers ----

# All of ours but those of the C run-time and of annotations, which have no constants
# of NT's. ntddk.h comes first: others want it.
headers_of_ours()
{
	echo ntddk.h
	(cd "$top/ntcompat/include/nt" && printf '%s\n' *.h) |
		grep -vxE '(ntddk|std.*|string|memory|ctype|wchar|excpt|intrin|windef|sal|.*specs|specstrings|pshpack.|poppack)\.h'
}

has_header()
{
	echo "#include <$2>" | cat <(echo '#include <ntddk.h>') - | compile "$1" -E -o /dev/null - 2>/dev/null
}

# One line, as the numbers of lines are counted from it.
source_with()
{
	echo '#include "headers.h"'
	cat "$@"
}

# ---- Names ----

# Object-like macros with a value, and enumerators.
constants_of()
{
	{
		source_with | compile "$1" -E -dM - |
			awk '$1 == "#define" && NF > 2 && $2 !~ /\(/ && $2 !~ /^_/ { print $2 }'
		source_with | compile "$1" -E -P - | tr '\n' ' ' |
			grep -oE '\benum( [A-Za-z_0-9]+)? *\{[^}]*\}' |
			sed 's/^[^{]*{//; s/}$//' | tr ',' '\n' |
			sed -nE 's/^ *([A-Za-z][A-Za-z_0-9]*).*/\1/p'
	} | sort -u
}

# The types of our headers that have members: typedef struct _X { … } X.
structures_of_ours()
{
	source_with | compile ours -E -P - | tr '\n' ' ' | awk '
	{
		n = split($0, c, "")
		depth = 0; text = ""
		for (i = 1; i <= n; i++) {
			if (c[i] == "{") { if (!depth++) { had = 1; text = text "@" } continue }
			if (c[i] == "}") { depth--; continue }
			if (depth) continue
			if (c[i] == ";") {
				if (had && text ~ /^ *typedef +(struct|union)/) print text
				text = ""; had = 0
			} else text = text c[i]
		}
	}' | sed -E 's/__attribute__ *\(\([^)]*\([^)]*\)[^)]*\)\)//g; s/^[^@]*@ *//; s/[,*].*//; s/ //g' |
		sort -u
}

# Lines "STRUCTURE MEMBER" and "STRUCTURE" for the whole of it.
members()
{
	awk '/^#/ { next }
	     /^[^ ]/ { name = $1; $1 = ""; print name }
	     { for (i = 1; i <= NF; i++) if ($i != "") print name, $i }' "$here/abi/structures"
}

# ---- Values ----

# Lines "LABEL EXPRESSION" become "LABEL VALUE" for those that the side knows.
# A line that does not compile is left out and tried no more.
values_of()
{
	local side=$1 list=$2

	cp "$list" "$tmp/list"
	for _ in 1 2 3 4 5 6; do
		awk '{ label = $1; $1 = ""
		       printf "unsigned long long v_%s = (unsigned long long)(%s);\n", label, $0 }' \
			"$tmp/list" >"$tmp/body.c"
		source_with "$tmp/body.c" >"$tmp/all.c"
		# In two steps, for errors to be told of the line that uses a macro.
		compile "$side" -E -o "$tmp/all.i" "$tmp/all.c"
		compile "$side" -S -o "$tmp/all.s" -x cpp-output "$tmp/all.i" 2>"$tmp/err" && break
		# Line 1 is the include.
		grep -oE '^[^ ]*all\.c:[0-9]+:[0-9]+: error' "$tmp/err" | cut -d: -f2 | sort -un |
			awk 'FILENAME == "-" { bad[$1 - 1] = 1; next } !(FNR in bad)' - "$tmp/list" \
			>"$tmp/list.new"
		cmp -s "$tmp/list" "$tmp/list.new" && { cat "$tmp/err" >&2; return 1; }
		mv "$tmp/list.new" "$tmp/list"
	done
	awk '/^v_[A-Za-z_0-9]+:/ { label = substr($1, 3); sub(/:$/, "", label); next }
	     label && /\.(quad|space|zero)/ {
		print label, $1 == ".quad" ? $2 : 0
		label = ""
	     }' "$tmp/all.s" | sort
}

# compare NAME LIST MINIMUM: prints what differs and no exception explains.
compare()
{
	local name=$1 list=$2 minimum=$3 both differ

	values_of ours "$list" >"$tmp/ours" || { result 1 "$name: ours compile"; return; }
	values_of theirs "$list" >"$tmp/theirs" || { result 1 "$name: theirs compile"; return; }
	both=$(join "$tmp/ours" "$tmp/theirs" | wc -l)
	echo "# $name: $both compared"
	[ "$both" -ge "$minimum" ]
	result $? "$name: at least $minimum are compared"
	join "$tmp/ours" "$tmp/theirs" | awk '$2 != $3' >"$tmp/differ"
	differ=0
	while read -r label mine other; do
		if grep -q "^$label:" "$here/abi/exceptions"; then
			echo "$label" >>"$tmp/used"
			continue
		fi
		echo "# $label: $mine here, $other there"
		differ=1
	done <"$tmp/differ"
	result $differ "$name: the same on both sides"
	# What only one side takes for a constant hides a difference.
	join -v 2 "$tmp/ours" <(sort "$list") | cut -d' ' -f1 >"$tmp/missing"
}

# Lines "NAME numbers" of the GUIDs that the headers define.
guids_of()
{
	{ echo '#include <initguid.h>'; source_with </dev/null; } | compile "$1" -E -P - | tr '\n' ' ' | tr ';' '\n' |
		sed -E 's/__attribute__ *\(\([^)]*\)\) *//g' |
		grep -oE 'const GUID [A-Za-z_0-9]+ *= *\{.*' | tr -d '{}' | sed 's/const GUID //; s/=/ , /' |
		awk -F ' *, *' '{
			sub(/ .*/, "", $1)
			line = $1
			for (i = 2; i <= NF; i++) { gsub(/ /, "", $i); sub(/[UuLl]+$/, "", $i); if ($i != "") line = line " " $i }
			print line
		}' | while read -r name numbers; do
			# shellcheck disable=SC2086 # as many as there are
			printf '%s %x-%x-%x-%x-%x-%x-%x-%x-%x-%x-%x\n' "$name" $numbers
		done | sort -u
}

echo TAP version 13

mkdir "$tmp/ours.d" "$tmp/theirs.d"
while read -r header; do
	echo "#include <$header>" >>"$tmp/ours.d/headers.h"
	if has_header theirs "$header"; then
		echo "#include <$header>" >>"$tmp/theirs.d/headers.h"
	elif grep -q "^$header:" "$here/abi/exceptions"; then
		echo "$header" >>"$tmp/used"
	else
		echo "# $header: not there"
		echo "$header" >>"$tmp/without"
	fi
done < <(headers_of_ours)
[ ! -e "$tmp/without" ]
result $? "$(wc -l <"$tmp/theirs.d/headers.h") of our headers have their counterparts"

constants_of ours >"$tmp/names.ours"
constants_of theirs >"$tmp/names.theirs"
# Their values; and on which side of 0 they are, which for large ones is the type.
join "$tmp/names.ours" "$tmp/names.theirs" |
	awk '{ print $1, $1; print $1 "__positive", "(" $1 ") > 0" }' >"$tmp/constants"
compare constants "$tmp/constants" 6000

guids_of ours >"$tmp/guids.ours"
guids_of theirs >"$tmp/guids.theirs"
join "$tmp/guids.ours" "$tmp/guids.theirs" | awk '$2 != $3 { print "# " $0 }' >"$tmp/guids"
cat "$tmp/guids"
[ ! -s "$tmp/guids" ] && [ "$(join "$tmp/guids.ours" "$tmp/guids.theirs" | wc -l)" -ge 20 ]
result $? "GUIDs: $(join "$tmp/guids.ours" "$tmp/guids.theirs" | wc -l) are the same on both sides"

members | awk '
	NF == 1 { print $1 "__size", "sizeof(" $1 ")" }
	NF == 2 {
		label = $1 "__" $2
		gsub(/\./, "__", label)
		print label, "__builtin_offsetof(" $1 ", " $2 ")"
		print label "__size", "sizeof(((" $1 " *)0)->" $2 ")"
	}' | sort -u >"$tmp/layout"
compare layouts "$tmp/layout" 1200
# An open array has an offset, but no size.
grep -v '__.*__size$' "$tmp/missing" | sed 's/^/# not in our headers: /'
! grep -qv '__.*__size$' "$tmp/missing"
result $? "all that is listed is in our headers"

structures_of_ours | join -v 1 - <(members | awk 'NF == 1' | sort) >"$tmp/unlisted"
sed 's/^/# not listed: /' "$tmp/unlisted"
[ ! -s "$tmp/unlisted" ]
result $? "all our structures are listed"

# An exception that explains nothing any more is dead.
sort -u "$tmp/used" 2>/dev/null | join -v 2 - <(sed -n 's/^\([^# ][^:]*\):.*/\1/p' \
	"$here/abi/exceptions" | sort) >"$tmp/dead"
sed 's/^/# no difference any more: /' "$tmp/dead"
[ ! -s "$tmp/dead" ]
result $? "all exceptions are needed"

echo "1..$count"
exit $failed
