/* SPDX-License-Identifier: BSD-2-Clause */
/* verdict.c: checks a run against the method's figures: the steps, their order, their keys.
 *
 * The expectation is a table with one row per step and the cases in which it must happen. Numbers and texts of the
 * steps are those of steps.h. */
#include "src/tool/relocate/run.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* The path through FIG. 7, which depends on the kinds of the nodes. */
enum way {
	WAY_LEGACY = 1,  /* ends with the keys of the container: the phone or the target is legacy (706, 709, 713) */
	WAY_COMMAND = 2, /* the target learns the capability from the phone: Security Mode Command (710-712) */
	WAY_TOLD = 4,    /* the target learns it from an enhanced source: enhanced keys immediately (702) */
	WAY_ANY = 7
};

struct expected {
	enum iuplus_proc_step step;
	enum story_node from, to; /* the same node twice: a step without a message */
	const char *message;      /* NULL: the node words the step itself */
	unsigned ways;
	bool with_aka; /* unless AKA is never wanted: a legacy source had CK and IK */
	int kind;      /* protection: enum iuplus_key_kind, or one of those below */
};
#define KIND_FINAL (-1)     /* the final keys */
#define KIND_ANY (-2)       /* Uu before the change: any keys in use */
#define KIND_IN_TARGET (-3) /* the target's first keys: enhanced if it knew the capability, else the container's */

static const struct expected table[] = {
	{ IUPLUS_STEP_DECIDED, STORY_SOURCE, STORY_SOURCE, NULL, WAY_ANY, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_REQUIRED, STORY_SOURCE, STORY_SGSN, "RelocationRequired", WAY_ANY, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_REQUESTED, STORY_SGSN, STORY_TARGET, "RelocationRequest", WAY_ANY, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_KEYS_STORED, STORY_TARGET, STORY_TARGET, NULL, WAY_ANY, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_RESOURCES_ALLOCATED, STORY_TARGET, STORY_SGSN, "RelocationRequestAcknowledge", WAY_ANY, false,
	  IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_COMMANDED, STORY_SGSN, STORY_SOURCE, "RelocationCommand", WAY_ANY, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_UE_TOLD, STORY_SOURCE, STORY_UE, "PhysicalChannelReconfiguration", WAY_ANY, false,
	  KIND_IN_TARGET },
	{ IUPLUS_STEP_UE_VERIFIED, STORY_UE, STORY_UE, NULL, WAY_ANY, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_UE_COMPLETE, STORY_UE, STORY_TARGET, "PhysicalChannelReconfigurationComplete", WAY_ANY, false,
	  KIND_IN_TARGET },
	{ IUPLUS_STEP_COMPLETE, STORY_TARGET, STORY_SGSN, "RelocationComplete", WAY_ANY, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_SOURCE_RELEASED, STORY_SGSN, STORY_SOURCE, "Iu-ReleaseCommand", WAY_ANY, false,
	  IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_AUTHENTICATED, STORY_SGSN, STORY_TARGET, "DirectTransfer", WAY_COMMAND, true, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_CORE_DERIVED, STORY_SGSN, STORY_SGSN, NULL, WAY_COMMAND, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_SECURITY_COMMANDED, STORY_SGSN, STORY_TARGET, "SecurityModeCommand", WAY_COMMAND, false,
	  IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_RNC_DERIVED, STORY_TARGET, STORY_TARGET, NULL, WAY_COMMAND, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_UE_COMMANDED, STORY_TARGET, STORY_UE, "SecurityModeCommand", WAY_COMMAND, false,
	  IUPLUS_KEYS_ENHANCED },
	{ IUPLUS_STEP_UE_DERIVED, STORY_UE, STORY_UE, NULL, WAY_COMMAND, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_UE_SECURED, STORY_UE, STORY_UE, NULL, WAY_COMMAND, false, IUPLUS_KEYS_NONE },
	{ IUPLUS_STEP_UE_ACCEPTED, STORY_UE, STORY_TARGET, "SecurityModeComplete", WAY_COMMAND, false,
	  IUPLUS_KEYS_ENHANCED },
	{ IUPLUS_STEP_SECURED, STORY_TARGET, STORY_SGSN, "SecurityModeComplete", WAY_COMMAND, false, IUPLUS_KEYS_NONE },
};

enum iuplus_key_kind run_expected_kind(const struct run_options *options)
{
	if (!options->kind[STORY_UE])
		return IUPLUS_KEYS_LEGACY;
	if (options->kind[STORY_TARGET])
		return IUPLUS_KEYS_ENHANCED;
	return options->kind[STORY_SOURCE] ? IUPLUS_KEYS_MAPPED : IUPLUS_KEYS_LEGACY;
}

/* A legacy RNC cannot tell mapped keys from CK and IK. */
static bool is_kind(enum iuplus_key_kind kind, enum iuplus_key_kind wanted, const char *node)
{
	return kind == wanted || (wanted == IUPLUS_KEYS_MAPPED && kind == IUPLUS_KEYS_LEGACY &&
				  !strcmp(node, story_names[STORY_TARGET]));
}

static enum way expected_way(const struct run_options *options)
{
	if (run_expected_kind(options) != IUPLUS_KEYS_ENHANCED)
		return WAY_LEGACY;
	return options->kind[STORY_SOURCE] ? WAY_TOLD : WAY_COMMAND;
}

/* Whether an authentication precedes the new keys (steps 711 and 911): a legacy source had CK and IK. */
static bool authenticated(const struct run *run)
{
	return run->options.aka != IUPLUS_CN_AKA_NEVER;
}

const char *run_fig_7(const struct run *run)
{
	switch (expected_way(&run->options)) {
	case WAY_TOLD:
		return "700 to 702";
	case WAY_COMMAND:
		return authenticated(run) ? "700, 701, 703 to 712" : "700, 701, 703 to 710, 712";
	default:
		return run->options.kind[STORY_TARGET] ? "700, 701, 703 to 709, 713" : "700, 713";
	}
}

static bool required(const struct run *run, const struct expected *row)
{
	return (row->ways & expected_way(&run->options)) && (!row->with_aka || authenticated(run));
}

void run_steps(const struct run *run, char *text, size_t size)
{
	size_t at = 0;
	int first = 0, last = 0;
	text[0] = '\0';
	for (size_t i = 0; i <= sizeof(table) / sizeof(table[0]) && at < size; i++) {
		bool end = i == sizeof(table) / sizeof(table[0]);
		int number = end ? 0 : atoi(step_number(run->story.figure, table[i].step));
		if (!end && (!number || !required(run, &table[i])))
			continue;
		if (last && number != last + 1) {
			at += (size_t)snprintf(text + at, size - at, first == last ? "%s%d" : "%s%d to %d",
					       at ? ", " : "", first, last);
			first = 0;
		}
		first = first ? first : number;
		last = number;
	}
}

static bool __attribute__((format(printf, 2, 3))) fail(struct run *run, const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	if (!run->reason[0])
		vsnprintf(run->reason, sizeof(run->reason), format, ap);
	va_end(ap);
	return false;
}

static bool is_at(const char *name, enum story_node node)
{
	return !strcmp(name, story_names[node]);
}

/* True if the event is that of the row; its keys are checked later. */
static bool matches(const struct expected *row, const struct node_event *event)
{
	if (event->step != row->step)
		return false;
	if (row->from == row->to)
		return event->kind == NODE_EVENT_NOTE && is_at(event->node, row->from);
	return event->kind == NODE_EVENT_MESSAGE && is_at(event->from, row->from) && is_at(event->to, row->to) &&
	       (!row->message || !strcmp(event->message, row->message));
}

/* What this path leaves out did not happen: a command for enhanced keys if either side is legacy, or if they are already in
 * use; an authentication where the core may not ask for one. */
static bool judge_absence(struct run *run)
{
	const struct story *story = &run->story;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct expected *row = &table[i];
		if (row->from == row->to || required(run, row))
			continue;
		for (size_t at = 0; at < story->count; at++)
			if (matches(row, &story->events[at]))
				return fail(run, "step %s happened, but not in this case of FIG. 7",
					    step_number(story->figure, row->step));
	}
	return true;
}

static bool judge_steps(struct run *run)
{
	const struct story *story = &run->story;
	enum way way = expected_way(&run->options);
	size_t after = 0;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const struct expected *row = &table[i];
		const char *number = step_number(story->figure, row->step);
		if (!required(run, row))
			continue;
		size_t at = 0;
		while (at < story->count && !matches(row, &story->events[at]))
			at++;
		if (at == story->count)
			return fail(run, "step %s (%s) did not happen", number, step_text(row->step));
		/* A step without a message is reported when its node performs it; messages are in the order of the
		 * table. */
		if (row->from != row->to) {
			if (at < after)
				return fail(run, "step %s happened too early", number);
			after = at;
			int kind = row->kind;
			if (kind == KIND_IN_TARGET)
				kind = way == WAY_COMMAND ? (int)IUPLUS_KEYS_LEGACY :
							    (int)run_expected_kind(&run->options);
			if ((int)story->events[at].protected_by != kind)
				return fail(run, "step %s, %s, was protected by %s keys; %s is right", number,
					    story->events[at].message,
					    node_event_key_kind(story->events[at].protected_by),
					    node_event_key_kind((enum iuplus_key_kind)kind));
		}
	}
	return judge_absence(run);
}

/* Once integrity protection runs, every message on DCCH must be protected; after the change by the final keys. */
static bool judge_protection(struct run *run)
{
	const struct story *story = &run->story;
	enum iuplus_key_kind final = run_expected_kind(&run->options);
	enum iuplus_proc_step last =
		expected_way(&run->options) == WAY_COMMAND ? IUPLUS_STEP_SECURED : IUPLUS_STEP_COMPLETE;
	bool started = false, changed = false, up = false, down = false;
	for (size_t i = 0; i < story->count; i++) {
		const struct node_event *event = &story->events[i];
		if (event->kind == NODE_EVENT_MESSAGE && !strcmp(event->interface, "Uu")) {
			if (event->protected_by != IUPLUS_KEYS_NONE)
				started = true;
			else if (started)
				return fail(run, "%s was sent unprotected over Uu", event->message);
			if (changed && !is_kind(event->protected_by, final, event->from))
				return fail(run, "%s was protected by %s keys after the change", event->message,
					    node_event_key_kind(event->protected_by));
			up |= changed && is_at(event->from, STORY_UE) && is_at(event->to, STORY_TARGET);
			down |= changed && is_at(event->from, STORY_TARGET) && is_at(event->to, STORY_UE);
		}
		if (event->step == last && event->kind == NODE_EVENT_MESSAGE)
			changed = true;
	}
	if (!started)
		return fail(run, "integrity protection never started");
	if (!up || !down)
		return fail(run, "no messages in both directions under the final keys");
	return true;
}

const struct node_event *run_final_keys(const struct run *run, enum story_node node)
{
	const struct node_event *keys = NULL;
	for (size_t i = 0; i < run->story.count; i++) {
		const struct node_event *event = &run->story.events[i];
		if (!is_at(event->node, node))
			continue;
		if (event->kind == NODE_EVENT_KEYS)
			keys = event->key_kind == IUPLUS_KEYS_NONE ? NULL : event;
		if (event->kind == NODE_EVENT_END &&
		    (!strcmp(event->message, "context") || !strcmp(event->message, "process ended")))
			keys = NULL;
	}
	return keys;
}

static bool judge_keys(struct run *run)
{
	const struct run_options *o = &run->options;
	enum iuplus_key_kind kind = run_expected_kind(o);
	const struct node_event *ue = run_final_keys(run, STORY_UE), *rnc = run_final_keys(run, STORY_TARGET);
	const struct node_event *sgsn = run_final_keys(run, STORY_SGSN);
	if (!ue || !rnc || !sgsn)
		return fail(run, "%s has no keys at the end",
			    story_names[!ue  ? STORY_UE :
					!rnc ? STORY_TARGET :
					       STORY_SGSN]);
	if (run_final_keys(run, STORY_SOURCE))
		return fail(run, "the source still holds keys at the end");
	if (ue->key_kind != kind || !is_kind(rnc->key_kind, kind, rnc->node) || sgsn->key_kind != kind)
		return fail(run, "final keys are %s at the UE, %s at the target, %s at the SGSN; FIG. 7 demands %s",
			    node_event_key_kind(ue->key_kind), node_event_key_kind(rnc->key_kind),
			    node_event_key_kind(sgsn->key_kind), node_event_key_kind(kind));
	if (strcmp(ue->ik, rnc->ik) || strcmp(ue->ck, rnc->ck))
		return fail(run, "UE and target RNC do not agree on the keys");
	if (ue->uia != rnc->uia || ue->uea != rnc->uea || (int)ue->uia != o->integrity || (int)ue->uea != o->encryption)
		return fail(run,
			    "algorithms are UIA%u/UEA%u at the UE and UIA%u/UEA%u at the target; "
			    "UIA%d/UEA%d was requested",
			    ue->uia, ue->uea, rnc->uia, rnc->uea, o->integrity, o->encryption);
	if (!ue->integrity_started || !rnc->integrity_started)
		return fail(run, "integrity protection is not active at the end");
	if (o->encryption && (!ue->ciphering_started || !rnc->ciphering_started))
		return fail(run, "ciphering is not active at the end");
	if (kind == IUPLUS_KEYS_ENHANCED && (strcmp(ue->k_rnc, rnc->k_rnc) && ue->k_rnc[0] && rnc->k_rnc[0]))
		return fail(run, "UE and target RNC do not agree on K_RNC");
	return true;
}

bool run_judge(struct run *run)
{
	if (run->reason[0])
		return false;
	for (size_t i = 0; i < run->story.count; i++) {
		const struct node_event *event = &run->story.events[i];
		if (event->kind == NODE_EVENT_FAILURE)
			return fail(run, "%s reported: %s", event->node, event->message);
	}
	return judge_steps(run) && judge_protection(run) && judge_keys(run);
}
