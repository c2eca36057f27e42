/* SPDX-License-Identifier: GPL-2.0 */
/* Tracepoints: what happens to an IRP, and when the hardware speaks. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM ntcompat

#if !defined(_NTCOMPAT_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _NTCOMPAT_TRACE_H

#include "nt.h"
#include "linux/compat.h"
#include <linux/tracepoint.h>

TRACE_EVENT(nt_irp_dispatch,
	TP_PROTO(PDEVICE_OBJECT device, PIRP irp),
	TP_ARGS(device, irp),
	TP_STRUCT__entry(
		__field(void *, irp)
		__field(void *, device)
		__field(u8, major)
		__field(u8, minor)
		__field(u32, code)
	),
	TP_fast_assign(
		PIO_STACK_LOCATION sl = IoGetCurrentIrpStackLocation(irp);

		__entry->irp = irp;
		__entry->device = device;
		__entry->major = sl->MajorFunction;
		__entry->minor = sl->MinorFunction;
		__entry->code = sl->Parameters.DeviceIoControl.IoControlCode;
	),
	TP_printk("irp=%p device=%p major=0x%02x minor=0x%02x code=0x%08x",
		  __entry->irp, __entry->device, __entry->major, __entry->minor, __entry->code)
);

TRACE_EVENT(nt_irp_dispatched,
	TP_PROTO(PIRP irp, NTSTATUS status),
	TP_ARGS(irp, status),
	TP_STRUCT__entry(
		__field(void *, irp)
		__field(u32, status)
	),
	TP_fast_assign(
		__entry->irp = irp;
		__entry->status = (__force u32)status;
	),
	TP_printk("irp=%p returned=0x%08x", __entry->irp, __entry->status)
);

TRACE_EVENT(nt_irp_complete,
	TP_PROTO(PIRP irp),
	TP_ARGS(irp),
	TP_STRUCT__entry(
		__field(void *, irp)
		__field(u32, status)
		__field(u64, information)
	),
	TP_fast_assign(
		__entry->irp = irp;
		__entry->status = (__force u32)irp->IoStatus.Status;
		__entry->information = irp->IoStatus.Information;
	),
	TP_printk("irp=%p status=0x%08x information=%llu",
		  __entry->irp, __entry->status, __entry->information)
);

DECLARE_EVENT_CLASS(nt_irp_at_device,
	TP_PROTO(PDEVICE_OBJECT device, PIRP irp),
	TP_ARGS(device, irp),
	TP_STRUCT__entry(
		__field(void *, irp)
		__field(void *, device)
	),
	TP_fast_assign(
		__entry->irp = irp;
		__entry->device = device;
	),
	TP_printk("irp=%p device=%p", __entry->irp, __entry->device)
);

DEFINE_EVENT(nt_irp_at_device, nt_irp_cancel,
	TP_PROTO(PDEVICE_OBJECT device, PIRP irp), TP_ARGS(device, irp));
DEFINE_EVENT(nt_irp_at_device, nt_start_io,
	TP_PROTO(PDEVICE_OBJECT device, PIRP irp), TP_ARGS(device, irp));

TRACE_EVENT(nt_isr,
	TP_PROTO(const void *interrupt, bool ours),
	TP_ARGS(interrupt, ours),
	TP_STRUCT__entry(
		__field(const void *, interrupt)
		__field(bool, ours)
	),
	TP_fast_assign(
		__entry->interrupt = interrupt;
		__entry->ours = ours;
	),
	TP_printk("interrupt=%p ours=%d", __entry->interrupt, __entry->ours)
);

TRACE_EVENT(nt_dpc,
	TP_PROTO(const void *dpc, const void *routine),
	TP_ARGS(dpc, routine),
	TP_STRUCT__entry(
		__field(const void *, dpc)
		__field(const void *, routine)
	),
	TP_fast_assign(
		__entry->dpc = dpc;
		__entry->routine = routine;
	),
	TP_printk("dpc=%p routine=%pS", __entry->dpc, __entry->routine)
);

TRACE_EVENT(nt_wmi_event,
	TP_PROTO(const GUID *guid, u32 provider, const void *data, u32 length),
	TP_ARGS(guid, provider, data, length),
	TP_STRUCT__entry(
		__array(u8, guid, 16)
		__field(u32, provider)
		__field(u32, length)
		__dynamic_array(u8, data, min(length, 256U))
	),
	TP_fast_assign(
		memcpy(__entry->guid, guid, 16);
		__entry->provider = provider;
		__entry->length = length;
		memcpy(__get_dynamic_array(data), data, min(length, 256U));
	),
	TP_printk("guid=%pUl provider=%u length=%u data=%s",
		  __entry->guid, __entry->provider, __entry->length,
		  __print_hex_str(__get_dynamic_array(data), __get_dynamic_array_len(data)))
);

TRACE_EVENT(nt_wpp,
	TP_PROTO(const char *function, const char *level, const char *flags, const char *text),
	TP_ARGS(function, level, flags, text),
	TP_STRUCT__entry(
		__string(function, function)
		__string(level, level)
		__string(flags, flags)
		__string(text, text)
	),
	TP_fast_assign(
		nt_assign_str(function, function);
		nt_assign_str(level, level);
		nt_assign_str(flags, flags);
		nt_assign_str(text, text);
	),
	TP_printk("%s %s %s: %s", __get_str(function), __get_str(level), __get_str(flags),
		  __get_str(text))
);

TRACE_EVENT(nt_etw,
	TP_PROTO(const GUID *provider, u16 id, u8 level, u64 keyword, const void *data, u32 length),
	TP_ARGS(provider, id, level, keyword, data, length),
	TP_STRUCT__entry(
		__array(u8, provider, 16)
		__field(u16, id)
		__field(u8, level)
		__field(u64, keyword)
		__field(u32, length)
		__dynamic_array(u8, data, min(length, 1024U))
	),
	TP_fast_assign(
		memcpy(__entry->provider, provider, 16);
		__entry->id = id;
		__entry->level = level;
		__entry->keyword = keyword;
		__entry->length = length;
		memcpy(__get_dynamic_array(data), data, min(length, 1024U));
	),
	TP_printk("provider=%pUl id=%u level=%u keyword=0x%llx length=%u data=%s",
		  __entry->provider, __entry->id, __entry->level, __entry->keyword,
		  __entry->length,
		  __print_hex_str(__get_dynamic_array(data), __get_dynamic_array_len(data)))
);

#endif /* _NTCOMPAT_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
