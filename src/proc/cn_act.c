/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_act.c: what the core's procedures share: timers, names, configuration, sending, state changes. */
#include <string.h>

#include "src/proc/cn_int.h"

/* ---- timers, names, configuration ---- */

static const struct {
	const char *name;
	uint32_t ms;
} timers[IUPLUS_CN_TIMER_COUNT] = {
	[IUPLUS_CN_T3350] = { "T3350", 6000 },		/* TS 24.008 table 11.4 */
	[IUPLUS_CN_T3360] = { "T3360", 6000 },
	[IUPLUS_CN_T3370] = { "T3370", 6000 },
	[IUPLUS_CN_T3322] = { "T3322", 6000 },
	[IUPLUS_CN_TRELOCALLOC] = { "TRELOCalloc", 5000 },	/* TS 25.413 9.5 leaves the lengths open */
	[IUPLUS_CN_TRELOCCOMPLETE] = { "TRELOCcomplete", 10000 },
	[IUPLUS_CN_TSECURITY] = { "TSECURITY", 15000 },
	[IUPLUS_CN_TRELEASE_0] = { "TRELEASE-0", 5000 },
	[IUPLUS_CN_TRELEASE_1] = { "TRELEASE-1", 5000 },
	[IUPLUS_CN_TWAIT] = { "TWAIT", 600000 },
};

uint32_t iuplus_cn_timer_default(enum iuplus_cn_timer timer)
{
	return (unsigned)timer < IUPLUS_CN_TIMER_COUNT ? timers[timer].ms : 0;
}

const char *iuplus_cn_timer_name(enum iuplus_cn_timer timer)
{
	return (unsigned)timer < IUPLUS_CN_TIMER_COUNT ? timers[timer].name : "?";
}

const char *iuplus_cn_event_name(enum iuplus_cn_event_kind kind)
{
	static const char *const names[IUPLUS_CN_EV_COUNT] = {
		"CONNECT-INDICATION", "CONNECT-CONFIRM", "CONNECT-REFUSE", "DATA", "RELEASE", "LOST", "TIMER", "DETACH",
		"REALLOCATE", "AUTHENTICATE", "CANCEL", "SUPERSEDED",
	};

	return (unsigned)kind < IUPLUS_CN_EV_COUNT ? names[kind] : "?";
}

const char *iuplus_cn_gmm_name(enum iuplus_cn_gmm state)
{
	static const char *const names[IUPLUS_CN_GMM_COUNT] = {
		"NULL", "IDENTITY", "AUTHENTICATION", "SECURITY", "ACCEPT", "REGISTERED", "REALLOCATION", "DETACHING",
		"RELEASING",
	};

	return (unsigned)state < IUPLUS_CN_GMM_COUNT ? names[state] : "?";
}

const char *iuplus_cn_relocation_name(enum iuplus_cn_relocation state)
{
	static const char *const names[IUPLUS_CN_RELOC_COUNT] = { "IDLE", "ALLOCATION", "COMMANDED", "DETECTED" };

	return (unsigned)state < IUPLUS_CN_RELOC_COUNT ? names[state] : "?";
}

const char *iuplus_cn_iu_name(enum iuplus_cn_iu state)
{
	static const char *const names[IUPLUS_CN_IU_COUNT] = { "NONE", "CONNECTING", "UP", "RELEASING" };

	return (unsigned)state < IUPLUS_CN_IU_COUNT ? names[state] : "?";
}

int iuplus_cn_config_check(const struct iuplus_cn_config *config, const char **why)
{
	size_t i, k;

	*why = NULL;
	if (!config->uia_count || config->uia_count > 2)
		*why = "one or two integrity algorithms: integrity protection is mandatory in UTRAN";
	else if (!config->uea_count || config->uea_count > 3)
		*why = "one to three encryption algorithms; 0 stands for no encryption";
	else if (config->vectors > IUPLUS_CN_MAX_VECTORS)
		*why = "at most five vectors at once";
	else if ((unsigned)config->aka > IUPLUS_CN_AKA_NEVER)
		*why = "aka is auto, always or never";
	else if (config->rnc_count && !config->rnc)
		*why = "a table of RNCs";
	for (i = 0; !*why && i < config->uia_count; i++)
		if (config->uia[i] < 1 || config->uia[i] > 2)
			*why = "integrity algorithms are 1 (UIA1) and 2 (UIA2)";
	for (i = 0; !*why && i < config->uea_count; i++)
		if (config->uea[i] > 2)
			*why = "encryption algorithms are 0, 1 (UEA1) and 2 (UEA2)";
	for (i = 0; !*why && i < config->rnc_count; i++) {
		if (config->rnc[i].rnc_id > 4095)
			*why = "an RNC-ID is 0 to 4095";
		for (k = 0; k < i; k++)
			if (config->rnc[k].rnc_id == config->rnc[i].rnc_id)
				*why = "every RNC has an RNC-ID of its own";
	}
	return *why ? IUPLUS_ERR_ARGUMENT : IUPLUS_OK;
}

/* ---- actions ---- */

void cn_timer_start(struct cn *c, enum iuplus_cn_timer timer)
{
	proc_timer_start(&c->p, timer, timers[timer].name, c->cfg->timer_ms[timer] ? c->cfg->timer_ms[timer] : timers[timer].ms);
}

void cn_timer_stop(struct cn *c, enum iuplus_cn_timer timer)
{
	proc_timer_stop(&c->p, timer, timers[timer].name);
}

static int send(struct cn *c, enum iuplus_proc_act kind, unsigned conn, const struct iuplus_ranap_msg *msg,
		enum iuplus_proc_step step)
{
	struct iuplus_proc_action *act;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(msg, c->p.flags, c->p.env->arena, &pdu);

	if (rc) {
		proc_failure(&c->p, "%s could not be encoded: %s", iuplus_ranap_name(msg), iuplus_strrc(rc));
		if (rc == IUPLUS_ERR_MEMORY)
			c->p.rc = rc;
		return rc;
	}
	act = proc_act(&c->p, kind);
	act->conn = conn;
	act->peer = c->ue->iu[conn].peer;
	act->pdu = pdu;
	act->message = iuplus_ranap_name(msg);
	act->step = step;
	return IUPLUS_OK;
}

int cn_send(struct cn *c, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step)
{
	if (c->ue->iu[conn].state == IUPLUS_CN_IU_UP || c->ue->iu[conn].state == IUPLUS_CN_IU_RELEASING)
		return send(c, IUPLUS_ACT_IU_SEND, conn, msg, step);
	proc_failure(&c->p, "%s is not sent: connection %u does not stand", iuplus_ranap_name(msg), conn);
	return IUPLUS_ERR_STATE;
}

int cn_connect(struct cn *c, unsigned conn, unsigned peer, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step)
{
	int rc;

	c->ue->iu[conn].peer = peer;
	rc = send(c, IUPLUS_ACT_IU_CONNECT, conn, msg, step);
	if (rc)
		return rc;
	cn_set_iu(c, conn, IUPLUS_CN_IU_CONNECTING);
	c->ue->iu[conn].has_sig_con_id = true;
	c->ue->iu[conn].sig_con_id = c->ue->iu_sig_con_id;
	return IUPLUS_OK;
}

int cn_send_nas(struct cn *c, const struct iuplus_nas_msg *msg, enum iuplus_proc_step step)
{
	struct iuplus_ranap_msg dt;
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	size_t len;
	int rc = iuplus_nas_encode(msg, IUPLUS_NAS_DOWNLINK, buf, sizeof(buf), &len);

	if (rc) {
		proc_failure(&c->p, "%s could not be encoded: %s", iuplus_nas_type_name(msg->type), iuplus_strrc(rc));
		return rc;
	}
	memset(&dt, 0, sizeof(dt));
	dt.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
	dt.u.direct_transfer.nas_pdu = (struct iuplus_octets){ buf, len };
	dt.u.direct_transfer.has_sapi = true;	/* present towards the UE (TS 25.413 9.1.34); 0: no SMS */
	return cn_send(c, c->ue->serving, &dt, step);
}

void cn_answer(struct cn *c, unsigned conn, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg answer;

	if (iuplus_ranap_answer(problem, &answer) == IUPLUS_OK)
		cn_send(c, conn, &answer, IUPLUS_STEP_NONE);
}

bool cn_report(const struct cn *c, struct iuplus_ranap_diagnostics *diagnostics)
{
	if (c->report)
		*diagnostics = c->report->diagnostics;
	return c->report != NULL;
}

void cn_logical_error(struct cn *c, unsigned conn, const struct iuplus_ranap_msg *msg, uint16_t cause)
{
	struct iuplus_ranap_problem problem;

	proc_failure(&c->p, "%s on connection %u is refused: %s (GMM %s, relocation %s)", iuplus_ranap_name(msg), conn,
		   iuplus_ranap_cause_name(cause), iuplus_cn_gmm_name(c->ue->gmm),
		   iuplus_cn_relocation_name(c->ue->relocation));
	if (iuplus_ranap_logical_error(msg, cause, &problem) == IUPLUS_OK)
		cn_answer(c, conn, &problem);
}

void cn_keys(struct cn *c)
{
	proc_act(&c->p, IUPLUS_ACT_KEYS)->keys = c->ue->keys;
}

/* ---- states ---- */

int cn_gmm_timer(enum iuplus_cn_gmm state)
{
	static const int timer[IUPLUS_CN_GMM_COUNT] = {
		[IUPLUS_CN_NULL] = IUPLUS_CN_TWAIT,
		[IUPLUS_CN_IDENTITY] = IUPLUS_CN_T3370,
		[IUPLUS_CN_AUTHENTICATION] = IUPLUS_CN_T3360,
		[IUPLUS_CN_SECURITY] = IUPLUS_CN_TSECURITY,
		[IUPLUS_CN_ACCEPT] = IUPLUS_CN_T3350,
		[IUPLUS_CN_REGISTERED] = IUPLUS_CN_TWAIT,
		[IUPLUS_CN_REALLOCATION] = IUPLUS_CN_T3350,
		[IUPLUS_CN_DETACHING] = IUPLUS_CN_T3322,
		[IUPLUS_CN_RELEASING] = -1,		/* TRELEASE runs for each connection */
	};

	return timer[state];
}

void cn_set_gmm(struct cn *c, enum iuplus_cn_gmm state)
{
	int before = cn_gmm_timer(c->ue->gmm), after = cn_gmm_timer(state);

	if (before >= 0 && before != after)
		cn_timer_stop(c, (enum iuplus_cn_timer)before);
	if (after >= 0)
		cn_timer_start(c, (enum iuplus_cn_timer)after);
	c->ue->gmm = state;
	c->ue->tries = 0;
}

void cn_set_relocation(struct cn *c, enum iuplus_cn_relocation state)
{
	static const int timer[IUPLUS_CN_RELOC_COUNT] = {
		[IUPLUS_CN_RELOC_IDLE] = -1,
		[IUPLUS_CN_RELOC_ALLOCATION] = IUPLUS_CN_TRELOCALLOC,
		[IUPLUS_CN_RELOC_COMMANDED] = IUPLUS_CN_TRELOCCOMPLETE,
		[IUPLUS_CN_RELOC_DETECTED] = IUPLUS_CN_TRELOCCOMPLETE,
	};
	int before = timer[c->ue->relocation], after = timer[state];

	if (before != after && before >= 0)
		cn_timer_stop(c, (enum iuplus_cn_timer)before);
	if (before != after && after >= 0)
		cn_timer_start(c, (enum iuplus_cn_timer)after);
	c->ue->relocation = state;
}

void cn_set_iu(struct cn *c, unsigned conn, enum iuplus_cn_iu state)
{
	enum iuplus_cn_timer timer = conn ? IUPLUS_CN_TRELEASE_1 : IUPLUS_CN_TRELEASE_0;

	if (state == IUPLUS_CN_IU_RELEASING)
		cn_timer_start(c, timer);
	else if (c->ue->iu[conn].state == IUPLUS_CN_IU_RELEASING)
		cn_timer_stop(c, timer);
	c->ue->iu[conn].state = state;
	if (state == IUPLUS_CN_IU_NONE)
		c->ue->iu[conn].rnc_enhanced = c->ue->iu[conn].has_sig_con_id = false;
}
