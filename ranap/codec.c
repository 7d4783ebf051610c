/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.c: RANAP-PDU to message and back. The messages themselves are in the files named after their procedures. */
#include <limits.h>
#include <string.h>
#include "ranap/fields.h"
#include "ranap/values.h"

static const struct ranap_message *const all_messages[] = {
	ranap_relocation_messages, ranap_security_messages, ranap_connection_messages, ranap_rab_messages,
	ranap_enhanced_messages, ranap_relocated_messages, ranap_context_messages, ranap_resource_messages,
	ranap_subscriber_messages, ranap_location_messages, ranap_information_messages, ranap_mbms_messages
};

const struct ranap_message *ranap_find_message(unsigned kind)
{
	const struct ranap_message *m;
	size_t i;

	for (i = 0; i < sizeof(all_messages) / sizeof(all_messages[0]); i++)
		for (m = all_messages[i]; m->present; m++)
			if (m->kind == kind)
				return m;
	return NULL;
}

/* Where the message stands in the PDU: its value, and whether the tables know it. */
struct place {
	enum iuplus_ranap_pdu pdu;
	long code, criticality;
	int present;
	bool known;
	void *value;
};

#define PLACE(p, alternative, Alternative, number) do {							\
		(p)->pdu = (number);										\
		(p)->code = pdu->choice.alternative.procedureCode;						\
		(p)->criticality = pdu->choice.alternative.criticality;						\
		(p)->present = (int)pdu->choice.alternative.value.present;					\
		(p)->known = (p)->present != RANAP_##Alternative##_Value_PR_NOTHING &&				\
			(p)->present != RANAP_##Alternative##_Value_PR_unknown;					\
		(p)->value = &pdu->choice.alternative.value.choice;						\
	} while (0)

static bool find_place(RANAP_RANAP_PDU_t *pdu, struct place *p)
{
	switch (pdu->present) {
	case RANAP_RANAP_PDU_PR_initiatingMessage:
		PLACE(p, initiatingMessage, InitiatingMessage, IUPLUS_RANAP_INITIATING);
		return true;
	case RANAP_RANAP_PDU_PR_successfulOutcome:
		PLACE(p, successfulOutcome, SuccessfulOutcome, IUPLUS_RANAP_SUCCESSFUL);
		return true;
	case RANAP_RANAP_PDU_PR_unsuccessfulOutcome:
		PLACE(p, unsuccessfulOutcome, UnsuccessfulOutcome, IUPLUS_RANAP_UNSUCCESSFUL);
		return true;
	case RANAP_RANAP_PDU_PR_outcome:
		PLACE(p, outcome, Outcome, IUPLUS_RANAP_OUTCOME);
		return true;
	default:
		return false;
	}
}

int iuplus_ranap_decode(struct iuplus_octets pdu, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_ranap_msg *out, struct iuplus_ranap_problem *problem)
{
	struct ranap_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0,
				 .pdu = pdu };
	const struct ranap_message *message;
	struct iuplus_asn1_error error;
	struct ranap_head head;
	struct place place;
	void *value = NULL;
	bool known = false, headed;
	int rc;

	memset(out, 0, sizeof(*out));
	memset(problem, 0, sizeof(*problem));
	memset(&place, 0, sizeof(place));
	out->kind = problem->kind = UINT_MAX;
	rc = iuplus_asn1_decode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, pdu.data, pdu.len * 8,
				ctx.flags | IUPLUS_ASN1_EXACT, arena, &value, &error);
	headed = ranap_peek(pdu, &head);
	if (value && find_place(value, &place))
		known = place.known;
	else if (headed)
		known = iuplus_ranap_procedure(head.code) && iuplus_ranap_procedure(head.code)->messages[head.pdu];
	if (headed)
		out->kind = IUPLUS_RANAP_KIND(head.code, head.pdu);
	rc = ranap_judge(&ctx, rc, &error, headed ? &head : NULL, known, problem);
	if (rc != IUPLUS_OK)
		return rc;
	out->criticality = (enum iuplus_ranap_criticality)place.criticality;
	out->pdu = value;
	message = ranap_find_message(out->kind);
	if (message && message->take)
		message->take(&ctx, place.value, out);
	if (message && message->fields)
		ranap_take_fields(&ctx, message->fields, place.value, &out->u);
	if (ctx.rc != IUPLUS_OK)
		problem->rc = ctx.rc;
	return ctx.rc;
}

int iuplus_ranap_encode(const struct iuplus_ranap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out)
{
	struct ranap_ctx ctx = { .arena = arena, .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 };
	const struct ranap_message *message = ranap_find_message(msg->kind);
	RANAP_RANAP_PDU_t *pdu;
	struct place place;
	int rc;

	out->data = NULL;
	out->len = 0;
	if (!message)
		return IUPLUS_ERR_ARGUMENT;
	pdu = ranap_new(&ctx, sizeof(*pdu));
	if (!pdu)
		return IUPLUS_ERR_MEMORY;
	switch (IUPLUS_RANAP_KIND_PDU(msg->kind)) {
	case IUPLUS_RANAP_INITIATING:
		pdu->present = RANAP_RANAP_PDU_PR_initiatingMessage;
		pdu->choice.initiatingMessage.value.present = (RANAP_InitiatingMessage_Value_PR)message->present;
		break;
	case IUPLUS_RANAP_SUCCESSFUL:
		pdu->present = RANAP_RANAP_PDU_PR_successfulOutcome;
		pdu->choice.successfulOutcome.value.present = (RANAP_SuccessfulOutcome_Value_PR)message->present;
		break;
	case IUPLUS_RANAP_UNSUCCESSFUL:
		pdu->present = RANAP_RANAP_PDU_PR_unsuccessfulOutcome;
		pdu->choice.unsuccessfulOutcome.value.present = (RANAP_UnsuccessfulOutcome_Value_PR)message->present;
		break;
	case IUPLUS_RANAP_OUTCOME:
		pdu->present = RANAP_RANAP_PDU_PR_outcome;
		pdu->choice.outcome.value.present = (RANAP_Outcome_Value_PR)message->present;
		break;
	}
	if (!find_place(pdu, &place))
		return IUPLUS_ERR_ARGUMENT;
	if (message->put)
		message->put(&ctx, msg, place.value);
	if (message->fields)
		ranap_put_fields(&ctx, message->fields, &msg->u, place.value);
	if (ctx.rc != IUPLUS_OK)
		return ctx.rc;
	rc = iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, pdu, ctx.flags, arena, out, NULL, NULL);
	/* What a caller leaves out is a bug of the caller. */
	return rc == IUPLUS_ERR_MISSING ? IUPLUS_ERR_ARGUMENT : rc;
}
