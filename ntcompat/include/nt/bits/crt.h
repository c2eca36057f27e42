/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel of Windows has of the C run-time. Names whose meaning is the same
 * on Linux are the kernel's own; those that differ (a 16-bit wchar_t, a 32-bit long,
 * %wZ and %I64x) or that Linux keeps to itself become nt_NAME, so that none can end
 * in a routine of the Linux kernel that happens to have the name.
 */
#ifndef _NT_CRT_H
#define _NT_CRT_H

#include "../ntdef.h"

EXTERN_C_START

SIZE_T nt_wcslen(const WCHAR *s);
SIZE_T nt_wcsnlen(const WCHAR *s, SIZE_T limit);
WCHAR *nt_wcscpy(WCHAR *to, const WCHAR *from);
WCHAR *nt_wcsncpy(WCHAR *to, const WCHAR *from, SIZE_T count);
WCHAR *nt_wcscat(WCHAR *to, const WCHAR *from);
WCHAR *nt_wcsncat(WCHAR *to, const WCHAR *from, SIZE_T count);
int nt_wcscmp(const WCHAR *a, const WCHAR *b);
int nt_wcsncmp(const WCHAR *a, const WCHAR *b, SIZE_T count);
WCHAR *nt_wcschr(const WCHAR *s, WCHAR c);
WCHAR *nt_wcsrchr(const WCHAR *s, WCHAR c);
WCHAR *nt_wcsstr(const WCHAR *s, const WCHAR *what);
SIZE_T nt_wcsspn(const WCHAR *s, const WCHAR *accept);
SIZE_T nt_wcscspn(const WCHAR *s, const WCHAR *reject);
int nt__wcsicmp(const WCHAR *a, const WCHAR *b);
int nt__wcsnicmp(const WCHAR *a, const WCHAR *b, SIZE_T count);
WCHAR *nt__wcsupr(WCHAR *s);
WCHAR *nt__wcslwr(WCHAR *s);
WCHAR nt_towupper(WCHAR c);
WCHAR nt_towlower(WCHAR c);

int nt__stricmp(const char *a, const char *b);
int nt__strnicmp(const char *a, const char *b, SIZE_T count);
char *nt__strupr(char *s);
char *nt__strlwr(char *s);

int nt_isalnum(int c);
int nt_isalpha(int c);
int nt_iscntrl(int c);
int nt_isdigit(int c);
int nt_isgraph(int c);
int nt_islower(int c);
int nt_isprint(int c);
int nt_ispunct(int c);
int nt_isspace(int c);
int nt_isupper(int c);
int nt_isxdigit(int c);
int nt_tolower(int c);
int nt_toupper(int c);

int nt_atoi(const char *s);
LONG nt_atol(const char *s);
LONGLONG nt__atoi64(const char *s);
LONG nt_strtol(const char *s, char **end, int base);
ULONG nt_strtoul(const char *s, char **end, int base);
ULONGLONG nt__strtoui64(const char *s, char **end, int base);
LONG nt_wcstol(const WCHAR *s, WCHAR **end, int base);
ULONG nt_wcstoul(const WCHAR *s, WCHAR **end, int base);
char *nt__itoa(int value, char *to, int base);
WCHAR *nt__itow(int value, WCHAR *to, int base);

void nt_qsort(void *base, SIZE_T count, SIZE_T size, int (*compare)(const void *, const void *));
void *nt_bsearch(const void *key, const void *base, SIZE_T count, SIZE_T size,
		 int (*compare)(const void *, const void *));
int nt_rand(void);
void nt_srand(UINT seed);

#ifndef NTCOMPAT_CORE
/* The kernel's own: the same in both worlds. */
void *memcpy(void *to, const void *from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int c, size_t len);
int memcmp(const void *a, const void *b, size_t len);
void *memchr(const void *s, int c, size_t len);
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t limit);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t len);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t len);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t len);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *what);
char *strpbrk(const char *s, const char *accept);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);

int nt_sprintf(char *to, const char *format, ...);
int nt_vsprintf(char *to, const char *format, __builtin_va_list args);
int nt__snprintf(char *to, size_t len, const char *format, ...);
int nt__vsnprintf(char *to, size_t len, const char *format, __builtin_va_list args);
int nt_swprintf(WCHAR *to, const WCHAR *format, ...);
int nt_vswprintf(WCHAR *to, const WCHAR *format, __builtin_va_list args);
int nt__snwprintf(WCHAR *to, size_t len, const WCHAR *format, ...);
int nt__vsnwprintf(WCHAR *to, size_t len, const WCHAR *format, __builtin_va_list args);

NT_INLINE int nt_abs(int n)
{
	return n < 0 ? -n : n;
}

NT_INLINE LONG nt_labs(LONG n)
{
	return n < 0 ? -n : n;
}

#define sprintf			nt_sprintf
#define vsprintf		nt_vsprintf
#define _snprintf		nt__snprintf
#define _vsnprintf		nt__vsnprintf
#define swprintf		nt_swprintf
#define _swprintf		nt_swprintf
#define vswprintf		nt_vswprintf
#define _vswprintf		nt_vswprintf
#define _snwprintf		nt__snwprintf
#define _vsnwprintf		nt__vsnwprintf

#define wcslen			nt_wcslen
#define wcsnlen			nt_wcsnlen
#define wcscpy			nt_wcscpy
#define wcsncpy			nt_wcsncpy
#define wcscat			nt_wcscat
#define wcsncat			nt_wcsncat
#define wcscmp			nt_wcscmp
#define wcsncmp			nt_wcsncmp
#define wcschr			nt_wcschr
#define wcsrchr			nt_wcsrchr
#define wcsstr			nt_wcsstr
#define wcsspn			nt_wcsspn
#define wcscspn			nt_wcscspn
#define _wcsicmp		nt__wcsicmp
#define _wcsnicmp		nt__wcsnicmp
#define _wcsupr			nt__wcsupr
#define _wcslwr			nt__wcslwr
#define towupper		nt_towupper
#define towlower		nt_towlower
#define _stricmp		nt__stricmp
#define _strnicmp		nt__strnicmp
#define _strupr			nt__strupr
#define _strlwr			nt__strlwr
#define stricmp			nt__stricmp
#define strnicmp		nt__strnicmp
#define strlwr			nt__strlwr
#define wcslwr			nt__wcslwr

#define isalnum			nt_isalnum
#define isalpha			nt_isalpha
#define iscntrl			nt_iscntrl
#define isdigit			nt_isdigit
#define isgraph			nt_isgraph
#define islower			nt_islower
#define isprint			nt_isprint
#define ispunct			nt_ispunct
#define isspace			nt_isspace
#define isupper			nt_isupper
#define isxdigit		nt_isxdigit
#define tolower			nt_tolower
#define toupper			nt_toupper

#define atoi			nt_atoi
#define atol			nt_atol
#define _atoi64			nt__atoi64
#define strtol			nt_strtol
#define strtoul			nt_strtoul
#define _strtoui64		nt__strtoui64
#define wcstol			nt_wcstol
#define wcstoul			nt_wcstoul
#define _itoa			nt__itoa
#define _itow			nt__itow
#define qsort			nt_qsort
#define bsearch			nt_bsearch
#define rand			nt_rand
#define srand			nt_srand
#define RAND_MAX		0x7fff
#define abs			nt_abs
#define labs			nt_labs
#endif /* !NTCOMPAT_CORE */

EXTERN_C_END

#endif /* _NT_CRT_H */
