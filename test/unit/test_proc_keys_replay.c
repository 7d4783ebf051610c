/* SPDX-License-Identifier: BSD-2-Clause */
/* test_proc_keys_replay CASE: attacks on keys and COUNTs, one case per run. Each case asserts the right outcome.
 * Without an argument: all cases. Exit status 99: the case did not reach its assertions, or the program crashed.
 * automake treats that as an error even if a failure is expected. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

#include <signal.h>
#include <unistd.h>

#define EXIT_ERROR 99

#ifdef __SANITIZE_ADDRESS__
/* A finding of the sanitizers is not the expected failure. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "exitcode=99";
}
#endif

static struct world world;

/* A message that an attacker recorded. */
struct recorded {
	uint8_t octets[256];
	size_t len;
	uint8_t rb;
};

/* A precondition of the attack: without it the case would fail for another reason. */
static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "set-up of the case: not reached: %s\n", what);
	exit(EXIT_ERROR);
}

static void record(struct recorded *r, const struct world_message *m)
{
	require(m && m->len <= sizeof(r->octets), "the message to be recorded");
	memcpy(r->octets, m->pdu, m->len);
	r->len = m->len;
	r->rb = m->rb;
}

static void replay_to_ue(struct world *w, const struct recorded *r)
{
	world_ue(w,
		 &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RRC, .rb = r->rb, .pdu = { r->octets, r->len } });
}

static void replay_to_rnc(struct world *w, unsigned n, const struct recorded *r)
{
	world_rnc(w, n,
		  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RRC, .rb = r->rb, .pdu = { r->octets, r->len } });
}

/* The message sent last arrives first: it was sent on another radio bearer than the previous ones. */
static struct world_message *overtake(struct world *w)
{
	struct world_message last = w->queue[w->tail - 1];

	memmove(&w->queue[w->head + 1], &w->queue[w->head], (w->tail - 1 - w->head) * sizeof(last));
	w->queue[w->head] = last;
	return &w->queue[w->head];
}

/* Two Security Mode Commands derive new enhanced keys from one AKA. Replaying the first one after the second must not
 * restore its keys: the UE would change from the keys that the network uses to keys that an attacker may know. */
static void test_replayed_command(void)
{
	struct world *w = &world;
	struct recorded command;

	world_init(w, true, true, true, 2, 2);
	w->cn.nonce = true;
	world_attach(w);
	world_cn_security(w, WORLD_SOURCE, true, false);
	record(&command, world_run_up_to(w, WORLD_UE, "SecurityModeCommand"));
	world_run(w);
	require(world_agree(w, 0, IUPLUS_KEYS_ENHANCED), "the keys of the first command in use");
	world_cn_security(w, WORLD_SOURCE, true, false);
	world_run(w);
	require(world_agree(w, 0, IUPLUS_KEYS_ENHANCED) && world_nas_both_ways(w),
		"the keys of the second command in use");

	replay_to_ue(w, &command);
	world_run(w);
	CU_ASSERT(world_agree(w, 0, IUPLUS_KEYS_ENHANCED)); /* the RNC's keys are those of the second command */
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* An uplink NAS message arrives after the RNC sent a Security Mode Command. The COUNT-I of the message is then used,
 * and the end of the procedure must not make it valid again. */
static void test_replayed_nas(void)
{
	static const uint8_t octets[] = { 0x08, 0x03 };
	const struct iuplus_ue_rrc_event nas = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						 .domain = IUPLUS_DOMAIN_PS,
						 .pdu = { octets, sizeof(octets) } };
	struct world *w = &world;
	struct recorded message;
	unsigned seen;

	world_init(w, false, false, false, 2, 0);
	world_attach(w);
	world_cn_aka(w);
	world_cn_security(w, WORLD_SOURCE, false, true);
	require(world_run_up_to(w, WORLD_UE, "SecurityModeCommand") && world_rnc_state(w, 0) == IUPLUS_RNC_SECURING,
		"Security Mode Command on its way to the UE");
	seen = w->nas_down_seen;
	world_ue(w, &nas);
	record(&message, overtake(w));
	world_run(w);
	require(w->nas_down_seen == seen + 1, "the core got the NAS message");
	require(world_rnc_state(w, 0) == IUPLUS_RNC_CONNECTED && world_agree(w, 0, IUPLUS_KEYS_LEGACY),
		"the security mode procedure is over");

	replay_to_rnc(w, 0, &message);
	world_run(w);
	CU_ASSERT_EQUAL(w->nas_down_seen, seen + 1); /* as the core counts them */
	world_free(w);
}

/* Number of PDUs ciphered with a keystream that was used before. */
static unsigned keystreams_repeated(const struct world *w)
{
	unsigned i, j, n = 0;

	for (i = 0; i < w->use_count; i++)
		for (j = 0; j < i; j++)
			n += !w->uses[i].integrity && !memcmp(&w->uses[i], &w->uses[j], sizeof(w->uses[i]));
	return n;
}

/* A relocation fails because the new cell does not answer, the UE returns, and the same relocation is tried again: the
 * second attempt must cipher with COUNT-C values that the first one did not use. */
static void test_keystream_after_failed_relocation(void)
{
	struct world *w = &world;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->stop_before = "PhysicalChannelReconfiguration";
	world_relocate(w);
	w->stop_before = NULL;
	w->dead[WORLD_TARGET] = true;
	world_run(w);
	require(world_ue_state(w) == IUPLUS_UE_ARRIVING, "the UE has moved to a cell that does not answer");
	while (world_ue_state(w) == IUPLUS_UE_ARRIVING && world_tick(w, 10000))
		;
	w->dead[WORLD_TARGET] = false;
	require(world_ue_state(w) == IUPLUS_UE_CONNECTED && w->ue_cell == 0 &&
			world_rnc_state(w, 0) == IUPLUS_RNC_CONNECTED,
		"the UE has returned to the old cell");
	world_rnc(w, 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_LOST, .conn = IUPLUS_DOMAIN_PS });
	world_rnc_forgets(w, 1);
	w->cn.target_connected = w->cn.commanded = false;
	require(keystreams_repeated(w) == 0, "no keystream was used twice so far");
	world_relocate(w);
	require(world_ue_state(w) == IUPLUS_UE_CONNECTED && w->ue_cell == 1 && world_agree(w, 1, IUPLUS_KEYS_LEGACY),
		"the second attempt succeeds");
	CU_ASSERT_EQUAL(keystreams_repeated(w), 0);
	world_free(w);
}

/* The UE has sent its response in the new cell when that cell falls silent: it enters idle mode. The next connection
 * under the same CK and IK begins above every COUNT of the silent cell. */
static void test_keystream_after_lost_response(void)
{
	struct world *w = &world;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	w->stop_before = "PhysicalChannelReconfigurationComplete";
	world_relocate(w);
	w->stop_before = NULL;
	require(w->stopped && w->ue_cell == 1, "the UE sends in the new cell");
	world_flush(w);
	world_ue(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_RADIO_LOST });
	require(world_ue_state(w) == IUPLUS_UE_IDLE, "the UE is idle");
	world_rnc_forgets(w, 0);
	world_rnc_forgets(w, 1);
	world_attach(w);
	require(world_agree(w, 0, IUPLUS_KEYS_LEGACY) && world_nas_both_ways(w), "attached again with the same keys");
	CU_ASSERT_EQUAL(keystreams_repeated(w), 0);
	world_free(w);
}

/* A legacy Security Mode Command, recorded at the attach, is injected with every transaction identifier just before the
 * command for the enhanced keys (step 915). It does not verify, so the UE must not answer it: the RNC would take the
 * answer for the rejection of the right command, and the UE would have been bid down. */
static void test_bidding_down(void)
{
	static const uint8_t attach[] = { 0x08, 0x01, 0x02 };
	const struct iuplus_ue_rrc_event initial = { .kind = IUPLUS_UE_EV_NAS_DOWN,
						     .domain = IUPLUS_DOMAIN_PS,
						     .initial = true,
						     .pdu = { attach, sizeof(attach) } };
	struct world *w = &world;
	struct recorded command;
	struct iuplus_rrc_msg msg;
	struct iuplus_octets pdu;
	uint8_t transaction;

	world_init(w, true, false, true, 2, 0);
	world_ue(w, &initial);
	record(&command, world_run_up_to(w, WORLD_UE, "SecurityModeCommand"));
	world_run(w);
	require(world_agree(w, 0, IUPLUS_KEYS_LEGACY), "attached with legacy keys");
	w->stop_before = "PhysicalChannelReconfigurationComplete";
	world_relocate(w);
	w->stop_before = NULL;
	require(w->stopped, "the relocation up to step 908");
	require(world_run_up_to(w, WORLD_UE, "SecurityModeCommand") && !w->cn.reject_seen,
		"Security Mode Command of step 915 on its way to the UE");

	for (transaction = 0; transaction < 4; transaction++) {
		struct recorded injected = { .rb = command.rb };

		require(iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, (struct iuplus_octets){ command.octets, command.len }, 0,
					  &w->arena, &msg, NULL) == IUPLUS_OK,
			"the recorded command can be decoded");
		msg.u.security_mode_command.transaction = transaction;
		require(iuplus_rrc_encode(&msg, 0, &w->arena, &pdu, NULL) == IUPLUS_OK &&
				pdu.len <= sizeof(injected.octets),
			"the recorded command can be encoded");
		memcpy(injected.octets, pdu.data, pdu.len);
		injected.len = pdu.len;
		replay_to_ue(w, &injected);
	}
	world_run(w);
	CU_ASSERT_FALSE(w->cn.reject_seen);
	CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_ENHANCED));
	CU_ASSERT(world_nas_both_ways(w));
	world_free(w);
}

/* Security Mode Complete is lost, so the command remains unanswered. Its COUNT-I is used nevertheless: to the UE a
 * second command with that COUNT-I, and the reconfiguration of a later relocation, are replays. */
static void test_count_of_unanswered_command(void)
{
	struct world *w = &world;
	unsigned i;

	world_init(w, false, false, false, 2, 2);
	world_attach(w);
	require(world_agree(w, 0, IUPLUS_KEYS_LEGACY) && world_repeated(w) == 0, "attached with legacy keys");
	for (i = 0; i < 2; i++) {
		if (i == 0)
			w->tamper = "SecurityModeComplete"; /* the RNC's, on its way from the UE */
		world_cn_aka(w);
		world_cn_security(w, WORLD_SOURCE, false, true);
		world_run(w);
		require(i || !w->tamper, "Security Mode Complete was lost");
		while (world_rnc_state(w, 0) == IUPLUS_RNC_SECURING && world_tick(w, 6000))
			;
		require(world_rnc_state(w, 0) != IUPLUS_RNC_SECURING, "the command is not waited for any longer");
	}
	CU_ASSERT_EQUAL(world_repeated(w), 0);
	/* Unless the RNC has released the connection, a relocation works. */
	if (world_rnc_state(w, 0) == IUPLUS_RNC_CONNECTED) {
		world_relocate(w);
		while (world_tick(w, 4000))
			;
		CU_ASSERT_EQUAL(w->ue_cell, 1);
		CU_ASSERT(world_agree(w, 1, IUPLUS_KEYS_LEGACY));
	}
	world_free(w);
}

static void crashed(int number)
{
	(void)number;
	_exit(EXIT_ERROR);
}

int main(int argc, char **argv)
{
	static const struct iuplus_cunit_test cases[] = {
		{ "command", test_replayed_command },
		{ "nas", test_replayed_nas },
		{ "keystream", test_keystream_after_failed_relocation },
		{ "response", test_keystream_after_lost_response },
		{ "bidding", test_bidding_down },
		{ "unanswered", test_count_of_unanswered_command },
	};
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
	const size_t count = sizeof(cases) / sizeof(cases[0]);
	size_t i;

	for (i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		signal(crashes[i], crashed);
	if (argc < 2)
		return iuplus_cunit_run("replayed messages and repeated COUNTs", cases, count);
	for (i = 0; i < count; i++)
		if (!strcmp(argv[1], cases[i].name))
			return iuplus_cunit_run("replayed messages and repeated COUNTs", &cases[i], 1);
	fprintf(stderr, "there is no case \"%s\"\n", argv[1]);
	return EXIT_ERROR;
}
