// SPDX-License-Identifier: GPL-2.0
/* ntctl info: what a device says of itself as a file. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "nt_status.h"
#include "ntctl.h"

/* FILE_INFORMATION_CLASS */
enum { STANDARD = 5, POSITION = 14, ALIGNMENT = 17 };

struct standard {
	int64_t allocation;
	int64_t end;
	uint32_t links;
	uint8_t delete_pending;
	uint8_t directory;
};

/* Returns the status. */
static uint32_t query(int fd, const char *device, uint32_t class, void *buffer, uint32_t length)
{
	struct ntcompat_info info = {
		.info_class = class,
		.length = length,
		.buffer = (uintptr_t)buffer,
		.status = NTCOMPAT_STATUS_NONE,
	};

	if (ioctl(fd, NTCOMPAT_IOC_QUERY_INFORMATION, &info) && info.status == NTCOMPAT_STATUS_NONE)
		die("%s: no request was made: %s", device, strerror(errno));
	return info.status;
}

static const char *yes_no(bool value)
{
	return value ? "yes" : "no";
}

int do_info(int argc, char **argv)
{
	struct standard standard = { };
	uint32_t status, alignment = 0;
	int64_t position = 0;
	int fd;

	if (argc != 2 || *argv[1] == '-')
		die("usage: ntctl info DEV");
	fd = nt_open(argv[1]);
	if (fd < 0)
		die("cannot open %s: %s", argv[1], strerror(errno));
	status = query(fd, argv[1], STANDARD, &standard, sizeof(standard));
	printf("status: %s\n", nt_status_text(status));
	if (nt_success(status)) {
		printf("end of file: %" PRId64 "\n", standard.end);
		printf("allocation: %" PRId64 "\n", standard.allocation);
		printf("links: %" PRIu32 "\n", standard.links);
		printf("delete pending: %s\n", yes_no(standard.delete_pending));
		printf("directory: %s\n", yes_no(standard.directory));
	}
	/* The I/O manager's own: these cannot fail for the driver's sake. */
	if (nt_success(query(fd, argv[1], POSITION, &position, sizeof(position))))
		printf("position: %" PRId64 "\n", position);
	if (nt_success(query(fd, argv[1], ALIGNMENT, &alignment, sizeof(alignment))))
		printf("alignment: %" PRIu32 "\n", alignment + 1);
	close(fd);
	if (fflush(stdout))
		die("cannot write: %s", strerror(errno));
	return nt_success(status) ? EXIT_NT_SUCCESS : EXIT_NT_FAILURE;
}
