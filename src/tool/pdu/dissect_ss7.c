/* SPDX-License-Identifier: BSD-2-Clause */
/* dissect_ss7.c: M3UA, SUA, RUA and SCCP down to RANAP and RNSAP. */
#include <string.h>

#include "src/net/m3ua.h"
#include "src/net/sccp.h"
#include "src/tool/pdu/dissect.h"

#define PPID_SUA 4u
#define PPID_RUA 19u
#define PORT_SUA 14001u
#define PORT_RUA 29169u
/* First parts of keys. */
#define HOPS 2u     /* what went between two nodes without a connection */
#define CONTEXTS 3u /* connections of RUA */
#define REQUESTS 4u /* connections that one node requested of another */
#define SEGMENTS 1u /* segments of unitdata; 0: a connection */
#define MESSAGES 5u /* the segments of a connection's message */

static const struct iuplus_asn1_type *by_ssn(const struct pdu_dissector *d, unsigned ssn)
{
	if (ssn == IUPLUS_SCCP_SSN_RNSAP)
		return d->rnsap;
	return ssn == 0 || ssn == IUPLUS_SCCP_SSN_RANAP ? d->ranap : NULL;
}

void dissect_emit(struct pdu_dissector *d, const struct iuplus_asn1_type *type, const uint8_t *data, size_t len)
{
	if (!type || len == 0)
		return;
	d->at.type = type;
	d->at.data = data;
	d->at.len = len;
	d->found(d->user, &d->at);
}

static unsigned ssn_of(const struct iuplus_sccp_message *m)
{
	if (m->has_called && m->called.has_ssn && m->called.ssn)
		return m->called.ssn;
	return m->has_calling && m->calling.has_ssn ? m->calling.ssn : 0;
}

/* A number for octets; never 0. */
static uint64_t number(uint64_t from, const void *octets, size_t len)
{
	const uint8_t *p = octets;
	size_t i;

	for (i = 0; i < len; i++)
		from = (from ^ p[i]) * UINT64_C(0x100000001b3);
	return from ? from : 1;
}

/* Nodes are known by their point codes, else by their addresses. */
static void nodes(struct pdu_dissector *d, uint32_t opc, uint32_t dpc)
{
	bool codes = opc || dpc;

	d->at.iu = (struct pdu_iu){ .from = codes ? opc + 1u : number(1, d->at.from, strlen(d->at.from)),
				    .to = codes ? dpc + 1u : number(1, d->at.to, strlen(d->at.to)) };
}

/* Between which addresses the present packet goes. */
static uint64_t way(const struct pdu_dissector *d)
{
	return number(number(3, d->at.from, strlen(d->at.from)), d->at.to, strlen(d->at.to));
}

/* Whether the message was seen between other addresses, so that this is its next hop. */
static bool again(struct pdu_dissector *d, struct dissect_part *p, const uint8_t *data, size_t len)
{
	struct dissect_hop hop = { number(2, data, len), way(d) };
	unsigned i;

	for (i = 0; i < DISSECT_HOPS; i++) {
		if (p->recent[i].message == hop.message && p->recent[i].way != hop.way) {
			p->recent[i].message = 0;
			return true;
		}
	}
	p->recent[p->recent_at++ % DISSECT_HOPS] = hop;
	return false;
}

/* Data that belongs to the connection of the part; NULL: memory ran out. */
static void in_connection(struct pdu_dissector *d, struct dissect_part *p, const uint8_t *data, size_t len)
{
	if (!p)
		return;
	if (!p->connection)
		p->connection = ++d->connections;
	d->at.iu.connection = p->connection;
	d->at.iu.again = len > 0 && again(d, p, data, len);
	d->at.iu.first = p->fresh;
	p->fresh = p->fresh && len == 0;
}

static void released(struct pdu_dissector *d, const struct dissect_part *p)
{
	const struct iuplus_asn1_type *type = d->at.type;

	if (!d->releases || !p || !p->connection)
		return;
	d->at.type = NULL;
	d->at.len = 0;
	d->at.iu.connection = p->connection;
	d->at.iu.released = true;
	d->found(d->user, &d->at);
	d->at.type = type;
	d->at.iu.released = false;
}

/* A request for a connection was confirmed or refused. */
static void answered(struct pdu_dissector *d, uint32_t opc, uint32_t dpc)
{
	struct dissect_part *p = dissect_part(d, REQUESTS, dpc, opc, false);

	if (p && p->waiting)
		p->waiting--;
}

/* Puts the segments of a message together: for each hop by itself, because those of two are captured by turns. */
static void whole_message(struct pdu_dissector *d, const struct dissect_part *connection, uint32_t dpc,
			  const struct iuplus_sccp_message *m)
{
	const struct iuplus_asn1_type *type = by_ssn(d, connection->ssn);
	uint64_t key = (uint64_t)dpc << 24 | m->destination, hop = way(d);
	struct dissect_part *p = dissect_part(d, MESSAGES, key, hop, m->more);

	if (!p) {
		if (m->more)
			d->bad = true;
		else
			dissect_emit(d, type, m->data.data, m->data.len);
		return;
	}
	if (!dissect_part_add(p, m->data.data, m->data.len))
		d->bad = true;
	else if (m->more)
		return;
	else
		dissect_emit(d, type, p->data, p->len);
	dissect_part_drop(d, MESSAGES, key, hop);
}

/* Data of a connection whose receiver knows it as (dpc, reference). */
static void connection_data(struct pdu_dissector *d, uint32_t opc, uint32_t dpc, const struct iuplus_sccp_message *m)
{
	struct dissect_part *p = dissect_part(d, 0, dpc, m->destination, true);
	const struct dissect_part *asked = dissect_part(d, REQUESTS, opc, dpc, false);
	bool fresh;

	/* merged captures may have data before the confirmation: it can only be of the one that waits for it */
	if (p && !p->connection && asked && asked->waiting == 1) {
		p->connection = asked->connection;
		p->fresh = true;
	}
	fresh = p && p->fresh;
	in_connection(d, p, m->data.data, m->data.len);
	/* the message ends in a later segment */
	if (p && m->more)
		p->fresh = fresh;
	if (!p) {
		if (m->more)
			d->bad = true;
		else
			dissect_emit(d, d->ranap, m->data.data, m->data.len);
		return;
	}
	whole_message(d, p, dpc, m);
}

static void segment(struct pdu_dissector *d, uint32_t opc, const struct iuplus_sccp_message *m)
{
	uint64_t key = (uint64_t)opc << 24 | m->segmentation_reference, hop = way(d);
	struct dissect_part *p = dissect_part(d, SEGMENTS, key, hop, m->first_segment);

	if (!p)
		return;
	if (m->first_segment)
		p->len = 0;
	if (!dissect_part_add(p, m->data.data, m->data.len))
		d->bad = true;
	else if (m->remaining_segments == 0)
		dissect_emit(d, by_ssn(d, ssn_of(m)), p->data, p->len);
	if (m->remaining_segments == 0)
		dissect_part_drop(d, SEGMENTS, key, hop);
}

/* Records the connection of a reference at its owner. */
static struct dissect_part *connection(struct pdu_dissector *d, uint32_t owner, uint32_t reference, unsigned ssn)
{
	struct dissect_part *p = dissect_part(d, 0, owner, reference, true);

	if (!p)
		return NULL;
	p->ssn = (uint8_t)ssn;
	p->len = 0;
	return p;
}

void dissect_sccp(struct pdu_dissector *d, uint32_t opc, uint32_t dpc, const uint8_t *data, size_t len)
{
	struct iuplus_sccp_message m;
	struct dissect_part *p, *q;
	unsigned ssn;
	int rc = iuplus_sccp_decode(data, len, &m);

	nodes(d, opc, dpc);
	if (rc) {
		d->bad = d->bad || rc != IUPLUS_ERR_NOT_COMPREHENDED;
		return;
	}
	switch (m.type) {
	case IUPLUS_SCCP_CR:
		p = connection(d, opc, m.source, ssn_of(&m));
		/* the next hop of the same request keeps the connection's number */
		if (p && again(d, p, data, len)) {
			d->at.iu.connection = p->connection;
			d->at.iu.again = true;
		} else if (p) {
			d->at.iu.connection = p->connection = ++d->connections;
			d->at.iu.first = true;
			p->fresh = m.data.len == 0;
			q = dissect_part(d, REQUESTS, opc, dpc, true);
			if (q) {
				q->waiting++;
				q->connection = p->connection;
			}
		}
		dissect_emit(d, by_ssn(d, ssn_of(&m)), m.data.data, m.data.len);
		break;
	case IUPLUS_SCCP_CC:
		p = dissect_part(d, 0, dpc, m.destination, false);
		ssn = p ? p->ssn : 0;
		answered(d, opc, dpc);
		q = connection(d, opc, m.source, ssn);
		if (p && q)
			q->fresh = p->fresh;
		in_connection(d, p, m.data.data, m.data.len);
		if (p && q)
			q->connection = p->connection;
		dissect_emit(d, by_ssn(d, ssn), m.data.data, m.data.len);
		break;
	case IUPLUS_SCCP_CREF:
	case IUPLUS_SCCP_RLSD:
		p = dissect_part(d, 0, dpc, m.destination, false);
		in_connection(d, p, m.data.data, m.data.len);
		dissect_emit(d, by_ssn(d, p ? p->ssn : 0), m.data.data, m.data.len);
		released(d, p);
		if (m.type == IUPLUS_SCCP_CREF)
			answered(d, opc, dpc);
		if (m.type == IUPLUS_SCCP_CREF)
			dissect_part_drop(d, 0, dpc, m.destination);
		break;
	case IUPLUS_SCCP_RLC:
		dissect_part_drop(d, 0, dpc, m.destination);
		dissect_part_drop(d, 0, opc, m.source);
		break;
	case IUPLUS_SCCP_DT1:
		connection_data(d, opc, dpc, &m);
		break;
	case IUPLUS_SCCP_UDT:
	case IUPLUS_SCCP_XUDT:
	case IUPLUS_SCCP_LUDT:
		p = dissect_part(d, HOPS, opc, dpc, true);
		d->at.iu.again = p && again(d, p, data, len);
		if (m.has_segmentation && !(m.first_segment && m.remaining_segments == 0))
			segment(d, opc, &m);
		else
			dissect_emit(d, by_ssn(d, ssn_of(&m)), m.data.data, m.data.len);
		break;
	default:
		break;
	}
}

/* MTP3 with ITU's routing label (Q.704 2.2). */
void dissect_mtp3(struct pdu_dissector *d, const uint8_t *data, size_t len)
{
	uint32_t label;

	if (len < 5) {
		d->bad = true;
		return;
	}
	label = (uint32_t)data[4] << 24 | (uint32_t)data[3] << 16 | (uint32_t)data[2] << 8 | data[1];
	if ((data[0] & 15) == IUPLUS_M3UA_SI_SCCP)
		dissect_sccp(d, label >> 14 & 0x3fff, label & 0x3fff, data + 5, len - 5);
}

static uint32_t get16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

/* SUA (RFC 3868): the data parameter is the message; the addresses identify its user. */
static void sua(struct pdu_dissector *d, const uint8_t *data, size_t len)
{
	const uint8_t *user = NULL;
	size_t user_len = 0, at;
	unsigned ssn = 0;

	if (len < 8 || data[0] != 1) {
		d->bad = true;
		return;
	}
	if (data[2] != 7 && data[2] != 8)
		return; /* neither connectionless nor connection-oriented: management */
	for (at = 8; at + 4 <= len;) {
		unsigned tag = get16(data + at);
		size_t n = get16(data + at + 2), inner;

		if (n < 4 || n > len - at) {
			d->bad = true;
			return;
		}
		if (tag == 0x010b) {
			user = data + at + 4;
			user_len = n - 4;
		}
		/* source and destination address: a routing indicator and a type, then parameters of their own */
		for (inner = at + 8; (tag == 0x0102 || tag == 0x0103) && inner + 8 <= at + n;
		     inner += (get16(data + inner + 2) + 3u) & ~3u) {
			if (get16(data + inner + 2) < 4)
				break;
			if (get16(data + inner) == 0x8003)
				ssn = data[inner + 7];
		}
		at += (n + 3) & ~(size_t)3;
	}
	if (user)
		dissect_emit(d, by_ssn(d, ssn), user, user_len);
}

/* A length of aligned PER below 16K; false if it exceeds the data. */
static bool per_length(const uint8_t *data, size_t len, size_t *at, size_t *n)
{
	if (*at >= len)
		return false;
	*n = data[(*at)++];
	if (*n & 128) {
		if (*n & 64 || *at >= len)
			return false;
		*n = (*n & 63) << 8 | data[(*at)++];
	}
	return *n <= len - *at;
}

/* RUA (TS 25.468): the RANAP message is an octet string of the IE container of CONNECT, DIRECT TRANSFER, DISCONNECT,
 * CONNECTIONLESS TRANSFER. */
static void rua(struct pdu_dissector *d, const uint8_t *data, size_t len)
{
	enum { CONTEXT_ID = 3, RANAP_MESSAGE = 4 }; /* IEs */
	enum { CONNECT = 1, DISCONNECT = 3 };       /* procedures */
	struct dissect_part *p = NULL;
	size_t at = 3, n, count;
	unsigned procedure;

	/* choice, procedure code, criticality, the message's open type, its preamble */
	if (len < 4 || !per_length(data, len, &at, &n) || n < 3) {
		d->bad = true;
		return;
	}
	procedure = data[1];
	nodes(d, 0, 0);
	len = at + n;
	at++;
	count = get16(data + at);
	at += 2;
	for (; count > 0; count--) {
		unsigned id;

		if (len - at < 4) {
			d->bad = true;
			return;
		}
		id = get16(data + at);
		at += 3;
		if (!per_length(data, len, &at, &n)) {
			d->bad = true;
			return;
		}
		if (id == CONTEXT_ID && n == 3) {
			/* the same number in both directions */
			p = dissect_part(d, CONTEXTS, d->at.iu.from + d->at.iu.to, get16(data + at) << 8 | data[at + 2],
					 true);
			if (p && procedure == CONNECT)
				p->connection = 0;
			in_connection(d, p, data, len);
			d->at.iu.first = procedure == CONNECT;
		}
		if (id == RANAP_MESSAGE) {
			size_t inner = at, m;

			if (per_length(data, at + n, &inner, &m))
				dissect_emit(d, d->ranap, data + inner, m);
			else
				d->bad = true;
		}
		at += n;
	}
	if (procedure == DISCONNECT)
		released(d, p);
}

static void m3ua(struct pdu_dissector *d, const uint8_t *data, size_t len)
{
	struct iuplus_m3ua_message m;
	unsigned error;

	if (iuplus_m3ua_decode(data, len, &m, &error)) {
		d->bad = true;
		return;
	}
	if (m.type == IUPLUS_M3UA_DATA && m.has_data && m.si == IUPLUS_M3UA_SI_SCCP)
		dissect_sccp(d, m.opc, m.dpc, m.user.data, m.user.len);
}

void dissect_payload(struct pdu_dissector *d, uint32_t ppid, uint16_t port, const uint8_t *data, size_t len)
{
	/* old stacks set the identifier to 0: then the port identifies the protocol */
	if (ppid == IUPLUS_M3UA_PPID || (ppid == 0 && port == IUPLUS_M3UA_PORT))
		m3ua(d, data, len);
	else if (ppid == PPID_SUA || (ppid == 0 && port == PORT_SUA))
		sua(d, data, len);
	else if (ppid == PPID_RUA || (ppid == 0 && port == PORT_RUA))
		rua(d, data, len);
}
