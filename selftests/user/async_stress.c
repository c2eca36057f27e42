// SPDX-License-Identifier: GPL-2.0
/*
 * async_stress - io_uring, AIO and plain calls mixed, with kills and cancels
 *
 *	async_stress [SECONDS [PROCESSES]]
 *
 * Each process opens the edu device again and again, sends a random mix of
 * requests in all ways there are, cancels some, waits for some, leaves the rest
 * pending and closes, exits or is killed. At the end nothing may wait in the
 * driver and the device must work. That each IRP ended once and no page stayed
 * pinned is for the kernel's counters to tell, which the test group reads.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "async_util.h"
#include "edu_util.h"

#define DEPTH		16
#define PROCESSES_MAX	64

enum way { PLAIN, COMMAND, RING_READ, AIO_READ, WAYS };

static const char * const way_names[WAYS] = { "plain", "command", "ring read", "aio read" };

/* How often each way ended well, was cancelled, ended otherwise. Shared by all. */
struct tally {
	unsigned long done, cancelled, other;
};

static struct tally *tally;
static unsigned int seed;

static unsigned int below(unsigned int limit)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % limit;
}

static void count(enum way way, int result)
{
	struct tally *t = &tally[way];

	if (result >= 0)
		__atomic_add_fetch(&t->done, 1, __ATOMIC_RELAXED);
	else if (result == -ECANCELED || result == -EINTR)
		__atomic_add_fetch(&t->cancelled, 1, __ATOMIC_RELAXED);
	else
		__atomic_add_fetch(&t->other, 1, __ATOMIC_RELAXED);
}

/* One life of a file: its requests' memory lives as long as the process. */
struct session {
	int fd;
	struct io_uring ring;
	aio_context_t aio;
	unsigned int in_ring, in_aio;
	struct ntcompat_io io[DEPTH];
	struct iocb iocb[DEPTH];
	uint32_t in[DEPTH], out[DEPTH];
	unsigned char data[DEPTH][64];
};

static void send_command(struct session *s, unsigned int i)
{
	static const uint32_t codes[] = {
		IOCTL_EDU_WAIT, IOCTL_EDU_WAIT, IOCTL_EDU_FACTORIAL, IOCTL_EDU_LIVENESS,
		IOCTL_EDU_GET_ID, IOCTL_EDU_NOP, IOCTL_EDU_DMA_READ,
	};
	uint32_t code = codes[below(ARRAY_SIZE(codes))];

	s->in[i] = 1 + below(10);
	s->io[i] = edu_io(code, &s->in[i], 4, &s->out[i], 4, i);
	ring_command(&s->ring, s->fd, &s->io[i], COMMAND);
	ring_submit(&s->ring, 1);
	s->in_ring++;
}

static void send_ring_read(struct session *s, unsigned int i)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(&s->ring);

	io_uring_prep_read(sqe, s->fd, s->data[i], 1 + below(64), below(1000));
	sqe->user_data = RING_READ;
	ring_submit(&s->ring, 1);
	s->in_ring++;
}

static void send_aio_read(struct session *s, unsigned int i)
{
	aio_transfer(s->aio, &s->iocb[i], s->fd, IOCB_CMD_PREAD, s->data[i], 1 + below(64),
		     below(1000));
	s->in_aio++;
}

static void call_plain(struct session *s)
{
	uint32_t n = 1 + below(10), answer;
	int error;

	switch (below(4)) {
	case 0:
		error = edu_request(s->fd, IOCTL_EDU_FACTORIAL, &n, 4, &answer, 4).error;
		break;
	case 1:
		error = edu_request(s->fd, IOCTL_EDU_NOP, &n, 4, &answer, 4).error;
		break;
	case 2:
		error = edu_request(s->fd, IOCTL_EDU_RAISE, &n, 4, NULL, 0).error;
		break;
	default:
		error = pread(s->fd, s->data[0], 8, 0) < 0 ? errno : 0;
	}
	count(PLAIN, -error);
}

static void cancel_some(struct session *s)
{
	struct ntcompat_cancel request = {
		.tag = below(DEPTH),
		.flags = below(4) ? NTCOMPAT_CANCEL_TAG : 0,
	};
	int i;

	ioctl(s->fd, NTCOMPAT_IOC_CANCEL, &request);
	i = below(DEPTH);
	if (s->in_aio && below(2))
		aio_cancel(s->aio, &s->iocb[i]);
}

static void collect(struct session *s)
{
	struct io_uring_cqe *cqe;

	while (s->in_ring && !io_uring_peek_cqe(&s->ring, &cqe)) {
		count(cqe->user_data, cqe->res);
		io_uring_cqe_seen(&s->ring, cqe);
		s->in_ring--;
	}
}

static void run_session(struct session *s)
{
	unsigned int i;

	s->fd = edu_open(O_RDWR);
	ring_open(&s->ring, DEPTH);
	s->aio = aio_open(DEPTH);
	s->in_ring = s->in_aio = 0;
	for (i = 0; i < DEPTH; i++) {
		switch (below(8)) {
		case 0:
			call_plain(s);
			break;
		case 1:
			send_ring_read(s, i);
			break;
		case 2:
			send_aio_read(s, i);
			break;
		case 3:
			cancel_some(s);
			break;
		default:
			send_command(s, i);
		}
		collect(s);
	}
	while (s->in_aio && below(3)) {
		count(AIO_READ, aio_wait(s->aio));
		s->in_aio--;
	}
	if (below(2))
		close(s->fd);
	else
		s->fd = -1 - s->fd;
	/* What waits for a raise would wait for ever: half go by cancel, half by exit. */
	if (s->fd < -1) {
		struct ntcompat_cancel all = {};

		ioctl(-1 - s->fd, NTCOMPAT_IOC_CANCEL, &all);
		close(-1 - s->fd);
	}
	aio_close(s->aio);
}

static void live(unsigned int number)
{
	static struct session s;
	unsigned int lives = 1 + below(4);

	seed = seed * 31 + number;
	while (lives--)
		run_session(&s);
	/* The rings are left as they are: the end of the process has to do. */
	_exit(0);
}

static pid_t start(unsigned int number)
{
	pid_t pid;

	seed++;
	pid = fork();
	if (!pid)
		live(number);
	return pid;
}

static void replace_dead(pid_t *pids, unsigned int processes)
{
	unsigned int i;
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		for (i = 0; i < processes; i++)
			if (pids[i] == pid)
				pids[i] = start(i);
}

int main(int argc, char **argv)
{
	unsigned int seconds = argc > 1 ? atoi(argv[1]) : 60, i, kills = 0;
	unsigned int processes = argc > 2 ? atoi(argv[2]) : 16;
	pid_t pids[PROCESSES_MAX];
	EDU_STATISTICS statistics;
	double end = now() + seconds;
	int fd, tries;

	if (access(edu_path(), R_OK | W_OK))
		return HARNESS_SKIP;
	if (processes < 1 || processes > PROCESSES_MAX)
		return 2;
	tally = mmap(NULL, WAYS * sizeof(*tally), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (i = 0; i < processes; i++)
		pids[i] = start(i);
	while (now() < end) {
		sleep_ms(20);
		if (!below(3)) {
			kill(pids[below(processes)], SIGKILL);
			kills++;
		}
		replace_dead(pids, processes);
	}
	for (i = 0; i < processes; i++)
		kill(pids[i], SIGKILL);
	for (i = 0; i < processes; i++)
		waitpid(pids[i], NULL, 0);

	printf("TAP version 13\n1..3\n# %u kills\n", kills);
	for (i = 0; i < WAYS; i++)
		printf("# %-10s %8lu done %8lu cancelled %8lu other\n", way_names[i], tally[i].done,
		       tally[i].cancelled, tally[i].other);
	printf("%sok 1 requests of every way were made\n",
	       tally[PLAIN].done && tally[COMMAND].done && tally[RING_READ].done &&
	       tally[AIO_READ].done ? "" : "not ");
	fd = open(edu_path(), O_RDWR);
	for (tries = 0; tries < 200; tries++) {
		statistics = edu_statistics(fd);
		if (!statistics.Waiting)
			break;
		sleep_ms(50);
	}
	printf("%sok 2 nothing waits in the driver\n", statistics.Waiting ? "not " : "");
	printf("%sok 3 the device works\n", edu_factorial(fd, 6) == 720 ? "" : "not ");
	return 0;
}
