/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_ranap: decoding and encoding RANAP-PDUs by the generic calls, and with -t by the typed ones first.
 * Usage: bench_ranap [-t] [-c] [-r ROUNDS] [-p PEER.so]... < PDUs, one per line, tab-separated:
 * "CAPTURE FRAME MESSAGE HEX", or as in test/vectors/pdus-public.tsv "WHERE NUMBER TYPE MESSAGE HOW HEX", of which only
 * RANAP-PDUs with a canonical encoding are used. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "test/bench/bench.h"

#define COLUMNS 6u

/* Splits a line into its columns. Returns their number. */
static unsigned cut(char *line, char *columns[COLUMNS])
{
	unsigned n = 0;

	for (; line && n < COLUMNS; n++) {
		columns[n] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return n;
}

int main(int argc, char **argv)
{
	static const struct bench_codec *const all[] = { &bench_typed_ranap, &bench_iuplus_ranap, NULL };
	static char line[256 * 1024];
	bool typed = argc > 1 && strcmp(argv[1], "-t") == 0;
	struct bench_pdu *pdus = NULL;
	unsigned count = 0;

	while (fgets(line, sizeof(line), stdin)) {
		char *columns[COLUMNS];
		unsigned n;

		line[strcspn(line, "\n")] = '\0';
		n = line[0] == '#' ? 0 : cut(line, columns);
		if (n < 4 || (n == COLUMNS && (strcmp(columns[2], "RANAP-PDU") || strcmp(columns[4], "canonical"))))
			continue;
		if (bench_add(&pdus, &count, columns[n == COLUMNS ? 3 : 2], "RANAP-PDU", columns[n - 1])) {
			fprintf(stderr, "no hex: %s\n", columns[n - 1]);
			return 65;
		}
	}
	return bench_main(argc - typed, argv + typed, typed ? all : all + 1, pdus, count);
}
