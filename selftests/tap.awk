# SPDX-License-Identifier: GPL-2.0
#
# Counts the results in a log of TAP or KTAP streams. Prints a line
# "FAILED line-number name" for each failure, and "PASSED FAILED SKIPPED", three
# numbers, at the end.
#
# A stream starts at "TAP version", "KTAP version" or "# run: PROGRAM". It
# needs a plan, and exactly the results planned, in order: a program that died
# half-way looks like success otherwise. Subtests stand indented before the
# result they add up to. That one counts only if it has something to add: a
# failure that none of its subtests shows.

function fail(what)
{
	failed++
	print "FAILED " NR " " what
}

function of_program()
{
	return program == "" ? "" : " (" program ")"
}

# ---- Levels: results of the same indentation, under one plan ----

function push_level(indent)
{
	depth++
	indentation[depth] = indent
	plan[depth] = ""
	seen[depth] = 0
	failed_before[depth] = failed
}

function pop_level()
{
	if (bailed)
		;
	else if (plan[depth] == "")
		fail("results without a plan" of_program())
	else if (plan[depth] != seen[depth])
		fail("planned " plan[depth] ", got " seen[depth] of_program())
	depth--
}

# Enters the level of this indentation. Sets nested when that ends a level of
# subtests, nested_failed when one of these failed.
function enter_level(indent)
{
	nested = nested_failed = 0
	while (depth && indentation[depth] > indent) {
		nested = 1
		pop_level()
		if (failed > failed_before[depth + 1])
			nested_failed = 1
	}
	if (!depth || indentation[depth] < indent)
		push_level(indent)
}

# ---- Streams ----

function close_stream()
{
	while (depth)
		pop_level()
	if (open && !used)
		fail("no results" of_program())
	open = used = bailed = 0
}

function open_stream(name)
{
	close_stream()
	program = name
	open = 1
}

# ---- Lines ----

# The result of the line does not matter under any of these.
function is_skip(text)
{
	return tolower(text) ~ /(^|[ \t])#[ \t]*(skip(ped)?|todo|xfail)([ \t:]|$)/
}

function on_result(indent, ok, text)
{
	enter_level(indent)
	used = 1
	seen[depth]++
	sub(/^[ \t]+/, "", text)
	if (match(text, /^[0-9]+/)) {
		if (substr(text, 1, RLENGTH) + 0 != seen[depth])
			fail("result " substr(text, 1, RLENGTH) " where " \
			     seen[depth] " was due" of_program())
		text = substr(text, RLENGTH + 1)
	}
	sub(/^[ \t]*(-[ \t]+)?/, "", text)

	if (is_skip(text))
		skipped += !nested
	else if (ok)
		passed += !nested
	else if (!nested_failed)
		fail(text == "" ? "a test without a name" of_program() : text)
}

function on_plan(indent, count)
{
	enter_level(indent)
	used = 1
	if (plan[depth] != "")
		fail("a second plan" of_program())
	# Nothing planned is how a program says that it does not apply here.
	if (count == 0)
		skipped++
	plan[depth] = count
}

{
	sub(/\r$/, "")
	match($0, /^[ \t]*/)
	indent = RLENGTH
	text = substr($0, indent + 1)
}

indent == 0 && text ~ /^# run: / {
	open_stream(substr(text, 8))
	next
}

# The version line after a "# run:" line belongs to that stream.
indent == 0 && text ~ /^K?TAP version [0-9]/ {
	if (!open || used)
		open_stream("")
	next
}

text ~ /^1\.\.[0-9]+([ \t]|$)/ { on_plan(indent, substr(text, 4) + 0); next }
text ~ /^ok([ \t]|$)/ { on_result(indent, 1, substr(text, 3)); next }
text ~ /^not ok([ \t]|$)/ { on_result(indent, 0, substr(text, 7)); next }

indent == 0 && text ~ /^Bail out!/ {
	fail(text of_program())
	used = bailed = 1
}

END {
	close_stream()
	if (passed + failed + skipped == 0)
		fail("no results")
	print passed + 0, failed + 0, skipped + 0
}
