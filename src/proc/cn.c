/* SPDX-License-Identifier: BSD-2-Clause */
/* cn.c: the core's machine as a whole: configuration, events to the procedures, actions, state changes, names. */
#include <string.h>

#include "src/proc/act.h"
#include "src/proc/cn_int.h"

/* ---- timers, names, configuration ---- */

static const struct {
	const char *name;
	uint32_t ms;
} timers[IUPLUS_CN_TIMER_COUNT] = {
	[IUPLUS_CN_T3350] = { "T3350", 6000 },		/* TS 24.008 table 11.4 */
	[IUPLUS_CN_T3360] = { "T3360", 6000 },
	[IUPLUS_CN_T3370] = { "T3370", 6000 },
	[IUPLUS_CN_T3322] = { "T3322", 6000 },
	[IUPLUS_CN_TRELOCALLOC] = { "TRELOCalloc", 5000 },	/* TS 25.413 9.5 leaves the lengths open */
	[IUPLUS_CN_TRELOCCOMPLETE] = { "TRELOCcomplete", 10000 },
	[IUPLUS_CN_TSECURITY] = { "TSECURITY", 15000 },
	[IUPLUS_CN_TRELEASE_0] = { "TRELEASE-0", 5000 },
	[IUPLUS_CN_TRELEASE_1] = { "TRELEASE-1", 5000 },
	[IUPLUS_CN_TWAIT] = { "TWAIT", 600000 },
};

uint32_t iuplus_cn_timer_default(enum iuplus_cn_timer timer)
{
	return (unsigned)timer < IUPLUS_CN_TIMER_COUNT ? timers[timer].ms : 0;
}

const char *iuplus_cn_timer_name(enum iuplus_cn_timer timer)
{
	return (unsigned)timer < IUPLUS_CN_TIMER_COUNT ? timers[timer].name : "?";
}

const char *iuplus_cn_event_name(enum iuplus_cn_event_kind kind)
{
	static const char *const names[IUPLUS_CN_EV_COUNT] = {
		"CONNECT-INDICATION", "CONNECT-CONFIRM", "CONNECT-REFUSE", "DATA", "RELEASE", "LOST", "TIMER", "DETACH",
		"REALLOCATE", "AUTHENTICATE", "CANCEL", "SUPERSEDED",
	};

	return (unsigned)kind < IUPLUS_CN_EV_COUNT ? names[kind] : "?";
}

const char *iuplus_cn_gmm_name(enum iuplus_cn_gmm state)
{
	static const char *const names[IUPLUS_CN_GMM_COUNT] = {
		"NULL", "IDENTITY", "AUTHENTICATION", "SECURITY", "ACCEPT", "REGISTERED", "REALLOCATION", "DETACHING",
		"RELEASING",
	};

	return (unsigned)state < IUPLUS_CN_GMM_COUNT ? names[state] : "?";
}

const char *iuplus_cn_relocation_name(enum iuplus_cn_relocation state)
{
	static const char *const names[IUPLUS_CN_RELOC_COUNT] = { "IDLE", "ALLOCATION", "COMMANDED", "DETECTED" };

	return (unsigned)state < IUPLUS_CN_RELOC_COUNT ? names[state] : "?";
}

const char *iuplus_cn_iu_name(enum iuplus_cn_iu state)
{
	static const char *const names[IUPLUS_CN_IU_COUNT] = { "NONE", "CONNECTING", "UP", "RELEASING" };

	return (unsigned)state < IUPLUS_CN_IU_COUNT ? names[state] : "?";
}

int iuplus_cn_config_check(const struct iuplus_cn_config *config, const char **why)
{
	size_t i, k;

	*why = NULL;
	if (!config->uia_count || config->uia_count > 2)
		*why = "one or two integrity algorithms: integrity protection is mandatory in UTRAN";
	else if (!config->uea_count || config->uea_count > 3)
		*why = "one to three encryption algorithms; 0 stands for no encryption";
	else if (config->vectors > IUPLUS_CN_MAX_VECTORS)
		*why = "at most five vectors at once";
	else if ((unsigned)config->aka > IUPLUS_CN_AKA_NEVER)
		*why = "aka is auto, always or never";
	else if (config->rnc_count && !config->rnc)
		*why = "a table of RNCs";
	for (i = 0; !*why && i < config->uia_count; i++)
		if (config->uia[i] < 1 || config->uia[i] > 2)
			*why = "integrity algorithms are 1 (UIA1) and 2 (UIA2)";
	for (i = 0; !*why && i < config->uea_count; i++)
		if (config->uea[i] > 2)
			*why = "encryption algorithms are 0, 1 (UEA1) and 2 (UEA2)";
	for (i = 0; !*why && i < config->rnc_count; i++) {
		if (config->rnc[i].rnc_id > 4095)
			*why = "an RNC-ID is 0 to 4095";
		for (k = 0; k < i; k++)
			if (config->rnc[k].rnc_id == config->rnc[i].rnc_id)
				*why = "every RNC has an RNC-ID of its own";
	}
	return *why ? IUPLUS_ERR_ARGUMENT : IUPLUS_OK;
}

/* ---- actions ---- */

void cn_timer_start(struct cn *c, enum iuplus_cn_timer timer)
{
	proc_timer_start(&c->p, timer, timers[timer].name, c->cfg->timer_ms[timer] ? c->cfg->timer_ms[timer] : timers[timer].ms);
}

void cn_timer_stop(struct cn *c, enum iuplus_cn_timer timer)
{
	proc_timer_stop(&c->p, timer, timers[timer].name);
}

static int send(struct cn *c, enum iuplus_proc_act kind, unsigned conn, const struct iuplus_ranap_msg *msg,
		enum iuplus_proc_step step)
{
	struct iuplus_proc_action *act;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(msg, c->p.flags, c->p.env->arena, &pdu);

	if (rc) {
		proc_failure(&c->p, "%s could not be encoded: %s", iuplus_ranap_name(msg), iuplus_strrc(rc));
		if (rc == IUPLUS_ERR_MEMORY)
			c->p.rc = rc;
		return rc;
	}
	act = proc_act(&c->p, kind);
	act->conn = conn;
	act->peer = c->ue->iu[conn].peer;
	act->pdu = pdu;
	act->message = iuplus_ranap_name(msg);
	act->step = step;
	return IUPLUS_OK;
}

int cn_send(struct cn *c, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step)
{
	if (c->ue->iu[conn].state == IUPLUS_CN_IU_UP || c->ue->iu[conn].state == IUPLUS_CN_IU_RELEASING)
		return send(c, IUPLUS_ACT_IU_SEND, conn, msg, step);
	proc_failure(&c->p, "%s is not sent: connection %u does not stand", iuplus_ranap_name(msg), conn);
	return IUPLUS_ERR_STATE;
}

int cn_connect(struct cn *c, unsigned conn, unsigned peer, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step)
{
	int rc;

	c->ue->iu[conn].peer = peer;
	rc = send(c, IUPLUS_ACT_IU_CONNECT, conn, msg, step);
	if (rc)
		return rc;
	cn_set_iu(c, conn, IUPLUS_CN_IU_CONNECTING);
	c->ue->iu[conn].has_sig_con_id = true;
	c->ue->iu[conn].sig_con_id = c->ue->iu_sig_con_id;
	return IUPLUS_OK;
}

int cn_send_nas(struct cn *c, const struct iuplus_nas_msg *msg, enum iuplus_proc_step step)
{
	struct iuplus_ranap_msg dt;
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	size_t len;
	int rc = iuplus_nas_encode(msg, IUPLUS_NAS_DOWNLINK, buf, sizeof(buf), &len);

	if (rc) {
		proc_failure(&c->p, "%s could not be encoded: %s", iuplus_nas_type_name(msg->type), iuplus_strrc(rc));
		return rc;
	}
	memset(&dt, 0, sizeof(dt));
	dt.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
	dt.u.direct_transfer.nas_pdu = (struct iuplus_octets){ buf, len };
	dt.u.direct_transfer.has_sapi = true;	/* present towards the UE (TS 25.413 9.1.34); 0: no SMS */
	return cn_send(c, c->ue->serving, &dt, step);
}

void cn_answer(struct cn *c, unsigned conn, const struct iuplus_ranap_problem *problem)
{
	struct iuplus_ranap_msg answer;

	if (iuplus_ranap_answer(problem, &answer) == IUPLUS_OK)
		cn_send(c, conn, &answer, IUPLUS_STEP_NONE);
}

bool cn_report(const struct cn *c, struct iuplus_ranap_diagnostics *diagnostics)
{
	if (c->report)
		*diagnostics = c->report->diagnostics;
	return c->report != NULL;
}

void cn_logical_error(struct cn *c, unsigned conn, const struct iuplus_ranap_msg *msg, uint16_t cause)
{
	struct iuplus_ranap_problem problem;

	proc_failure(&c->p, "%s on connection %u is refused: %s (GMM %s, relocation %s)", iuplus_ranap_name(msg), conn,
		   iuplus_ranap_cause_name(cause), iuplus_cn_gmm_name(c->ue->gmm),
		   iuplus_cn_relocation_name(c->ue->relocation));
	if (iuplus_ranap_logical_error(msg, cause, &problem) == IUPLUS_OK)
		cn_answer(c, conn, &problem);
}

void cn_keys(struct cn *c)
{
	proc_act(&c->p, IUPLUS_ACT_KEYS)->keys = c->ue->keys;
}

/* ---- states ---- */

int cn_gmm_timer(enum iuplus_cn_gmm state)
{
	static const int timer[IUPLUS_CN_GMM_COUNT] = {
		[IUPLUS_CN_NULL] = IUPLUS_CN_TWAIT,
		[IUPLUS_CN_IDENTITY] = IUPLUS_CN_T3370,
		[IUPLUS_CN_AUTHENTICATION] = IUPLUS_CN_T3360,
		[IUPLUS_CN_SECURITY] = IUPLUS_CN_TSECURITY,
		[IUPLUS_CN_ACCEPT] = IUPLUS_CN_T3350,
		[IUPLUS_CN_REGISTERED] = IUPLUS_CN_TWAIT,
		[IUPLUS_CN_REALLOCATION] = IUPLUS_CN_T3350,
		[IUPLUS_CN_DETACHING] = IUPLUS_CN_T3322,
		[IUPLUS_CN_RELEASING] = -1,		/* TRELEASE runs for each connection */
	};

	return timer[state];
}

void cn_set_gmm(struct cn *c, enum iuplus_cn_gmm state)
{
	int before = cn_gmm_timer(c->ue->gmm), after = cn_gmm_timer(state);

	if (before >= 0 && before != after)
		cn_timer_stop(c, (enum iuplus_cn_timer)before);
	if (after >= 0)
		cn_timer_start(c, (enum iuplus_cn_timer)after);
	c->ue->gmm = state;
	c->ue->tries = 0;
}

void cn_set_relocation(struct cn *c, enum iuplus_cn_relocation state)
{
	static const int timer[IUPLUS_CN_RELOC_COUNT] = {
		[IUPLUS_CN_RELOC_IDLE] = -1,
		[IUPLUS_CN_RELOC_ALLOCATION] = IUPLUS_CN_TRELOCALLOC,
		[IUPLUS_CN_RELOC_COMMANDED] = IUPLUS_CN_TRELOCCOMPLETE,
		[IUPLUS_CN_RELOC_DETECTED] = IUPLUS_CN_TRELOCCOMPLETE,
	};
	int before = timer[c->ue->relocation], after = timer[state];

	if (before != after && before >= 0)
		cn_timer_stop(c, (enum iuplus_cn_timer)before);
	if (before != after && after >= 0)
		cn_timer_start(c, (enum iuplus_cn_timer)after);
	c->ue->relocation = state;
}

void cn_set_iu(struct cn *c, unsigned conn, enum iuplus_cn_iu state)
{
	enum iuplus_cn_timer timer = conn ? IUPLUS_CN_TRELEASE_1 : IUPLUS_CN_TRELEASE_0;

	if (state == IUPLUS_CN_IU_RELEASING)
		cn_timer_start(c, timer);
	else if (c->ue->iu[conn].state == IUPLUS_CN_IU_RELEASING)
		cn_timer_stop(c, timer);
	c->ue->iu[conn].state = state;
	if (state == IUPLUS_CN_IU_NONE)
		c->ue->iu[conn].rnc_enhanced = c->ue->iu[conn].has_sig_con_id = false;
}

void iuplus_cn_ue_init(struct iuplus_cn_ue *ue, const struct iuplus_cn_config *config,
		       const struct iuplus_cn_subscribers *subscribers, const struct iuplus_cn_auc *auc, uint32_t id)
{
	memset(ue, 0, sizeof(*ue));
	ue->config = config;
	ue->subscribers = subscribers;
	ue->auc = auc ? auc : &iuplus_cn_auc_local;
	ue->iu_sig_con_id = 0x800000 | (id & 0x7fffff);	/* TS 25.413 9.2.1.38: the core's */
	ue->cksn = IUPLUS_CN_NO_KEY;
}

void iuplus_cn_ue_end(struct iuplus_cn_ue *ue)
{
	if (ue->subscriber && ue->subscriber->context == ue)
		ue->subscriber->context = NULL;
	iuplus_security_wipe(ue, sizeof(*ue));
	ue->ended = true;
}

/* ---- RANAP messages ---- */

/* On which connection a message may come: the serving one, the target of a relocation, one that is being released. */
enum role {
	SERVING = 1,
	TARGET = 2,
	LEAVING = 4
};

static enum role role(const struct iuplus_cn_ue *ue, unsigned conn)
{
	if (ue->iu[conn].state == IUPLUS_CN_IU_RELEASING)
		return LEAVING;
	return conn == ue->serving ? SERVING : TARGET;
}

static void on_initial(struct cn *c, const struct iuplus_ranap_msg *m)
{
	const struct iuplus_ranap_initial_ue_message *i = &m->u.initial_ue_message;

	if (c->ue->gmm != IUPLUS_CN_NULL || i->domain != IUPLUS_DOMAIN_PS) {
		cn_logical_error(c, c->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
		if (c->ue->gmm == IUPLUS_CN_NULL)
			cn_release_all(c, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, "not of the packet domain");
		return;
	}
	c->ue->iu[c->conn].has_sig_con_id = true;
	c->ue->iu[c->conn].sig_con_id = i->iu_sig_con_id;
	if (c->cfg->enhanced && i->has_ue_capability) {
		/* Only an RNC+ can know what the phone said, so this tells about both. */
		c->ue->iu[c->conn].rnc_enhanced = true;
		c->ue->ue_capability = i->ue_capability;
		c->ue->ue_enhanced = i->ue_capability & IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
	}
	cn_on_nas(c, i->nas_pdu);
}

static void on_direct_transfer(struct cn *c, const struct iuplus_ranap_msg *m)
{
	cn_on_nas(c, m->u.direct_transfer.nas_pdu);
}

static void on_security_reject(struct cn *c, const struct iuplus_ranap_msg *m)
{
	cn_on_security_reject(c, m->u.security_mode_reject.cause);
}

static void on_iu_release_complete(struct cn *c, const struct iuplus_ranap_msg *m)
{
	(void)m;
	cn_iu(c, c->conn, CN_IU_COMPLETE, 0, IUPLUS_STEP_NONE);
}

static void on_error_indication(struct cn *c, const struct iuplus_ranap_msg *m)
{
	const struct iuplus_ranap_error_indication *e = &m->u.error_indication;

	/* What it was about is supervised by a timer (TS 25.413 8.27.2: the receiver's actions are its own). */
	proc_failure(&c->p, "Error Indication on connection %u: %s", c->conn,
		   e->has_cause ? iuplus_ranap_cause_name(e->cause) : "no cause");
}

#define RELOCATION(name, input, member)							\
	static void name(struct cn *c, const struct iuplus_ranap_msg *m)		\
	{										\
		cn_relocation(c, input, m, member);					\
	}
RELOCATION(on_required, CN_R_REQUIRED, m->u.relocation_required.cause)
RELOCATION(on_cancel, CN_R_CANCEL, m->u.relocation_cancel.cause)
RELOCATION(on_acknowledge, CN_R_ACKNOWLEDGE, 0)
RELOCATION(on_failure, CN_R_FAILURE, m->u.relocation_failure.cause)
RELOCATION(on_detect, CN_R_DETECT, 0)
RELOCATION(on_complete, CN_R_COMPLETE, 0)

/* Message -> who may send it -> who deals with it. What is not here, or comes in another role, is a logical error; on a
 * connection that is being released it is late, and dropped. */
static const struct {
	unsigned kind;
	unsigned roles;
	void (*fn)(struct cn *c, const struct iuplus_ranap_msg *m);
} messages[] = {
	{ IUPLUS_RANAP_INITIAL_UE_MESSAGE, SERVING, on_initial },
	{ IUPLUS_RANAP_DIRECT_TRANSFER, SERVING, on_direct_transfer },
	{ IUPLUS_RANAP_SECURITY_MODE_COMPLETE, SERVING, cn_on_security_complete },
	{ IUPLUS_RANAP_SECURITY_MODE_REJECT, SERVING, on_security_reject },
	{ IUPLUS_RANAP_RELOCATION_REQUIRED, SERVING, on_required },
	{ IUPLUS_RANAP_RELOCATION_CANCEL, SERVING, on_cancel },
	{ IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE, TARGET, on_acknowledge },
	{ IUPLUS_RANAP_RELOCATION_FAILURE, TARGET, on_failure },
	{ IUPLUS_RANAP_RELOCATION_DETECT, TARGET, on_detect },
	{ IUPLUS_RANAP_RELOCATION_COMPLETE, TARGET, on_complete },
	{ IUPLUS_RANAP_IU_RELEASE_REQUEST, SERVING | TARGET, cn_on_iu_release_request },
	{ IUPLUS_RANAP_IU_RELEASE_COMPLETE, LEAVING, on_iu_release_complete },
	{ IUPLUS_RANAP_ERROR_INDICATION, SERVING | TARGET | LEAVING, on_error_indication },
};

/* A faulty message that was the answer to a procedure of ours: the procedure has failed (TS 25.413 10.3.4.2, 10.5). */
static void failed_answer(struct cn *c, unsigned kind, uint16_t cause)
{
	enum role r = role(c->ue, c->conn);

	if ((kind == IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE || kind == IUPLUS_RANAP_RELOCATION_FAILURE) &&
	    r == TARGET && c->ue->relocation == IUPLUS_CN_RELOC_ALLOCATION)
		cn_relocation(c, CN_R_FAILURE, NULL, cause);
	else if ((kind == IUPLUS_RANAP_SECURITY_MODE_COMPLETE || kind == IUPLUS_RANAP_SECURITY_MODE_REJECT) &&
		 r == SERVING && c->ue->gmm == IUPLUS_CN_SECURITY)
		cn_on_security_reject(c, cause);
	else if (kind == IUPLUS_RANAP_IU_RELEASE_COMPLETE && r == LEAVING)
		cn_iu(c, c->conn, CN_IU_COMPLETE, 0, IUPLUS_STEP_NONE);
	else if (c->ue->gmm == IUPLUS_CN_NULL)
		cn_release_all(c, cause ? cause : IUPLUS_RANAP_CAUSE_UNSPECIFIED, "the first message was not usable");
}

static void on_message(struct cn *c, const struct iuplus_ranap_msg *m)
{
	enum role r = role(c->ue, c->conn);
	size_t i;

	if (c->ue->gmm == IUPLUS_CN_NULL && m->kind != IUPLUS_RANAP_INITIAL_UE_MESSAGE) {
		cn_logical_error(c, c->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
		cn_release_all(c, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, "the first message was not a phone's");
		return;
	}
	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		if (messages[i].kind != m->kind || !(messages[i].roles & r))
			continue;
		messages[i].fn(c, m);
		return;
	}
	if (r == LEAVING)
		proc_failure(&c->p, "%s came after the release of connection %u", iuplus_ranap_name(m), c->conn);
	else
		cn_logical_error(c, c->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
}

static void on_ranap(struct cn *c, struct iuplus_octets pdu)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	int rc = iuplus_ranap_decode(pdu, c->p.flags, c->p.env->arena, &m, &problem);

	if (rc) {
		proc_failure(&c->p, "a RANAP message on connection %u is refused: %s at bit %zu%s%s", c->conn,
			   iuplus_strrc(rc), problem.bit, problem.path ? ", " : "", problem.path ? problem.path : "");
		if (rc == IUPLUS_ERR_MEMORY) {
			c->p.rc = rc;
			goto out;
		}
		cn_answer(c, c->conn, &problem);
		failed_answer(c, problem.kind, problem.cause);
		goto out;
	}
	if (problem.answer == IUPLUS_RANAP_ANSWER_ERROR_INDICATION)
		cn_answer(c, c->conn, &problem);
	/* Which only an answer that is given at once can carry. */
	c->report = problem.answer == IUPLUS_RANAP_ANSWER_REPORT ? &problem : NULL;
	on_message(c, &m);
	c->report = NULL;
out:
	iuplus_security_wipe(&m, sizeof(m));	/* a container may have had keys in it */
}

/* ---- events ---- */

static void on_timer(struct cn *c, enum iuplus_cn_timer timer)
{
	switch (timer) {
	case IUPLUS_CN_TRELOCALLOC:
		cn_relocation(c, CN_R_ALLOC_EXPIRY, NULL, IUPLUS_RANAP_CAUSE_TRELOCALLOC_EXPIRY);
		break;
	case IUPLUS_CN_TRELOCCOMPLETE:
		cn_relocation(c, CN_R_COMPLETE_EXPIRY, NULL, IUPLUS_RANAP_CAUSE_TRELOCCOMPLETE_EXPIRY);
		break;
	case IUPLUS_CN_TRELEASE_0:
	case IUPLUS_CN_TRELEASE_1:
		cn_iu(c, timer == IUPLUS_CN_TRELEASE_1, CN_IU_EXPIRED, 0, IUPLUS_STEP_NONE);
		break;
	default:
		cn_gmm_expiry(c, timer);
		break;
	}
}

/* A connection ended without being asked to. */
static void on_gone(struct cn *c, const char *how)
{
	enum iuplus_cn_iu before = c->ue->iu[c->conn].state;

	if (before == IUPLUS_CN_IU_NONE)
		return;
	cn_iu(c, c->conn, CN_IU_GONE, 0, IUPLUS_STEP_NONE);
	if (before == IUPLUS_CN_IU_RELEASING || c->ue->ended)
		return;
	proc_failure(&c->p, "Iu connection %u %s", c->conn, how);
	cn_relocation(c, c->conn == c->ue->serving ? CN_R_SERVING_GONE : CN_R_TARGET_GONE, NULL, 0);
}

static int on_order(struct cn *c, enum iuplus_cn_event_kind kind)
{
	switch (kind) {
	case IUPLUS_CN_EV_DETACH:
		return cn_order_detach(c);
	case IUPLUS_CN_EV_REALLOCATE:
		return cn_order_reallocate(c);
	case IUPLUS_CN_EV_AUTHENTICATE:
		return cn_order_authenticate(c);
	case IUPLUS_CN_EV_CANCEL:
		cn_release_all(c, IUPLUS_RANAP_CAUSE_OM_INTERVENTION, "cancelled by order");
		return IUPLUS_OK;
	default:
		cn_release_all(c, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE, "the phone has come back on another connection");
		return IUPLUS_OK;
	}
}

int iuplus_cn_event(struct iuplus_cn_ue *ue, const struct iuplus_proc_env *env, const struct iuplus_cn_event *event,
		    struct iuplus_proc_actions *out)
{
	struct cn c;
	int rc = IUPLUS_OK;

	if ((unsigned)event->kind >= IUPLUS_CN_EV_COUNT || event->conn > 1 ||
	    (event->kind == IUPLUS_CN_EV_TIMER && (unsigned)event->timer >= IUPLUS_CN_TIMER_COUNT))
		return IUPLUS_ERR_ARGUMENT;
	if (ue->ended)
		return IUPLUS_OK;
	memset(&c, 0, sizeof(c));
	c.ue = ue;
	c.cfg = ue->config;
	c.p.domain = IUPLUS_DOMAIN_PS;
	c.p.env = env;
	c.p.out = out;
	c.p.flags = ue->config->enhanced ? 0 : IUPLUS_RANAP_LEGACY;
	c.conn = event->conn;
	switch (event->kind) {
	case IUPLUS_CN_EV_CONNECT_INDICATION:
		if (ue->iu[event->conn].state != IUPLUS_CN_IU_NONE || ue->gmm != IUPLUS_CN_NULL)
			return IUPLUS_ERR_ARGUMENT;
		ue->serving = event->conn;
		ue->iu[event->conn].peer = event->peer;
		cn_set_iu(&c, event->conn, IUPLUS_CN_IU_UP);
		/* Without a message it comes as DATA; TWAIT sees to a peer that never sends one. */
		cn_timer_start(&c, IUPLUS_CN_TWAIT);
		if (event->pdu.len)
			on_ranap(&c, event->pdu);
		break;
	case IUPLUS_CN_EV_CONNECT_CONFIRM:
		cn_iu(&c, event->conn, CN_IU_CONFIRMED, 0, IUPLUS_STEP_NONE);
		if (event->pdu.len && ue->iu[event->conn].state == IUPLUS_CN_IU_UP)
			on_ranap(&c, event->pdu);
		break;
	case IUPLUS_CN_EV_CONNECT_REFUSE:
		on_gone(&c, "was refused");
		break;
	case IUPLUS_CN_EV_DATA:
		if (ue->iu[event->conn].state == IUPLUS_CN_IU_NONE)
			break;
		/* Data on a connection that was asked for says that it stands. */
		cn_iu(&c, event->conn, CN_IU_CONFIRMED, 0, IUPLUS_STEP_NONE);
		on_ranap(&c, event->pdu);
		break;
	case IUPLUS_CN_EV_RELEASE:
		on_gone(&c, "was released by the RNC");
		break;
	case IUPLUS_CN_EV_LOST:
		on_gone(&c, "is lost");
		break;
	case IUPLUS_CN_EV_TIMER:
		on_timer(&c, event->timer);
		break;
	default:
		rc = on_order(&c, event->kind);
		break;
	}
	iuplus_security_wipe(&c.p.spill, sizeof(c.p.spill));
	return rc ? rc : c.p.rc;
}
