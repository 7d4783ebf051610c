/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.c: RLC's sequence numbers and ciphering at both ends, and what the attacker hears. Each bearer keeps its order;
 * between bearers there is none. A message whose ciphering parameters differ at the ends arrives as noise. */
#include "test/model/model.h"

#include <stdlib.h>
#include <string.h>

unsigned model_pdus(void *user, uint8_t rb, size_t len)
{
	(void)user;
	(void)rb;
	return (unsigned)((len + PDU_OCTETS - 1) / PDU_OCTETS);
}

void model_radio_snapshot(const struct radio *radio, struct iuplus_proc_radio *out)
{
	unsigned rb;

	for (rb = 0; rb < IUPLUS_PROC_RBS; rb++) {
		out->tx_sn[rb] = radio->tx[rb].sn;
		out->rx_sn[rb] = radio->rx[rb].sn;
		out->tx_hfn[rb] = radio->tx[rb].hfn;
		out->rx_hfn[rb] = radio->rx[rb].hfn;
	}
}

static void apply(struct rlc *rlc, const struct iuplus_proc_cipher *c)
{
	rlc->uea = c->uea;
	memcpy(rlc->ck, c->ck, sizeof(rlc->ck));
	rlc->hfn = c->hfn;
}

/* The configuration that is due for the next PDU. */
static void due(struct rlc *rlc)
{
	if (rlc->waiting && rlc->sn == rlc->activation) {
		apply(rlc, &rlc->next);
		rlc->waiting = false;
	}
}

static void advance(struct rlc *rlc, unsigned rb)
{
	rlc->sn = (uint16_t)((rlc->sn + 1u) % (rb == 1 ? 128u : 4096u));
	rlc->hfn += rlc->sn == 0;
}

void model_radio_cipher(struct radio *radio, bool ue, const struct iuplus_proc_action *a)
{
	struct rlc *rlc = ue == a->cipher.uplink ? &radio->tx[a->rb] : &radio->rx[a->rb];
	unsigned modulus = a->rb == 1 ? 128 : 4096;

	rlc->held = false;
	if (a->cipher.reestablish) {
		rlc->sn = 0;
		rlc->waiting = false;
	}
	/* also with an activation time that has passed */
	if (a->cipher.now || (a->cipher.activation_sn + modulus - rlc->sn - 1) % modulus >= modulus / 2) {
		apply(rlc, &a->cipher);
		rlc->waiting = false;
		return;
	}
	rlc->waiting = true;
	rlc->activation = a->cipher.activation_sn;
	rlc->next = a->cipher;
}

static bool same_cipher(const struct rlc *a, const struct rlc *b)
{
	return a->uea == b->uea &&
	       (a->uea == 0 || (a->hfn == b->hfn && a->sn == b->sn && !memcmp(a->ck, b->ck, sizeof(a->ck))));
}

/* c is the sending RNC's context; NULL: the UE sends. */
void model_radio_send(struct world *w, struct rnc_context *c, const struct iuplus_proc_action *a)
{
	struct rlc *tx = c ? &c->radio.tx[a->rb] : &w->ue.radio.tx[a->rb];
	struct record *r = &w->record[w->records];
	struct message *m;
	unsigned i;

	if (w->records == RECORDS || !(m = model_put(w, M_RADIO, (struct iuplus_octets){ NULL, 0 }, a->message))) {
		model_violation(w, "I13", "more messages than any procedure needs");
		return;
	}
	m->record = w->records++;
	memset(r, 0, sizeof(*r));
	r->uplink = !c;
	r->is_protected = a->protected_by != IUPLUS_KEYS_NONE;
	r->rb = a->rb;
	r->cell = (uint8_t)(c ? c->rnc : w->ue.cell);
	r->id = c ? c->id : w->ue.id;
	r->name = a->message;
	r->len = a->pdu.len;
	r->pdu = malloc(r->len + 1);
	memcpy(r->pdu, a->pdu.data, r->len);
	r->pdus = model_pdus(NULL, a->rb, a->pdu.len);
	due(tx);
	r->cipher = *tx;
	for (i = 0; a->rb && i < r->pdus; i++) {
		due(tx);
		if (tx->uea)
			ledger_ciphered(w, tx, a->rb, !c);
		advance(tx, a->rb);
	}
	ledger_sent(w, a->pdu, !c, a->message);
	model_trace(w, "  %s %s: %s on RB%u%s", c ? "RNC" : "UE", c ? "to UE" : "sends", a->message, a->rb,
		    r->is_protected ? ", protected" : "");
}

/* ---- receiving ---- */

static struct rnc_context *find(struct world *w, unsigned cell, uint32_t id)
{
	struct rnc_context *c, *old = NULL;

	for (c = w->rnc; c < w->rnc + CONTEXTS; c++) {
		if (!c->used || c->ended || c->rnc != cell || !id)
			continue;
		if (c->id == id)
			return c;
		if (c->old_id == id && !old)
			old = c;
	}
	return old;
}

bool model_radio_held(struct world *w, unsigned n)
{
	const struct record *r = &w->record[n];
	const struct rnc_context *c = r->uplink ? find(w, r->cell, r->id) : NULL;

	return c && c->radio.rx[r->rb].held;
}

struct rnc_context *model_serving(struct world *w)
{
	return find(w, w->ue.cell, w->ue.id);
}

static void hand_over(struct world *w, const struct record *r, struct rnc_context *c, struct iuplus_octets pdu)
{
	if (c)
		model_rnc_event(w, c,
				&(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC,
							    .rb = r->rb,
							    .congested = c->congested,
							    .pdu = pdu });
	else
		model_rrc_event(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = r->rb, .pdu = pdu });
}

/* Its receiver: *c is NULL for the UE. False: nobody hears it. */
static bool receiver(struct world *w, const struct record *r, struct rnc_context **c)
{
	*c = NULL;
	if (!r->uplink)
		return r->cell == w->ue.cell && r->id == w->ue.id;
	*c = find(w, r->cell, r->id);
	if (!*c && r->rb == 0) {
		*c = model_new_rnc_context(w, r->cell, r->id);
		if (*c)
			(*c)->congested = !iuplus_rnc_admit(&w->node[r->cell]);
	}
	return *c != NULL;
}

static void noise(struct world *w, uint8_t *pdu, size_t len)
{
	uint64_t state = w->rng;

	while (len--)
		*pdu++ = (uint8_t)model_random(&state);
}

/* The receiver's RLC takes the PDUs of the message. False: with other parameters than the sender's. */
static bool receive_rlc(struct rlc *rx, const struct record *r)
{
	bool same;
	unsigned i;

	if (r->rb == 0)
		return true;
	due(rx);
	same = same_cipher(rx, &r->cipher);
	for (i = 0; i < r->pdus; i++) {
		due(rx);
		advance(rx, r->rb);
	}
	return same;
}

static struct rlc *rx_of(struct world *w, struct rnc_context *c, unsigned rb)
{
	return c ? &c->radio.rx[rb] : &w->ue.radio.rx[rb];
}

/* The physical channel of the UE's cell is established. */
static void heard(struct world *w)
{
	if (!w->ue.listening)
		return;
	w->ue.listening = false;
	model_rrc_event(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_HEARD });
}

#define ANNOUNCEMENTS 4

bool model_announce(struct world *w)
{
	struct message *m;

	if (!w->ue.listening || w->ue.announcements == ANNOUNCEMENTS)
		return false;
	w->ue.announcements++;
	m = model_put(w, M_PRESENCE, (struct iuplus_octets){ NULL, 0 }, "presence");
	m->cell = w->ue.cell;
	m->id = w->ue.id;
	return true;
}

void model_presence(struct world *w, const struct message *m)
{
	struct rnc_context *c = m->downlink ? NULL : find(w, m->cell, m->id);
	struct message *answer;

	if (m->downlink && m->cell == w->ue.cell && m->id == w->ue.id)
		heard(w);
	if (!c)
		return;
	model_rnc_event(w, c, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_HEARD });
	answer = model_put(w, M_PRESENCE, (struct iuplus_octets){ NULL, 0 }, "presence of the cell");
	answer->downlink = true;
	answer->cell = m->cell;
	answer->id = m->id;
}

void model_radio_receive(struct world *w, unsigned n)
{
	struct record *r = &w->record[n];
	uint8_t octets[1024];
	struct rnc_context *c;

	if (!receiver(w, r, &c) || r->len > sizeof(octets)) {
		model_trace(w, "  nobody hears %s", r->name);
		return;
	}
	memcpy(octets, r->pdu, r->len);
	w->judge.record = (int)n;
	w->judge.of = r->name;
	if (!c)
		heard(w);
	if (!receive_rlc(rx_of(w, c, r->rb), r)) {
		model_trace(w, "  %s arrives as noise: ciphering differs", r->name);
		if (w->faultless)
			model_violation(w, "same keys",
					"without a fault, %s is deciphered with other parameters than it was"
					" ciphered with",
					r->name);
		noise(w, octets, r->len);
		w->judge.record = NONE;
		w->judge.attack = true;
		w->judge.what = "noise";
		w->judge.of = NULL;
	}
	hand_over(w, r, c, (struct iuplus_octets){ octets, r->len });
	w->judge.attack = false;
	w->judge.record = NONE;
}

void model_radio_lost_message(struct world *w, unsigned n)
{
	const struct record *r = &w->record[n];
	struct rnc_context *c = r->uplink ? find(w, r->cell, r->id) : NULL;

	if (c || (!r->uplink && r->cell == w->ue.cell && r->id == w->ue.id))
		receive_rlc(rx_of(w, c, r->rb), r);
}

/* What a message of r's bearer with these octets is: an attacker's edit may make another one of it. */
static const char *name_of(const struct record *r, const uint8_t *octets, size_t len)
{
	const struct iuplus_octets in = { octets, len };
	struct iuplus_rrc_msg message;
	struct iuplus_arena arena;
	const char *name = r->name;

	if (r->rb == 0)
		return name;
	iuplus_arena_init(&arena, 0);
	if (!iuplus_rrc_decode(r->uplink ? IUPLUS_RRC_UL_DCCH : IUPLUS_RRC_DL_DCCH, in, 0, &arena, &message, NULL))
		name = iuplus_rrc_asn1_name(message.type);
	iuplus_arena_free(&arena);
	return name;
}

void model_attack(struct world *w, unsigned n, const uint8_t *pdu, size_t len, bool as_sent, const char *what)
{
	struct record *r = &w->record[n];
	uint8_t octets[1024];
	struct rnc_context *c;
	bool same;

	if (len > sizeof(octets) || (r->uplink && r->rb == 0) || !receiver(w, r, &c))
		return;
	memcpy(octets, pdu, len);
	if (as_sent) {
		same = receive_rlc(rx_of(w, c, r->rb), r);
	} else {
		struct rlc now = *rx_of(w, c, r->rb);

		due(&now);
		same = r->rb == 0 || now.uea == 0 || same_cipher(&now, &r->cipher);
	}
	if (!same)
		noise(w, octets, len);
	model_trace(w, "ATTACK: %s of %s on RB%u%s", what, r->name, r->rb, same ? "" : ", noise");
	w->judge.attack = true;
	w->judge.what = what;
	w->judge.of = same ? name_of(r, octets, len) : NULL;
	w->judge.record = same && len == r->len && !memcmp(octets, r->pdu, len) ? (int)n : NONE;
	hand_over(w, r, c, (struct iuplus_octets){ octets, len });
	w->judge.attack = false;
	w->judge.record = NONE;
}
