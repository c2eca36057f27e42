/* SPDX-License-Identifier: GPL-2.0 */
/* Mappings of drivers' memory into processes. */
#ifndef _NTCOMPAT_MM_USERMAP_H
#define _NTCOMPAT_MM_USERMAP_H

#include "../nt.h"

/* Into the current process, at @where if that is not NULL. PASSIVE_LEVEL. NULL on failure. */
void *nt_user_map(PMDL mdl, void *where, bool writable);

/* Undo that, in the same process. */
void nt_user_unmap(void *va, PMDL mdl);

/* The MDL's pages are about to go: whatever still maps them must not. */
void nt_user_mappings_end(PMDL mdl);

#endif /* _NTCOMPAT_MM_USERMAP_H */
