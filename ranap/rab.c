/* SPDX-License-Identifier: BSD-2-Clause */
/* rab.c: RAB Assignment (TS 25.413 8.2). What a RAB is made of stays encoded; lists are whole. */
#include "ranap/values.h"

static void take_request(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RAB_AssignmentRequestIEs_t *ies = &((const RANAP_RAB_AssignmentRequest_t *)value)->protocolIEs;
	const RANAP_RAB_SetupOrModifyList_t *list = ies->rAB_SetupOrModifyList;
	struct iuplus_ranap_rab_assignment_request *to = &msg->u.rab_assignment_request;
	struct iuplus_ranap_rab *first;
	struct iuplus_octets *second;
	int i;

	RANAP_TAKE_RAB_CAUSES(ctx, ies->rAB_ReleaseList, RANAP_RAB_ReleaseItem_t, &to->released);
	if (!list)
		return;
	first = ranap_new(ctx, (size_t)list->list.count * sizeof(*first));
	second = ranap_new(ctx, (size_t)list->list.count * sizeof(*second));
	if (!first || !second)
		return;
	to->first = first;
	to->second = second;
	for (i = 0; i < list->list.count; i++) {
		const struct RANAP_RAB_SetupOrModifyItem_IEs__rAB_SetupOrModifyItem *pair =
			list->list.array[i]->rAB_SetupOrModifyItem;

		if (!pair)
			continue;
		first[to->count].id = (uint8_t)ranap_take_number(pair->first.rAB_ID.buf, pair->first.rAB_ID.size);
		first[to->count].item =
			ranap_take_item(ctx, IUPLUS_ASN1_RANAP_RAB_SetupOrModifyItemFirst, &pair->first);
		second[to->count] =
			ranap_take_item(ctx, IUPLUS_ASN1_RANAP_RAB_SetupOrModifyItemSecond, &pair->second);
		if (first[to->count].item.len && second[to->count].len)
			to->count++;
	}
}

static RANAP_RAB_SetupOrModifyList_t *new_setups(struct ranap_ctx *ctx,
						 const struct iuplus_ranap_rab_assignment_request *from)
{
	RANAP_RAB_SetupOrModifyList_t *p;
	unsigned i;

	if (!from->count)
		return NULL;
	p = ranap_new(ctx, sizeof(*p));
	if (!p || !ranap_new_list(ctx, &p->list, from->count, sizeof(RANAP_RAB_SetupOrModifyItem_IEs_t)))
		return NULL;
	for (i = 0; i < from->count; i++) {
		struct RANAP_RAB_SetupOrModifyItem_IEs__rAB_SetupOrModifyItem *pair = ranap_new(ctx, sizeof(*pair));
		const RANAP_RAB_SetupOrModifyItemFirst_t *first =
			ranap_put_item(ctx, IUPLUS_ASN1_RANAP_RAB_SetupOrModifyItemFirst, from->first[i].item);
		const RANAP_RAB_SetupOrModifyItemSecond_t *second =
			ranap_put_item(ctx, IUPLUS_ASN1_RANAP_RAB_SetupOrModifyItemSecond, from->second[i]);

		if (!pair || !first || !second)
			return NULL;
		pair->first = *first;
		pair->second = *second;
		p->list.array[i]->rAB_SetupOrModifyItem = pair;
	}
	return p;
}

static void put_request(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RAB_AssignmentRequestIEs_t *ies = &((RANAP_RAB_AssignmentRequest_t *)value)->protocolIEs;

	ies->rAB_SetupOrModifyList = new_setups(ctx, &msg->u.rab_assignment_request);
	ies->rAB_ReleaseList = RANAP_NEW_RAB_CAUSES(ctx, &msg->u.rab_assignment_request.released,
						    RANAP_RAB_ReleaseItem_t, RANAP_RAB_ReleaseItemIEs_t,
						    RANAP_RAB_ReleaseList_t);
}

static void take_response(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg)
{
	const RANAP_RAB_AssignmentResponseIEs_t *ies = &((const RANAP_RAB_AssignmentResponse_t *)value)->protocolIEs;
	struct iuplus_ranap_rab_assignment_response *to = &msg->u.rab_assignment_response;

	ranap_take_rabs(ctx, ies->rAB_SetupOrModifiedList, IUPLUS_ASN1_RANAP_RAB_SetupOrModifiedItem, &to->setup);
	ranap_take_rabs(ctx, ies->rAB_ReleasedList, IUPLUS_ASN1_RANAP_RAB_ReleasedItem, &to->released);
	ranap_take_rabs(ctx, ies->rAB_QueuedList, IUPLUS_ASN1_RANAP_RAB_QueuedItem, &to->queued);
	RANAP_TAKE_RAB_CAUSES(ctx, ies->rAB_FailedList, RANAP_RAB_FailedItem_t, &to->failed);
	RANAP_TAKE_RAB_CAUSES(ctx, ies->rAB_ReleaseFailedList, RANAP_RAB_FailedItem_t, &to->release_failed);
	to->has_diagnostics = ranap_take_diagnostics(ctx, ies->criticalityDiagnostics, &to->diagnostics);
}

static void put_response(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value)
{
	RANAP_RAB_AssignmentResponseIEs_t *ies = &((RANAP_RAB_AssignmentResponse_t *)value)->protocolIEs;
	const struct iuplus_ranap_rab_assignment_response *from = &msg->u.rab_assignment_response;

	ies->rAB_SetupOrModifiedList =
		ranap_new_rabs(ctx, &from->setup, IUPLUS_ASN1_RANAP_RAB_SetupOrModifiedItem,
			       sizeof(RANAP_RAB_SetupOrModifiedItemIEs_t), sizeof(RANAP_RAB_SetupOrModifiedList_t));
	ies->rAB_ReleasedList = ranap_new_rabs(ctx, &from->released, IUPLUS_ASN1_RANAP_RAB_ReleasedItem,
					       sizeof(RANAP_RAB_ReleasedItemIEs_t), sizeof(RANAP_RAB_ReleasedList_t));
	ies->rAB_QueuedList = ranap_new_rabs(ctx, &from->queued, IUPLUS_ASN1_RANAP_RAB_QueuedItem,
					     sizeof(RANAP_RAB_QueuedItemIEs_t), sizeof(RANAP_RAB_QueuedList_t));
	ies->rAB_FailedList = RANAP_NEW_RAB_CAUSES(ctx, &from->failed, RANAP_RAB_FailedItem_t,
						   RANAP_RAB_FailedItemIEs_t, RANAP_RAB_FailedList_t);
	ies->rAB_ReleaseFailedList = RANAP_NEW_RAB_CAUSES(ctx, &from->release_failed, RANAP_RAB_FailedItem_t,
							  RANAP_RAB_FailedItemIEs_t, RANAP_RAB_ReleaseFailedList_t);
	if (from->has_diagnostics)
		ies->criticalityDiagnostics = ranap_new_diagnostics(ctx, &from->diagnostics);
}

const struct ranap_message ranap_rab_messages[] = {
	{ IUPLUS_RANAP_RAB_ASSIGNMENT_REQUEST, RANAP_InitiatingMessage_Value_PR_rAB_AssignmentRequest, take_request,
	  put_request, ranap_assignment_extensions },
	{ IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE, RANAP_Outcome_Value_PR_rAB_AssignmentResponse, take_response,
	  put_response, ranap_assigned_extensions },
	{ 0, 0, NULL, NULL, NULL }
};
