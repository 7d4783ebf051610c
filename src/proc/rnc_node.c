/* SPDX-License-Identifier: BSD-2-Clause */
/* Connectionless messages on Iu: Reset (TS 25.413 8.26) in both directions, Reset Resource from the core (8.29),
 * Error Indication (8.27), and messages that are not allowed there. */
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
	rnc->peer[peer].resetting = rnc->peer[peer].asked = true;
	rnc_node_timer_start(p, config, peer, IUPLUS_RNC_TRAFC);
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

/* Encodes Reset Acknowledge now, because the diagnostics are those of the message. Without them if they are too long.
 */
static void prepare_acknowledge(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
				unsigned peer, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_octets pdu = { NULL, 0 };
	struct iuplus_ranap_msg msg;
	int rc;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RESET_ACKNOWLEDGE;
	fill(config, peer, &msg.u.reset_acknowledge);
	msg.u.reset_acknowledge.has_diagnostics = problem->answer == IUPLUS_RANAP_ANSWER_REPORT;
	msg.u.reset_acknowledge.diagnostics = problem->diagnostics;
	rc = iuplus_ranap_encode(&msg, p->flags, p->env->arena, &pdu);
	if (!rc && pdu.len > sizeof(rnc->peer[peer].acknowledge)) {
		msg.u.reset_acknowledge.has_diagnostics = false;
		rc = iuplus_ranap_encode(&msg, p->flags, p->env->arena, &pdu);
	}
	if (rc || pdu.len > sizeof(rnc->peer[peer].acknowledge)) {
		proc_failure(p, "ResetAcknowledge cannot be encoded: %s", iuplus_strrc(rc));
		proc_memory(p, rc);
		return;
	}
	memcpy(rnc->peer[peer].acknowledge, pdu.data, pdu.len);
	rnc->peer[peer].acknowledge_len = pdu.len;
}

/* 8.26.2.1, 8.26.3.3. The peer repeats a Reset whose acknowledgement is late or was lost. What was set up since the
 * first one stays: the peer lost nothing after it. Its repetition follows within its own timer, which is taken to be at
 * most twice ours. */
static void reset_received(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
			   unsigned peer, const struct iuplus_ranap_msg *in, const struct iuplus_ranap_problem *problem)
{
	uint32_t repetition =
		config->ms[IUPLUS_RNC_TRAFC] ? config->ms[IUPLUS_RNC_TRAFC] : rnc_timers[IUPLUS_RNC_TRAFC].ms;
	bool repeated = p->env->now_ms < rnc->peer[peer].repeats_until;

	if (in->u.reset.domain != peer) {
		struct iuplus_ranap_problem logical;

		iuplus_ranap_logical_error(in, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, &logical);
		proc_failure(p, "Reset for a domain other than the sender's");
		answer(p, config, peer, &logical);
		return;
	}
	proc_failure(p, "Reset from the %s domain%s: %s", ran_domain_name(peer), repeated ? ", repeated" : "",
		     iuplus_ranap_cause_name(in->u.reset.cause));
	if (rnc->peer[peer].resetting) {
		rnc->peer[peer].resetting = false;
		rnc_node_timer_stop(p, peer, IUPLUS_RNC_TRAFC);
	}
	if (!repeated)
		reset_all(p, peer);
	rnc->peer[peer].repeats_until = p->env->now_ms + 2 * (uint64_t)repetition;
	prepare_acknowledge(p, rnc, config, peer, problem);
	rnc_node_timer_start(p, config, peer, IUPLUS_RNC_TRATC);
}

static void guard_over(struct proc *p, struct iuplus_rnc *rnc, unsigned peer)
{
	struct iuplus_proc_action *a;

	if (!rnc->peer[peer].acknowledge_len)
		return;
	a = proc_act(p, IUPLUS_ACT_IU_UNITDATA);
	a->peer = peer;
	a->domain = peer;
	a->pdu.len = rnc->peer[peer].acknowledge_len;
	a->pdu.data = iuplus_arena_copy(p->env->arena, rnc->peer[peer].acknowledge, a->pdu.len);
	a->message = iuplus_ranap_kind_name(IUPLUS_RANAP_RESET_ACKNOWLEDGE);
	if (!a->pdu.data) { /* the peer repeats its Reset */
		a->pdu.len = 0;
		a->kind = IUPLUS_ACT_FAILURE;
		a->message = "ResetAcknowledge: memory exhausted";
		p->rc = IUPLUS_ERR_MEMORY;
	}
	rnc->peer[peer].acknowledge_len = 0;
}

/* Later than the last repetition, or once for each repetition: that is no error. */
static void acknowledged(struct proc *p, struct iuplus_rnc *rnc, unsigned peer)
{
	if (!rnc->peer[peer].asked) {
		proc_failure(p, "ResetAcknowledge without Reset");
		return;
	}
	if (!rnc->peer[peer].resetting) {
		proc_note(p, IUPLUS_STEP_NONE, "ResetAcknowledge of the %s domain came late", ran_domain_name(peer));
		return;
	}
	rnc->peer[peer].resetting = false;
	rnc_node_timer_stop(p, peer, IUPLUS_RNC_TRAFC);
	proc_done(p, "Reset");
}

static void not_acknowledged(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
			     unsigned peer)
{
	if (!rnc->peer[peer].resetting)
		return;
	if (rnc->peer[peer].tries++ < config->reset_retries) {
		send_reset(p, rnc, config, peer);
		return;
	}
	rnc->peer[peer].resetting = false;
	proc_failure(p, "Reset is not answered by the %s domain", ran_domain_name(peer));
}

static void timer(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
		  const struct iuplus_rnc_node_event *event)
{
	switch (event->timer) {
	case IUPLUS_RNC_TRAFC:
		not_acknowledged(p, rnc, config, event->peer);
		break;
	case IUPLUS_RNC_TRATC:
		guard_over(p, rnc, event->peer);
		break;
	case IUPLUS_RNC_TIGOR:
		rnc->peer[event->peer].ignores_overload = false;
		break;
	case IUPLUS_RNC_TINTR:
		rnc_overload_step(p, rnc, config, event->peer);
		break;
	default:
		p->rc = IUPLUS_ERR_ARGUMENT;
		break;
	}
}

/* The connections to the peer end one by one, as IUPLUS_RNC_EV_IU_LOST, and so does what runs with it. A Reset after
 * this is a new one. */
static void lost(struct proc *p, struct iuplus_rnc *rnc, unsigned peer)
{
	if (rnc->peer[peer].resetting)
		rnc_node_timer_stop(p, peer, IUPLUS_RNC_TRAFC);
	if (rnc->peer[peer].acknowledge_len)
		rnc_node_timer_stop(p, peer, IUPLUS_RNC_TRATC);
	if (rnc->peer[peer].ignores_overload)
		rnc_node_timer_stop(p, peer, IUPLUS_RNC_TIGOR);
	if (rnc->peer[peer].steps)
		rnc_node_timer_stop(p, peer, IUPLUS_RNC_TINTR);
	memset(&rnc->peer[peer], 0, sizeof(rnc->peer[peer]));
	proc_failure(p, "the association to the %s domain was lost", ran_domain_name(peer));
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
		reset_received(p, rnc, config, event->peer, &msg, &problem);
		break;
	case IUPLUS_RANAP_RESET_ACKNOWLEDGE:
		acknowledged(p, rnc, event->peer);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE:
		reset_resource_received(p, config, event->peer, &msg, &problem);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE:
		proc_failure(p, "ResetResourceAcknowledge without ResetResource");
		break;
	case IUPLUS_RANAP_OVERLOAD:
		rnc_overload(p, rnc, config, event->peer, &msg.u.overload);
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
	case IUPLUS_RNC_NODE_TIMER:
		timer(&p, rnc, config, event);
		break;
	case IUPLUS_RNC_NODE_LOST:
		lost(&p, rnc, event->peer);
		break;
	default:
		return IUPLUS_ERR_ARGUMENT;
	}
	return p.rc;
}

/* These timers are the RNC's own: their expiry is an event of iuplus_rnc_node_event(), and no state of a UE's context
 * has them. */
void rnc_node_expired(struct rnc *c)
{
	(void)c;
}
