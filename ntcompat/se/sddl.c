// SPDX-License-Identifier: GPL-2.0
/*
 * The security descriptor definition language, as far as device objects use it
 * (WDK: "SDDL for Device Objects"): a discretionary ACL whose entries allow or deny.
 * Pure code: it is also compiled and tested on the host.
 *
 *	D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)
 */
#include "sddl.h"

/* What is left of the text. */
struct cursor {
	const WCHAR *at;
	const WCHAR *end;
};

struct ace {
	bool deny;
	bool inherit_only;
	ULONG mask;
	unsigned int people;	/* bits of enum nt_people: whom it concerns */
};

static bool take(struct cursor *c, WCHAR expected)
{
	if (c->at == c->end || *c->at != expected)
		return false;
	c->at++;
	return true;
}

/* Two letters as one number; 0 when there are none. */
#define CODE(first, second)	((first) << 8 | (second))

static WCHAR upper(WCHAR c)
{
	return c >= 'a' && c <= 'z' ? c - 0x20 : c;
}

static unsigned int take_code(struct cursor *c)
{
	unsigned int first, second;

	if (c->end - c->at < 2)
		return 0;
	first = upper(c->at[0]);
	second = upper(c->at[1]);
	if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z')
		return 0;
	c->at += 2;
	return first << 8 | second;
}

static int digit(WCHAR c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = upper(c);
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* A number in decimal, or after 0x in hexadecimal; false when it is none or too large. */
static bool take_number(struct cursor *c, u64 limit, u64 *number)
{
	unsigned int base = 10;
	const WCHAR *start;

	if (c->end - c->at >= 2 && c->at[0] == '0' && upper(c->at[1]) == 'X') {
		base = 16;
		c->at += 2;
	}
	*number = 0;
	for (start = c->at; c->at < c->end && digit(*c->at) < (int)base; c->at++) {
		*number = *number * base + digit(*c->at);
		if (*number > limit)
			return false;
	}
	return c->at > start;
}

/* ---- Rights ---- */

static const struct {
	unsigned int code;
	ULONG mask;
} rights[] = {
	{ CODE('G', 'A'), GENERIC_ALL },
	{ CODE('G', 'R'), GENERIC_READ },
	{ CODE('G', 'W'), GENERIC_WRITE },
	{ CODE('G', 'X'), GENERIC_EXECUTE },
	{ CODE('R', 'C'), READ_CONTROL },
	{ CODE('S', 'D'), DELETE },
	{ CODE('W', 'D'), WRITE_DAC },
	{ CODE('W', 'O'), WRITE_OWNER },
	{ CODE('F', 'A'), FILE_ALL_ACCESS },
	{ CODE('F', 'R'), FILE_GENERIC_READ },
	{ CODE('F', 'W'), FILE_GENERIC_WRITE },
	{ CODE('F', 'X'), FILE_GENERIC_EXECUTE },
	/* The nine lowest bits, named after what they mean to a directory service. */
	{ CODE('C', 'C'), 0x001 }, { CODE('D', 'C'), 0x002 }, { CODE('L', 'C'), 0x004 },
	{ CODE('S', 'W'), 0x008 }, { CODE('R', 'P'), 0x010 }, { CODE('W', 'P'), 0x020 },
	{ CODE('D', 'T'), 0x040 }, { CODE('L', 'O'), 0x080 }, { CODE('C', 'R'), 0x100 },
};

static bool add_right(unsigned int code, ULONG *mask)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rights); i++)
		if (rights[i].code == code) {
			*mask |= rights[i].mask;
			return true;
		}
	return false;
}

static bool take_rights(struct cursor *c, ULONG *mask)
{
	u64 number;

	*mask = 0;
	if (c->at < c->end && *c->at == '0') {
		if (!take_number(c, 0xffffffff, &number))
			return false;
		*mask = number;
		return true;
	}
	do {
		if (!add_right(take_code(c), mask))
			return false;
	} while (c->at < c->end && *c->at != ';');
	return true;
}

static u8 may_of(ULONG mask)
{
	u8 may = 0;

	if (mask & (GENERIC_ALL | GENERIC_READ | FILE_READ_DATA))
		may |= NT_MAY_READ;
	if (mask & (GENERIC_ALL | GENERIC_WRITE | FILE_WRITE_DATA | FILE_APPEND_DATA))
		may |= NT_MAY_WRITE;
	return may;
}

/* ---- Whom an entry concerns ---- */

#define ROOT	(1 << NT_PEOPLE_ROOT)
#define USERS	(1 << NT_PEOPLE_USERS)
#define WORLD	(1 << NT_PEOPLE_WORLD)
/* On Windows, too, everybody with an account is of the world, and root is an account. */
#define ALL_USERS	(USERS | ROOT)
#define EVERYBODY	(WORLD | USERS | ROOT)

/* What has no people on Linux concerns nobody. */
static const struct {
	unsigned int code;
	unsigned int people;
	u8 authority;
	u8 count;
	u32 sub[2];
} trustees[] = {
	{ CODE('S', 'Y'), ROOT,	 5, 1, { 18 } },
	{ CODE('B', 'A'), ROOT,	 5, 2, { 32, 544 } },
	{ CODE('B', 'U'), ALL_USERS, 5, 2, { 32, 545 } },
	{ CODE('A', 'U'), ALL_USERS, 5, 1, { 11 } },
	{ CODE('I', 'U'), ALL_USERS, 5, 1, { 4 } },
	{ CODE('W', 'D'), EVERYBODY, 1, 1, { 0 } },
	{ CODE('L', 'S'), 0,	 5, 1, { 19 } },
	{ CODE('N', 'S'), 0,	 5, 1, { 20 } },
	{ CODE('R', 'C'), 0,	 5, 1, { 12 } },
	{ CODE('B', 'G'), 0,	 5, 2, { 32, 546 } },
	{ CODE('A', 'N'), 0,	 5, 1, { 7 } },
	{ CODE('N', 'U'), 0,	 5, 1, { 2 } },
	{ CODE('S', 'U'), 0,	 5, 1, { 6 } },
	{ CODE('C', 'O'), 0,	 3, 1, { 0 } },
	{ CODE('C', 'G'), 0,	 3, 1, { 1 } },
	{ CODE('P', 'U'), 0,	 5, 2, { 32, 547 } },
	{ CODE('U', 'D'), 0,	 0, 0, { 0 } },	/* S-1-5-84-0-0-0-0-0 */
};

static bool find_people(unsigned int code, unsigned int *people)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(trustees); i++)
		if (trustees[i].code == code) {
			*people = trustees[i].people;
			return true;
		}
	return false;
}

/* The most numbers that follow the authority of a SID. */
#define SUB_AUTHORITIES	15

static unsigned int people_of_sid(u64 authority, const u32 *sub, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(trustees); i++)
		if (trustees[i].count && trustees[i].count == count &&
		    trustees[i].authority == authority &&
		    !memcmp(trustees[i].sub, sub, count * sizeof(*sub)))
			return trustees[i].people;
	return 0;
}

/* S-1-authority-number… */
static bool take_sid(struct cursor *c, unsigned int *people)
{
	u32 sub[SUB_AUTHORITIES];
	unsigned int count = 0;
	u64 authority, number;

	if (!take(c, '1') || !take(c, '-') || !take_number(c, (1ULL << 48) - 1, &authority))
		return false;
	while (take(c, '-')) {
		if (count == SUB_AUTHORITIES || !take_number(c, 0xffffffff, &number))
			return false;
		sub[count++] = number;
	}
	*people = people_of_sid(authority, sub, count);
	return count > 0;
}

static bool take_trustee(struct cursor *c, unsigned int *people)
{
	if (c->end - c->at >= 2 && upper(c->at[0]) == 'S' && c->at[1] == '-') {
		c->at += 2;
		return take_sid(c, people);
	}
	return find_people(take_code(c), people);
}

/* ---- Entries ---- */

/* Whether objects inherit an entry is nothing to a device, which has no children. */
static bool take_ace_flags(struct cursor *c, struct ace *ace)
{
	while (c->at < c->end && *c->at != ';')
		switch (take_code(c)) {
		case CODE('I', 'O'):
			ace->inherit_only = true;
			break;
		case CODE('O', 'I'):
		case CODE('C', 'I'):
		case CODE('N', 'P'):
		case CODE('I', 'D'):
			break;
		default:
			return false;
		}
	return true;
}

/* (type;flags;rights;object;object;trustee), behind its first parenthesis. */
static bool take_ace(struct cursor *c, struct ace *ace)
{
	memset(ace, 0, sizeof(*ace));
	if (take(c, 'D') || take(c, 'd'))
		ace->deny = true;
	else if (!take(c, 'A') && !take(c, 'a'))
		return false;
	return take(c, ';') && take_ace_flags(c, ace) && take(c, ';') &&
	       take_rights(c, &ace->mask) && take(c, ';') && take(c, ';') && take(c, ';') &&
	       take_trustee(c, &ace->people) && take(c, ')');
}

/*
 * NT goes through the entries in their order: for each right, the first that
 * concerns the one who asks decides. What none decides is denied.
 */
static void apply(const struct ace *ace, struct nt_security *security, u8 *decided)
{
	u8 may = ace->inherit_only ? 0 : may_of(ace->mask);
	unsigned int who;

	for (who = 0; who < NT_PEOPLE_COUNT; who++) {
		if (!(ace->people & 1 << who))
			continue;
		if (!ace->deny)
			security->may[who] |= may & ~decided[who];
		decided[who] |= may;
	}
}

/* D: is followed by P, AR and AI in any number and order. */
static void take_acl_flags(struct cursor *c)
{
	for (;;) {
		if (take(c, 'P') || take(c, 'p'))
			continue;
		if (c->end - c->at < 2 || upper(c->at[0]) != 'A' ||
		    (upper(c->at[1]) != 'R' && upper(c->at[1]) != 'I'))
			return;
		c->at += 2;
	}
}

/**
 * nt_sddl_parse - read a security descriptor
 * @text: D:P and entries
 * @security: receives whom it allows what
 *
 * Any IRQL. Owner, group and system ACL (O:, G:, S:) are not for device objects.
 * Returns STATUS_SUCCESS or STATUS_INVALID_PARAMETER.
 */
NTSTATUS nt_sddl_parse(PCUNICODE_STRING text, struct nt_security *security)
{
	struct cursor c = { text->Buffer, text->Buffer + text->Length / sizeof(WCHAR) };
	u8 decided[NT_PEOPLE_COUNT] = { 0 };
	struct ace ace;

	memset(security, 0, sizeof(*security));
	if (text->Length % sizeof(WCHAR))
		return STATUS_INVALID_PARAMETER;
	if ((!take(&c, 'D') && !take(&c, 'd')) || !take(&c, ':'))
		return STATUS_INVALID_PARAMETER;
	take_acl_flags(&c);
	while (take(&c, '(')) {
		if (!take_ace(&c, &ace))
			goto invalid;
		apply(&ace, security, decided);
	}
	if (c.at == c.end)
		return STATUS_SUCCESS;
invalid:
	memset(security, 0, sizeof(*security));
	return STATUS_INVALID_PARAMETER;
}

/**
 * nt_security_mode - the mode of a device's node, which belongs to root
 * @security: whom the device's descriptor allows what
 * @users_are_group: the node has a group whose members are the users
 *
 * Without such a group everybody who runs a program is a user: there is nobody
 * on Linux who has not logged in.
 */
unsigned int nt_security_mode(const struct nt_security *security, bool users_are_group)
{
	u8 users = security->may[NT_PEOPLE_USERS];
	u8 others = users_are_group ? security->may[NT_PEOPLE_WORLD] : users;

	return security->may[NT_PEOPLE_ROOT] << 6 | users << 3 | others;
}
