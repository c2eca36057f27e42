// SPDX-License-Identifier: GPL-2.0
/*
 * ntctl reg - look at the registry, change it, and keep it across restarts
 *
 *	ntctl reg query KEY [VALUE] [-r]
 *	ntctl reg add KEY [VALUE TYPE DATA...]
 *	ntctl reg delete KEY [VALUE] [-r]
 *	ntctl reg import FILE
 *	ntctl reg export KEY FILE [utf16|utf8|regedit4]
 *	ntctl reg load|save|watch [DIRECTORY]
 */
#include "nt_status.h"
#include "ntctl.h"
#include "registry.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIRECTORY	"/etc/ntcompat/registry"
#define SAVED		"registry.reg"

/* NTSTATUS values that an answer is looked through for. */
#define NO_MORE_ENTRIES	0x8000001aU
#define NAME_NOT_FOUND	0xc0000034U

static const char * const type_names[] = {
	"REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD", "REG_DWORD_BIG_ENDIAN",
	"REG_LINK", "REG_MULTI_SZ", "REG_RESOURCE_LIST", "REG_FULL_RESOURCE_DESCRIPTOR",
	"REG_RESOURCE_REQUIREMENTS_LIST", "REG_QWORD",
};

#define TYPE_COUNT	(sizeof(type_names) / sizeof(type_names[0]))

static int failed(uint32_t status, const struct reg_text *path)
{
	char *text = reg_to_utf8(path);

	fprintf(stderr, "ntctl: %s: %s\n", text ? text : "", nt_status_text(status));
	free(text);
	return EXIT_NT_FAILURE;
}

static struct reg_text path_argument(const char *text)
{
	struct reg_text name = registry_text(text), path = registry_path(&name);

	free(name.units);
	return path;
}

/* ---- Showing ---- */

static void print_text(const struct reg_text *text)
{
	char *utf8 = reg_to_utf8(text);

	fputs(utf8 ? utf8 : "", stdout);
	free(utf8);
}

static void print_strings(const struct registry_item *item)
{
	struct reg_text text = { (uint16_t *)item->data, 0 };
	size_t units = item->length / 2, i;
	const char *between = "";

	for (i = 0; i < units; i++) {
		if (text.units[text.length]) {
			text.length++;
			continue;
		}
		if (text.length) {
			fputs(between, stdout);
			print_text(&text);
			between = " ";
		}
		text.units += text.length + 1;
		text.length = 0;
	}
	if (text.length) {
		fputs(between, stdout);
		print_text(&text);
	}
}

static void print_data(const struct registry_item *item)
{
	uint32_t number;
	size_t i;

	if (item->type == REG_DWORD && item->length == 4) {
		memcpy(&number, item->data, 4);
		printf("0x%08x", number);
	} else if (item->type == REG_SZ || item->type == REG_EXPAND_SZ || item->type == REG_MULTI_SZ) {
		print_strings(item);
	} else {
		for (i = 0; i < item->length; i++)
			printf("%02x", item->data[i]);
	}
}

static void print_value(const struct reg_text *name, const struct registry_item *item)
{
	fputs("    ", stdout);
	if (name->length)
		print_text(name);
	else
		fputs("(default)", stdout);
	if (item->type < TYPE_COUNT)
		printf("\t%s\t", type_names[item->type]);
	else
		printf("\t0x%x\t", item->type);
	print_data(item);
	putchar('\n');
}

/* ---- Walks ---- */

struct walk {
	bool (*key)(struct walk *walk, const struct reg_text *path);
	bool (*value)(struct walk *walk, const struct registry_item *item);
	bool deep, stable_only;
	FILE *out;
	enum reg_format format;
	unsigned int left_out;
};

static uint32_t walk_values(struct walk *walk, const struct reg_text *path)
{
	struct registry_item item;
	uint32_t status, index;

	for (index = 0;; index++) {
		status = registry_enum(NTCOMPAT_REG_ENUM_VALUE, path, index, &item);
		if (status)
			return status == NO_MORE_ENTRIES ? 0 : status;
		if (!walk->value(walk, &item))
			walk->left_out++;
		registry_free(&item);
	}
}

static uint32_t walk_key(struct walk *walk, const struct reg_text *path);

static uint32_t walk_children(struct walk *walk, const struct reg_text *path)
{
	struct registry_item item;
	struct reg_text child;
	uint32_t status, index;

	for (index = 0;; index++) {
		status = registry_enum(NTCOMPAT_REG_ENUM_KEY, path, index, &item);
		if (status)
			return status == NO_MORE_ENTRIES ? 0 : status;
		child = registry_join(path, &item.name);
		if (!(item.type & NTCOMPAT_REG_KEY_LINK) &&
		    !(walk->stable_only && item.type & NTCOMPAT_REG_KEY_VOLATILE))
			status = walk_key(walk, &child);
		free(child.units);
		registry_free(&item);
		/* One that went away meanwhile is not missed. */
		if (status && status != NAME_NOT_FOUND)
			return status;
	}
}

static uint32_t walk_key(struct walk *walk, const struct reg_text *path)
{
	uint32_t status;

	if (!walk->key(walk, path)) {
		walk->left_out++;
		return 0;
	}
	status = walk_values(walk, path);
	return status || !walk->deep ? status : walk_children(walk, path);
}

/* ---- query ---- */

static bool show_key(struct walk *walk, const struct reg_text *path)
{
	struct reg_text name = registry_name(path);

	(void)walk;
	print_text(&name);
	putchar('\n');
	free(name.units);
	return true;
}

static bool show_value(struct walk *walk, const struct registry_item *item)
{
	(void)walk;
	print_value(&item->name, item);
	return true;
}

static void show_subkeys(const struct reg_text *path)
{
	struct registry_item item;
	struct reg_text child;
	uint32_t index;

	for (index = 0; !registry_enum(NTCOMPAT_REG_ENUM_KEY, path, index, &item); index++) {
		child = registry_join(path, &item.name);
		show_key(NULL, &child);
		free(child.units);
		registry_free(&item);
	}
}

static int query_value(const struct reg_text *path, const char *value)
{
	struct reg_text name = registry_text(value);
	struct registry_item item;
	uint32_t status = registry_query(path, &name, &item);

	if (status)
		return failed(status, &name);
	print_value(&name, &item);
	registry_free(&item);
	return EXIT_NT_SUCCESS;
}

static int query(char **argv, int count, bool deep)
{
	struct walk walk = { .key = show_key, .value = show_value, .deep = deep };
	struct reg_text path = path_argument(argv[0]);
	uint32_t status;

	if (count == 2)
		return query_value(&path, argv[1]);
	/* Not to print the name of what is not there. */
	status = registry_enum(NTCOMPAT_REG_ENUM_KEY, &path, ~0u, &(struct registry_item){ });
	if (status != NO_MORE_ENTRIES)
		return failed(status, &path);
	status = walk_key(&walk, &path);
	if (status)
		return failed(status, &path);
	if (!deep)
		show_subkeys(&path);
	return EXIT_NT_SUCCESS;
}

/* ---- add, delete ---- */

static uint32_t parse_type(const char *text)
{
	unsigned long number;
	size_t i;

	for (i = 0; i < TYPE_COUNT; i++)
		if (!strcasecmp(text, type_names[i]) || !strcasecmp(text, type_names[i] + 4))
			return i;
	if (!parse_number(text, 0xffffffffUL, &number))
		die("'%s' is no type of a value", text);
	return number;
}

/* Strings with their NULs: one, or with REG_MULTI_SZ as many as there are. */
static uint8_t *parse_strings(uint32_t type, char **argv, int count, size_t *length)
{
	uint8_t *data = NULL;
	struct reg_text text;
	int i;

	*length = 0;
	for (i = 0; i < count; i++) {
		text = registry_text(argv[i]);
		data = realloc(data, *length + 2 * text.length + 4);
		if (!data)
			die("no memory");
		memcpy(data + *length, text.units, 2 * text.length);
		memset(data + *length + 2 * text.length, 0, 4);
		*length += 2 * text.length + 2;
		free(text.units);
	}
	if (type == REG_MULTI_SZ)
		*length += 2;
	return data ? data : allocate(4);
}

static uint8_t *parse_data(uint32_t type, char **argv, int count, size_t *length)
{
	unsigned long number;
	uint8_t *data;

	if (type == REG_MULTI_SZ)
		return parse_strings(type, argv, count, length);
	if (count > 1)
		die("more than one value");
	if (type == REG_SZ || type == REG_EXPAND_SZ)
		return parse_strings(type, argv, count, length);
	if (type == REG_DWORD || type == REG_QWORD) {
		*length = type == REG_DWORD ? 4 : 8;
		if (count != 1 || !parse_number(argv[0], type == REG_DWORD ? 0xffffffffUL : ~0UL, &number))
			die("a number is missing");
		data = allocate(8);
		memcpy(data, &number, *length);
		return data;
	}
	data = nt_parse_hex(count ? argv[0] : "", length);
	if (!data)
		die("'%s' is not bytes in hexadecimal", argv[0]);
	return data;
}

static int add(char **argv, int count)
{
	struct reg_text path = path_argument(argv[0]), name;
	uint32_t status, type;
	uint8_t *data;
	size_t length;

	if (count == 2)
		die("a value needs a type, and mostly data");
	status = registry_do(NTCOMPAT_REG_CREATE_KEY, &path, NULL, 0, NULL, 0);
	if (!status && count > 2) {
		name = registry_text(argv[1]);
		type = parse_type(argv[2]);
		data = parse_data(type, argv + 3, count - 3, &length);
		status = registry_do(NTCOMPAT_REG_SET_VALUE, &path, &name, type, data, length);
		free(data);
		free(name.units);
	}
	return status ? failed(status, &path) : EXIT_NT_SUCCESS;
}

static uint32_t delete_key(const struct reg_text *path, bool deep)
{
	struct registry_item item;
	struct reg_text child;
	uint32_t status;

	while (deep && !registry_enum(NTCOMPAT_REG_ENUM_KEY, path, 0, &item)) {
		child = registry_join(path, &item.name);
		status = delete_key(&child, !(item.type & NTCOMPAT_REG_KEY_LINK));
		free(child.units);
		registry_free(&item);
		if (status)
			return status;
	}
	return registry_do(NTCOMPAT_REG_DELETE_KEY, path, NULL, 0, NULL, 0);
}

static int delete(char **argv, int count, bool deep)
{
	struct reg_text path = path_argument(argv[0]), name;
	uint32_t status;

	if (count == 2) {
		name = registry_text(argv[1]);
		status = registry_do(NTCOMPAT_REG_DELETE_VALUE, &path, &name, 0, NULL, 0);
		return status ? failed(status, &name) : EXIT_NT_SUCCESS;
	}
	status = delete_key(&path, deep);
	return status ? failed(status, &path) : EXIT_NT_SUCCESS;
}

/* ---- Files ---- */

struct import {
	struct reg_text path;
	uint32_t status;
};

static bool import_key(void *context, const struct reg_text *name, bool deleted)
{
	struct import *import = context;

	free(import->path.units);
	import->path = registry_path(name);
	if (deleted) {
		import->status = delete_key(&import->path, true);
		/* What is not there is deleted. */
		return !import->status || import->status == NAME_NOT_FOUND;
	}
	import->status = registry_do(NTCOMPAT_REG_CREATE_KEY, &import->path, NULL, 0, NULL, 0);
	return !import->status;
}

static bool import_value(void *context, const struct reg_text *name, uint32_t type,
			 const uint8_t *data, size_t length, bool deleted)
{
	struct import *import = context;

	import->status = registry_do(deleted ? NTCOMPAT_REG_DELETE_VALUE : NTCOMPAT_REG_SET_VALUE,
				     &import->path, name, type, data, length);
	return !import->status || (deleted && import->status == NAME_NOT_FOUND);
}

static int import(const char *file)
{
	struct import import = { };
	struct reg_events events = { &import, import_key, import_value };
	const char *error = "";
	size_t length;
	uint8_t *bytes = nt_read_file(file, &length);
	int line;

	if (!bytes)
		die("cannot read %s: %s", file, strerror(errno));
	registry_open();
	line = reg_parse(bytes, length, &events, &error);
	free(bytes);
	if (line > 0)
		die("%s:%d: %s", file, line, error);
	if (line < 0)
		return failed(import.status, &import.path);
	free(import.path.units);
	return EXIT_NT_SUCCESS;
}

static bool export_key(struct walk *walk, const struct reg_text *path)
{
	struct reg_text name = registry_name(path);
	bool done = reg_write_key(walk->out, walk->format, &name);

	free(name.units);
	return done;
}

static bool export_value(struct walk *walk, const struct registry_item *item)
{
	return reg_write_value(walk->out, walk->format, &item->name, item->type, item->data,
			       item->length);
}

/* To a new file that takes the old one's place when it is whole and on the disk. */
static FILE *begin_file(const char *file, char **temporary)
{
	FILE *out;

	if (asprintf(temporary, "%s.new", file) < 0)
		die("no memory");
	out = fopen(*temporary, "w");
	if (!out)
		die("cannot write %s: %s", *temporary, strerror(errno));
	return out;
}

static void sync_folder(const char *file)
{
	char *folder = strdup(file), *slash = folder ? strrchr(folder, '/') : NULL;
	int fd;

	if (slash)
		slash[slash == folder] = 0;
	fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY);
	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

static void end_file(FILE *out, const char *file, char *temporary)
{
	bool written = !fflush(out) && !ferror(out) && !fsync(fileno(out));
	int error = errno;

	if ((fclose(out) || !written) || rename(temporary, file)) {
		error = written ? errno : error;
		unlink(temporary);
		die("cannot write %s: %s", file, strerror(error));
	}
	sync_folder(file);
	free(temporary);
}

static uint32_t write_file(struct walk *walk, const struct reg_text *paths, size_t count,
			   const char *file)
{
	char *temporary;
	uint32_t status = 0;
	size_t i;

	walk->key = export_key;
	walk->value = export_value;
	walk->deep = true;
	walk->out = begin_file(file, &temporary);
	reg_write_header(walk->out, walk->format);
	for (i = 0; i < count && !status; i++)
		status = walk_key(walk, &paths[i]);
	if (status) {
		fclose(walk->out);
		unlink(temporary);
		free(temporary);
		return status;
	}
	end_file(walk->out, file, temporary);
	if (walk->left_out)
		fprintf(stderr, "ntctl: %u keys or values cannot be written in this format\n",
			walk->left_out);
	return 0;
}

static int export(char **argv, int count)
{
	static const char * const formats[] = { "utf16", "utf8", "regedit4" };
	struct reg_text path = path_argument(argv[0]);
	struct walk walk = { .format = REG_UTF16 };
	uint32_t status;
	size_t i;

	for (i = 0; count == 3 && i < 3 && strcmp(argv[2], formats[i]); i++)
		walk.format = i + 1;
	if (count == 3 && i == 3)
		die("'%s' is no format: utf16, utf8 or regedit4", argv[2]);
	registry_open();
	status = write_file(&walk, &path, 1, argv[1]);
	if (status)
		return failed(status, &path);
	return walk.left_out ? EXIT_NT_FAILURE : EXIT_NT_SUCCESS;
}

/* ---- A folder of files, across restarts ---- */

static int is_reg_file(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".reg");
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* In the order of their names, so that a later one has the last word. */
static int load(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_reg_file, by_name), i, status = EXIT_NT_SUCCESS;
	char *file;

	if (count < 0 && errno == ENOENT)
		return EXIT_NT_SUCCESS;
	if (count < 0)
		die("cannot read %s: %s", folder, strerror(errno));
	for (i = 0; i < count; i++) {
		if (asprintf(&file, "%s/%s", folder, entries[i]->d_name) < 0)
			die("no memory");
		if (import(file) != EXIT_NT_SUCCESS)
			status = EXIT_NT_FAILURE;
		free(file);
		free(entries[i]);
	}
	free(entries);
	return status;
}

/* The last two components, when they are missing. The registry is root's alone. */
static void make_folder(const char *folder)
{
	char *parent = strdup(folder), *slash = parent ? strrchr(parent, '/') : NULL;

	if (slash && slash > parent) {
		*slash = 0;
		mkdir(parent, 0755);
	}
	free(parent);
	mkdir(folder, 0700);
}

static int save(const char *folder)
{
	struct walk walk = { .format = REG_UTF8, .stable_only = true };
	struct reg_text paths[] = {
		registry_text("\\Registry\\Machine"), registry_text("\\Registry\\User"),
	};
	uint32_t status;
	char *file;

	if (asprintf(&file, "%s/" SAVED, folder) < 0)
		die("no memory");
	registry_open();
	make_folder(folder);
	status = write_file(&walk, paths, 2, file);
	free(file);
	if (status)
		failed(status, &paths[0]);
	free(paths[0].units);
	free(paths[1].units);
	return status ? EXIT_NT_FAILURE : EXIT_NT_SUCCESS;
}

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

/* Save now and at each change, but not more often than once a second; and at the end. */
static int watch(const char *folder)
{
	struct sigaction action = { .sa_handler = stop };
	struct pollfd poller = { .events = POLLIN };
	sigset_t blocked, before;
	uint64_t generation;
	int ready;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigaddset(&blocked, SIGINT);
	sigprocmask(SIG_BLOCK, &blocked, &before);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	registry_open();
	poller.fd = registry_descriptor();
	for (;;) {
		const struct timespec now = { }, second = { .tv_sec = 1 };

		/* The signals come in while it sleeps, and at no other time. */
		ready = ppoll(&poller, 1, stopped ? &now : NULL, &before);
		if (ready > 0) {
			ppoll(NULL, 0, stopped ? &now : &second, &before);
			generation = registry_generation();
			if (save(folder) == EXIT_NT_SUCCESS)
				registry_saved(generation);
		} else if (!ready && stopped) {
			return EXIT_NT_SUCCESS;
		}
	}
}

/* ---- The verb ---- */

static void __attribute__((noreturn)) bad_usage(void)
{
	die("usage: ntctl reg query KEY [VALUE] [-r] | add KEY [VALUE TYPE DATA...] |\n"
	    "       delete KEY [VALUE] [-r] | import FILE | export KEY FILE [FORMAT] |\n"
	    "       load|save|watch [DIRECTORY]");
}

int do_reg(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	const char *folder = argc > 2 ? argv[2] : DIRECTORY;
	bool deep = argc > 3 && !strcmp(argv[argc - 1], "-r");
	int count = argc - 2 - deep;

	if (!strcmp(what, "query") && (count == 1 || count == 2))
		return query(argv + 2, count, deep);
	if (!strcmp(what, "add") && argc > 2)
		return add(argv + 2, argc - 2);
	if (!strcmp(what, "delete") && (count == 1 || count == 2))
		return delete(argv + 2, count, deep);
	if (!strcmp(what, "import") && argc == 3)
		return import(argv[2]);
	if (!strcmp(what, "export") && (argc == 4 || argc == 5))
		return export(argv + 2, argc - 2);
	if (!strcmp(what, "load") && argc <= 3)
		return load(folder);
	if (!strcmp(what, "save") && argc <= 3)
		return save(folder);
	if (!strcmp(what, "watch") && argc <= 3)
		return watch(folder);
	bad_usage();
}
