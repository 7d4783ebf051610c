/* SPDX-License-Identifier: BSD-2-Clause */
/* The RRC machines of RNC and UE connected, in virtual time: FIG. 7 and FIG. 9 in all combinations, with faults. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static void check_clean(const struct world *w, const char *what)
{
	if (w->failures || w->overflows || w->cipher_errors)
		fprintf(stderr, "%s: %u failures (%s), %u overflows, %u PDUs ciphered differently\n", what, w->failures,
			w->first_failure, w->overflows, w->cipher_errors);
	CU_ASSERT_EQUAL(w->failures, 0);
	CU_ASSERT_EQUAL(w->overflows, 0);
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
}

static const char *combination(unsigned bits, char *buf, size_t size)
{
	snprintf(buf, size, "ue %s, source %s, target %s", bits & 4 ? "enhanced" : "legacy",
		 bits & 2 ? "enhanced" : "legacy", bits & 1 ? "enhanced" : "legacy");
	return buf;
}

/* Keys of the hierarchy at an RNC+; after those the mapped ones; CK and IK before. */
static enum iuplus_key_kind expected(bool ue, bool before, bool rnc)
{
	if (!ue || (!before && !rnc))
		return IUPLUS_KEYS_LEGACY;
	return rnc ? IUPLUS_KEYS_ENHANCED : IUPLUS_KEYS_MAPPED;
}

static struct world world;

static void relocate_once(unsigned bits, unsigned uia, unsigned uea, bool aka, bool nonce, bool direct, bool twice)
{
	struct world *w = &world;
	bool ue = bits & 4, source = bits & 2, target = bits & 1;
	char what[96];
	bool ok;

	combination(bits, what, sizeof(what));
	world_init(w, ue, source, target, uia, uea);
	w->cn.aka_after = aka;
	w->cn.nonce = nonce;
	w->cn.direct = direct;
	w->twice = twice;
	world_attach(w);
	CU_ASSERT(w->cn.secured);
	ok = world_agree(w, 0, expected(ue, false, source));
	if (!ok)
		fprintf(stderr, "%s: keys after the attach differ\n", what);
	CU_ASSERT(ok);
	CU_ASSERT(world_nas_both_ways(w));
	check_clean(w, what);
	world_relocate(w);
	CU_ASSERT(w->cn.relocation_complete);
	ok = world_agree(w, 1, expected(ue, source, target));
	if (!ok)
		fprintf(stderr, "%s: keys after the relocation are not what FIG. 7 says\n", what);
	CU_ASSERT(ok);
	CU_ASSERT_EQUAL(w->rnc[1]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_GONE);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	ok = world_nas_both_ways(w) && world_nas_both_ways(w);
	if (!ok)
		fprintf(stderr, "%s: NAS does not pass after the relocation\n", what);
	CU_ASSERT(ok);
	CU_ASSERT(world_logged(w, "900:note", "901:RelocationRequired", ":RelocationRequest:", "903:note", "904:note",
			       "904:RelocationRequestAcknowledge",
			       ":RelocationCommand:", "906:PhysicalChannelReconfiguration:", "907:note",
			       "908:PhysicalChannelReconfigurationComplete", ":RelocationDetect:", "909:note",
			       "909:RelocationComplete", "910:Iu-ReleaseComplete", NULL));
	if (ue && target && !source && !direct)
		CU_ASSERT(world_logged(w, "908:PhysicalChannelReconfigurationComplete:legacy", "914:note",
				       "915:SecurityModeCommand:enhanced", "916:note", "917:note",
				       "918:SecurityModeComplete:enhanced", "919:note", "919:SecurityModeComplete:none",
				       NULL));
	if (ue && target && source && !aka) /* FIG. 7 step 702 */
		CU_ASSERT(world_logged(w, "906:PhysicalChannelReconfiguration:enhanced",
				       "908:PhysicalChannelReconfigurationComplete:enhanced", NULL));
	CU_ASSERT_FALSE(w->rnc[1]->target);
	check_clean(w, what);
	world_settle(w);
	check_clean(w, what);
	CU_ASSERT(memcmp(&w->keys[WORLD_UE].ik, &w->keys[WORLD_TARGET].ik, 16) == 0);
	world_free(w);
}

static void test_combinations(void)
{
	unsigned bits, uia, uea;

	for (bits = 0; bits < 8; bits++)
		for (uia = 1; uia <= 2; uia++)
			for (uea = 0; uea <= 2; uea++) {
				relocate_once(bits, uia, uea, false, false, false, false);
				relocate_once(bits, uia, uea, true, true, false, false);
			}
}

/* [0133]: IK_U and CK_U directly from CK and IK. An enhanced source without K_RNC* hands no key over. */
static void test_direct_derivation(void)
{
	relocate_once(5, 2, 2, false, true, true, false);
	relocate_once(5, 1, 1, true, false, true, false);
	relocate_once(4, 2, 2, false, true, true, false);
}

static void test_every_message_twice(void)
{
	unsigned bits;

	for (bits = 0; bits < 8; bits++)
		relocate_once(bits, 2, 2, bits & 1, true, false, true);
}

/* A phone moves back and forth between RNCs of both kinds; no key is used twice with the same COUNT. */
static void chain(unsigned bits, unsigned aka_at)
{
	struct world *w = &world;
	bool ue = bits & 4, before = bits & 2;
	unsigned hop, n;
	char what[96];

	combination(bits, what, sizeof(what));
	world_init(w, ue, bits & 2, bits & 1, 2, 2);
	w->cn.nonce = true;
	world_attach(w);
	for (hop = 0; hop < 6; hop++) {
		bool target = w->rnc_cfg[!w->serving].enhanced, ok;

		for (n = 0; n < 5; n++)
			CU_ASSERT(world_nas_both_ways(w));
		w->cn.aka_after = hop == aka_at;
		world_relocate(w);
		CU_ASSERT(w->cn.relocation_complete);
		ok = world_agree(w, !w->serving, expected(ue, before, target));
		if (!ok)
			fprintf(stderr, "%s, hop %u: keys differ, or are of the wrong kind: %s\n", what, hop,
				w->first_failure);
		CU_ASSERT(ok);
		before |= target;
		world_swap(w);
	}
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT(w->use_count > 150);
	CU_ASSERT_EQUAL(world_repeated(w), 0);
	check_clean(w, what);
	world_free(w);
}

static void test_chains(void)
{
	unsigned bits;

	for (bits = 0; bits < 8; bits++) {
		chain(bits, 99);
		chain(bits, 2);
		chain(bits, 3);
	}
}

/* Relocations without a NAS message between them: the numbers that the sources skip do not add up to a whole round of
 * RRC SN, which the UE would not notice. */
static void test_silent_hops(void)
{
	struct world *w = &world;
	unsigned bits, hop;

	for (bits = 0; bits < 8; bits++) {
		world_init(w, bits & 4, bits & 2, bits & 1, 2, 2);
		world_attach(w);
		for (hop = 0; hop < 4; hop++) {
			world_relocate(w);
			CU_ASSERT(w->cn.relocation_complete);
			world_swap(w);
		}
		CU_ASSERT(world_nas_both_ways(w));
		CU_ASSERT_EQUAL(world_repeated(w), 0);
		CU_ASSERT_EQUAL(w->failures, 0);
		world_free(w);
	}
}

/* Relocations one after the other, without any NAS message to the UE in between, or with one on RB3 or RB4 while a
 * preparation runs, which is then cancelled: the UE follows the numbers of the next message. */
static void test_silent_chain(void)
{
	struct iuplus_ranap_msg msg;
	struct iuplus_octets pdu;
	struct world *w = &world;
	unsigned hops, hop, rb;

	for (hops = 1; hops <= 5; hops++)
		for (rb = 2; rb <= 4; rb++) { /* 2: none */
			world_init(w, false, false, false, 2, 2);
			world_attach(w);
			for (hop = 0; hop < hops; hop++) {
				unsigned down = w->nas_up;

				w->cn.hold_command = true;
				world_relocate(w);
				memset(&msg, 0, sizeof(msg));
				msg.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
				msg.u.direct_transfer.nas_pdu =
					(struct iuplus_octets){ (const uint8_t *)"\x08\x02", 2 };
				msg.u.direct_transfer.has_sapi = true;
				msg.u.direct_transfer.sapi = rb == 4 ? 3 : 0;
				CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &w->arena, &pdu), IUPLUS_OK);
				{
					uint8_t octets[64];

					memcpy(octets, pdu.data, pdu.len);
					if (rb != 2)
						world_rnc(w, w->serving,
							  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP,
										      .conn = 1,
										      .pdu = { octets, pdu.len } });
				}
				world_run(w);
				world_rnc(w, w->serving, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_CANCEL });
				world_run(w);
				CU_ASSERT_EQUAL(w->nas_up, down + (rb != 2));
				world_rnc_forgets(w, !w->serving);
				w->cn.target_connected = w->cn.commanded = w->cn.hold_command = false;
				world_relocate(w);
				CU_ASSERT(w->cn.relocation_complete);
				world_swap(w);
			}
			CU_ASSERT(world_nas_both_ways(w));
			check_clean(w, "silent chain");
			world_free(w);
		}
}

/* Two domains: the SRBs use the keys of the domain secured last, START is kept per domain. A target that serves only
 * one domain rejects both; one domain is released, the other one remains. */
static void test_two_domains(void)
{
	const struct iuplus_ue_rrc_event cs = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						.domain = IUPLUS_DOMAIN_CS,
						.initial = true,
						.pdu = { (const uint8_t *)"\x05\x08", 2 } };
	struct iuplus_ue_rrc_status status;
	struct world *w = &world;
	unsigned n;

	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	for (n = 0; n < 40; n++)
		CU_ASSERT(world_nas_both_ways(w));
	w->cn.secured = false;
	world_ue(w, &cs);
	world_run(w);
	CU_ASSERT(w->cn.secured);
	CU_ASSERT_EQUAL(w->ue->now.keys.domain, IUPLUS_DOMAIN_CS);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	iuplus_ue_rrc_get_status(w->ue, &status);
	CU_ASSERT(status.signalling[0] && status.signalling[1]);
	CU_ASSERT(status.start[IUPLUS_DOMAIN_PS] >= 2); /* the PS keys were used */
	for (n = 0; n < 20; n++)
		CU_ASSERT(world_nas_both_ways(w));
	check_clean(w, "two domains");
	world_relocate(w);
	CU_ASSERT(world_logged(w, "901:RelocationRequired", "901:RelocationRequired",
			       ":RelocationFailure:", ":RelocationCancel:", NULL));
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT(world_nas_both_ways(w));
	w->cn.conn = IUPLUS_DOMAIN_CS;
	world_cn_cause(w, WORLD_SOURCE, IUPLUS_RANAP_IU_RELEASE_COMMAND, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE);
	world_run(w);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT(world_nas_both_ways(w));
	w->cn.conn = IUPLUS_DOMAIN_PS;
	world_cn_cause(w, WORLD_SOURCE, IUPLUS_RANAP_IU_RELEASE_COMMAND, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE);
	world_settle(w);
	CU_ASSERT_EQUAL(w->nas_released, 2);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_GONE);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
	world_free(w);
}

/* A relocation before any Security Mode Command: there is no protection, neither before nor after. */
static void test_before_security(void)
{
	struct world *w = &world;

	world_init(w, true, true, true, 2, 2);
	w->stop_before = "SecurityModeCommand";
	world_attach(w);
	w->stop_before = NULL;
	world_flush(w);
	w->cn.enhanced = false; /* and the core starts no security mode afterwards */
	world_relocate(w);
	CU_ASSERT(w->cn.relocation_complete);
	CU_ASSERT_EQUAL(w->ue_cell, 1);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	CU_ASSERT_EQUAL(w->rnc[1]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT_FALSE(w->ue->now.integrity.started);
	CU_ASSERT_FALSE(w->rnc[1]->integrity.started);
	CU_ASSERT(world_logged(w, "906:PhysicalChannelReconfiguration:none",
			       "908:PhysicalChannelReconfigurationComplete:none", NULL));
	CU_ASSERT(world_nas_both_ways(w));
	check_clean(w, "before security");
	world_free(w);
}

/* UTRAN Mobility Information carries a relocation without UE involvement ([0096]); its answer is Confirm. */
static void test_mobility_information(void)
{
	struct world *w = &world;
	struct iuplus_rrc_integrity integrity;
	struct iuplus_rrc_reconfiguration *to;
	struct iuplus_ue_rrc_event event = { .kind = IUPLUS_UE_EV_RRC, .rb = 2 };
	struct iuplus_rrc_msg msg;
	struct iuplus_rrc_error error;

	world_init(w, true, false, true, 1, 1);
	world_attach(w);
	integrity = w->rnc[0]->integrity;
	integrity.fresh = 0x12345678;
	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_DL_DCCH;
	msg.type = IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION;
	msg.integrity_check.present = true;
	to = &msg.u.reconfiguration;
	to->integrity.present = true;
	to->integrity.fresh = integrity.fresh;
	to->integrity.has_uia = true;
	to->integrity.uia = 1;
	to->dl_sync.present = true;
	to->has_u_rnti = true;
	to->u_rnti.srnc = 2;
	to->network.present = true;
	to->network.bits = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	CU_ASSERT_EQUAL(iuplus_rrc_encode(&msg, 0, &w->arena, &event.pdu, &error), 0);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&integrity, false, 2, (uint8_t *)(uintptr_t)event.pdu.data,
						     event.pdu.len),
			0);
	{
		uint8_t octets[256];

		CU_ASSERT_FATAL(event.pdu.len <= sizeof(octets));
		memcpy(octets, event.pdu.data, event.pdu.len);
		event.pdu.data = octets; /* the arena is reset within */
		w->stop_before = "UTRANMobilityInformationConfirm";
		world_ue(w, &event);
	}
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	CU_ASSERT_EQUAL(w->ue->now.integrity.fresh, 0x12345678);
	CU_ASSERT(world_logged(w, "907:note", "908:UTRANMobilityInformationConfirm:legacy", NULL));
	CU_ASSERT_EQUAL(w->failures, 0);
	iuplus_rrc_integrity_wipe(&integrity);
	world_free(w);
}

/* The owner's wipe takes what the list holds, and no more. */
static void test_wipe(void)
{
	static struct iuplus_proc_actions actions;
	const uint8_t *octets = (const uint8_t *)actions.list;
	size_t i, used = 3 * sizeof(actions.list[0]);

	memset(&actions, 0xa5, sizeof(actions));
	actions.count = 3;
	iuplus_proc_wipe(&actions);
	CU_ASSERT_EQUAL(actions.count, 0);
	for (i = 0; i < sizeof(actions.list); i++)
		if (octets[i] != (i < used ? 0 : 0xa5))
			break;
	CU_ASSERT_EQUAL(i, sizeof(actions.list));
}

IUPLUS_CUNIT_MAIN("relocation and security mode, RNC and UE",
		  { "eight combinations, every algorithm", test_combinations },
		  { "direct derivation", test_direct_derivation }, { "every message twice", test_every_message_twice },
		  { "chains of relocations", test_chains }, { "silent chains", test_silent_chain },
		  { "hops without NAS", test_silent_hops }, { "two domains", test_two_domains },
		  { "before security", test_before_security }, { "wiping of actions", test_wipe },
		  { "UTRAN mobility information", test_mobility_information })
