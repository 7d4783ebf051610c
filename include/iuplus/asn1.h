/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * asn1.h: packed encoding rules (ITU-T X.691), aligned and unaligned, for every type of the project's modules.
 *
 * A handle identifies a type. The handles of one protocol are defined in <iuplus/asn1/gen-ranap.h>, gen-rnsap.h or
 * gen-rrc.h next to the C structs (IUPLUS_ASN1_RANAP_RANAP_PDU); iuplus_asn1_find() looks one up by name.
 * asn1/README.md of the source describes how ASN.1 notation becomes C structs.
 *
 * Values are in an arena; octet and bit strings of a decoded value point into the arena's copy of the input.
 * All functions are thread-safe (an arena belongs to one thread at a time). */
#ifndef IUPLUS_ASN1_H
#define IUPLUS_ASN1_H

#include <iuplus/iuplus.h>

IUPLUS_BEGIN_DECLS

enum iuplus_asn1_rules {
	IUPLUS_ASN1_APER = 0, /**< BASIC-PER ALIGNED: RANAP, RNSAP */
	IUPLUS_ASN1_UPER = 1  /**< BASIC-PER UNALIGNED: RRC */
};

/** Flags of iuplus_asn1_decode() and iuplus_asn1_encode(). */
#define IUPLUS_ASN1_LEGACY \
	1u                   /**< behave as if built from the official modules: the extension's IEs (ids 65000 and \
			      * up) are unknown, and chain members named "...iuplus..." are the empty \
			      * nonCriticalExtensions that the standard has there; encoding either is \
			      * IUPLUS_ERR_CONSTRAINT */
/** The first bits of the extension's level of an RRC chain (asn1/iuplus/IUPLUS-RRC-Extension.asn), after the presence
 * bit of its nonCriticalExtensions. */
#define IUPLUS_ASN1_LEVEL_MARKER 0x4955u
#define IUPLUS_ASN1_LEVEL_VERSION 2u
#define IUPLUS_ASN1_EXACT 2u /**< decode: octets after the value's last octet are IUPLUS_ERR_SYNTAX */

/** A type of the modules. */
struct asn_TYPE_descriptor_s; /**< asn1c's descriptor, for printing and XER */
struct iuplus_asn1_type {
	const char *protocol; /**< "RANAP", "RNSAP", "RRC" */
	const char *name;     /**< the ASN.1 name ("RelocationRequired"); of an IE set, the object set's name */
	struct asn_TYPE_descriptor_s *descriptor;
	unsigned number; /**< index in iuplus_asn1_types */
};

/** Every type, ordered by protocol and name (byte order). Static. */
extern const struct iuplus_asn1_type iuplus_asn1_types[];
extern const unsigned iuplus_asn1_type_count;

/** The handle of the type called name (ASN.1 spelling) in protocol, or NULL if there is none. */
const struct iuplus_asn1_type *iuplus_asn1_find(const char *protocol, const char *name);
/** The size of the type's C struct in octets, or 0 when type is not one of iuplus_asn1_types. */
size_t iuplus_asn1_size(const struct iuplus_asn1_type *type);

/** The error of one IE, as needed for Criticality Diagnostics (TS 25.413 9.2.1.35, clause 10.3). */
enum iuplus_asn1_problem_kind {
	IUPLUS_ASN1_UNKNOWN_IE,        /**< id not in the set; its octets are kept in the struct's unknown list */
	IUPLUS_ASN1_UNKNOWN_EXTENSION, /**< the same in an extension container */
	IUPLUS_ASN1_UNKNOWN_VALUE,     /**< an enumeration value or alternative after the extension marker that this
					* build does not know */
	IUPLUS_ASN1_MISSING_IE,        /**< a mandatory IE is absent; its member is NULL */
	IUPLUS_ASN1_WRONG_ORDER,       /**< the IE came after one that it must precede; its member is filled */
	IUPLUS_ASN1_REPEATED,          /**< the IE occurred again; the first one is kept, this one is discarded */
	IUPLUS_ASN1_OTHER_CRITICALITY  /**< the sender's criticality differs from the specified one, which applies */
};

/** One level of the path from the message to the IE (messageStructure of Criticality Diagnostics). */
struct iuplus_asn1_level {
	uint16_t id;         /**< ProtocolIE-ID or ProtocolExtensionID */
	uint16_t repetition; /**< item number in the list that contains it, from 1 */
};

#define IUPLUS_ASN1_MAX_LEVELS 8
struct iuplus_asn1_problem {
	const struct iuplus_asn1_problem *next;
	enum iuplus_asn1_problem_kind kind;
	uint8_t criticality; /**< 0 reject, 1 ignore, 2 notify: the specified one; for an unknown IE the received
			      * one */
	bool top;            /**< the IE is directly in the message (level_count is 0) */
	uint16_t id;
	uint16_t repetition;  /**< as in struct iuplus_asn1_level */
	unsigned level_count; /**< outermost first; without the IE itself */
	struct iuplus_asn1_level levels[IUPLUS_ASN1_MAX_LEVELS];
	const char *set; /**< the object set in which the IE was looked up */
};

/** The reason why a call failed, and the findings of a successful one. */
struct iuplus_asn1_error {
	int rc;            /**< the call's return code */
	const char *type;  /**< ASN.1 name of the requested type; static */
	const char *what;  /**< one short phrase, static ("value outside its range"); NULL when rc is IUPLUS_OK */
	size_t bit_offset; /**< decode: of the field that failed, from the first bit of the input; encode: of the
			    * output */
	size_t bits;       /**< decode: bits that the value took, without final padding */
	long procedure;    /**< decode of a PDU: the procedure code (in RNSAP with the mode above its 8 bits), also
			    * if the rest failed; -1 if it was not reached */
	char path[256];    /**< "initiatingMessage.value.relocationRequired.protocolIEs.cause"; list items as
			    * [0] */
	const struct iuplus_asn1_problem *problems; /**< decode: in the order of appearance; in the arena */
	bool skipped_level; /**< decode: in the place of the extension's level was none of it; the rest was skipped */
	bool foreign_level; /**< decode: this rest has bits that are not zero: neither an empty nonCriticalExtensions nor
			     * padding */
};

/** Decodes one value.
 * octets: the input; bits: its length in bits (8 * length for whole octets). flags: IUPLUS_ASN1_*.
 * *value gets the C struct (iuplus_asn1_size() octets, in the arena), or NULL if there is none.
 * error may be NULL; otherwise it is always filled.
 * Takes time linear in bits, never more memory than the arena's limit (8 MiB unless set otherwise), and a bounded depth
 * of stack.
 * Returns IUPLUS_OK; problems may still list IEs whose criticality does not stop the procedure.
 * IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_ERR_MISSING, IUPLUS_ERR_ORDER: decoded, *value is set, but a problem of
 * criticality reject is listed, or the value has an (empty) criticalExtensions branch: answer as TS 25.413 10.3 or
 * TS 25.331 9.3b prescribes.
 * IUPLUS_ERR_TRUNCATED, IUPLUS_ERR_CONSTRAINT, IUPLUS_ERR_SYNTAX: transfer syntax error, *value is NULL.
 * IUPLUS_ERR_MEMORY: the arena is at its limit. IUPLUS_ERR_ARGUMENT: a type, rule or flag that does not exist. */
int iuplus_asn1_decode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const uint8_t *octets,
		       size_t bits, unsigned flags, struct iuplus_arena *arena, void **value,
		       struct iuplus_asn1_error *error);

/** Encodes one value as a complete encoding: whole octets, the last one padded with zero bits, at least one octet.
 * encoding gets a view of the octets in the arena; *bits (if not NULL) the number of bits before padding.
 * Every constraint and every mandatory IE is checked. error may be NULL.
 * Returns IUPLUS_OK; IUPLUS_ERR_CONSTRAINT (a value outside its range, size or alphabet; an alternative that is not
 * chosen; nested too deep), IUPLUS_ERR_MISSING (a mandatory member is NULL), IUPLUS_ERR_MEMORY, IUPLUS_ERR_ARGUMENT as
 * above: nothing was encoded, the caller corrects the value. */
int iuplus_asn1_encode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const void *value,
		       unsigned flags, struct iuplus_arena *arena, struct iuplus_octets *encoding, size_t *bits,
		       struct iuplus_asn1_error *error);

/** A value as one line of JSON with the names of the modules. A SEQUENCE is an object, a CHOICE an object of one
 * member, IEs are an array of { criticality, id, value }; enumerations, named numbers and named bits are names, octets
 * are hexadecimal, a bit string of other than whole octets is "b'0101", and the value of an unknown IE is { "$open":
 * octets }. The members of an object are ordered by name. text gets the line in the arena, followed by a zero octet.
 * value must be one that encodes or was decoded. Returns IUPLUS_OK, IUPLUS_ERR_MEMORY (the arena is at its limit),
 * IUPLUS_ERR_ARGUMENT (no type, or a NULL pointer). */
int iuplus_asn1_json(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena,
		     struct iuplus_octets *text);

IUPLUS_END_DECLS
#endif
