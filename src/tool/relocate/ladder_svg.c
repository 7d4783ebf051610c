/* SPDX-License-Identifier: BSD-2-Clause */
/* ladder_svg.c: the ladder as a drawing: a column per node, a row per message, a colour per kind of key. */
#include "src/tool/relocate/story.h"

#include <string.h>

#define LEFT 170   /* x of the first lifeline */
#define COLUMN 300 /* from one lifeline to the next */
#define RIGHT 190  /* right of the last lifeline */
#define TOP 122    /* y of the first row */
#define ROW 30
#define BOTTOM 34
#define WIDTH (LEFT + (STORY_NODE_COUNT - 1) * COLUMN + RIGHT)

static const char *key_class(enum iuplus_key_kind kind)
{
	static const char *const classes[] = { [IUPLUS_KEYS_NONE] = "n",
					       [IUPLUS_KEYS_LEGACY] = "l",
					       [IUPLUS_KEYS_ENHANCED] = "e",
					       [IUPLUS_KEYS_MAPPED] = "m" };
	_Static_assert(sizeof(classes) / sizeof(classes[0]) == IUPLUS_KEYS_COUNT, "every kind of keys has its entry");

	return (unsigned)kind < IUPLUS_KEYS_COUNT ? classes[kind] : "n";
}

static void text(FILE *out, const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '<':
			fputs("&lt;", out);
			break;
		case '>':
			fputs("&gt;", out);
			break;
		case '&':
			fputs("&amp;", out);
			break;
		default:
			/* XML 1.0 has no control characters */
			fputc((unsigned char)*s < 0x20 ? '?' : *s, out);
		}
}

static int column_x(int column)
{
	return LEFT + column * COLUMN;
}

static void style(FILE *out)
{
	fputs("<style>\n"
	      "text{font-family:'DejaVu Sans',Verdana,sans-serif;font-size:12px;fill:#1f2328}\n"
	      ".title{font-size:17px;font-weight:bold}.head{font-size:14px;font-weight:bold;text-anchor:middle}\n"
	      ".sub,.time{fill:#57606a;font-size:11px}.sub,.mid{text-anchor:middle}.time,.key{font-family:'DejaVu Sans "
	      "Mono',monospace;font-size:11px}\n"
	      ".step{font-weight:bold}.life{stroke:#afb8c1;stroke-width:1.5}.box{fill:#f6f8fa;stroke:#afb8c1}\n"
	      ".band{fill:#f6f8fa}.note{fill:#fff8c5;stroke:#d4a72c}.bad{fill:#ffebe9;stroke:#cf222e}\n"
	      "line.n{stroke:#57606a;stroke-width:1.5}line.l{stroke:#b35900;stroke-width:2}"
	      "line.e{stroke:#1a7f37;stroke-width:2.5}line.m{stroke:#0969da;stroke-width:2}\n"
	      "polygon.n,text.n{fill:#57606a}polygon.l,text.l{fill:#b35900}polygon.e,text.e{fill:#1a7f37}"
	      "polygon.m,text.m{fill:#0969da}\n"
	      "</style>\n",
	      out);
}

static void legend(FILE *out)
{
	static const struct {
		enum iuplus_key_kind kind;
		const char *label;
	} items[] = {
		{ IUPLUS_KEYS_NONE, "unprotected, or Iu" },
		{ IUPLUS_KEYS_LEGACY, "protected by IK (legacy)" },
		{ IUPLUS_KEYS_ENHANCED, "protected by IK_U (enhanced)" },
		{ IUPLUS_KEYS_MAPPED, "protected by IK' (mapped)" },
	};
	for (int i = 0; i < IUPLUS_KEYS_COUNT; i++) {
		int x = 20 + i * (WIDTH - 40) / IUPLUS_KEYS_COUNT;
		const char *class = key_class(items[i].kind);
		fprintf(out,
			"<line class=\"%s\" x1=\"%d\" y1=\"50\" x2=\"%d\" y2=\"50\"/><text class=\"%s\" x=\"%d\" "
			"y=\"54\">%s</text>\n",
			class, x, x + 34, class, x + 42, items[i].label);
	}
}

static void message_row(FILE *out, const struct story *story, const struct node_event *event, int y)
{
	int from = column_x(story_column(event->from)), to = column_x(story_column(event->to));
	int dir = from < to ? 1 : -1;
	const char *class = key_class(event->protected_by);
	if (from == to)
		to = from + COLUMN / 3;
	fprintf(out,
		"<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
		"<polygon class=\"%s\" points=\"%d,%d %d,%d %d,%d\"/>\n",
		class, from, y, to - 6 * dir, y, class, to, y, to - 9 * dir, y - 5, to - 9 * dir, y + 5);
	/* the label has a white outline, so that a lifeline does not run through the letters */
	fprintf(out, "<text class=\"mid\" x=\"%d\" y=\"%d\" paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"4\">",
		(from + to) / 2, y - 6);
	if (event->step)
		fprintf(out, "<tspan class=\"step\">%s</tspan> ", step_number(story->figure, event->step));
	text(out, event->message);
	if (event->note[0]) {
		fputs(" (", out);
		text(out, event->note);
		fputc(')', out);
	}
	fprintf(out, "</text>\n<text class=\"key %s\" x=\"%d\" y=\"%d\">%s</text>\n", class,
		column_x(STORY_NODE_COUNT - 1) + 100, y + 4, node_event_key_kind(event->protected_by));
}

static void note_row(FILE *out, const struct story *story, const struct node_event *event, int y)
{
	int x = column_x(story_column(event->node));
	size_t letters =
		strlen(event->message) + (event->step ? 4 : 0) + (event->note[0] ? strlen(event->note) + 3 : 0);
	int width = (int)(letters * 66 / 10) + 16;
	int left = x - width / 2;
	left = left < 66 ? 66 : left;
	left = left + width > WIDTH - 8 ? WIDTH - 8 - width : left;
	fprintf(out,
		"<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"4\"/>"
		"<text class=\"mid\" x=\"%d\" y=\"%d\">",
		story_bad(event) ? "bad" : "note", left, y - 14, width, left + width / 2, y);
	if (event->step)
		fprintf(out, "<tspan class=\"step\">%s</tspan> ", step_number(story->figure, event->step));
	text(out, event->message);
	if (event->note[0]) {
		fputs(" (", out);
		text(out, event->note);
		fputc(')', out);
	}
	fputs("</text>\n", out);
}

void ladder_svg(FILE *out, const struct story *story)
{
	int rows = 0;
	for (size_t i = 0; i < story->count; i++)
		rows += story_drawn(&story->events[i]);
	int end = TOP + rows * ROW, height = end + BOTTOM;
	fprintf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
		"role=\"img\">\n<title>SRNS relocation ladder</title>\n",
		WIDTH, height, WIDTH, height);
	style(out);
	fprintf(out, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
	fprintf(out,
		"<text class=\"title\" x=\"20\" y=\"28\">SRNS relocation, UE involved: %s UE from %s source to %s "
		"target (FIG. %u), UIA%u/UEA%u</text>\n",
		story->enhanced[STORY_UE] ? "enhanced" : "legacy",
		story->enhanced[STORY_SOURCE] ? "enhanced" : "legacy",
		story->enhanced[STORY_TARGET] ? "enhanced" : "legacy", step_figure_number(story->figure), story->uia,
		story->uea);
	legend(out);
	for (int i = 0, row = 0; row < rows; row++, i++)
		if (i % 2)
			fprintf(out, "<rect class=\"band\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
				TOP + row * ROW, WIDTH, ROW);
	for (int i = 0; i < STORY_NODE_COUNT; i++) {
		int x = column_x(i);
		fprintf(out,
			"<line class=\"life\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
			"<rect class=\"box\" x=\"%d\" y=\"70\" width=\"120\" height=\"40\" rx=\"5\"/>"
			"<text class=\"head\" x=\"%d\" y=\"88\">%s</text>"
			"<text class=\"sub\" x=\"%d\" y=\"103\">%s</text>\n",
			x, 110, x, end + 10, x - 60, x, story_names[i], x, story->enhanced[i] ? "enhanced" : "legacy");
	}
	int y = TOP + 20;
	for (size_t i = 0; i < story->count; i++) {
		const struct node_event *event = &story->events[i];
		if (!story_drawn(event))
			continue;
		fprintf(out, "<text class=\"time\" x=\"12\" y=\"%d\">%.3f s</text>\n", y + 4, event->t - story->t0);
		if (event->kind == NODE_EVENT_MESSAGE)
			message_row(out, story, event, y);
		else
			note_row(out, story, event, y);
		y += ROW;
	}
	fputs("</svg>\n", out);
}
