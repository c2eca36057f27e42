/* SPDX-License-Identifier: GPL-2.0 */
/* The power manager's routines. Their documentation stands at their definitions in po/. */
#ifndef _NT_PO_H
#define _NT_PO_H

#include "io_types.h"

EXTERN_C_START

typedef VOID REQUEST_POWER_COMPLETE(struct _DEVICE_OBJECT *DeviceObject, UCHAR MinorFunction,
				    POWER_STATE PowerState, PVOID Context,
				    struct _IO_STATUS_BLOCK *IoStatus);
typedef REQUEST_POWER_COMPLETE	*PREQUEST_POWER_COMPLETE;

NTSTATUS PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
VOID PoStartNextPowerIrp(PIRP Irp);
POWER_STATE PoSetPowerState(PDEVICE_OBJECT DeviceObject, POWER_STATE_TYPE Type, POWER_STATE State);
NTSTATUS PoRequestPowerIrp(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
			   PREQUEST_POWER_COMPLETE CompletionFunction, PVOID Context, PIRP *Irp);

EXTERN_C_END

#endif /* _NT_PO_H */
