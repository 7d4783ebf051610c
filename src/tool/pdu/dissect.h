/* SPDX-License-Identifier: BSD-2-Clause */
/* dissect.h: declarations shared by the layers of the dissector. */
#ifndef IUPLUS_TOOL_PDU_DISSECT_H
#define IUPLUS_TOOL_PDU_DISSECT_H

#include "src/tool/pdu/pdu.h"

#define DISSECT_HOPS 8u

/* A message that was seen, and between which addresses: through an STP it is captured twice. */
struct dissect_hop {
	uint64_t message, way;
};

/* A growing buffer for data received in parts. */
struct dissect_part {
	struct dissect_part *next; /* in its bucket */
	uint64_t key[3];
	uint8_t ssn;
	uint64_t connection; /* its number; 0: none yet */
	unsigned waiting;    /* of two nodes: connections that were requested and not confirmed */
	bool fresh;          /* it was opened and had no message yet in this direction */
	struct dissect_hop recent[DISSECT_HOPS];
	unsigned recent_at;
	uint8_t *data;
	size_t len, room;
};

#define DISSECT_BUCKETS 4096u
#define DISSECT_RECENT 256u

struct pdu_dissector {
	const struct iuplus_asn1_type *user_type, *ranap, *rnsap;
	pdu_found_fn *found;
	void *user;
	struct pdu_found at; /* addresses of the present packet */
	struct dissect_part *parts[DISSECT_BUCKETS];
	size_t part_count;
	uint64_t recent[DISSECT_RECENT][2]; /* chunks seen: a chunk captured or sent twice is reported once */
	unsigned recent_at;
	bool bad;                 /* a part of the packet could not be read */
	unsigned missing;         /* messages of types that the modules lack */
	const char *missing_type; /* type of the first one */
	struct radio *radio;
	uint64_t connections;            /* numbers given to signalling connections */
	bool releases;                   /* report their release */
	const struct pdu_packet *packet; /* the present one */
};

/* dissect_parts.c */
/* The part with this key; a new one if there is none and make is set. NULL if there is none or memory is exhausted. */
struct dissect_part *dissect_part(struct pdu_dissector *d, uint64_t a, uint64_t b, uint64_t c, bool make);
void dissect_part_drop(struct pdu_dissector *d, uint64_t a, uint64_t b, uint64_t c);
/* Appends data; false if it exceeds the maximum of a PDU, or without memory. */
bool dissect_part_add(struct dissect_part *p, const uint8_t *data, size_t len);
void dissect_parts_free(struct pdu_dissector *d);

/* dissect_ss7.c: the payload of an SCTP message of this protocol identifier, an SCCP message, an MTP3 message. */
void dissect_payload(struct pdu_dissector *d, uint32_t ppid, uint16_t port, const uint8_t *data, size_t len);
void dissect_sccp(struct pdu_dissector *d, uint32_t opc, uint32_t dpc, const uint8_t *data, size_t len);
void dissect_mtp3(struct pdu_dissector *d, const uint8_t *data, size_t len);
/* Reports a PDU. */
void dissect_emit(struct pdu_dissector *d, const struct iuplus_asn1_type *type, const uint8_t *data, size_t len);

#endif
