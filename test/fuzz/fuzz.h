/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz.h: definition of a fuzz target, and functions for all targets. The same targets run under libFuzzer and AFL++
 * (entry.c) and under the project's own mutation loop, which needs neither (smoke.c). See README.md. */
#ifndef IUPLUS_TEST_FUZZ_H
#define IUPLUS_TEST_FUZZ_H

#include <iuplus/asn1.h>
#include <iuplus/iuplus.h>

/* ---- reproducible random numbers (splitmix64) ---- */

struct fuzz_random {
	uint64_t state;
};
uint64_t fuzz_next(struct fuzz_random *r);
/* 0 to n - 1; 0 if n is 0. */
size_t fuzz_below(struct fuzz_random *r, size_t n);
/* True once in n times. */
bool fuzz_one_in(struct fuzz_random *r, unsigned n);
void fuzz_octets(struct fuzz_random *r, uint8_t *buf, size_t len);

/* ---- targets ---- */

typedef void fuzz_add(void *user, const uint8_t *data, size_t len);

struct fuzz_target {
	const char *name;
	/* Accepts any octets. A violated invariant ends the process (fuzz_check()). */
	void (*run)(const uint8_t *data, size_t len);
	/* Generates the initial inputs; count is the number of random ones, if there are random ones. */
	void (*seeds)(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user);
	/* Modifies the structure of an input of len octets in place; max octets of room. Returns the new length, or 0
	 * if the input is invalid or too long. NULL: there is only fuzz_mutate_octets(). */
	size_t (*mutate)(uint8_t *data, size_t len, size_t max, struct fuzz_random *r);
};

extern const struct fuzz_target fuzz_ranap, fuzz_rnsap, fuzz_rrc, fuzz_containers;           /* the PER engine */
extern const struct fuzz_target fuzz_ranap_messages, fuzz_rnsap_messages, fuzz_rrc_messages; /* the typed layers */
extern const struct fuzz_target fuzz_nas, fuzz_m3ua, fuzz_sccp, fuzz_radio, fuzz_capture, fuzz_configuration;
extern const struct fuzz_target fuzz_machines, fuzz_text, fuzz_explain;

/* Ends the process with a line that names the violated invariant. */
#define fuzz_check(condition, ...) ((condition) ? (void)0 : fuzz_failed(__FILE__, __LINE__, #condition, __VA_ARGS__))
void fuzz_failed(const char *file, int line, const char *condition, const char *format, ...)
	__attribute__((noreturn, format(printf, 4, 5)));

/* True for one input out of n, by a hash of the input: costly checks are done for these only, and a failure is
 * reproducible. */
bool fuzz_sampled(const uint8_t *data, size_t len, unsigned n);

/* One of FUZZ_ARENAS arenas, after a reset. */
#define FUZZ_ARENAS 4u
struct iuplus_arena *fuzz_arena(unsigned n);
/* A copy of the octets of exactly their length, so that a read beyond them is detected. Valid until fuzz_arena(0). */
const uint8_t *fuzz_tight(const uint8_t *data, size_t len);

/* ---- mutation without knowledge of the format: bits, octets, chunks, lengths ---- */

size_t fuzz_mutate_octets(uint8_t *data, size_t len, size_t max, struct fuzz_random *r);
/* Applies the target's mutation, or the above, or both. */
size_t fuzz_mutate(const struct fuzz_target *target, uint8_t *data, size_t len, size_t max, struct fuzz_random *r);

/* ---- values of ASN.1 types (value.c) ---- */

/* A random value of the type and its encoding; IUPLUS_OK, or the reason why there is none. */
int fuzz_value_encode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, struct fuzz_random *r,
		      struct iuplus_arena *arena, struct iuplus_octets *encoding);
/* Decodes, changes one to three places of the value (a leaf, an alternative, an optional member, a list's items) and
 * encodes. IUPLUS_OK, or the reason of the failure. */
int fuzz_value_mutate(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *data,
		      size_t len, struct fuzz_random *r, struct iuplus_arena *arena, struct iuplus_octets *encoding);
/* Invariants for any octets: decoding terminates; a value decoded without error encodes; the result decodes and encodes
 * to the same octets and, for every eighth input, to the same text. */
void fuzz_value_check(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *data,
		      size_t bits, unsigned flags, struct iuplus_arena *arena);

/* For every line of a file of the source tree that has a word of hex digits and starts with word (NULL: any line), calls
 * add for the octets of the last such word, preceded by prefix. */
void fuzz_seed_file(const char *path, const char *word, const uint8_t *prefix, size_t prefix_len, fuzz_add *add,
		    void *user);

/* Messages with the extension (seeds.c). RANAP, RNSAP: each after an octet 0, and 1 where a legacy node's reading differs. RRC: after
 * the number of the channel, or of ToTargetRNC-Container, twice. */
void fuzz_seeds_ranap(fuzz_add *add, void *user);
void fuzz_seeds_rnsap(fuzz_add *add, void *user);
void fuzz_seeds_rrc(unsigned ul_dcch, unsigned dl_dcch, fuzz_add *add, void *user);
void fuzz_seeds_srns_info(unsigned to_target, fuzz_add *add, void *user);

#endif
