/* SPDX-License-Identifier: BSD-2-Clause */
/* octets.h: big-endian words, and the last octet of a bit string. Private to security/. */
#ifndef IUPLUS_SECURITY_OCTETS_H
#define IUPLUS_SECURITY_OCTETS_H

#include <stdint.h>
#include <string.h>

static inline uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t get64(const uint8_t *p)
{
	return (uint64_t)get32(p) << 32 | get32(p + 4);
}

static inline void put32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

static inline void put64(uint8_t *p, uint64_t v)
{
	put32(p, (uint32_t)(v >> 32));
	put32(p + 4, (uint32_t)v);
}

/* The 1 to 63 bits at p, left-aligned in a word whose other bits are 0; reads no octet past the last needed one. */
static inline uint64_t get_bits(const uint8_t *p, unsigned bits)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < (bits + 7) / 8; i++)
		v |= (uint64_t)p[i] << (56 - 8 * i);
	return v & ~(UINT64_MAX >> bits);
}

/* The reverse: writes only the octets that hold bits. Bits past the last one are copied from v. */
static inline void put_bits(uint8_t *p, unsigned bits, uint64_t v)
{
	for (unsigned i = 0; i < (bits + 7) / 8; i++)
		p[i] = (uint8_t)(v >> (56 - 8 * i));
}

#endif
