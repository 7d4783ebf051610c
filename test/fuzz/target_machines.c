/* SPDX-License-Identifier: BSD-2-Clause */
/* target_machines.c: the machines of a phone (GMM and RRC), two RNCs and a core, connected by queues. The input selects
 * which message is delivered next, lost, duplicated or modified, which timer expires, the orders of the owners, and
 * unexpected messages. In every case: states stay valid, the list of actions suffices, no action follows FREE, nothing
 * is leaked, and (in every fourth input) sent messages decode. */
#include "test/fuzz/fuzz.h"

#include <iuplus/cn.h>
#include <iuplus/hlr.h>
#include <iuplus/ranap.h>
#include <iuplus/rnc.h>
#include <iuplus/rrc.h>
#include <iuplus/ue.h>
#include <iuplus/ue_nas.h>

#include <stddef.h>
#include <string.h>

#define QUEUE 24
#define DELIVERIES 150 /* of one input: an attach and two relocations are some 70 */
#define PDU_MAX 2048
#define NO_LINK 9u

enum node { NODE_UE, NODE_RNC_0, NODE_RNC_1, NODE_CN, NODES };
enum what { WHAT_RRC, WHAT_CONNECT, WHAT_RANAP, WHAT_RELEASE, WHAT_CONFIRM, WHAT_REFUSE, WHAT_UNITDATA };

struct message {
	enum what what;
	enum node from, to;
	uint8_t rb;
	unsigned conn; /* at the core: of CONNECT by the core, and of all messages to it */
	size_t len;
	uint8_t pdu[PDU_MAX];
};

static struct {
	struct fuzz_random random;
	struct iuplus_arena *arena;
	uint64_t now;
	struct iuplus_ue_nas_config nas_config;
	struct iuplus_ue_nas nas;
	struct iuplus_ue_rrc_config ue_config;
	struct iuplus_ue_rrc *ue;
	struct iuplus_rnc_config rnc_config[2];
	struct iuplus_rnc_ue *rnc[2];
	struct iuplus_rnc rnc_node[2];
	struct iuplus_cn_config cn_config;
	struct iuplus_cn_peer cn_peer[2]; /* as core's peers, by their number */
	struct iuplus_cn_rnc rncs[2];
	struct iuplus_cn_subscriber subscriber;
	struct iuplus_hlr_subscriber hlr;
	struct iuplus_cn_register subscribers;
	struct iuplus_cn_vectors_wanted wanted;
	bool slow_auc, wants; /* vectors come with the next message only; they are awaited */
	struct iuplus_cn_ue *cn;
	unsigned link[2]; /* by the core's connection: the RNC at its other end, or NO_LINK */
	unsigned cell;    /* the RNC whose cell the phone receives */
	uint32_t ids;
	struct message queue[QUEUE];
	unsigned queued, depth;
	unsigned left; /* number of messages still to be delivered */
	bool look;     /* check sent messages */
} w;

static void random_octets(void *user, uint8_t *buf, size_t len)
{
	(void)user;
	fuzz_octets(&w.random, buf, len);
}

static struct iuplus_proc_env env(void)
{
	return (struct iuplus_proc_env){ .now_ms = w.now, .arena = w.arena, .random = random_octets };
}

static struct message *put(enum what what, enum node from, enum node to, struct iuplus_octets pdu)
{
	struct message *m;

	if (w.queued == QUEUE || pdu.len > PDU_MAX)
		return NULL;
	m = &w.queue[w.queued++];
	m->what = what;
	m->from = from;
	m->to = to;
	m->rb = 0;
	m->conn = 0;
	m->len = pdu.len;
	if (pdu.len)
		memcpy(m->pdu, pdu.data, pdu.len);
	return m;
}

static const struct iuplus_octets nothing;

/* ---- actions of the machines ---- */

static void ue_event(const struct iuplus_ue_rrc_event *event);
static void nas_event(const struct iuplus_ue_nas_event *event);

static void actions_fit(const struct iuplus_proc_actions *list, int rc)
{
	unsigned i;

	fuzz_check(list->count < IUPLUS_PROC_MAX_ACTIONS, "%u actions", list->count);
	fuzz_check(rc == IUPLUS_OK || rc == IUPLUS_ERR_STATE || rc == IUPLUS_ERR_MEMORY, "a valid event gives %d", rc);
	for (i = 0; i + 1 < list->count; i++)
		fuzz_check(list->list[i].kind != IUPLUS_ACT_FREE, "action %u of %u is FREE", i, list->count);
}

static void sent_ranap(struct iuplus_octets pdu)
{
	struct iuplus_arena *arena = fuzz_arena(1);
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg;
	int rc;

	if (!w.look)
		return;
	rc = iuplus_ranap_decode(pdu, 0, arena, &msg, &problem);
	fuzz_check(rc == IUPLUS_OK, "a sent message decodes with %d (%s)", rc, problem.path ? problem.path : "");
}

static void sent_rrc(enum iuplus_rrc_channel channel, struct iuplus_octets pdu, const char *what)
{
	struct iuplus_arena *arena = fuzz_arena(1);
	struct iuplus_rrc_error error;
	struct iuplus_rrc_msg msg;
	int rc;

	if (!w.look)
		return;
	rc = iuplus_rrc_decode(channel, pdu, 0, arena, &msg, &error);
	fuzz_check(rc == IUPLUS_OK, "%s is sent and decodes with %d at %s", what, rc, error.path);
}

static void ue_actions(const struct iuplus_proc_actions *list)
{
	unsigned i;

	for (i = 0; i < list->count; i++) {
		const struct iuplus_proc_action *a = &list->list[i];
		struct message *m;

		switch (a->kind) {
		case IUPLUS_ACT_RRC_SEND:
			sent_rrc(a->rb ? IUPLUS_RRC_UL_DCCH : IUPLUS_RRC_UL_CCCH, a->pdu, a->message);
			m = put(WHAT_RRC, NODE_UE, w.cell ? NODE_RNC_1 : NODE_RNC_0, a->pdu);
			if (m)
				m->rb = a->rb;
			break;
		case IUPLUS_ACT_TUNE:
			w.cell = a->cell == w.rnc_config[1].scrambling_code;
			break;
		case IUPLUS_ACT_NAS_UP:
			nas_event(&(struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_PDU, .pdu = a->pdu });
			break;
		case IUPLUS_ACT_NAS_SECURED:
			nas_event(&(struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_SECURED });
			break;
		case IUPLUS_ACT_NAS_RELEASED:
			nas_event(&(struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_LOST });
			break;
		case IUPLUS_ACT_NAS_DOWN: {
			struct iuplus_ue_rrc_event down = { .kind = IUPLUS_UE_EV_NAS_DOWN,
							    .domain = a->domain,
							    .initial = a->initial,
							    .pdu = a->pdu };

			ue_event(&down);
			break;
		}
		case IUPLUS_ACT_NAS_KEYS: {
			struct iuplus_ue_rrc_event keys = { .kind = IUPLUS_UE_EV_NAS_KEYS, .domain = a->domain };

			memcpy(keys.ck, a->keys.ck, 16);
			memcpy(keys.ik, a->keys.ik, 16);
			memcpy(keys.rand, a->keys.rand, 16);
			ue_event(&keys);
			break;
		}
		default:
			break;
		}
	}
}

static void ue_event(const struct iuplus_ue_rrc_event *event)
{
	struct iuplus_proc_actions list = { 0 };
	struct iuplus_proc_env e = env();
	struct iuplus_ue_rrc_status status;

	if (w.depth > 8)
		return;
	w.depth++;
	actions_fit(&list, iuplus_ue_rrc_event(w.ue, &w.ue_config, &e, event, &list));
	actions_fit(&list, IUPLUS_OK);
	iuplus_ue_rrc_get_status(w.ue, &status);
	fuzz_check(status.state < IUPLUS_UE_STATE_COUNT && status.start[0] < 1u << 20 && status.start[1] < 1u << 20 &&
			   status.uia <= 2 && status.uea <= 2,
		   "state %d", status.state);
	ue_actions(&list);
	w.depth--;
}

static void nas_event(const struct iuplus_ue_nas_event *event)
{
	struct iuplus_proc_actions list = { 0 };
	struct iuplus_proc_env e = env();

	if (w.depth > 8)
		return;
	w.depth++;
	actions_fit(&list, iuplus_ue_nas_event(&w.nas, &e, event, &list));
	actions_fit(&list, IUPLUS_OK);
	fuzz_check(w.nas.state < IUPLUS_UE_NAS_STATE_COUNT && w.nas.attempts <= IUPLUS_UE_NAS_ATTEMPTS + 1 &&
			   w.nas.cksn <= 7,
		   "state %d, attempt %u, CKSN %u", w.nas.state, w.nas.attempts, w.nas.cksn);
	ue_actions(&list);
	w.depth--;
}

/* The core's connection to this RNC; 2 if there is none. */
static unsigned connection(unsigned rnc)
{
	return w.link[0] == rnc ? 0 : w.link[1] == rnc ? 1 : 2;
}

static void rnc_actions(unsigned n, const struct iuplus_proc_actions *list)
{
	const enum node me = n ? NODE_RNC_1 : NODE_RNC_0;
	unsigned i;

	for (i = 0; i < list->count; i++) {
		const struct iuplus_proc_action *a = &list->list[i];
		struct message *m;

		switch (a->kind) {
		case IUPLUS_ACT_RRC_SEND:
			/* a message built by the target is forwarded unchanged */
			if (a->step != IUPLUS_STEP_UE_TOLD)
				sent_rrc(a->rb ? IUPLUS_RRC_DL_DCCH : IUPLUS_RRC_DL_CCCH, a->pdu, a->message);
			m = put(WHAT_RRC, me, NODE_UE, a->pdu);
			if (m)
				m->rb = a->rb;
			break;
		case IUPLUS_ACT_IU_CONNECT:
			sent_ranap(a->pdu);
			m = put(a->conn == 1 ? WHAT_CONNECT : WHAT_REFUSE, me, a->conn == 1 ? NODE_CN : me, a->pdu);
			if (m)
				m->conn = a->conn;
			break;
		case IUPLUS_ACT_IU_SEND:
			sent_ranap(a->pdu);
			put(WHAT_RANAP, me, NODE_CN, a->pdu);
			break;
		case IUPLUS_ACT_IU_RELEASE:
			put(WHAT_RELEASE, me, NODE_CN, nothing);
			break;
		case IUPLUS_ACT_IU_UNITDATA:
			sent_ranap(a->pdu);
			put(WHAT_UNITDATA, me, NODE_CN, a->pdu);
			break;
		case IUPLUS_ACT_FREE:
			iuplus_rnc_ue_free(w.rnc[n]);
			w.rnc[n] = NULL;
			break;
		default:
			break;
		}
	}
}

static void rnc_event(unsigned n, const struct iuplus_rnc_event *event)
{
	struct iuplus_proc_actions list = { 0 };
	struct iuplus_proc_env e = env();
	struct iuplus_rnc_ue_status status;

	if (!w.rnc[n]) {
		if (event->kind != IUPLUS_RNC_EV_RRC && event->kind != IUPLUS_RNC_EV_RANAP)
			return;
		w.rnc[n] = iuplus_rnc_ue_new(++w.ids);
		fuzz_check(w.rnc[n], "memory");
	}
	actions_fit(&list, iuplus_rnc_event(w.rnc[n], &w.rnc_config[n], &e, event, &list));
	actions_fit(&list, IUPLUS_OK);
	iuplus_rnc_ue_get_status(w.rnc[n], &status);
	fuzz_check(status.state < IUPLUS_RNC_STATE_COUNT && status.imsi_len <= 8 && status.uia <= 2 && status.uea <= 2,
		   "state %d", status.state);
	rnc_actions(n, &list);
}

static void rnc_node_event(unsigned n, const struct iuplus_rnc_node_event *event)
{
	struct iuplus_proc_actions list = { 0 };
	struct iuplus_proc_env e = env();
	unsigned i;

	actions_fit(&list, iuplus_rnc_node_event(&w.rnc_node[n], &w.rnc_config[n], &e, event, &list));
	for (i = 0; i < list.count; i++) {
		if (w.rnc[n] &&
		    (list.list[i].kind == IUPLUS_ACT_RESET_ALL ||
		     (list.list[i].kind == IUPLUS_ACT_RESET_RESOURCE && iuplus_rnc_ue_named(w.rnc[n], &list.list[i]))))
			rnc_event(n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RESET,
								 .conn = list.list[i].peer & 1 });
	}
	rnc_actions(n, &list);
}

static void cn_begin(void)
{
	w.cn = iuplus_cn_ue_new(&w.cn_config, &w.subscribers, ++w.ids, &w);
	fuzz_check(w.cn, "memory");
	w.link[0] = w.link[1] = NO_LINK;
}

static struct iuplus_cn_subscriber *by_imsi(void *user, const char *imsi)
{
	(void)user;
	return strcmp(imsi, w.subscriber.imsi) ? NULL : &w.subscriber;
}

static struct iuplus_cn_subscriber *by_ptmsi(void *user, uint32_t ptmsi)
{
	const struct iuplus_cn_subscriber *s = &w.subscriber;

	(void)user;
	return (s->has_ptmsi && s->ptmsi == ptmsi) || (s->has_old_ptmsi && s->old_ptmsi == ptmsi) ?
		       &w.subscriber :
		       NULL;
}

static void ptmsi_changed(void *user, struct iuplus_cn_subscriber *subscriber)
{
	(void)user;
	fuzz_check(subscriber == &w.subscriber, "another record");
}

/* The AuC's response to the last request. */
static void cn_vectors(struct iuplus_proc_actions *list)
{
	struct iuplus_security_vector vectors[IUPLUS_CN_MAX_VECTORS];
	struct iuplus_cn_event event = { .kind = IUPLUS_CN_EV_VECTORS };
	struct iuplus_proc_env e = env();

	event.vectors.request = w.wanted.request;
	event.vectors.rc = iuplus_hlr_vectors(&w.hlr, &e, &w.wanted, vectors, &event.vectors.count);
	event.vectors.list = vectors;
	actions_fit(list, iuplus_cn_event(w.cn, &e, &event, list));
}

/* event NULL: the AuC's response. */
static void cn_event(const struct iuplus_cn_event *event)
{
	struct iuplus_proc_actions list = { 0 };
	struct iuplus_proc_env e = env();
	struct iuplus_cn_ue_status status;
	unsigned i, n;

	if (!event)
		cn_vectors(&list);
	else
		actions_fit(&list, iuplus_cn_event(w.cn, &e, event, &list));
	for (i = 0; i < list.count; i++)
		if (list.list[i].kind == IUPLUS_ACT_VECTORS_WANTED) {
			w.wanted = *list.list[i].wanted;
			w.wants = w.slow_auc;
			if (!w.slow_auc)
				cn_vectors(&list);
		}
	actions_fit(&list, IUPLUS_OK);
	iuplus_cn_ue_get_status(w.cn, &status);
	fuzz_check(status.gmm < IUPLUS_CN_GMM_COUNT && status.relocation < IUPLUS_CN_RELOC_COUNT &&
			   status.security < IUPLUS_CN_SECURITY_COUNT && status.serving < 2 &&
			   status.iu[0].state < IUPLUS_CN_IU_COUNT && status.iu[1].state < IUPLUS_CN_IU_COUNT &&
			   status.tries <= IUPLUS_CN_RETRIES && w.subscriber.unused_count <= IUPLUS_CN_MAX_VECTORS,
		   "state %d, %d", status.gmm, status.relocation);
	for (i = 0; i < list.count; i++) {
		const struct iuplus_proc_action *a = &list.list[i];
		struct message *m;

		n = a->conn < 2 ? w.link[a->conn] : NO_LINK;
		switch (a->kind) {
		case IUPLUS_ACT_IU_CONNECT:
			sent_ranap(a->pdu);
			fuzz_check(a->conn < 2 && a->peer < 2, "connection %u to %u", a->conn, a->peer);
			w.link[a->conn] = a->peer;
			m = put(WHAT_CONNECT, NODE_CN, a->peer ? NODE_RNC_1 : NODE_RNC_0, a->pdu);
			if (m)
				m->conn = a->conn;
			break;
		case IUPLUS_ACT_IU_SEND:
			sent_ranap(a->pdu);
			if (n != NO_LINK)
				put(WHAT_RANAP, NODE_CN, n ? NODE_RNC_1 : NODE_RNC_0, a->pdu);
			break;
		case IUPLUS_ACT_IU_RELEASE:
			if (n != NO_LINK) {
				put(WHAT_RELEASE, NODE_CN, n ? NODE_RNC_1 : NODE_RNC_0, nothing);
				w.link[a->conn] = NO_LINK;
			}
			break;
		case IUPLUS_ACT_FREE:
			iuplus_cn_ue_free(w.cn);
			cn_begin();
			break;
		default:
			break;
		}
	}
}

/* ---- messages ---- */

static void to_rnc(const struct message *m, unsigned n, struct iuplus_octets pdu)
{
	struct iuplus_rnc_event e = { .rb = m->rb, .conn = 1, .pdu = pdu };

	switch (m->what) {
	case WHAT_RRC:
		e.kind = IUPLUS_RNC_EV_RRC;
		break;
	case WHAT_CONNECT:
		if (w.rnc[n]) {
			struct message *no = put(WHAT_REFUSE, m->to, NODE_CN, nothing);

			if (no)
				no->conn = m->conn;
			return;
		}
		put(WHAT_CONFIRM, m->to, NODE_CN, nothing);
		e.kind = IUPLUS_RNC_EV_RANAP;
		break;
	case WHAT_RANAP:
		e.kind = IUPLUS_RNC_EV_RANAP;
		break;
	case WHAT_RELEASE:
		e.kind = IUPLUS_RNC_EV_IU_RELEASED;
		break;
	case WHAT_CONFIRM:
		e.kind = IUPLUS_RNC_EV_IU_CONFIRMED;
		break;
	case WHAT_REFUSE:
		e.kind = IUPLUS_RNC_EV_IU_REFUSED;
		e.conn = m->conn & 1;
		break;
	case WHAT_UNITDATA:
		rnc_node_event(n, &(struct iuplus_rnc_node_event){ .kind = IUPLUS_RNC_NODE_UNITDATA,
								   .peer = 1,
								   .pdu = pdu });
		return;
	}
	rnc_event(n, &e);
}

static void to_cn(const struct message *m, struct iuplus_octets pdu)
{
	const unsigned n = m->from == NODE_RNC_1,
		       conn = m->what == WHAT_REFUSE && m->conn < 2 ? m->conn : connection(n);
	struct iuplus_cn_event e = { .conn = conn, .peer = n, .pdu = pdu };

	if (m->what == WHAT_UNITDATA) {
		struct iuplus_proc_actions list = { 0 };
		struct iuplus_proc_env en = env();
		struct iuplus_cn_peer_event pe = { IUPLUS_CN_PEER_UNITDATA, n, 0, pdu };
		unsigned i;

		actions_fit(&list, iuplus_cn_peer_event(&w.cn_peer[n], &w.cn_config, &en, &pe, &list));
		pe.kind = IUPLUS_CN_PEER_TIMER; /* the guard has no length here */
		pe.timer = IUPLUS_CN_TRATR;
		actions_fit(&list, iuplus_cn_peer_event(&w.cn_peer[n], &w.cn_config, &en, &pe, &list));
		for (i = 0; i < list.count; i++) {
			unsigned named;

			if (list.list[i].kind == IUPLUS_ACT_RESET_ALL && conn < 2)
				cn_event(&(struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_LOST, .conn = conn });

			if (list.list[i].kind == IUPLUS_ACT_RESET_RESOURCE &&
			    iuplus_cn_ue_named(w.cn, &list.list[i], &named))
				cn_event(&(struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_LOST, .conn = named });
			if (list.list[i].kind == IUPLUS_ACT_IU_UNITDATA) {
				sent_ranap(list.list[i].pdu);
				put(WHAT_UNITDATA, NODE_CN, m->from, list.list[i].pdu);
			}
		}
		return;
	}
	if (m->what == WHAT_CONNECT) {
		struct iuplus_cn_ue_status status;

		iuplus_cn_ue_get_status(w.cn, &status);
		if (w.link[0] != NO_LINK || w.link[1] != NO_LINK || status.gmm != IUPLUS_CN_GMM_NULL) {
			put(WHAT_REFUSE, NODE_CN, m->from, nothing);
			return;
		}
		w.link[0] = n;
		e.conn = 0;
		e.kind = IUPLUS_CN_EV_CONNECT_INDICATION;
		put(WHAT_CONFIRM, NODE_CN, m->from, nothing);
	} else if (conn > 1 || w.link[conn] == NO_LINK) {
		return;
	} else if (m->what == WHAT_RELEASE || m->what == WHAT_REFUSE) {
		e.kind = m->what == WHAT_RELEASE ? IUPLUS_CN_EV_RELEASE : IUPLUS_CN_EV_CONNECT_REFUSE;
		w.link[conn] = NO_LINK;
	} else {
		e.kind = m->what == WHAT_CONFIRM ? IUPLUS_CN_EV_CONNECT_CONFIRM : IUPLUS_CN_EV_DATA;
	}
	cn_event(&e);
}

static void copy(struct message *to, const struct message *from)
{
	memcpy(to, from, offsetof(struct message, pdu) + from->len);
}

static void drop(unsigned index)
{
	for (w.queued--; index < w.queued; index++)
		copy(&w.queue[index], &w.queue[index + 1]);
}

static void deliver(unsigned index)
{
	struct message m;
	struct iuplus_octets pdu;

	if (index >= w.queued || w.left == 0)
		return;
	w.left--;
	iuplus_arena_reset(w.arena, true);
	if (w.wants) {
		w.wants = false;
		cn_event(NULL);
	}
	memcpy(&m, &w.queue[index], offsetof(struct message, pdu));
	pdu = (struct iuplus_octets){ iuplus_arena_copy(w.arena, w.queue[index].pdu, m.len), m.len };
	drop(index);
	if (m.to == NODE_CN)
		to_cn(&m, pdu);
	else if (m.to != NODE_UE)
		to_rnc(&m, m.to == NODE_RNC_1, pdu);
	else if (m.from == (w.cell ? NODE_RNC_1 : NODE_RNC_0))
		ue_event(&(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = m.rb, .pdu = pdu });
}

/* ---- the input ---- */

struct input {
	const uint8_t *data;
	size_t len;
};

static unsigned octet(struct input *in)
{
	if (in->len == 0)
		return 0;
	in->len--;
	return *in->data++;
}

/* An unexpected message: octets of the input, or a random value of the type. */
static void inject(struct input *in)
{
	unsigned to = octet(in), what = octet(in), n;
	struct iuplus_octets pdu = { .len = octet(in) };
	struct fuzz_random r = { octet(in) };
	const char *type;
	struct message *m;

	r.state = r.state << 8 | octet(in);
	pdu.data = in->data;
	if (pdu.len > in->len)
		pdu.len = in->len;
	in->data += pdu.len;
	in->len -= pdu.len;
	n = to / 4 % 2;
	if (what & 1) {
		type = to % 4 == 3 || what & 2 ? "RANAP-PDU" :
		       to % 4 == 0             ? (what & 4 ? "DL-DCCH-Message" : "DL-CCCH-Message") :
		       what & 4                ? "UL-DCCH-Message" :
						 "UL-CCCH-Message";
		iuplus_arena_reset(w.arena, true);
		if (fuzz_value_encode(iuplus_asn1_find(type[0] == 'R' ? "RANAP" : "RRC", type),
				      type[0] == 'R' ? IUPLUS_ASN1_APER : IUPLUS_ASN1_UPER, &r, w.arena, &pdu))
			return;
	}
	m = put(to % 4 == 3 || what & 2 ? (what & 8 ? WHAT_UNITDATA : WHAT_RANAP) : WHAT_RRC,
		to % 4 == 3 ? (n ? NODE_RNC_1 : NODE_RNC_0) :
		to % 4 == 0 ? (w.cell ? NODE_RNC_1 : NODE_RNC_0) :
			      NODE_UE,
		(enum node)(to % 4), pdu);
	if (m && m->what == WHAT_RRC)
		m->rb = what & 4 ? 1 + what / 16 % 4 : 0;
	if (m && m->what == WHAT_RANAP && to % 4 == 0)
		m->what = WHAT_RRC;
	if (m)
		deliver(w.queued - 1);
}

/* Modifies a message in flight: RANAP by its structure, any message by its bits. */
static void alter(struct message *m, unsigned how, unsigned where)
{
	struct fuzz_random r = { where };
	struct iuplus_octets pdu;

	if (m->len == 0)
		return;
	if (how & 1 && m->what != WHAT_RRC) {
		iuplus_arena_reset(w.arena, true);
		if (fuzz_value_mutate(iuplus_asn1_find("RANAP", "RANAP-PDU"), IUPLUS_ASN1_APER, m->pdu, m->len, &r,
				      w.arena, &pdu) == IUPLUS_OK &&
		    pdu.len <= PDU_MAX) {
			memcpy(m->pdu, pdu.data, pdu.len);
			m->len = pdu.len;
		}
	} else if (how & 2) {
		m->len = fuzz_mutate_octets(m->pdu, m->len, PDU_MAX, &r);
	} else {
		m->pdu[where / 8 % m->len] ^= (uint8_t)(1u << where % 8);
	}
}

static void order(unsigned o)
{
	const unsigned n = o / 16 % 2;

	switch (o % 16) {
	case 0:
		nas_event(&(struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_ATTACH });
		break;
	case 1:
		nas_event(&(struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_DETACH, .switch_off = n });
		break;
	case 2:
	case 3:
		rnc_event(n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELOCATE,
							 .target = { .rnc_id = (uint16_t)(2 - n),
								     .cell_id = (uint16_t)(2 - n),
								     .lac = 1,
								     .rac = 1 } });
		break;
	case 4:
		rnc_event(n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_CANCEL });
		break;
	case 5:
		rnc_event(n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELEASE });
		break;
	case 6:
		rnc_event(n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_LOST });
		break;
	case 7:
	case 8:
		rnc_event(n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_HEARD });
		break;
	case 9:
		ue_event(&(struct iuplus_ue_rrc_event){
			.kind = n ? IUPLUS_UE_EV_RADIO_LOST : IUPLUS_UE_EV_RADIO_HEARD });
		break;
	case 10:
		cn_event(&(struct iuplus_cn_event){ .kind = n ? IUPLUS_CN_EV_DETACH : IUPLUS_CN_EV_REALLOCATE });
		break;
	case 11:
		cn_event(&(struct iuplus_cn_event){ .kind = n ? IUPLUS_CN_EV_CANCEL : IUPLUS_CN_EV_AUTHENTICATE });
		break;
	case 12:
		rnc_node_event(n, &(struct iuplus_rnc_node_event){ .kind = IUPLUS_RNC_NODE_RESET, .peer = o / 32 % 2 });
		break;
	case 13:
		if (connection(n) < 2) { /* the association is lost */
			unsigned c = connection(n);

			rnc_event(n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_LOST, .conn = 1 });
			w.link[c] = NO_LINK;
			cn_event(&(struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_LOST, .conn = c });
		}
		break;
	case 14:
		ue_event(&(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_POWER_OFF });
		break;
	default:
		rnc_node_event(n, &(struct iuplus_rnc_node_event){ .kind = IUPLUS_RNC_NODE_LOST, .peer = 1 });
	}
}

static void timer(unsigned node, unsigned number)
{
	w.now += 1000;
	switch (node % 6) {
	case 0:
		ue_event(&(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_TIMER,
							.timer = number % IUPLUS_UE_TIMER_COUNT });
		break;
	case 1:
	case 2:
		rnc_event(node % 6 - 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_TIMER,
								    .timer = number % IUPLUS_RNC_TRAFC });
		break;
	case 3:
		cn_event(&(
			struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_TIMER, .timer = number % IUPLUS_CN_TIMER_COUNT });
		break;
	case 4:
		nas_event(&(struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_TIMER,
							 .timer = number % IUPLUS_UE_NAS_TIMER_COUNT });
		break;
	default:
		rnc_node_event(number & 1,
			       &(struct iuplus_rnc_node_event){ .kind = IUPLUS_RNC_NODE_TIMER,
								.peer = number / 2 & 1,
								.timer = IUPLUS_RNC_TRAFC + number / 4 % 4 });
	}
}

static void begin(unsigned bits, unsigned more)
{
	static const uint8_t k[16] = { 0x46, 0x5b }, opc[16] = { 0xcd, 0x63 }, amf[2] = { 0x80, 0 };
	const char *why = NULL;
	unsigned i;

	w.random.state = bits;
	w.now = 1;
	w.arena = fuzz_arena(0);
	w.cell = w.queued = w.depth = w.ids = 0;
	iuplus_nas_plmn_from_digits("001", "01", w.cn_config.link.plmn);
	memset(&w.nas_config, 0, sizeof(w.nas_config));
	strcpy(w.nas_config.imsi, "001010123456789");
	memcpy(w.nas_config.k, k, 16);
	memcpy(w.nas_config.opc, opc, 16);
	memcpy(w.nas_config.plmn, w.cn_config.link.plmn, 3);
	w.nas_config.follow_on = true;
	fuzz_check(iuplus_ue_nas_init(&w.nas, &w.nas_config, &why) == IUPLUS_OK, "%s", why);
	iuplus_ue_rrc_config_init(&w.ue_config);
	w.ue_config.enhanced = bits & 1;
	w.ue_config.enhanced_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
	w.ue_config.imsi_digits = 15;
	for (i = 0; i < 15; i++)
		w.ue_config.imsi[i] = (uint8_t)(w.nas_config.imsi[i] - '0');
	w.ue_config.cell_count = 2;
	w.ue_config.cell[0] = 9;
	w.ue_config.cell[1] = 10;
	w.ue = iuplus_ue_rrc_new();
	fuzz_check(w.ue, "memory");
	for (i = 0; i < 2; i++) {
		struct iuplus_rnc_config *c = &w.rnc_config[i];

		iuplus_rnc_config_init(c);
		memcpy(c->plmn, w.cn_config.link.plmn, 3);
		c->rnc_id = c->cell_id = (uint16_t)(1 + i);
		c->lac = c->sac = 1;
		c->rac = 1;
		c->scrambling_code = (uint16_t)(9 + i);
		c->enhanced = bits >> (1 + i) & 1;
		memset(&w.rnc_node[i], 0, sizeof(w.rnc_node[i]));
		w.rncs[i] = (struct iuplus_cn_rnc){ (uint16_t)(1 + i), i, IUPLUS_CN_CAPABILITY_UNKNOWN, 0 };
	}
	w.cn_config.gmm.lac = w.cn_config.gmm.rac = 1;
	w.cn_config.link.domain = IUPLUS_DOMAIN_PS;
	w.cn_config.link.enhanced = !(bits & 8);
	w.cn_config.gmm.aka = (enum iuplus_cn_aka)(more % 3);
	w.cn_config.link.algorithms.uia_count = w.cn_config.link.algorithms.uea_count = 2;
	w.cn_config.link.algorithms.uia[0] = bits & 16 ? 1 : 2;
	w.cn_config.link.algorithms.uia[1] = bits & 16 ? 2 : 1;
	w.cn_config.link.algorithms.uea[0] = bits & 32 ? 0 : 2;
	w.cn_config.link.algorithms.uea[1] = 1;
	w.cn_config.gmm.reallocate = bits & 64;
	w.cn_config.link.policy = IUPLUS_ENHANCED_SECURITY_PREFER;
	w.cn_config.link.freshness = bits & 128 ? IUPLUS_SECURITY_FRESHNESS_NONCE : IUPLUS_SECURITY_FRESHNESS_COUNTER;
	w.cn_config.link.rnc = w.rncs;
	w.cn_config.link.rnc_count = 2;
	iuplus_cn_subscriber_init(&w.subscriber, w.nas_config.imsi);
	iuplus_hlr_subscriber_init(&w.hlr, w.nas_config.imsi, k, opc, amf, more & 128 ? 64 : 0);
	w.subscribers = (struct iuplus_cn_register){ by_imsi, by_ptmsi, ptmsi_changed, NULL };
	w.slow_auc = more & 64;
	w.wants = false;
	cn_begin();
}

static void end(void)
{
	unsigned i;

	iuplus_cn_ue_free(w.cn);
	for (i = 0; i < 2; i++) {
		iuplus_rnc_ue_free(w.rnc[i]);
		w.rnc[i] = NULL;
	}
	iuplus_ue_rrc_free(w.ue);
	iuplus_ue_nas_end(&w.nas);
	iuplus_arena_reset(w.arena, true);
}

static void machines_run(const uint8_t *data, size_t len)
{
	struct input in = { data, len };
	unsigned o, a, b, steps;

	o = octet(&in);
	w.left = DELIVERIES;
	w.look = fuzz_sampled(data, len, 4);
	begin(o, octet(&in));
	order(0);
	for (steps = 0; in.len && steps < 400 && w.left; steps++) {
		o = octet(&in);
		if (o % 16 != 15 && o % 16 > 5)
			iuplus_arena_reset(w.arena, true);
		switch (o % 16) {
		default:
			deliver(0);
			break;
		case 6:
			deliver(o / 16);
			break;
		case 7:
			if (w.queued > o / 16)
				drop(o / 16);
			break;
		case 8:
			if (o / 16 < w.queued && w.queued < QUEUE)
				copy(&w.queue[w.queued++], &w.queue[o / 16]);
			break;
		case 9:
			a = octet(&in);
			b = octet(&in);
			if (w.queued)
				alter(&w.queue[o / 64 % w.queued], o / 16 % 4, a << 8 | b);
			break;
		case 10:
			timer(o / 16, octet(&in));
			break;
		case 11:
			order(octet(&in));
			break;
		case 12:
			inject(&in);
			break;
		case 13:
		case 14:
		case 15:
			for (a = 0; a < 20 + o && w.queued && w.left && a < 100; a++)
				deliver(0);
		}
	}
	end();
}

static void machines_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	/* attach; relocate; both again; a relocation with its messages delivered one by one; the orders one after the
	 * other */
	static const char *const scripts[] = {
		"\x0f",
		"\x0f\x0b\x02\x0f\x0b\x17\x0f",
		"\x0f\x0b\x02\x0f\x0b\x17\x0f\x0b\x12\x0f\x0b\x07\x0f",
		"\x0f\x0b\x02\x01\x01\x01\x01\x01\x01\x0b\x17\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01\x01",
		"\x0f\x0b\x0a\x0f\x0b\x0b\x0f",
		"\x0f\x0b\x1a\x0f",
		"\x0f\x0b\x05\x0f",
		"\x0f\x0b\x01\x0f",
		"\x0f\x0b\x0c\x0f\x0b\x1d\x0f",
		"\x0f\x0b\x02\x01\x0b\x04\x0f"
	};
	uint8_t buf[512];
	size_t i, k, n;

	for (i = 0; i < 10 * count + 20; i++) {
		const char *script = scripts[i % (sizeof(scripts) / sizeof(*scripts))];

		buf[0] = i < 16 ? (uint8_t)(7 - i % 8) : (uint8_t)fuzz_next(r);
		buf[1] = (uint8_t)(i < 16 ? 0 : fuzz_next(r));
		n = strlen(script);
		memcpy(buf + 2, script, n);
		n += 2;
		for (k = i < 20 ? 0 : fuzz_below(r, 40); k--;) {
			size_t at = 2 + fuzz_below(r, n - 1);

			memmove(buf + at + 1, buf + at, n - at);
			buf[at] = (uint8_t)(fuzz_one_in(r, 3) ? fuzz_next(r) : fuzz_below(r, 16));
			n++;
		}
		add(user, buf, n);
	}
}

const struct fuzz_target fuzz_machines = { "machines", machines_run, machines_seeds, NULL };
