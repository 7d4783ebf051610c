/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation_resource_allocation.c: Relocation Resource Allocation (TS 25.413 8.7). */
#include "ranap/values.h"

/* ---- RELOCATION REQUEST -------------------------------------------------------------------------------------- */

static const struct ie_items setup_list = RANAP_RABS(RAB_SetupItem_RelocReq_IEs, RAB_SetupItem_RelocReq, rab);

static const struct ie_row request_extensions[] = {
	RANAP_EXT_CN(RelocationRequest, relocation_request),
	RANAP_EXT_HERE(RelocationRequest, sNA_Access_Information, relocation_request, sna_access_information,
		       ie_encoded, .of = IUPLUS_ASN1_RANAP_SNA_Access_Information),
	RANAP_EXT(RelocationRequest, uESBI_Iu, relocation_request, uesbi, has_uesbi, ie_record, .of = ranap_uesbi),
	RANAP_EXT(RelocationRequest, selectedPLMN_ID, relocation_request, selected_plmn, has_selected_plmn,
		  ie_octet_array),
	RANAP_EXT_HERE(RelocationRequest, cNMBMSLinkingInformation, relocation_request, cn_mbms_linking_information,
		       ie_encoded, .of = IUPLUS_ASN1_RANAP_CNMBMSLinkingInformation),
	RANAP_EXT(RelocationRequest, uE_AggregateMaximumBitRate, relocation_request, bit_rate, has_bit_rate, ie_record,
		  .of = ranap_bit_rate),
	RANAP_EXT(RelocationRequest, cSG_Id, relocation_request, csg_id, has_csg_id, ie_bit_number, .bits = 27),
	RANAP_EXT(RelocationRequest, cSG_Membership_Status, relocation_request, csg_membership, has_csg_membership,
		  ie_number),
	RANAP_EXT_HERE(RelocationRequest, mSISDN, relocation_request, msisdn, ie_filled),
	RANAP_EXT(RelocationRequest, anchorPLMN_ID, relocation_request, anchor_plmn, has_anchor_plmn, ie_octet_array),
	RANAP_EXT(RelocationRequest, powerSavingIndicator, relocation_request, power_saving, has_power_saving,
		  ie_number),
	RANAP_EXT_HERE(RelocationRequest, uE_Application_Layer_Measurement_Configuration_For_Relocation,
		       relocation_request, application_layer, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_UE_Application_Layer_Measurement_Configuration_For_Relocation),
	RANAP_EXT_ENHANCED_SECURITY(RelocationRequest, relocation_request),
	RANAP_EXT_UE_CAPABILITY(RelocationRequest, relocation_request),
	IE_END
};
static const struct ie_row request[] = {
	RANAP_MAY(RelocationRequest, protocolIEs.permanentNAS_UE_ID, relocation_request, imsi, has_imsi, ranap_imsi),
	RANAP_CAUSE(RelocationRequest, relocation_request),
	RANAP_DOMAIN(RelocationRequest, relocation_request),
	RANAP_HERE(RelocationRequest, protocolIEs.source_ToTarget_TransparentContainer, relocation_request, container,
		   ranap_container, .of = &ranap_source_to_target),
	RANAP_HERE(RelocationRequest, protocolIEs.rAB_SetupList_RelocReq, relocation_request, rabs, ie_items,
		   .of = &setup_list),
	RANAP_MAY(RelocationRequest, protocolIEs.integrityProtectionInformation, relocation_request, integrity,
		  has_integrity, ie_record, .of = ranap_integrity),
	RANAP_MAY(RelocationRequest, protocolIEs.encryptionInformation, relocation_request, encryption, has_encryption,
		  ie_record, .of = ranap_encryption),
	RANAP_SIG_CON_ID(RelocationRequest, iuSigConId, relocation_request, iu_sig_con_id),
	RANAP_EXTENSIONS(RelocationRequest, request_extensions),
	IE_END
};
const struct ranap_message ranap_relocation_request =
	RANAP_MESSAGE(InitiatingMessage, relocationRequest, relocation_request, request);

/* ---- RELOCATION REQUEST ACKNOWLEDGE -------------------------------------------------------------------------- */

static const struct ie_items admitted_list = RANAP_RABS(RAB_SetupItem_RelocReqAck_IEs, RAB_SetupItem_RelocReqAck, rab);
static const struct ie_row failed[] = RANAP_RAB_CAUSE(RAB_FailedItem, ranap_any_cause);
static const struct ie_list failed_list = RANAP_LIST_OF(failed, RAB_FailedItemIEs, RAB_FailedItem, rab_cause);

#define RANAP_Acknowledge_t RANAP_RelocationRequestAcknowledge_t
#define RANAP_AcknowledgeExtensions_t RANAP_RelocationRequestAcknowledgeExtensions_t
#define iuplus_ranap_acknowledged iuplus_ranap_relocation_request_acknowledge
static const struct ie_row acknowledge_extensions[] = {
	RANAP_EXT(Acknowledge, network_EnhancedSecurityCapability, acknowledged, network_capability,
		  has_network_capability, ie_bit_number, .bits = 8, .ours = true),
	RANAP_EXT_KEY_IN_USE(Acknowledge, acknowledged),
	RANAP_EXT(Acknowledge, newBSS_To_OldBSS_Information, acknowledged, new_bss, has_new_bss, ie_octets),
	RANAP_EXT(Acknowledge, cSG_Id, acknowledged, csg_id, has_csg_id, ie_bit_number, .bits = 27), IE_END
};
static const struct ie_row acknowledge[] = {
	RANAP_MAY(Acknowledge, protocolIEs.target_ToSource_TransparentContainer, acknowledged, container, has_container,
		  ranap_container, .of = &ranap_target_to_source),
	RANAP_HERE(Acknowledge, protocolIEs.rAB_SetupList_RelocReqAck, acknowledged, rabs, ie_items,
		   .of = &admitted_list),
	RANAP_HERE(Acknowledge, protocolIEs.rAB_FailedList, acknowledged, failed, ie_list, .of = &failed_list),
	RANAP_MAY(Acknowledge, protocolIEs.chosenIntegrityProtectionAlgorithm, acknowledged, integrity_algorithm,
		  has_integrity_algorithm, ranap_uia),
	RANAP_MAY(Acknowledge, protocolIEs.chosenEncryptionAlgorithm, acknowledged, encryption_algorithm,
		  has_encryption_algorithm, ie_number),
	RANAP_DIAGNOSTICS(Acknowledge, acknowledged),
	RANAP_EXTENSIONS(Acknowledge, acknowledge_extensions),
	IE_END
};
const struct ranap_message ranap_relocation_request_acknowledge =
	RANAP_MESSAGE(SuccessfulOutcome, relocationRequestAcknowledge, acknowledged, acknowledge);

/* ---- RELOCATION FAILURE -------------------------------------------------------------------------------------- */

static const struct ie_row failure_extensions[] = {
	RANAP_EXT(RelocationFailure, newBSS_To_OldBSS_Information, failure, new_bss, has_new_bss, ie_octets),
	RANAP_EXT(RelocationFailure, gERAN_Classmark, failure, geran_classmark, has_geran_classmark, ie_octets), IE_END
};
static const struct ie_row failure[] = { RANAP_FAILURE(RelocationFailure, failure),
					 RANAP_EXTENSIONS(RelocationFailure, failure_extensions), IE_END };
const struct ranap_message ranap_relocation_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, relocationFailure, failure, failure);
