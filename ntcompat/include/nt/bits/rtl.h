/* SPDX-License-Identifier: GPL-2.0 */
/* Run-time library: memory, strings, doubly linked lists. */
#ifndef _NT_RTL_H
#define _NT_RTL_H

#include "../ntdef.h"

EXTERN_C_START

SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length);
VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
VOID RtlInitAnsiString(PANSI_STRING DestinationString, PCSZ SourceString);
VOID RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString);
LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			     BOOLEAN CaseInSensitive);
BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			      BOOLEAN CaseInSensitive);
NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source);
NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source);
NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String);
WCHAR RtlUpcaseUnicodeChar(WCHAR SourceCharacter);
VOID RtlFreeUnicodeString(PUNICODE_STRING UnicodeString);
VOID RtlFreeAnsiString(PANSI_STRING AnsiString);

#ifndef NTCOMPAT_CORE
/* The kernel's own memory routines: the same in both worlds. */
void *memcpy(void *to, const void *from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int c, size_t len);
int memcmp(const void *a, const void *b, size_t len);
size_t strlen(const char *s);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t len);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t len);
char *strcat(char *to, const char *from);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *what);

/* The formatted ones differ (%wZ, %I64x, 32-bit %lu): ours, never the kernel's. */
int nt_sprintf(char *to, const char *format, ...);
int nt__snprintf(char *to, size_t len, const char *format, ...);
int nt__vsnprintf(char *to, size_t len, const char *format, __builtin_va_list args);
int nt_swprintf(WCHAR *to, const WCHAR *format, ...);
int nt__snwprintf(WCHAR *to, size_t len, const WCHAR *format, ...);
#define sprintf			nt_sprintf
#define _snprintf		nt__snprintf
#define _vsnprintf		nt__vsnprintf
#define swprintf		nt_swprintf
#define _swprintf		nt_swprintf
#define _snwprintf		nt__snwprintf

#define RtlCopyMemory(to, from, len)	memcpy((to), (from), (len))
#define RtlMoveMemory(to, from, len)	memmove((to), (from), (len))
#define RtlZeroMemory(to, len)		memset((to), 0, (len))
#define RtlFillMemory(to, len, byte)	memset((to), (byte), (len))
#define RtlEqualMemory(a, b, len)	(!memcmp((a), (b), (len)))
#define RtlCopyBytes			RtlCopyMemory
#define RtlZeroBytes			RtlZeroMemory
#define RtlFillBytes			RtlFillMemory
#endif

NT_INLINE VOID RtlInitEmptyUnicodeString(PUNICODE_STRING String, PWCHAR Buffer, USHORT BufferSize)
{
	String->Length = 0;
	String->MaximumLength = BufferSize;
	String->Buffer = Buffer;
}

NT_INLINE VOID InitializeListHead(PLIST_ENTRY Head)
{
	Head->Flink = Head->Blink = Head;
}

NT_INLINE BOOLEAN IsListEmpty(const LIST_ENTRY *Head)
{
	return (BOOLEAN)(Head->Flink == Head);
}

NT_INLINE BOOLEAN RemoveEntryList(PLIST_ENTRY Entry)
{
	PLIST_ENTRY next = Entry->Flink;
	PLIST_ENTRY prev = Entry->Blink;

	prev->Flink = next;
	next->Blink = prev;
	return (BOOLEAN)(next == prev);
}

NT_INLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY Head)
{
	PLIST_ENTRY entry = Head->Flink;

	RemoveEntryList(entry);
	return entry;
}

NT_INLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY Head)
{
	PLIST_ENTRY entry = Head->Blink;

	RemoveEntryList(entry);
	return entry;
}

NT_INLINE VOID InsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry)
{
	PLIST_ENTRY last = Head->Blink;

	Entry->Flink = Head;
	Entry->Blink = last;
	last->Flink = Entry;
	Head->Blink = Entry;
}

NT_INLINE VOID InsertHeadList(PLIST_ENTRY Head, PLIST_ENTRY Entry)
{
	PLIST_ENTRY first = Head->Flink;

	Entry->Flink = first;
	Entry->Blink = Head;
	first->Blink = Entry;
	Head->Flink = Entry;
}

NT_INLINE VOID AppendTailList(PLIST_ENTRY Head, PLIST_ENTRY Appended)
{
	PLIST_ENTRY last = Head->Blink;

	Head->Blink->Flink = Appended;
	Head->Blink = Appended->Blink;
	Appended->Blink->Flink = Head;
	Appended->Blink = last;
}

NT_INLINE PSINGLE_LIST_ENTRY PopEntryList(PSINGLE_LIST_ENTRY Head)
{
	PSINGLE_LIST_ENTRY entry = Head->Next;

	if (entry)
		Head->Next = entry->Next;
	return entry;
}

NT_INLINE VOID PushEntryList(PSINGLE_LIST_ENTRY Head, PSINGLE_LIST_ENTRY Entry)
{
	Entry->Next = Head->Next;
	Head->Next = Entry;
}

EXTERN_C_END

#endif /* _NT_RTL_H */
