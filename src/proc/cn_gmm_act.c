/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_act.c: functions that GMM's procedures share: sending, timers, state changes. */
#include <string.h>

#include "src/proc/cn_gmm.h"

struct iuplus_nas_rai cn_gmm_rai(const struct cn_gmm *g)
{
	struct iuplus_nas_rai rai;

	memset(&rai, 0, sizeof(rai));
	memcpy(rai.plmn, g->cfg->link.plmn, sizeof(rai.plmn));
	rai.lac = g->cfg->gmm.lac;
	rai.rac = g->cfg->gmm.rac;
	return rai;
}

struct iuplus_nas_msg cn_gmm_message(enum iuplus_nas_type type)
{
	struct iuplus_nas_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	return m;
}

void cn_gmm_send(struct cn_gmm *g, const struct iuplus_nas_msg *msg, enum iuplus_proc_step step)
{
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	size_t len;
	int rc = iuplus_nas_encode(msg, IUPLUS_NAS_DOWNLINK, buf, sizeof(buf), &len);

	if (rc)
		proc_failure(g->p, "%s could not be encoded: %s", iuplus_nas_type_name(msg->type), iuplus_strrc(rc));
	else
		cn_link_send_nas(g->link, (struct iuplus_octets){ buf, len }, step);
}

void cn_gmm_status(struct cn_gmm *g, uint8_t cause)
{
	struct iuplus_nas_msg m = cn_gmm_message(IUPLUS_NAS_GMM_STATUS);

	m.u.gmm_status.cause = cause;
	cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
}

void cn_gmm_ask_identity(struct cn_gmm *g)
{
	struct iuplus_nas_msg m = cn_gmm_message(IUPLUS_NAS_IDENTITY_REQUEST);

	m.u.identity_request.identity_type = IUPLUS_NAS_IDENTITY_IMSI;
	cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
}

struct iuplus_cn_subscriber *cn_gmm_find(const struct cn_gmm *g, const struct iuplus_nas_identity *identity)
{
	const struct iuplus_cn_register *r = g->ue->subscribers;

	switch (identity->type) {
	case IUPLUS_NAS_IDENTITY_IMSI:
		return r->by_imsi(r->user, identity->digits);
	case IUPLUS_NAS_IDENTITY_TMSI:
		return r->by_ptmsi(r->user, identity->tmsi);
	default:
		return NULL;
	}
}

void cn_gmm_leave(struct cn_gmm_ue *ue, const struct iuplus_cn_ue *context)
{
	if (ue->subscriber && ue->subscriber->context == context)
		ue->subscriber->context = NULL;
}

/* ---- states and timers ---- */

#define S(state) (1u << IUPLUS_CN_GMM_##state)
#define TIMER(id, ms, name, key, runs, ...) [IUPLUS_CN_##id] = { name, ms, runs },
/* By the numbers of enum iuplus_cn_timer; the link's are not here. */
static const struct proc_timer timers[IUPLUS_CN_TIMER_COUNT] = { IUPLUS_CN_GMM_TIMERS(TIMER) };

void cn_gmm_timer_start(struct cn_gmm *g, enum iuplus_cn_timer timer)
{
	proc_timer_run(g->p, timers, timer, g->cfg->timer_ms);
}

bool cn_gmm_timer_runs(const struct cn_gmm *g, unsigned timer)
{
	return proc_timer_fits(&timers[timer], g->ue->state);
}

void cn_gmm_set_state(struct cn_gmm *g, enum iuplus_cn_gmm state)
{
	enum iuplus_cn_gmm before = g->ue->state;

	proc_timers(g->p, timers, IUPLUS_CN_TIMER_COUNT, g->cfg->timer_ms, 1u << before, 1u << state);
	g->ue->state = state;
	g->ue->tries = 0;
	if (before != state)
		proc_state(g->p, "GMM", iuplus_cn_gmm_name(before), iuplus_cn_gmm_name(state), g->p->why);
}
