#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# ntsrc and nt-mc on pieces of text, ntsrc under ASan, UBSan and LeakSanitizer.

here=$(cd "$(dirname "$0")" && pwd)
tools=$here/../../ntcompat/tools
# shellcheck source=selftests/host/result.sh
. "$(dirname "$0")/result.sh"
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99

# becomes NAME TEXT WANT [REPORT]
becomes()
{
	printf '%b' "$2" >"$tmp/in.c"
	rm -f "$tmp/out.c"
	"$tmp/ntsrc" in.c "$tmp/in.c" "$tmp/out.c" >"$tmp/log" 2>&1 &&
		printf '%b' "$3" | diff - "$tmp/out.c" >>"$tmp/log" && grep -qF -- "in.c:${4-}" "$tmp/log"
	result "$1"
}

stays()
{
	printf '%b' "$2" >"$tmp/in.c"
	rm -f "$tmp/out.c"
	"$tmp/ntsrc" in.c "$tmp/in.c" "$tmp/out.c" >"$tmp/log" 2>&1
	[ $? = 1 ] && [ ! -s "$tmp/log" ] && [ ! -e "$tmp/out.c" ]
	result "$1"
}

echo TAP version 13
gcc -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
	-o "$tmp/ntsrc" "$tools"/ntsrc/*.c >"$tmp/log" 2>&1
result "ntsrc builds without a warning"

stays "nothing to do" 'int a; LONG b;\n'
stays "an empty file" ''

# ---- long has 32 bits ----

becomes "long" 'long a;\n' 'int  a;\n' '1: long has 32 bits: 1 times int'
becomes "unsigned long" 'unsigned long a;\n' 'unsigned int  a;\n'
becomes "long int, in any order" 'long int a; int long b; int unsigned long c;\n' \
	'     int a; int      b; int unsigned      c;\n'
becomes "a cast and sizeof" 'x = (long)y + sizeof(long);\n' 'x = (int )y + sizeof(int );\n' '1: long has 32 bits: 2'
becomes "in a macro" '#define L \\\\\n long\n' '#define L \\\\\n int \n' 2:
stays "long long and long double" 'long long a; long unsigned int long b; long double c; long const long d;\n'
stays "in strings, comments and other directives" \
	'char *a = "long 1L", b = '"'\\\\\"'"'; /* long\n * long */ // long \\\\\n long\n#error long\n#pragma long 1L\n'
stays "a name that has it within" 'longer prolong _long long_\n'
becomes "numbers" 'a = 1L + 0xFFUL + 2Lu + ~0ul;\n' 'a = 1 + 0xFFU + 2u + ~0u;\n' '1: long has 32 bits: 4 numbers'
stays "numbers that are wider, or no integers" 'a = 1LL + 2ull + 3llu + 1.0L + 1e3L + .5l + 1u;\n'
stays "wide strings" 'a = L"long"; b = L'"'x'"';\n'

# ---- Casts as lvalues ----

becomes "a step behind" '((PUCHAR)p)++;\n' '((*(PUCHAR *)&(p)))++;\n' '1: (PUCHAR) of an lvalue'
becomes "and its contents" '*((PULONG)p)-- = 1;\n' '*((*(PULONG *)&(p)))-- = 1;\n'
becomes "a step before" 'x = ++((char *)p->q[i]);\n' 'x = ++((*(char * *)&(p->q[i])));\n'
becomes "an assignment" 'f();\n(ULONG)x = 4;\n' 'f();\n(*(ULONG *)&(x)) = 4;\n' '2: (ULONG) of'
becomes "in parentheses" '{ ((ULONG)x) |= 4; }\n' '{ ((*(ULONG *)&(x))) |= 4; }\n'
becomes "in a for" 'for (;; (PUCHAR)p += 4) ;\n' 'for (;; (*(PUCHAR *)&(p)) += 4) ;\n'
becomes "of what the cast is long, too" 'f(); (unsigned long)x = 1;\n' 'f(); (*(unsigned int  *)&(x)) = 1;\n'
becomes "in a macro" '#define A(p) (((PUCHAR)(p))++)\n' '#define A(p) (((*(PUCHAR *)&((p))))++)\n'
becomes "of what is pointed at" 'f(); (PVOID)*p = q;\n' 'f(); (*(PVOID *)&(*p)) = q;\n'
stays "comparisons" 'if ((ULONG)x == 4 || ((ULONG)x) != 5) ;\n'
stays "conditions before an assignment" 'if (x) y = 1; while (p) p = q; for (a) b += 1;\n'
stays "what a cast points at" 'f(); *(PULONG)p = 1; *((PULONG)p) = 1; x = (a) * b;\n'
stays "members of a cast" '((PFOO)p)->x = 1; ++((PFOO)p)->x; ((PFOO)p)->x++; ((PFOO)p)[1] = 2;\n'
stays "declarations in parentheses" 'int (f)(int a), (*g) = 0, (h)[3];\n'
stays "a call, then an assignment" 'M(a) b = c; f((a), b = c);\n'
stays "what is never closed" '((PUCHAR)p\n((((\n'

# ---- Bytes ----

becomes "Ctrl-Z, and what is behind" 'int a;\x1a\nlong b;' 'int a;\n' '1: the file ends at its Ctrl-Z'
becomes "UTF-16" '\xff\xfei\0n\0t\0 \0\xe4\0;\0\n\0' 'int \xc3\xa4;\n' '1: UTF-16'
becomes "the other one" '\xfe\xff\0i\0\n' 'i\n' '1: UTF-16'
becomes "line ends of Windows stay" 'long a;\r\n#define B \\\\\r\n long\r\n' 'int  a;\r\n#define B \\\\\r\n int \r\n'

# ---- Declarations ----

# declared NAME DECLARATION DEFINITION WANT: both in files of three lines, at the second
declared()
{
	printf '#include "a.h"\n%b\nint z;\n' "$2" >"$tmp/a.h"
	printf '#include "a.h"\n%b\n{ }\n' "$3" >"$tmp/a.c"
	"$tmp/ntsrc" -d Foo a.h "$tmp/a.h" 2 a.c "$tmp/a.c" 2 "$tmp/out.h" >"$tmp/log" 2>&1 &&
		printf '#include "a.h"\n%b\nint z;\n' "$4" | diff - "$tmp/out.h" >>"$tmp/log" &&
		grep -qF 'a.h:2: Foo is declared as a.c:2 defines it' "$tmp/log"
	result "$1"
}

declared "another type" 'int Foo(ULONG a);' 'VOID Foo(LONG a)' 'VOID Foo ( LONG a ) ;'
declared "static" 'int Foo(void);' 'static int Foo(void)' 'static int Foo ( void ) ;'
declared "no parameters" 'VOID Foo();' 'VOID Foo(IN UCHAR a, /* b */ PVOID *c)' \
	'VOID Foo ( IN UCHAR a , PVOID * c ) ;'
declared "a role type" 'DRIVER_DISPATCH Foo;' 'NTSTATUS Foo(PVOID a)' 'NTSTATUS Foo ( PVOID a ) ;'
declared "lines stay where they are" 'int\nFoo(\n  ULONG a);' 'VOID Foo(LONG a)' 'VOID Foo ( LONG a ) \n\n;'

undeclared()
{
	printf '\n%b\n' "$2" >"$tmp/a.h"
	printf '\n%b\n' "$3" >"$tmp/a.c"
	rm -f "$tmp/out.h"
	"$tmp/ntsrc" -d Foo a.h "$tmp/a.h" 2 a.c "$tmp/a.c" 2 "$tmp/out.h" >"$tmp/log" 2>&1
	[ $? = 1 ] && [ ! -e "$tmp/out.h" ]
	result "$1"
}

undeclared "one of several is left alone" 'DRIVER_DISPATCH Foo, Bar;' 'int Foo(int a) { }'
undeclared "what is no function, too" 'int Foo;' 'long Foo;'
undeclared "what is not there" 'int Bar(void);' 'int Foo(void) { }'

# ---- Message files ----

# messages NAME TEXT WANT...: lines of the header, blanks counted as one
messages()
{
	local name=$1 want status=0

	printf '%b' "$2" >"$tmp/a.mc"
	shift 2
	"$tools/nt-mc" "$tmp/a.mc" 2>"$tmp/log" | tr -s ' ' >"$tmp/a.h" || status=1
	cat "$tmp/a.h" >>"$tmp/log"
	for want; do
		grep -qxF -- "$want" "$tmp/a.h" || status=1
	done
	(exit $status)
	result "$name"
}

refused()
{
	printf '%b' "$2" >"$tmp/a.mc"
	! "$tools/nt-mc" "$tmp/a.mc" >/dev/null 2>"$tmp/log" && grep -qE "$3" "$tmp/log"
	result "$1"
}

text='Language=English\nText, = and MessageId=7\n.\n'
messages "a message" "MessageId=1 SymbolicName=A\n$text" '#define A 0x0FFF0001L'
messages "on several lines, in other case" "messageid = 0x10\nSEVERITY=Error Facility=System\nSymbolicName=A\n$text" \
	'#define A 0xC0FF0010L'
messages "a type" "MessageIdTypedef=NTSTATUS\nMessageId=1 SymbolicName=A\n$text" '#define A ((NTSTATUS)0x0FFF0001L)'
messages "names" "SeverityNames=(Bad=0x2:SEV_BAD\n Worse=0x3)\nFacilityNames=(Io=0x4:FAC_IO Serial=0x6)\nMessageId=1 Severity=Bad Facility=Serial SymbolicName=A\n$text" \
	'#define SEV_BAD 0x00000002' '#define FAC_IO 0x00000004' '#define A 0x80060001L'
messages "numbers that follow" "MessageId=5 SymbolicName=A\n${text}MessageId= SymbolicName=B\n${text}MessageId=+3 SymbolicName=C\n$text" \
	'#define B 0x0FFF0006L' '#define C 0x0FFF0009L'
messages "each facility counts for itself" "MessageId=5 Facility=System SymbolicName=A\n${text}MessageId= Facility=Application SymbolicName=B\n${text}MessageId= Facility=System SymbolicName=C\n$text" \
	'#define B 0x0FFF0001L' '#define C 0x00FF0006L'
messages "the last severity stays" "MessageId=1 Severity=Error SymbolicName=A\n${text}MessageId=2 SymbolicName=B\n$text" \
	'#define B 0xCFFF0002L'
messages "texts in two languages" "MessageId=1 SymbolicName=A\n${text}Language=German\nText\n.\nMessageId=2 SymbolicName=B\n$text" \
	'#define A 0x0FFF0001L' '#define B 0x0FFF0002L'
[ "$(grep -c 'define A' "$tmp/a.h")" = 1 ]
result "define one name"
messages "lines for the header" ";#ifndef X\n;#define X\nMessageId=1\nSymbolicName=A\n$text;#endif\n" '#ifndef X' '#endif'
messages "decimal" "OutputBase=10\nMessageId=1 Severity=Error SymbolicName=A\n$text" '#define A 3489595393L'
messages "line ends of Windows" "MessageId=1\r\nSymbolicName=A\r\nLanguage=English\r\nx\r\n.\r\n" '#define A 0x0FFF0001L'
refused "an unknown severity" "MessageId=1\nSeverity=Odd\n$text" 'a.mc:2: no such severity: Odd'
refused "a text without an end" 'MessageId=1 SymbolicName=A\nLanguage=English\nx\n' 'single dot'
refused "what is none" 'hello\n' 'a.mc:1: not understood: hello'
refused "a number too large" "MessageId=0x10000 SymbolicName=A\n$text" 'more than 16 bits'
messages "a file in UTF-16" '\xff\xfeM\0e\0s\0s\0a\0g\0e\0I\0d\0=\00001\0 \0S\0y\0m\0b\0o\0l\0i\0c\0N\0a\0m\0e\0=\0A\0\n\0L\0a\0n\0g\0u\0a\0g\0e\0=\0E\0\n\0.\0\n\0' \
	'#define A 0x0FFF0001L'

echo "1..$count"
exit $failed
