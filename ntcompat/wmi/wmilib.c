// SPDX-License-Identifier: GPL-2.0
/*
 * wmilib: takes a WMI request apart, calls the driver's routine for it, and puts the
 * answer together. The guide "Calling WmiSystemControl to Handle WMI IRPs" says how
 * the routines below the request are meant.
 */
#include "../gate.h"
#include "../io/irp.h"
#include "../include/nt/wmilib.h"
#include "provider.h"

#define NO_BLOCK	((ULONG)-1)

static NTSTATUS finish(PIRP irp, NTSTATUS status, ULONG_PTR information)
{
	irp->IoStatus.Status = status;
	irp->IoStatus.Information = information;
	return status;
}

static ULONG index_of(const WMILIB_CONTEXT *info, const GUID *guid)
{
	ULONG i;

	for (i = 0; i < info->GuidCount; i++)
		if (!memcmp(info->GuidList[i].Guid, guid, sizeof(*guid)))
			return i;
	return NO_BLOCK;
}

/* ---- Registration ---- */

struct registration {
	ULONG flags;
	UNICODE_STRING instance;
	PUNICODE_STRING path;
	UNICODE_STRING mof;
	PDEVICE_OBJECT pdo;
};

/* A counted string, as WMIREGINFO has them: a USHORT, and the characters. */
static ULONG put_counted(void *buffer, ULONG offset, PCUNICODE_STRING string)
{
	if (!string || !string->Length)
		return 0;
	*(USHORT *)(buffer + offset) = string->Length;
	memcpy(buffer + offset + sizeof(USHORT), string->Buffer, string->Length);
	return offset;
}

static ULONG counted_size(PCUNICODE_STRING string)
{
	return string && string->Length ? sizeof(USHORT) + string->Length : 0;
}

static void fill_guid(WMIREGGUIDW *to, const WMIGUIDREGINFO *from, const struct registration *r,
		      ULONG name)
{
	to->Guid = *from->Guid;
	to->Flags = from->Flags | r->flags;
	to->InstanceCount = from->InstanceCount;
	if (r->flags & WMIREG_FLAG_INSTANCE_PDO) {
		to->Pdo = (ULONG_PTR)r->pdo;
		if (r->pdo)
			ObfReferenceObject(r->pdo);
	} else {
		to->BaseNameOffset = name;
	}
}

static NTSTATUS fill_registration(const WMILIB_CONTEXT *info, const struct registration *r,
				  PIRP irp, WMIREGINFOW *to, ULONG room)
{
	ULONG offset = offsetof(WMIREGINFOW, WmiRegGuid) + info->GuidCount * sizeof(WMIREGGUIDW);
	ULONG size = offset + counted_size(&r->instance) + counted_size(r->path) +
		     counted_size(&r->mof);
	ULONG name, i;

	if (room < size) {
		if (room < sizeof(ULONG))
			return finish(irp, STATUS_BUFFER_TOO_SMALL, 0);
		*(ULONG *)to = size;
		return finish(irp, STATUS_BUFFER_TOO_SMALL, sizeof(ULONG));
	}
	memset(to, 0, size);
	to->BufferSize = size;
	to->GuidCount = info->GuidCount;
	to->RegistryPath = put_counted(to, offset, r->path);
	offset += counted_size(r->path);
	to->MofResourceName = put_counted(to, offset, &r->mof);
	offset += counted_size(&r->mof);
	name = put_counted(to, offset, &r->instance);
	for (i = 0; i < info->GuidCount; i++)
		fill_guid(&to->WmiRegGuid[i], &info->GuidList[i], r, name);
	return finish(irp, STATUS_SUCCESS, size);
}

static NTSTATUS query_registration(PWMILIB_CONTEXT info, PDEVICE_OBJECT device, PIRP irp,
				   PIO_STACK_LOCATION location)
{
	struct registration r = {};
	NTSTATUS status = nt_call_wmi_reginfo(info->QueryWmiRegInfo, device, &r.flags, &r.instance,
					      &r.path, &r.mof, &r.pdo);

	if (!NT_SUCCESS(status))
		return finish(irp, status, 0);
	status = fill_registration(info, &r, irp, location->Parameters.WMI.Buffer,
				   location->Parameters.WMI.BufferSize);
	/* "DpWmiQueryReginfo": the library frees the name that the routine allocated. */
	if (r.flags & WMIREG_FLAG_INSTANCE_BASENAME && r.instance.Buffer)
		ExFreePool(r.instance.Buffer);
	return status;
}

/* ---- Requests ---- */

/**
 * struct part - where in a request the data are
 * @index: the instance
 * @id: the method or item
 * @offset: the data, from the WNODE
 * @size: their bytes
 */
struct part {
	ULONG index;
	ULONG id;
	ULONG offset;
	ULONG size;
};

static struct part part_of(UCHAR minor, void *buffer)
{
	PWNODE_SINGLE_INSTANCE instance = buffer;
	PWNODE_METHOD_ITEM item = buffer;

	/* An item and a method have the same members. */
	BUILD_BUG_ON(offsetof(WNODE_METHOD_ITEM, SizeDataBlock) !=
		     offsetof(WNODE_SINGLE_ITEM, SizeDataItem));
	if (minor == IRP_MN_EXECUTE_METHOD || minor == IRP_MN_CHANGE_SINGLE_ITEM)
		return (struct part){ item->InstanceIndex, item->MethodId, item->DataBlockOffset,
				      item->SizeDataBlock };
	return (struct part){ instance->InstanceIndex, 0, instance->DataBlockOffset,
			      instance->SizeDataBlock };
}

static size_t least_size(UCHAR minor)
{
	switch (minor) {
	case IRP_MN_QUERY_ALL_DATA:
		return offsetof(WNODE_ALL_DATA, OffsetInstanceDataAndLength);
	case IRP_MN_EXECUTE_METHOD:
	case IRP_MN_CHANGE_SINGLE_ITEM:
		return offsetof(WNODE_METHOD_ITEM, VariableData);
	default:
		return offsetof(WNODE_SINGLE_INSTANCE, VariableData);
	}
}

/* For all instances: their lengths stand where the second halves of the pairs will be. */
static PULONG lengths_of(PWNODE_ALL_DATA wnode)
{
	return (PULONG)wnode->OffsetInstanceDataAndLength + wnode->InstanceCount;
}

static NTSTATUS query_all(PWMILIB_CONTEXT info, PDEVICE_OBJECT device, PIRP irp, ULONG block,
			  PWNODE_ALL_DATA wnode, ULONG room)
{
	ULONG count = info->GuidList[block].InstanceCount;
	ULONG offset = ALIGN(offsetof(WNODE_ALL_DATA, OffsetInstanceDataAndLength) +
			     count * sizeof(OFFSETINSTANCEDATAANDLENGTH), 8);
	bool fits = offset <= room;

	wnode->InstanceCount = count;
	wnode->DataBlockOffset = offset;
	wnode->OffsetInstanceNameOffsets = 0;
	wnode->WnodeHeader.Flags &= ~WNODE_FLAG_FIXED_INSTANCE_SIZE;
	/* Without room the driver says how much it would need. */
	return nt_call_wmi_query(info->QueryWmiDataBlock, device, irp, block, 0, count,
				 fits ? lengths_of(wnode) : NULL, fits ? room - offset : 0,
				 fits ? (PUCHAR)wnode + offset : NULL);
}

static NTSTATUS query_single(PWMILIB_CONTEXT info, PDEVICE_OBJECT device, PIRP irp, ULONG block,
			     PWNODE_SINGLE_INSTANCE wnode, ULONG room)
{
	bool fits = wnode->DataBlockOffset <= room;

	return nt_call_wmi_query(info->QueryWmiDataBlock, device, irp, block, wnode->InstanceIndex, 1,
				 fits ? &wnode->SizeDataBlock : NULL,
				 fits ? room - wnode->DataBlockOffset : 0,
				 fits ? (PUCHAR)wnode + wnode->DataBlockOffset : NULL);
}

static NTSTATUS with_data(PWMILIB_CONTEXT info, PDEVICE_OBJECT device, PIRP irp, ULONG block,
			  UCHAR minor, void *wnode, ULONG room)
{
	struct part part = part_of(minor, wnode);
	PUCHAR data = wnode + part.offset;

	if (part.offset > room || part.size > room - part.offset)
		return WmiCompleteRequest(device, irp, STATUS_INVALID_PARAMETER, 0, IO_NO_INCREMENT);
	switch (minor) {
	case IRP_MN_EXECUTE_METHOD:
		if (info->ExecuteWmiMethod)
			return nt_call_wmi_method(info->ExecuteWmiMethod, device, irp, block,
						  part.index, part.id, part.size,
						  room - part.offset, data);
		break;
	case IRP_MN_CHANGE_SINGLE_ITEM:
		if (info->SetWmiDataItem)
			return nt_call_wmi_set_item(info->SetWmiDataItem, device, irp, block,
						    part.index, part.id, part.size, data);
		break;
	default:
		if (info->SetWmiDataBlock)
			return nt_call_wmi_set(info->SetWmiDataBlock, device, irp, block, part.index,
					       part.size, data);
	}
	return WmiCompleteRequest(device, irp, minor == IRP_MN_EXECUTE_METHOD ?
				  STATUS_INVALID_DEVICE_REQUEST : STATUS_WMI_READ_ONLY, 0,
				  IO_NO_INCREMENT);
}

static NTSTATUS control(PWMILIB_CONTEXT info, PDEVICE_OBJECT device, PIRP irp, ULONG block,
			UCHAR minor)
{
	bool events = minor == IRP_MN_ENABLE_EVENTS || minor == IRP_MN_DISABLE_EVENTS;
	bool enable = minor == IRP_MN_ENABLE_EVENTS || minor == IRP_MN_ENABLE_COLLECTION;

	/* "DpWmiFunctionControl" is optional: there is nothing to switch then. */
	if (!info->WmiFunctionControl)
		return WmiCompleteRequest(device, irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT);
	return nt_call_wmi_control(info->WmiFunctionControl, device, irp, block,
				   events ? WmiEventControl : WmiDataBlockControl, enable);
}

static NTSTATUS handle(PWMILIB_CONTEXT info, PDEVICE_OBJECT device, PIRP irp,
		       PIO_STACK_LOCATION location, ULONG block)
{
	void *wnode = location->Parameters.WMI.Buffer;
	ULONG room = location->Parameters.WMI.BufferSize;

	switch (location->MinorFunction) {
	case IRP_MN_QUERY_ALL_DATA:
		return query_all(info, device, irp, block, wnode, room);
	case IRP_MN_QUERY_SINGLE_INSTANCE:
		return query_single(info, device, irp, block, wnode, room);
	case IRP_MN_EXECUTE_METHOD:
	case IRP_MN_CHANGE_SINGLE_ITEM:
	case IRP_MN_CHANGE_SINGLE_INSTANCE:
		return with_data(info, device, irp, block, location->MinorFunction, wnode, room);
	default:
		return control(info, device, irp, block, location->MinorFunction);
	}
}

static bool has_buffer(UCHAR minor)
{
	return minor < IRP_MN_ENABLE_EVENTS || minor == IRP_MN_EXECUTE_METHOD;
}

/* STATUS_SUCCESS, or what is wrong with a request for a block. */
static NTSTATUS check(const WMILIB_CONTEXT *info, PIO_STACK_LOCATION location, ULONG *block)
{
	UCHAR minor = location->MinorFunction;
	PWNODE_HEADER wnode = location->Parameters.WMI.Buffer;

	*block = index_of(info, location->Parameters.WMI.DataPath);
	if (*block == NO_BLOCK)
		return STATUS_WMI_GUID_NOT_FOUND;
	if (!has_buffer(minor))
		return STATUS_SUCCESS;
	if (location->Parameters.WMI.BufferSize < least_size(minor))
		return STATUS_BUFFER_TOO_SMALL;
	if (minor == IRP_MN_QUERY_ALL_DATA)
		return info->QueryWmiDataBlock ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
	/* The library knows instances by their number only. */
	if (!(wnode->Flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) ||
	    part_of(minor, wnode).index >= info->GuidList[*block].InstanceCount)
		return STATUS_WMI_INSTANCE_NOT_FOUND;
	return STATUS_SUCCESS;
}

/**
 * WmiSystemControl - handle IRP_MJ_SYSTEM_CONTROL
 * @WmiLibInfo: the driver's blocks and routines
 * @DeviceObject: the driver's device
 * @Irp: the request
 * @IrpDisposition: receives what is left to do: IrpProcessed nothing; IrpNotCompleted
 *	IoCompleteRequest(); IrpNotWmi and IrpForward: pass it down
 *
 * IRQL: PASSIVE_LEVEL. Returns the status of the request.
 */
NTSTATUS WmiSystemControl(PWMILIB_CONTEXT WmiLibInfo, PDEVICE_OBJECT DeviceObject, PIRP Irp,
			  PSYSCTL_IRP_DISPOSITION IrpDisposition)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
	NTSTATUS status;
	ULONG block;

	if (location->MinorFunction > IRP_MN_REGINFO_EX || location->MinorFunction == 0x0a) {
		*IrpDisposition = IrpNotWmi;
		return Irp->IoStatus.Status;
	}
	if (location->Parameters.WMI.ProviderId != (ULONG_PTR)DeviceObject) {
		*IrpDisposition = IrpForward;
		return Irp->IoStatus.Status;
	}
	*IrpDisposition = IrpNotCompleted;
	if (location->MinorFunction == IRP_MN_REGINFO ||
	    location->MinorFunction == IRP_MN_REGINFO_EX)
		return query_registration(WmiLibInfo, DeviceObject, Irp, location);
	status = check(WmiLibInfo, location, &block);
	if (!NT_SUCCESS(status))
		return finish(Irp, status, 0);
	*IrpDisposition = IrpProcessed;
	return handle(WmiLibInfo, DeviceObject, Irp, location, block);
}
EXPORT_SYMBOL(WmiSystemControl);

/* ---- Answers ---- */

/* From the lengths to the pairs, front to back: see lengths_of(). */
static ULONG finish_all(PWNODE_ALL_DATA wnode, ULONG used)
{
	ULONG offset = wnode->DataBlockOffset, length, i;
	PULONG lengths = lengths_of(wnode);

	for (i = 0; i < wnode->InstanceCount; i++) {
		length = lengths[i];
		wnode->OffsetInstanceDataAndLength[i].OffsetInstanceData = offset;
		wnode->OffsetInstanceDataAndLength[i].LengthInstanceData = length;
		offset = ALIGN(offset + length, 8);
	}
	wnode->WnodeHeader.BufferSize = wnode->DataBlockOffset + used;
	return wnode->WnodeHeader.BufferSize;
}

/* Where the driver's data begin in an answer. */
static ULONG data_offset(UCHAR minor, void *wnode)
{
	return minor == IRP_MN_QUERY_ALL_DATA ? ((PWNODE_ALL_DATA)wnode)->DataBlockOffset :
						part_of(minor, wnode).offset;
}

static ULONG_PTR finish_answer(UCHAR minor, void *buffer, ULONG used)
{
	PWNODE_SINGLE_INSTANCE single = buffer;
	PWNODE_METHOD_ITEM method = buffer;

	switch (minor) {
	case IRP_MN_QUERY_ALL_DATA:
		return finish_all(buffer, used);
	case IRP_MN_QUERY_SINGLE_INSTANCE:
		single->SizeDataBlock = used;
		break;
	case IRP_MN_EXECUTE_METHOD:
		method->SizeDataBlock = used;
		break;
	default:
		return 0;
	}
	single->WnodeHeader.BufferSize = data_offset(minor, buffer) + used;
	return single->WnodeHeader.BufferSize;
}

/* "WmiCompleteRequest": the asker gets a WNODE that says how much it takes. */
static NTSTATUS too_small(PIO_STACK_LOCATION location, ULONG needed, ULONG_PTR *information)
{
	PWNODE_TOO_SMALL wnode = location->Parameters.WMI.Buffer;

	if (!has_buffer(location->MinorFunction) ||
	    location->Parameters.WMI.BufferSize < sizeof(*wnode))
		return STATUS_BUFFER_TOO_SMALL;
	needed += data_offset(location->MinorFunction, wnode);
	wnode->WnodeHeader.BufferSize = sizeof(*wnode);
	wnode->WnodeHeader.Flags |= WNODE_FLAG_TOO_SMALL;
	wnode->SizeNeeded = needed;
	*information = sizeof(*wnode);
	return STATUS_SUCCESS;
}

/**
 * WmiCompleteRequest - complete a request that WmiSystemControl() passed on
 * @DeviceObject: the driver's device
 * @Irp: the request
 * @Status: STATUS_BUFFER_TOO_SMALL: @BufferUsed says what is needed
 * @BufferUsed: bytes of data
 * @PriorityBoost: for the thread that waits
 *
 * IRQL: <= DISPATCH_LEVEL. Returns @Status, or STATUS_SUCCESS for
 * STATUS_BUFFER_TOO_SMALL.
 */
NTSTATUS WmiCompleteRequest(PDEVICE_OBJECT DeviceObject, PIRP Irp, NTSTATUS Status,
			    ULONG BufferUsed, CCHAR PriorityBoost)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
	ULONG_PTR information = 0;

	if (Status == STATUS_BUFFER_TOO_SMALL)
		Status = too_small(location, BufferUsed, &information);
	else if (NT_SUCCESS(Status))
		information = finish_answer(location->MinorFunction, location->Parameters.WMI.Buffer,
					    BufferUsed);
	finish(Irp, Status, information);
	IofCompleteRequest(Irp, PriorityBoost);
	return Status;
}
EXPORT_SYMBOL(WmiCompleteRequest);

/**
 * WmiFireEvent - tell of an event
 * @DeviceObject: the driver's device
 * @Guid: the event block
 * @InstanceIndex: whose event it is
 * @EventDataSize: bytes
 * @EventData: nonpaged pool, which is freed; or NULL
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS WmiFireEvent(PDEVICE_OBJECT DeviceObject, LPCGUID Guid, ULONG InstanceIndex,
		      ULONG EventDataSize, PVOID EventData)
{
	ULONG offset = ALIGN(offsetof(WNODE_SINGLE_INSTANCE, VariableData), 8);
	PWNODE_SINGLE_INSTANCE wnode = NULL;
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

	if (EventDataSize <= NT_WMI_MAX - offset)
		wnode = ExAllocatePoolWithTag(NonPagedPool, offset + EventDataSize, 0x696d5745);
	if (wnode) {
		memset(wnode, 0, offset);
		wnode->WnodeHeader.Guid = *Guid;
		wnode->WnodeHeader.BufferSize = offset + EventDataSize;
		wnode->WnodeHeader.Flags = WNODE_FLAG_SINGLE_INSTANCE | WNODE_FLAG_EVENT_ITEM |
					   WNODE_FLAG_STATIC_INSTANCE_NAMES;
		KeQuerySystemTime(&wnode->WnodeHeader.TimeStamp);
		wnode->InstanceIndex = InstanceIndex;
		wnode->DataBlockOffset = offset;
		wnode->SizeDataBlock = EventDataSize;
		if (EventDataSize && EventData)
			memcpy((PUCHAR)wnode + offset, EventData, EventDataSize);
		status = IoWMIWriteEvent(wnode);
		if (!NT_SUCCESS(status))
			ExFreePool(wnode);
	}
	if (EventData)
		ExFreePool(EventData);
	return status;
}
EXPORT_SYMBOL(WmiFireEvent);
