/* SPDX-License-Identifier: BSD-2-Clause */
/* check_rrc.c: RRC (TS 25.331) and the parts of TS 33.102 that it carries: security mode control, integrity protection,
 * COUNT-I, START, and what a target makes for the UE. */
#include <string.h>

#include <iuplus/security.h>

#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)
#define START_MAX 0xfffffu
#define COUNT_TO_START 12u /* START is the 20 most significant of the 32 bits of COUNT-I */

static int broken(struct judge_rrc_at *at, const char *what)
{
	at->what = what;
	return IUPLUS_JUDGE_BROKEN;
}

static int holds(struct judge_rrc_at *at, bool kept, const char *what)
{
	return kept ? IUPLUS_JUDGE_KEPT : broken(at, what);
}

/* ---- security mode control ----------------------------------------------------------------------------------- */

int judge_rrc_transaction(struct judge_rrc_at *at)
{
	NEEDS(at->ue->command_open);
	return holds(at, at->m->u.security_mode_complete.transaction == at->ue->command.transaction,
		     "the transaction identifier is not that of the command");
}

int judge_rrc_ciphering_answer(struct judge_rrc_at *at)
{
	NEEDS(at->ue->command_open && at->ue->command.ciphering.present);
	return holds(at, at->m->u.security_mode_complete.rb_ul.count > 0,
		     "it has no Radio bearer uplink ciphering activation time info");
}

int judge_rrc_modify_answer(struct judge_rrc_at *at)
{
	NEEDS(at->ue->command_open && at->ue->command.integrity.present && at->ue->command.integrity.modify);
	return holds(at, at->m->u.security_mode_complete.ul_activation.present,
		     "it has no Uplink integrity protection activation info");
}

static bool capability_echoed(const struct judge_rrc_ue *u, const struct iuplus_rrc_security_capability *c)
{
	return c->uea == u->capability.uea && c->uia == u->capability.uia &&
	       (!u->capability.has_gsm || !c->has_gsm || c->gsm == u->capability.gsm);
}

int judge_rrc_echo(struct judge_rrc_at *at)
{
	if (!at->ue->has_capability)
		return IUPLUS_JUDGE_UNKNOWN;
	return holds(at, capability_echoed(at->ue, &at->m->u.security_mode_command.security),
		     "the Security capability is not the one that the UE sent");
}

static int echo_differs(struct judge_rrc_at *at)
{
	NEEDS(at->ue->command_open && at->ue->has_capability && !capability_echoed(at->ue, &at->ue->command.security));
	return broken(at, "it answers a command whose Security capability is not the one that it sent");
}

int judge_rrc_echo_same(struct judge_rrc_at *at)
{
	NEEDS(at->ue->command_open && at->ue->has_capability);
	return capability_echoed(at->ue, &at->ue->command.security) ? IUPLUS_JUDGE_KEPT : echo_differs(at);
}

int judge_rrc_after_failure(struct judge_rrc_at *at)
{
	unsigned ahead;

	NEEDS(at->ue->failed && !at->uplink && at->rb == 2 && at->last && !at->same);
	ahead = (at->m->integrity_check.sn - at->ue->command_sn) & 15u;
	return holds(at, ahead > 0 && ahead < 8, "it has an RRC SN that the failed SECURITY MODE COMMAND used up");
}

int judge_rrc_fresh(struct judge_rrc_at *at)
{
	const struct iuplus_rrc_integrity_mode *i = &at->m->u.security_mode_command.integrity;

	NEEDS(i->present && !i->modify && !at->same);
	if (!at->ue->has_fresh)
		return at->ue->complete ? IUPLUS_JUDGE_KEPT : IUPLUS_JUDGE_UNKNOWN;
	return holds(at, i->fresh != at->ue->fresh, "FRESH is the one that was used before");
}

/* ---- integrity protection ------------------------------------------------------------------------------------ */

static bool exempt(const struct judge_rrc_at *at)
{
	return at->m->type == IUPLUS_RRC_CONNECTION_REQUEST || at->m->type == IUPLUS_RRC_CONNECTION_SETUP ||
	       at->m->type == IUPLUS_RRC_CONNECTION_SETUP_COMPLETE || at->m->type == IUPLUS_RRC_CONNECTION_REJECT ||
	       at->m->type == IUPLUS_RRC_OTHER ||
	       (at->m->type == IUPLUS_RRC_CONNECTION_RELEASE && at->in->channel == IUPLUS_RRC_DL_CCCH);
}

int judge_rrc_protected(struct judge_rrc_at *at)
{
	NEEDS(!exempt(at) && at->ue->integrity == JUDGE_YES);
	return holds(at, at->m->integrity_check.present,
		     "it has no Integrity check info, and integrity protection runs");
}

int judge_rrc_not_protected(struct judge_rrc_at *at)
{
	NEEDS(at->ue->integrity == JUDGE_NO && !at->ue->command_open &&
	      at->m->type != IUPLUS_RRC_SECURITY_MODE_COMMAND);
	return holds(at, !at->m->integrity_check.present,
		     "it has Integrity check info before integrity protection started");
}

int judge_rrc_number(struct judge_rrc_at *at)
{
	unsigned ahead;

	NEEDS(at->last && at->last->frame && !at->same && !at->ue->failed);
	ahead = (at->m->integrity_check.sn - at->last->sn) & 15u;
	if (ahead == 1)
		return IUPLUS_JUDGE_KEPT;
	/* messages between may be lost to the capture, and a source may hand over numbers ahead of the last one */
	if ((ahead > 1 && ahead < 8) || at->last->rnc != at->in->rnc)
		return IUPLUS_JUDGE_UNKNOWN;
	return broken(at, ahead ? "its RRC SN is lower than that of the message before" :
				  "its RRC SN is that of another message before");
}

int judge_rrc_first_number(struct judge_rrc_at *at)
{
	NEEDS(at->last && !at->last->frame && at->uplink && at->ue->complete && at->ue->integrity != JUDGE_NOT_KNOWN);
	if (at->ue->hidden)
		return IUPLUS_JUDGE_UNKNOWN;
	return holds(at, at->m->integrity_check.sn == 1,
		     "the first protected message on a bearer does not have RRC SN 1");
}

int judge_rrc_mac(struct judge_rrc_at *at)
{
	NEEDS(at->in->integrity != 0);
	return holds(at, at->in->integrity > 0, "MAC-I is wrong under every key");
}

int judge_rrc_count(struct judge_rrc_at *at)
{
	NEEDS(at->in->integrity > 0 && at->in->has_count && at->last && at->last->has_count && !at->same &&
	      at->last->key == at->in->key);
	return holds(at, at->in->count > at->last->count, "COUNT-I is not higher than that of the message before");
}

/* ---- START --------------------------------------------------------------------------------------------------- */

int judge_rrc_synchronised(struct judge_rrc_at *at)
{
	NEEDS(at->ue->reconfiguration_open && at->ue->reconfiguration_synchronised);
	return holds(at,
		     at->m->u.reconfiguration_complete.ul_sync.present &&
			     at->m->u.reconfiguration_complete.ul_sync.start.count > 0,
		     "it has no START list, and the request had Downlink counter synchronisation info");
}

int judge_rrc_reconfiguration_transaction(struct judge_rrc_at *at)
{
	NEEDS(at->ue->reconfiguration_open);
	return holds(at, at->m->u.reconfiguration_complete.transaction == at->ue->transaction,
		     "the transaction identifier is not that of the request");
}

int judge_rrc_start(struct judge_rrc_at *at)
{
	const struct iuplus_rrc_ul_counter_sync *sync = &at->m->u.reconfiguration_complete.ul_sync;
	const struct judge_rrc_ue *u = at->ue;
	unsigned i;

	NEEDS(sync->present);
	for (i = 0; i < sync->start.count; i++) {
		unsigned domain = sync->start.list[i].domain;
		uint32_t start = sync->start.list[i].start, least = u->largest >> COUNT_TO_START;

		if (domain > 1)
			continue;
		if (u->secured && u->command.domain == (enum iuplus_domain)domain) {
			least = least + 2 > START_MAX ? START_MAX : least + 2;
			if (start < least)
				return broken(at,
					      "START is less than the highest 20 bits of the largest COUNT-I, plus 2");
		} else if (u->has_start[domain] && start < u->start[domain]) {
			return broken(at, "START is less than the one sent before");
		}
	}
	return u->complete ? IUPLUS_JUDGE_KEPT : IUPLUS_JUDGE_UNKNOWN;
}

int judge_rrc_integrity_only_in_relocation(struct judge_rrc_at *at)
{
	const struct iuplus_rrc_reconfiguration *m = &at->m->u.reconfiguration;

	NEEDS(!m->dl_sync.present);
	return holds(at, !m->integrity.present, "it has Integrity protection mode info, and is no SRNS relocation");
}

/* ---- what the target makes for the UE: in RELOCATION REQUEST ACKNOWLEDGE ------------------------------------- */

static bool for_ue(struct judge_at *at, struct iuplus_rrc_msg *m)
{
	struct iuplus_octets octets;

	return at->conn && at->conn->got.frame && at->conn->got.values.opened &&
	       judge_rrc_of_container(at, &octets, m) &&
	       (m->type == IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION ||
		m->type == IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION);
}

int judge_target_stops_ciphering(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request_acknowledge *a;
	const struct iuplus_ranap_source_to_target *c;
	struct iuplus_rrc_msg m;

	NEEDS(for_ue(at, &m));
	a = &at->m->u.relocation_request_acknowledge;
	c = &at->conn->got.values;
	NEEDS(c->has_ck && c->has_encryption_algorithm && c->encryption_algorithm &&
	      (!a->has_encryption_algorithm || a->encryption_algorithm == 0));
	return judge_holds(
		at, m.u.reconfiguration.ciphering.present && m.u.reconfiguration.ciphering.uea == 0,
		"the target does not cipher, and its message for the UE has no Ciphering mode info that says so");
}

int judge_target_changes_ciphering(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request_acknowledge *a;
	const struct iuplus_ranap_source_to_target *c;
	struct iuplus_rrc_msg m;

	NEEDS(for_ue(at, &m));
	a = &at->m->u.relocation_request_acknowledge;
	c = &at->conn->got.values;
	NEEDS(a->has_encryption_algorithm && c->has_encryption_algorithm);
	if (a->encryption_algorithm == c->encryption_algorithm)
		return judge_holds(at, !m.u.reconfiguration.ciphering.present,
				   "the message for the UE has Ciphering mode info, and the algorithm does not change");
	return judge_holds(
		at,
		m.u.reconfiguration.ciphering.present && m.u.reconfiguration.ciphering.uea == a->encryption_algorithm,
		"the algorithm changes, and the message for the UE has no Ciphering mode info with the new one");
}

int judge_target_synchronises(struct judge_at *at)
{
	struct iuplus_rrc_msg m;

	NEEDS(for_ue(at, &m));
	if (!m.u.reconfiguration.dl_sync.present)
		return judge_broken(at, "the message for the UE has no Downlink counter synchronisation info");
	return judge_holds(
		at, !at->conn->got.values.has_ik || m.u.reconfiguration.integrity.present,
		"the message for the UE has no Integrity protection mode info, and integrity protection runs");
}

/* ---- the counts in SRNS RELOCATION INFO ---------------------------------------------------------------------- */

/* Whether a message of the bearer tells the count: under the keys and in the cell of the container. */
static bool tells(const struct judge_at *at, const struct judge_rrc_last *last)
{
	const struct judge_conn *c = at->conn;

	return last->frame > c->rrc->command_frame && last->frame > c->last[IUPLUS_RANAP_RELOCATION_COMPLETE];
}

/* One bearer. The source may promise numbers ahead of the last one; without a key log, what is far ahead cannot be told
 * from what is behind, except of RB2, where only the message for the UE follows. */
static int compare_count(const struct iuplus_rrc_count *count, const struct judge_rrc_last *last, unsigned rb)
{
	unsigned ahead = (count->sn - last->sn) & 15u;

	if (last->has_count)
		return (count->hfn << 4 | count->sn) >= last->count ? IUPLUS_JUDGE_KEPT : IUPLUS_JUDGE_BROKEN;
	if (ahead < 8)
		return IUPLUS_JUDGE_KEPT;
	return rb == 2 ? IUPLUS_JUDGE_BROKEN : IUPLUS_JUDGE_UNKNOWN;
}

int judge_counts_downlink(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c;
	struct iuplus_rrc_srns_info info;
	int verdict = JUDGE_NOT_APPLICABLE, one;
	unsigned rb;

	NEEDS(at->m && at->conn && at->conn->rrc && !at->conn->rrc->hidden);
	c = &at->m->u.relocation_required.container;
	NEEDS(at->m->u.relocation_required.has_container && c->opened && c->rrc_container.len > 0 &&
	      iuplus_rrc_srns_info_decode(c->rrc_container, 0, &at->judge->arena, &info, NULL) == IUPLUS_OK &&
	      info.integrity_started);
	for (rb = 1; rb < IUPLUS_RRC_SRBS && verdict != IUPLUS_JUDGE_BROKEN; rb++) {
		const struct judge_rrc_last *last = &at->conn->rrc->last[0][rb];

		if (!tells(at, last))
			continue;
		one = compare_count(&info.dl[rb], last, rb);
		if (one == IUPLUS_JUDGE_BROKEN)
			judge_broken(at, "the downlink RRC SN of RB%u is %u, and the last message had %u (frame %u)",
				     rb, info.dl[rb].sn, last->sn, last->frame);
		verdict = one > verdict ? one : verdict;
	}
	iuplus_security_wipe(&info, sizeof(info));
	return verdict;
}

/* ---- both interfaces ----------------------------------------------------------------------------------------- */

int judge_radio_first(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	NEEDS(c && c->command_open);
	if (!c->rrc || c->rrc->hidden)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, c->rrc->command_frame > c->last[IUPLUS_RANAP_SECURITY_MODE_COMMAND],
			   "no SECURITY MODE COMMAND was sent to the UE before");
}

int judge_cancel_before_execution(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	NEEDS(c && c->preparation != JUDGE_IDLE);
	if (c->triggered > c->last[IUPLUS_RANAP_RELOCATION_REQUIRED] && !c->came_back)
		return c->rrc && c->rrc->hidden ?
			       IUPLUS_JUDGE_UNKNOWN :
			       judge_broken(at, "the UE was sent to the target (frame %u), and has not come back",
					    c->triggered);
	/* without the radio's messages the trigger is not seen */
	return c->rrc ? IUPLUS_JUDGE_KEPT : IUPLUS_JUDGE_UNKNOWN;
}
