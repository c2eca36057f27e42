#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# .reg files: what is read from one and written to another is the same, under
# sanitizers; and what is wrong with a file is named with its line.

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=selftests/host/result.sh
. "$(dirname "$0")/result.sh"

rewrite()
{
	"$tmp/reg_test" "$1" <"$2" >"$3" 2>"$tmp/log"
}

# wrong NAME TEXT MESSAGE
wrong()
{
	printf '%b' "$2" >"$tmp/wrong.reg"
	! rewrite utf8 "$tmp/wrong.reg" "$tmp/out" && grep -qE -- "$3" "$tmp/log"
	result "$1"
}

# reads NAME TEXT WANT: as written in UTF-8
reads()
{
	printf '%b' "$2" >"$tmp/in.reg"
	rewrite utf8 "$tmp/in.reg" "$tmp/out" && grep -qF -- "$3" "$tmp/out"
	result "$1"
}

echo TAP version 13
"${HOSTCC:-gcc}" -g -O1 -D_GNU_SOURCE -Wall -Wextra -Werror -fsanitize=address,undefined \
	-fno-sanitize-recover=all -o "$tmp/reg_test" "$here/reg_test.c" "$top/userspace/regfile.c" \
	>"$tmp/log" 2>&1
result "it builds"

# Without what is no statement, a file is what is written of it.
grep -vE '^;|=-$|^\[-' "$here/reg/v5.reg" | cat -s >"$tmp/want.reg"
rewrite utf8 "$here/reg/v5.reg" "$tmp/v5.utf8" && diff <(cat -s "$tmp/v5.utf8") "$tmp/want.reg" >"$tmp/log"
result "version 5, in UTF-8"
rewrite utf16 "$tmp/v5.utf8" "$tmp/v5.utf16" && [ "$(head -c 2 "$tmp/v5.utf16" | od -An -tx1)" = " ff fe" ] &&
	iconv -f UTF-16 -t UTF-8 "$tmp/v5.utf16" | grep -q $'^"Number"=dword:0000002a\r$'
result "in UTF-16, with the line ends of Windows"
rewrite utf8 "$tmp/v5.utf16" "$tmp/again" && cmp "$tmp/v5.utf8" "$tmp/again" >"$tmp/log"
result "and back: the same, byte for byte"
rewrite regedit4 "$here/reg/v4.reg" "$tmp/v4" && grep -q $'^"Expand"=hex(2):25,78,25,00\r$' "$tmp/v4" &&
	grep -q $'^"Bytes"=hex:ff,fe\r$' "$tmp/v4"
result "REGEDIT4"
rewrite utf8 "$tmp/v4" "$tmp/v4.utf8" && grep -qF 'hex(2):25,00,78,00,25,00,00,00' "$tmp/v4.utf8" &&
	rewrite regedit4 "$tmp/v4.utf8" "$tmp/again" && cmp "$tmp/v4" "$tmp/again" >"$tmp/log"
result "to version 5 and back"
rewrite regedit4 "$here/reg/v5.reg" "$tmp/out" && grep -q 'Umlaut"=hex(1):e4,00' "$tmp/out"
result "REGEDIT4 has no umlauts in a string"
rewrite utf8 "$here/reg/v5.reg" "$tmp/out" && grep -qF 'deleted: HKEY_LOCAL_MACHINE\SOFTWARE\Old' "$tmp/log" &&
	grep -q 'deleted: a value' "$tmp/log"
result "deletions are told"

v5='Windows Registry Editor Version 5.00\n'
reads "CRLF" "Windows Registry Editor Version 5.00\r\n\r\n[K]\r\n\"a\"=dword:1\r\n" '"a"=dword:00000001'
reads "a byte order mark" "\xef\xbb\xbf${v5}[K]\n@=\"x\"\n" '@="x"'
reads "Windows-1252" "REGEDIT4\n[K]\n\"a\"=\"\xe4\"\n" '"a"="ä"'
reads "blanks and comments" "${v5} [K] ; c\n \"a\" = dword:1 ; c\n" '"a"=dword:00000001'
reads "no end of the last line" "${v5}[K]\n\"a\"=hex:01" '"a"=hex:01'
reads "a name with a line end in it" "${v5}[K]\n\"a\\\\\nb\"=dword:1\n" 'b"=dword:00000001'
reads "upper case" "${v5}[K]\n\"a\"=DWORD:FF\n\"b\"=HEX(B):0A\n" '"b"=hex(b):0a'

wrong "no header" '[K]\n' 'line 1: neither'
wrong "an empty file" '' 'line 1: neither'
wrong "no key" "${v5}\"a\"=dword:1\n" 'line 2: a value before the first key'
wrong "a key without an end" "${v5}[K\n" 'line 2: .\].'
wrong "a value of a deleted key" "${v5}[-K]\n\"a\"=dword:1\n" 'line 3: a value before'
wrong "a string without an end" "${v5}[K]\n\"a\"=\"x\n" "'\"' missing"
wrong "no equals sign" "${v5}[K]\n\"a\" dword:1\n" "line 3: '=' missing"
wrong "no value" "${v5}[K]\n\"a\"=\n" 'line 3: no value'
wrong "something else" "${v5}[K]\n\"a\"=word:1\n" 'line 3: no value'
wrong "too large a number" "${v5}[K]\n\"a\"=dword:100000000\n" 'line 3: too many digits'
wrong "too large a byte" "${v5}[K]\n\"a\"=hex:00,100\n" 'line 3: too many digits'
wrong "no byte" "${v5}[K]\n\"a\"=hex:00,,\n" 'line 3: a number is missing'
wrong "no type" "${v5}[K]\n\"a\"=hex():00\n" 'line 3: a number is missing'
wrong "too much" "${v5}[K]\n\"a\"=dword:1 2\n" 'line 3: more than was expected'
wrong "a line of nothing" "${v5}[K]\nhello\n" 'line 3: more than was expected'
wrong "a backslash in a line" "${v5}[K]\n\"a\"=hex:00,\\\\ 01\n" "a line must end behind"

echo "1..$count"
exit $failed
