/* SPDX-License-Identifier: BSD-2-Clause */
/* map_extension.c: the extension's own elements (IUPLUS-RRC-Extension.asn). */
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

RRC_EnhancedKeyInformation_t *rrc_put_keys(struct rrc_map *m, const struct iuplus_rrc_enhanced_keys *in)
{
	RRC_EnhancedKeyInformation_t *out;
	RRC_EnhancedKeyFreshness_t *freshness;

	if (!in->present)
		return NULL;
	NEW(m, out);
	out->keyDerivation = in->derivation;
	if (in->has_ncc)
		out->ncc = rrc_long(m, in->ncc);
	switch (in->freshness) {
	case IUPLUS_RRC_FRESHNESS_NONE:
		break;
	case IUPLUS_RRC_FRESHNESS_NONCE:
		out->freshness = NEW(m, freshness);
		freshness->present = RRC_EnhancedKeyFreshness_PR_nonce;
		rrc_put_octets(&freshness->choice.nonce, (struct iuplus_octets){ in->nonce, sizeof(in->nonce) });
		break;
	case IUPLUS_RRC_FRESHNESS_COUNTER:
		out->freshness = NEW(m, freshness);
		freshness->present = RRC_EnhancedKeyFreshness_PR_counter;
		rrc_put_bits(m, &freshness->choice.counter, in->counter, 32, "");
		break;
	default:
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "keys.freshness");
	}
	return out;
}

void rrc_get_keys(struct rrc_map *m, const RRC_EnhancedKeyInformation_t *in, struct iuplus_rrc_enhanced_keys *out)
{
	if (!in)
		return;
	out->present = true;
	out->derivation = (enum iuplus_rrc_derivation)in->keyDerivation;
	if (in->ncc) {
		out->has_ncc = true;
		out->ncc = (uint8_t)*in->ncc;
	}
	if (!in->freshness)
		return;
	if (in->freshness->present == RRC_EnhancedKeyFreshness_PR_counter) {
		out->freshness = IUPLUS_RRC_FRESHNESS_COUNTER;
		out->counter = (uint32_t)rrc_get_bits(&in->freshness->choice.counter);
	} else if (in->freshness->choice.nonce.size == sizeof(out->nonce)) {
		out->freshness = IUPLUS_RRC_FRESHNESS_NONCE;
		memcpy(out->nonce, in->freshness->choice.nonce.buf, sizeof(out->nonce));
	} else {
		rrc_fail(m, IUPLUS_ERR_CONSTRAINT, "enhancedKeyInformation.freshness.nonce");
	}
}
