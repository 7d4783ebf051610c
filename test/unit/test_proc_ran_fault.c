/* SPDX-License-Identifier: BSD-2-Clause */
/* Faults between UE, RNCs and core: tampered, lost, repeated and truncated messages, nodes that die at any moment,
 * timers, cancellations, rejections. No node crashes, no context is left over, and both ends agree on the keys. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static struct world world;

static bool over(enum iuplus_rnc_state state)
{
	return state == IUPLUS_RNC_GONE || state == IUPLUS_RNC_IDLE;
}

/* The last refused MAC-I is that of a message that the world tampered with (one bit of it), and it is explained:
 * expected is that of the sender, the key is identified by its fingerprint, and the text has all of these. */
static void explained(const struct world *w, enum world_node node, enum iuplus_key_kind kind, unsigned rb,
		      const char *before, const char *after)
{
	const struct iuplus_rrc_mac_check *check = &w->refused.check;
	char line[IUPLUS_RRC_MAC_CHECK_TEXT], text[256], finger[IUPLUS_SECURITY_FINGERPRINT_SIZE];

	CU_ASSERT_EQUAL(w->refused.node, node);
	CU_ASSERT_EQUAL(check->uplink, node != WORLD_UE);
	CU_ASSERT_EQUAL(check->rb, rb);
	CU_ASSERT_EQUAL(check->kind, kind);
	CU_ASSERT_EQUAL(check->received ^ check->expected, 1u << 21);
	CU_ASSERT_EQUAL(w->refused.keys.kind, kind);
	CU_ASSERT_EQUAL(w->refused.keys.uia, check->uia);
	CU_ASSERT_EQUAL(w->refused.keys.fresh, check->fresh);
	CU_ASSERT_EQUAL(w->refused.keys.domain, IUPLUS_DOMAIN_PS);
	iuplus_security_fingerprint(w->refused.keys.ik, 16, finger);
	CU_ASSERT_STRING_EQUAL(check->key, finger);
	iuplus_rrc_mac_check_text(check, line);
	snprintf(text, sizeof(text), "%s: %s%s", before, line, after);
	CU_ASSERT_STRING_EQUAL(w->refused.text, text);
}

/* A wrong MAC in the first Security Mode Command: to the UE the command was not received (TS 25.331 8.5.10.1), and
 * nothing is answered. No protection starts, the core is notified, and because no answer was verified, the connection
 * is released. */
static void test_tampered_command_at_attach(void)
{
	struct world *w = &world;

	world_init(w, true, true, true, 2, 2);
	w->stop_before = "SecurityModeCommand";
	world_attach(w);
	w->stop_before = NULL;
	/* the first message of that name is RANAP's: deliver it */
	w->stop_at = w->delivered + 1;
	world_run(w);
	w->tamper = "SecurityModeCommand";
	world_run(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_SECURING);
	CU_ASSERT_FALSE(w->ue->now.integrity.started);
	CU_ASSERT_EQUAL(w->refused.count, 1);
	explained(w, WORLD_UE, IUPLUS_KEYS_ENHANCED, 2, "SecurityModeCommand discarded", "");
	world_tick(w, 6000);
	CU_ASSERT(w->cn.reject_seen);
	CU_ASSERT_FALSE(w->cn.secured);
	CU_ASSERT_FALSE(w->rnc[0]->integrity.started);
	CU_ASSERT(over(w->rnc[0]->state));
	CU_ASSERT(
		world_logged(w, ":SecurityModeCommand:enhanced", ":SecurityModeReject:", ":Iu-ReleaseRequest:", NULL));
	CU_ASSERT_PTR_NULL(strstr(w->log, "SecurityModeFailure"));
	world_free(w);
}

/* The same in step 915: the legacy keys of the relocation remain in use in both directions. */
static void test_tampered_command_after_relocation(void)
{
	struct world *w = &world;

	world_init(w, true, false, true, 2, 2);
	world_attach(w);
	w->stop_before = "SecurityModeComplete";
	w->stop_before = "Iu-ReleaseComplete";
	world_relocate(w);
	w->stop_before = NULL;
	w->tamper = "SecurityModeCommand"; /* RANAP's was delivered already */
	world_run(w);
	CU_ASSERT_PTR_NULL(w->tamper);
	CU_ASSERT_EQUAL(w->refused.count, 1);
	explained(w, WORLD_UE, IUPLUS_KEYS_ENHANCED, 2, "SecurityModeCommand discarded", "");
	CU_ASSERT_EQUAL(w->ue->now.keys.kind, IUPLUS_KEYS_LEGACY);
	world_tick(w, 6000);
	CU_ASSERT(world_logged(w, "915:SecurityModeCommand:enhanced", ":SecurityModeReject:", NULL));
	CU_ASSERT_PTR_NULL(strstr(w->log, "SecurityModeFailure"));
	CU_ASSERT(w->cn.reject_seen);
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
	world_free(w);
}

/* Before protection started, an attacker removed or changed the capabilities that the UE stated: it releases the
 * connection without an answer (TS 25.331 8.1.12.3). */
static void bid_down(bool source, void (*change)(struct iuplus_rnc_ue *rnc))
{
	struct world *w = &world;

	world_init(w, true, source, true, 2, 2);
	w->stop_before = "InitialDirectTransfer";
	world_attach(w);
	w->stop_before = NULL;
	change(w->rnc[0]);
	world_run(w);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	CU_ASSERT_FALSE(w->ue->now.integrity.started);
	world_settle(w);
	CU_ASSERT(w->cn.reject_seen);
	CU_ASSERT_FALSE(w->rnc[0]->integrity.started);
	CU_ASSERT_PTR_NULL(strstr(w->log, "SecurityModeFailure"));
	CU_ASSERT_PTR_NULL(strstr(w->log, "SecurityModeComplete"));
	world_free(w);
}

static void remove_enhanced(struct iuplus_rnc_ue *rnc)
{
	memset(&rnc->enhanced, 0, sizeof(rnc->enhanced));
}

static void change_enhanced(struct iuplus_rnc_ue *rnc)
{
	rnc->enhanced.bits = IUPLUS_RRC_CAP_DIRECT_DERIVATION;
}

static void remove_uea(struct iuplus_rnc_ue *rnc)
{
	rnc->capability.uea &= ~2u;
}

static void remove_uia(struct iuplus_rnc_ue *rnc)
{
	rnc->capability.uia &= ~2u;
}

static void test_bidding_down(void)
{
	bid_down(true, remove_enhanced);
	bid_down(true, change_enhanced);
	bid_down(true, remove_uea);
	bid_down(false, remove_uea);
	bid_down(false, remove_uia);
}

static void test_tampered_messages_are_dropped(void)
{
	static const char *const names[] = { "DownlinkDirectTransfer", "UplinkDirectTransfer" };
	struct world *w = &world;
	unsigned i, failures;

	world_init(w, true, true, true, 1, 1);
	world_attach(w);
	for (i = 0; i < 2; i++) {
		failures = w->failures;
		w->tamper = names[i];
		CU_ASSERT_FALSE(world_nas_both_ways(w));
		CU_ASSERT_EQUAL(w->failures, failures + 1);
		CU_ASSERT_EQUAL(w->refused.count, i + 1);
		explained(w, i ? WORLD_SOURCE : WORLD_UE, IUPLUS_KEYS_ENHANCED, 3,
			  i ? "UplinkDirectTransfer on RB3 discarded" : "DownlinkDirectTransfer on RB3 discarded", "");
		CU_ASSERT(world_nas_both_ways(w));
	}
	/* the target's message, changed by the source: discarded, the phone remains, the source requests the release */
	w->tamper = "PhysicalChannelReconfiguration";
	world_relocate(w);
	explained(w, WORLD_UE, IUPLUS_KEYS_ENHANCED, 2, "PhysicalChannelReconfiguration discarded", "");
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	CU_ASSERT_EQUAL(w->ue_cell, 0);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_RELOCATING);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	world_settle(w);
	CU_ASSERT(over(w->rnc[0]->state));
	CU_ASSERT(over(w->rnc[1]->state));
	world_free(w);
	/* the UE's answer: discarded, the relocation does not complete, and everything is released */
	world_init(w, true, false, true, 2, 2);
	world_attach(w);
	w->tamper = "PhysicalChannelReconfigurationComplete";
	world_relocate(w);
	CU_ASSERT_FALSE(w->cn.relocation_complete);
	explained(w, WORLD_TARGET, IUPLUS_KEYS_LEGACY, 2, "PhysicalChannelReconfigurationComplete on RB2 discarded",
		  "");
	world_settle(w);
	CU_ASSERT(over(w->rnc[0]->state));
	CU_ASSERT(over(w->rnc[1]->state));
	world_free(w);
	/* the answer to the Security Mode Command is checked with the new keys, which are pending at the RNC */
	world_init(w, true, true, true, 2, 2);
	w->stop_before = "SecurityModeComplete";
	world_attach(w);
	w->stop_before = NULL;
	w->tamper = "SecurityModeComplete";
	world_run(w);
	explained(w, WORLD_SOURCE, IUPLUS_KEYS_ENHANCED, 2, "SecurityModeComplete on RB2 discarded", "");
	world_settle(w);
	world_free(w);
}

/* The octets of an earlier message again: rejected by their COUNT-I, in both directions. */
static void test_replay(void)
{
	struct world *w = &world;
	uint8_t copy[256];
	struct iuplus_octets pdu = { copy, 0 };
	unsigned failures, up, down, i;

	world_init(w, true, false, true, 2, 0);
	world_attach(w);
	w->stop_before = "DownlinkDirectTransfer";
	world_nas_both_ways(w);
	pdu.len = w->queue[w->head].len;
	memcpy(copy, w->queue[w->head].pdu, pdu.len);
	w->stop_before = NULL;
	world_run(w);
	for (i = 0; i < 20; i++) {
		failures = w->failures;
		up = w->nas_up;
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = 3, .pdu = pdu });
		CU_ASSERT_EQUAL(w->nas_up, up);
		CU_ASSERT_EQUAL(w->failures, failures + 1);
		CU_ASSERT(world_nas_both_ways(w));
	}
	world_relocate(w);
	failures = w->failures;
	up = w->nas_up;
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = 3, .pdu = pdu });
	CU_ASSERT_EQUAL(w->nas_up, up);
	CU_ASSERT_EQUAL(w->failures, failures + 1);

	w->stop_before = "UplinkDirectTransfer";
	world_nas_both_ways(w);
	pdu.len = w->queue[w->head].len;
	memcpy(copy, w->queue[w->head].pdu, pdu.len);
	w->stop_before = NULL;
	world_run(w);
	for (i = 0; i < 20; i++) {
		down = w->nas_down_seen;
		failures = w->failures;
		world_rnc(w, 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC, .rb = 3, .pdu = pdu });
		world_run(w);
		CU_ASSERT_EQUAL(w->nas_down_seen, down);
		CU_ASSERT_EQUAL(w->failures, failures + 1);
		CU_ASSERT(world_nas_both_ways(w));
	}
	world_free(w);
}

static void test_preparation_fails(void)
{
	struct world *w = &world;

	/* the core rejects */
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->cn.refuse_relocation = true;
	world_relocate(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
	/* the target cannot: the message names another cell */
	w->cn.refuse_relocation = false;
	w->rnc_cfg[1].cell_id++;
	w->stop_before = "RelocationRequest";
	world_relocate(w);
	w->rnc_cfg[1].cell_id++;
	w->stop_before = NULL;
	world_run(w);
	CU_ASSERT(world_logged(w, ":RelocationFailure:", ":RelocationPreparationFailure:", NULL));
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT_EQUAL(w->rnc[1]->state, IUPLUS_RNC_GONE);
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	world_free(w);
}

/* Relocation Required is not answered: TRELOCprep, Relocation Cancel; answered or not, the phone remains. */
static void test_treloc_prep(void)
{
	struct world *w = &world;
	unsigned deaf;

	for (deaf = 0; deaf < 2; deaf++) {
		world_init(w, true, true, true, 2, 2);
		world_attach(w);
		w->cn.hold_command = true;
		w->cn.deaf = deaf;
		world_relocate(w);
		CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_PREPARING);
		CU_ASSERT_EQUAL(w->rnc[1]->state, deaf ? IUPLUS_RNC_IDLE : IUPLUS_RNC_EXPECTING);
		world_settle(w);
		CU_ASSERT(world_logged(w, ":RelocationCancel:", NULL));
		w->cn.deaf = false;
		CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
		CU_ASSERT(over(w->rnc[1]->state));
		CU_ASSERT(world_nas_both_ways(w));
		CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
		CU_ASSERT_EQUAL(w->cipher_errors, 0);
		world_free(w);
	}
}

static void test_cancel_order(void)
{
	const struct iuplus_rnc_event cancel = { .kind = IUPLUS_RNC_EV_CANCEL };
	struct world *w = &world;

	world_init(w, false, false, true, 1, 1);
	world_attach(w);
	CU_ASSERT_EQUAL(world_rnc(w, 0, &cancel), IUPLUS_ERR_STATE);
	w->cn.hold_command = true;
	world_relocate(w);
	CU_ASSERT_EQUAL(world_rnc(w, 0, &cancel), IUPLUS_OK);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CANCELLING);
	world_run(w);
	CU_ASSERT(world_logged(w, ":RelocationCancel:", ":RelocationCancelAcknowledge:", ":Iu-ReleaseCommand:", NULL));
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT_EQUAL(w->rnc[1]->state, IUPLUS_RNC_GONE);
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* The target dies after the command: the phone finds no physical channel there, returns, and the source keeps serving
 * it. */
static void test_phone_returns(void)
{
	struct world *w = &world;
	unsigned bits, round;

	for (bits = 0; bits < 8; bits++) {
		world_init(w, bits & 4, bits & 2, bits & 1, 2, 2);
		world_attach(w);
		CU_ASSERT(world_nas_both_ways(w));
		w->stop_before = "PhysicalChannelReconfiguration";
		world_relocate(w);
		CU_ASSERT(w->stopped);
		w->stop_before = NULL;
		world_kill(w, WORLD_TARGET);
		world_run(w);
		CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_ARRIVING);
		world_settle(w);
		CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
		CU_ASSERT_EQUAL(w->ue_cell, 0);
		CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
		CU_ASSERT(world_logged(w, "907:", ":PhysicalChannelReconfigurationFailure:", ":RelocationCancel:",
				       ":RelocationCancelAcknowledge:", NULL));
		CU_ASSERT_PTR_NULL(strstr(w->log, "908:"));
		CU_ASSERT(world_agree(w, 0, (bits & 6) == 6 ? IUPLUS_KEYS_ENHANCED : IUPLUS_KEYS_LEGACY));
		for (round = 0; round < 20; round++)
			CU_ASSERT(world_nas_both_ways(w));
		CU_ASSERT_EQUAL(w->cipher_errors, 0);
		world_free(w);
	}
}

/* The target dies after the phone's response was sent: the phone does not return (TS 25.331 8.2.2.7), and every context
 * ends. */
static void test_phone_lost_after_response(void)
{
	struct world *w = &world;

	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->stop_before = "PhysicalChannelReconfigurationComplete";
	world_relocate(w);
	CU_ASSERT(w->stopped);
	w->stop_before = NULL;
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTED);
	world_kill(w, WORLD_TARGET);
	world_settle(w);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	CU_ASSERT_PTR_NULL(strstr(w->log, "PhysicalChannelReconfigurationFailure"));
	CU_ASSERT(over(w->rnc[0]->state));
	world_free(w);
}

/* NAS messages while the phone moves: nothing is sent before the response, and each is sent once, in the new cell or
 * after the return. */
static void test_nas_while_arriving(void)
{
	const struct iuplus_ue_rrc_event nas = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						 .domain = IUPLUS_DOMAIN_PS,
						 .pdu = { (const uint8_t *)"\x08\x03", 2 } };
	struct world *w = &world;
	unsigned returns, seen, i;

	for (returns = 0; returns < 2; returns++) {
		world_init(w, true, true, true, 2, 2);
		world_attach(w);
		w->stop_before = "PhysicalChannelReconfiguration";
		world_relocate(w);
		w->stop_before = NULL;
		w->dead[WORLD_TARGET] = true; /* no physical channel for now */
		world_run(w);
		CU_ASSERT_EQUAL_FATAL(w->ue->state, IUPLUS_UE_ARRIVING);
		seen = w->nas_down_seen;
		for (i = 0; i < IUPLUS_UE_MAX_HELD; i++)
			CU_ASSERT_EQUAL(world_ue(w, &nas), IUPLUS_OK);
		CU_ASSERT_EQUAL(world_ue(w, &nas), IUPLUS_ERR_STATE);
		CU_ASSERT_EQUAL(w->tail - w->head, 0);
		w->dead[WORLD_TARGET] = returns;
		if (returns)
			world_settle(w);
		else
			world_run(w);
		CU_ASSERT_EQUAL(w->ue_cell, !returns);
		CU_ASSERT_EQUAL(w->nas_down_seen, seen + IUPLUS_UE_MAX_HELD);
		CU_ASSERT_EQUAL(world_repeated(w), 0);
		CU_ASSERT_EQUAL(w->cipher_errors, 0);
		world_free(w);
	}
}

/* A cell that the phone does not receive: it rejects the message and remains. */
static void test_unknown_cell(void)
{
	struct world *w = &world;

	world_init(w, true, true, true, 2, 2);
	w->ue_cfg.cell_count = 1;
	world_attach(w);
	world_relocate(w);
	CU_ASSERT_EQUAL(w->ue_cell, 0);
	CU_ASSERT(world_logged(w, "907:note", ":PhysicalChannelReconfigurationFailure:enhanced",
			       ":RelocationCancel:", NULL));
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_CONNECTED);
	CU_ASSERT_EQUAL(w->rnc[1]->state, IUPLUS_RNC_GONE);
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
	world_free(w);
}

/* Every node dies before every message of a whole run. */
static void test_death_at_any_moment(void)
{
	static const enum world_node victims[] = { WORLD_CN, WORLD_TARGET, WORLD_SOURCE, WORLD_UE };
	struct world *w = &world;
	unsigned v, at, bits;
	bool more;

	for (bits = 5; bits < 8; bits += 2) {
		for (v = 0; v < 4; v++) {
			for (at = 1, more = true; more; at++) {
				bool ok = true;

				world_init(w, bits & 4, bits & 2, bits & 1, 2, 2);
				w->stop_at = at;
				world_attach(w);
				more = w->stopped;
				if (!more) {
					world_relocate(w);
					more = w->stopped;
				}
				world_kill(w, victims[v]);
				if (victims[v] == WORLD_TARGET && at < 25 && w->rnc[0]->state == IUPLUS_RNC_CONNECTED &&
				    w->ue->state == IUPLUS_UE_CONNECTED && !w->cn.target_connected)
					world_run(w);
				world_settle(w);
				if (victims[v] == WORLD_CN)
					ok = over(w->rnc[0]->state) && over(w->rnc[1]->state) &&
					     w->ue->state == IUPLUS_UE_IDLE;
				else if (victims[v] == WORLD_UE)
					ok = over(w->rnc[0]->state) && over(w->rnc[1]->state);
				else if (victims[v] == WORLD_SOURCE)
					ok = (over(w->rnc[1]->state) || w->rnc[1]->state == IUPLUS_RNC_CONNECTED) &&
					     (w->ue->state == IUPLUS_UE_IDLE || w->ue->state == IUPLUS_UE_CONNECTED);
				else
					ok = (over(w->rnc[0]->state) || w->rnc[0]->state == IUPLUS_RNC_CONNECTED) &&
					     (w->ue->state == IUPLUS_UE_IDLE ||
					      (w->ue->state == IUPLUS_UE_CONNECTED &&
					       w->rnc[0]->state == IUPLUS_RNC_CONNECTED && w->ue_cell == 0));
				if (!ok)
					fprintf(stderr,
						"node %d dead at %u (%u): source %s, target %s, UE %s in %u: %s\n",
						(int)victims[v], at, bits, iuplus_rnc_state_name(w->rnc[0]->state),
						iuplus_rnc_state_name(w->rnc[1]->state),
						iuplus_ue_rrc_state_name(w->ue->state), w->ue_cell, w->log);
				CU_ASSERT(ok);
				CU_ASSERT_EQUAL(w->overflows, 0);
				CU_ASSERT_EQUAL(w->cipher_errors, 0);
				world_free(w);
			}
			CU_ASSERT(at > 20);
		}
	}
}

/* Every message is lost once. RLC and SCTP lose none; nevertheless the timers must end the procedure. */
static void test_every_message_lost(void)
{
	struct world *w = &world;
	unsigned at;
	bool more = true;

	for (at = 1; more; at++) {
		bool ok;

		world_init(w, true, false, true, 2, 2);
		w->stop_at = at;
		world_attach(w);
		more = w->stopped;
		if (more) {
			w->drop = w->queue[w->head].name;
			world_settle(w);
		}
		world_relocate(w);
		if (w->stopped) {
			more = true;
			w->drop = w->queue[w->head].name;
			world_run(w);
		}
		world_settle(w);
		/* no node is left in the middle of a procedure */
		ok = (over(w->rnc[0]->state) || w->rnc[0]->state == IUPLUS_RNC_CONNECTED) &&
		     (over(w->rnc[1]->state) || w->rnc[1]->state == IUPLUS_RNC_CONNECTED) &&
		     (w->ue->state == IUPLUS_UE_IDLE || w->ue->state == IUPLUS_UE_CONNECTED);
		if (!ok)
			fprintf(stderr, "message %u lost: source %s, target %s, UE %s: %s\n", at,
				iuplus_rnc_state_name(w->rnc[0]->state), iuplus_rnc_state_name(w->rnc[1]->state),
				iuplus_ue_rrc_state_name(w->ue->state), w->log);
		CU_ASSERT(ok);
		CU_ASSERT_EQUAL(w->overflows, 0);
		world_free(w);
	}
	CU_ASSERT(at > 20);
}

/* Every message is preceded by its own truncations: each of them is rejected, and the run continues unaffected. */
static void test_truncation(void)
{
	struct world *w = &world;
	bool more = true;
	unsigned at;

	world_init(w, true, false, true, 2, 2);
	for (at = 1; more; at++) {
		struct world_message *m;
		size_t len;

		w->stop_at = at;
		if (at == 1)
			world_attach(w);
		else
			world_run(w);
		more = w->stopped;
		if (!more && !w->cn.commanded) {
			w->stop_at = at;
			world_relocate(w);
			more = w->stopped;
		}
		if (!more)
			break;
		m = &w->queue[w->head];
		if (m->to == WORLD_CN || m->name[0] == '?' || m->connect)
			continue;
		/* undecodable RANAP is answered, and a rejection would end a procedure: only RRC here, on an
		 * established context */
		if (m->ranap || (m->rb == 0 && m->to == WORLD_SOURCE) || !strcmp(m->name, "SecurityModeCommand"))
			continue;
		for (len = 0; len < m->len; len++) {
			struct iuplus_octets pdu = { m->pdu, len };
			unsigned tail = w->tail;

			if (m->to == WORLD_UE)
				world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC,
									   .rb = m->rb,
									   .pdu = pdu });
			else
				world_rnc(w, m->to - WORLD_SOURCE,
					  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC,
								      .rb = m->rb,
								      .pdu = pdu });
			CU_ASSERT_EQUAL(w->tail, tail);
		}
	}
	w->stop_at = 0;
	CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT_EQUAL(w->overflows, 0);
	CU_ASSERT_EQUAL(w->cipher_errors, 0);
	world_free(w);
}

/* Random octets, and real messages with random changes, for every machine in every state of a run. */
static void test_garbage(void)
{
	const char *seed = getenv("IUPLUS_SEED");
	uint32_t start = seed ? (uint32_t)strtoul(seed, NULL, 0) : 20120710u, rng = start;
	struct world *w = &world;
	unsigned round;
	bool ok = true;

	for (round = 0; round < 400; round++) {
		unsigned i, n;

		world_init(w, round & 4, round & 2, round & 1, 2, 2);
		rng = rng * 1664525u + 1013904223u;
		w->stop_at = 1 + (rng >> 16) % 30;
		world_attach(w);
		if (!w->stopped)
			world_relocate(w);
		for (i = 0; i < 40; i++) {
			uint8_t octets[600];
			struct iuplus_octets pdu = { octets, 0 };
			const struct world_message *m = w->head < w->tail ? &w->queue[w->head] : NULL;
			uint8_t rb;

			rng = rng * 1664525u + 1013904223u;
			if (m && m->len < sizeof(octets) && (rng & 0x10000)) {
				memcpy(octets, m->pdu, m->len);
				pdu.len = m->len;
				for (n = 0; n < 1 + (rng >> 28) && pdu.len; n++) {
					rng = rng * 1664525u + 1013904223u;
					octets[(rng >> 8) % pdu.len] ^= 1u << (rng >> 29);
				}
			} else {
				pdu.len = (rng >> 8) % 64;
				for (n = 0; n < pdu.len; n++) {
					rng = rng * 1664525u + 1013904223u;
					octets[n] = rng >> 24;
				}
			}
			rb = (rng >> 20) % IUPLUS_PROC_RBS;
			switch ((rng >> 12) % 3) {
			case 0:
				world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC,
									   .rb = rb,
									   .pdu = pdu });
				break;
			case 1:
				world_rnc(w, (rng >> 30) & 1,
					  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC,
								      .rb = rb,
								      .pdu = pdu });
				break;
			default:
				world_rnc(w, (rng >> 30) & 1,
					  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RANAP,
								      .conn = 1,
								      .pdu = pdu });
				break;
			}
		}
		world_flush(w); /* messages in flight are lost: the timers end the procedure */
		w->cn.deaf = true;
		for (n = 0; n < 2; n++)
			world_rnc(w, n, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_LOST, .conn = 1 });
		world_settle(w);
		if (w->overflows || !over(w->rnc[0]->state) || !over(w->rnc[1]->state)) {
			if (ok)
				fprintf(stderr,
					"garbage: IUPLUS_SEED=%u, round %u: %u overflows, source %s, target %s: %s\n",
					start, round, w->overflows, iuplus_rnc_state_name(w->rnc[0]->state),
					iuplus_rnc_state_name(w->rnc[1]->state), w->log);
			ok = false;
		}
		world_free(w);
	}
	CU_ASSERT(ok);
}

/* An arena limited to every size: the machines report it, and no step that must be complete is done in part. */
static void test_memory(void)
{
	struct world *w = &world;
	size_t limit;

	for (limit = 256; limit < 200000; limit = limit * 5 / 4) {
		world_init(w, true, true, true, 2, 2);
		world_attach(w);
		w->arena_limit = limit;
		w->now++;
		world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_NAS_DOWN,
							   .domain = IUPLUS_DOMAIN_PS,
							   .pdu = { (const uint8_t *)"\x08\x03", 2 } });
		world_rnc(w, 0,
			  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELOCATE,
						      .target = { .rnc_id = 2, .cell_id = 11 } });
		CU_ASSERT(w->rnc[0]->state == IUPLUS_RNC_PREPARING || w->rnc[0]->state == IUPLUS_RNC_CONNECTED);
		if (w->rnc[0]->state == IUPLUS_RNC_CONNECTED)
			CU_ASSERT_NOT_EQUAL(w->rc, IUPLUS_OK);
		w->arena_limit = 0;
		world_settle(w);
		w->rc = 0;
		world_free(w);
	}
}

static void test_release(void)
{
	struct world *w = &world;
	unsigned how;

	for (how = 0; how < 4; how++) {
		world_init(w, true, true, true, 2, 2);
		world_attach(w);
		switch (how) {
		case 0:
			world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELEASE });
			break;
		case 1:
			world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_LOST });
			world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
			break;
		case 2:
			world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RESET, .conn = 1 });
			break;
		default:
			world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_RELEASED, .conn = 1 });
			break;
		}
		world_settle(w);
		CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_GONE);
		CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
		CU_ASSERT_EQUAL(w->nas_released, 1);
		CU_ASSERT_EQUAL(w->frees, 1);
		CU_ASSERT_FALSE(w->ue->now.integrity.started);
		CU_ASSERT(w->ue->aka[1].has_keys); /* the keys of the AKA outlive the connection */
		CU_ASSERT(w->ue->start[1] >= 2);
		/* and the next connection works, with a START above the one used */
		iuplus_rnc_ue_free(w->rnc[0]);
		w->rnc[0] = iuplus_rnc_ue_new(9);
		memset(&w->rnc_radio[0], 0, sizeof(w->rnc_radio[0]));
		w->cn.secured = false;
		world_attach(w);
		CU_ASSERT(w->cn.secured);
		CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED));
		CU_ASSERT(world_nas_both_ways(w));
		CU_ASSERT_EQUAL(w->cipher_errors, 0);
		world_free(w);
	}
}

static void test_connection_not_answered(void)
{
	struct world *w = &world;

	world_init(w, true, true, true, 2, 2);
	w->dead[WORLD_SOURCE] = true;
	world_attach(w);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_CONNECTING);
	world_settle(w);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	world_free(w);
	/* the core refuses the Iu connection */
	world_init(w, true, true, true, 2, 2);
	w->stop_before = "InitialUE-Message";
	world_attach(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_REFUSED, .conn = 1 });
	world_lose(w); /* the Initial UE Message itself never arrives */
	w->stop_before = NULL;
	world_settle(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_GONE);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	world_free(w);
}

/* COUNT-I at its maximum: nothing is sent with a wrapped COUNT; the connection is released. */
static void test_exhausted(void)
{
	const struct iuplus_ue_rrc_event nas = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						 .domain = IUPLUS_DOMAIN_PS,
						 .pdu = { (const uint8_t *)"\x08\x03", 2 } };
	struct world *w = &world;

	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->rnc[0]->integrity.dl[3] = (struct iuplus_rrc_count){ .used = true, .hfn = 0xfffffff, .sn = 15 };
	world_cn_nas(w, WORLD_SOURCE);
	world_settle(w);
	CU_ASSERT_EQUAL(w->rnc[0]->state, IUPLUS_RNC_GONE);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT(world_logged(w, ":Iu-ReleaseRequest:", ":Iu-ReleaseCommand:", NULL));
	world_free(w);

	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->ue->now.integrity.ul[3] = (struct iuplus_rrc_count){ .used = true, .hfn = 0xfffffff, .sn = 15 };
	world_ue(w, &nas);
	CU_ASSERT_EQUAL(w->ue->state, IUPLUS_UE_IDLE);
	CU_ASSERT_EQUAL(w->nas_released, 1);
	CU_ASSERT_EQUAL(w->keys_void, 1);
	CU_ASSERT_FALSE(w->ue->aka[IUPLUS_DOMAIN_PS].has_keys);
	world_free(w);

	/* the operator's THRESHOLD: applied after the connection, not during it */
	world_init(w, true, true, true, 2, 2);
	w->ue_cfg.threshold = 2;
	world_attach(w);
	CU_ASSERT(world_nas_both_ways(w));
	CU_ASSERT_EQUAL(w->keys_void, 0);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELEASE });
	world_settle(w);
	CU_ASSERT_EQUAL(w->keys_void, 1);
	CU_ASSERT_FALSE(w->ue->aka[IUPLUS_DOMAIN_PS].has_keys);
	world_free(w);
}

IUPLUS_CUNIT_MAIN(
	"faults between UE, RNC and core",
	{ "tampered security mode command at attach", test_tampered_command_at_attach },
	{ "tampered security mode command after relocation", test_tampered_command_after_relocation },
	{ "bidding down", test_bidding_down }, { "tampered messages", test_tampered_messages_are_dropped },
	{ "replay", test_replay }, { "preparation fails", test_preparation_fails }, { "TRELOCprep", test_treloc_prep },
	{ "cancel", test_cancel_order }, { "the phone returns", test_phone_returns },
	{ "the phone is lost after its response", test_phone_lost_after_response },
	{ "NAS while the phone arrives", test_nas_while_arriving }, { "unknown cell", test_unknown_cell },
	{ "death at any moment", test_death_at_any_moment }, { "every message lost", test_every_message_lost },
	{ "truncation", test_truncation }, { "garbage", test_garbage }, { "memory", test_memory },
	{ "release", test_release }, { "connection not answered", test_connection_not_answered },
	{ "COUNT-I exhausted", test_exhausted })
