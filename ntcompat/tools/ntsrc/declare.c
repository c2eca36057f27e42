// SPDX-License-Identifier: GPL-2.0
/*
 * A function that is declared otherwise than it is defined: Microsoft's C warns, GCC
 * refuses. The definition is right: the declaration gets its words.
 */
#include "ntsrc.h"
#include <stdlib.h>
#include <string.h>

/* The tokens of a declaration: from its first, to its ";" or "{". */
struct range {
	size_t name, first, end;
};

static bool find_name(const struct source *source, int line, const char *name, struct range *range)
{
	size_t i;

	for (i = 0; i < source->count; i++)
		if (source->tokens[i].line >= line && token_is(source, i, name))
			break;
	range->name = i;
	return i < source->count && source->tokens[i].line <= line + 1;
}

static bool find_range(const struct source *source, int line, const char *name, struct range *range)
{
	static const char *const ends[] = { ";", "{", "}", NULL };
	size_t i;

	if (!find_name(source, line, name, range))
		return false;
	for (i = range->name; i; i--)
		if (token_is_one_of(source, i - 1, ends) || source->tokens[i - 1].kind == T_DIRECTIVE ||
		    source->tokens[i - 1].in_define)
			break;
	range->first = i;
	for (i = range->name + 1; i < source->count - 1; i++) {
		if (token_is(source, i, "("))
			i = token_closing(source, i);
		else if (token_is_one_of(source, i, ends))
			break;
		else if (token_is(source, i, ","))
			return false;	/* one of several */
	}
	range->end = i;
	return i < source->count - 1;
}

/* Words of a definition, on one line: their comments left out. */
static char *words_of(const struct source *source, const struct range *range)
{
	char *words = resized(NULL, 1);
	size_t length = 0, i;

	for (i = range->first; i < range->end; i++) {
		const struct token *token = &source->tokens[i];

		if (token->kind == T_DIRECTIVE)
			continue;
		words = resized(words, length + token->length + 2);
		memcpy(words + length, source->text + token->at, token->length);
		length += token->length;
		words[length++] = ' ';
	}
	words[length] = 0;
	return words;
}

/* So that no line below gets another number. */
static char *with_lines(char *words, const struct source *source, size_t from, size_t to)
{
	size_t length = strlen(words);

	for (; from < to; from++) {
		if (source->text[from] != '\n')
			continue;
		words = resized(words, length + 2);
		words[length++] = '\n';
		words[length] = 0;
	}
	return words;
}

bool repair_declaration(struct source *declaration, int line, const struct source *definition,
			int defined, const char *name)
{
	struct range old, new;
	size_t from, to;
	char *words;

	if (!find_range(declaration, line, name, &old) || !find_range(definition, defined, name, &new) ||
	    !token_is(declaration, old.end, ";") || !token_is(definition, new.end, "{"))
		return false;
	from = declaration->tokens[old.first].at;
	to = declaration->tokens[old.end].at;
	words = with_lines(words_of(definition, &new), declaration, from, to);
	source_edit(declaration, from, to - from, words);
	free(words);
	report(declaration, line, "%s is declared as %s:%d defines it", name, definition->name, defined);
	return true;
}
