/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.c: RNSAP-PDU to message and back, and the RANAP message inside. The messages are in relocation.c. */
#include <limits.h>
#include <string.h>
#include "rnsap/values.h"

/* Where the message stands in the PDU: its value, and whether the tables know it. */
struct place {
	RNSAP_ProcedureID_t *procedure;
	long criticality;
	RNSAP_TransactionID_t *transaction;
	int present;
	bool known;
	void *value;
};

#define PLACE(p, alternative, Alternative) do {									\
		(p)->procedure = &pdu->choice.alternative.procedureID;						\
		(p)->criticality = pdu->choice.alternative.criticality;						\
		(p)->transaction = &pdu->choice.alternative.transactionID;					\
		(p)->present = (int)pdu->choice.alternative.value.present;					\
		(p)->known = (p)->present != RNSAP_##Alternative##_Value_PR_NOTHING &&				\
			(p)->present != RNSAP_##Alternative##_Value_PR_unknown;					\
		(p)->value = &pdu->choice.alternative.value.choice;						\
	} while (0)

static bool find_place(RNSAP_RNSAP_PDU_t *pdu, struct place *p)
{
	switch (pdu->present) {
	case RNSAP_RNSAP_PDU_PR_initiatingMessage: PLACE(p, initiatingMessage, InitiatingMessage); return true;
	case RNSAP_RNSAP_PDU_PR_successfulOutcome: PLACE(p, successfulOutcome, SuccessfulOutcome); return true;
	case RNSAP_RNSAP_PDU_PR_unsuccessfulOutcome: PLACE(p, unsuccessfulOutcome, UnsuccessfulOutcome); return true;
	case RNSAP_RNSAP_PDU_PR_outcome: PLACE(p, outcome, Outcome); return true;
	default: return false;
	}
}

/* ---- the head ------------------------------------------------------------------------------------------------ */

static unsigned bit(struct iuplus_octets in, size_t *at)
{
	unsigned value = in.data[*at / 8] >> (7 - *at % 8) & 1;

	(*at)++;
	return value;
}

static unsigned bits(struct iuplus_octets in, size_t *at, unsigned count)
{
	unsigned value = 0;

	while (count--)
		value = value << 1 | bit(in, at);
	return value;
}

/* Extension bit and alternative; procedure code on an octet of its own, mode, criticality, transaction. */
bool rnsap_peek(struct iuplus_octets pdu, struct rnsap_head *head)
{
	uint8_t octets[8] = { 0 };	/* the longest head, and some */
	struct iuplus_octets in = { octets, sizeof(octets) };
	size_t at = 1;
	unsigned mode, criticality;

	if (!pdu.len || pdu.data[0] & 0x80)
		return false;
	memcpy(octets, pdu.data, pdu.len < sizeof(octets) ? pdu.len : sizeof(octets));
	head->pdu = (enum iuplus_ranap_pdu)bits(in, &at, 2);
	head->code = octets[1];
	at = 16;
	if (bit(in, &at)) {
		/* a mode of a later release: its place behind the mark, as long as that is below 64 */
		if (bit(in, &at))
			return false;
		at += 6;
		head->mode = IUPLUS_RNSAP_MODE_UNKNOWN;
	} else {
		mode = bits(in, &at, 2);
		if (mode > IUPLUS_RNSAP_COMMON)
			return false;
		head->mode = (enum iuplus_rnsap_mode)mode;
	}
	criticality = bits(in, &at, 2);
	if (criticality > IUPLUS_RANAP_NOTIFY)
		return false;
	head->criticality = (enum iuplus_ranap_criticality)criticality;
	head->transaction.is_long = bit(in, &at);
	if (head->transaction.is_long)
		at = (at + 7) / 8 * 8;
	head->transaction.id = (uint16_t)bits(in, &at, head->transaction.is_long ? 16 : 7);
	head->end = (at + 7) / 8;
	return pdu.len >= head->end && head->transaction.id <= INT16_MAX;
}

/* ---- decode, encode ------------------------------------------------------------------------------------------ */

int iuplus_rnsap_decode(struct iuplus_octets pdu, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_rnsap_msg *out, struct iuplus_rnsap_problem *problem)
{
	struct rnsap_ctx ctx = { .ap = { .arena = arena, .pdu = pdu,
					 .flags = flags & IUPLUS_RNSAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 },
				 .msg = out };
	const struct rnsap_message *message;
	struct iuplus_asn1_error error;
	struct rnsap_head head;
	struct place place = { .known = false };
	void *value = NULL;
	bool headed;
	int rc;

	memset(out, 0, sizeof(*out));
	memset(problem, 0, sizeof(*problem));
	out->kind = UINT_MAX;
	rc = iuplus_asn1_decode(IUPLUS_ASN1_RNSAP_RNSAP_PDU, IUPLUS_ASN1_APER, pdu.data, pdu.len * 8,
				ctx.ap.flags | IUPLUS_ASN1_EXACT, arena, &value, &error);
	headed = rnsap_peek(pdu, &head);
	if (value)
		find_place(value, &place);
	if (headed) {
		out->kind = IUPLUS_RNSAP_KIND(head.code, head.mode, head.pdu);
		out->transaction = head.transaction;
	}
	rc = rnsap_judge(&ctx.ap, rc, &error, headed ? &head : NULL, place.known, problem);
	if (rc != IUPLUS_OK)
		return rc;
	out->criticality = (enum iuplus_ranap_criticality)place.criticality;
	out->pdu = value;
	ctx.message_at = head.end;
	message = rnsap_find_message(out->kind);
	if (message)
		message->take(&ctx, place.value, out);
	problem->rc = ctx.ap.rc;
	return ctx.ap.rc;
}

int iuplus_rnsap_encode(const struct iuplus_rnsap_msg *msg, unsigned flags, struct iuplus_arena *arena,
			struct iuplus_octets *out)
{
	struct rnsap_ctx ctx = { .ap = { .arena = arena,
					 .flags = flags & IUPLUS_RNSAP_LEGACY ? IUPLUS_ASN1_LEGACY : 0 } };
	const struct rnsap_message *message = rnsap_find_message(msg->kind);
	RNSAP_RNSAP_PDU_t *pdu;
	struct place place;
	int rc;

	out->data = NULL;
	out->len = 0;
	if (!message)
		return IUPLUS_ERR_ARGUMENT;
	pdu = ranap_new(&ctx.ap, sizeof(*pdu));
	if (!pdu)
		return IUPLUS_ERR_MEMORY;
	switch (IUPLUS_RNSAP_KIND_PDU(msg->kind)) {
	case IUPLUS_RANAP_INITIATING:
		pdu->present = RNSAP_RNSAP_PDU_PR_initiatingMessage;
		pdu->choice.initiatingMessage.value.present = (RNSAP_InitiatingMessage_Value_PR)message->present;
		break;
	case IUPLUS_RANAP_SUCCESSFUL:
		pdu->present = RNSAP_RNSAP_PDU_PR_successfulOutcome;
		pdu->choice.successfulOutcome.value.present = (RNSAP_SuccessfulOutcome_Value_PR)message->present;
		break;
	default:
		pdu->present = RNSAP_RNSAP_PDU_PR_unsuccessfulOutcome;
		pdu->choice.unsuccessfulOutcome.value.present = (RNSAP_UnsuccessfulOutcome_Value_PR)message->present;
	}
	if (!find_place(pdu, &place))
		return IUPLUS_ERR_ARGUMENT;
	rnsap_put_transaction(&msg->transaction, place.transaction);
	message->put(&ctx, msg, place.value);
	while (ctx.placed < msg->unknown_count && msg->unknown[ctx.placed].where == IUPLUS_RNSAP_VALUE_UNKNOWN)
		ctx.placed++;
	if (ctx.placed != msg->unknown_count)
		ranap_fail(&ctx.ap, IUPLUS_ERR_ARGUMENT);
	if (ctx.ap.rc != IUPLUS_OK)
		return ctx.ap.rc;
	rc = iuplus_asn1_encode(IUPLUS_ASN1_RNSAP_RNSAP_PDU, IUPLUS_ASN1_APER, pdu, ctx.ap.flags, arena, out, NULL,
				NULL);
	/* What a caller leaves out is a bug of the caller. */
	return rc == IUPLUS_ERR_MISSING ? IUPLUS_ERR_ARGUMENT : rc;
}

/* ---- the RANAP message inside -------------------------------------------------------------------------------- */

/* Which RANAP message belongs into an RNSAP message; UINT_MAX: none. */
static unsigned ranap_kind(unsigned kind)
{
	switch (kind) {
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST: return IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST;
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE: return IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE;
	default: return UINT_MAX;
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
	inside = msg->kind == IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST ? &msg->u.enhanced_relocation_request.ranap
								       : &msg->u.enhanced_relocation_response.ranap;
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
