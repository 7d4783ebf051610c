/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_nas_act.c: shared functions of the UE's NAS procedures: timers, names, sending, state changes. */
#include <string.h>

#include "src/proc/ue_nas_int.h"

/* ---- names and timers ---- */

#define S(state) (1u << IUPLUS_UE_NAS_##state)
#define ANY ((1u << IUPLUS_UE_NAS_STATE_COUNT) - 1)
#define TIMER(id, ms, name, key, runs, ...) [IUPLUS_UE_NAS_##id] = { name, ms, runs },
const struct proc_timer nas_timers[IUPLUS_UE_NAS_TIMER_COUNT] = { IUPLUS_UE_NAS_TIMERS(TIMER) };

uint32_t iuplus_ue_nas_timer_default(enum iuplus_ue_nas_timer timer)
{
	return (unsigned)timer < IUPLUS_UE_NAS_TIMER_COUNT ? nas_timers[timer].ms : 0;
}

const char *iuplus_ue_nas_timer_name(enum iuplus_ue_nas_timer timer)
{
	return (unsigned)timer < IUPLUS_UE_NAS_TIMER_COUNT ? nas_timers[timer].name : "?";
}

#define NAME(id, name, ...) name,

const char *iuplus_ue_nas_state_name(enum iuplus_ue_nas_state state)
{
	static const char *const names[] = { IUPLUS_UE_NAS_STATES(NAME) };

	return (unsigned)state < IUPLUS_UE_NAS_STATE_COUNT ? names[state] : "?";
}

const char *iuplus_ue_nas_event_name(enum iuplus_ue_nas_event_kind kind)
{
	static const char *const names[] = { IUPLUS_UE_NAS_EVENTS(NAME) };

	return (unsigned)kind < IUPLUS_UE_NAS_EV_COUNT ? names[kind] : "?";
}

/* ---- actions ---- */

void nas_timer_start(struct nas *n, enum iuplus_ue_nas_timer timer)
{
	proc_timer_run(&n->p, nas_timers, timer, n->ue->config.timer_ms);
}

void nas_timer_stop(struct nas *n, enum iuplus_ue_nas_timer timer)
{
	proc_timer_stop(&n->p, timer, nas_timers[timer].name);
}

void nas_send(struct nas *n, const struct iuplus_nas_msg *m)
{
	struct iuplus_proc_action *act;
	uint8_t buf[IUPLUS_NAS_MAX_PDU], *copy;
	size_t len;
	int rc = iuplus_nas_encode(m, IUPLUS_NAS_UPLINK, buf, sizeof(buf), &len);

	if (rc) {
		proc_failure(&n->p, "%s could not be encoded: %s", iuplus_nas_type_name(m->type), iuplus_strrc(rc));
		return;
	}
	copy = iuplus_arena_copy(n->p.env->arena, buf, len);
	if (!copy) {
		n->p.rc = IUPLUS_ERR_MEMORY;
		return;
	}
	act = proc_act(&n->p, IUPLUS_ACT_NAS_DOWN);
	act->pdu = (struct iuplus_octets){ copy, len };
	act->message = iuplus_nas_type_name(m->type);
	act->initial = !n->ue->connected;
	n->ue->connected = true;
}

struct iuplus_nas_msg nas_message(enum iuplus_nas_type type)
{
	struct iuplus_nas_msg m;

	memset(&m, 0, sizeof(m));
	m.type = type;
	return m;
}

/* ---- states ---- */

static void wipe_challenge(struct iuplus_ue_nas *ue)
{
	ue->has_challenge = false;
	iuplus_security_wipe(ue->rand, sizeof(ue->rand));
	iuplus_security_wipe(ue->res, sizeof(ue->res));
}

void nas_forget_challenge(struct nas *n)
{
	if (n->ue->has_challenge)
		nas_timer_stop(n, IUPLUS_UE_NAS_T3316);
	wipe_challenge(n->ue);
}

void nas_forget(struct iuplus_ue_nas *ue)
{
	ue->has_ptmsi = false;
	ue->cksn = 7;
	wipe_challenge(ue);
	memset(&ue->rai, 0, sizeof(ue->rai));
	memcpy(ue->rai.plmn, ue->config.plmn, sizeof(ue->rai.plmn));
	ue->rai.lac = 0xfffe; /* "deleted" (TS 24.008 10.5.5.15) */
	ue->rai.rac = 0xff;
}

void nas_set_state(struct nas *n, enum iuplus_ue_nas_state state)
{
	enum iuplus_ue_nas_state before = n->ue->state;

	proc_timers(&n->p, nas_timers, IUPLUS_UE_NAS_TIMER_COUNT, n->ue->config.timer_ms, 1u << before, 1u << state);
	n->ue->state = state;
	n->ue->suspended = false;
	if (state == IUPLUS_UE_NAS_DEREGISTERED)
		nas_forget_challenge(n);
	if (before != state)
		proc_state(&n->p, "UE GMM", iuplus_ue_nas_state_name(before), iuplus_ue_nas_state_name(state),
			   n->p.why);
}
