/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests of the edu driver share. */
#ifndef EDU_UTIL_H
#define EDU_UTIL_H

#include <stddef.h>
#include <stdint.h>

#include "eduioctl.h"
#include "harness.h"
#include "nt_status.h"
#include "ntcompat.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define EDU_ID		0x010000edU

/* The path of the node: $EDU_DEVICE, or /dev/nt/EDU0. */
const char *edu_path(void);

/* Opens the node or fails the test. */
int edu_open(int flags);

/* One request: the errno of ioctl(2), 0 for success, and all that came back. */
struct edu_result {
	int error;
	uint32_t status;
	uint64_t information;
};

struct edu_result edu_request(int fd, uint32_t code, const void *in,
			      uint32_t in_len, void *out, uint32_t out_len);

#define EXPECT_END(wanted_error, wanted_status, wanted_information, result) \
	do {								\
		struct edu_result result_ = (result);			\
									\
		EXPECT_EQ(wanted_error, result_.error);			\
		EXPECT_EQ((uint32_t)(wanted_status), result_.status);	\
		EXPECT_EQ(wanted_information, result_.information);	\
	} while (0)

/* Requests that must succeed. */
uint32_t edu_factorial(int fd, uint32_t n);
EDU_STATISTICS edu_statistics(int fd);
void edu_dma_write(int fd, const void *data, uint32_t length);
void edu_dma_read(int fd, void *data, uint32_t length);
void edu_raise(int fd, uint32_t value);

uint32_t factorial_mod_2_32(uint32_t n);
void fill_pattern(unsigned char *data, size_t length, unsigned int seed);

/* Seconds on a clock that only goes forward. */
double now(void);
void sleep_ms(unsigned int milliseconds);

/*
 * Polls until as many requests wait. Fails the test after some seconds.
 */
void wait_for_waiters(int fd, unsigned int count);

/* Polls until StartIo was called that often. */
void wait_for_started(int fd, unsigned int count);

/* Makes SIGUSR1 interrupt system calls, and do nothing else. */
void catch_sigusr1(void);

/* Sends SIGUSR1 until the process ends; returns as harness_join(). */
int interrupt_until_end(int pid);

#endif /* EDU_UTIL_H */
