/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * ranap.h: RANAP (TS 25.413) as plain structs: decode, encode, names, and the answers that clause 10 prescribes.
 *
 * Each struct below represents the message of the same name. Members have the meaning of an IE, not its encoding: an
 * area code is a number, an RNC-ID above 4095 is one number although its encoding has two parts. has_x is true if the
 * optional IE x is present. A valid message may lack a mandatory IE of criticality ignore: its member is then zero.
 * Octets and lists of a decoded message are in the arena. IEs that cannot be empty have no has_x: octets, bits and
 * lists of length 0 are absent. Octets with the comment "encoded" are the IE's own encoding (aligned PER) of the named
 * type.
 *
 * pdu points to the decoded ASN.1 value. It is set for every message, including those without a struct here (PRIVATE
 * MESSAGE and messages of later releases); these have kind, name and problems as well. */
#ifndef IUPLUS_RANAP_H
#define IUPLUS_RANAP_H

#include <iuplus/iuplus.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/* ---- message kinds ------------------------------------------------------------------------------------------- */

/** The alternatives of RANAP-PDU, numbered as there and as TriggeringMessage. */
enum iuplus_ranap_pdu {
	IUPLUS_RANAP_INITIATING = 0,
	IUPLUS_RANAP_SUCCESSFUL = 1,
	IUPLUS_RANAP_UNSUCCESSFUL = 2,
	IUPLUS_RANAP_OUTCOME = 3
};

/** A message kind combines the procedure code with the RANAP-PDU alternative. */
#define IUPLUS_RANAP_KIND(code, pdu) ((unsigned)(code)*4u + (unsigned)(pdu))
#define IUPLUS_RANAP_KIND_CODE(kind) ((unsigned)(kind) / 4u)
#define IUPLUS_RANAP_KIND_PDU(kind) ((enum iuplus_ranap_pdu)((unsigned)(kind) % 4u))

/** The messages with a struct here. struct iuplus_ranap_msg.kind may be any other kind as well. */
enum iuplus_ranap_kind {
	IUPLUS_RANAP_RAB_ASSIGNMENT_REQUEST = IUPLUS_RANAP_KIND(0, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE = IUPLUS_RANAP_KIND(0, IUPLUS_RANAP_OUTCOME),
	IUPLUS_RANAP_IU_RELEASE_COMMAND = IUPLUS_RANAP_KIND(1, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_IU_RELEASE_COMPLETE = IUPLUS_RANAP_KIND(1, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_RELOCATION_REQUIRED = IUPLUS_RANAP_KIND(2, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RELOCATION_COMMAND = IUPLUS_RANAP_KIND(2, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE = IUPLUS_RANAP_KIND(2, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_RELOCATION_REQUEST = IUPLUS_RANAP_KIND(3, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE = IUPLUS_RANAP_KIND(3, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_RELOCATION_FAILURE = IUPLUS_RANAP_KIND(3, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_RELOCATION_CANCEL = IUPLUS_RANAP_KIND(4, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE = IUPLUS_RANAP_KIND(4, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_SRNS_CONTEXT_REQUEST = IUPLUS_RANAP_KIND(5, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_SRNS_CONTEXT_RESPONSE = IUPLUS_RANAP_KIND(5, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_SECURITY_MODE_COMMAND = IUPLUS_RANAP_KIND(6, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_SECURITY_MODE_COMPLETE = IUPLUS_RANAP_KIND(6, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_SECURITY_MODE_REJECT = IUPLUS_RANAP_KIND(6, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_DATA_VOLUME_REPORT_REQUEST = IUPLUS_RANAP_KIND(7, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_DATA_VOLUME_REPORT = IUPLUS_RANAP_KIND(7, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_RESET = IUPLUS_RANAP_KIND(9, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RESET_ACKNOWLEDGE = IUPLUS_RANAP_KIND(9, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_RAB_RELEASE_REQUEST = IUPLUS_RANAP_KIND(10, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_IU_RELEASE_REQUEST = IUPLUS_RANAP_KIND(11, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RELOCATION_DETECT = IUPLUS_RANAP_KIND(12, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RELOCATION_COMPLETE = IUPLUS_RANAP_KIND(13, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_PAGING = IUPLUS_RANAP_KIND(14, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_COMMON_ID = IUPLUS_RANAP_KIND(15, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_CN_INVOKE_TRACE = IUPLUS_RANAP_KIND(16, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_LOCATION_REPORTING_CONTROL = IUPLUS_RANAP_KIND(17, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_LOCATION_REPORT = IUPLUS_RANAP_KIND(18, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_INITIAL_UE_MESSAGE = IUPLUS_RANAP_KIND(19, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_DIRECT_TRANSFER = IUPLUS_RANAP_KIND(20, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_OVERLOAD = IUPLUS_RANAP_KIND(21, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_ERROR_INDICATION = IUPLUS_RANAP_KIND(22, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_SRNS_DATA_FORWARD_COMMAND = IUPLUS_RANAP_KIND(23, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_FORWARD_SRNS_CONTEXT = IUPLUS_RANAP_KIND(24, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_CN_DEACTIVATE_TRACE = IUPLUS_RANAP_KIND(26, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RESET_RESOURCE = IUPLUS_RANAP_KIND(27, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE = IUPLUS_RANAP_KIND(27, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_RELOCATION_INFORMATION = IUPLUS_RANAP_KIND(28, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_RAB_MODIFY_REQUEST = IUPLUS_RANAP_KIND(29, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_LOCATION_RELATED_DATA_REQUEST = IUPLUS_RANAP_KIND(30, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_LOCATION_RELATED_DATA_RESPONSE = IUPLUS_RANAP_KIND(30, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_LOCATION_RELATED_DATA_FAILURE = IUPLUS_RANAP_KIND(30, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_INFORMATION_TRANSFER_INDICATION = IUPLUS_RANAP_KIND(31, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_INFORMATION_TRANSFER_CONFIRMATION = IUPLUS_RANAP_KIND(31, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_INFORMATION_TRANSFER_FAILURE = IUPLUS_RANAP_KIND(31, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_UE_SPECIFIC_INFORMATION_INDICATION = IUPLUS_RANAP_KIND(32, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_UPLINK_INFORMATION_EXCHANGE_REQUEST = IUPLUS_RANAP_KIND(33, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_UPLINK_INFORMATION_EXCHANGE_RESPONSE = IUPLUS_RANAP_KIND(33, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_UPLINK_INFORMATION_EXCHANGE_FAILURE = IUPLUS_RANAP_KIND(33, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_DIRECT_INFORMATION_TRANSFER = IUPLUS_RANAP_KIND(34, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_SESSION_START = IUPLUS_RANAP_KIND(35, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_SESSION_START_RESPONSE = IUPLUS_RANAP_KIND(35, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_MBMS_SESSION_START_FAILURE = IUPLUS_RANAP_KIND(35, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_MBMS_SESSION_UPDATE = IUPLUS_RANAP_KIND(36, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_SESSION_UPDATE_RESPONSE = IUPLUS_RANAP_KIND(36, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_MBMS_SESSION_UPDATE_FAILURE = IUPLUS_RANAP_KIND(36, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_MBMS_SESSION_STOP = IUPLUS_RANAP_KIND(37, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_SESSION_STOP_RESPONSE = IUPLUS_RANAP_KIND(37, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_MBMS_UE_LINKING_REQUEST = IUPLUS_RANAP_KIND(38, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_UE_LINKING_RESPONSE = IUPLUS_RANAP_KIND(38, IUPLUS_RANAP_OUTCOME),
	IUPLUS_RANAP_MBMS_REGISTRATION_REQUEST = IUPLUS_RANAP_KIND(39, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_REGISTRATION_RESPONSE = IUPLUS_RANAP_KIND(39, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_MBMS_REGISTRATION_FAILURE = IUPLUS_RANAP_KIND(39, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_MBMS_CN_DE_REGISTRATION_REQUEST = IUPLUS_RANAP_KIND(40, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_CN_DE_REGISTRATION_RESPONSE = IUPLUS_RANAP_KIND(40, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_MBMS_RAB_ESTABLISHMENT_INDICATION = IUPLUS_RANAP_KIND(41, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_RAB_RELEASE_REQUEST = IUPLUS_RANAP_KIND(42, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_MBMS_RAB_RELEASE = IUPLUS_RANAP_KIND(42, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_MBMS_RAB_RELEASE_FAILURE = IUPLUS_RANAP_KIND(42, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST = IUPLUS_RANAP_KIND(43, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_RESPONSE = IUPLUS_RANAP_KIND(43, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_FAILURE = IUPLUS_RANAP_KIND(43, IUPLUS_RANAP_UNSUCCESSFUL),
	IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_CONFIRM = IUPLUS_RANAP_KIND(44, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST = IUPLUS_RANAP_KIND(45, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE = IUPLUS_RANAP_KIND(45, IUPLUS_RANAP_SUCCESSFUL),
	IUPLUS_RANAP_SRVCC_CS_KEYS_REQUEST = IUPLUS_RANAP_KIND(46, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_SRVCC_CS_KEYS_RESPONSE = IUPLUS_RANAP_KIND(46, IUPLUS_RANAP_OUTCOME),
	IUPLUS_RANAP_UE_RADIO_CAPABILITY_MATCH_REQUEST = IUPLUS_RANAP_KIND(47, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_UE_RADIO_CAPABILITY_MATCH_RESPONSE = IUPLUS_RANAP_KIND(47, IUPLUS_RANAP_OUTCOME),
	IUPLUS_RANAP_UE_REGISTRATION_QUERY_REQUEST = IUPLUS_RANAP_KIND(48, IUPLUS_RANAP_INITIATING),
	IUPLUS_RANAP_UE_REGISTRATION_QUERY_RESPONSE = IUPLUS_RANAP_KIND(48, IUPLUS_RANAP_OUTCOME),
	IUPLUS_RANAP_REROUTE_NAS_REQUEST = IUPLUS_RANAP_KIND(49, IUPLUS_RANAP_INITIATING)
};

/* ---- values -------------------------------------------------------------------------------------------------- */

enum iuplus_ranap_criticality { IUPLUS_RANAP_REJECT = 0, IUPLUS_RANAP_IGNORE = 1, IUPLUS_RANAP_NOTIFY = 2 };

/** Cause (9.2.1.4). The standard numbers the values of all groups in one sequence, so that the number implies the
 * group: 1..64 radio network, 65..80 transmission network, 81..96 NAS, 97..112 protocol, 113..128 miscellaneous,
 * 129..256 non-standard, 257..512 radio network extension. Every number is allowed; the enumerators are those used
 * here. */
enum iuplus_ranap_cause {
	IUPLUS_RANAP_CAUSE_TRELOCOVERALL_EXPIRY = 2,
	IUPLUS_RANAP_CAUSE_TRELOCPREP_EXPIRY = 3,
	IUPLUS_RANAP_CAUSE_TRELOCCOMPLETE_EXPIRY = 4,
	IUPLUS_RANAP_CAUSE_RELOCATION_TRIGGERED = 6,
	IUPLUS_RANAP_CAUSE_TRELOCALLOC_EXPIRY = 7,
	IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC = 9,
	IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED = 10,
	IUPLUS_RANAP_CAUSE_SUCCESSFUL_RELOCATION = 11,
	IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED = 12, /**< requested ciphering or integrity protection algorithms */
	IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY = 13,     /**< conflict with already existing protection or ciphering */
	IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE = 14,
	IUPLUS_RANAP_CAUSE_UTRAN_GENERATED = 15,
	IUPLUS_RANAP_CAUSE_USER_INACTIVITY = 16,
	IUPLUS_RANAP_CAUSE_TIME_CRITICAL_RELOCATION = 17,
	IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET = 29,
	IUPLUS_RANAP_CAUSE_INTERACTION_WITH_OTHER_PROCEDURE = 32,
	IUPLUS_RANAP_CAUSE_REPEATED_INTEGRITY_FAILURE = 37,
	IUPLUS_RANAP_CAUSE_UE_SIGNALLING_RELEASE = 40,
	IUPLUS_RANAP_CAUSE_RESOURCE_OPTIMISATION_RELOCATION = 41,
	IUPLUS_RANAP_CAUSE_RELOCATION_DESIRABLE = 43,
	IUPLUS_RANAP_CAUSE_RELOCATION_NOT_SUPPORTED_IN_TARGET = 44,
	IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST = 46,
	IUPLUS_RANAP_CAUSE_RELOCATION_TARGET_NOT_ALLOWED = 50,
	IUPLUS_RANAP_CAUSE_NO_RADIO_RESOURCES_IN_TARGET = 53,
	IUPLUS_RANAP_CAUSE_SIGNALLING_TRANSPORT_FAILURE = 65,
	IUPLUS_RANAP_CAUSE_NORMAL_RELEASE = 83,
	IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR = 97,
	IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR = 98,
	IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE = 99,
	IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT = 100,
	IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY = 101,
	IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED = 102,
	IUPLUS_RANAP_CAUSE_OM_INTERVENTION = 113,
	IUPLUS_RANAP_CAUSE_NO_RESOURCE = 114,
	IUPLUS_RANAP_CAUSE_UNSPECIFIED = 115
};

/** 9.2.3.6 */
struct iuplus_ranap_lai {
	uint8_t plmn[3]; /**< TBCD as on the wire: 001/01 is 00 f1 10 */
	uint16_t lac;
};

/** 9.2.3.9 */
struct iuplus_ranap_sai {
	uint8_t plmn[3];
	uint16_t lac;
	uint16_t sac;
};

/** Global RNC-ID (9.2.1.39) and Extended RNC-ID (9.2.1.39a) as one: an rnc_id above 4095 is encoded in the extension,
 * if the message has one. */
struct iuplus_ranap_rnc {
	uint8_t plmn[3];
	uint16_t rnc_id; /**< 0..65535 */
};

/** Target RNC-ID (9.2.1.25). */
struct iuplus_ranap_target_rnc {
	struct iuplus_ranap_lai lai;
	bool has_rac;
	uint8_t rac;
	uint16_t rnc_id; /**< 0..65535, as above */
};

/** 9.2.3.1: TBCD as on the wire */
struct iuplus_ranap_imsi {
	uint8_t len; /**< 3..8 octets */
	uint8_t tbcd[8];
};

/** Global CN-ID (9.2.1.46) */
struct iuplus_ranap_cn {
	uint8_t plmn[3];
	uint16_t cn_id; /**< 0..4095 */
};

/** A bit string: the first bit is 0x80 of data[0]. */
struct iuplus_ranap_bits {
	const uint8_t *data;
	uint32_t count; /**< bits; 0: absent */
};

/** Tunnel Information: of the broadband access that connects the cell. */
struct iuplus_ranap_tunnel {
	struct iuplus_ranap_bits address;
	bool has_port;
	uint16_t port; /**< UDP */
};

/** UE Aggregate Maximum Bit Rate, bit/s: 1..1000000000 */
struct iuplus_ranap_bit_rate {
	bool has_downlink;
	uint32_t downlink;
	bool has_uplink;
	uint32_t uplink;
};

/** UESBI-Iu: UE specific behaviour, 1..128 bits each */
struct iuplus_ranap_uesbi {
	struct iuplus_ranap_bits a;
	struct iuplus_ranap_bits b;
};

enum iuplus_ranap_sgsn_group_kind { IUPLUS_RANAP_SGSN_NULL_NRI = 1, IUPLUS_RANAP_SGSN_GROUP_ID = 2 };
struct iuplus_ranap_sgsn_group {
	uint8_t which; /**< enum iuplus_ranap_sgsn_group_kind */
	uint16_t nri;  /**< Null-NRI: 10 bits */
	uint8_t group_id[2];
};

/** Integrity Protection Information (9.2.1.11) and Encryption Information (9.2.1.12). Algorithms are numbered as in
 * security.h here and in every message: 1 UIA1, 2 UIA2; 0 UEA0, 1 UEA1, 2 UEA2. In the order of preference. */
struct iuplus_ranap_protection {
	uint8_t count;          /**< 1..16 */
	uint8_t algorithms[16]; /**< integrity: 1..16, encryption: 0..15 */
	uint8_t key[16];
};

#define IUPLUS_RANAP_UIA_NO_VALUE 16 /**< chosen algorithm "no value": integrity protection not started */

/* ---- the extension (ours; asn1/iuplus/IUPLUS-RANAP-IEs.asn) -------------------------------------------------- */

/** UE-EnhancedSecurityCapability and Network-EnhancedSecurityCapability: a set of 8 bits, where 0x80 is bit 0 of the
 * BIT STRING, as in RRC. Echoed as received, unknown bits included. */
#define IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY 0x80u /**< IK_U and CK_U from K_RNC (FIG. 8, 9, 11) */
#define IUPLUS_RANAP_CAPABILITY_DIRECT 0x40u        /**< IK_U and CK_U straight from CK and IK (FIG. 10) */

/** EnhancedSecurityKeys: K_RNC or K_RNC* of the hierarchy; or IK_U, and CK_U unless there is no ciphering. */
struct iuplus_ranap_enhanced_keys {
	bool has_k_rnc;
	uint8_t k_rnc[32];
	uint8_t ik_u[16]; /**< without has_k_rnc, as the following */
	bool has_ck_u;
	uint8_t ck_u[16];
};

/** NextKey: the keys for the next relocation, if that is a direct one ([0107]). */
struct iuplus_ranap_next_key {
	struct iuplus_ranap_enhanced_keys keys;
	struct iuplus_security_key_index index;
};

/** KeyInUse: the keys that the target took. */
struct iuplus_ranap_key_in_use {
	bool enhanced; /**< those of the hierarchy with index; else IK and CK as they were in the container */
	struct iuplus_security_key_index index;
};

/** EnhancedSecurityInformation of SECURITY MODE COMMAND and RELOCATION REQUEST. If it is present, the keys in Integrity
 * Protection Information and Encryption Information are the mapped pair of these, so that CK and IK do not leave the
 * core network. */
struct iuplus_ranap_enhanced_security {
	struct iuplus_ranap_enhanced_keys keys;
	struct iuplus_security_key_index index;
	enum iuplus_security_derivation_path derivation;
	enum iuplus_security_freshness_kind freshness;
	bool vector_used; /**< Vector Status: keys were in use since AKA, HFNs start at START; else at 0 */
	enum iuplus_security_target_keys legacy_target_keys;
	bool has_next_key;
	struct iuplus_ranap_next_key next_key;
	bool has_nonce; /**< with freshness nonce: the UE needs it too */
	uint8_t nonce[16];
};

/* ---- Criticality Diagnostics (9.2.1.35) ---------------------------------------------------------------------- */

/** one level of Message Structure, outermost first */
struct iuplus_ranap_level {
	uint16_t ie_id;
	uint16_t repetition; /**< 1..256; 0 when absent */
};

struct iuplus_ranap_ie_diagnostics {
	enum iuplus_ranap_criticality criticality; /**< reject or notify */
	uint16_t ie_id;
	bool has_repetition;
	uint8_t repetition;
	bool missing;         /**< Type of Error: missing, else not understood */
	uint16_t level_count; /**< 0..256 */
	const struct iuplus_ranap_level *levels;
};

struct iuplus_ranap_diagnostics {
	bool has_procedure_code;
	uint8_t procedure_code;
	bool has_triggering_message;
	enum iuplus_ranap_pdu triggering_message;
	bool has_procedure_criticality;
	enum iuplus_ranap_criticality procedure_criticality;
	uint16_t ie_count; /**< 0..256 */
	const struct iuplus_ranap_ie_diagnostics *ies;
};

/* ---- transparent containers ---------------------------------------------------------------------------------- */

/** Source RNC to Target RNC Transparent Container (9.2.1.28).
 * The core network relays it: encoded has the octets as received. If encoded is set, the message is sent with these
 * octets, regardless of the other members. Clear encoded (len 0) to encode the members. Octets that were not decoded
 * (opened is false) are decoded first, to check that they are such a container, unless IUPLUS_RANAP_RELAY is set.
 * opened: the octets were decoded. In RELOCATION REQUIRED and RELOCATION COMMAND, which are relayed, decoding may fail:
 * only encoded is set then (the container of another system, or a faulty one). */
struct iuplus_ranap_source_to_target {
	struct iuplus_octets encoded;
	bool opened;
	struct iuplus_octets rrc_container; /**< ToTargetRNC-Container of TS 25.331, encoded */
	uint8_t iu_instances;               /**< 1..2 */
	bool ue_involved;                   /**< Relocation Type */
	bool has_integrity_algorithm;
	uint8_t integrity_algorithm; /**< number of UIA */
	bool has_ik;
	uint8_t ik[16];
	bool has_encryption_algorithm; /**< for signalling */
	uint8_t encryption_algorithm;
	bool has_ck;
	uint8_t ck[16];
	bool has_cs_algorithm;
	uint8_t cs_algorithm;
	bool has_ps_algorithm;
	uint8_t ps_algorithm;
	bool has_d_rnti;        /**< when the UE is not involved */
	uint32_t d_rnti;        /**< 20 bits */
	bool has_target_cell;   /**< when the UE is involved */
	uint32_t target_cell;   /**< 28 bits: RNC-ID and C-ID */
	bool has_ue_capability; /**< extension */
	uint8_t ue_capability;
};

/** Target RNC to Source RNC Transparent Container (9.2.1.30). encoded and opened are as above. */
struct iuplus_ranap_target_to_source {
	struct iuplus_octets encoded;
	bool opened;
	struct iuplus_octets rrc_container; /**< TargetRNC-ToSourceRNC-Container of TS 25.331, encoded */
	bool has_d_rnti;
	uint32_t d_rnti;
	bool has_network_capability; /**< extension */
	uint8_t network_capability;
};

/** An item of a RAB list: the RAB's number and the item (RAB-SetupItem-RelocReq, ...) as its own encoding (aligned
 * PER). A node that sets up RABs decodes it with iuplus_asn1_decode(); all others forward it. */
struct iuplus_ranap_rab {
	uint8_t id;
	struct iuplus_octets item;
};

struct iuplus_ranap_rabs {
	uint16_t count; /**< 0 (the IE is absent) to 256 */
	const struct iuplus_ranap_rab *list;
};

/** A RAB that failed, or that is released. */
struct iuplus_ranap_rab_cause {
	uint8_t id;
	uint16_t cause;
};

struct iuplus_ranap_rab_causes {
	uint16_t count;
	const struct iuplus_ranap_rab_cause *list;
};

/* ---- messages ------------------------------------------------------------------------------------------------ */

/** 9.1.10 */
struct iuplus_ranap_relocation_required {
	bool ue_involved;
	uint16_t cause;
	bool source_is_sai; /**< Source ID: a SAI, else a Source RNC-ID */
	struct iuplus_ranap_rnc source_rnc;
	struct iuplus_ranap_sai source_sai;
	bool target_is_rnc; /**< Target ID: an RNC, else a GSM cell or an eNB */
	struct iuplus_ranap_target_rnc target;
	struct iuplus_octets other_target; /**< not an RNC; encoded: TargetID */
	bool has_container;                /**< mandatory if the target is an RNC */
	struct iuplus_ranap_source_to_target container;
	bool has_classmark2, has_classmark3, has_old_bss, has_geran_classmark, has_source_bss;
	struct iuplus_octets classmark2, classmark3; /**< Classmark Information 2, 3: when the target is a GSM cell */
	struct iuplus_octets old_bss;                /**< OldBSS-ToNewBSS-Information */
	struct iuplus_octets geran_classmark;
	struct iuplus_octets source_bss; /**< SourceBSS-ToTargetBSS-TransparentContainer */
	bool has_srvcc, has_csg_id, has_cell_access_mode, has_rsrvcc;
	uint8_t srvcc, cell_access_mode, rsrvcc; /**< SRVCC HO Indication, Cell Access Mode, RSRVCC HO Indication */
	uint32_t csg_id;                         /**< 27 bits */
	struct iuplus_octets application_layer;  /**< encoded:
						  * UE-Application-Layer-Measurement-Configuration-For-Relocation */
};

/** 9.1.11 */
struct iuplus_ranap_relocation_request {
	bool has_imsi;
	struct iuplus_ranap_imsi imsi;
	uint16_t cause;
	enum iuplus_domain domain;
	struct iuplus_ranap_source_to_target container;
	struct iuplus_ranap_rabs rabs; /**< RAB-SetupItem-RelocReq; none for a signalling connection alone */
	bool has_integrity;
	struct iuplus_ranap_protection integrity;
	bool has_encryption;
	struct iuplus_ranap_protection encryption;
	uint32_t iu_sig_con_id; /**< 24 bits */
	bool has_cn, has_uesbi, has_selected_plmn, has_bit_rate, has_csg_id, has_csg_membership, has_anchor_plmn;
	bool has_power_saving;
	struct iuplus_ranap_cn cn;
	struct iuplus_octets sna_access_information; /**< encoded: SNA-Access-Information */
	struct iuplus_ranap_uesbi uesbi;
	uint8_t selected_plmn[3], anchor_plmn[3];
	struct iuplus_octets cn_mbms_linking_information; /**< encoded: CNMBMSLinkingInformation */
	struct iuplus_ranap_bit_rate bit_rate;
	uint32_t csg_id;                        /**< 27 bits */
	uint8_t csg_membership;                 /**< 0 member, 1 not */
	uint8_t power_saving;                   /**< Power Saving Indicator: 0 PSM, 1 eDRX */
	struct iuplus_octets msisdn;            /**< 1..9 octets */
	struct iuplus_octets application_layer; /**< encoded, as in RELOCATION REQUIRED */
	bool has_ue_capability, has_enhanced;   /**< extension */
	uint8_t ue_capability;
	struct iuplus_ranap_enhanced_security enhanced;
};

/** 9.1.12 */
struct iuplus_ranap_relocation_request_acknowledge {
	bool has_container;
	struct iuplus_ranap_target_to_source container;
	struct iuplus_ranap_rabs rabs; /**< RAB-SetupItem-RelocReqAck */
	struct iuplus_ranap_rab_causes failed;
	bool has_integrity_algorithm;
	uint8_t integrity_algorithm;
	bool has_encryption_algorithm;
	uint8_t encryption_algorithm;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	bool has_network_capability; /**< extension */
	uint8_t network_capability;
	bool has_key_in_use; /**< extension */
	struct iuplus_ranap_key_in_use key_in_use;
	bool has_new_bss, has_csg_id;
	struct iuplus_octets new_bss; /**< NewBSS-To-OldBSS-Information */
	uint32_t csg_id;              /**< 27 bits */
};

/** 9.1.13 */
struct iuplus_ranap_relocation_command {
	bool has_container;
	struct iuplus_ranap_target_to_source container;
	bool has_l3_information;
	struct iuplus_octets l3_information;
	struct iuplus_ranap_rabs released;   /**< RAB-RelocationReleaseItem */
	struct iuplus_ranap_rabs forwarding; /**< RAB-DataForwardingItem */
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	struct iuplus_octets intersystem; /**< encoded: InterSystemInformation-TransparentContainer */
	bool has_target_bss;
	struct iuplus_octets target_bss; /**< TargetBSS-ToSourceBSS-TransparentContainer */
	struct iuplus_octets srvcc;      /**< encoded: SRVCC-Information */
	struct iuplus_octets rsrvcc;     /**< encoded: RSRVCC-Information */
};

/** RELOCATION PREPARATION FAILURE, RELOCATION FAILURE, SECURITY MODE REJECT and other failures: why, and what was not
 * understood. */
struct iuplus_ranap_failure { /* 9.1.16, 9.1.15, 9.1.22 */
	uint16_t cause;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	struct iuplus_octets intersystem;      /**< RELOCATION PREPARATION FAILURE only; encoded:
						* InterSystemInformation-TransparentContainer */
	bool has_new_bss, has_geran_classmark; /**< RELOCATION FAILURE only */
	struct iuplus_octets new_bss;          /**< NewBSS-To-OldBSS-Information */
	struct iuplus_octets geran_classmark;
};

/** RELOCATION CANCEL, Iu RELEASE REQUEST, Iu RELEASE COMMAND. */
struct iuplus_ranap_cause_only { /* 9.1.17, 9.1.7, 9.1.8 */
	uint16_t cause;
	bool has_end_of_csfb, has_out_of_utran, has_last_eutran_plmn; /**< Iu RELEASE COMMAND only */
	uint8_t end_of_csfb, out_of_utran;                            /**< 0 */
	uint8_t last_eutran_plmn[3];
};

/** RELOCATION CANCEL ACKNOWLEDGE, Iu RELEASE COMPLETE. */
struct iuplus_ranap_acknowledge { /* 9.1.18, 9.1.9 */
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	struct iuplus_ranap_rabs volumes;  /**< Iu RELEASE COMPLETE only: RAB-DataVolumeReportItem */
	struct iuplus_ranap_rabs released; /**< Iu RELEASE COMPLETE only: RAB-ReleasedItem-IuRelComp */
};

/** 9.1.14b */
struct iuplus_ranap_relocation_complete {
	bool has_ue_capability; /**< extension */
	uint8_t ue_capability;
	bool has_key_in_use; /**< extension */
	struct iuplus_ranap_key_in_use key_in_use;
	bool has_higher_bitrates, has_tunnel;
	uint8_t higher_bitrates; /**< Higher bitrates than 16 Mbps flag: 0 allowed, 1 not */
	struct iuplus_ranap_tunnel tunnel;
	struct iuplus_octets lhn_id; /**< 32..256 octets */
};

/** 9.1.20 */
struct iuplus_ranap_security_mode_command {
	struct iuplus_ranap_protection integrity;
	bool has_encryption; /**< absent means no ciphering (UEA0) */
	struct iuplus_ranap_protection encryption;
	bool key_new;      /**< Key Status: new, else old */
	bool has_enhanced; /**< extension */
	struct iuplus_ranap_enhanced_security enhanced;
	bool has_ue_capability; /**< extension: as the core network heard it */
	uint8_t ue_capability;
};

/** 9.1.21 */
struct iuplus_ranap_security_mode_complete {
	uint8_t integrity_algorithm;
	bool has_encryption_algorithm;
	uint8_t encryption_algorithm;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

/** 9.1.26 */
struct iuplus_ranap_common_id {
	struct iuplus_ranap_imsi imsi;
	struct iuplus_octets sna_access_information; /**< encoded: SNA-Access-Information */
	bool has_uesbi, has_selected_plmn, has_rfp, has_srvcc, has_csg_membership, has_mdt_allowed, has_rsrvcc;
	bool has_last_eutran_plmn, has_power_saving;
	struct iuplus_ranap_uesbi uesbi;
	uint8_t selected_plmn[3], last_eutran_plmn[3];
	uint16_t rfp;                   /**< Subscriber Profile ID for RAT/Frequency Priority: 1..256 */
	uint8_t srvcc, rsrvcc;          /**< (R)SRVCC Operation Possible: 0 */
	uint8_t csg_membership;         /**< 0 member, 1 not */
	uint8_t mdt_allowed;            /**< Management Based MDT Allowed: 0 */
	struct iuplus_octets mdt_plmns; /**< encoded: MDT-PLMN-List */
	uint8_t power_saving;           /**< 0 PSM, 1 eDRX */
};

/** 9.1.33 */
struct iuplus_ranap_initial_ue_message {
	enum iuplus_domain domain;
	struct iuplus_ranap_lai lai;
	bool has_rac; /**< with the PS domain */
	uint8_t rac;
	struct iuplus_ranap_sai sai;
	struct iuplus_octets nas_pdu;
	uint32_t iu_sig_con_id; /**< 24 bits */
	struct iuplus_ranap_rnc rnc;
	bool has_ue_capability; /**< extension */
	uint8_t ue_capability;
	bool has_geran_classmark, has_selected_plmn, has_imsi, has_nas_sequence_number, redirect_attempted, has_csg_id;
	bool has_cell_access_mode, has_higher_bitrates, has_tunnel, has_sgsn_group, has_usage_type, has_dcn_id;
	bool has_measurement_capability;
	struct iuplus_octets geran_classmark;
	uint8_t selected_plmn[3];
	struct iuplus_ranap_imsi imsi;
	uint8_t nas_sequence_number; /**< 2 bits */
	uint32_t csg_id;             /**< 27 bits */
	uint8_t cell_access_mode, higher_bitrates;
	struct iuplus_ranap_bits lgw_address, sipto_lgw_address; /**< of local gateways */
	struct iuplus_ranap_tunnel tunnel;
	struct iuplus_octets lhn_id; /**< 32..256 octets */
	struct iuplus_ranap_sgsn_group sgsn_group;
	uint8_t usage_type;
	uint16_t dcn_id;
	uint8_t measurement_capability; /**< UE Application Layer Measurement Capability: 8 bits */
};

/** 9.1.34 */
struct iuplus_ranap_direct_transfer {
	struct iuplus_octets nas_pdu;
	bool has_lai;
	struct iuplus_ranap_lai lai;
	bool has_rac;
	uint8_t rac;
	bool has_sai;
	struct iuplus_ranap_sai sai;
	bool has_sapi;                    /**< towards the UE only */
	uint8_t sapi;                     /**< 0 or 3 */
	struct iuplus_octets redirection; /**< encoded: RedirectionIndication-IEs */
	bool has_redirection_completed, has_rfp;
	uint8_t redirection_completed; /**< 0 */
	uint16_t rfp;                  /**< Subscriber Profile ID for RAT/Frequency Priority: 1..256 */
	struct iuplus_ranap_bits lgw_address, sipto_lgw_address;
	struct iuplus_octets lhn_id; /**< 32..256 octets */
};

/** 9.1.41, and RESET ACKNOWLEDGE 9.1.42 */
struct iuplus_ranap_reset {
	uint16_t cause; /**< RESET only */
	enum iuplus_domain domain;
	bool has_rnc; /**< sent by an RNC */
	struct iuplus_ranap_rnc rnc;
	bool has_diagnostics; /**< RESET ACKNOWLEDGE only */
	struct iuplus_ranap_diagnostics diagnostics;
	bool has_cn; /**< sent by a core network that has several nodes */
	struct iuplus_ranap_cn cn;
};

/** 9.1.35 */
struct iuplus_ranap_error_indication {
	bool has_cause;
	uint16_t cause;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	bool has_domain; /**< domain and rnc: connectionless only */
	enum iuplus_domain domain;
	bool has_rnc;
	struct iuplus_ranap_rnc rnc;
	bool has_cn;
	struct iuplus_ranap_cn cn;
};

/** 9.1.3; first and second half of each pair as its own encoding */
struct iuplus_ranap_rab_assignment_request {
	uint16_t count;
	const struct iuplus_ranap_rab *first; /**< RAB-SetupOrModifyItemFirst */
	const struct iuplus_octets *second;   /**< RAB-SetupOrModifyItemSecond */
	struct iuplus_ranap_rab_causes released;
	bool has_bit_rate;
	struct iuplus_ranap_bit_rate bit_rate;
	struct iuplus_octets msisdn; /**< 1..9 octets */
};

/** 9.1.4 */
struct iuplus_ranap_rab_assignment_response {
	struct iuplus_ranap_rabs setup;    /**< RAB-SetupOrModifiedItem */
	struct iuplus_ranap_rabs released; /**< RAB-ReleasedItem */
	struct iuplus_ranap_rabs queued;   /**< RAB-QueuedItem */
	struct iuplus_ranap_rab_causes failed;
	struct iuplus_ranap_rab_causes release_failed;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	struct iuplus_octets geran_failed; /**< encoded: GERAN-Iumode-RAB-FailedList-RABAssgntResponse */
};

/** RANAP ENHANCED RELOCATION INFORMATION REQUEST, which a source RNC sends to a target RNC directly. An IE of type
 * octets is its own encoding (aligned PER) for iuplus_asn1_decode(), len 0 if it is absent. */
struct iuplus_ranap_enhanced_relocation_information_request {
	struct iuplus_ranap_source_to_target container;
	bool has_cs_iu_sig_con_id; /**< Old Iu Signalling Connection Identifier CS domain */
	uint32_t cs_iu_sig_con_id; /**< 24 bits */
	bool has_cs_cn;            /**< Global CN-ID CS domain */
	struct iuplus_ranap_cn cs_cn;
	bool has_ps_iu_sig_con_id;
	uint32_t ps_iu_sig_con_id;
	bool has_ps_cn;
	struct iuplus_ranap_cn ps_cn;
	struct iuplus_ranap_rabs rabs;               /**< RAB-SetupItem-EnhRelocInfoReq */
	struct iuplus_octets sna_access_information; /**< SNA-Access-Information */
	struct iuplus_octets uesbi_iu;               /**< UESBI-Iu */
	bool has_selected_plmn;
	uint8_t selected_plmn[3];
	struct iuplus_octets cn_mbms_linking_information; /**< CNMBMSLinkingInformation */
	bool has_integrity;                               /**< this and the following: extensions of the message */
	struct iuplus_ranap_protection integrity;
	bool has_encryption;
	struct iuplus_ranap_protection encryption;
	struct iuplus_octets ue_aggregate_maximum_bit_rate; /**< UE-AggregateMaximumBitRate */
	struct iuplus_octets rab_parameters_list;           /**< RABParametersList */
	bool has_csg_id;
	uint32_t csg_id; /**< 27 bits */
	bool has_csg_membership;
	bool csg_member;
	bool has_anchor_plmn;
	uint8_t anchor_plmn[3];
};

/** A RAB of one domain: with the item as in struct iuplus_ranap_rab, or with the cause of its failure. */
struct iuplus_ranap_domain_rab {
	enum iuplus_domain domain;
	uint8_t id;
	struct iuplus_octets item; /**< of the RABs that are set up */
	uint16_t cause;            /**< of those that failed */
};

struct iuplus_ranap_domain_rabs {
	uint16_t count; /**< 0 (the IE is absent) to 256 */
	const struct iuplus_ranap_domain_rab *list;
};

/** RANAP ENHANCED RELOCATION INFORMATION RESPONSE. */
struct iuplus_ranap_enhanced_relocation_information_response {
	bool has_container;
	struct iuplus_ranap_target_to_source container;
	struct iuplus_ranap_domain_rabs rabs; /**< RAB-SetupItem-EnhRelocInfoRes */
	struct iuplus_ranap_domain_rabs failed;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

#include <iuplus/ranap_messages.h>

struct iuplus_ranap_msg {
	unsigned kind;                             /**< enum iuplus_ranap_kind, or IUPLUS_RANAP_KIND() of any message */
	enum iuplus_ranap_criticality criticality; /**< decoded: as received; encode takes the procedure's */
	const void *pdu;               /**< decoded: the whole RANAP-PDU as the generated type; ignored by encode */
	struct iuplus_octets received; /**< decoded: the PDU's octets, in the arena. Encoded IEs and items that still
					* point there are sent unchanged; others are decoded first, to verify that
					* they are valid */
	union {
		struct iuplus_ranap_relocation_required relocation_required;
		struct iuplus_ranap_relocation_command relocation_command;
		struct iuplus_ranap_failure relocation_preparation_failure;
		struct iuplus_ranap_relocation_request relocation_request;
		struct iuplus_ranap_relocation_request_acknowledge relocation_request_acknowledge;
		struct iuplus_ranap_failure relocation_failure;
		struct iuplus_ranap_cause_only relocation_cancel;
		struct iuplus_ranap_acknowledge relocation_cancel_acknowledge;
		struct iuplus_ranap_relocation_complete relocation_complete;
		struct iuplus_ranap_security_mode_command security_mode_command;
		struct iuplus_ranap_security_mode_complete security_mode_complete;
		struct iuplus_ranap_failure security_mode_reject;
		struct iuplus_ranap_common_id common_id;
		struct iuplus_ranap_initial_ue_message initial_ue_message;
		struct iuplus_ranap_direct_transfer direct_transfer;
		struct iuplus_ranap_cause_only iu_release_request;
		struct iuplus_ranap_cause_only iu_release_command;
		struct iuplus_ranap_acknowledge iu_release_complete;
		struct iuplus_ranap_reset reset;
		struct iuplus_ranap_reset reset_acknowledge;
		struct iuplus_ranap_error_indication error_indication;
		struct iuplus_ranap_rab_assignment_request rab_assignment_request;
		struct iuplus_ranap_rab_assignment_response rab_assignment_response;
		struct iuplus_ranap_enhanced_relocation_information_request enhanced_relocation_information_request;
		struct iuplus_ranap_enhanced_relocation_information_response enhanced_relocation_information_response;
		struct iuplus_ranap_rab_release_request rab_release_request;
		struct iuplus_ranap_rab_modify_request rab_modify_request;
		struct iuplus_ranap_srns_context_request srns_context_request;
		struct iuplus_ranap_srns_context_response srns_context_response;
		struct iuplus_ranap_srns_data_forward_command srns_data_forward_command;
		struct iuplus_ranap_forward_srns_context forward_srns_context;
		struct iuplus_ranap_relocation_information relocation_information;
		struct iuplus_ranap_data_volume_report_request data_volume_report_request;
		struct iuplus_ranap_data_volume_report data_volume_report;
		struct iuplus_ranap_paging paging;
		struct iuplus_ranap_cn_invoke_trace cn_invoke_trace;
		struct iuplus_ranap_cn_deactivate_trace cn_deactivate_trace;
		struct iuplus_ranap_location_reporting_control location_reporting_control;
		struct iuplus_ranap_location_report location_report;
		struct iuplus_ranap_location_related_data_request location_related_data_request;
		struct iuplus_ranap_location_related_data_response location_related_data_response;
		struct iuplus_ranap_failure location_related_data_failure;
		struct iuplus_ranap_overload overload;
		struct iuplus_ranap_reset_resource reset_resource;
		struct iuplus_ranap_reset_resource reset_resource_acknowledge;
		struct iuplus_ranap_information_transfer_indication information_transfer_indication;
		struct iuplus_ranap_information_transfer_answer information_transfer_confirmation;
		struct iuplus_ranap_information_transfer_answer information_transfer_failure;
		struct iuplus_ranap_uplink_information_exchange_request uplink_information_exchange_request;
		struct iuplus_ranap_uplink_information_exchange_answer uplink_information_exchange_response;
		struct iuplus_ranap_uplink_information_exchange_answer uplink_information_exchange_failure;
		struct iuplus_ranap_direct_information_transfer direct_information_transfer;
		struct iuplus_ranap_ue_specific_information ue_specific_information_indication;
		struct iuplus_ranap_srvcc_cs_keys_response srvcc_cs_keys_response;
		struct iuplus_ranap_ue_radio_capability_match_response ue_radio_capability_match_response;
		struct iuplus_ranap_ue_registration_query_request ue_registration_query_request;
		struct iuplus_ranap_ue_registration_query_response ue_registration_query_response;
		struct iuplus_ranap_reroute_nas_request reroute_nas_request;
		struct iuplus_ranap_enhanced_relocation_complete_request enhanced_relocation_complete_request;
		struct iuplus_ranap_enhanced_relocation_complete_response enhanced_relocation_complete_response;
		struct iuplus_ranap_failure enhanced_relocation_complete_failure;
		struct iuplus_ranap_enhanced_relocation_complete_confirm enhanced_relocation_complete_confirm;
		struct iuplus_ranap_mbms_session_start mbms_session_start;
		struct iuplus_ranap_mbms_session_start_response mbms_session_start_response;
		struct iuplus_ranap_failure mbms_session_start_failure;
		struct iuplus_ranap_mbms_session_update mbms_session_update;
		struct iuplus_ranap_mbms_session_update_answer mbms_session_update_response;
		struct iuplus_ranap_mbms_session_update_answer mbms_session_update_failure;
		struct iuplus_ranap_mbms_session_stop mbms_session_stop;
		struct iuplus_ranap_mbms_session_stop_response mbms_session_stop_response;
		struct iuplus_ranap_mbms_ue_linking_request mbms_ue_linking_request;
		struct iuplus_ranap_mbms_ue_linking_response mbms_ue_linking_response;
		struct iuplus_ranap_mbms_registration_request mbms_registration_request;
		struct iuplus_ranap_mbms_registration_response mbms_registration_response;
		struct iuplus_ranap_mbms_registration_failure mbms_registration_failure;
		struct iuplus_ranap_mbms_cn_de_registration_request mbms_cn_de_registration_request;
		struct iuplus_ranap_mbms_cn_de_registration_response mbms_cn_de_registration_response;
		struct iuplus_ranap_mbms_rab_establishment_indication mbms_rab_establishment_indication;
		struct iuplus_ranap_cause_only mbms_rab_release_request;
		struct iuplus_ranap_failure mbms_rab_release;
		struct iuplus_ranap_failure mbms_rab_release_failure;
		struct iuplus_ranap_failure failure; /**< any failure above of this type */
	} u;                                         /**< of messages without IEs: nothing */
};

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/** What the receiver of a faulty message does. */
enum iuplus_ranap_answer {
	IUPLUS_RANAP_ANSWER_NONE = 0, /**< no error, or only errors to ignore without a report */
	IUPLUS_RANAP_ANSWER_REPORT,   /**< act on the message, and put the diagnostics into its response message */
	IUPLUS_RANAP_ANSWER_ERROR_INDICATION, /**< send ERROR INDICATION; act only if decode returned IUPLUS_OK */
	IUPLUS_RANAP_ANSWER_UNSUCCESSFUL,     /**< refuse with the procedure's unsuccessful outcome */
	IUPLUS_RANAP_ANSWER_LOCAL             /**< an unusable response: the procedure failed, nothing is sent (10.5) */
};

struct iuplus_ranap_problem {
	enum iuplus_ranap_answer answer;
	unsigned kind;  /**< the faulty message; UINT_MAX: unknown */
	uint16_t cause; /**< for the answer; 0 with ANSWER_NONE */
	struct iuplus_ranap_diagnostics diagnostics;
	int rc;           /**< what decode returned */
	const char *path; /**< the value at fault ("initiatingMessage.value.reset.protocolIEs"), or
			   * NULL */
	size_t bit;       /**< where it was found: bits from the start of the PDU */
};

/** Flag of decode and encode: behave as a node without the extension. The decoder does not know the extension's IEs and
 * treats them by their criticality; the encoder refuses them. */
#define IUPLUS_RANAP_LEGACY 1u
/** Flag of decode and encode: behave as a core network, to which the transparent containers are octets (9.2.1.28,
 * 9.2.1.30): they are not decoded (opened is false), and are encoded as they are. */
#define IUPLUS_RANAP_RELAY 2u

/** Flag of decode: also fills *out of a message that its receiver must not act on, after IUPLUS_ERR_NOT_COMPREHENDED,
 * IUPLUS_ERR_MISSING and IUPLUS_ERR_ORDER: for observers of somebody else's messages. */
#define IUPLUS_RANAP_OBSERVE 4u

/** Decodes one RANAP-PDU (aligned PER, TS 25.413 clause 9.3). out and problem are always filled.
 * problem->answer is the answer that clause 10 requires; iuplus_ranap_answer() creates that message. The octets need
 * not outlive the call. Memory: at most the arena's limit. No input aborts or asserts. IUPLUS_OK: act on *out (it may
 * be necessary to report ignored IEs: see answer). IUPLUS_ERR_TRUNCATED, IUPLUS_ERR_SYNTAX, IUPLUS_ERR_CONSTRAINT:
 * transfer syntax error (10.2); do not act. IUPLUS_ERR_NOT_COMPREHENDED: unknown procedure or message, or an unknown IE
 * of criticality reject (10.3.4). IUPLUS_ERR_MISSING: an IE of criticality reject is absent (10.3.5). IUPLUS_ERR_ORDER:
 * IEs in wrong order or repeated (10.3.6). IUPLUS_ERR_MEMORY: the arena is exhausted; discard the message. After all of
 * these except IUPLUS_OK only out->kind is meaningful, unless IUPLUS_RANAP_OBSERVE says otherwise. */
int iuplus_ranap_decode(struct iuplus_octets pdu, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_ranap_msg *out, struct iuplus_ranap_problem *problem);

/** Encodes msg as one RANAP-PDU into the arena.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: the kind has no struct here, a mandatory IE is unset (an empty list of algorithms,
 * ...), or an IE of the extension is set with IUPLUS_RANAP_LEGACY;
 * IUPLUS_ERR_CONSTRAINT: a value is out of its range; IUPLUS_ERR_SYNTAX and other codes of the decoder: octets that
 * must be an encoding (container.encoded, a RAB item) are not a valid one; IUPLUS_ERR_MEMORY. */
int iuplus_ranap_encode(const struct iuplus_ranap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out);

/** Decode and encode a container alone, as in the IE's open type (relay between RANAP and other interfaces, tests).
 * Return codes as iuplus_ranap_decode() and iuplus_ranap_encode(). decode sets encoded to a copy in the arena. */
int iuplus_ranap_source_to_target_decode(struct iuplus_octets octets, unsigned flags, struct iuplus_arena *arena,
					 struct iuplus_ranap_source_to_target *out);
int iuplus_ranap_source_to_target_encode(const struct iuplus_ranap_source_to_target *in, unsigned flags,
					 struct iuplus_arena *arena, struct iuplus_octets *out);
int iuplus_ranap_target_to_source_decode(struct iuplus_octets octets, unsigned flags, struct iuplus_arena *arena,
					 struct iuplus_ranap_target_to_source *out);
int iuplus_ranap_target_to_source_encode(const struct iuplus_ranap_target_to_source *in, unsigned flags,
					 struct iuplus_arena *arena, struct iuplus_octets *out);

/** Creates the answer to problem: ERROR INDICATION (without domain and RNC: the caller of a connectionless one adds
 * them) or the unsuccessful outcome. out refers to the diagnostics of problem, which must outlive it. IUPLUS_OK: send
 * *out. IUPLUS_ERR_STATE: there is nothing to send (NONE, REPORT, LOCAL). */
int iuplus_ranap_answer(const struct iuplus_ranap_problem *problem, struct iuplus_ranap_msg *out);

/** Conditional presence (10.3.3): call it for a message that iuplus_ranap_decode() accepted, with the problem that it
 * filled. Evaluates the IEs whose condition is in the message itself: RELOCATION REQUIRED's classmarks and container,
 * RAC of INITIAL UE MESSAGE, D-RNTI and Target Cell ID in RELOCATION REQUEST's container. IUPLUS_OK: act on the
 * message. IUPLUS_ERR_MISSING (10.3.5), IUPLUS_ERR_ORDER (erroneously present: 10.3.6): do not; problem has the answer,
 * and what it reported before. IUPLUS_ERR_MEMORY: the arena is exhausted; problem is undefined. */
int iuplus_ranap_conditions(const struct iuplus_ranap_msg *msg, struct iuplus_arena *arena,
			    struct iuplus_ranap_problem *problem);

/** A logical error (10.4): msg is well formed, but not compatible with the receiver's state
 * (IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE) or semantically wrong (IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR).
 * Fills problem as iuplus_ranap_decode() does; always IUPLUS_OK. */
int iuplus_ranap_logical_error(const struct iuplus_ranap_msg *msg, uint16_t cause,
			       struct iuplus_ranap_problem *problem);

/* ---- names and tables ---------------------------------------------------------------------------------------- */

/** The name of a message in the standard's module ("RelocationRequired"); "unknown RANAP message" for an unknown kind.
 * Never NULL. */
const char *iuplus_ranap_kind_name(unsigned kind);
/** iuplus_ranap_kind_name(msg->kind). */
const char *iuplus_ranap_name(const struct iuplus_ranap_msg *msg);
/** The module's name of a cause ("trelocprep-expiry"), or its group ("non-standard", "spare") if the value has no name.
 * Never NULL. */
const char *iuplus_ranap_cause_name(unsigned cause);

/** One elementary procedure (TS 25.413 table 3, 4, 5). */
struct iuplus_ranap_procedure {
	uint8_t code;
	uint8_t procedure_class; /**< 1: answered by success or failure, 2: not answered, 3: by outcomes */
	enum iuplus_ranap_criticality criticality;
	bool from_cn, from_rnc;  /**< which node may initiate it */
	bool connectionless;     /**< over connectionless SCCP (some procedures also have a connection: false) */
	const char *name;        /**< "RelocationPreparation" */
	const char *messages[4]; /**< by enum iuplus_ranap_pdu; NULL where the procedure has none */
};

/** The procedure of a code, or NULL. */
const struct iuplus_ranap_procedure *iuplus_ranap_procedure(unsigned code);

/** Digits ("001010123456789", 5..15 of them) to IMSI. IUPLUS_OK, or IUPLUS_ERR_ARGUMENT if they are not valid: *out is
 * not changed. */
int iuplus_ranap_imsi_parse(const char *digits, struct iuplus_ranap_imsi *out);
/** IMSI to digits with terminating zero; buf has at least 17 octets.
 * IUPLUS_OK, or IUPLUS_ERR_ARGUMENT if imsi->len is out of range or a nibble is neither a digit nor the filler. */
int iuplus_ranap_imsi_print(const struct iuplus_ranap_imsi *imsi, char *buf);
/** "001", "01" to the three octets of a PLMN identity, and back into "001-01" (buf: 8 octets).
 * IUPLUS_OK, or IUPLUS_ERR_ARGUMENT if they are not 3, and 2 or 3, digits. */
int iuplus_ranap_plmn_parse(const char *mcc, const char *mnc, uint8_t plmn[3]);
int iuplus_ranap_plmn_print(const uint8_t plmn[3], char *buf);

IUPLUS_END_DECLS
#endif
