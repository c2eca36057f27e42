/* SPDX-License-Identifier: GPL-2.0 */
/* Jumps between stack frames, which no C can tell: see exception.c. */
#include <linux/linkage.h>
#include <linux/objtool.h>
#include <asm/nospec-branch.h>

	.text

/*
 * void nt_try_go(PVOID *buffer): GCC's __builtin_setjmp() has left there the
 * frame pointer, where to go on, and the stack pointer.
 */
SYM_FUNC_START(nt_try_go)
	movq	0(%rdi), %rbp
	movq	8(%rdi), %rax
	movq	16(%rdi), %rsp
	JMP_NOSPEC rax
SYM_FUNC_END(nt_try_go)
STACK_FRAME_NON_STANDARD nt_try_go

/* void nt_try_end(struct nt_try_frame *frame): frame->resume is at its start. */
SYM_FUNC_START(nt_try_end)
	movq	%rbx, 0(%rdi)
	movq	%rbp, 8(%rdi)
	movq	%r12, 16(%rdi)
	movq	%r13, 24(%rdi)
	movq	%r14, 32(%rdi)
	movq	%r15, 40(%rdi)
	leaq	8(%rsp), %rax
	movq	%rax, 48(%rdi)
	movq	(%rsp), %rax
	movq	%rax, 56(%rdi)
	jmp	nt_try_left
SYM_FUNC_END(nt_try_end)

/* void nt_try_resume(struct nt_try_frame *frame): return from nt_try_end(). */
SYM_FUNC_START(nt_try_resume)
	movq	0(%rdi), %rbx
	movq	8(%rdi), %rbp
	movq	16(%rdi), %r12
	movq	24(%rdi), %r13
	movq	32(%rdi), %r14
	movq	40(%rdi), %r15
	movq	48(%rdi), %rsp
	movq	56(%rdi), %rax
	JMP_NOSPEC rax
SYM_FUNC_END(nt_try_resume)
STACK_FRAME_NON_STANDARD nt_try_resume
