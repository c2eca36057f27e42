// SPDX-License-Identifier: GPL-2.0
/*
 * ntctl trace: switches the tracepoints on in a tracing instance of its own, so
 * that nobody else's tracing is disturbed, and shows what they say.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ntctl.h"
#include "objects.h"
#include "trace.h"

/* The calls that requests come from, for those who drew them: x86-64's numbers. */
#define CALLS	"id == 0 || id == 1 || id == 3 || id == 16 || id == 17 || id == 18 || " \
		"id == 74 || id == 209 || id == 257 || id == 426"

struct options {
	const char *from;
	const char *svg;
	unsigned long request;
	char **command;
};

static char instance[128];
static volatile sig_atomic_t stopped;

/* ---- The instance ---- */

static bool write_file(const char *name, const char *text)
{
	char path[256];
	int fd;
	bool ok;

	snprintf(path, sizeof(path), "%s/%s", instance, name);
	fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0)
		return false;
	ok = write(fd, text, strlen(text)) >= 0;
	close(fd);
	return ok;
}

static FILE *open_trace(const char *name)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", instance, name);
	file = fopen(path, "re");
	if (!file)
		die("cannot read %s: %s", path, strerror(errno));
	return file;
}

static void remove_instance(void)
{
	write_file("tracing_on", "0");
	rmdir(instance);
}

static void make_instance(void)
{
	static const char * const roots[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };
	size_t i;

	for (i = 0; i < 2; i++) {
		snprintf(instance, sizeof(instance), "%s/instances/ntctl.%d", roots[i], getpid());
		if (!mkdir(instance, 0700))
			break;
	}
	if (i == 2)
		die("cannot trace: %s%s", strerror(errno),
		    errno == ENOENT ? " (is tracefs mounted?)" : "");
	atexit(remove_instance);
	write_file("buffer_size_kb", "4096");
	if (!write_file("events/ntcompat/enable", "1"))
		die("cannot switch the tracepoints on: %s (is ntcompat loaded?)",
		    strerror(errno));
}

/* Not there on every kernel; then the drawing begins with the dispatch. */
static void trace_calls(void)
{
	if (write_file("events/raw_syscalls/filter", CALLS))
		write_file("events/raw_syscalls/enable", "1");
}

/* ---- The command ---- */

static void on_signal(int number)
{
	(void)number;
	stopped = 1;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* Its exit status; a signal to us is its, too, when it comes from the terminal. */
static int run(char **command)
{
	pid_t pid;
	int status;

	pid = fork();
	if (pid < 0)
		die("cannot start %s: %s", command[0], strerror(errno));
	if (!pid) {
		execvp(command[0], command);
		fprintf(stderr, "ntctl: cannot start %s: %s\n", command[0], strerror(errno));
		_exit(127);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- Printing ---- */

static void print_event(const struct event *event, double start, struct row *tree)
{
	char task[40];

	snprintf(task, sizeof(task), "%s[%d]", event->task, event->pid);
	printf("%12.1f  cpu%-2d %-18s ", (event->time - start) * 1e6, event->cpu, task);
	if (event->life)
		printf("#%-3u ", event->life);
	else
		printf("     ");
	fputs(event_text(event), stdout);
	if (tree && *event->device)
		printf("  %s %s", device_driver(tree, event->device),
		       device_name(tree, event->device));
	putchar('\n');
}

/* System calls that no request came from are of no interest here. */
static bool is_wanted(const struct trace *trace, int number)
{
	int i;

	if (trace->event[number].kind < EVENT_ENTER)
		return true;
	for (i = 0; i < trace->lives; i++)
		if (trace->life[i].enter == number || trace->life[i].exit == number)
			return true;
	return false;
}

static void print_trace(const struct trace *trace, struct row *tree)
{
	double start = -1;
	int i;

	for (i = 0; i < trace->events; i++) {
		if (!is_wanted(trace, i))
			continue;
		if (start < 0)
			start = trace->event[i].time;
		print_event(&trace->event[i], start, tree);
	}
}

static void draw(const struct trace *trace, struct row *tree, const struct options *options)
{
	const struct life *life = trace_choose(trace);
	FILE *file;

	if (options->request > (unsigned long)trace->lives || !life)
		die("there is no such request to draw");
	if (options->request)
		life = &trace->life[options->request - 1];
	file = fopen(options->svg, "we");
	if (!file)
		die("cannot write %s: %s", options->svg, strerror(errno));
	svg_draw(trace, life, tree, file);
	if (fclose(file))
		die("cannot write %s: %s", options->svg, strerror(errno));
	printf("# request #%d is drawn in %s\n", (int)(life - trace->life) + 1, options->svg);
}

/* ---- The three ways to get a trace ---- */

static void show(FILE *file, struct row *tree, const struct options *options)
{
	struct trace trace = { };

	trace_read(&trace, file);
	fclose(file);
	print_trace(&trace, tree);
	if (options->svg)
		draw(&trace, tree, options);
	trace_free(&trace);
}

static int show_recorded(const struct options *options)
{
	FILE *file = fopen(options->from, "re");

	if (!file)
		die("cannot read %s: %s", options->from, strerror(errno));
	show(file, objects_read("tree"), options);
	return EXIT_NT_SUCCESS;
}

static int show_command(const struct options *options)
{
	struct row *before, *tree;
	int status;

	before = objects_read("tree");
	make_instance();
	trace_calls();
	catch_signals();
	status = run(options->command);
	write_file("tracing_on", "0");
	/* The command may have loaded the driver, or removed it. */
	tree = objects_read("tree");
	if (!row_of_kind(tree, "name"))
		tree = before;
	fflush(stdout);
	show(open_trace("trace"), tree, options);
	return status;
}

/* Read again when there is a device that it does not know. */
static struct row *fresh_tree(const struct event *event)
{
	static struct row *tree;

	if (*event->device && !find_id(tree, "device", event->device))
		tree = objects_read("tree");
	return tree;
}

/* As it happens; requests are not told apart, and there is nothing to draw. */
static int show_live(void)
{
	struct event event;
	char *line = NULL;
	double start = -1;
	size_t size = 0;
	FILE *file;

	make_instance();
	catch_signals();
	file = open_trace("trace_pipe");
	while (!stopped && getline(&line, &size, file) > 0) {
		if (!trace_parse_line(line, &event))
			continue;
		if (start < 0)
			start = event.time;
		print_event(&event, start, fresh_tree(&event));
		fflush(stdout);
	}
	free(line);
	fclose(file);
	return EXIT_NT_SUCCESS;
}

static void parse_options(int argc, char **argv, struct options *options)
{
	static const struct option long_options[] = {
		{ "from", required_argument, NULL, 'f' },
		{ "svg", required_argument, NULL, 's' },
		{ "request", required_argument, NULL, 'r' },
		{ }
	};
	int option;

	/* "+": a command's own options are not ours. */
	while ((option = getopt_long(argc, argv, "+", long_options, NULL)) != -1) {
		switch (option) {
		case 'f':
			options->from = optarg;
			break;
		case 's':
			options->svg = optarg;
			break;
		case 'r':
			if (!parse_number(optarg, 1000000, &options->request))
				die("'%s' is no number", optarg);
			break;
		default:
			exit(EXIT_NO_REQUEST);
		}
	}
	if (optind < argc)
		options->command = argv + optind;
}

int do_trace(int argc, char **argv)
{
	struct options options = { };
	int status;

	parse_options(argc, argv, &options);
	if (options.from && options.command)
		die("--from and a command exclude each other");
	if (options.svg && !options.from && !options.command)
		die("--svg needs a command, or --from");
	if (options.from)
		status = show_recorded(&options);
	else
		status = options.command ? show_command(&options) : show_live();
	if (fflush(stdout))
		die("cannot write the output");
	return status;
}
