/* SPDX-License-Identifier: GPL-2.0 */
/* Device objects and the stacks that they form. */
#ifndef _NTCOMPAT_IO_DEVICE_H
#define _NTCOMPAT_IO_DEVICE_H

#include "../nt.h"
#include "../ob/name.h"
#include "../linux/readiness.h"
#include "../ob/object.h"
#include "../se/sddl.h"

struct module;
struct nt_devnode;
struct nt_driver;
struct nt_idle;

/**
 * struct nt_start_io - how a device's StartIo routine is called
 * @deferred: not within itself
 * @not_cancelable: an IRP that is started loses its Cancel routine
 * @calls: of StartIo: under way, or to come when that returns
 * @cancelable: the argument of the call of IoStartNextPacket() that is to come
 * @by_key: it was IoStartNextPacketByKey()
 * @key: that one's key
 */
struct nt_start_io {
	bool deferred;
	bool not_cancelable;
	atomic_t calls;
	bool cancelable;
	bool by_key;
	ULONG key;
};

/**
 * struct nt_device - a DEVICE_OBJECT and what we know of it
 * @ob: its count: one for the driver until IoDeleteDevice(), one per open file, one
 *	for the device attached to it, one per ObReferenceObject()
 * @object: what drivers see
 * @extension: DEVICE_OBJECT.DeviceObjectExtension
 * @name: its entry in the namespace, or unnamed
 * @lower: the device it is attached to; guarded by the stack lock
 * @devnode: for a physical device object, the device that it stands for
 * @power: the states that PoSetPowerState() was told, system and device
 * @idle: its idle detection, or NULL
 * @readiness: what its driver says of reads and writes
 * @start_io: how its StartIo routine is called
 * @pins: attached to another driver's device: holds both drivers' modules
 * @security: who may open it, when @secured
 * @secured: made by IoCreateDeviceSecure()
 * @exclusive: only one open file at a time
 * @deleted: IoDeleteDevice() was called
 * @extension_bytes: the size of the driver's own extension
 *
 * The driver's own extension follows the structure.
 */
struct nt_device {
	struct nt_object ob;
	DEVICE_OBJECT object;
	DEVOBJ_EXTENSION extension;
	struct nt_name name;
	PDEVICE_OBJECT lower;
	struct nt_devnode *devnode;
	POWER_STATE power[2];
	struct nt_idle *idle;
	struct nt_readiness readiness;
	struct nt_start_io start_io;
	bool pins;
	bool secured;
	struct nt_security security;
	bool exclusive;
	bool deleted;
	u32 extension_bytes;
};
NT_ASSERT_BODY(struct nt_device, ob, object);

/* Guards AttachedDevice, lower and every driver's list of devices. */
extern spinlock_t nt_stack_lock;

static inline struct nt_device *nt_device(PDEVICE_OBJECT object)
{
	return container_of(object, struct nt_device, object);
}

/* The top of the stack that a device is part of: where requests enter. */
static inline PDEVICE_OBJECT nt_device_top(PDEVICE_OBJECT device)
{
	PDEVICE_OBJECT above;

	while ((above = READ_ONCE(device->AttachedDevice)))
		device = above;
	return device;
}

/* The most devices of a stack that nt_stack_hold() keeps. */
#define NT_STACK_HELD	16

unsigned int nt_stack_hold(PDEVICE_OBJECT bottom, PDEVICE_OBJECT held[NT_STACK_HELD]);
void nt_stack_release(PDEVICE_OBJECT held[NT_STACK_HELD], unsigned int count);
void nt_device_leave_stack(PDEVICE_OBJECT device);

struct nt_devnode *nt_device_devnode_get(PDEVICE_OBJECT device);
void nt_device_forget_devnode(PDEVICE_OBJECT pdo);
void nt_device_put(struct nt_device *device);
void nt_device_release(void *body);
NTSTATUS nt_device_open_get(PCUNICODE_STRING path, struct nt_device **device, struct module **owner,
			    unsigned int *units);
NTSTATUS nt_device_open_again(struct nt_device *device);
void nt_device_open_put(struct nt_device *device);
void nt_devices_initialized(struct nt_driver *driver);
void nt_driver_reap(struct nt_driver *driver);
const char *nt_device_name(PDEVICE_OBJECT device, char *buffer, size_t size);

#endif /* _NTCOMPAT_IO_DEVICE_H */
