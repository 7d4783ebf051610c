/* SPDX-License-Identifier: BSD-2-Clause */
/* test_security.c: f8 and f9 at every bit length, AKA with its window, COUNT and START. */
#include <iuplus/security.h>

#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"
#include "security/kasumi.h"
#include "security/octets.h"
#include "security/snow3g.h"
#include "security/snow3g_tables.h"

/* ---- The tables of SNOW 3G, from their definitions ---- */

static unsigned field_multiply(unsigned a, unsigned b, unsigned polynomial)
{
	unsigned product = 0;

	for (; b; b >>= 1) {
		if (b & 1)
			product ^= a;
		a <<= 1;
		if (a & 0x100)
			a ^= polynomial;
	}
	return product;
}

static unsigned field_power(unsigned a, unsigned n, unsigned polynomial)
{
	unsigned product = 1;

	while (n--)
		product = field_multiply(product, a, polynomial);
	return product;
}

static uint32_t mulx_power(uint32_t v, unsigned n, unsigned c)
{
	while (n--)
		v = (v << 1 & 0xff) ^ (v & 0x80 ? c : 0);
	return v;
}

static uint32_t mixed(uint32_t s, unsigned c)
{
	uint32_t twice = mulx_power(s, 1, c);

	return twice << 24 | (twice ^ s) << 16 | s << 8 | s;
}

static uint64_t twice(uint32_t word)
{
	return (uint64_t)word << 32 | word;
}

static uint32_t alpha(uint32_t v, unsigned a, unsigned b, unsigned c, unsigned d)
{
	return mulx_power(v, a, 0xa9) << 24 | mulx_power(v, b, 0xa9) << 16 | mulx_power(v, c, 0xa9) << 8 |
	       mulx_power(v, d, 0xa9);
}

static void test_tables(void)
{
	static const unsigned dickson[] = { 1, 9, 13, 15, 33, 41, 45, 47, 49 };

	for (unsigned x = 0; x < 256; x++) {
		unsigned inverse = field_power(x, 254, 0x11b), sr = 0x63, sq = 0x25;

		for (unsigned turn = 0; turn < 5; turn++)
			sr ^= (inverse << turn | inverse >> (8 - turn)) & 0xff;
		for (unsigned i = 0; i < sizeof dickson / sizeof dickson[0]; i++)
			sq ^= field_power(x, dickson[i], 0x169);
		CU_ASSERT_EQUAL(snow3g_s1[x], twice(mixed(sr, 0x1b)));
		CU_ASSERT_EQUAL(snow3g_s2[x], twice(mixed(sq, 0x69)));
		CU_ASSERT_EQUAL(snow3g_mul_alpha[x], alpha(x, 23, 245, 48, 239));
		CU_ASSERT_EQUAL(snow3g_div_alpha[x], alpha(x, 16, 39, 6, 64));
	}
}

/* ---- f8 ---- */

/* Heap memory of exactly the length needed, so that ASan detects a read beyond it; bits past the last one are
 * random. */
static uint8_t *exact(uint64_t *seed, uint64_t bits)
{
	size_t len = (size_t)(bits + 7) / 8;
	uint8_t *p = malloc(len ? len : 1);

	if (!p)
		abort();
	seed_octets(seed, p, len);
	return p;
}

static void test_f8_lengths(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records();

	for (unsigned uea = 0; uea <= 2; uea++) {
		for (unsigned bits = 0; bits <= 1100; bits++) {
			size_t len = (bits + 7) / 8;
			uint8_t *in = exact(&state, bits), *out = exact(&state, bits), whole[144], ck[16];
			unsigned bearer = (unsigned)seed_next(&state) & 31, direction = (unsigned)seed_next(&state) & 1;
			uint32_t count = (uint32_t)seed_next(&state);

			seed_octets(&state, ck, sizeof ck);
			memset(whole, 0, sizeof whole);
			memcpy(whole, in, len);
			CU_ASSERT_EQUAL(iuplus_security_f8(uea, ck, count, bearer, direction, whole, whole, 1152), 0);
			if (bits % 8)
				whole[len - 1] &= (uint8_t)(0xff << (8 - bits % 8));
			CU_ASSERT_EQUAL(iuplus_security_f8(uea, ck, count, bearer, direction, in, out, bits), 0);
			CU_ASSERT(!memcmp(out, whole, len));
			/* in place, and back */
			CU_ASSERT_EQUAL(iuplus_security_f8(uea, ck, count, bearer, direction, in, in, bits), 0);
			CU_ASSERT(!memcmp(in, out, len));
			CU_ASSERT_EQUAL(iuplus_security_f8(uea, ck, count, bearer, direction, in, in, bits), 0);
			CU_ASSERT_EQUAL(iuplus_security_f8(uea, ck, count, bearer, direction, in, in, bits), 0);
			CU_ASSERT(!memcmp(in, out, len));
			free(in);
			free(out);
		}
	}
	seed_report(seed, before);
}

/* Every input of f8 must change the keystream. */
static void test_f8_inputs(void)
{
	static const uint8_t zero[16], ck[16] = { 1 };

	for (unsigned uea = 1; uea <= 2; uea++) {
		uint8_t out[6][16];

		iuplus_security_f8(uea, ck, 0, 0, 0, zero, out[0], 128);
		iuplus_security_f8(uea, ck, 1, 0, 0, zero, out[1], 128);
		iuplus_security_f8(uea, ck, 0, 1, 0, zero, out[2], 128);
		iuplus_security_f8(uea, ck, 0, 0, 1, zero, out[3], 128);
		iuplus_security_f8(uea, zero, 0, 0, 0, zero, out[4], 128);
		iuplus_security_f8(uea, ck, 0x80000000, 0, 0, zero, out[5], 128);
		for (unsigned i = 0; i < 6; i++)
			for (unsigned j = i + 1; j < 6; j++)
				CU_ASSERT(memcmp(out[i], out[j], 16));
	}
}

/* ---- f9, against the text of the standards taken literally ---- */

static bool bit_of(const uint8_t *p, uint64_t n)
{
	return p[n / 8] >> (7 - n % 8) & 1;
}

static uint32_t uia1_literal(const uint8_t ik[16], uint32_t count, uint32_t fresh, unsigned direction,
			     const uint8_t *message, uint64_t bits)
{
	uint8_t ps[256] = { 0 };
	uint64_t used = 64, a = 0, b = 0;
	uint16_t k[64], km[64];

	put32(ps, count);
	put32(ps + 4, fresh);
	for (uint64_t i = 0; i < bits; i++, used++)
		ps[used / 8] |= (uint8_t)(bit_of(message, i) << (7 - used % 8));
	ps[used / 8] |= (uint8_t)(direction << (7 - used % 8));
	used++;
	ps[used / 8] |= (uint8_t)(1 << (7 - used % 8));
	used++;
	kasumi_schedule(ik, k);
	kasumi_schedule_modified(ik, 0xaa, km);
	for (uint64_t i = 0; i < (used + 63) / 64; i++) {
		a = kasumi_block(k, a ^ get64(ps + 8 * i));
		b ^= a;
	}
	return (uint32_t)(kasumi_block(km, b) >> 32);
}

static uint64_t mul64(uint64_t v, uint64_t p)
{
	uint64_t result = 0;

	for (unsigned i = 0; i < 64; i++) {
		if (p >> i & 1)
			result ^= v;
		v = v << 1 ^ (v >> 63 ? 0x1b : 0);
	}
	return result;
}

static uint32_t uia2_literal(const uint8_t ik[16], uint32_t count, uint32_t fresh, unsigned direction,
			     const uint8_t *message, uint64_t bits)
{
	uint32_t k[4], iv[4] = { fresh ^ direction << 15, count ^ direction << 31, fresh, count }, z[5];
	struct iuplus_snow3g g;
	uint64_t eval = 0;

	snow3g_key(ik, k);
	snow3g_init(&g, k, iv);
	snow3g_keystream(&g, z, 5);
	for (uint64_t block = 0; block < (bits + 63) / 64; block++) {
		uint64_t m = 0;

		for (uint64_t i = 64 * block; i < 64 * block + 64; i++)
			m = m << 1 | (i < bits && bit_of(message, i));
		eval = mul64(eval ^ m, (uint64_t)z[0] << 32 | z[1]);
	}
	eval = mul64(eval ^ bits, (uint64_t)z[2] << 32 | z[3]);
	return (uint32_t)(eval >> 32) ^ z[4];
}

static void test_f9_lengths(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records();

	for (unsigned bits = 0; bits <= 700; bits++) {
		uint8_t *message = exact(&state, bits), ik[16], mac[4];
		uint32_t count = (uint32_t)seed_next(&state), fresh = (uint32_t)seed_next(&state);
		unsigned direction = (unsigned)seed_next(&state) & 1;

		seed_octets(&state, ik, sizeof ik);
		CU_ASSERT_EQUAL(iuplus_security_f9(1, ik, count, fresh, direction, message, bits, mac), 0);
		CU_ASSERT_EQUAL(get32(mac), uia1_literal(ik, count, fresh, direction, message, bits));
		CU_ASSERT_EQUAL(iuplus_security_f9(2, ik, count, fresh, direction, message, bits, mac), 0);
		CU_ASSERT_EQUAL(get32(mac), uia2_literal(ik, count, fresh, direction, message, bits));
		CU_ASSERT_EQUAL(snow3g_eval(get64(ik), get64(ik + 8), message, bits, true),
				snow3g_eval(get64(ik), get64(ik + 8), message, bits, false));
		free(message);
	}
	seed_report(seed, before);
}

static void test_arguments(void)
{
	static const uint8_t key[16];
	struct iuplus_security_integrity integrity;
	struct iuplus_security_cipher cipher;
	uint8_t octet = 0, mac[4];

	CU_ASSERT_EQUAL(iuplus_security_cipher_init(&cipher, 3, key), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_cipher_run(&cipher, 0, 0, 0, &octet, &octet, 8), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_integrity_init(&integrity, 0, key), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_integrity_mac(&integrity, 0, 0, 0, &octet, 8, mac), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_f8(2, key, 0, 32, 0, &octet, &octet, 8), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_f8(2, key, 0, 0, 2, &octet, &octet, 8), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_f8(2, key, 0, 0, 0, &octet, &octet, UINT64_C(1) << 32), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_f9(1, key, 0, 0, 2, &octet, 8, mac), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_f9(1, key, 0, 0, 0, &octet, UINT64_C(1) << 32, mac), IUPLUS_ERR_ARGUMENT);
}

/* ---- AKA ---- */

static const uint8_t k[16] = { 0x46, 0x5b, 0x5c, 0xe8, 0xb1, 0x99, 0xb4, 0x9f,
			       0xaa, 0x5f, 0x0a, 0x2e, 0xe2, 0x38, 0xa6, 0xbc };
static const uint8_t opc[16] = { 0xcd, 0x63, 0xcb, 0x71, 0x95, 0x4a, 0x9f, 0x4e,
				 0x48, 0xa5, 0x99, 0x4e, 0x37, 0xa0, 0x2b, 0xaf };
static const uint8_t amf[2] = { 0x80, 0x00 };
static const uint8_t rand1[16] = { 0x23, 0x55, 0x3c, 0xbe };

/* The USIM's answer to a challenge with this SQN. */
static int challenge(struct iuplus_security_usim *usim, uint64_t sqn, struct iuplus_security_vector *v,
		     struct iuplus_security_aka_result *result)
{
	CU_ASSERT_EQUAL(iuplus_security_aka_vector(k, opc, sqn, amf, rand1, v), IUPLUS_OK);
	return iuplus_security_usim_authenticate(usim, v->rand, v->autn, result);
}

static void test_aka_success(void)
{
	struct iuplus_security_aka_result result;
	struct iuplus_security_vector v;
	struct iuplus_security_usim usim;
	uint64_t sqn = 0;

	CU_ASSERT_EQUAL(iuplus_security_usim_init(&usim, k, opc, 0), IUPLUS_OK);
	for (unsigned i = 0; i < 100; i++) {
		CU_ASSERT_EQUAL(iuplus_security_sqn_next(&sqn), IUPLUS_OK);
		CU_ASSERT_EQUAL(challenge(&usim, sqn, &v, &result), IUPLUS_OK);
		CU_ASSERT(iuplus_security_equal(v.xres, result.res, sizeof v.xres));
		CU_ASSERT(!memcmp(v.ck, result.ck, 16) && !memcmp(v.ik, result.ik, 16));
		CU_ASSERT_EQUAL(usim.sqn_ms, sqn);
	}
}

static void test_aka_mac_failure(void)
{
	static const struct iuplus_security_aka_result none;
	struct iuplus_security_aka_result result;
	struct iuplus_security_vector v;
	struct iuplus_security_usim usim, before;

	iuplus_security_usim_init(&usim, k, opc, 0);
	before = usim;
	for (unsigned bit = 0; bit < 128; bit++) {
		CU_ASSERT_EQUAL(iuplus_security_aka_vector(k, opc, 32, amf, rand1, &v), IUPLUS_OK);
		v.autn[bit / 8] ^= (uint8_t)(1 << bit % 8);
		CU_ASSERT_EQUAL(iuplus_security_usim_authenticate(&usim, v.rand, v.autn, &result),
				IUPLUS_ERR_INTEGRITY);
		CU_ASSERT(!memcmp(&result, &none, sizeof none));
	}
	CU_ASSERT(!memcmp(&usim, &before, sizeof usim));
	/* another K */
	v.autn[15] ^= 0x80;
	usim.k[3] ^= 1;
	CU_ASSERT_EQUAL(iuplus_security_usim_authenticate(&usim, v.rand, v.autn, &result), IUPLUS_ERR_INTEGRITY);
}

static void test_aka_synch_failure(void)
{
	static const uint8_t zero[16];
	struct iuplus_security_aka_result result;
	struct iuplus_security_vector v;
	struct iuplus_security_usim usim;
	uint64_t sqn_ms = 0, sqn;

	/* the USIM is far ahead of the home environment */
	sqn = UINT64_C(0x123456789a5);
	iuplus_security_usim_init(&usim, k, opc, sqn);
	CU_ASSERT_EQUAL(challenge(&usim, 64, &v, &result), IUPLUS_ERR_REPLAY);
	CU_ASSERT(!memcmp(result.res, zero, 8) && !memcmp(result.ck, zero, 16) && !memcmp(result.ik, zero, 16));
	CU_ASSERT_EQUAL(iuplus_security_aka_resync(k, opc, v.rand, result.auts, &sqn_ms), IUPLUS_OK);
	CU_ASSERT_EQUAL(sqn_ms, sqn);
	CU_ASSERT_EQUAL(iuplus_security_sqn_next(&sqn_ms), IUPLUS_OK);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_ms, &v, &result), IUPLUS_OK);

	/* AUTS altered in any bit, or for another challenge: SQN is unchanged */
	CU_ASSERT_EQUAL(challenge(&usim, sqn_ms, &v, &result), IUPLUS_ERR_REPLAY);
	sqn = 7;
	for (unsigned bit = 0; bit < 8 * IUPLUS_SECURITY_AUTS_LEN; bit++) {
		result.auts[bit / 8] ^= (uint8_t)(1 << bit % 8);
		CU_ASSERT_EQUAL(iuplus_security_aka_resync(k, opc, v.rand, result.auts, &sqn), IUPLUS_ERR_INTEGRITY);
		result.auts[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	CU_ASSERT_EQUAL(iuplus_security_aka_resync(k, opc, zero, result.auts, &sqn), IUPLUS_ERR_INTEGRITY);
	CU_ASSERT_EQUAL(sqn, 7);
}

static uint64_t sqn_of(uint64_t seq, unsigned ind)
{
	return seq << IUPLUS_SECURITY_IND_BITS | ind;
}

static void test_aka_window(void)
{
	struct iuplus_security_aka_result result;
	struct iuplus_security_vector v;
	struct iuplus_security_usim usim;

	iuplus_security_usim_init(&usim, k, opc, sqn_of(1000, 5));
	/* all up to that one were accepted: those after it with the same SEQ were not */
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1000, 5), &v, &result), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1000, 4), &v, &result), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(999, 6), &v, &result), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1000, 6), &v, &result), IUPLUS_OK);
	/* vectors may arrive out of order as long as their IND differ */
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1010, 10), &v, &result), IUPLUS_OK);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1003, 3), &v, &result), IUPLUS_OK);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1003, 3), &v, &result), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(usim.sqn_ms, sqn_of(1010, 10));
	/* L */
	usim.limit = 5;
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1004, 4), &v, &result), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1005, 4), &v, &result), IUPLUS_OK);
	/* delta */
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1010 + IUPLUS_SECURITY_SQN_DELTA + 1, 0), &v, &result),
			IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(challenge(&usim, sqn_of(1010 + IUPLUS_SECURITY_SQN_DELTA, 0), &v, &result), IUPLUS_OK);
}

static void test_sqn(void)
{
	struct iuplus_security_vector v;
	struct iuplus_security_usim usim;
	uint64_t sqn = sqn_of(7, 31);

	CU_ASSERT_EQUAL(iuplus_security_sqn_next(&sqn), IUPLUS_OK);
	CU_ASSERT_EQUAL(sqn, sqn_of(8, 0));
	sqn = IUPLUS_SECURITY_SQN_MAX - 3;
	CU_ASSERT_EQUAL(iuplus_security_sqn_next(&sqn), IUPLUS_ERR_EXHAUSTED);
	CU_ASSERT_EQUAL(sqn, IUPLUS_SECURITY_SQN_MAX - 3);
	sqn = IUPLUS_SECURITY_SQN_MAX + 1;
	CU_ASSERT_EQUAL(iuplus_security_sqn_next(&sqn), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_aka_vector(k, opc, sqn, amf, rand1, &v), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_usim_init(&usim, k, opc, sqn), IUPLUS_ERR_ARGUMENT);
}

/* ---- COUNT and START ---- */

static void test_count(void)
{
	CU_ASSERT_EQUAL(iuplus_security_count(IUPLUS_SECURITY_COUNT_I, 0xabcdef1, 0x1f), 0xabcdef1f);
	CU_ASSERT_EQUAL(iuplus_security_count(IUPLUS_SECURITY_COUNT_C_UM, 0x1ffffff, 0x7f), 0xffffffff);
	CU_ASSERT_EQUAL(iuplus_security_count(IUPLUS_SECURITY_COUNT_C_AM, 0x12345, 0xabc), 0x12345abc);
	CU_ASSERT_EQUAL(iuplus_security_count(IUPLUS_SECURITY_COUNT_C_TM, 0x123456, 0x78), 0x12345678);
	for (unsigned kind = 0; kind < 4; kind++) {
		uint32_t hfn = iuplus_security_hfn_from_start(kind, 0xfedcb);

		CU_ASSERT_EQUAL(iuplus_security_count(kind, hfn, 0), 0xfedcb000);
	}
	CU_ASSERT_EQUAL(iuplus_security_count_sn_bits(4), 0);
}

static void test_start(void)
{
	CU_ASSERT_EQUAL(iuplus_security_start_raise(0, 0), 2);
	CU_ASSERT_EQUAL(iuplus_security_start_raise(0, 0x12345fff), 0x12347);
	CU_ASSERT_EQUAL(iuplus_security_start_raise(0x12348, 0x12345fff), 0x12348);
	CU_ASSERT_EQUAL(iuplus_security_start_raise(0, 0xffffffff), IUPLUS_SECURITY_START_MAX);
	CU_ASSERT_EQUAL(iuplus_security_start_raise(0, 0xffffe000), IUPLUS_SECURITY_START_MAX);
	CU_ASSERT(!iuplus_security_threshold_reached(0x0fff0, 0x10000));
	CU_ASSERT(iuplus_security_threshold_reached(0x10000, 0x10000));
}

static void test_counter_sender(void)
{
	struct iuplus_security_counter c;
	uint32_t count;

	iuplus_security_counter_init(&c, IUPLUS_SECURITY_COUNT_I, 0xffffffe, 14);
	CU_ASSERT_EQUAL(iuplus_security_counter_next(&c, &count), IUPLUS_OK);
	CU_ASSERT_EQUAL(count, 0xffffffee);
	for (unsigned i = 0; i < 17; i++)
		CU_ASSERT_EQUAL(iuplus_security_counter_next(&c, &count), IUPLUS_OK);
	CU_ASSERT_EQUAL(count, 0xffffffff);
	count = 5;
	CU_ASSERT_EQUAL(iuplus_security_counter_next(&c, &count), IUPLUS_ERR_EXHAUSTED);
	CU_ASSERT_EQUAL(iuplus_security_counter_next(&c, &count), IUPLUS_ERR_EXHAUSTED);
	CU_ASSERT_EQUAL(count, 5);
}

static void test_counter_receiver(void)
{
	struct iuplus_security_counter c;
	uint32_t count;

	iuplus_security_counter_init(&c, IUPLUS_SECURITY_COUNT_I, 3, 1);
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 1, &count), IUPLUS_OK);
	CU_ASSERT_EQUAL(count, 0x31);
	/* nothing changes before the MAC is verified */
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 4, &count), IUPLUS_OK);
	CU_ASSERT_EQUAL(count, 0x34);
	CU_ASSERT_EQUAL(iuplus_security_counter_accept(&c, count), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 4, &count), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(iuplus_security_counter_accept(&c, 0x34), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(iuplus_security_counter_accept(&c, 0x33), IUPLUS_ERR_REPLAY);
	/* a lower number must be one after a wrap */
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 3, &count), IUPLUS_OK);
	CU_ASSERT_EQUAL(count, 0x43);
	CU_ASSERT_EQUAL(iuplus_security_counter_accept(&c, count), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 16, &count), IUPLUS_ERR_ARGUMENT);
	/* before the first message, a lower number is one after a wrap as well */
	iuplus_security_counter_init(&c, IUPLUS_SECURITY_COUNT_I, 3, 5);
	CU_ASSERT_EQUAL(iuplus_security_counter_accept(&c, 0x34), IUPLUS_ERR_REPLAY);
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 4, &count), IUPLUS_OK);
	CU_ASSERT_EQUAL(count, 0x44);
	/* the end */
	iuplus_security_counter_init(&c, IUPLUS_SECURITY_COUNT_C_AM, 0xfffff, 100);
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 4095, &count), IUPLUS_OK);
	CU_ASSERT_EQUAL(count, 0xffffffff);
	CU_ASSERT_EQUAL(iuplus_security_counter_try(&c, 99, &count), IUPLUS_ERR_EXHAUSTED);
}

/* ---- Key material ---- */

static void test_key_material(void)
{
	char text[IUPLUS_SECURITY_FINGERPRINT_SIZE];
	uint8_t a[16] = { 1, 2, 3 }, b[16] = { 1, 2, 3 };

	iuplus_security_fingerprint((const uint8_t *)"abc", 3, text);
	CU_ASSERT_STRING_EQUAL(text, "ba7816bf");
	iuplus_security_fingerprint(NULL, 0, text);
	CU_ASSERT_STRING_EQUAL(text, "e3b0c442");
	CU_ASSERT(iuplus_security_equal(a, b, sizeof a));
	CU_ASSERT(iuplus_security_equal(NULL, NULL, 0));
	b[15] = 0x80;
	CU_ASSERT(!iuplus_security_equal(a, b, sizeof a));
	iuplus_security_wipe(a, sizeof a);
	iuplus_security_wipe(b, sizeof b);
	CU_ASSERT(iuplus_security_equal(a, b, sizeof a) && !a[0] && !a[2] && !b[15]);
	iuplus_security_wipe(NULL, 0);
}

IUPLUS_CUNIT_MAIN("security", { "SNOW 3G's tables are what their definitions say", test_tables },
		  { "f8 at every bit length, in place, within its octets", test_f8_lengths },
		  { "f8 depends on each of its inputs", test_f8_inputs },
		  { "f9 at every bit length, as the standards' text has it", test_f9_lengths },
		  { "wrong arguments are refused", test_arguments },
		  { "AKA succeeds for rising SQN", test_aka_success }, { "AKA: MAC failure", test_aka_mac_failure },
		  { "AKA: synch failure, AUTS and back", test_aka_synch_failure },
		  { "AKA: which SQN a USIM accepts", test_aka_window }, { "SQN ends, and does not wrap", test_sqn },
		  { "COUNT is HFN and sequence number", test_count }, { "START and THRESHOLD", test_start },
		  { "a sender's COUNT rises to its end", test_counter_sender },
		  { "a receiver refuses repeated and old COUNT", test_counter_receiver },
		  { "fingerprint, comparison, wiping", test_key_material })
