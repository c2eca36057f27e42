/* SPDX-License-Identifier: GPL-2.0 */
/*
 * guiddef.h - DEFINE_GUID: a declaration, or with INITGUID defined (which
 * including initguid.h does) the definition, one per module
 */
#include "ntdef.h"

#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)		\
	EXTERN_C const GUID name __attribute__((__weak__));			\
	const GUID name = { l, w1, w2, { b1, b2, b3, b4, b5, b6, b7, b8 } }
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)		\
	EXTERN_C const GUID name
#endif

#ifndef IsEqualGUID
#ifdef __cplusplus
#define IsEqualGUID(a, b)	(!__builtin_memcmp(&(a), &(b), sizeof(GUID)))
#else
#define IsEqualGUID(a, b)	(!__builtin_memcmp((a), (b), sizeof(GUID)))
#endif
#define InlineIsEqualGUID(a, b)	IsEqualGUID(a, b)
#endif
