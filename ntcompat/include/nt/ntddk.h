/* SPDX-License-Identifier: GPL-2.0 */
/* ntddk.h - wdm.h and what only non-WDM (NT 4 style) drivers may use */
#ifndef _NTDDK_
#define _NTDDK_

#include "wdm.h"
#include "bits/io_legacy.h"
#include "bits/io_hardware.h"
#include "bits/rtl_range.h"
#include "bits/rtl_tree.h"

#endif /* _NTDDK_ */
