/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_keys.c: the core's keys of one UE (doc/keys.md): what it derives from a vector, under which index, and what
 * it knows of the keys in use. The core gives out every index once, and gives keys in pairs: one for now, and the next
 * key for a direct relocation. */
#include <string.h>

#include "src/proc/cn_link.h"

#define MAX_NCC 255

/* ---- vectors ---- */

void cn_link_set_vector(struct cn_link_vector *v, const struct iuplus_security_vector *vector,
			struct iuplus_cn_vector_use *use)
{
	memcpy(v->ck, vector->ck, sizeof(v->ck));
	memcpy(v->ik, vector->ik, sizeof(v->ik));
	memcpy(v->rand, vector->rand, sizeof(v->rand));
	v->use = use;
	v->number = use->number;
}

struct iuplus_cn_vector_use *cn_link_use(const struct cn_link_vector *v)
{
	return v->use && v->use->number == v->number ? v->use : NULL;
}

void cn_link_vector_replaced(struct cn_link *l)
{
	struct cn_link_vector *v = &l->ue->vector;
	const struct iuplus_cn_vector_use *use = cn_link_use(v);

	if (!use)
		return;
	l->ue->former_use = *use;
	v->use = &l->ue->former_use;
}

void cn_link_taint(struct cn_link *l, const struct cn_link_vector *v)
{
	struct iuplus_cn_vector_use *use = cn_link_use(v);

	if (!use || use->tainted)
		return;
	use->tainted = true;
	if (cn_link_hierarchy(l->cfg))
		proc_note(l->p, IUPLUS_STEP_NONE, "CK and IK of this vector are known to an RNC from now on");
}

enum iuplus_cn_vector_state iuplus_cn_vector_state(const struct iuplus_cn_vector_use *use,
						   enum iuplus_security_freshness_kind freshness)
{
	bool once = freshness == IUPLUS_SECURITY_FRESHNESS_NONE || freshness == IUPLUS_SECURITY_FRESHNESS_RAND;

	if (use->given && (once || use->highest.counter == UINT32_MAX))
		return IUPLUS_CN_VECTOR_SPENT;
	if (use->tainted)
		return IUPLUS_CN_VECTOR_TAINTED;
	return use->used ? IUPLUS_CN_VECTOR_USED : IUPLUS_CN_VECTOR_UNUSED;
}

bool cn_link_derivable(const struct cn_link *l, const struct cn_link_vector *v)
{
	const struct iuplus_cn_vector_use *use = cn_link_use(v);

	if (!use)
		return false;
	switch (iuplus_cn_vector_state(use, l->cfg->freshness)) {
	case IUPLUS_CN_VECTOR_UNUSED:
	case IUPLUS_CN_VECTOR_USED:
		return true;
	case IUPLUS_CN_VECTOR_TAINTED:
		return l->tainted_allowed;
	default:
		return false;
	}
}

/* ---- derivation ---- */

static void forget(struct cn_link_k *k)
{
	iuplus_security_wipe(k, sizeof(*k));
}

static int next_of(const struct cn_link_vector *v, const struct cn_link_k *before, struct cn_link_k *k)
{
	int rc = iuplus_security_k_rnc_star(v->ck, v->ik, before->k, k->k);

	k->present = rc == IUPLUS_OK;
	k->index = before->index;
	k->index.ncc++;
	memcpy(k->nonce, before->nonce, sizeof(k->nonce));
	return rc;
}

/* The pair that follows before; the second one is the highest index given from now on. */
static int pair(struct cn_link *l, const struct cn_link_vector *v, struct cn_link_pair *to)
{
	struct iuplus_cn_vector_use *use = cn_link_use(v);
	int rc = next_of(v, &to->now, &to->next);

	if (rc) {
		forget(&to->now);
		forget(&to->next);
		return proc_memory(l->p, rc);
	}
	use->given = true;
	use->highest = to->next.index;
	return IUPLUS_OK;
}

int cn_link_new_counter(struct cn_link *l, const struct cn_link_vector *v, struct cn_link_pair *to)
{
	struct iuplus_cn_vector_use *use = cn_link_use(v);
	struct iuplus_security_freshness fresh;
	uint32_t counter;
	int rc;

	memset(to, 0, sizeof(*to));
	if (!cn_link_derivable(l, v))
		return IUPLUS_ERR_STATE;
	memset(&fresh, 0, sizeof(fresh));
	fresh.kind = l->cfg->freshness;
	if (fresh.kind == IUPLUS_SECURITY_FRESHNESS_NONCE)
		l->p->env->random(l->p->env->user, fresh.nonce, sizeof(fresh.nonce));
	else if (fresh.kind == IUPLUS_SECURITY_FRESHNESS_RAND)
		memcpy(fresh.nonce, v->rand, sizeof(fresh.nonce));
	memcpy(to->now.nonce, fresh.nonce, sizeof(to->now.nonce));
	/* Without freshness no counter goes in: index 0, once per vector. */
	counter = fresh.kind == IUPLUS_SECURITY_FRESHNESS_NONE ? 0 : use->highest.counter + 1;
	rc = iuplus_security_k_rnc(v->ck, v->ik, counter, l->cfg->domain, &fresh, to->now.k);
	if (rc)
		return proc_memory(l->p, rc);
	to->now.present = true;
	to->now.index = (struct iuplus_security_key_index){ counter, 0 };
	return pair(l, v, to);
}

bool cn_link_counter_due(const struct cn_link *l)
{
	return l->ue->counter_due || l->ue->given.index.ncc + 2 > MAX_NCC;
}

/* Within the counter in use, as long as the UE can follow: it takes a higher counter only with NCC 0. */
static int next_pair(struct cn_link *l, struct cn_link_pair *to)
{
	const struct cn_link_vector *v = &l->ue->vector;
	const struct iuplus_cn_vector_use *use = cn_link_use(v);
	const struct cn_link_k *given = &l->ue->given;

	memset(to, 0, sizeof(*to));
	if (!cn_link_derivable(l, v) &&
	    !(use && (!use->tainted || l->tainted_allowed) && l->ue->keys.kind == IUPLUS_KEYS_ENHANCED))
		return IUPLUS_ERR_STATE;
	if (l->ue->keys.kind != IUPLUS_KEYS_ENHANCED || cn_link_counter_due(l) || !given->present ||
	    given->index.counter != l->ue->index.counter ||
	    iuplus_security_key_index_compare(&given->index, &use->highest) != 0)
		return cn_link_new_counter(l, v, to);
	if (next_of(v, given, &to->now))
		return proc_memory(l->p, IUPLUS_ERR_MEMORY);
	return pair(l, v, to);
}

int cn_link_relocation_pair(struct cn_link *l, struct cn_link_pair *to)
{
	int rc = next_pair(l, to);

	if (!rc)
		l->ue->given = to->next;
	return rc;
}

static int keys_of(const struct cn_link_k *k, uint8_t ck[16], uint8_t ik[16])
{
	return k->index.ncc ? iuplus_security_keys_from_k_rnc_star(k->k, NULL, ck, ik) :
			      iuplus_security_keys_from_k_rnc(k->k, NULL, ck, ik);
}

/* ---- messages ---- */

bool cn_link_offers_encryption(const struct cn_link *l)
{
	return l->cfg->algorithms.uea_count > 1 || l->cfg->algorithms.uea[0] != 0;
}

void cn_link_offer(const struct cn_link *l, const uint8_t ck[16], const uint8_t ik[16],
		   struct iuplus_ranap_protection *integrity, bool *has_encryption,
		   struct iuplus_ranap_protection *encryption)
{
	const struct iuplus_security_algorithms *a = &l->cfg->algorithms;

	integrity->count = (uint8_t)a->uia_count;
	memcpy(integrity->algorithms, a->uia, a->uia_count);
	memcpy(integrity->key, ik, sizeof(integrity->key));
	*has_encryption = cn_link_offers_encryption(l);
	encryption->count = (uint8_t)a->uea_count;
	memcpy(encryption->algorithms, a->uea, a->uea_count);
	memcpy(encryption->key, ck, sizeof(encryption->key));
}

void cn_link_enhanced_information(const struct cn_link *l, const struct cn_link_pair *pair, bool vector_used,
				  struct iuplus_ranap_enhanced_security *e)
{
	memset(e, 0, sizeof(*e));
	e->keys.has_k_rnc = true;
	memcpy(e->keys.k_rnc, pair->now.k, sizeof(e->keys.k_rnc));
	e->index = pair->now.index;
	e->derivation = IUPLUS_SECURITY_FROM_K_RNC;
	e->freshness = l->cfg->freshness;
	e->vector_used = vector_used;
	e->legacy_target_keys = l->cfg->legacy_target_keys;
	e->has_next_key = true;
	e->next_key.keys.has_k_rnc = true;
	memcpy(e->next_key.keys.k_rnc, pair->next.k, sizeof(e->next_key.keys.k_rnc));
	e->next_key.index = pair->next.index;
	e->has_nonce = l->cfg->freshness == IUPLUS_SECURITY_FRESHNESS_NONCE;
	memcpy(e->nonce, pair->now.nonce, sizeof(e->nonce));
}

int cn_link_mapped(const struct cn_link *l, uint8_t ck[16], uint8_t ik[16])
{
	const struct iuplus_proc_keys *k = &l->ue->keys;

	if (k->kind == IUPLUS_KEYS_ENHANCED)
		return iuplus_security_mapped_keys(k->ck, k->ik, ck, ik);
	memcpy(ck, k->ck, 16);
	memcpy(ik, k->ik, 16);
	return IUPLUS_OK;
}

/* ---- keys in use ---- */

int cn_link_enhance(struct iuplus_proc_keys *keys, const struct cn_link_k *k)
{
	bool star = k->index.ncc > 0;
	int rc = keys_of(k, keys->ck, keys->ik);

	keys->kind = IUPLUS_KEYS_ENHANCED;
	keys->counter = k->index.counter;
	keys->ncc = k->index.ncc;
	keys->has_k_rnc = !star;
	keys->has_k_rnc_star = star;
	memset(keys->k_rnc, 0, sizeof(keys->k_rnc));
	memset(keys->k_rnc_star, 0, sizeof(keys->k_rnc_star));
	memcpy(star ? keys->k_rnc_star : keys->k_rnc, k->k, sizeof(k->k));
	return rc;
}

static void drop_k(struct iuplus_proc_keys *k)
{
	k->has_k_rnc = k->has_k_rnc_star = false;
	iuplus_security_wipe(k->k_rnc, sizeof(k->k_rnc));
	iuplus_security_wipe(k->k_rnc_star, sizeof(k->k_rnc_star));
}

int cn_link_take_container(struct cn_link *l)
{
	struct iuplus_proc_keys *k = &l->ue->keys;
	int rc = IUPLUS_OK;

	if (l->ue->offer_ck_ik) {
		memcpy(k->ck, l->ue->vector.ck, sizeof(k->ck));
		memcpy(k->ik, l->ue->vector.ik, sizeof(k->ik));
		k->kind = IUPLUS_KEYS_LEGACY;
	} else if (k->kind == IUPLUS_KEYS_ENHANCED) {
		rc = iuplus_security_mapped_keys(k->ck, k->ik, k->ck, k->ik);
		k->kind = IUPLUS_KEYS_MAPPED; /* the index stays that of the keys that they were made of */
	}
	drop_k(k);
	forget(&l->ue->next);
	return rc;
}

/* The keys of this index that a target can have: those of Relocation Request, or the source's next key. */
static const struct cn_link_k *candidate(const struct cn_link *l, const struct iuplus_security_key_index *index)
{
	const struct cn_link_k *list[] = { &l->ue->offer.now, &l->ue->next };
	unsigned i;

	for (i = 0; i < 2; i++)
		if (list[i]->present && iuplus_security_key_index_compare(&list[i]->index, index) == 0)
			return list[i];
	return NULL;
}

bool cn_link_has_candidate(const struct cn_link *l, const struct iuplus_security_key_index *index)
{
	return candidate(l, index) != NULL;
}

int cn_link_take_index(struct cn_link *l, const struct iuplus_security_key_index *index)
{
	const struct cn_link_k *k = candidate(l, index);
	bool offered = k == &l->ue->offer.now;
	int rc;

	if (!k)
		return IUPLUS_ERR_STATE;
	rc = cn_link_enhance(&l->ue->keys, k);
	l->ue->index = *index;
	if (offered && k->index.ncc == 0)
		l->ue->counter_due = false; /* a new counter */
	/* The source's next key is spent; the target has the one that it was offered. */
	if (offered)
		l->ue->next = l->ue->offer.next;
	else
		forget(&l->ue->next);
	return rc;
}

void cn_link_offer_ends(struct cn_link *l, bool failed)
{
	/* The target that failed had keys: those in use, mapped, or the next ones ([0107]). */
	if (failed && l->ue->keys.kind == IUPLUS_KEYS_ENHANCED) {
		l->ue->counter_due = true;
		forget(&l->ue->next);
	}
	l->ue->offer_ck_ik = false;
	iuplus_security_wipe(&l->ue->offer, sizeof(l->ue->offer));
}

/* ---- capabilities ---- */

bool cn_link_hierarchy(const struct iuplus_cn_link_config *cfg)
{
	return cfg->enhanced && cfg->policy != IUPLUS_ENHANCED_SECURITY_OFF;
}

bool cn_link_enhanced_possible(const struct cn_link *l)
{
	return cn_link_hierarchy(l->cfg) && l->ue->ue_enhanced && l->ue->iu[l->ue->serving].rnc_enhanced;
}

bool cn_link_wants_counter(const struct cn_link *l)
{
	return cn_link_enhanced_possible(l) && l->ue->keys.kind == IUPLUS_KEYS_ENHANCED && cn_link_counter_due(l);
}

bool cn_link_lacks_enhanced(const struct cn_link *l)
{
	return cn_link_enhanced_possible(l) && l->ue->keys.kind != IUPLUS_KEYS_ENHANCED;
}

void cn_link_hear(struct cn_link *l, uint8_t capability)
{
	l->ue->ue_capability |= capability;
	l->ue->ue_enhanced = l->ue->ue_capability & IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
}

void cn_link_heard_protected(struct cn_link *l)
{
	struct iuplus_cn_vector_use *use = cn_link_use(&l->ue->vector);

	if (!use)
		return;
	use->capability_protected = true;
	use->ue_capability |= l->ue->ue_capability;
}

void cn_link_remember(struct cn_link *l, const struct iuplus_cn_vector_use *use)
{
	if (!cn_link_hierarchy(l->cfg) || !use->capability_protected ||
	    !(use->ue_capability & ~l->ue->ue_capability & 0xff))
		return;
	if (l->ue->iu[l->ue->serving].rnc_enhanced)
		proc_failure(l->p, "Initial UE Message lacks a capability that the UE has shown under protection");
	cn_link_hear(l, use->ue_capability);
}
