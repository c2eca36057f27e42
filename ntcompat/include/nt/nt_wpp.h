/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nt_wpp.h - what the generated .tmh files include
 *
 * On Windows the preprocessor WPP makes them from the sources. Here a trace message is an
 * event of the tracepoint nt_wpp, formatted when somebody listens. Level and flags are
 * kept as they are spelt, so that they need not be anything that the compiler knows.
 */
#ifndef NT_WPP_H
#define NT_WPP_H

#include <wdm.h>
#include <evntrace.h>

#define WPP_INIT_TRACING(...)	((void)0)
#define WPP_CLEANUP(...)	((void)0)
#define WPP_DEFINE_CONTROL_GUID(Name, Guid, Bits)
#define WPP_DEFINE_BIT(Name)

#ifndef DoTraceMessage
#define DoTraceMessage(Flags, ...) \
	NtWppTrace(__func__, "", #Flags, __VA_ARGS__)
#endif
#ifndef DoTraceLevelMessage
#define DoTraceLevelMessage(Level, Flags, ...) \
	NtWppTrace(__func__, #Level, #Flags, __VA_ARGS__)
#endif

#endif /* NT_WPP_H */
