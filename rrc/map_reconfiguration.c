/* SPDX-License-Identifier: BSD-2-Clause */
/* map_reconfiguration.c: PHYSICAL CHANNEL RECONFIGURATION and UTRAN MOBILITY INFORMATION, the two messages of an SRNS
 * relocation (TS 25.331 8.2.6, 8.3.3), with their answers. Any branch is decoded (map_branches.c); r3 is encoded, or
 * r7 with UEA2 or UIA2. See patches/25331-text.md, 10.2.22, 10.2.23, 10.2.62 and 10.2.63. */
#include "rrc/map.h"

#define MAX_PDCP 27 /* maxRBallRABs */

static void get_cn(const struct rrc_view *v, struct iuplus_rrc_cn_information *out)
{
	out->present = v->cn;
	if (v->plmn) {
		out->has_plmn = true;
		rrc_get_plmn(v->plmn, &out->plmn);
	}
	if (v->common)
		out->common_nas_info = rrc_get_octets(v->common);
	if (v->domains)
		out->domains = rrc_get_domains(v->domains, out->domain);
	else if (v->domains_full)
		out->domains = rrc_get_domains_full(v->domains_full, out->domain);
}

static void get_dl_sync(const struct rrc_view *v, struct iuplus_rrc_dl_counter_sync *out)
{
	unsigned i;

	out->present = v->sync;
	if (!v->pdcp)
		return;
	for (i = 0; i < (unsigned)v->pdcp->list.count && i < MAX_PDCP; i++) {
		out->pdcp[i].rb = (uint8_t)v->pdcp->list.array[i]->rb_Identity;
		out->pdcp[i].pdcp_sn = (uint16_t)v->pdcp->list.array[i]->pdcp_SN_Info;
	}
	out->count = i;
}

static void get_view(struct rrc_map *m, const struct rrc_view *v, struct iuplus_rrc_reconfiguration *out)
{
	rrc_get_integrity(v->integrity, &out->integrity);
	rrc_get_integrity_r7(v->integrity_r7, &out->integrity);
	rrc_get_ciphering(m, v->ciphering, &out->ciphering);
	rrc_get_ciphering_r7(m, v->ciphering_r7, &out->ciphering);
	if (v->u_rnti) {
		out->has_u_rnti = true;
		rrc_get_u_rnti(v->u_rnti, &out->u_rnti);
	}
	if (v->c_rnti) {
		out->has_c_rnti = true;
		out->c_rnti = (uint16_t)rrc_get_bits(v->c_rnti);
	}
	if (v->ura) {
		out->has_ura = true;
		out->ura = (uint16_t)rrc_get_bits(v->ura);
	}
	m->transaction = out->transaction = (uint8_t)v->transaction;
	out->state = (enum iuplus_rrc_state)v->state;
	get_cn(v, &out->cn);
	get_dl_sync(v, &out->dl_sync);
	if (v->activation_time) {
		out->has_activation_time = true;
		out->activation_time = (uint8_t)*v->activation_time;
	}
	if (v->frequency && v->frequency->modeSpecificInfo.present == RRC_FrequencyInfo__modeSpecificInfo_PR_fdd) {
		out->has_frequency = true;
		out->uarfcn_dl = (uint16_t)v->frequency->modeSpecificInfo.choice.fdd.uarfcn_DL;
	}
	if (v->scrambling_code) {
		out->has_scrambling_code = true;
		out->scrambling_code = (uint16_t)*v->scrambling_code;
	}
	if (v->level)
		rrc_get_network_info(m, v->level, out);
}

/* ---- elements of both messages ---- */

static RRC_U_RNTI_t *put_u_rnti(struct rrc_map *m, const struct iuplus_rrc_reconfiguration *in)
{
	RRC_U_RNTI_t *out;

	if (!in->has_u_rnti)
		return NULL;
	NEW(m, out);
	rrc_put_u_rnti(m, out, &in->u_rnti);
	return out;
}

static BIT_STRING_t *put_bits16(struct rrc_map *m, bool present, uint16_t value)
{
	BIT_STRING_t *out;

	if (!present)
		return NULL;
	NEW(m, out);
	rrc_put_bits(m, out, value, 16, "");
	return out;
}

static RRC_PLMN_Identity_t *put_cn_plmn(struct rrc_map *m, const struct iuplus_rrc_cn_information *in)
{
	RRC_PLMN_Identity_t *out;

	if (!in->has_plmn)
		return NULL;
	NEW(m, out);
	rrc_put_plmn(m, out, &in->plmn);
	return out;
}

static RRC_RB_WithPDCP_InfoList_t *put_pdcp(struct rrc_map *m, const struct iuplus_rrc_dl_counter_sync *in)
{
	RRC_RB_WithPDCP_InfoList_t *out;
	unsigned i;

	if (!in->count)
		return NULL;
	NEW(m, out);
	if (in->count > MAX_PDCP) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "dl_sync.count");
		return out;
	}
	for (i = 0; i < in->count; i++) {
		RRC_RB_WithPDCP_Info_t *item;

		ADD(m, item, &out->list, in->count);
		item->rb_Identity = in->pdcp[i].rb;
		item->pdcp_SN_Info = in->pdcp[i].pdcp_sn;
	}
	return out;
}

/* ---- PHYSICAL CHANNEL RECONFIGURATION ---- */

static RRC_FrequencyInfo_t *put_frequency(struct rrc_map *m, const struct iuplus_rrc_reconfiguration *in)
{
	RRC_FrequencyInfo_t *out;

	if (!in->has_frequency)
		return NULL;
	NEW(m, out);
	out->modeSpecificInfo.present = RRC_FrequencyInfo__modeSpecificInfo_PR_fdd;
	out->modeSpecificInfo.choice.fdd.uarfcn_DL = in->uarfcn_dl;
	return out;
}

static void put_physical_channel_r3(struct rrc_map *m, RRC_PhysicalChannelReconfiguration_t *out,
				    const struct iuplus_rrc_reconfiguration *in, bool extended)
{
	RRC_PhysicalChannelReconfiguration_r3_IEs_t *ies = &out->choice.r3.physicalChannelReconfiguration_r3;

	out->present = RRC_PhysicalChannelReconfiguration_PR_r3;
	ies->rrc_TransactionIdentifier = in->transaction;
	ies->integrityProtectionModeInfo = rrc_put_integrity(m, &in->integrity);
	ies->cipheringModeInfo = rrc_put_ciphering(m, &in->ciphering);
	if (in->has_activation_time)
		ies->activationTime = rrc_long(m, in->activation_time);
	ies->new_U_RNTI = put_u_rnti(m, in);
	ies->new_C_RNTI = put_bits16(m, in->has_c_rnti, in->c_rnti);
	ies->rrc_StateIndicator = in->state;
	if (in->cn.present) {
		RRC_CN_InformationInfo_t *cn;

		ies->cn_InformationInfo = NEW(m, cn);
		cn->plmn_Identity = put_cn_plmn(m, &in->cn);
		cn->cn_CommonGSM_MAP_NAS_SysInfo = rrc_put_nas_info(m, in->cn.common_nas_info);
		cn->cn_DomainInformationList = rrc_put_domains(m, in->cn.domains, in->cn.domain);
	}
	ies->ura_Identity = put_bits16(m, in->has_ura, in->ura);
	if (in->dl_sync.present) {
		RRC_DL_CounterSynchronisationInfo_t *sync;

		ies->dl_CounterSynchronisationInfo = NEW(m, sync);
		sync->rB_WithPDCP_InfoList = put_pdcp(m, &in->dl_sync);
	}
	ies->frequencyInfo = put_frequency(m, in);
	ies->modeSpecificInfo.present = RRC_PhysicalChannelReconfiguration_r3_IEs__modeSpecificInfo_PR_fdd;
	if (in->has_scrambling_code) {
		RRC_DL_InformationPerRL_List_t *list;
		RRC_DL_InformationPerRL_t *rl;

		ies->dl_InformationPerRL_List = NEW(m, list);
		ADD(m, rl, &list->list, 1);
		rl->modeSpecificInfo.present = RRC_DL_InformationPerRL__modeSpecificInfo_PR_fdd;
		rl->modeSpecificInfo.choice.fdd.primaryCPICH_Info.primaryScramblingCode = in->scrambling_code;
	}
	if (extended) {
		__auto_type v3a0 = NEW(m, out->choice.r3.v3a0NonCriticalExtensions);
		__auto_type later = NEW(m, v3a0->laterNonCriticalExtensions);
		__auto_type v4b0 = NEW(m, later->v4b0NonCriticalExtenstions);
		__auto_type v590 = NEW(m, v4b0->v590NonCriticalExtenstions);
		__auto_type v690 = NEW(m, v590->v690NonCriticalExtensions);
		__auto_type v770 = NEW(m, v690->v770NonCriticalExtensions);
		__auto_type last = NEW(m, v770->vIuplusNonCriticalExtensions);

		PUT_NETWORK_LEVEL(m, &last->physicalChannelReconfiguration_vIuplusext, in);
	}
}

static void put_physical_channel_r7(struct rrc_map *m, RRC_PhysicalChannelReconfiguration_t *out,
				    const struct iuplus_rrc_reconfiguration *in, bool extended)
{
	__auto_type r4 = &out->choice.later_than_r3.criticalExtensions;
	__auto_type r5 = &r4->choice.criticalExtensions;
	__auto_type r6 = &r5->choice.criticalExtensions;
	__auto_type r7 = &r6->choice.criticalExtensions;
	RRC_PhysicalChannelReconfiguration_r7_IEs_t *ies = &r7->choice.r7.physicalChannelReconfiguration_r7;

	out->present = RRC_PhysicalChannelReconfiguration_PR_later_than_r3;
	out->choice.later_than_r3.rrc_TransactionIdentifier = in->transaction;
	/* In each CHOICE, alternative 1 is the release's branch and 2 leads to the next release. */
	r4->present = 2;
	r5->present = 2;
	r6->present = 2;
	r7->present = 1;
	ies->integrityProtectionModeInfo = rrc_put_integrity_r7(m, &in->integrity);
	ies->cipheringModeInfo = rrc_put_ciphering_r7(m, &in->ciphering);
	if (in->has_activation_time)
		ies->activationTime = rrc_long(m, in->activation_time);
	ies->new_U_RNTI = put_u_rnti(m, in);
	ies->new_C_RNTI = put_bits16(m, in->has_c_rnti, in->c_rnti);
	ies->rrc_StateIndicator = in->state;
	if (in->cn.present) {
		RRC_CN_InformationInfo_r6_t *cn;

		ies->cn_InformationInfo = NEW(m, cn);
		cn->plmn_Identity = put_cn_plmn(m, &in->cn);
		cn->cn_CommonGSM_MAP_NAS_SysInfo = rrc_put_nas_info(m, in->cn.common_nas_info);
		cn->cn_DomainInformationList = rrc_put_domains(m, in->cn.domains, in->cn.domain);
	}
	ies->ura_Identity = put_bits16(m, in->has_ura, in->ura);
	if (in->dl_sync.present) {
		RRC_DL_CounterSynchronisationInfo_r5_t *sync;

		ies->dl_CounterSynchronisationInfo = NEW(m, sync);
		sync->rb_WithPDCP_InfoList = put_pdcp(m, &in->dl_sync);
	}
	ies->frequencyInfo = put_frequency(m, in);
	if (in->has_scrambling_code) {
		RRC_DL_InformationPerRL_List_r7_t *list;
		RRC_DL_InformationPerRL_r7_t *rl;

		ies->dl_InformationPerRL_List = NEW(m, list);
		ADD(m, rl, &list->list, 1);
		rl->modeSpecificInfo.present = RRC_DL_InformationPerRL_r7__modeSpecificInfo_PR_fdd;
		rl->modeSpecificInfo.choice.fdd.primaryCPICH_Info.primaryScramblingCode = in->scrambling_code;
		rl->modeSpecificInfo2.present = RRC_DL_InformationPerRL_r7__modeSpecificInfo2_PR_fdd;
	}
	if (extended) {
		__auto_type v780 = NEW(m, r7->choice.r7.v780NonCriticalExtensions);
		__auto_type v7d0 = NEW(m, v780->v7d0NonCriticalExtensions);
		__auto_type v7f0 = NEW(m, v7d0->v7f0NonCriticalExtensions);
		__auto_type v7g0 = NEW(m, v7f0->v7g0NonCriticalExtensions);
		__auto_type last = NEW(m, v7g0->vIuplusNonCriticalExtensions);

		PUT_NETWORK_LEVEL(m, &last->physicalChannelReconfiguration_vIuplusext, in);
	}
}

/* Key information without the capability of the network is an error of the caller. */
static bool want_extension(struct rrc_map *m, const struct iuplus_rrc_reconfiguration *in)
{
	if (m->legacy)
		return false;
	if (in->keys.count && !in->network.present)
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "network");
	return in->network.present;
}

void rrc_put_physical_channel(struct rrc_map *m, RRC_PhysicalChannelReconfiguration_t *out,
			      const struct iuplus_rrc_reconfiguration *in)
{
	bool extended = want_extension(m, in);

	if (rrc_needs_r7(&in->integrity, &in->ciphering))
		put_physical_channel_r7(m, out, in, extended);
	else
		put_physical_channel_r3(m, out, in, extended);
}

void rrc_get_physical_channel(struct rrc_map *m, const RRC_PhysicalChannelReconfiguration_t *in,
			      struct iuplus_rrc_reconfiguration *out)
{
	struct rrc_view v;

	if (rrc_view_physical_channel(in, &v))
		get_view(m, &v, out);
	else
		rrc_later(m, v.transaction);
}

/* ---- UTRAN MOBILITY INFORMATION ---- */

static RRC_CN_InformationInfoFull_t *put_cn_full(struct rrc_map *m, const struct iuplus_rrc_cn_information *in)
{
	RRC_CN_InformationInfoFull_t *out;
	RRC_CN_DomainInformationListFull_t *list;
	unsigned i;

	if (!in->present)
		return NULL;
	NEW(m, out);
	out->plmn_Identity = put_cn_plmn(m, in);
	out->cn_CommonGSM_MAP_NAS_SysInfo = rrc_put_nas_info(m, in->common_nas_info);
	if (!in->domains)
		return out;
	out->cn_DomainInformationListFull = NEW(m, list);
	if (in->domains > IUPLUS_RRC_MAX_DOMAINS) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "cn.domains");
		return out;
	}
	for (i = 0; i < in->domains; i++) {
		RRC_CN_DomainInformationFull_t *item;

		ADD(m, item, &list->list, IUPLUS_RRC_MAX_DOMAINS);
		item->cn_DomainIdentity = in->domain[i].domain;
		rrc_put_octets(&item->cn_DomainSpecificNAS_Info, in->domain[i].nas_info);
		item->cn_DRX_CycleLengthCoeff = in->domain[i].drx_coefficient;
	}
	return out;
}

static void put_mobility_r3(struct rrc_map *m, RRC_UTRANMobilityInformation_t *out,
			    const struct iuplus_rrc_reconfiguration *in, bool extended)
{
	RRC_UTRANMobilityInformation_r3_IEs_t *ies = &out->choice.r3.utranMobilityInformation_r3;

	out->present = RRC_UTRANMobilityInformation_PR_r3;
	ies->rrc_TransactionIdentifier = in->transaction;
	ies->integrityProtectionModeInfo = rrc_put_integrity(m, &in->integrity);
	ies->cipheringModeInfo = rrc_put_ciphering(m, &in->ciphering);
	ies->new_U_RNTI = put_u_rnti(m, in);
	ies->new_C_RNTI = put_bits16(m, in->has_c_rnti, in->c_rnti);
	ies->cn_InformationInfo = put_cn_full(m, &in->cn);
	ies->ura_Identity = put_bits16(m, in->has_ura, in->ura);
	if (in->dl_sync.present) {
		RRC_DL_CounterSynchronisationInfo_t *sync;

		ies->dl_CounterSynchronisationInfo = NEW(m, sync);
		sync->rB_WithPDCP_InfoList = put_pdcp(m, &in->dl_sync);
	}
	if (extended) {
		__auto_type v3a0 = NEW(m, out->choice.r3.v3a0NonCriticalExtensions);
		__auto_type later = NEW(m, v3a0->laterNonCriticalExtensions);
		__auto_type v690 = NEW(m, later->v690NonCriticalExtensions);
		__auto_type v860 = NEW(m, v690->v860NonCriticalExtentions);
		__auto_type last = NEW(m, v860->vIuplusNonCriticalExtensions);

		PUT_NETWORK_LEVEL(m, &last->utranMobilityInformation_vIuplusext, in);
	}
}

static void put_mobility_r7(struct rrc_map *m, RRC_UTRANMobilityInformation_t *out,
			    const struct iuplus_rrc_reconfiguration *in, bool extended)
{
	__auto_type r5 = &out->choice.later_than_r3.criticalExtensions;
	__auto_type r7 = &r5->choice.criticalExtensions;
	RRC_UTRANMobilityInformation_r7_IEs_t *ies = &r7->choice.r7.utranMobilityInformation_r7;

	out->present = RRC_UTRANMobilityInformation_PR_later_than_r3;
	out->choice.later_than_r3.rrc_TransactionIdentifier = in->transaction;
	r5->present = 2;
	r7->present = 1;
	ies->integrityProtectionModeInfo = rrc_put_integrity_r7(m, &in->integrity);
	ies->cipheringModeInfo = rrc_put_ciphering_r7(m, &in->ciphering);
	ies->new_U_RNTI = put_u_rnti(m, in);
	ies->new_C_RNTI = put_bits16(m, in->has_c_rnti, in->c_rnti);
	ies->cn_InformationInfo = put_cn_full(m, &in->cn);
	ies->ura_Identity = put_bits16(m, in->has_ura, in->ura);
	if (in->dl_sync.present) {
		RRC_DL_CounterSynchronisationInfo_r5_t *sync;

		ies->dl_CounterSynchronisationInfo = NEW(m, sync);
		sync->rb_WithPDCP_InfoList = put_pdcp(m, &in->dl_sync);
	}
	if (extended) {
		__auto_type v860 = NEW(m, r7->choice.r7.v860NonCriticalExtensions);
		__auto_type vb50 = NEW(m, v860->vb50NonCriticalExtentions);
		__auto_type last = NEW(m, vb50->vIuplusNonCriticalExtensions);

		PUT_NETWORK_LEVEL(m, &last->utranMobilityInformation_vIuplusext, in);
	}
}

void rrc_put_mobility(struct rrc_map *m, RRC_UTRANMobilityInformation_t *out,
		      const struct iuplus_rrc_reconfiguration *in)
{
	bool extended = want_extension(m, in);

	if (rrc_needs_r7(&in->integrity, &in->ciphering))
		put_mobility_r7(m, out, in, extended);
	else
		put_mobility_r3(m, out, in, extended);
}

void rrc_get_mobility(struct rrc_map *m, const RRC_UTRANMobilityInformation_t *in,
		      struct iuplus_rrc_reconfiguration *out)
{
	struct rrc_view v;

	if (rrc_view_mobility(in, &v))
		get_view(m, &v, out);
	else
		rrc_later(m, v.transaction);
}

/* ---- the answers ---- */

/* The members before the chain have the same names and types in both. */
#define PUT_COMPLETE(m, out, in) \
	do { \
		RRC_IntegrityProtActivationInfo_t *activation_; \
		RRC_UL_CounterSynchronisationInfo_t *sync_; \
		(out)->rrc_TransactionIdentifier = (in)->transaction; \
		if ((in)->ul_activation.present) { \
			(out)->ul_IntegProtActivationInfo = NEW(m, activation_); \
			rrc_put_activation(m, activation_, &(in)->ul_activation); \
		} \
		if ((in)->has_count_c_activation) \
			(out)->count_C_ActivationTime = rrc_long(m, (in)->count_c_activation); \
		if ((in)->ul_sync.present) { \
			(out)->ul_CounterSynchronisationInfo = NEW(m, sync_); \
			rrc_put_start_list(m, &sync_->startList, &(in)->ul_sync.start); \
		} \
	} while (0)

#define GET_COMPLETE(m, in, out) \
	do { \
		__auto_type sync_ = (in)->ul_CounterSynchronisationInfo; \
		(m)->transaction = (out)->transaction = (uint8_t)(in)->rrc_TransactionIdentifier; \
		rrc_get_activation((in)->ul_IntegProtActivationInfo, &(out)->ul_activation); \
		if ((in)->count_C_ActivationTime) { \
			(out)->has_count_c_activation = true; \
			(out)->count_c_activation = (uint8_t) * (in)->count_C_ActivationTime; \
		} \
		if (sync_) { \
			(out)->ul_sync.present = true; \
			rrc_get_start_list(&sync_->startList, &(out)->ul_sync.start); \
		} \
	} while (0)

void rrc_put_physical_channel_complete(struct rrc_map *m, RRC_PhysicalChannelReconfigurationComplete_t *out,
				       const struct iuplus_rrc_reconfiguration_complete *in)
{
	PUT_COMPLETE(m, out, in);
	if (in->enhanced.present && !m->legacy) {
		__auto_type later = NEW(m, out->laterNonCriticalExtensions);
		__auto_type v770 = NEW(m, later->v770NonCriticalExtensions);
		__auto_type last = NEW(m, v770->vIuplusNonCriticalExtensions);

		PUT_UE_LEVEL(m, &last->physicalChannelReconfigurationComplete_vIuplusext, &in->enhanced);
	}
}

void rrc_get_physical_channel_complete(struct rrc_map *m, const RRC_PhysicalChannelReconfigurationComplete_t *in,
				       struct iuplus_rrc_reconfiguration_complete *out)
{
	__auto_type later = in->laterNonCriticalExtensions;
	__auto_type v770 = later ? later->v770NonCriticalExtensions : NULL;
	__auto_type last = v770 ? v770->vIuplusNonCriticalExtensions : NULL;

	GET_COMPLETE(m, in, out);
	if (last)
		rrc_get_ue_info(m, &last->physicalChannelReconfigurationComplete_vIuplusext.body, &out->enhanced);
}

void rrc_put_mobility_confirm(struct rrc_map *m, RRC_UTRANMobilityInformationConfirm_t *out,
			      const struct iuplus_rrc_reconfiguration_complete *in)
{
	PUT_COMPLETE(m, out, in);
	if (in->enhanced.present && !m->legacy) {
		__auto_type later = NEW(m, out->laterNonCriticalExtensions);
		__auto_type v770 = NEW(m, later->v770NonCriticalExtension);
		__auto_type va40 = NEW(m, v770->va40NonCriticalExtensions);
		__auto_type last = NEW(m, va40->vIuplusNonCriticalExtensions);

		PUT_UE_LEVEL(m, &last->utranMobilityInformationConfirm_vIuplusext, &in->enhanced);
	}
}

void rrc_get_mobility_confirm(struct rrc_map *m, const RRC_UTRANMobilityInformationConfirm_t *in,
			      struct iuplus_rrc_reconfiguration_complete *out)
{
	__auto_type later = in->laterNonCriticalExtensions;
	__auto_type v770 = later ? later->v770NonCriticalExtension : NULL;
	__auto_type va40 = v770 ? v770->va40NonCriticalExtensions : NULL;
	__auto_type last = va40 ? va40->vIuplusNonCriticalExtensions : NULL;

	GET_COMPLETE(m, in, out);
	if (last)
		rrc_get_ue_info(m, &last->utranMobilityInformationConfirm_vIuplusext.body, &out->enhanced);
}

void rrc_put_physical_channel_failure(struct rrc_map *m, RRC_PhysicalChannelReconfigurationFailure_t *out,
				      const struct iuplus_rrc_failure_message *in)
{
	if (in->has_transaction)
		out->rrc_TransactionIdentifier = rrc_long(m, in->transaction);
	rrc_put_failure(m, &out->failureCause, &in->failure);
}

void rrc_get_physical_channel_failure(struct rrc_map *m, const RRC_PhysicalChannelReconfigurationFailure_t *in,
				      struct iuplus_rrc_failure_message *out)
{
	if (in->rrc_TransactionIdentifier) {
		out->has_transaction = true;
		m->transaction = out->transaction = (uint8_t)*in->rrc_TransactionIdentifier;
	}
	rrc_get_failure(m, &in->failureCause, &out->failure);
}

void rrc_put_mobility_failure(struct rrc_map *m, RRC_UTRANMobilityInformationFailure_t *out,
			      const struct iuplus_rrc_failure_message *in)
{
	out->rrc_TransactionIdentifier = in->transaction;
	rrc_put_failure(m, &out->failureCause, &in->failure);
}

void rrc_get_mobility_failure(struct rrc_map *m, const RRC_UTRANMobilityInformationFailure_t *in,
			      struct iuplus_rrc_failure_message *out)
{
	out->has_transaction = true;
	m->transaction = out->transaction = (uint8_t)in->rrc_TransactionIdentifier;
	rrc_get_failure(m, &in->failureCause, &out->failure);
}
