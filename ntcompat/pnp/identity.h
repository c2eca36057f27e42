/* SPDX-License-Identifier: GPL-2.0 */
/* The names of a device: "Device Identification Strings". */
#ifndef _NTCOMPAT_PNP_IDENTITY_H
#define _NTCOMPAT_PNP_IDENTITY_H

#include "../nt.h"

struct nt_devnode;

#define NT_ID_LENGTH_MAX	200	/* characters of one id, MAX_DEVICE_ID_LEN */

/**
 * struct nt_identity - the names of a device
 * @device_id: PCI\VEN_…
 * @instance_id: what tells several with that id apart
 * @hardware_ids: strings, each with its NUL, most special first, and one NUL more
 * @compatible_ids: likewise, those that are less special still
 * @path: both former, with '#' for backslashes, as symbolic links have them
 * @description: for people; may be NULL
 * @location: likewise
 *
 * All are ASCII, as the rules for ids want it. They do not change until the device
 * is gone.
 */
struct nt_identity {
	char *device_id;
	char *instance_id;
	char *hardware_ids;
	char *compatible_ids;
	char *path;
	char *description;
	char *location;
};

int nt_identity_of_pci(struct nt_devnode *devnode);
int nt_identity_of_root(struct nt_devnode *devnode, const char *hardware_id, unsigned int number);
int nt_identity_of_detected(struct nt_devnode *devnode, const char *service, const char *bus,
			    unsigned int number);
NTSTATUS nt_identity_query(struct nt_devnode *devnode);
void nt_identity_free(struct nt_identity *identity);
bool nt_identity_matches(const struct nt_identity *identity, const char *id);
int nt_identity_alias(const struct nt_identity *identity, char *buffer, size_t size);
size_t nt_ids_size(const char *ids);

#endif /* _NTCOMPAT_PNP_IDENTITY_H */
