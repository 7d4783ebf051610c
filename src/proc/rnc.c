/* SPDX-License-Identifier: BSD-2-Clause */
/* The RNC's machine of one UE: contexts, configuration, and the dispatch of events by the tables. */
#include "src/proc/rnc_ue.h"

#include <stdlib.h>
#include <string.h>

struct iuplus_rnc_ue *iuplus_rnc_ue_new(uint32_t id)
{
	struct iuplus_rnc_ue *ue = calloc(1, sizeof(*ue));

	if (ue)
		ue->id = id & 0xfffff;
	return ue;
}

void iuplus_rnc_ue_free(struct iuplus_rnc_ue *ue)
{
	if (!ue)
		return;
	rnc_queue_drop(ue);
	iuplus_security_wipe(ue, sizeof(*ue));
	free(ue);
}

bool iuplus_rnc_ue_named(const struct iuplus_rnc_ue *ue, const struct iuplus_proc_action *action)
{
	unsigned conn = action->peer, i;

	if (conn > 1 || ue->iu[conn].state == RNC_IU_NONE)
		return false;
	for (i = 0; i < action->range_count; i++)
		if (ue->iu[conn].sig_con_id >= action->ranges[i].first &&
		    ue->iu[conn].sig_con_id <= action->ranges[i].last)
			return true;
	return false;
}

void iuplus_rnc_ue_get_status(const struct iuplus_rnc_ue *ue, struct iuplus_rnc_ue_status *status)
{
	unsigned conn;

	memset(status, 0, sizeof(*status));
	status->id = ue->id;
	status->state = ue->state;
	status->target = ue->target;
	for (conn = 0; conn < 2; conn++)
		status->iu[conn] = ue->iu[conn].state == RNC_IU_UP;
	status->has_imsi = ue->has_imsi;
	status->imsi_len = ue->imsi.len;
	memcpy(status->imsi, ue->imsi.tbcd, sizeof(status->imsi));
	status->u_rnti = (uint32_t)ue->u_rnti.srnc << 20 | ue->u_rnti.s_rnti;
	status->integrity = ue->integrity.started;
	status->ciphering = ue->keys.ciphering;
	status->kind = ue->keys.kind;
	status->uia = ue->keys.uia;
	status->uea = ue->keys.uea;
	status->ue_capability = ue->enhanced.present ? ue->enhanced.bits : 0;
}

/* ---- dispatch ---- */

static void run(struct rnc *c, const struct rnc_row *row, const char *what)
{
	if (proc_handles(&c->p, &row->row, what, iuplus_rnc_state_name(c->ue->state)))
		row->handler(c);
}

/* TS 25.331 8.5.10.2, 8.6.3.5: verifies a message of the UE with the configuration of its type. Among the answers to a
 * Security Mode Command, Complete uses the new one and Failure the old one. */
static int verify(struct rnc *c, const struct iuplus_rrc_msg *msg, struct iuplus_rrc_mac_check *check)
{
	struct iuplus_rnc_ue *ue = c->ue;
	bool securing = ue->state == IUPLUS_RNC_SECURING;

	/* On another bearer it would be verified with the configuration in use, or not at all. */
	if (msg->type == IUPLUS_RRC_SECURITY_MODE_COMPLETE && c->event->rb != 2)
		return IUPLUS_ERR_INTEGRITY;
	if (securing && msg->type == IUPLUS_RRC_SECURITY_MODE_COMPLETE)
		return iuplus_rrc_integrity_verify(&ue->pending.integrity, true, 2, c->event->pdu.data,
						   c->event->pdu.len, check);
	if (!ue->integrity.started)
		return IUPLUS_OK;
	return ran_verify(&c->p, &ue->integrity, securing ? &ue->pending.integrity : NULL, &ue->former, true,
			  c->event->rb, c->event->pdu, check);
}

static void refused(struct rnc *c, const struct iuplus_rrc_msg *msg, int rc, const struct iuplus_rrc_mac_check *check)
{
	struct iuplus_rnc_ue *ue = c->ue;
	bool pending = ue->state == IUPLUS_RNC_SECURING && msg->type == IUPLUS_RRC_SECURITY_MODE_COMPLETE;
	char why[IUPLUS_RRC_MAC_CHECK_TEXT];

	ran_explain(&c->p,
		    proc_failure(&c->p, "%s on RB%u discarded: %s", iuplus_rrc_asn1_name(msg->type), c->event->rb,
				 ran_why(rc, check, why)),
		    check, pending ? &ue->pending.keys : &ue->keys, pending ? &ue->pending.integrity : &ue->integrity);
}

static void take_rrc(struct rnc *c)
{
	const struct iuplus_rnc_event *event = c->event;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_rrc_mac_check check = { .uia = 0 };
	struct iuplus_rrc_error error;
	struct iuplus_rrc_msg msg;
	int rc;

	memset(&msg, 0, sizeof(msg));
	memset(&error, 0, sizeof(error));
	rc = iuplus_rrc_decode(event->rb ? IUPLUS_RRC_UL_DCCH : IUPLUS_RRC_UL_CCCH, event->pdu, c->p.flags,
			       c->p.env->arena, &msg, &error);
	if (rc) {
		proc_memory(&c->p, rc);
		proc_failure(&c->p, "message on RB%u discarded: %s at bit %zu %s", event->rb, iuplus_strrc(rc),
			     error.bit, error.path);
		return;
	}
	if (event->rb && !ue->rrc && !ue->target) {
		proc_failure(&c->p, "%s from a UE without RRC connection", iuplus_rrc_asn1_name(msg.type));
		return;
	}
	if (event->rb) {
		rc = verify(c, &msg, &check);
		if (rc) {
			refused(c, &msg, rc, &check);
			return;
		}
	}
	c->rrc = &msg;
	c->p.why = iuplus_rrc_asn1_name(msg.type);
	run(c, &rnc_rrc_table[ue->state][rnc_rrc_row(msg.type)], c->p.why);
	c->rrc = NULL;
}

/* An unusable response of the core (TS 25.413 10.3.4.2): the procedure has failed. */
static void local_failure(struct rnc *c)
{
	if (c->ue->state == IUPLUS_RNC_PREPARING)
		rnc_relocation_cancel(c);
}

/* 8.6.2: after Relocation Command the source ignores everything on the connection but Iu Release Command: nothing is
 * answered either. */
static bool ignores(const struct rnc *c, unsigned kind)
{
	const struct iuplus_rnc_ue *ue = c->ue;

	return (ue->state == IUPLUS_RNC_PREPARING || ue->state == IUPLUS_RNC_RELOCATING) &&
	       ue->iu[c->event->conn].relocation == RNC_IU_COMMANDED && kind != IUPLUS_RANAP_IU_RELEASE_COMMAND;
}

static void take_ranap(struct rnc *c)
{
	const struct iuplus_rnc_event *event = c->event;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg;
	const struct rnc_row *row;
	int rc;

	if (ue->state == IUPLUS_RNC_IDLE || ue->iu[event->conn].state == RNC_IU_CONNECTING)
		ue->iu[event->conn].state = RNC_IU_UP;
	if (ue->iu[event->conn].state != RNC_IU_UP && ue->state != IUPLUS_RNC_RELEASING) {
		if (ue->iu[event->conn].state == RNC_IU_NONE)
			proc_failure(&c->p, "RANAP message on an Iu connection that does not exist");
		return;
	}
	memset(&msg, 0, sizeof(msg));
	memset(&problem, 0, sizeof(problem));
	rc = iuplus_ranap_decode(event->pdu, c->p.flags, c->p.env->arena, &msg, &problem);
	if (!rc)
		rc = iuplus_ranap_conditions(&msg, c->p.env->arena, &problem);
	if (proc_memory(&c->p, rc) == IUPLUS_ERR_MEMORY)
		goto out;
	if (ignores(c, msg.kind))
		goto out;
	if (rc)
		proc_failure(&c->p, "RANAP message rejected: %s at bit %zu of %s", iuplus_strrc(rc), problem.bit,
			     problem.path ? problem.path : "the PDU");
	if (problem.answer == IUPLUS_RANAP_ANSWER_ERROR_INDICATION ||
	    problem.answer == IUPLUS_RANAP_ANSWER_UNSUCCESSFUL)
		rnc_answer(c, event->conn, &problem);
	if (rc) {
		if (problem.answer == IUPLUS_RANAP_ANSWER_LOCAL)
			local_failure(c);
		goto out;
	}
	c->ranap = &msg;
	c->problem = &problem;
	c->p.why = iuplus_ranap_name(&msg);
	row = &rnc_ranap_table[ue->state][rnc_ranap_row(msg.kind)];
	if (row->row.answer == PROC_DEFAULT)
		rnc_logical_error(c);
	run(c, row, c->p.why);
	c->ranap = NULL;
	c->problem = NULL;
out:
	/* The message may contain keys, and it is on the stack. */
	iuplus_security_wipe(&msg, sizeof(msg));
}

/* A procedure has ended: handles what waited for this, in its order, until a message starts another procedure. */
static void take_waiting(struct rnc *c)
{
	struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RANAP };
	const struct iuplus_rnc_event *before = c->event;
	struct iuplus_rnc_ue *ue = c->ue;

	while (ue->queued && ue->state == IUPLUS_RNC_CONNECTED) {
		struct rnc_queued first = rnc_queue_take(ue);
		struct iuplus_octets octets = { first.octets, first.len };

		if (first.rb) {
			rnc_nas_down(c, first.domain, first.rb, octets);
		} else {
			event.conn = first.domain;
			event.pdu = octets;
			c->event = &event;
			take_ranap(c);
		}
		rnc_queued_free(&first);
	}
	c->event = before;
}

static void expired(struct rnc *c)
{
	rnc_handler *handler = rnc_expiry(c->ue->state, c->event->timer);

	c->p.why = iuplus_rnc_timer_name(c->event->timer);
	if (handler)
		handler(c);
}

/* Ends a context whose first message did not start a procedure. */
static void end_idle(struct rnc *c)
{
	unsigned conn;

	if (c->ue->state != IUPLUS_RNC_IDLE || c->p.rc == IUPLUS_ERR_STATE)
		return;
	for (conn = 0; conn < 2; conn++)
		if (c->ue->iu[conn].state == RNC_IU_UP) {
			proc_act(&c->p, IUPLUS_ACT_IU_RELEASE)->conn = conn;
			c->ue->iu[conn].state = RNC_IU_NONE;
		}
	rnc_end_if_done(c, "the first message did not start a procedure");
}

int iuplus_rnc_event(struct iuplus_rnc_ue *ue, const struct iuplus_rnc_config *config,
		     const struct iuplus_proc_env *env, const struct iuplus_rnc_event *event,
		     struct iuplus_proc_actions *actions)
{
	enum iuplus_rnc_state before = ue->state;
	const struct rnc_row *row;
	struct rnc c;

	if ((unsigned)event->kind >= IUPLUS_RNC_EV_COUNT || event->conn > 1 || event->rb >= IUPLUS_PROC_RBS)
		return IUPLUS_ERR_ARGUMENT;
	memset(&c, 0, sizeof(c));
	c.p.env = env;
	c.p.out = actions;
	c.p.flags = config->enhanced ? 0 : IUPLUS_RRC_LEGACY;
	c.cfg = config;
	c.ue = ue;
	c.event = event;
	c.p.why = iuplus_rnc_event_name(event->kind);
	row = rnc_event_row(before, event->kind);
	if (row->row.answer == PROC_BY_TIMER)
		expired(&c);
	else if (row->row.answer != PROC_BY_MESSAGE)
		run(&c, row, c.p.why);
	else if (event->kind == IUPLUS_RNC_EV_RRC)
		take_rrc(&c);
	else
		take_ranap(&c);
	/* Connections that ended meanwhile: only now it is known with which keys the UE verifies a release. */
	if (before == IUPLUS_RNC_SECURING && ue->state == IUPLUS_RNC_CONNECTED)
		rnc_release_if_unserved(&c);
	take_waiting(&c);
	if (event->kind == IUPLUS_RNC_EV_RRC || event->kind == IUPLUS_RNC_EV_RANAP)
		end_idle(&c);
	/* No message can be sent to the UE any longer. The core is asked to release; the next connection gets new
	 * keys. */
	if (c.p.exhausted && ue->state != IUPLUS_RNC_RELEASING && ue->state != IUPLUS_RNC_GONE) {
		c.p.why = "COUNT-I is exhausted";
		rnc_ask_release(&c, IUPLUS_RANAP_CAUSE_UTRAN_GENERATED);
	}
	return proc_end(&c.p);
}
