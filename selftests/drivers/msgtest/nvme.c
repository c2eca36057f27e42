// SPDX-License-Identifier: GPL-2.0
/* The controller: its registers, queues and the few commands that are needed. */
#include "nvme.h"

#define REG_CAP		0x00
#define REG_CC		0x14
#define REG_CSTS	0x1c
#define REG_AQA		0x24
#define REG_ASQ		0x28
#define REG_ACQ		0x30
#define REG_DOORBELLS	0x1000

#define CC_ENABLE	0x00000001
#define CC_ENTRY_SIZES	0x00460000      /* commands of 64 bytes, completions of 16 */
#define CSTS_READY	0x00000001

#define OP_FLUSH	0x00
#define OP_CREATE_SQ	0x01
#define OP_CREATE_CQ	0x05

#define QUEUE_CONTIGUOUS 0x1
#define QUEUE_INTERRUPTS 0x2

static ULONG NvmeRead(PNVME Nvme, ULONG Offset)
{
    return READ_REGISTER_ULONG((PULONG)(Nvme->Registers + Offset));
}

static VOID NvmeWrite(PNVME Nvme, ULONG Offset, ULONG Value)
{
    WRITE_REGISTER_ULONG((PULONG)(Nvme->Registers + Offset), Value);
}

static VOID NvmeWriteAddress(PNVME Nvme, ULONG Offset, PHYSICAL_ADDRESS Address)
{
    NvmeWrite(Nvme, Offset, Address.LowPart);
    NvmeWrite(Nvme, Offset + 4, (ULONG)Address.HighPart);
}

static VOID NvmeRing(PNVME Nvme, ULONG Number, BOOLEAN Completion, ULONG Value)
{
    NvmeWrite(Nvme, REG_DOORBELLS + (2 * Number + (Completion ? 1 : 0)) * Nvme->DoorbellStride,
              Value);
}

NTSTATUS NvmeAllocate(PNVME Nvme, PDEVICE_OBJECT Pdo)
{
    DEVICE_DESCRIPTION description;
    ULONG registers;

    RtlZeroMemory(&description, sizeof(description));
    description.Version = DEVICE_DESCRIPTION_VERSION;
    description.Master = TRUE;
    description.ScatterGather = TRUE;
    description.Dma64BitAddresses = TRUE;
    description.InterfaceType = PCIBus;
    description.MaximumLength = PAGE_SIZE;

    Nvme->Adapter = IoGetDmaAdapter(Pdo, &description, &registers);
    if (!Nvme->Adapter) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Nvme->Memory = Nvme->Adapter->DmaOperations->AllocateCommonBuffer(Nvme->Adapter,
                                                                      2 * NVME_QUEUES * PAGE_SIZE,
                                                                      &Nvme->MemoryAddress, TRUE);
    if (!Nvme->Memory) {
        NvmeFree(Nvme);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NvmeEmptyQueues(Nvme);
    return STATUS_SUCCESS;
}

VOID NvmeEmptyQueues(PNVME Nvme)
{
    PUCHAR memory = Nvme->Memory;
    ULONG i;

    RtlZeroMemory(memory, 2 * NVME_QUEUES * PAGE_SIZE);
    for (i = 0; i < NVME_QUEUES; i++) {
        PNVME_QUEUE queue = &Nvme->Queue[i];

        queue->Commands = (PNVME_COMMAND)(PVOID)(memory + 2 * i * PAGE_SIZE);
        queue->Completions = (volatile NVME_COMPLETION *)(memory + (2 * i + 1) * PAGE_SIZE);
        queue->CommandsAddress.QuadPart = Nvme->MemoryAddress.QuadPart + 2 * i * PAGE_SIZE;
        queue->CompletionsAddress.QuadPart = Nvme->MemoryAddress.QuadPart +
                                             (2 * i + 1) * PAGE_SIZE;
        queue->Tail = 0;
        queue->Head = 0;
        queue->Phase = 1;
    }
}

VOID NvmeFree(PNVME Nvme)
{
    if (Nvme->Memory) {
        Nvme->Adapter->DmaOperations->FreeCommonBuffer(Nvme->Adapter, 2 * NVME_QUEUES * PAGE_SIZE,
                                                       Nvme->MemoryAddress, Nvme->Memory, TRUE);
        Nvme->Memory = NULL;
    }
    if (Nvme->Adapter) {
        Nvme->Adapter->DmaOperations->PutDmaAdapter(Nvme->Adapter);
        Nvme->Adapter = NULL;
    }
}

static NTSTATUS NvmeAwait(PNVME Nvme, ULONG Ready)
{
    LARGE_INTEGER pause;
    ULONG i;

    pause.QuadPart = -10 * 10000LL;
    for (i = 0; i < 2000; i++) {
        if ((NvmeRead(Nvme, REG_CSTS) & CSTS_READY) == Ready) {
            return STATUS_SUCCESS;
        }
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
    return STATUS_IO_TIMEOUT;
}

VOID NvmeDisable(PNVME Nvme)
{
    NvmeWrite(Nvme, REG_CC, 0);
    NvmeAwait(Nvme, 0);
}

NTSTATUS NvmeEnable(PNVME Nvme)
{
    NvmeDisable(Nvme);
    Nvme->DoorbellStride = 4 << (NvmeRead(Nvme, REG_CAP + 4) & 0xf);
    NvmeWrite(Nvme, REG_AQA, (NVME_ENTRIES - 1) << 16 | (NVME_ENTRIES - 1));
    NvmeWriteAddress(Nvme, REG_ASQ, Nvme->Queue[0].CommandsAddress);
    NvmeWriteAddress(Nvme, REG_ACQ, Nvme->Queue[0].CompletionsAddress);
    NvmeWrite(Nvme, REG_CC, CC_ENTRY_SIZES | CC_ENABLE);
    return NvmeAwait(Nvme, CSTS_READY);
}

static PNVME_COMMAND NvmeNext(PNVME Nvme, ULONG Number, ULONG Opcode)
{
    PNVME_QUEUE queue = &Nvme->Queue[Number];
    PNVME_COMMAND command = &queue->Commands[queue->Tail];

    RtlZeroMemory(command, sizeof(*command));
    command->Dword0 = Opcode | queue->Tail << 16;
    return command;
}

/* WRITE_REGISTER_ULONG orders the command before the doorbell. */
static VOID NvmeSubmit(PNVME Nvme, ULONG Number)
{
    PNVME_QUEUE queue = &Nvme->Queue[Number];

    queue->Tail = (queue->Tail + 1) % NVME_ENTRIES;
    NvmeRing(Nvme, Number, FALSE, queue->Tail);
}

VOID NvmeCreateCompletionQueue(PNVME Nvme, ULONG Number, ULONG Message)
{
    PNVME_COMMAND command = NvmeNext(Nvme, 0, OP_CREATE_CQ);

    command->Prp1 = Nvme->Queue[Number].CompletionsAddress.QuadPart;
    command->Dword10 = (NVME_ENTRIES - 1) << 16 | Number;
    command->Dword11 = Message << 16 | QUEUE_INTERRUPTS | QUEUE_CONTIGUOUS;
    NvmeSubmit(Nvme, 0);
}

VOID NvmeCreateSubmissionQueue(PNVME Nvme, ULONG Number)
{
    PNVME_COMMAND command = NvmeNext(Nvme, 0, OP_CREATE_SQ);

    command->Prp1 = Nvme->Queue[Number].CommandsAddress.QuadPart;
    command->Dword10 = (NVME_ENTRIES - 1) << 16 | Number;
    command->Dword11 = Number << 16 | QUEUE_CONTIGUOUS;
    NvmeSubmit(Nvme, 0);
}

VOID NvmeFlush(PNVME Nvme, ULONG Number)
{
    PNVME_COMMAND command = NvmeNext(Nvme, Number, OP_FLUSH);

    command->NamespaceId = 1;
    NvmeSubmit(Nvme, Number);
}

BOOLEAN NvmeTakeCompletion(PNVME Nvme, ULONG Number, PULONG Status)
{
    PNVME_QUEUE queue = &Nvme->Queue[Number];
    ULONG last = queue->Completions[queue->Head].IdAndStatus;

    if (((last >> 16) & 1) != queue->Phase) {
        return FALSE;
    }
    *Status = last >> 17;
    queue->Head = (queue->Head + 1) % NVME_ENTRIES;
    if (!queue->Head) {
        queue->Phase ^= 1;
    }
    NvmeRing(Nvme, Number, TRUE, queue->Head);
    return TRUE;
}
