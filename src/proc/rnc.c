/* SPDX-License-Identifier: BSD-2-Clause */
/* The RNC's machine of one UE: contexts, configuration, and the way of an event through the tables. */
#include "src/proc/rnc_ue.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	uint32_t ms;
} timers[IUPLUS_RNC_TIMERS] = {
	[IUPLUS_RNC_TRELOCPREP] = { "TRELOCprep", 5000 },
	[IUPLUS_RNC_TRELOCOVERALL] = { "TRELOCoverall", 10000 },
	[IUPLUS_RNC_T_SETUP] = { "T_setup", 3000 },
	[IUPLUS_RNC_T_SECURITY] = { "T_security", 5000 },
	[IUPLUS_RNC_T_ARRIVAL] = { "T_arrival", 8000 },
	[IUPLUS_RNC_T_RELEASE] = { "T_release", 4000 },
	[IUPLUS_RNC_T_CONNECT] = { "T_connect", 10000 },
	[IUPLUS_RNC_T_RESET] = { "TRatC", 5000 }
};

static const char *const states[IUPLUS_RNC_STATES] = {
	"idle", "connecting", "connected", "securing", "preparing", "cancelling", "relocating", "expecting", "detected",
	"releasing", "gone"
};

static const char *const events[IUPLUS_RNC_EVENTS] = {
	"RRC message",     "RANAP message",    "Iu confirmed", "Iu refused", "Iu released",
	"Iu lost",         "radio heard",      "radio lost",   "timer",      "order to relocate",
	"order to cancel", "order to release", "reset"
};

const char *iuplus_rnc_timer_name(unsigned timer)
{
	return timer < IUPLUS_RNC_TIMERS ? timers[timer].name : "?";
}

const char *iuplus_rnc_state_name(enum iuplus_rnc_state state)
{
	return (unsigned)state < IUPLUS_RNC_STATES ? states[state] : "?";
}

const char *iuplus_rnc_event_name(enum iuplus_rnc_event_kind kind)
{
	return (unsigned)kind < IUPLUS_RNC_EVENTS ? events[kind] : "?";
}

void iuplus_rnc_config_init(struct iuplus_rnc_config *config)
{
	unsigned i;

	memset(config, 0, sizeof(*config));
	config->uia_count = 2;
	config->uia[0] = 2;
	config->uia[1] = 1;
	config->uea_count = 3;
	config->uea[0] = 2;
	config->uea[1] = 1;
	config->uea[2] = 0;
	for (i = 0; i < IUPLUS_RNC_TIMERS; i++)
		config->ms[i] = timers[i].ms;
	config->reset_retries = 3;
}

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
	status->have_imsi = ue->have_imsi;
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

/* ---- shared by the procedures ---- */

void rnc_timer(struct rnc *c, enum iuplus_rnc_timer timer)
{
	proc_timer_start(&c->p, timer, timers[timer].name, c->cfg->ms[timer] ? c->cfg->ms[timer] : timers[timer].ms);
}

void rnc_timer_off(struct rnc *c, enum iuplus_rnc_timer timer)
{
	proc_timer_stop(&c->p, timer, timers[timer].name);
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
		return IUPLUS_OK;	/* the connection ended under the procedure */
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

static int choose(const uint8_t *have, unsigned have_count, uint16_t ue, const uint8_t *list, unsigned count)
{
	unsigned i, j;

	for (i = 0; i < count; i++)
		for (j = 0; j < have_count; j++)
			if (have[j] == list[i] && list[i] < 16 && (ue & 1u << list[i]))
				return list[i];
	return -1;
}

int rnc_choose_uia(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count)
{
	return choose(cfg->uia, cfg->uia_count, ue->capability.uia, list, count);
}

int rnc_choose_uea(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count)
{
	return choose(cfg->uea, cfg->uea_count, ue->capability.uea, list, count);
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
		proc_failure(&c->p, "too many NAS messages wait for the UE: one is lost");
		return;
	}
	q = &c->ue->queue[c->ue->queued];
	q->nas = malloc(nas.len ? nas.len : 1);
	if (!q->nas) {
		proc_failure(&c->p, "a NAS message for the UE is lost: memory exhausted");
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

/* ---- the way of an event ---- */

static void run(struct rnc *c, const struct rnc_row *row, const char *what)
{
	switch (row->answer) {
	case RNC_HANDLE:
		row->handler(c);
		break;
	case RNC_IGNORE:
		break;
	case RNC_ORDER_REFUSED:
		c->p.rc = IUPLUS_ERR_STATE;
		break;
	default:
		proc_failure(&c->p, "%s does not fit state \"%s\"", what, iuplus_rnc_state_name(c->ue->state));
		break;
	}
}

/* TS 25.331 8.5.10.2, 8.6.3.5: with which configuration a message of the UE is verified. The answers to a Security Mode
 * Command are told apart by their type: Complete has the new one, Failure the old one. */
static int verify(struct rnc *c, const struct iuplus_rrc_msg *msg)
{
	struct iuplus_rnc_ue *ue = c->ue;
	bool securing = ue->state == IUPLUS_RNC_SECURING;

	/* On another bearer the configuration in use, or none at all, would vouch for it. */
	if (msg->type == IUPLUS_RRC_SECURITY_MODE_COMPLETE && c->event->rb != 2)
		return IUPLUS_ERR_INTEGRITY;
	if (securing && msg->type == IUPLUS_RRC_SECURITY_MODE_COMPLETE)
		return iuplus_rrc_integrity_verify(&ue->pending.integrity, true, 2, c->event->pdu.data,
						   c->event->pdu.len, NULL);
	if (!ue->integrity.started)
		return IUPLUS_OK;
	return ran_verify(&c->p, &ue->integrity, securing ? &ue->pending.integrity : NULL, &ue->former, true,
			  c->event->rb, c->event->pdu);
}

void rnc_rrc(struct rnc *c)
{
	const struct iuplus_rnc_event *event = c->event;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_rrc_error error;
	struct iuplus_rrc_msg msg;
	const struct rnc_row *row;
	int rc;

	memset(&msg, 0, sizeof(msg));
	memset(&error, 0, sizeof(error));
	rc = iuplus_rrc_decode(event->rb ? IUPLUS_RRC_UL_DCCH : IUPLUS_RRC_UL_CCCH, event->pdu, c->p.flags,
			       c->p.env->arena, &msg, &error);
	if (rc) {
		proc_memory(&c->p, rc);
		proc_failure(&c->p, "message on RB%u dropped: %s at bit %zu %s", event->rb, iuplus_strrc(rc), error.bit,
			    error.path);
		return;
	}
	if (event->rb && !ue->rrc && !ue->target) {
		proc_failure(&c->p, "%s from a UE without RRC connection", iuplus_rrc_asn1_name(msg.type));
		return;
	}
	if (event->rb) {
		rc = verify(c, &msg);
		if (rc) {
			proc_failure(&c->p, "%s on RB%u dropped: %s", iuplus_rrc_asn1_name(msg.type), event->rb,
				    iuplus_strrc(rc));
			return;
		}
	}
	c->rrc = &msg;
	row = &iuplus_rnc_rrc_table__[ue->state][iuplus_rnc_rrc_row__(msg.type)];
	run(c, row, iuplus_rrc_asn1_name(msg.type));
	c->rrc = NULL;
}

/* A response of the core that cannot be used (TS 25.413 10.3.4.2): the procedure has failed. */
static void local_failure(struct rnc *c)
{
	if (c->ue->state == IUPLUS_RNC_PREPARING)
		rnc_relocation_cancel(c);
}

void rnc_ranap(struct rnc *c)
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
	if (proc_memory(&c->p, rc) == IUPLUS_ERR_MEMORY)
		goto out;
	if (rc)
		proc_failure(&c->p, "RANAP message not taken: %s at bit %zu of %s", iuplus_strrc(rc), problem.bit,
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
	row = &iuplus_rnc_ranap_table__[ue->state][iuplus_rnc_ranap_row__(msg.kind)];
	if (row->answer == RNC_DEFAULT) {
		struct iuplus_ranap_problem logical;

		iuplus_ranap_logical_error(&msg, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, &logical);
		rnc_answer(c, event->conn, &logical);
	}
	run(c, row, iuplus_ranap_name(&msg));
	c->ranap = NULL;
	c->problem = NULL;
out:
	/* A message may have carried keys, and stays on the stack. */
	iuplus_security_wipe(&msg, sizeof(msg));
}

/* Which timer means what in which state; any other expiry came late. */
void rnc_expired(struct rnc *c)
{
	static const struct {
		enum iuplus_rnc_timer timer;
		unsigned states;
		rnc_handler *handler;
	} table[] = {
		{ IUPLUS_RNC_T_SETUP, 1u << IUPLUS_RNC_CONNECTING, rnc_connection_setup_expired },
		{ IUPLUS_RNC_T_SECURITY, 1u << IUPLUS_RNC_SECURING, rnc_security_expired },
		{ IUPLUS_RNC_TRELOCPREP, 1u << IUPLUS_RNC_PREPARING, rnc_trelocprep_expired },
		{ IUPLUS_RNC_TRELOCOVERALL, 1u << IUPLUS_RNC_RELOCATING, rnc_treloc_overall_expired },
		{ IUPLUS_RNC_T_ARRIVAL, 1u << IUPLUS_RNC_EXPECTING | 1u << IUPLUS_RNC_DETECTED, rnc_arrival_expired },
		{ IUPLUS_RNC_T_RELEASE, 1u << IUPLUS_RNC_CONNECTED | 1u << IUPLUS_RNC_RELEASING, rnc_release_expired },
		{ IUPLUS_RNC_T_RELEASE, 1u << IUPLUS_RNC_CANCELLING, rnc_cancel_expired },
		{ IUPLUS_RNC_T_CONNECT, 1u << IUPLUS_RNC_CONNECTED | 1u << IUPLUS_RNC_SECURING, rnc_iu_connect_expired }
	};
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].timer == c->event->timer && (table[i].states & 1u << c->ue->state)) {
			table[i].handler(c);
			return;
		}
}

/* Nothing came of the first message: the context must not stay behind. */
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
	rnc_end_if_done(c, "nothing came of the first message");
}

int iuplus_rnc_event(struct iuplus_rnc_ue *ue, const struct iuplus_rnc_config *config,
		     const struct iuplus_proc_env *env, const struct iuplus_rnc_event *event,
		     struct iuplus_proc_actions *actions)
{
	struct rnc c;

	if ((unsigned)event->kind >= IUPLUS_RNC_EVENTS || event->conn > 1 || event->rb >= IUPLUS_PROC_RBS)
		return IUPLUS_ERR_ARGUMENT;
	memset(&c, 0, sizeof(c));
	c.p.env = env;
	c.p.out = actions;
	c.p.flags = config->enhanced ? 0 : IUPLUS_RRC_LEGACY;
	c.cfg = config;
	c.ue = ue;
	c.event = event;
	run(&c, &iuplus_rnc_event_table__[ue->state][event->kind], iuplus_rnc_event_name(event->kind));
	if (event->kind == IUPLUS_RNC_EV_RRC || event->kind == IUPLUS_RNC_EV_RANAP)
		end_idle(&c);
	/* The UE cannot be told any more: the core is, and the next connection gets new keys. */
	if (c.p.exhausted && ue->state != IUPLUS_RNC_RELEASING && ue->state != IUPLUS_RNC_GONE)
		rnc_ask_release(&c, IUPLUS_RANAP_CAUSE_UTRAN_GENERATED);
	return proc_end(&c.p);
}
