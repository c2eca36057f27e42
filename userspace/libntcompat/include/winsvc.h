/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The service control manager, as far as a program needs it that installs, starts,
 * stops and removes its driver. Needs root, and names in char.
 */
#ifndef _WINSVC_
#define _WINSVC_

#include <windef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct SC_HANDLE__ *SC_HANDLE;

#define SC_MANAGER_CONNECT		0x0001
#define SC_MANAGER_CREATE_SERVICE	0x0002
#define SC_MANAGER_ALL_ACCESS		0x000f003f
#define SERVICE_ALL_ACCESS		0x000f01ff
#define SERVICE_QUERY_STATUS		0x0004
#define SERVICE_START			0x0010
#define SERVICE_STOP			0x0020

#define SERVICE_KERNEL_DRIVER		0x00000001
#define SERVICE_DEMAND_START		0x00000003
#define SERVICE_ERROR_IGNORE		0x00000000
#define SERVICE_ERROR_NORMAL		0x00000001

#define SERVICE_CONTROL_STOP		0x00000001
#define SERVICE_CONTROL_INTERROGATE	0x00000004
#define SERVICE_ACCEPT_STOP		0x00000001
#define SERVICE_STOPPED			0x00000001
#define SERVICE_RUNNING			0x00000004

typedef struct _SERVICE_STATUS {
	DWORD dwServiceType;
	DWORD dwCurrentState;
	DWORD dwControlsAccepted;
	DWORD dwWin32ExitCode;
	DWORD dwServiceSpecificExitCode;
	DWORD dwCheckPoint;
	DWORD dwWaitHint;
} SERVICE_STATUS, *LPSERVICE_STATUS;

SC_HANDLE OpenSCManagerA(LPCSTR machine, LPCSTR database, DWORD access);

/*
 * A driver that is started on demand. The binary is its module's file (x.ko where it
 * says x.sys and there is no such file), else modprobe finds it by the service's name.
 */
SC_HANDLE CreateServiceA(SC_HANDLE manager, LPCSTR name, LPCSTR display_name, DWORD access,
			 DWORD type, DWORD start, DWORD error_control, LPCSTR binary,
			 LPCSTR group, LPDWORD tag, LPCSTR dependencies, LPCSTR account,
			 LPCSTR password);
SC_HANDLE OpenServiceA(SC_HANDLE manager, LPCSTR name, DWORD access);
BOOL StartServiceA(SC_HANDLE service, DWORD count, LPCSTR *arguments);

/* A driver that is in use is not stopped later, as on Windows, but refuses. */
BOOL ControlService(SC_HANDLE service, DWORD control, LPSERVICE_STATUS status);
BOOL QueryServiceStatus(SC_HANDLE service, LPSERVICE_STATUS status);
BOOL DeleteService(SC_HANDLE service);
BOOL CloseServiceHandle(SC_HANDLE object);

#ifndef UNICODE
#define OpenSCManager	OpenSCManagerA
#define CreateService	CreateServiceA
#define OpenService	OpenServiceA
#define StartService	StartServiceA
#endif

#ifdef __cplusplus
}
#endif

#endif /* _WINSVC_ */
