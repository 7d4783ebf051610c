/* SPDX-License-Identifier: BSD-2-Clause */
/* test_proc_cn_walk.c: every state of a context with every event. The table below lists the pairs that change the
 * states, and the new states; every other pair must not change them. From every state that a pair leads to, timers
 * alone eventually end the context: nothing hangs. */
#include <stdarg.h>

#include "test/unit/cn_world.h"
#include "test/unit/proc_walk.h"

#define KEYS_BIT IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY

static void append(char *to, size_t size, const char *format, ...)
{
	size_t n = strlen(to);
	va_list ap;

	va_start(ap, format);
	vsnprintf(to + n, size - n, format, ap);
	va_end(ap);
}

/* ---- the states, reached by playing ---- */

static void to_null(struct world *w)
{
	world_event(w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_INDICATION, .peer = SOURCE_PEER });
}

static void to_identity(struct world *w)
{
	struct iuplus_nas_msg n = attach_request(NULL, 0xc0000009);

	world_initial(w, &n, KEYS_BIT);
}

static void to_vectors(struct world *w)
{
	struct iuplus_nas_msg n = attach_request(IMSI_1, 0);

	w->s.auc = WORLD_AUC_WAITS;
	world_initial(w, &n, KEYS_BIT);
}

static void to_authentication(struct world *w)
{
	struct iuplus_nas_msg n = attach_request(IMSI_1, 0);

	world_initial(w, &n, KEYS_BIT);
}

static void to_security(struct world *w)
{
	to_authentication(w);
	world_authenticate(w);
}

static void to_accept(struct world *w)
{
	to_security(w);
	world_security_complete(w);
}

static void to_registered(struct world *w)
{
	world_attach(w, KEYS_BIT);
}

static void to_reallocation(struct world *w)
{
	world_attach(w, KEYS_BIT);
	world_simple(w, IUPLUS_CN_EV_REALLOCATE, 0);
}

static void to_detaching(struct world *w)
{
	world_attach(w, KEYS_BIT);
	world_simple(w, IUPLUS_CN_EV_DETACH, 0);
}

static void to_releasing(struct world *w)
{
	world_attach(w, KEYS_BIT);
	world_simple(w, IUPLUS_CN_EV_CANCEL, 0);
}

static void to_allocation(struct world *w)
{
	world_attach(w, 0);
	world_relocate(w, IUPLUS_CN_RELOC_ALLOCATION, KEYS_BIT);
	world_simple(w, IUPLUS_CN_EV_CONNECT_CONFIRM, 1);
}

static void to_requested(struct world *w)
{
	world_attach(w, 0);
	world_relocate(w, IUPLUS_CN_RELOC_ALLOCATION, KEYS_BIT);
}

static void to_abandoned(struct world *w)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_RELOCATION_CANCEL);

	to_requested(w);
	m.u.relocation_cancel.cause = IUPLUS_RANAP_CAUSE_TRELOCPREP_EXPIRY;
	world_ranap(w, 0, &m);
}

static void to_commanded(struct world *w)
{
	world_attach(w, 0);
	world_relocate(w, IUPLUS_CN_RELOC_COMMANDED, KEYS_BIT);
}

static void to_detected(struct world *w)
{
	world_attach(w, 0);
	world_relocate(w, IUPLUS_CN_RELOC_DETECTED, KEYS_BIT);
}

static void to_enhancing(struct world *w)
{
	struct iuplus_ranap_msg m = relocation_complete(KEYS_BIT);

	to_detected(w);
	world_ranap(w, 1, &m);
	world_authenticate(w); /* the legacy source knows CK and IK */
}

static void to_alone(struct world *w)
{
	to_commanded(w);
	world_simple(w, IUPLUS_CN_EV_LOST, 0);
}

/* ---- the events ---- */

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))
/* clang-format off */
static const unsigned kinds[] = {
	IUPLUS_RANAP_INITIAL_UE_MESSAGE, IUPLUS_RANAP_SECURITY_MODE_COMPLETE, IUPLUS_RANAP_SECURITY_MODE_REJECT,
	IUPLUS_RANAP_SECURITY_MODE_COMMAND, IUPLUS_RANAP_RELOCATION_REQUIRED, IUPLUS_RANAP_RELOCATION_CANCEL,
	IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE, IUPLUS_RANAP_RELOCATION_FAILURE, IUPLUS_RANAP_RELOCATION_DETECT,
	IUPLUS_RANAP_RELOCATION_COMPLETE, IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE, IUPLUS_RANAP_RELOCATION_COMMAND,
	IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE, IUPLUS_RANAP_IU_RELEASE_REQUEST, IUPLUS_RANAP_IU_RELEASE_COMMAND,
	IUPLUS_RANAP_IU_RELEASE_COMPLETE, IUPLUS_RANAP_ERROR_INDICATION, IUPLUS_RANAP_COMMON_ID, IUPLUS_RANAP_RESET,
};
/* clang-format on */

/* clang-format off */
static const enum iuplus_nas_type types[] = {
	IUPLUS_NAS_ATTACH_REQUEST, IUPLUS_NAS_ATTACH_COMPLETE, IUPLUS_NAS_RAU_REQUEST, IUPLUS_NAS_RAU_COMPLETE,
	IUPLUS_NAS_SERVICE_REQUEST, IUPLUS_NAS_DETACH_REQUEST, IUPLUS_NAS_DETACH_ACCEPT,
	IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE,
	IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE, IUPLUS_NAS_IDENTITY_RESPONSE, IUPLUS_NAS_GMM_STATUS,
};
/* clang-format on */
#define TYPES (sizeof(types) / sizeof(types[0]))

/* clang-format off */
static const enum iuplus_cn_event_kind orders[] = {
	IUPLUS_CN_EV_DETACH, IUPLUS_CN_EV_REALLOCATE, IUPLUS_CN_EV_AUTHENTICATE, IUPLUS_CN_EV_CANCEL,
	IUPLUS_CN_EV_SUPERSEDED,
};
/* clang-format on */
#define ORDERS (sizeof(orders) / sizeof(orders[0]))

/* clang-format off */
static const enum iuplus_cn_event_kind on_connection[] = {
	IUPLUS_CN_EV_CONNECT_CONFIRM, IUPLUS_CN_EV_CONNECT_REFUSE, IUPLUS_CN_EV_RELEASE, IUPLUS_CN_EV_LOST,
};
/* clang-format on */
#define ON_CONNECTION (sizeof(on_connection) / sizeof(on_connection[0]))

#define EVENTS (2 * (KINDS + TYPES + ON_CONNECTION) + ORDERS + IUPLUS_CN_TIMER_COUNT + 1)

static struct iuplus_ranap_msg sample(const struct world *w, unsigned kind)
{
	struct iuplus_ranap_msg m = ranap(kind);

	switch (kind) {
	case IUPLUS_RANAP_INITIAL_UE_MESSAGE:
		m.u.initial_ue_message.domain = IUPLUS_DOMAIN_PS;
		m.u.initial_ue_message.has_rac = true;
		m.u.initial_ue_message.nas_pdu = (struct iuplus_octets){ world_rrc, sizeof(world_rrc) };
		break;
	case IUPLUS_RANAP_SECURITY_MODE_COMPLETE:
		m.u.security_mode_complete.integrity_algorithm = 2;
		m.u.security_mode_complete.has_encryption_algorithm = true;
		m.u.security_mode_complete.encryption_algorithm = 2;
		break;
	case IUPLUS_RANAP_SECURITY_MODE_COMMAND:
		m.u.security_mode_command.integrity.count = 1;
		m.u.security_mode_command.integrity.algorithms[0] = 1;
		break;
	case IUPLUS_RANAP_RELOCATION_REQUIRED:
		m = relocation_required(w, w->s.cn->link.serving ? SOURCE_RNC : TARGET_RNC);
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE:
		m = relocation_acknowledge(KEYS_BIT);
		break;
	case IUPLUS_RANAP_RELOCATION_COMPLETE:
		m = relocation_complete(KEYS_BIT);
		break;
	case IUPLUS_RANAP_RELOCATION_CANCEL:
	case IUPLUS_RANAP_IU_RELEASE_REQUEST:
	case IUPLUS_RANAP_IU_RELEASE_COMMAND:
	case IUPLUS_RANAP_RELOCATION_FAILURE:
	case IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE:
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
		/* The cause is the first member of each of their structs. */
		m.u.relocation_cancel.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
		break;
	case IUPLUS_RANAP_RESET:
		m.u.reset.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
		break;
	case IUPLUS_RANAP_ERROR_INDICATION:
		m.u.error_indication.has_cause = true;
		m.u.error_indication.cause = IUPLUS_RANAP_CAUSE_UNSPECIFIED;
		break;
	case IUPLUS_RANAP_COMMON_ID:
		m.u.common_id.imsi.len = 3;
		break;
	default:
		break;
	}
	return m;
}

/* The phone's message, as valid as possible in this state. */
static struct iuplus_nas_msg sample_nas(const struct world *w, enum iuplus_nas_type type)
{
	static const uint8_t radio[] = { 0x14, 0x07, 0x02, 0x06, 0x00, 0x00 };
	struct iuplus_nas_msg n = nas(type);
	struct iuplus_nas_identity ptmsi = { IUPLUS_NAS_IDENTITY_TMSI, "", w->s.subscriber[0].ptmsi };

	switch (type) {
	case IUPLUS_NAS_ATTACH_REQUEST:
		n = attach_request(IMSI_1, 0);
		break;
	case IUPLUS_NAS_RAU_REQUEST:
		n.u.rau_request.update_type = 8;
		n.u.rau_request.ms_radio_access_capability = (struct iuplus_octets){ radio, sizeof(radio) };
		break;
	case IUPLUS_NAS_SERVICE_REQUEST:
		n.u.service_request.ptmsi = ptmsi;
		break;
	case IUPLUS_NAS_DETACH_REQUEST:
		n.u.detach_request.detach_type = 1;
		break;
	case IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE:
		n.u.authentication_response.reference = w->s.cn->gmm.reference;
		n.u.authentication_response.has_res = true;
		memcpy(n.u.authentication_response.res, w->s.cn->gmm.challenge.xres, 4);
		n.u.authentication_response.res_extension =
			(struct iuplus_octets){ w->s.cn->gmm.challenge.xres + 4, 4 };
		break;
	case IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_FAILURE:
		n.u.authentication_failure.cause = IUPLUS_NAS_CAUSE_MAC_FAILURE;
		break;
	case IUPLUS_NAS_IDENTITY_RESPONSE:
		n.u.identity_response.identity.type = IUPLUS_NAS_IDENTITY_IMSI;
		strcpy(n.u.identity_response.identity.digits, IMSI_1);
		break;
	case IUPLUS_NAS_GMM_STATUS:
		n.u.gmm_status.cause = IUPLUS_NAS_CAUSE_PROTOCOL_ERROR;
		break;
	default:
		break;
	}
	return n;
}

/* Plays event number e; label gets its name: "s" is the serving connection's, "o" the other one's. */
static void play(struct world *w, size_t e, char label[64])
{
	unsigned conn = w->s.cn->link.serving ^ (e & 1);
	size_t i = e / 2;
	struct iuplus_cn_event expiry = { .kind = IUPLUS_CN_EV_TIMER };
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg n;

	if (i < KINDS) {
		snprintf(label, 64, "%c %s", "so"[e & 1], iuplus_ranap_kind_name(kinds[i]));
		m = sample(w, kinds[i]);
		world_ranap(w, conn, &m);
	} else if ((i -= KINDS) < TYPES) {
		snprintf(label, 64, "%c %s", "so"[e & 1], iuplus_nas_type_name(types[i]));
		n = sample_nas(w, types[i]);
		world_nas(w, conn, &n);
	} else if ((i -= TYPES) < ON_CONNECTION) {
		snprintf(label, 64, "%c %s", "so"[e & 1], iuplus_cn_event_name(on_connection[i]));
		world_simple(w, on_connection[i], conn);
	} else if ((i = e - 2 * (KINDS + TYPES + ON_CONNECTION)) < ORDERS) {
		snprintf(label, 64, "order %s", iuplus_cn_event_name(orders[i]));
		world_simple(w, orders[i], 0);
	} else if ((i -= ORDERS) == IUPLUS_CN_TIMER_COUNT) {
		snprintf(label, 64, "%s", iuplus_cn_event_name(IUPLUS_CN_EV_VECTORS));
		world_vectors(w);
	} else {
		label[0] = 0;
		if (i == IUPLUS_CN_TRELEASE || i == IUPLUS_CN_TRELEASE_1) /* each connection has one */
			snprintf(label, 64, "%c ", "so"[(i - IUPLUS_CN_TRELEASE) ^ w->s.cn->link.serving]);
		append(label, 64, "%s", iuplus_cn_timer_name((unsigned)i));
		w->s.running[i] = false;
		expiry.timer = (unsigned)i;
		world_event(w, expiry);
	}
}

/* ---- the stated outcomes ---- */

/* If several lines match, the last one applies. */
struct outcome {
	const char *event, *states;
};

struct base {
	void (*reach)(struct world *w);
	const char *states;
	struct outcome change[32];
};

/* clang-format off */
static const struct base bases[] = {
	{ to_null, "NULL IDLE UP NONE", {
		{ "s *", "RELEASING IDLE RELEASING NONE" },
		{ "s CONNECT-CONFIRM", "NULL IDLE UP NONE" },
		{ "s TRELEASE", "NULL IDLE UP NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
		{ "TINACTIVITY", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_identity, "IDENTITY IDLE UP NONE", {
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s AttachRequest", "AUTHENTICATION IDLE UP NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s IdentityResponse", "AUTHENTICATION IDLE UP NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_vectors, "VECTORS IDLE UP NONE", {
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
		{ "TVECTORS", "RELEASING IDLE RELEASING NONE" },
		{ "VECTORS", "AUTHENTICATION IDLE UP NONE" },
	} },
	{ to_authentication, "AUTHENTICATION IDLE UP NONE", {
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s AuthenticationAndCipheringResponse", "SECURITY IDLE UP NONE" },
		{ "s AuthenticationAndCipheringFailure", "RELEASING IDLE RELEASING NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_security, "SECURITY IDLE UP NONE", {
		{ "s SecurityModeComplete", "ACCEPT IDLE UP NONE" },
		{ "s SecurityModeReject", "SECURITY IDLE UP NONE" },
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
		{ "TSECURITY", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_accept, "ACCEPT IDLE UP NONE", {
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s AttachComplete", "REGISTERED IDLE UP NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_registered, "REGISTERED IDLE UP NONE", {
		{ "s RelocationRequired", "REGISTERED ALLOCATION UP CONNECTING" },
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s AttachRequest", "AUTHENTICATION IDLE UP NONE" },
		{ "s RoutingAreaUpdateRequest", "ACCEPT IDLE UP NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order DETACH", "DETACHING IDLE UP NONE" },
		{ "order REALLOCATE", "REALLOCATION IDLE UP NONE" },
		{ "order AUTHENTICATE", "AUTHENTICATION IDLE UP NONE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
		{ "TINACTIVITY", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_reallocation, "REALLOCATION IDLE UP NONE", {
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s AttachRequest", "AUTHENTICATION IDLE UP NONE" },
		{ "s RoutingAreaUpdateRequest", "ACCEPT IDLE UP NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s PTMSIReallocationComplete", "REGISTERED IDLE UP NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_detaching, "DETACHING IDLE UP NONE", {
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING NONE" },
		{ "s DetachAccept", "RELEASING IDLE RELEASING NONE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING NONE" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING NONE" },
	} },
	{ to_releasing, "RELEASING IDLE RELEASING NONE", {
		{ "s Iu-ReleaseComplete", "FREE" },
		{ "s CONNECT-REFUSE", "FREE" },
		{ "s RELEASE", "FREE" },
		{ "s LOST", "FREE" },
		{ "s TRELEASE", "FREE" },
	} },
	/* Data on the target's connection confirms it; one that is not confirmed is released once it is (8.7.4). */
	{ to_requested, "REGISTERED ALLOCATION UP CONNECTING", {
		{ "o *", "REGISTERED ALLOCATION UP UP" },
		{ "o TRELEASE", "REGISTERED ALLOCATION UP CONNECTING" },
		{ "s RelocationRequired", "REGISTERED IDLE UP ABANDONED" },
		{ "s RelocationCancel", "REGISTERED IDLE UP ABANDONED" },
		{ "o RelocationRequestAcknowledge", "REGISTERED COMMANDED UP UP" },
		{ "o RelocationFailure", "REGISTERED IDLE UP NONE" },
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING ABANDONED" },
		{ "o Iu-ReleaseRequest", "REGISTERED IDLE UP RELEASING" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING ABANDONED" },
		{ "s CONNECT-REFUSE", "RELEASING IDLE NONE ABANDONED" },
		{ "o CONNECT-REFUSE", "REGISTERED IDLE UP NONE" },
		{ "s RELEASE", "RELEASING IDLE NONE ABANDONED" },
		{ "o RELEASE", "REGISTERED IDLE UP NONE" },
		{ "s LOST", "RELEASING IDLE NONE ABANDONED" },
		{ "o LOST", "REGISTERED IDLE UP NONE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING ABANDONED" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING ABANDONED" },
		{ "TRELOCalloc", "REGISTERED IDLE UP ABANDONED" },
	} },
	/* A target that was given up before it accepted the connection. */
	{ to_abandoned, "REGISTERED IDLE UP ABANDONED", {
		{ "o *", "REGISTERED IDLE UP RELEASING" },
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING ABANDONED" },
		{ "o Iu-ReleaseComplete", "REGISTERED IDLE UP NONE" },
		{ "s AttachRequest", "AUTHENTICATION IDLE UP ABANDONED" },
		{ "s RoutingAreaUpdateRequest", "ACCEPT IDLE UP ABANDONED" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING ABANDONED" },
		{ "s CONNECT-REFUSE", "RELEASING IDLE NONE ABANDONED" },
		{ "s RELEASE", "RELEASING IDLE NONE ABANDONED" },
		{ "s LOST", "RELEASING IDLE NONE ABANDONED" },
		{ "o CONNECT-REFUSE", "REGISTERED IDLE UP NONE" },
		{ "o RELEASE", "REGISTERED IDLE UP NONE" },
		{ "o LOST", "REGISTERED IDLE UP NONE" },
		{ "o TRELEASE", "REGISTERED IDLE UP NONE" },
		{ "order DETACH", "DETACHING IDLE UP ABANDONED" },
		{ "order REALLOCATE", "REALLOCATION IDLE UP ABANDONED" },
		{ "order AUTHENTICATE", "AUTHENTICATION IDLE UP ABANDONED" },
		{ "order CANCEL", "RELEASING IDLE RELEASING ABANDONED" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING ABANDONED" },
		{ "TINACTIVITY", "RELEASING IDLE RELEASING ABANDONED" },
	} },
	{ to_allocation, "REGISTERED ALLOCATION UP UP", {
		{ "s RelocationRequired", "REGISTERED IDLE UP RELEASING" },
		{ "s RelocationCancel", "REGISTERED IDLE UP RELEASING" },
		{ "o RelocationRequestAcknowledge", "REGISTERED COMMANDED UP UP" },
		{ "o RelocationFailure", "REGISTERED IDLE UP NONE" },
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING RELEASING" },
		{ "o Iu-ReleaseRequest", "REGISTERED IDLE UP RELEASING" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING RELEASING" },
		{ "s CONNECT-REFUSE", "RELEASING IDLE NONE RELEASING" },
		{ "o CONNECT-REFUSE", "REGISTERED IDLE UP NONE" },
		{ "s RELEASE", "RELEASING IDLE NONE RELEASING" },
		{ "o RELEASE", "REGISTERED IDLE UP NONE" },
		{ "s LOST", "RELEASING IDLE NONE RELEASING" },
		{ "o LOST", "REGISTERED IDLE UP NONE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING RELEASING" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING RELEASING" },
		{ "TRELOCalloc", "REGISTERED IDLE UP RELEASING" },
	} },
	{ to_commanded, "REGISTERED COMMANDED UP UP", {
		{ "s RelocationCancel", "REGISTERED IDLE UP RELEASING" },
		{ "o RelocationDetect", "REGISTERED DETECTED UP UP" },
		{ "o RelocationComplete", "AUTHENTICATION IDLE UP RELEASING" },
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING RELEASING" },
		{ "o Iu-ReleaseRequest", "REGISTERED IDLE UP RELEASING" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING RELEASING" },
		{ "s CONNECT-REFUSE", "REGISTERED COMMANDED NONE UP" },
		{ "o CONNECT-REFUSE", "REGISTERED IDLE UP NONE" },
		{ "s RELEASE", "REGISTERED COMMANDED NONE UP" },
		{ "o RELEASE", "REGISTERED IDLE UP NONE" },
		{ "s LOST", "REGISTERED COMMANDED NONE UP" },
		{ "o LOST", "REGISTERED IDLE UP NONE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING RELEASING" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING RELEASING" },
		{ "TRELOCcomplete", "RELEASING IDLE RELEASING RELEASING" },
	} },
	{ to_detected, "REGISTERED DETECTED UP UP", {
		{ "s RelocationCancel", "REGISTERED IDLE UP RELEASING" },
		{ "o RelocationComplete", "AUTHENTICATION IDLE UP RELEASING" },
		{ "s Iu-ReleaseRequest", "REGISTERED DETECTED RELEASING UP" },
		{ "o Iu-ReleaseRequest", "REGISTERED IDLE UP RELEASING" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING RELEASING" },
		{ "s CONNECT-REFUSE", "REGISTERED DETECTED NONE UP" },
		{ "o CONNECT-REFUSE", "REGISTERED IDLE UP NONE" },
		{ "s RELEASE", "REGISTERED DETECTED NONE UP" },
		{ "o RELEASE", "REGISTERED IDLE UP NONE" },
		{ "s LOST", "REGISTERED DETECTED NONE UP" },
		{ "o LOST", "REGISTERED IDLE UP NONE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING RELEASING" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING RELEASING" },
		{ "TRELOCcomplete", "RELEASING IDLE RELEASING RELEASING" },
	} },
	{ to_enhancing, "SECURITY IDLE UP RELEASING", {
		{ "s SecurityModeComplete", "REALLOCATION IDLE UP RELEASING" },
		{ "s SecurityModeReject", "SECURITY IDLE UP RELEASING" },
		{ "s Iu-ReleaseRequest", "RELEASING IDLE RELEASING RELEASING" },
		{ "o Iu-ReleaseComplete", "SECURITY IDLE UP NONE" },
		{ "s DetachRequest", "RELEASING IDLE RELEASING RELEASING" },
		{ "s CONNECT-REFUSE", "RELEASING IDLE NONE RELEASING" },
		{ "o CONNECT-REFUSE", "SECURITY IDLE UP NONE" },
		{ "s RELEASE", "RELEASING IDLE NONE RELEASING" },
		{ "o RELEASE", "SECURITY IDLE UP NONE" },
		{ "s LOST", "RELEASING IDLE NONE RELEASING" },
		{ "o LOST", "SECURITY IDLE UP NONE" },
		{ "order CANCEL", "RELEASING IDLE RELEASING RELEASING" },
		{ "order SUPERSEDED", "RELEASING IDLE RELEASING RELEASING" },
		{ "TSECURITY", "RELEASING IDLE RELEASING RELEASING" },
		{ "o TRELEASE", "SECURITY IDLE UP NONE" },
	} },
	{ to_alone, "REGISTERED COMMANDED NONE UP", {
		{ "o RelocationDetect", "REGISTERED DETECTED NONE UP" },
		{ "o RelocationComplete", "AUTHENTICATION IDLE UP NONE" },
		{ "o Iu-ReleaseRequest", "RELEASING IDLE NONE RELEASING" },
		{ "o CONNECT-REFUSE", "FREE" },
		{ "o RELEASE", "FREE" },
		{ "o LOST", "FREE" },
		{ "order CANCEL", "RELEASING IDLE NONE RELEASING" },
		{ "order SUPERSEDED", "RELEASING IDLE NONE RELEASING" },
		{ "TRELOCcomplete", "RELEASING IDLE NONE RELEASING" },
	} },
};
/* clang-format on */

/* "s *" is every event of the serving connection. */
static bool is(const char *event, const char *label)
{
	return !strcmp(event, label) || (event[2] == '*' && event[0] == label[0] && label[1] == ' ');
}

/* ---- the machines' own tables ---- */

enum machine { LINK_IU, LINK_RELOCATION, LINK_SECURITY, GMM, MACHINES };

static const char *iu_state(unsigned state)
{
	return iuplus_cn_iu_name(state);
}
static const char *relocation_state(unsigned state)
{
	return iuplus_cn_relocation_name(state);
}
static const char *security_state(unsigned state)
{
	return iuplus_cn_security_name(state);
}
static const char *gmm_state(unsigned state)
{
	return iuplus_cn_gmm_name(state);
}

#define NAMED(id, name) name,
static const char *iu_input(unsigned row)
{
	static const char *const names[] = { CN_LINK_IU_INPUTS(NAMED) };

	return names[row];
}

static const char *relocation_input(unsigned row)
{
	static const char *const names[] = { CN_LINK_R_INPUTS(NAMED) };

	return names[row];
}

static const char *security_input(unsigned row)
{
	static const char *const names[] = { CN_LINK_S_INPUTS(NAMED) };

	return names[row];
}

static const char *gmm_input(unsigned row)
{
	return iuplus_nas_type_name(cn_gmm_input_type(row));
}

static const struct proc_row *iu_row(unsigned state, unsigned row)
{
	return cn_link_iu_row(state, row);
}
static const struct proc_row *relocation_row(unsigned s, unsigned row)
{
	return cn_link_relocation_row(s, row);
}
static const struct proc_row *security_row(unsigned state, unsigned row)
{
	return cn_link_security_row(state, row);
}
static const struct proc_row *gmm_row(unsigned state, unsigned row)
{
	return cn_gmm_row(state, row);
}

/* Expiries are inputs like others here; no row is by timer. */
static bool no_timer(unsigned state)
{
	(void)state;
	return false;
}

/* clang-format off */
static const struct walk_table tables[MACHINES] = {
	[LINK_IU] = { "input", CN_LINK_IU_COUNT, iu_input, iu_row },
	[LINK_RELOCATION] = { "input", CN_LINK_R_COUNT, relocation_input, relocation_row },
	[LINK_SECURITY] = { "input", CN_LINK_S_COUNT, security_input, security_row },
	[GMM] = { "message", CN_GMM_INPUT_COUNT, gmm_input, gmm_row },
};
/* clang-format on */

/* clang-format off */
static const struct walk_machine machines[MACHINES] = {
	[LINK_IU] = { "Iu connection", IUPLUS_CN_IU_COUNT, iu_state, no_timer, &tables[LINK_IU], 1 },
	[LINK_RELOCATION] = { "relocation", IUPLUS_CN_RELOC_COUNT, relocation_state, no_timer, &tables[LINK_RELOCATION],
			      1 },
	[LINK_SECURITY] = { "security mode", IUPLUS_CN_SECURITY_COUNT, security_state, no_timer,
			    &tables[LINK_SECURITY], 1 },
	[GMM] = { "GMM", IUPLUS_CN_GMM_COUNT, gmm_state, no_timer, &tables[GMM], 1 },
};
/* clang-format on */

/* Which rows were walked. */
static bool walked[MACHINES][16][16];

static unsigned state_of(const struct iuplus_cn_ue *ue, enum machine machine, unsigned conn)
{
	switch (machine) {
	case LINK_IU:
		return ue->link.iu[conn].state;
	case LINK_RELOCATION:
		return ue->link.relocation;
	case LINK_SECURITY:
		return ue->link.security;
	default:
		return ue->gmm.state;
	}
}

/* The event of this label was the input row of a machine, of connection conn for LINK_IU. */
static void check(const struct world *w, const struct iuplus_cn_ue *before, enum machine machine, unsigned conn,
		  unsigned row, const char *label)
{
	static const struct proc_row gated = { PROC_DROP, 0, "ignored during the relocation" };
	unsigned state = state_of(before, machine, conn);
	struct walk_result result = { .rc = w->rc, .state = state_of(w->s.cn, machine, conn), .actions = &w->out };

	result.answered = true; /* by Error Indication (TS 25.413 clause 10) or GMM STATUS */
	if (machine == GMM && before->link.relocation != IUPLUS_CN_RELOC_IDLE && row != CN_GMM_DETACH_REQUEST &&
	    row != CN_GMM_GMM_STATUS)
		result.instead = &gated;
	walk_check(&machines[machine], &tables[machine], state, row, label, &result);
	if (!result.instead)
		walked[machine][state][row] = true;
}

static int find(const char *const *names, unsigned count, const char *name)
{
	unsigned i;

	for (i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return (int)i;
	return -1;
}

/* Which machines' input an event is, and whether each did what its row says. */
static void check_event(const struct world *w, const struct iuplus_cn_ue *before, const char *label)
{
	static const char *const from_serving[] = { "RelocationRequired", "RelocationCancel" };
	static const char *const from_target[] = { "RelocationRequestAcknowledge", "RelocationFailure",
						   "RelocationDetect", "RelocationComplete" };
	static const char *const gone[] = { "CONNECT-REFUSE", "RELEASE", "LOST" };
	static const char *const security[] = { "SecurityModeComplete", "SecurityModeReject" };
	const char *name = label + (label[1] == ' ' ? 2 : 0);
	bool serving = label[0] == 's';
	unsigned conn = before->link.serving ^ (label[1] == ' ' && !serving);
	enum iuplus_cn_iu iu = before->link.iu[conn].state;
	bool open = label[1] == ' ' && (iu == IUPLUS_CN_IU_UP || iu == IUPLUS_CN_IU_CONNECTING);
	bool message = open && before->link.opened;
	unsigned i;
	int row;

	if (!strcmp(name, "CONNECT-CONFIRM"))
		check(w, before, LINK_IU, conn, CN_LINK_IU_CONFIRMED, label);
	if (find(gone, 3, name) >= 0) {
		check(w, before, LINK_IU, conn, CN_LINK_IU_GONE, label);
		if (open)
			check(w, before, LINK_RELOCATION, conn,
			      serving ? CN_LINK_R_SERVING_GONE : CN_LINK_R_TARGET_GONE, label);
	}
	if (!strcmp(name, "Iu-ReleaseComplete") && iu == IUPLUS_CN_IU_RELEASING)
		check(w, before, LINK_IU, conn, CN_LINK_IU_COMPLETE, label);
	if (!strcmp(name, "TRELEASE"))
		check(w, before, LINK_IU, conn, CN_LINK_IU_EXPIRED, label);
	if (!strcmp(name, "order CANCEL") && before->gmm.state != IUPLUS_CN_GMM_RELEASING)
		for (i = 0; i < 2; i++)
			if (before->link.iu[i].state == IUPLUS_CN_IU_UP ||
			    before->link.iu[i].state == IUPLUS_CN_IU_CONNECTING)
				check(w, before, LINK_IU, i, CN_LINK_IU_RELEASE, label);
	if (!strcmp(name, "TRELOCalloc"))
		check(w, before, LINK_RELOCATION, 0, CN_LINK_R_ALLOC_EXPIRY, label);
	if (!strcmp(name, "TRELOCcomplete"))
		check(w, before, LINK_RELOCATION, 0, CN_LINK_R_COMPLETE_EXPIRY, label);
	if (!strcmp(name, "TSECURITY"))
		check(w, before, LINK_SECURITY, 0, CN_LINK_S_EXPIRY, label);
	if (!message)
		return;
	if (!strcmp(name, "Iu-ReleaseRequest"))
		check(w, before, LINK_RELOCATION, conn, serving ? CN_LINK_R_SERVING_RELEASE : CN_LINK_R_TARGET_GONE,
		      label);
	row = serving ? find(from_serving, 2, name) : find(from_target, 4, name);
	if (row >= 0)
		check(w, before, LINK_RELOCATION, conn,
		      (unsigned)row + (serving ? CN_LINK_R_REQUIRED : CN_LINK_R_ACKNOWLEDGE), label);
	row = find(security, 2, name);
	if (serving && row >= 0)
		check(w, before, LINK_SECURITY, conn, (unsigned)row + CN_LINK_S_COMPLETE, label);
	for (i = 0; serving && i < CN_GMM_INPUT_COUNT; i++)
		if (!strcmp(name, gmm_input(i)))
			check(w, before, GMM, conn, i, label);
}

/* The first message of a connection: GMM in NULL. */
static void check_first_messages(void)
{
	struct iuplus_cn_ue before;
	struct iuplus_nas_msg n;
	struct world w;
	unsigned i;

	for (i = 0; i < CN_GMM_INPUT_COUNT; i++) {
		world_init(&w);
		before = *w.s.cn;
		n = sample_nas(&w, cn_gmm_input_type(i));
		world_initial(&w, &n, 0);
		check(&w, &before, GMM, 0, i, "as the first message");
		world_end(&w);
	}
}

/* The UE has come on a second connection before the first one said anything: the first is no relocation's. */
static void check_second_connection(void)
{
	struct iuplus_ranap_msg m = ranap(IUPLUS_RANAP_IU_RELEASE_REQUEST);
	struct iuplus_nas_msg n = attach_request(IMSI_1, 0);
	struct iuplus_cn_ue before;
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	struct iuplus_ranap_msg initial = ranap(IUPLUS_RANAP_INITIAL_UE_MESSAGE);
	struct world w;
	size_t len;

	world_init(&w);
	world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_INDICATION, .peer = SOURCE_PEER });
	CU_ASSERT_EQUAL(iuplus_nas_encode(&n, IUPLUS_NAS_UPLINK, buf, sizeof(buf), &len), IUPLUS_OK);
	initial.u.initial_ue_message.domain = IUPLUS_DOMAIN_PS;
	initial.u.initial_ue_message.has_rac = true;
	initial.u.initial_ue_message.nas_pdu = (struct iuplus_octets){ buf, len };
	world_event(&w, (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_INDICATION,
						  .conn = 1,
						  .peer = TARGET_PEER,
						  .pdu = world_encode(&w, &initial) });
	before = *w.s.cn;
	m.u.iu_release_request.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	world_ranap(&w, 0, &m);
	check_event(&w, &before, "o Iu-ReleaseRequest");
	CU_ASSERT_EQUAL(w.s.cn->link.iu[0].state, IUPLUS_CN_IU_RELEASING);
	world_end(&w);
}

/* Every row that a handler serves was walked. GMM in RELEASING has none: on a connection being released the link drops
 * every message. */
static void check_all_walked(void)
{
	unsigned m, state, row;

	for (m = 0; m < MACHINES; m++)
		for (state = 0; state < machines[m].states; state++)
			for (row = 0; row < tables[m].rows; row++)
				if (tables[m].row(state, row)->answer == PROC_HANDLE && !walked[m][state][row]) {
					fprintf(stderr, "%s state %s, %s: not walked\n", machines[m].name,
						machines[m].state(state), tables[m].name(row));
					CU_FAIL("see above");
				}
}

static void test_walk(void)
{
	struct world_saved saved;
	char label[64], states[96];
	const struct base *b;
	struct iuplus_cn_ue before;
	const char *want;
	struct world w;
	size_t e, i;
	int waits;

	for (i = 0; i < MACHINES; i++)
		walk_complete(&machines[i]);
	check_first_messages();
	check_second_connection();
	for (b = bases; b < bases + sizeof(bases) / sizeof(bases[0]); b++) {
		world_init(&w);
		b->reach(&w);
		ASSERT_STATES(&w, b->states);
		saved = world_save(&w);
		for (e = 0; e < EVENTS; e++) {
			world_load(&w, &saved);
			before = *w.s.cn;
			play(&w, e, label);
			check_event(&w, &before, label);
			world_states(&w, states);
			want = b->states;
			for (i = 0; b->change[i].event; i++)
				if (is(b->change[i].event, label))
					want = b->change[i].states;
			if (strcmp(want, states)) {
				printf("%s: %s -> %s, want %s\n", b->states, label, states, want);
				CU_FAIL("another outcome");
			}
			/* An order that is not allowed in the state is rejected; every other event is accepted. */
			if (w.rc != IUPLUS_OK && (w.rc != IUPLUS_ERR_STATE || strncmp(label, "order", 5))) {
				printf("%s: %s returns %d\n", b->states, label, w.rc);
				CU_FAIL("a return code");
			}
			for (waits = 0; waits < 60 && world_wait(&w); waits++)
				;
			if (!w.s.freed) {
				printf("%s: %s -> %s -> %s\n", b->states, label, states, world_states(&w, states));
				CU_FAIL("it hangs");
			}
			/* After its end a context accepts every event and does nothing. */
			play(&w, e, label);
			CU_ASSERT_EQUAL(w.out.count, 0);
		}
		world_load(&w, &saved);
		world_end(&w);
	}
	check_all_walked();
}

/* The same pairs with less and less memory for the event: timers end the context even if messages are lost. */
static void test_scarce(void)
{
	struct world_saved saved;
	char label[64], states[96];
	const struct base *b;
	struct world w;
	size_t e, limit;
	int waits;

	for (b = bases; b < bases + sizeof(bases) / sizeof(bases[0]); b++) {
		world_init(&w);
		b->reach(&w);
		saved = world_save(&w);
		for (e = 0; e < EVENTS; e++)
			for (limit = 16; limit <= 16384; limit *= 2) {
				world_load(&w, &saved);
				iuplus_arena_init(&w.scarce, limit);
				play(&w, e, label);
				world_states(&w, states);
				if (w.rc && w.rc != IUPLUS_ERR_MEMORY && w.rc != IUPLUS_ERR_STATE) {
					printf("%s: %s with %zu octets returns %d\n", b->states, label, limit, w.rc);
					CU_FAIL("a return code");
				}
				iuplus_arena_free(&w.scarce);
				w.scarce.limit = 0;
				for (waits = 0; waits < 60 && world_wait(&w); waits++)
					;
				if (!w.s.freed) {
					printf("%s: %s with %zu octets -> %s -> %s\n", b->states, label, limit, states,
					       world_states(&w, (char[96]){ 0 }));
					CU_FAIL("it hangs");
				}
			}
		world_load(&w, &saved);
		world_end(&w);
	}
}

/* Long random sequences: events in any order, with occasional answers and timer expiries. IUPLUS_SEED repeats one. */
static void test_random(void)
{
	const char *env = getenv("IUPLUS_SEED");
	unsigned seed = env ? (unsigned)strtoul(env, NULL, 0) : 7, life, step, choice;
	struct iuplus_nas_msg n;
	char label[64], states[96];
	struct world w;
	int waits;

	for (life = 0; life < (env ? 1 : 400); life++, seed++) {
		world_init(&w);
		w.s.random = seed;
		n = attach_request(seed & 1 ? IMSI_1 : NULL, 0xc0000009);
		world_initial(&w, &n, seed & 2 ? KEYS_BIT : 0);
		for (step = 0; step < 80 && !w.s.freed; step++) {
			uint8_t r[2];

			world_random(&w, r, 2);
			choice = r[0] % 8;
			if (choice == 0)
				world_wait(&w);
			else if (choice < 4 && world_sent_nas(&w, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST, &n))
				world_authenticate(&w);
			else
				play(&w, (r[0] << 8 | r[1]) % EVENTS, label);
			if (w.s.cn->gmm.state == IUPLUS_CN_GMM_SECURITY && choice & 1)
				world_security_complete(&w);
			CU_ASSERT(w.rc == IUPLUS_OK || w.rc == IUPLUS_ERR_STATE);
			/* Protection implies keys, and while a relocation runs it has another Iu connection. */
			CU_ASSERT(!w.s.cn->link.keys.integrity_started || w.s.cn->link.keys.kind != IUPLUS_KEYS_NONE);
			CU_ASSERT(w.s.freed || w.s.cn->link.relocation == IUPLUS_CN_RELOC_IDLE ||
				  w.s.cn->link.iu[w.s.cn->link.serving ^ 1].state == IUPLUS_CN_IU_UP ||
				  w.s.cn->link.iu[w.s.cn->link.serving ^ 1].state == IUPLUS_CN_IU_CONNECTING);
		}
		for (waits = 0; waits < 60 && world_wait(&w); waits++)
			;
		if (!w.s.freed) {
			printf("IUPLUS_SEED=%u ends in %s\n", seed, world_states(&w, states));
			CU_FAIL("it hangs");
		}
		world_end(&w);
	}
}

/* ---- the manual shows the same ---- */

static const char *on(const char *event)
{
	return event[1] != ' ' ? "" : event[0] == 's' ? "serving: " : "other: ";
}

static void test_document(void)
{
	struct walk_text *text = calloc(1, sizeof(*text));
	const struct base *b;
	size_t i;

	if (!text)
		return;
	walk_print(text, "| timer | default, ms | what starts it |\n| --- | --- | --- |\n");
/* clang-format off */
#define ROW(id, ms, name, key, runs, expired, what) walk_print(text, "| %s | %u | %s |\n", name, ms, what);
	/* clang-format on */
	IUPLUS_CN_TIMERS(ROW)
#undef ROW
	for (i = 0; i < MACHINES; i++)
		walk_print_machine(text, &machines[i], machines[i].states - (i == GMM)); /* not RELEASING */
	walk_print(text, "\n## A context as a whole\n");
	for (b = bases; b < bases + sizeof(bases) / sizeof(bases[0]); b++) {
		walk_print(text, "\n### %s\n\n| event | then |\n| --- | --- |\n", b->states);
		for (i = 0; b->change[i].event; i++)
			walk_print(text, "| %s%s | %s |\n", on(b->change[i].event),
				   b->change[i].event + (*on(b->change[i].event) ? 2 : 0), b->change[i].states);
	}
	walk_document("doc/core.md", text);
	free(text);
}

/* The manual page has the section [timers] that the lists make. */
static void test_manual(void)
{
	struct walk_text *text = calloc(1, sizeof(*text));

	if (!text)
		return;
	walk_print(text, ".SS [timers]\nIn milliseconds; 0 is the default.\n");
/* clang-format off */
#define ROW(id, ms, name, key, runs, expired, what) walk_print(text, ".TP\n.B %s\n%s: %s (%u)\n", key, name, what, ms);
	/* clang-format on */
	IUPLUS_CN_TIMERS(ROW)
#undef ROW
	walk_print(text, ".SS ");
	walk_document("doc/iuplus-sgsn.1", text);
	free(text);
}

/* The manual's table of the ways to enhanced keys is the machine's. */
static void test_ways(void)
{
	static const char *const ways[] = { "authentication", "command", "the keys stay" };
	struct walk_text *text = calloc(1, sizeof(*text));

	if (!text)
		return;
	walk_print(text, "| vector | `aka auto` | `aka always` | `aka never` |\n| --- | --- | --- | --- |\n");
/* clang-format off */
#define ROW(id, name, what) walk_print(text, "| %s: %s | %s | %s | %s |\n", name, what, \
				       ways[iuplus_cn_way(IUPLUS_CN_AKA_AUTO, IUPLUS_CN_VECTOR_##id)], \
				       ways[iuplus_cn_way(IUPLUS_CN_AKA_ALWAYS, IUPLUS_CN_VECTOR_##id)], \
				       ways[iuplus_cn_way(IUPLUS_CN_AKA_NEVER, IUPLUS_CN_VECTOR_##id)]);
	/* clang-format on */
	IUPLUS_CN_VECTOR_STATES(ROW)
#undef ROW
	walk_document("doc/core.md", text);
	free(text);
}

/* Every line of the table matches an event. */
static void test_table(void)
{
	static bool used[sizeof(bases) / sizeof(bases[0])][32];
	char label[64];
	struct world w;
	size_t b, e, i;

	for (b = 0; b < sizeof(bases) / sizeof(bases[0]); b++)
		for (e = 0; e < EVENTS; e++) {
			world_init(&w);
			bases[b].reach(&w);
			play(&w, e, label);
			for (i = 0; bases[b].change[i].event; i++)
				used[b][i] |= is(bases[b].change[i].event, label);
			world_end(&w);
		}
	for (b = 0; b < sizeof(bases) / sizeof(bases[0]); b++)
		for (i = 0; bases[b].change[i].event; i++)
			if (!used[b][i]) {
				printf("%s: no event %s\n", bases[b].states, bases[b].change[i].event);
				CU_FAIL("a line of the table");
			}
}

IUPLUS_CUNIT_MAIN("core, every state and event", { "walk", test_walk }, { "table", test_table },
		  { "scarce memory", test_scarce }, { "random lives", test_random }, { "document", test_document },
		  { "manual page", test_manual }, { "ways to enhanced keys", test_ways })
