/* SPDX-License-Identifier: GPL-2.0 */
/* csq.h - cancel-safe queues, which wdm.h declares too; there is no library to link */
#ifndef _CSQ_H_
#define _CSQ_H_

#include "wdm.h"

#endif /* _CSQ_H_ */
