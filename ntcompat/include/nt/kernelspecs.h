/* SPDX-License-Identifier: GPL-2.0 */
/* kernelspecs.h - source annotations */
#ifndef _NT_KERNELSPECS_H
#define _NT_KERNELSPECS_H

#include "sal.h"

#endif /* _NT_KERNELSPECS_H */
