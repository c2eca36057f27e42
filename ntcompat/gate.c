// SPDX-License-Identifier: GPL-2.0
/* What the gate does when it is asked to check, and its tracepoints' bodies. */
#define CREATE_TRACE_POINTS
#include "gate.h"
#include <linux/moduleparam.h>

DEFINE_STATIC_KEY_FALSE(nt_gate_checks);

void nt_gate_complain(const char *kind, const void *routine, unsigned int before)
{
	unsigned int now = nt_gate_context();

	WARN(1, "%s routine %ps returned with preempt count %x (was %x), interrupts %s (were %s)\n",
	     kind, routine, now >> 1, before >> 1, now & 1 ? "off" : "on",
	     before & 1 ? "off" : "on");
}

NTSTATUS nt_call_dispatch_watched(PDRIVER_DISPATCH routine, PDEVICE_OBJECT device, PIRP irp)
{
	NTSTATUS status;

	trace_nt_irp_dispatch(device, irp);
	status = NT_GATE_VALUE("Dispatch", NTSTATUS, routine(device, irp));
	trace_nt_irp_dispatched(irp, status);
	return status;
}

static int set_gate_checks(const char *val, const struct kernel_param *kp)
{
	bool on;
	int error = kstrtobool(val, &on);

	if (error)
		return error;
	if (on)
		static_branch_enable(&nt_gate_checks);
	else
		static_branch_disable(&nt_gate_checks);
	return 0;
}

static int get_gate_checks(char *buffer, const struct kernel_param *kp)
{
	return sysfs_emit(buffer, "%d\n", static_key_enabled(&nt_gate_checks));
}

static const struct kernel_param_ops gate_checks_ops = {
	.set = set_gate_checks,
	.get = get_gate_checks,
};
module_param_cb(gate_checks, &gate_checks_ops, NULL, 0644);
MODULE_PARM_DESC(gate_checks, "check that driver routines return at the IRQL they were called at");
