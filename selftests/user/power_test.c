// SPDX-License-Identifier: GPL-2.0
/*
 * The system sleeps while programs use the edu device. By "Holding Incoming IRPs When a
 * Device Is Paused" and "IRP_MN_SET_POWER": a request that is in the device is finished
 * before that loses its power, one that comes later waits until it has power again, and
 * one that waits for an event goes on waiting. The programs notice nothing.
 *
 * Somebody outside has to wake the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <unistd.h>

#include "edu_util.h"

#define CYCLES		5
#define FACTORIALS	3
#define WAITERS		2
#define WORKERS		(FACTORIALS + 1 + WAITERS)

/* In memory that all processes share. */
struct shared {
	atomic_uint stop;
	atomic_uint done[WORKERS];	/* requests that ended as they should */
	atomic_uint value;		/* that waiters shall get */
};

struct worker {
	struct shared *shared;
	unsigned int number;
};

static void compute(void *data)
{
	struct worker *worker = data;
	int fd = edu_open(O_RDWR);
	uint32_t n = worker->number;

	while (!atomic_load(&worker->shared->stop)) {
		n = (n + 7) % 30;
		ASSERT_EQ(factorial_mod_2_32(n), edu_factorial(fd, n));
		atomic_fetch_add(&worker->shared->done[worker->number], 1);
	}
	close(fd);
}

static void transfer(void *data)
{
	static unsigned char out[4096], in[4096];
	struct worker *worker = data;
	int fd = edu_open(O_RDWR);
	unsigned int seed = 1;

	while (!atomic_load(&worker->shared->stop)) {
		fill_pattern(out, sizeof(out), seed++);
		edu_dma_write(fd, out, sizeof(out));
		edu_dma_read(fd, in, sizeof(in));
		ASSERT_TRUE(!memcmp(in, out, sizeof(in)));
		atomic_fetch_add(&worker->shared->done[worker->number], 1);
	}
	close(fd);
}

static void wait_for_events(void *data)
{
	struct worker *worker = data;
	int fd = edu_open(O_RDWR);
	uint32_t value;

	do {
		ASSERT_EQ(0, edu_request(fd, IOCTL_EDU_WAIT, NULL, 0, &value, 4).error);
		ASSERT_EQ(atomic_load(&worker->shared->value), value);
		atomic_fetch_add(&worker->shared->done[worker->number], 1);
	} while (!atomic_load(&worker->shared->stop));
	close(fd);
}

static void (*const jobs[WORKERS])(void *data) = {
	compute, compute, compute, transfer, wait_for_events, wait_for_events,
};

/*
 * SeaBIOS, on the way up, leaves the chipset's power management as a reset has it, and
 * Linux does not expect that of a firmware: the next sleep would be none.
 */
#define CHIPSET		"/sys/bus/pci/devices/0000:00:1f.0/config"
#define PM_REGISTERS	0x40

/* Returns when the machine was woken. */
static void sleep_and_wake(void)
{
	uint32_t registers[2];
	int chipset = open(CHIPSET, O_RDWR | O_CLOEXEC);
	int fd = open("/sys/power/state", O_WRONLY | O_CLOEXEC);

	ASSERT_LE(0, fd);
	ASSERT_LE(0, chipset);
	ASSERT_EQ(sizeof(registers), pread(chipset, registers, sizeof(registers), PM_REGISTERS));
	EXPECT_EQ(3, write(fd, "mem", 3));
	ASSERT_EQ(sizeof(registers), pwrite(chipset, registers, sizeof(registers), PM_REGISTERS));
	close(chipset);
	close(fd);
}

static unsigned int all_done(struct shared *shared, unsigned int first, unsigned int last)
{
	unsigned int sum = 0;

	for (; first <= last; first++)
		sum += atomic_load(&shared->done[first]);
	return sum;
}

/* Requests end again after the machine woke. */
static void expect_progress(struct shared *shared, unsigned int number)
{
	unsigned int before = atomic_load(&shared->done[number]);
	double end = now() + 20;

	while (atomic_load(&shared->done[number]) < before + 3 && now() < end)
		sleep_ms(10);
	EXPECT_LE(before + 3, atomic_load(&shared->done[number]));
}

TEST_TIMEOUT(suspend_under_load, 280)
{
	struct worker workers[WORKERS];
	int fd = edu_open(O_RDWR), pids[WORKERS];
	struct shared *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned int i, cycle;

	ASSERT_TRUE(shared != MAP_FAILED);
	for (i = 0; i < WORKERS; i++) {
		workers[i] = (struct worker){ shared, i };
		pids[i] = harness_fork(jobs[i], &workers[i]);
	}
	for (cycle = 1; cycle <= CYCLES; cycle++) {
		wait_for_waiters(fd, WAITERS);
		expect_progress(shared, 0);
		sleep_and_wake();
		for (i = 0; i <= FACTORIALS; i++)
			expect_progress(shared, i);
		EXPECT_EQ((cycle - 1) * WAITERS, all_done(shared, FACTORIALS + 1, WORKERS - 1));
		atomic_store(&shared->value, 0x100 + cycle);
		if (cycle == CYCLES)
			atomic_store(&shared->stop, 1);
		edu_raise(fd, 0x100 + cycle);
	}
	for (i = 0; i < WORKERS; i++)
		EXPECT_EQ(0, harness_join(pids[i]));
	EXPECT_EQ(CYCLES * WAITERS, all_done(shared, FACTORIALS + 1, WORKERS - 1));
	close(fd);
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
