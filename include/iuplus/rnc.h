/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * rnc.h: the RNC's procedures as pure state machines.
 *
 * One machine per UE (struct iuplus_rnc_ue) plays every role that an RNC has towards it: serving RNC, source of a
 * relocation, target of a relocation. One small machine per RNC (struct iuplus_rnc) handles connectionless Iu messages:
 * Reset and Error Indication. Both follow proc.h: an event goes in, a list of actions comes out.
 * TS 25.413 clause 8 (RANAP), TS 25.331 clause 8 (RRC); the method's FIG. 7 and FIG. 9. */
#ifndef IUPLUS_RNC_H
#define IUPLUS_RNC_H

#include <iuplus/proc.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/* ---- Configuration ----------------------------------------------------------------------------------------- */

/** Timers: identifier, default in milliseconds, name (the standard's, or one of ours), configuration key, states in
 * which it runs and handler of its expiry (src/proc only), what starts it. The action's .timer has the number, and the
 * event of the expiry has the same. */
#define IUPLUS_RNC_TIMERS(X) \
	X(TRELOCPREP, 5000, "TRELOCprep", "trelocprep", PROC_RUNS_IN(S(PREPARING)), rnc_trelocprep_expired, \
	  "Relocation Required sent (TS 25.413)") \
	X(TRELOCOVERALL, 10000, "TRELOCoverall", "trelocoverall", PROC_RUNS_IN(S(RELOCATING)), \
	  rnc_trelocoverall_expired, "Relocation Command received, until Iu Release Command (TS 25.413)") \
	X(T_SETUP, 3000, "T_setup", "setup", PROC_RUNS_IN(S(CONNECTING)), rnc_t_setup_expired, \
	  "RRC Connection Setup sent") \
	X(T_SECURITY, 5000, "T_security", "security", PROC_RUNS_IN(S(SECURING)), rnc_t_security_expired, \
	  "RRC Security Mode Command sent") \
	X(T_ARRIVAL, 8000, "T_arrival", "arrival", PROC_RUNS_IN(S(EXPECTING) | S(DETECTED)), rnc_t_arrival_expired, \
	  "Relocation Request Acknowledge sent, until the UE's reconfiguration is complete") \
	X(T_RELEASE, 4000, "T_release", "release", \
	  PROC_PHASES(S(CANCELLING), 0, S(RELEASING), S(CONNECTED) | S(SECURING)), rnc_t_release_expired, \
	  "a release or a cancellation was requested, until the answer") \
	X(T_CONNECT, 10000, "T_connect", "connect", PROC_MAY_RUN_IN(S(CONNECTED) | S(SECURING)), \
	  rnc_t_connect_expired, \
	  "RRC connection established, or Initial UE Message sent, until an Iu connection is confirmed") \
	X(TRAFC, 5000, "TRafC", "trafc", PROC_RUNS_IN(0), rnc_node_expired, \
	  "the RNC's own: Reset sent, until Reset Acknowledge (TS 25.413 8.26.3.2)") \
	X(TRATC, 1000, "TRatC", "tratc", PROC_RUNS_IN(0), rnc_node_expired, \
	  "the RNC's own: Reset received, until Reset Acknowledge is sent (TS 25.413 8.26.2.1)") \
	X(TIGOR, 2000, "TigOR", "tigor", PROC_RUNS_IN(0), rnc_node_expired, \
	  "the RNC's own: Overload received; another one is ignored meanwhile (TS 25.413 8.25)") \
	X(TINTR, 5000, "TinTR", "tintr", PROC_RUNS_IN(0), rnc_node_expired, \
	  "the RNC's own: Overload received, or traffic raised by one step, until the next step (TS 25.413 8.25)")

enum iuplus_rnc_timer {
#define IUPLUS_RNC_ID(id, ...) IUPLUS_RNC_##id,
	IUPLUS_RNC_TIMERS(IUPLUS_RNC_ID)
#undef IUPLUS_RNC_ID
		IUPLUS_RNC_TIMER_COUNT
};

/** The standard's name, or our own one, of a timer ("TRELOCprep"). "?" for a number outside the enum. */
const char *iuplus_rnc_timer_name(unsigned timer);

struct iuplus_rnc_config {
	uint8_t plmn[3]; /**< as on the wire (TS 24.008 10.5.1.3) */
	uint16_t rnc_id; /**< 0 to 4095 */
	uint16_t lac, sac;
	uint8_t rac;
	uint16_t cell_id;         /**< C-Id, 0 to 65535: the cell in which relocated UEs are taken */
	uint16_t scrambling_code; /**< primary scrambling code of that cell, 0 to 511 */
	bool enhanced;            /**< this RNC supports the UTRAN key hierarchy (an RNC+) */
	/** of an RNC+; OFF is the same as not enhanced */
	enum iuplus_enhanced_security policy;
	/** the supported ones; the first of the core's list that both RNC and UE support is used */
	struct iuplus_security_algorithms algorithms;
	uint32_t ms[IUPLUS_RNC_TIMER_COUNT]; /**< length of each timer; 0 takes the default of
					      * iuplus_rnc_config_init() */
	unsigned reset_retries;              /**< how often Reset is repeated (TS 25.413 8.26.3.2) */
};

/** Fills config with defaults: legacy, UIA2 then UIA1, UEA2 then UEA1 then UEA0, timers as doc/procedures.md lists. */
void iuplus_rnc_config_init(struct iuplus_rnc_config *config);

/* ---- One UE ------------------------------------------------------------------------------------------------ */

/** States of a context: identifier, name, when. */
#define IUPLUS_RNC_STATES(X) \
	X(IDLE, "idle", "nothing yet") \
	X(CONNECTING, "connecting", "RRC Connection Setup sent") \
	X(CONNECTED, "connected", "RRC connection; Iu connections may exist") \
	X(SECURING, "securing", "RRC Security Mode Command sent") \
	X(PREPARING, "preparing", "source: Relocation Required sent") \
	X(CANCELLING, "cancelling", "source: Relocation Cancel sent") \
	X(RELOCATING, "relocating", "source: Relocation Command received, the UE is sent to the target") \
	X(EXPECTING, "expecting", "target: Relocation Request answered, the UE has not been heard yet") \
	X(DETECTED, "detected", "target: the UE was heard, its Complete is not verified yet") \
	X(RELEASING, "releasing", "RRC Connection Release sent, or Iu Release Request") \
	X(GONE, "gone", "ended: IUPLUS_ACT_FREE was given; every event is ignored")

enum iuplus_rnc_state {
#define IUPLUS_RNC_ID(id, ...) IUPLUS_RNC_##id,
	IUPLUS_RNC_STATES(IUPLUS_RNC_ID)
#undef IUPLUS_RNC_ID
		IUPLUS_RNC_STATE_COUNT
};

/** Events of a context: identifier, name, what a state without a row for it does (src/proc only), what happened. */
#define IUPLUS_RNC_EVENTS(X) \
	X(RRC, "RRC message", BY_MESSAGE, "pdu arrived on radio bearer rb (deciphered)") \
	X(RANAP, "RANAP message", BY_MESSAGE, "pdu arrived on Iu connection conn, or opened it") \
	X(IU_CONFIRMED, "Iu confirmed", DROP, "the core accepted the connection") \
	X(IU_REFUSED, "Iu refused", DROP, "the core refused the connection") \
	X(IU_RELEASED, "Iu released", DROP, "the peer released the connection") \
	X(IU_LOST, "Iu lost", DROP, "the connection ended with its association or by inactivity") \
	X(RADIO_HEARD, "radio heard", IGNORE, "target: the UE's radio link is in synchronisation") \
	X(RADIO_LOST, "radio lost", IGNORE, "radio link failure, or RLC gave up") \
	X(TIMER, "timer", BY_TIMER, "timer expired") \
	X(RELOCATE, "order to relocate", REFUSE, "order: relocate the UE to target") \
	X(CANCEL, "order to cancel", REFUSE, "order: cancel the relocation") \
	X(RELEASE, "order to release", REFUSE, "order: ask the core to release the UE") \
	X(RESET, "reset", IGNORE, \
	  "RANAP Reset or Reset Resource ended the Iu connection conn; no further message is sent on it")

enum iuplus_rnc_event_kind {
#define IUPLUS_RNC_ID(id, ...) IUPLUS_RNC_EV_##id,
	IUPLUS_RNC_EVENTS(IUPLUS_RNC_ID)
#undef IUPLUS_RNC_ID
		IUPLUS_RNC_EV_COUNT
};

/** Names for logs and tests ("connected", "RRC message"); "?" for a value outside the enum. Never NULL. */
const char *iuplus_rnc_state_name(enum iuplus_rnc_state state);
const char *iuplus_rnc_event_name(enum iuplus_rnc_event_kind kind);

/** Relocation Type (TS 25.413 9.2.1.23). */
enum iuplus_rnc_relocation_type {
	IUPLUS_RNC_UE_INVOLVED,    /**< the UE is sent to the target's cell */
	IUPLUS_RNC_UE_NOT_INVOLVED /**< the UE is there already: not supported */
};
/** Which way the relocation is prepared. */
enum iuplus_rnc_path {
	IUPLUS_RNC_PATH_CORE, /**< Relocation Required to the core (TS 25.413 8.6) */
	IUPLUS_RNC_PATH_IUR   /**< Enhanced Relocation on Iur (TS 25.423 8.3.25): not supported */
};

/** Where the order to relocate sends the UE, and how. */
struct iuplus_rnc_target {
	uint16_t rnc_id;  /**< 0 to 4095, another RNC than this one */
	uint16_t cell_id; /**< C-Id there */
	uint16_t lac;     /**< of that cell */
	uint8_t rac;
	enum iuplus_rnc_relocation_type type;
	enum iuplus_rnc_path path;
};

struct iuplus_rnc_event {
	enum iuplus_rnc_event_kind kind;
	uint8_t rb;                      /**< RRC: 0 (CCCH) to 4 */
	unsigned conn;                   /**< RANAP, IU_*, RESET: 0 to or from the CS domain, 1 PS */
	unsigned timer;                  /**< TIMER */
	bool congested;                  /**< RRC: a first message while iuplus_rnc_admit() is false */
	struct iuplus_octets pdu;        /**< RRC, RANAP */
	struct iuplus_rnc_target target; /**< RELOCATE */
};

struct iuplus_rnc_ue;

/** A new context, for a first message on CCCH (RRC Connection Request) or on an incoming Iu connection (Relocation
 * Request). The owner chooses id, its number (0 to 1048575): S-RNTI and the Iu signalling connection identifier are
 * derived from it. NULL when the heap is exhausted: the owner rejects the UE. */
struct iuplus_rnc_ue *iuplus_rnc_ue_new(uint32_t id);
/** Wipes the keys in it and frees it. NULL is allowed. */
void iuplus_rnc_ue_free(struct iuplus_rnc_ue *ue);

/** Handles one event. The actions are appended to actions, whose count the owner sets to 0 before.
 * IUPLUS_OK: also when the event was an erroneous message, which its protocol's error handling covers (see
 * IUPLUS_ACT_FAILURE);
 * IUPLUS_ERR_ARGUMENT: a caller's bug (event or conn out of range; RELOCATE to this RNC itself or to no RNC-ID, of a
 * type or on a path that is not supported), nothing was done; IUPLUS_ERR_MEMORY: the arena is exhausted: the owner
 * executes the actions in the list and discards the message; IUPLUS_ERR_SPACE: the list is full: the owner executes the
 * actions in it and ends the context; IUPLUS_ERR_STATE: an order that is not allowed in the current state (RELOCATE
 * while relocating), nothing was done. After an action IUPLUS_ACT_FREE the owner calls iuplus_rnc_ue_free() once it has
 * executed the list. */
int iuplus_rnc_event(struct iuplus_rnc_ue *ue, const struct iuplus_rnc_config *config,
		     const struct iuplus_proc_env *env, const struct iuplus_rnc_event *event,
		     struct iuplus_proc_actions *actions);

/** Whether an action RESET_RESOURCE names the context's connection to action->peer. Cannot fail. */
bool iuplus_rnc_ue_named(const struct iuplus_rnc_ue *ue, const struct iuplus_proc_action *action);

/** The state of a context for its owner; it has no keys. */
struct iuplus_rnc_ue_status {
	uint32_t id;
	enum iuplus_rnc_state state;
	bool target; /**< the target of a relocation that is not complete */
	bool iu[2];  /**< the Iu connection of the domain is established */
	bool has_imsi;
	uint8_t imsi[8];           /**< Permanent NAS UE identity, TBCD, when has_imsi */
	uint8_t imsi_len;          /**< octets */
	uint32_t u_rnti;           /**< as announced to the UE: SRNC identity (12 bits) and S-RNTI (20 bits) */
	bool integrity, ciphering; /**< running */
	enum iuplus_key_kind kind;
	unsigned uia, uea;
	uint8_t ue_capability; /**< enhanced capability that the UE announced; 0: none, or not known */
};
/** Fills *status with the current state of the context. Cannot fail; ue is not changed. */
void iuplus_rnc_ue_get_status(const struct iuplus_rnc_ue *ue, struct iuplus_rnc_ue_status *status);

/* ---- The RNC as a whole ------------------------------------------------------------------------------------ */

enum iuplus_rnc_node_event_kind {
	IUPLUS_RNC_NODE_UNITDATA, /**< pdu arrived connectionless from peer (a domain: 0 CS, 1 PS) */
	IUPLUS_RNC_NODE_TIMER,    /**< timer of peer expired: IUPLUS_RNC_TRAFC, TRATC, TIGOR or TINTR */
	IUPLUS_RNC_NODE_RESET,    /**< order: reset peer (at start, after a loss of state) */
	IUPLUS_RNC_NODE_LOST      /**< the signalling association to peer was lost */
};

struct iuplus_rnc_node_event {
	enum iuplus_rnc_node_event_kind kind;
	unsigned peer;
	unsigned timer; /**< TIMER */
	struct iuplus_octets pdu;
};

/** Steps in which traffic is cut while a domain is overloaded: with the last one no phone connects, except for an
 * emergency call. */
#define IUPLUS_RNC_OVERLOAD_STEPS 4

/** Its initial state is all zero. */
struct iuplus_rnc {
	struct {
		bool resetting; /**< Reset was sent and awaits its acknowledgement */
		bool asked;     /**< Reset was sent at any time */
		unsigned tries;
		uint64_t repeats_until;   /**< ms: a Reset of the peer before then repeats the one before */
		uint8_t acknowledge[256]; /**< Reset Acknowledge, sent when TRatC expires */
		size_t acknowledge_len;   /**< 0: none is due */
		bool ignores_overload;    /**< TigOR runs */
		unsigned steps;           /**< by which traffic is cut: up to IUPLUS_RNC_OVERLOAD_STEPS */
	} peer[2];
	unsigned turn; /**< counts phones, for iuplus_rnc_admit() */
};

/** Whether one more phone may connect. While a domain is overloaded (TS 25.413 8.25), as many of every
 * IUPLUS_RNC_OVERLOAD_STEPS phones as its steps may not: the owner marks their first event as congested. Cannot fail.
 * Call it once for each phone. */
bool iuplus_rnc_admit(struct iuplus_rnc *rnc);

/** Handles one connectionless event. IUPLUS_OK: also when it was an erroneous message, which is answered;
 * IUPLUS_ERR_ARGUMENT: peer out of range, nothing was done;
 * IUPLUS_ERR_MEMORY: the arena is exhausted, the owner discards the message;
 * IUPLUS_ERR_SPACE: as iuplus_rnc_event().
 * IUPLUS_ACT_RESET_ALL requires that the owner gives each context with a connection to peer its IUPLUS_RNC_EV_RESET.
 * IUPLUS_ACT_RESET_RESOURCE requires the same for each context for which iuplus_rnc_ue_named() is true. The
 * acknowledgement follows it in the same list, that of a Reset when TRatC has expired. A Reset that repeats another one
 * has no IUPLUS_ACT_RESET_ALL: the contexts that exist now began after the first. Timers belong to the action's peer.
 * TS 25.413 8.25 to 8.27, 8.29. */
int iuplus_rnc_node_event(struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
			  const struct iuplus_proc_env *env, const struct iuplus_rnc_node_event *event,
			  struct iuplus_proc_actions *actions);

IUPLUS_END_DECLS
#endif
