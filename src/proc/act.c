/* SPDX-License-Identifier: BSD-2-Clause */
#include "act.h"

#include <stdio.h>
#include <string.h>

struct iuplus_proc_action *proc_act(struct iuplus_proc_actions *out, struct iuplus_proc_action *spill, int *rc,
				    enum iuplus_proc_act kind)
{
	struct iuplus_proc_action *act = spill;

	if (out->count < IUPLUS_PROC_MAX_ACTIONS)
		act = &out->list[out->count++];
	else
		*rc = IUPLUS_ERR_SPACE;
	memset(act, 0, sizeof(*act));
	act->kind = kind;
	return act;
}

const char *proc_vtext(struct iuplus_arena *arena, const char *format, va_list ap)
{
	char buf[256], *copy;

	if (vsnprintf(buf, sizeof(buf), format, ap) < 0)
		return "?";
	copy = iuplus_arena_copy(arena, buf, strlen(buf) + 1);
	return copy ? copy : "memory exhausted";
}
