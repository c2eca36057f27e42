// SPDX-License-Identifier: GPL-2.0
/* What a driver asks the executive about the machine and the system. */
#include "../nt.h"
#include <linux/cpufeature.h>
#include <linux/uuid.h>

/**
 * ExUuidCreate - make a UUID that no other is like
 * @Uuid: receives it
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS. Of random numbers (version 4).
 */
NTSTATUS ExUuidCreate(GUID *Uuid)
{
	guid_t guid;

	guid_gen(&guid);
	BUILD_BUG_ON(sizeof(guid) != sizeof(*Uuid));
	memcpy(Uuid, &guid, sizeof(*Uuid));
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ExUuidCreate);

/**
 * ExIsProcessorFeaturePresent - does the processor have a feature?
 * @ProcessorFeature: PF_x
 *
 * IRQL: any. FALSE for a feature that is unknown here.
 */
BOOLEAN ExIsProcessorFeaturePresent(ULONG ProcessorFeature)
{
	switch (ProcessorFeature) {
	case PF_COMPARE_EXCHANGE_DOUBLE:
		return boot_cpu_has(X86_FEATURE_CX8);
	case PF_MMX_INSTRUCTIONS_AVAILABLE:
		return boot_cpu_has(X86_FEATURE_MMX);
	case PF_XMMI_INSTRUCTIONS_AVAILABLE:
		return boot_cpu_has(X86_FEATURE_XMM);
	case PF_3DNOW_INSTRUCTIONS_AVAILABLE:
		return boot_cpu_has(X86_FEATURE_3DNOW);
	case PF_RDTSC_INSTRUCTION_AVAILABLE:
		return boot_cpu_has(X86_FEATURE_TSC);
	case PF_PAE_ENABLED:
		return boot_cpu_has(X86_FEATURE_PAE);
	case PF_XMMI64_INSTRUCTIONS_AVAILABLE:
		return boot_cpu_has(X86_FEATURE_XMM2);
	case PF_NX_ENABLED:
		return boot_cpu_has(X86_FEATURE_NX);
	case PF_SSE3_INSTRUCTIONS_AVAILABLE:
		return boot_cpu_has(X86_FEATURE_XMM3);
	case PF_COMPARE_EXCHANGE128:
		return boot_cpu_has(X86_FEATURE_CX16);
	case PF_XSAVE_ENABLED:
		return boot_cpu_has(X86_FEATURE_OSXSAVE);
	default:
		return FALSE;
	}
}
EXPORT_SYMBOL(ExIsProcessorFeaturePresent);

/**
 * ExVerifySuite - is this one of the editions of Windows?
 * @SuiteType: Enterprise, TerminalServer ...
 *
 * IRQL: any. What RtlGetVersion() says of them: only SingleUserTS, as for every
 * workstation.
 */
BOOLEAN ExVerifySuite(SUITE_TYPE SuiteType)
{
	RTL_OSVERSIONINFOEXW version = { .dwOSVersionInfoSize = sizeof(version) };

	if (SuiteType < 0 || SuiteType >= MaxSuiteType)
		return FALSE;
	RtlGetVersion((PRTL_OSVERSIONINFOW)&version);
	return !!(version.wSuiteMask & BIT(SuiteType));
}
EXPORT_SYMBOL(ExVerifySuite);
