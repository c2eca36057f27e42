// SPDX-License-Identifier: GPL-2.0
/*
 * The wide strings of the C run-time: 16 bits a character. Letters are those of
 * the "C" locale, the only one that Windows' kernel has: A to Z. IRQL: any, as for all here.
 *
 * Pure code: it is also compiled and tested on the host.
 */
#include "string.h"

SIZE_T nt_wcslen(const WCHAR *s)
{
	const WCHAR *end = s;

	while (*end)
		end++;
	return end - s;
}
EXPORT_SYMBOL(nt_wcslen);

SIZE_T nt_wcsnlen(const WCHAR *s, SIZE_T limit)
{
	SIZE_T n = 0;

	while (n < limit && s[n])
		n++;
	return n;
}
EXPORT_SYMBOL(nt_wcsnlen);

WCHAR *nt_wcscpy(WCHAR *to, const WCHAR *from)
{
	WCHAR *at = to;

	while ((*at++ = *from++))
		;
	return to;
}
EXPORT_SYMBOL(nt_wcscpy);

/* Fills up with NULs; a longer source leaves none. */
WCHAR *nt_wcsncpy(WCHAR *to, const WCHAR *from, SIZE_T count)
{
	SIZE_T i = 0;

	for (; i < count && from[i]; i++)
		to[i] = from[i];
	for (; i < count; i++)
		to[i] = 0;
	return to;
}
EXPORT_SYMBOL(nt_wcsncpy);

WCHAR *nt_wcscat(WCHAR *to, const WCHAR *from)
{
	nt_wcscpy(to + nt_wcslen(to), from);
	return to;
}
EXPORT_SYMBOL(nt_wcscat);

WCHAR *nt_wcsncat(WCHAR *to, const WCHAR *from, SIZE_T count)
{
	WCHAR *at = to + nt_wcslen(to);

	while (count-- && *from)
		*at++ = *from++;
	*at = 0;
	return to;
}
EXPORT_SYMBOL(nt_wcsncat);

int nt_wcsncmp(const WCHAR *a, const WCHAR *b, SIZE_T count)
{
	for (; count && *a == *b && *a; count--, a++, b++)
		;
	return count ? (*a > *b) - (*a < *b) : 0;
}
EXPORT_SYMBOL(nt_wcsncmp);

int nt_wcscmp(const WCHAR *a, const WCHAR *b)
{
	return nt_wcsncmp(a, b, SIZE_MAX);
}
EXPORT_SYMBOL(nt_wcscmp);

WCHAR *nt_wcschr(const WCHAR *s, WCHAR c)
{
	for (; *s != c; s++)
		if (!*s)
			return NULL;
	return (WCHAR *)s;
}
EXPORT_SYMBOL(nt_wcschr);

WCHAR *nt_wcsrchr(const WCHAR *s, WCHAR c)
{
	const WCHAR *found = NULL;

	do {
		if (*s == c)
			found = s;
	} while (*s++);
	return (WCHAR *)found;
}
EXPORT_SYMBOL(nt_wcsrchr);

WCHAR *nt_wcsstr(const WCHAR *s, const WCHAR *what)
{
	SIZE_T length = nt_wcslen(what);

	for (; nt_wcsncmp(s, what, length); s++)
		if (!*s)
			return NULL;
	return (WCHAR *)s;
}
EXPORT_SYMBOL(nt_wcsstr);

SIZE_T nt_wcsspn(const WCHAR *s, const WCHAR *accept)
{
	SIZE_T n = 0;

	while (s[n] && nt_wcschr(accept, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(nt_wcsspn);

SIZE_T nt_wcscspn(const WCHAR *s, const WCHAR *reject)
{
	SIZE_T n = 0;

	while (s[n] && !nt_wcschr(reject, s[n]))
		n++;
	return n;
}
EXPORT_SYMBOL(nt_wcscspn);

WCHAR nt_towupper(WCHAR c)
{
	return c >= 'a' && c <= 'z' ? c - 0x20 : c;
}
EXPORT_SYMBOL(nt_towupper);

WCHAR nt_towlower(WCHAR c)
{
	return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
}
EXPORT_SYMBOL(nt_towlower);

/* Compares the lower-case forms, as "_wcsicmp" says: '_' comes before 'A'. */
int nt__wcsnicmp(const WCHAR *a, const WCHAR *b, SIZE_T count)
{
	for (; count; count--, a++, b++) {
		WCHAR x = nt_towlower(*a), y = nt_towlower(*b);

		if (x != y || !x)
			return (x > y) - (x < y);
	}
	return 0;
}
EXPORT_SYMBOL(nt__wcsnicmp);

int nt__wcsicmp(const WCHAR *a, const WCHAR *b)
{
	return nt__wcsnicmp(a, b, SIZE_MAX);
}
EXPORT_SYMBOL(nt__wcsicmp);

WCHAR *nt__wcsupr(WCHAR *s)
{
	WCHAR *at;

	for (at = s; *at; at++)
		*at = nt_towupper(*at);
	return s;
}
EXPORT_SYMBOL(nt__wcsupr);

WCHAR *nt__wcslwr(WCHAR *s)
{
	WCHAR *at;

	for (at = s; *at; at++)
		*at = nt_towlower(*at);
	return s;
}
EXPORT_SYMBOL(nt__wcslwr);
