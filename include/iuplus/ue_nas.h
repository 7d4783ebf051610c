/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * ue_nas.h: the phone's GMM and USIM: attach, authentication, P-TMSI reallocation, detach (TS 24.008 4.7, mobile
 * station side; TS 33.102 6.3 and Annex C.2, USIM side).
 *
 * It uses the RRC machine of the same phone: IUPLUS_ACT_NAS_DOWN gives it a NAS message to send (initial: the message
 * opens the signalling connection), IUPLUS_ACT_NAS_KEYS gives it CK and IK of a successful authentication,
 * IUPLUS_ACT_NETWORK_FALSE makes it leave a network that failed the authentication check. */
#ifndef IUPLUS_UE_NAS_H
#define IUPLUS_UE_NAS_H

#include <iuplus/iuplus.h>
#include <iuplus/nas.h>
#include <iuplus/proc.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/* ---- States, events, timers: one list each. Enumerators, names, configuration keys and documentation come from it. --
 */

/** identifier, name, when */
#define IUPLUS_UE_NAS_STATES(X) \
	X(DEREGISTERED, "DEREGISTERED", "not attached") \
	X(REGISTERED_INITIATED, "REGISTERED-INITIATED", "Attach Request sent") \
	X(REGISTERED, "REGISTERED", "attached") \
	X(DEREGISTERED_INITIATED, "DEREGISTERED-INITIATED", "Detach Request sent")

enum iuplus_ue_nas_state {
#define IUPLUS_UE_NAS_ID(id, ...) IUPLUS_UE_NAS_##id,
	IUPLUS_UE_NAS_STATES(IUPLUS_UE_NAS_ID)
#undef IUPLUS_UE_NAS_ID
		IUPLUS_UE_NAS_STATE_COUNT
};

/** identifier, name, handler (src/proc only), what happened */
#define IUPLUS_UE_NAS_EVENTS(X) \
	X(ATTACH, "ATTACH", on_attach, "order: attach") \
	X(DETACH, "DETACH", on_detach, "order: detach; with .switch_off without waiting for an answer") \
	X(PDU, "PDU", on_pdu, "a NAS message .pdu arrived from the network") \
	X(SECURED, "SECURED", on_secured, "integrity protection has started, or its keys changed") \
	X(AREA, "AREA", on_area, "the network sent CN information: .area") \
	X(LOST, "LOST", on_lost, "the signalling connection was released, or could not be established") \
	X(TIMER, "TIMER", on_timer, ".timer expired")

enum iuplus_ue_nas_event_kind {
#define IUPLUS_UE_NAS_ID(id, ...) IUPLUS_UE_NAS_EV_##id,
	IUPLUS_UE_NAS_EVENTS(IUPLUS_UE_NAS_ID)
#undef IUPLUS_UE_NAS_ID
		IUPLUS_UE_NAS_EV_COUNT
};

/** identifier, default in milliseconds (TS 24.008 table 11.3), name, configuration key, states in which it runs and
 * handler of its expiry (src/proc only), what starts it */
#define IUPLUS_UE_NAS_TIMERS(X) \
	X(T3310, 15000, "T3310", "t3310", PROC_RUNS_IN(S(REGISTERED_INITIATED)), t3310_expired, \
	  "Attach Request sent (TS 24.008)") \
	X(T3311, 15000, "T3311", "t3311", PROC_MAY_RUN_IN(S(DEREGISTERED)), t3311_expired, \
	  "attach failed: time to the next attempt (TS 24.008)") \
	X(T3316, 30000, "T3316", "t3316", PROC_MAY_RUN_IN(ANY), t3316_expired, \
	  "challenge answered: RAND and RES are kept that long (TS 24.008)") \
	X(T3318, 20000, "T3318", "t3318", PROC_MAY_RUN_IN(ANY), challenge_expired, "MAC failure sent (TS 24.008)") \
	X(T3320, 15000, "T3320", "t3320", PROC_MAY_RUN_IN(ANY), challenge_expired, "synch failure sent (TS 24.008)") \
	X(T3321, 15000, "T3321", "t3321", PROC_RUNS_IN(S(DEREGISTERED_INITIATED)), t3321_expired, \
	  "Detach Request sent (TS 24.008)")

enum iuplus_ue_nas_timer {
#define IUPLUS_UE_NAS_ID(id, ...) IUPLUS_UE_NAS_##id,
	IUPLUS_UE_NAS_TIMERS(IUPLUS_UE_NAS_ID)
#undef IUPLUS_UE_NAS_ID
		IUPLUS_UE_NAS_TIMER_COUNT
};

#define IUPLUS_UE_NAS_ATTEMPTS 5 /**< attach and detach; TS 24.008 4.7.3.1.5, 4.7.4.1.3 */

struct iuplus_ue_nas_config {
	char imsi[16];
	char imei[16];   /**< 14 digits, or 15 with the check digit; empty: the phone has no IMEI */
	char imeisv[17]; /**< 16 digits; empty: the phone has no IMEISV */
	uint8_t k[16], opc[16];
	uint64_t sqn;                                 /**< initial SQN_MS, 48 bits */
	uint8_t plmn[3];                              /**< home network, for the old RAI of a first attach */
	bool follow_on;                               /**< keep the signalling connection after the attach */
	uint32_t timer_ms[IUPLUS_UE_NAS_TIMER_COUNT]; /**< 0: the standard's value */
};

struct iuplus_ue_nas_event {
	enum iuplus_ue_nas_event_kind kind;
	enum iuplus_ue_nas_timer timer;
	struct iuplus_octets pdu;
	struct iuplus_proc_area area; /**< AREA */
	bool switch_off;
};

struct iuplus_ue_nas {
	struct iuplus_ue_nas_config config;
	struct iuplus_security_usim usim;
	enum iuplus_ue_nas_state state;
	bool usim_invalid; /**< the network rejected the USIM: only a restart resets this */
	bool connected;    /**< a signalling connection was requested, and its release was not reported */
	bool secured;      /**< the connection is integrity protected */
	bool reattach;     /**< the network requests a new attach after the release of this connection */
	unsigned attempts; /**< of attach or detach */
	unsigned failures; /**< of authentication, in a row */
	bool has_ptmsi;
	uint32_t ptmsi;
	struct iuplus_nas_rai rai; /**< of the last accept; before the first one, made from config.plmn */
	uint8_t cksn;              /**< 7: no key */
	bool has_challenge;        /**< rand and res are the last challenge and its answer, for a retransmission */
	uint8_t rand[16], res[8];
	bool suspended;              /**< the retransmission timer of the state waits for a right challenge */
	struct iuplus_proc_area area; /**< what the network said of the present routing area */
};

/** Initialises a deregistered phone. Returns IUPLUS_OK, or IUPLUS_ERR_ARGUMENT with *why (static text): the
 * configuration is not usable. */
int iuplus_ue_nas_init(struct iuplus_ue_nas *nas, const struct iuplus_ue_nas_config *config, const char **why);
/** Wipes it. */
void iuplus_ue_nas_end(struct iuplus_ue_nas *nas);

/** Handles one event; actions are appended to out.
 * IUPLUS_OK: also when the network's message was rejected: an action answers it and IUPLUS_ACT_FAILURE reports it;
 * IUPLUS_ERR_STATE: the order is not allowed in the current state;
 * IUPLUS_ERR_ARGUMENT: a caller's bug: no such timer or event;
 * IUPLUS_ERR_MEMORY: the arena is exhausted: the owner executes the actions in the list, timers recover the rest;
 * IUPLUS_ERR_SPACE: the list is full: the owner executes the actions in it and ends the phone. */
int iuplus_ue_nas_event(struct iuplus_ue_nas *nas, const struct iuplus_proc_env *env,
			const struct iuplus_ue_nas_event *event, struct iuplus_proc_actions *out);

/** The default of a timer in milliseconds, its name ("T3310"), and names for logs; "?" when out of range. */
uint32_t iuplus_ue_nas_timer_default(enum iuplus_ue_nas_timer timer);
const char *iuplus_ue_nas_timer_name(enum iuplus_ue_nas_timer timer);
const char *iuplus_ue_nas_state_name(enum iuplus_ue_nas_state state);
const char *iuplus_ue_nas_event_name(enum iuplus_ue_nas_event_kind kind);

/** Texts of IUPLUS_ACT_DONE (message). */
#define IUPLUS_UE_NAS_DONE_ATTACH "Attach"
#define IUPLUS_UE_NAS_DONE_REALLOCATION "PTMSIReallocation"
#define IUPLUS_UE_NAS_DONE_DETACH "Detach"

IUPLUS_END_DECLS
#endif
