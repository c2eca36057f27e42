// SPDX-License-Identifier: GPL-2.0
/* A transfer's way through a chain of MDLs, part by part: each lies in one of them. */
#include "dma.h"

/**
 * nt_chain_begin - stand at the first byte of a transfer
 * @at: receives the place
 * @mdl: the first MDL of the chain
 * @offset: bytes from the start of its buffer to that of the transfer
 * @length: bytes
 *
 * False when the buffers of the chain hold no such bytes.
 */
bool nt_chain_begin(struct nt_chain *at, PMDL mdl, u64 offset, u32 length)
{
	u64 room = 0;
	PMDL last;

	while (mdl && offset >= mdl->ByteCount && mdl->Next) {
		offset -= mdl->ByteCount;
		mdl = mdl->Next;
	}
	if (!mdl)
		return false;
	for (last = mdl; last; last = last->Next)
		room += last->ByteCount;
	if (offset > room || length > room - offset)
		return false;
	*at = (struct nt_chain){ .mdl = mdl, .offset = offset, .left = length };
	return true;
}

/* Bytes of the part that lies ahead; none at the end. */
u32 nt_chain_part(const struct nt_chain *at)
{
	return min(at->left, at->mdl->ByteCount - at->offset);
}

/* Go on by as many bytes, which lie in the part ahead. */
void nt_chain_advance(struct nt_chain *at, u32 bytes)
{
	at->offset += bytes;
	at->left -= bytes;
	while (at->left && at->offset == at->mdl->ByteCount) {
		at->mdl = at->mdl->Next;
		at->offset = 0;
	}
}

/* A map register for each page of each buffer. */
u32 nt_chain_registers(struct nt_chain at)
{
	u32 registers = 0;

	while (at.left) {
		u32 bytes = nt_chain_part(&at);

		registers += nt_mdl_registers(at.mdl, at.offset, bytes);
		nt_chain_advance(&at, bytes);
	}
	return registers;
}
