/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_nas.c: the phone's GMM (TS 24.008 4.7, mobile station side). Authentication is in ue_nas_aka.c. */
#include <string.h>

#include "src/proc/ue_nas_int.h"

int iuplus_ue_nas_init(struct iuplus_ue_nas *nas, const struct iuplus_ue_nas_config *config, const char **why)
{
	size_t n = strnlen(config->imsi, sizeof(config->imsi)), i;

	*why = NULL;
	if (n < 6 || n > 15)
		*why = "an IMSI of 6 to 15 digits";
	for (i = 0; i < n && !*why; i++)
		if (config->imsi[i] < '0' || config->imsi[i] > '9')
			*why = "an IMSI of decimal digits";
	memset(nas, 0, sizeof(*nas));
	if (!*why && iuplus_security_usim_init(&nas->usim, config->k, config->opc, config->sqn))
		*why = "an SQN of 48 bits";
	if (*why)
		return IUPLUS_ERR_ARGUMENT;
	nas->config = *config;
	/* The USIM has its own copy: this one is not needed. */
	iuplus_security_wipe(nas->config.k, sizeof(nas->config.k));
	iuplus_security_wipe(nas->config.opc, sizeof(nas->config.opc));
	nas_forget(nas);
	return IUPLUS_OK;
}

void iuplus_ue_nas_end(struct iuplus_ue_nas *nas)
{
	iuplus_security_wipe(nas, sizeof(*nas));
}

/* ---- attach ---- */

/* The capability of a UTRAN and GSM phone without GPRS ciphering; the core only records it. */
static const uint8_t ms_network_capability[] = { 0xe5, 0xe0 };
static const uint8_t ms_radio_access_capability[] = { 0x14, 0x07, 0x02, 0x06, 0x00, 0x00 };

static void send_attach(struct nas *n)
{
	struct iuplus_nas_msg m = nas_message(IUPLUS_NAS_ATTACH_REQUEST);
	struct iuplus_nas_attach_request *r = &m.u.attach_request;
	struct iuplus_ue_nas *ue = n->ue;

	r->ms_network_capability = (struct iuplus_octets){ ms_network_capability, sizeof(ms_network_capability) };
	r->ms_radio_access_capability =
		(struct iuplus_octets){ ms_radio_access_capability, sizeof(ms_radio_access_capability) };
	r->attach_type = (uint8_t)(1 | (ue->config.follow_on ? 8 : 0));
	r->cksn = ue->cksn;
	r->drx_parameter[0] = 0x08;
	if (ue->has_ptmsi) {
		r->identity.type = IUPLUS_NAS_IDENTITY_TMSI;
		r->identity.tmsi = ue->ptmsi;
	} else {
		r->identity.type = IUPLUS_NAS_IDENTITY_IMSI;
		memcpy(r->identity.digits, ue->config.imsi, sizeof(ue->config.imsi));
	}
	r->old_rai = ue->rai;
	ue->attempts++;
	nas_set_state(n, IUPLUS_UE_NAS_REGISTERED_INITIATED);
	nas_send(n, &m);
}

static int on_attach(struct nas *n, const struct iuplus_ue_nas_event *event)
{
	(void)event;
	if (n->ue->state != IUPLUS_UE_NAS_DEREGISTERED)
		return IUPLUS_ERR_STATE;
	if (n->ue->usim_invalid) {
		proc_failure(&n->p, "the network has rejected this USIM");
		return IUPLUS_ERR_STATE;
	}
	n->ue->attempts = 0;
	send_attach(n);
	return IUPLUS_OK;
}

/* TS 24.008 4.7.3.1.5: the attempt failed; the next one is after T3311, until the fifth. */
static void attach_failed(struct nas *n, const char *why)
{
	proc_failure(&n->p, "attach attempt %u failed: %s", n->ue->attempts, why);
	nas_set_state(n, IUPLUS_UE_NAS_DEREGISTERED);
	if (n->ue->attempts < IUPLUS_UE_NAS_ATTEMPTS)
		nas_timer_start(n, IUPLUS_UE_NAS_T3311);
	else
		proc_failure(&n->p, "attach is abandoned");
}

static void attach_accept(struct nas *n, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_attach_accept *a = &m->u.attach_accept;
	struct iuplus_nas_msg complete = nas_message(IUPLUS_NAS_ATTACH_COMPLETE);
	bool first = n->ue->state == IUPLUS_UE_NAS_REGISTERED_INITIATED;

	n->ue->rai = a->rai;
	if (first) {
		nas_set_state(n, IUPLUS_UE_NAS_REGISTERED);
		n->ue->attempts = 0;
	}
	if (a->has_allocated_ptmsi) {
		n->ue->has_ptmsi = true;
		n->ue->ptmsi = a->allocated_ptmsi.tmsi;
		nas_send(n, &complete);
	}
	if (first)
		proc_done(&n->p, IUPLUS_UE_NAS_DONE_ATTACH);
}

static void attach_reject(struct nas *n, const struct iuplus_nas_msg *m)
{
	uint8_t cause = m->u.attach_reject.cause;

	switch (cause) {
	case IUPLUS_NAS_CAUSE_ILLEGAL_MS:
	case IUPLUS_NAS_CAUSE_ILLEGAL_ME:
	case IUPLUS_NAS_CAUSE_GPRS_NOT_ALLOWED:
	case IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED:
		/* TS 24.008 4.7.3.1.4: the USIM is invalid until it is removed or the phone is switched off. */
		proc_failure(&n->p, "attach is rejected: %s", iuplus_nas_cause_name(cause));
		nas_forget(n->ue);
		n->ue->usim_invalid = true;
		nas_set_state(n, IUPLUS_UE_NAS_DEREGISTERED);
		break;
	default:
		attach_failed(n, iuplus_nas_cause_name(cause));
		break;
	}
}

/* ---- identity, P-TMSI ---- */

static void identity_request(struct nas *n, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg r = nas_message(IUPLUS_NAS_IDENTITY_RESPONSE);
	struct iuplus_nas_identity *i = &r.u.identity_response.identity;

	switch (m->u.identity_request.identity_type & 7) {
	case IUPLUS_NAS_IDENTITY_IMSI:
		i->type = IUPLUS_NAS_IDENTITY_IMSI;
		memcpy(i->digits, n->ue->config.imsi, sizeof(n->ue->config.imsi));
		break;
	case IUPLUS_NAS_IDENTITY_TMSI:
		i->type = n->ue->has_ptmsi ? IUPLUS_NAS_IDENTITY_TMSI : IUPLUS_NAS_IDENTITY_NONE;
		i->tmsi = n->ue->ptmsi;
		break;
	default:
		break;		/* no IMEI: "no identity" (TS 24.008 10.5.1.4) */
	}
	nas_send(n, &r);
}

static void ptmsi_command(struct nas *n, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg complete = nas_message(IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE);

	n->ue->has_ptmsi = m->u.ptmsi_reallocation_command.allocated_ptmsi.type == IUPLUS_NAS_IDENTITY_TMSI;
	n->ue->ptmsi = m->u.ptmsi_reallocation_command.allocated_ptmsi.tmsi;
	n->ue->rai = m->u.ptmsi_reallocation_command.rai;
	nas_send(n, &complete);
	proc_done(&n->p, IUPLUS_UE_NAS_DONE_REALLOCATION);
}

/* ---- detach ---- */

static void send_detach(struct nas *n, bool switch_off)
{
	struct iuplus_nas_msg m = nas_message(IUPLUS_NAS_DETACH_REQUEST);
	struct iuplus_nas_detach_request *r = &m.u.detach_request;

	r->detach_type = (uint8_t)(1 | (switch_off ? 8 : 0));
	r->has_ptmsi = n->ue->has_ptmsi;
	r->ptmsi = (struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", n->ue->ptmsi };
	nas_set_state(n, switch_off ? IUPLUS_UE_NAS_DEREGISTERED : IUPLUS_UE_NAS_DEREGISTERED_INITIATED);
	nas_send(n, &m);
}

static int on_detach(struct nas *n, const struct iuplus_ue_nas_event *event)
{
	if (n->ue->state != IUPLUS_UE_NAS_REGISTERED_INITIATED && n->ue->state != IUPLUS_UE_NAS_REGISTERED)
		return IUPLUS_ERR_STATE;
	n->ue->attempts = 1;
	send_detach(n, event->switch_off);
	if (event->switch_off)
		proc_done(&n->p, IUPLUS_UE_NAS_DONE_DETACH);
	return IUPLUS_OK;
}

static void detach_accept(struct nas *n, const struct iuplus_nas_msg *m)
{
	(void)m;
	nas_set_state(n, IUPLUS_UE_NAS_DEREGISTERED);
	proc_done(&n->p, IUPLUS_UE_NAS_DONE_DETACH);
}

static void detach_request(struct nas *n, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg accept = nas_message(IUPLUS_NAS_DETACH_ACCEPT);

	nas_send(n, &accept);
	nas_set_state(n, IUPLUS_UE_NAS_DEREGISTERED);
	n->ue->reattach = (m->u.detach_request.detach_type & 7) == 1;
	proc_done(&n->p, IUPLUS_UE_NAS_DONE_DETACH);
}

/* ---- the table: state and message -> handler ---- */

static void ignore(struct nas *n, const struct iuplus_nas_msg *m)
{
	proc_failure(&n->p, "%s is ignored in state %s", iuplus_nas_type_name(m->type),
		    iuplus_ue_nas_state_name(n->ue->state));
}

static void status(struct nas *n, uint8_t cause)
{
	struct iuplus_nas_msg m = nas_message(IUPLUS_NAS_GMM_STATUS);

	m.u.gmm_status.cause = cause;
	if (n->ue->connected)
		nas_send(n, &m);
}

/* TS 24.008 8.4. */
static void refuse(struct nas *n, const struct iuplus_nas_msg *m)
{
	ignore(n, m);
	status(n, IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE);
}

static void gmm_status(struct nas *n, const struct iuplus_nas_msg *m)
{
	proc_failure(&n->p, "GMM STATUS from the network: %s", iuplus_nas_cause_name(m->u.gmm_status.cause));
}

typedef void nas_fn(struct nas *n, const struct iuplus_nas_msg *m);

enum { ATT_ACC, ATT_REJ, DET_REQ, DET_ACC, AUTH_REQ, AUTH_REJ, IDENT, PTMSI, STATUS, RAU_ACC, RAU_REJ, SRV_ACC, SRV_REJ,
       INPUTS };

/* The messages that the phone accepts before the connection is protected (TS 24.008 4.7.1.1). */
static const struct {
	uint8_t type;
	bool unprotected;
} inputs[INPUTS] = {
	[ATT_ACC] = { IUPLUS_NAS_ATTACH_ACCEPT, false },
	[ATT_REJ] = { IUPLUS_NAS_ATTACH_REJECT, true },
	[DET_REQ] = { IUPLUS_NAS_DETACH_REQUEST, false },
	[DET_ACC] = { IUPLUS_NAS_DETACH_ACCEPT, true },
	[AUTH_REQ] = { IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST, true },
	[AUTH_REJ] = { IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT, true },
	[IDENT] = { IUPLUS_NAS_IDENTITY_REQUEST, true },
	[PTMSI] = { IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND, false },
	[STATUS] = { IUPLUS_NAS_GMM_STATUS, false },
	[RAU_ACC] = { IUPLUS_NAS_RAU_ACCEPT, false },
	[RAU_REJ] = { IUPLUS_NAS_RAU_REJECT, true },
	[SRV_ACC] = { IUPLUS_NAS_SERVICE_ACCEPT, false },
	[SRV_REJ] = { IUPLUS_NAS_SERVICE_REJECT, true },
};

/* This phone starts no routing area updates and service requests: answers to them are unexpected. */
static nas_fn *const table[IUPLUS_UE_NAS_STATE_COUNT][INPUTS] = {
	[IUPLUS_UE_NAS_DEREGISTERED] = {
		ignore, ignore, refuse, ignore, ignore, ignore, refuse, refuse, gmm_status, ignore, ignore, ignore,
		ignore },
	[IUPLUS_UE_NAS_REGISTERED_INITIATED] = {
		attach_accept, attach_reject, detach_request, ignore, nas_authenticate, nas_rejected,
		identity_request, ptmsi_command, gmm_status, ignore, ignore, ignore, ignore },
	[IUPLUS_UE_NAS_REGISTERED] = {
		attach_accept, ignore, detach_request, ignore, nas_authenticate, nas_rejected,
		identity_request, ptmsi_command, gmm_status, ignore, ignore, ignore, ignore },
	[IUPLUS_UE_NAS_DEREGISTERED_INITIATED] = {
		ignore, ignore, detach_request, detach_accept, nas_authenticate, nas_rejected,
		identity_request, ignore, gmm_status, ignore, ignore, ignore, ignore },
};

static int on_pdu(struct nas *n, const struct iuplus_ue_nas_event *event)
{
	struct iuplus_nas_report report;
	struct iuplus_nas_msg m;
	unsigned i;
	int rc = iuplus_nas_decode(event->pdu, IUPLUS_NAS_DOWNLINK, &m, &report);

	if (rc) {
		proc_failure(&n->p, "a NAS message was rejected: %s%s%s", iuplus_strrc(rc), report.element ? ", " : "",
			    report.element ? report.element : "");
		if (report.cause)
			status(n, report.cause);
		return IUPLUS_OK;
	}
	n->p.why = iuplus_nas_type_name(m.type);
	for (i = 0; i < INPUTS && inputs[i].type != m.type; i++)
		;
	if (i == INPUTS)
		refuse(n, &m);
	else if (!n->ue->secured && !inputs[i].unprotected)
		proc_failure(&n->p, "%s without protection is ignored", iuplus_nas_type_name(m.type));
	else
		table[n->ue->state][i](n, &m);
	return IUPLUS_OK;
}

/* ---- other events ---- */

static int on_secured(struct nas *n, const struct iuplus_ue_nas_event *event)
{
	(void)event;
	n->ue->secured = true;
	return IUPLUS_OK;
}

static int on_lost(struct nas *n, const struct iuplus_ue_nas_event *event)
{
	(void)event;
	n->ue->connected = n->ue->secured = false;
	nas_timer_stop(n, IUPLUS_UE_NAS_T3318);
	nas_timer_stop(n, IUPLUS_UE_NAS_T3320);
	switch (n->ue->state) {
	case IUPLUS_UE_NAS_DEREGISTERED:
		if (n->ue->reattach && !n->ue->usim_invalid) {
			n->ue->reattach = false;
			n->ue->attempts = 0;
			send_attach(n);
		}
		break;
	case IUPLUS_UE_NAS_REGISTERED_INITIATED:
		attach_failed(n, "the signalling connection was released");
		break;
	case IUPLUS_UE_NAS_REGISTERED:
		break;		/* idle: the registration stays */
	default:
		nas_set_state(n, IUPLUS_UE_NAS_DEREGISTERED);
		proc_done(&n->p, IUPLUS_UE_NAS_DONE_DETACH);
		break;
	}
	return IUPLUS_OK;
}

static void t3310_expired(struct nas *n)
{
	attach_failed(n, "no answer");
}

static void t3311_expired(struct nas *n)
{
	if (n->ue->attempts < IUPLUS_UE_NAS_ATTEMPTS && !n->ue->usim_invalid)
		send_attach(n);
}

static void t3321_expired(struct nas *n)
{
	if (++n->ue->attempts <= IUPLUS_UE_NAS_ATTEMPTS) {
		send_detach(n, false);
	} else {
		nas_set_state(n, IUPLUS_UE_NAS_DEREGISTERED);
		proc_done(&n->p, IUPLUS_UE_NAS_DONE_DETACH);
	}
}

static void challenge_expired(struct nas *n)
{
	nas_distrust(n, "no new challenge arrived");
}

static int on_timer(struct nas *n, const struct iuplus_ue_nas_event *event)
{
#define EXPIRED(id, ms, name, key, runs, expired, ...) [IUPLUS_UE_NAS_##id] = expired,
	static void (*const expired[])(struct nas *n) = { IUPLUS_UE_NAS_TIMERS(EXPIRED) };

	n->p.why = iuplus_ue_nas_timer_name(event->timer);
	if (proc_timer_fits(&nas_timers[event->timer], n->ue->state))
		expired[event->timer](n);
	return IUPLUS_OK;	/* else the expiry is late: leaving the state stopped the timer */
}

/* ---- events ---- */

int iuplus_ue_nas_event(struct iuplus_ue_nas *nas, const struct iuplus_proc_env *env,
			const struct iuplus_ue_nas_event *event, struct iuplus_proc_actions *out)
{
#define HANDLER(id, name, handler, what) [IUPLUS_UE_NAS_EV_##id] = handler,
	static int (*const handlers[])(struct nas *n, const struct iuplus_ue_nas_event *event) = {
		IUPLUS_UE_NAS_EVENTS(HANDLER)
	};
	struct nas n;
	int rc, end;

	if ((unsigned)event->kind >= IUPLUS_UE_NAS_EV_COUNT ||
	    (event->kind == IUPLUS_UE_NAS_EV_TIMER && (unsigned)event->timer >= IUPLUS_UE_NAS_TIMER_COUNT))
		return IUPLUS_ERR_ARGUMENT;
	memset(&n, 0, sizeof(n));
	n.ue = nas;
	n.p.domain = IUPLUS_DOMAIN_PS;
	n.p.env = env;
	n.p.out = out;
	n.p.why = iuplus_ue_nas_event_name(event->kind);
	rc = handlers[event->kind](&n, event);
	end = proc_end(&n.p);
	return rc ? rc : end;
}
