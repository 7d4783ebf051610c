/* SPDX-License-Identifier: BSD-2-Clause */
/* The target of a relocation: Relocation Resource Allocation (TS 25.413 8.7), Detect (8.8), Complete (8.9); FIG. 9's
 * steps 902 to 904, 908 and 909, and FIG. 7's decisions 700 to 704 and 708 to 710: which keys the target uses with the
 * UE. */
#include "src/proc/rnc_ue.h"

#include <string.h>

/* The contents of Relocation Request. */
struct incoming {
	const struct iuplus_ranap_relocation_request *request;
	struct iuplus_rrc_srns_info info;
	struct ran_keys keys;
	struct iuplus_rrc_enhanced_keys told; /* with keys of the hierarchy */
};

/* 8.7.2, 8.7.4: intra-system, the keys in the container, and no others, start integrity protection and ciphering;
 * ciphering also needs Encryption Information, and starts only if the source ciphered. 0, or the cause of a refusal.
 * See patches/25413-text.md, 8.7.4. */
static uint16_t take_container_keys(struct rnc *c, struct incoming *in)
{
	const struct iuplus_ranap_source_to_target *container = &in->request->container;
	struct ran_keys *keys = &in->keys;

	if ((container->has_integrity_algorithm && !container->has_ik) ||
	    (container->has_encryption_algorithm && !container->has_ck))
		return IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY;
	if (!container->has_ik)
		return 0;
	keys->kind = IUPLUS_KEYS_LEGACY;
	memcpy(keys->ik, container->ik, sizeof(keys->ik));
	if (container->has_ck)
		memcpy(keys->ck, container->ck, sizeof(keys->ck));
	keys->ciphering =
		container->has_ck && in->request->has_encryption &&
		(in->info.ciphering_started[IUPLUS_DOMAIN_CS] || in->info.ciphering_started[IUPLUS_DOMAIN_PS]);
	(void)c;
	return 0;
}

/* The source's key for this relocation, or NULL. */
static const struct iuplus_rrc_next_key *next_key(const struct incoming *in)
{
	unsigned i;

	for (i = 0; i < in->info.next_keys; i++)
		if (in->info.next_key[i].domain == in->keys.domain)
			return &in->info.next_key[i];
	return NULL;
}

static uint16_t take_next_key(struct rnc *c, const struct iuplus_rrc_next_key *next, struct incoming *in)
{
	struct iuplus_ranap_enhanced_keys from = { .has_k_rnc = next->has_k_rnc, .has_ck_u = next->has_ck_u };
	struct ran_keys *keys = &in->keys;
	uint16_t cause;

	memcpy(from.k_rnc, next->k_rnc, sizeof(from.k_rnc));
	memcpy(from.ik_u, next->ik_u, sizeof(from.ik_u));
	memcpy(from.ck_u, next->ck_u, sizeof(from.ck_u));
	keys->index = next->index;
	/* FIG. 10 has no chain: its next keys have another counter and are derived from CK and IK. */
	keys->derivation = next->has_k_rnc || next->index.ncc ? IUPLUS_SECURITY_FROM_K_RNC : IUPLUS_SECURITY_FROM_CK_IK;
	keys->freshness = next->index.counter ? IUPLUS_SECURITY_FRESHNESS_COUNTER : IUPLUS_SECURITY_FRESHNESS_NONE;
	rnc_tell_keys(keys, NULL, &in->told);
	cause = rnc_take_enhanced_keys(c, &from, keys);
	iuplus_security_wipe(&from, sizeof(from));
	return cause;
}

/* FIG. 7, steps 700 to 703: the core's key for this relocation, else the source's, else the keys in the container. 0,
 * or the cause of a refusal. See patches/25413-text.md, 8.7.2. */
static uint16_t take_keys(struct rnc *c, struct incoming *in)
{
	const struct iuplus_rrc_next_key *next;
	struct ran_keys *keys = &in->keys;
	uint16_t cause;

	keys->domain = in->request->domain;
	cause = take_container_keys(c, in);
	if (cause || keys->kind == IUPLUS_KEYS_NONE)
		return cause;
	next = next_key(in);
	if (c->cfg->enhanced && c->ue->enhanced.present && in->request->has_enhanced)
		cause = rnc_take_enhanced_security(c, &in->request->enhanced, keys, &in->told);
	else if (c->cfg->enhanced && c->ue->enhanced.present && next)
		cause = take_next_key(c, next, in);
	if (cause)
		return cause;
	if (keys->kind == IUPLUS_KEYS_ENHANCED)
		proc_note(&c->p, IUPLUS_STEP_KEYS_STORED,
			  "IK_U and CK_U of index %u.%u from the %s stored (FIG. 7 step 702)",
			  (unsigned)keys->index.counter, keys->index.ncc,
			  in->request->has_enhanced ? "core network" : "source");
	else
		proc_note(&c->p, IUPLUS_STEP_KEYS_STORED, "legacy IK%s of the source stored",
			  in->request->container.has_ck ? " and CK" : "");
	return 0;
}

typedef int chooser(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		    unsigned count);

/* The first of the permitted algorithms, which the core lists in its order of preference (TS 25.413 8.7.2), that RNC
 * and UE support. Without a list: the source's, else the first one of this RNC. -1: none. */
static int choose_one(struct rnc *c, chooser *choose, const struct iuplus_ranap_protection *permitted,
		      const uint8_t *source, const uint8_t *own, unsigned own_count)
{
	int n = -1;

	if (permitted)
		return choose(c->cfg, c->ue, permitted->algorithms, permitted->count);
	if (source)
		n = choose(c->cfg, c->ue, source, 1);
	return n < 0 ? choose(c->cfg, c->ue, own, own_count) : n;
}

/* 0, or the cause of a refusal (8.7.3). */
static uint16_t choose(struct rnc *c, struct incoming *in)
{
	const struct iuplus_ranap_relocation_request *request = in->request;
	const struct iuplus_ranap_source_to_target *container = &request->container;
	const struct iuplus_security_algorithms *own = &c->cfg->algorithms;
	int n;

	if (in->keys.kind == IUPLUS_KEYS_NONE)
		return 0;
	n = choose_one(c, rnc_choose_uia, request->has_integrity ? &request->integrity : NULL,
		       container->has_integrity_algorithm ? &container->integrity_algorithm : NULL, own->uia,
		       own->uia_count);
	if (n < 0)
		return IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED;
	in->keys.uia = (uint8_t)n;
	if (!in->keys.ciphering)
		return 0;
	n = choose_one(c, rnc_choose_uea, request->has_encryption ? &request->encryption : NULL,
		       container->has_encryption_algorithm ? &container->encryption_algorithm : NULL, own->uea,
		       own->uea_count);
	if (n < 0)
		return IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED;
	in->keys.uea = (uint8_t)n;
	in->keys.ciphering = n != 0;
	return 0;
}

/* The area that the UE was told last, from the NAS system information of TS 24.008 10.5.1.12: common: LAC; PS: RAC and
 * the network's mode. A source that gives none has a UE of this area. */
static void read_area(struct rnc *c, const struct iuplus_rrc_srns_info *info)
{
	struct iuplus_rnc_ue *ue = c->ue;
	unsigned i;

	ue->area.lac = c->cfg->lac;
	ue->area.rac = c->cfg->rac;
	if (info->common_nas_info.len == 2)
		ue->area.lac = (uint16_t)(info->common_nas_info.data[0] << 8 | info->common_nas_info.data[1]);
	for (i = 0; i < info->domains && i < IUPLUS_RRC_MAX_DOMAINS; i++)
		if (info->domain[i].domain == IUPLUS_DOMAIN_PS && info->domain[i].nas_info.len)
			ue->area.rac = info->domain[i].nas_info.data[0];
}

/* What source and core say about the UE; more is not forgotten because one of them says less. See
 * patches/25413-text.md, 8.7.2. */
static void take_capability(struct rnc *c, const struct incoming *in)
{
	const struct iuplus_ranap_relocation_request *request = in->request;
	struct iuplus_rrc_enhanced_capability *to = &c->ue->enhanced;

	*to = in->info.enhanced;
	if (!to->present)
		to->bits = 0;
	if (request->container.has_ue_capability)
		to->bits |= request->container.ue_capability;
	if (request->has_ue_capability)
		to->bits |= request->ue_capability;
	to->present |= request->container.has_ue_capability || request->has_ue_capability;
	if (!c->cfg->enhanced)
		memset(to, 0, sizeof(*to));
}

static uint16_t read_request(struct rnc *c, struct incoming *in)
{
	const struct iuplus_ranap_source_to_target *container = &in->request->container;
	struct iuplus_rrc_error error;
	struct iuplus_rnc_ue *ue = c->ue;
	uint16_t cause;
	unsigned i;
	int rc;

	if (in->request->domain != c->event->conn)
		return IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR;
	if (!container->ue_involved || container->iu_instances != 1)
		return IUPLUS_RANAP_CAUSE_RELOCATION_NOT_SUPPORTED_IN_TARGET;
	if (container->has_target_cell && container->target_cell != ((uint32_t)c->cfg->rnc_id << 16 | c->cfg->cell_id))
		return IUPLUS_RANAP_CAUSE_NO_RADIO_RESOURCES_IN_TARGET;
	memset(&error, 0, sizeof(error));
	rc = iuplus_rrc_srns_info_decode(container->rrc_container, c->p.flags, c->p.env->arena, &in->info, &error);
	if (proc_memory(&c->p, rc)) {
		proc_failure(&c->p, "SRNS relocation info: %s at %s", iuplus_strrc(rc), error.path);
		return IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET;
	}
	ue->capability = in->info.security;
	take_capability(c, in);
	for (i = 0; i < in->info.starts && i < IUPLUS_RRC_MAX_DOMAINS; i++)
		if (in->info.start[i].domain <= IUPLUS_DOMAIN_PS)
			ue->start[in->info.start[i].domain] = in->info.start[i].start;
	read_area(c, &in->info);
	cause = take_keys(c, in);
	return cause ? cause : choose(c, in);
}

/* Whether the UE has to be told the ciphering algorithm: without the IE it goes on with the source's (TS 25.331
 * 8.6.3.4), also if this RNC does not cipher. See patches/25331-text.md, 8.6.3.4. */
static bool ciphering_changes(const struct rnc *c, const struct incoming *in)
{
	const struct iuplus_ranap_source_to_target *container = &in->request->container;
	bool before = in->info.ciphering_started[IUPLUS_DOMAIN_CS] || in->info.ciphering_started[IUPLUS_DOMAIN_PS];

	if (before != c->ue->keys.ciphering)
		return true;
	return before && (!container->has_encryption_algorithm || container->encryption_algorithm != c->ue->keys.uea);
}

/* The message for the UE: step 704 and FIG. 9's 906, protected here ([0123]). See patches/25331-text.md, 8.2.2.2. */
static int build_reconfiguration(struct rnc *c, const struct incoming *in, struct iuplus_octets *container)
{
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_rrc_reconfiguration *to;
	struct iuplus_rrc_to_source to_source;
	struct iuplus_rrc_msg msg;
	uint8_t octets[RNC_NAS_INFO];
	int rc;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_DL_DCCH;
	msg.type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION;
	to = &msg.u.reconfiguration;
	ue->reconfiguration = rnc_transaction(c);
	to->transaction = ue->reconfiguration;
	if (ue->integrity.started) {
		to->integrity.present = true;
		to->integrity.fresh = ue->integrity.fresh;
		to->integrity.has_uia = true;
		to->integrity.uia = ue->integrity.uia;
	}
	if (ciphering_changes(c, in)) {
		to->ciphering.present = true; /* no activation times: the bearers are re-established */
		to->ciphering.uea = ue->keys.ciphering ? ue->keys.uea : 0;
	}
	if (ue->area.lac != c->cfg->lac || ue->area.rac != c->cfg->rac)
		rnc_cn_information(&to->cn, c->cfg->lac, c->cfg->rac, octets);
	to->has_u_rnti = true;
	to->u_rnti = ue->u_rnti;
	to->dl_sync.present = true;
	to->state = IUPLUS_RRC_CELL_DCH;
	to->has_scrambling_code = true;
	to->scrambling_code = c->cfg->scrambling_code;
	if (c->cfg->enhanced) {
		to->network.present = true;
		to->network.bits = RNC_CAPABILITY;
		to->keys = in->told;
	}
	memset(&to_source, 0, sizeof(to_source));
	rc = ran_rrc_encode(&c->p, &ue->integrity, false, 2, &msg, &to_source.dl_dcch);
	if (!rc)
		rc = proc_memory(&c->p, iuplus_rrc_to_source_encode(&to_source, c->p.env->arena, container, NULL));
	return rc;
}

static void refuse(struct rnc *c, uint16_t cause)
{
	proc_failure(&c->p, "RelocationRequest refused: %s", iuplus_ranap_cause_name(cause));
	rnc_send_failure(c, c->event->conn, IUPLUS_RANAP_RELOCATION_FAILURE, cause, NULL);
	c->ue->iu[c->event->conn].state = RNC_IU_CLOSING;
	rnc_set_state(c, IUPLUS_RNC_RELEASING);
}

/* What security mode control achieved before the relocation, on this connection. */
static void take_security(struct iuplus_rnc_ue *ue, const struct incoming *in)
{
	const struct iuplus_ranap_source_to_target *container = &in->request->container;
	enum iuplus_domain domain = in->request->domain;

	ue->iu[domain].secured = true;
	ue->iu[domain].has_uea = domain == IUPLUS_DOMAIN_CS ? container->has_cs_algorithm : container->has_ps_algorithm;
	ue->iu[domain].uea = in->keys.uea;
}

/* From here on the UE is the target's: its identities and keys, and integrity protection where the source had it. */
static void adopt(struct rnc *c, const struct incoming *in)
{
	struct iuplus_rnc_ue *ue = c->ue;

	ue->keys = in->keys;
	ue->has_imsi = in->request->has_imsi;
	ue->imsi = in->request->imsi;
	ue->u_rnti.srnc = c->cfg->rnc_id;
	ue->u_rnti.s_rnti = ue->id & 0xfffff;
	if (ue->keys.kind == IUPLUS_KEYS_NONE)
		return;
	take_security(ue, in);
	/* COUNT-I continues from the source's, with a FRESH of this RNC (TS 25.331 8.6.3.5.2). */
	iuplus_rrc_integrity_start(&ue->integrity, ue->keys.kind, ue->keys.uia, ue->keys.ik, ran_fresh(&c->p),
				   ue->start[ue->keys.domain] & 0xfffff);
	iuplus_rrc_integrity_import(&ue->integrity, &in->info);
	memcpy(ue->unheard, ue->integrity.dl, sizeof(ue->unheard));
}

static int acknowledge(struct rnc *c, const struct incoming *in, struct iuplus_octets container)
{
	struct iuplus_ranap_relocation_request_acknowledge *ack;
	const struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE;
	ack = &msg.u.relocation_request_acknowledge;
	ack->has_container = true;
	ack->container.rrc_container = container;
	/* 8.7.2: each if and only if its key was in the container; "no encryption" is a choice, too */
	ack->has_integrity_algorithm = in->request->container.has_ik;
	ack->integrity_algorithm = ue->keys.uia;
	ack->has_encryption_algorithm = in->request->container.has_ck;
	ack->encryption_algorithm = ue->keys.ciphering ? ue->keys.uea : 0;
	ack->has_key_in_use = rnc_key_in_use(c, &ack->key_in_use);
	ack->has_diagnostics = rnc_report(c, &ack->diagnostics);
	if (c->cfg->enhanced) {
		ack->has_network_capability = true;
		ack->network_capability = RNC_CAPABILITY;
		ack->container.has_network_capability = true;
		ack->container.network_capability = RNC_CAPABILITY;
	}
	return rnc_send_ranap(c, c->event->conn, &msg, IUPLUS_STEP_RESOURCES_ALLOCATED);
}

/* Step 902 has arrived, 903 and 904 follow. */
void rnc_relocation_request(struct rnc *c)
{
	static const char *const names[] = { [IUPLUS_KEYS_NONE] = "nothing",
					     [IUPLUS_KEYS_LEGACY] = "the IK of the container",
					     [IUPLUS_KEYS_ENHANCED] = "IK_U",
					     [IUPLUS_KEYS_MAPPED] = "the mapped IK" };
	_Static_assert(sizeof(names) / sizeof(names[0]) == IUPLUS_KEYS_COUNT, "every kind of keys has its entry");
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_octets container;
	struct incoming in;
	uint16_t cause;

	memset(&in, 0, sizeof(in));
	in.request = &c->ranap->u.relocation_request;
	ue->iu[c->event->conn].state = RNC_IU_UP;
	ue->iu[c->event->conn].sig_con_id = in.request->iu_sig_con_id;
	cause = read_request(c, &in);
	if (cause)
		goto refuse;
	adopt(c, &in);
	cause = IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET;
	if (build_reconfiguration(c, &in, &container))
		goto refuse;
	proc_note(&c->p, IUPLUS_STEP_RESOURCES_ALLOCATED, "resources allocated, message for the UE protected with %s",
		  names[ue->keys.kind]);
	if (acknowledge(c, &in, container))
		goto refuse;
	ran_keys_act(&c->p, &ue->keys, &ue->integrity);
	/* RB2 receives the UE's answer (TS 25.331 8.2.2.3); the other bearers follow with the START in it. */
	ran_reestablish(&c->p, &ue->keys, 2,
			ran_relocated_hfn(ue->keys.ciphering && in.info.ciphered_rbs > 1, in.info.rb_hfn[1].dl_hfn,
					  in.info.rb_hfn[1].ul_hfn));
	/* Between bearers there is no order: NAS messages that the UE sends after its answer may overtake it. */
	rnc_hold_nas(c, true);
	iuplus_security_wipe(&in, sizeof(in));
	ue->target = ue->relocated = true;
	rnc_set_state(c, IUPLUS_RNC_EXPECTING);
	return;
refuse:
	iuplus_security_wipe(&in, sizeof(in));
	refuse(c, cause);
}

/* 8.8 */
void rnc_radio_heard(struct rnc *c)
{
	struct iuplus_ranap_msg msg;
	unsigned conn;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_DETECT;
	for (conn = 0; conn < 2; conn++)
		if (c->ue->iu[conn].state == RNC_IU_UP)
			rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_NONE);
	c->ue->rrc = true;
	rnc_set_state(c, IUPLUS_RNC_DETECTED);
}

/* The source said that the UE supports more than it says itself: one of both was deceived. See patches/25413-text.md,
 * 8.4.2; patches/25331-text.md, 8.2.2.5. */
static bool said_too_much(struct rnc *c, const struct iuplus_rrc_reconfiguration_complete *complete)
{
	uint8_t source = c->ue->enhanced.present ? c->ue->enhanced.bits : 0;
	uint8_t own = complete->enhanced.present ? complete->enhanced.bits : 0;

	if (!c->cfg->enhanced || !(source & ~own))
		return false;
	proc_failure(&c->p, "PhysicalChannelReconfigurationComplete: the UE supports %02x, the source said %02x", own,
		     source);
	return true;
}

/* Step 908 has arrived and is verified: 909 (TS 25.413 8.9, FIG. 7 steps 708 to 710). See patches/25413-text.md,
 * 8.9.2; patches/25331-text.md, 8.2.2.5. */
void rnc_reconfiguration_complete(struct rnc *c)
{
	const struct iuplus_rrc_reconfiguration_complete *complete = &c->rrc->u.reconfiguration_complete;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_ranap_msg msg;
	unsigned i, conn;
	uint8_t rb;

	if (complete->transaction != ue->reconfiguration) {
		proc_failure(&c->p, "PhysicalChannelReconfigurationComplete of another transaction");
		return;
	}
	if (ue->state == IUPLUS_RNC_EXPECTING)
		rnc_radio_heard(c);
	for (i = 0; complete->ul_sync.present && i < complete->ul_sync.start.count && i < IUPLUS_RRC_MAX_DOMAINS; i++)
		if (complete->ul_sync.start.list[i].domain <= IUPLUS_DOMAIN_PS)
			ue->start[complete->ul_sync.start.list[i].domain] = complete->ul_sync.start.list[i].start;
	ue->area.lac = c->cfg->lac; /* the UE has read the reconfiguration */
	ue->area.rac = c->cfg->rac;
	if (said_too_much(c, complete)) {
		rnc_ask_release(c, IUPLUS_RANAP_CAUSE_UTRAN_GENERATED);
		return;
	}
	/* The UE's own capability, which is integrity protected. What it did not repeat is not forgotten. */
	if (complete->enhanced.present)
		ue->enhanced = complete->enhanced;
	for (rb = 1; rb < IUPLUS_PROC_RBS; rb++)
		if (rb != 2)
			ran_reestablish(&c->p, &ue->keys, rb, ran_hfn(rb, ue->start[ue->keys.domain]));
	proc_note(&c->p, IUPLUS_STEP_COMPLETE, "PhysicalChannelReconfigurationComplete verified, the UE is %s",
		  c->cfg->enhanced && ue->enhanced.present ? "enhanced" : "treated as legacy");
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_COMPLETE;
	if (c->cfg->enhanced && ue->enhanced.present) {
		msg.u.relocation_complete.has_ue_capability = true;
		msg.u.relocation_complete.ue_capability = ue->enhanced.bits;
	}
	msg.u.relocation_complete.has_key_in_use = rnc_key_in_use(c, &msg.u.relocation_complete.key_in_use);
	for (conn = 0; conn < 2; conn++)
		if (ue->iu[conn].state == RNC_IU_UP)
			rnc_send_ranap(c, conn, &msg, IUPLUS_STEP_COMPLETE);
	ue->target = false;
	rnc_set_state(c, IUPLUS_RNC_CONNECTED);
	proc_done(&c->p, "Relocation");
}

void rnc_t_arrival_expired(struct rnc *c)
{
	proc_failure(&c->p, "the UE did not arrive");
	rnc_ask_release(c, IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST);
}

/* The core cancelled the relocation (8.10), or it failed elsewhere. */
void rnc_target_release_command(struct rnc *c)
{
	c->ue->rrc = false;
	rnc_iu_release_command(c);
}

void rnc_target_iu_gone(struct rnc *c)
{
	c->ue->rrc = false;
	rnc_iu_gone(c);
}
