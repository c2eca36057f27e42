#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The counter of test results, on inputs that have fooled such counters.

here=$(cd "$(dirname "$0")/.." && pwd)
count=0

# counts NAME "PASSED FAILED SKIPPED" LINE...
counts()
{
	local name=$1 expected=$2 got

	shift 2
	count=$((count + 1))
	got=$(printf '%s\n' "$@" | awk -f "$here/tap.awk" | tail -n 1)
	if [ "$got" = "$expected" ]; then
		echo "ok $count $name"
	else
		echo "# expected $expected, got $got"
		echo "not ok $count $name"
	fi
}

echo TAP version 13

counts "plain stream" "2 1 0" \
	"TAP version 13" 1..3 "ok 1 a" "not ok 2 b" "ok 3 c"
counts "plan at the end" "2 0 0" \
	"TAP version 13" "ok 1 a" "ok 2 b" 1..2
counts "nothing at all" "0 1 0" ""
counts "output but no results" "0 1 0" "hello" "okay then" "not okay" "ok1"
counts "skips, in either case" "1 0 3" \
	1..4 "ok 1 a # SKIP no device" "ok 2 # skip" "not ok 3 c # SKIP" "ok 4 d"
counts "SKIP in a name is no directive" "1 1 0" \
	1..2 "ok 1 SKIP is honoured" "not ok 2 the #skip_list works #1"
counts "known failures are set apart" "0 0 2" \
	1..2 "not ok 1 a # TODO" "ok 2 b # XFAIL on 6.1"
counts "timeouts are failures" "0 1 0" 1..1 "not ok 1 a # TIMEOUT 45 seconds"
counts "the whole stream skipped" "0 0 1" "TAP version 13" "1..0 # SKIP no edu"
counts "a stream cut short" "1 1 0" "TAP version 13" 1..3 "ok 1 a"
counts "a plan and nothing else" "0 1 0" "TAP version 13" 1..3
counts "more results than planned" "2 1 0" 1..1 "ok 1 a" "ok 2 b"
counts "no plan" "1 1 0" "TAP version 13" "ok 1 a"
counts "two plans" "2 1 0" 1..2 "ok 1 a" 1..2 "ok 2 b"
counts "a number twice" "2 1 0" 1..2 "ok 1 a" "ok 1 b"
counts "results in disorder" "2 2 0" 1..2 "ok 2 b" "ok 1 a"
counts "no numbers" "2 0 0" 1..2 "ok - a" "ok"
counts "lines from a serial console" "1 0 0" \
	$'TAP version 13\r' $'1..1\r' $'ok 1 a\r'
counts "two streams" "3 0 0" \
	"TAP version 13" 1..1 "ok 1 a" "TAP version 13" 1..2 "ok 1 a" "ok 2 b"
counts "the first of two streams cut short" "2 1 0" \
	"TAP version 13" 1..2 "ok 1 a" "TAP version 13" 1..1 "ok 1 a"
counts "run lines separate streams" "2 0 0" \
	"# run: one" 1..1 "ok 1 a" "# run: two" "TAP version 13" 1..1 "ok 1 a"
counts "a program without a result" "1 1 0" \
	"# run: one" "Segmentation fault" "# run: two" 1..1 "ok 1 a"
counts "an empty stream before another" "1 1 0" \
	"TAP version 13" "# run: two" 1..1 "ok 1 a"
counts "the last program without a result" "1 1 0" \
	"# run: one" 1..1 "ok 1 a" "# run: two"
counts "bail out" "1 1 0" 1..3 "ok 1 a" "Bail out! no memory"
counts "comments that look like results" "1 0 0" \
	1..1 "# ok 2 b" "# not ok 3 c" "ok 1 a" "# Totals: pass:1 fail:0"
counts "kselftest_harness" "1 1 1" \
	"TAP version 13" 1..3 "# Starting 3 tests from 1 test cases." \
	"#  RUN           edu.open ..." "#            OK  edu.open" "ok 1 edu.open" \
	"# edu.c:12:read:Expected 4 (4) == n (0)" "# read: Test failed" \
	"not ok 2 edu.read" "ok 3 edu.irq # SKIP no interrupt" \
	"# FAILED: 1 / 3 tests passed."
counts "subtests count, their sum does not" "3 0 0" \
	"KTAP version 1" 1..2 "    KTAP version 1" "    # Subtest: one" "    1..2" \
	"    ok 1 a" "    ok 2 b" "ok 1 one" "ok 2 two"
counts "a failed subtest counts once" "1 1 0" \
	"KTAP version 1" 1..1 "  1..2" "  ok 1 a" "  not ok 2 b" "not ok 1 one"
counts "a sum that fails by itself" "2 1 0" \
	"KTAP version 1" 1..1 "  1..2" "  ok 1 a" "  ok 2 b" "not ok 1 one"
counts "a failed sum after one that had failed subtests" "1 2 0" \
	1..2 "  1..1" "  not ok 1 a" "not ok 1 one" \
	"  1..1" "  ok 1 b" "not ok 2 two"
counts "subtests cut short" "1 1 0" 1..1 "  1..2" "  ok 1 a" "ok 1 one"
counts "subtests three deep" "2 0 0" \
	1..1 "  1..2" "    1..1" "    ok 1 deep" "  ok 1 mid" "  ok 2 mid2" "ok 1 top"
counts "a skipped sum of skipped subtests" "0 0 1" \
	1..1 "  1..1" "  ok 1 a # SKIP" "ok 1 one # SKIP"

echo "1..$count"
