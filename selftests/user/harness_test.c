// SPDX-License-Identifier: GPL-2.0
/*
 * harness_test - the harness must be able to fail. Its own tests are run by a
 * child and their TAP is compared with what is expected.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

TEST(passes)
{
	ASSERT_EQ(1, 1);
	EXPECT_LE(1, 2);
}

TEST(expect_fails)
{
	EXPECT_EQ(1, 2);
}

TEST(assert_ends_test)
{
	ASSERT_TRUE(false);
	abort();
}

TEST(skips)
{
	SKIP("not %s", "today");
}

TEST(crashes)
{
	abort();
}

TEST_TIMEOUT(hangs, 1)
{
	pause();
	pause();
}

static void fail(void *data)
{
	(void)data;
	EXPECT_TRUE(false);
}

TEST(child_fails)
{
	harness_join(harness_fork(fail, NULL));
}

FIXTURE(fix) {
	int value;
};

FIXTURE_SETUP(fix)
{
	self->value = 7;
}

FIXTURE_TEARDOWN(fix)
{
	EXPECT_EQ(8, self->value);
}

TEST_F(fix, teardown_runs)
{
	EXPECT_EQ(7, self->value);
	self->value = 8;
}

TEST_F(fix, teardown_fails)
{
	EXPECT_EQ(7, self->value);
}

static const char expected[] =
	"TAP version 13\n"
	"1..9\n"
	"ok 1 passes\n"
	"not ok 2 expect_fails\n"
	"not ok 3 assert_ends_test\n"
	"ok 4 skips # SKIP not today\n"
	"not ok 5 crashes\n"
	"not ok 6 hangs\n"
	"not ok 7 child_fails\n"
	"ok 8 fix_teardown_runs\n"
	"not ok 9 fix_teardown_fails\n";

/* All that is no comment. */
static void read_results(FILE *stream, char *text, size_t size)
{
	char line[500];

	*text = '\0';
	while (fgets(line, sizeof(line), stream))
		if (*line != '#' && strlen(text) + strlen(line) < size)
			strcat(text, line);
}

int main(int argc, char **argv)
{
	char command[4200], seen[2000];
	FILE *stream;
	int status;

	if (argc > 1 && !strcmp(argv[1], "--inner"))
		return harness_run(1, argv, NULL);
	snprintf(command, sizeof(command), "'%s' --inner 2>&1", argv[0]);
	stream = popen(command, "r");
	if (!stream)
		return HARNESS_FAIL;
	read_results(stream, seen, sizeof(seen));
	status = pclose(stream);
	puts("TAP version 13\n1..2");
	printf("%s 1 results\n", strcmp(seen, expected) ? "not ok" : "ok");
	printf("%s 2 exit status\n", WEXITSTATUS(status) == HARNESS_FAIL ?
	       "ok" : "not ok");
	return strcmp(seen, expected) ||
	       WEXITSTATUS(status) != HARNESS_FAIL ? HARNESS_FAIL : HARNESS_PASS;
}
