// SPDX-License-Identifier: GPL-2.0
/*
 * Characters and narrow strings of the C run-time that Linux has not, or has for
 * Latin-1 or without an export. The locale is "C": ASCII. What a driver passes
 * without a cast, a negative char, is none of anything. IRQL: any, as for all here.
 *
 * Pure code: it is also compiled and tested on the host.
 */
#include "string.h"

int nt_isdigit(int c)
{
	return c >= '0' && c <= '9';
}
EXPORT_SYMBOL(nt_isdigit);

int nt_isupper(int c)
{
	return c >= 'A' && c <= 'Z';
}
EXPORT_SYMBOL(nt_isupper);

int nt_islower(int c)
{
	return c >= 'a' && c <= 'z';
}
EXPORT_SYMBOL(nt_islower);

int nt_isalpha(int c)
{
	return nt_isupper(c) || nt_islower(c);
}
EXPORT_SYMBOL(nt_isalpha);

int nt_isalnum(int c)
{
	return nt_isalpha(c) || nt_isdigit(c);
}
EXPORT_SYMBOL(nt_isalnum);

int nt_isxdigit(int c)
{
	return nt_isdigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
EXPORT_SYMBOL(nt_isxdigit);

int nt_isspace(int c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}
EXPORT_SYMBOL(nt_isspace);

int nt_isprint(int c)
{
	return c >= ' ' && c < 0x7f;
}
EXPORT_SYMBOL(nt_isprint);

int nt_isgraph(int c)
{
	return c > ' ' && c < 0x7f;
}
EXPORT_SYMBOL(nt_isgraph);

int nt_ispunct(int c)
{
	return nt_isgraph(c) && !nt_isalnum(c);
}
EXPORT_SYMBOL(nt_ispunct);

int nt_iscntrl(int c)
{
	return (c >= 0 && c < ' ') || c == 0x7f;
}
EXPORT_SYMBOL(nt_iscntrl);

int nt_toupper(int c)
{
	return nt_islower(c) ? c - 0x20 : c;
}
EXPORT_SYMBOL(nt_toupper);

int nt_tolower(int c)
{
	return nt_isupper(c) ? c + 0x20 : c;
}
EXPORT_SYMBOL(nt_tolower);

/* Compares the lower-case forms, as "_stricmp" says: '_' comes before 'A'. */
int nt__strnicmp(const char *a, const char *b, SIZE_T count)
{
	for (; count; count--, a++, b++) {
		int x = nt_tolower((u8)*a), y = nt_tolower((u8)*b);

		if (x != y || !x)
			return x - y;
	}
	return 0;
}
EXPORT_SYMBOL(nt__strnicmp);

int nt__stricmp(const char *a, const char *b)
{
	return nt__strnicmp(a, b, SIZE_MAX);
}
EXPORT_SYMBOL(nt__stricmp);

char *nt__strupr(char *s)
{
	char *at;

	for (at = s; *at; at++)
		*at = nt_toupper((u8)*at);
	return s;
}
EXPORT_SYMBOL(nt__strupr);

char *nt__strlwr(char *s)
{
	char *at;

	for (at = s; *at; at++)
		*at = nt_tolower((u8)*at);
	return s;
}
EXPORT_SYMBOL(nt__strlwr);
