// SPDX-License-Identifier: GPL-2.0
/*
 * bench: guest instructions per operation of an edu driver.
 *
 *	bench [-v] nt|native NODE [OPERATION]...
 *	bench -l nt|native NODE OPERATION	over and over, for a profile
 *
 * prints a line "operation<TAB>count" for each operation. It must run in a
 * virtual machine with one processor whose time stamp counter advances by one
 * an instruction (QEMU: -icount shift=0), and checks that.
 *
 * What is counted, for one sample: all instructions that the processor
 * executes, user and kernel, between a rdtsc before the operation's system
 * calls and a rdtsc after them, but those of bench_idle's loop and of timer
 * interrupts that fall into it: interrupt handlers, softirqs, worker threads
 * and context switches count. Nothing else is subtracted; the row "empty"
 * shows what is left in every count when the operation does nothing, and with
 * -v the spread of the samples goes to stderr.
 *
 * A sample in which a timer interrupt hit work is dropped, and another taken;
 * the count of an operation is the mean of the middle half of the samples.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <liburing.h>

#include "bench_idle.h"
#include "edu_native.h"
#include "eduioctl.h"
#include "ntcompat.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define READ_ONCE(x)	__atomic_load_n(&(x), __ATOMIC_RELAXED)

#define EXIT_SKIP	4
#define MAX_SAMPLES	1000
#define MAX_DROPPED(n)	(50 * (n))
#define WARM_UP		3

enum kind { NT, NATIVE, KINDS };

static const char * const kind_names[KINDS] = { "nt", "native" };

/*
 * What the rows named 4k move, of a buffer of one page. It is not the whole
 * page since QEMU 7.2 aborts at a transfer that touches the last byte of the
 * device's memory. Nor does the length matter: no instruction is executed
 * for a byte that is not copied.
 */
#define ALMOST_4K	4092

static int fd;
static alignas(4096) unsigned char page[4096];

static int idle_fd;
static const struct bench_idle_page *idle_page;
static bool verbose;

static inline __u64 rdtsc(void)
{
	__u32 lo, hi;

	asm volatile("rdtsc" : "=a"(lo), "=d"(hi) : : "memory");
	return (__u64)hi << 32 | lo;
}

/*
 * The operations. Each returns whether all went as it should; that check is a
 * handful of instructions and the same for both kinds of node.
 */

static bool empty(void)
{
	return true;
}

static bool nt_control(__u32 code, void *in, __u32 in_len, void *out,
		       __u32 out_len)
{
	struct ntcompat_ioctl request = {
		.code = code,
		.in_len = in_len,
		.out_len = out_len,
		.status = NTCOMPAT_STATUS_NONE,
		.in = (uintptr_t)in,
		.out = (uintptr_t)out,
	};

	return ioctl(fd, NTCOMPAT_IOC_DEVICE_CONTROL, &request) == 0;
}

static bool nt_nop(void)
{
	__u32 in = 1, out;

	return nt_control(IOCTL_EDU_NOP, &in, sizeof(in), &out, sizeof(out));
}

static bool native_nop(void)
{
	__u32 value = 1;

	return ioctl(fd, EDU_NATIVE_NOP, &value) == 0;
}

/*
 * The device's model computes on a thread of the host. n is so large that the
 * result (0, as for all n from 34 on) is never there before the caller sleeps:
 * else the count would depend on who wins. check_results() checks a true
 * result. In a profile, which would consist of idleness, it is as small as it
 * may be.
 */
#define FACTORIAL_N		10000000
#define FACTORIAL_N_LOOPING	34

static __u32 factorial_n = FACTORIAL_N;

static bool nt_factorial_of(__u32 n, __u32 *result)
{
	return nt_control(IOCTL_EDU_FACTORIAL, &n, sizeof(n), result, sizeof(*result));
}

static bool nt_factorial(void)
{
	__u32 result = 1;

	return nt_factorial_of(factorial_n, &result) && result == 0;
}

static bool native_factorial_of(__u32 n, __u32 *result)
{
	*result = n;
	return ioctl(fd, EDU_NATIVE_FACTORIAL, result) == 0;
}

static bool native_factorial(void)
{
	__u32 result;

	return native_factorial_of(factorial_n, &result) && result == 0;
}

static bool read_8(void)
{
	return pread(fd, page, 8, 0) == 8;
}

static bool read_4k(void)
{
	return pread(fd, page, ALMOST_4K, 0) == ALMOST_4K;
}

/* What io_uring has in flight at a time. */
#define DEPTH	32

static struct io_uring ring;

/* DEPTH reads, each into a page of its own, submitted and waited for at once. */
static bool uring_read(void)
{
	static alignas(4096) unsigned char pages[DEPTH][4096];
	struct io_uring_cqe *cqe;
	bool good = true;

	if (!ring.ring_fd && io_uring_queue_init(DEPTH, &ring, 0))
		return false;
	for (int i = 0; i < DEPTH; i++)
		io_uring_prep_read(io_uring_get_sqe(&ring), fd, pages[i], ALMOST_4K, 0);
	if (io_uring_submit_and_wait(&ring, DEPTH) != DEPTH)
		return false;
	for (int i = 0; i < DEPTH; i++) {
		if (io_uring_wait_cqe(&ring, &cqe))
			return false;
		good = good && cqe->res == ALMOST_4K;
		io_uring_cqe_seen(&ring, cqe);
	}
	return good;
}

static bool nt_dma_4k(void)
{
	return nt_control(IOCTL_EDU_DMA_WRITE, NULL, 0, page, ALMOST_4K) &&
	       nt_control(IOCTL_EDU_DMA_READ, NULL, 0, page, ALMOST_4K);
}

static bool native_dma_4k(void)
{
	return pwrite(fd, page, ALMOST_4K, 0) == ALMOST_4K && read_4k();
}

/**
 * struct operation - a row of the result
 * @name: as it is printed
 * @samples: how often it is measured; an operation with a transfer takes 100
 *	milliseconds of the guest's time for each, as the device's model wants
 * @times: how often it is done in one sample, if more than once
 * @ticks: how many of a sample's timer interrupts may hit work: one costs some
 *	4000 counts and cannot be avoided where a sample has hundreds of them
 * @hidden: not measured unless it is named
 * @on_host: ends when a thread of the host has its turn, not at a time of the
 *	guest's
 * @run: the operation, for each kind of node
 */
static const struct operation {
	const char *name;
	unsigned int samples;
	unsigned int times;
	unsigned int ticks;
	bool hidden;
	bool on_host;

	bool (*run[KINDS])(void);
} operations[] = {
	{ .name = "empty", .samples = 300, .hidden = true,
	  .run = { [NT] = empty, [NATIVE] = empty } },
	{ .name = "ioctl_nop", .samples = 300,
	  .run = { [NT] = nt_nop, [NATIVE] = native_nop } },
	{ .name = "read_8", .samples = 100,
	  .run = { [NT] = read_8, [NATIVE] = read_8 } },
	{ .name = "factorial", .samples = 100, .on_host = true,
	  .run = { [NT] = nt_factorial, [NATIVE] = native_factorial } },
	{ .name = "dma_4k", .samples = 60,
	  .run = { [NT] = nt_dma_4k, [NATIVE] = native_dma_4k } },
	{ .name = "read_4k", .samples = 100,
	  .run = { [NT] = read_4k, [NATIVE] = read_4k } },
	{ .name = "uring_read", .samples = 6, .times = DEPTH, .ticks = 1,
	  .run = { [NT] = uring_read, [NATIVE] = uring_read } },
};

static noreturn void die(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int compare(const void *a, const void *b)
{
	__u64 x = *(const __u64 *)a, y = *(const __u64 *)b;

	return (x > y) - (x < y);
}

static void print_spread(const char *name, const __u64 *sorted,
			 unsigned int count, unsigned int dropped)
{
	double sum = 0;

	for (unsigned int i = 0; i < count; i++)
		sum += sorted[i];
	fprintf(stderr, "# %s: %u samples, %u dropped, ", name, count, dropped);
	fprintf(stderr, "min %llu, quartiles %llu %llu %llu, max %llu, mean %.1f\n",
		sorted[0], sorted[count / 4], sorted[count / 2],
		sorted[3 * count / 4], sorted[count - 1], sum / count);
}

/*
 * The mean of the middle half. Outliers are out, such as a cache that had to
 * be refilled; and where samples have two usual values it does not leap from
 * one to the other as the median does.
 */
static __u64 middle_mean(const __u64 *sorted, unsigned int count)
{
	unsigned int first = count / 4, n = count - 2 * first;
	__u64 sum = n / 2;

	for (unsigned int i = 0; i < n; i++)
		sum += sorted[first + i];
	return sum / n;
}

/* Timer interrupts until now that hit work, not idleness. */
static __u64 ticks_in_work(void)
{
	__u64 ticks;

	if (read(idle_fd, &ticks, sizeof(ticks)) != sizeof(ticks))
		die("/dev/bench_idle");
	return ticks - READ_ONCE(idle_page->ticks);
}

/* Returns false when timer interrupts have spoilt the sample. */
static bool sample(const struct operation *op, enum kind driver, __u64 *count)
{
	__u64 ticks = ticks_in_work(), idle = READ_ONCE(idle_page->idle);
	__u64 start, end;
	bool good;

	start = rdtsc();
	good = op->run[driver]();
	end = rdtsc();
	*count = end - start - (READ_ONCE(idle_page->idle) - idle);

	if (!good)
		die("the operation failed");
	return ticks_in_work() - ticks <= op->ticks;
}

/*
 * Wait for the middle of a tick: a gap in a loop that reads the counter is the
 * timer interrupt. What the scheduler does depends on how long ago it has last
 * brought its statistics up to date, so that without this the samples, and
 * whole runs, would stand in this relation to the clock or in that one. The
 * device's model ends a transfer at a whole millisecond after 100, hence in
 * the middle of a tick (4 milliseconds) as well.
 */
#define TICK_GAP	1000
#define AFTER_TICK	2500000

static void align(void)
{
	__u64 last = rdtsc(), now = rdtsc();

	while (now - last < TICK_GAP) {
		last = now;
		now = rdtsc();
	}
	while (rdtsc() - now < AFTER_TICK)
		asm volatile(".rept 1000\n\tnop\n\t.endr");
}

static void measure(const struct operation *op, enum kind kind)
{
	static __u64 samples[MAX_SAMPLES];
	unsigned int count = 0, dropped = 0;

	for (int i = 0; i < WARM_UP; i++)
		sample(op, kind, &samples[0]);
	while (count < op->samples) {
		align();
		if (sample(op, kind, &samples[count]))
			count++;
		else if (++dropped > MAX_DROPPED(op->samples))
			die("hardly a sample without a timer interrupt");
	}

	qsort(samples, count, sizeof(samples[0]), compare);
	if (verbose)
		print_spread(op->name, samples, count, dropped);
	printf("%s\t%llu\n", op->name, middle_mean(samples, count) / (op->times ?: 1));
	fflush(stdout);
}

/* A million instructions take a million counts, unless something breaks in. */
static void require_icount(void)
{
	__u64 best = ~0ULL;

	for (int try = 0; try < 10; try++) {
		__u64 start = rdtsc(), time;

		for (int i = 0; i < 1000; i++)
			asm volatile(".rept 1000\n\tnop\n\t.endr");
		time = rdtsc() - start;
		best = time < best ? time : best;
	}
	if (best < 1000000 || best > 1010000) {
		fprintf(stderr, "bench: the time stamp counter does not count instructions\n");
		fprintf(stderr, "bench: (%llu for a million): -icount shift=0 is needed\n", best);
		exit(EXIT_SKIP);
	}
}

static void open_idle(void)
{
	void *map;

	idle_fd = open("/dev/bench_idle", O_RDONLY | O_CLOEXEC);
	if (idle_fd < 0)
		die("/dev/bench_idle");
	map = mmap(NULL, sizeof(*idle_page), PROT_READ, MAP_SHARED, idle_fd, 0);
	if (map == MAP_FAILED)
		die("mmap");
	idle_page = map;
}

/* A driver that is fast and wrong is no driver. */
static void check_results(enum kind kind)
{
	__u32 result = 0;
	bool good;

	good = kind == NT ? nt_factorial_of(10, &result) :
			    native_factorial_of(10, &result);
	if (!good || result != 3628800)
		die("10! is wrong");

	for (size_t i = 0; i < ALMOST_4K; i++)
		page[i] = i * 7 + i / 256;
	if (!(kind == NT ? nt_dma_4k() : native_dma_4k()))
		die("DMA of a page failed");
	memset(page, 0, sizeof(page));
	if (!read_4k())
		die("read of a page failed");
	for (size_t i = 0; i < ALMOST_4K; i++)
		if (page[i] != (unsigned char)(i * 7 + i / 256))
			die("the device's memory has other contents");
	memset(page, 0, 8);
	if (!read_8() || page[1] != 7)
		die("read of 8 bytes failed");
}

static bool wanted(const struct operation *op, int argc, char **argv)
{
	if (!argc)
		return !op->hidden;
	for (int i = 0; i < argc; i++)
		if (!strcmp(op->name, argv[i]))
			return true;
	return false;
}

/*
 * Until it is killed: what selftests/bench/profile looks at. Time leaps over
 * idleness when the processor is halted then, which is what a profile wants,
 * unless the request would run into the driver's time limit.
 */
static noreturn void loop(const struct operation *op, enum kind kind)
{
	factorial_n = FACTORIAL_N_LOOPING;
	if (!op->on_host) {
		/* The mapping is a reference, too. */
		munmap((void *)idle_page, sizeof(*idle_page));
		close(idle_fd);
	}
	printf("looping\n");
	fflush(stdout);
	while (op->run[kind]())
		;
	die(op->name);
}

static noreturn void usage(void)
{
	fprintf(stderr, "Usage: bench [-v] [-l] nt|native NODE [OPERATION]...\noperations:");
	for (size_t i = 0; i < ARRAY_SIZE(operations); i++)
		fprintf(stderr, " %s", operations[i].name);
	fprintf(stderr, "\n");
	exit(1);
}

int main(int argc, char **argv)
{
	int kind, option;
	bool forever = false;

	while ((option = getopt(argc, argv, "vl")) != -1) {
		switch (option) {
		case 'v':
			verbose = true;
			break;
		case 'l':
			forever = true;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 2)
		usage();

	for (kind = 0; kind < KINDS; kind++)
		if (!strcmp(argv[0], kind_names[kind]))
			break;
	if (kind == KINDS)
		usage();

	require_icount();
	fd = open(argv[1], O_RDWR | O_CLOEXEC);
	if (fd < 0)
		die(argv[1]);
	open_idle();

	check_results(kind);
	for (size_t i = 0; i < ARRAY_SIZE(operations); i++)
		if (wanted(&operations[i], argc - 2, argv + 2)) {
			if (forever)
				loop(&operations[i], kind);
			measure(&operations[i], kind);
		}
	return 0;
}
