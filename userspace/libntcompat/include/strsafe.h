/* SPDX-License-Identifier: GPL-2.0 */
/* String functions that know the room: Cb counts bytes, Cch characters. For char. */
#ifndef _STRSAFE_H_INCLUDED_
#define _STRSAFE_H_INCLUDED_

#include <windef.h>
#include <stdio.h>
#include <string.h>

typedef LONG HRESULT;

#ifndef S_OK
#define S_OK		((HRESULT)0)
#define SUCCEEDED(hr)	((HRESULT)(hr) >= 0)
#define FAILED(hr)	((HRESULT)(hr) < 0)
#endif

#define STRSAFE_MAX_CCH			2147483647
#define STRSAFE_E_INSUFFICIENT_BUFFER	((HRESULT)0x8007007aU)
#define STRSAFE_E_INVALID_PARAMETER	((HRESULT)0x80070057U)

/* What did not fit is cut off; the text always ends. */
static inline HRESULT StringCchVPrintfA(LPSTR to, size_t room, LPCSTR format, va_list args)
{
	int length;

	if (!room || room > STRSAFE_MAX_CCH)
		return STRSAFE_E_INVALID_PARAMETER;
	length = vsnprintf(to, room, format, args);
	return length < 0 || (size_t)length >= room ? STRSAFE_E_INSUFFICIENT_BUFFER : S_OK;
}

__attribute__((format(printf, 3, 4)))
static inline HRESULT StringCchPrintfA(LPSTR to, size_t room, LPCSTR format, ...)
{
	va_list args;
	HRESULT result;

	va_start(args, format);
	result = StringCchVPrintfA(to, room, format, args);
	va_end(args);
	return result;
}

static inline HRESULT StringCchCopyA(LPSTR to, size_t room, LPCSTR from)
{
	return StringCchPrintfA(to, room, "%s", from);
}

static inline HRESULT StringCchCatA(LPSTR to, size_t room, LPCSTR from)
{
	size_t used = room > STRSAFE_MAX_CCH ? room : strnlen(to, room);

	if (used == room)
		return STRSAFE_E_INVALID_PARAMETER;
	return StringCchCopyA(to + used, room - used, from);
}

static inline HRESULT StringCchLengthA(LPCSTR text, size_t room, size_t *length)
{
	size_t n = text && room && room <= STRSAFE_MAX_CCH ? strnlen(text, room) : room;

	if (length)
		*length = n == room ? 0 : n;
	return n == room ? STRSAFE_E_INVALID_PARAMETER : S_OK;
}

/* A char is a byte. */
#define StringCbVPrintfA	StringCchVPrintfA
#define StringCbPrintfA		StringCchPrintfA
#define StringCbCopyA		StringCchCopyA
#define StringCbCatA		StringCchCatA
#define StringCbLengthA		StringCchLengthA

#ifndef UNICODE
#define StringCchVPrintf	StringCchVPrintfA
#define StringCchPrintf		StringCchPrintfA
#define StringCchCopy		StringCchCopyA
#define StringCchCat		StringCchCatA
#define StringCchLength		StringCchLengthA
#define StringCbVPrintf		StringCbVPrintfA
#define StringCbPrintf		StringCbPrintfA
#define StringCbCopy		StringCbCopyA
#define StringCbCat		StringCbCatA
#define StringCbLength		StringCbLengthA
#endif

#endif /* _STRSAFE_H_INCLUDED_ */
