/* SPDX-License-Identifier: BSD-2-Clause */
/* timers.c: the timers of all machines, in virtual time. */
#include "test/model/model.h"

/* Whose timer it is. */
struct owned {
	struct timer *timer;
	enum { OF_RNC, OF_NODE, OF_PEER, OF_CORE, OF_RRC, OF_NAS } of;
	unsigned owner, number;
};

#define MAX_TIMERS (CONTEXTS * (IUPLUS_RNC_TIMER_COUNT + IUPLUS_CN_TIMER_COUNT) + 256)

static unsigned add(struct owned *list, unsigned n, struct timer *timers, unsigned count, int of, unsigned owner)
{
	unsigned i;

	for (i = 0; i < count; i++) {
		if (!timers[i].running && !timers[i].stopped)
			continue;
		list[n].timer = &timers[i];
		list[n].of = of;
		list[n].owner = owner;
		list[n++].number = i;
	}
	return n;
}

/* Those that run, or that the last event of their machine stopped. */
static unsigned list_timers(struct world *w, struct owned list[MAX_TIMERS])
{
	unsigned n = 0, i;

	for (i = 0; i < CONTEXTS; i++) {
		if (w->rnc[i].used)
			n = add(list, n, w->rnc[i].timer, IUPLUS_RNC_TIMER_COUNT, OF_RNC, i);
		if (w->cn[i].used)
			n = add(list, n, w->cn[i].timer, IUPLUS_CN_TIMER_COUNT, OF_CORE, i);
	}
	for (i = 0; i < w->cells; i++)
		n = add(list, n, w->node_timer[i], IUPLUS_RNC_TIMER_COUNT, OF_NODE, i);
	for (i = 0; i < w->cells; i++)
		n = add(list, n, w->cn_peer_timer[i], IUPLUS_CN_TIMER_COUNT, OF_PEER, i);
	n = add(list, n, w->ue.rrc_timer, IUPLUS_UE_TIMER_COUNT, OF_RRC, 0);
	return add(list, n, w->ue.nas_timer, IUPLUS_UE_NAS_TIMER_COUNT, OF_NAS, 0);
}

static void expire(struct world *w, const struct owned *o)
{
	const struct iuplus_rnc_event rnc = { .kind = IUPLUS_RNC_EV_TIMER, .timer = o->number };
	const struct iuplus_rnc_node_event node = { .kind = IUPLUS_RNC_NODE_TIMER,
						    .peer = IUPLUS_DOMAIN_PS,
						    .timer = o->number };
	const struct iuplus_cn_event core = { .kind = IUPLUS_CN_EV_TIMER, .timer = o->number };
	const struct iuplus_ue_rrc_event rrc = { .kind = IUPLUS_UE_EV_TIMER, .timer = o->number };
	const struct iuplus_ue_nas_event nas = { .kind = IUPLUS_UE_NAS_EV_TIMER,
						 .timer = (enum iuplus_ue_nas_timer)o->number };

	if (o->timer->running && o->timer->due > w->now)
		w->now = o->timer->due;
	o->timer->running = false;
	switch (o->of) {
	case OF_RNC:
		model_trace(w, "%s expires", iuplus_rnc_timer_name(o->number));
		model_rnc_event(w, &w->rnc[o->owner], &rnc);
		break;
	case OF_NODE:
		model_trace(w, "%s expires", iuplus_rnc_timer_name(o->number));
		model_rnc_node_event(w, o->owner, &node);
		break;
	case OF_PEER:
		model_trace(w, "%s expires", iuplus_cn_timer_name(o->number));
		rows_peer_timer(o->number);
		model_cn_peer_event(w, o->owner, IUPLUS_CN_PEER_TIMER, o->number, (struct iuplus_octets){ NULL, 0 });
		break;
	case OF_CORE:
		model_trace(w, "%s expires", iuplus_cn_timer_name(o->number));
		rows_timer(w->cn[o->owner].cn ? &w->cn[o->owner] : NULL, NULL, o->number);
		model_cn_event(w, &w->cn[o->owner], &core);
		break;
	case OF_RRC:
		model_trace(w, "%s expires", iuplus_ue_rrc_timer_name(o->number));
		model_rrc_event(w, &rrc);
		break;
	case OF_NAS:
		model_trace(w, "%s expires", iuplus_ue_nas_timer_name((enum iuplus_ue_nas_timer)o->number));
		rows_timer(NULL, &w->ue.nas, o->number);
		model_nas_event(w, &nas);
		break;
	}
}

bool model_fire(struct world *w, uint64_t limit)
{
	struct owned list[MAX_TIMERS], *next = NULL;
	unsigned n, i;

	if (limit < w->next_due)
		return false;
	n = list_timers(w, list);
	for (i = 0; i < n; i++)
		if (list[i].timer->running && (!next || list[i].timer->due < next->timer->due))
			next = &list[i];
	w->next_due = next ? next->timer->due : UINT64_MAX;
	if (!next || next->timer->due > limit)
		return false;
	expire(w, next);
	return true;
}

bool model_fire_late(struct world *w, uint64_t random)
{
	struct owned list[MAX_TIMERS];
	unsigned n = list_timers(w, list), i, stopped = 0;

	for (i = 0; i < n; i++)
		if (!list[i].timer->running)
			list[stopped++] = list[i];
	if (!stopped)
		return false;
	i = (unsigned)(random % stopped);
	list[i].timer->stopped = false;
	expire(w, &list[i]);
	return true;
}

bool model_timers_run(const struct timer *timers, unsigned count)
{
	unsigned i;

	for (i = 0; i < count; i++)
		if (timers[i].running)
			return true;
	return false;
}
