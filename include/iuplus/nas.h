/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * nas.h: GPRS mobility management messages (TS 24.008 clauses 9.4 and 10.5) as typed structs.
 *
 * One table in src/nas lists the information elements of every message, with order and format; the codec walks this
 * table. If an element of the imperative part is wrong, the decoder rejects the message and returns the GMM cause for
 * the answer. Elements of the non-imperative part that are wrong, repeated, out of sequence or unknown are skipped and
 * counted (TS 24.008 clause 8). A decoded message points into the octets that it was decoded from: they must outlive
 * it. */
#ifndef IUPLUS_NAS_H
#define IUPLUS_NAS_H

#include <iuplus/iuplus.h>

IUPLUS_BEGIN_DECLS

#define IUPLUS_NAS_PD_GMM 0x08 /**< protocol discriminator, TS 24.007 11.2.3.1.1 */
#define IUPLUS_NAS_MAX_PDU 256 /**< octets; every message of this codec is shorter */

/** Direction: some messages have the same name and type in both, but different contents (Detach Request, Detach
 * Accept). */
enum iuplus_nas_direction {
	IUPLUS_NAS_UPLINK,  /**< mobile station to network */
	IUPLUS_NAS_DOWNLINK /**< network to mobile station */
};

/** Message type, TS 24.008 table 10.4. */
enum iuplus_nas_type {
	IUPLUS_NAS_ATTACH_REQUEST = 0x01,
	IUPLUS_NAS_ATTACH_ACCEPT = 0x02,
	IUPLUS_NAS_ATTACH_COMPLETE = 0x03,
	IUPLUS_NAS_ATTACH_REJECT = 0x04,
	IUPLUS_NAS_DETACH_REQUEST = 0x05,
	IUPLUS_NAS_DETACH_ACCEPT = 0x06,
	IUPLUS_NAS_RAU_REQUEST = 0x08,
	IUPLUS_NAS_RAU_ACCEPT = 0x09,
	IUPLUS_NAS_RAU_COMPLETE = 0x0a,
	IUPLUS_NAS_RAU_REJECT = 0x0b,
	IUPLUS_NAS_SERVICE_REQUEST = 0x0c,
	IUPLUS_NAS_SERVICE_ACCEPT = 0x0d,
	IUPLUS_NAS_SERVICE_REJECT = 0x0e,
	IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND = 0x10,
	IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE = 0x11,
	IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST = 0x12,
	IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE = 0x13,
	IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT = 0x14,
	IUPLUS_NAS_IDENTITY_REQUEST = 0x15,
	IUPLUS_NAS_IDENTITY_RESPONSE = 0x16,
	IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE = 0x1c,
	IUPLUS_NAS_GMM_STATUS = 0x20
};

/** GMM cause, TS 24.008 10.5.5.14 (those that this project sends or acts on). */
enum iuplus_nas_cause {
	IUPLUS_NAS_CAUSE_NONE = 0,
	IUPLUS_NAS_CAUSE_IMSI_UNKNOWN_IN_HLR = 2,
	IUPLUS_NAS_CAUSE_ILLEGAL_MS = 3,
	IUPLUS_NAS_CAUSE_ILLEGAL_ME = 6,
	IUPLUS_NAS_CAUSE_GPRS_NOT_ALLOWED = 7,
	IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED = 8,
	IUPLUS_NAS_CAUSE_MS_IDENTITY_CANNOT_BE_DERIVED = 9,
	IUPLUS_NAS_CAUSE_IMPLICITLY_DETACHED = 10,
	IUPLUS_NAS_CAUSE_PLMN_NOT_ALLOWED = 11,
	IUPLUS_NAS_CAUSE_NETWORK_FAILURE = 17,
	IUPLUS_NAS_CAUSE_MAC_FAILURE = 20,
	IUPLUS_NAS_CAUSE_SYNCH_FAILURE = 21,
	IUPLUS_NAS_CAUSE_CONGESTION = 22,
	IUPLUS_NAS_CAUSE_GSM_AUTHENTICATION_UNACCEPTABLE = 23,
	IUPLUS_NAS_CAUSE_SEMANTICALLY_INCORRECT = 95,
	IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION = 96,
	IUPLUS_NAS_CAUSE_TYPE_NOT_IMPLEMENTED = 97,
	IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE = 98,
	IUPLUS_NAS_CAUSE_IE_NOT_IMPLEMENTED = 99,
	IUPLUS_NAS_CAUSE_CONDITIONAL_IE_ERROR = 100,
	IUPLUS_NAS_CAUSE_MESSAGE_NOT_COMPATIBLE = 101,
	IUPLUS_NAS_CAUSE_PROTOCOL_ERROR = 111
};

/** Mobile identity, TS 24.008 10.5.1.4. */
enum iuplus_nas_identity_type {
	IUPLUS_NAS_IDENTITY_NONE = 0,
	IUPLUS_NAS_IDENTITY_IMSI = 1,
	IUPLUS_NAS_IDENTITY_IMEI = 2,
	IUPLUS_NAS_IDENTITY_IMEISV = 3,
	IUPLUS_NAS_IDENTITY_TMSI = 4 /**< TMSI, P-TMSI */
};

struct iuplus_nas_identity {
	enum iuplus_nas_identity_type type;
	char digits[17]; /**< IMSI (at most 15), IMEI (15), IMEISV (16): decimal digits, NUL
			  * terminated */
	uint32_t tmsi;   /**< TMSI */
};

/** Routing area identification, TS 24.008 10.5.5.15. plmn is in the coding of TS 24.008 10.5.1.3 (as RANAP's
 * PLMNidentity): 52 f8 15 would be MCC 258, MNC 51. */
struct iuplus_nas_rai {
	uint8_t plmn[3];
	uint16_t lac;
	uint8_t rac;
};

/* Optional elements: has_X tells whether X is present; an optional octet string is present if its data is not NULL. */

struct iuplus_nas_attach_request {
	struct iuplus_octets ms_network_capability; /**< 2 to 8 octets */
	uint8_t attach_type; /**< bits 3..1: 1 GPRS, 3 combined, 4 emergency; bit 4 follow-on request */
	uint8_t cksn;        /**< 0 to 6; 7 no key is available */
	uint8_t drx_parameter[2];
	struct iuplus_nas_identity identity; /**< P-TMSI or IMSI */
	struct iuplus_nas_rai old_rai;
	struct iuplus_octets ms_radio_access_capability; /**< 5 to 51 octets */
	bool has_old_ptmsi_signature;
	uint8_t old_ptmsi_signature[3];
	bool has_requested_ready_timer;
	uint8_t requested_ready_timer;
	bool has_tmsi_status;
	uint8_t tmsi_status;
	struct iuplus_octets ps_lcs_capability; /**< 1 octet */
	struct iuplus_octets classmark2;        /**< 3 octets */
	struct iuplus_octets classmark3;
	struct iuplus_octets supported_codecs;
	struct iuplus_octets ue_network_capability;
	struct iuplus_octets additional_identity, additional_old_rai, voice_domain_preference, old_lai;
};

struct iuplus_nas_attach_accept {
	uint8_t attach_result; /**< 1 GPRS only attached, 3 combined */
	uint8_t force_to_standby;
	uint8_t periodic_rau_timer; /**< GPRS timer, TS 24.008 10.5.7.3 */
	uint8_t radio_priority_sms;
	uint8_t radio_priority_tom8;
	struct iuplus_nas_rai rai;
	bool has_ptmsi_signature;
	uint8_t ptmsi_signature[3];
	bool has_negotiated_ready_timer;
	uint8_t negotiated_ready_timer;
	bool has_allocated_ptmsi;
	struct iuplus_nas_identity allocated_ptmsi;
	bool has_ms_identity;
	struct iuplus_nas_identity ms_identity;
	bool has_cause;
	uint8_t cause;
	struct iuplus_octets t3302, equivalent_plmns, emergency_numbers, t3319;
	bool has_cell_notification;
	bool has_network_feature_support;
	uint8_t network_feature_support;
	bool has_requested_ms_information;
	uint8_t requested_ms_information;
};

struct iuplus_nas_attach_reject {
	uint8_t cause;
	struct iuplus_octets t3302, t3346; /**< 1 octet each */
};

struct iuplus_nas_detach_request {
	uint8_t detach_type;      /**< uplink: bits 3..1: 1 GPRS, 2 IMSI, 3 both; bit 4 power off.
				   * Downlink: bits 3..1: 1 re-attach required, 2 not required, 3 IMSI detach */
	uint8_t force_to_standby; /**< downlink */
	bool has_ptmsi;           /**< uplink */
	struct iuplus_nas_identity ptmsi;
	struct iuplus_octets ptmsi_signature; /**< uplink, 3 octets */
	bool has_cause;                       /**< downlink */
	uint8_t cause;
};

struct iuplus_nas_detach_accept {
	uint8_t force_to_standby; /**< downlink; the uplink message has no contents */
};

struct iuplus_nas_rau_request {
	uint8_t update_type; /**< bits 3..1: 0 RA, 1 combined, 3 periodic; bit 4 follow-on request */
	uint8_t cksn;
	struct iuplus_nas_rai old_rai;
	struct iuplus_octets ms_radio_access_capability;
	bool has_old_ptmsi_signature;
	uint8_t old_ptmsi_signature[3];
	bool has_requested_ready_timer;
	uint8_t requested_ready_timer;
	bool has_drx_parameter;
	uint8_t drx_parameter[2];
	bool has_tmsi_status;
	uint8_t tmsi_status;
	bool has_ptmsi;
	struct iuplus_nas_identity ptmsi;
	struct iuplus_octets ms_network_capability, pdp_context_status, ps_lcs_capability;
};

struct iuplus_nas_rau_accept {
	uint8_t force_to_standby;
	uint8_t update_result; /**< 0 RA updated, 1 combined */
	uint8_t periodic_rau_timer;
	struct iuplus_nas_rai rai;
	bool has_ptmsi_signature;
	uint8_t ptmsi_signature[3];
	bool has_allocated_ptmsi;
	struct iuplus_nas_identity allocated_ptmsi;
	bool has_ms_identity;
	struct iuplus_nas_identity ms_identity;
	struct iuplus_octets receive_npdu_numbers;
	bool has_negotiated_ready_timer;
	uint8_t negotiated_ready_timer;
	bool has_cause;
	uint8_t cause;
	struct iuplus_octets t3302, equivalent_plmns, pdp_context_status;
	bool has_cell_notification;
	bool has_network_feature_support;
	uint8_t network_feature_support;
};

struct iuplus_nas_rau_complete {
	struct iuplus_octets receive_npdu_numbers;
};

struct iuplus_nas_rau_reject {
	uint8_t cause;
	uint8_t force_to_standby;
	struct iuplus_octets t3302, t3346;
};

struct iuplus_nas_service_request {
	uint8_t cksn;
	uint8_t service_type; /**< 0 signalling, 1 data, 2 paging response */
	struct iuplus_nas_identity ptmsi;
	struct iuplus_octets pdp_context_status, mbms_context_status, uplink_data_status;
};

struct iuplus_nas_service_accept {
	struct iuplus_octets pdp_context_status, mbms_context_status;
};

struct iuplus_nas_service_reject {
	uint8_t cause;
	struct iuplus_octets t3346;
};

struct iuplus_nas_ptmsi_reallocation_command {
	struct iuplus_nas_identity allocated_ptmsi;
	struct iuplus_nas_rai rai;
	uint8_t force_to_standby;
	bool has_ptmsi_signature;
	uint8_t ptmsi_signature[3];
};

struct iuplus_nas_authentication_and_ciphering_request {
	uint8_t ciphering_algorithm; /**< 0 on Iu: the RNC ciphers */
	uint8_t imeisv_request;      /**< 1 IMEISV requested */
	uint8_t force_to_standby;
	uint8_t reference; /**< A&C reference number */
	bool has_rand;     /**< absent: only a change of ciphering mode */
	uint8_t rand[16];
	bool has_cksn; /**< conditional: present with RAND */
	uint8_t cksn;
	struct iuplus_octets autn; /**< 16 octets: a UMTS challenge */
};

struct iuplus_nas_authentication_and_ciphering_response {
	uint8_t reference;
	bool has_res; /**< first four octets of RES, or SRES */
	uint8_t res[4];
	struct iuplus_octets imeisv;        /**< coded as a mobile identity */
	struct iuplus_octets res_extension; /**< all octets of RES but the first four: 1 to 12 */
};

struct iuplus_nas_authentication_and_ciphering_failure {
	uint8_t cause;             /**< 20 MAC failure, 21 synch failure, 23 GSM authentication unacceptable */
	struct iuplus_octets auts; /**< 14 octets, with synch failure */
};

struct iuplus_nas_identity_request {
	uint8_t identity_type; /**< enum iuplus_nas_identity_type */
	uint8_t force_to_standby;
};

struct iuplus_nas_identity_response {
	struct iuplus_nas_identity identity;
};

struct iuplus_nas_gmm_status {
	uint8_t cause;
};

struct iuplus_nas_msg {
	enum iuplus_nas_type type;
	union {
		struct iuplus_nas_attach_request attach_request;
		struct iuplus_nas_attach_accept attach_accept;
		struct iuplus_nas_attach_reject attach_reject;
		struct iuplus_nas_detach_request detach_request;
		struct iuplus_nas_detach_accept detach_accept;
		struct iuplus_nas_rau_request rau_request;
		struct iuplus_nas_rau_accept rau_accept;
		struct iuplus_nas_rau_complete rau_complete;
		struct iuplus_nas_rau_reject rau_reject;
		struct iuplus_nas_service_request service_request;
		struct iuplus_nas_service_accept service_accept;
		struct iuplus_nas_service_reject service_reject;
		struct iuplus_nas_ptmsi_reallocation_command ptmsi_reallocation_command;
		struct iuplus_nas_authentication_and_ciphering_request authentication_request;
		struct iuplus_nas_authentication_and_ciphering_response authentication_response;
		struct iuplus_nas_authentication_and_ciphering_failure authentication_failure;
		struct iuplus_nas_identity_request identity_request;
		struct iuplus_nas_identity_response identity_response;
		struct iuplus_nas_gmm_status gmm_status;
	} u; /**< Attach Complete, P-TMSI Reallocation Complete, A&C Reject: no contents */
};

/** Findings of the decoder besides the value. */
struct iuplus_nas_report {
	uint8_t cause;       /**< GMM cause of the answer to a rejected message; 0: ignore it */
	const char *element; /**< name of the element that is wrong, static, or NULL */
	size_t offset;       /**< octet of the PDU where the error is */
	unsigned ignored;    /**< elements skipped: unknown, repeated, out of sequence or wrong */
};

/** Decodes one GMM message. msg and report (may be NULL) are always written; msg points into pdu afterwards.
 * Returns IUPLUS_OK;
 * IUPLUS_ERR_TRUNCATED: shorter than a protocol discriminator and message type: ignore it (TS 24.008 8.2);
 * IUPLUS_ERR_SYNTAX: not the GMM protocol discriminator, or a skip indicator other than 0: ignore it (8.3);
 * IUPLUS_ERR_NOT_COMPREHENDED: message type unknown or not of this direction: answer GMM STATUS with report->cause,
 * 97 or 98 (8.4); or an unknown element whose identifier means "comprehension required": cause 96 (8.5);
 * IUPLUS_ERR_MISSING, IUPLUS_ERR_CONSTRAINT: the imperative part is too short, or an element of it has an impossible
 * length or value: answer with report->cause, 96 (8.5);
 * IUPLUS_ERR_ARGUMENT: a NULL pointer. */
int iuplus_nas_decode(struct iuplus_octets pdu, enum iuplus_nas_direction direction, struct iuplus_nas_msg *msg,
		      struct iuplus_nas_report *report);

/** Encodes msg into buf of size octets (IUPLUS_NAS_MAX_PDU always suffices); *len gets the octets written.
 * Returns IUPLUS_OK; IUPLUS_ERR_CONSTRAINT: a value or length outside what the message allows; IUPLUS_ERR_SPACE: buf is
 * too small; IUPLUS_ERR_NOT_COMPREHENDED: no such message in this direction; IUPLUS_ERR_ARGUMENT: a NULL pointer.
 * After an error the contents of buf are undefined. */
int iuplus_nas_encode(const struct iuplus_nas_msg *msg, enum iuplus_nas_direction direction, uint8_t *buf, size_t size,
		      size_t *len);

/** The standard's name of a GMM message type in the style of ASN.1 ("AttachRequest"); NULL for an unknown type. Any
 * value is allowed. */
const char *iuplus_nas_type_name(unsigned type);
/** The name of the message in a PDU, for a log or ladder: "AttachRequest", or "NAS" if it is not a known GMM message.
 * Never NULL. */
const char *iuplus_nas_pdu_name(struct iuplus_octets pdu);
/** The wording of a GMM cause for a log line ("MAC failure"); "unspecified" for others. Never NULL. */
const char *iuplus_nas_cause_name(unsigned cause);

/** Decodes the contents of a mobile identity element, without identifier and length (TS 24.008 10.5.1.4).
 * Returns IUPLUS_OK; IUPLUS_ERR_TRUNCATED: empty; IUPLUS_ERR_CONSTRAINT: impossible length, digit or type: treat the
 * element as wrong. */
int iuplus_nas_identity_decode(struct iuplus_octets contents, struct iuplus_nas_identity *identity);
/** Encodes into buf of size octets; *len gets the octets written (at most 9). Returns IUPLUS_OK; IUPLUS_ERR_CONSTRAINT:
 * there is no such identity; IUPLUS_ERR_SPACE: buf is too small. */
int iuplus_nas_identity_encode(const struct iuplus_nas_identity *identity, uint8_t *buf, size_t size, size_t *len);

/** Decimal digits to the coding of RANAP's PermanentNAS-UE-ID: two digits per octet, low nibble first, 1111 as filler
 * (TS 25.413 9.2.3.1). buf needs (digits + 1) / 2 octets. Returns the octets written; 0 when imsi is not 6 to 15
 * digits or buf is too small. */
size_t iuplus_nas_imsi_to_bcd(const char *imsi, uint8_t *buf, size_t size);
/** The reverse; digits needs 16 characters. Returns IUPLUS_OK or IUPLUS_ERR_CONSTRAINT: not 3 to 8 octets of digits. */
int iuplus_nas_imsi_from_bcd(struct iuplus_octets bcd, char digits[16]);
/** MCC (3 digits) and MNC (2 or 3 digits) to three octets (TS 24.008 10.5.1.3). Returns IUPLUS_OK or
 * IUPLUS_ERR_CONSTRAINT: not valid digits. */
int iuplus_nas_plmn_from_digits(const char *mcc, const char *mnc, uint8_t plmn[3]);

IUPLUS_END_DECLS
#endif
