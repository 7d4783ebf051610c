/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE's RRC against single messages of a network that a test makes: what TS 25.331 obliges the UE to, clause by
 * clause, where the machines of the RNC never send such a message. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static struct world world;

/* Attached with legacy keys, without ciphering. */
static struct world *attached(void)
{
	struct world *w = &world;

	world_init(w, false, false, false, 2, 0);
	world_attach(w);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_LEGACY));
	return w;
}

/* A command that the UE must obey: the keys in use, its own capability. */
static struct iuplus_rrc_msg command(const struct world *w)
{
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.type = IUPLUS_RRC_SECURITY_MODE_COMMAND;
	msg.u.security_mode_command.domain = IUPLUS_DOMAIN_PS;
	msg.u.security_mode_command.transaction = 1;
	ue_security_capability(&w->ue_cfg, &msg.u.security_mode_command.security);
	msg.u.security_mode_command.integrity.present = true;
	msg.u.security_mode_command.integrity.modify = true;
	msg.u.security_mode_command.integrity.has_uia = true;
	msg.u.security_mode_command.integrity.uia = 2;
	ran_activation(&w->rnc[0]->integrity, false, &msg.u.security_mode_command.integrity.activation);
	return msg;
}

static struct iuplus_rrc_msg nas_message(void)
{
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.type = IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER;
	msg.u.downlink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
	msg.u.downlink_direct_transfer.nas = (struct iuplus_octets){ (const uint8_t *)"\x08\x02", 2 };
	return msg;
}

/* 8.1.12.3: another capability in a verified command: no answer, idle mode, NAS is informed. */
static void test_wrong_capability(void)
{
	struct world *w = attached();
	struct iuplus_rrc_msg msg = command(w);
	struct iuplus_rrc_integrity forged;

	msg.u.security_mode_command.security.uia ^= 2;
	world_downlink(w, &msg, 2, &w->ue->now.integrity);
	CU_ASSERT_EQUAL(world_answers(w), 0);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	world_free(w);
	/* the same without a right MAC-I is discarded */
	w = attached();
	msg = command(w);
	msg.u.security_mode_command.security.uia ^= 2;
	forged = w->ue->now.integrity;
	forged.ik[0] ^= 1;
	world_downlink(w, &msg, 2, &forged);
	CU_ASSERT_EQUAL(world_answers(w), 0);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	world_free(w);
}

/* 8.1.12.3: a command that changes neither integrity protection nor ciphering, one whose mode does not fit, and one for
 * a domain without keys are an invalid configuration: rejected if their MAC-I is right, otherwise discarded. */
static void test_invalid_command(void)
{
	unsigned i, forged;

	for (forged = 0; forged < 2; forged++)
		for (i = 0; i < 3; i++) {
			struct world *w = attached();
			struct iuplus_rrc_msg msg = command(w);
			struct iuplus_rrc_integrity s = w->ue->now.integrity;

			if (i == 0)
				msg.u.security_mode_command.integrity.present = false;
			if (i == 1) {
				msg.u.security_mode_command.integrity.modify = false;
				msg.u.security_mode_command.integrity.activation.present = false;
			}
			if (i == 2)
				msg.u.security_mode_command.domain = IUPLUS_DOMAIN_CS;
			s.ik[0] ^= forged;
			world_downlink(w, &msg, 2, &s);
			CU_ASSERT(forged ? !world_answers(w) : world_answered(w, "SecurityModeFailure"));
			CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
			world_run(w);
			CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_LEGACY));
			world_free(w);
		}
}

/* The same before integrity protection runs: nothing can verify the command, with or without a MAC-I. */
static void test_invalid_first_command(void)
{
	static struct iuplus_rrc_integrity s;
	unsigned protect;

	for (protect = 0; protect < 2; protect++) {
		struct world *w = &world;
		struct iuplus_rrc_msg msg;

		world_init(w, false, false, false, 2, 0);
		w->stop_before = "SecurityModeCommand";
		world_attach(w);
		world_flush(w);
		memset(&s, 0, sizeof(s));
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_start(&s, IUPLUS_KEYS_LEGACY, 2, s.ik, 0, 0), IUPLUS_OK);
		msg = command(w); /* "modify" before the start */
		world_downlink(w, &msg, 2, protect ? &s : NULL);
		CU_ASSERT_EQUAL(world_answers(w), 0);
		CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
		world_free(w);
	}
}

/* A command for a domain whose signalling connection has ended, or never was, does not succeed: afterwards no NAS message
 * would fit. It is verified, so that it is answered, as an invalid configuration is (8.1.12.4c). */
static void test_command_without_signalling(void)
{
	struct iuplus_rrc_msg msg, release;
	struct iuplus_rrc_error error;
	struct world *w = &world;
	unsigned started;

	memset(&release, 0, sizeof(release));
	release.type = IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE;
	release.u.signalling_connection_release.domain = IUPLUS_DOMAIN_PS;
	for (started = 0; started < 2; started++) {
		world_init(w, false, false, false, 2, 0);
		if (!started)
			w->stop_before = "SecurityModeCommand";
		world_attach(w);
		w->stop_before = NULL;
		if (started) {
			world_cn_aka(w);
			world_cn_security(w, WORLD_SOURCE, false, true);
			CU_ASSERT_PTR_NOT_NULL_FATAL(world_run_up_to(w, WORLD_UE, "SecurityModeCommand"));
		}
		w->ue->signalling[IUPLUS_DOMAIN_CS] = true; /* otherwise the RRC connection ends as well */
		world_downlink(w, &release, 3, started ? &w->rnc[0]->integrity : NULL);
		CU_ASSERT_FALSE(w->ue->signalling[IUPLUS_DOMAIN_PS]);
		w->stop_before = "SecurityModeFailure";
		world_run(w);
		w->stop_before = NULL;
		CU_ASSERT(w->stopped);
		if (w->stopped) {
			const struct world_message *m = &w->queue[w->head];

			CU_ASSERT_EQUAL(iuplus_rrc_decode(IUPLUS_RRC_UL_DCCH, (struct iuplus_octets){ m->pdu, m->len },
							  0, &w->arena, &msg, &error),
					IUPLUS_OK);
			CU_ASSERT_EQUAL(msg.u.failure.failure.cause, IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION);
		}
		CU_ASSERT_EQUAL(w->secured, started);
		CU_ASSERT_EQUAL(w->ue->now.integrity.started, started);
		world_free(w);
	}
}

/* What an unprotected message that announces a relocation can contain beside Downlink counter synchronisation info. */
static const struct {
	enum iuplus_rrc_type type;
	bool u_rnti, moves;
	const char *answer;
} no_relocations[] = {
	{ IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, false, false, "PhysicalChannelReconfigurationFailure" },
	{ IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, true, false, "PhysicalChannelReconfigurationFailure" },
	{ IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, false, true, "PhysicalChannelReconfigurationFailure" },
	{ IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, true, true, "PhysicalChannelReconfigurationFailure" },
	{ IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION, false, false, "UTRANMobilityInformationFailure" },
	{ IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION, true, false, "UTRANMobilityInformationFailure" },
};

/* The failure message of the UE waits as the last one; its cause. */
static enum iuplus_rrc_failure last_cause(struct world *w, const char *name)
{
	const struct world_message *m = &w->queue[w->tail - 1];
	struct iuplus_rrc_msg msg;

	CU_ASSERT_STRING_EQUAL_FATAL(m->name, name);
	CU_ASSERT_EQUAL_FATAL(iuplus_rrc_decode(IUPLUS_RRC_UL_DCCH, (struct iuplus_octets){ m->pdu, m->len }, 0,
						&w->arena, &msg, NULL),
			      IUPLUS_OK);
	return msg.u.failure.failure.cause;
}

/* 8.2.2.3, 8.3.3.3: before integrity protection, Downlink counter synchronisation info without the U-RNTI of another
 * serving RNC is no SRNS relocation: the UE rejects it, and its bearers and its attach go on as they were. */
static void test_no_relocation_before_security(void)
{
	struct world *w = &world;
	struct iuplus_rrc_reconfiguration *to;
	struct iuplus_rrc_msg msg;
	struct ue_config before;
	size_t i;

	for (i = 0; i < sizeof(no_relocations) / sizeof(no_relocations[0]); i++) {
		world_init(w, true, true, true, 2, 2);
		w->stop_before = "SecurityModeCommand";
		world_attach(w);
		w->stop_before = NULL;
		CU_ASSERT_FALSE(w->ue->now.integrity.started);
		memset(&msg, 0, sizeof(msg));
		msg.type = no_relocations[i].type;
		to = &msg.u.reconfiguration;
		to->dl_sync.present = true;
		to->state = IUPLUS_RRC_CELL_DCH;
		to->has_u_rnti = no_relocations[i].u_rnti; /* another s-RNTI of the same RNC */
		to->u_rnti = w->ue->now.u_rnti;
		to->u_rnti.s_rnti ^= 1;
		to->has_scrambling_code = no_relocations[i].moves;
		to->scrambling_code = w->ue_cfg.cell[1];
		before = w->ue->now;
		world_downlink(w, &msg, 2, NULL);
		CU_ASSERT_EQUAL(last_cause(w, no_relocations[i].answer), IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION);
		CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
		CU_ASSERT_EQUAL(memcmp(&before, &w->ue->now, sizeof(before)), 0);
		world_run(w);
		CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
		CU_ASSERT(world_nas_both_ways(w));
		CU_ASSERT_EQUAL(w->cipher_errors, 0);
		world_free(w);
	}
}

/* 8.1.12.4: after a rejected command the UE takes on RB2 only what has a COUNT-I above that of the command. */
static void test_count_after_rejection(void)
{
	struct world *w = attached();
	struct iuplus_rrc_msg msg = command(w), release;
	struct iuplus_rrc_integrity before = w->ue->now.integrity, s = before;
	unsigned failures;

	w->ue_cfg.algorithms.uia_count = 1; /* it supports UIA1 alone, and its capability says so */
	w->ue_cfg.algorithms.uia[0] = 1;
	ue_security_capability(&w->ue_cfg, &msg.u.security_mode_command.security);
	world_downlink(w, &msg, 2, &s);
	CU_ASSERT(world_answered(w, "SecurityModeFailure"));
	world_flush(w);
	memset(&release, 0, sizeof(release));
	release.type = IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE;
	release.u.signalling_connection_release.domain = IUPLUS_DOMAIN_PS;
	failures = w->failures;
	s = before; /* the number of the command again */
	world_downlink(w, &release, 2, &s);
	CU_ASSERT_EQUAL(w->failures, failures + 1);
	CU_ASSERT_EQUAL(w->nas_released, 0);
	world_downlink(w, &release, 2, &s);
	CU_ASSERT_EQUAL(w->failures, failures + 1);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	world_free(w);
}

/* 8.5.10: RRC CONNECTION RELEASE on CCCH is exempt from integrity protection; it has to name the UE. */
static void test_release_on_ccch(void)
{
	unsigned other;

	for (other = 0; other < 2; other++) {
		struct world *w = attached();
		struct iuplus_rrc_msg msg;

		memset(&msg, 0, sizeof(msg));
		msg.type = IUPLUS_RRC_CONNECTION_RELEASE;
		msg.u.connection_release.u_rnti = w->ue->now.u_rnti;
		msg.u.connection_release.u_rnti.s_rnti ^= other;
		world_downlink(w, &msg, 0, NULL);
		CU_ASSERT_EQUAL(world_answers(w), 0);
		CU_ASSERT_EQUAL(w->ue->state, other ? IUPLUS_UE_CONNECTED : IUPLUS_UE_IDLE);
		CU_ASSERT_EQUAL(w->nas_released, !other);
		world_free(w);
	}
}

/* 9.2: a message on DCCH that cannot be decoded is answered, with and without integrity protection; while that runs,
 * only if its MAC-I is right (8.5.10.1). */
static void test_undecodable(void)
{
	static const uint8_t plain[] = { 0x7f, 0xff, 0xff }; /* no check info, no such message type */
	struct world *w = &world;
	uint8_t octets[] = { 0x80, 0, 0, 0, 0, 0x07, 0xff, 0xff };
	struct iuplus_rrc_integrity s;

	world_init(w, false, false, false, 2, 0);
	w->stop_before = "SecurityModeCommand";
	world_attach(w);
	world_flush(w);
	CU_ASSERT_EQUAL_FATAL(w->ue->state, IUPLUS_UE_CONNECTED);
	CU_ASSERT_FALSE(w->ue->now.integrity.started);
	world_ue(w,
		 &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = 2, .pdu = { plain, sizeof(plain) } });
	CU_ASSERT(world_answered(w, "RRCStatus"));
	world_free(w);

	w = attached();
	s = w->ue->now.integrity;
	world_ue(w,
		 &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = 2, .pdu = { octets, sizeof(octets) } });
	CU_ASSERT_EQUAL(world_answers(w), 0);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&s, false, 2, octets, sizeof(octets)), IUPLUS_OK);
	world_ue(w,
		 &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = 2, .pdu = { octets, sizeof(octets) } });
	CU_ASSERT(world_answered(w, "RRCStatus"));
	world_free(w);
}

/* enhanced-security: legacy keys from a network with the hierarchy, and from a legacy one. */
static void test_policy(void)
{
	static const struct {
		enum iuplus_ue_policy policy;
		bool rnc_plus, accepted, reported;
	} cases[] = {
		{ IUPLUS_UE_PREFER, false, true, false },
		{ IUPLUS_UE_PREFER, true, true, true },
		{ IUPLUS_UE_REQUIRE, false, true, false },
		{ IUPLUS_UE_REQUIRE, true, false, false },
		{ IUPLUS_UE_REQUIRE_EVERYWHERE, false, false, false },
		{ IUPLUS_UE_REQUIRE_EVERYWHERE, true, false, false },
	};
	struct world *w = &world;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		world_init(w, true, cases[i].rnc_plus, true, 2, 0);
		w->ue_cfg.policy = cases[i].policy;
		w->cn.enhanced = false; /* so that the keys are legacy ones */
		world_attach(w);
		CU_ASSERT_EQUAL(w->ue->state, cases[i].accepted ? IUPLUS_UE_CONNECTED : IUPLUS_UE_IDLE);
		CU_ASSERT_EQUAL(w->cn.secured, cases[i].accepted);
		CU_ASSERT_EQUAL(w->notes[WORLD_UE] > 0, cases[i].reported);
		CU_ASSERT_PTR_NULL(strstr(w->log, "SecurityModeFailure"));
		world_free(w);
		/* enhanced keys are accepted by all */
		world_init(w, true, true, true, 2, 0);
		w->ue_cfg.policy = cases[i].policy;
		world_attach(w);
		CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
		world_free(w);
	}
}

/* 8.6.1.2: CN information is handed to NAS, as it stands in the message. */
static void test_area(void)
{
	static const uint8_t common[] = { 0x12, 0x34 }, ps[] = { 0x56, 0 }, cs[] = { 0, 1 };
	struct world *w = attached();
	struct iuplus_rrc_cn_information *cn;
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.type = IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION;
	cn = &msg.u.reconfiguration.cn;
	cn->present = cn->has_plmn = true;
	cn->plmn = (struct iuplus_rrc_plmn){ { 0, 0, 1 }, { 0, 2 }, 2 };
	cn->common_nas_info = (struct iuplus_octets){ common, sizeof(common) };
	cn->domains = 2;
	cn->domain[0] = (struct iuplus_rrc_cn_domain){ IUPLUS_DOMAIN_CS, { cs, sizeof(cs) }, 6 };
	cn->domain[1] = (struct iuplus_rrc_cn_domain){ IUPLUS_DOMAIN_PS, { ps, sizeof(ps) }, 6 };
	world_downlink(w, &msg, 2, &w->ue->now.integrity);
	CU_ASSERT(world_answered(w, "UTRANMobilityInformationConfirm"));
	CU_ASSERT_EQUAL(w->areas, 1);
	CU_ASSERT(w->area.has_plmn && w->area.has_lac && w->area.has_rac);
	CU_ASSERT_EQUAL(memcmp(w->area.plmn, "\x00\xf1\x20", 3), 0);
	CU_ASSERT_EQUAL(w->area.lac, 0x1234);
	CU_ASSERT_EQUAL(w->area.rac, 0x56);
	/* without it NAS hears nothing */
	world_flush(w);
	memset(cn, 0, sizeof(*cn));
	world_downlink(w, &msg, 2, &w->ue->now.integrity);
	CU_ASSERT(world_answered(w, "UTRANMobilityInformationConfirm"));
	CU_ASSERT_EQUAL(w->areas, 1);
	world_free(w);
}

/* 8.2.2.3: START in the response is computed after RB2 has its new HFN, so that it exceeds RB2's COUNT-C. */
static void test_start_after_rb2(void)
{
	struct world *w = &world;
	const struct world_message *m;
	struct iuplus_rrc_msg msg;
	uint32_t hfn;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->ue_radio[0].tx[2].hfn = w->rnc_radio[0].rx[2].hfn = 100;
	w->stop_before = "PhysicalChannelReconfigurationComplete";
	world_relocate(w);
	CU_ASSERT_FATAL(w->stopped);
	m = &w->queue[w->head];
	hfn = m->cipher.hfn;
	CU_ASSERT_EQUAL(hfn, 101);
	CU_ASSERT_EQUAL_FATAL(iuplus_rrc_decode(IUPLUS_RRC_UL_DCCH, (struct iuplus_octets){ m->pdu, m->len }, 0,
						&w->arena, &msg, NULL),
			      IUPLUS_OK);
	CU_ASSERT_EQUAL(msg.u.reconfiguration_complete.ul_sync.start.list[1].start, hfn + 2);
	world_free(w);
}

/* 8.5.9: START never falls below the COUNTs that were used with the vector, although a key change without AKA begins
 * again at the START that was sent. */
static void test_start_survives_key_change(void)
{
	struct world *w = &world;

	world_init(w, true, true, true, 2, 0);
	w->cn.nonce = true;
	world_attach(w);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	w->ue->now.integrity.ul[3].hfn = w->rnc[0]->integrity.ul[3].hfn = 0x12345 << 8;
	CU_ASSERT(world_nas_both_ways(w));
	world_cn_security(w, WORLD_SOURCE, true, false);
	world_run(w);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT(w->ue->now.integrity.start < 0x12345);
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT(w->ue->start[IUPLUS_DOMAIN_PS] >= 0x12345 + 2);
	world_free(w);
}

/* 8.1.4a: the network failed NAS's check: the connection is released, the cell barred, and the next connection is set
 * up in another cell. When all cells are barred, there is none until Tbarred has passed. */
static void test_false_network(void)
{
	static const uint8_t attach[] = { 0x08, 0x01, 0x02 };
	const struct iuplus_ue_rrc_event initial = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						     .domain = IUPLUS_DOMAIN_PS,
						     .initial = true,
						     .pdu = { attach, sizeof(attach) } };
	const struct iuplus_ue_rrc_event bad = { .kind = IUPLUS_UE_EV_NETWORK_FALSE };
	struct world *w = attached();

	world_ue(w, &bad);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	CU_ASSERT_EQUAL(world_answers(w), 0);
	world_ue(w, &initial);
	CU_ASSERT_EQUAL(w->ue->now.cell, w->ue_cfg.cell[1]);
	CU_ASSERT_EQUAL(w->ue_cell, 1);
	world_run(w);
	CU_ASSERT_EQUAL_FATAL(w->ue->state, IUPLUS_UE_CONNECTED);
	world_ue(w, &bad);
	CU_ASSERT_EQUAL(w->nas_released, 2);
	CU_ASSERT_EQUAL(world_ue(w, &initial), IUPLUS_OK);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->nas_released, 3);
	w->now += 1280000;
	world_ue(w, &initial);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTING);
	CU_ASSERT_EQUAL(w->ue->now.cell, w->ue_cfg.cell[0]);
	world_free(w);
}

/* Nothing of a message with a wrong MAC-I has an effect, whatever the message is. */
static void test_unverified(void)
{
	static const enum iuplus_rrc_type types[] = {
		IUPLUS_RRC_SECURITY_MODE_COMMAND,         IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION,
		IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION,    IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER,
		IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE, IUPLUS_RRC_CONNECTION_RELEASE
	};
	struct iuplus_rrc_integrity s;
	struct iuplus_ue_rrc before;
	struct iuplus_rrc_msg msg;
	struct world *w;
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		w = attached();
		memset(&msg, 0, sizeof(msg));
		if (types[i] == IUPLUS_RRC_SECURITY_MODE_COMMAND)
			msg = command(w);
		else if (types[i] == IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER)
			msg = nas_message();
		else if (types[i] == IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE)
			msg.u.signalling_connection_release.domain = IUPLUS_DOMAIN_PS;
		msg.type = types[i];
		s = w->ue->now.integrity;
		s.ik[15] ^= 1;
		before = *w->ue;
		world_downlink(w, &msg, 2, &s);
		CU_ASSERT_EQUAL(world_answers(w), 0);
		CU_ASSERT_EQUAL(memcmp(&before, w->ue, sizeof(before)), 0);
		world_free(w);
	}
}

IUPLUS_CUNIT_MAIN("the UE's RRC by TS 25.331", { "8.1.12.3: wrong capability", test_wrong_capability },
		  { "8.1.12.3: invalid command", test_invalid_command },
		  { "8.1.12.3: invalid first command", test_invalid_first_command },
		  { "8.1.12.4c: command without signalling connection", test_command_without_signalling },
		  { "8.2.2.3: no relocation before security", test_no_relocation_before_security },
		  { "8.1.12.4: COUNT-I after a rejection", test_count_after_rejection },
		  { "8.5.10: release on CCCH", test_release_on_ccch }, { "9.2: undecodable", test_undecodable },
		  { "enhanced-security", test_policy }, { "8.6.1.2: CN information", test_area },
		  { "8.2.2.3: START after RB2", test_start_after_rb2 },
		  { "8.5.9: START after a key change", test_start_survives_key_change },
		  { "8.1.4a: false network", test_false_network }, { "8.5.10.1: unverified", test_unverified })
