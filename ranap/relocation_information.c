/* SPDX-License-Identifier: BSD-2-Clause */
/* relocation_information.c: RANAP Relocation Information (TS 25.413, procedure RANAP-Relocation), which is sent inside
 * RNSAP. */
#include "ranap/values.h"

static const struct ie_row transfer_item[] = {
	RANAP_PART(DirectTransferInformationItem_RANAP_RelocInf, nAS_PDU, transfer, nas_pdu, ie_octets),
	RANAP_PART(DirectTransferInformationItem_RANAP_RelocInf, sAPI, transfer, sapi, ie_number),
	RANAP_PART(DirectTransferInformationItem_RANAP_RelocInf, cN_DomainIndicator, transfer, domain, ie_number),
	IE_END
};

static const struct ie_list transfer_list =
	RANAP_LIST_OF(transfer_item, DirectTransferInformationItemIEs_RANAP_RelocInf,
		      DirectTransferInformationItem_RANAP_RelocInf, transfer);
static const struct ie_row moved_item[] = RANAP_RAB_CONTEXT(RAB_ContextItem_RANAP_RelocInf);

static const struct ie_list moved_list =
	RANAP_LIST_OF(moved_item, RAB_ContextItemIEs_RANAP_RelocInf, RAB_ContextItem_RANAP_RelocInf, rab_context);
#define RANAP_Information_t RANAP_RANAP_RelocationInformation_t
#define RANAP_InformationExtensions_t RANAP_RANAP_RelocationInformationExtensions_t
static const struct ie_row relocation_information_extensions[] = {
	RANAP_EXT(Information, sourceRNC_PDCP_context_info, relocation_information, pdcp_context, has_pdcp_context,
		  ie_octets),
	RANAP_EXT_HERE(Information, rNSAPRelocationParameters, relocation_information, rnsap_parameters, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_RNSAPRelocationParameters),
	IE_END
};
static const struct ie_row relocation_information[] = {
	RANAP_HERE(Information, protocolIEs.directTransferInformationList_RANAP_RelocInf, relocation_information,
		   transfers, ie_list, .of = &transfer_list),
	RANAP_HERE(Information, protocolIEs.rAB_ContextList_RANAP_RelocInf, relocation_information, contexts, ie_list,
		   .of = &moved_list),
	RANAP_EXTENSIONS(Information, relocation_information_extensions), IE_END
};
const struct ranap_message ranap_relocation_information =
	RANAP_MESSAGE(InitiatingMessage, rANAP_RelocationInformation, relocation_information, relocation_information);
