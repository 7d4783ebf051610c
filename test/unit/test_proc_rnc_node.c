/* SPDX-License-Identifier: BSD-2-Clause */
/* The RNC as a whole: Reset, Reset Resource, Overload, and messages that do not belong on connectionless transport. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"

static struct world world;
static struct iuplus_rnc node;
static struct iuplus_proc_actions actions;

static int node_event(struct world *w, enum iuplus_rnc_node_event_kind kind, unsigned peer,
		      const struct iuplus_ranap_msg *msg)
{
	struct iuplus_rnc_node_event event = { .kind = kind, .peer = peer };
	struct iuplus_proc_env env = { .arena = &w->arena, .now_ms = w->now };

	if (msg)
		CU_ASSERT_EQUAL(iuplus_ranap_encode(msg, 0, &w->arena, &event.pdu), 0);
	actions.count = 0;
	return iuplus_rnc_node_event(&node, &w->rnc_cfg[0], &env, &event, &actions);
}

static bool is(unsigned i, enum iuplus_proc_act kind, const char *message)
{
	const struct iuplus_proc_action *a = &actions.list[i];

	return i < actions.count && a->kind == kind && (!message || (a->message && !strcmp(a->message, message)));
}

static int node_timer(struct world *w, unsigned peer, unsigned timer)
{
	const struct iuplus_rnc_node_event event = { .kind = IUPLUS_RNC_NODE_TIMER, .peer = peer, .timer = timer };
	struct iuplus_proc_env env = { .arena = &w->arena, .now_ms = w->now };

	actions.count = 0;
	return iuplus_rnc_node_event(&node, &w->rnc_cfg[0], &env, &event, &actions);
}

static bool timer_is(unsigned i, enum iuplus_proc_act kind, unsigned timer, unsigned peer)
{
	return is(i, kind, NULL) && actions.list[i].timer == timer && actions.list[i].peer == peer;
}

/* By the core: connections end at once, the acknowledgement follows when TRatC expires (8.26.2.1). A repetition ends no
 * connection that was set up since, and is acknowledged as well. */
static void test_reset_by_core(void)
{
	static const uint8_t ie[] = { 0x03, 0xe7, 0x80, 0x01, 0x00 }; /* 999, notify */
	struct iuplus_rnc_node_event event = { .kind = IUPLUS_RNC_NODE_UNITDATA, .peer = 1 };
	struct iuplus_proc_env env;
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg, got;
	struct world *w = &world;
	uint8_t notify[64];
	unsigned i;

	world_init(w, true, true, true, 2, 2);
	memset(&node, 0, sizeof(node));
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RESET;
	msg.u.reset.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	msg.u.reset.domain = IUPLUS_DOMAIN_PS;
	w->now = 1000;
	for (i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
		CU_ASSERT(is(0, IUPLUS_ACT_FAILURE, NULL));
		if (i == 0)
			CU_ASSERT(is(1, IUPLUS_ACT_RESET_ALL, NULL) && actions.list[1].peer == 1);
		CU_ASSERT(timer_is(i ? 1 : 2, IUPLUS_ACT_TIMER_START, IUPLUS_RNC_TRATC, 1));
		CU_ASSERT_EQUAL(actions.count, i ? 2 : 3);
		CU_ASSERT_EQUAL(node_timer(w, 1, IUPLUS_RNC_TRATC), IUPLUS_OK);
		CU_ASSERT(is(0, IUPLUS_ACT_IU_UNITDATA, "ResetAcknowledge"));
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(actions.list[0].pdu, 0, &w->arena, &got, &problem),
				      IUPLUS_OK);
		CU_ASSERT(got.u.reset_acknowledge.has_rnc && got.u.reset_acknowledge.domain == IUPLUS_DOMAIN_PS);
		w->now += 5000; /* the peer's timer */
	}
	CU_ASSERT_EQUAL(node_timer(w, 1, IUPLUS_RNC_TRATC), IUPLUS_OK);
	CU_ASSERT_EQUAL(actions.count, 0);
	w->now += 60000; /* another one */
	node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg);
	CU_ASSERT(is(1, IUPLUS_ACT_RESET_ALL, NULL));
	node_event(w, IUPLUS_RNC_NODE_LOST, 1, NULL); /* so is one after the association was lost */
	CU_ASSERT(timer_is(0, IUPLUS_ACT_TIMER_STOP, IUPLUS_RNC_TRATC, 1));
	node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg);
	CU_ASSERT(is(1, IUPLUS_ACT_RESET_ALL, NULL));
	/* for another domain than the sender's */
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 0, &msg), IUPLUS_OK);
	CU_ASSERT(is(1, IUPLUS_ACT_IU_UNITDATA, "ErrorIndication"));
	CU_ASSERT_EQUAL(actions.count, 2);
	/* what the message had with notify is reported in the acknowledgement, although that is sent later */
	memset(&node, 0, sizeof(node));
	memset(&env, 0, sizeof(env));
	env.arena = &w->arena;
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &w->arena, &event.pdu), IUPLUS_OK);
	memcpy(notify, event.pdu.data, event.pdu.len);
	memcpy(notify + event.pdu.len, ie, sizeof(ie));
	notify[3] += sizeof(ie); /* length of the message, number of IEs */
	notify[6]++;
	event.pdu = (struct iuplus_octets){ notify, event.pdu.len + sizeof(ie) };
	actions.count = 0;
	CU_ASSERT_EQUAL(iuplus_rnc_node_event(&node, &w->rnc_cfg[0], &env, &event, &actions), IUPLUS_OK);
	node_timer(w, 1, IUPLUS_RNC_TRATC);
	CU_ASSERT_FATAL(is(0, IUPLUS_ACT_IU_UNITDATA, "ResetAcknowledge"));
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(actions.list[0].pdu, 0, &w->arena, &got, &problem), IUPLUS_OK);
	CU_ASSERT(got.u.reset_acknowledge.has_diagnostics && got.u.reset_acknowledge.diagnostics.ie_count == 1 &&
		  got.u.reset_acknowledge.diagnostics.ies[0].ie_id == 999);
	world_free(w);
}

/* By the RNC: repeated each TRafC, the own connections end only once; each domain has its timer. */
static void test_reset(void)
{
	struct iuplus_ranap_msg msg;
	struct world *w = &world;
	unsigned i;

	world_init(w, true, true, true, 2, 2);
	memset(&node, 0, sizeof(node));
	memset(&msg, 0, sizeof(msg));
	msg.u.reset.domain = IUPLUS_DOMAIN_PS;
	msg.kind = IUPLUS_RANAP_RESET_ACKNOWLEDGE;
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
	CU_ASSERT(is(0, IUPLUS_ACT_FAILURE, NULL)); /* nobody asked */
	/* answered; a second acknowledgement, of a repetition, is no failure */
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_RESET, 1, NULL), IUPLUS_OK);
	CU_ASSERT(is(0, IUPLUS_ACT_RESET_ALL, NULL));
	CU_ASSERT(is(1, IUPLUS_ACT_IU_UNITDATA, "Reset"));
	CU_ASSERT(timer_is(2, IUPLUS_ACT_TIMER_START, IUPLUS_RNC_TRAFC, 1));
	CU_ASSERT_EQUAL(node_timer(w, 0, IUPLUS_RNC_TRAFC), IUPLUS_OK);
	CU_ASSERT_EQUAL(actions.count, 0); /* not the other domain's */
	CU_ASSERT_EQUAL(node_timer(w, 1, IUPLUS_RNC_TRAFC), IUPLUS_OK);
	CU_ASSERT(is(0, IUPLUS_ACT_IU_UNITDATA, "Reset"));
	CU_ASSERT(timer_is(1, IUPLUS_ACT_TIMER_START, IUPLUS_RNC_TRAFC, 1));
	CU_ASSERT_EQUAL(actions.count, 2);
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
	CU_ASSERT(timer_is(0, IUPLUS_ACT_TIMER_STOP, IUPLUS_RNC_TRAFC, 1));
	CU_ASSERT(is(1, IUPLUS_ACT_DONE, "Reset"));
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
	CU_ASSERT(is(0, IUPLUS_ACT_NOTE, NULL));
	CU_ASSERT_EQUAL(actions.count, 1);
	/* not answered: repeated, then abandoned; an answer after that is no failure either */
	node_event(w, IUPLUS_RNC_NODE_RESET, 1, NULL);
	for (i = 0; i < w->rnc_cfg[0].reset_retries; i++) {
		node_timer(w, 1, IUPLUS_RNC_TRAFC);
		CU_ASSERT(is(0, IUPLUS_ACT_IU_UNITDATA, "Reset"));
	}
	node_timer(w, 1, IUPLUS_RNC_TRAFC);
	CU_ASSERT(is(0, IUPLUS_ACT_FAILURE, NULL));
	CU_ASSERT_EQUAL(actions.count, 1);
	node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg);
	CU_ASSERT(is(0, IUPLUS_ACT_NOTE, NULL));
	/* 8.26.3.3: the peer's Reset crosses: the own procedure is over */
	node_event(w, IUPLUS_RNC_NODE_RESET, 1, NULL);
	msg.kind = IUPLUS_RANAP_RESET;
	msg.u.reset.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg);
	CU_ASSERT(timer_is(1, IUPLUS_ACT_TIMER_STOP, IUPLUS_RNC_TRAFC, 1));
	CU_ASSERT(is(2, IUPLUS_ACT_RESET_ALL, NULL));
	CU_ASSERT_EQUAL(node_timer(w, 1, IUPLUS_RNC_TRAFC), IUPLUS_OK);
	CU_ASSERT_EQUAL(actions.count, 0);
	CU_ASSERT_EQUAL(node_timer(w, 1, IUPLUS_RNC_TRELOCPREP), IUPLUS_ERR_ARGUMENT);
	/* a message that needs a connection */
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_DETECT;
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
	CU_ASSERT(is(1, IUPLUS_ACT_IU_UNITDATA, "ErrorIndication"));
	/* not a message */
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, NULL), IUPLUS_OK);
	CU_ASSERT(is(1, IUPLUS_ACT_IU_UNITDATA, "ErrorIndication"));
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_LOST, 1, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 2, NULL), IUPLUS_ERR_ARGUMENT);
	world_free(w);
}

/* How many of 12 phones connect. */
static unsigned connect(struct world *w, uint8_t cause)
{
	unsigned i, connected = 0;

	for (i = 0; i < 12; i++) {
		struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RRC, .congested = !iuplus_rnc_admit(&node) };
		struct iuplus_rrc_msg msg;
		uint8_t octets[64];

		memset(&msg, 0, sizeof(msg));
		msg.channel = IUPLUS_RRC_UL_CCCH;
		msg.type = IUPLUS_RRC_CONNECTION_REQUEST;
		msg.u.connection_request.cause = cause;
		msg.u.connection_request.identity.digits_len = 15;
		CU_ASSERT_EQUAL_FATAL(iuplus_rrc_encode(&msg, 0, &w->arena, &event.pdu, NULL), IUPLUS_OK);
		memcpy(octets, event.pdu.data, event.pdu.len);
		event.pdu.data = octets;
		world_rnc_forgets(w, 0);
		world_forget_log(w);
		world_rnc(w, 0, &event);
		world_flush(w);
		if (w->rnc[0]->state == IUPLUS_RNC_CONNECTING)
			connected++;
		else
			CU_ASSERT(w->rnc[0]->state == IUPLUS_RNC_GONE &&
				  world_logged(w, ":RRCConnectionReject:", NULL));
	}
	return connected;
}

/* 8.25: each Overload cuts traffic by one step, unless TigOR runs; TinTR raises it again. */
static void test_overload(void)
{
	static const unsigned connected[] = { 12, 9, 6, 3, 0, 0 };
	struct iuplus_ranap_msg msg;
	struct world *w = &world;
	unsigned i;

	world_init(w, true, true, true, 2, 2);
	memset(&node, 0, sizeof(node));
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_OVERLOAD;
	CU_ASSERT_EQUAL(connect(w, IUPLUS_RRC_CAUSE_REGISTRATION), connected[0]);
	for (i = 1; i < 6; i++) {
		node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg);
		CU_ASSERT(timer_is(0, IUPLUS_ACT_TIMER_START, IUPLUS_RNC_TIGOR, 1));
		CU_ASSERT(timer_is(1, IUPLUS_ACT_TIMER_START, IUPLUS_RNC_TINTR, 1));
		node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg);
		CU_ASSERT_EQUAL(actions.count, 0);
		CU_ASSERT_EQUAL(connect(w, IUPLUS_RRC_CAUSE_REGISTRATION), connected[i]);
		CU_ASSERT_EQUAL(connect(w, IUPLUS_RRC_CAUSE_EMERGENCY_CALL), 12);
		node_timer(w, 1, IUPLUS_RNC_TIGOR);
	}
	for (i = IUPLUS_RNC_OVERLOAD_STEPS; i--;) {
		node_timer(w, 1, IUPLUS_RNC_TINTR);
		CU_ASSERT(i ? timer_is(0, IUPLUS_ACT_TIMER_START, IUPLUS_RNC_TINTR, 1) : is(0, IUPLUS_ACT_NOTE, NULL));
		CU_ASSERT_EQUAL(connect(w, IUPLUS_RRC_CAUSE_REGISTRATION), connected[i]);
	}
	msg.u.overload.has_steps = true;
	msg.u.overload.steps = 3;
	node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg);
	CU_ASSERT_EQUAL(connect(w, IUPLUS_RRC_CAUSE_REGISTRATION), connected[3]);
	world_free(w);
}

/* Reset Resource from the core, which names connections by its identifiers or the RNC's (TS 25.413 8.29). */
static void reset_resource(struct world *w, const struct iuplus_ranap_iu_sig_con *list, unsigned count)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg, got;
	unsigned i;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RESET_RESOURCE;
	msg.u.reset_resource.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	msg.u.reset_resource.domain = IUPLUS_DOMAIN_PS;
	msg.u.reset_resource.connections.count = (uint16_t)count;
	msg.u.reset_resource.connections.list = list;
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
	CU_ASSERT(is(0, IUPLUS_ACT_FAILURE, NULL));
	CU_ASSERT(is(1, IUPLUS_ACT_RESET_RESOURCE, NULL));
	CU_ASSERT(is(2, IUPLUS_ACT_IU_UNITDATA, "ResetResourceAcknowledge"));
	CU_ASSERT_EQUAL_FATAL(actions.count, 3);
	CU_ASSERT_EQUAL(actions.list[1].peer, 1);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(actions.list[2].pdu, 0, &w->arena, &got, &problem), IUPLUS_OK);
	CU_ASSERT(got.u.reset_resource_acknowledge.has_rnc &&
		  got.u.reset_resource_acknowledge.rnc.rnc_id == w->rnc_cfg[0].rnc_id);
	CU_ASSERT_EQUAL_FATAL(got.u.reset_resource_acknowledge.connections.count, count);
	for (i = 0; i < count; i++)
		CU_ASSERT(!memcmp(&got.u.reset_resource_acknowledge.connections.list[i], &list[i], sizeof(list[i])));
}

static void test_reset_resource(void)
{
	static const struct iuplus_ranap_iu_sig_con none[] = { { 0x700000, true, 0x7fffff }, { 3, true, 2 } };
	static const struct iuplus_ranap_iu_sig_con ours[] = { { 0x123456, false, 0 }, { 0, true, 0x7fffff } };
	static const struct iuplus_ranap_iu_sig_con core[] = { { 0x800001, false, 0 } };
	struct iuplus_rnc_ue_status status;
	struct iuplus_ranap_msg msg;
	struct world *w = &world;

	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	memset(&node, 0, sizeof(node));
	reset_resource(w, none, 2);
	CU_ASSERT_FALSE(iuplus_rnc_ue_named(w->rnc[0], &actions.list[1]));
	reset_resource(w, core, 1);
	CU_ASSERT_FALSE(iuplus_rnc_ue_named(w->rnc[0], &actions.list[1]));
	reset_resource(w, ours, 2);
	CU_ASSERT(iuplus_rnc_ue_named(w->rnc[0], &actions.list[1]));
	CU_ASSERT_EQUAL(world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RESET, .conn = 1 }),
			IUPLUS_OK);
	if (w->rnc[0]) {
		iuplus_rnc_ue_get_status(w->rnc[0], &status);
		CU_ASSERT_FALSE(status.iu[1]);
		CU_ASSERT_FALSE(iuplus_rnc_ue_named(w->rnc[0], &actions.list[1]));
	}
	world_free(w);

	/* after a relocation the connection is the core's */
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	world_relocate(w);
	CU_ASSERT_PTR_NOT_NULL_FATAL(w->rnc[!w->serving]);
	reset_resource(w, ours, 2);
	CU_ASSERT_FALSE(iuplus_rnc_ue_named(w->rnc[!w->serving], &actions.list[1]));
	reset_resource(w, core, 1);
	CU_ASSERT(iuplus_rnc_ue_named(w->rnc[!w->serving], &actions.list[1]));

	/* for another domain than the sender's; without a list; an unexpected acknowledgement */
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RESET_RESOURCE;
	msg.u.reset_resource.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	msg.u.reset_resource.domain = IUPLUS_DOMAIN_CS;
	msg.u.reset_resource.connections.count = 1;
	msg.u.reset_resource.connections.list = core;
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
	CU_ASSERT(is(1, IUPLUS_ACT_IU_UNITDATA, "ErrorIndication"));
	CU_ASSERT_EQUAL(actions.count, 2);
	msg.kind = IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE;
	CU_ASSERT_EQUAL(node_event(w, IUPLUS_RNC_NODE_UNITDATA, 1, &msg), IUPLUS_OK);
	CU_ASSERT(is(0, IUPLUS_ACT_FAILURE, NULL));
	CU_ASSERT_EQUAL(actions.count, 1);
	world_free(w);
}

IUPLUS_CUNIT_MAIN("the RNC as a whole", { "Reset by the core", test_reset_by_core }, { "Reset", test_reset },
		  { "Reset Resource", test_reset_resource }, { "overload", test_overload })
