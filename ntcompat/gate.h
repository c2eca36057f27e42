/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The gate: every call from us into a driver routine passes here, one function
 * per kind of routine. Tracing and checks hang here and nowhere else; both are
 * static branches when off.
 *
 * The check that is always worth its price is made when it is switched on
 * (module parameter gate_checks): a routine must return at the IRQL that it was
 * called at and with as many locks held, or the next victim is hard to find.
 */
#ifndef _NTCOMPAT_GATE_H
#define _NTCOMPAT_GATE_H

#include "nt.h"
#include "ke/irql.h"
#include "include/nt/wmilib.h"
#include "trace.h"
#include <linux/jump_label.h>

DECLARE_STATIC_KEY_FALSE(nt_gate_checks);

/* Where the caller stands, in one word: preempt count and interrupts off. */
static __always_inline unsigned int nt_gate_context(void)
{
	return preempt_count() << 1 | irqs_disabled();
}

void nt_gate_complain(const char *kind, const void *routine, unsigned int before);

static __always_inline void nt_gate_leave(const char *kind, const void *routine,
					  unsigned int before)
{
	if (before != nt_gate_context())
		nt_gate_complain(kind, routine, before);
}

/* The call twice, so that nothing is kept for checks that are off. */
#define NT_GATE_VALUE(kind, type, call)					\
({									\
	type __value;							\
									\
	if (static_branch_unlikely(&nt_gate_checks)) {			\
		unsigned int __before = nt_gate_context();		\
									\
		__value = call;						\
		nt_gate_leave(kind, routine, __before);			\
	} else {							\
		__value = call;						\
	}								\
	__value;							\
})

#define NT_GATE_VOID(kind, call) do {					\
	if (static_branch_unlikely(&nt_gate_checks)) {			\
		unsigned int __before = nt_gate_context();		\
									\
		call;							\
		nt_gate_leave(kind, routine, __before);			\
	} else {							\
		call;							\
	}								\
} while (0)

static inline NTSTATUS nt_call_driver_entry(PDRIVER_INITIALIZE routine, PDRIVER_OBJECT driver,
					    PUNICODE_STRING path)
{
	return NT_GATE_VALUE("DriverEntry", NTSTATUS, routine(driver, path));
}

static inline NTSTATUS nt_call_add_device(PDRIVER_ADD_DEVICE routine, PDRIVER_OBJECT driver,
					  PDEVICE_OBJECT pdo)
{
	return NT_GATE_VALUE("AddDevice", NTSTATUS, routine(driver, pdo));
}

static inline void nt_call_unload(PDRIVER_UNLOAD routine, PDRIVER_OBJECT driver)
{
	NT_GATE_VOID("Unload", routine(driver));
}

NTSTATUS nt_call_dispatch_watched(PDRIVER_DISPATCH routine, PDEVICE_OBJECT device, PIRP irp);

/*
 * On the path of every request: unless somebody watches, nothing is left to do after
 * the call, so that it may be the caller's last jump.
 */
static __always_inline NTSTATUS nt_call_dispatch(PDRIVER_DISPATCH routine, PDEVICE_OBJECT device,
						 PIRP irp)
{
	if (trace_nt_irp_dispatch_enabled() || trace_nt_irp_dispatched_enabled() ||
	    static_branch_unlikely(&nt_gate_checks))
		return nt_call_dispatch_watched(routine, device, irp);
	return routine(device, irp);
}

static __always_inline NTSTATUS nt_call_completion(PIO_COMPLETION_ROUTINE routine,
						   PDEVICE_OBJECT device, PIRP irp, void *context)
{
	return NT_GATE_VALUE("IoCompletion", NTSTATUS, routine(device, irp, context));
}

static __always_inline void nt_call_start_io(PDRIVER_STARTIO routine, PDEVICE_OBJECT device,
					     PIRP irp)
{
	trace_nt_start_io(device, irp);
	NT_GATE_VOID("StartIo", routine(device, irp));
}

/* Entered with the cancel spin lock held, which the routine releases. */
static inline void nt_call_cancel(PDRIVER_CANCEL routine, PDEVICE_OBJECT device, PIRP irp)
{
	trace_nt_irp_cancel(device, irp);
	routine(device, irp);
}

static __always_inline BOOLEAN nt_call_isr(PKSERVICE_ROUTINE routine, PKINTERRUPT interrupt,
					   void *context)
{
	BOOLEAN ours = NT_GATE_VALUE("ISR", BOOLEAN, routine(interrupt, context));

	trace_nt_isr(interrupt, ours);
	return ours;
}

static inline BOOLEAN nt_call_message_isr(PKMESSAGE_SERVICE_ROUTINE routine, PKINTERRUPT interrupt,
					  void *context, ULONG message)
{
	BOOLEAN ours = NT_GATE_VALUE("InterruptMessageService", BOOLEAN,
				     routine(interrupt, context, message));

	trace_nt_isr(interrupt, ours);
	return ours;
}

static __always_inline BOOLEAN nt_call_synchronize(PKSYNCHRONIZE_ROUTINE routine, void *context)
{
	return NT_GATE_VALUE("SynchCritSection", BOOLEAN, routine(context));
}

static __always_inline void nt_call_dpc(PKDEFERRED_ROUTINE routine, PKDPC dpc, void *context,
			       void *arg1, void *arg2)
{
	trace_nt_dpc(dpc, routine);
	NT_GATE_VOID("DPC", routine(dpc, context, arg1, arg2));
}

static inline void nt_call_worker(PWORKER_THREAD_ROUTINE routine, void *context)
{
	NT_GATE_VOID("Worker", routine(context));
}

static inline void nt_call_work_item(PIO_WORKITEM_ROUTINE routine, PDEVICE_OBJECT device,
				     void *context)
{
	NT_GATE_VOID("WorkItem", routine(device, context));
}

static inline void nt_call_work_item_ex(PIO_WORKITEM_ROUTINE_EX routine, void *object,
					void *context, PIO_WORKITEM item)
{
	NT_GATE_VOID("WorkItemEx", routine(object, context, item));
}

static inline void nt_call_callback(PCALLBACK_FUNCTION routine, void *context, void *arg1,
				    void *arg2)
{
	NT_GATE_VOID("Callback", routine(context, arg1, arg2));
}

static inline void nt_call_lookaside_free(PFREE_FUNCTION routine, void *block)
{
	NT_GATE_VOID("LookasideFree", routine(block));
}

static inline void nt_call_lookaside_free_ex(PFREE_FUNCTION_EX routine, void *block,
					     PLOOKASIDE_LIST_EX list)
{
	NT_GATE_VOID("LookasideFree", routine(block, list));
}

static inline void nt_call_reinitialize(PDRIVER_REINITIALIZE routine, PDRIVER_OBJECT driver,
					void *context, ULONG count)
{
	NT_GATE_VOID("Reinitialize", routine(driver, context, count));
}

static inline IO_ALLOCATION_ACTION nt_call_controller_control(PDRIVER_CONTROL routine,
							      PDEVICE_OBJECT device, PIRP irp,
							      void *reserved, void *context)
{
	return NT_GATE_VALUE("ControllerControl", IO_ALLOCATION_ACTION,
			     routine(device, irp, reserved, context));
}

static inline void nt_call_power_complete(PREQUEST_POWER_COMPLETE routine, PDEVICE_OBJECT device,
					  UCHAR minor, POWER_STATE state, void *context,
					  PIO_STATUS_BLOCK status)
{
	NT_GATE_VOID("PowerCompletion", routine(device, minor, state, context, status));
}

static inline NTSTATUS nt_call_power_setting(PPOWER_SETTING_CALLBACK routine, LPCGUID setting,
					     void *value, ULONG length, void *context)
{
	return NT_GATE_VALUE("PowerSettingCallback", NTSTATUS,
			     routine(setting, value, length, context));
}

static inline NTSTATUS nt_call_notification(PDRIVER_NOTIFICATION_CALLBACK_ROUTINE routine,
					    void *notification, void *context)
{
	return NT_GATE_VALUE("NotificationCallback", NTSTATUS, routine(notification, context));
}

static inline void nt_call_change_complete(PDEVICE_CHANGE_COMPLETE_CALLBACK routine, void *context)
{
	NT_GATE_VOID("DeviceChangeComplete", routine(context));
}

static inline void nt_call_io_timer(PIO_TIMER_ROUTINE routine, PDEVICE_OBJECT device, void *context)
{
	NT_GATE_VOID("IoTimer", routine(device, context));
}

static __always_inline IO_ALLOCATION_ACTION nt_call_adapter_control(PDRIVER_CONTROL routine,
							   PDEVICE_OBJECT device, PIRP irp,
							   void *map_registers, void *context)
{
	return NT_GATE_VALUE("AdapterControl", IO_ALLOCATION_ACTION,
			     routine(device, irp, map_registers, context));
}

static inline void nt_call_list_control(PDRIVER_LIST_CONTROL routine, PDEVICE_OBJECT device,
					PIRP irp, PSCATTER_GATHER_LIST list, void *context)
{
	NT_GATE_VOID("AdapterListControl", routine(device, irp, list, context));
}

static inline ULONG_PTR nt_call_broadcast(PKIPI_BROADCAST_WORKER routine, ULONG_PTR context)
{
	return NT_GATE_VALUE("IpiGenericCall", ULONG_PTR, routine(context));
}

static inline void nt_call_ex_timer(PEXT_CALLBACK routine, PEX_TIMER timer, void *context)
{
	NT_GATE_VOID("ExTimerCallback", routine(timer, context));
}

static inline void nt_call_ex_timer_deleted(PEXT_DELETE_CALLBACK routine, void *context)
{
	NT_GATE_VOID("ExTimerDeleteCallback", routine(context));
}

static inline void nt_call_bugcheck(PKBUGCHECK_CALLBACK_ROUTINE routine, void *buffer, ULONG length)
{
	NT_GATE_VOID("BugCheckCallback", routine(buffer, length));
}

static inline void nt_call_bugcheck_reason(PKBUGCHECK_REASON_CALLBACK_ROUTINE routine,
					   KBUGCHECK_CALLBACK_REASON reason,
					   PKBUGCHECK_REASON_CALLBACK_RECORD record, void *data,
					   ULONG length)
{
	NT_GATE_VOID("BugCheckReasonCallback", routine(reason, record, data, length));
}

/* It may never return: PsTerminateSystemThread(). */
static inline void nt_call_thread(PKSTART_ROUTINE routine, void *context)
{
	NT_GATE_VOID("Thread", routine(context));
}

static inline NTSTATUS nt_call_query_routine(PRTL_QUERY_REGISTRY_ROUTINE routine, PWSTR name,
					     ULONG type, void *data, ULONG length, void *context,
					     void *entry_context)
{
	return NT_GATE_VALUE("QueryRoutine", NTSTATUS,
			     routine(name, type, data, length, context, entry_context));
}

static inline NTSTATUS nt_call_config_callback(PIO_QUERY_DEVICE_ROUTINE routine, void *context,
		PUNICODE_STRING path, INTERFACE_TYPE bus_type, ULONG bus,
		PKEY_VALUE_FULL_INFORMATION *bus_info, CONFIGURATION_TYPE controller_type,
		ULONG controller, PKEY_VALUE_FULL_INFORMATION *controller_info,
		CONFIGURATION_TYPE peripheral_type, ULONG peripheral,
		PKEY_VALUE_FULL_INFORMATION *peripheral_info)
{
	return NT_GATE_VALUE("ConfigCallback", NTSTATUS,
			     routine(context, path, bus_type, bus, bus_info, controller_type,
				     controller, controller_info, peripheral_type, peripheral,
				     peripheral_info));
}

static inline NTSTATUS nt_call_wmi_reginfo(PWMI_QUERY_REGINFO routine, PDEVICE_OBJECT device,
					   ULONG *flags, PUNICODE_STRING instance,
					   PUNICODE_STRING *path, PUNICODE_STRING mof,
					   PDEVICE_OBJECT *pdo)
{
	return NT_GATE_VALUE("WmiQueryReginfo", NTSTATUS,
			     routine(device, flags, instance, path, mof, pdo));
}

static inline NTSTATUS nt_call_wmi_query(PWMI_QUERY_DATABLOCK routine, PDEVICE_OBJECT device,
					 PIRP irp, ULONG block, ULONG instance, ULONG count,
					 ULONG *lengths, ULONG room, u8 *buffer)
{
	return NT_GATE_VALUE("WmiQueryDataBlock", NTSTATUS,
			     routine(device, irp, block, instance, count, lengths, room, buffer));
}

static inline NTSTATUS nt_call_wmi_set(PWMI_SET_DATABLOCK routine, PDEVICE_OBJECT device, PIRP irp,
				       ULONG block, ULONG instance, ULONG size, u8 *buffer)
{
	return NT_GATE_VALUE("WmiSetDataBlock", NTSTATUS,
			     routine(device, irp, block, instance, size, buffer));
}

static inline NTSTATUS nt_call_wmi_set_item(PWMI_SET_DATAITEM routine, PDEVICE_OBJECT device,
					    PIRP irp, ULONG block, ULONG instance, ULONG item,
					    ULONG size, u8 *buffer)
{
	return NT_GATE_VALUE("WmiSetDataItem", NTSTATUS,
			     routine(device, irp, block, instance, item, size, buffer));
}

static inline NTSTATUS nt_call_wmi_method(PWMI_EXECUTE_METHOD routine, PDEVICE_OBJECT device,
					  PIRP irp, ULONG block, ULONG instance, ULONG method,
					  ULONG in, ULONG out, u8 *buffer)
{
	return NT_GATE_VALUE("WmiExecuteMethod", NTSTATUS,
			     routine(device, irp, block, instance, method, in, out, buffer));
}

static inline NTSTATUS nt_call_wmi_control(PWMI_FUNCTION_CONTROL routine, PDEVICE_OBJECT device,
					   PIRP irp, ULONG block, WMIENABLEDISABLECONTROL function,
					   bool enable)
{
	return NT_GATE_VALUE("WmiFunctionControl", NTSTATUS,
			     routine(device, irp, block, function, enable));
}

#endif /* _NTCOMPAT_GATE_H */
