// SPDX-License-Identifier: GPL-2.0
/*
 * Exceptions: who has a __try open, and the way back to it. How a __try works is
 * told in include/nt/bits/seh.h.
 *
 * Frames lie on their threads' stacks. A hash by thread finds them; within a
 * bucket a thread's frames are in order, the innermost first. A frame leaves the
 * hash before its function returns: by the end of its body, the cleanup of its
 * scope, or the exception that finds it. IRQL: <= DISPATCH_LEVEL, as for all here.
 */
#include "exception.h"
#include <linux/hash.h>
#include <linux/kasan.h>
#include <linux/preempt.h>
#include <linux/sched.h>

/* Drivers call these through macros that tell GCC that they do not return. */
#undef ExRaiseStatus
#undef ExRaiseAccessViolation
#undef ExRaiseDatatypeMisalignment

#define BUCKET_BITS	6

static struct bucket {
	raw_spinlock_t lock;
	struct nt_try_frame *first;
} buckets[1 << BUCKET_BITS] = {
	[0 ... (1 << BUCKET_BITS) - 1] = { __RAW_SPIN_LOCK_UNLOCKED(buckets.lock) },
};

/* A DPC or an ISR must not find the frames of the thread that it interrupts. */
static void *this_thread(void)
{
	unsigned long context = in_hardirq() ? 2 : in_serving_softirq() ? 1 : 0;

	return (void *)((unsigned long)current | context);
}

static struct bucket *bucket_of(void *thread)
{
	return &buckets[hash_ptr(thread, BUCKET_BITS)];
}

VOID nt_try_enter(struct nt_try_frame *frame)
{
	struct bucket *bucket;
	unsigned long flags;

	frame->thread = this_thread();
	bucket = bucket_of(frame->thread);
	raw_spin_lock_irqsave(&bucket->lock, flags);
	frame->next = bucket->first;
	bucket->first = frame;
	raw_spin_unlock_irqrestore(&bucket->lock, flags);
}

VOID nt_try_exit(struct nt_try_frame *frame)
{
	struct bucket *bucket = bucket_of(frame->thread);
	struct nt_try_frame **link;
	unsigned long flags;

	raw_spin_lock_irqsave(&bucket->lock, flags);
	for (link = &bucket->first; *link; link = &(*link)->next)
		if (*link == frame) {
			*link = frame->next;
			break;
		}
	raw_spin_unlock_irqrestore(&bucket->lock, flags);
}
EXPORT_SYMBOL(nt_try_exit);

/* The innermost frame of this thread, taken out of the hash. */
static struct nt_try_frame *pop(void)
{
	void *thread = this_thread();
	struct bucket *bucket = bucket_of(thread);
	struct nt_try_frame **link, *frame = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&bucket->lock, flags);
	for (link = &bucket->first; *link; link = &(*link)->next)
		if ((*link)->thread == thread) {
			frame = *link;
			*link = frame->next;
			break;
		}
	raw_spin_unlock_irqrestore(&bucket->lock, flags);
	return frame;
}

#ifdef CONFIG_KASAN_STACK
/* As compiled code calls it; nothing declares it. */
void nt_asan_set_shadow_00(const void *addr, ssize_t size) __asm__("__asan_set_shadow_00");

/* KASAN still takes the frames that a jump skips for ones in use. */
static void forget_skipped_frames(const void *stack_pointer)
{
	const void *here = __builtin_frame_address(0);

	if (here < stack_pointer)
		nt_asan_set_shadow_00(kasan_mem_to_shadow(here),
				      (stack_pointer - here) >> KASAN_SHADOW_SCALE_SHIFT);
}
#else
static void forget_skipped_frames(const void *stack_pointer)
{
}
#endif

/*
 * nt_try_jump - go where __builtin_setjmp() was called
 * @buffer is what that filled in: frame pointer, address, stack pointer.
 * If GCC saw that it does not return, it would leave out the trap behind its calls.
 */
void __attribute__((__noipa__)) (nt_try_jump)(PVOID *buffer)
{
	forget_skipped_frames(buffer[2]);
	nt_try_go(buffer);
}
EXPORT_SYMBOL(nt_try_jump);

asmlinkage void nt_try_left(struct nt_try_frame *frame)
{
	BUILD_BUG_ON(offsetof(struct nt_try_frame, resume));
	if (frame->state != NT_TRY_BODY)
		return;
	nt_try_exit(frame);
	if (!frame->finally)
		return;
	frame->returning = TRUE;
	nt_try_jump(frame->jump);
}
EXPORT_SYMBOL(nt_try_end);

static DECLSPEC_NORETURN void raise(const EXCEPTION_RECORD *record)
{
	struct nt_try_frame *frame = pop();

	if (!frame) {
		/* Windows stops here with KMODE_EXCEPTION_NOT_HANDLED. */
		pr_emerg("exception 0x%08x, raised at %pS, which nobody handles\n",
			 (__force u32)record->ExceptionCode, record->ExceptionAddress);
		BUG();
	}
	frame->record = *record;
	frame->pointers.ExceptionRecord = &frame->record;
	frame->pointers.ContextRecord = NULL;
	frame->raised = TRUE;
	frame->state = NT_TRY_RAISED;
	nt_try_jump(frame->jump);
}

static DECLSPEC_NORETURN void raise_status(NTSTATUS status, void *address)
{
	EXCEPTION_RECORD record = {
		.ExceptionCode = status,
		.ExceptionFlags = EXCEPTION_NONCONTINUABLE,
		.ExceptionAddress = address,
	};

	raise(&record);
}

/* A block has ended: what comes next? */
VOID nt_try_next(struct nt_try_frame *frame)
{
	switch (frame->state) {
	case NT_TRY_READY:
		nt_try_enter(frame);
		frame->state = NT_TRY_BODY;
		break;
	case NT_TRY_BODY:
		nt_try_exit(frame);
		frame->state = frame->finally ? NT_TRY_FINALLY : NT_TRY_OVER;
		break;
	case NT_TRY_FINALLY:
		frame->state = NT_TRY_OVER;
		if (frame->raised)
			raise(&frame->record);
		if (frame->returning)
			nt_try_resume(frame);
		break;
	default:
		frame->state = NT_TRY_OVER;
	}
}
EXPORT_SYMBOL(nt_try_next);

BOOLEAN nt_try_filter(struct nt_try_frame *frame, LONG verdict)
{
	if (verdict == EXCEPTION_CONTINUE_SEARCH)
		raise(&frame->record);
	if (verdict < 0)
		raise_status(STATUS_NONCONTINUABLE_EXCEPTION, frame->record.ExceptionAddress);
	frame->state = NT_TRY_HANDLER;
	return TRUE;
}
EXPORT_SYMBOL(nt_try_filter);

/**
 * ExRaiseStatus - raise an exception
 * @Status: its code
 *
 * IRQL: <= DISPATCH_LEVEL, the one at which the __try was entered. Does not
 * return. Without a __try in this thread it is a bug check: an oops.
 */
void ExRaiseStatus(NTSTATUS Status)
{
	raise_status(Status, __builtin_return_address(0));
}
EXPORT_SYMBOL(ExRaiseStatus);

/**
 * ExRaiseAccessViolation - raise STATUS_ACCESS_VIOLATION
 *
 * IRQL: <= DISPATCH_LEVEL. Does not return.
 */
void ExRaiseAccessViolation(void)
{
	raise_status(STATUS_ACCESS_VIOLATION, __builtin_return_address(0));
}
EXPORT_SYMBOL(ExRaiseAccessViolation);

/**
 * ExRaiseDatatypeMisalignment - raise STATUS_DATATYPE_MISALIGNMENT
 *
 * IRQL: <= DISPATCH_LEVEL. Does not return.
 */
void ExRaiseDatatypeMisalignment(void)
{
	raise_status(STATUS_DATATYPE_MISALIGNMENT, __builtin_return_address(0));
}
EXPORT_SYMBOL(ExRaiseDatatypeMisalignment);
