/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_relocation.c: SRNS relocation, the core's part: Relocation Preparation (TS 25.413 8.6), Relocation Resource
 * Allocation (8.7), Relocation Detect (8.8), Relocation Complete (8.9), Relocation Cancel (8.10); FIG. 9. */
#include <string.h>

#include "src/proc/cn_int.h"

#define INTERACTION 32u		/* cause "interaction with other procedure", TS 25.413 9.2.1.4 */
#define TARGET_NOT_ALLOWED 50u	/* cause "relocation target not allowed" */

static struct iuplus_ranap_msg message(unsigned kind)
{
	struct iuplus_ranap_msg m;

	memset(&m, 0, sizeof(m));
	m.kind = kind;
	return m;
}

struct call {
	const struct iuplus_ranap_msg *m;
	uint16_t cause;
};

/* ---- abnormal endings ---- */

static void preparation_failure(struct cn *c, uint16_t cause)
{
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE);

	m.u.relocation_preparation_failure.cause = cause;
	m.u.relocation_preparation_failure.has_diagnostics =
		cn_report(c, &m.u.relocation_preparation_failure.diagnostics);
	proc_failure(&c->p, "relocation is not prepared: %s", iuplus_ranap_cause_name(cause));
	cn_send(c, c->ue->serving, &m, IUPLUS_STEP_NONE);
}

/* Nothing is to become of it any more: the target forgets, the source keeps the phone. */
static void give_up(struct cn *c, uint16_t cause)
{
	cn_set_relocation(c, IUPLUS_CN_RELOC_IDLE);
	cn_iu(c, cn_other(c->ue->serving), CN_IU_RELEASE, cause, IUPLUS_STEP_NONE);
}

static void logical_error(struct cn *c, const struct call *call)
{
	cn_logical_error(c, c->conn, call->m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
}

static void stay(struct cn *c, const struct call *call)
{
	(void)c;
	(void)call;
}

/* A target's connection that stands after a relocation was given up, or that never got anywhere. */
static void target_wants_release(struct cn *c, const struct call *call)
{
	if (call->m)
		cn_iu(c, c->conn, CN_IU_RELEASE, call->cause, IUPLUS_STEP_NONE);
}

static void cancel(struct cn *c, const struct call *call)
{
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE);
	struct iuplus_ranap_acknowledge *a = &m.u.relocation_cancel_acknowledge;

	/* Also when there is nothing to be cancelled: the failure may have crossed the cancel (8.10.4). */
	proc_note(&c->p, IUPLUS_STEP_NONE, "the source cancels the relocation: %s", iuplus_ranap_cause_name(call->cause));
	a->has_diagnostics = cn_report(c, &a->diagnostics);
	give_up(c, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
	cn_send(c, c->ue->serving, &m, IUPLUS_STEP_NONE);
}

/* 8.7.3: the target refuses. Its connection carries nothing else. */
static void refused(struct cn *c, const struct call *call)
{
	unsigned target = cn_other(c->ue->serving);
	struct iuplus_proc_action *act;

	cn_set_relocation(c, IUPLUS_CN_RELOC_IDLE);
	if (call->m) {
		act = proc_act(&c->p, IUPLUS_ACT_IU_RELEASE);
		act->conn = target;
		act->peer = c->ue->iu[target].peer;
		cn_set_iu(c, target, IUPLUS_CN_IU_NONE);
	} else {
		/* A faulty answer: the target has resources that it does not know to be in vain. */
		cn_iu(c, target, CN_IU_RELEASE, call->cause ? call->cause : IUPLUS_RANAP_CAUSE_UNSPECIFIED, IUPLUS_STEP_NONE);
	}
	preparation_failure(c, call->cause ? call->cause : IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET);
}

/* 8.7.4: TRELOCalloc. */
static void allocation_expired(struct cn *c, const struct call *call)
{
	give_up(c, call->cause);
	preparation_failure(c, call->cause);
}

static void target_gone_early(struct cn *c, const struct call *call)
{
	target_wants_release(c, call);
	cn_set_relocation(c, IUPLUS_CN_RELOC_IDLE);
	preparation_failure(c, IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET);
}

/* 8.6.4: a second Relocation Required ends the first one; the answer is for both. */
static void required_again(struct cn *c, const struct call *call)
{
	give_up(c, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
	logical_error(c, call);
}

/* After the command only time or the phone itself can tell: the source keeps it until it says otherwise, or its
 * TRELOCoverall ends. */
static void source_keeps(struct cn *c, const char *why)
{
	if (c->ue->iu[c->ue->serving].state == IUPLUS_CN_IU_UP) {
		proc_failure(&c->p, "%s: the source keeps the phone", why);
		return;
	}
	proc_failure(&c->p, "%s, and the source is gone", why);
	cn_release_all(c, IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST, "neither RNC has the phone");
}

static void target_gone_late(struct cn *c, const struct call *call)
{
	target_wants_release(c, call);
	cn_set_relocation(c, IUPLUS_CN_RELOC_IDLE);
	source_keeps(c, "the target is gone during the relocation");
}

static void completion_expired(struct cn *c, const struct call *call)
{
	give_up(c, call->cause);
	source_keeps(c, "no Relocation Complete");
}

static void serving_gone(struct cn *c, const struct call *call)
{
	(void)call;
	cn_release_all(c, IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST, "the serving connection is gone");
}

/* The phone is on its way: the target may still have it. */
static void serving_gone_late(struct cn *c, const struct call *call)
{
	(void)call;
	proc_failure(&c->p, "the source is gone; the target is waited for");
}

static void serving_wants_release(struct cn *c, const struct call *call)
{
	cn_release_all(c, call->cause, iuplus_ranap_cause_name(call->cause));
}

/* 8.8: the target has heard the phone, so the source's wish is for itself alone. */
static void source_wants_release(struct cn *c, const struct call *call)
{
	proc_note(&c->p, IUPLUS_STEP_NONE, "the source is released, the phone is with the target");
	cn_iu(c, c->conn, CN_IU_RELEASE, call->cause, IUPLUS_STEP_NONE);
}

/* ---- preparation and resource allocation ---- */

static const struct iuplus_cn_rnc *find_rnc(const struct cn *c, const struct iuplus_ranap_target_rnc *target)
{
	size_t i;

	if (memcmp(target->lai.plmn, c->cfg->plmn, sizeof(c->cfg->plmn)))
		return NULL;
	for (i = 0; i < c->cfg->rnc_count; i++)
		if (c->cfg->rnc[i].rnc_id == target->rnc_id)
			return &c->cfg->rnc[i];
	return NULL;
}

/* Why a relocation cannot be prepared, or 0. */
static uint16_t objection(const struct cn *c, const struct iuplus_ranap_relocation_required *r,
			  const struct iuplus_cn_rnc *rnc)
{
	if (c->ue->gmm != IUPLUS_CN_REGISTERED || c->ue->iu[cn_other(c->conn)].state != IUPLUS_CN_IU_NONE)
		return INTERACTION;
	if (!r->target_is_rnc)
		return IUPLUS_RANAP_CAUSE_RELOCATION_NOT_SUPPORTED_IN_TARGET;
	if (!r->has_container)		/* conditional: present when the target is an RNC */
		return IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR;
	if (!rnc)
		return IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC;
	if (rnc->peer == c->ue->iu[c->conn].peer)
		return TARGET_NOT_ALLOWED;
	return 0;
}

/* A source that works with the hierarchy's keys holds no CK and IK: a target that cannot go on from its key state
 * needs them from here. */
static void legacy_keys(const struct cn *c, struct iuplus_ranap_relocation_request *r)
{
	unsigned i;

	r->has_integrity = true;
	r->integrity.count = (uint8_t)c->cfg->uia_count;
	for (i = 0; i < c->cfg->uia_count; i++)
		r->integrity.algorithms[i] = (uint8_t)(c->cfg->uia[i] - 1);
	memcpy(r->integrity.key, c->ue->ik, sizeof(r->integrity.key));
	r->has_encryption = c->cfg->uea_count > 1 || c->cfg->uea[0] != 0;
	r->encryption.count = (uint8_t)c->cfg->uea_count;
	memcpy(r->encryption.algorithms, c->cfg->uea, c->cfg->uea_count);
	memcpy(r->encryption.key, c->ue->ck, sizeof(r->encryption.key));
}

static void required(struct cn *c, const struct call *call)
{
	const struct iuplus_ranap_relocation_required *q = &call->m->u.relocation_required;
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_REQUEST);
	struct iuplus_ranap_relocation_request *r = &m.u.relocation_request;
	const struct iuplus_cn_rnc *rnc = q->target_is_rnc ? find_rnc(c, &q->target) : NULL;
	uint16_t cause = objection(c, q, rnc);
	int rc;

	if (cause) {
		preparation_failure(c, cause);
		return;
	}
	r->has_imsi = true;
	r->imsi.len = (uint8_t)iuplus_nas_imsi_to_bcd(c->ue->subscriber->imsi, r->imsi.tbcd, sizeof(r->imsi.tbcd));
	r->cause = q->cause;
	r->domain = IUPLUS_DOMAIN_PS;
	/* The container goes on as it came, with everything in it that this core does not know. */
	r->container = q->container;
	r->iu_sig_con_id = c->ue->iu_sig_con_id;
	if (c->ue->keys.kind == IUPLUS_KEYS_ENHANCED &&
	    (rnc->capability != IUPLUS_CN_CAPABILITY_ENHANCED || c->ue->star_used))
		legacy_keys(c, r);
	rc = cn_connect(c, cn_other(c->ue->serving), rnc->peer, &m, IUPLUS_STEP_REQUESTED);
	iuplus_security_wipe(&m, sizeof(m));
	if (rc)
		preparation_failure(c, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
	else
		cn_set_relocation(c, IUPLUS_CN_RELOC_ALLOCATION);
}

static void acknowledged(struct cn *c, const struct call *call)
{
	const struct iuplus_ranap_relocation_request_acknowledge *a = &call->m->u.relocation_request_acknowledge;
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_COMMAND);
	unsigned uia, uea;
	int rc;

	/* As in Security Mode Complete, an answer that names integrity protection alone stands for no encryption. */
	uia = a->has_integrity_algorithm ? a->integrity_algorithm + 1u : c->ue->keys.uia;
	uea = a->has_encryption_algorithm ? a->encryption_algorithm : a->has_integrity_algorithm ? 0 : c->ue->keys.uea;
	if (c->ue->keys.integrity_started && !cn_permitted(c, uia, uea)) {
		const struct call wrong = { NULL, IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY };

		proc_failure(&c->p, "the target chose UIA%u and UEA%u, which were not offered", uia, uea);
		refused(c, &wrong);
		return;
	}
	c->ue->pending.uia = uia;
	c->ue->pending.uea = uea;
	if (c->cfg->enhanced)
		c->ue->iu[c->conn].rnc_enhanced = a->has_network_capability &&
						  (a->network_capability & IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
	m.u.relocation_command.has_container = a->has_container;
	m.u.relocation_command.container = a->container;
	rc = cn_send(c, c->ue->serving, &m, IUPLUS_STEP_COMMANDED);
	if (rc) {
		give_up(c, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
		preparation_failure(c, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
		return;
	}
	cn_set_relocation(c, IUPLUS_CN_RELOC_COMMANDED);
}

static void detected(struct cn *c, const struct call *call)
{
	(void)call;
	cn_set_relocation(c, IUPLUS_CN_RELOC_DETECTED);
}

/* ---- after the phone has moved ---- */

/* The legacy keys that stand behind whatever was in use. */
static void fall_back(struct cn *c)
{
	struct iuplus_proc_keys *k = &c->ue->keys;

	k->kind = IUPLUS_KEYS_LEGACY;
	memcpy(k->ck, c->ue->ck, sizeof(k->ck));
	memcpy(k->ik, c->ue->ik, sizeof(k->ik));
	k->have_k_rnc = k->have_k_rnc_star = false;
	iuplus_security_wipe(k->k_rnc, sizeof(k->k_rnc));
	iuplus_security_wipe(k->k_rnc_star, sizeof(k->k_rnc_star));
	k->ncc = 0;
	c->ue->star_used = false;
}

/* FIG. 7, step 702: the target went on from K_RNC*, which the source had ready for it. */
static int go_on_from_star(struct cn *c)
{
	struct iuplus_proc_keys *k = &c->ue->keys;
	int rc = iuplus_security_keys_from_k_rnc_star(k->k_rnc_star, NULL, k->ck, k->ik);

	k->have_k_rnc = false;		/* it has done its service: the chain goes on from K_RNC* */
	iuplus_security_wipe(k->k_rnc, sizeof(k->k_rnc));
	c->ue->star_used = true;
	return rc;
}

/* Steps 911 to 913: enhanced keys for a phone and an RNC that both can. */
static void establish(struct cn *c)
{
	struct iuplus_cn_subscriber *s = c->ue->subscriber;

	c->ue->by_ptmsi = c->ue->identity_checked = c->ue->resynchronised = false;
	if (c->cfg->aka == IUPLUS_CN_AKA_ALWAYS || (c->cfg->aka == IUPLUS_CN_AKA_AUTO && !s->has_current)) {
		cn_aka_start(c);
	} else if (s->has_current) {
		/* [0103]: the vector of the keys in use serves. */
		proc_note(&c->p, IUPLUS_STEP_AUTHENTICATED, "no authentication: the current vector stands for the legacy keys");
		cn_security_start(c);
	} else {
		proc_failure(&c->p, "no vector and no authentication allowed: the legacy keys stay");
		cn_settle(c);
	}
}

static void completed(struct cn *c, const struct call *call)
{
	const struct iuplus_ranap_relocation_complete *r = &call->m->u.relocation_complete;
	unsigned source = c->ue->serving;

	cn_set_relocation(c, IUPLUS_CN_RELOC_IDLE);
	c->ue->serving = c->conn;
	c->ue->purpose = IUPLUS_CN_FOR_RELOCATION;
	cn_timer_start(c, IUPLUS_CN_TWAIT);
	proc_done(&c->p, IUPLUS_CN_DONE_RELOCATION);
	cn_iu(c, source, CN_IU_RELEASE, IUPLUS_RANAP_CAUSE_SUCCESSFUL_RELOCATION, IUPLUS_STEP_SOURCE_RELEASED);
	c->ue->keys.uia = c->ue->pending.uia;
	c->ue->keys.uea = c->ue->pending.uea;
	c->ue->keys.ciphering_started = c->ue->keys.uea != 0;
	c->ue->ue_enhanced = c->cfg->enhanced && r->has_ue_capability &&
			     (r->ue_capability & IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
	c->ue->ue_capability = r->has_ue_capability ? r->ue_capability : 0;
	if (c->ue->ue_enhanced && c->ue->iu[c->conn].rnc_enhanced && c->ue->keys.kind == IUPLUS_KEYS_ENHANCED &&
	    c->ue->keys.have_k_rnc_star && !c->ue->star_used && go_on_from_star(c) == IUPLUS_OK) {
		proc_note(&c->p, IUPLUS_STEP_NONE, "the target took the enhanced keys at once (K_RNC*, NCC 1)");
		cn_keys(c);
		cn_settle(c);
		return;
	}
	if (c->ue->keys.kind == IUPLUS_KEYS_ENHANCED)
		fall_back(c);
	cn_keys(c);
	if (cn_enhanced_possible(c))
		establish(c);
	else
		cn_settle(c);
}

/* ---- the table ---- */

typedef void reloc_fn(struct cn *c, const struct call *call);

static reloc_fn *const table[IUPLUS_CN_RELOC_COUNT][CN_R_INPUTS] = {
	[IUPLUS_CN_RELOC_IDLE] = {
		[CN_R_REQUIRED] = required,
		[CN_R_CANCEL] = cancel,
		[CN_R_ACKNOWLEDGE] = logical_error,
		[CN_R_FAILURE] = logical_error,
		[CN_R_DETECT] = logical_error,
		[CN_R_COMPLETE] = logical_error,
		[CN_R_ALLOC_EXPIRY] = stay,
		[CN_R_COMPLETE_EXPIRY] = stay,
		[CN_R_TARGET_GONE] = target_wants_release,
		[CN_R_SERVING_GONE] = serving_gone,
		[CN_R_SERVING_RELEASE] = serving_wants_release,
	},
	[IUPLUS_CN_RELOC_ALLOCATION] = {
		[CN_R_REQUIRED] = required_again,
		[CN_R_CANCEL] = cancel,
		[CN_R_ACKNOWLEDGE] = acknowledged,
		[CN_R_FAILURE] = refused,
		[CN_R_DETECT] = logical_error,
		[CN_R_COMPLETE] = logical_error,
		[CN_R_ALLOC_EXPIRY] = allocation_expired,
		[CN_R_COMPLETE_EXPIRY] = stay,
		[CN_R_TARGET_GONE] = target_gone_early,
		[CN_R_SERVING_GONE] = serving_gone,
		[CN_R_SERVING_RELEASE] = serving_wants_release,
	},
	[IUPLUS_CN_RELOC_COMMANDED] = {
		[CN_R_REQUIRED] = logical_error,
		[CN_R_CANCEL] = cancel,
		[CN_R_ACKNOWLEDGE] = logical_error,
		[CN_R_FAILURE] = logical_error,
		[CN_R_DETECT] = detected,
		[CN_R_COMPLETE] = completed,
		[CN_R_ALLOC_EXPIRY] = stay,
		[CN_R_COMPLETE_EXPIRY] = completion_expired,
		[CN_R_TARGET_GONE] = target_gone_late,
		[CN_R_SERVING_GONE] = serving_gone_late,
		[CN_R_SERVING_RELEASE] = serving_wants_release,
	},
	[IUPLUS_CN_RELOC_DETECTED] = {
		[CN_R_REQUIRED] = logical_error,
		[CN_R_CANCEL] = cancel,
		[CN_R_ACKNOWLEDGE] = logical_error,
		[CN_R_FAILURE] = logical_error,
		[CN_R_DETECT] = stay,
		[CN_R_COMPLETE] = completed,
		[CN_R_ALLOC_EXPIRY] = stay,
		[CN_R_COMPLETE_EXPIRY] = completion_expired,
		[CN_R_TARGET_GONE] = target_gone_late,
		[CN_R_SERVING_GONE] = serving_gone_late,
		[CN_R_SERVING_RELEASE] = source_wants_release,
	},
};

void cn_relocation(struct cn *c, enum cn_relocation_input input, const struct iuplus_ranap_msg *m, uint16_t cause)
{
	const struct call call = { m, cause };

	table[c->ue->relocation][input](c, &call);
}
