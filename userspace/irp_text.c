// SPDX-License-Identifier: GPL-2.0
/* What requests are called. */
#include <stdio.h>

#include "ntctl.h"

static const char * const majors[] = {
	"CREATE", "CREATE_NAMED_PIPE", "CLOSE", "READ", "WRITE", "QUERY_INFORMATION",
	"SET_INFORMATION", "QUERY_EA", "SET_EA", "FLUSH_BUFFERS", "QUERY_VOLUME_INFORMATION",
	"SET_VOLUME_INFORMATION", "DIRECTORY_CONTROL", "FILE_SYSTEM_CONTROL", "DEVICE_CONTROL",
	"INTERNAL_DEVICE_CONTROL", "SHUTDOWN", "LOCK_CONTROL", "CLEANUP", "CREATE_MAILSLOT",
	"QUERY_SECURITY", "SET_SECURITY", "POWER", "SYSTEM_CONTROL", "DEVICE_CHANGE",
	"QUERY_QUOTA", "SET_QUOTA", "PNP",
};

static const char * const pnp_minors[] = {
	"START_DEVICE", "QUERY_REMOVE_DEVICE", "REMOVE_DEVICE", "CANCEL_REMOVE_DEVICE",
	"STOP_DEVICE", "QUERY_STOP_DEVICE", "CANCEL_STOP_DEVICE", "QUERY_DEVICE_RELATIONS",
	"QUERY_INTERFACE", "QUERY_CAPABILITIES", "QUERY_RESOURCES",
	"QUERY_RESOURCE_REQUIREMENTS", "QUERY_DEVICE_TEXT", "FILTER_RESOURCE_REQUIREMENTS",
	NULL, "READ_CONFIG", "WRITE_CONFIG", "EJECT", "SET_LOCK", "QUERY_ID",
	"QUERY_PNP_DEVICE_STATE", "QUERY_BUS_INFORMATION", "DEVICE_USAGE_NOTIFICATION",
	"SURPRISE_REMOVAL",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { MAJOR_DEVICE_CONTROL = 0x0e, MAJOR_INTERNAL_CONTROL = 0x0f, MAJOR_PNP = 0x1b };

const char *major_name(unsigned int major)
{
	static char text[48];

	if (major < COUNT(majors))
		snprintf(text, sizeof(text), "IRP_MJ_%s", majors[major]);
	else
		snprintf(text, sizeof(text), "IRP_MJ_0x%02x", major);
	return text;
}

const char *request_text(unsigned int major, unsigned int minor, uint32_t code)
{
	static const char * const methods[] = { "BUFFERED", "IN_DIRECT", "OUT_DIRECT", "NEITHER" };
	static char text[128];

	if (major == MAJOR_DEVICE_CONTROL || major == MAJOR_INTERNAL_CONTROL)
		snprintf(text, sizeof(text), "%s 0x%08x (0x%x,0x%x,%s)", major_name(major), code,
			 code >> 16, code >> 2 & 0xfff, methods[code & 3]);
	else if (major == MAJOR_PNP && minor < COUNT(pnp_minors) && pnp_minors[minor])
		snprintf(text, sizeof(text), "IRP_MJ_PNP IRP_MN_%s", pnp_minors[minor]);
	else if (minor)
		snprintf(text, sizeof(text), "%s minor 0x%02x", major_name(major), minor);
	else
		snprintf(text, sizeof(text), "%s", major_name(major));
	return text;
}
