/* SPDX-License-Identifier: BSD-2-Clause */
/* story.h: the nodes and the ordered events of one run, from which ladders and verdicts are generated. */
#ifndef IUPLUS_TOOL_STORY_H
#define IUPLUS_TOOL_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "src/node/event.h"
#include "src/tool/relocate/steps.h"

/* The four nodes, in the order of the ladder's columns: identifier, name in the trace and in --json. */
#define STORY_NODES(X) X(UE, "ue") X(SOURCE, "source-rnc") X(TARGET, "target-rnc") X(SGSN, "sgsn")

enum story_node {
#define STORY_ID(id, name) STORY_##id,
	STORY_NODES(STORY_ID)
#undef STORY_ID
		STORY_NODE_COUNT
};
extern const char *const story_names[STORY_NODE_COUNT];

struct story {
	bool enhanced[STORY_NODE_COUNT]; /* the kind of each node; the SGSN is always enhanced */
	enum step_figure figure;         /* the figure whose step numbers are shown */
	unsigned uia, uea;               /* as requested */
	struct node_event *events;       /* in order of time */
	size_t count, room;
	double t0; /* time of the first event; 0 if there is none */
};

/* The column of a node by its name, -1 if it is none of the four. */
int story_column(const char *name);

/* Inserts a copy of the event by time. Returns 0, or IUPLUS_ERR_MEMORY (the caller ends the run). */
int story_add(struct story *story, const struct node_event *event);
/* Releases the memory. */
void story_free(struct story *story);

/* True if the event is a line of a ladder (a message between two of the four, or a note at one of them). */
bool story_drawn(const struct node_event *event);
/* True if it is drawn as a fault: a failure, a lost association, a process that ended. */
bool story_bad(const struct node_event *event);

/* The ladder for a terminal: heading, one line per event, closing line. colour uses ANSI colours. Each returns nothing;
 * the caller checks the stream. */
void ladder_text_head(FILE *out, const struct story *story, bool colour);
void ladder_text_line(FILE *out, const struct story *story, const struct node_event *event, bool colour);
void ladder_text(FILE *out, const struct story *story, bool colour);

/* The ladder as a Mermaid sequence diagram, as an mscgen chart, and as a drawing. */
void ladder_mermaid(FILE *out, const struct story *story);
void ladder_mscgen(FILE *out, const struct story *story);
void ladder_svg(FILE *out, const struct story *story);

#endif
