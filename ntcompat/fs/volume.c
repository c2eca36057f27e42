// SPDX-License-Identifier: GPL-2.0
/*
 * The drive C:, for drivers that read firmware or write logs. It is a device like
 * any other, \Device\HarddiskVolume1 with a driver of ours, so that ZwReadFile() and
 * the like need not know of Linux's files. \??\C: and \SystemRoot lead to it.
 *
 * It is for drivers alone: whatever links they make, a program's open is refused.
 * Files are used with the kernel's own rights, as on Windows, not those of the
 * program in whose context the driver happens to run.
 */
#include "volume.h"
#include "lookup.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/irp.h"
#include "../io/symlink.h"
#include "../linux/glue.h"
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/sched/task.h>

static struct nt_driver *driver;
static PDEVICE_OBJECT volume;
static struct nt_symlink *drive_link, *root_link;
static const struct cred *system_cred;

static struct file *file_of(PIRP irp)
{
	return IoGetCurrentIrpStackLocation(irp)->FileObject->FsContext;
}

struct file *nt_volume_file(PFILE_OBJECT object)
{
	return object->DeviceObject == volume ? object->FsContext : NULL;
}

/* ---- Create and close ---- */

static ULONG_PTR outcome(const struct nt_fs_open *how, ULONG disposition)
{
	if (how->made)
		return FILE_CREATED;
	if (!how->truncate)
		return FILE_OPENED;
	return disposition == FILE_SUPERSEDE ? FILE_SUPERSEDED : FILE_OVERWRITTEN;
}

static NTSTATUS fits(struct file *filp, ULONG options)
{
	bool folder = S_ISDIR(file_inode(filp)->i_mode);

	if (folder && options & FILE_NON_DIRECTORY_FILE)
		return STATUS_FILE_IS_A_DIRECTORY;
	return !folder && options & FILE_DIRECTORY_FILE ? STATUS_NOT_A_DIRECTORY : STATUS_SUCCESS;
}

#define FILE_ANY_WRITE	(FILE_WRITE_DATA | FILE_APPEND_DATA)

static NTSTATUS what_for(PIO_STACK_LOCATION location, struct nt_fs_open *how)
{
	ACCESS_MASK access = location->Parameters.Create.SecurityContext->DesiredAccess;
	ULONG options = location->Parameters.Create.Options & 0xffffff;
	ULONG disposition = location->Parameters.Create.Options >> 24;

	how->create = disposition != FILE_OPEN && disposition != FILE_OVERWRITE;
	how->exclusive = disposition == FILE_CREATE;
	how->truncate = disposition == FILE_SUPERSEDE || disposition == FILE_OVERWRITE ||
			disposition == FILE_OVERWRITE_IF;
	how->write = access & FILE_ANY_WRITE;
	/* No folders are made here, and nothing is deleted. */
	if (options & (FILE_DELETE_ON_CLOSE | FILE_OPEN_BY_FILE_ID) ||
	    (how->create && options & FILE_DIRECTORY_FILE))
		return STATUS_NOT_SUPPORTED;
	if ((how->write || how->truncate) && !nt_fs_is_writable())
		return STATUS_MEDIA_WRITE_PROTECTED;
	/* Who may not write cannot make one, either; but may open one that is there. */
	if (!nt_fs_is_writable())
		how->create = false;
	return STATUS_SUCCESS;
}

static NTSTATUS open_file(PIO_STACK_LOCATION location, ULONG_PTR *information)
{
	PFILE_OBJECT object = location->FileObject;
	struct nt_fs_open how = {};
	struct file *filp = NULL;
	NTSTATUS status = what_for(location, &how);
	char *name;

	if (!NT_SUCCESS(status))
		return status;
	name = nt_fs_name(&object->FileName, &status);
	if (name)
		filp = nt_fs_open(name, &how, &status);
	kfree(name);
	if (!filp)
		return status;
	status = fits(filp, location->Parameters.Create.Options);
	if (!NT_SUCCESS(status)) {
		fput(filp);
		return status;
	}
	object->FsContext = filp;
	*information = outcome(&how, location->Parameters.Create.Options >> 24);
	return STATUS_SUCCESS;
}

static NTSTATUS create_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	const struct cred *old;
	ULONG_PTR information = 0;
	NTSTATUS status = STATUS_ACCESS_DENIED;

	if (irp->RequestorMode == KernelMode) {
		old = override_creds(system_cred);
		status = open_file(IoGetCurrentIrpStackLocation(irp), &information);
		revert_creds(old);
	}
	return nt_irp_finish(irp, status, information);
}

static NTSTATUS cleanup_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	return nt_irp_finish(irp, STATUS_SUCCESS, 0);
}

static NTSTATUS close_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	struct file *filp = file_of(irp);

	if (filp)
		filp_close(filp, NULL);
	return nt_irp_finish(irp, STATUS_SUCCESS, 0);
}

/* ---- Reading and writing ---- */

static NTSTATUS result_of(ssize_t bytes, ULONG length, ULONG_PTR *information)
{
	if (bytes < 0)
		return bytes == -EBADF ? STATUS_INVALID_DEVICE_REQUEST :
					 nt_status_from_errno(bytes);
	*information = bytes;
	return bytes || !length ? STATUS_SUCCESS : STATUS_END_OF_FILE;
}

/* kernel_read() and kernel_write() take it for our mistake. */
static bool may_transfer(const struct file *filp, fmode_t mode)
{
	return S_ISREG(file_inode(filp)->i_mode) && (filp->f_mode & mode);
}

static NTSTATUS read_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	ULONG length = location->Parameters.Read.Length;
	loff_t offset = location->Parameters.Read.ByteOffset.QuadPart;
	const struct cred *old = override_creds(system_cred);
	ULONG_PTR information = 0;
	ssize_t bytes = -EBADF;
	NTSTATUS status;

	if (may_transfer(file_of(irp), FMODE_CAN_READ))
		bytes = kernel_read(file_of(irp), irp->UserBuffer, length, &offset);
	revert_creds(old);
	status = result_of(bytes, length, &information);
	return nt_irp_finish(irp, status, information);
}

static NTSTATUS write_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	ULONG length = location->Parameters.Write.Length;
	LARGE_INTEGER given = location->Parameters.Write.ByteOffset;
	struct file *filp = file_of(irp);
	loff_t offset = given.QuadPart;
	const struct cred *old;
	ULONG_PTR information = 0;
	NTSTATUS status;

	if (!may_transfer(filp, FMODE_CAN_WRITE))
		return nt_irp_finish(irp, STATUS_ACCESS_DENIED, 0);
	if (offset < 0)
		offset = i_size_read(file_inode(filp));
	old = override_creds(system_cred);
	status = result_of(kernel_write(filp, irp->UserBuffer, length, &offset), length,
			   &information);
	revert_creds(old);
	if (given.QuadPart < 0 && NT_SUCCESS(status))
		location->FileObject->CurrentByteOffset.QuadPart = offset;
	return nt_irp_finish(irp, status, information);
}

static NTSTATUS flush_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	int error = vfs_fsync(file_of(irp), 0);

	return nt_irp_finish(irp, error ? nt_status_from_errno(error) : STATUS_SUCCESS, 0);
}

/* ---- Information ---- */

#define UNIX_EPOCH	116444736000000000LL	/* in 100 ns since 1601 */

static LARGE_INTEGER to_nt_time(struct timespec64 time)
{
	return (LARGE_INTEGER){
		.QuadPart = UNIX_EPOCH + time.tv_sec * 10000000LL + time.tv_nsec / 100,
	};
}

static ULONG attributes_of(const struct kstat *stat)
{
	ULONG attributes = S_ISDIR(stat->mode) ? FILE_ATTRIBUTE_DIRECTORY : 0;

	if (!(stat->mode & 0222) || !nt_fs_is_writable())
		attributes |= FILE_ATTRIBUTE_READONLY;
	return attributes ?: FILE_ATTRIBUTE_NORMAL;
}

static ULONG fill_basic(PFILE_BASIC_INFORMATION info, const struct kstat *stat)
{
	info->CreationTime = to_nt_time(stat->result_mask & STATX_BTIME ? stat->btime :
									  stat->ctime);
	info->LastAccessTime = to_nt_time(stat->atime);
	info->LastWriteTime = to_nt_time(stat->mtime);
	info->ChangeTime = to_nt_time(stat->ctime);
	info->FileAttributes = attributes_of(stat);
	return sizeof(*info);
}

static ULONG fill_standard(PFILE_STANDARD_INFORMATION info, const struct kstat *stat)
{
	info->AllocationSize.QuadPart = stat->blocks * 512;
	info->EndOfFile.QuadPart = S_ISDIR(stat->mode) ? 0 : stat->size;
	info->NumberOfLinks = stat->nlink;
	info->DeletePending = FALSE;
	info->Directory = S_ISDIR(stat->mode);
	return sizeof(*info);
}

static ULONG fill_network(PFILE_NETWORK_OPEN_INFORMATION info, const struct kstat *stat)
{
	FILE_BASIC_INFORMATION basic;
	FILE_STANDARD_INFORMATION standard;

	fill_basic(&basic, stat);
	fill_standard(&standard, stat);
	info->CreationTime = basic.CreationTime;
	info->LastAccessTime = basic.LastAccessTime;
	info->LastWriteTime = basic.LastWriteTime;
	info->ChangeTime = basic.ChangeTime;
	info->AllocationSize = standard.AllocationSize;
	info->EndOfFile = standard.EndOfFile;
	info->FileAttributes = basic.FileAttributes;
	return sizeof(*info);
}

/* "FILE_NAME_INFORMATION": as much of the name as there is room for. */
static NTSTATUS fill_name(PFILE_NAME_INFORMATION info, ULONG length, PCUNICODE_STRING name,
			  ULONG_PTR *information)
{
	ULONG room = length - offsetof(FILE_NAME_INFORMATION, FileName);
	ULONG bytes = min_t(ULONG, room & ~1, name->Length);

	info->FileNameLength = name->Length;
	memcpy(info->FileName, name->Buffer, bytes);
	*information = offsetof(FILE_NAME_INFORMATION, FileName) + bytes;
	return bytes < name->Length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

static NTSTATUS query(PIO_STACK_LOCATION location, struct file *filp, void *buffer,
		      ULONG_PTR *information)
{
	struct kstat stat;
	int error = vfs_getattr(&filp->f_path, &stat, STATX_BASIC_STATS | STATX_BTIME,
				AT_STATX_SYNC_AS_STAT);

	if (error)
		return nt_status_from_errno(error);
	switch (location->Parameters.QueryFile.FileInformationClass) {
	case FileBasicInformation:
		*information = fill_basic(buffer, &stat);
		return STATUS_SUCCESS;
	case FileStandardInformation:
		*information = fill_standard(buffer, &stat);
		return STATUS_SUCCESS;
	case FileNetworkOpenInformation:
		*information = fill_network(buffer, &stat);
		return STATUS_SUCCESS;
	case FileInternalInformation:
		*(u64 *)buffer = stat.ino;
		*information = sizeof(u64);
		return STATUS_SUCCESS;
	case FileNameInformation:
		return fill_name(buffer, location->Parameters.QueryFile.Length,
				 &location->FileObject->FileName, information);
	default:
		return STATUS_INVALID_INFO_CLASS;
	}
}

static NTSTATUS query_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	ULONG_PTR information = 0;
	NTSTATUS status = query(IoGetCurrentIrpStackLocation(irp), file_of(irp),
				irp->AssociatedIrp.SystemBuffer, &information);

	return nt_irp_finish(irp, status, information);
}

static NTSTATUS set_dispatch(PDEVICE_OBJECT device, PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	PFILE_END_OF_FILE_INFORMATION end = irp->AssociatedIrp.SystemBuffer;
	struct file *filp = file_of(irp);
	const struct cred *old;
	int error;

	if (location->Parameters.SetFile.FileInformationClass != FileEndOfFileInformation)
		return nt_irp_finish(irp, STATUS_INVALID_INFO_CLASS, 0);
	if (!(filp->f_mode & FMODE_WRITE))
		return nt_irp_finish(irp, STATUS_ACCESS_DENIED, 0);
	if (end->EndOfFile.QuadPart < 0)
		return nt_irp_finish(irp, STATUS_INVALID_PARAMETER, 0);
	old = override_creds(system_cred);
	error = vfs_truncate(&filp->f_path, end->EndOfFile.QuadPart);
	revert_creds(old);
	return nt_irp_finish(irp, error ? nt_status_from_errno(error) : STATUS_SUCCESS, 0);
}

/* ---- The device ---- */

static const struct nt_driver_info info = {
	.name = "Volume",
	.owner = THIS_MODULE,
};

static NTSTATUS make_device(void)
{
	static UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\HarddiskVolume1");
	NTSTATUS status = IoCreateDevice(&driver->object, 0, &name, FILE_DEVICE_DISK_FILE_SYSTEM, 0,
					 FALSE, &volume);

	if (!NT_SUCCESS(status))
		return status;
	/* It is there as long as we are: nobody's leak. */
	nt_live_dec(NT_LIVE_DEVICE);
	nt_live_dec(NT_LIVE_NAME);
	volume->Flags &= ~DO_DEVICE_INITIALIZING;
	drive_link = nt_symlink_create_system("\\??\\C:", "\\Device\\HarddiskVolume1");
	root_link = nt_symlink_create_system("\\SystemRoot", "\\Device\\HarddiskVolume1\\Windows");
	return drive_link && root_link ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

int __init nt_volume_setup(void)
{
	NTSTATUS status;

	driver = nt_driver_create(&info, &status);
	if (!driver)
		return nt_status_to_errno(status);
	driver->object.MajorFunction[IRP_MJ_CREATE] = create_dispatch;
	driver->object.MajorFunction[IRP_MJ_CLEANUP] = cleanup_dispatch;
	driver->object.MajorFunction[IRP_MJ_CLOSE] = close_dispatch;
	driver->object.MajorFunction[IRP_MJ_READ] = read_dispatch;
	driver->object.MajorFunction[IRP_MJ_WRITE] = write_dispatch;
	driver->object.MajorFunction[IRP_MJ_FLUSH_BUFFERS] = flush_dispatch;
	driver->object.MajorFunction[IRP_MJ_QUERY_INFORMATION] = query_dispatch;
	driver->object.MajorFunction[IRP_MJ_SET_INFORMATION] = set_dispatch;
	status = STATUS_INSUFFICIENT_RESOURCES;
	system_cred = prepare_kernel_cred(&init_task);
	if (system_cred)
		status = make_device();
	if (NT_SUCCESS(status))
		return 0;
	nt_volume_teardown();
	return nt_status_to_errno(status);
}

void nt_volume_teardown(void)
{
	nt_symlink_destroy_system(root_link);
	nt_symlink_destroy_system(drive_link);
	if (volume) {
		nt_live_inc(NT_LIVE_DEVICE);
		nt_live_inc(NT_LIVE_NAME);
		IoDeleteDevice(volume);
	}
	if (system_cred)
		put_cred(system_cred);
	nt_driver_destroy(driver);
}
