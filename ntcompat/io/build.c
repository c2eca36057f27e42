// SPDX-License-Identifier: GPL-2.0
/*
 * IRPs that drivers make and send themselves, and how those end that no
 * completion routine takes back.
 *
 * System buffers come from pool and MDLs from IoAllocateMdl(), never from inside
 * struct nt_irp: the completion routine of an asynchronous request frees both,
 * as the page "IoBuildAsynchronousFsdRequest" shows.
 */
#include "build.h"
#include "threaded.h"
#include "../mm/lock.h"

#define BUFFER_TAG	0x42706f49	/* "IopB" */

/* Windows copies from and to user addresses in the caller's thread; we do not. */
static bool is_kernel(const void *address, const char *routine)
{
	if (!address || (unsigned long)address >= TASK_SIZE_MAX)
		return true;
	pr_warn_once("%s: a buffered request with the user address %p is not supported\n",
		     routine, address);
	return false;
}

static void free_mdls(PIRP irp)
{
	PMDL mdl, next;

	for (mdl = irp->MdlAddress; mdl; mdl = next) {
		next = mdl->Next;
		if (mdl->MdlFlags & MDL_PAGES_LOCKED)
			MmUnlockPages(mdl);
		IoFreeMdl(mdl);
	}
	irp->MdlAddress = NULL;
}

static void free_buffers(PIRP irp)
{
	free_mdls(irp);
	if (irp->Flags & IRP_DEALLOCATE_BUFFER)
		ExFreePool(irp->AssociatedIrp.SystemBuffer);
	irp->Flags &= ~IRP_DEALLOCATE_BUFFER;
}

/* As for user programs: all but errors bring data, no more than there is room for. */
static void copy_back(PIRP irp)
{
	u32 room = nt_irp(irp)->origin.out_len;

	if ((irp->Flags & IRP_INPUT_OPERATION) && !NT_ERROR(irp->IoStatus.Status))
		memcpy(irp->UserBuffer, irp->AssociatedIrp.SystemBuffer,
		       min_t(u64, irp->IoStatus.Information, room));
}

static void finish_associated(struct nt_irp *nt)
{
	PIRP master = nt->irp.AssociatedIrp.MasterIrp;

	free_mdls(&nt->irp);
	nt_irp_unref(nt);
	if (!atomic_dec_return((atomic_t *)&master->AssociatedIrp.IrpCount))
		IofCompleteRequest(master, IO_NO_INCREMENT);
}

/**
 * nt_irp_finish_driver_built - the end of an IRP that no completion routine kept
 * @nt: an IRP that a driver made
 *
 * IRQL: <= DISPATCH_LEVEL. Tells whoever is to be told, and frees the IRP with
 * all that belongs to it. One from IoAllocateIrp() that has nobody to tell is
 * its driver's own: it should have been taken back, and is left alone.
 */
void nt_irp_finish_driver_built(struct nt_irp *nt)
{
	PIRP irp = &nt->irp;
	IO_STATUS_BLOCK result = irp->IoStatus;
	PIO_STATUS_BLOCK iosb = irp->UserIosb;
	PKEVENT event = irp->UserEvent;

	if (irp->Flags & IRP_ASSOCIATED_IRP) {
		finish_associated(nt);
		return;
	}
	if (WARN_ONCE(!iosb && !event, "a driver's own IRP came back to nobody\n"))
		return;
	nt_threaded_del(nt);
	copy_back(irp);
	free_buffers(irp);
	nt_irp_unref(nt);
	/* The event is the last touch: status block and event lie on the waiter's stack. */
	if (iosb)
		*iosb = result;
	if (event)
		KeSetEvent(event, IO_NO_INCREMENT, FALSE);
}

static void init_bare(PIRP irp, USHORT size, CCHAR stack_size)
{
	memset(irp, 0, size);
	irp->Type = IO_TYPE_IRP;
	irp->Size = size;
	irp->StackCount = stack_size;
	irp->CurrentLocation = stack_size + 1;
	irp->AllocationFlags = NT_IRP_BARE;
	InitializeListHead(&irp->ThreadListEntry);
	irp->Tail.Overlay.CurrentStackLocation = (PIO_STACK_LOCATION)(irp + 1) + stack_size;
}

/**
 * IoInitializeIrp - make an IRP in memory of the driver's own
 * @Irp: nonpaged memory of @PacketSize bytes
 * @PacketSize: IoSizeOfIrp(StackSize) or more
 * @StackSize: stack locations
 *
 * IRQL: <= DISPATCH_LEVEL. A completion routine must take the IRP back. Not for
 * an IRP from IoAllocateIrp(): IoReuseIrp() makes such a one new.
 */
void IoInitializeIrp(PIRP Irp, USHORT PacketSize, CCHAR StackSize)
{
	if (WARN(StackSize < 1 || PacketSize < IoSizeOfIrp(StackSize),
		 "IoInitializeIrp: %u bytes cannot hold %d stack locations\n", PacketSize, StackSize))
		return;
	init_bare(Irp, PacketSize, StackSize);
}
EXPORT_SYMBOL(IoInitializeIrp);

/**
 * IoReuseIrp - make an IRP new that its completion routine took back
 * @Irp: from IoAllocateIrp() or IoInitializeIrp()
 * @Status: the status to begin with
 *
 * IRQL: <= DISPATCH_LEVEL. Its completion routine must be set again.
 */
void IoReuseIrp(PIRP Irp, NTSTATUS Status)
{
	struct nt_irp *nt = nt_irp(Irp);

	if (nt_irp_is_bare(Irp)) {
		init_bare(Irp, Irp->Size, Irp->StackCount);
	} else {
		/* From the ground: a driver may have written to locations without sending it. */
		nt_irp_shape(nt, Irp->StackCount);
		nt_irp_renew(nt);
		nt->sender = NULL;
	}
	Irp->IoStatus.Status = Status;
}
EXPORT_SYMBOL(IoReuseIrp);

static struct nt_irp *alloc_for(PDEVICE_OBJECT device, UCHAR major)
{
	struct nt_irp *nt = nt_irp_alloc(device->StackSize, GFP_KERNEL | __GFP_NOWARN);

	if (!nt)
		return NULL;
	nt->sender = NULL;
	nt_irp_first(nt)->MajorFunction = major;
	return nt;
}

/* What the caller gives, in pool memory; the rest reads as zero. */
static bool make_system_buffer(PIRP irp, const void *in, ULONG in_len, ULONG size)
{
	void *buffer;

	if (!size)
		return true;
	if (!is_kernel(in, "IoBuild"))
		return false;
	buffer = ExAllocatePoolWithTag(NonPagedPool, size, BUFFER_TAG);
	if (!buffer)
		return false;
	if (in_len)
		memcpy(buffer, in, in_len);
	memset(buffer + in_len, 0, size - in_len);
	irp->AssociatedIrp.SystemBuffer = buffer;
	irp->Flags |= IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER;
	return true;
}

/* Where the system buffer goes in the end, see copy_back(). */
static bool set_output(PIRP irp, void *out, ULONG out_len)
{
	if (!out || !out_len)
		return true;
	if (!is_kernel(out, "IoBuild"))
		return false;
	irp->UserBuffer = out;
	irp->Flags |= IRP_INPUT_OPERATION;
	nt_irp(irp)->origin.out_len = out_len;
	return true;
}

static bool make_mdl(PIRP irp, void *buffer, ULONG length, LOCK_OPERATION operation)
{
	PMDL mdl;

	if (!length)
		return true;
	mdl = IoAllocateMdl(buffer, length, FALSE, FALSE, irp);
	return mdl && NT_SUCCESS(nt_mdl_lock(mdl, KernelMode, operation));
}

static bool make_ioctl_buffers(struct nt_irp *nt, ULONG code, void *in, ULONG in_len, void *out,
			       ULONG out_len)
{
	PIRP irp = &nt->irp;

	switch (METHOD_FROM_CTL_CODE(code)) {
	case METHOD_BUFFERED:
		return make_system_buffer(irp, in, in_len, max(in_len, out_len)) &&
		       set_output(irp, out, out_len);
	case METHOD_IN_DIRECT:
		return make_system_buffer(irp, in, in_len, in_len) &&
		       make_mdl(irp, out, out_len, IoReadAccess);
	case METHOD_OUT_DIRECT:
		return make_system_buffer(irp, in, in_len, in_len) &&
		       make_mdl(irp, out, out_len, IoWriteAccess);
	default:
		irp->UserBuffer = out;
		nt_irp_first(nt)->Parameters.DeviceIoControl.Type3InputBuffer = in;
		return true;
	}
}

static PIRP give_up(struct nt_irp *nt)
{
	free_buffers(&nt->irp);
	nt_irp_free(nt);
	return NULL;
}

/**
 * nt_irp_build_control - a driver's control request, with its buffers
 * @major: IRP_MJ_DEVICE_CONTROL and those like it
 * @device: the device that it will be sent to
 * @code: the control code
 * @in: input, or NULL
 * @in_len: its bytes
 * @out: output, or NULL
 * @out_len: its bytes
 *
 * PASSIVE_LEVEL. nt_irp_finish_driver_built() releases it all. NULL when there is no
 * memory or a buffer is not there.
 */
struct nt_irp *nt_irp_build_control(UCHAR major, PDEVICE_OBJECT device, ULONG code, void *in,
				    ULONG in_len, void *out, ULONG out_len)
{
	struct nt_irp *nt = alloc_for(device, major);
	PIO_STACK_LOCATION first;

	if (!nt)
		return NULL;
	first = nt_irp_first(nt);
	first->Parameters.DeviceIoControl.OutputBufferLength = out_len;
	first->Parameters.DeviceIoControl.InputBufferLength = in_len;
	first->Parameters.DeviceIoControl.IoControlCode = code;
	if (make_ioctl_buffers(nt, code, in, in_len, out, out_len))
		return nt;
	give_up(nt);
	return NULL;
}

/**
 * IoBuildDeviceIoControlRequest - make a device control request that can be waited for
 * @IoControlCode: the code; its two low bits choose the transfer method
 * @DeviceObject: the device that it will be sent to
 * @InputBuffer: input, or NULL
 * @InputBufferLength: its bytes
 * @OutputBuffer: output, or NULL; for the direct methods the second buffer
 * @OutputBufferLength: its bytes
 * @InternalDeviceIoControl: IRP_MJ_INTERNAL_DEVICE_CONTROL
 * @Event: set when the request has ended; or NULL
 * @IoStatusBlock: receives the result before that
 *
 * IRQL: <= APC_LEVEL. Returns NULL when there is no memory or a buffer is not
 * there. The I/O manager frees the IRP at its end, which must not be kept from
 * it. The calling thread's exit cancels it. Differs from Windows: the exit does
 * not wait for its end, and METHOD_BUFFERED takes no user addresses.
 */
PIRP IoBuildDeviceIoControlRequest(ULONG IoControlCode, PDEVICE_OBJECT DeviceObject,
				   PVOID InputBuffer, ULONG InputBufferLength, PVOID OutputBuffer,
				   ULONG OutputBufferLength, BOOLEAN InternalDeviceIoControl,
				   PKEVENT Event, PIO_STATUS_BLOCK IoStatusBlock)
{
	struct nt_irp *nt = nt_irp_build_control(InternalDeviceIoControl ?
						 IRP_MJ_INTERNAL_DEVICE_CONTROL :
						 IRP_MJ_DEVICE_CONTROL,
						 DeviceObject, IoControlCode, InputBuffer,
						 InputBufferLength, OutputBuffer,
						 OutputBufferLength);

	if (!nt)
		return NULL;
	nt->end = nt_irp_finish_driver_built;
	nt->irp.UserEvent = Event;
	nt->irp.UserIosb = IoStatusBlock;
	nt_threaded_add(nt);
	return &nt->irp;
}
EXPORT_SYMBOL(IoBuildDeviceIoControlRequest);

static bool make_transfer_buffers(PIRP irp, PDEVICE_OBJECT device, void *buffer, ULONG length,
				  bool read)
{
	if (device->Flags & DO_BUFFERED_IO)
		return make_system_buffer(irp, buffer, read ? 0 : length, length) &&
		       (!read || set_output(irp, buffer, length));
	if (device->Flags & DO_DIRECT_IO)
		return make_mdl(irp, buffer, length, read ? IoWriteAccess : IoReadAccess);
	irp->UserBuffer = buffer;
	return true;
}

/* A driver's read or write with its buffers, or a request without any; see above. */
struct nt_irp *nt_irp_build_fsd(ULONG major, PDEVICE_OBJECT device, void *buffer, ULONG length,
				PLARGE_INTEGER offset, PIO_STATUS_BLOCK iosb)
{
	struct nt_irp *nt = alloc_for(device, major);
	PIO_STACK_LOCATION first;

	if (!nt)
		return NULL;
	nt->irp.UserIosb = iosb;
	if (major != IRP_MJ_READ && major != IRP_MJ_WRITE)
		return nt;
	nt->irp.Flags = major == IRP_MJ_READ ? IRP_READ_OPERATION : IRP_WRITE_OPERATION;
	first = nt_irp_first(nt);
	first->Parameters.Read.Length = length;
	first->Parameters.Read.ByteOffset.QuadPart = offset ? offset->QuadPart : 0;
	if (make_transfer_buffers(&nt->irp, device, buffer, length, major == IRP_MJ_READ))
		return nt;
	give_up(nt);
	return NULL;
}

/**
 * IoBuildSynchronousFsdRequest - make a request that can be waited for
 * @MajorFunction: IRP_MJ_READ, WRITE, FLUSH_BUFFERS, SHUTDOWN or PNP
 * @DeviceObject: the device that it will be sent to
 * @Buffer: of a read or write
 * @Length: its bytes
 * @StartingOffset: where on the device
 * @Event: set when the request has ended
 * @IoStatusBlock: receives the result before that
 *
 * IRQL: <= APC_LEVEL. NULL when there is no memory. The buffer is passed as
 * the device object's flags say. The I/O manager frees the IRP at its end. The
 * calling thread's exit cancels it.
 */
PIRP IoBuildSynchronousFsdRequest(ULONG MajorFunction, PDEVICE_OBJECT DeviceObject, PVOID Buffer,
				  ULONG Length, PLARGE_INTEGER StartingOffset, PKEVENT Event,
				  PIO_STATUS_BLOCK IoStatusBlock)
{
	struct nt_irp *nt = nt_irp_build_fsd(MajorFunction, DeviceObject, Buffer, Length,
					     StartingOffset, IoStatusBlock);

	if (!nt)
		return NULL;
	nt->end = nt_irp_finish_driver_built;
	nt->irp.UserEvent = Event;
	nt_threaded_add(nt);
	return &nt->irp;
}
EXPORT_SYMBOL(IoBuildSynchronousFsdRequest);

/**
 * IoBuildAsynchronousFsdRequest - make a request that a completion routine takes back
 * @MajorFunction: IRP_MJ_READ, WRITE, FLUSH_BUFFERS, SHUTDOWN or PNP
 * @DeviceObject: the device that it will be sent to
 * @Buffer: of a read or write
 * @Length: its bytes
 * @StartingOffset: where on the device
 * @IoStatusBlock: kept in UserIosb for the caller's use
 *
 * IRQL: <= APC_LEVEL. NULL when there is no memory. The completion routine
 * unlocks and frees the MDL, frees the system buffer (ExFreePool), and the IRP.
 */
PIRP IoBuildAsynchronousFsdRequest(ULONG MajorFunction, PDEVICE_OBJECT DeviceObject, PVOID Buffer,
				   ULONG Length, PLARGE_INTEGER StartingOffset,
				   PIO_STATUS_BLOCK IoStatusBlock)
{
	struct nt_irp *nt = nt_irp_build_fsd(MajorFunction, DeviceObject, Buffer, Length,
					     StartingOffset, IoStatusBlock);

	return nt ? &nt->irp : NULL;
}
EXPORT_SYMBOL(IoBuildAsynchronousFsdRequest);

/**
 * IoMakeAssociatedIrp - make one of the IRPs that a master IRP is split into
 * @Irp: the master, with AssociatedIrp.IrpCount set to how many there will be
 * @StackSize: the StackSize of the device that it will be sent to
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when there is no memory. When the last one has
 * ended, the master is completed with the IoStatus that it has. IrpCount lies
 * where SystemBuffer is: the master must be a request without a system buffer.
 * MDLs of the associated IRP are freed with it.
 */
PIRP IoMakeAssociatedIrp(PIRP Irp, CCHAR StackSize)
{
	PIRP irp = IoAllocateIrp(StackSize, FALSE);

	if (!irp)
		return NULL;
	nt_irp(irp)->end = nt_irp_finish_driver_built;
	irp->Flags |= IRP_ASSOCIATED_IRP;
	irp->AssociatedIrp.MasterIrp = Irp;
	irp->Tail.Overlay.Thread = Irp->Tail.Overlay.Thread;
	return irp;
}
EXPORT_SYMBOL(IoMakeAssociatedIrp);
