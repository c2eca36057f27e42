// SPDX-License-Identifier: GPL-2.0
/* From text to tokens. Whatever the text, each byte is looked at once. */
#include "ntsrc.h"
#include <ctype.h>
#include <string.h>

struct scan {
	struct source *source;
	size_t at;
	int line;
	bool line_start;	/* nothing but blanks so far on this line */
	bool in_define;
};

static int look(const struct scan *scan, size_t ahead)
{
	const struct source *source = scan->source;

	return scan->at + ahead < source->length ? (unsigned char)source->text[scan->at + ahead] : -1;
}

static void add(struct scan *scan, enum kind kind, size_t from, int line)
{
	struct source *source = scan->source;

	/* Room for twice as many whenever a power of two is reached. */
	if (!(source->count & (source->count - 1)))
		source->tokens = resized(source->tokens,
					 (source->count ? source->count * 2 : 1) * sizeof(struct token));
	source->tokens[source->count++] = (struct token){
		kind, from, scan->at - from, line, scan->in_define,
	};
	scan->line_start = false;
}

/* A line that goes on with the next: its backslash and what ends it. */
static size_t splice(const struct scan *scan)
{
	if (look(scan, 0) != '\\')
		return 0;
	if (look(scan, 1) == '\n')
		return 2;
	return look(scan, 1) == '\r' && look(scan, 2) == '\n' ? 3 : 0;
}

/* One character, or a splice. */
static void step(struct scan *scan)
{
	size_t length = splice(scan);

	if (length || look(scan, 0) == '\n')
		scan->line++;
	scan->at += length ? length : 1;
}

static void skip_block_comment(struct scan *scan)
{
	scan->at += 2;
	while (look(scan, 0) >= 0 && !(look(scan, 0) == '*' && look(scan, 1) == '/'))
		step(scan);
	if (look(scan, 0) >= 0)
		scan->at += 2;
}

static void skip_to_line_end(struct scan *scan)
{
	while (look(scan, 0) >= 0 && look(scan, 0) != '\n') {
		if (look(scan, 0) == '/' && look(scan, 1) == '*')
			skip_block_comment(scan);
		else
			step(scan);
	}
}

static void skip_line_comment(struct scan *scan)
{
	while (look(scan, 0) >= 0 && look(scan, 0) != '\n')
		step(scan);
}

/* Up to the quote, or the end of the line if there is none. */
static void skip_quoted(struct scan *scan)
{
	int quote = look(scan, 0);

	step(scan);
	while (look(scan, 0) >= 0 && look(scan, 0) != '\n' && look(scan, 0) != quote) {
		if (look(scan, 0) == '\\' && !splice(scan))
			step(scan);
		if (look(scan, 0) >= 0)
			step(scan);
	}
	if (look(scan, 0) == quote)
		scan->at++;
}

static bool is_name_character(int c)
{
	return c == '_' || c == '$' || c >= 0x80 || (c >= 0 && isalnum(c));
}

static void scan_number(struct scan *scan)
{
	while (is_name_character(look(scan, 0)) || look(scan, 0) == '.' ||
	       ((look(scan, 0) == '+' || look(scan, 0) == '-') &&
		strchr("eEpP", look(scan, -1)) && look(scan, -1) > 0))
		scan->at++;
}

static void scan_punctuation(struct scan *scan)
{
	static const char *const several[] = {
		"<<=", ">>=", "...", "->", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
		"==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "##", "::",
	};
	size_t i;

	for (i = 0; i < sizeof(several) / sizeof(*several); i++) {
		size_t length = strlen(several[i]);

		if (scan->at + length <= scan->source->length &&
		    !memcmp(scan->source->text + scan->at, several[i], length)) {
			scan->at += length;
			return;
		}
	}
	scan->at++;
}

/* "#define" alone, or all of another directive. */
static void scan_directive(struct scan *scan)
{
	size_t from = scan->at;
	int line = scan->line;

	scan->at++;
	while (look(scan, 0) == ' ' || look(scan, 0) == '\t')
		scan->at++;
	if (scan->source->length - scan->at > 6 &&
	    !memcmp(scan->source->text + scan->at, "define", 6) && !is_name_character(look(scan, 6))) {
		scan->at += 6;
		scan->in_define = true;
	} else {
		skip_to_line_end(scan);
	}
	add(scan, T_DIRECTIVE, from, line);
}

static void scan_one(struct scan *scan)
{
	int c = look(scan, 0), line = scan->line;
	size_t from = scan->at;

	if (splice(scan)) {
		step(scan);
	} else if (c == '\n') {
		step(scan);
		scan->line_start = true;
		scan->in_define = false;
	} else if (isspace(c)) {
		scan->at++;
	} else if (c == '/' && look(scan, 1) == '*') {
		skip_block_comment(scan);
	} else if (c == '/' && look(scan, 1) == '/') {
		skip_line_comment(scan);
	} else if (c == '#' && scan->line_start) {
		scan_directive(scan);
	} else if (c == '"' || c == '\'') {
		skip_quoted(scan);
		add(scan, T_STRING, from, line);
	} else if (isdigit(c) || (c == '.' && look(scan, 1) >= 0 && isdigit(look(scan, 1)))) {
		scan_number(scan);
		add(scan, T_NUMBER, from, line);
	} else if (is_name_character(c)) {
		while (is_name_character(look(scan, 0)))
			scan->at++;
		add(scan, T_NAME, from, line);
	} else {
		scan_punctuation(scan);
		add(scan, T_PUNCTUATION, from, line);
	}
}

void source_tokenize(struct source *source)
{
	struct scan scan = { .source = source, .line = 1, .line_start = true };

	while (scan.at < source->length)
		scan_one(&scan);
	scan.in_define = false;
	add(&scan, T_END, scan.at, scan.line);
}

bool token_is(const struct source *source, size_t token, const char *text)
{
	const struct token *t = &source->tokens[token];

	return token < source->count && t->kind != T_STRING && t->length == strlen(text) &&
	       !memcmp(source->text + t->at, text, t->length);
}

bool token_is_one_of(const struct source *source, size_t token, const char *const *texts)
{
	for (; *texts; texts++)
		if (token_is(source, token, *texts))
			return true;
	return false;
}

size_t token_closing(const struct source *source, size_t token)
{
	static const char *const opening[] = { "(", "[", "{", NULL };
	static const char *const closing[] = { ")", "]", "}", NULL };
	int depth = 0;

	for (; token < source->count - 1; token++) {
		depth += token_is_one_of(source, token, opening);
		depth -= token_is_one_of(source, token, closing);
		if (!depth)
			return token;
	}
	return source->count - 1;
}
