/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_world.h: a core with one phone's context, a virtual clock, and RNCs that the test controls. */
#ifndef IUPLUS_TEST_CN_WORLD_H
#define IUPLUS_TEST_CN_WORLD_H

#include <iuplus/hlr.h>

#include "src/proc/cn_ue.h"

#include "test/unit/cunit_main.h"

#define IMSI_1 "001010123456789"
#define IMSI_2 "001010123456780"
#define SOURCE_PEER 11u
#define TARGET_PEER 12u
#define SOURCE_RNC 1u
#define TARGET_RNC 2u

/* What the AuC does with a request for vectors. */
enum world_auc {
	WORLD_AUC_ANSWERS, /* in the same turn */
	WORLD_AUC_BROKEN,  /* says so in the same turn */
	WORLD_AUC_WAITS    /* the test plays the response: world_vectors() */
};

/* The state of a run without arena and context; world_save() and world_load() take the context as well. */
struct world_state {
	struct iuplus_cn_config cfg;
	struct iuplus_cn_rnc rnc[2];
	struct iuplus_cn_subscriber subscriber[2];
	struct iuplus_hlr_subscriber hlr[2];
	enum world_auc auc;
	struct iuplus_cn_vectors_wanted wanted; /* the last request */
	struct iuplus_cn_ue *cn;
	struct iuplus_security_usim usim; /* of subscriber 0's phone */
	uint8_t ck[16], ik[16];           /* the phone's keys from its last authentication */
	uint64_t now_ms;
	bool running[IUPLUS_CN_TIMER_COUNT];
	uint64_t expiry[IUPLUS_CN_TIMER_COUNT];
	unsigned random;
	bool freed;
};

struct world_saved {
	struct world_state s;
	struct iuplus_cn_ue cn;
};

struct world {
	struct world_state s;
	struct iuplus_arena arena;
	struct iuplus_arena scarce;     /* passed to the machine instead, if its limit is set */
	struct iuplus_proc_actions out; /* of the last event */
	struct iuplus_cn_register subscribers;
	int rc;
};

static const uint8_t world_k[16] = { 0x46, 0x5b, 0x5c, 0xe8, 0xb1, 0x99, 0xb4, 0x9f,
				     0xaa, 0x5f, 0x0a, 0x2e, 0xe2, 0x38, 0xa6, 0xbc };
static const uint8_t world_opc[16] = { 0xcd, 0x63, 0xcb, 0x71, 0x95, 0x4a, 0x9f, 0x4e,
				       0x48, 0xa5, 0x99, 0x4e, 0x37, 0xa0, 0x2b, 0xaf };
static const uint8_t world_amf[2] = { 0x80, 0x00 };

static inline void world_random(void *user, uint8_t *buf, size_t len)
{
	struct world *w = user;

	while (len--) {
		w->s.random = w->s.random * 1103515245u + 12345u;
		*buf++ = (uint8_t)(w->s.random >> 16);
	}
}

static inline struct iuplus_cn_subscriber *world_by_imsi(void *user, const char *imsi)
{
	struct world *w = user;
	unsigned i;

	for (i = 0; i < 2; i++)
		if (!strcmp(w->s.subscriber[i].imsi, imsi))
			return &w->s.subscriber[i];
	return NULL;
}

static inline struct iuplus_cn_subscriber *world_by_ptmsi(void *user, uint32_t ptmsi)
{
	struct world *w = user;
	struct iuplus_cn_subscriber *s;

	for (s = w->s.subscriber; s < w->s.subscriber + 2; s++)
		if ((s->has_ptmsi && s->ptmsi == ptmsi) || (s->has_old_ptmsi && s->old_ptmsi == ptmsi))
			return s;
	return NULL;
}

static inline void world_ptmsi_changed(void *user, struct iuplus_cn_subscriber *subscriber)
{
	struct world *w = user;

	CU_ASSERT(subscriber == &w->s.subscriber[0] || subscriber == &w->s.subscriber[1]);
}

static inline void world_init(struct world *w)
{
	struct iuplus_cn_config *c = &w->s.cfg;

	memset(w, 0, sizeof(*w));
	iuplus_arena_init(&w->arena, 0);
	iuplus_nas_plmn_from_digits("001", "01", c->link.plmn);
	c->gmm.lac = 0x1234;
	c->gmm.rac = 1;
	c->link.domain = IUPLUS_DOMAIN_PS;
	c->link.enhanced = true;
	iuplus_security_default_algorithms(&c->link.algorithms);
	c->link.algorithms.uea_count = 2; /* without UEA0 */
	c->gmm.reallocate = true;
	c->link.policy = IUPLUS_ENHANCED_SECURITY_PREFER;
	c->link.freshness = IUPLUS_SECURITY_FRESHNESS_NONCE;
	w->s.rnc[0] = (struct iuplus_cn_rnc){ SOURCE_RNC, SOURCE_PEER, IUPLUS_CN_CAPABILITY_UNKNOWN, 0 };
	w->s.rnc[1] = (struct iuplus_cn_rnc){ TARGET_RNC, TARGET_PEER, IUPLUS_CN_CAPABILITY_UNKNOWN, 0 };
	c->link.rnc = w->s.rnc;
	c->link.rnc_count = 2;
	iuplus_cn_subscriber_init(&w->s.subscriber[0], IMSI_1);
	iuplus_cn_subscriber_init(&w->s.subscriber[1], IMSI_2);
	iuplus_hlr_subscriber_init(&w->s.hlr[0], IMSI_1, world_k, world_opc, world_amf, 0);
	iuplus_hlr_subscriber_init(&w->s.hlr[1], IMSI_2, world_opc, world_k, world_amf, 0);
	w->subscribers = (struct iuplus_cn_register){ world_by_imsi, world_by_ptmsi, world_ptmsi_changed, w };
	iuplus_security_usim_init(&w->s.usim, world_k, world_opc, 0);
	w->s.random = 4;
	w->s.cn = iuplus_cn_ue_new(c, &w->subscribers, 1, w);
}

static inline void world_end(struct world *w)
{
	iuplus_cn_ue_free(w->s.cn);
	iuplus_arena_free(&w->arena);
	iuplus_arena_free(&w->scarce);
}

static inline struct world_saved world_save(const struct world *w)
{
	return (struct world_saved){ w->s, *w->s.cn };
}

static inline void world_load(struct world *w, const struct world_saved *saved)
{
	w->s = saved->s;
	*w->s.cn = saved->cn;
}

/* ---- events ---- */

/* The AuC's response to the last request. */
static inline struct iuplus_cn_event world_response(struct world *w, struct iuplus_security_vector *vectors)
{
	struct iuplus_proc_env env = { .arena = &w->arena, .random = world_random, .user = w };
	struct iuplus_cn_event e = { .kind = IUPLUS_CN_EV_VECTORS };

	e.vectors.request = w->s.wanted.request;
	e.vectors.list = vectors;
	e.vectors.rc = w->s.auc == WORLD_AUC_BROKEN ?
			       IUPLUS_ERR_IO :
			       iuplus_hlr_vectors(&w->s.hlr[strcmp(w->s.wanted.imsi, IMSI_1) != 0], &env, &w->s.wanted,
						  vectors, &e.vectors.count);
	return e;
}

/* Answers requests for vectors in the same turn: the actions follow those of the event. */
static inline void world_answer(struct world *w, const struct iuplus_proc_env *env)
{
	struct iuplus_security_vector vectors[IUPLUS_CN_MAX_VECTORS];
	struct iuplus_cn_event e;
	unsigned i;

	for (i = 0; i < w->out.count; i++) {
		if (w->out.list[i].kind != IUPLUS_ACT_VECTORS_WANTED)
			continue;
		w->s.wanted = *w->out.list[i].wanted;
		if (w->s.auc == WORLD_AUC_WAITS)
			continue;
		e = world_response(w, vectors);
		iuplus_cn_event(w->s.cn, env, &e, &w->out);
	}
}

static inline int world_event(struct world *w, struct iuplus_cn_event event)
{
	struct iuplus_proc_env env = { .now_ms = w->s.now_ms, .arena = &w->arena, .random = world_random, .user = w };
	const struct iuplus_proc_action *a;
	unsigned i;

	if (w->scarce.limit)
		env.arena = &w->scarce;
	w->out.count = 0;
	w->rc = iuplus_cn_event(w->s.cn, &env, &event, &w->out);
	world_answer(w, &env);
	for (i = 0; i < w->out.count; i++) {
		a = &w->out.list[i];
		CU_ASSERT_FALSE(w->s.freed); /* nothing comes after FREE */
		switch (a->kind) {
		case IUPLUS_ACT_TIMER_START:
			CU_ASSERT(a->ms > 0 && a->timer_name != NULL);
			w->s.running[a->timer] = true;
			w->s.expiry[a->timer] = w->s.now_ms + a->ms;
			break;
		case IUPLUS_ACT_TIMER_STOP:
			w->s.running[a->timer] = false;
			break;
		case IUPLUS_ACT_FREE:
			w->s.freed = true;
			break;
		default:
			break;
		}
	}
	return w->rc;
}

static inline int world_simple(struct world *w, enum iuplus_cn_event_kind kind, unsigned conn)
{
	return world_event(w, (struct iuplus_cn_event){ .kind = kind, .conn = conn });
}

/* The octets are in the arena, which is reset first: the actions of the previous event must have been checked. */
static inline struct iuplus_octets world_encode(struct world *w, const struct iuplus_ranap_msg *m)
{
	struct iuplus_octets pdu = { NULL, 0 };
	int rc;

	iuplus_arena_reset(&w->arena, true);
	rc = iuplus_ranap_encode(m, 0, &w->arena, &pdu);
	if (rc)
		printf("%s: encode %d\n", iuplus_ranap_name(m), rc);
	CU_ASSERT_EQUAL(rc, IUPLUS_OK);
	return pdu;
}

static inline int world_ranap(struct world *w, unsigned conn, const struct iuplus_ranap_msg *m)
{
	const struct iuplus_cn_event e = { .kind = IUPLUS_CN_EV_DATA, .conn = conn, .pdu = world_encode(w, m) };

	return world_event(w, e);
}

static inline struct iuplus_ranap_msg ranap(unsigned kind)
{
	struct iuplus_ranap_msg m;

	memset(&m, 0, sizeof(m));
	m.kind = kind;
	return m;
}

static inline struct iuplus_nas_msg nas(enum iuplus_nas_type type)
{
	struct iuplus_nas_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	return m;
}

/* A NAS message in a Direct Transfer. */
static inline int world_nas(struct world *w, unsigned conn, const struct iuplus_nas_msg *n)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_DIRECT_TRANSFER);
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	size_t len;

	CU_ASSERT_EQUAL(iuplus_nas_encode(n, IUPLUS_NAS_UPLINK, buf, sizeof(buf), &len), IUPLUS_OK);
	m.u.direct_transfer.nas_pdu = (struct iuplus_octets){ buf, len };
	return world_ranap(w, conn, &m);
}

static inline int world_expire(struct world *w, unsigned timer)
{
	if (!w->s.running[timer]) {
		printf("%s does not run\n", iuplus_cn_timer_name(timer));
		CU_FAIL("a timer that should run");
	}
	w->s.running[timer] = false;
	if (w->s.expiry[timer] > w->s.now_ms)
		w->s.now_ms = w->s.expiry[timer];
	return world_event(w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_TIMER, .timer = timer });
}

/* The AuC's response to the last request, now. */
static inline int world_vectors(struct world *w)
{
	struct iuplus_security_vector vectors[IUPLUS_CN_MAX_VECTORS];

	return world_event(w, world_response(w, vectors));
}

/* Advances the time to the next timer; false if none runs. */
static inline bool world_wait(struct world *w)
{
	int next = -1, i;

	for (i = 0; i < IUPLUS_CN_TIMER_COUNT; i++)
		if (w->s.running[i] && (next < 0 || w->s.expiry[i] < w->s.expiry[next]))
			next = i;
	if (next < 0)
		return false;
	world_expire(w, (unsigned)next);
	return true;
}

/* ---- actions ---- */

static inline const struct iuplus_proc_action *world_find(const struct world *w, enum iuplus_proc_act kind)
{
	unsigned i;

	for (i = 0; i < w->out.count; i++)
		if (w->out.list[i].kind == kind)
			return &w->out.list[i];
	return NULL;
}

static inline bool world_has(const struct world *w, enum iuplus_proc_act kind, const char *message)
{
	unsigned i;

	for (i = 0; i < w->out.count; i++)
		if (w->out.list[i].kind == kind && w->out.list[i].message && !strcmp(w->out.list[i].message, message))
			return true;
	return false;
}

static inline bool world_step(const struct world *w, enum iuplus_proc_step step)
{
	unsigned i;

	for (i = 0; i < w->out.count; i++)
		if (w->out.list[i].step == step)
			return true;
	return false;
}

/* A RANAP message that was sent on conn in the last event; *m is decoded into the arena. */
static inline bool world_sent(struct world *w, unsigned conn, unsigned kind, struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_problem problem;
	const struct iuplus_proc_action *a;
	unsigned i;

	for (i = 0; i < w->out.count; i++) {
		a = &w->out.list[i];
		if ((a->kind != IUPLUS_ACT_IU_SEND && a->kind != IUPLUS_ACT_IU_CONNECT) || a->conn != conn)
			continue;
		CU_ASSERT_EQUAL(iuplus_ranap_decode(a->pdu, 0, &w->arena, m, &problem), IUPLUS_OK);
		CU_ASSERT_STRING_EQUAL(a->message, iuplus_ranap_name(m));
		if (m->kind == kind)
			return true;
	}
	return false;
}

/* A NAS message that was sent in the last event. */
static inline bool world_sent_nas(struct world *w, enum iuplus_nas_type type, struct iuplus_nas_msg *n)
{
	struct iuplus_ranap_problem problem;
	const struct iuplus_proc_action *a;
	struct iuplus_ranap_msg m;
	unsigned i;

	for (i = 0; i < w->out.count; i++) {
		a = &w->out.list[i];
		if (a->kind != IUPLUS_ACT_IU_SEND || a->conn != w->s.cn->link.serving)
			continue;
		CU_ASSERT_EQUAL(iuplus_ranap_decode(a->pdu, 0, &w->arena, &m, &problem), IUPLUS_OK);
		if (m.kind != IUPLUS_RANAP_DIRECT_TRANSFER)
			continue;
		if (iuplus_nas_decode(m.u.direct_transfer.nas_pdu, IUPLUS_NAS_DOWNLINK, n, NULL))
			CU_FAIL("a NAS message that is none");
		if (n->type == type)
			return true;
	}
	return false;
}

/* The states in one line, for comparing and for printing. */
static inline const char *world_states(const struct world *w, char buf[96])
{
	if (w->s.freed)
		return strcpy(buf, "FREE");
	snprintf(buf, 96, "%s %s %s %s", iuplus_cn_gmm_name(w->s.cn->gmm.state),
		 iuplus_cn_relocation_name(w->s.cn->link.relocation),
		 iuplus_cn_iu_name(w->s.cn->link.iu[w->s.cn->link.serving].state),
		 iuplus_cn_iu_name(w->s.cn->link.iu[w->s.cn->link.serving ^ 1].state));
	return buf;
}

/* "GMM RELOCATION SERVING-Iu OTHER-Iu", or "FREE". */
#define ASSERT_STATES(w, want) \
	do { \
		char buf_[96]; \
		if (strcmp(world_states(w, buf_), want)) { \
			printf("line %d: %s, want %s\n", __LINE__, world_states(w, buf_), want); \
			CU_FAIL("another state"); \
		} \
	} while (0)

/* ---- messages of phones and RNCs ---- */

static inline struct iuplus_nas_msg attach_request(const char *imsi, uint32_t ptmsi)
{
	static const uint8_t capability[] = { 0xe5, 0xe0 }, radio[] = { 0x14, 0x07, 0x02, 0x06, 0x00, 0x00 };
	struct iuplus_nas_msg m = nas(IUPLUS_NAS_ATTACH_REQUEST);
	struct iuplus_nas_attach_request *r = &m.u.attach_request;

	r->ms_network_capability = (struct iuplus_octets){ capability, sizeof(capability) };
	r->ms_radio_access_capability = (struct iuplus_octets){ radio, sizeof(radio) };
	r->attach_type = 9; /* GPRS, follow-on request */
	r->cksn = 7;
	r->identity.type = imsi ? IUPLUS_NAS_IDENTITY_IMSI : IUPLUS_NAS_IDENTITY_TMSI;
	if (imsi)
		strcpy(r->identity.digits, imsi);
	r->identity.tmsi = ptmsi;
	return m;
}

/* The first message of a connection, from the source RNC. capability 0: from a legacy RNC. */
static inline int world_initial(struct world *w, const struct iuplus_nas_msg *n, uint8_t capability)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_INITIAL_UE_MESSAGE);
	struct iuplus_ranap_initial_ue_message *i = &m.u.initial_ue_message;
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	size_t len;

	CU_ASSERT_EQUAL(iuplus_nas_encode(n, IUPLUS_NAS_UPLINK, buf, sizeof(buf), &len), IUPLUS_OK);
	i->domain = IUPLUS_DOMAIN_PS;
	memcpy(i->lai.plmn, w->s.cfg.link.plmn, 3);
	i->lai.lac = w->s.cfg.gmm.lac;
	i->has_rac = true;
	i->rac = w->s.cfg.gmm.rac;
	memcpy(i->sai.plmn, w->s.cfg.link.plmn, 3);
	i->sai.lac = w->s.cfg.gmm.lac;
	i->nas_pdu = (struct iuplus_octets){ buf, len };
	i->iu_sig_con_id = 1;
	memcpy(i->rnc.plmn, w->s.cfg.link.plmn, 3);
	i->rnc.rnc_id = SOURCE_RNC;
	i->has_ue_capability = capability != 0;
	i->ue_capability = capability;
	return world_event(w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_INDICATION,
							.peer = SOURCE_PEER,
							.pdu = world_encode(w, &m) });
}

/* The phone's answer to the challenge in the last event: response, or failure with MAC failure or AUTS. */
static inline int world_authenticate(struct world *w)
{
	struct iuplus_security_aka_result result;
	struct iuplus_nas_msg q, a;
	int rc;

	CU_ASSERT(world_sent_nas(w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST, &q));
	rc = iuplus_security_usim_authenticate(&w->s.usim, q.u.authentication_request.rand,
					       q.u.authentication_request.autn.data, &result);
	if (rc) {
		a = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE);
		a.u.authentication_failure.cause =
			rc == IUPLUS_ERR_REPLAY ? IUPLUS_NAS_CAUSE_SYNCH_FAILURE : IUPLUS_NAS_CAUSE_MAC_FAILURE;
		if (rc == IUPLUS_ERR_REPLAY)
			a.u.authentication_failure.auts = (struct iuplus_octets){ result.auts, sizeof(result.auts) };
	} else {
		memcpy(w->s.ck, result.ck, 16);
		memcpy(w->s.ik, result.ik, 16);
		a = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE);
		a.u.authentication_response.reference = q.u.authentication_request.reference;
		a.u.authentication_response.has_res = true;
		memcpy(a.u.authentication_response.res, result.res, 4);
		a.u.authentication_response.res_extension = (struct iuplus_octets){ result.res + 4, 4 };
	}
	return world_nas(w, w->s.cn->link.serving, &a);
}

static inline int world_security_complete(struct world *w)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_SECURITY_MODE_COMPLETE);

	m.u.security_mode_complete.integrity_algorithm = 2;
	m.u.security_mode_complete.has_encryption_algorithm = true;
	m.u.security_mode_complete.encryption_algorithm = 2;
	return world_ranap(w, w->s.cn->link.serving, &m);
}

/* From no context to registered. */
static inline void world_attach(struct world *w, uint8_t capability)
{
	struct iuplus_nas_msg n = attach_request(IMSI_1, 0), complete = nas(IUPLUS_NAS_ATTACH_COMPLETE);

	world_initial(w, &n, capability);
	world_authenticate(w);
	world_security_complete(w);
	CU_ASSERT(world_sent_nas(w, IUPLUS_NAS_ATTACH_ACCEPT, &n));
	world_nas(w, w->s.cn->link.serving, &complete);
	ASSERT_STATES(w, "REGISTERED IDLE UP NONE");
}

static const uint8_t world_rrc[] = { 0x12, 0x34, 0x56, 0x78, 0x9a };

static inline struct iuplus_ranap_msg relocation_required(const struct world *w, uint16_t rnc_id)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_RELOCATION_REQUIRED);
	struct iuplus_ranap_relocation_required *r = &m.u.relocation_required;

	r->ue_involved = true;
	r->cause = IUPLUS_RANAP_CAUSE_RELOCATION_DESIRABLE;
	memcpy(r->source_rnc.plmn, w->s.cfg.link.plmn, 3);
	r->source_rnc.rnc_id = SOURCE_RNC;
	r->target_is_rnc = true;
	memcpy(r->target.lai.plmn, w->s.cfg.link.plmn, 3);
	r->target.lai.lac = w->s.cfg.gmm.lac;
	r->target.rnc_id = rnc_id;
	r->has_container = true;
	r->container.rrc_container = (struct iuplus_octets){ world_rrc, sizeof(world_rrc) };
	r->container.iu_instances = 1;
	r->container.ue_involved = true;
	r->container.has_ik = r->container.has_ck = true;
	memcpy(r->container.ik, w->s.ik, 16);
	memcpy(r->container.ck, w->s.ck, 16);
	r->container.has_target_cell = true;
	r->container.target_cell = rnc_id << 16;
	return m;
}

/* The target's answer; capability 0: a legacy RNC. */
static inline struct iuplus_ranap_msg relocation_acknowledge(uint8_t capability)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE);
	struct iuplus_ranap_relocation_request_acknowledge *a = &m.u.relocation_request_acknowledge;

	a->has_container = true;
	a->container.rrc_container = (struct iuplus_octets){ world_rrc, sizeof(world_rrc) };
	a->has_network_capability = capability != 0;
	a->network_capability = capability;
	return m;
}

static inline struct iuplus_ranap_msg relocation_complete(uint8_t capability)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_RELOCATION_COMPLETE);

	m.u.relocation_complete.has_ue_capability = capability != 0;
	m.u.relocation_complete.ue_capability = capability;
	return m;
}

/* From registered to Relocation Request sent, to Relocation Command sent, to Relocation Detect received. */
static inline void world_relocate(struct world *w, enum iuplus_cn_relocation to, uint8_t network)
{
	unsigned source = w->s.cn->link.serving;
	struct iuplus_ranap_msg m = relocation_required(w, source ? SOURCE_RNC : TARGET_RNC);

	world_ranap(w, source, &m);
	ASSERT_STATES(w, "REGISTERED ALLOCATION UP CONNECTING");
	if (to == IUPLUS_CN_RELOC_ALLOCATION)
		return;
	world_simple(w, IUPLUS_CN_EV_CONNECT_CONFIRM, source ^ 1);
	m = relocation_acknowledge(network);
	world_ranap(w, source ^ 1, &m);
	ASSERT_STATES(w, "REGISTERED COMMANDED UP UP");
	if (to == IUPLUS_CN_RELOC_COMMANDED)
		return;
	m = ranap(IUPLUS_RANAP_RELOCATION_DETECT);
	world_ranap(w, source ^ 1, &m);
	ASSERT_STATES(w, "REGISTERED DETECTED UP UP");
}

#endif
