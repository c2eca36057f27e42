/* SPDX-License-Identifier: GPL-2.0 */
/*
 * File objects: one per open(2).
 *
 * Who may hold one: the struct file until its release, and every system call
 * in progress, which holds a reference to that struct file. IRP_MJ_CLEANUP is
 * sent when the last descriptor goes, possibly with calls still pending. A
 * driver may hold references of its own: IRP_MJ_CLOSE is sent when the last of
 * them and the struct file are gone.
 */
#ifndef _NTCOMPAT_IO_FILE_H
#define _NTCOMPAT_IO_FILE_H

#include "../nt.h"
#include "device.h"
#include "irp.h"
#include "../ob/object.h"
#include <linux/semaphore.h>

struct module;

#define NT_FILE_MODULES	2

/**
 * struct nt_file_create - how a file is opened
 * @access: the rights that are asked for
 * @options: FILE_x options of ZwCreateFile()
 * @disposition: FILE_OPEN and the like
 * @attributes: FILE_ATTRIBUTE_x of a new one
 * @share: FILE_SHARE_x
 * @allocation: bytes that a new one is going to need, or 0
 * @ea: extended attributes, which only the driver understands, or NULL
 * @ea_length: their bytes
 * @information: receives what became of it, FILE_OPENED and the like
 */
struct nt_file_create {
	ACCESS_MASK access;
	ULONG options;
	ULONG disposition;
	USHORT attributes;
	USHORT share;
	LONGLONG allocation;
	void *ea;
	ULONG ea_length;
	ULONG_PTR information;
};

/**
 * struct nt_file - a FILE_OBJECT and what belongs to it
 * @ob: its count: one for the struct file, one per ObReferenceObject(); its handles:
 *	the descriptors, as one, and kernel handles
 * @object: what drivers see
 * @device: the device that was opened, referenced
 * @devnode: the PnP device below, whose removal waits for us; or NULL
 * @owner: the driver's module, referenced
 * @held: with @devnode, the modules of its function and bus drivers, referenced: the
 *	device that was opened may be neither's
 * @requestor: who opened it, a program or a driver
 * @closing: to end it where a thread is needed for that
 * @spare: an IRP kept for the next request
 * @lock: guards @pending
 * @pending: requests that wait for a driver: asynchronous ones, and those
 *	whose sender sleeps
 * @calls: requests in progress that hold a reference to the struct file
 * @readiness: what the driver says of reads and writes on this file
 * @descriptors_gone: the last descriptor was closed
 * @filp: the struct file that we belong to
 * @look_again: for a close that may have been the last
 * @turn: whose turn it is among the drivers' requests on a synchronous file
 */
struct nt_file {
	struct nt_object ob;
	FILE_OBJECT object;
	struct nt_device *device;
	struct nt_devnode *devnode;
	struct module *owner;
	struct module *held[NT_FILE_MODULES];
	KPROCESSOR_MODE requestor;
	struct work_struct closing;
	struct nt_irp *spare;
	spinlock_t lock;
	struct list_head pending;
	atomic_t calls;
	struct nt_readiness readiness;
	bool descriptors_gone;
	struct file *filp;
	struct delayed_work look_again;
	struct semaphore turn;
};
NT_ASSERT_BODY(struct nt_file, ob, object);

static inline struct nt_file *nt_file(PFILE_OBJECT object)
{
	return container_of(object, struct nt_file, object);
}

static inline PDEVICE_OBJECT nt_file_target(struct nt_file *file)
{
	return nt_device_top(&file->device->object);
}

NTSTATUS nt_file_open(PCUNICODE_STRING path, fmode_t mode, KPROCESSOR_MODE requestor,
		      struct nt_file **file);
NTSTATUS nt_file_create(PCUNICODE_STRING path, struct nt_file_create *how,
			KPROCESSOR_MODE requestor, struct nt_file **file);
NTSTATUS nt_file_create_behind(struct nt_file *base, PCUNICODE_STRING name,
			       struct nt_file_create *how, KPROCESSOR_MODE requestor,
			       struct nt_file **file);
NTSTATUS nt_file_open_behind(struct nt_file *base, PCUNICODE_STRING name, fmode_t mode,
			     struct nt_file **file);
void nt_file_cleanup(struct nt_file *file);
void nt_file_last_handle(void *body);
void nt_file_release(void *body);
void nt_file_close(struct nt_file *file);
ACCESS_MASK nt_file_access(fmode_t mode);
void nt_file_get(struct nt_file *file);
void nt_file_put(struct nt_file *file);

struct nt_irp *nt_file_irp_refill(struct nt_irp *nt, PDEVICE_OBJECT target);

/**
 * nt_file_irp_get - an IRP for a request on a file
 * @file: the file
 * @target: top of the stack that it will be sent to
 * @major: IRP_MJ_x for the first stack location
 *
 * PASSIVE_LEVEL. NULL when there is no memory. Release with nt_file_irp_put().
 */
static __always_inline struct nt_irp *nt_file_irp_get(struct nt_file *file, PDEVICE_OBJECT target,
						      UCHAR major)
{
	struct nt_irp *nt = xchg(&file->spare, NULL);
	PIO_STACK_LOCATION first;

	if (likely(nt && nt->irp.StackCount == target->StackSize)) {
		nt_irp_renew(nt);
	} else {
		nt = nt_file_irp_refill(nt, target);
		if (!nt)
			return NULL;
	}
	nt->file = file;
	nt->irp.RequestorMode = UserMode;
	nt->irp.Tail.Overlay.OriginalFileObject = &file->object;
	first = nt_irp_first(nt);
	first->MajorFunction = major;
	first->FileObject = &file->object;
	return nt;
}

static __always_inline void nt_file_irp_put(struct nt_file *file, struct nt_irp *nt)
{
	/* A new one each time lets KASAN see who uses an IRP after its completion. */
	if (IS_ENABLED(CONFIG_KASAN) || READ_ONCE(file->spare) || cmpxchg(&file->spare, NULL, nt))
		nt_irp_free(nt);
}

#endif /* _NTCOMPAT_IO_FILE_H */
