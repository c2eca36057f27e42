/* SPDX-License-Identifier: GPL-2.0 */
/*
 * harness.h - tests as functions, each run in a process of its own, TAP out
 *
 *	TEST(name) { ... }			a test
 *	TEST_TIMEOUT(name, seconds) { ... }	one that needs longer than usual
 *	FIXTURE(fix) { int fd; };		what several tests need
 *	FIXTURE_SETUP(fix) { self->fd = ...; }
 *	FIXTURE_TEARDOWN(fix) { close(self->fd); }
 *	TEST_F(fix, name) { ... self->fd ... }
 *	TEST_F_TIMEOUT(fix, name, seconds) { ... }
 *
 * ASSERT_x ends the test when it fails, EXPECT_x goes on; both take what is
 * expected first. They may be used in functions that a test calls. SKIP(reason)
 * ends the test as skipped. FIXTURE_TEARDOWN is not run after a failed ASSERT:
 * the end of the process cleans up.
 *
 * A program's main is harness_run(argc, argv, unavailable): it returns 0 if
 * all passed, 1 if one failed, and 4 if all were skipped. Arguments choose the
 * tests whose names contain one of them.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdbool.h>
#include <string.h>

#define HARNESS_TIMEOUT		30

#define HARNESS_PASS		0
#define HARNESS_FAIL		1
#define HARNESS_SKIP		4

struct harness_test {
	const char *name;
	void (*run)(void);
	unsigned int timeout;		/* seconds */
	struct harness_test *next;
};

void harness_register(struct harness_test *test);

/* The reason why no test can run here, or NULL. */
int harness_run(int argc, char **argv, const char *unavailable);

__attribute__((format(printf, 4, 5)))
void harness_failed(const char *file, int line, bool fatal,
		    const char *format, ...);

__attribute__((format(printf, 1, 2), noreturn))
void harness_skip(const char *format, ...);

/*
 * For a process that a test forks: run a function in it and leave. The parent's
 * harness_join() returns its exit status, 128 + N if signal N killed it.
 */
int harness_fork(void (*run)(void *data), void *data);
int harness_join(int pid);

/* ---- Tests ---- */

#define TEST(name) TEST_TIMEOUT(name, HARNESS_TIMEOUT)

#define TEST_TIMEOUT(test_name, seconds)				\
	static void test_name(void);					\
	__attribute__((constructor))					\
	static void test_name##_register(void)				\
	{								\
		static struct harness_test test = {			\
			.name = #test_name,				\
			.run = test_name,				\
			.timeout = seconds,				\
		};							\
									\
		harness_register(&test);				\
	}								\
	static void test_name(void)

#define FIXTURE(fix)							\
	struct fix;							\
	static void fix##_setup(struct fix *self);			\
	static void fix##_teardown(struct fix *self);			\
	struct fix

#define FIXTURE_SETUP(fix) \
	static void fix##_setup(struct fix *self)

#define FIXTURE_TEARDOWN(fix) \
	static void fix##_teardown(struct fix *self)

#define TEST_F(fix, name) TEST_F_TIMEOUT(fix, name, HARNESS_TIMEOUT)

#define TEST_F_TIMEOUT(fix, test_name, seconds)				\
	static void fix##_##test_name##_body(struct fix *self);		\
	TEST_TIMEOUT(fix##_##test_name, seconds)			\
	{								\
		struct fix self;					\
									\
		memset(&self, 0, sizeof(self));				\
		fix##_setup(&self);					\
		fix##_##test_name##_body(&self);			\
		fix##_teardown(&self);					\
	}								\
	static void fix##_##test_name##_body(				\
		__attribute__((unused)) struct fix *self)

#define SKIP(...) harness_skip(__VA_ARGS__)

/* ---- Checks ---- */

#define HARNESS_COMPARE(expected, seen, operator, fatal)		\
	do {								\
		long long expected_ = (long long)(expected);		\
		long long seen_ = (long long)(seen);			\
									\
		if (!(expected_ operator seen_))			\
			harness_failed(__FILE__, __LINE__, fatal,	\
				"%s %s %s: %lld (0x%llx) and %lld (0x%llx)", \
				#expected, #operator, #seen,		\
				expected_, (unsigned long long)expected_, \
				seen_, (unsigned long long)seen_);	\
	} while (0)

#define HARNESS_TRUE(condition, fatal)					\
	do {								\
		if (!(condition))					\
			harness_failed(__FILE__, __LINE__, fatal,	\
				       "%s is false", #condition);	\
	} while (0)

#define ASSERT_EQ(expected, seen)	HARNESS_COMPARE(expected, seen, ==, true)
#define ASSERT_NE(expected, seen)	HARNESS_COMPARE(expected, seen, !=, true)
#define ASSERT_LE(expected, seen)	HARNESS_COMPARE(expected, seen, <=, true)
#define ASSERT_LT(expected, seen)	HARNESS_COMPARE(expected, seen, <, true)
#define ASSERT_TRUE(condition)		HARNESS_TRUE(condition, true)
#define EXPECT_EQ(expected, seen)	HARNESS_COMPARE(expected, seen, ==, false)
#define EXPECT_NE(expected, seen)	HARNESS_COMPARE(expected, seen, !=, false)
#define EXPECT_LE(expected, seen)	HARNESS_COMPARE(expected, seen, <=, false)
#define EXPECT_LT(expected, seen)	HARNESS_COMPARE(expected, seen, <, false)
#define EXPECT_TRUE(condition)		HARNESS_TRUE(condition, false)

#endif /* HARNESS_H */
