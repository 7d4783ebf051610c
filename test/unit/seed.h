/* SPDX-License-Identifier: BSD-2-Clause */
/* seed.h: reproducible random values for tests; the seed is IUPLUS_SEED or the time, and is printed on failure. */
#ifndef IUPLUS_TEST_SEED_H
#define IUPLUS_TEST_SEED_H

#include <CUnit/CUnit.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline uint64_t seed_begin(void)
{
	const char *text = getenv("IUPLUS_SEED");
	struct timespec now;

	if (text)
		return strtoull(text, NULL, 0);
	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* splitmix64 */
static inline uint64_t seed_next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline void seed_octets(uint64_t *state, uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		p[i] = (uint8_t)seed_next(state);
}

/* Prints the seed if there are more failures than before. */
static inline void seed_report(uint64_t seed, unsigned failures_before)
{
	if (CU_get_number_of_failure_records() > failures_before)
		fprintf(stderr, "repeat with IUPLUS_SEED=%" PRIu64 "\n", seed);
}

#endif
