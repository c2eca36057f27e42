// SPDX-License-Identifier: GPL-2.0
/*
 * ntctl wmi - WMI data blocks of drivers
 *
 *	ntctl wmi                            the blocks
 *	ntctl wmi query GUID [N]             the data of instance N
 *	ntctl wmi set GUID N HEX
 *	ntctl wmi item GUID N ITEM HEX
 *	ntctl wmi call GUID N METHOD [HEX]
 *	ntctl wmi events GUID on|off
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "nt_status.h"
#include "ntctl.h"

#define NODE	"/dev/ntcompat_wmi"
#define ROOM	65536

/* The first three parts are numbers, little-endian on the wire. */
static const int order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };

static bool parse_hex(const char *text, uint8_t *to, size_t max, size_t *length)
{
	unsigned int byte;

	for (*length = 0; *text; text += 2) {
		if (*length == max || !text[1] || sscanf(text, "%2x", &byte) != 1 ||
		    strspn(text, "0123456789abcdefABCDEF") < 2)
			return false;
		to[(*length)++] = byte;
	}
	return true;
}

static void parse_guid(const char *text, uint8_t *guid)
{
	uint8_t bytes[16];
	char digits[33];
	size_t n = 0, length;
	int i;

	for (; *text; text++) {
		if (strchr("{}-", *text))
			continue;
		if (n == 32)
			die("a GUID has 32 digits");
		digits[n++] = *text;
	}
	digits[n] = 0;
	if (n != 32 || !parse_hex(digits, bytes, sizeof(bytes), &length))
		die("a GUID has 32 hexadecimal digits");
	for (i = 0; i < 16; i++)
		guid[order[i]] = bytes[i];
}

static void print_guid(const uint8_t *guid)
{
	int i;

	for (i = 0; i < 16; i++)
		printf("%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", guid[order[i]]);
}

static int list(int fd)
{
	struct ntcompat_wmi arg = { .op = NTCOMPAT_WMI_LIST };

	for (; !ioctl(fd, NTCOMPAT_IOC_WMI, &arg); arg.index++) {
		print_guid(arg.guid);
		printf("  provider %u  instances %u  flags 0x%x  %.*s\n", arg.provider, arg.instances,
		       arg.flags, (int)sizeof(arg.name), arg.name);
	}
	if (errno != ENOENT)
		die("%s: %s", NODE, strerror(errno));
	return EXIT_NT_SUCCESS;
}

static int ask(int fd, struct ntcompat_wmi *arg)
{
	static uint8_t out[ROOM];
	uint32_t i;

	arg->out = (uintptr_t)out;
	arg->out_len = sizeof(out);
	if (ioctl(fd, NTCOMPAT_IOC_WMI, arg))
		die("%s: %s", NODE, strerror(errno));
	printf("status: %s\n", nt_status_text(arg->status));
	if (!nt_success(arg->status))
		return EXIT_NT_FAILURE;
	if (arg->op == NTCOMPAT_WMI_QUERY || arg->op == NTCOMPAT_WMI_METHOD) {
		fputs("data: ", stdout);
		for (i = 0; i < arg->returned && i < sizeof(out); i++)
			printf("%02x", out[i]);
		putchar('\n');
	}
	return EXIT_NT_SUCCESS;
}

static uint32_t number(const char *text)
{
	unsigned long value;

	if (!parse_number(text, UINT32_MAX, &value))
		die("%s is no number", text);
	return value;
}

static const struct {
	const char *word;
	uint32_t op;
	int least, most;
} words[] = {
	{ "query", NTCOMPAT_WMI_QUERY, 3, 4 },
	{ "set", NTCOMPAT_WMI_SET, 5, 5 },
	{ "item", NTCOMPAT_WMI_SET_ITEM, 6, 6 },
	{ "call", NTCOMPAT_WMI_METHOD, 5, 6 },
	{ "events", NTCOMPAT_WMI_ENABLE_EVENTS, 4, 4 },
};

static int find_word(int argc, char **argv)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(argv[1], words[i].word) && argc >= words[i].least &&
		    argc <= words[i].most)
			return i;
	die("usage: see ntctl --help");
}

static void parse(int argc, char **argv, struct ntcompat_wmi *arg, uint8_t *in)
{
	const char *data = NULL;
	size_t length = 0;

	arg->op = words[find_word(argc, argv)].op;
	parse_guid(argv[2], arg->guid);
	if (arg->op == NTCOMPAT_WMI_ENABLE_EVENTS) {
		if (!strcmp(argv[3], "off"))
			arg->op = NTCOMPAT_WMI_DISABLE_EVENTS;
		else if (strcmp(argv[3], "on"))
			die("on or off");
		return;
	}
	arg->instance = argc > 3 ? number(argv[3]) : 0;
	if (arg->op == NTCOMPAT_WMI_SET) {
		data = argv[4];
	} else if (arg->op != NTCOMPAT_WMI_QUERY) {
		arg->id = number(argv[4]);
		data = argc > 5 ? argv[5] : NULL;
	}
	if (data && !parse_hex(data, in, ROOM, &length))
		die("%s is not hexadecimal", data);
	arg->in = (uintptr_t)in;
	arg->in_len = length;
}

int do_wmi(int argc, char **argv)
{
	static uint8_t in[ROOM];
	struct ntcompat_wmi arg = { .op = NTCOMPAT_WMI_LIST };
	int fd, result;

	if (argc > 1)
		parse(argc, argv, &arg, in);
	fd = open(NODE, O_RDWR);
	if (fd < 0)
		die("%s: %s", NODE, strerror(errno));
	result = argc > 1 ? ask(fd, &arg) : list(fd);
	if (fflush(stdout))
		die("cannot write: %s", strerror(errno));
	return result;
}
