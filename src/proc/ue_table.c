/* SPDX-License-Identifier: BSD-2-Clause */
/* What the UE's RRC does with every event and RRC message in every state. doc/procedures.md shows these tables, and a
 * test walks them. A message that a table does not list has the default outcome. */
#include "src/proc/ue_rrc.h"

#define S(state) (1u << IUPLUS_UE_##state)
#define RUN(handler_, ends_, what_) { UE_HANDLE, handler_, ends_, what_ }
#define IGN { UE_IGNORE, NULL, 0, "ignored" }
#define NO { UE_REFUSED, NULL, 0, "refused to the owner" }
#define BY_MESSAGE { UE_BY_MESSAGE, NULL, (1u << IUPLUS_UE_STATES) - 1, "by message" }
#define BY_TIMER(ends_, what_) { UE_BY_TIMER, NULL, ends_, what_ }

const struct ue_row iuplus_ue_event_table__[IUPLUS_UE_STATES][IUPLUS_UE_EVENTS] = {
	[IUPLUS_UE_IDLE] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_connect, S(IDLE) | S(CONNECTING), "RRC Connection Request"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_RRC] = BY_MESSAGE,
		[IUPLUS_UE_EV_TIMER] = IGN,
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = IGN,
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, 0, "idle")
	},
	[IUPLUS_UE_CONNECTING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_wait, 0, "kept until connected"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_RRC] = BY_MESSAGE,
		[IUPLUS_UE_EV_TIMER] = BY_TIMER(S(CONNECTING) | S(IDLE),
				"RRC Connection Request again, or idle"),
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = IGN,
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_CONNECTED] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_down, 0, "Initial or Uplink Direct Transfer"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept until Security Mode Command"),
		[IUPLUS_UE_EV_RRC] = BY_MESSAGE,
		[IUPLUS_UE_EV_TIMER] = IGN,
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_lost, S(IDLE) | S(CONNECTING), "idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_ARRIVING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_down, 0, "Initial or Uplink Direct Transfer"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept until Security Mode Command"),
		[IUPLUS_UE_EV_RRC] = BY_MESSAGE,
		[IUPLUS_UE_EV_TIMER] = BY_TIMER(S(ARRIVING) | S(CONNECTED), "back to the old cell"),
		[IUPLUS_UE_EV_RADIO_HEARD] = RUN(ue_heard, S(CONNECTED), "arrived"),
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_return, S(CONNECTED), "back to the old cell"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_RELEASING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_wait, 0, "kept until idle"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_RRC] = BY_MESSAGE,
		[IUPLUS_UE_EV_TIMER] = BY_TIMER(S(RELEASING) | S(IDLE) | S(CONNECTING),
				"Release Complete again, or idle"),
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_lost, S(IDLE) | S(CONNECTING), "idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	}
};

/* RRC messages; default: dropped and reported. Those of ARRIVING came through the new cell: it was heard. */
#define CONNECTED_RRC(others) \
	[UE_RRC_CONNECTION_SETUP] = IGN, \
	[UE_RRC_CONNECTION_REJECT] = IGN, \
	[UE_RRC_CONNECTION_RELEASE] = RUN(ue_connection_release, S(RELEASING) | S(IDLE) | (others), \
			"Release Complete"), \
	[UE_RRC_DOWNLINK_DIRECT_TRANSFER] = RUN(ue_direct_transfer, S(CONNECTED) | (others), "to NAS"), \
	[UE_RRC_SECURITY_MODE_COMMAND] = RUN(ue_security_mode_command, S(CONNECTED) | (others), \
					     "Security Mode Complete (916 to 918) or Failure"), \
	[UE_RRC_RECONFIGURATION] = RUN(ue_reconfiguration, S(CONNECTED) | S(ARRIVING), \
			"Complete in the new cell (907, 908), or Failure"), \
	[UE_RRC_SIGNALLING_CONNECTION_RELEASE] = RUN(ue_signalling_release, S(CONNECTED) | (others), "NAS is told")

const struct ue_row iuplus_ue_rrc_table__[IUPLUS_UE_STATES][UE_RRC_ROWS] = {
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
	[IUPLUS_UE_CONNECTED] = { CONNECTED_RRC(0) },
	[IUPLUS_UE_ARRIVING] = { CONNECTED_RRC(S(ARRIVING)) },
	[IUPLUS_UE_RELEASING] = {
		[UE_RRC_CONNECTION_SETUP] = IGN,
		[UE_RRC_CONNECTION_REJECT] = IGN,
		[UE_RRC_CONNECTION_RELEASE] = RUN(ue_connection_release_again, 0, "Release Complete"),
		[UE_RRC_DOWNLINK_DIRECT_TRANSFER] = IGN,
		[UE_RRC_SIGNALLING_CONNECTION_RELEASE] = IGN
	}
};

const char *const iuplus_ue_rrc_rows__[UE_RRC_ROWS] = {
	"RRCConnectionSetup", "RRCConnectionReject", "RRCConnectionRelease", "DownlinkDirectTransfer",
	"SecurityModeCommand", "PhysicalChannelReconfiguration", "SignallingConnectionRelease", "any other"
};

enum ue_rrc_row iuplus_ue_rrc_row__(enum iuplus_rrc_type type)
{
	switch (type) {
	case IUPLUS_RRC_CONNECTION_SETUP:
		return UE_RRC_CONNECTION_SETUP;
	case IUPLUS_RRC_CONNECTION_REJECT:
		return UE_RRC_CONNECTION_REJECT;
	case IUPLUS_RRC_CONNECTION_RELEASE:
		return UE_RRC_CONNECTION_RELEASE;
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		return UE_RRC_DOWNLINK_DIRECT_TRANSFER;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		return UE_RRC_SECURITY_MODE_COMMAND;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		return UE_RRC_RECONFIGURATION;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE:
		return UE_RRC_SIGNALLING_CONNECTION_RELEASE;
	default:
		return UE_RRC_OTHER;
	}
}

/* Which timer means what in which state; any other expiry came late. */
const struct ue_expiry ue_expiry_table[] = {
	{ IUPLUS_UE_T300, S(CONNECTING), ue_t300_expired },
	{ IUPLUS_UE_T308, S(RELEASING), ue_t308_expired },
	{ IUPLUS_UE_T_ARRIVAL, S(ARRIVING), ue_return },
	{ IUPLUS_UE_TIMERS, 0, NULL }
};
