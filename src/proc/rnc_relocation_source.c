/* SPDX-License-Identifier: BSD-2-Clause */
/* The source of a relocation: Relocation Preparation (TS 25.413 8.6), Relocation Cancel (8.10), and the steps after the
 * command; FIG. 9's steps 900, 901, 905, 906 and 910. The source keeps the UE's configuration until the core releases
 * the connection, so that it can serve a UE that returns. */
#include "src/proc/rnc_ue.h"

#include <string.h>

/* The number of NAS messages that the source may still send after it has sent the counts: the target begins so many
 * sequence numbers later (TS 25.331 14.12.4.2 allows it). RB2 and RB1 stay silent. */
#define AHEAD 8

/* Whether the target may begin that much later on rb: not if the UE has received nothing on it since it came by a
 * relocation, or since its keys changed. The source before may have skipped numbers, too, and the UE notices neither a
 * whole round of 16 nor, with new keys, that the SN wrapped. */
static bool may_skip(const struct iuplus_rnc_ue *ue, unsigned rb)
{
	const struct iuplus_rrc_count *now = &ue->integrity.dl[rb], *then = &ue->unheard[rb];

	return !then->used || now->sn != then->sn || now->hfn != then->hfn;
}

static void ahead(struct iuplus_rrc_count *count)
{
	unsigned sn = (count->used ? count->sn : 0) + AHEAD;

	count->used = true;
	count->hfn = (count->hfn + (sn >> 4)) & 0xfffffff;
	count->sn = sn & 15;
}

/* During the preparation: sends as many as the counts allow, the rest waits. */
void rnc_direct_transfer_preparing(struct rnc *c)
{
	if (c->ue->ahead && (c->ue->skips & 1u << rnc_nas_bearer(&c->ranap->u.direct_transfer))) {
		c->ue->ahead--;
		rnc_direct_transfer(c);
	} else {
		rnc_direct_transfer_later(c);
	}
}

/* patches/25331-text.md, 14.12.4.2 */
static void add_next_key(struct iuplus_rrc_srns_info *info, const struct ran_keys *keys)
{
	struct iuplus_rrc_next_key *to = &info->next_key[info->next_keys++];
	const struct iuplus_ranap_enhanced_keys *from = &keys->next.keys;

	to->domain = keys->domain;
	to->index = keys->next.index;
	to->has_k_rnc = from->has_k_rnc;
	memcpy(to->k_rnc, from->k_rnc, sizeof(to->k_rnc));
	memcpy(to->ik_u, from->ik_u, sizeof(to->ik_u));
	to->has_ck_u = from->has_ck_u;
	memcpy(to->ck_u, from->ck_u, sizeof(to->ck_u));
}

static int srns_info(struct rnc *c, struct iuplus_octets *out)
{
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_rrc_srns_info info;
	struct iuplus_rrc_error error;
	struct iuplus_rrc_cn_information cn;
	uint8_t octets[RNC_NAS_INFO];
	unsigned rb, domain;
	int rc;

	memset(&info, 0, sizeof(info));
	memset(&error, 0, sizeof(error));
	info.state = IUPLUS_RRC_CELL_DCH;
	info.procedure = 5; /* awaiting Physical Channel Reconfiguration Complete */
	info.latest_domain = ue->keys.domain;
	if (ue->keys.ciphering) {
		info.ciphering_started[ue->keys.domain] = true;
		info.ciphered_rbs = 4;
		for (rb = 1; rb < IUPLUS_PROC_RBS; rb++) {
			info.rb_hfn[rb - 1].dl_hfn = ran_tx_hfn(&c->p, rb);
			info.rb_hfn[rb - 1].ul_hfn = ran_rx_hfn(&c->p, rb);
			info.rb_hfn[rb - 1].bits = rb == 1 ? 25 : 20;
		}
		info.dl_um_sn = (uint8_t)(ran_tx_sn(&c->p, 1) % ran_sn_modulus(1));
	}
	for (domain = 0; domain < 2; domain++) {
		if (ue->iu[domain].state != RNC_IU_UP)
			continue;
		info.start[info.starts].domain = domain;
		info.start[info.starts++].start = ue->start[domain];
	}
	info.integrity_started = ue->integrity.started;
	if (ue->integrity.started) {
		iuplus_rrc_integrity_export(&ue->integrity, &info);
		for (rb = 3; rb <= 4; rb++)
			if (may_skip(ue, rb))
				ahead(&info.dl[rb]);
	}
	info.u_rnti = ue->u_rnti;
	info.security = ue->capability;
	rnc_cn_information(&cn, ue->area.lac, ue->area.rac, octets);
	info.common_nas_info = cn.common_nas_info;
	info.domains = info.starts;
	for (domain = 0; domain < info.starts; domain++)
		info.domain[domain] = cn.domain[info.start[domain].domain];
	info.ho_rb = 2;
	if (c->cfg->enhanced && ue->enhanced.present) {
		info.enhanced = ue->enhanced;
		if (ue->keys.kind == IUPLUS_KEYS_ENHANCED && ue->keys.has_next)
			add_next_key(&info, &ue->keys);
	}
	rc = iuplus_rrc_srns_info_encode(&info, c->p.flags, c->p.env->arena, out, &error);
	iuplus_security_wipe(&info, sizeof(info));
	if (rc)
		proc_failure(&c->p, "SRNS relocation info cannot be encoded: %s at %s", iuplus_strrc(rc), error.path);
	return proc_memory(&c->p, rc);
}

/* keys: what every target can use ([0120]); an enhanced source gives the mapped pair of its keys. 8.7.4: an algorithm
 * goes with its key. See patches/25413-text.md, 8.6.2. */
static void fill_container(struct rnc *c, const struct iuplus_rnc_target *target, struct iuplus_octets rrc,
			   const struct ran_keys *keys, struct iuplus_ranap_source_to_target *container)
{
	const struct iuplus_rnc_ue *ue = c->ue;
	unsigned conn;

	container->has_cs_algorithm = ue->iu[IUPLUS_DOMAIN_CS].has_uea;
	container->cs_algorithm = ue->iu[IUPLUS_DOMAIN_CS].uea;
	container->has_ps_algorithm = ue->iu[IUPLUS_DOMAIN_PS].has_uea;
	container->ps_algorithm = ue->iu[IUPLUS_DOMAIN_PS].uea;
	container->rrc_container = rrc;
	for (conn = 0; conn < 2; conn++)
		if (ue->iu[conn].state == RNC_IU_UP)
			container->iu_instances++;
	container->ue_involved = true;
	if (ue->integrity.started) {
		container->has_ik = container->has_integrity_algorithm = true;
		container->integrity_algorithm = ue->keys.uia;
		memcpy(container->ik, keys->ik, sizeof(container->ik));
	}
	if (ue->integrity.started && ue->keys.ciphering) {
		container->has_ck = container->has_encryption_algorithm = true;
		container->encryption_algorithm = ue->keys.uea;
		memcpy(container->ck, keys->ck, sizeof(container->ck));
	}
	container->has_target_cell = true;
	container->target_cell = (uint32_t)target->rnc_id << 16 | target->cell_id;
	if (c->cfg->enhanced && ue->enhanced.present) {
		container->has_ue_capability = true;
		container->ue_capability = ue->enhanced.bits;
	}
}

/* Steps 900 and 901. */
void rnc_relocate(struct rnc *c)
{
	const struct iuplus_rnc_target *target = &c->event->target;
	struct iuplus_ranap_relocation_required *required;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_octets rrc;
	struct iuplus_ranap_msg msg;
	struct ran_keys keys;
	bool asked = false;
	unsigned conn, rb;

	if (target->rnc_id > 4095 || target->rnc_id == c->cfg->rnc_id || target->type != IUPLUS_RNC_UE_INVOLVED ||
	    target->path != IUPLUS_RNC_PATH_CORE) {
		c->p.rc = IUPLUS_ERR_ARGUMENT;
		return;
	}
	if (ue->iu[0].state == RNC_IU_CONNECTING || ue->iu[1].state == RNC_IU_CONNECTING || ue->release_asked ||
	    (ue->iu[0].state != RNC_IU_UP && ue->iu[1].state != RNC_IU_UP)) {
		c->p.rc = IUPLUS_ERR_STATE;
		return;
	}
	if (srns_info(c, &rrc))
		return;
	keys = ue->keys;
	if (proc_memory(&c->p, ran_keys_map(&keys)))
		return;
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_REQUIRED;
	required = &msg.u.relocation_required;
	required->ue_involved = true;
	required->cause = IUPLUS_RANAP_CAUSE_RELOCATION_DESIRABLE;
	memcpy(required->source_rnc.plmn, c->cfg->plmn, sizeof(required->source_rnc.plmn));
	required->source_rnc.rnc_id = c->cfg->rnc_id;
	required->target_is_rnc = true;
	memcpy(required->target.lai.plmn, c->cfg->plmn, sizeof(required->target.lai.plmn));
	required->target.lai.lac = target->lac;
	required->target.rac = target->rac;
	required->target.rnc_id = target->rnc_id;
	required->has_container = true;
	fill_container(c, target, rrc, &keys, &required->container);
	iuplus_security_wipe(&keys, sizeof(keys));
	proc_note(&c->p, IUPLUS_STEP_DECIDED, "relocation to RNC %u decided", target->rnc_id);
	for (conn = 0; conn < 2; conn++) {
		if (ue->iu[conn].state != RNC_IU_UP)
			continue;
		required->target.has_rac = conn == IUPLUS_DOMAIN_PS;
		if (rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_REQUIRED))
			break;
		ue->iu[conn].relocation = RNC_IU_ASKED;
		asked = true;
	}
	iuplus_security_wipe(&msg, sizeof(msg));
	if (!asked)
		return;
	iuplus_security_wipe(&ue->keys.next, sizeof(ue->keys.next)); /* spent, whatever becomes of the relocation */
	ue->keys.has_next = false;
	ue->ahead = AHEAD;
	for (rb = 3, ue->skips = 0; rb < IUPLUS_PROC_RBS; rb++)
		if (!ue->integrity.started || may_skip(ue, rb))
			ue->skips |= (uint8_t)(1u << rb);
	rnc_set_state(c, IUPLUS_RNC_PREPARING);
}

static bool any(const struct iuplus_rnc_ue *ue, enum rnc_iu_relocation relocation)
{
	return ue->iu[0].relocation == relocation || ue->iu[1].relocation == relocation;
}

/* 8.10: cancels on every connection on which the relocation was requested. */
static void cancel(struct rnc *c, uint16_t cause)
{
	struct iuplus_rnc_ue *ue = c->ue;
	unsigned conn;

	for (conn = 0; conn < 2; conn++)
		if (ue->iu[conn].relocation != RNC_IU_STAYS)
			rnc_send_cause(c, conn, IUPLUS_RANAP_RELOCATION_CANCEL, cause);
	rnc_set_state(c, IUPLUS_RNC_CANCELLING);
}

/* The UE stays here: normal service continues. */
static void stay(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;

	ue->iu[0].relocation = ue->iu[1].relocation = RNC_IU_STAYS;
	rnc_set_state(c, IUPLUS_RNC_CONNECTED);
	rnc_release_owed(c);
}

/* The keys with which the target protected the message, as far as this RNC can determine. */
static enum iuplus_key_kind protected_by(struct rnc *c, struct iuplus_octets pdu, const char **name)
{
	const struct ran_keys *own = &c->ue->keys;
	struct iuplus_rrc_msg msg;
	struct iuplus_rrc_error error;

	*name = "DL-DCCH-Message";
	if (iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, pdu, c->p.flags, c->p.env->arena, &msg, &error))
		return IUPLUS_KEYS_NONE;
	*name = iuplus_rrc_asn1_name(msg.type);
	if (!msg.integrity_check.present)
		return IUPLUS_KEYS_NONE;
	if ((msg.type == IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION ||
	     msg.type == IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION) &&
	    msg.u.reconfiguration.keys.count)
		return IUPLUS_KEYS_ENHANCED;
	return own->kind == IUPLUS_KEYS_ENHANCED && own->legacy_target_keys == IUPLUS_SECURITY_TARGET_MAPPED ?
		       IUPLUS_KEYS_MAPPED :
		       IUPLUS_KEYS_LEGACY;
}

/* Step 905 has arrived, 906 follows once every core network node has agreed. */
void rnc_relocation_command(struct rnc *c)
{
	const struct iuplus_ranap_relocation_command *command = &c->ranap->u.relocation_command;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_rrc_to_source to_source;
	struct iuplus_rrc_error error;
	enum iuplus_key_kind kind;
	const char *name;
	int rc;

	if (ue->iu[c->event->conn].relocation != RNC_IU_ASKED) {
		proc_failure(&c->p, "RelocationCommand that was not requested");
		return;
	}
	ue->iu[c->event->conn].relocation = RNC_IU_COMMANDED;
	if (any(ue, RNC_IU_ASKED))
		return;
	memset(&error, 0, sizeof(error));
	rc = IUPLUS_ERR_MISSING;
	if (command->has_container)
		rc = proc_memory(&c->p, iuplus_rrc_to_source_decode(command->container.rrc_container, c->p.env->arena,
								    &to_source, &error));
	if (rc || to_source.failure || !to_source.dl_dcch.len) {
		proc_failure(&c->p, "RelocationCommand without a message for the UE: %s",
			     rc ? iuplus_strrc(rc) : "failure of the target");
		cancel(c, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR);
		return;
	}
	kind = protected_by(c, to_source.dl_dcch, &name);
	ran_rrc_act(&c->p, 2, to_source.dl_dcch, name, kind, IUPLUS_STEP_UE_TOLD);
	/* The target used RB2's next number for this message: if the UE returns, our numbers continue after it. */
	if (ue->integrity.started)
		ran_count_used(&ue->integrity.dl[2], ran_next_sn(&ue->integrity.dl[2], false));
	rnc_set_state(c, IUPLUS_RNC_RELOCATING);
}

/* 8.6.3 */
void rnc_relocation_preparation_failure(struct rnc *c)
{
	uint16_t cause = c->ranap->u.relocation_preparation_failure.cause;
	struct iuplus_rnc_ue *ue = c->ue;

	proc_failure(&c->p, "relocation refused: %s", iuplus_ranap_cause_name(cause));
	ue->iu[c->event->conn].relocation = RNC_IU_STAYS;
	if (any(ue, RNC_IU_ASKED) || any(ue, RNC_IU_COMMANDED)) {
		cancel(c, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
		return;
	}
	stay(c);
}

/* 8.6.3: TRELOCprep's expiry is answered by a cancellation. */
void rnc_trelocprep_expired(struct rnc *c)
{
	proc_failure(&c->p, "TRELOCprep expired");
	cancel(c, IUPLUS_RANAP_CAUSE_TRELOCPREP_EXPIRY);
}

void rnc_relocation_cancel(struct rnc *c)
{
	cancel(c, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
}

void rnc_relocation_cancel_acknowledge(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;

	ue->iu[c->event->conn].relocation = RNC_IU_STAYS;
	if (any(ue, RNC_IU_ASKED) || any(ue, RNC_IU_COMMANDED))
		return;
	stay(c);
	proc_done(&c->p, "RelocationCancel");
}

/* T_release guards a cancellation or a release. */
void rnc_t_release_expired(struct rnc *c)
{
	if (c->ue->state != IUPLUS_RNC_CANCELLING) {
		rnc_release_expired(c);
		return;
	}
	proc_failure(&c->p, "RelocationCancel was not answered: service continues");
	stay(c);
}

/* The UE could not follow the command and returned (TS 25.331 8.2.2.7, TS 25.413 8.10). */
void rnc_reconfiguration_failure(struct rnc *c)
{
	proc_failure(&c->p, "the UE returned from the target: failure cause %d", (int)c->rrc->u.failure.failure.cause);
	cancel(c, IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE);
}

/* 8.5.3: the core did not release the connection in time; the UE is unreachable. */
void rnc_trelocoverall_expired(struct rnc *c)
{
	proc_failure(&c->p, "TRELOCoverall expired");
	rnc_ask_release(c, IUPLUS_RANAP_CAUSE_TRELOCOVERALL_EXPIRY);
}

/* After one of two connections ended: if the other has no relocation, normal service continues. A preparation of the
 * other is cancelled: the container names more connections than there are. */
static void settle(struct rnc *c)
{
	enum iuplus_rnc_state state = c->ue->state;

	if (state != IUPLUS_RNC_PREPARING && state != IUPLUS_RNC_CANCELLING)
		return;
	if (!any(c->ue, RNC_IU_ASKED) && !any(c->ue, RNC_IU_COMMANDED))
		stay(c);
	else if (state == IUPLUS_RNC_PREPARING)
		cancel(c, IUPLUS_RANAP_CAUSE_INTERACTION_WITH_OTHER_PROCEDURE);
}

/* Step 910 (TS 25.413 8.5): the target serves the UE now; the source sends no RRC Connection Release. */
void rnc_source_release_command(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;

	if (c->ranap->u.iu_release_command.cause == IUPLUS_RANAP_CAUSE_SUCCESSFUL_RELOCATION) {
		ue->rrc = false;
		if (ue->iu[!c->event->conn].relocation == RNC_IU_STAYS)
			proc_done(&c->p, "Relocation");
	}
	ue->iu[c->event->conn].relocation = RNC_IU_STAYS;
	rnc_iu_release_command(c);
	settle(c);
}

/* The connection to the core ended during the relocation: its preparation is void. */
void rnc_source_iu_gone(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;

	ue->iu[c->event->conn].relocation = RNC_IU_STAYS;
	if (ue->state == IUPLUS_RNC_RELOCATING)
		ue->rrc = false; /* the UE was sent away already */
	rnc_iu_gone(c);
	settle(c);
}
