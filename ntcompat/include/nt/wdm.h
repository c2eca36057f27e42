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
#include "bits/mm_pages.h"
#include "bits/mm_section.h"
#include "bits/io.h"
#include "bits/io_interrupt.h"
#include "bits/csq.h"
#include "bits/ob.h"
#include "bits/zw_file.h"
#include "bits/ob_name.h"
#include "bits/wmi.h"
#include "bits/etw.h"
#include "bits/se.h"
#include "bits/zw_system.h"
#include "bits/ps.h"
#include "bits/ke_sync.h"
#include "bits/cm.h"
#include "bits/ke_system.h"
#include "bits/ex_resource.h"
#include "bits/seh.h"
#include "bits/hal.h"
#include "bits/hal_dma.h"
#include "bits/hal_port.h"
#include "bits/ex_work.h"
#include "bits/ex_list.h"
#include "bits/ex_lookaside.h"
#include "bits/ex_callback.h"
#include "bits/ex_pool.h"
#include "bits/pci.h"
#include "bits/io_driver.h"
#include "bits/pnp.h"
#include "bits/po.h"
#include "guiddef.h"

/* Many of these Linux has by the same name. */
#ifndef NTCOMPAT_CORE
#include "bits/rtl_misc.h"
#include "bits/codes.h"
#include "bits/pci_codes.h"
#include "bugcodes.h"
#include "ntiologc.h"
#endif

#endif /* _WDMDDK_ */
