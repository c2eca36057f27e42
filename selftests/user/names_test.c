// SPDX-License-Identifier: GPL-2.0
/*
 * names_test - by which names programs find devices, and who may open them
 *
 * With edu (two devices) and nametest loaded, as root.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <wchar.h>

#include "edu_util.h"
#include "../drivers/nametest/nametestio.h"

#define EDU_CLASS	"{6bc01f5f-97a0-4e3c-8f1d-520e9ad3417b}"
#define FOLDER		"/dev/nt/by-interface/" EDU_CLASS
#define DRIVER		"/sys/bus/pci/drivers/edu"
#define NOBODY		65534

/* ---- Interfaces ---- */

/* The Nth in the order of names; false when there are not so many. */
static bool instance(unsigned int n, char *path, size_t size)
{
	struct dirent **entries;
	int count = scandir(FOLDER, &entries, NULL, alphasort), i;
	bool found = false;

	for (i = 0; i < count; i++) {
		if (*entries[i]->d_name != '.' && !n--) {
			snprintf(path, size, "%s/%s", FOLDER, entries[i]->d_name);
			found = true;
		}
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return found;
}

static unsigned int instances(void)
{
	char path[512];
	unsigned int n = 0;

	while (instance(n, path, sizeof(path)))
		n++;
	return n;
}

/* The PCI device, 0000:00:01.0, whose interface's node this is. */
static void pci_name(const char *path, char *name, size_t size)
{
	char link[64], target[512] = "", *slash;
	struct stat st;

	ASSERT_EQ(0, stat(path, &st));
	snprintf(link, sizeof(link), "/sys/dev/char/%u:%u/device", major(st.st_rdev),
		 minor(st.st_rdev));
	ASSERT_LT(0, readlink(link, target, sizeof(target) - 1));
	slash = strrchr(target, '/');
	ASSERT_TRUE(slash != NULL);
	snprintf(name, size, "%s", slash + 1);
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	ASSERT_LE(0, fd);
	ASSERT_EQ((ssize_t)strlen(text), write(fd, text, strlen(text)));
	close(fd);
}

static void wait_for(bool (*done)(const void *data), const void *data)
{
	int i;

	for (i = 0; i < 200 && !done(data); i++)
		sleep_ms(50);
	EXPECT_TRUE(done(data));
}

static bool there_are(const void *count)
{
	return instances() == *(const unsigned int *)count;
}

/* Two devices are two instances of the class; a request reaches each. */
TEST(two_instances)
{
	char path[2][512], pci[2][32];
	int i, fd;

	ASSERT_EQ(2, instances());
	for (i = 0; i < 2; i++) {
		ASSERT_TRUE(instance(i, path[i], sizeof(path[i])));
		pci_name(path[i], pci[i], sizeof(pci[i]));
		fd = open(path[i], O_RDWR | O_CLOEXEC);
		ASSERT_LE(0, fd);
		EXPECT_EQ(120, edu_factorial(fd, 5));
		close(fd);
	}
	EXPECT_TRUE(strcmp(pci[0], pci[1]));
	/* "IoRegisterDeviceInterface" leaves the form open; ours begins like Windows'. */
	EXPECT_TRUE(strstr(path[0], "/PCI#VEN_1234&DEV_11E8&SUBSYS_") != NULL);
}

/* Both names of one device are the same device: what one writes the other reads. */
TEST(same_device)
{
	char path[512], data[8] = "pattern", seen[8] = "";
	EDU_STATISTICS before, after;
	int by_interface, by_link;

	ASSERT_TRUE(instance(0, path, sizeof(path)));
	by_interface = open(path, O_RDWR | O_CLOEXEC);
	by_link = edu_open(O_RDWR);
	ASSERT_LE(0, by_interface);
	before = edu_statistics(by_link);
	EXPECT_EQ(8, pwrite(by_interface, data, 8, 16));
	EXPECT_EQ(8, pread(by_link, seen, 8, 16));
	after = edu_statistics(by_interface);
	EXPECT_EQ(0, memcmp(data, seen, 8));
	EXPECT_EQ(before.Started + 2, after.Started);
}

/* ---- Unbinding ---- */

static int uevent_socket(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);

	ASSERT_LE(0, fd);
	ASSERT_EQ(0, bind(fd, (struct sockaddr *)&address, sizeof(address)));
	return fd;
}

static bool has_line(const char *text, ssize_t length, const char *line)
{
	const char *end = text + length;

	for (; text < end; text += strlen(text) + 1)
		if (!strncmp(text, line, strlen(line)))
			return true;
	return false;
}

/* A uevent of an interface of edu's class, with @action. */
static bool uevent_comes(int fd, const char *action)
{
	struct pollfd poller = { .fd = fd, .events = POLLIN };
	char text[8192];
	ssize_t length;

	while (poll(&poller, 1, 10000) > 0) {
		length = recv(fd, text, sizeof(text) - 1, 0);
		ASSERT_LT(0, length);
		text[length] = 0;
		if (has_line(text, length, action) && has_line(text, length, "SUBSYSTEM=nt") &&
		    has_line(text, length, "NTCOMPAT_INTERFACE=" EDU_CLASS) &&
		    has_line(text, length, "NTCOMPAT_INSTANCE=PCI#VEN_1234&DEV_11E8") &&
		    has_line(text, length, "DEVNAME=nt/by-interface/" EDU_CLASS "/PCI#") &&
		    has_line(text, length, "NTCOMPAT_SERVICE=edu"))
			return true;
	}
	return false;
}

static const unsigned int one = 1, two = 2;

/* The interface goes and comes with its device, and a uevent tells of both. */
TEST(rebind)
{
	char path[512], again[512], pci[32];
	struct stat st;
	int fd, uevents = uevent_socket(), i;

	for (i = 0; i < 3; i++) {
		ASSERT_TRUE(instance(1, path, sizeof(path)));
		pci_name(path, pci, sizeof(pci));
		write_file(DRIVER "/unbind", pci);
		EXPECT_TRUE(uevent_comes(uevents, "ACTION=remove"));
		wait_for(there_are, &one);
		EXPECT_EQ(-1, stat(path, &st));
		write_file(DRIVER "/bind", pci);
		EXPECT_TRUE(uevent_comes(uevents, "ACTION=add"));
		wait_for(there_are, &two);
		/* It has the name that it had before. */
		ASSERT_TRUE(instance(1, again, sizeof(again)));
		EXPECT_EQ(0, strcmp(path, again));
		fd = open(path, O_RDWR | O_CLOEXEC);
		ASSERT_LE(0, fd);
		EXPECT_EQ(24, edu_factorial(fd, 4));
		close(fd);
	}
}

/* "IoSetDeviceInterfaceState": gone at once, also while a file is open. */
TEST(unbound_while_open)
{
	char path[512], pci[32];
	uint32_t n = 5, out;
	int fd;

	ASSERT_TRUE(instance(1, path, sizeof(path)));
	pci_name(path, pci, sizeof(pci));
	fd = open(path, O_RDWR | O_CLOEXEC);
	ASSERT_LE(0, fd);
	write_file(DRIVER "/unbind", pci);
	wait_for(there_are, &one);
	EXPECT_NE(0, edu_request(fd, IOCTL_EDU_FACTORIAL, &n, sizeof(n), &out, sizeof(out)).error);
	write_file(DRIVER "/bind", pci);
	wait_for(there_are, &two);
	/* The end of the former life does not end the new one's name. */
	close(fd);
	sleep_ms(200);
	EXPECT_EQ(2, instances());
	fd = open(path, O_RDWR | O_CLOEXEC);
	ASSERT_LE(0, fd);
	EXPECT_EQ(6, edu_factorial(fd, 3));
	close(fd);
}

/* Opens that come at any moment of a device's going and coming. */
static void open_over_and_over(void *data)
{
	const char *path = data;
	uint32_t n = 3, out;
	char fact[512], text[512];
	int fd;

	snprintf(fact, sizeof(fact), "/sys/class/nt/by-interface!" EDU_CLASS "!%s/nt_stack",
		 strrchr(path, '/') + 1);
	for (;;) {
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd >= 0) {
			edu_request(fd, IOCTL_EDU_FACTORIAL, &n, sizeof(n), &out, sizeof(out));
			close(fd);
		}
		fd = open(fact, O_RDONLY | O_CLOEXEC);
		if (fd >= 0) {
			if (read(fd, text, sizeof(text)) < 0)
				sched_yield();
			close(fd);
		}
	}
}

TEST_TIMEOUT(opens_while_rebinding, 300)
{
	char path[512], pci[32];
	int i, fd, children[3];

	ASSERT_TRUE(instance(1, path, sizeof(path)));
	pci_name(path, pci, sizeof(pci));
	for (i = 0; i < 3; i++)
		children[i] = harness_fork(open_over_and_over, path);
	for (i = 0; i < 20; i++) {
		write_file(DRIVER "/unbind", pci);
		write_file(DRIVER "/bind", pci);
		sleep_ms(20);
	}
	for (i = 0; i < 3; i++) {
		kill(children[i], SIGKILL);
		EXPECT_EQ(128 + SIGKILL, harness_join(children[i]));
	}
	wait_for(there_are, &two);
	fd = open(path, O_RDWR | O_CLOEXEC);
	ASSERT_LE(0, fd);
	EXPECT_EQ(6, edu_factorial(fd, 3));
	close(fd);
}

/* ---- Who may open what ---- */

static int try_open(const char *name, int flags)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/nt/%s", name);
	fd = open(path, flags | O_CLOEXEC);
	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static const struct {
	const char *name;
	unsigned int mode;
	int root;		/* errno of root's open for reading and writing */
	int read, write;	/* of nobody's, for one of both */
} modes[] = {
	{ "NAMETEST", 0600, 0, EACCES, EACCES },
	{ "NAME_KERNEL", 0600, EACCES, EACCES, EACCES },
	{ "NAME_ADMIN", 0600, 0, EACCES, EACCES },
	{ "NAME_WORLD", 0644, 0, 0, EACCES },
	{ "NAME_LOOSE", 0644, 0, 0, EACCES },
	{ "NAME_USERS", 0666, 0, 0, 0 },
	{ "NAME_READ_ONLY", 0444, 0, 0, EACCES },
};

/* "SDDL for Device Objects"; "IoCreateDevice" says nothing: root alone. */
TEST(modes_of_nodes)
{
	char path[64];
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		snprintf(path, sizeof(path), "/dev/nt/%s", modes[i].name);
		ASSERT_EQ(0, stat(path, &st));
		EXPECT_EQ(modes[i].mode, st.st_mode & 07777);
		EXPECT_EQ(0, st.st_uid);
		EXPECT_EQ(0, st.st_gid);
		EXPECT_EQ(modes[i].root, try_open(modes[i].name, O_RDWR));
	}
}

static void become_nobody(void)
{
	ASSERT_EQ(0, setgid(NOBODY));
	ASSERT_EQ(0, setuid(NOBODY));
}

TEST(opens_of_nobody)
{
	size_t i;

	become_nobody();
	for (i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		EXPECT_EQ(modes[i].read, try_open(modes[i].name, O_RDONLY));
		EXPECT_EQ(modes[i].write, try_open(modes[i].name, O_WRONLY));
	}
}

/* From then on the mode is the administrator's; a closed device stays closed. */
TEST(changed_modes)
{
	ASSERT_EQ(0, chmod("/dev/nt/NAME_ADMIN", 0666));
	ASSERT_EQ(0, chmod("/dev/nt/NAME_KERNEL", 0666));
	become_nobody();
	EXPECT_EQ(0, try_open("NAME_ADMIN", O_RDWR));
	EXPECT_EQ(EACCES, try_open("NAME_KERNEL", O_RDWR));
}

/* ---- Names behind a device ---- */

static int node(const char *name, int flags)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/nt/%s", name);
	fd = open(path, flags | O_CLOEXEC);
	ASSERT_LE(0, fd);
	return fd;
}

static int open_units(int fd, const void *name, uint32_t bytes, uint32_t flags)
{
	struct ntcompat_open request = {
		.name = (uintptr_t)name, .name_len = bytes, .flags = flags,
	};

	return ioctl(fd, NTCOMPAT_IOC_OPEN, &request);
}

static int open_behind(int fd, const char *name, uint32_t flags)
{
	uint16_t units[128];
	size_t i;

	for (i = 0; name[i]; i++)
		units[i] = (unsigned char)name[i];
	return open_units(fd, units, i * 2, flags);
}

static NAMETEST_FILE file_of(int fd)
{
	NAMETEST_FILE file = { .NameLength = ~0u };

	EXPECT_END(0, 0, sizeof(file),
		   edu_request(fd, IOCTL_NAMETEST_FILE, NULL, 0, &file, sizeof(file)));
	return file;
}

static bool has_name(const NAMETEST_FILE *file, const char *name)
{
	size_t i;

	for (i = 0; name[i]; i++)
		if (file->Name[i] != name[i])
			return false;
	return file->NameLength == i * 2;
}

/* The driver sees the name in FileObject->FileName; UserMode (1) asked for it. */
TEST(behind)
{
	int base = node("NAMETEST", O_RDWR), fd, flags;
	NAMETEST_FILE file = file_of(base);

	EXPECT_EQ(0, file.NameLength);
	EXPECT_EQ(1, file.RequestorMode);
	fd = open_behind(base, "\\channel\\0", O_RDONLY | O_CLOEXEC);
	ASSERT_LE(0, fd);
	file = file_of(fd);
	EXPECT_TRUE(has_name(&file, "\\channel\\0"));
	EXPECT_EQ(1, file.RequestorMode);
	EXPECT_EQ(1, file.ReadAccess);
	EXPECT_EQ(0, file.WriteAccess);
	flags = fcntl(fd, F_GETFD);
	EXPECT_EQ(FD_CLOEXEC, flags);
	EXPECT_EQ(O_RDONLY, fcntl(fd, F_GETFL) & O_ACCMODE);
	/* It does not need the other one. */
	close(base);
	file = file_of(fd);
	EXPECT_TRUE(has_name(&file, "\\channel\\0"));
	/* And is a file without a node, behind which there is nothing. */
	EXPECT_EQ(-1, open_behind(fd, "\\x", O_RDONLY));
	EXPECT_EQ(ENOTTY, errno);
	close(fd);
}

static void refused(int error, int result)
{
	EXPECT_EQ(-1, result);
	EXPECT_EQ(error, errno);
}

TEST(behind_bad_input)
{
	static uint16_t name[4096] = { '\\', 'x' };
	int base = node("NAMETEST", O_RDWR);

	refused(EFAULT, ioctl(base, NTCOMPAT_IOC_OPEN, 8));
	refused(EFAULT, open_units(base, (void *)8, 4, O_RDONLY));
	refused(EFAULT, open_units(base, (void *)-4096L, 4, O_RDONLY));
	refused(EINVAL, open_units(base, name, 0, O_RDONLY));
	refused(EINVAL, open_units(base, name, 3, O_RDONLY));
	refused(EINVAL, open_units(base, name + 1, 2, O_RDONLY));
	refused(EINVAL, open_units(base, name, 4, O_RDONLY | O_APPEND));
	refused(EINVAL, open_units(base, name, 4, ~0u));
	refused(ENAMETOOLONG, open_units(base, name, NTCOMPAT_OPEN_NAME_MAX + 2, O_RDONLY));
	refused(ENAMETOOLONG, open_units(base, name, 0xfffffffe, O_RDONLY));
	EXPECT_LE(0, open_units(base, name, NTCOMPAT_OPEN_NAME_MAX, O_RDONLY));
}

/* No descriptor is left, nothing leaks: nothing_is_left in names.vm. */
TEST(behind_no_descriptors)
{
	int base = node("NAMETEST", O_RDWR), last;

	for (;;) {
		last = dup(base);
		if (last < 0)
			break;
	}
	refused(EMFILE, open_behind(base, "\\x", O_RDONLY));
}

/*
 * "Controlling Device Namespace Access": the device's security is asked for names
 * behind it only with FILE_DEVICE_SECURE_OPEN.
 */
TEST(behind_security)
{
	int world, loose, fd;
	NAMETEST_FILE file;

	become_nobody();
	world = node("NAME_WORLD", O_RDONLY);
	loose = node("NAME_LOOSE", O_RDONLY);
	EXPECT_LE(0, open_behind(world, "\\x", O_RDONLY));
	refused(EACCES, open_behind(world, "\\x", O_RDWR));
	refused(EACCES, open_behind(world, "\\x", O_WRONLY));
	/* Neither reading nor writing. */
	EXPECT_LE(0, open_behind(world, "\\x", 3));
	fd = open_behind(loose, "\\x", O_RDWR);
	ASSERT_LE(0, fd);
	file = file_of(fd);
	EXPECT_EQ(1, file.WriteAccess);
}

/* On a device that moves data, such a file does all that another one does. */
TEST(behind_transfers)
{
	int base = edu_open(O_RDWR), fd = open_behind(base, "\\rest", O_RDWR);
	char data[16] = "behind the name", seen[16];

	ASSERT_LE(0, fd);
	close(base);
	EXPECT_EQ(16, pwrite(fd, data, 16, 64));
	EXPECT_EQ(64, lseek(fd, 64, SEEK_SET));
	EXPECT_EQ(16, read(fd, seen, 16));
	EXPECT_EQ(0, memcmp(data, seen, 16));
	EXPECT_EQ(120, edu_factorial(fd, 5));
}

/* ---- sysfs ---- */

static void expect_fact(const char *node_name, const char *fact, const char *expected)
{
	char path[512], text[512] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/sys/class/nt/%s/%s", node_name, fact);
	file = fopen(path, "r");
	ASSERT_TRUE(file != NULL);
	if (!fread(text, 1, sizeof(text) - 1, file))
		*text = 0;
	fclose(file);
	if (strcmp(text, expected))
		harness_failed(__FILE__, __LINE__, false, "%s is '%s'", path, text);
}

TEST(sysfs_facts)
{
	char path[512], name[512], *c;
	struct stat st;

	expect_fact("EDU0", "service", "edu\n");
	expect_fact("EDU0", "description", "QEMU educational device\n");
	expect_fact("EDU0", "nt_device", "\\Device\\Edu0\n");
	expect_fact("EDU0", "nt_type", "0x00008000\n");
	EXPECT_EQ(-1, stat("/sys/class/nt/EDU0/interface", &st));
	expect_fact("NAMETEST", "service", "nametest\n");
	expect_fact("NAMETEST", "nt_stack", "nametest \\Device\\NameTest\n");
	ASSERT_TRUE(instance(0, path, sizeof(path)));
	snprintf(name, sizeof(name), "%s", path + strlen("/dev/nt/"));
	for (c = name; *c; c++)
		if (*c == '/')
			*c = '!';
	/* The function driver's, though the interface names the PDO. */
	expect_fact(name, "service", "edu\n");
	expect_fact(name, "interface", EDU_CLASS "\n");
	expect_fact(name, "nt_type", "0x00008000\n");
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
