/* SPDX-License-Identifier: BSD-2-Clause */
/* peer.c: what the core and an RNC have with each other as a whole: Reset in both directions, Overload, and a core that
 * starts again. */
#include "test/model/model.h"

#include <string.h>

/* A Reset ends the core's connections with the RNC, or those that it names. */
static void lose(struct world *w, unsigned cell, const struct iuplus_proc_action *a)
{
	unsigned i, n, named;

	for (i = 0; i < CONTEXTS; i++)
		for (n = 0; n < 2; n++) {
			if (!w->cn[i].used || w->cn[i].iu[n] == NONE || w->cn[i].cn->link.iu[n].peer != PEER(cell))
				continue;
			if (a->kind == IUPLUS_ACT_RESET_RESOURCE &&
			    (!iuplus_cn_ue_named(w->cn[i].cn, a, &named) || named != n))
				continue;
			model_iu_forget(w, w->cn[i].iu[n], true);
			model_cn_event(w, &w->cn[i], &(struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_LOST, .conn = n });
		}
}

void model_cn_peer_event(struct world *w, unsigned cell, enum iuplus_cn_peer_event_kind kind, unsigned timer,
			 struct iuplus_octets pdu)
{
	const struct iuplus_cn_peer_event event = { kind, PEER(cell), timer, pdu };
	struct iuplus_proc_actions actions = { .count = 0 };
	struct iuplus_proc_env env = { .now_ms = w->now };
	struct iuplus_arena arena;
	struct message *m;
	unsigned i;

	iuplus_arena_init(&arena, 0);
	env.arena = &arena;
	model_hlr_env(w, &env);
	if (iuplus_cn_peer_event(&w->cn_peer[cell], &w->cn_config, &env, &event, &actions))
		model_violation(w, "I13", "the core's machine of an RNC refuses an event");
	model_trace(w, "core, of RNC %u: event %d", cell, (int)kind);
	for (i = 0; i < actions.count; i++) {
		const struct iuplus_proc_action *a = &actions.list[i];

		judge_action(w, "core", a);
		if (a->kind == IUPLUS_ACT_IU_UNITDATA) {
			m = model_put(w, M_UNITDATA, a->pdu, a->message);
			m->cell = cell;
		} else if (a->kind == IUPLUS_ACT_TIMER_START || a->kind == IUPLUS_ACT_TIMER_STOP) {
			model_timer(w, w->cn_peer_timer[cell], a);
		} else if (a->kind == IUPLUS_ACT_RESET_ALL || a->kind == IUPLUS_ACT_RESET_RESOURCE) {
			lose(w, cell, a);
		}
	}
	iuplus_arena_free(&arena);
	w->cn_rnc[cell].overload = w->cn_peer[cell].overload;
}

void model_unitdata(struct world *w, const struct message *m)
{
	const struct iuplus_octets pdu = { m->pdu, m->len };

	if (m->to_core)
		model_cn_peer_event(w, m->cell, IUPLUS_CN_PEER_UNITDATA, 0, pdu);
	else
		model_rnc_node_event(w, m->cell,
				     &(struct iuplus_rnc_node_event){ .kind = IUPLUS_RNC_NODE_UNITDATA,
								      .peer = IUPLUS_DOMAIN_PS,
								      .pdu = pdu });
}

void model_core_restarts(struct world *w)
{
	char imsi[sizeof(w->subscriber.imsi)];
	unsigned i, n;

	for (i = 0; i < CONTEXTS; i++) {
		if (!w->cn[i].used)
			continue;
		for (n = 0; n < 2; n++)
			if (w->cn[i].iu[n] != NONE)
				model_iu_forget(w, w->cn[i].iu[n], true);
		iuplus_cn_ue_free(w->cn[i].cn);
		model_forget_vectors(w, (int)i);
		w->cn[i].used = false;
	}
	memcpy(imsi, w->subscriber.imsi, sizeof(imsi));
	iuplus_cn_subscriber_init(&w->subscriber, imsi);
	memset(w->cn_peer_timer, 0, sizeof(w->cn_peer_timer));
	memset(w->cn_peer, 0, sizeof(w->cn_peer));
	for (i = 0; i < w->cells; i++)
		model_cn_peer_event(w, i, IUPLUS_CN_PEER_RESET, 0, (struct iuplus_octets){ NULL, 0 });
}
