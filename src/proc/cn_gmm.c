/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_gmm.c: dispatches the inputs of GMM to its procedures: NAS messages, outcomes of the link, timers, orders. */
#include "src/proc/cn_gmm.h"

/* ---- the table: state and message -> handler ---- */

static void gmm_status(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	proc_failure(g->p, "GMM STATUS from the UE: %s", iuplus_nas_cause_name(m->u.gmm_status.cause));
}

static void ignore(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	proc_failure(g->p, "%s is ignored in state %s", iuplus_nas_type_name(m->type),
		     iuplus_cn_gmm_name(g->ue->state));
}

/* TS 24.008 8.4. */
static void refuse(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	ignore(g, m);
	cn_gmm_status(g, IUPLUS_NAS_CAUSE_TYPE_NOT_COMPATIBLE);
}

static void refuse_first(struct cn_gmm *g, const struct iuplus_nas_msg *m)
{
	refuse(g, m);
	cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the first message starts no procedure");
}

#define S(state) (1u << IUPLUS_CN_GMM_##state)
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
#define NO_FIRST RUN(refuse_first, S(RELEASING), "GMM STATUS (8.4), release")
/* Where security mode control can follow: it may fail at once. */
#define SECURE (S(SECURITY) | S(REGISTERED) | S(RELEASING))
/* Where authentication can start: with a vector, or with a request for vectors. */
#define AKA (S(AUTHENTICATION) | S(VECTORS))
#define ATTACH(handler) RUN(handler, S(IDENTITY) | AKA | S(RELEASING), "identification, authentication")
#define RAU RUN(cn_gmm_rau, S(ACCEPT) | AKA | SECURE, "Accept, security mode, authentication or reject")
#define DETACH RUN(cn_gmm_detach, S(RELEASING), "Detach Accept, release")
#define DETACH_FIRST RUN(cn_gmm_detach_first, S(RELEASING), "Detach Accept, release; the registration stays")

/* A message that a state does not list is refused with GMM STATUS (TS 24.008 8.4). */
static const struct {
	struct proc_row row;
	void (*handler)(struct cn_gmm *g, const struct iuplus_nas_msg *m);
} table[IUPLUS_CN_GMM_COUNT][CN_GMM_INPUT_COUNT] = {
	[IUPLUS_CN_GMM_NULL] = {
		[CN_GMM_ATTACH_REQUEST] = ATTACH(cn_gmm_attach),
		[CN_GMM_ATTACH_COMPLETE] = NO_FIRST,
		[CN_GMM_RAU_REQUEST] = RAU,
		[CN_GMM_RAU_COMPLETE] = NO_FIRST,
		[CN_GMM_SERVICE_REQUEST] = RUN(cn_gmm_service, AKA | SECURE,
			"security mode, authentication or reject"),
		[CN_GMM_DETACH_REQUEST] = DETACH_FIRST,
		[CN_GMM_DETACH_ACCEPT] = NO_FIRST,
		[CN_GMM_PTMSI_REALLOCATION_COMPLETE] = NO_FIRST,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = NO_FIRST,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = NO_FIRST,
		[CN_GMM_IDENTITY_RESPONSE] = NO_FIRST,
		[CN_GMM_GMM_STATUS] = NO_FIRST,
	},
	[IUPLUS_CN_GMM_IDENTITY] = {
		[CN_GMM_ATTACH_REQUEST] = ATTACH(cn_gmm_attach_again),
		[CN_GMM_RAU_REQUEST] = IGN,
		[CN_GMM_SERVICE_REQUEST] = IGN,
		[CN_GMM_DETACH_REQUEST] = DETACH_FIRST,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = RUN(cn_gmm_identity_response,
			S(IDENTITY) | AKA | S(RELEASING), "authentication or reject"),
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	[IUPLUS_CN_GMM_VECTORS] = {
		[CN_GMM_ATTACH_REQUEST] = ATTACH(cn_gmm_attach_again),
		[CN_GMM_RAU_REQUEST] = IGN,
		[CN_GMM_SERVICE_REQUEST] = IGN,
		[CN_GMM_DETACH_REQUEST] = DETACH_FIRST,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	[IUPLUS_CN_GMM_AUTHENTICATION] = {
		[CN_GMM_ATTACH_REQUEST] = ATTACH(cn_gmm_attach_again),
		[CN_GMM_RAU_REQUEST] = IGN,
		[CN_GMM_SERVICE_REQUEST] = IGN,
		[CN_GMM_DETACH_REQUEST] = DETACH_FIRST,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = RUN(cn_gmm_authentication_response,
			S(AUTHENTICATION) | S(IDENTITY) | SECURE, "Security Mode Command, or Authentication and Ciphering Reject"),
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = RUN(cn_gmm_authentication_failure,
			S(VECTORS) | S(IDENTITY) | S(RELEASING),
			"resynchronisation, Identity Request, or Authentication and Ciphering Reject"),
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	[IUPLUS_CN_GMM_SECURITY] = {
		[CN_GMM_ATTACH_REQUEST] = IGN,
		[CN_GMM_RAU_REQUEST] = IGN,
		[CN_GMM_SERVICE_REQUEST] = IGN,
		[CN_GMM_DETACH_REQUEST] = DETACH_FIRST,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	[IUPLUS_CN_GMM_ACCEPT] = {
		[CN_GMM_ATTACH_REQUEST] = RUN(cn_gmm_attach_after_accept,
			S(ACCEPT) | S(IDENTITY) | AKA | S(RELEASING), "Attach Accept again, or as a new attach"),
		[CN_GMM_ATTACH_COMPLETE] = RUN(cn_gmm_attach_complete, S(ACCEPT) | S(REGISTERED) | S(RELEASING), "attached"),
		[CN_GMM_RAU_REQUEST] = RAU,
		[CN_GMM_RAU_COMPLETE] = RUN(cn_gmm_rau_complete, S(ACCEPT) | S(REGISTERED) | S(RELEASING), "updated"),
		[CN_GMM_SERVICE_REQUEST] = IGN,
		[CN_GMM_DETACH_REQUEST] = DETACH,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	[IUPLUS_CN_GMM_REGISTERED] = {
		[CN_GMM_ATTACH_REQUEST] = ATTACH(cn_gmm_attach),
		[CN_GMM_RAU_REQUEST] = RAU,
		[CN_GMM_SERVICE_REQUEST] = RUN(cn_gmm_service_again, 0, "Service Accept"),
		[CN_GMM_DETACH_REQUEST] = DETACH,
		[CN_GMM_PTMSI_REALLOCATION_COMPLETE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	[IUPLUS_CN_GMM_REALLOCATION] = {
		[CN_GMM_ATTACH_REQUEST] = ATTACH(cn_gmm_attach),
		[CN_GMM_RAU_REQUEST] = RAU,
		[CN_GMM_SERVICE_REQUEST] = RUN(cn_gmm_service_again, 0, "Service Accept"),
		[CN_GMM_DETACH_REQUEST] = DETACH,
		[CN_GMM_PTMSI_REALLOCATION_COMPLETE] = RUN(cn_gmm_reallocation_complete, S(REGISTERED), "reallocated"),
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	/* Both sides detach: one detach is enough (TS 24.008 4.7.4.2.4). */
	[IUPLUS_CN_GMM_DETACHING] = {
		[CN_GMM_ATTACH_REQUEST] = IGN,
		[CN_GMM_RAU_REQUEST] = IGN,
		[CN_GMM_SERVICE_REQUEST] = IGN,
		[CN_GMM_DETACH_REQUEST] = DETACH,
		[CN_GMM_DETACH_ACCEPT] = RUN(cn_gmm_detach_accept, S(RELEASING), "release"),
		[CN_GMM_PTMSI_REALLOCATION_COMPLETE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = STATUS,
	},
	[IUPLUS_CN_GMM_RELEASING] = {
		[CN_GMM_ATTACH_REQUEST] = IGN,
		[CN_GMM_ATTACH_COMPLETE] = IGN,
		[CN_GMM_RAU_REQUEST] = IGN,
		[CN_GMM_RAU_COMPLETE] = IGN,
		[CN_GMM_SERVICE_REQUEST] = IGN,
		[CN_GMM_DETACH_REQUEST] = IGN,
		[CN_GMM_DETACH_ACCEPT] = IGN,
		[CN_GMM_PTMSI_REALLOCATION_COMPLETE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_RESPONSE] = IGN,
		[CN_GMM_AUTHENTICATION_AND_CIPHERING_FAILURE] = IGN,
		[CN_GMM_IDENTITY_RESPONSE] = IGN,
		[CN_GMM_GMM_STATUS] = IGN,
	},
};

const struct proc_row *cn_gmm_row(enum iuplus_cn_gmm state, enum cn_gmm_input input)
{
	return &table[state][input].row;
}

enum iuplus_nas_type cn_gmm_input_type(enum cn_gmm_input input)
{
#define TYPE(id) [CN_GMM_##id] = IUPLUS_NAS_##id,
	static const enum iuplus_nas_type types[] = { CN_GMM_INPUTS(TYPE) };

	return types[input];
}

/* ---- NAS messages ---- */

/* A message that cannot be decoded. */
static void undecodable(struct cn_gmm *g, int rc, const struct iuplus_nas_msg *m, const struct iuplus_nas_report *r)
{
	proc_failure(g->p, "a NAS message was rejected: %s%s%s", iuplus_strrc(rc), r->element ? ", " : "",
		     r->element ? r->element : "");
	if (g->ue->state == IUPLUS_CN_GMM_RELEASING)
		return;
	/* A request with wrong mandatory elements is rejected (TS 24.008 4.7.3.1.6 e, 4.7.5.1.6, 4.7.13.5). */
	if (g->ue->state == IUPLUS_CN_GMM_NULL && r->cause == IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION) {
		g->ue->purpose = m->type == IUPLUS_NAS_ATTACH_REQUEST  ? CN_GMM_FOR_ATTACH :
				 m->type == IUPLUS_NAS_RAU_REQUEST     ? CN_GMM_FOR_RAU :
				 m->type == IUPLUS_NAS_SERVICE_REQUEST ? CN_GMM_FOR_SERVICE :
									 CN_GMM_FOR_ORDER;
		cn_gmm_reject(g, IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION, "the first message is invalid");
		return;
	}
	if (r->cause)
		cn_gmm_status(g, r->cause);
	if (g->ue->state == IUPLUS_CN_GMM_NULL)
		cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the first message is unusable");
}

static void on_nas(struct cn_gmm *g, struct iuplus_octets pdu)
{
	struct iuplus_nas_report report;
	struct iuplus_nas_msg m;
	unsigned i;
	int rc = iuplus_nas_decode(pdu, IUPLUS_NAS_UPLINK, &m, &report);

	for (i = 0; !rc && i < CN_GMM_INPUT_COUNT; i++) {
		if (cn_gmm_input_type(i) != m.type)
			continue;
		g->p->why = iuplus_nas_type_name(m.type);
		/* No procedure starts during a relocation (TS 25.413 8.6.2); the UE repeats its request afterwards. */
		if (cn_link_relocating(g->link) && i != CN_GMM_DETACH_REQUEST && i != CN_GMM_GMM_STATUS)
			proc_failure(g->p, "%s is ignored during the relocation", iuplus_nas_type_name(m.type));
		else if (table[g->ue->state][i].handler)
			table[g->ue->state][i].handler(g, &m);
		else
			refuse(g, &m);
		return;
	}
	undecodable(g, rc, &m, &report);
}

/* ---- outcomes of the link ---- */

static void on_secured(struct cn_gmm *g)
{
	struct iuplus_cn_subscriber *s = g->ue->subscriber;

	/* The UE has proved possession of the keys: from now on this context serves the subscriber. */
	if (s->context && s->context != g->context)
		proc_act(g->p, IUPLUS_ACT_SUPERSEDED)->user = iuplus_cn_ue_user(s->context);
	s->context = g->context;
	cn_gmm_secured(g);
}

/* Steps 911 to 913: enhanced keys for a UE and an RNC that both support them; others for one whose counter is due. */
static void on_moved(struct cn_gmm *g)
{
	bool due = cn_link_lacks_enhanced(g->link) || cn_link_wants_counter(g->link);

	g->ue->purpose = CN_GMM_FOR_RELOCATION;
	cn_gmm_timer_start(g, IUPLUS_CN_TINACTIVITY);
	if (!due || !cn_gmm_enhance(g))
		cn_gmm_settle(g);
}

/* A relocation failed: a target that had keys must not know the next ones. */
static void on_stays(struct cn_gmm *g)
{
	if (!cn_gmm_idle(g->ue) || !cn_link_wants_counter(g->link))
		return;
	g->ue->purpose = CN_GMM_FOR_ORDER;
	cn_gmm_enhance(g);
}

void cn_gmm_outcome(struct cn_gmm *g, enum cn_link_outcome outcome, struct iuplus_octets nas)
{
	switch (outcome) {
	case CN_LINK_NONE:
		break;
	case CN_LINK_NAS:
		on_nas(g, nas);
		break;
	case CN_LINK_SECURED:
		on_secured(g);
		break;
	case CN_LINK_REFUSED:
		cn_gmm_refused(g);
		break;
	case CN_LINK_MOVED:
		on_moved(g);
		break;
	case CN_LINK_STAYS:
		on_stays(g);
		break;
	case CN_LINK_RELEASED:
		cn_gmm_set_state(g, IUPLUS_CN_GMM_RELEASING);
		break;
	}
}

void cn_gmm_begin(struct cn_gmm *g)
{
	cn_gmm_set_state(g, IUPLUS_CN_GMM_NULL);
}

/* ---- timers ---- */

static void again_or_release(struct cn_gmm *g, enum iuplus_cn_timer timer, void (*again)(struct cn_gmm *g),
			     const char *why)
{
	if (++g->ue->tries < IUPLUS_CN_RETRIES) {
		cn_gmm_timer_start(g, timer);
		again(g);
	} else {
		proc_failure(g->p, "%s expired %u times", iuplus_cn_timer_name(timer), g->ue->tries);
		cn_gmm_release(g, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, why);
	}
}

static void t3350_expired(struct cn_gmm *g)
{
	again_or_release(g, IUPLUS_CN_T3350,
			 g->ue->state == IUPLUS_CN_GMM_ACCEPT ? cn_gmm_accept_send : cn_gmm_reallocation_send,
			 "the UE does not confirm its P-TMSI");
}

static void vectors_expired(struct cn_gmm *g)
{
	cn_gmm_reject(g, IUPLUS_NAS_CAUSE_NETWORK_FAILURE, "the AuC does not respond");
}

static void t3360_expired(struct cn_gmm *g)
{
	again_or_release(g, IUPLUS_CN_T3360, cn_gmm_aka_send, "the UE does not respond to the challenge");
}

static void t3370_expired(struct cn_gmm *g)
{
	again_or_release(g, IUPLUS_CN_T3370, cn_gmm_ask_identity, "the UE does not identify itself");
}

static void t3322_expired(struct cn_gmm *g)
{
	if (g->ue->tries + 1 == IUPLUS_CN_RETRIES)
		cn_gmm_detached(g); /* without a response as well (TS 24.008 4.7.4.2.4 a) */
	else
		again_or_release(g, IUPLUS_CN_T3322, cn_gmm_detach_send, "the UE does not detach");
}

static void inactivity_expired(struct cn_gmm *g)
{
	if (g->ue->state == IUPLUS_CN_GMM_NULL)
		cn_gmm_release(g, IUPLUS_RANAP_CAUSE_UNSPECIFIED, "no first message");
	else if (cn_link_relocating(g->link))
		cn_gmm_timer_start(g, IUPLUS_CN_TINACTIVITY);
	else
		cn_gmm_release(g, IUPLUS_RANAP_CAUSE_USER_INACTIVITY, "inactivity");
}

void cn_gmm_expired(struct cn_gmm *g, unsigned timer)
{
#define EXPIRED(id, ms, name, key, runs, expired, ...) [IUPLUS_CN_##id] = expired,
	static void (*const expired[])(struct cn_gmm * g) = { IUPLUS_CN_GMM_TIMERS(EXPIRED) };

	if (cn_gmm_timer_runs(g, timer))
		expired[timer](g); /* else the expiry is late: leaving the state stopped the timer */
}

/* ---- orders ---- */

bool cn_gmm_idle(const struct cn_gmm_ue *ue)
{
	return ue->state == IUPLUS_CN_GMM_REGISTERED;
}

static bool order_allowed(const struct cn_gmm *g)
{
	return cn_gmm_idle(g->ue) && !cn_link_relocating(g->link);
}

int cn_gmm_order_detach(struct cn_gmm *g)
{
	if (!order_allowed(g))
		return IUPLUS_ERR_STATE;
	cn_gmm_set_state(g, IUPLUS_CN_GMM_DETACHING);
	cn_gmm_detach_send(g);
	return IUPLUS_OK;
}

int cn_gmm_order_reallocate(struct cn_gmm *g)
{
	if (!order_allowed(g))
		return IUPLUS_ERR_STATE;
	g->ue->purpose = CN_GMM_FOR_ORDER;
	cn_gmm_reallocate(g);
	return IUPLUS_OK;
}

int cn_gmm_order_authenticate(struct cn_gmm *g)
{
	if (!order_allowed(g))
		return IUPLUS_ERR_STATE;
	g->ue->purpose = CN_GMM_FOR_ORDER;
	cn_gmm_aka_reset(g, false);
	cn_gmm_aka_start(g);
	return IUPLUS_OK;
}
