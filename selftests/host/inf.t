#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# inf2h on INFs of every shape, under ASan, UBSan and LeakSanitizer: those of inf/, with
# what shall come of each, and forms that are made here.

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=selftests/host/result.sh
. "$(dirname "$0")/result.sh"
export ASAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=exitcode=99

# A refusal may leave memory behind: the tool has ended.
inf2h()
{
	ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=${leaks-1} "$tmp/inf2h" "$@" >"$tmp/out" 2>"$tmp/log"
}

has_all()
{
	local want

	for want; do
		grep -qF -- "$want" "$tmp/out" || { echo "not there: $want" >>"$tmp/log"; return 1; }
	done
}

# accepts NAME TEXT WANT...: the header has each of these texts.
accepts()
{
	local name=$1

	printf '%b' "$2" >"$tmp/test.inf"
	shift 2
	inf2h "$tmp/test.inf" GPL && has_all "$@"
	result "$name"
}

# refuses NAME TEXT MESSAGE
refuses()
{
	printf '%b' "$2" >"$tmp/test.inf"
	leaks=0 inf2h "$tmp/test.inf" GPL
	[ $? = 1 ] && grep -qE -- "$3" "$tmp/log"
	result "$1"
}

# lacks TEXT: the last header does not have it.
lacks()
{
	! grep -qF -- "$1" "$tmp/out"
	result "and not: $1"
}

echo TAP version 13
"${HOSTCC:-gcc}" -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined \
	-fno-sanitize-recover=all -o "$tmp/inf2h" "$top"/ntcompat/tools/inf2h/*.c >"$tmp/log" 2>&1
result "inf2h builds without a warning"

# ---- Files, each with lines "; want: TEXT", or "; refused: MESSAGE" ----

for file in "$here"/inf/*.inf "$top"/sample_drivers/*/*.inf "$top"/selftests/drivers/*/*.inf; do
	refused=$(sed -n 's/^; refused: //p' "$file" | tr -d '\r')
	if [ -n "$refused" ]; then
		leaks=0 inf2h "$file" GPL
		[ $? = 1 ] && grep -qF -- "$refused" "$tmp/log"
	else
		mapfile -t wants < <(sed -n 's/^; want: //p' "$file" | tr -d '\r')
		inf2h "$file" GPL && has_all "${wants[@]}"
	fi
	result "${file#"$top"/}"
done

# ---- Values ----

head='[Version]\nClass=X\nClassGuid={1}\n[Manufacturer]\n%M%=M,NTamd64\n[M.NTamd64]\n"Dev"=I,PCI\\VEN_1234&DEV_11E8\n'
service='[I.Services]\nAddService=svc,2,S\n[S]\nServiceType=1\nStartType=0x3\nErrorControl=1\n'
base="$head${service}[Strings]\nM=\"Maker\"\n"

accepts "an .inx, with a variable for the architecture" \
	"${base//amd64/\$ARCH\$}[I.NT\$ARCH\$.HW]\nAddReg=R\n[R]\nHKR,,N,,x\n" '0x1234, 0x11e8' '.name = L"N"'

value()
{
	local name=$1 line=$2

	shift 2
	accepts "$name" "${base}[I.NT]\nAddReg=R\n[R]\n$line\n" "$@"
}

bad_value()
{
	refuses "$1" "${base}[I.NT]\nAddReg=R\n[R]\n$2\n" "test.inf:[0-9]+: .*$3"
}

value "a string" 'HKR,,Name,,text' '.type = 1' '.name = L"Name"' '.data = "\164\000\145\000\170\000\164\000\000\000"'
value "an empty string" 'HKR,,Name,,""' '.length = 2, .data = "\000\000"'
value "without a value" 'HKR,,Name' '.name = L"Name", .length = 2'
value "a key alone" 'HKR,Sub' '.flags = 0x10' '.path = L"Sub"'
value "a key, by its flag" 'HKR,Sub,Name,0x10,ignored' '.flags = 0x10'
value "a default value" 'HKR,Sub,,,x' '.name = L"", .length = 4'
value "REG_EXPAND_SZ" 'HKR,,N,0x20000,%%x%%' '.type = 2' '"\045\000\170\000\045\000\000\000"'
value "REG_MULTI_SZ" 'HKR,,N,0x10000,a,b' '.type = 7, ' '"\141\000\000\000\142\000\000\000\000\000"'
value "an empty REG_MULTI_SZ" 'HKR,,N,0x10000' '.length = 2, .data = "\000\000"'
value "REG_DWORD" 'HKR,,N,0x10001,0x80000001' '.type = 4' '"\001\000\000\200"'
value "a decimal one with zeros" 'HKR,,N,0x10001,0010' '"\012\000\000\000"'
value "a negative one" 'HKR,,N,0x10001,-2' '"\376\377\377\377"'
value "of four bytes" 'HKR,,N,0x10001,1,2,3,4' '"\001\002\003\004"'
value "REG_BINARY" 'HKR,,N,1,00,ff,7' '.type = 3' '"\000\377\007"'
value "an empty one" 'HKR,,N,1,' '.type = 3, .path = L"", .name = L"N" }'
value "REG_NONE" 'HKR,,N,0x20001' '.type = 0'
value "another type" 'HKR,,N,0x000b0001,1' '.type = 11'
value "NOCLOBBER and others" 'HKR,,N,0x22,x' '.flags = 0x22'
value "APPEND" 'HKR,,N,0x10008,x' '.flags = 0x8'
value "HKLM" 'HKLM,Software\\X,N,,x' '.root = NT_INF_ABSOLUTE' 'L"\\Registry\\Machine\\Software\\X"'
value "HKU and HKCR" 'HKU,X,N,,x\nHKCR,Y,N,,y' 'L"\\Registry\\User\\X"' 'L"\\Registry\\Machine\\Software\\Classes\\Y"'
value "a quote and a comma" 'HKR,,N,,"a"",b"' '"\141\000\042\000\054\000\142\000\000\000"'
value "a semicolon in quotes" 'HKR,,N,,"a;b" ; c' '"\141\000\073\000\142\000\000\000"'
value "a token in the midst" 'HKR,,N,,x%M%y' '"\170\000\115\000\141\000\153\000\145\000\162\000\171\000\000\000"'
value "a token that is not there" 'HKR,,N,,%Q%' '"\045\000\121\000\045\000\000\000"'
value "two percent signs" 'HKR,,N,,5%%' '"\065\000\045\000\000\000"'
value "a continued line" 'HKR,,N,0x10000,a,\\\n   b,\\ ; comment\n c' '"\141\000\000\000\142\000\000\000\143\000\000\000\000\000"'
value "a backslash that ends nothing" 'HKR,,N,,"c:\\"' '"\143\000\072\000\134\000\000\000"'
value "many fields" "HKR,,N,1$(printf ',%02x' {0..99})" '.length = 100'
value "beyond the BMP" 'HKR,,N,,\xf0\x9f\x98\x80' '"\075\330\000\336\000\000"'
value "Windows-1252" 'HKR,,N,,\x80\xe4' '"\254\040\344\000\000\000"'
bad_value "no number" 'HKR,,N,zzz,x' "'zzz' is no number"
bad_value "too large a number" 'HKR,,N,0x10001,0x100000000' 'is no number'
bad_value "no byte" 'HKR,,N,1,00,1ff' "'1ff' is no byte"
bad_value "two numbers" 'HKR,,N,0x10001,1,2' 'one number'
bad_value "append to a string" 'HKR,,N,8,x' 'appended'
refuses "a NUL" "$base\\x00" 'NUL'

# ---- Sections ----

accepts "the hardware key" "${base}[I.NT.HW]\nAddReg=R\n[R]\nHKR,,UpperFilters,0x10000,f\n" '.root = NT_INF_HARDWARE, .install = 0'
accepts "the service's key" "${base}[I.NT]\n[S]\nAddReg=R\n[R]\nHKR,Parameters,N,,x\n" '.root = NT_INF_SERVICE, .install = -1'
accepts "the software key" "${base}[I]\nAddReg=R,R2\n[R]\nHKR,,N,,x\n[R2]\nHKR,,O,,y\n" '.root = NT_INF_DRIVER, .install = 0' 'L"O"'
accepts "an amd64 section before others" "${base}[I]\nAddReg=A\n[I.NTamd64]\nAddReg=B\n[A]\nHKR,,inA\n[B]\nHKR,,inB\n" 'L"inB"'
lacks 'L"inA"'
accepts "a section in two parts" "${base}[I]\nAddReg=R\n[R]\nHKR,,N\n[x]\n[r]\nHKR,,O\n" 'L"N"' 'L"O"'
accepts "Include and Needs" "${base}[I.NT]\nInclude=machine.inf\nNeeds=X\nAddReg=R\n[R]\nHKR,,N\n" 'L"N"'
grep -q 'test.inf:[0-9]*: Include is ignored' "$tmp/log" && grep -q 'Needs is ignored' "$tmp/log"
result "which are named"
accepts "a section that is not there" "${base}[I.NT]\nAddReg=None\n" 'NT_SERVICE "svc"'
grep -q 'no section \[None\]' "$tmp/log"
result "which is named"
accepts "the associated service" "${head}[I.Services]\nAddService=other,0,O\nAddService=,2\nAddService=svc,0x2,S\n[S]\nDisplayName=%M%\n[Strings]\nM=x\n" 'NT_SERVICE "svc"' 'display_name = L"x"'
accepts "a service without a flag" "${head}[I.Services]\nAddService=first\n" 'NT_SERVICE "first"' '.start = 3'
accepts "ServiceBinary" "${head}[I.Services]\nAddService=svc,2,S\n[S]\nServiceBinary=%12%\\\\svc.sys\nLoadOrderGroup=Base\n" 'L"System32\\drivers\\svc.sys"' '.group = L"Base"'
accepts "the latest models that are for us" "[Manufacturer]\na=M,NTx86,NTamd64.6.1,NTamd64.10.0,NTamd64.11.0\n[M]\nx=I,PCI\\\\VEN_1&DEV_1\n[M.NTx86]\nx=I,PCI\\\\VEN_2&DEV_2\n[M.NTamd64.6.1]\nx=I,PCI\\\\VEN_3&DEV_3\n[M.NTamd64.10.0]\nx=I,PCI\\\\VEN_4&DEV_4\n[M.NTamd64.11.0]\nx=I,PCI\\\\VEN_5&DEV_5\n$service" '0x0004, 0x0004'
lacks '0x0003'
accepts "models for another machine, if there are no others" "[Manufacturer]\na=M,NTx86\n[M.NTx86]\nx=I,PCI\\\\VEN_2&DEV_2\n$service" '0x0002'
accepts "plain models" "[Manufacturer]\na=M\n[M]\nx=I,PCI\\\\VEN_2&DEV_2\n$service" '0x0002'
accepts "two models" "[Manufacturer]\na=M\n[M]\nx=I,PCI\\\\VEN_2&DEV_2\ny=J,PCI\\\\VEN_3&DEV_3\n[I]\nAddReg=R\n[J]\nAddReg=Q\n[R]\nHKR,,A\n[Q]\nHKR,,B\n$service" '.driver_data = 1' '.install = 1, .description = L"y"' '.root = NT_INF_DRIVER, .install = 1'
accepts "localized strings, if there are no others" "[Manufacturer]\n%a%=M\n[M]\n%b%=I,PCI\\\\VEN_2&DEV_2\n${service}[Strings.0409]\na=English\nb=Device\n" 'L"English"' 'L"Device"'

for encoding in UTF-16LE UTF-16BE UTF-8; do
	{
		case $encoding in
		UTF-16LE) printf '\xff\xfe' ;;
		UTF-16BE) printf '\xfe\xff' ;;
		UTF-8) printf '\xef\xbb\xbf' ;;
		esac
		printf '%b' "${base}[I.NT]\r\nAddReg=R\r\n[R]\r\nHKR,,N,,\xc3\xa4\xf0\x9f\x98\x80\r\n" |
			iconv -f UTF-8 -t $encoding
	} >"$tmp/test.inf"
	inf2h "$tmp/test.inf" GPL && grep -qF '"\344\000\075\330\000\336\000\000"' "$tmp/out"
	result "$encoding"
done

# The compiler takes what comes of it.
{
	echo '#include <stddef.h>
	typedef unsigned short WCHAR;
	enum root { NT_INF_SERVICE, NT_INF_DRIVER, NT_INF_HARDWARE, NT_INF_ABSOLUTE };
	struct value { enum root root; int install; unsigned int flags, type, length; const WCHAR *path, *name; const char *data; };'
	"$tmp/inf2h" "$top/selftests/drivers/regtest/regtest.inf" GPL
	echo 'static const struct value values[] = { NT_INF_VALUES }; int main(void) { return !values; }'
} >"$tmp/header.c" 2>"$tmp/log"
"${HOSTCC:-gcc}" -fshort-wchar -w -fsyntax-only "$tmp/header.c" >"$tmp/log" 2>&1
result "the header compiles"

echo "1..$count"
exit $failed
