/* SPDX-License-Identifier: BSD-2-Clause */
/* The keys of the UTRAN hierarchy at an RNC: what it takes, gives on, tells the UE and the core, forgets, and refuses.
 * The right values come from security/, which the standards' and other people's vectors judge. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static struct world world;

static bool decoded(struct world *w, const struct world_message *m, struct iuplus_ranap_msg *msg)
{
	struct iuplus_ranap_problem problem;

	CU_ASSERT_PTR_NOT_NULL(m);
	return m &&
	       iuplus_ranap_decode((struct iuplus_octets){ m->pdu, m->len }, 0, &w->arena, msg, &problem) == IUPLUS_OK;
}

static bool next_to_core(struct world *w, const char *name, struct iuplus_ranap_msg *msg)
{
	return decoded(w, world_run_up_to(w, WORLD_CN, name), msg);
}

static void replace(struct world *w, struct world_message *m, const struct iuplus_ranap_msg *msg)
{
	struct iuplus_octets pdu;

	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(msg, 0, &w->arena, &pdu), IUPLUS_OK);
	m->pdu = realloc(m->pdu, pdu.len);
	memcpy(m->pdu, pdu.data, pdu.len);
	m->len = pdu.len;
}

static bool srns_info(struct world *w, const struct iuplus_ranap_source_to_target *container,
		      struct iuplus_rrc_srns_info *info)
{
	return iuplus_rrc_srns_info_decode(container->rrc_container, 0, &w->arena, info, NULL) == IUPLUS_OK;
}

/* Whether any octets of the context are those of a key. */
static bool knows(const struct iuplus_rnc_ue *rnc, const uint8_t *key, size_t len)
{
	const uint8_t *octets = (const uint8_t *)rnc;
	size_t i;

	for (i = 0; i + len <= sizeof(*rnc); i++)
		if (!memcmp(octets + i, key, len))
			return true;
	return false;
}

/* Attached; then up to Relocation Required, which is decoded, or up to the Request of the core. */
static void up_to(struct world *w, bool ue, bool source, bool target, const char *name, struct iuplus_ranap_msg *msg)
{
	world_init(w, ue, source, target, 2, 2);
	world_attach(w);
	w->stop_before = name;
	world_relocate(w);
	w->stop_before = NULL;
	CU_ASSERT_FATAL(w->stopped && decoded(w, &w->queue[w->head], msg));
}

/* A source on CK_U and IK_U writes their mapped pair into the container, with the algorithms, and its next key once; it
 * keeps no K_RNC. One on CK and IK writes those. */
static void test_container(void)
{
	struct world *w = &world;
	struct iuplus_rrc_srns_info info;
	struct iuplus_ranap_msg msg;
	uint8_t ck[16], ik[16];
	unsigned bits;

	for (bits = 0; bits < 8; bits++) {
		const struct iuplus_ranap_source_to_target *container = &msg.u.relocation_required.container;
		bool enhanced = (bits & 6) == 6;

		up_to(w, bits & 4, bits & 2, bits & 1, "RelocationRequired", &msg);
		memcpy(ck, w->ue->now.keys.ck, sizeof(ck)); /* the UE has the same */
		memcpy(ik, w->ue->now.keys.ik, sizeof(ik));
		if (enhanced)
			CU_ASSERT_EQUAL(iuplus_security_mapped_keys(ck, ik, ck, ik), IUPLUS_OK);
		CU_ASSERT(container->has_ik && !memcmp(container->ik, ik, sizeof(ik)));
		CU_ASSERT(container->has_ck && !memcmp(container->ck, ck, sizeof(ck)));
		CU_ASSERT(container->has_integrity_algorithm && container->integrity_algorithm == 2);
		CU_ASSERT(container->has_encryption_algorithm && container->encryption_algorithm == 2);
		CU_ASSERT_FATAL(srns_info(w, container, &info));
		CU_ASSERT_EQUAL(info.next_keys, enhanced);
		if (enhanced) {
			const struct iuplus_security_key_index one = { w->cn.index.counter, 1 };
			uint8_t k[32];

			CU_ASSERT_EQUAL(iuplus_security_key_index_compare(&info.next_key[0].index, &one), 0);
			CU_ASSERT(info.next_key[0].domain == IUPLUS_DOMAIN_PS && info.next_key[0].has_k_rnc);
			CU_ASSERT(!memcmp(info.next_key[0].k_rnc, w->cn.k, 32)); /* the one that the core gave last */
			/* neither the key that made IK_U, nor the spent one */
			CU_ASSERT_EQUAL(iuplus_security_k_rnc(w->cn.ck, w->cn.ik, one.counter, IUPLUS_DOMAIN_PS, NULL,
							      k),
					IUPLUS_OK);
			CU_ASSERT_FALSE(knows(w->rnc[0], k, sizeof(k)));
			CU_ASSERT_FALSE(knows(w->rnc[0], w->cn.k, sizeof(w->cn.k)));
			CU_ASSERT_FALSE(knows(w->rnc[0], w->cn.ck, sizeof(w->cn.ck)));
			/* the next attempt has none */
			world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_CANCEL });
			world_run(w);
			CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
			w->stop_before = "RelocationRequired";
			world_relocate(w);
			w->stop_before = NULL;
			CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
			CU_ASSERT_FATAL(srns_info(w, container, &info));
			CU_ASSERT_EQUAL(info.next_keys, 0);
		}
		world_free(w);
	}
}

enum choice { CORE, SOURCE, CONTAINER };

/* The target takes the core's key, else the source's, else the container's, and says which in its answers. */
static void choose(enum choice choice, bool target)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	struct iuplus_security_key_index core = { 0, 0 }, source = { 0, 0 };
	struct iuplus_ranap_relocation_request_acknowledge *ack = &msg.u.relocation_request_acknowledge;
	struct iuplus_rrc_srns_info info;

	up_to(w, true, true, target, "RelocationRequest", &msg);
	CU_ASSERT_EQUAL(msg.u.relocation_request.has_enhanced, target);
	CU_ASSERT_FATAL(srns_info(w, &msg.u.relocation_request.container, &info));
	CU_ASSERT_EQUAL_FATAL(info.next_keys, 1);
	core = msg.u.relocation_request.enhanced.index;
	source = info.next_key[0].index;
	if (target)
		CU_ASSERT(iuplus_security_key_index_compare(&core, &source) > 0);
	if (choice != CORE)
		msg.u.relocation_request.has_enhanced = false;
	if (choice == CONTAINER) {
		info.next_keys = 0;
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_srns_info_encode(&info, 0, &w->arena,
								  &msg.u.relocation_request.container.rrc_container,
								  NULL),
				      IUPLUS_OK);
		msg.u.relocation_request.container.encoded.len = 0;
	}
	replace(w, &w->queue[w->head], &msg);
	CU_ASSERT_FATAL(next_to_core(w, "RelocationRequestAcknowledge", &msg));
	CU_ASSERT(ack->has_integrity_algorithm && ack->integrity_algorithm == 2);
	CU_ASSERT(ack->has_encryption_algorithm && ack->encryption_algorithm == 2);
	CU_ASSERT_EQUAL(ack->has_key_in_use, target);
	CU_ASSERT_EQUAL(ack->key_in_use.enhanced, target && choice != CONTAINER);
	if (ack->key_in_use.enhanced)
		CU_ASSERT_EQUAL(iuplus_security_key_index_compare(&ack->key_in_use.index,
								  choice == CORE ? &core : &source),
				0);
	CU_ASSERT_EQUAL(w->rnc[1]->keys.has_next, target && choice == CORE); /* the pair */
	CU_ASSERT_FATAL(next_to_core(w, "RelocationComplete", &msg));
	CU_ASSERT_EQUAL(msg.u.relocation_complete.has_key_in_use, target);
	CU_ASSERT_EQUAL(msg.u.relocation_complete.key_in_use.enhanced, target && choice != CONTAINER);
	CU_ASSERT(world_agree(w, 1, target && choice != CONTAINER ? IUPLUS_KEYS_ENHANCED : IUPLUS_KEYS_MAPPED));
	world_run(w);
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT_EQUAL(w->failures, 0);
	CU_ASSERT_EQUAL(world_repeated(w), 0);
	world_free(w);
}

static void test_choice(void)
{
	choose(CORE, true);
	choose(SOURCE, true);
	choose(CONTAINER, true);
	choose(CONTAINER, false);
}

/* TS 25.413 8.7.2 and 8.7.4 to the letter: which keys start what, and what is refused. */
static void test_letter(void)
{
	static const struct {
		bool ik, uia, ck, uea, beside, encryption;
		unsigned cause;
		bool integrity, ciphering, chosen_uia, chosen_uea;
	} cases[] = {
		{ 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1 },
		{ 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 1 }, /* Encryption Information is absent: no ciphering */
		{ 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0 },
		{ 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1 }, /* keys without algorithms */
		{ 0, 1, 0, 0, 1, 1, IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY, 0, 0, 0, 0 },
		{ 1, 1, 0, 1, 1, 1, IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY, 0, 0, 0, 0 },
		{ 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0 }, /* a key beside the container is not considered */
	};
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned i, target;

	for (i = 0; i < 2 * sizeof(cases) / sizeof(cases[0]); i++) {
		struct iuplus_ranap_relocation_request *request = &msg.u.relocation_request;
		struct iuplus_ranap_source_to_target *container = &request->container;

		target = i & 1; /* without and with the hierarchy */
		up_to(w, false, false, target, "RelocationRequest", &msg);
		container->has_ik = cases[i / 2].ik;
		container->has_integrity_algorithm = cases[i / 2].uia;
		container->has_ck = cases[i / 2].ck;
		container->has_encryption_algorithm = cases[i / 2].uea;
		container->encoded.len = 0;
		request->has_integrity = cases[i / 2].beside;
		request->has_encryption = cases[i / 2].encryption;
		memset(request->integrity.key, 0x5a, 16); /* never considered */
		memset(request->encryption.key, 0x5a, 16);
		replace(w, &w->queue[w->head], &msg);
		if (cases[i / 2].cause) {
			CU_ASSERT_FATAL(next_to_core(w, "RelocationFailure", &msg));
			CU_ASSERT_EQUAL(msg.u.relocation_failure.cause, cases[i / 2].cause);
			world_free(w);
			continue;
		}
		CU_ASSERT_FATAL(next_to_core(w, "RelocationRequestAcknowledge", &msg));
		CU_ASSERT_EQUAL(w->rnc[1]->integrity.started, cases[i / 2].integrity);
		CU_ASSERT_EQUAL(w->rnc[1]->keys.ciphering, cases[i / 2].ciphering);
		CU_ASSERT_EQUAL(msg.u.relocation_request_acknowledge.has_integrity_algorithm, cases[i / 2].chosen_uia);
		CU_ASSERT_EQUAL(msg.u.relocation_request_acknowledge.has_encryption_algorithm, cases[i / 2].chosen_uea);
		if (cases[i / 2].ik) {
			CU_ASSERT_EQUAL(memcmp(w->rnc[1]->keys.ik, w->cn.ik, 16), 0);
			world_run(w);
			CU_ASSERT(w->cn.relocation_complete);
			CU_ASSERT(world_nas_both_ways(w));
			CU_ASSERT_EQUAL(w->cipher_errors, 0);
		}
		world_free(w);
	}
}

/* Ends the attach before the core's Security Mode Command arrives, which is changed and then delivered. */
static void commanded(struct world *w, bool enhanced, struct iuplus_ranap_msg *msg)
{
	world_init(w, true, true, true, 2, 2);
	w->cn.enhanced = enhanced;
	w->stop_before = "SecurityModeCommand";
	world_attach(w);
	w->stop_before = NULL;
	CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], msg));
}

static void deliver(struct world *w, const struct iuplus_ranap_msg *msg)
{
	replace(w, &w->queue[w->head], msg);
	w->stop_at = w->delivered + 1;
	world_run(w);
}

/* What the core heard of the UE's capability, and a command without the hierarchy: reported, or refused. */
static void test_policy(void)
{
	static const struct {
		bool enhanced, said;
		uint8_t capability;
		bool mismatch;
	} cases[] = {
		{ true, true, IUPLUS_RRC_CAP_KEY_HIERARCHY | IUPLUS_RRC_CAP_DIRECT_DERIVATION, false },
		{ true, true, IUPLUS_RRC_CAP_KEY_HIERARCHY, true },
		{ true, false, 0, true },
		{ false, true, IUPLUS_RRC_CAP_KEY_HIERARCHY | IUPLUS_RRC_CAP_DIRECT_DERIVATION, true },
		{ false, false, 0, true },
	};
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned i, require, notes;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (require = 0; require < 2; require++) {
			commanded(w, cases[i].enhanced, &msg);
			CU_ASSERT_EQUAL(msg.u.security_mode_command.has_enhanced, cases[i].enhanced);
			msg.u.security_mode_command.has_ue_capability = cases[i].said;
			msg.u.security_mode_command.ue_capability = cases[i].capability;
			if (require)
				w->rnc_cfg[0].policy = IUPLUS_ENHANCED_SECURITY_REQUIRE;
			notes = w->notes[WORLD_SOURCE];
			deliver(w, &msg);
			if (require && cases[i].mismatch) {
				CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
				CU_ASSERT_FATAL(next_to_core(w, "SecurityModeReject", &msg));
				CU_ASSERT_EQUAL(msg.u.security_mode_reject.cause,
						IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY);
			} else {
				CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
				CU_ASSERT_EQUAL(w->notes[WORLD_SOURCE] - notes, cases[i].enhanced + cases[i].mismatch);
				world_run(w);
				CU_ASSERT(w->cn.secured);
			}
			world_free(w);
		}
}

/* 8.18.4: Key Status "old" on a protected connection, and an index that the UE would not take. */
static void test_status_and_index(void)
{
	struct world *w = &world;
	struct iuplus_security_key_index index;
	struct iuplus_ranap_msg msg;
	unsigned i;

	for (i = 0; i < 4; i++) { /* right; "old"; the index in use; legacy and "old" */
		world_init(w, true, true, true, 2, 2);
		world_attach(w);
		index = w->rnc[0]->keys.index;
		world_cn_security(w, WORLD_SOURCE, i != 3, false);
		CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
		CU_ASSERT_EQUAL(msg.u.security_mode_command.key_new, i != 3);
		if (i == 1)
			msg.u.security_mode_command.key_new = false;
		if (i == 2)
			msg.u.security_mode_command.enhanced.index = index;
		deliver(w, &msg);
		CU_ASSERT_EQUAL(w->rnc[0]->state, i ? IUPLUS_RNC_CONNECTED : IUPLUS_RNC_SECURING);
		if (i) {
			CU_ASSERT_FATAL(next_to_core(w, "SecurityModeReject", &msg));
			CU_ASSERT_EQUAL(msg.u.security_mode_reject.cause,
					i == 2 ? IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR :
						 IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY);
			CU_ASSERT_EQUAL(iuplus_security_key_index_compare(&w->rnc[0]->keys.index, &index), 0);
		}
		world_run(w);
		CU_ASSERT(world_nas_both_ways(w));
		world_free(w);
	}
}

/* Vector Status: COUNTs begin at 0 only with the first keys of a vector. */
static void test_vector_status(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned used;

	for (used = 0; used < 2; used++) {
		world_init(w, true, true, true, 2, 2);
		world_attach(w);
		w->rnc[0]->start[IUPLUS_DOMAIN_PS] = 77;
		if (!used)
			world_cn_aka(w);
		world_cn_security(w, WORLD_SOURCE, true, !used);
		CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
		deliver(w, &msg);
		CU_ASSERT_EQUAL(w->rnc[0]->pending.integrity.start, used ? 77u : 0u);
		world_flush(w);
		world_free(w);
	}
}

/* The UE is told index, derivation, freshness and what legacy targets get, as the core said; FIG. 10 as well. */
static void test_told(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	struct iuplus_rrc_msg rrc;
	unsigned i;

	for (i = 0; i < 4; i++) {
		const struct iuplus_rrc_enhanced_key *key;
		struct world_message *m;

		world_init(w, true, true, true, 2, 2);
		w->cn.nonce = i & 1;
		w->cn.direct = i & 2;
		w->stop_before = "SecurityModeCommand";
		world_attach(w);
		w->stop_before = NULL;
		CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
		msg.u.security_mode_command.enhanced.legacy_target_keys = IUPLUS_SECURITY_TARGET_CK_IK;
		deliver(w, &msg);
		m = world_run_up_to(w, WORLD_UE, "SecurityModeCommand");
		CU_ASSERT_PTR_NOT_NULL_FATAL(m);
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, (struct iuplus_octets){ m->pdu, m->len }, 0,
							&w->arena, &rrc, NULL),
				      IUPLUS_OK);
		key = iuplus_rrc_enhanced_key_of(&rrc.u.security_mode_command.keys, IUPLUS_DOMAIN_PS);
		CU_ASSERT_PTR_NOT_NULL_FATAL(key);
		CU_ASSERT_EQUAL(iuplus_security_key_index_compare(&key->index, &w->cn.index), 0);
		CU_ASSERT_EQUAL(key->derivation,
				w->cn.direct ? IUPLUS_SECURITY_FROM_CK_IK : IUPLUS_SECURITY_FROM_K_RNC);
		CU_ASSERT_EQUAL(key->freshness,
				w->cn.nonce ? IUPLUS_SECURITY_FRESHNESS_NONCE : IUPLUS_SECURITY_FRESHNESS_COUNTER);
		CU_ASSERT_EQUAL(key->has_nonce, w->cn.nonce);
		CU_ASSERT(!w->cn.nonce || !memcmp(key->nonce, msg.u.security_mode_command.enhanced.nonce, 16));
		CU_ASSERT_EQUAL(key->legacy_target_keys, IUPLUS_SECURITY_TARGET_CK_IK);
		CU_ASSERT(rrc.u.security_mode_command.echo.present);
		world_run(w);
		CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
		world_free(w);
	}
}

/* The source says more about the UE than the UE itself under protection: the connection is released. The core says more
 * than the source: that is kept. */
static void test_source_lies(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;

	up_to(w, false, true, true, "RelocationRequest", &msg);
	msg.u.relocation_request.container.has_ue_capability = true;
	msg.u.relocation_request.container.ue_capability = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	msg.u.relocation_request.container.encoded.len = 0;
	replace(w, &w->queue[w->head], &msg);
	CU_ASSERT_FATAL(next_to_core(w, "Iu-ReleaseRequest", &msg));
	CU_ASSERT_FALSE(w->cn.relocation_complete);
	CU_ASSERT_EQUAL(w->rnc[1]->state, IUPLUS_RNC_RELEASING);
	world_settle(w);
	world_free(w);

	up_to(w, true, false, true, "RelocationRequest", &msg);
	CU_ASSERT_FALSE(msg.u.relocation_request.container.has_ue_capability);
	msg.u.relocation_request.has_ue_capability = true;
	msg.u.relocation_request.ue_capability = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	replace(w, &w->queue[w->head], &msg);
	CU_ASSERT_FATAL(next_to_core(w, "RelocationRequestAcknowledge", &msg));
	CU_ASSERT(w->rnc[1]->enhanced.present && w->rnc[1]->enhanced.bits == IUPLUS_RRC_CAP_KEY_HIERARCHY);
	world_run(w);
	CU_ASSERT(w->cn.relocation_complete);
	CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_ENHANCED));
	world_free(w);
}

IUPLUS_CUNIT_MAIN("keys of the hierarchy at an RNC", { "the source's container", test_container },
		  { "the target's choice", test_choice }, { "8.7.2 and 8.7.4 to the letter", test_letter },
		  { "policy", test_policy }, { "Key Status and index", test_status_and_index },
		  { "Vector Status", test_vector_status }, { "what the UE is told", test_told },
		  { "a source that lies", test_source_lies })
