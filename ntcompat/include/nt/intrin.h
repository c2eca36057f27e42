/* SPDX-License-Identifier: GPL-2.0 */
/* intrin.h - Visual C's intrinsic functions, which the DDK's headers have anyway */
#ifndef _NT_INTRIN_H
#define _NT_INTRIN_H

#include "wdm.h"

#endif /* _NT_INTRIN_H */
