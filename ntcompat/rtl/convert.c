// SPDX-License-Identifier: GPL-2.0
/*
 * Between the ANSI code page and UTF-16. Pure code: it is also compiled and tested
 * on the host.
 *
 * The code page is Windows-1252: drivers take an ANSI character for one byte, and
 * there every byte is a character, so that whatever bytes a driver converts come
 * back as they were. Its five undefined ones stand for the control characters of
 * the same value, as on Windows.
 */
#include "string.h"

static const u16 high_half[32] = {	/* 0x80 to 0x9f */
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

WCHAR nt_ansi_to_unicode(CHAR character)
{
	u8 byte = character;

	return byte >= 0x80 && byte < 0xa0 ? high_half[byte - 0x80] : byte;
}

/* Returns -1 for what is not in the code page. */
int nt_unicode_to_ansi(WCHAR unit)
{
	int i;

	if (unit < 0x80 || (unit >= 0xa0 && unit < 0x100))
		return unit;
	for (i = 0; i < (int)ARRAY_SIZE(high_half); i++)
		if (high_half[i] == unit)
			return 0x80 + i;
	return -1;
}

static CHAR to_ansi(WCHAR unit)
{
	int ansi = nt_unicode_to_ansi(unit);

	return ansi < 0 ? '?' : (CHAR)ansi;
}

/**
 * RtlAnsiCharToUnicodeChar - convert a character and go to the next
 * @SourceCharacter: where the character is; advanced by its size, 1
 *
 * IRQL: any here (Windows: PASSIVE_LEVEL).
 */
WCHAR RtlAnsiCharToUnicodeChar(PUCHAR *SourceCharacter)
{
	return nt_ansi_to_unicode(*(*SourceCharacter)++);
}
EXPORT_SYMBOL(RtlAnsiCharToUnicodeChar);

/**
 * RtlMultiByteToUnicodeN - ANSI to UTF-16
 * @UnicodeString: receives the text
 * @MaxBytesInUnicodeString: its room
 * @BytesInUnicodeString: receives the bytes written; may be NULL
 * @MultiByteString: source
 * @BytesInMultiByteString: its size; a NUL is a character as any
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, also when only a part
 * fits.
 */
NTSTATUS RtlMultiByteToUnicodeN(PWCH UnicodeString, ULONG MaxBytesInUnicodeString,
				PULONG BytesInUnicodeString, const CHAR *MultiByteString,
				ULONG BytesInMultiByteString)
{
	ULONG i, count = MaxBytesInUnicodeString / sizeof(WCHAR);

	if (count > BytesInMultiByteString)
		count = BytesInMultiByteString;
	for (i = 0; i < count; i++)
		UnicodeString[i] = nt_ansi_to_unicode(MultiByteString[i]);
	if (BytesInUnicodeString)
		*BytesInUnicodeString = count * sizeof(WCHAR);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlMultiByteToUnicodeN);

/**
 * RtlMultiByteToUnicodeSize - the bytes that RtlMultiByteToUnicodeN() would write
 * @BytesInUnicodeString: receives them
 * @MultiByteString: source
 * @BytesInMultiByteString: its size
 *
 * IRQL: any here (Windows: PASSIVE_LEVEL).
 */
NTSTATUS RtlMultiByteToUnicodeSize(PULONG BytesInUnicodeString, const CHAR *MultiByteString,
				   ULONG BytesInMultiByteString)
{
	*BytesInUnicodeString = BytesInMultiByteString * sizeof(WCHAR);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlMultiByteToUnicodeSize);

/**
 * RtlUnicodeToMultiByteN - UTF-16 to ANSI
 * @MultiByteString: receives the text; '?' replaces what the code page lacks
 * @MaxBytesInMultiByteString: its room
 * @BytesInMultiByteString: receives the bytes written; may be NULL
 * @UnicodeString: source
 * @BytesInUnicodeString: its size
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, also when only a part
 * fits.
 */
NTSTATUS RtlUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytesInMultiByteString,
				PULONG BytesInMultiByteString, PCWCH UnicodeString,
				ULONG BytesInUnicodeString)
{
	ULONG i, count = BytesInUnicodeString / sizeof(WCHAR);

	if (count > MaxBytesInMultiByteString)
		count = MaxBytesInMultiByteString;
	for (i = 0; i < count; i++)
		MultiByteString[i] = to_ansi(UnicodeString[i]);
	if (BytesInMultiByteString)
		*BytesInMultiByteString = count;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlUnicodeToMultiByteN);

/**
 * RtlUpcaseUnicodeToMultiByteN - UTF-16 to ANSI, in upper case
 * @MultiByteString: see RtlUnicodeToMultiByteN()
 * @MaxBytesInMultiByteString: likewise
 * @BytesInMultiByteString: likewise
 * @UnicodeString: likewise
 * @BytesInUnicodeString: likewise
 *
 * IRQL: any here (Windows: PASSIVE_LEVEL).
 */
NTSTATUS RtlUpcaseUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytesInMultiByteString,
				      PULONG BytesInMultiByteString, PCWCH UnicodeString,
				      ULONG BytesInUnicodeString)
{
	ULONG i, count = BytesInUnicodeString / sizeof(WCHAR);

	if (count > MaxBytesInMultiByteString)
		count = MaxBytesInMultiByteString;
	for (i = 0; i < count; i++)
		MultiByteString[i] = to_ansi(RtlUpcaseUnicodeChar(UnicodeString[i]));
	if (BytesInMultiByteString)
		*BytesInMultiByteString = count;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlUpcaseUnicodeToMultiByteN);

/**
 * RtlUnicodeToMultiByteSize - the bytes that RtlUnicodeToMultiByteN() would write
 * @BytesInMultiByteString: receives them
 * @UnicodeString: source
 * @BytesInUnicodeString: its size
 *
 * IRQL: any here (Windows: PASSIVE_LEVEL).
 */
NTSTATUS RtlUnicodeToMultiByteSize(PULONG BytesInMultiByteString, PCWCH UnicodeString,
				   ULONG BytesInUnicodeString)
{
	*BytesInMultiByteString = BytesInUnicodeString / sizeof(WCHAR);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlUnicodeToMultiByteSize);

/**
 * RtlxAnsiStringToUnicodeSize - what RtlAnsiStringToUnicodeString() needs
 * @AnsiString: source
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns bytes, the terminator's too.
 */
ULONG RtlxAnsiStringToUnicodeSize(PCANSI_STRING AnsiString)
{
	return (AnsiString->Length + 1) * sizeof(WCHAR);
}
EXPORT_SYMBOL(RtlxAnsiStringToUnicodeSize);

/**
 * RtlxUnicodeStringToAnsiSize - what RtlUnicodeStringToAnsiString() needs
 * @UnicodeString: source
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns bytes, the terminator's too.
 */
ULONG RtlxUnicodeStringToAnsiSize(PCUNICODE_STRING UnicodeString)
{
	return UnicodeString->Length / sizeof(WCHAR) + 1;
}
EXPORT_SYMBOL(RtlxUnicodeStringToAnsiSize);

/**
 * RtlAnsiStringToUnicodeString - ANSI to UTF-16
 * @DestinationString: receives the text, terminated
 * @SourceString: source
 * @AllocateDestinationString: whether to allocate the buffer, which the caller
 *	then frees with RtlFreeUnicodeString()
 *
 * IRQL: PASSIVE_LEVEL (here <= DISPATCH_LEVEL). Returns STATUS_SUCCESS,
 * STATUS_NO_MEMORY, STATUS_BUFFER_OVERFLOW when the given buffer is too small for
 * the text and its terminator, STATUS_INVALID_PARAMETER_2 for a source that is too
 * long for a UNICODE_STRING. On failure nothing is written.
 */
NTSTATUS RtlAnsiStringToUnicodeString(PUNICODE_STRING DestinationString,
				      PCANSI_STRING SourceString,
				      BOOLEAN AllocateDestinationString)
{
	ULONG need = RtlxAnsiStringToUnicodeSize(SourceString);

	if (need > UNICODE_STRING_MAX_BYTES)
		return STATUS_INVALID_PARAMETER_2;
	if (AllocateDestinationString) {
		PWSTR buffer = ExAllocatePoolWithTag(PagedPool, need, NT_STRING_TAG);

		if (!buffer)
			return STATUS_NO_MEMORY;
		DestinationString->Buffer = buffer;
		DestinationString->MaximumLength = need;
	} else if (need > DestinationString->MaximumLength) {
		return STATUS_BUFFER_OVERFLOW;
	}
	RtlMultiByteToUnicodeN(DestinationString->Buffer, need, NULL, SourceString->Buffer,
			       SourceString->Length);
	DestinationString->Length = need - sizeof(WCHAR);
	DestinationString->Buffer[SourceString->Length] = 0;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlAnsiStringToUnicodeString);

static NTSTATUS to_ansi_string(PANSI_STRING to, PCUNICODE_STRING from, BOOLEAN allocate,
			       bool upper)
{
	ULONG need = RtlxUnicodeStringToAnsiSize(from);

	if (allocate) {
		PCHAR buffer = ExAllocatePoolWithTag(PagedPool, need, NT_STRING_TAG);

		if (!buffer)
			return STATUS_NO_MEMORY;
		to->Buffer = buffer;
		to->MaximumLength = need;
	} else if (need > to->MaximumLength) {
		return STATUS_BUFFER_OVERFLOW;
	}
	if (upper)
		RtlUpcaseUnicodeToMultiByteN(to->Buffer, need, NULL, from->Buffer, from->Length);
	else
		RtlUnicodeToMultiByteN(to->Buffer, need, NULL, from->Buffer, from->Length);
	to->Length = need - 1;
	to->Buffer[to->Length] = 0;
	return STATUS_SUCCESS;
}

/**
 * RtlUnicodeStringToAnsiString - UTF-16 to ANSI
 * @DestinationString: receives the text, terminated
 * @SourceString: source
 * @AllocateDestinationString: whether to allocate the buffer, which the caller
 *	then frees with RtlFreeAnsiString()
 *
 * IRQL: PASSIVE_LEVEL (here <= DISPATCH_LEVEL). Returns STATUS_SUCCESS,
 * STATUS_NO_MEMORY, or STATUS_BUFFER_OVERFLOW when the given buffer is too small
 * for the text and its terminator. On failure nothing is written.
 */
NTSTATUS RtlUnicodeStringToAnsiString(PANSI_STRING DestinationString,
				      PCUNICODE_STRING SourceString,
				      BOOLEAN AllocateDestinationString)
{
	return to_ansi_string(DestinationString, SourceString, AllocateDestinationString, false);
}
EXPORT_SYMBOL(RtlUnicodeStringToAnsiString);

/**
 * RtlUpcaseUnicodeStringToAnsiString - UTF-16 to ANSI, in upper case
 * @DestinationString: see RtlUnicodeStringToAnsiString()
 * @SourceString: likewise
 * @AllocateDestinationString: likewise
 *
 * IRQL: PASSIVE_LEVEL.
 */
NTSTATUS RtlUpcaseUnicodeStringToAnsiString(PANSI_STRING DestinationString,
					    PCUNICODE_STRING SourceString,
					    BOOLEAN AllocateDestinationString)
{
	return to_ansi_string(DestinationString, SourceString, AllocateDestinationString, true);
}
EXPORT_SYMBOL(RtlUpcaseUnicodeStringToAnsiString);
