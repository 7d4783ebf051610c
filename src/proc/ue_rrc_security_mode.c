/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE: security mode control (TS 25.331 8.1.12), with the keys of the UTRAN key hierarchy ([0111] to [0115]; FIG.
 * 9's steps 915 to 918). The configuration in use changes only after the command was verified with the new keys and its
 * echo was found correct. */
#include "src/proc/ue_rrc.h"

#include <string.h>

/* What a command would change. */
struct change {
	const struct iuplus_rrc_security_mode_command *command;
	bool fresh; /* the keys are those of an AKA that no command has activated yet */
	struct ran_keys keys;
	struct iuplus_rrc_integrity integrity;
	uint32_t start; /* the HFNs begin with it */
};

/* Sets up the configuration that the command describes. IUPLUS_OK; IUPLUS_ERR_STATE: its mode does not fit the
 * present configuration; else a code of iuplus_rrc_integrity_start(). See patches/25331-text.md, 8.6.3.5.1 and
 * 8.6.3.5.3. */
static int configure(const struct ue *c, struct change *change)
{
	const struct iuplus_rrc_security_mode_command *command = change->command;
	const struct ue_config *now = &c->ue->now;
	struct ran_keys *keys = &change->keys;
	bool changed = !now->integrity.started || change->fresh || ran_keys_differ(keys, &now->keys);
	uint8_t uia = command->integrity.has_uia ? command->integrity.uia : now->keys.uia;

	change->integrity = now->integrity;
	change->start = change->fresh ? 0 : now->sent_start[command->domain];
	keys->uia = uia;
	keys->uea = command->ciphering.present ? command->ciphering.uea : now->keys.uea;
	keys->ciphering = command->ciphering.present ? command->ciphering.uea != 0 : now->keys.ciphering;
	if (!command->integrity.present) /* only ciphering: allowed while the keys stay */
		return changed || !command->ciphering.present ? IUPLUS_ERR_STATE : IUPLUS_OK;
	if (command->integrity.modify != now->integrity.started)
		return IUPLUS_ERR_STATE;
	if (!command->integrity.modify)
		return iuplus_rrc_integrity_start(&change->integrity, keys->kind, uia, keys->ik,
						  command->integrity.fresh, change->start);
	if (changed)
		return ran_modify(&change->integrity, true, keys->kind, uia, keys->ik, change->start);
	change->integrity.uia = uia;
	return IUPLUS_OK;
}

/* Whether the network received the capabilities that this UE sent: otherwise an attacker bids down (8.1.12.3; the
 * enhanced capability likewise). See patches/25331-text.md, 8.1.12.3. */
static bool echo_is_right(const struct ue *c, const struct iuplus_rrc_security_mode_command *command)
{
	struct iuplus_rrc_security_capability own;

	ue_security_capability(c->cfg, &own);
	if (command->security.uea != own.uea || command->security.uia != own.uia)
		return false;
	if (!c->cfg->enhanced)
		return true;
	if (command->keys.count && !command->echo.present)
		return false;
	return !command->echo.present || command->echo.bits == c->cfg->enhanced_capability;
}

/* Without a new AKA two changes would repeat COUNTs: one from enhanced or mapped keys to CK and IK, and one with a
 * START below COUNTs that were used with the domain's keys since START was sent (TS 33.102 6.4.8). See
 * patches/25331-text.md, 8.1.12.4c. */
static bool count_comes_again(const struct ue *c, const struct iuplus_rrc_security_mode_command *command,
			      const struct ran_keys *keys, bool fresh)
{
	const struct ue_config *now = &c->ue->now;

	if (fresh || !now->integrity.started)
		return false;
	if (now->keys.domain != command->domain)
		return now->sent_start[command->domain] < c->ue->start[command->domain];
	return now->keys.kind != IUPLUS_KEYS_LEGACY && keys->kind == IUPLUS_KEYS_LEGACY;
}

static void complete(struct ue *c, const struct iuplus_rrc_security_mode_command *command, uint32_t start,
		     enum iuplus_proc_step step)
{
	struct ue_config *now = &c->ue->now;
	struct iuplus_rrc_security_mode_complete *to;
	struct iuplus_proc_cipher *cipher;
	struct iuplus_rrc_msg msg;
	size_t len;
	uint16_t activation[IUPLUS_PROC_RBS] = { 0 };
	unsigned i;
	uint8_t rb;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = IUPLUS_RRC_SECURITY_MODE_COMPLETE;
	to = &msg.u.security_mode_complete;
	to->transaction = command->transaction;
	if (command->integrity.modify)
		ran_activation(&now->integrity, true, &to->ul_activation);
	if (command->ciphering.present) {
		/* This message is still sent under the old configuration; RB2's activation time is right after it. */
		to->rb_ul.count = 4;
		for (rb = 1; rb < IUPLUS_PROC_RBS; rb++) {
			activation[rb] = ran_tx_sn(&c->p, rb);
			to->rb_ul.list[rb - 1].rb = rb;
			to->rb_ul.list[rb - 1].sn = activation[rb];
		}
		if (!ran_rrc_length(&c->p, &now->integrity, &msg, &len)) {
			activation[2] = ran_sn_after(&c->p, 2, len);
			to->rb_ul.list[1].sn = activation[2];
		}
	}
	ue_send(c, 2, &msg, step);
	for (rb = 1; command->ciphering.present && rb < IUPLUS_PROC_RBS; rb++) {
		uint32_t hfn = ran_hfn(rb, start);

		cipher = ran_cipher_act(&c->p, &now->keys, rb, true, hfn);
		cipher->activation_sn = activation[rb];
		cipher = ran_cipher_act(&c->p, &now->keys, rb, false, hfn);
		cipher->now = true;
		for (i = 0; i < command->ciphering.rb_dl.count; i++)
			if (command->ciphering.rb_dl.list[i].rb == rb) {
				cipher->activation_sn = command->ciphering.rb_dl.list[i].sn;
				cipher->now = false;
			}
	}
}

/* 8.1.12.4: a verified command is rejected, and the present configuration continues. */
static void refuse(struct ue *c, const struct change *change, enum iuplus_rrc_failure cause, const char *why)
{
	struct iuplus_rrc_count *rb2 = &c->ue->now.integrity.dl[2];

	proc_failure(&c->p, "SecurityModeCommand rejected: %s; keeping the current keys", why);
	ue_send_failure(c, IUPLUS_RRC_SECURITY_MODE_FAILURE, change->command->transaction, cause);
	if (!change->command->integrity.present) {
		*rb2 = change->integrity.dl[2]; /* verified under the present configuration */
	} else if (rb2->used) {
		/* The command used the next COUNT-I, under an HFN that is not taken: only higher ones are accepted. */
		rb2->sn = (rb2->sn + 1u) & 15u;
		rb2->hfn = (rb2->hfn + !rb2->sn) & 0xfffffff;
	}
}

/* The command does not fit the present configuration, so that only this one can verify it. Unverified it is
 * discarded: nothing is answered from its contents (8.5.10.1). Before integrity protection runs, nothing can verify
 * it. See patches/25331-text.md, 8.1.12.4c and 8.6.3.5. */
static void invalid(struct ue *c, const struct iuplus_rrc_security_mode_command *command, const char *why)
{
	if (!c->ue->now.integrity.started) {
		proc_failure(&c->p, "SecurityModeCommand discarded: %s, so that it cannot be verified", why);
		return;
	}
	if (!ue_verify(c, c->rrc))
		return;
	proc_failure(&c->p, "SecurityModeCommand rejected: %s; keeping the current keys", why);
	ue_send_failure(c, IUPLUS_RRC_SECURITY_MODE_FAILURE, command->transaction,
			IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION);
}

static void take(struct ue *c, const struct change *change)
{
	const struct iuplus_rrc_security_mode_command *command = change->command;
	const struct ran_keys *keys = &change->keys;
	struct iuplus_ue_rrc *ue = c->ue;
	struct ue_aka *aka = &ue->aka[command->domain];
	bool steps = keys->kind == IUPLUS_KEYS_ENHANCED && ue->relocated;

	if (keys->kind == IUPLUS_KEYS_ENHANCED) {
		if (keys->has_k_rnc)
			proc_note(&c->p, steps ? IUPLUS_STEP_UE_DERIVED : IUPLUS_STEP_NONE,
				  "K_RNC derived from CK and IK");
		proc_note(&c->p, steps ? IUPLUS_STEP_UE_SECURED : IUPLUS_STEP_NONE,
			  "IK_U and CK_U derived, SecurityModeCommand verified with IK_U");
	}
	/* The SRBs leave their present keys: START keeps the counts that were used with this vector. */
	if (ue->now.integrity.started)
		ue->start[ue->now.keys.domain] = ue_start(c, ue->now.keys.domain);
	if (ue->now.keys.kind != IUPLUS_KEYS_NONE && ue->now.keys.domain != command->domain)
		ue->now.other = ue->now.keys;
	else if (ue->now.other.domain == command->domain)
		iuplus_security_wipe(&ue->now.other, sizeof(ue->now.other));
	if (aka->has_next) {
		memcpy(aka->ck, aka->next_ck, sizeof(aka->ck));
		memcpy(aka->ik, aka->next_ik, sizeof(aka->ik));
		memcpy(aka->rand, aka->next_rand, sizeof(aka->rand));
		aka->verified = aka->next_verified;
		iuplus_security_wipe(aka->next_ck, sizeof(aka->next_ck));
		iuplus_security_wipe(aka->next_ik, sizeof(aka->next_ik));
		memset(&aka->next_verified, 0, sizeof(aka->next_verified));
		aka->has_keys = true;
		aka->has_next = false;
		/* START belongs to the keys of an AKA: patches/25331-text.md, 8.1.12.3.1. */
		ue->start[command->domain] = 0;
	}
	ran_former_keep(&c->p, &ue->now.former, &ue->now.integrity, false, &command->integrity.activation);
	ue->now.integrity = change->integrity;
	ue->now.keys = *keys;
	if (steps)
		proc_note(&c->p, IUPLUS_STEP_UE_ACCEPTED, "SecurityModeComplete protected with IK_U");
	complete(c, command, change->start, steps ? IUPLUS_STEP_UE_ACCEPTED : IUPLUS_STEP_NONE);
	ran_keys_act(&c->p, &ue->now.keys, &ue->now.integrity);
	proc_act(&c->p, IUPLUS_ACT_NAS_SECURED)->domain = command->domain;
	proc_done(&c->p, "SecurityModeControl");
}

/* A command that was already received is a repetition: RLC delivers a message once, so somebody sent it again. */
static bool repeated(const struct ue *c)
{
	struct iuplus_rrc_integrity trial = c->ue->now.integrity;
	int rc = IUPLUS_OK;

	if (trial.started)
		rc = iuplus_rrc_integrity_verify(&trial, false, 2, c->event->pdu.data, c->event->pdu.len, NULL);
	iuplus_rrc_integrity_wipe(&trial);
	return rc == IUPLUS_ERR_REPLAY;
}

/* The command's MAC-I, under the configuration that it describes. False: it was reported and must be discarded. See
 * patches/25331-text.md, 8.5.10.1. */
static bool verified(struct ue *c, struct change *change)
{
	struct iuplus_rrc_mac_check check = { .uia = 0 };
	char why[IUPLUS_RRC_MAC_CHECK_TEXT];
	int rc = iuplus_rrc_integrity_verify(&change->integrity, false, 2, c->event->pdu.data, c->event->pdu.len,
					     &check);

	if (!rc)
		return true;
	proc_memory(&c->p, rc);
	ran_explain(&c->p, proc_failure(&c->p, "SecurityModeCommand discarded: %s", ran_why(rc, &check, why)), &check,
		    &change->keys, &change->integrity);
	return false;
}

/* Whether this UE accepts the kind of keys (policy of its configuration). An RNC+ always echoes the capability that
 * it received: without an echo the RNC is a legacy one. */
static bool policy_permits(struct ue *c, const struct change *change)
{
	bool rnc_plus = change->command->echo.present;

	if (!c->cfg->enhanced || change->keys.kind == IUPLUS_KEYS_ENHANCED)
		return true;
	if (c->cfg->policy == IUPLUS_UE_REQUIRE_EVERYWHERE || (c->cfg->policy == IUPLUS_UE_REQUIRE && rnc_plus))
		return false;
	if (rnc_plus)
		proc_note(&c->p, IUPLUS_STEP_NONE,
			  "Security Mode Command: legacy keys of the %s domain, although this UE and the RNC know the "
			  "hierarchy",
			  ran_domain_name(change->command->domain));
	return true;
}

/* The command is verified. See patches/25331-text.md, 8.1.12.3. */
static void obey(struct ue *c, const struct change *change)
{
	if (change->keys.kind == IUPLUS_KEYS_ENHANCED) /* also if it is rejected now: it cannot succeed later */
		ue_keys_verified(c, change->command->domain, change->fresh, &change->keys.index);
	if (!echo_is_right(c, change->command))
		ue_leave(c, "SecurityModeCommand: the network received another capability than this UE's; the "
			    "connection is released");
	else if (!policy_permits(c, change))
		ue_leave(c, "SecurityModeCommand: legacy keys are not accepted (enhanced-security); the connection is "
			    "released");
	else if (!c->ue->signalling[change->command->domain])
		refuse(c, change, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION,
		       "its domain has no signalling connection (8.1.12.4c)");
	else if (count_comes_again(c, change->command, &change->keys, change->fresh))
		refuse(c, change, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION,
		       "without a new authentication a COUNT would be repeated");
	else if (!ue_has_algorithms(c->cfg, &change->keys))
		refuse(c, change, IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED, "algorithm not supported");
	else
		take(c, change);
}

void ue_security_mode_command(struct ue *c)
{
	const struct iuplus_rrc_security_mode_command *command = &c->rrc->u.security_mode_command;
	struct change change = { .command = command };
	int rc;

	if (c->event->rb != 2 || command->domain > IUPLUS_DOMAIN_PS) {
		proc_failure(&c->p, "SecurityModeCommand on RB%u discarded", c->event->rb);
		return;
	}
	if (repeated(c)) {
		proc_failure(&c->p, "SecurityModeCommand discarded: %s", iuplus_strrc(IUPLUS_ERR_REPLAY));
		return;
	}
	change.fresh = c->ue->aka[command->domain].has_next;
	rc = ue_keys_of_command(c, command, &change.keys);
	if (rc == IUPLUS_ERR_STATE) {
		invalid(c, command, "no CK and IK");
	} else if (rc) {
		proc_memory(&c->p, rc);
		proc_failure(&c->p, "SecurityModeCommand discarded: no keys for it (%s)", iuplus_strrc(rc));
	} else {
		rc = configure(c, &change);
		if (rc)
			invalid(c, command, "invalid integrity protection mode");
		else if (verified(c, &change))
			obey(c, &change);
	}
	iuplus_security_wipe(&change, sizeof(change));
}
