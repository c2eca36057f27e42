// SPDX-License-Identifier: GPL-2.0
/* Files: opening, and requests that the caller waits for. */
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "win32.h"

/* ---- Opening ---- */

/*
 * Access 3 is Linux's word for a descriptor that allows neither reading nor
 * writing, only ioctl(2): what a program gets on Windows that asks for none.
 */
static int open_flags(DWORD access)
{
	bool read = access & (GENERIC_READ | GENERIC_ALL | FILE_READ_DATA);
	bool write = access & (GENERIC_WRITE | GENERIC_ALL | FILE_WRITE_DATA | FILE_APPEND_DATA);

	if (read && write)
		return O_RDWR;
	return read ? O_RDONLY : write ? O_WRONLY : 3;
}

static int creation_flags(DWORD disposition)
{
	switch (disposition) {
	case CREATE_NEW:
		return O_CREAT | O_EXCL;
	case CREATE_ALWAYS:
		return O_CREAT | O_TRUNC;
	case OPEN_ALWAYS:
		return O_CREAT;
	case TRUNCATE_EXISTING:
		return O_TRUNC;
	default:
		return 0;
	}
}

/* A handle that requests have been sent on is signalled when one has ended. */
static bool make_signal(struct object *object)
{
	HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);

	if (!event)
		return false;
	/* It is this handle's from now on, and no handle itself. */
	handle_any(event)->kind = KIND_NONE;
	object->signal = handle_fd(event);
	return true;
}

static HANDLE handle_of_file(int fd, bool overlapped, bool is_device)
{
	struct object *object;
	struct stat st;
	HANDLE handle = handle_new(fd, &object);

	if (!handle)
		return INVALID_HANDLE_VALUE;
	object->overlapped = overlapped;
	object->is_node = is_device || (!fstat(handle_fd(handle), &st) && S_ISCHR(st.st_mode));
	if (overlapped && !make_signal(object)) {
		close(handle_fd(handle));
		return INVALID_HANDLE_VALUE;
	}
	atomic_store(&object->kind, KIND_FILE);
	return handle;
}

EXPORT HANDLE CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
			  DWORD disposition, DWORD flags, HANDLE template_file)
{
	int open_with = open_flags(access) | O_CLOEXEC | O_NOCTTY;
	bool is_device;
	int fd;

	(void)share;
	(void)security;
	(void)template_file;
	if (!name || !*name) {
		SetLastError(ERROR_INVALID_NAME);
		return INVALID_HANDLE_VALUE;
	}
	/* A device exists or does not: nothing is created in /dev. */
	is_device = name_is_device(name);
	if (!is_device && strncmp(name, "/dev/", 5))
		open_with |= creation_flags(disposition);
	fd = is_device ? name_open_device(name, open_with) : name_open_file(name, open_with);
	if (fd < 0 && is_device && errno == EINVAL) {
		SetLastError(ERROR_INVALID_NAME);
		return INVALID_HANDLE_VALUE;
	}
	if (fd < 0) {
		fail_errno();
		return INVALID_HANDLE_VALUE;
	}
	return handle_of_file(fd, flags & FILE_FLAG_OVERLAPPED, is_device);
}

/* ---- Requests that the caller waits for ---- */

static NTSTATUS control(int fd, const struct request_args *args, ULONG_PTR *information)
{
	struct ntcompat_ioctl request = {
		.code = args->code,
		.in_len = args->in_len,
		.out_len = args->out_len,
		.status = NTCOMPAT_STATUS_NONE,
		.in = (uintptr_t)args->in,
		.out = (uintptr_t)args->out,
	};
	int error;

	synchronous_begin();
	error = ioctl(fd, NTCOMPAT_IOC_DEVICE_CONTROL, &request) ? errno : 0;
	synchronous_end();
	*information = request.information;
	/* An error without a status: then the program's buffers, or no such request. */
	if (request.status == NTCOMPAT_STATUS_NONE)
		SetLastError(error_of_errno(error));
	return request.status;
}

/* A request with an OVERLAPPED, on a file that was opened without the flag. */
static void store_end(LPOVERLAPPED ov, NTSTATUS status, ULONG_PTR information)
{
	if (!ov)
		return;
	ov->Internal = (uint32_t)status;
	ov->InternalHigh = information;
	if (ov->hEvent)
		SetEvent(ov->hEvent);
}

EXPORT BOOL DeviceIoControl(HANDLE file, DWORD code, LPVOID in, DWORD in_len, LPVOID out,
			    DWORD out_len, LPDWORD returned, LPOVERLAPPED ov)
{
	const struct request_args args = {
		NTCOMPAT_IO_DEVICE_CONTROL, code, in, in_len, out, out_len, NULL,
	};
	struct object *object = handle_object(file, KIND_FILE);
	ULONG_PTR information;
	NTSTATUS status;

	if (!object)
		return FALSE;
	if (object->overlapped && object->is_node && ov)
		return async_start(file, &args, ov, returned);
	status = control(handle_fd(file), &args, &information);
	if ((uint32_t)status == NTCOMPAT_STATUS_NONE)
		return FALSE;
	store_end(ov, status, information);
	if (returned)
		*returned = information;
	return succeed(status);
}

static int64_t offset_of(const OVERLAPPED *ov)
{
	return (int64_t)((uint64_t)ov->OffsetHigh << 32 | ov->Offset);
}

/* On a file opened without the flag, an OVERLAPPED says where, and the position follows. */
static ssize_t transfer(int fd, const struct request_args *args, const OVERLAPPED *ov)
{
	ssize_t n;

	if (args->op == NTCOMPAT_IO_READ)
		n = ov ? pread(fd, args->out, args->out_len, offset_of(ov)) :
			 read(fd, args->out, args->out_len);
	else
		n = ov ? pwrite(fd, args->in, args->in_len, offset_of(ov)) :
			 write(fd, args->in, args->in_len);
	if (n >= 0 && ov)
		lseek(fd, offset_of(ov) + n, SEEK_SET);
	return n;
}

static BOOL transfer_and_wait(HANDLE file, const struct request_args *args, LPDWORD done,
			      LPOVERLAPPED ov)
{
	ssize_t n;
	int error;

	if (done)
		*done = 0;
	synchronous_begin();
	n = transfer(handle_fd(file), args, ov);
	error = errno;
	synchronous_end();
	if (n < 0)
		return fail(error_of_errno(error));
	/* Windows tells the end of a file only to those who said where. */
	if (!n && ov && args->op == NTCOMPAT_IO_READ && args->out_len) {
		store_end(ov, STATUS_END_OF_FILE, 0);
		return fail(ERROR_HANDLE_EOF);
	}
	store_end(ov, STATUS_SUCCESS, n);
	if (done)
		*done = n;
	return TRUE;
}

static BOOL start_transfer(HANDLE file, const struct request_args *args, LPDWORD done,
			   LPOVERLAPPED ov)
{
	struct object *object = handle_object(file, KIND_FILE);

	if (!object)
		return FALSE;
	if (!object->overlapped || !object->is_node)
		return transfer_and_wait(file, args, done, ov);
	/* There is no position that a request without an offset could mean. */
	if (!ov)
		return fail(ERROR_INVALID_PARAMETER);
	return async_start(file, args, ov, done);
}

EXPORT BOOL ReadFile(HANDLE file, LPVOID buffer, DWORD length, LPDWORD done, LPOVERLAPPED ov)
{
	const struct request_args args = {
		.op = NTCOMPAT_IO_READ, .out = buffer, .out_len = length,
	};

	return start_transfer(file, &args, done, ov);
}

EXPORT BOOL WriteFile(HANDLE file, LPCVOID buffer, DWORD length, LPDWORD done, LPOVERLAPPED ov)
{
	const struct request_args args = {
		.op = NTCOMPAT_IO_WRITE, .in = buffer, .in_len = length,
	};

	return start_transfer(file, &args, done, ov);
}

EXPORT BOOL FlushFileBuffers(HANDLE file)
{
	if (!handle_object(file, KIND_FILE))
		return FALSE;
	return !fsync(handle_fd(file)) || fail_errno();
}

/* ---- The position ---- */

EXPORT BOOL SetFilePointerEx(HANDLE file, LARGE_INTEGER distance, PLARGE_INTEGER position,
			     DWORD method)
{
	off_t now;

	if (!handle_object(file, KIND_FILE))
		return FALSE;
	if (method > FILE_END)
		return fail(ERROR_INVALID_PARAMETER);
	/* FILE_BEGIN, FILE_CURRENT and FILE_END are SEEK_SET, SEEK_CUR and SEEK_END. */
	now = lseek(handle_fd(file), distance.QuadPart, method);
	if (now < 0)
		return errno == EINVAL ? fail(ERROR_NEGATIVE_SEEK) : fail_errno();
	if (position)
		position->QuadPart = now;
	return TRUE;
}

EXPORT DWORD SetFilePointer(HANDLE file, LONG distance, PLONG distance_high, DWORD method)
{
	LARGE_INTEGER move, position;

	move.QuadPart = distance;
	if (distance_high) {
		move.LowPart = distance;
		move.HighPart = *distance_high;
	}
	if (!SetFilePointerEx(file, move, &position, method))
		return INVALID_SET_FILE_POINTER;
	if (distance_high)
		*distance_high = position.HighPart;
	/* It may look like the error. */
	SetLastError(NO_ERROR);
	return position.LowPart;
}
