/* SPDX-License-Identifier: BSD-2-Clause */
/* act.h: how every machine appends an action, and makes the text of one. Not installed. */
#ifndef IUPLUS_PROC_ACT_H
#define IUPLUS_PROC_ACT_H

#include <stdarg.h>

#include <iuplus/proc.h>

/* The next action, zeroed but for its kind. Never NULL: a full list sets *rc to IUPLUS_ERR_SPACE and gives spill,
 * which belongs to the event being worked on and is wiped with it. */
struct iuplus_proc_action *proc_act(struct iuplus_proc_actions *out, struct iuplus_proc_action *spill, int *rc,
				    enum iuplus_proc_act kind);
/* A text of at most 255 characters in the arena; a fixed one when the arena is exhausted. */
const char *proc_vtext(struct iuplus_arena *arena, const char *format, va_list ap) __attribute__((format(printf, 2, 0)));

#endif
