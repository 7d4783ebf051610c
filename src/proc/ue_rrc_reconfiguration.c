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

/* Finds the keys with which the target protected the message: the enhanced ones if the message has an NCC (FIG. 7 step
 * 702), else the legacy ones (703). IUPLUS_OK; IUPLUS_ERR_STATE: this UE has no such keys; IUPLUS_ERR_REPLAY: NCC does
 * not advance; IUPLUS_ERR_MEMORY. */
static int derive(const struct ue *c, const struct iuplus_rrc_reconfiguration *message, struct ran_keys *keys)
{
	const struct ran_keys *now = &c->ue->now.keys;
	const struct ue_aka *aka = &c->ue->aka[now->domain];
	const struct iuplus_rrc_enhanced_key *told = iuplus_rrc_enhanced_key_of(&message->keys, now->domain);
	int rc;

	*keys = *now;
	if (!aka->has_keys)
		return IUPLUS_ERR_STATE;
	if (!message->keys.count || !c->cfg->enhanced)
		return ran_keys_map(keys);
	if (!told || !now->has_k_rnc || told->index.counter != now->index.counter ||
	    told->derivation != IUPLUS_SECURITY_FROM_K_RNC)
		return IUPLUS_ERR_STATE;
	if (told->index.ncc <= now->index.ncc)
		return IUPLUS_ERR_REPLAY;
	keys->kind = IUPLUS_KEYS_ENHANCED;
	rc = iuplus_security_k_rnc_chain(aka->ck, aka->ik, keys->k_rnc, &keys->index.ncc, told->index.ncc);
	return rc ? rc : ran_keys_derive(keys, keys->k_rnc);
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

/* 8.2.2.3, 8.3.3.3: the response, with the START list of a relocation. */
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
			to->ul_sync.start.list[domain] = (struct iuplus_rrc_start){ domain, ue->now.sent_start[domain] };
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

/* Executes the relocation: the message is verified, the keys and the integrity configuration are known. */
static void relocate(struct ue *c, const struct ran_keys *keys, const struct iuplus_rrc_integrity *integrity)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	struct iuplus_ue_rrc *ue = c->ue;
	uint32_t rb2;
	bool moves;

	moves = message->has_scrambling_code && message->scrambling_code != ue->now.cell;
	ue->before = ue->now;
	/* The message also used RB2's number of the old configuration: if the UE returns, its numbers continue after
	 * this one. */
	ue->before.integrity.dl[2] = integrity->dl[2];
	ran_former_wipe(&ue->now.former);
	ue->now.integrity = *integrity;
	ue->now.keys = *keys;
	ue->now.network = message->network;
	if (message->has_u_rnti)
		ue->now.u_rnti = message->u_rnti;
	/* Even if the keys change, they start from the same counts. */
	rb2 = ran_relocated_hfn(keys->ciphering, ran_tx_hfn(&c->p, 2), ran_rx_hfn(&c->p, 2));
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

/* 8.5.10.1: an ordinary reconfiguration is verified with the configuration in use. One that restarts integrity
 * protection is verified with the configuration that it contains. On a wrong MAC the message is discarded, and the UE
 * stays in its cell. */
void ue_reconfiguration(struct ue *c)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	struct ue_config *now = &c->ue->now;
	struct iuplus_rrc_integrity integrity = now->integrity;
	struct ran_keys keys = now->keys;
	bool restart = message->integrity.present && !message->integrity.modify && now->integrity.started;
	struct iuplus_rrc_mac_check check = { .uia = 0 };
	char why[IUPLUS_RRC_MAC_CHECK_TEXT];
	int rc = IUPLUS_OK;

	if (restart) {
		rc = derive(c, message, &keys);
		if (message->integrity.has_uia)
			keys.uia = message->integrity.uia;
		integrity.kind = keys.kind;
		integrity.uia = keys.uia;
		integrity.fresh = message->integrity.fresh;
		memcpy(integrity.ik, keys.ik, sizeof(integrity.ik));
	}
	if (message->ciphering.present) {
		keys.uea = message->ciphering.uea;
		keys.ciphering = message->ciphering.uea != 0;
	}
	if (rc) {
		proc_failure(&c->p, "%s discarded: no keys for it (%s)", iuplus_rrc_asn1_name(c->rrc->type),
			     iuplus_strrc(rc));
		goto out;
	}
	if (integrity.started)
		rc = ran_verify(&c->p, &integrity, NULL, NULL, false, c->event->rb, c->event->pdu, &check);
	if (rc) {
		ran_explain(&c->p,
			    proc_failure(&c->p, "%s discarded: %s", iuplus_rrc_asn1_name(c->rrc->type),
					 ran_why(rc, &check, why)),
			    &check, &keys, &integrity);
		goto out;
	}
	if (restart && message->dl_sync.present)
		proc_note(&c->p, IUPLUS_STEP_UE_VERIFIED, "%s verified with %s", iuplus_rrc_asn1_name(c->rrc->type),
			  keys.kind == IUPLUS_KEYS_ENHANCED ? "IK_U" : "the legacy IK");
	c->ue->transaction = message->transaction;
	c->ue->reconfiguration = c->rrc->type;
	c->ue->network_asked = message->network.present && message->network.bits;
	read_area(&message->cn, &c->ue->area);
	rc = IUPLUS_ERR_CONSTRAINT;
	if (message->integrity.present && !restart)
		fail(c, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION, "invalid integrity protection mode");
	else if (restart && !message->dl_sync.present)
		fail(c, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION, "new integrity protection without relocation");
	else if (message->has_scrambling_code && !known_cell(c, message->scrambling_code))
		fail(c, IUPLUS_RRC_FAILURE_PHYSICAL_CHANNEL, "the cell is unreachable");
	else if (message->has_scrambling_code && message->scrambling_code != now->cell && !message->dl_sync.present)
		fail(c, IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED, "another cell without relocation");
	else if ((restart || message->ciphering.present) && !ue_has_algorithms(c->cfg, &keys))
		fail(c, IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED, "algorithm not supported");
	else
		rc = IUPLUS_OK;
	if (rc) {
		/* The answer used the old configuration, in which the message's number is used as well. */
		if (integrity.started)
			now->integrity.dl[2] = integrity.dl[2];
	} else if (message->dl_sync.present) {
		relocate(c, &keys, &integrity);
	} else {
		now->integrity = integrity;
		answer(c, false);
		report_area(c);
	}
out:
	iuplus_rrc_integrity_wipe(&integrity);
	iuplus_security_wipe(&keys, sizeof(keys));
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
