/* SPDX-License-Identifier: GPL-2.0 */
/* What can be told of a device by its name. */
#ifndef _NTCOMPAT_IO_DESCRIBE_H
#define _NTCOMPAT_IO_DESCRIBE_H

#include "../nt.h"

enum nt_fact {
	NT_FACT_SERVICE,	/* the driver's name; of a PnP device the function driver's */
	NT_FACT_DESCRIPTION,	/* the device's, from the INF */
	NT_FACT_DEVICE,		/* \Device\Name */
	NT_FACT_TYPE,		/* FILE_DEVICE_x */
	NT_FACT_STACK,		/* a line for each device, the top first */
};

ssize_t nt_path_describe(PCUNICODE_STRING path, enum nt_fact fact, char *buffer);

#endif /* _NTCOMPAT_IO_DESCRIBE_H */
