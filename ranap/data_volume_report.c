/* SPDX-License-Identifier: BSD-2-Clause */
/* data_volume_report.c: Data Volume Report (TS 25.413 8.21). */
#include "ranap/values.h"

static const struct ie_row report_request_item[] = RANAP_RAB_ID(RAB_DataVolumeReportRequestItem);
static const struct ie_list report_request_list =
	RANAP_LIST_OF(report_request_item, RAB_DataVolumeReportRequestItemIEs, RAB_DataVolumeReportRequestItem, rab_id);
static const struct ie_row report_request[] = {
	RANAP_HERE(DataVolumeReportRequest, protocolIEs.rAB_DataVolumeReportRequestList, data_volume_report_request,
		   rabs, ie_list, .of = &report_request_list),
	IE_END
};
const struct ranap_message ranap_data_volume_report_request =
	RANAP_MESSAGE(InitiatingMessage, dataVolumeReportRequest, data_volume_report_request, report_request);

static const struct ie_items report_list = RANAP_RABS(RAB_DataVolumeReportItemIEs, RAB_DataVolumeReportItem, rab);
static const struct ie_row unreported_item[] = RANAP_RAB_CAUSE(RABs_failed_to_reportItem, ranap_cause);
static const struct ie_list unreported_list =
	RANAP_LIST_OF(unreported_item, RABs_failed_to_reportItemIEs, RABs_failed_to_reportItem, rab_cause);
static const struct ie_row report[] = {
	RANAP_HERE(DataVolumeReport, protocolIEs.rAB_DataVolumeReportList, data_volume_report, rabs, ie_items,
		   .of = &report_list),
	RANAP_HERE(DataVolumeReport, protocolIEs.rAB_FailedtoReportList, data_volume_report, failed, ie_list,
		   .of = &unreported_list),
	RANAP_DIAGNOSTICS(DataVolumeReport, data_volume_report), IE_END
};
const struct ranap_message ranap_data_volume_report =
	RANAP_MESSAGE(SuccessfulOutcome, dataVolumeReport, data_volume_report, report);
