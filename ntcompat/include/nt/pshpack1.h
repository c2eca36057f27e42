/* SPDX-License-Identifier: GPL-2.0 */
/* pshpack1.h - structures are packed to 1 byte until poppack.h; included any number of times */
#pragma pack(push, 1)
