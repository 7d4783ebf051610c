/* SPDX-License-Identifier: BSD-2-Clause */
/* map.c: the primitives of the mapping: pooled memory, lists, bit strings, octet strings. */
#include "rrc/map.h"

#include "asn1/per/arena.h"

#include <string.h>

void rrc_fail(struct rrc_map *m, int rc, const char *path)
{
	if (m->rc != IUPLUS_OK)
		return;
	m->rc = rc;
	m->path = path;
}

void rrc_later(struct rrc_map *m, long transaction)
{
	m->transaction = (int)transaction;
	rrc_fail(m, IUPLUS_ERR_NOT_COMPREHENDED, "later-than-r3.criticalExtensions");
}

void *rrc_new(struct rrc_map *m, size_t size)
{
	void *p;

	size = arena_round(size);
	if (size > RRC_POOL - m->used) {
		rrc_fail(m, IUPLUS_ERR_MEMORY, "");
		return m->pool;
	}
	p = m->pool + m->used;
	m->used += size;
	return p;
}

long *rrc_long(struct rrc_map *m, long value)
{
	long *p = rrc_new(m, sizeof(*p));

	*p = value;
	return p;
}

void *rrc_add(struct rrc_map *m, void *list, unsigned max, size_t size)
{
	A_SEQUENCE_OF(void) *l = list;
	void *item = rrc_new(m, size);

	if (!l->array) {
		l->array = rrc_new(m, max * sizeof(*l->array));
		l->size = (int)max;
	}
	if (l->count < l->size && m->rc != IUPLUS_ERR_MEMORY)
		l->array[l->count++] = item;
	else
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "");
	return item;
}

void rrc_put_bits(struct rrc_map *m, BIT_STRING_t *out, uint64_t value, unsigned bits, const char *path)
{
	unsigned octets = (bits + 7) / 8, unused = 8 * octets - bits, i;
	uint8_t *buf = rrc_new(m, octets);

	if (bits < 64 && value >> bits)
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, path);
	out->bits_unused = (int)unused;
	out->size = (int)octets;
	out->buf = buf;
	value <<= unused;
	for (i = octets; i-- > 0; value >>= 8)
		buf[i] = (uint8_t)value;
}

uint64_t rrc_get_bits(const BIT_STRING_t *in)
{
	uint64_t value = 0;
	int i;

	for (i = 0; i < in->size && i < 8; i++)
		value = value << 8 | in->buf[i];
	return value >> in->bits_unused;
}

unsigned rrc_bit_count(const BIT_STRING_t *in)
{
	return (unsigned)(8 * in->size - in->bits_unused);
}

void rrc_put_octets(OCTET_STRING_t *out, struct iuplus_octets in)
{
	/* The encoder only reads: asn1c's struct has no const. */
	out->buf = (uint8_t *)(uintptr_t)in.data;
	out->size = (int)in.len;
}

struct iuplus_octets rrc_get_octets(const OCTET_STRING_t *in)
{
	struct iuplus_octets out = { in->buf, (size_t)in->size };

	return out;
}
