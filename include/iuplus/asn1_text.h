/* SPDX-License-Identifier: BSD-2-Clause */
/* asn1_text.h: values for people and scripts: a walk over a value, values out of JSON and XER, and which bit of an
 * encoding says what. Slower than the codec by design; nothing here is needed to encode or decode. Thread-safe as
 * asn1.h is. */
#ifndef IUPLUS_ASN1_TEXT_H
#define IUPLUS_ASN1_TEXT_H

#include <iuplus/asn1.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- a value as a tree of nodes ---- */

/* What a node is. An IE container is a LIST of SEQUENCEs of id, criticality and value; the value is an OPEN node. */
enum iuplus_asn1_shape {
	IUPLUS_ASN1_SEQUENCE,		/* children are the members that are there, in the module's order */
	IUPLUS_ASN1_CHOICE,		/* one child, or none when the alternative is not known */
	IUPLUS_ASN1_LIST,		/* children without names */
	/* an open type or a string that holds an encoding; one child, or octets when it has none */
	IUPLUS_ASN1_OPEN,
	IUPLUS_ASN1_NULL, IUPLUS_ASN1_BOOLEAN, IUPLUS_ASN1_INTEGER, IUPLUS_ASN1_ENUMERATED, IUPLUS_ASN1_BITS,
		IUPLUS_ASN1_OCTETS,
	IUPLUS_ASN1_OID, IUPLUS_ASN1_CHARACTERS
};

/* How an OPEN node stands in its parent. */
enum iuplus_asn1_open_kind {
	IUPLUS_ASN1_OPEN_TYPE,		/* an open type, its type known or not */
	IUPLUS_ASN1_OPEN_CONTAINER,	/* a transparent container: the open type is the contained encoding itself */
	/* a string that contains an encoding, by CONTAINING or by the specification's text */
	IUPLUS_ASN1_OPEN_CONTAINING
};

struct iuplus_asn1_bit_names;
struct iuplus_asn1_node {
	enum iuplus_asn1_shape shape;
	enum iuplus_asn1_open_kind open;
	const char *name;		/* of the member or alternative; NULL: a list's item, or the value itself */
	unsigned index;			/* of the item, from 0 */
	const char *protocol;
	const char *type;		/* the type's ASN.1 name; NULL when it has none. Of OPEN: the content's */
	const char *container;		/* OPEN of a string that contains: the type of it; or NULL */
	const char *label;		/* of a number, enumeration value or IE's id: its name; NULL when it has none */
	/* BOOLEAN, INTEGER; ENUMERATED: the index among those behind the mark, when label is NULL */
	int64_t number;
	bool is_unsigned;		/* INTEGER: number is to be read as uint64_t */
	bool holds_child;		/* OPEN: a child follows; else octets are the content */
	const struct iuplus_asn1_type *inner; /* BITS, OCTETS: what it should contain, and does not; or NULL */
	const uint8_t *octets;		/* of strings and OPEN; OID: the arcs as X.690 has them */
	size_t bits;			/* of octets */
	const struct iuplus_asn1_bit_names *bit_names; /* BITS with named bits */
};

/* The name of bit i of a node, or NULL when it has none. */
const char *iuplus_asn1_bit_name(const struct iuplus_asn1_node *node, size_t i);

/* Told of each node; of one with children twice, the second time with end set. A return value other than 0 ends the
 * walk. */
typedef int iuplus_asn1_visit(void *user, const struct iuplus_asn1_node *node, bool end);

/* Walks over value, which must have been decoded or encode without error. Containers whose content is an encoding of
 * a known type are walked into when that content encodes again to the same bits; they stay octets otherwise. arena:
 * for what is opened.
 * Returns IUPLUS_OK, IUPLUS_ERR_ARGUMENT (no such type or a NULL), IUPLUS_ERR_MEMORY, IUPLUS_ERR_CONSTRAINT (nested
 * deeper than any type of the modules), or what visit returned. */
int iuplus_asn1_walk(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena,
	iuplus_asn1_visit *visit, void *user);

/* ---- values from text ---- */

/* One value out of the JSON that iuplus_asn1_json() writes; a string that contains an encoding may also be
 * {"containing": {"Type": value}}, with "bits" beside it when it is not whole octets. len octets at text; no zero
 * octet is needed.
 * *value gets the C struct in the arena. Names, kinds and structure are checked here, ranges and presence when the
 * value is encoded.
 * error may be NULL; its path says which member is wrong, bit_offset the octet of the text when it is no JSON at
 * all.
 * Returns IUPLUS_OK, IUPLUS_ERR_SYNTAX (no JSON), IUPLUS_ERR_CONSTRAINT (no value of the type), IUPLUS_ERR_MISSING
 * (a member that the type has to have), IUPLUS_ERR_MEMORY, IUPLUS_ERR_ARGUMENT. */
int iuplus_asn1_from_json(const struct iuplus_asn1_type *type, const char *text, size_t len, struct iuplus_arena *arena,
	void **value, struct iuplus_asn1_error *error);

/* The same from basic XER (X.693): one document of one value, as iuplus-pdu writes it. *used (may be NULL) gets the
 * octets up to the end of the document. Returns as iuplus_asn1_from_json(). */
int iuplus_asn1_from_xer(const struct iuplus_asn1_type *type, const char *text, size_t len, struct iuplus_arena *arena,
	void **value, size_t *used, struct iuplus_asn1_error *error);

/* ---- which bit says what ---- */

enum iuplus_asn1_remark {
	IUPLUS_ASN1_PLAIN,
	IUPLUS_ASN1_PADDING_SET,	/* padding bits that are not zero */
	IUPLUS_ASN1_DEFAULT_SENT,	/* the DEFAULT value, encoded though it need not be */
	IUPLUS_ASN1_LONG_FORM,		/* a length or number in more octets than it needs */
	IUPLUS_ASN1_TRAILING_ZEROS,	/* named bits with zeros at the end */
	IUPLUS_ASN1_UNKNOWN_ADDITION,	/* an extension addition that the modules do not have */
	IUPLUS_ASN1_LEFT_OVER		/* bits behind the value that belong to nothing */
};

/* One field of an encoding. */
struct iuplus_asn1_field {
	size_t at, bits;		/* from the first bit of the input; bits may be 0 (a NULL) */
	unsigned depth;			/* of nesting */
	const char *path;		/* the value's path, as in struct iuplus_asn1_error; valid during the call */
	const char *what;		/* "value", "length", "presence of optional members", "choice", ...; static */
	const char *text;		/* what it says; valid during the call */
	enum iuplus_asn1_remark remark;
};
typedef void iuplus_asn1_tell(void *user, const struct iuplus_asn1_field *field);

/* Reads an encoding field by field: a reader of its own, that shares the tables with the decoder and nothing else,
 * and makes no value.
 * Every bit of the input belongs to exactly one field; in an open type that came in fragments, at is where the field
 * begins.
 * tell is called in the order of the bits. Where the encoding ends in an error, the fields before it have been told.
 * rules, octets, bits, arena, error: as iuplus_asn1_decode(). Returns as it, without judging IEs. */
int iuplus_asn1_explain(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *octets,
	size_t bits, struct iuplus_arena *arena, iuplus_asn1_tell *tell, void *user, struct iuplus_asn1_error *error);

/* A remark in words ("DEFAULT value encoded"); "" for IUPLUS_ASN1_PLAIN. Never NULL. */
const char *iuplus_asn1_remark_text(enum iuplus_asn1_remark remark);

#ifdef __cplusplus
}
#endif
#endif
