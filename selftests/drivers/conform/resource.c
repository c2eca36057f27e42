// SPDX-License-Identifier: GPL-2.0
/*
 * Resource lists. Their last members are declared [1] and indexed beyond; where
 * two such arrays are nested an optimizer may take the [1] at its word. Windows
 * drivers have always been written this way.
 */
#include "conform.h"

#define DESCRIPTORS	6

static volatile ULONG Hidden = DESCRIPTORS;	/* nothing to be known at compile time */

/* As in a START_DEVICE handler: all in one expression, or by a pointer. */
static ULONG SumNested(PCM_RESOURCE_LIST List)
{
	ULONG i, Sum = 0;

	for (i = 0; i < List->List[0].PartialResourceList.Count; i++)
		if (List->List[0].PartialResourceList.PartialDescriptors[i].Type ==
		    CmResourceTypeMemory)
			Sum += List->List[0].PartialResourceList.PartialDescriptors[i].u.Memory.Length;
	return Sum;
}

static ULONG SumPointer(PCM_RESOURCE_LIST List)
{
	PCM_PARTIAL_RESOURCE_LIST Partial = &List->List[0].PartialResourceList;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor = &Partial->PartialDescriptors[0];
	ULONG i, Sum = 0;

	for (i = 0; i < Partial->Count; i++, Descriptor++)
		switch (Descriptor->Type) {
		case CmResourceTypeMemory:
			Sum += Descriptor->u.Memory.Length;
			break;
		}
	return Sum;
}

static ULONG SumRequirements(PIO_RESOURCE_REQUIREMENTS_LIST List)
{
	ULONG i, Sum = 0;

	for (i = 0; i < List->List[0].Count; i++)
		Sum += List->List[0].Descriptors[i].u.Memory.Length;
	return Sum;
}

/* "CM_RESOURCE_LIST", "CM_PARTIAL_RESOURCE_LIST", "IO_RESOURCE_REQUIREMENTS_LIST". */
VOID ResourceLists(PCONFORM_TEST_CONTEXT T)
{
	ULONG Count = Hidden, i, Size;
	PCM_RESOURCE_LIST List;
	PIO_RESOURCE_REQUIREMENTS_LIST Requirements;

	/* What drivers compute sizes with. */
	CHECK_EQ(20, sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR));
	CHECK_EQ(28, sizeof(CM_PARTIAL_RESOURCE_LIST));
	CHECK_EQ(36, sizeof(CM_FULL_RESOURCE_DESCRIPTOR));
	CHECK_EQ(40, sizeof(CM_RESOURCE_LIST));
	CHECK_EQ(32, sizeof(IO_RESOURCE_DESCRIPTOR));

	Size = sizeof(*List) + (Count - 1) * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR);
	List = ExAllocatePoolWithTag(NonPagedPool, Size, 'seRT');
	CHECK(List != NULL);
	if (!List)
		return;
	RtlZeroMemory(List, Size);
	List->Count = 1;
	List->List[0].PartialResourceList.Count = Count;
	for (i = 0; i < Count; i++) {
		List->List[0].PartialResourceList.PartialDescriptors[i].Type =
			i % 2 ? CmResourceTypeMemory : CmResourceTypePort;
		List->List[0].PartialResourceList.PartialDescriptors[i].u.Memory.Length = 1 << i;
	}
	CHECK_EQ(2 + 8 + 32, SumNested(List));
	CHECK_EQ(2 + 8 + 32, SumPointer(List));
	ExFreePoolWithTag(List, 'seRT');

	Size = sizeof(*Requirements) + (Count - 1) * sizeof(IO_RESOURCE_DESCRIPTOR);
	Requirements = ExAllocatePoolWithTag(NonPagedPool, Size, 'seRT');
	CHECK(Requirements != NULL);
	if (!Requirements)
		return;
	RtlZeroMemory(Requirements, Size);
	Requirements->List[0].Count = Count;
	for (i = 0; i < Count; i++)
		Requirements->List[0].Descriptors[i].u.Memory.Length = 1 << i;
	CHECK_EQ((1 << Count) - 1, SumRequirements(Requirements));
	ExFreePoolWithTag(Requirements, 'seRT');
}
