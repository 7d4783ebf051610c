/* SPDX-License-Identifier: BSD-2-Clause */
/* cn.c: the core's machine as a whole: each event to the half that it concerns, the link's outcome to the mobility user. */
#include <stdlib.h>
#include <string.h>

#include "src/proc/cn_ue.h"

/* ---- one context ---- */

struct iuplus_cn_ue *iuplus_cn_ue_new(const struct iuplus_cn_config *config,
				      const struct iuplus_cn_subscribers *subscribers, const struct iuplus_cn_auc *auc,
				      uint32_t id)
{
	struct iuplus_cn_ue *ue = calloc(1, sizeof(*ue));

	if (!ue)
		return NULL;
	ue->config = config;
	ue->link.iu_sig_con_id = 0x800000 | (id & 0x7fffff);	/* TS 25.413 9.2.1.38: the core's */
	ue->gmm.subscribers = subscribers;
	ue->gmm.auc = auc ? auc : &iuplus_cn_auc_local;
	ue->gmm.cksn = IUPLUS_CN_NO_KEY;
	return ue;
}

void iuplus_cn_ue_free(struct iuplus_cn_ue *ue)
{
	if (!ue)
		return;
	cn_gmm_leave(&ue->gmm, ue);
	iuplus_security_wipe(ue, sizeof(*ue));
	free(ue);
}

bool iuplus_cn_ue_named(const struct iuplus_cn_ue *ue, const struct iuplus_proc_action *action, unsigned *conn)
{
	unsigned n, i;

	for (n = 0; n < 2; n++) {
		if (ue->link.iu[n].state == IUPLUS_CN_IU_NONE || !ue->link.iu[n].has_sig_con_id ||
		    ue->link.iu[n].peer != action->peer)
			continue;
		for (i = 0; i < action->range_count; i++) {
			if (ue->link.iu[n].sig_con_id < action->ranges[i].first ||
			    ue->link.iu[n].sig_con_id > action->ranges[i].last)
				continue;
			*conn = n;
			return true;
		}
	}
	return false;
}

struct iuplus_cn_ue *iuplus_cn_ue_superseded(struct iuplus_cn_ue *ue)
{
	struct iuplus_cn_ue *superseded = ue->gmm.superseded;

	ue->gmm.superseded = NULL;
	return superseded;
}

void iuplus_cn_ue_get_status(const struct iuplus_cn_ue *ue, struct iuplus_cn_ue_status *status)
{
	const struct cn_link_ue *link = &ue->link;
	unsigned n;

	memset(status, 0, sizeof(*status));
	status->gmm = ue->gmm.state;
	status->relocation = link->relocation;
	status->security = link->security;
	status->serving = link->serving;
	for (n = 0; n < 2; n++) {
		status->iu[n].state = link->iu[n].state;
		status->iu[n].peer = link->iu[n].peer;
		status->iu[n].rnc_enhanced = link->iu[n].rnc_enhanced;
		status->iu[n].has_sig_con_id = link->iu[n].has_sig_con_id;
		status->iu[n].sig_con_id = link->iu[n].sig_con_id;
	}
	status->subscriber = ue->gmm.subscriber;
	status->ue_enhanced = link->ue_enhanced;
	status->ue_capability = link->ue_capability;
	status->integrity = link->keys.integrity_started;
	status->ciphering = link->keys.ciphering_started;
	status->kind = link->keys.kind;
	status->uia = link->keys.uia;
	status->uea = link->keys.uea;
	status->ncc = link->keys.ncc;
	status->star_used = link->star_used;
	status->tries = ue->gmm.tries;
}

/* ---- events ---- */

/* One event being handled by both halves. */
struct cn {
	struct proc p;
	struct cn_link link;
	struct cn_gmm gmm;
};

static int on_connect_indication(struct cn *c, const struct iuplus_cn_event *event)
{
	struct cn_link_ue *ue = c->link.ue;

	if (ue->iu[event->conn].state != IUPLUS_CN_IU_NONE || ue->opened || ue->releasing)
		return IUPLUS_ERR_ARGUMENT;
	cn_link_connected(&c->link, event->peer);
	/* Without a message here, the first one comes as DATA, or a timer ends the context. */
	cn_gmm_begin(&c->gmm);
	if (event->pdu.len)
		cn_link_ranap(&c->link, event->pdu);
	return IUPLUS_OK;
}

static int on_connect_confirm(struct cn *c, const struct iuplus_cn_event *event)
{
	cn_link_confirmed(&c->link);
	if (event->pdu.len && c->link.ue->iu[event->conn].state == IUPLUS_CN_IU_UP)
		cn_link_ranap(&c->link, event->pdu);
	return IUPLUS_OK;
}

static int on_connect_refuse(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	cn_link_gone(&c->link, "was refused");
	return IUPLUS_OK;
}

static int on_data(struct cn *c, const struct iuplus_cn_event *event)
{
	if (c->link.ue->iu[event->conn].state == IUPLUS_CN_IU_NONE)
		return IUPLUS_OK;
	/* Data on a connection still in CONNECTING confirms it implicitly. */
	cn_link_confirmed(&c->link);
	cn_link_ranap(&c->link, event->pdu);
	return IUPLUS_OK;
}

static int on_release(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	cn_link_gone(&c->link, "was released by the RNC");
	return IUPLUS_OK;
}

static int on_lost(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	cn_link_gone(&c->link, "is lost");
	return IUPLUS_OK;
}

static int on_timer(struct cn *c, const struct iuplus_cn_event *event)
{
	c->p.why = iuplus_cn_timer_name(event->timer);
	if (event->timer <= IUPLUS_CN_TRELEASE_1)
		cn_link_expired(&c->link, event->timer);
	else
		cn_gmm_expired(&c->gmm, event->timer);
	return IUPLUS_OK;
}

static int on_detach(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	return cn_gmm_order_detach(&c->gmm);
}

static int on_reallocate(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	return cn_gmm_order_reallocate(&c->gmm);
}

static int on_authenticate(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	return cn_gmm_order_authenticate(&c->gmm);
}

static int on_cancel(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	cn_gmm_release(&c->gmm, IUPLUS_RANAP_CAUSE_OM_INTERVENTION, "cancelled by order");
	return IUPLUS_OK;
}

static int on_superseded(struct cn *c, const struct iuplus_cn_event *event)
{
	(void)event;
	cn_gmm_release(&c->gmm, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the UE has come back on another connection");
	return IUPLUS_OK;
}

static void begin(struct cn *c, struct iuplus_cn_ue *ue, const struct iuplus_proc_env *env,
		  const struct iuplus_cn_event *event, struct iuplus_proc_actions *out)
{
	memset(c, 0, sizeof(*c));
	c->p.domain = ue->config->link.domain;
	c->p.env = env;
	c->p.out = out;
	c->p.flags = ue->config->link.enhanced ? 0 : IUPLUS_RANAP_LEGACY;
	c->p.why = iuplus_cn_event_name(event->kind);
	c->link.p = &c->p;
	c->link.ue = &ue->link;
	c->link.cfg = &ue->config->link;
	c->link.timer_ms = ue->config->timer_ms;
	c->link.conn = event->conn;
	c->link.user_idle = cn_gmm_idle(&ue->gmm);
	c->gmm.p = &c->p;
	c->gmm.link = &c->link;
	c->gmm.ue = &ue->gmm;
	c->gmm.cfg = ue->config;
	c->gmm.context = ue;
}

int iuplus_cn_event(struct iuplus_cn_ue *ue, const struct iuplus_proc_env *env, const struct iuplus_cn_event *event,
		    struct iuplus_proc_actions *out)
{
#define HANDLER(id, name, handler, what) [IUPLUS_CN_EV_##id] = handler,
	static int (*const handlers[])(struct cn *c, const struct iuplus_cn_event *event) = { IUPLUS_CN_EVENTS(HANDLER) };
	struct cn c;
	int rc, end;

	if ((unsigned)event->kind >= IUPLUS_CN_EV_COUNT || event->conn > 1 ||
	    (event->kind == IUPLUS_CN_EV_TIMER && (unsigned)event->timer >= IUPLUS_CN_TIMER_COUNT))
		return IUPLUS_ERR_ARGUMENT;
	if (ue->ended)
		return IUPLUS_OK;
	begin(&c, ue, env, event, out);
	rc = handlers[event->kind](&c, event);
	cn_gmm_outcome(&c.gmm, c.link.outcome, c.link.nas);
	/* The last act of an event: a released context without connections ends. */
	if (cn_link_over(&c.link)) {
		ue->ended = true;
		proc_act(&c.p, IUPLUS_ACT_FREE)->message = "all connections are released";
	}
	end = proc_end(&c.p);
	return rc ? rc : end;
}
