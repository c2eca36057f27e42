/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ntdef.h - the base types of NT, sized as on 64-bit Windows
 *
 * Defined here and not borrowed: a driver source sees no Linux header. Where
 * this file meets Linux headers (inside ntcompat.ko) the few names that both
 * sides claim are guarded.
 */
#ifndef _NTDEF_
#define _NTDEF_

/* Drivers for Windows, too, tell by it which of the two it is. */
#define NTCOMPAT		1

#ifndef _WIN64
#define _WIN64			1
#endif
#ifndef _AMD64_
#define _AMD64_			1
#endif
#ifndef _M_AMD64
#define _M_AMD64		100
#define _M_X64			100
#endif
#ifndef NTDDI_VERSION
#define NTDDI_VERSION		0x0A000000	/* Windows 10 */
#endif
#ifndef _WIN32_WINNT
#define _WIN32_WINNT		0x0A00
#endif
#ifndef WINVER
#define WINVER			_WIN32_WINNT
#endif

/* A driver's own sources get the annotations; ntcompat itself has no use for them. */
#ifndef NTCOMPAT_CORE
#include "sal.h"
#endif

#ifdef __cplusplus
#define EXTERN_C		extern "C"
#define EXTERN_C_START		extern "C" {
#define EXTERN_C_END		}
#else
#define EXTERN_C		extern
#define EXTERN_C_START
#define EXTERN_C_END
#endif

/* Calling conventions: a recompiled driver uses the kernel's own. */
#define NTAPI
#define FASTCALL
#define STDCALL
#define NTKERNELAPI
#define NTSYSAPI
#define NTHALAPI
#define DECLSPEC_IMPORT
#define DECLSPEC_EXPORT
#define APIENTRY
#define WINAPI
#define CALLBACK
#ifndef NTCOMPAT_CORE
#define __stdcall
#define __cdecl
#define __fastcall
#define _stdcall
#define _cdecl
#define _fastcall
#define __forceinline		inline __attribute__((__always_inline__))
#define _inline			inline
#define __declspec(x)		__declspec_##x
#define __declspec_align(n)	__attribute__((__aligned__(n)))
#define __declspec_noreturn	__attribute__((__noreturn__))
#define __declspec_deprecated	__attribute__((__deprecated__))
#define __declspec_noinline	__attribute__((__noinline__))
#define __declspec_allocate(s)
#define __declspec_dllimport
#define __declspec_dllexport
#define __declspec_naked
#define __declspec_novtable
#define __declspec_selectany	__attribute__((__weak__))
#define __unaligned
#define __ptr64
#define __ptr32
#define __w64
#define __int8			char
#define __int16			short
#define __int32			int
#define __int64			long long
#define __assume(e)		((e) ? (void)0 : __builtin_unreachable())
#define IN
#define OUT
#define OPTIONAL
#define CDECL			__cdecl
#define FAR
/* Members of a union or structure without a name are accessed as if they were outside. */
#define DUMMYUNIONNAME
#define DUMMYUNIONNAME1
#define DUMMYUNIONNAME2
#define DUMMYUNIONNAME3
#define DUMMYUNIONNAME4
#define DUMMYUNIONNAME5
#define DUMMYSTRUCTNAME
#define DUMMYSTRUCTNAME1
#define DUMMYSTRUCTNAME2
#define DUMMYSTRUCTNAME3
#define UNREACHABLE		__builtin_unreachable()
#define DEFAULT_UNREACHABLE	default: __builtin_unreachable()
#endif
#define FORCEINLINE		inline __attribute__((__always_inline__))
#define CFORCEINLINE		FORCEINLINE
/* What these headers themselves use: one definition per source, none exported. */
#define NT_INLINE		static inline __attribute__((__always_inline__, __unused__))
#define CONST			const
#define DECLSPEC_ALIGN(n)	__attribute__((__aligned__(n)))
#define DECLSPEC_NORETURN	__attribute__((__noreturn__))
#define DECLSPEC_DEPRECATED
#define DECLSPEC_SELECTANY	__attribute__((__weak__))
#define DECLSPEC_NOINLINE	__attribute__((__noinline__))
#define DECLSPEC_CACHEALIGN	DECLSPEC_ALIGN(64)
#define POINTER_ALIGNMENT	DECLSPEC_ALIGN(8)
#define RESTRICTED_POINTER
#define UNALIGNED
#define MEMORY_ALLOCATION_ALIGNMENT 16
#define SYSTEM_CACHE_ALIGNMENT_SIZE 64
#define PROBE_ALIGNMENT(t)	__alignof__(t)
#define TYPE_ALIGNMENT(t)	__alignof__(t)

/* Under sparse NTSTATUS is a type of its own: mixing it with an errno is an error. */
#ifdef __CHECKER__
#define NT_BITWISE		__attribute__((bitwise))
#define NT_FORCE		__attribute__((force))
#else
#define NT_BITWISE
#define NT_FORCE
#endif

#ifndef NULL
#ifdef __cplusplus
#define NULL			0
#else
#define NULL			((void *)0)
#endif
#endif

#ifndef VOID
#define VOID			void
#endif
typedef void			*PVOID, **PPVOID;
typedef char			CHAR, *PCHAR, *LPCH, *PCH, *NPSTR, *LPSTR, *PSTR, CCHAR, *PCCHAR;
typedef const char		*LPCCH, *PCCH, *LPCSTR, *PCSTR, *PCSZ;
typedef char			*PSZ;
typedef signed char		INT8, SCHAR, *PSCHAR;
typedef unsigned char		UCHAR, *PUCHAR, UINT8, *PUINT8, BOOLEAN, *PBOOLEAN, BYTE, *PBYTE;
typedef short			SHORT, *PSHORT, CSHORT, INT16;
typedef unsigned short		USHORT, *PUSHORT, UINT16, *PUINT16, WORD;
typedef int			INT, *PINT, LONG, *PLONG, INT32, LONG32, BOOL, *PBOOL;
typedef unsigned int		UINT, *PUINT, ULONG, *PULONG, UINT32, *PUINT32, ULONG32, DWORD, *PDWORD, *LPDWORD, LCID;
typedef long long		LONGLONG, *PLONGLONG, LONG64, *PLONG64, INT64, *PINT64;
typedef unsigned long long	ULONGLONG, *PULONGLONG, ULONG64, *PULONG64, UINT64, *PUINT64, DWORD64, DWORDLONG;
typedef long long		LONG_PTR, *PLONG_PTR, INT_PTR, *PINT_PTR, SSIZE_T, *PSSIZE_T;
typedef unsigned long long	ULONG_PTR, *PULONG_PTR, UINT_PTR, *PUINT_PTR, DWORD_PTR, *PDWORD_PTR;
typedef unsigned long long	SIZE_T, *PSIZE_T, KAFFINITY, *PKAFFINITY;
typedef unsigned char		KIRQL, *PKIRQL;
typedef signed char		KPROCESSOR_MODE;
typedef LONG			KPRIORITY;
typedef float			FLOAT, *PFLOAT;
typedef double			DOUBLE;
/* In C++ wchar_t is a type of its own, which L"" has. */
#ifdef __cplusplus
#define NT_WCHAR		wchar_t
#else
#define NT_WCHAR		__WCHAR_TYPE__
#endif
typedef NT_WCHAR		WCHAR, *PWCHAR, *LPWCH, *PWCH, *LPWSTR, *PWSTR, **PZPWSTR;
typedef const NT_WCHAR		*LPCWSTR, *PCWSTR, *PCWCH, *LPCWCH, *PCWCHAR;
typedef LONG NT_BITWISE		NTSTATUS, *PNTSTATUS;
typedef PVOID			HANDLE, *PHANDLE;
typedef ULONG			ACCESS_MASK, *PACCESS_MASK, DEVICE_TYPE, LOGICAL;
typedef PVOID			PSID;
typedef UCHAR			FCHAR;
typedef USHORT			FSHORT;
typedef ULONG			FLONG;
typedef ULONG			CLONG;

#ifndef NTCOMPAT_CORE
typedef __SIZE_TYPE__		size_t;
#ifndef __cplusplus
typedef __WCHAR_TYPE__		wchar_t;
#endif
typedef ULONG_PTR		uintptr_t;
typedef LONG_PTR		intptr_t;
#endif

#define NT_STATUS(value)	((NT_FORCE NTSTATUS)(value))
#define NT_SUCCESS(status)	((NT_FORCE LONG)(status) >= 0)
#define NT_INFORMATION(status)	(((NT_FORCE ULONG)(status) >> 30) == 1)
#define NT_WARNING(status)	(((NT_FORCE ULONG)(status) >> 30) == 2)
#define NT_ERROR(status)	(((NT_FORCE ULONG)(status) >> 30) == 3)

#define TRUE			1
#define FALSE			0
#ifndef NTCOMPAT_CORE
#define ANYSIZE_ARRAY		1
#define MAXUCHAR		0xff
#define MAXUSHORT		0xffff
#define MAXULONG		0xffffffff
#define MAXULONGLONG		(~(ULONGLONG)0)
#define MAXLONG			0x7fffffff
#define MAXLONGLONG		0x7fffffffffffffffLL
#define MINLONG			0x80000000	/* unsigned, as in the WDK */
#define MAXSHORT		0x7fff
#define MAXCHAR			0x7f
#define MAXULONG_PTR		(~(ULONG_PTR)0)
#define MAXDWORD		MAXULONG
#define MINLONGLONG		((LONGLONG)~0x7fffffffffffffffLL)
#define MINSHORT		0x8000
#define MINCHAR			0x80
#define MAXLONG_PTR		((LONG_PTR)MAXLONGLONG)
#define MAXSIZE_T		MAXULONG_PTR
#define MAXLONG64		MAXLONGLONG
#define MAXULONG64		MAXULONGLONG
#define MAXULONG32		MAXULONG
#define MAXINT			MAXLONG
#define MAXUINT			MAXULONG
#define MAXUINT8		MAXUCHAR
#define MAXUINT16		MAXUSHORT
#define MAXUINT32		MAXULONG
#define MAXUINT64		MAXULONGLONG
#define MAXINT64		MAXLONGLONG
#define MAX_PATH		260
#endif

/*
 * Windows ends many structures in an array declared [1] that drivers index
 * past its end. Where two such are nested, GCC takes the [1] at its word and
 * drops code; a zero-length array keeps the idiom, its twin the documented size.
 */
#define NT_OPEN_ARRAY(type, name)	union { type name##_0; type name[0]; }

typedef union _LARGE_INTEGER {
	struct {
		ULONG LowPart;
		LONG HighPart;
	};
	struct {
		ULONG LowPart;
		LONG HighPart;
	} u;
	LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
	struct {
		ULONG LowPart;
		ULONG HighPart;
	};
	struct {
		ULONG LowPart;
		ULONG HighPart;
	} u;
	ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef LARGE_INTEGER		PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;

typedef struct _LIST_ENTRY {
	struct _LIST_ENTRY *Flink;
	struct _LIST_ENTRY *Blink;
} LIST_ENTRY, *PLIST_ENTRY, *PRLIST_ENTRY;

typedef struct _SINGLE_LIST_ENTRY {
	struct _SINGLE_LIST_ENTRY *Next;
} SINGLE_LIST_ENTRY, *PSINGLE_LIST_ENTRY;

typedef struct _STRING {
	USHORT Length;
	USHORT MaximumLength;
	PCHAR Buffer;
} STRING, *PSTRING, ANSI_STRING, *PANSI_STRING, OEM_STRING, *POEM_STRING;
typedef const STRING		*PCSTRING, *PCANSI_STRING, *PCOEM_STRING;

typedef struct _UNICODE_STRING {
	USHORT Length;
	USHORT MaximumLength;
	PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING	*PCUNICODE_STRING;

typedef struct _OBJECT_ATTRIBUTES {
	ULONG Length;
	HANDLE RootDirectory;
	PUNICODE_STRING ObjectName;
	ULONG Attributes;
	PVOID SecurityDescriptor;
	PVOID SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;

#ifndef GUID_DEFINED
#define GUID_DEFINED
typedef struct _GUID {
	ULONG Data1;
	USHORT Data2;
	USHORT Data3;
	UCHAR Data4[8];
} GUID, *PGUID, *LPGUID;
typedef const GUID		*LPCGUID;
#ifdef __cplusplus
#define REFGUID			const GUID &
#else
#define REFGUID			const GUID *
#endif
#endif

#define UNICODE_NULL		((WCHAR)0)
#define UNICODE_STRING_MAX_BYTES ((USHORT)65534)
#define UNICODE_STRING_MAX_CHARS 32767
#define ANSI_NULL		((CHAR)0)

#define OBJ_INHERIT		0x00000002
#define OBJ_PERMANENT		0x00000010
#define OBJ_EXCLUSIVE		0x00000020
#define OBJ_CASE_INSENSITIVE	0x00000040
#define OBJ_OPENIF		0x00000080
#define OBJ_OPENLINK		0x00000100
#define OBJ_KERNEL_HANDLE	0x00000200
#define OBJ_FORCE_ACCESS_CHECK	0x00000400

#define InitializeObjectAttributes(p, n, a, r, s) do {		\
	(p)->Length = sizeof(OBJECT_ATTRIBUTES);		\
	(p)->RootDirectory = (r);				\
	(p)->Attributes = (a);					\
	(p)->ObjectName = (n);					\
	(p)->SecurityDescriptor = (s);				\
	(p)->SecurityQualityOfService = NULL;			\
} while (0)

#ifdef __cplusplus
/* A literal's characters are const there, those of a counted string are not. */
extern "C++" template <class T> constexpr T *nt_without_const(const T *s)
{
	return const_cast<T *>(s);
}
#define RTL_CONSTANT_STRING(s)	{ sizeof(s) - sizeof((s)[0]), sizeof(s), nt_without_const(s) }
#else
#define RTL_CONSTANT_STRING(s)	{ sizeof(s) - sizeof((s)[0]), sizeof(s), (s) }
#endif
#define DECLARE_CONST_UNICODE_STRING(name, text)		\
	static const WCHAR name##_buffer[] = text;		\
	static const UNICODE_STRING name = {			\
		sizeof(text) - sizeof(WCHAR), sizeof(text), (PWSTR)name##_buffer }
#define DECLARE_UNICODE_STRING_SIZE(name, chars)		\
	WCHAR name##_buffer[chars];				\
	UNICODE_STRING name = { 0, (chars) * sizeof(WCHAR), name##_buffer }

#define FIELD_OFFSET(type, field)	((LONG)__builtin_offsetof(type, field))
#define UFIELD_OFFSET(type, field)	((ULONG)__builtin_offsetof(type, field))
#define RTL_FIELD_SIZE(type, field)	(sizeof(((type *)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) \
	(FIELD_OFFSET(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_NUMBER_OF(a)		(sizeof(a) / sizeof((a)[0]))
#define RTL_NUMBER_OF_V1(a)		RTL_NUMBER_OF(a)
#define RTL_NUMBER_OF_V2(a)		RTL_NUMBER_OF(a)
#ifndef CONTAINING_RECORD
#define CONTAINING_RECORD(address, type, field) \
	((type *)((PCHAR)(address) - __builtin_offsetof(type, field)))
#endif
#ifndef NTCOMPAT_CORE
#define ARRAYSIZE(a)		RTL_NUMBER_OF(a)
#define _countof(a)		RTL_NUMBER_OF(a)
#ifndef offsetof
#define offsetof(type, field)	__builtin_offsetof(type, field)
#endif
#ifndef __cplusplus
#ifndef min
#define min(a, b)		(((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b)		(((a) > (b)) ? (a) : (b))
#endif
#endif
#endif
#ifdef __cplusplus
#define C_ASSERT(e)		static_assert(e, #e)
#else
#define C_ASSERT(e)		_Static_assert(e, #e)
#endif
#define UNREFERENCED_PARAMETER(p)	((void)(p))
#define DBG_UNREFERENCED_PARAMETER(p)	((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))
#define NOTHING
#define LOWORD(l)		((USHORT)((ULONG_PTR)(l) & 0xffff))
#define HIWORD(l)		((USHORT)(((ULONG_PTR)(l) >> 16) & 0xffff))
#define LOBYTE(w)		((UCHAR)((ULONG_PTR)(w) & 0xff))
#define HIBYTE(w)		((UCHAR)(((ULONG_PTR)(w) >> 8) & 0xff))
#define MAKEWORD(a, b)		((USHORT)(((UCHAR)(a)) | ((USHORT)((UCHAR)(b))) << 8))
#define MAKELONG(a, b)		((LONG)(((USHORT)(a)) | ((ULONG)((USHORT)(b))) << 16))
#define FlagOn(flags, bit)	((flags) & (bit))
#define BooleanFlagOn(flags, bit) ((BOOLEAN)(((flags) & (bit)) != 0))
#define SetFlag(flags, bit)	((flags) |= (bit))
#define ClearFlag(flags, bit)	((flags) &= ~(bit))
#define ARGUMENT_PRESENT(p)	((CHAR *)((ULONG_PTR)(p)) != (CHAR *)NULL)
#define ALIGN_DOWN_BY(v, a)	((ULONG_PTR)(v) & ~((ULONG_PTR)(a) - 1))
#define ALIGN_UP_BY(v, a)	ALIGN_DOWN_BY((ULONG_PTR)(v) + (a) - 1, a)
#ifndef NTCOMPAT_CORE
#define ALIGN_DOWN_POINTER_BY(p, a)	((PVOID)ALIGN_DOWN_BY(p, a))
#define ALIGN_UP_POINTER_BY(p, a)	((PVOID)ALIGN_UP_BY(p, a))
#define ALIGN_DOWN(v, type)		ALIGN_DOWN_BY(v, sizeof(type))
#define ALIGN_UP(v, type)		ALIGN_UP_BY(v, sizeof(type))
#define ALIGN_DOWN_POINTER(p, type)	ALIGN_DOWN_POINTER_BY(p, sizeof(type))
#define ALIGN_UP_POINTER(p, type)	ALIGN_UP_POINTER_BY(p, sizeof(type))
#endif
#define PtrToUlong(p)		((ULONG)(ULONG_PTR)(p))
#define PtrToLong(p)		((LONG)(LONG_PTR)(p))
#define UlongToPtr(u)		((PVOID)(ULONG_PTR)(ULONG)(u))
#define LongToPtr(l)		((PVOID)(LONG_PTR)(LONG)(l))
#define HandleToUlong(h)	((ULONG)(ULONG_PTR)(h))
#define UlongToHandle(u)	((HANDLE)(ULONG_PTR)(ULONG)(u))
#define ULongToPtr(u)		UlongToPtr(u)
#define PtrToUlongLong(p)	((ULONGLONG)(ULONG_PTR)(p))
#define Int32x32To64(a, b)	((LONGLONG)(LONG)(a) * (LONGLONG)(LONG)(b))
#define UInt32x32To64(a, b)	((ULONGLONG)(ULONG)(a) * (ULONGLONG)(ULONG)(b))

#define DELETE			0x00010000
#define READ_CONTROL		0x00020000
#define WRITE_DAC		0x00040000
#define WRITE_OWNER		0x00080000
#define SYNCHRONIZE		0x00100000
#define STANDARD_RIGHTS_REQUIRED 0x000F0000
#define STANDARD_RIGHTS_READ	READ_CONTROL
#define STANDARD_RIGHTS_WRITE	READ_CONTROL
#define STANDARD_RIGHTS_EXECUTE	READ_CONTROL
#define STANDARD_RIGHTS_ALL	0x001F0000
#define GENERIC_READ		0x80000000
#define GENERIC_WRITE		0x40000000
#define GENERIC_EXECUTE		0x20000000
#define GENERIC_ALL		0x10000000
#define MAXIMUM_ALLOWED		0x02000000

#endif /* _NTDEF_ */
