/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE and the key hierarchy, against messages that a test makes with keys that it derives itself: which key index
 * the UE accepts, which keys it derives, and what a message that does not verify leaves behind. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static struct world world;

/* ---- messages of a network ---- */

/* Attached, all capable, with enhanced keys of index (1, 0). */
static struct world *attached(void)
{
	struct world *w = &world;

	world_init(w, true, true, true, 2, 0);
	world_attach(w);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT_EQUAL(w->ue->now.keys.index.counter, 1);
	return w;
}

static struct iuplus_rrc_enhanced_key key_of(uint32_t counter, uint8_t ncc)
{
	return (struct iuplus_rrc_enhanced_key){ .domain = IUPLUS_DOMAIN_PS,
						 .index = { counter, ncc },
						 .derivation = IUPLUS_SECURITY_FROM_K_RNC,
						 .freshness = IUPLUS_SECURITY_FRESHNESS_COUNTER };
}

/* IK_U of an index, by the chain from the vector: f0, then f1 ncc times, then f2 or f3; or f4. */
static void derive(const struct world *w, const struct iuplus_rrc_enhanced_key *key, uint8_t ck_u[16], uint8_t ik_u[16])
{
	struct iuplus_security_freshness freshness = { .kind = key->freshness };
	uint8_t k[32], n;

	memcpy(freshness.nonce, key->nonce, sizeof(freshness.nonce));
	if (key->derivation == IUPLUS_SECURITY_FROM_CK_IK) {
		iuplus_security_keys_from_ck_ik(w->cn.ck, w->cn.ik, key->index.counter, key->domain, &freshness, ck_u,
						ik_u);
		return;
	}
	iuplus_security_k_rnc(w->cn.ck, w->cn.ik, key->index.counter, key->domain, &freshness, k);
	for (n = 0; n < key->index.ncc; n++)
		iuplus_security_k_rnc_star(w->cn.ck, w->cn.ik, k, k);
	if (n)
		iuplus_security_keys_from_k_rnc_star(k, NULL, ck_u, ik_u);
	else
		iuplus_security_keys_from_k_rnc(k, NULL, ck_u, ik_u);
}

/* Security Mode Command with key (NULL: CK and IK), protected with ik; its HFNs begin with start. */
static void command_at(struct world *w, const struct iuplus_rrc_enhanced_key *key, const uint8_t ik[16], uint32_t start)
{
	struct iuplus_rrc_integrity s = w->ue->now.integrity;
	struct iuplus_rrc_security_mode_command *smc;
	struct iuplus_rrc_msg msg;
	int rc;

	memset(&msg, 0, sizeof(msg));
	msg.type = IUPLUS_RRC_SECURITY_MODE_COMMAND;
	smc = &msg.u.security_mode_command;
	smc->domain = IUPLUS_DOMAIN_PS;
	smc->transaction = 1;
	ue_security_capability(&w->ue_cfg, &smc->security);
	smc->integrity.present = smc->integrity.has_uia = true;
	smc->integrity.uia = 2;
	smc->integrity.modify = s.started;
	if (s.started)
		ran_activation(&s, false, &smc->integrity.activation);
	smc->echo.present = true;
	smc->echo.bits = w->ue_cfg.enhanced_capability;
	if (key) {
		smc->keys.count = 1;
		smc->keys.key[0] = *key;
	}
	rc = s.started ? ran_modify(&s, false, IUPLUS_KEYS_ENHANCED, 2, ik, start) :
			 iuplus_rrc_integrity_start(&s, IUPLUS_KEYS_ENHANCED, 2, ik, 0, start);
	CU_ASSERT_EQUAL(rc, IUPLUS_OK);
	world_downlink(w, &msg, 2, &s);
}

/* The same, as it is without a new AKA: with START as the UE sent it last. */
static void command(struct world *w, const struct iuplus_rrc_enhanced_key *key, const uint8_t ik[16])
{
	command_at(w, key, ik, w->ue->now.sent_start[IUPLUS_DOMAIN_PS]);
}

/* The reconfiguration of a relocation to the other cell, with count keys, protected with ik; network: the target
 * includes its enhanced capability. */
static void move_from(struct world *w, bool network, const struct iuplus_rrc_enhanced_key *key, unsigned count,
		      const uint8_t ik[16])
{
	struct iuplus_rrc_integrity s = w->ue->now.integrity;
	struct iuplus_rrc_reconfiguration *r;
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION;
	r = &msg.u.reconfiguration;
	r->integrity.present = r->integrity.has_uia = true;
	r->integrity.uia = 2;
	r->integrity.fresh = 0x600df00d;
	r->dl_sync.present = true;
	r->has_scrambling_code = true;
	r->scrambling_code = w->ue_cfg.cell[!w->ue_cell];
	r->state = IUPLUS_RRC_CELL_DCH;
	r->keys.count = count;
	if (count)
		memcpy(r->keys.key, key, count * sizeof(*key));
	if (network) {
		r->network.present = true;
		r->network.bits = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	}
	memcpy(s.ik, ik, sizeof(s.ik));
	s.fresh = r->integrity.fresh;
	world_downlink(w, &msg, 2, &s);
}

/* The same, of a target that knows the hierarchy if and only if it has keys. */
static void move(struct world *w, const struct iuplus_rrc_enhanced_key *key, unsigned count, const uint8_t ik[16])
{
	move_from(w, count != 0, key, count, ik);
}

static void move_to(struct world *w, struct iuplus_rrc_enhanced_key key)
{
	uint8_t ck[16], ik[16];

	derive(w, &key, ck, ik);
	move(w, &key, 1, ik);
}

/* The UE uses the keys of this message. */
static bool uses(const struct world *w, struct iuplus_rrc_enhanced_key key)
{
	const struct ran_keys *keys = &w->ue->now.keys;
	uint8_t ck[16], ik[16];

	derive(w, &key, ck, ik);
	return keys->kind == IUPLUS_KEYS_ENHANCED && !memcmp(keys->ik, ik, 16) && !memcmp(keys->ck, ck, 16) &&
	       !iuplus_security_key_index_compare(&keys->index, &key.index);
}

/* The message was discarded: no answer, and nothing changed. */
static bool discarded(const struct world *w, const struct iuplus_ue_rrc *before)
{
	return !world_answers(w) && !memcmp(before, w->ue, sizeof(*before));
}

/* ---- Security Mode Command ---- */

static bool commanded_at(struct world *w, struct iuplus_rrc_enhanced_key key, uint32_t start)
{
	uint8_t ck[16], ik[16];

	derive(w, &key, ck, ik);
	command_at(w, &key, ik, start);
	return world_answered(w, "SecurityModeComplete");
}

static bool commanded(struct world *w, struct iuplus_rrc_enhanced_key key)
{
	return commanded_at(w, key, w->ue->now.sent_start[IUPLUS_DOMAIN_PS]);
}

/* An index that is not above every verified one, or that is no first key of a counter, is discarded in silence. */
static void test_command_index(void)
{
	static const struct {
		uint32_t counter;
		uint8_t ncc;
		bool taken;
	} cases[] = {
		{ 1, 0, false }, { 0, 0, false }, { 1, 1, false }, { 2, 1, false }, { 2, 0, true }, { 9, 0, true }
	};
	struct iuplus_ue_rrc before;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world *w = attached();

		before = *w->ue;
		CU_ASSERT_EQUAL(commanded(w, key_of(cases[i].counter, cases[i].ncc)), cases[i].taken);
		if (cases[i].taken) {
			CU_ASSERT(uses(w, key_of(cases[i].counter, 0)));
			world_flush(w);
			CU_ASSERT_FALSE(commanded(w, key_of(cases[i].counter, 0)));
			CU_ASSERT_FALSE(commanded(w, key_of(cases[i].counter - 1, 0)));
			CU_ASSERT(commanded(w, key_of(cases[i].counter + 1, 0)));
		} else {
			CU_ASSERT(discarded(w, &before));
		}
		world_free(w);
	}
}

/* A wrong MAC-I changes nothing: the same index verifies afterwards. */
static void test_unverified_index(void)
{
	struct world *w = attached();
	struct iuplus_rrc_enhanced_key key = key_of(0xffffffff, 0);
	struct iuplus_ue_rrc before = *w->ue;
	static const uint8_t ik[16] = { 1 };

	command(w, &key, ik);
	CU_ASSERT(discarded(w, &before));
	move(w, &key, 1, ik);
	CU_ASSERT(discarded(w, &before));
	CU_ASSERT(commanded(w, key_of(2, 0)));
	world_free(w);
}

/* A verified command that the UE rejects has spent its index; the next one is accepted. */
static void test_rejected_index(void)
{
	struct world *w = attached();
	struct iuplus_rrc_enhanced_key key = key_of(2, 0);
	uint8_t ck[16], ik[16];

	w->ue_cfg.algorithms.uia_count = 1;
	w->ue_cfg.algorithms.uia[0] = 1;
	derive(w, &key, ck, ik);
	command(w, &key, ik);
	CU_ASSERT(world_answered(w, "SecurityModeFailure"));
	CU_ASSERT(uses(w, key_of(1, 0)));
	world_flush(w);
	w->ue_cfg.algorithms.uia_count = 2;
	w->ue_cfg.algorithms.uia[1] = 2;
	CU_ASSERT_FALSE(commanded(w, key_of(2, 0)));
	CU_ASSERT(commanded(w, key_of(3, 0)));
	world_free(w);
}

/* The index outlives the connection, and a new AKA begins anew. */
static void test_index_outlives_connection(void)
{
	static const uint8_t attach[] = { 0x08, 0x01, 0x02 };
	const struct iuplus_ue_rrc_event initial = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						     .domain = IUPLUS_DOMAIN_PS,
						     .initial = true,
						     .pdu = { attach, sizeof(attach) } };
	struct world *w = attached();

	CU_ASSERT(commanded(w, key_of(7, 0)));
	world_flush(w);
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_NONE);
	world_rnc_forgets(w, 0);
	w->cn.deaf = true;
	world_ue(w, &initial);
	world_run(w);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	CU_ASSERT_FALSE(commanded(w, key_of(7, 0)));
	CU_ASSERT_FALSE(w->ue->now.integrity.started);
	CU_ASSERT(commanded(w, key_of(8, 0)));
	world_flush(w);
	/* the vector of a new AKA has indices of its own, and its first keys begin at HFN 0 */
	world_cn_aka(w);
	CU_ASSERT_FALSE(commanded_at(w, key_of(8, 0), w->ue->now.sent_start[IUPLUS_DOMAIN_PS]));
	CU_ASSERT(commanded_at(w, key_of(1, 0), 0));
	world_free(w);
}

/* The derivations that a command can require. */
static void test_derivations(void)
{
	unsigned i;

	for (i = 0; i < 6; i++) {
		struct world *w = attached();
		struct iuplus_rrc_enhanced_key key = key_of(2, 0);
		struct iuplus_ue_rrc before = *w->ue;

		key.derivation = i & 1 ? IUPLUS_SECURITY_FROM_CK_IK : IUPLUS_SECURITY_FROM_K_RNC;
		if (i / 2 == 1) {
			key.freshness = IUPLUS_SECURITY_FRESHNESS_NONCE;
			key.has_nonce = true;
			memset(key.nonce, 0x5a, sizeof(key.nonce));
		}
		if (i / 2 == 2) { /* RAND is not sent: the UE has it of the AKA */
			key.freshness = IUPLUS_SECURITY_FRESHNESS_RAND;
			memset(w->ue->aka[1].rand, 0xa5, sizeof(w->ue->aka[1].rand));
			memset(key.nonce, 0xa5, sizeof(key.nonce));
		}
		CU_ASSERT(commanded(w, key));
		CU_ASSERT(uses(w, key));
		CU_ASSERT_EQUAL(w->ue->now.keys.has_k_rnc, !(i & 1));
		world_free(w);
		/* a nonce is announced, and there is none */
		w = attached();
		before = *w->ue;
		key = key_of(2, 0);
		key.freshness = IUPLUS_SECURITY_FRESHNESS_NONCE;
		CU_ASSERT_FALSE(commanded(w, key));
		CU_ASSERT(discarded(w, &before));
		world_free(w);
	}
}

/* CK and IK of the vector are not taken again after its enhanced or mapped keys. */
static void test_no_legacy_after(void)
{
	struct world *w = attached();
	uint8_t ik[16];

	memcpy(ik, w->cn.ik, sizeof(ik));
	command(w, NULL, ik);
	CU_ASSERT(world_answered(w, "SecurityModeFailure"));
	CU_ASSERT(uses(w, key_of(1, 0)));
	world_free(w);
}

/* ---- relocation ---- */

static void arrive(struct world *w)
{
	CU_ASSERT_EQUAL_FATAL(w->ue->state, IUPLUS_UE_ARRIVING);
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_HEARD });
	CU_ASSERT(world_answered(w, "PhysicalChannelReconfigurationComplete"));
	world_flush(w);
}

/* Along the chain: each higher NCC of the counter, also when some are skipped; or NCC 0 of a higher counter. */
static void test_chain(void)
{
	struct world *w = attached();
	struct iuplus_ue_rrc before;

	move_to(w, key_of(1, 2));
	CU_ASSERT(uses(w, key_of(1, 2)));
	arrive(w);
	before = *w->ue;
	move_to(w, key_of(1, 2));
	CU_ASSERT(discarded(w, &before));
	move_to(w, key_of(1, 1));
	CU_ASSERT(discarded(w, &before));
	move_to(w, key_of(2, 1)); /* not the first of its counter */
	CU_ASSERT(discarded(w, &before));
	move_to(w, key_of(1, 255));
	arrive(w);
	CU_ASSERT(uses(w, key_of(1, 255)));
	move_to(w, key_of(2, 0));
	arrive(w);
	CU_ASSERT(uses(w, key_of(2, 0)));
	move_to(w, key_of(2, 1));
	arrive(w);
	CU_ASSERT(uses(w, key_of(2, 1)));
	world_free(w);
}

/* FIG. 10: a chain by the counter. */
static void test_chain_by_counter(void)
{
	struct world *w = attached();
	struct iuplus_rrc_enhanced_key key = key_of(2, 0);

	key.derivation = IUPLUS_SECURITY_FROM_CK_IK;
	CU_ASSERT(commanded(w, key));
	world_flush(w);
	key.index.counter = 3;
	move_to(w, key);
	arrive(w);
	CU_ASSERT(uses(w, key));
	key.index.ncc = 1; /* there is no K_RNC */
	move_to(w, key);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	world_free(w);
}

/* After a return to the old cell its keys are in use again, and what was verified is not verified a second time. */
static void test_return(void)
{
	struct world *w = attached();
	struct iuplus_ue_rrc before;

	move_to(w, key_of(1, 1));
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_ARRIVING);
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
	CU_ASSERT(world_answered(w, "PhysicalChannelReconfigurationFailure"));
	world_flush(w);
	CU_ASSERT(uses(w, key_of(1, 0)));
	before = *w->ue;
	move_to(w, key_of(1, 1));
	CU_ASSERT(discarded(w, &before));
	move_to(w, key_of(1, 2));
	arrive(w);
	CU_ASSERT(uses(w, key_of(1, 2)));
	world_free(w);
}

/* A target without the hierarchy: the mapped pair, and nothing else; then it goes on. */
static void test_mapped(void)
{
	struct world *w = attached();
	struct iuplus_ue_rrc before = *w->ue;
	struct ran_keys in_use = w->ue->now.keys;
	uint8_t ck[16], ik[16], star[16];
	struct iuplus_rrc_enhanced_key key = key_of(1, 1);

	move(w, NULL, 0, w->cn.ik); /* whoever has CK and IK cannot move the UE */
	CU_ASSERT(discarded(w, &before));
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(in_use.ck, in_use.ik, ck, ik), IUPLUS_OK);
	derive(w, &key, ck, star);
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(in_use.ck, in_use.ik, ck, ik), IUPLUS_OK);
	move(w, NULL, 0, ik);
	arrive(w);
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_MAPPED);
	CU_ASSERT_EQUAL(memcmp(w->ue->now.keys.ik, ik, 16), 0);
	CU_ASSERT_EQUAL(memcmp(w->ue->now.keys.ck, ck, 16), 0);
	CU_ASSERT_FALSE(w->ue->now.keys.has_k_rnc);
	before = *w->ue;
	move_to(w, key); /* no enhanced key of this counter after the mapped pair */
	CU_ASSERT(discarded(w, &before));
	move(w, NULL, 0, ik); /* to the next target without the hierarchy */
	arrive(w);
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_MAPPED);
	move_to(w, key_of(2, 0)); /* back: a new counter, whatever the kind */
	arrive(w);
	CU_ASSERT(uses(w, key_of(2, 0)));
	world_free(w);
}

/* By the core's setting a target without the hierarchy has CK and IK themselves. */
static void test_ck_ik_for_targets(void)
{
	struct world *w = attached();
	struct iuplus_rrc_enhanced_key key = key_of(2, 0);

	key.legacy_target_keys = IUPLUS_SECURITY_TARGET_CK_IK;
	CU_ASSERT(commanded(w, key));
	world_flush(w);
	move(w, NULL, 0, w->cn.ik);
	arrive(w);
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_LEGACY);
	CU_ASSERT_EQUAL(memcmp(w->ue->now.keys.ck, w->cn.ck, 16), 0);
	move(w, NULL, 0, w->cn.ik); /* and they go on */
	arrive(w);
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_LEGACY);
	world_free(w);
}

/* The setting is about targets without the hierarchy: an RNC+ that took the keys of the container has the mapped pair,
 * and CK and IK do not verify its message. */
static void test_ck_ik_not_for_rnc_plus(void)
{
	struct world *w = attached();
	struct iuplus_rrc_enhanced_key key = key_of(2, 0);
	struct iuplus_ue_rrc before;
	uint8_t ck[16], ik[16];

	key.legacy_target_keys = IUPLUS_SECURITY_TARGET_CK_IK;
	CU_ASSERT(commanded(w, key));
	world_flush(w);
	before = *w->ue;
	move_from(w, true, NULL, 0, w->cn.ik);
	CU_ASSERT(discarded(w, &before));
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(before.now.keys.ck, before.now.keys.ik, ck, ik), IUPLUS_OK);
	move_from(w, true, NULL, 0, ik);
	arrive(w);
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_MAPPED);
	CU_ASSERT_EQUAL(memcmp(w->ue->now.keys.ik, ik, 16), 0);
	CU_ASSERT_EQUAL(memcmp(w->ue->now.keys.ck, ck, 16), 0);
	move(w, NULL, 0, w->cn.ik); /* the next target does not know the hierarchy */
	arrive(w);
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_LEGACY);
	world_free(w);
}

/* Both domains: signalling has the keys of one, the other's go on as its entry says. */
static void test_two_domains(void)
{
	const struct iuplus_ue_rrc_event cs = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						.domain = IUPLUS_DOMAIN_CS,
						.initial = true,
						.pdu = { (const uint8_t *)"\x05\x08", 2 } };
	struct world *w = attached();
	struct iuplus_rrc_enhanced_key keys[2] = { key_of(1, 1), key_of(1, 1) };
	struct iuplus_ue_rrc before;
	uint8_t ck[16], ik[16], mapped[16];

	world_ue(w, &cs);
	world_run(w);
	CU_ASSERT_EQUAL(w->ue->now.keys.domain, IUPLUS_DOMAIN_CS);
	CU_ASSERT_EQUAL(w->ue->now.other.domain, IUPLUS_DOMAIN_PS);
	CU_ASSERT_EQUAL(w->ue->now.other.kind, IUPLUS_KEYS_ENHANCED);
	keys[0].domain = IUPLUS_DOMAIN_CS;
	keys[0].index.counter = w->ue->now.keys.index.counter;
	derive(w, &keys[0], ck, ik);
	keys[1].index.ncc = 0; /* spent */
	before = *w->ue;
	move(w, keys, 2, ik);
	CU_ASSERT(discarded(w, &before));
	keys[1].index.ncc = 1;
	move(w, keys, 2, ik);
	arrive(w);
	CU_ASSERT_EQUAL(memcmp(w->ue->now.keys.ik, ik, 16), 0);
	CU_ASSERT_EQUAL(w->ue->now.other.index.ncc, 1);
	CU_ASSERT_EQUAL(w->ue->aka[IUPLUS_DOMAIN_PS].verified.highest.ncc, 1);
	/* both have the mapped pair at a target without the hierarchy */
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(w->ue->now.keys.ck, w->ue->now.keys.ik, NULL, ik), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(w->ue->now.other.ck, w->ue->now.other.ik, NULL, mapped), IUPLUS_OK);
	move(w, NULL, 0, ik);
	arrive(w);
	CU_ASSERT_EQUAL(w->ue->now.other.kind, IUPLUS_KEYS_MAPPED);
	CU_ASSERT_EQUAL(memcmp(w->ue->now.other.ik, mapped, 16), 0);
	world_free(w);
}

/* enhanced-security require-everywhere: a target without the hierarchy is refused, and the UE stays. */
static void test_policy(void)
{
	struct world *w;
	unsigned policy;
	uint8_t ik[16];

	for (policy = IUPLUS_UE_PREFER; policy <= IUPLUS_UE_REQUIRE_EVERYWHERE; policy++) {
		w = attached();
		w->ue_cfg.policy = policy;
		CU_ASSERT_EQUAL(iuplus_security_mapped_keys(w->ue->now.keys.ck, w->ue->now.keys.ik, NULL, ik),
				IUPLUS_OK);
		move(w, NULL, 0, ik);
		if (policy == IUPLUS_UE_REQUIRE_EVERYWHERE) {
			CU_ASSERT(world_answered(w, "PhysicalChannelReconfigurationFailure"));
			CU_ASSERT(uses(w, key_of(1, 0)));
		} else {
			arrive(w);
			CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_MAPPED);
		}
		world_free(w);
	}
}

IUPLUS_CUNIT_MAIN("the UE and the key hierarchy", { "command: index", test_command_index },
		  { "command: unverified", test_unverified_index }, { "command: rejected", test_rejected_index },
		  { "the index outlives the connection", test_index_outlives_connection },
		  { "derivations", test_derivations }, { "no CK and IK after enhanced keys", test_no_legacy_after },
		  { "chain", test_chain }, { "chain by counter", test_chain_by_counter }, { "return", test_return },
		  { "mapped pair", test_mapped }, { "CK and IK for targets", test_ck_ik_for_targets },
		  { "CK and IK not for an RNC+", test_ck_ik_not_for_rnc_plus },
		  { "two domains", test_two_domains }, { "policy", test_policy })
