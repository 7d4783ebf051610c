/* SPDX-License-Identifier: BSD-2-Clause */
/* ie_diagnostics.h: Information Element Criticality Diagnostics, which both protocols have in the same form (TS 25.413
 * 9.2.1.35, TS 25.423 9.2.1.13). Included once by the diagnostics.c of each, with AP(x) for the protocol's name of
 * x. */
#include "ranap/ie.h"

static void take_levels(struct ie_ctx *ctx, const AP(MessageStructure_t) * from, struct iuplus_ranap_ie_diagnostics *to)
{
	struct iuplus_ranap_level *levels;
	int i;

	levels = ie_new(ctx, (size_t)from->list.count * sizeof(*levels));
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

static void take_ies(struct ie_ctx *ctx, const AP(CriticalityDiagnostics_IE_List_t) * from, uint16_t *count,
		     const struct iuplus_ranap_ie_diagnostics **to)
{
	struct iuplus_ranap_ie_diagnostics *ies;
	int i;

	if (!from)
		return;
	ies = ie_new(ctx, (size_t)from->list.count * sizeof(*ies));
	if (!ies)
		return;
	for (i = 0; i < from->list.count; i++) {
		const AP(CriticalityDiagnostics_IE_List_Item_t) *item = from->list.array[i];

		ies[i].criticality = (enum iuplus_ranap_criticality)item->iECriticality;
		ies[i].ie_id = (uint16_t)item->iE_ID;
		if (item->repetitionNumber) {
			ies[i].has_repetition = true;
			ies[i].repetition = (uint8_t)*item->repetitionNumber;
		}
		if (!item->iE_Extensions)
			continue;
		ies[i].missing = item->iE_Extensions->typeOfError &&
				 *item->iE_Extensions->typeOfError == AP(TypeOfError_missing);
		if (item->iE_Extensions->messageStructure)
			take_levels(ctx, item->iE_Extensions->messageStructure, &ies[i]);
	}
	*to = ies;
	*count = (uint16_t)from->list.count;
}

static void put_levels(struct ie_ctx *ctx, const struct iuplus_ranap_ie_diagnostics *from,
		       AP(CriticalityDiagnostics_IE_List_ExtIEs_t) * to)
{
	AP(MessageStructure_t) *p = ie_new(ctx, sizeof(*p));
	unsigned i;

	if (!p || !ie_new_list(ctx, &p->list, from->level_count, sizeof(AP(MessageStructure_Item_t))))
		return;
	for (i = 0; i < from->level_count; i++) {
		p->list.array[i]->iE_ID = from->levels[i].ie_id;
		if (from->levels[i].repetition)
			p->list.array[i]->repetitionNumber = ie_new_long(ctx, from->levels[i].repetition);
	}
	to->messageStructure = p;
}

static AP(CriticalityDiagnostics_IE_List_t) *
	new_ies(struct ie_ctx *ctx, unsigned count, const struct iuplus_ranap_ie_diagnostics *ies)
{
	AP(CriticalityDiagnostics_IE_List_t) * p;
	unsigned i;

	if (!count)
		return NULL;
	p = ie_new(ctx, sizeof(*p));
	if (!p || !ie_new_list(ctx, &p->list, count, sizeof(AP(CriticalityDiagnostics_IE_List_Item_t))))
		return NULL;
	for (i = 0; i < count; i++) {
		const struct iuplus_ranap_ie_diagnostics *ie = &ies[i];
		AP(CriticalityDiagnostics_IE_List_Item_t) *item = p->list.array[i];

		item->iECriticality = ie->criticality;
		item->iE_ID = ie->ie_id;
		if (ie->has_repetition)
			item->repetitionNumber = ie_new_long(ctx, ie->repetition);
		item->iE_Extensions = ie_new(ctx, sizeof(*item->iE_Extensions));
		if (!item->iE_Extensions)
			return NULL;
		item->iE_Extensions->typeOfError =
			ie_new_long(ctx, ie->missing ? AP(TypeOfError_missing) : AP(TypeOfError_not_understood));
		if (ie->level_count)
			put_levels(ctx, ie, item->iE_Extensions);
	}
	return p;
}
