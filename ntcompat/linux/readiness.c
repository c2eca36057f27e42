// SPDX-License-Identifier: GPL-2.0
/*
 * poll(2) on nodes. Only files of drivers that speak of their readiness can be
 * polled: io_uring takes a file that can be for one that will be ready soon, and
 * asks again and again when it is not told the truth.
 */
#include "readiness.h"
#include "../io/file.h"
#include "../include/nt/ntcompat.h"

#define BOTH	(NTC_READABLE | NTC_WRITABLE)

static void say(struct nt_readiness *r, int keep, int add)
{
	int old = atomic_read(&r->mask), new;

	do {
		new = (old & keep) | add;
	} while (!atomic_try_cmpxchg(&r->mask, &old, new));
	/* The barrier pairs with the one in poll_wait(). */
	if (old != new && wq_has_sleeper(&r->queue))
		wake_up_poll(&r->queue, (new & NTC_READABLE ? EPOLLIN | EPOLLRDNORM : 0) |
					(new & NTC_WRITABLE ? EPOLLOUT | EPOLLWRNORM : 0) |
					(new & NT_READINESS_GONE ? EPOLLHUP | EPOLLERR : 0));
}

void nt_readiness_gone(struct nt_readiness *r)
{
	say(r, ~0, NT_READINESS_GONE);
}

static struct nt_readiness *of_object(void *object)
{
	POBJECT_TYPE type = nt_object(object)->type;

	if (type == &nt_file_type)
		return &nt_file(object)->readiness;
	if (type == &nt_device_type)
		return &nt_device(object)->readiness;
	WARN(1, "NtcSetReadiness: %p is no file or device object\n", object);
	return NULL;
}

/**
 * NtcSetReadiness - say whether reads and writes would wait
 * @FileOrDeviceObject: about one open file, or about all files that were opened on
 *	a device object, which is the one with the name
 * @Readiness: NTC_READABLE, NTC_WRITABLE, both or none
 *
 * IRQL: <= DISPATCH_LEVEL. See include/nt/ntcompat.h.
 */
VOID NtcSetReadiness(PVOID FileOrDeviceObject, ULONG Readiness)
{
	struct nt_readiness *r = of_object(FileOrDeviceObject);

	if (r)
		say(r, NT_READINESS_GONE, NT_READINESS_SAID | (Readiness & BOTH));
}
EXPORT_SYMBOL(NtcSetReadiness);

/* What holds for a file. Being gone is the device's. */
static int mask_of(struct nt_file *file)
{
	int device = atomic_read(&file->device->readiness.mask);
	int own = atomic_read(&file->readiness.mask);

	if (own & NT_READINESS_SAID)
		return own | (device & NT_READINESS_GONE);
	return device & NT_READINESS_SAID ? device : device | BOTH;
}

bool nt_readiness_known(struct nt_file *file)
{
	return mask_of(file) & NT_READINESS_SAID;
}

/* A request to a device that is gone fails at once. */
bool nt_readiness_allows(struct nt_file *file, bool read)
{
	return mask_of(file) & (NT_READINESS_GONE | (read ? NTC_READABLE : NTC_WRITABLE));
}

__poll_t nt_readiness_poll(struct nt_file *file, struct file *filp, poll_table *table)
{
	__poll_t events = 0;
	int mask;

	poll_wait(filp, &file->readiness.queue, table);
	poll_wait(filp, &file->device->readiness.queue, table);
	mask = mask_of(file);
	if (mask & NTC_READABLE && file->object.ReadAccess)
		events |= EPOLLIN | EPOLLRDNORM;
	if (mask & NTC_WRITABLE && file->object.WriteAccess)
		events |= EPOLLOUT | EPOLLWRNORM;
	if (mask & NT_READINESS_GONE)
		events |= EPOLLHUP | EPOLLERR;
	return events;
}
