/* SPDX-License-Identifier: GPL-2.0 */
/* excpt.h - structured exceptions, which the DDK's headers have anyway */
#ifndef _NT_EXCPT_H
#define _NT_EXCPT_H

#include "ntdef.h"
#include "ntstatus.h"
#include "bits/seh.h"

#endif /* _NT_EXCPT_H */
