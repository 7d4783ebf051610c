/* SPDX-License-Identifier: BSD-2-Clause */
/* map_extension.c: the extension's own elements (IUPLUS-RRC-Extension.asn). See patches/25331-text.md, 10.3.3. */
#include "rrc/map.h"

#include <string.h>

void rrc_put_capability(struct rrc_map *m, RRC_EnhancedSecurityCapability_t *out,
			const struct iuplus_rrc_enhanced_capability *in)
{
	rrc_put_bits(m, out, in->bits, 8, "");
}

void rrc_get_capability(const RRC_EnhancedSecurityCapability_t *in, struct iuplus_rrc_enhanced_capability *out)
{
	out->present = true;
	out->bits = (uint8_t)rrc_get_bits(in);
}

/* ---- the level ---- */

void rrc_put_level(struct rrc_map *m, BIT_STRING_t *marker, long *version, OCTET_STRING_t *octets,
		   const struct iuplus_asn1_type *type, const void *body)
{
	rrc_put_bits(m, marker, IUPLUS_ASN1_LEVEL_MARKER, 16, "");
	*version = IUPLUS_ASN1_LEVEL_VERSION;
	m->body_type = type;
	m->body = body;
	m->body_octets = octets;
}

const void *rrc_get_level(struct rrc_map *m, const OCTET_STRING_t *octets, const struct iuplus_asn1_type *type)
{
	void *body = NULL;
	int rc = iuplus_asn1_decode(type, IUPLUS_ASN1_UPER, octets->buf, 8 * (size_t)octets->size, IUPLUS_ASN1_EXACT,
				    m->arena, &body, NULL);

	if (rc == IUPLUS_OK)
		return body;
	if (rc == IUPLUS_ERR_MEMORY)
		rrc_fail(m, rc, "vIuplusext");
	m->unknown++;
	return NULL;
}

/* ---- the derivation of keys ---- */

static void put_index(RRC_EnhancedKeyIndex_t *out, const struct iuplus_security_key_index *in)
{
	out->counter = in->counter;
	out->ncc = in->ncc;
}

static void get_index(const RRC_EnhancedKeyIndex_t *in, struct iuplus_security_key_index *out)
{
	out->counter = (uint32_t)in->counter;
	out->ncc = (uint8_t)in->ncc;
}

static OCTET_STRING_t *put_key(struct rrc_map *m, bool present, const uint8_t *key, size_t len)
{
	OCTET_STRING_t *out;

	if (!present)
		return NULL;
	NEW(m, out);
	rrc_put_octets(out, (struct iuplus_octets){ key, len });
	return out;
}

/* The size is fixed by the module. */
static void get_key(const OCTET_STRING_t *in, uint8_t *key, size_t len)
{
	memcpy(key, in->buf, (size_t)in->size < len ? (size_t)in->size : len);
}

RRC_EnhancedKeyInformationList_t *rrc_put_keys(struct rrc_map *m, const struct iuplus_rrc_enhanced_keys *in)
{
	RRC_EnhancedKeyInformationList_t *out;

	if (!in->count)
		return NULL;
	NEW(m, out);
	if (in->count > sizeof(in->key) / sizeof(in->key[0])) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "keys.count");
		return out;
	}
	for (unsigned i = 0; i < in->count; i++) {
		const struct iuplus_rrc_enhanced_key *key = &in->key[i];
		RRC_EnhancedKeyInformation_t *item;

		ADD(m, item, &out->list, in->count);
		item->cn_DomainIdentity = key->domain;
		put_index(&item->index, &key->index);
		item->keyDerivation = key->derivation;
		item->freshness = key->freshness;
		item->legacyTargetKeys = key->legacy_target_keys;
		item->nonce = put_key(m, key->has_nonce, key->nonce, sizeof(key->nonce));
	}
	return out;
}

void rrc_get_keys(const RRC_EnhancedKeyInformationList_t *in, struct iuplus_rrc_enhanced_keys *out)
{
	for (int i = 0; in && i < in->list.count; i++) {
		const RRC_EnhancedKeyInformation_t *item = in->list.array[i];
		struct iuplus_rrc_enhanced_key *key = &out->key[out->count++];

		key->domain = (enum iuplus_domain)item->cn_DomainIdentity;
		get_index(&item->index, &key->index);
		key->derivation = (enum iuplus_security_derivation_path)item->keyDerivation;
		key->freshness = (enum iuplus_security_freshness_kind)item->freshness;
		key->legacy_target_keys = (enum iuplus_security_target_keys)item->legacyTargetKeys;
		key->has_nonce = item->nonce != NULL;
		if (item->nonce)
			get_key(item->nonce, key->nonce, sizeof(key->nonce));
	}
}

const struct iuplus_rrc_enhanced_key *iuplus_rrc_enhanced_key_of(const struct iuplus_rrc_enhanced_keys *keys,
								 enum iuplus_domain domain)
{
	for (unsigned i = 0; i < keys->count; i++)
		if (keys->key[i].domain == domain)
			return &keys->key[i];
	return NULL;
}

/* ---- bodies of several messages ---- */

const void *rrc_put_ue_info(struct rrc_map *m, const struct iuplus_rrc_enhanced_capability *in)
{
	RRC_UE_EnhancedSecurityInfo_t *body;

	NEW(m, body);
	rrc_put_capability(m, &body->ue_EnhancedSecurityCapability, in);
	return body;
}

void rrc_get_ue_info(struct rrc_map *m, const OCTET_STRING_t *octets, struct iuplus_rrc_enhanced_capability *out)
{
	__auto_type body = GET_LEVEL(m, octets, UE_EnhancedSecurityInfo);

	if (body)
		rrc_get_capability(&body->ue_EnhancedSecurityCapability, out);
}

const void *rrc_put_network_info(struct rrc_map *m, const struct iuplus_rrc_reconfiguration *in)
{
	RRC_Network_EnhancedSecurityInfo_t *body;

	NEW(m, body);
	rrc_put_capability(m, &body->networkEnhancedSecurityCapability, &in->network);
	body->enhancedKeyInformationList = rrc_put_keys(m, &in->keys);
	return body;
}

void rrc_get_network_info(struct rrc_map *m, const OCTET_STRING_t *octets, struct iuplus_rrc_reconfiguration *out)
{
	__auto_type body = GET_LEVEL(m, octets, Network_EnhancedSecurityInfo);

	if (!body)
		return;
	rrc_get_capability(&body->networkEnhancedSecurityCapability, &out->network);
	rrc_get_keys(body->enhancedKeyInformationList, &out->keys);
}

/* ---- SRNS relocation info ---- */

static void put_next_key(struct rrc_map *m, RRC_EnhancedNextKey_t *out, const struct iuplus_rrc_next_key *in)
{
	out->cn_DomainIdentity = in->domain;
	put_index(&out->index, &in->index);
	if (in->has_k_rnc) {
		out->keys.present = RRC_EnhancedKeys_PR_k_RNC;
		rrc_put_octets(&out->keys.choice.k_RNC, (struct iuplus_octets){ in->k_rnc, sizeof(in->k_rnc) });
	} else {
		__auto_type keys = &out->keys.choice.airKeys;

		out->keys.present = RRC_EnhancedKeys_PR_airKeys;
		rrc_put_octets(&keys->ik_U, (struct iuplus_octets){ in->ik_u, sizeof(in->ik_u) });
		keys->ck_U = put_key(m, in->has_ck_u, in->ck_u, sizeof(in->ck_u));
	}
}

static void get_next_key(const RRC_EnhancedNextKey_t *in, struct iuplus_rrc_next_key *out)
{
	__auto_type keys = &in->keys.choice.airKeys;

	out->domain = (enum iuplus_domain)in->cn_DomainIdentity;
	get_index(&in->index, &out->index);
	out->has_k_rnc = in->keys.present == RRC_EnhancedKeys_PR_k_RNC;
	if (out->has_k_rnc) {
		get_key(&in->keys.choice.k_RNC, out->k_rnc, sizeof(out->k_rnc));
		return;
	}
	get_key(&keys->ik_U, out->ik_u, sizeof(out->ik_u));
	out->has_ck_u = keys->ck_U != NULL;
	if (keys->ck_U)
		get_key(keys->ck_U, out->ck_u, sizeof(out->ck_u));
}

/* patches/25331-text.md, 14.12.4.2 */
void rrc_put_srns_extension(struct rrc_map *m, RRC_SRNC_RelocationInfo_vIuplusext_IEs_t *out,
			    const struct iuplus_rrc_srns_info *in)
{
	RRC_SRNC_EnhancedSecurityInfo_t *body;
	RRC_EnhancedNextKeyList_t *list;

	NEW(m, body);
	PUT_LEVEL(m, out, SRNC_EnhancedSecurityInfo, body);
	rrc_put_capability(m, &body->ue_EnhancedSecurityCapability, &in->enhanced);
	if (!in->next_keys)
		return;
	body->enhancedNextKeyList = NEW(m, list);
	if (in->next_keys > sizeof(in->next_key) / sizeof(in->next_key[0])) {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "next_keys");
		return;
	}
	for (unsigned i = 0; i < in->next_keys; i++) {
		RRC_EnhancedNextKey_t *item;

		ADD(m, item, &list->list, in->next_keys);
		put_next_key(m, item, &in->next_key[i]);
	}
}

void rrc_get_srns_extension(struct rrc_map *m, const RRC_SRNC_RelocationInfo_vIuplusext_IEs_t *in,
			    struct iuplus_rrc_srns_info *out)
{
	__auto_type body = GET_LEVEL(m, &in->body, SRNC_EnhancedSecurityInfo);
	__auto_type list = body ? body->enhancedNextKeyList : NULL;

	if (!body)
		return;
	rrc_get_capability(&body->ue_EnhancedSecurityCapability, &out->enhanced);
	for (int i = 0; list && i < list->list.count; i++)
		get_next_key(list->list.array[i], &out->next_key[out->next_keys++]);
}
