/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_security.c: security mode control (TS 25.413 8.18), with legacy keys or those of the UTRAN key hierarchy
 * ([0104] to [0108], [0117]; FIG. 9's steps 912 and 913). */
#include <string.h>

#include "src/proc/cn_link.h"

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

/* The command is over: what was meant to come into use is forgotten. */
static void forget_pending(struct cn_link *l)
{
	iuplus_security_wipe(&l->ue->pending, sizeof(l->ue->pending));
	iuplus_security_wipe(&l->ue->pending_vector, sizeof(l->ue->pending_vector));
	iuplus_security_wipe(&l->ue->pending_pair, sizeof(l->ue->pending_pair));
}

static void failed(struct cn_link *l, uint16_t cause)
{
	cn_link_set_security(l, IUPLUS_CN_SECURITY_IDLE);
	forget_pending(l);
	proc_failure(l->p, "Security Mode Command failed: %s", iuplus_ranap_cause_name(cause));
}

/* K_RNC of a new counter and the next key ([0104] to [0107]). CK and IK stay in the core: the standard's elements
 * have the mapped pair, so that the IK of a container is that of the last command (8.6.2) also where the RNC lacks a
 * key. See patches/25413-text.md, 8.18.2. */
static int enhanced_command(struct cn_link *l, struct iuplus_ranap_security_mode_command *s)
{
	const struct iuplus_cn_vector_use *use = cn_link_use(&l->ue->pending_vector);
	struct iuplus_proc_keys *p = &l->ue->pending;
	uint8_t ck[16], ik[16];
	int rc = cn_link_new_counter(l, &l->ue->pending_vector, &l->ue->pending_pair);

	if (!rc)
		rc = proc_memory(l->p, cn_link_enhance(p, &l->ue->pending_pair.now));
	if (!rc)
		rc = proc_memory(l->p, iuplus_security_mapped_keys(p->ck, p->ik, ck, ik));
	if (rc)
		return rc;
	cn_link_offer(l, ck, ik, &s->integrity, &s->has_encryption, &s->encryption);
	iuplus_security_wipe(ck, sizeof(ck));
	iuplus_security_wipe(ik, sizeof(ik));
	s->key_new = true; /* nobody has used them (8.18.2, 8.18.4) */
	s->has_enhanced = true;
	cn_link_enhanced_information(l, &l->ue->pending_pair, use->used, &s->enhanced);
	proc_note(l->p, l->ue->relocated ? IUPLUS_STEP_CORE_DERIVED : IUPLUS_STEP_NONE,
		  "K_RNC (%u, 0) and the next key (%u, 1) are derived from CK and IK", s->enhanced.index.counter,
		  s->enhanced.index.counter);
	return IUPLUS_OK;
}

static void legacy_command(struct cn_link *l, struct iuplus_ranap_security_mode_command *s)
{
	const struct cn_link_vector *v = &l->ue->pending_vector;
	const struct iuplus_cn_vector_use *use = cn_link_use(v);
	struct iuplus_proc_keys *p = &l->ue->pending;

	p->kind = IUPLUS_KEYS_LEGACY;
	memcpy(p->ck, v->ck, sizeof(p->ck));
	memcpy(p->ik, v->ik, sizeof(p->ik));
	cn_link_offer(l, v->ck, v->ik, &s->integrity, &s->has_encryption, &s->encryption);
	/* 8.18.4: "old" is rejected while integrity protection runs. */
	s->key_new = !use->used || l->ue->keys.integrity_started;
}

/* An RNC+ gets CK and IK of a UE that could have better only if the vector gives no other keys, and no authentication
 * is allowed. */
static bool legacy_allowed(struct cn_link *l)
{
	if (!cn_link_enhanced_possible(l))
		return true;
	proc_failure(l->p, "Security Mode Command: the vector gives no enhanced keys any more");
	return l->cfg->policy != IUPLUS_ENHANCED_SECURITY_REQUIRE;
}

static int send_command(struct cn_link *l)
{
	bool enhanced = cn_link_enhanced_possible(l) && cn_link_derivable(l, &l->ue->pending_vector);
	struct iuplus_ranap_security_mode_command *s;
	enum iuplus_proc_step step = IUPLUS_STEP_NONE;
	struct iuplus_ranap_msg m;
	int rc = IUPLUS_OK;

	if (!enhanced && !legacy_allowed(l)) {
		forget_pending(l);
		return IUPLUS_ERR_STATE;
	}
	memset(&l->ue->pending, 0, sizeof(l->ue->pending));
	l->ue->pending.domain = l->cfg->domain;
	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	s = &m.u.security_mode_command;
	if (cn_link_hierarchy(l->cfg) && l->ue->iu[l->ue->serving].rnc_enhanced) {
		s->has_ue_capability = true;
		s->ue_capability = l->ue->ue_capability;
	}
	if (enhanced) {
		rc = enhanced_command(l, s);
		step = l->ue->relocated ? IUPLUS_STEP_SECURITY_COMMANDED : IUPLUS_STEP_NONE;
	} else {
		legacy_command(l, s);
		cn_link_taint(l, &l->ue->pending_vector);
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

int cn_link_secure(struct cn_link *l, const struct iuplus_security_vector *vector, struct iuplus_cn_vector_use *use,
		   bool relocated)
{
	cn_link_common_id(l);
	cn_link_remember(l, use);
	cn_link_set_vector(&l->ue->pending_vector, vector, use);
	l->ue->relocated = relocated;
	l->ue->retried = false;
	return send_command(l);
}

/* ---- the answer ---- */

/* 8.18.2: whether the RNC says which algorithms are in use, and whether they were offered. An RNC that does not is not
 * trusted with the UE's traffic. */
static bool acceptable(struct cn_link *l, const struct iuplus_ranap_security_mode_complete *s)
{
	unsigned uia = s->integrity_algorithm, uea = s->has_encryption_algorithm ? s->encryption_algorithm : 0;

	/* Chosen Encryption Algorithm is there if and only if encryption was offered; "no encryption" is a choice. */
	if (s->has_encryption_algorithm != cn_link_offers_encryption(l)) {
		proc_failure(l->p, "the RNC %s Chosen Encryption Algorithm",
			     s->has_encryption_algorithm ? "was not asked for a" : "left out its");
		return false;
	}
	if (!cn_link_permitted(l, uia, uea)) {
		proc_failure(l->p, "the RNC chose UIA%u and UEA%u, which were not offered", uia, uea);
		return false;
	}
	return true;
}

static void complete(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	const struct iuplus_ranap_security_mode_complete *s = &m->u.security_mode_complete;
	struct iuplus_proc_keys *k = &l->ue->keys;
	struct iuplus_cn_vector_use *use;

	(void)cause;
	if (!acceptable(l, s)) {
		cn_link_release_all(l, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, "it is not known which algorithms are used");
		return;
	}
	cn_link_set_security(l, IUPLUS_CN_SECURITY_IDLE);
	*k = l->ue->pending;
	l->ue->vector = l->ue->pending_vector;
	l->ue->index = l->ue->pending_pair.now.index;
	l->ue->next = l->ue->given = l->ue->pending_pair.next;
	l->ue->counter_due = false;
	forget_pending(l);
	k->uia = s->integrity_algorithm;
	k->uea = s->has_encryption_algorithm ? s->encryption_algorithm : 0;
	k->integrity_started = true;
	k->ciphering_started = k->uea != 0;
	use = cn_link_use(&l->ue->vector);
	if (use)
		use->used = true;
	if (k->kind == IUPLUS_KEYS_ENHANCED)
		cn_link_heard_protected(l); /* the UE has verified the echo */
	cn_link_keys(l);
	proc_done(l->p, IUPLUS_CN_DONE_SECURITY);
	l->outcome = CN_LINK_SECURED;
}

/* A rejected command for enhanced keys is sent once more, with other keys. Then the keys stay as they were, or, if
 * configured, the UE is released: it could have enhanced keys, and somebody prevents it. See patches/25413-text.md,
 * 8.18.3. */
static void reject(struct cn_link *l, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	bool enhanced = l->ue->pending.kind == IUPLUS_KEYS_ENHANCED;
	bool require = l->cfg->policy == IUPLUS_ENHANCED_SECURITY_REQUIRE;

	(void)m;
	if (enhanced && !require && !l->ue->retried && cause != IUPLUS_RANAP_CAUSE_RELOCATION_TRIGGERED &&
	    cn_link_derivable(l, &l->ue->pending_vector)) {
		proc_failure(l->p, "Security Mode Reject of enhanced keys (%s): once more with another counter",
			     iuplus_ranap_cause_name(cause));
		l->ue->retried = true;
		cn_link_set_security(l, IUPLUS_CN_SECURITY_IDLE); /* starts TSECURITY again */
		if (send_command(l))
			l->outcome = CN_LINK_REFUSED;
		return;
	}
	failed(l, cause);
	if (enhanced && require)
		cn_link_release_all(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED,
				    "Security Mode Reject: enhanced keys are required");
	else
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
		[CN_LINK_S_REJECT] = { { PROC_HANDLE, S(IDLE) | S(COMMANDED),
				       "enhanced keys: the command again, once; the old keys stay in use, or release" },
				     reject },
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
