/* SPDX-License-Identifier: BSD-2-Clause */
/* rnc_act.c: the building blocks of the RNC's procedures: names, timers, messages to the UE and to the core, waiting
 * NAS messages. */
#include "src/proc/rnc_ue.h"

#include <stdlib.h>
#include <string.h>

#define S(state) (1u << IUPLUS_RNC_##state)
#define TIMER(id, ms, name, key, runs, ...) [IUPLUS_RNC_##id] = { name, ms, runs },
const struct proc_timer rnc_timers[IUPLUS_RNC_TIMER_COUNT] = { IUPLUS_RNC_TIMERS(TIMER) };
#define NAME(id, name, ...) name,

const char *iuplus_rnc_timer_name(unsigned timer)
{
	return timer < IUPLUS_RNC_TIMER_COUNT ? rnc_timers[timer].name : "?";
}

const char *iuplus_rnc_state_name(enum iuplus_rnc_state state)
{
	static const char *const names[] = { IUPLUS_RNC_STATES(NAME) };

	return (unsigned)state < IUPLUS_RNC_STATE_COUNT ? names[state] : "?";
}

const char *iuplus_rnc_event_name(enum iuplus_rnc_event_kind kind)
{
	static const char *const names[] = { IUPLUS_RNC_EVENTS(NAME) };

	return (unsigned)kind < IUPLUS_RNC_EV_COUNT ? names[kind] : "?";
}

void iuplus_rnc_config_init(struct iuplus_rnc_config *config)
{
	unsigned i;

	memset(config, 0, sizeof(*config));
	config->policy = IUPLUS_ENHANCED_SECURITY_PREFER;
	iuplus_security_default_algorithms(&config->algorithms);
	for (i = 0; i < IUPLUS_RNC_TIMER_COUNT; i++)
		config->ms[i] = rnc_timers[i].ms;
	config->reset_retries = 3;
}

void rnc_timer_start(struct rnc *c, unsigned timer)
{
	proc_timer_run(&c->p, rnc_timers, timer, c->cfg->ms);
}

void rnc_timer_stop(struct rnc *c, unsigned timer)
{
	proc_timer_stop(&c->p, timer, rnc_timers[timer].name);
}

void rnc_node_timer_start(struct proc *p, const struct iuplus_rnc_config *config, unsigned peer, unsigned timer)
{
	struct iuplus_proc_action *a = proc_act(p, IUPLUS_ACT_TIMER_START);

	a->peer = peer;
	a->timer = timer;
	a->timer_name = rnc_timers[timer].name;
	a->ms = config->ms[timer] ? config->ms[timer] : rnc_timers[timer].ms;
}

void rnc_node_timer_stop(struct proc *p, unsigned peer, unsigned timer)
{
	struct iuplus_proc_action *a = proc_act(p, IUPLUS_ACT_TIMER_STOP);

	a->peer = peer;
	a->timer = timer;
	a->timer_name = rnc_timers[timer].name;
}

void rnc_set_state(struct rnc *c, enum iuplus_rnc_state state)
{
	enum iuplus_rnc_state before = c->ue->state;

	proc_timers(&c->p, rnc_timers, IUPLUS_RNC_TIMER_COUNT, c->cfg->ms, 1u << before, 1u << state);
	c->ue->state = state;
	if (before != state)
		proc_state(&c->p, "RNC", iuplus_rnc_state_name(before), iuplus_rnc_state_name(state), c->p.why);
}

uint8_t rnc_transaction(struct rnc *c)
{
	uint8_t transaction = c->ue->transaction;

	c->ue->transaction = (transaction + 1) & 3;
	return transaction;
}

int rnc_send_rrc(struct rnc *c, uint8_t rb, struct iuplus_rrc_msg *msg, enum iuplus_proc_step step)
{
	return ran_rrc_send(&c->p, rb ? &c->ue->integrity : NULL, false, rb, msg, step);
}

int rnc_encode_ranap(struct rnc *c, const struct iuplus_ranap_msg *msg, struct iuplus_octets *pdu)
{
	int rc = iuplus_ranap_encode(msg, c->p.flags, c->p.env->arena, pdu);

	if (rc)
		proc_failure(&c->p, "%s cannot be encoded: %s", iuplus_ranap_kind_name(msg->kind), iuplus_strrc(rc));
	return proc_memory(&c->p, rc);
}

int rnc_send_ranap(struct rnc *c, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step)
{
	struct iuplus_proc_action *a;
	struct iuplus_octets pdu;
	int rc;

	if (c->ue->iu[conn].state == RNC_IU_NONE)
		return IUPLUS_OK; /* the connection ended under the procedure */
	rc = rnc_encode_ranap(c, msg, &pdu);
	if (rc)
		return rc;
	a = proc_act(&c->p, IUPLUS_ACT_IU_SEND);
	a->conn = conn;
	a->domain = conn;
	a->pdu = pdu;
	a->message = iuplus_ranap_kind_name(msg->kind);
	a->step = step;
	return IUPLUS_OK;
}

int rnc_send_cause(struct rnc *c, unsigned conn, unsigned kind, uint16_t cause)
{
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = kind;
	if (kind == IUPLUS_RANAP_RELOCATION_CANCEL)
		msg.u.relocation_cancel.cause = cause;
	else
		msg.u.iu_release_request.cause = cause;
	return rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_NONE);
}

bool rnc_report(const struct rnc *c, struct iuplus_ranap_diagnostics *diagnostics)
{
	if (!c->problem || c->problem->answer != IUPLUS_RANAP_ANSWER_REPORT)
		return false;
	*diagnostics = c->problem->diagnostics;
	return true;
}

void rnc_diagnostics_keep(const struct rnc *c, struct rnc_diagnostics *keep)
{
	const struct iuplus_ranap_ie_diagnostics *ies;
	unsigned i;

	memset(keep, 0, sizeof(*keep));
	keep->present = rnc_report(c, &keep->d);
	if (!keep->present)
		return;
	ies = keep->d.ies;
	keep->d.ies = NULL;
	if (keep->d.ie_count > RNC_DIAGNOSTICS)
		keep->d.ie_count = RNC_DIAGNOSTICS;
	for (i = 0; i < keep->d.ie_count; i++) {
		keep->ies[i] = ies[i];
		keep->ies[i].level_count = 0;
		keep->ies[i].levels = NULL;
	}
}

bool rnc_diagnostics_kept(const struct rnc_diagnostics *keep, struct iuplus_ranap_diagnostics *diagnostics)
{
	if (!keep->present)
		return false;
	*diagnostics = keep->d;
	diagnostics->ies = keep->ies;
	return true;
}

int rnc_send_failure(struct rnc *c, unsigned conn, unsigned kind, uint16_t cause,
		     const struct rnc_diagnostics *diagnostics)
{
	struct iuplus_ranap_failure *failure;
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = kind;
	failure = &msg.u.failure;
	failure->cause = cause;
	failure->has_diagnostics = diagnostics ? rnc_diagnostics_kept(diagnostics, &failure->diagnostics) :
						 rnc_report(c, &failure->diagnostics);
	return rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_NONE);
}

void rnc_logical_error(struct rnc *c)
{
	struct iuplus_ranap_problem logical;

	iuplus_ranap_logical_error(c->ranap, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, &logical);
	rnc_answer(c, c->event->conn, &logical);
}

void rnc_answer(struct rnc *c, unsigned conn, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg msg;

	if (iuplus_ranap_answer(problem, &msg) == IUPLUS_OK)
		rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_NONE);
}

/* TS 24.008 10.5.1.12. Common: LAC. CS: no T3212, ATT. PS: RAC, network operation mode I. */
void rnc_cn_information(struct iuplus_rrc_cn_information *out, uint16_t lac, uint8_t rac, uint8_t octets[RNC_NAS_INFO])
{
	const uint8_t values[RNC_NAS_INFO] = { (uint8_t)(lac >> 8), (uint8_t)lac, 0, 1, rac, 0 };
	unsigned domain;

	memset(out, 0, sizeof(*out));
	memcpy(octets, values, sizeof(values));
	out->present = true;
	out->common_nas_info = (struct iuplus_octets){ octets, 2 };
	out->domains = 2;
	for (domain = 0; domain < 2; domain++) {
		out->domain[domain].domain = domain;
		out->domain[domain].nas_info = (struct iuplus_octets){ &octets[2 + 2 * domain], 2 };
		out->domain[domain].drx_coefficient = 6;
	}
}

void rnc_pending_wipe(struct iuplus_rnc_ue *ue)
{
	iuplus_security_wipe(&ue->pending, sizeof(ue->pending));
}

static int choose(const uint8_t *own, unsigned own_count, uint16_t ue, const uint8_t *list, unsigned count)
{
	unsigned i, j;

	for (i = 0; i < count; i++)
		for (j = 0; j < own_count; j++)
			if (own[j] == list[i] && list[i] < 16 && (ue & 1u << list[i]))
				return list[i];
	return -1;
}

int rnc_choose_uia(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count)
{
	return choose(cfg->algorithms.uia, cfg->algorithms.uia_count, ue->capability.uia, list, count);
}

int rnc_choose_uea(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count)
{
	return choose(cfg->algorithms.uea, cfg->algorithms.uea_count, ue->capability.uea, list, count);
}

void rnc_nas_down(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets nas)
{
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_DL_DCCH;
	msg.type = IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER;
	msg.u.downlink_direct_transfer.transaction = rnc_transaction(c);
	msg.u.downlink_direct_transfer.domain = domain;
	msg.u.downlink_direct_transfer.nas = nas;
	rnc_send_rrc(c, rb, &msg, IUPLUS_STEP_NONE);
}

void rnc_hold_nas(struct rnc *c, bool hold)
{
	struct iuplus_proc_action *a;
	uint8_t rb;

	for (rb = 3; rb < IUPLUS_PROC_RBS; rb++) {
		a = proc_act(&c->p, IUPLUS_ACT_HOLD);
		a->rb = rb;
		a->hold = hold;
	}
}

static void wait(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets octets)
{
	struct rnc_queued *q;

	if (c->ue->queued == RNC_QUEUE) {
		proc_failure(&c->p, "too many messages wait for the UE: one is discarded");
		return;
	}
	q = &c->ue->queue[c->ue->queued];
	q->octets = malloc(octets.len ? octets.len : 1);
	if (!q->octets) {
		proc_failure(&c->p, "a message that would wait is discarded: memory exhausted");
		return;
	}
	if (octets.len)
		memcpy(q->octets, octets.data, octets.len);
	q->len = octets.len;
	q->domain = domain;
	q->rb = rb;
	c->ue->queued++;
}

void rnc_queue_nas(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets nas)
{
	wait(c, domain, rb, nas);
}

void rnc_queue_ranap(struct rnc *c)
{
	wait(c, c->event->conn, 0, c->event->pdu);
}

/* A RANAP message may contain keys. */
void rnc_queued_free(struct rnc_queued *q)
{
	iuplus_security_wipe(q->octets, q->len);
	free(q->octets);
	q->octets = NULL;
}

struct rnc_queued rnc_queue_take(struct iuplus_rnc_ue *ue)
{
	struct rnc_queued first = ue->queue[0];

	ue->queued--;
	memmove(&ue->queue[0], &ue->queue[1], ue->queued * sizeof(ue->queue[0]));
	return first;
}

void rnc_queue_drop(struct iuplus_rnc_ue *ue)
{
	while (ue->queued)
		rnc_queued_free(&ue->queue[--ue->queued]);
}
