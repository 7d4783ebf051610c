/* SPDX-License-Identifier: BSD-2-Clause */
/* test_per_hostile.c: what a peer may do to the PER engine: mutated and cut PDUs, promises of long lists, no memory,
 * two threads.
 * IUPLUS_SEED repeats a run; IUPLUS_MUTATIONS sets how many (100 000 unless set). */
#include "cunit_main.h"
#include "per_util.h"
#include "seed.h"

#include <pthread.h>

struct sample {
	const struct iuplus_asn1_type *type;
	enum iuplus_asn1_rules rules;
	const char *hex;
};

#define TYPE(p, n) (iuplus_asn1_find(p, n))

/* Real RANAP PDUs of test/vectors/ranap-pdus.tsv and RRC messages made by Erlang from our modules. */
static const struct {
	const char *protocol, *name, *hex;
} samples[] = {
	{ "RANAP", "RANAP-PDU",
		"001340450000070003400180000f40060052f81500c8003740010a003a40080052f81500c800010010400e0d080c0505f4e806f7f332020000004f4003034f000056400552f815000c" },
	{ "RANAP", "RANAP-PDU",
		"00060034000003000c00120000c51c6166733b7225b83904f2eac648c0000b40120880c0c51c6166733b7225b83904f2eac648004b000100" },
	{ "RANAP", "RANAP-PDU", "000f4010000001001740095052586104000008f2" },
#include "per_samples.h"
};
#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

static struct sample sample(size_t i)
{
	struct sample s = { TYPE(samples[i].protocol, samples[i].name),
		strcmp(samples[i].protocol, "RRC") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER, samples[i].hex };

	return s;
}

/* Decodes; what decodes must encode, decode again, and encode to the same octets. False says that it did not. */
static bool settle(const struct sample *s, const uint8_t *octets, size_t bits, struct iuplus_arena *arena,
	struct iuplus_asn1_error *e)
{
	struct iuplus_octets o, o2;
	void *v;
	int rc = iuplus_asn1_decode(s->type, s->rules, octets, bits, 0, arena, &v, e);

	if (!v)
		return rc < 0 && e->what && e->bit_offset <= bits;
	if (e->bits > bits)
		return false;
	rc = iuplus_asn1_encode(s->type, s->rules, v, 0, arena, &o, NULL, e);
	/* an unknown alternative or value cannot be written, a missing IE must not */
	if (rc)
		return rc == IUPLUS_ERR_MISSING || rc == IUPLUS_ERR_CONSTRAINT || rc == IUPLUS_ERR_MEMORY;
	iuplus_asn1_decode(s->type, s->rules, o.data, 8 * o.len, 0, arena, &v, e);
	if (!v)
		return false;
	rc = iuplus_asn1_encode(s->type, s->rules, v, 0, arena, &o2, NULL, e);
	return rc == 0 && o.len == o2.len && memcmp(o.data, o2.data, o.len) == 0;
}

static void whole(void)
{
	struct iuplus_asn1_error error;
	uint8_t octets[4096];
	struct iuplus_arena arena;
	size_t i;

	iuplus_arena_init(&arena, 0);
	for (i = 0; i < SAMPLES; i++) {
		struct sample s = sample(i);
		size_t n = per_unhex(s.hex, octets);
		struct iuplus_octets o;
		void *v;

		CU_ASSERT_PTR_NOT_NULL_FATAL(s.type);
		/* some hold an unknown IE of criticality reject: it is kept all the same */
		iuplus_asn1_decode(s.type, s.rules, octets, 8 * n, IUPLUS_ASN1_EXACT, &arena, &v, &error);
		CU_ASSERT_TRUE(error.rc == IUPLUS_OK || error.rc == IUPLUS_ERR_NOT_COMPREHENDED);
		CU_ASSERT_PTR_NOT_NULL_FATAL(v);
		CU_ASSERT_EQUAL(iuplus_asn1_encode(s.type, s.rules, v, 0, &arena, &o, NULL, &error), IUPLUS_OK);
		CU_ASSERT_TRUE(per_is_hex(o, s.hex));
		iuplus_arena_reset(&arena, false);
	}
	iuplus_arena_free(&arena);
}

static void cut(void)
{
	struct iuplus_asn1_error error;
	uint8_t octets[4096], *exact;
	struct iuplus_arena arena;
	size_t i, bits, short_of = 0;

	iuplus_arena_init(&arena, 0);
	for (i = 0; i < SAMPLES; i++) {
		struct sample s = sample(i);
		size_t n = per_unhex(s.hex, octets);

		for (bits = 0; bits < 8 * n; bits++) {
			/* exactly so many octets, so that a sanitizer sees a read too far */
			exact = malloc((bits + 7) / 8 + 1);
			memcpy(exact, octets, (bits + 7) / 8);
			CU_ASSERT_TRUE(settle(&s, exact, bits, &arena, &error));
			short_of += error.rc == IUPLUS_ERR_TRUNCATED;
			free(exact);
			iuplus_arena_reset(&arena, false);
		}
	}
	CU_ASSERT_TRUE(short_of > 0);
	iuplus_arena_free(&arena);
}

static void mutated(void)
{
	struct iuplus_asn1_error error;
	uint8_t octets[4096];
	struct iuplus_arena arena;
	uint64_t seed = seed_begin(), state = seed;
	unsigned failures = CU_get_number_of_failure_records();
	const char *wish = getenv("IUPLUS_MUTATIONS");
	unsigned long k, count = wish ? strtoul(wish, NULL, 0) : 100000;

	iuplus_arena_init(&arena, 0);
	for (k = 0; k < count; k++) {
		struct sample s = sample(seed_next(&state) % SAMPLES);
		size_t n = per_unhex(s.hex, octets), i, changes = 1 + seed_next(&state) % 4;

		for (i = 0; i < changes; i++) {
			size_t at = seed_next(&state) % n;

			switch (seed_next(&state) % 5) {
			case 0: octets[at] ^= (uint8_t)(1u << seed_next(&state) % 8); break;
			case 1: octets[at] = (uint8_t)seed_next(&state); break;
			case 2: octets[at] = (uint8_t)(seed_next(&state) & 1 ? 0xff : 0x80); break;
			case 3: memmove(octets + at, octets + at + 1, n - at - 1); n -= n > 1; break;
			default: memmove(octets + at + 1, octets + at, n - at); n++; break;
			}
		}
		if (!settle(&s, octets, 8 * n, &arena, &error)) {
			CU_FAIL("a mutated PDU does not settle");
			fprintf(stderr, "  sample of type %s, mutation %lu\n", s.type->name, k);
			break;
		}
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, failures);
	iuplus_arena_free(&arena);
}

static void no_memory(void)
{
	struct iuplus_asn1_error error;
	uint8_t octets[4096];
	size_t i, limit;

	for (i = 0; i < SAMPLES; i++) {
		struct sample s = sample(i);
		size_t n = per_unhex(s.hex, octets);
		struct iuplus_octets o;
		void *v;
		int rc = IUPLUS_ERR_MEMORY;

		for (limit = 16; rc == IUPLUS_ERR_MEMORY; limit += 16) {
			struct iuplus_arena arena;

			iuplus_arena_init(&arena, limit);
			rc = iuplus_asn1_decode(s.type, s.rules, octets, 8 * n, 0, &arena, &v, &error);
			CU_ASSERT_TRUE(v ? rc != IUPLUS_ERR_MEMORY : rc == IUPLUS_ERR_MEMORY);
			if (v)
				rc = iuplus_asn1_encode(s.type, s.rules, v, 0, &arena, &o, NULL, &error);
			CU_ASSERT_TRUE(rc == IUPLUS_OK || rc == IUPLUS_ERR_MEMORY);
			iuplus_arena_free(&arena);
		}
	}
}

/* 64 kB that ask for as much as they can: unknown IEs, and counts that the input does not hold. */
static void greedy(void)
{
	struct iuplus_asn1_error error;
	static uint8_t octets[65536];
	struct iuplus_arena arena;
	size_t i;
	void *v;

	iuplus_arena_init(&arena, 0);
	memset(octets, 0, sizeof(octets));
	octets[0] = octets[1] = 0x3f;
	for (i = 2; i + 5 <= sizeof(octets); i += 5)
		memcpy(octets + i, "\xee\xee\x40\x01\x00", 5);
	iuplus_asn1_decode(TYPE("RANAP", "SecurityModeCommandIEs"), IUPLUS_ASN1_APER, octets, 8 * sizeof(octets), 0,
		&arena, &v, &error);
	CU_ASSERT_NOT_EQUAL(error.rc, IUPLUS_ERR_MEMORY);
	iuplus_arena_free(&arena);
	/* 64 octets of input: 2000 times as much is plenty (3GPP's complete RNSAP takes 1500: Ganss-Sat-Info-AddNavList) */
	iuplus_arena_init(&arena, 128 * 1024);
	for (i = 0; i < iuplus_asn1_type_count; i++) {
		int fill;

		for (fill = 0; fill < 3; fill++) {
			memset(octets, fill == 0 ? 0 : fill == 1 ? 0xff : 0x55, 64);
			iuplus_asn1_decode(&iuplus_asn1_types[i], IUPLUS_ASN1_UPER, octets, 8 * 64, 0, &arena, &v,
				&error);
			CU_ASSERT_NOT_EQUAL(error.rc, IUPLUS_ERR_MEMORY);
			iuplus_arena_free(&arena);
		}
	}
	iuplus_arena_free(&arena);
}

/* An item of as many additions as there are numbers of 64 bits, and one more: none of them is there. */
static void more_than_can_be_counted(void)
{
	static const char *const items[] = { "844008ffffffffffffffff", "844008fffffffffffffffe" };
	const struct iuplus_asn1_type *type = TYPE("RANAP", "AllocationOrRetentionPriority");
	struct iuplus_asn1_error error;
	struct iuplus_arena arena;
	size_t i;
	void *v;

	iuplus_arena_init(&arena, 0);
	for (i = 0; i < 2; i++) {
		per_decode_hex(type, IUPLUS_ASN1_APER, items[i], 0, &arena, &v, &error);
		CU_ASSERT_EQUAL(error.rc, IUPLUS_ERR_TRUNCATED);
	}
	iuplus_arena_free(&arena);
}

static void *worker(void *bad)
{
	uint8_t octets[4096];
	struct iuplus_asn1_error error;
	struct iuplus_arena arena;
	size_t i;
	int round;

	iuplus_arena_init(&arena, 0);
	for (round = 0; round < 50; round++) {
		for (i = 0; i < SAMPLES; i++) {
			struct sample s = sample(i);

			if (!settle(&s, octets, 8 * per_unhex(s.hex, octets), &arena, &error) || error.rc != IUPLUS_OK)
				++*(int *)bad;
			iuplus_arena_reset(&arena, false);
		}
	}
	iuplus_arena_free(&arena);
	return NULL;
}

/* The first test: the tables are not made yet. */
static void threads(void)
{
	pthread_t thread[4];
	int bad[4] = { 0 }, i;

	for (i = 0; i < 4; i++)
		CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[i], NULL, worker, &bad[i]), 0);
	for (i = 0; i < 4; i++) {
		pthread_join(thread[i], NULL);
		CU_ASSERT_EQUAL(bad[i], 0);
	}
}

IUPLUS_CUNIT_MAIN("per_hostile", { "four threads from the first use on", threads }, { "samples, whole", whole },
	{ "samples, cut at every bit", cut }, { "samples, mutated", mutated },
		{ "memory ends at every place", no_memory },
	{ "promises of much", greedy }, { "more additions than can be counted", more_than_can_be_counted })
