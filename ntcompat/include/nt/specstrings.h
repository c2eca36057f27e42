/* SPDX-License-Identifier: GPL-2.0 */
/* specstrings.h - source annotations */
#ifndef _NT_SPECSTRINGS_H
#define _NT_SPECSTRINGS_H

#include "sal.h"

#endif /* _NT_SPECSTRINGS_H */
