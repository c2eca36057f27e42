/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * bench_idle: how to tell work from idleness, in time stamp counts.
 *
 * While a program has /dev/bench_idle open, the processor does not halt. A page
 * of the device can be mapped for reading; a read(2) of 8 bytes yields a
 * __u64, the processor's timer interrupts since the start.
 */
#ifndef BENCH_IDLE_H
#define BENCH_IDLE_H

#include <linux/types.h>

/**
 * struct bench_idle_page - what the processor did when it had no work
 * @idle: time stamp counts in the idle loop, or in a background interruption:
 *	one with timer interrupts, without device interrupts, and in which the
 *	opener of the device did not run
 * @ticks: timer interrupts in background interruptions. All others hit work,
 *	which then takes longer than its due
 */
struct bench_idle_page {
	__u64 idle;
	__u64 ticks;
};

#endif /* BENCH_IDLE_H */
