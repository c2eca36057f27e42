/* SPDX-License-Identifier: GPL-2.0 */
/* driverspecs.h - source annotations */
#ifndef _NT_DRIVERSPECS_H
#define _NT_DRIVERSPECS_H

#include "sal.h"

#endif /* _NT_DRIVERSPECS_H */
