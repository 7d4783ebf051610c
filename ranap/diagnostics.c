/* SPDX-License-Identifier: BSD-2-Clause */
/* diagnostics.c: the IE Criticality Diagnostics (TS 25.413 9.2.1.35). */
#include "ranap/values.h"

static void take_levels(struct ranap_ctx *ctx, const RANAP_MessageStructure_t *from,
			struct iuplus_ranap_ie_diagnostics *to)
{
	struct iuplus_ranap_level *levels;
	int i;

	levels = ranap_new(ctx, (size_t)from->list.count * sizeof(*levels));
	if (!levels)
		return;
	for (i = 0; i < from->list.count; i++) {
		levels[i].ie_id = (uint16_t)from->list.array[i]->iE_ID;
		if (from->list.array[i]->repetitionNumber)
			levels[i].repetition = (uint16_t)*from->list.array[i]->repetitionNumber;
	}
	to->levels = levels;
	to->level_count = (uint16_t)from->list.count;
}

bool ranap_take_diagnostics(struct ranap_ctx *ctx, const RANAP_CriticalityDiagnostics_t *from,
			    struct iuplus_ranap_diagnostics *to)
{
	const RANAP_CriticalityDiagnostics_IE_List_t *list;
	struct iuplus_ranap_ie_diagnostics *ies;
	int i;

	if (!from)
		return false;
	if (from->procedureCode) {
		to->has_procedure_code = true;
		to->procedure_code = (uint8_t)*from->procedureCode;
	}
	if (from->triggeringMessage) {
		to->has_triggering_message = true;
		to->triggering_message = (enum iuplus_ranap_pdu)*from->triggeringMessage;
	}
	if (from->procedureCriticality) {
		to->has_procedure_criticality = true;
		to->procedure_criticality = (enum iuplus_ranap_criticality)*from->procedureCriticality;
	}
	list = from->iEsCriticalityDiagnostics;
	if (!list)
		return true;
	ies = ranap_new(ctx, (size_t)list->list.count * sizeof(*ies));
	if (!ies)
		return true;
	for (i = 0; i < list->list.count; i++) {
		const RANAP_CriticalityDiagnostics_IE_List_Item_t *item = list->list.array[i];

		ies[i].criticality = (enum iuplus_ranap_criticality)item->iECriticality;
		ies[i].ie_id = (uint16_t)item->iE_ID;
		if (item->repetitionNumber) {
			ies[i].has_repetition = true;
			ies[i].repetition = (uint8_t)*item->repetitionNumber;
		}
		if (!item->iE_Extensions)
			continue;
		ies[i].missing = item->iE_Extensions->typeOfError &&
			*item->iE_Extensions->typeOfError == RANAP_TypeOfError_missing;
		if (item->iE_Extensions->messageStructure)
			take_levels(ctx, item->iE_Extensions->messageStructure, &ies[i]);
	}
	to->ies = ies;
	to->ie_count = (uint16_t)list->list.count;
	return true;
}

static void put_levels(struct ranap_ctx *ctx, const struct iuplus_ranap_ie_diagnostics *from,
		       RANAP_CriticalityDiagnostics_IE_List_ExtIEs_t *to)
{
	RANAP_MessageStructure_t *p = ranap_new(ctx, sizeof(*p));
	unsigned i;

	if (!p || !ranap_new_list(ctx, &p->list, from->level_count, sizeof(RANAP_MessageStructure_Item_t)))
		return;
	for (i = 0; i < from->level_count; i++) {
		p->list.array[i]->iE_ID = from->levels[i].ie_id;
		if (from->levels[i].repetition)
			p->list.array[i]->repetitionNumber = ranap_put_long(ctx, from->levels[i].repetition);
	}
	to->messageStructure = p;
}

static RANAP_CriticalityDiagnostics_IE_List_t *new_ies(struct ranap_ctx *ctx,
						       const struct iuplus_ranap_diagnostics *from)
{
	RANAP_CriticalityDiagnostics_IE_List_t *p = ranap_new(ctx, sizeof(*p));
	unsigned i;

	if (!p || !ranap_new_list(ctx, &p->list, from->ie_count, sizeof(RANAP_CriticalityDiagnostics_IE_List_Item_t)))
		return NULL;
	for (i = 0; i < from->ie_count; i++) {
		const struct iuplus_ranap_ie_diagnostics *ie = &from->ies[i];
		RANAP_CriticalityDiagnostics_IE_List_Item_t *item = p->list.array[i];

		item->iECriticality = ie->criticality;
		item->iE_ID = ie->ie_id;
		if (ie->has_repetition)
			item->repetitionNumber = ranap_put_long(ctx, ie->repetition);
		item->iE_Extensions = ranap_new(ctx, sizeof(*item->iE_Extensions));
		if (!item->iE_Extensions)
			return NULL;
		item->iE_Extensions->typeOfError =
			ranap_put_long(ctx, ie->missing ? RANAP_TypeOfError_missing : RANAP_TypeOfError_not_understood);
		if (ie->level_count)
			put_levels(ctx, ie, item->iE_Extensions);
	}
	return p;
}

RANAP_CriticalityDiagnostics_t *ranap_new_diagnostics(struct ranap_ctx *ctx,
						      const struct iuplus_ranap_diagnostics *from)
{
	RANAP_CriticalityDiagnostics_t *p = ranap_new(ctx, sizeof(*p));

	if (!p)
		return NULL;
	if (from->has_procedure_code)
		p->procedureCode = ranap_put_long(ctx, from->procedure_code);
	if (from->has_triggering_message)
		p->triggeringMessage = ranap_put_long(ctx, from->triggering_message);
	if (from->has_procedure_criticality)
		p->procedureCriticality = ranap_put_long(ctx, from->procedure_criticality);
	if (from->ie_count)
		p->iEsCriticalityDiagnostics = new_ies(ctx, from);
	return p;
}
