/* SPDX-License-Identifier: BSD-2-Clause */
/* Connectionless messages on Iu: Reset (TS 25.413 8.26) in both directions, Reset Resource from the core (8.29),
 * Overload (8.25), Error Indication (8.27), and messages that are not allowed there. */
#include "src/proc/rnc_ue.h"

#include <string.h>

static void unitdata(struct proc *p, unsigned peer, const struct iuplus_ranap_msg *msg)
{
	struct iuplus_proc_action *a;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(msg, p->flags, p->env->arena, &pdu);

	if (rc) {
		proc_failure(p, "%s cannot be encoded: %s", iuplus_ranap_kind_name(msg->kind), iuplus_strrc(rc));
		proc_memory(p, rc);
		return;
	}
	a = proc_act(p, IUPLUS_ACT_IU_UNITDATA);
	a->peer = peer;
	a->domain = peer;
	a->pdu = pdu;
	a->message = iuplus_ranap_kind_name(msg->kind);
}

static void fill(const struct iuplus_rnc_config *config, unsigned peer, struct iuplus_ranap_reset *reset)
{
	reset->domain = peer;
	reset->has_rnc = true;
	memcpy(reset->rnc.plmn, config->plmn, sizeof(reset->rnc.plmn));
	reset->rnc.rnc_id = config->rnc_id;
}

static void reset_all(struct proc *p, unsigned peer)
{
	struct iuplus_proc_action *a = proc_act(p, IUPLUS_ACT_RESET_ALL);

	a->peer = peer;
	a->domain = peer;
}

static void send_reset(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config, unsigned peer)
{
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RESET;
	msg.u.reset.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	fill(config, peer, &msg.u.reset);
	unitdata(p, peer, &msg);
	rnc->peer[peer].resetting = true;
	proc_timer_start(p, IUPLUS_RNC_T_RESET, iuplus_rnc_timer_name(IUPLUS_RNC_T_RESET),
			 config->ms[IUPLUS_RNC_T_RESET]);
}

static void answer(struct proc *p, const struct iuplus_rnc_config *config, unsigned peer,
		   const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg msg;

	if (iuplus_ranap_answer(problem, &msg) != IUPLUS_OK)
		return;
	if (msg.kind == IUPLUS_RANAP_ERROR_INDICATION) {
		msg.u.error_indication.has_domain = true;
		msg.u.error_indication.domain = peer;
		msg.u.error_indication.has_rnc = true;
		memcpy(msg.u.error_indication.rnc.plmn, config->plmn, sizeof(msg.u.error_indication.rnc.plmn));
		msg.u.error_indication.rnc.rnc_id = config->rnc_id;
	}
	unitdata(p, peer, &msg);
}

static void reset_received(struct proc *p, const struct iuplus_rnc_config *config, unsigned peer,
			   const struct iuplus_ranap_msg *in, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg msg;

	if (in->u.reset.domain != peer) {
		struct iuplus_ranap_problem logical;

		iuplus_ranap_logical_error(in, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, &logical);
		proc_failure(p, "Reset for a domain other than the sender's");
		answer(p, config, peer, &logical);
		return;
	}
	proc_failure(p, "Reset from the %s domain: %s", ran_domain_name(peer),
		     iuplus_ranap_cause_name(in->u.reset.cause));
	reset_all(p, peer);
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RESET_ACKNOWLEDGE;
	fill(config, peer, &msg.u.reset_acknowledge);
	if (problem->answer == IUPLUS_RANAP_ANSWER_REPORT) {
		msg.u.reset_acknowledge.has_diagnostics = true;
		msg.u.reset_acknowledge.diagnostics = problem->diagnostics;
	}
	unitdata(p, peer, &msg);
}

/* 8.29.2.2: the RNC releases the named connections without sending on them. The answer lists them in their order,
 * including the unknown ones. */
static void reset_resource_received(struct proc *p, const struct iuplus_rnc_config *config, unsigned peer,
				    const struct iuplus_ranap_msg *in, const struct iuplus_ranap_problem *problem)
{
	const struct iuplus_ranap_iu_sig_cons *named = &in->u.reset_resource.connections;
	struct iuplus_ranap_reset_resource *to;
	struct iuplus_proc_range *ranges;
	struct iuplus_proc_action *a;
	struct iuplus_ranap_msg msg;
	unsigned i;

	if (in->u.reset_resource.domain != peer || !named->count) {
		struct iuplus_ranap_problem logical;

		iuplus_ranap_logical_error(in, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, &logical);
		proc_failure(p, named->count ? "ResetResource for a domain other than the sender's" :
					       "ResetResource that names no connection");
		answer(p, config, peer, &logical);
		return;
	}
	proc_failure(p, "ResetResource from the %s domain, %u entries: %s", ran_domain_name(peer), named->count,
		     iuplus_ranap_cause_name(in->u.reset_resource.cause));
	ranges = iuplus_arena_alloc(p->env->arena, named->count * sizeof(*ranges));
	if (!ranges) {
		proc_memory(p, IUPLUS_ERR_MEMORY);
		return;
	}
	for (i = 0; i < named->count; i++) {
		ranges[i].first = named->list[i].id;
		ranges[i].last = named->list[i].has_range_end ? named->list[i].range_end : named->list[i].id;
	}
	a = proc_act(p, IUPLUS_ACT_RESET_RESOURCE);
	a->peer = peer;
	a->domain = peer;
	a->ranges = ranges;
	a->range_count = named->count;
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE;
	to = &msg.u.reset_resource_acknowledge;
	to->domain = peer;
	to->connections = *named;
	to->has_rnc = true;
	memcpy(to->rnc.plmn, config->plmn, sizeof(to->rnc.plmn));
	to->rnc.rnc_id = config->rnc_id;
	if (problem->answer == IUPLUS_RANAP_ANSWER_REPORT) {
		to->has_diagnostics = true;
		to->diagnostics = problem->diagnostics;
	}
	unitdata(p, peer, &msg);
}

static void received(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
		     const struct iuplus_rnc_node_event *event)
{
	struct iuplus_ranap_problem problem, logical;
	struct iuplus_ranap_msg msg;
	int rc;

	memset(&msg, 0, sizeof(msg));
	memset(&problem, 0, sizeof(problem));
	rc = iuplus_ranap_decode(event->pdu, p->flags, p->env->arena, &msg, &problem);
	if (proc_memory(p, rc) == IUPLUS_ERR_MEMORY)
		goto out;
	if (rc)
		proc_failure(p, "connectionless RANAP message rejected: %s at bit %zu of %s", iuplus_strrc(rc),
			     problem.bit, problem.path ? problem.path : "the PDU");
	if (problem.answer == IUPLUS_RANAP_ANSWER_ERROR_INDICATION ||
	    problem.answer == IUPLUS_RANAP_ANSWER_UNSUCCESSFUL)
		answer(p, config, event->peer, &problem);
	if (rc)
		goto out;
	switch (msg.kind) {
	case IUPLUS_RANAP_RESET:
		reset_received(p, config, event->peer, &msg, &problem);
		break;
	case IUPLUS_RANAP_RESET_ACKNOWLEDGE:
		if (!rnc->peer[event->peer].resetting) {
			proc_failure(p, "ResetAcknowledge without Reset");
			break;
		}
		rnc->peer[event->peer].resetting = false;
		if (!rnc->peer[!event->peer].resetting)
			proc_timer_stop(p, IUPLUS_RNC_T_RESET, iuplus_rnc_timer_name(IUPLUS_RNC_T_RESET));
		proc_done(p, "Reset");
		break;
	case IUPLUS_RANAP_RESET_RESOURCE:
		reset_resource_received(p, config, event->peer, &msg, &problem);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE:
		proc_failure(p, "ResetResourceAcknowledge without ResetResource");
		break;
	case IUPLUS_RANAP_OVERLOAD: /* phones cause all signalling of this RNC: it has none to hold back */
		proc_failure(p, "the %s domain is overloaded", ran_domain_name(event->peer));
		break;
	case IUPLUS_RANAP_ERROR_INDICATION:
		proc_failure(p, "ErrorIndication from the %s domain: %s", ran_domain_name(event->peer),
			     msg.u.error_indication.has_cause ? iuplus_ranap_cause_name(msg.u.error_indication.cause) :
								"see its diagnostics");
		break;
	default:
		iuplus_ranap_logical_error(&msg, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, &logical);
		proc_failure(p, "%s is not allowed on connectionless transport", iuplus_ranap_name(&msg));
		answer(p, config, event->peer, &logical);
		break;
	}
out:
	/* A message that is not allowed here may still contain keys. */
	iuplus_security_wipe(&msg, sizeof(msg));
}

int iuplus_rnc_node_event(struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
			  const struct iuplus_proc_env *env, const struct iuplus_rnc_node_event *event,
			  struct iuplus_proc_actions *actions)
{
	struct proc p;
	unsigned peer;

	if (event->peer > 1)
		return IUPLUS_ERR_ARGUMENT;
	memset(&p, 0, sizeof(p));
	p.env = env;
	p.out = actions;
	p.flags = config->enhanced ? 0 : IUPLUS_RANAP_LEGACY;
	switch (event->kind) {
	case IUPLUS_RNC_NODE_UNITDATA:
		received(&p, rnc, config, event);
		break;
	case IUPLUS_RNC_NODE_RESET:
		rnc->peer[event->peer].tries = 0;
		reset_all(&p, event->peer);
		send_reset(&p, rnc, config, event->peer);
		break;
	case IUPLUS_RNC_NODE_TIMER: /* one timer serves both peers */
		for (peer = 0; peer < 2; peer++) {
			if (!rnc->peer[peer].resetting)
				continue;
			if (rnc->peer[peer].tries++ < config->reset_retries) {
				send_reset(&p, rnc, config, peer);
			} else {
				rnc->peer[peer].resetting = false;
				proc_failure(&p, "Reset is not answered by the %s domain", ran_domain_name(peer));
			}
		}
		break;
	case IUPLUS_RNC_NODE_LOST: /* its connections end one by one, as IUPLUS_RNC_EV_IU_LOST */
		rnc->peer[event->peer].resetting = false;
		proc_failure(&p, "the association to the %s domain was lost", ran_domain_name(event->peer));
		break;
	default:
		return IUPLUS_ERR_ARGUMENT;
	}
	return p.rc;
}

/* TRatC is the RNC's own: its expiry is an event of iuplus_rnc_node_event(), and no state of a UE's context has it. */
void rnc_t_reset_expired(struct rnc *c)
{
	(void)c;
}
