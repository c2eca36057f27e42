/* SPDX-License-Identifier: GPL-2.0 */
/* Windows Management Instrumentation, as drivers register with it. */
#ifndef _NT_WMI_H
#define _NT_WMI_H

#include "ob.h"

#define WMIREG_ACTION_REGISTER		1
#define WMIREG_ACTION_DEREGISTER	2
#define WMIREG_ACTION_REREGISTER	3
#define WMIREG_ACTION_UPDATE_GUIDS	4

/* Parameters.WMI.DataPath of IRP_MN_REGINFO. */
#define WMIREGISTER			0
#define WMIUPDATE			1

#define WMIGUID_QUERY			0x0001
#define WMIGUID_SET			0x0002
#define WMIGUID_NOTIFICATION		0x0004
#define WMIGUID_EXECUTE			0x0010

EXTERN_C_START

NTSTATUS IoWMIRegistrationControl(PDEVICE_OBJECT DeviceObject, ULONG Action);
NTSTATUS IoWMIWriteEvent(PVOID WnodeEventItem);
ULONG IoWMIDeviceObjectToProviderId(PDEVICE_OBJECT DeviceObject);
NTSTATUS IoWMIOpenBlock(LPCGUID DataBlockGuid, ULONG DesiredAccess, PVOID *DataBlockObject);
NTSTATUS IoWMIQueryAllData(PVOID DataBlockObject, PULONG InOutBufferSize, PVOID OutBuffer);

EXTERN_C_END

#endif /* _NT_WMI_H */
