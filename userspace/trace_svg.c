// SPDX-License-Identifier: GPL-2.0
/*
 * One request's life as a drawing: time goes to the right, each event has a line
 * of its own, so that no text covers another. What lasts is a bar, what happens
 * at once a dot.
 */
#include <string.h>

#include "nt_status.h"
#include "ntctl.h"
#include "objects.h"
#include "trace.h"

#define WIDTH		1040
#define LEFT		400	/* of the time axis */
#define RIGHT		(WIDTH - 30)
#define TOP		80
#define LINE		26

struct drawing {
	FILE *file;
	double from, to;
	int y;
};

static void put_escaped(FILE *file, const char *text)
{
	for (; *text; text++) {
		if (*text == '<')
			fputs("&lt;", file);
		else if (*text == '>')
			fputs("&gt;", file);
		else if (*text == '&')
			fputs("&amp;", file);
		else if ((unsigned char)*text >= ' ' && (unsigned char)*text < 0x7f)
			fputc(*text, file);
		else
			fputc('?', file);
	}
}

static double x_of(const struct drawing *d, double time)
{
	return LEFT + (time - d->from) / (d->to - d->from) * (RIGHT - LEFT);
}

static void put_text(const struct drawing *d, double x, int y, const char *class, const char *text)
{
	fprintf(d->file, "<text x=\"%.1f\" y=\"%d\" class=\"%s\">", x, y, class);
	put_escaped(d->file, text);
	fputs("</text>\n", d->file);
}

static void put_label(const struct drawing *d, double time, const char *text)
{
	char stamp[32];

	snprintf(stamp, sizeof(stamp), "%.1f", (time - d->from) * 1e6);
	put_text(d, 62, d->y + 5, "time", stamp);
	put_text(d, 74, d->y + 5, "what", text);
	fprintf(d->file, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" class=\"guide\"/>\n", LEFT,
		d->y, RIGHT, d->y);
}

static void draw_bar(struct drawing *d, double from, double to, const char *class, const char *text)
{
	double x = x_of(d, from), width = x_of(d, to) - x;

	put_label(d, from, text);
	fprintf(d->file,
		"<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\" class=\"%s\"/>\n",
		x, d->y - 7, width < 2 ? 2 : width, class);
	d->y += LINE;
}

static void draw_dot(struct drawing *d, double time, const char *class, const char *text)
{
	put_label(d, time, text);
	fprintf(d->file, "<circle cx=\"%.1f\" cy=\"%d\" r=\"5\" class=\"%s\"/>\n", x_of(d, time),
		d->y, class);
	d->y += LINE;
}

/* ---- What is drawn ---- */

/* The return of a dispatch: the innermost first, so count. */
static const struct event *return_of(const struct trace *trace, const struct event *call)
{
	const struct event *event;
	int depth = 0;

	for (event = call; event < trace->event + trace->events; event++) {
		if (event->life != call->life)
			continue;
		if (event->kind == EVENT_DISPATCH)
			depth++;
		if (event->kind == EVENT_DISPATCHED && --depth == 0)
			return event;
	}
	return NULL;
}

static void draw_dispatch(struct drawing *d, const struct trace *trace, const struct event *event,
			  struct row *tree)
{
	const struct event *end = return_of(trace, event);
	char text[160];

	snprintf(text, sizeof(text), "Dispatch: %s %s%s", device_driver(tree, event->device),
		 device_name(tree, event->device),
		 end && end->status == STATUS_PENDING_CODE ? ", pends" : "");
	draw_bar(d, event->time, end ? end->time : d->to, "dispatch", text);
}

static void draw_event(struct drawing *d, const struct trace *trace, const struct event *event,
		       struct row *tree)
{
	char text[160];

	switch (event->kind) {
	case EVENT_DISPATCH:
		draw_dispatch(d, trace, event, tree);
		break;
	case EVENT_DISPATCHED:
		if (event->status == STATUS_PENDING_CODE)
			draw_dot(d, event->time, "dispatch", "returned STATUS_PENDING");
		break;
	case EVENT_START_IO:
		draw_dot(d, event->time, "start", "StartIo");
		break;
	case EVENT_ISR:
		draw_dot(d, event->time, "isr", event->ours ? "ISR: TRUE" : "ISR: FALSE");
		break;
	case EVENT_DPC:
		snprintf(text, sizeof(text), "DPC: %s", event->routine);
		draw_dot(d, event->time, "dpc", text);
		break;
	case EVENT_CANCEL:
		draw_dot(d, event->time, "cancel", "Cancel routine");
		break;
	case EVENT_COMPLETE:
		snprintf(text, sizeof(text), "Complete: %s, %llu bytes",
			 nt_status_name(event->status) ? nt_status_name(event->status) :
							 nt_status_text(event->status),
			 (unsigned long long)event->information);
		draw_dot(d, event->time, "complete", text);
		break;
	default:
		break;
	}
}

/*
 * Interrupts and DPCs name no IRP: those of the time in which a device may have
 * been at work for this one are shown. Others' may be among them.
 */
static bool belongs(const struct event *event, unsigned int life)
{
	return event->life == life || event->kind == EVENT_ISR || event->kind == EVENT_DPC;
}

static void draw_call(struct drawing *d, const struct trace *trace, const struct life *life)
{
	const struct event *enter = &trace->event[life->enter];
	char text[96];

	snprintf(text, sizeof(text), "%s[%d] calls %s", enter->task, enter->pid,
		 syscall_name(enter->number));
	draw_bar(d, enter->time, life->exit < 0 ? d->to : trace->event[life->exit].time, "call",
		 text);
}

static void draw_return(struct drawing *d, const struct trace *trace, const struct life *life)
{
	const struct event *leave = &trace->event[life->exit];
	char text[96];

	snprintf(text, sizeof(text), "%s returns %lld", syscall_name(leave->number),
		 leave->result);
	draw_dot(d, leave->time, "call", text);
}

static const char style[] =
	"<style>\n"
	"text { font: 13px sans-serif; fill: #222 }\n"
	".title { font-size: 16px; font-weight: bold }\n"
	".time { text-anchor: end; fill: #777; font-size: 11px }\n"
	".axis { text-anchor: middle; fill: #777; font-size: 11px }\n"
	".guide { stroke: #e4e4e4 }\n"
	".call { fill: #9ab }\n"
	".dispatch { fill: #4a7fc1 }\n"
	".start { fill: #2f9e6e }\n"
	".isr { fill: #d9822b }\n"
	".dpc { fill: #8e5bbf }\n"
	".cancel { fill: #c23b3b }\n"
	".complete { fill: #111 }\n"
	"</style>\n";

static void draw_axis(const struct drawing *d)
{
	char text[32];
	int i;

	for (i = 0; i <= 5; i++) {
		snprintf(text, sizeof(text), "%.0f \xc2\xb5s", (d->to - d->from) * 1e6 * i / 5);
		fprintf(d->file, "<text x=\"%d\" y=\"%d\" class=\"axis\">%s</text>\n",
			LEFT + (RIGHT - LEFT) * i / 5, TOP - 22, text);
	}
}

static void draw_head(struct drawing *d, const struct event *first, struct row *tree, int lines)
{
	char title[256];
	int height = TOP + (lines + 1) * LINE;

	fprintf(d->file,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n",
		WIDTH, height, WIDTH, height);
	fputs(style, d->file);
	fprintf(d->file, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
	snprintf(title, sizeof(title), "%s at %s",
		 request_text(first->major, first->minor, first->code),
		 device_name(tree, first->device));
	put_text(d, 20, 28, "title", title);
	draw_axis(d);
}

/* At most: not every event has a line. */
static int count_lines(const struct trace *trace, const struct life *life, int end)
{
	int i, n = 2;

	for (i = life->first; i <= end; i++)
		n += belongs(&trace->event[i], trace->event[life->first].life);
	return n;
}

void svg_draw(const struct trace *trace, const struct life *life, struct row *tree, FILE *file)
{
	const struct event *first = &trace->event[life->first];
	/* The end of an asynchronous request is not in the call that it began in. */
	bool inside = life->exit > life->last;
	int end = inside ? life->exit : life->last, i;
	struct drawing d = {
		.file = file,
		.from = life->enter < 0 ? first->time : trace->event[life->enter].time,
		.to = trace->event[end].time,
		.y = TOP,
	};

	if (d.to - d.from < 1e-6)
		d.to = d.from + 1e-6;
	draw_head(&d, first, tree, count_lines(trace, life, end));
	if (life->enter >= 0)
		draw_call(&d, trace, life);
	for (i = life->first; i <= end; i++) {
		if (belongs(&trace->event[i], first->life))
			draw_event(&d, trace, &trace->event[i], tree);
		if (i == life->exit)
			draw_return(&d, trace, life);
	}
	fputs("</svg>\n", file);
}
