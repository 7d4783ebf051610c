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
	rc = cn_link_offer_keys(l, rnc, r);
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

static void acknowledged(struct cn_link *l, const struct call *call)
{
	const struct iuplus_ranap_relocation_request_acknowledge *a = &call->m->u.relocation_request_acknowledge;
	const struct call wrong = { NULL, cn_link_judge_target(l, a) };
	struct iuplus_ranap_msg m = message(IUPLUS_RANAP_RELOCATION_COMMAND);

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

static void completed(struct cn_link *l, const struct call *call)
{
	const struct iuplus_ranap_relocation_complete *r = &call->m->u.relocation_complete;
	unsigned source = l->ue->serving;

	cn_link_set_relocation(l, IUPLUS_CN_RELOC_IDLE);
	l->ue->serving = l->conn;
	if (cn_link_arrive(l, r)) {
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
