// SPDX-License-Identifier: GPL-2.0
/*
 * iotest_test - what files say of themselves, and what a thread's exit ends
 *
 * Against the iotest driver, and for some the edu driver.
 */
#include <errno.h>
#include <fcntl.h>
#include <liburing.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edu_util.h"
#include "ntcompat.h"
#include "../drivers/iotest/iotestio.h"

#define NODE		"/dev/nt/IOTEST"
#define LIMIT_MS	20000

/* FILE_INFORMATION_CLASS */
enum {
	BASIC = 4, STANDARD = 5, ACCESS = 8, NAME = 9, POSITION = 14, MODE = 16, ALIGNMENT = 17,
	ALLOCATION = 19, END_OF_FILE = 20, NETWORK_OPEN = 34,
};

enum { QUERY_INFORMATION = 5, SET_INFORMATION = 6 };	/* IRP_MJ_x */

struct standard {
	int64_t allocation, end;
	uint32_t links;
	uint8_t deleted, folder;
};

struct basic {
	int64_t times[4];
	uint32_t attributes;
};

static struct edu_result information(int fd, unsigned long request, uint32_t class, void *buffer,
				     uint32_t length)
{
	struct ntcompat_info info = {
		.info_class = class,
		.length = length,
		.buffer = (uintptr_t)buffer,
		.status = NTCOMPAT_STATUS_NONE,
	};
	int error = ioctl(fd, request, &info) ? errno : 0;

	return (struct edu_result){ error, info.status, info.information };
}

static struct edu_result query(int fd, uint32_t class, void *buffer, uint32_t length)
{
	return information(fd, NTCOMPAT_IOC_QUERY_INFORMATION, class, buffer, length);
}

static struct edu_result set(int fd, uint32_t class, void *buffer, uint32_t length)
{
	return information(fd, NTCOMPAT_IOC_SET_INFORMATION, class, buffer, length);
}

static IOTEST_RECORD record(int fd)
{
	IOTEST_RECORD seen = { };

	EXPECT_END(0, STATUS_SUCCESS, sizeof(seen),
		   edu_request(fd, IOCTL_IOTEST_RECORD, NULL, 0, &seen, sizeof(seen)));
	return seen;
}

/* ---- Information ---- */

FIXTURE(info) { int fd; };

FIXTURE_SETUP(info)
{
	self->fd = open(NODE, O_RDWR | O_CLOEXEC);
	ASSERT_LE(0, self->fd);
}

FIXTURE_TEARDOWN(info)
{
	close(self->fd);
}

/* "IRP_MJ_QUERY_INFORMATION": the parameters, and a system buffer of that length. */
TEST_F(info, the_driver_is_asked)
{
	struct standard standard = { };
	IOTEST_RECORD before = record(self->fd), seen;

	EXPECT_END(0, STATUS_SUCCESS, 24,
		   query(self->fd, STANDARD, &standard, sizeof(standard)));
	EXPECT_EQ(4096, standard.allocation);
	EXPECT_EQ(before.EndOfFile, standard.end);
	EXPECT_EQ(1, standard.links);
	seen = record(self->fd);
	EXPECT_EQ(before.Calls + 1, seen.Calls);
	EXPECT_EQ(QUERY_INFORMATION, seen.Major);
	EXPECT_EQ(STANDARD, seen.Class);
	EXPECT_EQ(sizeof(standard), seen.Length);
	EXPECT_EQ(1, seen.RightFile);
}

/* "IRP_MJ_SET_INFORMATION" */
TEST_F(info, the_driver_is_told)
{
	struct basic basic = { .attributes = 0x20 }, back = { };
	int64_t end = 2222, too_far = 5000;
	struct standard standard;
	IOTEST_RECORD seen;

	EXPECT_END(0, STATUS_SUCCESS, 0, set(self->fd, END_OF_FILE, &end, sizeof(end)));
	seen = record(self->fd);
	EXPECT_EQ(SET_INFORMATION, seen.Major);
	EXPECT_EQ(END_OF_FILE, seen.Class);
	EXPECT_EQ(8, seen.Length);
	EXPECT_EQ(1, seen.RightFile);
	EXPECT_END(0, STATUS_SUCCESS, 24, query(self->fd, STANDARD, &standard, 24));
	EXPECT_EQ(2222, standard.end);
	EXPECT_EQ(2222, lseek(self->fd, 0, SEEK_END));
	EXPECT_END(ENOSPC, STATUS_DISK_FULL, 0, set(self->fd, END_OF_FILE, &too_far, 8));
	EXPECT_END(0, STATUS_SUCCESS, 0, set(self->fd, BASIC, &basic, sizeof(basic)));
	EXPECT_END(0, STATUS_SUCCESS, 40, query(self->fd, BASIC, &back, sizeof(back)));
	EXPECT_EQ(0x20, back.attributes);
}

/* What the driver does not write reads as zero, and what does not fit is cut off. */
TEST_F(info, a_warning_brings_data)
{
	struct { uint32_t length; uint16_t name[10]; } name;

	memset(&name, 0xff, sizeof(name));
	EXPECT_END(0, STATUS_SUCCESS, 14, query(self->fd, NAME, &name, sizeof(name)));
	EXPECT_EQ(10, name.length);
	EXPECT_EQ('e', name.name[4]);
	EXPECT_EQ(0xffff, name.name[5]);
	memset(&name, 0xff, sizeof(name));
	EXPECT_END(0, STATUS_BUFFER_OVERFLOW, 8, query(self->fd, NAME, &name, 8));
	EXPECT_EQ(10, name.length);
	EXPECT_EQ('n', name.name[1]);
	EXPECT_EQ(0xffff, name.name[2]);
}

/* NtQueryInformationFile: STATUS_INVALID_INFO_CLASS, STATUS_INFO_LENGTH_MISMATCH. */
TEST_F(info, refused_before_the_driver)
{
	IOTEST_RECORD before = record(self->fd);
	char buffer[64] = { };
	struct ntcompat_info bad = { .info_class = STANDARD, .reserved = 1 };

	EXPECT_END(EINVAL, STATUS_INVALID_INFO_CLASS, 0, query(self->fd, 0, buffer, 64));
	EXPECT_END(EINVAL, STATUS_INVALID_INFO_CLASS, 0, query(self->fd, 1000, buffer, 64));
	EXPECT_END(EINVAL, STATUS_INVALID_INFO_CLASS, 0, query(self->fd, -1, buffer, 64));
	EXPECT_END(EINVAL, STATUS_INVALID_INFO_CLASS, 0, query(self->fd, END_OF_FILE, buffer, 64));
	EXPECT_END(EINVAL, STATUS_INVALID_INFO_CLASS, 0, set(self->fd, STANDARD, buffer, 64));
	EXPECT_END(EINVAL, STATUS_INFO_LENGTH_MISMATCH, 0, query(self->fd, STANDARD, buffer, 23));
	EXPECT_END(EINVAL, STATUS_INFO_LENGTH_MISMATCH, 0, query(self->fd, BASIC, buffer, 39));
	EXPECT_END(EINVAL, STATUS_INFO_LENGTH_MISMATCH, 0, query(self->fd, POSITION, buffer, 7));
	EXPECT_END(EINVAL, STATUS_INFO_LENGTH_MISMATCH, 0, query(self->fd, NETWORK_OPEN, buffer, 55));
	EXPECT_END(EINVAL, STATUS_INFO_LENGTH_MISMATCH, 0, set(self->fd, END_OF_FILE, buffer, 0));
	EXPECT_END(EINVAL, STATUS_INVALID_PARAMETER, 0,
		   query(self->fd, STANDARD, buffer, 0x7fffffff));
	EXPECT_END(EFAULT, STATUS_ACCESS_VIOLATION, 0, set(self->fd, END_OF_FILE, (void *)8, 8));
	EXPECT_END(EFAULT, STATUS_ACCESS_VIOLATION, 0, query(self->fd, POSITION, (void *)8, 8));
	EXPECT_EQ(-1, ioctl(self->fd, NTCOMPAT_IOC_QUERY_INFORMATION, &bad));
	EXPECT_EQ(EINVAL, errno);
	EXPECT_EQ(-1, ioctl(self->fd, NTCOMPAT_IOC_QUERY_INFORMATION, 8));
	EXPECT_EQ(EFAULT, errno);
	EXPECT_EQ(before.Calls, record(self->fd).Calls);
	/* Asked, with nowhere to put the answer. */
	EXPECT_EQ(EFAULT, query(self->fd, STANDARD, (void *)8, 24).error);
	EXPECT_EQ(before.Calls + 1, record(self->fd).Calls);
}

/* "ZwQueryInformationFile", "ZwSetInformationFile": the access that each class needs. */
TEST_F(info, access)
{
	int reader = open(NODE, O_RDONLY | O_CLOEXEC), writer = open(NODE, O_WRONLY | O_CLOEXEC);
	int neither = open(NODE, 3 | O_CLOEXEC);
	char buffer[64] = { };

	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0, set(reader, END_OF_FILE, buffer, 8));
	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0, set(reader, BASIC, buffer, 40));
	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0, set(neither, END_OF_FILE, buffer, 8));
	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0, query(neither, POSITION, buffer, 8));
	EXPECT_END(EACCES, STATUS_ACCESS_DENIED, 0, set(neither, POSITION, buffer, 8));
	EXPECT_END(0, STATUS_SUCCESS, 8, query(reader, POSITION, buffer, 8));
	EXPECT_END(0, STATUS_SUCCESS, 8, query(writer, POSITION, buffer, 8));
	EXPECT_END(0, STATUS_SUCCESS, 24, query(neither, STANDARD, buffer, 24));
	EXPECT_END(0, STATUS_SUCCESS, 40, query(neither, BASIC, buffer, 40));
	close(reader);
	close(writer);
	close(neither);
}

/* FILE_SYNCHRONOUS_IO_NONALERT: the I/O manager has the position, not the driver. */
TEST_F(info, position)
{
	IOTEST_RECORD before = record(self->fd);
	int64_t position = -1;

	EXPECT_END(0, STATUS_SUCCESS, 8, query(self->fd, POSITION, &position, 8));
	EXPECT_EQ(0, position);
	position = 1234567890123;
	EXPECT_END(0, STATUS_SUCCESS, 0, set(self->fd, POSITION, &position, 8));
	EXPECT_EQ(1234567890123, lseek(self->fd, 0, SEEK_CUR));
	EXPECT_EQ(1234567890123, record(self->fd).Position);
	EXPECT_EQ(77, lseek(self->fd, 77, SEEK_SET));
	EXPECT_END(0, STATUS_SUCCESS, 8, query(self->fd, POSITION, &position, 8));
	EXPECT_EQ(77, position);
	position = -1;
	EXPECT_END(EINVAL, STATUS_INVALID_PARAMETER, 0, set(self->fd, POSITION, &position, 8));
	EXPECT_EQ(77, lseek(self->fd, 0, SEEK_CUR));
	EXPECT_EQ(before.Calls, record(self->fd).Calls);
}

TEST_F(info, what_the_io_manager_knows)
{
	IOTEST_RECORD before = record(self->fd);
	uint32_t value = 0;

	EXPECT_END(0, STATUS_SUCCESS, 4, query(self->fd, ACCESS, &value, 4));
	EXPECT_EQ(0x12019f, value);	/* FILE_GENERIC_READ | FILE_GENERIC_WRITE */
	EXPECT_END(0, STATUS_SUCCESS, 4, query(self->fd, MODE, &value, 4));
	EXPECT_EQ(0x20, value);		/* FILE_SYNCHRONOUS_IO_NONALERT */
	value = 99;
	EXPECT_END(0, STATUS_SUCCESS, 4, query(self->fd, ALIGNMENT, &value, 4));
	EXPECT_EQ(0, value);		/* FILE_BYTE_ALIGNMENT */
	EXPECT_EQ(before.Calls, record(self->fd).Calls);
}

/* "IRP_MJ_FLUSH_BUFFERS"; and a node is a character device, whose size is not told. */
TEST_F(info, flush_and_fstat)
{
	IOTEST_RECORD before = record(self->fd);
	struct stat st;

	EXPECT_EQ(0, fsync(self->fd));
	EXPECT_EQ(0, fdatasync(self->fd));
	EXPECT_EQ(before.Flushes + 2, record(self->fd).Flushes);
	EXPECT_EQ(0, fstat(self->fd, &st));
	EXPECT_EQ(0, st.st_size);
	EXPECT_TRUE(S_ISCHR(st.st_mode));
}

/* ---- IRPs of a thread ---- */

static IOTEST_BUILT built(int fd)
{
	IOTEST_BUILT seen = { };

	EXPECT_END(0, STATUS_SUCCESS, sizeof(seen),
		   edu_request(fd, IOCTL_IOTEST_BUILT, NULL, 0, &seen, sizeof(seen)));
	return seen;
}

static void build(int fd, uint32_t kind)
{
	EXPECT_END(0, STATUS_SUCCESS, 0,
		   edu_request(fd, IOCTL_IOTEST_BUILD, &kind, sizeof(kind), NULL, 0));
}

static IOTEST_BUILT built_ended(int fd)
{
	IOTEST_BUILT seen;
	int i;

	for (i = 0; i < LIMIT_MS / 10; i++) {
		seen = built(fd);
		if (seen.Ended)
			break;
		usleep(10000);
	}
	return seen;
}

struct builder {
	int fd;
	uint32_t kind;
	pthread_barrier_t made, go;
};

static void *build_and_exit(void *data)
{
	struct builder *builder = data;

	build(builder->fd, builder->kind);
	pthread_barrier_wait(&builder->made);
	pthread_barrier_wait(&builder->go);
	return NULL;
}

/* A thread makes an IRP that pends, and exits; this process goes on. */
static void thread_builds(int fd, uint32_t kind)
{
	struct builder builder = { .fd = fd, .kind = kind };
	pthread_t thread;

	pthread_barrier_init(&builder.made, NULL, 2);
	pthread_barrier_init(&builder.go, NULL, 2);
	ASSERT_EQ(0, pthread_create(&thread, NULL, build_and_exit, &builder));
	pthread_barrier_wait(&builder.made);
	EXPECT_EQ(1, built(fd).Pending);
	EXPECT_EQ(0, built(fd).Ended);
	EXPECT_EQ(0, built(fd).CancelSeen);
	pthread_barrier_wait(&builder.go);
	ASSERT_EQ(0, pthread_join(thread, NULL));
}

static void expect_cancelled(int fd)
{
	IOTEST_BUILT seen = built_ended(fd);

	EXPECT_EQ(1, seen.Ended);
	EXPECT_EQ((uint32_t)STATUS_CANCELLED, seen.Status);
	EXPECT_EQ(1, seen.Cancels);
	EXPECT_EQ(2, seen.CancelLevel);	/* where the exit is noticed nothing may sleep */
	EXPECT_EQ(0, seen.Pending);
}

static void end_it(int fd)
{
	EXPECT_END(0, STATUS_SUCCESS, 0, edu_request(fd, IOCTL_IOTEST_END, NULL, 0, NULL, 0));
}

/* "Synchronous and Asynchronous I/O": threaded IRPs are cancelled when the thread exits. */
TEST_F(info, thread_exit_cancels_its_control_request)
{
	thread_builds(self->fd, IOTEST_CONTROL);
	expect_cancelled(self->fd);
}

TEST_F(info, thread_exit_cancels_its_read)
{
	thread_builds(self->fd, IOTEST_READ);
	expect_cancelled(self->fd);
}

/* "IoBuildAsynchronousFsdRequest": is not queued to the thread. */
TEST_F(info, thread_exit_leaves_asynchronous_ones)
{
	thread_builds(self->fd, IOTEST_ASYNC);
	usleep(200000);
	EXPECT_EQ(1, built(self->fd).Pending);
	EXPECT_EQ(0, built(self->fd).CancelSeen);
	end_it(self->fd);
	EXPECT_EQ(STATUS_SUCCESS, built_ended(self->fd).Status);
}

static void *nothing(void *unused)
{
	return unused;
}

TEST_F(info, another_threads_exit_leaves_it)
{
	pthread_t thread;
	int i;

	build(self->fd, IOTEST_CONTROL);
	for (i = 0; i < 50; i++) {
		ASSERT_EQ(0, pthread_create(&thread, NULL, nothing, NULL));
		ASSERT_EQ(0, pthread_join(thread, NULL));
	}
	usleep(200000);
	EXPECT_EQ(1, built(self->fd).Pending);
	EXPECT_EQ(0, built(self->fd).CancelSeen);
	end_it(self->fd);
	EXPECT_EQ(STATUS_SUCCESS, built_ended(self->fd).Status);
	EXPECT_EQ(0, built(self->fd).Cancels);
}

/* A driver that does not let go of it holds up nobody, and ends it when it likes. */
TEST_F(info, thread_exit_does_not_wait)
{
	int i;

	thread_builds(self->fd, IOTEST_CONTROL | IOTEST_STUBBORN);
	for (i = 0; i < LIMIT_MS / 10 && !built(self->fd).CancelSeen; i++)
		usleep(10000);
	EXPECT_EQ(1, built(self->fd).Pending);
	EXPECT_EQ(1, built(self->fd).CancelSeen);
	EXPECT_EQ(0, built(self->fd).Ended);
	end_it(self->fd);
	EXPECT_EQ(STATUS_SUCCESS, built_ended(self->fd).Status);
}

static void build_and_die(void *data)
{
	build(*(int *)data, IOTEST_READ);
	_exit(0);
}

TEST_F(info, process_exit_cancels)
{
	int pid = harness_fork(build_and_die, &self->fd), status;

	ASSERT_EQ(pid, waitpid(pid, &status, 0));
	expect_cancelled(self->fd);
}

/* ---- A thread's own requests ---- */

static void *wait_for_value(void *data)
{
	uint32_t value;
	int type;

	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &type);
	edu_request(*(int *)data, IOCTL_EDU_WAIT, NULL, 0, &value, sizeof(value));
	return NULL;
}

FIXTURE(edu) { int fd; };

FIXTURE_SETUP(edu)
{
	self->fd = edu_open(O_RDWR);
}

FIXTURE_TEARDOWN(edu)
{
	close(self->fd);
}

/* A thread ends in the middle of a system call: that request is cancelled, no other. */
TEST_F(edu, thread_killed_in_its_request)
{
	pthread_t victim, other;
	uint32_t value = 5;
	void *result;

	ASSERT_EQ(0, pthread_create(&victim, NULL, wait_for_value, &self->fd));
	wait_for_waiters(self->fd, 1);
	ASSERT_EQ(0, pthread_create(&other, NULL, wait_for_value, &self->fd));
	wait_for_waiters(self->fd, 2);
	ASSERT_EQ(0, pthread_cancel(victim));
	ASSERT_EQ(0, pthread_join(victim, &result));
	EXPECT_TRUE(result == PTHREAD_CANCELED);
	EXPECT_EQ(1, edu_statistics(self->fd).Waiting);
	EXPECT_EQ(0, edu_request(self->fd, IOCTL_EDU_RAISE, &value, sizeof(value), NULL, 0).error);
	ASSERT_EQ(0, pthread_join(other, &result));
	EXPECT_TRUE(result == NULL);
}

struct sender {
	int fd;
	struct io_uring ring;
	struct ntcompat_io io;
	uint32_t value;
};

static void *send_and_exit(void *data)
{
	struct sender *sender = data;
	struct io_uring_sqe *sqe = io_uring_get_sqe(&sender->ring);
	uint64_t address = (uintptr_t)&sender->io;

	io_uring_prep_rw(IORING_OP_URING_CMD, sqe, sender->fd, NULL, 0, 0);
	sqe->cmd_op = NTCOMPAT_URING_IO;
	memcpy(sqe->cmd, &address, sizeof(address));
	EXPECT_EQ(1, io_uring_submit(&sender->ring));
	return NULL;
}

/*
 * What a thread sent through a ring is the ring's: it outlives the thread, and its
 * output arrives.
 */
TEST_F(edu, ring_outlives_the_thread_that_sent)
{
	struct sender sender = { .fd = self->fd };
	struct io_uring_cqe *cqe;
	uint32_t value = 4711;
	pthread_t thread;

	sender.io = (struct ntcompat_io){
		.op = NTCOMPAT_IO_DEVICE_CONTROL, .code = IOCTL_EDU_WAIT,
		.out = (uintptr_t)&sender.value, .out_len = sizeof(sender.value),
		.status = NTCOMPAT_STATUS_NONE,
	};
	ASSERT_EQ(0, io_uring_queue_init(4, &sender.ring, 0));
	ASSERT_EQ(0, pthread_create(&thread, NULL, send_and_exit, &sender));
	ASSERT_EQ(0, pthread_join(thread, NULL));
	wait_for_waiters(self->fd, 1);
	usleep(200000);
	EXPECT_EQ(1, edu_statistics(self->fd).Waiting);
	EXPECT_EQ(0, edu_request(self->fd, IOCTL_EDU_RAISE, &value, sizeof(value), NULL, 0).error);
	ASSERT_EQ(0, io_uring_wait_cqe(&sender.ring, &cqe));
	EXPECT_EQ(0, cqe->res);
	EXPECT_EQ(STATUS_SUCCESS, sender.io.status);
	EXPECT_EQ(4, sender.io.information);
	EXPECT_EQ(4711, sender.value);
	io_uring_queue_exit(&sender.ring);
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
