/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_keys.c: the UE's half of the key hierarchy ([0111] to [0115], FIG. 7): which key index it accepts, and the keys
 * that a Security Mode Command or the reconfiguration of a relocation requires. Nothing here changes the UE except
 * ue_keys_verified(), which is called when the message has been verified with these keys. */
#include "src/proc/ue_rrc.h"

#include <string.h>

/* Whether the index is above every one that was verified: no index is accepted twice. */
static bool is_new(const struct ue_verified *verified, const struct iuplus_security_key_index *index)
{
	return !verified->any || iuplus_security_key_index_compare(index, &verified->highest) > 0;
}

void ue_keys_verified(struct ue *c, enum iuplus_domain domain, bool next, const struct iuplus_security_key_index *index)
{
	struct ue_aka *aka = &c->ue->aka[domain];
	struct ue_verified *verified = next ? &aka->next_verified : &aka->verified;

	verified->any = true;
	verified->highest = *index;
}

/* CK and IK of one AKA. */
struct vector {
	const uint8_t *ck, *ik, *rand;
};

/* The first keys of a counter: K_RNC and what follows from it (f0), or CK_U and IK_U directly (f4, FIG. 10).
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: a nonce is announced and missing, or the freshness is unknown; IUPLUS_ERR_MEMORY. */
static int first(const struct vector *v, const struct iuplus_rrc_enhanced_key *told, struct ran_keys *keys)
{
	struct iuplus_security_freshness freshness;
	uint32_t counter = told->index.counter;
	int rc;

	if (told->freshness == IUPLUS_SECURITY_FRESHNESS_NONCE && !told->has_nonce)
		return IUPLUS_ERR_ARGUMENT;
	ran_freshness(&freshness, told);
	if (told->freshness == IUPLUS_SECURITY_FRESHNESS_RAND)
		memcpy(freshness.nonce, v->rand, sizeof(freshness.nonce));
	if (told->derivation == IUPLUS_SECURITY_FROM_CK_IK)
		return iuplus_security_keys_from_ck_ik(v->ck, v->ik, counter, keys->domain, &freshness, keys->ck,
						       keys->ik);
	rc = iuplus_security_k_rnc(v->ck, v->ik, counter, keys->domain, &freshness, keys->k_rnc);
	keys->has_k_rnc = !rc;
	return rc ? rc : ran_keys_derive(keys, keys->k_rnc);
}

/* Copies what the message says of the keys. */
static void describe(const struct iuplus_rrc_enhanced_key *told, struct ran_keys *keys)
{
	keys->kind = IUPLUS_KEYS_ENHANCED;
	keys->index = told->index;
	keys->derivation = told->derivation;
	keys->freshness = told->freshness;
	keys->legacy_target_keys = told->legacy_target_keys;
}

/* CK and IK of the vector themselves. */
static void legacy(const struct vector *v, struct ran_keys *keys)
{
	keys->kind = IUPLUS_KEYS_LEGACY;
	keys->has_k_rnc = false;
	iuplus_security_wipe(keys->k_rnc, sizeof(keys->k_rnc));
	memcpy(keys->ck, v->ck, sizeof(keys->ck));
	memcpy(keys->ik, v->ik, sizeof(keys->ik));
}

/* patches/25331-text.md, 8.1.12.3 */
int ue_keys_of_command(const struct ue *c, const struct iuplus_rrc_security_mode_command *command,
		       struct ran_keys *keys)
{
	const struct ue_aka *aka = &c->ue->aka[command->domain];
	const struct iuplus_rrc_enhanced_key *told = iuplus_rrc_enhanced_key_of(&command->keys, command->domain);
	const struct vector v = aka->has_next ? (struct vector){ aka->next_ck, aka->next_ik, aka->next_rand } :
						(struct vector){ aka->ck, aka->ik, aka->rand };

	if (!aka->has_keys && !aka->has_next)
		return IUPLUS_ERR_STATE;
	keys->domain = command->domain;
	if (!command->keys.count || !c->cfg->enhanced) {
		legacy(&v, keys);
		return IUPLUS_OK;
	}
	if (!told || told->index.ncc) /* a command makes the first keys of a counter */
		return IUPLUS_ERR_ARGUMENT;
	if (!is_new(aka->has_next ? &aka->next_verified : &aka->verified, &told->index))
		return IUPLUS_ERR_REPLAY;
	describe(told, keys);
	return first(&v, told, keys);
}

/* Goes on from the keys in use to those of told: along the chain of their counter (f1), or to a new counter. See
 * patches/25331-text.md, 8.2.2.3. */
static int go_on(const struct ue_aka *aka, const struct iuplus_rrc_enhanced_key *told, struct ran_keys *keys)
{
	const struct vector v = { aka->ck, aka->ik, aka->rand };
	bool anew = !told->index.ncc && (!aka->verified.any || told->index.counter > aka->verified.highest.counter);
	uint8_t ncc = keys->index.ncc;
	int rc;

	if (!is_new(&aka->verified, &told->index))
		return IUPLUS_ERR_REPLAY;
	if (anew) {
		describe(told, keys);
		return first(&v, told, keys);
	}
	if (keys->kind != IUPLUS_KEYS_ENHANCED || !keys->has_k_rnc || told->index.counter != keys->index.counter ||
	    told->derivation != IUPLUS_SECURITY_FROM_K_RNC)
		return IUPLUS_ERR_STATE;
	rc = iuplus_security_k_rnc_chain(v.ck, v.ik, keys->k_rnc, &ncc, told->index.ncc);
	if (rc)
		return rc;
	describe(told, keys);
	return ran_keys_derive(keys, keys->k_rnc);
}

/* patches/25331-text.md, 8.2.2.3 and 8.6.3.4 */
int ue_keys_of_relocation(const struct ue *c, const struct iuplus_rrc_reconfiguration *message, struct ran_keys *keys)
{
	const struct iuplus_rrc_enhanced_key *told = iuplus_rrc_enhanced_key_of(&message->keys, keys->domain);
	const struct ue_aka *aka = &c->ue->aka[keys->domain];
	const struct vector v = { aka->ck, aka->ik, aka->rand };

	if (!aka->has_keys)
		return IUPLUS_ERR_STATE;
	if (told && c->cfg->enhanced)
		return go_on(aka, told, keys);
	/* The setting of the core is about targets without the hierarchy. A target that includes its enhanced capability
	 * has the keys of the container as the source wrote them. */
	if (message->network.present || keys->legacy_target_keys == IUPLUS_SECURITY_TARGET_MAPPED ||
	    (keys->kind != IUPLUS_KEYS_ENHANCED && keys->kind != IUPLUS_KEYS_MAPPED))
		return ran_keys_map(keys);
	legacy(&v, keys);
	return IUPLUS_OK;
}
