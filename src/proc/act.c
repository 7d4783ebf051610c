/* SPDX-License-Identifier: BSD-2-Clause */
#include "src/proc/act.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <iuplus/security.h>

const char *iuplus_proc_step_name(enum iuplus_proc_step step)
{
#define NAME(id, name, what) [IUPLUS_STEP_##id] = name,
	static const char *const names[IUPLUS_STEP_COUNT] = { [IUPLUS_STEP_NONE] = "", IUPLUS_PROC_STEPS(NAME) };
#undef NAME

	return (unsigned)step < IUPLUS_STEP_COUNT ? names[step] : "?";
}

struct iuplus_proc_action *proc_act(struct proc *p, enum iuplus_proc_act kind)
{
	struct iuplus_proc_action *act = &p->spill;

	if (p->out->count < IUPLUS_PROC_MAX_ACTIONS)
		act = &p->out->list[p->out->count++];
	else
		p->rc = IUPLUS_ERR_SPACE;
	memset(act, 0, sizeof(*act));
	act->kind = kind;
	act->domain = p->domain;
	return act;
}

static const char *vtext(struct proc *p, const char *format, va_list ap) __attribute__((format(printf, 2, 0)));
static const char *vtext(struct proc *p, const char *format, va_list ap)
{
	char buf[256], *copy;

	if (!strchr(format, '%'))
		return format; /* static text */
	if (vsnprintf(buf, sizeof(buf), format, ap) < 0)
		return "?";
	copy = iuplus_arena_copy(p->env->arena, buf, strlen(buf) + 1);
	return copy ? copy : "memory exhausted";
}

struct iuplus_proc_action *proc_failure(struct proc *p, const char *format, ...)
{
	struct iuplus_proc_action *act = proc_act(p, IUPLUS_ACT_FAILURE);
	va_list ap;

	va_start(ap, format);
	act->message = vtext(p, format, ap);
	va_end(ap);
	return act;
}

void proc_note(struct proc *p, enum iuplus_proc_step step, const char *format, ...)
{
	struct iuplus_proc_action *act = proc_act(p, IUPLUS_ACT_NOTE);
	va_list ap;

	va_start(ap, format);
	act->message = vtext(p, format, ap);
	va_end(ap);
	act->step = step;
}

void proc_done(struct proc *p, const char *procedure)
{
	proc_act(p, IUPLUS_ACT_DONE)->message = procedure;
}

void proc_timer_start(struct proc *p, unsigned timer, const char *name, uint32_t ms)
{
	struct iuplus_proc_action *act = proc_act(p, IUPLUS_ACT_TIMER_START);

	act->timer = timer;
	act->timer_name = name;
	act->ms = ms;
}

void proc_timer_stop(struct proc *p, unsigned timer, const char *name)
{
	struct iuplus_proc_action *act = proc_act(p, IUPLUS_ACT_TIMER_STOP);

	act->timer = timer;
	act->timer_name = name;
}

void proc_timer_run(struct proc *p, const struct proc_timer *timers, unsigned timer, const uint32_t *ms)
{
	proc_timer_start(p, timer, timers[timer].name, ms[timer] ? ms[timer] : timers[timer].ms);
}

static bool fits_any(const struct proc_timer *timer, uint32_t states)
{
	return (timer->phase[0].starts | timer->phase[0].may | timer->phase[1].starts | timer->phase[1].may) & states;
}

bool proc_timer_fits(const struct proc_timer *timer, unsigned state)
{
	return fits_any(timer, 1u << state);
}

void proc_timers(struct proc *p, const struct proc_timer *timers, unsigned count, const uint32_t *ms, uint32_t before,
		 uint32_t after)
{
	bool run, stop;
	unsigned i, n;

	for (i = 0; i < count; i++) {
		if (!fits_any(&timers[i], before | after))
			continue;
		run = stop = false;
		for (n = 0; n < 2; n++) {
			uint32_t starts = timers[i].phase[n].starts, may = timers[i].phase[n].may;

			run |= (starts & after) && (before == after || !(starts & before));
			stop |= !((starts | may) & after) && ((starts | may) & before);
		}
		if (run)
			proc_timer_run(p, timers, i, ms);
		else if (stop)
			proc_timer_stop(p, i, timers[i].name);
	}
}

bool proc_handles(struct proc *p, const struct proc_row *row, const char *what, const char *state)
{
	switch (row->answer) {
	case PROC_HANDLE:
		return true;
	case PROC_IGNORE:
		return false;
	case PROC_REFUSE:
		p->rc = IUPLUS_ERR_STATE;
		return false;
	default:
		proc_failure(p, "%s does not fit state \"%s\"", what, state);
		return false;
	}
}

void proc_state(struct proc *p, const char *machine, const char *before, const char *after, const char *why)
{
	struct iuplus_proc_action *act = proc_act(p, IUPLUS_ACT_STATE);

	act->machine = machine;
	act->before = before;
	act->after = after;
	act->message = why;
}

int proc_memory(struct proc *p, int rc)
{
	if (rc == IUPLUS_ERR_MEMORY)
		p->rc = rc;
	return rc;
}

int proc_end(struct proc *p)
{
	/* it was used only if the list is full */
	if (p->out->count == IUPLUS_PROC_MAX_ACTIONS)
		iuplus_security_wipe(&p->spill, sizeof(p->spill));
	return p->rc;
}

void iuplus_proc_wipe(struct iuplus_proc_actions *actions)
{
	while (actions->count)
		iuplus_security_wipe(&actions->list[--actions->count], sizeof(actions->list[0]));
}
