/* SPDX-License-Identifier: BSD-2-Clause */
/* Keys that are no longer in use, and COUNTs that must not be used again: attempts of an attacker who holds old keys,
 * and requests that a core network must not send. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static struct world world;

/* A NAS message that an attacker protects with the keys of s, after skip others. */
static struct iuplus_octets forged(struct world *w, struct iuplus_rrc_integrity *s, bool uplink, unsigned rb,
				   unsigned skip)
{
	static const uint8_t nas[] = { 0x08, 0x14 };
	struct iuplus_octets pdu = { NULL, 0 };
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.integrity_check.present = true;
	if (uplink) {
		msg.channel = IUPLUS_RRC_UL_DCCH;
		msg.type = IUPLUS_RRC_UPLINK_DIRECT_TRANSFER;
		msg.u.uplink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		msg.u.uplink_direct_transfer.nas = (struct iuplus_octets){ nas, sizeof(nas) };
	} else {
		msg.channel = IUPLUS_RRC_DL_DCCH;
		msg.type = IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER;
		msg.u.downlink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		msg.u.downlink_direct_transfer.nas = (struct iuplus_octets){ nas, sizeof(nas) };
	}
	do {
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_encode(&msg, 0, &w->arena, &pdu, NULL), IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_integrity_protect(s, uplink, rb, (uint8_t *)(uintptr_t)pdu.data,
								   pdu.len),
				      IUPLUS_OK);
	} while (skip--);
	return pdu;
}

static bool taken_by_rnc(struct world *w, struct iuplus_octets pdu, unsigned rb)
{
	unsigned before = w->failures;

	world_rnc(w, w->ue_cell,
		  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC, .rb = (uint8_t)rb, .pdu = pdu });
	return w->failures == before;
}

static bool taken_by_ue(struct world *w, struct iuplus_octets pdu, unsigned rb)
{
	unsigned before = w->failures;

	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = (uint8_t)rb, .pdu = pdu });
	return w->failures == before;
}

/* Up to step 909 under the legacy keys, which are returned; then to the end, with an AKA and enhanced keys. */
static struct iuplus_rrc_integrity legacy_then_enhanced(struct world *w)
{
	struct iuplus_rrc_integrity legacy;

	world_init(w, true, false, true, 2, 2);
	w->cn.aka_after = true;
	world_attach(w);
	w->stop_before = "Iu-ReleaseComplete";
	world_relocate(w);
	w->stop_before = NULL;
	legacy = w->ue->now.integrity;
	CU_ASSERT_EQUAL(legacy.kind, IUPLUS_KEYS_LEGACY);
	world_run(w);
	CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_ENHANCED));
	return legacy;
}

/* The legacy keys, which the source had too, are not accepted once the enhanced ones are in use. */
static void test_old_keys_are_void(void)
{
	struct world *w = &world;
	unsigned rb;

	for (rb = 1; rb < IUPLUS_PROC_RBS; rb++) {
		struct iuplus_rrc_integrity up = legacy_then_enhanced(w), down = up;

		CU_ASSERT_FALSE(taken_by_rnc(w, forged(w, &up, true, rb, 0), rb));
		CU_ASSERT_FALSE(taken_by_rnc(w, forged(w, &up, true, rb, 5), rb));
		/* The target's numbers are higher than the source's, so the UE cannot detect at once that nothing
		 * follows. */
		CU_ASSERT_FALSE(taken_by_ue(w, forged(w, &down, false, 3, 0), 3));
		w->now += RAN_FORMER_MS;
		CU_ASSERT_FALSE(taken_by_ue(w, forged(w, &down, false, rb, 0), rb));
		CU_ASSERT_FALSE(taken_by_ue(w, forged(w, &down, false, rb, 5), rb));
		CU_ASSERT(world_nas_both_ways(w));
		/* and they are no longer in memory */
		CU_ASSERT_FALSE(w->ue->now.former.integrity.started);
		CU_ASSERT_FALSE(w->rnc[1]->former.integrity.started);
		world_free(w);
	}
}

/* A message in flight during the key change is still accepted, once. */
static void test_late_message(void)
{
	struct world *w = &world;
	struct iuplus_octets late;
	struct iuplus_rrc_integrity copy;
	uint8_t kept[64];

	world_init(w, true, false, true, 2, 2);
	world_attach(w);
	w->stop_before = "Iu-ReleaseComplete";
	world_relocate(w);
	w->stop_before = NULL;
	CU_ASSERT_EQUAL(w->rnc[1]->state, IUPLUS_RNC_SECURING);
	/* The UE sends it just before it reads the command; the RNC receives it after Security Mode Complete. */
	copy = w->ue->now.integrity;
	late = forged(w, &w->ue->now.integrity, true, 3, 0);
	CU_ASSERT_FATAL(late.len <= sizeof(kept));
	memcpy(kept, late.data, late.len); /* the arena is the world's */
	late.data = kept;
	world_run(w);
	CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT(w->rnc[1]->former.integrity.started);
	CU_ASSERT_FALSE(taken_by_rnc(w, forged(w, &copy, true, 3, 1), 3)); /* one that the UE did not announce */
	CU_ASSERT(taken_by_rnc(w, late, 3));
	CU_ASSERT_FALSE(taken_by_rnc(w, late, 3));
	world_run(w);
	CU_ASSERT_FALSE(w->rnc[1]->former.integrity.started);
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* Security Mode Command with the present CK and IK and no AKA, on a connection with enhanced keys. */
static void back_to_legacy(struct world *w, bool fresh)
{
	struct iuplus_ranap_security_mode_command *smc;
	struct iuplus_ranap_msg msg;
	struct iuplus_octets pdu;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	smc = &msg.u.security_mode_command;
	smc->integrity.count = 1;
	smc->integrity.algorithms[0] = w->cn.uia[0];
	smc->key_new = fresh;
	memcpy(smc->integrity.key, w->cn.ik, sizeof(smc->integrity.key));
	smc->has_encryption = true;
	smc->encryption.count = 1;
	smc->encryption.algorithms[0] = w->cn.uea[0];
	memcpy(smc->encryption.key, w->cn.ck, sizeof(smc->encryption.key));
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &w->arena, &pdu), IUPLUS_OK);
	w->cn.reject_seen = w->cn.secured = false;
	world_rnc(w, w->ue_cell,
		  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP, .conn = IUPLUS_DOMAIN_PS, .pdu = pdu });
	world_run(w);
}

/* Legacy keys replace enhanced ones only after an AKA. With the START sent last, COUNTs would be used again with CK and
 * IK, and the request is an attempt to bid down. */
static void test_no_way_back_to_legacy(void)
{
	struct world *w = &world;

	legacy_then_enhanced(w);
	back_to_legacy(w, false);
	CU_ASSERT(w->cn.reject_seen);
	CU_ASSERT_FALSE(w->cn.secured);
	CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT_EQUAL(world_repeated(w), 0);
	world_free(w);
}

/* The UE does not rely on the RNC for this: it rejects an RNC+ that obeys. */
static void test_ue_refuses_the_way_back(void)
{
	struct world *w = &world;
	enum iuplus_key_kind kind;

	legacy_then_enhanced(w);
	kind = w->rnc[1]->keys.kind;
	w->rnc[1]->keys.kind = IUPLUS_KEYS_LEGACY; /* as if it did not know which keys are in use */
	w->rnc[1]->iu[IUPLUS_DOMAIN_PS].secured = false;
	back_to_legacy(w, false);
	w->rnc[1]->keys.kind = kind;
	CU_ASSERT(world_logged(w, "SecurityModeFailure:enhanced", NULL));
	CU_ASSERT(w->cn.reject_seen);
	CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* Security Mode Complete proves that the UE has the keys. It is accepted only on RB2: on another bearer it would be
 * unprotected, or protected by the old keys. */
static void test_complete_on_another_bearer(void)
{
	struct world *w = &world;
	struct iuplus_rrc_integrity old;
	struct iuplus_rrc_msg msg;
	struct iuplus_octets pdu;
	unsigned rb, second;

	for (second = 0; second < 2; second++)
		for (rb = 1; rb < IUPLUS_PROC_RBS; rb++) {
			unsigned at = second;

			world_init(w, true, !second, true, 2, 2);
			if (second) {
				world_attach(w);
				w->stop_before = "Iu-ReleaseComplete";
				world_relocate(w);
			} else {
				w->stop_before = "SecurityModeCommand"; /* RANAP's, then RRC's */
				world_attach(w);
				w->stop_before = NULL;
				w->stop_at = w->delivered + 1;
				world_run(w);
			}
			CU_ASSERT_EQUAL_FATAL(w->rnc[at]->state, IUPLUS_RNC_SECURING);
			old = w->ue->now.integrity;
			memset(&msg, 0, sizeof(msg));
			msg.channel = IUPLUS_RRC_UL_DCCH;
			msg.type = IUPLUS_RRC_SECURITY_MODE_COMPLETE;
			msg.integrity_check.present = old.started;
			msg.u.security_mode_complete.transaction = w->rnc[at]->pending.transaction;
			CU_ASSERT_EQUAL_FATAL(iuplus_rrc_encode(&msg, 0, &w->arena, &pdu, NULL), IUPLUS_OK);
			if (old.started)
				CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&old, true, rb,
									     (uint8_t *)(uintptr_t)pdu.data, pdu.len),
						IUPLUS_OK);
			CU_ASSERT_FALSE(taken_by_rnc(w, pdu, rb));
			CU_ASSERT_EQUAL(w->rnc[at]->state, IUPLUS_RNC_SECURING);
			w->stop_before = NULL;
			world_run(w);
			CU_ASSERT(world_agree(w, at, IUPLUS_KEYS_ENHANCED));
			world_free(w);
		}
}

static bool quiet(const struct iuplus_rnc_ue *rnc)
{
	return rnc->state == IUPLUS_RNC_GONE || rnc->state == IUPLUS_RNC_IDLE || rnc->state == IUPLUS_RNC_CONNECTED;
}

/* Relocation Request with one bit changed, octet by octet: keys, algorithms, COUNTs, START, capabilities, containers.
 * No node hangs, and if the relocation completes nevertheless, both ends have the same keys. */
static void test_tampered_container(void)
{
	struct world *w = &world;
	unsigned source, at, completed = 0, refused = 0;
	bool more;

	for (source = 0; source < 2; source++)
		for (at = 0, more = true; more; at++) {
			struct world_message *m;
			bool ok;

			world_init(w, true, source, true, 2, 2);
			world_attach(w);
			w->stop_before = "RelocationRequest";
			world_relocate(w);
			CU_ASSERT_FATAL(w->stopped);
			w->stop_before = NULL;
			m = &w->queue[w->head];
			more = at + 1 < m->len;
			m->pdu[at] ^= (uint8_t)(1u << at % 8);
			world_run(w);
			completed += w->cn.relocation_complete;
			refused += w->cn.preparation_failed;
			ok = !w->cn.relocation_complete || w->ue->state != IUPLUS_UE_CONNECTED ||
			     !memcmp(w->ue->now.keys.ik, w->rnc[1]->keys.ik, sizeof(w->ue->now.keys.ik));
			world_settle(w);
			ok = ok && quiet(w->rnc[0]) && quiet(w->rnc[1]) &&
			     (w->ue->state == IUPLUS_UE_IDLE || w->ue->state == IUPLUS_UE_CONNECTED) && !w->overflows;
			if (!ok)
				fprintf(stderr, "octet %u, source %u: source %s, target %s, UE %s, %u overflows: %s\n",
					at, source, iuplus_rnc_state_name(w->rnc[0]->state),
					iuplus_rnc_state_name(w->rnc[1]->state), iuplus_ue_rrc_state_name(w->ue->state),
					w->overflows, w->log);
			CU_ASSERT(ok);
			world_free(w);
		}
	CU_ASSERT(completed > 10);
	CU_ASSERT(refused > 10);
}

/* A reconfiguration with an algorithm that the UE does not support: rejected, nothing changes. */
static void test_unsupported_algorithm_in_reconfiguration(void)
{
	struct world *w = &world;

	world_init(w, true, false, true, 2, 2);
	world_attach(w);
	w->ue_cfg.algorithms.uea_count = 2;
	w->ue_cfg.algorithms.uea[0] = 2;
	w->ue_cfg.algorithms.uea[1] = 0;
	w->rnc_cfg[1].algorithms.uea_count = 1;
	w->rnc_cfg[1].algorithms.uea[0] = 1;
	w->cn.uea_count = 2; /* the core permits both */
	w->cn.uea[1] = 1;
	world_relocate(w);
	CU_ASSERT(world_logged(w, "PhysicalChannelReconfigurationFailure:legacy", NULL));
	CU_ASSERT_EQUAL(w->ue_cell, 0);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_LEGACY));
	world_free(w);
}

IUPLUS_CUNIT_MAIN("keys and COUNTs that are no longer valid", { "old keys are void", test_old_keys_are_void },
		  { "a late message is accepted once", test_late_message },
		  { "no way back to legacy keys", test_no_way_back_to_legacy },
		  { "the UE rejects the way back", test_ue_refuses_the_way_back },
		  { "Security Mode Complete on another bearer", test_complete_on_another_bearer },
		  { "tampered container", test_tampered_container },
		  { "unsupported algorithm in a reconfiguration", test_unsupported_algorithm_in_reconfiguration })
