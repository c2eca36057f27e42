// SPDX-License-Identifier: GPL-2.0
/* Names of NTSTATUS values. */
#include <stddef.h>
#include <stdlib.h>

#include "nt_status.h"

struct entry {
	uint32_t value;
	const char *name;
};

static const struct entry entries[] = {
#define NT_STATUS(name, value)	{ value, #name },
#include "nt_status.def"
};

static int compare(const void *key, const void *element)
{
	uint32_t value = *(const uint32_t *)key;
	const struct entry *entry = element;

	return value < entry->value ? -1 : value > entry->value;
}

const char *nt_status_name(uint32_t status)
{
	const struct entry *entry;

	entry = bsearch(&status, entries, sizeof(entries) / sizeof(entries[0]),
			sizeof(entries[0]), compare);
	return entry ? entry->name : NULL;
}
