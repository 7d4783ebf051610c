/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_attach.c: what registers a UE and keeps it registered: attach (TS 24.008 4.7.3), routing area update (4.7.5),
 * service request (4.7.13). */
#include <string.h>

#include "src/proc/cn_gmm.h"

void cn_gmm_accept_send(struct cn_gmm *g)
{
	struct iuplus_nas_identity ptmsi = { IUPLUS_NAS_IDENTITY_TMSI, "", g->ue->subscriber->ptmsi };
	struct iuplus_nas_msg m;

	if (g->ue->purpose == CN_GMM_FOR_RAU) {
		m = cn_gmm_message(IUPLUS_NAS_RAU_ACCEPT);
		m.u.rau_accept.periodic_rau_timer = 0x49;
		m.u.rau_accept.rai = cn_gmm_rai(g);
		m.u.rau_accept.has_allocated_ptmsi = true;
		m.u.rau_accept.allocated_ptmsi = ptmsi;
	} else {
		m = cn_gmm_message(IUPLUS_NAS_ATTACH_ACCEPT);
		m.u.attach_accept.attach_result = 1;         /* GPRS only attached */
		m.u.attach_accept.periodic_rau_timer = 0x49; /* 9 units of 6 minutes: the default of T3312 */
		m.u.attach_accept.radio_priority_sms = 4;
		m.u.attach_accept.rai = cn_gmm_rai(g);
		m.u.attach_accept.has_allocated_ptmsi = true;
		m.u.attach_accept.allocated_ptmsi = ptmsi;
	}
	cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
}

/* The UE is registered: its connection stays when it announced that more follows. */
static void registered(struct cn_gmm *g, const char *procedure)
{
	cn_gmm_ptmsi_confirmed(g);
	proc_done(g->p, procedure);
	cn_gmm_set_state(g, IUPLUS_CN_GMM_REGISTERED);
	if (!g->ue->follow_on)
		cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "no follow-on request");
}

void cn_gmm_secured(struct cn_gmm *g)
{
	switch (g->ue->purpose) {
	case CN_GMM_FOR_ATTACH:
	case CN_GMM_FOR_RAU:
		cn_gmm_ptmsi_new(g);
		cn_gmm_set_state(g, IUPLUS_CN_GMM_ACCEPT);
		cn_gmm_accept_send(g);
		break;
	case CN_GMM_FOR_SERVICE:
		/* Protection is the acceptance (TS 24.008 4.7.13.3). */
		proc_done(g->p, IUPLUS_CN_DONE_SERVICE);
		cn_gmm_set_state(g, IUPLUS_CN_GMM_REGISTERED);
		break;
	case CN_GMM_FOR_RELOCATION:
		cn_gmm_settle(g);
		break;
	case CN_GMM_FOR_ORDER:
		cn_gmm_set_state(g, IUPLUS_CN_GMM_REGISTERED);
		break;
	}
}

/* ---- attach ---- */

void cn_gmm_attach(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_attach_request *r = &m->u.attach_request;

	g->ue->purpose = CN_GMM_FOR_ATTACH;
	g->ue->identity = r->identity;
	g->ue->attach_type = r->attach_type & 7;
	g->ue->follow_on = r->attach_type & 8;
	g->ue->cksn = r->cksn & 7; /* the bit above is spare */
	cn_gmm_identify(g);
}

/* TS 24.008 4.7.3.1.6 d: the same request again is ignored, another one starts a new procedure. */
static bool same_request(const struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_attach_request *r = &m->u.attach_request;

	return g->ue->purpose == CN_GMM_FOR_ATTACH && r->identity.type == g->ue->identity.type &&
	       r->identity.tmsi == g->ue->identity.tmsi && !strcmp(r->identity.digits, g->ue->identity.digits) &&
	       (r->attach_type & 7) == g->ue->attach_type;
}

void cn_gmm_attach_again(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	if (same_request(g, m))
		proc_failure(g->p, "a repeated Attach Request is ignored");
	else
		cn_gmm_attach(g, m);
}

/* TS 24.008 4.7.3.1.6 c: after the accept the same request gets the same accept again. */
void cn_gmm_attach_after_accept(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	if (!same_request(g, m)) {
		cn_gmm_attach(g, m);
		return;
	}
	cn_gmm_timer_start(g, IUPLUS_CN_T3350);
	cn_gmm_accept_send(g);
}

void cn_gmm_attach_complete(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	(void)m;
	if (g->ue->purpose == CN_GMM_FOR_ATTACH)
		registered(g, IUPLUS_CN_DONE_ATTACH);
	else
		cn_gmm_status(g, IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE);
}

/* ---- routing area update, service request ---- */

/* Known keys make an authentication unnecessary: Security Mode Command can follow at once. */
static void resume(struct cn_gmm *g, const struct iuplus_nas_identity *identity, uint8_t cksn)
{
	struct iuplus_cn_subscriber *s = cn_gmm_find(g, identity);
	bool protected;

	g->ue->identity = *identity;
	g->ue->cksn = cksn;
	cn_gmm_aka_reset(g, true);
	if (!s) {
		cn_gmm_reject(g,
			      g->ue->purpose == CN_GMM_FOR_SERVICE ? IUPLUS_NAS_CAUSE_IMPLICITLY_DETACHED :
								     IUPLUS_NAS_CAUSE_MS_IDENTITY_CANNOT_BE_DERIVED,
			      "the P-TMSI is not known");
		return;
	}
	protected = cn_link_protected(g->link) && s == g->ue->subscriber;
	cn_gmm_identified(g, s);
	if (protected)
		cn_gmm_secured(g);
	else if (s->has_current && s->cksn == cksn && !cn_gmm_needs_challenge(g))
		cn_gmm_secure(g);
	else
		cn_gmm_aka_start(g);
}

void cn_gmm_rau(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_rau_request *r = &m->u.rau_request;
	struct iuplus_nas_identity identity = r->ptmsi;

	/* The element is optional: on a connection whose UE is known it may be absent. */
	if (!r->has_ptmsi && g->ue->subscriber)
		identity = (struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", g->ue->subscriber->ptmsi };
	g->ue->purpose = CN_GMM_FOR_RAU;
	g->ue->update_type = r->update_type & 7;
	g->ue->follow_on = r->update_type & 8;
	resume(g, &identity, r->cksn & 7);
}

void cn_gmm_rau_complete(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	(void)m;
	if (g->ue->purpose == CN_GMM_FOR_RAU)
		registered(g, IUPLUS_CN_DONE_RAU);
	else
		cn_gmm_status(g, IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE);
}

void cn_gmm_service(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_service_request *r = &m->u.service_request;

	g->ue->purpose = CN_GMM_FOR_SERVICE;
	g->ue->follow_on = true;
	resume(g, &r->ptmsi, r->cksn & 7);
}

/* On a connection that is protected already a service request asks only for user data, which this core does not have.
 */
void cn_gmm_service_again(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg accept = cn_gmm_message(IUPLUS_NAS_SERVICE_ACCEPT);

	(void)m;
	cn_gmm_send(g, &accept, IUPLUS_STEP_NONE);
}
