/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.c: datagrams of the simulated radio: their connections, and their order. */
#include <stdlib.h>
#include <string.h>

#include "src/tool/pdu/radio.h"

#define HELD_MOST 64u  /* PDUs after a missing one, until it counts as lost */
#define SEEN_MOST 512u /* remembered sequence numbers */
#define SEEN_FIRST 32u
#define AM_MASK 4095u

struct radio *pdu_radio_new(pdu_found_fn *found, void *user)
{
	struct radio *r = calloc(1, sizeof(*r));

	if (!r)
		return NULL;
	r->found = found;
	r->user = user;
	iuplus_arena_init(&r->arena, 0);
	return r;
}

void pdu_radio_keys(struct radio *r, struct pdu_keylog *keylog)
{
	r->keylog = keylog;
}

void pdu_radio_free(struct radio *r)
{
	if (!r)
		return;
	while (r->oldest)
		radio_drop(r, r->oldest);
	iuplus_arena_reset(&r->arena, true);
	iuplus_arena_free(&r->arena);
	free(r);
}

/* ---- order ---- */

static uint32_t sum_of(const struct radio_listener *l, const struct radio_pdu *pdu)
{
	uint32_t sum = 2166136261u;
	unsigned i;

	for (i = 0; i < pdu->len; i++)
		/* a retransmission may differ in its poll bit */
		sum = (sum ^ (i == 1 && !l->um ? pdu->octets[i] & 0xfbu : pdu->octets[i])) * 16777619u;
	return sum;
}

static struct radio_seen *seen(const struct radio_listener *l, uint16_t sn)
{
	struct radio_seen *s = l->seen ? &l->seen[sn % l->seen_room] : NULL;

	return s && s->set && s->sn == sn ? s : NULL;
}

/* Remembers a PDU; if there is no more room, it replaces another one. */
static void remember(struct radio_listener *l, const struct radio_pdu *pdu)
{
	unsigned old = l->seen_room, i;
	struct radio_seen *s;

	if (old < SEEN_MOST && (!old || l->seen[pdu->sn % old].set)) {
		s = calloc(old ? 2 * old : SEEN_FIRST, sizeof(*s));
		if (s) {
			l->seen_room = old ? 2 * old : SEEN_FIRST;
			for (i = 0; i < old; i++) {
				if (l->seen[i].set)
					s[l->seen[i].sn % l->seen_room] = l->seen[i];
			}
			free(l->seen);
			l->seen = s;
		}
	}
	if (l->seen_room)
		l->seen[pdu->sn % l->seen_room] =
			(struct radio_seen){ .set = true, .sn = pdu->sn, .sum = sum_of(l, pdu) };
}

/* True if a PDU with this number was received before. */
static bool before(struct radio *r, struct radio_listener *l, const struct radio_pdu *pdu)
{
	const struct radio_seen *s = seen(l, pdu->sn);

	if (!s)
		return false;
	if (s->sum == sum_of(l, pdu))
		radio_report(r, l, pdu, PDU_RADIO_NOTE, "sent again");
	else
		radio_report(r, l, pdu, PDU_RADIO_FAILED, "not the octets that were sent with this number before");
	return true;
}

static void in_order(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
		     const struct radio_pdu *pdu)
{
	remember(l, pdu);
	radio_listen(r, c, cell, l, pdu);
}

/* The PDUs missing up to that number are lost. */
static void pass(struct radio *r, struct radio_listener *l, const struct radio_pdu *upto)
{
	char why[100];
	unsigned missing = (upto->sn - l->next) & ((1u << l->bits) - 1);

	if (missing > 1)
		snprintf(why, sizeof(why), "the %u PDUs before it, from SN %u on, were not captured", missing, l->next);
	else
		snprintf(why, sizeof(why), "the PDU before it, SN %u, was not captured", l->next);
	radio_give_up(r, l, PDU_RADIO_NOTE, "a part of a message that was not completed");
	radio_report(r, l, upto, PDU_RADIO_FAILED, why);
	l->skip = true;
	while (missing--)
		radio_step(l);
}

static void drain(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l)
{
	size_t i = 0;

	while (i < l->held_count) {
		struct radio_pdu pdu = l->held[i];

		if (pdu.sn != l->next) {
			i++;
			continue;
		}
		l->held_count--;
		memmove(&l->held[i], &l->held[i + 1], (l->held_count - i) * sizeof(l->held[0]));
		in_order(r, c, cell, l, &pdu);
		i = 0;
	}
}

/* Treats the first gap before the held PDUs as lost. */
static void jump(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l)
{
	size_t i, first = 0;

	for (i = 1; i < l->held_count; i++) {
		if (((l->held[i].sn - l->next) & AM_MASK) < ((l->held[first].sn - l->next) & AM_MASK))
			first = i;
	}
	if (l->held_count) {
		struct radio_pdu pdu = l->held[first];

		pass(r, l, &pdu);
		drain(r, c, cell, l);
	}
}

static bool hold(struct radio_listener *l, const struct radio_pdu *pdu)
{
	size_t i;

	for (i = 0; i < l->held_count; i++) {
		if (l->held[i].sn == pdu->sn)
			return true; /* retransmitted before its turn */
	}
	if (l->held_count == l->held_room) {
		size_t room = l->held_room ? 2 * l->held_room : 8;
		struct radio_pdu *p = realloc(l->held, room * sizeof(*p));

		if (!p)
			return false;
		l->held = p;
		l->held_room = room;
	}
	l->held[l->held_count++] = *pdu;
	return true;
}

static void am(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
	       struct radio_pdu *pdu)
{
	struct radio_status status;
	unsigned ahead;

	if (!(pdu->octets[0] & 0x80)) {
		if (radio_status_parse(pdu->octets, pdu->len, &status))
			radio_report(r, l, pdu, PDU_RADIO_FAILED, "a control PDU, but not a valid STATUS");
		return;
	}
	pdu->sn = (uint16_t)((pdu->octets[0] & 0x7f) << 5 | pdu->octets[1] >> 3);
	if (pdu->octets[1] & 2) {
		radio_report(r, l, pdu, PDU_RADIO_FAILED, "unknown header extension type");
		return;
	}
	if (!l->begun) {
		l->begun = true;
		l->next = pdu->sn;
		l->skip = true;
	}
	ahead = (pdu->sn - l->next) & AM_MASK;
	if (ahead >= IUPLUS_RADIO_WINDOW) {
		if (!before(r, l, pdu))
			radio_report(r, l, pdu, PDU_RADIO_FAILED, "its number is outside the window");
	} else if (ahead) {
		if (!hold(l, pdu) || l->held_count > HELD_MOST)
			jump(r, c, cell, l);
	} else {
		in_order(r, c, cell, l, pdu);
		drain(r, c, cell, l);
	}
}

static void um(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
	       struct radio_pdu *pdu)
{
	pdu->sn = pdu->octets[0] >> 1;
	if (!l->begun || l->rb == 0) {
		/* all UEs share CCCH: its numbers may restart */
		l->skip = l->skip || !l->begun || pdu->sn != l->next;
		l->begun = true;
		l->next = pdu->sn;
	}
	if (((pdu->sn - l->next) & 127) >= 64) {
		if (!before(r, l, pdu))
			radio_report(r, l, pdu, PDU_RADIO_FAILED, "its number is outside the window");
		return;
	}
	if (pdu->sn != l->next)
		pass(r, l, pdu);
	in_order(r, c, cell, l, pdu);
}

/* Ends incomplete messages at the end of the capture. */
static void end(struct radio *r, struct radio_connection *c)
{
	struct radio_cell *cell;
	unsigned i;

	for (cell = c->cells; cell; cell = cell->next) {
		for (i = 0; i < 2 * IUPLUS_PROC_RBS; i++) {
			struct radio_listener *l = &cell->listener[i / IUPLUS_PROC_RBS][i % IUPLUS_PROC_RBS];

			while (l->held_count)
				jump(r, c, cell, l);
			if (l->cipher.kind == RADIO_NO_KEY || l->cipher.kind == RADIO_UNKNOWN)
				radio_fail(r, l);
			radio_give_up(r, l, PDU_RADIO_NOTE, "a part of a message that was not completed");
		}
	}
}

/* ---- datagrams ---- */

static struct radio_connection *connection(struct radio *r, uint16_t cell, uint32_t id)
{
	struct radio_connection *c, *former;

	if (r->connection_count == RADIO_CONNECTIONS_MOST) {
		end(r, r->oldest);
		radio_drop(r, r->oldest);
	}
	former = radio_known(r, cell, id);
	c = radio_connection(r, cell, id);
	if (c && former && !former->names) {
		end(r, former);
		radio_drop(r, former);
	}
	return c;
}

/* CCCH uplink: the datagram is the message. False if it is not. */
static bool ccch(struct radio *r, const struct iuplus_radio_header *h, const struct pdu_packet *packet,
		 const char *from, const char *to)
{
	struct pdu_radio radio = { .state = PDU_RADIO_MESSAGE, .where = "RB0 uplink, TM" };
	struct pdu_found f = { .data = h->pdu.data,
			       .len = h->pdu.len,
			       .radio = &radio,
			       .frame = packet->frame,
			       .time_ns = packet->time_ns };
	struct iuplus_rrc_msg m;

	iuplus_arena_reset(&r->arena, true);
	if (iuplus_rrc_decode(IUPLUS_RRC_UL_CCCH, h->pdu, 0, &r->arena, &m, NULL))
		return false;
	if (m.type == IUPLUS_RRC_CONNECTION_REQUEST && !connection(r, h->cell, h->id))
		return false;
	f.type = iuplus_asn1_find("RRC", "UL-CCCH-Message");
	snprintf(f.from, sizeof(f.from), "%s", from);
	snprintf(f.to, sizeof(f.to), "%s", to);
	r->found(r->user, &f);
	return true;
}

bool pdu_radio_take(struct radio *r, const struct pdu_packet *packet, const char *from, const char *to,
		    const uint8_t *data, size_t len)
{
	struct iuplus_radio_header h;
	struct radio_connection *c;
	struct radio_listener *l;
	struct radio_cell *cell;
	struct radio_pdu pdu;

	if (iuplus_radio_peek(data, len, &h))
		return false;
	c = radio_known(r, h.cell, h.id);
	if (h.presence)
		return c != NULL && len == IUPLUS_RADIO_HEADER;
	if (h.rb == 0 && !h.downlink)
		return ccch(r, &h, packet, from, to);
	if (h.pdu.len < IUPLUS_RADIO_PDU_MIN || h.pdu.len > IUPLUS_RADIO_PDU_MAX)
		return false;
	if (!c)
		c = connection(r, h.cell, h.id);
	if (c)
		radio_touch(r, c);
	cell = c ? radio_cell(c, h.cell) : NULL;
	if (!cell)
		return false;
	l = &cell->listener[!h.downlink][h.rb];
	snprintf(l->from, sizeof(l->from), "%s", from);
	snprintf(l->to, sizeof(l->to), "%s", to);
	pdu.frame = packet->frame;
	pdu.time_ns = packet->time_ns;
	pdu.sn = 0;
	pdu.len = (uint8_t)h.pdu.len;
	memcpy(pdu.octets, h.pdu.data, h.pdu.len);
	if (l->um)
		um(r, c, cell, l, &pdu);
	else
		am(r, c, cell, l, &pdu);
	return true;
}

void pdu_radio_end(struct radio *r)
{
	struct radio_connection *c;

	for (c = r->oldest; c; c = c->before)
		end(r, c);
}
