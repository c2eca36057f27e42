/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The base types of Win32, with the sizes that they have on Windows: LONG,
 * ULONG and DWORD are 32 bits. They cannot be `long` here, so printf() formats
 * need a cast to be right on both systems: printf("%lu", (unsigned long)error).
 *
 * WCHAR is the compiler's wchar_t: 32 bits, or 16 with -fshort-wchar, which a
 * program needs that hands WCHARs to a driver; the C library's own wide
 * functions (wprintf) do not work then.
 */
#ifndef _WINDEF_
#define _WINDEF_

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#ifndef __int64
#define __int64		long long
#define __int32		int
#define __int16		short
#define __int8		char
#endif

/* One calling convention, and annotations for tools that are not here. */
#define __cdecl
#define __stdcall
#define __fastcall
#define WINAPI
#define APIENTRY
#define CALLBACK
#define NTAPI
#define WINBASEAPI
#define __declspec(x)
#define CONST		const
#define IN
#define OUT
#define OPTIONAL
#define FAR
#ifndef VOID
#define VOID		void
#endif
#define _Inout_updates_all_(count)
#define _Out_writes_all_(count)
#define _In_
#define _In_z_
#define _In_opt_
#define _Inout_
#define _Inout_opt_
#define _Out_
#define _Out_opt_
#define _In_reads_(n)
#define _In_reads_bytes_(n)
#define _Out_writes_(n)
#define _Out_writes_bytes_(n)
#define _In_reads_opt_(n)
#define _In_reads_bytes_opt_(n)
#define _Inout_updates_(n)
#define _Inout_updates_bytes_(n)
#define _Inout_updates_bytes_all_(n)
#define _Out_writes_opt_(n)
#define _Out_writes_bytes_all_(n)
#define _Use_decl_annotations_
#define _Outptr_
#define _Success_(x)
#define _Ret_maybenull_
#define __in
#define __in_opt
#define __out
#define __out_opt
#define __inout
#define __inout_opt
#define __in_ecount(n)
#define __out_ecount(n)

typedef int BOOL, *PBOOL, *LPBOOL;
typedef unsigned char BOOLEAN, *PBOOLEAN;
typedef unsigned char BYTE, *PBYTE, *LPBYTE;
typedef unsigned char UCHAR, *PUCHAR;
typedef char CHAR, *PCHAR, *LPSTR, *PSTR;
typedef const char *LPCSTR, *PCSTR;
typedef int16_t SHORT, *PSHORT;
typedef uint16_t USHORT, *PUSHORT, WORD, *PWORD, *LPWORD;
typedef int32_t INT, *PINT, LONG, *PLONG, *LPLONG, INT32, LONG32;
typedef uint32_t UINT, *PUINT, ULONG, *PULONG, DWORD, *PDWORD, *LPDWORD, UINT32, ULONG32, DWORD32;
typedef int64_t LONGLONG, *PLONGLONG, LONG64, INT64;
typedef uint64_t ULONGLONG, *PULONGLONG, ULONG64, UINT64, DWORD64, DWORDLONG;
typedef intptr_t INT_PTR, LONG_PTR, SSIZE_T;
typedef uintptr_t UINT_PTR, ULONG_PTR, *PULONG_PTR, DWORD_PTR, SIZE_T, *PSIZE_T;
typedef float FLOAT;
typedef double DOUBLE;
typedef void *PVOID, *LPVOID;
typedef const void *LPCVOID;
typedef wchar_t WCHAR, *PWCHAR, *PWSTR, *LPWSTR;
typedef const wchar_t *LPCWSTR, *PCWSTR;
typedef LONG NTSTATUS, HRESULT;

#ifdef UNICODE
typedef WCHAR TCHAR, *PTCHAR, *LPTSTR, *PTSTR;
typedef LPCWSTR LPCTSTR, PCTSTR;
#define __TEXT(s)	L##s
#else
typedef char TCHAR, *PTCHAR, *LPTSTR, *PTSTR;
typedef const char *LPCTSTR, *PCTSTR;
#define __TEXT(s)	s
#endif
#define TEXT(s)		__TEXT(s)

/*
 * The handle of a file, an event or a thread is the number of its descriptor.
 * So a driver that is given one finds the file or the eventfd behind it.
 */
typedef void *HANDLE, **PHANDLE, **LPHANDLE;
typedef HANDLE HMODULE, HINSTANCE, HLOCAL, HGLOBAL, HWND;

typedef union _LARGE_INTEGER {
	struct {
		DWORD LowPart;
		LONG HighPart;
	};
	struct {
		DWORD LowPart;
		LONG HighPart;
	} u;
	LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
	struct {
		DWORD LowPart;
		DWORD HighPart;
	};
	struct {
		DWORD LowPart;
		DWORD HighPart;
	} u;
	ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef struct _GUID {
	uint32_t Data1;
	uint16_t Data2;
	uint16_t Data3;
	uint8_t Data4[8];
} GUID, *LPGUID;

#ifndef FALSE
#define FALSE		0
#endif
#ifndef TRUE
#define TRUE		1
#endif
#ifndef NULL
#define NULL		((void *)0)
#endif
#define MAX_PATH	260
#define MAXDWORD	0xffffffffU

#if !defined(NOMINMAX) && !defined(__cplusplus)
#ifndef max
#define max(a, b)	((a) > (b) ? (a) : (b))
#endif
#ifndef min
#define min(a, b)	((a) < (b) ? (a) : (b))
#endif
#endif

#define LOBYTE(w)	((BYTE)(w))
#define HIBYTE(w)	((BYTE)((WORD)(w) >> 8))
#define LOWORD(l)	((WORD)(l))
#define HIWORD(l)	((WORD)((DWORD)(l) >> 16))
#define MAKELONG(a, b)	((LONG)((WORD)(a) | (DWORD)(WORD)(b) << 16))
#define UNREFERENCED_PARAMETER(p)	((void)(p))
#define ARRAYSIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define _countof(a)	ARRAYSIZE(a)
#define FIELD_OFFSET(type, field)	((LONG)offsetof(type, field))
#define CONTAINING_RECORD(address, type, field) \
	((type *)((char *)(address) - offsetof(type, field)))

#endif /* _WINDEF_ */
