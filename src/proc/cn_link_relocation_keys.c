/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_relocation_keys.c: the keys of a relocation, as the core gives them to the target (TS 25.413 8.7.2) and
 * learns which of them came into use ([0121] to [0125]; FIG. 7). */
#include <string.h>

#include "src/proc/cn_link.h"

/* ---- Relocation Request ---- */

/* What the target gets of the legacy kind: CK and IK, if they are in use or the configuration says so, else the mapped
 * pair. */
static int legacy_keys(struct cn_link *l, struct iuplus_ranap_relocation_request *r)
{
	uint8_t ck[16], ik[16];
	int rc = IUPLUS_OK;

	if (l->ue->offer_ck_ik) {
		memcpy(ck, l->ue->vector.ck, sizeof(ck));
		memcpy(ik, l->ue->vector.ik, sizeof(ik));
	} else {
		rc = proc_memory(l->p, cn_link_mapped(l, ck, ik));
	}
	if (!rc) {
		r->has_integrity = true;
		cn_link_offer(l, ck, ik, &r->integrity, &r->has_encryption, &r->encryption);
	}
	iuplus_security_wipe(ck, sizeof(ck));
	iuplus_security_wipe(ik, sizeof(ik));
	return rc;
}

/* [0041], by configuration: CK and IK take the place of the mapped pair in the container, which TS 25.413 9.2.1.28
 * leaves transparent. A container that cannot be decoded stays as it is. See patches/25413-text.md, 8.6.2. */
static int rewrite_container(struct cn_link *l, struct iuplus_ranap_source_to_target *container)
{
	struct iuplus_ranap_source_to_target c;
	unsigned flags = l->p->flags & ~IUPLUS_RANAP_RELAY;
	int rc = iuplus_ranap_source_to_target_decode(container->encoded, flags, l->p->env->arena, &c);

	if (rc == IUPLUS_ERR_MEMORY)
		return proc_memory(l->p, rc);
	if (rc || !c.has_ik) {
		proc_failure(l->p, "Relocation Required: CK and IK are not written to the container: %s",
			     rc ? iuplus_strrc(rc) : "it has no keys");
		iuplus_security_wipe(&c, sizeof(c));
		return IUPLUS_OK;
	}
	memcpy(c.ik, l->ue->vector.ik, sizeof(c.ik));
	if (c.has_ck)
		memcpy(c.ck, l->ue->vector.ck, sizeof(c.ck));
	c.encoded = (struct iuplus_octets){ NULL, 0 };
	rc = iuplus_ranap_source_to_target_encode(&c, flags, l->p->env->arena, &container->encoded);
	iuplus_security_wipe(&c, sizeof(c));
	if (rc)
		return proc_memory(l->p, rc);
	l->ue->offer_ck_ik = true;
	cn_link_taint(l, &l->ue->vector);
	proc_note(l->p, IUPLUS_STEP_NONE, "CK and IK are written to the container (legacy-target-keys ck-ik)");
	return IUPLUS_OK;
}

int cn_link_offer_keys(struct cn_link *l, const struct iuplus_cn_rnc *rnc, struct iuplus_ranap_relocation_request *r)
{
	bool rnc_plus = cn_link_hierarchy(l->cfg) && rnc->capability == IUPLUS_CN_CAPABILITY_ENHANCED;
	const struct iuplus_cn_vector_use *use = cn_link_use(&l->ue->vector);
	int rc = IUPLUS_OK;

	memset(&l->ue->offer, 0, sizeof(l->ue->offer));
	l->ue->offer_ck_ik = l->ue->has_key_in_use = false;
	if (rnc_plus && l->ue->ue_capability) {
		r->has_ue_capability = true;
		r->ue_capability = l->ue->ue_capability;
	}
	if (!l->ue->keys.integrity_started)
		return IUPLUS_OK;
	if (!rnc_plus && l->cfg->legacy_target_keys == IUPLUS_SECURITY_TARGET_CK_IK &&
	    (l->ue->keys.kind == IUPLUS_KEYS_ENHANCED || l->ue->keys.kind == IUPLUS_KEYS_MAPPED))
		rc = rewrite_container(l, &r->container);
	if (!rc)
		rc = legacy_keys(l, r);
	if (rc || !rnc_plus || !l->ue->ue_enhanced)
		return rc;
	rc = cn_link_relocation_pair(l, &l->ue->offer);
	if (rc == IUPLUS_ERR_STATE)
		return IUPLUS_OK; /* a tainted vector: an authentication comes first */
	if (!rc) {
		r->has_enhanced = true;
		cn_link_enhanced_information(l, &l->ue->offer, use->used, &r->enhanced);
	}
	return rc;
}

/* ---- Relocation Request Acknowledge ---- */

/* 8.7.2: the target names each algorithm whose key was in the container, "no encryption" too; the core knows which keys
 * the source has. What the target does not name stays as it is. 0, or the cause of a failure. */
static uint16_t chosen_algorithms(struct cn_link *l, const struct iuplus_ranap_relocation_request_acknowledge *a)
{
	unsigned uia = a->has_integrity_algorithm ? a->integrity_algorithm : l->ue->keys.uia;
	unsigned uea = a->has_encryption_algorithm ? a->encryption_algorithm : l->ue->keys.uea;

	if (a->has_integrity_algorithm && l->ue->keys.ciphering_started && !a->has_encryption_algorithm) {
		proc_failure(l->p, "the target left out its Chosen Encryption Algorithm");
		return IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET;
	}
	if (l->ue->keys.integrity_started && !cn_link_permitted(l, uia, uea)) {
		proc_failure(l->p, "the target chose UIA%u and UEA%u, which were not offered", uia, uea);
		return IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED;
	}
	l->ue->pending.uia = uia;
	l->ue->pending.uea = uea;
	return 0;
}

/* What the target says about the hierarchy, against what the core knows of it. 0, or the cause of a failure. See
 * patches/25413-text.md, 8.7.2. */
static uint16_t target_keys(struct cn_link *l, const struct iuplus_ranap_relocation_request_acknowledge *a)
{
	bool require = l->cfg->policy == IUPLUS_ENHANCED_SECURITY_REQUIRE;
	bool known = l->ue->iu[l->conn].configured == IUPLUS_CN_CAPABILITY_ENHANCED;
	const char *bid_down = NULL;

	if (!cn_link_hierarchy(l->cfg))
		return 0;
	l->ue->iu[l->conn].rnc_enhanced =
		a->has_network_capability && (a->network_capability & IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
	l->ue->has_key_in_use = a->has_key_in_use;
	l->ue->key_in_use = a->key_in_use;
	if (a->has_key_in_use && a->key_in_use.enhanced && !cn_link_has_candidate(l, &a->key_in_use.index)) {
		proc_failure(l->p, "Relocation Request Acknowledge: keys (%u, %u) were not given",
			     a->key_in_use.index.counter, a->key_in_use.index.ncc);
		return IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET;
	}
	if (known && !l->ue->iu[l->conn].rnc_enhanced)
		bid_down = "lacks the capability that the RNC is configured with";
	else if (l->ue->offer.now.present && !(a->has_key_in_use && a->key_in_use.enhanced))
		bid_down = "takes the container's keys instead of those of Relocation Request";
	if (!bid_down)
		return 0;
	proc_failure(l->p, "Relocation Request Acknowledge %s", bid_down);
	return require && l->ue->ue_enhanced ? IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET : 0;
}

uint16_t cn_link_judge_target(struct cn_link *l, const struct iuplus_ranap_relocation_request_acknowledge *a)
{
	uint16_t cause = chosen_algorithms(l, a);

	return cause ? cause : target_keys(l, a);
}

/* ---- Relocation Complete ---- */

/* What the UE says of itself after the relocation, under integrity protection. False: it contradicts what the source
 * said for it, so that somebody on the way lied. See patches/25413-text.md, 8.9.2. */
static bool same_capability(struct cn_link *l, const struct iuplus_ranap_relocation_complete *r)
{
	if (!cn_link_hierarchy(l->cfg) || !r->has_ue_capability)
		return true; /* what was heard stays heard */
	if (l->ue->ue_capability & ~r->ue_capability) {
		proc_failure(l->p, "Relocation Complete: the UE has capability %02x, the source said %02x",
			     r->ue_capability, l->ue->ue_capability);
		return false;
	}
	cn_link_hear(l, r->ue_capability);
	cn_link_heard_protected(l);
	return true;
}

/* The keys in use are those that the target says it took: in Relocation Complete, else in its acknowledgement. See
 * patches/25413-text.md, 8.9.2 and 8.9.3. */
static int take_keys(struct cn_link *l, const struct iuplus_ranap_relocation_complete *r)
{
	const struct iuplus_ranap_key_in_use *said =
		r->has_key_in_use     ? &r->key_in_use :
		l->ue->has_key_in_use ? &l->ue->key_in_use :
					NULL;
	int rc;

	if (!cn_link_hierarchy(l->cfg) || !said || !said->enhanced)
		return proc_memory(l->p, cn_link_take_container(l));
	rc = cn_link_take_index(l, &said->index);
	if (rc == IUPLUS_ERR_STATE)
		proc_failure(l->p, "Relocation Complete: keys (%u, %u) were not given", said->index.counter,
			     said->index.ncc);
	if (!rc)
		proc_note(l->p, IUPLUS_STEP_NONE, "the target uses the enhanced keys (%u, %u) already",
			  said->index.counter, said->index.ncc);
	return proc_memory(l->p, rc);
}

int cn_link_arrive(struct cn_link *l, const struct iuplus_ranap_relocation_complete *r)
{
	return same_capability(l, r) ? take_keys(l, r) : IUPLUS_ERR_INTEGRITY;
}
