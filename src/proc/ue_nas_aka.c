/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_nas_aka.c: authentication and key agreement, the phone's and the USIM's side (TS 24.008 4.7.7, TS 33.102 6.3). */
#include <string.h>

#include "src/proc/ue_nas_int.h"

#define MAX_FAILURES 3 /* TS 24.008 4.7.7.6.1: the network is then not genuine */

/* The retransmission timer of the present state; IUPLUS_UE_NAS_TIMER_COUNT: none runs in it. */
static enum iuplus_ue_nas_timer retransmission(const struct nas *n)
{
	switch (n->ue->state) {
	case IUPLUS_UE_NAS_REGISTERED_INITIATED:
		return IUPLUS_UE_NAS_T3310;
	case IUPLUS_UE_NAS_DEREGISTERED_INITIATED:
		return IUPLUS_UE_NAS_T3321;
	default:
		return IUPLUS_UE_NAS_TIMER_COUNT;
	}
}

/* TS 24.008 4.7.7.6: while the phone waits for a right challenge, its retransmission timer is stopped. */
static void suspend(struct nas *n)
{
	if (retransmission(n) == IUPLUS_UE_NAS_TIMER_COUNT || n->ue->suspended)
		return;
	nas_timer_stop(n, retransmission(n));
	n->ue->suspended = true;
}

static void resume(struct nas *n)
{
	if (n->ue->suspended)
		nas_timer_start(n, retransmission(n));
	n->ue->suspended = false;
}

/* Sends the response: RES if there was a challenge, IMEISV if it is requested and the phone has one. */
static void answer(struct nas *n, const struct iuplus_nas_authentication_and_ciphering_request *q)
{
	struct iuplus_nas_msg m = nas_message(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE);
	struct iuplus_nas_authentication_and_ciphering_response *r = &m.u.authentication_response;
	struct iuplus_nas_identity imeisv = { IUPLUS_NAS_IDENTITY_IMEISV, "", 0 };
	struct iuplus_ue_nas *ue = n->ue;
	uint8_t octets[9];
	size_t len;

	r->reference = q->reference;
	r->has_res = q->has_rand;
	if (r->has_res) {
		memcpy(r->res, ue->res, sizeof(r->res));
		r->res_extension = (struct iuplus_octets){ ue->res + sizeof(r->res), sizeof(ue->res) - sizeof(r->res) };
	}
	memcpy(imeisv.digits, ue->config.imeisv, sizeof(imeisv.digits));
	if ((q->imeisv_request & 7) == 1 && imeisv.digits[0] &&
	    !iuplus_nas_identity_encode(&imeisv, octets, sizeof(octets), &len))
		r->imeisv = (struct iuplus_octets){ octets, len };
	nas_send(n, &m);
}

void nas_distrust(struct nas *n, const char *why)
{
	proc_failure(&n->p, "the network did not authenticate itself: %s", why);
	n->ue->failures = 0;
	nas_timer_stop(n, IUPLUS_UE_NAS_T3318);
	nas_timer_stop(n, IUPLUS_UE_NAS_T3320);
	resume(n);
	proc_act(&n->p, IUPLUS_ACT_NETWORK_FALSE); /* RRC then reports the release of the signalling connection */
}

static void fail(struct nas *n, enum iuplus_nas_cause cause, const uint8_t *auts)
{
	struct iuplus_nas_msg m = nas_message(IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE);

	/* A synch failure resynchronises the USIM and the home network: it is not a failure of the procedure. */
	if (cause == IUPLUS_NAS_CAUSE_SYNCH_FAILURE)
		proc_note(&n->p, IUPLUS_STEP_NONE, "the network's SQN is out of range: synch failure with AUTS");
	else
		proc_failure(&n->p, "the network's challenge was rejected: %s", iuplus_nas_cause_name(cause));
	m.u.authentication_failure.cause = (uint8_t)cause;
	if (auts)
		m.u.authentication_failure.auts = (struct iuplus_octets){ auts, IUPLUS_SECURITY_AUTS_LEN };
	nas_send(n, &m);
	suspend(n);
	if (++n->ue->failures >= MAX_FAILURES)
		nas_distrust(n, "three consecutive challenges were rejected");
	else
		nas_timer_start(n, cause == IUPLUS_NAS_CAUSE_SYNCH_FAILURE ? IUPLUS_UE_NAS_T3320 : IUPLUS_UE_NAS_T3318);
}

/* A challenge that the phone can answer. */
static void accepted(struct nas *n, const struct iuplus_nas_authentication_and_ciphering_request *q)
{
	nas_timer_stop(n, IUPLUS_UE_NAS_T3318);
	nas_timer_stop(n, IUPLUS_UE_NAS_T3320);
	resume(n);
	answer(n, q);
}

static void accept(struct nas *n, const struct iuplus_nas_authentication_and_ciphering_request *q,
		   const struct iuplus_security_aka_result *result)
{
	struct iuplus_ue_nas *ue = n->ue;
	struct iuplus_proc_action *act = proc_act(&n->p, IUPLUS_ACT_NAS_KEYS);

	act->keys.domain = IUPLUS_DOMAIN_PS;
	act->keys.kind = IUPLUS_KEYS_LEGACY;
	memcpy(act->keys.ck, result->ck, sizeof(act->keys.ck));
	memcpy(act->keys.ik, result->ik, sizeof(act->keys.ik));
	memcpy(act->keys.rand, q->rand, sizeof(act->keys.rand));
	ue->cksn = q->cksn & 7; /* the bit above is spare (TS 24.008 10.5.1.2) */
	ue->failures = 0;
	ue->has_challenge = true;
	memcpy(ue->rand, q->rand, sizeof(ue->rand));
	memcpy(ue->res, result->res, sizeof(ue->res));
	nas_timer_start(n, IUPLUS_UE_NAS_T3316);
	accepted(n, q);
}

/* A challenge is incomplete (TS 24.008 9.4.9, conditional CKSN). */
static void incomplete(struct nas *n)
{
	struct iuplus_nas_msg status = nas_message(IUPLUS_NAS_GMM_STATUS);

	proc_failure(&n->p, "an Authentication and Ciphering Request with RAND and without CKSN was rejected");
	status.u.gmm_status.cause = IUPLUS_NAS_CAUSE_CONDITIONAL_IE_ERROR;
	nas_send(n, &status);
}

void nas_authenticate(struct nas *n, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_authentication_and_ciphering_request *q = &m->u.authentication_request;
	struct iuplus_security_aka_result result;
	int rc;

	if (!q->has_rand) { /* it requests the IMEISV; a ciphering mode has no meaning on Iu */
		answer(n, q);
		return;
	}
	if (!q->has_cksn) {
		incomplete(n);
		return;
	}
	if (!q->autn.data) {
		fail(n, IUPLUS_NAS_CAUSE_GSM_AUTHENTICATION_UNACCEPTABLE, NULL);
		return;
	}
	/* The network repeats a challenge if its answer was lost: the USIM would reject it as a replay. */
	if (n->ue->has_challenge && iuplus_security_equal(n->ue->rand, q->rand, sizeof(q->rand))) {
		accepted(n, q);
		return;
	}
	rc = iuplus_security_usim_authenticate(&n->ue->usim, q->rand, q->autn.data, &result);
	switch (rc) {
	case IUPLUS_OK:
		accept(n, q, &result);
		break;
	case IUPLUS_ERR_REPLAY:
		fail(n, IUPLUS_NAS_CAUSE_SYNCH_FAILURE, result.auts);
		break;
	default:
		fail(n, IUPLUS_NAS_CAUSE_MAC_FAILURE, NULL);
		break;
	}
	iuplus_security_wipe(&result, sizeof(result));
}

void nas_rejected(struct nas *n, const struct iuplus_nas_msg *m)
{
	(void)m;
	proc_failure(&n->p, "the network has rejected this phone's authentication");
	nas_forget(n->ue);
	n->ue->usim_invalid = true;
	n->ue->failures = 0;
	nas_timer_stop(n, IUPLUS_UE_NAS_T3318);
	nas_timer_stop(n, IUPLUS_UE_NAS_T3320);
	nas_set_state(n, IUPLUS_UE_NAS_DEREGISTERED);
}
