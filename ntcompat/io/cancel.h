/* SPDX-License-Identifier: GPL-2.0 */
/* The system's cancel spin lock, for whoever takes it at DISPATCH_LEVEL. */
#ifndef _NTCOMPAT_IO_CANCEL_H
#define _NTCOMPAT_IO_CANCEL_H

#include "../ke/spinlock.h"

extern KSPIN_LOCK nt_cancel_lock;

#endif /* _NTCOMPAT_IO_CANCEL_H */
