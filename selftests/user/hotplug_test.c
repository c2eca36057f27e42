// SPDX-License-Identifier: GPL-2.0
/*
 * hotplug_test - a PCI device is pulled out and put in again while it is used
 *
 * The host does the pulling: it waits for our lines "# unplug" and "# plug" and talks to
 * QEMU (groups/hotplug.host). Each time the driver gets IRP_MN_SURPRISE_REMOVAL, as
 * files are open, and IRP_MN_REMOVE_DEVICE when they are closed; what is pending ends
 * with a status that says so.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "edu_util.h"

#define CYCLES	50

/* What the processes count, for all to see. */
struct shared {
	int stop;
	int wrong;		/* an end that is neither right nor a removal's */
	int wrong_errno;
	int requests;		/* that succeeded */
	int waits_gone;		/* requests that were pending when the device went */
};

static struct shared *shared;

/* Whatever number it has now: while an old file is open, its number is not free. */
static bool find_node(char *path, size_t size)
{
	struct dirent *entry;
	bool found = false;
	DIR *dir = opendir("/dev/nt");

	while (dir && !found && (entry = readdir(dir))) {
		found = !strncmp(entry->d_name, "EDU", 3);
		if (found)
			snprintf(path, size, "/dev/nt/%.32s", entry->d_name);
	}
	if (dir)
		closedir(dir);
	return found;
}

static int open_node(void)
{
	char path[64];

	return find_node(path, sizeof(path)) ? open(path, O_RDWR) : -1;
}

static bool means_gone(int error)
{
	return error == ENODEV || error == ENXIO || error == EIO;
}

static void note_wrong(int error)
{
	__atomic_store_n(&shared->wrong_errno, error, __ATOMIC_RELAXED);
	__atomic_add_fetch(&shared->wrong, 1, __ATOMIC_RELAXED);
}

static bool stopped(void)
{
	return __atomic_load_n(&shared->stop, __ATOMIC_RELAXED);
}

static int one_factorial(int fd)
{
	uint32_t n = 7, out = 0;
	struct edu_result result = edu_request(fd, IOCTL_EDU_FACTORIAL, &n, 4, &out, 4);

	if (!result.error && out != 5040)
		note_wrong(0);
	return result.error;
}

static int one_transfer(int fd)
{
	unsigned char buffer[2048];

	return pread(fd, buffer, sizeof(buffer), 0) < 0 ? errno : 0;
}

/* Until the device is gone, then again with the next. */
static void use(int (*request)(int fd))
{
	int fd, error;

	while (!stopped()) {
		fd = open_node();
		if (fd < 0) {
			sleep_ms(10);
			continue;
		}
		do {
			error = request(fd);
			if (!error)
				__atomic_add_fetch(&shared->requests, 1, __ATOMIC_RELAXED);
		} while (!error && !stopped());
		if (error && !means_gone(error))
			note_wrong(error);
		close(fd);
	}
	_exit(0);
}

static void compute(void *data)
{
	(void)data;
	use(one_factorial);
}

static void transfer(void *data)
{
	(void)data;
	use(one_transfer);
}

/* A request that only ends when the device goes: the file is open when it does. */
static void wait_for_the_end(void *data)
{
	struct edu_result result;
	uint32_t out;
	int fd;

	(void)data;
	while (!stopped()) {
		fd = open_node();
		if (fd < 0) {
			sleep_ms(10);
			continue;
		}
		result = edu_request(fd, IOCTL_EDU_WAIT, NULL, 0, &out, 4);
		if (means_gone(result.error))
			__atomic_add_fetch(&shared->waits_gone, 1, __ATOMIC_RELAXED);
		else if (result.error != EINTR)
			note_wrong(result.error);
		close(fd);
	}
	_exit(0);
}

static bool node_becomes(bool there, int seconds)
{
	double end = now() + seconds;
	char path[64];

	while (find_node(path, sizeof(path)) != there && now() < end)
		sleep_ms(20);
	return find_node(path, sizeof(path)) == there;
}

static void tell_host(const char *what, int cycle)
{
	printf("# %s %d\n", what, cycle);
	fflush(stdout);
}

static void end_all(int *pid, size_t count)
{
	size_t i;

	__atomic_store_n(&shared->stop, 1, __ATOMIC_RELAXED);
	/* The last one waits for an interrupt that does not come. */
	kill(pid[count - 1], SIGTERM);
	for (i = 0; i < count - 1; i++)
		EXPECT_EQ(0, harness_join(pid[i]));
	harness_join(pid[count - 1]);
}

TEST_TIMEOUT(fifty_times, 380)
{
	static void (*const uses[])(void *data) = { compute, compute, transfer, wait_for_the_end };
	int pid[ARRAY_SIZE(uses)], cycle, before;
	double end;
	size_t i;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	ASSERT_TRUE(shared != MAP_FAILED);
	ASSERT_TRUE(node_becomes(true, 20));
	for (i = 0; i < ARRAY_SIZE(uses); i++)
		pid[i] = harness_fork(uses[i], NULL);
	for (cycle = 1; cycle <= CYCLES; cycle++) {
		/* All shall be at work with it. */
		before = shared->requests;
		for (end = now() + 20; shared->requests < before + 5 && now() < end;)
			sleep_ms(10);
		ASSERT_TRUE(shared->requests >= before + 5);
		tell_host("unplug", cycle);
		ASSERT_TRUE(node_becomes(false, 20));
		tell_host("plug", cycle);
		ASSERT_TRUE(node_becomes(true, 20));
	}
	end_all(pid, ARRAY_SIZE(pid));
	EXPECT_EQ(0, shared->wrong);
	EXPECT_EQ(0, shared->wrong_errno);
	EXPECT_LE(CYCLES - 5, shared->waits_gone);
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
