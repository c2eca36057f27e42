// SPDX-License-Identifier: GPL-2.0
/*
 * edu_unbind - the device goes while it is in use
 *
 * Unbinding a PCI device through sysfs is to an NT driver what pulling it out
 * is: IRP_MN_SURPRISE_REMOVAL when files are open, IRP_MN_QUERY_REMOVE_DEVICE
 * and IRP_MN_REMOVE_DEVICE when none are. "Handling an
 * IRP_MN_SURPRISE_REMOVAL Request": outstanding requests are failed, new ones
 * are, too, and REMOVE_DEVICE comes when the last file is closed.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edu_util.h"

#define DRIVER	"/sys/bus/pci/drivers/edu"

static char device[256];

static void write_name(const char *path)
{
	int fd = open(path, O_WRONLY);

	ASSERT_TRUE(fd >= 0);
	ASSERT_EQ((ssize_t)strlen(device), write(fd, device, strlen(device)));
	close(fd);
}

static bool node_exists(void)
{
	struct stat st;

	return !stat(edu_path(), &st);
}

static void find_device(void)
{
	DIR *dir = opendir(DRIVER);
	struct dirent *entry;

	ASSERT_TRUE(dir != NULL);
	*device = 0;
	while ((entry = readdir(dir)))
		if (strchr(entry->d_name, ':'))
			snprintf(device, sizeof(device), "%s", entry->d_name);
	closedir(dir);
	ASSERT_TRUE(*device);
}

static void unbind(void)
{
	find_device();
	write_name(DRIVER "/unbind");
}

/* devtmpfs makes and removes nodes in a thread of its own. */
static void bind(void)
{
	int i;

	write_name(DRIVER "/bind");
	for (i = 0; i < 100 && !node_exists(); i++)
		sleep_ms(50);
	EXPECT_TRUE(node_exists());
}

static void expect_no_node(void)
{
	int i;

	for (i = 0; i < 100 && node_exists(); i++)
		sleep_ms(50);
	EXPECT_TRUE(!node_exists());
}

static void expect_it_works(void)
{
	int fd = edu_open(O_RDWR);

	EXPECT_EQ(120, edu_factorial(fd, 5));
	close(fd);
}

/* What a program is told of a device that is no more. */
static bool means_gone(struct edu_result result)
{
	return result.error == ENODEV || result.error == ENXIO ||
	       result.error == EIO;
}

TEST(unused)
{
	int i;

	for (i = 0; i < 5; i++) {
		unbind();
		expect_no_node();
		bind();
		expect_it_works();
	}
}

/*
 * The driver takes the first number that is free: while a file of the former
 * life is open, that life's device still has its name.
 */
TEST(open_file)
{
	int fd = edu_open(O_RDWR), second, i;
	uint32_t n = 5, out;
	char byte;

	unbind();
	expect_no_node();
	EXPECT_TRUE(means_gone(edu_request(fd, IOCTL_EDU_FACTORIAL, &n, 4, &out, 4)));
	EXPECT_TRUE(means_gone(edu_request(fd, IOCTL_EDU_WAIT, NULL, 0, &out, 4)));
	EXPECT_EQ(-1, read(fd, &byte, 1));
	EXPECT_NE(EFAULT, errno);

	write_name(DRIVER "/bind");
	for (i = 0, second = -1; i < 100 && second < 0; i++) {
		sleep_ms(50);
		second = open("/dev/nt/EDU1", O_RDWR);
	}
	ASSERT_TRUE(second >= 0);
	EXPECT_EQ(120, edu_factorial(second, 5));
	EXPECT_TRUE(means_gone(edu_request(fd, IOCTL_EDU_FACTORIAL, &n, 4, &out, 4)));
	close(fd);
	close(second);
	unbind();
	bind();
	expect_it_works();
}

static void request_wait(void *data)
{
	uint32_t out;
	struct edu_result result;

	(void)data;
	result = edu_request(edu_open(O_RDWR), IOCTL_EDU_WAIT, NULL, 0, &out, 4);
	_exit(means_gone(result) ? 0 : result.error ? result.error : 200);
}

static void request_hang(void *data)
{
	struct edu_result result;

	(void)data;
	result = edu_request(edu_open(O_RDWR), IOCTL_EDU_HANG, NULL, 0, NULL, 0);
	_exit(means_gone(result) ? 0 : result.error ? result.error : 200);
}

static void request_factorial(void *data)
{
	uint32_t n = 5, out;
	struct edu_result result;

	(void)data;
	result = edu_request(edu_open(O_RDWR), IOCTL_EDU_FACTORIAL, &n, 4, &out, 4);
	_exit(means_gone(result) ? 0 : result.error ? result.error : 200);
}

TEST(pending_wait)
{
	int fd = edu_open(O_RDWR), pid[3];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pid); i++)
		pid[i] = harness_fork(request_wait, NULL);
	wait_for_waiters(fd, ARRAY_SIZE(pid));
	unbind();
	for (i = 0; i < ARRAY_SIZE(pid); i++)
		EXPECT_EQ(0, harness_join(pid[i]));
	close(fd);
	expect_no_node();
	bind();
	expect_it_works();
}

/* One request occupies the device, others are queued behind it. */
TEST(hanging_and_queued)
{
	int fd = edu_open(O_RDWR), hang, queued[3];
	EDU_STATISTICS before = edu_statistics(fd);
	size_t i;

	hang = harness_fork(request_hang, NULL);
	wait_for_started(fd, before.Started + 1);
	for (i = 0; i < ARRAY_SIZE(queued); i++)
		queued[i] = harness_fork(request_factorial, NULL);
	/* Nothing tells that a request is in the queue; most will be by then. */
	sleep_ms(200);
	unbind();
	EXPECT_EQ(0, harness_join(hang));
	for (i = 0; i < ARRAY_SIZE(queued); i++)
		EXPECT_EQ(0, harness_join(queued[i]));
	close(fd);
	bind();
	expect_it_works();
}

static void transfer_until_gone(void *data)
{
	unsigned char buffer[4096];
	int fd = edu_open(O_RDWR), i;
	struct edu_result result = { };

	(void)data;
	for (i = 0; i < 100000 && !result.error; i++)
		result = edu_request(fd, i & 1 ? IOCTL_EDU_DMA_WRITE : IOCTL_EDU_DMA_READ, NULL, 0,
				     buffer, sizeof(buffer));
	_exit(means_gone(result) ? 0 : result.error ? result.error : 200);
}

/* The device is taken away in the middle of DMA, at some point of it. */
TEST_TIMEOUT(during_dma, 60)
{
	int pid, round;

	for (round = 0; round < 8; round++) {
		pid = harness_fork(transfer_until_gone, NULL);
		sleep_ms(100 + 17 * round);
		unbind();
		EXPECT_EQ(0, harness_join(pid));
		expect_no_node();
		bind();
		expect_it_works();
	}
}

/* Opens that race with the removal either work or say that there is nothing. */
static void open_for_a_while(void *data)
{
	double end = now() + 2;
	int fd;

	(void)data;
	while (now() < end) {
		fd = open(edu_path(), O_RDWR);
		if (fd >= 0)
			close(fd);
		else if (errno != ENOENT && errno != ENODEV && errno != ENXIO &&
			 errno != EIO && errno != EBUSY)
			_exit(errno);
	}
	_exit(0);
}

TEST_TIMEOUT(opens_race, 60)
{
	int pid[2], i;

	for (i = 0; i < 2; i++)
		pid[i] = harness_fork(open_for_a_while, NULL);
	for (i = 0; i < 10; i++) {
		unbind();
		sleep_ms(20);
		write_name(DRIVER "/bind");
		sleep_ms(20);
	}
	for (i = 0; i < 2; i++)
		EXPECT_EQ(0, harness_join(pid[i]));
}

TEST(works_in_the_end)
{
	int i;

	for (i = 0; i < 100 && !node_exists(); i++)
		sleep_ms(50);
	expect_it_works();
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, access(DRIVER, F_OK) ? "edu is not loaded" : NULL);
}
