/* SPDX-License-Identifier: GPL-2.0 */
/* poppack.h - the end of a pshpack */
#pragma pack(pop)
