// SPDX-License-Identifier: GPL-2.0
/* What a file says of itself: a driver's node is asked, a file of Linux has fstat(2). */
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "win32.h"

/* FILE_INFORMATION_CLASS, of the driver's side. */
enum {
	BASIC_INFORMATION = 4,
	STANDARD_INFORMATION = 5,
	ALLOCATION_INFORMATION = 19,
	END_OF_FILE_INFORMATION = 20,
};

static BOOL request(HANDLE file, unsigned long code, DWORD class, void *buffer, DWORD size)
{
	struct ntcompat_info info = {
		.info_class = class,
		.length = size,
		.buffer = (uintptr_t)buffer,
		.status = NTCOMPAT_STATUS_NONE,
	};
	int error;

	synchronous_begin();
	error = ioctl(handle_fd(file), code, &info) ? errno : 0;
	synchronous_end();
	if (info.status == NTCOMPAT_STATUS_NONE)
		return fail(error_of_errno(error));
	return succeed((NTSTATUS)info.status);
}

EXPORT BOOL GetFileSizeEx(HANDLE file, PLARGE_INTEGER size)
{
	struct object *object = handle_object(file, KIND_FILE);
	FILE_STANDARD_INFO info;
	struct stat st;

	if (!object)
		return FALSE;
	if (object->is_node) {
		if (!request(file, NTCOMPAT_IOC_QUERY_INFORMATION, STANDARD_INFORMATION, &info,
			     sizeof(info)))
			return FALSE;
		*size = info.EndOfFile;
		return TRUE;
	}
	if (fstat(handle_fd(file), &st))
		return fail_errno();
	size->QuadPart = st.st_size;
	return TRUE;
}

EXPORT DWORD GetFileSize(HANDLE file, LPDWORD high)
{
	LARGE_INTEGER size;

	if (!GetFileSizeEx(file, &size))
		return INVALID_FILE_SIZE;
	if (high)
		*high = size.HighPart;
	SetLastError(NO_ERROR);
	return size.LowPart;
}

/* The data end where the file's position is. */
EXPORT BOOL SetEndOfFile(HANDLE file)
{
	struct object *object = handle_object(file, KIND_FILE);
	LARGE_INTEGER end;

	if (!object)
		return FALSE;
	end.QuadPart = lseek(handle_fd(file), 0, SEEK_CUR);
	if (end.QuadPart < 0)
		return fail_errno();
	if (object->is_node)
		return request(file, NTCOMPAT_IOC_SET_INFORMATION, END_OF_FILE_INFORMATION, &end,
			       sizeof(end));
	if (!ftruncate(handle_fd(file), end.QuadPart))
		return TRUE;
	/* ftruncate(2) says so of a file that was not opened for writing. */
	return errno == EINVAL ? fail(ERROR_ACCESS_DENIED) : fail_errno();
}

/* ---- By class; of nodes only ---- */

static bool is_node_handle(HANDLE file)
{
	struct object *object = handle_object(file, KIND_FILE);

	if (!object)
		return false;
	return object->is_node || fail(ERROR_NOT_SUPPORTED);
}

static BOOL with_length(HANDLE file, unsigned long code, DWORD class, void *buffer, DWORD size,
			DWORD least)
{
	if (size < least)
		return fail(ERROR_BAD_LENGTH);
	return request(file, code, class, buffer, least);
}

EXPORT BOOL GetFileInformationByHandleEx(HANDLE file, FILE_INFO_BY_HANDLE_CLASS class,
					 LPVOID buffer, DWORD size)
{
	if (!is_node_handle(file))
		return FALSE;
	switch (class) {
	case FileBasicInfo:
		return with_length(file, NTCOMPAT_IOC_QUERY_INFORMATION, BASIC_INFORMATION, buffer,
				   size, sizeof(FILE_BASIC_INFO));
	case FileStandardInfo:
		return with_length(file, NTCOMPAT_IOC_QUERY_INFORMATION, STANDARD_INFORMATION,
				   buffer, size, sizeof(FILE_STANDARD_INFO));
	default:
		return fail(ERROR_INVALID_PARAMETER);
	}
}

EXPORT BOOL SetFileInformationByHandle(HANDLE file, FILE_INFO_BY_HANDLE_CLASS class,
				       LPVOID buffer, DWORD size)
{
	if (!is_node_handle(file))
		return FALSE;
	switch (class) {
	case FileBasicInfo:
		return with_length(file, NTCOMPAT_IOC_SET_INFORMATION, BASIC_INFORMATION, buffer,
				   size, sizeof(FILE_BASIC_INFO));
	case FileAllocationInfo:
		return with_length(file, NTCOMPAT_IOC_SET_INFORMATION, ALLOCATION_INFORMATION,
				   buffer, size, sizeof(LARGE_INTEGER));
	case FileEndOfFileInfo:
		return with_length(file, NTCOMPAT_IOC_SET_INFORMATION, END_OF_FILE_INFORMATION,
				   buffer, size, sizeof(LARGE_INTEGER));
	default:
		return fail(ERROR_INVALID_PARAMETER);
	}
}
