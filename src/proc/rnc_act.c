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
	switch (kind) {
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
		msg.u.security_mode_reject.cause = cause;
		break;
	case IUPLUS_RANAP_RELOCATION_FAILURE:
		msg.u.relocation_failure.cause = cause;
		break;
	case IUPLUS_RANAP_RELOCATION_CANCEL:
		msg.u.relocation_cancel.cause = cause;
		break;
	default:
		msg.u.iu_release_request.cause = cause;
		break;
	}
	return rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_NONE);
}

void rnc_answer(struct rnc *c, unsigned conn, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg msg;

	if (iuplus_ranap_answer(problem, &msg) == IUPLUS_OK)
		rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_NONE);
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

void rnc_queue_nas(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets nas)
{
	struct rnc_queued *q;

	if (c->ue->queued == RNC_QUEUE) {
		proc_failure(&c->p, "too many NAS messages wait for the UE: one is discarded");
		return;
	}
	q = &c->ue->queue[c->ue->queued];
	q->nas = malloc(nas.len ? nas.len : 1);
	if (!q->nas) {
		proc_failure(&c->p, "a NAS message for the UE is discarded: memory exhausted");
		return;
	}
	if (nas.len)
		memcpy(q->nas, nas.data, nas.len);
	q->len = nas.len;
	q->domain = domain;
	q->rb = rb;
	c->ue->queued++;
}

void rnc_queue_flush(struct rnc *c)
{
	unsigned i;

	for (i = 0; i < c->ue->queued; i++) {
		struct iuplus_octets nas = { c->ue->queue[i].nas, c->ue->queue[i].len };

		rnc_nas_down(c, c->ue->queue[i].domain, c->ue->queue[i].rb, nas);
	}
	rnc_queue_drop(c->ue);
}

void rnc_queue_drop(struct iuplus_rnc_ue *ue)
{
	unsigned i;

	for (i = 0; i < ue->queued; i++)
		free(ue->queue[i].nas);
	ue->queued = 0;
}
