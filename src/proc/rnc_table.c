/* SPDX-License-Identifier: BSD-2-Clause */
/* What an RNC does with every event, RRC message and RANAP message in every state. doc/procedures.md shows these
 * tables, and a test walks them. A message that a table does not list has the default outcome. */
#include "src/proc/rnc_ue.h"

#define S(state) (1u << IUPLUS_RNC_##state)
#define RUN(handler_, ends_, what_) { RNC_HANDLE, handler_, ends_, what_ }
#define IGN { RNC_IGNORE, NULL, 0, "ignored" }
#define DROP { RNC_DROP, NULL, 0, "dropped, reported" }
#define NO { RNC_ORDER_REFUSED, NULL, 0, "refused to the owner" }
#define BY_MESSAGE { RNC_BY_MESSAGE, NULL, (1u << IUPLUS_RNC_STATES) - 1, "by message" }
#define BY_TIMER(ends_, what_) { RNC_BY_TIMER, NULL, ends_, what_ }

/* An Iu connection ends: the other domain's may live on. */
#define SERVING_GONE(state) (S(state) | S(CONNECTED) | S(RELEASING) | S(GONE))

/* RRC and RANAP messages have tables of their own below. */
#define MESSAGES \
	[IUPLUS_RNC_EV_RRC] = BY_MESSAGE, \
	[IUPLUS_RNC_EV_RANAP] = BY_MESSAGE

const struct rnc_row iuplus_rnc_event_table__[IUPLUS_RNC_STATES][IUPLUS_RNC_EVENTS] = {
	[IUPLUS_RNC_IDLE] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = DROP,
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_incoming_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_incoming_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = IGN,
		[IUPLUS_RNC_EV_TIMER] = IGN,
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_incoming_gone, S(GONE), "end")
	},
	[IUPLUS_RNC_CONNECTING] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = DROP,
		[IUPLUS_RNC_EV_IU_RELEASED] = DROP,
		[IUPLUS_RNC_EV_IU_LOST] = DROP,
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(GONE), "end"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(CONNECTING) | S(GONE), "end"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = RUN(rnc_release_order, S(RELEASING), "RRC Connection Release"),
		[IUPLUS_RNC_EV_RESET] = IGN
	},
	[IUPLUS_RNC_CONNECTED] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = RUN(rnc_iu_confirmed, 0, "the connection stands"),
		[IUPLUS_RNC_EV_IU_REFUSED] = RUN(rnc_iu_refused, S(CONNECTED) | S(RELEASING),
			"signalling connection or RRC released"),
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_iu_gone, SERVING_GONE(CONNECTED),
			"signalling connection or RRC released"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_iu_gone, SERVING_GONE(CONNECTED),
			"signalling connection or RRC released"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(CONNECTED) | S(RELEASING),
			"Iu connection given up, or release forced"),
		[IUPLUS_RNC_EV_RELOCATE] = RUN(rnc_relocate, S(CONNECTED) | S(PREPARING),
			"Relocation Required (900, 901)"),
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = RUN(rnc_release_order, S(CONNECTED) | S(RELEASING), "Iu Release Request"),
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_iu_reset, SERVING_GONE(CONNECTED),
			"signalling connection or RRC released")
	},
	[IUPLUS_RNC_SECURING] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = RUN(rnc_iu_confirmed, 0, "the connection stands"),
		[IUPLUS_RNC_EV_IU_REFUSED] = RUN(rnc_iu_gone, 0, "RRC released when the procedure ends"),
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_iu_gone, 0, "RRC released when the procedure ends"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_iu_gone, 0, "RRC released when the procedure ends"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(SECURING) | S(CONNECTED) | S(RELEASING),
			"Security Mode Reject, old keys stay"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_iu_reset, 0, "RRC released when the procedure ends")
	},
	[IUPLUS_RNC_PREPARING] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = DROP,
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_source_iu_gone, SERVING_GONE(PREPARING), "RRC released"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_source_iu_gone, SERVING_GONE(PREPARING), "RRC released"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(PREPARING) | S(CANCELLING), "Relocation Cancel"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = RUN(rnc_relocation_cancel, S(CANCELLING), "Relocation Cancel"),
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_source_iu_gone, SERVING_GONE(PREPARING), "RRC released")
	},
	[IUPLUS_RNC_CANCELLING] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = DROP,
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_source_iu_gone, SERVING_GONE(CANCELLING), "RRC released"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_source_iu_gone, SERVING_GONE(CANCELLING), "RRC released"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(CANCELLING) | S(CONNECTED), "service goes on"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_source_iu_gone, SERVING_GONE(CANCELLING), "RRC released")
	},
	[IUPLUS_RNC_RELOCATING] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = DROP,
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_source_iu_gone, S(RELOCATING) | S(RELEASING) | S(GONE), "end"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_source_iu_gone, S(RELOCATING) | S(RELEASING) | S(GONE), "end"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = IGN,	/* it was sent away */
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(RELOCATING) | S(RELEASING), "Iu Release Request"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = RUN(rnc_relocation_cancel, S(CANCELLING), "Relocation Cancel"),
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_source_iu_gone, S(RELOCATING) | S(RELEASING) | S(GONE), "end")
	},
	[IUPLUS_RNC_EXPECTING] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = DROP,
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_target_iu_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_target_iu_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = RUN(rnc_radio_heard, S(DETECTED), "Relocation Detect"),
		[IUPLUS_RNC_EV_RADIO_LOST] = IGN,
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(EXPECTING) | S(RELEASING), "Iu Release Request"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_target_iu_gone, S(GONE), "end")
	},
	[IUPLUS_RNC_DETECTED] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = DROP,
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_target_iu_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_target_iu_gone, S(GONE), "end"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_radio_lost, S(RELEASING), "Iu Release Request"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(DETECTED) | S(RELEASING), "Iu Release Request"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_target_iu_gone, S(GONE), "end")
	},
	[IUPLUS_RNC_RELEASING] = {
		MESSAGES,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = DROP,
		[IUPLUS_RNC_EV_IU_REFUSED] = RUN(rnc_releasing_iu_gone, S(RELEASING) | S(GONE),
			"end, when it was the last"),
		[IUPLUS_RNC_EV_IU_RELEASED] = RUN(rnc_releasing_iu_gone, S(RELEASING) | S(GONE),
			"end, when it was the last"),
		[IUPLUS_RNC_EV_IU_LOST] = RUN(rnc_releasing_iu_gone, S(RELEASING) | S(GONE),
			"end, when it was the last"),
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = RUN(rnc_releasing_radio_lost, S(RELEASING) | S(GONE),
			"end, when Iu is released"),
		[IUPLUS_RNC_EV_TIMER] = BY_TIMER(S(RELEASING) | S(GONE), "connections cut, end"),
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = IGN,
		[IUPLUS_RNC_EV_RESET] = RUN(rnc_releasing_iu_gone, S(RELEASING) | S(GONE), "end, when it was the last")
	},
	[IUPLUS_RNC_GONE] = {
		[IUPLUS_RNC_EV_RRC] = IGN,
		[IUPLUS_RNC_EV_RANAP] = IGN,
		[IUPLUS_RNC_EV_IU_CONFIRMED] = IGN,
		[IUPLUS_RNC_EV_IU_REFUSED] = IGN,
		[IUPLUS_RNC_EV_IU_RELEASED] = IGN,
		[IUPLUS_RNC_EV_IU_LOST] = IGN,
		[IUPLUS_RNC_EV_RADIO_HEARD] = IGN,
		[IUPLUS_RNC_EV_RADIO_LOST] = IGN,
		[IUPLUS_RNC_EV_TIMER] = IGN,
		[IUPLUS_RNC_EV_RELOCATE] = NO,
		[IUPLUS_RNC_EV_CANCEL] = NO,
		[IUPLUS_RNC_EV_RELEASE] = NO,
		[IUPLUS_RNC_EV_RESET] = IGN
	}
};

/* RRC messages; default: dropped and reported. They are verified before (TS 25.331 8.5.10). */
#define COMMON_RRC \
	[RNC_RRC_STATUS] = RUN(rnc_uplink_status, 0, "reported")

const struct rnc_row iuplus_rnc_rrc_table__[IUPLUS_RNC_STATES][RNC_RRC_ROWS] = {
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
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE),
			"the UE began anew: Iu Release Request"),
		[RNC_RRC_INITIAL_DIRECT_TRANSFER] = RUN(rnc_initial_direct_transfer, 0, "Initial UE Message"),
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = RUN(rnc_uplink_direct_transfer, 0, "Direct Transfer"),
		[RNC_RRC_SIGNALLING_RELEASE_INDICATION] = RUN(rnc_signalling_release_indication, 0,
			"Iu Release Request")
	},
	[IUPLUS_RNC_SECURING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE),
			"the UE began anew: Iu Release Request"),
		[RNC_RRC_INITIAL_DIRECT_TRANSFER] = RUN(rnc_initial_direct_transfer, 0, "Initial UE Message"),
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = RUN(rnc_uplink_direct_transfer, 0, "Direct Transfer"),
		[RNC_RRC_SECURITY_MODE_COMPLETE] =
			RUN(rnc_security_mode_complete, S(SECURING) | S(CONNECTED) | S(RELEASING),
			    "new keys in use, Security Mode Complete (919)"),
		[RNC_RRC_SECURITY_MODE_FAILURE] =
			RUN(rnc_security_mode_failure, S(SECURING) | S(CONNECTED) | S(RELEASING),
			    "old keys stay, Security Mode Reject"),
		[RNC_RRC_SIGNALLING_RELEASE_INDICATION] = RUN(rnc_signalling_release_indication, 0,
			"Iu Release Request")
	},
	[IUPLUS_RNC_PREPARING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE),
			"the UE began anew: Iu Release Request"),
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = RUN(rnc_uplink_direct_transfer, 0, "Direct Transfer"),
		[RNC_RRC_SIGNALLING_RELEASE_INDICATION] = RUN(rnc_signalling_release_indication, 0,
			"Iu Release Request")
	},
	[IUPLUS_RNC_CANCELLING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = RUN(rnc_radio_lost, S(RELEASING) | S(GONE),
			"the UE began anew: Iu Release Request"),
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = RUN(rnc_uplink_direct_transfer, 0, "Direct Transfer"),
		[RNC_RRC_RECONFIGURATION_FAILURE] = IGN,
		[RNC_RRC_SIGNALLING_RELEASE_INDICATION] = RUN(rnc_signalling_release_indication, 0,
			"Iu Release Request")
	},
	[IUPLUS_RNC_RELOCATING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = IGN,
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = RUN(rnc_uplink_direct_transfer, 0, "Direct Transfer"),
		[RNC_RRC_RECONFIGURATION_FAILURE] = RUN(rnc_reconfiguration_failure, S(CANCELLING),
			"the UE is back: Relocation Cancel")
	},
	[IUPLUS_RNC_EXPECTING] = {
		COMMON_RRC,
		[RNC_RRC_RECONFIGURATION_COMPLETE] = RUN(rnc_reconfiguration_complete, S(EXPECTING) | S(CONNECTED),
			"Relocation Detect, Relocation Complete (909)")
	},
	[IUPLUS_RNC_DETECTED] = {
		COMMON_RRC,
		[RNC_RRC_RECONFIGURATION_COMPLETE] = RUN(rnc_reconfiguration_complete, S(DETECTED) | S(CONNECTED),
			"Relocation Complete (909)")
	},
	[IUPLUS_RNC_RELEASING] = {
		COMMON_RRC,
		[RNC_RRC_CONNECTION_REQUEST] = IGN,
		[RNC_RRC_CONNECTION_RELEASE_COMPLETE] = RUN(rnc_release_complete, S(RELEASING) | S(GONE),
			"end, when Iu is released"),
		[RNC_RRC_INITIAL_DIRECT_TRANSFER] = IGN,
		[RNC_RRC_UPLINK_DIRECT_TRANSFER] = IGN,
		[RNC_RRC_SECURITY_MODE_COMPLETE] = IGN,
		[RNC_RRC_SECURITY_MODE_FAILURE] = IGN,
		[RNC_RRC_SIGNALLING_RELEASE_INDICATION] = IGN
	}
};

/* RANAP messages on a connection that stands; default: a logical error, answered as TS 25.413 10.4 says. */
const struct rnc_row iuplus_rnc_ranap_table__[IUPLUS_RNC_STATES][RNC_RANAP_ROWS] = {
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
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,	/* crossed our cancellation */
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] = IGN,
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_SECURING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_later, 0, "kept until the procedure ends"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
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
			RUN(rnc_source_release_command, S(PREPARING) | S(CONNECTED) | S(RELEASING),
			    "Iu Release Complete"),
		[RNC_RANAP_RELOCATION_COMMAND] =
			RUN(rnc_relocation_command, S(PREPARING) | S(RELOCATING) | S(CANCELLING),
			    "the target's message to the UE (906)"),
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] =
			RUN(rnc_relocation_preparation_failure, S(CONNECTED) | S(CANCELLING),
			    "service goes on"),
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_CANCELLING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer, 0, "Downlink Direct Transfer"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_refused, 0, "Security Mode Reject"),
		[RNC_RANAP_IU_RELEASE_COMMAND] =
			RUN(rnc_source_release_command, S(CANCELLING) | S(CONNECTED) | S(RELEASING),
			    "Iu Release Complete"),
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,	/* crossed our cancellation (8.10.3) */
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] = IGN,
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] =
			RUN(rnc_relocation_cancel_acknowledge, S(CANCELLING) | S(CONNECTED),
			    "service goes on"),
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_RELOCATING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_later, 0, "kept in case the UE comes back"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_refused, 0, "Security Mode Reject"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_source_release_command, S(RELOCATING) | S(RELEASING),
			"Iu Release Complete (910)"),
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_EXPECTING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_later, 0, "kept until the UE is here"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_target_release_command, S(RELEASING), "Iu Release Complete"),
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_DETECTED] = {
		[RNC_RANAP_DIRECT_TRANSFER] = RUN(rnc_direct_transfer_later, 0, "kept until the UE is here"),
		[RNC_RANAP_COMMON_ID] = RUN(rnc_common_id, 0, "identity kept"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_target_release_command, S(RELEASING), "Iu Release Complete"),
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	},
	[IUPLUS_RNC_RELEASING] = {
		[RNC_RANAP_DIRECT_TRANSFER] = IGN,
		[RNC_RANAP_COMMON_ID] = IGN,
		[RNC_RANAP_SECURITY_MODE_COMMAND] = RUN(rnc_security_refused, 0, "Security Mode Reject"),
		[RNC_RANAP_IU_RELEASE_COMMAND] = RUN(rnc_releasing_command, 0, "Iu Release Complete"),
		[RNC_RANAP_RELOCATION_COMMAND] = IGN,
		[RNC_RANAP_RELOCATION_PREPARATION_FAILURE] = IGN,
		[RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] = IGN,
		[RNC_RANAP_ERROR_INDICATION] = RUN(rnc_error_indication, 0, "reported")
	}
};

const char *const iuplus_rnc_rrc_rows__[RNC_RRC_ROWS] = {
	"RRCConnectionRequest", "RRCConnectionSetupComplete", "RRCConnectionReleaseComplete", "InitialDirectTransfer",
	"UplinkDirectTransfer", "SecurityModeComplete", "SecurityModeFailure", "PhysicalChannelReconfigurationComplete",
	"PhysicalChannelReconfigurationFailure", "SignallingConnectionReleaseIndication", "RRCStatus", "any other"
};

const char *const iuplus_rnc_ranap_rows__[RNC_RANAP_ROWS] = {
	"DirectTransfer", "CommonID", "SecurityModeCommand", "Iu-ReleaseCommand", "RelocationCommand",
	"RelocationPreparationFailure", "RelocationCancelAcknowledge", "RelocationRequest", "ErrorIndication",
	"any other"
};

enum rnc_rrc_row iuplus_rnc_rrc_row__(enum iuplus_rrc_type type)
{
	switch (type) {
	case IUPLUS_RRC_CONNECTION_REQUEST:
		return RNC_RRC_CONNECTION_REQUEST;
	case IUPLUS_RRC_CONNECTION_SETUP_COMPLETE:
		return RNC_RRC_CONNECTION_SETUP_COMPLETE;
	case IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE:
		return RNC_RRC_CONNECTION_RELEASE_COMPLETE;
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
		return RNC_RRC_INITIAL_DIRECT_TRANSFER;
	case IUPLUS_RRC_UPLINK_DIRECT_TRANSFER:
		return RNC_RRC_UPLINK_DIRECT_TRANSFER;
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
		return RNC_RRC_SECURITY_MODE_COMPLETE;
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
		return RNC_RRC_SECURITY_MODE_FAILURE;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
		return RNC_RRC_RECONFIGURATION_COMPLETE;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE:
		return RNC_RRC_RECONFIGURATION_FAILURE;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION:
		return RNC_RRC_SIGNALLING_RELEASE_INDICATION;
	case IUPLUS_RRC_STATUS:
		return RNC_RRC_STATUS;
	default:
		return RNC_RRC_OTHER;
	}
}

enum rnc_ranap_row iuplus_rnc_ranap_row__(unsigned kind)
{
	switch (kind) {
	case IUPLUS_RANAP_DIRECT_TRANSFER:
		return RNC_RANAP_DIRECT_TRANSFER;
	case IUPLUS_RANAP_COMMON_ID:
		return RNC_RANAP_COMMON_ID;
	case IUPLUS_RANAP_SECURITY_MODE_COMMAND:
		return RNC_RANAP_SECURITY_MODE_COMMAND;
	case IUPLUS_RANAP_IU_RELEASE_COMMAND:
		return RNC_RANAP_IU_RELEASE_COMMAND;
	case IUPLUS_RANAP_RELOCATION_COMMAND:
		return RNC_RANAP_RELOCATION_COMMAND;
	case IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE:
		return RNC_RANAP_RELOCATION_PREPARATION_FAILURE;
	case IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE:
		return RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE;
	case IUPLUS_RANAP_RELOCATION_REQUEST:
		return RNC_RANAP_RELOCATION_REQUEST;
	case IUPLUS_RANAP_ERROR_INDICATION:
		return RNC_RANAP_ERROR_INDICATION;
	default:
		return RNC_RANAP_OTHER;
	}
}

/* Which timer means what in which state; any other expiry came late. */
const struct rnc_expiry rnc_expiry_table[] = {
	{ IUPLUS_RNC_T_SETUP, S(CONNECTING), rnc_connection_setup_expired },
	{ IUPLUS_RNC_T_SECURITY, S(SECURING), rnc_security_expired },
	{ IUPLUS_RNC_TRELOCPREP, S(PREPARING), rnc_trelocprep_expired },
	{ IUPLUS_RNC_TRELOCOVERALL, S(RELOCATING), rnc_treloc_overall_expired },
	{ IUPLUS_RNC_T_ARRIVAL, S(EXPECTING) | S(DETECTED), rnc_arrival_expired },
	{ IUPLUS_RNC_T_RELEASE, S(CONNECTED) | S(RELEASING), rnc_release_expired },
	{ IUPLUS_RNC_T_RELEASE, S(CANCELLING), rnc_cancel_expired },
	{ IUPLUS_RNC_T_CONNECT, S(CONNECTED) | S(SECURING), rnc_iu_connect_expired },
	{ IUPLUS_RNC_TIMERS, 0, NULL }
};
