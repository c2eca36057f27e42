/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_KE_PROCESSOR_H
#define _NTCOMPAT_KE_PROCESSOR_H

void nt_processor_setup(void);

#endif /* _NTCOMPAT_KE_PROCESSOR_H */
