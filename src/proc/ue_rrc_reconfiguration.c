/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE: physical channel reconfiguration and UTRAN mobility information (TS 25.331 8.2.2, 8.3.3), in particular those
 * of an SRNS relocation (8.6.3.5.2): FIG. 9's steps 906 to 908, FIG. 7's 705 to 707. The UE keeps the old configuration
 * until the physical channel of the new cell is established, so that it can return. */
#include "src/proc/ue_rrc.h"

#include <string.h>

static bool is_mobility_information(const struct ue *c)
{
	return c->rrc->type == IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION;
}

static void fail(struct ue *c, enum iuplus_rrc_failure cause, const char *why)
{
	proc_failure(&c->p, "%s refused: %s", iuplus_rrc_asn1_name(c->rrc->type), why);
	ue_send_failure(c,
			is_mobility_information(c) ? IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE :
						     IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE,
			c->rrc->u.reconfiguration.transaction, cause);
}

static bool known_cell(const struct ue *c, uint16_t cell)
{
	unsigned i;

	for (i = 0; i < c->cfg->cell_count && i < IUPLUS_UE_MAX_CELLS; i++)
		if (c->cfg->cell[i] == cell)
			return true;
	return false;
}

/* The digits of a PLMN as TS 24.008 10.5.1.3 codes them. */
static void read_plmn(const struct iuplus_rrc_plmn *in, uint8_t plmn[3])
{
	plmn[0] = (uint8_t)(in->mcc[1] << 4 | in->mcc[0]);
	plmn[1] = (uint8_t)((in->mnc_len == 3 ? in->mnc[2] : 0xf) << 4 | in->mcc[2]);
	plmn[2] = (uint8_t)(in->mnc[1] << 4 | in->mnc[0]);
}

/* 8.6.1.2: what upper layers are informed of. The common NAS system information is the LAC; that of the PS domain
 * begins with the RAC (TS 24.008 10.5.1.12). */
static void read_area(const struct iuplus_rrc_cn_information *cn, struct iuplus_proc_area *area)
{
	unsigned i;

	memset(area, 0, sizeof(*area));
	if (!cn->present)
		return;
	area->has_plmn = cn->has_plmn;
	if (cn->has_plmn)
		read_plmn(&cn->plmn, area->plmn);
	area->has_lac = cn->common_nas_info.len >= 2;
	if (area->has_lac)
		area->lac = (uint16_t)(cn->common_nas_info.data[0] << 8 | cn->common_nas_info.data[1]);
	for (i = 0; i < cn->domains && i < IUPLUS_RRC_MAX_DOMAINS; i++)
		if (cn->domain[i].domain == IUPLUS_DOMAIN_PS && cn->domain[i].nas_info.len) {
			area->has_rac = true;
			area->rac = cn->domain[i].nas_info.data[0];
		}
}

static void report_area(struct ue *c)
{
	struct iuplus_proc_area *area = &c->ue->area;

	if (area->has_plmn || area->has_lac || area->has_rac)
		proc_act(&c->p, IUPLUS_ACT_NAS_AREA)->area = *area;
	memset(area, 0, sizeof(*area));
}

/* 8.2.2.3, 8.3.3.3: the response, with the START list of a relocation. See patches/25331-text.md, 8.2.2.4 and
 * 8.3.3.3. */
static int answer(struct ue *c, bool relocation)
{
	struct iuplus_ue_rrc *ue = c->ue;
	struct iuplus_rrc_reconfiguration_complete *to;
	struct iuplus_rrc_msg msg;
	unsigned domain;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = ue->reconfiguration == IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION ?
			   IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM :
			   IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE;
	to = &msg.u.reconfiguration_complete;
	to->transaction = ue->transaction;
	if (relocation) {
		to->ul_sync.present = true;
		to->ul_sync.start.count = 2;
		for (domain = 0; domain < 2; domain++)
			to->ul_sync.start.list[domain] =
				(struct iuplus_rrc_start){ domain, ue->now.sent_start[domain] };
	}
	/* [0097]; the UE sends its capability only if the network included its own (FIG. 7 step 706). */
	if (c->cfg->enhanced && ue->network_asked) {
		to->enhanced.present = true;
		to->enhanced.bits = c->cfg->enhanced_capability;
	}
	return ue_send(c, 2, &msg, relocation ? IUPLUS_STEP_UE_COMPLETE : IUPLUS_STEP_NONE);
}

/* The response is due: the message is executed, and the physical channel is established. */
static void arrive(struct ue *c)
{
	answer(c, true);
	iuplus_security_wipe(&c->ue->before, sizeof(c->ue->before));
	report_area(c);
	proc_done(&c->p, "Relocation");
}

/* 8.2.2.3: RB2 is re-established first, with a new HFN, and START is computed after that. The other bearers begin with
 * this START; the standard waits with them for RLC's confirmation of the response, but nothing is sent on them before.
 */
static void reestablish(struct ue *c, uint32_t rb2)
{
	const struct ran_keys *keys = &c->ue->now.keys;
	struct iuplus_rrc_start_list list;
	uint8_t rb;

	ran_reestablish(&c->p, keys, 2, rb2);
	c->has_rb2_hfn = true;
	c->rb2_hfn = rb2;
	ue_start_list(c, &list);
	for (rb = 1; rb < IUPLUS_PROC_RBS; rb++)
		if (rb != 2)
			ran_reestablish(&c->p, keys, rb, ran_hfn(rb, c->ue->now.sent_start[keys->domain]));
}

/* What a reconfiguration would change. */
struct move {
	bool restart;          /* of integrity protection (8.6.3.5.2) */
	struct ran_keys keys;  /* of signalling */
	struct ran_keys other; /* of the other domain */
	struct iuplus_rrc_integrity integrity;
};

static void wipe(struct move *move)
{
	iuplus_rrc_integrity_wipe(&move->integrity);
	iuplus_security_wipe(move, sizeof(*move));
}

/* Executes the relocation: the message is verified, the keys and the integrity configuration are known. */
static void relocate(struct ue *c, const struct move *move)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	struct iuplus_ue_rrc *ue = c->ue;
	uint32_t rb2;
	bool moves;

	moves = message->has_scrambling_code && message->scrambling_code != ue->now.cell;
	ue->before = ue->now;
	/* The message also used its bearer's number of the old configuration: if the UE returns, its numbers continue
	 * after this one. */
	ue->before.integrity.dl[c->event->rb] = move->integrity.dl[c->event->rb];
	ran_former_wipe(&ue->now.former);
	ue->now.integrity = move->integrity;
	ue->now.keys = move->keys;
	ue->now.other = move->other;
	ue->now.network = message->network;
	if (message->has_u_rnti)
		ue->now.u_rnti = message->u_rnti;
	/* Even if the keys change, they start from the same counts. */
	rb2 = ran_relocated_hfn(move->keys.ciphering, ran_tx_hfn(&c->p, 2), ran_rx_hfn(&c->p, 2));
	if (moves) {
		ue->now.cell = message->scrambling_code;
		proc_act(&c->p, IUPLUS_ACT_TUNE)->cell = ue->now.cell;
	}
	reestablish(c, rb2);
	ue->relocated = true;
	ran_keys_act(&c->p, &ue->now.keys, &ue->now.integrity);
	if (moves) {
		ue_set_state(c, IUPLUS_UE_ARRIVING);
		return;
	}
	arrive(c);
}

/* Finds the keys of both domains, and the configuration that verifies the message. Codes of ue_keys_of_relocation().
 * See patches/25331-text.md, 8.6.3.5.2. */
static int prepare(const struct ue *c, struct move *move)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	const struct ue_config *now = &c->ue->now;
	int rc = IUPLUS_OK;

	move->integrity = now->integrity;
	move->keys = now->keys;
	move->other = now->other;
	move->other.domain = now->keys.domain == IUPLUS_DOMAIN_CS ? IUPLUS_DOMAIN_PS : IUPLUS_DOMAIN_CS;
	move->restart = message->integrity.present && !message->integrity.modify && now->integrity.started;
	if (move->restart) {
		rc = ue_keys_of_relocation(c, message, &move->keys);
		if (!rc && (move->other.kind != IUPLUS_KEYS_NONE ||
			    iuplus_rrc_enhanced_key_of(&message->keys, move->other.domain)))
			rc = ue_keys_of_relocation(c, message, &move->other);
		if (message->integrity.has_uia)
			move->keys.uia = message->integrity.uia;
		move->integrity.kind = move->keys.kind;
		move->integrity.uia = move->keys.uia;
		move->integrity.fresh = message->integrity.fresh;
		memcpy(move->integrity.ik, move->keys.ik, sizeof(move->integrity.ik));
	}
	if (message->ciphering.present) {
		move->keys.uea = message->ciphering.uea;
		move->keys.ciphering = message->ciphering.uea != 0;
	}
	return rc;
}

/* 8.5.10.1: an ordinary reconfiguration is verified with the configuration in use. One that restarts integrity
 * protection is verified with the configuration that it contains. False: the message was reported and is discarded,
 * and the UE stays in its cell. See patches/25331-text.md, 8.5.10.1. */
static bool verified(struct ue *c, struct move *move)
{
	const char *name = iuplus_rrc_asn1_name(c->rrc->type);
	struct iuplus_rrc_mac_check check = { .uia = 0 };
	char why[IUPLUS_RRC_MAC_CHECK_TEXT];
	int rc = prepare(c, move);

	if (rc) {
		proc_memory(&c->p, rc);
		proc_failure(&c->p, "%s discarded: no keys for it (%s)", name, iuplus_strrc(rc));
		return false;
	}
	if (move->integrity.started)
		rc = ran_verify(&c->p, &move->integrity, NULL, NULL, false, c->event->rb, c->event->pdu, &check);
	if (!rc)
		return true;
	ran_explain(&c->p, proc_failure(&c->p, "%s discarded: %s", name, ran_why(rc, &check, why)), &check, &move->keys,
		    &move->integrity);
	return false;
}

/* The message is verified: its key indices are spent, whatever becomes of it. */
static void spend(struct ue *c)
{
	const struct iuplus_rrc_enhanced_keys *keys = &c->rrc->u.reconfiguration.keys;
	unsigned i;

	for (i = 0; c->cfg->enhanced && i < keys->count; i++)
		ue_keys_verified(c, keys->key[i].domain, false, &keys->key[i].index);
}

/* Whether the message, which has Downlink counter synchronisation info, can perform an SRNS relocation. While integrity
 * protection runs, its MAC-I says so. Before that nothing verifies it, although a relocation is possible (8.2.2.2;
 * TS 25.413 8.7.2: a container without Integrity Protection Key). A relocation gives the UE the U-RNTI of another serving
 * RNC (10.3.3.47). Without it the RNC stays the same and does not re-establish its bearers: the UE must not either. */
static bool can_relocate(const struct ue *c)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;

	return c->ue->now.integrity.started ||
	       (message->has_u_rnti && message->u_rnti.srnc != c->ue->now.u_rnti.srnc);
}

/* Whether the UE executes the verified message. False: it has sent the failure message. */
static bool accepts(struct ue *c, const struct move *move)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	bool moves = message->has_scrambling_code && message->scrambling_code != c->ue->now.cell;
	bool refused = c->cfg->enhanced && c->cfg->policy == IUPLUS_UE_REQUIRE_EVERYWHERE && move->restart &&
		       !message->network.present;

	if (message->integrity.present && !move->restart)
		fail(c, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION, "invalid integrity protection mode");
	else if (move->restart && !message->dl_sync.present)
		fail(c, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION, "new integrity protection without relocation");
	else if (message->dl_sync.present && !can_relocate(c))
		fail(c, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION, "relocation without another serving RNC");
	else if (message->has_scrambling_code && !known_cell(c, message->scrambling_code))
		fail(c, IUPLUS_RRC_FAILURE_PHYSICAL_CHANNEL, "the cell is unreachable");
	else if (moves && !message->dl_sync.present)
		fail(c, IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED, "another cell without relocation");
	else if ((move->restart || message->ciphering.present) && !ue_has_algorithms(c->cfg, &move->keys))
		fail(c, IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED, "algorithm not supported");
	else if (refused)
		fail(c, IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED,
		     "a legacy RNC is not accepted (enhanced-security)");
	else
		return true;
	return false;
}

/* The message is verified. */
static void execute(struct ue *c, const struct move *move)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	static const char *const keys[] = { [IUPLUS_KEYS_NONE] = "nothing",
					    [IUPLUS_KEYS_LEGACY] = "the legacy IK",
					    [IUPLUS_KEYS_ENHANCED] = "IK_U",
					    [IUPLUS_KEYS_MAPPED] = "the mapped IK" };
	_Static_assert(sizeof(keys) / sizeof(keys[0]) == IUPLUS_KEYS_COUNT, "every kind of keys has its entry");
	struct iuplus_ue_rrc *ue = c->ue;

	if (move->restart && message->dl_sync.present)
		proc_note(&c->p, IUPLUS_STEP_UE_VERIFIED, "%s verified with %s", iuplus_rrc_asn1_name(c->rrc->type),
			  keys[move->keys.kind]);
	ue->transaction = message->transaction;
	ue->reconfiguration = c->rrc->type;
	ue->network_asked = message->network.present && message->network.bits;
	read_area(&message->cn, &ue->area);
	if (move->restart)
		spend(c);
	if (!accepts(c, move)) {
		/* The answer used the old configuration, in which the message's number is used as well. */
		if (move->integrity.started)
			ue->now.integrity.dl[c->event->rb] = move->integrity.dl[c->event->rb];
	} else if (message->dl_sync.present) {
		relocate(c, move);
	} else {
		ue->now.integrity = move->integrity;
		answer(c, false);
		report_area(c);
	}
}

void ue_reconfiguration(struct ue *c)
{
	struct move move;

	memset(&move, 0, sizeof(move));
	if (verified(c, &move))
		execute(c, &move);
	wipe(&move);
}

/* The physical channel of the new cell is established: the response is sent there. From now on the UE does not return
 * to the old cell (8.2.2.7). */
void ue_heard(struct ue *c)
{
	ue_set_state(c, IUPLUS_UE_CONNECTED);
	arrive(c);
	ue_send_held(c);
}

/* 8.2.2.7: the physical channel of the new cell could not be established. The UE returns to the old cell and its
 * configuration. */
void ue_return(struct ue *c)
{
	struct iuplus_ue_rrc *ue = c->ue;

	proc_failure(&c->p, "cell %u does not answer: return to cell %u", ue->now.cell, ue->before.cell);
	ue->now = ue->before;
	iuplus_security_wipe(&ue->before, sizeof(ue->before));
	ue_set_state(c, IUPLUS_UE_CONNECTED);
	ue->relocated = false;
	proc_act(&c->p, IUPLUS_ACT_TUNE)->cell = ue->now.cell;
	ran_keys_act(&c->p, &ue->now.keys, &ue->now.integrity);
	ue_send_failure(c,
			ue->reconfiguration == IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION ?
				IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE :
				IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE,
			ue->transaction, IUPLUS_RRC_FAILURE_PHYSICAL_CHANNEL);
	ue_send_held(c);
}
