/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_security_mode.c: security mode control (TS 25.413 8.18), with legacy keys or those of the UTRAN key hierarchy
 * ([0104] to [0108], [0117]; FIG. 9's steps 912 and 913). */
#include <string.h>

#include "src/proc/cn_int.h"

bool cn_enhanced_possible(const struct cn *c)
{
	return c->cfg->enhanced && c->ue->ue_enhanced && c->ue->iu[c->ue->serving].rnc_enhanced;
}

/* K_RNC (NCC 0) and K_RNC* (NCC 1) into pending and into the message. */
static int derive(struct cn *c, struct iuplus_ranap_enhanced_security *e)
{
	const struct iuplus_security_vector *v = &c->ue->subscriber->current;
	struct iuplus_proc_keys *p = &c->ue->pending;
	struct iuplus_security_freshness fresh;
	int rc;

	memset(&fresh, 0, sizeof(fresh));
	if (c->cfg->nonce) {
		fresh.kind = IUPLUS_SECURITY_FRESHNESS_NONCE;
		fresh.nonce_len = sizeof(e->nonce);
		c->p.env->random(c->p.env->user, fresh.nonce, fresh.nonce_len);
		e->has_nonce = true;
		memcpy(e->nonce, fresh.nonce, sizeof(e->nonce));
	}
	rc = iuplus_security_k_rnc(v->ck, v->ik, c->cfg->nonce ? &fresh : NULL, p->k_rnc);
	if (!rc)
		rc = iuplus_security_k_rnc_star(v->ck, v->ik, p->k_rnc, p->k_rnc_star);
	if (!rc)
		rc = iuplus_security_keys_from_k_rnc(p->k_rnc, NULL, p->ck, p->ik);
	if (rc)
		return rc;
	p->have_k_rnc = p->have_k_rnc_star = true;
	p->ncc = e->ncc = 1;		/* of K_RNC*; K_RNC itself is NCC 0 */
	e->has_k_rnc = e->has_k_rnc_star = true;
	memcpy(e->k_rnc, p->k_rnc, sizeof(e->k_rnc));
	memcpy(e->k_rnc_star, p->k_rnc_star, sizeof(e->k_rnc_star));
	return IUPLUS_OK;
}

/* The RNC learns whose connection it is (TS 25.413 8.16). */
static void common_id(struct cn *c)
{
	struct iuplus_ranap_msg m;
	struct iuplus_ranap_imsi *imsi = &m.u.common_id.imsi;

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_COMMON_ID;
	imsi->len = (uint8_t)iuplus_nas_imsi_to_bcd(c->ue->subscriber->imsi, imsi->tbcd, sizeof(imsi->tbcd));
	cn_send(c, c->ue->serving, &m, IUPLUS_STEP_NONE);
}

void cn_security_start(struct cn *c)
{
	const struct iuplus_security_vector *v = &c->ue->subscriber->current;
	struct iuplus_ranap_security_mode_command *s;
	enum iuplus_proc_step step = IUPLUS_STEP_NONE;
	struct iuplus_ranap_msg m;
	unsigned i;
	int rc = IUPLUS_OK;

	if (!c->ue->keys.integrity_started)
		common_id(c);
	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	s = &m.u.security_mode_command;
	s->integrity.count = (uint8_t)c->cfg->uia_count;
	for (i = 0; i < c->cfg->uia_count; i++)
		s->integrity.algorithms[i] = (uint8_t)(c->cfg->uia[i] - 1);	/* 0 is UIA1 */
	/* No encryption at all is said by leaving the element out. */
	s->has_encryption = c->cfg->uea_count > 1 || c->cfg->uea[0] != 0;
	s->encryption.count = (uint8_t)c->cfg->uea_count;
	memcpy(s->encryption.algorithms, c->cfg->uea, c->cfg->uea_count);
	s->key_new = c->ue->keys_fresh;
	memset(&c->ue->pending, 0, sizeof(c->ue->pending));
	c->ue->pending.domain = IUPLUS_DOMAIN_PS;
	if (cn_enhanced_possible(c)) {
		/* CK and IK stay here: the RNC+ gets the hierarchy's key and the key fields are zero. */
		c->ue->pending.kind = IUPLUS_KEYS_ENHANCED;
		s->has_enhanced = true;
		rc = derive(c, &s->enhanced);
		step = c->ue->purpose == IUPLUS_CN_FOR_RELOCATION ? IUPLUS_STEP_SECURITY_COMMANDED : IUPLUS_STEP_NONE;
		if (!rc)
			proc_note(&c->p, step ? IUPLUS_STEP_CORE_DERIVED : IUPLUS_STEP_NONE, "K_RNC (NCC 0) and K_RNC* (NCC 1) are derived from CK and IK");
	} else {
		c->ue->pending.kind = IUPLUS_KEYS_LEGACY;
		memcpy(c->ue->pending.ck, v->ck, sizeof(v->ck));
		memcpy(c->ue->pending.ik, v->ik, sizeof(v->ik));
		memcpy(s->integrity.key, v->ik, sizeof(v->ik));
		memcpy(s->encryption.key, v->ck, sizeof(v->ck));
	}
	cn_set_gmm(c, IUPLUS_CN_SECURITY);
	if (!rc)
		rc = cn_send(c, c->ue->serving, &m, step);
	iuplus_security_wipe(&m, sizeof(m));
	if (rc)
		cn_on_security_reject(c, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
}

static bool has(const uint8_t *list, unsigned count, unsigned algorithm)
{
	while (count--)
		if (list[count] == algorithm)
			return true;
	return false;
}

bool cn_permitted(const struct cn *c, unsigned uia, unsigned uea)
{
	return has(c->cfg->uia, c->cfg->uia_count, uia) && has(c->cfg->uea, c->cfg->uea_count, uea);
}

bool cn_on_security_complete(struct cn *c, const struct iuplus_ranap_msg *m)
{
	const struct iuplus_ranap_security_mode_complete *s = &m->u.security_mode_complete;
	unsigned uia = s->integrity_algorithm + 1u, uea = s->has_encryption_algorithm ? s->encryption_algorithm : 0;
	struct iuplus_cn_subscriber *sub = c->ue->subscriber;

	if (c->ue->gmm != IUPLUS_CN_SECURITY) {
		cn_logical_error(c, c->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
		return false;
	}
	/* An RNC that takes what was not offered is not to be trusted with the phone's traffic. */
	if (!cn_permitted(c, uia, uea)) {
		proc_failure(&c->p, "the RNC chose UIA%u and UEA%u, which were not offered", uia, uea);
		cn_release_all(c, IUPLUS_RANAP_CAUSE_UNSPECIFIED, "wrong algorithms");
		return false;
	}
	iuplus_security_wipe(&c->ue->keys, sizeof(c->ue->keys));
	c->ue->keys = c->ue->pending;
	iuplus_security_wipe(&c->ue->pending, sizeof(c->ue->pending));
	c->ue->keys.uia = uia;
	c->ue->keys.uea = uea;
	c->ue->keys.integrity_started = true;
	c->ue->keys.ciphering_started = uea != 0;
	memcpy(c->ue->ck, sub->current.ck, sizeof(c->ue->ck));
	memcpy(c->ue->ik, sub->current.ik, sizeof(c->ue->ik));
	c->ue->star_used = false;
	c->ue->keys_fresh = false;
	/* The phone has proved that it has the keys: from now on this context is the subscriber's. */
	if (sub->context && sub->context != c->ue)
		c->ue->superseded = sub->context;
	sub->context = c->ue;
	cn_keys(c);
	proc_done(&c->p, IUPLUS_CN_DONE_SECURITY);
	return true;
}

void cn_on_security_reject(struct cn *c, uint16_t cause)
{
	if (c->ue->gmm != IUPLUS_CN_SECURITY) {
		proc_failure(&c->p, "a Security Mode Reject that answers nothing is ignored");
		return;
	}
	iuplus_security_wipe(&c->ue->pending, sizeof(c->ue->pending));
	proc_failure(&c->p, "Security Mode Command failed: %s", iuplus_ranap_cause_name(cause));
	/* What was protected stays so with the old keys (TS 25.413 8.18.3); a procedure that needs protection and has
	 * none cannot go on. */
	if (c->ue->keys.integrity_started &&
	    (c->ue->purpose == IUPLUS_CN_FOR_RELOCATION || c->ue->purpose == IUPLUS_CN_FOR_ORDER)) {
		proc_note(&c->p, IUPLUS_STEP_NONE, "the keys stay as they were");
		cn_set_gmm(c, IUPLUS_CN_REGISTERED);
		return;
	}
	cn_reject(c, IUPLUS_NAS_CAUSE_NETWORK_FAILURE, "security mode control failed");
}
