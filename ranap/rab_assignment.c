/* SPDX-License-Identifier: BSD-2-Clause */
/* rab_assignment.c: RAB Assignment (TS 25.413 8.2). The parameters of a RAB stay encoded; lists are complete. */
#include "ranap/values.h"

/* ---- RAB ASSIGNMENT REQUEST ---------------------------------------------------------------------------------- */

/* The list to set up or modify. Of each item the two halves stay encoded. */
#define FIRST IUPLUS_ASN1_RANAP_RAB_SetupOrModifyItemFirst
#define SECOND IUPLUS_ASN1_RANAP_RAB_SetupOrModifyItemSecond
typedef struct RANAP_RAB_SetupOrModifyItem_IEs__rAB_SetupOrModifyItem pair;

static bool take_setups(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_RAB_SetupOrModifyList_t *from = value;
	struct iuplus_ranap_rab_assignment_request *to = neutral;
	struct iuplus_ranap_rab *first = ie_new(ctx, (size_t)from->list.count * sizeof(*first));
	struct iuplus_octets *second = ie_new(ctx, (size_t)from->list.count * sizeof(*second));
	struct ie_cursor cursor = { ie_received(ctx, row), 1 };
	int i;

	if (!first || !second)
		return false;
	to->first = first;
	to->second = second;
	for (i = 0; i < from->list.count; i++) {
		const pair *item = from->list.array[i]->rAB_SetupOrModifyItem;
		struct iuplus_octets one = ie_next_item(ctx, &cursor), other = ie_next_second(ctx, &cursor);

		if (!item || (!one.len && !ie_encode(ctx, FIRST, &item->first, &one)) ||
		    (!other.len && !ie_encode(ctx, SECOND, &item->second, &other)))
			continue;
		first[to->count].id = (uint8_t)ie_take_number(item->first.rAB_ID.buf, item->first.rAB_ID.size);
		first[to->count].item = one;
		second[to->count++] = other;
	}
	return true;
}

/* The item as a struct, when its halves are not known to be encodings; NULL after an error. */
static pair *new_pair(struct ie_ctx *ctx, struct iuplus_octets first, struct iuplus_octets second, bool *same)
{
	bool first_same, second_same;
	const RANAP_RAB_SetupOrModifyItemFirst_t *one = ie_decode(ctx, FIRST, first, &first_same);
	const RANAP_RAB_SetupOrModifyItemSecond_t *other = ie_decode(ctx, SECOND, second, &second_same);
	pair *item = one && other ? ie_new(ctx, sizeof(*item)) : NULL;

	if (item) {
		item->first = *one;
		item->second = *other;
	}
	*same = first_same && second_same;
	return item;
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
		const struct iuplus_octets first = from->first[i].item, second = from->second[i];
		bool same = ie_is_received(ctx, first) && ie_is_received(ctx, second);
		pair *item = same ? NULL : new_pair(ctx, first, second, &same);
		struct iuplus_octets *halves = same ? ie_new(ctx, 2 * sizeof(*halves)) : NULL;

		if (halves) {
			halves[0] = first;
			halves[1] = second;
			item = asn1_as_octets(halves);
		}
		to->list.array[i]->rAB_SetupOrModifyItem = item;
	}
}

static const struct ie_codec setups = { take_setups, put_setups, IE_SOME_COUNT, false };

static const struct ie_row to_release[] = RANAP_RAB_CAUSE(RAB_ReleaseItem, ranap_any_cause);
static const struct ie_list release_list = RANAP_LIST_OF(to_release, RAB_ReleaseItemIEs, RAB_ReleaseItem, rab_cause);

static const struct ie_row request_extensions[] = {
	RANAP_EXT(RAB_AssignmentRequest, uE_AggregateMaximumBitRate, rab_assignment_request, bit_rate, has_bit_rate,
		  ie_record, .of = ranap_bit_rate),
	RANAP_EXT_HERE(RAB_AssignmentRequest, mSISDN, rab_assignment_request, msisdn, ie_filled), IE_END
};
static const struct ie_row request[] = {
	{ .as = &setups,
	  .at = offsetof(RANAP_RAB_AssignmentRequest_t, protocolIEs.rAB_SetupOrModifyList),
	  .size = sizeof(RANAP_RAB_SetupOrModifyList_t),
	  .has = IE_ALWAYS },
	RANAP_HERE(RAB_AssignmentRequest, protocolIEs.rAB_ReleaseList, rab_assignment_request, released, ie_list,
		   .of = &release_list),
	RANAP_EXTENSIONS(RAB_AssignmentRequest, request_extensions),
	IE_END
};
const struct ranap_message ranap_rab_assignment_request =
	RANAP_MESSAGE(InitiatingMessage, rAB_AssignmentRequest, rab_assignment_request, request);

/* ---- RAB ASSIGNMENT RESPONSE --------------------------------------------------------------------------------- */

static const struct ie_items setup_list = RANAP_RABS(RAB_SetupOrModifiedItemIEs, RAB_SetupOrModifiedItem, rab);
static const struct ie_items released_list = RANAP_RABS(RAB_ReleasedItemIEs, RAB_ReleasedItem, rab);
static const struct ie_items queued_list = RANAP_RABS(RAB_QueuedItemIEs, RAB_QueuedItem, rab);
/* RAB-ReleaseFailedList is a second name of RAB-FailedList. */
static const struct ie_row failed[] = RANAP_RAB_CAUSE(RAB_FailedItem, ranap_any_cause);
static const struct ie_list failed_list = RANAP_LIST_OF(failed, RAB_FailedItemIEs, RAB_FailedItem, rab_cause);

#define iuplus_ranap_assigned iuplus_ranap_rab_assignment_response
static const struct ie_row response_extensions[] = {
	RANAP_EXT_HERE(RAB_AssignmentResponse, gERAN_Iumode_RAB_FailedList_RABAssgntResponse, assigned, geran_failed,
		       ie_encoded, .of = IUPLUS_ASN1_RANAP_GERAN_Iumode_RAB_FailedList_RABAssgntResponse),
	IE_END
};
static const struct ie_row response[] = {
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_SetupOrModifiedList, assigned, setup, ie_items,
		   .of = &setup_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_ReleasedList, assigned, released, ie_items,
		   .of = &released_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_QueuedList, assigned, queued, ie_items, .of = &queued_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_FailedList, assigned, failed, ie_list, .of = &failed_list),
	RANAP_HERE(RAB_AssignmentResponse, protocolIEs.rAB_ReleaseFailedList, assigned, release_failed, ie_list,
		   .of = &failed_list),
	RANAP_DIAGNOSTICS(RAB_AssignmentResponse, assigned),
	RANAP_EXTENSIONS(RAB_AssignmentResponse, response_extensions),
	IE_END
};
const struct ranap_message ranap_rab_assignment_response =
	RANAP_MESSAGE(Outcome, rAB_AssignmentResponse, assigned, response);
