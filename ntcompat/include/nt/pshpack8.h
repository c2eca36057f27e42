/* SPDX-License-Identifier: GPL-2.0 */
/* pshpack8.h - structures are packed to 8 bytes until poppack.h; included any number of times */
#pragma pack(push, 8)
