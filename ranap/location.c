/* SPDX-License-Identifier: BSD-2-Clause */
/* location.c: Location Reporting Control, Location Report, Location Related Data (TS 25.413 8.19, 8.20, 8.31). */
#include "ranap/parts.h"

static const struct ranap_field request_type[] = {
	RANAP_PART(RequestType, event, request_type, event, number),
	RANAP_PART(RequestType, reportArea, request_type, report_area, number),
	RANAP_MAY(RequestType, accuracyCode, request_type, accuracy, has_accuracy, number),
	RANAP_END
};

static const struct ranap_field periodic[] = {
	RANAP_PART(PeriodicLocationInfo, reportingAmount, periodic, amount, number),
	RANAP_PART(PeriodicLocationInfo, reportingInterval, periodic, interval, number),
	RANAP_END
};

#define iuplus_ranap_control iuplus_ranap_location_reporting_control
static const struct ranap_field control[] = {
	RANAP_HERE(LocationReportingControl, protocolIEs.requestType, control, request, record, .of = request_type),
	RANAP_EXT(LocationReportingControl, verticalAccuracyCode, control, vertical_accuracy, has_vertical_accuracy,
		  number),
	RANAP_EXT(LocationReportingControl, responseTime, control, response_time, has_response_time, number),
	RANAP_EXT(LocationReportingControl, positioningPriority, control, priority, has_priority, number),
	RANAP_EXT(LocationReportingControl, clientType, control, client_type, has_client_type, number),
	RANAP_EXT(LocationReportingControl, includeVelocity, control, include_velocity, has_include_velocity, number),
	RANAP_EXT(LocationReportingControl, periodicLocationInfo, control, periodic, has_periodic, record,
		  .of = periodic),
	RANAP_END
};

/* ---- Location Report ----------------------------------------------------------------------------------------- */

static const struct ranap_field areas[] = {
	RANAP_PART(AreaIdentity, choice.sAI, area, sai, record, .of = ranap_sai,
		   .alternative = RANAP_AreaIdentity_PR_sAI),
	RANAP_PART(AreaIdentity, choice.geographicalArea, area, geographical, encoded,
		   .of = IUPLUS_ASN1_RANAP_GeographicalArea, .alternative = RANAP_AreaIdentity_PR_geographicalArea),
	RANAP_END
};
static const struct ranap_choice area = RANAP_CHOICE(areas, area);

static const struct ranap_field last_known[] = {
	RANAP_PART(LastKnownServiceArea, sAI, last_known_area, sai, record, .of = ranap_sai),
	RANAP_PART(LastKnownServiceArea, ageOfSAI, last_known_area, age, number),
	RANAP_END
};

static const struct ranap_field report[] = {
	RANAP_MAY(LocationReport, protocolIEs.areaIdentity, location_report, area, has_area, choice, .of = &area),
	RANAP_MAY(LocationReport, protocolIEs.cause, location_report, cause, has_cause, cause),
	RANAP_MAY(LocationReport, protocolIEs.requestType, location_report, request, has_request, record,
		  .of = request_type),
	RANAP_EXT(LocationReport, lastKnownServiceArea, location_report, last_known_area, has_last_known_area, record,
		  .of = last_known),
	RANAP_EXT_HERE(LocationReport, positionData, location_report, position_data, encoded,
		       .of = IUPLUS_ASN1_RANAP_PositionData),
	RANAP_EXT(LocationReport, positionDataSpecificToGERANIuMode, location_report, geran_position_data,
		  has_geran_position_data, octets),
	RANAP_EXT(LocationReport, accuracyFulfilmentIndicator, location_report, accuracy_fulfilment,
		  has_accuracy_fulfilment, number),
	RANAP_EXT_HERE(LocationReport, velocityEstimate, location_report, velocity, encoded,
		       .of = IUPLUS_ASN1_RANAP_VelocityEstimate),
	RANAP_EXT(LocationReport, barometricPressure, location_report, pressure, has_pressure, number),
	RANAP_EXT(LocationReport, civicAddress, location_report, civic_address, has_civic_address, octets),
	RANAP_END
};

/* ---- Location Related Data ----------------------------------------------------------------------------------- */

static const struct ranap_field data_type[] = {
	RANAP_PART(LocationRelatedDataRequestType, requestedLocationRelatedDataType, location_data_type, requested,
		   number),
	RANAP_HERE(LocationRelatedDataRequestType, requestedGPSAssistanceData, location_data_type, gps, filled),
	RANAP_END
};

#define iuplus_ranap_data_request iuplus_ranap_location_related_data_request
static const struct ranap_field data_request[] = {
	RANAP_MAY(LocationRelatedDataRequest, protocolIEs.locationRelatedDataRequestType, data_request, type, has_type,
		  record, .of = data_type),
	RANAP_EXT(LocationRelatedDataRequest, locationRelatedDataRequestTypeSpecificToGERANIuMode, data_request,
		  geran_type, has_geran_type, number),
	RANAP_EXT_HERE(LocationRelatedDataRequest, requestedGANSSAssistanceData, data_request, ganss, filled),
	RANAP_END
};

#define RANAP_Keys_t RANAP_BroadcastAssistanceDataDecipheringKeys_t
static const struct ranap_field keys[] = {
	RANAP_PART(Keys, cipheringKeyFlag, deciphering_keys, flag, bit_number, .bits = 1),
	RANAP_PART(Keys, currentDecipheringKey, deciphering_keys, current, bit_array),
	RANAP_PART(Keys, nextDecipheringKey, deciphering_keys, next, bit_array),
	RANAP_END
};

#define iuplus_ranap_data_response iuplus_ranap_location_related_data_response
static const struct ranap_field data_response[] = {
	RANAP_MAY(LocationRelatedDataResponse, protocolIEs.broadcastAssistanceDataDecipheringKeys, data_response, keys,
		  has_keys, record, .of = keys),
	RANAP_EXT(LocationRelatedDataResponse, criticalityDiagnostics, data_response, diagnostics, has_diagnostics,
		  diagnostics),
	RANAP_EXT(LocationRelatedDataResponse, broadcastGANSSAssistanceDataDecipheringKeys, data_response, ganss_keys,
		  has_ganss_keys, record, .of = keys),
	RANAP_END
};

static const struct ranap_field data_failure[] = {
	RANAP_HERE(LocationRelatedDataFailure, protocolIEs.cause, failure, cause, cause),
	RANAP_EXT(LocationRelatedDataFailure, criticalityDiagnostics, failure, diagnostics, has_diagnostics,
		  diagnostics),
	RANAP_END
};

const struct ranap_message ranap_location_messages[] = {
	RANAP_TABLE(LOCATION_REPORTING_CONTROL, InitiatingMessage, locationReportingControl, control),
	RANAP_TABLE(LOCATION_REPORT, InitiatingMessage, locationReport, report),
	RANAP_TABLE(LOCATION_RELATED_DATA_REQUEST, InitiatingMessage, locationRelatedDataRequest, data_request),
	RANAP_TABLE(LOCATION_RELATED_DATA_RESPONSE, SuccessfulOutcome, locationRelatedDataResponse, data_response),
	RANAP_TABLE(LOCATION_RELATED_DATA_FAILURE, UnsuccessfulOutcome, locationRelatedDataFailure, data_failure),
	RANAP_TABLE_END
};
