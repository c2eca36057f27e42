/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dontuse.h - makes the WDK's compiler complain of unsafe string functions. Nothing
 * of that kind is declared here, so there is nothing to complain of.
 */
