// SPDX-License-Identifier: GPL-2.0
/* GUIDs in text. Pure code: it is also compiled and tested on the host. */
#include "string.h"

#define GUID_CHARS	38	/* {8-4-4-4-12} */

/* In the order of the text, which has the first three as numbers. */
static void to_bytes(const GUID *guid, u8 bytes[16])
{
	int i;

	for (i = 0; i < 4; i++)
		bytes[i] = guid->Data1 >> (24 - 8 * i);
	for (i = 0; i < 2; i++) {
		bytes[4 + i] = guid->Data2 >> (8 - 8 * i);
		bytes[6 + i] = guid->Data3 >> (8 - 8 * i);
	}
	memcpy(&bytes[8], guid->Data4, 8);
}

static void from_bytes(GUID *guid, const u8 bytes[16])
{
	guid->Data1 = (ULONG)bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
	guid->Data2 = bytes[4] << 8 | bytes[5];
	guid->Data3 = bytes[6] << 8 | bytes[7];
	memcpy(guid->Data4, &bytes[8], 8);
}

/* Is there a dash before byte @i? */
static bool dash_before(int i)
{
	return i == 4 || i == 6 || i == 8 || i == 10;
}

/**
 * RtlStringFromGUID - a GUID in text
 * @Guid: the GUID
 * @GuidString: receives "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}", terminated, in a
 *	buffer that the caller frees with RtlFreeUnicodeString()
 *
 * IRQL: PASSIVE_LEVEL (here <= DISPATCH_LEVEL). Returns STATUS_SUCCESS or
 * STATUS_NO_MEMORY.
 */
NTSTATUS RtlStringFromGUID(const GUID *Guid, PUNICODE_STRING GuidString)
{
	const USHORT room = (GUID_CHARS + 1) * sizeof(WCHAR);
	u8 bytes[16];
	WCHAR *at;
	int i;

	at = ExAllocatePoolWithTag(PagedPool, room, NT_STRING_TAG);
	if (!at)
		return STATUS_NO_MEMORY;
	GuidString->Buffer = at;
	GuidString->Length = room - sizeof(WCHAR);
	GuidString->MaximumLength = room;
	to_bytes(Guid, bytes);
	*at++ = '{';
	for (i = 0; i < 16; i++) {
		if (dash_before(i))
			*at++ = '-';
		*at++ = "0123456789abcdef"[bytes[i] >> 4];
		*at++ = "0123456789abcdef"[bytes[i] & 15];
	}
	*at++ = '}';
	*at = 0;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlStringFromGUID);

static int hex_value(WCHAR c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/**
 * RtlGUIDFromString - a GUID from its text
 * @GuidString: "{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}" and no more
 * @Guid: receives the GUID
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, or
 * STATUS_INVALID_PARAMETER with nothing written.
 */
NTSTATUS RtlGUIDFromString(PCUNICODE_STRING GuidString, GUID *Guid)
{
	const WCHAR *at = GuidString->Buffer;
	u8 bytes[16];
	int i;

	if (GuidString->Length != GUID_CHARS * sizeof(WCHAR) || *at++ != '{')
		return STATUS_INVALID_PARAMETER;
	for (i = 0; i < 16; i++) {
		int high, low;

		if (dash_before(i) && *at++ != '-')
			return STATUS_INVALID_PARAMETER;
		high = hex_value(*at++);
		low = hex_value(*at++);
		if (high < 0 || low < 0)
			return STATUS_INVALID_PARAMETER;
		bytes[i] = high << 4 | low;
	}
	if (*at != '}')
		return STATUS_INVALID_PARAMETER;
	from_bytes(Guid, bytes);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlGUIDFromString);
