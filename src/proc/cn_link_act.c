/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_act.c: functions that the link's procedures share: names, sending, timers, state changes. */
#include <stdio.h>
#include <string.h>

#include "src/proc/cn_link.h"

/* ---- names ---- */

#define NAME(id, name, ...) name,

const char *iuplus_cn_relocation_name(enum iuplus_cn_relocation state)
{
	static const char *const names[] = { IUPLUS_CN_RELOCATION_STATES(NAME) };

	return (unsigned)state < IUPLUS_CN_RELOC_COUNT ? names[state] : "?";
}

const char *iuplus_cn_security_name(enum iuplus_cn_security state)
{
	static const char *const names[] = { IUPLUS_CN_SECURITY_STATES(NAME) };

	return (unsigned)state < IUPLUS_CN_SECURITY_COUNT ? names[state] : "?";
}

const char *iuplus_cn_iu_name(enum iuplus_cn_iu state)
{
	static const char *const names[] = { IUPLUS_CN_IU_STATES(NAME) };

	return (unsigned)state < IUPLUS_CN_IU_COUNT ? names[state] : "?";
}

/* ---- messages ---- */

static int send(struct cn_link *l, enum iuplus_proc_act kind, unsigned conn, const struct iuplus_ranap_msg *msg,
		enum iuplus_proc_step step)
{
	struct iuplus_proc_action *act;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(msg, l->p->flags, l->p->env->arena, &pdu);

	if (rc) {
		proc_failure(l->p, "%s could not be encoded: %s", iuplus_ranap_name(msg), iuplus_strrc(rc));
		return proc_memory(l->p, rc);
	}
	act = proc_act(l->p, kind);
	act->conn = conn;
	act->peer = l->ue->iu[conn].peer;
	act->pdu = pdu;
	act->message = iuplus_ranap_name(msg);
	act->step = step;
	return IUPLUS_OK;
}

int cn_link_send(struct cn_link *l, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step)
{
	/* After Iu Release Command nothing follows on the connection (TS 25.413 8.5.2). */
	if (l->ue->iu[conn].state == IUPLUS_CN_IU_UP)
		return send(l, IUPLUS_ACT_IU_SEND, conn, msg, step);
	proc_failure(l->p, "%s is not sent: connection %u is not established", iuplus_ranap_name(msg), conn);
	return IUPLUS_ERR_STATE;
}

/* Unique among the Iu connections of this node (TS 25.413 8.7.2, 9.2.1.38), and not given again at once (8.29.2.1): the
 * context comes back to an identifier after 128 relocations. The highest bit says that the core gave it. */
static uint32_t next_sig_con_id(struct cn_link_ue *ue)
{
	return 0x800000u | (ue->number & 0xffff) << 7 | (ue->sig_con_count++ & 0x7f);
}

int cn_link_connect(struct cn_link *l, unsigned conn, unsigned peer, struct iuplus_ranap_msg *msg,
		    enum iuplus_proc_step step)
{
	uint32_t id = next_sig_con_id(l->ue);
	int rc;

	msg->u.relocation_request.iu_sig_con_id = id;
	l->ue->iu[conn].peer = peer;
	rc = send(l, IUPLUS_ACT_IU_CONNECT, conn, msg, step);
	if (rc)
		return rc;
	cn_link_set_iu(l, conn, IUPLUS_CN_IU_CONNECTING);
	l->ue->iu[conn].has_sig_con_id = true;
	l->ue->iu[conn].sig_con_id = id;
	return IUPLUS_OK;
}

int cn_link_send_nas(struct cn_link *l, struct iuplus_octets pdu, enum iuplus_proc_step step)
{
	struct iuplus_ranap_msg dt;

	memset(&dt, 0, sizeof(dt));
	dt.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
	dt.u.direct_transfer.nas_pdu = pdu;
	dt.u.direct_transfer.has_sapi = true; /* present towards the UE (TS 25.413 9.1.34); 0: no SMS */
	return cn_link_send(l, l->ue->serving, &dt, step);
}

void cn_link_answer(struct cn_link *l, unsigned conn, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg answer;

	/* On a connection that is being released the peer's faults are only reported (TS 25.413 8.5.2). */
	if (l->ue->iu[conn].state == IUPLUS_CN_IU_UP && iuplus_ranap_answer(problem, &answer) == IUPLUS_OK)
		cn_link_send(l, conn, &answer, IUPLUS_STEP_NONE);
}

bool cn_link_report(const struct cn_link *l, struct iuplus_ranap_diagnostics *diagnostics)
{
	if (l->report)
		*diagnostics = l->report->diagnostics;
	return l->report != NULL;
}

void cn_link_keep_report(struct cn_link *l)
{
	struct cn_link_report *r = &l->ue->report;
	unsigned i;

	l->ue->has_report = l->report != NULL;
	if (!l->report)
		return;
	memset(r, 0, sizeof(*r));
	r->of = l->report->diagnostics;
	if (r->of.ie_count > CN_LINK_MAX_REPORTED)
		r->of.ie_count = CN_LINK_MAX_REPORTED;
	for (i = 0; i < r->of.ie_count; i++) {
		const struct iuplus_ranap_ie_diagnostics *ie = &l->report->diagnostics.ies[i];

		r->ies[i] = *ie;
		if (ie->level_count > CN_LINK_MAX_LEVELS)
			r->ies[i].level_count = CN_LINK_MAX_LEVELS;
		if (ie->level_count)
			memcpy(r->levels[i], ie->levels, r->ies[i].level_count * sizeof(ie->levels[0]));
		r->ies[i].levels = NULL;
	}
	r->of.ies = NULL;
}

bool cn_link_kept_report(struct cn_link *l, struct iuplus_ranap_diagnostics *diagnostics)
{
	struct cn_link_report *r;
	unsigned i;

	if (!l->ue->has_report)
		return false;
	l->ue->has_report = false;
	r = iuplus_arena_copy(l->p->env->arena, &l->ue->report, sizeof(*r));
	if (!r) {
		proc_memory(l->p, IUPLUS_ERR_MEMORY);
		return false;
	}
	for (i = 0; i < r->of.ie_count; i++)
		if (r->ies[i].level_count)
			r->ies[i].levels = r->levels[i];
	*diagnostics = r->of;
	diagnostics->ies = r->ies;
	return true;
}

void cn_link_logical_error(struct cn_link *l, unsigned conn, const struct iuplus_ranap_msg *msg, uint16_t cause)
{
	struct iuplus_ranap_problem problem;

	proc_failure(l->p, "%s on connection %u was rejected: %s (relocation %s, security mode %s)",
		     iuplus_ranap_name(msg), conn, iuplus_ranap_cause_name(cause),
		     iuplus_cn_relocation_name(l->ue->relocation), iuplus_cn_security_name(l->ue->security));
	if (iuplus_ranap_logical_error(msg, cause, &problem) == IUPLUS_OK)
		cn_link_answer(l, conn, &problem);
}

void cn_link_keys(struct cn_link *l)
{
	proc_act(l->p, IUPLUS_ACT_KEYS)->keys = l->ue->keys;
}

/* ---- calls of the user ---- */

void cn_link_identified(struct cn_link *l, const char *imsi)
{
	if (strcmp(l->ue->imsi, imsi) != 0)
		l->ue->iu[0].identified = l->ue->iu[1].identified = false;
	snprintf(l->ue->imsi, sizeof(l->ue->imsi), "%s", imsi);
}

void cn_link_common_id(struct cn_link *l)
{
	unsigned conn = l->ue->serving;
	struct iuplus_ranap_msg m;

	if (!l->ue->imsi[0] || l->ue->iu[conn].identified || l->ue->iu[conn].state != IUPLUS_CN_IU_UP)
		return;
	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_COMMON_ID;
	iuplus_ranap_imsi_parse(l->ue->imsi, &m.u.common_id.imsi);
	l->ue->iu[conn].identified = cn_link_send(l, conn, &m, IUPLUS_STEP_NONE) == IUPLUS_OK;
}

bool cn_link_protected(const struct cn_link *l)
{
	return l->ue->keys.integrity_started;
}

bool cn_link_relocating(const struct cn_link *l)
{
	return l->ue->relocation != IUPLUS_CN_RELOC_IDLE;
}

/* ---- states and timers ---- */

/* The states of the link's machines in one word; one set of IU bits serves both connections. */
#define RELOCATION(state) (1u << IUPLUS_CN_RELOC_##state)
#define SECURITY_AT 8
#define SECURITY(state) (1u << (SECURITY_AT + IUPLUS_CN_SECURITY_##state))
#define IU_AT 16
#define IU(state) (1u << (IU_AT + IUPLUS_CN_IU_##state))
_Static_assert(IUPLUS_CN_RELOC_COUNT <= SECURITY_AT && SECURITY_AT + IUPLUS_CN_SECURITY_COUNT <= IU_AT &&
		       IU_AT + IUPLUS_CN_IU_COUNT <= 32,
	       "the bits of one machine are those of no other");

#define TIMER(id, ms, name, key, runs, ...) [IUPLUS_CN_##id] = { name, ms, runs },
static const struct proc_timer timers[IUPLUS_CN_TRELEASE_1] = { IUPLUS_CN_LINK_TIMERS(TIMER) };

/* All timers but TRELEASE, which each connection has. */
static void bind(struct cn_link *l, unsigned before, unsigned after)
{
	proc_timers(l->p, timers, IUPLUS_CN_TRELEASE, l->timer_ms, 1u << before, 1u << after);
}

void cn_link_set_relocation(struct cn_link *l, enum iuplus_cn_relocation state)
{
	enum iuplus_cn_relocation before = l->ue->relocation;

	if (before == state)
		return;
	bind(l, before, state);
	l->ue->relocation = state;
	proc_state(l->p, "relocation", iuplus_cn_relocation_name(before), iuplus_cn_relocation_name(state), l->p->why);
}

void cn_link_set_security(struct cn_link *l, enum iuplus_cn_security state)
{
	enum iuplus_cn_security before = l->ue->security;

	if (before == state)
		return;
	bind(l, SECURITY_AT + before, SECURITY_AT + state);
	l->ue->security = state;
	proc_state(l->p, "security mode", iuplus_cn_security_name(before), iuplus_cn_security_name(state), l->p->why);
}

void cn_link_set_iu(struct cn_link *l, unsigned conn, enum iuplus_cn_iu state)
{
	static const char *const machines[] = { "Iu connection 0", "Iu connection 1" };
	const struct proc_timer *release = &timers[IUPLUS_CN_TRELEASE];
	enum iuplus_cn_iu before = l->ue->iu[conn].state;
	uint32_t ms = l->timer_ms[IUPLUS_CN_TRELEASE];

	if (before == state)
		return;
	if (proc_timer_fits(release, IU_AT + state))
		proc_timer_start(l->p, IUPLUS_CN_TRELEASE + conn, release->name, ms ? ms : release->ms);
	else if (proc_timer_fits(release, IU_AT + before))
		proc_timer_stop(l->p, IUPLUS_CN_TRELEASE + conn, release->name);
	l->ue->iu[conn].state = state;
	if (state == IUPLUS_CN_IU_NONE)
		l->ue->iu[conn].rnc_enhanced = l->ue->iu[conn].has_sig_con_id = l->ue->iu[conn].identified = false;
	proc_state(l->p, machines[conn], iuplus_cn_iu_name(before), iuplus_cn_iu_name(state), l->p->why);
}
