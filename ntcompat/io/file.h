/* SPDX-License-Identifier: GPL-2.0 */
/*
 * File objects: one per open(2).
 *
 * Who may hold one: the struct file until its release, and every system call
 * in progress, which holds a reference to that struct file. So the release is
 * the end: IRP_MJ_CLEANUP was sent when the last descriptor went, possibly with
 * calls still pending, IRP_MJ_CLOSE is sent now.
 */
#ifndef _NTCOMPAT_IO_FILE_H
#define _NTCOMPAT_IO_FILE_H

#include "../nt.h"
#include "device.h"
#include "irp.h"

struct module;

/**
 * struct nt_file - a FILE_OBJECT and what belongs to it
 * @object: what drivers see
 * @device: the device that was opened, referenced
 * @devnode: the PnP device below, whose removal waits for us; or NULL
 * @owner: the driver's module, referenced
 * @spare: an IRP kept for the next request
 * @calls: system calls in progress that hold a reference to the struct file
 * @cleanup_sent: IRP_MJ_CLEANUP went out
 */
struct nt_file {
	FILE_OBJECT object;
	struct nt_device *device;
	struct nt_devnode *devnode;
	struct module *owner;
	struct nt_irp *spare;
	atomic_t calls;
	bool cleanup_sent;
};

static inline PDEVICE_OBJECT nt_file_target(struct nt_file *file)
{
	return nt_device_top(&file->device->object);
}

NTSTATUS nt_file_open(PCUNICODE_STRING path, fmode_t mode, struct nt_file **file);
void nt_file_cleanup(struct nt_file *file);
void nt_file_close(struct nt_file *file);

struct nt_irp *nt_file_irp_get(struct nt_file *file, PDEVICE_OBJECT target, UCHAR major);
void nt_file_irp_put(struct nt_file *file, struct nt_irp *nt);

#endif /* _NTCOMPAT_IO_FILE_H */
