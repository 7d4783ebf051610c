/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * rnsap.h: the RNSAP (TS 25.423) messages of Enhanced Relocation and Error Indication as plain structs: decode,
 * encode, names, and the answers that clause 10 prescribes.
 *
 * A struct below represents the message of the same name. has_x tells whether the optional IE x is present. A mandatory
 * IE of criticality ignore may be absent from a message that is acted on; its member is then zero. Octets and lists of
 * a decoded message are in the arena.
 *
 * Elements that both protocols share use RANAP's types and functions: the alternatives of a PDU, criticality, the IMSI,
 * the IEs of Criticality Diagnostics, the kinds of answer. An RNSAP message of Enhanced Relocation contains a RANAP
 * message. This contains the transparent container, which contains the RRC container:
 *     iuplus_rnsap_decode() -> iuplus_rnsap_open_ranap() -> u.enhanced_relocation_information_request.container
 *     -> iuplus_rrc_srns_info_decode() on its rrc_container
 *
 * Other RNSAP messages are known only to a library built from the complete official modules. For these, kind, name,
 * problems and pdu are decoded; pdu points to the decoded ASN.1 value. */
#ifndef IUPLUS_RNSAP_H
#define IUPLUS_RNSAP_H

#include <iuplus/ranap.h>

IUPLUS_BEGIN_DECLS

/* ---- which message ------------------------------------------------------------------------------------------- */

/** ddMode of Procedure ID: the air interface that the procedure applies to. */
enum iuplus_rnsap_mode {
	IUPLUS_RNSAP_TDD = 0,
	IUPLUS_RNSAP_FDD = 1,
	IUPLUS_RNSAP_COMMON = 2,
	IUPLUS_RNSAP_MODE_UNKNOWN = 3 /**< received only: a value after the extension marker */
};

/** A message kind combines the procedure (code and mode) with the RNSAP-PDU alternative (enum iuplus_ranap_pdu). */
#define IUPLUS_RNSAP_KIND(code, mode, pdu) (((unsigned)(mode)*256u + (unsigned)(code)) * 4u + (unsigned)(pdu))
#define IUPLUS_RNSAP_KIND_CODE(kind) ((unsigned)(kind) / 4u % 256u)
#define IUPLUS_RNSAP_KIND_MODE(kind) ((enum iuplus_rnsap_mode)((unsigned)(kind) / 1024u % 4u))
#define IUPLUS_RNSAP_KIND_PDU(kind) ((enum iuplus_ranap_pdu)((unsigned)(kind) % 4u))

/** The messages that have a struct of their own. struct iuplus_rnsap_msg.kind takes any other kind too. */
enum iuplus_rnsap_kind {
	IUPLUS_RNSAP_ERROR_INDICATION = IUPLUS_RNSAP_KIND(6, IUPLUS_RNSAP_COMMON, IUPLUS_RANAP_INITIATING),
	IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST = IUPLUS_RNSAP_KIND(49, IUPLUS_RNSAP_COMMON, IUPLUS_RANAP_INITIATING),
	IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE = IUPLUS_RNSAP_KIND(49, IUPLUS_RNSAP_COMMON, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE =
		IUPLUS_RNSAP_KIND(49, IUPLUS_RNSAP_COMMON, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL = IUPLUS_RNSAP_KIND(50, IUPLUS_RNSAP_COMMON, IUPLUS_RANAP_INITIATING),
	IUPLUS_RNSAP_ENHANCED_RELOCATION_SIGNALLING_TRANSFER =
		IUPLUS_RNSAP_KIND(51, IUPLUS_RNSAP_COMMON, IUPLUS_RANAP_INITIATING),
	IUPLUS_RNSAP_ENHANCED_RELOCATION_RELEASE = IUPLUS_RNSAP_KIND(52, IUPLUS_RNSAP_COMMON, IUPLUS_RANAP_INITIATING)
};

/* ---- values -------------------------------------------------------------------------------------------------- */

/** Cause (9.2.1.5): group and index in the group combined in one number; 0 means no cause. Every value of the module
 * and of later releases is allowed (up to 0xfffffe); these are the ones used here. */
enum iuplus_rnsap_cause_group {
	IUPLUS_RNSAP_RADIO_NETWORK = 1,
	IUPLUS_RNSAP_TRANSPORT = 2,
	IUPLUS_RNSAP_PROTOCOL = 3,
	IUPLUS_RNSAP_MISC = 4
};
#define IUPLUS_RNSAP_CAUSE(group, value) ((uint32_t)(group) << 24 | (uint32_t)(value))
#define IUPLUS_RNSAP_CAUSE_GROUP(cause) ((unsigned)((uint32_t)(cause) >> 24))
#define IUPLUS_RNSAP_CAUSE_VALUE(cause) ((uint32_t)(cause)&0xffffffu)

#define IUPLUS_RNSAP_CAUSE_UNSPECIFIED IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 14)
#define IUPLUS_RNSAP_CAUSE_TRELOCPREP_EXPIRY IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 52)
#define IUPLUS_RNSAP_CAUSE_REDUCE_LOAD IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 55)
#define IUPLUS_RNSAP_CAUSE_RELOCATION_CANCELLED IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 56)
#define IUPLUS_RNSAP_CAUSE_RELOCATION_DESIRABLE IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 57)
#define IUPLUS_RNSAP_CAUSE_RESOURCE_OPTIMISATION IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 58)
#define IUPLUS_RNSAP_CAUSE_TIME_CRITICAL IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 59)
#define IUPLUS_RNSAP_CAUSE_NOT_SUPPORTED IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 67)
#define IUPLUS_RNSAP_CAUSE_FAILURE_IN_TARGET IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 69)
#define IUPLUS_RNSAP_CAUSE_TARGET_NOT_ALLOWED IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 70)
#define IUPLUS_RNSAP_CAUSE_ALGORITHMS_NOT_SUPPORTED IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 71)
#define IUPLUS_RNSAP_CAUSE_TRANSFER_SYNTAX_ERROR IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_PROTOCOL, 0)
#define IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_REJECT IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_PROTOCOL, 1)
#define IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_PROTOCOL, 2)
#define IUPLUS_RNSAP_CAUSE_NOT_COMPATIBLE_WITH_STATE IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_PROTOCOL, 3)
#define IUPLUS_RNSAP_CAUSE_SEMANTIC_ERROR IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_PROTOCOL, 4)
#define IUPLUS_RNSAP_CAUSE_FALSELY_CONSTRUCTED IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_PROTOCOL, 6)
#define IUPLUS_RNSAP_CAUSE_HARDWARE_FAILURE IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_MISC, 1)
#define IUPLUS_RNSAP_CAUSE_OM_INTERVENTION IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_MISC, 2)

/** Transaction ID (9.2.1.59): the same in all messages of one procedure. An answer copies that of the message. */
struct iuplus_rnsap_transaction {
	bool is_long; /**< the long form, even if the number would fit the short one */
	uint16_t id;  /**< 0..127, long 0..32767 */
};

/** A BIT STRING of any length: the unused (0..7) least significant bits of the last octet do not belong to it. */
struct iuplus_rnsap_bits {
	struct iuplus_octets octets; /**< len 0: the IE is absent (encode fails if it is mandatory) */
	uint8_t unused;
};

/** Released CN Domain: position of the ASN.1 alternative, from 1. */
enum iuplus_rnsap_released {
	IUPLUS_RNSAP_RELEASED_UNKNOWN = 0, /**< received only: absent, or a value after the extension marker */
	IUPLUS_RNSAP_RELEASED_PS = 1,
	IUPLUS_RNSAP_RELEASED_CS = 2,
	IUPLUS_RNSAP_RELEASED_PS_AND_CS = 3
};

/** Criticality Diagnostics (9.2.1.13). */
struct iuplus_rnsap_diagnostics {
	bool has_procedure;
	uint8_t procedure_code;
	enum iuplus_rnsap_mode mode;
	bool has_triggering_message;
	enum iuplus_ranap_pdu triggering_message;
	bool has_procedure_criticality;
	enum iuplus_ranap_criticality procedure_criticality;
	bool has_transaction;
	struct iuplus_rnsap_transaction transaction;
	uint16_t ie_count; /**< 0..256 */
	const struct iuplus_ranap_ie_diagnostics *ies;
};

/** An IE or extension that this library does not know. It is kept as received, and encode sends it again.
 * They are in the order of the message, except that those of Criticality Diagnostics come first. Members after the
 * extension marker of a SEQUENCE are skipped, because releases add only IEs and extensions. */
enum iuplus_rnsap_where {
	IUPLUS_RNSAP_IN_MESSAGE = 0,        /**< among the IEs of the message */
	IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, /**< among its extensions */
	IUPLUS_RNSAP_IN_DIAGNOSTICS,        /**< among the extensions of Criticality Diagnostics */
	IUPLUS_RNSAP_IN_DIAGNOSTICS_IE,     /**< of an IE there: number ie */
	IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL,  /**< of a level of that IE's Message Structure: number level */
	IUPLUS_RNSAP_VALUE_UNKNOWN          /**< a known IE of the message with an unknown value: its member is
					     * unset; encode omits the IE */
};
struct iuplus_rnsap_unknown {
	enum iuplus_rnsap_where where;
	uint16_t ie, level; /**< from 0 */
	uint16_t position;  /**< in its container, from 0; 65535: at the end */
	uint16_t id;
	enum iuplus_ranap_criticality criticality; /**< as received */
	struct iuplus_octets value;                /**< contents of the open type; at least one octet */
};

/* ---- messages ------------------------------------------------------------------------------------------------ */

/** 9.1.70 */
struct iuplus_rnsap_enhanced_relocation_request {
	uint32_t cause;
	struct iuplus_ranap_imsi imsi; /**< Permanent NAS UE Identity (9.2.1.73) */
	bool has_srnc_id;
	uint16_t srnc_id; /**< 0..4095; ignored if the extended one is present */
	bool has_extended_srnc_id;
	uint16_t extended_srnc_id; /**< 4096..65535 */
	uint32_t s_rnti;           /**< 20 bits; ignored if the extended one is present */
	bool has_extended_s_rnti;
	int64_t extended_s_rnti;        /**< 1048576..4194303; a later release may send others */
	struct iuplus_rnsap_bits ranap; /**< RANAP ENHANCED RELOCATION INFORMATION REQUEST (9.2.1.124) */
};

struct iuplus_rnsap_enhanced_relocation_response {
	struct iuplus_rnsap_bits ranap; /**< RANAP ENHANCED RELOCATION INFORMATION RESPONSE */
};

struct iuplus_rnsap_enhanced_relocation_failure {
	uint32_t cause;
	bool has_diagnostics;
	struct iuplus_rnsap_diagnostics diagnostics;
};

struct iuplus_rnsap_enhanced_relocation_cancel {
	uint32_t cause;
};

struct iuplus_rnsap_enhanced_relocation_signalling_transfer {
	struct iuplus_rnsap_bits l3_information; /**< not interpreted here (9.2.1.32) */
};

struct iuplus_rnsap_enhanced_relocation_release {
	enum iuplus_rnsap_released released;
};

/** Cause, Criticality Diagnostics, or both. */
struct iuplus_rnsap_error_indication {
	bool has_cause;
	uint32_t cause;
	bool has_diagnostics;
	struct iuplus_rnsap_diagnostics diagnostics;
	bool has_s_rnti; /**< this and the following members: connectionless only */
	uint32_t s_rnti; /**< 20 bits */
	bool has_d_rnti;
	uint32_t d_rnti; /**< 20 bits */
	bool has_extended_s_rnti;
	int64_t extended_s_rnti; /**< as in the request */
};

struct iuplus_rnsap_msg {
	unsigned kind;                             /**< enum iuplus_rnsap_kind, or IUPLUS_RNSAP_KIND() of any message */
	enum iuplus_ranap_criticality criticality; /**< decoded: as received; encode uses that of the procedure */
	struct iuplus_rnsap_transaction transaction;
	const void *pdu; /**< decoded: the whole RNSAP-PDU as generated type; ignored by encode */
	union {
		struct iuplus_rnsap_enhanced_relocation_request enhanced_relocation_request;
		struct iuplus_rnsap_enhanced_relocation_response enhanced_relocation_response;
		struct iuplus_rnsap_enhanced_relocation_failure enhanced_relocation_failure;
		struct iuplus_rnsap_enhanced_relocation_cancel enhanced_relocation_cancel;
		struct iuplus_rnsap_enhanced_relocation_signalling_transfer enhanced_relocation_signalling_transfer;
		struct iuplus_rnsap_enhanced_relocation_release enhanced_relocation_release;
		struct iuplus_rnsap_error_indication error_indication;
	} u;
	size_t unknown_count; /**< unknown IEs and extensions of the message */
	const struct iuplus_rnsap_unknown *unknown;
};

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/** The errors of a message, and what its receiver must do.
 *
 * ENHANCED RELOCATION RESPONSE has no Criticality Diagnostics. Ignored IEs of the request that must be reported are
 * therefore reported by ERROR INDICATION: answer is never IUPLUS_RANAP_ANSWER_REPORT for the messages above. */
struct iuplus_rnsap_problem {
	enum iuplus_ranap_answer answer;
	unsigned kind;                               /**< the faulty message; UINT_MAX: the kind could not be decoded */
	struct iuplus_rnsap_transaction transaction; /**< that of the faulty message; 0 if it could not be decoded */
	uint32_t cause;                              /**< for the answer; 0 with IUPLUS_RANAP_ANSWER_NONE */
	struct iuplus_rnsap_diagnostics diagnostics;
	int rc;           /**< return code of decode */
	const char *path; /**< path of the faulty value ("initiatingMessage.value...protocolIEs"), or
			   * NULL */
	size_t bit;       /**< position of the error: bits from the start of the PDU */
};

/** Flag of decode and encode: behave as a node without the extension. RNSAP has no IE of the extension, which is in the
 * RANAP message inside (iuplus_rnsap_open_ranap(), iuplus_rnsap_close_ranap()): with and without the flag decode and
 * encode do the same. */
#define IUPLUS_RNSAP_LEGACY 1u

/** Decodes one RNSAP-PDU (aligned PER, TS 25.423 clause 9.3). out and problem are always filled. problem->answer is the
 * kind of answer that clause 10 requires; iuplus_rnsap_answer() builds that message. The octets need not outlive the
 * call. Memory: at most the arena's limit. No input aborts or asserts.
 * IUPLUS_OK: act on *out (IEs that were ignored may have to be reported: see answer).
 * IUPLUS_ERR_TRUNCATED, IUPLUS_ERR_SYNTAX, IUPLUS_ERR_CONSTRAINT: transfer syntax error (10.2); do not act.
 * IUPLUS_ERR_NOT_COMPREHENDED: unknown procedure or message, or an unknown IE of criticality reject (10.3.4).
 * IUPLUS_ERR_MISSING: an IE of criticality reject is absent (10.3.5). IUPLUS_ERR_ORDER: IEs in wrong order or
 * repeated (10.3.6). IUPLUS_ERR_MEMORY: the arena is exhausted; discard the message.
 * After an error only out->kind and out->transaction are meaningful. */
int iuplus_rnsap_decode(struct iuplus_octets pdu, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_rnsap_msg *out, struct iuplus_rnsap_problem *problem);

/** Encodes msg as one RNSAP-PDU into the arena (TS 25.423 clause 9.3).
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: the kind has no struct here, a mandatory IE is unset, or an unknown IE names a place where the message has no container;
 * IUPLUS_ERR_CONSTRAINT: a value is out of range; IUPLUS_ERR_MEMORY. After an error *out is empty. */
int iuplus_rnsap_encode(const struct iuplus_rnsap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out);

/** Decodes the RANAP message in ENHANCED RELOCATION REQUEST or RESPONSE (9.2.1.124) with iuplus_ranap_decode(); flags
 * are those of iuplus_ranap_decode(). msg was decoded or filled by the caller. out and problem are filled as there.
 * Returns the codes of iuplus_ranap_decode(). No RANAP message is sent in answer here: after any code but IUPLUS_OK a
 * request is rejected by ENHANCED RELOCATION FAILURE, and for a response the procedure has failed. IUPLUS_ERR_STATE: it
 * is not the RANAP message expected in this place. IUPLUS_ERR_ARGUMENT: msg is another message, has no RANAP message
 * (len 0), or one whose length is not a whole number of octets. */
int iuplus_rnsap_open_ranap(const struct iuplus_rnsap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			    struct iuplus_ranap_msg *out, struct iuplus_ranap_problem *problem);

/** The reverse: encodes a RANAP message and puts it into ENHANCED RELOCATION REQUEST or RESPONSE, as msg->kind says,
 * which must match ranap->kind. Flags and return codes are those of iuplus_ranap_encode(); IUPLUS_ERR_ARGUMENT also if
 * the kinds do not match. msg is unchanged unless IUPLUS_OK. */
int iuplus_rnsap_close_ranap(const struct iuplus_ranap_msg *ranap, unsigned flags, struct iuplus_arena *arena,
			     struct iuplus_rnsap_msg *msg);

/** Builds the answer that problem requires: ERROR INDICATION (without S-RNTI and D-RNTI, which the caller adds to a
 * connectionless one) or ENHANCED RELOCATION FAILURE, with the transaction of the faulty message. The answer points to
 * the diagnostics in problem.
 * IUPLUS_OK: send *out. IUPLUS_ERR_STATE: there is nothing to send (NONE, REPORT, LOCAL). */
int iuplus_rnsap_answer(const struct iuplus_rnsap_problem *problem, struct iuplus_rnsap_msg *out);

/** A logical error (10.4): msg was well formed but does not fit the receiver's state
 * (IUPLUS_RNSAP_CAUSE_NOT_COMPATIBLE_WITH_STATE) or is semantically wrong (IUPLUS_RNSAP_CAUSE_SEMANTIC_ERROR).
 * Fills problem as iuplus_rnsap_decode() does; always IUPLUS_OK. */
int iuplus_rnsap_logical_error(const struct iuplus_rnsap_msg *msg, uint32_t cause,
			       struct iuplus_rnsap_problem *problem);

/* ---- names and tables ---------------------------------------------------------------------------------------- */

/** The name of a message in the standard's module ("EnhancedRelocationRequest"), also for messages without a struct;
 * "unknown RNSAP message" for an unknown kind. Never NULL. */
const char *iuplus_rnsap_kind_name(unsigned kind);
/** iuplus_rnsap_kind_name(msg->kind). */
const char *iuplus_rnsap_name(const struct iuplus_rnsap_msg *msg);
/** The module's name of a cause ("relocation-cancelled"), or "unknown RNSAP cause". Never NULL. */
const char *iuplus_rnsap_cause_name(uint32_t cause);

/** One elementary procedure (TS 25.423 clause 8.1). */
struct iuplus_rnsap_procedure {
	uint8_t code;
	enum iuplus_rnsap_mode mode;
	uint8_t procedure_class; /**< 1: answered by success or failure, 2: not answered */
	enum iuplus_ranap_criticality criticality;
	const char *name;        /**< "enhancedRelocation" */
	const char *messages[3]; /**< by enum iuplus_ranap_pdu; NULL where the procedure has none */
};

/** The procedure of a code and mode, or NULL. All procedures of the standard are listed, also those whose messages are
 * not decoded. */
const struct iuplus_rnsap_procedure *iuplus_rnsap_procedure(unsigned code, enum iuplus_rnsap_mode mode);

IUPLUS_END_DECLS
#endif
