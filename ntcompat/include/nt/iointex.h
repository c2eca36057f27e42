/* SPDX-License-Identifier: GPL-2.0 */
/* iointex.h - the WDK's way to IoConnectInterruptEx() on Windows before Vista */
#ifndef _IOINTEX_H_
#define _IOINTEX_H_

#include "wdm.h"

#define WdmlibIoConnectInterruptEx	IoConnectInterruptEx
#define WdmlibIoDisconnectInterruptEx	IoDisconnectInterruptEx

#endif /* _IOINTEX_H_ */
