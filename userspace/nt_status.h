/* SPDX-License-Identifier: GPL-2.0 */
#ifndef NT_STATUS_H
#define NT_STATUS_H

#include <stdbool.h>
#include <stdint.h>

enum nt_status_value {
#include "nt_status.def"
};

/* The name of an NTSTATUS, or NULL if it is not in the table. */
const char *nt_status_name(uint32_t status);

/* Success and informational statuses, as the WDK's NT_SUCCESS. */
static inline bool nt_success(uint32_t status)
{
	return (int32_t)status >= 0;
}

#endif /* NT_STATUS_H */
