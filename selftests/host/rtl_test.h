/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of rtl_test share. */
#ifndef RTL_TEST_H
#define RTL_TEST_H

#include <stdio.h>
#include <stdlib.h>

#include "../../ntcompat/rtl/format.h"

extern unsigned int wrong;		/* in the test that runs */

void result(bool passed, const char *name);
unsigned int below(unsigned int limit);	/* at random, repeatably */
UNICODE_STRING make(const WCHAR *text, USHORT bytes, USHORT room);
long pool_blocks(void);			/* allocated and not freed */
extern long pool_fail;			/* allocations from now on that work, -1: all */

/* Counts, and says where, what is not so. */
#define EXPECT(condition) do {							\
	if (!(condition) && wrong++ < 20)					\
		printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition);	\
} while (0)

void test_strings(void);		/* rtl_strings.c */
void test_crt(void);			/* rtl_crt.c */
void test_time(void);			/* rtl_time.c */
void test_bitmap(void);			/* rtl_bitmap.c */
void test_tables(void);			/* rtl_tables.c */
void test_safe(void);			/* rtl_safe.c */

#endif /* RTL_TEST_H */
