/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_rlc.c: the PDUs of one direction of one bearer, in order: deciphering, reassembly, verification. */
#include <stdlib.h>
#include <string.h>

#include "src/tool/pdu/radio.h"

#define PIGGYBACKED_STATUS 0x7eu /* a length indicator (TS 25.322 9.2.2.8) */

/* ---- reports ---- */

static void where(const struct radio_listener *l, uint16_t first, uint16_t last, char *to, size_t room)
{
	int n = snprintf(to, room, "RB%u %s, %s", l->rb, l->uplink ? "uplink" : "downlink",
			 l->rb == 0 && l->uplink ? "TM" :
			 l->um                   ? "UM" :
						   "AM");

	if (l->rb == 0 && l->uplink)
		return;
	n += snprintf(to + n, room - (size_t)n, " SN %u", first);
	if (first != last)
		snprintf(to + n, room - (size_t)n, " to %u", last);
}

static void under(const struct radio_listener *l, char *to, size_t room)
{
	const struct radio_cipher *c = &l->cipher;
	char finger[IUPLUS_SECURITY_FINGERPRINT_SIZE];
	int n;

	*to = '\0';
	if (c->kind != RADIO_KEY)
		return;
	iuplus_security_fingerprint(c->key->ck, 16, finger);
	n = snprintf(to, room, "UEA%u, CK %s (%s), COUNT-C %08x", c->uea, finger, c->key->kind[0] ? c->key->kind : "?",
		     l->first_count);
	if (l->first_count != l->last_count)
		snprintf(to + n, room - (size_t)n, " to %08x", l->last_count);
}

static void tell(struct radio *r, const struct radio_listener *l, const struct radio_pdu *last, struct pdu_found *f)
{
	memcpy(f->from, l->from, sizeof(f->from));
	memcpy(f->to, l->to, sizeof(f->to));
	f->frame = last->frame;
	f->time_ns = last->time_ns;
	r->found(r->user, f);
}

void radio_report(struct radio *r, const struct radio_listener *l, const struct radio_pdu *pdu,
		  enum pdu_radio_state state, const char *why)
{
	struct pdu_radio radio = { .state = state };
	struct pdu_found f = { .data = pdu->octets, .len = pdu->len, .radio = &radio };

	where(l, pdu->sn, pdu->sn, radio.where, sizeof(radio.where));
	snprintf(radio.ciphering, sizeof(radio.ciphering), "%s", why);
	tell(r, l, pdu, &f);
}

static void forget(struct radio_listener *l)
{
	if (l->message && l->message_len)
		iuplus_security_wipe(l->message, l->message_len);
	l->message_len = 0;
	l->run_count = 0;
}

void radio_give_up(struct radio *r, struct radio_listener *l, enum pdu_radio_state state, const char *why)
{
	size_t i;

	for (i = 0; i < l->run_count; i++)
		radio_report(r, l, &l->run[i], state, why);
	forget(l);
}

/* ---- messages ---- */

/* A MAC-I that no key of the log gives. If none is close, it is compared with that of the keys that were right on this
 * bearer before. */
static void wrong(const struct radio_listener *l, struct pdu_mac *mac, char *to, size_t room)
{
	char near[IUPLUS_RRC_MAC_CHECK_TEXT];

	if (!mac->key && l->counted_key) {
		struct pdu_mac last = { .key = l->counted_key, .rb = l->rb, .count = l->counted };

		if (pdu_keylog_expect(l->uplink, l->message, l->message_len, &last)) {
			pdu_keylog_wrong_text(&last, near, sizeof(near));
			snprintf(to, room, "%s; no key of the log gives it", near);
			return;
		}
	}
	pdu_keylog_wrong_text(mac, to, room);
}

/* Verifies the MAC-I, and that COUNT-I is new. Returns as pdu_keylog_mac(). */
static int verify(struct radio *r, const struct radio_connection *c, struct radio_listener *l, struct pdu_mac *mac,
		  char *to, size_t room)
{
	int rc = r->keylog && l->rb ?
			 pdu_keylog_mac(r->keylog, c->ue, l->uplink, l->rb, l->message, l->message_len, mac) :
			 0;

	*to = '\0';
	if (rc < 0)
		wrong(l, mac, to, room);
	if (rc <= 0)
		return rc;
	if (l->counted_key && l->counted_key->fresh == mac->key->fresh && mac->count <= l->counted &&
	    memcmp(l->counted_key->ik, mac->key->ik, 16) == 0) {
		snprintf(to, room, "COUNT-I %08x is not new: the last one was %08x", mac->count, l->counted);
		return -1;
	}
	pdu_keylog_mac_text(mac, to, room);
	l->counted_key = mac->key;
	l->counted = mac->count;
	return 1;
}

/* Processes a complete message. False: the deciphered octets are not a message. */
static bool complete(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l)
{
	struct pdu_radio radio = { .state = PDU_RADIO_MESSAGE };
	struct pdu_found f = { .type = radio_type(l), .data = l->message, .len = l->message_len, .radio = &radio };
	struct pdu_mac mac = { .key = NULL };
	struct iuplus_octets octets;
	char text[PDU_INTEGRITY_TEXT];

	if (l->message_len == 0)
		return true;
	f.integrity = verify(r, c, l, &mac, text, sizeof(text));
	if (l->skip && f.integrity <= 0) {
		l->skip = false;
		radio_give_up(r, l, PDU_RADIO_NOTE, "a part of a message whose beginning is missing");
		return true;
	}
	l->skip = false;
	if (((l->cipher.kind == RADIO_KEY && !l->cipher.sure && f.integrity <= 0) ||
	     (l->cipher.guess && f.integrity < 0)) &&
	    !radio_sound(r, l, l->message, l->message_len))
		return false;
	f.integrity_text = text;
	if (f.integrity > 0) {
		l->cipher.sure = true;
		memcpy(c->ue, mac.key->ue, sizeof(c->ue));
		if (l->cipher.kind == RADIO_KEY)
			c->uea = l->cipher.uea;
	}
	if (l->run_count) {
		where(l, l->run[0].sn, l->run[l->run_count - 1].sn, radio.where, sizeof(radio.where));
		under(l, radio.ciphering, sizeof(radio.ciphering));
		tell(r, l, &l->run[l->run_count - 1], &f);
	}
	octets = (struct iuplus_octets){ l->message, l->message_len };
	radio_agree(r, c, cell, l, octets, f.integrity > 0 ? &mac : NULL,
		    l->run_count ? l->run[l->run_count - 1].frame : 0);
	forget(l);
	return true;
}

static bool add(struct radio_listener *l, const uint8_t *p, size_t len)
{
	if (len > IUPLUS_RADIO_SDU_MAX - l->message_len)
		return false;
	if (l->message_len + len > l->message_room) {
		size_t room = 2 * (l->message_len + len) + 64;
		uint8_t *grown = realloc(l->message, room);

		if (!grown)
			return false;
		l->message = grown;
		l->message_room = room;
	}
	if (len)
		memcpy(l->message + l->message_len, p, len);
	l->message_len += len;
	return true;
}

static bool keep(struct radio_listener *l, const struct radio_pdu *pdu)
{
	if (l->run_count == l->run_room) {
		size_t room = l->run_room ? 2 * l->run_room : 8;
		struct radio_pdu *p = room <= RADIO_RUN_MOST ? realloc(l->run, room * sizeof(*p)) : NULL;

		if (!p)
			return false;
		l->run = p;
		l->run_room = room;
	}
	l->run[l->run_count++] = *pdu;
	return true;
}

static bool padded(const struct radio_content *content, const uint8_t *end)
{
	const uint8_t *p;

	for (p = content->data + content->len; p < end; p++) {
		if (*p)
			return true;
	}
	return false;
}

/* Processes a PDU with the present ciphering. False: it is not valid. */
static bool absorb(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
		   const struct radio_pdu *pdu)
{
	uint8_t octets[IUPLUS_RADIO_PDU_MAX];
	size_t len = radio_decipher(&l->cipher, l, pdu, l->cipher.hfn, octets);
	uint32_t count = l->cipher.hfn << l->bits | pdu->sn;
	struct radio_content content;
	unsigned i, from = 0;

	if (radio_content_parse(octets, len, pdu->octets[l->um ? 0 : 1] & 1, l->um, &content))
		return false;
	if (content.data > octets && content.data[-1] >> 1 == PIGGYBACKED_STATUS && !l->um)
		radio_report(r, l, pdu, PDU_RADIO_NOTE, "a STATUS follows the data and is not read");
	else if (padded(&content, octets + len))
		radio_report(r, l, pdu, PDU_RADIO_NOTE, "its padding is not zero");
	if (content.begins) {
		l->skip = false;
		if (l->message_len) {
			l->run_count--;
			radio_give_up(r, l, PDU_RADIO_NOTE, "a part of a message that was not completed");
			keep(l, pdu);
		}
	}
	if (l->run_count == 1)
		l->first_count = count;
	l->last_count = count;
	if (content.previous_ended && !complete(r, c, cell, l))
		return false;
	for (i = 0; i < content.ends; i++) {
		if (!add(l, content.data + from, content.end[i] - from) || !complete(r, c, cell, l))
			return false;
		from = content.end[i];
	}
	if (content.len > from) {
		if (content.ends) {
			keep(l, pdu);
			l->first_count = count;
		}
		return add(l, content.data + from, content.len - from);
	}
	return true;
}

/* ---- PDUs that cannot be read in the present state ---- */

static const char *reason(const struct radio *r, const struct radio_listener *l, char *to, size_t room)
{
	const struct radio_cipher *c = &l->cipher;
	char finger[IUPLUS_SECURITY_FINGERPRINT_SIZE];

	if (!r->keylog && c->kind == RADIO_NO_KEY)
		snprintf(to, room, "ciphered by UEA%u, and there is no key log", c->uea);
	else if (!r->keylog)
		snprintf(to, room, "ciphered, or its beginning was not captured; there is no key log");
	else if (c->kind == RADIO_NO_KEY && c->command)
		snprintf(to, room, "no key: the log has none for the message in frame %u that started UEA%u",
			 c->command, c->uea);
	else if (c->kind == RADIO_NO_KEY)
		snprintf(to, room, "no key: the log has none with which it is valid");
	else if (c->kind == RADIO_UNKNOWN)
		snprintf(to, room,
			 "keys and HFN are unknown, because the beginning was not captured; none of the log fits");
	else if (c->kind == RADIO_PLAIN)
		snprintf(to, room, "not ciphered, but its length indicators contradict each other");
	else {
		iuplus_security_fingerprint(c->key->ck, 16, finger);
		snprintf(
			to, room,
			c->sure ?
				"damaged: not valid under UEA%u, CK %s, HFN %x, which were right before" :
				"not valid, or no right MAC-I, under UEA%u, CK %s, HFN %x, and under all other keys and HFNs of the log",
			c->uea, finger, c->hfn);
	}
	return to;
}

void radio_fail(struct radio *r, struct radio_listener *l)
{
	char why[200];

	if (l->skip && r->keylog && l->cipher.kind != RADIO_PLAIN)
		radio_give_up(r, l, PDU_RADIO_NOTE, "a part of a message whose beginning is missing");
	else
		radio_give_up(r, l, r->keylog || l->cipher.kind == RADIO_PLAIN ? PDU_RADIO_FAILED : PDU_RADIO_CIPHERED,
			      reason(r, l, why, sizeof(why)));
	l->skip = false;
}

/* Processes the PDUs again with the keys found by trying, from the run's first PDU of the message on. */
static void again(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
		  size_t first)
{
	struct radio_pdu *run = l->run;
	size_t count = l->run_count, i;

	l->run = NULL;
	l->run_count = l->run_room = 0;
	l->skip = false;
	forget(l);
	for (i = 0; i < first; i++)
		radio_report(r, l, &run[i], PDU_RADIO_NOTE, "a part of a message whose beginning is missing");
	l->next = run[first].sn;
	for (i = first; i < count; i++) {
		if (!keep(l, &run[i]) || !absorb(r, c, cell, l, &run[i]))
			radio_fail(r, l);
		radio_step(l);
	}
	free(run);
}

/* Tries all keys if a message may have ended. Returns true if the PDUs could be read. */
static bool recover(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l)
{
	if (radio_try(r, c, l, 0)) {
		again(r, c, cell, l, 0);
		return true;
	}
	/* in UM the first PDU has length indicators too: the message may begin with this one */
	if (l->um && l->run_count > 1 && radio_try(r, c, l, l->run_count - 1)) {
		again(r, c, cell, l, l->run_count - 1);
		return true;
	}
	return false;
}

void radio_listen(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
		  const struct radio_pdu *pdu)
{
	bool indicators = pdu->octets[l->um ? 0 : 1] & 1, known;

	radio_settle(l);
	known = l->cipher.kind == RADIO_PLAIN || l->cipher.kind == RADIO_KEY;
	if (!keep(l, pdu)) {
		radio_fail(r, l);
		l->skip = true;
	} else if (known) {
		if (!absorb(r, c, cell, l, pdu)) {
			bool open = l->cipher.guess || (l->cipher.kind == RADIO_KEY && !l->cipher.sure);

			if (l->cipher.guess)
				l->cipher.kind = RADIO_UNKNOWN;
			if (open && l->run_count && recover(r, c, cell, l))
				return;
			radio_fail(r, l);
		}
	} else if (!r->keylog && l->cipher.kind == RADIO_NO_KEY) {
		radio_fail(r, l);
	} else if (indicators) {
		if (recover(r, c, cell, l))
			return;
		if (l->um && l->run_count)
			l->run_count--;
		if (l->run_count)
			radio_fail(r, l);
		if (l->um)
			keep(l, pdu);
	}
	radio_step(l);
}
