/* SPDX-License-Identifier: BSD-2-Clause */
/* act.h: functions that all machines share while they handle one event: the action list, failures, notes, timers. Not
 * installed. */
#ifndef IUPLUS_PROC_ACT_H
#define IUPLUS_PROC_ACT_H

#include <iuplus/proc.h>

/* ---- Tables ---- */

/* What a table specifies for an event or a message in a state. */
enum proc_answer {
	PROC_DEFAULT,    /* a message that the table does not list: the machine's default */
	PROC_BY_MESSAGE, /* specified by the machine's tables of messages */
	PROC_BY_TIMER,   /* specified by the machine's list of timers; late if the timer does not run */
	PROC_HANDLE,     /* the handler of the row */
	PROC_IGNORE,     /* no action: the event no longer has a meaning, or may arrive late */
	PROC_DROP,       /* reported as a failure, nothing is sent */
	PROC_REFUSE      /* an order that is not allowed in the state: IUPLUS_ERR_STATE */
};

struct proc_row {
	enum proc_answer answer;
	unsigned ends;    /* the states it may end in: bits 1 << state; 0: the state itself alone */
	const char *what; /* the action, for the documentation */
};

/* ---- One event being handled ---- */

struct proc {
	const struct iuplus_proc_env *env;
	struct iuplus_proc_actions *out;
	unsigned flags;            /* of the RRC and RANAP codecs: one word serves both */
	enum iuplus_domain domain; /* of every action that does not set another one */
	int rc;                    /* the first failure that is returned to the owner */
	bool exhausted;            /* COUNT-I would have wrapped: no further message is possible under these keys */
	const char *why;           /* the event, message or order being handled, for proc_state(): static text */
	struct iuplus_proc_action spill; /* receives each action for which the list has no room */
};

/* Returns the next action: zero except for kind and domain. Never NULL: if the list is full, p->rc becomes
 * IUPLUS_ERR_SPACE and the action is p->spill, which proc_end() wipes. */
struct iuplus_proc_action *proc_act(struct proc *p, enum iuplus_proc_act kind);
/* Actions with a text. format is static text: if it has nothing to insert, the action points to it; otherwise the text is
 * in the arena, at most 255 characters, or a fixed one when the arena is exhausted. proc_failure() returns the action, so that the caller can add to it. */
struct iuplus_proc_action *proc_failure(struct proc *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void proc_note(struct proc *p, enum iuplus_proc_step step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* procedure is static text: the action points to it. */
void proc_done(struct proc *p, const char *procedure);
/* name is static text: the action points to it. */
void proc_timer_start(struct proc *p, unsigned timer, const char *name, uint32_t ms);
void proc_timer_stop(struct proc *p, unsigned timer, const char *name);
/* One row of a machine's list of timers, as src/proc expands it. States are bits 1 << state. A timer has two phases if
 * its expiry has different meanings in different states; it does not continue from one phase to the other. */
struct proc_timer {
	const char *name; /* static text */
	uint32_t ms;      /* default length */
	struct {
		uint32_t starts; /* it starts when one of these is entered, and continues from one to another */
		uint32_t may;    /* a handler starts it; it continues in these, too */
	} phase[2];
};
/* The last member of a row: in which states the timer runs. */
#define PROC_RUNS_IN(states) \
	{ \
		{ \
			(states), 0 \
		} \
	} /* from the moment that one of these states is entered */
#define PROC_MAY_RUN_IN(states) \
	{ \
		{ \
			0, (states) \
		} \
	} /* a handler starts it; it ends with the last of these states */
#define PROC_PHASES(starts, may, starts2, may2) \
	{ \
		{ (starts), (may) }, \
		{ \
			(starts2), (may2) \
		} \
	}
/* Whether the timer may run in this state: if not, its expiry is late, and has no meaning. */
bool proc_timer_fits(const struct proc_timer *timer, unsigned state);
/* (Re)starts one timer. ms has the configured length of each timer; 0 is its default. */
void proc_timer_run(struct proc *p, const struct proc_timer *timers, unsigned timer, const uint32_t *ms);
/* A machine left state before for state after (bits): stops the timers that do not run in after, and starts those that
 * do. A state entered from itself starts its timers again. */
void proc_timers(struct proc *p, const struct proc_timer *timers, unsigned count, const uint32_t *ms, uint32_t before,
		 uint32_t after);
/* Executes the row except for its handler. Returns true if the caller must run that. what is the event's or the
 * message's name, state the name of the state. */
bool proc_handles(struct proc *p, const struct proc_row *row, const char *what, const char *state);
/* The machine left state before for state after; why is the event or order that caused it. All are static text. The
 * only callers are the *_set_state() functions of the machines. */
void proc_state(struct proc *p, const char *machine, const char *before, const char *after, const char *why);
/* Keeps rc for the owner when it is IUPLUS_ERR_MEMORY; returns rc. */
int proc_memory(struct proc *p, int rc);
/* Ends the handling of the event: wipes memory that may have held keys. Returns the code for the owner. */
int proc_end(struct proc *p);

#endif
