/* SPDX-License-Identifier: GPL-2.0 */
/* pshpack2.h - structures are packed to 2 bytes until poppack.h; included any number of times */
#pragma pack(push, 2)
