// SPDX-License-Identifier: GPL-2.0
/*
 * The error log, which here is the kernel's: a line for what happened, one for the
 * dump data, one for each string.
 */
#include "device.h"
#include "driver.h"
#include "status.h"
#include "../ke/irql.h"
#include "../linux/glue.h"

/**
 * struct log_entry - an entry that a driver fills in
 * @driver: who has an error, by name
 * @device: where, by name, or empty
 * @bytes: of the packet with its dump data and strings
 * @packet: what the driver sees
 */
struct log_entry {
	char driver[32];
	char device[64];
	unsigned int bytes;
	IO_ERROR_LOG_PACKET packet;
};

static void note_source(struct log_entry *entry, void *object)
{
	PDRIVER_OBJECT driver = object;

	if (*(CSHORT *)object == IO_TYPE_DEVICE) {
		driver = ((PDEVICE_OBJECT)object)->DriverObject;
		nt_device_name(object, entry->device, sizeof(entry->device));
	}
	strscpy(entry->driver, nt_driver(driver)->info->name, sizeof(entry->driver));
}

/**
 * IoAllocateErrorLogEntry - make an entry for the error log
 * @IoObject: the device that has the error, or the driver
 * @EntrySize: bytes of an IO_ERROR_LOG_PACKET with dump data and strings, at most
 *	ERROR_LOG_MAXIMUM_SIZE
 *
 * IRQL: <= DISPATCH_LEVEL. Zeroed; NULL when there is no memory or the size is wrong.
 */
PVOID IoAllocateErrorLogEntry(PVOID IoObject, UCHAR EntrySize)
{
	struct log_entry *entry;

	if (EntrySize < offsetof(IO_ERROR_LOG_PACKET, DumpData) || EntrySize > ERROR_LOG_MAXIMUM_SIZE)
		return NULL;
	/* DumpData[1] is there even when it is not used. */
	entry = kzalloc(sizeof(*entry) + EntrySize, nt_gfp() | __GFP_NOWARN);
	if (!entry)
		return NULL;
	entry->bytes = EntrySize;
	note_source(entry, IoObject);
	nt_live_inc(NT_LIVE_LOG_ENTRY);
	return &entry->packet;
}
EXPORT_SYMBOL(IoAllocateErrorLogEntry);

static struct log_entry *entry_of(PVOID packet)
{
	return container_of((PIO_ERROR_LOG_PACKET)packet, struct log_entry, packet);
}

/**
 * IoFreeErrorLogEntry - free an entry that is not going to be written
 * @ElEntry: from IoAllocateErrorLogEntry()
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void IoFreeErrorLogEntry(PVOID ElEntry)
{
	nt_live_dec(NT_LIVE_LOG_ENTRY);
	kfree(entry_of(ElEntry));
}
EXPORT_SYMBOL(IoFreeErrorLogEntry);

static void print_head(const struct log_entry *entry)
{
	const IO_ERROR_LOG_PACKET *p = &entry->packet;

	pr_err("%s %s: error 0x%08x, unique value %u, final status %s, IRP_MJ 0x%02x, %u retries, sequence %u, control code 0x%08x, offset %lld\n",
	       entry->driver, entry->device, (__force u32)p->ErrorCode, p->UniqueErrorValue,
	       nt_status_text(p->FinalStatus), p->MajorFunctionCode, p->RetryCount,
	       p->SequenceNumber, p->IoControlCode, p->DeviceOffset.QuadPart);
}

/* A driver may say more than the entry has room for. */
static unsigned int dump_bytes(const struct log_entry *entry)
{
	return min_t(unsigned int, entry->packet.DumpDataSize,
		     entry->bytes - offsetof(IO_ERROR_LOG_PACKET, DumpData));
}

static void print_dump(const struct log_entry *entry)
{
	unsigned int bytes = dump_bytes(entry);

	if (bytes)
		pr_err("%s: dump data: %*ph\n", entry->driver, min(bytes, 64U),
		       entry->packet.DumpData);
	if (bytes > 64)
		pr_err("%s: dump data: %*ph\n", entry->driver, min(bytes - 64, 64U),
		       (u8 *)entry->packet.DumpData + 64);
}

/* The next string, without its end; false when there is none within the entry. */
static bool next_string(const struct log_entry *entry, unsigned int *at, char *text, size_t size)
{
	const WCHAR *from = (WCHAR *)((u8 *)&entry->packet + *at);
	unsigned int units = *at < entry->bytes ? (entry->bytes - *at) / sizeof(WCHAR) : 0, i;

	for (i = 0; i < units && from[i]; i++)
		if (i < size - 1)
			text[i] = from[i] < 0x80 ? from[i] : '?';
	text[min_t(size_t, i, size - 1)] = 0;
	*at += (i + 1) * sizeof(WCHAR);
	return i < units;
}

static void print_strings(const struct log_entry *entry)
{
	unsigned int at = entry->packet.StringOffset, i;
	char text[ERROR_LOG_MAXIMUM_SIZE / sizeof(WCHAR)];

	for (i = 0; i < entry->packet.NumberOfStrings; i++) {
		if (!next_string(entry, &at, text, sizeof(text)))
			return;
		pr_err("%s: \"%s\"\n", entry->driver, text);
	}
}

/**
 * IoWriteErrorLogEntry - write an entry to the log, and free it
 * @ElEntry: from IoAllocateErrorLogEntry(), filled in
 *
 * IRQL: <= DISPATCH_LEVEL. There are no message files to make a sentence of the code.
 */
void IoWriteErrorLogEntry(PVOID ElEntry)
{
	struct log_entry *entry = entry_of(ElEntry);

	print_head(entry);
	print_dump(entry);
	print_strings(entry);
	IoFreeErrorLogEntry(ElEntry);
}
EXPORT_SYMBOL(IoWriteErrorLogEntry);

/**
 * IoSetHardErrorOrVerifyDevice - tell of an error that a user could mend
 * @Irp: the request that has it, of a thread
 * @DeviceObject: the device whose medium is missing or another one
 *
 * IRQL: <= DISPATCH_LEVEL. On Windows the file system asks the user. Here nobody
 * does: the kernel's log says which device it is.
 */
void IoSetHardErrorOrVerifyDevice(PIRP Irp, PDEVICE_OBJECT DeviceObject)
{
	char name[64];

	WARN_ONCE(!Irp->Tail.Overlay.Thread, "IoSetHardErrorOrVerifyDevice: the IRP has no thread\n");
	pr_notice("%s: %s needs its user: %s\n",
		  nt_driver(DeviceObject->DriverObject)->info->name,
		  nt_device_name(DeviceObject, name, sizeof(name)),
		  nt_status_text(Irp->IoStatus.Status));
}
EXPORT_SYMBOL(IoSetHardErrorOrVerifyDevice);
