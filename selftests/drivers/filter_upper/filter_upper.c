// SPDX-License-Identifier: GPL-2.0
/* The same as filter_lower, under another name. */
#include "../filter_lower/filter_lower.c"
