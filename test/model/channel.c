/* SPDX-License-Identifier: BSD-2-Clause */
/* channel.c: messages under way, and Iu. Every Iu connection and every radio bearer keeps its order; which of them is
 * next, the schedule decides. */
#include "test/model/model.h"

#include <stdlib.h>
#include <string.h>

struct message *model_put(struct world *w, enum message_kind kind, struct iuplus_octets pdu, const char *name)
{
	static struct message nowhere;
	struct message *m;

	if (w->queued == QUEUE) {
		model_violation(w, "I13", "more messages under way than any procedure needs");
		memset(&nowhere, 0, sizeof(nowhere));
		return kind == M_RADIO ? NULL : &nowhere;
	}
	m = &w->queue[w->queued++];
	memset(m, 0, sizeof(*m));
	m->kind = kind;
	m->name = name ? name : "?";
	m->order = w->order++;
	m->connection = NONE;
	m->len = pdu.len;
	if (pdu.len) {
		m->pdu = malloc(pdu.len);
		memcpy(m->pdu, pdu.data, pdu.len);
	}
	return m;
}

void model_discard(struct world *w, unsigned n)
{
	free(w->queue[n].pdu);
	w->queued--;
	memmove(&w->queue[n], &w->queue[n + 1], (w->queued - n) * sizeof(w->queue[0]));
}

void model_drop(struct world *w, unsigned n)
{
	if (w->queue[n].kind == M_RADIO)
		model_radio_lost_message(w, w->queue[n].record);
	model_discard(w, n);
}

/* ---- order ---- */

static bool same_channel(const struct world *w, const struct message *a, const struct message *b)
{
	const struct record *x, *y;

	if (a->kind == M_RADIO && b->kind == M_RADIO) {
		x = &w->record[a->record];
		y = &w->record[b->record];
		return x->uplink == y->uplink && x->rb == y->rb && x->cell == y->cell;
	}
	if (a->kind == M_RADIO || b->kind == M_RADIO || a->kind == M_PRESENCE || b->kind == M_PRESENCE ||
	    a->kind == M_VECTORS || b->kind == M_VECTORS || a->to_core != b->to_core)
		return false;
	if (a->kind == M_UNITDATA || b->kind == M_UNITDATA)
		return a->kind == b->kind && a->cell == b->cell;
	return a->connection == b->connection;
}

unsigned model_choose(struct world *w, uint64_t random)
{
	unsigned first[QUEUE], n = 0, i, j;

	for (i = 0; i < w->queued; i++) {
		if (w->queue[i].kind == M_RADIO && model_radio_held(w, w->queue[i].record))
			continue;
		for (j = 0; j < i && !same_channel(w, &w->queue[j], &w->queue[i]); j++)
			;
		if (j == i)
			first[n++] = i;
	}
	if (!n)
		return QUEUE;
	return random % 4 ? first[0] : first[random / 4 % n]; /* mostly the oldest one */
}

/* ---- Iu ---- */

int model_iu_open(struct world *w)
{
	int i;

	for (i = 0; i < CONNECTIONS; i++) {
		if (w->connection[i].used)
			continue;
		w->connection[i] = (struct connection){ .used = true, .rnc = NONE, .cn = NONE };
		return i;
	}
	return NONE;
}

static void purge(struct world *w, int connection)
{
	unsigned i = 0;

	while (i < w->queued)
		if (w->queue[i].connection == connection && w->queue[i].kind >= M_CONNECT &&
		    w->queue[i].kind <= M_RELEASE)
			model_discard(w, i);
		else
			i++;
}

static int *end_of(struct world *w, int connection, bool core)
{
	struct connection *c = &w->connection[connection];

	if (core)
		return c->cn == NONE ? NULL : &w->cn[c->cn].iu[c->cn_conn];
	return c->rnc == NONE ? NULL : &w->rnc[c->rnc].iu[c->rnc_conn];
}

static void close_end(struct world *w, int connection, bool core)
{
	struct connection *c = &w->connection[connection];
	int *iu = end_of(w, connection, core);

	if (iu)
		*iu = NONE;
	if (core)
		c->cn = NONE;
	else
		c->rnc = NONE;
	if (c->rnc != NONE || c->cn != NONE)
		return;
	c->used = false;
	purge(w, connection);
}

static void put_iu(struct world *w, enum message_kind kind, bool to_core, int connection, struct iuplus_octets pdu,
		   const char *name)
{
	struct message *m = model_put(w, kind, pdu, name);

	m->to_core = to_core;
	m->connection = connection;
}

static void release(struct world *w, int *iu, bool core)
{
	int connection = *iu;

	if (connection == NONE)
		return;
	put_iu(w, M_RELEASE, !core, connection, (struct iuplus_octets){ NULL, 0 }, "RLSD");
	close_end(w, connection, core);
}

void model_iu_close(struct world *w, int *iu, bool core)
{
	release(w, &iu[0], core);
	release(w, &iu[1], core);
}

void model_iu_act(struct world *w, bool core, int context, const struct iuplus_proc_action *a)
{
	unsigned n = a->conn & 1;
	int *iu = core ? &w->cn[context].iu[n] : &w->rnc[context].iu[n];
	struct connection *c;
	struct message *m;

	if (!core && w->foreign_command && a->message &&
	    (!strcmp(a->message, "SecurityModeReject") || !strcmp(a->message, "SecurityModeComplete"))) {
		w->foreign_command = false;
		return;
	}
	judge_iu(w, core, *iu, a);
	model_trace(w, "  %s: %s", core ? "core" : "RNC", a->kind == IUPLUS_ACT_IU_RELEASE ? "RLSD" : a->message);
	if (a->kind == IUPLUS_ACT_IU_RELEASE) {
		release(w, iu, core);
		return;
	}
	if (a->kind == IUPLUS_ACT_IU_SEND) {
		if (*iu == NONE)
			model_trace(w, "  not sent: no connection");
		else
			put_iu(w, M_DATA, !core, *iu, a->pdu, a->message);
		return;
	}
	*iu = model_iu_open(w);
	if (*iu == NONE) {
		model_violation(w, "I13", "more Iu connections than any procedure needs");
		return;
	}
	c = &w->connection[*iu];
	if (core) {
		c->cn = context;
		c->cn_conn = (int)n;
	} else {
		c->rnc = context;
		c->rnc_conn = (int)n;
	}
	m = model_put(w, M_CONNECT, a->pdu, a->message);
	m->to_core = !core;
	m->connection = *iu;
	m->cell = core ? a->peer - PEER(0) : w->rnc[context].rnc;
}

static void iu_event(struct world *w, int connection, bool core, enum message_kind kind, struct iuplus_octets pdu);

#define M_LOST M_UNITDATA /* an end that is told so, without a message */

/* A message for an end that is closed: SCCP answers ERR, and the other end loses the connection, unless a release is
 * under way to it. */
static void half_open(struct world *w, int connection, bool core)
{
	unsigned i;

	for (i = 0; i < w->queued; i++)
		if (w->queue[i].kind == M_RELEASE && w->queue[i].connection == connection)
			return;
	iu_event(w, connection, !core, M_LOST, (struct iuplus_octets){ NULL, 0 });
}

static void iu_event(struct world *w, int connection, bool core, enum message_kind kind, struct iuplus_octets pdu)
{
	struct connection *c = &w->connection[connection];
	struct iuplus_rnc_event rnc = { .pdu = pdu };
	struct iuplus_cn_event cn = { .pdu = pdu };
	struct rnc_context *to_rnc;
	struct cn_context *to_cn;

	if (core) {
		cn.kind = kind == M_CONFIRM ? IUPLUS_CN_EV_CONNECT_CONFIRM :
			  kind == M_REFUSE  ? IUPLUS_CN_EV_CONNECT_REFUSE :
			  kind == M_DATA    ? IUPLUS_CN_EV_DATA :
			  kind == M_RELEASE ? IUPLUS_CN_EV_RELEASE :
					      IUPLUS_CN_EV_LOST;
		if (c->cn == NONE) {
			if (kind != M_LOST && kind != M_RELEASE && c->rnc != NONE)
				half_open(w, connection, core);
			return;
		}
		to_cn = &w->cn[c->cn];
		cn.conn = (unsigned)c->cn_conn;
		if (kind != M_CONFIRM && kind != M_DATA)
			close_end(w, connection, true);
		model_cn_event(w, to_cn, &cn);
		return;
	}
	rnc.kind = kind == M_CONFIRM ? IUPLUS_RNC_EV_IU_CONFIRMED :
		   kind == M_REFUSE  ? IUPLUS_RNC_EV_IU_REFUSED :
		   kind == M_DATA    ? IUPLUS_RNC_EV_RANAP :
		   kind == M_RELEASE ? IUPLUS_RNC_EV_IU_RELEASED :
				       IUPLUS_RNC_EV_IU_LOST;
	if (c->rnc == NONE) {
		if (kind != M_LOST && kind != M_RELEASE && c->cn != NONE)
			half_open(w, connection, core);
		return;
	}
	to_rnc = &w->rnc[c->rnc];
	rnc.conn = (unsigned)c->rnc_conn;
	if (kind != M_CONFIRM && kind != M_DATA)
		close_end(w, connection, false);
	model_rnc_event(w, to_rnc, &rnc);
}

void model_iu_lost(struct world *w, int connection)
{
	purge(w, connection);
	iu_event(w, connection, true, M_LOST, (struct iuplus_octets){ NULL, 0 });
	if (w->connection[connection].used)
		iu_event(w, connection, false, M_LOST, (struct iuplus_octets){ NULL, 0 });
	purge(w, connection);
	if (w->connection[connection].cn == NONE && w->connection[connection].rnc == NONE)
		w->connection[connection].used = false; /* it had no end yet */
}

void model_iu_forget(struct world *w, int connection, bool core)
{
	close_end(w, connection, core);
}

void model_forget_vectors(struct world *w, int context)
{
	unsigned i = 0;

	while (i < w->queued)
		if (w->queue[i].kind == M_VECTORS && w->queue[i].connection == context)
			model_discard(w, i);
		else
			i++;
}

bool model_iu_supervise(struct world *w)
{
	int i;

	for (i = 0; i < CONNECTIONS; i++)
		if (w->connection[i].used && (w->connection[i].cn == NONE || w->connection[i].rnc == NONE)) {
			model_iu_lost(w, i);
			return true;
		}
	return false;
}

/* SCCP CR: the node accepts, unless it has no room for a context. */
static void connect(struct world *w, const struct message *m)
{
	struct connection *c = &w->connection[m->connection];
	const struct iuplus_octets pdu = { m->pdu, m->len };
	struct rnc_context *rnc = m->to_core ? NULL : model_new_rnc_context(w, m->cell, 0);
	struct cn_context *cn = m->to_core ? model_new_cn_context(w) : NULL;

	if (!rnc && !cn) {
		put_iu(w, M_REFUSE, !m->to_core, m->connection, (struct iuplus_octets){ NULL, 0 }, "CREF");
		return;
	}
	put_iu(w, M_CONFIRM, !m->to_core, m->connection, (struct iuplus_octets){ NULL, 0 }, "CC");
	if (cn) {
		c->cn = (int)(cn - w->cn);
		c->cn_conn = 0;
		cn->iu[0] = m->connection;
		model_cn_event(w, cn,
			       &(struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_INDICATION,
							  .peer = PEER(m->cell),
							  .pdu = pdu });
	} else {
		c->rnc = (int)(rnc - w->rnc);
		c->rnc_conn = IUPLUS_DOMAIN_PS;
		rnc->iu[IUPLUS_DOMAIN_PS] = m->connection;
		if (!pdu.len)
			return; /* nothing for the machine yet */
		model_rnc_event(w, rnc,
				&(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP,
							    .conn = IUPLUS_DOMAIN_PS,
							    .pdu = pdu });
	}
}

static void vectors(struct world *w, const struct message *m)
{
	struct iuplus_security_vector list[IUPLUS_CN_MAX_VECTORS];
	struct iuplus_cn_event event = { .kind = IUPLUS_CN_EV_VECTORS };
	struct iuplus_cn_vectors_wanted wanted;
	struct iuplus_proc_env env = { .random = NULL };
	unsigned i;

	memcpy(&wanted, m->pdu, sizeof(wanted));
	event.vectors.request = wanted.request;
	event.vectors.list = list;
	if (w->hlr_fails) {
		event.vectors.rc = IUPLUS_ERR_IO;
		w->hlr_fails = false;
	} else {
		model_hlr_env(w, &env);
		event.vectors.rc = iuplus_hlr_vectors(&w->hlr, &env, &wanted, list, &event.vectors.count);
	}
	for (i = 0; i < event.vectors.count; i++)
		keys_vector(&list[i]);
	model_cn_event(w, &w->cn[m->connection], &event);
}

void model_deliver(struct world *w, unsigned n)
{
	struct message m = w->queue[n];

	w->queue[n].pdu = NULL;
	model_discard(w, n);
	w->now += 1 + m.order % 7;
	model_trace(w, "deliver %s", m.name);
	switch (m.kind) {
	case M_RADIO:
		model_radio_receive(w, m.record);
		break;
	case M_PRESENCE:
		model_presence(w, &m);
		break;
	case M_CONNECT:
		connect(w, &m);
		break;
	case M_UNITDATA:
		model_unitdata(w, &m);
		break;
	case M_VECTORS:
		vectors(w, &m);
		break;
	default:
		iu_event(w, m.connection, m.to_core, m.kind, (struct iuplus_octets){ m.pdu, m.len });
		break;
	}
	free(m.pdu);
}
