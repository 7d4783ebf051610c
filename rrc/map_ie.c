/* SPDX-License-Identifier: BSD-2-Clause */
/* map_ie.c: information elements that several messages share (TS 25.331 10.3.1, 10.3.3). */
#include "rrc/map.h"

#include <string.h>

/* ---- identities ---- */

/* The digits of an IMSI, IMEI, MCC or MNC: a SEQUENCE OF INTEGER, one digit each. */
static void put_digits(struct rrc_map *m, void *list, unsigned max, const uint8_t *digits, unsigned count,
		       const char *path)
{
	unsigned i;

	if (count > max) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, path);
		return;
	}
	for (i = 0; i < count; i++) {
		long *digit;

		*ADD(m, digit, list, max) = digits[i];
	}
}

static unsigned get_digits(const void *list, unsigned max, uint8_t *digits)
{
	const A_SEQUENCE_OF(long) *l = list;
	unsigned i;

	for (i = 0; i < (unsigned)l->count && i < max; i++)
		digits[i] = (uint8_t)*l->array[i];
	return i;
}

void rrc_put_plmn(struct rrc_map *m, RRC_PLMN_Identity_t *out, const struct iuplus_rrc_plmn *in)
{
	put_digits(m, &out->mcc.list, 3, in->mcc, 3, "plmn.mcc");
	put_digits(m, &out->mnc.list, 3, in->mnc, in->mnc_len, "plmn.mnc");
}

void rrc_get_plmn(const RRC_PLMN_Identity_t *in, struct iuplus_rrc_plmn *out)
{
	get_digits(&in->mcc.list, 3, out->mcc);
	out->mnc_len = (uint8_t)get_digits(&in->mnc.list, 3, out->mnc);
}

void rrc_put_identity(struct rrc_map *m, RRC_InitialUE_Identity_t *out, const struct iuplus_rrc_identity *in)
{
	RRC_LAI_t *lai;

	switch (in->kind) {
	case IUPLUS_RRC_IDENTITY_IMSI:
		out->present = RRC_InitialUE_Identity_PR_imsi;
		put_digits(m, &out->choice.imsi.list, 21, in->digits, in->digits_len, "identity.digits_len");
		return;
	case IUPLUS_RRC_IDENTITY_IMEI:
		out->present = RRC_InitialUE_Identity_PR_imei;
		put_digits(m, &out->choice.imei.list, 15, in->digits, in->digits_len, "identity.digits_len");
		return;
	case IUPLUS_RRC_IDENTITY_TMSI_LAI:
		out->present = RRC_InitialUE_Identity_PR_tmsi_and_LAI;
		rrc_put_bits(m, &out->choice.tmsi_and_LAI.tmsi, in->tmsi, 32, "");
		lai = &out->choice.tmsi_and_LAI.lai;
		break;
	case IUPLUS_RRC_IDENTITY_PTMSI_RAI:
		out->present = RRC_InitialUE_Identity_PR_p_TMSI_and_RAI;
		rrc_put_bits(m, &out->choice.p_TMSI_and_RAI.p_TMSI, in->tmsi, 32, "");
		rrc_put_bits(m, &out->choice.p_TMSI_and_RAI.rai.rac, in->rac, 8, "");
		lai = &out->choice.p_TMSI_and_RAI.rai.lai;
		break;
	default:
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "identity.kind");
		return;
	}
	rrc_put_plmn(m, &lai->plmn_Identity, &in->plmn);
	rrc_put_bits(m, &lai->lac, in->lac, 16, "");
}

void rrc_get_identity(struct rrc_map *m, const RRC_InitialUE_Identity_t *in, struct iuplus_rrc_identity *out)
{
	const RRC_LAI_t *lai;

	switch (in->present) {
	case RRC_InitialUE_Identity_PR_imsi:
		out->kind = IUPLUS_RRC_IDENTITY_IMSI;
		out->digits_len = (uint8_t)get_digits(&in->choice.imsi.list, 21, out->digits);
		return;
	case RRC_InitialUE_Identity_PR_imei:
		out->kind = IUPLUS_RRC_IDENTITY_IMEI;
		out->digits_len = (uint8_t)get_digits(&in->choice.imei.list, 15, out->digits);
		return;
	case RRC_InitialUE_Identity_PR_tmsi_and_LAI:
		out->kind = IUPLUS_RRC_IDENTITY_TMSI_LAI;
		out->tmsi = (uint32_t)rrc_get_bits(&in->choice.tmsi_and_LAI.tmsi);
		lai = &in->choice.tmsi_and_LAI.lai;
		break;
	case RRC_InitialUE_Identity_PR_p_TMSI_and_RAI:
		out->kind = IUPLUS_RRC_IDENTITY_PTMSI_RAI;
		out->tmsi = (uint32_t)rrc_get_bits(&in->choice.p_TMSI_and_RAI.p_TMSI);
		out->rac = (uint8_t)rrc_get_bits(&in->choice.p_TMSI_and_RAI.rai.rac);
		lai = &in->choice.p_TMSI_and_RAI.rai.lai;
		break;
	default:
		/* Identities of ANSI-41 networks. */
		rrc_fail(m, IUPLUS_ERR_NOT_COMPREHENDED, "initialUE-Identity");
		return;
	}
	rrc_get_plmn(&lai->plmn_Identity, &out->plmn);
	out->lac = (uint16_t)rrc_get_bits(&lai->lac);
}

void rrc_put_u_rnti(struct rrc_map *m, RRC_U_RNTI_t *out, const struct iuplus_rrc_u_rnti *in)
{
	rrc_put_bits(m, &out->srnc_Identity, in->srnc, 12, "u_rnti.srnc");
	rrc_put_bits(m, &out->s_RNTI, in->s_rnti, 20, "u_rnti.s_rnti");
}

void rrc_get_u_rnti(const RRC_U_RNTI_t *in, struct iuplus_rrc_u_rnti *out)
{
	out->srnc = (uint16_t)rrc_get_bits(&in->srnc_Identity);
	out->s_rnti = (uint32_t)rrc_get_bits(&in->s_RNTI);
}

/* ---- security ---- */

void rrc_put_start_list(struct rrc_map *m, RRC_STARTList_t *out, const struct iuplus_rrc_start_list *in)
{
	unsigned i;

	if (in->count > IUPLUS_RRC_MAX_DOMAINS) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "start.count");
		return;
	}
	for (i = 0; i < in->count; i++) {
		RRC_STARTSingle_t *item;

		ADD(m, item, &out->list, IUPLUS_RRC_MAX_DOMAINS);
		item->cn_DomainIdentity = in->list[i].domain;
		rrc_put_bits(m, &item->start_Value, in->list[i].start, 20, "start.list.start");
	}
}

void rrc_get_start_list(const RRC_STARTList_t *in, struct iuplus_rrc_start_list *out)
{
	unsigned i;

	for (i = 0; i < (unsigned)in->list.count && i < IUPLUS_RRC_MAX_DOMAINS; i++) {
		out->list[i].domain = (enum iuplus_domain)in->list.array[i]->cn_DomainIdentity;
		out->list[i].start = (uint32_t)rrc_get_bits(&in->list.array[i]->start_Value);
	}
	out->count = i;
}

void rrc_put_security_capability(struct rrc_map *m, RRC_SecurityCapability_t *out,
				 const struct iuplus_rrc_security_capability *in)
{
	/* Named bit 15 is algorithm 0, so bit n of the number is algorithm n. */
	rrc_put_bits(m, &out->cipheringAlgorithmCap, in->uea, 16, "");
	rrc_put_bits(m, &out->integrityProtectionAlgorithmCap, in->uia, 16, "");
}

void rrc_get_security_capability(const RRC_SecurityCapability_t *in, struct iuplus_rrc_security_capability *out)
{
	out->uea = (uint16_t)rrc_get_bits(&in->cipheringAlgorithmCap);
	out->uia = (uint16_t)rrc_get_bits(&in->integrityProtectionAlgorithmCap);
}

void rrc_put_activation(struct rrc_map *m, RRC_IntegrityProtActivationInfo_t *out,
			const struct iuplus_rrc_activation *in)
{
	unsigned i;

	if (in->count > IUPLUS_RRC_SRBS) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "activation.count");
		return;
	}
	for (i = 0; i < in->count; i++) {
		long *sn;

		*ADD(m, sn, &out->rrc_MessageSequenceNumberList.list, IUPLUS_RRC_SRBS) = in->sn[i];
	}
}

void rrc_get_activation(const RRC_IntegrityProtActivationInfo_t *in, struct iuplus_rrc_activation *out)
{
	if (!in)
		return;
	out->present = true;
	out->count = get_digits(&in->rrc_MessageSequenceNumberList.list, IUPLUS_RRC_SRBS, out->sn);
}

static void put_integrity_command(struct rrc_map *m, RRC_IntegrityProtectionModeCommand_t *command, long **algorithm,
				  const struct iuplus_rrc_integrity_mode *in)
{
	if (in->modify) {
		command->present = RRC_IntegrityProtectionModeCommand_PR_modify;
		rrc_put_activation(m, &command->choice.modify.dl_IntegrityProtActivationInfo, &in->activation);
	} else {
		command->present = RRC_IntegrityProtectionModeCommand_PR_startIntegrityProtection;
		rrc_put_bits(m, &command->choice.startIntegrityProtection.integrityProtInitNumber, in->fresh, 32, "");
	}
	if (in->has_uia)
		*algorithm = rrc_long(m, (long)in->uia - 1);
}

RRC_IntegrityProtectionModeInfo_t *rrc_put_integrity(struct rrc_map *m, const struct iuplus_rrc_integrity_mode *in)
{
	RRC_IntegrityProtectionModeInfo_t *out;

	if (!in->present)
		return NULL;
	NEW(m, out);
	put_integrity_command(m, &out->integrityProtectionModeCommand, &out->integrityProtectionAlgorithm, in);
	return out;
}

RRC_IntegrityProtectionModeInfo_r7_t *rrc_put_integrity_r7(struct rrc_map *m,
							   const struct iuplus_rrc_integrity_mode *in)
{
	RRC_IntegrityProtectionModeInfo_r7_t *out;

	if (!in->present)
		return NULL;
	NEW(m, out);
	put_integrity_command(m, &out->integrityProtectionModeCommand, &out->integrityProtectionAlgorithm, in);
	return out;
}

static void get_integrity_command(const RRC_IntegrityProtectionModeCommand_t *command, const long *algorithm,
				  struct iuplus_rrc_integrity_mode *out)
{
	out->present = true;
	if (command->present == RRC_IntegrityProtectionModeCommand_PR_modify) {
		out->modify = true;
		rrc_get_activation(&command->choice.modify.dl_IntegrityProtActivationInfo, &out->activation);
	} else {
		out->fresh = (uint32_t)rrc_get_bits(&command->choice.startIntegrityProtection.integrityProtInitNumber);
	}
	if (algorithm) {
		out->has_uia = true;
		out->uia = (uint8_t)(*algorithm + 1);
	}
}

void rrc_get_integrity(const RRC_IntegrityProtectionModeInfo_t *in, struct iuplus_rrc_integrity_mode *out)
{
	if (in)
		get_integrity_command(&in->integrityProtectionModeCommand, in->integrityProtectionAlgorithm, out);
}

void rrc_get_integrity_r7(const RRC_IntegrityProtectionModeInfo_r7_t *in, struct iuplus_rrc_integrity_mode *out)
{
	if (in)
		get_integrity_command(&in->integrityProtectionModeCommand, in->integrityProtectionAlgorithm, out);
}

void rrc_put_rb_activation(struct rrc_map *m, RRC_RB_ActivationTimeInfoList_t *out,
			   const struct iuplus_rrc_rb_activation_list *in)
{
	unsigned i;

	if (in->count > IUPLUS_RRC_MAX_RB) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "rb_activation.count");
		return;
	}
	for (i = 0; i < in->count; i++) {
		RRC_RB_ActivationTimeInfo_t *item;

		ADD(m, item, &out->list, in->count);
		item->rb_Identity = in->list[i].rb;
		item->rlc_SequenceNumber = in->list[i].sn;
	}
}

void rrc_get_rb_activation(const RRC_RB_ActivationTimeInfoList_t *in, struct iuplus_rrc_rb_activation_list *out)
{
	unsigned i;

	if (!in)
		return;
	for (i = 0; i < (unsigned)in->list.count && i < IUPLUS_RRC_MAX_RB; i++) {
		out->list[i].rb = (uint8_t)in->list.array[i]->rb_Identity;
		out->list[i].sn = (uint16_t)in->list.array[i]->rlc_SequenceNumber;
	}
	out->count = i;
}

static void put_ciphering_times(struct rrc_map *m, long **dpch, RRC_RB_ActivationTimeInfoList_t **rb_dl,
				const struct iuplus_rrc_ciphering_mode *in)
{
	RRC_RB_ActivationTimeInfoList_t *list;

	if (in->has_dpch_activation)
		*dpch = rrc_long(m, in->dpch_activation);
	if (in->rb_dl.count) {
		*rb_dl = NEW(m, list);
		rrc_put_rb_activation(m, list, &in->rb_dl);
	}
}

RRC_CipheringModeInfo_t *rrc_put_ciphering(struct rrc_map *m, const struct iuplus_rrc_ciphering_mode *in)
{
	RRC_CipheringModeInfo_t *out;

	if (!in->present)
		return NULL;
	NEW(m, out);
	out->cipheringModeCommand.present = RRC_CipheringModeCommand_PR_startRestart;
	out->cipheringModeCommand.choice.startRestart = in->uea;
	put_ciphering_times(m, &out->activationTimeForDPCH, &out->rb_DL_CiphActivationTimeInfo, in);
	return out;
}

RRC_CipheringModeInfo_r7_t *rrc_put_ciphering_r7(struct rrc_map *m, const struct iuplus_rrc_ciphering_mode *in)
{
	RRC_CipheringModeInfo_r7_t *out;

	if (!in->present)
		return NULL;
	NEW(m, out);
	out->cipheringModeCommand.startRestart = in->uea;
	put_ciphering_times(m, &out->activationTimeForDPCH, &out->rb_DL_CiphActivationTimeInfo, in);
	return out;
}

static void get_ciphering_times(struct rrc_map *m, bool start, long uea, const long *dpch,
				const RRC_RB_ActivationTimeInfoList_t *rb_dl, struct iuplus_rrc_ciphering_mode *out)
{
	if (!start) {
		/* The dummy alternative stopped ciphering in an earlier version; it is no longer sent. */
		rrc_fail(m, IUPLUS_ERR_NOT_COMPREHENDED, "cipheringModeInfo.cipheringModeCommand");
		return;
	}
	out->present = true;
	out->uea = (uint8_t)uea;
	if (dpch) {
		out->has_dpch_activation = true;
		out->dpch_activation = (uint8_t)*dpch;
	}
	rrc_get_rb_activation(rb_dl, &out->rb_dl);
}

void rrc_get_ciphering(struct rrc_map *m, const RRC_CipheringModeInfo_t *in, struct iuplus_rrc_ciphering_mode *out)
{
	if (in)
		get_ciphering_times(m, in->cipheringModeCommand.present == RRC_CipheringModeCommand_PR_startRestart,
				    in->cipheringModeCommand.choice.startRestart, in->activationTimeForDPCH,
				    in->rb_DL_CiphActivationTimeInfo, out);
}

void rrc_get_ciphering_r7(struct rrc_map *m, const RRC_CipheringModeInfo_r7_t *in,
			  struct iuplus_rrc_ciphering_mode *out)
{
	if (in)
		get_ciphering_times(m, true, in->cipheringModeCommand.startRestart, in->activationTimeForDPCH,
				    in->rb_DL_CiphActivationTimeInfo, out);
}

bool rrc_needs_r7(const struct iuplus_rrc_integrity_mode *integrity, const struct iuplus_rrc_ciphering_mode *ciphering)
{
	return (integrity->present && integrity->has_uia && integrity->uia > 1) ||
	       (ciphering->present && ciphering->uea > 1);
}

/* ---- causes ---- */

/* enum iuplus_rrc_failure is numbered as the alternatives, which begin at 1. */
#define NUMBERED_AS(alternative, NUMBER) \
	_Static_assert((int)RRC_FailureCauseWithProtErr_PR_##alternative == (int)IUPLUS_RRC_FAILURE_##NUMBER + 1, \
		       #NUMBER)
NUMBERED_AS(configurationUnsupported, CONFIGURATION_UNSUPPORTED);
NUMBERED_AS(physicalChannelFailure, PHYSICAL_CHANNEL);
NUMBERED_AS(incompatibleSimultaneousReconfiguration, INCOMPATIBLE_SIMULTANEOUS_RECONFIGURATION);
NUMBERED_AS(compressedModeRuntimeError, COMPRESSED_MODE_RUNTIME);
NUMBERED_AS(protocolError, PROTOCOL_ERROR);
NUMBERED_AS(cellUpdateOccurred, CELL_UPDATE_OCCURRED);
NUMBERED_AS(invalidConfiguration, INVALID_CONFIGURATION);
NUMBERED_AS(configurationIncomplete, CONFIGURATION_INCOMPLETE);
NUMBERED_AS(unsupportedMeasurement, UNSUPPORTED_MEASUREMENT);
#undef NUMBERED_AS

void rrc_put_failure(struct rrc_map *m, RRC_FailureCauseWithProtErr_t *out, const struct iuplus_rrc_failure_cause *in)
{
	RRC_ProtocolErrorInformation_t *error;

	if ((unsigned)in->cause > 15) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "failure.cause");
		return;
	}
	out->present = (RRC_FailureCauseWithProtErr_PR)(in->cause + 1);
	if (in->cause == IUPLUS_RRC_FAILURE_COMPRESSED_MODE_RUNTIME) {
		out->choice.compressedModeRuntimeError = in->tgpsi;
	} else if (in->cause == IUPLUS_RRC_FAILURE_PROTOCOL_ERROR) {
		error = &out->choice.protocolError;
		error->diagnosticsType.present = RRC_ProtocolErrorInformation__diagnosticsType_PR_type1;
		error->diagnosticsType.choice.type1.protocolErrorCause = in->protocol_error;
	}
}

void rrc_get_failure(struct rrc_map *m, const RRC_FailureCauseWithProtErr_t *in, struct iuplus_rrc_failure_cause *out)
{
	const RRC_ProtocolErrorInformation_t *error = &in->choice.protocolError;

	out->cause = (enum iuplus_rrc_failure)(in->present - 1);
	if (out->cause == IUPLUS_RRC_FAILURE_COMPRESSED_MODE_RUNTIME) {
		out->tgpsi = (uint8_t)in->choice.compressedModeRuntimeError;
	} else if (out->cause == IUPLUS_RRC_FAILURE_PROTOCOL_ERROR) {
		if (error->diagnosticsType.present != RRC_ProtocolErrorInformation__diagnosticsType_PR_type1)
			rrc_fail(m, IUPLUS_ERR_NOT_COMPREHENDED, "failureCause.protocolError.diagnosticsType");
		else
			out->protocol_error =
				(enum iuplus_rrc_protocol_error)error->diagnosticsType.choice.type1.protocolErrorCause;
	}
}

/* ---- core network ---- */

OCTET_STRING_t *rrc_put_nas_info(struct rrc_map *m, struct iuplus_octets in)
{
	OCTET_STRING_t *out;

	if (!in.len)
		return NULL;
	rrc_put_octets(NEW(m, out), in);
	return out;
}

RRC_CN_DomainInformationList_t *rrc_put_domains(struct rrc_map *m, unsigned count,
						const struct iuplus_rrc_cn_domain *in)
{
	RRC_CN_DomainInformationList_t *out;
	unsigned i;

	if (!count)
		return NULL;
	NEW(m, out);
	if (count > IUPLUS_RRC_MAX_DOMAINS) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "domains");
		return out;
	}
	for (i = 0; i < count; i++) {
		RRC_CN_DomainInformation_t *item;

		ADD(m, item, &out->list, IUPLUS_RRC_MAX_DOMAINS);
		item->cn_DomainIdentity = in[i].domain;
		rrc_put_octets(&item->cn_DomainSpecificNAS_Info, in[i].nas_info);
	}
	return out;
}

unsigned rrc_get_domains(const RRC_CN_DomainInformationList_t *in, struct iuplus_rrc_cn_domain *out)
{
	unsigned i;

	if (!in)
		return 0;
	for (i = 0; i < (unsigned)in->list.count && i < IUPLUS_RRC_MAX_DOMAINS; i++) {
		out[i].domain = (enum iuplus_domain)in->list.array[i]->cn_DomainIdentity;
		out[i].nas_info = rrc_get_octets(&in->list.array[i]->cn_DomainSpecificNAS_Info);
	}
	return i;
}

unsigned rrc_get_domains_full(const RRC_CN_DomainInformationListFull_t *in, struct iuplus_rrc_cn_domain *out)
{
	unsigned i;

	if (!in)
		return 0;
	for (i = 0; i < (unsigned)in->list.count && i < IUPLUS_RRC_MAX_DOMAINS; i++) {
		out[i].domain = (enum iuplus_domain)in->list.array[i]->cn_DomainIdentity;
		out[i].nas_info = rrc_get_octets(&in->list.array[i]->cn_DomainSpecificNAS_Info);
		out[i].drx_coefficient = (uint8_t)in->list.array[i]->cn_DRX_CycleLengthCoeff;
	}
	return i;
}
