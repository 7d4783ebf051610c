/* SPDX-License-Identifier: BSD-2-Clause */
/* check_keys.c: the keys of the hierarchy as RANAP and the containers show them: indices, next keys, the mapped pair,
 * Key In Use, Key Status and Vector Status. The rules are those of doc/keys.md. */
#include <string.h>

#include <iuplus/security.h>

#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)

static bool higher(const struct iuplus_security_key_index *a, const struct iuplus_security_key_index *b)
{
	return iuplus_security_key_index_compare(a, b) > 0;
}

static bool same(const struct iuplus_security_key_index *a, const struct iuplus_security_key_index *b)
{
	return iuplus_security_key_index_compare(a, b) == 0;
}

static const struct iuplus_ranap_enhanced_security *enhanced_of(const struct judge_at *at)
{
	if (at->m && at->kind == IUPLUS_RANAP_SECURITY_MODE_COMMAND && at->m->u.security_mode_command.has_enhanced)
		return &at->m->u.security_mode_command.enhanced;
	if (at->m && at->kind == IUPLUS_RANAP_RELOCATION_REQUEST && at->m->u.relocation_request.has_enhanced)
		return &at->m->u.relocation_request.enhanced;
	return NULL;
}

/* What the subscriber's keys of the connection's domain are; NULL: the domain is not known. */
static struct judge_keys *keys_of(const struct judge_at *at)
{
	return at->conn && at->conn->domain >= 0 ? &judge_ue(at->conn)->keys[at->conn->domain] : NULL;
}

/* ---- what the core network gives ----------------------------------------------------------------------------- */

int judge_index_up(struct judge_at *at)
{
	const struct iuplus_ranap_enhanced_security *e = enhanced_of(at);
	const struct judge_keys *k = keys_of(at);

	NEEDS(e && k);
	if (!k->given)
		return IUPLUS_JUDGE_UNKNOWN;
	/* the first keys after an AKA count from the beginning; in the CS domain the AKA is not followed */
	if (k->challenged || (at->conn->domain == IUPLUS_DOMAIN_CS && !e->vector_used))
		return JUDGE_NOT_APPLICABLE;
	if (higher(&e->index, &k->highest))
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the index (%u, %u) is given after (%u, %u) of frame %u", e->index.counter,
			    e->index.ncc, k->highest.counter, k->highest.ncc, k->given);
}

int judge_index_of_next(struct judge_at *at)
{
	const struct iuplus_ranap_enhanced_security *e = enhanced_of(at);
	const struct iuplus_security_key_index *next;

	NEEDS(e && e->has_next_key);
	next = &e->next_key.index;
	if ((next->counter == e->index.counter && next->ncc == e->index.ncc + 1u) ||
	    (next->counter == e->index.counter + 1u && next->counter && next->ncc == 0))
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the next key has the index (%u, %u), and the key (%u, %u)", next->counter, next->ncc,
			    e->index.counter, e->index.ncc);
}

int judge_index_of_command(struct judge_at *at)
{
	const struct iuplus_ranap_enhanced_security *e = enhanced_of(at);

	NEEDS(e);
	return judge_holds(at, e->index.ncc == 0, "the command makes keys with an NCC above 0");
}

int judge_enhanced_key_new(struct judge_at *at)
{
	NEEDS(enhanced_of(at));
	return judge_holds(at, at->m->u.security_mode_command.key_new,
			   "Key Status is Old, and these keys were never used");
}

int judge_vector_status(struct judge_at *at)
{
	const struct iuplus_ranap_enhanced_security *e = enhanced_of(at);
	const struct judge_keys *k = keys_of(at);

	/* a relocation between the AKA and the command runs on the old vector */
	NEEDS(e && k && (at->kind != IUPLUS_RANAP_RELOCATION_REQUEST || !k->challenged));
	if (k->used == JUDGE_NOT_KNOWN || (k->used == JUDGE_YES && at->conn->domain == IUPLUS_DOMAIN_CS))
		return IUPLUS_JUDGE_UNKNOWN;
	if (e->vector_used == (k->used == JUDGE_YES))
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at,
			    e->vector_used ? "it says used, and no keys were in use since the AKA of frame %u" :
					     "it says unused, and keys are in use since frame %u",
			    k->used_frame);
}

static int same_pair(struct judge_at *at, const struct iuplus_ranap_protection *integrity,
		     const struct iuplus_ranap_protection *encryption, const uint8_t ik[16], const uint8_t ck[16])
{
	if (!iuplus_security_equal(integrity->key, ik, 16))
		return judge_broken(at, "the Integrity Protection Key is not that of the mapped pair");
	return judge_holds(at, !encryption || iuplus_security_equal(encryption->key, ck, 16),
			   "the Encryption Key is not that of the mapped pair");
}

int judge_mapped_in_command(struct judge_at *at)
{
	const struct iuplus_ranap_enhanced_security *e = enhanced_of(at);
	const struct iuplus_ranap_security_mode_command *m;
	uint8_t ck[16], ik[16];
	int verdict;

	NEEDS(e);
	if (!judge_mapped_pair(&e->keys, &e->index, ck, ik))
		return IUPLUS_JUDGE_UNKNOWN;
	m = &at->m->u.security_mode_command;
	verdict = same_pair(at, &m->integrity, m->has_encryption ? &m->encryption : NULL, ik, ck);
	iuplus_security_wipe(ck, sizeof(ck));
	iuplus_security_wipe(ik, sizeof(ik));
	return verdict;
}

/* RELOCATION REQUEST of a UE whose keys are enhanced: the mapped pair of the keys in use, in the standard's IEs too. */
int judge_mapped_in_request(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request *m;
	const struct judge_conn *source;

	NEEDS(at->m && at->conn);
	source = judge_conn(at->judge, at->conn->source);
	m = &at->m->u.relocation_request;
	NEEDS(source && source->security.running == JUDGE_YES && source->security.enhanced && m->has_integrity &&
	      !source->security.gives_ck_ik);
	if (!source->security.keys_known || !source->security.has_ck)
		return IUPLUS_JUDGE_UNKNOWN;
	return same_pair(at, &m->integrity, m->has_encryption ? &m->encryption : NULL, source->security.ik,
			 source->security.ck);
}

int judge_no_legacy_after_enhanced(struct judge_at *at)
{
	const struct judge_keys *k = keys_of(at);

	NEEDS(at->m && k && at->conn->security.running == JUDGE_YES && at->conn->security.enhanced && !k->challenged &&
	      at->conn->domain == IUPLUS_DOMAIN_PS);
	return judge_holds(at, at->m->u.security_mode_command.has_enhanced,
			   "it gives CK and IK of a vector whose enhanced keys are in use");
}

/* ---- the source's container ---------------------------------------------------------------------------------- */

int judge_container_pair(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c;

	NEEDS(at->m && at->m->u.relocation_required.has_container && at->m->u.relocation_required.container.opened);
	c = &at->m->u.relocation_required.container;
	NEEDS(c->has_ik || c->has_integrity_algorithm || c->has_ck);
	if (c->has_ik != c->has_integrity_algorithm)
		return judge_broken(at, "the container has %s",
				    c->has_ik ?
					    "Integrity Protection Key without Chosen Integrity Protection Algorithm" :
					    "Chosen Integrity Protection Algorithm without Integrity Protection Key");
	return judge_holds(at, !c->has_ck || c->has_encryption_algorithm,
			   "the container has Ciphering Key without Chosen Encryption Algorithm");
}

int judge_next_key_spent(struct judge_at *at)
{
	const struct judge_keys *k = keys_of(at);
	struct iuplus_rrc_next_key next;
	int verdict;

	NEEDS(at->m && k && at->m->u.relocation_required.has_container &&
	      judge_next_of_container(at->judge, &at->m->u.relocation_required.container, at->conn->domain, &next));
	if (!k->handed)
		verdict = IUPLUS_JUDGE_KEPT;
	else
		verdict = judge_holds(
			at, higher(&next.index, &k->handed_index),
			"the next key in the container is not higher than the one that an earlier container had");
	iuplus_security_wipe(&next, sizeof(next));
	return verdict;
}

/* ---- what the target took ------------------------------------------------------------------------------------ */

int judge_key_in_use_said(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request_acknowledge *m;

	NEEDS(at->m);
	m = &at->m->u.relocation_request_acknowledge;
	NEEDS(m->has_integrity_algorithm && (m->has_network_capability || m->has_key_in_use));
	return judge_holds(at, m->has_network_capability == m->has_key_in_use,
			   m->has_key_in_use ? "it has Key In Use without Network capability" :
					       "it has Network capability without Key In Use");
}

int judge_key_in_use_available(struct judge_at *at)
{
	const struct iuplus_ranap_key_in_use *in_use;
	const struct judge_conn *c = at->conn;
	const char *what;

	NEEDS(at->m && c && at->m->u.relocation_request_acknowledge.has_key_in_use);
	in_use = &at->m->u.relocation_request_acknowledge.key_in_use;
	if (!c->got.frame)
		return IUPLUS_JUDGE_UNKNOWN;
	if (!in_use->enhanced)
		return judge_holds(at, !c->has_offered,
				   "it says that the container's keys are used, and RELOCATION REQUEST gave a key");
	what = c->has_offered ? "the index is not that of the key in RELOCATION REQUEST" :
				"the index is not that of the next key in the container";
	return judge_holds(at,
			   (c->has_offered && same(&in_use->index, &c->offered.index)) ||
				   (!c->has_offered && c->has_handed_on && same(&in_use->index, &c->handed_on.index)),
			   what);
}

int judge_key_in_use_again(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_complete *m;
	const struct judge_conn *c = at->conn;

	NEEDS(at->m && c);
	m = &at->m->u.relocation_complete;
	if (!judge_seen(c, IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE))
		return m->has_key_in_use ? IUPLUS_JUDGE_UNKNOWN : JUDGE_NOT_APPLICABLE;
	NEEDS(m->has_key_in_use || c->said_key_in_use);
	if (m->has_key_in_use != c->said_key_in_use)
		return judge_broken(at, "Key In Use is %s, and RELOCATION REQUEST ACKNOWLEDGE (frame %u) %s",
				    m->has_key_in_use ? "there" : "missing",
				    c->last[IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE],
				    m->has_key_in_use ? "has none" : "has it");
	return judge_holds(at,
			   m->key_in_use.enhanced == c->key_in_use.enhanced &&
				   (!m->key_in_use.enhanced || same(&m->key_in_use.index, &c->key_in_use.index)),
			   "Key In Use is not the one of RELOCATION REQUEST ACKNOWLEDGE");
}

/* ---- what the UE is told ------------------------------------------------------------------------------------- */

static int told(struct judge_at *at, const struct iuplus_rrc_enhanced_keys *keys, bool enhanced,
		const struct iuplus_security_key_index *index)
{
	const struct iuplus_rrc_enhanced_key *key =
		iuplus_rrc_enhanced_key_of(keys, (enum iuplus_domain)at->conn->domain);

	if ((key != NULL) != enhanced)
		return judge_broken(at,
				    enhanced ? "the message for the UE has no index of the keys" :
					       "the message for the UE has an index, and no enhanced keys are used");
	return judge_holds(at, !key || same(&key->index, index), "the message for the UE has another index");
}

/* SECURITY MODE COMPLETE */
int judge_index_in_command(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	NEEDS(at->m && c && c->domain >= 0 && c->command_open);
	if (!c->rrc || c->rrc->hidden || c->rrc->command_frame < c->last[IUPLUS_RANAP_SECURITY_MODE_COMMAND])
		return c->command.has_enhanced ? IUPLUS_JUDGE_UNKNOWN : JUDGE_NOT_APPLICABLE;
	return told(at, &c->rrc->command.keys, c->command.has_enhanced, &c->command.enhanced.index);
}

int judge_index_in_reconfiguration(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request_acknowledge *m;
	struct iuplus_octets octets;
	struct iuplus_rrc_msg rrc;

	NEEDS(at->m && at->conn && at->conn->domain >= 0 && judge_rrc_of_container(at, &octets, &rrc) &&
	      (rrc.type == IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION ||
	       rrc.type == IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION));
	m = &at->m->u.relocation_request_acknowledge;
	NEEDS(m->has_integrity_algorithm);
	return told(at, &rrc.u.reconfiguration.keys, m->has_key_in_use && m->key_in_use.enhanced, &m->key_in_use.index);
}
