/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_relocation.c: SRNS relocation, the core's part: Relocation Preparation (TS 25.413 8.6), Relocation Resource
 * Allocation (8.7), Relocation Detect (8.8), Relocation Complete (8.9), Relocation Cancel (8.10); FIG. 9. */
#include <string.h>

#include <iuplus/cn_peer.h>

#include "src/proc/cn_link.h"

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

static void preparation_failure(struct cn_link *l, uint16_t cause)
{
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE);

	m.u.relocation_preparation_failure.cause = cause;
	m.u.relocation_preparation_failure.has_diagnostics =
		cn_link_kept_report(l, &m.u.relocation_preparation_failure.diagnostics);
	proc_failure(l->p, "the relocation was not prepared: %s", iuplus_ranap_cause_name(cause));
	cn_link_send(l, l->ue->serving, &m, IUPLUS_STEP_NONE);
}

/* Abandon the relocation: release the target; the source keeps serving the UE. */
static void give_up(struct cn_link *l, uint16_t cause)
{
	cn_link_set_relocation(l, IUPLUS_CN_RELOC_IDLE);
	cn_link_iu(l, cn_link_other(l->ue->serving), CN_LINK_IU_RELEASE, cause, IUPLUS_STEP_NONE);
}

/* The relocation failed, and the source serves the UE as before. Once a target had keys, the next ones are of a new
 * counter; the user sees to it. */
static void stays(struct cn_link *l)
{
	cn_link_offer_ends(l, true);
	l->outcome = CN_LINK_STAYS;
}

static void logical_error(struct cn_link *l, const struct call *call)
{
	cn_link_logical_error(l, l->conn, call->m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
}

/* The connection of a target whose relocation was abandoned, or is not acknowledged yet. */
static void target_wants_release(struct cn_link *l, const struct call *call)
{
	if (call->m)
		cn_link_iu(l, l->conn, CN_LINK_IU_RELEASE, call->cause, IUPLUS_STEP_NONE);
}

static void cancel(struct cn_link *l, const struct call *call)
{
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE);
	struct iuplus_ranap_acknowledge *a = &m.u.relocation_cancel_acknowledge;
	bool runs;

	/* Also without a relocation: the source may have sent the cancel before Relocation Preparation Failure arrived
	 * (8.10.2). */
	proc_note(l->p, IUPLUS_STEP_NONE, "the source cancels the relocation: %s",
		  iuplus_ranap_cause_name(call->cause));
	a->has_diagnostics = cn_link_report(l, &a->diagnostics);
	runs = l->ue->relocation != IUPLUS_CN_RELOC_IDLE || l->ue->counter_due;
	give_up(l, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
	cn_link_send(l, l->ue->serving, &m, IUPLUS_STEP_NONE);
	if (runs)
		stays(l);
}

/* 8.7.3: the target refuses. Its connection was for this relocation alone. */
static void refused(struct cn_link *l, const struct call *call)
{
	unsigned target = cn_link_other(l->ue->serving);
	struct iuplus_proc_action *act;

	cn_link_set_relocation(l, IUPLUS_CN_RELOC_IDLE);
	if (call->m) {
		act = proc_act(l->p, IUPLUS_ACT_IU_RELEASE);
		act->conn = target;
		act->peer = l->ue->iu[target].peer;
		cn_link_set_iu(l, target, IUPLUS_CN_IU_NONE);
	} else {
		/* A faulty answer: the target may have allocated resources, which it must release. */
		cn_link_iu(l, target, CN_LINK_IU_RELEASE, call->cause ? call->cause : IUPLUS_RANAP_CAUSE_UNSPECIFIED,
			   IUPLUS_STEP_NONE);
	}
	preparation_failure(l, call->cause ? call->cause : IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET);
	stays(l);
}

/* 8.7.4: TRELOCalloc. */
static void allocation_expired(struct cn_link *l, const struct call *call)
{
	give_up(l, call->cause);
	preparation_failure(l, call->cause);
	stays(l);
}

static void target_gone_early(struct cn_link *l, const struct call *call)
{
	target_wants_release(l, call);
	cn_link_set_relocation(l, IUPLUS_CN_RELOC_IDLE);
	preparation_failure(l, IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET);
	stays(l);
}

/* 10.4: a second Relocation Required is a logical error, which ends the procedure; the failure message serves both. */
static void required_again(struct cn_link *l, const struct call *call)
{
	give_up(l, IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
	logical_error(l, call);
	stays(l);
}

/* After the command the core cannot know where the UE is: the source keeps it until it reports otherwise, or its
 * TRELOCoverall expires. */
static void target_gone_late(struct cn_link *l, const struct call *call)
{
	target_wants_release(l, call);
	cn_link_set_relocation(l, IUPLUS_CN_RELOC_IDLE);
	/* No command now: the UE is on its way, and the source answers only when it is back. */
	cn_link_offer_ends(l, true);
	if (l->ue->iu[l->ue->serving].state == IUPLUS_CN_IU_UP)
		proc_failure(l->p, "the target was lost during the relocation: the source keeps the UE");
	else
		cn_link_release_all(l, IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST, "both RNCs lost the UE");
}

/* 8.9.3: nobody knows where the UE is, so that both RNCs release it. A UE that is back at the source was cancelled
 * there before (8.10). */
static void completion_expired(struct cn_link *l, const struct call *call)
{
	cn_link_release_all(l, call->cause, "no Relocation Complete");
}

static void serving_gone(struct cn_link *l, const struct call *call)
{
	(void)call;
	cn_link_release_all(l, IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST, "the serving connection was lost");
}

/* The UE has been sent to the target, where it may arrive. */
static void serving_gone_late(struct cn_link *l, const struct call *call)
{
	(void)call;
	proc_failure(l->p, "the source was lost; waiting for the target");
}

static void serving_wants_release(struct cn_link *l, const struct call *call)
{
	cn_link_release_all(l, call->cause, iuplus_ranap_cause_name(call->cause));
}

/* 8.8: the target has detected the UE, so only the source's connection is released. */
static void source_wants_release(struct cn_link *l, const struct call *call)
{
	proc_note(l->p, IUPLUS_STEP_NONE, "the source is released, the UE is at the target");
	cn_link_iu(l, l->conn, CN_LINK_IU_RELEASE, call->cause, IUPLUS_STEP_NONE);
}

/* ---- preparation and resource allocation ---- */

static const struct iuplus_cn_rnc *find_rnc(const struct cn_link *l, const struct iuplus_ranap_target_rnc *target)
{
	size_t i;

	if (memcmp(target->lai.plmn, l->cfg->plmn, sizeof(l->cfg->plmn)))
		return NULL;
	for (i = 0; i < l->cfg->rnc_count; i++)
		if (l->cfg->rnc[i].rnc_id == target->rnc_id)
			return &l->cfg->rnc[i];
	return NULL;
}

/* 8.25: of the traffic to an overloaded RNC this share is held back. */
static bool held_back(const struct cn_link *l, const struct iuplus_cn_rnc *rnc)
{
	uint8_t random;

	if (!rnc->overload)
		return false;
	l->p->env->random(l->p->env->user, &random, sizeof(random));
	return random % IUPLUS_CN_OVERLOAD_STEPS < rnc->overload;
}

/* Why a relocation cannot be prepared, or 0. */
static uint16_t objection(const struct cn_link *l, const struct iuplus_ranap_relocation_required *r,
			  const struct iuplus_cn_rnc *rnc)
{
	if (!l->user_idle || l->ue->iu[cn_link_other(l->conn)].state != IUPLUS_CN_IU_NONE)
		return IUPLUS_RANAP_CAUSE_INTERACTION_WITH_OTHER_PROCEDURE;
	if (!r->target_is_rnc)
		return IUPLUS_RANAP_CAUSE_RELOCATION_NOT_SUPPORTED_IN_TARGET;
	if (!rnc)
		return IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC;
	if (rnc->peer == l->ue->iu[l->conn].peer)
		return IUPLUS_RANAP_CAUSE_RELOCATION_TARGET_NOT_ALLOWED;
	return held_back(l, rnc) ? IUPLUS_RANAP_CAUSE_NO_RESOURCE : 0;
}

/* What the target gets of the legacy kind: CK and IK, if they are in use or the configuration says so, else the mapped
 * pair. */
static int legacy_keys(struct cn_link *l, struct iuplus_ranap_relocation_request *r)
{
	uint8_t ck[16], ik[16];
	int rc = IUPLUS_OK;

	if (l->ue->offer_ck_ik) {
		memcpy(ck, l->ue->vector.ck, sizeof(ck));
		memcpy(ik, l->ue->vector.ik, sizeof(ik));
	} else {
		rc = proc_memory(l->p, cn_link_mapped(l, ck, ik));
	}
	if (!rc) {
		r->has_integrity = true;
		cn_link_offer(l, ck, ik, &r->integrity, &r->has_encryption, &r->encryption);
	}
	iuplus_security_wipe(ck, sizeof(ck));
	iuplus_security_wipe(ik, sizeof(ik));
	return rc;
}

/* [0041], by configuration: CK and IK take the place of the mapped pair in the container, which TS 25.413 9.2.1.28
 * leaves transparent. A container that cannot be decoded stays as it is. */
static int rewrite_container(struct cn_link *l, struct iuplus_ranap_source_to_target *container)
{
	struct iuplus_ranap_source_to_target c;
	unsigned flags = l->p->flags & ~IUPLUS_RANAP_RELAY;
	int rc = iuplus_ranap_source_to_target_decode(container->encoded, flags, l->p->env->arena, &c);

	if (rc == IUPLUS_ERR_MEMORY)
		return proc_memory(l->p, rc);
	if (rc || !c.has_ik) {
		proc_failure(l->p, "Relocation Required: CK and IK are not written to the container: %s",
			     rc ? iuplus_strrc(rc) : "it has no keys");
		iuplus_security_wipe(&c, sizeof(c));
		return IUPLUS_OK;
	}
	memcpy(c.ik, l->ue->vector.ik, sizeof(c.ik));
	if (c.has_ck)
		memcpy(c.ck, l->ue->vector.ck, sizeof(c.ck));
	c.encoded = (struct iuplus_octets){ NULL, 0 };
	rc = iuplus_ranap_source_to_target_encode(&c, flags, l->p->env->arena, &container->encoded);
	iuplus_security_wipe(&c, sizeof(c));
	if (rc)
		return proc_memory(l->p, rc);
	l->ue->offer_ck_ik = true;
	cn_link_taint(l, &l->ue->vector);
	proc_note(l->p, IUPLUS_STEP_NONE, "CK and IK are written to the container (legacy-target-keys ck-ik)");
	return IUPLUS_OK;
}

/* The keys of Relocation Request, once integrity protection runs (8.7.2: what the core has given before). The pair of
 * the hierarchy goes only to an RNC that is configured to know it. */
static int offer_keys(struct cn_link *l, const struct iuplus_cn_rnc *rnc, struct iuplus_ranap_relocation_request *r)
{
	bool rnc_plus = cn_link_hierarchy(l->cfg) && rnc->capability == IUPLUS_CN_CAPABILITY_ENHANCED;
	const struct iuplus_cn_vector_use *use = cn_link_use(&l->ue->vector);
	int rc = IUPLUS_OK;

	memset(&l->ue->offer, 0, sizeof(l->ue->offer));
	l->ue->offer_ck_ik = l->ue->has_key_in_use = false;
	if (rnc_plus && l->ue->ue_capability) {
		r->has_ue_capability = true;
		r->ue_capability = l->ue->ue_capability;
	}
	if (!l->ue->keys.integrity_started)
		return IUPLUS_OK;
	if (!rnc_plus && l->cfg->legacy_target_keys == IUPLUS_SECURITY_TARGET_CK_IK &&
	    (l->ue->keys.kind == IUPLUS_KEYS_ENHANCED || l->ue->keys.kind == IUPLUS_KEYS_MAPPED))
		rc = rewrite_container(l, &r->container);
	if (!rc)
		rc = legacy_keys(l, r);
	if (rc || !rnc_plus || !l->ue->ue_enhanced)
		return rc;
	rc = cn_link_relocation_pair(l, &l->ue->offer);
	if (rc == IUPLUS_ERR_STATE)
		return IUPLUS_OK; /* a tainted vector: an authentication comes first */
	if (!rc) {
		r->has_enhanced = true;
		cn_link_enhanced_information(l, &l->ue->offer, use->used, &r->enhanced);
	}
	return rc;
}

static void required(struct cn_link *l, const struct call *call)
{
	const struct iuplus_ranap_relocation_required *q = &call->m->u.relocation_required;
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_REQUEST);
	struct iuplus_ranap_relocation_request *r = &m.u.relocation_request;
	const struct iuplus_cn_rnc *rnc = q->target_is_rnc ? find_rnc(l, &q->target) : NULL;
	uint16_t cause = objection(l, q, rnc);
	int rc;

	cn_link_keep_report(l);
	if (cause) {
		preparation_failure(l, cause);
		return;
	}
	r->has_imsi = true;
	iuplus_ranap_imsi_parse(l->ue->imsi, &r->imsi);
	r->cause = q->cause;
	r->domain = l->cfg->domain;
	/* The container is forwarded unchanged, including contents that this core does not know. */
	r->container = q->container;
	rc = offer_keys(l, rnc, r);
	if (!rc)
		rc = cn_link_connect(l, cn_link_other(l->ue->serving), rnc->peer, &m, IUPLUS_STEP_REQUESTED);
	iuplus_security_wipe(&m, sizeof(m));
	if (rc) {
		cn_link_offer_ends(l, false);
		preparation_failure(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
		return;
	}
	l->ue->iu[cn_link_other(l->ue->serving)].configured = rnc->capability;
	cn_link_set_relocation(l, IUPLUS_CN_RELOC_ALLOCATION);
}

/* 8.7.2: the target names each algorithm whose key was in the container, "no encryption" too; the core knows which keys
 * the source has. What the target does not name stays as it is. 0, or the cause of a failure. */
static uint16_t chosen_algorithms(struct cn_link *l, const struct iuplus_ranap_relocation_request_acknowledge *a)
{
	unsigned uia = a->has_integrity_algorithm ? a->integrity_algorithm : l->ue->keys.uia;
	unsigned uea = a->has_encryption_algorithm ? a->encryption_algorithm : l->ue->keys.uea;

	if (a->has_integrity_algorithm && l->ue->keys.ciphering_started && !a->has_encryption_algorithm) {
		proc_failure(l->p, "the target left out its Chosen Encryption Algorithm");
		return IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET;
	}
	if (l->ue->keys.integrity_started && !cn_link_permitted(l, uia, uea)) {
		proc_failure(l->p, "the target chose UIA%u and UEA%u, which were not offered", uia, uea);
		return IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED;
	}
	l->ue->pending.uia = uia;
	l->ue->pending.uea = uea;
	return 0;
}

/* What the target says about the hierarchy, against what the core knows of it. 0, or the cause of a failure. */
static uint16_t target_keys(struct cn_link *l, const struct iuplus_ranap_relocation_request_acknowledge *a)
{
	bool require = l->cfg->policy == IUPLUS_ENHANCED_SECURITY_REQUIRE;
	bool known = l->ue->iu[l->conn].configured == IUPLUS_CN_CAPABILITY_ENHANCED;
	const char *bid_down = NULL;

	if (!cn_link_hierarchy(l->cfg))
		return 0;
	l->ue->iu[l->conn].rnc_enhanced =
		a->has_network_capability && (a->network_capability & IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
	l->ue->has_key_in_use = a->has_key_in_use;
	l->ue->key_in_use = a->key_in_use;
	if (a->has_key_in_use && a->key_in_use.enhanced && !cn_link_has_candidate(l, &a->key_in_use.index)) {
		proc_failure(l->p, "Relocation Request Acknowledge: keys (%u, %u) were not given",
			     a->key_in_use.index.counter, a->key_in_use.index.ncc);
		return IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET;
	}
	if (known && !l->ue->iu[l->conn].rnc_enhanced)
		bid_down = "lacks the capability that the RNC is configured with";
	else if (l->ue->offer.now.present && !(a->has_key_in_use && a->key_in_use.enhanced))
		bid_down = "takes the container's keys instead of those of Relocation Request";
	if (!bid_down)
		return 0;
	proc_failure(l->p, "Relocation Request Acknowledge %s", bid_down);
	return require && l->ue->ue_enhanced ? IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET : 0;
}

static void acknowledged(struct cn_link *l, const struct call *call)
{
	const struct iuplus_ranap_relocation_request_acknowledge *a = &call->m->u.relocation_request_acknowledge;
	struct call wrong = { NULL, chosen_algorithms(l, a) };
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_COMMAND);

	if (!wrong.cause)
		wrong.cause = target_keys(l, a);
	if (wrong.cause) {
		refused(l, &wrong);
		return;
	}
	m.u.relocation_command.has_container = a->has_container;
	m.u.relocation_command.container = a->container;
	m.u.relocation_command.has_diagnostics = cn_link_kept_report(l, &m.u.relocation_command.diagnostics);
	if (cn_link_send(l, l->ue->serving, &m, IUPLUS_STEP_COMMANDED)) {
		give_up(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
		preparation_failure(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
		stays(l);
		return;
	}
	cn_link_set_relocation(l, IUPLUS_CN_RELOC_COMMANDED);
}

static void detected(struct cn_link *l, const struct call *call)
{
	(void)call;
	cn_link_set_relocation(l, IUPLUS_CN_RELOC_DETECTED);
}

/* ---- after the UE was relocated ---- */

/* What the UE says of itself after the relocation, under integrity protection. False: it contradicts what the source
 * said for it, so that somebody on the way lied. */
static bool same_capability(struct cn_link *l, const struct iuplus_ranap_relocation_complete *r)
{
	if (!cn_link_hierarchy(l->cfg) || !r->has_ue_capability)
		return true; /* what was heard stays heard */
	if (l->ue->ue_capability & ~r->ue_capability) {
		proc_failure(l->p, "Relocation Complete: the UE has capability %02x, the source said %02x",
			     r->ue_capability, l->ue->ue_capability);
		return false;
	}
	cn_link_hear(l, r->ue_capability);
	cn_link_heard_protected(l);
	return true;
}

/* The keys in use are those that the target says it took: in Relocation Complete, else in its acknowledgement. */
static int take_keys(struct cn_link *l, const struct iuplus_ranap_relocation_complete *r)
{
	const struct iuplus_ranap_key_in_use *said =
		r->has_key_in_use     ? &r->key_in_use :
		l->ue->has_key_in_use ? &l->ue->key_in_use :
					NULL;
	int rc;

	if (!cn_link_hierarchy(l->cfg) || !said || !said->enhanced)
		return proc_memory(l->p, cn_link_take_container(l));
	rc = cn_link_take_index(l, &said->index);
	if (rc == IUPLUS_ERR_STATE)
		proc_failure(l->p, "Relocation Complete: keys (%u, %u) were not given", said->index.counter,
			     said->index.ncc);
	if (!rc)
		proc_note(l->p, IUPLUS_STEP_NONE, "the target uses the enhanced keys (%u, %u) already",
			  said->index.counter, said->index.ncc);
	return proc_memory(l->p, rc);
}

static void completed(struct cn_link *l, const struct call *call)
{
	const struct iuplus_ranap_relocation_complete *r = &call->m->u.relocation_complete;
	unsigned source = l->ue->serving;

	cn_link_set_relocation(l, IUPLUS_CN_RELOC_IDLE);
	l->ue->serving = l->conn;
	if (!same_capability(l, r) || take_keys(l, r)) {
		cn_link_release_all(l, IUPLUS_RANAP_CAUSE_UNSPECIFIED, "Relocation Complete cannot be trusted");
		return;
	}
	cn_link_offer_ends(l, false);
	l->outcome = CN_LINK_MOVED;
	proc_done(l->p, IUPLUS_CN_DONE_RELOCATION);
	cn_link_common_id(l);
	cn_link_iu(l, source, CN_LINK_IU_RELEASE, IUPLUS_RANAP_CAUSE_SUCCESSFUL_RELOCATION,
		   IUPLUS_STEP_SOURCE_RELEASED);
	l->ue->keys.uia = l->ue->pending.uia;
	l->ue->keys.uea = l->ue->pending.uea;
	l->ue->keys.ciphering_started = l->ue->keys.uea != 0;
	cn_link_keys(l);
}

/* ---- the table ---- */

#define S(state) (1u << IUPLUS_CN_RELOC_##state)
#define RUN(handler, ends, what) \
	{ \
		{ PROC_HANDLE, ends, what }, handler \
	}
#define STAY \
	{ \
		{ PROC_IGNORE, 0, "ignored" }, NULL \
	}
#define CANCEL RUN(cancel, S(IDLE), "Relocation Cancel Acknowledge, the target is released")
#define COMPLETED RUN(completed, S(IDLE), "the UE is at the target, the source is released")

/* A message that a state does not list is a logical error (10.4). */
static const struct {
	struct proc_row row;
	void (*handler)(struct cn_link *l, const struct call *call);
} table[IUPLUS_CN_RELOC_COUNT][CN_LINK_R_COUNT] = {
	[IUPLUS_CN_RELOC_IDLE] = {
		[CN_LINK_R_REQUIRED] = RUN(required, S(IDLE) | S(ALLOCATION),
			"Relocation Request, or Relocation Preparation Failure"),
		[CN_LINK_R_CANCEL] = RUN(cancel, 0, "Relocation Cancel Acknowledge"),
		[CN_LINK_R_ALLOC_EXPIRY] = STAY,
		[CN_LINK_R_COMPLETE_EXPIRY] = STAY,
		[CN_LINK_R_TARGET_GONE] = RUN(target_wants_release, 0, "the target's connection is released"),
		[CN_LINK_R_SERVING_GONE] = RUN(serving_gone, 0, "release of all connections"),
		[CN_LINK_R_SERVING_RELEASE] = RUN(serving_wants_release, 0, "release of all connections"),
	},
	[IUPLUS_CN_RELOC_ALLOCATION] = {
		[CN_LINK_R_REQUIRED] = RUN(required_again, S(IDLE), "logical error (10.4), the target is released"),
		[CN_LINK_R_CANCEL] = CANCEL,
		[CN_LINK_R_ACKNOWLEDGE] = RUN(acknowledged, S(COMMANDED) | S(IDLE),
			"Relocation Command, or Relocation Preparation Failure"),
		[CN_LINK_R_FAILURE] = RUN(refused, S(IDLE), "Relocation Preparation Failure"),
		[CN_LINK_R_ALLOC_EXPIRY] = RUN(allocation_expired, S(IDLE),
			"Relocation Preparation Failure, the target is released"),
		[CN_LINK_R_COMPLETE_EXPIRY] = STAY,
		[CN_LINK_R_TARGET_GONE] = RUN(target_gone_early, S(IDLE), "Relocation Preparation Failure"),
		[CN_LINK_R_SERVING_GONE] = RUN(serving_gone, S(IDLE), "release of all connections"),
		[CN_LINK_R_SERVING_RELEASE] = RUN(serving_wants_release, S(IDLE), "release of all connections"),
	},
	[IUPLUS_CN_RELOC_COMMANDED] = {
		[CN_LINK_R_CANCEL] = CANCEL,
		[CN_LINK_R_DETECT] = RUN(detected, S(DETECTED), "noted"),
		[CN_LINK_R_COMPLETE] = COMPLETED,
		[CN_LINK_R_ALLOC_EXPIRY] = STAY,
		[CN_LINK_R_COMPLETE_EXPIRY] = RUN(completion_expired, S(IDLE),
			"release of all connections (8.9.3)"),
		[CN_LINK_R_TARGET_GONE] = RUN(target_gone_late, S(IDLE), "the source keeps the UE"),
		[CN_LINK_R_SERVING_GONE] = RUN(serving_gone_late, 0, "reported, waiting for the target"),
		[CN_LINK_R_SERVING_RELEASE] = RUN(serving_wants_release, S(IDLE), "release of all connections"),
	},
	[IUPLUS_CN_RELOC_DETECTED] = {
		[CN_LINK_R_CANCEL] = CANCEL,
		[CN_LINK_R_DETECT] = STAY,
		[CN_LINK_R_COMPLETE] = COMPLETED,
		[CN_LINK_R_ALLOC_EXPIRY] = STAY,
		[CN_LINK_R_COMPLETE_EXPIRY] = RUN(completion_expired, S(IDLE),
			"release of all connections (8.9.3)"),
		[CN_LINK_R_TARGET_GONE] = RUN(target_gone_late, S(IDLE), "the source keeps the UE"),
		[CN_LINK_R_SERVING_GONE] = RUN(serving_gone_late, 0, "reported, waiting for the target"),
		[CN_LINK_R_SERVING_RELEASE] = RUN(source_wants_release, 0, "the source's connection is released"),
	},
};

const struct proc_row *cn_link_relocation_row(enum iuplus_cn_relocation state, enum cn_link_relocation_input input)
{
	return &table[state][input].row;
}

void cn_link_relocation(struct cn_link *l, enum cn_link_relocation_input input, const struct iuplus_ranap_msg *m,
			uint16_t cause)
{
	enum iuplus_cn_relocation state = l->ue->relocation;
	const struct call call = { m, cause };

	if (table[state][input].handler)
		table[state][input].handler(l, &call);
	else if (table[state][input].row.answer == PROC_DEFAULT)
		logical_error(l, &call);
}
