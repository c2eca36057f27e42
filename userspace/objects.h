/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The objects of the kernel module, as its files in debugfs list them: one a
 * line, what it is in the first field, tabs in between.
 */
#ifndef OBJECTS_H
#define OBJECTS_H

#include <stdbool.h>
#include <stddef.h>

#define FIELDS_MAX 16

struct row {
	char *field[FIELDS_MAX];	/* "" behind the last one */
	struct row *next;
};

/* Fields of each kind of line. */
enum { ROW_KIND, ROW_ID };
enum { DRIVER_NAME = 2, DRIVER_MODULE, DRIVER_PNP, DRIVER_UNLOAD };
enum {
	DEVICE_DRIVER = 2, DEVICE_TYPE_FIELD, DEVICE_FLAGS, DEVICE_OPENS, DEVICE_STACK,
	DEVICE_LOWER, DEVICE_UPPER, DEVICE_PCI, DEVICE_STATE,
};
enum { NAME_PATH = 1, NAME_TYPE, NAME_TARGET };
enum { FILE_DEVICE = 2, FILE_ACCESS, FILE_PID, FILE_FD, FILE_COMM };
enum {
	IRP_FILE = 2, IRP_DEVICE, IRP_MAJOR, IRP_MINOR, IRP_CODE, IRP_STATE, IRP_KIND,
	IRP_PID, IRP_AGE, IRP_TAG,
};

/* Reads "tree" or "irps"; NULL and errno when that cannot be read. */
struct row *objects_read(const char *name);

/* The same, or a message and the end. */
struct row *objects_must_read(const char *name);

/* The next row of a kind, @row itself included. */
struct row *row_of_kind(struct row *row, const char *kind);

#define for_each_kind(row, rows, kind) \
	for (row = row_of_kind(rows, kind); row; row = row_of_kind((row)->next, kind))

struct row *find_id(struct row *rows, const char *kind, const char *id);

bool has(const struct row *row, int field, const char *value);

/* "\Device\Edu0", or NULL. */
const char *device_path(struct row *tree, const char *id);

/* The same, or "0000:00:01.0" of a PDO, or "(unnamed)". */
const char *device_name(struct row *tree, const char *id);

/* Its driver's name, or "?". */
const char *device_driver(struct row *tree, const char *id);

#endif /* OBJECTS_H */
