/* SPDX-License-Identifier: GPL-2.0 */
/* wdm.h - what a WDM driver may use; the parts stand in bits/, one per component */
#ifndef _WDMDDK_
#define _WDMDDK_

#include "ntdef.h"
#include "ntstatus.h"
#include "bits/dbg.h"
#include "bits/ke.h"
#include "bits/ex.h"
#include "bits/intrin.h"
#include "bits/rtl.h"
#include "bits/rtl_bitmap.h"
#include "bits/rtl_largeint.h"
#include "bits/rtl_time.h"
#include "bits/mm.h"
#include "bits/io.h"
#include "bits/csq.h"
#include "bits/ob.h"
#include "bits/ps.h"
#include "bits/ke_sync.h"
#include "bits/ke_system.h"
#include "bits/ex_resource.h"
#include "bits/seh.h"
#include "bits/hal.h"
#include "bits/pci.h"
#include "bits/po.h"
#include "guiddef.h"

#endif /* _WDMDDK_ */
