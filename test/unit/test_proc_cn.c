/* SPDX-License-Identifier: BSD-2-Clause */
/* test_proc_cn.c: the core's procedures against scripted RNCs and a USIM, in virtual time: attach, authentication and
 * their failures, security mode, return, detach, bad input. */
#include "test/unit/cn_world.h"

#define KEYS_BIT IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY

static bool zero(const uint8_t *p, size_t n)
{
	while (n--)
		if (*p++)
			return false;
	return true;
}

/* ---- attach and authentication ---- */

static void test_attach(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	n = attach_request(IMSI_1, 0);
	CU_ASSERT_EQUAL(world_initial(&w, &n, 0), IUPLUS_OK);
	ASSERT_STATES(&w, "AUTHENTICATION IDLE UP NONE");
	CU_ASSERT_EQUAL(world_authenticate(&w), IUPLUS_OK);
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_COMMON_ID, &m));
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	CU_ASSERT_EQUAL(m.u.security_mode_command.integrity.count, 2);
	CU_ASSERT_EQUAL(m.u.security_mode_command.integrity.algorithms[0], 2);
	CU_ASSERT_EQUAL(m.u.security_mode_command.integrity.algorithms[1], 1);
	CU_ASSERT_EQUAL(memcmp(m.u.security_mode_command.integrity.key, w.s.ik, 16), 0);
	CU_ASSERT_EQUAL(memcmp(m.u.security_mode_command.encryption.key, w.s.ck, 16), 0);
	CU_ASSERT(m.u.security_mode_command.key_new);
	CU_ASSERT_FALSE(m.u.security_mode_command.has_enhanced);
	world_security_complete(&w);
	ASSERT_STATES(&w, "ACCEPT IDLE UP NONE");
	CU_ASSERT_PTR_NOT_NULL_FATAL(world_find(&w, IUPLUS_ACT_KEYS));
	CU_ASSERT_EQUAL(world_find(&w, IUPLUS_ACT_KEYS)->keys.kind, IUPLUS_KEYS_LEGACY);
	CU_ASSERT_EQUAL(world_find(&w, IUPLUS_ACT_KEYS)->keys.uia, 2);
	CU_ASSERT_EQUAL(memcmp(world_find(&w, IUPLUS_ACT_KEYS)->keys.ik, w.s.ik, 16), 0);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_ATTACH_ACCEPT, &n));
	CU_ASSERT_EQUAL(n.u.attach_accept.allocated_ptmsi.tmsi, w.s.subscriber[0].ptmsi);
	CU_ASSERT_EQUAL(n.u.attach_accept.allocated_ptmsi.tmsi >> 30, 3);
	n = nas(IUPLUS_NAS_ATTACH_COMPLETE);
	world_nas(&w, 0, &n);
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_ATTACH));
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	CU_ASSERT_PTR_EQUAL(w.s.subscriber[0].context, w.s.cn);
	world_end(&w);
	CU_ASSERT_PTR_NULL(w.s.subscriber[0].context);
}

/* [0117]: at an RNC+ the attach of an enhanced phone ends with enhanced keys, and CK and IK remain in the core. */
static void test_attach_enhanced(void)
{
	const struct iuplus_ranap_security_mode_command *s;
	uint8_t k_rnc[32], star[32], ck_u[16], ik_u[16], ck_m[16], ik_m[16];
	struct iuplus_security_freshness fresh = { .kind = IUPLUS_SECURITY_FRESHNESS_NONCE };
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, KEYS_BIT);
	world_authenticate(&w);
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	s = &m.u.security_mode_command;
	CU_ASSERT(s->has_enhanced && s->enhanced.keys.has_k_rnc && s->enhanced.has_next_key && s->enhanced.has_nonce);
	CU_ASSERT_EQUAL(s->enhanced.next_key.index.ncc, 1);
	CU_ASSERT(s->key_new);
	CU_ASSERT_FALSE(world_step(&w, IUPLUS_STEP_SECURITY_COMMANDED)); /* not FIG. 9's */
	memcpy(fresh.nonce, s->enhanced.nonce, 16);
	iuplus_security_k_rnc(w.s.ck, w.s.ik, 1, w.s.cfg.link.domain, &fresh, k_rnc);
	iuplus_security_k_rnc_star(w.s.ck, w.s.ik, k_rnc, star);
	iuplus_security_keys_from_k_rnc(k_rnc, NULL, ck_u, ik_u);
	iuplus_security_mapped_keys(ck_u, ik_u, ck_m, ik_m);
	CU_ASSERT_EQUAL(memcmp(s->integrity.key, ik_m, 16), 0);
	CU_ASSERT_EQUAL(memcmp(s->encryption.key, ck_m, 16), 0);
	CU_ASSERT(s->has_ue_capability && s->ue_capability == KEYS_BIT && !s->enhanced.vector_used);
	CU_ASSERT_EQUAL(memcmp(s->enhanced.keys.k_rnc, k_rnc, 32), 0);
	CU_ASSERT_EQUAL(memcmp(s->enhanced.next_key.keys.k_rnc, star, 32), 0);
	world_security_complete(&w);
	CU_ASSERT_PTR_NOT_NULL_FATAL(world_find(&w, IUPLUS_ACT_KEYS));
	CU_ASSERT_EQUAL(world_find(&w, IUPLUS_ACT_KEYS)->keys.kind, IUPLUS_KEYS_ENHANCED);
	CU_ASSERT_EQUAL(memcmp(world_find(&w, IUPLUS_ACT_KEYS)->keys.ik, ik_u, 16), 0);
	CU_ASSERT_EQUAL(memcmp(world_find(&w, IUPLUS_ACT_KEYS)->keys.ck, ck_u, 16), 0);
	world_end(&w);

	/* A core without the extension skips the capability and sends none of the new elements. */
	world_init(&w);
	w.s.cfg.link.enhanced = false;
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, KEYS_BIT);
	world_authenticate(&w);
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	CU_ASSERT_FALSE(m.u.security_mode_command.has_enhanced);
	CU_ASSERT_EQUAL(memcmp(m.u.security_mode_command.integrity.key, w.s.ik, 16), 0);
	world_end(&w);

	/* No encryption: the element is omitted; without a nonce none is sent. */
	world_init(&w);
	w.s.cfg.link.algorithms.uea_count = 1;
	w.s.cfg.link.algorithms.uea[0] = 0;
	w.s.cfg.link.freshness = IUPLUS_SECURITY_FRESHNESS_COUNTER;
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, KEYS_BIT);
	world_authenticate(&w);
	CU_ASSERT_FATAL(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	CU_ASSERT_FALSE(m.u.security_mode_command.has_encryption);
	CU_ASSERT_FALSE(m.u.security_mode_command.enhanced.has_nonce);
	iuplus_security_k_rnc(w.s.ck, w.s.ik, 1, w.s.cfg.link.domain, NULL, k_rnc);
	CU_ASSERT_EQUAL(memcmp(m.u.security_mode_command.enhanced.keys.k_rnc, k_rnc, 32), 0);
	world_end(&w);
}

/* The phone's SQN is higher: AUTS, resynchronisation, a new challenge that it accepts. After a second failure the core
 * releases. */
static void test_synch_failure(void)
{
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	iuplus_security_usim_init(&w.s.usim, world_k, world_opc, 0x1000000);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	world_authenticate(&w);
	ASSERT_STATES(&w, "AUTHENTICATION IDLE UP NONE");
	CU_ASSERT(w.s.hlr[0].sqn > 0x1000000);
	world_authenticate(&w);
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
	world_end(&w);

	world_init(&w);
	iuplus_security_usim_init(&w.s.usim, world_k, world_opc, 0x1000000);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	world_authenticate(&w);
	iuplus_security_usim_init(&w.s.usim, world_k, world_opc, 0x2000000);
	world_authenticate(&w);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT, &n));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	/* A forged AUTS, and none at all. */
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	n = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE);
	n.u.authentication_failure.cause = IUPLUS_NAS_CAUSE_SYNCH_FAILURE;
	n.u.authentication_failure.auts = (struct iuplus_octets){ world_k, 14 };
	world_nas(&w, 0, &n);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT, &n));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	n = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE);
	n.u.authentication_failure.cause = IUPLUS_NAS_CAUSE_SYNCH_FAILURE;
	world_nas(&w, 0, &n);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);
}

/* A phone with another K: MAC failure, reject, release; nothing hangs. */
static void test_wrong_k(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	iuplus_security_usim_init(&w.s.usim, world_opc, world_opc, 0);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	world_authenticate(&w);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT, &n));
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_IU_RELEASE_COMMAND, &m));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	m = ranap(IUPLUS_RANAP_IU_RELEASE_COMPLETE);
	world_ranap(&w, 0, &m);
	CU_ASSERT_PTR_NOT_NULL(world_find(&w, IUPLUS_ACT_IU_RELEASE));
	ASSERT_STATES(&w, "FREE");
	world_end(&w);

	/* A wrong RES: the same. */
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	n = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE);
	n.u.authentication_response.reference = w.s.cn->gmm.reference;
	n.u.authentication_response.has_res = true;
	n.u.authentication_response.res_extension = (struct iuplus_octets){ world_k, 4 };
	world_nas(&w, 0, &n);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	/* An answer to another challenge is ignored. */
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	n = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE);
	n.u.authentication_response.reference = (uint8_t)((w.s.cn->gmm.reference + 1) & 15);
	world_nas(&w, 0, &n);
	ASSERT_STATES(&w, "AUTHENTICATION IDLE UP NONE");
	world_end(&w);
}

/* If a phone known only by P-TMSI fails, the core requests its IMSI: it may be another phone (TS 24.008 4.7.7.6). */
static void test_identification(void)
{
	struct iuplus_nas_msg n;
	struct world w;
	int other;

	for (other = 0; other < 2; other++) {
		world_init(&w);
		w.s.subscriber[0].has_ptmsi = true;
		w.s.subscriber[0].ptmsi = 0xc0000001;
		iuplus_security_usim_init(&w.s.usim, world_opc, world_k, 0); /* the second subscriber's */
		n = attach_request(NULL, 0xc0000001);
		world_initial(&w, &n, 0);
		world_authenticate(&w);
		CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_IDENTITY_REQUEST, &n));
		ASSERT_STATES(&w, "IDENTITY IDLE UP NONE");
		n = nas(IUPLUS_NAS_IDENTITY_RESPONSE);
		n.u.identity_response.identity.type = IUPLUS_NAS_IDENTITY_IMSI;
		strcpy(n.u.identity_response.identity.digits, other ? IMSI_2 : IMSI_1);
		world_nas(&w, 0, &n);
		if (other) {
			ASSERT_STATES(&w, "AUTHENTICATION IDLE UP NONE");
			world_authenticate(&w);
			ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
		} else {
			CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT, &n));
			ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
		}
		world_end(&w);
	}

	/* An unknown P-TMSI: Identity Request, then as usual. */
	world_init(&w);
	n = attach_request(NULL, 0xc0000009);
	world_initial(&w, &n, 0);
	ASSERT_STATES(&w, "IDENTITY IDLE UP NONE");
	n = nas(IUPLUS_NAS_IDENTITY_RESPONSE);
	n.u.identity_response.identity.type = IUPLUS_NAS_IDENTITY_IMSI;
	strcpy(n.u.identity_response.identity.digits, IMSI_1);
	world_nas(&w, 0, &n);
	world_authenticate(&w);
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
	world_end(&w);

	/* An unknown IMSI. */
	world_init(&w);
	n = attach_request("999990000000001", 0);
	world_initial(&w, &n, 0);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_ATTACH_REJECT, &n));
	CU_ASSERT_EQUAL(n.u.attach_reject.cause, IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);
}

/* Every T33xx repeats its message four times and gives up at the fifth expiry. */
static void test_retries(void)
{
	static const struct {
		const char *states;
		unsigned timer;
		enum iuplus_nas_type message;
	} t[] = {
		{ "IDENTITY IDLE UP NONE", IUPLUS_CN_T3370, IUPLUS_NAS_IDENTITY_REQUEST },
		{ "AUTHENTICATION IDLE UP NONE", IUPLUS_CN_T3360, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST },
		{ "ACCEPT IDLE UP NONE", IUPLUS_CN_T3350, IUPLUS_NAS_ATTACH_ACCEPT },
		{ "REALLOCATION IDLE UP NONE", IUPLUS_CN_T3350, IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND },
		{ "DETACHING IDLE UP NONE", IUPLUS_CN_T3322, IUPLUS_NAS_DETACH_REQUEST },
	};
	struct iuplus_nas_msg n;
	struct world w;
	size_t i;
	int k;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		world_init(&w);
		if (i < 3) {
			n = attach_request(i ? IMSI_1 : NULL, 0xc0000009);
			world_initial(&w, &n, 0);
			if (i == 2) {
				world_authenticate(&w);
				world_security_complete(&w);
			}
		} else {
			world_attach(&w, 0);
			world_simple(&w, i == 3 ? IUPLUS_CN_EV_REALLOCATE : IUPLUS_CN_EV_DETACH, 0);
			CU_ASSERT_EQUAL(w.rc, IUPLUS_OK);
		}
		for (k = 0; k < 4; k++) {
			ASSERT_STATES(&w, t[i].states);
			world_expire(&w, t[i].timer);
			CU_ASSERT(world_sent_nas(&w, t[i].message, &n));
		}
		world_expire(&w, t[i].timer);
		ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
		world_expire(&w, IUPLUS_CN_TRELEASE);
		ASSERT_STATES(&w, "FREE");
		world_end(&w);
	}
}

/* The messages that may and may not open a connection: TS 24.008 4.7, clause 8. */
static void test_first_message(void)
{
	static const struct {
		const char *pdu;
		size_t len;
		enum iuplus_nas_type answer; /* 0: none */
		uint8_t cause;
	} t[] = {
		{ "\x08\x01\x01", 3, IUPLUS_NAS_ATTACH_REJECT, 96 },
		{ "\x08\x08\x01", 3, IUPLUS_NAS_RAU_REJECT, 96 },
		{ "\x08\x0c", 2, IUPLUS_NAS_SERVICE_REJECT, 96 },
		{ "\x08\x16", 2, 0, 0 },                      /* an Identity Response cut short */
		{ "\x08\x03", 2, IUPLUS_NAS_GMM_STATUS, 98 }, /* Attach Complete */
		{ "\x08\x77", 2, IUPLUS_NAS_GMM_STATUS, 97 }, /* no message at all */
		{ "\x08\x02", 2, IUPLUS_NAS_GMM_STATUS, 98 }, /* a downlink message */
		{ "\x05\x24", 2, 0, 0 },                      /* circuit switched mobility management */
		{ "\x08", 1, 0, 0 },
	};
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;
	size_t i;
	uint8_t cause;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		world_init(&w);
		m = ranap(IUPLUS_RANAP_INITIAL_UE_MESSAGE);
		m.u.initial_ue_message.domain = IUPLUS_DOMAIN_PS;
		m.u.initial_ue_message.has_rac = true;
		m.u.initial_ue_message.nas_pdu = (struct iuplus_octets){ (const uint8_t *)t[i].pdu, t[i].len };
		world_simple(&w, IUPLUS_CN_EV_CONNECT_INDICATION, 0);
		world_ranap(&w, 0, &m);
		ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
		if (t[i].answer) {
			CU_ASSERT_FATAL(world_sent_nas(&w, t[i].answer, &n));
			cause = n.type == IUPLUS_NAS_ATTACH_REJECT  ? n.u.attach_reject.cause :
				n.type == IUPLUS_NAS_RAU_REJECT     ? n.u.rau_reject.cause :
				n.type == IUPLUS_NAS_SERVICE_REJECT ? n.u.service_reject.cause :
								      n.u.gmm_status.cause;
			CU_ASSERT_EQUAL(cause, t[i].cause);
		}
		world_end(&w);
	}

	/* This core does not serve the CS domain. */
	world_init(&w);
	m.u.initial_ue_message.domain = IUPLUS_DOMAIN_CS;
	world_simple(&w, IUPLUS_CN_EV_CONNECT_INDICATION, 0);
	world_ranap(&w, 0, &m);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);
}

/* An AuC that fails; several vectors at a time, used in order; a phone that sends another request. */
static void test_vectors(void)
{
	struct iuplus_nas_msg n;
	struct world w;
	int i;

	world_init(&w);
	w.s.auc = WORLD_AUC_BROKEN;
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_ATTACH_REJECT, &n));
	CU_ASSERT_EQUAL(n.u.attach_reject.cause, IUPLUS_NAS_CAUSE_NETWORK_FAILURE);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	world_init(&w);
	w.s.cfg.gmm.vectors = 3;
	world_attach(&w, 0);
	for (i = 2; i >= 0; i--) {
		CU_ASSERT_EQUAL(w.s.subscriber[0].unused_count, (unsigned)i);
		world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0);
		world_authenticate(&w);
		ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
		world_security_complete(&w);
		ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
		CU_ASSERT_EQUAL(memcmp(w.s.cn->link.keys.ck, w.s.ck, 16), 0);
	}
	world_end(&w);

	/* Attach Request again: the same one is ignored, a different one restarts the procedure. */
	world_init(&w);
	n = attach_request(IMSI_2, 0);
	world_initial(&w, &n, 0);
	world_nas(&w, 0, &n);
	CU_ASSERT_FALSE(world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST, &n));
	n = attach_request(IMSI_1, 0);
	world_nas(&w, 0, &n);
	world_authenticate(&w);
	world_security_complete(&w);
	ASSERT_STATES(&w, "ACCEPT IDLE UP NONE");
	/* After the accept: the same request, the same accept. */
	i = (int)w.s.subscriber[0].ptmsi;
	world_nas(&w, 0, &n);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_ATTACH_ACCEPT, &n));
	CU_ASSERT_EQUAL(n.u.attach_accept.allocated_ptmsi.tmsi, (uint32_t)i);
	n = attach_request(IMSI_2, 0);
	world_nas(&w, 0, &n);
	ASSERT_STATES(&w, "AUTHENTICATION IDLE UP NONE");
	CU_ASSERT_PTR_NULL(w.s.subscriber[0].context);
	world_end(&w);

	/* Without follow-on request the connection is released after the attach. */
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	n.u.attach_request.attach_type = 1;
	world_initial(&w, &n, 0);
	world_authenticate(&w);
	world_security_complete(&w);
	n = nas(IUPLUS_NAS_ATTACH_COMPLETE);
	world_nas(&w, 0, &n);
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_ATTACH));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);
}

/* A remote AuC: its response comes later, or says that there is none, or comes when nothing waits for it any more. */
static void test_vectors_later(void)
{
	struct iuplus_security_vector late[IUPLUS_CN_MAX_VECTORS];
	struct iuplus_cn_event response;
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n, again;
	struct world w;
	int i;

	/* Later, for an attach, with a synch failure. */
	world_init(&w);
	w.s.auc = WORLD_AUC_WAITS;
	w.s.cfg.gmm.vectors = 2;
	iuplus_security_usim_init(&w.s.usim, world_k, world_opc, 0x1000000);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	ASSERT_STATES(&w, "VECTORS IDLE UP NONE");
	CU_ASSERT(w.s.running[IUPLUS_CN_TVECTORS]);
	CU_ASSERT_STRING_EQUAL(w.s.wanted.imsi, IMSI_1);
	CU_ASSERT(w.s.wanted.count == 2 && !w.s.wanted.resynchronise);
	world_nas(&w, 0, &n); /* the same request again */
	CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_VECTORS_WANTED));
	world_vectors(&w);
	ASSERT_STATES(&w, "AUTHENTICATION IDLE UP NONE");
	CU_ASSERT_FALSE(w.s.running[IUPLUS_CN_TVECTORS]);
	CU_ASSERT_EQUAL(w.s.subscriber[0].unused_count, 1);
	world_authenticate(&w);
	ASSERT_STATES(&w, "VECTORS IDLE UP NONE");
	CU_ASSERT(w.s.wanted.resynchronise);
	world_vectors(&w);
	CU_ASSERT(w.s.hlr[0].sqn > 0x1000000);
	world_authenticate(&w);
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
	/* A second response to the same request. */
	world_vectors(&w);
	CU_ASSERT_PTR_NOT_NULL(world_find(&w, IUPLUS_ACT_FAILURE));
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
	world_security_complete(&w);
	ASSERT_STATES(&w, "ACCEPT IDLE UP NONE");
	world_end(&w);

	/* No vector: empty, the AuC failed, the subscriber is unknown; and no response at all. */
	for (i = 0; i < 4; i++) {
		world_init(&w);
		w.s.auc = WORLD_AUC_WAITS;
		n = attach_request(IMSI_1, 0);
		world_initial(&w, &n, 0);
		response = world_response(&w, late);
		response.vectors.count = i < 2 ? 0 : 1;
		response.vectors.rc = i == 1 ? IUPLUS_ERR_IO : i == 2 ? IUPLUS_ERR_MISSING : IUPLUS_OK;
		if (i < 3)
			world_event(&w, response);
		else
			world_expire(&w, IUPLUS_CN_TVECTORS);
		CU_ASSERT_FATAL(world_sent_nas(&w, IUPLUS_NAS_ATTACH_REJECT, &n));
		CU_ASSERT_EQUAL(n.u.attach_reject.cause, i == 2 ? IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED :
								  IUPLUS_NAS_CAUSE_NETWORK_FAILURE);
		ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
		/* A response after that changes nothing. */
		response.vectors.count = 1;
		response.vectors.rc = IUPLUS_OK;
		world_event(&w, response);
		CU_ASSERT_PTR_NOT_NULL(world_find(&w, IUPLUS_ACT_FAILURE));
		CU_ASSERT_EQUAL(w.s.subscriber[0].unused_count, 0);
		ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
		world_end(&w);
	}

	/* An AUTS that is not the USIM's, reported later. */
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	w.s.auc = WORLD_AUC_WAITS;
	n = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE);
	n.u.authentication_failure.cause = IUPLUS_NAS_CAUSE_SYNCH_FAILURE;
	n.u.authentication_failure.auts = (struct iuplus_octets){ world_k, 14 };
	world_nas(&w, 0, &n);
	ASSERT_STATES(&w, "VECTORS IDLE UP NONE");
	world_vectors(&w);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT, &n));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	/* Another subscriber's attach takes over: the first response is another's, and is not used for it. */
	world_init(&w);
	w.s.auc = WORLD_AUC_WAITS;
	n = attach_request(IMSI_2, 0);
	world_initial(&w, &n, 0);
	response = world_response(&w, late);
	again = attach_request(IMSI_1, 0);
	world_nas(&w, 0, &again);
	ASSERT_STATES(&w, "VECTORS IDLE UP NONE");
	CU_ASSERT_STRING_EQUAL(w.s.wanted.imsi, IMSI_1);
	world_event(&w, response);
	ASSERT_STATES(&w, "VECTORS IDLE UP NONE");
	CU_ASSERT(!w.s.subscriber[0].unused_count && !w.s.subscriber[1].unused_count);
	world_vectors(&w);
	world_authenticate(&w);
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
	world_end(&w);

	/* The UE is lost meanwhile: the context is at its end, and takes the response without doing anything. */
	world_init(&w);
	w.s.auc = WORLD_AUC_WAITS;
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	world_simple(&w, IUPLUS_CN_EV_LOST, 0);
	ASSERT_STATES(&w, "FREE");
	world_vectors(&w);
	CU_ASSERT_EQUAL(w.out.count, 0);
	world_end(&w);

	/* After a relocation (FIG. 9's step 911): no relocation starts while the vectors are awaited. */
	world_init(&w);
	w.s.cfg.gmm.aka = IUPLUS_CN_AKA_ALWAYS;
	world_attach(&w, 0);
	w.s.auc = WORLD_AUC_WAITS;
	world_relocate(&w, IUPLUS_CN_RELOC_DETECTED, KEYS_BIT);
	m = relocation_complete(KEYS_BIT);
	world_ranap(&w, 1, &m);
	ASSERT_STATES(&w, "VECTORS IDLE UP RELEASING");
	m = relocation_required(&w, SOURCE_RNC);
	world_ranap(&w, 1, &m);
	CU_ASSERT(world_sent(&w, 1, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, &m));
	CU_ASSERT_EQUAL(world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0), IUPLUS_ERR_STATE);
	world_vectors(&w);
	CU_ASSERT(world_step(&w, IUPLUS_STEP_AUTHENTICATED));
	world_authenticate(&w);
	ASSERT_STATES(&w, "SECURITY IDLE UP RELEASING");
	world_end(&w);
}

static void test_security_reject(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct world w;
	int i;

	/* At attach there are no older keys to fall back to. */
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	world_authenticate(&w);
	m = ranap(IUPLUS_RANAP_SECURITY_MODE_REJECT);
	m.u.security_mode_reject.cause = IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE;
	world_ranap(&w, 0, &m);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_ATTACH_REJECT, &n));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	/* Later the old keys remain in use. */
	world_init(&w);
	world_attach(&w, KEYS_BIT);
	CU_ASSERT_EQUAL(world_simple(&w, IUPLUS_CN_EV_AUTHENTICATE, 0), IUPLUS_OK);
	world_authenticate(&w);
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	CU_ASSERT(m.u.security_mode_command.key_new);
	m = ranap(IUPLUS_RANAP_SECURITY_MODE_REJECT);
	m.u.security_mode_reject.cause = IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE;
	world_ranap(&w, 0, &m);
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE"); /* once more, with another counter */
	m = ranap(IUPLUS_RANAP_SECURITY_MODE_REJECT);
	m.u.security_mode_reject.cause = IUPLUS_RANAP_CAUSE_RADIO_INTERFACE_FAILURE;
	world_ranap(&w, 0, &m);
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_KEYS));
	CU_ASSERT_EQUAL(w.s.cn->link.keys.kind, IUPLUS_KEYS_ENHANCED);
	CU_ASSERT(zero((const uint8_t *)&w.s.cn->link.pending, sizeof(w.s.cn->link.pending)));
	world_end(&w);

	/* An algorithm that was not offered: UEA0, then UIA2. Chosen Encryption Algorithm left out although "no
	 * encryption" was on offer, and given although none was (8.18.2). */
	for (i = 0; i < 4; i++) {
		world_init(&w);
		w.s.cfg.link.algorithms.uia_count = i == 1 ? 1 : 2;
		if (i == 1)
			w.s.cfg.link.algorithms.uia[0] = 1;
		w.s.cfg.link.algorithms.uea_count = i == 2 ? 3 : i == 3 ? 1 : 2;
		if (i == 3)
			w.s.cfg.link.algorithms.uea[0] = 0;
		n = attach_request(IMSI_1, 0);
		world_initial(&w, &n, 0);
		world_authenticate(&w);
		m = ranap(IUPLUS_RANAP_SECURITY_MODE_COMPLETE);
		m.u.security_mode_complete.integrity_algorithm = 1;
		m.u.security_mode_complete.integrity_algorithm = i == 1 ? 2 : 1;
		m.u.security_mode_complete.has_encryption_algorithm = i != 2;
		m.u.security_mode_complete.encryption_algorithm = i == 1 ? 2 : 0;
		world_ranap(&w, 0, &m);
		ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
		CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_KEYS));
		world_end(&w);
	}

	/* No answer at all. */
	world_init(&w);
	n = attach_request(IMSI_1, 0);
	world_initial(&w, &n, 0);
	world_authenticate(&w);
	world_expire(&w, IUPLUS_CN_TSECURITY);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);
}

static struct iuplus_nas_msg service_request(uint8_t cksn, uint32_t ptmsi)
{
	struct iuplus_nas_msg n = nas(IUPLUS_NAS_SERVICE_REQUEST);

	n.u.service_request.cksn = cksn;
	n.u.service_request.ptmsi = (struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", ptmsi };
	return n;
}

/* A known phone connects again: with a service request its keys are used without authentication. The old context is
 * released after the phone has been verified. */
static void test_return(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;
	struct iuplus_cn_ue *first;
	struct world w;

	world_init(&w);
	world_attach(&w, 0);
	first = w.s.cn;
	w.s.cn = iuplus_cn_ue_new(&w.s.cfg, &w.subscribers, 2, NULL);
	memset(w.s.running, 0, sizeof(w.s.running));
	n = service_request(w.s.subscriber[0].cksn, w.s.subscriber[0].ptmsi);
	world_initial(&w, &n, 0);
	ASSERT_STATES(&w, "SECURITY IDLE UP NONE");
	CU_ASSERT(world_sent(&w, 0, IUPLUS_RANAP_SECURITY_MODE_COMMAND, &m));
	CU_ASSERT_FALSE(m.u.security_mode_command.key_new);
	CU_ASSERT_EQUAL(memcmp(m.u.security_mode_command.integrity.key, w.s.ik, 16), 0);
	CU_ASSERT_PTR_NULL(world_find(&w, IUPLUS_ACT_SUPERSEDED));
	world_security_complete(&w);
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_SERVICE));
	CU_ASSERT_PTR_NOT_NULL_FATAL(world_find(&w, IUPLUS_ACT_SUPERSEDED));
	CU_ASSERT_PTR_EQUAL(world_find(&w, IUPLUS_ACT_SUPERSEDED)->user, &w);
	iuplus_cn_ue_free(first);
	CU_ASSERT_PTR_EQUAL(w.s.subscriber[0].context, w.s.cn);
	world_end(&w);

	/* Another CKSN: authentication. */
	world_init(&w);
	world_attach(&w, 0);
	iuplus_cn_ue_free(w.s.cn);
	w.s.cn = iuplus_cn_ue_new(&w.s.cfg, &w.subscribers, 2, NULL);
	n = service_request(7, w.s.subscriber[0].ptmsi);
	world_initial(&w, &n, 0);
	ASSERT_STATES(&w, "AUTHENTICATION IDLE UP NONE");
	world_end(&w);

	/* An unknown P-TMSI: implicitly detached. */
	world_init(&w);
	n = service_request(0, 0xc0000009);
	world_initial(&w, &n, 0);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_SERVICE_REJECT, &n));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	/* Routing area update on a protected connection: accepted immediately, with a new P-TMSI. */
	world_init(&w);
	world_attach(&w, 0);
	n = nas(IUPLUS_NAS_RAU_REQUEST);
	n.u.rau_request.update_type = 8;
	n.u.rau_request.ms_radio_access_capability = (struct iuplus_octets){ world_rrc, sizeof(world_rrc) };
	world_nas(&w, 0, &n);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_RAU_ACCEPT, &n));
	ASSERT_STATES(&w, "ACCEPT IDLE UP NONE");
	n = nas(IUPLUS_NAS_RAU_COMPLETE);
	world_nas(&w, 0, &n);
	ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
	world_end(&w);
}

/* The old P-TMSI identifies the phone until it has confirmed the new one (TS 24.008 4.7.6.4). */
static void test_reallocation(void)
{
	uint32_t before, after;
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	world_attach(&w, 0);
	before = w.s.subscriber[0].ptmsi;
	world_simple(&w, IUPLUS_CN_EV_REALLOCATE, 0);
	after = w.s.subscriber[0].ptmsi;
	CU_ASSERT_NOT_EQUAL(before, after);
	CU_ASSERT_PTR_EQUAL(world_by_ptmsi(&w, before), &w.s.subscriber[0]);
	CU_ASSERT_PTR_EQUAL(world_by_ptmsi(&w, after), &w.s.subscriber[0]);
	n = nas(IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE);
	world_nas(&w, 0, &n);
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_REALLOCATION));
	CU_ASSERT_PTR_NULL(world_by_ptmsi(&w, before));
	CU_ASSERT_PTR_EQUAL(world_by_ptmsi(&w, after), &w.s.subscriber[0]);
	world_end(&w);
}

static void test_detach(void)
{
	struct iuplus_nas_msg n;
	struct world w;

	world_init(&w);
	world_attach(&w, 0);
	n = nas(IUPLUS_NAS_DETACH_REQUEST);
	n.u.detach_request.detach_type = 1;
	world_nas(&w, 0, &n);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_DETACH_ACCEPT, &n));
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_DETACH));
	CU_ASSERT_FALSE(w.s.subscriber[0].has_ptmsi);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	world_init(&w);
	world_attach(&w, 0);
	n = nas(IUPLUS_NAS_DETACH_REQUEST);
	n.u.detach_request.detach_type = 9; /* power off: no answer */
	world_nas(&w, 0, &n);
	CU_ASSERT_FALSE(world_sent_nas(&w, IUPLUS_NAS_DETACH_ACCEPT, &n));
	world_end(&w);

	world_init(&w);
	world_attach(&w, 0);
	world_simple(&w, IUPLUS_CN_EV_DETACH, 0);
	CU_ASSERT(world_sent_nas(&w, IUPLUS_NAS_DETACH_REQUEST, &n));
	n = nas(IUPLUS_NAS_DETACH_ACCEPT);
	world_nas(&w, 0, &n);
	CU_ASSERT(world_has(&w, IUPLUS_ACT_DONE, IUPLUS_CN_DONE_DETACH));
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);

	/* Without protection no phone is detached. */
	world_init(&w);
	world_attach(&w, 0);
	iuplus_cn_ue_free(w.s.cn);
	w.s.cn = iuplus_cn_ue_new(&w.s.cfg, &w.subscribers, 2, NULL);
	n = nas(IUPLUS_NAS_DETACH_REQUEST);
	n.u.detach_request.detach_type = 1;
	world_initial(&w, &n, 0);
	CU_ASSERT(w.s.subscriber[0].has_ptmsi);
	ASSERT_STATES(&w, "RELEASING IDLE RELEASING NONE");
	world_end(&w);
}

/* ---- bad input, connectionless, configuration ---- */

static void test_bad_input(void)
{
	struct iuplus_ranap_msg m;
	struct iuplus_octets good;
	struct world w;
	uint8_t pdu[512];
	size_t len, cut;

	world_init(&w);
	world_attach(&w, 0);
	m = relocation_required(&w, TARGET_RNC);
	good = world_encode(&w, &m);
	len = good.len;
	CU_ASSERT_FATAL(len < sizeof(pdu));
	memcpy(pdu, good.data, len);
	for (cut = 0; cut < len; cut++) {
		world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_DATA, .pdu = { pdu, cut } });
		CU_ASSERT_EQUAL(w.rc, IUPLUS_OK);
		CU_ASSERT_PTR_NOT_NULL(world_find(&w, IUPLUS_ACT_FAILURE));
		ASSERT_STATES(&w, "REGISTERED IDLE UP NONE");
		iuplus_arena_reset(&w.arena, true);
	}
	/* An invalid event is a bug of the caller. */
	CU_ASSERT_EQUAL(world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_COUNT }), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(world_simple(&w, IUPLUS_CN_EV_DATA, 2), IUPLUS_ERR_ARGUMENT);
	world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_TIMER, .timer = IUPLUS_CN_TIMER_COUNT });
	CU_ASSERT_EQUAL(w.rc, IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(world_simple(&w, IUPLUS_CN_EV_CONNECT_INDICATION, 0), IUPLUS_ERR_ARGUMENT);
	world_end(&w);

	/* Every octet of the first message modified in turn: answered, and the context ends eventually. */
	world_init(&w);
	for (cut = 0; cut < len; cut++) {
		struct world_saved saved = world_save(&w);

		pdu[cut] ^= 0x5a;
		world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_INDICATION,
							  .peer = SOURCE_PEER,
							  .pdu = { pdu, len } });
		pdu[cut] ^= 0x5a;
		while (world_wait(&w))
			;
		ASSERT_STATES(&w, "FREE");
		iuplus_arena_reset(&w.arena, true);
		world_load(&w, &saved);
	}
	world_end(&w);
}

/* An arena that is too small causes neither a crash nor a double free. */
static void test_memory(void)
{
	struct iuplus_nas_msg n;
	struct world w;
	size_t limit;

	for (limit = 1; limit < 6000; limit += 97) {
		world_init(&w);
		n = attach_request(IMSI_1, 0);
		world_initial(&w, &n, 0);
		if (w.s.freed || !world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST, &n)) {
			world_end(&w);
			continue;
		}
		iuplus_arena_free(&w.arena);
		iuplus_arena_init(&w.arena, limit);
		world_expire(&w, IUPLUS_CN_T3360);
		CU_ASSERT(w.rc == IUPLUS_OK || w.rc == IUPLUS_ERR_MEMORY);
		iuplus_arena_free(&w.arena);
		iuplus_arena_init(&w.arena, 0);
		while (world_wait(&w))
			iuplus_arena_reset(&w.arena, true);
		ASSERT_STATES(&w, "FREE");
		world_end(&w);
	}
}

static void test_config(void)
{
	struct iuplus_cn_subscriber s;
	struct iuplus_hlr_subscriber h;
	const char *why;
	struct world w;

	world_init(&w);
	CU_ASSERT_EQUAL(iuplus_cn_config_check(&w.s.cfg, &why), IUPLUS_OK);
	CU_ASSERT_PTR_NULL(why);
	w.s.cfg.link.algorithms.uia[1] = 3;
	CU_ASSERT_EQUAL(iuplus_cn_config_check(&w.s.cfg, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_PTR_NOT_NULL(why);
	w.s.cfg.link.algorithms.uia[1] = 1;
	w.s.cfg.link.algorithms.uea_count = 0;
	CU_ASSERT_EQUAL(iuplus_cn_config_check(&w.s.cfg, &why), IUPLUS_ERR_ARGUMENT);
	w.s.cfg.link.algorithms.uea_count = 1;
	w.s.rnc[1].rnc_id = w.s.rnc[0].rnc_id;
	CU_ASSERT_EQUAL(iuplus_cn_config_check(&w.s.cfg, &why), IUPLUS_ERR_ARGUMENT);
	w.s.rnc[1].rnc_id++;
	w.s.cfg.link.domain = IUPLUS_DOMAIN_CS;
	CU_ASSERT_EQUAL(iuplus_cn_config_check(&w.s.cfg, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_cn_subscriber_init(&s, "00101"), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_cn_subscriber_init(&s, "0010112345678x"), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_hlr_subscriber_init(&h, "00101", world_k, world_opc, world_amf, 0), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_hlr_subscriber_init(&h, "0010112345678x", world_k, world_opc, world_amf, 0),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_hlr_subscriber_init(&h, IMSI_1, world_k, world_opc, world_amf, 1ull << 48),
			IUPLUS_ERR_ARGUMENT);
	world_end(&w);
}

IUPLUS_CUNIT_MAIN("core", { "attach", test_attach }, { "attach with enhanced keys", test_attach_enhanced },
		  { "synch failure", test_synch_failure }, { "wrong K", test_wrong_k },
		  { "identification", test_identification }, { "first message", test_first_message },
		  { "vectors", test_vectors }, { "vectors of a remote AuC", test_vectors_later },
		  { "retries", test_retries }, { "security mode reject", test_security_reject },
		  { "return", test_return }, { "P-TMSI reallocation", test_reallocation }, { "detach", test_detach },
		  { "bad input", test_bad_input }, { "memory", test_memory }, { "configuration", test_config })
