/* SPDX-License-Identifier: BSD-2-Clause */
/* common_id.c: Common ID (TS 25.413 8.16). */
#include "ranap/values.h"

static const struct ie_row common_id_extensions[] = {
	RANAP_EXT_HERE(CommonID, sNA_Access_Information, common_id, sna_access_information, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_SNA_Access_Information),
	RANAP_EXT(CommonID, uESBI_Iu, common_id, uesbi, has_uesbi, ie_record, .of = ranap_uesbi),
	RANAP_EXT(CommonID, selectedPLMN_ID, common_id, selected_plmn, has_selected_plmn, ie_octet_array),
	RANAP_EXT(CommonID, subscriberProfileIDforRFP, common_id, rfp, has_rfp, ie_number),
	RANAP_EXT(CommonID, sRVCC_Operation_Possible, common_id, srvcc, has_srvcc, ie_number),
	RANAP_EXT(CommonID, cSG_Membership_Status, common_id, csg_membership, has_csg_membership, ie_number),
	RANAP_EXT(CommonID, management_Based_MDT_Allowed, common_id, mdt_allowed, has_mdt_allowed, ie_number),
	RANAP_EXT_HERE(CommonID, management_Based_MDT_PLMN_List, common_id, mdt_plmns, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_MDT_PLMN_List),
	RANAP_EXT(CommonID, rSRVCC_Operation_Possible, common_id, rsrvcc, has_rsrvcc, ie_number),
	RANAP_EXT(CommonID, lastE_UTRANPLMNIdentity, common_id, last_eutran_plmn, has_last_eutran_plmn, ie_octet_array),
	RANAP_EXT(CommonID, powerSavingIndicator, common_id, power_saving, has_power_saving, ie_number),
	IE_END
};
static const struct ie_row common_id[] = {
	RANAP_HERE(CommonID, protocolIEs.permanentNAS_UE_ID, common_id, imsi, ranap_imsi),
	RANAP_EXTENSIONS(CommonID, common_id_extensions), IE_END
};
const struct ranap_message ranap_common_id = RANAP_MESSAGE(InitiatingMessage, commonID, common_id, common_id);
