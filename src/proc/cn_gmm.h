/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm.h: the mobility user of the packet domain: GMM, network side; it uses the link (cn_link.h). Not installed. */
#ifndef IUPLUS_PROC_CN_GMM_H
#define IUPLUS_PROC_CN_GMM_H

#include <iuplus/cn.h>
#include <iuplus/nas.h>

#include "src/proc/cn_link.h"

/* What authentication and security mode control are for. */
enum cn_gmm_purpose {
	CN_GMM_FOR_ATTACH,
	CN_GMM_FOR_RAU,
	CN_GMM_FOR_SERVICE,
	CN_GMM_FOR_RELOCATION, /* after FIG. 9's step 909 */
	CN_GMM_FOR_ORDER
};

/* GMM of one UE. */
struct cn_gmm_ue {
	const struct iuplus_cn_register *subscribers;
	struct iuplus_cn_subscriber *subscriber; /* once identified */
	enum iuplus_cn_gmm state;
	enum cn_gmm_purpose purpose;

	/* The authentication that runs */
	struct iuplus_security_vector challenge;
	uint8_t challenge_cksn, reference;
	uint32_t request;      /* the number of the last request for vectors */
	bool resynchronising;  /* it resynchronises SQN, too */
	bool resynchronised;   /* SQN was resynchronised once: a second synch failure is final */
	bool identity_checked; /* the IMSI was requested because of an authentication failure */
	bool by_ptmsi;         /* the UE identified itself by P-TMSI */
	unsigned tries;        /* expiries of the T33xx that runs */

	/* The request that started the procedure */
	struct iuplus_nas_identity identity;
	uint8_t attach_type, update_type, cksn;
	bool follow_on;
};

/* One event being handled. */
struct cn_gmm {
	struct proc *p;
	struct cn_link *link;
	struct cn_gmm_ue *ue;
	const struct iuplus_cn_config *cfg;
	struct iuplus_cn_ue *context; /* the whole, as the subscriber's record points to it */
};

/* ---- cn_gmm.c: for the dispatcher ---- */

/* A connection is up, and its first message is awaited. */
void cn_gmm_begin(struct cn_gmm *g);
/* True if no procedure runs: a relocation may start. */
bool cn_gmm_idle(const struct cn_gmm_ue *ue);
/* What happened to the link. */
void cn_gmm_outcome(struct cn_gmm *g, enum cn_link_outcome outcome, struct iuplus_octets nas);
/* A timer of GMM expired: a number from IUPLUS_CN_LINK_TIMER_COUNT on. */
void cn_gmm_expired(struct cn_gmm *g, unsigned timer);
/* Operator commands. IUPLUS_ERR_STATE if not allowed in the current state. */
int cn_gmm_order_detach(struct cn_gmm *g);
int cn_gmm_order_reallocate(struct cn_gmm *g);
int cn_gmm_order_authenticate(struct cn_gmm *g);

/* NAS messages from the UE: identifier (of IUPLUS_NAS_) */
#define CN_GMM_INPUTS(X) \
	X(ATTACH_REQUEST) \
	X(ATTACH_COMPLETE) \
	X(RAU_REQUEST) \
	X(RAU_COMPLETE) \
	X(SERVICE_REQUEST) \
	X(DETACH_REQUEST) X(DETACH_ACCEPT) X(PTMSI_REALLOCATION_COMPLETE) X(AUTHENTICATION_AND_CIPHERING_RESPONSE) \
		X(AUTHENTICATION_AND_CIPHERING_FAILURE) X(IDENTITY_RESPONSE) X(GMM_STATUS)

enum cn_gmm_input {
#define CN_GMM_ID(id) CN_GMM_##id,
	CN_GMM_INPUTS(CN_GMM_ID)
#undef CN_GMM_ID
		CN_GMM_INPUT_COUNT
};
/* The row of the table, and the message type of an input; for tests and documentation. */
const struct proc_row *cn_gmm_row(enum iuplus_cn_gmm state, enum cn_gmm_input input);
enum iuplus_nas_type cn_gmm_input_type(enum cn_gmm_input input);

/* ---- cn_gmm_act.c ---- */

/* Restarts the timer of the present state, for a message that is sent again. */
void cn_gmm_timer_start(struct cn_gmm *g, enum iuplus_cn_timer timer);
/* Whether the timer may run in the present state; else its expiry is late. */
bool cn_gmm_timer_runs(const struct cn_gmm *g, unsigned timer);
/* The only function that changes the state: it starts and stops the timers bound to states, and reports the change. */
void cn_gmm_set_state(struct cn_gmm *g, enum iuplus_cn_gmm state);
struct iuplus_nas_msg cn_gmm_message(enum iuplus_nas_type type);
/* Encodes and sends; a failure is logged, and a timer or the UE repeats. */
void cn_gmm_send(struct cn_gmm *g, const struct iuplus_nas_msg *msg, enum iuplus_proc_step step);
/* GMM STATUS (TS 24.008 8.4, 8.5). */
void cn_gmm_status(struct cn_gmm *g, uint8_t cause);
void cn_gmm_ask_identity(struct cn_gmm *g);
/* The record of an IMSI or P-TMSI, or NULL. */
struct iuplus_cn_subscriber *cn_gmm_find(const struct cn_gmm *g, const struct iuplus_nas_identity *identity);
struct iuplus_nas_rai cn_gmm_rai(const struct cn_gmm *g);
/* The context does not serve its subscriber any longer; also before it is freed. */
void cn_gmm_leave(struct cn_gmm_ue *ue, const struct iuplus_cn_ue *context);

/* ---- cn_gmm_release.c ---- */

/* Releases every connection; the context ends when they are gone. why is static text. */
void cn_gmm_release(struct cn_gmm *g, uint16_t cause, const char *why);
/* Rejects the procedure that runs as its kind requires, and releases every connection. */
void cn_gmm_reject(struct cn_gmm *g, enum iuplus_nas_cause cause, const char *why);

/* ---- cn_gmm_security.c ---- */

/* Security Mode Command with the keys of the current vector. */
void cn_gmm_secure(struct cn_gmm *g);
/* Security mode control failed. */
void cn_gmm_refused(struct cn_gmm *g);

/* ---- cn_gmm_enhance.c ---- */

/* What precedes enhanced keys: by the policy and the subscriber's vector. */
enum iuplus_cn_way cn_gmm_way(const struct cn_gmm *g);
/* True if the UE could have enhanced keys here, and the present vector is not the way to them. */
bool cn_gmm_needs_challenge(struct cn_gmm *g);
/* Goes that way, for the purpose that is set. False: the keys in use stay. */
bool cn_gmm_enhance(struct cn_gmm *g);

/* ---- cn_gmm_aka.c: authentication (TS 24.008 4.7.7, TS 33.102 6.3) ---- */

/* Forgets what an earlier authentication on this connection has found out; by_ptmsi: how the UE identified itself. */
void cn_gmm_aka_reset(struct cn_gmm *g, bool by_ptmsi);
/* A challenge with an unused vector, or a request for vectors. */
void cn_gmm_aka_start(struct cn_gmm *g);
/* The AuC's response. */
void cn_gmm_vectors(struct cn_gmm *g, const struct iuplus_cn_event *event);
void cn_gmm_aka_send(struct cn_gmm *g);
/* Authentication and Ciphering Reject, and a release. */
void cn_gmm_aka_reject(struct cn_gmm *g, const char *why);
void cn_gmm_authentication_response(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_authentication_failure(struct cn_gmm *g, const struct iuplus_nas_msg *m);

/* ---- cn_gmm_identity.c (TS 24.008 4.7.8) ---- */

/* Whom the UE claims to be. */
void cn_gmm_identified(struct cn_gmm *g, struct iuplus_cn_subscriber *subscriber);
/* Finds the subscriber of the request's identity, or asks for the IMSI; then authenticates. */
void cn_gmm_identify(struct cn_gmm *g);
void cn_gmm_identity_response(struct cn_gmm *g, const struct iuplus_nas_msg *m);

/* ---- cn_gmm_ptmsi.c: P-TMSI reallocation (TS 24.008 4.7.6) ---- */

/* A new P-TMSI for the subscriber, different from every other; the present one becomes the old one. */
void cn_gmm_ptmsi_new(struct cn_gmm *g);
/* The UE has confirmed the new P-TMSI: the old one is void. */
void cn_gmm_ptmsi_confirmed(struct cn_gmm *g);
/* The subscriber is detached: both are void. */
void cn_gmm_ptmsi_void(struct cn_gmm *g);
/* Sends P-TMSI Reallocation Command with a new P-TMSI. */
void cn_gmm_reallocate(struct cn_gmm *g);
void cn_gmm_reallocation_complete(struct cn_gmm *g, const struct iuplus_nas_msg *m);
/* The command again. */
void cn_gmm_reallocation_send(struct cn_gmm *g);
/* Called once the final keys are in use after a relocation. */
void cn_gmm_settle(struct cn_gmm *g);

/* ---- cn_gmm_attach.c: attach, routing area update, service request (TS 24.008 4.7.3, 4.7.5, 4.7.13) ---- */

void cn_gmm_attach(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_attach_again(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_attach_after_accept(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_attach_complete(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_rau(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_rau_complete(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_service(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_service_again(struct cn_gmm *g, const struct iuplus_nas_msg *m);
/* Attach Accept or Routing Area Update Accept. */
void cn_gmm_accept_send(struct cn_gmm *g);
/* The UE is authenticated and protected: continue what the security mode control was for. */
void cn_gmm_secured(struct cn_gmm *g);

/* ---- cn_gmm_detach.c (TS 24.008 4.7.4) ---- */

void cn_gmm_detach_send(struct cn_gmm *g);
/* The UE is detached. */
void cn_gmm_detached(struct cn_gmm *g);
void cn_gmm_detach(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_detach_first(struct cn_gmm *g, const struct iuplus_nas_msg *m);
void cn_gmm_detach_accept(struct cn_gmm *g, const struct iuplus_nas_msg *m);

#endif
