/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link.h: the link half of the core's machine: Iu connections, relocation and security mode of one UE, for a node of
 * either domain. It knows nothing of the mobility user: what happened to the link is an outcome, which the dispatcher
 * (cn.c) hands to the user; what the user wants of the link is a call. Not installed. */
#ifndef IUPLUS_PROC_CN_LINK_H
#define IUPLUS_PROC_CN_LINK_H

#include <iuplus/cn_link.h>
#include <iuplus/ranap.h>
#include <iuplus/security.h>

#include "src/proc/act.h"

/* The keys of one authentication. use is the subscriber's record of what was given of them; it is another vector's when
 * number differs, because an authentication came since: cn_link_use() looks. */
struct cn_link_vector {
	uint8_t ck[16], ik[16], rand[16];
	struct iuplus_cn_vector_use *use;
	uint32_t number;
};

/* K_RNC or K_RNC* with its index, and the nonce of its counter's K_RNC; and two: for now, and the next key. */
struct cn_link_k {
	bool present;
	struct iuplus_security_key_index index;
	uint8_t nonce[16];
	uint8_t k[32];
};
struct cn_link_pair {
	struct cn_link_k now, next;
};

/* What an answer that comes later has to report of ignored IEs (TS 25.413 10.3.4.2). Further ones are not reported. */
#define CN_LINK_MAX_REPORTED 8
#define CN_LINK_MAX_LEVELS 4
struct cn_link_report {
	struct iuplus_ranap_diagnostics of;                           /* ies is NULL: they are below */
	struct iuplus_ranap_ie_diagnostics ies[CN_LINK_MAX_REPORTED]; /* levels is NULL: they are below */
	struct iuplus_ranap_level levels[CN_LINK_MAX_REPORTED][CN_LINK_MAX_LEVELS];
};

/* The link of one UE. */
struct cn_link_ue {
	uint32_t number;       /* of the context: the middle of each identifier that the core gives */
	uint8_t sig_con_count; /* identifiers given: their lowest bits */
	char imsi[16];         /* whom the user identified; empty before */
	bool opened;           /* the first message has arrived */
	bool releasing;        /* every connection is being released */
	enum iuplus_cn_relocation relocation;
	enum iuplus_cn_security security;
	unsigned serving; /* number of the connection that serves the UE */
	struct {
		enum iuplus_cn_iu state;
		uint16_t release_cause; /* ABANDONED: of the Iu Release Command to come */
		unsigned peer;
		bool identified;                      /* Common ID was sent on it */
		bool rnc_enhanced;                    /* the RNC has the capability: signalled, or configured */
		enum iuplus_cn_capability configured; /* of a target */
		bool has_sig_con_id;                  /* the connection's identifier is known: */
		uint32_t sig_con_id;                  /* the RNC's of a connection that the RNC opened, else ours */
	} iu[2];

	bool ue_enhanced;                       /* the UE signalled the capability, through an RNC+ */
	uint8_t ue_capability;                  /* that capability */
	struct iuplus_proc_keys keys;           /* in use, as far as the core knows: start and fresh are the RNC's */
	struct cn_link_vector vector;           /* what the keys in use are, or are derived from */
	struct iuplus_cn_vector_use former_use; /* what was given of it, once an authentication has replaced it */
	struct iuplus_security_key_index index; /* of the keys in use, or of those that mapped keys were made of */
	struct cn_link_k next;                  /* the next key that the serving RNC has, unless spent */
	struct cn_link_k given;                 /* the highest one given of the counter in use, or offered */
	bool counter_due;                       /* the next keys take a new counter */
	/* Of the Security Mode Command that awaits its answer; uia and uea also of a relocation. */
	struct iuplus_proc_keys pending;
	struct cn_link_vector pending_vector;
	struct cn_link_pair pending_pair;
	bool relocated, retried; /* it is FIG. 9's; it was rejected once */
	/* Of the relocation that runs. */
	struct cn_link_pair offer; /* given in Relocation Request */
	bool offer_ck_ik;          /* the container has CK and IK: legacy-target-keys */
	bool has_key_in_use;       /* what Relocation Request Acknowledge said */
	struct iuplus_ranap_key_in_use key_in_use;
	bool has_report;              /* Relocation Required had ignored IEs */
	struct cn_link_report report; /* for Relocation Command or Relocation Preparation Failure */
};

/* What happened to the link, for the mobility user: at most one in an event. */
enum cn_link_outcome {
	CN_LINK_NONE,    /* nothing that concerns the user */
	CN_LINK_NAS,     /* a NAS message arrived: .nas */
	CN_LINK_SECURED, /* the keys of cn_link_secure() are in use */
	CN_LINK_REFUSED, /* they are not: the keys in use stay as they were */
	CN_LINK_MOVED,   /* the UE was relocated */
	CN_LINK_STAYS,   /* a relocation failed, and the serving RNC serves the UE as before */
	CN_LINK_RELEASED /* every connection is being released */
};

/* One event being handled. */
struct cn_link {
	struct proc *p;
	struct cn_link_ue *ue;
	const struct iuplus_cn_link_config *cfg;
	const uint32_t *timer_ms;
	unsigned conn;                             /* where it happened */
	bool tainted_allowed;                      /* keys of a vector that an RNC knows are derived, too: aka never */
	bool user_idle;                            /* the user has no procedure running: a relocation may start */
	const struct iuplus_ranap_problem *report; /* what the answer to the message has to report, or NULL */
	enum cn_link_outcome outcome;
	struct iuplus_octets nas;
};

/* ---- for the mobility user ---- */

/* The user knows whose connection it is. */
void cn_link_identified(struct cn_link *l, const char *imsi);
/* Common ID on the serving connection, once the user has named the UE; once per connection (TS 25.413 8.16.2). */
void cn_link_common_id(struct cn_link *l);
/* A NAS message to the UE on the serving connection. IUPLUS_OK, else nothing is sent and it is logged. */
int cn_link_send_nas(struct cn_link *l, struct iuplus_octets pdu, enum iuplus_proc_step step);
/* Security Mode Command with the keys of this vector, or those derived from it when UE and RNC support the hierarchy
 * and the vector allows it. use is what was given of it, and goes on living with it. relocated: it is what FIG. 9 does
 * after a relocation. IUPLUS_OK: the outcome is SECURED or REFUSED, or a release; else it could not be sent, as if
 * REFUSED. */
int cn_link_secure(struct cn_link *l, const struct iuplus_security_vector *vector, struct iuplus_cn_vector_use *use,
		   bool relocated);
/* An authentication is about to replace the subscriber's vector: that of the keys in use stays with the link, for a
 * relocation before the keys change, or without a change. */
void cn_link_vector_replaced(struct cn_link *l);
/* True if integrity protection runs. */
bool cn_link_protected(const struct cn_link *l);
/* True while a relocation runs. */
bool cn_link_relocating(const struct cn_link *l);
/* True if UE, serving RNC and this core all support the key hierarchy, and the keys in use are not of it. */
bool cn_link_lacks_enhanced(const struct cn_link *l);
/* True if the keys in use are of the hierarchy, and a relocation that failed, or the end of the NCC, calls for others.
 */
bool cn_link_wants_counter(const struct cn_link *l);
/* Releases every connection; the context ends when they are gone. why is static text. */
void cn_link_release(struct cn_link *l, uint16_t cause, const char *why);

/* ---- for the dispatcher ---- */

/* Iu connection l->conn, opened by peer. */
void cn_link_connected(struct cn_link *l, unsigned peer);
/* The peer accepted connection l->conn. */
void cn_link_confirmed(struct cn_link *l);
/* A RANAP message on connection l->conn. */
void cn_link_ranap(struct cn_link *l, struct iuplus_octets pdu);
/* Connection l->conn ended without being asked to: how says why, for the log. */
void cn_link_gone(struct cn_link *l, const char *how);
/* A timer of the link expired: a number below IUPLUS_CN_LINK_TIMER_COUNT. */
void cn_link_expired(struct cn_link *l, unsigned timer);
/* True once no connection is left of a link that was released. */
bool cn_link_over(const struct cn_link *l);

/* ---- within the link: cn_link_act.c ---- */

/* Encodes and sends on an established connection. IUPLUS_OK, else nothing is sent and it is logged. */
int cn_link_send(struct cn_link *l, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step);
/* Opens a connection with Relocation Request as its first message, and with an Iu Signalling Connection Identifier of
 * its own, which is written to the message. Same codes; the connection is CONNECTING after IUPLUS_OK. */
int cn_link_connect(struct cn_link *l, unsigned conn, unsigned peer, struct iuplus_ranap_msg *msg,
		    enum iuplus_proc_step step);
/* The answer that TS 25.413 clause 10 wants, on a connection; nothing where it wants none. */
void cn_link_answer(struct cn_link *l, unsigned conn, const struct iuplus_ranap_problem *problem);
/* What the answer to the event's message has to report (TS 25.413 10.3.4.2); false: nothing. */
bool cn_link_report(const struct cn_link *l, struct iuplus_ranap_diagnostics *diagnostics);
/* The same for an answer that comes in a later event: cn_link_keep_report() when the message arrives, and
 * cn_link_kept_report() for the answer. It is not told twice. */
void cn_link_keep_report(struct cn_link *l);
bool cn_link_kept_report(struct cn_link *l, struct iuplus_ranap_diagnostics *diagnostics);
/* A logical error (TS 25.413 10.4): answers, and logs. */
void cn_link_logical_error(struct cn_link *l, unsigned conn, const struct iuplus_ranap_msg *msg, uint16_t cause);
/* IUPLUS_ACT_KEYS of the keys in use. */
void cn_link_keys(struct cn_link *l);
/* The only functions that change states: they start and stop the timers bound to them, and report the change. */
void cn_link_set_relocation(struct cn_link *l, enum iuplus_cn_relocation state);
void cn_link_set_security(struct cn_link *l, enum iuplus_cn_security state);
void cn_link_set_iu(struct cn_link *l, unsigned conn, enum iuplus_cn_iu state);
/* The other connection. */
static inline unsigned cn_link_other(unsigned conn)
{
	return conn ^ 1u;
}

/* ---- cn_link_release.c: Iu connections (TS 25.413 8.5) ---- */

/* identifier, name */
#define CN_LINK_IU_INPUTS(X) \
	X(RELEASE, "release by the core") \
	X(CONFIRMED, "accepted by the peer, or data") \
	X(COMPLETE, "Iu-ReleaseComplete") \
	X(GONE, "refused, released by the peer, or lost") \
	X(EXPIRED, "TRELEASE")

enum cn_link_iu_input {
#define CN_LINK_ID(id, ...) CN_LINK_IU_##id,
	CN_LINK_IU_INPUTS(CN_LINK_ID)
#undef CN_LINK_ID
		CN_LINK_IU_COUNT
};
/* The row of the table; for tests and documentation. */
const struct proc_row *cn_link_iu_row(enum iuplus_cn_iu state, enum cn_link_iu_input input);
/* cause and step are of CN_LINK_IU_RELEASE. */
void cn_link_iu(struct cn_link *l, unsigned conn, enum cn_link_iu_input input, uint16_t cause,
		enum iuplus_proc_step step);
/* cn_link_release() of the link's own accord: the outcome is RELEASED. */
void cn_link_release_all(struct cn_link *l, uint16_t cause, const char *why);

/* ---- cn_link_keys.c: what is derived and given, and what is in use (doc/keys.md) ---- */

void cn_link_set_vector(struct cn_link_vector *v, const struct iuplus_security_vector *vector,
			struct iuplus_cn_vector_use *use);
/* What was given of the vector; NULL: there is none. */
struct iuplus_cn_vector_use *cn_link_use(const struct cn_link_vector *v);
/* CK and IK of the vector go to an RNC. */
void cn_link_taint(struct cn_link *l, const struct cn_link_vector *v);
/* Whether K_RNC of a new counter may be derived from it. */
bool cn_link_derivable(const struct cn_link *l, const struct cn_link_vector *v);
/* A pair of the next counter, NCC 0 and 1. It counts as given. IUPLUS_ERR_STATE: not derivable; IUPLUS_ERR_MEMORY. */
int cn_link_new_counter(struct cn_link *l, const struct cn_link_vector *v, struct cn_link_pair *to);
/* A pair for Relocation Request: of the counter in use, or of a new one where that is due, or the keys in use are not
 * of the hierarchy. Same codes. See patches/25413-text.md, 8.7.2. */
int cn_link_relocation_pair(struct cn_link *l, struct cn_link_pair *to);
bool cn_link_counter_due(const struct cn_link *l);
/* Without Encryption Information no encryption is offered at all. */
bool cn_link_offers_encryption(const struct cn_link *l);
/* Integrity Protection Information and Encryption Information with the permitted algorithms and these keys. */
void cn_link_offer(const struct cn_link *l, const uint8_t ck[16], const uint8_t ik[16],
		   struct iuplus_ranap_protection *integrity, bool *has_encryption,
		   struct iuplus_ranap_protection *encryption);
void cn_link_enhanced_information(const struct cn_link *l, const struct cn_link_pair *pair, bool vector_used,
				  struct iuplus_ranap_enhanced_security *e);
/* The keys in use, mapped if they are of the hierarchy: what a node without it gets. IUPLUS_OK or IUPLUS_ERR_MEMORY. */
int cn_link_mapped(const struct cn_link *l, uint8_t ck[16], uint8_t ik[16]);
/* CK_U and IK_U of k into keys. IUPLUS_OK or IUPLUS_ERR_MEMORY. */
int cn_link_enhance(struct iuplus_proc_keys *keys, const struct cn_link_k *k);
/* After a relocation: the target goes on with what the container had. IUPLUS_OK or IUPLUS_ERR_MEMORY. */
int cn_link_take_container(struct cn_link *l);
/* The same with the keys of this index. IUPLUS_ERR_STATE: no target can have them. */
int cn_link_take_index(struct cn_link *l, const struct iuplus_security_key_index *index);
bool cn_link_has_candidate(const struct cn_link *l, const struct iuplus_security_key_index *index);
/* The relocation is over; failed: the UE stays where it was, after the target was asked. See patches/25413-text.md,
 * 8.6.3 and 8.10.2. */
void cn_link_offer_ends(struct cn_link *l, bool failed);
/* True if the core uses the key hierarchy at all. */
bool cn_link_hierarchy(const struct iuplus_cn_link_config *cfg);
/* True if UE, serving RNC and this core all support the key hierarchy. */
bool cn_link_enhanced_possible(const struct cn_link *l);
/* The UE has this capability: what was heard once is not forgotten because a later message lacks it. */
void cn_link_hear(struct cn_link *l, uint8_t capability);
/* The UE has confirmed its capability under integrity protection. */
void cn_link_heard_protected(struct cn_link *l);
/* What the UE confirmed on an earlier connection with this vector. See patches/25413-text.md, 8.22.2. */
void cn_link_remember(struct cn_link *l, const struct iuplus_cn_vector_use *use);

/* ---- cn_link_relocation_keys.c: the keys of a relocation (TS 25.413 8.7.2) ---- */

/* The keys of Relocation Request, once integrity protection runs: what the core has given before, and, only for an RNC
 * that is configured to know the hierarchy, a pair of it. IUPLUS_OK or IUPLUS_ERR_MEMORY. */
int cn_link_offer_keys(struct cn_link *l, const struct iuplus_cn_rnc *rnc, struct iuplus_ranap_relocation_request *r);
/* What the target on l->conn says of algorithms, keys and its capability. 0, or the cause of a failure. */
uint16_t cn_link_judge_target(struct cn_link *l, const struct iuplus_ranap_relocation_request_acknowledge *a);
/* The UE is at the target: its capability, and the keys in use. IUPLUS_OK; else nobody knows which keys are in use, or
 * the UE contradicts the source, and it is reported. */
int cn_link_arrive(struct cn_link *l, const struct iuplus_ranap_relocation_complete *r);

/* ---- cn_link_security.c (TS 25.413 8.18) ---- */

/* Whether these algorithms (numbers of UIA and UEA) are among those that the core offers. */
bool cn_link_permitted(const struct cn_link *l, unsigned uia, unsigned uea);

/* identifier, name */
#define CN_LINK_S_INPUTS(X) \
	X(COMPLETE, "SecurityModeComplete") \
	X(REJECT, "SecurityModeReject, or a faulty answer") \
	X(EXPIRY, "TSECURITY")

enum cn_link_security_input {
#define CN_LINK_ID(id, ...) CN_LINK_S_##id,
	CN_LINK_S_INPUTS(CN_LINK_ID)
#undef CN_LINK_ID
		CN_LINK_S_COUNT
};
const struct proc_row *cn_link_security_row(enum iuplus_cn_security state, enum cn_link_security_input input);
/* m is NULL for an input that is not a message; cause is of a rejection. */
void cn_link_security(struct cn_link *l, enum cn_link_security_input input, const struct iuplus_ranap_msg *m,
		      uint16_t cause);

/* ---- cn_link_relocation.c (TS 25.413 8.6 to 8.10) ---- */

/* identifier, name */
#define CN_LINK_R_INPUTS(X) \
	X(REQUIRED, "RelocationRequired") \
	X(CANCEL, "RelocationCancel") \
	X(ACKNOWLEDGE, "RelocationRequestAcknowledge") \
	X(FAILURE, "RelocationFailure, or a faulty answer") \
	X(DETECT, "RelocationDetect") \
	X(COMPLETE, "RelocationComplete") \
	X(ALLOC_EXPIRY, "TRELOCalloc") \
	X(COMPLETE_EXPIRY, "TRELOCcomplete") \
	X(TARGET_GONE, "target: gone, or Iu-ReleaseRequest") \
	X(SERVING_GONE, "serving RNC: gone") \
	X(SERVING_RELEASE, "serving RNC: Iu-ReleaseRequest")

enum cn_link_relocation_input {
#define CN_LINK_ID(id, ...) CN_LINK_R_##id,
	CN_LINK_R_INPUTS(CN_LINK_ID)
#undef CN_LINK_ID
		CN_LINK_R_COUNT
};
const struct proc_row *cn_link_relocation_row(enum iuplus_cn_relocation state, enum cn_link_relocation_input input);
/* m is NULL for an input that is not a message; cause is what the peer said, or 0. */
void cn_link_relocation(struct cn_link *l, enum cn_link_relocation_input input, const struct iuplus_ranap_msg *m,
			uint16_t cause);

#endif
