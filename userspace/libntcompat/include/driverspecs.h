/* SPDX-License-Identifier: GPL-2.0 */
/* driverspecs.h - annotations for the analysis of code, which say nothing to a compiler */
#ifndef DRIVERSPECS_H
#define DRIVERSPECS_H

#include <windef.h>

#define _Analysis_mode_(mode)
#define __user_code
#define __kernel_code

#endif /* DRIVERSPECS_H */
