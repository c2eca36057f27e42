// SPDX-License-Identifier: GPL-2.0
/*
 * Files that drivers open by name and use by handle.
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
#include "../ob/directory.h"
#include "../ob/handle.h"
#include "../ob/name.h"
#include <linux/module.h>

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

/* Zw routines are the kernel's own calls: access is the caller's business. */
static NTSTATUS file_of(HANDLE handle, struct nt_file **file)
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
	status = file_of(handle, &call->file);
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

/* ---- Opening ---- */

static NTSTATUS check_options(ACCESS_MASK access, ULONG disposition, ULONG options)
{
	ULONG synchronous = options & (FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT);

	if (disposition > FILE_MAXIMUM_DISPOSITION || options & 0xff000000)
		return STATUS_INVALID_PARAMETER;
	/* "ZwCreateFile": one of both, and with SYNCHRONIZE; a file or a directory. */
	if (synchronous == (FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT) ||
	    (synchronous && !(access & (SYNCHRONIZE | GENERIC_ALL | GENERIC_READ |
					GENERIC_WRITE | GENERIC_EXECUTE | MAXIMUM_ALLOWED))))
		return STATUS_INVALID_PARAMETER;
	if (options & FILE_DIRECTORY_FILE && options & FILE_NON_DIRECTORY_FILE)
		return STATUS_INVALID_PARAMETER;
	if (options & FILE_DELETE_ON_CLOSE && !(access & (DELETE | GENERIC_ALL)))
		return STATUS_INVALID_PARAMETER;
	return STATUS_SUCCESS;
}

static NTSTATUS open_relative(POBJECT_ATTRIBUTES oa, struct nt_file_create *how,
			      struct nt_file **file)
{
	UNICODE_STRING path;
	struct nt_file *base;
	NTSTATUS status;

	if (!oa->RootDirectory)
		return nt_file_create(oa->ObjectName, how, KernelMode, file);
	status = file_of(oa->RootDirectory, &base);
	if (NT_SUCCESS(status)) {
		static const UNICODE_STRING backslash = RTL_CONSTANT_STRING(L"\\");

		/* A device's own handle has no name that a separator could stand behind. */
		status = nt_string_join(&path, &backslash, oa->ObjectName->Buffer,
					oa->ObjectName->Length / sizeof(WCHAR));
		if (NT_SUCCESS(status)) {
			status = nt_file_create_behind(base, &path, how, KernelMode, file);
			nt_string_free(&path);
		}
		nt_file_put(base);
		return status;
	}
	if (status != STATUS_OBJECT_TYPE_MISMATCH)
		return status;
	status = nt_attributes_path(oa, &path);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_file_create(&path, how, KernelMode, file);
	nt_string_free(&path);
	return status;
}

/* Files of our own drivers shall not keep us from going, and from saying what was left. */
static void release_own_module(struct nt_file *file)
{
	if (file->owner != THIS_MODULE)
		return;
	file->owner = NULL;
	module_put(THIS_MODULE);
}

static NTSTATUS create_file(PHANDLE handle, POBJECT_ATTRIBUTES oa, struct nt_file_create *how,
			    PIO_STATUS_BLOCK iosb)
{
	struct nt_file *file;
	NTSTATUS status;

	*handle = NULL;
	status = check_options(how->access, how->disposition, how->options);
	if (!NT_SUCCESS(status))
		return status;
	if (!oa || !oa->ObjectName)
		return STATUS_INVALID_PARAMETER;
	how->access = nt_access_of(&nt_file_type, how->access);
	status = open_relative(oa, how, &file);
	if (NT_SUCCESS(status)) {
		release_own_module(file);
		status = nt_handle_create(&file->object, how->access, oa->Attributes, handle);
		/* From now on the handle alone counts. */
		nt_file_close(file);
	}
	iosb->Status = status;
	iosb->Information = how->information;
	return status;
}

/**
 * ZwCreateFile - open a device, or a file
 * @FileHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: FILE_x and GENERIC_x rights
 * @ObjectAttributes: its name: \Device\Name, a link to such a one, or a file's
 *	(\SystemRoot\..., \??\C:\...). RootDirectory is a handle of an open file
 *	of the device or of a directory object
 * @IoStatusBlock: receives status and FILE_OPENED or the like
 * @AllocationSize: of a new file; or NULL
 * @FileAttributes: of a new file
 * @ShareAccess: FILE_SHARE_x, for the driver
 * @CreateDisposition: FILE_OPEN or the like, for the driver
 * @CreateOptions: FILE_SYNCHRONOUS_IO_NONALERT: requests are waited for. Without
 *	it and its sister they return STATUS_PENDING
 * @EaBuffer: for the driver, or NULL
 * @EaLength: its bytes
 *
 * IRQL: PASSIVE_LEVEL. The driver sees RequestorMode KernelMode; a device's security
 * is not asked. Returns what its Create routine did, or why it was not asked.
 */
NTSTATUS ZwCreateFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess,
		      POBJECT_ATTRIBUTES ObjectAttributes, PIO_STATUS_BLOCK IoStatusBlock,
		      PLARGE_INTEGER AllocationSize, ULONG FileAttributes, ULONG ShareAccess,
		      ULONG CreateDisposition, ULONG CreateOptions, PVOID EaBuffer,
		      ULONG EaLength)
{
	struct nt_file_create how = {
		.access = DesiredAccess,
		.options = CreateOptions,
		.disposition = CreateDisposition,
		.attributes = FileAttributes,
		.share = ShareAccess,
		.allocation = AllocationSize ? AllocationSize->QuadPart : 0,
		.ea = EaBuffer,
		.ea_length = EaBuffer ? EaLength : 0,
	};

	return create_file(FileHandle, ObjectAttributes, &how, IoStatusBlock);
}
EXPORT_SYMBOL(ZwCreateFile);

/**
 * IoCreateFile - open a device, or a file
 * @FileHandle: as for ZwCreateFile(), as are the next ten
 * @DesiredAccess: rights
 * @ObjectAttributes: name
 * @IoStatusBlock: result
 * @AllocationSize: of a new file; or NULL
 * @FileAttributes: of a new file
 * @ShareAccess: FILE_SHARE_x
 * @Disposition: FILE_OPEN or the like
 * @CreateOptions: FILE_x
 * @EaBuffer: for the driver, or NULL
 * @EaLength: its bytes
 * @CreateFileType: CreateFileTypeNone: there are no pipes and mailslots
 * @InternalParameters: NULL
 * @Options: IO_NO_PARAMETER_CHECKING has no effect. IO_FORCE_ACCESS_CHECK is
 *	refused with STATUS_NOT_SUPPORTED: there is no check that it could force
 *
 * IRQL: PASSIVE_LEVEL. Returns as ZwCreateFile().
 */
NTSTATUS IoCreateFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess,
		      POBJECT_ATTRIBUTES ObjectAttributes, PIO_STATUS_BLOCK IoStatusBlock,
		      PLARGE_INTEGER AllocationSize, ULONG FileAttributes, ULONG ShareAccess,
		      ULONG Disposition, ULONG CreateOptions, PVOID EaBuffer, ULONG EaLength,
		      CREATE_FILE_TYPE CreateFileType, PVOID InternalParameters, ULONG Options)
{
	*FileHandle = NULL;
	if (CreateFileType != CreateFileTypeNone || InternalParameters)
		return STATUS_INVALID_PARAMETER;
	if (Options & ~IO_NO_PARAMETER_CHECKING)
		return STATUS_NOT_SUPPORTED;
	return ZwCreateFile(FileHandle, DesiredAccess, ObjectAttributes, IoStatusBlock,
			    AllocationSize, FileAttributes, ShareAccess, Disposition,
			    CreateOptions, EaBuffer, EaLength);
}
EXPORT_SYMBOL(IoCreateFile);

/**
 * ZwOpenFile - open a device, or a file that is there
 * @FileHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: rights
 * @ObjectAttributes: name
 * @IoStatusBlock: result
 * @ShareAccess: FILE_SHARE_x
 * @OpenOptions: the CreateOptions of ZwCreateFile()
 *
 * IRQL: PASSIVE_LEVEL. Returns as ZwCreateFile().
 */
NTSTATUS ZwOpenFile(PHANDLE FileHandle, ACCESS_MASK DesiredAccess,
		    POBJECT_ATTRIBUTES ObjectAttributes, PIO_STATUS_BLOCK IoStatusBlock,
		    ULONG ShareAccess, ULONG OpenOptions)
{
	return ZwCreateFile(FileHandle, DesiredAccess, ObjectAttributes, IoStatusBlock, NULL, 0,
			    ShareAccess, FILE_OPEN, OpenOptions, NULL, 0);
}
EXPORT_SYMBOL(ZwOpenFile);

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

static NTSTATUS information(HANDLE handle, PIO_STATUS_BLOCK iosb, void *buffer, ULONG length,
			    FILE_INFORMATION_CLASS number,
			    NTSTATUS (*ask)(struct nt_file *file, FILE_INFORMATION_CLASS number,
					    void *buffer, u32 length, ULONG_PTR *information))
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
