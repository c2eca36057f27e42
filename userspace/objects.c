// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ntctl.h"
#include "objects.h"

#define DEBUGFS "/sys/kernel/debug/ntcompat"

static struct row *split(char *line)
{
	struct row *row = allocate(sizeof(*row));
	int i;

	line[strcspn(line, "\n")] = 0;
	for (i = 0; i < FIELDS_MAX; i++)
		row->field[i] = line ? strsep(&line, "\t") : "";
	return row;
}

static struct row *read_rows(FILE *file)
{
	struct row *first = NULL, **last = &first;
	char *line = NULL;
	size_t size = 0;

	while (getline(&line, &size, file) > 0) {
		*last = split(line);
		last = &(*last)->next;
		/* The row has it now. */
		line = NULL;
		size = 0;
	}
	free(line);
	return first;
}

struct row *objects_read(const char *name)
{
	const char *folder = getenv("NTCTL_DEBUGFS");
	struct row *rows;
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder ? folder : DEBUGFS, name);
	file = fopen(path, "r");
	if (!file)
		return NULL;
	errno = 0;
	rows = read_rows(file);
	fclose(file);
	return rows;
}

struct row *objects_must_read(const char *name)
{
	struct row *rows;

	errno = 0;
	rows = objects_read(name);
	if (!rows && errno == ENOENT)
		die("no %s/%s (is ntcompat loaded, debugfs mounted?)", DEBUGFS, name);
	if (!rows && errno)
		die("cannot read %s/%s: %s", DEBUGFS, name, strerror(errno));
	/* "(____ptrval____)": all objects would be the same one. */
	if (rows && *rows->field[ROW_ID] == '(')
		die("the kernel has no random numbers yet to tell objects by (shortly after boot)");
	return rows;
}

struct row *row_of_kind(struct row *row, const char *kind)
{
	while (row && !has(row, ROW_KIND, kind))
		row = row->next;
	return row;
}

struct row *find_id(struct row *rows, const char *kind, const char *id)
{
	struct row *row;

	for_each_kind(row, rows, kind)
		if (has(row, ROW_ID, id))
			return row;
	return NULL;
}

bool has(const struct row *row, int field, const char *value)
{
	return !strcmp(row->field[field], value);
}

const char *device_path(struct row *tree, const char *id)
{
	struct row *row;

	for_each_kind(row, tree, "name")
		if (has(row, NAME_TYPE, "device") && has(row, NAME_TARGET, id))
			return row->field[NAME_PATH];
	return NULL;
}

const char *device_name(struct row *tree, const char *id)
{
	struct row *row = find_id(tree, "device", id);
	const char *path = device_path(tree, id);

	/* A PDO has a name, too, but one that tells nothing. */
	if (row && *row->field[DEVICE_PCI] && !has(row, DEVICE_PCI, "-"))
		return row->field[DEVICE_PCI];
	return path ? path : "(unnamed)";
}

const char *device_driver(struct row *tree, const char *id)
{
	struct row *device = find_id(tree, "device", id), *driver;

	driver = device ? find_id(tree, "driver", device->field[DEVICE_DRIVER]) : NULL;
	return driver ? driver->field[DRIVER_NAME] : "?";
}
