/* SPDX-License-Identifier: BSD-2-Clause */
/* steps.c: the table of steps: a row per step, a column per figure (see steps.h). */
#include "src/tool/relocate/steps.h"

#include <string.h>

static const unsigned figures[STEP_FIGURE_COUNT] = { [STEP_FIG_9] = 9, [STEP_FIG_8] = 8 };

static const char *const numbers[IUPLUS_STEP_COUNT][STEP_FIGURE_COUNT] = {
	[IUPLUS_STEP_DECIDED] = { [STEP_FIG_9] = "900" },
	[IUPLUS_STEP_REQUIRED] = { [STEP_FIG_9] = "901" },
	[IUPLUS_STEP_REQUESTED] = { [STEP_FIG_9] = "902" },
	[IUPLUS_STEP_KEYS_STORED] = { [STEP_FIG_9] = "903" },
	[IUPLUS_STEP_RESOURCES_ALLOCATED] = { [STEP_FIG_9] = "904" },
	[IUPLUS_STEP_COMMANDED] = { [STEP_FIG_9] = "905" },
	[IUPLUS_STEP_UE_TOLD] = { [STEP_FIG_9] = "906" },
	[IUPLUS_STEP_UE_VERIFIED] = { [STEP_FIG_9] = "907" },
	[IUPLUS_STEP_UE_COMPLETE] = { [STEP_FIG_9] = "908" },
	[IUPLUS_STEP_COMPLETE] = { [STEP_FIG_9] = "909" },
	[IUPLUS_STEP_SOURCE_RELEASED] = { [STEP_FIG_9] = "910" },
	[IUPLUS_STEP_AUTHENTICATED] = { [STEP_FIG_9] = "911" },
	[IUPLUS_STEP_CORE_DERIVED] = { [STEP_FIG_9] = "912", [STEP_FIG_8] = "810" },
	[IUPLUS_STEP_SECURITY_COMMANDED] = { [STEP_FIG_9] = "913", [STEP_FIG_8] = "811" },
	[IUPLUS_STEP_RNC_DERIVED] = { [STEP_FIG_9] = "914", [STEP_FIG_8] = "812" },
	[IUPLUS_STEP_UE_COMMANDED] = { [STEP_FIG_9] = "915", [STEP_FIG_8] = "813" },
	[IUPLUS_STEP_UE_DERIVED] = { [STEP_FIG_9] = "916", [STEP_FIG_8] = "814" },
	[IUPLUS_STEP_UE_SECURED] = { [STEP_FIG_9] = "917", [STEP_FIG_8] = "815" },
	[IUPLUS_STEP_UE_ACCEPTED] = { [STEP_FIG_9] = "918", [STEP_FIG_8] = "816" },
	[IUPLUS_STEP_SECURED] = { [STEP_FIG_9] = "919", [STEP_FIG_8] = "817" },
};

unsigned step_figure_number(enum step_figure figure)
{
	return figures[figure];
}

const char *step_number(enum step_figure figure, enum iuplus_proc_step step)
{
	const char *number = (unsigned)step < IUPLUS_STEP_COUNT ? numbers[step][figure] : NULL;

	return number ? number : "";
}

const char *step_text(enum iuplus_proc_step step)
{
#define TEXT(id, name, what) [IUPLUS_STEP_##id] = what,
	static const char *const texts[IUPLUS_STEP_COUNT] = { [IUPLUS_STEP_NONE] = "", IUPLUS_PROC_STEPS(TEXT) };
#undef TEXT

	return (unsigned)step < IUPLUS_STEP_COUNT ? texts[step] : "";
}

enum iuplus_proc_step step_find(enum step_figure figure, const char *number)
{
	int i;

	for (i = 0; i < IUPLUS_STEP_COUNT; i++)
		if (numbers[i][figure] && !strcmp(numbers[i][figure], number))
			return (enum iuplus_proc_step)i;
	return IUPLUS_STEP_NONE;
}
