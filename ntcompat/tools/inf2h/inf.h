/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of inf2h share. All text is UTF-8 once it is read. */
#ifndef INF_H
#define INF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A line of a section: "key = field, field …", or the fields alone. */
struct line {
	struct line *next;
	char *key;			/* left of '=', or NULL */
	char **fields;			/* unquoted; tokens not yet replaced */
	int count;
	int number;
};

struct section {
	struct section *next;
	char *name;
	struct line *lines, **tail;
};

/* What a value belongs to: where HKR is, or an absolute path. */
enum root { ROOT_SERVICE, ROOT_DRIVER, ROOT_HARDWARE, ROOT_ABSOLUTE };

/* INF AddReg directive: FLG_ADDREG_x. */
#define ADDREG_BINVALUETYPE	0x00000001
#define ADDREG_NOCLOBBER	0x00000002
#define ADDREG_DELVAL		0x00000004
#define ADDREG_APPEND		0x00000008
#define ADDREG_KEYONLY		0x00000010
#define ADDREG_OVERWRITEONLY	0x00000020

struct value {
	struct value *next;
	enum root root;
	int install;			/* whose it is; -1 of the service */
	const char *path;		/* behind the root, or absolute */
	const char *name;
	unsigned int flags, type;	/* FLG_ADDREG_x without the type; REG_x */
	unsigned char *data;
	size_t length;
};

struct id {
	struct id *next;
	unsigned int vendor, device, subvendor, subdevice;
	int model;
};

/* A device that is none of PCI's. */
struct other_id {
	struct other_id *next;
	const char *text;
	int model;
};

struct model {
	struct model *next;
	const char *description, *manufacturer;
	int install;
};

/* What the INF says. */
struct inf {
	struct section *sections;
	const char *service, *security;
	const char *class_name, *class_guid, *provider;
	const char *display_name, *image_path, *group;
	unsigned int service_type, start_type, error_control;
	int msi, msi_limit;
	struct model *models, **models_tail;
	struct id *ids, **ids_tail;
	struct other_id *other_ids, **other_ids_tail;
	struct value *values, **values_tail;
	const char **installs;		/* names of those whose values are read */
	int model_count, install_count;
};

/* main.c, or the fuzzer: does not return. */
void fail(int line, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* Something that is left out. */
void note(int line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* text.c: memory that inf_free_all() frees, and the file as UTF-8. */
void *inf_alloc(size_t size);
char *inf_copy(const char *text, size_t length);
char *inf_join(const char *a, const char *b, const char *c);
void inf_free_all(void);
char *inf_decode(const unsigned char *bytes, size_t length);

/* sections.c */
void inf_parse(struct inf *inf, char *text);
struct section *inf_find(const struct inf *inf, const char *name);
struct section *inf_find_install(const struct inf *inf, const char *name, const char *suffix);
const char *inf_value(const struct inf *inf, const char *section, const char *key);
const char *inf_field(const struct inf *inf, const struct line *line, int number);
const char *inf_expand(const struct inf *inf, const char *text);

/* addreg.c */
void inf_read_add_reg(struct inf *inf, const struct section *section, enum root where, int install);
unsigned int inf_number(const struct inf *inf, const struct line *line, int field);

/* models.c, service.c, output.c */
void inf_read(struct inf *inf);
void inf_read_services(struct inf *inf, const char *install);
void inf_print(const struct inf *inf, FILE *out);
void inf_print_string(FILE *out, const char *name, const char *value);

#endif /* INF_H */
