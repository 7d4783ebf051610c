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
	struct iuplus_proc_action spill; /* takes what no longer fits into the list */
};

/* The next action: zero except for kind and domain. Never NULL: a full list sets p->rc to IUPLUS_ERR_SPACE and gives
 * p->spill, which proc_end() wipes. */
struct iuplus_proc_action *proc_act(struct proc *p, enum iuplus_proc_act kind);
/* Actions with a text of at most 255 characters in the arena; a fixed text when the arena is exhausted. */
void proc_failure(struct proc *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void proc_note(struct proc *p, enum iuplus_proc_step step, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* procedure is static text: the action points to it. */
void proc_done(struct proc *p, const char *procedure);
/* name is static text: the action points to it. */
void proc_timer_start(struct proc *p, unsigned timer, const char *name, uint32_t ms);
void proc_timer_stop(struct proc *p, unsigned timer, const char *name);
/* The machine left state before for state after; why is the event or order that caused it. All are static text. The only
 * callers are the *_set_state() functions of the machines. */
void proc_state(struct proc *p, const char *machine, const char *before, const char *after, const char *why);
/* Keeps rc for the owner when it is IUPLUS_ERR_MEMORY; returns rc. */
int proc_memory(struct proc *p, int rc);
/* Ends the handling of the event: wipes what may have held keys. Returns what the owner is to get. */
int proc_end(struct proc *p);

#endif
