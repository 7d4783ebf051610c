/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_table.c: the table of RRC connections: by all identities of a phone, each with its cells and bearers. */
#include <stdlib.h>
#include <string.h>

#include "src/tool/pdu/radio.h"

static struct radio_name **bucket(struct radio *r, uint64_t name)
{
	return &r->names[(name * UINT64_C(0x9e3779b97f4a7c15) >> 40) % RADIO_NAMES];
}

/* Detaches a name, which then passes to another connection. */
static void detach(struct radio_name *n)
{
	struct radio_name **at = &n->connection->names;

	while (*at != n)
		at = &(*at)->sibling;
	*at = n->sibling;
}

void radio_name(struct radio *r, uint16_t cell, uint32_t id, struct radio_connection *c)
{
	uint64_t name = (uint64_t)cell << 32 | id;
	struct radio_name **b = bucket(r, name), *n;

	for (n = *b; n && n->cell_and_id != name; n = n->next)
		;
	if (n) {
		detach(n);
	} else {
		n = calloc(1, sizeof(*n));
		if (!n)
			return; /* its PDUs will be those of an unknown phone */
		n->cell_and_id = name;
		n->next = *b;
		*b = n;
	}
	n->connection = c;
	n->sibling = c->names;
	c->names = n;
}

struct radio_connection *radio_known(struct radio *r, uint16_t cell, uint32_t id)
{
	uint64_t name = (uint64_t)cell << 32 | id;
	const struct radio_name *n;

	for (n = *bucket(r, name); n && n->cell_and_id != name; n = n->next)
		;
	return n ? n->connection : NULL;
}

static void unlink_connection(struct radio *r, struct radio_connection *c)
{
	*(c->before ? &c->before->next : &r->connections) = c->next;
	*(c->next ? &c->next->before : &r->oldest) = c->before;
	c->next = c->before = NULL;
}

static void link_first(struct radio *r, struct radio_connection *c)
{
	c->next = r->connections;
	*(c->next ? &c->next->before : &r->oldest) = c;
	r->connections = c;
}

struct radio_connection *radio_connection(struct radio *r, uint16_t cell, uint32_t id)
{
	struct radio_connection *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	link_first(r, c);
	r->connection_count++;
	radio_name(r, cell, id, c);
	return c;
}

void radio_touch(struct radio *r, struct radio_connection *c)
{
	if (!c->before)
		return;
	unlink_connection(r, c);
	link_first(r, c);
}

static void listener_free(struct radio_listener *l)
{
	if (l->message)
		iuplus_security_wipe(l->message, l->message_room);
	free(l->message);
	free(l->run);
	free(l->held);
	free(l->seen);
}

void radio_drop(struct radio *r, struct radio_connection *c)
{
	struct radio_cell *cell;
	struct radio_name *n, **at;
	unsigned i, rb;

	unlink_connection(r, c);
	r->connection_count--;
	while ((n = c->names) != NULL) {
		c->names = n->sibling;
		for (at = bucket(r, n->cell_and_id); *at != n; at = &(*at)->next)
			;
		*at = n->next;
		free(n);
	}
	while ((cell = c->cells) != NULL) {
		c->cells = cell->next;
		for (i = 0; i < 2; i++) {
			for (rb = 0; rb < IUPLUS_PROC_RBS; rb++)
				listener_free(&cell->listener[i][rb]);
		}
		free(cell);
	}
	free(c);
}

struct radio_cell *radio_cell(struct radio_connection *c, uint16_t code)
{
	struct radio_cell *cell;
	unsigned i, rb;

	for (cell = c->cells; cell; cell = cell->next) {
		if (cell->cell == code)
			return cell;
	}
	cell = calloc(1, sizeof(*cell));
	if (!cell)
		return NULL;
	cell->cell = code;
	for (i = 0; i < 2; i++) {
		for (rb = 0; rb < IUPLUS_PROC_RBS; rb++) {
			struct radio_listener *l = &cell->listener[i][rb];

			l->uplink = i;
			l->rb = (uint8_t)rb;
			l->um = rb < RADIO_AM_FIRST;
			l->bits = iuplus_security_count_sn_bits(
				l->um ? IUPLUS_SECURITY_COUNT_C_UM : IUPLUS_SECURITY_COUNT_C_AM);
			l->cipher.kind = rb ? RADIO_UNKNOWN : RADIO_PLAIN;
		}
	}
	cell->next = c->cells;
	c->cells = cell;
	return cell;
}
