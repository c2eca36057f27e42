/* SPDX-License-Identifier: GPL-2.0 */
/* Makes the compiler of Windows complain of unsafe string functions; there is nothing to say here. */
