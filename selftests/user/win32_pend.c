// SPDX-License-Identifier: GPL-2.0
/*
 * Has two overlapped requests pending until it is killed, for those who look at
 * them from outside.
 */
#include <windows.h>
#include <winioctl.h>
#include <stdio.h>

#include "eduioctl.h"

int main(void)
{
	HANDLE device = CreateFile(TEXT("\\\\.\\EDU0"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
				   OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);
	OVERLAPPED ov[2] = { { 0 }, { 0 } };
	ULONG value[2];
	int i;

	for (i = 0; i < 2; i++)
		if (DeviceIoControl(device, IOCTL_EDU_WAIT, NULL, 0, &value[i], sizeof(value[i]),
				    NULL, &ov[i]) || GetLastError() != ERROR_IO_PENDING)
			return 1;
	puts("pending");
	fflush(stdout);
	Sleep(INFINITE);
	return 0;
}
