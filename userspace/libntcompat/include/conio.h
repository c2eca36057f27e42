/* SPDX-License-Identifier: GPL-2.0 */
/* Keys come with the line that they are typed on. */
#ifndef _INC_CONIO
#define _INC_CONIO

#include <stdio.h>

#define _getch		getchar
#define _getche		getchar
#define getch		getchar

#endif /* _INC_CONIO */
