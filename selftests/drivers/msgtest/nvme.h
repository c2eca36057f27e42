/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nvme.h - as much of an NVMe controller as makes it send interrupt messages
 *
 * NVM Express Base Specification 1.4: registers (3.1), queues (4.1, 4.6), admin
 * commands (5). Queue n tells of its completions by message n.
 */
#ifndef NVME_H
#define NVME_H

#include <ntddk.h>

#define NVME_QUEUES	4	/* the admin queue and three of I/O */
#define NVME_ENTRIES	8	/* of each */

typedef struct _NVME_COMMAND {
    ULONG Dword0;               /* opcode, identifier */
    ULONG NamespaceId;
    ULONG Reserved[2];
    ULONGLONG Metadata;
    ULONGLONG Prp1;
    ULONGLONG Prp2;
    ULONG Dword10;
    ULONG Dword11;
    ULONG Rest[4];
} NVME_COMMAND, *PNVME_COMMAND;

typedef struct _NVME_COMPLETION {
    ULONG Result;
    ULONG Reserved;
    ULONG Head;
    ULONG IdAndStatus;          /* phase in bit 16, status above */
} NVME_COMPLETION, *PNVME_COMPLETION;

C_ASSERT(sizeof(NVME_COMMAND) == 64);
C_ASSERT(sizeof(NVME_COMPLETION) == 16);

/* A submission queue with its completion queue, a page each. */
typedef struct _NVME_QUEUE {
    PNVME_COMMAND Commands;
    volatile NVME_COMPLETION *Completions;
    PHYSICAL_ADDRESS CommandsAddress;
    PHYSICAL_ADDRESS CompletionsAddress;
    ULONG Tail;
    ULONG Head;
    ULONG Phase;
} NVME_QUEUE, *PNVME_QUEUE;

typedef struct _NVME {
    PUCHAR Registers;
    ULONG DoorbellStride;
    PDMA_ADAPTER Adapter;
    PVOID Memory;
    PHYSICAL_ADDRESS MemoryAddress;
    NVME_QUEUE Queue[NVME_QUEUES];
} NVME, *PNVME;

NTSTATUS NvmeAllocate(PNVME Nvme, PDEVICE_OBJECT Pdo);
VOID NvmeFree(PNVME Nvme);

/* With the controller disabled. */
VOID NvmeEmptyQueues(PNVME Nvme);
NTSTATUS NvmeEnable(PNVME Nvme);
VOID NvmeDisable(PNVME Nvme);
VOID NvmeCreateCompletionQueue(PNVME Nvme, ULONG Number, ULONG Message);
VOID NvmeCreateSubmissionQueue(PNVME Nvme, ULONG Number);
VOID NvmeFlush(PNVME Nvme, ULONG Number);

/* Take one completion off the queue. FALSE if there is none. */
BOOLEAN NvmeTakeCompletion(PNVME Nvme, ULONG Number, PULONG Status);

#endif
