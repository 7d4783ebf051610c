/* SPDX-License-Identifier: BSD-2-Clause */
/* steps.h: the steps of the method with their numbers in its figures: for ladder, verdict, JSON and manual. */
#ifndef IUPLUS_TOOL_STEPS_H
#define IUPLUS_TOOL_STEPS_H

#include <iuplus/proc.h>

/* The figures that number the steps. A figure is a column of the table in steps.c. */
enum step_figure { STEP_FIG_9, STEP_FIG_8, STEP_FIGURE_COUNT };

/* The number of the figure itself (9). */
unsigned step_figure_number(enum step_figure figure);
/* The step's number in the figure ("903"); empty if the figure does not have the step. Never NULL. */
const char *step_number(enum step_figure figure, enum iuplus_proc_step step);
/* Description of the step ("core to target RNC: Relocation Request"), as in iuplus/proc.h; empty for
 * IUPLUS_STEP_NONE. Never NULL. */
const char *step_text(enum iuplus_proc_step step);
/* The step with this number in the figure, or IUPLUS_STEP_NONE. */
enum iuplus_proc_step step_find(enum step_figure figure, const char *number);

#endif
