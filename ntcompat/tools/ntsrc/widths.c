// SPDX-License-Identifier: GPL-2.0
/*
 * long has 32 bits on Windows, 64 on Linux. A driver that says "unsigned long" for a
 * register means the 32 bits. So long is int here, and 1L is 1, for all that the folder
 * holds. ntcompat's headers say LONG, which is int, so both sides agree.
 */
#include "ntsrc.h"
#include <string.h>

static bool is_long(const struct source *source, size_t token)
{
	return token_is(source, token, "long");
}

/* "long long" and "long double", in whatever order their words stand. */
static bool is_wider(const struct source *source, size_t token)
{
	static const char *const words[] = { "unsigned", "signed", "int", "const", "volatile", NULL };
	static const char *const wide[] = { "long", "double", NULL };
	size_t other;

	for (other = token + 1; token_is_one_of(source, other, words); other++)
		;
	if (token_is_one_of(source, other, wide))
		return true;
	for (other = token; other && token_is_one_of(source, other - 1, words); other--)
		;
	return other && token_is_one_of(source, other - 1, wide);
}

/* "long int", "long unsigned int", "int long". */
static bool has_int(const struct source *source, size_t token)
{
	static const char *const words[] = { "unsigned", "signed", "const", "volatile", NULL };
	size_t other;

	for (other = token + 1; token_is_one_of(source, other, words); other++)
		;
	if (token_is(source, other, "int"))
		return true;
	for (other = token; other && token_is_one_of(source, other - 1, words); other--)
		;
	return other && token_is(source, other - 1, "int");
}

/* Where the one L of a number's suffix is; 0 if it has none, or two. */
static size_t place_of_l(const struct source *source, const struct token *token)
{
	const char *text = source->text + token->at;
	bool hex = token->length > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	size_t i, found = 0;

	for (i = token->length; i > 1 && strchr("uUlL", text[i - 1]); i--) {
		if (text[i - 1] != 'l' && text[i - 1] != 'L')
			continue;
		if (found)
			return 0;
		found = i - 1;
	}
	/* 1.0L is a long double. */
	if (memchr(text, '.', token->length) ||
	    (!hex && (memchr(text, 'e', token->length) || memchr(text, 'E', token->length))))
		return 0;
	return found;
}

void repair_widths(struct source *source)
{
	unsigned int types = 0, numbers = 0;
	int first = 0;
	size_t i;

	for (i = 0; i < source->count; i++) {
		const struct token *token = &source->tokens[i];

		if (token->kind == T_NAME && is_long(source, i) && !is_wider(source, i)) {
			/* As long as before: columns stay. */
			source_edit(source, token->at, 4, has_int(source, i) ? "    " : "int ");
			types++;
		} else if (token->kind == T_NUMBER && place_of_l(source, token)) {
			source_edit(source, token->at + place_of_l(source, token), 1, "");
			numbers++;
		} else {
			continue;
		}
		if (!first)
			first = token->line;
	}
	if (types)
		report(source, first, "long has 32 bits: %u times int", types);
	else if (numbers)
		report(source, first, "long has 32 bits: %u numbers without their L", numbers);
}
