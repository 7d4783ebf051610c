/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_am.c: acknowledged mode (TS 25.322 11.3, 11.5): keeps PDUs until the peer has received them, and sorts received
 * ones. */
#include <stdlib.h>
#include <string.h>

#include "src/net/radio_internal.h"

#define AM_MASK 4095u
#define WINDOW IUPLUS_RADIO_WINDOW

void radio_am_forget_sent(struct radio_bearer *b, unsigned pdu_len)
{
	for (unsigned i = 0; b->sent && i < WINDOW; i++) {
		if (b->sent[i])
			iuplus_security_wipe(b->sent[i]->octets, pdu_len);
		free(b->sent[i]);
		b->sent[i] = NULL;
	}
	b->unpolled = 0;
	b->poll_due = RADIO_NEVER;
}

void radio_am_forget_received(struct radio_bearer *b, unsigned pdu_len)
{
	for (unsigned i = 0; b->received && i < WINDOW; i++) {
		if (b->received[i])
			iuplus_security_wipe(b->received[i], pdu_len);
		free(b->received[i]);
		b->received[i] = NULL;
	}
	b->assembly.len = 0;
	b->assembly.skip = false;
}

unsigned radio_am_under_way(const struct radio_bearer *b)
{
	return (radio_stream_sn(&b->tx) - b->vt_a) & AM_MASK;
}

/* Queues a PDU for its first or a further transmission. A frame that finds no room counts as lost on air. */
static void transmit(struct iuplus_radio *radio, uint8_t rb, struct radio_am_pdu *pdu, bool poll, uint64_t now_ms)
{
	struct radio_bearer *b = &radio->bearer[rb];
	struct radio_item *frame;

	pdu->missing = false;
	if (++pdu->tries > IUPLUS_RADIO_MAXDAT) {
		radio->lost = true;
		return;
	}
	if (poll) {
		b->unpolled = 0;
		b->poll_due = now_ms + IUPLUS_RADIO_TIMER_POLL;
	}
	if (radio->frames.count >= RADIO_FRAMES_MAX)
		return;
	frame = radio_frame_new(radio, RADIO_KIND_PDU, rb, radio->pdu_len);
	if (!frame)
		return;
	memcpy(frame->octets + IUPLUS_RADIO_HEADER, pdu->octets, radio->pdu_len);
	if (poll)
		frame->octets[IUPLUS_RADIO_HEADER + 1] |= 4;
	radio_queue_put(&radio->frames, frame);
}

/* Processes a STATUS PDU of the peer: frees acknowledged PDUs and retransmits missing ones. */
static int status_received(struct iuplus_radio *radio, uint8_t rb, const uint8_t *p, size_t len, uint64_t now_ms)
{
	struct radio_bearer *b = &radio->bearer[rb];
	unsigned outstanding = radio_am_under_way(b), acknowledged, first = b->vt_a, last_missing = WINDOW;
	struct radio_status status;
	int rc = radio_status_parse(p, len, &status);

	if (rc)
		return rc;
	acknowledged = (status.lsn - first) & AM_MASK;
	if (acknowledged > outstanding)
		return IUPLUS_ERR_REPLAY;
	if (!outstanding)
		return IUPLUS_OK;
	for (unsigned i = 0; i < status.runs; i++) {
		for (unsigned j = 0; j <= status.run[i].more; j++) {
			unsigned at = (status.run[i].sn + j - first) & AM_MASK;

			if (at < outstanding && b->sent[(first + at) % WINDOW])
				b->sent[(first + at) % WINDOW]->missing = true;
		}
	}
	for (unsigned at = 0; at < outstanding; at++) {
		struct radio_am_pdu **pdu = &b->sent[(first + at) % WINDOW];

		if (*pdu && (*pdu)->missing) {
			last_missing = at;
		} else if (*pdu && at < acknowledged) {
			iuplus_security_wipe((*pdu)->octets, radio->pdu_len);
			free(*pdu);
			*pdu = NULL;
		}
	}
	while (radio_am_under_way(b) && !b->sent[b->vt_a % WINDOW])
		b->vt_a = (b->vt_a + 1) & AM_MASK;
	b->poll_due = radio_am_under_way(b) ? now_ms + IUPLUS_RADIO_TIMER_POLL : RADIO_NEVER;
	for (unsigned at = 0; at < outstanding && last_missing < WINDOW && at <= last_missing; at++) {
		struct radio_am_pdu *pdu = b->sent[(first + at) % WINDOW];

		if (pdu && pdu->missing)
			transmit(radio, rb, pdu, at == last_missing, now_ms);
	}
	return IUPLUS_OK;
}

void iuplus_radio_tick(struct iuplus_radio *radio, uint64_t now_ms)
{
	for (uint8_t rb = RADIO_AM_FIRST; rb < RADIO_BEARERS && !radio->lost; rb++) {
		struct radio_bearer *b = &radio->bearer[rb];
		unsigned outstanding = radio_am_under_way(b);

		if (now_ms < b->poll_due)
			continue;
		b->poll_due = RADIO_NEVER;
		/* the last PDU polls again (11.3.2, Timer_Poll) */
		for (; outstanding; outstanding--) {
			struct radio_am_pdu *pdu = b->sent[(b->vt_a + outstanding - 1) % WINDOW];

			if (pdu) {
				transmit(radio, rb, pdu, true, now_ms);
				break;
			}
		}
	}
}

uint64_t iuplus_radio_deadline(const struct iuplus_radio *radio)
{
	uint64_t due = RADIO_NEVER;

	for (unsigned rb = RADIO_AM_FIRST; rb < RADIO_BEARERS && !radio->lost; rb++)
		if (radio->bearer[rb].poll_due < due)
			due = radio->bearer[rb].poll_due;
	return due;
}

int radio_am_send(struct iuplus_radio *radio, uint8_t rb, struct radio_segments *segments, uint64_t now_ms)
{
	struct radio_bearer *b = &radio->bearer[rb];
	struct radio_stream tx = b->tx;
	unsigned outstanding = radio_am_under_way(b), made = 0;
	int rc = IUPLUS_OK;

	if (!b->sent)
		b->sent = calloc(WINDOW, sizeof *b->sent);
	if (!b->sent)
		rc = IUPLUS_ERR_MEMORY;
	while (!segments->done && !rc) {
		struct radio_am_pdu *pdu = calloc(1, sizeof *pdu + radio->pdu_len);

		if (!pdu) {
			rc = IUPLUS_ERR_MEMORY;
			break;
		}
		b->sent[(b->vt_a + outstanding + made++) % WINDOW] = pdu;
		rc = radio_pdu_make(radio, rb, &tx, segments, pdu->octets);
	}
	if (!rc)
		b->tx = tx;
	for (unsigned i = 0; i < made; i++) {
		struct radio_am_pdu **pdu = &b->sent[(b->vt_a + outstanding + i) % WINDOW];

		if (rc) {
			free(*pdu);
			*pdu = NULL;
		} else {
			transmit(radio, rb, *pdu, i + 1 == made || ++b->unpolled >= IUPLUS_RADIO_POLL_PDU, now_ms);
		}
	}
	iuplus_security_wipe(&tx, sizeof tx);
	return rc;
}

/* Answers a poll: lists the PDUs missing below the highest one (11.5.2). */
static void answer(struct iuplus_radio *radio, uint8_t rb)
{
	struct radio_bearer *b = &radio->bearer[rb];
	unsigned room = radio_status_room(radio->pdu_len), high = (b->vr_h - b->vr_r) & AM_MASK;
	struct radio_status status = { .lsn = b->vr_h };
	struct radio_item *frame;

	for (unsigned at = 0; at < high; at++) {
		uint16_t sn = (uint16_t)((b->vr_r + at) & AM_MASK);
		unsigned more = 0;

		if (b->received[sn % WINDOW])
			continue;
		if (status.runs == room) {
			status.lsn = sn;
			break;
		}
		while (more < 15 && at + 1 < high && !b->received[(sn + more + 1) % WINDOW]) {
			more++;
			at++;
		}
		status.run[status.runs].sn = sn;
		status.run[status.runs++].more = (uint8_t)more;
	}
	if (radio->frames.count >= RADIO_FRAMES_MAX)
		return;
	frame = radio_frame_new(radio, RADIO_KIND_PDU, rb, radio->pdu_len);
	if (!frame)
		return;
	radio_status_write(&status, frame->octets + IUPLUS_RADIO_HEADER, radio->pdu_len);
	radio_queue_put(&radio->frames, frame);
}

static int store(struct iuplus_radio *radio, struct radio_bearer *b, uint16_t sn, struct iuplus_octets pdu)
{
	unsigned ahead = (sn - b->vr_r) & AM_MASK;
	uint8_t **slot;

	if (!b->received)
		b->received = calloc(WINDOW, sizeof *b->received);
	if (!b->received)
		return IUPLUS_ERR_MEMORY;
	slot = &b->received[sn % WINDOW];
	if (ahead >= WINDOW)
		return IUPLUS_ERR_REPLAY;
	/* the PDUs from the next one to decipher up to vr_r have not been fetched by the owner */
	if (((sn - radio_stream_sn(&b->rx)) & AM_MASK) >= WINDOW)
		return IUPLUS_ERR_SPACE;
	if (*slot)
		return IUPLUS_ERR_REPLAY;
	*slot = malloc(radio->pdu_len);
	if (!*slot)
		return IUPLUS_ERR_MEMORY;
	memcpy(*slot, pdu.data, pdu.len);
	if (ahead >= ((b->vr_h - b->vr_r) & AM_MASK))
		b->vr_h = (sn + 1) & AM_MASK;
	while (b->vr_r != b->vr_h && b->received[b->vr_r % WINDOW])
		b->vr_r = (b->vr_r + 1) & AM_MASK;
	return IUPLUS_OK;
}

int radio_am_receive(struct iuplus_radio *radio, uint8_t rb, struct iuplus_octets pdu, uint64_t now_ms)
{
	struct radio_bearer *b = &radio->bearer[rb];
	int rc;

	if (pdu.len != radio->pdu_len)
		return IUPLUS_ERR_SYNTAX;
	if (!(pdu.data[0] & 0x80))
		return status_received(radio, rb, pdu.data, pdu.len, now_ms);
	/* HE 00 and 01 are defined without the alternative configuration (9.2.2.7) */
	if (pdu.data[1] & 2)
		return IUPLUS_ERR_SYNTAX;
	rc = store(radio, b, (uint16_t)((pdu.data[0] & 0x7f) << 5 | pdu.data[1] >> 3), pdu);
	/* a poll in a PDU already received is answered too: the first answer may be lost */
	if ((pdu.data[1] & 4) && b->received)
		answer(radio, rb);
	return rc;
}

/* Deciphers AM PDUs in order up to the first message. One at a time, because a message may change the key of the next
 * PDU. */
void radio_am_proceed(struct iuplus_radio *radio, uint8_t rb)
{
	struct radio_bearer *b = &radio->bearer[rb];

	while (!radio->sdus.count && b->received && !b->held && radio_stream_sn(&b->rx) != b->vr_r) {
		uint8_t **slot = &b->received[radio_stream_sn(&b->rx) % WINDOW], *p = *slot;

		*slot = NULL;
		if (radio_stream_run(&b->rx, rb - 1u, radio_rx_direction(radio), p + 2, radio->pdu_len - 2))
			radio->lost = true;
		else
			radio_assemble(radio, rb, p + 2, radio->pdu_len - 2, p[1] & 1);
		iuplus_security_wipe(p, radio->pdu_len);
		free(p);
		if (radio->lost)
			return;
	}
}
