/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_rrc: decoding and encoding RRC messages.
 * Usage: bench_rrc [-c] [-r ROUNDS] [-p PEER.so]... < lines of "CHANNEL HEX" (dl.dcch, ul.dcch, dl.ccch, ul.ccch) */
#include <stdio.h>
#include <string.h>

#include <iuplus/asn1.h>

#include "test/bench/bench.h"

static const char *type_of(const char *channel)
{
	static const char *const types[][2] = { { "dl.dcch", "DL-DCCH-Message" },
						{ "ul.dcch", "UL-DCCH-Message" },
						{ "dl.ccch", "DL-CCCH-Message" },
						{ "ul.ccch", "UL-CCCH-Message" } };
	unsigned i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i][0], channel) == 0)
			return types[i][1];
	}
	return NULL;
}

/* The message's name is the alternative of member message in the JSON of the value. */
static void name_it(struct bench_pdu *p, struct iuplus_arena *arena, char *name, size_t size)
{
	static const char before[] = "\"message\":{\"";
	const struct iuplus_asn1_type *type = iuplus_asn1_find("RRC", p->type);
	struct iuplus_octets text;
	const char *from = NULL;
	void *value;

	iuplus_arena_reset(arena, false);
	if (iuplus_asn1_decode(type, IUPLUS_ASN1_UPER, p->octets, 8 * p->length, 0, arena, &value, NULL) == IUPLUS_OK &&
	    iuplus_asn1_json(type, value, arena, &text) == IUPLUS_OK)
		from = strstr((const char *)text.data, before);
	if (from) {
		from += sizeof(before) - 1;
		snprintf(name, size, "%.*s", (int)strcspn(from, "\""), from);
		p->name = name;
	}
}

int main(int argc, char **argv)
{
	static const struct bench_codec *const ours[] = { &bench_iuplus_rrc, NULL };
	static char line[256 * 1024], names[1024][64];
	struct iuplus_arena arena;
	struct bench_pdu *pdus = NULL;
	unsigned i, count = 0;

	while (count < 1024 && fgets(line, sizeof(line), stdin)) {
		char *hex;

		line[strcspn(line, "\n")] = '\0';
		hex = strchr(line, ' ');
		if (line[0] == '#' || !hex)
			continue;
		*hex++ = '\0';
		if (!type_of(line) || bench_add(&pdus, &count, line, type_of(line), hex)) {
			fprintf(stderr, "no message: %s %s\n", line, hex);
			return 65;
		}
	}
	iuplus_arena_init(&arena, 0);
	for (i = 0; i < count; i++)
		name_it(&pdus[i], &arena, names[i], sizeof(names[i]));
	iuplus_arena_free(&arena);
	return bench_main(argc, argv, ours, pdus, count);
}
