#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# libntcompat on this machine: its tables against Windows's headers as mingw-w64
# has them, its functions under sanitizers, and the same program built for both.

here=$(cd "$(dirname "$0")/.." && pwd)
lib=$here/../userspace/libntcompat
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mingw=x86_64-w64-mingw32-gcc
count=0

# report NAME COMMAND...
report()
{
	local name=$1

	shift
	count=$((count + 1))
	if "$@" >"$work/out" 2>&1; then
		echo "ok $count $name"
	else
		sed 's/^/# /' "$work/out"
		echo "not ok $count $name"
	fi
}

skip()
{
	count=$((count + 1))
	echo "ok $count $1 # SKIP $2"
}

constants()
{
	grep -hoE '^#define [A-Z_0-9]+[[:space:]]+(0x)?[0-9A-Fa-f]+U?$' "$@"
}

# Each constant that Windows's headers have, too, must be the same there.
same_constants()
{
	{
		echo '#include <windows.h>'
		echo '#include <winioctl.h>'
		constants "$lib"/include/{windows,winerror,winioctl}.h |
			awk '{ print "#ifdef " $2
			       print "_Static_assert((unsigned int)(" $2 ") == " $3 ", \"" $2 "\");"
			       print "#endif" }'
	} >"$work/constants.c"
	[ "$(grep -c Static_assert "$work/constants.c")" -gt 150 ] &&
		$mingw -fsyntax-only "$work/constants.c"
}

# #ifdef would hide a name that is misspelt.
names_exist()
{
	{
		echo '#include <windows.h>'
		echo 'int names[] = {'
		constants "$lib/include/winerror.h" | awk '{ print $2 "," }'
		echo '};'
	} >"$work/names.c"
	$mingw -fsyntax-only "$work/names.c"
}

same_structures()
{
	cat >"$work/structures.c" <<-'EOF'
	#include <stddef.h>
	#include <windows.h>
	_Static_assert(sizeof(OVERLAPPED) == 32, "");
	_Static_assert(offsetof(OVERLAPPED, InternalHigh) == 8, "");
	_Static_assert(offsetof(OVERLAPPED, Offset) == 16, "");
	_Static_assert(offsetof(OVERLAPPED, OffsetHigh) == 20, "");
	_Static_assert(offsetof(OVERLAPPED, hEvent) == 24, "");
	_Static_assert(sizeof(LARGE_INTEGER) == 8, "");
	_Static_assert(sizeof(SECURITY_ATTRIBUTES) == 24, "");
	_Static_assert(sizeof(ULONG) == 4 && sizeof(ULONG_PTR) == 8, "");
	_Static_assert(sizeof(HANDLE) == 8 && sizeof(BOOL) == 4, "");
	EOF
	"$@" -fsyntax-only "$work/structures.c"
}

error_names_are_complete()
{
	diff <(grep -oE '^#define (ERROR|WAIT)_[A-Z_0-9]+' "$lib/include/winerror.h" | cut -c9-) \
		<(sed -n 's/^WIN32_ERROR(\(.*\))/\1/p' "$lib/error_name.def")
}

compile()
{
	"$@" -Wall -Wextra -Werror -I"$here/../sample_drivers/edu" \
		"$here/user/win32_edu.c" "$here/user/win32_pend.c" \
		"$here/user/win32_names.c" "$here/user/win32_info.c" \
		"$here/user/win32_apc.c" "$here/user/win32_service.c"
}

# One program of all, with the checks that would find a slip in the library.
build_sanitized()
{
	# shellcheck disable=SC2046 # file names without blanks
	gcc -g -std=gnu11 -D_GNU_SOURCE -pthread -fsanitize=address,undefined \
		-fno-sanitize-recover=all -Wall -Wextra -Werror -I"$lib/include" \
		-I"$here/../userspace" -I"$here/../ntcompat/include/uapi" -o "$work/test" \
		"$here/host/win32_test.c" $(printf '%s\n' "$lib"/*.c | grep -v wmain) -luring
}

run_wide_main()
{
	cat >"$work/wide.c" <<-'EOF'
	#include <windows.h>
	#include <tchar.h>

	int _tmain(int argc, TCHAR **argv)
	{
		return argc != 2 || _tcscmp(argv[1], TEXT("argument"));
	}
	EOF
	gcc -DUNICODE -Wall -Wextra -Werror -I"$lib/include" -o "$work/wide" "$work/wide.c" \
		-L"$work/lib" -l:libntcompat.a -luring -pthread &&
		"$work/wide" argument
}

exports_are_in_headers()
{
	nm -D --defined-only "$work/lib/libntcompat.so" | awk '{ print $3 }' | sort >"$work/have"
	[ "$(wc -l <"$work/have")" -gt 40 ] || return
	while read -r name; do
		grep -qw "$name" "$lib"/include/*.h || { echo "$name"; return 1; }
	done <"$work/have"
}

echo "TAP version 13"
if command -v $mingw >/dev/null; then
	report "constants are those of Windows" same_constants
	report "errors are errors of Windows" names_exist
	report "structures are those of Windows" same_structures $mingw
	report "win32_edu.c compiles for Windows" compile $mingw -fsyntax-only
	report "and with UNICODE" compile $mingw -DUNICODE -fsyntax-only
else
	skip "Windows's headers" "no mingw-w64"
fi
report "our structures" same_structures gcc -I"$lib/include"
report "every error has a name" error_names_are_complete
report "win32_edu.c compiles with UNICODE" compile gcc -DUNICODE -I"$lib/include" -fsyntax-only
report "and with 16-bit wide characters" \
	compile gcc -DUNICODE -fshort-wchar -I"$lib/include" -fsyntax-only
report "the library is built" make -s -C "$lib" LIB="$work/lib"
report "it exports what the headers declare" exports_are_in_headers
report "a program with a wide main" run_wide_main
report "the library is built with sanitizers" build_sanitized
echo "1..$count"

echo "# run: win32_test"
mkdir "$work/files"
"$work/test" "$work/files"
