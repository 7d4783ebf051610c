/* SPDX-License-Identifier: BSD-2-Clause */
/* act.h: what every machine shares while it handles one event: the action list, failures, notes, timers. Not installed. */
#ifndef IUPLUS_PROC_ACT_H
#define IUPLUS_PROC_ACT_H

#include <iuplus/proc.h>

/* ---- Tables ---- */

/* What the tables say of an event or a message in a state. */
enum proc_answer {
	PROC_DEFAULT,			/* a message that the table does not list: the machine's default */
	PROC_BY_MESSAGE,		/* the machine's tables of messages say it */
	PROC_BY_TIMER,			/* the machine's list of timers says it; late where the timer does not run */
	PROC_HANDLE,			/* the handler of the row */
	PROC_IGNORE,			/* no action: the event has no meaning any more, or is expected to come late */
	PROC_DROP,			/* reported as a failure, nothing is sent */
	PROC_REFUSE			/* an order that does not fit the state: IUPLUS_ERR_STATE */
};

struct proc_row {
	enum proc_answer answer;
	unsigned ends;			/* the states it may end in: bits 1 << state; 0: the state itself alone */
	const char *what;		/* what is done, for the documentation */
};

/* ---- One event being handled ---- */

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
/* One row of a machine's list of timers, as src/proc expands it. States are bits 1 << state. A timer whose expiry means
 * something else in some of its states has two phases; it does not continue from one to the other. */
struct proc_timer {
	const char *name;		/* static text */
	uint32_t ms;			/* default length */
	struct {
		uint32_t starts;	/* it starts when one of these is entered, and continues from one to another */
		uint32_t may;		/* a handler starts it; it continues in these, too */
	} phase[2];
};
/* How a list says when a timer runs: the last member of its row. */
#define PROC_RUNS_IN(states) { { (states), 0 } }	/* from the moment that one of these states is entered */
#define PROC_MAY_RUN_IN(states) { { 0, (states) } }	/* a handler starts it; it ends with the last of these states */
#define PROC_PHASES(starts, may, starts2, may2) { { (starts), (may) }, { (starts2), (may2) } }
/* Whether the timer may run in this state: if not, its expiry is late, and has no meaning. */
bool proc_timer_fits(const struct proc_timer *timer, unsigned state);
/* (Re)starts one timer. ms has the configured length of each timer; 0 is its default. */
void proc_timer_run(struct proc *p, const struct proc_timer *timers, unsigned timer, const uint32_t *ms);
/* A machine left state before for state after (bits): stops the timers that do not run in after, and starts those that
 * do. A state entered from itself starts its timers again. */
void proc_timers(struct proc *p, const struct proc_timer *timers, unsigned count, const uint32_t *ms, uint32_t before,
		 uint32_t after);
/* Does what the row says, except its handler: true when the caller is to run that. what is the event's or the message's
 * name, state the name of the state. */
bool proc_handles(struct proc *p, const struct proc_row *row, const char *what, const char *state);
/* The machine left state before for state after; why is the event or order that caused it. All are static text. The only
 * callers are the *_set_state() functions of the machines. */
void proc_state(struct proc *p, const char *machine, const char *before, const char *after, const char *why);
/* Keeps rc for the owner when it is IUPLUS_ERR_MEMORY; returns rc. */
int proc_memory(struct proc *p, int rc);
/* Ends the handling of the event: wipes what may have held keys. Returns what the owner is to get. */
int proc_end(struct proc *p);

#endif
