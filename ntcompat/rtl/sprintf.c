// SPDX-License-Identifier: GPL-2.0
/*
 * The formatting routines of the C run-time, with their own rules for full buffers.
 * IRQL: any, as for all here (Windows: PASSIVE_LEVEL for wide strings).
 */
#include "format.h"

/*
 * _snprintf's contract: the number of units written without the terminator;
 * exactly full means no terminator, too long means -1 and no terminator.
 */
static int finish(struct nt_text *to)
{
	if (to->length > to->size)
		return -1;
	if (to->length < to->size) {
		if (to->wide)
			to->wide[to->length] = 0;
		else
			to->narrow[to->length] = 0;
	}
	return to->length;
}

int nt__vsnprintf(char *to, size_t len, const char *format, va_list args)
{
	struct nt_text text = { .narrow = to, .size = len };

	nt_format(&text, format, false, args);
	return finish(&text);
}
EXPORT_SYMBOL(nt__vsnprintf);

int nt__snprintf(char *to, size_t len, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = nt__vsnprintf(to, len, format, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(nt__snprintf);

int nt_sprintf(char *to, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = nt__vsnprintf(to, INT_MAX, format, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(nt_sprintf);

int nt_vsprintf(char *to, const char *format, va_list args)
{
	return nt__vsnprintf(to, INT_MAX, format, args);
}
EXPORT_SYMBOL(nt_vsprintf);

int nt__vsnwprintf(WCHAR *to, size_t len, const WCHAR *format, va_list args)
{
	struct nt_text text = { .wide = to, .size = len };

	nt_format(&text, format, true, args);
	return finish(&text);
}
EXPORT_SYMBOL(nt__vsnwprintf);

int nt_vswprintf(WCHAR *to, const WCHAR *format, va_list args)
{
	return nt__vsnwprintf(to, INT_MAX, format, args);
}
EXPORT_SYMBOL(nt_vswprintf);

int nt__snwprintf(WCHAR *to, size_t len, const WCHAR *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = nt__vsnwprintf(to, len, format, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(nt__snwprintf);

int nt_swprintf(WCHAR *to, const WCHAR *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = nt__vsnwprintf(to, INT_MAX, format, args);
	va_end(args);
	return n;
}
EXPORT_SYMBOL(nt_swprintf);
