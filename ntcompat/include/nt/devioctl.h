/* SPDX-License-Identifier: GPL-2.0 */
/* devioctl.h - device types and control codes, for headers that programs include, too */
#ifndef _DEVIOCTL_
#define _DEVIOCTL_

#include "ntdef.h"
#include "bits/io_codes.h"

#endif /* _DEVIOCTL_ */
