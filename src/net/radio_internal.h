/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_internal.h: the parts of the simulated radio: RLC's formats, a bearer's COUNT-C and keys, the entity, AM. */
#ifndef IUPLUS_NET_RADIO_INTERNAL_H
#define IUPLUS_NET_RADIO_INTERNAL_H

#include <iuplus/security.h>

#include "src/net/radio.h"

/* ---- radio_pdu.c: formats of TS 25.322 9.2, no state ---- */

/* A message being segmented into PDUs. */
struct radio_segments {
	const uint8_t *sdu;
	size_t len, at;
	bool um, first, done;
};

void radio_segments_begin(struct radio_segments *s, bool um, const uint8_t *sdu, size_t len);
/* Fills a PDU after its header (room octets at out) and returns true if it has length indicators. s->done is set with
 * the last PDU. */
bool radio_segments_fill(struct radio_segments *s, uint8_t *out, size_t room);

/* Contents of a PDU after its header. */
struct radio_content {
	bool previous_ended;               /* the previous message ended with the previous PDU */
	bool begins;                       /* UM: the first octet begins a message */
	uint8_t end[IUPLUS_RADIO_PDU_MAX]; /* offsets in data at which messages end, rising */
	unsigned ends;
	const uint8_t *data;
	size_t len; /* without padding; octets after the last end belong to the next message */
};

/* IUPLUS_OK, or IUPLUS_ERR_SYNTAX: the length indicators contradict the format or each other. */
int radio_content_parse(const uint8_t *p, size_t len, bool indicators, bool um, struct radio_content *content);

/* STATUS PDU: all PDUs below lsn were received, except the runs listed. */
#define RADIO_STATUS_LIST 15
struct radio_status {
	uint16_t lsn;
	unsigned runs;
	struct {
		uint16_t sn;
		uint8_t more; /* number of further missing PDUs after sn (0..15) */
	} run[RADIO_STATUS_LIST];
};

/* Number of runs that fit into a STATUS PDU of len octets, at most RADIO_STATUS_LIST. */
unsigned radio_status_room(size_t len);
void radio_status_write(const struct radio_status *status, uint8_t *pdu, size_t len);
/* IUPLUS_OK; IUPLUS_ERR_SYNTAX; IUPLUS_ERR_NOT_COMPREHENDED: a control PDU or field that is not supported. */
int radio_status_parse(const uint8_t *pdu, size_t len, struct radio_status *status);

/* ---- radio_cipher.c ---- */

/* One direction of one bearer: the COUNT-C of the next PDU, its key, and pending configurations. */
#define RADIO_WAITING 4
struct radio_stream {
	enum iuplus_security_count_kind kind;
	unsigned bits; /* of the sequence number */
	uint32_t next; /* COUNT-C of the next PDU */
	struct iuplus_security_cipher key;
	unsigned waiting;
	struct {
		uint16_t sn; /* activation time */
		uint32_t hfn;
		struct iuplus_security_cipher key;
	} wait[RADIO_WAITING];
};

void radio_stream_init(struct radio_stream *s, bool um);
/* Sequence number and HFN of the next PDU. */
uint16_t radio_stream_sn(const struct radio_stream *s);
uint32_t radio_stream_hfn(const struct radio_stream *s);
/* Ciphers or deciphers the next PDU's len octets at p in place and advances to the following PDU.
 * IUPLUS_OK; IUPLUS_ERR_EXHAUSTED: COUNT-C would wrap. */
int radio_stream_run(struct radio_stream *s, unsigned bearer, enum iuplus_security_direction direction, uint8_t *p,
		     size_t len);
/* Advances past a lost PDU. */
void radio_stream_skip(struct radio_stream *s);
/* As iuplus_radio_cipher(). */
int radio_stream_configure(struct radio_stream *s, const struct iuplus_proc_cipher *cipher);

/* ---- The entity ---- */

#define RADIO_BEARERS IUPLUS_PROC_RBS
#define RADIO_AM_FIRST 2u
#define RADIO_FRAMES_MAX 2048u /* datagrams in the queue */
#define RADIO_SDUS_MAX 256u    /* messages in the queue */
#define RADIO_NEVER UINT64_MAX

/* A datagram, or a message, in a queue. */
struct radio_item {
	struct radio_item *next;
	size_t len;
	uint16_t cell; /* of a datagram */
	uint8_t rb;    /* of a message */
	uint8_t octets[];
};

struct radio_queue {
	struct radio_item *first, **end;
	unsigned count;
};

/* A message being reassembled. */
struct radio_assembly {
	uint8_t *octets; /* IUPLUS_RADIO_SDU_MAX, allocated when needed */
	size_t len;
	bool skip; /* a part is missing: discard up to the next start of a message */
};

struct radio_am_pdu {
	unsigned tries;
	bool missing;     /* reported by a STATUS PDU */
	uint8_t octets[]; /* pdu_len, ciphered */
};

struct radio_bearer {
	struct radio_stream tx, rx;
	struct radio_assembly assembly;
	/* AM, allocated when used: rings by sequence number */
	struct radio_am_pdu **sent; /* sent and unacknowledged: from vt_a to tx.next */
	uint8_t **received;         /* not yet deciphered: from rx.next to vr_h */
	uint16_t vt_a;              /* the oldest unacknowledged one */
	uint16_t vr_r, vr_h;        /* the first missing one; the highest received one plus 1 */
	bool held;                  /* received ones are not deciphered yet */
	unsigned unpolled;          /* PDUs since the last poll */
	uint64_t poll_due;
};

struct iuplus_radio {
	bool ue, lost;
	unsigned pdu_len;
	uint16_t cell;
	uint32_t id, id_before;
	struct radio_bearer bearer[RADIO_BEARERS];
	struct radio_queue frames, sdus;
	struct radio_item *current; /* the message that the owner holds */
};

/* ---- radio_pdu.c: queues, and PDUs of an entity ---- */

void radio_queue_put(struct radio_queue *q, struct radio_item *item);
/* A datagram with its header and room for a PDU of len octets; NULL if the heap is exhausted. */
struct radio_item *radio_frame_new(const struct iuplus_radio *radio, unsigned kind, uint8_t rb, size_t len);
#define RADIO_VERSION 1
#define RADIO_KIND_PDU 0
#define RADIO_KIND_PRESENCE 1
enum iuplus_security_direction radio_tx_direction(const struct iuplus_radio *radio);
enum iuplus_security_direction radio_rx_direction(const struct iuplus_radio *radio);
/* Builds the next PDU of a message at out, which has pdu_len octets. IUPLUS_OK or IUPLUS_ERR_EXHAUSTED. */
int radio_pdu_make(struct iuplus_radio *radio, uint8_t rb, struct radio_stream *tx, struct radio_segments *segments,
		   uint8_t *out);
/* Processes a deciphered PDU without its header and queues the messages that it completes for the owner. IUPLUS_OK,
 * IUPLUS_ERR_SYNTAX, IUPLUS_ERR_MEMORY, IUPLUS_ERR_SPACE. */
int radio_assemble(struct iuplus_radio *radio, uint8_t rb, const uint8_t *p, size_t len, bool indicators);
/* Queues a copy of a message for the owner. IUPLUS_OK, IUPLUS_ERR_MEMORY, IUPLUS_ERR_SPACE: the queue is full. */
int radio_sdu_put(struct iuplus_radio *radio, uint8_t rb, const uint8_t *octets, size_t len);

/* ---- radio_am.c ---- */

/* Number of PDUs sent and unacknowledged. */
unsigned radio_am_under_way(const struct radio_bearer *b);
/* Codes as iuplus_radio_send() and iuplus_radio_receive(). */
int radio_am_send(struct iuplus_radio *radio, uint8_t rb, struct radio_segments *segments, uint64_t now_ms);
int radio_am_receive(struct iuplus_radio *radio, uint8_t rb, struct iuplus_octets pdu, uint64_t now_ms);
/* Deciphers PDUs in order up to the first message. One at a time, because a message may change the key of the next
 * PDU. */
void radio_am_proceed(struct iuplus_radio *radio, uint8_t rb);
/* Re-establishment, or the end: discards the PDUs of one direction. */
void radio_am_forget_sent(struct radio_bearer *b, unsigned pdu_len);
void radio_am_forget_received(struct radio_bearer *b, unsigned pdu_len);

#endif
