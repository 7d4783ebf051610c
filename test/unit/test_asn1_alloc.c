/* SPDX-License-Identifier: BSD-2-Clause */
/* test_asn1_alloc.c: what the PER engine takes from the heap: nothing per PDU once the arena is warm, and never more
 * than 8 MiB for a PDU of 64 kB, whatever it holds. Every allocation of the process is counted.
 * IUPLUS_SEED repeats a run. */
#include "cunit_main.h"
#include "per_util.h"
#include "seed.h"

#include <malloc.h>

static size_t allocations, held, most_held;

static void taken(void *p)
{
	if (!p)
		return;
	allocations++;
	held += malloc_usable_size(p);
	if (held > most_held)
		most_held = held;
}

static void given_back(void *p)
{
	if (p)
		held -= malloc_usable_size(p);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif

#ifdef SANITIZED
/* the sanitizer's runtime has the allocator, and says what it does */
int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void *, size_t),
	void (*on_free)(const volatile void *));

static void on_malloc(const volatile void *p, size_t size)
{
	(void)size;
	taken((void *)(uintptr_t)p);
}

static void on_free(const volatile void *p)
{
	given_back((void *)(uintptr_t)p);
}

static void install(void)
{
	static bool done;

	if (!done)
		CU_ASSERT_NOT_EQUAL_FATAL(__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free), 0);
	done = true;
}
#else
/* the C library's own, by the names that are left when a program brings its own malloc */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *p);

void *malloc(size_t size)
{
	void *p = __libc_malloc(size);

	taken(p);
	return p;
}

void *calloc(size_t count, size_t size)
{
	void *p = __libc_calloc(count, size);

	taken(p);
	return p;
}

void *realloc(void *old, size_t size)
{
	size_t before = old ? malloc_usable_size(old) : 0;
	void *p = __libc_realloc(old, size);

	if (p || size == 0) {
		held -= before;
		taken(p);
	}
	return p;
}

void *memalign(size_t alignment, size_t size)
{
	void *p = __libc_memalign(alignment, size);

	taken(p);
	return p;
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
	*p = memalign(alignment, size);
	return *p ? 0 : 12;
}

void free(void *p)
{
	given_back(p);
	__libc_free(p);
}

static void install(void)
{
}
#endif

/* Real RANAP PDUs of test/vectors/ranap-pdus.tsv and RRC messages made by Erlang from our modules. */
static const struct {
	const char *protocol, *name, *hex;
} samples[] = {
	{ "RANAP", "RANAP-PDU",
		"001340450000070003400180000f40060052f81500c8003740010a003a40080052f81500c800010010400e0d080c0505"
		"f4e806f7f332020000004f4003034f000056400552f815000c" },
	{ "RANAP", "RANAP-PDU",
		"00060034000003000c00120000c51c6166733b7225b83904f2eac648c0000b40120880c0c51c6166733b7225b83904f2"
		"eac648004b000100" },
	{ "RANAP", "RANAP-PDU", "000f4010000001001740095052586104000008f2" },
	{ "RANAP", "RANAP-PDU",
		"00000080ab00000100364080a3000001003500808f3802d8012fa7202fa80000f44c64061280005140004140004b4000"
		"3d40003a40003740003140002a400027400000202894006740006340005440005740004c40003f400036400035400000"
		"400000202894003c40002840000040000040000040000040000040000040000040000000643c02000227c03500013202"
		"01000000000000000000000000000040c3500000400a41180000005940024000" },
#include "per_samples.h"
};
#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

static enum iuplus_asn1_rules rules_of(const char *protocol)
{
	return strcmp(protocol, "RRC") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER;
}

/* Decodes, encodes, and fails at decoding a part of it. */
static void work(size_t i, struct iuplus_arena *arena, bool check)
{
	const struct iuplus_asn1_type *type = iuplus_asn1_find(samples[i].protocol, samples[i].name);
	enum iuplus_asn1_rules rules = rules_of(samples[i].protocol);
	static uint8_t octets[4096];
	struct iuplus_asn1_error error;
	struct iuplus_octets again;
	size_t n = per_unhex(samples[i].hex, octets), before;
	void *value;
	int rc;

	before = allocations;
	iuplus_arena_reset(arena, false);
	iuplus_asn1_decode(type, rules, octets, 8 * n, 0, arena, &value, &error);
	rc = value ? iuplus_asn1_encode(type, rules, value, 0, arena, &again, NULL, &error) : IUPLUS_ERR_SYNTAX;
	iuplus_arena_reset(arena, true);
	iuplus_asn1_decode(type, rules, octets, 4 * n, 0, arena, &value, &error);
	before = allocations - before;
	if (rc)
		fprintf(stderr, "  sample %zu: %s at %s\n", i, iuplus_strrc(rc), error.path);
	CU_ASSERT_EQUAL(rc, IUPLUS_OK);
	if (check && before) {
		fprintf(stderr, "  sample %zu: %zu allocations\n", i, before);
		CU_FAIL("allocations with a warm arena");
	}
}

static void warm(void)
{
	struct iuplus_arena arena;
	size_t i;

	install();
	iuplus_arena_init(&arena, 0);
	allocations = 0;
	for (i = 0; i < SAMPLES; i++)
		work(i, &arena, false);
	/* or the counting does not work */
	CU_ASSERT_TRUE(allocations > 0);
	for (i = 0; i < SAMPLES; i++)
		work(i, &arena, true);
	iuplus_arena_free(&arena);
}

#define HOSTILE 65536u
#define BOUND ((size_t)8 * 1024 * 1024)

static uint8_t hostile[HOSTILE];

static int decode_hostile(const struct iuplus_asn1_type *type, const char *what)
{
	struct iuplus_asn1_error error;
	struct iuplus_arena arena;
	size_t before = held;
	void *value;

	iuplus_arena_init(&arena, 0);
	most_held = held;
	iuplus_asn1_decode(type, rules_of(type->protocol), hostile, 8 * HOSTILE, 0, &arena, &value, &error);
	if (most_held - before > BOUND) {
		fprintf(stderr, "  %s %s, %s: %zu octets of the heap, %s\n", type->protocol, type->name, what,
			most_held - before, iuplus_strrc(error.rc));
		CU_FAIL("more than 8 MiB for a PDU of 64 kB");
	}
	iuplus_arena_free(&arena);
	CU_ASSERT_EQUAL(held, before);
	return error.rc;
}

/* Every type, from octets that promise the most: all bits set, patterns that let lists be full of short items, none. */
static void bounded(void)
{
	static const uint8_t patterns[] = { 0x00, 0xff, 0x55, 0xaa, 0x7f, 0x80, 0x11, 0xee };
	unsigned i, k;

	install();
	iuplus_asn1_size(&iuplus_asn1_types[0]);	/* the tables are made once and stay */
	for (k = 0; k < sizeof(patterns); k++) {
		char what[32];

		snprintf(what, sizeof(what), "octets of %02x", patterns[k]);
		memset(hostile, patterns[k], sizeof(hostile));
		for (i = 0; i < iuplus_asn1_type_count; i++)
			decode_hostile(&iuplus_asn1_types[i], what);
	}
}

static void bounded_random(void)
{
	static const char *const names[][2] = {
		{ "RANAP", "RANAP-PDU" }, { "RNSAP", "RNSAP-PDU" },
		{ "RRC", "DL-DCCH-Message" }, { "RRC", "UL-DCCH-Message" },
		{ "RRC", "ToTargetRNC-Container" }, { "RRC", "TargetRNC-ToSourceRNC-Container" }
	};
	uint64_t first = seed_begin(), seed = first;
	unsigned i, round, failures = CU_get_number_of_failure_records();

	install();
	for (round = 0; round < 50; round++) {
		seed_octets(&seed, hostile, sizeof(hostile));
		for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			decode_hostile(iuplus_asn1_find(names[i][0], names[i][1]), "random octets");
	}
	seed_report(first, failures);
}

/* A Direct Transfer that is nothing but unknown IEs: each is kept, and a problem is listed for each. */
static void bounded_ies(void)
{
	static const uint8_t head[] = { 0x00, 0x14, 0x40, 0xc3 };
	size_t at, left, ies;

	/* a message of three fragments of 16K: the mark, the count, IEs of 5 octets, the last one with the rest */
	memset(hostile, 0, sizeof(hostile));
	memcpy(hostile, head, sizeof(head));
	at = sizeof(head);
	hostile[at++] = 0x00;
	left = 3 * 16384u - 3;
	ies = left / 5;
	left %= 5;
	hostile[at++] = (uint8_t)(ies >> 8);
	hostile[at++] = (uint8_t)ies;
	for (; ies; ies--, at += 5) {
		hostile[at] = 0x9c;	/* id 40000, criticality ignore, an open type of one octet */
		hostile[at + 1] = 0x40;
		hostile[at + 2] = 0x40;
		hostile[at + 3] = 0x01;
	}
	hostile[at - 2] = (uint8_t)(1 + left);
	CU_ASSERT_EQUAL(decode_hostile(iuplus_asn1_find("RANAP", "RANAP-PDU"), "unknown IEs"), IUPLUS_OK);
}

IUPLUS_CUNIT_MAIN("asn1_alloc", { "no allocation with a warm arena", warm }, { "8 MiB, every type", bounded },
	{ "8 MiB, random octets", bounded_random }, { "8 MiB, unknown IEs", bounded_ies })
