/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_IO_TIMER_H
#define _NTCOMPAT_IO_TIMER_H

#include "../nt.h"

void nt_io_timer_free(PDEVICE_OBJECT device);
void nt_io_timer_teardown(void);

#endif /* _NTCOMPAT_IO_TIMER_H */
