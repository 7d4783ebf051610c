/* SPDX-License-Identifier: BSD-2-Clause */
/* fault.c: what the channel and the attacker do. The radio belongs to the attacker: lost, altered, repeated, replayed
 * and invented messages. On Iu messages are late or lost, connections break. Timers expire early relative to messages,
 * or although they were just stopped. */
#include "test/model/model.h"

#include <stdlib.h>
#include <string.h>

/* A message under way of a kind, chosen by random; QUEUE: there is none. */
static unsigned any_message(const struct world *w, enum message_kind kind, uint64_t random)
{
	unsigned i, n;

	for (i = 0; i < w->queued; i++) {
		n = (unsigned)((i + random) % w->queued);
		if (w->queue[n].kind == kind)
			return n;
	}
	return QUEUE;
}

/* The first one of its radio bearer, so that a later one does not overtake it. */
static unsigned first_radio(struct world *w, uint64_t random)
{
	unsigned n = any_message(w, M_RADIO, random), i;
	const struct record *a, *b;

	if (n != QUEUE && model_radio_held(w, w->queue[n].record))
		return QUEUE; /* arrived already */

	for (i = 0; n != QUEUE && i < n; i++) {
		if (w->queue[i].kind != M_RADIO)
			continue;
		a = &w->record[w->queue[i].record];
		b = &w->record[w->queue[n].record];
		if (a->uplink == b->uplink && a->rb == b->rb && a->cell == b->cell)
			return i;
	}
	return n;
}

static bool drop(struct world *w, uint64_t random)
{
	unsigned n = first_radio(w, random);

	if (n == QUEUE)
		return false;
	model_trace(w, "FAULT: %s is lost on the radio", w->queue[n].name);
	model_drop(w, n);
	return true;
}

static void flip(uint8_t *pdu, size_t len, uint64_t random)
{
	unsigned n;

	for (n = 1 + random % 3; n; n--) {
		random = random / 4 + UINT64_C(0x9e3779b97f4a7c15);
		/* more often in the first octets, where the check info and the elements are */
		pdu[(random & 1 ? random % 8 : random) % len] ^= (uint8_t)(1u << (random >> 40 & 7));
	}
}

static bool alter(struct world *w, uint64_t random)
{
	unsigned n = first_radio(w, random), record;
	uint8_t octets[1024];
	size_t len;

	if (n == QUEUE)
		return false;
	record = w->queue[n].record;
	len = w->record[record].len;
	if (len == 0 || len > sizeof(octets))
		return false;
	memcpy(octets, w->record[record].pdu, len);
	flip(octets, len, random);
	model_discard(w, n);
	model_attack(w, record, octets, len, true, "alteration");
	return true;
}

static bool under_way(const struct world *w, unsigned record)
{
	unsigned i;

	for (i = 0; i < w->queued; i++)
		if (w->queue[i].kind == M_RADIO && w->queue[i].record == record)
			return true;
	return false;
}

static bool replay(struct world *w, uint64_t random)
{
	unsigned n;

	if (!w->records)
		return false;
	/* an old one, or one of the last */
	n = random & 1 ? random / 2 % w->records : w->records - 1 - random / 2 % (w->records < 8 ? w->records : 8);
	if (under_way(w, n) || (w->record[n].uplink && w->record[n].rb == 0))
		return false;
	model_attack(w, n, w->record[n].pdu, w->record[n].len, false, "replay");
	return true;
}

/* A recorded message to the present connection: with the identity and the cell of today. */
static bool replay_here(struct world *w, uint64_t random)
{
	struct record *r;
	unsigned n;

	if (!w->records)
		return false;
	n = random % w->records;
	if (w->records == RECORDS || under_way(w, n) || w->record[n].rb == 0)
		return false;
	r = &w->record[w->records++];
	*r = w->record[n];
	r->pdu = malloc(r->len + 1);
	memcpy(r->pdu, w->record[n].pdu, r->len);
	r->cell = (uint8_t)w->ue.cell;
	r->id = w->ue.id;
	if (w->record[n].cell != r->cell || w->record[n].id != r->id)
		r->accepted = 1; /* not sent here: whatever comes of it is wrong */
	model_attack(w, w->records - 1, r->pdu, r->len, false, "replay");
	w->record[n].accepted |= r->accepted;
	return true;
}

static bool twice(struct world *w, uint64_t random)
{
	unsigned n = first_radio(w, random), record;

	if (n == QUEUE)
		return false;
	record = w->queue[n].record;
	model_trace(w, "FAULT: %s arrives twice", w->queue[n].name);
	model_deliver(w, n);
	if (model_violated(w) || (w->record[record].uplink && w->record[record].rb == 0))
		return true;
	model_attack(w, record, w->record[record].pdu, w->record[record].len, false, "repetition");
	return true;
}

/* ---- invented messages ---- */

static const struct {
	enum iuplus_rrc_type type;
	bool uplink;
	uint8_t rb;
} inventions[] = {
	{ IUPLUS_RRC_SECURITY_MODE_COMMAND, false, 2 },
	{ IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, false, 2 },
	{ IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION, false, 2 },
	{ IUPLUS_RRC_CONNECTION_RELEASE, false, 1 },
	{ IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE, false, 2 },
	{ IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER, false, 3 },
	{ IUPLUS_RRC_SECURITY_MODE_COMPLETE, true, 2 },
	{ IUPLUS_RRC_SECURITY_MODE_FAILURE, true, 2 },
	{ IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE, true, 2 },
	{ IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE, true, 2 },
	{ IUPLUS_RRC_UPLINK_DIRECT_TRANSFER, true, 3 },
	{ IUPLUS_RRC_INITIAL_DIRECT_TRANSFER, true, 3 },
	{ IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE, true, 1 },
	{ IUPLUS_RRC_STATUS, true, 2 },
	{ IUPLUS_RRC_CONNECTION_SETUP_COMPLETE, true, 2 },
};
#define INVENTIONS (sizeof(inventions) / sizeof(inventions[0]))

static void compose(struct world *w, struct iuplus_rrc_msg *m, enum iuplus_rrc_type type, uint64_t random)
{
	static const uint8_t nas[] = { 0x08, 0x05, 0x01, 0x00 }; /* GMM Detach Request */
	const struct iuplus_octets octets = { nas, sizeof(nas) };

	m->type = type;
	m->integrity_check.present = random & 16;
	m->integrity_check.mac = (uint32_t)(random >> 20);
	m->integrity_check.sn = random >> 8 & 15;
	switch (type) {
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		m->u.security_mode_command.transaction = random & 3;
		m->u.security_mode_command.domain = IUPLUS_DOMAIN_PS;
		m->u.security_mode_command.integrity.present = true;
		m->u.security_mode_command.integrity.modify = w->ue.rrc->now.integrity.started;
		m->u.security_mode_command.integrity.has_uia = true;
		m->u.security_mode_command.integrity.uia = 1 + (random >> 6 & 1);
		m->u.security_mode_command.security.uia = w->ue_config.algorithms.uia_count;
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		m->u.reconfiguration.transaction = random & 3;
		m->u.reconfiguration.dl_sync.present = random & 32;
		m->u.reconfiguration.state = IUPLUS_RRC_CELL_DCH;
		if (type == IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION && (random & 64)) {
			m->u.reconfiguration.has_scrambling_code = true;
			m->u.reconfiguration.scrambling_code = w->rnc_config[random % w->cells].scrambling_code;
		}
		break;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE:
		m->u.signalling_connection_release.domain = IUPLUS_DOMAIN_PS;
		break;
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		m->u.downlink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		m->u.downlink_direct_transfer.nas = octets;
		break;
	case IUPLUS_RRC_UPLINK_DIRECT_TRANSFER:
		m->u.uplink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		m->u.uplink_direct_transfer.nas = octets;
		break;
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
		m->u.initial_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		m->u.initial_direct_transfer.nas = octets;
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
		m->u.security_mode_complete.transaction = random & 3;
		break;
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE:
		m->u.failure.has_transaction = true;
		m->u.failure.transaction = random & 3;
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
		m->u.reconfiguration_complete.transaction = random & 3;
		break;
	default:
		break;
	}
}

static bool invent(struct world *w, uint64_t random)
{
	unsigned n = random % INVENTIONS;
	struct iuplus_arena arena;
	struct iuplus_octets pdu;
	struct iuplus_rrc_msg m;
	struct record *r;
	bool done;

	if (w->records == RECORDS)
		return false;
	memset(&m, 0, sizeof(m));
	m.channel = inventions[n].uplink ? IUPLUS_RRC_UL_DCCH : IUPLUS_RRC_DL_DCCH;
	compose(w, &m, inventions[n].type, random / INVENTIONS);
	iuplus_arena_init(&arena, 0);
	done = iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL) == IUPLUS_OK;
	if (done) {
		r = &w->record[w->records++];
		memset(r, 0, sizeof(*r));
		r->uplink = inventions[n].uplink;
		r->rb = inventions[n].rb;
		r->cell = (uint8_t)w->ue.cell;
		r->id = w->ue.id;
		r->name = iuplus_rrc_asn1_name(m.type);
		r->len = pdu.len;
		r->pdu = malloc(pdu.len + 1);
		memcpy(r->pdu, pdu.data, pdu.len);
		r->cipher.uea = UINT32_MAX; /* the attacker cannot cipher */
		model_attack(w, w->records - 1, r->pdu, r->len, false, "injection");
	}
	iuplus_arena_free(&arena);
	return done;
}

/* ---- Iu, timers, radio ---- */

static bool lose_iu_message(struct world *w, uint64_t random)
{
	unsigned n = any_message(w, random & 1 ? M_DATA : M_UNITDATA, random / 2);

	if (n == QUEUE)
		return false;
	model_trace(w, "FAULT: %s is lost on Iu", w->queue[n].name);
	model_discard(w, n);
	return true;
}

static bool lose_connection(struct world *w, uint64_t random)
{
	unsigned i, n;

	for (i = 0; i < CONNECTIONS; i++) {
		n = (unsigned)((i + random) % CONNECTIONS);
		if (!w->connection[n].used)
			continue;
		model_trace(w, "FAULT: an Iu connection is lost");
		model_iu_lost(w, (int)n);
		return true;
	}
	return false;
}

static bool refuse_connection(struct world *w, uint64_t random)
{
	unsigned n = any_message(w, M_CONNECT, random);

	if (n == QUEUE)
		return false;
	model_trace(w, "FAULT: an Iu connection is refused");
	free(w->queue[n].pdu);
	w->queue[n].pdu = NULL;
	w->queue[n].len = 0;
	w->queue[n].kind = M_REFUSE;
	w->queue[n].to_core = !w->queue[n].to_core;
	return true;
}

/* Messages take longer than a timer. */
static bool early_timer(struct world *w, uint64_t random)
{
	(void)random;
	model_trace(w, "FAULT: messages are slow");
	return model_fire(w, w->now + 30000);
}

static bool late_timer(struct world *w, uint64_t random)
{
	model_trace(w, "FAULT: an expiry is late");
	return model_fire_late(w, random);
}

static bool lose_radio(struct world *w, uint64_t random)
{
	unsigned i, n;

	model_trace(w, "FAULT: radio lost");
	if (random & 1) {
		model_rrc_event(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
		return true;
	}
	for (i = 0; i < CONTEXTS; i++) {
		n = (unsigned)((i + random / 2) % CONTEXTS);
		if (!w->rnc[n].used)
			continue;
		model_rnc_event(w, &w->rnc[n], &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_LOST });
		return true;
	}
	return false;
}

/* Everything on the air is lost. */
static bool silence(struct world *w, uint64_t random)
{
	unsigned n = 0, lost = 0;

	(void)random;
	while (n < w->queued)
		if (w->queue[n].kind == M_RADIO && !model_radio_held(w, w->queue[n].record)) {
			model_drop(w, n);
			lost++;
		} else if (w->queue[n].kind == M_PRESENCE) {
			model_discard(w, n);
			lost++;
		} else {
			n++;
		}
	if (lost)
		model_trace(w, "FAULT: %u messages on the air are lost", lost);
	return lost;
}

static bool reset(struct world *w, uint64_t random)
{
	model_trace(w, "FAULT: an RNC resets");
	model_rnc_node_event(w, random % w->cells,
			     &(struct iuplus_rnc_node_event){ .kind = IUPLUS_RNC_NODE_RESET,
							      .peer = IUPLUS_DOMAIN_PS });
	return true;
}

static bool restart_core(struct world *w, uint64_t random)
{
	if (random % 4)
		return false; /* seldom: everything begins anew */
	model_trace(w, "FAULT: the core starts again");
	model_core_restarts(w);
	return true;
}

static bool break_hlr(struct world *w, uint64_t random)
{
	(void)random;
	if (any_message(w, M_VECTORS, 0) == QUEUE)
		return false;
	model_trace(w, "FAULT: the HLR fails");
	w->hlr_fails = true;
	return true;
}

unsigned fault(struct world *w, uint64_t random)
{
	/* as often as it is listed */
	static bool (*const faults[])(struct world * w, uint64_t random) = {
		drop,
		drop,
		drop,
		alter,
		alter,
		alter,
		replay,
		replay,
		replay,
		replay_here,
		twice,
		twice,
		twice,
		invent,
		invent,
		invent,
		lose_iu_message,
		early_timer,
		early_timer,
		late_timer,
		lose_connection,
		refuse_connection,
		refuse_connection,
		lose_radio,
		silence,
		reset,
		break_hlr,
		restart_core,
		foreign_refusal,
		foreign_refusal,
	};
	unsigned count = sizeof(faults) / sizeof(faults[0]), first = random % count, i;

	for (i = 0; i < count; i++)
		if (faults[(first + i) % count](w, random / count))
			return 1;
	return 0;
}
