/* SPDX-License-Identifier: BSD-2-Clause */
/* paging.c: Paging (TS 25.413 8.15). */
#include "ranap/values.h"

static const struct ie_row temporary_ids[] = {
	RANAP_PART(TemporaryUE_ID, choice.tMSI, temporary_ue_id, tmsi, ie_octet_array,
		   .alternative = RANAP_TemporaryUE_ID_PR_tMSI),
	RANAP_PART(TemporaryUE_ID, choice.p_TMSI, temporary_ue_id, tmsi, ie_octet_array,
		   .alternative = RANAP_TemporaryUE_ID_PR_p_TMSI),
	IE_END
};

static const struct ie_choice temporary_id = RANAP_CHOICE(temporary_ids, temporary_ue_id);
static const struct ie_row rai[] = { RANAP_PART(RAI, lAI, paging_area, lai, ranap_lai),
				     RANAP_PART(RAI, rAC, paging_area, rac, ie_octet_number), IE_END };

static const struct ie_row areas[] = {
	RANAP_PART(PagingAreaID, choice.lAI, paging_area, lai, ranap_lai, .alternative = RANAP_PagingAreaID_PR_lAI),
	RANAP_SAME_PART(PagingAreaID, choice.rAI, rai, .alternative = RANAP_PagingAreaID_PR_rAI), IE_END
};

static const struct ie_choice area = RANAP_CHOICE(areas, paging_area);
static const struct ie_row csg[] = {
	{ .as = &ie_bit_number,
	  .size = sizeof(RANAP_CSG_Id_t),
	  .inside = true,
	  IE_NEUTRAL(struct iuplus_ranap_csg_id, id),
	  .has = IE_ALWAYS,
	  .bits = 27 },
	IE_END
};

static const struct ie_list csgs = RANAP_PLAIN_LIST(csg, CSG_Id, csg_id);
static const struct ie_row paging_extensions[] = {
	RANAP_EXT_CN(Paging, paging), RANAP_EXT_HERE(Paging, cSG_Id_List, paging, csgs, ie_list, .of = &csgs), IE_END
};
static const struct ie_row paging[] = {
	RANAP_DOMAIN(Paging, paging),
	RANAP_HERE(Paging, protocolIEs.permanentNAS_UE_ID, paging, imsi, ranap_imsi),
	RANAP_MAY(Paging, protocolIEs.temporaryUE_ID, paging, temporary_id, has_temporary_id, ie_choice,
		  .of = &temporary_id),
	RANAP_MAY(Paging, protocolIEs.pagingAreaID, paging, area, has_area, ie_choice, .of = &area),
	RANAP_MAY(Paging, protocolIEs.pagingCause, paging, cause, has_cause, ie_number),
	RANAP_MAY(Paging, protocolIEs.nonSearchingIndication, paging, searching, has_searching, ie_flag),
	RANAP_MAY(Paging, protocolIEs.dRX_CycleLengthCoefficient, paging, drx_coefficient, has_drx_coefficient,
		  ie_number),
	RANAP_EXTENSIONS(Paging, paging_extensions),
	IE_END
};
const struct ranap_message ranap_paging = RANAP_MESSAGE(InitiatingMessage, paging, paging, paging);
