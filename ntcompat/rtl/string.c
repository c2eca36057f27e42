// SPDX-License-Identifier: GPL-2.0
/* Counted strings. Pure code: it is also compiled and tested on the host. */
#include "string.h"

/**
 * RtlUpcaseUnicodeChar - the upper-case form of a character
 * @SourceCharacter: a UTF-16 unit
 *
 * ASCII, Latin-1, Greek and Cyrillic; others are returned as they are.
 */
WCHAR RtlUpcaseUnicodeChar(WCHAR SourceCharacter)
{
	WCHAR c = SourceCharacter;

	if (c < 0x80)
		return c >= 'a' && c <= 'z' ? c - 0x20 : c;
	if ((c >= 0xe0 && c <= 0xfe && c != 0xf7) || (c >= 0x430 && c <= 0x44f) ||
	    (c >= 0x3b1 && c <= 0x3cb && c != 0x3c2))
		return c - 0x20;
	if (c == 0xff)
		return 0x178;
	if (c >= 0x450 && c <= 0x45f)
		return c - 0x50;
	return c;
}
EXPORT_SYMBOL(RtlUpcaseUnicodeChar);

/**
 * RtlInitUnicodeString - describe a NUL-terminated wide string
 * @DestinationString: receives the description
 * @SourceString: the string, or NULL for an empty description
 *
 * IRQL: <= DISPATCH_LEVEL. A string longer than 65532 bytes is cut there.
 */
void RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
	size_t bytes = 0;

	DestinationString->Buffer = (PWSTR)SourceString;
	DestinationString->Length = 0;
	DestinationString->MaximumLength = 0;
	if (!SourceString)
		return;
	while (bytes < UNICODE_STRING_MAX_BYTES - sizeof(WCHAR) && SourceString[bytes / sizeof(WCHAR)])
		bytes += sizeof(WCHAR);
	DestinationString->Length = bytes;
	DestinationString->MaximumLength = bytes + sizeof(WCHAR);
}
EXPORT_SYMBOL(RtlInitUnicodeString);

/**
 * RtlInitAnsiString - describe a NUL-terminated string
 * @DestinationString: receives the description
 * @SourceString: the string, or NULL
 */
void RtlInitAnsiString(PANSI_STRING DestinationString, PCSZ SourceString)
{
	size_t bytes = 0;

	DestinationString->Buffer = (PCHAR)SourceString;
	DestinationString->Length = 0;
	DestinationString->MaximumLength = 0;
	if (!SourceString)
		return;
	while (bytes < 0xfffe && SourceString[bytes])
		bytes++;
	DestinationString->Length = bytes;
	DestinationString->MaximumLength = bytes + 1;
}
EXPORT_SYMBOL(RtlInitAnsiString);

static void terminate_if_room(PUNICODE_STRING string)
{
	if (string->MaximumLength - string->Length >= (int)sizeof(WCHAR))
		string->Buffer[string->Length / sizeof(WCHAR)] = 0;
}

/**
 * RtlCopyUnicodeString - copy as much as fits
 * @DestinationString: a buffer of MaximumLength bytes
 * @SourceString: source, or NULL for an empty one
 *
 * IRQL: <= DISPATCH_LEVEL. A NUL is added when there is room.
 */
void RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
	USHORT bytes = SourceString ? SourceString->Length : 0;

	if (bytes > DestinationString->MaximumLength)
		bytes = DestinationString->MaximumLength;
	if (bytes)
		memmove(DestinationString->Buffer, SourceString->Buffer, bytes);
	DestinationString->Length = bytes;
	terminate_if_room(DestinationString);
}
EXPORT_SYMBOL(RtlCopyUnicodeString);

/**
 * RtlCompareUnicodeString - order of two strings, unit by unit
 * @String1: one
 * @String2: the other
 * @CaseInSensitive: compare the upper-case forms
 *
 * Returns less than, equal to or greater than 0.
 */
LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			     BOOLEAN CaseInSensitive)
{
	USHORT units1 = String1->Length / sizeof(WCHAR);
	USHORT units2 = String2->Length / sizeof(WCHAR);
	USHORT i;

	for (i = 0; i < units1 && i < units2; i++) {
		WCHAR a = String1->Buffer[i];
		WCHAR b = String2->Buffer[i];

		if (CaseInSensitive) {
			a = RtlUpcaseUnicodeChar(a);
			b = RtlUpcaseUnicodeChar(b);
		}
		if (a != b)
			return (LONG)a - (LONG)b;
	}
	return (LONG)units1 - (LONG)units2;
}
EXPORT_SYMBOL(RtlCompareUnicodeString);

/**
 * RtlEqualUnicodeString - are two strings the same?
 * @String1: one
 * @String2: the other
 * @CaseInSensitive: compare the upper-case forms
 */
BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			      BOOLEAN CaseInSensitive)
{
	return String1->Length == String2->Length &&
	       !RtlCompareUnicodeString(String1, String2, CaseInSensitive);
}
EXPORT_SYMBOL(RtlEqualUnicodeString);

/**
 * RtlAppendUnicodeStringToString - append a counted string
 * @Destination: string with room behind it
 * @Source: what to append
 *
 * Returns STATUS_SUCCESS, or STATUS_BUFFER_TOO_SMALL with nothing changed.
 */
NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source)
{
	if (Source->Length > Destination->MaximumLength - Destination->Length)
		return STATUS_BUFFER_TOO_SMALL;
	if (Source->Length)
		memmove((char *)Destination->Buffer + Destination->Length, Source->Buffer,
			Source->Length);
	Destination->Length += Source->Length;
	terminate_if_room(Destination);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlAppendUnicodeStringToString);

/**
 * RtlAppendUnicodeToString - append a NUL-terminated string
 * @Destination: string with room behind it
 * @Source: what to append, or NULL for nothing
 *
 * Returns STATUS_SUCCESS or STATUS_BUFFER_TOO_SMALL.
 */
NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source)
{
	UNICODE_STRING source;

	RtlInitUnicodeString(&source, Source);
	return RtlAppendUnicodeStringToString(Destination, &source);
}
EXPORT_SYMBOL(RtlAppendUnicodeToString);

/**
 * RtlIntegerToUnicodeString - a number in text
 * @Value: the number
 * @Base: 2, 8, 10 or 16; 0 means 10
 * @String: receives the text
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_BUFFER_OVERFLOW when it
 * does not fit, STATUS_INVALID_PARAMETER for another base.
 */
NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String)
{
	WCHAR digits[32];
	int at = ARRAY_SIZE(digits);
	USHORT bytes;

	if (!Base)
		Base = 10;
	if (Base != 2 && Base != 8 && Base != 10 && Base != 16)
		return STATUS_INVALID_PARAMETER;
	do {
		digits[--at] = "0123456789ABCDEF"[Value % Base];
		Value /= Base;
	} while (Value);
	bytes = (ARRAY_SIZE(digits) - at) * sizeof(WCHAR);
	if (bytes > String->MaximumLength)
		return STATUS_BUFFER_OVERFLOW;
	memcpy(String->Buffer, &digits[at], bytes);
	String->Length = bytes;
	terminate_if_room(String);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlIntegerToUnicodeString);

/**
 * RtlFreeUnicodeString - free a string that a routine of the system allocated
 * @UnicodeString: the string; its members are zeroed
 *
 * IRQL: PASSIVE_LEVEL. For strings of RtlAnsiStringToUnicodeString(),
 * IoRegisterDeviceInterface() and the like; an empty one is left alone. WDK:
 * "RtlFreeUnicodeString".
 */
VOID RtlFreeUnicodeString(PUNICODE_STRING UnicodeString)
{
	if (UnicodeString->Buffer)
		ExFreePool(UnicodeString->Buffer);
	memset(UnicodeString, 0, sizeof(*UnicodeString));
}
EXPORT_SYMBOL(RtlFreeUnicodeString);

/**
 * RtlFreeAnsiString - free a string that a routine of the system allocated
 * @AnsiString: the string; its members are zeroed
 *
 * IRQL: PASSIVE_LEVEL. For strings of RtlUnicodeStringToAnsiString(). WDK:
 * "RtlFreeAnsiString".
 */
VOID RtlFreeAnsiString(PANSI_STRING AnsiString)
{
	if (AnsiString->Buffer)
		ExFreePool(AnsiString->Buffer);
	memset(AnsiString, 0, sizeof(*AnsiString));
}
EXPORT_SYMBOL(RtlFreeAnsiString);

/**
 * RtlCompareMemory - how many bytes are equal from the start
 * @Source1: one block
 * @Source2: the other
 * @Length: their size
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
