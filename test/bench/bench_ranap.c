/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_ranap: decoding and encoding RANAP-PDUs.
 * Usage: bench_ranap [-c] [-r ROUNDS] [-p PEER.so]... < lines of "CAPTURE <tab> FRAME <tab> MESSAGE <tab> HEX" */
#include <stdio.h>
#include <string.h>

#include "bench.h"

int main(int argc, char **argv)
{
	static char line[256 * 1024];
	struct bench_pdu *pdus = NULL;
	unsigned count = 0;

	while (fgets(line, sizeof(line), stdin)) {
		char *name, *hex;

		line[strcspn(line, "\n")] = '\0';
		hex = strrchr(line, '\t');
		if (line[0] == '#' || !hex)
			continue;
		*hex++ = '\0';
		name = strrchr(line, '\t');
		if (bench_add(&pdus, &count, name ? name + 1 : line, "RANAP-PDU", hex)) {
			fprintf(stderr, "no hex: %s\n", hex);
			return 65;
		}
	}
	return bench_main(argc, argv, &bench_iuplus_ranap, pdus, count);
}
