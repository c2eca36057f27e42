// SPDX-License-Identifier: GPL-2.0
/*
 * A program for Windows that brings its driver along: installs it as a service, starts,
 * uses, stops and removes it. Prints TAP.
 */
#include <windows.h>
#include <stdio.h>

#define NAME	"iotest"

static int count, failures;

static void check(int ok, const char *what)
{
	DWORD error = GetLastError();

	if (!ok) {
		printf("# last error %lu\n", (unsigned long)error);
		failures++;
	}
	printf("%s %d %s\n", ok ? "ok" : "not ok", ++count, what);
}

static SC_HANDLE create(SC_HANDLE manager, const char *name)
{
	return CreateServiceA(manager, name, name, SERVICE_ALL_ACCESS, SERVICE_KERNEL_DRIVER,
			      SERVICE_DEMAND_START, SERVICE_ERROR_NORMAL,
			      "C:\\NoSuchFolder\\" NAME ".sys", NULL, NULL, NULL, NULL, NULL);
}

static HANDLE open_device(void)
{
	return CreateFileA("\\\\.\\IOTEST", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
}

static DWORD state(SC_HANDLE service)
{
	SERVICE_STATUS status;

	return QueryServiceStatus(service, &status) ? status.dwCurrentState : 0;
}

static void use(SC_HANDLE service)
{
	SERVICE_STATUS status;
	HANDLE device;

	check(state(service) == SERVICE_STOPPED, "it does not run yet");
	check(!ControlService(service, SERVICE_CONTROL_STOP, &status) &&
	      GetLastError() == ERROR_SERVICE_NOT_ACTIVE, "nor can it be stopped");
	check(open_device() == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_NOT_FOUND,
	      "there is no device");
	check(StartServiceA(service, 0, NULL), "StartService");
	check(state(service) == SERVICE_RUNNING, "it runs");
	check(!StartServiceA(service, 0, NULL) && GetLastError() == ERROR_SERVICE_ALREADY_RUNNING,
	      "it runs once");
	device = open_device();
	check(device != INVALID_HANDLE_VALUE, "there is a device");
	CloseHandle(device);
	check(ControlService(service, SERVICE_CONTROL_STOP, &status) &&
	      status.dwCurrentState == SERVICE_STOPPED, "ControlService stops it");
	check(open_device() == INVALID_HANDLE_VALUE, "and the device is gone");
}

int main(void)
{
	SC_HANDLE manager, service;

	puts("TAP version 13");
	manager = OpenSCManagerA(NULL, NULL, SC_MANAGER_ALL_ACCESS);
	check(manager != NULL, "OpenSCManager");
	check(!OpenServiceA(manager, NAME, SERVICE_ALL_ACCESS) &&
	      GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST, "OpenService of none");
	check(!create(manager, "a\\b") && GetLastError() == ERROR_INVALID_NAME, "a bad name");
	service = create(manager, NAME);
	check(service != NULL, "CreateService");
	CloseServiceHandle(service);
	check(!create(manager, NAME) && GetLastError() == ERROR_SERVICE_EXISTS, "it exists once");
	service = OpenServiceA(manager, NAME, SERVICE_ALL_ACCESS);
	check(service != NULL, "OpenService");
	use(service);
	check(DeleteService(service), "DeleteService");
	check(CloseServiceHandle(service), "CloseServiceHandle");
	check(!OpenServiceA(manager, NAME, SERVICE_ALL_ACCESS) &&
	      GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST, "it is gone");
	service = create(manager, "no_such_driver");
	check(service && !StartServiceA(service, 0, NULL) && GetLastError() == ERROR_FILE_NOT_FOUND,
	      "a service without a driver does not start");
	check(DeleteService(service), "and can be deleted");
	CloseServiceHandle(service);
	CloseServiceHandle(manager);
	check(!CloseServiceHandle(NULL) && GetLastError() == ERROR_INVALID_HANDLE, "no handle");
	printf("1..%d\n", count);
	return failures != 0;
}
