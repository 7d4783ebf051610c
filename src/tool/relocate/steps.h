/* SPDX-License-Identifier: BSD-2-Clause */
/* steps.h: the numbers that the method's figures give to the steps. */
#ifndef IUPLUS_TOOL_STEPS_H
#define IUPLUS_TOOL_STEPS_H

#include <iuplus/proc.h>

/* The figures that have numbers here. A figure is a column of the table in steps.c. */
enum step_figure { STEP_FIG_9, STEP_FIGURE_COUNT };

/* The step's number in the figure ("903"); empty when the figure does not have the step. Never NULL. */
const char *step_number(enum step_figure figure, enum iuplus_proc_step step);
/* The step with this number in the figure, or IUPLUS_STEP_NONE. */
enum iuplus_proc_step step_find(enum step_figure figure, const char *number);

#endif
