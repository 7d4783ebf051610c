/* SPDX-License-Identifier: BSD-2-Clause */
/* location_report.c: Location Report (TS 25.413 8.20). */
#include "ranap/values.h"

static const struct ie_row areas[] = {
	RANAP_PART(AreaIdentity, choice.sAI, area, sai, ranap_sai, .alternative = RANAP_AreaIdentity_PR_sAI),
	RANAP_PART(AreaIdentity, choice.geographicalArea, area, geographical, ie_encoded_part,
		   .of = IUPLUS_ASN1_RANAP_GeographicalArea, .alternative = RANAP_AreaIdentity_PR_geographicalArea),
	IE_END
};

static const struct ie_choice area = RANAP_CHOICE(areas, area);
static const struct ie_row last_known[] = { RANAP_PART(LastKnownServiceArea, sAI, last_known_area, sai, ranap_sai),
					    RANAP_PART(LastKnownServiceArea, ageOfSAI, last_known_area, age, ie_number),
					    IE_END };

static const struct ie_row report_extensions[] = {
	RANAP_EXT(LocationReport, lastKnownServiceArea, location_report, last_known_area, has_last_known_area,
		  ie_record, .of = last_known),
	RANAP_EXT_HERE(LocationReport, positionData, location_report, position_data, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_PositionData),
	RANAP_EXT(LocationReport, positionDataSpecificToGERANIuMode, location_report, geran_position_data,
		  has_geran_position_data, ie_octets),
	RANAP_EXT(LocationReport, accuracyFulfilmentIndicator, location_report, accuracy_fulfilment,
		  has_accuracy_fulfilment, ie_number),
	RANAP_EXT_HERE(LocationReport, velocityEstimate, location_report, velocity, ie_encoded,
		       .of = IUPLUS_ASN1_RANAP_VelocityEstimate),
	RANAP_EXT(LocationReport, barometricPressure, location_report, pressure, has_pressure, ie_number),
	RANAP_EXT(LocationReport, civicAddress, location_report, civic_address, has_civic_address, ie_octets),
	IE_END
};
static const struct ie_row report[] = {
	RANAP_MAY(LocationReport, protocolIEs.areaIdentity, location_report, area, has_area, ie_choice, .of = &area),
	RANAP_MAY(LocationReport, protocolIEs.cause, location_report, cause, has_cause, ranap_cause),
	RANAP_MAY(LocationReport, protocolIEs.requestType, location_report, request, has_request, ie_record,
		  .of = ranap_request_type),
	RANAP_EXTENSIONS(LocationReport, report_extensions), IE_END
};
const struct ranap_message ranap_location_report =
	RANAP_MESSAGE(InitiatingMessage, locationReport, location_report, report);
