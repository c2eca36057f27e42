// SPDX-License-Identifier: GPL-2.0
/*
 * edu_test - the edu sample driver as a user program sees it
 *
 * This file: what each control code answers to good and to bad buffers. The
 * rules, by WDK page:
 *   - "Defining I/O Control Codes": the access that a code requires is checked
 *     by the I/O manager against how the file was opened.
 *   - "Buffer Descriptions for I/O Control Codes": METHOD_BUFFERED copies in,
 *     and copies IoStatus.Information bytes out.
 *   - "Security Issues for I/O Control Codes": lengths are checked before use.
 *   - "Failure to Validate Variable-Length Buffers" and "Errors in Buffered
 *     I/O": Information never exceeds the output buffer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "edu_util.h"

#define PAGE	4096UL

FIXTURE(ioctls) {
	int fd;
};

FIXTURE_SETUP(ioctls)
{
	self->fd = edu_open(O_RDWR);
}

FIXTURE_TEARDOWN(ioctls)
{
	close(self->fd);
}

TEST_F(ioctls, get_id)
{
	uint32_t id = 0;

	EXPECT_END(0, STATUS_SUCCESS, 4,
		   edu_request(self->fd, IOCTL_EDU_GET_ID, NULL, 0, &id, 4));
	EXPECT_EQ(EDU_ID, id);
}

/* Only Information bytes are copied out. */
TEST_F(ioctls, long_output_is_left_alone)
{
	unsigned char out[64];
	size_t i;

	memset(out, 0x5a, sizeof(out));
	EXPECT_END(0, STATUS_SUCCESS, 4,
		   edu_request(self->fd, IOCTL_EDU_GET_ID, NULL, 0, out,
			       sizeof(out)));
	for (i = 4; i < sizeof(out); i++)
		EXPECT_EQ(0x5a, out[i]);
}

TEST_F(ioctls, failure_leaves_output_alone)
{
	unsigned char out[3] = { 1, 2, 3 };

	EXPECT_END(EINVAL, STATUS_BUFFER_TOO_SMALL, 0,
		   edu_request(self->fd, IOCTL_EDU_GET_ID, NULL, 0, out, 3));
	EXPECT_EQ(0, memcmp(out, "\1\2\3", 3));
}

/* The input may be longer than needed, and may be the output's own memory. */
TEST_F(ioctls, liveness)
{
	static const uint32_t values[] = { 0, 1, 0x12345678, 0xffffffff };
	uint32_t buffer[4], out;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		EXPECT_END(0, STATUS_SUCCESS, 4,
			   edu_request(self->fd, IOCTL_EDU_LIVENESS, &values[i],
				       4, &out, 4));
		EXPECT_EQ((uint32_t)~values[i], out);
	}
	buffer[0] = 7;
	EXPECT_END(0, STATUS_SUCCESS, 4,
		   edu_request(self->fd, IOCTL_EDU_LIVENESS, buffer,
			       sizeof(buffer), buffer, sizeof(buffer)));
	EXPECT_EQ(~7U, buffer[0]);
}

static const struct {
	uint32_t code, in_len, out_len;
} minimums[] = {
	{ IOCTL_EDU_GET_ID, 0, 4 },
	{ IOCTL_EDU_LIVENESS, 4, 4 },
	{ IOCTL_EDU_FACTORIAL, 4, 4 },
	{ IOCTL_EDU_DMA_WRITE, 0, 1 },
	{ IOCTL_EDU_DMA_READ, 0, 1 },
	{ IOCTL_EDU_WAIT, 0, 4 },
	{ IOCTL_EDU_RAISE, 4, 0 },
	{ IOCTL_EDU_GET_STATISTICS, 0, sizeof(EDU_STATISTICS) },
};

/* Every length shorter than what the code needs, zero among them. */
TEST_F(ioctls, short_buffers)
{
	unsigned char in[64] = { }, out[64] = { };
	uint32_t length;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(minimums); i++) {
		for (length = 0; length < minimums[i].in_len; length++)
			EXPECT_END(EINVAL, STATUS_BUFFER_TOO_SMALL, 0,
				   edu_request(self->fd, minimums[i].code, in,
					       length, out, sizeof(out)));
		for (length = 0; length < minimums[i].out_len; length++)
			EXPECT_END(EINVAL, STATUS_BUFFER_TOO_SMALL, 0,
				   edu_request(self->fd, minimums[i].code, in,
					       sizeof(in), out, length));
	}
}

TEST_F(ioctls, unknown_codes)
{
	static const uint32_t codes[] = {
		0, 0xffffffff,
		CTL_CODE(FILE_DEVICE_EDU, 0x7ff, METHOD_BUFFERED, FILE_ANY_ACCESS),
		CTL_CODE(FILE_DEVICE_EDU, 0x80a, METHOD_BUFFERED, FILE_ANY_ACCESS),
		CTL_CODE(0x22, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS),
		/* Known but for the method, or for the access. */
		CTL_CODE(FILE_DEVICE_EDU, 0x800, METHOD_NEITHER, FILE_ANY_ACCESS),
		CTL_CODE(FILE_DEVICE_EDU, 0x800, METHOD_OUT_DIRECT, FILE_ANY_ACCESS),
		CTL_CODE(FILE_DEVICE_EDU, 0x800, METHOD_BUFFERED, FILE_READ_ACCESS),
		CTL_CODE(FILE_DEVICE_EDU, 0x804, METHOD_OUT_DIRECT, FILE_ANY_ACCESS),
	};
	unsigned char in[16] = { }, out[16] = { };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(codes); i++)
		EXPECT_END(ENOTTY, STATUS_INVALID_DEVICE_REQUEST, 0,
			   edu_request(self->fd, codes[i], in, sizeof(in), out,
				       sizeof(out)));
}

/* An ioctl of Linux's that is not ours. */
TEST_F(ioctls, foreign_ioctl)
{
	char buffer[256];

	EXPECT_EQ(-1, ioctl(self->fd, _IOR('T', 0x77, int), buffer));
	EXPECT_EQ(ENOTTY, errno);
}

TEST_F(ioctls, nop_echoes)
{
	static const struct {
		uint32_t in_len, out_len, echoed;
	} cases[] = {
		{ 0, 0, 0 }, { 3, 3, 0 }, { 3, 8, 0 }, { 8, 3, 0 }, { 8, 0, 0 },
		{ 0, 8, 0 }, { 4, 4, 4 }, { 5, 16, 5 }, { 16, 7, 7 },
		{ 8192, 8192, 8192 }, { 8192, 4097, 4097 },
	};
	unsigned char in[8192], out[8192];
	size_t i;

	fill_pattern(in, sizeof(in), 1);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		memset(out, 0, sizeof(out));
		EXPECT_END(0, STATUS_SUCCESS, cases[i].echoed,
			   edu_request(self->fd, IOCTL_EDU_NOP, in,
				       cases[i].in_len, out, cases[i].out_len));
		EXPECT_EQ(0, memcmp(in, out, cases[i].echoed));
	}
}

TEST_F(ioctls, raise_zero)
{
	uint32_t zero = 0;

	EXPECT_END(EINVAL, STATUS_INVALID_PARAMETER, 0,
		   edu_request(self->fd, IOCTL_EDU_RAISE, &zero, 4, NULL, 0));
}

/* A request without an interrupt in it: no queue, no device. */
TEST_F(ioctls, factorial)
{
	uint32_t n;

	for (n = 0; n <= 20; n++)
		EXPECT_EQ(factorial_mod_2_32(n), edu_factorial(self->fd, n));
	EXPECT_EQ(0, edu_factorial(self->fd, 34));
}

TEST_F(ioctls, statistics_count)
{
	EDU_STATISTICS before, after;

	before = edu_statistics(self->fd);
	edu_factorial(self->fd, 5);
	after = edu_statistics(self->fd);
	EXPECT_LE(before.Started + 1, after.Started);
	EXPECT_LE(before.Completed + 1, after.Completed);
	EXPECT_LE(before.Interrupts + 1, after.Interrupts);
	EXPECT_LE(before.Dpcs + 1, after.Dpcs);
	EXPECT_EQ(before.TimedOut, after.TimedOut);
}

/* IoStartTimer: the IoTimer routine is called once a second. */
TEST_F(ioctls, timer_ticks)
{
	EDU_STATISTICS before, after;
	unsigned int ticks;

	before = edu_statistics(self->fd);
	sleep_ms(3200);
	after = edu_statistics(self->fd);
	ticks = after.TimerTicks - before.TimerTicks;
	EXPECT_LE(2, ticks);
	EXPECT_LE(ticks, 4);
}

/* ---- Bad addresses ---- */

static void expect_fault(struct edu_result result)
{
	EXPECT_EQ(EFAULT, result.error);
	EXPECT_TRUE(result.status == NTCOMPAT_STATUS_NONE ||
		    result.status == (uint32_t)STATUS_ACCESS_VIOLATION);
}

static unsigned char *map(int protection)
{
	unsigned char *memory = mmap(NULL, 2 * PAGE, protection,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ASSERT_TRUE(memory != MAP_FAILED);
	return memory;
}

/* Addresses of 64 bytes that cannot be read, or only in their first half. */
static size_t bad_addresses(void *address[static 8])
{
	unsigned char *unmapped = map(PROT_NONE);
	unsigned char *half = map(PROT_READ | PROT_WRITE);
	unsigned char *gone = map(PROT_READ | PROT_WRITE);

	mprotect(half + PAGE, PAGE, PROT_NONE);
	munmap(gone, 2 * PAGE);
	address[0] = unmapped;
	address[1] = half + PAGE - 32;
	address[2] = gone;
	address[3] = (void *)(uintptr_t)64;
	address[4] = (void *)(uintptr_t)0xffff888000000000;	/* the kernel's */
	address[5] = (void *)(uintptr_t)-32;			/* wraps */
	address[6] = (void *)(uintptr_t)0x8000000000000000;	/* no address */
	return 7;
}

TEST_F(ioctls, bad_input_address)
{
	void *address[8];
	size_t count = bad_addresses(address), i;
	uint32_t out;

	for (i = 0; i < count; i++) {
		expect_fault(edu_request(self->fd, IOCTL_EDU_LIVENESS,
					 address[i], 64, &out, 4));
		expect_fault(edu_request(self->fd, IOCTL_EDU_NOP, address[i],
					 64, NULL, 0));
		expect_fault(edu_request(self->fd, IOCTL_EDU_DMA_WRITE, NULL, 0,
					 address[i], 64));
	}
}

TEST_F(ioctls, bad_output_address)
{
	unsigned char in[64] = { };
	void *address[8];
	size_t count = bad_addresses(address), i;

	for (i = 0; i < count; i++) {
		expect_fault(edu_request(self->fd, IOCTL_EDU_NOP, in, 64,
					 address[i], 64));
		expect_fault(edu_request(self->fd, IOCTL_EDU_DMA_READ, NULL, 0,
					 address[i], 64));
	}
}

/*
 * METHOD_OUT_DIRECT locks the buffer for writing, METHOD_IN_DIRECT for reading
 * only: "Buffer Descriptions for I/O Control Codes".
 */
TEST_F(ioctls, read_only_memory)
{
	unsigned char *memory = map(PROT_READ);
	uint32_t in = 1;

	expect_fault(edu_request(self->fd, IOCTL_EDU_LIVENESS, &in, 4, memory,
				 4));
	expect_fault(edu_request(self->fd, IOCTL_EDU_DMA_READ, NULL, 0, memory,
				 64));
	edu_dma_write(self->fd, memory, 64);
}

TEST_F(ioctls, bad_request_address)
{
	unsigned char *half = map(PROT_READ | PROT_WRITE);
	unsigned char *read_only = map(PROT_READ);

	mprotect(half + PAGE, PAGE, PROT_NONE);
	EXPECT_EQ(-1, ioctl(self->fd, NTCOMPAT_IOC_DEVICE_CONTROL, NULL));
	EXPECT_EQ(EFAULT, errno);
	EXPECT_EQ(-1, ioctl(self->fd, NTCOMPAT_IOC_DEVICE_CONTROL,
			    half + PAGE - 16));
	EXPECT_EQ(EFAULT, errno);
	EXPECT_EQ(-1, ioctl(self->fd, NTCOMPAT_IOC_DEVICE_CONTROL, read_only));
	EXPECT_NE(0, errno);
}

/* Lengths that no sum may wrap on; whatever is answered, it is no success. */
TEST_F(ioctls, enormous_lengths)
{
	static const uint32_t lengths[] = {
		0xffffffff, 0xfffffffe, 0xfffff001, 0xfffff000, 0x80000000,
		0x7fffffff,
	};
	uint32_t in = 1, out = 0;
	struct edu_result result;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		result = edu_request(self->fd, IOCTL_EDU_NOP, &in, lengths[i],
				     NULL, 0);
		EXPECT_NE(0, result.error);
		result = edu_request(self->fd, IOCTL_EDU_DMA_READ, NULL, 0,
				     &out, lengths[i]);
		EXPECT_NE(0, result.error);
		result = edu_request(self->fd, IOCTL_EDU_DMA_WRITE, &in,
				     lengths[i], &out, lengths[i]);
		EXPECT_NE(0, result.error);
	}
	EXPECT_EQ(0, out);
	EXPECT_EQ(120, edu_factorial(self->fd, 5));
}

/* ---- Access ---- */

TEST(access_read_only)
{
	int fd = edu_open(O_RDONLY);
	unsigned char data[4] = { };

	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0,
		   edu_request(fd, IOCTL_EDU_DMA_WRITE, NULL, 0, data, 4));
	edu_dma_read(fd, data, sizeof(data));
	EXPECT_EQ(120, edu_factorial(fd, 5));
}

TEST(access_write_only)
{
	int fd = edu_open(O_WRONLY);
	unsigned char data[4] = { };

	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0,
		   edu_request(fd, IOCTL_EDU_DMA_READ, NULL, 0, data, 4));
	edu_dma_write(fd, data, sizeof(data));
	EXPECT_EQ(120, edu_factorial(fd, 5));
}

/* The check comes before the driver, so it holds for unknown codes as well. */
TEST(access_of_unknown_code)
{
	int fd = edu_open(O_RDONLY);

	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0,
		   edu_request(fd, CTL_CODE(FILE_DEVICE_EDU, 0x80a,
					    METHOD_BUFFERED, FILE_WRITE_ACCESS),
			       NULL, 0, NULL, 0));
}

TEST(open_and_close_often)
{
	int i;

	for (i = 0; i < 1000; i++)
		close(edu_open(i % 2 ? O_RDWR : O_RDONLY));
}

int main(int argc, char **argv)
{
	const char *unavailable = NULL;

	if (access(edu_path(), F_OK))
		unavailable = "no edu device, or its driver is not loaded";
	return harness_run(argc, argv, unavailable);
}
