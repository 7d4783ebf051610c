/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * asn1_text.h: values in readable form: a walk over a value, values from JSON and XER, and the meaning of every bit of
 * an encoding. Slower than the codec by design; encoding and decoding do not need it. Thread-safe like asn1.h. */
#ifndef IUPLUS_ASN1_TEXT_H
#define IUPLUS_ASN1_TEXT_H

#include <iuplus/asn1.h>

IUPLUS_BEGIN_DECLS

/* ---- a value as a tree of nodes ---- */

/** The kind of a node. An IE container is a LIST of SEQUENCEs of id, criticality and value; the value is an OPEN
 * node. */
enum iuplus_asn1_shape {
	IUPLUS_ASN1_SEQUENCE, /**< children are the members that are present, in the order of the module */
	IUPLUS_ASN1_CHOICE,   /**< one child, or none if the alternative is unknown */
	IUPLUS_ASN1_LIST,     /**< children without names */
	/** an open type or a string that contains an encoding; one child, or octets if it has none */
	IUPLUS_ASN1_OPEN,
	IUPLUS_ASN1_NULL,
	IUPLUS_ASN1_BOOLEAN,
	IUPLUS_ASN1_INTEGER,
	IUPLUS_ASN1_ENUMERATED,
	IUPLUS_ASN1_BITS,
	IUPLUS_ASN1_OCTETS,
	IUPLUS_ASN1_OID,
	IUPLUS_ASN1_CHARACTERS
};

/** The form of an OPEN node in its parent. */
enum iuplus_asn1_open_kind {
	IUPLUS_ASN1_OPEN_TYPE,      /**< an open type, of known or unknown type */
	IUPLUS_ASN1_OPEN_CONTAINER, /**< a transparent container: the open type is the contained encoding itself */
	/** a string that contains an encoding, by CONTAINING or by the text of the specification */
	IUPLUS_ASN1_OPEN_CONTAINING
};

struct iuplus_asn1_bit_names;
struct iuplus_asn1_node {
	enum iuplus_asn1_shape shape;
	enum iuplus_asn1_open_kind open;
	const char *name; /**< of the member or alternative; NULL: item of a list, or the value itself */
	unsigned index;   /**< of the item, from 0 */
	const char *protocol;
	const char *type;      /**< ASN.1 name of the type, NULL if it has none; for OPEN that of the
				* contents */
	const char *container; /**< OPEN of a string that contains an encoding: type of the string; else
				* NULL */
	const char *label;     /**< of a number, enumeration value or IE's id: its name; NULL if it has none */
	/** BOOLEAN, INTEGER; ENUMERATED without label: index among the values after the extension marker */
	int64_t number;
	bool is_unsigned;                     /**< INTEGER: read number as uint64_t */
	bool holds_child;                     /**< OPEN: a child follows; otherwise octets are the contents */
	const struct iuplus_asn1_type *inner; /**< BITS, OCTETS: the type that it should contain, but does not; or
					       * NULL */
	const uint8_t *octets;                /**< of strings and OPEN; OID: the arcs as encoded by X.690 */
	size_t bits;                          /**< of octets */
	const struct iuplus_asn1_bit_names *bit_names; /**< BITS with named bits */
};

/** The name of bit i of a node, or NULL if it has none. */
const char *iuplus_asn1_bit_name(const struct iuplus_asn1_node *node, size_t i);

/** Called for each node; for a node with children twice, the second time with end set. A return value other than 0 ends
 * the walk. */
typedef int iuplus_asn1_visit(void *user, const struct iuplus_asn1_node *node, bool end);

/** Walks over value, which must have been decoded or encode without error. The walk enters containers whose contents
 * are an encoding of a known type, if these contents encode again to the same bits; other containers remain octets.
 * arena holds the decoded contents.
 * Returns IUPLUS_OK, IUPLUS_ERR_ARGUMENT (no such type or a NULL), IUPLUS_ERR_MEMORY, IUPLUS_ERR_CONSTRAINT (nested
 * deeper than any type of the modules), or what visit returned. */
int iuplus_asn1_walk(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena,
		     iuplus_asn1_visit *visit, void *user);

/* ---- values from text ---- */

/** Reads one value from the JSON that iuplus_asn1_json() writes. A string that contains an encoding may also be
 * {"containing": {"Type": value}}, with an additional member "bits" if it is not whole octets. len octets at text; no
 * zero octet is needed.
 * *value gets the C struct in the arena. Names, kinds and structure are checked here, ranges and presence when the
 * value is encoded.
 * error may be NULL; its path names the wrong member, bit_offset the octet of the text if it is not JSON.
 * Returns IUPLUS_OK, IUPLUS_ERR_SYNTAX (not JSON), IUPLUS_ERR_CONSTRAINT (not a value of the type), IUPLUS_ERR_MISSING
 * (a mandatory member), IUPLUS_ERR_MEMORY, IUPLUS_ERR_ARGUMENT. */
int iuplus_asn1_from_json(const struct iuplus_asn1_type *type, const char *text, size_t len, struct iuplus_arena *arena,
			  void **value, struct iuplus_asn1_error *error);

/** The same from basic XER (X.693): one document of one value, as iuplus-pdu writes it. *used (may be NULL) gets the
 * octets up to the end of the document. Returns as iuplus_asn1_from_json(). */
int iuplus_asn1_from_xer(const struct iuplus_asn1_type *type, const char *text, size_t len, struct iuplus_arena *arena,
			 void **value, size_t *used, struct iuplus_asn1_error *error);

/* ---- the meaning of each bit ---- */

enum iuplus_asn1_remark {
	IUPLUS_ASN1_PLAIN,
	IUPLUS_ASN1_PADDING_SET,      /**< padding bits that are not zero */
	IUPLUS_ASN1_DEFAULT_SENT,     /**< the DEFAULT value, encoded although optional */
	IUPLUS_ASN1_LONG_FORM,        /**< a length or number in more octets than needed */
	IUPLUS_ASN1_TRAILING_ZEROS,   /**< named bits with zeros at the end */
	IUPLUS_ASN1_UNKNOWN_ADDITION, /**< an extension addition that the modules lack */
	IUPLUS_ASN1_LEFT_OVER         /**< bits after the end of the value */
};

/** One field of an encoding. */
struct iuplus_asn1_field {
	size_t at, bits;  /**< from the first bit of the input; bits may be 0 (a NULL) */
	unsigned depth;   /**< of nesting */
	const char *path; /**< path of the value, as in struct iuplus_asn1_error; valid during the call */
	const char *what; /**< "value", "length", "presence of optional members", "choice", ...; static */
	const char *text; /**< its meaning; valid during the call */
	enum iuplus_asn1_remark remark;
};
typedef void iuplus_asn1_tell(void *user, const struct iuplus_asn1_field *field);

/** Reads an encoding field by field. This reader shares only the tables with the decoder, and builds no value.
 * Every bit of the input belongs to exactly one field; in a fragmented open type, at is the first bit of the field.
 * tell is called in the order of the bits. If the encoding has an error, it is called for the fields before the error.
 * rules, octets, bits, arena, error and return codes: as iuplus_asn1_decode(), but IEs are not checked. */
int iuplus_asn1_explain(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *octets,
			size_t bits, struct iuplus_arena *arena, iuplus_asn1_tell *tell, void *user,
			struct iuplus_asn1_error *error);

/** A remark in words ("DEFAULT value encoded"); "" for IUPLUS_ASN1_PLAIN. Never NULL. */
const char *iuplus_asn1_remark_text(enum iuplus_asn1_remark remark);

IUPLUS_END_DECLS
#endif
