/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_link_release.c: Iu connections and their end: Iu Release (TS 25.413 8.5, 8.4). */
#include <string.h>

#include "src/proc/cn_link.h"

/* ---- one Iu connection ---- */

struct iu_call {
	unsigned conn;
	uint16_t cause;
	enum iuplus_proc_step step;
};

static void up(struct cn_link *l, const struct iu_call *call)
{
	cn_link_set_iu(l, call->conn, IUPLUS_CN_IU_UP);
}

static void none(struct cn_link *l, const struct iu_call *call)
{
	cn_link_set_iu(l, call->conn, IUPLUS_CN_IU_NONE);
}

/* Once the RNC has released its resources, the core releases the SCCP connection. */
static void drop(struct cn_link *l, const struct iu_call *call)
{
	struct iuplus_proc_action *act = proc_act(l->p, IUPLUS_ACT_IU_RELEASE);

	act->conn = call->conn;
	act->peer = l->ue->iu[call->conn].peer;
	none(l, call);
}

static void expired(struct cn_link *l, const struct iu_call *call)
{
	proc_failure(l->p, "no Iu Release Complete on connection %u", call->conn);
	drop(l, call);
}

/* 8.7.4: the RNC may have accepted it meanwhile; a connection that comes to stand later is released by Iu Release. */
static void abandon(struct cn_link *l, const struct iu_call *call)
{
	l->ue->iu[call->conn].release_cause = call->cause;
	cn_link_set_iu(l, call->conn, IUPLUS_CN_IU_ABANDONED);
}

static void unwanted(struct cn_link *l, const struct iu_call *call)
{
	proc_failure(l->p, "connection %u was not established in time to be released", call->conn);
	drop(l, call);
}

static void command(struct cn_link *l, const struct iu_call *call)
{
	struct iuplus_ranap_msg m;

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_IU_RELEASE_COMMAND;
	m.u.iu_release_command.cause = call->cause;
	if (cn_link_send(l, call->conn, &m, call->step))
		drop(l, call);
	else
		cn_link_set_iu(l, call->conn, IUPLUS_CN_IU_RELEASING);
}

static void late_command(struct cn_link *l, const struct iu_call *call)
{
	const struct iu_call release = { call->conn, l->ue->iu[call->conn].release_cause, IUPLUS_STEP_NONE };

	up(l, call);
	command(l, &release);
}

#define S(state) (1u << IUPLUS_CN_IU_##state)
#define RUN(handler, ends, what) \
	{ \
		{ PROC_HANDLE, ends, what }, handler \
	}
#define STAY \
	{ \
		{ PROC_IGNORE, 0, "ignored" }, NULL \
	}

static const struct {
	struct proc_row row;
	void (*handler)(struct cn_link *l, const struct iu_call *call);
} table[IUPLUS_CN_IU_COUNT][CN_LINK_IU_COUNT] = {
	[IUPLUS_CN_IU_NONE] = {
		[CN_LINK_IU_RELEASE] = STAY,
		[CN_LINK_IU_CONFIRMED] = STAY,
		[CN_LINK_IU_COMPLETE] = STAY,
		[CN_LINK_IU_GONE] = STAY,
		[CN_LINK_IU_EXPIRED] = STAY,
	},
	[IUPLUS_CN_IU_CONNECTING] = {
		[CN_LINK_IU_RELEASE] = RUN(abandon, S(ABANDONED), "Iu Release once it is established (8.7.4)"),
		[CN_LINK_IU_CONFIRMED] = RUN(up, S(UP), "established"),
		[CN_LINK_IU_COMPLETE] = STAY,
		[CN_LINK_IU_GONE] = RUN(none, S(NONE), "gone"),
		[CN_LINK_IU_EXPIRED] = STAY,
	},
	[IUPLUS_CN_IU_ABANDONED] = {
		[CN_LINK_IU_RELEASE] = STAY,
		[CN_LINK_IU_CONFIRMED] = RUN(late_command, S(RELEASING) | S(NONE), "Iu Release Command"),
		[CN_LINK_IU_COMPLETE] = STAY,
		[CN_LINK_IU_GONE] = RUN(none, S(NONE), "gone"),
		[CN_LINK_IU_EXPIRED] = RUN(unwanted, S(NONE), "SCCP connection released, reported"),
	},
	[IUPLUS_CN_IU_UP] = {
		[CN_LINK_IU_RELEASE] = RUN(command, S(RELEASING) | S(NONE), "Iu Release Command"),
		[CN_LINK_IU_CONFIRMED] = STAY,
		[CN_LINK_IU_COMPLETE] = STAY,
		[CN_LINK_IU_GONE] = RUN(none, S(NONE), "gone"),
		[CN_LINK_IU_EXPIRED] = STAY,
	},
	[IUPLUS_CN_IU_RELEASING] = {
		[CN_LINK_IU_RELEASE] = STAY,
		[CN_LINK_IU_CONFIRMED] = STAY,
		[CN_LINK_IU_COMPLETE] = RUN(drop, S(NONE), "SCCP connection released"),
		[CN_LINK_IU_GONE] = RUN(none, S(NONE), "gone"),
		[CN_LINK_IU_EXPIRED] = RUN(expired, S(NONE), "SCCP connection released, reported"),
	},
};

const struct proc_row *cn_link_iu_row(enum iuplus_cn_iu state, enum cn_link_iu_input input)
{
	return &table[state][input].row;
}

void cn_link_iu(struct cn_link *l, unsigned conn, enum cn_link_iu_input input, uint16_t cause,
		enum iuplus_proc_step step)
{
	const struct iu_call call = { conn, cause, step };
	enum iuplus_cn_iu state = l->ue->iu[conn].state;

	if (table[state][input].handler)
		table[state][input].handler(l, &call);
}

/* ---- the whole link ---- */

void cn_link_release(struct cn_link *l, uint16_t cause, const char *why)
{
	unsigned conn;

	if (l->ue->releasing)
		return;
	l->ue->releasing = true;
	proc_note(l->p, IUPLUS_STEP_NONE, "release: %s", why);
	cn_link_set_relocation(l, IUPLUS_CN_RELOC_IDLE);
	cn_link_set_security(l, IUPLUS_CN_SECURITY_IDLE);
	for (conn = 0; conn < 2; conn++)
		cn_link_iu(l, conn, CN_LINK_IU_RELEASE, cause, IUPLUS_STEP_NONE);
}

void cn_link_release_all(struct cn_link *l, uint16_t cause, const char *why)
{
	cn_link_release(l, cause, why);
	l->outcome = CN_LINK_RELEASED;
}

bool cn_link_over(const struct cn_link *l)
{
	return l->ue->releasing && l->ue->iu[0].state == IUPLUS_CN_IU_NONE && l->ue->iu[1].state == IUPLUS_CN_IU_NONE;
}
