/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced.c: the two RANAP messages that one RNC sends another inside RNSAP's Enhanced Relocation (TS 25.423 8.3.28,
 * TS 25.413 procedure RANAPenhancedRelocation). */
#include "ranap/values.h"

#define CSG_ID_BITS 27u

/* An IE that stays octets: its own encoding, and back. */
static struct iuplus_octets take_own(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, const void *value)
{
	const struct iuplus_octets none = { NULL, 0 };

	return value ? ranap_take_item(ctx, type, value) : none;
}

static void *put_own(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets octets)
{
	return octets.len ? ranap_put_item(ctx, type, octets) : NULL;
}

static bool take_plmn(const OCTET_STRING_t *from, uint8_t plmn[3])
{
	if (from)
		ranap_take_fixed(from->buf, from->size, plmn, 3);
	return from != NULL;
}

static bool take_con_id(const BIT_STRING_t *from, uint32_t *to)
{
	if (from)
		*to = ranap_take_iu_sig_con_id(from);
	return from != NULL;
}

static bool take_cn(const RANAP_GlobalCN_ID_t *from, struct iuplus_ranap_cn *to)
{
	if (!from)
		return false;
	take_plmn(&from->pLMNidentity, to->plmn);
	to->cn_id = (uint16_t)from->cN_ID;
	return true;
}

static RANAP_GlobalCN_ID_t *new_cn(struct ranap_ctx *ctx, const struct iuplus_ranap_cn *from)
{
	RANAP_GlobalCN_ID_t *p = ranap_new(ctx, sizeof(*p));

	if (!p)
		return NULL;
	ranap_put_octets(ctx, from->plmn, 3, &p->pLMNidentity);
	p->cN_ID = from->cn_id;
	return p;
}

/* ---- RANAP Enhanced Relocation Information Request ----------------------------------------------------------- */

static void take_request_extensions(struct ranap_ctx *ctx,
				    const RANAP_RANAP_EnhancedRelocationInformationRequestExtensions_t *from,
				    struct iuplus_ranap_enhanced_relocation_information_request *to)
{
	if (!from)
		return;
	to->has_integrity = from->integrityProtectionInformation != NULL;
	ranap_take_integrity(from->integrityProtectionInformation, &to->integrity);
	to->has_encryption = from->encryptionInformation != NULL;
	ranap_take_encryption(from->encryptionInformation, &to->encryption);
	to->ue_aggregate_maximum_bit_rate =
		take_own(ctx, IUPLUS_ASN1_RANAP_UE_AggregateMaximumBitRate, from->uE_AggregateMaximumBitRate);
	to->rab_parameters_list = take_own(ctx, IUPLUS_ASN1_RANAP_RABParametersList, from->rABParametersList);
	if (from->cSG_Id) {
		to->has_csg_id = true;
		to->csg_id = ranap_take_number(from->cSG_Id->buf, from->cSG_Id->size) >> (32 - CSG_ID_BITS);
	}
	if (from->cSG_Membership_Status) {
		to->has_csg_membership = true;
		to->csg_member = *from->cSG_Membership_Status == RANAP_CSG_Membership_Status_member;
	}
	to->has_anchor_plmn = take_plmn(from->anchorPLMN_ID, to->anchor_plmn);
}

static void take_request(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RANAP_EnhancedRelocationInformationRequest_t *from = value;
	const RANAP_RANAP_EnhancedRelocationInformationRequestIEs_t *ies = &from->protocolIEs;
	struct iuplus_ranap_enhanced_relocation_information_request *to =
		&msg->u.enhanced_relocation_information_request;

	if (ies->source_ToTarget_TransparentContainer)
		ranap_take_source_to_target_ie(ctx, ies->source_ToTarget_TransparentContainer, &to->container);
	to->has_cs_iu_sig_con_id = take_con_id(ies->oldIuSigConIdCS, &to->cs_iu_sig_con_id);
	to->has_cs_cn = take_cn(ies->globalCN_IDCS, &to->cs_cn);
	to->has_ps_iu_sig_con_id = take_con_id(ies->oldIuSigConIdPS, &to->ps_iu_sig_con_id);
	to->has_ps_cn = take_cn(ies->globalCN_IDPS, &to->ps_cn);
	ranap_take_rabs(ctx, ies->rAB_SetupList_EnhRelocInfoReq, IUPLUS_ASN1_RANAP_RAB_SetupItem_EnhRelocInfoReq,
			&to->rabs);
	to->sna_access_information =
		take_own(ctx, IUPLUS_ASN1_RANAP_SNA_Access_Information, ies->sNA_Access_Information);
	to->uesbi_iu = take_own(ctx, IUPLUS_ASN1_RANAP_UESBI_Iu, ies->uESBI_Iu);
	to->has_selected_plmn = take_plmn(ies->selectedPLMN_ID, to->selected_plmn);
	to->cn_mbms_linking_information =
		take_own(ctx, IUPLUS_ASN1_RANAP_CNMBMSLinkingInformation, ies->cNMBMSLinkingInformation);
	take_request_extensions(ctx, from->protocolExtensions, to);
}

static void put_request_extensions(struct ranap_ctx *ctx,
				   const struct iuplus_ranap_enhanced_relocation_information_request *from,
				   RANAP_RANAP_EnhancedRelocationInformationRequest_t *to)
{
	RANAP_RANAP_EnhancedRelocationInformationRequestExtensions_t *p;
	uint32_t csg = from->csg_id << (32 - CSG_ID_BITS);
	const uint8_t csg_bits[4] = { (uint8_t)(csg >> 24), (uint8_t)(csg >> 16), (uint8_t)(csg >> 8), (uint8_t)csg };

	if (!from->has_integrity && !from->has_encryption && !from->ue_aggregate_maximum_bit_rate.len &&
	    !from->rab_parameters_list.len && !from->has_csg_id && !from->has_csg_membership && !from->has_anchor_plmn)
		return;
	p = to->protocolExtensions = ranap_new(ctx, sizeof(*p));
	if (!p)
		return;
	if (from->has_integrity)
		p->integrityProtectionInformation = ranap_new_integrity(ctx, &from->integrity);
	if (from->has_encryption)
		p->encryptionInformation = ranap_new_encryption(ctx, &from->encryption);
	p->uE_AggregateMaximumBitRate =
		put_own(ctx, IUPLUS_ASN1_RANAP_UE_AggregateMaximumBitRate, from->ue_aggregate_maximum_bit_rate);
	p->rABParametersList = put_own(ctx, IUPLUS_ASN1_RANAP_RABParametersList, from->rab_parameters_list);
	if (from->has_csg_id) {
		if (from->csg_id >> CSG_ID_BITS)
			ranap_fail(ctx, IUPLUS_ERR_CONSTRAINT);
		p->cSG_Id = ranap_new_bits(ctx, csg_bits, CSG_ID_BITS);
	}
	if (from->has_csg_membership)
		p->cSG_Membership_Status = ranap_put_long(ctx, from->csg_member ?
			RANAP_CSG_Membership_Status_member : RANAP_CSG_Membership_Status_non_member);
	if (from->has_anchor_plmn)
		p->anchorPLMN_ID = ranap_new_octets(ctx, from->anchor_plmn, 3);
}

static void put_request(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RANAP_EnhancedRelocationInformationRequest_t *to = value;
	RANAP_RANAP_EnhancedRelocationInformationRequestIEs_t *ies = &to->protocolIEs;
	const struct iuplus_ranap_enhanced_relocation_information_request *from =
		&msg->u.enhanced_relocation_information_request;

	ies->source_ToTarget_TransparentContainer = ranap_new_source_to_target(ctx, &from->container);
	if (from->has_cs_iu_sig_con_id)
		ies->oldIuSigConIdCS = ranap_new_iu_sig_con_id(ctx, from->cs_iu_sig_con_id);
	if (from->has_cs_cn)
		ies->globalCN_IDCS = new_cn(ctx, &from->cs_cn);
	if (from->has_ps_iu_sig_con_id)
		ies->oldIuSigConIdPS = ranap_new_iu_sig_con_id(ctx, from->ps_iu_sig_con_id);
	if (from->has_ps_cn)
		ies->globalCN_IDPS = new_cn(ctx, &from->ps_cn);
	ies->rAB_SetupList_EnhRelocInfoReq =
		ranap_new_rabs(ctx, &from->rabs, IUPLUS_ASN1_RANAP_RAB_SetupItem_EnhRelocInfoReq,
			       sizeof(RANAP_RAB_SetupItem_EnhRelocInfoReq_IEs_t),
			       sizeof(RANAP_RAB_SetupList_EnhRelocInfoReq_t));
	ies->sNA_Access_Information =
		put_own(ctx, IUPLUS_ASN1_RANAP_SNA_Access_Information, from->sna_access_information);
	ies->uESBI_Iu = put_own(ctx, IUPLUS_ASN1_RANAP_UESBI_Iu, from->uesbi_iu);
	if (from->has_selected_plmn)
		ies->selectedPLMN_ID = ranap_new_octets(ctx, from->selected_plmn, 3);
	ies->cNMBMSLinkingInformation =
		put_own(ctx, IUPLUS_ASN1_RANAP_CNMBMSLinkingInformation, from->cn_mbms_linking_information);
	put_request_extensions(ctx, from, to);
}

/* ---- RANAP Enhanced Relocation Information Response ---------------------------------------------------------- */

static void take_set_up(struct ranap_ctx *ctx, const RANAP_RAB_SetupList_EnhRelocInfoRes_t *from,
			struct iuplus_ranap_domain_rabs *to)
{
	struct iuplus_ranap_domain_rab *rabs;
	int i;

	if (!from)
		return;
	to->list = rabs = ranap_new(ctx, (size_t)from->list.count * sizeof(*rabs));
	for (i = 0; rabs && i < from->list.count; i++) {
		const RANAP_RAB_SetupItem_EnhRelocInfoRes_t *item = from->list.array[i]->rAB_SetupItem_EnhRelocInfoRes;

		if (!item)
			continue;
		rabs[to->count].domain = (enum iuplus_domain)item->cN_DomainIndicator;
		rabs[to->count].id = (uint8_t)ranap_take_number(item->rAB_ID.buf, item->rAB_ID.size);
		rabs[to->count].item = ranap_take_item(ctx, IUPLUS_ASN1_RANAP_RAB_SetupItem_EnhRelocInfoRes, item);
		if (rabs[to->count].item.len)
			to->count++;
	}
}

static void take_failed(struct ranap_ctx *ctx, const RANAP_RAB_FailedList_EnhRelocInfoRes_t *from,
			struct iuplus_ranap_domain_rabs *to)
{
	struct iuplus_ranap_domain_rab *rabs;
	int i;

	if (!from)
		return;
	to->list = rabs = ranap_new(ctx, (size_t)from->list.count * sizeof(*rabs));
	for (i = 0; rabs && i < from->list.count; i++) {
		const RANAP_RAB_FailedItem_EnhRelocInfoRes_t *item =
			from->list.array[i]->rAB_FailedItem_EnhRelocInfoRes;

		if (!item)
			continue;
		rabs[to->count].domain = (enum iuplus_domain)item->cN_DomainIndicator;
		rabs[to->count].id = (uint8_t)ranap_take_number(item->rAB_ID.buf, item->rAB_ID.size);
		rabs[to->count++].cause = ranap_take_cause(&item->cause);
	}
}

static void take_response(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RANAP_EnhancedRelocationInformationResponse_t *from = value;
	const RANAP_RANAP_EnhancedRelocationInformationResponseIEs_t *ies = &from->protocolIEs;
	struct iuplus_ranap_enhanced_relocation_information_response *to =
		&msg->u.enhanced_relocation_information_response;

	to->has_container = ies->target_ToSource_TransparentContainer != NULL;
	if (to->has_container)
		ranap_take_target_to_source_ie(ctx, ies->target_ToSource_TransparentContainer, &to->container);
	take_set_up(ctx, ies->rAB_SetupList_EnhRelocInfoRes, &to->rabs);
	take_failed(ctx, ies->rAB_FailedList_EnhRelocInfoRes, &to->failed);
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static RANAP_RAB_SetupList_EnhRelocInfoRes_t *new_set_up(struct ranap_ctx *ctx,
							 const struct iuplus_ranap_domain_rabs *from)
{
	RANAP_RAB_SetupList_EnhRelocInfoRes_t *p;
	unsigned i;

	if (!from->count)
		return NULL;
	p = ranap_new(ctx, sizeof(*p));
	if (!p || !ranap_new_list(ctx, &p->list, from->count, sizeof(RANAP_RAB_SetupItem_EnhRelocInfoRes_IEs_t)))
		return NULL;
	for (i = 0; i < from->count; i++)
		p->list.array[i]->rAB_SetupItem_EnhRelocInfoRes =
			ranap_put_item(ctx, IUPLUS_ASN1_RANAP_RAB_SetupItem_EnhRelocInfoRes, from->list[i].item);
	return p;
}

static RANAP_RAB_FailedList_EnhRelocInfoRes_t *new_failed(struct ranap_ctx *ctx,
							  const struct iuplus_ranap_domain_rabs *from)
{
	RANAP_RAB_FailedList_EnhRelocInfoRes_t *p;
	RANAP_RAB_FailedItem_EnhRelocInfoRes_t *item;
	unsigned i;

	if (!from->count)
		return NULL;
	p = ranap_new(ctx, sizeof(*p));
	if (!p || !ranap_new_list(ctx, &p->list, from->count, sizeof(RANAP_RAB_FailedItem_EnhRelocInfoRes_IEs_t)))
		return NULL;
	for (i = 0; i < from->count; i++) {
		p->list.array[i]->rAB_FailedItem_EnhRelocInfoRes = item = ranap_new(ctx, sizeof(*item));
		if (!item)
			return NULL;
		item->cN_DomainIndicator = from->list[i].domain;
		ranap_put_bits(ctx, &from->list[i].id, 8, &item->rAB_ID);
		ranap_put_cause(ctx, from->list[i].cause, &item->cause);
	}
	return p;
}

static void put_response(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RANAP_EnhancedRelocationInformationResponse_t *to = value;
	RANAP_RANAP_EnhancedRelocationInformationResponseIEs_t *ies = &to->protocolIEs;
	const struct iuplus_ranap_enhanced_relocation_information_response *from =
		&msg->u.enhanced_relocation_information_response;

	if (from->has_container)
		ies->target_ToSource_TransparentContainer = ranap_new_target_to_source(ctx, &from->container);
	ies->rAB_SetupList_EnhRelocInfoRes = new_set_up(ctx, &from->rabs);
	ies->rAB_FailedList_EnhRelocInfoRes = new_failed(ctx, &from->failed);
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
}

const struct ranap_message ranap_enhanced_messages[] = {
	{ IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST,
	  RANAP_InitiatingMessage_Value_PR_rANAP_EnhancedRelocationInformationRequest, take_request, put_request,
	  NULL },
	{ IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE,
	  RANAP_SuccessfulOutcome_Value_PR_rANAP_EnhancedRelocationInformationResponse, take_response, put_response,
	  NULL },
	{ 0, 0, NULL, NULL, NULL }
};
