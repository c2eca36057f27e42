/* SPDX-License-Identifier: GPL-2.0 */
/* basetyps.h - what old drivers take GUID and EXTERN_C from */
#ifndef _NT_BASETYPS_H
#define _NT_BASETYPS_H

#include "ntdef.h"
#include "guiddef.h"

#endif /* _NT_BASETYPS_H */
