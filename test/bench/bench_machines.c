/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_machines: one relocation from a legacy RNC to an enhanced one through the machines of UE and RNCs, with the
 * typed codecs and all MACs and keys, against the scripted core network of the unit tests; no socket.
 * Usage: bench_machines [ROUNDS]: prints the best time of ROUNDS relocations, and how many messages they take.
 * bench_machines -c: one relocation after two warm ones, for callgrind. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__has_include)
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif
#endif

#include "test/unit/proc_ran_world.h"

static struct world world;

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e6 * (double)t.tv_sec + (double)t.tv_nsec / 1e3;
}

/* Attaches, relocates, and checks that UE and target agree on the enhanced keys. Returns the microseconds that the
 * relocation took; below 0 when it did not succeed. */
static double relocate(bool counted, unsigned *messages)
{
	double from, us;
	bool done;

	(void)counted;
	world_init(&world, true, false, true, 2, 2);
	world_attach(&world);
	*messages = world.delivered;
#ifdef CALLGRIND_ZERO_STATS
	if (counted)
		CALLGRIND_ZERO_STATS;
#endif
	from = now();
	world_relocate(&world);
	us = now() - from;
#ifdef CALLGRIND_DUMP_STATS_AT
	if (counted)
		CALLGRIND_DUMP_STATS_AT("relocation");
#endif
	*messages = world.delivered - *messages;
	done = world_agree(&world, 1, IUPLUS_KEYS_ENHANCED) && !world.failures;
	world_free(&world);
	return done ? us : -1;
}

int main(int argc, char **argv)
{
	bool counting = argc > 1 && strcmp(argv[1], "-c") == 0;
	int i, rounds = counting ? 3 : argc > 1 ? atoi(argv[1]) : 2000;
	double us, best = 0;
	unsigned messages = 0;

	for (i = 0; i < rounds; i++) {
		us = relocate(counting && i == rounds - 1, &messages);
		if (us < 0) {
			fputs("the relocation failed\n", stderr);
			return 1;
		}
		if (i == 0 || us < best)
			best = us;
	}
	if (!counting)
		printf("one relocation: %.1f us, %u messages\n", best, messages);
	return 0;
}
