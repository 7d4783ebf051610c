/* SPDX-License-Identifier: BSD-2-Clause */
/* entry.c: one target as a program of its own, compiled once per target with -DFUZZ_TARGET=fuzz_NAME. With
 * -DFUZZ_ENGINE libFuzzer or AFL++ provides main(); otherwise every file named is an input ("-": standard input), to
 * replay inputs found by an engine. */
#include "test/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t max) __attribute__((weak)); /* libFuzzer's */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	FUZZ_TARGET.run(data, len);
	return 0;
}

/* libFuzzer's own mutation uses the comparisons that it has observed: it does a third of the mutations. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t max, unsigned seed)
{
	struct fuzz_random r = { seed };

	if (LLVMFuzzerMutate && fuzz_one_in(&r, 3))
		return LLVMFuzzerMutate(data, len, max);
	return fuzz_mutate(&FUZZ_TARGET, data, len, max, &r);
}

#ifndef FUZZ_ENGINE
static int one(FILE *f, const char *name)
{
	size_t size = 4096, len = 0, n;
	uint8_t *data = malloc(size), *more;

	while (data && (n = fread(data + len, 1, size - len, f)) > 0) {
		len += n;
		if (len < size)
			continue;
		size *= 2;
		more = realloc(data, size);
		if (!more)
			free(data);
		data = more;
	}
	if (!data || ferror(f)) {
		fprintf(stderr, "%s: cannot be read\n", name);
		free(data);
		return 65;
	}
	LLVMFuzzerTestOneInput(data, len);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	int i, rc = 0;

	if (argc < 2) {
		fprintf(stderr, "usage: %s FILE ... (\"-\": standard input)\n", argv[0]);
		return 64;
	}
	for (i = 1; i < argc && rc == 0; i++) {
		FILE *f = strcmp(argv[i], "-") == 0 ? stdin : fopen(argv[i], "rb");

		if (!f) {
			perror(argv[i]);
			return 65;
		}
		rc = one(f, argv[i]);
		if (f != stdin)
			fclose(f);
	}
	return rc;
}
#endif
