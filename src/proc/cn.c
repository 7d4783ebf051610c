/* SPDX-License-Identifier: BSD-2-Clause */
/* cn.c: the core's machine as a whole: each event to the half that it concerns, the link's outcome to the mobility
 * user. */
#include <string.h>

#include "src/proc/cn_ue.h"

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
	if (event->timer < IUPLUS_CN_LINK_TIMER_COUNT)
		cn_link_expired(&c->link, event->timer);
	else if (event->timer < IUPLUS_CN_TIMER_OF_PEERS)
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
	cn_gmm_release(&c->gmm, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the UE has opened another connection");
	return IUPLUS_OK;
}

static int on_vectors(struct cn *c, const struct iuplus_cn_event *event)
{
	cn_gmm_vectors(&c->gmm, event);
	return IUPLUS_OK;
}

static void begin(struct cn *c, struct iuplus_cn_ue *ue, const struct iuplus_proc_env *env,
		  const struct iuplus_cn_event *event, struct iuplus_proc_actions *out)
{
	memset(c, 0, sizeof(*c));
	c->p.domain = ue->config->link.domain;
	c->p.env = env;
	c->p.out = out;
	c->p.flags = IUPLUS_RANAP_RELAY | (cn_link_hierarchy(&ue->config->link) ? 0 : IUPLUS_RANAP_LEGACY);
	c->p.why = iuplus_cn_event_name(event->kind);
	c->link.p = &c->p;
	c->link.ue = &ue->link;
	c->link.cfg = &ue->config->link;
	c->link.timer_ms = ue->config->timer_ms;
	c->link.conn = event->conn;
	c->link.tainted_allowed = ue->config->gmm.aka == IUPLUS_CN_AKA_NEVER;
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
	static int (*const handlers[])(struct cn * c,
				       const struct iuplus_cn_event *event) = { IUPLUS_CN_EVENTS(HANDLER) };
	struct cn c;
	int rc, end;

	if ((unsigned)event->kind >= IUPLUS_CN_EV_COUNT || event->conn > 1 ||
	    (event->kind == IUPLUS_CN_EV_TIMER && event->timer >= IUPLUS_CN_TIMER_COUNT))
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
