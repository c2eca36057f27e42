/* SPDX-License-Identifier: GPL-2.0 */
/* Keys come with the line that they are typed on. */
#ifndef _INC_CONIO
#define _INC_CONIO

#include <poll.h>
#include <stdio.h>

#define _getch		getchar
#define _getche		getchar
#define getch		getchar

/* Is there a line to read? At the end of the input there is none. */
static inline int _kbhit(void)
{
	struct pollfd input = { .fd = 0, .events = POLLIN };

	return poll(&input, 1, 0) == 1 && input.revents & POLLIN;
}
#define kbhit		_kbhit

#endif /* _INC_CONIO */
