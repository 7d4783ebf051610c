/* SPDX-License-Identifier: BSD-2-Clause */
/* test_nas_ue.c: the phone's GMM and USIM against a scripted network, in virtual time; every state, every event. */
#include "src/proc/ue_nas_int.h"

#include "test/unit/cunit_main.h"
#include "test/unit/proc_walk.h"

#define IMSI "001010123456789"
#define IMEI "490154203237518" /* the example of TS 23.003 Annex B: check digit 8 */
#define IMEISV "4901542032375123"

static const uint8_t k[16] = { 0x46, 0x5b, 0x5c, 0xe8, 0xb1, 0x99, 0xb4, 0x9f,
			       0xaa, 0x5f, 0x0a, 0x2e, 0xe2, 0x38, 0xa6, 0xbc };
static const uint8_t opc[16] = { 0xcd, 0x63, 0xcb, 0x71, 0x95, 0x4a, 0x9f, 0x4e,
				 0x48, 0xa5, 0x99, 0x4e, 0x37, 0xa0, 0x2b, 0xaf };

struct phone {
	struct iuplus_ue_nas ue;
	struct iuplus_arena arena;
	struct iuplus_proc_actions out; /* of the last event */
	int rc;
	bool running[IUPLUS_UE_NAS_TIMER_COUNT];
	uint64_t sqn;                         /* the network's */
	struct iuplus_security_vector vector; /* of the last challenge */
};

static void no_random(void *user, uint8_t *buf, size_t len)
{
	(void)user;
	memset(buf, 0, len);
	CU_FAIL("the phone's NAS needs no random octets");
}

static void phone_init(struct phone *p)
{
	struct iuplus_ue_nas_config c;
	const char *why;

	memset(p, 0, sizeof(*p));
	memset(&c, 0, sizeof(c));
	iuplus_arena_init(&p->arena, 0);
	strcpy(c.imsi, IMSI);
	memcpy(c.k, k, 16);
	memcpy(c.opc, opc, 16);
	c.follow_on = true;
	iuplus_nas_plmn_from_digits("001", "01", c.plmn);
	CU_ASSERT_EQUAL(iuplus_ue_nas_init(&p->ue, &c, &why), IUPLUS_OK);
}

static void phone_end(struct phone *p)
{
	iuplus_ue_nas_end(&p->ue);
	iuplus_arena_free(&p->arena);
}

static int event(struct phone *p, struct iuplus_ue_nas_event e)
{
	struct iuplus_proc_env env = { .arena = &p->arena, .random = no_random };
	unsigned i;

	p->out.count = 0;
	p->rc = iuplus_ue_nas_event(&p->ue, &env, &e, &p->out);
	for (i = 0; i < p->out.count; i++)
		if (p->out.list[i].kind == IUPLUS_ACT_TIMER_START || p->out.list[i].kind == IUPLUS_ACT_TIMER_STOP)
			p->running[p->out.list[i].timer] = p->out.list[i].kind == IUPLUS_ACT_TIMER_START;
	return p->rc;
}

static int simple(struct phone *p, enum iuplus_ue_nas_event_kind kind)
{
	return event(p, (struct iuplus_ue_nas_event){ .kind = kind });
}

static int expire(struct phone *p, enum iuplus_ue_nas_timer timer)
{
	CU_ASSERT(p->running[timer]);
	p->running[timer] = false;
	return event(p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_TIMER, .timer = timer });
}

static struct iuplus_nas_msg nas(enum iuplus_nas_type type)
{
	struct iuplus_nas_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	return m;
}

static int network(struct phone *p, const struct iuplus_nas_msg *m)
{
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	size_t len;
	int rc;

	iuplus_arena_reset(&p->arena, true);
	CU_ASSERT_EQUAL(iuplus_nas_encode(m, IUPLUS_NAS_DOWNLINK, buf, sizeof(buf), &len), IUPLUS_OK);
	rc = event(p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_PDU, .pdu = { buf, len } });
	memset(buf, 0xff, sizeof(buf)); /* nothing of it may be needed any longer */
	return rc;
}

static const struct iuplus_proc_action *find(const struct phone *p, enum iuplus_proc_act kind)
{
	unsigned i;

	for (i = 0; i < p->out.count; i++)
		if (p->out.list[i].kind == kind)
			return &p->out.list[i];
	return NULL;
}

static bool sent(const struct phone *p, enum iuplus_nas_type type, struct iuplus_nas_msg *m)
{
	const struct iuplus_proc_action *a = find(p, IUPLUS_ACT_NAS_DOWN);

	if (!a || iuplus_nas_decode(a->pdu, IUPLUS_NAS_UPLINK, m, NULL))
		return false;
	CU_ASSERT_STRING_EQUAL(a->message, iuplus_nas_type_name(m->type));
	return m->type == type;
}

/* A challenge of the home network, or (with another key) of an impostor. */
static int challenge(struct phone *p, const uint8_t key[16], uint8_t reference)
{
	static const uint8_t amf[2] = { 0x80, 0 };
	struct iuplus_nas_msg m = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST);
	struct iuplus_nas_authentication_and_ciphering_request *r = &m.u.authentication_request;
	uint8_t rand[16] = { 0 };

	iuplus_security_sqn_next(&p->sqn);
	memcpy(rand, &p->sqn, sizeof(p->sqn));
	CU_ASSERT_EQUAL(iuplus_security_aka_vector(key, opc, p->sqn, amf, rand, &p->vector), IUPLUS_OK);
	r->reference = reference;
	r->has_rand = r->has_cksn = true;
	memcpy(r->rand, p->vector.rand, 16);
	r->cksn = 3;
	r->autn = (struct iuplus_octets){ p->vector.autn, 16 };
	return network(p, &m);
}

static struct iuplus_nas_msg accept_with(uint32_t ptmsi)
{
	struct iuplus_nas_msg m = nas(IUPLUS_NAS_ATTACH_ACCEPT);

	m.u.attach_accept.attach_result = 1;
	m.u.attach_accept.rai.lac = 0x1234;
	m.u.attach_accept.has_allocated_ptmsi = true;
	m.u.attach_accept.allocated_ptmsi = (struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", ptmsi };
	return m;
}

static struct iuplus_nas_msg command_with(uint32_t ptmsi)
{
	struct iuplus_nas_msg m = nas(IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND);

	m.u.ptmsi_reallocation_command.allocated_ptmsi =
		(struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", ptmsi };
	return m;
}

static void attach(struct phone *p)
{
	struct iuplus_nas_msg m = accept_with(0xc0000001);

	simple(p, IUPLUS_UE_NAS_EV_ATTACH);
	challenge(p, k, 1);
	simple(p, IUPLUS_UE_NAS_EV_SECURED);
	network(p, &m);
	CU_ASSERT_EQUAL(p->ue.state, IUPLUS_UE_NAS_REGISTERED);
}

/* ---- procedures ---- */

static void test_attach(void)
{
	struct iuplus_nas_msg m;
	struct phone p;

	phone_init(&p);
	CU_ASSERT_EQUAL(simple(&p, IUPLUS_UE_NAS_EV_ATTACH), IUPLUS_OK);
	CU_ASSERT(sent(&p, IUPLUS_NAS_ATTACH_REQUEST, &m));
	CU_ASSERT(find(&p, IUPLUS_ACT_NAS_DOWN)->initial);
	CU_ASSERT_STRING_EQUAL(m.u.attach_request.identity.digits, IMSI);
	CU_ASSERT_EQUAL(m.u.attach_request.cksn, 7);
	CU_ASSERT_EQUAL(m.u.attach_request.attach_type, 9);
	CU_ASSERT_EQUAL(m.u.attach_request.old_rai.lac, 0xfffe);
	CU_ASSERT(p.running[IUPLUS_UE_NAS_T3310]);
	challenge(&p, k, 5);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, &m));
	CU_ASSERT_FALSE(find(&p, IUPLUS_ACT_NAS_DOWN)->initial);
	CU_ASSERT_EQUAL(m.u.authentication_response.reference, 5);
	CU_ASSERT_EQUAL(memcmp(m.u.authentication_response.res, p.vector.xres, 4), 0);
	CU_ASSERT_EQUAL_FATAL(m.u.authentication_response.res_extension.len, 4);
	CU_ASSERT_EQUAL(memcmp(m.u.authentication_response.res_extension.data, p.vector.xres + 4, 4), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(find(&p, IUPLUS_ACT_NAS_KEYS));
	CU_ASSERT_EQUAL(memcmp(find(&p, IUPLUS_ACT_NAS_KEYS)->keys.ck, p.vector.ck, 16), 0);
	CU_ASSERT_EQUAL(memcmp(find(&p, IUPLUS_ACT_NAS_KEYS)->keys.ik, p.vector.ik, 16), 0);
	CU_ASSERT_EQUAL(find(&p, IUPLUS_ACT_NAS_KEYS)->keys.kind, IUPLUS_KEYS_LEGACY);
	CU_ASSERT(find(&p, IUPLUS_ACT_NAS_KEYS) < find(&p, IUPLUS_ACT_NAS_DOWN));
	/* An accept without protection is ignored. */
	m = accept_with(0xc0000001);
	network(&p, &m);
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_REGISTERED_INITIATED);
	CU_ASSERT_PTR_NULL(find(&p, IUPLUS_ACT_NAS_DOWN));
	simple(&p, IUPLUS_UE_NAS_EV_SECURED);
	m = accept_with(0xc0000001);
	network(&p, &m);
	CU_ASSERT(sent(&p, IUPLUS_NAS_ATTACH_COMPLETE, &m));
	CU_ASSERT_PTR_NOT_NULL(find(&p, IUPLUS_ACT_DONE));
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_REGISTERED);
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3310]);
	/* The complete was lost: the accept is retransmitted. */
	m = accept_with(0xc0000001);
	network(&p, &m);
	CU_ASSERT(sent(&p, IUPLUS_NAS_ATTACH_COMPLETE, &m));
	CU_ASSERT_PTR_NULL(find(&p, IUPLUS_ACT_DONE));
	m = command_with(0xc0000002);
	network(&p, &m);
	CU_ASSERT(sent(&p, IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE, &m));
	CU_ASSERT_EQUAL(p.ue.ptmsi, 0xc0000002);
	/* The next attach uses the P-TMSI and the number of the key. */
	simple(&p, IUPLUS_UE_NAS_EV_LOST);
	p.ue.state = IUPLUS_UE_NAS_DEREGISTERED;
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	CU_ASSERT(sent(&p, IUPLUS_NAS_ATTACH_REQUEST, &m));
	CU_ASSERT_EQUAL(m.u.attach_request.identity.tmsi, 0xc0000002);
	CU_ASSERT_EQUAL(m.u.attach_request.cksn, 3);
	phone_end(&p);
}

static void test_authentication(void)
{
	struct iuplus_nas_msg m, q;
	uint64_t sqn_ms;
	struct phone p;

	/* A network without the key: MAC failure, and after the third one the phone leaves the network: RRC releases
	 * the connection and bars the cell, and the attach is tried again later. */
	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	challenge(&p, opc, 1);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.authentication_failure.cause, IUPLUS_NAS_CAUSE_MAC_FAILURE);
	CU_ASSERT_PTR_NULL(find(&p, IUPLUS_ACT_NAS_KEYS));
	CU_ASSERT(p.running[IUPLUS_UE_NAS_T3318]);
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3310]); /* it waits for a right challenge */
	challenge(&p, opc, 2);
	CU_ASSERT_PTR_NULL(find(&p, IUPLUS_ACT_NETWORK_FALSE));
	challenge(&p, opc, 3);
	CU_ASSERT_PTR_NOT_NULL(find(&p, IUPLUS_ACT_NETWORK_FALSE));
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3318]);
	CU_ASSERT(p.running[IUPLUS_UE_NAS_T3310]);
	simple(&p, IUPLUS_UE_NAS_EV_LOST); /* RRC has released it */
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3310]);
	CU_ASSERT(p.running[IUPLUS_UE_NAS_T3311]);
	phone_end(&p);

	/* One failure, then the right network. */
	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	challenge(&p, opc, 1);
	challenge(&p, k, 2);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, &m));
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3318]);
	CU_ASSERT(p.running[IUPLUS_UE_NAS_T3310]);
	CU_ASSERT_EQUAL(p.ue.failures, 0);
	phone_end(&p);

	/* One failure, then nothing. */
	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	challenge(&p, opc, 1);
	expire(&p, IUPLUS_UE_NAS_T3318);
	CU_ASSERT_PTR_NOT_NULL(find(&p, IUPLUS_ACT_NETWORK_FALSE));
	phone_end(&p);

	/* An old SQN: the phone sends AUTS, from which the network learns the phone's SQN. */
	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	p.sqn = 0x4000;
	challenge(&p, k, 1);
	p.sqn = 0x100;
	challenge(&p, k, 2);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.authentication_failure.cause, IUPLUS_NAS_CAUSE_SYNCH_FAILURE);
	CU_ASSERT_EQUAL_FATAL(m.u.authentication_failure.auts.len, 14);
	p.rc = iuplus_security_aka_resync(k, opc, p.vector.rand, m.u.authentication_failure.auts.data, &sqn_ms);
	CU_ASSERT_EQUAL(p.rc, IUPLUS_OK);
	CU_ASSERT_EQUAL(sqn_ms, 0x4021);
	CU_ASSERT(p.running[IUPLUS_UE_NAS_T3320]);
	p.sqn = sqn_ms;
	challenge(&p, k, 3);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, &m));
	/* The same challenge again, because the answer was lost: the same answer, no synch failure, no keys. */
	q = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST);
	q.u.authentication_request.has_rand = q.u.authentication_request.has_cksn = true;
	memcpy(q.u.authentication_request.rand, p.vector.rand, 16);
	q.u.authentication_request.autn = (struct iuplus_octets){ p.vector.autn, 16 };
	network(&p, &q);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, &m));
	CU_ASSERT_EQUAL(memcmp(m.u.authentication_response.res, p.vector.xres, 4), 0);
	CU_ASSERT_PTR_NULL(find(&p, IUPLUS_ACT_NAS_KEYS));
	/* A GSM challenge, and an invalid one. */
	q.u.authentication_request.rand[0] ^= 1;
	q.u.authentication_request.autn.data = NULL;
	network(&p, &q);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.authentication_failure.cause, IUPLUS_NAS_CAUSE_GSM_AUTHENTICATION_UNACCEPTABLE);
	q.u.authentication_request.has_cksn = false;
	network(&p, &q);
	CU_ASSERT(sent(&p, IUPLUS_NAS_GMM_STATUS, &m));
	CU_ASSERT_EQUAL(m.u.gmm_status.cause, IUPLUS_NAS_CAUSE_CONDITIONAL_IE_ERROR);
	/* The challenge that was answered is repeated after T3316: the USIM finds it old. */
	q.u.authentication_request.has_cksn = true;
	q.u.authentication_request.rand[0] ^= 1;
	q.u.authentication_request.autn = (struct iuplus_octets){ p.vector.autn, 16 };
	expire(&p, IUPLUS_UE_NAS_T3316);
	network(&p, &q);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.authentication_failure.cause, IUPLUS_NAS_CAUSE_SYNCH_FAILURE);
	phone_end(&p);

	/* The network rejects the phone permanently. */
	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	m = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT);
	network(&p, &m);
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
	CU_ASSERT_EQUAL(simple(&p, IUPLUS_UE_NAS_EV_ATTACH), IUPLUS_ERR_STATE);
	phone_end(&p);
}

/* TS 24.008 4.7.7.2: RAND and RES are deleted when security mode control puts the keys into use: an old challenge then
 * no longer gets its RES from whoever sends it. */
static void test_challenge_is_forgotten(void)
{
	struct iuplus_nas_msg m, q = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST);
	static const uint8_t none[16];
	struct phone p;

	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	challenge(&p, k, 1);
	q.u.authentication_request.has_rand = q.u.authentication_request.has_cksn = true;
	memcpy(q.u.authentication_request.rand, p.vector.rand, 16);
	q.u.authentication_request.autn = (struct iuplus_octets){ p.vector.autn, 16 };
	CU_ASSERT(p.running[IUPLUS_UE_NAS_T3316]);
	simple(&p, IUPLUS_UE_NAS_EV_SECURED);
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3316]);
	CU_ASSERT_EQUAL(memcmp(p.ue.rand, none, sizeof(p.ue.rand)), 0);
	CU_ASSERT_EQUAL(memcmp(p.ue.res, none, sizeof(p.ue.res)), 0);
	network(&p, &q);
	CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE, &m));
	CU_ASSERT_EQUAL(m.u.authentication_failure.cause, IUPLUS_NAS_CAUSE_SYNCH_FAILURE);
	phone_end(&p);
	/* so it is when the phone is no longer registered */
	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	challenge(&p, k, 1);
	simple(&p, IUPLUS_UE_NAS_EV_LOST);
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3316]);
	CU_ASSERT_FALSE(p.ue.has_challenge);
	phone_end(&p);
}

/* The network asks for the IMEISV with a challenge, and without one (TS 24.008 9.4.9). */
static void test_imeisv(void)
{
	struct iuplus_nas_msg m, q = nas(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST);
	struct iuplus_nas_identity identity;
	struct phone p;
	int has, rand;

	for (has = 0; has < 2; has++) {
		phone_init(&p);
		if (has)
			strcpy(p.ue.config.imeisv, IMEISV);
		simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
		challenge(&p, k, 1);
		for (rand = 0; rand < 2; rand++) {
			q.u.authentication_request.reference = (uint8_t)(2 + rand);
			q.u.authentication_request.imeisv_request = 1;
			q.u.authentication_request.has_rand = q.u.authentication_request.has_cksn = rand;
			memcpy(q.u.authentication_request.rand, p.vector.rand, 16);
			if (rand)
				q.u.authentication_request.autn = (struct iuplus_octets){ p.vector.autn, 16 };
			network(&p, &q);
			CU_ASSERT(sent(&p, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, &m));
			CU_ASSERT_EQUAL(m.u.authentication_response.reference, 2 + rand);
			CU_ASSERT_EQUAL(m.u.authentication_response.has_res, rand);
			CU_ASSERT_EQUAL(m.u.authentication_response.imeisv.data != NULL, has);
			if (!has || !m.u.authentication_response.imeisv.data)
				continue;
			CU_ASSERT_EQUAL(iuplus_nas_identity_decode(m.u.authentication_response.imeisv, &identity),
					IUPLUS_OK);
			CU_ASSERT_EQUAL(identity.type, IUPLUS_NAS_IDENTITY_IMEISV);
			CU_ASSERT_STRING_EQUAL(identity.digits, IMEISV);
		}
		phone_end(&p);
	}
}

/* What the configuration takes as identities of the equipment. */
static void test_equipment_identities(void)
{
	static const struct {
		const char *imei, *imeisv;
		bool good;
	} cases[] = {
		{ IMEI, IMEISV, true },
		{ "49015420323751", "", true },
		{ "", IMEISV, true },
		{ "490154203237517", "", false },
		{ "4901542032375", "", false },
		{ "", "490154203237512", false },
		{ "49015420323752", IMEISV, false },
		{ "4901542032375x", "", false },
	};
	struct iuplus_ue_nas_config c;
	struct iuplus_ue_nas ue;
	const char *why;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(&c, 0, sizeof(c));
		strcpy(c.imsi, IMSI);
		strcpy(c.imei, cases[i].imei);
		strcpy(c.imeisv, cases[i].imeisv);
		CU_ASSERT_EQUAL(iuplus_ue_nas_init(&ue, &c, &why), cases[i].good ? IUPLUS_OK : IUPLUS_ERR_ARGUMENT);
		CU_ASSERT_EQUAL(!why, cases[i].good);
		iuplus_ue_nas_end(&ue);
	}
}

/* CN information of another routing area is kept and reported; that of the present one is not worth a line. */
static void test_area(void)
{
	struct iuplus_ue_nas_event e = { .kind = IUPLUS_UE_NAS_EV_AREA,
					 .area = { .has_lac = true, .has_rac = true, .lac = 0x1234 } };
	struct phone p;

	phone_init(&p);
	attach(&p);
	event(&p, e);
	CU_ASSERT_PTR_NULL(find(&p, IUPLUS_ACT_NOTE));
	e.area.rac = 7;
	event(&p, e);
	CU_ASSERT_PTR_NOT_NULL(find(&p, IUPLUS_ACT_NOTE));
	CU_ASSERT_EQUAL(p.ue.area.rac, 7);
	phone_end(&p);
}

static void test_attach_failures(void)
{
	struct iuplus_nas_msg m;
	struct phone p;
	int i;

	/* No answer: five attempts, with T3311 between them. */
	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	for (i = 1; i < IUPLUS_UE_NAS_ATTEMPTS; i++) {
		if (i & 1)
			expire(&p, IUPLUS_UE_NAS_T3310);
		else
			simple(&p, IUPLUS_UE_NAS_EV_LOST);
		CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
		CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3310]);
		expire(&p, IUPLUS_UE_NAS_T3311);
		CU_ASSERT(sent(&p, IUPLUS_NAS_ATTACH_REQUEST, &m));
		CU_ASSERT_EQUAL(find(&p, IUPLUS_ACT_NAS_DOWN)->initial, !(i & 1));
	}
	expire(&p, IUPLUS_UE_NAS_T3310);
	CU_ASSERT_FALSE(p.running[IUPLUS_UE_NAS_T3311]);
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
	phone_end(&p);

	/* Rejected: permanently, or temporarily. */
	for (i = 0; i < 2; i++) {
		phone_init(&p);
		simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
		m = nas(IUPLUS_NAS_ATTACH_REJECT);
		m.u.attach_reject.cause = i ? IUPLUS_NAS_CAUSE_ILLEGAL_MS : IUPLUS_NAS_CAUSE_CONGESTION;
		network(&p, &m);
		CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
		CU_ASSERT_EQUAL(p.running[IUPLUS_UE_NAS_T3311], !i);
		CU_ASSERT_EQUAL(simple(&p, IUPLUS_UE_NAS_EV_ATTACH), i ? IUPLUS_ERR_STATE : IUPLUS_OK);
		phone_end(&p);
	}
}

static void test_identity(void)
{
	struct iuplus_nas_msg m;
	struct phone p;
	int type;

	phone_init(&p);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	for (type = 0; type < 8; type++) {
		m = nas(IUPLUS_NAS_IDENTITY_REQUEST);
		m.u.identity_request.identity_type = (uint8_t)type;
		network(&p, &m);
		CU_ASSERT(sent(&p, IUPLUS_NAS_IDENTITY_RESPONSE, &m));
		CU_ASSERT_EQUAL(m.u.identity_response.identity.type,
				type == IUPLUS_NAS_IDENTITY_IMSI ? IUPLUS_NAS_IDENTITY_IMSI : IUPLUS_NAS_IDENTITY_NONE);
	}
	phone_end(&p);
	phone_init(&p);
	strcpy(p.ue.config.imei, IMEI);
	strcpy(p.ue.config.imeisv, IMEISV);
	simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
	m = nas(IUPLUS_NAS_IDENTITY_REQUEST);
	m.u.identity_request.identity_type = IUPLUS_NAS_IDENTITY_IMEI;
	network(&p, &m);
	CU_ASSERT(sent(&p, IUPLUS_NAS_IDENTITY_RESPONSE, &m));
	CU_ASSERT_EQUAL(m.u.identity_response.identity.type, IUPLUS_NAS_IDENTITY_IMEI);
	CU_ASSERT_STRING_EQUAL(m.u.identity_response.identity.digits, "490154203237510"); /* spare digit 0 */
	m = nas(IUPLUS_NAS_IDENTITY_REQUEST);
	m.u.identity_request.identity_type = IUPLUS_NAS_IDENTITY_IMEISV;
	network(&p, &m);
	CU_ASSERT(sent(&p, IUPLUS_NAS_IDENTITY_RESPONSE, &m));
	CU_ASSERT_EQUAL(m.u.identity_response.identity.type, IUPLUS_NAS_IDENTITY_IMEISV);
	CU_ASSERT_STRING_EQUAL(m.u.identity_response.identity.digits, IMEISV);
	phone_end(&p);
	phone_init(&p);
	attach(&p);
	m = nas(IUPLUS_NAS_IDENTITY_REQUEST);
	m.u.identity_request.identity_type = IUPLUS_NAS_IDENTITY_TMSI;
	network(&p, &m);
	CU_ASSERT(sent(&p, IUPLUS_NAS_IDENTITY_RESPONSE, &m));
	CU_ASSERT_EQUAL(m.u.identity_response.identity.tmsi, 0xc0000001);
	phone_end(&p);
}

static void test_detach(void)
{
	struct iuplus_nas_msg m;
	struct phone p;
	int i;

	phone_init(&p);
	attach(&p);
	CU_ASSERT_EQUAL(simple(&p, IUPLUS_UE_NAS_EV_DETACH), IUPLUS_OK);
	CU_ASSERT(sent(&p, IUPLUS_NAS_DETACH_REQUEST, &m));
	CU_ASSERT_EQUAL(m.u.detach_request.detach_type, 1);
	CU_ASSERT_EQUAL(m.u.detach_request.ptmsi.tmsi, 0xc0000001);
	m = nas(IUPLUS_NAS_DETACH_ACCEPT);
	network(&p, &m);
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
	phone_end(&p);

	phone_init(&p);
	attach(&p);
	simple(&p, IUPLUS_UE_NAS_EV_DETACH);
	for (i = 0; i < 4; i++) {
		expire(&p, IUPLUS_UE_NAS_T3321);
		CU_ASSERT(sent(&p, IUPLUS_NAS_DETACH_REQUEST, &m));
	}
	expire(&p, IUPLUS_UE_NAS_T3321);
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
	phone_end(&p);

	phone_init(&p);
	attach(&p);
	event(&p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_DETACH, .switch_off = true });
	CU_ASSERT(sent(&p, IUPLUS_NAS_DETACH_REQUEST, &m));
	CU_ASSERT_EQUAL(m.u.detach_request.detach_type, 9);
	CU_ASSERT_EQUAL(p.ue.state, IUPLUS_UE_NAS_DEREGISTERED);
	phone_end(&p);

	/* Detached by the network, which asks for a new attach. */
	phone_init(&p);
	attach(&p);
	m = nas(IUPLUS_NAS_DETACH_REQUEST);
	m.u.detach_request.detach_type = 1;
	network(&p, &m);
	CU_ASSERT(sent(&p, IUPLUS_NAS_DETACH_ACCEPT, &m));
	simple(&p, IUPLUS_UE_NAS_EV_LOST);
	CU_ASSERT(sent(&p, IUPLUS_NAS_ATTACH_REQUEST, &m));
	CU_ASSERT(find(&p, IUPLUS_ACT_NAS_DOWN)->initial);
	phone_end(&p);
}

static void test_bad_input(void)
{
	static const uint8_t truncated[] = { 8, IUPLUS_NAS_ATTACH_REJECT }, unknown[] = { 8, 0x77 }, sm[] = { 10, 1 };
	struct iuplus_ue_nas_config c;
	struct iuplus_nas_msg m;
	const char *why;
	struct phone p;

	phone_init(&p);
	attach(&p);
	event(&p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_PDU, .pdu = { truncated, 2 } });
	CU_ASSERT(sent(&p, IUPLUS_NAS_GMM_STATUS, &m));
	CU_ASSERT_EQUAL(m.u.gmm_status.cause, IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION);
	event(&p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_PDU, .pdu = { unknown, 2 } });
	CU_ASSERT(sent(&p, IUPLUS_NAS_GMM_STATUS, &m));
	CU_ASSERT_EQUAL(m.u.gmm_status.cause, IUPLUS_NAS_CAUSE_TYPE_NOT_IMPLEMENTED);
	event(&p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_PDU, .pdu = { sm, 2 } });
	CU_ASSERT_PTR_NULL(find(&p, IUPLUS_ACT_NAS_DOWN));
	CU_ASSERT_EQUAL(event(&p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_COUNT }), IUPLUS_ERR_ARGUMENT);
	event(&p, (struct iuplus_ue_nas_event){ .kind = IUPLUS_UE_NAS_EV_TIMER, .timer = IUPLUS_UE_NAS_TIMER_COUNT });
	CU_ASSERT_EQUAL(p.rc, IUPLUS_ERR_ARGUMENT);
	phone_end(&p);
	memset(&c, 0, sizeof(c));
	strcpy(c.imsi, "0010x");
	CU_ASSERT_EQUAL(iuplus_ue_nas_init(&p.ue, &c, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_PTR_NOT_NULL(why);
	strcpy(c.imsi, IMSI);
	c.sqn = 1ull << 48;
	CU_ASSERT_EQUAL(iuplus_ue_nas_init(&p.ue, &c, &why), IUPLUS_ERR_ARGUMENT);
}

/* ---- every state, every event ---- */

enum { MESSAGES = 14, EVENTS = MESSAGES + 5 + IUPLUS_UE_NAS_TIMER_COUNT };

static void play(struct phone *p, int e, char label[64])
{
	static const enum iuplus_nas_type types[MESSAGES] = {
		IUPLUS_NAS_ATTACH_ACCEPT,
		IUPLUS_NAS_ATTACH_REJECT,
		IUPLUS_NAS_DETACH_REQUEST,
		IUPLUS_NAS_DETACH_ACCEPT,
		IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST,
		IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT,
		IUPLUS_NAS_IDENTITY_REQUEST,
		IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND,
		IUPLUS_NAS_GMM_STATUS,
		IUPLUS_NAS_RAU_ACCEPT,
		IUPLUS_NAS_RAU_REJECT,
		IUPLUS_NAS_SERVICE_ACCEPT,
		IUPLUS_NAS_SERVICE_REJECT,
		IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST,
	};
	struct iuplus_ue_nas_event ev = { .kind = IUPLUS_UE_NAS_EV_TIMER };
	struct iuplus_nas_msg m;

	if (e < MESSAGES) {
		m = nas(types[e]);
		if (types[e] == IUPLUS_NAS_ATTACH_ACCEPT)
			m = accept_with(0xc0000007);
		if (types[e] == IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND)
			m = command_with(0xc0000007);
		if (types[e] == IUPLUS_NAS_DETACH_REQUEST)
			m.u.detach_request.detach_type = 2;
		snprintf(label, 64, "%s%s", iuplus_nas_type_name(types[e]), e == MESSAGES - 1 ? " (false)" : "");
		if (types[e] == IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST)
			challenge(p, e == MESSAGES - 1 ? opc : k, 1);
		else
			network(p, &m);
	} else if (e < MESSAGES + 5) {
		static const enum iuplus_ue_nas_event_kind kinds[] = {
			IUPLUS_UE_NAS_EV_ATTACH, IUPLUS_UE_NAS_EV_DETACH, IUPLUS_UE_NAS_EV_SECURED,
			IUPLUS_UE_NAS_EV_LOST,   IUPLUS_UE_NAS_EV_DETACH,
		};

		ev.kind = kinds[e - MESSAGES];
		ev.switch_off = e == MESSAGES + 4;
		snprintf(label, 64, "%s%s", iuplus_ue_nas_event_name(ev.kind), ev.switch_off ? " (off)" : "");
		event(p, ev);
	} else {
		ev.timer = (enum iuplus_ue_nas_timer)(e - MESSAGES - 5);
		snprintf(label, 64, "%s", iuplus_ue_nas_timer_name(ev.timer));
		p->running[ev.timer] = false;
		event(p, ev);
	}
}

/* The pairs that change the state; every other pair keeps it. */
static const struct {
	enum iuplus_ue_nas_state from;
	const char *event;
	enum iuplus_ue_nas_state to;
} changes[] = {
	{ IUPLUS_UE_NAS_DEREGISTERED, "ATTACH", IUPLUS_UE_NAS_REGISTERED_INITIATED },
	{ IUPLUS_UE_NAS_DEREGISTERED, "T3311", IUPLUS_UE_NAS_REGISTERED_INITIATED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "AttachAccept", IUPLUS_UE_NAS_REGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "AttachReject", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "DetachRequest", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "AuthenticationAndCipheringReject", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "DETACH", IUPLUS_UE_NAS_DEREGISTERED_INITIATED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "DETACH (off)", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "LOST", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED_INITIATED, "T3310", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED, "DetachRequest", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED, "AuthenticationAndCipheringReject", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_REGISTERED, "DETACH", IUPLUS_UE_NAS_DEREGISTERED_INITIATED },
	{ IUPLUS_UE_NAS_REGISTERED, "DETACH (off)", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_DEREGISTERED_INITIATED, "DetachRequest", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_DEREGISTERED_INITIATED, "DetachAccept", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_DEREGISTERED_INITIATED, "AuthenticationAndCipheringReject", IUPLUS_UE_NAS_DEREGISTERED },
	{ IUPLUS_UE_NAS_DEREGISTERED_INITIATED, "LOST", IUPLUS_UE_NAS_DEREGISTERED },
};

static const char *state_name(unsigned state)
{
	return iuplus_ue_nas_state_name(state);
}

static const char *input_name(unsigned row)
{
	return iuplus_nas_type_name(nas_input_type(row));
}

static const struct proc_row *input_row(unsigned state, unsigned row)
{
	return nas_row(state, row);
}

static bool no_timer(unsigned state)
{
	(void)state;
	return false;
}

static const struct walk_table walk_messages = { "message", NAS_INPUT_COUNT, input_name, input_row };
static const struct walk_machine machine = { "UE GMM", IUPLUS_UE_NAS_STATE_COUNT, state_name, no_timer, &walk_messages,
					     1 };

/* Whether message number e of play() did what its row says. */
static void check_row(const struct phone *p, unsigned state, const char *label)
{
	struct walk_result result = { .rc = p->rc, .state = p->ue.state, .actions = &p->out, .answered = true };
	unsigned row;

	for (row = 0; row < NAS_INPUT_COUNT; row++)
		if (!strncmp(input_name(row), label, strlen(input_name(row))))
			walk_check(&machine, &walk_messages, state, row, label, &result);
}

static void test_document(void)
{
	struct walk_text *text = calloc(1, sizeof(*text));

	if (!text)
		return;
	walk_complete(&machine);
	walk_print_machine(text, &machine, machine.states);
	walk_document("doc/core.md", text);
	free(text);
}

static void test_walk(void)
{
	enum iuplus_ue_nas_state want;
	struct iuplus_ue_nas saved;
	char label[64];
	struct phone p;
	int state, e, waits, i;
	size_t c;

	for (state = 0; state < IUPLUS_UE_NAS_STATE_COUNT; state++) {
		for (e = 0; e < EVENTS; e++) {
			phone_init(&p);
			if (state == IUPLUS_UE_NAS_REGISTERED_INITIATED) {
				simple(&p, IUPLUS_UE_NAS_EV_ATTACH);
				simple(&p, IUPLUS_UE_NAS_EV_SECURED);
			} else if (state != IUPLUS_UE_NAS_DEREGISTERED) {
				attach(&p);
				if (state == IUPLUS_UE_NAS_DEREGISTERED_INITIATED)
					simple(&p, IUPLUS_UE_NAS_EV_DETACH);
			}
			CU_ASSERT_EQUAL_FATAL((int)p.ue.state, state);
			saved = p.ue;
			play(&p, e, label);
			if (e < MESSAGES)
				check_row(&p, (unsigned)state, label);
			want = (enum iuplus_ue_nas_state)state;
			for (c = 0; c < sizeof(changes) / sizeof(changes[0]); c++)
				if ((int)changes[c].from == state && !strcmp(changes[c].event, label))
					want = changes[c].to;
			if (p.ue.state != want) {
				printf("%s: %s -> %s, want %s\n", iuplus_ue_nas_state_name(saved.state), label,
				       iuplus_ue_nas_state_name(p.ue.state), iuplus_ue_nas_state_name(want));
				CU_FAIL("another outcome");
			}
			if (p.rc && (p.rc != IUPLUS_ERR_STATE || e < MESSAGES)) {
				printf("%s: %s returns %d\n", iuplus_ue_nas_state_name(saved.state), label, p.rc);
				CU_FAIL("a return code");
			}
			/* A message is never ignored without a report. */
			if (e < MESSAGES)
				CU_ASSERT(p.out.count > 0);
			/* With no further events, timers alone lead to a state in which nothing is awaited. */
			for (waits = 0; waits < 40; waits++) {
				for (i = 0; i < IUPLUS_UE_NAS_TIMER_COUNT && !p.running[i]; i++)
					;
				if (i == IUPLUS_UE_NAS_TIMER_COUNT)
					break;
				expire(&p, (enum iuplus_ue_nas_timer)i);
			}
			CU_ASSERT(waits < 40);
			CU_ASSERT(p.ue.state == IUPLUS_UE_NAS_DEREGISTERED || p.ue.state == IUPLUS_UE_NAS_REGISTERED);
			phone_end(&p);
		}
	}
}

IUPLUS_CUNIT_MAIN("phone's NAS", { "attach", test_attach }, { "authentication", test_authentication },
		  { "the challenge is forgotten", test_challenge_is_forgotten }, { "IMEISV", test_imeisv },
		  { "identities of the equipment", test_equipment_identities }, { "routing area", test_area },
		  { "attach failures", test_attach_failures }, { "identity", test_identity }, { "detach", test_detach },
		  { "bad input", test_bad_input }, { "every state and event", test_walk },
		  { "document", test_document })
