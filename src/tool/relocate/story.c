/* SPDX-License-Identifier: BSD-2-Clause */
/* story.c: the events of a run in order (see story.h). */
#include "src/tool/relocate/story.h"

#include <stdlib.h>
#include <string.h>

#define NAME(id, name) name,
const char *const story_names[STORY_NODE_COUNT] = { STORY_NODES(NAME) };
#undef NAME

int story_column(const char *name)
{
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		if (!strcmp(story_names[i], name))
			return i;
	return -1;
}

int story_add(struct story *story, const struct node_event *event)
{
	if (story->count == story->room) {
		size_t room = story->room ? 2 * story->room : 128;
		struct node_event *events = realloc(story->events, room * sizeof(*events));
		if (!events)
			return IUPLUS_ERR_MEMORY;
		story->events = events;
		story->room = room;
	}
	size_t at = story->count;
	while (at > 0 && story->events[at - 1].t > event->t)
		at--;
	memmove(&story->events[at + 1], &story->events[at], (story->count - at) * sizeof(*event));
	story->events[at] = *event;
	story->count++;
	story->t0 = story->events[0].t;
	return 0;
}

void story_free(struct story *story)
{
	free(story->events);
	story->events = NULL;
	story->count = story->room = 0;
}

bool story_drawn(const struct node_event *event)
{
	if (event->kind == NODE_EVENT_MESSAGE)
		return story_column(event->from) >= 0 && story_column(event->to) >= 0;
	return (event->kind == NODE_EVENT_NOTE || event->kind == NODE_EVENT_FAILURE || event->kind == NODE_EVENT_END) &&
	       story_column(event->node) >= 0;
}

bool story_bad(const struct node_event *event)
{
	return event->kind == NODE_EVENT_FAILURE ||
	       (event->kind == NODE_EVENT_END && strcmp(event->message, "context"));
}
