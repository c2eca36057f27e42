// SPDX-License-Identifier: GPL-2.0
/* libFuzzer on inf2h: an INF is read and its header written, or refused. */
#include "../../ntcompat/tools/inf2h/inf.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

static jmp_buf refused;

void fail(int line, const char *format, ...)
{
	(void)line;
	(void)format;
	longjmp(refused, 1);
}

void note(int line, const char *format, ...)
{
	(void)line;
	(void)format;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static FILE *sink;
	struct inf inf = { };

	if (!sink)
		sink = fopen("/dev/null", "w");
	if (!setjmp(refused)) {
		inf_parse(&inf, inf_decode(data, size));
		inf_read(&inf);
		inf_print(&inf, sink);
	}
	inf_free_all();
	return 0;
}
