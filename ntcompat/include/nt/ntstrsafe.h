/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ntstrsafe.h - strings that know the size of their buffer
 *
 * All inline, as in the WDK. The rules are those of the pages "RtlStringCchCopyEx"
 * and its neighbours: STATUS_INVALID_PARAMETER for a buffer of no or too large a
 * size, or a NULL without STRSAFE_IGNORE_NULLS; STATUS_BUFFER_OVERFLOW for a text
 * that was cut.
 */
#ifndef _NTSTRSAFE_H_INCLUDED_
#define _NTSTRSAFE_H_INCLUDED_

#include "ntdef.h"
#include "ntstatus.h"
#include "bits/crt.h"

#define NTSTRSAFE_MAX_CCH		2147483647
#define NTSTRSAFE_MAX_LENGTH		(NTSTRSAFE_MAX_CCH - 1)
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(WCHAR))

#define STRSAFE_IGNORE_NULLS		0x00000100
#define STRSAFE_FILL_BEHIND_NULL	0x00000200
#define STRSAFE_FILL_BEHIND		0x00000200
#define STRSAFE_FILL_ON_FAILURE		0x00000400
#define STRSAFE_NULL_ON_FAILURE		0x00000800
#define STRSAFE_ZERO_LENGTH_ON_FAILURE	0x00000800
#define STRSAFE_NO_TRUNCATION		0x00001000
#define STRSAFE_VALID_FLAGS		0x00001fff
#define STRSAFE_FILL_BYTE(x)		((ULONG)(((x) & 0xff) | STRSAFE_FILL_BEHIND_NULL))
#define STRSAFE_FAILURE_BYTE(x)		((ULONG)(((x) & 0xff) | STRSAFE_FILL_ON_FAILURE))

#define NT_STRSAFE			static inline __attribute__((__unused__))
#define NT_STRSAFE_ALL			(~(size_t)0)

typedef PCHAR NTSTRSAFE_PSTR;
typedef PCSTR NTSTRSAFE_PCSTR;
typedef PWSTR NTSTRSAFE_PWSTR;
typedef PCWSTR NTSTRSAFE_PCWSTR;

/* Remaining bytes as characters. */
NT_STRSAFE NTSTATUS nt_strsafe_chars(NTSTATUS status, size_t bytes, size_t size, size_t *chars)
{
	if (chars && (NT_SUCCESS(status) || status == STATUS_BUFFER_OVERFLOW))
		*chars = bytes / size;
	return status;
}

/* A caller's count that happens to be the one that means "all" is too large. */
NT_STRSAFE size_t nt_strsafe_count(size_t count)
{
	return count == NT_STRSAFE_ALL ? count - 1 : count;
}

static const CHAR nt_emptyA[1] __attribute__((__unused__)) = { 0 };
static const WCHAR nt_emptyW[1] __attribute__((__unused__)) = { 0 };

#define NT_CH				CHAR
#define NT_N(name)			name##A
#define NT_VPRINT			_vsnprintf
#include "bits/strsafe_body.h"
#undef NT_CH
#undef NT_N
#undef NT_VPRINT

#define NT_CH				WCHAR
#define NT_N(name)			name##W
#define NT_VPRINT			_vsnwprintf
#include "bits/strsafe_body.h"
#undef NT_CH
#undef NT_N
#undef NT_VPRINT

#include "bits/strsafe_unicode.h"

/* The names without a suffix follow UNICODE. */
#ifdef UNICODE
#define NT_STRSAFE_T(name)		name##W
#else
#define NT_STRSAFE_T(name)		name##A
#endif
#define RtlStringCchCopy		NT_STRSAFE_T(RtlStringCchCopy)
#define RtlStringCbCopy			NT_STRSAFE_T(RtlStringCbCopy)
#define RtlStringCchCopyEx		NT_STRSAFE_T(RtlStringCchCopyEx)
#define RtlStringCbCopyEx		NT_STRSAFE_T(RtlStringCbCopyEx)
#define RtlStringCchCopyN		NT_STRSAFE_T(RtlStringCchCopyN)
#define RtlStringCbCopyN		NT_STRSAFE_T(RtlStringCbCopyN)
#define RtlStringCchCopyNEx		NT_STRSAFE_T(RtlStringCchCopyNEx)
#define RtlStringCbCopyNEx		NT_STRSAFE_T(RtlStringCbCopyNEx)
#define RtlStringCchCat			NT_STRSAFE_T(RtlStringCchCat)
#define RtlStringCbCat			NT_STRSAFE_T(RtlStringCbCat)
#define RtlStringCchCatEx		NT_STRSAFE_T(RtlStringCchCatEx)
#define RtlStringCbCatEx		NT_STRSAFE_T(RtlStringCbCatEx)
#define RtlStringCchCatN		NT_STRSAFE_T(RtlStringCchCatN)
#define RtlStringCbCatN			NT_STRSAFE_T(RtlStringCbCatN)
#define RtlStringCchCatNEx		NT_STRSAFE_T(RtlStringCchCatNEx)
#define RtlStringCbCatNEx		NT_STRSAFE_T(RtlStringCbCatNEx)
#define RtlStringCchVPrintf		NT_STRSAFE_T(RtlStringCchVPrintf)
#define RtlStringCbVPrintf		NT_STRSAFE_T(RtlStringCbVPrintf)
#define RtlStringCchVPrintfEx		NT_STRSAFE_T(RtlStringCchVPrintfEx)
#define RtlStringCbVPrintfEx		NT_STRSAFE_T(RtlStringCbVPrintfEx)
#define RtlStringCchPrintf		NT_STRSAFE_T(RtlStringCchPrintf)
#define RtlStringCbPrintf		NT_STRSAFE_T(RtlStringCbPrintf)
#define RtlStringCchPrintfEx		NT_STRSAFE_T(RtlStringCchPrintfEx)
#define RtlStringCbPrintfEx		NT_STRSAFE_T(RtlStringCbPrintfEx)
#define RtlStringCchLength		NT_STRSAFE_T(RtlStringCchLength)
#define RtlStringCbLength		NT_STRSAFE_T(RtlStringCbLength)

#endif /* _NTSTRSAFE_H_INCLUDED_ */
