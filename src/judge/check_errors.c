/* SPDX-License-Identifier: BSD-2-Clause */
/* check_errors.c: the answers that clause 10 of TS 25.413 prescribes for faulty messages. */
#include <limits.h>

#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)

/* The message may answer the faulty one: from its receiver, an ERROR INDICATION or of the same procedure. */
static const struct judge_fault *answered(const struct judge_at *at, int rc, enum iuplus_ranap_answer answer)
{
	const struct judge_conn *c = at->conn;

	if (!c || !c->fault.frame || c->fault.by_rnc == at->from_rnc || c->fault.problem.rc != rc ||
	    c->fault.problem.answer != answer)
		return NULL;
	if (at->kind == IUPLUS_RANAP_ERROR_INDICATION)
		return &c->fault;
	return c->fault.problem.kind != UINT_MAX &&
			       IUPLUS_RANAP_KIND_CODE(at->kind) == IUPLUS_RANAP_KIND_CODE(c->fault.problem.kind) &&
			       IUPLUS_RANAP_KIND_PDU(at->kind) != IUPLUS_RANAP_INITIATING ?
		       &c->fault :
		       NULL;
}

static const struct iuplus_ranap_diagnostics *diagnostics(const struct iuplus_ranap_msg *m, unsigned *cause)
{
	*cause = 0;
	switch (m->kind) {
	case IUPLUS_RANAP_ERROR_INDICATION:
		*cause = m->u.error_indication.has_cause ? m->u.error_indication.cause : 0;
		return m->u.error_indication.has_diagnostics ? &m->u.error_indication.diagnostics : NULL;
	case IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE:
	case IUPLUS_RANAP_RELOCATION_FAILURE:
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
	case IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_FAILURE:
		*cause = m->u.failure.cause;
		return m->u.failure.has_diagnostics ? &m->u.failure.diagnostics : NULL;
	case IUPLUS_RANAP_RELOCATION_COMMAND:
		return m->u.relocation_command.has_diagnostics ? &m->u.relocation_command.diagnostics : NULL;
	case IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE:
		return m->u.relocation_request_acknowledge.has_diagnostics ?
			       &m->u.relocation_request_acknowledge.diagnostics :
			       NULL;
	case IUPLUS_RANAP_SECURITY_MODE_COMPLETE:
		return m->u.security_mode_complete.has_diagnostics ? &m->u.security_mode_complete.diagnostics : NULL;
	case IUPLUS_RANAP_IU_RELEASE_COMPLETE:
		return m->u.iu_release_complete.has_diagnostics ? &m->u.iu_release_complete.diagnostics : NULL;
	case IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE:
		return m->u.relocation_cancel_acknowledge.has_diagnostics ?
			       &m->u.relocation_cancel_acknowledge.diagnostics :
			       NULL;
	case IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE:
		return m->u.rab_assignment_response.has_diagnostics ? &m->u.rab_assignment_response.diagnostics : NULL;
	default:
		return NULL;
	}
}

/* Every IE at fault is named. */
static bool names_all(const struct iuplus_ranap_diagnostics *d, const struct judge_fault *f)
{
	unsigned i, k;

	for (i = 0; i < f->ie_count; i++) {
		for (k = 0; d && k < d->ie_count && d->ies[k].ie_id != f->ies[i]; k++)
			;
		if (!d || k == d->ie_count)
			return false;
	}
	return true;
}

static int answer_is_right(struct judge_at *at, const struct judge_fault *f, unsigned right_cause)
{
	const struct iuplus_ranap_diagnostics *d;
	unsigned cause;

	NEEDS(at->m);
	if (IUPLUS_RANAP_KIND_PDU(at->kind) == IUPLUS_RANAP_SUCCESSFUL)
		return judge_broken(at, "the faulty message (frame %u) is answered by success", f->frame);
	d = diagnostics(at->m, &cause);
	if (!names_all(d, f))
		return judge_broken(at, "Criticality Diagnostics do not name IE %u of frame %u", f->ies[0], f->frame);
	if (right_cause && cause != right_cause)
		return judge_broken(at, "the cause is %s, and right is %s",
				    cause ? iuplus_ranap_cause_name(cause) : "absent",
				    iuplus_ranap_cause_name(right_cause));
	return IUPLUS_JUDGE_KEPT;
}

/* clang-format off */
#define RULE(name, rc, answer, cause) \
	int name(struct judge_at *at) \
	{ \
		const struct judge_fault *f = answered(at, rc, answer); \
		return f ? answer_is_right(at, f, cause) : JUDGE_NOT_APPLICABLE; \
	}

RULE(judge_error_not_comprehended, IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL,
	IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT)
RULE(judge_error_not_comprehended_no_failure, IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_ANSWER_ERROR_INDICATION,
	IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT)
RULE(judge_error_missing, IUPLUS_ERR_MISSING, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL,
	IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT)
RULE(judge_error_missing_no_failure, IUPLUS_ERR_MISSING, IUPLUS_RANAP_ANSWER_ERROR_INDICATION,
	IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT)
RULE(judge_error_order, IUPLUS_ERR_ORDER, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED)
RULE(judge_error_order_no_failure, IUPLUS_ERR_ORDER, IUPLUS_RANAP_ANSWER_ERROR_INDICATION,
	IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED)
/* clang-format on */

int judge_error_conditional(struct judge_at *at)
{
	const struct judge_fault *f = answered(at, IUPLUS_ERR_MISSING, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL);

	NEEDS(f && f->conditional);
	return answer_is_right(at, f, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT);
}

/* An answer to a message whose faulty IEs were ignored, and which has to report them. */
int judge_error_reported(struct judge_at *at)
{
	const struct judge_fault *f = answered(at, IUPLUS_OK, IUPLUS_RANAP_ANSWER_REPORT);
	unsigned cause;

	NEEDS(f && at->m && at->kind != IUPLUS_RANAP_ERROR_INDICATION);
	return judge_holds(at, names_all(diagnostics(at->m, &cause), f),
			   "the IEs that were ignored are not named in Criticality Diagnostics");
}

int judge_error_of_error(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	NEEDS(c && c->fault.frame && c->fault.by_rnc != at->from_rnc &&
	      c->fault.problem.kind == IUPLUS_RANAP_ERROR_INDICATION);
	return judge_holds(at, at->kind != IUPLUS_RANAP_ERROR_INDICATION, "an ERROR INDICATION is answered by another");
}

int judge_error_names_procedure(struct judge_at *at)
{
	const struct iuplus_ranap_diagnostics *d;
	unsigned cause;

	NEEDS(at->m);
	d = diagnostics(at->m, &cause);
	NEEDS(cause == IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR || cause == IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
	return judge_holds(at, d && d->has_procedure_code && d->has_triggering_message,
			   "it reports a logical error without Procedure Code and Triggering Message");
}

int judge_error_reports_three(struct judge_at *at)
{
	const struct iuplus_ranap_diagnostics *d;
	unsigned cause;

	NEEDS(at->m);
	d = diagnostics(at->m, &cause);
	NEEDS(cause == IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT ||
	      cause == IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY || cause == IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED);
	return judge_holds(at, d && d->has_procedure_code && d->has_triggering_message && d->has_procedure_criticality,
			   "it has not all of Procedure Code, Triggering Message and Procedure Criticality");
}
