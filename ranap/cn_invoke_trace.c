/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_invoke_trace.c: CN Invoke Trace (TS 25.413 8.17). */
#include "ranap/values.h"

static const struct ie_row ue_ids[] = {
	RANAP_PART(UE_ID, choice.imsi, ue_id, id, ie_octets, .alternative = RANAP_UE_ID_PR_imsi),
	RANAP_PART(UE_ID, choice.imei, ue_id, id, ie_octets, .alternative = RANAP_UE_ID_PR_imei),
	RANAP_PART(UE_ID, choice.imeisv, ue_id, id, ie_octets, .alternative = RANAP_UE_ID_PR_imeisv), IE_END
};

static const struct ie_choice ue_id = RANAP_CHOICE(ue_ids, ue_id);
#define APPLICATION_LAYER IUPLUS_ASN1_RANAP_UE_Application_Layer_Measurement_Configuration
static const struct ie_row invoke_trace_extensions[] = {
	RANAP_EXT_HERE(CN_InvokeTrace, tracePropagationParameters, cn_invoke_trace, propagation, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_TracePropagationParameters),
	RANAP_EXT_HERE(CN_InvokeTrace, mDT_Configuration, cn_invoke_trace, mdt, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_MDT_Configuration),
	RANAP_EXT_HERE(CN_InvokeTrace, trace_Collection_Entity_IP_Addess, cn_invoke_trace, collection_entity, ie_bits),
	RANAP_EXT_HERE(CN_InvokeTrace, uE_Application_Layer_Measurement_Configuration, cn_invoke_trace,
		       application_layer, ie_encoded, .of = APPLICATION_LAYER),
	IE_END
};
static const struct ie_row invoke_trace[] = {
	RANAP_MAY(CN_InvokeTrace, protocolIEs.traceType, cn_invoke_trace, type, has_type, ie_octet_number),
	RANAP_HERE(CN_InvokeTrace, protocolIEs.traceReference, cn_invoke_trace, reference, ie_filled),
	RANAP_HERE(CN_InvokeTrace, protocolIEs.triggerID, cn_invoke_trace, trigger_id, ie_filled),
	RANAP_MAY(CN_InvokeTrace, protocolIEs.uE_ID, cn_invoke_trace, ue_id, has_ue_id, ie_choice, .of = &ue_id),
	RANAP_HERE(CN_InvokeTrace, protocolIEs.oMC_ID, cn_invoke_trace, omc_id, ie_filled),
	RANAP_EXTENSIONS(CN_InvokeTrace, invoke_trace_extensions),
	IE_END
};
const struct ranap_message ranap_cn_invoke_trace =
	RANAP_MESSAGE(InitiatingMessage, cN_InvokeTrace, cn_invoke_trace, invoke_trace);
