/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_table.c: the connections of an SCCP: found by local reference, ordered by deadline.
 *
 * Every connection has up to four deadlines; a heap orders connections by the earliest of them. Deadlines mostly move
 * into the future, so the heap keeps the old one and is corrected when that one is reached. */
#include "src/net/sccp_internal.h"

#include <stdlib.h>
#include <string.h>

/* --- buffers --- */

/* A message on Iu may contain keys. */
static void wiped_free(struct sccp_buffer *b)
{
	if (b->data != NULL)
		explicit_bzero(b->data, b->size);
	free(b->data);
}

int sccp_buffer_append(struct sccp_buffer *b, const void *data, size_t len, size_t limit)
{
	if (len > limit || b->len > limit - len)
		return IUPLUS_ERR_SPACE;
	if (b->size - b->len < len) {
		size_t size = b->size > 0 ? b->size : 1024;
		uint8_t *p;

		while (size < b->len + len)
			size *= 2;
		/* not realloc(), which does not wipe the old memory */
		p = malloc(size);
		if (p == NULL)
			return IUPLUS_ERR_MEMORY;
		if (b->len > 0)
			memcpy(p, b->data, b->len);
		wiped_free(b);
		b->data = p;
		b->size = size;
	}
	memcpy(b->data + b->len, data, len);
	b->len += len;
	return 0;
}

void sccp_buffer_drop(struct sccp_buffer *b)
{
	wiped_free(b);
	memset(b, 0, sizeof(*b));
}

/* --- the heap of deadlines --- */

static void heap_put(struct iuplus_sccp *s, size_t i, struct sccp_conn *c)
{
	s->heap[i] = c;
	c->heap_index = i;
}

static void heap_up(struct iuplus_sccp *s, size_t i)
{
	struct sccp_conn *c = s->heap[i];

	while (i > 0 && s->heap[(i - 1) / 2]->heap_key > c->heap_key) {
		heap_put(s, i, s->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	heap_put(s, i, c);
}

void sccp_heap_down(struct iuplus_sccp *s, size_t i)
{
	struct sccp_conn *c = s->heap[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= s->count)
			break;
		if (child + 1 < s->count && s->heap[child + 1]->heap_key < s->heap[child]->heap_key)
			child++;
		if (s->heap[child]->heap_key >= c->heap_key)
			break;
		heap_put(s, i, s->heap[child]);
		i = child;
	}
	heap_put(s, i, c);
}

uint64_t sccp_deadline(const struct sccp_conn *c)
{
	uint64_t d = c->state_at;

	if (c->int_at < d)
		d = c->int_at;
	if (c->ias_at < d)
		d = c->ias_at;
	if (c->iar_at < d)
		d = c->iar_at;
	return d;
}

/* Called after deadlines changed; only an earlier deadline is acted on immediately. */
void sccp_reschedule(struct iuplus_sccp *s, struct sccp_conn *c)
{
	uint64_t d = sccp_deadline(c);

	if (d < c->heap_key) {
		c->heap_key = d;
		heap_up(s, c->heap_index);
	}
}

/* --- the table of connections --- */

static struct sccp_conn **bucket(const struct iuplus_sccp *s, uint32_t local)
{
	/* References are assigned consecutively, so their low bits are well distributed. */
	return &s->buckets[local & (s->bucket_count - 1)];
}

struct sccp_conn *sccp_find(const struct iuplus_sccp *s, uint32_t local)
{
	struct sccp_conn *c = *bucket(s, local);

	while (c != NULL && c->local != local)
		c = c->next;
	return c;
}

static int grow(struct iuplus_sccp *s)
{
	if (s->count == s->heap_size) {
		size_t size = s->heap_size * 2;
		struct sccp_conn **heap = realloc(s->heap, size * sizeof(*heap));

		if (heap == NULL)
			return IUPLUS_ERR_MEMORY;
		s->heap = heap;
		s->heap_size = size;
	}
	if (s->count >= s->bucket_count) {
		size_t n = s->bucket_count * 2;
		struct sccp_conn **fresh = calloc(n, sizeof(*fresh));

		if (fresh == NULL)
			return IUPLUS_ERR_MEMORY;
		for (size_t i = 0; i < s->bucket_count; i++) {
			for (struct sccp_conn *c = s->buckets[i], *next; c != NULL; c = next) {
				next = c->next;
				c->next = fresh[c->local & (n - 1)];
				fresh[c->local & (n - 1)] = c;
			}
		}
		free(s->buckets);
		s->buckets = fresh;
		s->bucket_count = n;
	}
	return 0;
}

struct sccp_conn *sccp_add(struct iuplus_sccp *s, uint32_t pc, enum sccp_state state, int *rc)
{
	struct sccp_conn *c, **b;

	*rc = IUPLUS_ERR_SPACE;
	if (s->count >= s->config.max_connections)
		return NULL;
	*rc = IUPLUS_ERR_MEMORY;
	if (grow(s) != 0)
		return NULL;
	c = calloc(1, sizeof(*c));
	if (c == NULL)
		return NULL;
	do {
		s->next_reference = s->next_reference >= SCCP_MAX_REFERENCE - 1 ? 1 : s->next_reference + 1;
	} while (sccp_find(s, s->next_reference) != NULL);
	c->local = s->next_reference;
	c->pc = pc;
	c->state = state;
	c->state_at = c->int_at = c->ias_at = c->iar_at = c->heap_key = SCCP_NEVER;
	b = bucket(s, c->local);
	c->next = *b;
	*b = c;
	heap_put(s, s->count++, c);
	*rc = 0;
	return c;
}

void sccp_discard(struct sccp_conn *c)
{
	sccp_buffer_drop(&c->in);
	sccp_buffer_drop(&c->out);
	free(c);
}

void sccp_delete(struct iuplus_sccp *s, struct sccp_conn *c)
{
	struct sccp_conn **b = bucket(s, c->local), *last;
	size_t i = c->heap_index;

	while (*b != c)
		b = &(*b)->next;
	*b = c->next;
	last = s->heap[--s->count];
	if (last != c) {
		heap_put(s, i, last);
		heap_up(s, i);
		sccp_heap_down(s, last->heap_index);
	}
	sccp_discard(c);
}
