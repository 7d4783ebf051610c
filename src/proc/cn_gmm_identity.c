/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_identity.c: who the UE is (TS 24.008 4.7.8). */
#include "src/proc/cn_gmm.h"

void cn_gmm_identified(struct cn_gmm *g, struct iuplus_cn_subscriber *s)
{
	if (g->ue->subscriber != s)
		cn_gmm_leave(g->ue, g->context);
	g->ue->subscriber = s;
	cn_link_identified(g->link, s->imsi);
}

static void unknown(struct cn_gmm *g)
{
	/* An unknown subscriber (TS 29.002) is #8 to the UE. */
	cn_gmm_reject(g, IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED, "the subscriber is not known");
}

void cn_gmm_identify(struct cn_gmm *g)
{
	struct iuplus_cn_subscriber *s = cn_gmm_find(g, &g->ue->identity);

	cn_gmm_aka_reset(g, g->ue->identity.type == IUPLUS_NAS_IDENTITY_TMSI);
	if (s) {
		cn_gmm_identified(g, s);
		cn_gmm_aka_start(g);
	} else if (g->ue->identity.type == IUPLUS_NAS_IDENTITY_TMSI) {
		cn_gmm_set_state(g, IUPLUS_CN_GMM_IDENTITY);
		cn_gmm_ask_identity(g);
	} else {
		unknown(g);
	}
}

void cn_gmm_identity_response(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_identity *i = &m->u.identity_response.identity;
	struct iuplus_cn_subscriber *s;
	bool same;

	if (i->type != IUPLUS_NAS_IDENTITY_IMSI) {
		proc_failure(g->p, "an Identity Response without IMSI is ignored");
		return;
	}
	s = cn_gmm_find(g, i);
	if (!s) {
		unknown(g);
		return;
	}
	same = s == g->ue->subscriber;
	cn_gmm_identified(g, s);
	if (g->ue->identity_checked && same) {
		cn_gmm_aka_reject(g, "the identity is right, so the key is not");
		return;
	}
	if (!g->ue->identity_checked)
		g->ue->by_ptmsi = false;
	cn_gmm_aka_start(g);
}
