/* SPDX-License-Identifier: GPL-2.0 */
/* Routines of ntifs.h, which are for all drivers, and what their tests share. */
#ifndef ZW_H
#define ZW_H

#include "conform.h"

NTSYSAPI NTSTATUS NTAPI ZwSetEvent(HANDLE EventHandle, PLONG PreviousState);
NTSYSAPI NTSTATUS NTAPI ZwClearEvent(HANDLE EventHandle);
NTSYSAPI NTSTATUS NTAPI ZwCreateEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess,
				      POBJECT_ATTRIBUTES ObjectAttributes, EVENT_TYPE EventType,
				      BOOLEAN InitialState);
NTSYSAPI NTSTATUS NTAPI ZwWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable,
					      PLARGE_INTEGER Timeout);
NTSYSAPI NTSTATUS NTAPI ZwFlushBuffersFile(HANDLE FileHandle, PIO_STATUS_BLOCK IoStatusBlock);
NTSYSAPI NTSTATUS NTAPI ZwFsControlFile(HANDLE FileHandle, HANDLE Event,
					PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
					PIO_STATUS_BLOCK IoStatusBlock, ULONG FsControlCode,
					PVOID InputBuffer, ULONG InputBufferLength,
					PVOID OutputBuffer, ULONG OutputBufferLength);
NTSYSAPI NTSTATUS NTAPI ZwDeviceIoControlFile(HANDLE FileHandle, HANDLE Event,
					      PIO_APC_ROUTINE ApcRoutine, PVOID ApcContext,
					      PIO_STATUS_BLOCK IoStatusBlock, ULONG IoControlCode,
					      PVOID InputBuffer, ULONG InputBufferLength,
					      PVOID OutputBuffer, ULONG OutputBufferLength);
NTSYSAPI NTSTATUS NTAPI ZwOpenDirectoryObject(PHANDLE DirectoryHandle, ACCESS_MASK DesiredAccess,
					      POBJECT_ATTRIBUTES ObjectAttributes);

/* zwfile.c: ZwCreateFile() of a whole path. */
NTSTATUS ZwOpen(PCWSTR Path, ACCESS_MASK Access, ULONG Disposition, ULONG Options, PHANDLE Handle,
		PULONG_PTR Result);

#endif /* ZW_H */
