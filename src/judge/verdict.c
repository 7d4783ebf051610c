/* SPDX-License-Identifier: BSD-2-Clause */
/* verdict.c: how a rule reports, at once or when an answer is due. */
#include <stdarg.h>
#include <stdio.h>

#include "src/judge/judge_int.h"

int judge_broken(struct judge_at *at, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(at->what, sizeof(at->what), format, list);
	va_end(list);
	return IUPLUS_JUDGE_BROKEN;
}

int judge_holds(struct judge_at *at, bool kept, const char *broken)
{
	return kept ? IUPLUS_JUDGE_KEPT : judge_broken(at, "%s", broken);
}

void judge_tell(struct iuplus_judge *j, const struct judge_rule *rule, int verdict, unsigned frame, uint64_t time_ns,
		uint64_t connection, const char *what)
{
	struct iuplus_judge_finding f = {
		.rule = &rule->rule,
		.verdict = (enum iuplus_judge_verdict)verdict,
		.frame = frame,
		.time_ns = time_ns,
		.connection = connection,
		.what = what
	};

	if (verdict < 0)
		return;
	j->counts[rule - j->rules][verdict]++;
	if (j->report)
		j->report(j->user, &f);
}

bool judge_answers(const struct judge_rule *rule, unsigned kind)
{
	unsigned i;

	for (i = 0; i < sizeof(rule->answers) / sizeof(rule->answers[0]); i++) {
		if (rule->answers[i] == kind + 1)
			return true;
	}
	return false;
}

static void take_out(struct judge_conn *c, unsigned i)
{
	for (c->owed_count--; i < c->owed_count; i++)
		c->owed[i] = c->owed[i + 1];
}

int judge_owe(struct judge_at *at, struct judge_conn *c, bool by_rnc)
{
	if (c->owed_count == JUDGE_OWED)
		take_out(c, 0);
	c->owed[c->owed_count++] =
		(struct judge_owed){ .rule = at->rule, .frame = at->frame, .time_ns = at->time_ns, .by_rnc = by_rnc };
	return JUDGE_NOT_APPLICABLE;
}

/* ERROR INDICATION for the procedure: clause 10 has a reason, and its own rules. */
static bool refused(const struct judge_at *at, const struct judge_owed *o)
{
	const struct iuplus_ranap_error_indication *m =
		at->m && at->kind == IUPLUS_RANAP_ERROR_INDICATION ? &at->m->u.error_indication : NULL;

	return m && m->has_diagnostics && m->diagnostics.has_procedure_code &&
	       m->diagnostics.procedure_code == IUPLUS_RANAP_KIND_CODE(o->rule->on[0] - 1);
}

void judge_settle(struct judge_at *at)
{
	struct judge_conn *c = at->conn;
	unsigned i = 0;

	while (i < c->owed_count) {
		const struct judge_owed *o = &c->owed[i];

		if (o->by_rnc == at->from_rnc && judge_answers(o->rule, at->kind)) {
			judge_tell(at->judge, o->rule, IUPLUS_JUDGE_KEPT, o->frame, o->time_ns, c->number, "");
			take_out(c, i);
		} else if (o->by_rnc == at->from_rnc && refused(at, o)) {
			take_out(c, i);
		} else {
			i++;
		}
	}
}

static void tell_owed(struct iuplus_judge *j, const struct judge_conn *c, const struct judge_owed *o, bool broken,
		      const char *what)
{
	judge_tell(j, o->rule, broken ? IUPLUS_JUDGE_BROKEN : IUPLUS_JUDGE_UNKNOWN, o->frame, o->time_ns, c->number,
		   broken ? what : "");
}

void judge_owed_at_release(struct iuplus_judge *j, struct judge_conn *c, uint64_t time_ns)
{
	unsigned i;

	for (i = 0; i < c->owed_count; i++) {
		const struct judge_owed *o = &c->owed[i];
		/* a release may cross the request */
		bool late = time_ns - o->time_ns > JUDGE_CROSSING;
		bool gone = c->link && (c->link->cleared_before[0] > c->begun_frame ||
					c->link->cleared_before[1] > c->begun_frame || c->link->reset_by[0] ||
					c->link->reset_by[1]);

		tell_owed(j, c, o, late && !gone && c->first_seen,
			  "the signalling connection was released without an answer");
	}
	c->owed_count = 0;
}

void judge_owed_at_end(struct iuplus_judge *j, struct judge_conn *c)
{
	unsigned i;

	for (i = 0; i < c->owed_count; i++) {
		const struct judge_owed *o = &c->owed[i];
		const struct judge_node *by = o->by_rnc ? c->rnc : c->cn;
		bool alive = by && by->last_ns > o->time_ns + JUDGE_TIME_TO_ANSWER;
		bool gone = c->link && (c->link->cleared_before[0] > c->begun_frame ||
					c->link->cleared_before[1] > c->begun_frame);

		tell_owed(j, c, o, alive && !gone && c->first_seen,
			  "no answer, although its sender lived on for more than 20 s");
	}
	c->owed_count = 0;
}
