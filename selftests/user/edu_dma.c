// SPDX-License-Identifier: GPL-2.0
/*
 * The edu driver's transfers: DMA control codes, read(2), write(2), lseek(2).
 * The rules, by WDK page:
 *   - "Using Direct I/O" and "Buffer Descriptions for I/O Control Codes": the
 *     data goes from and to the caller's own pages, wherever they begin.
 *   - IRP_MJ_READ, IRP_MJ_WRITE: Information is the number of bytes moved; a
 *     request of no bytes is a success.
 *   - IRP_MJ_QUERY_INFORMATION, FileStandardInformation: the end of the file.
 *
 * The device takes a tenth of a second for each transfer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "edu_util.h"

#define SIZE	EDU_BUFFER_SIZE

FIXTURE(transfers) {
	int fd;
	unsigned char *out, *in;	/* three pages each */
};

FIXTURE_SETUP(transfers)
{
	self->fd = edu_open(O_RDWR);
	self->out = aligned_alloc(4096, 3 * 4096);
	self->in = aligned_alloc(4096, 3 * 4096);
	ASSERT_TRUE(self->out && self->in);
	memset(self->in, 0, 3 * 4096);
	fill_pattern(self->out, 3 * 4096, 99);
}

FIXTURE_TEARDOWN(transfers)
{
	close(self->fd);
}

/* Every length class: bytes, words, around powers of two, all. */
TEST_F_TIMEOUT(transfers, dma_lengths, 60)
{
	static const unsigned int lengths[] = {
		1, 2, 3, 4, 5, 8, 63, 64, 65, 511, 512, 2048, 4094, 4095, 4096,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		fill_pattern(self->out, lengths[i], i);
		memset(self->in, 0xa5, SIZE + 1);
		edu_dma_write(self->fd, self->out, lengths[i]);
		edu_dma_read(self->fd, self->in, lengths[i]);
		EXPECT_EQ(0, memcmp(self->out, self->in, lengths[i]));
		EXPECT_EQ(0xa5, self->in[lengths[i]]);
	}
}

/* Buffers that begin anywhere in a page and cross into the next one. */
TEST_F_TIMEOUT(transfers, dma_buffer_offsets, 60)
{
	static const struct {
		unsigned int offset, length;
	} cases[] = {
		{ 1, 4096 }, { 4095, 4096 }, { 4095, 2 }, { 4095, 1 },
		{ 4092, 8 }, { 2048, 4096 }, { 3, 64 },
	};
	unsigned char *out, *in;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		out = self->out + cases[i].offset;
		in = self->in + 4096 - cases[i].offset;
		fill_pattern(out, cases[i].length, 1000 + i);
		edu_dma_write(self->fd, out, cases[i].length);
		edu_dma_read(self->fd, in, cases[i].length);
		EXPECT_EQ(0, memcmp(out, in, cases[i].length));
	}
}

TEST_F(transfers, dma_too_long)
{
	EXPECT_END(EINVAL, STATUS_INVALID_PARAMETER, 0,
		   edu_request(self->fd, IOCTL_EDU_DMA_WRITE, NULL, 0,
			       self->out, SIZE + 1));
	EXPECT_END(EINVAL, STATUS_INVALID_PARAMETER, 0,
		   edu_request(self->fd, IOCTL_EDU_DMA_READ, NULL, 0, self->in,
			       SIZE + 1));
}

/* The same page twice in the page tables, memory never touched before. */
TEST_F(transfers, dma_fresh_and_shared_pages)
{
	unsigned char *fresh = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
				    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	ASSERT_TRUE(fresh != MAP_FAILED);
	edu_dma_write(self->fd, self->out, SIZE);
	edu_dma_read(self->fd, fresh, SIZE);
	EXPECT_EQ(0, memcmp(self->out, fresh, SIZE));
}

/* A page that the parent still has must not change under it. */
static void read_into(void *data)
{
	struct transfers *self = data;

	edu_dma_read(self->fd, self->in, SIZE);
	EXPECT_EQ(0, memcmp(self->out, self->in, SIZE));
}

TEST_F(transfers, dma_breaks_copy_on_write)
{
	edu_dma_write(self->fd, self->out, SIZE);
	EXPECT_EQ(0, harness_join(harness_fork(read_into, self)));
	EXPECT_EQ(0, self->in[0] | self->in[1] | self->in[100] | self->in[SIZE - 1]);
}

/* ---- read, write, lseek ---- */

TEST_F(transfers, read_what_was_written)
{
	EXPECT_EQ(SIZE, pwrite(self->fd, self->out, SIZE, 0));
	EXPECT_EQ(SIZE, pread(self->fd, self->in, SIZE, 0));
	EXPECT_EQ(0, memcmp(self->out, self->in, SIZE));
	EXPECT_EQ(8, pread(self->fd, self->in, 8, 1000));
	EXPECT_EQ(0, memcmp(self->out + 1000, self->in, 8));
	EXPECT_EQ(1, pread(self->fd, self->in, 1, SIZE - 1));
	EXPECT_EQ(self->out[SIZE - 1], self->in[0]);
}

/* Bytes beside what is written stay. */
TEST_F(transfers, write_in_the_middle)
{
	EXPECT_EQ(SIZE, pwrite(self->fd, self->out, SIZE, 0));
	EXPECT_EQ(5, pwrite(self->fd, "hello", 5, 77));
	memcpy(self->out + 77, "hello", 5);
	EXPECT_EQ(SIZE, pread(self->fd, self->in, SIZE, 0));
	EXPECT_EQ(0, memcmp(self->out, self->in, SIZE));
}

TEST_F(transfers, across_the_end_is_shortened)
{
	EXPECT_EQ(10, pwrite(self->fd, self->out, 100, SIZE - 10));
	EXPECT_EQ(10, pread(self->fd, self->in, 4096, SIZE - 10));
	EXPECT_EQ(0, memcmp(self->out, self->in, 10));
	EXPECT_EQ(1, pwrite(self->fd, "x", 1, SIZE - 1));
	EXPECT_EQ(1, pread(self->fd, self->in, 2, SIZE - 1));
	EXPECT_EQ('x', self->in[0]);
	EXPECT_EQ(SIZE, pread(self->fd, self->in, 3 * 4096, 0));
}

TEST_F(transfers, at_the_end)
{
	EXPECT_EQ(0, pread(self->fd, self->in, 1, SIZE));
	EXPECT_EQ(0, pread(self->fd, self->in, 100, 1LL << 40));
	EXPECT_EQ(-1, pwrite(self->fd, self->out, 1, SIZE));
	EXPECT_EQ(ENOSPC, errno);
	EXPECT_EQ(-1, pwrite(self->fd, self->out, 1, 1LL << 32));
	EXPECT_EQ(ENOSPC, errno);
}

TEST_F(transfers, bad_offsets)
{
	EXPECT_EQ(-1, pread(self->fd, self->in, 1, -1));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, pwrite(self->fd, self->out, 1, -1));
	EXPECT_EQ(EINVAL, errno);
	/* Linux itself may refuse an end that wraps. */
	EXPECT_EQ(-1, pread(self->fd, self->in, 2, INT64_MAX));
	EXPECT_TRUE(errno == EINVAL || errno == EOVERFLOW);
	EXPECT_EQ(-1, pwrite(self->fd, self->out, 2, INT64_MAX));
	EXPECT_TRUE(errno == EINVAL || errno == EOVERFLOW);
}

TEST_F(transfers, no_bytes)
{
	EXPECT_EQ(0, pread(self->fd, self->in, 0, 0));
	EXPECT_EQ(0, pwrite(self->fd, self->out, 0, 0));
	EXPECT_EQ(0, pread(self->fd, self->in, 0, SIZE));
	EXPECT_EQ(0, pwrite(self->fd, self->out, 0, SIZE));
}

TEST_F(transfers, bad_addresses)
{
	unsigned char *bad = mmap(NULL, 8192, PROT_READ,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ASSERT_TRUE(bad != MAP_FAILED);
	EXPECT_EQ(-1, pread(self->fd, bad, 8, 0));
	EXPECT_EQ(EFAULT, errno);
	mprotect(bad, 8192, PROT_NONE);
	EXPECT_EQ(-1, pwrite(self->fd, bad, 8, 0));
	EXPECT_EQ(EFAULT, errno);
	EXPECT_EQ(-1, pread(self->fd, (void *)(uintptr_t)-4, 8, 0));
	EXPECT_EQ(EFAULT, errno);
}

/* The position moves by what was transferred. */
TEST_F(transfers, position)
{
	EXPECT_EQ(0, lseek(self->fd, 0, SEEK_CUR));
	EXPECT_EQ(16, write(self->fd, self->out, 16));
	EXPECT_EQ(16, lseek(self->fd, 0, SEEK_CUR));
	EXPECT_EQ(0, lseek(self->fd, 0, SEEK_SET));
	EXPECT_EQ(10, read(self->fd, self->in, 10));
	EXPECT_EQ(6, read(self->fd, self->in + 10, 6));
	EXPECT_EQ(0, memcmp(self->out, self->in, 16));
	EXPECT_EQ(16, lseek(self->fd, 0, SEEK_CUR));
}

TEST_F(transfers, seek)
{
	EXPECT_EQ(SIZE, lseek(self->fd, 0, SEEK_END));
	EXPECT_EQ(0, read(self->fd, self->in, 8));
	EXPECT_EQ(-1, write(self->fd, self->out, 8));
	EXPECT_EQ(ENOSPC, errno);
	EXPECT_EQ(SIZE - 8, lseek(self->fd, -8, SEEK_END));
	EXPECT_EQ(8, read(self->fd, self->in, 100));
	EXPECT_EQ(SIZE, lseek(self->fd, 0, SEEK_CUR));
	EXPECT_EQ(SIZE - 8, lseek(self->fd, -8, SEEK_CUR));
	EXPECT_EQ(-1, lseek(self->fd, -1, SEEK_SET));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, lseek(self->fd, -SIZE - 1, SEEK_END));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(SIZE - 8, lseek(self->fd, 0, SEEK_CUR));
}

TEST_F(transfers, sync)
{
	EXPECT_EQ(0, fsync(self->fd));
}

TEST(transfers_need_access)
{
	char byte = 0;
	int fd;

	fd = edu_open(O_RDONLY);
	EXPECT_EQ(-1, write(fd, &byte, 1));
	EXPECT_EQ(EBADF, errno);
	fd = edu_open(O_WRONLY);
	EXPECT_EQ(-1, read(fd, &byte, 1));
	EXPECT_EQ(EBADF, errno);
}

/* A forked child has the same open file, so the same position. */
static void read_four(void *data)
{
	struct transfers *self = data;

	EXPECT_EQ(4, read(self->fd, self->in, 4));
	EXPECT_EQ(0, memcmp(self->out, self->in, 4));
	close(self->fd);
}

TEST_F(transfers, fork_shares_the_file)
{
	EXPECT_EQ(8, pwrite(self->fd, self->out, 8, 0));
	EXPECT_EQ(0, harness_join(harness_fork(read_four, self)));
	EXPECT_EQ(4, lseek(self->fd, 0, SEEK_CUR));
	EXPECT_EQ(4, read(self->fd, self->in, 4));
	EXPECT_EQ(0, memcmp(self->out + 4, self->in, 4));
}
