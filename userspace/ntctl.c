// SPDX-License-Identifier: GPL-2.0
/*
 * ntctl - the command-line tool of ntcompat: its verbs, and `ioctl`.
 *
 *	ntctl ioctl DEV CODE [--in HEX|@FILE] [--out N]
 *
 * sends one DeviceIoControl request and prints its end in three lines. The
 * transfer method is part of CODE: with METHOD_IN_DIRECT, too, --in is the
 * first buffer and --out the length of the second. --inout HEX gives the second
 * buffer contents, which METHOD_IN_DIRECT hands to the driver.
 */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nt_device.h"
#include "nt_status.h"
#include "ntctl.h"

/* What a length may be at most: the field in the request has 32 bits. */
#define LENGTH_MAX 0xffffffffUL

static const struct verb {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage;
} verbs[] = {
	{ "ioctl", do_ioctl,
	  "ioctl DEV CODE [--in HEX|@FILE] [--out N] [--inout HEX|@FILE]\n"
	  "      sends one DeviceIoControl request\n"
	  "        DEV      the node's path, or NAME for /dev/nt/NAME\n"
	  "        CODE     the control code, a number, or TYPE,FUNCTION,METHOD,ACCESS\n"
	  "        --in     the input buffer: bytes in hexadecimal, or a file's\n"
	  "        --out    the length of the output buffer\n"
	  "        --inout  what the output buffer holds beforehand (METHOD_IN_DIRECT)\n" },
	{ "info", do_info, "info DEV\n      a device's size and position, as its driver tells them\n" },
	{ "tree", do_tree, "tree\n      drivers, their devices, stacks, names and open files\n" },
	{ "drivers", do_drivers, "drivers\n      a line for each driver\n" },
	{ "wmi", do_wmi,
	  "wmi [query GUID [N] | set GUID N HEX | item GUID N ITEM HEX |\n"
	  "      call GUID N METHOD [HEX] | events GUID on|off]\n"
	  "      WMI data blocks of drivers: a list, or a request to one\n" },
	{ "irps", do_irps, "irps\n      requests in flight\n" },
	{ "trace", do_trace,
	  "trace [--from FILE] [--svg FILE] [--request N] [[--] COMMAND [ARGUMENT]...]\n"
	  "      what happens to requests while COMMAND runs, or until Ctrl-C\n"
	  "        --svg      draw the life of one request\n"
	  "        --request  which one: its number in the text\n"
	  "        --from     a trace that was recorded before\n" },
	{ "reg", do_reg,
	  "reg query KEY [VALUE] [-r]\n"
	  "  ntctl reg add KEY [VALUE TYPE DATA...]\n"
	  "  ntctl reg delete KEY [VALUE] [-r]\n"
	  "  ntctl reg import FILE\n"
	  "  ntctl reg export KEY FILE [utf16|utf8|regedit4]\n"
	  "  ntctl reg load|save|watch [DIRECTORY]\n"
	  "      the registry: look at it, change it, keep it in files\n"
	  "        KEY     such as HKLM\\System\\CurrentControlSet\\Services\\edu\n"
	  "        -r      with all that is below\n"
	  "        load    what DIRECTORY (/etc/ntcompat/registry) has in *.reg\n"
	  "        save    to registry.reg there; watch does so at each change\n" },
};

#define VERB_COUNT (sizeof(verbs) / sizeof(verbs[0]))

static void usage(FILE *stream)
{
	size_t i;

	fputs("usage:\n", stream);
	for (i = 0; i < VERB_COUNT; i++)
		fprintf(stream, "  ntctl %s", verbs[i].usage);
	fputs("\nexit status: 0 a success status, 1 another one, 2 no request was made\n", stream);
}

void die(const char *format, ...)
{
	va_list arguments;

	fflush(stdout);
	fputs("ntctl: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(EXIT_NO_REQUEST);
}

void *allocate(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		die("no memory");
	return memory;
}

bool parse_number(const char *text, unsigned long max, unsigned long *value)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	errno = 0;
	*value = strtoul(text, &end, 0);
	return !errno && !*end && *value <= max;
}

/* The four parts of CTL_CODE. */
static bool parse_ctl_code(const char *text, uint32_t *code)
{
	static const unsigned long max[4] = { 0xffff, 0xfff, 3, 3 };
	unsigned long part[4];
	char copy[64], *rest = copy, *token;
	int i;

	if (strlen(text) >= sizeof(copy))
		return false;
	strcpy(copy, text);
	for (i = 0; i < 4; i++) {
		token = strsep(&rest, ",");
		if (!token || !parse_number(token, max[i], &part[i]))
			return false;
	}
	*code = part[0] << 16 | part[3] << 14 | part[1] << 2 | part[2];
	return !rest;
}

static uint32_t parse_code(const char *text)
{
	unsigned long value;
	uint32_t code;

	if (parse_number(text, LENGTH_MAX, &value))
		return value;
	if (parse_ctl_code(text, &code))
		return code;
	die("'%s' is no control code (a number, or TYPE,FUNCTION,METHOD,ACCESS)",
	    text);
}

static unsigned char *parse_bytes(const char *text, size_t *length)
{
	unsigned char *bytes;

	if (*text == '@') {
		bytes = nt_read_file(text + 1, length);
		if (!bytes)
			die("cannot read %s: %s", text + 1, strerror(errno));
	} else {
		bytes = nt_parse_hex(text, length);
		if (!bytes)
			die("'%s' is not bytes in hexadecimal", text);
	}
	if (*length > LENGTH_MAX)
		die("more than 4 GiB of input");
	return bytes;
}

struct arguments {
	const char *device;
	uint32_t code;
	unsigned char *in, *out;
	size_t in_len, out_len, inout_len;
};

static void parse_options(int argc, char **argv, struct arguments *args)
{
	static const struct option options[] = {
		{ "in", required_argument, NULL, 'i' },
		{ "out", required_argument, NULL, 'o' },
		{ "inout", required_argument, NULL, 'b' },
		{ "help", no_argument, NULL, 'h' },
		{ }
	};
	unsigned long number;
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'i':
			free(args->in);
			args->in = parse_bytes(optarg, &args->in_len);
			break;
		case 'o':
			if (!parse_number(optarg, LENGTH_MAX, &number))
				die("'%s' is no length", optarg);
			args->out_len = number;
			break;
		case 'b':
			free(args->out);
			args->out = parse_bytes(optarg, &args->inout_len);
			break;
		case 'h':
			usage(stdout);
			exit(EXIT_NT_SUCCESS);
		default:
			usage(stderr);
			exit(EXIT_NO_REQUEST);
		}
	}
	if (argc - optind != 2) {
		usage(stderr);
		exit(EXIT_NO_REQUEST);
	}
	args->device = argv[optind];
	args->code = parse_code(argv[optind + 1]);
}

/* The output buffer: --out bytes, of which --inout gave the first ones. */
static void make_output(struct arguments *args)
{
	unsigned char *bytes;

	if (args->out_len < args->inout_len)
		args->out_len = args->inout_len;
	bytes = calloc(args->out_len + 1, 1);
	if (!bytes)
		die("no memory for %zu bytes of output", args->out_len);
	if (args->inout_len)
		memcpy(bytes, args->out, args->inout_len);
	free(args->out);
	args->out = bytes;
}

static void print_end(const struct ntcompat_ioctl *request,
		      const unsigned char *out)
{
	uint64_t count = request->information, i;

	if (count > request->out_len)
		count = request->out_len;
	printf("status: %s\n", nt_status_text(request->status));
	printf("information: %llu\n", (unsigned long long)request->information);
	printf("output: ");
	for (i = 0; i < count; i++)
		printf("%02x", out[i]);
	putchar('\n');
}

int do_ioctl(int argc, char **argv)
{
	struct arguments args = { };
	struct ntcompat_ioctl request = { };
	int fd, error;

	parse_options(argc, argv, &args);
	make_output(&args);
	fd = nt_open(args.device);
	if (fd < 0)
		die("cannot open %s: %s", args.device, strerror(errno));

	request.code = args.code;
	request.in = args.in_len ? (uintptr_t)args.in : 0;
	request.in_len = args.in_len;
	request.out = args.out_len ? (uintptr_t)args.out : 0;
	request.out_len = args.out_len;
	error = nt_ioctl(fd, &request);
	if (error)
		die("%s: no request was made: %s", args.device, strerror(error));
	print_end(&request, args.out);
	if (fflush(stdout))
		die("cannot write: %s", strerror(errno));
	free(args.in);
	free(args.out);
	return nt_success(request.status) ? EXIT_NT_SUCCESS : EXIT_NT_FAILURE;
}

int main(int argc, char **argv)
{
	size_t i;

	for (i = 0; argc >= 2 && i < VERB_COUNT; i++)
		if (!strcmp(argv[1], verbs[i].name))
			return verbs[i].run(argc - 1, argv + 1);
	if (argc == 2 && (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))) {
		usage(stdout);
		return EXIT_NT_SUCCESS;
	}
	usage(stderr);
	return EXIT_NO_REQUEST;
}
