// SPDX-License-Identifier: GPL-2.0
/* What drivers ask about memory and about their own image. */
#include "../io/driver.h"
#include "../ke/irql.h"
#include "../linux/compat.h"
#include "../linux/glue.h"
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/uaccess.h>

/* ---- A driver's image: always resident here, as all of the kernel is ---- */

struct image {
	unsigned long address;
	void *start;
};

static void find_image(struct nt_driver *driver, void *data)
{
	struct image *image = data;

	if (within_module(image->address, driver->info->owner))
		image->start = nt_module_text(driver->info->owner);
}

static void *image_of(const void *address)
{
	struct image image = { .address = (unsigned long)address };

	nt_drivers_walk(find_image, &image);
	return image.start;
}

/**
 * MmPageEntireDriver - let a driver's image be paged out
 * @AddressWithinSection: an address in the driver
 *
 * IRQL: <= APC_LEVEL. Returns where the image begins; NULL for an address that is
 * no driver's. Modules are never paged out, so there is no more to it.
 */
PVOID MmPageEntireDriver(PVOID AddressWithinSection)
{
	return image_of(AddressWithinSection);
}
EXPORT_SYMBOL(MmPageEntireDriver);

/**
 * MmResetDriverPaging - undo MmPageEntireDriver()
 * @AddressWithinSection: an address in the driver
 *
 * IRQL: <= APC_LEVEL.
 */
void MmResetDriverPaging(PVOID AddressWithinSection)
{
	WARN(!image_of(AddressWithinSection), "MmResetDriverPaging: %p is in no driver\n",
	     AddressWithinSection);
}
EXPORT_SYMBOL(MmResetDriverPaging);

/**
 * MmLockPagableDataSection - make a section of a driver's image stay in memory
 * @AddressWithinSection: an address in it; MmLockPagableCodeSection() is the same
 *
 * IRQL: <= APC_LEVEL. Returns a handle, which is not NULL. It stays anyhow.
 */
PVOID MmLockPagableDataSection(PVOID AddressWithinSection)
{
	return AddressWithinSection;
}
EXPORT_SYMBOL(MmLockPagableDataSection);

/**
 * MmLockPagableSectionByHandle - make a section stay in memory again
 * @ImageSectionHandle: from MmLockPagableDataSection()
 *
 * IRQL: <= APC_LEVEL.
 */
void MmLockPagableSectionByHandle(PVOID ImageSectionHandle)
{
	WARN(!ImageSectionHandle, "MmLockPagableSectionByHandle: no handle\n");
}
EXPORT_SYMBOL(MmLockPagableSectionByHandle);

/**
 * MmUnlockPagableImageSection - let a section be paged out again
 * @ImageSectionHandle: from MmLockPagableDataSection()
 *
 * IRQL: <= APC_LEVEL.
 */
void MmUnlockPagableImageSection(PVOID ImageSectionHandle)
{
	WARN(!ImageSectionHandle, "MmUnlockPagableImageSection: no handle\n");
}
EXPORT_SYMBOL(MmUnlockPagableImageSection);

/* ---- Names ---- */

static bool is_name(const char *ascii, PCUNICODE_STRING name)
{
	unsigned int i, units = name->Length / sizeof(WCHAR);

	for (i = 0; i < units; i++)
		if (!ascii[i] || (unsigned char)ascii[i] != name->Buffer[i])
			return false;
	return !ascii[units];
}

/**
 * MmGetSystemRoutineAddress - where a routine of the system is
 * @SystemRoutineName: its name, in the letters that it is written with
 *
 * IRQL: PASSIVE_LEVEL. NULL when there is no such routine here, or it is a macro or
 * an inline function of the headers. Data is found, too, as on Windows.
 */
PVOID MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName)
{
	const struct kernel_symbol *symbol = THIS_MODULE->syms;
	unsigned int i;

	for (i = 0; i < THIS_MODULE->num_syms; i++, symbol++) {
		const char *name = nt_symbol_name(symbol);

		if (strncmp(name, "nt_", 3) && is_name(name, SystemRoutineName))
			return nt_symbol_address(symbol);
	}
	return NULL;
}
EXPORT_SYMBOL(MmGetSystemRoutineAddress);

/* ---- Physical memory ---- */

struct ranges {
	PPHYSICAL_MEMORY_RANGE list;
	unsigned int count;
};

static int add_memory_range(struct resource *memory, void *data)
{
	struct ranges *ranges = data;

	if (ranges->list) {
		ranges->list[ranges->count].BaseAddress.QuadPart = memory->start;
		ranges->list[ranges->count].NumberOfBytes.QuadPart = resource_size(memory);
	}
	ranges->count++;
	return 0;
}

static void walk(struct ranges *ranges)
{
	walk_iomem_res_desc(IORES_DESC_NONE, IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY, 0, U64_MAX,
			    ranges, add_memory_range);
}

/**
 * MmGetPhysicalMemoryRanges - where memory lies
 *
 * IRQL: PASSIVE_LEVEL. Returns a list in pool memory, for ExFreePool(), which ends
 * with an empty range; NULL when there is no memory for it.
 */
PPHYSICAL_MEMORY_RANGE MmGetPhysicalMemoryRanges(void)
{
	struct ranges ranges = {};
	size_t bytes;

	walk(&ranges);
	bytes = (ranges.count + 1) * sizeof(*ranges.list);
	ranges.list = ExAllocatePoolWithTag(NonPagedPool, bytes, 0x6d50684d /* 'MhPm' */);
	if (!ranges.list)
		return NULL;
	memset(ranges.list, 0, bytes);
	/* Memory does not come while we look: hot plugging is not for the machines we run on. */
	ranges.count = 0;
	walk(&ranges);
	return ranges.list;
}
EXPORT_SYMBOL(MmGetPhysicalMemoryRanges);

/**
 * MmGetVirtualForPhysical - a kernel address of a physical one
 * @PhysicalAddress: of memory
 *
 * IRQL: any. That of the kernel's mapping of all memory, whatever other mappings
 * there are; NULL when there is no memory at the address.
 */
PVOID MmGetVirtualForPhysical(PHYSICAL_ADDRESS PhysicalAddress)
{
	unsigned long pfn = (u64)PhysicalAddress.QuadPart >> PAGE_SHIFT;

	return pfn_valid(pfn) && page_is_ram(pfn) ? phys_to_virt(PhysicalAddress.QuadPart) : NULL;
}
EXPORT_SYMBOL(MmGetVirtualForPhysical);

/**
 * MmQuerySystemSize - is this a system with little or with much memory?
 *
 * IRQL: any. MmSmallSystem below 64 MiB, MmMediumSystem below 512 MiB, else
 * MmLargeSystem.
 */
MM_SYSTEMSIZE MmQuerySystemSize(void)
{
	u64 mebibytes = (u64)totalram_pages() >> (20 - PAGE_SHIFT);

	if (mebibytes < 64)
		return MmSmallSystem;
	return mebibytes < 512 ? MmMediumSystem : MmLargeSystem;
}
EXPORT_SYMBOL(MmQuerySystemSize);

static bool is_user(const void *address)
{
	return (unsigned long)address < TASK_SIZE_MAX;
}

/**
 * MmIsAddressValid - would reading an address fault?
 * @VirtualAddress: the address, the kernel's or the process's own
 *
 * IRQL: <= DISPATCH_LEVEL. What is true now may change.
 */
BOOLEAN MmIsAddressValid(PVOID VirtualAddress)
{
	u8 byte;

	if (is_user(VirtualAddress))
		return !copy_from_user_nofault(&byte, (const void __user *)VirtualAddress, 1);
	return !copy_from_kernel_nofault(&byte, VirtualAddress, 1);
}
EXPORT_SYMBOL(MmIsAddressValid);

/**
 * MmIsNonPagedSystemAddressValid - is it the kernel's own, resident memory?
 * @VirtualAddress: the address
 *
 * IRQL: <= DISPATCH_LEVEL. All of the kernel's memory is resident.
 */
BOOLEAN MmIsNonPagedSystemAddressValid(PVOID VirtualAddress)
{
	return !is_user(VirtualAddress) && MmIsAddressValid(VirtualAddress);
}
EXPORT_SYMBOL(MmIsNonPagedSystemAddressValid);
