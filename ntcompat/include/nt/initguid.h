/* SPDX-License-Identifier: GPL-2.0 */
/* initguid.h - the GUIDs of the headers that follow are defined, not declared */
#ifndef INITGUID
#define INITGUID
#endif
#include "guiddef.h"
