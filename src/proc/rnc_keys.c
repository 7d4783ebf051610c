/* SPDX-License-Identifier: BSD-2-Clause */
/* Keys of the UTRAN hierarchy that an RNC+ receives from the core or from the source of a relocation: [0105] to [0109],
 * [0134], [0145]. K_RNC is used once and not kept. */
#include "src/proc/rnc_ue.h"

#include <string.h>

/* CK_U comes with IK_U also without ciphering: the mapped pair is made of both. See patches/25413-text.md, 8.7.4 and
 * 8.18.4. */
uint16_t rnc_take_enhanced_keys(struct rnc *c, const struct iuplus_ranap_enhanced_keys *from, struct ran_keys *keys)
{
	keys->kind = IUPLUS_KEYS_ENHANCED;
	if (!from->has_k_rnc) {
		memcpy(keys->ik, from->ik_u, sizeof(keys->ik));
		memcpy(keys->ck, from->ck_u, sizeof(keys->ck));
		return from->has_ck_u ? 0 : IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR;
	}
	if (ran_keys_derive(keys, from->k_rnc)) {
		c->p.rc = IUPLUS_ERR_MEMORY;
		return IUPLUS_RANAP_CAUSE_NO_RESOURCE;
	}
	return 0;
}

uint16_t rnc_take_enhanced_security(struct rnc *c, const struct iuplus_ranap_enhanced_security *from,
				    struct ran_keys *keys, struct iuplus_rrc_enhanced_keys *told)
{
	keys->index = from->index;
	keys->derivation = from->derivation;
	keys->freshness = from->freshness;
	keys->legacy_target_keys = from->legacy_target_keys;
	keys->has_next = from->has_next_key;
	keys->next = from->next_key;
	rnc_tell_keys(keys, from->has_nonce ? from->nonce : NULL, told);
	return rnc_take_enhanced_keys(c, &from->keys, keys);
}

void rnc_tell_keys(const struct ran_keys *keys, const uint8_t *nonce, struct iuplus_rrc_enhanced_keys *told)
{
	struct iuplus_rrc_enhanced_key *key = &told->key[0];

	memset(told, 0, sizeof(*told));
	told->count = 1;
	key->domain = keys->domain;
	key->index = keys->index;
	key->derivation = keys->derivation;
	key->freshness = keys->freshness;
	key->legacy_target_keys = keys->legacy_target_keys;
	key->has_nonce = nonce != NULL;
	if (nonce)
		memcpy(key->nonce, nonce, sizeof(key->nonce));
}

/* patches/25413-text.md, 8.7.2 and 8.9.2 */
bool rnc_key_in_use(const struct rnc *c, struct iuplus_ranap_key_in_use *out)
{
	const struct iuplus_rnc_ue *ue = c->ue;

	memset(out, 0, sizeof(*out));
	out->enhanced = ue->keys.kind == IUPLUS_KEYS_ENHANCED;
	if (out->enhanced)
		out->index = ue->keys.index;
	return c->cfg->enhanced && ue->integrity.started;
}
