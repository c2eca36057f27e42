#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The headers that drivers see are plain C11 and C++17 for GCC and Clang, each alone, all together,
# twice, and around what drivers write (headers_test.c); and lead to no header of
# Linux or of a C library.

here=$(cd "$(dirname "$0")/.." && pwd)
top=$(dirname "$here")
nt=$top/ntcompat/include/nt
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
count=0 failed=0

# The result is good when there is nothing in the file.
nothing_in()
{
	count=$((count + 1))
	if [ ! -s "$1" ]; then
		echo "ok $count $2"
	else
		sed 's/^/# /' "$1" | head -n 40
		echo "not ok $count $2"
		failed=1
	fi
}

# Parts of others, and the pairs around structures.
stands_alone()
{
	case $1 in
	bits/strsafe_*|pshpack*|poppack.h) return 1 ;;
	esac
}

compile()
{
	local compiler=$1 language=$2

	shift 2
	"$compiler" -x "${language%:*}" -std="${language#*:}" -nostdinc -fshort-wchar -D_KERNEL_MODE \
		-Wall -Wextra -Werror -Wno-multichar -Wno-unknown-pragmas -I"$nt" "$@"
}

echo TAP version 13

mapfile -t headers < <(cd "$nt" && printf '%s\n' *.h bits/*.h | while read -r header; do
	stands_alone "$header" && echo "$header"
done)
mapfile -t public < <(printf '%s\n' "${headers[@]}" | grep -v /)

for side in gcc:c:c11 clang:c:c11 g++:c++:c++17 clang++:c++:c++17; do
	compiler=${side%%:*} language=${side#*:}
	if ! command -v "$compiler" >/dev/null; then
		for what in alone together "with a driver"; do
			count=$((count + 1))
			echo "ok $count $compiler, ${language#*:}: $what # SKIP no $compiler"
		done
		continue
	fi
	# One process for each is slow: those that fail are looked for only then.
	for header in "${headers[@]}"; do
		printf '#include <%s>\n#include <%s>\n' "$header" "$header" >"$tmp/${header//\//_}.c"
	done
	compile "$compiler" "$language" -fsyntax-only "$tmp"/*.h.c 2>"$tmp/bad"
	nothing_in "$tmp/bad" "$compiler, ${language#*:}: each header alone, and twice"
	printf '#include <%s>\n' "${public[@]}" >"$tmp/all.c"
	{
		compile "$compiler" "$language" -fsyntax-only "$tmp/all.c"
		tac "$tmp/all.c" >"$tmp/reverse.c"
		compile "$compiler" "$language" -fsyntax-only "$tmp/reverse.c"
	} 2>"$tmp/bad"
	nothing_in "$tmp/bad" "$compiler, ${language#*:}: all together, in any order"
	# __try is a setjmp(); a pair of headers around a structure is the idea.
	compile "$compiler" "$language" -Wno-unknown-warning-option -Wno-pragma-pack -Wno-clobbered -O2 -c -o "$tmp/driver.o" \
		"$here/host/headers_test.c" 2>"$tmp/bad"
	nothing_in "$tmp/bad" "$compiler, ${language#*:}: with a driver"
done

compile "${HOSTCC:-gcc}" c:c11 -M "$tmp/all.c" | tr ' ' '\n' | grep '/.*\.h$' |
	grep -vE "^($nt/|$tmp/)" >"$tmp/bad"
nothing_in "$tmp/bad" "none leads out of include/nt"

grep -rhoE '^[[:space:]]*#[[:space:]]*include[[:space:]]*<[^>]*' "$nt" | sed 's/.*<//' | sort -u |
	while read -r header; do
		[ -e "$nt/$header" ] || echo "$header"
	done >"$tmp/bad"
nothing_in "$tmp/bad" "and none is looked for elsewhere"

# Of this kind a test would hardly be the first to notice.
if compile "${HOSTCC:-gcc}" c:c11 -fsyntax-only -include linux/module.h "$tmp/all.c" 2>/dev/null; then
	echo "linux/module.h is in reach" >"$tmp/bad"
else
	: >"$tmp/bad"
fi
nothing_in "$tmp/bad" "headers of Linux are out of reach"

echo "1..$count"
exit $failed
