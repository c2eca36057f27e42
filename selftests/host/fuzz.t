#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# libFuzzer on the code that reads text: the *_fuzz.c. Each goes on for
# $NTCOMPAT_FUZZ_SECONDS (60). What it finds stays in $NTCOMPAT_FUZZ_CORPUS, when
# that names a folder, for the next time.

here=$(cd "$(dirname "$0")" && pwd)
rtl=$here/../../ntcompat/rtl
# shellcheck source=selftests/host/rtl_pure.sh
. "$here/rtl_pure.sh"
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
read -ra targets <<<"${NTCOMPAT_FUZZ_TARGETS:-utf8 strings formats inf reg source}"
seconds=${NTCOMPAT_FUZZ_SECONDS:-60}
corpus=${NTCOMPAT_FUZZ_CORPUS:-$tmp/corpus}

if ! command -v clang >/dev/null; then
	echo "1..0 # SKIP no clang: selftests/need check"
	exit 4
fi

# What a format or a number is made of, so that the fuzzer need not find it out.
tokens()
{
	printf '"%s"\n' '%' 'I64' 'I32' 'wZ' 'ws' 'hs' 'lS' '.*' '0x' '0o' '0b' '{' '}' '-' 'll'
	printf '"%s"\n' 'HKR' 'AddReg' '.NTamd64' '[Manufacturer]' 'AddService' '0x00010001'
	printf '"%s"\n' 'long' 'int' '1L' '((' ')' '++' ' = ' '#define'
	printf '"\\xed\\xa0\\x80"\n"\\xf4\\x8f\\xbf\\xbf"\n"\\xc3\\xa9"\n'
}

# The sources of a target, one a line.
sources_of()
{
	case $1 in
	reg) printf '%s\n' "$here/reg_fuzz.c" "$here/../../userspace/regfile.c" ;;
	inf) printf '%s\n' "$here/inf_fuzz.c" "$here"/../../ntcompat/tools/inf2h/[!m]*.c \
		"$here/../../ntcompat/tools/inf2h/models.c" ;;
	source) printf '%s\n' "$here/ntsrc_fuzz.c" "$here"/../../ntcompat/tools/ntsrc/[!m]*.c ;;
	*) printf '%s\n' "$here/rtl_fuzz.c" "${pure[@]/#/$rtl/}" ;;
	esac
}

# To begin with.
seed()
{
	case $1 in
	reg) cp "$here"/reg/*.reg "$2" ;;
	source) cp "$here"/../drivers/*/*.[ch] "$2" 2>/dev/null ;;
	inf) cp "$here"/inf/*.inf "$here"/../drivers/regtest/*.inf "$2" ;;
	esac
}

echo TAP version 13
echo "1..${#targets[@]}"
tokens >"$tmp/tokens"
count=0 failed=0
for target in "${targets[@]}"; do
	count=$((count + 1))
	mkdir -p "$corpus/$target"
	seed "$target" "$corpus/$target"
	mapfile -t sources < <(sources_of "$target")
	if clang -std=gnu11 -g -O1 -w -fshort-wchar -fwrapv -DTARGET="$target" \
		-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-o "$tmp/$target" "${sources[@]}" >"$tmp/log" 2>&1 &&
	   "$tmp/$target" -max_total_time="$seconds" -timeout=10 -max_len=4096 \
		-dict="$tmp/tokens" -artifact_prefix="$tmp/" "$corpus/$target" >>"$tmp/log" 2>&1
	then
		sed -n 's/^Done /# /p' "$tmp/log"
		echo "ok $count $target"
	else
		tail -n 40 "$tmp/log" | sed 's/^/# /'
		failed=1
		echo "not ok $count $target"
	fi
done
exit $failed
