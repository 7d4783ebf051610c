/* SPDX-License-Identifier: BSD-2-Clause */
/* rows.c: which rows of the machines' tables a run reaches. The rows are listed by the same functions that the walk
 * tests use; that one is reached is seen where the machines look it up (-Wl,--wrap), or where the state and the message
 * that select it are known. */
#include "test/model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/proc/ue_nas_int.h"

bool __real_proc_handles(struct proc *p, const struct proc_row *row, const char *what, const char *state);
bool __wrap_proc_handles(struct proc *p, const struct proc_row *row, const char *what, const char *state);
rnc_handler *__real_rnc_expiry(enum iuplus_rnc_state state, unsigned timer);
rnc_handler *__wrap_rnc_expiry(enum iuplus_rnc_state state, unsigned timer);
ue_handler *__real_ue_expiry(enum iuplus_ue_rrc_state state, unsigned timer);
ue_handler *__wrap_ue_expiry(enum iuplus_ue_rrc_state state, unsigned timer);
void __real_cn_link_relocation(struct cn_link *l, enum cn_link_relocation_input input, const struct iuplus_ranap_msg *m,
			       uint16_t cause);
void __wrap_cn_link_relocation(struct cn_link *l, enum cn_link_relocation_input input, const struct iuplus_ranap_msg *m,
			       uint16_t cause);
void __real_cn_link_security(struct cn_link *l, enum cn_link_security_input input, const struct iuplus_ranap_msg *m,
			     uint16_t cause);
void __wrap_cn_link_security(struct cn_link *l, enum cn_link_security_input input, const struct iuplus_ranap_msg *m,
			     uint16_t cause);
void __real_cn_link_iu(struct cn_link *l, unsigned conn, enum cn_link_iu_input input, uint16_t cause,
		       enum iuplus_proc_step step);
void __wrap_cn_link_iu(struct cn_link *l, unsigned conn, enum cn_link_iu_input input, uint16_t cause,
		       enum iuplus_proc_step step);
void __real_cn_link_release(struct cn_link *l, uint16_t cause, const char *why);
void __wrap_cn_link_release(struct cn_link *l, uint16_t cause, const char *why);
int __real_iuplus_nas_decode(struct iuplus_octets in, enum iuplus_nas_direction direction, struct iuplus_nas_msg *out,
			     struct iuplus_nas_report *error);
int __wrap_iuplus_nas_decode(struct iuplus_octets in, enum iuplus_nas_direction direction, struct iuplus_nas_msg *out,
			     struct iuplus_nas_report *error);

/* ---- the list ---- */

#define MAX_ROWS 1024
struct row {
	const struct proc_row *row; /* NULL: a timer's */
	char name[96];
};
static struct row rows[MAX_ROWS];
static unsigned row_count;
static unsigned char marks[MAX_ROWS];

static void list_row(const struct proc_row *row, const char *machine, const char *state, const char *what)
{
	if (row && row->answer != PROC_HANDLE)
		return;
	if (row_count == MAX_ROWS)
		abort();
	rows[row_count].row = row;
	snprintf(rows[row_count++].name, sizeof(rows[0].name), "%s, %s: %s", machine, state, what);
}

static void list_rnc(void)
{
#define NAME(id) #id,
	static const char *const rrc[] = { RNC_RRC_MESSAGES(NAME) "other" };
	static const char *const ranap[] = { RNC_RANAP_MESSAGES(NAME) "other" };
#undef NAME
	unsigned s, i;

	for (s = 0; s < IUPLUS_RNC_STATE_COUNT; s++) {
		const char *state = iuplus_rnc_state_name(s);

		for (i = 0; i < IUPLUS_RNC_EV_COUNT; i++)
			list_row(&rnc_event_row(s, i)->row, "RNC", state, iuplus_rnc_event_name(i));
		for (i = 0; i < RNC_RRC_ROW_COUNT; i++)
			list_row(&rnc_rrc_table[s][i].row, "RNC", state, rrc[i]);
		for (i = 0; i < RNC_RANAP_ROW_COUNT; i++)
			list_row(&rnc_ranap_table[s][i].row, "RNC", state, ranap[i]);
	}
}

static void list_ue(void)
{
#define NAME(id) #id,
	static const char *const rrc[] = { UE_RRC_MESSAGES(NAME) "other" };
#undef NAME
	unsigned s, i;

	for (s = 0; s < IUPLUS_UE_STATE_COUNT; s++) {
		const char *state = iuplus_ue_rrc_state_name(s);

		for (i = 0; i < IUPLUS_UE_EV_COUNT; i++)
			list_row(&ue_event_row(s, i)->row, "UE RRC", state, iuplus_ue_rrc_event_name(i));
		for (i = 0; i < UE_RRC_ROW_COUNT; i++)
			list_row(&ue_rrc_table[s][i].row, "UE RRC", state, rrc[i]);
	}
}

static void list_core(void)
{
#define NAME(id, name) name,
	static const char *const iu[] = { CN_LINK_IU_INPUTS(NAME) };
	static const char *const security[] = { CN_LINK_S_INPUTS(NAME) };
	static const char *const relocation[] = { CN_LINK_R_INPUTS(NAME) };
#undef NAME
	unsigned s, i;

	for (s = 0; s < IUPLUS_CN_IU_COUNT; s++)
		for (i = 0; i < CN_LINK_IU_COUNT; i++)
			list_row(cn_link_iu_row(s, i), "core Iu", iuplus_cn_iu_name(s), iu[i]);
	for (s = 0; s < IUPLUS_CN_SECURITY_COUNT; s++)
		for (i = 0; i < CN_LINK_S_COUNT; i++)
			list_row(cn_link_security_row(s, i), "core security", iuplus_cn_security_name(s), security[i]);
	for (s = 0; s < IUPLUS_CN_RELOC_COUNT; s++)
		for (i = 0; i < CN_LINK_R_COUNT; i++)
			list_row(cn_link_relocation_row(s, i), "core relocation", iuplus_cn_relocation_name(s),
				 relocation[i]);
}

static void list_nas(void)
{
#define CORE(id) #id,
	static const char *const core[] = { CN_GMM_INPUTS(CORE) };
#undef CORE
#define UE(id, unprotected) #id,
	static const char *const ue[] = { NAS_INPUTS(UE) };
#undef UE
	unsigned s, i;

	for (s = 0; s < IUPLUS_CN_GMM_COUNT; s++)
		for (i = 0; i < CN_GMM_INPUT_COUNT; i++)
			list_row(cn_gmm_row(s, i), "core GMM", iuplus_cn_gmm_name(s), core[i]);
	for (s = 0; s < IUPLUS_UE_NAS_STATE_COUNT; s++)
		for (i = 0; i < NAS_INPUT_COUNT; i++)
			list_row(nas_row(s, i), "UE NAS", iuplus_ue_nas_state_name(s), ue[i]);
}

static void list_timers(void)
{
	unsigned s, i;

	for (s = 0; s < IUPLUS_RNC_STATE_COUNT; s++)
		for (i = 0; i < IUPLUS_RNC_TIMER_COUNT; i++)
			if (__real_rnc_expiry(s, i))
				list_row(NULL, "RNC", iuplus_rnc_state_name(s), iuplus_rnc_timer_name(i));
	for (s = 0; s < IUPLUS_UE_STATE_COUNT; s++)
		for (i = 0; i < IUPLUS_UE_TIMER_COUNT; i++)
			if (__real_ue_expiry(s, i))
				list_row(NULL, "UE RRC", iuplus_ue_rrc_state_name(s), iuplus_ue_rrc_timer_name(i));
	for (i = 0; i < IUPLUS_CN_TIMER_COUNT; i++)
		if (iuplus_cn_timer_default(i))
			list_row(NULL, "core", "expiry", iuplus_cn_timer_name(i));
	for (i = 0; i < IUPLUS_UE_NAS_TIMER_COUNT; i++)
		list_row(NULL, "UE NAS", "expiry", iuplus_ue_nas_timer_name(i));
}

static void list(void)
{
	if (row_count)
		return;
	list_rnc();
	list_ue();
	list_core();
	list_nas();
	list_timers();
}

/* ---- marking ---- */

static void mark(const struct proc_row *row)
{
	unsigned i;

	list();
	for (i = 0; i < row_count; i++)
		if (rows[i].row == row) {
			marks[i] = 1;
			return;
		}
}

static void mark_name(const char *machine, const char *state, const char *timer)
{
	char name[96];
	unsigned i;

	list();
	snprintf(name, sizeof(name), "%s, %s: %s", machine, state, timer);
	for (i = 0; i < row_count; i++)
		if (!rows[i].row && !strcmp(rows[i].name, name))
			marks[i] = 1;
}

bool __wrap_proc_handles(struct proc *p, const struct proc_row *row, const char *what, const char *state)
{
	if (row->answer == PROC_HANDLE)
		mark(row);
	return __real_proc_handles(p, row, what, state);
}

rnc_handler *__wrap_rnc_expiry(enum iuplus_rnc_state state, unsigned timer)
{
	mark_name("RNC", iuplus_rnc_state_name(state), iuplus_rnc_timer_name(timer));
	return __real_rnc_expiry(state, timer);
}

ue_handler *__wrap_ue_expiry(enum iuplus_ue_rrc_state state, unsigned timer)
{
	mark_name("UE RRC", iuplus_ue_rrc_state_name(state), iuplus_ue_rrc_timer_name(timer));
	return __real_ue_expiry(state, timer);
}

void __wrap_cn_link_relocation(struct cn_link *l, enum cn_link_relocation_input input, const struct iuplus_ranap_msg *m,
			       uint16_t cause)
{
	mark(cn_link_relocation_row(l->ue->relocation, input));
	__real_cn_link_relocation(l, input, m, cause);
}

void __wrap_cn_link_security(struct cn_link *l, enum cn_link_security_input input, const struct iuplus_ranap_msg *m,
			     uint16_t cause)
{
	mark(cn_link_security_row(l->ue->security, input));
	__real_cn_link_security(l, input, m, cause);
}

void __wrap_cn_link_iu(struct cn_link *l, unsigned conn, enum cn_link_iu_input input, uint16_t cause,
		       enum iuplus_proc_step step)
{
	mark(cn_link_iu_row(l->ue->iu[conn].state, input));
	__real_cn_link_iu(l, conn, input, cause, step);
}

void __wrap_cn_link_release(struct cn_link *l, uint16_t cause, const char *why)
{
	unsigned conn;

	for (conn = 0; conn < 2 && !l->ue->releasing; conn++)
		mark(cn_link_iu_row(l->ue->iu[conn].state, CN_LINK_IU_RELEASE));
	__real_cn_link_release(l, cause, why);
}

/* The machine whose event is being handled. */
static const struct cn_context *core;
static const struct iuplus_ue_nas *nas;

void rows_context(const struct world *w, const struct rnc_context *rnc, const struct cn_context *cn, bool is_nas)
{
	(void)rnc;
	core = cn;
	nas = is_nas ? &w->ue.nas : NULL;
}

int __wrap_iuplus_nas_decode(struct iuplus_octets in, enum iuplus_nas_direction direction, struct iuplus_nas_msg *out,
			     struct iuplus_nas_report *error)
{
	int rc = __real_iuplus_nas_decode(in, direction, out, error);
	unsigned i;

	for (i = 0; !rc && core && i < CN_GMM_INPUT_COUNT; i++)
		if (cn_gmm_input_type(i) == out->type)
			mark(cn_gmm_row(core->cn->gmm.state, i));
	for (i = 0; !rc && nas && i < NAS_INPUT_COUNT; i++)
		if (nas_input_type(i) == out->type)
			mark(nas_row(nas->state, i));
	return rc;
}

void rows_timer(const struct cn_context *cn, const struct iuplus_ue_nas *ue, unsigned timer)
{
	if (cn)
		mark_name("core", "expiry", iuplus_cn_timer_name(timer));
	if (ue)
		mark_name("UE NAS", "expiry", iuplus_ue_nas_timer_name((enum iuplus_ue_nas_timer)timer));
}

void rows_peer_timer(unsigned timer)
{
	mark_name("core", "expiry", iuplus_cn_timer_name(timer));
}

unsigned char *rows_marks(size_t *size)
{
	list();
	*size = row_count;
	return marks;
}

void rows_print(bool all)
{
	unsigned i, reached = 0;

	list();
	for (i = 0; i < row_count; i++)
		reached += marks[i];
	printf("%u of %u rows of the machines' tables reached\n", reached, row_count);
	for (i = 0; i < row_count; i++)
		if (!marks[i])
			printf("not reached: %s\n", rows[i].name);
	for (i = 0; all && i < row_count; i++)
		if (marks[i])
			printf("reached: %s\n", rows[i].name);
}
