/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_internal.h: the two pieces below radio.c: RLC's formats, and a bearer's COUNT-C and keys. */
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

#endif
