/* SPDX-License-Identifier: BSD-2-Clause */
/* check_release.c: answers that are owed, causes, RAB Assignment and Iu Release (TS 25.413 8.1 to 8.5). */
#include "src/judge/judge_int.h"

int judge_owes(struct judge_at *at)
{
	/* after its IU RELEASE COMMAND the core network gets one answer only, and after RELOCATION COMMAND that too */
	if (!at->conn || !at->m ||
	    (at->kind != IUPLUS_RANAP_IU_RELEASE_COMMAND &&
	     (judge_seen(at->conn, IUPLUS_RANAP_IU_RELEASE_COMMAND) ||
	      (!at->from_rnc && at->conn->preparation == JUDGE_PREPARED))))
		return JUDGE_NOT_APPLICABLE;
	return judge_owe(at, at->conn, !at->from_rnc);
}

int judge_owes_while_preparing(struct judge_at *at)
{
	return at->conn && at->conn->preparation == JUDGE_PREPARING ?
		       judge_owe(at, at->conn, true) :
		       JUDGE_NOT_APPLICABLE;
}

int judge_owes_when_prepared(struct judge_at *at)
{
	return at->conn && at->conn->preparation == JUDGE_PREPARED ?
		       judge_owe(at, at->conn, true) :
		       JUDGE_NOT_APPLICABLE;
}

/* The messages that have nothing to check but their Cause: of criticality ignore, so it decodes as 0 when absent. */
int judge_has_cause(struct judge_at *at)
{
	unsigned cause;

	if (!at->m)
		return JUDGE_NOT_APPLICABLE;
	switch (at->kind) {
	case IUPLUS_RANAP_IU_RELEASE_COMMAND:
		cause = at->m->u.iu_release_command.cause;
		break;
	case IUPLUS_RANAP_IU_RELEASE_REQUEST:
		cause = at->m->u.iu_release_request.cause;
		break;
	case IUPLUS_RANAP_RELOCATION_CANCEL:
		cause = at->m->u.relocation_cancel.cause;
		break;
	case IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE:
	case IUPLUS_RANAP_RELOCATION_FAILURE:
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
	case IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_FAILURE:
		cause = at->m->u.failure.cause;
		break;
	default:
		return JUDGE_NOT_APPLICABLE;
	}
	return judge_holds(at, cause != 0, "it has no Cause");
}

int judge_after_release_command(struct judge_at *at)
{
	if (!at->conn || !judge_seen(at->conn, IUPLUS_RANAP_IU_RELEASE_COMMAND))
		return JUDGE_NOT_APPLICABLE;
	/* a command after which nothing came counts when the RNC answers it */
	if (at->from_rnc)
		return at->kind == IUPLUS_RANAP_IU_RELEASE_COMPLETE ? IUPLUS_JUDGE_KEPT : JUDGE_NOT_APPLICABLE;
	return judge_broken(at, "%s by the core network after its IU RELEASE COMMAND (frame %u)",
			    iuplus_ranap_kind_name(at->kind), at->conn->last[IUPLUS_RANAP_IU_RELEASE_COMMAND]);
}

int judge_after_release_complete(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	if (!c || !at->from_rnc)
		return JUDGE_NOT_APPLICABLE;
	if (judge_seen(c, IUPLUS_RANAP_IU_RELEASE_COMPLETE))
		return judge_broken(at, "%s by the RNC after its IU RELEASE COMPLETE (frame %u)",
				    iuplus_ranap_kind_name(at->kind), c->last[IUPLUS_RANAP_IU_RELEASE_COMPLETE]);
	return at->kind == IUPLUS_RANAP_IU_RELEASE_COMPLETE ? IUPLUS_JUDGE_KEPT : JUDGE_NOT_APPLICABLE;
}

/* ---- RAB Assignment ------------------------------------------------------------------------------------------ */

struct named {
	uint8_t bits[256 / 8];
	bool twice;
};

static void name(struct named *n, uint8_t id)
{
	n->twice = n->twice || (n->bits[id / 8] >> id % 8 & 1);
	n->bits[id / 8] |= (uint8_t)(1u << id % 8);
}

static void name_rabs(struct named *n, const struct iuplus_ranap_rabs *list)
{
	unsigned i;

	for (i = 0; i < list->count; i++)
		name(n, list->list[i].id);
}

static void name_causes(struct named *n, const struct iuplus_ranap_rab_causes *list)
{
	unsigned i;

	for (i = 0; i < list->count; i++)
		name(n, list->list[i].id);
}

static void of_request(struct named *n, const struct iuplus_ranap_rab_assignment_request *m)
{
	unsigned i;

	for (i = 0; i < m->count; i++)
		name(n, m->first[i].id);
	name_causes(n, &m->released);
}

static void of_response(struct named *n, const struct iuplus_ranap_rab_assignment_response *m)
{
	name_rabs(n, &m->setup);
	name_rabs(n, &m->released);
	name_rabs(n, &m->queued);
	name_causes(n, &m->failed);
	name_causes(n, &m->release_failed);
}

int judge_assignment_not_empty(struct judge_at *at)
{
	if (!at->m)
		return JUDGE_NOT_APPLICABLE;
	return judge_holds(at,
			   at->m->u.rab_assignment_request.count > 0 ||
				   at->m->u.rab_assignment_request.released.count > 0,
			   "it names no RAB");
}

int judge_assignment_once(struct judge_at *at)
{
	struct named n = { .twice = false };

	if (!at->m)
		return JUDGE_NOT_APPLICABLE;
	of_request(&n, &at->m->u.rab_assignment_request);
	return judge_holds(at, !n.twice, "a RAB ID occurs twice");
}

int judge_assigned_once(struct judge_at *at)
{
	struct named n = { .twice = false };

	if (!at->m)
		return JUDGE_NOT_APPLICABLE;
	of_response(&n, &at->m->u.rab_assignment_response);
	return judge_holds(at, !n.twice, "a RAB ID occurs twice");
}

int judge_assigned_all(struct judge_at *at)
{
	struct named n = { .twice = false };
	unsigned i;

	if (!at->m || !at->conn || !at->conn->assignment_open)
		return JUDGE_NOT_APPLICABLE;
	of_response(&n, &at->m->u.rab_assignment_response);
	for (i = 0; i < 256; i++) {
		if ((at->conn->assigned[i / 8] >> i % 8 & 1) && !(n.bits[i / 8] >> i % 8 & 1))
			return judge_broken(at, "it does not say what became of RAB %u", i);
	}
	return IUPLUS_JUDGE_KEPT;
}

int judge_assignment_before_relocation(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	if (!c || !judge_seen(c, IUPLUS_RANAP_RAB_ASSIGNMENT_REQUEST))
		return JUDGE_NOT_APPLICABLE;
	return judge_holds(at, !c->assignment_open, "a RAB Assignment runs and was not ended by a response");
}

int judge_owes_release_list(struct judge_at *at)
{
	if (!at->m || at->m->u.rab_assignment_request.released.count == 0)
		return JUDGE_NOT_APPLICABLE;
	return judge_owes(at);
}

int judge_release_list_not_empty(struct judge_at *at)
{
	return at->m ? judge_holds(at, at->m->u.rab_release_request.released.count > 0, "it names no RAB") :
		       JUDGE_NOT_APPLICABLE;
}

/* ---- SRNS Context Transfer ----------------------------------------------------------------------------------- */

int judge_contexts_all(struct judge_at *at)
{
	const struct iuplus_ranap_srns_context_response *m;
	struct named n = { .twice = false };
	unsigned i;

	if (!at->m || !at->conn || !judge_seen(at->conn, IUPLUS_RANAP_SRNS_CONTEXT_REQUEST))
		return JUDGE_NOT_APPLICABLE;
	m = &at->m->u.srns_context_response;
	for (i = 0; i < m->contexts.count; i++)
		name(&n, m->contexts.list[i].id);
	name_causes(&n, &m->failed);
	for (i = 0; i < 256; i++) {
		if ((at->conn->contexts[i / 8] >> i % 8 & 1) && !(n.bits[i / 8] >> i % 8 & 1))
			return judge_broken(at, "it does not answer for RAB %u", i);
	}
	return IUPLUS_JUDGE_KEPT;
}
