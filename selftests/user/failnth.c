// SPDX-License-Identifier: GPL-2.0
/*
 * failnth - every allocation on every path fails once
 *
 * /proc/thread-self/fail-nth (Documentation/fault-injection) makes the Nth
 * attempt to allocate, or to copy from and to a user, of this thread fail. Each
 * operation is done with N = 1, 2, … until it comes through without a failure
 * being due. It must fail with an errno that says so, or succeed in spite of it,
 * and work the next time. What it leaks or breaks the debug kernel reports.
 *
 * The start of a device is not among them: with every allocation failing, the
 * kernel's evaluation of ACPI's interrupt routing uses memory that it has freed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "edu_util.h"

#define NTH	"/proc/thread-self/fail-nth"
#define MOST	5000

static int nth_fd = -1, fd = -1;

/* Each test is a process of its own, so this is the file of its thread. */
static void set_nth(int n)
{
	char text[16];
	int length = snprintf(text, sizeof(text), "%d", n);

	if (nth_fd < 0)
		nth_fd = open(NTH, O_RDWR);
	/* Writing copies from a user: a failure that is still due may hit it. */
	if (pwrite(nth_fd, text, length, 0) != length)
		ASSERT_EQ(length, pwrite(nth_fd, text, length, 0));
}

/*
 * What is left of it: 0 when the failure has been. Reading copies to a user, and
 * may be what fails.
 */
static int get_nth(void)
{
	char text[16] = "";

	if (pread(nth_fd, text, sizeof(text) - 1, 0) < 0)
		return 1;
	return atoi(text);
}

static bool means_no_memory(int error)
{
	return error == ENOMEM || error == EFAULT || error == EAGAIN;
}

/* @run returns 0 or an errno; @undo is called after a success. */
static void each_failure(const char *name, int (*run)(void), void (*undo)(void))
{
	int n, error, left, failures = 0;

	for (n = 1; n < MOST; n++) {
		set_nth(n);
		error = run();
		left = get_nth();
		set_nth(0);
		if (error && !means_no_memory(error)) {
			printf("# %s, failure %d: %s\n", name, n, strerror(error));
			EXPECT_EQ(0, error);
		}
		failures += !!error;
		if (!error && undo)
			undo();
		if (left) {
			/* None was due: nothing is an excuse any more. */
			EXPECT_EQ(0, error);
			break;
		}
	}
	EXPECT_LT(n, MOST);
	printf("# %s: %d points, %d failed\n", name, n - 1, failures);
}

/* ---- Requests ---- */

static int run_open(void)
{
	fd = open(edu_path(), O_RDWR);
	return fd < 0 ? errno : 0;
}

static void undo_open(void)
{
	close(fd);
}

/* A close cannot fail, whatever the system has left. */
static int run_close(void)
{
	int error, mine;

	set_nth(0);
	mine = edu_open(O_RDWR);
	set_nth(1 + rand() % 10);
	error = close(mine) ? errno : 0;
	return error;
}

static unsigned char in[8192], out[8192];

#define REQUEST(name, code, in_length, out_length)			\
	static int run_##name(void)					\
	{								\
		return edu_request(fd, code, in, in_length, out,	\
				   out_length).error;			\
	}

REQUEST(get_id, IOCTL_EDU_GET_ID, 0, 4)
REQUEST(factorial, IOCTL_EDU_FACTORIAL, 4, 4)
REQUEST(dma_write, IOCTL_EDU_DMA_WRITE, 0, 4096)
REQUEST(dma_read, IOCTL_EDU_DMA_READ, 0, 4096)
REQUEST(nop, IOCTL_EDU_NOP, 8192, 8192)
REQUEST(nop_small, IOCTL_EDU_NOP, 16, 16)
REQUEST(raise, IOCTL_EDU_RAISE, 4, 0)
REQUEST(statistics, IOCTL_EDU_GET_STATISTICS, 0, sizeof(EDU_STATISTICS))

static int run_read(void)
{
	return pread(fd, out, 4000, 5) < 0 ? errno : 0;
}

static int run_write(void)
{
	return pwrite(fd, in, 4000, 5) < 0 ? errno : 0;
}

static int run_end(void)
{
	return lseek(fd, 0, SEEK_END) < 0 ? errno : 0;
}

static int run_sync(void)
{
	return fsync(fd) ? errno : 0;
}

TEST_TIMEOUT(open_and_close, 200)
{
	int i;

	each_failure("open", run_open, undo_open);
	for (i = 0; i < 30; i++)
		EXPECT_EQ(0, run_close());
	set_nth(0);
}

TEST_TIMEOUT(requests, 200)
{
	static const struct {
		const char *name;
		int (*run)(void);
	} requests[] = {
		{ "GET_ID", run_get_id }, { "FACTORIAL", run_factorial },
		{ "DMA_WRITE", run_dma_write }, { "DMA_READ", run_dma_read },
		{ "NOP", run_nop }, { "a short NOP", run_nop_small },
		{ "RAISE", run_raise }, { "GET_STATISTICS", run_statistics },
		{ "read", run_read }, { "write", run_write },
		{ "lseek", run_end }, { "fsync", run_sync },
	};
	size_t i;

	in[0] = 5;
	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		/* A file of its own: each keeps an IRP at hand. */
		fd = edu_open(O_RDWR);
		each_failure(requests[i].name, requests[i].run, NULL);
		EXPECT_EQ(120, edu_factorial(fd, 5));
		close(fd);
	}
}

TEST(works_in_the_end)
{
	int i;

	for (i = 0; i < 100 && access(edu_path(), F_OK); i++)
		sleep_ms(50);
	fd = edu_open(O_RDWR);
	EXPECT_EQ(120, edu_factorial(fd, 5));
	close(fd);
}

static void set_file(const char *path, const char *text)
{
	int file = open(path, O_WRONLY);

	if (file < 0 || write(file, text, strlen(text)) < 0)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	close(file);
}

#define FAULTS	"/sys/kernel/debug/"

int main(int argc, char **argv)
{
	bool available = !access(NTH, F_OK);

	if (available) {
		/* Allocations that may wait count, too; the reports would be splats. */
		set_file(FAULTS "failslab/ignore-gfp-wait", "N");
		set_file(FAULTS "failslab/verbose", "0");
		set_file(FAULTS "fail_page_alloc/ignore-gfp-wait", "N");
		set_file(FAULTS "fail_page_alloc/ignore-gfp-highmem", "N");
		set_file(FAULTS "fail_page_alloc/min-order", "0");
		set_file(FAULTS "fail_page_alloc/verbose", "0");
		set_file(FAULTS "fail_usercopy/verbose", "0");
	}
	return harness_run(argc, argv, available ? NULL : "no fault injection in this kernel");
}
