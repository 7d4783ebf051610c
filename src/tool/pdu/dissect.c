/* SPDX-License-Identifier: BSD-2-Clause */
/* dissect.c: packets down to SCTP, GSMTAP and exported PDUs. Every length is checked before use. */
#include <stdlib.h>
#include <string.h>

#include "src/tool/pdu/dissect.h"

/* Link types (www.tcpdump.org/linktypes.html). */
enum {
	LINK_NULL = 0,
	LINK_ETHERNET = 1,
	LINK_RAW_OLD = 12,
	LINK_RAW_BSD = 14,
	LINK_RAW = 101,
	LINK_LOOP = 108,
	LINK_SLL = 113,
	LINK_MTP2_PHDR = 139,
	LINK_MTP2 = 140,
	LINK_MTP3 = 141,
	LINK_SCCP = 142,
	LINK_USER0 = 147,
	LINK_USER15 = 162,
	LINK_IPV4 = 228,
	LINK_IPV6 = 229,
	LINK_SCTP = 248,
	LINK_UPPER_PDU = 252,
	LINK_SLL2 = 276
};

#define ETHERTYPE_IPV4 0x0800u
#define ETHERTYPE_IPV6 0x86ddu
#define ETHERTYPE_VLAN 0x8100u
#define ETHERTYPE_QINQ 0x88a8u
#define IP_SCTP 132u
#define IP_UDP 17u
#define PORT_GSMTAP 4729u
#define PORT_SCTP_IN_UDP 9899u
#define PORT_FREE 1024u /* the simulated radio has no assigned port, and uses unprivileged ones */

static void packet(struct pdu_dissector *d, unsigned linktype, const uint8_t *p, size_t n);

static uint32_t get16(const uint8_t *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t get32(const uint8_t *p)
{
	return get16(p) << 16 | get16(p + 2);
}

static bool short_of(struct pdu_dissector *d, size_t n, size_t needed)
{
	if (n >= needed)
		return false;
	d->bad = true;
	return true;
}

static void address(char *to, size_t room, const uint8_t *ip, unsigned length)
{
	unsigned i;
	int n = 0;

	if (length == 4) {
		snprintf(to, room, "%u.%u.%u.%u", ip[0], ip[1], ip[2], ip[3]);
		return;
	}
	for (i = 0; i < 16; i += 2)
		n += snprintf(to + n, room - (size_t)n, "%s%x", i ? ":" : "[", (unsigned)get16(ip + i));
	snprintf(to + n, room - (size_t)n, "]");
}

static void add_port(char *to, size_t room, unsigned port)
{
	size_t n = strlen(to);

	if (n)
		snprintf(to + n, room - n, ":%u", port);
}

/* Returns true if this chunk was already reported; otherwise records it. */
static bool seen(struct pdu_dissector *d, uint64_t association, uint64_t chunk)
{
	unsigned i;

	for (i = 0; i < DISSECT_RECENT; i++) {
		if (d->recent[i][0] == association && d->recent[i][1] == chunk)
			return true;
	}
	d->recent[d->recent_at][0] = association;
	d->recent[d->recent_at][1] = chunk;
	d->recent_at = (d->recent_at + 1) % DISSECT_RECENT;
	return false;
}

/* A DATA chunk (RFC 9260 3.3.1); fragmented user messages are reassembled. */
static void data_chunk(struct pdu_dissector *d, uint32_t tag, uint16_t port, unsigned flags, const uint8_t *p, size_t n)
{
	uint32_t ppid = get32(p + 8);
	uint64_t stream = 1u << 20 | get16(p + 4);
	struct dissect_part *part;
	/* the tag alone does not suffice: some writers of captures, including this project's, use constant tags */
	uint64_t association = (uint64_t)tag << 32 | get32(p);
	uint64_t sum = get16(p + 4), i;

	for (i = 0; i < 64 && d->at.from[i]; i++)
		sum = sum * 31 + (uint8_t)d->at.from[i];
	for (i = 0; i < n && i < 64; i++)
		sum = sum * 131 + p[i];
	if (seen(d, association, sum | UINT64_C(1) << 63))
		return;
	p += 12;
	n -= 12;
	if ((flags & 3) == 3) {
		dissect_payload(d, ppid, port, p, n);
		return;
	}
	part = dissect_part(d, stream, tag, port, (flags & 2) != 0);
	if (!part)
		return; /* its beginning was not captured */
	if (flags & 2)
		part->len = 0;
	if (!dissect_part_add(part, p, n)) {
		d->bad = true;
	} else if (flags & 1) {
		/* processing its contents may drop the part: take them out first */
		uint8_t *whole = part->data;
		size_t length = part->len;

		part->data = NULL;
		part->len = part->room = 0;
		dissect_part_drop(d, stream, tag, port);
		dissect_payload(d, ppid, port, whole, length);
		free(whole);
	}
}

static void sctp(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	uint32_t tag;
	uint16_t port;

	if (short_of(d, n, 12))
		return;
	add_port(d->at.from, sizeof(d->at.from), get16(p));
	add_port(d->at.to, sizeof(d->at.to), get16(p + 2));
	port = (uint16_t)(get16(p + 2) < get16(p) ? get16(p + 2) : get16(p));
	tag = get32(p + 4);
	p += 12;
	n -= 12;
	while (n >= 4) {
		size_t length = get16(p + 2), step = (length + 3) & ~(size_t)3;

		if (length < 4 || length > n) {
			d->bad = true;
			return;
		}
		if (p[0] == 0 && length > 16)
			data_chunk(d, tag, port, p[1], p + 4, length - 4);
		if (step >= n)
			break;
		p += step;
		n -= step;
	}
}

/* A message of RRC. */
static void rrc(struct pdu_dissector *d, const char *type, const uint8_t *p, size_t n)
{
	const struct iuplus_asn1_type *t = iuplus_asn1_find("RRC", type);

	if (t) {
		dissect_emit(d, t, p, n);
		return;
	}
	if (d->missing++ == 0)
		d->missing_type = type;
}

/* GSMTAP, version 2: its length in words, type and subtype. */
static void gsmtap(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	enum { UMTS_RRC = 0x0c };
	const char *type;
	size_t head;

	if (short_of(d, n, 16))
		return;
	head = 4u * p[1];
	if (p[0] != 2 || head < 16 || head > n) {
		d->bad = true;
		return;
	}
	type = p[2] == UMTS_RRC ? pdu_gsmtap_rrc(p[12]) : NULL;
	if (type)
		rrc(d, type, p + head, n - head);
}

static void udp(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	unsigned from, to;

	if (short_of(d, n, 8))
		return;
	from = get16(p);
	to = get16(p + 2);
	if (get16(p + 4) >= 8 && get16(p + 4) < n)
		n = get16(p + 4);
	if (to == PORT_SCTP_IN_UDP || from == PORT_SCTP_IN_UDP) {
		sctp(d, p + 8, n - 8);
		return;
	}
	add_port(d->at.from, sizeof(d->at.from), from);
	add_port(d->at.to, sizeof(d->at.to), to);
	if (to == PORT_GSMTAP || from == PORT_GSMTAP)
		gsmtap(d, p + 8, n - 8);
	else if (to >= PORT_FREE && from >= PORT_FREE)
		pdu_radio_take(d->radio, d->packet, d->at.from, d->at.to, p + 8, n - 8);
}

static void transport(struct pdu_dissector *d, unsigned protocol, const uint8_t *p, size_t n)
{
	if (protocol == IP_SCTP)
		sctp(d, p, n);
	else if (protocol == IP_UDP)
		udp(d, p, n);
}

static void ipv4(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	size_t head, total;

	if (short_of(d, n, 20))
		return;
	head = 4u * (p[0] & 15);
	total = get16(p + 2);
	/* 0: left to the network card */
	if (total == 0)
		total = n;
	if (head < 20 || head > total || total > n || (get16(p + 6) & 0x3fff)) {
		d->bad = true; /* truncated, or a fragment */
		return;
	}
	address(d->at.from, sizeof(d->at.from), p + 12, 4);
	address(d->at.to, sizeof(d->at.to), p + 16, 4);
	transport(d, p[9], p + head, total - head);
}

static void ipv6(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	unsigned next;
	size_t total;

	if (short_of(d, n, 40))
		return;
	total = get16(p + 4);
	next = p[6];
	address(d->at.from, sizeof(d->at.from), p + 8, 16);
	address(d->at.to, sizeof(d->at.to), p + 24, 16);
	p += 40;
	n -= 40;
	if (total > n) {
		d->bad = true;
		return;
	}
	if (total)
		n = total;
	/* hop-by-hop options, routing, destination options */
	while (next == 0 || next == 43 || next == 60) {
		size_t length;

		if (short_of(d, n, 8))
			return;
		length = 8u * (p[1] + 1u);
		if (short_of(d, n, length))
			return;
		next = p[0];
		p += length;
		n -= length;
	}
	transport(d, next, p, n);
}

static void ip(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	if (short_of(d, n, 1))
		return;
	if (p[0] >> 4 == 4)
		ipv4(d, p, n);
	else if (p[0] >> 4 == 6)
		ipv6(d, p, n);
	else
		d->bad = true;
}

/* The payload after an EtherType at p + at. */
static void ether(struct pdu_dissector *d, const uint8_t *p, size_t n, size_t at)
{
	unsigned type;

	for (;;) {
		if (short_of(d, n, at + 2))
			return;
		type = get16(p + at);
		at += 2;
		if (type != ETHERTYPE_VLAN && type != ETHERTYPE_QINQ)
			break;
		at += 2;
	}
	if (type == ETHERTYPE_IPV4)
		ipv4(d, p + at, n - at);
	else if (type == ETHERTYPE_IPV6)
		ipv6(d, p + at, n - at);
}

/* An exported PDU: tags with lengths, then the PDU. */
static void upper(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	enum {
		TAG_END = 0,
		TAG_DISSECTOR = 12,
		TAG_SRC4 = 20,
		TAG_DST4 = 21,
		TAG_SRC6 = 22,
		TAG_DST6 = 23,
		TAG_SRC_PORT = 25,
		TAG_DST_PORT = 26
	};
	const struct iuplus_asn1_type *type = NULL;
	const char *message = NULL;

	for (;;) {
		unsigned tag;
		size_t length, name;

		if (short_of(d, n, 4))
			return;
		tag = get16(p);
		length = get16(p + 2);
		p += 4;
		n -= 4;
		if (short_of(d, n, length))
			return;
		if (tag == TAG_END) {
			p += length;
			n -= length;
			break;
		}
		if (tag == TAG_DISSECTOR) {
			for (name = length; name > 0 && p[name - 1] == '\0'; name--)
				;
			type = pdu_dissected((const char *)p, name);
			message = pdu_rrc_by_name((const char *)p, name);
		}
		if ((tag == TAG_SRC4 && length == 4) || (tag == TAG_SRC6 && length == 16))
			address(d->at.from, sizeof(d->at.from), p, (unsigned)length);
		if ((tag == TAG_DST4 && length == 4) || (tag == TAG_DST6 && length == 16))
			address(d->at.to, sizeof(d->at.to), p, (unsigned)length);
		if (tag == TAG_SRC_PORT && length == 4)
			add_port(d->at.from, sizeof(d->at.from), get32(p));
		if (tag == TAG_DST_PORT && length == 4)
			add_port(d->at.to, sizeof(d->at.to), get32(p));
		p += length;
		n -= length;
	}
	if (message)
		rrc(d, message, p, n);
	else
		dissect_emit(d, type, p, n);
}

static void family(struct pdu_dissector *d, const uint8_t *p, size_t n)
{
	if (!short_of(d, n, 4))
		ip(d, p + 4, n - 4);
}

static void packet(struct pdu_dissector *d, unsigned linktype, const uint8_t *p, size_t n)
{
	switch (linktype) {
	case LINK_NULL:
	case LINK_LOOP:
		family(d, p, n);
		break;
	case LINK_ETHERNET:
		ether(d, p, n, 12);
		break;
	case LINK_SLL:
		ether(d, p, n, 14);
		break;
	case LINK_SLL2:
		if (!short_of(d, n, 20) && (get16(p) == ETHERTYPE_IPV4 || get16(p) == ETHERTYPE_IPV6))
			ip(d, p + 20, n - 20);
		break;
	case LINK_RAW_OLD:
	case LINK_RAW_BSD:
	case LINK_RAW:
	case LINK_IPV4:
	case LINK_IPV6:
		ip(d, p, n);
		break;
	case LINK_SCTP:
		sctp(d, p, n);
		break;
	case LINK_MTP2_PHDR:
		if (!short_of(d, n, 7))
			dissect_mtp3(d, p + 7, n - 7);
		break;
	case LINK_MTP2:
		if (!short_of(d, n, 3))
			dissect_mtp3(d, p + 3, n - 3);
		break;
	case LINK_MTP3:
		dissect_mtp3(d, p, n);
		break;
	case LINK_SCCP:
		dissect_sccp(d, 0, 0, p, n);
		break;
	case LINK_UPPER_PDU:
		upper(d, p, n);
		break;
	default:
		if (linktype >= LINK_USER0 && linktype <= LINK_USER15)
			dissect_emit(d, d->user_type, p, n);
		break;
	}
}

struct pdu_dissector *pdu_dissector_new(const struct iuplus_asn1_type *user_type, pdu_found_fn *found, void *user)
{
	struct pdu_dissector *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->ranap = iuplus_asn1_find("RANAP", "RANAP-PDU");
	d->rnsap = iuplus_asn1_find("RNSAP", "RNSAP-PDU");
	d->user_type = user_type ? user_type : d->ranap;
	d->found = found;
	d->user = user;
	d->radio = pdu_radio_new(found, user);
	if (!d->radio) {
		free(d);
		return NULL;
	}
	return d;
}

void pdu_dissector_free(struct pdu_dissector *d)
{
	if (!d)
		return;
	dissect_parts_free(d);
	pdu_radio_free(d->radio);
	free(d);
}

void pdu_dissector_keys(struct pdu_dissector *d, struct pdu_keylog *keylog)
{
	pdu_radio_keys(d->radio, keylog);
}

void pdu_dissector_releases(struct pdu_dissector *d)
{
	d->releases = true;
}

bool pdu_dissect(struct pdu_dissector *d, const struct pdu_packet *p)
{
	d->bad = false;
	memset(&d->at, 0, sizeof(d->at));
	d->packet = p;
	packet(d, p->linktype, p->data, p->len);
	return !d->bad && !p->cut;
}

void pdu_dissect_end(struct pdu_dissector *d)
{
	pdu_radio_end(d->radio);
}

unsigned pdu_dissector_missing(const struct pdu_dissector *d, const char **type)
{
	*type = d->missing_type;
	return d->missing;
}
