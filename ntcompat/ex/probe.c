// SPDX-License-Identifier: GPL-2.0
/* Are a user program's addresses what it says? */
#include "../nt.h"
#include <linux/pagemap.h>
#include <linux/uaccess.h>

static void probe(unsigned long address, size_t length, ULONG alignment)
{
	if (WARN(!is_power_of_2(alignment), "Probe: alignment %u\n", alignment))
		ExRaiseDatatypeMisalignment();
	if (address & (alignment - 1))
		ExRaiseDatatypeMisalignment();
	if (!access_ok((void __user *)address, length))
		ExRaiseAccessViolation();
}

/**
 * ProbeForRead - make sure that a buffer lies in user space
 * @Address: the buffer
 * @Length: its bytes; 0 passes whatever the address
 * @Alignment: 1, 2, 4, 8 or 16
 *
 * IRQL: <= APC_LEVEL, in the process that asked. Raises STATUS_ACCESS_VIOLATION
 * or STATUS_DATATYPE_MISALIGNMENT. Whether there is memory shows only at the
 * access, by a routine that may touch user memory: processors with SMAP let no
 * driver do that directly. MmProbeAndLockPages() is the way to it.
 */
void ProbeForRead(const volatile void *Address, SIZE_T Length, ULONG Alignment)
{
	if (Length)
		probe((unsigned long)Address, Length, Alignment);
}
EXPORT_SYMBOL(ProbeForRead);

/**
 * ProbeForWrite - make sure that a buffer lies in user space and can be written to
 * @Address: the buffer
 * @Length: its bytes; 0 passes whatever the address
 * @Alignment: 1, 2, 4, 8 or 16
 *
 * IRQL: <= APC_LEVEL, in the process that asked. As ProbeForRead(); in addition
 * every page is made present and writable, unless somebody takes it away again.
 */
void ProbeForWrite(volatile void *Address, SIZE_T Length, ULONG Alignment)
{
	char __user *address = (char __user *)(unsigned long)Address;

	if (!Length)
		return;
	probe((unsigned long)Address, Length, Alignment);
	if (fault_in_safe_writeable(address, Length))
		ExRaiseAccessViolation();
}
EXPORT_SYMBOL(ProbeForWrite);
