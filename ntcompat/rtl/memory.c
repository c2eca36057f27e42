// SPDX-License-Identifier: GPL-2.0
/* Blocks of memory. Pure code: it is also compiled and tested on the host. */
#include "string.h"

/**
 * RtlCompareMemory - how many bytes are equal from the start
 * @Source1: one block
 * @Source2: the other
 * @Length: their size
 *
 * IRQL: any.
 */
SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length)
{
	const u8 *a = Source1, *b = Source2;
	SIZE_T i;

	for (i = 0; i < Length && a[i] == b[i]; i++)
		;
	return i;
}
EXPORT_SYMBOL(RtlCompareMemory);

/**
 * RtlCompareMemoryUlong - how many bytes repeat a pattern
 * @Source: a block, aligned to 4 bytes
 * @Length: its size; what is no whole ULONG at its end is not looked at
 * @Pattern: what each ULONG is compared to
 *
 * IRQL: any. Returns a multiple of 4; 0 for a block that is not aligned.
 */
SIZE_T RtlCompareMemoryUlong(PVOID Source, SIZE_T Length, ULONG Pattern)
{
	const ULONG *at = Source;
	SIZE_T i, count = Length / sizeof(ULONG);

	if ((ULONG_PTR)Source % sizeof(ULONG))
		return 0;
	for (i = 0; i < count && at[i] == Pattern; i++)
		;
	return i * sizeof(ULONG);
}
EXPORT_SYMBOL(RtlCompareMemoryUlong);

/**
 * RtlFillMemoryUlong - repeat a pattern
 * @Destination: a block, aligned to 4 bytes
 * @Length: its size, a multiple of 4
 * @Pattern: what to store
 *
 * IRQL: any.
 */
void RtlFillMemoryUlong(PVOID Destination, SIZE_T Length, ULONG Pattern)
{
	ULONG *at = Destination;
	SIZE_T i;

	for (i = 0; i < Length / sizeof(ULONG); i++)
		at[i] = Pattern;
}
EXPORT_SYMBOL(RtlFillMemoryUlong);

/**
 * RtlFillMemoryUlonglong - repeat a pattern of 8 bytes
 * @Destination: a block, aligned to 8 bytes
 * @Length: its size, a multiple of 8
 * @Pattern: what to store
 *
 * IRQL: any.
 */
void RtlFillMemoryUlonglong(PVOID Destination, SIZE_T Length, ULONGLONG Pattern)
{
	ULONGLONG *at = Destination;
	SIZE_T i;

	for (i = 0; i < Length / sizeof(ULONGLONG); i++)
		at[i] = Pattern;
}
EXPORT_SYMBOL(RtlFillMemoryUlonglong);
