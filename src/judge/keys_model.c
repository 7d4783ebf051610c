/* SPDX-License-Identifier: BSD-2-Clause */
/* keys_model.c: what a capture shows of the keys of the hierarchy: which indices were given and handed on, and the
 * mapped pair, which is what containers and the standard's IEs carry of enhanced keys (doc/keys.md). */
#include <string.h>

#include <iuplus/security.h>

#include "src/judge/judge_int.h"

bool judge_mapped_pair(const struct iuplus_ranap_enhanced_keys *keys, const struct iuplus_security_key_index *index,
		       uint8_t ck[16], uint8_t ik[16])
{
	int rc;

	if (!keys->has_k_rnc) {
		if (!keys->has_ck_u)
			return false;
		return iuplus_security_mapped_keys(keys->ck_u, keys->ik_u, ck, ik) == IUPLUS_OK;
	}
	rc = index->ncc ? iuplus_security_keys_from_k_rnc_star(keys->k_rnc, NULL, ck, ik) :
			  iuplus_security_keys_from_k_rnc(keys->k_rnc, NULL, ck, ik);
	return rc == IUPLUS_OK && iuplus_security_mapped_keys(ck, ik, ck, ik) == IUPLUS_OK;
}

bool judge_next_of_container(struct iuplus_judge *j, const struct iuplus_ranap_source_to_target *c, int domain,
			     struct iuplus_rrc_next_key *next)
{
	struct iuplus_rrc_srns_info info;
	bool found = false;
	unsigned i;

	if (!c->opened || c->rrc_container.len == 0 ||
	    iuplus_rrc_srns_info_decode(c->rrc_container, 0, &j->arena, &info, NULL))
		return false;
	for (i = 0; i < info.next_keys; i++) {
		if ((int)info.next_key[i].domain != domain)
			continue;
		*next = info.next_key[i];
		found = true;
	}
	iuplus_security_wipe(&info, sizeof(info));
	return found;
}

static void raise_to(struct judge_keys *k, const struct iuplus_security_key_index *index, unsigned frame)
{
	if (k->given && iuplus_security_key_index_compare(index, &k->highest) <= 0)
		return;
	k->highest = *index;
	k->given = frame;
}

static void given(const struct judge_at *at, struct judge_keys *k, const struct iuplus_ranap_enhanced_security *e)
{
	/* the indices of another vector */
	if (at->kind == IUPLUS_RANAP_SECURITY_MODE_COMMAND && !e->vector_used &&
	    (k->challenged || at->conn->domain == IUPLUS_DOMAIN_CS)) {
		k->given = k->handed = 0;
		k->challenged = false;
	}
	raise_to(k, &e->index, at->frame);
	if (e->has_next_key)
		raise_to(k, &e->next_key.index, at->frame);
}

static void requested(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request *m = &at->m->u.relocation_request;
	struct judge_conn *c = at->conn;

	if (c->requests) /* a second one is discarded (8.7.4) */
		return;
	c->has_offered = m->has_enhanced;
	c->offered = m->enhanced;
	c->has_handed_on = judge_next_of_container(at->judge, &m->container, c->domain, &c->handed_on);
}

static void handed(const struct judge_at *at, struct judge_keys *k)
{
	struct iuplus_rrc_next_key next;

	if (!judge_next_of_container(at->judge, &at->m->u.relocation_required.container, at->conn->domain, &next))
		return;
	k->handed = at->frame;
	k->handed_index = next.index;
	iuplus_security_wipe(&next, sizeof(next));
}

/* The pair that the next container has to have, when the target uses enhanced keys. */
void judge_keys_taken(struct judge_conn *c, struct judge_security *s)
{
	struct iuplus_ranap_enhanced_keys keys = { .has_k_rnc = c->handed_on.has_k_rnc,
						   .has_ck_u = c->handed_on.has_ck_u };

	s->enhanced = c->said_key_in_use && c->key_in_use.enhanced;
	s->gives_ck_ik = s->enhanced && c->has_offered && c->offered.legacy_target_keys == IUPLUS_SECURITY_TARGET_CK_IK;
	if (!s->enhanced)
		return;
	memcpy(keys.k_rnc, c->handed_on.k_rnc, sizeof(keys.k_rnc));
	memcpy(keys.ik_u, c->handed_on.ik_u, sizeof(keys.ik_u));
	memcpy(keys.ck_u, c->handed_on.ck_u, sizeof(keys.ck_u));
	s->keys_known =
		(c->has_offered || c->has_handed_on) &&
		judge_mapped_pair(c->has_offered ? &c->offered.keys : &keys, &c->key_in_use.index, s->ck, s->ik);
	s->has_ck = s->keys_known;
	iuplus_security_wipe(&keys, sizeof(keys));
}

void judge_keys_follow(struct judge_at *at, struct judge_ue *ue)
{
	const struct iuplus_ranap_msg *m = at->m;
	struct judge_conn *c = at->conn;
	struct judge_keys *k;

	if (at->kind == IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE) {
		c->said_key_in_use = m->u.relocation_request_acknowledge.has_key_in_use;
		c->key_in_use = m->u.relocation_request_acknowledge.key_in_use;
	}
	if (c->domain < 0)
		return;
	k = &ue->keys[c->domain];
	switch (at->kind) {
	case IUPLUS_RANAP_SECURITY_MODE_COMMAND:
		if (m->u.security_mode_command.has_enhanced)
			given(at, k, &m->u.security_mode_command.enhanced);
		break;
	case IUPLUS_RANAP_SECURITY_MODE_COMPLETE:
		k->used = JUDGE_YES;
		k->used_frame = at->frame;
		k->challenged = false;
		break;
	case IUPLUS_RANAP_RELOCATION_REQUIRED:
		if (m->u.relocation_required.has_container)
			handed(at, k);
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST:
		requested(at);
		if (m->u.relocation_request.has_enhanced)
			given(at, k, &m->u.relocation_request.enhanced);
		break;
	default:
		break;
	}
}

void judge_keys_challenge(struct judge_keys *k, enum judge_fact answered, unsigned frame)
{
	k->challenged = answered == JUDGE_YES;
	k->used = answered == JUDGE_YES ? JUDGE_NO : JUDGE_NOT_KNOWN;
	k->used_frame = frame;
}

/* What was learned under another name of the subscriber: the later one knows better. */
void judge_keys_join(struct judge_keys *to, const struct judge_keys *from)
{
	if (from->used != JUDGE_NOT_KNOWN && from->used_frame > to->used_frame) {
		to->used = from->used;
		to->used_frame = from->used_frame;
		to->challenged = from->challenged;
	}
	if (from->given > to->given) {
		to->given = from->given;
		to->highest = from->highest;
	}
	if (from->handed > to->handed) {
		to->handed = from->handed;
		to->handed_index = from->handed_index;
	}
}
