// SPDX-License-Identifier: GPL-2.0
/*
 * A cast is an lvalue for Microsoft's C: ((PUCHAR)p)++ and (ULONG)x = 1 change p and x.
 * Here they are (*(PUCHAR *)&(p))++ and (*(ULONG *)&(x)) = 1. The kernel is compiled
 * with -fno-strict-aliasing.
 *
 * What is rewritten is no C otherwise, so that nothing right is touched.
 */
#include "ntsrc.h"
#include <stdio.h>
#include <string.h>

static const char *const assignments[] = {
	"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", NULL
};
static const char *const steps[] = { "++", "--", NULL };

/* A cast and what is cast: the tokens of "(type) operand". */
struct cast {
	size_t open, close;		/* the parentheses of the type */
	size_t operand, end;		/* its first token, and the one behind its last */
};

static bool is_name(const struct source *source, size_t token)
{
	return token < source->count && source->tokens[token].kind == T_NAME;
}

/* Names, then stars. */
static bool is_type(const struct source *source, size_t from, size_t to)
{
	size_t i = from;

	while (i < to && is_name(source, i))
		i++;
	if (i == from)
		return false;
	while (i < to && token_is(source, i, "*"))
		i++;
	return i == to;
}

/* A name or something in parentheses, with members and subscripts; 0 if it is none. */
static size_t end_of_operand(const struct source *source, size_t token)
{
	while (token_is(source, token, "*"))
		token++;
	if (is_name(source, token))
		token++;
	else if (token_is(source, token, "("))
		token = token_closing(source, token) + 1;
	else
		return 0;
	while (token < source->count - 1) {
		if (token_is(source, token, "["))
			token = token_closing(source, token) + 1;
		else if ((token_is(source, token, "->") || token_is(source, token, ".")) &&
			 is_name(source, token + 1))
			token += 2;
		else
			break;
	}
	return token < source->count ? token : 0;
}

static bool find_cast(const struct source *source, size_t token, struct cast *cast)
{
	if (!token_is(source, token, "("))
		return false;
	cast->open = token;
	cast->close = token_closing(source, token);
	if (!is_type(source, token + 1, cast->close))
		return false;
	cast->operand = cast->close + 1;
	cast->end = end_of_operand(source, cast->operand);
	return cast->end;
}

/*
 * Is what begins here the left side of an assignment? Behind a name, as in "if (a) b = c",
 * or an operator, as in "*(PULONG)p = 1", it is not.
 */
static bool is_left_side(const struct source *source, size_t token)
{
	static const char *const before[] = {
		"return", "else", "do", ";", "{", "}", "(", ",", "=", "?", ":", NULL
	};

	return token && source->tokens[token - 1].in_define == source->tokens[token].in_define &&
	       token_is_one_of(source, token - 1, before);
}

static void rewrite(struct source *source, const struct cast *cast)
{
	const struct token *tokens = source->tokens;
	size_t close = tokens[cast->close].at, behind = tokens[cast->end - 1].at +
		tokens[cast->end - 1].length;

	source_edit(source, tokens[cast->open].at, 0, "(*");
	source_edit(source, close, 1, " *)&(");
	source_edit(source, behind, 0, "))");
	report(source, tokens[cast->open].line, "(%.*s) of an lvalue is one",
	       (int)(close - tokens[cast->open + 1].at), source->text + tokens[cast->open + 1].at);
}

/* "((type) operand)++", "= value", or behind a "++". */
static bool is_changed_in_parentheses(const struct source *source, size_t token, struct cast *cast)
{
	static const char *const postfixes[] = { "->", ".", "[", "(", NULL };
	size_t behind;

	if (!token_is(source, token, "(") || !find_cast(source, token + 1, cast) ||
	    !token_is(source, cast->end, ")"))
		return false;
	behind = cast->end + 1;
	if (token_is_one_of(source, behind, steps))
		return true;
	if (token_is_one_of(source, behind, assignments))
		return is_left_side(source, token);
	return token && token_is_one_of(source, token - 1, steps) &&
	       !token_is_one_of(source, behind, postfixes);
}

/* "(type) operand = value": a step binds to the operand, which is right already. */
static bool is_assigned(const struct source *source, size_t token, struct cast *cast)
{
	return is_left_side(source, token) && find_cast(source, token, cast) &&
	       token_is_one_of(source, cast->end, assignments);
}

void repair_lvalues(struct source *source)
{
	struct cast cast;
	size_t i;

	for (i = 0; i + 1 < source->count; i++) {
		if (!is_changed_in_parentheses(source, i, &cast) && !is_assigned(source, i, &cast))
			continue;
		rewrite(source, &cast);
		i = cast.end - 1;
	}
}
