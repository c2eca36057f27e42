// SPDX-License-Identifier: GPL-2.0
/*
 * The part of the service control manager that programs use which bring their
 * driver along. A service is a file with the path of its driver, in a folder that
 * lasts until the next boot; it runs when its module is loaded.
 */
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <winsvc.h>

#include "win32.h"

#define SERVICES	"/run/ntcompat/services"
#define NAME_MAX_LENGTH	55	/* what a module's name may have */

/**
 * struct SC_HANDLE__ - the manager, or a service
 * @is_service: which
 * @name: of a service
 */
struct SC_HANDLE__ {
	bool is_service;
	char name[NAME_MAX_LENGTH + 1];
};

static const char *folder(void)
{
	const char *other = getenv("NTCOMPAT_SERVICES");

	return other ? other : SERVICES;
}

static bool record_path(const char *name, char *path, size_t size)
{
	int length = snprintf(path, size, "%s/%s", folder(), name);

	return length > 0 && (size_t)length < size;
}

/* A name is a file's and a module's. */
static bool is_name(const char *name)
{
	return name && *name && strlen(name) <= NAME_MAX_LENGTH && *name != '.' &&
	       !strpbrk(name, "/\\");
}

static SC_HANDLE handle(bool is_service, const char *name)
{
	SC_HANDLE new = calloc(1, sizeof(*new));

	if (!new) {
		SetLastError(ERROR_NOT_ENOUGH_MEMORY);
		return NULL;
	}
	new->is_service = is_service;
	strcpy(new->name, name);
	return new;
}

static SC_HANDLE refuse(DWORD error)
{
	SetLastError(error);
	return NULL;
}

/* ---- Modules ---- */

/* As the kernel calls it. */
static void module_name(const char *service, char *name)
{
	strcpy(name, service);
	for (; *name; name++)
		if (*name == '-')
			*name = '_';
}

static bool is_running(const char *service)
{
	char path[128], name[NAME_MAX_LENGTH + 1];

	module_name(service, name);
	snprintf(path, sizeof(path), "/sys/module/%s/refcnt", name);
	return !access(path, F_OK);
}

/* Returns 0 or a Win32 error. */
static DWORD modprobe(const char *name)
{
	char *const argv[] = { "modprobe", "-q", (char *)name, NULL };
	int status;
	pid_t pid;

	if (posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ))
		return ERROR_FILE_NOT_FOUND;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return ERROR_GEN_FAILURE;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : ERROR_FILE_NOT_FOUND;
}

static DWORD load_file(int fd)
{
	/* Nobody resolves this one's dependence, as modprobe does. */
	if (access("/sys/module/ntcompat", F_OK) && modprobe("ntcompat"))
		return ERROR_SERVICE_DEPENDENCY_FAIL;
	if (!syscall(SYS_finit_module, fd, "", 0))
		return 0;
	switch (errno) {
	case EEXIST:
		return ERROR_SERVICE_ALREADY_RUNNING;
	case ENOEXEC:
		return ERROR_BAD_EXE_FORMAT;
	default:
		return error_of_errno(errno);
	}
}

/* \??\C:\Drivers\x.sys is /Drivers/x.sys; an x.ko there will do as well. */
static int open_binary(char *path)
{
	char *end;
	int fd;

	if (!strncmp(path, "\\?\?\\", 4))
		path += 4;
	for (end = path; *end; end++)
		if (*end == '\\')
			*end = '/';
	if (path[0] && path[1] == ':')
		path += 2;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	end = strrchr(path, '.');
	if (fd >= 0 || !end || strcasecmp(end, ".sys"))
		return fd;
	strcpy(end, ".ko");
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* Where it was said to be, else what depmod knows by the name. */
static DWORD load(const char *service, char *path)
{
	int fd = open_binary(path);
	DWORD error;

	if (fd < 0)
		return modprobe(service);
	error = load_file(fd);
	close(fd);
	return error;
}

/* ---- The manager ---- */

EXPORT SC_HANDLE OpenSCManagerA(LPCSTR machine, LPCSTR database, DWORD access)
{
	(void)access;
	if (machine && *machine)
		return refuse(ERROR_CALL_NOT_IMPLEMENTED);
	if (database && *database && strcasecmp(database, "ServicesActive"))
		return refuse(ERROR_DATABASE_DOES_NOT_EXIST);
	return handle(false, "");
}

EXPORT BOOL CloseServiceHandle(SC_HANDLE object)
{
	if (!object)
		return fail(ERROR_INVALID_HANDLE);
	free(object);
	return TRUE;
}

static void make_folder(void)
{
	char path[PATH_MAX], *slash;

	snprintf(path, sizeof(path), "%s/", folder());
	for (slash = path; (slash = strchr(slash + 1, '/')); *slash = '/') {
		*slash = 0;
		mkdir(path, 0755);
	}
}

static DWORD write_record(const char *name, const char *binary)
{
	size_t length = strlen(binary);
	char path[PATH_MAX];
	ssize_t written;
	int fd;

	if (!record_path(name, path, sizeof(path)))
		return ERROR_INVALID_NAME;
	make_folder();
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return errno == EEXIST ? ERROR_SERVICE_EXISTS : error_of_errno(errno);
	written = write(fd, binary, length);
	close(fd);
	if (written == (ssize_t)length)
		return 0;
	unlink(path);
	return ERROR_DISK_FULL;
}

EXPORT SC_HANDLE CreateServiceA(SC_HANDLE manager, LPCSTR name, LPCSTR display_name, DWORD access,
				DWORD type, DWORD start, DWORD error_control, LPCSTR binary,
				LPCSTR group, LPDWORD tag, LPCSTR dependencies, LPCSTR account,
				LPCSTR password)
{
	DWORD error;

	(void)display_name;
	(void)access;
	(void)error_control;
	(void)group;
	(void)dependencies;
	(void)account;
	(void)password;
	if (!manager || manager->is_service)
		return refuse(ERROR_INVALID_HANDLE);
	if (!is_name(name))
		return refuse(ERROR_INVALID_NAME);
	/* Drivers only, and none that Linux would have to start at boot. */
	if (type != SERVICE_KERNEL_DRIVER || start != SERVICE_DEMAND_START || tag || !binary ||
	    strlen(binary) >= PATH_MAX)
		return refuse(ERROR_INVALID_PARAMETER);
	error = write_record(name, binary);
	return error ? refuse(error) : handle(true, name);
}

EXPORT SC_HANDLE OpenServiceA(SC_HANDLE manager, LPCSTR name, DWORD wanted)
{
	char path[PATH_MAX];

	(void)wanted;
	if (!manager || manager->is_service)
		return refuse(ERROR_INVALID_HANDLE);
	if (!is_name(name) || !record_path(name, path, sizeof(path)))
		return refuse(ERROR_INVALID_NAME);
	if (access(path, F_OK))
		return refuse(ERROR_SERVICE_DOES_NOT_EXIST);
	return handle(true, name);
}

/* ---- A service ---- */

static bool is_service(SC_HANDLE service)
{
	return (service && service->is_service) || fail(ERROR_INVALID_HANDLE);
}

EXPORT BOOL StartServiceA(SC_HANDLE service, DWORD count, LPCSTR *arguments)
{
	char path[PATH_MAX], binary[PATH_MAX];
	ssize_t length;
	DWORD error;
	int fd;

	(void)count;
	(void)arguments;	/* drivers get none on Windows either */
	if (!is_service(service))
		return FALSE;
	if (is_running(service->name))
		return fail(ERROR_SERVICE_ALREADY_RUNNING);
	if (!record_path(service->name, path, sizeof(path)))
		return fail(ERROR_INVALID_NAME);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(ERROR_SERVICE_MARKED_FOR_DELETE);
	length = read(fd, binary, sizeof(binary) - 1);
	close(fd);
	binary[length > 0 ? length : 0] = 0;
	error = load(service->name, binary);
	return !error || fail(error);
}

static void tell_status(const char *name, LPSERVICE_STATUS status)
{
	bool running = is_running(name);

	memset(status, 0, sizeof(*status));
	status->dwServiceType = SERVICE_KERNEL_DRIVER;
	status->dwCurrentState = running ? SERVICE_RUNNING : SERVICE_STOPPED;
	status->dwControlsAccepted = running ? SERVICE_ACCEPT_STOP : 0;
}

EXPORT BOOL QueryServiceStatus(SC_HANDLE service, LPSERVICE_STATUS status)
{
	if (!is_service(service))
		return FALSE;
	tell_status(service->name, status);
	return TRUE;
}

EXPORT BOOL ControlService(SC_HANDLE service, DWORD control, LPSERVICE_STATUS status)
{
	char name[NAME_MAX_LENGTH + 1];

	if (!is_service(service))
		return FALSE;
	if (control == SERVICE_CONTROL_INTERROGATE)
		return QueryServiceStatus(service, status);
	if (control != SERVICE_CONTROL_STOP)
		return fail(ERROR_INVALID_SERVICE_CONTROL);
	if (!is_running(service->name))
		return fail(ERROR_SERVICE_NOT_ACTIVE);
	module_name(service->name, name);
	/* Windows unloads it when the last file is closed; Linux refuses while it is in use. */
	if (syscall(SYS_delete_module, name, O_NONBLOCK))
		return fail(errno == EAGAIN || errno == EBUSY ?
			    ERROR_SERVICE_CANNOT_ACCEPT_CTRL : error_of_errno(errno));
	tell_status(service->name, status);
	return TRUE;
}

EXPORT BOOL DeleteService(SC_HANDLE service)
{
	char path[PATH_MAX];

	if (!is_service(service))
		return FALSE;
	if (!record_path(service->name, path, sizeof(path)))
		return fail(ERROR_INVALID_NAME);
	if (!unlink(path))
		return TRUE;
	return errno == ENOENT ? fail(ERROR_SERVICE_MARKED_FOR_DELETE) : fail_errno();
}
