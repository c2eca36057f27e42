/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_LINUX_COMMANDS_H
#define _NTCOMPAT_LINUX_COMMANDS_H

struct attribute_group;

extern const struct attribute_group *nt_command_groups[];

#endif /* _NTCOMPAT_LINUX_COMMANDS_H */
