// SPDX-License-Identifier: GPL-2.0
/*
 * section_test - memory that a program and a driver share: a program's memfd as the driver's
 * section, and views of the driver's sections in the program. What is expected stands in
 * "ObReferenceObjectByHandle", "ZwMapViewOfSection" and docs/userspace.md.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edu_util.h"
#include "../drivers/objtest/objtestio.h"

#define BYTES	(5 * 4096)

FIXTURE(section) { int fd; };

FIXTURE_SETUP(section)
{
	self->fd = open("/dev/nt/OBJTEST", O_RDWR | O_CLOEXEC);
	ASSERT_LE(0, self->fd);
}

FIXTURE_TEARDOWN(section)
{
	close(self->fd);
}

static uint32_t ask(int fd, uint32_t code, int handle, uint32_t argument, uint64_t *value)
{
	OBJTEST_REQUEST request = { NTCOMPAT_HANDLE_FROM_FD(handle), 0, argument };
	OBJTEST_ANSWER answer = { };
	struct edu_result result = edu_request(fd, code, &request, sizeof(request), &answer,
					       sizeof(answer));

	*value = answer.Value;
	return result.status;
}

static size_t count_of(const unsigned char *bytes, size_t length, unsigned char value)
{
	size_t i, count = 0;

	for (i = 0; i < length; i++)
		count += bytes[i] == value;
	return count;
}

/* A section of the program's: the driver writes, the program sees it. */
TEST_F(section, memfd)
{
	int memory = memfd_create("section", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	unsigned char *bytes;
	uint64_t value;

	ASSERT_LE(0, memory);
	/* An empty one has nothing to map. */
	EXPECT_EQ((uint32_t)STATUS_INVALID_VIEW_SIZE,
		  ask(self->fd, IOCTL_OBJTEST_FILL, memory, 0x11, &value));
	ASSERT_EQ(0, ftruncate(memory, BYTES));
	bytes = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	ASSERT_NE(MAP_FAILED, (void *)bytes);
	bytes[0] = 0x42;
	ASSERT_EQ((uint32_t)STATUS_SUCCESS, ask(self->fd, IOCTL_OBJTEST_FILL, memory, 0x11, &value));
	EXPECT_EQ(0x42, value);
	EXPECT_EQ(BYTES, count_of(bytes, BYTES, 0x11));
	munmap(bytes, BYTES);
	close(memory);
}

/* "ObReferenceObjectByHandle": who may only read gives no section to write. */
TEST_F(section, memfd_read_only)
{
	int memory = memfd_create("section", MFD_CLOEXEC), reader;
	char path[64];
	uint64_t value;

	ASSERT_LE(0, memory);
	ASSERT_EQ(0, ftruncate(memory, BYTES));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", memory);
	reader = open(path, O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, reader);
	EXPECT_EQ((uint32_t)STATUS_ACCESS_DENIED,
		  ask(self->fd, IOCTL_OBJTEST_FILL, reader, 1, &value));
	close(reader);
	close(memory);
}

/* fcntl(2): what is sealed nobody writes to. */
TEST_F(section, memfd_sealed)
{
	static const int seals[] = { F_SEAL_WRITE, F_SEAL_FUTURE_WRITE };
	int memory, i;
	uint64_t value;

	for (i = 0; i < 2; i++) {
		memory = memfd_create("section", MFD_CLOEXEC | MFD_ALLOW_SEALING);
		ASSERT_LE(0, memory);
		ASSERT_EQ(0, ftruncate(memory, BYTES));
		ASSERT_EQ((uint32_t)STATUS_SUCCESS,
			  ask(self->fd, IOCTL_OBJTEST_FILL, memory, 2, &value));
		/* The driver's view is gone, so that it can be sealed. */
		ASSERT_EQ(0, fcntl(memory, F_ADD_SEALS, seals[i]));
		EXPECT_EQ((uint32_t)STATUS_ACCESS_DENIED,
			  ask(self->fd, IOCTL_OBJTEST_FILL, memory, 3, &value));
		close(memory);
	}
}

TEST_F(section, not_every_descriptor)
{
	int pipes[2];
	uint64_t value;

	ASSERT_EQ(0, pipe(pipes));
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  ask(self->fd, IOCTL_OBJTEST_FILL, pipes[0], 1, &value));
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  ask(self->fd, IOCTL_OBJTEST_FILL, self->fd, 1, &value));
	EXPECT_EQ((uint32_t)STATUS_INVALID_HANDLE,
		  ask(self->fd, IOCTL_OBJTEST_FILL, 500, 1, &value));
	close(pipes[0]);
	close(pipes[1]);
}

static sigjmp_buf before;

static void on_fault(int signal)
{
	siglongjmp(before, signal);
}

static bool can_read(const volatile unsigned char *at)
{
	struct sigaction action = { .sa_handler = on_fault }, old_segv, old_bus;
	volatile bool read = false;

	sigaction(SIGSEGV, &action, &old_segv);
	sigaction(SIGBUS, &action, &old_bus);
	if (!sigsetjmp(before, 1)) {
		(void)*at;
		read = true;
	}
	sigaction(SIGSEGV, &old_segv, NULL);
	sigaction(SIGBUS, &old_bus, NULL);
	return read;
}

/* In a child of fork(2). */
static bool child_can_read(const unsigned char *at)
{
	int status = 0;
	pid_t child = fork();

	if (!child)
		_exit(can_read(at) ? 0 : 1);
	ASSERT_LT(0, child);
	ASSERT_EQ(child, waitpid(child, &status, 0));
	return !status;
}

static void view(int fd, uint32_t kind, size_t length, bool inherited)
{
	unsigned char *bytes;
	uint64_t value;

	ASSERT_EQ((uint32_t)STATUS_SUCCESS, ask(fd, IOCTL_OBJTEST_VIEW, 0, kind, &value));
	bytes = (unsigned char *)(uintptr_t)value;
	EXPECT_EQ(length, count_of(bytes, length, OBJTEST_VIEW_BYTE));
	EXPECT_EQ(inherited, child_can_read(bytes));
	bytes[length - 1] = 0x77;
	ASSERT_EQ((uint32_t)STATUS_SUCCESS, ask(fd, IOCTL_OBJTEST_VIEW, 0, kind, &value));
	EXPECT_EQ(0x77, value);
	EXPECT_EQ(false, can_read(bytes));
	EXPECT_EQ(false, can_read(bytes + length - 1));
}

/* "ViewUnmap: The view will not be mapped into child processes"; "ViewShare" will. */
TEST_F(section, view_of_memory)
{
	view(self->fd, OBJTEST_VIEW_MEMORY, OBJTEST_VIEW_BYTES, false);
	view(self->fd, OBJTEST_VIEW_INHERITED, OBJTEST_VIEW_BYTES, true);
}

TEST_F(section, view_of_physical_memory)
{
	view(self->fd, OBJTEST_VIEW_PHYSICAL, 4096, false);
}

/* A program may unmap a view itself, or end: the driver is told when it unmaps what is gone. */
TEST_F(section, program_unmaps)
{
	uint64_t value;

	ASSERT_EQ((uint32_t)STATUS_SUCCESS,
		  ask(self->fd, IOCTL_OBJTEST_VIEW, 0, OBJTEST_VIEW_MEMORY, &value));
	ASSERT_EQ(0, munmap((void *)(uintptr_t)value, OBJTEST_VIEW_BYTES));
	EXPECT_EQ((uint32_t)STATUS_NOT_MAPPED_VIEW,
		  ask(self->fd, IOCTL_OBJTEST_VIEW, 0, OBJTEST_VIEW_MEMORY, &value));
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
