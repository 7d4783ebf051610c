/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE: physical channel reconfiguration and UTRAN mobility information (TS 25.331 8.2.2, 8.3.3), in particular those
 * of an SRNS relocation (8.6.3.5.2): FIG. 9's steps 906 to 908, FIG. 7's 705 to 707. The UE keeps the old configuration
 * until it hears the new cell, so that it can return. */
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
	int rc;

	*keys = *now;
	if (!aka->has_keys)
		return IUPLUS_ERR_STATE;
	keys->has_star = false;
	iuplus_security_wipe(keys->star, sizeof(keys->star));
	if (!message->keys.present || !c->cfg->enhanced) {
		keys->kind = IUPLUS_KEYS_LEGACY;
		keys->has_k_rnc = false;
		keys->ncc = 0;
		iuplus_security_wipe(keys->k_rnc, sizeof(keys->k_rnc));
		memcpy(keys->ck, aka->ck, sizeof(keys->ck));
		memcpy(keys->ik, aka->ik, sizeof(keys->ik));
		return IUPLUS_OK;
	}
	if (!now->has_k_rnc || !message->keys.has_ncc || message->keys.derivation != IUPLUS_RRC_FROM_K_RNC)
		return IUPLUS_ERR_STATE;
	if (message->keys.ncc <= now->ncc)
		return IUPLUS_ERR_REPLAY;
	keys->kind = IUPLUS_KEYS_ENHANCED;
	rc = iuplus_security_k_rnc_chain(aka->ck, aka->ik, keys->k_rnc, &keys->ncc, message->keys.ncc);
	return rc ? rc : ran_keys_derive(keys);
}

static bool known_cell(const struct ue *c, uint16_t cell)
{
	unsigned i;

	for (i = 0; i < c->cfg->cell_count && i < IUPLUS_UE_MAX_CELLS; i++)
		if (c->cfg->cell[i] == cell)
			return true;
	return false;
}

/* 8.2.2.3, 8.3.3.3: the answer, with the START list of a relocation. */
static int answer(struct ue *c, bool relocation)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	struct iuplus_rrc_reconfiguration_complete *to;
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = is_mobility_information(c) ? IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM :
						IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE;
	to = &msg.u.reconfiguration_complete;
	to->transaction = message->transaction;
	if (relocation) {
		to->ul_sync.present = true;
		ue_start_list(c, &to->ul_sync.start);
	}
	/* [0097]; the UE sends its capability only if the network included its own (FIG. 7 step 706). */
	if (c->cfg->enhanced && message->network.present && message->network.bits) {
		to->enhanced.present = true;
		to->enhanced.bits = c->cfg->enhanced_capability;
	}
	return ue_send(c, 2, &msg, relocation ? IUPLUS_STEP_UE_COMPLETE : IUPLUS_STEP_NONE);
}

/* Executes the relocation: the message is verified, the keys and the integrity configuration are known. */
static void relocate(struct ue *c, const struct ran_keys *keys, const struct iuplus_rrc_integrity *integrity)
{
	const struct iuplus_rrc_reconfiguration *message = &c->rrc->u.reconfiguration;
	struct iuplus_ue_rrc *ue = c->ue;
	uint32_t rb2, start;
	bool moves;
	uint8_t rb;

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
	ran_reestablish(&c->p, &ue->now.keys, 2, rb2);
	ue->transaction = message->transaction;
	ue->relocated = true;
	answer(c, true);
	/* The standard waits for RLC's confirmation. Until then nothing is sent on these bearers, so that doing this
	 * now is equivalent. */
	start = ue->now.sent_start[keys->domain];
	for (rb = 1; rb < IUPLUS_PROC_RBS; rb++)
		if (rb != 2)
			ran_reestablish(&c->p, &ue->now.keys, rb, ran_hfn(rb, start));
	ran_keys_act(&c->p, &ue->now.keys, &ue->now.integrity);
	if (moves) {
		ue_set_state(c, IUPLUS_UE_ARRIVING);
	} else {
		iuplus_security_wipe(&ue->before, sizeof(ue->before));
	}
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
	}
out:
	iuplus_rrc_integrity_wipe(&integrity);
	iuplus_security_wipe(&keys, sizeof(keys));
}

/* The new cell answers: the UE can no longer return. */
void ue_heard(struct ue *c)
{
	iuplus_security_wipe(&c->ue->before, sizeof(c->ue->before));
	ue_set_state(c, IUPLUS_UE_CONNECTED);
	proc_done(&c->p, "Relocation");
}

/* 8.2.2.6: the new cell does not answer. The UE returns to the old cell and its configuration. */
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
	ue_send_failure(c, IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE, ue->transaction,
			IUPLUS_RRC_FAILURE_PHYSICAL_CHANNEL);
}
