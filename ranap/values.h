/* SPDX-License-Identifier: BSD-2-Clause */
/* values.h: inside ranap/: the rows of RANAP's messages (ie_rows.h) and the IEs that several messages share. */
#ifndef RANAP_VALUES_H
#define RANAP_VALUES_H

#include "asn1/gen-ranap.h"
#include "ranap/ie_rows.h"

/* ---- rows ---------------------------------------------------------------------------------------------------- */

/* IE_PART and the related macros: member of RANAP_<Type>, to_member of struct iuplus_ranap_<neutral>. */
#define RANAP_PART(Type, member, neutral, to_member, codec, ...) \
	IE_PART(RANAP_##Type##_t, member, struct iuplus_ranap_##neutral, to_member, codec, __VA_ARGS__)
#define RANAP_HERE(Type, member, neutral, to_member, codec, ...) \
	IE_HERE(RANAP_##Type##_t, member, struct iuplus_ranap_##neutral, to_member, codec, __VA_ARGS__)
#define RANAP_MAY(Type, member, neutral, to_member, has_member, codec, ...) \
	IE_MAY(RANAP_##Type##_t, member, struct iuplus_ranap_##neutral, to_member, has_member, codec, __VA_ARGS__)
/* A message's extension container, by its rows; and a row of it: always present, or if has_member is true. */
#define RANAP_EXTENSIONS(Type, rows) IE_EXTENSIONS(RANAP_##Type##_t, protocolExtensions, rows)
#define RANAP_EXT_HERE(Type, member, neutral, to_member, codec, ...) \
	IE_HERE(RANAP_##Type##Extensions_t, member, struct iuplus_ranap_##neutral, to_member, codec, \
		.extension = true, __VA_ARGS__)
#define RANAP_EXT(Type, member, neutral, to_member, has_member, codec, ...) \
	IE_MAY(RANAP_##Type##Extensions_t, member, struct iuplus_ranap_##neutral, to_member, has_member, codec, \
	       .extension = true, __VA_ARGS__)
/* The same of another type's iE-Extensions. */
#define RANAP_EXTENSION_IES(Type, rows) IE_EXTENSIONS(RANAP_##Type##_t, iE_Extensions, rows)
#define RANAP_EXT_IE_HERE(Type, member, neutral, to_member, codec, ...) \
	IE_HERE(RANAP_##Type##_ExtIEs_t, member, struct iuplus_ranap_##neutral, to_member, codec, __VA_ARGS__)
#define RANAP_EXT_IE(Type, member, neutral, to_member, has_member, codec, ...) \
	IE_MAY(RANAP_##Type##_ExtIEs_t, member, struct iuplus_ranap_##neutral, to_member, has_member, codec, \
	       __VA_ARGS__)
/* A SEQUENCE whose parts belong to the same neutral struct as the SEQUENCE itself. */
#define RANAP_SAME_PART(Type, member, rows, ...) \
	{ \
		.as = &ie_record, .of = (rows), .at = offsetof(RANAP_##Type##_t, member), \
		.size = sizeof(((RANAP_##Type##_t *)0)->member), .inside = true, .has = IE_ALWAYS, __VA_ARGS__ \
	}
#define RANAP_SAME_HERE(Type, member, rows, ...) \
	{ \
		.as = &ie_record, .of = (rows), .at = offsetof(RANAP_##Type##_t, member), \
		.size = sizeof(*((RANAP_##Type##_t *)0)->member), .has = IE_ALWAYS, __VA_ARGS__ \
	}

#define RANAP_LIST_OF(rows, Element, Item, neutral) \
	{ \
		(rows), sizeof(RANAP_##Element##_t), sizeof(RANAP_##Item##_t), sizeof(struct iuplus_ranap_##neutral) \
	}
#define RANAP_PLAIN_LIST(rows, Item, neutral) \
	{ \
		(rows), 0, sizeof(RANAP_##Item##_t), sizeof(struct iuplus_ranap_##neutral) \
	}
#define RANAP_CHOICE(rows, neutral) \
	{ \
		(rows), offsetof(struct iuplus_ranap_##neutral, which) \
	}

/* ---- IEs that several messages have -------------------------------------------------------------------------- */

extern const struct ie_codec ranap_cause, /* Cause: uint16_t; 0 if its group is from a later release */
	ranap_any_cause,                  /* the same in an item that is accepted with any cause */
	ranap_imsi,                       /* PermanentNAS-UE-ID */
	ranap_lai, ranap_sai,
	ranap_rnc,              /* Global RNC-ID and Extended RNC-ID as one number; of is a struct ranap_rnc_place */
	ranap_rnc_id,           /* an RNC-ID beside an Extended RNC-ID */
	ranap_extended_rnc_id,  /* the Extended RNC-ID: only what exceeds 12 bits */
	ranap_uia,              /* a chosen integrity protection algorithm: numbered from 1, on the wire from 0 */
	ranap_diagnostics,      /* Criticality Diagnostics */
	ranap_container,        /* a transparent container; of selects which */
	ranap_container_octets, /* the same if the IE is an octet string, because a core relays it */
	ranap_key_in_use;       /* KeyInUse of the extension */

struct ranap_container;
extern const struct ranap_container ranap_source_to_target, ranap_target_to_source;
/* For IUPLUS_RANAP_RELAY: the PDU ctx->pdu, whose message is RELOCATION REQUEST ACKNOWLEDGE, with its container turned
 * into an IE that the decoder does not know; *hidden is the container's encoding, or empty. A failure is in ctx->rc. */
struct iuplus_octets ranap_hide_container(struct ie_ctx *ctx, struct iuplus_octets *hidden);

extern const struct ie_row ranap_cn[], ranap_bit_rate[], ranap_tunnel[], ranap_uesbi[], ranap_transport[], ranap_tmgi[],
	ranap_integrity[], ranap_encryption[], ranap_request_type[], ranap_next_key[], ranap_enhanced_security[];
extern const struct ie_choice ranap_sgsn_group;

/* RAB-ID and Cause: the item of a list of struct iuplus_ranap_rab_cause. */
#define RANAP_RAB_CAUSE(Item, codec) \
	{ \
		RANAP_PART(Item, rAB_ID, rab_cause, id, ie_bit_number, .bits = 8), \
			RANAP_PART(Item, cause, rab_cause, cause, codec), IE_END \
	}
/* A RAB-ID alone. */
#define RANAP_RAB_ID(Item) \
	{ \
		RANAP_PART(Item, rAB_ID, rab_id, id, ie_bit_number, .bits = 8), IE_END \
	}
/* A list of struct iuplus_ranap_rab, or domain_rab: the RAB-ID is decoded, the item stays encoded. */
#define RANAP_RABS(Element, Item, neutral) \
	{ \
		(const struct ie_row[]){ RANAP_SEEN_ID(Item, neutral), IE_END }, RANAP_ITEM_OF(Element, Item, neutral) \
	}
#define RANAP_SEEN_ID(Item, neutral) RANAP_PART(Item, rAB_ID, neutral, id, ie_seen_bits, .bits = 8)
#define RANAP_ITEM_OF(Element, Item, neutral) \
	IUPLUS_ASN1_RANAP_##Item, sizeof(RANAP_##Element##_t), sizeof(struct iuplus_ranap_##neutral), \
		offsetof(struct iuplus_ranap_##neutral, item)

/* The item of a list of struct iuplus_ranap_rab_context. */
#define RANAP_RAB_CONTEXT(Item) \
	{ \
		RANAP_PART(Item, rAB_ID, rab_context, id, ie_bit_number, .bits = 8), \
			RANAP_MAY(Item, dl_GTP_PDU_SequenceNumber, rab_context, dl_gtp, has_dl_gtp, ie_number), \
			RANAP_MAY(Item, ul_GTP_PDU_SequenceNumber, rab_context, ul_gtp, has_ul_gtp, ie_number), \
			RANAP_MAY(Item, dl_N_PDU_SequenceNumber, rab_context, dl_n_pdu, has_dl_n_pdu, ie_number), \
			RANAP_MAY(Item, ul_N_PDU_SequenceNumber, rab_context, ul_n_pdu, has_ul_n_pdu, ie_number), \
			IE_END \
	}

/* IEs of the extension. See patches/25413-text.md, 9.1. */
#define RANAP_EXT_UE_CAPABILITY(Message, neutral) \
	RANAP_EXT(Message, uE_EnhancedSecurityCapability, neutral, ue_capability, has_ue_capability, ie_bit_number, \
		  .bits = 8, .ours = true)
#define RANAP_EXT_ENHANCED_SECURITY(Message, neutral) \
	RANAP_EXT(Message, enhancedSecurityInformation, neutral, enhanced, has_enhanced, ie_record, \
		  .of = ranap_enhanced_security, .ours = true)
#define RANAP_EXT_KEY_IN_USE(Message, neutral) \
	RANAP_EXT(Message, keyInUse, neutral, key_in_use, has_key_in_use, ranap_key_in_use, .ours = true)

/* IEs of many messages. */
#define RANAP_DIAGNOSTICS(Message, neutral) \
	RANAP_MAY(Message, protocolIEs.criticalityDiagnostics, neutral, diagnostics, has_diagnostics, ranap_diagnostics)
#define RANAP_DOMAIN(Message, neutral) RANAP_HERE(Message, protocolIEs.cN_DomainIndicator, neutral, domain, ie_number)
#define RANAP_CAUSE(Message, neutral) RANAP_HERE(Message, protocolIEs.cause, neutral, cause, ranap_cause)
#define RANAP_MAY_CAUSE(Message, neutral) RANAP_MAY(Message, protocolIEs.cause, neutral, cause, has_cause, ranap_cause)
/* Cause and Criticality Diagnostics of a failure. */
#define RANAP_FAILURE(Message, neutral) RANAP_CAUSE(Message, neutral), RANAP_DIAGNOSTICS(Message, neutral)
#define RANAP_SIG_CON_ID(Message, member, neutral, to) \
	RANAP_HERE(Message, protocolIEs.member, neutral, to, ie_bit_number, .bits = 24)
#define RANAP_MAY_CN(Message, neutral) \
	RANAP_MAY(Message, protocolIEs.globalCN_ID, neutral, cn, has_cn, ie_record, .of = ranap_cn)
#define RANAP_EXT_CN(Message, neutral) RANAP_EXT(Message, globalCN_ID, neutral, cn, has_cn, ie_record, .of = ranap_cn)
#define RANAP_TMGI(Message, neutral) RANAP_HERE(Message, protocolIEs.tMGI, neutral, tmgi, ie_record, .of = ranap_tmgi)
#define RANAP_TRANSPORT(Message, neutral) \
	RANAP_MAY(Message, protocolIEs.transportLayerInformation, neutral, transport, has_transport, ie_record, \
		  .of = ranap_transport)

/* The place of an RNC in a message: the offsets of the pointers to its Global RNC-ID, its Extended RNC-ID, and the
 * extension container that has the latter (0: the message itself has it). */
struct ranap_rnc_place {
	uint16_t global, extended;
	uint16_t extension, extension_size;
	bool alone; /* an Extended RNC-ID is accepted without its Global RNC-ID */
};
#define RANAP_RNC_PLACE(Message, alone) \
	.of = &(const struct ranap_rnc_place) \
	{ \
		offsetof(RANAP_##Message##_t, protocolIEs.globalRNC_ID), \
			offsetof(RANAP_##Message##Extensions_t, extendedRNC_ID), \
			offsetof(RANAP_##Message##_t, protocolExtensions), sizeof(RANAP_##Message##Extensions_t), \
			alone \
	}
#define RANAP_RNC_ROW(Message, neutral, to_member, has_offset, place) \
	{ \
		.as = &ranap_rnc, .size = sizeof(RANAP_##Message##_t), .inside = true, \
		IE_NEUTRAL(struct iuplus_ranap_##neutral, to_member), .has = has_offset, place \
	}
/* Optional or mandatory. */
#define RANAP_MAY_RNC(Message, neutral) \
	RANAP_RNC_ROW(Message, neutral, rnc, offsetof(struct iuplus_ranap_##neutral, has_rnc), \
		      RANAP_RNC_PLACE(Message, false))
#define RANAP_HAS_RNC(Message, neutral) RANAP_RNC_ROW(Message, neutral, rnc, IE_ALWAYS, RANAP_RNC_PLACE(Message, true))

/* ---- messages ------------------------------------------------------------------------------------------------ */

/* One message that has a neutral struct, in the file named after its procedure. */
struct ranap_message {
	int present;               /* the alternative of RANAP_<Pdu>_Value */
	uint16_t size;             /* of the neutral struct */
	const struct ie_row *rows; /* from and to struct iuplus_ranap_msg.u */
};
#define RANAP_MESSAGE(Pdu, alternative, neutral, rows) \
	{ \
		RANAP_##Pdu##_Value_PR_##alternative, sizeof(struct iuplus_ranap_##neutral), (rows) \
	}
/* A message that has no IE. */
#define RANAP_NO_IES(Pdu, alternative) \
	{ \
		RANAP_##Pdu##_Value_PR_##alternative, 0, ranap_no_rows \
	}
extern const struct ie_row ranap_no_rows[];

extern const struct ranap_message ranap_rab_assignment_request, ranap_rab_assignment_response, ranap_iu_release_command,
	ranap_iu_release_complete, ranap_relocation_required, ranap_relocation_command,
	ranap_relocation_preparation_failure, ranap_relocation_request, ranap_relocation_request_acknowledge,
	ranap_relocation_failure, ranap_relocation_cancel, ranap_relocation_cancel_acknowledge,
	ranap_srns_context_request, ranap_srns_context_response, ranap_security_mode_command,
	ranap_security_mode_complete, ranap_security_mode_reject, ranap_data_volume_report_request,
	ranap_data_volume_report, ranap_reset, ranap_reset_acknowledge, ranap_rab_release_request,
	ranap_iu_release_request, ranap_relocation_detect, ranap_relocation_complete, ranap_paging, ranap_common_id,
	ranap_cn_invoke_trace, ranap_location_reporting_control, ranap_location_report, ranap_initial_ue_message,
	ranap_direct_transfer, ranap_overload, ranap_error_indication, ranap_srns_data_forward_command,
	ranap_forward_srns_context, ranap_cn_deactivate_trace, ranap_reset_resource, ranap_reset_resource_acknowledge,
	ranap_relocation_information, ranap_rab_modify_request, ranap_location_related_data_request,
	ranap_location_related_data_response, ranap_location_related_data_failure,
	ranap_information_transfer_indication, ranap_information_transfer_confirmation,
	ranap_information_transfer_failure, ranap_ue_specific_information_indication,
	ranap_uplink_information_exchange_request, ranap_uplink_information_exchange_response,
	ranap_uplink_information_exchange_failure, ranap_direct_information_transfer, ranap_mbms_session_start,
	ranap_mbms_session_start_response, ranap_mbms_session_start_failure, ranap_mbms_session_update,
	ranap_mbms_session_update_response, ranap_mbms_session_update_failure, ranap_mbms_session_stop,
	ranap_mbms_session_stop_response, ranap_mbms_ue_linking_request, ranap_mbms_ue_linking_response,
	ranap_mbms_registration_request, ranap_mbms_registration_response, ranap_mbms_registration_failure,
	ranap_mbms_cn_de_registration_request, ranap_mbms_cn_de_registration_response,
	ranap_mbms_rab_establishment_indication, ranap_mbms_rab_release_request, ranap_mbms_rab_release,
	ranap_mbms_rab_release_failure, ranap_enhanced_relocation_complete_request,
	ranap_enhanced_relocation_complete_response, ranap_enhanced_relocation_complete_failure,
	ranap_enhanced_relocation_complete_confirm, ranap_enhanced_relocation_information_request,
	ranap_enhanced_relocation_information_response, ranap_srvcc_cs_keys_request, ranap_srvcc_cs_keys_response,
	ranap_ue_radio_capability_match_request, ranap_ue_radio_capability_match_response,
	ranap_ue_registration_query_request, ranap_ue_registration_query_response, ranap_reroute_nas_request;

/* An elementary procedure with its messages, by enum iuplus_ranap_pdu; NULL where it has none, or one without a
 * struct. */
struct ranap_procedure {
	struct iuplus_ranap_procedure is;
	const struct ranap_message *messages[4];
	bool cause_refuses; /* its unsuccessful outcome requires only a cause: that has no mandatory IE from
			     * the refused message, where it may be missing (10.3.4.2, 10.3.5) */
};

/* By code; an unused code has no name. */
#define RANAP_PROCEDURE_COUNT 50
extern const struct ranap_procedure ranap_procedures[RANAP_PROCEDURE_COUNT];

/* The procedure of a code, the message of a kind; NULL when there is none, or one without a struct. */
static inline const struct ranap_procedure *ranap_find_procedure(unsigned code)
{
	return code < RANAP_PROCEDURE_COUNT && ranap_procedures[code].is.name ? &ranap_procedures[code] : NULL;
}

static inline const struct ranap_message *ranap_find_message(unsigned kind)
{
	return kind < IUPLUS_RANAP_KIND(RANAP_PROCEDURE_COUNT, 0) ?
		       ranap_procedures[IUPLUS_RANAP_KIND_CODE(kind)].messages[IUPLUS_RANAP_KIND_PDU(kind)] :
		       NULL;
}

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/* Reads the head of a message without decoding it: false if the message is shorter than its first three octets. */
struct ranap_head {
	enum iuplus_ranap_pdu pdu;
	uint8_t code;
	enum iuplus_ranap_criticality criticality;
};
bool ranap_peek(struct iuplus_octets pdu, struct ranap_head *head);

/* Fills problem from the engine's report. known: the procedure and the message are; head may be NULL.
 * Returns what iuplus_ranap_decode() returns. */
int ranap_judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct ranap_head *head,
		bool known, struct iuplus_ranap_problem *problem);

#endif
