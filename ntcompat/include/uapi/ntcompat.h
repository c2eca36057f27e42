/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * ntcompat: what a user program and the kernel agree on.
 *
 * A node /dev/nt/NAME stands for the NT symbolic link \DosDevices\NAME. Plain
 * read(2), write(2), lseek(2) and fsync(2) reach the driver as IRPs; what has
 * no Linux system call of its own is an ioctl(2) of this file.
 */
#ifndef _UAPI_NTCOMPAT_H
#define _UAPI_NTCOMPAT_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct ntcompat_ioctl - one DeviceIoControl request
 * @code: the driver's CTL_CODE; its two low bits choose the transfer method
 * @in_len: bytes at @in, the Windows nInBufferSize
 * @out_len: bytes at @out, the Windows nOutBufferSize
 * @status: out: the NTSTATUS that the request ended with. Written whenever
 *	the request reached an end, in the driver or in the I/O manager, be it a
 *	success or an error; set it to NTCOMPAT_STATUS_NONE beforehand to tell
 *	a refused system call from a failed request
 * @in: address of the input buffer, 0 for none
 * @out: address of the output buffer, 0 for none
 * @information: out: IoStatus.Information, the bytes returned
 */
struct ntcompat_ioctl {
	__u32 code;
	__u32 in_len;
	__u32 out_len;
	__u32 status;
	__u64 in;
	__u64 out;
	__u64 information;
};

/* Never an NTSTATUS: severity "warning" with the customer bit and no code. */
#define NTCOMPAT_STATUS_NONE		0xa0000000U

#define NTCOMPAT_IOC_MAGIC		0xde

/*
 * NTCOMPAT_IOC_DEVICE_CONTROL: send IRP_MJ_DEVICE_CONTROL and wait for its end.
 *
 * Returns 0 when the final status is a success, an informational or a warning
 * status; else -1 with the errno that belongs to the status. EFAULT means that
 * an address was bad, EINTR that a signal cancelled the request.
 */
#define NTCOMPAT_IOC_DEVICE_CONTROL	_IOWR(NTCOMPAT_IOC_MAGIC, 1, struct ntcompat_ioctl)

/**
 * struct ntcompat_io - one asynchronous request, sent through io_uring
 * @op: NTCOMPAT_IO_x
 * @code: for NTCOMPAT_IO_DEVICE_CONTROL, the CTL_CODE
 * @in_len: bytes at @in
 * @out_len: bytes at @out
 * @in: the input buffer; for NTCOMPAT_IO_WRITE the data
 * @out: the output buffer; for NTCOMPAT_IO_READ where the data go
 * @offset: of a read or write: where in the device's data
 * @tag: any number, by which NTCOMPAT_IOC_CANCEL finds the request
 * @status: out: the NTSTATUS that the request ended with
 * @reserved: 0
 * @information: out: the bytes returned
 *
 * An IORING_OP_URING_CMD whose cmd_op is NTCOMPAT_URING_IO has the address of
 * this structure in the first eight bytes of sqe->cmd. Structure and buffers
 * stay the kernel's until the completion is there. Its res is 0, or the errno
 * that belongs to the status.
 */
struct ntcompat_io {
	__u32 op;
	__u32 code;
	__u32 in_len;
	__u32 out_len;
	__u64 in;
	__u64 out;
	__u64 offset;
	__u64 tag;
	__u32 status;
	__u32 reserved;
	__u64 information;
};

#define NTCOMPAT_IO_DEVICE_CONTROL	0
#define NTCOMPAT_IO_READ		1
#define NTCOMPAT_IO_WRITE		2

#define NTCOMPAT_URING_IO		_IOWR(NTCOMPAT_IOC_MAGIC, 2, struct ntcompat_io)

/**
 * struct ntcompat_cancel - which requests to cancel
 * @tag: their tag, when NTCOMPAT_CANCEL_TAG is set
 * @flags: NTCOMPAT_CANCEL_x; with none, all that this process has pending on
 *	the file, however they were sent
 * @cancelled: out: how many were found pending and asked to end
 */
struct ntcompat_cancel {
	__u64 tag;
	__u32 flags;
	__u32 cancelled;
};

#define NTCOMPAT_CANCEL_TAG		1	/* only asynchronous requests with this tag */

/*
 * NTCOMPAT_IOC_CANCEL: CancelIoEx. Returns 0, or -1 with ENOENT when nothing was
 * pending. A request that was asked to end does end, with STATUS_CANCELLED or
 * another status: when is the driver's business.
 */
#define NTCOMPAT_IOC_CANCEL		_IOWR(NTCOMPAT_IOC_MAGIC, 3, struct ntcompat_cancel)

/**
 * struct ntcompat_open - a name behind a device
 * @name: address of the name, UTF-16, beginning with a backslash
 * @name_len: its bytes
 * @flags: O_RDONLY, O_WRONLY, O_RDWR, or 3 for neither, and maybe O_CLOEXEC
 */
struct ntcompat_open {
	__u64 name;
	__u32 name_len;
	__u32 flags;
};

#define NTCOMPAT_OPEN_NAME_MAX		4096	/* bytes */

/*
 * NTCOMPAT_IOC_OPEN, on a descriptor of a node: open what Windows programs call
 * \\.\NAME\rest. The driver gets an IRP_MJ_CREATE with \rest in
 * FileObject->FileName. Returns a new descriptor, or -1 with the errno of open(2).
 *
 * For a device with FILE_DEVICE_SECURE_OPEN, and only then, the node's mode must
 * allow the access that @flags ask for.
 */
#define NTCOMPAT_IOC_OPEN		_IOW(NTCOMPAT_IOC_MAGIC, 4, struct ntcompat_open)

/**
 * struct ntcompat_info - what a file says of itself, or is told
 * @info_class: the FILE_INFORMATION_CLASS
 * @length: bytes at @buffer
 * @buffer: address of the class's FILE_x_INFORMATION
 * @status: out: the NTSTATUS, as in struct ntcompat_ioctl
 * @reserved: 0
 * @information: out: of a query, the bytes returned
 */
struct ntcompat_info {
	__u32 info_class;
	__u32 length;
	__u64 buffer;
	__u32 status;
	__u32 reserved;
	__u64 information;
};

/*
 * NTCOMPAT_IOC_QUERY_INFORMATION, NTCOMPAT_IOC_SET_INFORMATION:
 * NtQueryInformationFile and NtSetInformationFile, that is IRP_MJ_QUERY_INFORMATION
 * and IRP_MJ_SET_INFORMATION, but for the classes that the I/O manager knows of
 * itself: the position (14), which is the descriptor's, the access (8), the mode
 * (16) and the alignment (17). Returns as NTCOMPAT_IOC_DEVICE_CONTROL.
 */
#define NTCOMPAT_IOC_QUERY_INFORMATION	_IOWR(NTCOMPAT_IOC_MAGIC, 5, struct ntcompat_info)
#define NTCOMPAT_IOC_SET_INFORMATION	_IOWR(NTCOMPAT_IOC_MAGIC, 6, struct ntcompat_info)

/**
 * struct ntcompat_reg - one operation on the registry
 * @op: NTCOMPAT_REG_x
 * @index: of an enumeration: which, from 0 on
 * @path: address of the key's path, UTF-16, beginning with \Registry. A symbolic link
 *	at its end is not followed
 * @name: address of a value's name, UTF-16; of an enumeration: where the name goes
 * @data: address of a value's data
 * @path_len: bytes
 * @name_len: bytes; out: of an enumeration's name, however much of it there was room for
 * @data_len: bytes; out: of the value's data, as above
 * @type: of a value: REG_x. Of an enumerated or created key: NTCOMPAT_REG_KEY_x
 * @status: out: the NTSTATUS; STATUS_BUFFER_OVERFLOW when there was too little room
 * @reserved: 0
 * @generation: out: changes with each change of what is saved; in: see
 *	NTCOMPAT_REG_SAVED
 */
struct ntcompat_reg {
	__u32 op;
	__u32 index;
	__u64 path;
	__u64 name;
	__u64 data;
	__u32 path_len;
	__u32 name_len;
	__u32 data_len;
	__u32 type;
	__u32 status;
	__u32 reserved;
	__u64 generation;
};

#define NTCOMPAT_REG_GENERATION		0	/* nothing but @generation; see poll(2) below */
#define NTCOMPAT_REG_CREATE_KEY		1	/* and what is missing on the way to it */
#define NTCOMPAT_REG_DELETE_KEY		2	/* which has no subkeys */
#define NTCOMPAT_REG_ENUM_KEY		3
#define NTCOMPAT_REG_SET_VALUE		4
#define NTCOMPAT_REG_QUERY_VALUE	5
#define NTCOMPAT_REG_DELETE_VALUE	6
#define NTCOMPAT_REG_ENUM_VALUE		7
#define NTCOMPAT_REG_SAVED		8	/* as it was at @generation, on the disk */

#define NTCOMPAT_REG_KEY_VOLATILE	1
#define NTCOMPAT_REG_KEY_LINK		2

/*
 * NTCOMPAT_IOC_REGISTRY, on a descriptor of /dev/ntcompat, which is root's. Returns 0
 * when there is a status, or -1 with EFAULT, EINVAL, E2BIG or ENOMEM. The descriptor can
 * be read, as poll(2) says, when something that is saved has changed since its last
 * NTCOMPAT_REG_GENERATION; a new descriptor has seen nothing yet.
 *
 * Who saves asks for the generation, writes the file, and says so by NTCOMPAT_REG_SAVED.
 * From the first time on, until the descriptor is closed, a driver's ZwFlushKey() waits for
 * that. EINVAL for a generation that has not been.
 */
#define NTCOMPAT_IOC_REGISTRY		_IOWR(NTCOMPAT_IOC_MAGIC, 16, struct ntcompat_reg)

/*
 * Handles. A program may tell a driver of an event, a file or memory by a HANDLE, in
 * the buffers of a request or wherever the driver looks for one. The driver gets
 * the KEVENT, FILE_OBJECT or section of it by ObReferenceObjectByHandle(), in the context
 * of the process that sent the request. A section is the descriptor of a memfd or of
 * another file in shared memory.
 *
 * A handle is four times one more than the number of a descriptor: as on
 * Windows it is a multiple of four, so that programs and drivers may use its two
 * low bits as tags (an OVERLAPPED's hEvent has one), and 0, the descriptor of the
 * standard input, is not taken for "no handle".
 *
 * The descriptor of an event is an eventfd; signalled means that it can be read.
 * The driver's KeSetEvent() writes to it, its KeClearEvent() reads it, and
 * its waits end when a program writes to it. A wait by the driver takes the event,
 * as read(2) does: it is a synchronization event (auto-reset). With EFD_SEMAPHORE
 * that is one of the count, and as many waits succeed as there were writes. When
 * the eventfd has NTCOMPAT_EVENT_MANUAL_RESET among its file status flags, set by
 * fcntl(F_SETFL), waits leave it signalled: it is a notification event. That
 * flag, O_APPEND, means nothing to an eventfd, and goes wherever a duplicate of
 * the descriptor goes. It counts when the driver asks for the event.
 */
#define NTCOMPAT_HANDLE_FROM_FD(fd)	(4 * ((__u64)(fd) + 1))
#define NTCOMPAT_HANDLE_TO_FD(handle)	((int)((__u64)(handle) / 4) - 1)
#define NTCOMPAT_HANDLE_MAX		NTCOMPAT_HANDLE_FROM_FD(0x1fffffff - 1)
#define NTCOMPAT_EVENT_MANUAL_RESET	02000

/**
 * struct ntcompat_wmi - a WMI request, on /dev/ntcompat_wmi
 * @op: NTCOMPAT_WMI_x
 * @index: for LIST: which block, from 0
 * @guid: the block, in Windows's byte order
 * @provider: whose, as LIST says; 0: the first that has the block
 * @instance: which instance
 * @id: the method, or the item
 * @flags: from LIST: WMIREG_FLAG_x
 * @instances: from LIST: how many there are
 * @in_len: bytes at @in
 * @out_len: room at @out
 * @status: receives the NTSTATUS
 * @returned: receives how many bytes of data there are; more than @out_len when it was
 *	too little
 * @in: new data, a method's input
 * @out: receives data, or a method's output
 * @name: from LIST: the driver's name
 *
 * LIST fails with ENOENT behind the last block.
 */
struct ntcompat_wmi {
	__u32 op;
	__u32 index;
	__u8 guid[16];
	__u32 provider;
	__u32 instance;
	__u32 id;
	__u32 flags;
	__u32 instances;
	__u32 in_len;
	__u32 out_len;
	__u32 status;
	__u32 returned;
	__u32 reserved;
	__u64 in;
	__u64 out;
	char name[64];
};

#define NTCOMPAT_WMI_LIST		0
#define NTCOMPAT_WMI_QUERY		1
#define NTCOMPAT_WMI_SET		2
#define NTCOMPAT_WMI_SET_ITEM		3
#define NTCOMPAT_WMI_METHOD		4
#define NTCOMPAT_WMI_ENABLE_EVENTS	5
#define NTCOMPAT_WMI_DISABLE_EVENTS	6

#define NTCOMPAT_IOC_WMI	_IOWR(0xde, 0x40, struct ntcompat_wmi)

#endif /* _UAPI_NTCOMPAT_H */
