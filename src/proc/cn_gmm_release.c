/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_release.c: the early end of GMM's procedures: a reject is a release. */
#include "src/proc/cn_gmm.h"

void cn_gmm_release(struct cn_gmm *g, uint16_t cause, const char *why)
{
	if (g->ue->state == IUPLUS_CN_GMM_RELEASING)
		return;
	cn_link_release(g->link, cause, why);
	cn_gmm_set_state(g, IUPLUS_CN_GMM_RELEASING);
}

void cn_gmm_reject(struct cn_gmm *g, enum iuplus_nas_cause cause, const char *why)
{
	struct iuplus_nas_msg m;

	proc_failure(g->p, "%s: %s", why, iuplus_nas_cause_name(cause));
	switch (g->ue->purpose) {
	case CN_GMM_FOR_ATTACH:
		m = cn_gmm_message(IUPLUS_NAS_ATTACH_REJECT);
		m.u.attach_reject.cause = (uint8_t)cause;
		cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
		break;
	case CN_GMM_FOR_RAU:
		m = cn_gmm_message(IUPLUS_NAS_RAU_REJECT);
		m.u.rau_reject.cause = (uint8_t)cause;
		cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
		break;
	case CN_GMM_FOR_SERVICE:
		m = cn_gmm_message(IUPLUS_NAS_SERVICE_REJECT);
		m.u.service_reject.cause = (uint8_t)cause;
		cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
		break;
	default:
		break;
	}
	cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, why);
}
