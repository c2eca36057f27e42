// SPDX-License-Identifier: GPL-2.0
/*
 * Checks nt_status.def: each value against mingw-w64's ntstatus.h, when that
 * compiler builds this, else the order and the search.
 */
#ifdef __MINGW32__

#define WIN32_NO_STATUS
#include <windef.h>
#include <ntdef.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>

#define NT_STATUS(name, value) \
	_Static_assert((unsigned int)(name) == (value), #name);
#include "nt_status.def"

#else

#include <stdio.h>
#include <string.h>

#include "nt_status.h"

static const struct {
	uint32_t value;
	const char *name;
} expected[] = {
#define NT_STATUS(name, value)	{ value, #name },
#include "nt_status.def"
};

#define COUNT (sizeof(expected) / sizeof(expected[0]))

static unsigned int failures;

static void check(bool ok, const char *what)
{
	static unsigned int count;

	failures += !ok;
	printf("%s %u %s\n", ok ? "ok" : "not ok", ++count, what);
}

static bool is_ascending(void)
{
	size_t i;

	for (i = 1; i < COUNT; i++)
		if (expected[i - 1].value >= expected[i].value)
			return false;
	return true;
}

static bool finds_all(void)
{
	const char *name;
	size_t i;

	for (i = 0; i < COUNT; i++) {
		name = nt_status_name(expected[i].value);
		if (!name || strcmp(name, expected[i].name))
			return false;
	}
	return true;
}

int main(void)
{
	puts("TAP version 13\n1..4");
	check(is_ascending(), "the table ascends");
	check(finds_all(), "every value is found");
	check(!nt_status_name(0xa0000000) && !nt_status_name(0xffffffff),
	      "other values have no name");
	check(nt_success(0) && nt_success(0x40000000) &&
	      !nt_success(0x80000005) && !nt_success(0xc0000001),
	      "success goes by the severity");
	return failures != 0;
}

#endif
