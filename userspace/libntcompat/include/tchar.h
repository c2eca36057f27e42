/* SPDX-License-Identifier: GPL-2.0 */
/* Text that is char, or wchar_t when UNICODE is defined. */
#ifndef _INC_TCHAR
#define _INC_TCHAR

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

#ifdef UNICODE
#define _UNICODE
#endif

#ifdef _UNICODE
typedef wchar_t _TCHAR;
#define _T(s)		L##s
#define _TEXT(s)	L##s
/* The library's main() calls it. */
#define _tmain		wmain
int wmain(int argc, wchar_t **argv);
#define _tprintf	wprintf
#define _ftprintf	fwprintf
#define _stprintf	swprintf
#define _tcslen		wcslen
#define _tcscmp		wcscmp
#define _tcsicmp	wcscasecmp
#define _tcsncmp	wcsncmp
#define _tcschr		wcschr
#define _tcsstr		wcsstr
#define _tcstoul	wcstoul
#define _tcstol		wcstol
#define _ttoi(s)	((int)wcstol((s), NULL, 10))
#else
typedef char _TCHAR;
#define _T(s)		s
#define _TEXT(s)	s
#define _tmain		main
#define _tprintf	printf
#define _ftprintf	fprintf
#define _stprintf	sprintf
#define _tcslen		strlen
#define _tcscmp		strcmp
#define _tcsicmp	strcasecmp
#define _tcsncmp	strncmp
#define _tcschr		strchr
#define _tcsstr		strstr
#define _tcstoul	strtoul
#define _tcstol		strtol
#define _ttoi		atoi
#endif

#ifndef _stricmp
#define _stricmp	strcasecmp
#define _strnicmp	strncasecmp
#endif

#endif /* _INC_TCHAR */
