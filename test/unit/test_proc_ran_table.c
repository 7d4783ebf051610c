/* SPDX-License-Identifier: BSD-2-Clause */
/* Walks the tables of the RNC's and the UE's RRC machine: every state with every event, RRC message and RANAP message
 * has the outcome stated in its row. doc/procedures.md must show these tables: IUPLUS_PRINT_TABLES=1 prints its
 * expected contents. */
#include "test/unit/cunit_main.h"
#include "test/unit/proc_ran_world.h"
#include "test/unit/proc_walk.h"

#include <iuplus/ue_nas.h>

static struct world world;

/* ---- the RNC in every state ---- */

static struct iuplus_rnc_ue rnc_in[IUPLUS_RNC_STATE_COUNT];
static bool rnc_have[IUPLUS_RNC_STATE_COUNT];
static struct iuplus_rnc_config rnc_config[IUPLUS_RNC_STATE_COUNT];

static void keep_rnc(const struct world *w, unsigned n)
{
	enum iuplus_rnc_state state = w->rnc[n]->state;

	CU_ASSERT_EQUAL(w->rnc[n]->queued, 0);
	rnc_in[state] = *w->rnc[n];
	rnc_config[state] = w->rnc_cfg[n];
	rnc_have[state] = true;
}

static void reach_rnc_states(void)
{
	static const char *const stops[] = { "RRCConnectionSetupComplete", "SecurityModeComplete", NULL };
	struct world *w = &world;
	unsigned i;

	for (i = 0; i < 3; i++) { /* connecting, securing, connected */
		world_init(w, true, true, true, 2, 2);
		if (i == 0)
			keep_rnc(w, 0); /* idle */
		w->stop_before = stops[i];
		world_attach(w);
		keep_rnc(w, 0);
		world_free(w);
	}
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->cn.hold_command = true;
	world_relocate(w);
	keep_rnc(w, 0); /* preparing */
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_CANCEL });
	keep_rnc(w, 0); /* cancelling */
	world_free(w);
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->stop_before = "PhysicalChannelReconfiguration";
	world_relocate(w);
	keep_rnc(w, 0); /* relocating */
	keep_rnc(w, 1); /* expecting */
	world_rnc(w, 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_HEARD });
	keep_rnc(w, 1); /* detected */
	world_free(w);
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELEASE });
	w->stop_before = "RRCConnectionRelease";
	world_run(w);
	keep_rnc(w, 0); /* releasing */
	w->stop_before = NULL;
	world_settle(w);
	keep_rnc(w, 0); /* gone */
	world_free(w);
	for (i = 0; i < IUPLUS_RNC_STATE_COUNT; i++) {
		if (!rnc_have[i])
			fprintf(stderr, "state %s was not reached\n", iuplus_rnc_state_name(i));
		CU_ASSERT(rnc_have[i]);
	}
}

static struct iuplus_arena arena;

static int run_rnc(enum iuplus_rnc_state state, const struct iuplus_rnc_event *event, struct iuplus_rnc_ue *ue,
		   struct iuplus_proc_actions *actions)
{
	static uint32_t seed;
	struct world random = { .rng = seed + 1 };
	struct iuplus_proc_env env = { .arena = &arena, .random = world_random, .user = &random };

	seed++;
	*ue = rnc_in[state];
	actions->count = 0;
	return iuplus_rnc_event(ue, &rnc_config[state], &env, event, actions);
}

static const char *rnc_state(unsigned state)
{
	return iuplus_rnc_state_name(state);
}

static bool rnc_has_timer(unsigned state)
{
	unsigned timer;

	for (timer = 0; timer < IUPLUS_RNC_TIMER_COUNT; timer++)
		if (rnc_expiry(state, timer))
			return true;
	return false;
}

static const char *rnc_event(unsigned row)
{
	return iuplus_rnc_event_name(row);
}

static const struct proc_row *rnc_event_at(unsigned state, unsigned row)
{
	return &rnc_event_row(state, row)->row;
}

#define TYPE(id) IUPLUS_RRC_##id,
static const enum iuplus_rrc_type rnc_rrc_types[] = { RNC_RRC_MESSAGES(
	TYPE) IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM };
static const enum iuplus_rrc_type ue_rrc_types[] = { UE_RRC_MESSAGES(TYPE) IUPLUS_RRC_OTHER };
#undef TYPE
#define KIND(id) IUPLUS_RANAP_##id,
/* a message that only the core receives is one without a row */
static const unsigned rnc_ranap_kinds[] = { RNC_RANAP_MESSAGES(KIND) IUPLUS_RANAP_RELOCATION_DETECT };
#undef KIND

static const char *rnc_rrc_name(unsigned row)
{
	return row == RNC_RRC_OTHER ? "any other" : iuplus_rrc_asn1_name(rnc_rrc_types[row]);
}

static const struct proc_row *rnc_rrc_at(unsigned state, unsigned row)
{
	return &rnc_rrc_table[state][row].row;
}

static const char *rnc_ranap_name(unsigned row)
{
	return row == RNC_RANAP_OTHER ? "any other" : iuplus_ranap_kind_name(rnc_ranap_kinds[row]);
}

static const struct proc_row *rnc_ranap_at(unsigned state, unsigned row)
{
	return &rnc_ranap_table[state][row].row;
}

enum { EVENTS, RRC, RANAP };
static const struct walk_table rnc_tables[] = {
	[EVENTS] = { "event", IUPLUS_RNC_EV_COUNT, rnc_event, rnc_event_at },
	[RRC] = { "RRC message", RNC_RRC_ROW_COUNT, rnc_rrc_name, rnc_rrc_at },
	[RANAP] = { "RANAP message", RNC_RANAP_ROW_COUNT, rnc_ranap_name, rnc_ranap_at }
};
static const struct walk_machine rnc_walk = { "RNC", IUPLUS_RNC_STATE_COUNT, rnc_state, rnc_has_timer, rnc_tables, 3 };

static void check_rnc(enum iuplus_rnc_state state, unsigned table, unsigned row, const char *detail,
		      const struct iuplus_rnc_event *event)
{
	static struct iuplus_proc_actions actions;
	struct iuplus_rnc_ue ue;
	struct walk_result result = { .actions = &actions, .answered = table == RANAP /* TS 25.413 clause 10 */ };

	result.rc = run_rnc(state, event, &ue, &actions);
	result.state = ue.state;
	/* a context whose first message led to nothing ends */
	result.aside = state == IUPLUS_RNC_IDLE && ue.state == IUPLUS_RNC_GONE;
	walk_check(&rnc_walk, &rnc_tables[table], state, row, detail, &result);
	CU_ASSERT_EQUAL(walk_count(&actions, IUPLUS_ACT_FREE), ue.state == IUPLUS_RNC_GONE && state != IUPLUS_RNC_GONE);
	while (ue.queued)
		free(ue.queue[--ue.queued].octets);
	iuplus_arena_reset(&arena, true);
}

static void test_rnc_events(void)
{
	unsigned state, kind, timer;

	iuplus_arena_init(&arena, 0);
	reach_rnc_states();
	walk_complete(&rnc_walk);
	for (state = 0; state < IUPLUS_RNC_STATE_COUNT; state++)
		for (kind = 0; kind < IUPLUS_RNC_EV_COUNT; kind++) {
			struct iuplus_rnc_event event = { .kind = kind, .conn = 1, .rb = 3, .target.rnc_id = 2 };

			/* without octets: a message that is none */
			if (kind != IUPLUS_RNC_EV_TIMER)
				check_rnc(state, EVENTS, kind, NULL, &event);
			for (timer = 0; kind == IUPLUS_RNC_EV_TIMER && timer < IUPLUS_RNC_TIMER_COUNT; timer++) {
				event.timer = timer;
				check_rnc(state, EVENTS, kind, iuplus_rnc_timer_name(timer), &event);
			}
		}
}

/* An order that this RNC cannot execute changes nothing. */
static void test_rnc_targets(void)
{
	static const struct iuplus_rnc_target targets[] = {
		{ .rnc_id = 1 }, /* this RNC itself */
		{ .rnc_id = 4096 },
		{ .rnc_id = 2, .type = IUPLUS_RNC_UE_NOT_INVOLVED },
		{ .rnc_id = 2, .path = IUPLUS_RNC_PATH_IUR },
	};
	static struct iuplus_proc_actions actions;
	struct iuplus_rnc_ue ue;
	unsigned i;

	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RELOCATE, .target = targets[i] };

		CU_ASSERT_EQUAL(run_rnc(IUPLUS_RNC_CONNECTED, &event, &ue, &actions), IUPLUS_ERR_ARGUMENT);
		CU_ASSERT_EQUAL(actions.count, 0);
		CU_ASSERT_EQUAL(ue.state, IUPLUS_RNC_CONNECTED);
	}
}

/* An uplink message of the row, as a correct UE sends it. */
static void make_rrc(unsigned row, struct iuplus_rrc_msg *msg, uint8_t *rb, const struct iuplus_rnc_ue *ue)
{
	static const uint8_t bearers[RNC_RRC_ROW_COUNT] = { 0, 2, 1, 3, 3, 2, 2, 2, 2, 2, 2, 2 };
	static const uint8_t nas[] = { 8, 3 };

	memset(msg, 0, sizeof(*msg));
	msg->channel = row == RNC_RRC_CONNECTION_REQUEST ? IUPLUS_RRC_UL_CCCH : IUPLUS_RRC_UL_DCCH;
	msg->type = rnc_rrc_types[row];
	*rb = bearers[row];
	switch (row) {
	case RNC_RRC_CONNECTION_REQUEST:
		msg->u.connection_request.identity.kind = IUPLUS_RRC_IDENTITY_IMSI;
		msg->u.connection_request.identity =
			ue->identity.digits_len ?
				ue->identity :
				(struct iuplus_rrc_identity){ .kind = IUPLUS_RRC_IDENTITY_IMSI, .digits_len = 15 };
		break;
	case RNC_RRC_CONNECTION_SETUP_COMPLETE:
		msg->u.connection_setup_complete.start.count = 1;
		msg->u.connection_setup_complete.has_capability = true;
		break;
	case RNC_RRC_INITIAL_DIRECT_TRANSFER:
		msg->u.initial_direct_transfer.domain = IUPLUS_DOMAIN_CS;
		msg->u.initial_direct_transfer.nas.data = nas;
		msg->u.initial_direct_transfer.nas.len = sizeof(nas);
		break;
	case RNC_RRC_UPLINK_DIRECT_TRANSFER:
		msg->u.uplink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		msg->u.uplink_direct_transfer.nas.data = nas;
		msg->u.uplink_direct_transfer.nas.len = sizeof(nas);
		break;
	case RNC_RRC_SECURITY_MODE_COMPLETE:
		msg->u.security_mode_complete.transaction = ue->pending.transaction;
		break;
	case RNC_RRC_SECURITY_MODE_FAILURE:
		msg->u.failure.has_transaction = true;
		msg->u.failure.transaction = ue->pending.transaction;
		break;
	case RNC_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
		msg->u.reconfiguration_complete.transaction = ue->reconfiguration;
		break;
	case RNC_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION:
		msg->u.signalling_connection_release.domain = IUPLUS_DOMAIN_PS;
		break;
	default:
		break;
	}
}

static bool encode_rrc(struct iuplus_rrc_msg *msg, struct iuplus_rrc_integrity *integrity, bool uplink, uint8_t rb,
		       struct iuplus_octets *pdu)
{
	struct iuplus_rrc_error error;
	int rc;

	msg->integrity_check.present = rb && integrity->started;
	rc = iuplus_rrc_encode(msg, 0, &arena, pdu, &error);
	if (!rc && msg->integrity_check.present)
		rc = iuplus_rrc_integrity_protect(integrity, uplink, rb, (uint8_t *)(uintptr_t)pdu->data, pdu->len);
	if (rc)
		fprintf(stderr, "%s cannot be made: %s at %s\n", iuplus_rrc_asn1_name(msg->type), iuplus_strrc(rc),
			error.path);
	CU_ASSERT_EQUAL(rc, 0);
	return rc == 0;
}

static void test_rnc_rrc(void)
{
	unsigned state, row;

	for (state = 0; state < IUPLUS_RNC_GONE; state++)
		for (row = 0; row < RNC_RRC_ROW_COUNT; row++) {
			struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RRC };
			const struct iuplus_rnc_ue *ue = &rnc_in[state];
			struct iuplus_rrc_integrity integrity = ue->integrity;
			struct iuplus_rrc_msg msg;

			make_rrc(row, &msg, &event.rb, ue);
			CU_ASSERT_EQUAL(rnc_rrc_row(msg.type), row);
			if (state == IUPLUS_RNC_SECURING && row == RNC_RRC_SECURITY_MODE_COMPLETE)
				integrity = ue->pending.integrity;
			if (encode_rrc(&msg, &integrity, true, event.rb, &event.pdu))
				check_rnc(state, RRC, row, NULL, &event);
		}
}

static void make_ranap(unsigned row, struct iuplus_ranap_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->kind = rnc_ranap_kinds[row];
	switch (row) {
	case RNC_RANAP_DIRECT_TRANSFER:
		msg->u.direct_transfer.nas_pdu.data = (const uint8_t *)"\x08\x02";
		msg->u.direct_transfer.nas_pdu.len = 2;
		break;
	case RNC_RANAP_COMMON_ID:
		iuplus_ranap_imsi_parse("001010123456789", &msg->u.common_id.imsi);
		break;
	case RNC_RANAP_SECURITY_MODE_COMMAND:
		msg->u.security_mode_command.integrity.count = 2;
		msg->u.security_mode_command.integrity.algorithms[0] = 2;
		msg->u.security_mode_command.integrity.algorithms[1] = 1;
		break;
	case RNC_RANAP_IU_RELEASE_COMMAND:
		msg->u.iu_release_command.cause = IUPLUS_RANAP_CAUSE_NORMAL_RELEASE;
		break;
	case RNC_RANAP_RELOCATION_PREPARATION_FAILURE:
		msg->u.relocation_preparation_failure.cause = IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC;
		break;
	case RNC_RANAP_RELOCATION_REQUEST:
		msg->u.relocation_request.cause = IUPLUS_RANAP_CAUSE_RELOCATION_DESIRABLE;
		msg->u.relocation_request.domain = IUPLUS_DOMAIN_PS;
		msg->u.relocation_request.container.rrc_container.data = (const uint8_t *)"\x40";
		msg->u.relocation_request.container.rrc_container.len = 1;
		msg->u.relocation_request.container.iu_instances = 1;
		msg->u.relocation_request.container.ue_involved = true;
		msg->u.relocation_request.container.has_target_cell = true;
		break;
	case RNC_RANAP_ERROR_INDICATION:
		msg->u.error_indication.has_cause = true;
		msg->u.error_indication.cause = IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR;
		break;
	default:
		break;
	}
}

static void test_rnc_ranap(void)
{
	unsigned state, row;

	for (state = 0; state < IUPLUS_RNC_GONE; state++)
		for (row = 0; row < RNC_RANAP_ROW_COUNT; row++) {
			struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RANAP, .conn = IUPLUS_DOMAIN_PS };
			struct iuplus_ranap_msg msg;
			int rc;

			make_ranap(row, &msg);
			CU_ASSERT_EQUAL(rnc_ranap_row(msg.kind), row);
			rc = iuplus_ranap_encode(&msg, 0, &arena, &event.pdu);
			CU_ASSERT_EQUAL(rc, 0);
			/* without a connection every message on it is reported */
			if (!rc && state != IUPLUS_RNC_CONNECTING)
				check_rnc(state, RANAP, row, NULL, &event);
		}
}

/* ---- the UE in every state ---- */

static struct iuplus_ue_rrc ue_in[IUPLUS_UE_STATE_COUNT];
static bool ue_have[IUPLUS_UE_STATE_COUNT];
static struct iuplus_ue_rrc_config ue_config;

static void keep_ue(const struct world *w)
{
	ue_in[w->ue->state] = *w->ue;
	memset(ue_in[w->ue->state].initial, 0, sizeof(w->ue->initial));
	ue_have[w->ue->state] = true;
}

static void reach_ue_states(void)
{
	struct world *w = &world;
	unsigned i;

	world_init(w, true, true, true, 2, 2);
	ue_config = w->ue_cfg;
	keep_ue(w); /* idle */
	w->stop_before = "RRCConnectionSetup";
	world_attach(w);
	keep_ue(w); /* connecting */
	w->stop_before = NULL;
	world_run(w);
	keep_ue(w); /* connected */
	w->stop_before = "PhysicalChannelReconfiguration";
	world_relocate(w);
	w->stop_before = NULL;
	w->dead[WORLD_TARGET] = true; /* no physical channel */
	world_run(w);
	keep_ue(w); /* arriving */
	world_free(w);
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELEASE });
	world_run(w);
	keep_ue(w); /* releasing */
	world_free(w);
	for (i = 0; i < IUPLUS_UE_STATE_COUNT; i++) {
		if (!ue_have[i])
			fprintf(stderr, "state %s was not reached\n", iuplus_ue_rrc_state_name(i));
		CU_ASSERT(ue_have[i]);
	}
}

static const char *ue_state(unsigned state)
{
	return iuplus_ue_rrc_state_name(state);
}

static bool ue_has_timer(unsigned state)
{
	unsigned timer;

	for (timer = 0; timer < IUPLUS_UE_TIMER_COUNT; timer++)
		if (ue_expiry(state, timer))
			return true;
	return false;
}

static const char *ue_event(unsigned row)
{
	return iuplus_ue_rrc_event_name(row);
}

static const struct proc_row *ue_event_at(unsigned state, unsigned row)
{
	return &ue_event_row(state, row)->row;
}

static const char *ue_rrc_name(unsigned row)
{
	return row == UE_RRC_OTHER ? "any other" : iuplus_rrc_asn1_name(ue_rrc_types[row]);
}

static const struct proc_row *ue_rrc_at(unsigned state, unsigned row)
{
	return &ue_rrc_table[state][row].row;
}

static const struct walk_table ue_tables[] = { [EVENTS] = { "event", IUPLUS_UE_EV_COUNT, ue_event, ue_event_at },
					       [RRC] = { "RRC message", UE_RRC_ROW_COUNT, ue_rrc_name, ue_rrc_at } };
static const struct walk_machine ue_walk = { "UE", IUPLUS_UE_STATE_COUNT, ue_state, ue_has_timer, ue_tables, 2 };

static void check_ue(enum iuplus_ue_rrc_state state, unsigned table, unsigned row, const char *detail,
		     const struct iuplus_ue_rrc_event *event)
{
	static const struct proc_row unconnected = { PROC_DROP, 0, "reported" };
	static struct iuplus_proc_actions actions;
	struct world random = { .rng = 1 };
	struct iuplus_proc_env env = { .arena = &arena, .random = world_random, .user = &random };
	struct iuplus_ue_rrc ue = ue_in[state];
	struct walk_result result = { .actions = &actions };

	actions.count = 0;
	result.rc = iuplus_ue_rrc_event(&ue, &ue_config, &env, event, &actions);
	result.state = ue.state;
	/* a DCCH needs a connection: any message without one is reported */
	if (table == RRC && event->rb &&
	    (state == IUPLUS_UE_IDLE || state == IUPLUS_UE_CONNECTING || state == IUPLUS_UE_ARRIVING))
		result.instead = &unconnected;
	walk_check(&ue_walk, &ue_tables[table], state, row, detail, &result);
	free(ue.initial[0].nas);
	free(ue.initial[1].nas);
	while (ue.held_count)
		free(ue.held[--ue.held_count].nas);
	iuplus_arena_reset(&arena, true);
}

static void test_ue_events(void)
{
	unsigned state, kind, n;

	reach_ue_states();
	walk_complete(&ue_walk);
	for (state = 0; state < IUPLUS_UE_STATE_COUNT; state++)
		for (kind = 0; kind < IUPLUS_UE_EV_COUNT; kind++) {
			struct iuplus_ue_rrc_event event = { .kind = kind, .domain = IUPLUS_DOMAIN_PS };
			bool timer = kind == IUPLUS_UE_EV_TIMER, nas = kind == IUPLUS_UE_EV_NAS_DOWN;
			unsigned times = timer ? IUPLUS_UE_TIMER_COUNT : nas ? 2 : 1;

			for (n = 0; n < times; n++) {
				event.timer = n;
				event.initial = n;
				event.pdu.data = (const uint8_t *)"\x08\x03";
				event.pdu.len = 2;
				check_ue(state, EVENTS, kind,
					 timer    ? iuplus_ue_rrc_timer_name(n) :
					 nas && n ? "(initial)" :
						    NULL,
					 &event);
			}
		}
}

static void make_downlink(unsigned row, struct iuplus_rrc_msg *msg, uint8_t *rb, const struct iuplus_ue_rrc *ue)
{
	static const uint8_t bearers[UE_RRC_ROW_COUNT] = { 0, 0, 1, 3, 2, 2, 2, 2, 2 };

	memset(msg, 0, sizeof(*msg));
	msg->channel = row <= UE_RRC_CONNECTION_REJECT ? IUPLUS_RRC_DL_CCCH : IUPLUS_RRC_DL_DCCH;
	msg->type = ue_rrc_types[row];
	*rb = bearers[row];
	switch (row) {
	case UE_RRC_CONNECTION_SETUP:
	case UE_RRC_CONNECTION_REJECT: {
		struct iuplus_rrc_identity *identity =
			row == UE_RRC_CONNECTION_SETUP ? &msg->u.connection_setup.identity :
							 &msg->u.connection_reject.identity;

		identity->kind = IUPLUS_RRC_IDENTITY_IMSI;
		identity->digits_len = ue_config.imsi_digits;
		memcpy(identity->digits, ue_config.imsi, sizeof(ue_config.imsi));
		if (row == UE_RRC_CONNECTION_SETUP)
			msg->u.connection_setup.drx_coefficient = 6;
		break;
	}
	case UE_RRC_DOWNLINK_DIRECT_TRANSFER:
		msg->u.downlink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
		msg->u.downlink_direct_transfer.nas.data = (const uint8_t *)"\x08\x02";
		msg->u.downlink_direct_transfer.nas.len = 2;
		break;
	case UE_RRC_SECURITY_MODE_COMMAND:
		msg->u.security_mode_command.domain = IUPLUS_DOMAIN_PS;
		break;
	case UE_RRC_SIGNALLING_CONNECTION_RELEASE:
		msg->u.signalling_connection_release.domain = ue->signalling[0] ? IUPLUS_DOMAIN_CS : IUPLUS_DOMAIN_PS;
		break;
	default:
		break;
	}
}

static void test_ue_rrc(void)
{
	unsigned state, row;

	for (state = 0; state < IUPLUS_UE_STATE_COUNT; state++)
		for (row = 0; row < UE_RRC_OTHER; row++) {
			struct iuplus_ue_rrc_event event = { .kind = IUPLUS_UE_EV_RRC };
			const struct iuplus_ue_rrc *ue = &ue_in[state];
			struct iuplus_rrc_integrity integrity = ue->now.integrity;
			struct iuplus_rrc_msg msg;

			make_downlink(row, &msg, &event.rb, ue);
			CU_ASSERT_EQUAL(ue_rrc_row(msg.type), row);
			if (encode_rrc(&msg, &integrity, false, event.rb, &event.pdu))
				check_ue(state, RRC, row, NULL, &event);
		}
}

/* ---- doc/procedures.md ---- */

static void test_document(void)
{
	struct walk_text *text = calloc(1, sizeof(*text));

	if (!text)
		return;
	walk_print(text, "| timer | default, ms | what starts it |\n| --- | --- | --- |\n");
#define ROW(id, ms, name, key, runs, expired, what) walk_print(text, "| %s (RNC) | %u | %s |\n", name, ms, what);
	IUPLUS_RNC_TIMERS(ROW)
#undef ROW
#define ROW(id, ms, name, key, runs, expired, what) walk_print(text, "| %s (UE) | %u | %s |\n", name, ms, what);
	IUPLUS_UE_TIMERS(ROW)
#undef ROW
	walk_print_machine(text, &rnc_walk, IUPLUS_RNC_GONE);
	walk_print_machine(text, &ue_walk, IUPLUS_UE_STATE_COUNT);
	walk_document("doc/procedures.md", text);
	free(text);
}

/* The manual pages have the section [timers] that the lists make. */
static void test_manuals(void)
{
	struct walk_text *text = calloc(1, sizeof(*text));
	static const char head[] = ".SS [timers]\nIn milliseconds; 0 is the default.\n";

	if (!text)
		return;
#define ROW(id, ms, name, key, runs, expired, what) walk_print(text, ".TP\n.B %s\n%s: %s (%u)\n", key, name, what, ms);
	walk_print(text, "%s", head);
	IUPLUS_RNC_TIMERS(ROW)
	walk_print(text, ".SS ");
	walk_document("doc/iuplus-rnc.1", text);
	text->len = 0;
	walk_print(text, "%s", head);
	IUPLUS_UE_TIMERS(ROW)
	IUPLUS_UE_NAS_TIMERS(ROW)
	walk_print(text, ".SS ");
	walk_document("doc/iuplus-ue.1", text);
#undef ROW
	free(text);
}

static void test_names(void)
{
	CU_ASSERT_STRING_EQUAL(iuplus_rnc_timer_name(IUPLUS_RNC_TIMER_COUNT), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_rnc_state_name(IUPLUS_RNC_STATE_COUNT), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_rnc_event_name(IUPLUS_RNC_EV_COUNT), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_ue_rrc_timer_name(IUPLUS_UE_TIMER_COUNT), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_ue_rrc_state_name(IUPLUS_UE_STATE_COUNT), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_ue_rrc_event_name(IUPLUS_UE_EV_COUNT), "?");
	iuplus_arena_free(&arena);
}

IUPLUS_CUNIT_MAIN("tables of the RNC and of the UE's RRC", { "RNC: events", test_rnc_events },
		  { "RNC: targets", test_rnc_targets }, { "RNC: RRC messages", test_rnc_rrc },
		  { "RNC: RANAP messages", test_rnc_ranap }, { "UE: events", test_ue_events },
		  { "UE: RRC messages", test_ue_rrc }, { "document", test_document }, { "manual pages", test_manuals },
		  { "names", test_names })
