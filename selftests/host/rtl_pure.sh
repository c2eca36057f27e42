# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
#
# The files of ntcompat/rtl that need no kernel. Sourced by rtl.t and fuzz.t.
pure=(string.c ansi.c upcase.c convert.c utf8.c number.c guid.c memory.c
      format.c sprintf.c wcs.c ctype.c strto.c sort.c
      time.c random.c version.c bitmap.c splay.c
      gentable.c avltable.c rangelist.c)
