/* SPDX-License-Identifier: BSD-2-Clause */
/* judge.c: the interface: a message comes in, its rules look at it, the model takes it. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <iuplus/security.h>

#include "src/judge/judge_int.h"

size_t iuplus_judge_rule_count(void)
{
	return judge_rule_count;
}

const struct iuplus_judge_rule *iuplus_judge_rule(size_t i)
{
	return i < judge_rule_count ? &judge_rules[i].rule : NULL;
}

/* The kinds of RANAP's messages, then JUDGE_ANY. */
static unsigned slot(unsigned kind)
{
	return kind < JUDGE_KINDS ? kind : JUDGE_KINDS;
}

/* Sorts the rules by kind, by counting. */
static bool sort_rules(struct iuplus_judge *j)
{
	unsigned next[JUDGE_KINDS + 1] = { 0 }, n = 0, s;
	size_t i, k;

	for (i = 0; i < j->rule_count; i++) {
		for (k = 0; k < JUDGE_MOST_ON; k++) {
			if (j->rules[i].on[k]) {
				next[slot(j->rules[i].on[k] - 1)]++;
				n++;
			}
		}
	}
	j->by_kind = calloc(n + 1, sizeof(*j->by_kind));
	if (!j->by_kind)
		return false;
	for (s = 0, n = 0; s <= JUDGE_KINDS; s++) {
		j->kind_at[s] = (uint16_t)n;
		n += next[s];
		next[s] = j->kind_at[s];
	}
	j->kind_at[JUDGE_KINDS + 1] = (uint16_t)n;
	for (i = 0; i < j->rule_count; i++) {
		for (k = 0; k < JUDGE_MOST_ON; k++) {
			if (j->rules[i].on[k])
				j->by_kind[next[slot(j->rules[i].on[k] - 1)]++] = (uint16_t)i;
		}
	}
	return true;
}

struct iuplus_judge *iuplus_judge_new(iuplus_judge_report *report, void *user)
{
	struct iuplus_judge *j = calloc(1, sizeof(*j));

	if (!j)
		return NULL;
	j->report = report;
	j->user = user;
	j->rules = judge_rules;
	j->rule_count = judge_rule_count;
	iuplus_arena_init(&j->arena, 0);
	j->counts = calloc(j->rule_count, sizeof(*j->counts));
	if (!j->counts || !sort_rules(j)) {
		iuplus_judge_free(j);
		return NULL;
	}
	return j;
}

void iuplus_judge_free(struct iuplus_judge *j)
{
	struct judge_waiting *w;

	if (!j)
		return;
	while ((w = j->waiting)) {
		j->waiting = w->next;
		iuplus_security_wipe(w->octets, w->message.pdu.len);
		free(w);
	}
	judge_rrc_free(j);
	judge_dialogue_free(j);
	iuplus_arena_free(&j->arena);
	free(j->counts);
	free(j->by_kind);
	free(j);
}

/* Whether the kind alone says that an RNC sent it. */
static enum judge_fact by_kind(unsigned kind)
{
	const struct iuplus_ranap_procedure *p =
		kind == UINT_MAX ? NULL : iuplus_ranap_procedure(IUPLUS_RANAP_KIND_CODE(kind));
	bool answer = IUPLUS_RANAP_KIND_PDU(kind) != IUPLUS_RANAP_INITIATING;

	if (!p || p->from_cn == p->from_rnc)
		return JUDGE_NOT_KNOWN;
	return p->from_rnc != answer ? JUDGE_YES : JUDGE_NO;
}

static enum judge_fact opposite(enum judge_fact f)
{
	return f == JUDGE_YES ? JUDGE_NO : f == JUDGE_NO ? JUDGE_YES : f;
}

/* Which end is the RNC: by the connection, by the message, by what the nodes were before. */
static bool direction(struct judge_at *at, struct judge_node *from, struct judge_node *to)
{
	struct judge_conn *c = at->conn;
	/* octets that are no message may look like one of any kind */
	bool readable = at->rc == IUPLUS_OK || at->rc == IUPLUS_ERR_MISSING || at->rc == IUPLUS_ERR_ORDER ||
			at->rc == IUPLUS_ERR_NOT_COMPREHENDED;
	enum judge_fact rnc = readable ? by_kind(at->kind) : JUDGE_NOT_KNOWN;

	if (c && c->rnc)
		rnc = from == c->rnc ? JUDGE_YES : from == c->cn ? JUDGE_NO : rnc;
	if (rnc == JUDGE_NOT_KNOWN)
		rnc = from->is_rnc != JUDGE_NOT_KNOWN ? from->is_rnc : opposite(to->is_rnc);
	if (rnc == JUDGE_NOT_KNOWN)
		return false;
	at->from_rnc = rnc == JUDGE_YES;
	at->judge->learned += from->is_rnc == JUDGE_NOT_KNOWN || to->is_rnc == JUDGE_NOT_KNOWN;
	if (from->is_rnc == JUDGE_NOT_KNOWN)
		from->is_rnc = rnc;
	if (to->is_rnc == JUDGE_NOT_KNOWN)
		to->is_rnc = opposite(rnc);
	at->sender = from;
	at->link = judge_link_make(at->judge, at->from_rnc ? from : to, at->from_rnc ? to : from);
	if (c && !c->rnc) {
		c->rnc = at->from_rnc ? from : to;
		c->cn = at->from_rnc ? to : from;
		c->link = at->link;
	}
	return true;
}

static void look(struct judge_at *at, unsigned s)
{
	unsigned i;

	for (i = at->judge->kind_at[s]; i < at->judge->kind_at[s + 1]; i++) {
		int verdict;

		at->rule = &at->judge->rules[at->judge->by_kind[i]];
		at->what[0] = '\0';
		verdict = at->rule->check(at);
		judge_tell(at->judge, at->rule, verdict, at->frame, at->time_ns, at->conn ? at->conn->number : 0,
			   at->what);
	}
}

/* Finds the UE's RRC connection by its first NAS message, and prepares for finding it by the message of a target. */
static bool tie(struct judge_at *at)
{
	struct iuplus_octets octets;
	struct iuplus_rrc_msg m;
	struct judge_rrc_ue *u;

	if (!at->conn || !at->m)
		return true;
	if (at->kind == IUPLUS_RANAP_INITIAL_UE_MESSAGE) {
		const struct iuplus_ranap_initial_ue_message *i = &at->m->u.initial_ue_message;

		u = at->conn->rrc = judge_rrc_by_nas(at->judge, i->nas_pdu);
		if (u && !u->has_area) {
			u->has_area = i->has_rac;
			u->lac = i->lai.lac;
			u->rac = i->rac;
		}
	}
	return !judge_rrc_of_container(at, &octets, &m) || judge_rrc_expect(at->judge, octets, at->conn->number);
}

/* Takes the message, whose direction is known. */
static int judge_message(struct judge_at *at)
{
	struct judge_conn *c = at->conn;

	if (!at->link || !judge_prepare(at) || !tie(at))
		return IUPLUS_ERR_MEMORY;
	if (c)
		judge_settle(at);
	if (at->kind < JUDGE_KINDS)
		look(at, at->kind);
	look(at, JUDGE_KINDS);
	return judge_follow(at) ? IUPLUS_OK : IUPLUS_ERR_MEMORY;
}

/* Finds the ends and the connection, and which end is the RNC. */
static int ends(struct judge_at *at, const struct iuplus_judge_ranap *in)
{
	struct iuplus_judge *j = at->judge;
	struct judge_node *from = judge_node_make(j, in->from), *to = judge_node_make(j, in->to);
	struct judge_conn *c = in->connection ? judge_conn_make(j, in->connection) : NULL;

	if (!from || !to || (in->connection && !c))
		return IUPLUS_ERR_MEMORY;
	at->conn = c;
	if (c && !c->begun_frame) {
		c->first_seen = in->first;
		c->begun_frame = in->frame;
		c->begun_ns = in->time_ns;
		j->totals.in_the_middle += !in->first;
	}
	return direction(at, from, to) ? IUPLUS_OK : IUPLUS_ERR_STATE;
}

#define FIRST_OF_EXTENSION 65000u /* asn1/iuplus/IUPLUS-Constants.asn */

/* A message that does not decode because it has IEs of another version of the extension: the obligations of the
 * standard hold for the rest of it. Returns rc, of the first decoding, if that is not the reason; then *m and *problem
 * are those of the first decoding as well. */
static int decode_other_version(struct iuplus_judge *j, struct iuplus_octets pdu, int rc, struct iuplus_ranap_msg *m,
				struct iuplus_ranap_problem *problem)
{
	const struct iuplus_ranap_diagnostics *d;
	unsigned i;
	int again;

	if (rc != IUPLUS_ERR_TRUNCATED && rc != IUPLUS_ERR_SYNTAX && rc != IUPLUS_ERR_CONSTRAINT)
		return rc;
	again = iuplus_ranap_decode(pdu, IUPLUS_RANAP_LEGACY | IUPLUS_RANAP_OBSERVE, &j->arena, m, problem);
	d = &problem->diagnostics;
	for (i = 0; again == IUPLUS_ERR_NOT_COMPREHENDED && i < d->ie_count; i++)
		if (d->ies[i].ie_id < FIRST_OF_EXTENSION)
			again = rc;
	if (again == IUPLUS_OK || again == IUPLUS_ERR_NOT_COMPREHENDED) {
		/* its receiver knew that version: nothing was to be answered */
		*problem = (struct iuplus_ranap_problem){ .kind = m->kind };
		return IUPLUS_OK;
	}
	iuplus_ranap_decode(pdu, 0, &j->arena, m, problem);
	return rc;
}

static int decode(struct judge_at *at, const struct iuplus_judge_ranap *in, struct iuplus_ranap_msg *m,
		  struct iuplus_ranap_problem *problem)
{
	struct iuplus_judge *j = at->judge;

	*at = (struct judge_at){ .judge = j, .frame = in->frame, .time_ns = in->time_ns, .problem = problem };
	iuplus_arena_reset(&j->arena, true);
	at->rc = iuplus_ranap_decode(in->pdu, 0, &j->arena, m, problem);
	if (at->rc != IUPLUS_OK)
		at->rc = decode_other_version(j, in->pdu, at->rc, m, problem);
	at->m = at->rc == IUPLUS_OK ? m : NULL;
	at->kind = at->rc == IUPLUS_OK ? m->kind : problem->kind;
	return ends(at, in);
}

static bool wait(struct iuplus_judge *j, const struct iuplus_judge_ranap *in)
{
	struct judge_waiting *w = j->waiting_count < JUDGE_WAITING ? malloc(sizeof(*w) + in->pdu.len) : NULL;

	if (!w)
		return false;
	w->next = NULL;
	w->message = *in;
	if (in->pdu.len)
		memcpy(w->octets, in->pdu.data, in->pdu.len);
	w->message.pdu.data = w->octets;
	if (j->waiting)
		*j->last_waiting = w;
	else
		j->waiting = w;
	j->last_waiting = &w->next;
	j->waiting_count++;
	return true;
}

/* Messages that waited for their direction, when something has been learned about a node; at the end all of them. */
static void resume(struct iuplus_judge *j, bool end)
{
	struct judge_waiting *w = j->waiting, *next;
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	struct judge_at at = { .judge = j };

	j->waiting = NULL;
	j->waiting_count = 0;
	for (; w; w = next) {
		next = w->next;
		if (decode(&at, &w->message, &m, &problem) == IUPLUS_OK)
			judge_message(&at);
		else if (end || !wait(j, &w->message))
			j->totals.not_followed++;
		iuplus_security_wipe(w->octets, w->message.pdu.len);
		free(w);
	}
}

int iuplus_judge_ranap(struct iuplus_judge *j, const struct iuplus_judge_ranap *in)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	struct judge_at at = { .judge = j };
	unsigned learned = j->learned;
	int rc;

	j->now_ns = in->time_ns;
	j->totals.ranap++;
	rc = decode(&at, in, &m, &problem);
	j->totals.undecoded += at.rc != IUPLUS_OK;
	if (rc == IUPLUS_OK && j->waiting && j->learned != learned) {
		/* what came before is judged before; the arena is used for it */
		resume(j, false);
		rc = decode(&at, in, &m, &problem);
	}
	if (rc == IUPLUS_OK)
		rc = judge_message(&at);
	else if (rc == IUPLUS_ERR_STATE && !wait(j, in))
		j->totals.not_followed++;
	iuplus_arena_reset(&j->arena, true);
	return rc == IUPLUS_OK ? at.rc : rc;
}

void iuplus_judge_released(struct iuplus_judge *j, uint64_t connection, uint64_t time_ns)
{
	struct judge_conn *c = judge_conn(j, connection);

	j->now_ns = time_ns;
	if (!c || c->released)
		return;
	judge_owed_at_release(j, c, time_ns);
	judge_let_go(j, c);
}

static void look_rrc(struct judge_rrc_at *at)
{
	struct iuplus_judge *j = at->judge;
	size_t i, k;

	for (i = 0; i < j->rule_count; i++) {
		for (k = 0; k < JUDGE_MOST_ON && j->rules[i].rrc; k++) {
			unsigned on = j->rules[i].rrc_on[k];
			int verdict;

			if (on != JUDGE_ANY + 1u && on != at->m->type + 1u)
				continue;
			at->what = "";
			verdict = j->rules[i].rrc(at);
			judge_tell(j, &j->rules[i], verdict, at->in->frame, at->in->time_ns, 0, at->what);
		}
	}
}

int iuplus_judge_rrc(struct iuplus_judge *j, const struct iuplus_judge_rrc *in)
{
	struct iuplus_rrc_msg m;
	struct judge_rrc_at at = { .judge = j, .m = &m };
	struct judge_rrc_ue *u = judge_rrc_ue_make(j, in->ue);
	int rc;

	iuplus_arena_reset(&j->arena, true);
	j->totals.rrc++;
	if (!u)
		return IUPLUS_ERR_MEMORY;
	rc = iuplus_rrc_decode(in->channel, in->pdu, 0, &j->arena, &m, NULL);
	if (rc == IUPLUS_OK) {
		judge_rrc_prepare(&at, in, u);
		look_rrc(&at);
		rc = judge_rrc_follow(&at) ? IUPLUS_OK : IUPLUS_ERR_MEMORY;
	} else {
		j->totals.undecoded++;
	}
	iuplus_arena_reset(&j->arena, true);
	return rc;
}

void iuplus_judge_rrc_hidden(struct iuplus_judge *j, uint64_t ue)
{
	struct judge_rrc_ue *u = judge_rrc_ue_make(j, ue);

	if (u)
		u->hidden = true;
}

void iuplus_judge_end(struct iuplus_judge *j)
{
	struct judge_conn *c;
	struct judge_link *l;

	resume(j, true);
	for (c = j->all_conns; c; c = c->next)
		judge_owed_at_end(j, c);
	for (l = j->all_links; l; l = l->next)
		judge_resets_at_end(j, l);
}

unsigned iuplus_judge_count(const struct iuplus_judge *j, size_t rule, enum iuplus_judge_verdict verdict)
{
	return rule < j->rule_count && (unsigned)verdict < IUPLUS_JUDGE_VERDICTS ? j->counts[rule][verdict] : 0;
}

struct iuplus_judge_totals iuplus_judge_totals(const struct iuplus_judge *j)
{
	struct iuplus_judge_totals totals = j->totals;

	totals.held = j->held;
	return totals;
}
