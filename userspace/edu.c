// SPDX-License-Identifier: GPL-2.0
/* edu - drives QEMU's educational PCI device through the edu sample driver. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/time.h>
#include <unistd.h>

#include "eduioctl.h"
#include "nt_device.h"
#include "nt_status.h"

static const char *device = "EDU0";

static const char usage_text[] =
	"usage: edu [-d DEV] COMMAND\n"
	"\n"
	"  id                    identification and version of the device\n"
	"  live N                the device answers with the complement of N\n"
	"  factorial N           the device computes N!, modulo 2^32\n"
	"  dma FILE              send up to 4096 bytes there and back, compare; - is stdin\n"
	"  dma --random          the same with 4096 random bytes\n"
	"  wait [--timeout S]    wait for an interrupt that 'raise' causes\n"
	"  raise N               cause an interrupt with the value N\n"
	"  read OFF LEN          print bytes of the device's memory in hexadecimal\n"
	"  write OFF HEX         write bytes to the device's memory\n"
	"  stats                 the driver's counters\n"
	"  hang                  a request that only the driver's watchdog ends\n"
	"\n"
	"DEV is a path, or NAME for /dev/nt/NAME; without -d it is EDU0.\n"
	"exit status: 0 success, 1 the request failed, 2 no request was made,\n"
	"130 interrupted\n";

__attribute__((noreturn))
static void wrong_usage(void)
{
	fputs(usage_text, stderr);
	exit(EXIT_NO_REQUEST);
}

__attribute__((format(printf, 2, 3), noreturn))
static void die(int status, const char *format, ...)
{
	va_list arguments;

	fputs("edu: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(status);
}

static uint32_t parse_u32(const char *text)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (*text < '0' || *text > '9' || *end || errno || value > UINT32_MAX)
		die(EXIT_NO_REQUEST, "'%s' is no number from 0 to 4294967295",
		    text);
	return value;
}

static off_t parse_offset(const char *text)
{
	long long value;
	char *end;

	errno = 0;
	value = strtoll(text, &end, 0);
	if (end == text || *end || errno)
		die(EXIT_NO_REQUEST, "'%s' is no offset", text);
	return value;
}

static int open_device(void)
{
	int fd = nt_open(device);

	if (fd < 0)
		die(EXIT_NO_REQUEST, "cannot open %s: %s%s", device,
		    strerror(errno),
		    errno == ENOENT ? " (is the driver loaded?)" : "");
	return fd;
}

/* ---- One request ---- */

/* Returns the status; Information goes to *information if there is one. */
static uint32_t request(int fd, uint32_t code, const void *in, uint32_t in_len,
			void *out, uint32_t out_len, uint64_t *information)
{
	struct ntcompat_ioctl call = {
		.code = code,
		.in = (uintptr_t)in,
		.in_len = in_len,
		.out = (uintptr_t)out,
		.out_len = out_len,
	};
	int error = nt_ioctl(fd, &call);

	if (error)
		die(EXIT_NO_REQUEST, "%s: no request was made: %s", device,
		    strerror(error));
	if (information)
		*information = call.information;
	return call.status;
}

/* A request that must succeed and return all of its output. */
static void transact(const char *what, int fd, uint32_t code, const void *in,
		     uint32_t in_len, void *out, uint32_t out_len,
		     uint64_t expected)
{
	uint64_t information;
	uint32_t status;

	status = request(fd, code, in, in_len, out, out_len, &information);
	if (!nt_success(status))
		die(EXIT_NT_FAILURE, "%s: %s", what, nt_status_text(status));
	if (information != expected)
		die(EXIT_NT_FAILURE, "%s: %llu bytes instead of %llu", what,
		    (unsigned long long)information,
		    (unsigned long long)expected);
}

/* ---- Commands ---- */

static int do_id(int argc, char **argv)
{
	uint32_t id;

	(void)argv;
	if (argc != 1)
		wrong_usage();
	transact("id", open_device(), IOCTL_EDU_GET_ID, NULL, 0, &id,
		 sizeof(id), sizeof(id));
	printf("edu device, version %u.%u (identification 0x%08x)\n", id >> 24,
	       id >> 16 & 0xff, id);
	return EXIT_NT_SUCCESS;
}

static int do_live(int argc, char **argv)
{
	uint32_t value, answer;

	if (argc != 2)
		wrong_usage();
	value = parse_u32(argv[1]);
	transact("live", open_device(), IOCTL_EDU_LIVENESS, &value,
		 sizeof(value), &answer, sizeof(answer), sizeof(answer));
	if (answer != ~value)
		die(EXIT_NT_FAILURE, "live: 0x%08x came back as 0x%08x, not as 0x%08x",
		    value, answer, ~value);
	printf("the complement of 0x%08x is 0x%08x: the device lives\n", value,
	       answer);
	return EXIT_NT_SUCCESS;
}

static int do_factorial(int argc, char **argv)
{
	uint32_t value, answer;

	if (argc != 2)
		wrong_usage();
	value = parse_u32(argv[1]);
	transact("factorial", open_device(), IOCTL_EDU_FACTORIAL, &value,
		 sizeof(value), &answer, sizeof(answer), sizeof(answer));
	printf("factorial of %u is %u%s\n", value, answer,
	       value > 12 ? " (modulo 2^32)" : "");
	return EXIT_NT_SUCCESS;
}

static unsigned char *random_bytes(size_t length)
{
	unsigned char *bytes = malloc(length);
	size_t done = 0;
	ssize_t got;

	while (bytes && done < length) {
		got = getrandom(bytes + done, length - done, 0);
		if (got < 0 && errno != EINTR)
			die(EXIT_NO_REQUEST, "no random bytes: %s",
			    strerror(errno));
		done += got > 0 ? got : 0;
	}
	return bytes;
}

static size_t first_difference(const unsigned char *a, const unsigned char *b,
			       size_t length)
{
	size_t i = 0;

	while (i < length && a[i] == b[i])
		i++;
	return i;
}

static int do_dma(int argc, char **argv)
{
	size_t length = EDU_BUFFER_SIZE, at;
	unsigned char *bytes, *back;
	int fd;

	if (argc != 2)
		wrong_usage();
	if (!strcmp(argv[1], "--random"))
		bytes = random_bytes(length);
	else
		bytes = nt_read_file(argv[1], &length);
	if (!bytes)
		die(EXIT_NO_REQUEST, "cannot read %s: %s", argv[1],
		    strerror(errno));
	if (!length)
		die(EXIT_NO_REQUEST, "%s is empty", argv[1]);
	if (length > EDU_BUFFER_SIZE)
		length = EDU_BUFFER_SIZE;
	back = calloc(length, 1);
	if (!back)
		die(EXIT_NO_REQUEST, "no memory");

	fd = open_device();
	transact("dma to the device", fd, IOCTL_EDU_DMA_WRITE, NULL, 0, bytes,
		 length, length);
	transact("dma from the device", fd, IOCTL_EDU_DMA_READ, NULL, 0, back,
		 length, length);
	at = first_difference(bytes, back, length);
	if (at < length)
		die(EXIT_NT_FAILURE, "dma: byte %zu was sent as 0x%02x and came back as 0x%02x",
		    at, bytes[at], back[at]);
	printf("%zu bytes went to the device and back unchanged\n", length);
	return EXIT_NT_SUCCESS;
}

/* ---- Waiting ---- */

static volatile sig_atomic_t signalled;

/*
 * Interrupts the ioctl, as the handler is installed without SA_RESTART. The
 * signal may come just before the ioctl begins; so it is repeated.
 */
static void on_signal(int signal_number)
{
	static const struct itimerval again = {
		.it_interval.tv_usec = 100000,
		.it_value.tv_usec = 100000,
	};

	if (!signalled) {
		signalled = signal_number;
		setitimer(ITIMER_REAL, &again, NULL);
	}
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGALRM, &action, NULL);
}

static void start_timeout(const char *text)
{
	struct itimerval timeout = { };
	double seconds;
	char *end;

	seconds = strtod(text, &end);
	if (end == text || *end || !(seconds > 0 && seconds < 1e9))
		die(EXIT_NO_REQUEST, "'%s' is no number of seconds", text);
	timeout.it_value.tv_sec = seconds;
	timeout.it_value.tv_usec = (seconds - timeout.it_value.tv_sec) * 1e6;
	if (!timeout.it_value.tv_sec && !timeout.it_value.tv_usec)
		timeout.it_value.tv_usec = 1;
	setitimer(ITIMER_REAL, &timeout, NULL);
}

static int report_signal(uint32_t status)
{
	fflush(stdout);
	if (signalled == SIGALRM) {
		fprintf(stderr, "edu: wait: timed out, cancelled: %s\n",
			nt_status_text(status));
		return EXIT_NT_FAILURE;
	}
	fprintf(stderr, "edu: wait: cancelled: %s\n", nt_status_text(status));
	return signalled == SIGINT ? EXIT_SIGNALLED : 128 + SIGTERM;
}

static int do_wait(int argc, char **argv)
{
	uint64_t information;
	uint32_t value = 0, status;
	int fd;

	if (argc != 1 && (argc != 3 || strcmp(argv[1], "--timeout")))
		wrong_usage();
	fd = open_device();
	catch_signals();
	if (argc == 3)
		start_timeout(argv[2]);
	status = request(fd, IOCTL_EDU_WAIT, NULL, 0, &value, sizeof(value),
			 &information);
	if (status == (uint32_t)STATUS_CANCELLED && signalled)
		return report_signal(status);
	if (!nt_success(status))
		die(EXIT_NT_FAILURE, "wait: %s", nt_status_text(status));
	printf("interrupt with value 0x%x\n", value);
	return EXIT_NT_SUCCESS;
}

static int do_raise(int argc, char **argv)
{
	uint32_t value;

	if (argc != 2)
		wrong_usage();
	value = parse_u32(argv[1]);
	transact("raise", open_device(), IOCTL_EDU_RAISE, &value, sizeof(value),
		 NULL, 0, 0);
	printf("raised an interrupt with value 0x%x\n", value);
	return EXIT_NT_SUCCESS;
}

/* ---- The device's memory ---- */

static int do_read(int argc, char **argv)
{
	unsigned char *bytes;
	size_t length;
	ssize_t got, i;
	off_t offset;

	if (argc != 3)
		wrong_usage();
	offset = parse_offset(argv[1]);
	length = parse_u32(argv[2]);
	bytes = malloc(length + 1);
	if (!bytes)
		die(EXIT_NO_REQUEST, "no memory for %zu bytes", length);
	got = pread(open_device(), bytes, length, offset);
	if (got < 0)
		die(EXIT_NT_FAILURE, "read at %lld: %s", (long long)offset,
		    strerror(errno));
	for (i = 0; i < got; i++)
		printf("%02x", bytes[i]);
	putchar('\n');
	return EXIT_NT_SUCCESS;
}

static int do_write(int argc, char **argv)
{
	unsigned char *bytes;
	size_t length;
	ssize_t done;
	off_t offset;

	if (argc != 3)
		wrong_usage();
	offset = parse_offset(argv[1]);
	bytes = nt_parse_hex(argv[2], &length);
	if (!bytes)
		die(EXIT_NO_REQUEST, "'%s' is not bytes in hexadecimal", argv[2]);
	done = pwrite(open_device(), bytes, length, offset);
	if (done < 0)
		die(EXIT_NT_FAILURE, "write at %lld: %s", (long long)offset,
		    strerror(errno));
	printf("%zd bytes written at %lld\n", done, (long long)offset);
	return (size_t)done == length ? EXIT_NT_SUCCESS : EXIT_NT_FAILURE;
}

static int do_stats(int argc, char **argv)
{
	EDU_STATISTICS stats;

	(void)argv;
	if (argc != 1)
		wrong_usage();
	transact("stats", open_device(), IOCTL_EDU_GET_STATISTICS, NULL, 0,
		 &stats, sizeof(stats), sizeof(stats));
	printf("interrupts         %u\n", stats.Interrupts);
	printf("interrupts, others %u\n", stats.NotOurs);
	printf("DPCs               %u\n", stats.Dpcs);
	printf("requests started   %u\n", stats.Started);
	printf("requests completed %u\n", stats.Completed);
	printf("requests cancelled %u\n", stats.Cancelled);
	printf("requests timed out %u\n", stats.TimedOut);
	printf("timer ticks        %u\n", stats.TimerTicks);
	printf("waiting now        %u\n", stats.Waiting);
	return EXIT_NT_SUCCESS;
}

static int do_hang(int argc, char **argv)
{
	uint32_t status;

	(void)argv;
	if (argc != 1)
		wrong_usage();
	status = request(open_device(), IOCTL_EDU_HANG, NULL, 0, NULL, 0, NULL);
	if (!nt_success(status))
		die(EXIT_NT_FAILURE, "hang: %s", nt_status_text(status));
	puts("the hanging request succeeded, which it should not");
	return EXIT_NT_FAILURE;
}

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "id", do_id },
	{ "live", do_live },
	{ "factorial", do_factorial },
	{ "dma", do_dma },
	{ "wait", do_wait },
	{ "raise", do_raise },
	{ "read", do_read },
	{ "write", do_write },
	{ "stats", do_stats },
	{ "hang", do_hang },
};

static int run_command(int argc, char **argv)
{
	size_t i;

	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(argv[0], commands[i].name))
			return commands[i].run(argc, argv);
	wrong_usage();
}

int main(int argc, char **argv)
{
	int option, status;

	/* "+": a command's own arguments are not options of this. */
	while ((option = getopt(argc, argv, "+d:h")) != -1) {
		switch (option) {
		case 'd':
			device = optarg;
			break;
		case 'h':
			fputs(usage_text, stdout);
			return EXIT_NT_SUCCESS;
		default:
			wrong_usage();
		}
	}
	if (optind == argc)
		wrong_usage();
	status = run_command(argc - optind, argv + optind);
	if (fflush(stdout))
		die(EXIT_NO_REQUEST, "cannot write: %s", strerror(errno));
	return status;
}
