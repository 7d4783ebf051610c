/* SPDX-License-Identifier: BSD-2-Clause */
/* information_transfer.c: Information Transfer (TS 25.413, procedure InformationTransfer). */
#include "ranap/values.h"

#define iuplus_ranap_indication iuplus_ranap_information_transfer_indication
static const struct ie_row indication[] = {
	RANAP_HERE(InformationTransferIndication, protocolIEs.informationTransferID, indication, transfer_id,
		   ie_number),
	RANAP_HERE(InformationTransferIndication, protocolIEs.providedData, indication, data, ie_encoded,
		   .of = IUPLUS_ASN1_RANAP_ProvidedData),
	RANAP_DOMAIN(InformationTransferIndication, indication),
	RANAP_MAY_CN(InformationTransferIndication, indication), IE_END
};
const struct ranap_message ranap_information_transfer_indication =
	RANAP_MESSAGE(InitiatingMessage, informationTransferIndication, indication, indication);

#define iuplus_ranap_transfer_answer iuplus_ranap_information_transfer_answer
#define TRANSFER_ID(Message) \
	RANAP_HERE(Message, protocolIEs.informationTransferID, transfer_answer, transfer_id, ie_number)
static const struct ie_row confirmation[] = {
	TRANSFER_ID(InformationTransferConfirmation), RANAP_DOMAIN(InformationTransferConfirmation, transfer_answer),
	RANAP_DIAGNOSTICS(InformationTransferConfirmation, transfer_answer),
	RANAP_HAS_RNC(InformationTransferConfirmation, transfer_answer), IE_END
};
const struct ranap_message ranap_information_transfer_confirmation =
	RANAP_MESSAGE(SuccessfulOutcome, informationTransferConfirmation, transfer_answer, confirmation);

static const struct ie_row transfer_failure[] = {
	TRANSFER_ID(InformationTransferFailure), RANAP_DOMAIN(InformationTransferFailure, transfer_answer),
	RANAP_FAILURE(InformationTransferFailure, transfer_answer),
	RANAP_HAS_RNC(InformationTransferFailure, transfer_answer), IE_END
};
const struct ranap_message ranap_information_transfer_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, informationTransferFailure, transfer_answer, transfer_failure);
