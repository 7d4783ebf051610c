/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_aka.c: authentication and key agreement, network side (TS 24.008 4.7.7, TS 33.102 6.3; FIG. 9's step 911). */
#include <string.h>

#include "src/proc/cn_gmm.h"

static bool fetch_vectors(struct cn_gmm *g)
{
	struct iuplus_cn_subscriber *s = g->ue->subscriber;
	unsigned made = 0;
	int rc;

	if (s->unused_count)
		return true;
	rc = g->ue->auc->vectors(g->ue->auc->user, g->p->env, s, s->unused,
				 g->cfg->gmm.vectors ? g->cfg->gmm.vectors : 1, &made);
	s->unused_count = rc ? 0 : made;
	if (!s->unused_count)
		proc_failure(g->p, "no authentication vector: %s", iuplus_strrc(rc));
	return s->unused_count > 0;
}

/* A key sequence number that names neither the UE's present key nor "no key" (TS 24.008 4.7.7.2). */
static uint8_t next_cksn(const struct cn_gmm_ue *ue)
{
	uint8_t n = ue->subscriber->cksn < IUPLUS_CN_NO_KEY ? ue->subscriber->cksn : 6;

	do
		n = (uint8_t)((n + 1) % 7);
	while (n == ue->cksn);
	return n;
}

void cn_gmm_aka_reset(struct cn_gmm *g, bool by_ptmsi)
{
	g->ue->by_ptmsi = by_ptmsi;
	g->ue->identity_checked = g->ue->resynchronised = false;
}

void cn_gmm_aka_start(struct cn_gmm *g)
{
	struct iuplus_cn_subscriber *s = g->ue->subscriber;

	if (!fetch_vectors(g)) {
		cn_gmm_reject(g, IUPLUS_NAS_CAUSE_NETWORK_FAILURE, "the AuC has no vector");
		return;
	}
	/* Vectors are used in the order in which they were made: their SQNs rise. */
	g->ue->challenge = s->unused[0];
	s->unused_count--;
	memmove(&s->unused[0], &s->unused[1], s->unused_count * sizeof(s->unused[0]));
	iuplus_security_wipe(&s->unused[s->unused_count], sizeof(s->unused[0]));
	g->ue->challenge_cksn = next_cksn(g->ue);
	g->ue->reference = (uint8_t)((g->ue->reference + 1) & 0xf);
	cn_gmm_set_state(g, IUPLUS_CN_GMM_AUTHENTICATION);
	cn_gmm_aka_send(g);
}

void cn_gmm_aka_send(struct cn_gmm *g)
{
	struct iuplus_nas_authentication_and_ciphering_request *r;
	struct iuplus_nas_msg m = cn_gmm_message(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST);

	r = &m.u.authentication_request;
	r->reference = g->ue->reference;
	r->has_rand = true;
	memcpy(r->rand, g->ue->challenge.rand, sizeof(r->rand));
	r->has_cksn = true;
	r->cksn = g->ue->challenge_cksn;
	r->autn = (struct iuplus_octets){ g->ue->challenge.autn, sizeof(g->ue->challenge.autn) };
	cn_gmm_send(g, &m, g->ue->purpose == CN_GMM_FOR_RELOCATION ? IUPLUS_STEP_AUTHENTICATED : IUPLUS_STEP_NONE);
}

void cn_gmm_aka_reject(struct cn_gmm *g, const char *why)
{
	struct iuplus_nas_msg m = cn_gmm_message(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT);

	proc_failure(g->p, "authentication of %s failed: %s", g->ue->subscriber->imsi, why);
	cn_gmm_send(g, &m, IUPLUS_STEP_NONE);
	cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "authentication failed");
}

/* A challenge failed. A UE that identified itself by P-TMSI may be another subscriber: it is asked for its IMSI (TS
 * 24.008 4.7.7.5, 4.7.7.6). */
static void doubt(struct cn_gmm *g, const char *why)
{
	if (!g->ue->by_ptmsi || g->ue->identity_checked) {
		cn_gmm_aka_reject(g, why);
		return;
	}
	proc_failure(g->p, "authentication of %s failed: %s; the UE is asked for its IMSI", g->ue->subscriber->imsi,
		     why);
	g->ue->identity_checked = true;
	cn_gmm_set_state(g, IUPLUS_CN_GMM_IDENTITY);
	cn_gmm_ask_identity(g);
}

void cn_gmm_authentication_response(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_authentication_and_ciphering_response *r = &m->u.authentication_response;
	struct iuplus_cn_subscriber *s = g->ue->subscriber;
	uint8_t res[IUPLUS_SECURITY_RES_LEN];

	if (r->reference != g->ue->reference) {
		proc_failure(g->p, "an answer to another challenge is ignored (reference %u)", r->reference);
		return;
	}
	if (!r->has_res || r->res_extension.len != sizeof(res) - sizeof(r->res)) {
		doubt(g, "RES of another length");
		return;
	}
	memcpy(res, r->res, sizeof(r->res));
	memcpy(res + sizeof(r->res), r->res_extension.data, r->res_extension.len);
	if (!iuplus_security_equal(res, g->ue->challenge.xres, sizeof(res))) {
		doubt(g, "wrong RES");
		return;
	}
	s->current = g->ue->challenge;
	s->has_current = true;
	s->cksn = g->ue->challenge_cksn;
	g->ue->cksn = s->cksn;
	g->ue->keys_fresh = true;
	iuplus_security_wipe(&g->ue->challenge, sizeof(g->ue->challenge));
	cn_gmm_secure(g);
}

void cn_gmm_authentication_failure(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_authentication_and_ciphering_failure *f = &m->u.authentication_failure;
	struct iuplus_cn_subscriber *s = g->ue->subscriber;
	int rc;

	if (f->cause != IUPLUS_NAS_CAUSE_SYNCH_FAILURE) {
		doubt(g, iuplus_nas_cause_name(f->cause));
		return;
	}
	if (!f->auts.data || g->ue->resynchronised) {
		cn_gmm_aka_reject(g, f->auts.data ? "a second synch failure" : "synch failure without AUTS");
		return;
	}
	rc = g->ue->auc->resync(g->ue->auc->user, s, g->ue->challenge.rand, f->auts.data);
	if (rc) {
		cn_gmm_aka_reject(g, rc == IUPLUS_ERR_INTEGRITY ? "AUTS is not the phone's" : "the AuC failed");
		return;
	}
	/* Vectors made before are as stale as the one that failed (TS 33.102 6.3.5). */
	g->ue->resynchronised = true;
	iuplus_security_wipe(s->unused, sizeof(s->unused));
	s->unused_count = 0;
	proc_note(g->p, IUPLUS_STEP_NONE, "synch failure of %s: SQN is taken over from the phone", s->imsi);
	cn_gmm_aka_start(g);
}
