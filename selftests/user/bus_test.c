// SPDX-License-Identifier: GPL-2.0
/*
 * bus_test - a bus driver's children come and go
 *
 * The virtual bus (sample_drivers/bus) has what devices we say. Each device becomes one
 * of Linux's bus "nt", its function driver (sample_drivers/busdev) starts, and there is
 * a node: "Adding a PnP Device to a Running System". When one is unplugged it gets
 * IRP_MN_SURPRISE_REMOVAL; when it is ejected, IRP_MN_QUERY_REMOVE_DEVICE, which an
 * open file is against.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "edu_util.h"

#include "bus.h"

#define DEVICES	100

static int bus = -1;

static int request(uint32_t code, uint32_t serial)
{
	return edu_request(bus, code, &serial, sizeof(serial), NULL, 0).error;
}

static void open_bus(void)
{
	bus = open("/dev/nt/NTBUS", O_RDWR);
	ASSERT_TRUE(bus >= 0);
}

static void path_of(uint32_t serial, char *path, size_t size)
{
	snprintf(path, size, "/dev/nt/NTBUSDEV%u", serial);
}

static bool has_node(uint32_t serial)
{
	char path[64];

	path_of(serial, path, sizeof(path));
	return !access(path, F_OK);
}

/* The PnP manager works in a thread of its own, and devtmpfs in another. */
static bool node_becomes(uint32_t serial, bool there)
{
	double end = now() + 20;

	while (has_node(serial) != there && now() < end)
		sleep_ms(20);
	return has_node(serial) == there;
}

static int open_device(uint32_t serial)
{
	char path[64];

	path_of(serial, path, sizeof(path));
	return open(path, O_RDONLY);
}

/* Its driver makes the node while it starts: until that is over nobody can open it. */
static int open_started(uint32_t serial)
{
	double end = now() + 20;
	int fd;

	while ((fd = open_device(serial)) < 0 && now() < end)
		sleep_ms(20);
	return fd;
}

static uint32_t serial_of(int fd)
{
	uint32_t serial = ~0u;

	return read(fd, &serial, sizeof(serial)) == sizeof(serial) ? serial : ~0u;
}

/* How many children Linux's bus has. */
static int count_children(void)
{
	DIR *dir = opendir("/sys/bus/nt/devices");
	struct dirent *entry;
	int count = 0;

	ASSERT_TRUE(dir != NULL);
	while ((entry = readdir(dir)))
		count += !strncmp(entry->d_name, "NTBUS#", 6);
	closedir(dir);
	return count;
}

static bool children_become(int count)
{
	double end = now() + 20;

	while (count_children() != count && now() < end)
		sleep_ms(20);
	return count_children() == count;
}

static void shuffle(uint32_t *numbers, int count)
{
	int i, other;
	uint32_t number;

	for (i = count - 1; i > 0; i--) {
		other = rand() % (i + 1);
		number = numbers[i];
		numbers[i] = numbers[other];
		numbers[other] = number;
	}
}

static void make_order(uint32_t *order)
{
	int i;

	for (i = 0; i < DEVICES; i++)
		order[i] = i + 1;
	shuffle(order, DEVICES);
}

TEST_TIMEOUT(hundred_in_random_order, 120)
{
	uint32_t order[DEVICES];
	int i, fd;

	srand(1);
	open_bus();
	make_order(order);
	for (i = 0; i < DEVICES; i++)
		EXPECT_EQ(0, request(IOCTL_BUS_PLUG, order[i]));
	EXPECT_TRUE(children_become(DEVICES));
	for (i = 0; i < DEVICES; i++) {
		ASSERT_TRUE(node_becomes(order[i], true));
		fd = open_started(order[i]);
		ASSERT_TRUE(fd >= 0);
		EXPECT_EQ(order[i], serial_of(fd));
		close(fd);
	}
	shuffle(order, DEVICES);
	for (i = 0; i < DEVICES; i++)
		EXPECT_EQ(0, request(i & 1 ? IOCTL_BUS_EJECT : IOCTL_BUS_UNPLUG, order[i]));
	EXPECT_TRUE(children_become(0));
	for (i = 0; i < DEVICES; i++)
		EXPECT_TRUE(node_becomes(order[i], false));
}

TEST(there_once)
{
	open_bus();
	EXPECT_EQ(0, request(IOCTL_BUS_PLUG, 7));
	EXPECT_NE(0, request(IOCTL_BUS_PLUG, 7));
	EXPECT_TRUE(node_becomes(7, true));
	EXPECT_EQ(0, request(IOCTL_BUS_UNPLUG, 7));
	EXPECT_NE(0, request(IOCTL_BUS_UNPLUG, 7));
	EXPECT_TRUE(node_becomes(7, false));
}

/* "Handling an IRP_MN_QUERY_REMOVE_DEVICE Request": open handles are against it. */
TEST(open_file_vetoes_ejection)
{
	int fd;

	open_bus();
	EXPECT_EQ(0, request(IOCTL_BUS_PLUG, 8));
	ASSERT_TRUE(node_becomes(8, true));
	fd = open_started(8);
	ASSERT_TRUE(fd >= 0);
	EXPECT_EQ(0, request(IOCTL_BUS_EJECT, 8));
	sleep_ms(500);
	EXPECT_TRUE(has_node(8));
	EXPECT_EQ(8, serial_of(fd));
	close(fd);
	EXPECT_EQ(0, request(IOCTL_BUS_EJECT, 8));
	EXPECT_TRUE(node_becomes(8, false));
	EXPECT_TRUE(children_become(0));
}

/* It goes all the same when it is pulled out; REMOVE_DEVICE waits for the last close. */
TEST(unplugged_while_open)
{
	int fd;

	open_bus();
	EXPECT_EQ(0, request(IOCTL_BUS_PLUG, 9));
	ASSERT_TRUE(node_becomes(9, true));
	fd = open_started(9);
	ASSERT_TRUE(fd >= 0);
	EXPECT_EQ(0, request(IOCTL_BUS_UNPLUG, 9));
	EXPECT_TRUE(node_becomes(9, false));
	EXPECT_TRUE(children_become(0));
	/* Another with the same number is another device. */
	EXPECT_EQ(0, request(IOCTL_BUS_PLUG, 9));
	EXPECT_TRUE(node_becomes(9, true));
	close(fd);
	fd = open_started(9);
	EXPECT_EQ(9, serial_of(fd));
	close(fd);
	EXPECT_EQ(0, request(IOCTL_BUS_UNPLUG, 9));
	EXPECT_TRUE(node_becomes(9, false));
}

/* ---- All at once ---- */

static void visit_devices(void *data)
{
	double end = now() + 8;
	uint32_t serial, seen;
	int fd;

	srand((unsigned int)(uintptr_t)data);
	while (now() < end) {
		serial = 1 + rand() % 8;
		fd = open_device(serial);
		if (fd < 0)
			continue;
		seen = serial_of(fd);
		if (seen != serial && seen != ~0u)
			_exit(1);
		close(fd);
	}
	_exit(0);
}

TEST_TIMEOUT(while_they_are_used, 90)
{
	static const uint32_t codes[] = { IOCTL_BUS_PLUG, IOCTL_BUS_UNPLUG, IOCTL_BUS_EJECT };
	double end = now() + 8;
	int pid[4];
	size_t i;

	srand(2);
	open_bus();
	for (i = 0; i < ARRAY_SIZE(pid); i++)
		pid[i] = harness_fork(visit_devices, (void *)(uintptr_t)(i + 10));
	while (now() < end)
		request(codes[rand() % ARRAY_SIZE(codes)], 1 + rand() % 8);
	for (i = 0; i < ARRAY_SIZE(pid); i++)
		EXPECT_EQ(0, harness_join(pid[i]));
	for (i = 1; i <= 8; i++)
		request(IOCTL_BUS_UNPLUG, i);
	EXPECT_TRUE(children_become(0));
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, access("/dev/nt/NTBUS", F_OK) ? "ntbus is not loaded" : NULL);
}
