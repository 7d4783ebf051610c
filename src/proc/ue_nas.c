/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_nas.c: the phone's GMM (TS 24.008 4.7, mobile station side). Authentication is in ue_nas_aka.c, identification in
 * ue_nas_identity.c. */
#include <string.h>

#include "src/proc/ue_nas_int.h"

int iuplus_ue_nas_init(struct iuplus_ue_nas *nas, const struct iuplus_ue_nas_config *config, const char **why)
{
	size_t n = nas_digits(config->imsi, sizeof(config->imsi));

	*why = nas_wrong_imei(config);
	if (n < 6 || n > 15)
		*why = "an IMSI of 6 to 15 decimal digits";
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

/* ---- P-TMSI ---- */

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

/* Which messages the phone accepts before the connection is protected (TS 24.008 4.7.1.1). */
static bool accepted_unprotected(enum nas_input input)
{
#define UNPROTECTED(id, unprotected) [NAS_##id] = unprotected,
	static const bool accepted[] = { NAS_INPUTS(UNPROTECTED) };

	return accepted[input];
}

enum iuplus_nas_type nas_input_type(enum nas_input input)
{
#define TYPE(id, unprotected) [NAS_##id] = IUPLUS_NAS_##id,
	static const enum iuplus_nas_type types[] = { NAS_INPUTS(TYPE) };

	return types[input];
}

#define S(state) (1u << IUPLUS_UE_NAS_##state)
#define RUN(handler, ends, what) \
	{ \
		{ PROC_HANDLE, ends, what }, handler \
	}
#define IGN \
	{ \
		{ PROC_DROP, 0, "reported" }, ignore \
	}
#define STATUS \
	{ \
		{ PROC_DROP, 0, "reported" }, gmm_status \
	}
#define DETACHED(handler, what) RUN(handler, S(DEREGISTERED), what)
/* This phone starts no routing area updates and service requests: answers to them are unexpected. */
#define NOT_STARTED \
	[NAS_RAU_ACCEPT] = IGN, [NAS_RAU_REJECT] = IGN, [NAS_SERVICE_ACCEPT] = IGN, [NAS_SERVICE_REJECT] = IGN

/* A message that a state does not list is refused with GMM STATUS (TS 24.008 8.4). */
static const struct {
	struct proc_row row;
	void (*handler)(struct nas *n, const struct iuplus_nas_msg *m);
} table[IUPLUS_UE_NAS_STATE_COUNT][NAS_INPUT_COUNT] = {
	[IUPLUS_UE_NAS_DEREGISTERED] = { [NAS_ATTACH_ACCEPT] = IGN,
					 [NAS_ATTACH_REJECT] = IGN,
					 [NAS_DETACH_ACCEPT] = IGN,
					 [NAS_AUTHENTICATION_AND_CIPHERING_REQUEST] = IGN,
					 [NAS_AUTHENTICATION_AND_CIPHERING_REJECT] = IGN,
					 [NAS_GMM_STATUS] = STATUS,
					 NOT_STARTED },
	[IUPLUS_UE_NAS_REGISTERED_INITIATED] = { [NAS_ATTACH_ACCEPT] =
							 RUN(attach_accept, S(REGISTERED), "Attach Complete"),
						 [NAS_ATTACH_REJECT] =
							 DETACHED(attach_reject,
								  "the attach failed, or the USIM is invalid"),
						 [NAS_DETACH_REQUEST] = DETACHED(detach_request, "Detach Accept"),
						 [NAS_DETACH_ACCEPT] = IGN,
						 [NAS_AUTHENTICATION_AND_CIPHERING_REQUEST] =
							 RUN(nas_authenticate, 0, "response or failure"),
						 [NAS_AUTHENTICATION_AND_CIPHERING_REJECT] =
							 DETACHED(nas_rejected, "the USIM is invalid"),
						 [NAS_IDENTITY_REQUEST] = RUN(nas_identity, 0, "Identity Response"),
						 [NAS_PTMSI_REALLOCATION_COMMAND] =
							 RUN(ptmsi_command, 0, "P-TMSI Reallocation Complete"),
						 [NAS_GMM_STATUS] = STATUS,
						 NOT_STARTED },
	[IUPLUS_UE_NAS_REGISTERED] = { [NAS_ATTACH_ACCEPT] = RUN(attach_accept, 0, "Attach Complete again"),
				       [NAS_ATTACH_REJECT] = IGN,
				       [NAS_DETACH_REQUEST] = DETACHED(detach_request, "Detach Accept"),
				       [NAS_DETACH_ACCEPT] = IGN,
				       [NAS_AUTHENTICATION_AND_CIPHERING_REQUEST] =
					       RUN(nas_authenticate, 0, "response or failure"),
				       [NAS_AUTHENTICATION_AND_CIPHERING_REJECT] =
					       DETACHED(nas_rejected, "the USIM is invalid"),
				       [NAS_IDENTITY_REQUEST] = RUN(nas_identity, 0, "Identity Response"),
				       [NAS_PTMSI_REALLOCATION_COMMAND] =
					       RUN(ptmsi_command, 0, "P-TMSI Reallocation Complete"),
				       [NAS_GMM_STATUS] = STATUS,
				       NOT_STARTED },
	[IUPLUS_UE_NAS_DEREGISTERED_INITIATED] = { [NAS_ATTACH_ACCEPT] = IGN,
						   [NAS_ATTACH_REJECT] = IGN,
						   [NAS_DETACH_REQUEST] = DETACHED(detach_request, "Detach Accept"),
						   [NAS_DETACH_ACCEPT] = DETACHED(detach_accept, "detached"),
						   [NAS_AUTHENTICATION_AND_CIPHERING_REQUEST] =
							   RUN(nas_authenticate, 0, "response or failure"),
						   [NAS_AUTHENTICATION_AND_CIPHERING_REJECT] =
							   DETACHED(nas_rejected, "the USIM is invalid"),
						   [NAS_IDENTITY_REQUEST] = RUN(nas_identity, 0, "Identity Response"),
						   [NAS_PTMSI_REALLOCATION_COMMAND] = IGN,
						   [NAS_GMM_STATUS] = STATUS,
						   NOT_STARTED },
};

const struct proc_row *nas_row(enum iuplus_ue_nas_state state, enum nas_input input)
{
	return &table[state][input].row;
}

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
	for (i = 0; i < NAS_INPUT_COUNT && nas_input_type(i) != m.type; i++)
		;
	if (i < NAS_INPUT_COUNT && !n->ue->secured && !accepted_unprotected(i))
		proc_failure(&n->p, "%s without protection is ignored", iuplus_nas_type_name(m.type));
	else if (i < NAS_INPUT_COUNT && table[n->ue->state][i].handler)
		table[n->ue->state][i].handler(n, &m);
	else
		refuse(n, &m);
	return IUPLUS_OK;
}

/* ---- other events ---- */

static int on_secured(struct nas *n, const struct iuplus_ue_nas_event *event)
{
	(void)event;
	n->ue->secured = true;
	nas_forget_challenge(n); /* TS 24.008 4.7.7.2: the keys are in use, the challenge is not repeated */
	return IUPLUS_OK;
}

/* TS 25.331 8.6.1.2. This phone starts no routing area update, so a change is only reported. */
static int on_area(struct nas *n, const struct iuplus_ue_nas_event *event)
{
	const struct iuplus_proc_area *area = &event->area;
	const struct iuplus_nas_rai *rai = &n->ue->rai;

	n->ue->area = *area;
	if ((area->has_plmn && memcmp(area->plmn, rai->plmn, sizeof(area->plmn))) ||
	    (area->has_lac && area->lac != rai->lac) || (area->has_rac && area->rac != rai->rac))
		proc_note(&n->p, IUPLUS_STEP_NONE, "another routing area: LAC %04x, RAC %02x",
			  area->has_lac ? area->lac : rai->lac, area->has_rac ? area->rac : rai->rac);
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
		break; /* idle: the registration stays */
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

static void t3316_expired(struct nas *n)
{
	nas_forget_challenge(n);
}

static void challenge_expired(struct nas *n)
{
	nas_distrust(n, "no new challenge arrived");
}

static int on_timer(struct nas *n, const struct iuplus_ue_nas_event *event)
{
#define EXPIRED(id, ms, name, key, runs, expired, ...) [IUPLUS_UE_NAS_##id] = expired,
	static void (*const expired[])(struct nas * n) = { IUPLUS_UE_NAS_TIMERS(EXPIRED) };

	n->p.why = iuplus_ue_nas_timer_name(event->timer);
	if (proc_timer_fits(&nas_timers[event->timer], n->ue->state))
		expired[event->timer](n);
	return IUPLUS_OK; /* else the expiry is late: leaving the state stopped the timer */
}

/* ---- events ---- */

int iuplus_ue_nas_event(struct iuplus_ue_nas *nas, const struct iuplus_proc_env *env,
			const struct iuplus_ue_nas_event *event, struct iuplus_proc_actions *out)
{
#define HANDLER(id, name, handler, what) [IUPLUS_UE_NAS_EV_##id] = handler,
	static int (*const handlers[])(struct nas * n,
				       const struct iuplus_ue_nas_event *event) = { IUPLUS_UE_NAS_EVENTS(HANDLER) };
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
