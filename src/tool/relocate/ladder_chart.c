/* SPDX-License-Identifier: BSD-2-Clause */
/* ladder_chart.c: the ladder as text for drawing programs: Mermaid and mscgen. */
#include "src/tool/relocate/story.h"

#include <string.h>

/* Mermaid ends a statement at ';' and '#', and accepts no quotes; entity codes replace these characters. */
static void mermaid_text(FILE *out, const char *text)
{
	for (; *text; text++)
		if (strchr("#;\"<>", *text))
			fprintf(out, "#%d;", (unsigned char)*text);
		else
			fputc(*text, out);
}

static void mermaid_label(FILE *out, const struct story *story, const struct node_event *event)
{
	if (event->step)
		fprintf(out, "%s ", step_number(story->figure, event->step));
	mermaid_text(out, event->message);
	if (event->note[0]) {
		fputs(" (", out);
		mermaid_text(out, event->note);
		fputc(')', out);
	}
	if (event->kind == NODE_EVENT_MESSAGE && event->protected_by != IUPLUS_KEYS_NONE)
		fprintf(out, " [%s]", node_event_key_kind(event->protected_by));
	fputc('\n', out);
}

void ladder_mermaid(FILE *out, const struct story *story)
{
	fputs("sequenceDiagram\n", out);
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		fprintf(out, "    participant n%d as %s (%s)\n", i, story_names[i],
			story->enhanced[i] ? "enhanced" : "legacy");
	for (size_t i = 0; i < story->count; i++) {
		const struct node_event *event = &story->events[i];
		if (!story_drawn(event))
			continue;
		if (event->kind == NODE_EVENT_MESSAGE)
			fprintf(out, "    n%d%sn%d: ", story_column(event->from),
				event->protected_by == IUPLUS_KEYS_NONE ? "-->>" : "->>", story_column(event->to));
		else
			fprintf(out, "    Note over n%d: ", story_column(event->node));
		mermaid_label(out, story, event);
	}
}

static void mscgen_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
}

static const char *line_colour(enum iuplus_key_kind kind)
{
	static const char *const colours[] = { [IUPLUS_KEYS_NONE] = "#57606a",
					       [IUPLUS_KEYS_LEGACY] = "#b35900",
					       [IUPLUS_KEYS_ENHANCED] = "#1a7f37",
					       [IUPLUS_KEYS_MAPPED] = "#0969da" };
	_Static_assert(sizeof(colours) / sizeof(colours[0]) == IUPLUS_KEYS_COUNT, "every kind of keys has its entry");

	return (unsigned)kind < IUPLUS_KEYS_COUNT ? colours[kind] : colours[IUPLUS_KEYS_NONE];
}

void ladder_mscgen(FILE *out, const struct story *story)
{
	fputs("msc {\n  hscale = \"2\";\n\n  ", out);
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		fprintf(out, "n%d [label=\"%s\\n%s\"]%s", i, story_names[i], story->enhanced[i] ? "enhanced" : "legacy",
			i + 1 < STORY_NODE_COUNT ? ", " : ";\n\n");
	for (size_t i = 0; i < story->count; i++) {
		const struct node_event *event = &story->events[i];
		if (!story_drawn(event))
			continue;
		int from = story_column(event->kind == NODE_EVENT_MESSAGE ? event->from : event->node);
		if (event->kind == NODE_EVENT_MESSAGE)
			fprintf(out, "  n%d %s n%d [label=\"", from,
				event->protected_by == IUPLUS_KEYS_NONE ? "->" : "=>", story_column(event->to));
		else
			fprintf(out, "  n%d note n%d [label=\"", from, from);
		if (event->step)
			fprintf(out, "%s ", step_number(story->figure, event->step));
		mscgen_text(out, event->message);
		if (event->note[0]) {
			fputs(" (", out);
			mscgen_text(out, event->note);
			fputc(')', out);
		}
		fputc('"', out);
		if (event->kind == NODE_EVENT_MESSAGE) {
			const char *colour = line_colour(event->protected_by);
			fprintf(out, ", linecolour=\"%s\", textcolour=\"%s\"", colour, colour);
		}
		fputs("];\n", out);
	}
	fputs("}\n", out);
}
