// SPDX-License-Identifier: GPL-2.0
/*
 * qsort() and bsearch() of the C run-time: Linux's own, whose comparison takes the
 * same arguments, and rand(). IRQL: any, as for all here. Pure code but for those two.
 */
#include "string.h"
#ifdef __KERNEL__
#include <linux/bsearch.h>
#include <linux/sort.h>

void nt_qsort(void *base, SIZE_T count, SIZE_T size, int (*compare)(const void *, const void *))
{
	sort(base, count, size, compare, NULL);
}
EXPORT_SYMBOL(nt_qsort);

void *nt_bsearch(const void *key, const void *base, SIZE_T count, SIZE_T size,
		 int (*compare)(const void *, const void *))
{
	return bsearch(key, base, count, size, compare);
}
EXPORT_SYMBOL(nt_bsearch);
#endif

/* One state for all, as in Windows' kernel; a lost update does no harm. */
static UINT rand_state = 1;

/* 0 to RAND_MAX, 0x7fff. */
int nt_rand(void)
{
	UINT next = *(volatile UINT *)&rand_state * 1103515245u + 12345;

	*(volatile UINT *)&rand_state = next;
	return next >> 16 & 0x7fff;
}
EXPORT_SYMBOL(nt_rand);

void nt_srand(UINT seed)
{
	*(volatile UINT *)&rand_state = seed;
}
EXPORT_SYMBOL(nt_srand);
