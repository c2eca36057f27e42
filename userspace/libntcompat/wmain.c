// SPDX-License-Identifier: GPL-2.0
/* The main() of a program that has a wmain() instead: linked only then. */
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>

int wmain(int argc, wchar_t **argv);

static wchar_t *widen(const char *text)
{
	size_t length = mbstowcs(NULL, text, 0);
	wchar_t *wide;

	if (length == (size_t)-1)
		return NULL;
	wide = calloc(length + 1, sizeof(*wide));
	if (wide)
		mbstowcs(wide, text, length + 1);
	return wide;
}

int main(int argc, char **argv)
{
	wchar_t **wide = calloc(argc + 1, sizeof(*wide));
	int i;

	setlocale(LC_ALL, "");
	for (i = 0; wide && i < argc; i++) {
		wide[i] = widen(argv[i]);
		if (!wide[i])
			return 1;
	}
	return wide ? wmain(argc, wide) : 1;
}
