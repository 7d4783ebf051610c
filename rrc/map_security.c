/* SPDX-License-Identifier: BSD-2-Clause */
/* map_security.c: direct transfers and security mode control (TS 25.331 8.1.8 to 8.1.10, 8.1.12). See
 * patches/25331-text.md, 10.2.43. */
#include "rrc/map.h"

/* ---- direct transfers ---- */

void rrc_put_initial_transfer(struct rrc_map *m, RRC_InitialDirectTransfer_t *out,
			      const struct iuplus_rrc_initial_direct_transfer *in)
{
	__auto_type version = &out->intraDomainNasNodeSelector.version;
	__auto_type type = &version->choice.release99.cn_Type;
	RRC_Gsm_map_IDNNS_t *idnns = &type->choice.gsm_Map_IDNNS;

	out->cn_DomainIdentity = in->domain;
	version->present = RRC_IntraDomainNasNodeSelector__version_PR_release99;
	type->present = RRC_IntraDomainNasNodeSelector__version__release99__cn_Type_PR_gsm_Map_IDNNS;
	if (in->routing_basis > 7)
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "routing_basis");
	/* Eight alternatives, numbered from 1, each a structure of one routing parameter. */
	idnns->routingbasis.present = in->routing_basis + 1;
	rrc_put_bits(m, &idnns->routingbasis.choice.localPTMSI.routingparameter, in->routing_parameter, 10,
		     "routing_parameter");
	rrc_put_octets(&out->nas_Message, in->nas);
	if (in->has_start) {
		RRC_START_Value_t *start;
		__auto_type v3a0 = NEW(m, out->v3a0NonCriticalExtensions);

		v3a0->initialDirectTransfer_v3a0ext.start_Value = NEW(m, start);
		rrc_put_bits(m, start, in->start, 20, "start");
	}
}

void rrc_get_initial_transfer(struct rrc_map *m, const RRC_InitialDirectTransfer_t *in,
			      struct iuplus_rrc_initial_direct_transfer *out)
{
	__auto_type version = &in->intraDomainNasNodeSelector.version;
	__auto_type type = &version->choice.release99.cn_Type;
	const RRC_Gsm_map_IDNNS_t *idnns = &type->choice.gsm_Map_IDNNS;

	if (version->present != RRC_IntraDomainNasNodeSelector__version_PR_release99 ||
	    type->present != RRC_IntraDomainNasNodeSelector__version__release99__cn_Type_PR_gsm_Map_IDNNS) {
		rrc_fail(m, IUPLUS_ERR_NOT_COMPREHENDED, "intraDomainNasNodeSelector.version");
		return;
	}
	out->domain = (enum iuplus_domain)in->cn_DomainIdentity;
	out->routing_basis = (uint8_t)(idnns->routingbasis.present - 1);
	out->routing_parameter = (uint16_t)rrc_get_bits(&idnns->routingbasis.choice.localPTMSI.routingparameter);
	out->nas = rrc_get_octets(&in->nas_Message);
	if (in->v3a0NonCriticalExtensions && in->v3a0NonCriticalExtensions->initialDirectTransfer_v3a0ext.start_Value) {
		out->has_start = true;
		out->start = (uint32_t)rrc_get_bits(
			in->v3a0NonCriticalExtensions->initialDirectTransfer_v3a0ext.start_Value);
	}
}

void rrc_put_uplink_transfer(struct rrc_map *m, RRC_UplinkDirectTransfer_t *out,
			     const struct iuplus_rrc_uplink_direct_transfer *in)
{
	(void)m;
	out->cn_DomainIdentity = in->domain;
	rrc_put_octets(&out->nas_Message, in->nas);
}

void rrc_get_uplink_transfer(struct rrc_map *m, const RRC_UplinkDirectTransfer_t *in,
			     struct iuplus_rrc_uplink_direct_transfer *out)
{
	(void)m;
	out->domain = (enum iuplus_domain)in->cn_DomainIdentity;
	out->nas = rrc_get_octets(&in->nas_Message);
}

void rrc_put_downlink_transfer(struct rrc_map *m, RRC_DownlinkDirectTransfer_t *out,
			       const struct iuplus_rrc_downlink_direct_transfer *in)
{
	RRC_DownlinkDirectTransfer_r3_IEs_t *ies = &out->choice.r3.downlinkDirectTransfer_r3;

	(void)m;
	out->present = RRC_DownlinkDirectTransfer_PR_r3;
	ies->rrc_TransactionIdentifier = in->transaction;
	ies->cn_DomainIdentity = in->domain;
	rrc_put_octets(&ies->nas_Message, in->nas);
}

void rrc_get_downlink_transfer(struct rrc_map *m, const RRC_DownlinkDirectTransfer_t *in,
			       struct iuplus_rrc_downlink_direct_transfer *out)
{
	const RRC_DownlinkDirectTransfer_r3_IEs_t *ies = &in->choice.r3.downlinkDirectTransfer_r3;

	if (in->present != RRC_DownlinkDirectTransfer_PR_r3) {
		rrc_later(m, in->choice.later_than_r3.rrc_TransactionIdentifier);
		return;
	}
	m->transaction = out->transaction = (uint8_t)ies->rrc_TransactionIdentifier;
	out->domain = (enum iuplus_domain)ies->cn_DomainIdentity;
	out->nas = rrc_get_octets(&ies->nas_Message);
}

/* ---- security mode ---- */

static RRC_InterRAT_UE_SecurityCapList_t *put_gsm_capability(struct rrc_map *m,
							     const struct iuplus_rrc_security_capability *in)
{
	RRC_InterRAT_UE_SecurityCapList_t *out;
	RRC_InterRAT_UE_SecurityCapability_t *item;

	if (!in->has_gsm)
		return NULL;
	NEW(m, out);
	ADD(m, item, &out->list, 1);
	item->present = RRC_InterRAT_UE_SecurityCapability_PR_gsm;
	rrc_put_bits(m, &item->choice.gsm.gsmSecurityCapability, in->gsm, 7, "security.gsm");
	return out;
}

static void get_gsm_capability(const RRC_InterRAT_UE_SecurityCapList_t *in, struct iuplus_rrc_security_capability *out)
{
	if (!in)
		return;
	out->has_gsm = true;
	out->gsm = (uint8_t)rrc_get_bits(&in->list.array[0]->choice.gsm.gsmSecurityCapability);
}

static void put_security_extension(struct rrc_map *m, RRC_SecurityModeCommand_vIuplusext_IEs_t *out,
				   const struct iuplus_rrc_security_mode_command *in)
{
	RRC_SecurityMode_EnhancedSecurityInfo_t *body;

	if (!in->echo.present)
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "echo");
	NEW(m, body);
	rrc_put_capability(m, &body->ue_EnhancedSecurityCapability, &in->echo);
	body->enhancedKeyInformationList = rrc_put_keys(m, &in->keys);
	PUT_LEVEL(m, out, SecurityMode_EnhancedSecurityInfo, body);
}

static void get_security_extension(struct rrc_map *m, const RRC_SecurityModeCommand_vIuplusext_IEs_t *in,
				   struct iuplus_rrc_security_mode_command *out)
{
	__auto_type body = GET_LEVEL(m, &in->body, SecurityMode_EnhancedSecurityInfo);

	if (!body)
		return;
	rrc_get_capability(&body->ue_EnhancedSecurityCapability, &out->echo);
	rrc_get_keys(body->enhancedKeyInformationList, &out->keys);
}

static void put_security_command_r7(struct rrc_map *m, RRC_SecurityModeCommand_t *out,
				    const struct iuplus_rrc_security_mode_command *in, bool extended)
{
	__auto_type branch = &out->choice.later_than_r3.criticalExtensions;
	RRC_SecurityModeCommand_r7_IEs_t *ies = &branch->choice.r7.securityModeCommand_r7;

	out->present = RRC_SecurityModeCommand_PR_later_than_r3;
	out->choice.later_than_r3.rrc_TransactionIdentifier = in->transaction;
	branch->present = RRC_SecurityModeCommand__later_than_r3__criticalExtensions_PR_r7;
	rrc_put_security_capability(m, &ies->securityCapability, &in->security);
	ies->cipheringModeInfo = rrc_put_ciphering_r7(m, &in->ciphering);
	ies->integrityProtectionModeInfo = rrc_put_integrity_r7(m, &in->integrity);
	ies->cn_DomainIdentity = in->domain;
	ies->ue_SystemSpecificSecurityCap = put_gsm_capability(m, &in->security);
	if (extended) {
		__auto_type last = NEW(m, branch->choice.r7.vIuplusNonCriticalExtensions);

		put_security_extension(m, &last->securityModeCommand_vIuplusext, in);
	}
}

static void put_security_command_r3(struct rrc_map *m, RRC_SecurityModeCommand_t *out,
				    const struct iuplus_rrc_security_mode_command *in, bool extended)
{
	RRC_SecurityModeCommand_r3_IEs_t *ies = &out->choice.r3.securityModeCommand_r3;

	out->present = RRC_SecurityModeCommand_PR_r3;
	ies->rrc_TransactionIdentifier = in->transaction;
	rrc_put_security_capability(m, &ies->securityCapability, &in->security);
	ies->cipheringModeInfo = rrc_put_ciphering(m, &in->ciphering);
	ies->integrityProtectionModeInfo = rrc_put_integrity(m, &in->integrity);
	ies->cn_DomainIdentity = in->domain;
	ies->ue_SystemSpecificSecurityCap = put_gsm_capability(m, &in->security);
	if (extended) {
		__auto_type later = NEW(m, out->choice.r3.laterNonCriticalExtensions);
		__auto_type last = NEW(m, later->vIuplusNonCriticalExtensions);

		put_security_extension(m, &last->securityModeCommand_vIuplusext, in);
	}
}

void rrc_put_security_command(struct rrc_map *m, RRC_SecurityModeCommand_t *out,
			      const struct iuplus_rrc_security_mode_command *in)
{
	bool extended = !m->legacy && (in->keys.count || in->echo.present);

	if (rrc_needs_r7(&in->integrity, &in->ciphering))
		put_security_command_r7(m, out, in, extended);
	else
		put_security_command_r3(m, out, in, extended);
}

void rrc_get_security_command(struct rrc_map *m, const RRC_SecurityModeCommand_t *in,
			      struct iuplus_rrc_security_mode_command *out)
{
	__auto_type branch = &in->choice.later_than_r3.criticalExtensions;

	if (in->present == RRC_SecurityModeCommand_PR_r3) {
		const RRC_SecurityModeCommand_r3_IEs_t *ies = &in->choice.r3.securityModeCommand_r3;
		__auto_type later = in->choice.r3.laterNonCriticalExtensions;
		__auto_type last = later ? later->vIuplusNonCriticalExtensions : NULL;

		m->transaction = out->transaction = (uint8_t)ies->rrc_TransactionIdentifier;
		rrc_get_security_capability(&ies->securityCapability, &out->security);
		get_gsm_capability(ies->ue_SystemSpecificSecurityCap, &out->security);
		rrc_get_ciphering(m, ies->cipheringModeInfo, &out->ciphering);
		rrc_get_integrity(ies->integrityProtectionModeInfo, &out->integrity);
		out->domain = (enum iuplus_domain)ies->cn_DomainIdentity;
		if (last)
			get_security_extension(m, &last->securityModeCommand_vIuplusext, out);
	} else if (branch->present == RRC_SecurityModeCommand__later_than_r3__criticalExtensions_PR_r7) {
		const RRC_SecurityModeCommand_r7_IEs_t *ies = &branch->choice.r7.securityModeCommand_r7;
		__auto_type last = branch->choice.r7.vIuplusNonCriticalExtensions;

		m->transaction = out->transaction = (uint8_t)in->choice.later_than_r3.rrc_TransactionIdentifier;
		rrc_get_security_capability(&ies->securityCapability, &out->security);
		get_gsm_capability(ies->ue_SystemSpecificSecurityCap, &out->security);
		rrc_get_ciphering_r7(m, ies->cipheringModeInfo, &out->ciphering);
		rrc_get_integrity_r7(ies->integrityProtectionModeInfo, &out->integrity);
		out->domain = (enum iuplus_domain)ies->cn_DomainIdentity;
		if (last)
			get_security_extension(m, &last->securityModeCommand_vIuplusext, out);
	} else {
		rrc_later(m, in->choice.later_than_r3.rrc_TransactionIdentifier);
	}
}

void rrc_put_security_complete(struct rrc_map *m, RRC_SecurityModeComplete_t *out,
			       const struct iuplus_rrc_security_mode_complete *in)
{
	out->rrc_TransactionIdentifier = in->transaction;
	if (in->ul_activation.present) {
		RRC_IntegrityProtActivationInfo_t *activation;

		out->ul_IntegProtActivationInfo = NEW(m, activation);
		rrc_put_activation(m, activation, &in->ul_activation);
	}
	if (in->rb_ul.count) {
		RRC_RB_ActivationTimeInfoList_t *list;

		out->rb_UL_CiphActivationTimeInfo = NEW(m, list);
		rrc_put_rb_activation(m, list, &in->rb_ul);
	}
}

void rrc_get_security_complete(struct rrc_map *m, const RRC_SecurityModeComplete_t *in,
			       struct iuplus_rrc_security_mode_complete *out)
{
	m->transaction = out->transaction = (uint8_t)in->rrc_TransactionIdentifier;
	rrc_get_activation(in->ul_IntegProtActivationInfo, &out->ul_activation);
	rrc_get_rb_activation(in->rb_UL_CiphActivationTimeInfo, &out->rb_ul);
}

void rrc_put_security_failure(struct rrc_map *m, RRC_SecurityModeFailure_t *out,
			      const struct iuplus_rrc_failure_message *in)
{
	out->rrc_TransactionIdentifier = in->transaction;
	rrc_put_failure(m, &out->failureCause, &in->failure);
}

void rrc_get_security_failure(struct rrc_map *m, const RRC_SecurityModeFailure_t *in,
			      struct iuplus_rrc_failure_message *out)
{
	out->has_transaction = true;
	m->transaction = out->transaction = (uint8_t)in->rrc_TransactionIdentifier;
	rrc_get_failure(m, &in->failureCause, &out->failure);
}
