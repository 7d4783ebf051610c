/* SPDX-License-Identifier: BSD-2-Clause */
/* What TS 25.413 and TS 25.331 oblige an RNC to, clause by clause: what it sends to the core, what it takes from it,
 * and what it must not do. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static struct world world;

/* The message in the queue, decoded as a node with the extension does. False: there is none, or it is faulty. */
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

/* Puts another message into the place of this one. */
static void replace(struct world *w, struct world_message *m, const struct iuplus_ranap_msg *msg)
{
	struct iuplus_octets pdu;

	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(msg, 0, &w->arena, &pdu), IUPLUS_OK);
	m->pdu = realloc(m->pdu, pdu.len);
	memcpy(m->pdu, pdu.data, pdu.len);
	m->len = pdu.len;
}

/* The same message with an IE 999 that no version of the standard has, criticality notify. Short messages without
 * extensions. */
static void add_unknown_ie(struct world_message *m)
{
	static const uint8_t ie[] = { 0x03, 0xe7, 0x80, 0x01, 0x00 };
	size_t at = m->pdu[3] & 0x80 ? 5 : 4;
	uint8_t *to = malloc(m->len + sizeof(ie) + 1);
	size_t value = m->len - at + sizeof(ie);

	CU_ASSERT_EQUAL_FATAL(m->pdu[at] & 0x40, 0); /* no protocolExtensions */
	memcpy(to, m->pdu, 3);
	to[3] = 0x80 | value >> 8;
	to[4] = value & 0xff;
	memcpy(to + 5, m->pdu + at, m->len - at);
	to[7]++; /* number of IEs, below 256 */
	memcpy(to + 5 + m->len - at, ie, sizeof(ie));
	free(m->pdu);
	m->pdu = to;
	m->len = 5 + value;
}

static bool reports_999(bool has, const struct iuplus_ranap_diagnostics *d)
{
	return has && d->ie_count == 1 && d->ies[0].ie_id == 999;
}

static void to_rnc(struct world *w, unsigned n, unsigned conn, const struct iuplus_ranap_msg *msg)
{
	struct iuplus_octets pdu;
	uint8_t octets[512];

	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(msg, 0, &w->arena, &pdu), IUPLUS_OK);
	CU_ASSERT_FATAL(pdu.len <= sizeof(octets));
	memcpy(octets, pdu.data, pdu.len); /* the arena is reset within */
	world_rnc(w, n,
		  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP, .conn = conn, .pdu = { octets, pdu.len } });
}

/* A Security Mode Command with other keys than those in use. */
static void command(struct iuplus_ranap_msg *msg, uint8_t uia, int uea)
{
	memset(msg, 0, sizeof(*msg));
	msg->kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	msg->u.security_mode_command.integrity.count = 1;
	msg->u.security_mode_command.integrity.algorithms[0] = uia;
	msg->u.security_mode_command.has_encryption = uea >= 0;
	msg->u.security_mode_command.encryption.count = 1;
	msg->u.security_mode_command.encryption.algorithms[0] = uea < 0 ? 0 : (uint8_t)uea;
	msg->u.security_mode_command.key_new = true;
}

static void attach_cs(struct world *w)
{
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_NAS_DOWN,
						   .domain = IUPLUS_DOMAIN_CS,
						   .initial = true,
						   .pdu = { (const uint8_t *)"\x05\x08", 2 } });
}

/* TS 25.331 8.6.3.4: a UE that ciphers goes on with its algorithm unless it is told another one. A target without
 * ciphering says so (N1). */
static void test_target_without_ciphering(void)
{
	struct world *w = &world;
	unsigned bits;

	for (bits = 0; bits < 8; bits++) {
		world_init(w, bits & 4, bits & 2, bits & 1, 2, 2);
		w->cn.uea_count = 2; /* UEA2, no encryption */
		w->rnc_cfg[1].algorithms.uea_count = 1;
		w->rnc_cfg[1].algorithms.uea[0] = 0;
		world_attach(w);
		CU_ASSERT(w->ue->now.keys.ciphering);
		w->cn.enhanced = false; /* nothing follows step 909 */
		w->stop_before = "Iu-ReleaseCommand";
		world_relocate(w);
		w->stop_before = NULL;
		CU_ASSERT(w->cn.relocation_complete);
		CU_ASSERT_FALSE(w->ue->now.keys.ciphering);
		CU_ASSERT_FALSE(w->rnc[1]->keys.ciphering);
		CU_ASSERT(world_nas_both_ways(w));
		CU_ASSERT_EQUAL(w->cipher_errors, 0);
		world_free(w);
	}
}

/* TS 25.413 8.18.2: Chosen Encryption Algorithm if and only if the command had Encryption Information (N2). */
static void test_chosen_encryption(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	int offer;

	for (offer = 0; offer < 2; offer++) {
		world_init(w, false, false, false, 2, 0);
		w->cn.uea_count = (uint8_t)offer; /* no encryption */
		world_attach(w);
		world_free(w);
		world_init(w, false, false, false, 2, 0);
		w->cn.uea_count = (uint8_t)offer;
		w->stop_before = "SecurityModeCommand";
		world_attach(w);
		w->stop_before = NULL;
		while (w->head < w->tail &&
		       w->queue[w->head].from == WORLD_CN) { /* RANAP's command has the same name */
			w->stop_at = w->delivered + 1;
			world_run(w);
		}
		w->stop_before = NULL;
		world_run_up_to(w, WORLD_SOURCE, "SecurityModeComplete");
		CU_ASSERT_FATAL(next_to_core(w, "SecurityModeComplete", &msg));
		CU_ASSERT_EQUAL(msg.u.security_mode_complete.has_encryption_algorithm, offer == 1);
		CU_ASSERT_EQUAL(msg.u.security_mode_complete.encryption_algorithm, 0);
		world_free(w);
	}
}

/* 8.7.2, 8.7.3: the target chooses the first permitted algorithm that it supports; none: cause 12 (N4). */
static void test_permitted_algorithms(void)
{
	static const struct {
		uint8_t uia[2], uea[2], chosen_uia, chosen_uea;
		unsigned cause;
	} cases[] = {
		{ { 1, 2 }, { 1, 2 }, 1, 1, 0 },
		{ { 2, 1 }, { 0, 2 }, 2, 0, 0 },
		{ { 9, 1 }, { 9, 2 }, 1, 2, 0 },
		{ { 9, 10 }, { 2, 1 }, 0, 0, IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED },
		{ { 2, 1 }, { 9, 10 }, 0, 0, IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED },
	};
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct iuplus_ranap_relocation_request *request = &msg.u.relocation_request;

		world_init(w, false, false, false, 2, 2);
		world_attach(w);
		w->stop_before = "RelocationRequest";
		world_relocate(w);
		w->stop_before = NULL;
		CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
		request->has_integrity = request->has_encryption = true;
		request->integrity.count = request->encryption.count = 2;
		memcpy(request->integrity.algorithms, cases[i].uia, 2);
		memcpy(request->encryption.algorithms, cases[i].uea, 2);
		replace(w, &w->queue[w->head], &msg);
		if (cases[i].cause) {
			CU_ASSERT_FATAL(next_to_core(w, "RelocationFailure", &msg));
			CU_ASSERT_EQUAL(msg.u.relocation_failure.cause, cases[i].cause);
		} else {
			CU_ASSERT_FATAL(next_to_core(w, "RelocationRequestAcknowledge", &msg));
			CU_ASSERT_EQUAL(w->rnc[1]->keys.uia, cases[i].chosen_uia);
			CU_ASSERT_EQUAL(w->rnc[1]->keys.uea, cases[i].chosen_uea);
			CU_ASSERT_EQUAL(w->rnc[1]->keys.ciphering, cases[i].chosen_uea != 0);
			world_run(w);
			CU_ASSERT(w->cn.relocation_complete);
			CU_ASSERT(world_nas_both_ways(w));
			CU_ASSERT_EQUAL(w->cipher_errors, 0);
		}
		world_free(w);
	}
}

/* 10.3.5, 10.3.6: the target refuses a container by its conditional IEs (N11): D-RNTI although the UE is involved, no
 * Target Cell ID although it is. */
static void test_conditional_ies(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned i;

	for (i = 0; i < 2; i++) {
		struct iuplus_ranap_source_to_target *c = &msg.u.relocation_request.container;

		world_init(w, false, false, false, 2, 2);
		world_attach(w);
		w->stop_before = "RelocationRequest";
		world_relocate(w);
		w->stop_before = NULL;
		CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
		c->encoded = (struct iuplus_octets){ NULL, 0 };
		c->has_d_rnti = i == 0;
		c->has_target_cell = i == 0;
		replace(w, &w->queue[w->head], &msg);
		CU_ASSERT_FATAL(next_to_core(w, "RelocationFailure", &msg));
		CU_ASSERT_EQUAL(msg.u.relocation_failure.cause,
				i ? IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT : IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED);
		CU_ASSERT_EQUAL(msg.u.relocation_failure.diagnostics.ie_count, i);
		world_free(w);
	}
}

/* 8.22.2, 8.23.2.2: the area that the UE was told last. The target tells it its own one, after which it reports that
 * (N5). */
static void test_area(void)
{
	struct world *w = &world;
	struct iuplus_rrc_msg rrc;
	struct iuplus_rrc_to_source to_source;
	struct iuplus_ranap_msg msg;
	const struct iuplus_rrc_cn_information *cn = &rrc.u.reconfiguration.cn;
	unsigned moves;

	for (moves = 0; moves < 2; moves++) {
		world_init(w, true, true, true, 2, 2);
		w->rnc_cfg[1].lac = moves ? 0x1234 : w->rnc_cfg[0].lac;
		w->rnc_cfg[1].rac = moves ? 7 : w->rnc_cfg[0].rac;
		world_attach(w);
		w->stop_before = "RelocationRequestAcknowledge";
		world_relocate(w);
		w->stop_before = NULL;
		CU_ASSERT_FATAL(next_to_core(w, "RelocationRequestAcknowledge", &msg));
		CU_ASSERT_EQUAL(w->rnc[1]->area.lac, w->rnc_cfg[0].lac); /* the container's */
		CU_ASSERT_EQUAL(w->rnc[1]->area.rac, w->rnc_cfg[0].rac);
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_to_source_decode(msg.u.relocation_request_acknowledge.container
									  .rrc_container,
								  &w->arena, &to_source, NULL),
				      IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, to_source.dl_dcch, 0, &w->arena, &rrc,
							NULL),
				      IUPLUS_OK);
		CU_ASSERT_EQUAL(cn->present, moves == 1);
		if (cn->present) {
			CU_ASSERT(cn->common_nas_info.len == 2 && cn->common_nas_info.data[0] == 0x12 &&
				  cn->common_nas_info.data[1] == 0x34);
			CU_ASSERT(cn->domains == 2 && cn->domain[1].domain == IUPLUS_DOMAIN_PS &&
				  cn->domain[1].nas_info.len == 2 && cn->domain[1].nas_info.data[0] == 7);
		}
		world_run(w);
		CU_ASSERT(w->cn.relocation_complete);
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_NAS_DOWN,
							   .domain = IUPLUS_DOMAIN_PS,
							   .pdu = { (const uint8_t *)"\x08\x03", 2 } });
		CU_ASSERT_FATAL(next_to_core(w, "DirectTransfer", &msg));
		CU_ASSERT(msg.u.direct_transfer.has_lai && msg.u.direct_transfer.lai.lac == w->rnc_cfg[1].lac);
		CU_ASSERT(msg.u.direct_transfer.has_rac && msg.u.direct_transfer.rac == w->rnc_cfg[1].rac);
		CU_ASSERT(msg.u.direct_transfer.has_sai && msg.u.direct_transfer.sai.sac == w->rnc_cfg[1].sac);
		world_run(w);
		world_free(w);
	}
}

/* TS 25.331 8.1.12.3: NAS messages that the UE sends after Security Mode Complete are ciphered with the new keys, and
 * may arrive before it. None is lost. */
static void test_nas_overtakes_complete(void)
{
	struct world *w = &world;
	struct world_message complete;
	unsigned seen, n;

	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	seen = w->nas_down_seen;
	world_cn_security(w, WORLD_SOURCE, true, false);
	CU_ASSERT_PTR_NOT_NULL_FATAL(world_run_up_to(w, WORLD_SOURCE, "SecurityModeComplete"));
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
	for (n = 0; n < 2; n++)
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_NAS_DOWN,
							   .domain = IUPLUS_DOMAIN_PS,
							   .pdu = { (const uint8_t *)"\x08\x03", 2 } });
	CU_ASSERT_EQUAL_FATAL(w->tail - w->head, 3);
	complete = w->queue[w->head];
	w->queue[w->head] = w->queue[w->head + 1];
	w->queue[w->head + 1] = w->queue[w->head + 2];
	w->queue[w->head + 2] = complete;
	world_run(w);
	CU_ASSERT_EQUAL(w->nas_down_seen, seen + 2);
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* TS 25.331 8.1.3.6, 8.1.8.2: the first NAS message follows RRC Connection Setup Complete on another bearer, and may
 * overtake it. */
static void test_nas_overtakes_setup_complete(void)
{
	struct world *w = &world;
	struct world_message complete;

	world_init(w, false, false, false, 2, 2);
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_NAS_DOWN,
						   .domain = IUPLUS_DOMAIN_PS,
						   .initial = true,
						   .pdu = { (const uint8_t *)"\x08\x01\x02", 3 } });
	CU_ASSERT_PTR_NOT_NULL_FATAL(world_run_up_to(w, WORLD_SOURCE, "RRCConnectionSetupComplete"));
	CU_ASSERT_EQUAL_FATAL(w->tail - w->head, 2);
	complete = w->queue[w->head];
	w->queue[w->head] = w->queue[w->head + 1];
	w->queue[w->head + 1] = complete;
	CU_ASSERT_STRING_EQUAL(w->queue[w->head].name, "InitialDirectTransfer");
	world_run(w);
	CU_ASSERT_EQUAL(w->failures, 0);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_LEGACY));
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* TS 25.331 8.2.2.3, 8.2.2.4: the UE re-establishes the bearers of NAS before it answers, the target when it has the
 * START of the answer. NAS messages that overtake the answer are not lost: with the radio detected or not, with
 * ciphering or without. */
static void test_nas_overtakes_reconfiguration_complete(void)
{
	static const struct iuplus_ue_rrc_event nas = { .kind = IUPLUS_UE_EV_NAS_DOWN,
							.domain = IUPLUS_DOMAIN_PS,
							.pdu = { (const uint8_t *)"\x08\x03", 2 } };
	struct world *w = &world;
	struct world_message answer;
	unsigned seen, n, bits;

	for (bits = 0; bits < 8; bits++) {
		world_init(w, bits & 1, bits & 1, bits & 1, 2, bits & 2 ? 2 : 0);
		world_attach(w);
		w->stop_before = "PhysicalChannelReconfigurationComplete";
		world_relocate(w);
		w->stop_before = NULL;
		CU_ASSERT_FATAL(w->stopped);
		if (bits & 4)
			world_rnc(w, 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_HEARD });
		seen = w->nas_down_seen;
		for (n = 0; n < 2; n++)
			world_ue(w, &nas);
		answer = w->queue[w->head];
		memmove(&w->queue[w->head], &w->queue[w->head + 1], (w->tail - 1 - w->head) * sizeof(answer));
		w->queue[w->tail - 1] = answer;
		world_run(w);
		CU_ASSERT_EQUAL(w->nas_down_seen, seen + 2);
		CU_ASSERT_EQUAL(w->cipher_errors, 0);
		CU_ASSERT(w->cn.relocation_complete);
		CU_ASSERT(world_nas_both_ways(w));
		world_free(w);
	}
}

/* TS 25.331 8.1.12.4: the number of a command that failed is used. A UE that follows the text takes only the next one;
 * the relocation's message must have that (N7). */
static void test_number_of_failed_command(void)
{
	struct world *w = &world;
	struct iuplus_rrc_count before;
	struct iuplus_ranap_msg msg;
	unsigned seen;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	before = w->rnc[0]->integrity.dl[2];
	command(&msg, 2, 2);
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
	CU_ASSERT_EQUAL(w->rnc[0]->pending.integrity.dl[2].sn, (before.sn + 1) & 15);
	world_lose(w); /* the command is lost; the UE sends a NAS message, which waits at the RNC */
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_NAS_DOWN,
						   .domain = IUPLUS_DOMAIN_PS,
						   .pdu = { (const uint8_t *)"\x08\x03", 2 } });
	seen = w->nas_down_seen;
	world_run(w);
	CU_ASSERT_EQUAL(w->nas_down_seen, seen);
	{ /* a verified Security Mode Failure under the old keys */
		struct iuplus_rrc_integrity ue = w->ue->now.integrity;
		struct iuplus_rrc_msg failure;
		struct iuplus_octets pdu;
		uint8_t octets[64];

		memset(&failure, 0, sizeof(failure));
		failure.channel = IUPLUS_RRC_UL_DCCH;
		failure.type = IUPLUS_RRC_SECURITY_MODE_FAILURE;
		failure.integrity_check.present = true;
		failure.u.failure.has_transaction = true;
		failure.u.failure.transaction = w->rnc[0]->pending.transaction;
		failure.u.failure.failure.cause = IUPLUS_RRC_FAILURE_CONFIGURATION_UNSUPPORTED;
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_encode(&failure, 0, &w->arena, &pdu, NULL), IUPLUS_OK);
		memcpy(octets, pdu.data, pdu.len);
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_integrity_protect(&ue, true, 2, octets, pdu.len), IUPLUS_OK);
		world_rnc(w, 0,
			  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC, .rb = 2, .pdu = { octets, pdu.len } });
	}
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT_EQUAL(w->rnc[0]->integrity.dl[2].sn, (before.sn + 1) & 15);
	CU_ASSERT_FATAL(next_to_core(w, "SecurityModeReject", &msg));
	CU_ASSERT_EQUAL(msg.u.security_mode_reject.cause, IUPLUS_RANAP_CAUSE_ALGORITHMS_NOT_SUPPORTED); /* N22 */
	world_run(w);
	CU_ASSERT_EQUAL(w->nas_down_seen, seen + 1);
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
	world_free(w);
}

/* 8.18.2, 8.18.4: the algorithms in use are kept; a command that does not offer them is rejected. */
static void test_algorithms_in_use(void)
{
	static const struct {
		uint8_t uia;
		int uea;
		bool refused;
	} cases[] = { { 2, 2, false }, { 1, 2, true }, { 2, 1, true }, { 2, -1, true }, { 2, 0, true } };
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		world_init(w, false, false, false, 2, 2);
		world_attach(w);
		command(&msg, cases[i].uia, cases[i].uea);
		to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
		CU_ASSERT_EQUAL(w->rnc[0]->state, cases[i].refused ? IUPLUS_RNC_CONNECTED : IUPLUS_RNC_SECURING);
		if (cases[i].refused) {
			CU_ASSERT_FATAL(next_to_core(w, "SecurityModeReject", &msg));
			CU_ASSERT_EQUAL(msg.u.security_mode_reject.cause, IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY);
		}
		world_free(w);
	}
	/* without ciphering in use, "no encryption" may be offered or not */
	for (i = 0; i < 3; i++) {
		world_init(w, false, false, false, 2, 0);
		world_attach(w);
		command(&msg, 2, (int)i - 1);
		to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
		CU_ASSERT_EQUAL(w->rnc[0]->state, i == 2 ? IUPLUS_RNC_CONNECTED : IUPLUS_RNC_SECURING);
		world_free(w);
	}
}

/* 8.18.2: a command of the other domain waits for the running one, and has its algorithms. A second one of the same
 * domain is an error. */
static void test_two_commands(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	attach_cs(w);
	world_run_up_to(w, WORLD_SOURCE, "SecurityModeComplete");
	CU_ASSERT_EQUAL_FATAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
	command(&msg, 2, 2);
	to_rnc(w, 0, w->rnc[0]->pending.conn, &msg);
	CU_ASSERT_FATAL(next_to_core(w, "SecurityModeReject", &msg)); /* 10.4 */
	CU_ASSERT_EQUAL(msg.u.security_mode_reject.cause, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
	world_free(w);

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	attach_cs(w);
	world_run_up_to(w, WORLD_SOURCE, "SecurityModeComplete");
	CU_ASSERT_EQUAL(w->rnc[0]->pending.conn, IUPLUS_DOMAIN_CS);
	command(&msg, 2, 2);
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
	CU_ASSERT_EQUAL(w->rnc[0]->pending.conn, IUPLUS_DOMAIN_CS);
	world_run_up_to(w, WORLD_UE, "SecurityModeCommand"); /* after Complete: that of PS */
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
	CU_ASSERT_EQUAL(w->rnc[0]->pending.conn, IUPLUS_DOMAIN_PS);
	CU_ASSERT_EQUAL(w->rnc[0]->pending.keys.uea, 2);
	CU_ASSERT_EQUAL(w->rnc[0]->queued, 0);
	world_free(w);
}

/* 8.18.3, 8.6.2: why a command is rejected: during a preparation (6), during a release (N22). One that comes while a
 * relocation is cancelled waits. */
static void test_command_in_between(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg, smc;

	command(&smc, 2, 2);
	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->cn.hold_command = true;
	world_relocate(w);
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &smc);
	CU_ASSERT_FATAL(next_to_core(w, "SecurityModeReject", &msg));
	CU_ASSERT_EQUAL(msg.u.security_mode_reject.cause, IUPLUS_RANAP_CAUSE_RELOCATION_TRIGGERED);
	world_lose(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_CANCEL });
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &smc);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CANCELLING);
	world_run_up_to(w, WORLD_UE, "SecurityModeCommand");
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
	world_free(w);

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_LOST });
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_RELEASING);
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &smc);
	CU_ASSERT_FATAL(next_to_core(w, "SecurityModeReject", &msg));
	CU_ASSERT_EQUAL(msg.u.security_mode_reject.cause, IUPLUS_RANAP_CAUSE_INTERACTION_WITH_OTHER_PROCEDURE);
	world_free(w);
}

/* 10.3.4.2: what was ignored with notify is reported in the answer, in a failure as well (N18). */
static void test_reports(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned tamper;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->rnc_cfg[1].cell_id++;
	w->stop_before = "RelocationRequest";
	world_relocate(w);
	w->rnc_cfg[1].cell_id++;
	w->stop_before = NULL;
	add_unknown_ie(&w->queue[w->head]);
	CU_ASSERT_FATAL(next_to_core(w, "RelocationFailure", &msg));
	CU_ASSERT(reports_999(msg.u.relocation_failure.has_diagnostics, &msg.u.relocation_failure.diagnostics));
	world_free(w);
	for (tamper = 0; tamper < 2; tamper++) { /* at once, and after a failure of the UE */
		world_init(w, false, false, false, 2, 2);
		if (!tamper)
			w->cn.uia[0] = 9;
		w->stop_before = "SecurityModeCommand";
		world_attach(w);
		w->stop_before = NULL;
		add_unknown_ie(&w->queue[w->head]);
		w->stop_at = w->delivered + 1;
		world_run(w);
		w->tamper = "SecurityModeCommand";
		while (!world_run_up_to(w, WORLD_CN, "SecurityModeReject") && world_tick(w, 6000))
			;
		if (w->head < w->tail) {
			CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
			CU_ASSERT(reports_999(msg.u.security_mode_reject.has_diagnostics,
					      &msg.u.security_mode_reject.diagnostics));
		} else {
			CU_ASSERT(w->cn.reject_seen);
		}
		world_free(w);
	}
}

/* 8.10.1: no cancellation after the UE was sent away, unless it came back (N8). */
static void test_cancel_after_execution(void)
{
	const struct iuplus_rnc_event cancel = { .kind = IUPLUS_RNC_EV_CANCEL };
	struct world *w = &world;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->stop_before = "PhysicalChannelReconfiguration";
	world_relocate(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_RELOCATING);
	CU_ASSERT_EQUAL(world_rnc(w, 0, &cancel), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_RELOCATING);
	world_free(w);
}

/* 8.10.2: a Preparation Failure that crosses the cancellation ends it; a late acknowledge means nothing (N16). */
static void test_failure_ends_cancellation(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned failures;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->cn.hold_command = true;
	world_relocate(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_CANCEL });
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE;
	msg.u.relocation_preparation_failure.cause = IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC;
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	failures = w->failures;
	world_run(w); /* with the acknowledge */
	CU_ASSERT_EQUAL(w->failures, failures);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* 8.6.2: RAC in the Target ID towards PS only; each domain's user data algorithm in the container; two connections. */
static void test_required_of_two_domains(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned n;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	attach_cs(w);
	world_run(w);
	w->stop_before = "RelocationRequired";
	world_relocate(w);
	w->stop_before = NULL;
	for (n = 0; n < 2; n++) {
		const struct iuplus_ranap_source_to_target *container = &msg.u.relocation_required.container;

		CU_ASSERT_FATAL(decoded(w, &w->queue[w->head + n], &msg));
		CU_ASSERT_EQUAL(msg.u.relocation_required.target.has_rac,
				w->queue[w->head + n].conn == IUPLUS_DOMAIN_PS);
		CU_ASSERT_EQUAL(container->iu_instances, 2);
		CU_ASSERT(container->has_cs_algorithm && container->cs_algorithm == 2);
		CU_ASSERT(container->has_ps_algorithm && container->ps_algorithm == 2);
		CU_ASSERT(container->has_integrity_algorithm && container->has_ik && container->has_ck);
	}
	world_free(w);
	world_init(w, false, false, false, 2, 0); /* no Encryption Information */
	world_attach(w);
	w->stop_before = "RelocationRequired";
	world_relocate(w);
	w->stop_before = NULL;
	CU_ASSERT_FATAL(decoded(w, &w->queue[w->head], &msg));
	CU_ASSERT_FALSE(msg.u.relocation_required.container.has_ps_algorithm);
	CU_ASSERT_FALSE(msg.u.relocation_required.container.has_cs_algorithm);
	world_free(w);
}

/* One of two connections is released during the preparation: the container is wrong then, so the other relocation is
 * cancelled, and RB2, whose next number is the target's, stays silent before (N24). */
static void test_release_in_preparation(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	uint8_t sn;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	attach_cs(w);
	world_run(w);
	w->cn.deaf = true;
	world_relocate(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_PREPARING);
	sn = w->rnc[0]->integrity.dl[2].sn;
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_IU_RELEASE_COMMAND;
	msg.u.iu_release_command.cause = IUPLUS_RANAP_CAUSE_NORMAL_RELEASE;
	world_forget_log(w);
	to_rnc(w, 0, IUPLUS_DOMAIN_CS, &msg);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CANCELLING);
	CU_ASSERT_EQUAL(w->rnc[0]->integrity.dl[2].sn, sn);
	CU_ASSERT(world_logged(w, ":Iu-ReleaseComplete:", ":RelocationCancel:", NULL));
	w->cn.deaf = false;
	world_flush(w);
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE;
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT(world_logged(w, ":RelocationCancel:", ":SignallingConnectionRelease:", NULL));
	world_run(w);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* 8.6.2: after Relocation Command the source ignores everything but Iu Release Command, faulty messages as well. */
static void test_deaf_after_command(void)
{
	static const uint8_t faulty[] = { 0x00, 0xff, 0x00, 0x01, 0x00 };
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	unsigned failures, sent;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->stop_before = "PhysicalChannelReconfiguration";
	world_relocate(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_RELOCATING);
	failures = w->failures;
	sent = w->tail;
	command(&msg, 2, 2);
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_DETECT; /* never sent to an RNC */
	to_rnc(w, 0, IUPLUS_DOMAIN_PS, &msg);
	world_rnc(w, 0,
		  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP,
					      .conn = 1,
					      .pdu = { faulty, sizeof(faulty) } });
	CU_ASSERT_EQUAL(w->tail, sent);
	CU_ASSERT_EQUAL(w->failures, failures);
	CU_ASSERT_EQUAL(w->rnc[0]->queued, 0);
	w->stop_before = NULL;
	world_run(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_GONE);
	world_free(w);
}

/* 8.7.4: a second Relocation Request on the connection is discarded, and the first continues. */
static void test_second_request(void)
{
	struct world *w = &world;
	struct iuplus_ranap_msg msg;
	uint8_t octets[512];
	unsigned sent, heard;
	size_t len;

	for (heard = 0; heard < 2; heard++) {
		world_init(w, false, false, false, 2, 2);
		world_attach(w);
		w->stop_before = "RelocationRequest";
		world_relocate(w);
		len = w->queue[w->head].len;
		CU_ASSERT_FATAL(len <= sizeof(octets));
		memcpy(octets, w->queue[w->head].pdu, len);
		w->stop_before = "PhysicalChannelReconfiguration";
		world_run(w);
		if (heard)
			world_rnc(w, 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_HEARD });
		sent = w->tail;
		world_rnc(w, 1,
			  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP, .conn = 1, .pdu = { octets, len } });
		CU_ASSERT_EQUAL(w->tail, sent);
		CU_ASSERT_EQUAL(w->failures, 0);
		w->stop_before = NULL;
		world_run(w);
		CU_ASSERT(w->cn.relocation_complete);
		CU_ASSERT(world_nas_both_ways(w));
		world_free(w);
	}
	(void)msg;
}

/* 8.22.2, 8.29.2: a connection that is opened again in the same RRC connection has another identifier (N25). */
static void test_identifiers(void)
{
	struct world *w = &world;
	uint32_t id[4];
	unsigned n, i;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	for (n = 0; n < 4; n++) {
		attach_cs(w);
		world_run(w);
		id[n] = w->rnc[0]->iu[IUPLUS_DOMAIN_CS].sig_con_id;
		CU_ASSERT(id[n] < 0x800000);
		CU_ASSERT_NOT_EQUAL(id[n], w->rnc[0]->iu[IUPLUS_DOMAIN_PS].sig_con_id);
		for (i = 0; i < n; i++)
			CU_ASSERT_NOT_EQUAL(id[n], id[i]);
		w->cn.conn = IUPLUS_DOMAIN_CS;
		world_cn_cause(w, WORLD_SOURCE, IUPLUS_RANAP_IU_RELEASE_COMMAND, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE);
		world_run(w);
	}
	world_free(w);
}

IUPLUS_CUNIT_MAIN(
	"obligations of an RNC", { "a target without ciphering", test_target_without_ciphering },
	{ "Chosen Encryption Algorithm", test_chosen_encryption },
	{ "permitted algorithms", test_permitted_algorithms }, { "conditional IEs", test_conditional_ies },
	{ "the UE's area", test_area }, { "NAS overtakes Security Mode Complete", test_nas_overtakes_complete },
	{ "NAS overtakes RRC Connection Setup Complete", test_nas_overtakes_setup_complete },
	{ "NAS overtakes the answer of a relocation", test_nas_overtakes_reconfiguration_complete },
	{ "number of a failed command", test_number_of_failed_command },
	{ "algorithms in use", test_algorithms_in_use }, { "two commands", test_two_commands },
	{ "a command in between", test_command_in_between }, { "reports", test_reports },
	{ "cancel after execution", test_cancel_after_execution },
	{ "a failure ends the cancellation", test_failure_ends_cancellation },
	{ "Relocation Required of two domains", test_required_of_two_domains },
	{ "release during the preparation", test_release_in_preparation },
	{ "deaf after Relocation Command", test_deaf_after_command },
	{ "a second Relocation Request", test_second_request }, { "identifiers", test_identifiers })
