/* SPDX-License-Identifier: BSD-2-Clause */
/* schedule.c: what a schedule does, step by step. Every step has its own random number, so that a step can be left out
 * of a failing schedule and the others stay what they were. */
#include "test/model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIN_FAULTS 20

/* ---- making ---- */

static void push(struct world *w, uint64_t *r, enum op_kind kind)
{
	if (w->op_count == MAX_OPS)
		abort();
	w->ops[w->op_count++] = (struct op){ kind, model_random(r) };
}

static unsigned disturb(struct world *w, uint64_t *r, unsigned faults)
{
	unsigned i, n;

	for (i = 0; i < faults; i++) {
		/* few steps between faults, and now and then enough to end a procedure */
		for (n = model_random(r) % (model_random(r) % 5 ? 6 : 36); n; n--)
			push(w, r, OP_STEP);
		push(w, r, OP_FAULT);
	}
	for (n = model_random(r) % 6; n; n--)
		push(w, r, OP_STEP);
	return faults;
}

void schedule_make(struct world *w)
{
	enum op_kind goals[12] = { OP_RELOCATE, OP_RELOCATE, OP_REKEY };
	unsigned count = 3, faults = 0, i, j;
	uint64_t r = w->seed;
	enum op_kind swap;

	w->op_count = 0;
	for (i = model_random(&r) % 4; i; i--)
		goals[count++] = (enum op_kind)(OP_RELOCATE + model_random(&r) % 3);
	for (i = count - 1; i; i--) {
		j = model_random(&r) % (i + 1);
		swap = goals[i];
		goals[i] = goals[j];
		goals[j] = swap;
	}
	if (model_random(&r) & 1) { /* faults during the first attach as well */
		push(w, &r, OP_ORDER);
		faults += disturb(w, &r, 2 + model_random(&r) % 4);
	}
	for (i = 0; i < count; i++) {
		/* in whatever state the last procedure is, or in service */
		if (model_random(&r) % 4 || goals[i] != OP_ORDER)
			push(w, &r, OP_ATTACH);
		push(w, &r, goals[i]);
		if (goals[i] == OP_REKEY && model_random(&r) % 3 == 0) { /* a NAS message meets the key change */
			for (j = 4 + model_random(&r) % 8; j; j--)
				push(w, &r, OP_STEP);
			push(w, &r, OP_NAS);
			for (j = 4; j; j--)
				push(w, &r, OP_STEP);
		}
		faults += disturb(w, &r, 3 + model_random(&r) % 6);
		if (model_random(&r) % 2)
			push(w, &r, OP_ORDER);
		if (model_random(&r) % 3 == 0)
			push(w, &r, OP_REST);
	}
	while (faults < MIN_FAULTS)
		faults += disturb(w, &r, MIN_FAULTS - faults);
}

/* ---- without faults ---- */

#define REST_MS 900000
#define REST_STEPS 4000

/* Radio supervision: an end whose other end is not there loses the radio. */
static bool supervise(struct world *w)
{
	static const struct iuplus_rnc_event lost = { .kind = IUPLUS_RNC_EV_RADIO_LOST };
	static const struct iuplus_ue_rrc_event ue_lost = { .kind = IUPLUS_UE_EV_RADIO_LOST };
	struct rnc_context *serving = model_serving(w);
	enum iuplus_ue_rrc_state state = w->ue.rrc->state;
	unsigned i;

	if (state == IUPLUS_UE_IDLE || state == IUPLUS_UE_CONNECTING)
		serving = NULL;
	if (state == IUPLUS_UE_CONNECTED && !serving) {
		model_rrc_event(w, &ue_lost);
		return true;
	}
	for (i = 0; i < CONTEXTS; i++)
		if (w->rnc[i].used && &w->rnc[i] != serving && w->rnc[i].ue->state == IUPLUS_RNC_CONNECTED &&
		    !model_timers_run(w->rnc[i].timer, IUPLUS_RNC_TIMER_COUNT)) {
			model_rnc_event(w, &w->rnc[i], &lost);
			return true;
		}
	return false;
}

/* Until nothing is under way and no timer runs but those that guard inactivity. */
static void quiet(struct world *w, uint64_t random)
{
	uint64_t end = w->now + REST_MS;
	unsigned i, n;

	for (i = 0; !model_violated(w); i++) {
		if (i == REST_STEPS) {
			model_violation(w, "I13", "the world does not come to rest");
			return;
		}
		if (model_fire(w, w->now))
			continue;
		n = model_choose(w, model_random(&random));
		if (n != QUEUE)
			model_deliver(w, n);
		else if (!model_announce(w) && !model_iu_supervise(w) && !supervise(w) && !model_fire(w, end))
			return;
	}
}

static struct cn_context *core_in_service(struct world *w)
{
	unsigned i;

	for (i = 0; i < CONTEXTS; i++)
		if (w->cn[i].used && w->cn[i].cn->gmm.state == IUPLUS_CN_GMM_REGISTERED)
			return &w->cn[i];
	return NULL;
}

static bool in_service(struct world *w)
{
	const struct rnc_context *c = model_serving(w);
	struct iuplus_ue_rrc_status status;

	iuplus_ue_rrc_get_status(w->ue.rrc, &status);
	/* before integrity protection runs, anybody can release the UE's signalling connection */
	if (!status.signalling[IUPLUS_DOMAIN_PS])
		return false;
	return w->ue.nas.state == IUPLUS_UE_NAS_REGISTERED && w->ue.rrc->state == IUPLUS_UE_CONNECTED && c &&
	       c->ue->state == IUPLUS_RNC_CONNECTED && c->iu[IUPLUS_DOMAIN_PS] != NONE && core_in_service(w);
}

static void restart_phone(struct world *w)
{
	struct iuplus_security_usim usim = w->ue.nas.usim;
	const char *why;

	w->clean = false; /* the RNC loses it */
	model_rrc_event(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_POWER_OFF });
	memset(w->ue.nas_timer, 0, sizeof(w->ue.nas_timer));
	iuplus_ue_nas_end(&w->ue.nas);
	iuplus_ue_nas_init(&w->ue.nas, &w->nas_config, &why);
	w->ue.nas.usim = usim; /* SQN is on the card */
}

/* I13: whatever happened, the UE comes into service. */
static void attach(struct world *w, uint64_t random)
{
	const struct iuplus_ue_nas_event order = { .kind = IUPLUS_UE_NAS_EV_ATTACH },
					 detach = { .kind = IUPLUS_UE_NAS_EV_DETACH };
	unsigned i;

	w->hlr_fails = false;
	quiet(w, random);
	for (i = 0; i < 3 && !in_service(w) && !model_violated(w); i++) {
		if (w->ue.nas.usim_invalid)
			restart_phone(w);
		if (w->ue.nas.state != IUPLUS_UE_NAS_DEREGISTERED)
			model_nas_event(w, &detach);
		quiet(w, random);
		if (w->ue.nas.state == IUPLUS_UE_NAS_DEREGISTERED)
			model_nas_event(w, &order);
		quiet(w, random);
	}
	if (!in_service(w))
		model_violation(w, "I13", "no new connection can be had: UE %s, RRC %s",
				iuplus_ue_nas_state_name(w->ue.nas.state), iuplus_ue_rrc_state_name(w->ue.rrc->state));
}

/* ---- at rest ---- */

/* A message in each direction: P-TMSI reallocation. */
static void both_ways(struct world *w, uint64_t random)
{
	struct cn_context *core = core_in_service(w);
	unsigned before = w->ue.reallocated;

	if (!in_service(w))
		return;
	model_cn_event(w, core, &(struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_REALLOCATE });
	quiet(w, random);
	if (!model_violated(w) &&
	    (w->ue.reallocated == before || !core->used || core->cn->gmm.state != IUPLUS_CN_GMM_REGISTERED))
		model_violation(w, "I1", "at rest, NAS messages do not pass in both directions");
}

static void rest(struct world *w, uint64_t random)
{
	quiet(w, random);
	if (!model_violated(w))
		judge_rest(w);
	if (model_violated(w))
		return;
	w->clean = w->faultless = true;
	both_ways(w, random);
}

/* ---- orders ---- */

static bool relocate(struct world *w, uint64_t random)
{
	struct rnc_context *c = model_serving(w);
	struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RELOCATE };
	unsigned target;

	if (!c)
		return false;
	target = (c->rnc + 1 + random % (w->cells - 1)) % w->cells;
	event.target.rnc_id = w->rnc_config[target].rnc_id;
	event.target.cell_id = w->rnc_config[target].cell_id;
	if (random / 16 % 16 == 0) { /* the target refuses: it has no such cell */
		event.target.cell_id++;
		w->clean = false;
	}
	event.target.lac = w->rnc_config[target].lac;
	event.target.rac = w->rnc_config[target].rac;
	model_rnc_event(w, c, &event);
	return c->used && c->ue->state == IUPLUS_RNC_PREPARING;
}

static bool core_order(struct world *w, enum iuplus_cn_event_kind kind)
{
	unsigned i;

	for (i = 0; i < CONTEXTS; i++)
		if (w->cn[i].used) {
			model_cn_event(w, &w->cn[i], &(struct iuplus_cn_event){ .kind = kind });
			return w->cn[i].used && w->cn[i].cn->gmm.state != IUPLUS_CN_GMM_REGISTERED;
		}
	return false;
}

static void rnc_order(struct world *w, enum iuplus_rnc_event_kind kind, uint64_t random)
{
	unsigned i, n;

	for (i = 0; i < CONTEXTS; i++) {
		n = (i + random) % CONTEXTS;
		if (w->rnc[n].used) {
			model_rnc_event(w, &w->rnc[n], &(struct iuplus_rnc_event){ .kind = kind });
			return;
		}
	}
}

static void ue_order(struct world *w, enum iuplus_ue_nas_event_kind kind, bool switch_off)
{
	model_nas_event(w, &(struct iuplus_ue_nas_event){ .kind = kind, .switch_off = switch_off });
}

static void any_order(struct world *w, uint64_t random)
{
	switch (random % 18) {
	case 0:
		rnc_order(w, IUPLUS_RNC_EV_RELEASE, random / 18);
		break;
	case 1:
	case 2:
		rnc_order(w, IUPLUS_RNC_EV_CANCEL, random / 18);
		break;
	case 3:
		core_order(w, IUPLUS_CN_EV_DETACH);
		break;
	case 4:
		core_order(w, IUPLUS_CN_EV_CANCEL);
		break;
	case 5:
		core_order(w, IUPLUS_CN_EV_REALLOCATE);
		break;
	case 6:
		core_order(w, IUPLUS_CN_EV_AUTHENTICATE);
		break;
	case 7:
		ue_order(w, IUPLUS_UE_NAS_EV_DETACH, random & 32);
		break;
	case 8:
		model_rrc_event(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_POWER_OFF });
		break;
	case 9:
		relocate(w, random / 18);
		break;
	case 10:
	case 11:
	case 12:
	case 13:
	case 14:
		foreign(w, random / 18);
		break;
	default:
		ue_order(w, IUPLUS_UE_NAS_EV_ATTACH, false);
		break;
	}
}

/* ---- running ---- */

static void step(struct world *w, uint64_t random)
{
	unsigned n;

	if (model_fire(w, w->now))
		return;
	n = model_choose(w, random);
	if (n != QUEUE)
		model_deliver(w, n);
	else if (!model_announce(w) && !supervise(w))
		model_fire(w, w->now + 30000);
}

static void run_op(struct world *w, const struct op *op)
{
	switch (op->kind) {
	case OP_STEP:
		step(w, op->random);
		break;
	case OP_FAULT:
		w->clean = w->faultless = false;
		w->faults += fault(w, op->random);
		break;
	case OP_ATTACH:
		attach(w, op->random);
		break;
	case OP_RELOCATE:
		w->relocations += relocate(w, op->random);
		break;
	case OP_REKEY:
		w->rekeys += core_order(w, IUPLUS_CN_EV_AUTHENTICATE);
		break;
	case OP_ORDER:
		w->clean = false;
		any_order(w, op->random);
		break;
	case OP_NAS:
		foreign_nas_status(w);
		break;
	case OP_REST:
		rest(w, op->random);
		break;
	}
}

/* Everybody capable, nobody in the way: the keys in use are those of the hierarchy (I9). */
static void judge_hierarchy(struct world *w)
{
	struct iuplus_ue_rrc_status status;

	iuplus_ue_rrc_get_status(w->ue.rrc, &status);
	if (w->ue_config.enhanced && w->cn_config.link.enhanced && w->rnc_config[w->ue.cell].enhanced &&
	    status.kind != IUPLUS_KEYS_ENHANCED)
		model_violation(w, "I9", "all are capable, nobody interferes, and the keys are of kind %d",
				(int)status.kind);
}

static void finish(struct world *w)
{
	rest(w, w->seed);
	if (!model_violated(w)) {
		/* a new connection: the last one may have ended on legacy keys after a refusal */
		ue_order(w, IUPLUS_UE_NAS_EV_DETACH, false);
		attach(w, w->seed);
	}
	if (!model_violated(w))
		rest(w, w->seed);
	if (!model_violated(w))
		judge_hierarchy(w);
	if (model_violated(w))
		return;
	ue_order(w, IUPLUS_UE_NAS_EV_DETACH, true);
	quiet(w, w->seed);
	if (!model_violated(w))
		judge_empty(w);
}

bool schedule_run(struct world *w)
{
	for (w->step = 0; w->step < w->op_count && !model_violated(w); w->step++)
		run_op(w, &w->ops[w->step]);
	if (!model_violated(w))
		finish(w);
	return !model_violated(w);
}
