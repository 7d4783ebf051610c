/* SPDX-License-Identifier: BSD-2-Clause */
/* cn.h: the packet core's machine: one context per subscriber that has, or is getting, an Iu connection.
 *
 * A context owns at most two Iu connections, numbered 0 and 1 by the machine: one serves the phone, the other is (or
 * was) the other side of a relocation. The numbers stay with the connections, the roles change: ue->serving says which
 * one serves. What outlives the connection (P-TMSI, keys, unused vectors) is in the subscriber's record, which also is
 * HLR and AuC of this network.
 *
 * The owner turns what happens on Iu into events and carries the actions out. It makes a context when a new Iu
 * connection arrives (CONNECT_INDICATION) and frees it after IUPLUS_ACT_FREE. After each event it looks at
 * ue->superseded: another context of the same subscriber that has to get IUPLUS_CN_EV_SUPERSEDED.
 *
 * TS 24.008 4.7 (GMM), TS 25.413 8.5 to 8.10, 8.18, 8.22, 8.26, 8.29; [0118] to [0130] for FIG. 9. */
#ifndef IUPLUS_CN_H
#define IUPLUS_CN_H

#include <iuplus/iuplus.h>
#include <iuplus/nas.h>
#include <iuplus/proc.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/* ---- Configuration ----------------------------------------------------------------------------------------- */

/* Whether an authentication precedes the enhanced keys after a relocation ([0102], [0103]). */
enum iuplus_cn_aka {
	IUPLUS_CN_AKA_AUTO,		/* only when there is no current vector that stands for the legacy keys */
	IUPLUS_CN_AKA_ALWAYS,
	IUPLUS_CN_AKA_NEVER		/* without a current vector the legacy keys stay */
};

/* What is known of an RNC before it speaks. What it says of itself in a message comes on top. */
enum iuplus_cn_capability {
	IUPLUS_CN_CAPABILITY_UNKNOWN,
	IUPLUS_CN_CAPABILITY_LEGACY,
	IUPLUS_CN_CAPABILITY_ENHANCED
};

struct iuplus_cn_rnc {
	uint16_t rnc_id;		/* 0 to 4095 */
	unsigned peer;			/* the owner's number for it: proc.h's peer */
	enum iuplus_cn_capability capability;
};

enum iuplus_cn_timer {
	IUPLUS_CN_T3350,		/* Attach Accept, P-TMSI Reallocation Command sent */
	IUPLUS_CN_T3360,		/* Authentication and Ciphering Request sent */
	IUPLUS_CN_T3370,		/* Identity Request sent */
	IUPLUS_CN_T3322,		/* Detach Request sent */
	IUPLUS_CN_TRELOCALLOC,		/* Relocation Request sent, TS 25.413 8.7 */
	IUPLUS_CN_TRELOCCOMPLETE,	/* Relocation Command sent, TS 25.413 8.6 */
	IUPLUS_CN_TSECURITY,		/* Security Mode Command sent; supervision: not the standard's */
	IUPLUS_CN_TRELEASE_0,		/* Iu Release Command sent on connection 0; supervision */
	IUPLUS_CN_TRELEASE_1,		/* the same on connection 1 */
	IUPLUS_CN_TWAIT,		/* nothing is under way: Iu is released as inactive at its end; supervision */
	IUPLUS_CN_TIMER_COUNT
};

#define IUPLUS_CN_RETRIES 5		/* T33xx: given up at the fifth expiry (TS 24.008 table 11.4) */

struct iuplus_cn_config {
	uint8_t plmn[3];
	uint16_t lac;
	uint8_t rac;
	bool enhanced;			/* SGSN+: knows the extension; else as if it never heard of it */
	enum iuplus_cn_aka aka;
	unsigned uia_count, uea_count;	/* permitted algorithms, preferred one first; uea 0 is "no encryption" */
	uint8_t uia[2], uea[3];
	bool reallocate;		/* P-TMSI reallocation after every relocation: exercises both directions */
	bool nonce;			/* derive with a nonce ([0133] and the like); else without */
	unsigned vectors;		/* how many the AuC makes at once: 1 to IUPLUS_CN_MAX_VECTORS, 0 means 1 */
	const struct iuplus_cn_rnc *rnc;
	size_t rnc_count;
	uint32_t timer_ms[IUPLUS_CN_TIMER_COUNT]; /* 0: the default below */
};

/* The default of a timer in milliseconds, and its name ("T3350", "TRELOCalloc"); 0 and "?" for a value outside the
 * enum. */
uint32_t iuplus_cn_timer_default(enum iuplus_cn_timer timer);
const char *iuplus_cn_timer_name(enum iuplus_cn_timer timer);

/* Checks a configuration. Returns IUPLUS_OK, or IUPLUS_ERR_ARGUMENT with *why (static text): what would be right. */
int iuplus_cn_config_check(const struct iuplus_cn_config *config, const char **why);

/* ---- Subscribers: HLR, AuC, and what the SGSN keeps between connections ------------------------------------- */

#define IUPLUS_CN_MAX_VECTORS 5		/* TS 33.102 6.3.2: the HE may send several */
#define IUPLUS_CN_NO_KEY 7		/* CKSN: no key is available */

struct iuplus_cn_ue;

struct iuplus_cn_subscriber {
	char imsi[16];
	uint8_t k[16], opc[16], amf[2];
	uint64_t sqn;			/* SQN_HE: the last one used, 48 bits */

	bool has_ptmsi, has_old_ptmsi;	/* the old one is valid until the phone has confirmed the new one */
	uint32_t ptmsi, old_ptmsi;
	struct iuplus_security_vector unused[IUPLUS_CN_MAX_VECTORS];
	unsigned unused_count;
	bool has_current;		/* the vector of the last authentication that succeeded, and its CKSN */
	struct iuplus_security_vector current;
	uint8_t cksn;
	struct iuplus_cn_ue *context;	/* who serves this subscriber now, or NULL */
};

struct iuplus_cn_subscribers {
	struct iuplus_cn_subscriber *list;	/* the owner's array */
	size_t count;
};

/* Fills one record; it has no P-TMSI and no vector yet. Returns IUPLUS_OK, or IUPLUS_ERR_ARGUMENT: imsi is not 6 to 15
 * digits, or sqn has more than 48 bits. */
int iuplus_cn_subscriber_init(struct iuplus_cn_subscriber *subscriber, const char *imsi, const uint8_t k[16],
			      const uint8_t opc[16], const uint8_t amf[2], uint64_t sqn);
/* Wipes the keys of every record. The array stays the owner's. */
void iuplus_cn_subscribers_wipe(struct iuplus_cn_subscribers *subscribers);
/* The record with this identity (IMSI or P-TMSI), or NULL. */
struct iuplus_cn_subscriber *iuplus_cn_subscriber_find(const struct iuplus_cn_subscribers *subscribers,
						       const struct iuplus_nas_identity *identity);

/* The AuC's two services (TS 33.102 6.3.2, 6.3.5). A context calls these two through its table, so that an owner with
 * another AuC can put itself in their place. */
struct iuplus_cn_auc {
	/* Makes up to count vectors; *made gets how many. IUPLUS_OK with *made > 0, else the attach is rejected. */
	int (*vectors)(void *user, const struct iuplus_proc_env *env, struct iuplus_cn_subscriber *subscriber,
		       struct iuplus_security_vector *vector, unsigned count, unsigned *made);
	/* Takes SQN_MS out of auts, given for the challenge rand. IUPLUS_OK: ask for new vectors;
	 * IUPLUS_ERR_INTEGRITY: it is not the phone's; others: the AuC failed. */
	int (*resync)(void *user, struct iuplus_cn_subscriber *subscriber, const uint8_t rand[16],
		      const uint8_t auts[14]);
	void *user;
};
/* The one that works on the subscriber's record: MILENAGE, SQN by TS 33.102 Annex C.1.1.2. */
extern const struct iuplus_cn_auc iuplus_cn_auc_local;

/* ---- One subscriber's context ------------------------------------------------------------------------------- */

/* What happens to a context. */
enum iuplus_cn_event_kind {
	IUPLUS_CN_EV_CONNECT_INDICATION,/* .peer opened Iu connection .conn (0, of a fresh context) with .pdu */
	IUPLUS_CN_EV_CONNECT_CONFIRM,	/* the peer accepted .conn; .pdu is what came with it, or empty */
	IUPLUS_CN_EV_CONNECT_REFUSE,	/* the peer refused .conn (SCCP CREF), or it could not be opened */
	IUPLUS_CN_EV_DATA,		/* a RANAP message .pdu on .conn */
	IUPLUS_CN_EV_RELEASE,		/* the peer released .conn (SCCP RLSD) */
	IUPLUS_CN_EV_LOST,		/* .conn is gone: association lost, inactivity, reset by the RNC */
	IUPLUS_CN_EV_TIMER,		/* .timer expired */
	IUPLUS_CN_EV_DETACH,		/* order: detach the phone */
	IUPLUS_CN_EV_REALLOCATE,	/* order: give it a new P-TMSI */
	IUPLUS_CN_EV_AUTHENTICATE,	/* order: authenticate it again, then Security Mode Command */
	IUPLUS_CN_EV_CANCEL,		/* order: release everything now (the SGSN ends) */
	IUPLUS_CN_EV_SUPERSEDED,	/* the subscriber has come back on a new Iu connection */
	IUPLUS_CN_EV_COUNT
};

struct iuplus_cn_event {
	enum iuplus_cn_event_kind kind;
	unsigned conn, peer;
	enum iuplus_cn_timer timer;
	struct iuplus_octets pdu;
};

/* GMM, and what runs on behalf of it. */
enum iuplus_cn_gmm {
	IUPLUS_CN_NULL,			/* nothing has arrived yet, or everything is over */
	IUPLUS_CN_IDENTITY,		/* Identity Request sent */
	IUPLUS_CN_AUTHENTICATION,	/* Authentication and Ciphering Request sent */
	IUPLUS_CN_SECURITY,		/* Security Mode Command sent */
	IUPLUS_CN_ACCEPT,		/* Attach (or RAU) Accept sent with a new P-TMSI */
	IUPLUS_CN_REGISTERED,		/* nothing is under way */
	IUPLUS_CN_REALLOCATION,		/* P-TMSI Reallocation Command sent */
	IUPLUS_CN_DETACHING,		/* Detach Request sent */
	IUPLUS_CN_RELEASING,		/* every connection is being released: FREE follows */
	IUPLUS_CN_GMM_COUNT
};

/* Relocation, seen from the core. */
enum iuplus_cn_relocation {
	IUPLUS_CN_RELOC_IDLE,
	IUPLUS_CN_RELOC_ALLOCATION,	/* Relocation Request sent: TRELOCalloc */
	IUPLUS_CN_RELOC_COMMANDED,	/* Relocation Command sent: TRELOCcomplete */
	IUPLUS_CN_RELOC_DETECTED,	/* Relocation Detect received */
	IUPLUS_CN_RELOC_COUNT
};

/* One Iu connection. */
enum iuplus_cn_iu {
	IUPLUS_CN_IU_NONE,
	IUPLUS_CN_IU_CONNECTING,	/* SCCP CR sent */
	IUPLUS_CN_IU_UP,
	IUPLUS_CN_IU_RELEASING,		/* Iu Release Command sent */
	IUPLUS_CN_IU_COUNT
};

/* On whose behalf authentication and security mode run. */
enum iuplus_cn_purpose {
	IUPLUS_CN_FOR_ATTACH,
	IUPLUS_CN_FOR_RAU,
	IUPLUS_CN_FOR_SERVICE,
	IUPLUS_CN_FOR_RELOCATION,	/* after FIG. 9's step 909 */
	IUPLUS_CN_FOR_ORDER
};

struct iuplus_cn_ue {
	const struct iuplus_cn_config *config;
	const struct iuplus_cn_subscribers *subscribers;
	const struct iuplus_cn_auc *auc;
	uint32_t iu_sig_con_id;		/* of a connection that the core opens: 24 bits, the highest one set */

	struct iuplus_cn_subscriber *subscriber;	/* once identified */
	struct iuplus_cn_ue *superseded;	/* the owner reads and clears it */

	enum iuplus_cn_gmm gmm;
	enum iuplus_cn_relocation relocation;
	enum iuplus_cn_purpose purpose;
	unsigned serving;		/* number of the connection that serves the phone */
	struct {
		enum iuplus_cn_iu state;
		unsigned peer;
		bool rnc_enhanced;	/* the RNC said so */
		bool cause_relocation;	/* it is released because a relocation succeeded */
		bool has_sig_con_id;	/* the connection's identifier is known: */
		uint32_t sig_con_id;	/* the RNC's of a connection that the RNC opened, else ours */
	} iu[2];

	bool ue_enhanced;		/* the phone said so, through an RNC+ */
	uint8_t ue_capability;		/* what it said */
	struct iuplus_proc_keys keys;	/* in use, as far as the core knows: start and fresh are the RNC's */
	uint8_t ck[16], ik[16];		/* of AKA: what the keys in use are, or come from */
	bool star_used;			/* the RNC has no K_RNC* left for another relocation */
	struct iuplus_proc_keys pending; /* with the Security Mode Command that is under way */
	bool keys_fresh;		/* an authentication gave keys that no Security Mode Command has used yet */

	/* Authentication under way */
	struct iuplus_security_vector challenge;
	uint8_t challenge_cksn, reference;
	bool resynchronised;		/* a synchronisation failure was repaired: a second one is the end */
	bool identity_checked;		/* the phone was asked who it is because of an authentication failure */
	bool by_ptmsi;			/* the phone named itself by P-TMSI */
	unsigned tries;			/* expiries of the T33xx that runs */

	/* What the phone said at the beginning of the procedure */
	struct iuplus_nas_identity identity;
	uint8_t attach_type, update_type, cksn;
	bool follow_on;
	bool ended;			/* IUPLUS_ACT_FREE was given: every event is ignored */
};

/* Makes an empty context. config, subscribers and auc outlive it; auc NULL is iuplus_cn_auc_local. id numbers the
 * context: the owner's choice, its low 23 bits become the Iu Signalling Connection Identifier. Cannot fail. */
void iuplus_cn_ue_init(struct iuplus_cn_ue *ue, const struct iuplus_cn_config *config,
		       const struct iuplus_cn_subscribers *subscribers, const struct iuplus_cn_auc *auc, uint32_t id);
/* Wipes it and takes it out of its subscriber's record. Call it before the memory is freed, in any state. */
void iuplus_cn_ue_end(struct iuplus_cn_ue *ue);

/* One event. Actions are appended to out.
 * Returns IUPLUS_OK: also when a peer's message was refused, that is answered by an action and logged by
 * IUPLUS_ACT_FAILURE; IUPLUS_ERR_ARGUMENT: the event itself makes no sense (connection number, timer): a bug of the
 * caller, nothing happened; IUPLUS_ERR_STATE: an order that does not fit now, nothing happened: try again later;
 * IUPLUS_ERR_MEMORY: the arena is exhausted: the actions given so far hold, timers see to the rest; IUPLUS_ERR_SPACE:
 * more actions than the list holds: those in it hold, the owner carries them out and ends the context. */
int iuplus_cn_event(struct iuplus_cn_ue *ue, const struct iuplus_proc_env *env, const struct iuplus_cn_event *event,
		    struct iuplus_proc_actions *out);

/* A connectionless RANAP message from peer: Reset, Error Indication, Overload Control (TS 25.413 8.25 to 8.27), Reset
 * Resource (8.29); any other is answered by Error Indication. Actions are appended to out. *reset is set when every
 * connection with that peer is to be given IUPLUS_CN_EV_LOST before the actions are carried out.
 * IUPLUS_ACT_RESET_RESOURCE asks to give it to the connections for which iuplus_cn_ue_named() is true; the
 * acknowledgement (IU_UNITDATA) follows it in the list.
 * Returns IUPLUS_OK: also when the message was bad, which was answered and logged; IUPLUS_ERR_MEMORY: the arena is
 * exhausted, the message is dropped; IUPLUS_ERR_SPACE: as iuplus_cn_event(). */
int iuplus_cn_connectionless(const struct iuplus_cn_config *config, const struct iuplus_proc_env *env, unsigned peer,
			     struct iuplus_octets pdu, struct iuplus_proc_actions *out, bool *reset);

/* Whether an action RESET_RESOURCE names one of the context's connections: *conn is then its number. A context has one
 * connection with a peer at most. Cannot fail. */
bool iuplus_cn_ue_named(const struct iuplus_cn_ue *ue, const struct iuplus_proc_action *action, unsigned *conn);

/* Names for logs and tests; "?" when out of range. Never NULL. */
const char *iuplus_cn_event_name(enum iuplus_cn_event_kind kind);
const char *iuplus_cn_gmm_name(enum iuplus_cn_gmm state);
const char *iuplus_cn_relocation_name(enum iuplus_cn_relocation state);
const char *iuplus_cn_iu_name(enum iuplus_cn_iu state);

/* Texts of IUPLUS_ACT_DONE (message). */
#define IUPLUS_CN_DONE_ATTACH "Attach"
#define IUPLUS_CN_DONE_SERVICE "ServiceRequest"
#define IUPLUS_CN_DONE_RAU "RoutingAreaUpdate"
#define IUPLUS_CN_DONE_RELOCATION "Relocation"		/* Relocation Complete arrived; keys may still change */
#define IUPLUS_CN_DONE_SECURITY "SecurityModeControl"
#define IUPLUS_CN_DONE_REALLOCATION "PTMSIReallocation"
#define IUPLUS_CN_DONE_DETACH "Detach"
/* After a relocation: keys are what they shall be, and the P-TMSI reallocation (if configured) is done. */
#define IUPLUS_CN_DONE_SETTLED "RelocationSettled"

IUPLUS_END_DECLS
#endif
