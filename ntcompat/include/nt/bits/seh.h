/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Structured exceptions for GCC: __try, __except, __finally, __leave.
 *
 * Exceptions are raised by routines only (ExRaiseStatus, ProbeForRead,
 * MmProbeAndLockPages), never by a fault. A __try is a loop whose variable is the
 * frame. It runs the two blocks in the order that the frame's state says:
 *
 *	NEW	the second block's head tells whether it is __except or __finally
 *	READY	known; the loop enters the frame into the thread's chain
 *	BODY	the first block runs; an exception jumps back to its head
 *	RAISED	the filter decides: HANDLER, or raise it again
 *	LEFT	by __leave
 *	HANDLER	the __except block runs
 *	FINALLY	the __finally block runs; then as it was left: on, raise again,
 *		or back to where the body was left by return or goto
 *	OVER
 *
 * Differs from Visual C: filters run after the __finally blocks inside, as there
 * is no first pass; EXCEPTION_CONTINUE_EXECUTION raises
 * STATUS_NONCONTINUABLE_EXCEPTION; and, __try being a loop, break and continue in
 * one of its blocks mean that block, not a loop around it. In C++, as with Visual C,
 * a function that has objects with destructors has no __try: none would be called.
 */
#ifndef _NT_SEH_H
#define _NT_SEH_H

#include "../ntdef.h"

#define EXCEPTION_EXECUTE_HANDLER	1
#define EXCEPTION_CONTINUE_SEARCH	0
#define EXCEPTION_CONTINUE_EXECUTION	(-1)
#define EXCEPTION_NONCONTINUABLE	1
#define EXCEPTION_MAXIMUM_PARAMETERS	15

typedef struct _EXCEPTION_RECORD {
	NTSTATUS ExceptionCode;
	ULONG ExceptionFlags;
	struct _EXCEPTION_RECORD *ExceptionRecord;
	PVOID ExceptionAddress;
	ULONG NumberParameters;
	ULONG_PTR ExceptionInformation[EXCEPTION_MAXIMUM_PARAMETERS];
} EXCEPTION_RECORD, *PEXCEPTION_RECORD;

/* There is no context record: nothing faulted. */
typedef struct _EXCEPTION_POINTERS {
	PEXCEPTION_RECORD ExceptionRecord;
	struct _CONTEXT *ContextRecord;
} EXCEPTION_POINTERS, *PEXCEPTION_POINTERS;

enum nt_try_state {
	NT_TRY_NEW,
	NT_TRY_READY,
	NT_TRY_BODY,
	NT_TRY_RAISED,
	NT_TRY_LEFT,
	NT_TRY_HANDLER,
	NT_TRY_FINALLY,
	NT_TRY_OVER,
};

/**
 * struct nt_try_frame - a __try that is being executed
 * @resume: where a return or goto out of the body goes on: the registers that a
 *	called function preserves, the stack pointer, the address
 * @jump: where the first block begins, for exceptions
 * @next: the thread's next frame outwards
 * @thread: whose it is; these two are guarded by the chain's lock
 * @state: see above
 * @finally: the second block is __finally
 * @raised: the body ended with an exception
 * @returning: the body was left by return or goto
 * @record: the exception
 * @pointers: for GetExceptionInformation()
 */
struct nt_try_frame {
	PVOID resume[8];
	PVOID jump[5];
	struct nt_try_frame *next;
	PVOID thread;
	enum nt_try_state state;
	BOOLEAN finally;
	BOOLEAN raised;
	BOOLEAN returning;
	EXCEPTION_RECORD record;
	EXCEPTION_POINTERS pointers;
};

EXTERN_C_START

VOID nt_try_enter(struct nt_try_frame *frame);
VOID nt_try_exit(struct nt_try_frame *frame);
VOID nt_try_next(struct nt_try_frame *frame);
BOOLEAN nt_try_filter(struct nt_try_frame *frame, LONG verdict);
/*
 * When the frame's scope ends, however it does. Out of a body by return, goto or
 * break: a __finally block runs first, by a jump to the loop's head, and then the
 * call returns, for all that the compiler knows for the second time.
 */
VOID nt_try_end(struct nt_try_frame *frame) __attribute__((__returns_twice__));
VOID nt_try_jump(PVOID *buffer);
#define nt_try_jump(buffer)	(nt_try_jump(buffer), __builtin_trap())

EXTERN_C_END

#ifndef NTCOMPAT_CORE

NT_INLINE struct nt_try_frame *nt_try_begin(struct nt_try_frame *frame)
{
	frame->state = NT_TRY_NEW;
	frame->raised = FALSE;
	frame->returning = FALSE;
	return frame;
}

/* The head of the second block: TRUE when the block is not to run now. */
NT_INLINE BOOLEAN nt_try_skip(struct nt_try_frame *frame, BOOLEAN finally)
{
	if (frame->state == NT_TRY_NEW) {
		frame->finally = finally;
		frame->state = NT_TRY_READY;
		return TRUE;
	}
	if (finally)
		frame->state = NT_TRY_FINALLY;
	return frame->state == NT_TRY_LEFT;
}

#define __try									\
	for (struct nt_try_frame nt_frame __attribute__((__cleanup__(nt_try_end))), \
	     *nt_frame_ __attribute__((__unused__)) = nt_try_begin(&nt_frame);	\
	     nt_frame.state != NT_TRY_OVER; nt_try_next(&nt_frame))		\
		if (nt_frame.state == NT_TRY_BODY && !__builtin_setjmp(nt_frame.jump))

#define __except(filter)							\
		else if (nt_try_skip(&nt_frame, FALSE)) {			\
		} else if (nt_try_filter(&nt_frame, (filter)))

#define __finally								\
		else if (nt_try_skip(&nt_frame, TRUE)) {			\
		} else

#define __leave									\
	do {									\
		nt_try_exit(&nt_frame);						\
		nt_frame.state = NT_TRY_LEFT;					\
		nt_try_jump(nt_frame.jump);					\
	} while (0)

/* The Windows headers' other spelling, for C. */
#ifndef __cplusplus
#define try		__try
#define except		__except
#define finally		__finally
#define leave		__leave
#endif

/* In a filter or a handler. */
#define GetExceptionCode()		(nt_frame.record.ExceptionCode)
#define GetExceptionInformation()	(&nt_frame.pointers)
/* In a __finally block: was the body left otherwise than at its end or by __leave? */
#define AbnormalTermination()		((BOOLEAN)(nt_frame.raised || nt_frame.returning))
#define _exception_code()		GetExceptionCode()
#define _exception_info()		GetExceptionInformation()
#define _abnormal_termination()		AbnormalTermination()
#define exception_code			_exception_code
#define exception_info			_exception_info
#define abnormal_termination		_abnormal_termination

#endif /* !NTCOMPAT_CORE */

#endif /* _NT_SEH_H */
