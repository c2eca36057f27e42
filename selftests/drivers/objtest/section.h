/* SPDX-License-Identifier: GPL-2.0 */
/* Sections that the driver and a program share. */
#ifndef SECTION_H
#define SECTION_H

#include <ntddk.h>
#include "objtestio.h"

NTSTATUS SectionFill(POBJTEST_REQUEST Request, POBJTEST_ANSWER Answer);
NTSTATUS SectionView(POBJTEST_REQUEST Request, POBJTEST_ANSWER Answer);

#endif /* SECTION_H */
