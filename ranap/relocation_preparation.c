/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation_preparation.c: Relocation Preparation (TS 25.413 8.6). */
#include "ranap/values.h"

/* ---- RELOCATION REQUIRED ------------------------------------------------------------------------------------- */

static const struct ie_row source_rnc_extensions[] = {
	RANAP_EXT_IE_HERE(SourceRNC_ID, extendedRNC_ID, rnc, rnc_id, ranap_extended_rnc_id), IE_END
};
static const struct ie_row source_rnc[] = { RANAP_PART(SourceRNC_ID, pLMNidentity, rnc, plmn, ie_octet_array),
					    RANAP_PART(SourceRNC_ID, rNC_ID, rnc, rnc_id, ranap_rnc_id),
					    RANAP_EXTENSION_IES(SourceRNC_ID, source_rnc_extensions), IE_END };

static const struct ie_row target_rnc_extensions[] = {
	RANAP_EXT_IE_HERE(TargetRNC_ID, extendedRNC_ID, target_rnc, rnc_id, ranap_extended_rnc_id), IE_END
};
static const struct ie_row target_rnc[] = { RANAP_PART(TargetRNC_ID, lAI, target_rnc, lai, ranap_lai),
					    RANAP_MAY(TargetRNC_ID, rAC, target_rnc, rac, has_rac, ie_octet_number),
					    RANAP_PART(TargetRNC_ID, rNC_ID, target_rnc, rnc_id, ranap_rnc_id),
					    RANAP_EXTENSION_IES(TargetRNC_ID, target_rnc_extensions), IE_END };

static bool take_source(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_SourceID_t *from = value;
	struct iuplus_ranap_relocation_required *to = neutral;

	to->source_is_sai = from->present == RANAP_SourceID_PR_sAI;
	if (to->source_is_sai)
		ranap_sai.take(ctx, row, &from->choice.sAI, &to->source_sai);
	else if (from->present == RANAP_SourceID_PR_sourceRNC_ID)
		ie_take(ctx, source_rnc, &from->choice.sourceRNC_ID, &to->source_rnc);
	return true;
}

static void put_source(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_ranap_relocation_required *from = neutral;
	RANAP_SourceID_t *to = value;

	to->present = from->source_is_sai ? RANAP_SourceID_PR_sAI : RANAP_SourceID_PR_sourceRNC_ID;
	if (from->source_is_sai)
		ranap_sai.put(ctx, row, &from->source_sai, &to->choice.sAI);
	else
		ie_put(ctx, source_rnc, &from->source_rnc, &to->choice.sourceRNC_ID);
}

static const struct ie_row other_target = RANAP_HERE(RelocationRequired, protocolIEs.targetID, relocation_required,
						     other_target, ie_encoded, .of = IUPLUS_ASN1_RANAP_TargetID);

static bool take_target(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_TargetID_t *from = value;
	struct iuplus_ranap_relocation_required *to = neutral;

	(void)row;
	to->target_is_rnc = from->present == RANAP_TargetID_PR_targetRNC_ID;
	if (to->target_is_rnc)
		ie_take(ctx, target_rnc, &from->choice.targetRNC_ID, &to->target);
	else
		ie_encoded.take(ctx, &other_target, value, &to->other_target);
	return true;
}

static void put_target(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_ranap_relocation_required *from = neutral;
	RANAP_TargetID_t *to = value;

	(void)row;
	if (from->target_is_rnc) {
		to->present = RANAP_TargetID_PR_targetRNC_ID;
		ie_put(ctx, target_rnc, &from->target, &to->choice.targetRNC_ID);
		/* an RNC as target requires the container */
		if (!from->has_container)
			ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	} else if (from->other_target.len) {
		ie_encoded_part.put(ctx, &other_target, &from->other_target, value);
	} else {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	}
}

static const struct ie_codec source_id = { .take = take_source, .put = put_source };
static const struct ie_codec target_id = { .take = take_target, .put = put_target };

/* The codec of an IE that sets several members of the neutral struct. */
#define OWN(member, codec) \
	{ \
		.as = &codec, .at = offsetof(RANAP_RelocationRequired_t, protocolIEs.member), \
		.size = sizeof(*((RANAP_RelocationRequired_t *)0)->protocolIEs.member), .has = IE_ALWAYS \
	}

static const struct ie_row required_extensions[] = {
	RANAP_EXT(RelocationRequired, gERAN_Classmark, relocation_required, geran_classmark, has_geran_classmark,
		  ie_octets),
	RANAP_EXT(RelocationRequired, sourceBSS_ToTargetBSS_TransparentContainer, relocation_required, source_bss,
		  has_source_bss, ie_octets),
	RANAP_EXT(RelocationRequired, sRVCC_HO_Indication, relocation_required, srvcc, has_srvcc, ie_number),
	RANAP_EXT(RelocationRequired, cSG_Id, relocation_required, csg_id, has_csg_id, ie_bit_number, .bits = 27),
	RANAP_EXT(RelocationRequired, cell_Access_Mode, relocation_required, cell_access_mode, has_cell_access_mode,
		  ie_number),
	RANAP_EXT(RelocationRequired, rSRVCC_HO_Indication, relocation_required, rsrvcc, has_rsrvcc, ie_number),
	RANAP_EXT_HERE(RelocationRequired, uE_Application_Layer_Measurement_Configuration_For_Relocation,
		       relocation_required, application_layer, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_UE_Application_Layer_Measurement_Configuration_For_Relocation),
	IE_END
};
static const struct ie_row required[] = {
	RANAP_HERE(RelocationRequired, protocolIEs.relocationType, relocation_required, ue_involved, ie_flag),
	RANAP_CAUSE(RelocationRequired, relocation_required),
	OWN(sourceID, source_id),
	OWN(targetID, target_id),
	RANAP_MAY(RelocationRequired, protocolIEs.source_ToTarget_TransparentContainer, relocation_required, container,
		  has_container, ranap_container_octets, .of = &ranap_source_to_target),
	RANAP_MAY(RelocationRequired, protocolIEs.classmarkInformation2, relocation_required, classmark2,
		  has_classmark2, ie_octets),
	RANAP_MAY(RelocationRequired, protocolIEs.classmarkInformation3, relocation_required, classmark3,
		  has_classmark3, ie_octets),
	RANAP_MAY(RelocationRequired, protocolIEs.oldBSS_ToNewBSS_Information, relocation_required, old_bss,
		  has_old_bss, ie_octets),
	RANAP_EXTENSIONS(RelocationRequired, required_extensions),
	IE_END
};
const struct ranap_message ranap_relocation_required =
	RANAP_MESSAGE(InitiatingMessage, relocationRequired, relocation_required, required);

/* ---- RELOCATION COMMAND -------------------------------------------------------------------------------------- */

static const struct ie_items release_list = RANAP_RABS(RAB_RelocationReleaseItemIEs, RAB_RelocationReleaseItem, rab);
static const struct ie_items forwarding_list = RANAP_RABS(RAB_DataForwardingItemIEs, RAB_DataForwardingItem, rab);

static const struct ie_row command_extensions[] = {
	RANAP_EXT_HERE(RelocationCommand, interSystemInformation_TransparentContainer, relocation_command, intersystem,
		       ie_encoded, .of = IUPLUS_ASN1_RANAP_InterSystemInformation_TransparentContainer),
	RANAP_EXT(RelocationCommand, targetBSS_ToSourceBSS_TransparentContainer, relocation_command, target_bss,
		  has_target_bss, ie_octets),
	RANAP_EXT_HERE(RelocationCommand, sRVCC_Information, relocation_command, srvcc, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_SRVCC_Information),
	RANAP_EXT_HERE(RelocationCommand, rSRVCC_Information, relocation_command, rsrvcc, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_RSRVCC_Information),
	IE_END
};
static const struct ie_row command[] = {
	RANAP_MAY(RelocationCommand, protocolIEs.target_ToSource_TransparentContainer, relocation_command, container,
		  has_container, ranap_container_octets, .of = &ranap_target_to_source),
	RANAP_MAY(RelocationCommand, protocolIEs.l3_Information, relocation_command, l3_information, has_l3_information,
		  ie_octets),
	RANAP_HERE(RelocationCommand, protocolIEs.rAB_RelocationReleaseList, relocation_command, released, ie_items,
		   .of = &release_list),
	RANAP_HERE(RelocationCommand, protocolIEs.rAB_DataForwardingList, relocation_command, forwarding, ie_items,
		   .of = &forwarding_list),
	RANAP_DIAGNOSTICS(RelocationCommand, relocation_command),
	RANAP_EXTENSIONS(RelocationCommand, command_extensions),
	IE_END
};
const struct ranap_message ranap_relocation_command =
	RANAP_MESSAGE(SuccessfulOutcome, relocationCommand, relocation_command, command);

/* ---- RELOCATION PREPARATION FAILURE -------------------------------------------------------------------------- */

static const struct ie_row failure_extensions[] = {
	RANAP_EXT_HERE(RelocationPreparationFailure, interSystemInformation_TransparentContainer, failure, intersystem,
		       ie_encoded, .of = IUPLUS_ASN1_RANAP_InterSystemInformation_TransparentContainer),
	IE_END
};
static const struct ie_row failure[] = { RANAP_FAILURE(RelocationPreparationFailure, failure),
					 RANAP_EXTENSIONS(RelocationPreparationFailure, failure_extensions), IE_END };
const struct ranap_message ranap_relocation_preparation_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, relocationPreparationFailure, failure, failure);
