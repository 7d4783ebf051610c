/* SPDX-License-Identifier: BSD-2-Clause */
/* dissect.h: what the layers of the dissector share. */
#ifndef IUPLUS_TOOL_PDU_DISSECT_H
#define IUPLUS_TOOL_PDU_DISSECT_H

#include "src/tool/pdu/pdu.h"

/* Octets that grow, of something that came in parts. */
struct dissect_part {
	struct dissect_part *next;	/* in its bucket */
	uint64_t key[3];
	uint8_t ssn;
	uint8_t *data;
	size_t len, room;
};

#define DISSECT_BUCKETS 4096u
#define DISSECT_RECENT 256u

struct pdu_dissector {
	const struct iuplus_asn1_type *user_type, *ranap, *rnsap;
	pdu_found_fn *found;
	void *user;
	struct pdu_found at;		/* addresses of the packet at work */
	struct dissect_part *parts[DISSECT_BUCKETS];
	size_t part_count;
	uint64_t recent[DISSECT_RECENT][2];	/* chunks seen: what is captured or sent twice is told once */
	unsigned recent_at;
	bool bad;			/* something in the packet could not be read */
	unsigned missing;		/* messages of types that the modules do not have */
	const char *missing_type;	/* the first one's */
	struct radio *radio;
	const struct pdu_packet *packet;	/* at work */
};

/* dissect_parts.c */
/* The part with this key; a new one when there is none and make is set. NULL when there is none or memory ran out. */
struct dissect_part *dissect_part(struct pdu_dissector *d, uint64_t a, uint64_t b, uint64_t c, bool make);
void dissect_part_drop(struct pdu_dissector *d, uint64_t a, uint64_t b, uint64_t c);
/* Appends; false beyond what a PDU can have, or without memory. */
bool dissect_part_add(struct dissect_part *p, const uint8_t *data, size_t len);
void dissect_parts_free(struct pdu_dissector *d);

/* dissect_ss7.c: the payload of an SCTP message of this protocol identifier, an SCCP message, an MTP3 message. */
void dissect_payload(struct pdu_dissector *d, uint32_t ppid, uint16_t port, const uint8_t *data, size_t len);
void dissect_sccp(struct pdu_dissector *d, uint32_t opc, uint32_t dpc, const uint8_t *data, size_t len);
void dissect_mtp3(struct pdu_dissector *d, const uint8_t *data, size_t len);
/* Tells of a PDU. */
void dissect_emit(struct pdu_dissector *d, const struct iuplus_asn1_type *type, const uint8_t *data, size_t len);

#endif
