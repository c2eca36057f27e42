/* SPDX-License-Identifier: GPL-2.0 */
/* nametestio.h - what nametest's devices tell of the file that asks */
#ifndef NAMETESTIO_H
#define NAMETESTIO_H

/* CTL_CODE(0x8001, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS) */
#define IOCTL_NAMETEST_FILE	0x80012004U

typedef struct _NAMETEST_FILE {
	unsigned int RequestorMode;	/* of IRP_MJ_CREATE */
	unsigned int ReadAccess;
	unsigned int WriteAccess;
	unsigned int NameLength;	/* bytes of FileName */
	unsigned short Name[64];
} NAMETEST_FILE, *PNAMETEST_FILE;

#endif /* NAMETESTIO_H */
