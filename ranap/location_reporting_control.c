/* SPDX-License-Identifier: BSD-2-Clause */
/* location_reporting_control.c: Location Reporting Control (TS 25.413 8.19). */
#include "ranap/values.h"

static const struct ie_row periodic[] = {
	RANAP_PART(PeriodicLocationInfo, reportingAmount, periodic, amount, ie_number),
	RANAP_PART(PeriodicLocationInfo, reportingInterval, periodic, interval, ie_number), IE_END
};

#define iuplus_ranap_control iuplus_ranap_location_reporting_control
static const struct ie_row control_extensions[] = {
	RANAP_EXT(LocationReportingControl, verticalAccuracyCode, control, vertical_accuracy, has_vertical_accuracy,
		  ie_number),
	RANAP_EXT(LocationReportingControl, responseTime, control, response_time, has_response_time, ie_number),
	RANAP_EXT(LocationReportingControl, positioningPriority, control, priority, has_priority, ie_number),
	RANAP_EXT(LocationReportingControl, clientType, control, client_type, has_client_type, ie_number),
	RANAP_EXT(LocationReportingControl, includeVelocity, control, include_velocity, has_include_velocity,
		  ie_number),
	RANAP_EXT(LocationReportingControl, periodicLocationInfo, control, periodic, has_periodic, ie_record,
		  .of = periodic),
	IE_END
};
static const struct ie_row control[] = { RANAP_HERE(LocationReportingControl, protocolIEs.requestType, control, request,
						    ie_record, .of = ranap_request_type),
					 RANAP_EXTENSIONS(LocationReportingControl, control_extensions), IE_END };
const struct ranap_message ranap_location_reporting_control =
	RANAP_MESSAGE(InitiatingMessage, locationReportingControl, control, control);
