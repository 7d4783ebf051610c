/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.c: one UE's radio bearers: datagrams, messages, TM and UM (TS 25.322 11.1, 11.2). */
#include <stdlib.h>
#include <string.h>

#include "src/net/radio_internal.h"

/* ---- Queues ---- */

static struct radio_item *queue_take(struct radio_queue *q)
{
	struct radio_item *item = q->first;

	if (item) {
		q->first = item->next;
		q->count--;
		if (!q->first)
			q->end = &q->first;
	}
	return item;
}

/* Wiped, because a NAS message may contain the subscriber's identity. */
static void item_free(struct radio_item *item)
{
	if (item)
		iuplus_security_wipe(item->octets, item->len);
	free(item);
}

static void queue_clear(struct radio_queue *q)
{
	while (q->count)
		item_free(queue_take(q));
}

/* ---- Datagrams ---- */

int iuplus_radio_peek(const uint8_t *datagram, size_t len, struct iuplus_radio_header *header)
{
	unsigned kind;

	if (len < IUPLUS_RADIO_HEADER)
		return IUPLUS_ERR_TRUNCATED;
	kind = datagram[0] & 15;
	if (datagram[0] >> 4 != RADIO_VERSION || (kind != RADIO_KIND_PDU && kind != RADIO_KIND_PRESENCE))
		return IUPLUS_ERR_NOT_COMPREHENDED;
	if ((datagram[1] & 0x7f) >= RADIO_BEARERS)
		return IUPLUS_ERR_CONSTRAINT;
	header->presence = kind == RADIO_KIND_PRESENCE;
	header->downlink = datagram[1] >> 7;
	header->rb = datagram[1] & 0x7f;
	header->cell = (uint16_t)(datagram[2] << 8 | datagram[3]);
	header->id = 0;
	for (unsigned i = 4; i < 8; i++)
		header->id = header->id << 8 | datagram[i];
	header->pdu = (struct iuplus_octets){ datagram + IUPLUS_RADIO_HEADER, len - IUPLUS_RADIO_HEADER };
	if (header->presence)
		header->pdu.len = 0;
	return IUPLUS_OK;
}

int iuplus_radio_announce(struct iuplus_radio *radio)
{
	struct radio_item *frame;

	if (radio->frames.count >= RADIO_FRAMES_MAX)
		return IUPLUS_ERR_SPACE;
	frame = radio_frame_new(radio, RADIO_KIND_PRESENCE, 0, 0);
	if (!frame)
		return IUPLUS_ERR_MEMORY;
	radio_queue_put(&radio->frames, frame);
	return IUPLUS_OK;
}

size_t iuplus_radio_next_datagram(struct iuplus_radio *radio, uint8_t *buf, size_t size, uint16_t *cell)
{
	struct radio_item *frame = radio->frames.first;
	size_t len;

	if (!frame || frame->len > size)
		return 0;
	frame = queue_take(&radio->frames);
	len = frame->len;
	memcpy(buf, frame->octets, len);
	*cell = frame->cell;
	item_free(frame);
	return len;
}

/* ---- Creation and release ---- */

static void bearer_begin(struct radio_bearer *b, unsigned rb)
{
	radio_stream_init(&b->tx, rb < RADIO_AM_FIRST);
	radio_stream_init(&b->rx, rb < RADIO_AM_FIRST);
	b->poll_due = RADIO_NEVER;
}

static void bearer_end(struct radio_bearer *b, unsigned pdu_len)
{
	radio_am_forget_sent(b, pdu_len);
	radio_am_forget_received(b, pdu_len);
	free(b->sent);
	free(b->received);
	if (b->assembly.octets)
		iuplus_security_wipe(b->assembly.octets, IUPLUS_RADIO_SDU_MAX);
	free(b->assembly.octets);
	iuplus_security_wipe(b, sizeof *b);
}

struct iuplus_radio *iuplus_radio_new(const struct iuplus_radio_config *config)
{
	unsigned pdu_len = config->pdu_len ? config->pdu_len : IUPLUS_RADIO_PDU_DEFAULT;
	struct iuplus_radio *radio;

	if (pdu_len < IUPLUS_RADIO_PDU_MIN || pdu_len > IUPLUS_RADIO_PDU_MAX)
		return NULL;
	radio = calloc(1, sizeof *radio);
	if (!radio)
		return NULL;
	radio->ue = config->ue;
	radio->pdu_len = pdu_len;
	radio->cell = config->cell;
	radio->id = radio->id_before = config->id;
	radio->frames.end = &radio->frames.first;
	radio->sdus.end = &radio->sdus.first;
	for (unsigned rb = 0; rb < RADIO_BEARERS; rb++)
		bearer_begin(&radio->bearer[rb], rb);
	return radio;
}

void iuplus_radio_reset(struct iuplus_radio *radio)
{
	for (unsigned rb = 0; rb < RADIO_BEARERS; rb++) {
		bearer_end(&radio->bearer[rb], radio->pdu_len);
		bearer_begin(&radio->bearer[rb], rb);
	}
	queue_clear(&radio->sdus);
	item_free(radio->current);
	radio->current = NULL;
	radio->lost = false;
}

void iuplus_radio_free(struct iuplus_radio *radio)
{
	if (!radio)
		return;
	for (unsigned rb = 0; rb < RADIO_BEARERS; rb++)
		bearer_end(&radio->bearer[rb], radio->pdu_len);
	queue_clear(&radio->frames);
	queue_clear(&radio->sdus);
	item_free(radio->current);
	free(radio);
}

void iuplus_radio_set_id(struct iuplus_radio *radio, uint32_t id)
{
	radio->id_before = radio->id;
	radio->id = id;
}

void iuplus_radio_set_cell(struct iuplus_radio *radio, uint16_t cell)
{
	radio->cell = cell;
}

bool iuplus_radio_lost(const struct iuplus_radio *radio)
{
	return radio->lost;
}

/* CCCH uplink. */
static bool transparent(bool ue_sends, uint8_t rb)
{
	return rb == 0 && ue_sends;
}

/* ---- Sending a message ---- */

unsigned iuplus_radio_pdus(const struct iuplus_radio *radio, uint8_t rb, size_t len)
{
	const size_t room = radio->pdu_len - (rb < RADIO_AM_FIRST ? 1 : 2);
	size_t data;

	if (rb >= RADIO_BEARERS || transparent(radio->ue, rb) || !len)
		return 1;
	/* the octets of data and length indicators; an indicator that does not fit needs a further PDU */
	data = len + 1 + (rb < RADIO_AM_FIRST);
	return (unsigned)((data + room - 1) / room);
}

static int um_send(struct iuplus_radio *radio, uint8_t rb, struct radio_segments *segments)
{
	struct radio_bearer *b = &radio->bearer[rb];
	struct radio_stream tx = b->tx;
	struct radio_queue made = { NULL, &made.first, 0 };
	int rc = IUPLUS_OK;

	while (!segments->done && !rc) {
		struct radio_item *frame = radio_frame_new(radio, RADIO_KIND_PDU, rb, radio->pdu_len);

		if (!frame) {
			rc = IUPLUS_ERR_MEMORY;
			break;
		}
		radio_queue_put(&made, frame);
		rc = radio_pdu_make(radio, rb, &tx, segments, frame->octets + IUPLUS_RADIO_HEADER);
	}
	if (!rc) {
		b->tx = tx;
		while (made.count) {
			struct radio_item *frame = queue_take(&made);

			frame->next = NULL;
			radio_queue_put(&radio->frames, frame);
		}
	}
	queue_clear(&made);
	iuplus_security_wipe(&tx, sizeof tx);
	return rc;
}

int iuplus_radio_send(struct iuplus_radio *radio, uint8_t rb, const uint8_t *sdu, size_t len, uint64_t now_ms)
{
	struct radio_segments segments;
	unsigned pdus;

	if (rb >= RADIO_BEARERS || !len || len > IUPLUS_RADIO_SDU_MAX)
		return IUPLUS_ERR_ARGUMENT;
	pdus = iuplus_radio_pdus(radio, rb, len);
	if (radio->lost)
		return IUPLUS_ERR_STATE;
	if (radio->frames.count + pdus > RADIO_FRAMES_MAX)
		return IUPLUS_ERR_SPACE;
	/* cppcheck-suppress arrayIndexOutOfBoundsCond ; rb was compared above */
	if (rb >= RADIO_AM_FIRST && radio_am_under_way(&radio->bearer[rb]) + pdus > IUPLUS_RADIO_WINDOW)
		return IUPLUS_ERR_SPACE;
	if (transparent(radio->ue, rb)) {
		struct radio_item *frame = radio_frame_new(radio, RADIO_KIND_PDU, rb, len);

		if (!frame)
			return IUPLUS_ERR_MEMORY;
		memcpy(frame->octets + IUPLUS_RADIO_HEADER, sdu, len);
		radio_queue_put(&radio->frames, frame);
		return IUPLUS_OK;
	}
	radio_segments_begin(&segments, rb < RADIO_AM_FIRST, sdu, len);
	return rb < RADIO_AM_FIRST ? um_send(radio, rb, &segments) : radio_am_send(radio, rb, &segments, now_ms);
}

/* ---- Receiving ---- */

static int um_receive(struct iuplus_radio *radio, uint8_t rb, struct iuplus_octets pdu)
{
	struct radio_bearer *b = &radio->bearer[rb];
	uint8_t p[IUPLUS_RADIO_PDU_MAX];
	unsigned lost;
	int rc;

	if (pdu.len != radio->pdu_len)
		return IUPLUS_ERR_SYNTAX;
	lost = ((pdu.data[0] >> 1) - radio_stream_sn(&b->rx)) & 127;
	/* All UEs share CCCH, so its numbers may restart; on RB1 only the upper half of the sequence is new */
	if (rb && lost >= 64)
		return IUPLUS_ERR_REPLAY;
	if (lost) {
		b->assembly.len = 0;
		b->assembly.skip = true;
	}
	while (lost--)
		radio_stream_skip(&b->rx);
	memcpy(p, pdu.data, pdu.len);
	rc = radio_stream_run(&b->rx, rb ? rb - 1u : 0, radio_rx_direction(radio), p + 1, pdu.len - 1);
	if (!rc)
		rc = radio_assemble(radio, rb, p + 1, pdu.len - 1, pdu.data[0] & 1);
	iuplus_security_wipe(p, sizeof p);
	return rc;
}

int iuplus_radio_receive(struct iuplus_radio *radio, const uint8_t *datagram, size_t len, uint64_t now_ms)
{
	struct iuplus_radio_header header;
	int rc = iuplus_radio_peek(datagram, len, &header);

	if (rc)
		return rc;
	if (header.downlink != radio->ue || header.cell != radio->cell ||
	    (header.id != radio->id && header.id != radio->id_before))
		return IUPLUS_ERR_STATE;
	if (header.presence || radio->lost)
		return IUPLUS_OK;
	if (!header.pdu.len)
		return IUPLUS_ERR_TRUNCATED;
	if (transparent(!radio->ue, header.rb))
		return header.pdu.len > IUPLUS_RADIO_SDU_MAX ?
			       IUPLUS_ERR_SYNTAX :
			       radio_sdu_put(radio, header.rb, header.pdu.data, header.pdu.len);
	return header.rb < RADIO_AM_FIRST ? um_receive(radio, header.rb, header.pdu) :
					    radio_am_receive(radio, header.rb, header.pdu, now_ms);
}

bool iuplus_radio_next_sdu(struct iuplus_radio *radio, uint8_t *rb, struct iuplus_octets *sdu)
{
	item_free(radio->current);
	for (uint8_t am = RADIO_AM_FIRST; am < RADIO_BEARERS && !radio->sdus.count && !radio->lost; am++)
		radio_am_proceed(radio, am);
	radio->current = queue_take(&radio->sdus);
	if (!radio->current)
		return false;
	*rb = radio->current->rb;
	*sdu = (struct iuplus_octets){ radio->current->octets, radio->current->len };
	return true;
}

/* ---- Configuration ---- */

int iuplus_radio_cipher(struct iuplus_radio *radio, uint8_t rb, const struct iuplus_proc_cipher *cipher)
{
	struct radio_bearer *b;
	bool tx = cipher->uplink == radio->ue, first;
	int rc;

	if (!rb || rb >= RADIO_BEARERS)
		return IUPLUS_ERR_ARGUMENT;
	b = &radio->bearer[rb];
	/* What a new bearer holds was sent after the peer's re-establishment: those are the first PDUs already. */
	first = !tx && b->held && radio_stream_sn(&b->rx) == 0;
	rc = radio_stream_configure(tx ? &b->tx : &b->rx, cipher);
	if (!rc && !tx)
		b->held = false;
	if (rc || !cipher->reestablish)
		return rc;
	if (tx) {
		radio_am_forget_sent(b, radio->pdu_len);
		b->vt_a = 0;
	} else if (!first) {
		radio_am_forget_received(b, radio->pdu_len);
		b->vr_r = b->vr_h = 0;
	}
	return IUPLUS_OK;
}

int iuplus_radio_hold(struct iuplus_radio *radio, uint8_t rb, bool hold)
{
	if (rb < RADIO_AM_FIRST || rb >= RADIO_BEARERS)
		return IUPLUS_ERR_ARGUMENT;
	radio->bearer[rb].held = hold;
	return IUPLUS_OK;
}

void iuplus_radio_status(const struct iuplus_radio *radio, struct iuplus_proc_radio *status)
{
	for (unsigned rb = 0; rb < RADIO_BEARERS; rb++) {
		const struct radio_bearer *b = &radio->bearer[rb];

		status->tx_sn[rb] = radio_stream_sn(&b->tx);
		status->tx_hfn[rb] = radio_stream_hfn(&b->tx);
		status->rx_sn[rb] = radio_stream_sn(&b->rx);
		status->rx_hfn[rb] = radio_stream_hfn(&b->rx);
	}
}
