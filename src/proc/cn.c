/* SPDX-License-Identifier: BSD-2-Clause */
/* cn.c: the core's machine as a whole: each event and message to its procedure. */
#include <string.h>

#include "src/proc/cn_int.h"

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

static void on_security_complete(struct cn *c, const struct iuplus_ranap_msg *m)
{
	if (cn_on_security_complete(c, m))
		cn_secured(c);
}

static void on_security_reject(struct cn *c, const struct iuplus_ranap_msg *m)
{
	cn_on_security_reject(c, m->u.security_mode_reject.cause);
}

static void on_iu_release_request(struct cn *c, const struct iuplus_ranap_msg *m)
{
	cn_relocation(c, c->conn == c->ue->serving ? CN_R_SERVING_RELEASE : CN_R_TARGET_GONE, m,
		      m->u.iu_release_request.cause);
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
	{ IUPLUS_RANAP_SECURITY_MODE_COMPLETE, SERVING, on_security_complete },
	{ IUPLUS_RANAP_SECURITY_MODE_REJECT, SERVING, on_security_reject },
	{ IUPLUS_RANAP_RELOCATION_REQUIRED, SERVING, on_required },
	{ IUPLUS_RANAP_RELOCATION_CANCEL, SERVING, on_cancel },
	{ IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE, TARGET, on_acknowledge },
	{ IUPLUS_RANAP_RELOCATION_FAILURE, TARGET, on_failure },
	{ IUPLUS_RANAP_RELOCATION_DETECT, TARGET, on_detect },
	{ IUPLUS_RANAP_RELOCATION_COMPLETE, TARGET, on_complete },
	{ IUPLUS_RANAP_IU_RELEASE_REQUEST, SERVING | TARGET, on_iu_release_request },
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
	proc_end(&c.p);
	return rc ? rc : c.p.rc;
}
