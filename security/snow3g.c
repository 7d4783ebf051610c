/* SPDX-License-Identifier: BSD-2-Clause */
/* snow3g.c: SNOW 3G (TS 35.216), f8 and f9 over it (TS 35.215). */
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif
#include <string.h>

#include <iuplus/security.h>

#include "security/octets.h"
#include "security/snow3g.h"
#include "security/snow3g_tables.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* Entry x of a table of S1 or S2, rotated right by 8 * octet bits. */
ALWAYS_INLINE uint32_t rotated(const uint64_t t[256], uint32_t x, unsigned octet)
{
	uint32_t word;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	memcpy(&word, (const uint8_t *)&t[x] + octet, sizeof(word));
#else
	word = (uint32_t)(t[x] >> (8 * octet));
#endif
	return word;
}

/* S1 and S2 of 3.3: substitutes four octets and mixes them. */
ALWAYS_INLINE uint32_t sbox(const uint64_t t[256], uint32_t w)
{
	return rotated(t, w >> 24, 0) ^ rotated(t, w >> 16 & 255, 1) ^ rotated(t, w >> 8 & 255, 2) ^
	       rotated(t, w & 255, 3);
}

/* One clock of the FSM and then of the LFSR (3.4.4 to 3.4.6). The LFSR does not shift: its cell n is
 * s[(at + n) & 15], and the caller increments at. In initialisation mode the FSM's output is fed back, otherwise it
 * yields z. The callers unroll their loops, so that at is a constant. */
ALWAYS_INLINE uint32_t clock_once(struct iuplus_snow3g *g, unsigned at, bool initialisation)
{
	uint32_t *s = g->s, *r = g->r, s0 = s[at & 15], s11 = s[(at + 11) & 15];
	uint32_t f = (s[(at + 15) & 15] + r[0]) ^ r[1];
	uint32_t next = r[1] + (r[2] ^ s[(at + 5) & 15]);

	r[2] = sbox(snow3g_s2, r[1]);
	r[1] = sbox(snow3g_s1, r[0]);
	r[0] = next;
	s[at & 15] = (s0 << 8) ^ snow3g_mul_alpha[s0 >> 24] ^ s[(at + 2) & 15] ^ (s11 >> 8) ^
		     snow3g_div_alpha[s11 & 255] ^ (initialisation ? f : 0);
	return f ^ s0;
}

/* The cell that is number 0 after the clock whose output 4.2 discards. */
#define FIRST 1u

void snow3g_init(struct iuplus_snow3g *g, const uint32_t k[4], const uint32_t iv[4])
{
	for (unsigned i = 0; i < 4; i++) {
		g->s[i] = g->s[8 + i] = ~k[i];
		g->s[4 + i] = g->s[12 + i] = k[i];
	}
	g->s[15] ^= iv[0];
	g->s[12] ^= iv[1];
	g->s[10] ^= iv[2];
	g->s[9] ^= iv[3];
	g->r[0] = g->r[1] = g->r[2] = 0;
	for (unsigned turn = 0; turn < 2; turn++)
#pragma GCC unroll 16
		for (unsigned i = 0; i < 16; i++)
			clock_once(g, i, true);
	clock_once(g, 0, false);
}

void snow3g_keystream(struct iuplus_snow3g *g, uint32_t *z, size_t count)
{
	for (; count >= 16; count -= 16, z += 16)
#pragma GCC unroll 16
		for (unsigned i = 0; i < 16; i++)
			z[i] = clock_once(g, FIRST + i, false);
#pragma GCC unroll 16
	for (unsigned i = 0; i < 15; i++) {
		if (i == count)
			break;
		z[i] = clock_once(g, FIRST + i, false);
	}
}

void snow3g_key(const uint8_t key[16], uint32_t k[4])
{
	for (unsigned i = 0; i < 4; i++)
		k[3 - i] = get32(key + 4 * i);
}

void snow3g_f8(const uint32_t k[4], uint32_t count, unsigned bearer, unsigned direction, const uint8_t *in,
	       uint8_t *out, uint64_t bits)
{
	uint32_t bearer_direction = (uint32_t)bearer << 27 | (uint32_t)direction << 26;
	const uint32_t iv[4] = { bearer_direction, count, bearer_direction, count };
	struct iuplus_snow3g g;
	uint32_t z[16];

	if (!bits)
		return;
	snow3g_init(&g, k, iv);
	for (; bits >= 512; bits -= 512, in += 64, out += 64) {
		snow3g_keystream(&g, z, 16);
		for (unsigned i = 0; i < 16; i++)
			put32(out + 4 * i, get32(in + 4 * i) ^ z[i]);
	}
	if (bits) {
		const uint32_t *next = z;

		snow3g_keystream(&g, z, (size_t)(bits + 31) / 32);
		for (; bits >= 32; bits -= 32, in += 4, out += 4)
			put32(out, get32(in) ^ *next++);
		if (bits)
			put_bits(out, (unsigned)bits,
				 (get_bits(in, (unsigned)bits) ^ (uint64_t)*next << 32) & ~(UINT64_MAX >> bits));
	}
	iuplus_security_wipe(&g, sizeof g);
	iuplus_security_wipe(z, sizeof z);
}

/* Multiplication by a fixed p in GF(2^64) over x^64 + x^4 + x^3 + x + 1 (MUL64 with c = 0x1b): p times each 4-bit
 * value. */
struct multiplier {
	uint64_t times[16];
};

static void multiplier_init(struct multiplier *m, uint64_t p)
{
	m->times[0] = 0;
	m->times[1] = p;
	for (unsigned i = 2; i < 16; i++) {
		uint64_t half = m->times[i / 2];

		m->times[i] = i & 1 ? m->times[i - 1] ^ p : half << 1 ^ (half >> 63 ? 0x1b : 0);
	}
}

static uint64_t multiply(const struct multiplier *m, uint64_t v)
{
	/* The reduction of the 4 bits shifted out: their value times 0x1b, without carries. */
	static const uint16_t reduce[16] = { 0x000, 0x01b, 0x036, 0x02d, 0x06c, 0x077, 0x05a, 0x041,
					     0x0d8, 0x0c3, 0x0ee, 0x0f5, 0x0b4, 0x0af, 0x082, 0x099 };
	uint64_t product = m->times[v >> 60];

	for (int shift = 56; shift >= 0; shift -= 4)
		product = product << 4 ^ reduce[product >> 60] ^ m->times[v >> shift & 15];
	return product;
}

static uint64_t eval_by_table(uint64_t p, uint64_t q, const uint8_t *message, uint64_t bits)
{
	uint64_t eval = 0, length = bits;
	struct multiplier m;

	multiplier_init(&m, p);
	for (; bits >= 64; bits -= 64, message += 8)
		eval = multiply(&m, eval ^ get64(message));
	if (bits)
		eval = multiply(&m, eval ^ get_bits(message, (unsigned)bits));
	multiplier_init(&m, q);
	eval = multiply(&m, eval ^ length);
	iuplus_security_wipe(&m, sizeof m);
	return eval;
}

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_CARRYLESS 1

/* The same product by the processor's instruction. Bits above 64 are folded in twice: 0x1b is 5 bits wide, so the
 * second fold leaves none. */
__attribute__((target("pclmul"))) static inline __m128i multiply_carryless(__m128i a, __m128i b)
{
	const __m128i polynomial = _mm_set_epi64x(0, 0x1b);
	__m128i product = _mm_clmulepi64_si128(a, b, 0x00);
	__m128i fold = _mm_clmulepi64_si128(product, polynomial, 0x01);

	return _mm_xor_si128(_mm_xor_si128(product, fold), _mm_clmulepi64_si128(fold, polynomial, 0x01));
}

__attribute__((target("pclmul"))) static uint64_t eval_carryless(uint64_t p, uint64_t q, const uint8_t *message,
								 uint64_t bits)
{
	__m128i factor = _mm_set_epi64x(0, (long long)p), eval = _mm_setzero_si128();
	uint64_t length = bits;

	/* only the lower half is the result; the upper half holds folded bits */
	for (; bits >= 64; bits -= 64, message += 8)
		eval = multiply_carryless(_mm_xor_si128(eval, _mm_set_epi64x(0, (long long)get64(message))), factor);
	if (bits)
		eval = multiply_carryless(_mm_xor_si128(eval, _mm_set_epi64x(0, (long long)get_bits(message,
												    (unsigned)bits))),
					  factor);
	eval = multiply_carryless(_mm_xor_si128(eval, _mm_set_epi64x(0, (long long)length)),
				  _mm_set_epi64x(0, (long long)q));
	return (uint64_t)_mm_cvtsi128_si64(eval);
}
#endif

uint64_t snow3g_eval(uint64_t p, uint64_t q, const uint8_t *message, uint64_t bits, bool carryless)
{
#ifdef HAVE_CARRYLESS
	if (carryless && __builtin_cpu_supports("pclmul"))
		return eval_carryless(p, q, message, bits);
#endif
	(void)carryless;
	return eval_by_table(p, q, message, bits);
}

uint32_t snow3g_f9(const uint32_t k[4], uint32_t count, uint32_t fresh, unsigned direction, const uint8_t *message,
		   uint64_t bits)
{
	const uint32_t iv[4] = { fresh ^ (uint32_t)direction << 15, count ^ (uint32_t)direction << 31, fresh, count };
	struct iuplus_snow3g g;
	uint32_t z[5], mac;

	snow3g_init(&g, k, iv);
	snow3g_keystream(&g, z, 5);
	mac = (uint32_t)(snow3g_eval((uint64_t)z[0] << 32 | z[1], (uint64_t)z[2] << 32 | z[3], message, bits, true) >>
			 32) ^
	      z[4];
	iuplus_security_wipe(&g, sizeof g);
	iuplus_security_wipe(z, sizeof z);
	return mac;
}
