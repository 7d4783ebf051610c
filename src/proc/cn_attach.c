/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_attach.c: GPRS mobility management, network side (TS 24.008 4.7): attach, routing area update, service request,
 * identification, P-TMSI reallocation, detach. */
#include <string.h>

#include "src/proc/cn_int.h"

static struct iuplus_nas_rai own_rai(const struct cn *c)
{
	struct iuplus_nas_rai rai;

	memset(&rai, 0, sizeof(rai));
	memcpy(rai.plmn, c->cfg->plmn, sizeof(rai.plmn));
	rai.lac = c->cfg->lac;
	rai.rac = c->cfg->rac;
	return rai;
}

static struct iuplus_nas_msg message(enum iuplus_nas_type type)
{
	struct iuplus_nas_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	return m;
}

static void status(struct cn *c, uint8_t cause)
{
	struct iuplus_nas_msg m = message(IUPLUS_NAS_GMM_STATUS);

	m.u.gmm_status.cause = cause;
	cn_send_nas(c, &m, IUPLUS_STEP_NONE);
}

/* ---- who it is ---- */

/* Who it says it is. The subscriber's record is this context's only once the phone has proved it. */
static void identified(struct cn *c, struct iuplus_cn_subscriber *s)
{
	if (c->ue->subscriber && c->ue->subscriber != s && c->ue->subscriber->context == c->ue)
		c->ue->subscriber->context = NULL;
	c->ue->subscriber = s;
}

static void ask_identity(struct cn *c)
{
	struct iuplus_nas_msg m = message(IUPLUS_NAS_IDENTITY_REQUEST);

	m.u.identity_request.identity_type = IUPLUS_NAS_IDENTITY_IMSI;
	cn_send_nas(c, &m, IUPLUS_STEP_NONE);
}

/* The phone is found in the table, or asked for its IMSI; then it is authenticated. */
void cn_identify(struct cn *c)
{
	struct iuplus_cn_subscriber *s = iuplus_cn_subscriber_find(c->ue->subscribers, &c->ue->identity);

	c->ue->by_ptmsi = c->ue->identity.type == IUPLUS_NAS_IDENTITY_TMSI;
	c->ue->identity_checked = c->ue->resynchronised = false;
	if (s) {
		identified(c, s);
		cn_aka_start(c);
	} else if (c->ue->identity.type == IUPLUS_NAS_IDENTITY_TMSI) {
		cn_set_gmm(c, IUPLUS_CN_IDENTITY);
		ask_identity(c);
	} else {
		/* An unknown subscriber (TS 29.002) is #8 to the phone. */
		cn_reject(c, IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED, "the subscriber is not known");
	}
}

static void identity_response(struct cn *c, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_identity *i = &m->u.identity_response.identity;
	struct iuplus_cn_subscriber *s;
	bool same;

	if (i->type != IUPLUS_NAS_IDENTITY_IMSI) {
		proc_failure(&c->p, "an Identity Response without IMSI is ignored");
		return;
	}
	s = iuplus_cn_subscriber_find(c->ue->subscribers, i);
	if (!s) {
		cn_reject(c, IUPLUS_NAS_CAUSE_GPRS_AND_NON_GPRS_NOT_ALLOWED, "the subscriber is not known");
		return;
	}
	same = s == c->ue->subscriber;
	identified(c, s);
	if (c->ue->identity_checked) {
		cn_aka_identified(c, same);
	} else {
		c->ue->by_ptmsi = false;
		cn_aka_start(c);
	}
}

/* ---- attach ---- */

static void attach(struct cn *c, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_attach_request *r = &m->u.attach_request;

	c->ue->purpose = IUPLUS_CN_FOR_ATTACH;
	c->ue->identity = r->identity;
	c->ue->attach_type = r->attach_type & 7;
	c->ue->follow_on = r->attach_type & 8;
	c->ue->cksn = r->cksn & 7;	/* the bit above is spare */
	cn_identify(c);
}

/* TS 24.008 4.7.3.1.6 d: the same request again is ignored, another one starts anew. */
static bool same_request(const struct cn *c, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_attach_request *r = &m->u.attach_request;

	return c->ue->purpose == IUPLUS_CN_FOR_ATTACH && r->identity.type == c->ue->identity.type &&
	       r->identity.tmsi == c->ue->identity.tmsi && !strcmp(r->identity.digits, c->ue->identity.digits) &&
	       (r->attach_type & 7) == c->ue->attach_type;
}

static void attach_again(struct cn *c, const struct iuplus_nas_msg *m)
{
	if (same_request(c, m))
		proc_failure(&c->p, "a repeated Attach Request is ignored");
	else
		attach(c, m);
}

static void send_accept(struct cn *c)
{
	struct iuplus_nas_msg m = message(IUPLUS_NAS_ATTACH_ACCEPT);
	struct iuplus_nas_identity ptmsi = { IUPLUS_NAS_IDENTITY_TMSI, "", c->ue->subscriber->ptmsi };

	if (c->ue->purpose == IUPLUS_CN_FOR_RAU) {
		m = message(IUPLUS_NAS_RAU_ACCEPT);
		m.u.rau_accept.periodic_rau_timer = 0x49;
		m.u.rau_accept.rai = own_rai(c);
		m.u.rau_accept.has_allocated_ptmsi = true;
		m.u.rau_accept.allocated_ptmsi = ptmsi;
	} else {
		m.u.attach_accept.attach_result = 1;		/* GPRS only attached */
		m.u.attach_accept.periodic_rau_timer = 0x49;	/* 9 units of 6 minutes: the default of T3312 */
		m.u.attach_accept.radio_priority_sms = 4;
		m.u.attach_accept.rai = own_rai(c);
		m.u.attach_accept.has_allocated_ptmsi = true;
		m.u.attach_accept.allocated_ptmsi = ptmsi;
	}
	cn_send_nas(c, &m, IUPLUS_STEP_NONE);
}

/* TS 24.008 4.7.3.1.6 c: after the accept the same request gets the same accept again. */
static void attach_after_accept(struct cn *c, const struct iuplus_nas_msg *m)
{
	if (!same_request(c, m)) {
		attach(c, m);
		return;
	}
	cn_timer_start(c, IUPLUS_CN_T3350);
	send_accept(c);
}

static void ptmsi_confirmed(struct cn *c)
{
	c->ue->subscriber->has_old_ptmsi = false;
}

/* The phone is registered: its connection stays when it said that more follows. */
static void registered(struct cn *c)
{
	cn_set_gmm(c, IUPLUS_CN_REGISTERED);
	if (!c->ue->follow_on)
		cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "nothing follows on");
}

static void attach_complete(struct cn *c, const struct iuplus_nas_msg *m)
{
	(void)m;
	if (c->ue->purpose != IUPLUS_CN_FOR_ATTACH) {
		status(c, IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE);
		return;
	}
	ptmsi_confirmed(c);
	proc_done(&c->p, IUPLUS_CN_DONE_ATTACH);
	registered(c);
}

/* ---- routing area update, service request ---- */

/* Known keys make an authentication unnecessary: Security Mode Command can follow at once. */
static void resume(struct cn *c, const struct iuplus_nas_identity *identity, uint8_t cksn)
{
	struct iuplus_cn_subscriber *s = iuplus_cn_subscriber_find(c->ue->subscribers, identity);
	bool protected;

	c->ue->identity = *identity;
	c->ue->cksn = cksn;
	c->ue->by_ptmsi = true;
	c->ue->identity_checked = c->ue->resynchronised = false;
	if (!s) {
		cn_reject(c, c->ue->purpose == IUPLUS_CN_FOR_SERVICE ? IUPLUS_NAS_CAUSE_IMPLICITLY_DETACHED
								     : IUPLUS_NAS_CAUSE_MS_IDENTITY_CANNOT_BE_DERIVED,
			  "the P-TMSI is not known");
		return;
	}
	protected = c->ue->keys.integrity_started && s == c->ue->subscriber;
	identified(c, s);
	if (protected)
		cn_secured(c);
	else if (s->has_current && s->cksn == cksn)
		cn_security_start(c);
	else
		cn_aka_start(c);
}

static void rau(struct cn *c, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_rau_request *r = &m->u.rau_request;
	struct iuplus_nas_identity identity = r->ptmsi;

	/* The element is optional: on a connection whose phone is known it need not be there. */
	if (!r->has_ptmsi && c->ue->subscriber)
		identity = (struct iuplus_nas_identity){ IUPLUS_NAS_IDENTITY_TMSI, "", c->ue->subscriber->ptmsi };
	c->ue->purpose = IUPLUS_CN_FOR_RAU;
	c->ue->update_type = r->update_type & 7;
	c->ue->follow_on = r->update_type & 8;
	resume(c, &identity, r->cksn & 7);
}

static void rau_complete(struct cn *c, const struct iuplus_nas_msg *m)
{
	(void)m;
	if (c->ue->purpose != IUPLUS_CN_FOR_RAU) {
		status(c, IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE);
		return;
	}
	ptmsi_confirmed(c);
	proc_done(&c->p, IUPLUS_CN_DONE_RAU);
	registered(c);
}

static void service(struct cn *c, const struct iuplus_nas_msg *m)
{
	const struct iuplus_nas_service_request *r = &m->u.service_request;

	c->ue->purpose = IUPLUS_CN_FOR_SERVICE;
	c->ue->follow_on = true;
	resume(c, &r->ptmsi, r->cksn & 7);
}

/* On a connection that is protected already a service request asks for user data alone, which this core has none of. */
static void service_again(struct cn *c, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg accept = message(IUPLUS_NAS_SERVICE_ACCEPT);

	(void)m;
	cn_send_nas(c, &accept, IUPLUS_STEP_NONE);
}

void cn_secured(struct cn *c)
{
	switch (c->ue->purpose) {
	case IUPLUS_CN_FOR_ATTACH:
	case IUPLUS_CN_FOR_RAU:
		cn_new_ptmsi(c, c->ue->subscriber);
		cn_set_gmm(c, IUPLUS_CN_ACCEPT);
		send_accept(c);
		break;
	case IUPLUS_CN_FOR_SERVICE:
		/* Protection is the acceptance (TS 24.008 4.7.13.3). */
		proc_done(&c->p, IUPLUS_CN_DONE_SERVICE);
		cn_set_gmm(c, IUPLUS_CN_REGISTERED);
		break;
	case IUPLUS_CN_FOR_RELOCATION:
		cn_settle(c);
		break;
	case IUPLUS_CN_FOR_ORDER:
		cn_set_gmm(c, IUPLUS_CN_REGISTERED);
		break;
	}
}

/* ---- P-TMSI reallocation ---- */

static void send_reallocation(struct cn *c)
{
	struct iuplus_nas_msg m = message(IUPLUS_NAS_PTMSI_REALLOCATION_COMMAND);
	struct iuplus_nas_identity ptmsi = { IUPLUS_NAS_IDENTITY_TMSI, "", c->ue->subscriber->ptmsi };

	m.u.ptmsi_reallocation_command.allocated_ptmsi = ptmsi;
	m.u.ptmsi_reallocation_command.rai = own_rai(c);
	cn_send_nas(c, &m, IUPLUS_STEP_NONE);
}

void cn_reallocate(struct cn *c)
{
	cn_new_ptmsi(c, c->ue->subscriber);
	cn_set_gmm(c, IUPLUS_CN_REALLOCATION);
	send_reallocation(c);
}

static void reallocation_complete(struct cn *c, const struct iuplus_nas_msg *m)
{
	(void)m;
	ptmsi_confirmed(c);
	cn_set_gmm(c, IUPLUS_CN_REGISTERED);
	proc_done(&c->p, IUPLUS_CN_DONE_REALLOCATION);
	if (c->ue->purpose == IUPLUS_CN_FOR_RELOCATION) {
		c->ue->purpose = IUPLUS_CN_FOR_ORDER;
		proc_done(&c->p, IUPLUS_CN_DONE_SETTLED);
	}
}

void cn_settle(struct cn *c)
{
	if (c->cfg->reallocate) {
		cn_reallocate(c);
		return;
	}
	cn_set_gmm(c, IUPLUS_CN_REGISTERED);
	c->ue->purpose = IUPLUS_CN_FOR_ORDER;
	proc_done(&c->p, IUPLUS_CN_DONE_SETTLED);
}

/* ---- detach ---- */

static void detached(struct cn *c)
{
	if (c->ue->subscriber)
		c->ue->subscriber->has_ptmsi = c->ue->subscriber->has_old_ptmsi = false;
	proc_done(&c->p, IUPLUS_CN_DONE_DETACH);
	cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the phone is detached");
}

static void detach(struct cn *c, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg accept = message(IUPLUS_NAS_DETACH_ACCEPT);

	if (!(m->u.detach_request.detach_type & 8))	/* a phone that goes off waits for nothing */
		cn_send_nas(c, &accept, IUPLUS_STEP_NONE);
	detached(c);
}

/* As the first message: nothing says that it is the phone itself, so its registration stays (TS 24.008 4.7.1.1). */
static void detach_first(struct cn *c, const struct iuplus_nas_msg *m)
{
	struct iuplus_nas_msg accept = message(IUPLUS_NAS_DETACH_ACCEPT);

	if (!(m->u.detach_request.detach_type & 8))
		cn_send_nas(c, &accept, IUPLUS_STEP_NONE);
	cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "a detach without protection");
}

static void detach_accept(struct cn *c, const struct iuplus_nas_msg *m)
{
	(void)m;
	detached(c);
}

static void send_detach(struct cn *c)
{
	struct iuplus_nas_msg m = message(IUPLUS_NAS_DETACH_REQUEST);

	m.u.detach_request.detach_type = 2;	/* re-attach not required */
	cn_send_nas(c, &m, IUPLUS_STEP_NONE);
}

/* ---- the table: state and message -> what is done ---- */

static void gmm_status(struct cn *c, const struct iuplus_nas_msg *m)
{
	proc_failure(&c->p, "GMM STATUS from the phone: %s", iuplus_nas_cause_name(m->u.gmm_status.cause));
}

static void ignore(struct cn *c, const struct iuplus_nas_msg *m)
{
	proc_failure(&c->p, "%s is ignored in state %s", iuplus_nas_type_name(m->type), iuplus_cn_gmm_name(c->ue->gmm));
}

/* TS 24.008 8.4. */
static void refuse(struct cn *c, const struct iuplus_nas_msg *m)
{
	ignore(c, m);
	status(c, IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE);
}

static void refuse_first(struct cn *c, const struct iuplus_nas_msg *m)
{
	refuse(c, m);
	cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the first message opens no procedure");
}

typedef void gmm_fn(struct cn *c, const struct iuplus_nas_msg *m);

enum { ATTACH, A_COMPL, RAU, R_COMPL, SERVICE, DETACH, D_ACC, P_COMPL, AUTH, A_FAIL, IDENT, STATUS, GMM_INPUTS };

static const uint8_t inputs[GMM_INPUTS] = {
	[ATTACH] = IUPLUS_NAS_ATTACH_REQUEST,
	[A_COMPL] = IUPLUS_NAS_ATTACH_COMPLETE,
	[RAU] = IUPLUS_NAS_RAU_REQUEST,
	[R_COMPL] = IUPLUS_NAS_RAU_COMPLETE,
	[SERVICE] = IUPLUS_NAS_SERVICE_REQUEST,
	[DETACH] = IUPLUS_NAS_DETACH_REQUEST,
	[D_ACC] = IUPLUS_NAS_DETACH_ACCEPT,
	[P_COMPL] = IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE,
	[AUTH] = IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE,
	[A_FAIL] = IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE,
	[IDENT] = IUPLUS_NAS_IDENTITY_RESPONSE,
	[STATUS] = IUPLUS_NAS_GMM_STATUS,
};

static gmm_fn *const gmm_table[IUPLUS_CN_GMM_COUNT][GMM_INPUTS] = {
	[IUPLUS_CN_NULL] = {
		attach, refuse_first, rau, refuse_first, service, detach_first, refuse_first, refuse_first,
		refuse_first, refuse_first, refuse_first, refuse_first },
	[IUPLUS_CN_IDENTITY] = {
		attach_again, refuse, ignore, refuse, ignore, detach_first, refuse, refuse,
		ignore, ignore, identity_response, gmm_status },
	[IUPLUS_CN_AUTHENTICATION] = {
		attach_again, refuse, ignore, refuse, ignore, detach_first, refuse, refuse,
		cn_on_authentication_response, cn_on_authentication_failure, ignore, gmm_status },
	[IUPLUS_CN_SECURITY] = {
		ignore, refuse, ignore, refuse, ignore, detach_first, refuse, refuse,
		ignore, ignore, ignore, gmm_status },
	[IUPLUS_CN_ACCEPT] = {
		attach_after_accept, attach_complete, rau, rau_complete, ignore, detach, refuse, refuse,
		ignore, ignore, ignore, gmm_status },
	[IUPLUS_CN_REGISTERED] = {
		attach, refuse, rau, refuse, service_again, detach, refuse, ignore,
		ignore, ignore, ignore, gmm_status },
	[IUPLUS_CN_REALLOCATION] = {
		attach, refuse, rau, refuse, service_again, detach, refuse, reallocation_complete,
		ignore, ignore, ignore, gmm_status },
	/* Both sides detach: one detach is enough (TS 24.008 4.7.4.2.4). */
	[IUPLUS_CN_DETACHING] = {
		ignore, refuse, ignore, refuse, ignore, detach, detach_accept, ignore,
		ignore, ignore, ignore, gmm_status },
	[IUPLUS_CN_RELEASING] = {
		ignore, ignore, ignore, ignore, ignore, ignore, ignore, ignore,
		ignore, ignore, ignore, ignore },
};

/* A message that cannot be decoded. */
static void undecodable(struct cn *c, int rc, const struct iuplus_nas_msg *m, const struct iuplus_nas_report *r)
{
	proc_failure(&c->p, "a NAS message is refused: %s%s%s", iuplus_strrc(rc), r->element ? ", " : "",
		   r->element ? r->element : "");
	if (c->ue->gmm == IUPLUS_CN_RELEASING)
		return;
	/* A request with wrong mandatory elements is rejected (TS 24.008 4.7.3.1.6 e, 4.7.5.1.6, 4.7.13.5). */
	if (c->ue->gmm == IUPLUS_CN_NULL && r->cause == IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION) {
		c->ue->purpose = m->type == IUPLUS_NAS_ATTACH_REQUEST ? IUPLUS_CN_FOR_ATTACH :
				 m->type == IUPLUS_NAS_RAU_REQUEST ? IUPLUS_CN_FOR_RAU :
				 m->type == IUPLUS_NAS_SERVICE_REQUEST ? IUPLUS_CN_FOR_SERVICE : IUPLUS_CN_FOR_ORDER;
		cn_reject(c, IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION, "the first message is wrong");
		return;
	}
	if (r->cause)
		status(c, r->cause);
	if (c->ue->gmm == IUPLUS_CN_NULL)
		cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the first message is not usable");
}

void cn_on_nas(struct cn *c, struct iuplus_octets pdu)
{
	struct iuplus_nas_report report;
	struct iuplus_nas_msg m;
	unsigned i;
	int rc;

	rc = iuplus_nas_decode(pdu, IUPLUS_NAS_UPLINK, &m, &report);
	for (i = 0; !rc && i < GMM_INPUTS; i++) {
		if (inputs[i] != m.type)
			continue;
		/* Nothing begins while the phone moves (TS 25.413 8.6.2); it asks again afterwards. */
		if (c->ue->relocation != IUPLUS_CN_RELOC_IDLE && i != DETACH && i != STATUS)
			proc_failure(&c->p, "%s is ignored during the relocation", iuplus_nas_type_name(m.type));
		else
			gmm_table[c->ue->gmm][i](c, &m);
		return;
	}
	undecodable(c, rc, &m, &report);
}

/* ---- timers ---- */

static void again_or_release(struct cn *c, enum iuplus_cn_timer timer, void (*again)(struct cn *c), const char *why)
{
	if (++c->ue->tries < IUPLUS_CN_RETRIES) {
		cn_timer_start(c, timer);
		again(c);
	} else {
		proc_failure(&c->p, "%s expired %u times", iuplus_cn_timer_name(timer), c->ue->tries);
		cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, why);
	}
}

void cn_gmm_expiry(struct cn *c, enum iuplus_cn_timer timer)
{
	if (cn_gmm_timer(c->ue->gmm) != (int)timer)
		return;		/* late: it was stopped when the state was left */
	switch (c->ue->gmm) {
	case IUPLUS_CN_NULL:
		cn_release_all(c, IUPLUS_RANAP_CAUSE_UNSPECIFIED, "no first message");
		break;
	case IUPLUS_CN_IDENTITY:
		again_or_release(c, timer, ask_identity, "the phone does not say who it is");
		break;
	case IUPLUS_CN_AUTHENTICATION:
		again_or_release(c, timer, cn_aka_send, "the phone does not answer the challenge");
		break;
	case IUPLUS_CN_SECURITY:
		proc_failure(&c->p, "no answer to Security Mode Command");
		cn_release_all(c, IUPLUS_RANAP_CAUSE_UNSPECIFIED, "nobody knows which keys are in use");
		break;
	case IUPLUS_CN_ACCEPT:
		again_or_release(c, timer, send_accept, "the phone does not confirm its P-TMSI");
		break;
	case IUPLUS_CN_REGISTERED:
		if (c->ue->relocation != IUPLUS_CN_RELOC_IDLE)
			cn_timer_start(c, timer);
		else
			cn_release_all(c, IUPLUS_RANAP_CAUSE_USER_INACTIVITY, "nothing happens");
		break;
	case IUPLUS_CN_REALLOCATION:
		again_or_release(c, timer, send_reallocation, "the phone does not confirm its P-TMSI");
		break;
	case IUPLUS_CN_DETACHING:
		if (c->ue->tries + 1 == IUPLUS_CN_RETRIES)
			detached(c);	/* TS 24.008 4.7.4.2.4 a: detached all the same */
		else
			again_or_release(c, timer, send_detach, "the phone does not detach");
		break;
	default:
		break;
	}
}

/* ---- orders ---- */

static bool idle(const struct cn *c)
{
	return c->ue->gmm == IUPLUS_CN_REGISTERED && c->ue->relocation == IUPLUS_CN_RELOC_IDLE;
}

int cn_order_detach(struct cn *c)
{
	if (!idle(c))
		return IUPLUS_ERR_STATE;
	cn_set_gmm(c, IUPLUS_CN_DETACHING);
	send_detach(c);
	return IUPLUS_OK;
}

int cn_order_reallocate(struct cn *c)
{
	if (!idle(c))
		return IUPLUS_ERR_STATE;
	c->ue->purpose = IUPLUS_CN_FOR_ORDER;
	cn_reallocate(c);
	return IUPLUS_OK;
}

int cn_order_authenticate(struct cn *c)
{
	if (!idle(c))
		return IUPLUS_ERR_STATE;
	c->ue->purpose = IUPLUS_CN_FOR_ORDER;
	c->ue->by_ptmsi = c->ue->identity_checked = c->ue->resynchronised = false;
	cn_aka_start(c);
	return IUPLUS_OK;
}
