/* SPDX-License-Identifier: GPL-2.0 */
/* Security descriptors in text, and what they mean to Linux. */
#ifndef _NTCOMPAT_SE_SDDL_H
#define _NTCOMPAT_SE_SDDL_H

#include "../rtl/string.h"

/* The kinds of people that Linux tells apart by a file's mode. */
enum nt_people {
	NT_PEOPLE_ROOT,		/* the system and its administrators: SY, BA */
	NT_PEOPLE_USERS,	/* who has an account: BU, AU, IU */
	NT_PEOPLE_WORLD,	/* anybody: WD */
	NT_PEOPLE_COUNT
};

/* The bits of a mode: what a kind of people may do. */
#define NT_MAY_READ	4
#define NT_MAY_WRITE	2

/**
 * struct nt_security - who may open a device
 * @may: NT_MAY_x, for each kind of people
 */
struct nt_security {
	u8 may[NT_PEOPLE_COUNT];
};

NTSTATUS nt_sddl_parse(PCUNICODE_STRING text, struct nt_security *security);
unsigned int nt_security_mode(const struct nt_security *security, bool users_are_group);

#endif /* _NTCOMPAT_SE_SDDL_H */
