/* SPDX-License-Identifier: BSD-2-Clause */
/* nas_table.c: the GMM messages of TS 24.008 9.4 as a table, and their names. */
#include "src/nas/nas_table.h"

#define AT(member) offsetof(struct iuplus_nas_msg, u.member)
/* Imperative part. */
#define LOW(name, m) \
	{ \
		name, NAS_LOW, NAS_U8, 0, 1, 1, AT(m), 0 \
	}
#define HIGH(name, m) \
	{ \
		name, NAS_HIGH, NAS_U8, 0, 1, 1, AT(m), 0 \
	}
#define SPARE \
	{ \
		"spare half octet", NAS_HIGH, NAS_SPARE, 0, 1, 1, 0, 0 \
	}
#define V1(name, m) \
	{ \
		name, NAS_V, NAS_U8, 0, 1, 1, AT(m), 0 \
	}
#define VN(name, m, n) \
	{ \
		name, NAS_V, NAS_BYTES, 0, n, n, AT(m), 0 \
	}
#define V_RAI(name, m) \
	{ \
		name, NAS_V, NAS_RAI, 0, 6, 6, AT(m), 0 \
	}
#define LV(name, m, min, max) \
	{ \
		name, NAS_LV, NAS_OCTETS, 0, min, max, AT(m), 0 \
	}
#define LV_ID(name, m, min, max) \
	{ \
		name, NAS_LV, NAS_IDENTITY, 0, min, max, AT(m), 0 \
	}
/* Optional elements. */
#define TV1(iei, name, m, has) \
	{ \
		name, NAS_TV1, NAS_U8, iei, 1, 1, AT(m), AT(has) \
	}
#define T(iei, name, has) \
	{ \
		name, NAS_T, NAS_FLAG, iei, 0, 0, 0, AT(has) \
	}
#define TV(iei, name, m, has) \
	{ \
		name, NAS_TV, NAS_U8, iei, 1, 1, AT(m), AT(has) \
	}
#define TVN(iei, name, m, n, has) \
	{ \
		name, NAS_TV, NAS_BYTES, iei, n, n, AT(m), AT(has) \
	}
#define TLV(iei, name, m, min, max) \
	{ \
		name, NAS_TLV, NAS_OCTETS, iei, min, max, AT(m), 0 \
	}
#define TLV_ID(iei, name, m, min, max, has) \
	{ \
		name, NAS_TLV, NAS_IDENTITY, iei, min, max, AT(m), AT(has) \
	}

static const struct nas_field attach_request[] = {
	/* table 9.4.1 */
	LV("MS network capability", attach_request.ms_network_capability, 2, 8),
	LOW("Attach type", attach_request.attach_type),
	HIGH("GPRS ciphering key sequence number", attach_request.cksn),
	VN("DRX parameter", attach_request.drx_parameter, 2),
	LV_ID("P-TMSI or IMSI", attach_request.identity, 5, 8),
	V_RAI("Old routing area identification", attach_request.old_rai),
	LV("MS Radio Access capability", attach_request.ms_radio_access_capability, 5, 51),
	TVN(0x19, "Old P-TMSI signature", attach_request.old_ptmsi_signature, 3,
	    attach_request.has_old_ptmsi_signature),
	TV(0x17, "Requested READY timer value", attach_request.requested_ready_timer,
	   attach_request.has_requested_ready_timer),
	TV1(0x9, "TMSI status", attach_request.tmsi_status, attach_request.has_tmsi_status),
	TLV(0x33, "PS LCS Capability", attach_request.ps_lcs_capability, 1, 1),
	TLV(0x11, "Mobile station classmark 2", attach_request.classmark2, 3, 3),
	TLV(0x20, "Mobile station classmark 3", attach_request.classmark3, 0, 32),
	TLV(0x40, "Supported Codecs", attach_request.supported_codecs, 3, 64),
	TLV(0x58, "UE network capability", attach_request.ue_network_capability, 2, 13),
	TLV(0x1a, "Additional mobile identity", attach_request.additional_identity, 5, 5),
	TLV(0x1b, "Additional old routing area identification", attach_request.additional_old_rai, 6, 6),
	TLV(0x5d, "Voice domain preference and UE's usage setting", attach_request.voice_domain_preference, 1, 1),
	TLV(0x14, "Old location area identification", attach_request.old_lai, 5, 5),
};

static const struct nas_field attach_accept[] = {
	/* table 9.4.2 */
	LOW("Attach result", attach_accept.attach_result),
	HIGH("Force to standby", attach_accept.force_to_standby),
	V1("Periodic RA update timer", attach_accept.periodic_rau_timer),
	LOW("Radio priority for SMS", attach_accept.radio_priority_sms),
	HIGH("Radio priority for TOM8", attach_accept.radio_priority_tom8),
	V_RAI("Routing area identification", attach_accept.rai),
	TVN(0x19, "P-TMSI signature", attach_accept.ptmsi_signature, 3, attach_accept.has_ptmsi_signature),
	TV(0x17, "Negotiated READY timer value", attach_accept.negotiated_ready_timer,
	   attach_accept.has_negotiated_ready_timer),
	TLV_ID(0x18, "Allocated P-TMSI", attach_accept.allocated_ptmsi, 5, 5, attach_accept.has_allocated_ptmsi),
	TLV_ID(0x23, "MS identity", attach_accept.ms_identity, 5, 8, attach_accept.has_ms_identity),
	TV(0x25, "GMM cause", attach_accept.cause, attach_accept.has_cause),
	TLV(0x2a, "T3302 value", attach_accept.t3302, 1, 1),
	T(0x8c, "Cell Notification", attach_accept.has_cell_notification),
	TLV(0x4a, "Equivalent PLMNs", attach_accept.equivalent_plmns, 3, 45),
	TV1(0xb, "Network feature support", attach_accept.network_feature_support,
	    attach_accept.has_network_feature_support),
	TLV(0x34, "Emergency Number List", attach_accept.emergency_numbers, 3, 48),
	TV1(0xa, "Requested MS Information", attach_accept.requested_ms_information,
	    attach_accept.has_requested_ms_information),
	TLV(0x37, "T3319 value", attach_accept.t3319, 1, 1),
};

static const struct nas_field attach_reject[] = {
	/* table 9.4.4 */
	V1("GMM cause", attach_reject.cause),
	TLV(0x2a, "T3302 value", attach_reject.t3302, 1, 1),
	TLV(0x3a, "T3346 value", attach_reject.t3346, 1, 1),
};

static const struct nas_field detach_request_up[] = {
	/* table 9.4.5.2 */
	LOW("Detach type", detach_request.detach_type),
	SPARE,
	TLV_ID(0x18, "P-TMSI", detach_request.ptmsi, 5, 5, detach_request.has_ptmsi),
	TLV(0x19, "P-TMSI signature", detach_request.ptmsi_signature, 3, 3),
};

static const struct nas_field detach_request_down[] = {
	/* table 9.4.5.1 */
	LOW("Detach type", detach_request.detach_type),
	HIGH("Force to standby", detach_request.force_to_standby),
	TV(0x25, "GMM cause", detach_request.cause, detach_request.has_cause),
};

static const struct nas_field detach_accept_down[] = {
	/* table 9.4.6.2 */
	LOW("Force to standby", detach_accept.force_to_standby),
	SPARE,
};

static const struct nas_field rau_request[] = {
	/* table 9.4.14 */
	LOW("Update type", rau_request.update_type),
	HIGH("GPRS ciphering key sequence number", rau_request.cksn),
	V_RAI("Old routing area identification", rau_request.old_rai),
	LV("MS Radio Access capability", rau_request.ms_radio_access_capability, 5, 51),
	TVN(0x19, "Old P-TMSI signature", rau_request.old_ptmsi_signature, 3, rau_request.has_old_ptmsi_signature),
	TV(0x17, "Requested READY timer value", rau_request.requested_ready_timer,
	   rau_request.has_requested_ready_timer),
	TVN(0x27, "DRX parameter", rau_request.drx_parameter, 2, rau_request.has_drx_parameter),
	TV1(0x9, "TMSI status", rau_request.tmsi_status, rau_request.has_tmsi_status),
	TLV_ID(0x18, "P-TMSI", rau_request.ptmsi, 5, 5, rau_request.has_ptmsi),
	TLV(0x31, "MS network capability", rau_request.ms_network_capability, 2, 8),
	TLV(0x32, "PDP context status", rau_request.pdp_context_status, 2, 2),
	TLV(0x33, "PS LCS Capability", rau_request.ps_lcs_capability, 1, 1),
};

static const struct nas_field rau_accept[] = {
	/* table 9.4.15 */
	LOW("Force to standby", rau_accept.force_to_standby),
	HIGH("Update result", rau_accept.update_result),
	V1("Periodic RA update timer", rau_accept.periodic_rau_timer),
	V_RAI("Routing area identification", rau_accept.rai),
	TVN(0x19, "P-TMSI signature", rau_accept.ptmsi_signature, 3, rau_accept.has_ptmsi_signature),
	TLV_ID(0x18, "Allocated P-TMSI", rau_accept.allocated_ptmsi, 5, 5, rau_accept.has_allocated_ptmsi),
	TLV_ID(0x23, "MS identity", rau_accept.ms_identity, 5, 8, rau_accept.has_ms_identity),
	TLV(0x26, "List of Receive N-PDU Numbers", rau_accept.receive_npdu_numbers, 2, 17),
	TV(0x17, "Negotiated READY timer value", rau_accept.negotiated_ready_timer,
	   rau_accept.has_negotiated_ready_timer),
	TV(0x25, "GMM cause", rau_accept.cause, rau_accept.has_cause),
	TLV(0x2a, "T3302 value", rau_accept.t3302, 1, 1),
	T(0x8c, "Cell Notification", rau_accept.has_cell_notification),
	TLV(0x4a, "Equivalent PLMNs", rau_accept.equivalent_plmns, 3, 45),
	TLV(0x32, "PDP context status", rau_accept.pdp_context_status, 2, 2),
	TV1(0xb, "Network feature support", rau_accept.network_feature_support, rau_accept.has_network_feature_support),
};

static const struct nas_field rau_complete[] = {
	/* table 9.4.16 */
	TLV(0x26, "List of Receive N-PDU Numbers", rau_complete.receive_npdu_numbers, 2, 17),
};

static const struct nas_field rau_reject[] = {
	/* table 9.4.17 */
	V1("GMM cause", rau_reject.cause),
	LOW("Force to standby", rau_reject.force_to_standby),
	SPARE,
	TLV(0x2a, "T3302 value", rau_reject.t3302, 1, 1),
	TLV(0x3a, "T3346 value", rau_reject.t3346, 1, 1),
};

static const struct nas_field service_request[] = {
	/* table 9.4.20 */
	LOW("Ciphering key sequence number", service_request.cksn),
	HIGH("Service type", service_request.service_type),
	LV_ID("P-TMSI", service_request.ptmsi, 5, 5),
	TLV(0x32, "PDP context status", service_request.pdp_context_status, 2, 2),
	TLV(0x35, "MBMS context status", service_request.mbms_context_status, 0, 16),
	TLV(0x36, "Uplink data status", service_request.uplink_data_status, 2, 2),
};

static const struct nas_field service_accept[] = {
	/* table 9.4.21 */
	TLV(0x32, "PDP context status", service_accept.pdp_context_status, 2, 2),
	TLV(0x35, "MBMS context status", service_accept.mbms_context_status, 0, 16),
};

static const struct nas_field service_reject[] = {
	/* table 9.4.22 */
	V1("GMM cause", service_reject.cause),
	TLV(0x3a, "T3346 value", service_reject.t3346, 1, 1),
};

static const struct nas_field ptmsi_reallocation_command[] = {
	/* table 9.4.7 */
	LV_ID("Allocated P-TMSI", ptmsi_reallocation_command.allocated_ptmsi, 5, 5),
	V_RAI("Routing area identification", ptmsi_reallocation_command.rai),
	LOW("Force to standby", ptmsi_reallocation_command.force_to_standby),
	SPARE,
	TVN(0x19, "P-TMSI signature", ptmsi_reallocation_command.ptmsi_signature, 3,
	    ptmsi_reallocation_command.has_ptmsi_signature),
};

static const struct nas_field authentication_request[] = {
	/* table 9.4.9 */
	LOW("Ciphering algorithm", authentication_request.ciphering_algorithm),
	HIGH("IMEISV request", authentication_request.imeisv_request),
	LOW("Force to standby", authentication_request.force_to_standby),
	HIGH("A&C reference number", authentication_request.reference),
	TVN(0x21, "Authentication parameter RAND", authentication_request.rand, 16, authentication_request.has_rand),
	TV1(0x8, "GPRS ciphering key sequence number", authentication_request.cksn, authentication_request.has_cksn),
	TLV(0x28, "Authentication parameter AUTN", authentication_request.autn, 16, 16),
};

static const struct nas_field authentication_response[] = {
	/* table 9.4.10 */
	LOW("A&C reference number", authentication_response.reference),
	SPARE,
	TVN(0x22, "Authentication parameter Response", authentication_response.res, 4, authentication_response.has_res),
	TLV(0x23, "IMEISV", authentication_response.imeisv, 9, 9),
	TLV(0x29, "Authentication Response parameter (extension)", authentication_response.res_extension, 1, 12),
};

static const struct nas_field authentication_failure[] = {
	/* table 9.4.10a */
	V1("GMM cause", authentication_failure.cause),
	TLV(0x30, "Authentication Failure parameter", authentication_failure.auts, 14, 14),
};

static const struct nas_field identity_request[] = {
	/* table 9.4.12 */
	LOW("Identity type", identity_request.identity_type),
	HIGH("Force to standby", identity_request.force_to_standby),
};

static const struct nas_field identity_response[] = {
	/* table 9.4.13 */
	LV_ID("Mobile identity", identity_response.identity, 1, 9),
};

static const struct nas_field gmm_status[] = {
	/* table 9.4.18 */
	V1("GMM cause", gmm_status.cause),
};

#define FIELDS(f) sizeof(f) / sizeof((f)[0]), f
#define UP true, false
#define DOWN false, true
#define BOTH true, true

static const struct nas_message messages[] = {
	{ IUPLUS_NAS_ATTACH_REQUEST, UP, FIELDS(attach_request), "AttachRequest" },
	{ IUPLUS_NAS_ATTACH_ACCEPT, DOWN, FIELDS(attach_accept), "AttachAccept" },
	{ IUPLUS_NAS_ATTACH_COMPLETE, UP, 0, NULL, "AttachComplete" },
	{ IUPLUS_NAS_ATTACH_REJECT, DOWN, FIELDS(attach_reject), "AttachReject" },
	{ IUPLUS_NAS_DETACH_REQUEST, UP, FIELDS(detach_request_up), "DetachRequest" },
	{ IUPLUS_NAS_DETACH_REQUEST, DOWN, FIELDS(detach_request_down), "DetachRequest" },
	{ IUPLUS_NAS_DETACH_ACCEPT, UP, 0, NULL, "DetachAccept" },
	{ IUPLUS_NAS_DETACH_ACCEPT, DOWN, FIELDS(detach_accept_down), "DetachAccept" },
	{ IUPLUS_NAS_RAU_REQUEST, UP, FIELDS(rau_request), "RoutingAreaUpdateRequest" },
	{ IUPLUS_NAS_RAU_ACCEPT, DOWN, FIELDS(rau_accept), "RoutingAreaUpdateAccept" },
	{ IUPLUS_NAS_RAU_COMPLETE, UP, FIELDS(rau_complete), "RoutingAreaUpdateComplete" },
	{ IUPLUS_NAS_RAU_REJECT, DOWN, FIELDS(rau_reject), "RoutingAreaUpdateReject" },
	{ IUPLUS_NAS_SERVICE_REQUEST, UP, FIELDS(service_request), "ServiceRequest" },
	{ IUPLUS_NAS_SERVICE_ACCEPT, DOWN, FIELDS(service_accept), "ServiceAccept" },
	{ IUPLUS_NAS_SERVICE_REJECT, DOWN, FIELDS(service_reject), "ServiceReject" },
	{ IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND, DOWN, FIELDS(ptmsi_reallocation_command), "PTMSIReallocationCommand" },
	{ IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE, UP, 0, NULL, "PTMSIReallocationComplete" },
	{ IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST, DOWN, FIELDS(authentication_request),
	  "AuthenticationAndCipheringRequest" },
	{ IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, UP, FIELDS(authentication_response),
	  "AuthenticationAndCipheringResponse" },
	{ IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT, DOWN, 0, NULL, "AuthenticationAndCipheringReject" },
	{ IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE, UP, FIELDS(authentication_failure),
	  "AuthenticationAndCipheringFailure" },
	{ IUPLUS_NAS_IDENTITY_REQUEST, DOWN, FIELDS(identity_request), "IdentityRequest" },
	{ IUPLUS_NAS_IDENTITY_RESPONSE, UP, FIELDS(identity_response), "IdentityResponse" },
	{ IUPLUS_NAS_GMM_STATUS, BOTH, FIELDS(gmm_status), "GMMStatus" },
};

const struct nas_message *nas_find(unsigned type, enum iuplus_nas_direction direction)
{
	size_t i;

	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		if (messages[i].type == type &&
		    (direction == IUPLUS_NAS_UPLINK ? messages[i].uplink : messages[i].downlink))
			return &messages[i];
	return NULL;
}

const char *iuplus_nas_type_name(unsigned type)
{
	const struct nas_message *m = nas_find(type, IUPLUS_NAS_UPLINK);

	if (!m)
		m = nas_find(type, IUPLUS_NAS_DOWNLINK);
	return m ? m->name : NULL;
}

const char *iuplus_nas_pdu_name(struct iuplus_octets pdu)
{
	const char *name = NULL;

	if (pdu.len >= 2 && pdu.data[0] == IUPLUS_NAS_PD_GMM)
		name = iuplus_nas_type_name(pdu.data[1]);
	return name ? name : "NAS";
}

const char *iuplus_nas_cause_name(unsigned cause)
{
	static const struct {
		uint8_t cause;
		const char *name;
	} names[] = {
		{ IUPLUS_NAS_CAUSE_IMSI_UNKNOWN_IN_HLR, "IMSI unknown in HLR" },
		{ IUPLUS_NAS_CAUSE_ILLEGAL_MS, "illegal MS" },
		{ IUPLUS_NAS_CAUSE_ILLEGAL_ME, "illegal ME" },
		{ IUPLUS_NAS_CAUSE_GPRS_NOT_ALLOWED, "GPRS services not allowed" },
		{ IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED, "GPRS services and non-GPRS services not allowed" },
		{ IUPLUS_NAS_CAUSE_MS_IDENTITY_CANNOT_BE_DERIVED, "MS identity cannot be derived by the network" },
		{ IUPLUS_NAS_CAUSE_IMPLICITLY_DETACHED, "implicitly detached" },
		{ IUPLUS_NAS_CAUSE_PLMN_NOT_ALLOWED, "PLMN not allowed" },
		{ IUPLUS_NAS_CAUSE_NETWORK_FAILURE, "network failure" },
		{ IUPLUS_NAS_CAUSE_MAC_FAILURE, "MAC failure" },
		{ IUPLUS_NAS_CAUSE_SYNCH_FAILURE, "synch failure" },
		{ IUPLUS_NAS_CAUSE_CONGESTION, "congestion" },
		{ IUPLUS_NAS_CAUSE_GSM_AUTHENTICATION_UNACCEPTABLE, "GSM authentication unacceptable" },
		{ IUPLUS_NAS_CAUSE_SEMANTICALLY_INCORRECT, "semantically incorrect message" },
		{ IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION, "invalid mandatory information" },
		{ IUPLUS_NAS_CAUSE_TYPE_NOT_IMPLEMENTED, "message type non-existent or not implemented" },
		{ IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE, "message type not compatible with the protocol state" },
		{ IUPLUS_NAS_CAUSE_IE_NOT_IMPLEMENTED, "information element non-existent or not implemented" },
		{ IUPLUS_NAS_CAUSE_CONDITIONAL_IE_ERROR, "conditional IE error" },
		{ IUPLUS_NAS_CAUSE_MESSAGE_NOT_COMPATIBLE, "message not compatible with the protocol state" },
		{ IUPLUS_NAS_CAUSE_PROTOCOL_ERROR, "protocol error, unspecified" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].cause == cause)
			return names[i].name;
	return "unspecified";
}
