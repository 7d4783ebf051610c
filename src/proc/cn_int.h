/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_int.h: what the files of the core's machine share. Not installed. */
#ifndef IUPLUS_PROC_CN_INT_H
#define IUPLUS_PROC_CN_INT_H

#include <iuplus/cn.h>
#include <iuplus/ranap.h>

#include "src/proc/act.h"

/* One event being worked on. */
struct cn {
	struct proc p;
	struct iuplus_cn_ue *ue;
	const struct iuplus_cn_config *cfg;
	unsigned conn;			/* where it happened */
	const struct iuplus_ranap_problem *report; /* what the answer to the message has to report, or NULL */
};

/* ---- cn_act.c: actions and states ---- */

void cn_timer_start(struct cn *c, enum iuplus_cn_timer timer);
void cn_timer_stop(struct cn *c, enum iuplus_cn_timer timer);
/* Encodes and sends on a connection that stands; step may be NULL. IUPLUS_OK, else nothing is sent and it is logged. */
int cn_send(struct cn *c, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step);
/* Opens a connection with msg as its first message. Same codes; the connection is CONNECTING after IUPLUS_OK. */
int cn_connect(struct cn *c, unsigned conn, unsigned peer, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step);
/* A NAS message in a Direct Transfer on the serving connection. */
int cn_send_nas(struct cn *c, const struct iuplus_nas_msg *msg, enum iuplus_proc_step step);
/* The answer that TS 25.413 clause 10 wants, on a connection; nothing where it wants none. */
void cn_answer(struct cn *c, unsigned conn, const struct iuplus_ranap_problem *problem);
/* What the answer to the event's message has to report (TS 25.413 10.3.4.2); false: nothing. */
bool cn_report(const struct cn *c, struct iuplus_ranap_diagnostics *diagnostics);
/* A logical error (TS 25.413 10.4): answers, and logs. */
void cn_logical_error(struct cn *c, unsigned conn, const struct iuplus_ranap_msg *msg, uint16_t cause);
/* IUPLUS_ACT_KEYS of ue->keys. */
void cn_keys(struct cn *c);
/* The timer that runs in a state: entered, it starts, left, it stops. -1: none. */
int cn_gmm_timer(enum iuplus_cn_gmm state);
/* The only functions that change states. */
void cn_set_gmm(struct cn *c, enum iuplus_cn_gmm state);
void cn_set_relocation(struct cn *c, enum iuplus_cn_relocation state);
void cn_set_iu(struct cn *c, unsigned conn, enum iuplus_cn_iu state);
/* The other connection. */
static inline unsigned cn_other(unsigned conn)
{
	return conn ^ 1u;
}

/* ---- cn_release.c: Iu connections (TS 25.413 8.5) ---- */

enum cn_iu_input {
	CN_IU_RELEASE,			/* it is not wanted any more */
	CN_IU_CONFIRMED,
	CN_IU_COMPLETE,			/* Iu Release Complete */
	CN_IU_GONE,			/* refused, released by the peer, or lost */
	CN_IU_EXPIRED,			/* TRELEASE */
	CN_IU_INPUTS
};
/* cause is for CN_IU_RELEASE alone. */
void cn_iu(struct cn *c, unsigned conn, enum cn_iu_input input, uint16_t cause, enum iuplus_proc_step step);
/* Releases every connection; the context ends when they are gone. why is static or in the arena. */
void cn_release_all(struct cn *c, uint16_t cause, const char *why);
/* Ends the context at once. */
void cn_free(struct cn *c, const char *why);
/* Rejects the procedure under way as its kind requires, and releases every connection. */
void cn_reject(struct cn *c, enum iuplus_nas_cause cause, const char *why);

/* ---- cn_attach.c: GMM ---- */

/* A NAS message, in Initial UE Message or Direct Transfer. */
void cn_on_nas(struct cn *c, struct iuplus_octets pdu);
void cn_gmm_expiry(struct cn *c, enum iuplus_cn_timer timer);
/* Orders; IUPLUS_ERR_STATE when they do not fit. */
int cn_order_detach(struct cn *c);
int cn_order_reallocate(struct cn *c);
int cn_order_authenticate(struct cn *c);
/* The phone is authenticated and protected: go on with what it was for. */
void cn_secured(struct cn *c);
void cn_identify(struct cn *c);
/* Sends P-TMSI Reallocation Command with a new P-TMSI. */
void cn_reallocate(struct cn *c);
/* After a relocation: keys are as they shall be. */
void cn_settle(struct cn *c);

/* ---- cn_aka.c: authentication (TS 24.008 4.7.7, TS 33.102 6.3) ---- */

void cn_aka_start(struct cn *c);
void cn_aka_send(struct cn *c);
void cn_on_authentication_response(struct cn *c, const struct iuplus_nas_msg *m);
void cn_on_authentication_failure(struct cn *c, const struct iuplus_nas_msg *m);
/* The phone said who it is after an authentication failure: same says whether it is who it seemed to be. */
void cn_aka_identified(struct cn *c, bool same);
void cn_aka_reject(struct cn *c, const char *why);

/* ---- cn_security_mode.c (TS 25.413 8.18) ---- */

/* Security Mode Command with the keys that the phone and the RNC can have; step 913 after a relocation. */
void cn_security_start(struct cn *c);
/* True: the new keys are in use, and what the procedure was for can continue. */
bool cn_on_security_complete(struct cn *c, const struct iuplus_ranap_msg *m);
void cn_on_security_reject(struct cn *c, uint16_t cause);
/* Whether enhanced keys can be made with the RNC that serves now. */
bool cn_enhanced_possible(const struct cn *c);
/* Whether these algorithms (numbers of UIA and UEA) are among those that the core offers. */
bool cn_permitted(const struct cn *c, unsigned uia, unsigned uea);

/* ---- cn_relocation.c (TS 25.413 8.6 to 8.10) ---- */

enum cn_relocation_input {
	CN_R_REQUIRED,			/* Relocation Required */
	CN_R_CANCEL,			/* Relocation Cancel */
	CN_R_ACKNOWLEDGE,		/* Relocation Request Acknowledge */
	CN_R_FAILURE,			/* Relocation Failure, or a faulty answer */
	CN_R_DETECT,			/* Relocation Detect */
	CN_R_COMPLETE,			/* Relocation Complete */
	CN_R_ALLOC_EXPIRY,		/* TRELOCalloc */
	CN_R_COMPLETE_EXPIRY,		/* TRELOCcomplete */
	CN_R_TARGET_GONE,		/* the target's connection ended, or the target wants it released */
	CN_R_SERVING_GONE,		/* the serving connection ended */
	CN_R_SERVING_RELEASE,		/* the serving RNC wants its connection released */
	CN_R_INPUTS
};
/* m is NULL where no message stands behind the input; cause is what the peer said, or 0. */
void cn_relocation(struct cn *c, enum cn_relocation_input input, const struct iuplus_ranap_msg *m, uint16_t cause);

/* ---- cn_subscriber.c ---- */

/* A new P-TMSI for the subscriber, different from every other; the present one becomes the old one. */
uint32_t cn_new_ptmsi(struct cn *c, struct iuplus_cn_subscriber *subscriber);

#endif
