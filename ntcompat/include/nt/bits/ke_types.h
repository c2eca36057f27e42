/* SPDX-License-Identifier: GPL-2.0 */
/* Kernel-core types: IRQL, dispatcher objects, DPCs, timers, device queues. */
#ifndef _NT_KE_TYPES_H
#define _NT_KE_TYPES_H

#include "../ntdef.h"

struct _DEVICE_OBJECT;
struct _IRP;

#define PASSIVE_LEVEL		0
#define LOW_LEVEL		0
#define APC_LEVEL		1
#define DISPATCH_LEVEL		2
#define CMCI_LEVEL		5
#define SYNCH_LEVEL		12
#define CLOCK_LEVEL		13
#define IPI_LEVEL		14
#define POWER_LEVEL		14
#define PROFILE_LEVEL		15
#define HIGH_LEVEL		15

enum { KernelMode, UserMode, MaximumMode };
#define KernelMode		((KPROCESSOR_MODE)KernelMode)
#define UserMode		((KPROCESSOR_MODE)UserMode)
typedef KPROCESSOR_MODE		MODE;

typedef struct _KTHREAD		*PKTHREAD, *PRKTHREAD;
typedef struct _ETHREAD		*PETHREAD;
typedef struct _KPROCESS	*PKPROCESS, *PRKPROCESS;
typedef struct _EPROCESS	*PEPROCESS;
typedef struct _KINTERRUPT	*PKINTERRUPT, *RESTRICTED_POINTER PRKINTERRUPT;

typedef ULONG_PTR		KSPIN_LOCK, *PKSPIN_LOCK;

typedef struct _KLOCK_QUEUE_HANDLE {
	struct {
		PVOID Next;
		PKSPIN_LOCK Lock;
	} LockQueue;
	KIRQL OldIrql;
} KLOCK_QUEUE_HANDLE, *PKLOCK_QUEUE_HANDLE;

/* DISPATCHER_HEADER.Type; the values tell our wait code what an object is. */
enum {
	EventNotificationObject		= 0,
	EventSynchronizationObject	= 1,
	MutantObject			= 2,
	ProcessObject			= 3,
	QueueObject			= 4,
	SemaphoreObject			= 5,
	ThreadObject			= 6,
	TimerNotificationObject		= 8,
	TimerSynchronizationObject	= 9,
};

typedef struct _DISPATCHER_HEADER {
	union {
		struct {
			UCHAR Type;
			union {
				UCHAR Abandoned;
				UCHAR Absolute;
				UCHAR Signalling;
			};
			union {
				UCHAR Size;
				UCHAR Hand;
			};
			union {
				UCHAR Inserted;
				UCHAR DebugActive;
				UCHAR DpcActive;
			};
		};
		volatile LONG Lock;
	};
	LONG SignalState;
	LIST_ENTRY WaitListHead;
} DISPATCHER_HEADER, *PDISPATCHER_HEADER;

typedef enum _EVENT_TYPE {
	NotificationEvent,
	SynchronizationEvent,
} EVENT_TYPE;

typedef struct _KEVENT {
	DISPATCHER_HEADER Header;
} KEVENT, *PKEVENT, *RESTRICTED_POINTER PRKEVENT;

typedef struct _KSEMAPHORE {
	DISPATCHER_HEADER Header;
	LONG Limit;
} KSEMAPHORE, *PKSEMAPHORE, *RESTRICTED_POINTER PRKSEMAPHORE;

typedef struct _KMUTANT {
	DISPATCHER_HEADER Header;
	LIST_ENTRY MutantListEntry;
	PKTHREAD OwnerThread;
	UCHAR Abandoned;
	UCHAR ApcDisable;
} KMUTANT, *PKMUTANT, *RESTRICTED_POINTER PRKMUTANT,
  KMUTEX, *PKMUTEX, *RESTRICTED_POINTER PRKMUTEX;

typedef enum _WAIT_TYPE {
	WaitAll,
	WaitAny,
} WAIT_TYPE;

typedef enum _KWAIT_REASON {
	Executive,
	FreePage,
	PageIn,
	PoolAllocation,
	DelayExecution,
	Suspended,
	UserRequest,
	WrExecutive,
	WrFreePage,
	WrPageIn,
	WrPoolAllocation,
	WrDelayExecution,
	WrSuspended,
	WrUserRequest,
	WrQueue = 15,
	MaximumWaitReason = 37,
} KWAIT_REASON;

#define MAXIMUM_WAIT_OBJECTS	64
#define THREAD_WAIT_OBJECTS	3

/* The caller's memory for KeWaitForMultipleObjects; its inside is ours. */
typedef struct _KWAIT_BLOCK {
	LIST_ENTRY WaitListEntry;
	UCHAR WaitType;
	volatile UCHAR BlockState;
	USHORT WaitKey;
	LONG SpareLong;
	union {
		PKTHREAD Thread;
		PVOID NotificationQueue;
	};
	PVOID Object;
	PVOID SparePtr;
} KWAIT_BLOCK, *PKWAIT_BLOCK, *RESTRICTED_POINTER PRKWAIT_BLOCK;

struct _KDPC;
typedef VOID KDEFERRED_ROUTINE(struct _KDPC *Dpc, PVOID DeferredContext,
			       PVOID SystemArgument1, PVOID SystemArgument2);
typedef KDEFERRED_ROUTINE	*PKDEFERRED_ROUTINE;

typedef enum _KDPC_IMPORTANCE {
	LowImportance,
	MediumImportance,
	HighImportance,
	MediumHighImportance,
} KDPC_IMPORTANCE;

typedef struct _KDPC {
	UCHAR Type;
	UCHAR Importance;
	volatile USHORT Number;
	LIST_ENTRY DpcListEntry;
	PKDEFERRED_ROUTINE DeferredRoutine;
	PVOID DeferredContext;
	PVOID SystemArgument1;
	PVOID SystemArgument2;
	PVOID volatile DpcData;
} KDPC, *PKDPC, *RESTRICTED_POINTER PRKDPC;

typedef enum _TIMER_TYPE {
	NotificationTimer,
	SynchronizationTimer,
} TIMER_TYPE;

typedef struct _KTIMER {
	DISPATCHER_HEADER Header;
	ULARGE_INTEGER DueTime;
	LIST_ENTRY TimerListEntry;
	struct _KDPC *Dpc;
	ULONG Processor;
	ULONG Period;
} KTIMER, *PKTIMER, *RESTRICTED_POINTER PRKTIMER;

typedef struct _KDEVICE_QUEUE {
	CSHORT Type;
	CSHORT Size;
	LIST_ENTRY DeviceListHead;
	KSPIN_LOCK Lock;
	union {
		BOOLEAN Busy;
		LONG64 Hint;
	};
} KDEVICE_QUEUE, *PKDEVICE_QUEUE, *RESTRICTED_POINTER PRKDEVICE_QUEUE;

typedef struct _KDEVICE_QUEUE_ENTRY {
	LIST_ENTRY DeviceListEntry;
	ULONG SortKey;
	BOOLEAN Inserted;
} KDEVICE_QUEUE_ENTRY, *PKDEVICE_QUEUE_ENTRY, *RESTRICTED_POINTER PRKDEVICE_QUEUE_ENTRY;

/* Opaque to drivers here: APCs are not queued by drivers. Kept for IRP's layout. */
typedef struct _KAPC {
	UCHAR Type;
	UCHAR SpareByte0;
	UCHAR Size;
	UCHAR SpareByte1;
	ULONG SpareLong0;
	PKTHREAD Thread;
	LIST_ENTRY ApcListEntry;
	PVOID Reserved[3];
	PVOID NormalContext;
	PVOID SystemArgument1;
	PVOID SystemArgument2;
	CCHAR ApcStateIndex;
	KPROCESSOR_MODE ApcMode;
	BOOLEAN Inserted;
} KAPC, *PKAPC, *RESTRICTED_POINTER PRKAPC;

typedef enum _KINTERRUPT_MODE {
	LevelSensitive,
	Latched,
} KINTERRUPT_MODE;

typedef BOOLEAN KSERVICE_ROUTINE(struct _KINTERRUPT *Interrupt, PVOID ServiceContext);
typedef KSERVICE_ROUTINE	*PKSERVICE_ROUTINE;
typedef BOOLEAN KMESSAGE_SERVICE_ROUTINE(struct _KINTERRUPT *Interrupt,
					 PVOID ServiceContext, ULONG MessageID);
typedef KMESSAGE_SERVICE_ROUTINE *PKMESSAGE_SERVICE_ROUTINE;
typedef BOOLEAN KSYNCHRONIZE_ROUTINE(PVOID SynchronizeContext);
typedef KSYNCHRONIZE_ROUTINE	*PKSYNCHRONIZE_ROUTINE;

#endif /* _NT_KE_TYPES_H */
