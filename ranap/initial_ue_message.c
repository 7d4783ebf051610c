/* SPDX-License-Identifier: BSD-2-Clause */
/* initial_ue_message.c: Initial UE Message (TS 25.413 8.22). */
#include "ranap/values.h"

#define iuplus_ranap_initial iuplus_ranap_initial_ue_message
static const struct ie_row initial_extensions[] = {
	RANAP_EXT_UE_CAPABILITY(InitialUE_Message, initial),
	RANAP_EXT(InitialUE_Message, gERAN_Classmark, initial, geran_classmark, has_geran_classmark, ie_octets),
	RANAP_EXT(InitialUE_Message, selectedPLMN_ID, initial, selected_plmn, has_selected_plmn, ie_octet_array),
	RANAP_EXT(InitialUE_Message, permanentNAS_UE_ID, initial, imsi, has_imsi, ranap_imsi),
	RANAP_EXT(InitialUE_Message, nAS_SequenceNumber, initial, nas_sequence_number, has_nas_sequence_number,
		  ie_bit_number, .bits = 2),
	RANAP_EXT_HERE(InitialUE_Message, redirectAttemptFlag, initial, redirect_attempted, ie_null),
	RANAP_EXT(InitialUE_Message, cSG_Id, initial, csg_id, has_csg_id, ie_bit_number, .bits = 27),
	RANAP_EXT(InitialUE_Message, cell_Access_Mode, initial, cell_access_mode, has_cell_access_mode, ie_number),
	RANAP_EXT_HERE(InitialUE_Message, lGW_TransportLayerAddress, initial, lgw_address, ie_bits),
	RANAP_EXT(InitialUE_Message, higherBitratesThan16MbpsFlag, initial, higher_bitrates, has_higher_bitrates,
		  ie_number),
	RANAP_EXT(InitialUE_Message, tunnel_Information_for_BBF, initial, tunnel, has_tunnel, ie_record,
		  .of = ranap_tunnel),
	RANAP_EXT_HERE(InitialUE_Message, sIPTO_LGW_TransportLayerAddress, initial, sipto_lgw_address, ie_bits),
	RANAP_EXT_HERE(InitialUE_Message, lHN_ID, initial, lhn_id, ie_filled),
	RANAP_EXT(InitialUE_Message, sGSN_Group_Identity, initial, sgsn_group, has_sgsn_group, ie_choice,
		  .of = &ranap_sgsn_group),
	RANAP_EXT(InitialUE_Message, uE_Usage_Type, initial, usage_type, has_usage_type, ie_number),
	RANAP_EXT(InitialUE_Message, dCN_ID, initial, dcn_id, has_dcn_id, ie_number),
	RANAP_EXT(InitialUE_Message, uE_Application_Layer_Measurement_Capability, initial, measurement_capability,
		  has_measurement_capability, ie_bit_number, .bits = 8),
	IE_END
};
static const struct ie_row initial[] = {
	RANAP_DOMAIN(InitialUE_Message, initial),
	RANAP_HERE(InitialUE_Message, protocolIEs.lAI, initial, lai, ranap_lai),
	RANAP_MAY(InitialUE_Message, protocolIEs.rAC, initial, rac, has_rac, ie_octet_number),
	RANAP_HERE(InitialUE_Message, protocolIEs.sAI, initial, sai, ranap_sai),
	RANAP_HERE(InitialUE_Message, protocolIEs.nAS_PDU, initial, nas_pdu, ie_octets),
	RANAP_SIG_CON_ID(InitialUE_Message, iuSigConId, initial, iu_sig_con_id),
	RANAP_RNC_ROW(InitialUE_Message, initial, rnc, IE_ALWAYS, RANAP_RNC_PLACE(InitialUE_Message, false)),
	RANAP_EXTENSIONS(InitialUE_Message, initial_extensions),
	IE_END
};
const struct ranap_message ranap_initial_ue_message =
	RANAP_MESSAGE(InitiatingMessage, initialUE_Message, initial, initial);
