/* SPDX-License-Identifier: BSD-2-Clause */
/* check_reset.c: Overload Control, Reset, Error Indication, Reset Resource (TS 25.413 8.1, 8.25, 8.26, 8.27, 8.29). */
#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)
#define ERROR(at) (&(at)->m->u.error_indication)

int judge_overload_rnc(struct judge_at *at)
{
	NEEDS(at->m && at->from_rnc);
	return judge_holds(at, at->m->u.overload.has_rnc, "it has no Global RNC-ID, and comes from an RNC");
}

int judge_reset_cn(struct judge_at *at)
{
	NEEDS(at->m && !at->from_rnc);
	return judge_holds(at, !at->m->u.reset.has_rnc, "it has a Global RNC-ID, and comes from the core network");
}

int judge_reset_rnc(struct judge_at *at)
{
	NEEDS(at->m && at->from_rnc);
	return judge_holds(at, at->m->u.reset.has_rnc, "it has no Global RNC-ID, and comes from an RNC");
}

/* RESET ACKNOWLEDGE */
static int acknowledges(struct judge_at *at, bool rnc)
{
	NEEDS(at->link && at->from_rnc == rnc);
	if (!at->link->reset_by[!rnc])
		return IUPLUS_JUDGE_UNKNOWN; /* the RESET was not captured, or is answered a second time */
	return IUPLUS_JUDGE_KEPT;
}

int judge_reset_acknowledge_rnc(struct judge_at *at)
{
	NEEDS(at->m && at->from_rnc);
	if (!at->m->u.reset_acknowledge.has_rnc)
		return judge_broken(at, "it has no Global RNC-ID, and comes from an RNC");
	return acknowledges(at, true);
}

int judge_reset_acknowledge_cn(struct judge_at *at)
{
	NEEDS(at->m && !at->from_rnc);
	if (at->m->u.reset_acknowledge.has_rnc)
		return judge_broken(at, "it has a Global RNC-ID, and comes from the core network");
	return acknowledges(at, false);
}

/* A node that has acknowledged a RESET sends nothing on the connections that were there before. */
static int after_reset(struct judge_at *at, bool rnc)
{
	const struct judge_link *l = at->link;

	NEEDS(at->conn && l && at->from_rnc == rnc && l->cleared_frame[rnc]);
	if (at->conn->begun_frame >= l->cleared_before[rnc])
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "%s on a connection (frame %u) that its sender reset (RESET ACKNOWLEDGE, frame %u)",
			    iuplus_ranap_kind_name(at->kind), at->conn->begun_frame, l->cleared_frame[rnc]);
}

int judge_after_reset_rnc(struct judge_at *at)
{
	return after_reset(at, true);
}

int judge_after_reset_cn(struct judge_at *at)
{
	return after_reset(at, false);
}

int judge_after_reset(struct judge_at *at)
{
	return after_reset(at, at->from_rnc);
}

/* Both RESETs were under way: each is acknowledged. A node that repeats its own after it got one has not stopped. */
int judge_resets_cross(struct judge_at *at)
{
	NEEDS(at->link && at->link->both);
	if (at->kind == IUPLUS_RANAP_RESET_ACKNOWLEDGE)
		return at->link->reset_by[!at->from_rnc] ? IUPLUS_JUDGE_KEPT : JUDGE_NOT_APPLICABLE;
	NEEDS(at->link->reset_by[at->from_rnc] && at->link->reset_by[!at->from_rnc] &&
	      at->link->reset_frame[!at->from_rnc] < at->frame &&
	      at->link->reset_frame[at->from_rnc] < at->link->reset_frame[!at->from_rnc] &&
	      at->time_ns - at->link->reset_ns[!at->from_rnc] > JUDGE_CROSSING);
	return judge_broken(at, "it is sent again after the other end's RESET (frame %u)",
			    at->link->reset_frame[!at->from_rnc]);
}

/* ---- Error Indication ---------------------------------------------------------------------------------------- */

int judge_error_where(struct judge_at *at)
{
	const struct iuplus_ranap_procedure *p;

	NEEDS(at->m && ERROR(at)->has_diagnostics && ERROR(at)->diagnostics.has_procedure_code);
	p = iuplus_ranap_procedure(ERROR(at)->diagnostics.procedure_code);
	NEEDS(p);
	if (at->conn)
		return judge_holds(at, !p->connectionless,
				   "it is on a connection, and the procedure is connectionless");
	/* some procedures are both: they are not marked */
	NEEDS(p->connectionless);
	return IUPLUS_JUDGE_KEPT;
}

int judge_error_contents(struct judge_at *at)
{
	NEEDS(at->m);
	return judge_holds(at, ERROR(at)->has_cause || ERROR(at)->has_diagnostics,
			   "it has neither Cause nor Criticality Diagnostics");
}

int judge_error_connectionless(struct judge_at *at)
{
	NEEDS(at->m && !at->conn);
	if (!ERROR(at)->has_domain)
		return judge_broken(at, "it is connectionless and has no CN Domain Indicator");
	return judge_holds(at, !at->from_rnc || ERROR(at)->has_rnc,
			   "it is connectionless, comes from an RNC and has no Global RNC-ID");
}

/* ---- Reset Resource ------------------------------------------------------------------------------------------ */

int judge_resource_rnc(struct judge_at *at)
{
	NEEDS(at->m && at->from_rnc);
	return judge_holds(at, at->m->u.reset_resource.has_rnc, "it has no Global RNC-ID, and comes from an RNC");
}

int judge_resource_cn(struct judge_at *at)
{
	NEEDS(at->m && !at->from_rnc);
	return judge_holds(at, !at->m->u.reset_resource.has_rnc,
			   "it has a Global RNC-ID, and comes from the core network");
}

static int same_list(struct judge_at *at, bool rnc)
{
	NEEDS(at->m && at->link && at->from_rnc == rnc);
	if (!at->link->resource[!rnc].frame)
		return IUPLUS_JUDGE_UNKNOWN;
	if (at->link->resource[!rnc].list == judge_list_number(&at->m->u.reset_resource_acknowledge.connections))
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the list is not that of RESET RESOURCE (frame %u)", at->link->resource[!rnc].frame);
}

int judge_resource_list_cn(struct judge_at *at)
{
	return same_list(at, false);
}

int judge_resource_list_rnc(struct judge_at *at)
{
	NEEDS(at->m && at->from_rnc);
	if (!at->m->u.reset_resource_acknowledge.has_rnc)
		return judge_broken(at, "it has no Global RNC-ID, and comes from an RNC");
	return same_list(at, true);
}

/* A connection whose identifier was in an acknowledged RESET RESOURCE is silent. */
int judge_after_resource(struct judge_at *at)
{
	NEEDS(at->conn && at->link && at->link->resource_done[at->from_rnc]);
	if (!at->conn->reset_frame[at->from_rnc])
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "%s on a connection that its sender reset (RESET RESOURCE ACKNOWLEDGE, frame %u)",
			    iuplus_ranap_kind_name(at->kind), at->conn->reset_frame[at->from_rnc]);
}

static void at_end(struct iuplus_judge *j, judge_check *check, unsigned frame, uint64_t time_ns,
		   const struct judge_node *by)
{
	bool alive = by->last_ns > time_ns + JUDGE_TIME_TO_ANSWER;
	size_t i;

	for (i = 0; i < j->rule_count && j->rules[i].check != check; i++)
		;
	if (i < j->rule_count)
		judge_tell(j, &j->rules[i], alive ? IUPLUS_JUDGE_BROKEN : IUPLUS_JUDGE_UNKNOWN, frame, time_ns, 0,
			   alive ? "no answer, although its sender lived on for more than 20 s" : "");
}

void judge_resets_at_end(struct iuplus_judge *j, const struct judge_link *l)
{
	static judge_check *const resets[2] = { judge_reset_acknowledge_rnc, judge_reset_acknowledge_cn };
	static judge_check *const resources[2] = { judge_resource_list_rnc, judge_resource_list_cn };
	unsigned by;

	for (by = 0; by < 2; by++) {
		if (l->reset_by[by])
			at_end(j, resets[by], l->reset_frame[by], l->reset_ns[by], by ? l->cn : l->rnc);
		if (l->resource[by].frame)
			at_end(j, resources[by], l->resource[by].frame, l->resource[by].time_ns, by ? l->cn : l->rnc);
	}
}
