/* SPDX-License-Identifier: BSD-2-Clause */
/* The RNC's response to every event, RRC message and RANAP message in every state. doc/procedures.md shows these
 * tables, and a test walks them. A message without a row has the default outcome. */
#include "src/proc/rnc_ue.h"

#define S(state) (1u << IUPLUS_RNC_##state)
/* clang-format off */
#define ROW(answer, handler, ends, what) { { answer, ends, what }, handler }
/* clang-format on */
#define RUN(handler, ends, what) ROW(PROC_HANDLE, handler, ends, what)
#define IGN ROW(PROC_IGNORE, NULL, 0, NULL)
#define BY_TIMER(ends, what) ROW(PROC_BY_TIMER, NULL, ends, what)

/* An Iu connection ends: the other domain's may continue. */
#define SERVING_GONE(state) (S(state) | S(CONNECTED) | S(RELEASING) | S(GONE))

/* clang-format off */
#define IU_GONE(handler, ends, what) \
	[IUPLUS_RNC_EV_IU_RELEASED] = RUN(handler, ends, what), \
	[IUPLUS_RNC_EV_IU_LOST] = RUN(handler, ends, what), \
	[IUPLUS_RNC_EV_RESET] = RUN(handler, ends, what)
/* clang-format on */

/* Events. An event without a row has the answer of IUPLUS_RNC_EVENTS; RRC and RANAP messages have their own tables
 * below. */
/* clang-format off */
static const struct rnc_row events[IUPLUS_RNC_STATE_COUNT][IUPLUS_RNC_EV_COUNT] = {
	[IUPLUS_RNC_IDLE] = {
		IU_GONE(rnc_incoming_gone, S(GONE), "end")
	},
	[IUPLUS_RNC_CONNECTING] = {
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(GONE), "end"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(CONNECTING) | S(GONE), "end"),
		[IUPLUS_RNC_EV_RELEASE] = RUN(rnc_release_order, S(RELEASING), "RRC Connection Release")
	},
	[IUPLUS_RNC_CONNECTED] = {
		[IUPLUS_RNC_EV_IU_CONFIRMED] = RUN(rnc_iu_confirmed, 0, "connection established"),
		[IUPLUS_RNC_EV_IU_REFUSED] = RUN(rnc_iu_refused, S(CONNECTED) | S(RELEASING),
			"signalling connection or RRC released"),
		IU_GONE(rnc_iu_gone, SERVING_GONE(CONNECTED), "signalling connection or RRC released"),
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(CONNECTED) | S(RELEASING),
			"Iu connection abandoned, or release forced"),
		[IUPLUS_RNC_EV_RELOCATE] = RUN(rnc_relocate, S(CONNECTED) | S(PREPARING),
			"Relocation Required (900, 901)"),
		[IUPLUS_RNC_EV_RELEASE] = RUN(rnc_release_order, S(CONNECTED) | S(RELEASING), "Iu Release Request")
	},
	[IUPLUS_RNC_SECURING] = {
		[IUPLUS_RNC_EV_IU_CONFIRMED] = RUN(rnc_iu_confirmed, 0, "connection established"),
		[IUPLUS_RNC_EV_IU_REFUSED] = RUN(rnc_iu_gone, 0, "RRC released when the procedure ends"),
		IU_GONE(rnc_iu_gone, 0, "RRC released when the procedure ends"),
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(SECURING) | S(RELEASING) | S(GONE),
			"Security Mode Reject, Iu Release Request")
	},
	[IUPLUS_RNC_PREPARING] = {
		IU_GONE(rnc_source_iu_gone, SERVING_GONE(PREPARING) | S(CANCELLING), "RRC released, or Relocation Cancel"),
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(PREPARING) | S(CANCELLING), "Relocation Cancel"),
		[IUPLUS_RNC_EV_CANCEL] = RUN(rnc_relocation_cancel, S(CANCELLING), "Relocation Cancel")
	},
	[IUPLUS_RNC_CANCELLING] = {
		IU_GONE(rnc_source_iu_gone, SERVING_GONE(CANCELLING), "RRC released"),
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(CANCELLING) | S(CONNECTED), "service continues")
	},
	[IUPLUS_RNC_RELOCATING] = {
		IU_GONE(rnc_source_iu_gone, S(RELOCATING) | S(RELEASING) | S(GONE), "end"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(RELOCATING) | S(RELEASING), "Iu Release Request")
	},
	[IUPLUS_RNC_EXPECTING] = {
		IU_GONE(rnc_target_iu_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = RUN(rnc_radio_heard, S(DETECTED), "Relocation Detect"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(EXPECTING) | S(RELEASING), "Iu Release Request")
	},
	[IUPLUS_RNC_DETECTED] = {
		IU_GONE(rnc_target_iu_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(DETECTED) | S(RELEASING), "Iu Release Request")
	},
	[IUPLUS_RNC_RELEASING] = {
		[IUPLUS_RNC_EV_IU_REFUSED] = RUN(rnc_releasing_iu_gone, S(RELEASING) | S(GONE),
			"end, if it was the last"),
		IU_GONE(rnc_releasing_iu_gone, S(RELEASING) | S(GONE), "end, if it was the last"),
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_releasing_radio_lost, S(RELEASING) | S(GONE), "end, when Iu is released"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(RELEASING) | S(GONE), "connections released, end"),
		[IUPLUS_RNC_EV_RELEASE] = IGN
	},
	/* Every event is ignored, except that orders are refused. */
#define GONE(id, name, answer, what) \
	[IUPLUS_RNC_EV_##id] = ROW(PROC_##answer == PROC_REFUSE ? PROC_REFUSE : PROC_IGNORE, NULL, 0, NULL),
	[IUPLUS_RNC_GONE] = { IUPLUS_RNC_EVENTS(GONE) }
#undef GONE
};
/* clang-format on */

const struct rnc_row *rnc_event_row(enum iuplus_rnc_state state, enum iuplus_rnc_event_kind kind)
{
#define UNLISTED(id, name, answer, what) ROW(PROC_##answer, NULL, (1u << IUPLUS_RNC_STATE_COUNT) - 1, NULL),
	static const struct rnc_row unlisted[IUPLUS_RNC_EV_COUNT] = { IUPLUS_RNC_EVENTS(UNLISTED) };
#undef UNLISTED
	const struct rnc_row *row = &events[state][kind];

	return row->row.answer == PROC_DEFAULT ? &unlisted[kind] : row;
}

/* RRC messages, which were verified before (TS 25.331 8.5.10); default: discarded and reported. */
#define COMMON_RRC [RNC_RRC_STATUS] = RUN(rnc_uplink_status, 0, "reported")
/* The RNC serves the UE. */
#define SERVING_RRC \
	COMMON_RRC, \
		[RNC_RRC_CONNECTION_REQUEST] = \
			RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "the UE started again: Iu Release Request"), \
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = RUN(rnc_uplink_direct_transfer, 0, "Direct Transfer"), \
		[RNC_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION] = \
			RUN(rnc_signalling_release_indication, 0, "Iu Release Request")

/* clang-format off */
const struct rnc_row rnc_rrc_table[IUPLUS_RNC_STATE_COUNT][RNC_RRC_ROW_COUNT] = {
	[IUPLUS_RNC_IDLE] = {
		[RNC_RRC_CONNECTION_REQUEST] = RUN(rnc_connection_request, S(IDLE) | S(CONNECTING) | S(GONE),
			"RRC Connection Setup")
	},
	[IUPLUS_RNC_CONNECTING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = RUN(rnc_connection_request_again, 0, "RRC Connection Setup again"),
		[RNC_RRC_CONNECTION_SETUP_COMPLETE] = RUN(rnc_connection_setup_complete, S(CONNECTING) | S(CONNECTED),
			"connected")
	},
	[IUPLUS_RNC_CONNECTED] = {
		SERVING_RRC,
		[RNC_RRC_INITIAL_DIRECT_TRANSFER] = RUN(rnc_initial_direct_transfer, 0, "Initial UE Message")
	},
	[IUPLUS_RNC_SECURING] = {
		SERVING_RRC,
		[RNC_RRC_INITIAL_DIRECT_TRANSFER] = RUN(rnc_initial_direct_transfer, 0, "Initial UE Message"),
		[RNC_RRC_SECURITY_MODE_COMPLETE] =
			RUN(rnc_security_mode_complete, S(SECURING) | S(CONNECTED) | S(RELEASING),
			    "new keys in use, Security Mode Complete (919)"),
		[RNC_RRC_SECURITY_MODE_FAILURE] =
			RUN(rnc_security_mode_failure, S(SECURING) | S(CONNECTED) | S(RELEASING) | S(GONE),
			    "old keys stay in use, Security Mode Reject; without any: Iu Release Request, too")
	},
	[IUPLUS_RNC_PREPARING] = {
		SERVING_RRC
	},
	[IUPLUS_RNC_CANCELLING] = {
		SERVING_RRC,
		[RNC_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE] = IGN
	},
	[IUPLUS_RNC_RELOCATING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = IGN,
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = RUN(rnc_uplink_direct_transfer, 0, "Direct Transfer"),
		[RNC_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE] = RUN(rnc_reconfiguration_failure, S(CANCELLING),
			"the UE returned: Relocation Cancel")
	},
	[IUPLUS_RNC_EXPECTING] = {
		COMMON_RRC,
		[RNC_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE] = RUN(rnc_reconfiguration_complete, S(EXPECTING) | S(CONNECTED) | S(RELEASING),
			"Relocation Detect, Relocation Complete (909); Iu Release Request if the source lied about the UE")
	},
	[IUPLUS_RNC_DETECTED] = {
		COMMON_RRC,
		[RNC_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE] = RUN(rnc_reconfiguration_complete, S(DETECTED) | S(CONNECTED) | S(RELEASING),
			"Relocation Complete (909); Iu Release Request if the source lied about the UE")
	},
	[IUPLUS_RNC_RELEASING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = IGN,
		[RNC_RRC_CONNECTION_RELEASE_COMPLETE] = RUN(rnc_release_complete, S(RELEASING) | S(GONE), "end, when Iu is released"),
		[RNC_RRC_INITIAL_DIRECT_TRANSFER] = IGN,
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = IGN,
		[RNC_RRC_SECURITY_MODE_COMPLETE] = IGN,
		[RNC_RRC_SECURITY_MODE_FAILURE] = IGN,
		[RNC_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION] = IGN
	}
};
/* clang-format on */

/* RANAP messages on an established connection; default: a logical error, answered according to TS 25.413 10.4. */
/* clang-format off */
const struct rnc_row rnc_ranap_table[IUPLUS_RNC_STATE_COUNT][RNC_RANAP_ROW_COUNT] = {
	[IUPLUS_RNC_IDLE] = {
		[RNC_RANAP_RELOCATION_REQUEST] = RUN(rnc_relocation_request, S(EXPECTING) | S(RELEASING) | S(GONE),
			"Relocation Request Acknowledge (904) or Relocation Failure"),
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, S(IDLE) | S(GONE), "reported")
	},
	[IUPLUS_RNC_CONNECTED] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer, 0, "Downlink Direct Transfer"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_mode_command, S(CONNECTED) | S(SECURING),
			"RRC Security Mode Command (914, 915) or Security Mode Reject"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_iu_release_command, S(CONNECTED) | S(RELEASING),
			"Iu Release Complete"),
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,	/* sent before our cancellation arrived */
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] = IGN,
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_SECURING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_later, 0, "kept until the procedure ends"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_mode_later, 0,
			"of the other domain: kept until the procedure ends"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_iu_release_command, 0,
			"Iu Release Complete, RRC released when the procedure ends"),
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_PREPARING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_preparing, 0,
			"Downlink Direct Transfer, or kept"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_refused, 0, "Security Mode Reject"),
		[RNC_RANAP_IU_RELEASE_COMMAND] =
			RUN(rnc_source_release_command, S(PREPARING) | S(CONNECTED) | S(CANCELLING) | S(RELEASING),
			    "Iu Release Complete; Relocation Cancel on the other connection"),
		[RNC_RANAP_RELOCATION_COMMAND] =
			RUN(rnc_relocation_command, S(PREPARING) | S(RELOCATING) | S(CANCELLING),
			    "the target's message to the UE (906)"),
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] =
			RUN(rnc_relocation_preparation_failure, S(CONNECTED) | S(CANCELLING),
			    "service continues"),
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_CANCELLING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer, 0, "Downlink Direct Transfer"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_mode_later, 0, "kept until the cancellation ends"),
		[RNC_RANAP_IU_RELEASE_COMMAND] =
			RUN(rnc_source_release_command, S(CANCELLING) | S(CONNECTED) | S(RELEASING),
			    "Iu Release Complete"),
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,	/* sent before our cancellation arrived (8.10.2) */
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] =
			RUN(rnc_relocation_cancel_acknowledge, S(CANCELLING) | S(CONNECTED),
			    "service continues"),
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] =
			RUN(rnc_relocation_cancel_acknowledge, S(CANCELLING) | S(CONNECTED),
			    "service continues"),
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_RELOCATING] = { /* 8.6.2: everything else is ignored */
		[RNC_RANAP_DIRECT_TRANSFER] = IGN,
		[RNC_RANAP_COMMON_ID] = IGN,
		[RNC_RANAP_SECURITY_MODE_COMMAND] = IGN,
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] = IGN,
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] = IGN,
		[RNC_RANAP_RELOCATION_REQUEST] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = IGN,
		[RNC_RANAP_OTHER] = IGN,
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_source_release_command, S(RELOCATING) | S(RELEASING),
			"Iu Release Complete (910)")
	},
	[IUPLUS_RNC_EXPECTING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_later, 0, "kept until the UE has arrived"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_target_release_command, S(RELEASING), "Iu Release Complete"),
		[RNC_RANAP_RELOCATION_REQUEST] = IGN,	/* 8.7.4: the first one continues */
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_DETECTED] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_later, 0, "kept until the UE has arrived"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_target_release_command, S(RELEASING), "Iu Release Complete"),
		[RNC_RANAP_RELOCATION_REQUEST] = IGN,	/* 8.7.4: the first one continues */
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_RELEASING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = IGN,
		[RNC_RANAP_COMMON_ID] = IGN,
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_releasing, 0, "Security Mode Reject"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_releasing_command, 0, "Iu Release Complete"),
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] = IGN,
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	}
};
/* clang-format on */

enum rnc_rrc_row rnc_rrc_row(enum iuplus_rrc_type type)
{
#define CASE(id) \
	case IUPLUS_RRC_##id: \
		return RNC_RRC_##id;
	switch (type) {
		RNC_RRC_MESSAGES(CASE)
	default:
		return RNC_RRC_OTHER;
	}
#undef CASE
}

enum rnc_ranap_row rnc_ranap_row(unsigned kind)
{
#define CASE(id) \
	case IUPLUS_RANAP_##id: \
		return RNC_RANAP_##id;
	switch (kind) {
		RNC_RANAP_MESSAGES(CASE)
	default:
		return RNC_RANAP_OTHER;
	}
#undef CASE
}

rnc_handler *rnc_expiry(enum iuplus_rnc_state state, unsigned timer)
{
#define EXPIRED(id, ms, name, key, runs, expired, ...) [IUPLUS_RNC_##id] = expired,
	static rnc_handler *const expired[] = { IUPLUS_RNC_TIMERS(EXPIRED) };
#undef EXPIRED

	return timer < IUPLUS_RNC_TIMER_COUNT && proc_timer_fits(&rnc_timers[timer], state) ? expired[timer] : NULL;
}
