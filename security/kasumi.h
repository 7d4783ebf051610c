/* SPDX-License-Identifier: BSD-2-Clause */
/* kasumi.h: KASUMI (TS 35.202) and UTRAN's two modes of it (TS 35.201). Private to security/ and its tests. */
#ifndef IUPLUS_SECURITY_KASUMI_H
#define IUPLUS_SECURITY_KASUMI_H

#include <stddef.h>
#include <stdint.h>

/* The 64 subkeys of a 128-bit key, eight per round: KL1 KL2 KO1 KO2 KO3 KI1 KI2 KI3. */
void kasumi_schedule(const uint8_t key[16], uint16_t subkey[64]);
/* The same for the key with the octet modifier XORed to each octet (KM of f8 is 0x55 ..., of f9 0xaa ...). */
void kasumi_schedule_modified(const uint8_t key[16], uint8_t modifier, uint16_t subkey[64]);
/* One block, most significant octet first. */
uint64_t kasumi_block(const uint16_t subkey[64], uint64_t block);
/* KGCORE: XORs the keystream that starts from register a over bits bits of in. subkey[0] is of the key, subkey[1] of
 * the modified key. Octets as in iuplus_security_cipher_run(). */
void kasumi_kgcore(const uint16_t subkey[2][64], uint64_t a, const uint8_t *in, uint8_t *out, uint64_t bits);
/* f9 of UIA1. Octets as in iuplus_security_integrity_mac(). */
uint32_t kasumi_f9(const uint16_t subkey[2][64], uint32_t count, uint32_t fresh, unsigned direction,
		   const uint8_t *message, uint64_t bits);

#endif
