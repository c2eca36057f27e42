/* SPDX-License-Identifier: GPL-2.0 */
/* What the conformance driver and the program that runs it agree on. */
#ifndef CONFORMIO_H
#define CONFORMIO_H

#ifndef CTL_CODE
#define CTL_CODE(DeviceType, Function, Method, Access) \
	(((DeviceType) << 16) | ((Access) << 14) | ((Function) << 2) | (Method))
#define METHOD_BUFFERED		0
#define FILE_ANY_ACCESS		0
#endif

/* In: CONFORM_REQUEST. Out: CONFORM_RESULT; Count says how many tests there are. */
#define IOCTL_CONFORM_RUN	CTL_CODE(0x8001U, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _CONFORM_REQUEST {
	unsigned int Number;		/* from 0; CONFORM_NONE runs nothing */
	unsigned int Processors;	/* that are online, numbered from 0 */
} CONFORM_REQUEST, *PCONFORM_REQUEST;

#define CONFORM_NONE		0xffffffffU
#define CONFORM_NAME_ONLY	0x40000000U	/* with Number: do not run it */

typedef struct _CONFORM_RESULT {
	unsigned int Count;
	unsigned int Checks;
	unsigned int Failures;
	char Name[52];
	char Text[2048];		/* what failed, a line each */
} CONFORM_RESULT, *PCONFORM_RESULT;

#endif /* CONFORMIO_H */
