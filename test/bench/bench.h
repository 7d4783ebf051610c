/* SPDX-License-Identifier: BSD-2-Clause */
/* bench.h: what a codec brings to be measured, and the program that measures all of them alike (bench.c). */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>

struct bench_codec {
	const char *name;
	/* Gets ready for one PDU: decodes it once and keeps the value for encode(). NULL when the codec cannot. */
	void *(*prepare)(const char *type, const uint8_t *octets, size_t length);
	/* Decodes the PDU, all of it, and drops the value. 0, or -1. */
	int (*decode)(void *pdu);
	/* Encodes prepare()'s value, all of it, and drops the encoding. 0, or -1. */
	int (*encode)(void *pdu);
	/* The last encoding, kept by prepare() for comparison; its length. */
	size_t (*encoding)(void *pdu, const uint8_t **octets);
};

struct bench_pdu {
	const char *name;	/* of the message: what the table's rows are about */
	const char *type;	/* of the PDU: what the codecs are told */
	uint8_t *octets;
	size_t length;
};

/* The library under test: its generic calls for aligned or unaligned types of one protocol, and its typed ones. */
extern const struct bench_codec bench_iuplus_ranap, bench_iuplus_rrc, bench_typed_ranap;

/* Measures our codecs (a list that ends with NULL) and the peers, which are shared objects with a symbol `bench_peer',
 * as the arguments say. Ratios are to the first codec.
 * Exit status of the program: 0; 1 when a codec of ours fails where it should not; 64 usage. */
int bench_main(int argc, char **argv, const struct bench_codec *const *ours, const struct bench_pdu *pdus,
	unsigned count);

/* Adds a PDU in hex to the list. 0, or -1 when it is no hex. */
int bench_add(struct bench_pdu **pdus, unsigned *count, const char *name, const char *type, const char *hex);

#endif
