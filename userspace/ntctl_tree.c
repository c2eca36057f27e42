// SPDX-License-Identifier: GPL-2.0
/* ntctl tree, drivers and irps: what the kernel module knows. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ntctl.h"
#include "objects.h"

#define DO_BUFFERED_IO		0x04
#define DO_EXCLUSIVE		0x08
#define DO_DIRECT_IO		0x10
#define DO_DEVICE_INITIALIZING	0x80

static void no_arguments(int argc, char **argv)
{
	if (argc != 1)
		die("%s takes no arguments", argv[0]);
}

static int finish(void)
{
	if (fflush(stdout))
		die("cannot write the output");
	return EXIT_NT_SUCCESS;
}

/* ---- tree ---- */

static void print_flags(const struct row *device)
{
	unsigned long flags = strtoul(device->field[DEVICE_FLAGS], NULL, 16);

	printf(", %s I/O", flags & DO_DIRECT_IO ? "direct" :
			   flags & DO_BUFFERED_IO ? "buffered" : "neither");
	if (flags & DO_EXCLUSIVE)
		printf(", exclusive");
	if (flags & DO_DEVICE_INITIALIZING)
		printf(", initializing");
}

/* \??\INSTANCE#{GUID}, maybe with \REFERENCE: a device interface. */
static bool print_interface(const char *path)
{
	const char *guid = strstr(path, "#{"), *end, *next;

	while (guid && (next = strstr(guid + 1, "#{")))
		guid = next;
	end = guid ? strchr(guid, '}') : NULL;
	if (!end || (end[1] && end[1] != '\\'))
		return false;
	printf("    interface /dev/nt/by-interface/%.*s/%.*s%s%s\n", (int)(end - guid), guid + 1,
	       (int)(guid - path), path, end[1] ? "#" : "", end[1] ? end + 2 : "");
	return true;
}

/* A link in \?? is a node; \ in it is a folder. */
static void print_link(const char *path)
{
	char node[512], *c;

	if (strncmp(path, "\\??\\", 4)) {
		printf("    link   %s\n", path);
		return;
	}
	if (print_interface(path + 4))
		return;
	snprintf(node, sizeof(node), "%s", path + 4);
	for (c = node; *c; c++)
		if (*c == '\\')
			*c = '/';
	printf("    link   /dev/nt/%s\n", node);
}

/* Does a link lead to a device, or to a name behind it? */
static bool leads_to(const struct row *link, const char *name)
{
	size_t length = strlen(name);
	const char *target = link->field[NAME_TARGET];

	return !strncasecmp(target, name, length) && (!target[length] || target[length] == '\\');
}

static void print_links(struct row *tree, const char *name)
{
	struct row *row;

	for_each_kind(row, tree, "name")
		if (has(row, NAME_TYPE, "link") && leads_to(row, name))
			print_link(row->field[NAME_PATH]);
}

static struct row *neighbour(struct row *tree, const struct row *device, int field)
{
	return find_id(tree, "device", device->field[field]);
}

/* The tables are no snapshot: objects that change meanwhile may go in a circle. */
#define STACK_MAX 64

/* From the top, where requests enter, to the bottom. */
static void print_stack(struct row *tree, struct row *device)
{
	struct row *top = device, *next;
	int n;

	if (has(device, DEVICE_LOWER, "-") && has(device, DEVICE_UPPER, "-"))
		return;
	for (n = 0; n < STACK_MAX && (next = neighbour(tree, top, DEVICE_UPPER)); n++)
		top = next;
	printf("    stack  ");
	for (n = 0; top; top = next, n++) {
		next = n < STACK_MAX ? neighbour(tree, top, DEVICE_LOWER) : NULL;
		printf("%s %s%s", device_driver(tree, top->field[ROW_ID]),
		       device_name(tree, top->field[ROW_ID]), next ? " > " : "\n");
	}
}

static void print_files(struct row *tree, const char *device)
{
	struct row *row;

	for_each_kind(row, tree, "file")
		if (has(row, FILE_DEVICE, device))
			printf("    file   %s[%s], descriptor %s, %s\n", row->field[FILE_COMM],
			       row->field[FILE_PID], row->field[FILE_FD], row->field[FILE_ACCESS]);
}

static void print_device(struct row *tree, struct row *device)
{
	const char *path = device_path(tree, device->field[ROW_ID]);

	printf("  device %s", device_name(tree, device->field[ROW_ID]));
	print_flags(device);
	if (!has(device, DEVICE_STATE, "-"))
		printf(", %s", device->field[DEVICE_STATE]);
	putchar('\n');
	if (path)
		print_links(tree, path);
	print_stack(tree, device);
	print_files(tree, device->field[ROW_ID]);
}

/* Links that lead to no device just now. */
static void print_dangling(struct row *tree)
{
	struct row *row, *target;

	for_each_kind(row, tree, "name") {
		if (!has(row, NAME_TYPE, "link"))
			continue;
		for_each_kind(target, tree, "name")
			if (leads_to(row, target->field[NAME_PATH]))
				break;
		if (!target)
			printf("link %s to %s, which is not there\n", row->field[NAME_PATH],
			       row->field[NAME_TARGET]);
	}
}

int do_tree(int argc, char **argv)
{
	struct row *tree, *driver, *device;

	no_arguments(argc, argv);
	tree = objects_must_read("tree");
	for_each_kind(driver, tree, "driver") {
		printf("driver %s, module %s%s%s\n", driver->field[DRIVER_NAME],
		       driver->field[DRIVER_MODULE], has(driver, DRIVER_PNP, "1") ? ", PnP" : "",
		       has(driver, DRIVER_UNLOAD, "1") ||
		       has(driver, DRIVER_MODULE, "ntcompat") ? "" : ", cannot unload");
		for_each_kind(device, tree, "device")
			if (has(device, DEVICE_DRIVER, driver->field[ROW_ID]))
				print_device(tree, device);
	}
	print_dangling(tree);
	return finish();
}

/* ---- drivers ---- */

static int count_devices(struct row *tree, const char *driver)
{
	struct row *row;
	int n = 0;

	for_each_kind(row, tree, "device")
		n += has(row, DEVICE_DRIVER, driver);
	return n;
}

/* Open files, not descriptors: several of them may share one. */
static int count_files(struct row *tree, const char *driver)
{
	struct row *row;
	int n = 0;

	for_each_kind(row, tree, "device")
		if (has(row, DEVICE_DRIVER, driver))
			n += atoi(row->field[DEVICE_OPENS]);
	return n;
}

int do_drivers(int argc, char **argv)
{
	struct row *tree, *row;

	no_arguments(argc, argv);
	tree = objects_must_read("tree");
	printf("%-20s %-20s %-7s %7s %5s\n", "DRIVER", "MODULE", "KIND", "DEVICES", "OPEN");
	for_each_kind(row, tree, "driver")
		printf("%-20s %-20s %-7s %7d %5d\n", row->field[DRIVER_NAME],
		       row->field[DRIVER_MODULE],
		       has(row, DRIVER_MODULE, "ntcompat") ? "bus" :
		       has(row, DRIVER_PNP, "1") ? "PnP" : "legacy",
		       count_devices(tree, row->field[ROW_ID]),
		       count_files(tree, row->field[ROW_ID]));
	return finish();
}

/* ---- irps ---- */

static const char *age_text(const char *milliseconds)
{
	static char text[32];

	if (!strcmp(milliseconds, "-"))
		return "-";
	snprintf(text, sizeof(text), "%.2f s", strtoul(milliseconds, NULL, 10) / 1000.0);
	return text;
}

static const char *process_text(const char *pid)
{
	static char text[64];
	char path[64], comm[32] = "?";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%s/comm", pid);
	file = fopen(path, "r");
	if (file) {
		if (fgets(comm, sizeof(comm), file))
			comm[strcspn(comm, "\n")] = 0;
		fclose(file);
	}
	snprintf(text, sizeof(text), "%s[%s]", comm, pid);
	return text;
}

static void print_irp(struct row *tree, const struct row *irp)
{
	unsigned long major = strtoul(irp->field[IRP_MAJOR], NULL, 16);
	unsigned long minor = strtoul(irp->field[IRP_MINOR], NULL, 16);
	const char *device = irp->field[IRP_DEVICE];

	printf("%-16s %-10s %-5s %8s  %-16s %-10s %-18s %s\n", irp->field[ROW_ID],
	       irp->field[IRP_STATE], irp->field[IRP_KIND], age_text(irp->field[IRP_AGE]),
	       process_text(irp->field[IRP_PID]), device_driver(tree, device),
	       device_name(tree, device),
	       request_text(major, minor, strtoul(irp->field[IRP_CODE], NULL, 16)));
}

/* Files that processes share are listed for each. */
static bool is_repeated(struct row *irps, const struct row *irp)
{
	return find_id(irps, "irp", irp->field[ROW_ID]) != irp;
}

int do_irps(int argc, char **argv)
{
	struct row *tree, *irps, *row;

	no_arguments(argc, argv);
	/* In this order a request's device is known unless it is quite new. */
	irps = objects_must_read("irps");
	tree = objects_must_read("tree");
	printf("%-16s %-10s %-5s %8s  %-16s %-10s %-18s %s\n", "IRP", "STATE", "KIND", "AGE",
	       "PROCESS", "DRIVER", "DEVICE", "REQUEST");
	for_each_kind(row, irps, "irp")
		if (!is_repeated(irps, row))
			print_irp(tree, row);
	return finish();
}
