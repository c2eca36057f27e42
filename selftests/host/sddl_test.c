// SPDX-License-Identifier: GPL-2.0
/*
 * sddl_test - ntcompat's reader of security descriptors, under sanitizers
 *
 * Tables of what is right and what is wrong; every cut and every single change of
 * the right ones; then texts made at random out of the language's words.
 * usage: sddl_test [SECONDS [SEED]]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../../ntcompat/se/sddl.h"

static unsigned int count, failed, wrong;

static void result(const char *name)
{
	printf("%s %u %s\n", wrong ? "not ok" : "ok", ++count, name);
	failed += !!wrong;
	wrong = 0;
}

/* In memory of exactly its size, for the sanitizer to see who goes further. */
static NTSTATUS parse_units(const WCHAR *units, size_t length, struct nt_security *security)
{
	WCHAR *copy = malloc(length * sizeof(WCHAR) + !length);
	UNICODE_STRING text = { length * sizeof(WCHAR), length * sizeof(WCHAR), copy };
	NTSTATUS status;

	memcpy(copy, units, length * sizeof(WCHAR));
	memset(security, 0xff, sizeof(*security));
	status = nt_sddl_parse(&text, security);
	free(copy);
	return status;
}

static size_t widen(const char *text, WCHAR *units)
{
	size_t n;

	for (n = 0; text[n]; n++)
		units[n] = (unsigned char)text[n];
	return n;
}

static NTSTATUS parse(const char *text, struct nt_security *security)
{
	WCHAR units[1024];

	return parse_units(units, widen(text, units), security);
}

/* ---- Tables ---- */

/* Modes without and with a group of users. */
static const struct {
	const char *text;
	unsigned int mode;
	unsigned int group_mode;
} valid[] = {
	/* "SDDL for Device Objects": those of wdmsec.h. */
	{ "D:P", 0, 0 },
	{ "D:P(A;;GA;;;SY)", 0600, 0600 },
	{ "D:P(A;;GA;;;SY)(A;;GA;;;BA)", 0600, 0600 },
	{ "D:P(A;;GA;;;SY)(A;;GRGX;;;BA)", 0600, 0600 },
	{ "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)", 0644, 0644 },
	{ "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)(A;;GR;;;RC)", 0644, 0644 },
	{ "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GRGW;;;WD)(A;;GR;;;RC)", 0666, 0666 },
	{ "D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GRGWGX;;;WD)(A;;GRGWGX;;;RC)", 0666, 0666 },
	/* Without P, and with the other flags. */
	{ "D:", 0, 0 },
	{ "D:PAI(A;;GA;;;SY)", 0600, 0600 },
	{ "D:ARAIP(A;;GA;;;SY)", 0600, 0600 },
	/* Users: everybody, or a group. */
	{ "D:P(A;;GA;;;BU)", 0666, 0660 },
	{ "D:P(A;;GR;;;AU)(A;;GA;;;SY)", 0644, 0640 },
	{ "D:P(A;;GW;;;IU)", 0222, 0220 },
	{ "D:P(A;;GA;;;BU)(A;;GR;;;WD)", 0666, 0664 },
	/* Who has no counterpart is allowed and denied nothing. */
	{ "D:P(A;;GA;;;LS)(A;;GA;;;NS)(A;;GA;;;RC)(A;;GA;;;BG)(A;;GA;;;UD)", 0, 0 },
	{ "D:P(D;;GA;;;NU)(A;;GA;;;WD)", 0666, 0666 },
	/* The first entry that speaks of a right decides. */
	{ "D:P(D;;GW;;;WD)(A;;GA;;;WD)", 0444, 0444 },
	{ "D:P(A;;GA;;;WD)(D;;GW;;;WD)", 0666, 0666 },
	{ "D:P(D;;GA;;;BU)(A;;GA;;;WD)", 0000, 0006 },
	{ "D:P(A;;GA;;;SY)(D;;GA;;;AU)(A;;GA;;;WD)", 0600, 0606 },
	/* Rights. */
	{ "D:P(A;;FA;;;SY)", 0600, 0600 },
	{ "D:P(A;;FR;;;SY)", 0400, 0400 },
	{ "D:P(A;;FW;;;SY)", 0200, 0200 },
	{ "D:P(A;;FX;;;SY)", 0, 0 },
	{ "D:P(A;;GX;;;WD)", 0, 0 },
	{ "D:P(A;;RCSDWDWO;;;WD)", 0, 0 },
	{ "D:P(A;;RCGRWD;;;WD)", 0444, 0444 },
	{ "D:P(A;;0x1;;;SY)", 0400, 0400 },
	{ "D:P(A;;0X00000002;;;SY)", 0200, 0200 },
	{ "D:P(A;;0x4;;;SY)", 0200, 0200 },
	{ "D:P(A;;0x10000000;;;SY)", 0600, 0600 },
	{ "D:P(A;;0x80000000;;;SY)", 0400, 0400 },
	{ "D:P(A;;0x40000000;;;SY)", 0200, 0200 },
	{ "D:P(A;;0xffffffff;;;SY)", 0600, 0600 },
	{ "D:P(A;;0x0;;;SY)", 0, 0 },
	{ "D:P(A;;CC;;;SY)", 0400, 0400 },
	{ "D:P(A;;CCDCLCSWRPWPDTLOCR;;;SY)", 0600, 0600 },
	/* Flags of entries. */
	{ "D:P(A;OICI;GA;;;SY)", 0600, 0600 },
	{ "D:P(A;OICIIO;GA;;;WD)(A;;GA;;;SY)", 0600, 0600 },
	{ "D:P(D;IO;GA;;;WD)(A;;GA;;;WD)", 0666, 0666 },
	/* SIDs in numbers. */
	{ "D:P(A;;GA;;;S-1-5-18)", 0600, 0600 },
	{ "D:P(A;;GA;;;S-1-5-32-544)", 0600, 0600 },
	{ "D:P(A;;GA;;;S-1-1-0)", 0666, 0666 },
	{ "D:P(A;;GA;;;S-1-0x1-0)", 0666, 0666 },
	{ "D:P(A;;GR;;;S-1-5-32-545)", 0444, 0440 },
	{ "D:P(A;;GA;;;S-1-5-32)", 0, 0 },
	{ "D:P(A;;GA;;;S-1-5-18-0)", 0, 0 },
	{ "D:P(A;;GA;;;S-1-5-84-0-0-0-0-0)", 0, 0 },
	{ "D:P(A;;GA;;;S-1-5-21-1-2-3-4294967295)", 0, 0 },
	{ "D:P(A;;GA;;;S-1-281474976710655-1)", 0, 0 },
	{ "D:P(A;;GA;;;S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15)", 0, 0 },
	/* Letters may be small. */
	{ "d:p(a;;ga;;;sy)(a;;gr;;;wd)", 0644, 0644 },
};

static const char * const invalid[] = {
	"", "D", "D:X", ":", "P", "D;P", " D:P", "D:P ", "D:P\n",
	"(A;;GA;;;SY)", "D:P(", "D:P()", "D:P)", "D:P(A", "D:P(A;;GA;;;SY",
	"D:P(A;;GA;;;SY)x", "D:P(A;;GA;;;SY))", "D:P(A;;GA;;;SY)(", "D:P(A;;GA;;;SY)D:P",
	"D:P(A;;GA;;SY)", "D:P(A;;GA;;;;SY)", "D:P(A;GA;;;SY)", "D:P(;;GA;;;SY)",
	"D:P(X;;GA;;;SY)", "D:P(AU;;GA;;;SY)", "D:P(OA;;GA;;;SY)", "D:P(AD;;GA;;;SY)",
	"D:P(A;;;;;SY)", "D:P(A;;G;;;SY)", "D:P(A;;GAG;;;SY)", "D:P(A;;ZZ;;;SY)",
	"D:P(A;;GA ;;;SY)", "D:P(A;;GA|GR;;;SY)", "D:P(A;;0x;;;SY)", "D:P(A;;0x100000000;;;SY)",
	"D:P(A;;0xg;;;SY)", "D:P(A;;0x1GA;;;SY)", "D:P(A;;1;;;SY)", "D:P(A;;-1;;;SY)",
	"D:P(A;;GA0x1;;;SY)",
	"D:P(A;XX;GA;;;SY)", "D:P(A;C;GA;;;SY)", "D:P(A;;GA;{0};;SY)", "D:P(A;;GA;;{0};SY)",
	"D:P(A;;GA;;;)", "D:P(A;;GA;;;S)", "D:P(A;;GA;;;XX)", "D:P(A;;GA;;;SYBA)",
	"D:P(A;;GA;;;S-)", "D:P(A;;GA;;;S-1)", "D:P(A;;GA;;;S-1-)", "D:P(A;;GA;;;S-1-5)",
	"D:P(A;;GA;;;S-1-5-)", "D:P(A;;GA;;;S-2-5-18)", "D:P(A;;GA;;;S-1--18)",
	"D:P(A;;GA;;;S-1-5-4294967296)", "D:P(A;;GA;;;S-1-281474976710656-1)",
	"D:P(A;;GA;;;S-1-5-99999999999999999999999999)", "D:P(A;;GA;;;S-1-5-18-)",
	"D:P(A;;GA;;;S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16)",
	/* Not for device objects: whose an object is, and what is audited. */
	"O:SYD:P(A;;GA;;;SY)", "G:BAD:P", "D:PS:(AU;SA;GA;;;WD)", "O:SY", "D:PO:SY",
	"D:NO_ACCESS_CONTROL",
};

static void valid_ones(void)
{
	struct nt_security security;
	unsigned int i, mode, group_mode;
	NTSTATUS status;

	for (i = 0; i < ARRAY_SIZE(valid); i++) {
		status = parse(valid[i].text, &security);
		mode = nt_security_mode(&security, false);
		group_mode = nt_security_mode(&security, true);
		if (status || mode != valid[i].mode || group_mode != valid[i].group_mode) {
			printf("# %s: 0x%08x, modes %04o and %04o\n", valid[i].text,
			       (unsigned int)status, mode, group_mode);
			wrong++;
		}
	}
	result("descriptors and their modes");
}

static bool is_empty(const struct nt_security *security)
{
	static const struct nt_security none;

	return !memcmp(security, &none, sizeof(none));
}

static void expect_invalid(const WCHAR *units, size_t length, const char *text)
{
	struct nt_security security;
	NTSTATUS status = parse_units(units, length, &security);

	if (status == STATUS_INVALID_PARAMETER && is_empty(&security))
		return;
	printf("# '%s' (%zu units): 0x%08x\n", text, length, (unsigned int)status);
	wrong++;
}

static void invalid_ones(void)
{
	WCHAR units[1024];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(invalid); i++)
		expect_invalid(units, widen(invalid[i], units), invalid[i]);
	result("what is no descriptor allows nothing");
}

/* A text that ends early is one only where an entry may begin. */
static void cut(void)
{
	WCHAR units[1024];
	size_t length, n;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(valid); i++) {
		length = widen(valid[i].text, units);
		for (n = 0; n < length; n++)
			if (units[n] != '(' && (units[n] == ';' || units[n] == ')'))
				expect_invalid(units, n, valid[i].text);
	}
	result("descriptors that end early");
}

static void odd_length(void)
{
	WCHAR units[] = { 'D', ':', 'P', 0 };
	UNICODE_STRING text = { 5, 8, units };
	struct nt_security security;

	wrong = nt_sddl_parse(&text, &security) != STATUS_INVALID_PARAMETER;
	result("half a character");
}

/* A unit above 255 is never taken for the letter that its low byte is. */
static void wide_units(void)
{
	WCHAR units[1024];
	size_t length, n;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(valid); i++) {
		length = widen(valid[i].text, units);
		for (n = 0; n < length; n++) {
			units[n] |= 0x100;
			expect_invalid(units, length, valid[i].text);
			units[n] &= 0xff;
		}
	}
	result("letters that only look right");
}

/* ---- At random ---- */

static const char * const words[] = {
	"D:", "P", "(", ")", ";", ";;", ";;;", "A", "D", "OI", "IO", "GA", "GR", "GW", "0x",
	"0x1f01ff", "FA", "S-1-5-18", "S-1-", "-", "4294967295", "99999999999999999999", "SY",
	"BA", "WD", "BU", "AI", "(A;;GA;;;SY)", "(D;;GW;;;WD)", "(A;;0x3;;;BU)", " ", "\x7f",
};

static size_t make_text(WCHAR *units, size_t room)
{
	size_t length = 0, n = random() % 12;
	const char *word;

	if (random() % 4)
		length = widen("D:P", units);
	while (n--) {
		word = words[random() % ARRAY_SIZE(words)];
		if (length + strlen(word) >= room)
			break;
		length += widen(word, units + length);
	}
	return length;
}

static size_t change_valid(WCHAR *units)
{
	size_t length = widen(valid[random() % ARRAY_SIZE(valid)].text, units), at;
	int changes = random() % 3;

	while (changes-- && length) {
		at = random() % length;
		switch (random() % 3) {
		case 0:
			units[at] = random();
			break;
		case 1:
			units[at] ^= 1 << random() % 8;
			break;
		default:
			memmove(units + at, units + at + 1, (length - at - 1) * sizeof(WCHAR));
			length--;
		}
	}
	return length;
}

/* Twice the same answer; an error allows nothing; no mode has an x. */
static void check(const WCHAR *units, size_t length)
{
	struct nt_security first, second;
	NTSTATUS status = parse_units(units, length, &first);

	if (status && (status != STATUS_INVALID_PARAMETER || !is_empty(&first)))
		wrong++;
	if (parse_units(units, length, &second) != status ||
	    memcmp(&first, &second, sizeof(first)))
		wrong++;
	if ((nt_security_mode(&first, false) | nt_security_mode(&first, true)) & ~0666)
		wrong++;
}

static void at_random(unsigned int seconds, unsigned int seed)
{
	time_t end = time(NULL) + seconds;
	WCHAR units[1024];
	unsigned long texts = 0;

	srandom(seed);
	do {
		check(units, make_text(units, ARRAY_SIZE(units)));
		check(units, change_valid(units));
		texts += 2;
	} while (time(NULL) < end && !wrong);
	printf("# %lu texts, seed %u\n", texts, seed);
	result("texts made at random");
}

int main(int argc, char **argv)
{
	unsigned int seconds = argc > 1 ? atoi(argv[1]) : 2;
	unsigned int seed = argc > 2 ? atoi(argv[2]) : (unsigned int)time(NULL);

	puts("TAP version 13");
	valid_ones();
	invalid_ones();
	cut();
	odd_length();
	wide_units();
	at_random(seconds, seed);
	printf("1..%u\n", count);
	return failed != 0;
}
