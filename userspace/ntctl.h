/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of ntctl share. */
#ifndef NTCTL_H
#define NTCTL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nt_device.h"

/* Ends the program with EXIT_NO_REQUEST. */
__attribute__((format(printf, 1, 2), noreturn))
void die(const char *format, ...);

/* Does not return when there is no memory. */
void *allocate(size_t size);

bool parse_number(const char *text, unsigned long max, unsigned long *value);

/* The verbs: main() of each, with the verb as argv[0]. */
int do_ioctl(int argc, char **argv);
int do_info(int argc, char **argv);
int do_tree(int argc, char **argv);
int do_drivers(int argc, char **argv);
int do_irps(int argc, char **argv);
int do_trace(int argc, char **argv);
int do_reg(int argc, char **argv);
int do_wmi(int argc, char **argv);

/* "IRP_MJ_READ", or "IRP_MJ_0x30"; the buffer is static. */
const char *major_name(unsigned int major);

/* Major and minor function, or for IRP_MJ_DEVICE_CONTROL its code; static. */
const char *request_text(unsigned int major, unsigned int minor, uint32_t code);

#endif /* NTCTL_H */
