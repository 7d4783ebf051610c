/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_pdu.c: formats of RLC (TS 25.322 9.2): segments with 7-bit length indicators, STATUS PDUs; PDUs and
 * datagrams made of messages, and messages made of PDUs. */
#include <stdlib.h>
#include <string.h>

#include "src/net/radio_internal.h"

/* Length indicators with a special meaning (9.2.2.8). */
enum {
	LI_PREVIOUS_ENDED = 0x00,
	LI_BEGINS = 0x7c, /* UM only */
	LI_STATUS = 0x7e, /* AM only: a piggybacked STATUS instead of padding */
	LI_PADDING = 0x7f,
	LI_LENGTH_MAX = 0x7a
};

/* Super fields of a STATUS PDU (9.2.2.11). */
enum { SUFI_NO_MORE = 0, SUFI_ACK = 2, SUFI_LIST = 3 };

void radio_segments_begin(struct radio_segments *s, bool um, const uint8_t *sdu, size_t len)
{
	*s = (struct radio_segments){ .sdu = sdu, .len = len, .um = um, .first = true };
}

bool radio_segments_fill(struct radio_segments *s, uint8_t *out, size_t room)
{
	size_t left = s->len - s->at, data = left;
	uint8_t li[3];
	unsigned n = 0;

	if (s->um && s->first)
		li[n++] = LI_BEGINS;
	s->first = false;
	if (!left) {
		/* The message ended exactly with the previous PDU, which had no octet for a length indicator. */
		li[n++] = LI_PREVIOUS_ENDED;
		li[n++] = LI_PADDING;
		s->done = true;
	} else if (left + n + 1 <= room) {
		li[n++] = (uint8_t)left;
		if (left + n < room)
			li[n++] = LI_PADDING;
		s->done = true;
	} else {
		data = room - n;
	}
	for (unsigned i = 0; i < n; i++)
		out[i] = (uint8_t)(li[i] << 1 | (i + 1 < n));
	memcpy(out + n, s->sdu + s->at, data);
	memset(out + n + data, 0, room - n - data);
	s->at += data;
	return n > 0;
}

int radio_content_parse(const uint8_t *p, size_t len, bool indicators, bool um, struct radio_content *content)
{
	bool padding = false;
	unsigned last = 0;

	memset(content, 0, sizeof *content);
	while (indicators) {
		unsigned li;

		if (!len || padding)
			return IUPLUS_ERR_SYNTAX;
		li = *p >> 1;
		indicators = *p & 1;
		p++;
		len--;
		if (li == LI_PREVIOUS_ENDED) {
			if (content->ends || content->begins || content->previous_ended)
				return IUPLUS_ERR_SYNTAX;
			content->previous_ended = true;
		} else if (li == LI_BEGINS && um) {
			if (content->ends || content->begins)
				return IUPLUS_ERR_SYNTAX;
			content->begins = true;
		} else if (li == LI_PADDING || (li == LI_STATUS && !um)) {
			padding = true;
		} else {
			if (li > LI_LENGTH_MAX || li <= last || content->ends == sizeof content->end)
				return IUPLUS_ERR_SYNTAX;
			content->end[content->ends++] = (uint8_t)(last = li);
		}
	}
	if (last > len)
		return IUPLUS_ERR_SYNTAX;
	content->data = p;
	content->len = padding ? last : len;
	return IUPLUS_OK;
}

unsigned radio_status_room(size_t len)
{
	/* in half octets: 1 for D/C and type, 4 for ACK, 2 for LIST's head, 4 per run */
	size_t runs = (2 * len - 7) / 4;

	return runs < RADIO_STATUS_LIST ? (unsigned)runs : RADIO_STATUS_LIST;
}

/* Appends the n lowest half octets of v. */
static void put_nibbles(uint8_t *p, size_t *at, unsigned v, unsigned n)
{
	while (n--) {
		unsigned nibble = v >> (4 * n) & 15;

		p[*at / 2] |= (uint8_t)(*at & 1 ? nibble : nibble << 4);
		++*at;
	}
}

void radio_status_write(const struct radio_status *status, uint8_t *pdu, size_t len)
{
	size_t at = 1; /* D/C = 0 and type STATUS = 000 */

	memset(pdu, 0, len);
	if (status->runs) {
		put_nibbles(pdu, &at, SUFI_LIST, 1);
		put_nibbles(pdu, &at, status->runs, 1);
		for (unsigned i = 0; i < status->runs; i++) {
			put_nibbles(pdu, &at, status->run[i].sn, 3);
			put_nibbles(pdu, &at, status->run[i].more, 1);
		}
	}
	put_nibbles(pdu, &at, SUFI_ACK, 1);
	put_nibbles(pdu, &at, status->lsn, 3);
}

/* Reads n half octets; false if the PDU ends before. */
static bool get_nibbles(const uint8_t *p, size_t len, size_t *at, unsigned n, unsigned *v)
{
	if (2 * len - *at < n)
		return false;
	for (*v = 0; n; n--, ++*at)
		*v = *v << 4 | (*at & 1 ? p[*at / 2] & 15 : p[*at / 2] >> 4);
	return true;
}

int radio_status_parse(const uint8_t *pdu, size_t len, struct radio_status *status)
{
	unsigned v, runs;
	size_t at = 0;

	memset(status, 0, sizeof *status);
	if (!get_nibbles(pdu, len, &at, 1, &v))
		return IUPLUS_ERR_SYNTAX;
	if (v)
		return IUPLUS_ERR_NOT_COMPREHENDED;
	for (;;) {
		if (!get_nibbles(pdu, len, &at, 1, &v))
			return IUPLUS_ERR_SYNTAX;
		switch (v) {
		case SUFI_ACK:
			/* always the last one (11.5.2.3 and 9.2.2.11.3) */
			if (!get_nibbles(pdu, len, &at, 3, &v))
				return IUPLUS_ERR_SYNTAX;
			status->lsn = (uint16_t)v;
			return IUPLUS_OK;
		case SUFI_LIST:
			if (!get_nibbles(pdu, len, &at, 1, &runs) || !runs || runs + status->runs > RADIO_STATUS_LIST)
				return IUPLUS_ERR_SYNTAX;
			for (; runs; runs--, status->runs++) {
				if (!get_nibbles(pdu, len, &at, 3, &v))
					return IUPLUS_ERR_SYNTAX;
				status->run[status->runs].sn = (uint16_t)v;
				if (!get_nibbles(pdu, len, &at, 1, &v))
					return IUPLUS_ERR_SYNTAX;
				status->run[status->runs].more = (uint8_t)v;
			}
			break;
		default:
			/* NO_MORE before an ACK has no information for this entity */
			return IUPLUS_ERR_NOT_COMPREHENDED;
		}
	}
}

/* ---- Datagrams and messages in queues ---- */

static struct radio_item *item_new(size_t len)
{
	struct radio_item *item = malloc(sizeof *item + len);

	if (item) {
		item->next = NULL;
		item->len = len;
	}
	return item;
}

void radio_queue_put(struct radio_queue *q, struct radio_item *item)
{
	*q->end = item;
	q->end = &item->next;
	q->count++;
}

/* A datagram with its header and room for a PDU of len octets; NULL if the heap is exhausted. */
struct radio_item *radio_frame_new(const struct iuplus_radio *radio, unsigned kind, uint8_t rb, size_t len)
{
	struct radio_item *frame = item_new(IUPLUS_RADIO_HEADER + len);

	if (!frame)
		return NULL;
	frame->cell = radio->cell;
	frame->octets[0] = (uint8_t)(RADIO_VERSION << 4 | kind);
	frame->octets[1] = (uint8_t)(!radio->ue << 7 | rb);
	frame->octets[2] = (uint8_t)(radio->cell >> 8);
	frame->octets[3] = (uint8_t)radio->cell;
	for (unsigned i = 0; i < 4; i++)
		frame->octets[4 + i] = (uint8_t)(radio->id >> (24 - 8 * i));
	return frame;
}

/* ---- PDUs of a message being sent ---- */

enum iuplus_security_direction radio_tx_direction(const struct iuplus_radio *radio)
{
	return radio->ue ? IUPLUS_SECURITY_UPLINK : IUPLUS_SECURITY_DOWNLINK;
}

enum iuplus_security_direction radio_rx_direction(const struct iuplus_radio *radio)
{
	return radio->ue ? IUPLUS_SECURITY_DOWNLINK : IUPLUS_SECURITY_UPLINK;
}

/* Builds the next PDU of a message at out. */
int radio_pdu_make(struct iuplus_radio *radio, uint8_t rb, struct radio_stream *tx, struct radio_segments *segments,
		   uint8_t *out)
{
	unsigned header = segments->um ? 1 : 2;
	uint16_t sn = radio_stream_sn(tx);
	bool indicators = radio_segments_fill(segments, out + header, radio->pdu_len - header);

	if (segments->um) {
		out[0] = (uint8_t)(sn << 1 | indicators);
	} else {
		out[0] = (uint8_t)(0x80 | sn >> 5);
		out[1] = (uint8_t)(sn << 3 | indicators);
	}
	return radio_stream_run(tx, rb ? rb - 1u : 0, radio_tx_direction(radio), out + header, radio->pdu_len - header);
}

/* ---- Reassembly ---- */

int radio_sdu_put(struct iuplus_radio *radio, uint8_t rb, const uint8_t *octets, size_t len)
{
	struct radio_item *sdu;

	if (radio->sdus.count >= RADIO_SDUS_MAX)
		return IUPLUS_ERR_SPACE;
	sdu = item_new(len);
	if (!sdu)
		return IUPLUS_ERR_MEMORY;
	sdu->rb = rb;
	memcpy(sdu->octets, octets, len);
	radio_queue_put(&radio->sdus, sdu);
	return IUPLUS_OK;
}

/* The message is complete: queue it for the owner, unless a part is missing. */
static int assembly_end(struct iuplus_radio *radio, uint8_t rb)
{
	struct radio_assembly *a = &radio->bearer[rb].assembly;
	int rc = a->len && !a->skip ? radio_sdu_put(radio, rb, a->octets, a->len) : IUPLUS_OK;

	a->len = 0;
	a->skip = false;
	return rc;
}

static int assembly_add(struct radio_assembly *a, const uint8_t *p, size_t len)
{
	if (a->skip || !len)
		return IUPLUS_OK;
	if (!a->octets)
		a->octets = malloc(IUPLUS_RADIO_SDU_MAX);
	if (!a->octets || len > IUPLUS_RADIO_SDU_MAX - a->len) {
		a->len = 0;
		a->skip = true;
		return a->octets ? IUPLUS_ERR_SYNTAX : IUPLUS_ERR_MEMORY;
	}
	memcpy(a->octets + a->len, p, len);
	a->len += len;
	return IUPLUS_OK;
}

/* A deciphered PDU without its header. A malformed PDU hides the start of messages, so reassembly waits for the next
 * start. If memory is exhausted, only the message concerned is discarded. */
int radio_assemble(struct iuplus_radio *radio, uint8_t rb, const uint8_t *p, size_t len, bool indicators)
{
	struct radio_assembly *a = &radio->bearer[rb].assembly;
	struct radio_content content;
	unsigned from = 0;
	int rc = radio_content_parse(p, len, indicators, rb < RADIO_AM_FIRST, &content), added, ended;

	if (rc) {
		a->len = 0;
		a->skip = true;
		return rc;
	}
	if (content.previous_ended)
		rc = assembly_end(radio, rb);
	if (content.begins) {
		a->len = 0;
		a->skip = false;
	}
	for (unsigned i = 0; i < content.ends; i++) {
		added = assembly_add(a, content.data + from, content.end[i] - from);
		ended = assembly_end(radio, rb);
		from = content.end[i];
		rc = rc ? rc : added ? added : ended;
	}
	added = assembly_add(a, content.data + from, content.len - from);
	return rc ? rc : added;
}
