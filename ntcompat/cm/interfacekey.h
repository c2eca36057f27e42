/* SPDX-License-Identifier: GPL-2.0 */
/* The keys of device interfaces. */
#ifndef _NTCOMPAT_CM_INTERFACEKEY_H
#define _NTCOMPAT_CM_INTERFACEKEY_H

#include "key.h"

/* Returns with nt_registry_lock held when it succeeds; the key has no reference. */
NTSTATUS nt_interface_key_lock(PCUNICODE_STRING link, struct nt_key **key);

#endif /* _NTCOMPAT_CM_INTERFACEKEY_H */
