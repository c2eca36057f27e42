/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of Win32 that programs use which talk to a driver. A program for
 * Windows is compiled with
 *
 *	cc -I .../libntcompat/include program.c -lntcompat -luring -pthread
 *
 * Each function does what its Windows namesake does, as far as the comments
 * here do not say otherwise; what is not here does not exist.
 */
#ifndef _WINDOWS_
#define _WINDOWS_

#include <windef.h>
#include <winerror.h>
#include <winioctl.h>
#include <winsvc.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors: one number per thread ---- */

DWORD GetLastError(void);
void SetLastError(DWORD error);
ULONG RtlNtStatusToDosError(NTSTATUS status);

#define FORMAT_MESSAGE_ALLOCATE_BUFFER	0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS	0x00000200
#define FORMAT_MESSAGE_FROM_SYSTEM	0x00001000
#define FORMAT_MESSAGE_MAX_WIDTH_MASK	0x000000ff
#define LANG_NEUTRAL			0x00
#define SUBLANG_DEFAULT			0x01
#define MAKELANGID(p, s)		((WORD)((s) << 10 | (p)))

/* Only FORMAT_MESSAGE_FROM_SYSTEM; the text is the error's name and number. */
DWORD FormatMessageA(DWORD flags, LPCVOID source, DWORD id, DWORD language,
		     LPSTR buffer, DWORD size, va_list *arguments);

/* ---- Files ---- */

#define INVALID_HANDLE_VALUE	((HANDLE)(LONG_PTR)-1)

#define GENERIC_READ		0x80000000U
#define GENERIC_WRITE		0x40000000U
#define GENERIC_EXECUTE		0x20000000U
#define GENERIC_ALL		0x10000000U
#define DELETE			0x00010000U
#define SYNCHRONIZE		0x00100000U
#define FILE_READ_DATA		0x00000001U
#define FILE_WRITE_DATA		0x00000002U
#define FILE_APPEND_DATA	0x00000004U
#define FILE_READ_ATTRIBUTES	0x00000080U
#define FILE_WRITE_ATTRIBUTES	0x00000100U

#define FILE_SHARE_READ		0x00000001
#define FILE_SHARE_WRITE	0x00000002
#define FILE_SHARE_DELETE	0x00000004

#define CREATE_NEW		1
#define CREATE_ALWAYS		2
#define OPEN_EXISTING		3
#define OPEN_ALWAYS		4
#define TRUNCATE_EXISTING	5

#define FILE_ATTRIBUTE_READONLY		0x00000001
#define FILE_ATTRIBUTE_HIDDEN		0x00000002
#define FILE_ATTRIBUTE_NORMAL		0x00000080
#define FILE_FLAG_WRITE_THROUGH		0x80000000U
#define FILE_FLAG_OVERLAPPED		0x40000000U
#define FILE_FLAG_NO_BUFFERING		0x20000000U
#define FILE_FLAG_RANDOM_ACCESS		0x10000000U
#define FILE_FLAG_SEQUENTIAL_SCAN	0x08000000U

#define FILE_BEGIN		0
#define FILE_CURRENT		1
#define FILE_END		2
#define INVALID_SET_FILE_POINTER	((DWORD)-1)
#define INVALID_FILE_SIZE	((DWORD)-1)

typedef struct _SECURITY_ATTRIBUTES {
	DWORD nLength;
	LPVOID lpSecurityDescriptor;
	BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

typedef struct _OVERLAPPED {
	ULONG_PTR Internal;
	ULONG_PTR InternalHigh;
	union {
		struct {
			DWORD Offset;
			DWORD OffsetHigh;
		};
		PVOID Pointer;
	};
	HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;

#define STATUS_PENDING_VALUE_	0x103

/* As WinBase.h has it; it does not wait for anything. */
#define HasOverlappedIoCompleted(ov) \
	(__atomic_load_n(&(ov)->Internal, __ATOMIC_ACQUIRE) != STATUS_PENDING_VALUE_)

/*
 * \\.\NAME is /dev/nt/NAME, in any case of letters; \\.\A\B is /dev/nt/A/B when
 * the driver named a link like that, else \B behind /dev/nt/A, for the driver to
 * understand. \\?\INSTANCE#{GUID} is a device interface's node. Another path is a
 * file of Linux.
 */
HANDLE CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
		   DWORD disposition, DWORD flags, HANDLE template_file);
BOOL CloseHandle(HANDLE handle);
BOOL ReadFile(HANDLE file, LPVOID buffer, DWORD length, LPDWORD done, LPOVERLAPPED ov);
BOOL WriteFile(HANDLE file, LPCVOID buffer, DWORD length, LPDWORD done, LPOVERLAPPED ov);
BOOL DeviceIoControl(HANDLE file, DWORD code, LPVOID in, DWORD in_length, LPVOID out,
		     DWORD out_length, LPDWORD returned, LPOVERLAPPED ov);

/* Runs in the thread that asked, when that waits alertably. */
typedef void (*LPOVERLAPPED_COMPLETION_ROUTINE)(DWORD error, DWORD bytes, LPOVERLAPPED ov);

/* On a driver's file that was opened with FILE_FLAG_OVERLAPPED. */
BOOL ReadFileEx(HANDLE file, LPVOID buffer, DWORD length, LPOVERLAPPED ov,
		LPOVERLAPPED_COMPLETION_ROUTINE routine);
BOOL WriteFileEx(HANDLE file, LPCVOID buffer, DWORD length, LPOVERLAPPED ov,
		 LPOVERLAPPED_COMPLETION_ROUTINE routine);
BOOL FlushFileBuffers(HANDLE file);
DWORD SetFilePointer(HANDLE file, LONG distance, PLONG distance_high, DWORD method);
BOOL SetFilePointerEx(HANDLE file, LARGE_INTEGER distance, PLARGE_INTEGER position,
		      DWORD method);
BOOL GetFileSizeEx(HANDLE file, PLARGE_INTEGER size);
DWORD GetFileSize(HANDLE file, LPDWORD high);
BOOL SetEndOfFile(HANDLE file);

typedef enum _FILE_INFO_BY_HANDLE_CLASS {
	FileBasicInfo = 0,
	FileStandardInfo = 1,
	FileAllocationInfo = 5,
	FileEndOfFileInfo = 6,
} FILE_INFO_BY_HANDLE_CLASS;

typedef struct _FILE_BASIC_INFO {
	LARGE_INTEGER CreationTime;
	LARGE_INTEGER LastAccessTime;
	LARGE_INTEGER LastWriteTime;
	LARGE_INTEGER ChangeTime;
	DWORD FileAttributes;
} FILE_BASIC_INFO, *PFILE_BASIC_INFO;

typedef struct _FILE_STANDARD_INFO {
	LARGE_INTEGER AllocationSize;
	LARGE_INTEGER EndOfFile;
	DWORD NumberOfLinks;
	BOOLEAN DeletePending;
	BOOLEAN Directory;
} FILE_STANDARD_INFO, *PFILE_STANDARD_INFO;

typedef struct _FILE_ALLOCATION_INFO {
	LARGE_INTEGER AllocationSize;
} FILE_ALLOCATION_INFO, *PFILE_ALLOCATION_INFO;

typedef struct _FILE_END_OF_FILE_INFO {
	LARGE_INTEGER EndOfFile;
} FILE_END_OF_FILE_INFO, *PFILE_END_OF_FILE_INFO;

/* Of a driver's file only. */
BOOL GetFileInformationByHandleEx(HANDLE file, FILE_INFO_BY_HANDLE_CLASS information,
				  LPVOID buffer, DWORD size);
BOOL SetFileInformationByHandle(HANDLE file, FILE_INFO_BY_HANDLE_CLASS information,
				LPVOID buffer, DWORD size);

BOOL GetOverlappedResult(HANDLE file, LPOVERLAPPED ov, LPDWORD done, BOOL wait);
BOOL GetOverlappedResultEx(HANDLE file, LPOVERLAPPED ov, LPDWORD done, DWORD milliseconds,
			   BOOL alertable);
BOOL CancelIo(HANDLE file);
BOOL CancelIoEx(HANDLE file, LPOVERLAPPED ov);
BOOL CancelSynchronousIo(HANDLE thread);

#define STD_INPUT_HANDLE	((DWORD)-10)
#define STD_OUTPUT_HANDLE	((DWORD)-11)
#define STD_ERROR_HANDLE	((DWORD)-12)
HANDLE GetStdHandle(DWORD which);

/* ---- Events and waiting ---- */

#define INFINITE		0xffffffffU
#define WAIT_OBJECT_0		0
#define WAIT_ABANDONED_0	0x80
#define WAIT_IO_COMPLETION	0xc0
#define WAIT_FAILED		0xffffffffU
#define MAXIMUM_WAIT_OBJECTS	64
#define EVENT_ALL_ACCESS	0x1f0003
#define EVENT_MODIFY_STATE	0x0002

/* Without names: no other process can open an event. */
HANDLE CreateEventA(LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial,
		    LPCSTR name);
BOOL SetEvent(HANDLE event);
BOOL ResetEvent(HANDLE event);
DWORD WaitForSingleObject(HANDLE object, DWORD milliseconds);
DWORD WaitForMultipleObjects(DWORD count, const HANDLE *objects, BOOL all,
			     DWORD milliseconds);
/* Alertable: WAIT_IO_COMPLETION when completion routines have run. */
DWORD WaitForSingleObjectEx(HANDLE object, DWORD milliseconds, BOOL alertable);
DWORD WaitForMultipleObjectsEx(DWORD count, const HANDLE *objects, BOOL all,
			       DWORD milliseconds, BOOL alertable);

/* ---- Threads ---- */

typedef DWORD (*LPTHREAD_START_ROUTINE)(LPVOID argument);
typedef DWORD (*PTHREAD_START_ROUTINE)(LPVOID argument);

#define STILL_ACTIVE		0x103

/* It runs at once: CREATE_SUSPENDED is refused. */
HANDLE CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stack_size,
		    LPTHREAD_START_ROUTINE start, LPVOID argument, DWORD flags, LPDWORD id);
void ExitThread(DWORD code) __attribute__((noreturn));
void ExitProcess(UINT code) __attribute__((noreturn));
BOOL GetExitCodeThread(HANDLE thread, LPDWORD code);
DWORD GetCurrentThreadId(void);
DWORD GetCurrentProcessId(void);

typedef struct _CRITICAL_SECTION {
	uint64_t opaque[8];
} CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION;

void InitializeCriticalSection(LPCRITICAL_SECTION section);
void EnterCriticalSection(LPCRITICAL_SECTION section);
BOOL TryEnterCriticalSection(LPCRITICAL_SECTION section);
void LeaveCriticalSection(LPCRITICAL_SECTION section);
void DeleteCriticalSection(LPCRITICAL_SECTION section);

#define InterlockedIncrement(p)		__atomic_add_fetch((p), 1, __ATOMIC_SEQ_CST)
#define InterlockedDecrement(p)		__atomic_sub_fetch((p), 1, __ATOMIC_SEQ_CST)
#define InterlockedExchange(p, v)	__atomic_exchange_n((p), (v), __ATOMIC_SEQ_CST)
#define InterlockedExchangeAdd(p, v)	__atomic_fetch_add((p), (v), __ATOMIC_SEQ_CST)

/* ---- Time ---- */

void Sleep(DWORD milliseconds);
DWORD SleepEx(DWORD milliseconds, BOOL alertable);
DWORD GetCurrentDirectoryA(DWORD length, LPSTR buffer);
DWORD GetTickCount(void);
ULONGLONG GetTickCount64(void);
BOOL QueryPerformanceCounter(PLARGE_INTEGER count);
BOOL QueryPerformanceFrequency(PLARGE_INTEGER frequency);

/* ---- Memory ---- */

#define MEM_COMMIT		0x1000
#define MEM_RESERVE		0x2000
#define MEM_RELEASE		0x8000
#define PAGE_READWRITE		0x04
#define HEAP_ZERO_MEMORY	0x08
#define LMEM_FIXED		0
#define LMEM_ZEROINIT		0x40
#define LPTR			LMEM_ZEROINIT
#define GMEM_FIXED		0
#define GPTR			LMEM_ZEROINIT

/* Whole pages to read and write; reserving, committing and freeing is all of them. */
LPVOID VirtualAlloc(LPVOID address, SIZE_T size, DWORD type, DWORD protection);
BOOL VirtualFree(LPVOID address, SIZE_T size, DWORD type);

#define GetProcessHeap()		((HANDLE)1)
#define HeapAlloc(heap, flags, size)	((void)(heap), (void)(flags), calloc(1, (size)))
#define HeapFree(heap, flags, p)	((void)(heap), (void)(flags), free(p), TRUE)
#define LocalAlloc(flags, size)		((void)(flags), calloc(1, (size)))
#define LocalFree(p)			(free(p), (HLOCAL)0)
#define GlobalAlloc(flags, size)	((void)(flags), calloc(1, (size)))
#define GlobalFree(p)			(free(p), (HGLOBAL)0)

#define ZeroMemory(p, n)		memset((p), 0, (n))
#define FillMemory(p, n, v)		memset((p), (v), (n))
#define CopyMemory(to, from, n)		memcpy((to), (from), (n))
#define MoveMemory(to, from, n)		memmove((to), (from), (n))
#define RtlZeroMemory			ZeroMemory
#define RtlFillMemory			FillMemory
#define RtlCopyMemory			CopyMemory
#define RtlMoveMemory			MoveMemory
#define RtlEqualMemory(a, b, n)		(!memcmp((a), (b), (n)))

#define OutputDebugStringA(text)	((void)fputs((text), stderr))
#define lstrlenA(s)			((int)strlen(s))

/* ---- Wide names: file and event names as UTF-8 ---- */

/* Depends on the program's wchar_t, of which the library knows nothing. */
static inline char *ntcompat_narrow_(const wchar_t *wide, char *buffer, size_t size)
{
	size_t n = 0;
	unsigned long c;

	if (!wide)
		return NULL;
	for (; *wide && n + 4 < size; wide++) {
		c = (unsigned long)*wide;
		if (sizeof(wchar_t) == 2) {
			c &= 0xffff;
			/* A pair of surrogates is one character. */
			if (c >= 0xd800 && c < 0xdc00 && (wide[1] & 0xfc00) == 0xdc00)
				c = 0x10000 + ((c & 0x3ff) << 10) + (*++wide & 0x3ff);
		}
		if (c < 0x80) {
			buffer[n++] = (char)c;
		} else if (c < 0x800) {
			buffer[n++] = (char)(0xc0 | c >> 6);
			buffer[n++] = (char)(0x80 | (c & 0x3f));
		} else if (c < 0x10000) {
			buffer[n++] = (char)(0xe0 | c >> 12);
			buffer[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			buffer[n++] = (char)(0x80 | (c & 0x3f));
		} else {
			buffer[n++] = (char)(0xf0 | c >> 18);
			buffer[n++] = (char)(0x80 | (c >> 12 & 0x3f));
			buffer[n++] = (char)(0x80 | (c >> 6 & 0x3f));
			buffer[n++] = (char)(0x80 | (c & 0x3f));
		}
	}
	buffer[n] = 0;
	return *wide ? NULL : buffer;
}

static inline HANDLE CreateFileW(LPCWSTR name, DWORD access, DWORD share,
				 LPSECURITY_ATTRIBUTES security, DWORD disposition,
				 DWORD flags, HANDLE template_file)
{
	char narrow[1024];

	if (!ntcompat_narrow_(name, narrow, sizeof(narrow))) {
		SetLastError(ERROR_INVALID_NAME);
		return INVALID_HANDLE_VALUE;
	}
	return CreateFileA(narrow, access, share, security, disposition, flags, template_file);
}

static inline HANDLE CreateEventW(LPSECURITY_ATTRIBUTES security, BOOL manual_reset,
				  BOOL initial, LPCWSTR name)
{
	/* Any name is refused, whatever it says. */
	return CreateEventA(security, manual_reset, initial, name ? "?" : NULL);
}

#ifdef UNICODE
#define CreateFile	CreateFileW
#define CreateEvent	CreateEventW
#else
#define CreateFile	CreateFileA
#define CreateEvent	CreateEventA
#define FormatMessage	FormatMessageA
#define GetCurrentDirectory GetCurrentDirectoryA
#define OutputDebugString	OutputDebugStringA
#define lstrlen		lstrlenA
#endif

#ifdef __cplusplus
}
#endif

#endif /* _WINDOWS_ */
