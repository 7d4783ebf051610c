/* SPDX-License-Identifier: BSD-2-Clause */
/* bench.h: the interface of a codec to be measured, and the program that measures all of them equally (bench.c). */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>

struct bench_codec {
	const char *name;
	/* Prepares one PDU: decodes it once and keeps the value for encode(). NULL if the codec cannot decode it. */
	void *(*prepare)(const char *type, const uint8_t *octets, size_t length);
	/* Decodes the whole PDU and discards the value. 0, or -1. */
	int (*decode)(void *pdu);
	/* Encodes the whole value of prepare() and discards the encoding. 0, or -1. */
	int (*encode)(void *pdu);
	/* The last encoding, kept by prepare() for comparison; its length. */
	size_t (*encoding)(void *pdu, const uint8_t **octets);
};

struct bench_pdu {
	const char *name; /* of the message: the row of the table */
	const char *type; /* of the PDU: passed to the codecs */
	uint8_t *octets;
	size_t length;
};

/* The library under test: its generic calls for aligned or unaligned types of one protocol, and its typed ones. */
extern const struct bench_codec bench_iuplus_ranap, bench_iuplus_rrc, bench_typed_ranap;

/* Measures the library's codecs (a list that ends with NULL) and the peers named by the arguments, which are shared
 * objects with a symbol `bench_peer'. Ratios are to the first codec. Exit status of the program: 0; 1 if a codec of the
 * library fails; 64 usage. */
int bench_main(int argc, char **argv, const struct bench_codec *const *ours, const struct bench_pdu *pdus,
	       unsigned count);

/* Adds a PDU in hex to the list. 0, or -1 if it is not hex. */
int bench_add(struct bench_pdu **pdus, unsigned *count, const char *name, const char *type, const char *hex);

#endif
