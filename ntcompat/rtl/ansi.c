// SPDX-License-Identifier: GPL-2.0
/* Counted narrow strings. Pure code: it is also compiled and tested on the host. */
#include "string.h"

#define MAX_BYTES	0xfffe		/* and a terminator */

/**
 * RtlInitString - describe a NUL-terminated string
 * @DestinationString: receives the description
 * @SourceString: the string, or NULL for an empty description
 *
 * IRQL: <= DISPATCH_LEVEL. A string longer than 65534 bytes is cut there.
 */
void RtlInitString(PSTRING DestinationString, PCSZ SourceString)
{
	size_t bytes = 0;

	DestinationString->Buffer = (PCHAR)SourceString;
	DestinationString->Length = 0;
	DestinationString->MaximumLength = 0;
	if (!SourceString)
		return;
	while (bytes < MAX_BYTES && SourceString[bytes])
		bytes++;
	DestinationString->Length = bytes;
	DestinationString->MaximumLength = bytes + 1;
}
EXPORT_SYMBOL(RtlInitString);

/**
 * RtlInitAnsiString - describe a NUL-terminated string
 * @DestinationString: receives the description
 * @SourceString: the string, or NULL
 *
 * IRQL: <= DISPATCH_LEVEL. See RtlInitString().
 */
void RtlInitAnsiString(PANSI_STRING DestinationString, PCSZ SourceString)
{
	RtlInitString(DestinationString, SourceString);
}
EXPORT_SYMBOL(RtlInitAnsiString);

/**
 * RtlInitAnsiStringEx - describe a NUL-terminated string that may be too long
 * @DestinationString: receives the description
 * @SourceString: the string, or NULL for an empty description
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, or STATUS_NAME_TOO_LONG for more
 * than 65534 bytes, with an empty description.
 */
NTSTATUS RtlInitAnsiStringEx(PANSI_STRING DestinationString, PCSZ SourceString)
{
	RtlInitString(DestinationString, SourceString);
	if (!SourceString || !SourceString[DestinationString->Length])
		return STATUS_SUCCESS;
	*DestinationString = (ANSI_STRING) { 0 };
	return STATUS_NAME_TOO_LONG;
}
EXPORT_SYMBOL(RtlInitAnsiStringEx);

/**
 * RtlFreeAnsiString - free the buffer that another routine has allocated
 * @AnsiString: a string made by RtlUnicodeStringToAnsiString(); empty afterwards
 *
 * IRQL: PASSIVE_LEVEL (here <= DISPATCH_LEVEL).
 */
void RtlFreeAnsiString(PANSI_STRING AnsiString)
{
	if (!AnsiString->Buffer)
		return;
	ExFreePool(AnsiString->Buffer);
	*AnsiString = (ANSI_STRING) { 0 };
}
EXPORT_SYMBOL(RtlFreeAnsiString);

/**
 * RtlUpperChar - the upper-case form of a character
 * @Character: a character of the ANSI code page
 *
 * IRQL: any here (Windows: PASSIVE_LEVEL). A character whose upper-case form is
 * not in the code page is returned as it is.
 */
CHAR RtlUpperChar(CHAR Character)
{
	WCHAR upper = RtlUpcaseUnicodeChar(nt_ansi_to_unicode(Character));
	int ansi = nt_unicode_to_ansi(upper);

	return ansi < 0 ? Character : (CHAR)ansi;
}
EXPORT_SYMBOL(RtlUpperChar);

static CHAR keep(CHAR character)
{
	return character;
}

static void copy(PSTRING to, const STRING *from, CHAR (*change)(CHAR))
{
	USHORT i, bytes = from ? from->Length : 0;

	if (bytes > to->MaximumLength)
		bytes = to->MaximumLength;
	for (i = 0; i < bytes; i++)
		to->Buffer[i] = change(from->Buffer[i]);
	to->Length = bytes;
}

/**
 * RtlCopyString - copy as much as fits
 * @DestinationString: a buffer of MaximumLength bytes
 * @SourceString: source, or NULL for an empty one
 *
 * IRQL: <= DISPATCH_LEVEL. No terminator is added.
 */
void RtlCopyString(PSTRING DestinationString, const STRING *SourceString)
{
	copy(DestinationString, SourceString, keep);
}
EXPORT_SYMBOL(RtlCopyString);

/**
 * RtlUpperString - copy as much as fits, in upper case
 * @DestinationString: a buffer of MaximumLength bytes; may be @SourceString
 * @SourceString: source
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void RtlUpperString(PSTRING DestinationString, const STRING *SourceString)
{
	copy(DestinationString, SourceString, RtlUpperChar);
}
EXPORT_SYMBOL(RtlUpperString);

static LONG compare(const CHAR *a, size_t a_length, const CHAR *b, size_t b_length,
		    BOOLEAN any_case)
{
	size_t i;

	for (i = 0; i < a_length && i < b_length; i++) {
		u8 x = any_case ? RtlUpperChar(a[i]) : a[i];
		u8 y = any_case ? RtlUpperChar(b[i]) : b[i];

		if (x != y)
			return (LONG)x - (LONG)y;
	}
	return (LONG)a_length - (LONG)b_length;
}

/**
 * RtlCompareString - order of two strings, byte by byte
 * @String1: one
 * @String2: the other
 * @CaseInSensitive: compare the upper-case forms
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns less than, equal to or greater than 0.
 */
LONG RtlCompareString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
	return compare(String1->Buffer, String1->Length, String2->Buffer, String2->Length,
		       CaseInSensitive);
}
EXPORT_SYMBOL(RtlCompareString);

/**
 * RtlEqualString - are two strings the same?
 * @String1: one
 * @String2: the other
 * @CaseInSensitive: compare the upper-case forms
 *
 * IRQL: PASSIVE_LEVEL (here any).
 */
BOOLEAN RtlEqualString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
	return String1->Length == String2->Length &&
	       !RtlCompareString(String1, String2, CaseInSensitive);
}
EXPORT_SYMBOL(RtlEqualString);

/**
 * RtlPrefixString - does a string begin with another?
 * @String1: the beginning
 * @String2: the string
 * @CaseInSensitive: compare the upper-case forms
 *
 * IRQL: PASSIVE_LEVEL (here any).
 */
BOOLEAN RtlPrefixString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
	return String1->Length <= String2->Length &&
	       !compare(String1->Buffer, String1->Length, String2->Buffer, String1->Length,
			CaseInSensitive);
}
EXPORT_SYMBOL(RtlPrefixString);

/**
 * RtlAppendStringToString - append a counted string
 * @Destination: string with room behind it
 * @Source: what to append
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, or
 * STATUS_BUFFER_TOO_SMALL with nothing changed. No terminator is added.
 */
NTSTATUS RtlAppendStringToString(PSTRING Destination, const STRING *Source)
{
	if (Source->Length > Destination->MaximumLength - Destination->Length)
		return STATUS_BUFFER_TOO_SMALL;
	if (Source->Length)
		memmove(Destination->Buffer + Destination->Length, Source->Buffer, Source->Length);
	Destination->Length += Source->Length;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlAppendStringToString);

/**
 * RtlAppendAsciizToString - append a NUL-terminated string
 * @Destination: string with room behind it
 * @Source: what to append, or NULL for nothing
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns as RtlAppendStringToString() does.
 */
NTSTATUS RtlAppendAsciizToString(PSTRING Destination, PCSZ Source)
{
	STRING source;

	if (!NT_SUCCESS(RtlInitAnsiStringEx(&source, Source)))
		return STATUS_BUFFER_TOO_SMALL;
	return RtlAppendStringToString(Destination, &source);
}
EXPORT_SYMBOL(RtlAppendAsciizToString);
