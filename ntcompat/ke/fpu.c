// SPDX-License-Identifier: GPL-2.0
/*
 * The floating-point and vector registers. Linux lends them to the kernel for a while in
 * which no other thread may run on the processor; a driver that has them must not wait.
 */
#include "../nt.h"
#include <asm/fpu/api.h>

/**
 * KeSaveFloatingPointState - use floating-point registers from here on
 * @FloatSave: storage, in which nothing is kept here
 *
 * IRQL: <= DISPATCH_LEVEL, and DISPATCH_LEVEL until KeRestoreFloatingPointState(): on
 * Windows it stays as it is. Returns STATUS_SUCCESS, or STATUS_ILLEGAL_FLOAT_CONTEXT when the
 * registers are in use by who was interrupted, or the caller has them already.
 */
NTSTATUS KeSaveFloatingPointState(PKFLOATING_SAVE FloatSave)
{
	if (!irq_fpu_usable())
		return STATUS_ILLEGAL_FLOAT_CONTEXT;
	kernel_fpu_begin();
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(KeSaveFloatingPointState);

/**
 * KeRestoreFloatingPointState - the end of that
 * @FloatSave: of KeSaveFloatingPointState()
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS.
 */
NTSTATUS KeRestoreFloatingPointState(PKFLOATING_SAVE FloatSave)
{
	kernel_fpu_end();
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(KeRestoreFloatingPointState);
