// SPDX-License-Identifier: GPL-2.0
/*
 * timer.c - the watchdog (IoTimer) and the retry timer (KTIMER)
 */
#include "edu.h"

/* In the 100 ns units of KeSetTimer, negative for "from now". */
#define EDU_MILLISECONDS(n) (-10000LL * (n))

/*
 * Does the watchdog watch this stage? Not a held request, which waits for the
 * PnP or power manager, and not one that waits for map registers: neither is
 * the device's fault, and AdapterControl would still come.
 */
static BOOLEAN
EduWatched(
    EDU_STAGE Stage
    )
{
    return Stage == EduStageRetry || Stage == EduStageFactorial ||
           Stage == EduStageHang || Stage == EduStageDma;
}

/*
 * WDK, "IoTimer Routines": called once a second at DISPATCH_LEVEL while the
 * timer is started. A request that the device does not end within one to two
 * seconds fails. If the device ends it after all, its interrupt finds another
 * stage, or a device that is busy with another request, and is ignored.
 */
VOID
EduIoTimer(
    PDEVICE_OBJECT DeviceObject,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = Context;
    BOOLEAN claimed;

    UNREFERENCED_PARAMETER(DeviceObject);

    EduCount(extension, TimerTicks);

    KeAcquireSpinLockAtDpcLevel(&extension->Lock);

    if (EduWatched(extension->Stage) && extension->TicksLeft != 0) {
        extension->TicksLeft--;
    }
    claimed = EduWatched(extension->Stage) && extension->TicksLeft == 0 && EduClaim(extension);

    KeReleaseSpinLockFromDpcLevel(&extension->Lock);

    if (claimed) {
        EduCount(extension, TimedOut);
        EduEnd(extension, STATUS_IO_TIMEOUT, 0);
    }
}

VOID
EduStartRetryTimer(
    PEDU_EXTENSION Extension
    )
{
    LARGE_INTEGER dueTime;

    dueTime.QuadPart = EDU_MILLISECONDS(EDU_RETRY_MILLISECONDS);
    KeSetTimer(&Extension->RetryTimer, dueTime, &Extension->RetryDpc);
}

/*
 * WDK, "CustomTimerDpc Routines". The request that set the timer may have
 * ended, and another one may wait for it: beginning that early does no harm.
 */
VOID
EduRetryTimerDpc(
    PKDPC Dpc,
    PVOID DeferredContext,
    PVOID SystemArgument1,
    PVOID SystemArgument2
    )
{
    PEDU_EXTENSION extension = DeferredContext;
    BOOLEAN begin = FALSE;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(SystemArgument1);
    UNREFERENCED_PARAMETER(SystemArgument2);

    KeAcquireSpinLockAtDpcLevel(&extension->Lock);

    if (extension->Stage == EduStageRetry && EduClaim(extension)) {
        extension->Stage = EduStageStarting;
        begin = TRUE;
    }
    KeReleaseSpinLockFromDpcLevel(&extension->Lock);

    if (begin) {
        EduBegin(extension);
    }
}
