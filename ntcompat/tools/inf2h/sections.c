// SPDX-License-Identifier: GPL-2.0
/* Lines and sections, and the tokens of [Strings]. */
#include "inf.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
	return isspace((unsigned char)c);
}

static char *trim(char *s)
{
	char *end;

	while (is_blank(*s))
		s++;
	end = s + strlen(s);
	while (end > s && is_blank(end[-1]))
		*--end = 0;
	return s;
}

/* A character outside of quotes, or NULL. */
static char *find_bare(char *s, char c)
{
	bool quoted = false;

	for (; *s; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == c && !quoted)
			return s;
	}
	return NULL;
}

/* "a""b" is a"b; what stands behind the last quote is dropped. */
static char *unquote(char *s)
{
	char *from, *to;

	s = trim(s);
	if (*s != '"')
		return s;
	for (from = s + 1, to = s; *from; from++) {
		if (*from == '"' && *++from != '"')
			break;
		*to++ = *from;
	}
	*to = 0;
	return s;
}

static int count_fields(char *text)
{
	int count = 1;

	while ((text = find_bare(text, ',')) != NULL) {
		text++;
		count++;
	}
	return count;
}

static void add_line(struct section *s, char *text, int number)
{
	struct line *l = inf_alloc(sizeof(*l));
	char *equals = find_bare(text, '='), *comma;

	l->number = number;
	if (equals) {
		*equals = 0;
		l->key = unquote(text);
		text = equals + 1;
	}
	l->fields = inf_alloc(count_fields(text) * sizeof(*l->fields));
	do {
		comma = find_bare(text, ',');
		if (comma)
			*comma = 0;
		l->fields[l->count++] = unquote(text);
		text = comma + 1;
	} while (comma);
	*s->tail = l;
	s->tail = &l->next;
}

struct section *inf_find(const struct inf *inf, const char *name)
{
	struct section *s;

	for (s = inf->sections; s; s = s->next)
		if (!strcasecmp(s->name, name))
			return s;
	return NULL;
}

/* Sections of one name are one section. */
static struct section *find_or_add(struct inf *inf, char *name)
{
	struct section *s = inf_find(inf, name);

	if (s)
		return s;
	s = inf_alloc(sizeof(*s));
	s->name = name;
	s->tail = &s->lines;
	s->next = inf->sections;
	inf->sections = s;
	return s;
}

/* Cut the comment off, then a backslash: does the line go on? */
static bool cut(char *s)
{
	char *comment = find_bare(s, ';'), *end;

	if (comment)
		*comment = 0;
	end = s + strlen(s);
	while (end > s && is_blank(end[-1]))
		*--end = 0;
	if (end == s || end[-1] != '\\' || find_bare(end - 1, '\\') != end - 1)
		return false;
	end[-1] = 0;
	return true;
}

static char *next_line(char **rest)
{
	char *line = *rest, *end;

	if (!line)
		return NULL;
	end = strchr(line, '\n');
	*rest = end ? end + 1 : NULL;
	if (end)
		*end = 0;
	return line;
}

/* A line and those that it goes on in. */
static char *logical_line(char **rest, int *number)
{
	char *line = next_line(rest), *more;
	bool goes_on;

	if (!line)
		return NULL;
	++*number;
	goes_on = cut(line);
	while (goes_on && (more = next_line(rest)) != NULL) {
		++*number;
		goes_on = cut(more);
		line = inf_join(line, more, "");
	}
	return line;
}

void inf_parse(struct inf *inf, char *text)
{
	struct section *s = NULL;
	int last = 0, number;
	char *line, *end;

	for (;;) {
		number = last + 1;
		line = logical_line(&text, &last);
		if (!line)
			return;
		line = trim(line);
		if (!*line)
			continue;
		if (*line == '[') {
			end = strchr(line, ']');
			if (!end)
				fail(number, "']' missing");
			*end = 0;
			s = find_or_add(inf, trim(line + 1));
		} else if (!s) {
			fail(number, "a line before the first section");
		} else {
			add_line(s, line, number);
		}
	}
}

/* ---- Tokens ---- */

static const char *token(const struct inf *inf, const char *name, size_t length)
{
	static const char * const sections[] = { "Strings", "Strings.0409" };
	const struct section *s;
	const struct line *l;
	size_t i;

	for (i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		s = inf_find(inf, sections[i]);
		for (l = s ? s->lines : NULL; l; l = l->next)
			if (l->key && strlen(l->key) == length && !strncasecmp(l->key, name, length))
				return l->fields[0];
	}
	return NULL;
}

/*
 * %token% anywhere in a text, and %% for a %. What is not in [Strings], such as the
 * number of a folder, stays as it is; a token's own text is not looked through again.
 */
const char *inf_expand(const struct inf *inf, const char *text)
{
	const char *start = strchr(text, '%'), *end, *value;
	const char *done = "";

	while (start && (end = strchr(start + 1, '%')) != NULL) {
		done = inf_join(done, inf_copy(text, start - text), "");
		value = end == start + 1 ? "%" : token(inf, start + 1, end - start - 1);
		if (!value)
			value = inf_copy(start, end + 1 - start);
		done = inf_join(done, value, "");
		text = end + 1;
		start = strchr(text, '%');
	}
	return *done ? inf_join(done, text, "") : text;
}

/* A field with its tokens replaced; "" when there are fewer. */
const char *inf_field(const struct inf *inf, const struct line *line, int number)
{
	return number < line->count ? inf_expand(inf, line->fields[number]) : "";
}

/* The first field of a key, or NULL. */
const char *inf_value(const struct inf *inf, const char *section, const char *key)
{
	const struct section *s = inf_find(inf, section);
	const struct line *l;

	for (l = s ? s->lines : NULL; l; l = l->next)
		if (l->key && !strcasecmp(l->key, key))
			return inf_field(inf, l, 0);
	return NULL;
}

/* A DDInstall section with the first of the decorations that there is. */
struct section *inf_find_install(const struct inf *inf, const char *name, const char *suffix)
{
	static const char * const decorations[] = { ".NTamd64", ".NT", "", ".NTx86" };
	struct section *s = NULL;
	size_t i;

	for (i = 0; i < sizeof(decorations) / sizeof(decorations[0]) && !s; i++)
		s = inf_find(inf, inf_join(name, decorations[i], suffix));
	return s;
}
