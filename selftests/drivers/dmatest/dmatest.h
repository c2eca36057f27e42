/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests of adapter objects have in common. */
#ifndef DMATEST_H
#define DMATEST_H

#include "frame.h"

#define TAG	'tamD'

/* What an AdapterListControl routine has seen. */
typedef struct _LIST {
	PSCATTER_GATHER_LIST List;
	LONG Calls;
} LIST, *PLIST;

DRIVER_LIST_CONTROL ListControl;
ULONG ListBytes(PSCATTER_GATHER_LIST List);
PMDL PageMdl(PUCHAR Page, ULONG Length);
ULONG CountBytes(PUCHAR Page, ULONG From, ULONG To, UCHAR Value);

/* Version 3, which the headers of mingw-w64 do not have. */
#ifdef DMA_SYNCHRONOUS_CALLBACK
VOID DmaVersions(PTEST T);
VOID DmaTransferInfo(PTEST T);
VOID DmaMapEx(PTEST T);
VOID DmaMapExInSteps(PTEST T);
VOID DmaMapExRefused(PTEST T);
VOID DmaChannelEx(PTEST T);
VOID DmaChannelExRefused(PTEST T);
VOID DmaCancel(PTEST T);
VOID DmaCancelAhead(PTEST T);
VOID DmaCancelMapped(PTEST T);
VOID DmaCancelRace(PTEST T);
VOID DmaListEx(PTEST T);
VOID DmaListExNow(PTEST T);
VOID DmaListExRefused(PTEST T);
VOID DmaListChain(PTEST T);
VOID DmaCommonEx(PTEST T);
VOID DmaCommonVector(PTEST T);
VOID DmaNoDomains(PTEST T);
VOID DmaDevice(PTEST T);
#endif

#endif /* DMATEST_H */
