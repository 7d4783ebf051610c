/* SPDX-License-Identifier: BSD-2-Clause */
/* The response of the UE's RRC to every event and RRC message in every state. doc/procedures.md shows these tables, and
 * a test walks them. A message without a row has the default outcome. */
#include "src/proc/ue_rrc.h"

#define S(state) (1u << IUPLUS_UE_##state)
/* clang-format off */
#define ROW(answer, handler, ends, what) { { answer, ends, what }, handler }
/* clang-format on */
#define RUN(handler, ends, what) ROW(PROC_HANDLE, handler, ends, what)
#define IGN ROW(PROC_IGNORE, NULL, 0, NULL)
#define BY_TIMER(ends, what) ROW(PROC_BY_TIMER, NULL, ends, what)

/* Events. An event without a row has the answer of IUPLUS_UE_EVENTS; RRC messages have their own table below. */
/* clang-format off */
static const struct ue_row events[IUPLUS_UE_STATE_COUNT][IUPLUS_UE_EV_COUNT] = {
	[IUPLUS_UE_IDLE] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_connect, S(IDLE) | S(CONNECTING), "RRC Connection Request"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, 0, "idle")
	},
	[IUPLUS_UE_CONNECTING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_wait, 0, "kept until connected"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_TIMER] = BY_TIMER(S(CONNECTING) | S(IDLE),
				"RRC Connection Request again, or idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_CONNECTED] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_down, 0, "Initial or Uplink Direct Transfer"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept until Security Mode Command"),
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_lost, S(IDLE) | S(CONNECTING), "idle"),
		[IUPLUS_UE_EV_NETWORK_FALSE] = RUN(ue_network_false, S(IDLE) | S(CONNECTING), "cell barred, idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_ARRIVING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_hold, 0, "kept until the UE has arrived or returned"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept until Security Mode Command"),
		[IUPLUS_UE_EV_TIMER] = BY_TIMER(S(ARRIVING) | S(CONNECTED), "back to the old cell, Failure"),
		[IUPLUS_UE_EV_RADIO_HEARD] = RUN(ue_heard, S(CONNECTED), "Complete (908) or Confirm"),
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_return, S(CONNECTED), "back to the old cell, Failure"),
		[IUPLUS_UE_EV_NETWORK_FALSE] = RUN(ue_network_false, S(IDLE) | S(CONNECTING), "cell barred, idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_RELEASING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_wait, 0, "kept until idle"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_TIMER] = BY_TIMER(S(RELEASING) | S(IDLE) | S(CONNECTING),
				"Release Complete again, or idle"),
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_lost, S(IDLE) | S(CONNECTING), "idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	}
};
/* clang-format on */

const struct ue_row *ue_event_row(enum iuplus_ue_rrc_state state, enum iuplus_ue_rrc_event_kind kind)
{
#define UNLISTED(id, name, answer, what) ROW(PROC_##answer, NULL, (1u << IUPLUS_UE_STATE_COUNT) - 1, NULL),
	static const struct ue_row unlisted[IUPLUS_UE_EV_COUNT] = { IUPLUS_UE_EVENTS(UNLISTED) };
#undef UNLISTED
	const struct ue_row *row = &events[state][kind];

	return row->row.answer == PROC_DEFAULT ? &unlisted[kind] : row;
}

/* RRC messages; default: discarded and reported. In ARRIVING only the CCCH can be received. */
/* clang-format off */
const struct ue_row ue_rrc_table[IUPLUS_UE_STATE_COUNT][UE_RRC_ROW_COUNT] = {
	[IUPLUS_UE_IDLE] = {
		[UE_RRC_CONNECTION_SETUP] = IGN,
		[UE_RRC_CONNECTION_REJECT] = IGN,
		[UE_RRC_CONNECTION_RELEASE] = IGN
	},
	[IUPLUS_UE_CONNECTING] = {
		[UE_RRC_CONNECTION_SETUP] = RUN(ue_connection_setup, S(CONNECTING) | S(CONNECTED), "Setup Complete"),
		[UE_RRC_CONNECTION_REJECT] = RUN(ue_connection_reject, S(CONNECTING) | S(IDLE), "waits, or idle"),
		[UE_RRC_CONNECTION_RELEASE] = IGN
	},
	[IUPLUS_UE_CONNECTED] = {
		[UE_RRC_CONNECTION_SETUP] = IGN,
		[UE_RRC_CONNECTION_REJECT] = IGN,
		[UE_RRC_CONNECTION_RELEASE] = RUN(ue_connection_release, S(CONNECTED) | S(RELEASING) | S(IDLE) | S(CONNECTING),
				"Release Complete; on CCCH idle"),
		[UE_RRC_DOWNLINK_DIRECT_TRANSFER] = RUN(ue_direct_transfer, 0, "to NAS"),
		[UE_RRC_SECURITY_MODE_COMMAND] = RUN(ue_security_mode_command, S(CONNECTED) | S(IDLE) | S(CONNECTING),
				"Security Mode Complete (916 to 918) or Failure; idle if the echoed capability is wrong"),
		[UE_RRC_PHYSICAL_CHANNEL_RECONFIGURATION] = RUN(ue_reconfiguration, S(CONNECTED) | S(ARRIVING),
				"moves to the new cell (907), or Complete, or Failure"),
		[UE_RRC_UTRAN_MOBILITY_INFORMATION] = RUN(ue_reconfiguration, S(CONNECTED) | S(ARRIVING),
				"moves to the new cell, or Confirm, or Failure"),
		[UE_RRC_SIGNALLING_CONNECTION_RELEASE] = RUN(ue_signalling_release, 0, "NAS informed")
	},
	[IUPLUS_UE_ARRIVING] = {
		[UE_RRC_CONNECTION_SETUP] = IGN,
		[UE_RRC_CONNECTION_REJECT] = IGN,
		[UE_RRC_CONNECTION_RELEASE] = RUN(ue_connection_release, S(ARRIVING) | S(IDLE) | S(CONNECTING), "idle")
	},
	[IUPLUS_UE_RELEASING] = {
		[UE_RRC_CONNECTION_SETUP] = IGN,
		[UE_RRC_CONNECTION_REJECT] = IGN,
		[UE_RRC_CONNECTION_RELEASE] = RUN(ue_connection_release_again, 0, "Release Complete"),
		[UE_RRC_DOWNLINK_DIRECT_TRANSFER] = IGN,
		[UE_RRC_SIGNALLING_CONNECTION_RELEASE] = IGN
	}
};
/* clang-format on */

enum ue_rrc_row ue_rrc_row(enum iuplus_rrc_type type)
{
#define CASE(id) \
	case IUPLUS_RRC_##id: \
		return UE_RRC_##id;
	switch (type) {
		UE_RRC_MESSAGES(CASE)
	default:
		return UE_RRC_OTHER;
	}
#undef CASE
}

ue_handler *ue_expiry(enum iuplus_ue_rrc_state state, unsigned timer)
{
#define EXPIRED(id, ms, name, key, runs, expired, ...) [IUPLUS_UE_##id] = expired,
	static ue_handler *const expired[] = { IUPLUS_UE_TIMERS(EXPIRED) };
#undef EXPIRED

	return timer < IUPLUS_UE_TIMER_COUNT && proc_timer_fits(&ue_timers[timer], state) ? expired[timer] : NULL;
}
