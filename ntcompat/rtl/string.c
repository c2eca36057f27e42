// SPDX-License-Identifier: GPL-2.0
/* Counted strings. Pure code: it is also compiled and tested on the host. */
#include "string.h"

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
 * RtlInitUnicodeStringEx - describe a NUL-terminated wide string that may be too long
 * @DestinationString: receives the description
 * @SourceString: the string, or NULL for an empty description
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, or STATUS_NAME_TOO_LONG for a
 * string longer than 65532 bytes, with an empty description.
 */
NTSTATUS RtlInitUnicodeStringEx(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
	RtlInitUnicodeString(DestinationString, SourceString);
	if (!SourceString || !SourceString[DestinationString->Length / sizeof(WCHAR)])
		return STATUS_SUCCESS;
	*DestinationString = (UNICODE_STRING) { 0 };
	return STATUS_NAME_TOO_LONG;
}
EXPORT_SYMBOL(RtlInitUnicodeStringEx);

/* The terminator that most routines add when there is room for one. */
void nt_terminate_if_room(PUNICODE_STRING string)
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
	nt_terminate_if_room(DestinationString);
}
EXPORT_SYMBOL(RtlCopyUnicodeString);

/**
 * RtlCompareUnicodeStrings - order of two texts, unit by unit
 * @String1: one
 * @String1Length: its length in units
 * @String2: the other
 * @String2Length: its length in units
 * @CaseInSensitive: compare the upper-case forms
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns less than, equal to or greater than 0.
 */
LONG RtlCompareUnicodeStrings(PCWCH String1, SIZE_T String1Length, PCWCH String2,
			      SIZE_T String2Length, BOOLEAN CaseInSensitive)
{
	SIZE_T i;

	for (i = 0; i < String1Length && i < String2Length; i++) {
		WCHAR a = String1[i], b = String2[i];

		if (a != b && CaseInSensitive) {
			a = RtlUpcaseUnicodeChar(a);
			b = RtlUpcaseUnicodeChar(b);
		}
		if (a != b)
			return (LONG)a - (LONG)b;
	}
	return (String1Length > String2Length) - (String1Length < String2Length);
}
EXPORT_SYMBOL(RtlCompareUnicodeStrings);

/**
 * RtlCompareUnicodeString - order of two strings, unit by unit
 * @String1: one
 * @String2: the other
 * @CaseInSensitive: compare the upper-case forms
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns less than, equal to or greater than 0.
 */
LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			     BOOLEAN CaseInSensitive)
{
	return RtlCompareUnicodeStrings(String1->Buffer, String1->Length / sizeof(WCHAR),
					String2->Buffer, String2->Length / sizeof(WCHAR),
					CaseInSensitive);
}
EXPORT_SYMBOL(RtlCompareUnicodeString);

/**
 * RtlEqualUnicodeString - are two strings the same?
 * @String1: one
 * @String2: the other
 * @CaseInSensitive: compare the upper-case forms
 *
 * IRQL: any here (Windows: PASSIVE_LEVEL).
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
 * IRQL: any. Returns STATUS_SUCCESS, or STATUS_BUFFER_TOO_SMALL with nothing changed.
 */
NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source)
{
	if (Source->Length > Destination->MaximumLength - Destination->Length)
		return STATUS_BUFFER_TOO_SMALL;
	if (Source->Length)
		memmove((char *)Destination->Buffer + Destination->Length, Source->Buffer,
			Source->Length);
	Destination->Length += Source->Length;
	nt_terminate_if_room(Destination);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlAppendUnicodeStringToString);

/**
 * RtlAppendUnicodeToString - append a NUL-terminated string
 * @Destination: string with room behind it
 * @Source: what to append, or NULL for nothing
 *
 * IRQL: any. Returns STATUS_SUCCESS or STATUS_BUFFER_TOO_SMALL.
 */
NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source)
{
	UNICODE_STRING source;

	RtlInitUnicodeString(&source, Source);
	return RtlAppendUnicodeStringToString(Destination, &source);
}
EXPORT_SYMBOL(RtlAppendUnicodeToString);

/**
 * RtlPrefixUnicodeString - does a string begin with another?
 * @String1: the beginning
 * @String2: the string
 * @CaseInSensitive: compare the upper-case forms
 *
 * IRQL: PASSIVE_LEVEL (here any).
 */
BOOLEAN RtlPrefixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			       BOOLEAN CaseInSensitive)
{
	size_t units = String1->Length / sizeof(WCHAR);

	return String1->Length <= String2->Length &&
	       !RtlCompareUnicodeStrings(String1->Buffer, units, String2->Buffer, units,
					 CaseInSensitive);
}
EXPORT_SYMBOL(RtlPrefixUnicodeString);

/**
 * RtlHashUnicodeString - a hash of a string
 * @String: the string
 * @CaseInSensitive: hash the upper-case form
 * @HashAlgorithm: HASH_STRING_ALGORITHM_DEFAULT or HASH_STRING_ALGORITHM_X65599
 * @HashValue: receives the hash
 *
 * IRQL: <= APC_LEVEL (here any). Returns STATUS_SUCCESS, or
 * STATUS_INVALID_PARAMETER for a NULL and for another algorithm.
 */
NTSTATUS RtlHashUnicodeString(PCUNICODE_STRING String, BOOLEAN CaseInSensitive,
			      ULONG HashAlgorithm, PULONG HashValue)
{
	ULONG hash = 0;
	USHORT i;

	if (!String || !HashValue || (HashAlgorithm != HASH_STRING_ALGORITHM_DEFAULT &&
				      HashAlgorithm != HASH_STRING_ALGORITHM_X65599))
		return STATUS_INVALID_PARAMETER;
	for (i = 0; i < String->Length / sizeof(WCHAR); i++) {
		WCHAR c = String->Buffer[i];

		hash = hash * 65599 + (CaseInSensitive ? RtlUpcaseUnicodeChar(c) : c);
	}
	*HashValue = hash;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlHashUnicodeString);

/**
 * RtlFreeUnicodeString - free the buffer that another routine has allocated
 * @UnicodeString: a string made by RtlAnsiStringToUnicodeString(),
 *	RtlUpcaseUnicodeString(), RtlStringFromGUID() ...; empty afterwards
 *
 * IRQL: PASSIVE_LEVEL (here <= DISPATCH_LEVEL). A string without a buffer is left
 * as it is.
 */
void RtlFreeUnicodeString(PUNICODE_STRING UnicodeString)
{
	if (!UnicodeString->Buffer)
		return;
	ExFreePool(UnicodeString->Buffer);
	*UnicodeString = (UNICODE_STRING) { 0 };
}
EXPORT_SYMBOL(RtlFreeUnicodeString);

/* A copy in the pool, with a terminator or without. */
static NTSTATUS duplicate(PUNICODE_STRING to, const void *from, size_t bytes, bool terminate)
{
	size_t room = bytes + (terminate ? sizeof(WCHAR) : 0);

	if (room > UNICODE_STRING_MAX_BYTES)
		return STATUS_NAME_TOO_LONG;
	to->Buffer = ExAllocatePoolWithTag(PagedPool, room, NT_STRING_TAG);
	if (!to->Buffer)
		return STATUS_NO_MEMORY;
	if (bytes)
		memcpy(to->Buffer, from, bytes);
	to->Length = bytes;
	to->MaximumLength = room;
	nt_terminate_if_room(to);
	return STATUS_SUCCESS;
}

/**
 * RtlCreateUnicodeString - a copy of a NUL-terminated string
 * @DestinationString: receives the copy, to be freed with RtlFreeUnicodeString()
 * @SourceString: source
 *
 * IRQL: < DISPATCH_LEVEL (here <= DISPATCH_LEVEL). Returns FALSE when there is no memory, or the
 * string is too long for a UNICODE_STRING.
 */
BOOLEAN RtlCreateUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
	UNICODE_STRING source;

	return NT_SUCCESS(RtlInitUnicodeStringEx(&source, SourceString)) &&
	       NT_SUCCESS(duplicate(DestinationString, source.Buffer, source.Length, true));
}
EXPORT_SYMBOL(RtlCreateUnicodeString);

/**
 * RtlDuplicateUnicodeString - a copy of a counted string
 * @Flags: RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE: with a terminator; and with it
 *	RTL_DUPLICATE_UNICODE_STRING_ALLOCATE_NULL_STRING: also for an empty one
 * @StringIn: source; without a buffer its lengths must be 0
 * @StringOut: receives the copy, to be freed with RtlFreeUnicodeString(); an empty
 *	string has no buffer unless @Flags ask for one
 *
 * IRQL: < DISPATCH_LEVEL (here <= DISPATCH_LEVEL). Returns STATUS_SUCCESS, STATUS_NO_MEMORY,
 * STATUS_INVALID_PARAMETER, or STATUS_NAME_TOO_LONG when a terminator has no place.
 */
NTSTATUS RtlDuplicateUnicodeString(ULONG Flags, PCUNICODE_STRING StringIn,
				   PUNICODE_STRING StringOut)
{
	const ULONG terminate = RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE;
	const ULONG even_empty = RTL_DUPLICATE_UNICODE_STRING_ALLOCATE_NULL_STRING;

	if (Flags & ~(terminate | even_empty) || Flags == even_empty || !StringIn || !StringOut ||
	    StringIn->Length % sizeof(WCHAR) || StringIn->MaximumLength % sizeof(WCHAR) ||
	    StringIn->Length > StringIn->MaximumLength ||
	    (!StringIn->Buffer && StringIn->MaximumLength))
		return STATUS_INVALID_PARAMETER;
	if (!StringIn->Length && !(Flags & even_empty)) {
		*StringOut = (UNICODE_STRING) { 0 };
		return STATUS_SUCCESS;
	}
	return duplicate(StringOut, StringIn->Buffer, StringIn->Length, Flags & terminate);
}
EXPORT_SYMBOL(RtlDuplicateUnicodeString);
