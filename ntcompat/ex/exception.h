/* SPDX-License-Identifier: GPL-2.0 */
/* What exception.c and try.S know of each other. */
#ifndef _NTCOMPAT_EX_EXCEPTION_H
#define _NTCOMPAT_EX_EXCEPTION_H

#include "../nt.h"

/* To where __builtin_setjmp() was called; @buffer is what that filled in. */
asmlinkage void nt_try_go(PVOID *buffer);

/* Return from nt_try_end(), long after its stack frame was overwritten. */
asmlinkage void nt_try_resume(struct nt_try_frame *frame);

/* What nt_try_end() does when it has noted how it would return. */
asmlinkage void nt_try_left(struct nt_try_frame *frame);

#endif /* _NTCOMPAT_EX_EXCEPTION_H */
