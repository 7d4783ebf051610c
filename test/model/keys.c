/* SPDX-License-Identifier: BSD-2-Clause */
/* keys.c: who knows which key. The book lists every key that the core gave to an RNC, or that one RNC gave to another,
 * with its index, as the messages carry them, and what follows from it. From the book: the core gives no index twice
 * (I3, I14), no RNC but the serving one knows the keys in use (I4), none knows those of earlier RNCs (I5) or could move
 * the UE (I8), CK and IK are where they may be (I6), and the UE puts no key into use twice (I2). */
#include "test/model/model.h"

#include <string.h>

#define VECTORS 64
#define KEYS 256
#define USED 128

static struct {
	uint8_t rand[16], ck[16], ik[16];
	bool tainted; /* an RNC was given CK and IK */
	bool has_given;
	struct iuplus_security_key_index given; /* the highest index that the core gave */
} vectors[VECTORS];
static unsigned vector_count;

/* A key of the hierarchy, and the RNCs that have it (bits). */
static struct key {
	int vector; /* NONE: of no vector that the HLR gave */
	struct iuplus_security_key_index index;
	uint8_t ik[16]; /* IK_U */
	unsigned known_to;
	bool spent; /* an RNC gave it to a target */
} keys[KEYS];
static unsigned key_count;

/* The keys that the UE has put into use, and the RNCs that served it with them. */
static struct {
	uint8_t ik[16];
	unsigned served;
} used[USED];
static unsigned used_count;

void keys_reset(void)
{
	vector_count = key_count = used_count = 0;
}

void keys_vector(const struct iuplus_security_vector *v)
{
	if (vector_count == VECTORS)
		return;
	memset(&vectors[vector_count], 0, sizeof(vectors[0]));
	memcpy(vectors[vector_count].rand, v->rand, 16);
	memcpy(vectors[vector_count].ck, v->ck, 16);
	memcpy(vectors[vector_count++].ik, v->ik, 16);
}

static int vector_of_ik(const uint8_t ik[16])
{
	unsigned i;

	for (i = 0; i < vector_count; i++)
		if (!memcmp(vectors[i].ik, ik, 16))
			return (int)i;
	return NONE;
}

/* ---- derivation, by the table of the key design ---- */

static void freshness_of(const struct iuplus_ranap_enhanced_security *e, int vector,
			 struct iuplus_security_freshness *f)
{
	memset(f, 0, sizeof(*f));
	f->kind = e->freshness;
	if (e->has_nonce)
		memcpy(f->nonce, e->nonce, sizeof(f->nonce));
	if (e->freshness == IUPLUS_SECURITY_FRESHNESS_RAND)
		memcpy(f->nonce, vectors[vector].rand, sizeof(f->nonce));
}

/* The key of an index, from the vector. */
static bool derive(int vector, const struct iuplus_security_key_index *index, const struct iuplus_security_freshness *f,
		   uint8_t k[32])
{
	const uint8_t *ck = vectors[vector].ck, *ik = vectors[vector].ik;
	uint8_t ncc = 0;

	return !iuplus_security_k_rnc(ck, ik, index->counter, IUPLUS_DOMAIN_PS, f, k) &&
	       !iuplus_security_k_rnc_chain(ck, ik, k, &ncc, index->ncc);
}

static int vector_of(const struct iuplus_ranap_enhanced_security *e)
{
	struct iuplus_security_freshness f;
	uint8_t k[32], ck[16], ik[16];
	unsigned i;

	for (i = vector_count; i--;) {
		freshness_of(e, (int)i, &f);
		if (e->keys.has_k_rnc) {
			if (derive((int)i, &e->index, &f, k) && !memcmp(k, e->keys.k_rnc, sizeof(k)))
				return (int)i;
		} else if (e->derivation == IUPLUS_SECURITY_FROM_CK_IK &&
			   !iuplus_security_keys_from_ck_ik(vectors[i].ck, vectors[i].ik, e->index.counter,
							    IUPLUS_DOMAIN_PS, &f, ck, ik) &&
			   !memcmp(ik, e->keys.ik_u, sizeof(ik))) {
			return (int)i;
		}
	}
	return NONE;
}

/* IK_U of a key as a message carries it. */
static void ik_of(bool has_k_rnc, const uint8_t k_rnc[32], const uint8_t ik_u[16], uint8_t ncc, uint8_t ik[16])
{
	uint8_t ck[16];

	if (!has_k_rnc)
		memcpy(ik, ik_u, 16);
	else if (ncc)
		iuplus_security_keys_from_k_rnc_star(k_rnc, NULL, ck, ik);
	else
		iuplus_security_keys_from_k_rnc(k_rnc, NULL, ck, ik);
}

/* ---- the book ---- */

static struct key *find(const uint8_t ik[16])
{
	unsigned i;

	for (i = 0; i < key_count; i++)
		if (!memcmp(keys[i].ik, ik, 16))
			return &keys[i];
	return NULL;
}

static struct key *enter(int vector, const struct iuplus_security_key_index *index, const uint8_t ik[16], unsigned rnc)
{
	struct key *k = find(ik);

	if (!k && key_count < KEYS) {
		k = &keys[key_count++];
		memset(k, 0, sizeof(*k));
		k->vector = vector;
		k->index = *index;
		memcpy(k->ik, ik, 16);
	}
	if (k)
		k->known_to |= 1u << rnc;
	return k;
}

/* The core gives a key: an index above every other one of the vector. */
static void give(struct world *w, int vector, const struct iuplus_security_key_index *index, const char *message)
{
	if (vector == NONE)
		return;
	if (vectors[vector].has_given && iuplus_security_key_index_compare(index, &vectors[vector].given) <= 0)
		model_violation(w, "I3", "%s has a key index that is not above those given before", message);
	vectors[vector].has_given = true;
	vectors[vector].given = *index;
}

void keys_given(struct world *w, const struct iuplus_ranap_enhanced_security *e, unsigned rnc, const char *message)
{
	int vector = vector_of(e);
	uint8_t ik[16];

	if (vector == NONE && (e->keys.has_k_rnc || e->derivation == IUPLUS_SECURITY_FROM_CK_IK))
		model_violation(w, "derivation", "the key in %s does not follow from its index and a vector", message);
	if (vector != NONE && vectors[vector].tainted && w->cn_config.gmm.aka != IUPLUS_CN_AKA_NEVER)
		model_violation(w, "I6", "%s has a key from a vector whose CK and IK an RNC was given", message);
	ik_of(e->keys.has_k_rnc, e->keys.k_rnc, e->keys.ik_u, e->index.ncc, ik);
	enter(vector, &e->index, ik, rnc);
	give(w, vector, &e->index, message);
	if (!e->has_next_key)
		return;
	ik_of(e->next_key.keys.has_k_rnc, e->next_key.keys.k_rnc, e->next_key.keys.ik_u, e->next_key.index.ncc, ik);
	enter(vector, &e->next_key.index, ik, rnc);
	give(w, vector, &e->next_key.index, message);
}

/* A source RNC hands its next key over, once. */
void keys_handed_over(struct world *w, const struct iuplus_rrc_next_key *n, unsigned rnc)
{
	struct key *k;
	uint8_t ik[16];

	ik_of(n->has_k_rnc, n->k_rnc, n->ik_u, n->index.ncc, ik);
	k = find(ik);
	if (!k) {
		model_violation(w, "I14", "a container has a next key that the core did not give");
		return;
	}
	if (k->spent)
		model_violation(w, "I14", "a next key is in two containers");
	k->spent = true;
	k->known_to |= 1u << rnc;
}

/* CK and IK, or a mapped pair, go to an RNC. may_be_legacy: the rules allow CK and IK of AKA there. */
void keys_pair(struct world *w, const uint8_t ik[16], unsigned rnc, bool may_be_legacy, const char *message)
{
	int vector = vector_of_ik(ik);

	if (vector == NONE)
		return;
	vectors[vector].tainted = true;
	if (w->rnc_config[rnc].enhanced && !may_be_legacy)
		model_violation(w, "I6", "%s gives CK and IK to an RNC that knows the hierarchy", message);
}

/* ---- use ---- */

void keys_in_use(struct world *w, const struct iuplus_proc_keys *k, bool returned)
{
	unsigned i;

	if (k->kind != IUPLUS_KEYS_ENHANCED)
		return;
	for (i = 0; i < used_count; i++) {
		if (memcmp(used[i].ik, k->ik, 16))
			continue;
		if (!returned)
			model_violation(w, "I2", "the UE puts a key of the hierarchy into use a second time");
		used[i].served |= 1u << w->ue.cell;
		return;
	}
	if (used_count == USED)
		return;
	memcpy(used[used_count].ik, k->ik, 16);
	used[used_count++].served = 1u << w->ue.cell;
}

void keys_rest(struct world *w, unsigned serving, bool counter_due)
{
	const struct key *now = find(w->ue.keys.ik), *k;
	unsigned i, others = ~(1u << serving);

	if (!w->cn_config.link.enhanced)
		return; /* such a core gives no keys: sources know those of their targets */
	for (i = 0; i < used_count; i++) {
		k = find(used[i].ik);
		if (k && (k->known_to & ~used[i].served) && (k->vector == NONE || !vectors[k->vector].tainted))
			model_violation(w, !memcmp(used[i].ik, w->ue.keys.ik, 16) ? "I4" : "I5",
					"an RNC that did not serve the UE knows the keys it used");
	}
	if (!now || w->ue.keys.kind != IUPLUS_KEYS_ENHANCED || counter_due)
		return;
	for (k = keys; k < keys + key_count; k++)
		if (k->vector == now->vector && (k->known_to & others) &&
		    iuplus_security_key_index_compare(&k->index, &now->index) > 0)
			model_violation(w, "I8",
					"an RNC that does not serve the UE knows a key with which it could move it");
}
