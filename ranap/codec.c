/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.c: decodes and encodes a RANAP-PDU. Its messages are in the files named after their procedures. */
#include <limits.h>
#include "ranap/values.h"

/* The alternatives of the PDU have the same members at the same offsets, and are numbered as enum iuplus_ranap_pdu,
 * from 1: the first one gives access to all. */
#define FIRST choice.initiatingMessage
#define LIKE_THE_FIRST(alternative, NUMBER) \
	_Static_assert(offsetof(RANAP_RANAP_PDU_t, choice.alternative.procedureCode) == \
				       offsetof(RANAP_RANAP_PDU_t, FIRST.procedureCode) && \
			       offsetof(RANAP_RANAP_PDU_t, choice.alternative.criticality) == \
				       offsetof(RANAP_RANAP_PDU_t, FIRST.criticality) && \
			       offsetof(RANAP_RANAP_PDU_t, choice.alternative.value.present) == \
				       offsetof(RANAP_RANAP_PDU_t, FIRST.value.present) && \
			       offsetof(RANAP_RANAP_PDU_t, choice.alternative.value.choice) == \
				       offsetof(RANAP_RANAP_PDU_t, FIRST.value.choice) && \
			       (int)RANAP_RANAP_PDU_PR_##alternative == (int)(NUMBER) + 1, \
		       "like the first")
LIKE_THE_FIRST(initiatingMessage, IUPLUS_RANAP_INITIATING);
LIKE_THE_FIRST(successfulOutcome, IUPLUS_RANAP_SUCCESSFUL);
LIKE_THE_FIRST(unsuccessfulOutcome, IUPLUS_RANAP_UNSUCCESSFUL);
LIKE_THE_FIRST(outcome, IUPLUS_RANAP_OUTCOME);
_Static_assert((int)RANAP_TriggeringMessage_initiating_message == (int)IUPLUS_RANAP_INITIATING &&
		       (int)RANAP_TriggeringMessage_successful_outcome == (int)IUPLUS_RANAP_SUCCESSFUL &&
		       (int)RANAP_TriggeringMessage_unsuccessfull_outcome == (int)IUPLUS_RANAP_UNSUCCESSFUL &&
		       (int)RANAP_TriggeringMessage_outcome == (int)IUPLUS_RANAP_OUTCOME,
	       "TriggeringMessage has these numbers too");
_Static_assert((int)RANAP_CN_DomainIndicator_cs_domain == (int)IUPLUS_DOMAIN_CS &&
		       (int)RANAP_CN_DomainIndicator_ps_domain == (int)IUPLUS_DOMAIN_PS,
	       "enum iuplus_domain");

#define HEAD 3u /* octets before the message: alternative, procedure code, criticality */

/* ---- decode -------------------------------------------------------------------------------------------------- */

static bool is_known(const RANAP_RANAP_PDU_t *pdu)
{
	unsigned unknown, present = pdu->FIRST.value.present;

	switch (pdu->present) {
	case RANAP_RANAP_PDU_PR_initiatingMessage:
		unknown = RANAP_InitiatingMessage_Value_PR_unknown;
		break;
	case RANAP_RANAP_PDU_PR_successfulOutcome:
		unknown = RANAP_SuccessfulOutcome_Value_PR_unknown;
		break;
	case RANAP_RANAP_PDU_PR_unsuccessfulOutcome:
		unknown = RANAP_UnsuccessfulOutcome_Value_PR_unknown;
		break;
	default:
		unknown = RANAP_Outcome_Value_PR_unknown;
	}
	return present != 0 && present != unknown;
}

/* Applies clause 10 to the problems that the engine reported. Returns the code for decode; with IUPLUS_OK the receiver
 * acts on the message. */
static __attribute__((noinline, cold)) int judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error,
						 const RANAP_RANAP_PDU_t *pdu, struct iuplus_ranap_msg *out,
						 struct iuplus_ranap_problem *problem)
{
	struct ranap_head head;
	bool headed = ranap_peek(ctx->pdu, &head), known = false;
	const struct iuplus_ranap_procedure *procedure = headed ? iuplus_ranap_procedure(head.code) : NULL;

	if (pdu && pdu->present != RANAP_RANAP_PDU_PR_NOTHING)
		known = is_known(pdu);
	else if (procedure)
		known = procedure->messages[head.pdu] != NULL;
	rc = ranap_judge(ctx, rc, error, headed ? &head : NULL, known, problem);
	if (rc != IUPLUS_OK) {
		memset(out, 0, sizeof(*out));
		out->kind = problem->kind;
	}
	return rc;
}

/* The relayed container in it is typed, so that the decoder would look into it; those of RELOCATION REQUIRED and
 * RELOCATION COMMAND are octet strings. */
static bool is_acknowledge(struct iuplus_octets pdu)
{
	struct ranap_head head;

	return ranap_peek(pdu, &head) &&
	       IUPLUS_RANAP_KIND(head.code, head.pdu) == IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE;
}

static int fail(struct iuplus_ranap_msg *out, struct iuplus_ranap_problem *problem, int rc)
{
	memset(out, 0, sizeof(*out));
	out->kind = problem->kind = IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE;
	problem->rc = rc;
	return rc;
}

int iuplus_ranap_decode(struct iuplus_octets pdu, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_ranap_msg *out, struct iuplus_ranap_problem *problem)
{
	struct ie_ctx ctx = { .arena = arena,
			      .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0,
			      .relay = flags & IUPLUS_RANAP_RELAY,
			      .pdu = pdu,
			      .message_at = HEAD,
			      .type = IUPLUS_ASN1_RANAP_RANAP_PDU };
	struct iuplus_octets container = { NULL, 0 };
	const struct ranap_message *message;
	struct iuplus_asn1_error error;
	const RANAP_RANAP_PDU_t *p;
	void *value;
	int rc;

	memset(problem, 0, sizeof(*problem));
	if (ctx.relay && is_acknowledge(pdu)) {
		pdu = ctx.pdu = ranap_hide_container(&ctx, &container);
		if (ctx.rc != IUPLUS_OK)
			return fail(out, problem, ctx.rc);
	}
	rc = iuplus_asn1_decode(ctx.type, IUPLUS_ASN1_APER, pdu.data, pdu.len * 8, ctx.flags | IUPLUS_ASN1_EXACT, arena,
				&value, &error);
	p = value;
	ctx.as_received = true;
	if (rc != IUPLUS_OK || error.problems) {
		rc = judge(&ctx, rc, &error, p, out, problem);
		if (rc != IUPLUS_OK && !(p && flags & IUPLUS_RANAP_OBSERVE))
			return rc;
		ctx.as_received = ie_as_received(error.problems);
	}
	out->kind = problem->kind = IUPLUS_RANAP_KIND(p->FIRST.procedureCode, p->present - 1);
	out->criticality = (enum iuplus_ranap_criticality)p->FIRST.criticality;
	out->pdu = p;
	out->received.data = ctx.pdu.data = asn1_input(p, sizeof(*p));
	out->received.len = pdu.len;
	message = ranap_find_message(out->kind);
	if (message) {
		ctx.value = p;
		memset(&out->u, 0, message->size);
		ie_take(&ctx, message->rows, &p->FIRST.value.choice, &out->u);
	}
	if (container.len) {
		out->u.relocation_request_acknowledge.has_container = true;
		out->u.relocation_request_acknowledge.container.encoded = container;
	}
	problem->rc = rc ? rc : ctx.rc;
	return problem->rc;
}

/* ---- encode -------------------------------------------------------------------------------------------------- */

int iuplus_ranap_encode(const struct iuplus_ranap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out)
{
	struct ie_ctx ctx = { .arena = arena,
			      .flags = flags & IUPLUS_RANAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0,
			      .relay = flags & IUPLUS_RANAP_RELAY,
			      .received = msg->received,
			      .received_head = { (uint8_t)(IUPLUS_RANAP_KIND_PDU(msg->kind) << 5),
						 (uint8_t)IUPLUS_RANAP_KIND_CODE(msg->kind) } };
	const struct ranap_message *message = ranap_find_message(msg->kind);
	RANAP_RANAP_PDU_t *pdu;
	int rc;

	out->data = NULL;
	out->len = 0;
	if (!message)
		return IUPLUS_ERR_ARGUMENT;
	pdu = ie_new(&ctx, sizeof(*pdu));
	if (!pdu)
		return IUPLUS_ERR_MEMORY;
	pdu->present = (RANAP_RANAP_PDU_PR)(IUPLUS_RANAP_KIND_PDU(msg->kind) + 1);
	pdu->FIRST.value.present = (RANAP_InitiatingMessage_Value_PR)message->present;
	ie_put(&ctx, message->rows, &msg->u, &pdu->FIRST.value.choice);
	if (ctx.rc != IUPLUS_OK)
		return ctx.rc;
	rc = iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, pdu, ctx.flags, arena, out, NULL, NULL);
	/* A missing mandatory IE is a bug of the caller. */
	return rc == IUPLUS_ERR_MISSING ? IUPLUS_ERR_ARGUMENT : rc;
}
