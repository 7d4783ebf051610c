/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_security.c: security mode control on behalf of GMM's procedures. */
#include "src/proc/cn_gmm.h"

void cn_gmm_secure(struct cn_gmm *g)
{
	struct iuplus_cn_subscriber *s = g->ue->subscriber;

	cn_gmm_set_state(g, IUPLUS_CN_GMM_SECURITY);
	if (cn_link_secure(g->link, &s->current, &s->use, g->ue->purpose == CN_GMM_FOR_RELOCATION))
		cn_gmm_refused(g);
}

void cn_gmm_refused(struct cn_gmm *g)
{
	/* Protection continues with the old keys (TS 25.413 8.18.3); a procedure that needs protection and has none
	 * cannot continue. */
	if (cn_link_protected(g->link) &&
	    (g->ue->purpose == CN_GMM_FOR_RELOCATION || g->ue->purpose == CN_GMM_FOR_ORDER)) {
		proc_note(g->p, IUPLUS_STEP_NONE, "the keys stay as they were");
		cn_gmm_set_state(g, IUPLUS_CN_GMM_REGISTERED);
		return;
	}
	cn_gmm_reject(g, IUPLUS_NAS_CAUSE_NETWORK_FAILURE, "security mode control failed");
}
