/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz.h: what a fuzz target is, and what all of them share. The same targets run under libFuzzer and AFL++ (entry.c)
 * and under a mutation loop of our own that needs neither (smoke.c). README.md says how. */
#ifndef IUPLUS_TEST_FUZZ_H
#define IUPLUS_TEST_FUZZ_H

#include <iuplus/asn1.h>
#include <iuplus/iuplus.h>

/* ---- repeatable random numbers (splitmix64) ---- */

struct fuzz_random {
	uint64_t state;
};
uint64_t fuzz_next(struct fuzz_random *r);
/* 0 to n - 1; 0 when n is 0. */
size_t fuzz_below(struct fuzz_random *r, size_t n);
/* True once in n times. */
bool fuzz_one_in(struct fuzz_random *r, unsigned n);
void fuzz_octets(struct fuzz_random *r, uint8_t *buf, size_t len);

/* ---- targets ---- */

typedef void fuzz_add(void *user, const uint8_t *data, size_t len);

struct fuzz_target {
	const char *name;
	/* Takes any octets. What must hold and does not ends the process (fuzz_check()). */
	void (*run)(const uint8_t *data, size_t len);
	/* Makes inputs to start from; count says how many random ones, where there are random ones. */
	void (*seeds)(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user);
	/* Changes an input of len octets by what it means, in place; max octets of room. Gives the new length, 0 when
	 * the input means nothing or does not fit. NULL: there is only fuzz_mutate_octets(). */
	size_t (*mutate)(uint8_t *data, size_t len, size_t max, struct fuzz_random *r);
};

extern const struct fuzz_target fuzz_ranap, fuzz_rnsap, fuzz_rrc, fuzz_containers;	/* the PER engine */
extern const struct fuzz_target fuzz_ranap_messages, fuzz_rnsap_messages, fuzz_rrc_messages; /* the typed layers */
extern const struct fuzz_target fuzz_nas, fuzz_m3ua, fuzz_sccp, fuzz_radio, fuzz_capture, fuzz_configuration;
extern const struct fuzz_target fuzz_machines, fuzz_text, fuzz_explain;

/* Ends the process with a line that says what does not hold. */
#define fuzz_check(condition, ...) ((condition) ? (void)0 : fuzz_failed(__FILE__, __LINE__, #condition, __VA_ARGS__))
void fuzz_failed(const char *file, int line, const char *condition, const char *format, ...)
	__attribute__((noreturn, format(printf, 4, 5)));

/* True for one input out of n, by a hash of the input: the costly checks are for these, and a failure comes again. */
bool fuzz_sampled(const uint8_t *data, size_t len, unsigned n);

/* One of FUZZ_ARENAS arenas, emptied. */
#define FUZZ_ARENAS 4u
struct iuplus_arena *fuzz_arena(unsigned n);
/* A copy of the octets with nothing behind them, so that a read too far is seen. Until fuzz_arena(0) is called. */
const uint8_t *fuzz_tight(const uint8_t *data, size_t len);

/* ---- mutation without any meaning: bits, octets, chunks, lengths ---- */

size_t fuzz_mutate_octets(uint8_t *data, size_t len, size_t max, struct fuzz_random *r);
/* What a target's mutation makes, or the above, or one after the other. */
size_t fuzz_mutate(const struct fuzz_target *target, uint8_t *data, size_t len, size_t max, struct fuzz_random *r);

/* ---- values of ASN.1 types (value.c) ---- */

/* A random value of the type and its encoding; IUPLUS_OK, or why no such value came out. */
int fuzz_value_encode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, struct fuzz_random *r,
	struct iuplus_arena *arena, struct iuplus_octets *encoding);
/* Decodes, changes one to three places of the value (a leaf, an alternative, an optional member, a list's items) and
 * encodes. IUPLUS_OK, or why not. */
int fuzz_value_mutate(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *data,
	size_t len,
	struct fuzz_random *r, struct iuplus_arena *arena, struct iuplus_octets *encoding);
/* What must hold for any octets: decoding ends; what decodes well encodes; that decodes to the
 * same octets and, for every eighth input, to the same text. */
void fuzz_value_check(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *data,
	size_t bits,
	unsigned flags, struct iuplus_arena *arena);

/* Calls add for the octets of every line of a file of the source tree that ends in hex digits: the last word of a line,
 * preceded by prefix octets when the line begins with word (NULL: any line). */
void fuzz_seed_file(const char *path, const char *word, const uint8_t *prefix, size_t prefix_len, fuzz_add *add,
	void *user);

#endif
