/* SPDX-License-Identifier: BSD-2-Clause */
/* Security mode control: TS 25.413 8.18 towards the core, TS 25.331 8.1.12 towards the UE; [0109], [0110], [0117] and
 * FIG. 9's steps 914, 915, 919. The configuration in use stays untouched until the UE has confirmed the new one. */
#include "src/proc/rnc_ue.h"

#include <string.h>

/* Only a key change after a relocation consists of the method's steps. */
static enum iuplus_proc_step step(const struct rnc *c, const struct ran_keys *keys, enum iuplus_proc_step step)
{
	return c->ue->relocated && keys->kind == IUPLUS_KEYS_ENHANCED ? step : IUPLUS_STEP_NONE;
}

static void reject(struct rnc *c, unsigned conn, uint16_t cause, const struct rnc_diagnostics *diagnostics)
{
	proc_failure(&c->p, "SecurityModeCommand refused: %s", iuplus_ranap_cause_name(cause));
	rnc_send_failure(c, conn, IUPLUS_RANAP_SECURITY_MODE_REJECT, cause, diagnostics);
}

/* What the core heard of the UE's capability, against what this RNC heard: less means that it was removed on the way.
 * And a command without the hierarchy, although UE and RNC support it. 0, or the cause of a refusal. See
 * patches/25413-text.md, 8.18.4. */
static uint16_t judge_capability(struct rnc *c, const struct iuplus_ranap_security_mode_command *command)
{
	uint8_t heard = c->ue->enhanced.present ? c->ue->enhanced.bits : 0;
	uint8_t said = command->has_ue_capability ? command->ue_capability : 0;
	bool legacy = (heard & IUPLUS_RRC_CAP_KEY_HIERARCHY) && !command->has_enhanced;

	if (!c->cfg->enhanced || (!(heard & ~said) && !legacy))
		return 0;
	if (c->cfg->policy == IUPLUS_ENHANCED_SECURITY_REQUIRE)
		proc_failure(&c->p,
			     "SecurityModeCommand: enhanced keys are required, UE capability %02x, the core says %02x",
			     heard, said);
	else
		proc_note(&c->p, IUPLUS_STEP_NONE, "SecurityModeCommand%s: UE capability %02x, the core says %02x",
			  legacy ? " without enhanced keys" : "", heard, said);
	return c->cfg->policy == IUPLUS_ENHANCED_SECURITY_REQUIRE ? IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY : 0;
}

/* Takes the keys from the core's message. 0, or the cause of a refusal. See patches/25413-text.md, 8.18.2 and 8.18.4.
 */
static uint16_t take_keys(struct rnc *c, const struct iuplus_ranap_security_mode_command *command,
			  struct ran_keys *keys, struct iuplus_rrc_enhanced_keys *told)
{
	const struct ran_keys *now = &c->ue->keys;

	memset(told, 0, sizeof(*told));
	if (!command->has_enhanced) {
		keys->kind = IUPLUS_KEYS_LEGACY;
		memcpy(keys->ik, command->integrity.key, sizeof(keys->ik));
		if (command->has_encryption)
			memcpy(keys->ck, command->encryption.key, sizeof(keys->ck));
		return 0;
	}
	if (!c->ue->enhanced.present)
		return IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY; /* the UE could not derive them */
	/* Of one vector every index is higher than the one before: the UE would discard the command. */
	if (command->enhanced.vector_used && now->kind == IUPLUS_KEYS_ENHANCED && now->domain == keys->domain &&
	    iuplus_security_key_index_compare(&command->enhanced.index, &now->index) <= 0)
		return IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR;
	return rnc_take_enhanced_security(c, &command->enhanced, keys, told);
}

static bool offers(const struct iuplus_ranap_protection *information, uint8_t algorithm)
{
	unsigned i;

	for (i = 0; i < information->count; i++)
		if (information->algorithms[i] == algorithm)
			return true;
	return false;
}

/* The algorithms in use are kept, whichever domain started them, and the command must offer them (TS 25.413 8.18.2,
 * 8.18.4). 0, or the cause of a refusal. */
static uint16_t keep_algorithms(const struct iuplus_rnc_ue *ue,
				const struct iuplus_ranap_security_mode_command *command, struct ran_keys *keys)
{
	keys->uia = ue->integrity.uia;
	keys->uea = ue->keys.ciphering ? ue->keys.uea : 0;
	if (!offers(&command->integrity, keys->uia))
		return IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY;
	if (command->has_encryption ? !offers(&command->encryption, keys->uea) : keys->uea != 0)
		return IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY;
	return 0;
}

/* 0, or the cause of a refusal. */
static uint16_t choose(struct rnc *c, const struct iuplus_ranap_security_mode_command *command, struct ran_keys *keys)
{
	int uia, uea = 0;

	if (c->ue->integrity.started)
		return keep_algorithms(c->ue, command, keys);
	uia = rnc_choose_uia(c->cfg, c->ue, command->integrity.algorithms, command->integrity.count);
	if (command->has_encryption)
		uea = rnc_choose_uea(c->cfg, c->ue, command->encryption.algorithms, command->encryption.count);
	if (uia < 0 || uea < 0)
		return IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED;
	keys->uia = (uint8_t)uia;
	keys->uea = (uint8_t)uea;
	return 0;
}

/* 8.18.4: keys that are in use on this connection already cannot come into use. */
static uint16_t judge_status(const struct rnc *c, const struct iuplus_ranap_security_mode_command *command)
{
	bool runs = c->ue->integrity.started && c->ue->iu[c->event->conn].secured;

	return runs && !command->key_new ? IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY : 0;
}

/* Whether COUNTs begin at 0: keys of a new AKA. Others, among them enhanced ones of a vector that was used, begin at
 * the START that the UE sent last, so that no COUNT is repeated. See patches/25413-text.md, 8.18.2;
 * patches/25331-text.md, 8.1.12.2.2. */
static bool begins_at_zero(const struct iuplus_ranap_security_mode_command *command)
{
	return command->has_enhanced ? !command->enhanced.vector_used : command->key_new;
}

/* TS 25.331 8.1.12.2: the activation times. RB2's is right after the message itself and depends on its length. The
 * message is therefore encoded twice; the length does not depend on the numbers. */
static int build(struct rnc *c, struct iuplus_rrc_msg *msg, struct iuplus_octets *pdu)
{
	struct iuplus_rrc_ciphering_mode *ciphering = &msg->u.security_mode_command.ciphering;
	uint16_t *activation = c->ue->pending.activation;
	uint8_t rb;
	size_t len;
	int rc;

	if (c->ue->pending.cipher) {
		ciphering->present = true;
		ciphering->uea = c->ue->pending.keys.uea;
		ciphering->rb_dl.count = 4;
		for (rb = 1; rb < IUPLUS_PROC_RBS; rb++) {
			activation[rb] = ran_tx_sn(&c->p, rb);
			ciphering->rb_dl.list[rb - 1].rb = rb;
			ciphering->rb_dl.list[rb - 1].sn = activation[rb];
		}
		rc = ran_rrc_length(&c->p, &c->ue->pending.integrity, msg, &len);
		if (rc)
			return rc;
		activation[2] = ran_sn_after(&c->p, 2, len);
		ciphering->rb_dl.list[1].sn = activation[2];
	}
	return ran_rrc_encode(&c->p, &c->ue->pending.integrity, false, 2, msg, pdu);
}

/* Security Mode Complete says from which PDU on the UE uses the new configuration, but it comes on RB2: a NAS message
 * that was sent after it may overtake it. See patches/25331-text.md, 8.1.12.5. */
static void hold_nas(struct rnc *c, bool hold)
{
	if (c->ue->pending.cipher)
		rnc_hold_nas(c, hold);
}

/* Step 913 has arrived; 914 and 915 follow. */
void rnc_security_mode_command(struct rnc *c)
{
	const struct iuplus_ranap_security_mode_command *command = &c->ranap->u.security_mode_command;
	struct iuplus_rrc_security_mode_command *to;
	struct iuplus_rnc_ue *ue = c->ue;
	struct ran_keys *keys = &ue->pending.keys;
	struct iuplus_rrc_enhanced_keys told;
	struct iuplus_rrc_integrity *integrity;
	struct iuplus_rrc_msg msg;
	struct iuplus_octets pdu;
	uint16_t cause;
	int rc;

	rnc_pending_wipe(ue);
	keys->domain = c->event->conn;
	rnc_diagnostics_keep(c, &ue->pending.diagnostics);
	ue->pending.offered = command->has_encryption;
	cause = judge_status(c, command);
	if (!cause)
		cause = judge_capability(c, command);
	if (!cause)
		cause = take_keys(c, command, keys, &told);
	if (!cause)
		cause = choose(c, command, keys);
	if (cause)
		goto refuse;
	if (keys->kind == IUPLUS_KEYS_ENHANCED)
		proc_note(&c->p, step(c, keys, IUPLUS_STEP_RNC_DERIVED),
			  command->enhanced.keys.has_k_rnc ? "IK_U and CK_U derived from K_RNC" :
							     "IK_U and CK_U stored");
	ue->pending.conn = c->event->conn;
	ue->pending.start = begins_at_zero(command) ? 0 : ue->start[c->event->conn];
	integrity = &ue->pending.integrity;
	*integrity = ue->integrity;
	ue->pending.changed = !ue->integrity.started || begins_at_zero(command) || ran_keys_differ(keys, &ue->keys);

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_DL_DCCH;
	msg.type = IUPLUS_RRC_SECURITY_MODE_COMMAND;
	to = &msg.u.security_mode_command;
	to->integrity.present = true;
	to->integrity.has_uia = true;
	to->integrity.uia = keys->uia;
	if (!ue->integrity.started) {
		to->integrity.fresh = ran_fresh(&c->p);
		rc = iuplus_rrc_integrity_start(integrity, keys->kind, keys->uia, keys->ik, to->integrity.fresh,
						ue->pending.start);
	} else {
		to->integrity.modify = true;
		if (ue->pending.changed) {
			rc = ran_modify(integrity, false, keys->kind, keys->uia, keys->ik, ue->pending.start);
		} else {
			rc = IUPLUS_OK; /* the same keys again: the COUNTs continue */
		}
		ran_activation(integrity, false, &to->integrity.activation);
	}
	if (rc) {
		cause = IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR;
		goto refuse;
	}
	keys->ciphering = keys->uea != 0;
	ue->pending.cipher = ue->pending.changed && (keys->ciphering || ue->keys.ciphering);
	ue->pending.transaction = rnc_transaction(c);
	to->transaction = ue->pending.transaction;
	to->security = ue->capability;
	to->domain = keys->domain;
	if (c->cfg->enhanced) {
		/* An RNC+ always echoes the capability that it received, even if it received none. The UE thereby
		 * notices if its capability was removed. */
		to->keys = told;
		to->echo.present = true;
		to->echo.bits = ue->enhanced.present ? ue->enhanced.bits : 0;
	}
	if (build(c, &msg, &pdu)) {
		cause = IUPLUS_RANAP_CAUSE_NO_RESOURCE;
		goto refuse;
	}
	ran_rrc_act(&c->p, 2, pdu, iuplus_rrc_asn1_name(msg.type), keys->kind, step(c, keys, IUPLUS_STEP_UE_COMMANDED));
	hold_nas(c, true);
	rnc_set_state(c, IUPLUS_RNC_SECURING);
	return;
refuse:
	reject(c, c->event->conn, cause, &ue->pending.diagnostics);
	rnc_pending_wipe(ue);
}

static void start_ciphering(struct rnc *c, const struct iuplus_rrc_security_mode_complete *complete)
{
	const struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_proc_cipher *cipher;
	unsigned i;
	uint8_t rb;

	for (rb = 1; rb < IUPLUS_PROC_RBS; rb++) {
		uint32_t hfn = ran_hfn(rb, ue->pending.start);

		cipher = ran_cipher_act(&c->p, &ue->keys, rb, false, hfn);
		cipher->activation_sn = ue->pending.activation[rb];
		cipher = ran_cipher_act(&c->p, &ue->keys, rb, true, hfn);
		cipher->now = true;
		for (i = 0; i < complete->rb_ul.count; i++)
			if (complete->rb_ul.list[i].rb == rb) {
				cipher->activation_sn = complete->rb_ul.list[i].sn;
				cipher->now = false;
			}
	}
}

static void end(struct rnc *c)
{
	rnc_pending_wipe(c->ue);
	rnc_set_state(c, IUPLUS_RNC_CONNECTED);
	rnc_release_owed(c);
}

/* The command did not bring its keys into use. Its number is used nevertheless (TS 25.331 8.1.12.4). See
 * patches/25413-text.md, 8.18.3. */
static void undo(struct rnc *c, uint16_t cause)
{
	struct iuplus_rnc_ue *ue = c->ue;

	if (ue->integrity.started)
		ran_count_used(&ue->integrity.dl[2], ue->pending.integrity.dl[2].sn);
	hold_nas(c, false);
	reject(c, ue->pending.conn, cause, &ue->pending.diagnostics);
}

/* The keys stay, and so do the numbers of messages that arrived while the command ran. */
static void keep_counts(const struct iuplus_rrc_integrity *now, struct iuplus_rrc_integrity *pending)
{
	unsigned rb;

	for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++)
		if (rb != 2)
			pending->ul[rb] = now->ul[rb];
}

/* TS 25.331 8.1.12.5. The dispatcher verified the message under the pending configuration (step 918 is complete). See
 * patches/25331-text.md, 8.1.12.5. */
void rnc_security_mode_complete(struct rnc *c)
{
	const struct iuplus_rrc_security_mode_complete *complete = &c->rrc->u.security_mode_complete;
	struct iuplus_ranap_security_mode_complete *to;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_ranap_msg msg;

	if (complete->transaction != ue->pending.transaction) {
		proc_failure(&c->p, "SecurityModeComplete of another transaction");
		return;
	}
	if (ue->pending.changed)
		ran_former_keep(&c->p, &ue->former, &ue->integrity, true, &complete->ul_activation);
	else
		keep_counts(&ue->integrity, &ue->pending.integrity);
	ue->integrity = ue->pending.integrity;
	if (ue->pending.changed)
		memcpy(ue->unheard, ue->integrity.dl, sizeof(ue->unheard));
	ue->keys = ue->pending.keys;
	ue->iu[ue->pending.conn].secured = true;
	ue->iu[ue->pending.conn].has_uea = ue->pending.offered;
	ue->iu[ue->pending.conn].uea = ue->keys.uea;
	if (ue->pending.cipher)
		start_ciphering(c, complete);
	ran_keys_act(&c->p, &ue->keys, &ue->integrity);
	if (step(c, &ue->keys, IUPLUS_STEP_SECURED))
		proc_note(&c->p, IUPLUS_STEP_SECURED, "SecurityModeComplete verified with IK_U");
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_SECURITY_MODE_COMPLETE;
	to = &msg.u.security_mode_complete;
	to->integrity_algorithm = ue->keys.uia;
	to->has_encryption_algorithm = ue->pending.offered; /* "no encryption" is a choice, too */
	to->encryption_algorithm = ue->keys.uea;
	to->has_diagnostics = rnc_diagnostics_kept(&ue->pending.diagnostics, &to->diagnostics);
	rnc_send_ranap(c, ue->pending.conn, &msg, step(c, &ue->keys, IUPLUS_STEP_SECURED));
	end(c);
}

/* No verified answer: nobody knows which keys the UE uses, so the connection is released. See patches/25413-text.md,
 * 8.4.2 and 8.18.3. */
static void unknown(struct rnc *c, uint16_t cause)
{
	undo(c, cause);
	rnc_pending_wipe(c->ue);
	rnc_ask_release(c, IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE);
}

/* 8.1.12.4: the old keys stay in use. Before the first keys the message is not protected: anybody may have sent it. */
void rnc_security_mode_failure(struct rnc *c)
{
	const struct iuplus_rrc_failure_message *failure = &c->rrc->u.failure;
	uint16_t cause = failure->failure.cause == IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED ?
				 IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED : /* TS 25.413 8.18.3 */
				 IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE;

	if (failure->has_transaction && failure->transaction != c->ue->pending.transaction) {
		proc_failure(&c->p, "SecurityModeFailure of another transaction");
		return;
	}
	proc_failure(&c->p, "the UE rejected SecurityModeCommand: failure cause %d", (int)failure->failure.cause);
	if (!c->ue->integrity.started) {
		unknown(c, cause);
		return;
	}
	undo(c, cause);
	end(c);
}

void rnc_t_security_expired(struct rnc *c)
{
	proc_failure(&c->p, "SecurityModeCommand was not answered");
	unknown(c, IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE);
}

/* TS 25.413 8.6.2: during the preparation of a relocation, which continues. */
void rnc_security_refused(struct rnc *c)
{
	reject(c, c->event->conn, IUPLUS_RANAP_CAUSE_RELOCATION_TRIGGERED, NULL);
}

void rnc_security_releasing(struct rnc *c)
{
	reject(c, c->event->conn, IUPLUS_RANAP_CAUSE_INTERACTION_WITH_OTHER_PROCEDURE, NULL);
}

/* The running procedure ends first: one of the other domain, whose algorithms this command then has to offer (TS 25.413
 * 8.18.2), or the cancellation of a relocation. */
void rnc_security_mode_later(struct rnc *c)
{
	if (c->ue->state == IUPLUS_RNC_SECURING && c->event->conn == c->ue->pending.conn) {
		rnc_logical_error(c);
		proc_failure(&c->p, "SecurityModeCommand while one of the same domain runs");
		return;
	}
	rnc_queue_ranap(c);
}
