/* SPDX-License-Identifier: BSD-2-Clause */
/* kasumi.c: KASUMI (TS 35.202), f8 and f9 over it (TS 35.201). */
#include <iuplus/security.h>

#include "security/kasumi.h"
#include "security/octets.h"

/* S7 and S9 of TS 35.202 clause 4.5, combined with the other operations of a stage of FI. A word of FI has 7 bits above
 * 9. The substituted 9-bit half is XORed into both halves; the 7-bit half is XORed into the lower half unchanged and
 * into the upper half substituted. So one stage of FI is nine[x] ^ seven[y]. */
#define NINE(s) ((s & 0x7f) << 9 | s)
#define NINES(a, b, c, d, e, f, g, h) NINE(a), NINE(b), NINE(c), NINE(d), NINE(e), NINE(f), NINE(g), NINE(h)
#define SEVEN(y, s) ((s ^ (y)) << 9 | (y))
#define SEVENS(y, a, b, c, d, e, f, g, h) \
	SEVEN(y, a), SEVEN(y + 1, b), SEVEN(y + 2, c), SEVEN(y + 3, d), SEVEN(y + 4, e), SEVEN(y + 5, f), \
		SEVEN(y + 6, g), SEVEN(y + 7, h)

/* clang-format off */
static const uint16_t seven[128] = {
	SEVENS(0, 54, 50, 62, 56, 22, 34, 94, 96),
	SEVENS(8, 38, 6, 63, 93, 2, 18, 123, 33),
	SEVENS(16, 55, 113, 39, 114, 21, 67, 65, 12),
	SEVENS(24, 47, 73, 46, 27, 25, 111, 124, 81),
	SEVENS(32, 53, 9, 121, 79, 52, 60, 58, 48),
	SEVENS(40, 101, 127, 40, 120, 104, 70, 71, 43),
	SEVENS(48, 20, 122, 72, 61, 23, 109, 13, 100),
	SEVENS(56, 77, 1, 16, 7, 82, 10, 105, 98),
	SEVENS(64, 117, 116, 76, 11, 89, 106, 0, 125),
	SEVENS(72, 118, 99, 86, 69, 30, 57, 126, 87),
	SEVENS(80, 112, 51, 17, 5, 95, 14, 90, 84),
	SEVENS(88, 91, 8, 35, 103, 32, 97, 28, 66),
	SEVENS(96, 102, 31, 26, 45, 75, 4, 85, 92),
	SEVENS(104, 37, 74, 80, 49, 68, 29, 115, 44),
	SEVENS(112, 64, 107, 108, 24, 110, 83, 36, 78),
	SEVENS(120, 42, 19, 15, 41, 88, 119, 59, 3)
};
/* clang-format on */

/* clang-format off */
static const uint16_t nine[512] = {
	NINES(167, 239, 161, 379, 391, 334, 9, 338),
	NINES(38, 226, 48, 358, 452, 385, 90, 397),
	NINES(183, 253, 147, 331, 415, 340, 51, 362),
	NINES(306, 500, 262, 82, 216, 159, 356, 177),
	NINES(175, 241, 489, 37, 206, 17, 0, 333),
	NINES(44, 254, 378, 58, 143, 220, 81, 400),
	NINES(95, 3, 315, 245, 54, 235, 218, 405),
	NINES(472, 264, 172, 494, 371, 290, 399, 76),
	NINES(165, 197, 395, 121, 257, 480, 423, 212),
	NINES(240, 28, 462, 176, 406, 507, 288, 223),
	NINES(501, 407, 249, 265, 89, 186, 221, 428),
	NINES(164, 74, 440, 196, 458, 421, 350, 163),
	NINES(232, 158, 134, 354, 13, 250, 491, 142),
	NINES(191, 69, 193, 425, 152, 227, 366, 135),
	NINES(344, 300, 276, 242, 437, 320, 113, 278),
	NINES(11, 243, 87, 317, 36, 93, 496, 27),
	NINES(487, 446, 482, 41, 68, 156, 457, 131),
	NINES(326, 403, 339, 20, 39, 115, 442, 124),
	NINES(475, 384, 508, 53, 112, 170, 479, 151),
	NINES(126, 169, 73, 268, 279, 321, 168, 364),
	NINES(363, 292, 46, 499, 393, 327, 324, 24),
	NINES(456, 267, 157, 460, 488, 426, 309, 229),
	NINES(439, 506, 208, 271, 349, 401, 434, 236),
	NINES(16, 209, 359, 52, 56, 120, 199, 277),
	NINES(465, 416, 252, 287, 246, 6, 83, 305),
	NINES(420, 345, 153, 502, 65, 61, 244, 282),
	NINES(173, 222, 418, 67, 386, 368, 261, 101),
	NINES(476, 291, 195, 430, 49, 79, 166, 330),
	NINES(280, 383, 373, 128, 382, 408, 155, 495),
	NINES(367, 388, 274, 107, 459, 417, 62, 454),
	NINES(132, 225, 203, 316, 234, 14, 301, 91),
	NINES(503, 286, 424, 211, 347, 307, 140, 374),
	NINES(35, 103, 125, 427, 19, 214, 453, 146),
	NINES(498, 314, 444, 230, 256, 329, 198, 285),
	NINES(50, 116, 78, 410, 10, 205, 510, 171),
	NINES(231, 45, 139, 467, 29, 86, 505, 32),
	NINES(72, 26, 342, 150, 313, 490, 431, 238),
	NINES(411, 325, 149, 473, 40, 119, 174, 355),
	NINES(185, 233, 389, 71, 448, 273, 372, 55),
	NINES(110, 178, 322, 12, 469, 392, 369, 190),
	NINES(1, 109, 375, 137, 181, 88, 75, 308),
	NINES(260, 484, 98, 272, 370, 275, 412, 111),
	NINES(336, 318, 4, 504, 492, 259, 304, 77),
	NINES(337, 435, 21, 357, 303, 332, 483, 18),
	NINES(47, 85, 25, 497, 474, 289, 100, 269),
	NINES(296, 478, 270, 106, 31, 104, 433, 84),
	NINES(414, 486, 394, 96, 99, 154, 511, 148),
	NINES(413, 361, 409, 255, 162, 215, 302, 201),
	NINES(266, 351, 343, 144, 441, 365, 108, 298),
	NINES(251, 34, 182, 509, 138, 210, 335, 133),
	NINES(311, 352, 328, 141, 396, 346, 123, 319),
	NINES(450, 281, 429, 228, 443, 481, 92, 404),
	NINES(485, 422, 248, 297, 23, 213, 130, 466),
	NINES(22, 217, 283, 70, 294, 360, 419, 127),
	NINES(312, 377, 7, 468, 194, 2, 117, 295),
	NINES(463, 258, 224, 447, 247, 187, 80, 398),
	NINES(284, 353, 105, 390, 299, 471, 470, 184),
	NINES(57, 200, 348, 63, 204, 188, 33, 451),
	NINES(97, 30, 310, 219, 94, 160, 129, 493),
	NINES(64, 179, 263, 102, 189, 207, 114, 402),
	NINES(438, 477, 387, 122, 192, 42, 381, 5),
	NINES(145, 118, 180, 449, 293, 323, 136, 380),
	NINES(43, 66, 60, 455, 341, 445, 202, 432),
	NINES(8, 237, 15, 376, 436, 464, 59, 461)
};
/* clang-format on */

static inline uint16_t rol16(uint16_t v, unsigned n)
{
	return (uint16_t)(v << n | v >> (16 - n));
}

/* 4.4: two stages over an unequal split, first 9 bits above 7 and then 7 above 9. KI is XORed between the stages. */
static inline uint32_t fi(uint32_t in, uint32_t ki)
{
	uint32_t w = nine[in >> 7] ^ seven[in & 0x7f] ^ ki;

	return nine[w & 0x1ff] ^ seven[w >> 9];
}

/* 4.3 */
static inline uint32_t fo(uint32_t in, const uint16_t *k)
{
	uint32_t left = in >> 16, right = in & 0xffff;

	left = fi(left ^ k[2], k[5]) ^ right;
	right = fi(right ^ k[3], k[6]) ^ left;
	left = fi(left ^ k[4], k[7]) ^ right;
	return right << 16 | left;
}

/* 4.2 */
static inline uint32_t fl(uint32_t in, const uint16_t *k)
{
	uint16_t left = (uint16_t)(in >> 16), right = (uint16_t)in;

	right ^= rol16(left & k[0], 1);
	left ^= rol16(right | k[1], 1);
	return (uint32_t)left << 16 | right;
}

uint64_t kasumi_block(const uint16_t subkey[64], uint64_t block)
{
	uint32_t left = (uint32_t)(block >> 32), right = (uint32_t)block;

	for (unsigned round = 0; round < 8; round += 2) {
		right ^= fo(fl(left, subkey), subkey);
		subkey += 8;
		left ^= fl(fo(right, subkey), subkey);
		subkey += 8;
	}
	return (uint64_t)left << 32 | right;
}

void kasumi_schedule_modified(const uint8_t key[16], uint8_t modifier, uint16_t subkey[64])
{
	/* 4.6: K'j = Kj xor Cj */
	static const uint16_t c[8] = { 0x0123, 0x4567, 0x89ab, 0xcdef, 0xfedc, 0xba98, 0x7654, 0x3210 };
	uint16_t k[8], kp[8];

	for (unsigned j = 0; j < 8; j++) {
		k[j] = (uint16_t)((key[2 * j] ^ modifier) << 8 | (key[2 * j + 1] ^ modifier));
		kp[j] = k[j] ^ c[j];
	}
	for (unsigned round = 0; round < 8; round++, subkey += 8) {
		subkey[0] = rol16(k[round], 1);
		subkey[1] = kp[(round + 2) & 7];
		subkey[2] = rol16(k[(round + 1) & 7], 5);
		subkey[3] = rol16(k[(round + 5) & 7], 8);
		subkey[4] = rol16(k[(round + 6) & 7], 13);
		subkey[5] = kp[(round + 4) & 7];
		subkey[6] = kp[(round + 3) & 7];
		subkey[7] = kp[(round + 7) & 7];
	}
	iuplus_security_wipe(k, sizeof k);
	iuplus_security_wipe(kp, sizeof kp);
}

void kasumi_schedule(const uint8_t key[16], uint16_t subkey[64])
{
	kasumi_schedule_modified(key, 0, subkey);
}

void kasumi_kgcore(const uint16_t subkey[2][64], uint64_t a, const uint8_t *in, uint8_t *out, uint64_t bits)
{
	uint64_t keystream = 0, block = 0;

	a = kasumi_block(subkey[1], a);
	for (; bits >= 64; bits -= 64, in += 8, out += 8) {
		keystream = kasumi_block(subkey[0], a ^ block++ ^ keystream);
		put64(out, get64(in) ^ keystream);
	}
	if (bits) {
		keystream = kasumi_block(subkey[0], a ^ block ^ keystream);
		put_bits(out, (unsigned)bits, get_bits(in, (unsigned)bits) ^ (keystream & ~(UINT64_MAX >> bits)));
	}
}

uint32_t kasumi_f9(const uint16_t subkey[2][64], uint32_t count, uint32_t fresh, unsigned direction,
		   const uint8_t *message, uint64_t bits)
{
	uint64_t a, b, last;

	b = a = kasumi_block(subkey[0], (uint64_t)count << 32 | fresh);
	for (; bits >= 64; bits -= 64, message += 8) {
		a = kasumi_block(subkey[0], a ^ get64(message));
		b ^= a;
	}
	/* DIRECTION || 1 || 0*: if DIRECTION is the last bit of this block, the 1 starts a block of its own. */
	last = bits ? get_bits(message, (unsigned)bits) : 0;
	last |= (uint64_t)direction << (63 - bits);
	if (bits < 63) {
		last |= UINT64_C(1) << (62 - bits);
	} else {
		a = kasumi_block(subkey[0], a ^ last);
		b ^= a;
		last = UINT64_C(1) << 63;
	}
	a = kasumi_block(subkey[0], a ^ last);
	b ^= a;
	return (uint32_t)(kasumi_block(subkey[1], b) >> 32);
}
