/* SPDX-License-Identifier: BSD-2-Clause */
/* ie_criticality.c: clause 10 of TS 25.413 and of TS 25.423. */
#include <string.h>
#include "ranap/ie_criticality.h"

#define MAX_REPORTED 256 /* maxNrOfErrors */

/* A response is never answered (10.3.4.2, 10.3.5, 10.3.6), nor is Error Indication (10.5). */
enum iuplus_ranap_answer ie_refusal(const struct ie_faulty *faulty)
{
	if (faulty->error_indication || faulty->pdu != IUPLUS_RANAP_INITIATING)
		return IUPLUS_RANAP_ANSWER_LOCAL;
	return faulty->refusable ? IUPLUS_RANAP_ANSWER_UNSUCCESSFUL : IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
}

/* How ignored IEs are reported: in the response, if there is one. */
static enum iuplus_ranap_answer report(const struct ie_faulty *faulty)
{
	if (faulty->error_indication)
		return IUPLUS_RANAP_ANSWER_NONE;
	if (faulty->pdu == IUPLUS_RANAP_INITIATING && faulty->reportable)
		return IUPLUS_RANAP_ANSWER_REPORT;
	return IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
}

/* 10.2: the octets are not a PDU. */
static void transfer_syntax_error(const struct ie_faulty *faulty, struct ie_judgement *judgement)
{
	judgement->fault = IE_FAULT_TRANSFER_SYNTAX;
	judgement->answer = faulty->error_indication ? IUPLUS_RANAP_ANSWER_LOCAL : IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
	judgement->describe = faulty->headed;
}

/* 10.3.4.1, 10.3.4.1A: the procedure, or the message of a known procedure, is unknown. */
static void unknown_procedure(const struct ie_faulty *faulty, struct ie_judgement *judgement)
{
	/* Neither kind nor criticality is known of a message after the extension marker of the PDU. */
	if (faulty->headed && faulty->criticality == IUPLUS_RANAP_IGNORE)
		return;
	judgement->answer = IUPLUS_RANAP_ANSWER_ERROR_INDICATION;
	judgement->fault =
		faulty->headed && faulty->criticality == IUPLUS_RANAP_NOTIFY ? IE_FAULT_NOTIFY : IE_FAULT_REJECT;
	judgement->describe = faulty->headed;
}

/* An IE of the message itself has no number in a list: it is the first with its identifier, unless others were faulty
 * before it. A missing one is numbered as if it were there. */
static unsigned top_repetition(const struct iuplus_asn1_problem *all, const struct iuplus_asn1_problem *from)
{
	unsigned n = 1;

	for (; all != from; all = all->next)
		if ((all->top || !all->level_count) && all->id == from->id)
			n++;
	return n;
}

/* One IE for Information Element Criticality Diagnostics. all is the first problem of the message. */
static void describe_ie(struct ie_ctx *ctx, const struct iuplus_asn1_problem *all,
			const struct iuplus_asn1_problem *from, struct iuplus_ranap_ie_diagnostics *to)
{
	struct iuplus_ranap_level *levels;
	unsigned i, before;

	to->criticality = (enum iuplus_ranap_criticality)from->criticality;
	to->ie_id = from->id;
	to->missing = from->kind == IUPLUS_ASN1_MISSING_IE;
	/* Repetition Number counts the occurrences up to and including the faulty one, or before the missing one
	 * (10.3.4.2 wants it in every IE that is reported). */
	before = to->missing ? 1 : 0;
	if (from->top || !from->level_count) {
		unsigned n = top_repetition(all, from);

		to->has_repetition = n - before <= 255;
		to->repetition = (uint8_t)(n - before);
		return;
	}
	if (from->repetition >= before && from->repetition - before <= 255) {
		to->has_repetition = true;
		to->repetition = (uint8_t)(from->repetition - before);
	}
	levels = ie_new(ctx, from->level_count * sizeof(*levels));
	if (!levels)
		return;
	for (i = 0; i < from->level_count; i++) {
		levels[i].ie_id = from->levels[i].id;
		levels[i].repetition = from->levels[i].repetition <= 256 ? from->levels[i].repetition : 0;
	}
	to->levels = levels;
	to->level_count = (uint16_t)from->level_count;
}

/* The consequence of one problem (10.3.4.2, 10.3.5, 10.3.6). */
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

/* 10.3.4.2 to 10.3.6: the message is known, the errors are in its IEs. Returns IUPLUS_OK if the receiver acts on it. */
static int abstract_syntax_errors(struct ie_ctx *ctx, const struct iuplus_asn1_problem *problems,
				  const struct ie_faulty *faulty, struct ie_judgement *judgement)
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
	judgement->describe = true;
	ies = ie_new(ctx, (count ? count : 1) * sizeof(*ies));
	if (!ies)
		return IUPLUS_ERR_MEMORY;
	judgement->ies = ies;
	for (p = problems; p && judgement->ie_count < count; p = p->next)
		if (weigh(p) == REPORT || weigh(p) == REFUSE)
			describe_ie(ctx, problems, p, &ies[judgement->ie_count++]);
	if (ctx->rc != IUPLUS_OK)
		return ctx->rc;
	if (!fatal) {
		judgement->fault = IE_FAULT_NOTIFY;
		judgement->answer = report(faulty);
		return IUPLUS_OK;
	}
	judgement->answer = ie_refusal(faulty);
	if (weigh(fatal) == FALSELY_CONSTRUCTED) {
		judgement->fault = IE_FAULT_FALSELY_CONSTRUCTED;
		return IUPLUS_ERR_ORDER;
	}
	judgement->fault = IE_FAULT_REJECT;
	return fatal->kind == IUPLUS_ASN1_MISSING_IE ? IUPLUS_ERR_MISSING : IUPLUS_ERR_NOT_COMPREHENDED;
}

int ie_judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct ie_faulty *faulty,
	     struct ie_judgement *judgement)
{
	memset(judgement, 0, sizeof(*judgement));
	if (error->path[0])
		judgement->path = iuplus_arena_copy(ctx->arena, error->path, strlen(error->path) + 1);
	switch (rc) {
	case IUPLUS_ERR_MEMORY:
	case IUPLUS_ERR_ARGUMENT:
		break;
	case IUPLUS_ERR_TRUNCATED:
	case IUPLUS_ERR_CONSTRAINT:
	case IUPLUS_ERR_SYNTAX:
		transfer_syntax_error(faulty, judgement);
		break;
	default:
		if (!faulty->known) {
			unknown_procedure(faulty, judgement);
			rc = IUPLUS_ERR_NOT_COMPREHENDED;
		} else if (faulty->headed) {
			int judged = abstract_syntax_errors(ctx, error->problems, faulty, judgement);

			if (judged == IUPLUS_OK && rc != IUPLUS_OK) {
				/* The decoder reported no faulty IE, but the message is rejected nevertheless. */
				judgement->answer = ie_refusal(faulty);
				judgement->fault = IE_FAULT_REJECT;
				judgement->describe = true;
			} else {
				rc = judged;
			}
		} else {
			rc = IUPLUS_ERR_SYNTAX;
		}
	}
	if (rc == IUPLUS_ERR_MEMORY)
		judgement->answer = IUPLUS_RANAP_ANSWER_NONE;
	if (judgement->answer == IUPLUS_RANAP_ANSWER_NONE)
		judgement->fault = IE_FAULT_NONE;
	return rc;
}
