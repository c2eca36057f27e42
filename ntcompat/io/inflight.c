// SPDX-License-Identifier: GPL-2.0
/*
 * Requests in flight. A file keeps a list of those that wait for its driver
 * anyway, to be able to cancel them: this only reads it, so a request costs no
 * more for being visible. One that its sender has not begun to wait for, and a
 * driver's own IRP, are not on the list.
 */
#include "inflight.h"
#include "file.h"
#include "irp.h"
#include <linux/jiffies.h>
#include <linux/seq_file.h>

/*
 * What an IRP looked like at one moment: its driver may pass it on, complete it
 * or cancel it meanwhile, but it is not freed under the file's lock.
 */
struct snapshot {
	PDEVICE_OBJECT device;
	u8 major;
	u8 minor;
	u32 code;
};

/* The location that the driver sees which has it; false when it is at its end. */
static bool take_snapshot(struct nt_irp *nt, struct snapshot *s)
{
	int current_location = READ_ONCE(nt->irp.CurrentLocation);
	PIO_STACK_LOCATION location;

	if (current_location < 1 || current_location > nt->irp.StackCount)
		return false;
	location = &nt->stack[current_location - 1];
	s->device = READ_ONCE(location->DeviceObject);
	s->major = READ_ONCE(location->MajorFunction);
	s->minor = READ_ONCE(location->MinorFunction);
	s->code = READ_ONCE(location->Parameters.DeviceIoControl.IoControlCode);
	return true;
}

static const char *state_of(const struct nt_irp *nt)
{
	if (READ_ONCE(nt->irp.Cancel))
		return "cancelled";
	return READ_ONCE(nt->irp.CancelRoutine) ? "cancelable" : "pending";
}

static void show(struct seq_file *m, struct nt_file *file, struct nt_irp *nt)
{
	struct snapshot s = {};
	bool there = take_snapshot(nt, &s);

	seq_printf(m, "irp\t%p\t%p\t%p\t0x%02x\t0x%02x\t0x%08x\t%s\t%s\t%d\t%u\t0x%llx\n",
		   &nt->irp, file, s.device, s.major, s.minor, s.code,
		   there ? state_of(nt) : "completing", nt->end ? "async" : "sync", nt->tgid,
		   jiffies_to_msecs(jiffies - nt->since), nt->end ? nt->origin.tag : 0);
}

/**
 * nt_inflight_show - print a file's requests
 * @m: gets a line for each: IRP, file, device, major, minor, control code,
 *	state, kind, process, age in milliseconds, tag; a tab in between
 * @file: an open file
 *
 * Any IRQL up to DISPATCH_LEVEL.
 */
void nt_inflight_show(struct seq_file *m, struct nt_file *file)
{
	struct nt_irp *nt;
	unsigned long flags;

	spin_lock_irqsave(&file->lock, flags);
	list_for_each_entry(nt, &file->pending, link)
		show(m, file, nt);
	spin_unlock_irqrestore(&file->lock, flags);
}
