/* SPDX-License-Identifier: BSD-2-Clause */
/* direct_information_transfer.c: Direct Information Transfer (TS 25.413, procedure DirectInformationTransfer). */
#include "ranap/values.h"

#define iuplus_ranap_direct iuplus_ranap_direct_information_transfer
static const struct ie_row direct[] = {
	RANAP_HERE(DirectInformationTransfer, protocolIEs.interSystemInformationTransferType, direct, information,
		   ie_encoded, .of = IUPLUS_ASN1_RANAP_InterSystemInformationTransferType),
	RANAP_DOMAIN(DirectInformationTransfer, direct), RANAP_MAY_RNC(DirectInformationTransfer, direct),
	RANAP_MAY_CN(DirectInformationTransfer, direct), IE_END
};
const struct ranap_message ranap_direct_information_transfer =
	RANAP_MESSAGE(InitiatingMessage, directInformationTransfer, direct, direct);
