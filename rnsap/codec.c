/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.c: decodes and encodes an RNSAP-PDU, and the RANAP message inside. The messages are in the files named after
 * their procedures. */
#include <limits.h>
#include "rnsap/values.h"

/* The alternatives of the PDU have the same members at the same offsets, and are numbered as enum iuplus_ranap_pdu,
 * from 1: the first one gives access to all. */
#define FIRST choice.initiatingMessage
#define LIKE_THE_FIRST(alternative, NUMBER) \
	_Static_assert(offsetof(RNSAP_RNSAP_PDU_t, choice.alternative.procedureID) == \
				       offsetof(RNSAP_RNSAP_PDU_t, FIRST.procedureID) && \
			       offsetof(RNSAP_RNSAP_PDU_t, choice.alternative.criticality) == \
				       offsetof(RNSAP_RNSAP_PDU_t, FIRST.criticality) && \
			       offsetof(RNSAP_RNSAP_PDU_t, choice.alternative.transactionID) == \
				       offsetof(RNSAP_RNSAP_PDU_t, FIRST.transactionID) && \
			       offsetof(RNSAP_RNSAP_PDU_t, choice.alternative.value.present) == \
				       offsetof(RNSAP_RNSAP_PDU_t, FIRST.value.present) && \
			       offsetof(RNSAP_RNSAP_PDU_t, choice.alternative.value.choice) == \
				       offsetof(RNSAP_RNSAP_PDU_t, FIRST.value.choice) && \
			       (int)RNSAP_RNSAP_PDU_PR_##alternative == (int)(NUMBER) + 1, \
		       "like the first")
LIKE_THE_FIRST(initiatingMessage, IUPLUS_RANAP_INITIATING);
LIKE_THE_FIRST(successfulOutcome, IUPLUS_RANAP_SUCCESSFUL);
LIKE_THE_FIRST(unsuccessfulOutcome, IUPLUS_RANAP_UNSUCCESSFUL);
LIKE_THE_FIRST(outcome, IUPLUS_RANAP_OUTCOME);

/* ---- decode -------------------------------------------------------------------------------------------------- */

static bool is_known(const RNSAP_RNSAP_PDU_t *pdu)
{
	unsigned unknown, present = pdu->FIRST.value.present;

	switch (pdu->present) {
	case RNSAP_RNSAP_PDU_PR_initiatingMessage:
		unknown = RNSAP_InitiatingMessage_Value_PR_unknown;
		break;
	case RNSAP_RNSAP_PDU_PR_successfulOutcome:
		unknown = RNSAP_SuccessfulOutcome_Value_PR_unknown;
		break;
	case RNSAP_RNSAP_PDU_PR_unsuccessfulOutcome:
		unknown = RNSAP_UnsuccessfulOutcome_Value_PR_unknown;
		break;
	case RNSAP_RNSAP_PDU_PR_outcome:
		unknown = RNSAP_Outcome_Value_PR_unknown;
		break;
	default:
		return false;
	}
	return present != 0 && present != unknown;
}

/* Applies clause 10 to the problems that the engine reported. Returns the code for decode; with IUPLUS_OK the receiver
 * acts on the message. */
static __attribute__((noinline, cold)) int judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error,
						 const RNSAP_RNSAP_PDU_t *pdu, struct iuplus_rnsap_msg *out,
						 struct iuplus_rnsap_problem *problem)
{
	struct rnsap_head head;
	bool headed = rnsap_peek(ctx->pdu, &head);

	rc = rnsap_judge(ctx, rc, error, headed ? &head : NULL, pdu && is_known(pdu), problem);
	if (rc != IUPLUS_OK) {
		memset(out, 0, sizeof(*out));
		out->kind = problem->kind;
		out->transaction = problem->transaction;
	}
	return rc;
}

static void take_message(struct rnsap_ctx *ctx, const struct rnsap_message *message, const uint8_t *value)
{
	const uint8_t *extensions = *(const uint8_t *const *)(const void *)(value + message->extensions);

	memset(&ctx->msg->u, 0, message->size);
	ie_take(&ctx->ie, message->rows, value, &ctx->msg->u);
	rnsap_take_unknown(ctx, *(struct RNSAP_UnknownIEs *const *)(const void *)(value + message->unknown_ies),
			   IUPLUS_RNSAP_IN_MESSAGE, 0, 0);
	if (extensions)
		rnsap_take_unknown(ctx,
				   *(struct RNSAP_UnknownIEs *const *)(const void *)(extensions +
										     message->unknown_extensions),
				   IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0);
}

int iuplus_rnsap_decode(struct iuplus_octets pdu, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_rnsap_msg *out, struct iuplus_rnsap_problem *problem)
{
	struct rnsap_ctx ctx = { .ie = { .arena = arena,
					 .pdu = pdu,
					 .type = IUPLUS_ASN1_RNSAP_RNSAP_PDU,
					 .flags = flags & IUPLUS_RNSAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 },
				 .msg = out };
	const struct rnsap_message *message;
	struct iuplus_asn1_error error;
	const RNSAP_RNSAP_PDU_t *p;
	void *value;
	int rc;

	memset(problem, 0, sizeof(*problem));
	rc = iuplus_asn1_decode(ctx.ie.type, IUPLUS_ASN1_APER, pdu.data, pdu.len * 8, ctx.ie.flags | IUPLUS_ASN1_EXACT,
				arena, &value, &error);
	p = value;
	if (rc != IUPLUS_OK || error.problems) {
		rc = judge(&ctx.ie, rc, &error, p, out, problem);
		if (rc != IUPLUS_OK)
			return rc;
	}
	out->kind = problem->kind =
		IUPLUS_RNSAP_KIND(p->FIRST.procedureID.procedureCode, p->FIRST.procedureID.ddMode, p->present - 1);
	out->criticality = (enum iuplus_ranap_criticality)p->FIRST.criticality;
	out->transaction = problem->transaction = rnsap_take_transaction(&p->FIRST.transactionID);
	out->pdu = p;
	out->unknown_count = 0;
	out->unknown = NULL;
	message = rnsap_find_message(out->kind);
	ctx.ie.pdu.data = asn1_input(p, sizeof(*p));
	ctx.ie.value = p;
	if (message)
		take_message(&ctx, message, (const uint8_t *)&p->FIRST.value.choice);
	problem->rc = ctx.ie.rc;
	return ctx.ie.rc;
}

/* ---- encode -------------------------------------------------------------------------------------------------- */

static void put_message(struct rnsap_ctx *ctx, const struct rnsap_message *message, uint8_t *value)
{
	const struct iuplus_rnsap_msg *msg = ctx->from;
	void **extensions = (void **)(void *)(value + message->extensions);
	struct RNSAP_UnknownIEs *unknown;

	ie_put(&ctx->ie, message->rows, &msg->u, value);
	*(struct RNSAP_UnknownIEs **)(void *)(value + message->unknown_ies) =
		rnsap_new_unknown(ctx, IUPLUS_RNSAP_IN_MESSAGE, 0, 0);
	unknown = rnsap_new_unknown(ctx, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 0);
	if (unknown && !*extensions)
		*extensions = ie_new(&ctx->ie, message->extensions_size);
	if (unknown && *extensions)
		*(struct RNSAP_UnknownIEs **)(void *)((uint8_t *)*extensions + message->unknown_extensions) = unknown;
	/* an IE without a container in this message is left over; an IE with an unknown value never has one */
	while (ctx->placed < msg->unknown_count && msg->unknown[ctx->placed].where == IUPLUS_RNSAP_VALUE_UNKNOWN)
		ctx->placed++;
	if (ctx->placed != msg->unknown_count)
		ie_fail(&ctx->ie, IUPLUS_ERR_ARGUMENT);
}

int iuplus_rnsap_encode(const struct iuplus_rnsap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out)
{
	struct rnsap_ctx ctx = {
		.ie = { .arena = arena, .flags = flags & IUPLUS_RNSAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 },
		.from = msg
	};
	const struct rnsap_message *message = rnsap_find_message(msg->kind);
	RNSAP_RNSAP_PDU_t *pdu;
	int rc;

	out->data = NULL;
	out->len = 0;
	if (!message)
		return IUPLUS_ERR_ARGUMENT;
	pdu = ie_new(&ctx.ie, sizeof(*pdu));
	if (!pdu)
		return IUPLUS_ERR_MEMORY;
	pdu->present = (RNSAP_RNSAP_PDU_PR)(IUPLUS_RNSAP_KIND_PDU(msg->kind) + 1);
	pdu->FIRST.value.present = (RNSAP_InitiatingMessage_Value_PR)message->present;
	rnsap_put_transaction(&msg->transaction, &pdu->FIRST.transactionID);
	put_message(&ctx, message, (uint8_t *)&pdu->FIRST.value.choice);
	if (ctx.ie.rc != IUPLUS_OK)
		return ctx.ie.rc;
	rc = iuplus_asn1_encode(IUPLUS_ASN1_RNSAP_RNSAP_PDU, IUPLUS_ASN1_APER, pdu, ctx.ie.flags, arena, out, NULL,
				NULL);
	/* A missing mandatory IE is a bug of the caller. */
	return rc == IUPLUS_ERR_MISSING ? IUPLUS_ERR_ARGUMENT : rc;
}

/* ---- the RANAP message inside -------------------------------------------------------------------------------- */

/* The RANAP message that an RNSAP message contains; UINT_MAX: none. */
static unsigned ranap_kind(unsigned kind)
{
	switch (kind) {
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST:
		return IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST;
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE:
		return IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE;
	default:
		return UINT_MAX;
	}
}

int iuplus_rnsap_open_ranap(const struct iuplus_rnsap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			    struct iuplus_ranap_msg *out, struct iuplus_ranap_problem *problem)
{
	const struct iuplus_rnsap_bits *inside;
	int rc;

	memset(out, 0, sizeof(*out));
	memset(problem, 0, sizeof(*problem));
	out->kind = problem->kind = UINT_MAX;
	problem->rc = IUPLUS_ERR_ARGUMENT;
	if (ranap_kind(msg->kind) == UINT_MAX)
		return IUPLUS_ERR_ARGUMENT;
	inside = msg->kind == IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST ?
			 &msg->u.enhanced_relocation_request.ranap :
			 &msg->u.enhanced_relocation_response.ranap;
	if (!inside->octets.len || inside->unused)
		return IUPLUS_ERR_ARGUMENT;
	rc = iuplus_ranap_decode(inside->octets, flags, arena, out, problem);
	if (rc == IUPLUS_OK && out->kind != ranap_kind(msg->kind))
		rc = problem->rc = IUPLUS_ERR_STATE;
	return rc;
}

int iuplus_rnsap_close_ranap(const struct iuplus_ranap_msg *ranap, unsigned flags, struct iuplus_arena *arena,
			     struct iuplus_rnsap_msg *msg)
{
	struct iuplus_rnsap_bits inside = { { NULL, 0 }, 0 };
	int rc;

	if (ranap_kind(msg->kind) == UINT_MAX || ranap->kind != ranap_kind(msg->kind))
		return IUPLUS_ERR_ARGUMENT;
	rc = iuplus_ranap_encode(ranap, flags, arena, &inside.octets);
	if (rc != IUPLUS_OK)
		return rc;
	if (msg->kind == IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST)
		msg->u.enhanced_relocation_request.ranap = inside;
	else
		msg->u.enhanced_relocation_response.ranap = inside;
	return IUPLUS_OK;
}
