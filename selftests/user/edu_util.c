// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "edu_util.h"

/* How long anything may take that should happen at once. */
#define PATIENCE	10.0

const char *edu_path(void)
{
	const char *path = getenv("EDU_DEVICE");

	return path ? path : "/dev/nt/EDU0";
}

int edu_open(int flags)
{
	int fd = open(edu_path(), flags | O_CLOEXEC);

	ASSERT_LE(0, fd);
	return fd;
}

struct edu_result edu_request(int fd, uint32_t code, const void *in,
			      uint32_t in_len, void *out, uint32_t out_len)
{
	struct ntcompat_ioctl call = {
		.code = code,
		.in = (uintptr_t)in,
		.in_len = in_len,
		.out = (uintptr_t)out,
		.out_len = out_len,
		.status = NTCOMPAT_STATUS_NONE,
	};
	int result = ioctl(fd, NTCOMPAT_IOC_DEVICE_CONTROL, &call);

	return (struct edu_result) {
		.error = result ? errno : 0,
		.status = call.status,
		.information = call.information,
	};
}

uint32_t edu_factorial(int fd, uint32_t n)
{
	uint32_t answer = 0;

	EXPECT_END(0, STATUS_SUCCESS, sizeof(answer),
		   edu_request(fd, IOCTL_EDU_FACTORIAL, &n, sizeof(n), &answer,
			       sizeof(answer)));
	return answer;
}

EDU_STATISTICS edu_statistics(int fd)
{
	EDU_STATISTICS statistics = { };

	EXPECT_END(0, STATUS_SUCCESS, sizeof(statistics),
		   edu_request(fd, IOCTL_EDU_GET_STATISTICS, NULL, 0,
			       &statistics, sizeof(statistics)));
	return statistics;
}

void edu_dma_write(int fd, const void *data, uint32_t length)
{
	EXPECT_END(0, STATUS_SUCCESS, length,
		   edu_request(fd, IOCTL_EDU_DMA_WRITE, NULL, 0, (void *)data,
			       length));
}

void edu_dma_read(int fd, void *data, uint32_t length)
{
	EXPECT_END(0, STATUS_SUCCESS, length,
		   edu_request(fd, IOCTL_EDU_DMA_READ, NULL, 0, data, length));
}

void edu_raise(int fd, uint32_t value)
{
	EXPECT_END(0, STATUS_SUCCESS, 0,
		   edu_request(fd, IOCTL_EDU_RAISE, &value, sizeof(value), NULL,
			       0));
}

uint32_t factorial_mod_2_32(uint32_t n)
{
	uint32_t product = 1;

	for (; n; n--)
		product *= n;
	return product;
}

void fill_pattern(unsigned char *data, size_t length, unsigned int seed)
{
	size_t i;

	for (i = 0; i < length; i++) {
		seed = seed * 1103515245 + 12345;
		data[i] = seed >> 16;
	}
}

double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

void sleep_ms(unsigned int milliseconds)
{
	struct timespec time = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000L,
	};

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

void wait_for_waiters(int fd, unsigned int count)
{
	double end = now() + PATIENCE;

	while (edu_statistics(fd).Waiting != count && now() < end)
		sleep_ms(5);
	ASSERT_EQ(count, edu_statistics(fd).Waiting);
}

void wait_for_started(int fd, unsigned int count)
{
	double end = now() + PATIENCE;

	while ((int)(edu_statistics(fd).Started - count) < 0 && now() < end)
		sleep_ms(5);
	ASSERT_TRUE((int)(edu_statistics(fd).Started - count) >= 0);
}

static void on_sigusr1(int signal_number)
{
	(void)signal_number;
}

void catch_sigusr1(void)
{
	struct sigaction action = { .sa_handler = on_sigusr1 };

	sigaction(SIGUSR1, &action, NULL);
}

/* More than once, since a signal may come before the system call begins. */
int interrupt_until_end(int pid)
{
	double end = now() + PATIENCE;
	int status;

	while (now() < end) {
		kill(pid, SIGUSR1);
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status) :
						   128 + WTERMSIG(status);
		sleep_ms(20);
	}
	ASSERT_TRUE(!"the process does not end");
	return -1;
}
