/* SPDX-License-Identifier: GPL-2.0 */
/* What the parts of ntsrc share. */
#ifndef NTSRC_H
#define NTSRC_H

#include <stdbool.h>
#include <stddef.h>

enum kind { T_END, T_NAME, T_NUMBER, T_STRING, T_PUNCTUATION, T_DIRECTIVE };

/*
 * A token of C or C++. Comments and blanks lie between tokens. A directive other than
 * #define is one token; of a #define, "#define" is, and its tokens follow.
 */
struct token {
	enum kind kind;
	size_t at, length;
	int line;
	bool in_define;
};

/* A piece of the text that shall read otherwise. */
struct edit {
	size_t at, length;
	char *with;
};

struct source {
	const char *name;
	char *text;
	size_t length;
	struct token *tokens;		/* the last one is T_END */
	size_t count;
	struct edit *edits;		/* in any order; none overlaps another */
	size_t edit_count;
	bool changed;			/* even without an edit */
};

/* main.c */
void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
/* What is changed, and where. */
void report(const struct source *source, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* text.c: the file's bytes as the compiler can take them */
void source_read(struct source *source, const char *name, const char *path);
void source_take(struct source *source, const char *name, char *text, size_t length);
void source_edit(struct source *source, size_t at, size_t length, const char *with);
void source_write(struct source *source, const char *path);
void source_free(struct source *source);
void *resized(void *memory, size_t size);

/* token.c */
void source_tokenize(struct source *source);
bool token_is(const struct source *source, size_t token, const char *text);
bool token_is_one_of(const struct source *source, size_t token, const char *const *texts);
/* The token that closes what @token opens; the last one, T_END, if none does. */
size_t token_closing(const struct source *source, size_t token);

/* widths.c, lvalues.c: what they change */
void repair_widths(struct source *source);
void repair_lvalues(struct source *source);

/* declare.c: false if there is nothing that can be repaired */
bool repair_declaration(struct source *declaration, int line, const struct source *definition,
			int defined, const char *name);

#endif /* NTSRC_H */
