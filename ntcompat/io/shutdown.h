/* SPDX-License-Identifier: GPL-2.0 */
/* Drivers are told when the system ends. */
#ifndef _NTCOMPAT_IO_SHUTDOWN_H
#define _NTCOMPAT_IO_SHUTDOWN_H

int nt_shutdown_setup(void);
void nt_shutdown_teardown(void);

#endif /* _NTCOMPAT_IO_SHUTDOWN_H */
