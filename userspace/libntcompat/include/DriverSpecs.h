/* SPDX-License-Identifier: GPL-2.0 */
/* As the WDK's samples spell it. */
#include <driverspecs.h>
