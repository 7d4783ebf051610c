/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * ue.h: the UE's RRC (TS 25.331 clause 8) as a pure state machine, per proc.h: RRC connection, direct transfer,
 * security mode control, physical channel reconfiguration with SRNS relocation, release. It is the layer between the
 * UE's NAS machine and RLC. */
#ifndef IUPLUS_UE_H
#define IUPLUS_UE_H

#include <iuplus/proc.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/** Timers, states and events, in the columns of rnc.h. */
#define IUPLUS_UE_TIMERS(X) \
	X(T300, 1000, "T300", "t300", PROC_RUNS_IN(S(CONNECTING)), ue_t300_expired, \
	  "RRC Connection Request sent (TS 25.331)") \
	X(T308, 160, "T308", "t308", PROC_RUNS_IN(S(RELEASING)), ue_t308_expired, \
	  "RRC Connection Release Complete sent (TS 25.331)") \
	X(T_ARRIVAL, 3000, "T_arrival", "arrival", PROC_RUNS_IN(S(ARRIVING)), ue_return, \
	  "moved to a new cell, until its physical channel is established")

enum iuplus_ue_rrc_timer {
#define IUPLUS_UE_ID(id, ...) IUPLUS_UE_##id,
	IUPLUS_UE_TIMERS(IUPLUS_UE_ID)
#undef IUPLUS_UE_ID
		IUPLUS_UE_TIMER_COUNT
};

/** The standard's name, or our own one, of a timer. "?" for a number outside the enum. */
const char *iuplus_ue_rrc_timer_name(unsigned timer);

#define IUPLUS_UE_MAX_CELLS 16
#define IUPLUS_UE_MAX_HELD 8 /**< NAS messages that are kept while the UE moves to another cell */

/** What an enhanced UE accepts; the setting enhanced-security has another word, "off". Identifier, word of the
 * setting, what it is. */
#define IUPLUS_UE_POLICIES(X) \
	X(PREFER, "prefer", "legacy keys are accepted, and reported where the network knows the hierarchy") \
	X(REQUIRE, "require", \
	  "the connection is released when a network that knows the hierarchy gives legacy keys; a legacy RNC is accepted") \
	X(REQUIRE_EVERYWHERE, "require-everywhere", "legacy RNCs are refused, too")

enum iuplus_ue_policy {
#define IUPLUS_UE_ID(id, word, what) IUPLUS_UE_##id,
	IUPLUS_UE_POLICIES(IUPLUS_UE_ID)
#undef IUPLUS_UE_ID
};

struct iuplus_ue_rrc_config {
	bool enhanced;                /**< supports the UTRAN key hierarchy */
	enum iuplus_ue_policy policy; /**< if enhanced */
	uint8_t enhanced_capability;  /**< the UE-EnhancedSecurityCapability that it sends, if enhanced */
	struct iuplus_security_algorithms algorithms; /**< that it supports: the legacy security capability */
	uint8_t imsi[15];                   /**< initial UE identity of RRC Connection Request: digits 0 to 9 */
	unsigned imsi_digits;               /**< 6 to 15 */
	unsigned cell_count;                /**< cells that it can receive: a reconfiguration to any other fails */
	uint16_t cell[IUPLUS_UE_MAX_CELLS]; /**< primary scrambling codes; at start it camps on the first one */
	uint32_t ms[IUPLUS_UE_TIMER_COUNT]; /**< length of each timer; 0 takes the default of
					     * iuplus_ue_rrc_config_init() */
	uint32_t threshold; /**< START from which keys are not used again (20 bits); 0: the largest START */
	unsigned n300;      /**< repetitions of RRC Connection Request */
	unsigned n308;      /**< repetitions of RRC Connection Release Complete */
};

/** Fills config with defaults: legacy, UIA1 and UIA2, UEA0 to UEA2, no cell, timers as doc/procedures.md lists. */
void iuplus_ue_rrc_config_init(struct iuplus_ue_rrc_config *config);

#define IUPLUS_UE_STATES(X) \
	X(IDLE, "idle", "no RRC connection") \
	X(CONNECTING, "connecting", "RRC Connection Request sent") \
	X(CONNECTED, "connected", "CELL_DCH") \
	X(ARRIVING, "arriving", "moved to a new cell, whose physical channel is not established yet") \
	X(RELEASING, "releasing", "RRC Connection Release Complete is repeated")

enum iuplus_ue_rrc_state {
#define IUPLUS_UE_ID(id, ...) IUPLUS_UE_##id,
	IUPLUS_UE_STATES(IUPLUS_UE_ID)
#undef IUPLUS_UE_ID
		IUPLUS_UE_STATE_COUNT
};

#define IUPLUS_UE_EVENTS(X) \
	X(NAS_DOWN, "NAS message", REFUSE, \
	  "NAS requests to send pdu of domain; initial: it opens the signalling connection") \
	X(NAS_KEYS, "NAS keys", DROP, "AKA gave ck, ik and rand of domain") \
	X(RRC, "RRC message", BY_MESSAGE, "pdu arrived on radio bearer rb (deciphered)") \
	X(TIMER, "timer", BY_TIMER, "timer expired") \
	X(RADIO_HEARD, "radio heard", IGNORE, \
	  "the physical channel of the present cell is established (TS 25.214 4.3.1): the cell was heard for the " \
	  "first time since IUPLUS_ACT_TUNE. The UE sends nothing there before") \
	X(RADIO_LOST, "radio lost", IGNORE, "radio link failure, or RLC gave up") \
	X(NETWORK_FALSE, "network false", IGNORE, \
	  "NAS: the network failed an authentication check: release the connection and bar the cell") \
	X(POWER_OFF, "power off", REFUSE, "order: end everything, and forget the connection")

enum iuplus_ue_rrc_event_kind {
#define IUPLUS_UE_ID(id, ...) IUPLUS_UE_EV_##id,
	IUPLUS_UE_EVENTS(IUPLUS_UE_ID)
#undef IUPLUS_UE_ID
		IUPLUS_UE_EV_COUNT
};

/** Names for logs and tests ("arriving", "NAS keys"); "?" for a value outside the enum. Never NULL. */
const char *iuplus_ue_rrc_state_name(enum iuplus_ue_rrc_state state);
const char *iuplus_ue_rrc_event_name(enum iuplus_ue_rrc_event_kind kind);

struct iuplus_ue_rrc_event {
	enum iuplus_ue_rrc_event_kind kind;
	uint8_t rb;
	enum iuplus_domain domain; /**< NAS_DOWN, NAS_KEYS */
	bool initial;              /**< NAS_DOWN */
	unsigned timer;
	struct iuplus_octets pdu; /**< NAS_DOWN: the NAS message; RRC: the RRC message */
	uint8_t ck[16], ik[16];   /**< NAS_KEYS; the owner wipes its copy */
	uint8_t rand[16];         /**< NAS_KEYS: the AKA's RAND */
};

struct iuplus_ue_rrc;

/** A UE that is switched on, idle, with START 0. NULL when the heap is exhausted. */
struct iuplus_ue_rrc *iuplus_ue_rrc_new(void);
/** Wipes the keys in it and frees it. NULL is allowed. */
void iuplus_ue_rrc_free(struct iuplus_ue_rrc *ue);

/** Handles one event. The actions are appended to actions, whose count the owner sets to 0 before.
 * IUPLUS_OK: also when the event was an erroneous message, which the standard's error handling covers (see
 * IUPLUS_ACT_FAILURE);
 * IUPLUS_ERR_ARGUMENT: a caller's bug (event, rb or domain out of range), nothing was done;
 * IUPLUS_ERR_MEMORY: the arena is exhausted: the owner executes the actions in the list and discards the message;
 * IUPLUS_ERR_SPACE: the list is full: the owner executes the actions in it and ends the context;
 * IUPLUS_ERR_STATE: a NAS message that is not allowed in the current state (no connection and not initial, or more than
 * IUPLUS_UE_MAX_HELD while the UE moves to another cell), nothing was done. */
int iuplus_ue_rrc_event(struct iuplus_ue_rrc *ue, const struct iuplus_ue_rrc_config *config,
			const struct iuplus_proc_env *env, const struct iuplus_ue_rrc_event *event,
			struct iuplus_proc_actions *actions);

/** The state of the UE for its owner; it has no keys. */
struct iuplus_ue_rrc_status {
	enum iuplus_ue_rrc_state state;
	uint16_t cell; /**< primary scrambling code */
	uint32_t u_rnti;
	bool signalling[2]; /**< the signalling connection of the domain is established */
	bool integrity, ciphering;
	enum iuplus_key_kind kind;
	unsigned uia, uea;
	uint8_t network_capability; /**< enhanced capability that the network announced last; 0: none */
	uint32_t start[2];          /**< START of each domain */
};
/** Fills *status with the current state of the UE. Cannot fail; ue is not changed. */
void iuplus_ue_rrc_get_status(const struct iuplus_ue_rrc *ue, struct iuplus_ue_rrc_status *status);

IUPLUS_END_DECLS
#endif
