/* SPDX-License-Identifier: GPL-2.0 */
/* What the objtest driver and the programs that use it agree on. */
#ifndef OBJTESTIO_H
#define OBJTESTIO_H

/* In: OBJTEST_REQUEST. Out: OBJTEST_ANSWER. */
#define OBJTEST_CODE(n)		CTL_CODE(0x8002U, 0x800 + (n), METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Refers to the event of Handle in a slot; Value is a name of its KEVENT. */
#define IOCTL_OBJTEST_OPEN	OBJTEST_CODE(0)
#define IOCTL_OBJTEST_CLOSE	OBJTEST_CODE(1)
/* Value is the previous state. With Argument: by a DPC, which has run then. */
#define IOCTL_OBJTEST_SET	OBJTEST_CODE(2)
#define IOCTL_OBJTEST_RESET	OBJTEST_CODE(3)
#define IOCTL_OBJTEST_STATE	OBJTEST_CODE(4)
/* At most Argument milliseconds; the status is that of the wait. */
#define IOCTL_OBJTEST_WAIT	OBJTEST_CODE(5)
/* Refers to Handle as an object of the type OBJTEST_x, and gives it back. */
#define IOCTL_OBJTEST_LOOK	OBJTEST_CODE(6)
/* The driver's own named event; Handle is what Value said of its first handle. */
#define IOCTL_OBJTEST_KERNEL	OBJTEST_CODE(7)

/* Deletes the device OBJPOLL, of which files may be open. */
#define IOCTL_OBJTEST_REMOVE	OBJTEST_CODE(8)

/* Fills the section of Handle with the byte Argument; Value is what its first byte was. */
#define IOCTL_OBJTEST_FILL	OBJTEST_CODE(9)
/*
 * Maps a section of its own into the program, with OBJTEST_VIEW_BYTE in every byte; Value is
 * where it is. Argument: OBJTEST_VIEW_x. Again: unmaps it, Value is its last byte then.
 */
#define IOCTL_OBJTEST_VIEW	OBJTEST_CODE(10)

#define OBJTEST_VIEW_BYTES	0x20000
#define OBJTEST_VIEW_BYTE	0x6b

enum {
	OBJTEST_VIEW_MEMORY,
	OBJTEST_VIEW_INHERITED,
	OBJTEST_VIEW_PHYSICAL,	/* of one page only */
};

/*
 * OBJPOLL counts bytes that are written to it, at most OBJPOLL_ROOM, and reads take
 * them. It says so by NtcSetReadiness(), and ends what would have to wait with
 * STATUS_UNSUCCESSFUL.
 */
#define OBJPOLL_ROOM		4

#define OBJTEST_SLOTS		4

enum {
	OBJTEST_EVENT,
	OBJTEST_FILE,
	OBJTEST_THREAD,
	OBJTEST_ANY,		/* only KernelMode may ask for it */
	OBJTEST_ANY_KERNEL,
};

typedef struct _OBJTEST_REQUEST {
	unsigned long long Handle;
	unsigned int Slot;
	unsigned int Argument;
} OBJTEST_REQUEST, *POBJTEST_REQUEST;

typedef struct _OBJTEST_ANSWER {
	unsigned long long Value;
} OBJTEST_ANSWER, *POBJTEST_ANSWER;

#endif /* OBJTESTIO_H */
