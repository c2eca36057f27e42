// SPDX-License-Identifier: GPL-2.0
/*
 * layering_test - the filter and layered samples above edu, seen from user space
 *
 * Tests need what is loaded: filter_x the filter, layered_x the intermediate
 * driver, seh_x the sehtest driver. Those that lack it are skipped.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "edu_util.h"
#include "../../sample_drivers/filter/filterioctl.h"
#include "../../sample_drivers/layered/layeredioctl.h"

#define SEH_CODE(n)	CTL_CODE(0x8001U, n, METHOD_NEITHER, FILE_ANY_ACCESS)
#define SEH_PROBE_READ	SEH_CODE(0x810)
#define SEH_PROBE_WRITE	SEH_CODE(0x811)
#define SEH_FILL	SEH_CODE(0x812)

static int open_or_skip(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		SKIP("no %s", path);
	return fd;
}

/* ---- The filter ---- */

FIXTURE(filter) { int control; int edu; };

FIXTURE_SETUP(filter)
{
	self->control = open_or_skip("/dev/nt/FILTER0");
	self->edu = edu_open(O_RDWR);
}

FIXTURE_TEARDOWN(filter)
{
	close(self->edu);
	close(self->control);
}

static FILTER_COUNTS filter_counts(int fd)
{
	FILTER_COUNTS counts = { };

	EXPECT_END(0, STATUS_SUCCESS, sizeof(counts),
		   edu_request(fd, IOCTL_FILTER_GET_COUNTS, NULL, 0, &counts,
			       sizeof(counts)));
	return counts;
}

TEST_F(filter, counts_what_it_passes_on)
{
	FILTER_COUNTS before = filter_counts(self->control), after;
	uint32_t id = 0;

	EXPECT_EQ(1, before.Attached);
	EXPECT_END(0, STATUS_SUCCESS, sizeof(id),
		   edu_request(self->edu, IOCTL_EDU_GET_ID, NULL, 0, &id, sizeof(id)));
	EXPECT_EQ(EDU_ID, id);
	EXPECT_NE(0, edu_request(self->edu, 0x12345678, NULL, 0, NULL, 0).error);
	after = filter_counts(self->control);
	EXPECT_EQ(before.Forwarded + 2, after.Forwarded);
	EXPECT_EQ(before.Succeeded + 1, after.Succeeded);
	EXPECT_EQ(before.Failed + 1, after.Failed);
	EXPECT_EQ(before.Pended, after.Pended);
}

TEST_F(filter, sees_pending_requests_end)
{
	FILTER_COUNTS before = filter_counts(self->control), after;

	EXPECT_EQ(factorial_mod_2_32(6), edu_factorial(self->edu, 6));
	after = filter_counts(self->control);
	EXPECT_EQ(before.Pended + 1, after.Pended);
	EXPECT_EQ(before.Succeeded + 1, after.Succeeded);
}

TEST_F(filter, passes_data_through)
{
	static unsigned char data[EDU_BUFFER_SIZE], back[EDU_BUFFER_SIZE];
	FILTER_COUNTS before = filter_counts(self->control), after;

	fill_pattern(data, sizeof(data), 7);
	ASSERT_EQ(sizeof(data), pwrite(self->edu, data, sizeof(data), 0));
	ASSERT_EQ(sizeof(back), pread(self->edu, back, sizeof(back), 0));
	EXPECT_EQ(0, memcmp(data, back, sizeof(data)));
	after = filter_counts(self->control);
	EXPECT_EQ(2 * EDU_BUFFER_SIZE, after.BytesLow - before.BytesLow);
}

static void wait_for_raise(void *data)
{
	uint32_t value;

	catch_sigusr1();
	(void)data;
	EXPECT_EQ(EINTR, edu_request(edu_open(O_RDWR), IOCTL_EDU_WAIT, NULL, 0, &value,
				     sizeof(value)).error);
}

TEST_F(filter, sees_cancelled_requests)
{
	FILTER_COUNTS before = filter_counts(self->control);
	int pid = harness_fork(wait_for_raise, NULL);

	wait_for_waiters(self->edu, 1);
	EXPECT_EQ(0, interrupt_until_end(pid));
	EXPECT_LE(before.Cancelled + 1, filter_counts(self->control).Cancelled);
}

/* ---- The intermediate driver ---- */

FIXTURE(layered) { int fd; };

FIXTURE_SETUP(layered)
{
	self->fd = open_or_skip("/dev/nt/LAYERED0");
}

FIXTURE_TEARDOWN(layered)
{
	close(self->fd);
}

static LAYERED_COUNTS layered_counts(int fd)
{
	LAYERED_COUNTS counts = { };

	EXPECT_END(0, STATUS_SUCCESS, sizeof(counts),
		   edu_request(fd, IOCTL_LAYERED_GET_COUNTS, NULL, 0, &counts,
			       sizeof(counts)));
	return counts;
}

TEST_F(layered, splits_large_transfers)
{
	static unsigned char data[LAYERED_SIZE], back[LAYERED_SIZE];
	LAYERED_COUNTS before = layered_counts(self->fd), after;

	fill_pattern(data, sizeof(data), 3);
	ASSERT_EQ(sizeof(data), pwrite(self->fd, data, sizeof(data), 0));
	ASSERT_EQ(sizeof(back), pread(self->fd, back, sizeof(back), 0));
	EXPECT_EQ(0, memcmp(data, back, sizeof(data)));
	after = layered_counts(self->fd);
	EXPECT_EQ(before.Split + 2, after.Split);
	EXPECT_EQ(before.Associated + 2 * LAYERED_SIZE / LAYERED_PIECE, after.Associated);
	EXPECT_EQ(before.Whole, after.Whole);
}

/* Buffers that begin anywhere in a page, and end in another. */
TEST_F(layered, splits_at_odd_addresses)
{
	static unsigned char data[LAYERED_SIZE], room[3 * 4096];
	unsigned int i;

	fill_pattern(data, sizeof(data), 11);
	ASSERT_EQ(sizeof(data), pwrite(self->fd, data, sizeof(data), 0));
	for (i = 0; i < 40; i++) {
		unsigned int at = i * 173 % 4096, from = i * 97 % 1500, length = 513 + i * 50;

		memset(room, 0xee, sizeof(room));
		ASSERT_EQ(length, pread(self->fd, room + at, length, from));
		EXPECT_EQ(0, memcmp(room + at, data + from, length));
		EXPECT_EQ(0xee, room[at + length]);
		if (at)
			EXPECT_EQ(0xee, room[at - 1]);
	}
}

TEST_F(layered, shortens_at_the_end)
{
	static unsigned char room[2 * LAYERED_SIZE];

	EXPECT_EQ(LAYERED_SIZE - 100, pread(self->fd, room, sizeof(room), 100));
	EXPECT_EQ(0, pread(self->fd, room, sizeof(room), LAYERED_SIZE));
	EXPECT_EQ(4, pread(self->fd, room, 4, 8));
	EXPECT_EQ(0, pread(self->fd, room, 0, 8));
}

TEST_F(layered, fills_with_asynchronous_reads)
{
	unsigned char data[LAYERED_SIZE], *room = malloc(LAYERED_FILL_MAX + 100);
	LAYERED_COUNTS before = layered_counts(self->fd);
	uint32_t length = 15 * LAYERED_SIZE + 100, i;

	fill_pattern(data, sizeof(data), 5);
	ASSERT_EQ(sizeof(data), pwrite(self->fd, data, sizeof(data), 0));
	memset(room, 0, length + 1);
	EXPECT_END(0, STATUS_SUCCESS, length,
		   edu_request(self->fd, IOCTL_LAYERED_FILL, NULL, 0, room, length));
	for (i = 0; i < length; i += LAYERED_SIZE)
		EXPECT_EQ(0, memcmp(room + i, data, length - i < LAYERED_SIZE ? length - i :
										LAYERED_SIZE));
	EXPECT_EQ(0, room[length]);
	EXPECT_EQ(before.Reads + 16, layered_counts(self->fd).Reads);
	free(room);
}

TEST_F(layered, asks_and_waits)
{
	uint32_t code = IOCTL_EDU_GET_ID;

	EXPECT_END(0, STATUS_SUCCESS, 4,
		   edu_request(self->fd, IOCTL_LAYERED_ASK, &code, 4, &code, 4));
	EXPECT_EQ(EDU_ID, code);
	/* The watchdog of the driver below ends it, long after the call returned. */
	code = IOCTL_EDU_HANG;
	EXPECT_EQ((uint32_t)STATUS_IO_TIMEOUT,
		  edu_request(self->fd, IOCTL_LAYERED_ASK, &code, 4, &code, 4).status);
	code = 0x80001234;
	EXPECT_EQ((uint32_t)STATUS_INVALID_DEVICE_REQUEST,
		  edu_request(self->fd, IOCTL_LAYERED_ASK, &code, 4, &code, 4).status);
}

/* ---- What a driver does to its caller's addresses ---- */

FIXTURE(seh) { int fd; unsigned char *rw, *ro; };

#define PAGE	4096

/* Two pages that may be written to, one that may not, none. */
FIXTURE_SETUP(seh)
{
	self->fd = open_or_skip("/dev/nt/SEHTEST");
	self->rw = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ASSERT_TRUE(self->rw != MAP_FAILED);
	self->ro = self->rw + 2 * PAGE;
	memset(self->rw, 1, 4 * PAGE);
	ASSERT_EQ(0, mprotect(self->ro, PAGE, PROT_READ));
	ASSERT_EQ(0, munmap(self->ro + PAGE, PAGE));
}

FIXTURE_TEARDOWN(seh)
{
	munmap(self->rw, 3 * PAGE);
	close(self->fd);
}

static uint32_t seh(int fd, uint32_t code, void *address, uint32_t length)
{
	return edu_request(fd, code, NULL, 0, address, length).status;
}

TEST_F(seh, probes_for_read)
{
	EXPECT_EQ(STATUS_SUCCESS, seh(self->fd, SEH_PROBE_READ, self->ro, PAGE));
	/* Whether there is memory the probe does not tell. */
	EXPECT_EQ(STATUS_SUCCESS, seh(self->fd, SEH_PROBE_READ, self->ro + PAGE, 4));
	EXPECT_EQ((uint32_t)STATUS_DATATYPE_MISALIGNMENT,
		  seh(self->fd, SEH_PROBE_READ, self->rw + 2, 4));
	EXPECT_EQ((uint32_t)STATUS_ACCESS_VIOLATION,
		  seh(self->fd, SEH_PROBE_READ, (void *)0xffff888000000000ULL, 4));
	EXPECT_EQ(STATUS_SUCCESS, seh(self->fd, SEH_PROBE_READ, (void *)0xffff888000000000ULL, 0));
}

TEST_F(seh, probes_for_write)
{
	EXPECT_EQ(STATUS_SUCCESS, seh(self->fd, SEH_PROBE_WRITE, self->rw, 2 * PAGE));
	EXPECT_EQ(1, self->rw[0]);
	EXPECT_EQ((uint32_t)STATUS_ACCESS_VIOLATION,
		  seh(self->fd, SEH_PROBE_WRITE, self->ro, 4));
	EXPECT_EQ((uint32_t)STATUS_ACCESS_VIOLATION,
		  seh(self->fd, SEH_PROBE_WRITE, self->rw, 3 * PAGE));
	EXPECT_EQ((uint32_t)STATUS_ACCESS_VIOLATION,
		  seh(self->fd, SEH_PROBE_WRITE, self->ro + PAGE, 4));
}

TEST_F(seh, locks_pages)
{
	unsigned int i;

	EXPECT_EQ(STATUS_SUCCESS, seh(self->fd, SEH_FILL, self->rw + 100, PAGE + 50));
	for (i = 0; i < 2 * PAGE; i++)
		EXPECT_EQ(i >= 100 && i < PAGE + 150 ? 0x5a : 1, self->rw[i]);
	EXPECT_EQ((uint32_t)STATUS_ACCESS_VIOLATION, seh(self->fd, SEH_FILL, self->ro, 4));
	EXPECT_EQ((uint32_t)STATUS_ACCESS_VIOLATION,
		  seh(self->fd, SEH_FILL, self->rw + PAGE, 2 * PAGE));
	EXPECT_EQ(1, self->rw[2 * PAGE - 1]);
	EXPECT_EQ((uint32_t)STATUS_ACCESS_VIOLATION,
		  seh(self->fd, SEH_FILL, (void *)0xffff888000000000ULL, 4));
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
