// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "nt_device.h"
#include "nt_status.h"

#define NODES "/dev/nt/"

/*
 * The access that a control code asks for is checked against how the node was
 * opened, so open for reading and writing where that is allowed.
 */
static int open_path(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);

	if (fd < 0 && (errno == EACCES || errno == EROFS))
		fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd;
}

int nt_open(const char *device)
{
	char path[4096];
	int length;

	if (strchr(device, '/'))
		return open_path(device);
	length = snprintf(path, sizeof(path), NODES "%s", device);
	if (length < 0 || (size_t)length >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return open_path(path);
}

int nt_ioctl(int fd, struct ntcompat_ioctl *request)
{
	request->status = NTCOMPAT_STATUS_NONE;
	if (!ioctl(fd, NTCOMPAT_IOC_DEVICE_CONTROL, request))
		return 0;
	return request->status == NTCOMPAT_STATUS_NONE ? errno : 0;
}

const char *nt_status_text(uint32_t status)
{
	static char text[80];
	const char *name = nt_status_name(status);

	snprintf(text, sizeof(text), "%s (0x%08x)", name ? name : "NTSTATUS",
		 status);
	return text;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_separator(char c)
{
	return c == ' ' || c == ':' || c == '\n';
}

unsigned char *nt_parse_hex(const char *text, size_t *length)
{
	unsigned char *bytes = malloc(strlen(text) / 2 + 1);
	int high, low;

	if (!bytes)
		return NULL;
	*length = 0;
	while (*text) {
		if (is_separator(*text)) {
			text++;
			continue;
		}
		high = hex_digit(text[0]);
		low = high < 0 ? -1 : hex_digit(text[1]);
		if (low < 0) {
			free(bytes);
			errno = EINVAL;
			return NULL;
		}
		bytes[(*length)++] = high << 4 | low;
		text += 2;
	}
	return bytes;
}

static unsigned char *read_all(int fd, size_t *length)
{
	size_t room = 4096;
	unsigned char *bytes = malloc(room), *more;
	ssize_t got;

	*length = 0;
	while (bytes) {
		got = read(fd, bytes + *length, room - *length);
		if (got == 0)
			return bytes;
		if (got < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		*length += got;
		if (*length < room)
			continue;
		more = realloc(bytes, room * 2);
		if (!more)
			break;
		bytes = more;
		room *= 2;
	}
	free(bytes);
	return NULL;
}

unsigned char *nt_read_file(const char *path, size_t *length)
{
	bool is_stdin = !strcmp(path, "-");
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	unsigned char *bytes;
	int saved;

	if (fd < 0)
		return NULL;
	bytes = read_all(fd, length);
	saved = errno;
	if (!is_stdin)
		close(fd);
	errno = saved;
	return bytes;
}
