/* SPDX-License-Identifier: GPL-2.0 */
/* Threads, as the C run-time of Windows starts them. */
#ifndef _INC_PROCESS
#define _INC_PROCESS

#include <windef.h>

#ifdef __cplusplus
extern "C" {
#endif

uintptr_t _beginthreadex(void *security, unsigned int stack_size,
			 unsigned int (*start)(void *), void *argument,
			 unsigned int flags, unsigned int *id);
void _endthreadex(unsigned int code);

#ifdef __cplusplus
}
#endif

#endif /* _INC_PROCESS */
