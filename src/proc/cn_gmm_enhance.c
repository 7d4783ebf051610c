/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm_enhance.c: the way to keys of the hierarchy: what precedes Security Mode Command (FIG. 7's step 711, FIG. 9's
 * 911). */
#include "src/proc/cn_gmm.h"

/* [0022], [0102], [0103], claim 4: keys of the hierarchy are worth something only if no RNC can derive them. A vector
 * whose authentication is done, and whose keys are not in use yet, is the "unused" one of the method: a challenge would
 * bring nothing. */
enum iuplus_cn_way iuplus_cn_way(enum iuplus_cn_aka aka, enum iuplus_cn_vector_state state)
{
#define AKA IUPLUS_CN_WAY_AUTHENTICATE
#define COMMAND IUPLUS_CN_WAY_COMMAND
#define KEEP IUPLUS_CN_WAY_KEEP
	static const enum iuplus_cn_way table[IUPLUS_CN_AKA_COUNT][IUPLUS_CN_VECTOR_COUNT] = {
		/*                         none, unused,  used,    tainted, spent */
		[IUPLUS_CN_AKA_AUTO] = { AKA, COMMAND, COMMAND, AKA, AKA },
		[IUPLUS_CN_AKA_ALWAYS] = { AKA, AKA, AKA, AKA, AKA },
		[IUPLUS_CN_AKA_NEVER] = { KEEP, COMMAND, COMMAND, COMMAND, AKA },
	};

	return (unsigned)aka < IUPLUS_CN_AKA_COUNT && (unsigned)state < IUPLUS_CN_VECTOR_COUNT ?
		       table[aka][state] :
		       KEEP;
}

enum iuplus_cn_way cn_gmm_way(const struct cn_gmm *g)
{
	const struct iuplus_cn_subscriber *s = g->ue->subscriber;

	return iuplus_cn_way(g->cfg->gmm.aka, s->has_current ? iuplus_cn_vector_state(&s->use, g->cfg->link.freshness) :
							       IUPLUS_CN_VECTOR_NONE);
}

bool cn_gmm_needs_challenge(struct cn_gmm *g)
{
	const struct iuplus_cn_vector_use *use = &g->ue->subscriber->use;

	cn_link_remember(g->link, use);
	/* A vector that gives no keys of the hierarchy; "always" is about a change of keys, not every new connection.
	 */
	return cn_link_enhanced_possible(g->link) && cn_gmm_way(g) == IUPLUS_CN_WAY_AUTHENTICATE &&
	       iuplus_cn_vector_state(use, g->cfg->link.freshness) >= IUPLUS_CN_VECTOR_TAINTED;
}

/* Other keys of the hierarchy for a UE that has or could have them: with or without a challenge. False: no way. */
bool cn_gmm_enhance(struct cn_gmm *g)
{
	cn_gmm_aka_reset(g, false);
	switch (cn_gmm_way(g)) {
	case IUPLUS_CN_WAY_AUTHENTICATE:
		cn_gmm_aka_start(g);
		return true;
	case IUPLUS_CN_WAY_COMMAND:
		proc_note(g->p, g->ue->purpose == CN_GMM_FOR_RELOCATION ? IUPLUS_STEP_AUTHENTICATED : IUPLUS_STEP_NONE,
			  "no authentication: the keys of the current vector are used");
		cn_gmm_secure(g);
		return true;
	default:
		proc_failure(g->p, "no vector and no authentication allowed: the keys in use stay");
		return false;
	}
}
