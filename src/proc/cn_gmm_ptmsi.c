/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_ptmsi.c: P-TMSIs and their reallocation (TS 24.008 4.7.6). */
#include <string.h>

#include "src/proc/cn_gmm.h"

static void changed(struct cn_gmm *g)
{
	const struct iuplus_cn_register *r = g->ue->subscribers;

	r->ptmsi_changed(r->user, g->ue->subscriber);
}

void cn_gmm_ptmsi_new(struct cn_gmm *g)
{
	const struct iuplus_cn_register *r = g->ue->subscribers;
	struct iuplus_cn_subscriber *s = g->ue->subscriber;
	uint32_t ptmsi = 0;
	uint8_t random[4];

	g->p->env->random(g->p->env->user, random, sizeof(random));
	memcpy(&ptmsi, random, sizeof(ptmsi));
	/* Both highest bits set: a P-TMSI, not a TMSI (TS 23.003 2.4). */
	for (ptmsi |= 0xc0000000; r->by_ptmsi(r->user, ptmsi) || ptmsi == 0xffffffff; ptmsi |= 0xc0000000)
		ptmsi++;
	s->has_old_ptmsi = s->has_ptmsi;
	s->old_ptmsi = s->ptmsi;
	s->has_ptmsi = true;
	s->ptmsi = ptmsi;
	changed(g);
}

void cn_gmm_ptmsi_confirmed(struct cn_gmm *g)
{
	g->ue->subscriber->has_old_ptmsi = false;
	changed(g);
}

void cn_gmm_ptmsi_void(struct cn_gmm *g)
{
	if (!g->ue->subscriber)
		return;
	g->ue->subscriber->has_ptmsi = g->ue->subscriber->has_old_ptmsi = false;
	changed(g);
}

/* ---- reallocation ---- */

void cn_gmm_reallocation_send(struct cn_gmm *g)
{
	struct iuplus_nas_msg m = cn_gmm_message(IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND);
	struct iuplus_nas_identity ptmsi = { IUPLUS_NAS_IDENTITY_TMSI, "", g->ue->subscriber->ptmsi };

	m.u.ptmsi_reallocation_command.allocated_ptmsi = ptmsi;
	m.u.ptmsi_reallocation_command.rai = cn_gmm_rai(g);
	cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
}

void cn_gmm_reallocate(struct cn_gmm *g)
{
	cn_gmm_ptmsi_new(g);
	cn_gmm_set_state(g, IUPLUS_CN_GMM_REALLOCATION);
	cn_gmm_reallocation_send(g);
}

static void settled(struct cn_gmm *g)
{
	g->ue->purpose = CN_GMM_FOR_ORDER; /* what follows is no longer part of the relocation */
	proc_done(g->p, IUPLUS_CN_DONE_SETTLED);
}

void cn_gmm_reallocation_complete(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	(void)m;
	cn_gmm_ptmsi_confirmed(g);
	cn_gmm_set_state(g, IUPLUS_CN_GMM_REGISTERED);
	proc_done(g->p, IUPLUS_CN_DONE_REALLOCATION);
	if (g->ue->purpose == CN_GMM_FOR_RELOCATION)
		settled(g);
}

void cn_gmm_settle(struct cn_gmm *g)
{
	if (g->cfg->gmm.reallocate) {
		cn_gmm_reallocate(g);
		return;
	}
	cn_gmm_set_state(g, IUPLUS_CN_GMM_REGISTERED);
	settled(g);
}
