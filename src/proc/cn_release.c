/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_release.c: Iu connections and their end: Iu Release (TS 25.413 8.5, 8.4), and what comes connectionless: Reset
 * (8.26), Reset Resource (8.29), Error Indication (8.27), Overload (8.25). */
#include <string.h>

#include "src/proc/cn_int.h"

/* ---- one Iu connection ---- */

static void release_if_over(struct cn *c)
{
	if (c->ue->gmm == IUPLUS_CN_RELEASING && c->ue->iu[0].state == IUPLUS_CN_IU_NONE &&
	    c->ue->iu[1].state == IUPLUS_CN_IU_NONE)
		cn_free(c, "all connections are released");
}

struct iu_call {
	unsigned conn;
	uint16_t cause;
	enum iuplus_proc_step step;
};

static void stay(struct cn *c, const struct iu_call *call)
{
	(void)c;
	(void)call;
}

static void up(struct cn *c, const struct iu_call *call)
{
	cn_set_iu(c, call->conn, IUPLUS_CN_IU_UP);
}

static void none(struct cn *c, const struct iu_call *call)
{
	cn_set_iu(c, call->conn, IUPLUS_CN_IU_NONE);
	release_if_over(c);
}

/* The SCCP connection is the core's to release, once the RNC has let go of its resources. */
static void drop(struct cn *c, const struct iu_call *call)
{
	struct iuplus_proc_action *act = proc_act(&c->p, IUPLUS_ACT_IU_RELEASE);

	act->conn = call->conn;
	act->peer = c->ue->iu[call->conn].peer;
	none(c, call);
}

static void expired(struct cn *c, const struct iu_call *call)
{
	proc_failure(&c->p, "no Iu Release Complete on connection %u", call->conn);
	drop(c, call);
}

static void command(struct cn *c, const struct iu_call *call)
{
	struct iuplus_ranap_msg m;

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_IU_RELEASE_COMMAND;
	m.u.iu_release_command.cause = call->cause;
	if (cn_send(c, call->conn, &m, call->step))
		drop(c, call);
	else
		cn_set_iu(c, call->conn, IUPLUS_CN_IU_RELEASING);
}

typedef void iu_fn(struct cn *c, const struct iu_call *call);

static iu_fn *const iu_table[IUPLUS_CN_IU_COUNT][CN_IU_INPUTS] = {
	/*			RELEASE		CONFIRMED	COMPLETE	GONE	EXPIRED */
	[IUPLUS_CN_IU_NONE] = { stay,		stay,		stay,		stay,	stay },
	[IUPLUS_CN_IU_CONNECTING] = { drop,	up,		stay,		none,	stay },
	[IUPLUS_CN_IU_UP] = { command,		stay,		stay,		none,	stay },
	[IUPLUS_CN_IU_RELEASING] = { stay,	stay,		drop,		none,	expired },
};

void cn_iu(struct cn *c, unsigned conn, enum cn_iu_input input, uint16_t cause, enum iuplus_proc_step step)
{
	const struct iu_call call = { conn, cause, step };

	iu_table[c->ue->iu[conn].state][input](c, &call);
}

/* ---- the whole context ---- */

void cn_free(struct cn *c, const char *why)
{
	c->ue->ended = true;
	proc_act(&c->p, IUPLUS_ACT_FREE)->message = why;
}

void cn_release_all(struct cn *c, uint16_t cause, const char *why)
{
	unsigned conn;

	if (c->ue->gmm == IUPLUS_CN_RELEASING)
		return;
	proc_note(&c->p, IUPLUS_STEP_NONE, "release: %s", why);
	cn_set_relocation(c, IUPLUS_CN_RELOC_IDLE);
	cn_set_gmm(c, IUPLUS_CN_RELEASING);
	for (conn = 0; conn < 2 && !c->ue->ended; conn++)
		cn_iu(c, conn, CN_IU_RELEASE, cause, IUPLUS_STEP_NONE);
	if (!c->ue->ended)
		release_if_over(c);
}

void cn_reject(struct cn *c, enum iuplus_nas_cause cause, const char *why)
{
	struct iuplus_nas_msg m;

	proc_failure(&c->p, "%s: %s", why, iuplus_nas_cause_name(cause));
	memset(&m, 0, sizeof(m));
	switch (c->ue->purpose) {
	case IUPLUS_CN_FOR_ATTACH:
		m.type = IUPLUS_NAS_ATTACH_REJECT;
		m.u.attach_reject.cause = (uint8_t)cause;
		cn_send_nas(c, &m, IUPLUS_STEP_NONE);
		break;
	case IUPLUS_CN_FOR_RAU:
		m.type = IUPLUS_NAS_RAU_REJECT;
		m.u.rau_reject.cause = (uint8_t)cause;
		cn_send_nas(c, &m, IUPLUS_STEP_NONE);
		break;
	case IUPLUS_CN_FOR_SERVICE:
		m.type = IUPLUS_NAS_SERVICE_REJECT;
		m.u.service_reject.cause = (uint8_t)cause;
		cn_send_nas(c, &m, IUPLUS_STEP_NONE);
		break;
	default:
		break;
	}
	cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, why);
}

/* ---- connectionless ---- */

static void unitdata(struct cn *c, unsigned peer, const struct iuplus_ranap_msg *m)
{
	struct iuplus_proc_action *act;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(m, c->p.flags, c->p.env->arena, &pdu);

	if (rc) {
		proc_failure(&c->p, "%s could not be encoded: %s", iuplus_ranap_name(m), iuplus_strrc(rc));
		c->p.rc = rc == IUPLUS_ERR_MEMORY ? rc : c->p.rc;
		return;
	}
	act = proc_act(&c->p, IUPLUS_ACT_IU_UNITDATA);
	act->peer = peer;
	act->pdu = pdu;
	act->message = iuplus_ranap_name(m);
}

/* Error Indication; connectionless it names the domain (TS 25.413 8.27.2). */
static void unitdata_answer(struct cn *c, unsigned peer, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg answer;

	if (iuplus_ranap_answer(problem, &answer) != IUPLUS_OK)
		return;
	if (answer.kind == IUPLUS_RANAP_ERROR_INDICATION) {
		answer.u.error_indication.has_domain = true;
		answer.u.error_indication.domain = IUPLUS_DOMAIN_PS;
	}
	unitdata(c, peer, &answer);
}

/* 8.29.2.1: the connections named are released here, nothing is said on them; the answer lists them in their order,
 * those that nobody knows as well. */
static void reset_resource(struct cn *c, unsigned peer, const struct iuplus_ranap_msg *m,
			   struct iuplus_ranap_problem *problem)
{
	const struct iuplus_ranap_reset_resource *r = &m->u.reset_resource;
	struct iuplus_proc_range *ranges;
	struct iuplus_proc_action *act;
	struct iuplus_ranap_msg ack;
	unsigned i;

	proc_note(&c->p, IUPLUS_STEP_NONE, "Reset Resource by the RNC, %u entries: %s", r->connections.count,
		iuplus_ranap_cause_name(r->cause));
	if (!r->connections.count) {		/* nothing that could be acknowledged */
		iuplus_ranap_logical_error(m, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, problem);
		unitdata_answer(c, peer, problem);
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
	if (r->domain == IUPLUS_DOMAIN_PS) {
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
		act->peer = peer;
		act->domain = r->domain;
		act->ranges = ranges;
		act->range_count = r->connections.count;
	}
	unitdata(c, peer, &ack);
}

bool iuplus_cn_ue_named(const struct iuplus_cn_ue *ue, const struct iuplus_proc_action *action, unsigned *conn)
{
	unsigned n, i;

	for (n = 0; n < 2; n++) {
		if (ue->iu[n].state == IUPLUS_CN_IU_NONE || !ue->iu[n].has_sig_con_id || ue->iu[n].peer != action->peer)
			continue;
		for (i = 0; i < action->range_count; i++) {
			if (ue->iu[n].sig_con_id < action->ranges[i].first ||
			    ue->iu[n].sig_con_id > action->ranges[i].last)
				continue;
			*conn = n;
			return true;
		}
	}
	return false;
}

int iuplus_cn_connectionless(const struct iuplus_cn_config *config, const struct iuplus_proc_env *env, unsigned peer,
			     struct iuplus_octets pdu, struct iuplus_proc_actions *out, bool *reset)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m, ack;
	struct cn c;
	int rc;

	*reset = false;
	memset(&c, 0, sizeof(c));
	c.cfg = config;
	c.p.domain = IUPLUS_DOMAIN_PS;
	c.p.env = env;
	c.p.out = out;
	c.p.flags = config->enhanced ? 0 : IUPLUS_RANAP_LEGACY;
	rc = iuplus_ranap_decode(pdu, c.p.flags, env->arena, &m, &problem);
	if (rc) {
		proc_failure(&c.p, "a connectionless RANAP message is refused: %s at bit %zu", iuplus_strrc(rc),
			   problem.bit);
		iuplus_security_wipe(&m, sizeof(m));
		if (rc == IUPLUS_ERR_MEMORY)
			return rc;
		unitdata_answer(&c, peer, &problem);
		return c.p.rc;
	}
	if (problem.answer == IUPLUS_RANAP_ANSWER_ERROR_INDICATION)
		unitdata_answer(&c, peer, &problem);
	switch (m.kind) {
	case IUPLUS_RANAP_RESET:
		/* The other domain's connections are not this node's; its Reset is acknowledged all the same. */
		*reset = m.u.reset.domain == IUPLUS_DOMAIN_PS;
		proc_note(&c.p, IUPLUS_STEP_NONE, "Reset by the RNC: %s", iuplus_ranap_cause_name(m.u.reset.cause));
		memset(&ack, 0, sizeof(ack));
		ack.kind = IUPLUS_RANAP_RESET_ACKNOWLEDGE;
		ack.u.reset_acknowledge.domain = m.u.reset.domain;
		unitdata(&c, peer, &ack);
		break;
	case IUPLUS_RANAP_RESET_ACKNOWLEDGE:
		proc_failure(&c.p, "Reset Acknowledge, and no Reset was sent");
		break;
	case IUPLUS_RANAP_RESET_RESOURCE:
		reset_resource(&c, peer, &m, &problem);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE:
		proc_failure(&c.p, "Reset Resource Acknowledge, and no Reset Resource was sent");
		break;
	case IUPLUS_RANAP_ERROR_INDICATION:
		proc_failure(&c.p, "Error Indication: %s", m.u.error_indication.has_cause ?
			   iuplus_ranap_cause_name(m.u.error_indication.cause) : "no cause");
		break;
	case IUPLUS_RANAP_OVERLOAD:
		/* Nothing here generates load that could be reduced. */
		proc_note(&c.p, IUPLUS_STEP_NONE, "the RNC is overloaded");
		break;
	default:
		proc_failure(&c.p, "%s is not expected connectionless", iuplus_ranap_name(&m));
		iuplus_ranap_logical_error(&m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, &problem);
		unitdata_answer(&c, peer, &problem);
		break;
	}
	iuplus_security_wipe(&m, sizeof(m));	/* one that has no business here may have brought keys */
	return proc_end(&c.p);
}
