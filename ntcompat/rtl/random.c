// SPDX-License-Identifier: GPL-2.0
/*
 * Pseudo-random numbers from the caller's seed: the same numbers after the same
 * seed. Pure code: it is also compiled and tested on the host.
 */
#include "string.h"

#define MODULUS		0x7fffffff	/* 2^31 - 1, a prime */
#define MULTIPLIER	48271

/**
 * RtlUniform - the next number of a simple generator
 * @Seed: its state, updated
 *
 * IRQL: any here. Returns a number from 0 to MAXLONG - 1, evenly distributed.
 */
ULONG RtlUniform(PULONG Seed)
{
	u64 next = *Seed % MODULUS;

	/* Lehmer's generator, which would never leave 0. */
	next = (next ? next : 1) * MULTIPLIER % MODULUS;
	*Seed = next;
	return next - 1;
}
EXPORT_SYMBOL(RtlUniform);

/**
 * RtlRandomEx - the next number of a better generator
 * @Seed: its state, updated; begin with any value
 *
 * IRQL: <= APC_LEVEL (here any). Returns a number from 0 to MAXLONG - 1. The numbers
 * are not those of Windows.
 */
ULONG RtlRandomEx(PULONG Seed)
{
	u64 mixed;

	*Seed += 0x9e3779b9;
	mixed = *Seed;
	mixed = (mixed ^ mixed >> 16) * 0x21f0aaad & 0xffffffff;
	mixed = (mixed ^ mixed >> 15) * 0x735a2d97 & 0xffffffff;
	mixed ^= mixed >> 15;
	return mixed * MODULUS >> 32;
}
EXPORT_SYMBOL(RtlRandomEx);

/**
 * RtlRandom - the same by its old name
 * @Seed: see RtlRandomEx()
 *
 * IRQL: <= APC_LEVEL (here any).
 */
ULONG RtlRandom(PULONG Seed)
{
	return RtlRandomEx(Seed);
}
EXPORT_SYMBOL(RtlRandom);
