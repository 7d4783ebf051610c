/* SPDX-License-Identifier: BSD-2-Clause */
/* errors.c: faulty messages in RNSAP's terms (TS 25.423 clause 10, whose rules are in ranap/ie_criticality.c). */
#include <limits.h>
#include <string.h>
#include "ranap/ie_criticality.h"
#include "rnsap/values.h"

static void describe_procedure(const struct rnsap_head *head, struct iuplus_rnsap_diagnostics *to)
{
	/* A mode of a later release has no number here. */
	to->has_procedure = head->mode != IUPLUS_RNSAP_MODE_UNKNOWN;
	to->procedure_code = head->code;
	to->mode = head->mode;
	to->has_triggering_message = to->has_procedure_criticality = to->has_transaction = true;
	to->triggering_message = head->pdu;
	to->procedure_criticality = head->criticality;
	to->transaction = head->transaction;
}

static struct ie_faulty describe(const struct rnsap_head *head, bool known)
{
	struct ie_faulty faulty = { .headed = head != NULL, .known = known };
	const struct rnsap_procedure *procedure;

	if (!head)
		return faulty;
	faulty.pdu = head->pdu;
	faulty.criticality = head->criticality;
	faulty.error_indication = IUPLUS_RNSAP_KIND(head->code, head->mode, head->pdu) == IUPLUS_RNSAP_ERROR_INDICATION;
	procedure = rnsap_find_procedure(head->code, head->mode);
	faulty.refusable = procedure && procedure->cause_refuses;
	faulty.reportable = procedure && procedure->is.procedure_class == 1 && !procedure->silent;
	return faulty;
}

int rnsap_judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct rnsap_head *head,
		bool known, struct iuplus_rnsap_problem *problem)
{
	static const uint32_t causes[] = { [IE_FAULT_NONE] = 0,
					   [IE_FAULT_TRANSFER_SYNTAX] = IUPLUS_RNSAP_CAUSE_TRANSFER_SYNTAX_ERROR,
					   [IE_FAULT_REJECT] = IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_REJECT,
					   [IE_FAULT_NOTIFY] = IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY,
					   [IE_FAULT_FALSELY_CONSTRUCTED] = IUPLUS_RNSAP_CAUSE_FALSELY_CONSTRUCTED };
	struct ie_faulty faulty = describe(head, known);
	struct ie_judgement judgement;

	rc = ie_judge(ctx, rc, error, &faulty, &judgement);
	problem->kind = UINT_MAX;
	if (head) {
		problem->kind = IUPLUS_RNSAP_KIND(head->code, head->mode, head->pdu);
		problem->transaction = head->transaction;
	}
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

int iuplus_rnsap_answer(const struct iuplus_rnsap_problem *problem, struct iuplus_rnsap_msg *out)
{
	const struct iuplus_rnsap_diagnostics *diagnostics = &problem->diagnostics;

	memset(out, 0, sizeof(*out));
	out->transaction = problem->transaction;
	switch (problem->answer) {
	case IUPLUS_RANAP_ANSWER_ERROR_INDICATION:
		out->kind = IUPLUS_RNSAP_ERROR_INDICATION;
		out->criticality = IUPLUS_RANAP_IGNORE;
		out->u.error_indication.has_cause = true;
		out->u.error_indication.cause = problem->cause;
		out->u.error_indication.has_diagnostics = diagnostics->has_triggering_message || diagnostics->ie_count;
		out->u.error_indication.diagnostics = *diagnostics;
		return IUPLUS_OK;
	case IUPLUS_RANAP_ANSWER_UNSUCCESSFUL:
		out->kind = IUPLUS_RNSAP_KIND(IUPLUS_RNSAP_KIND_CODE(problem->kind),
					      IUPLUS_RNSAP_KIND_MODE(problem->kind), IUPLUS_RANAP_UNSUCCESSFUL);
		out->criticality = IUPLUS_RANAP_REJECT;
		/* The answer identifies the procedure: only the IEs are reported. */
		out->u.enhanced_relocation_failure.cause = problem->cause;
		out->u.enhanced_relocation_failure.has_diagnostics = diagnostics->ie_count != 0;
		out->u.enhanced_relocation_failure.diagnostics.ies = diagnostics->ies;
		out->u.enhanced_relocation_failure.diagnostics.ie_count = diagnostics->ie_count;
		return IUPLUS_OK;
	default:
		return IUPLUS_ERR_STATE;
	}
}

int iuplus_rnsap_logical_error(const struct iuplus_rnsap_msg *msg, uint32_t cause, struct iuplus_rnsap_problem *problem)
{
	struct rnsap_head head = { .pdu = IUPLUS_RNSAP_KIND_PDU(msg->kind),
				   .code = (uint8_t)IUPLUS_RNSAP_KIND_CODE(msg->kind),
				   .mode = IUPLUS_RNSAP_KIND_MODE(msg->kind),
				   .criticality = msg->criticality,
				   .transaction = msg->transaction };
	struct ie_faulty faulty = describe(&head, true);

	memset(problem, 0, sizeof(*problem));
	problem->kind = msg->kind;
	problem->transaction = msg->transaction;
	problem->rc = IUPLUS_ERR_STATE;
	problem->answer = ie_refusal(&faulty);
	problem->cause = cause;
	describe_procedure(&head, &problem->diagnostics);
	return IUPLUS_OK;
}
