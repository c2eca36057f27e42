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

#endif /* _NTCOMPAT_RTL_FORMAT_H */
