// SPDX-License-Identifier: GPL-2.0
/* From the text of a trace to events, and from events to lives. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ntctl.h"
#include "nt_status.h"
#include "trace.h"

/* ---- One line: "   task-PID   [CPU] FLAGS TIME: NAME: key=value ..." ---- */

/* "[001]", whatever brackets are in the task's name before it. */
static const char *find_cpu(const char *line, const char *end)
{
	const char *found = NULL, *c;

	for (c = line; c < end; c++)
		if (*c == '[' && isdigit((unsigned char)c[1]) && strchr(c, ']') &&
		    strchr(c, ']') < end)
			found = c;
	return found;
}

/* Ends at @end: "task-PID", blanks. */
static bool parse_task(const char *line, const char *end, struct event *event)
{
	const char *dash;
	size_t length;

	while (end > line && end[-1] == ' ')
		end--;
	for (dash = end; dash > line && *dash != '-'; dash--)
		;
	if (*dash != '-')
		return false;
	event->pid = atoi(dash + 1);
	while (*line == ' ' && line < dash)
		line++;
	length = dash - line;
	if (length >= sizeof(event->task))
		length = sizeof(event->task) - 1;
	memcpy(event->task, line, length);
	return true;
}

/* The time is the last word before the colon. */
static bool parse_head(const char *line, const char *colon, struct event *event)
{
	const char *cpu = find_cpu(line, colon), *time = colon;

	if (!cpu || !parse_task(line, cpu, event))
		return false;
	event->cpu = atoi(cpu + 1);
	while (time > cpu && time[-1] != ' ')
		time--;
	event->time = strtod(time, NULL);
	return time > cpu;
}

static const char *value_of(const char *arguments, const char *key)
{
	const char *at = arguments;
	size_t length = strlen(key);

	while ((at = strstr(at, key))) {
		if ((at == arguments || at[-1] == ' ') && at[length] == '=')
			return at + length + 1;
		at += length;
	}
	return "";
}

static unsigned long long number_of(const char *arguments, const char *key, int base)
{
	return strtoull(value_of(arguments, key), NULL, base);
}

/* Up to a blank, or one of @stop. */
static void copy_word(char *to, size_t size, const char *from, const char *stop)
{
	size_t length = strcspn(from, stop);

	if (length >= size)
		length = size - 1;
	memcpy(to, from, length);
	to[length] = 0;
}

static void parse_dispatch(const char *arguments, struct event *event)
{
	event->major = number_of(arguments, "major", 0);
	event->minor = number_of(arguments, "minor", 0);
	event->code = number_of(arguments, "code", 0);
}

static void parse_dispatched(const char *arguments, struct event *event)
{
	event->status = number_of(arguments, "returned", 0);
}

static void parse_complete(const char *arguments, struct event *event)
{
	event->status = number_of(arguments, "status", 0);
	event->information = number_of(arguments, "information", 0);
}

static void parse_isr(const char *arguments, struct event *event)
{
	event->ours = number_of(arguments, "ours", 0);
}

static void parse_dpc(const char *arguments, struct event *event)
{
	copy_word(event->routine, sizeof(event->routine), value_of(arguments, "routine"), "\n+[ ");
}

/* "NR 16 (3, ...)" and "NR 16 = 0" */
static void parse_syscall(const char *arguments, struct event *event)
{
	const char *number = strstr(arguments, "NR "), *equals = strchr(arguments, '=');

	event->number = number ? atol(number + 3) : -1;
	event->result = equals ? atoll(equals + 1) : 0;
}

static const struct {
	const char *name;
	enum event_kind kind;
	void (*parse)(const char *arguments, struct event *event);
} kinds[] = {
	{ ": nt_irp_dispatch: ", EVENT_DISPATCH, parse_dispatch },
	{ ": nt_irp_dispatched: ", EVENT_DISPATCHED, parse_dispatched },
	{ ": nt_irp_complete: ", EVENT_COMPLETE, parse_complete },
	{ ": nt_irp_cancel: ", EVENT_CANCEL, NULL },
	{ ": nt_start_io: ", EVENT_START_IO, NULL },
	{ ": nt_isr: ", EVENT_ISR, parse_isr },
	{ ": nt_dpc: ", EVENT_DPC, parse_dpc },
	{ ": sys_enter: ", EVENT_ENTER, parse_syscall },
	{ ": sys_exit: ", EVENT_EXIT, parse_syscall },
};

bool trace_parse_line(const char *line, struct event *event)
{
	const char *colon = NULL, *arguments;
	size_t i;

	memset(event, 0, sizeof(*event));
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		colon = strstr(line, kinds[i].name);
		if (colon)
			break;
	}
	if (!colon || *line == '#' || !parse_head(line, colon, event))
		return false;
	arguments = colon + strlen(kinds[i].name);
	event->kind = kinds[i].kind;
	event->irp = number_of(arguments, "irp", 16);
	copy_word(event->device, sizeof(event->device), value_of(arguments, "device"), "\n ");
	if (kinds[i].parse)
		kinds[i].parse(arguments, event);
	return true;
}

/* ---- Lives ---- */

static void *grow(void *array, int count, int *room, size_t size)
{
	if (count < *room)
		return array;
	*room = *room ? *room * 2 : 64;
	array = realloc(array, *room * size);
	if (!array)
		die("no memory");
	return array;
}

static struct life *newest_of(struct trace *trace, uint64_t irp)
{
	int i;

	for (i = trace->lives - 1; i >= 0; i--)
		if (trace->life[i].irp == irp)
			return &trace->life[i];
	return NULL;
}

static bool is_over(const struct life *life)
{
	return life->completed && life->depth <= 0;
}

static struct life *begin(struct trace *trace, int number)
{
	struct life *life;

	trace->life = grow(trace->life, trace->lives, &trace->life_room, sizeof(*life));
	life = &trace->life[trace->lives++];
	*life = (struct life){
		.irp = trace->event[number].irp, .first = number, .enter = -1, .exit = -1,
	};
	return life;
}

/*
 * An address is used again: a dispatch begins a new life when the last one is
 * over. What else is told of an IRP belongs to its newest life; one whose
 * beginning nobody saw has none.
 */
static void add_to_life(struct trace *trace, int number)
{
	struct event *event = &trace->event[number];
	struct life *life = newest_of(trace, event->irp);

	if (event->kind == EVENT_DISPATCH && (!life || is_over(life)))
		life = begin(trace, number);
	if (!life)
		return;
	if (event->kind == EVENT_DISPATCH)
		life->depth++;
	if (event->kind == EVENT_DISPATCHED) {
		life->depth--;
		life->pended |= event->status == STATUS_PENDING_CODE;
	}
	if (event->kind == EVENT_COMPLETE)
		life->completed = true;
	life->last = number;
	event->life = life - trace->life + 1;
}

/* The system call around a life: the last one that its thread had entered. */
static void find_call(struct trace *trace, struct life *life)
{
	int pid = trace->event[life->first].pid, i;

	for (i = life->first - 1; i >= 0 && life->enter < 0; i--) {
		if (trace->event[i].pid != pid)
			continue;
		if (trace->event[i].kind == EVENT_EXIT)
			return;
		if (trace->event[i].kind == EVENT_ENTER)
			life->enter = i;
	}
	for (i = life->first; life->enter >= 0 && i < trace->events; i++)
		if (trace->event[i].pid == pid && trace->event[i].kind == EVENT_EXIT) {
			life->exit = i;
			return;
		}
}

static bool is_of_irp(const struct event *event)
{
	return event->kind <= EVENT_COMPLETE;
}

void trace_read(struct trace *trace, FILE *file)
{
	struct event event;
	char *line = NULL;
	size_t size = 0;
	int i;

	while (getline(&line, &size, file) > 0) {
		if (!trace_parse_line(line, &event))
			continue;
		trace->event = grow(trace->event, trace->events, &trace->event_room, sizeof(event));
		trace->event[trace->events++] = event;
		if (is_of_irp(&event))
			add_to_life(trace, trace->events - 1);
	}
	free(line);
	for (i = 0; i < trace->lives; i++)
		find_call(trace, &trace->life[i]);
}

void trace_free(struct trace *trace)
{
	free(trace->event);
	free(trace->life);
	memset(trace, 0, sizeof(*trace));
}

static bool is_for_data(unsigned int major)
{
	return major == 0x03 || major == 0x04 || major == 0x0e;
}

static double length_of(const struct trace *trace, const struct life *life)
{
	return trace->event[life->last].time - trace->event[life->first].time;
}

const struct life *trace_choose(const struct trace *trace)
{
	const struct life *best = NULL, *life;
	bool good, best_good = false;

	for (life = trace->life; life < trace->life + trace->lives; life++) {
		good = is_for_data(trace->event[life->first].major);
		if (!best || good > best_good ||
		    (good == best_good && length_of(trace, life) > length_of(trace, best))) {
			best = life;
			best_good = good;
		}
	}
	return best;
}

/* ---- Words ---- */

const char *syscall_name(long number)
{
	static const struct {
		long number;
		const char *name;
	} names[] = {
		{ 0, "read" }, { 1, "write" }, { 2, "open" }, { 3, "close" }, { 16, "ioctl" },
		{ 17, "pread64" }, { 18, "pwrite64" }, { 74, "fsync" }, { 209, "io_submit" },
		{ 257, "openat" }, { 426, "io_uring_enter" },
	};
	static char text[24];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].number == number)
			return names[i].name;
	snprintf(text, sizeof(text), "syscall %ld", number);
	return text;
}

const char *event_text(const struct event *event)
{
	static char text[192];

	switch (event->kind) {
	case EVENT_DISPATCH:
		snprintf(text, sizeof(text), "dispatch  %s",
			 request_text(event->major, event->minor, event->code));
		break;
	case EVENT_DISPATCHED:
		snprintf(text, sizeof(text), "returned  %s", nt_status_text(event->status));
		break;
	case EVENT_COMPLETE:
		snprintf(text, sizeof(text), "complete  %s, %llu bytes",
			 nt_status_text(event->status), (unsigned long long)event->information);
		break;
	case EVENT_CANCEL:
		return "cancel    the Cancel routine is called";
	case EVENT_START_IO:
		return "StartIo ";
	case EVENT_ISR:
		return event->ours ? "ISR       TRUE" : "ISR       FALSE: not this device";
	case EVENT_DPC:
		snprintf(text, sizeof(text), "DPC       %s", event->routine);
		break;
	case EVENT_ENTER:
		snprintf(text, sizeof(text), "call      %s", syscall_name(event->number));
		break;
	case EVENT_EXIT:
		snprintf(text, sizeof(text), "return    %s = %lld", syscall_name(event->number),
			 event->result);
		break;
	}
	return text;
}
