/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link.c: what arrives on Iu, to the procedure that it belongs to. */
#include "src/proc/cn_link.h"

/* ---- RANAP messages ---- */

/* Roles of a connection: the serving one, the target of a relocation, one that is being released. */
enum role { SERVING = 1, TARGET = 2, LEAVING = 4 };

static enum role role(const struct cn_link *l)
{
	if (l->ue->iu[l->conn].state == IUPLUS_CN_IU_RELEASING || l->ue->iu[l->conn].state == IUPLUS_CN_IU_ABANDONED)
		return LEAVING;
	return l->conn == l->ue->serving ? SERVING : TARGET;
}

/* What the configuration says of the RNC at the other end of l->conn. */
static enum iuplus_cn_capability configured(const struct cn_link *l)
{
	size_t i;

	for (i = 0; i < l->cfg->rnc_count; i++)
		if (l->cfg->rnc[i].peer == l->ue->iu[l->conn].peer)
			return l->cfg->rnc[i].capability;
	return IUPLUS_CN_CAPABILITY_UNKNOWN;
}

static void on_initial(struct cn_link *l, const struct iuplus_ranap_msg *m)
{
	const struct iuplus_ranap_initial_ue_message *i = &m->u.initial_ue_message;
	bool first = !l->ue->opened;

	if (!first || i->domain != l->cfg->domain) {
		cn_link_logical_error(l, l->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
		if (first)
			cn_link_release_all(l, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, "not of this domain");
		return;
	}
	l->ue->opened = true;
	l->ue->iu[l->conn].has_sig_con_id = true;
	l->ue->iu[l->conn].sig_con_id = i->iu_sig_con_id;
	if (cn_link_hierarchy(l->cfg)) {
		/* Only an RNC+ can pass on what the UE signalled, so the element tells about both. */
		l->ue->iu[l->conn].rnc_enhanced =
			i->has_ue_capability || configured(l) == IUPLUS_CN_CAPABILITY_ENHANCED;
		cn_link_hear(l, i->has_ue_capability ? i->ue_capability : 0);
	}
	l->outcome = CN_LINK_NAS;
	l->nas = i->nas_pdu;
}

static void on_direct_transfer(struct cn_link *l, const struct iuplus_ranap_msg *m)
{
	l->outcome = CN_LINK_NAS;
	l->nas = m->u.direct_transfer.nas_pdu;
}

static void on_iu_release_request(struct cn_link *l, const struct iuplus_ranap_msg *m)
{
	cn_link_relocation(l, l->conn == l->ue->serving ? CN_LINK_R_SERVING_RELEASE : CN_LINK_R_TARGET_GONE, m,
			   m->u.iu_release_request.cause);
}

static void on_iu_release_complete(struct cn_link *l, const struct iuplus_ranap_msg *m)
{
	(void)m;
	cn_link_iu(l, l->conn, CN_LINK_IU_COMPLETE, 0, IUPLUS_STEP_NONE);
}

static void on_error_indication(struct cn_link *l, const struct iuplus_ranap_msg *m)
{
	const struct iuplus_ranap_error_indication *e = &m->u.error_indication;

	/* A timer supervises the procedure at fault (TS 25.413 8.27.2 leaves the receiver's actions open). */
	proc_failure(l->p, "Error Indication on connection %u: %s", l->conn,
		     e->has_cause ? iuplus_ranap_cause_name(e->cause) : "no cause");
}

#define INPUT(name, machine, input, cause) \
	static void name(struct cn_link *l, const struct iuplus_ranap_msg *m) \
	{ \
		machine(l, input, m, cause); \
	}
INPUT(on_security_complete, cn_link_security, CN_LINK_S_COMPLETE, 0)
INPUT(on_security_reject, cn_link_security, CN_LINK_S_REJECT, m->u.security_mode_reject.cause)
INPUT(on_required, cn_link_relocation, CN_LINK_R_REQUIRED, m->u.relocation_required.cause)
INPUT(on_cancel, cn_link_relocation, CN_LINK_R_CANCEL, m->u.relocation_cancel.cause)
INPUT(on_acknowledge, cn_link_relocation, CN_LINK_R_ACKNOWLEDGE, 0)
INPUT(on_failure, cn_link_relocation, CN_LINK_R_FAILURE, m->u.relocation_failure.cause)
INPUT(on_detect, cn_link_relocation, CN_LINK_R_DETECT, 0)
INPUT(on_complete, cn_link_relocation, CN_LINK_R_COMPLETE, 0)

/* Messages by the roles of the connections on which they may arrive. Any other message, or one in the wrong role, is a
 * logical error (10.4). On a connection being released it is late and dropped. */
static const struct {
	unsigned kind;
	unsigned roles;
	void (*handler)(struct cn_link *l, const struct iuplus_ranap_msg *m);
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

/* A faulty message that is the answer to a procedure of the core: the procedure has failed (TS 25.413 10.3.4.2,
 * 10.5). */
static void failed_answer(struct cn_link *l, unsigned kind, uint16_t cause)
{
	enum role r = role(l);

	if ((kind == IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE || kind == IUPLUS_RANAP_RELOCATION_FAILURE) &&
	    r == TARGET && l->ue->relocation == IUPLUS_CN_RELOC_ALLOCATION)
		cn_link_relocation(l, CN_LINK_R_FAILURE, NULL, cause);
	else if ((kind == IUPLUS_RANAP_SECURITY_MODE_COMPLETE || kind == IUPLUS_RANAP_SECURITY_MODE_REJECT) &&
		 r == SERVING && l->ue->security == IUPLUS_CN_SECURITY_COMMANDED)
		cn_link_security(l, CN_LINK_S_REJECT, NULL, cause);
	else if (kind == IUPLUS_RANAP_IU_RELEASE_COMPLETE && r == LEAVING)
		cn_link_iu(l, l->conn, CN_LINK_IU_COMPLETE, 0, IUPLUS_STEP_NONE);
	else if (!l->ue->opened && !l->ue->releasing)
		cn_link_release_all(l, cause ? cause : IUPLUS_RANAP_CAUSE_UNSPECIFIED,
				    "the first message was not usable");
}

static void on_message(struct cn_link *l, const struct iuplus_ranap_msg *m)
{
	size_t i;

	if (!l->ue->opened && !l->ue->releasing && m->kind != IUPLUS_RANAP_INITIAL_UE_MESSAGE) {
		cn_link_logical_error(l, l->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
		cn_link_release_all(l, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE,
				    "the first message was not Initial UE Message");
		return;
	}
	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		if (messages[i].kind != m->kind || !(messages[i].roles & role(l)))
			continue;
		messages[i].handler(l, m);
		return;
	}
	if (role(l) == LEAVING)
		proc_failure(l->p, "%s came after the release of connection %u", iuplus_ranap_name(m), l->conn);
	else
		cn_link_logical_error(l, l->conn, m, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
}

void cn_link_ranap(struct cn_link *l, struct iuplus_octets pdu)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	int rc = iuplus_ranap_decode(pdu, l->p->flags, l->p->env->arena, &m, &problem);

	if (!rc)
		rc = iuplus_ranap_conditions(&m, l->p->env->arena, &problem);
	if (rc) {
		proc_failure(l->p, "a RANAP message on connection %u was rejected: %s at bit %zu%s%s", l->conn,
			     iuplus_strrc(rc), problem.bit, problem.path ? ", " : "", problem.path ? problem.path : "");
		if (proc_memory(l->p, rc) != IUPLUS_ERR_MEMORY) {
			cn_link_answer(l, l->conn, &problem);
			failed_answer(l, problem.kind, problem.cause);
		}
	} else {
		l->p->why = iuplus_ranap_name(&m);
		if (problem.answer == IUPLUS_RANAP_ANSWER_ERROR_INDICATION)
			cn_link_answer(l, l->conn, &problem);
		/* Only a response sent while handling this event can carry these diagnostics. */
		l->report = problem.answer == IUPLUS_RANAP_ANSWER_REPORT ? &problem : NULL;
		on_message(l, &m);
		l->report = NULL;
	}
	iuplus_security_wipe(&m, sizeof(m)); /* a container may have had keys in it */
}

/* ---- connections ---- */

void cn_link_connected(struct cn_link *l, unsigned peer)
{
	l->ue->serving = l->conn;
	l->ue->iu[l->conn].peer = peer;
	cn_link_set_iu(l, l->conn, IUPLUS_CN_IU_UP);
}

void cn_link_confirmed(struct cn_link *l)
{
	cn_link_iu(l, l->conn, CN_LINK_IU_CONFIRMED, 0, IUPLUS_STEP_NONE);
}

void cn_link_gone(struct cn_link *l, const char *how)
{
	enum iuplus_cn_iu before = l->ue->iu[l->conn].state;

	if (before == IUPLUS_CN_IU_NONE)
		return;
	cn_link_iu(l, l->conn, CN_LINK_IU_GONE, 0, IUPLUS_STEP_NONE);
	if (before == IUPLUS_CN_IU_RELEASING || before == IUPLUS_CN_IU_ABANDONED)
		return;
	proc_failure(l->p, "Iu connection %u %s", l->conn, how);
	cn_link_relocation(l, l->conn == l->ue->serving ? CN_LINK_R_SERVING_GONE : CN_LINK_R_TARGET_GONE, NULL, 0);
}

/* ---- timers ---- */

static void allocation_expired(struct cn_link *l, unsigned conn)
{
	(void)conn;
	cn_link_relocation(l, CN_LINK_R_ALLOC_EXPIRY, NULL, IUPLUS_RANAP_CAUSE_TRELOCALLOC_EXPIRY);
}

static void completion_expired(struct cn_link *l, unsigned conn)
{
	(void)conn;
	cn_link_relocation(l, CN_LINK_R_COMPLETE_EXPIRY, NULL, IUPLUS_RANAP_CAUSE_TRELOCCOMPLETE_EXPIRY);
}

static void security_expired(struct cn_link *l, unsigned conn)
{
	(void)conn;
	cn_link_security(l, CN_LINK_S_EXPIRY, NULL, 0);
}

static void release_expired(struct cn_link *l, unsigned conn)
{
	cn_link_iu(l, conn, CN_LINK_IU_EXPIRED, 0, IUPLUS_STEP_NONE);
}

void cn_link_expired(struct cn_link *l, unsigned timer)
{
#define EXPIRED(id, ms, name, key, runs, expired, ...) [IUPLUS_CN_##id] = expired,
	static void (*const expired[])(struct cn_link * l, unsigned conn) = { IUPLUS_CN_LINK_TIMERS(EXPIRED) };

	/* Late is an expiry that the machine's table ignores. */
	if (timer == IUPLUS_CN_TRELEASE_1)
		release_expired(l, 1);
	else
		expired[timer](l, 0);
}
