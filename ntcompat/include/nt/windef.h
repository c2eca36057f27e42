/* SPDX-License-Identifier: GPL-2.0 */
/* windef.h - the types of Windows programs, which old drivers use */
#ifndef _NT_WINDEF_H
#define _NT_WINDEF_H

#include "ntdef.h"

#define MAX_PATH	260

typedef void		*LPVOID;
typedef const void	*LPCVOID;
typedef BYTE		*LPBYTE;
typedef WORD		*PWORD, *LPWORD;
typedef INT		*LPINT;
typedef LONG		*LPLONG;
typedef BOOL		*LPBOOL;

#endif /* _NT_WINDEF_H */
