/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How many objects of each kind are alive: the first thing to look at when a
 * driver leaks, and what the tests compare before and after.
 */
#ifndef _NTCOMPAT_LIVE_H
#define _NTCOMPAT_LIVE_H

#include <linux/percpu.h>

enum nt_live_kind {
	NT_LIVE_DRIVER,
	NT_LIVE_DEVICE,
	NT_LIVE_FILE,
	NT_LIVE_IRP,
	NT_LIVE_MDL,
	NT_LIVE_PINNED_PAGE,
	NT_LIVE_POOL_BLOCK,
	NT_LIVE_POOL_BYTE,
	NT_LIVE_NAME,
	NT_LIVE_INTERRUPT,
	NT_LIVE_ADAPTER,
	NT_LIVE_MAP_REGISTER,
	NT_LIVE_COMMON_BUFFER,
	NT_LIVE_IOSPACE,
	NT_LIVE_DEVNODE,
	NT_LIVE_EVENT,
	NT_LIVE_HANDLE,
	NT_LIVE_THREAD,
	NT_LIVE_WORK_ITEM,
	NT_LIVE_CLAIM,
	NT_LIVE_LOG_ENTRY,
	NT_LIVE_CONTIGUOUS,
	NT_LIVE_MDL_PAGE,
	NT_LIVE_CALLBACK,
	NT_LIVE_CONTROLLER,
	NT_LIVE_KEY,
	NT_LIVE_SECTION,
	NT_LIVE_SYSTEM_VIEW,
	NT_LIVE_KINDS
};

DECLARE_PER_CPU(long [NT_LIVE_KINDS], nt_live);

static inline void nt_live_add(enum nt_live_kind kind, long n)
{
	this_cpu_add(nt_live[kind], n);
}

static inline void nt_live_inc(enum nt_live_kind kind)
{
	nt_live_add(kind, 1);
}

static inline void nt_live_dec(enum nt_live_kind kind)
{
	nt_live_add(kind, -1);
}

long nt_live_count(enum nt_live_kind kind);

int nt_live_setup(void);
void nt_live_teardown(void);

#endif /* _NTCOMPAT_LIVE_H */
