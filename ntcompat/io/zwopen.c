// SPDX-License-Identifier: GPL-2.0
/* Files that drivers open by name. */
#include "file.h"
#include "zwfile.h"
#include "../ob/directory.h"
#include "../ob/handle.h"
#include "../ob/name.h"
#include <linux/module.h>

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
	status = nt_file_of_handle(oa->RootDirectory, &base);
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
