/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The life of requests, as the tracepoints tell it: events, and the lives that
 * they make up.
 */
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum event_kind {
	EVENT_DISPATCH,		/* a dispatch routine is called */
	EVENT_DISPATCHED,	/* and has returned */
	EVENT_START_IO,
	EVENT_CANCEL,
	EVENT_COMPLETE,
	EVENT_ISR,
	EVENT_DPC,
	EVENT_ENTER,		/* a system call */
	EVENT_EXIT,
};

/**
 * struct event - a line of the trace
 * @kind: what happened
 * @time: seconds, on whatever clock
 * @task: its name
 * @pid: thread
 * @cpu: where
 * @irp: of the first five kinds
 * @device: of EVENT_DISPATCH, EVENT_START_IO and EVENT_CANCEL, as it was printed
 * @major: of EVENT_DISPATCH; so are @minor and @code
 * @status: of EVENT_DISPATCHED and EVENT_COMPLETE
 * @information: of EVENT_COMPLETE
 * @ours: of EVENT_ISR: the routine said TRUE
 * @number: of EVENT_ENTER and EVENT_EXIT: the system call
 * @result: of EVENT_EXIT
 * @routine: of EVENT_DPC, without offset and module
 * @life: number of the life it belongs to, 0 for none
 */
struct event {
	enum event_kind kind;
	double time;
	char task[20];
	int pid;
	int cpu;
	uint64_t irp;
	char device[20];
	unsigned int major, minor;
	uint32_t code;
	uint32_t status;
	uint64_t information;
	bool ours;
	long number;
	long long result;
	char routine[64];
	unsigned int life;
};

/**
 * struct life - a request from its first dispatch to its end
 * @irp: its address, which others had before and will have
 * @first: number of its first event
 * @last: of its last
 * @enter: of the system call that it was made in, or -1; @exit likewise
 * @depth: dispatch routines that have not returned
 * @completed: IoCompleteRequest was called
 * @pended: a dispatch routine returned STATUS_PENDING
 */
struct life {
	uint64_t irp;
	int first, last;
	int enter, exit;
	int depth;
	bool completed;
	bool pended;
};

struct trace {
	struct event *event;
	int events, event_room;
	struct life *life;
	int lives, life_room;
};

#define STATUS_PENDING_CODE	0x103

/* False for a line that is none of our events. */
bool trace_parse_line(const char *line, struct event *event);

/* Reads all lines, and finds the lives. */
void trace_read(struct trace *trace, FILE *file);

void trace_free(struct trace *trace);

/* The life worth a picture: the longest request for data. NULL when there is none. */
const struct life *trace_choose(const struct trace *trace);

/* "ioctl", or "syscall 123"; static. */
const char *syscall_name(long number);

/* "dispatch IRP_MJ_READ", "ISR: ours"; static. */
const char *event_text(const struct event *event);

struct row;

void svg_draw(const struct trace *trace, const struct life *life, struct row *tree, FILE *file);

#endif /* TRACE_H */
