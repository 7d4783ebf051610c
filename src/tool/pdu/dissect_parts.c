/* SPDX-License-Identifier: BSD-2-Clause */
/* dissect_parts.c: data received in parts, by the key of its message or connection. */
#include <stdlib.h>
#include <string.h>

#include "src/tool/pdu/dissect.h"

/* A capture may have any number of connections that never end. */
#define MOST_PARTS 100000u

static struct dissect_part **bucket(struct pdu_dissector *d, uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t h = (a * 31 + b) * UINT64_C(0x9e3779b97f4a7c15) + c * UINT64_C(0xc2b2ae3d27d4eb4f);

	return &d->parts[(h >> 40) % DISSECT_BUCKETS];
}

static void drop(struct dissect_part **at)
{
	struct dissect_part *p = *at;

	*at = p->next;
	free(p->data);
	free(p);
}

struct dissect_part *dissect_part(struct pdu_dissector *d, uint64_t a, uint64_t b, uint64_t c, bool make)
{
	struct dissect_part **at = bucket(d, a, b, c), *p;

	for (p = *at; p; p = p->next) {
		if (p->key[0] == a && p->key[1] == b && p->key[2] == c)
			return p;
	}
	if (!make)
		return NULL;
	if (d->part_count >= MOST_PARTS)
		dissect_parts_free(d);
	p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->key[0] = a;
	p->key[1] = b;
	p->key[2] = c;
	p->next = *at;
	*at = p;
	d->part_count++;
	return p;
}

void dissect_part_drop(struct pdu_dissector *d, uint64_t a, uint64_t b, uint64_t c)
{
	struct dissect_part **at;

	for (at = bucket(d, a, b, c); *at; at = &(*at)->next) {
		if ((*at)->key[0] == a && (*at)->key[1] == b && (*at)->key[2] == c) {
			drop(at);
			d->part_count--;
			return;
		}
	}
}

bool dissect_part_add(struct dissect_part *p, const uint8_t *data, size_t len)
{
	if (p->len + len > PDU_MOST_OCTETS)
		return false;
	if (p->len + len > p->room) {
		size_t room = 2 * (p->len + len);
		uint8_t *q = realloc(p->data, room);

		if (!q)
			return false;
		p->data = q;
		p->room = room;
	}
	if (len)
		memcpy(p->data + p->len, data, len);
	p->len += len;
	return true;
}

void dissect_parts_free(struct pdu_dissector *d)
{
	unsigned i;

	for (i = 0; i < DISSECT_BUCKETS; i++) {
		while (d->parts[i])
			drop(&d->parts[i]);
	}
	d->part_count = 0;
}
