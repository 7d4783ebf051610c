/* SPDX-License-Identifier: BSD-2-Clause */
/* errors.c: faulty messages in RANAP's terms (TS 25.413 clause 10, whose rules are in ie_criticality.c). */
#include <limits.h>
#include <string.h>
#include "ranap/ie_criticality.h"
#include "ranap/values.h"

/* The first three octets of every RANAP-PDU: extension bit and alternative, procedure code, criticality. */
bool ranap_peek(struct iuplus_octets pdu, struct ranap_head *head)
{
	if (pdu.len < 3 || pdu.data[0] & 0x80 || pdu.data[2] >> 6 > IUPLUS_RANAP_NOTIFY)
		return false;
	head->pdu = (enum iuplus_ranap_pdu)(pdu.data[0] >> 5 & 3);
	head->code = pdu.data[1];
	head->criticality = (enum iuplus_ranap_criticality)(pdu.data[2] >> 6);
	return true;
}

static void describe_procedure(const struct ranap_head *head, struct iuplus_ranap_diagnostics *to)
{
	to->has_procedure_code = to->has_triggering_message = to->has_procedure_criticality = true;
	to->procedure_code = head->code;
	to->triggering_message = head->pdu;
	to->procedure_criticality = head->criticality;
}

static struct ie_faulty describe(const struct ranap_head *head, bool known)
{
	struct ie_faulty faulty = { .headed = head != NULL, .known = known };
	const struct ranap_procedure *procedure;

	if (!head)
		return faulty;
	faulty.pdu = head->pdu;
	faulty.criticality = head->criticality;
	faulty.error_indication = IUPLUS_RANAP_KIND(head->code, head->pdu) == IUPLUS_RANAP_ERROR_INDICATION;
	procedure = ranap_find_procedure(head->code);
	faulty.refusable = procedure && procedure->cause_refuses;
	faulty.reportable = procedure && procedure->is.procedure_class != 2;
	return faulty;
}

int ranap_judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct ranap_head *head,
		bool known, struct iuplus_ranap_problem *problem)
{
	static const uint16_t causes[] = { [IE_FAULT_NONE] = 0,
					   [IE_FAULT_TRANSFER_SYNTAX] = IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR,
					   [IE_FAULT_REJECT] = IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT,
					   [IE_FAULT_NOTIFY] = IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY,
					   [IE_FAULT_FALSELY_CONSTRUCTED] = IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED };
	struct ie_faulty faulty = describe(head, known);
	struct ie_judgement judgement;

	rc = ie_judge(ctx, rc, error, &faulty, &judgement);
	problem->kind = head ? IUPLUS_RANAP_KIND(head->code, head->pdu) : UINT_MAX;
	problem->bit = error->bit_offset;
	problem->path = judgement.path;
	problem->rc = rc;
	problem->answer = judgement.answer;
	problem->cause = causes[judgement.fault];
	if (judgement.describe && head)
		describe_procedure(head, &problem->diagnostics);
	problem->diagnostics.ie_count = judgement.ie_count;
	problem->diagnostics.ies = judgement.ies;
	return rc;
}

int iuplus_ranap_answer(const struct iuplus_ranap_problem *problem, struct iuplus_ranap_msg *out)
{
	struct iuplus_ranap_failure *failure;
	bool diagnostics = problem->diagnostics.has_procedure_code || problem->diagnostics.ie_count;

	memset(out, 0, sizeof(*out));
	switch (problem->answer) {
	case IUPLUS_RANAP_ANSWER_ERROR_INDICATION:
		out->kind = IUPLUS_RANAP_ERROR_INDICATION;
		out->criticality = IUPLUS_RANAP_IGNORE;
		out->u.error_indication.has_cause = true;
		out->u.error_indication.cause = problem->cause;
		out->u.error_indication.has_diagnostics = diagnostics;
		out->u.error_indication.diagnostics = problem->diagnostics;
		return IUPLUS_OK;
	case IUPLUS_RANAP_ANSWER_UNSUCCESSFUL:
		out->kind = IUPLUS_RANAP_KIND(IUPLUS_RANAP_KIND_CODE(problem->kind), IUPLUS_RANAP_UNSUCCESSFUL);
		out->criticality = IUPLUS_RANAP_REJECT;
		/* The answer identifies the procedure: only the IEs are reported. */
		failure = &out->u.failure;
		failure->cause = problem->cause;
		failure->has_diagnostics = problem->diagnostics.ie_count != 0;
		failure->diagnostics.ies = problem->diagnostics.ies;
		failure->diagnostics.ie_count = problem->diagnostics.ie_count;
		return IUPLUS_OK;
	default:
		return IUPLUS_ERR_STATE;
	}
}

int iuplus_ranap_logical_error(const struct iuplus_ranap_msg *msg, uint16_t cause, struct iuplus_ranap_problem *problem)
{
	struct ranap_head head = { IUPLUS_RANAP_KIND_PDU(msg->kind), (uint8_t)IUPLUS_RANAP_KIND_CODE(msg->kind),
				   msg->criticality };
	struct ie_faulty faulty = describe(&head, true);

	memset(problem, 0, sizeof(*problem));
	problem->kind = msg->kind;
	problem->rc = IUPLUS_ERR_STATE;
	problem->answer = ie_refusal(&faulty);
	problem->cause = cause;
	describe_procedure(&head, &problem->diagnostics);
	return IUPLUS_OK;
}
