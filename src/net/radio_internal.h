/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_internal.h: the pieces of the radio stand-in: RLC's formats, a bearer's COUNT-C and keys, the entity, AM. */
#ifndef IUPLUS_NET_RADIO_INTERNAL_H
#define IUPLUS_NET_RADIO_INTERNAL_H

#include <iuplus/security.h>

#include "radio.h"

/* ---- radio_pdu.c: TS 25.322 9.2, no state ---- */

/* A message on its way into PDUs. */
struct radio_segments {
	const uint8_t *sdu;
	size_t len, at;
	bool um, first, done;
};

void radio_segments_begin(struct radio_segments *s, bool um, const uint8_t *sdu, size_t len);
/* Fills a PDU behind its header (room octets at out) and says whether length indicators stand there. s->done is set
 * with the last one. */
bool radio_segments_fill(struct radio_segments *s, uint8_t *out, size_t room);

/* What a PDU holds behind its header. */
struct radio_content {
	bool previous_ended;		/* the message so far ended with the PDU before */
	bool begins;			/* UM: the first octet begins a message */
	uint8_t end[IUPLUS_RADIO_PDU_MAX];	/* offsets in data at which messages end, rising */
	unsigned ends;
	const uint8_t *data;
	size_t len;			/* without padding: what lies behind the last end belongs to the next message */
};

/* IUPLUS_OK, or IUPLUS_ERR_SYNTAX: the length indicators contradict the format or each other. */
int radio_content_parse(const uint8_t *p, size_t len, bool indicators, bool um, struct radio_content *content);

/* STATUS PDU: everything below lsn arrived, but for the runs listed. */
#define RADIO_STATUS_LIST 15
struct radio_status {
	uint16_t lsn;
	unsigned runs;
	struct {
		uint16_t sn;
		uint8_t more;		/* so many behind sn are missing as well: 0 to 15 */
	} run[RADIO_STATUS_LIST];
};

/* How many runs a STATUS PDU of len octets holds, at most RADIO_STATUS_LIST. */
unsigned radio_status_room(size_t len);
void radio_status_write(const struct radio_status *status, uint8_t *pdu, size_t len);
/* IUPLUS_OK; IUPLUS_ERR_SYNTAX; IUPLUS_ERR_NOT_COMPREHENDED: another control PDU or field than those described. */
int radio_status_parse(const uint8_t *pdu, size_t len, struct radio_status *status);

/* ---- radio_cipher.c ---- */

/* One direction of one bearer: the COUNT-C of the next PDU, the key it takes, and configurations that wait. */
#define RADIO_WAITING 4
struct radio_stream {
	enum iuplus_security_count_kind kind;
	unsigned bits;			/* of the sequence number */
	uint32_t next;			/* COUNT-C of the next PDU */
	struct iuplus_security_cipher key;
	unsigned waiting;
	struct {
		uint16_t sn;		/* activation time */
		uint32_t hfn;
		struct iuplus_security_cipher key;
	} wait[RADIO_WAITING];
};

void radio_stream_init(struct radio_stream *s, bool um);
/* Sequence number and HFN of the next PDU. */
uint16_t radio_stream_sn(const struct radio_stream *s);
uint32_t radio_stream_hfn(const struct radio_stream *s);
/* Ciphers or deciphers the next PDU's len octets at p in place and goes one on.
 * IUPLUS_OK; IUPLUS_ERR_EXHAUSTED: COUNT-C is at its end. */
int radio_stream_run(struct radio_stream *s, unsigned bearer, enum iuplus_security_direction direction, uint8_t *p,
		     size_t len);
/* Goes on without a PDU: it was lost. */
void radio_stream_skip(struct radio_stream *s);
/* As iuplus_radio_cipher(). */
int radio_stream_configure(struct radio_stream *s, const struct iuplus_proc_cipher *cipher);

/* ---- radio.c ---- */

#define RADIO_BEARERS IUPLUS_PROC_RBS
#define RADIO_AM_FIRST 2u
#define RADIO_FRAMES_MAX 2048u		/* datagrams that wait */
#define RADIO_SDUS_MAX 256u		/* messages that wait */
#define RADIO_NEVER UINT64_MAX

/* A datagram, or a message, in a queue. */
struct radio_item {
	struct radio_item *next;
	size_t len;
	uint16_t cell;			/* of a datagram */
	uint8_t rb;			/* of a message */
	uint8_t octets[];
};

struct radio_queue {
	struct radio_item *first, **end;
	unsigned count;
};

/* A message that comes together. */
struct radio_assembly {
	uint8_t *octets;		/* IUPLUS_RADIO_SDU_MAX, once needed */
	size_t len;
	bool skip;			/* something is missing: wait for the next beginning */
};

struct radio_am_pdu {
	unsigned tries;
	bool missing;			/* a STATUS PDU said so */
	uint8_t octets[];		/* pdu_len, ciphered */
};

struct radio_bearer {
	struct radio_stream tx, rx;
	struct radio_assembly assembly;
	/* AM, once used: rings by sequence number */
	struct radio_am_pdu **sent;	/* sent and not acknowledged: from vt_a to tx.next */
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
	struct radio_bearer bearer[RADIO_BEARERS];
	struct radio_queue frames, sdus;
	struct radio_item *current;	/* the message that the owner holds */
};

void radio_queue_put(struct radio_queue *q, struct radio_item *item);
/* A datagram with its header and room for a PDU of len octets; NULL when the heap is exhausted. */
struct radio_item *radio_frame_new(const struct iuplus_radio *radio, unsigned kind, uint8_t rb, size_t len);
#define RADIO_KIND_PDU 0
#define RADIO_KIND_PRESENCE 1
enum iuplus_security_direction radio_tx_direction(const struct iuplus_radio *radio);
enum iuplus_security_direction radio_rx_direction(const struct iuplus_radio *radio);
/* Makes the next PDU of a message at out, which has pdu_len octets. IUPLUS_OK or IUPLUS_ERR_EXHAUSTED. */
int radio_pdu_make(struct iuplus_radio *radio, uint8_t rb, struct radio_stream *tx, struct radio_segments *segments,
		   uint8_t *out);
/* A deciphered PDU behind its header: what is complete with it waits for the owner. IUPLUS_OK, IUPLUS_ERR_SYNTAX,
 * IUPLUS_ERR_MEMORY, IUPLUS_ERR_SPACE. */
int radio_assemble(struct iuplus_radio *radio, uint8_t rb, const uint8_t *p, size_t len, bool indicators);

/* ---- radio_am.c ---- */

/* PDUs sent and not acknowledged. */
unsigned radio_am_under_way(const struct radio_bearer *b);
/* Codes as iuplus_radio_send() and iuplus_radio_receive(). */
int radio_am_send(struct iuplus_radio *radio, uint8_t rb, struct radio_segments *segments, uint64_t now_ms);
int radio_am_receive(struct iuplus_radio *radio, uint8_t rb, struct iuplus_octets pdu, uint64_t now_ms);
/* Deciphers PDUs in order up to the first message. One at a time: a message may bring the key of the next PDU. */
void radio_am_proceed(struct iuplus_radio *radio, uint8_t rb);
/* Re-establishment, or the end: drops what is under way in one direction. */
void radio_am_forget_sent(struct radio_bearer *b, unsigned pdu_len);
void radio_am_forget_received(struct radio_bearer *b, unsigned pdu_len);

#endif
