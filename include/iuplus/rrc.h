/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * rrc.h: RRC messages (TS 25.331) as neutral structs, the containers that RNCs exchange, and the integrity envelope.
 *
 * A decoded message holds the elements that the procedures of this project use. Some mandatory elements are not used
 * by any procedure here (transport and physical channel configuration). Encoding fills them with the defaults of
 * rrc/defaults.c; decoding checks them but does not keep them. iuplus_asn1_decode() of <iuplus/asn1.h> returns the
 * whole value of any message.
 *
 * Releases: the r3 branches know only UEA0, UEA1 and UIA1. A message that names UEA2 or UIA2 is encoded in its r7
 * branch, any other in r3; the struct is the same. All branches of PHYSICAL CHANNEL RECONFIGURATION, UTRAN MOBILITY
 * INFORMATION and SECURITY MODE COMMAND (up to r13) and of SRNS relocation info (up to r15) can be decoded, and r3 of
 * the other messages; a later branch is IUPLUS_ERR_NOT_COMPREHENDED. Elements that a branch adds beyond these structs
 * (H-RNTI, E-RNTI, primary PLMN, HSPA and multi-carrier configuration) are checked but not kept. */
#ifndef IUPLUS_RRC_H
#define IUPLUS_RRC_H

#include <iuplus/iuplus.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/** The logical channels whose messages are supported. */
enum iuplus_rrc_channel {
	IUPLUS_RRC_UL_CCCH = 0,
	IUPLUS_RRC_DL_CCCH = 1,
	IUPLUS_RRC_UL_DCCH = 2,
	IUPLUS_RRC_DL_DCCH = 3
};

/** A message with a neutral struct below. A message of the channel without one decodes as _OTHER. */
enum iuplus_rrc_type {
	IUPLUS_RRC_OTHER = 0,
	IUPLUS_RRC_CONNECTION_REQUEST,
	IUPLUS_RRC_CONNECTION_SETUP,
	IUPLUS_RRC_CONNECTION_SETUP_COMPLETE,
	IUPLUS_RRC_CONNECTION_REJECT,
	IUPLUS_RRC_CONNECTION_RELEASE, /**< on DL-DCCH and on DL-CCCH */
	IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE,
	IUPLUS_RRC_INITIAL_DIRECT_TRANSFER,
	IUPLUS_RRC_UPLINK_DIRECT_TRANSFER,
	IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER,
	IUPLUS_RRC_SECURITY_MODE_COMMAND,
	IUPLUS_RRC_SECURITY_MODE_COMPLETE,
	IUPLUS_RRC_SECURITY_MODE_FAILURE,
	IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION,
	IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE,
	IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE,
	IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION,
	IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM,
	IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE,
	IUPLUS_RRC_STATUS,
	IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE,
	IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION
};

/** Signalling radio bearers: RB0 carries CCCH, RB1 UM DCCH, RB2 AM DCCH, RB3 and RB4 AM NAS. */
#define IUPLUS_RRC_SRBS 5
/** maxCNdomains of TS 25.331. */
#define IUPLUS_RRC_MAX_DOMAINS 4
#define IUPLUS_RRC_MAX_RB 32

/* ---- values that several messages share ---- */

/** 10.3.3.15 Initial UE identity. Digits are one per octet, 0 to 9. */
enum iuplus_rrc_identity_kind {
	IUPLUS_RRC_IDENTITY_IMSI = 0,
	IUPLUS_RRC_IDENTITY_TMSI_LAI = 1,
	IUPLUS_RRC_IDENTITY_PTMSI_RAI = 2,
	IUPLUS_RRC_IDENTITY_IMEI = 3
};
struct iuplus_rrc_plmn {
	uint8_t mcc[3]; /**< one digit per octet */
	uint8_t mnc[3];
	uint8_t mnc_len; /**< 2 or 3 */
};
struct iuplus_rrc_identity {
	enum iuplus_rrc_identity_kind kind;
	uint8_t digits[21]; /**< IMSI (6 to 21) or IMEI (15) */
	uint8_t digits_len;
	uint32_t tmsi; /**< TMSI or P-TMSI */
	struct iuplus_rrc_plmn plmn;
	uint16_t lac;
	uint8_t rac; /**< P-TMSI and RAI only */
};

/** 10.3.3.11 Establishment cause, numbered as in ASN.1 (0 to 31). A UE of this project sends these: */
enum iuplus_rrc_establishment_cause {
	IUPLUS_RRC_CAUSE_ORIGINATING_INTERACTIVE_CALL = 2,
	IUPLUS_RRC_CAUSE_TERMINATING_INTERACTIVE_CALL = 7,
	IUPLUS_RRC_CAUSE_EMERGENCY_CALL = 9,
	IUPLUS_RRC_CAUSE_REGISTRATION = 12,
	IUPLUS_RRC_CAUSE_DETACH = 13,
	IUPLUS_RRC_CAUSE_ORIGINATING_HIGH_PRIORITY_SIGNALLING = 14
};

/** 10.3.3.35a RRC state indicator, and StateOfRRC between RNCs. */
enum iuplus_rrc_state {
	IUPLUS_RRC_CELL_DCH = 0,
	IUPLUS_RRC_CELL_FACH = 1,
	IUPLUS_RRC_CELL_PCH = 2,
	IUPLUS_RRC_URA_PCH = 3
};

/** 10.3.3.47 U-RNTI. */
struct iuplus_rrc_u_rnti {
	uint16_t srnc;   /**< 12 bits */
	uint32_t s_rnti; /**< 20 bits */
};

/** 10.3.3.37 Security capability: bit n (1 << n) means UEAn / UIAn. UIA has no bit 0. */
struct iuplus_rrc_security_capability {
	uint16_t uea;
	uint16_t uia;
	bool has_gsm;
	uint8_t gsm; /**< GSM security capability, 7 bits, bit 6 is A5/7, bit 0 is A5/1 */
};

/** 10.3.3.38 START, one per domain. */
struct iuplus_rrc_start {
	enum iuplus_domain domain;
	uint32_t start; /**< 20 bits */
};
struct iuplus_rrc_start_list {
	unsigned count; /**< 1 to IUPLUS_RRC_MAX_DOMAINS where the list is mandatory */
	struct iuplus_rrc_start list[IUPLUS_RRC_MAX_DOMAINS];
};

/** 10.3.3.17 Integrity protection activation info: RRC SN from which the new configuration applies, RB0 first. */
struct iuplus_rrc_activation {
	bool present;
	unsigned count;              /**< 4 or 5 */
	uint8_t sn[IUPLUS_RRC_SRBS]; /**< 0 to 15 */
};

/** 10.3.3.19 Integrity protection mode info. */
struct iuplus_rrc_integrity_mode {
	bool present;
	bool modify;                             /**< else start */
	uint32_t fresh;                          /**< start: integrity protection initialisation number */
	struct iuplus_rrc_activation activation; /**< modify: for the downlink */
	bool has_uia;
	uint8_t uia; /**< 1 or 2 */
};

/** 10.3.4.13 RB activation time info: the RLC sequence number from which the new ciphering configuration applies. */
struct iuplus_rrc_rb_activation {
	uint8_t rb;  /**< 1 to 32 */
	uint16_t sn; /**< 0 to 4095 (AM) or 127 (UM) */
};
struct iuplus_rrc_rb_activation_list {
	unsigned count; /**< 0: absent */
	struct iuplus_rrc_rb_activation list[IUPLUS_RRC_MAX_RB];
};

/** 10.3.3.5 Ciphering mode info. Absent means that ciphering does not change. */
struct iuplus_rrc_ciphering_mode {
	bool present;
	uint8_t uea; /**< 0 to 2 */
	bool has_dpch_activation;
	uint8_t dpch_activation; /**< CFN */
	struct iuplus_rrc_rb_activation_list rb_dl;
};

/** 10.3.3.13 Failure cause, numbered as FailureCauseWithProtErr. */
enum iuplus_rrc_failure {
	IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED = 0,
	IUPLUS_RRC_FAILURE_PHYSICAL_CHANNEL = 1,
	IUPLUS_RRC_FAILURE_INCOMPATIBLE_SIMULTANEOUS_RECONFIGURATION = 2,
	IUPLUS_RRC_FAILURE_COMPRESSED_MODE_RUNTIME = 3,
	IUPLUS_RRC_FAILURE_PROTOCOL_ERROR = 4,
	IUPLUS_RRC_FAILURE_CELL_UPDATE_OCCURRED = 5,
	IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION = 6,
	IUPLUS_RRC_FAILURE_CONFIGURATION_INCOMPLETE = 7,
	IUPLUS_RRC_FAILURE_UNSUPPORTED_MEASUREMENT = 8
};

/** 10.3.8.12 Protocol error information, clause 9. */
enum iuplus_rrc_protocol_error {
	IUPLUS_RRC_PE_ASN1_VIOLATION = 0,
	IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT = 1,
	IUPLUS_RRC_PE_NOT_COMPATIBLE_WITH_STATE = 2,
	IUPLUS_RRC_PE_IE_VALUE_NOT_COMPREHENDED = 3,
	IUPLUS_RRC_PE_CONDITIONAL_IE_ERROR = 4, /**< ProtocolErrorCause calls it informationElementMissing */
	IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED = 5
};
struct iuplus_rrc_failure_cause {
	enum iuplus_rrc_failure cause;
	enum iuplus_rrc_protocol_error protocol_error; /**< when cause is PROTOCOL_ERROR */
	uint8_t tgpsi;                                 /**< 1 to 6, when cause is COMPRESSED_MODE_RUNTIME */
};

/** ReceivedMessageType: identifies a message in RRC STATUS. */
enum iuplus_rrc_received {
	IUPLUS_RRC_RECEIVED_CELL_UPDATE_CONFIRM = 2,
	IUPLUS_RRC_RECEIVED_DOWNLINK_DIRECT_TRANSFER = 4,
	IUPLUS_RRC_RECEIVED_PHYSICAL_CHANNEL_RECONFIGURATION = 8,
	IUPLUS_RRC_RECEIVED_RRC_CONNECTION_RELEASE = 13,
	IUPLUS_RRC_RECEIVED_RRC_CONNECTION_REJECT = 14,
	IUPLUS_RRC_RECEIVED_RRC_CONNECTION_SETUP = 15,
	IUPLUS_RRC_RECEIVED_SECURITY_MODE_COMMAND = 16,
	IUPLUS_RRC_RECEIVED_SIGNALLING_CONNECTION_RELEASE = 17,
	IUPLUS_RRC_RECEIVED_UTRAN_MOBILITY_INFORMATION = 24
};

/** CN information (PLMN, NAS system information of the domains); octets live in the message's arena. */
struct iuplus_rrc_cn_domain {
	enum iuplus_domain domain;
	struct iuplus_octets nas_info; /**< 1 to 8 octets */
	uint8_t drx_coefficient;       /**< 6 to 9; UTRAN MOBILITY INFORMATION only */
};
struct iuplus_rrc_cn_information {
	bool present;
	bool has_plmn;
	struct iuplus_rrc_plmn plmn;
	struct iuplus_octets common_nas_info; /**< absent when len is 0 */
	unsigned domains;
	struct iuplus_rrc_cn_domain domain[IUPLUS_RRC_MAX_DOMAINS];
};

/** DL counter synchronisation info: its presence marks the message of an SRNS relocation (8.6.3.5.2). */
struct iuplus_rrc_dl_counter_sync {
	bool present;
	unsigned count; /**< lossless PDCP bearers; 0 to 27 */
	struct {
		uint8_t rb; /**< 1 to 32 */
		uint16_t pdcp_sn;
	} pdcp[27];
};
struct iuplus_rrc_ul_counter_sync {
	bool present;
	struct iuplus_rrc_start_list start;
};

/* ---- the extension (IUPLUS-RRC-Extension.asn) ---- */

/** The enhanced security capability of a UE or of the network, a bit string of eight. All zero: legacy. */
#define IUPLUS_RRC_CAP_KEY_HIERARCHY 0x80     /**< K_RNC, and IK_U/CK_U derived from it */
#define IUPLUS_RRC_CAP_DIRECT_DERIVATION 0x40 /**< IK_U/CK_U derived directly from CK||IK ([0133]) */
struct iuplus_rrc_enhanced_capability {
	bool present;
	uint8_t bits;
};

/** EnhancedKeyInformation: the derivation of one domain's IK_U and CK_U. */
struct iuplus_rrc_enhanced_key {
	enum iuplus_domain domain;
	struct iuplus_security_key_index index;
	enum iuplus_security_derivation_path derivation;
	enum iuplus_security_freshness_kind freshness;
	enum iuplus_security_target_keys legacy_target_keys;
	bool has_nonce; /**< with freshness nonce */
	uint8_t nonce[IUPLUS_SECURITY_NONCE_LEN];
};
struct iuplus_rrc_enhanced_keys {
	unsigned count; /**< 0 (absent) to 2 domains */
	struct iuplus_rrc_enhanced_key key[2];
};
/** The entry of a domain; NULL if there is none. */
const struct iuplus_rrc_enhanced_key *iuplus_rrc_enhanced_key_of(const struct iuplus_rrc_enhanced_keys *keys,
								 enum iuplus_domain domain);

/* ---- messages ---- */

struct iuplus_rrc_connection_request {
	struct iuplus_rrc_identity identity;
	uint8_t cause; /**< enum iuplus_rrc_establishment_cause, 0 to 31 */
	bool protocol_error;
};

struct iuplus_rrc_connection_setup {
	struct iuplus_rrc_identity identity; /**< copied from the request */
	uint8_t transaction;                 /**< 0 to 3 */
	struct iuplus_rrc_u_rnti u_rnti;
	bool has_c_rnti;
	uint16_t c_rnti;
	enum iuplus_rrc_state state;
	uint8_t drx_coefficient; /**< 3 to 9 */
	bool want_capability;    /**< Capability update requirement for FDD is sent */
	bool has_scrambling_code;
	uint16_t scrambling_code; /**< primary scrambling code of the radio link, 0 to 511 */
	unsigned srbs;            /**< decode: how many SRBs are set up; encode always sets up RB1 to RB4 */
};

struct iuplus_rrc_connection_setup_complete {
	uint8_t transaction;
	struct iuplus_rrc_start_list start;
	bool has_capability; /**< UE radio access capability is present */
	struct iuplus_rrc_security_capability security;
	struct iuplus_rrc_enhanced_capability enhanced; /**< extension */
};

struct iuplus_rrc_connection_reject {
	struct iuplus_rrc_identity identity;
	uint8_t transaction;
	bool congestion;   /**< false: unspecified */
	uint8_t wait_time; /**< s, 0 to 15; 0: no repetition */
};

struct iuplus_rrc_connection_release {
	uint8_t transaction;
	uint8_t n308;                    /**< 1 to 8; 0: absent */
	uint8_t cause;                   /**< 0 normal event, 1 unspecified, 2 pre-emptive, 3 congestion,
					  * 4 re-establishment reject, 5 directed signalling connection
					  * re-establishment, 6 user inactivity */
	struct iuplus_rrc_u_rnti u_rnti; /**< on DL-CCCH only */
};

struct iuplus_rrc_connection_release_complete {
	uint8_t transaction;
	bool has_error;
	struct iuplus_rrc_failure_cause error;
};

struct iuplus_rrc_initial_direct_transfer {
	enum iuplus_domain domain;
	uint8_t routing_basis;      /**< 0 to 7: 0 local P-TMSI, 4 IMSI of a UE initiated event */
	uint16_t routing_parameter; /**< 10 bits */
	struct iuplus_octets nas;   /**< 1 to 4095 octets */
	bool has_start;
	uint32_t start;
};

struct iuplus_rrc_uplink_direct_transfer {
	enum iuplus_domain domain;
	struct iuplus_octets nas;
};

struct iuplus_rrc_downlink_direct_transfer {
	uint8_t transaction;
	enum iuplus_domain domain;
	struct iuplus_octets nas;
};

struct iuplus_rrc_security_mode_command {
	uint8_t transaction;
	struct iuplus_rrc_security_capability security; /**< as the UE stated it, for comparison */
	struct iuplus_rrc_ciphering_mode ciphering;
	struct iuplus_rrc_integrity_mode integrity;
	enum iuplus_domain domain;
	struct iuplus_rrc_enhanced_keys keys;       /**< extension: absent means legacy keys */
	struct iuplus_rrc_enhanced_capability echo; /**< extension: echo of the UE's capability; sent with keys */
};

struct iuplus_rrc_security_mode_complete {
	uint8_t transaction;
	struct iuplus_rrc_activation ul_activation;
	struct iuplus_rrc_rb_activation_list rb_ul;
};

/** SECURITY MODE FAILURE, PHYSICAL CHANNEL RECONFIGURATION FAILURE, UTRAN MOBILITY INFORMATION FAILURE. */
struct iuplus_rrc_failure_message {
	bool has_transaction; /**< set, except that PHYSICAL CHANNEL RECONFIGURATION FAILURE may lack it */
	uint8_t transaction;
	struct iuplus_rrc_failure_cause failure;
};

/** PHYSICAL CHANNEL RECONFIGURATION and UTRAN MOBILITY INFORMATION. Some members belong to only one of them. */
struct iuplus_rrc_reconfiguration {
	uint8_t transaction;
	struct iuplus_rrc_integrity_mode integrity;
	struct iuplus_rrc_ciphering_mode ciphering;
	bool has_u_rnti;
	struct iuplus_rrc_u_rnti u_rnti;
	bool has_c_rnti;
	uint16_t c_rnti;
	struct iuplus_rrc_cn_information cn;
	bool has_ura;
	uint16_t ura;
	struct iuplus_rrc_dl_counter_sync dl_sync;
	/** PHYSICAL CHANNEL RECONFIGURATION only */
	enum iuplus_rrc_state state;
	bool has_activation_time;
	uint8_t activation_time; /**< CFN */
	bool has_frequency;
	uint16_t uarfcn_dl;
	bool has_scrambling_code;
	uint16_t scrambling_code; /**< primary scrambling code of the first radio link, 0 to 511 */
	/** extension */
	struct iuplus_rrc_enhanced_capability network;
	struct iuplus_rrc_enhanced_keys keys; /**< the target has enhanced keys: derive them, then verify */
};

/** PHYSICAL CHANNEL RECONFIGURATION COMPLETE and UTRAN MOBILITY INFORMATION CONFIRM. */
struct iuplus_rrc_reconfiguration_complete {
	uint8_t transaction;
	struct iuplus_rrc_activation ul_activation;
	bool has_count_c_activation;
	uint8_t count_c_activation; /**< CFN */
	struct iuplus_rrc_ul_counter_sync ul_sync;
	struct iuplus_rrc_enhanced_capability enhanced; /**< extension */
};

struct iuplus_rrc_status {
	enum iuplus_rrc_protocol_error cause;
	uint8_t transaction; /**< with causes 2 to 5 */
	uint8_t received;    /**< enum iuplus_rrc_received, 0 to 31; with causes 2 to 5 */
};

struct iuplus_rrc_signalling_connection_release {
	uint8_t transaction; /**< not in the INDICATION */
	enum iuplus_domain domain;
};

/** One message. */
struct iuplus_rrc_msg {
	enum iuplus_rrc_channel channel;
	enum iuplus_rrc_type type;
	/** IntegrityCheckInfo. To call iuplus_rrc_integrity_protect() afterwards, encode with present set and zeros. */
	struct {
		bool present;
		uint32_t mac;
		uint8_t sn;
	} integrity_check;
	union {
		struct iuplus_rrc_connection_request connection_request;
		struct iuplus_rrc_connection_setup connection_setup;
		struct iuplus_rrc_connection_setup_complete connection_setup_complete;
		struct iuplus_rrc_connection_reject connection_reject;
		struct iuplus_rrc_connection_release connection_release;
		struct iuplus_rrc_connection_release_complete connection_release_complete;
		struct iuplus_rrc_initial_direct_transfer initial_direct_transfer;
		struct iuplus_rrc_uplink_direct_transfer uplink_direct_transfer;
		struct iuplus_rrc_downlink_direct_transfer downlink_direct_transfer;
		struct iuplus_rrc_security_mode_command security_mode_command;
		struct iuplus_rrc_security_mode_complete security_mode_complete;
		struct iuplus_rrc_failure_message failure;
		struct iuplus_rrc_reconfiguration reconfiguration;
		struct iuplus_rrc_reconfiguration_complete reconfiguration_complete;
		struct iuplus_rrc_status status;
		struct iuplus_rrc_signalling_connection_release signalling_connection_release;
	} u;
	const char *name; /**< decode: the standard's name, for _OTHER too; static */
	unsigned unknown_extensions; /**< decode: levels in the place of the extension that are not ours: another marker
				      * or version, or contents that do not decode. They were skipped */
};

/** An error, and the treatment that clause 9 prescribes. */
struct iuplus_rrc_error {
	int rc;
	enum iuplus_rrc_protocol_error cause;
	bool answer;      /**< an answer is required: iuplus_rrc_answer_for() builds it */
	bool has_message; /**< type is known, and for a downlink message also received */
	enum iuplus_rrc_type type;
	uint8_t received; /**< ReceivedMessageType */
	bool has_transaction;
	uint8_t transaction;
	size_t bit;     /**< bit offset in the encoding where decoding stopped */
	char path[256]; /**< path of the value, "" if not known */
};

/** Decode and encode as a node without the extension does: its members are neither decoded nor encoded. */
#define IUPLUS_RRC_LEGACY 1u

/** Decodes the octets of one message of channel into *out; everything that it points to is in arena.
 * Padding after the message (12.1.3) is allowed. error may be NULL.
 * IUPLUS_OK; IUPLUS_ERR_TRUNCATED, _SYNTAX, _CONSTRAINT: not a valid encoding (9.2), discard or answer as *error says;
 * IUPLUS_ERR_NOT_COMPREHENDED: an unknown message, branch or value (9.3, 9.5, 9.6), answer as *error says;
 * IUPLUS_ERR_ARGUMENT: no such channel or flag; IUPLUS_ERR_MEMORY: discard the message. */
int iuplus_rrc_decode(enum iuplus_rrc_channel channel, struct iuplus_octets in, unsigned flags,
		      struct iuplus_arena *arena, struct iuplus_rrc_msg *out, struct iuplus_rrc_error *error);

/** Encodes *msg; *out is in arena, where iuplus_rrc_integrity_protect() may change it.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: the channel has no such message; IUPLUS_ERR_CONSTRAINT: a member is out of range
 * (error->path names it); IUPLUS_ERR_MEMORY. error may be NULL. */
int iuplus_rrc_encode(const struct iuplus_rrc_msg *msg, unsigned flags, struct iuplus_arena *arena,
		      struct iuplus_octets *out, struct iuplus_rrc_error *error);

/** The standard's name of a type ("SECURITY MODE COMMAND"); never NULL. */
const char *iuplus_rrc_name(enum iuplus_rrc_type type);
/** The name in the ASN.1 module ("SecurityModeCommand"), which the ladder prints; never NULL. */
const char *iuplus_rrc_asn1_name(enum iuplus_rrc_type type);

/** Builds the UE's answer to a downlink message that failed with *error: the procedure's own FAILURE (or RRC CONNECTION
 * RELEASE COMPLETE) with the protocol error, otherwise RRC STATUS (9.2, 9.3, 9.5, 9.6). Its integrity check info is
 * absent. IUPLUS_OK, or IUPLUS_ERR_STATE if clause 9 requires no answer: on a CCCH, and in a network. */
int iuplus_rrc_answer_for(const struct iuplus_rrc_error *error, struct iuplus_rrc_msg *out);

/* ---- between RNCs (14.12.4, in RANAP's transparent containers) ---- */

/** HFN and SN of one direction of one SRB (COUNT-I). */
struct iuplus_rrc_count {
	bool used;    /**< a message was sent or verified; sn is that of the last one */
	uint32_t hfn; /**< 28 bits */
	uint8_t sn;   /**< 0 to 15 */
};

/** SRNS relocation info (14.12.4.2). */
struct iuplus_rrc_srns_info {
	enum iuplus_rrc_state state;
	uint8_t procedure; /**< StateOfRRC-Procedure: 0 none, 5 await PhyCH reconf. complete */
	/** ciphering */
	bool ciphering_started[2];        /**< by enum iuplus_domain */
	enum iuplus_domain latest_domain; /**< latest configured CN domain */
	unsigned ciphered_rbs;            /**< 0 to 32; SRBs first */
	struct {
		uint32_t dl_hfn, ul_hfn;
		uint8_t bits; /**< 20 (AM) to 25 (UM); decoded: that of the longer HFN */
		uint8_t rb;   /**< decode: 1 to 32; 0: not present (r3). Not encoded */
	} rb_hfn[IUPLUS_RRC_MAX_RB];
	uint8_t dl_um_sn; /**< SRB1: 7 bits */
	unsigned starts;  /**< START for ciphering per domain: 0 to 4 */
	struct iuplus_rrc_start start[IUPLUS_RRC_MAX_DOMAINS];
	/** integrity */
	bool integrity_started;
	struct iuplus_rrc_count ul[IUPLUS_RRC_SRBS], dl[IUPLUS_RRC_SRBS]; /**< RB0 to RB4 */
	/** the UE */
	struct iuplus_rrc_u_rnti u_rnti;
	bool has_c_rnti;
	uint16_t c_rnti;
	struct iuplus_rrc_security_capability security;
	bool has_ura;
	uint16_t ura;
	struct iuplus_octets common_nas_info; /**< 1 to 8 octets; if absent, two zero octets are encoded */
	unsigned domains;
	struct iuplus_rrc_cn_domain domain[IUPLUS_RRC_MAX_DOMAINS];
	uint8_t ho_rb; /**< RB of the message in TargetRNC-ToSourceRNC-Container; 0: absent */
	/** extension */
	struct iuplus_rrc_enhanced_capability enhanced;
	unsigned next_keys; /**< 0 to 2: an enhanced source hands these over, never CK and IK */
	struct iuplus_rrc_next_key {
		enum iuplus_domain domain;
		struct iuplus_security_key_index index;
		bool has_k_rnc; /**< K_RNC or K_RNC*; else IK_U, and CK_U unless there is no ciphering */
		uint8_t k_rnc[32], ik_u[16];
		bool has_ck_u;
		uint8_t ck_u[16];
	} next_key[2];
	unsigned unknown_extensions; /**< decode: as in struct iuplus_rrc_msg */
};

/** Encodes ToTargetRNC-Container with srncRelocation. Codes as iuplus_rrc_encode(). The octets contain a key if
 * next_keys is set: reset the arena with wipe. */
int iuplus_rrc_srns_info_encode(const struct iuplus_rrc_srns_info *info, unsigned flags, struct iuplus_arena *arena,
				struct iuplus_octets *out, struct iuplus_rrc_error *error);
/** The inverse. Codes as iuplus_rrc_decode(); an alternative other than srncRelocation is _NOT_COMPREHENDED. */
int iuplus_rrc_srns_info_decode(struct iuplus_octets in, unsigned flags, struct iuplus_arena *arena,
				struct iuplus_rrc_srns_info *out, struct iuplus_rrc_error *error);

/** TargetRNC-ToSourceRNC-Container: the DL-DCCH message for the UE, or the reason why there is none. */
struct iuplus_rrc_to_source {
	bool failure; /**< rrc-FailureInfo */
	struct iuplus_rrc_failure_cause cause;
	struct iuplus_octets dl_dcch; /**< dL-DCCHmessage: a complete DL-DCCH-Message, to be sent unchanged */
};
/** Encode and decode; codes as above. An alternative without struct (radioBearerSetup ...) is _NOT_COMPREHENDED. */
int iuplus_rrc_to_source_encode(const struct iuplus_rrc_to_source *in, struct iuplus_arena *arena,
				struct iuplus_octets *out, struct iuplus_rrc_error *error);
int iuplus_rrc_to_source_decode(struct iuplus_octets in, struct iuplus_arena *arena, struct iuplus_rrc_to_source *out,
				struct iuplus_rrc_error *error);

/* ---- the integrity envelope (8.5.10, 10.3.3.16) ---- */

/** INTEGRITY_PROTECTION_INFO of one UE with one set of keys. A plain value: copy it to keep the old configuration
 * until the new one is confirmed. Wipe it with iuplus_rrc_integrity_wipe(). */
struct iuplus_rrc_integrity {
	bool started;
	enum iuplus_key_kind kind;
	uint8_t uia; /**< 1 or 2 */
	uint8_t ik[16];
	uint32_t fresh;
	uint32_t start; /**< 20 bits: START that the HFNs were initialised with */
	struct iuplus_rrc_count ul[IUPLUS_RRC_SRBS], dl[IUPLUS_RRC_SRBS];
};

/** Starts integrity protection (8.6.3.5.1): every HFN becomes START followed by eight zero bits, the uplink SNs 0,
 * the downlink SNs unset. IUPLUS_OK, or IUPLUS_ERR_ARGUMENT when uia is not 1 or 2 or start has more than 20 bits. */
int iuplus_rrc_integrity_start(struct iuplus_rrc_integrity *s, enum iuplus_key_kind kind, unsigned uia,
			       const uint8_t ik[16], uint32_t fresh, uint32_t start);

/** New keys while protection continues (8.6.3.5.3, "modify"): as start, but SNs and FRESH are kept.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT as above; IUPLUS_ERR_STATE: not started. */
int iuplus_rrc_integrity_modify(struct iuplus_rrc_integrity *s, enum iuplus_key_kind kind, unsigned uia,
				const uint8_t ik[16], uint32_t start);

/** Protects an encoded DCCH or CCCH message in place: takes the next SN of rb, writes it and MAC-I into the
 * IntegrityCheckInfo that the encoding already has (its first 37 bits). uplink is the direction of the message.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: rb above 4, or the message has no room for the check info; IUPLUS_ERR_STATE: not
 * started; IUPLUS_ERR_EXHAUSTED: HFN would wrap, send nothing, new keys are needed. */
int iuplus_rrc_integrity_protect(struct iuplus_rrc_integrity *s, bool uplink, unsigned rb, uint8_t *pdu, size_t len);

/** The check of a rejected MAC-I: the inputs of f9 (TS 33.102 6.5.4), the received MAC-I and the one computed over the
 * received message. Of the key, only the fingerprint is shown. */
struct iuplus_rrc_mac_check {
	bool uplink;               /**< false: downlink */
	uint8_t rb;                /**< 0 to 4 */
	uint8_t uia;               /**< 1 or 2; 0: no MAC-I was rejected, and the other members are zero */
	enum iuplus_key_kind kind; /**< of the key: IK or IK_U */
	char key[IUPLUS_SECURITY_FINGERPRINT_SIZE];
	uint32_t count; /**< COUNT-I */
	uint32_t fresh;
	uint32_t received, expected; /**< MAC-I, most significant octet first */
};
/** The check as one line of text, the same in every log: "MAC-I 5d0e11a2, expected 5d0e11a3 (UIA2, IK_U 75db1c7e, RB2
 * downlink, COUNT-I 00000011, FRESH 0ff4f64c)". */
#define IUPLUS_RRC_MAC_CHECK_TEXT 128
void iuplus_rrc_mac_check_text(const struct iuplus_rrc_mac_check *check, char out[IUPLUS_RRC_MAC_CHECK_TEXT]);

/** Verifies a received message and advances COUNT-I if the MAC is correct; otherwise s does not change. check may be
 * NULL; it explains IUPLUS_ERR_INTEGRITY and is cleared for every other code. IUPLUS_OK; IUPLUS_ERR_MISSING: no check
 * info although protection is started: discard; IUPLUS_ERR_STATE: check info although it is not started: discard;
 * IUPLUS_ERR_REPLAY: SN repeated, or the MAC is right for an older COUNT-I: discard; IUPLUS_ERR_INTEGRITY: wrong MAC:
 * discard; IUPLUS_ERR_EXHAUSTED: HFN would wrap; IUPLUS_ERR_ARGUMENT: rb above 4; IUPLUS_ERR_TRUNCATED: shorter than
 * the check info; IUPLUS_ERR_MEMORY. */
int iuplus_rrc_integrity_verify(struct iuplus_rrc_integrity *s, bool uplink, unsigned rb, const uint8_t *pdu,
				size_t len, struct iuplus_rrc_mac_check *check);

/** Copies the counters into the SRNS relocation info (export), or from it into *s (import). Keys, FRESH and algorithm
 * are sent elsewhere (RANAP) or are new. import: s was started before, with the target's FRESH. */
void iuplus_rrc_integrity_export(const struct iuplus_rrc_integrity *s, struct iuplus_rrc_srns_info *info);
void iuplus_rrc_integrity_import(struct iuplus_rrc_integrity *s, const struct iuplus_rrc_srns_info *info);

/** The 20 most significant bits of the largest COUNT-I HFN in use over all SRBs and both directions, from which START
 * is computed (8.5.9). 0 if not started. */
uint32_t iuplus_rrc_integrity_hfn_msb(const struct iuplus_rrc_integrity *s);

/** Resets *s and wipes its keys. */
void iuplus_rrc_integrity_wipe(struct iuplus_rrc_integrity *s);

IUPLUS_END_DECLS
#endif
