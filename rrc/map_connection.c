/* SPDX-License-Identifier: BSD-2-Clause */
/* map_connection.c: RRC connection, signalling connection release, RRC STATUS (TS 25.331 8.1, 10.2). See
 * patches/25331-text.md, 10.2.41. */
#include "rrc/map.h"

void rrc_put_connection_request(struct rrc_map *m, RRC_RRCConnectionRequest_t *out,
				const struct iuplus_rrc_connection_request *in)
{
	rrc_put_identity(m, &out->initialUE_Identity, &in->identity);
	out->establishmentCause = in->cause;
	out->protocolErrorIndicator =
		in->protocol_error ? RRC_ProtocolErrorIndicator_errorOccurred : RRC_ProtocolErrorIndicator_noError;
}

void rrc_get_connection_request(struct rrc_map *m, const RRC_RRCConnectionRequest_t *in,
				struct iuplus_rrc_connection_request *out)
{
	rrc_get_identity(m, &in->initialUE_Identity, &out->identity);
	out->cause = (uint8_t)in->establishmentCause;
	out->protocol_error = in->protocolErrorIndicator == RRC_ProtocolErrorIndicator_errorOccurred;
}

void rrc_put_connection_setup(struct rrc_map *m, RRC_RRCConnectionSetup_t *out,
			      const struct iuplus_rrc_connection_setup *in)
{
	RRC_RRCConnectionSetup_r3_IEs_t *ies = &out->choice.r3.rrcConnectionSetup_r3;

	out->present = RRC_RRCConnectionSetup_PR_r3;
	rrc_put_identity(m, &ies->initialUE_Identity, &in->identity);
	ies->rrc_TransactionIdentifier = in->transaction;
	rrc_put_u_rnti(m, &ies->new_U_RNTI, &in->u_rnti);
	if (in->has_c_rnti) {
		RRC_C_RNTI_t *c_rnti;

		ies->new_c_RNTI = NEW(m, c_rnti);
		rrc_put_bits(m, c_rnti, in->c_rnti, 16, "");
	}
	ies->rrc_StateIndicator = in->state;
	ies->utran_DRX_CycleLengthCoeff = in->drx_coefficient;
	if (in->want_capability) {
		RRC_CapabilityUpdateRequirement_t *want;

		ies->capabilityUpdateRequirement = NEW(m, want);
		want->ue_RadioCapabilityFDDUpdateRequirement = 1;
	}
	rrc_default_srb_list2(m, &ies->srb_InformationSetupList);
	rrc_default_ul_transport(m, &ies->ul_AddReconfTransChInfoList);
	rrc_default_dl_transport(m, &ies->dl_AddReconfTransChInfoList);
	if (in->has_scrambling_code) {
		RRC_DL_InformationPerRL_List_t *list;
		RRC_DL_InformationPerRL_t *rl;

		ies->dl_InformationPerRL_List = NEW(m, list);
		ADD(m, rl, &list->list, 1);
		rl->modeSpecificInfo.present = RRC_DL_InformationPerRL__modeSpecificInfo_PR_fdd;
		rl->modeSpecificInfo.choice.fdd.primaryCPICH_Info.primaryScramblingCode = in->scrambling_code;
	}
}

void rrc_get_connection_setup(struct rrc_map *m, const RRC_RRCConnectionSetup_t *in,
			      struct iuplus_rrc_connection_setup *out)
{
	const RRC_RRCConnectionSetup_r3_IEs_t *ies = &in->choice.r3.rrcConnectionSetup_r3;
	const RRC_DL_InformationPerRL_t *rl;

	if (in->present != RRC_RRCConnectionSetup_PR_r3) {
		rrc_get_identity(m, &in->choice.later_than_r3.initialUE_Identity, &out->identity);
		out->transaction = (uint8_t)in->choice.later_than_r3.rrc_TransactionIdentifier;
		rrc_later(m, in->choice.later_than_r3.rrc_TransactionIdentifier);
		return;
	}
	rrc_get_identity(m, &ies->initialUE_Identity, &out->identity);
	m->transaction = out->transaction = (uint8_t)ies->rrc_TransactionIdentifier;
	rrc_get_u_rnti(&ies->new_U_RNTI, &out->u_rnti);
	if (ies->new_c_RNTI) {
		out->has_c_rnti = true;
		out->c_rnti = (uint16_t)rrc_get_bits(ies->new_c_RNTI);
	}
	out->state = (enum iuplus_rrc_state)ies->rrc_StateIndicator;
	out->drx_coefficient = (uint8_t)ies->utran_DRX_CycleLengthCoeff;
	out->want_capability = ies->capabilityUpdateRequirement &&
			       ies->capabilityUpdateRequirement->ue_RadioCapabilityFDDUpdateRequirement;
	out->srbs = (unsigned)ies->srb_InformationSetupList.list.count;
	if (!ies->dl_InformationPerRL_List)
		return;
	rl = ies->dl_InformationPerRL_List->list.array[0];
	if (rl->modeSpecificInfo.present == RRC_DL_InformationPerRL__modeSpecificInfo_PR_fdd) {
		out->has_scrambling_code = true;
		out->scrambling_code =
			(uint16_t)rl->modeSpecificInfo.choice.fdd.primaryCPICH_Info.primaryScramblingCode;
	}
}

/* Builds the chain to its end: every level must be present, with its mandatory elements. */
static void put_setup_complete_extension(struct rrc_map *m, RRC_RRCConnectionSetupComplete_t *out,
					 const struct iuplus_rrc_enhanced_capability *in)
{
	__auto_type v370 = NEW(m, out->v370NonCriticalExtensions);
	__auto_type v380 = NEW(m, v370->v380NonCriticalExtensions);
	__auto_type v3a0 = NEW(m, v380->v3a0NonCriticalExtensions);
	__auto_type later = NEW(m, v3a0->laterNonCriticalExtensions);
	__auto_type v3g0 = NEW(m, later->v3g0NonCriticalExtensions);
	__auto_type v4b0 = NEW(m, v3g0->v4b0NonCriticalExtensions);
	__auto_type v590 = NEW(m, v4b0->v590NonCriticalExtensions);
	__auto_type v5c0 = NEW(m, v590->v5c0NonCriticalExtensions);
	__auto_type v690 = NEW(m, v5c0->v690NonCriticalExtensions);
	__auto_type v770 = NEW(m, v690->v770NonCriticalExtensions);
	__auto_type va40 = NEW(m, v770->va40NonCriticalExtensions);
	__auto_type vb50 = NEW(m, va40->vb50NonCriticalExtensions);
	__auto_type last = NEW(m, vb50->vIuplusNonCriticalExtensions);

	PUT_UE_LEVEL(m, &last->rrcConnectionSetupComplete_vIuplusext, in);
}

static void get_setup_complete_extension(struct rrc_map *m, const RRC_RRCConnectionSetupComplete_t *in,
					 struct iuplus_rrc_enhanced_capability *out)
{
	__auto_type v370 = in->v370NonCriticalExtensions;
	__auto_type v380 = v370 ? v370->v380NonCriticalExtensions : NULL;
	__auto_type v3a0 = v380 ? v380->v3a0NonCriticalExtensions : NULL;
	__auto_type later = v3a0 ? v3a0->laterNonCriticalExtensions : NULL;
	__auto_type v3g0 = later ? later->v3g0NonCriticalExtensions : NULL;
	__auto_type v4b0 = v3g0 ? v3g0->v4b0NonCriticalExtensions : NULL;
	__auto_type v590 = v4b0 ? v4b0->v590NonCriticalExtensions : NULL;
	__auto_type v5c0 = v590 ? v590->v5c0NonCriticalExtensions : NULL;
	__auto_type v690 = v5c0 ? v5c0->v690NonCriticalExtensions : NULL;
	__auto_type v770 = v690 ? v690->v770NonCriticalExtensions : NULL;
	__auto_type va40 = v770 ? v770->va40NonCriticalExtensions : NULL;
	__auto_type vb50 = va40 ? va40->vb50NonCriticalExtensions : NULL;
	__auto_type last = vb50 ? vb50->vIuplusNonCriticalExtensions : NULL;

	if (last)
		rrc_get_ue_info(m, &last->rrcConnectionSetupComplete_vIuplusext.body, out);
}

void rrc_put_connection_setup_complete(struct rrc_map *m, RRC_RRCConnectionSetupComplete_t *out,
				       const struct iuplus_rrc_connection_setup_complete *in)
{
	out->rrc_TransactionIdentifier = in->transaction;
	rrc_put_start_list(m, &out->startList, &in->start);
	if (in->has_capability) {
		RRC_UE_RadioAccessCapability_t *capability;

		out->ue_RadioAccessCapability = NEW(m, capability);
		rrc_default_capability(m, capability);
		rrc_put_security_capability(m, &capability->securityCapability, &in->security);
	}
	if (in->enhanced.present && !m->legacy)
		put_setup_complete_extension(m, out, &in->enhanced);
}

void rrc_get_connection_setup_complete(struct rrc_map *m, const RRC_RRCConnectionSetupComplete_t *in,
				       struct iuplus_rrc_connection_setup_complete *out)
{
	m->transaction = out->transaction = (uint8_t)in->rrc_TransactionIdentifier;
	rrc_get_start_list(&in->startList, &out->start);
	if (in->ue_RadioAccessCapability) {
		out->has_capability = true;
		rrc_get_security_capability(&in->ue_RadioAccessCapability->securityCapability, &out->security);
	}
	get_setup_complete_extension(m, in, &out->enhanced);
}

void rrc_put_connection_reject(struct rrc_map *m, RRC_RRCConnectionReject_t *out,
			       const struct iuplus_rrc_connection_reject *in)
{
	RRC_RRCConnectionReject_r3_IEs_t *ies = &out->choice.r3.rrcConnectionReject_r3;

	out->present = RRC_RRCConnectionReject_PR_r3;
	rrc_put_identity(m, &ies->initialUE_Identity, &in->identity);
	ies->rrc_TransactionIdentifier = in->transaction;
	ies->rejectionCause = in->congestion ? RRC_RejectionCause_congestion : RRC_RejectionCause_unspecified;
	ies->waitTime = in->wait_time;
}

void rrc_get_connection_reject(struct rrc_map *m, const RRC_RRCConnectionReject_t *in,
			       struct iuplus_rrc_connection_reject *out)
{
	const RRC_RRCConnectionReject_r3_IEs_t *ies = &in->choice.r3.rrcConnectionReject_r3;

	if (in->present != RRC_RRCConnectionReject_PR_r3) {
		rrc_get_identity(m, &in->choice.later_than_r3.initialUE_Identity, &out->identity);
		rrc_later(m, in->choice.later_than_r3.rrc_TransactionIdentifier);
		return;
	}
	rrc_get_identity(m, &ies->initialUE_Identity, &out->identity);
	m->transaction = out->transaction = (uint8_t)ies->rrc_TransactionIdentifier;
	out->congestion = ies->rejectionCause == RRC_RejectionCause_congestion;
	out->wait_time = (uint8_t)ies->waitTime;
}

static void put_release_ies(struct rrc_map *m, RRC_RRCConnectionRelease_r3_IEs_t *out,
			    const struct iuplus_rrc_connection_release *in)
{
	out->rrc_TransactionIdentifier = in->transaction;
	if (in->n308)
		out->n_308 = rrc_long(m, in->n308);
	out->releaseCause = in->cause;
}

static void get_release_ies(struct rrc_map *m, const RRC_RRCConnectionRelease_r3_IEs_t *in,
			    struct iuplus_rrc_connection_release *out)
{
	m->transaction = out->transaction = (uint8_t)in->rrc_TransactionIdentifier;
	if (in->n_308)
		out->n308 = (uint8_t)*in->n_308;
	out->cause = (uint8_t)in->releaseCause;
}

void rrc_put_connection_release(struct rrc_map *m, RRC_RRCConnectionRelease_t *out,
				const struct iuplus_rrc_connection_release *in)
{
	out->present = RRC_RRCConnectionRelease_PR_r3;
	put_release_ies(m, &out->choice.r3.rrcConnectionRelease_r3, in);
}

void rrc_get_connection_release(struct rrc_map *m, const RRC_RRCConnectionRelease_t *in,
				struct iuplus_rrc_connection_release *out)
{
	if (in->present != RRC_RRCConnectionRelease_PR_r3)
		rrc_later(m, in->choice.later_than_r3.rrc_TransactionIdentifier);
	else
		get_release_ies(m, &in->choice.r3.rrcConnectionRelease_r3, out);
}

void rrc_put_connection_release_ccch(struct rrc_map *m, RRC_RRCConnectionRelease_CCCH_t *out,
				     const struct iuplus_rrc_connection_release *in)
{
	RRC_RRCConnectionRelease_CCCH_r3_IEs_t *ies = &out->choice.r3.rrcConnectionRelease_CCCH_r3;

	out->present = RRC_RRCConnectionRelease_CCCH_PR_r3;
	rrc_put_u_rnti(m, &ies->u_RNTI, &in->u_rnti);
	put_release_ies(m, &ies->rrcConnectionRelease, in);
}

void rrc_get_connection_release_ccch(struct rrc_map *m, const RRC_RRCConnectionRelease_CCCH_t *in,
				     struct iuplus_rrc_connection_release *out)
{
	const RRC_RRCConnectionRelease_CCCH_r3_IEs_t *ies = &in->choice.r3.rrcConnectionRelease_CCCH_r3;

	if (in->present != RRC_RRCConnectionRelease_CCCH_PR_r3) {
		rrc_get_u_rnti(&in->choice.later_than_r3.u_RNTI, &out->u_rnti);
		rrc_later(m, in->choice.later_than_r3.rrc_TransactionIdentifier);
		return;
	}
	rrc_get_u_rnti(&ies->u_RNTI, &out->u_rnti);
	get_release_ies(m, &ies->rrcConnectionRelease, out);
}

void rrc_put_connection_release_complete(struct rrc_map *m, RRC_RRCConnectionReleaseComplete_t *out,
					 const struct iuplus_rrc_connection_release_complete *in)
{
	out->rrc_TransactionIdentifier = in->transaction;
	if (in->has_error) {
		RRC_FailureCauseWithProtErr_t *error;

		out->errorIndication = NEW(m, error);
		rrc_put_failure(m, error, &in->error);
	}
}

void rrc_get_connection_release_complete(struct rrc_map *m, const RRC_RRCConnectionReleaseComplete_t *in,
					 struct iuplus_rrc_connection_release_complete *out)
{
	m->transaction = out->transaction = (uint8_t)in->rrc_TransactionIdentifier;
	if (in->errorIndication) {
		out->has_error = true;
		rrc_get_failure(m, in->errorIndication, &out->error);
	}
}

void rrc_put_signalling_release(struct rrc_map *m, RRC_SignallingConnectionRelease_t *out,
				const struct iuplus_rrc_signalling_connection_release *in)
{
	RRC_SignallingConnectionRelease_r3_IEs_t *ies = &out->choice.r3.signallingConnectionRelease_r3;

	(void)m;
	out->present = RRC_SignallingConnectionRelease_PR_r3;
	ies->rrc_TransactionIdentifier = in->transaction;
	ies->cn_DomainIdentity = in->domain;
}

void rrc_get_signalling_release(struct rrc_map *m, const RRC_SignallingConnectionRelease_t *in,
				struct iuplus_rrc_signalling_connection_release *out)
{
	const RRC_SignallingConnectionRelease_r3_IEs_t *ies = &in->choice.r3.signallingConnectionRelease_r3;

	if (in->present != RRC_SignallingConnectionRelease_PR_r3) {
		rrc_later(m, in->choice.later_than_r3.rrc_TransactionIdentifier);
		return;
	}
	m->transaction = out->transaction = (uint8_t)ies->rrc_TransactionIdentifier;
	out->domain = (enum iuplus_domain)ies->cn_DomainIdentity;
}

void rrc_put_signalling_release_indication(struct rrc_map *m, RRC_SignallingConnectionReleaseIndication_t *out,
					   const struct iuplus_rrc_signalling_connection_release *in)
{
	(void)m;
	out->cn_DomainIdentity = in->domain;
}

void rrc_get_signalling_release_indication(struct rrc_map *m, const RRC_SignallingConnectionReleaseIndication_t *in,
					   struct iuplus_rrc_signalling_connection_release *out)
{
	(void)m;
	out->domain = (enum iuplus_domain)in->cn_DomainIdentity;
}

/* enum iuplus_rrc_protocol_error has the numbers of ProtocolErrorCause, and those of the alternatives of
 * ProtocolErrorMoreInformation less 1. */
#define NUMBERED_AS(value, alternative, NUMBER) \
	_Static_assert((int)RRC_ProtocolErrorCause_##value == (int)IUPLUS_RRC_PE_##NUMBER && \
			       (int)RRC_ProtocolErrorMoreInformation__diagnosticsType__type1_PR_##alternative == \
				       (int)IUPLUS_RRC_PE_##NUMBER + 1, \
		       #NUMBER)
NUMBERED_AS(asn1_ViolationOrEncodingError, asn1_ViolationOrEncodingError, ASN1_VIOLATION);
NUMBERED_AS(messageTypeNonexistent, messageTypeNonexistent, MESSAGE_TYPE_NON_EXISTENT);
NUMBERED_AS(messageNotCompatibleWithReceiverState, messageNotCompatibleWithReceiverState, NOT_COMPATIBLE_WITH_STATE);
NUMBERED_AS(ie_ValueNotComprehended, ie_ValueNotComprehended, IE_VALUE_NOT_COMPREHENDED);
NUMBERED_AS(informationElementMissing, conditionalInformationElementError, CONDITIONAL_IE_ERROR);
NUMBERED_AS(messageExtensionNotComprehended, messageExtensionNotComprehended, MESSAGE_EXTENSION_NOT_COMPREHENDED);
#undef NUMBERED_AS
_Static_assert((int)RRC_CN_DomainIdentity_cs_domain == (int)IUPLUS_DOMAIN_CS &&
		       (int)RRC_CN_DomainIdentity_ps_domain == (int)IUPLUS_DOMAIN_PS,
	       "enum iuplus_domain");
_Static_assert((int)RRC_RRC_StateIndicator_cell_DCH == (int)IUPLUS_RRC_CELL_DCH &&
		       (int)RRC_RRC_StateIndicator_cell_FACH == (int)IUPLUS_RRC_CELL_FACH &&
		       (int)RRC_RRC_StateIndicator_cell_PCH == (int)IUPLUS_RRC_CELL_PCH &&
		       (int)RRC_RRC_StateIndicator_ura_PCH == (int)IUPLUS_RRC_URA_PCH,
	       "enum iuplus_rrc_state");
_Static_assert((int)RRC_EstablishmentCause_originatingInteractiveCall ==
			       (int)IUPLUS_RRC_CAUSE_ORIGINATING_INTERACTIVE_CALL &&
		       (int)RRC_EstablishmentCause_terminatingInteractiveCall ==
			       (int)IUPLUS_RRC_CAUSE_TERMINATING_INTERACTIVE_CALL &&
		       (int)RRC_EstablishmentCause_registration == (int)IUPLUS_RRC_CAUSE_REGISTRATION &&
		       (int)RRC_EstablishmentCause_detach == (int)IUPLUS_RRC_CAUSE_DETACH &&
		       (int)RRC_EstablishmentCause_originatingHighPrioritySignalling ==
			       (int)IUPLUS_RRC_CAUSE_ORIGINATING_HIGH_PRIORITY_SIGNALLING,
	       "enum iuplus_rrc_establishment_cause");

void rrc_put_status(struct rrc_map *m, RRC_RRCStatus_t *out, const struct iuplus_rrc_status *in)
{
	__auto_type diagnostics = &out->protocolErrorInformation.diagnosticsType;
	__auto_type type1 = &diagnostics->choice.type1;
	RRC_IdentificationOfReceivedMessage_t *id;

	diagnostics->present = RRC_ProtocolErrorMoreInformation__diagnosticsType_PR_type1;
	/* The last four identify the message. */
	type1->present = in->cause + 1;
	switch (in->cause) {
	case IUPLUS_RRC_PE_ASN1_VIOLATION:
	case IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT:
		return;
	case IUPLUS_RRC_PE_NOT_COMPATIBLE_WITH_STATE:
		id = &type1->choice.messageNotCompatibleWithReceiverState;
		break;
	case IUPLUS_RRC_PE_IE_VALUE_NOT_COMPREHENDED:
		id = &type1->choice.ie_ValueNotComprehended;
		break;
	case IUPLUS_RRC_PE_CONDITIONAL_IE_ERROR:
		id = &type1->choice.conditionalInformationElementError;
		break;
	case IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED:
		id = &type1->choice.messageExtensionNotComprehended;
		break;
	default:
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "status.cause");
		return;
	}
	id->rrc_TransactionIdentifier = in->transaction;
	id->receivedMessageType = in->received;
}

void rrc_get_status(struct rrc_map *m, const RRC_RRCStatus_t *in, struct iuplus_rrc_status *out)
{
	__auto_type diagnostics = &in->protocolErrorInformation.diagnosticsType;
	__auto_type type1 = &diagnostics->choice.type1;
	const RRC_IdentificationOfReceivedMessage_t *id = NULL;

	if (diagnostics->present != RRC_ProtocolErrorMoreInformation__diagnosticsType_PR_type1 ||
	    type1->present > IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED + 1) {
		rrc_fail(m, IUPLUS_ERR_NOT_COMPREHENDED, "protocolErrorInformation.diagnosticsType");
		return;
	}
	out->cause = (enum iuplus_rrc_protocol_error)(type1->present - 1);
	switch (out->cause) {
	case IUPLUS_RRC_PE_ASN1_VIOLATION:
	case IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT:
		return;
	case IUPLUS_RRC_PE_NOT_COMPATIBLE_WITH_STATE:
		id = &type1->choice.messageNotCompatibleWithReceiverState;
		break;
	case IUPLUS_RRC_PE_IE_VALUE_NOT_COMPREHENDED:
		id = &type1->choice.ie_ValueNotComprehended;
		break;
	case IUPLUS_RRC_PE_CONDITIONAL_IE_ERROR:
		id = &type1->choice.conditionalInformationElementError;
		break;
	case IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED:
		id = &type1->choice.messageExtensionNotComprehended;
		break;
	}
	if (id) {
		out->transaction = (uint8_t)id->rrc_TransactionIdentifier;
		out->received = (uint8_t)id->receivedMessageType;
	}
}
