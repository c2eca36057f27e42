/* SPDX-License-Identifier: GPL-2.0 */
/* NT's printf formats, for narrow and wide text. */
#ifndef _NTCOMPAT_RTL_FORMAT_H
#define _NTCOMPAT_RTL_FORMAT_H

#include "string.h"

/* Where formatted text goes: narrow when @wide is NULL. */
struct nt_text {
	char *narrow;
	WCHAR *wide;
	size_t size;		/* units of room, no terminator counted */
	size_t length;		/* units produced, beyond the room too */
};

void nt_format(struct nt_text *to, const void *format, bool wide_format, va_list args);

/* What a driver's sprintf() and the like are made to call; see bits/crt.h. */
int nt__vsnprintf(char *to, size_t len, const char *format, va_list args);
int nt__snprintf(char *to, size_t len, const char *format, ...);
int nt_sprintf(char *to, const char *format, ...);
int nt_vsprintf(char *to, const char *format, va_list args);
int nt__vsnwprintf(WCHAR *to, size_t len, const WCHAR *format, va_list args);
int nt_vswprintf(WCHAR *to, const WCHAR *format, va_list args);
int nt__snwprintf(WCHAR *to, size_t len, const WCHAR *format, ...);
int nt_swprintf(WCHAR *to, const WCHAR *format, ...);

#endif /* _NTCOMPAT_RTL_FORMAT_H */
