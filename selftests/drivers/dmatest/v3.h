/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests of version 3 have in common. */
#ifndef V3_H
#define V3_H

#include "dmatest.h"

#ifdef DMA_SYNCHRONOUS_CALLBACK

/* A request for the channel, and what came of it. */
typedef struct _REQUEST {
	UCHAR Context[DMA_TRANSFER_CONTEXT_SIZE_V1];
	IO_ALLOCATION_ACTION Action;
	PVOID Base;
	volatile LONG Calls;
} REQUEST, *PREQUEST;

/* Two buffers in a chain, the second of which begins and ends within a page. */
enum { FIRST = 2 * PAGE_SIZE, SECOND = PAGE_SIZE, SECOND_AT = 512, CHAIN = FIRST + SECOND,
       CHAIN_REGISTERS = 4 };

typedef struct _CHAINED {
	PUCHAR First, Second;
	PMDL Mdl;
} CHAINED, *PCHAINED;

PDMA_ADAPTER GetAdapter3(PTEST T, BOOLEAN ScatterGather, ULONG Bits, ULONG Length,
			 PULONG Registers);
VOID PutAdapter3(PDMA_ADAPTER Adapter);
BOOLEAN MakeChain(PCHAINED Chain);
VOID FreeChain(PCHAINED Chain);
VOID FillChain(PCHAINED Chain, UCHAR Value);
ULONG CountChain(PCHAINED Chain, ULONG From, ULONG To, UCHAR Value);

DRIVER_CONTROL RequestControl;
NTSTATUS Request(PTEST T, PDMA_ADAPTER Adapter, ULONG Registers, PREQUEST R,
		 IO_ALLOCATION_ACTION Action);
NTSTATUS RequestNow(PTEST T, PDMA_ADAPTER Adapter, ULONG Registers, PREQUEST R);
VOID FreeObject(PDMA_ADAPTER Adapter, IO_ALLOCATION_ACTION Action);
VOID FreeRegisters3(PDMA_ADAPTER Adapter, PVOID Base, ULONG Registers);

#endif

#endif /* V3_H */
