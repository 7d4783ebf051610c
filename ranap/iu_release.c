/* SPDX-License-Identifier: BSD-2-Clause */
/* iu_release.c: Iu Release (TS 25.413 8.5). */
#include "ranap/values.h"

static const struct ie_row command_extensions[] = {
	RANAP_EXT(Iu_ReleaseCommand, end_Of_CSFB, cause_only, end_of_csfb, has_end_of_csfb, ie_number),
	RANAP_EXT(Iu_ReleaseCommand, out_Of_UTRAN, cause_only, out_of_utran, has_out_of_utran, ie_number),
	RANAP_EXT(Iu_ReleaseCommand, lastE_UTRANPLMNIdentity, cause_only, last_eutran_plmn, has_last_eutran_plmn,
		  ie_octet_array),
	IE_END
};
static const struct ie_row command[] = { RANAP_CAUSE(Iu_ReleaseCommand, cause_only),
					 RANAP_EXTENSIONS(Iu_ReleaseCommand, command_extensions), IE_END };
const struct ranap_message ranap_iu_release_command =
	RANAP_MESSAGE(InitiatingMessage, iu_ReleaseCommand, cause_only, command);

static const struct ie_items volumes = RANAP_RABS(RAB_DataVolumeReportItemIEs, RAB_DataVolumeReportItem, rab);
static const struct ie_items releaseds = RANAP_RABS(RAB_ReleasedItem_IuRelComp_IEs, RAB_ReleasedItem_IuRelComp, rab);
static const struct ie_row complete[] = {
	RANAP_HERE(Iu_ReleaseComplete, protocolIEs.rAB_DataVolumeReportList, acknowledge, volumes, ie_items,
		   .of = &volumes),
	RANAP_HERE(Iu_ReleaseComplete, protocolIEs.rAB_ReleasedList_IuRelComp, acknowledge, released, ie_items,
		   .of = &releaseds),
	RANAP_DIAGNOSTICS(Iu_ReleaseComplete, acknowledge), IE_END
};
const struct ranap_message ranap_iu_release_complete =
	RANAP_MESSAGE(SuccessfulOutcome, iu_ReleaseComplete, acknowledge, complete);
