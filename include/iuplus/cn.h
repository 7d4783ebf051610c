/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * cn.h: the machine of a core network node (the SGSN): one context for each UE whose Iu connection is established or
 * being established.
 *
 * A context has two layers. The link (src/proc/cn_link*.c) is Iu alone: connections, relocation, security mode; its
 * configuration names the domain. The mobility user above it (src/proc/cn_gmm*.c: GMM of the packet domain) determines
 * the identity of the UE, its keys, and the purpose of each procedure.
 *
 * A context owns at most two Iu connections, numbered 0 and 1 by the machine: one serves the UE, the other is (or was)
 * the other side of a relocation. The numbers stay with the connections, the roles change: the status names the serving
 * one. Data that outlives the connection (P-TMSI, keys, unused vectors) is in the subscriber's record, which the owner
 * finds by IMSI or P-TMSI. Neither has the subscriber's K, OPc and SQN: the context requests authentication vectors by
 * an action and receives them by an event (iuplus/hlr.h has an HLR for this).
 *
 * The owner converts what happens on Iu to events and executes the actions. It creates a context for each new Iu
 * connection (CONNECT_INDICATION) and frees it after IUPLUS_ACT_FREE.
 *
 * TS 24.008 4.7 (GMM), TS 25.413 8.5 to 8.10, 8.18, 8.22, 8.26, 8.29; [0118] to [0130] for FIG. 9. */
#ifndef IUPLUS_CN_H
#define IUPLUS_CN_H

#include <iuplus/cn_link.h>
#include <iuplus/cn_peer.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/* ---- States, events, timers: one list each. Enumerators, names, configuration keys and documentation come from it. --
 */

/** States of GMM, and of the procedures that it starts: identifier, name, when */
#define IUPLUS_CN_GMM_STATES(X) \
	X(NULL, "NULL", "no message has arrived yet") \
	X(IDENTITY, "IDENTITY", "Identity Request sent") \
	X(VECTORS, "VECTORS", "authentication vectors requested from the AuC") \
	X(AUTHENTICATION, "AUTHENTICATION", "Authentication and Ciphering Request sent") \
	X(SECURITY, "SECURITY", "security mode control runs") \
	X(ACCEPT, "ACCEPT", "Attach Accept or Routing Area Update Accept sent with a new P-TMSI") \
	X(REGISTERED, "REGISTERED", "no procedure runs") \
	X(REALLOCATION, "REALLOCATION", "P-TMSI Reallocation Command sent") \
	X(DETACHING, "DETACHING", "Detach Request sent") \
	X(RELEASING, "RELEASING", "every Iu connection is being released; FREE follows")

enum iuplus_cn_gmm {
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_GMM_##id,
	IUPLUS_CN_GMM_STATES(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_GMM_COUNT
};

/** What happens to a context: identifier, name, handler (src/proc only), what happened */
#define IUPLUS_CN_EVENTS(X) \
	X(CONNECT_INDICATION, "CONNECT-INDICATION", on_connect_indication, \
	  ".peer opened Iu connection .conn of a new context (0), with .pdu if not empty") \
	X(CONNECT_CONFIRM, "CONNECT-CONFIRM", on_connect_confirm, "the peer accepted .conn, with .pdu if not empty") \
	X(CONNECT_REFUSE, "CONNECT-REFUSE", on_connect_refuse, \
	  "the peer refused .conn (SCCP CREF), or it could not be opened") \
	X(DATA, "DATA", on_data, "a RANAP message .pdu arrived on .conn") \
	X(RELEASE, "RELEASE", on_release, "the peer released .conn (SCCP RLSD)") \
	X(LOST, "LOST", on_lost, ".conn ended: association lost, inactivity, or reset by the RNC") \
	X(TIMER, "TIMER", on_timer, ".timer expired") \
	X(DETACH, "DETACH", on_detach, "order: detach the UE") \
	X(REALLOCATE, "REALLOCATE", on_reallocate, "order: allocate a new P-TMSI") \
	X(AUTHENTICATE, "AUTHENTICATE", on_authenticate, \
	  "order: authenticate the UE, then send Security Mode Command") \
	X(CANCEL, "CANCEL", on_cancel, "order: release everything now (the node ends)") \
	X(SUPERSEDED, "SUPERSEDED", on_superseded, "the subscriber has opened a new Iu connection") \
	X(VECTORS, "VECTORS", on_vectors, "the AuC's response .vectors to an action VECTORS_WANTED")

enum iuplus_cn_event_kind {
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_EV_##id,
	IUPLUS_CN_EVENTS(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_EV_COUNT
};

/** Timers of GMM: the same members, defaults of TS 24.008 table 11.4 */
#define IUPLUS_CN_GMM_TIMERS(X) \
	X(T3350, 6000, "T3350", "t3350", PROC_PHASES(S(ACCEPT), 0, S(REALLOCATION), 0), t3350_expired, \
	  "Attach Accept, Routing Area Update Accept or P-TMSI Reallocation Command sent (TS 24.008)") \
	X(T3360, 6000, "T3360", "t3360", PROC_RUNS_IN(S(AUTHENTICATION)), t3360_expired, \
	  "Authentication and Ciphering Request sent (TS 24.008)") \
	X(TVECTORS, 10000, "TVECTORS", "vectors", PROC_RUNS_IN(S(VECTORS)), vectors_expired, \
	  "authentication vectors requested from the AuC (own)") \
	X(T3370, 6000, "T3370", "t3370", PROC_RUNS_IN(S(IDENTITY)), t3370_expired, \
	  "Identity Request sent (TS 24.008)") \
	X(T3322, 6000, "T3322", "t3322", PROC_RUNS_IN(S(DETACHING)), t3322_expired, "Detach Request sent (TS 24.008)") \
	X(TINACTIVITY, 600000, "TINACTIVITY", "wait", PROC_PHASES(S(NULL), 0, S(REGISTERED), 0), inactivity_expired, \
	  "no procedure runs: Iu is released when it expires (own)")

#define IUPLUS_CN_TIMERS(X) IUPLUS_CN_LINK_TIMERS(X) IUPLUS_CN_GMM_TIMERS(X) IUPLUS_CN_PEER_TIMERS(X)

/** The numbers of timers: a context's link's (enum iuplus_cn_link_timer) and GMM's, then a peer's. */
enum iuplus_cn_timer {
	IUPLUS_CN_TIMER_BEFORE_GMM = IUPLUS_CN_LINK_TIMER_COUNT - 1,
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_##id,
	IUPLUS_CN_GMM_TIMERS(IUPLUS_CN_ID) IUPLUS_CN_TIMER_OF_PEERS,
	IUPLUS_CN_TIMER_BEFORE_PEERS = IUPLUS_CN_TIMER_OF_PEERS - 1, /**< a context has those before it */
	IUPLUS_CN_PEER_TIMERS(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_TIMER_COUNT
};

/** Names for logs and tests, and the default of a timer in milliseconds; "?" and 0 when out of range. Never NULL. */
const char *iuplus_cn_event_name(enum iuplus_cn_event_kind kind);
const char *iuplus_cn_gmm_name(enum iuplus_cn_gmm state);
const char *iuplus_cn_timer_name(unsigned timer);
uint32_t iuplus_cn_timer_default(unsigned timer);

/* ---- Configuration ----------------------------------------------------------------------------------------- */

/** Whether an authentication precedes the enhanced keys ([0022], [0102], [0103]); iuplus_cn_way() has the table.
 * Identifier, word of the setting, what it is. */
#define IUPLUS_CN_AKAS(X) \
	X(AUTO, "auto", "if there is no vector that only UE and core know") \
	X(ALWAYS, "always", "before every new pair of enhanced keys") \
	X(NEVER, "never", "the vector is used again, also if an RNC knows CK and IK, as long as it gives keys")

enum iuplus_cn_aka {
#define IUPLUS_CN_AKA_ID(id, word, what) IUPLUS_CN_AKA_##id,
	IUPLUS_CN_AKAS(IUPLUS_CN_AKA_ID)
#undef IUPLUS_CN_AKA_ID
		IUPLUS_CN_AKA_COUNT
};

/** The way to enhanced keys. */
enum iuplus_cn_way {
	IUPLUS_CN_WAY_AUTHENTICATE, /**< step 911 with a challenge, then the command */
	IUPLUS_CN_WAY_COMMAND,      /**< Security Mode Command at once */
	IUPLUS_CN_WAY_KEEP          /**< the keys in use stay */
};
/** What the core does for enhanced keys, by its policy and the state of the vector. Out of range: KEEP. */
enum iuplus_cn_way iuplus_cn_way(enum iuplus_cn_aka aka, enum iuplus_cn_vector_state state);

#define IUPLUS_CN_RETRIES \
	5 /**< T33xx: the procedure is aborted on the fifth expiry (TS 24.008 table \
	   * 11.4) */

struct iuplus_cn_gmm_config {
	uint16_t lac;
	uint8_t rac;
	enum iuplus_cn_aka aka;
	bool reallocate;  /**< P-TMSI reallocation after every relocation: exercises both directions */
	unsigned vectors; /**< how many are requested at once: 1 to IUPLUS_CN_MAX_VECTORS, 0 means 1 */
};

struct iuplus_cn_config {
	struct iuplus_cn_link_config link;
	struct iuplus_cn_gmm_config gmm;
	uint32_t timer_ms[IUPLUS_CN_TIMER_COUNT]; /**< 0: the default of the list */
};

/** Checks a configuration. Returns IUPLUS_OK, or IUPLUS_ERR_ARGUMENT with *why (static text): what is required. */
int iuplus_cn_config_check(const struct iuplus_cn_config *config, const char **why);

/* ---- Subscribers: what the node keeps of them between connections --------------------------------------------- */

#define IUPLUS_CN_MAX_VECTORS 5 /**< TS 33.102 6.3.2: the HE may send several */
#define IUPLUS_CN_NO_KEY 7      /**< CKSN: no key is available */

struct iuplus_cn_ue;

/** One subscriber's record: the owner's memory. */
struct iuplus_cn_subscriber {
	char imsi[16];
	bool has_ptmsi, has_old_ptmsi; /**< the old one is valid until the UE has confirmed the new one */
	uint32_t ptmsi, old_ptmsi;
	struct iuplus_security_vector unused[IUPLUS_CN_MAX_VECTORS];
	unsigned unused_count;
	bool has_current; /**< the vector of the last authentication that succeeded, and its CKSN */
	struct iuplus_security_vector current;
	struct iuplus_cn_vector_use use; /**< what was given of it */
	uint8_t cksn;
	struct iuplus_cn_ue *context; /**< the context that serves this subscriber now, or NULL */
};

/** A record without P-TMSI and vectors. Returns IUPLUS_OK, or IUPLUS_ERR_ARGUMENT: imsi is not 6 to 15 digits. */
int iuplus_cn_subscriber_init(struct iuplus_cn_subscriber *subscriber, const char *imsi);

/** The owner's register of records. A context calls these while it handles an event. */
struct iuplus_cn_register {
	/** The record of an IMSI; NULL: not a subscriber that may be served here. An owner whose HLR is remote gives a
	 * new record for an IMSI that it does not know yet. */
	struct iuplus_cn_subscriber *(*by_imsi)(void *user, const char *imsi);
	/** The record with this present or old P-TMSI; NULL: the P-TMSI is unused. */
	struct iuplus_cn_subscriber *(*by_ptmsi)(void *user, uint32_t ptmsi);
	/** The P-TMSIs of the record have changed since the last call. */
	void (*ptmsi_changed)(void *user, struct iuplus_cn_subscriber *subscriber);
	void *user;
};

/** The request of IUPLUS_ACT_VECTORS_WANTED to the subscriber's AuC (TS 33.102 6.3.2, 6.3.5). The response is an event
 * IUPLUS_CN_EV_VECTORS, in the same turn or later. */
struct iuplus_cn_vectors_wanted {
	uint32_t request; /**< the event has the same number */
	char imsi[16];
	unsigned count;     /**< maximum number of vectors */
	bool resynchronise; /**< synch failure: take SQN_MS from auts, the answer to the challenge rand,
			     * first */
	uint8_t rand[16], auts[14];
};

/* ---- One UE's context ---------------------------------------------------------------------------------------- */

struct iuplus_cn_event {
	enum iuplus_cn_event_kind kind;
	unsigned conn, peer;
	unsigned timer;
	struct iuplus_octets pdu;
	struct {
		uint32_t request;                          /**< that of the action */
		int rc;                                    /**< IUPLUS_OK; IUPLUS_ERR_INTEGRITY: AUTS is not the USIM's;
							    * IUPLUS_ERR_MISSING: the HLR does not know the subscriber; others: the AuC
							    * failed */
		unsigned count;                            /**< 0: no vector */
		const struct iuplus_security_vector *list; /**< in ascending order of SQN; the owner wipes its
							    * copy */
	} vectors;                                         /**< VECTORS */
};

/** An empty context. config and subscribers outlive it. The owner chooses id, the context's number: no two contexts
 * that exist at once have the same low 16 bits, because they are part of the Iu Signalling Connection Identifiers that
 * the core gives (TS 25.413 9.2.1.38; iuplus_cn_ue_id() returns them). user is the owner's own pointer.
 * NULL when the heap is exhausted: the owner refuses the connection. */
struct iuplus_cn_ue *iuplus_cn_ue_new(const struct iuplus_cn_config *config,
				      const struct iuplus_cn_register *subscribers, uint32_t id, void *user);
/** The context's number: the low 16 bits of id, for the owner that looks for a free one. */
uint16_t iuplus_cn_ue_id(const struct iuplus_cn_ue *ue);
/** The owner's pointer. */
void *iuplus_cn_ue_user(const struct iuplus_cn_ue *ue);
/** Removes the context from its subscriber's record, wipes its keys and frees it, in any state. NULL is allowed. */
void iuplus_cn_ue_free(struct iuplus_cn_ue *ue);

/** Handles one event. Actions are appended to out.
 * IUPLUS_OK: also when a peer's message was rejected: an action answers it and IUPLUS_ACT_FAILURE reports it;
 * IUPLUS_ERR_ARGUMENT: a caller's bug (connection number or timer out of range), nothing was done;
 * IUPLUS_ERR_STATE: an order that is not allowed in the current state, nothing was done: retry later;
 * IUPLUS_ERR_MEMORY: the arena is exhausted: the owner executes the actions in the list, a timer ends the procedure;
 * IUPLUS_ERR_SPACE: the list is full: the owner executes the actions in it and ends the context. */
int iuplus_cn_event(struct iuplus_cn_ue *ue, const struct iuplus_proc_env *env, const struct iuplus_cn_event *event,
		    struct iuplus_proc_actions *out);

/** Whether an action RESET_RESOURCE names one of the context's connections: *conn is then its number. A context has at
 * most one connection with a peer. Cannot fail. */
bool iuplus_cn_ue_named(const struct iuplus_cn_ue *ue, const struct iuplus_proc_action *action, unsigned *conn);

/** The state of a context for its owner; it has no keys. */
struct iuplus_cn_ue_status {
	enum iuplus_cn_gmm gmm;
	enum iuplus_cn_relocation relocation;
	enum iuplus_cn_security security;
	unsigned serving; /**< number of the connection that serves the UE */
	struct {
		enum iuplus_cn_iu state;
		unsigned peer;
		bool rnc_enhanced;   /**< the RNC signalled the capability */
		bool has_sig_con_id; /**< the Iu Signalling Connection Identifier is known: */
		uint32_t sig_con_id;
	} iu[2];
	const struct iuplus_cn_subscriber *subscriber; /**< the identity that the UE claims, or NULL */
	bool ue_enhanced;                              /**< the UE signalled the capability, through an RNC+ */
	uint8_t ue_capability;                         /**< that capability */
	bool integrity, ciphering;                     /**< running */
	enum iuplus_key_kind kind;                     /**< of the keys in use */
	unsigned uia, uea;
	struct iuplus_security_key_index index; /**< of the keys in use, or of those that mapped keys were made of */
	bool has_next_key;                      /**< the RNC has the key for a direct relocation */
	bool counter_due;                       /**< the next keys take a new counter */
	const struct iuplus_cn_vector_use *use; /**< what was given of the vector of the keys in use, or NULL */
	unsigned tries;                         /**< expiries of the running T33xx */
};
/** Fills *status with the current state of the context. Cannot fail; ue is not changed. */
void iuplus_cn_ue_get_status(const struct iuplus_cn_ue *ue, struct iuplus_cn_ue_status *status);

/** Texts of IUPLUS_ACT_DONE (message). */
#define IUPLUS_CN_DONE_ATTACH "Attach"
#define IUPLUS_CN_DONE_SERVICE "ServiceRequest"
#define IUPLUS_CN_DONE_RAU "RoutingAreaUpdate"
#define IUPLUS_CN_DONE_REALLOCATION "PTMSIReallocation"
#define IUPLUS_CN_DONE_DETACH "Detach"
/** After a relocation: the final keys are in use, and the P-TMSI reallocation (if configured) is complete. */
#define IUPLUS_CN_DONE_SETTLED "RelocationSettled"

IUPLUS_END_DECLS
#endif
