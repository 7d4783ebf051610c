/* SPDX-License-Identifier: BSD-2-Clause */
/* Walks the tables of the RNC's and the UE's RRC machine: every state with every event, RRC message and RANAP message
 * has the outcome stated in its row. doc/procedures.md must show these tables: IUPLUS_PRINT_TABLES=1 prints its
 * expected contents. */
#include "cunit_main.h"
#include "proc_ran_world.h"

#include <stdarg.h>

static struct world world;

/* ---- the RNC in every state ---- */

static struct iuplus_rnc_ue rnc_in[IUPLUS_RNC_STATES];
static bool rnc_have[IUPLUS_RNC_STATES];
static struct iuplus_rnc_config rnc_config[IUPLUS_RNC_STATES];

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

	for (i = 0; i < 3; i++) {	/* connecting, securing, connected */
		world_init(w, true, true, true, 2, 2);
		if (i == 0)
			keep_rnc(w, 0);		/* idle */
		w->stop_before = stops[i];
		world_attach(w);
		keep_rnc(w, 0);
		world_free(w);
	}
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->cn.hold_command = true;
	world_relocate(w);
	keep_rnc(w, 0);			/* preparing */
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_CANCEL });
	keep_rnc(w, 0);			/* cancelling */
	world_free(w);
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	w->stop_before = "PhysicalChannelReconfiguration";
	world_relocate(w);
	keep_rnc(w, 0);			/* relocating */
	keep_rnc(w, 1);			/* expecting */
	world_rnc(w, 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RADIO_HEARD });
	keep_rnc(w, 1);			/* detected */
	world_free(w);
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELEASE });
	w->stop_before = "RRCConnectionRelease";
	world_run(w);
	keep_rnc(w, 0);			/* releasing */
	w->stop_before = NULL;
	world_settle(w);
	keep_rnc(w, 0);			/* gone */
	world_free(w);
	for (i = 0; i < IUPLUS_RNC_STATES; i++) {
		if (!rnc_have[i])
			fprintf(stderr, "state %s was not reached\n", iuplus_rnc_state_name(i));
		CU_ASSERT(rnc_have[i]);
	}
}

static struct iuplus_arena arena;

static int run_rnc(enum iuplus_rnc_state state, const struct iuplus_rnc_event *event, struct iuplus_rnc_ue *ue,
		   struct iuplus_proc_actions *actions)
{
	static uint32_t rng = 1;
	struct world random = { .rng = rng++ };
	struct iuplus_proc_env env = { .arena = &arena, .random = world_random, .user = &random };

	*ue = rnc_in[state];
	actions->count = 0;
	return iuplus_rnc_event(ue, &rnc_config[state], &env, event, actions);
}

static unsigned count(const struct iuplus_proc_actions *actions, enum iuplus_proc_act kind)
{
	unsigned i, n = 0;

	for (i = 0; i < actions->count; i++)
		n += actions->list[i].kind == kind;
	return n;
}

/* Compares the outcome with the row. Returns false if they differ. */
static bool rnc_fits(enum iuplus_rnc_state state, const struct rnc_row *row, bool ranap, int rc,
		     const struct iuplus_rnc_ue *ue, const struct iuplus_proc_actions *actions)
{
	unsigned ends = row->ends ? row->ends : 1u << state;
	bool idle_ends = state == IUPLUS_RNC_IDLE && ue->state == IUPLUS_RNC_GONE;	/* the event had no effect */

	if ((ue->state == IUPLUS_RNC_GONE && state != IUPLUS_RNC_GONE) != (count(actions, IUPLUS_ACT_FREE) == 1))
		return false;
	if (count(actions, IUPLUS_ACT_FREE) > 1)
		return false;
	switch (row->answer) {
	case RNC_ORDER_REFUSED:
		return rc == IUPLUS_ERR_STATE && !actions->count && ue->state == state;
	case RNC_IGNORE:
		return !rc && (idle_ends || (!actions->count && ue->state == state));
	case RNC_DROP:
		return !rc && count(actions, IUPLUS_ACT_FAILURE) &&
		       (idle_ends || (actions->count == 1 && ue->state == state));
	case RNC_DEFAULT:
		if (rc || !count(actions, IUPLUS_ACT_FAILURE) || (ue->state != state && !idle_ends))
			return false;
		return ranap || idle_ends || actions->count == 1;
	default:
		return (rc == IUPLUS_OK || rc == IUPLUS_ERR_STATE || rc == IUPLUS_ERR_ARGUMENT) &&
		       ((ends & 1u << ue->state) || idle_ends);
	}
}

static void check_rnc(enum iuplus_rnc_state state, const struct rnc_row *row, bool ranap, const char *what,
		      const struct iuplus_rnc_event *event)
{
	static struct iuplus_proc_actions actions;
	struct iuplus_rnc_ue ue;
	int rc = run_rnc(state, event, &ue, &actions);
	bool ok = rnc_fits(state, row, ranap, rc, &ue, &actions);

	if (!ok)
		fprintf(stderr, "%s in state %s: code %d, %u actions (first %d %s), then %s; the table says: %s\n",
			what, iuplus_rnc_state_name(state), rc, actions.count,
			actions.count ? (int)actions.list[0].kind : -1,
			actions.count && actions.list[0].message ? actions.list[0].message : "",
			iuplus_rnc_state_name(ue.state), row->what ? row->what : "default");
	CU_ASSERT(ok);
	while (ue.queued)
		free(ue.queue[--ue.queued].nas);
	iuplus_arena_reset(&arena, true);
}

static void test_rnc_events(void)
{
	unsigned state, kind, timer;

	iuplus_arena_init(&arena, 0);
	reach_rnc_states();
	for (state = 0; state < IUPLUS_RNC_STATES; state++)
		for (kind = 0; kind < IUPLUS_RNC_EVENTS; kind++) {
			const struct rnc_row *row = &iuplus_rnc_event_table__[state][kind];
			struct iuplus_rnc_event event = { .kind = kind, .conn = 1, .rb = 3, .target_rnc_id = 2 };
			char what[64];

			CU_ASSERT_PTR_NOT_NULL(row->what);
			for (timer = 0; timer < (kind == IUPLUS_RNC_EV_TIMER ? IUPLUS_RNC_TIMERS : 1u); timer++) {
				event.timer = timer;
				snprintf(what, sizeof(what), "%s %s", iuplus_rnc_event_name(kind),
					 kind == IUPLUS_RNC_EV_TIMER ? iuplus_rnc_timer_name(timer) : "");
				/* without octets: not a message */
				check_rnc(state, row, kind == IUPLUS_RNC_EV_RANAP, what, &event);
			}
		}
}

/* An uplink message of the row, as a correct UE sends it. */
static void make_rrc(unsigned row, struct iuplus_rrc_msg *msg, uint8_t *rb, const struct iuplus_rnc_ue *ue)
{
	static const enum iuplus_rrc_type types[RNC_RRC_ROWS] = { IUPLUS_RRC_CONNECTION_REQUEST,
								  IUPLUS_RRC_CONNECTION_SETUP_COMPLETE,
								  IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE,
								  IUPLUS_RRC_INITIAL_DIRECT_TRANSFER,
								  IUPLUS_RRC_UPLINK_DIRECT_TRANSFER,
								  IUPLUS_RRC_SECURITY_MODE_COMPLETE,
								  IUPLUS_RRC_SECURITY_MODE_FAILURE,
								  IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE,
								  IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE,
								  IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION,
								  IUPLUS_RRC_STATUS,
								  IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM };
	static const uint8_t bearers[RNC_RRC_ROWS] = { 0, 2, 1, 3, 3, 2, 2, 2, 2, 2, 2, 2 };
	static const uint8_t nas[] = { 8, 3 };

	memset(msg, 0, sizeof(*msg));
	msg->channel = row == RNC_RRC_CONNECTION_REQUEST ? IUPLUS_RRC_UL_CCCH : IUPLUS_RRC_UL_DCCH;
	msg->type = types[row];
	*rb = bearers[row];
	switch (row) {
	case RNC_RRC_CONNECTION_REQUEST:
		msg->u.connection_request.identity.kind = IUPLUS_RRC_IDENTITY_IMSI;
		msg->u.connection_request.identity = ue->identity.digits_len ? ue->identity :
			(struct iuplus_rrc_identity){ .kind = IUPLUS_RRC_IDENTITY_IMSI, .digits_len = 15 };
		break;
	case RNC_RRC_CONNECTION_SETUP_COMPLETE:
		msg->u.connection_setup_complete.start.count = 1;
		msg->u.connection_setup_complete.have_capability = true;
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
		msg->u.failure.have_transaction = true;
		msg->u.failure.transaction = ue->pending.transaction;
		break;
	case RNC_RRC_RECONFIGURATION_COMPLETE:
		msg->u.reconfiguration_complete.transaction = ue->reconfiguration;
		break;
	case RNC_RRC_SIGNALLING_RELEASE_INDICATION:
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
		for (row = 0; row < RNC_RRC_ROWS; row++) {
			struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RRC };
			const struct iuplus_rnc_ue *ue = &rnc_in[state];
			struct iuplus_rrc_integrity integrity = ue->integrity;
			struct iuplus_rrc_msg msg;

			make_rrc(row, &msg, &event.rb, ue);
			CU_ASSERT_EQUAL(iuplus_rnc_rrc_row__(msg.type), row);
			if (state == IUPLUS_RNC_SECURING && row == RNC_RRC_SECURITY_MODE_COMPLETE)
				integrity = ue->pending.integrity;
			if (encode_rrc(&msg, &integrity, true, event.rb, &event.pdu))
				check_rnc(state, &iuplus_rnc_rrc_table__[state][row], false, iuplus_rnc_rrc_rows__[row],
					  &event);
		}
}

static void make_ranap(unsigned row, struct iuplus_ranap_msg *msg)
{
	static const unsigned kinds[RNC_RANAP_ROWS] = {
		IUPLUS_RANAP_DIRECT_TRANSFER, IUPLUS_RANAP_COMMON_ID, IUPLUS_RANAP_SECURITY_MODE_COMMAND,
		IUPLUS_RANAP_IU_RELEASE_COMMAND, IUPLUS_RANAP_RELOCATION_COMMAND,
		IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE,
		IUPLUS_RANAP_RELOCATION_REQUEST, IUPLUS_RANAP_ERROR_INDICATION, IUPLUS_RANAP_RELOCATION_DETECT
	};

	memset(msg, 0, sizeof(*msg));
	msg->kind = kinds[row];
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
		msg->u.security_mode_command.integrity.algorithms[0] = IUPLUS_RANAP_UIA2;
		msg->u.security_mode_command.integrity.algorithms[1] = IUPLUS_RANAP_UIA1;
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
		for (row = 0; row < RNC_RANAP_ROWS; row++) {
			struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RANAP, .conn = IUPLUS_DOMAIN_PS };
			struct iuplus_ranap_msg msg;
			int rc;

			make_ranap(row, &msg);
			CU_ASSERT_EQUAL(iuplus_rnc_ranap_row__(msg.kind), row);
			rc = iuplus_ranap_encode(&msg, 0, &arena, &event.pdu);
			CU_ASSERT_EQUAL(rc, 0);
			/* without a connection every message on it is reported */
			if (!rc && state != IUPLUS_RNC_CONNECTING)
				check_rnc(state, &iuplus_rnc_ranap_table__[state][row], true,
					  iuplus_rnc_ranap_rows__[row], &event);
		}
}

/* ---- the UE in every state ---- */

static struct iuplus_ue_rrc ue_in[IUPLUS_UE_STATES];
static bool ue_have[IUPLUS_UE_STATES];
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
	keep_ue(w);			/* idle */
	w->stop_before = "RRCConnectionSetup";
	world_attach(w);
	keep_ue(w);			/* connecting */
	w->stop_before = NULL;
	world_run(w);
	keep_ue(w);			/* connected */
	w->stop_before = "PhysicalChannelReconfigurationComplete";
	world_relocate(w);
	keep_ue(w);			/* arriving */
	world_free(w);
	world_init(w, true, true, true, 2, 2);
	world_attach(w);
	world_rnc(w, 0, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_RELEASE });
	world_run(w);
	keep_ue(w);			/* releasing */
	world_free(w);
	for (i = 0; i < IUPLUS_UE_STATES; i++) {
		if (!ue_have[i])
			fprintf(stderr, "state %s was not reached\n", iuplus_ue_rrc_state_name(i));
		CU_ASSERT(ue_have[i]);
	}
}

static bool ue_fits(enum iuplus_ue_rrc_state state, const struct ue_row *row, int rc, const struct iuplus_ue_rrc *ue,
		    const struct iuplus_proc_actions *actions)
{
	unsigned ends = row->ends ? row->ends : 1u << state;
	/* a verified message in a new cell confirms that the cell answers */
	bool heard = state == IUPLUS_UE_ARRIVING && ue->state == IUPLUS_UE_CONNECTED;

	switch (row->answer) {
	case UE_REFUSED:
		return rc == IUPLUS_ERR_STATE && !actions->count && ue->state == state;
	case UE_IGNORE:
		return !rc && ((!actions->count && ue->state == state) || heard);
	case UE_DEFAULT:
		return !rc && count(actions, IUPLUS_ACT_FAILURE) == 1 &&
		       ((actions->count == 1 && ue->state == state) || heard);
	default:
		return (rc == IUPLUS_OK || rc == IUPLUS_ERR_STATE) && (ends & 1u << ue->state);
	}
}

static void check_ue(enum iuplus_ue_rrc_state state, const struct ue_row *row, const char *what,
		     const struct iuplus_ue_rrc_event *event)
{
	static struct iuplus_proc_actions actions;
	struct world random = { .rng = 1 };
	struct iuplus_proc_env env = { .arena = &arena, .random = world_random, .user = &random };
	struct iuplus_ue_rrc ue = ue_in[state];
	bool ok;
	int rc;

	actions.count = 0;
	rc = iuplus_ue_rrc_event(&ue, &ue_config, &env, event, &actions);
	ok = ue_fits(state, row, rc, &ue, &actions);
	if (!ok)
		fprintf(stderr, "%s in state %s: code %d, %u actions (first %d %s), then %s; the table says: %s\n",
			what, iuplus_ue_rrc_state_name(state), rc, actions.count,
			actions.count ? (int)actions.list[0].kind : -1,
			actions.count && actions.list[0].message ? actions.list[0].message : "",
			iuplus_ue_rrc_state_name(ue.state), row->what ? row->what : "default");
	CU_ASSERT(ok);
	free(ue.initial[0].nas);
	free(ue.initial[1].nas);
	iuplus_arena_reset(&arena, true);
}

static void test_ue_events(void)
{
	unsigned state, kind, n;

	reach_ue_states();
	for (state = 0; state < IUPLUS_UE_STATES; state++)
		for (kind = 0; kind < IUPLUS_UE_EVENTS; kind++) {
			const struct ue_row *row = &iuplus_ue_event_table__[state][kind];
			struct iuplus_ue_rrc_event event = { .kind = kind, .domain = IUPLUS_DOMAIN_PS };
			unsigned times = kind == IUPLUS_UE_EV_TIMER      ? IUPLUS_UE_TIMERS
					 : kind == IUPLUS_UE_EV_NAS_DOWN ? 2
									 : 1;

			CU_ASSERT_PTR_NOT_NULL(row->what);
			for (n = 0; n < times; n++) {
				event.timer = n;
				event.initial = n;
				event.pdu.data = (const uint8_t *)"\x08\x03";
				event.pdu.len = 2;
				check_ue(state, row, iuplus_ue_rrc_event_name(kind), &event);
			}
		}
}

static void make_downlink(unsigned row, struct iuplus_rrc_msg *msg, uint8_t *rb, const struct iuplus_ue_rrc *ue)
{
	static const enum iuplus_rrc_type types[UE_RRC_ROWS] = {
		IUPLUS_RRC_CONNECTION_SETUP, IUPLUS_RRC_CONNECTION_REJECT, IUPLUS_RRC_CONNECTION_RELEASE,
		IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER, IUPLUS_RRC_SECURITY_MODE_COMMAND,
		IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION, IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE, IUPLUS_RRC_OTHER
	};
	static const uint8_t bearers[UE_RRC_ROWS] = { 0, 0, 1, 3, 2, 2, 2, 2 };

	memset(msg, 0, sizeof(*msg));
	msg->channel = row <= UE_RRC_CONNECTION_REJECT ? IUPLUS_RRC_DL_CCCH : IUPLUS_RRC_DL_DCCH;
	msg->type = types[row];
	*rb = bearers[row];
	switch (row) {
	case UE_RRC_CONNECTION_SETUP:
	case UE_RRC_CONNECTION_REJECT: {
		struct iuplus_rrc_identity *identity = row == UE_RRC_CONNECTION_SETUP
							       ? &msg->u.connection_setup.identity
							       : &msg->u.connection_reject.identity;

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

	for (state = 0; state < IUPLUS_UE_STATES; state++)
		for (row = 0; row < UE_RRC_OTHER; row++) {
			struct iuplus_ue_rrc_event event = { .kind = IUPLUS_UE_EV_RRC };
			const struct iuplus_ue_rrc *ue = &ue_in[state];
			struct iuplus_rrc_integrity integrity = ue->now.integrity;
			const struct ue_row *stated = &iuplus_ue_rrc_table__[state][row];
			static const struct ue_row without_connection = { UE_DEFAULT, NULL, 0, "reported" };
			struct iuplus_rrc_msg msg;

			make_downlink(row, &msg, &event.rb, ue);
			CU_ASSERT_EQUAL(iuplus_ue_rrc_row__(msg.type), row);
			/* a DCCH needs a connection: without one every message is reported */
			if (event.rb && (state == IUPLUS_UE_IDLE || state == IUPLUS_UE_CONNECTING))
				stated = &without_connection;
			if (encode_rrc(&msg, &integrity, false, event.rb, &event.pdu))
				check_ue(state, stated, iuplus_ue_rrc_rows__[row], &event);
		}
}

/* ---- doc/procedures.md ---- */

static char expected[65536];
static size_t expected_len;

__attribute__((format(printf, 1, 2))) static void print(const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(expected + expected_len, sizeof(expected) - expected_len, format, ap);
	va_end(ap);
	CU_ASSERT(n >= 0 && expected_len + n < sizeof(expected));
	if (n > 0)
		expected_len += n;
}

static void print_states(unsigned ends, unsigned state, unsigned states, const char *(*name)(unsigned))
{
	const char *comma = "";
	unsigned i;

	if (!ends || ends == 1u << state) {
		print("%s", name(state));
		return;
	}
	if (ends == (1u << states) - 1) {
		print("by message");
		return;
	}
	for (i = 0; i < states; i++)
		if (ends & 1u << i) {
			print("%s%s", comma, name(i));
			comma = ", ";
		}
}

static const char *rnc_state(unsigned i)
{
	return iuplus_rnc_state_name(i);
}

static const char *ue_state(unsigned i)
{
	return iuplus_ue_rrc_state_name(i);
}

/* The rows of a kind as one line, or nothing. */
struct names {
	char text[1024];
};

static void add(struct names *names, const char *name)
{
	size_t len = strlen(names->text);

	snprintf(names->text + len, sizeof(names->text) - len, "%s%s", len ? ", " : "", name);
}

static void print_names(const char *title, const struct names *names)
{
	if (names->text[0])
		print("%s: %s.\n", title, names->text);
}

static void print_rnc(unsigned state)
{
	struct names ignored = { "" }, reported = { "" }, refused = { "" };
	unsigned table, i;

	print("\n### RNC: %s\n\n| event | what is done | then |\n| --- | --- | --- |\n", rnc_state(state));
	for (table = 0; table < 3; table++) {
		unsigned rows = table == 0   ? (unsigned)IUPLUS_RNC_EVENTS
				: table == 1 ? (unsigned)RNC_RRC_ROWS
					     : (unsigned)RNC_RANAP_ROWS;

		for (i = 0; i < rows; i++) {
			const struct rnc_row *row = table == 0 ? &iuplus_rnc_event_table__[state][i] :
						    table == 1 ? &iuplus_rnc_rrc_table__[state][i] :
						    &iuplus_rnc_ranap_table__[state][i];
			const char *name = table == 0 ? iuplus_rnc_event_name(i) :
					   table == 1 ? iuplus_rnc_rrc_rows__[i] : iuplus_rnc_ranap_rows__[i];

			if (row->answer == RNC_IGNORE)
				add(&ignored, name);
			else if (row->answer == RNC_DROP)
				add(&reported, name);
			else if (row->answer == RNC_ORDER_REFUSED)
				add(&refused, name);
			if (row->answer != RNC_HANDLE && row->answer != RNC_BY_TIMER)
				continue;
			print("| %s | %s | ", name, row->what);
			print_states(row->ends, state, IUPLUS_RNC_STATES, rnc_state);
			print(" |\n");
		}
	}
	print("\n");
	print_names("Ignored", &ignored);
	print_names("Reported", &reported);
	print_names("Refused to the owner", &refused);
}

static void print_ue(unsigned state)
{
	struct names ignored = { "" }, refused = { "" };
	unsigned table, i;

	print("\n### UE: %s\n\n| event | what is done | then |\n| --- | --- | --- |\n", ue_state(state));
	for (table = 0; table < 2; table++)
		for (i = 0; i < (table ? (unsigned)UE_RRC_ROWS : (unsigned)IUPLUS_UE_EVENTS); i++) {
			const struct ue_row *row =
				table ? &iuplus_ue_rrc_table__[state][i] : &iuplus_ue_event_table__[state][i];
			const char *name = table ? iuplus_ue_rrc_rows__[i] : iuplus_ue_rrc_event_name(i);

			if (row->answer == UE_IGNORE)
				add(&ignored, name);
			else if (row->answer == UE_REFUSED)
				add(&refused, name);
			if (row->answer != UE_HANDLE && row->answer != UE_BY_TIMER)
				continue;
			print("| %s | %s | ", name, row->what);
			print_states(row->ends, state, IUPLUS_UE_STATES, ue_state);
			print(" |\n");
		}
	print("\n");
	print_names("Ignored", &ignored);
	print_names("Refused to the owner", &refused);
}

static void test_document(void)
{
	struct iuplus_rnc_config rnc;
	struct iuplus_ue_rrc_config ue;
	const char *srcdir = getenv("srcdir");
	static char text[262144];
	char path[512];
	unsigned i;
	FILE *f;
	size_t n;

	iuplus_rnc_config_init(&rnc);
	iuplus_ue_rrc_config_init(&ue);
	print("| timer | default, ms |\n| --- | --- |\n");
	for (i = 0; i < IUPLUS_RNC_TIMERS; i++)
		print("| %s (RNC) | %u |\n", iuplus_rnc_timer_name(i), (unsigned)rnc.ms[i]);
	for (i = 0; i < IUPLUS_UE_TIMERS; i++)
		print("| %s (UE) | %u |\n", iuplus_ue_rrc_timer_name(i), (unsigned)ue.ms[i]);
	for (i = 0; i < IUPLUS_RNC_GONE; i++)
		print_rnc(i);
	for (i = 0; i < IUPLUS_UE_STATES; i++)
		print_ue(i);
	if (getenv("IUPLUS_PRINT_TABLES")) {
		fputs(expected, stdout);
		return;
	}
	snprintf(path, sizeof(path), "%s/doc/procedures.md", srcdir ? srcdir : ".");
	f = fopen(path, "r");
	if (!f)
		fprintf(stderr, "%s cannot be read\n", path);
	CU_ASSERT_PTR_NOT_NULL(f);
	if (!f)
		return;
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = 0;
	if (!strstr(text, expected))
		fprintf(stderr, "%s does not show the tables of the code: run this test with IUPLUS_PRINT_TABLES=1\n",
			path);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, expected));
}

static void test_names(void)
{
	CU_ASSERT_STRING_EQUAL(iuplus_rnc_timer_name(IUPLUS_RNC_TIMERS), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_rnc_state_name(IUPLUS_RNC_STATES), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_rnc_event_name(IUPLUS_RNC_EVENTS), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_ue_rrc_timer_name(IUPLUS_UE_TIMERS), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_ue_rrc_state_name(IUPLUS_UE_STATES), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_ue_rrc_event_name(IUPLUS_UE_EVENTS), "?");
	iuplus_arena_free(&arena);
}

IUPLUS_CUNIT_MAIN("tables of the RNC and of the UE's RRC",
	{ "RNC: events", test_rnc_events },
	{ "RNC: RRC messages", test_rnc_rrc },
	{ "RNC: RANAP messages", test_rnc_ranap },
	{ "UE: events", test_ue_events },
	{ "UE: RRC messages", test_ue_rrc },
	{ "document", test_document },
	{ "names", test_names })
