/* SPDX-License-Identifier: BSD-2-Clause */
/* ladder_text.c: the ladder for a terminal. Plain ASCII, so that it survives any terminal, mail and log. */
#include "src/tool/relocate/story.h"

#include <string.h>

#define COLUMN 12 /* characters from one lifeline to the next */
#define WIDTH ((STORY_NODE_COUNT - 1) * COLUMN + 1)

#define PLAIN "\033[0m"
#define BOLD "\033[1m"
#define DIM "\033[2m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define CYAN "\033[36m"
#define YELLOW "\033[33m"

void ladder_text_head(FILE *out, const struct story *story, bool colour)
{
	fprintf(out, "%s   time  step  ", colour ? BOLD : "");
	for (int i = 0; i < STORY_NODE_COUNT - 1; i++)
		fprintf(out, "%-*s", COLUMN, story_names[i]);
	fprintf(out, "%-8s key       message%s\n", story_names[STORY_SGSN], colour ? PLAIN : "");
	fprintf(out, "               ");
	for (int i = 0; i < STORY_NODE_COUNT - 1; i++)
		fprintf(out, "%-*s", COLUMN, story->enhanced[i] ? "enhanced" : "legacy");
	fprintf(out, "%s\n", story->enhanced[STORY_SGSN] ? "enhanced" : "legacy");
}

static const char *key_colour(enum iuplus_key_kind kind)
{
	static const char *const colours[] = { [IUPLUS_KEYS_NONE] = "",
					       [IUPLUS_KEYS_LEGACY] = YELLOW,
					       [IUPLUS_KEYS_ENHANCED] = GREEN,
					       [IUPLUS_KEYS_MAPPED] = CYAN };
	_Static_assert(sizeof(colours) / sizeof(colours[0]) == IUPLUS_KEYS_COUNT, "every kind of keys has its entry");

	return (unsigned)kind < IUPLUS_KEYS_COUNT ? colours[kind] : "";
}

void ladder_text_line(FILE *out, const struct story *story, const struct node_event *event, bool colour)
{
	char rail[WIDTH + 1];
	if (!story_drawn(event))
		return;
	memset(rail, ' ', WIDTH);
	rail[WIDTH] = 0;
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		rail[i * COLUMN] = '|';
	const char *key = "", *on = "", *off = colour ? PLAIN : "";
	if (event->kind == NODE_EVENT_MESSAGE) {
		int from = story_column(event->from) * COLUMN, to = story_column(event->to) * COLUMN;
		char shaft = event->protected_by == IUPLUS_KEYS_ENHANCED ? '=' : '-';
		int left = from < to ? from : to, right = from < to ? to : from;
		memset(rail + left + 1, shaft, (size_t)(right > left ? right - left - 1 : 0));
		if (from < to)
			rail[to - 1] = '>';
		else if (from > to)
			rail[to + 1] = '<';
		key = node_event_key_kind(event->protected_by);
		on = colour ? key_colour(event->protected_by) : "";
	} else {
		rail[story_column(event->node) * COLUMN] = story_bad(event) ? '!' : '*';
		on = !colour ? "" : story_bad(event) ? RED : DIM;
	}
	if (!on[0])
		off = "";
	fprintf(out, "%7.3f  %-4s  %s%s   %-8s  %s%s", event->t - story->t0, step_number(story->figure, event->step),
		on, rail, key, event->message, off);
	if (event->note[0])
		fprintf(out, " (%s)", event->note);
	fputc('\n', out);
}

void ladder_text(FILE *out, const struct story *story, bool colour)
{
	ladder_text_head(out, story, colour);
	for (size_t i = 0; i < story->count; i++)
		ladder_text_line(out, story, &story->events[i], colour);
}
