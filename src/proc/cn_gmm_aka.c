/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_aka.c: authentication and key agreement, network side (TS 24.008 4.7.7, TS 33.102 6.3; FIG. 9's step 911). */
#include <string.h>

#include "src/proc/cn_gmm.h"

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

/* ---- vectors ---- */

/* auts: that of a synch failure, or NULL. */
static void want(struct cn_gmm *g, const uint8_t *auts)
{
	struct iuplus_cn_vectors_wanted *w = iuplus_arena_alloc(g->p->env->arena, sizeof(*w));

	cn_gmm_set_state(g, IUPLUS_CN_GMM_VECTORS);
	g->ue->request++;
	g->ue->resynchronising = auts != NULL;
	if (!w) {
		proc_memory(g->p, IUPLUS_ERR_MEMORY); /* TVECTORS ends it */
		return;
	}
	w->request = g->ue->request;
	memcpy(w->imsi, g->ue->subscriber->imsi, sizeof(w->imsi));
	w->count = g->cfg->gmm.vectors ? g->cfg->gmm.vectors : 1;
	if (auts) {
		w->resynchronise = true;
		memcpy(w->rand, g->ue->challenge.rand, sizeof(w->rand));
		memcpy(w->auts, auts, sizeof(w->auts));
	}
	proc_act(g->p, IUPLUS_ACT_VECTORS_WANTED)->wanted = w;
}

static void challenge(struct cn_gmm *g)
{
	struct iuplus_cn_subscriber *s = g->ue->subscriber;

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

void cn_gmm_aka_start(struct cn_gmm *g)
{
	if (g->ue->subscriber->unused_count)
		challenge(g);
	else
		want(g, NULL);
}

void cn_gmm_vectors(struct cn_gmm *g, const struct iuplus_cn_event *event)
{
	unsigned count = event->vectors.rc ? 0 : event->vectors.count;
	struct iuplus_cn_subscriber *s = g->ue->subscriber;

	if (g->ue->state != IUPLUS_CN_GMM_VECTORS || event->vectors.request != g->ue->request) {
		proc_failure(g->p, "vectors that are not awaited are dropped (request %u)", event->vectors.request);
		return;
	}
	if (g->ue->resynchronising && event->vectors.rc == IUPLUS_ERR_INTEGRITY) {
		cn_gmm_aka_reject(g, "AUTS is not the USIM's");
		return;
	}
	if (!count) {
		proc_failure(g->p, "no authentication vector for %s: %s", s->imsi, iuplus_strrc(event->vectors.rc));
		/* An unknown subscriber (TS 29.002) is #8 to the UE. */
		cn_gmm_reject(g,
			      event->vectors.rc == IUPLUS_ERR_MISSING ? IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED :
									IUPLUS_NAS_CAUSE_NETWORK_FAILURE,
			      "the AuC has no vector");
		return;
	}
	if (g->ue->resynchronising)
		proc_note(g->p, IUPLUS_STEP_NONE, "synch failure of %s: SQN is taken over from the USIM", s->imsi);
	/* Vectors made before a resynchronisation are as stale as the one that failed (TS 33.102 6.3.5). */
	iuplus_security_wipe(s->unused, sizeof(s->unused));
	s->unused_count = count < IUPLUS_CN_MAX_VECTORS ? count : IUPLUS_CN_MAX_VECTORS;
	memcpy(s->unused, event->vectors.list, s->unused_count * sizeof(s->unused[0]));
	challenge(g);
}

/* ---- the challenge ---- */

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

/* A challenge failed. A UE that identified itself by P-TMSI may be another subscriber: the core requests its IMSI (TS
 * 24.008 4.7.7.5, 4.7.7.6). */
static void doubt(struct cn_gmm *g, const char *why)
{
	if (!g->ue->by_ptmsi || g->ue->identity_checked) {
		cn_gmm_aka_reject(g, why);
		return;
	}
	proc_failure(g->p, "authentication of %s failed: %s; requesting the UE's IMSI", g->ue->subscriber->imsi, why);
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
	cn_link_vector_replaced(g->link);
	s->current = g->ue->challenge;
	s->has_current = true;
	s->cksn = g->ue->challenge_cksn;
	g->ue->cksn = s->cksn;
	/* A new vector: nothing was given of it. */
	s->use = (struct iuplus_cn_vector_use){ .number = s->use.number + 1 };
	iuplus_security_wipe(&g->ue->challenge, sizeof(g->ue->challenge));
	cn_gmm_secure(g);
}

void cn_gmm_authentication_failure(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_authentication_and_ciphering_failure *f = &m->u.authentication_failure;

	if (f->cause != IUPLUS_NAS_CAUSE_SYNCH_FAILURE) {
		doubt(g, iuplus_nas_cause_name(f->cause));
		return;
	}
	if (!f->auts.data || g->ue->resynchronised) {
		cn_gmm_aka_reject(g, f->auts.data ? "a second synch failure" : "synch failure without AUTS");
		return;
	}
	g->ue->resynchronised = true;
	want(g, f->auts.data);
}
