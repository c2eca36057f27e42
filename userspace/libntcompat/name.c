// SPDX-License-Identifier: GPL-2.0
/*
 * Names: what CreateFile's argument is on Linux.
 *
 *	\\.\NAME			/dev/nt/NAME
 *	\\.\NAME\rest			\rest behind /dev/nt/NAME: NTCOMPAT_IOC_OPEN
 *	\\?\INSTANCE#{GUID}[\REF]	/dev/nt/by-interface/{guid}/INSTANCE[#REF]
 *	folder\file			folder/file, if it is there, else a file of that name
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "win32.h"

#define NODES		"/dev/nt/"
#define GUID_LENGTH	38	/* {8-4-4-4-12} */

bool name_is_device(const char *name)
{
	return !strncmp(name, "\\\\.\\", 4) || !strncmp(name, "\\\\?\\", 4);
}

/* Names of NT have no case; those of nodes do: take the node that fits. */
static void find_case(char *path)
{
	char *name = strrchr(path, '/') + 1;
	char folder[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	snprintf(folder, sizeof(folder), "%.*s", (int)(name - path), path);
	dir = opendir(folder);
	if (!dir)
		return;
	while ((entry = readdir(dir)))
		if (!strcasecmp(entry->d_name, name))
			strcpy(name, entry->d_name);
	closedir(dir);
}

static void to_slashes(char *path)
{
	for (; *path; path++)
		if (*path == '\\')
			*path = '/';
}

/* "INSTANCE#{GUID}" or "INSTANCE#{GUID}\REF": where the GUID begins, or NULL. */
static const char *guid_of(const char *name)
{
	const char *guid = strstr(name, "#{"), *next;

	while (guid && (next = strstr(guid + 1, "#{")) && !strchr(guid, '\\'))
		guid = next;
	if (!guid || strlen(guid + 1) < GUID_LENGTH || guid[GUID_LENGTH] != '}' ||
	    (guid[GUID_LENGTH + 1] && guid[GUID_LENGTH + 1] != '\\'))
		return NULL;
	return guid + 1;
}

static bool interface_path(const char *name, const char *guid, char *path, size_t size)
{
	const char *reference = guid + GUID_LENGTH;
	int length = snprintf(path, size, NODES "by-interface/%.*s/%.*s%s%s", GUID_LENGTH, guid,
			      (int)(guid - 1 - name), name, *reference ? "#" : "",
			      *reference ? reference + 1 : "");
	char *c;

	if (length < 0 || (size_t)length >= size)
		return false;
	for (c = strchr(path, '{'); *c != '}'; c++)
		*c = tolower((unsigned char)*c);
	return true;
}

/* ---- Names behind a node ---- */

/* UTF-8 to UTF-16; returns the units, or -1. */
static int widen(const char *text, uint16_t *units, int room)
{
	const unsigned char *c = (const unsigned char *)text;
	uint32_t code;
	int n = 0, more;

	while (*c) {
		more = *c < 0x80 ? 0 : *c < 0xc2 ? -1 : *c < 0xe0 ? 1 : *c < 0xf0 ? 2 : *c < 0xf5 ? 3 : -1;
		if (more < 0 || n + 2 > room)
			return -1;
		code = more ? *c & (0x3f >> more) : *c;
		for (c++; more; more--, c++) {
			if ((*c & 0xc0) != 0x80)
				return -1;
			code = code << 6 | (*c & 0x3f);
		}
		if (code > 0xffff) {
			units[n++] = 0xd7c0 + (code >> 10);
			code = 0xdc00 | (code & 0x3ff);
		}
		units[n++] = code;
	}
	return n;
}

static int open_behind(int base, const char *rest, int flags)
{
	uint16_t units[NTCOMPAT_OPEN_NAME_MAX / sizeof(uint16_t)];
	struct ntcompat_open request = {
		.name = (uintptr_t)units,
		.flags = flags & (O_ACCMODE | O_CLOEXEC),
	};
	int count = widen(rest, units, sizeof(units) / sizeof(*units));

	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	request.name_len = count * sizeof(*units);
	return ioctl(base, NTCOMPAT_IOC_OPEN, &request);
}

/*
 * The node itself may allow less than what the driver does with names behind it:
 * whether that matters is for the kernel to say.
 */
static int open_base(const char *path, int flags)
{
	int fd = open(path, flags);

	if (fd < 0 && errno == EACCES)
		fd = open(path, (flags & ~O_ACCMODE) | O_RDONLY);
	return fd;
}

static bool is_node(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISCHR(st.st_mode);
}

/*
 * @path has no node; is there one for a beginning of it? The shortest one, as a
 * node is no folder. @rest is what follows it in the program's words.
 */
static int open_beginning(char *path, const char *rest, int flags)
{
	int base, fd, error;
	char *slash;

	for (slash = path + strlen(NODES); (slash = strchr(slash, '/')); slash++) {
		*slash = 0;
		if (!is_node(path))
			find_case(path);
		if (is_node(path)) {
			base = open_base(path, flags);
			if (base < 0)
				return -1;
			fd = open_behind(base, rest + (slash - path), flags);
			error = errno;
			close(base);
			errno = error;
			return fd;
		}
		*slash = '/';
	}
	errno = ENOENT;
	return -1;
}

static int open_named(const char *name, int flags)
{
	char path[PATH_MAX], rest[PATH_MAX];
	int length = snprintf(rest, sizeof(rest), NODES "%s", name);

	if (!*name || length < 0 || (size_t)length >= sizeof(rest)) {
		errno = EINVAL;
		return -1;
	}
	strcpy(path, rest);
	to_slashes(path);
	if (access(path, F_OK))
		find_case(path);
	if (!access(path, F_OK))
		return open(path, flags);
	/* find_case() keeps all lengths, so a place in one is the same in the other. */
	return open_beginning(path, rest, flags);
}

static int open_interface(const char *name, const char *guid, int flags)
{
	char path[PATH_MAX];

	if (!interface_path(name, guid, path, sizeof(path))) {
		errno = EINVAL;
		return -1;
	}
	if (access(path, F_OK))
		find_case(path);
	return open(path, flags);
}

/*
 * Opens what a program calls \\.\… or \\?\…. Returns a descriptor, or -1 and errno;
 * EINVAL is a name that cannot be.
 */
int name_open_device(const char *name, int flags)
{
	const char *guid = guid_of(name + 4);

	if (guid)
		return open_interface(name + 4, guid, flags);
	return open_named(name + 4, flags);
}

/* Opens any other file. A name with backslashes may be Linux's own, for a new file, too. */
int name_open_file(const char *name, int flags)
{
	char path[PATH_MAX];

	if (strchr(name, '\\') && strlen(name) < sizeof(path) && access(name, F_OK)) {
		strcpy(path, name);
		to_slashes(path);
		if (!access(path, F_OK))
			name = path;
	}
	return open(name, flags, 0666);
}
