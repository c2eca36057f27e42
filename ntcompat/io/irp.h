/* SPDX-License-Identifier: GPL-2.0 */
/*
 * IRPs: where they come from and how one is sent off and waited for.
 *
 * Who may hold an IRP: from IoCallDriver() until the driver calls
 * IoCompleteRequest() it is the driver's, whatever became of the process that
 * asked. Therefore whoever sends one waits for its completion, even when it was
 * cancelled meanwhile, and frees it afterwards.
 */
#ifndef _NTCOMPAT_IO_IRP_H
#define _NTCOMPAT_IO_IRP_H

#include "../nt.h"
#include "status.h"
#include <linux/completion.h>
#include <linux/sched.h>

#define NT_IRP_STACK	4	/* stack locations of the IRPs that are kept at hand */
#define NT_IRP_INLINE	128	/* bytes of system buffer inside the structure */
#define NT_IRP_PAGES	2	/* pages that the MDL inside the structure can describe */

/**
 * struct nt_irp - an IRP and what the I/O manager knows of it
 * @completed: for the sender, when the completion came from elsewhere
 * @sender: the task that waits; NULL for a driver's own IRP
 * @done: completed by the sender itself, on its way through the driver
 * @stack_room: stack locations behind the structure
 * @mdl: for short transfers; described pages follow in @pfn
 * @pfn: see @mdl
 * @buffer: for short buffered requests
 * @irp: what drivers see; its stack locations follow
 */
struct nt_irp {
	struct completion completed;
	struct task_struct *sender;
	bool done;
	u8 stack_room;
	MDL mdl;
	PFN_NUMBER pfn[NT_IRP_PAGES];
	u8 buffer[NT_IRP_INLINE] __aligned(16);
	IRP irp __aligned(16);
	IO_STACK_LOCATION stack[];
};

static inline struct nt_irp *nt_irp(PIRP irp)
{
	return container_of(irp, struct nt_irp, irp);
}

struct nt_irp *nt_irp_alloc(CCHAR stack_size, gfp_t gfp);
void nt_irp_init(struct nt_irp *nt, CCHAR stack_size);
void nt_irp_free(struct nt_irp *nt);

/* The stack location that the driver on top is going to see. */
static inline PIO_STACK_LOCATION nt_irp_first(struct nt_irp *nt)
{
	return IoGetNextIrpStackLocation(&nt->irp);
}

NTSTATUS nt_irp_send(struct nt_irp *nt, PDEVICE_OBJECT device, bool interruptible);

/* For our own drivers: set the result, complete, and return the status. */
static inline NTSTATUS nt_irp_finish(PIRP irp, NTSTATUS status, ULONG_PTR information)
{
	irp->IoStatus.Status = status;
	irp->IoStatus.Information = information;
	IofCompleteRequest(irp, IO_NO_INCREMENT);
	return status;
}

int nt_irp_setup(void);
void nt_irp_teardown(void);

#endif /* _NTCOMPAT_IO_IRP_H */
