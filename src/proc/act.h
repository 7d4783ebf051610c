/* SPDX-License-Identifier: BSD-2-Clause */
/* act.h: what every machine shares while it handles one event: the action list, failures, notes, timers. Not installed. */
#ifndef IUPLUS_PROC_ACT_H
#define IUPLUS_PROC_ACT_H

#include <iuplus/proc.h>

/* One event being handled. */
struct proc {
	const struct iuplus_proc_env *env;
	struct iuplus_proc_actions *out;
	unsigned flags;			/* of the RRC and RANAP codecs: one word serves both */
	enum iuplus_domain domain;	/* of every action that does not set another one */
	int rc;				/* the first failure that the owner has to know of */
	bool exhausted;			/* COUNT-I would have wrapped: nothing more can be sent under these keys */
	const char *why;		/* the event, message or order being handled, for proc_state(): static text */
	struct iuplus_proc_action spill; /* takes what no longer fits into the list */
};

/* The next action: zero except for kind and domain. Never NULL: a full list sets p->rc to IUPLUS_ERR_SPACE and gives
 * p->spill, which proc_end() wipes. */
struct iuplus_proc_action *proc_act(struct proc *p, enum iuplus_proc_act kind);
/* Actions with a text of at most 255 characters in the arena; a fixed text when the arena is exhausted.
 * proc_failure() returns the action, for what else belongs to it. */
struct iuplus_proc_action *proc_failure(struct proc *p, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void proc_note(struct proc *p, enum iuplus_proc_step step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* procedure is static text: the action points to it. */
void proc_done(struct proc *p, const char *procedure);
/* name is static text: the action points to it. */
void proc_timer_start(struct proc *p, unsigned timer, const char *name, uint32_t ms);
void proc_timer_stop(struct proc *p, unsigned timer, const char *name);
/* One row of a machine's list of timers, as src/proc expands it. States are bits 1 << state. */
struct proc_timer {
	const char *name;		/* static text */
	uint32_t ms;			/* default length */
	uint32_t states;		/* the timer runs in these only */
	bool by_handler;		/* a handler starts it; else it starts when one of its states is entered */
};
/* How a list says when a timer runs: the last two members of its row. */
#define PROC_RUNS_IN(states) (states), false		/* from the moment that one of these states is entered */
#define PROC_MAY_RUN_IN(states) (states), true		/* a handler starts it; it ends with the last of these states */
/* (Re)starts one timer. ms has the configured length of each timer; 0 is its default. */
void proc_timer_run(struct proc *p, const struct proc_timer *timers, unsigned timer, const uint32_t *ms);
/* A machine left state before for state after (bits): stops the timers that do not run in after, and starts those that
 * do. A timer of both states continues; a state entered from itself starts its timers again. */
void proc_timers(struct proc *p, const struct proc_timer *timers, unsigned count, const uint32_t *ms, uint32_t before,
		 uint32_t after);
/* The machine left state before for state after; why is the event or order that caused it. All are static text. The only
 * callers are the *_set_state() functions of the machines. */
void proc_state(struct proc *p, const char *machine, const char *before, const char *after, const char *why);
/* Keeps rc for the owner when it is IUPLUS_ERR_MEMORY; returns rc. */
int proc_memory(struct proc *p, int rc);
/* Ends the handling of the event: wipes what may have held keys. Returns what the owner is to get. */
int proc_end(struct proc *p);

#endif
