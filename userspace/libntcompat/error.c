// SPDX-License-Identifier: GPL-2.0
/* Errors: what a status, and what an errno, is called on Windows. */
#include "win32.h"

static _Thread_local DWORD last_error;

static const struct {
	uint32_t status;
	DWORD error;
} errors[] = {
#define STATUS_ERROR(status, error)	{ (uint32_t)(status), error },
#include "status_error.def"
};

static const struct {
	int number;
	DWORD error;
} errnos[] = {
	{ EPERM, ERROR_ACCESS_DENIED },
	{ ENOENT, ERROR_FILE_NOT_FOUND },
	/* A signal or a cancellation ended the request. */
	{ EINTR, ERROR_OPERATION_ABORTED },
	{ ECANCELED, ERROR_OPERATION_ABORTED },
	{ EIO, ERROR_IO_DEVICE },
	{ ENXIO, ERROR_FILE_NOT_FOUND },
	{ EBADF, ERROR_ACCESS_DENIED },
	{ EAGAIN, ERROR_NOT_READY },
	{ ENOMEM, ERROR_NO_SYSTEM_RESOURCES },
	{ EACCES, ERROR_ACCESS_DENIED },
	{ EFAULT, ERROR_NOACCESS },
	{ EBUSY, ERROR_BUSY },
	{ EEXIST, ERROR_ALREADY_EXISTS },
	{ ENODEV, ERROR_DEVICE_REMOVED },
	{ ENOTDIR, ERROR_PATH_NOT_FOUND },
	{ EISDIR, ERROR_ACCESS_DENIED },
	{ EINVAL, ERROR_INVALID_PARAMETER },
	{ ENFILE, ERROR_TOO_MANY_OPEN_FILES },
	{ EMFILE, ERROR_TOO_MANY_OPEN_FILES },
	{ ENOTTY, ERROR_INVALID_FUNCTION },
	{ ENOSPC, ERROR_DISK_FULL },
	{ ESPIPE, ERROR_INVALID_FUNCTION },
	{ EROFS, ERROR_WRITE_PROTECT },
	{ EPIPE, ERROR_BROKEN_PIPE },
	{ ENAMETOOLONG, ERROR_FILENAME_EXCED_RANGE },
	{ ENOSYS, ERROR_INVALID_FUNCTION },
	{ EOPNOTSUPP, ERROR_NOT_SUPPORTED },
	{ EOVERFLOW, ERROR_ARITHMETIC_OVERFLOW },
	{ ENOMEDIUM, ERROR_NOT_READY },
	{ ETIMEDOUT, ERROR_SEM_TIMEOUT },
};

EXPORT DWORD GetLastError(void)
{
	return last_error;
}

EXPORT void SetLastError(DWORD error)
{
	last_error = error;
}

EXPORT ULONG RtlNtStatusToDosError(NTSTATUS status)
{
	uint32_t value = status;
	size_t i;

	/* An application's own status is its own error; FACILITY_NTWIN32 wraps one. */
	if (value & 0x20000000)
		return value;
	if (value >> 16 == 0xc007 || value >> 16 == 0x8007)
		return value & 0xffff;
	for (i = 0; i < ARRAYSIZE(errors); i++)
		if (errors[i].status == value)
			return errors[i].error;
	return ERROR_MR_MID_NOT_FOUND;
}

DWORD error_of_errno(int error)
{
	size_t i;

	for (i = 0; i < ARRAYSIZE(errnos); i++)
		if (errnos[i].number == error)
			return errnos[i].error;
	return ERROR_GEN_FAILURE;
}

BOOL fail(DWORD error)
{
	last_error = error;
	return FALSE;
}

BOOL fail_errno(void)
{
	return fail(error_of_errno(errno));
}

BOOL succeed(NTSTATUS status)
{
	return is_success(status) || fail(RtlNtStatusToDosError(status));
}

/* ---- FormatMessage ---- */

static const struct {
	DWORD error;
	const char *name;
} names[] = {
#define WIN32_ERROR(name)	{ name, #name },
#include "error_name.def"
};

static int describe(DWORD error, char *buffer, size_t size)
{
	const char *name = "Win32 error";
	size_t i;

	for (i = 0; i < ARRAYSIZE(names); i++)
		if (names[i].error == error)
			name = names[i].name;
	return snprintf(buffer, size, "%s (%u)\r\n", name, (unsigned int)error);
}

EXPORT DWORD FormatMessageA(DWORD flags, LPCVOID source, DWORD id, DWORD language, LPSTR buffer,
			    DWORD size, va_list *arguments)
{
	char text[80];
	int length = describe(id, text, sizeof(text));

	(void)source;
	(void)language;
	(void)arguments;
	if (!(flags & FORMAT_MESSAGE_FROM_SYSTEM) || !buffer)
		return fail(ERROR_INVALID_PARAMETER);
	if (flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) {
		/* The buffer is a pointer's place, to be freed with LocalFree(). */
		*(char **)buffer = strdup(text);
		return *(char **)buffer ? (DWORD)length : (DWORD)fail(ERROR_NOT_ENOUGH_MEMORY);
	}
	if (size <= (DWORD)length)
		return fail(ERROR_INSUFFICIENT_BUFFER);
	memcpy(buffer, text, length + 1);
	return length;
}
