/* SPDX-License-Identifier: BSD-2-Clause */
/* extensions.c: what the messages of a plain relocation may have besides: IEs of later releases, and those for GERAN.
 * Their files read and make the rest. */
#include "ranap/parts.h"

const struct ranap_field ranap_required_extensions[] = {
	RANAP_MAY(RelocationRequired, protocolIEs.classmarkInformation2, relocation_required, classmark2,
		  has_classmark2, octets),
	RANAP_MAY(RelocationRequired, protocolIEs.classmarkInformation3, relocation_required, classmark3,
		  has_classmark3, octets),
	RANAP_MAY(RelocationRequired, protocolIEs.oldBSS_ToNewBSS_Information, relocation_required, old_bss,
		  has_old_bss, octets),
	RANAP_EXT(RelocationRequired, gERAN_Classmark, relocation_required, geran_classmark, has_geran_classmark,
		  octets),
	RANAP_EXT(RelocationRequired, sourceBSS_ToTargetBSS_TransparentContainer, relocation_required, source_bss,
		  has_source_bss, octets),
	RANAP_EXT(RelocationRequired, sRVCC_HO_Indication, relocation_required, srvcc, has_srvcc, number),
	RANAP_EXT(RelocationRequired, cSG_Id, relocation_required, csg_id, has_csg_id, bit_number, .bits = 27),
	RANAP_EXT(RelocationRequired, cell_Access_Mode, relocation_required, cell_access_mode, has_cell_access_mode,
		  number),
	RANAP_EXT(RelocationRequired, rSRVCC_HO_Indication, relocation_required, rsrvcc, has_rsrvcc, number),
	RANAP_EXT_HERE(RelocationRequired, uE_Application_Layer_Measurement_Configuration_For_Relocation,
		       relocation_required, application_layer, encoded,
		       .of = IUPLUS_ASN1_RANAP_UE_Application_Layer_Measurement_Configuration_For_Relocation),
	RANAP_END
};

const struct ranap_field ranap_request_extensions[] = {
	RANAP_EXT_CN(RelocationRequest, relocation_request),
	RANAP_EXT_HERE(RelocationRequest, sNA_Access_Information, relocation_request, sna_access_information, encoded,
		       .of = IUPLUS_ASN1_RANAP_SNA_Access_Information),
	RANAP_EXT(RelocationRequest, uESBI_Iu, relocation_request, uesbi, has_uesbi, record, .of = ranap_uesbi),
	RANAP_EXT(RelocationRequest, selectedPLMN_ID, relocation_request, selected_plmn, has_selected_plmn,
		  octet_array),
	RANAP_EXT_HERE(RelocationRequest, cNMBMSLinkingInformation, relocation_request, cn_mbms_linking_information,
		       encoded, .of = IUPLUS_ASN1_RANAP_CNMBMSLinkingInformation),
	RANAP_EXT(RelocationRequest, uE_AggregateMaximumBitRate, relocation_request, bit_rate, has_bit_rate, record,
		  .of = ranap_bit_rate),
	RANAP_EXT(RelocationRequest, cSG_Id, relocation_request, csg_id, has_csg_id, bit_number, .bits = 27),
	RANAP_EXT(RelocationRequest, cSG_Membership_Status, relocation_request, csg_membership, has_csg_membership,
		  number),
	RANAP_EXT_HERE(RelocationRequest, mSISDN, relocation_request, msisdn, filled),
	RANAP_EXT(RelocationRequest, anchorPLMN_ID, relocation_request, anchor_plmn, has_anchor_plmn, octet_array),
	RANAP_EXT(RelocationRequest, powerSavingIndicator, relocation_request, power_saving, has_power_saving, number),
	RANAP_EXT_HERE(RelocationRequest, uE_Application_Layer_Measurement_Configuration_For_Relocation,
		       relocation_request, application_layer, encoded,
		       .of = IUPLUS_ASN1_RANAP_UE_Application_Layer_Measurement_Configuration_For_Relocation),
	RANAP_END
};

#define iuplus_ranap_acknowledged iuplus_ranap_relocation_request_acknowledge
const struct ranap_field ranap_acknowledge_extensions[] = {
	RANAP_EXT(RelocationRequestAcknowledge, newBSS_To_OldBSS_Information, acknowledged, new_bss, has_new_bss,
		  octets),
	RANAP_EXT(RelocationRequestAcknowledge, cSG_Id, acknowledged, csg_id, has_csg_id, bit_number, .bits = 27),
	RANAP_END
};

const struct ranap_field ranap_command_extensions[] = {
	RANAP_EXT_HERE(RelocationCommand, interSystemInformation_TransparentContainer, relocation_command, intersystem,
		       encoded, .of = IUPLUS_ASN1_RANAP_InterSystemInformation_TransparentContainer),
	RANAP_EXT(RelocationCommand, targetBSS_ToSourceBSS_TransparentContainer, relocation_command, target_bss,
		  has_target_bss, octets),
	RANAP_EXT_HERE(RelocationCommand, sRVCC_Information, relocation_command, srvcc, encoded,
		       .of = IUPLUS_ASN1_RANAP_SRVCC_Information),
	RANAP_EXT_HERE(RelocationCommand, rSRVCC_Information, relocation_command, rsrvcc, encoded,
		       .of = IUPLUS_ASN1_RANAP_RSRVCC_Information),
	RANAP_END
};

const struct ranap_field ranap_preparation_failure_extensions[] = {
	RANAP_EXT_HERE(RelocationPreparationFailure, interSystemInformation_TransparentContainer, failure, intersystem,
		       encoded, .of = IUPLUS_ASN1_RANAP_InterSystemInformation_TransparentContainer),
	RANAP_END
};

const struct ranap_field ranap_failure_extensions[] = {
	RANAP_EXT(RelocationFailure, newBSS_To_OldBSS_Information, failure, new_bss, has_new_bss, octets),
	RANAP_EXT(RelocationFailure, gERAN_Classmark, failure, geran_classmark, has_geran_classmark, octets),
	RANAP_END
};

const struct ranap_field ranap_release_extensions[] = {
	RANAP_EXT(Iu_ReleaseCommand, end_Of_CSFB, cause_only, end_of_csfb, has_end_of_csfb, number),
	RANAP_EXT(Iu_ReleaseCommand, out_Of_UTRAN, cause_only, out_of_utran, has_out_of_utran, number),
	RANAP_EXT(Iu_ReleaseCommand, lastE_UTRANPLMNIdentity, cause_only, last_eutran_plmn, has_last_eutran_plmn,
		  octet_array),
	RANAP_END
};

static const struct ranap_field volume[] = RANAP_RAB(RAB_DataVolumeReportItem);
static const struct ranap_list volumes = RANAP_LIST_OF(volume, RAB_DataVolumeReportItemIEs, RAB_DataVolumeReportItem,
	struct iuplus_ranap_rab);
static const struct ranap_field released[] = RANAP_RAB(RAB_ReleasedItem_IuRelComp);
static const struct ranap_list releaseds = RANAP_LIST_OF(released, RAB_ReleasedItem_IuRelComp_IEs,
	RAB_ReleasedItem_IuRelComp, struct iuplus_ranap_rab);
const struct ranap_field ranap_released_lists[] = {
	RANAP_HERE(Iu_ReleaseComplete, protocolIEs.rAB_DataVolumeReportList, acknowledge, volumes, list,
		   .of = &volumes),
	RANAP_HERE(Iu_ReleaseComplete, protocolIEs.rAB_ReleasedList_IuRelComp, acknowledge, released, list,
		   .of = &releaseds),
	RANAP_END
};

const struct ranap_field ranap_complete_extensions[] = {
	RANAP_EXT(RelocationComplete, higherBitratesThan16MbpsFlag, relocation_complete, higher_bitrates,
		  has_higher_bitrates, number),
	RANAP_EXT(RelocationComplete, tunnel_Information_for_BBF, relocation_complete, tunnel, has_tunnel, record,
		  .of = ranap_tunnel),
	RANAP_EXT_HERE(RelocationComplete, lHN_ID, relocation_complete, lhn_id, filled),
	RANAP_END
};

const struct ranap_field ranap_common_id_extensions[] = {
	RANAP_EXT_HERE(CommonID, sNA_Access_Information, common_id, sna_access_information, encoded,
		       .of = IUPLUS_ASN1_RANAP_SNA_Access_Information),
	RANAP_EXT(CommonID, uESBI_Iu, common_id, uesbi, has_uesbi, record, .of = ranap_uesbi),
	RANAP_EXT(CommonID, selectedPLMN_ID, common_id, selected_plmn, has_selected_plmn, octet_array),
	RANAP_EXT(CommonID, subscriberProfileIDforRFP, common_id, rfp, has_rfp, number),
	RANAP_EXT(CommonID, sRVCC_Operation_Possible, common_id, srvcc, has_srvcc, number),
	RANAP_EXT(CommonID, cSG_Membership_Status, common_id, csg_membership, has_csg_membership, number),
	RANAP_EXT(CommonID, management_Based_MDT_Allowed, common_id, mdt_allowed, has_mdt_allowed, number),
	RANAP_EXT_HERE(CommonID, management_Based_MDT_PLMN_List, common_id, mdt_plmns, encoded,
		       .of = IUPLUS_ASN1_RANAP_MDT_PLMN_List),
	RANAP_EXT(CommonID, rSRVCC_Operation_Possible, common_id, rsrvcc, has_rsrvcc, number),
	RANAP_EXT(CommonID, lastE_UTRANPLMNIdentity, common_id, last_eutran_plmn, has_last_eutran_plmn, octet_array),
	RANAP_EXT(CommonID, powerSavingIndicator, common_id, power_saving, has_power_saving, number),
	RANAP_END
};

#define iuplus_ranap_initial iuplus_ranap_initial_ue_message
const struct ranap_field ranap_initial_extensions[] = {
	RANAP_EXT(InitialUE_Message, gERAN_Classmark, initial, geran_classmark, has_geran_classmark, octets),
	RANAP_EXT(InitialUE_Message, selectedPLMN_ID, initial, selected_plmn, has_selected_plmn, octet_array),
	RANAP_EXT(InitialUE_Message, permanentNAS_UE_ID, initial, imsi, has_imsi, imsi),
	RANAP_EXT(InitialUE_Message, nAS_SequenceNumber, initial, nas_sequence_number, has_nas_sequence_number,
		  bit_number, .bits = 2),
	RANAP_EXT_HERE(InitialUE_Message, redirectAttemptFlag, initial, redirect_attempted, null),
	RANAP_EXT(InitialUE_Message, cSG_Id, initial, csg_id, has_csg_id, bit_number, .bits = 27),
	RANAP_EXT(InitialUE_Message, cell_Access_Mode, initial, cell_access_mode, has_cell_access_mode, number),
	RANAP_EXT_HERE(InitialUE_Message, lGW_TransportLayerAddress, initial, lgw_address, bits),
	RANAP_EXT(InitialUE_Message, higherBitratesThan16MbpsFlag, initial, higher_bitrates, has_higher_bitrates,
		  number),
	RANAP_EXT(InitialUE_Message, tunnel_Information_for_BBF, initial, tunnel, has_tunnel, record,
		  .of = ranap_tunnel),
	RANAP_EXT_HERE(InitialUE_Message, sIPTO_LGW_TransportLayerAddress, initial, sipto_lgw_address, bits),
	RANAP_EXT_HERE(InitialUE_Message, lHN_ID, initial, lhn_id, filled),
	RANAP_EXT(InitialUE_Message, sGSN_Group_Identity, initial, sgsn_group, has_sgsn_group, choice,
		  .of = &ranap_sgsn_group),
	RANAP_EXT(InitialUE_Message, uE_Usage_Type, initial, usage_type, has_usage_type, number),
	RANAP_EXT(InitialUE_Message, dCN_ID, initial, dcn_id, has_dcn_id, number),
	RANAP_EXT(InitialUE_Message, uE_Application_Layer_Measurement_Capability, initial, measurement_capability,
		  has_measurement_capability, bit_number, .bits = 8),
	RANAP_END
};

const struct ranap_field ranap_transfer_extensions[] = {
	RANAP_EXT_HERE(DirectTransfer, redirectionIndication, direct_transfer, redirection, encoded,
		       .of = IUPLUS_ASN1_RANAP_RedirectionIndication_IEs),
	RANAP_EXT(DirectTransfer, redirectionCompleted, direct_transfer, redirection_completed,
		  has_redirection_completed, number),
	RANAP_EXT(DirectTransfer, subscriberProfileIDforRFP, direct_transfer, rfp, has_rfp, number),
	RANAP_EXT_HERE(DirectTransfer, lGW_TransportLayerAddress, direct_transfer, lgw_address, bits),
	RANAP_EXT_HERE(DirectTransfer, sIPTO_LGW_TransportLayerAddress, direct_transfer, sipto_lgw_address, bits),
	RANAP_EXT_HERE(DirectTransfer, lHN_ID, direct_transfer, lhn_id, filled),
	RANAP_END
};

const struct ranap_field ranap_reset_extensions[] = { RANAP_EXT_CN(Reset, reset), RANAP_END };
const struct ranap_field ranap_reset_acknowledge_extensions[] = { RANAP_EXT_CN(ResetAcknowledge, reset), RANAP_END };
const struct ranap_field ranap_error_extensions[] = { RANAP_EXT_CN(ErrorIndication, error_indication), RANAP_END };

const struct ranap_field ranap_assignment_extensions[] = {
	RANAP_EXT(RAB_AssignmentRequest, uE_AggregateMaximumBitRate, rab_assignment_request, bit_rate, has_bit_rate,
		  record, .of = ranap_bit_rate),
	RANAP_EXT_HERE(RAB_AssignmentRequest, mSISDN, rab_assignment_request, msisdn, filled),
	RANAP_END
};

const struct ranap_field ranap_assigned_extensions[] = {
	RANAP_EXT_HERE(RAB_AssignmentResponse, gERAN_Iumode_RAB_FailedList_RABAssgntResponse, rab_assignment_response,
		       geran_failed, encoded, .of = IUPLUS_ASN1_RANAP_GERAN_Iumode_RAB_FailedList_RABAssgntResponse),
	RANAP_END
};
