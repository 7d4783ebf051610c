/* SPDX-License-Identifier: BSD-2-Clause */
/* enhanced_relocation_release.c: Enhanced Relocation Release (TS 25.423 8.3.28). */
#include "rnsap/values.h"

#define ID_RELEASED_CN_DOMAIN 755

/* Released CN Domain: numbered as the alternatives, of which NOTHING is 0. */
_Static_assert((int)RNSAP_Released_CN_Domain_PR_pSDomain == (int)IUPLUS_RNSAP_RELEASED_PS &&
		       (int)RNSAP_Released_CN_Domain_PR_cSDomain == (int)IUPLUS_RNSAP_RELEASED_CS &&
		       (int)RNSAP_Released_CN_Domain_PR_pS_CSDomain == (int)IUPLUS_RNSAP_RELEASED_PS_AND_CS,
	       "enum iuplus_rnsap_released");
static bool take_released(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const RNSAP_Released_CN_Domain_t *from = value;

	(void)row;
	if (from->present == RNSAP_Released_CN_Domain_PR_NOTHING) {
		rnsap_take_unknown_value(rnsap_ctx(ctx), ID_RELEASED_CN_DOMAIN);
		return false;
	}
	*(enum iuplus_rnsap_released *)to = (enum iuplus_rnsap_released)from->present;
	return true;
}

static void put_released(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	RNSAP_Released_CN_Domain_t *to = value;

	(void)row;
	switch (*(const enum iuplus_rnsap_released *)from) {
	case IUPLUS_RNSAP_RELEASED_PS:
		to->present = RNSAP_Released_CN_Domain_PR_pSDomain;
		break;
	case IUPLUS_RNSAP_RELEASED_CS:
		to->present = RNSAP_Released_CN_Domain_PR_cSDomain;
		break;
	case IUPLUS_RNSAP_RELEASED_PS_AND_CS:
		to->present = RNSAP_Released_CN_Domain_PR_pS_CSDomain;
		break;
	default:
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	}
}

static const struct ie_codec released = { .take = take_released, .put = put_released };

static const struct ie_row release[] = { RNSAP_HERE(EnhancedRelocationRelease, protocolIEs.released_CN_Domain,
						    enhanced_relocation_release, released, released),
					 IE_END };
const struct rnsap_message rnsap_enhanced_relocation_release =
	RNSAP_MESSAGE(InitiatingMessage, enhancedRelocationRelease, EnhancedRelocationRelease,
		      enhanced_relocation_release, release);
