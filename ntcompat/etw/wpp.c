// SPDX-License-Identifier: GPL-2.0
/* Trace messages of WPP: the tracepoint nt_wpp. */
#include "../trace.h"
#include "../rtl/format.h"

#define TEXT_MAX	256

/* What %!NAME! prints, and with which argument: WPP's own types of messages. */
static const struct {
	const char *name;
	const char *format;
} specials[] = {
	{ "STATUS", "0x%08x" }, { "NTSTATUS", "0x%08x" }, { "HRESULT", "0x%08x" },
	{ "WINERROR", "%u" }, { "bool", "%d" }, { "BOOLEAN", "%d" }, { "GUID", "%p" },
	{ "sysctrl", "%d" }, { "irql", "%d" }, { "IPADDR", "0x%08x" }, { "PORT", "%u" },
	/* Without an argument. */
	{ "FUNC", "" }, { "LEVEL", "" }, { "FLAGS", "" }, { "FILE", "" }, { "LINE", "" },
	{ "MOD", "" }, { "COMPNAME", "" },
};

static const char *special(const char *name, size_t length)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(specials); i++)
		if (strlen(specials[i].name) == length && !memcmp(specials[i].name, name, length))
			return specials[i].format;
	return "%p";
}

/* Replace each %!NAME! by a format that printf knows. */
static void translate(char *to, size_t room, const char *from)
{
	const char *name, *end, *as;
	size_t length;

	while (*from && room > 1) {
		name = from[0] == '%' && from[1] == '!' ? from + 2 : NULL;
		end = name ? strchr(name, '!') : NULL;
		if (!end) {
			/* "%%!": the first sign takes the second with it. */
			if (from[0] == '%' && from[1] == '%' && room > 2) {
				*to++ = *from++;
				room--;
			}
			*to++ = *from++;
			room--;
			continue;
		}
		as = special(name, end - name);
		length = min(strlen(as), room - 1);
		memcpy(to, as, length);
		to += length;
		room -= length;
		from = end + 1;
	}
	*to = 0;
}

/**
 * NtWppTrace - a trace message
 * @Function: whose
 * @Level: as it is spelt in the source, or empty
 * @Flags: likewise
 * @Format: of printf, and %!STATUS! and the like
 *
 * IRQL: any. Nothing is done when nobody listens. The text is cut at 255 characters.
 */
void NtWppTrace(PCSTR Function, PCSTR Level, PCSTR Flags, PCSTR Format, ...)
{
	char format[TEXT_MAX], text[TEXT_MAX];
	va_list args;

	if (!trace_nt_wpp_enabled())
		return;
	translate(format, sizeof(format), Format);
	va_start(args, Format);
	nt__vsnprintf(text, sizeof(text) - 1, format, args);
	va_end(args);
	text[sizeof(text) - 1] = 0;
	trace_nt_wpp(Function, Level, Flags, text);
}
EXPORT_SYMBOL(NtWppTrace);
