/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE's RRC machine: contexts, and the dispatch of events by the tables. */
#include "src/proc/ue_rrc.h"

#include <stdlib.h>
#include <string.h>

struct iuplus_ue_rrc *iuplus_ue_rrc_new(void)
{
	return calloc(1, sizeof(struct iuplus_ue_rrc));
}

void iuplus_ue_rrc_free(struct iuplus_ue_rrc *ue)
{
	if (!ue)
		return;
	free(ue->initial[0].nas);
	free(ue->initial[1].nas);
	while (ue->held_count)
		free(ue->held[--ue->held_count].nas);
	iuplus_security_wipe(ue, sizeof(*ue));
	free(ue);
}

void iuplus_ue_rrc_get_status(const struct iuplus_ue_rrc *ue, struct iuplus_ue_rrc_status *status)
{
	memset(status, 0, sizeof(*status));
	status->state = ue->state;
	status->cell = ue->now.cell;
	status->u_rnti = (uint32_t)ue->now.u_rnti.srnc << 20 | ue->now.u_rnti.s_rnti;
	memcpy(status->signalling, ue->signalling, sizeof(status->signalling));
	status->integrity = ue->now.integrity.started;
	status->ciphering = ue->now.keys.ciphering;
	status->kind = ue->now.keys.kind;
	status->uia = ue->now.keys.uia;
	status->uea = ue->now.keys.uea;
	status->network_capability = ue->now.network.present ? ue->now.network.bits : 0;
	memcpy(status->start, ue->start, sizeof(status->start));
}

/* ---- dispatch ---- */

static void run(struct ue *c, const struct ue_row *row, const char *what)
{
	if (proc_handles(&c->p, &row->row, what, iuplus_ue_rrc_state_name(c->ue->state)))
		row->handler(c);
}

/* Clause 9: an erroneous message is answered if it is addressed to this UE; while integrity protection runs, only if
 * its MAC-I is right (8.5.10). */
static void not_understood(struct ue *c, const struct iuplus_rrc_error *error)
{
	struct iuplus_rrc_msg msg;

	proc_memory(&c->p, error->rc);
	proc_failure(&c->p, "message on RB%u not understood: %s at bit %zu %s", c->event->rb, iuplus_strrc(error->rc),
		     error->bit, error->path);
	if (!c->event->rb || !error->answer || !ue_verify(c, NULL))
		return;
	if (iuplus_rrc_answer_for(error, &msg) == IUPLUS_OK)
		ue_send(c, msg.type == IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE ? 1 : 2, &msg, IUPLUS_STEP_NONE);
}

/* Messages that their own procedure verifies, with the configuration in the message. */
static bool verifies_itself(const struct iuplus_rrc_msg *msg)
{
	return msg->type == IUPLUS_RRC_SECURITY_MODE_COMMAND ||
	       msg->type == IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION ||
	       msg->type == IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION;
}

static void take_rrc(struct ue *c)
{
	const struct iuplus_ue_rrc_event *event = c->event;
	struct iuplus_ue_rrc *ue = c->ue;
	struct iuplus_rrc_error error;
	struct iuplus_rrc_msg msg;
	int rc;

	/* In ARRIVING there is no physical channel yet that could have carried it. */
	if (event->rb && ue->state != IUPLUS_UE_CONNECTED && ue->state != IUPLUS_UE_RELEASING) {
		proc_failure(&c->p, "message on RB%u without RRC connection", event->rb);
		return;
	}
	memset(&msg, 0, sizeof(msg));
	memset(&error, 0, sizeof(error));
	rc = iuplus_rrc_decode(event->rb ? IUPLUS_RRC_DL_DCCH : IUPLUS_RRC_DL_CCCH, event->pdu, c->p.flags,
			       c->p.env->arena, &msg, &error);
	if (rc) {
		error.rc = rc;
		not_understood(c, &error);
		return;
	}
	/* 8.5.10 exempts what the CCCH carries, RRC CONNECTION RELEASE included. */
	if (!verifies_itself(&msg) && event->rb && !ue_verify(c, &msg))
		return;
	c->p.why = iuplus_rrc_asn1_name(msg.type);
	c->rrc = &msg;
	run(c, &ue_rrc_table[ue->state][ue_rrc_row(msg.type)], c->p.why);
	c->rrc = NULL;
}

static void expired(struct ue *c)
{
	ue_handler *handler = ue_expiry(c->ue->state, c->event->timer);

	c->p.why = iuplus_ue_rrc_timer_name(c->event->timer);
	if (handler)
		handler(c);
}

int iuplus_ue_rrc_event(struct iuplus_ue_rrc *ue, const struct iuplus_ue_rrc_config *config,
			const struct iuplus_proc_env *env, const struct iuplus_ue_rrc_event *event,
			struct iuplus_proc_actions *actions)
{
	const struct ue_row *row;
	struct ue c;

	if ((unsigned)event->kind >= IUPLUS_UE_EV_COUNT || event->rb >= IUPLUS_PROC_RBS ||
	    (unsigned)event->domain > IUPLUS_DOMAIN_PS || config->cell_count > IUPLUS_UE_MAX_CELLS)
		return IUPLUS_ERR_ARGUMENT;
	memset(&c, 0, sizeof(c));
	c.p.env = env;
	c.p.out = actions;
	c.p.flags = config->enhanced ? 0 : IUPLUS_RRC_LEGACY;
	c.cfg = config;
	c.ue = ue;
	c.event = event;
	c.p.why = iuplus_ue_rrc_event_name(event->kind);
	row = ue_event_row(ue->state, event->kind);
	if (row->row.answer == PROC_BY_MESSAGE)
		take_rrc(&c);
	else if (row->row.answer == PROC_BY_TIMER)
		expired(&c);
	else
		run(&c, row, c.p.why);
	if (c.p.exhausted && ue->state != IUPLUS_UE_IDLE) {
		c.p.why = "COUNT-I is exhausted";
		ue_lost(&c);
	}
	return proc_end(&c.p);
}
