/* SPDX-License-Identifier: BSD-2-Clause */
/* srns.c: the RRC containers in RANAP's transparent containers: SRNS relocation info to the target RNC, and the DL-DCCH
 * message to the source RNC (TS 25.331 14.12). */
#include "rrc/map.h"

#include <string.h>

/* Encoded if the source has no NAS system information: the element is mandatory and has at least one octet. */
static const uint8_t no_nas_info[2];

/* ---- r3 ---- */

static void put_counts(struct rrc_map *m, RRC_SRB_SpecificIntegrityProtInfoList_t *out,
		       const struct iuplus_rrc_srns_info *in)
{
	unsigned rb;

	for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++) {
		RRC_SRB_SpecificIntegrityProtInfo_t *item;

		ADD(m, item, &out->list, IUPLUS_RRC_SRBS);
		rrc_put_bits(m, &item->ul_RRC_HFN, in->ul[rb].hfn, 28, "ul.hfn");
		rrc_put_bits(m, &item->dl_RRC_HFN, in->dl[rb].hfn, 28, "dl.hfn");
		item->ul_RRC_SequenceNumber = in->ul[rb].sn;
		item->dl_RRC_SequenceNumber = in->dl[rb].sn;
	}
}

static RRC_CipheringInfoPerRB_List_t *put_ciphered(struct rrc_map *m, const struct iuplus_rrc_srns_info *in)
{
	RRC_CipheringInfoPerRB_List_t *out;
	unsigned i;

	if (!in->ciphered_rbs)
		return NULL;
	NEW(m, out);
	if (in->ciphered_rbs > IUPLUS_RRC_MAX_RB) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "ciphered_rbs");
		return out;
	}
	for (i = 0; i < in->ciphered_rbs; i++) {
		RRC_CipheringInfoPerRB_t *item;

		ADD(m, item, &out->list, in->ciphered_rbs);
		if (in->rb_hfn[i].bits > 25) {
			rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "rb_hfn.bits");
			return out;
		}
		rrc_put_bits(m, &item->dl_HFN, in->rb_hfn[i].dl_hfn, in->rb_hfn[i].bits, "rb_hfn.dl_hfn");
		rrc_put_bits(m, &item->ul_HFN, in->rb_hfn[i].ul_hfn, in->rb_hfn[i].bits, "rb_hfn.ul_hfn");
	}
	return out;
}

static void get_ciphered(const RRC_CipheringInfoPerRB_List_t *in, struct iuplus_rrc_srns_info *out)
{
	unsigned i;

	if (!in)
		return;
	for (i = 0; i < (unsigned)in->list.count && i < IUPLUS_RRC_MAX_RB; i++) {
		out->rb_hfn[i].dl_hfn = (uint32_t)rrc_get_bits(&in->list.array[i]->dl_HFN);
		out->rb_hfn[i].ul_hfn = (uint32_t)rrc_get_bits(&in->list.array[i]->ul_HFN);
		out->rb_hfn[i].bits = (uint8_t)rrc_bit_count(&in->list.array[i]->dl_HFN);
		/* RLC modes may differ by direction */
		if (rrc_bit_count(&in->list.array[i]->ul_HFN) > out->rb_hfn[i].bits)
			out->rb_hfn[i].bits = (uint8_t)rrc_bit_count(&in->list.array[i]->ul_HFN);
	}
	out->ciphered_rbs = i;
}

static void put_r3(struct rrc_map *m, RRC_SRNC_RelocationInfo_r3_IEs_t *out, const struct iuplus_rrc_srns_info *in)
{
	unsigned i;

	out->stateOfRRC = in->state;
	out->stateOfRRC_Procedure = in->procedure;
	out->cipheringStatus = in->ciphering_started[IUPLUS_DOMAIN_CS] || in->ciphering_started[IUPLUS_DOMAIN_PS] ?
				       RRC_CipheringStatus_started :
				       RRC_CipheringStatus_notStarted;
	out->cipheringInfoPerRB_List = put_ciphered(m, in);
	out->integrityProtectionStatus = in->integrity_started ? RRC_IntegrityProtectionStatus_started :
								 RRC_IntegrityProtectionStatus_notStarted;
	put_counts(m, &out->srb_SpecificIntegrityProtInfo, in);
	rrc_put_u_rnti(m, &out->u_RNTI, &in->u_rnti);
	if (in->has_c_rnti) {
		RRC_C_RNTI_t *c_rnti;

		out->c_RNTI = NEW(m, c_rnti);
		rrc_put_bits(m, c_rnti, in->c_rnti, 16, "");
	}
	rrc_default_capability(m, &out->ue_RadioAccessCapability);
	rrc_put_security_capability(m, &out->ue_RadioAccessCapability.securityCapability, &in->security);
	if (in->has_ura) {
		RRC_URA_Identity_t *ura;

		out->ura_Identity = NEW(m, ura);
		rrc_put_bits(m, ura, in->ura, 16, "");
	}
	rrc_put_octets(&out->cn_CommonGSM_MAP_NAS_SysInfo,
		       in->common_nas_info.len ? in->common_nas_info :
						 (struct iuplus_octets){ no_nas_info, sizeof(no_nas_info) });
	out->cn_DomainInformationList = rrc_put_domains(m, in->domains, in->domain);
	for (i = 0; i < 16; i++) {
		RRC_PredefinedConfigStatusInfo_t *status;

		ADD(m, status, &out->predefinedConfigStatusList.list, 16);
		status->present = RRC_PredefinedConfigStatusInfo_PR_other;
		status->choice.other.present = RRC_PredefinedConfigStatusInfo__other_PR_notStored;
	}
	rrc_default_srb_list(m, &out->srb_InformationList);
	out->modeSpecificInfo.present = RRC_SRNC_RelocationInfo_r3_IEs__modeSpecificInfo_PR_fdd;
}

static void get_r3(const RRC_SRNC_RelocationInfo_r3_IEs_t *in, struct iuplus_rrc_srns_info *out)
{
	bool ciphering = in->cipheringStatus == RRC_CipheringStatus_started;

	out->state = (enum iuplus_rrc_state)in->stateOfRRC;
	out->procedure = (uint8_t)in->stateOfRRC_Procedure;
	/* A source of the first version has a single status; v380 replaces it. */
	out->ciphering_started[IUPLUS_DOMAIN_CS] = out->ciphering_started[IUPLUS_DOMAIN_PS] = ciphering;
	get_ciphered(in->cipheringInfoPerRB_List, out);
	out->integrity_started = in->integrityProtectionStatus == RRC_IntegrityProtectionStatus_started;
	rrc_get_srns_counts(&in->srb_SpecificIntegrityProtInfo, out);
	rrc_get_u_rnti(&in->u_RNTI, &out->u_rnti);
	if (in->c_RNTI) {
		out->has_c_rnti = true;
		out->c_rnti = (uint16_t)rrc_get_bits(in->c_RNTI);
	}
	rrc_get_security_capability(&in->ue_RadioAccessCapability.securityCapability, &out->security);
	if (in->ura_Identity) {
		out->has_ura = true;
		out->ura = (uint16_t)rrc_get_bits(in->ura_Identity);
	}
	out->common_nas_info = rrc_get_octets(&in->cn_CommonGSM_MAP_NAS_SysInfo);
	out->domains = rrc_get_domains(in->cn_DomainInformationList, out->domain);
}

/* ---- the chain ---- */

static void put_domain_status(struct rrc_map *m, RRC_SRNC_RelocationInfo_v380ext_IEs_t *out,
			      const struct iuplus_rrc_srns_info *in)
{
	unsigned domain;

	out->cn_DomainIdentity = in->latest_domain;
	for (domain = IUPLUS_DOMAIN_CS; domain <= IUPLUS_DOMAIN_PS; domain++) {
		RRC_CipheringStatusCNdomain_t *item;

		ADD(m, item, &out->cipheringStatusList.list, 2);
		item->cn_DomainIdentity = domain;
		item->cipheringStatus =
			in->ciphering_started[domain] ? RRC_CipheringStatus_started : RRC_CipheringStatus_notStarted;
	}
}

static void get_domain_status(const RRC_SRNC_RelocationInfo_v380ext_IEs_t *in, struct iuplus_rrc_srns_info *out)
{
	int i;

	out->latest_domain = (enum iuplus_domain)in->cn_DomainIdentity;
	out->ciphering_started[IUPLUS_DOMAIN_CS] = out->ciphering_started[IUPLUS_DOMAIN_PS] = false;
	for (i = 0; i < in->cipheringStatusList.list.count; i++)
		if (in->cipheringStatusList.list.array[i]->cipheringStatus == RRC_CipheringStatus_started)
			out->ciphering_started[in->cipheringStatusList.list.array[i]->cn_DomainIdentity & 1] = true;
}

/* The first START is in v3a0, its domain in v3b0. With two or more, v3b0 repeats all of them. */
static void put_starts(struct rrc_map *m, RRC_SRNC_RelocationInfo_v3a0ext_IEs_t *v3a0,
		       RRC_SRNC_RelocationInfo_v3b0ext_IEs_t *v3b0, const struct iuplus_rrc_srns_info *in)
{
	RRC_STARTList2_t *list;
	unsigned i;

	rrc_put_bits(m, &v3a0->startValueForCiphering_v3a0ext, in->starts ? in->start[0].start : 0, 20, "start.start");
	v3b0->cn_DomainIdentity = in->starts ? in->start[0].domain : in->latest_domain;
	if (in->starts < 2)
		return;
	v3b0->startValueForCiphering_v3b0ext = NEW(m, list);
	if (in->starts > IUPLUS_RRC_MAX_DOMAINS) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "starts");
		return;
	}
	for (i = 0; i < in->starts; i++) {
		RRC_STARTSingle_t *item;

		ADD(m, item, &list->list, IUPLUS_RRC_MAX_DOMAINS);
		item->cn_DomainIdentity = in->start[i].domain;
		rrc_put_bits(m, &item->start_Value, in->start[i].start, 20, "start.start");
	}
}

static void get_starts(const RRC_SRNC_RelocationInfo_v3a0ext_IEs_t *v3a0,
		       const RRC_SRNC_RelocationInfo_v3b0ext_IEs_t *v3b0, struct iuplus_rrc_srns_info *out)
{
	const RRC_STARTList2_t *list = v3b0 ? v3b0->startValueForCiphering_v3b0ext : NULL;
	unsigned i;

	out->starts = 1;
	out->start[0].start = (uint32_t)rrc_get_bits(&v3a0->startValueForCiphering_v3a0ext);
	out->start[0].domain = v3b0 ? (enum iuplus_domain)v3b0->cn_DomainIdentity : out->latest_domain;
	if (!list)
		return;
	for (i = 0; i < (unsigned)list->list.count && i < IUPLUS_RRC_MAX_DOMAINS; i++) {
		out->start[i].domain = (enum iuplus_domain)list->list.array[i]->cn_DomainIdentity;
		out->start[i].start = (uint32_t)rrc_get_bits(&list->list.array[i]->start_Value);
	}
	out->starts = i;
}

static void put_info(struct rrc_map *m, RRC_SRNC_RelocationInfo_r3_t *out, const struct iuplus_rrc_srns_info *in)
{
	__auto_type r3 = &out->choice.r3;
	__auto_type v380 = NEW(m, r3->v380NonCriticalExtensions);
	__auto_type v390 = NEW(m, v380->v390NonCriticalExtensions);
	__auto_type v3a0 = NEW(m, v390->v3a0NonCriticalExtensions);
	__auto_type v3b0 = NEW(m, v3a0->v3b0NonCriticalExtensions);
	__auto_type v3c0 = NEW(m, v3b0->v3c0NonCriticalExtensions);

	out->present = RRC_SRNC_RelocationInfo_r3_PR_r3;
	put_r3(m, &r3->sRNC_RelocationInfo_r3, in);
	put_domain_status(m, &v380->sRNC_RelocationInfo_v380ext, in);
	rrc_put_bits(m, &v3a0->sRNC_RelocationInfo_v3a0ext.cipheringInfoForSRB1_v3a0ext.dl_UM_SN, in->dl_um_sn, 7,
		     "dl_um_sn");
	put_starts(m, &v3a0->sRNC_RelocationInfo_v3a0ext, &v3b0->sRNC_RelocationInfo_v3b0ext, in);
	if (in->ho_rb)
		v3c0->sRNC_RelocationInfo_v3c0ext.rb_IdentityForHOMessage = rrc_long(m, in->ho_rb);
	if (m->legacy || (!in->enhanced.present && !in->next_keys))
		return;
	if (!in->enhanced.present)
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "enhanced");

	__auto_type later = NEW(m, v3c0->laterNonCriticalExtensions);
	__auto_type v3g0 = NEW(m, later->v3g0NonCriticalExtensions);
	__auto_type v4b0 = NEW(m, v3g0->v4b0NonCriticalExtensions);
	__auto_type v590 = NEW(m, v4b0->v590NonCriticalExtensions);
	__auto_type v5a0 = NEW(m, v590->v5a0NonCriticalExtensions);
	__auto_type v5b0 = NEW(m, v5a0->v5b0NonCriticalExtensions);
	__auto_type v5c0 = NEW(m, v5b0->v5c0NonCriticalExtensions);
	__auto_type v690 = NEW(m, v5c0->v690NonCriticalExtensions);
	__auto_type v6b0 = NEW(m, v690->v6b0NonCriticalExtensions);
	__auto_type v770 = NEW(m, v6b0->v770NonCriticalExtensions);
	__auto_type v7e0 = NEW(m, v770->v7e0NonCriticalExtensions);
	__auto_type v7f0 = NEW(m, v7e0->v7f0NonCriticalExtensions);
	__auto_type last = NEW(m, v7f0->vIuplusNonCriticalExtensions);

	v6b0->sRNC_RelocationInfo_v6b0ext.mbmsSelectedServiceInfo.status.present =
		RRC_MBMS_SelectedServiceInfo__status_PR_none;
	rrc_put_srns_extension(m, &last->sRNC_RelocationInfo_vIuplusext, in);
}

static void get_info(struct rrc_map *m, const RRC_SRNC_RelocationInfo_r3_t *in, struct iuplus_rrc_srns_info *out)
{
	__auto_type r3 = &in->choice.r3;

	if (in->present != RRC_SRNC_RelocationInfo_r3_PR_r3) {
		rrc_get_srns_later(m, in, out);
		return;
	}

	__auto_type v380 = r3->v380NonCriticalExtensions;
	__auto_type v390 = v380 ? v380->v390NonCriticalExtensions : NULL;
	__auto_type v3a0 = v390 ? v390->v3a0NonCriticalExtensions : NULL;
	__auto_type v3b0 = v3a0 ? v3a0->v3b0NonCriticalExtensions : NULL;
	__auto_type v3c0 = v3b0 ? v3b0->v3c0NonCriticalExtensions : NULL;
	__auto_type later = v3c0 ? v3c0->laterNonCriticalExtensions : NULL;
	__auto_type v3g0 = later ? later->v3g0NonCriticalExtensions : NULL;
	__auto_type v4b0 = v3g0 ? v3g0->v4b0NonCriticalExtensions : NULL;
	__auto_type v590 = v4b0 ? v4b0->v590NonCriticalExtensions : NULL;
	__auto_type v5a0 = v590 ? v590->v5a0NonCriticalExtensions : NULL;
	__auto_type v5b0 = v5a0 ? v5a0->v5b0NonCriticalExtensions : NULL;
	__auto_type v5c0 = v5b0 ? v5b0->v5c0NonCriticalExtensions : NULL;
	__auto_type v690 = v5c0 ? v5c0->v690NonCriticalExtensions : NULL;
	__auto_type v6b0 = v690 ? v690->v6b0NonCriticalExtensions : NULL;
	__auto_type v770 = v6b0 ? v6b0->v770NonCriticalExtensions : NULL;
	__auto_type v7e0 = v770 ? v770->v7e0NonCriticalExtensions : NULL;
	__auto_type v7f0 = v7e0 ? v7e0->v7f0NonCriticalExtensions : NULL;
	__auto_type last = v7f0 ? v7f0->vIuplusNonCriticalExtensions : NULL;

	get_r3(&r3->sRNC_RelocationInfo_r3, out);
	if (v380)
		get_domain_status(&v380->sRNC_RelocationInfo_v380ext, out);
	if (v3a0) {
		out->dl_um_sn =
			(uint8_t)rrc_get_bits(&v3a0->sRNC_RelocationInfo_v3a0ext.cipheringInfoForSRB1_v3a0ext.dl_UM_SN);
		get_starts(&v3a0->sRNC_RelocationInfo_v3a0ext, v3b0 ? &v3b0->sRNC_RelocationInfo_v3b0ext : NULL, out);
	}
	if (v3c0 && v3c0->sRNC_RelocationInfo_v3c0ext.rb_IdentityForHOMessage)
		out->ho_rb = (uint8_t)*v3c0->sRNC_RelocationInfo_v3c0ext.rb_IdentityForHOMessage;
	if (last)
		rrc_get_srns_extension(m, &last->sRNC_RelocationInfo_vIuplusext, out);
}

/* ---- the containers ---- */

int iuplus_rrc_srns_info_encode(const struct iuplus_rrc_srns_info *info, unsigned flags, struct iuplus_arena *arena,
				struct iuplus_octets *out, struct iuplus_rrc_error *error)
{
	RRC_ToTargetRNC_Container_t *container;
	struct iuplus_rrc_error unused;
	struct rrc_map m;
	int rc;

	if (!error)
		error = &unused;
	memset(error, 0, sizeof(*error));
	*out = (struct iuplus_octets){ 0 };
	if (flags & ~IUPLUS_RRC_LEGACY)
		return error->rc = IUPLUS_ERR_ARGUMENT;
	rc = rrc_map_init(&m, flags, arena);
	if (rc)
		return error->rc = rc;
	NEW(&m, container);
	container->present = RRC_ToTargetRNC_Container_PR_srncRelocation;
	put_info(&m, &container->choice.srncRelocation, info);
	return rrc_finish(&m, IUPLUS_ASN1_RRC_ToTargetRNC_Container, container, flags, arena, out, error);
}

int iuplus_rrc_srns_info_decode(struct iuplus_octets in, unsigned flags, struct iuplus_arena *arena,
				struct iuplus_rrc_srns_info *out, struct iuplus_rrc_error *error)
{
	struct rrc_map m;
	RRC_ToTargetRNC_Container_t *container;
	struct iuplus_rrc_error unused;
	void *pdu = NULL;
	int rc;

	if (!error)
		error = &unused;
	memset(error, 0, sizeof(*error));
	memset(out, 0, sizeof(*out));
	if (flags & ~IUPLUS_RRC_LEGACY)
		return error->rc = IUPLUS_ERR_ARGUMENT;
	rc = rrc_begin(&m, IUPLUS_ASN1_RRC_ToTargetRNC_Container, in, flags, arena, &pdu, error);
	if (rc != IUPLUS_OK)
		return rc;
	container = pdu;
	if (container->present != RRC_ToTargetRNC_Container_PR_srncRelocation)
		rrc_fail(&m, IUPLUS_ERR_NOT_COMPREHENDED, "ToTargetRNC-Container");
	else
		get_info(&m, &container->choice.srncRelocation, out);
	out->unknown_extensions = m.unknown;
	if (m.rc != IUPLUS_OK)
		rrc_set_error(error, m.rc, m.path);
	return m.rc;
}

int iuplus_rrc_to_source_encode(const struct iuplus_rrc_to_source *in, struct iuplus_arena *arena,
				struct iuplus_octets *out, struct iuplus_rrc_error *error)
{
	RRC_TargetRNC_ToSourceRNC_Container_t *container;
	struct iuplus_rrc_error unused;
	struct rrc_map m;
	int rc;

	if (!error)
		error = &unused;
	memset(error, 0, sizeof(*error));
	*out = (struct iuplus_octets){ 0 };
	rc = rrc_map_init(&m, 0, arena);
	if (rc)
		return error->rc = rc;
	NEW(&m, container);
	if (in->failure) {
		__auto_type info = &container->choice.rrc_FailureInfo;

		container->present = RRC_TargetRNC_ToSourceRNC_Container_PR_rrc_FailureInfo;
		info->present = RRC_RRC_FailureInfo_PR_r3;
		rrc_put_failure(&m, &info->choice.r3.rRC_FailureInfo_r3.failureCauseWithProtErr, &in->cause);
	} else {
		container->present = RRC_TargetRNC_ToSourceRNC_Container_PR_dL_DCCHmessage;
		rrc_put_octets(&container->choice.dL_DCCHmessage, in->dl_dcch);
	}
	return rrc_finish(&m, IUPLUS_ASN1_RRC_TargetRNC_ToSourceRNC_Container, container, 0, arena, out, error);
}

int iuplus_rrc_to_source_decode(struct iuplus_octets in, struct iuplus_arena *arena, struct iuplus_rrc_to_source *out,
				struct iuplus_rrc_error *error)
{
	struct rrc_map m;
	RRC_TargetRNC_ToSourceRNC_Container_t *container;
	struct iuplus_rrc_error unused;
	void *pdu = NULL;
	int rc;

	if (!error)
		error = &unused;
	memset(error, 0, sizeof(*error));
	memset(out, 0, sizeof(*out));
	rc = rrc_begin(&m, IUPLUS_ASN1_RRC_TargetRNC_ToSourceRNC_Container, in, 0, arena, &pdu, error);
	if (rc != IUPLUS_OK)
		return rc;
	container = pdu;
	if (container->present == RRC_TargetRNC_ToSourceRNC_Container_PR_dL_DCCHmessage) {
		out->dl_dcch = rrc_get_octets(&container->choice.dL_DCCHmessage);
	} else if (container->present == RRC_TargetRNC_ToSourceRNC_Container_PR_rrc_FailureInfo &&
		   container->choice.rrc_FailureInfo.present == RRC_RRC_FailureInfo_PR_r3) {
		out->failure = true;
		rrc_get_failure(&m,
				&container->choice.rrc_FailureInfo.choice.r3.rRC_FailureInfo_r3.failureCauseWithProtErr,
				&out->cause);
	} else {
		rrc_fail(&m, IUPLUS_ERR_NOT_COMPREHENDED, "TargetRNC-ToSourceRNC-Container");
	}
	if (m.rc != IUPLUS_OK)
		rrc_set_error(error, m.rc, m.path);
	return m.rc;
}
