// SPDX-License-Identifier: GPL-2.0
/* What a thread learns of its stack, its time, its mode. */
#include "thread.h"
#include "../ke/time.h"
#include <linux/sched/task_stack.h>

/**
 * ExGetPreviousMode - did the thread come from user mode?
 *
 * IRQL: <= DISPATCH_LEVEL. Of a program's thread it is UserMode, also within a Zw routine.
 */
KPROCESSOR_MODE ExGetPreviousMode(void)
{
	return current->flags & PF_KTHREAD ? KernelMode : UserMode;
}
EXPORT_SYMBOL(ExGetPreviousMode);

/**
 * IoIs32bitProcess - is the sender of a request a 32-bit program?
 * @Irp: the request; or NULL for the current thread
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
BOOLEAN IoIs32bitProcess(PIRP Irp)
{
	struct task_struct *task = current;

	if (Irp) {
		if (!Irp->Tail.Overlay.Thread)
			return FALSE;
		task = nt_thread((PKTHREAD)Irp->Tail.Overlay.Thread)->task;
	}
	return !!test_tsk_thread_flag(task, TIF_ADDR32);
}
EXPORT_SYMBOL(IoIs32bitProcess);

/**
 * IoGetInitialStack - where the current thread's stack begins: its highest address
 *
 * IRQL: <= APC_LEVEL.
 */
PVOID IoGetInitialStack(void)
{
	return task_stack_page(current) + THREAD_SIZE;
}
EXPORT_SYMBOL(IoGetInitialStack);

/**
 * IoGetStackLimits - the stack that the caller runs on
 * @LowLimit: receives its lowest address
 * @HighLimit: receives the address behind its highest
 *
 * IRQL: any. On a stack of Linux's for interrupts, on which most DPCs run, only the page
 * that the caller is in is told.
 */
void IoGetStackLimits(PULONG_PTR LowLimit, PULONG_PTR HighLimit)
{
	ULONG_PTR here = (ULONG_PTR)__builtin_frame_address(0);
	ULONG_PTR low = (ULONG_PTR)task_stack_page(current);

	if (here >= low && here < low + THREAD_SIZE) {
		*LowLimit = low;
		*HighLimit = low + THREAD_SIZE;
	} else {
		*LowLimit = here & PAGE_MASK;
		*HighLimit = *LowLimit + PAGE_SIZE;
	}
}
EXPORT_SYMBOL(IoGetStackLimits);

/**
 * KeQueryRuntimeThread - how long a thread ran
 * @Thread: its object
 * @UserTime: receives the ticks of KeQueryTimeIncrement() that it ran in user mode
 *
 * IRQL: PASSIVE_LEVEL. Returns the ticks that it ran in kernel mode, as Linux counts them.
 */
ULONG KeQueryRuntimeThread(PKTHREAD Thread, PULONG UserTime)
{
	struct task_struct *task = nt_thread(Thread)->task;

	*UserTime = div_u64(task->utime, NT_TICK_NS);
	return div_u64(task->stime, NT_TICK_NS);
}
EXPORT_SYMBOL(KeQueryRuntimeThread);

/**
 * PsGetVersion - the version of Windows that drivers see
 * @MajorVersion: receives it; or NULL
 * @MinorVersion: receives it; or NULL
 * @BuildNumber: receives it; or NULL
 * @CSDVersion: receives an empty string: no service pack; or NULL
 *
 * IRQL: PASSIVE_LEVEL. Returns FALSE: it is no checked build.
 */
BOOLEAN PsGetVersion(PULONG MajorVersion, PULONG MinorVersion, PULONG BuildNumber,
		     PUNICODE_STRING CSDVersion)
{
	RTL_OSVERSIONINFOW info = { .dwOSVersionInfoSize = sizeof(info) };

	RtlGetVersion(&info);
	if (MajorVersion)
		*MajorVersion = info.dwMajorVersion;
	if (MinorVersion)
		*MinorVersion = info.dwMinorVersion;
	if (BuildNumber)
		*BuildNumber = info.dwBuildNumber;
	if (CSDVersion)
		RtlInitUnicodeString(CSDVersion, NULL);
	return FALSE;
}
EXPORT_SYMBOL(PsGetVersion);
