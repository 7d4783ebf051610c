/* SPDX-License-Identifier: BSD-2-Clause */
/* owner.c: the owners of the machines, as src/node has them, in one process: every event goes in here, every action is
 * executed here. */
#include "test/model/model.h"

#include <stdlib.h>
#include <string.h>

static void random_octets(void *user, uint8_t *buf, size_t len)
{
	struct world *w = user;

	while (len--)
		*buf++ = (uint8_t)model_random(&w->rng);
}

/* The arena of an event: events nest (the UE's two machines call each other), each level has its own. */
static struct iuplus_proc_env enter(struct world *w)
{
	struct iuplus_proc_env env = { .now_ms = w->now, .random = random_octets, .user = w, .pdus = model_pdus };

	if (w->depth >= sizeof(w->arena) / sizeof(w->arena[0]))
		abort();
	env.arena = &w->arena[w->depth++];
	return env;
}

static void leave(struct world *w, struct iuplus_proc_actions *actions)
{
	iuplus_proc_wipe(actions);
	iuplus_arena_reset(&w->arena[--w->depth], false);
}

void model_timer(struct world *w, struct timer *timers, const struct iuplus_proc_action *a)
{
	struct timer *t = &timers[a->timer];

	t->stopped = a->kind == IUPLUS_ACT_TIMER_STOP && t->running;
	t->running = a->kind == IUPLUS_ACT_TIMER_START;
	if (!t->running)
		return;
	t->due = w->now + a->ms;
	if (t->due < w->next_due)
		w->next_due = t->due;
}

static void forget_stopped(struct timer *timers, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i++)
		timers[i].stopped = false;
}

/* ---- RNCs ---- */

struct rnc_context *model_new_rnc_context(struct world *w, unsigned rnc, uint32_t id)
{
	struct rnc_context *c;

	for (c = w->rnc; c < w->rnc + CONTEXTS; c++) {
		if (c->used)
			continue;
		memset(c, 0, sizeof(*c));
		w->next_rnc_id = w->next_rnc_id % 0xfffff + 1;
		c->used = true;
		c->rnc = rnc;
		c->id = c->old_id = id;
		c->iu[0] = c->iu[1] = NONE;
		c->ue = iuplus_rnc_ue_new(w->next_rnc_id);
		if (!c->ue)
			abort();
		return c;
	}
	return NULL;
}

static void rnc_act(struct world *w, struct rnc_context *c, const struct iuplus_proc_action *a)
{
	judge_action(w, "RNC", a);
	switch (a->kind) {
	case IUPLUS_ACT_RRC_SEND:
		model_radio_send(w, c, a);
		break;
	case IUPLUS_ACT_CIPHER:
		model_radio_cipher(&c->radio, false, a);
		break;
	case IUPLUS_ACT_HOLD:
		c->radio.rx[a->rb].held = a->hold;
		break;
	case IUPLUS_ACT_IU_CONNECT:
	case IUPLUS_ACT_IU_SEND:
	case IUPLUS_ACT_IU_RELEASE:
		model_iu_act(w, false, (int)(c - w->rnc), a);
		break;
	case IUPLUS_ACT_TIMER_START:
	case IUPLUS_ACT_TIMER_STOP:
		model_timer(w, c->timer, a);
		break;
	case IUPLUS_ACT_KEYS:
		c->keys = a->keys;
		break;
	case IUPLUS_ACT_FREE:
		c->ended = true;
		break;
	default:
		break;
	}
}

static void follow_identity(struct rnc_context *c)
{
	struct iuplus_rnc_ue_status status;

	iuplus_rnc_ue_get_status(c->ue, &status);
	if (!status.u_rnti || status.u_rnti == c->id)
		return;
	c->old_id = c->id;
	c->id = status.u_rnti;
}

void model_rnc_event(struct world *w, struct rnc_context *c, const struct iuplus_rnc_event *event)
{
	struct iuplus_proc_actions actions;
	struct iuplus_proc_radio radio;
	struct iuplus_proc_env env;
	enum iuplus_rnc_state before;
	unsigned i;
	int rc;

	if (c->ended)
		return;
	env = enter(w);
	c->depth++;
	model_radio_snapshot(&c->radio, &radio);
	env.radio = &radio;
	actions.count = 0;
	before = c->ue->state;
	forget_stopped(c->timer, IUPLUS_RNC_TIMER_COUNT);
	rows_context(w, c, NULL, false);
	judge_before(w, c->ue, sizeof(*c->ue),
		     c->ue->integrity.started ||
			     (before == IUPLUS_RNC_SECURING && judge_name(w, "SecurityModeComplete")));
	rc = iuplus_rnc_event(c->ue, &w->rnc_config[c->rnc], &env, event, &actions);
	judge_after(w, c->ue, sizeof(*c->ue), &actions, "RNC");
	rows_context(w, NULL, NULL, false);
	model_trace(w, "RNC %u #%d %s, %s -> %s%s%s", c->rnc, (int)(c - w->rnc), iuplus_rnc_event_name(event->kind),
		    iuplus_rnc_state_name(before), iuplus_rnc_state_name(c->ue->state), rc ? ": " : "",
		    rc ? iuplus_strrc(rc) : "");
	if (rc && rc != IUPLUS_ERR_STATE)
		model_violation(w, "I13", "RNC: event %s returns %s", iuplus_rnc_event_name(event->kind),
				iuplus_strrc(rc));
	for (i = 0; i < actions.count; i++)
		rnc_act(w, c, &actions.list[i]);
	leave(w, &actions);
	follow_identity(c);
	if (--c->depth == 0 && c->ended) {
		model_iu_close(w, c->iu, false);
		iuplus_rnc_ue_free(c->ue);
		c->used = false;
	}
}

/* A Reset ends the connections of the RNC's contexts that it names. */
static void reset(struct world *w, unsigned rnc, const struct iuplus_proc_action *a)
{
	struct rnc_context *c;
	int connection;

	for (c = w->rnc; c < w->rnc + CONTEXTS; c++) {
		const struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RESET, .conn = a->peer & 1 };

		if (!c->used || c->ended || c->rnc != rnc || c->iu[a->peer & 1] == NONE)
			continue;
		if (a->kind == IUPLUS_ACT_RESET_RESOURCE && !iuplus_rnc_ue_named(c->ue, a))
			continue;
		connection = c->iu[a->peer & 1];
		c->iu[a->peer & 1] = NONE;
		w->connection[connection].rnc = NONE;
		if (w->connection[connection].cn == NONE)
			w->connection[connection].used = false;
		model_rnc_event(w, c, &event);
	}
}

void model_rnc_node_event(struct world *w, unsigned rnc, const struct iuplus_rnc_node_event *event)
{
	struct iuplus_proc_actions actions;
	struct iuplus_proc_env env = enter(w);
	struct message *m;
	unsigned i;

	actions.count = 0;
	forget_stopped(w->node_timer[rnc], IUPLUS_RNC_TIMER_COUNT);
	if (iuplus_rnc_node_event(&w->node[rnc], &w->rnc_config[rnc], &env, event, &actions))
		model_violation(w, "I13", "the RNC's own machine refuses an event");
	model_trace(w, "RNC %u node event %d", rnc, (int)event->kind);
	for (i = 0; i < actions.count; i++) {
		const struct iuplus_proc_action *a = &actions.list[i];

		judge_action(w, "RNC", a);
		if (a->kind == IUPLUS_ACT_IU_UNITDATA) {
			m = model_put(w, M_UNITDATA, a->pdu, a->message);
			m->to_core = true;
			m->cell = rnc;
		} else if (a->kind == IUPLUS_ACT_TIMER_START || a->kind == IUPLUS_ACT_TIMER_STOP) {
			model_timer(w, w->node_timer[rnc], a);
		} else if (a->kind == IUPLUS_ACT_RESET_ALL || a->kind == IUPLUS_ACT_RESET_RESOURCE) {
			reset(w, rnc, a);
		}
	}
	leave(w, &actions);
}

/* ---- the core ---- */

struct cn_context *model_new_cn_context(struct world *w)
{
	struct cn_context *c;

	for (c = w->cn; c < w->cn + CONTEXTS; c++) {
		if (c->used)
			continue;
		memset(c, 0, sizeof(*c));
		c->used = true;
		c->iu[0] = c->iu[1] = NONE;
		c->cn = iuplus_cn_ue_new(&w->cn_config, &w->subscribers, ++w->next_cn_id, c);
		if (!c->cn)
			abort();
		return c;
	}
	return NULL;
}

static void cn_act(struct world *w, struct cn_context *c, const struct iuplus_proc_action *a)
{
	judge_action(w, "core", a);
	w->relocated += a->kind == IUPLUS_ACT_DONE && !strcmp(a->message, IUPLUS_CN_DONE_RELOCATION);
	w->secured += a->kind == IUPLUS_ACT_DONE && !strcmp(a->message, IUPLUS_CN_DONE_SECURITY);
	switch (a->kind) {
	case IUPLUS_ACT_IU_CONNECT:
	case IUPLUS_ACT_IU_SEND:
	case IUPLUS_ACT_IU_RELEASE:
		model_iu_act(w, true, (int)(c - w->cn), a);
		break;
	case IUPLUS_ACT_TIMER_START:
	case IUPLUS_ACT_TIMER_STOP:
		model_timer(w, c->timer, a);
		break;
	case IUPLUS_ACT_VECTORS_WANTED:
		c->wants_vectors = true;
		c->wanted = *a->wanted;
		break;
	case IUPLUS_ACT_SUPERSEDED:
		c->superseded = a->user;
		break;
	case IUPLUS_ACT_KEYS:
		c->keys = a->keys;
		break;
	case IUPLUS_ACT_FREE:
		c->ended = true;
		break;
	default:
		break;
	}
}

/* The HLR's answer is a message, which takes its time. */
static void ask_hlr(struct world *w, struct cn_context *c)
{
	struct message *m =
		model_put(w, M_VECTORS, (struct iuplus_octets){ (const uint8_t *)&c->wanted, sizeof(c->wanted) },
			  "vectors");

	m->to_core = true;
	m->connection = (int)(c - w->cn);
}

void model_cn_event(struct world *w, struct cn_context *c, const struct iuplus_cn_event *event)
{
	static const struct iuplus_cn_event superseded = { .kind = IUPLUS_CN_EV_SUPERSEDED };
	struct iuplus_proc_actions actions;
	struct iuplus_proc_env env;
	struct cn_context *other;
	unsigned i;
	int rc;

	if (!c->used || c->ended)
		return;
	env = enter(w);
	actions.count = 0;
	forget_stopped(c->timer, IUPLUS_CN_TIMER_COUNT);
	rows_context(w, NULL, c, false);
	rc = iuplus_cn_event(c->cn, &env, event, &actions);
	rows_context(w, NULL, NULL, false);
	model_trace(w, "core #%d %s -> %s %s %s%s%s", (int)(c - w->cn), iuplus_cn_event_name(event->kind),
		    iuplus_cn_gmm_name(c->cn->gmm.state), iuplus_cn_relocation_name(c->cn->link.relocation),
		    iuplus_cn_security_name(c->cn->link.security), rc ? ": " : "", rc ? iuplus_strrc(rc) : "");
	if (rc && rc != IUPLUS_ERR_STATE)
		model_violation(w, "I13", "core: event %s returns %s", iuplus_cn_event_name(event->kind),
				iuplus_strrc(rc));
	for (i = 0; i < actions.count; i++)
		cn_act(w, c, &actions.list[i]);
	leave(w, &actions);
	other = c->superseded;
	c->superseded = NULL;
	if (c->wants_vectors && !c->ended)
		ask_hlr(w, c);
	c->wants_vectors = false;
	if (c->ended) {
		model_iu_close(w, c->iu, true);
		model_forget_vectors(w, (int)(c - w->cn));
		iuplus_cn_ue_free(c->cn);
		c->used = false;
	}
	if (other && other->used)
		model_cn_event(w, other, &superseded);
}

/* ---- the UE ---- */

static void follow_ue(struct world *w)
{
	struct iuplus_ue_rrc_status status;

	iuplus_ue_rrc_get_status(w->ue.rrc, &status);
	if (status.u_rnti)
		w->ue.id = status.u_rnti;
}

static void tune(struct world *w, uint32_t code)
{
	struct phone *ue = &w->ue;
	unsigned cell = code - w->rnc_config[0].scrambling_code;
	struct radio other;

	if (cell == ue->cell || cell >= w->cells)
		return;
	if (ue->has_left && ue->left_cell == cell) { /* it returns */
		ue->radio = ue->left;
		ue->has_left = false;
	} else {
		memset(&other, 0, sizeof(other));
		ue->left = ue->radio;
		ue->left_cell = ue->cell;
		ue->has_left = true;
		ue->radio = other;
	}
	ue->cell = cell;
	ue->listening = true;
	follow_ue(w);
	ue->announcements = 0;
	model_announce(w);
}

static void forget_connection(struct world *w)
{
	memset(&w->ue.radio, 0, sizeof(w->ue.radio));
	w->ue.id = (uint32_t)model_random(&w->rng) | 1;
	judge_ue_idle(w);
}

static void rrc_act(struct world *w, const struct iuplus_proc_action *a)
{
	struct iuplus_ue_nas_event nas = { .kind = IUPLUS_UE_NAS_EV_PDU, .pdu = a->pdu };

	judge_action(w, "UE", a);
	switch (a->kind) {
	case IUPLUS_ACT_RRC_SEND:
		model_radio_send(w, NULL, a);
		break;
	case IUPLUS_ACT_CIPHER:
		model_radio_cipher(&w->ue.radio, true, a);
		break;
	case IUPLUS_ACT_TUNE:
		tune(w, a->cell);
		break;
	case IUPLUS_ACT_TIMER_START:
	case IUPLUS_ACT_TIMER_STOP:
		model_timer(w, w->ue.rrc_timer, a);
		break;
	case IUPLUS_ACT_KEYS:
		w->ue.keys = a->keys;
		keys_in_use(w, &a->keys, w->ue_returns);
		break;
	case IUPLUS_ACT_NAS_UP:
		model_nas_event(w, &nas);
		break;
	case IUPLUS_ACT_NAS_SECURED:
		nas.kind = IUPLUS_UE_NAS_EV_SECURED;
		if (w->ue_has_new_keys)
			ledger_ue_vector();
		w->ue_has_new_keys = false;
		model_nas_event(w, &nas);
		break;
	case IUPLUS_ACT_NAS_AREA:
		nas.kind = IUPLUS_UE_NAS_EV_AREA;
		nas.area = a->area;
		model_nas_event(w, &nas);
		break;
	case IUPLUS_ACT_NAS_KEYS_VOID:
		w->ue.nas.cksn = IUPLUS_CN_NO_KEY;
		break;
	case IUPLUS_ACT_NAS_RELEASED:
		nas.kind = IUPLUS_UE_NAS_EV_LOST;
		model_nas_event(w, &nas);
		break;
	default:
		break;
	}
}

void model_rrc_event(struct world *w, const struct iuplus_ue_rrc_event *event)
{
	struct iuplus_proc_actions actions;
	struct iuplus_proc_radio radio;
	struct iuplus_proc_env env = enter(w);
	enum iuplus_ue_rrc_state before = w->ue.rrc->state, after;
	bool released;
	unsigned i;
	int rc;

	model_radio_snapshot(&w->ue.radio, &radio);
	env.radio = &radio;
	actions.count = 0;
	forget_stopped(w->ue.rrc_timer, IUPLUS_UE_TIMER_COUNT);
	judge_before(w, w->ue.rrc, sizeof(*w->ue.rrc), w->ue.rrc->now.integrity.started);
	rc = iuplus_ue_rrc_event(w->ue.rrc, &w->ue_config, &env, event, &actions);
	judge_after(w, w->ue.rrc, sizeof(*w->ue.rrc), &actions, "UE");
	after = w->ue.rrc->state;
	model_trace(w, "UE RRC %s, %s -> %s%s%s", iuplus_ue_rrc_event_name(event->kind),
		    iuplus_ue_rrc_state_name(before), iuplus_ue_rrc_state_name(after), rc ? ": " : "",
		    rc ? iuplus_strrc(rc) : "");
	if (rc && rc != IUPLUS_ERR_STATE)
		model_violation(w, "I13", "UE: event %s returns %s", iuplus_ue_rrc_event_name(event->kind),
				iuplus_strrc(rc));
	w->ue_returns = before == IUPLUS_UE_ARRIVING;
	released = before != IUPLUS_UE_IDLE && after != before &&
		   (after == IUPLUS_UE_IDLE || after == IUPLUS_UE_CONNECTING);
	for (i = 0; i < actions.count; i++) {
		if (released && actions.list[i].kind == IUPLUS_ACT_NAS_RELEASED) {
			released = false;
			forget_connection(w);
		}
		rrc_act(w, &actions.list[i]);
	}
	if (released)
		forget_connection(w);
	leave(w, &actions);
	follow_ue(w);
	if (w->ue.rrc->state != IUPLUS_UE_ARRIVING)
		w->ue.has_left = false;
}

void model_nas_event(struct world *w, const struct iuplus_ue_nas_event *event)
{
	struct iuplus_proc_actions actions;
	struct iuplus_proc_env env = enter(w);
	struct iuplus_ue_rrc_event rrc;
	unsigned i;
	int rc;

	actions.count = 0;
	forget_stopped(w->ue.nas_timer, IUPLUS_UE_NAS_TIMER_COUNT);
	rows_context(w, NULL, NULL, true);
	rc = iuplus_ue_nas_event(&w->ue.nas, &env, event, &actions);
	rows_context(w, NULL, NULL, false);
	model_trace(w, "UE NAS %s -> %s%s%s", iuplus_ue_nas_event_name(event->kind),
		    iuplus_ue_nas_state_name(w->ue.nas.state), rc ? ": " : "", rc ? iuplus_strrc(rc) : "");
	for (i = 0; i < actions.count; i++) {
		const struct iuplus_proc_action *a = &actions.list[i];

		judge_action(w, "UE NAS", a);
		w->ue.reallocated += a->kind == IUPLUS_ACT_DONE && !strcmp(a->message, IUPLUS_UE_NAS_DONE_REALLOCATION);
		if (a->kind == IUPLUS_ACT_TIMER_START || a->kind == IUPLUS_ACT_TIMER_STOP)
			model_timer(w, w->ue.nas_timer, a);
		if (a->kind != IUPLUS_ACT_NAS_DOWN && a->kind != IUPLUS_ACT_NAS_KEYS &&
		    a->kind != IUPLUS_ACT_NETWORK_FALSE)
			continue;
		memset(&rrc, 0, sizeof(rrc));
		rrc.kind = a->kind == IUPLUS_ACT_NAS_DOWN ? IUPLUS_UE_EV_NAS_DOWN :
			   a->kind == IUPLUS_ACT_NAS_KEYS ? IUPLUS_UE_EV_NAS_KEYS :
							    IUPLUS_UE_EV_NETWORK_FALSE;
		rrc.domain = IUPLUS_DOMAIN_PS;
		w->ue_has_new_keys |= a->kind == IUPLUS_ACT_NAS_KEYS;
		rrc.initial = a->initial;
		rrc.pdu = a->pdu;
		memcpy(rrc.ck, a->keys.ck, sizeof(rrc.ck));
		memcpy(rrc.ik, a->keys.ik, sizeof(rrc.ik));
		memcpy(rrc.rand, a->keys.rand, sizeof(rrc.rand));
		memcpy(rrc.rand, a->keys.rand, sizeof(rrc.rand));
		model_rrc_event(w, &rrc);
	}
	leave(w, &actions);
}

void model_hlr_env(struct world *w, struct iuplus_proc_env *env)
{
	env->random = random_octets;
	env->user = w;
	env->now_ms = w->now;
}
