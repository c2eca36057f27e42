// SPDX-License-Identifier: GPL-2.0
/*
 * The idle time of a measurement in instructions.
 *
 * In a virtual machine whose time stamp counter counts instructions (QEMU's
 * -icount shift=0), the counter also runs while the processor is halted. What
 * a request that waits for an interrupt costs is then
 *
 *	elapsed - idle
 *
 * and nothing in the guest tells the idle time to the instruction: a halt ends
 * in the middle of the interrupt entry code. So while /dev/bench_idle is open,
 * the processor never halts. A thread of the lowest priority runs whenever
 * there is nothing else to do, and each turn of its loop adds to the idle time
 * what the turn itself has taken. Whatever breaks into a turn makes it longer.
 * That excess is work, and not added, unless it began with a timer interrupt
 * and the program that measures had no part in it: housekeeping, which is there
 * because the processor is busy, and says nothing of the request.
 *
 * The thread gives way at one point of its loop only, so that at every context
 * switch the same part of a turn is not yet in the sum. A difference of two
 * readings is thus exact, up to the few instructions of the slow path.
 */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/hardirq.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kernel_stat.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>
#include <uapi/linux/sched/types.h>
#include <asm/msr.h>
#include <asm/tsc.h>

#include "bench_idle.h"

/* A turn takes about 300 counts; the cheapest interrupt takes twice as many. */
#define BENCH_IDLE_LONG_TURN	400

/* What is early in a tick; the time stamp counter counts nanoseconds, too. */
#define BENCH_IDLE_EARLY	(TICK_NSEC * 3 / 8)

/* The port of the PC's power-on self-test, free to be written to. */
#define BENCH_IDLE_PORT		0x80

/**
 * struct bench_idle_loop - what the loop knows at the end of a turn
 * @last: time stamp
 * @tick: time stamp of the latest timer interrupt
 * @turn: the length of the latest turn that nothing broke into
 * @switches: how often the program that measures was switched out until now
 * @irqs: device interrupts until now
 * @timer: timer interrupts until now
 */
struct bench_idle_loop {
	u64 last;
	u64 tick;
	u64 turn;
	unsigned long switches;
	unsigned long irqs;
	unsigned int timer;
};

static struct bench_idle_page *bench_idle_page;
static struct task_struct *bench_idle_task;
static struct task_struct *bench_idle_user;
static atomic_t bench_idle_users = ATOMIC_INIT(0);

/* A turn was broken into and took @time counts. */
static noinline void bench_idle_gap(struct bench_idle_loop *loop, u64 time)
{
	struct bench_idle_page *page = bench_idle_page;
	unsigned long switches = bench_idle_user->nvcsw + bench_idle_user->nivcsw;
	unsigned long irqs = this_cpu_read(kstat.irqs_sum);
	unsigned int timer = this_cpu_read(irq_stat.apic_timer_irqs);

	if (timer != loop->timer && irqs == loop->irqs &&
	    switches == loop->switches) {
		page->ticks += timer - loop->timer;
		page->idle += time;
	} else {
		page->idle += loop->turn;
	}
	if (timer != loop->timer)
		loop->tick = loop->last;
	loop->switches = switches;
	loop->irqs = irqs;
	loop->timer = timer;
}

/*
 * Preemption is off so that the thread gives way here only. The padding makes
 * the loop pass quickly in emulation, where a read of the counter is slow.
 *
 * The write to a port that nobody listens at makes the emulator look up from
 * the guest: an interrupt that a thread of its own has raised would else be
 * delivered as late as together with the next timer interrupt. It is not done
 * early in a tick: the scheduler's statistics are brought up to date once in
 * 1024 microseconds, so that a wakeup soon after a tick is cheaper than others,
 * and when that thread comes to its end is up to chance.
 */
static noinline void bench_idle_turn(const struct bench_idle_loop *loop)
{
	asm volatile(".rept 256\n\tnop\n\t.endr");
	if (loop->last - loop->tick > BENCH_IDLE_EARLY)
		outb(0, BENCH_IDLE_PORT);

	if (unlikely(need_resched())) {
		preempt_enable();
		schedule();
		preempt_disable();
	}
}

static int bench_idle_thread(void *unused)
{
	struct bench_idle_loop loop = { .last = rdtsc() };

	preempt_disable();
	while (!kthread_should_stop()) {
		u64 now, time;

		bench_idle_turn(&loop);
		now = rdtsc();
		time = now - loop.last;
		loop.last = now;
		if (likely(time < BENCH_IDLE_LONG_TURN)) {
			loop.turn = time;
			bench_idle_page->idle += time;
		} else {
			bench_idle_gap(&loop, time);
		}
	}
	preempt_enable();
	return 0;
}

static int bench_idle_open(struct inode *inode, struct file *file)
{
	const struct sched_attr attr = { .sched_policy = SCHED_IDLE };
	struct task_struct *task;

	/* One loop can fill one processor, and -icount knows no more. */
	if (num_online_cpus() != 1)
		return -EOPNOTSUPP;
	if (atomic_cmpxchg(&bench_idle_users, 0, 1))
		return -EBUSY;

	task = kthread_create(bench_idle_thread, NULL, "bench_idle");
	if (IS_ERR(task)) {
		atomic_set(&bench_idle_users, 0);
		return PTR_ERR(task);
	}
	sched_setattr_nocheck(task, &attr);
	bench_idle_task = task;
	bench_idle_user = get_task_struct(current);
	wake_up_process(task);
	return 0;
}

static int bench_idle_release(struct inode *inode, struct file *file)
{
	kthread_stop(bench_idle_task);
	put_task_struct(bench_idle_user);
	atomic_set(&bench_idle_users, 0);
	return 0;
}

static ssize_t bench_idle_read(struct file *file, char __user *buf,
			       size_t count, loff_t *ppos)
{
	u64 timer = this_cpu_read(irq_stat.apic_timer_irqs);

	if (count < sizeof(timer))
		return -EINVAL;
	return copy_to_user(buf, &timer, sizeof(timer)) ? -EFAULT : sizeof(timer);
}

static int bench_idle_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_WRITE)
		return -EPERM;
	return vm_insert_page(vma, vma->vm_start, virt_to_page(bench_idle_page));
}

static const struct file_operations bench_idle_fops = {
	.owner		= THIS_MODULE,
	.open		= bench_idle_open,
	.release	= bench_idle_release,
	.read		= bench_idle_read,
	.mmap		= bench_idle_mmap,
};

static struct miscdevice bench_idle_misc = {
	.minor		= MISC_DYNAMIC_MINOR,
	.name		= "bench_idle",
	.fops		= &bench_idle_fops,
};

static int __init bench_idle_init(void)
{
	int ret;

	bench_idle_page = (void *)get_zeroed_page(GFP_KERNEL);
	if (!bench_idle_page)
		return -ENOMEM;

	ret = misc_register(&bench_idle_misc);
	if (ret)
		free_page((unsigned long)bench_idle_page);
	return ret;
}

static void __exit bench_idle_exit(void)
{
	misc_deregister(&bench_idle_misc);
	free_page((unsigned long)bench_idle_page);
}

module_init(bench_idle_init);
module_exit(bench_idle_exit);

MODULE_DESCRIPTION("Idle time of a measurement, in time stamp counts");
MODULE_LICENSE("GPL");
