/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_peer.c: connectionless RANAP with one RNC: Reset (TS 25.413 8.26), Reset Resource (8.29), Error Indication (8.27),
 * Overload (8.25). */
#include <string.h>

#include <iuplus/cn.h>
#include <iuplus/ranap.h>

#include "src/proc/cn_link.h"

/* One event being handled. */
struct peer {
	struct proc p;
	struct iuplus_cn_peer *state;
	const struct iuplus_cn_config *cfg;
	unsigned number;
};

static void unitdata(struct peer *c, const struct iuplus_ranap_msg *m)
{
	struct iuplus_proc_action *act;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(m, c->p.flags, c->p.env->arena, &pdu);

	if (rc) {
		proc_failure(&c->p, "%s could not be encoded: %s", iuplus_ranap_name(m), iuplus_strrc(rc));
		proc_memory(&c->p, rc);
		return;
	}
	act = proc_act(&c->p, IUPLUS_ACT_IU_UNITDATA);
	act->peer = c->number;
	act->pdu = pdu;
	act->message = iuplus_ranap_name(m);
}

/* Error Indication; connectionless it names the domain (TS 25.413 8.27.2). */
static void unitdata_answer(struct peer *c, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg answer;

	if (iuplus_ranap_answer(problem, &answer) != IUPLUS_OK)
		return;
	if (answer.kind == IUPLUS_RANAP_ERROR_INDICATION) {
		answer.u.error_indication.has_domain = true;
		answer.u.error_indication.domain = c->p.domain;
	}
	unitdata(c, &answer);
}

/* ---- timers ---- */

#define TIMER(id, ms, name, key, runs, ...) [IUPLUS_CN_##id] = { name, ms, runs },
/* By the numbers of enum iuplus_cn_timer; a context's are not here. */
static const struct proc_timer timers[IUPLUS_CN_TIMER_COUNT] = { IUPLUS_CN_PEER_TIMERS(TIMER) };

static void start(struct peer *c, unsigned timer)
{
	proc_timer_run(&c->p, timers, timer, c->cfg->timer_ms);
}

static void stop(struct peer *c, unsigned timer)
{
	proc_timer_stop(&c->p, timer, timers[timer].name);
}

/* ---- Reset by the RNC ---- */

static void reset_all(struct peer *c)
{
	proc_act(&c->p, IUPLUS_ACT_RESET_ALL)->peer = c->number;
}

/* The ignored IEs of the Reset, for its acknowledgement, which comes later. */
static void keep_report(struct iuplus_cn_peer *s, const struct iuplus_ranap_problem *problem)
{
	unsigned i;

	s->reported = 0;
	if (problem->answer != IUPLUS_RANAP_ANSWER_REPORT)
		return;
	for (i = 0; i < problem->diagnostics.ie_count && i < IUPLUS_CN_MAX_REPORTED; i++) {
		const struct iuplus_ranap_ie_diagnostics *ie = &problem->diagnostics.ies[i];

		s->report[i].criticality = (uint8_t)ie->criticality;
		s->report[i].repetition = ie->repetition;
		s->report[i].missing = ie->missing;
		s->report[i].id = ie->ie_id;
		s->reported++;
	}
}

static void acknowledge(struct peer *c, enum iuplus_domain domain)
{
	struct iuplus_ranap_ie_diagnostics ies[IUPLUS_CN_MAX_REPORTED];
	struct iuplus_cn_peer *s = c->state;
	struct iuplus_ranap_reset *to;
	struct iuplus_ranap_msg ack;
	unsigned i;

	memset(&ack, 0, sizeof(ack));
	ack.kind = IUPLUS_RANAP_RESET_ACKNOWLEDGE;
	to = &ack.u.reset_acknowledge;
	to->domain = domain; /* that was reset */
	if (domain == c->p.domain && s->reported) {
		memset(ies, 0, sizeof(ies));
		for (i = 0; i < s->reported; i++) {
			ies[i].criticality = (enum iuplus_ranap_criticality)s->report[i].criticality;
			ies[i].has_repetition = true;
			ies[i].repetition = s->report[i].repetition;
			ies[i].missing = s->report[i].missing;
			ies[i].ie_id = s->report[i].id;
		}
		to->has_diagnostics = true;
		to->diagnostics.ies = ies;
		to->diagnostics.ie_count = (uint16_t)s->reported;
	}
	unitdata(c, &ack);
	s->owed[domain] = false;
}

/* 8.26.2.2, 8.26.3: what is reset is what there was when the RNC lost its references, that is, before the first Reset.
 * A repetition, because the acknowledgement was slow, must not reach the UEs that have come since. A Reset of the other
 * domain is acknowledged as well, although this node has no connections of it. */
static void reset(struct peer *c, const struct iuplus_ranap_msg *m, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_cn_peer *s = c->state;
	enum iuplus_domain domain = m->u.reset.domain == IUPLUS_DOMAIN_PS ? IUPLUS_DOMAIN_PS : IUPLUS_DOMAIN_CS;
	bool again = domain == c->p.domain && s->recent;

	proc_note(&c->p, IUPLUS_STEP_NONE, "%s by the RNC: %s", again ? "Reset again" : "Reset",
		  iuplus_ranap_cause_name(m->u.reset.cause));
	if (domain == c->p.domain) {
		keep_report(s, problem);
		if (s->resetting) { /* 8.26.3.3: the two cross, and one is enough */
			s->resetting = false;
			stop(c, IUPLUS_CN_TRAFR);
		}
		if (!again) {
			reset_all(c);
			s->recent = true;
			start(c, IUPLUS_CN_TRESETAGAIN);
		}
	}
	if (!s->owed[IUPLUS_DOMAIN_CS] && !s->owed[IUPLUS_DOMAIN_PS])
		start(c, IUPLUS_CN_TRATR);
	s->owed[domain] = true;
}

static void guard_expired(struct peer *c)
{
	unsigned domain;

	for (domain = IUPLUS_DOMAIN_CS; domain <= IUPLUS_DOMAIN_PS; domain++)
		if (c->state->owed[domain])
			acknowledge(c, (enum iuplus_domain)domain);
}

/* ---- Reset by the core ---- */

static void send_reset(struct peer *c)
{
	struct iuplus_ranap_msg m;

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_RESET;
	m.u.reset.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	m.u.reset.domain = c->p.domain;
	c->state->resetting = c->state->has_reset = true;
	start(c, IUPLUS_CN_TRAFR);
	unitdata(c, &m);
}

static void reset_ordered(struct peer *c)
{
	c->state->tries = 0;
	reset_all(c);
	send_reset(c);
}

static void reset_expired(struct peer *c)
{
	if (!c->state->resetting)
		return;
	if (c->state->tries++ < IUPLUS_CN_RESET_RETRIES) {
		send_reset(c);
		return;
	}
	c->state->resetting = false;
	proc_failure(&c->p, "the RNC does not acknowledge Reset"); /* for maintenance (8.26.3.1) */
}

static void reset_acknowledged(struct peer *c)
{
	if (!c->state->has_reset) {
		proc_failure(&c->p, "Reset Acknowledge without Reset");
		return;
	}
	if (!c->state->resetting) {
		proc_note(&c->p, IUPLUS_STEP_NONE, "Reset Acknowledge came late, or again");
		return;
	}
	c->state->resetting = false;
	stop(c, IUPLUS_CN_TRAFR);
	proc_done(&c->p, IUPLUS_CN_DONE_RESET);
}

/* ---- Overload ---- */

/* 8.25.1: the traffic falls by one step, or by Number of Steps, and rises again step by step. */
static void overload(struct peer *c, const struct iuplus_ranap_overload *o)
{
	struct iuplus_cn_peer *s = c->state;

	if (s->overload_ignored)
		return;
	s->overload += o->has_steps ? o->steps : 1;
	if (s->overload > IUPLUS_CN_OVERLOAD_STEPS)
		s->overload = IUPLUS_CN_OVERLOAD_STEPS;
	s->overload_ignored = true;
	start(c, IUPLUS_CN_TIGOC);
	start(c, IUPLUS_CN_TINTC);
	proc_note(&c->p, IUPLUS_STEP_NONE, "the RNC is overloaded: traffic reduced by %u of %u steps", s->overload,
		  IUPLUS_CN_OVERLOAD_STEPS);
}

static void traffic_rises(struct peer *c)
{
	struct iuplus_cn_peer *s = c->state;

	if (s->overload && --s->overload)
		start(c, IUPLUS_CN_TINTC);
	proc_note(&c->p, IUPLUS_STEP_NONE, "traffic to the RNC is reduced by %u of %u steps", s->overload,
		  IUPLUS_CN_OVERLOAD_STEPS);
}

/* ---- Reset Resource ---- */

/* 8.29.2.1: the connections named are released without any message on them; the answer lists them in the order of the
 * request, unknown ones included. */
static void reset_resource(struct peer *c, const struct iuplus_ranap_msg *m, struct iuplus_ranap_problem *problem)
{
	const struct iuplus_ranap_reset_resource *r = &m->u.reset_resource;
	struct iuplus_proc_range *ranges;
	struct iuplus_proc_action *act;
	struct iuplus_ranap_msg ack;
	unsigned i;

	proc_note(&c->p, IUPLUS_STEP_NONE, "Reset Resource by the RNC, %u entries: %s", r->connections.count,
		  iuplus_ranap_cause_name(r->cause));
	if (!r->connections.count) { /* without a list there is nothing to acknowledge */
		iuplus_ranap_logical_error(m, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, problem);
		unitdata_answer(c, problem);
		return;
	}
	memset(&ack, 0, sizeof(ack));
	ack.kind = IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE;
	ack.u.reset_resource_acknowledge.domain = r->domain;
	ack.u.reset_resource_acknowledge.connections = r->connections;
	if (problem->answer == IUPLUS_RANAP_ANSWER_REPORT) {
		ack.u.reset_resource_acknowledge.has_diagnostics = true;
		ack.u.reset_resource_acknowledge.diagnostics = problem->diagnostics;
	}
	/* The other domain's connections are not this node's. */
	if (r->domain == c->p.domain) {
		ranges = iuplus_arena_alloc(c->p.env->arena, r->connections.count * sizeof(*ranges));
		if (!ranges) {
			c->p.rc = IUPLUS_ERR_MEMORY;
			return;
		}
		for (i = 0; i < r->connections.count; i++) {
			ranges[i].first = r->connections.list[i].id;
			ranges[i].last = r->connections.list[i].has_range_end ? r->connections.list[i].range_end :
										ranges[i].first;
		}
		act = proc_act(&c->p, IUPLUS_ACT_RESET_RESOURCE);
		act->peer = c->number;
		act->domain = r->domain;
		act->ranges = ranges;
		act->range_count = r->connections.count;
	}
	unitdata(c, &ack);
}

/* ---- events ---- */

static void act_on(struct peer *c, const struct iuplus_ranap_msg *m, struct iuplus_ranap_problem *problem)
{
	const struct iuplus_ranap_error_indication *e = &m->u.error_indication;

	switch (m->kind) {
	case IUPLUS_RANAP_RESET:
		reset(c, m, problem);
		break;
	case IUPLUS_RANAP_RESET_ACKNOWLEDGE:
		reset_acknowledged(c);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE:
		reset_resource(c, m, problem);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE:
		proc_failure(&c->p, "Reset Resource Acknowledge without Reset Resource");
		break;
	case IUPLUS_RANAP_ERROR_INDICATION:
		proc_failure(&c->p, "Error Indication: %s",
			     e->has_cause ? iuplus_ranap_cause_name(e->cause) : "no cause");
		break;
	case IUPLUS_RANAP_OVERLOAD:
		overload(c, &m->u.overload);
		break;
	default:
		proc_failure(&c->p, "%s is not expected connectionless", iuplus_ranap_name(m));
		iuplus_ranap_logical_error(m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, problem);
		unitdata_answer(c, problem);
		break;
	}
}

static void received(struct peer *c, struct iuplus_octets pdu)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	int rc = iuplus_ranap_decode(pdu, c->p.flags, c->p.env->arena, &m, &problem);

	if (rc) {
		proc_failure(&c->p, "a connectionless RANAP message was rejected: %s at bit %zu", iuplus_strrc(rc),
			     problem.bit);
		if (proc_memory(&c->p, rc) != IUPLUS_ERR_MEMORY)
			unitdata_answer(c, &problem);
	} else {
		if (problem.answer == IUPLUS_RANAP_ANSWER_ERROR_INDICATION)
			unitdata_answer(c, &problem);
		act_on(c, &m, &problem);
	}
	iuplus_security_wipe(&m, sizeof(m)); /* an unexpected message may contain keys */
}

static int expired(struct peer *c, unsigned timer)
{
	switch (timer) {
	case IUPLUS_CN_TRATR:
		guard_expired(c);
		return IUPLUS_OK;
	case IUPLUS_CN_TRESETAGAIN:
		c->state->recent = false;
		return IUPLUS_OK;
	case IUPLUS_CN_TRAFR:
		reset_expired(c);
		return IUPLUS_OK;
	case IUPLUS_CN_TIGOC:
		c->state->overload_ignored = false;
		return IUPLUS_OK;
	case IUPLUS_CN_TINTC:
		traffic_rises(c);
		return IUPLUS_OK;
	default:
		return IUPLUS_ERR_ARGUMENT;
	}
}

/* An association or a destination that is back may have another life behind it. */
static void available(struct peer *c)
{
	if (c->state->recent)
		stop(c, IUPLUS_CN_TRESETAGAIN);
	c->state->recent = false;
}

int iuplus_cn_peer_event(struct iuplus_cn_peer *peer, const struct iuplus_cn_config *config,
			 const struct iuplus_proc_env *env, const struct iuplus_cn_peer_event *event,
			 struct iuplus_proc_actions *out)
{
	struct peer c;
	int rc = IUPLUS_OK, end;

	memset(&c, 0, sizeof(c));
	c.p.domain = config->link.domain;
	c.p.env = env;
	c.p.out = out;
	c.p.flags = cn_link_hierarchy(&config->link) ? 0 : IUPLUS_RANAP_LEGACY;
	c.state = peer;
	c.cfg = config;
	c.number = event->peer;
	switch (event->kind) {
	case IUPLUS_CN_PEER_UNITDATA:
		received(&c, event->pdu);
		break;
	case IUPLUS_CN_PEER_AVAILABLE:
		available(&c);
		break;
	case IUPLUS_CN_PEER_TIMER:
		rc = expired(&c, event->timer);
		break;
	case IUPLUS_CN_PEER_RESET:
		reset_ordered(&c);
		break;
	default:
		rc = IUPLUS_ERR_ARGUMENT;
	}
	end = proc_end(&c.p);
	return rc ? rc : end;
}
