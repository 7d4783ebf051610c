/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_security.c: security mode control (TS 25.413 8.18), with legacy keys or those of the UTRAN key hierarchy
 * ([0104] to [0108], [0117]; FIG. 9's steps 912 and 913). */
#include <string.h>

#include "src/proc/cn_link.h"

bool cn_link_enhanced_possible(const struct cn_link *l)
{
	return l->cfg->enhanced && l->ue->ue_enhanced && l->ue->iu[l->ue->serving].rnc_enhanced;
}

bool cn_link_lacks_enhanced(const struct cn_link *l)
{
	return cn_link_enhanced_possible(l) && l->ue->keys.kind != IUPLUS_KEYS_ENHANCED;
}

static bool has(const uint8_t *list, unsigned count, unsigned algorithm)
{
	while (count--)
		if (list[count] == algorithm)
			return true;
	return false;
}

bool cn_link_permitted(const struct cn_link *l, unsigned uia, unsigned uea)
{
	return has(l->cfg->algorithms.uia, l->cfg->algorithms.uia_count, uia) &&
	       has(l->cfg->algorithms.uea, l->cfg->algorithms.uea_count, uea);
}

/* ---- the command ---- */

#define COUNTER 1u

/* K_RNC (NCC 0) and K_RNC* (NCC 1) into pending and into the message. */
static int derive(struct cn_link *l, struct iuplus_ranap_enhanced_security *e)
{
	const struct cn_link_vector *v = &l->ue->pending_vector;
	struct iuplus_proc_keys *p = &l->ue->pending;
	struct iuplus_security_freshness fresh;
	int rc;

	memset(&fresh, 0, sizeof(fresh));
	if (l->cfg->nonce) {
		fresh.kind = IUPLUS_SECURITY_FRESHNESS_NONCE;
		l->p->env->random(l->p->env->user, fresh.nonce, sizeof(fresh.nonce));
		e->has_nonce = true;
		memcpy(e->nonce, fresh.nonce, sizeof(e->nonce));
	}
	rc = iuplus_security_k_rnc(v->ck, v->ik, COUNTER, l->cfg->domain, &fresh, p->k_rnc);
	if (!rc)
		rc = iuplus_security_k_rnc_star(v->ck, v->ik, p->k_rnc, p->k_rnc_star);
	if (!rc)
		rc = iuplus_security_keys_from_k_rnc(p->k_rnc, NULL, p->ck, p->ik);
	if (rc)
		return rc;
	p->has_k_rnc = p->has_k_rnc_star = true;
	p->ncc = 1; /* of K_RNC*; K_RNC itself is NCC 0 */
	e->index = (struct iuplus_security_key_index){ COUNTER, 0 };
	e->derivation = IUPLUS_SECURITY_FROM_K_RNC;
	e->freshness = e->has_nonce ? IUPLUS_SECURITY_FRESHNESS_NONCE : IUPLUS_SECURITY_FRESHNESS_COUNTER;
	e->keys.has_k_rnc = e->has_next_key = e->next_key.keys.has_k_rnc = true;
	e->next_key.index = (struct iuplus_security_key_index){ COUNTER, 1 };
	memcpy(e->keys.k_rnc, p->k_rnc, sizeof(e->keys.k_rnc));
	memcpy(e->next_key.keys.k_rnc, p->k_rnc_star, sizeof(p->k_rnc_star));
	return IUPLUS_OK;
}

/* Without Encryption Information no encryption is offered at all. */
static bool offers_encryption(const struct cn_link *l)
{
	return l->cfg->algorithms.uea_count > 1 || l->cfg->algorithms.uea[0] != 0;
}

static void offer_algorithms(const struct cn_link *l, struct iuplus_ranap_security_mode_command *s)
{
	s->integrity.count = (uint8_t)l->cfg->algorithms.uia_count;
	memcpy(s->integrity.algorithms, l->cfg->algorithms.uia, l->cfg->algorithms.uia_count);
	s->has_encryption = offers_encryption(l);
	s->encryption.count = (uint8_t)l->cfg->algorithms.uea_count;
	memcpy(s->encryption.algorithms, l->cfg->algorithms.uea, l->cfg->algorithms.uea_count);
}

static void failed(struct cn_link *l, uint16_t cause)
{
	cn_link_set_security(l, IUPLUS_CN_SECURITY_IDLE);
	iuplus_security_wipe(&l->ue->pending, sizeof(l->ue->pending));
	iuplus_security_wipe(&l->ue->pending_vector, sizeof(l->ue->pending_vector));
	proc_failure(l->p, "Security Mode Command failed: %s", iuplus_ranap_cause_name(cause));
}

int cn_link_secure(struct cn_link *l, const struct iuplus_security_vector *vector, bool fresh, bool relocated)
{
	struct cn_link_vector *v = &l->ue->pending_vector;
	struct iuplus_proc_keys *p = &l->ue->pending;
	struct iuplus_ranap_security_mode_command *s;
	enum iuplus_proc_step step = IUPLUS_STEP_NONE;
	struct iuplus_ranap_msg m;
	int rc = IUPLUS_OK;

	cn_link_common_id(l);
	memcpy(v->ck, vector->ck, sizeof(v->ck));
	memcpy(v->ik, vector->ik, sizeof(v->ik));
	memset(p, 0, sizeof(*p));
	p->domain = l->cfg->domain;
	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	s = &m.u.security_mode_command;
	offer_algorithms(l, s);
	s->key_new = fresh;
	if (cn_link_enhanced_possible(l)) {
		/* CK and IK stay in the core: the RNC+ gets the hierarchy's keys, and the key fields are zero. */
		p->kind = IUPLUS_KEYS_ENHANCED;
		s->has_enhanced = true;
		s->enhanced.vector_used = !fresh;
		rc = derive(l, &s->enhanced);
		step = relocated ? IUPLUS_STEP_SECURITY_COMMANDED : IUPLUS_STEP_NONE;
		if (!rc)
			proc_note(l->p, relocated ? IUPLUS_STEP_CORE_DERIVED : IUPLUS_STEP_NONE,
				  "K_RNC (NCC 0) and K_RNC* (NCC 1) are derived from CK and IK");
	} else {
		p->kind = IUPLUS_KEYS_LEGACY;
		memcpy(p->ck, v->ck, sizeof(p->ck));
		memcpy(p->ik, v->ik, sizeof(p->ik));
		memcpy(s->integrity.key, v->ik, sizeof(v->ik));
		memcpy(s->encryption.key, v->ck, sizeof(v->ck));
	}
	if (!rc)
		rc = cn_link_send(l, l->ue->serving, &m, step);
	iuplus_security_wipe(&m, sizeof(m));
	if (rc)
		failed(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
	else
		cn_link_set_security(l, IUPLUS_CN_SECURITY_COMMANDED);
	return rc;
}

/* ---- the answer ---- */

static void complete(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	const struct iuplus_ranap_security_mode_complete *s = &m->u.security_mode_complete;
	unsigned uia = s->integrity_algorithm, uea = s->has_encryption_algorithm ? s->encryption_algorithm : 0;

	(void)cause;
	/* 8.18.2: Chosen Encryption Algorithm is there if and only if encryption was offered; "no encryption" is a
	 * choice. An answer that does not say which keys and algorithms are in use is a failure (10.4). */
	if (s->has_encryption_algorithm != offers_encryption(l)) {
		proc_failure(l->p, "the RNC %s Chosen Encryption Algorithm",
			     s->has_encryption_algorithm ? "was not asked for a" : "left out its");
		cn_link_release_all(l, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, "it is not known which algorithms are used");
		return;
	}
	/* An RNC that chose an algorithm that was not offered is not trusted with the UE's traffic. */
	if (!cn_link_permitted(l, uia, uea)) {
		proc_failure(l->p, "the RNC chose UIA%u and UEA%u, which were not offered", uia, uea);
		cn_link_release_all(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED, "wrong algorithms");
		return;
	}
	cn_link_set_security(l, IUPLUS_CN_SECURITY_IDLE);
	l->ue->keys = l->ue->pending;
	l->ue->vector = l->ue->pending_vector;
	iuplus_security_wipe(&l->ue->pending, sizeof(l->ue->pending));
	iuplus_security_wipe(&l->ue->pending_vector, sizeof(l->ue->pending_vector));
	l->ue->keys.uia = uia;
	l->ue->keys.uea = uea;
	l->ue->keys.integrity_started = true;
	l->ue->keys.ciphering_started = uea != 0;
	l->ue->star_used = false;
	cn_link_keys(l);
	proc_done(l->p, IUPLUS_CN_DONE_SECURITY);
	l->outcome = CN_LINK_SECURED;
}

static void reject(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	(void)m;
	failed(l, cause);
	l->outcome = CN_LINK_REFUSED;
}

static void expired(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	(void)m;
	(void)cause;
	proc_failure(l->p, "no answer to Security Mode Command");
	cn_link_release_all(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED, "it is not known which keys are in use");
}

static void logical_error(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	(void)cause;
	cn_link_logical_error(l, l->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
}

static void late_reject(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	(void)m;
	(void)cause;
	proc_failure(l->p, "a Security Mode Reject without command is ignored");
}

#define S(state) (1u << IUPLUS_CN_SECURITY_##state)

static const struct {
	struct proc_row row;
	void (*handler)(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause);
} table[IUPLUS_CN_SECURITY_COUNT][CN_LINK_S_COUNT] = {
	[IUPLUS_CN_SECURITY_IDLE] = {
		[CN_LINK_S_COMPLETE] = { { PROC_DEFAULT, 0, "logical error (10.4)" }, logical_error },
		[CN_LINK_S_REJECT] = { { PROC_DROP, 0, "reported" }, late_reject },
		[CN_LINK_S_EXPIRY] = { { PROC_IGNORE, 0, "ignored" }, NULL },
	},
	[IUPLUS_CN_SECURITY_COMMANDED] = {
		[CN_LINK_S_COMPLETE] = { { PROC_HANDLE, S(IDLE), "the new keys are in use, or release of all connections" },
					 complete },
		[CN_LINK_S_REJECT] = { { PROC_HANDLE, S(IDLE), "the old keys stay in use" }, reject },
		[CN_LINK_S_EXPIRY] = { { PROC_HANDLE, S(IDLE), "release of all connections" }, expired },
	},
};

const struct proc_row *cn_link_security_row(enum iuplus_cn_security state, enum cn_link_security_input input)
{
	return &table[state][input].row;
}

void cn_link_security(struct cn_link *l, enum cn_link_security_input input, const struct iuplus_ranap_msg *m,
		      uint16_t cause)
{
	enum iuplus_cn_security state = l->ue->security;

	if (table[state][input].handler)
		table[state][input].handler(l, m, cause);
}
