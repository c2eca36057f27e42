/* SPDX-License-Identifier: GPL-2.0 */
/* Nodes in /dev/nt. */
#ifndef _NTCOMPAT_LINUX_NODE_H
#define _NTCOMPAT_LINUX_NODE_H

#include "../nt.h"

struct device;
struct nt_node;

NTSTATUS nt_node_create(const WCHAR *name, unsigned int units, PCUNICODE_STRING target,
			struct nt_node **node);
NTSTATUS nt_node_create_interface(struct device *parent, const char *guid, const char *instance,
				  PCUNICODE_STRING reference, PCUNICODE_STRING target,
				  struct nt_node **node);
void nt_node_destroy(struct nt_node *node);
NTSTATUS nt_node_target(unsigned int minor, PUNICODE_STRING target);

int nt_node_setup(void);
void nt_node_teardown(void);

#endif /* _NTCOMPAT_LINUX_NODE_H */
