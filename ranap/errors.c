/* SPDX-License-Identifier: BSD-2-Clause */
/* errors.c: handling of unknown, unforeseen and erroneous protocol data (TS 25.413 clause 10). */
#include <limits.h>
#include <string.h>
#include "ranap/values.h"

#define MAX_REPORTED 256	/* maxNrOfErrors */

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

/* The answer to a message that is not acted on: a response is of no use (10.3.4.2, 10.3.5, 10.3.6), and Error
 * Indication is never answered by another one (10.5). */
static enum iuplus_ranap_answer refusal(unsigned kind)
{
	unsigned unsuccessful = IUPLUS_RANAP_KIND(IUPLUS_RANAP_KIND_CODE(kind), IUPLUS_RANAP_UNSUCCESSFUL);

	if (kind == IUPLUS_RANAP_ERROR_INDICATION)
		return IUPLUS_RANAP_ANSWER_LOCAL;
	if (IUPLUS_RANAP_KIND_PDU(kind) != IUPLUS_RANAP_INITIATING)
		return IUPLUS_RANAP_ANSWER_LOCAL;
	/* Unsuccessful outcomes without a struct need IEs of the refused message that may be just what is missing. */
	if (ranap_find_message(unsuccessful))
		return IUPLUS_RANAP_ANSWER_UNSUCCESSFUL;
	return IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
}

/* How IEs that were ignored are reported: in the response where there is one. */
static enum iuplus_ranap_answer report(unsigned kind)
{
	const struct iuplus_ranap_procedure *procedure = iuplus_ranap_procedure(IUPLUS_RANAP_KIND_CODE(kind));

	if (kind == IUPLUS_RANAP_ERROR_INDICATION)
		return IUPLUS_RANAP_ANSWER_NONE;
	if (IUPLUS_RANAP_KIND_PDU(kind) == IUPLUS_RANAP_INITIATING && procedure && procedure->procedure_class != 2)
		return IUPLUS_RANAP_ANSWER_REPORT;
	return IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
}

static void describe_procedure(const struct ranap_head *head, struct iuplus_ranap_diagnostics *to)
{
	to->has_procedure_code = to->has_triggering_message = to->has_procedure_criticality = true;
	to->procedure_code = head->code;
	to->triggering_message = head->pdu;
	to->procedure_criticality = head->criticality;
}

/* 10.2: the octets are no RANAP-PDU. */
static void transfer_syntax_error(const struct ranap_head *head, struct iuplus_ranap_problem *problem)
{
	problem->cause = IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR;
	problem->answer = problem->kind == IUPLUS_RANAP_ERROR_INDICATION ? IUPLUS_RANAP_ANSWER_LOCAL :
		IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
	if (head)
		describe_procedure(head, &problem->diagnostics);
}

/* 10.3.4.1, 10.3.4.1A: the procedure, or the message of a known procedure, is unknown. */
static void unknown_procedure(const struct ranap_head *head, struct iuplus_ranap_problem *problem)
{
	if (!head) {
		/* A kind of message from after the extension mark of RANAP-PDU: its procedure cannot be named. */
		problem->cause = IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT;
		problem->answer = IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
		return;
	}
	if (head->criticality == IUPLUS_RANAP_IGNORE)
		return;
	problem->answer = IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
	problem->cause = head->criticality == IUPLUS_RANAP_REJECT ? IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT :
		IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY;
	describe_procedure(head, &problem->diagnostics);
}

/* One IE for Information Element Criticality Diagnostics. */
static void describe_ie(struct ranap_ctx *ctx, const struct iuplus_asn1_problem *from,
			struct iuplus_ranap_ie_diagnostics *to)
{
	struct iuplus_ranap_level *levels;
	unsigned i, before;

	to->criticality = (enum iuplus_ranap_criticality)from->criticality;
	to->ie_id = from->id;
	to->missing = from->kind == IUPLUS_ASN1_MISSING_IE;
	if (from->top || !from->level_count)
		return;
	/* Repetition Number counts the occurrences up to and with the faulty one, or those before the missing one. */
	before = to->missing ? 1 : 0;
	if (from->repetition >= before && from->repetition - before <= 255) {
		to->has_repetition = true;
		to->repetition = (uint8_t)(from->repetition - before);
	}
	levels = ranap_new(ctx, from->level_count * sizeof(*levels));
	if (!levels)
		return;
	for (i = 0; i < from->level_count; i++) {
		levels[i].ie_id = from->levels[i].id;
		levels[i].repetition = from->levels[i].repetition <= 256 ? from->levels[i].repetition : 0;
	}
	to->levels = levels;
	to->level_count = (uint16_t)from->level_count;
}

/* What one problem means (10.3.4.2, 10.3.5, 10.3.6). */
enum verdict { PASS, REPORT, REFUSE, FALSELY_CONSTRUCTED };

static enum verdict weigh(const struct iuplus_asn1_problem *p)
{
	switch (p->kind) {
	case IUPLUS_ASN1_WRONG_ORDER:
	case IUPLUS_ASN1_REPEATED:
		return FALSELY_CONSTRUCTED;
	case IUPLUS_ASN1_UNKNOWN_IE:
	case IUPLUS_ASN1_UNKNOWN_EXTENSION:
	case IUPLUS_ASN1_UNKNOWN_VALUE:
	case IUPLUS_ASN1_MISSING_IE:
		if (p->criticality == IUPLUS_RANAP_REJECT)
			return REFUSE;
		return p->criticality == IUPLUS_RANAP_NOTIFY ? REPORT : PASS;
	case IUPLUS_ASN1_OTHER_CRITICALITY:
		break;
	}
	return PASS;
}

/* 10.3.4.2 to 10.3.6: the message is known; what is wrong is in its IEs. Returns IUPLUS_OK when it is acted on. */
static int abstract_syntax_errors(struct ranap_ctx *ctx, const struct iuplus_asn1_problem *problems,
				  const struct ranap_head *head, struct iuplus_ranap_problem *problem)
{
	const struct iuplus_asn1_problem *p, *fatal = NULL;
	struct iuplus_ranap_ie_diagnostics *ies;
	unsigned count = 0;

	for (p = problems; p; p = p->next) {
		enum verdict verdict = weigh(p);

		if (!fatal && verdict >= REFUSE)
			fatal = p;
		if (verdict == REPORT || verdict == REFUSE)
			count++;
	}
	if (!fatal && !count)
		return IUPLUS_OK;
	if (count > MAX_REPORTED)
		count = MAX_REPORTED;
	describe_procedure(head, &problem->diagnostics);
	ies = ranap_new(ctx, (count ? count : 1) * sizeof(*ies));
	if (!ies)
		return IUPLUS_ERR_MEMORY;
	problem->diagnostics.ies = ies;
	for (p = problems; p && problem->diagnostics.ie_count < count; p = p->next)
		if (weigh(p) == REPORT || weigh(p) == REFUSE)
			describe_ie(ctx, p, &ies[problem->diagnostics.ie_count++]);
	if (ctx->rc != IUPLUS_OK)
		return ctx->rc;
	if (!fatal) {
		problem->cause = IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY;
		problem->answer = report(problem->kind);
		return IUPLUS_OK;
	}
	problem->answer = refusal(problem->kind);
	if (weigh(fatal) == FALSELY_CONSTRUCTED) {
		problem->cause = IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED;
		return IUPLUS_ERR_ORDER;
	}
	problem->cause = IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT;
	return fatal->kind == IUPLUS_ASN1_MISSING_IE ? IUPLUS_ERR_MISSING : IUPLUS_ERR_NOT_COMPREHENDED;
}

int ranap_judge(struct ranap_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct ranap_head *head,
		bool known, struct iuplus_ranap_problem *problem)
{
	problem->kind = head ? IUPLUS_RANAP_KIND(head->code, head->pdu) : UINT_MAX;
	problem->bit = error->bit_offset;
	if (error->path[0])
		problem->path = iuplus_arena_copy(ctx->arena, error->path, strlen(error->path) + 1);
	switch (rc) {
	case IUPLUS_ERR_MEMORY:
	case IUPLUS_ERR_ARGUMENT:
		break;
	case IUPLUS_ERR_TRUNCATED:
	case IUPLUS_ERR_CONSTRAINT:
	case IUPLUS_ERR_SYNTAX:
		transfer_syntax_error(head, problem);
		break;
	default:
		if (!known) {
			unknown_procedure(head, problem);
			rc = IUPLUS_ERR_NOT_COMPREHENDED;
		} else if (head) {
			int judged = abstract_syntax_errors(ctx, error->problems, head, problem);

			if (judged == IUPLUS_OK && rc != IUPLUS_OK) {
				/* The decoder found no IE to blame: the message is refused all the same. */
				problem->answer = refusal(problem->kind);
				problem->cause = IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT;
				describe_procedure(head, &problem->diagnostics);
			} else {
				rc = judged;
			}
		} else {
			rc = IUPLUS_ERR_SYNTAX;
		}
	}
	problem->rc = rc;
	if (rc == IUPLUS_ERR_MEMORY)
		problem->answer = IUPLUS_RANAP_ANSWER_NONE;
	if (problem->answer == IUPLUS_RANAP_ANSWER_NONE)
		problem->cause = 0;
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
		/* The procedure is the answer's own: only the IEs are news. */
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

	memset(problem, 0, sizeof(*problem));
	problem->kind = msg->kind;
	problem->rc = IUPLUS_ERR_STATE;
	problem->answer = refusal(msg->kind);
	problem->cause = cause;
	describe_procedure(&head, &problem->diagnostics);
	return IUPLUS_OK;
}
