/* SPDX-License-Identifier: BSD-2-Clause */
/* context.c: lists of RABs and where their user data has got to: RAB Release Request, RAB Modification Request (TS
 * 25.413 8.3, 8.30), SRNS contexts (8.11 to 8.14), Data Volume Report (8.21), RANAP Relocation Information. */
#include "ranap/parts.h"

#define LIST(fields, Element, Item, neutral) RANAP_LIST_OF(fields, Element, Item, struct iuplus_ranap_##neutral)

/* ---- RAB Release Request, RAB Modification Request ----------------------------------------------------------- */

static const struct ranap_field release_item[] = RANAP_RAB_CAUSE(RAB_ReleaseItem);
static const struct ranap_list release_list = LIST(release_item, RAB_ReleaseItemIEs, RAB_ReleaseItem, rab_cause);
static const struct ranap_field release_request[] = {
	RANAP_HERE(RAB_ReleaseRequest, protocolIEs.rAB_ReleaseList, rab_release_request, released, list,
		   .of = &release_list),
	RANAP_END
};

static const struct ranap_field modify_item[] = RANAP_RAB(RAB_ModifyItem);
static const struct ranap_list modify_list = LIST(modify_item, RAB_ModifyItemIEs, RAB_ModifyItem, rab);
static const struct ranap_field modify_request[] = {
	RANAP_HERE(RAB_ModifyRequest, protocolIEs.rAB_ModifyList, rab_modify_request, rabs, list, .of = &modify_list),
	RANAP_END
};

/* ---- SRNS contexts ------------------------------------------------------------------------------------------- */

static const struct ranap_field wanted_item[] = RANAP_RAB_ID(RAB_DataForwardingItem_SRNS_CtxReq);
static const struct ranap_list wanted_list = LIST(wanted_item, RAB_DataForwardingItem_SRNS_CtxReq_IEs,
	RAB_DataForwardingItem_SRNS_CtxReq, rab_id);
static const struct ranap_field context_request[] = {
	RANAP_HERE(SRNS_ContextRequest, protocolIEs.rAB_DataForwardingList_SRNS_CtxReq, srns_context_request, rabs,
		   list, .of = &wanted_list),
	RANAP_EXT(SRNS_ContextRequest, rAT_Type, srns_context_request, rat_type, has_rat_type, number),
	RANAP_END
};

#define CONTEXT(Item) {											\
		RANAP_PART(Item, rAB_ID, rab_context, id, bit_number, .bits = 8),				\
		RANAP_MAY(Item, dl_GTP_PDU_SequenceNumber, rab_context, dl_gtp, has_dl_gtp, number),	\
		RANAP_MAY(Item, ul_GTP_PDU_SequenceNumber, rab_context, ul_gtp, has_ul_gtp, number),	\
		RANAP_MAY(Item, dl_N_PDU_SequenceNumber, rab_context, dl_n_pdu, has_dl_n_pdu, number),	\
		RANAP_MAY(Item, ul_N_PDU_SequenceNumber, rab_context, ul_n_pdu, has_ul_n_pdu, number), RANAP_END }
static const struct ranap_field context_item[] = CONTEXT(RAB_ContextItem);
static const struct ranap_list context_list = LIST(context_item, RAB_ContextItemIEs, RAB_ContextItem, rab_context);
static const struct ranap_field lost_item[] = RANAP_RAB_CAUSE(RABs_ContextFailedtoTransferItem);
static const struct ranap_list lost_list = LIST(lost_item, RABs_ContextFailedtoTransferItemIEs,
	RABs_ContextFailedtoTransferItem, rab_cause);
static const struct ranap_field context_response[] = {
	RANAP_HERE(SRNS_ContextResponse, protocolIEs.rAB_ContextList, srns_context_response, contexts, list,
		   .of = &context_list),
	RANAP_HERE(SRNS_ContextResponse, protocolIEs.rAB_ContextFailedtoTransferList, srns_context_response, failed,
		   list, .of = &lost_list),
	RANAP_DIAGNOSTICS(SRNS_ContextResponse, srns_context_response),
	RANAP_END
};

static const struct ranap_field forwarding_item[] = RANAP_RAB(RAB_DataForwardingItem);
static const struct ranap_list forwarding_list = LIST(forwarding_item, RAB_DataForwardingItemIEs,
	RAB_DataForwardingItem, rab);
static const struct ranap_field forward_command[] = {
	RANAP_HERE(SRNS_DataForwardCommand, protocolIEs.rAB_DataForwardingList, srns_data_forward_command, forwarding,
		   list, .of = &forwarding_list),
	RANAP_END
};

static const struct ranap_field forward_context[] = {
	RANAP_HERE(ForwardSRNS_Context, protocolIEs.rAB_ContextList, forward_srns_context, contexts, list,
		   .of = &context_list),
	RANAP_EXT(ForwardSRNS_Context, sourceRNC_PDCP_context_info, forward_srns_context, pdcp_context,
		  has_pdcp_context, octets),
	RANAP_END
};

/* ---- RANAP Relocation Information ---------------------------------------------------------------------------- */

static const struct ranap_field transfer_item[] = {
	RANAP_PART(DirectTransferInformationItem_RANAP_RelocInf, nAS_PDU, transfer, nas_pdu, octets),
	RANAP_PART(DirectTransferInformationItem_RANAP_RelocInf, sAPI, transfer, sapi, number),
	RANAP_PART(DirectTransferInformationItem_RANAP_RelocInf, cN_DomainIndicator, transfer, domain, number),
	RANAP_END
};
static const struct ranap_list transfer_list = LIST(transfer_item, DirectTransferInformationItemIEs_RANAP_RelocInf,
	DirectTransferInformationItem_RANAP_RelocInf, transfer);
static const struct ranap_field moved_item[] = CONTEXT(RAB_ContextItem_RANAP_RelocInf);
static const struct ranap_list moved_list = LIST(moved_item, RAB_ContextItemIEs_RANAP_RelocInf,
	RAB_ContextItem_RANAP_RelocInf, rab_context);

#define RANAP_Information_t RANAP_RANAP_RelocationInformation_t
#define RANAP_InformationExtensions_t RANAP_RANAP_RelocationInformationExtensions_t
static const struct ranap_field relocation_information[] = {
	RANAP_HERE(Information, protocolIEs.directTransferInformationList_RANAP_RelocInf, relocation_information,
		   transfers, list, .of = &transfer_list),
	RANAP_HERE(Information, protocolIEs.rAB_ContextList_RANAP_RelocInf, relocation_information, contexts, list,
		   .of = &moved_list),
	RANAP_EXT(Information, sourceRNC_PDCP_context_info, relocation_information, pdcp_context, has_pdcp_context,
		  octets),
	RANAP_EXT_HERE(Information, rNSAPRelocationParameters, relocation_information, rnsap_parameters, encoded,
		       .of = IUPLUS_ASN1_RANAP_RNSAPRelocationParameters),
	RANAP_END
};

/* ---- Data Volume Report -------------------------------------------------------------------------------------- */

static const struct ranap_field report_request_item[] = RANAP_RAB_ID(RAB_DataVolumeReportRequestItem);
static const struct ranap_list report_request_list = LIST(report_request_item, RAB_DataVolumeReportRequestItemIEs,
	RAB_DataVolumeReportRequestItem, rab_id);
static const struct ranap_field report_request[] = {
	RANAP_HERE(DataVolumeReportRequest, protocolIEs.rAB_DataVolumeReportRequestList, data_volume_report_request,
		   rabs, list, .of = &report_request_list),
	RANAP_END
};

static const struct ranap_field report_item[] = RANAP_RAB(RAB_DataVolumeReportItem);
static const struct ranap_list report_list = LIST(report_item, RAB_DataVolumeReportItemIEs, RAB_DataVolumeReportItem,
	rab);
static const struct ranap_field unreported_item[] = RANAP_RAB_CAUSE(RABs_failed_to_reportItem);
static const struct ranap_list unreported_list = LIST(unreported_item, RABs_failed_to_reportItemIEs,
	RABs_failed_to_reportItem, rab_cause);
static const struct ranap_field report[] = {
	RANAP_HERE(DataVolumeReport, protocolIEs.rAB_DataVolumeReportList, data_volume_report, rabs, list,
		   .of = &report_list),
	RANAP_HERE(DataVolumeReport, protocolIEs.rAB_FailedtoReportList, data_volume_report, failed, list,
		   .of = &unreported_list),
	RANAP_DIAGNOSTICS(DataVolumeReport, data_volume_report),
	RANAP_END
};

const struct ranap_message ranap_context_messages[] = {
	RANAP_TABLE(RAB_RELEASE_REQUEST, InitiatingMessage, rAB_ReleaseRequest, release_request),
	RANAP_TABLE(RAB_MODIFY_REQUEST, InitiatingMessage, rAB_ModifyRequest, modify_request),
	RANAP_TABLE(SRNS_CONTEXT_REQUEST, InitiatingMessage, sRNS_ContextRequest, context_request),
	RANAP_TABLE(SRNS_CONTEXT_RESPONSE, SuccessfulOutcome, sRNS_ContextResponse, context_response),
	RANAP_TABLE(SRNS_DATA_FORWARD_COMMAND, InitiatingMessage, sRNS_DataForwardCommand, forward_command),
	RANAP_TABLE(FORWARD_SRNS_CONTEXT, InitiatingMessage, forwardSRNS_Context, forward_context),
	RANAP_TABLE(RELOCATION_INFORMATION, InitiatingMessage, rANAP_RelocationInformation, relocation_information),
	RANAP_TABLE(DATA_VOLUME_REPORT_REQUEST, InitiatingMessage, dataVolumeReportRequest, report_request),
	RANAP_TABLE(DATA_VOLUME_REPORT, SuccessfulOutcome, dataVolumeReport, report),
	RANAP_TABLE_END
};
