/* SPDX-License-Identifier: BSD-2-Clause */
/* rab_assignment.c: RAB Assignment (TS 25.413 8.2). The parameters of a RAB stay encoded; lists are complete. */
#include "ranap/values.h"

/* ---- RAB ASSIGNMENT REQUEST ---------------------------------------------------------------------------------- */

/* The two halves of an item of the list to set up or modify, each as its own encoding. */
static const struct ie_row first_half[] = RANAP_RAB(RAB_SetupOrModifyItemFirst);
static const struct ie_row second_half = { .as = &ie_encoded, .of = IUPLUS_ASN1_RANAP_RAB_SetupOrModifyItemSecond,
	.size = sizeof(RANAP_RAB_SetupOrModifyItemSecond_t) };
typedef struct RANAP_RAB_SetupOrModifyItem_IEs__rAB_SetupOrModifyItem pair;

static bool take_setups(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_RAB_SetupOrModifyList_t *from = value;
	struct iuplus_ranap_rab_assignment_request *to = neutral;
	struct iuplus_ranap_rab *first = ie_new(ctx, (size_t)from->list.count * sizeof(*first));
	struct iuplus_octets *second = ie_new(ctx, (size_t)from->list.count * sizeof(*second));
	int i;

	(void)row;
	if (!first || !second)
		return false;
	to->first = first;
	to->second = second;
	for (i = 0; i < from->list.count; i++) {
		const pair *item = from->list.array[i]->rAB_SetupOrModifyItem;

		if (item && ie_take(ctx, first_half, &item->first, &first[to->count]) &&
		    ie_encoded.take(ctx, &second_half, &item->second, &second[to->count]))
			to->count++;
	}
	return true;
}

static void put_setups(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_ranap_rab_assignment_request *from = neutral;
	RANAP_RAB_SetupOrModifyList_t *to = value;
	unsigned i;

	(void)row;
	if (!ie_new_list(ctx, &to->list, from->count, sizeof(RANAP_RAB_SetupOrModifyItem_IEs_t)))
		return;
	for (i = 0; i < from->count; i++) {
		pair *item = ie_new(ctx, sizeof(*item));

		if (!item)
			return;
		ie_put(ctx, first_half, &from->first[i], &item->first);
		ie_encoded.put(ctx, &second_half, &from->second[i], &item->second);
		to->list.array[i]->rAB_SetupOrModifyItem = item;
	}
}

static bool some_setups(const struct ie_row *row, const void *from)
{
	(void)row;
	return ((const struct iuplus_ranap_rab_assignment_request *)from)->count != 0;
}

static const struct ie_codec setups = { take_setups, put_setups, some_setups };

static const struct ie_row to_release[] = RANAP_RAB_CAUSE(RAB_ReleaseItem, ranap_any_cause);
static const struct ie_list release_list = RANAP_LIST_OF(to_release, RAB_ReleaseItemIEs, RAB_ReleaseItem, rab_cause);

static const struct ie_row request[] = {
	{ .as = &setups, .at = offsetof(RANAP_RAB_AssignmentRequest_t, protocolIEs.rAB_SetupOrModifyList),
	  .size = sizeof(RANAP_RAB_SetupOrModifyList_t), .has = IE_ALWAYS },
	RANAP_HERE(RAB_AssignmentRequest, protocolIEs.rAB_ReleaseList, rab_assignment_request, released, ie_list,
		   .of = &release_list),
	RANAP_EXT(RAB_AssignmentRequest, uE_AggregateMaximumBitRate, rab_assignment_request, bit_rate, has_bit_rate,
		  ie_record, .of = ranap_bit_rate),
	RANAP_EXT_HERE(RAB_AssignmentRequest, mSISDN, rab_assignment_request, msisdn, ie_filled),
	IE_END
};
const struct ranap_message ranap_rab_assignment_request =
	RANAP_MESSAGE(InitiatingMessage, rAB_AssignmentRequest, rab_assignment_request, request);

/* ---- RAB ASSIGNMENT RESPONSE --------------------------------------------------------------------------------- */

static const struct ie_row set_up[] = RANAP_RAB(RAB_SetupOrModifiedItem);
static const struct ie_list setup_list = RANAP_LIST_OF(set_up, RAB_SetupOrModifiedItemIEs, RAB_SetupOrModifiedItem,
	rab);
static const struct ie_row released[] = RANAP_RAB(RAB_ReleasedItem);
static const struct ie_list released_list = RANAP_LIST_OF(released, RAB_ReleasedItemIEs, RAB_ReleasedItem, rab);
static const struct ie_row queued[] = RANAP_RAB(RAB_QueuedItem);
static const struct ie_list queued_list = RANAP_LIST_OF(queued, RAB_QueuedItemIEs, RAB_QueuedItem, rab);
/* RAB-ReleaseFailedList is a second name of RAB-FailedList. */
static const struct ie_row failed[] = RANAP_RAB_CAUSE(RAB_FailedItem, ranap_any_cause);
static const struct ie_list failed_list = RANAP_LIST_OF(failed, RAB_FailedItemIEs, RAB_FailedItem, rab_cause);

#define iuplus_ranap_assigned iuplus_ranap_rab_assignment_response
static const struct ie_row response[] = {
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_SetupOrModifiedList, assigned, setup, ie_list,
		   .of = &setup_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_ReleasedList, assigned, released, ie_list,
		   .of = &released_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_QueuedList, assigned, queued, ie_list, .of = &queued_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_FailedList, assigned, failed, ie_list, .of = &failed_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_ReleaseFailedList, assigned, release_failed, ie_list,
		   .of = &failed_list),
	RANAP_DIAGNOSTICS(RAB_AssignmentResponse, assigned),
	RANAP_EXT_HERE(RAB_AssignmentResponse, gERAN_Iumode_RAB_FailedList_RABAssgntResponse, assigned, geran_failed,
		       ie_encoded, .of = IUPLUS_ASN1_RANAP_GERAN_Iumode_RAB_FailedList_RABAssgntResponse),
	IE_END
};
const struct ranap_message ranap_rab_assignment_response =
	RANAP_MESSAGE(Outcome, rAB_AssignmentResponse, assigned, response);
