/* SPDX-License-Identifier: BSD-2-Clause */
/* location_related_data.c: Location Related Data (TS 25.413 8.31). */
#include "ranap/values.h"

static const struct ie_row data_type[] = {
	RANAP_PART(LocationRelatedDataRequestType, requestedLocationRelatedDataType, location_data_type, requested,
		   ie_number),
	RANAP_HERE(LocationRelatedDataRequestType, requestedGPSAssistanceData, location_data_type, gps, ie_filled),
	IE_END
};

#define iuplus_ranap_data_request iuplus_ranap_location_related_data_request
static const struct ie_row data_request_extensions[] = {
	RANAP_EXT(LocationRelatedDataRequest, locationRelatedDataRequestTypeSpecificToGERANIuMode, data_request,
		  geran_type, has_geran_type, ie_number),
	RANAP_EXT_HERE(LocationRelatedDataRequest, requestedGANSSAssistanceData, data_request, ganss, ie_filled), IE_END
};
static const struct ie_row data_request[] = {
	RANAP_MAY(LocationRelatedDataRequest, protocolIEs.locationRelatedDataRequestType, data_request, type, has_type,
		  ie_record, .of = data_type),
	RANAP_EXTENSIONS(LocationRelatedDataRequest, data_request_extensions), IE_END
};
const struct ranap_message ranap_location_related_data_request =
	RANAP_MESSAGE(InitiatingMessage, locationRelatedDataRequest, data_request, data_request);

#define RANAP_Keys_t RANAP_BroadcastAssistanceDataDecipheringKeys_t
static const struct ie_row keys[] = {
	RANAP_PART(Keys, cipheringKeyFlag, deciphering_keys, flag, ie_bit_number, .bits = 1),
	RANAP_PART(Keys, currentDecipheringKey, deciphering_keys, current, ie_bit_array),
	RANAP_PART(Keys, nextDecipheringKey, deciphering_keys, next, ie_bit_array), IE_END
};

#define iuplus_ranap_data_response iuplus_ranap_location_related_data_response
static const struct ie_row data_response_extensions[] = {
	RANAP_EXT(LocationRelatedDataResponse, criticalityDiagnostics, data_response, diagnostics, has_diagnostics,
		  ranap_diagnostics),
	RANAP_EXT(LocationRelatedDataResponse, broadcastGANSSAssistanceDataDecipheringKeys, data_response, ganss_keys,
		  has_ganss_keys, ie_record, .of = keys),
	IE_END
};
static const struct ie_row data_response[] = {
	RANAP_MAY(LocationRelatedDataResponse, protocolIEs.broadcastAssistanceDataDecipheringKeys, data_response, keys,
		  has_keys, ie_record, .of = keys),
	RANAP_EXTENSIONS(LocationRelatedDataResponse, data_response_extensions), IE_END
};
const struct ranap_message ranap_location_related_data_response =
	RANAP_MESSAGE(SuccessfulOutcome, locationRelatedDataResponse, data_response, data_response);

static const struct ie_row data_failure_extensions[] = {
	RANAP_EXT(LocationRelatedDataFailure, criticalityDiagnostics, failure, diagnostics, has_diagnostics,
		  ranap_diagnostics),
	IE_END
};
static const struct ie_row data_failure[] = {
	RANAP_HERE(LocationRelatedDataFailure, protocolIEs.cause, failure, cause, ranap_cause),
	RANAP_EXTENSIONS(LocationRelatedDataFailure, data_failure_extensions), IE_END
};
const struct ranap_message ranap_location_related_data_failure =
	RANAP_MESSAGE(UnsuccessfulOutcome, locationRelatedDataFailure, failure, data_failure);
