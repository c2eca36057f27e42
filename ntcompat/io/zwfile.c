// SPDX-License-Identifier: GPL-2.0
/*
 * Requests on files by handle.
 *
 * A request on a synchronous file is waited for here; others of the file wait for
 * their turn meanwhile. One on an asynchronous file ends wherever the driver
 * completes it: then the file's event and the caller's are set, the last thing that
 * is done with the caller's memory. Until then the request holds the file and the
 * event.
 */
#include "build.h"
#include "file.h"
#include "information.h"
#include "threaded.h"
#include "zwfile.h"

/**
 * struct call - a request by handle
 * @file: the file, referenced
 * @target: the top of its device's stack
 * @event: what the caller wants to have set at the end, referenced; or NULL
 */
struct call {
	struct nt_file *file;
	PDEVICE_OBJECT target;
	PKEVENT event;
};

static bool is_synchronous(const struct nt_file *file)
{
	return file->object.Flags & FO_SYNCHRONOUS_IO;
}

/**
 * nt_file_of_handle - the file that a handle stands for
 * @handle: a driver's handle
 * @file: receives the file, referenced
 *
 * PASSIVE_LEVEL. Zw routines are the kernel's own calls: access is the caller's business.
 */
NTSTATUS nt_file_of_handle(HANDLE handle, struct nt_file **file)
{
	NTSTATUS status;
	void *body;

	status = ObReferenceObjectByHandle(handle, 0, &nt_file_type, KernelMode, &body, NULL);
	if (NT_SUCCESS(status))
		*file = nt_file(body);
	return status;
}

static void end_call(struct call *call)
{
	if (is_synchronous(call->file))
		up(&call->file->turn);
	if (call->event)
		ObfDereferenceObject(call->event);
	nt_file_put(call->file);
}

static NTSTATUS begin_call(struct call *call, HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc)
{
	NTSTATUS status;
	void *body = NULL;

	/* "ZwReadFile": drivers pass NULL. */
	if (apc)
		return STATUS_INVALID_PARAMETER;
	status = nt_file_of_handle(handle, &call->file);
	if (!NT_SUCCESS(status))
		return status;
	if (event) {
		status = ObReferenceObjectByHandle(event, EVENT_MODIFY_STATE, &nt_event_type,
						   KernelMode, &body, NULL);
		if (!NT_SUCCESS(status)) {
			nt_file_put(call->file);
			return status;
		}
	}
	call->event = body;
	call->target = nt_file_target(call->file);
	if (is_synchronous(call->file))
		down(&call->file->turn);
	KeClearEvent(&call->file->object.Event);
	if (call->event)
		KeClearEvent(call->event);
	return STATUS_SUCCESS;
}

static void signal_end(PFILE_OBJECT object, PKEVENT event)
{
	KeSetEvent(&object->Event, IO_NO_INCREMENT, FALSE);
	if (event)
		KeSetEvent(event, IO_NO_INCREMENT, FALSE);
}

/* The end of an asynchronous request; <= DISPATCH_LEVEL. */
static void end_async(struct nt_irp *nt)
{
	struct nt_file *file = nt->file;
	PKEVENT event = nt->irp.UserEvent;

	nt->irp.UserEvent = NULL;
	nt_irp_finish_driver_built(nt);
	signal_end(&file->object, event);
	if (event)
		ObfDereferenceObject(event);
	nt_file_put(file);
}

static NTSTATUS send_and_wait(struct call *call, struct nt_irp *nt, PIO_STATUS_BLOCK iosb)
{
	IO_STATUS_BLOCK result;
	KEVENT done;

	KeInitializeEvent(&done, NotificationEvent, FALSE);
	nt->irp.UserEvent = &done;
	nt->irp.UserIosb = &result;
	nt->irp.Flags |= IRP_SYNCHRONOUS_API;
	nt->end = nt_irp_finish_driver_built;
	nt_threaded_add(nt);
	IofCallDriver(call->target, &nt->irp);
	KeWaitForSingleObject(&done, Executive, KernelMode, FALSE, NULL);
	*iosb = result;
	signal_end(&call->file->object, call->event);
	return result.Status;
}

/* A request that the caller of @call need not wait for has references of its own. */
static NTSTATUS send_async(struct call *call, struct nt_irp *nt, PIO_STATUS_BLOCK iosb)
{
	nt_file_get(call->file);
	if (call->event)
		ObfReferenceObject(call->event);
	nt->file = call->file;
	nt->irp.UserEvent = call->event;
	nt->irp.UserIosb = iosb;
	nt->end = end_async;
	nt_threaded_add(nt);
	return IofCallDriver(call->target, &nt->irp);
}

static NTSTATUS send(struct call *call, struct nt_irp *nt, bool synchronous, PIO_STATUS_BLOCK iosb)
{
	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt_irp_first(nt)->FileObject = &call->file->object;
	nt->irp.Tail.Overlay.OriginalFileObject = &call->file->object;
	return synchronous ? send_and_wait(call, nt, iosb) : send_async(call, nt, iosb);
}

/* ---- Transfers ---- */

static bool is_special(const LARGE_INTEGER *offset, ULONG low)
{
	return offset->HighPart == -1 && offset->LowPart == low;
}

/*
 * "ZwReadFile": a synchronous file has a position, which NULL or the special value
 * stands for; on others the caller says where.
 */
static NTSTATUS where(struct nt_file *file, const LARGE_INTEGER *given, bool write,
		      LARGE_INTEGER *offset)
{
	if (!given || is_special(given, FILE_USE_FILE_POINTER_POSITION)) {
		if (!is_synchronous(file))
			return STATUS_INVALID_PARAMETER;
		offset->QuadPart = nt_file_position(file);
		return STATUS_SUCCESS;
	}
	*offset = *given;
	if (given->QuadPart >= 0 || (write && is_special(given, FILE_WRITE_TO_END_OF_FILE)))
		return STATUS_SUCCESS;
	return STATUS_INVALID_PARAMETER;
}

static NTSTATUS transfer(struct call *call, UCHAR major, PVOID buffer, ULONG length,
			 const LARGE_INTEGER *given, PULONG key, PIO_STATUS_BLOCK iosb)
{
	bool synchronous = is_synchronous(call->file);
	LARGE_INTEGER offset;
	struct nt_irp *nt;
	NTSTATUS status = where(call->file, given, major == IRP_MJ_WRITE, &offset);

	if (!NT_SUCCESS(status))
		return status;
	nt = nt_irp_build_fsd(major, call->target, buffer, length, &offset, NULL);
	if (nt && key)
		nt_irp_first(nt)->Parameters.Read.Key = *key;
	status = send(call, nt, synchronous, iosb);
	/* Who writes to the end knows where that was. */
	if (synchronous && !NT_ERROR(status) && offset.QuadPart >= 0)
		nt_file_set_position(call->file, offset.QuadPart + iosb->Information);
	return status;
}

/**
 * ZwReadFile - read from an open file
 * @FileHandle: the file
 * @Event: an event's handle, set at the end; or NULL
 * @ApcRoutine: NULL
 * @ApcContext: NULL
 * @IoStatusBlock: receives the result; it must stay until then
 * @Buffer: the kernel's memory; likewise
 * @Length: bytes
 * @ByteOffset: where; see FILE_USE_FILE_POINTER_POSITION
 * @Key: for the driver, or NULL
 *
 * IRQL: PASSIVE_LEVEL. Returns the driver's status; STATUS_PENDING only for a file
 * that was opened without FILE_SYNCHRONOUS_IO_x. The calling thread's exit cancels
 * the request.
 */
NTSTATUS ZwReadFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
		    PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length,
		    PLARGE_INTEGER ByteOffset, PULONG Key)
{
	struct call call;
	NTSTATUS status = begin_call(&call, FileHandle, Event, ApcRoutine);

	if (!NT_SUCCESS(status))
		return status;
	status = transfer(&call, IRP_MJ_READ, Buffer, Length, ByteOffset, Key, IoStatusBlock);
	end_call(&call);
	return status;
}
EXPORT_SYMBOL(ZwReadFile);

/**
 * ZwWriteFile - write to an open file
 * @FileHandle: the file
 * @Event: an event's handle, set at the end; or NULL
 * @ApcRoutine: NULL
 * @ApcContext: NULL
 * @IoStatusBlock: receives the result; it must stay until then
 * @Buffer: the kernel's memory; likewise
 * @Length: bytes
 * @ByteOffset: where; FILE_WRITE_TO_END_OF_FILE is for the driver to understand
 * @Key: for the driver, or NULL
 *
 * IRQL: PASSIVE_LEVEL. Returns as ZwReadFile().
 */
NTSTATUS ZwWriteFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine,
		     PVOID ApcContext, PIO_STATUS_BLOCK IoStatusBlock, PVOID Buffer, ULONG Length,
		     PLARGE_INTEGER ByteOffset, PULONG Key)
{
	struct call call;
	NTSTATUS status = begin_call(&call, FileHandle, Event, ApcRoutine);

	if (!NT_SUCCESS(status))
		return status;
	status = transfer(&call, IRP_MJ_WRITE, Buffer, Length, ByteOffset, Key, IoStatusBlock);
	end_call(&call);
	return status;
}
EXPORT_SYMBOL(ZwWriteFile);

/* ---- Control ---- */

struct control {
	UCHAR major;
	ULONG code;
	void *in;
	ULONG in_len;
	void *out;
	ULONG out_len;
};

static NTSTATUS control(HANDLE handle, HANDLE event, PIO_APC_ROUTINE apc, PIO_STATUS_BLOCK iosb,
			const struct control *c)
{
	struct call call;
	struct nt_irp *nt;
	NTSTATUS status = begin_call(&call, handle, event, apc);

	if (!NT_SUCCESS(status))
		return status;
	nt = nt_irp_build_control(c->major, call.target, c->code, c->in, c->in_len, c->out,
				  c->out_len);
	status = send(&call, nt, is_synchronous(call.file), iosb);
	end_call(&call);
	return status;
}

/**
 * ZwDeviceIoControlFile - send a control code to an open device
 * @FileHandle: the file
 * @Event: an event's handle, set at the end; or NULL
 * @ApcRoutine: NULL
 * @ApcContext: NULL
 * @IoStatusBlock: receives the result; it must stay until then
 * @IoControlCode: IRP_MJ_DEVICE_CONTROL's
 * @InputBuffer: input, or NULL
 * @InputBufferLength: its bytes
 * @OutputBuffer: output, or NULL
 * @OutputBufferLength: its bytes
 *
 * IRQL: PASSIVE_LEVEL. Returns as ZwReadFile(). The access that the code asks for is
 * not checked, as for any kernel mode caller.
 */
NTSTATUS ZwDeviceIoControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine,
			       PVOID ApcContext, PIO_STATUS_BLOCK IoStatusBlock,
			       ULONG IoControlCode, PVOID InputBuffer, ULONG InputBufferLength,
			       PVOID OutputBuffer, ULONG OutputBufferLength)
{
	struct control c = { IRP_MJ_DEVICE_CONTROL, IoControlCode, InputBuffer, InputBufferLength,
			     OutputBuffer, OutputBufferLength };

	return control(FileHandle, Event, ApcRoutine, IoStatusBlock, &c);
}
EXPORT_SYMBOL(ZwDeviceIoControlFile);

/**
 * ZwFsControlFile - send a file system control code to an open device
 * @FileHandle: as for ZwDeviceIoControlFile(), as is the rest
 * @Event: an event's handle, set at the end; or NULL
 * @ApcRoutine: NULL
 * @ApcContext: NULL
 * @IoStatusBlock: receives the result
 * @FsControlCode: IRP_MJ_FILE_SYSTEM_CONTROL's, minor function IRP_MN_USER_FS_REQUEST
 * @InputBuffer: input, or NULL
 * @InputBufferLength: its bytes
 * @OutputBuffer: output, or NULL
 * @OutputBufferLength: its bytes
 *
 * IRQL: PASSIVE_LEVEL. Returns as ZwReadFile().
 */
NTSTATUS ZwFsControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine,
			 PVOID ApcContext, PIO_STATUS_BLOCK IoStatusBlock, ULONG FsControlCode,
			 PVOID InputBuffer, ULONG InputBufferLength, PVOID OutputBuffer,
			 ULONG OutputBufferLength)
{
	struct control c = { IRP_MJ_FILE_SYSTEM_CONTROL, FsControlCode, InputBuffer,
			     InputBufferLength, OutputBuffer, OutputBufferLength };

	return control(FileHandle, Event, ApcRoutine, IoStatusBlock, &c);
}
EXPORT_SYMBOL(ZwFsControlFile);

/**
 * ZwFlushBuffersFile - have an open file's data written where they belong
 * @FileHandle: the file
 * @IoStatusBlock: receives the result
 *
 * IRQL: PASSIVE_LEVEL. Waits for the end, whatever file it is, as the routine has no
 * event to tell it by. Returns the driver's status.
 */
NTSTATUS ZwFlushBuffersFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock)
{
	struct call call;
	struct nt_irp *nt;
	NTSTATUS status = begin_call(&call, FileHandle, NULL, NULL);

	if (!NT_SUCCESS(status))
		return status;
	nt = nt_irp_build_fsd(IRP_MJ_FLUSH_BUFFERS, call.target, NULL, 0, NULL, NULL);
	status = send(&call, nt, true, IoStatusBlock);
	end_call(&call);
	return status;
}
EXPORT_SYMBOL(ZwFlushBuffersFile);

/* ---- Information ---- */

typedef NTSTATUS ask_routine(struct nt_file *file, FILE_INFORMATION_CLASS number, void *buffer,
			     u32 length, ULONG_PTR *information);

static NTSTATUS information(HANDLE handle, PIO_STATUS_BLOCK iosb, void *buffer, ULONG length,
			    FILE_INFORMATION_CLASS number, ask_routine *ask)
{
	struct call call;
	NTSTATUS status = begin_call(&call, handle, NULL, NULL);

	if (!NT_SUCCESS(status))
		return status;
	status = ask(call.file, number, buffer, length, &iosb->Information);
	iosb->Status = status;
	end_call(&call);
	return status;
}

/**
 * ZwQueryInformationFile - ask about an open file
 * @FileHandle: the file
 * @IoStatusBlock: receives the result, with the bytes returned
 * @FileInformation: receives the answer; nonpaged memory
 * @Length: its bytes
 * @FileInformationClass: the question; access, mode, alignment and position are
 *	answered by the I/O manager, the rest by the driver
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_INVALID_INFO_CLASS, STATUS_INFO_LENGTH_MISMATCH
 * or the driver's status.
 */
NTSTATUS ZwQueryInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock,
				PVOID FileInformation, ULONG Length,
				FILE_INFORMATION_CLASS FileInformationClass)
{
	return information(FileHandle, IoStatusBlock, FileInformation, Length,
			   FileInformationClass, nt_information_query_kernel);
}
EXPORT_SYMBOL(ZwQueryInformationFile);

/**
 * ZwSetInformationFile - change an open file
 * @FileHandle: the file
 * @IoStatusBlock: receives the result
 * @FileInformation: the new values; nonpaged memory
 * @Length: its bytes
 * @FileInformationClass: what to change; the position is the I/O manager's
 *
 * IRQL: PASSIVE_LEVEL. Returns as ZwQueryInformationFile().
 */
NTSTATUS ZwSetInformationFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock,
			      PVOID FileInformation, ULONG Length,
			      FILE_INFORMATION_CLASS FileInformationClass)
{
	return information(FileHandle, IoStatusBlock, FileInformation, Length,
			   FileInformationClass, nt_information_set_kernel);
}
EXPORT_SYMBOL(ZwSetInformationFile);
