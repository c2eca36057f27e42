/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every file of ntcompat.ko starts with: Linux first, then the NT types.
 *
 * NTCOMPAT_CORE leaves out of the NT headers what only driver sources need and
 * what would collide with Linux: annotations, the C run-time, Interlocked*().
 */
#ifndef _NTCOMPAT_NT_H
#define _NTCOMPAT_NT_H

#undef pr_fmt
#define pr_fmt(fmt) "ntcompat: " fmt

#include <linux/kernel.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>

#define NTCOMPAT_CORE
#include "include/nt/ntddk.h"

#include "live.h"

#endif /* _NTCOMPAT_NT_H */
