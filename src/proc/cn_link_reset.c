/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_reset.c: connectionless RANAP: Reset (TS 25.413 8.26), Reset Resource (8.29), Error Indication (8.27),
 * Overload (8.25). */
#include <string.h>

#include "src/proc/cn_link.h"

static void unitdata(struct proc *p, unsigned peer, const struct iuplus_ranap_msg *m)
{
	struct iuplus_proc_action *act;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(m, p->flags, p->env->arena, &pdu);

	if (rc) {
		proc_failure(p, "%s could not be encoded: %s", iuplus_ranap_name(m), iuplus_strrc(rc));
		proc_memory(p, rc);
		return;
	}
	act = proc_act(p, IUPLUS_ACT_IU_UNITDATA);
	act->peer = peer;
	act->pdu = pdu;
	act->message = iuplus_ranap_name(m);
}

/* Error Indication; connectionless it names the domain (TS 25.413 8.27.2). */
static void unitdata_answer(struct proc *p, unsigned peer, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg answer;

	if (iuplus_ranap_answer(problem, &answer) != IUPLUS_OK)
		return;
	if (answer.kind == IUPLUS_RANAP_ERROR_INDICATION) {
		answer.u.error_indication.has_domain = true;
		answer.u.error_indication.domain = p->domain;
	}
	unitdata(p, peer, &answer);
}

/* 8.26: the answer names the domain that was reset. A Reset of the other domain is acknowledged as well, although this
 * node has no connections of it. */
static void reset(struct proc *p, unsigned peer, const struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_msg ack;

	proc_note(p, IUPLUS_STEP_NONE, "Reset by the RNC: %s", iuplus_ranap_cause_name(m->u.reset.cause));
	memset(&ack, 0, sizeof(ack));
	ack.kind = IUPLUS_RANAP_RESET_ACKNOWLEDGE;
	ack.u.reset_acknowledge.domain = m->u.reset.domain;
	unitdata(p, peer, &ack);
}

/* 8.29.2.1: the connections named are released without any message on them; the answer lists them in the order of the
 * request, unknown ones included. */
static void reset_resource(struct proc *p, unsigned peer, const struct iuplus_ranap_msg *m,
			   struct iuplus_ranap_problem *problem)
{
	const struct iuplus_ranap_reset_resource *r = &m->u.reset_resource;
	struct iuplus_proc_range *ranges;
	struct iuplus_proc_action *act;
	struct iuplus_ranap_msg ack;
	unsigned i;

	proc_note(p, IUPLUS_STEP_NONE, "Reset Resource by the RNC, %u entries: %s", r->connections.count,
		  iuplus_ranap_cause_name(r->cause));
	if (!r->connections.count) { /* without a list there is nothing to acknowledge */
		iuplus_ranap_logical_error(m, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, problem);
		unitdata_answer(p, peer, problem);
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
	if (r->domain == p->domain) {
		ranges = iuplus_arena_alloc(p->env->arena, r->connections.count * sizeof(*ranges));
		if (!ranges) {
			p->rc = IUPLUS_ERR_MEMORY;
			return;
		}
		for (i = 0; i < r->connections.count; i++) {
			ranges[i].first = r->connections.list[i].id;
			ranges[i].last = r->connections.list[i].has_range_end ? r->connections.list[i].range_end :
										ranges[i].first;
		}
		act = proc_act(p, IUPLUS_ACT_RESET_RESOURCE);
		act->peer = peer;
		act->domain = r->domain;
		act->ranges = ranges;
		act->range_count = r->connections.count;
	}
	unitdata(p, peer, &ack);
}

int iuplus_cn_connectionless(const struct iuplus_cn_link_config *config, const struct iuplus_proc_env *env,
			     unsigned peer, struct iuplus_octets pdu, struct iuplus_proc_actions *out, bool *all)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	struct proc proc, *p = &proc;
	int rc;

	*all = false;
	memset(p, 0, sizeof(*p));
	p->domain = config->domain;
	p->env = env;
	p->out = out;
	p->flags = config->enhanced ? 0 : IUPLUS_RANAP_LEGACY;
	rc = iuplus_ranap_decode(pdu, p->flags, env->arena, &m, &problem);
	if (rc) {
		proc_failure(p, "a connectionless RANAP message was rejected: %s at bit %zu", iuplus_strrc(rc),
			     problem.bit);
		iuplus_security_wipe(&m, sizeof(m));
		if (proc_memory(p, rc) != IUPLUS_ERR_MEMORY)
			unitdata_answer(p, peer, &problem);
		return proc_end(p);
	}
	if (problem.answer == IUPLUS_RANAP_ANSWER_ERROR_INDICATION)
		unitdata_answer(p, peer, &problem);
	switch (m.kind) {
	case IUPLUS_RANAP_RESET:
		*all = m.u.reset.domain == p->domain;
		reset(p, peer, &m);
		break;
	case IUPLUS_RANAP_RESET_ACKNOWLEDGE:
		proc_failure(p, "Reset Acknowledge without Reset");
		break;
	case IUPLUS_RANAP_RESET_RESOURCE:
		reset_resource(p, peer, &m, &problem);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE:
		proc_failure(p, "Reset Resource Acknowledge without Reset Resource");
		break;
	case IUPLUS_RANAP_ERROR_INDICATION:
		proc_failure(p, "Error Indication: %s",
			     m.u.error_indication.has_cause ? iuplus_ranap_cause_name(m.u.error_indication.cause) :
							      "no cause");
		break;
	case IUPLUS_RANAP_OVERLOAD:
		/* This node generates no load that it could reduce. */
		proc_note(p, IUPLUS_STEP_NONE, "the RNC is overloaded");
		break;
	default:
		proc_failure(p, "%s is not expected connectionless", iuplus_ranap_name(&m));
		iuplus_ranap_logical_error(&m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, &problem);
		unitdata_answer(p, peer, &problem);
		break;
	}
	iuplus_security_wipe(&m, sizeof(m)); /* an unexpected message may contain keys */
	return proc_end(p);
}
