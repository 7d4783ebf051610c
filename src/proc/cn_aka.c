/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_aka.c: authentication and key agreement, network side (TS 24.008 4.7.7, TS 33.102 6.3; FIG. 9's step 911). */
#include <string.h>

#include "src/proc/cn_int.h"

static bool fetch_vectors(struct cn *c)
{
	struct iuplus_cn_subscriber *s = c->ue->subscriber;
	unsigned made = 0;
	int rc;

	if (s->unused_count)
		return true;
	rc = c->ue->auc->vectors(c->ue->auc->user, c->p.env, s, s->unused, c->cfg->vectors ? c->cfg->vectors : 1, &made);
	s->unused_count = rc ? 0 : made;
	if (!s->unused_count)
		proc_failure(&c->p, "no authentication vector: %s", iuplus_strrc(rc));
	return s->unused_count > 0;
}

/* A key sequence number that names neither the phone's present key nor "no key" (TS 24.008 4.7.7.2). */
static uint8_t next_cksn(const struct iuplus_cn_ue *ue)
{
	uint8_t n = ue->subscriber->cksn < IUPLUS_CN_NO_KEY ? ue->subscriber->cksn : 6;

	do
		n = (uint8_t)((n + 1) % 7);
	while (n == ue->cksn);
	return n;
}

void cn_aka_start(struct cn *c)
{
	struct iuplus_cn_subscriber *s = c->ue->subscriber;

	if (!fetch_vectors(c)) {
		cn_reject(c, IUPLUS_NAS_CAUSE_NETWORK_FAILURE, "the AuC has no vector");
		return;
	}
	/* Vectors are used in the order in which they were made: their SQNs rise. */
	c->ue->challenge = s->unused[0];
	s->unused_count--;
	memmove(&s->unused[0], &s->unused[1], s->unused_count * sizeof(s->unused[0]));
	iuplus_security_wipe(&s->unused[s->unused_count], sizeof(s->unused[0]));
	c->ue->challenge_cksn = next_cksn(c->ue);
	c->ue->reference = (uint8_t)((c->ue->reference + 1) & 0xf);
	cn_set_gmm(c, IUPLUS_CN_AUTHENTICATION);
	cn_aka_send(c);
}

void cn_aka_send(struct cn *c)
{
	struct iuplus_nas_authentication_and_ciphering_request *r;
	struct iuplus_nas_msg m;

	memset(&m, 0, sizeof(m));
	m.type = IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST;
	r = &m.u.authentication_request;
	r->reference = c->ue->reference;
	r->has_rand = true;
	memcpy(r->rand, c->ue->challenge.rand, sizeof(r->rand));
	r->has_cksn = true;
	r->cksn = c->ue->challenge_cksn;
	r->autn = (struct iuplus_octets){ c->ue->challenge.autn, sizeof(c->ue->challenge.autn) };
	cn_send_nas(c, &m, c->ue->purpose == IUPLUS_CN_FOR_RELOCATION ? IUPLUS_STEP_AUTHENTICATED : IUPLUS_STEP_NONE);
}

void cn_aka_reject(struct cn *c, const char *why)
{
	struct iuplus_nas_msg m;

	proc_failure(&c->p, "authentication of %s failed: %s", c->ue->subscriber->imsi, why);
	memset(&m, 0, sizeof(m));
	m.type = IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT;
	cn_send_nas(c, &m, IUPLUS_STEP_NONE);
	cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "authentication failed");
}

/* A challenge failed. A phone that named itself by P-TMSI may be somebody else: ask (TS 24.008 4.7.7.5, 4.7.7.6). */
static void doubt(struct cn *c, const char *why)
{
	struct iuplus_nas_msg m;

	if (!c->ue->by_ptmsi || c->ue->identity_checked) {
		cn_aka_reject(c, why);
		return;
	}
	proc_failure(&c->p, "authentication of %s failed: %s; the phone is asked for its IMSI", c->ue->subscriber->imsi, why);
	c->ue->identity_checked = true;
	cn_set_gmm(c, IUPLUS_CN_IDENTITY);
	memset(&m, 0, sizeof(m));
	m.type = IUPLUS_NAS_IDENTITY_REQUEST;
	m.u.identity_request.identity_type = IUPLUS_NAS_IDENTITY_IMSI;
	cn_send_nas(c, &m, IUPLUS_STEP_NONE);
}

void cn_aka_identified(struct cn *c, bool same)
{
	if (same)
		cn_aka_reject(c, "the identity is right, so the key is not");
	else
		cn_aka_start(c);
}

void cn_on_authentication_response(struct cn *c, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_authentication_and_ciphering_response *r = &m->u.authentication_response;
	struct iuplus_cn_subscriber *s = c->ue->subscriber;
	uint8_t res[IUPLUS_SECURITY_RES_LEN];

	if (r->reference != c->ue->reference) {
		proc_failure(&c->p, "an answer to another challenge is ignored (reference %u)", r->reference);
		return;
	}
	if (!r->has_res || r->res_extension.len != sizeof(res) - sizeof(r->res)) {
		doubt(c, "RES of another length");
		return;
	}
	memcpy(res, r->res, sizeof(r->res));
	memcpy(res + sizeof(r->res), r->res_extension.data, r->res_extension.len);
	if (!iuplus_security_equal(res, c->ue->challenge.xres, sizeof(res))) {
		doubt(c, "wrong RES");
		return;
	}
	s->current = c->ue->challenge;
	s->has_current = true;
	s->cksn = c->ue->challenge_cksn;
	c->ue->cksn = s->cksn;
	c->ue->keys_fresh = true;
	iuplus_security_wipe(&c->ue->challenge, sizeof(c->ue->challenge));
	cn_security_start(c);
}

void cn_on_authentication_failure(struct cn *c, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_authentication_and_ciphering_failure *f = &m->u.authentication_failure;
	struct iuplus_cn_subscriber *s = c->ue->subscriber;
	int rc;

	if (f->cause != IUPLUS_NAS_CAUSE_SYNCH_FAILURE) {
		doubt(c, iuplus_nas_cause_name(f->cause));
		return;
	}
	if (!f->auts.data || c->ue->resynchronised) {
		cn_aka_reject(c, f->auts.data ? "a second synch failure" : "synch failure without AUTS");
		return;
	}
	rc = c->ue->auc->resync(c->ue->auc->user, s, c->ue->challenge.rand, f->auts.data);
	if (rc) {
		cn_aka_reject(c, rc == IUPLUS_ERR_INTEGRITY ? "AUTS is not the phone's" : "the AuC failed");
		return;
	}
	/* Vectors made before are as stale as the one that failed (TS 33.102 6.3.5). */
	c->ue->resynchronised = true;
	iuplus_security_wipe(s->unused, sizeof(s->unused));
	s->unused_count = 0;
	proc_note(&c->p, IUPLUS_STEP_NONE, "synch failure of %s: SQN is taken over from the phone", s->imsi);
	cn_aka_start(c);
}
