/* SPDX-License-Identifier: BSD-2-Clause */
/* rnsap.h: the RNSAP (TS 25.423) messages of Enhanced Relocation and Error Indication as plain structs: decode,
 * encode, names, and the answers that clause 10 prescribes.
 *
 * A struct below stands for the message of the same name. has_x says whether the optional IE x is there. A mandatory
 * IE of criticality ignore may be absent from a message that is to be acted on: its member is then zero. Octets and
 * lists of a decoded message live in the arena.
 *
 * What both protocols have in common has RANAP's types and functions: the alternatives of a PDU, criticality, the
 * IMSI, the IEs of Criticality Diagnostics, the kinds of answer. An RNSAP message of Enhanced Relocation holds a RANAP
 * message, which holds the transparent container, which holds RRC's:
 *     iuplus_rnsap_decode() -> iuplus_rnsap_open_ranap() -> u.enhanced_relocation_information_request.container
 *     -> iuplus_rrc_srns_info_decode() on its rrc_container
 *
 * Other RNSAP messages are known only to a library that was made from the complete official modules. They decode as far
 * as kind, name, problems, and pdu, the whole value in the shape of the generated types. */
#ifndef IUPLUS_RNSAP_H
#define IUPLUS_RNSAP_H

#include <iuplus/ranap.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- which message ------------------------------------------------------------------------------------------- */

/* ddMode of Procedure ID: which air interface the procedure is for. */
enum iuplus_rnsap_mode {
	IUPLUS_RNSAP_TDD = 0,
	IUPLUS_RNSAP_FDD = 1,
	IUPLUS_RNSAP_COMMON = 2,
	IUPLUS_RNSAP_MODE_UNKNOWN = 3	/* received only: from behind the extension mark */
};

/* A message is its procedure (code and mode) and its place in the procedure (enum iuplus_ranap_pdu). */
#define IUPLUS_RNSAP_KIND(code, mode, pdu) (((unsigned)(mode) * 256u + (unsigned)(code)) * 4u + (unsigned)(pdu))
#define IUPLUS_RNSAP_KIND_CODE(kind) ((unsigned)(kind) / 4u % 256u)
#define IUPLUS_RNSAP_KIND_MODE(kind) ((enum iuplus_rnsap_mode)((unsigned)(kind) / 1024u % 4u))
#define IUPLUS_RNSAP_KIND_PDU(kind) ((enum iuplus_ranap_pdu)((unsigned)(kind) % 4u))

/* The messages that have a struct of their own. struct iuplus_rnsap_msg.kind takes any other kind too. */
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

/* Cause (9.2.1.5): its group and its place in the group, in one number; 0 stands for no cause. Every value of the
 * module is allowed, and of a later release too (up to 0xfffffe); these are the ones used here. */
enum iuplus_rnsap_cause_group {
	IUPLUS_RNSAP_RADIO_NETWORK = 1,
	IUPLUS_RNSAP_TRANSPORT = 2,
	IUPLUS_RNSAP_PROTOCOL = 3,
	IUPLUS_RNSAP_MISC = 4
};
#define IUPLUS_RNSAP_CAUSE(group, value) ((uint32_t)(group) << 24 | (uint32_t)(value))
#define IUPLUS_RNSAP_CAUSE_GROUP(cause) ((unsigned)((uint32_t)(cause) >> 24))
#define IUPLUS_RNSAP_CAUSE_VALUE(cause) ((uint32_t)(cause) & 0xffffffu)

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

/* Transaction ID (9.2.1.59): the same in all messages of one procedure. An answer takes the one it answers. */
struct iuplus_rnsap_transaction {
	bool is_long;			/* the long form, even if the number would fit the short one */
	uint16_t id;			/* 0..127, long 0..32767 */
};

/* A BIT STRING of any length: the last octet's lowest unused bits (0..7) do not belong to it. */
struct iuplus_rnsap_bits {
	struct iuplus_octets octets;	/* len 0: the IE is absent (a message that must have it is not sent then) */
	uint8_t unused;
};

/* Released CN Domain, numbered as there, from 1. */
enum iuplus_rnsap_released {
	IUPLUS_RNSAP_RELEASED_UNKNOWN = 0, /* received only: absent, or from behind the extension mark */
	IUPLUS_RNSAP_RELEASED_PS = 1,
	IUPLUS_RNSAP_RELEASED_CS = 2,
	IUPLUS_RNSAP_RELEASED_PS_AND_CS = 3
};

/* Criticality Diagnostics (9.2.1.13). */
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
	uint16_t ie_count;		/* 0..256 */
	const struct iuplus_ranap_ie_diagnostics *ies;
};

/* An IE or extension that this library does not know: kept as it came, and sent again by encode. With
 * IUPLUS_RNSAP_LEGACY the IEs of the extension are among them. They are in the order of the message, but what is in
 * Criticality Diagnostics first. (Members behind the extension mark of a SEQUENCE are skipped: a release adds IEs and
 * extensions, never those.) */
enum iuplus_rnsap_where {
	IUPLUS_RNSAP_IN_MESSAGE = 0,	/* among the IEs of the message */
	IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, /* among its extensions */
	IUPLUS_RNSAP_IN_DIAGNOSTICS,	/* among the extensions of Criticality Diagnostics */
	IUPLUS_RNSAP_IN_DIAGNOSTICS_IE,	/* of an IE there: number ie */
	IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL, /* of a level of that IE's Message Structure: number level */
	IUPLUS_RNSAP_VALUE_UNKNOWN	/* an IE of the message that is known, but not the value that it has: its member
					 * is unset; encode leaves it out */
};
struct iuplus_rnsap_unknown {
	enum iuplus_rnsap_where where;
	uint16_t ie, level;		/* from 0 */
	uint16_t position;		/* in its container, from 0; 65535: at the end */
	uint16_t id;
	enum iuplus_ranap_criticality criticality; /* as received */
	struct iuplus_octets value;	/* what its open type holds; at least one octet */
};

/* ---- messages ------------------------------------------------------------------------------------------------ */

struct iuplus_rnsap_enhanced_relocation_request {	/* 9.1.70 */
	uint32_t cause;
	struct iuplus_ranap_imsi imsi;		/* Permanent NAS UE Identity (9.2.1.73) */
	bool has_srnc_id;
	uint16_t srnc_id;			/* 0..4095; of no meaning when the extended one is there */
	bool has_extended_srnc_id;
	uint16_t extended_srnc_id;		/* 4096..65535 */
	uint32_t s_rnti;			/* 20 bits; of no meaning when the extended one is there */
	bool has_extended_s_rnti;
	int64_t extended_s_rnti;		/* 1048576..4194303; a later release may send others */
	struct iuplus_rnsap_bits ranap;		/* RANAP ENHANCED RELOCATION INFORMATION REQUEST (9.2.1.124) */
	bool has_ue_capability;			/* extension: the bits of iuplus/ranap.h */
	uint8_t ue_capability;
};

struct iuplus_rnsap_enhanced_relocation_response {
	struct iuplus_rnsap_bits ranap;		/* RANAP ENHANCED RELOCATION INFORMATION RESPONSE */
	bool has_network_capability;		/* extension */
	uint8_t network_capability;
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
	struct iuplus_rnsap_bits l3_information; /* not interpreted here (9.2.1.32) */
};

struct iuplus_rnsap_enhanced_relocation_release {
	enum iuplus_rnsap_released released;
};

/* Cause, Criticality Diagnostics, or both. */
struct iuplus_rnsap_error_indication {
	bool has_cause;
	uint32_t cause;
	bool has_diagnostics;
	struct iuplus_rnsap_diagnostics diagnostics;
	bool has_s_rnti;			/* this and what follows: connectionless only */
	uint32_t s_rnti;			/* 20 bits */
	bool has_d_rnti;
	uint32_t d_rnti;			/* 20 bits */
	bool has_extended_s_rnti;
	int64_t extended_s_rnti;		/* as in the request */
};

struct iuplus_rnsap_msg {
	unsigned kind;			/* enum iuplus_rnsap_kind, or IUPLUS_RNSAP_KIND() of any message */
	enum iuplus_ranap_criticality criticality; /* decoded: as received; encode takes the procedure's */
	struct iuplus_rnsap_transaction transaction;
	const void *pdu;		/* decoded: the whole RNSAP-PDU as the generated type; ignored by encode */
	union {
		struct iuplus_rnsap_enhanced_relocation_request enhanced_relocation_request;
		struct iuplus_rnsap_enhanced_relocation_response enhanced_relocation_response;
		struct iuplus_rnsap_enhanced_relocation_failure enhanced_relocation_failure;
		struct iuplus_rnsap_enhanced_relocation_cancel enhanced_relocation_cancel;
		struct iuplus_rnsap_enhanced_relocation_signalling_transfer enhanced_relocation_signalling_transfer;
		struct iuplus_rnsap_enhanced_relocation_release enhanced_relocation_release;
		struct iuplus_rnsap_error_indication error_indication;
	} u;
	size_t unknown_count;		/* what else is in the message */
	const struct iuplus_rnsap_unknown *unknown;
};

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/* What is wrong with a message, and what its receiver does about it.
 *
 * ENHANCED RELOCATION RESPONSE has no Criticality Diagnostics, so IEs of the request that were ignored, and are to be
 * reported, are reported by ERROR INDICATION: answer is never IUPLUS_RANAP_ANSWER_REPORT for the messages above. */
struct iuplus_rnsap_problem {
	enum iuplus_ranap_answer answer;
	unsigned kind;			/* the faulty message, as far as it was understood; UINT_MAX: not even that */
	struct iuplus_rnsap_transaction transaction; /* the faulty message's; 0 when it could not be read */
	uint32_t cause;			/* for the answer; 0 with IUPLUS_RANAP_ANSWER_NONE */
	struct iuplus_rnsap_diagnostics diagnostics;
	int rc;				/* what decode returned */
	const char *path;		/* the value at fault ("initiatingMessage.value...protocolIEs"), or NULL */
	size_t bit;			/* where it was found: bits from the start of the PDU */
};

/* Flag of decode and encode: behave as a node made from the standard alone. The extension's IEs are unknown when
 * received (treated by their criticality, kept as octets), and refused when asked to be sent. */
#define IUPLUS_RNSAP_LEGACY 1u

/* Decodes one RNSAP-PDU (aligned PER, TS 25.423 clause 9.3). out and problem are filled always, problem->answer says
 * what clause 10 wants sent; iuplus_rnsap_answer() makes that message. The octets need not outlive the call. Memory: at
 * most the arena's limit. No input aborts or asserts.
 * IUPLUS_OK: act on *out (IEs that were ignored may have to be reported: see answer).
 * IUPLUS_ERR_TRUNCATED, IUPLUS_ERR_SYNTAX, IUPLUS_ERR_CONSTRAINT: transfer syntax error (10.2); do not act.
 * IUPLUS_ERR_NOT_COMPREHENDED: unknown procedure or message, or an unknown IE of criticality reject (10.3.4).
 * IUPLUS_ERR_MISSING: an IE of criticality reject is absent (10.3.5). IUPLUS_ERR_ORDER: IEs in wrong order or
 * repeated (10.3.6). IUPLUS_ERR_MEMORY: the arena is exhausted; drop the message.
 * After all of these except IUPLUS_OK only out->kind and out->transaction are meaningful. */
int iuplus_rnsap_decode(struct iuplus_octets pdu, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_rnsap_msg *out, struct iuplus_rnsap_problem *problem);

/* Encodes msg as one RNSAP-PDU into the arena (TS 25.423 clause 9.3).
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: the kind has no struct here, an IE that the message must have is unset, an IE of the
 * extension is set with IUPLUS_RNSAP_LEGACY, or an unknown IE stands where the message has no container;
 * IUPLUS_ERR_CONSTRAINT: a value is out of its range; IUPLUS_ERR_MEMORY. Only after IUPLUS_OK *out is not empty. */
int iuplus_rnsap_encode(const struct iuplus_rnsap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out);

/* Opens the RANAP message in ENHANCED RELOCATION REQUEST or RESPONSE (9.2.1.124) with iuplus_ranap_decode(); flags are
 * those of iuplus_ranap_decode(). msg was decoded or filled by the caller. out and problem are filled as there.
 * What iuplus_ranap_decode() returns. In this place no RANAP message is sent in answer: with any code but IUPLUS_OK a
 * request is refused by ENHANCED RELOCATION FAILURE, and after a response the procedure has failed.
 * IUPLUS_ERR_STATE: it is another RANAP message than the one that belongs here. IUPLUS_ERR_ARGUMENT: msg is another
 * message, has none (len 0), or one that does not end with an octet. */
int iuplus_rnsap_open_ranap(const struct iuplus_rnsap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			    struct iuplus_ranap_msg *out, struct iuplus_ranap_problem *problem);

/* Encodes a RANAP message for ENHANCED RELOCATION REQUEST or RESPONSE, and puts it there: the reverse. msg->kind says
 * which, and must fit ranap->kind. Flags and return codes are those of iuplus_ranap_encode();
 * IUPLUS_ERR_ARGUMENT also when the kinds do not fit. msg is unchanged unless IUPLUS_OK. */
int iuplus_rnsap_close_ranap(const struct iuplus_ranap_msg *ranap, unsigned flags, struct iuplus_arena *arena,
			     struct iuplus_rnsap_msg *msg);

/* Makes the message that problem asks for: ERROR INDICATION (without S-RNTI and D-RNTI: the caller of a connectionless
 * one adds them) or ENHANCED RELOCATION FAILURE, with the transaction of the faulty message. The diagnostics stay where
 * problem has them.
 * IUPLUS_OK: send *out. IUPLUS_ERR_STATE: there is nothing to send (NONE, REPORT, LOCAL). */
int iuplus_rnsap_answer(const struct iuplus_rnsap_problem *problem, struct iuplus_rnsap_msg *out);

/* A logical error (10.4): msg was well formed but does not fit the receiver's state
 * (IUPLUS_RNSAP_CAUSE_NOT_COMPATIBLE_WITH_STATE) or makes no sense (IUPLUS_RNSAP_CAUSE_SEMANTIC_ERROR).
 * Fills problem as iuplus_rnsap_decode() does; always IUPLUS_OK. */
int iuplus_rnsap_logical_error(const struct iuplus_rnsap_msg *msg, uint32_t cause,
			       struct iuplus_rnsap_problem *problem);

/* ---- names and tables ---------------------------------------------------------------------------------------- */

/* The name of a message in the standard's module ("EnhancedRelocationRequest"), also of those that have no struct;
 * "unknown RNSAP message" for a kind that is none. Never NULL. */
const char *iuplus_rnsap_kind_name(unsigned kind);
/* iuplus_rnsap_kind_name(msg->kind). */
const char *iuplus_rnsap_name(const struct iuplus_rnsap_msg *msg);
/* The module's name of a cause ("relocation-cancelled"), or "unknown RNSAP cause". Never NULL. */
const char *iuplus_rnsap_cause_name(uint32_t cause);

/* One elementary procedure (TS 25.423 clause 8.1). */
struct iuplus_rnsap_procedure {
	uint8_t code;
	enum iuplus_rnsap_mode mode;
	uint8_t procedure_class;	/* 1: answered by success or failure, 2: not answered */
	enum iuplus_ranap_criticality criticality;
	const char *name;		/* "enhancedRelocation" */
	const char *messages[3];	/* by enum iuplus_ranap_pdu; NULL where the procedure has none */
};

/* The procedure of a code and mode, or NULL. All of the standard's are here, whether their messages decode or not. */
const struct iuplus_rnsap_procedure *iuplus_rnsap_procedure(unsigned code, enum iuplus_rnsap_mode mode);

#ifdef __cplusplus
}
#endif
#endif
