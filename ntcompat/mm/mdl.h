/* SPDX-License-Identifier: GPL-2.0 */
/* MDLs as the I/O manager itself uses them: pinned user pages. */
#ifndef _NTCOMPAT_MM_MDL_H
#define _NTCOMPAT_MM_MDL_H

#include "../nt.h"

static inline size_t nt_mdl_bytes(const void *base, size_t length)
{
	return sizeof(MDL) + sizeof(PFN_NUMBER) * ADDRESS_AND_SIZE_TO_SPAN_PAGES(base, length);
}

static inline unsigned int nt_mdl_pages(const MDL *mdl)
{
	return ADDRESS_AND_SIZE_TO_SPAN_PAGES((PCHAR)mdl->StartVa + mdl->ByteOffset, mdl->ByteCount);
}

struct page;
struct page *nt_mdl_page(const MDL *mdl, unsigned int index);

int nt_mdl_pin_user(PMDL mdl, bool device_writes);
bool nt_mdl_prepare_mapping(PMDL mdl);
void nt_mdl_unpin(PMDL mdl);
void nt_mdl_forget_mapping(PMDL mdl);
void nt_mdl_dirty(PMDL mdl);
bool nt_mdl_can_unpin_atomic(const MDL *mdl);
void nt_mdl_unpin_atomic(PMDL mdl);
void nt_mdl_copy(const MDL *mdl, u32 offset, void *buffer, u32 length, bool to_mdl);

#endif /* _NTCOMPAT_MM_MDL_H */
