/* SPDX-License-Identifier: BSD-2-Clause */
/* snow3g.h: SNOW 3G (TS 35.216) and UTRAN's two modes of it (TS 35.215). Private to security/ and its tests. */
#ifndef IUPLUS_SECURITY_SNOW3G_H
#define IUPLUS_SECURITY_SNOW3G_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct iuplus_snow3g {
	uint32_t s[16]; /* LFSR: cell 0 is s[1], from snow3g_init() on */
	uint32_t r[3];  /* FSM: R1, R2, R3 */
};

/* 4.1 and the clock that 4.2 discards. k and iv are K0 to K3 and IV0 to IV3 in the order of their indexes. */
void snow3g_init(struct iuplus_snow3g *g, const uint32_t k[4], const uint32_t iv[4]);
/* The next count words of keystream. A further call is allowed only if count was a multiple of 16, because each call
 * starts with cell 0 of the LFSR at the same place. */
void snow3g_keystream(struct iuplus_snow3g *g, uint32_t *z, size_t count);
/* The words K0 to K3 that UEA2 and UIA2 use: those of CK or IK in reverse order. */
void snow3g_key(const uint8_t key[16], uint32_t k[4]);
/* f8 of UEA2. Octets as in iuplus_security_cipher_run(). */
void snow3g_f8(const uint32_t k[4], uint32_t count, unsigned bearer, unsigned direction, const uint8_t *in,
	       uint8_t *out, uint64_t bits);
/* EVAL of UIA2 (TS 35.215 clause 4): the message's blocks and LENGTH under P and Q. carryless allows the processor's
 * own multiplication if it has one; the result is the same. */
uint64_t snow3g_eval(uint64_t p, uint64_t q, const uint8_t *message, uint64_t bits, bool carryless);
/* f9 of UIA2. Octets as in iuplus_security_integrity_mac(). */
uint32_t snow3g_f9(const uint32_t k[4], uint32_t count, uint32_t fresh, unsigned direction, const uint8_t *message,
		   uint64_t bits);

#endif
