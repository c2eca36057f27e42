/* SPDX-License-Identifier: GPL-2.0 */
/* string.h - of the C run-time, what drivers may use; all of it is in the DDK's headers */
#ifndef _NT_STRING_H
#define _NT_STRING_H

#include "ntdef.h"
#include "bits/rtl.h"

#endif /* _NT_STRING_H */
