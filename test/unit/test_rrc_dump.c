/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rrc_dump.c: random RRC messages and containers for other decoders: one "DISSECTOR HEX" per line on standard
 * output, or with -p FILE a capture of exported PDUs (link type 252) with the name of their dissectors. -l: as sent by
 * a legacy node. Usage: test_rrc_dump [-l] [-p FILE] [ROUNDS]; IUPLUS_SEED selects the messages (default 1). */
#include <iuplus/rrc.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test/unit/test_rrc.h"

static FILE *capture;
static unsigned number;

static const char *const dissectors[] = { "rrc.ul.ccch", "rrc.dl.ccch", "rrc.ul.dcch", "rrc.dl.dcch" };

static void put32(uint32_t value)
{
	fwrite(&value, sizeof(value), 1, capture);
}

/* Exported PDU: tag 12 is the dissector's name, tag 0 the end. */
static void write_packet(const char *dissector, struct iuplus_octets pdu)
{
	uint8_t head[64] = { 0, 12, 0, 0 };
	size_t name = (strlen(dissector) + 3) & ~(size_t)3, len = 4 + name + 4;

	head[3] = (uint8_t)name;
	memcpy(head + 4, dissector, strlen(dissector));
	put32(number);
	put32(0);
	put32((uint32_t)(len + pdu.len));
	put32((uint32_t)(len + pdu.len));
	fwrite(head, len, 1, capture);
	fwrite(pdu.data, pdu.len, 1, capture);
}

static void show(const char *dissector, struct iuplus_octets pdu)
{
	size_t i;

	number++;
	if (capture) {
		write_packet(dissector, pdu);
		return;
	}
	printf("%s ", dissector);
	for (i = 0; i < pdu.len; i++)
		printf("%02x", pdu.data[i]);
	printf("\n");
}

int main(int argc, char **argv)
{
	const char *text = getenv("IUPLUS_SEED");
	uint64_t state = text ? strtoull(text, NULL, 0) : 1;
	unsigned flags = 0, rounds, round, type;
	struct iuplus_arena arena;
	int option;

	while ((option = getopt(argc, argv, "lp:")) != -1) {
		if (option == 'l') {
			flags = IUPLUS_RRC_LEGACY;
		} else if (option == 'p') {
			static const uint32_t head[] = { 0xa1b2c3d4, 0x00040002, 0, 0, 65535, 252 };

			capture = fopen(optarg, "wb");
			if (!capture || fwrite(head, sizeof(head), 1, capture) != 1) {
				perror(optarg);
				return 1;
			}
		} else {
			return 64;
		}
	}
	rounds = optind < argc ? (unsigned)atoi(argv[optind]) : 2;
	iuplus_arena_init(&arena, 0);
	for (round = 0; round < rounds; round++) {
		struct iuplus_rrc_srns_info info;
		struct iuplus_rrc_to_source to_source = { .failure = rrc_flip(&state) };
		struct iuplus_rrc_msg m;
		struct iuplus_octets pdu;

		for (type = IUPLUS_RRC_OTHER + 1; type < RRC_TYPES; type++) {
			rrc_random_message(&state, (enum iuplus_rrc_type)type, &m);
			if (iuplus_rrc_encode(&m, flags, &arena, &pdu, NULL))
				return 1;
			show(dissectors[m.channel], pdu);
		}
		rrc_random_info(&state, &info);
		if (iuplus_rrc_srns_info_encode(&info, flags, &arena, &pdu, NULL))
			return 1;
		show("rrc.s_to_trnc_cont", pdu);
		rrc_random_message(&state, IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, &m);
		if (iuplus_rrc_encode(&m, flags, &arena, &to_source.dl_dcch, NULL))
			return 1;
		rrc_random_cause(&state, &to_source.cause);
		if (iuplus_rrc_to_source_encode(&to_source, &arena, &pdu, NULL))
			return 1;
		show("rrc.t_to_srnc_cont", pdu);
		iuplus_arena_reset(&arena, true);
	}
	iuplus_arena_free(&arena);
	if (capture && fclose(capture))
		return 1;
	return 0;
}
