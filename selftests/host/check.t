#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The test runner's verdicts. It runs here with a selftests/vm that boots
# nothing but runs the group on this machine.

here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/selftests/{groups,host} "$work/build"
cp "$here"/{check,common.sh,tap.awk,vm-group} "$work/selftests/"
export NTCOMPAT_BUILD=$work/build
count=0

cat >"$work/selftests/vm" <<'END'
#!/bin/bash
for arg; do
	case $arg in
	*.vm) group=$arg ;;
	--splat) splat=1 ;;
	esac
done
[ -z "$splat" ] || exit "$(cat "$group.status")"
echo "$@" >"$NTCOMPAT_BUILD/arguments"
cd "$(dirname "$0")"
. ./vm-group
. "$group"
exit $group_status
END
chmod +x "$work/selftests/vm"

group()
{
	cat >"$work/selftests/groups/$1.vm"
}

# verdict NAME STATUS "LAST LINE" ARGUMENT...
verdict()
{
	local name=$1 status=$2 last=$3 got

	shift 3
	count=$((count + 1))
	"$work/selftests/check" "$@" >"$work/out" 2>&1
	got=$?
	if [ $got = "$status" ] && [ "$(tail -n 1 "$work/out")" = "$last" ]; then
		echo "ok $count $name"
	else
		sed 's/^/# /' "$work/out"
		echo "not ok $count $name"
	fi
}

shows()
{
	count=$((count + 1))
	if grep -qE -- "$2" "${3:-$work/out}"; then
		echo "ok $count $1"
	else
		echo "not ok $count $1"
	fi
}

echo TAP version 13

verdict "no tests at all" 1 "0 passed, 0 failed, 0 skipped"

group good <<'END'
#: smp=3
#: append=first
#: append=second third
#: no-edu
#!icount
plan 2
report "a" true
skip "b" "why"
END
verdict "good results" 0 "1 passed, 0 failed, 1 skipped" good
shows "options reach the guest" \
	'--no-edu --smp 3 --append first --append second third .*good.vm' \
	"$work/build/arguments"

group bad <<'END'
plan 2
report "first" true
report "second" sh -c 'echo because; false'
END
verdict "a bad result counts once" 1 "1 passed, 1 failed, 0 skipped" bad
shows "it is named" '^bad: second'
shows "its reason is shown" '# because'

group splat <<'END'
plan 1
report "a" true
exit 70
END
verdict "a fault fails good results" 1 "1 passed, 1 failed, 0 skipped" splat

group both <<'END'
plan 1
report "a" false
exit 70
END
verdict "a fault counts beside bad results" 1 "0 passed, 2 failed, 0 skipped" both

group silent <<'END'
true
END
verdict "no results" 1 "0 passed, 1 failed, 0 skipped" silent

group crash <<'END'
run sh -c 'echo 1..1; echo ok 1 a; kill -SEGV $$'
END
verdict "a crash after good results" 1 "1 passed, 1 failed, 0 skipped" crash

group short <<'END'
run sh -c 'echo 1..2; echo ok 1 a; exit 1'
END
verdict "a program cut short" 1 "1 passed, 1 failed, 0 skipped" short

group skipped <<'END'
run sh -c 'echo "1..0 # SKIP no device"; exit 4'
END
verdict "all skipped" 0 "0 passed, 0 failed, 1 skipped" skipped

group fire <<'END'
#: splat=KASAN
END
echo 0 >"$work/selftests/groups/fire.vm.status"
verdict "a fault wanted and seen" 0 "1 passed, 0 failed, 0 skipped" fire
echo 70 >"$work/selftests/groups/fire.vm.status"
verdict "a fault wanted and not seen" 1 "0 passed, 1 failed, 0 skipped" fire

group debug <<'END'
#: kernels=debug,backports
plan 1
report "a" true
END
verdict "for other kernels only" 1 "0 passed, 0 failed, 0 skipped" debug
verdict "for this kernel" 0 "1 passed, 0 failed, 0 skipped" --kernel debug debug

group hosted <<'END'
#: host=helper
plan 1
report "a" true
END
# shellcheck disable=SC2016 # for the helper to expand
printf '%s\n' '#!/bin/sh' 'test -e "$2"' >"$work/selftests/groups/helper"
chmod +x "$work/selftests/groups/helper"
verdict "with a host script" 0 "1 passed, 0 failed, 0 skipped" hosted
printf '%s\n' '#!/bin/sh' 'exit 1' >"$work/selftests/groups/helper"
verdict "with a host script that fails" 1 "1 passed, 1 failed, 0 skipped" hosted

printf '%s\n' '#!/bin/sh' 'echo 1..1' 'echo ok 1 a' >"$work/selftests/host/own.t"
chmod +x "$work/selftests/host/own.t"
verdict "a test of the host" 0 "1 passed, 0 failed, 0 skipped" own
verdict "several" 1 "3 passed, 1 failed, 1 skipped" own bad good
verdict "an unknown name" 1 "check: no test 'none'" none

echo "1..$count"
