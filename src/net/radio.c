/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.c: one UE's radio bearers: TM, UM and AM entities (TS 25.322 11), their datagrams and messages. */
#include <stdlib.h>
#include <string.h>

#include "radio_internal.h"

#define VERSION 1
#define KIND_PDU 0
#define KIND_PRESENCE 1

#define BEARERS IUPLUS_PROC_RBS
#define AM_FIRST 2u
#define AM_MASK 4095u
#define WINDOW IUPLUS_RADIO_WINDOW
#define FRAMES_MAX 2048u		/* datagrams that wait */
#define SDUS_MAX 256u			/* messages that wait */
#define NEVER UINT64_MAX

/* A datagram, or a message, in a queue. */
struct item {
	struct item *next;
	size_t len;
	uint16_t cell;			/* of a datagram */
	uint8_t rb;			/* of a message */
	uint8_t octets[];
};

struct queue {
	struct item *first, **end;
	unsigned count;
};

/* A message that comes together. */
struct assembly {
	uint8_t *octets;		/* IUPLUS_RADIO_SDU_MAX, once needed */
	size_t len;
	bool skip;			/* something is missing: wait for the next beginning */
};

struct am_pdu {
	unsigned tries;
	bool missing;			/* a STATUS PDU said so */
	uint8_t octets[];		/* pdu_len, ciphered */
};

struct bearer {
	struct radio_stream tx, rx;
	struct assembly assembly;
	/* AM, once used: rings by sequence number */
	struct am_pdu **sent;		/* sent and not acknowledged: from vt_a to tx.next */
	uint8_t **received;		/* not yet deciphered: from rx.next to vr_h */
	uint16_t vt_a;			/* the oldest not acknowledged */
	uint16_t vr_r, vr_h;		/* the first one missing; behind the highest received */
	unsigned unpolled;		/* PDUs since the last poll */
	uint64_t poll_due;
};

struct iuplus_radio {
	bool ue, lost;
	unsigned pdu_len;
	uint16_t cell;
	uint32_t id, id_before;
	struct bearer bearer[BEARERS];
	struct queue frames, sdus;
	struct item *current;		/* the message that the owner holds */
};

/* ---- Queues ---- */

static struct item *item_new(size_t len)
{
	struct item *item = malloc(sizeof *item + len);

	if (item) {
		item->next = NULL;
		item->len = len;
	}
	return item;
}

static void queue_put(struct queue *q, struct item *item)
{
	*q->end = item;
	q->end = &item->next;
	q->count++;
}

static struct item *queue_take(struct queue *q)
{
	struct item *item = q->first;

	if (item) {
		q->first = item->next;
		q->count--;
		if (!q->first)
			q->end = &q->first;
	}
	return item;
}

/* Wiped, because a NAS message may tell who the subscriber is. */
static void item_free(struct item *item)
{
	if (item)
		iuplus_security_wipe(item->octets, item->len);
	free(item);
}

static void queue_clear(struct queue *q)
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
	if (datagram[0] >> 4 != VERSION || (kind != KIND_PDU && kind != KIND_PRESENCE))
		return IUPLUS_ERR_NOT_COMPREHENDED;
	if ((datagram[1] & 0x7f) >= BEARERS)
		return IUPLUS_ERR_CONSTRAINT;
	header->presence = kind == KIND_PRESENCE;
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

/* A datagram with its header and room for a PDU of len octets; NULL when the heap is exhausted. */
static struct item *frame_new(const struct iuplus_radio *radio, unsigned kind, uint8_t rb, size_t len)
{
	struct item *frame = item_new(IUPLUS_RADIO_HEADER + len);

	if (!frame)
		return NULL;
	frame->cell = radio->cell;
	frame->octets[0] = (uint8_t)(VERSION << 4 | kind);
	frame->octets[1] = (uint8_t)(!radio->ue << 7 | rb);
	frame->octets[2] = (uint8_t)(radio->cell >> 8);
	frame->octets[3] = (uint8_t)radio->cell;
	for (unsigned i = 0; i < 4; i++)
		frame->octets[4 + i] = (uint8_t)(radio->id >> (24 - 8 * i));
	return frame;
}

int iuplus_radio_announce(struct iuplus_radio *radio)
{
	struct item *frame;

	if (radio->frames.count >= FRAMES_MAX)
		return IUPLUS_ERR_SPACE;
	frame = frame_new(radio, KIND_PRESENCE, 0, 0);
	if (!frame)
		return IUPLUS_ERR_MEMORY;
	queue_put(&radio->frames, frame);
	return IUPLUS_OK;
}

size_t iuplus_radio_next_datagram(struct iuplus_radio *radio, uint8_t *buf, size_t size, uint16_t *cell)
{
	struct item *frame = radio->frames.first;
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

/* ---- Life ---- */

static void bearer_begin(struct bearer *b, unsigned rb)
{
	radio_stream_init(&b->tx, rb < AM_FIRST);
	radio_stream_init(&b->rx, rb < AM_FIRST);
	b->poll_due = NEVER;
}

static void forget_sent(struct bearer *b, unsigned pdu_len)
{
	for (unsigned i = 0; b->sent && i < WINDOW; i++) {
		if (b->sent[i])
			iuplus_security_wipe(b->sent[i]->octets, pdu_len);
		free(b->sent[i]);
		b->sent[i] = NULL;
	}
	b->unpolled = 0;
	b->poll_due = NEVER;
}

static void forget_received(struct bearer *b, unsigned pdu_len)
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

static void bearer_end(struct bearer *b, unsigned pdu_len)
{
	forget_sent(b, pdu_len);
	forget_received(b, pdu_len);
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
	for (unsigned rb = 0; rb < BEARERS; rb++)
		bearer_begin(&radio->bearer[rb], rb);
	return radio;
}

void iuplus_radio_reset(struct iuplus_radio *radio)
{
	for (unsigned rb = 0; rb < BEARERS; rb++) {
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
	for (unsigned rb = 0; rb < BEARERS; rb++)
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

static enum iuplus_security_direction tx_direction(const struct iuplus_radio *radio)
{
	return radio->ue ? IUPLUS_SECURITY_UPLINK : IUPLUS_SECURITY_DOWNLINK;
}

static enum iuplus_security_direction rx_direction(const struct iuplus_radio *radio)
{
	return radio->ue ? IUPLUS_SECURITY_DOWNLINK : IUPLUS_SECURITY_UPLINK;
}

/* CCCH uplink. */
static bool transparent(bool ue_sends, uint8_t rb)
{
	return rb == 0 && ue_sends;
}

/* ---- AM: sending ---- */

static unsigned under_way(const struct bearer *b)
{
	return (radio_stream_sn(&b->tx) - b->vt_a) & AM_MASK;
}

/* Queues a PDU once more, or for the first time. A frame that finds no room is like one that is lost on air. */
static void am_transmit(struct iuplus_radio *radio, uint8_t rb, struct am_pdu *pdu, bool poll, uint64_t now_ms)
{
	struct bearer *b = &radio->bearer[rb];
	struct item *frame;

	pdu->missing = false;
	if (++pdu->tries > IUPLUS_RADIO_MAXDAT) {
		radio->lost = true;
		return;
	}
	if (poll) {
		b->unpolled = 0;
		b->poll_due = now_ms + IUPLUS_RADIO_TIMER_POLL;
	}
	if (radio->frames.count >= FRAMES_MAX)
		return;
	frame = frame_new(radio, KIND_PDU, rb, radio->pdu_len);
	if (!frame)
		return;
	memcpy(frame->octets + IUPLUS_RADIO_HEADER, pdu->octets, radio->pdu_len);
	if (poll)
		frame->octets[IUPLUS_RADIO_HEADER + 1] |= 4;
	queue_put(&radio->frames, frame);
}

/* Everything of the peer's STATUS PDU at once: what arrived is forgotten, what is missing is sent again. */
static int am_status(struct iuplus_radio *radio, uint8_t rb, const uint8_t *p, size_t len, uint64_t now_ms)
{
	struct bearer *b = &radio->bearer[rb];
	unsigned outstanding = under_way(b), acknowledged, first = b->vt_a, last_missing = WINDOW;
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
		struct am_pdu **pdu = &b->sent[(first + at) % WINDOW];

		if (*pdu && (*pdu)->missing) {
			last_missing = at;
		} else if (*pdu && at < acknowledged) {
			iuplus_security_wipe((*pdu)->octets, radio->pdu_len);
			free(*pdu);
			*pdu = NULL;
		}
	}
	while (under_way(b) && !b->sent[b->vt_a % WINDOW])
		b->vt_a = (b->vt_a + 1) & AM_MASK;
	b->poll_due = under_way(b) ? now_ms + IUPLUS_RADIO_TIMER_POLL : NEVER;
	for (unsigned at = 0; at < outstanding && last_missing < WINDOW && at <= last_missing; at++) {
		struct am_pdu *pdu = b->sent[(first + at) % WINDOW];

		if (pdu && pdu->missing)
			am_transmit(radio, rb, pdu, at == last_missing, now_ms);
	}
	return IUPLUS_OK;
}

void iuplus_radio_tick(struct iuplus_radio *radio, uint64_t now_ms)
{
	for (uint8_t rb = AM_FIRST; rb < BEARERS && !radio->lost; rb++) {
		struct bearer *b = &radio->bearer[rb];
		unsigned outstanding = under_way(b);

		if (now_ms < b->poll_due)
			continue;
		b->poll_due = NEVER;
		/* the youngest one asks again (11.3.2, Timer_Poll) */
		for (; outstanding; outstanding--) {
			struct am_pdu *pdu = b->sent[(b->vt_a + outstanding - 1) % WINDOW];

			if (pdu) {
				am_transmit(radio, rb, pdu, true, now_ms);
				break;
			}
		}
	}
}

uint64_t iuplus_radio_deadline(const struct iuplus_radio *radio)
{
	uint64_t due = NEVER;

	for (unsigned rb = AM_FIRST; rb < BEARERS && !radio->lost; rb++)
		if (radio->bearer[rb].poll_due < due)
			due = radio->bearer[rb].poll_due;
	return due;
}

/* ---- Sending a message ---- */

unsigned iuplus_radio_pdus(const struct iuplus_radio *radio, uint8_t rb, size_t len)
{
	size_t room = radio->pdu_len - (rb < AM_FIRST ? 1 : 2), data;

	if (rb >= BEARERS || transparent(radio->ue, rb) || !len)
		return 1;
	/* the octets of data and length indicators; one that does not fit goes into a PDU of its own */
	data = len + 1 + (rb < AM_FIRST);
	return (unsigned)((data + room - 1) / room);
}

/* Makes the next PDU of a message at out. */
static int pdu_make(struct iuplus_radio *radio, uint8_t rb, struct radio_stream *tx, struct radio_segments *segments,
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
	return radio_stream_run(tx, rb ? rb - 1u : 0, tx_direction(radio), out + header, radio->pdu_len - header);
}

static int um_send(struct iuplus_radio *radio, uint8_t rb, struct radio_segments *segments)
{
	struct bearer *b = &radio->bearer[rb];
	struct radio_stream tx = b->tx;
	struct queue made = { NULL, &made.first, 0 };
	int rc = IUPLUS_OK;

	while (!segments->done && !rc) {
		struct item *frame = frame_new(radio, KIND_PDU, rb, radio->pdu_len);

		if (!frame) {
			rc = IUPLUS_ERR_MEMORY;
			break;
		}
		queue_put(&made, frame);
		rc = pdu_make(radio, rb, &tx, segments, frame->octets + IUPLUS_RADIO_HEADER);
	}
	if (!rc) {
		b->tx = tx;
		while (made.count) {
			struct item *frame = queue_take(&made);

			frame->next = NULL;
			queue_put(&radio->frames, frame);
		}
	}
	queue_clear(&made);
	iuplus_security_wipe(&tx, sizeof tx);
	return rc;
}

static int am_send(struct iuplus_radio *radio, uint8_t rb, struct radio_segments *segments, uint64_t now_ms)
{
	struct bearer *b = &radio->bearer[rb];
	struct radio_stream tx = b->tx;
	unsigned outstanding = under_way(b), made = 0;
	int rc = IUPLUS_OK;

	if (!b->sent)
		b->sent = calloc(WINDOW, sizeof *b->sent);
	if (!b->sent)
		rc = IUPLUS_ERR_MEMORY;
	while (!segments->done && !rc) {
		struct am_pdu *pdu = calloc(1, sizeof *pdu + radio->pdu_len);

		if (!pdu) {
			rc = IUPLUS_ERR_MEMORY;
			break;
		}
		b->sent[(b->vt_a + outstanding + made++) % WINDOW] = pdu;
		rc = pdu_make(radio, rb, &tx, segments, pdu->octets);
	}
	if (!rc)
		b->tx = tx;
	for (unsigned i = 0; i < made; i++) {
		struct am_pdu **pdu = &b->sent[(b->vt_a + outstanding + i) % WINDOW];

		if (rc) {
			free(*pdu);
			*pdu = NULL;
		} else {
			am_transmit(radio, rb, *pdu, i + 1 == made || ++b->unpolled >= IUPLUS_RADIO_POLL_PDU, now_ms);
		}
	}
	iuplus_security_wipe(&tx, sizeof tx);
	return rc;
}

int iuplus_radio_send(struct iuplus_radio *radio, uint8_t rb, const uint8_t *sdu, size_t len, uint64_t now_ms)
{
	unsigned pdus = iuplus_radio_pdus(radio, rb, len);
	struct radio_segments segments;

	if (rb >= BEARERS || !len || len > IUPLUS_RADIO_SDU_MAX)
		return IUPLUS_ERR_ARGUMENT;
	if (radio->lost)
		return IUPLUS_ERR_STATE;
	if (radio->frames.count + pdus > FRAMES_MAX)
		return IUPLUS_ERR_SPACE;
	if (rb >= AM_FIRST && under_way(&radio->bearer[rb]) + pdus > WINDOW)
		return IUPLUS_ERR_SPACE;
	if (transparent(radio->ue, rb)) {
		struct item *frame = frame_new(radio, KIND_PDU, rb, len);

		if (!frame)
			return IUPLUS_ERR_MEMORY;
		memcpy(frame->octets + IUPLUS_RADIO_HEADER, sdu, len);
		queue_put(&radio->frames, frame);
		return IUPLUS_OK;
	}
	radio_segments_begin(&segments, rb < AM_FIRST, sdu, len);
	return rb < AM_FIRST ? um_send(radio, rb, &segments) : am_send(radio, rb, &segments, now_ms);
}

/* ---- Messages that come together ---- */

static int sdu_put(struct iuplus_radio *radio, uint8_t rb, const uint8_t *octets, size_t len)
{
	struct item *sdu;

	if (radio->sdus.count >= SDUS_MAX)
		return IUPLUS_ERR_SPACE;
	sdu = item_new(len);
	if (!sdu)
		return IUPLUS_ERR_MEMORY;
	sdu->rb = rb;
	memcpy(sdu->octets, octets, len);
	queue_put(&radio->sdus, sdu);
	return IUPLUS_OK;
}

/* The message so far is complete: hand it on, unless a part is missing. */
static int assembly_end(struct iuplus_radio *radio, uint8_t rb)
{
	struct assembly *a = &radio->bearer[rb].assembly;
	int rc = a->len && !a->skip ? sdu_put(radio, rb, a->octets, a->len) : IUPLUS_OK;

	a->len = 0;
	a->skip = false;
	return rc;
}

static int assembly_add(struct assembly *a, const uint8_t *p, size_t len)
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

/* A deciphered PDU behind its header. A PDU in wrong format hides where messages begin: wait for the next sign of it. A
 * message for which there is no memory is dropped alone. */
static int assemble(struct iuplus_radio *radio, uint8_t rb, const uint8_t *p, size_t len, bool indicators)
{
	struct assembly *a = &radio->bearer[rb].assembly;
	struct radio_content content;
	unsigned from = 0;
	int rc = radio_content_parse(p, len, indicators, rb < AM_FIRST, &content), added, ended;

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

/* ---- Receiving ---- */

static int um_receive(struct iuplus_radio *radio, uint8_t rb, struct iuplus_octets pdu)
{
	struct bearer *b = &radio->bearer[rb];
	uint8_t p[IUPLUS_RADIO_PDU_MAX];
	unsigned lost;
	int rc;

	if (pdu.len != radio->pdu_len)
		return IUPLUS_ERR_SYNTAX;
	lost = ((pdu.data[0] >> 1) - radio_stream_sn(&b->rx)) & 127;
	/* CCCH is everybody's, so its numbers may begin anew; on RB1 only the upper half of the circle is new */
	if (rb && lost >= 64)
		return IUPLUS_ERR_REPLAY;
	if (lost) {
		b->assembly.len = 0;
		b->assembly.skip = true;
	}
	while (lost--)
		radio_stream_skip(&b->rx);
	memcpy(p, pdu.data, pdu.len);
	rc = radio_stream_run(&b->rx, rb ? rb - 1u : 0, rx_direction(radio), p + 1, pdu.len - 1);
	if (!rc)
		rc = assemble(radio, rb, p + 1, pdu.len - 1, pdu.data[0] & 1);
	iuplus_security_wipe(p, sizeof p);
	return rc;
}

/* Answers a poll: which PDUs are missing below the highest one (11.5.2). */
static void am_answer(struct iuplus_radio *radio, uint8_t rb)
{
	struct bearer *b = &radio->bearer[rb];
	unsigned room = radio_status_room(radio->pdu_len), high = (b->vr_h - b->vr_r) & AM_MASK;
	struct radio_status status = { .lsn = b->vr_h };
	struct item *frame;

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
	if (radio->frames.count >= FRAMES_MAX)
		return;
	frame = frame_new(radio, KIND_PDU, rb, radio->pdu_len);
	if (!frame)
		return;
	radio_status_write(&status, frame->octets + IUPLUS_RADIO_HEADER, radio->pdu_len);
	queue_put(&radio->frames, frame);
}

static int am_store(struct iuplus_radio *radio, struct bearer *b, uint16_t sn, struct iuplus_octets pdu)
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
	/* between the next one to decipher and vr_r lies what the owner did not fetch */
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

static int am_receive(struct iuplus_radio *radio, uint8_t rb, struct iuplus_octets pdu, uint64_t now_ms)
{
	struct bearer *b = &radio->bearer[rb];
	int rc;

	if (pdu.len != radio->pdu_len)
		return IUPLUS_ERR_SYNTAX;
	if (!(pdu.data[0] & 0x80))
		return am_status(radio, rb, pdu.data, pdu.len, now_ms);
	/* HE 00 and 01 are defined without the alternative configuration (9.2.2.7) */
	if (pdu.data[1] & 2)
		return IUPLUS_ERR_SYNTAX;
	rc = am_store(radio, b, (uint16_t)((pdu.data[0] & 0x7f) << 5 | pdu.data[1] >> 3), pdu);
	/* a poll is answered for a PDU that came before, too: the first answer may be lost */
	if ((pdu.data[1] & 4) && b->received)
		am_answer(radio, rb);
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
		return header.pdu.len > IUPLUS_RADIO_SDU_MAX ? IUPLUS_ERR_SYNTAX :
			sdu_put(radio, header.rb, header.pdu.data, header.pdu.len);
	return header.rb < AM_FIRST ? um_receive(radio, header.rb, header.pdu) :
		am_receive(radio, header.rb, header.pdu, now_ms);
}

/* Deciphers AM PDUs in order up to the first message. One at a time: a message may bring the key of the next PDU. */
static void am_proceed(struct iuplus_radio *radio, uint8_t rb)
{
	struct bearer *b = &radio->bearer[rb];

	while (!radio->sdus.count && b->received && radio_stream_sn(&b->rx) != b->vr_r) {
		uint8_t **slot = &b->received[radio_stream_sn(&b->rx) % WINDOW], *p = *slot;

		*slot = NULL;
		if (radio_stream_run(&b->rx, rb - 1u, rx_direction(radio), p + 2, radio->pdu_len - 2))
			radio->lost = true;
		else
			assemble(radio, rb, p + 2, radio->pdu_len - 2, p[1] & 1);
		iuplus_security_wipe(p, radio->pdu_len);
		free(p);
		if (radio->lost)
			return;
	}
}

bool iuplus_radio_next_sdu(struct iuplus_radio *radio, uint8_t *rb, struct iuplus_octets *sdu)
{
	item_free(radio->current);
	for (uint8_t am = AM_FIRST; am < BEARERS && !radio->sdus.count && !radio->lost; am++)
		am_proceed(radio, am);
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
	struct bearer *b;
	bool tx = cipher->uplink == radio->ue;
	int rc;

	if (!rb || rb >= BEARERS)
		return IUPLUS_ERR_ARGUMENT;
	b = &radio->bearer[rb];
	rc = radio_stream_configure(tx ? &b->tx : &b->rx, cipher);
	if (rc || !cipher->reestablish)
		return rc;
	if (tx) {
		forget_sent(b, radio->pdu_len);
		b->vt_a = 0;
	} else {
		forget_received(b, radio->pdu_len);
		b->vr_r = b->vr_h = 0;
	}
	return IUPLUS_OK;
}

void iuplus_radio_status(const struct iuplus_radio *radio, struct iuplus_proc_radio *status)
{
	for (unsigned rb = 0; rb < BEARERS; rb++) {
		const struct bearer *b = &radio->bearer[rb];

		status->tx_sn[rb] = radio_stream_sn(&b->tx);
		status->tx_hfn[rb] = radio_stream_hfn(&b->tx);
		status->rx_sn[rb] = radio_stream_sn(&b->rx);
		status->rx_hfn[rb] = radio_stream_hfn(&b->rx);
	}
}
