/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's registry, by requests to /dev/ntcompat. */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "ntcompat.h"
#include "regfile.h"

/* What was found: to be freed by registry_free(). */
struct registry_item {
	struct reg_text name;
	uint32_t type;
	uint8_t *data;
	size_t length;
};

/* Does not return when that cannot be opened. */
void registry_open(void);
int registry_descriptor(void);

/* All return an NTSTATUS, and do not return when no request could be made. */
uint32_t registry_do(uint32_t op, const struct reg_text *path, const struct reg_text *name,
		     uint32_t type, const void *data, size_t length);
uint32_t registry_enum(uint32_t op, const struct reg_text *path, uint32_t index,
		       struct registry_item *item);
uint32_t registry_query(const struct reg_text *path, const struct reg_text *name,
			struct registry_item *item);
uint64_t registry_generation(void);
void registry_saved(uint64_t generation);
void registry_free(struct registry_item *item);

struct reg_text registry_text(const char *utf8);
struct reg_text registry_join(const struct reg_text *path, const struct reg_text *name);

/* Between the names of Windows's programs, HKEY_LOCAL_MACHINE\…, and the kernel's. */
struct reg_text registry_path(const struct reg_text *name);
struct reg_text registry_name(const struct reg_text *path);

#endif /* REGISTRY_H */
