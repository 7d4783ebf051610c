/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_detach.c: detach by the UE and by the network (TS 24.008 4.7.4). */
#include "src/proc/cn_gmm.h"

void cn_gmm_detached(struct cn_gmm *g)
{
	cn_gmm_ptmsi_void(g);
	proc_done(g->p, IUPLUS_CN_DONE_DETACH);
	cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the UE is detached");
}

static void accept(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg answer = cn_gmm_message(IUPLUS_NAS_DETACH_ACCEPT);

	if (!(m->u.detach_request.detach_type & 8)) /* a UE that switches off does not wait for an answer */
		cn_gmm_send(g, &answer, IUPLUS_STEP_NONE);
}

void cn_gmm_detach(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	accept(g, m);
	cn_gmm_detached(g);
}

/* As the first message it is not authenticated, so the registration stays (TS 24.008 4.7.1.1). */
void cn_gmm_detach_first(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_detach_request *r = &m->u.detach_request;
	const struct iuplus_cn_subscriber *s = r->has_ptmsi ? cn_gmm_find(g, &r->ptmsi) : NULL;

	if (s)
		cn_link_identified(g->link, s->imsi);
	cn_link_common_id(g->link); /* also of a connection that ends at once (TS 25.413 8.16.2) */
	accept(g, m);
	cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "a detach without protection");
}

void cn_gmm_detach_accept(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	(void)m;
	cn_gmm_detached(g);
}

void cn_gmm_detach_send(struct cn_gmm *g)
{
	struct iuplus_nas_msg m = cn_gmm_message(IUPLUS_NAS_DETACH_REQUEST);

	m.u.detach_request.detach_type = 2; /* re-attach not required */
	cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
}
