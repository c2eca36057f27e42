// SPDX-License-Identifier: GPL-2.0
/* Passing power IRPs on, and noting states. */
#include "../nt.h"
#include "../io/device.h"

/**
 * PoCallDriver - send a power IRP to the next driver
 * @DeviceObject: the device below
 * @Irp: the IRP
 *
 * IRQL: <= DISPATCH_LEVEL. Since Windows Vista the same as IoCallDriver().
 */
NTSTATUS PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	return IofCallDriver(DeviceObject, Irp);
}
EXPORT_SYMBOL(PoCallDriver);

/**
 * PoStartNextPowerIrp - ready for the next power IRP
 * @Irp: the present one
 *
 * IRQL: <= DISPATCH_LEVEL. Since Windows Vista there is nothing to do: a device
 * gets its next power IRP when the present one is completed.
 */
void PoStartNextPowerIrp(PIRP Irp)
{
}
EXPORT_SYMBOL(PoStartNextPowerIrp);

/**
 * PoSetPowerState - note a device's power state
 * @DeviceObject: the driver's device
 * @Type: SystemPowerState or DevicePowerState
 * @State: the new state
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the previous state.
 */
POWER_STATE PoSetPowerState(PDEVICE_OBJECT DeviceObject, POWER_STATE_TYPE Type, POWER_STATE State)
{
	POWER_STATE *noted = &nt_device(DeviceObject)->power[Type];
	POWER_STATE previous = *noted;

	*noted = State;
	return previous;
}
EXPORT_SYMBOL(PoSetPowerState);
