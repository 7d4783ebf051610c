/* SPDX-License-Identifier: BSD-2-Clause */
/* report.c: the results of a run: the verdict as text and as JSON, capture, ladders. */
#include "src/tool/relocate/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "src/node/node.h"

static const char *kind_word(int enhanced)
{
	return enhanced ? "enhanced" : "legacy";
}

static void json_string(FILE *out, const char *text)
{
	char line[2 * NODE_CONF_ERROR];
	size_t at = 0;
	if (node_event_json_string(line, sizeof(line), &at, text))
		at = (size_t)snprintf(line, sizeof(line), "\"\"");
	fwrite(line, 1, at, out);
}

static void json_steps(FILE *out, const struct story *story)
{
	bool first = true;
	for (size_t i = 0; i < story->count; i++) {
		const struct node_event *event = &story->events[i];
		bool message = event->kind == NODE_EVENT_MESSAGE;
		/* messages, and steps without a message */
		if (!story_drawn(event) || (!message && !event->step))
			continue;
		fprintf(out, "%s{\"t\":%.6f,\"step\":", first ? "" : ",", event->t - story->t0);
		json_string(out, step_number(story->figure, event->step));
		fputs(",\"from\":", out);
		json_string(out, message ? event->from : event->node);
		fputs(",\"to\":", out);
		json_string(out, message ? event->to : event->node);
		fputs(",\"message\":", out);
		json_string(out, event->message);
		fputs(",\"protected_by\":", out);
		json_string(out, node_event_key_kind(event->protected_by));
		fputc('}', out);
		first = false;
	}
}

static void json_keys(FILE *out, const struct run *run)
{
	bool first = true;
	for (int i = 0; i < STORY_NODE_COUNT; i++) {
		const struct node_event *keys = run_final_keys(run, (enum story_node)i);
		if (!keys)
			continue;
		fprintf(out,
			"%s{\"node\":\"%s\",\"domain\":\"%s\",\"kind\":\"%s\",\"integrity\":\"uia%u\","
			"\"encryption\":\"uea%u\",\"ik\":\"%s\",\"ck\":\"%s\"}",
			first ? "" : ",", story_names[i], keys->domain == IUPLUS_DOMAIN_CS ? "cs" : "ps",
			node_event_key_kind(keys->key_kind), keys->uia, keys->uea, keys->ik, keys->ck);
		first = false;
	}
}

void report_json(FILE *out, const struct run *run, bool pass)
{
	const struct run_options *o = &run->options;
	char steps[RUN_STEPS];
	fprintf(out, "{\"verdict\":\"%s\",", pass ? "pass" : "fail");
	if (!pass) {
		fputs("\"reason\":", out);
		json_string(out, run->reason[0] ? run->reason : "unknown");
		fputc(',', out);
	}
	run_steps(run, steps, sizeof(steps));
	fprintf(out, "\"fig7\":\"%s\",\"required\":\"%s\",", run_fig_7(run), steps);
	fprintf(out, "\"figure\":%u,\"ue\":\"%s\",\"source\":\"%s\",\"target\":\"%s\",\"steps\":[",
		step_figure_number(run->story.figure), kind_word(o->kind[STORY_UE]), kind_word(o->kind[STORY_SOURCE]),
		kind_word(o->kind[STORY_TARGET]));
	json_steps(out, &run->story);
	fputs("],\"keys\":[", out);
	json_keys(out, run);
	fputs("]}\n", out);
}

void report_text(FILE *out, const struct run *run, bool pass)
{
	const struct run_options *o = &run->options;
	const char *bold = o->colour ? "\033[1m" : "", *off = o->colour ? "\033[0m" : "";
	const char *good = o->colour ? "\033[1;32m" : "", *bad = o->colour ? "\033[1;31m" : "";
	char steps[RUN_STEPS];
	fprintf(out, "\n%sKeys in use at the end%s (fingerprints)\n", bold, off);
	for (int i = 0; i < STORY_NODE_COUNT; i++) {
		const struct node_event *keys = run_final_keys(run, (enum story_node)i);
		fprintf(out, "  %-11s ", story_names[i]);
		if (!keys) {
			fputs("none\n", out);
			continue;
		}
		const char *mark = keys->key_kind == IUPLUS_KEYS_ENHANCED ? "_U" :
				   keys->key_kind == IUPLUS_KEYS_MAPPED   ? "' " :
									    "  ";
		fprintf(out, "%-8s  UIA%u IK%s %s  UEA%u CK%s %s", node_event_key_kind(keys->key_kind), keys->uia, mark,
			keys->ik, keys->uea, mark, keys->ck[0] ? keys->ck : "none    ");
		if (keys->k_rnc[0])
			fprintf(out, "  K_RNC %s", keys->k_rnc);
		if (keys->k_rnc_star[0])
			fprintf(out, "  K_RNC* %s (NCC %u)", keys->k_rnc_star, keys->ncc);
		fputc('\n', out);
	}
	run_steps(run, steps, sizeof(steps));
	if (pass)
		fprintf(out,
			"\n%sPASS%s: the path of FIG. 7 was %s. All of its steps in FIG. %u happened (%s), every MAC verified,\n"
			"UE and target RNC agree on the %s keys.\n",
			good, off, run_fig_7(run), step_figure_number(run->story.figure), steps,
			node_event_key_kind(run_expected_kind(o)));
	else
		fprintf(out, "\n%sFAIL%s: %s.\n", bad, off, run->reason[0] ? run->reason : "unknown");
}

static int write_ladder(struct run *run, const char *name, void (*writer)(FILE *out, const struct story *story))
{
	char path[4096 + 64];
	FILE *file = fopen(run_path(run, name, path), "we");
	bool good = file;
	if (file) {
		writer(file, &run->story);
		good = !ferror(file);
		good &= !fclose(file);
	}
	if (!good && !run->reason[0])
		snprintf(run->reason, sizeof(run->reason), "%.180s: %s", path, strerror(errno));
	return good ? 0 : NODE_EXIT_CANNOT_CREATE;
}

static void plain_ladder(FILE *out, const struct story *story)
{
	ladder_text(out, story, false);
}

static int merge_captures(struct run *run)
{
	char inputs[STORY_NODE_COUNT][4096 + 64], output[4096 + 64], name[64];
	const char *list[STORY_NODE_COUNT];
	struct stat stat_buf;
	size_t n = 0, failed = 0;
	for (int i = 0; i < STORY_NODE_COUNT; i++) {
		snprintf(name, sizeof(name), "%s.pcapng", story_names[i]);
		run_path(run, name, inputs[n]);
		/* a node that never started has none */
		if (!stat(inputs[n], &stat_buf) && stat_buf.st_size > 0) {
			list[n] = inputs[n];
			n++;
		}
	}
	int rc = n ? iuplus_capture_merge(run_path(run, "iuplus.pcapng", output), list, n, NULL, &failed) : 0;
	if (rc && !run->reason[0])
		snprintf(run->reason, sizeof(run->reason), "%.180s cannot be created: %s", output, iuplus_strrc(rc));
	return rc ? NODE_EXIT_CANNOT_CREATE : 0;
}

int report_files(struct run *run)
{
	int rc = merge_captures(run);
	int ladders = write_ladder(run, "ladder.txt", plain_ladder);
	ladders |= write_ladder(run, "ladder.mmd", ladder_mermaid);
	ladders |= write_ladder(run, "ladder.msc", ladder_mscgen);
	ladders |= write_ladder(run, "ladder.svg", ladder_svg);
	return rc || ladders ? NODE_EXIT_CANNOT_CREATE : 0;
}
