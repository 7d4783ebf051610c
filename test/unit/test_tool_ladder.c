/* SPDX-License-Identifier: BSD-2-Clause */
/* test_tool_ladder.c: the ladders and the JSON object of a fixed story, and the verdicts on stories. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/tool/relocate/run.h"
#include "test/unit/cunit_main.h"

static void add(struct story *story, const struct node_event *event)
{
	CU_ASSERT_EQUAL_FATAL(story_add(story, event), 0);
}

static struct node_event message(double t, const char *step, const char *from, const char *to, const char *name,
				 enum iuplus_key_kind kind)
{
	struct node_event event = { .kind = NODE_EVENT_MESSAGE, .t = t, .protected_by = kind };
	node_event_text(event.node, sizeof(event.node), from);
	node_event_text(event.from, sizeof(event.from), from);
	node_event_text(event.to, sizeof(event.to), to);
	bool uu = !strcmp(from, "ue") || !strcmp(to, "ue");
	node_event_text(event.interface, sizeof(event.interface), uu ? "Uu" : "Iu");
	node_event_text(event.message, sizeof(event.message), name);
	event.step = step_find(STEP_FIG_9, step);
	return event;
}

static struct node_event note(double t, const char *step, const char *node, const char *text)
{
	struct node_event event = { .kind = NODE_EVENT_NOTE, .t = t };
	node_event_text(event.node, sizeof(event.node), node);
	node_event_text(event.message, sizeof(event.message), text);
	event.step = step_find(STEP_FIG_9, step);
	return event;
}

static struct node_event keys(double t, const char *node, enum iuplus_key_kind kind, const char *ik)
{
	struct node_event event = {
		.kind = NODE_EVENT_KEYS,
		.t = t,
		.key_kind = kind,
		.domain = IUPLUS_DOMAIN_PS,
		.uia = 2,
		.uea = 2,
		.integrity_started = true,
		.ciphering_started = true
	};
	node_event_text(event.node, sizeof(event.node), node);
	node_event_text(event.ik, sizeof(event.ik), ik);
	node_event_text(event.ck, sizeof(event.ck), "cccccccc");
	return event;
}

static struct node_event gone(double t, const char *node)
{
	struct node_event event = { .kind = NODE_EVENT_END, .t = t };
	node_event_text(event.node, sizeof(event.node), node);
	node_event_text(event.message, sizeof(event.message), "context");
	return event;
}

/* A short story with one of everything that is drawn, added out of order. */
static void small_story(struct story *story)
{
	struct node_event e;
	*story = (struct story){ .enhanced = { true, false, true, true }, .uia = 2, .uea = 2 };
	e = message(100.020, "906", "source-rnc", "ue", "PhysicalChannelReconfiguration", IUPLUS_KEYS_LEGACY);
	add(story, &e);
	e = message(100.000, "901", "source-rnc", "sgsn", "RelocationRequired", IUPLUS_KEYS_NONE);
	add(story, &e);
	e = note(100.021, "907", "ue", "verifies with <IK> & \"more\"");
	add(story, &e);
	e = message(100.030, "", "ue", "target-rnc", "UplinkDirectTransfer", IUPLUS_KEYS_ENHANCED);
	node_event_text(e.note, sizeof(e.note), "AttachComplete; #1");
	add(story, &e);
	e = keys(100.040, "ue", IUPLUS_KEYS_ENHANCED, "aaaaaaaa");
	add(story, &e);
	e = (struct node_event){ .kind = NODE_EVENT_FAILURE, .t = 100.050, .node = "sgsn", .message = "no" };
	add(story, &e);
}

static char *written(void (*writer)(FILE *out, const struct story *story), const struct story *story)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	writer(out, story);
	fclose(out);
	return text;
}

static void plain(FILE *out, const struct story *story)
{
	ladder_text(out, story, false);
}

static void test_text(void)
{
	struct story story;
	small_story(&story);
	char *text = written(plain, &story);
	static const char expected[] =
		"   time  step  ue          source-rnc  target-rnc  sgsn     key       message\n"
		"               enhanced    legacy      enhanced    enhanced\n"
		"  0.000  901   |           |---------------------->|   none      RelocationRequired\n"
		"  0.020  906   |<----------|           |           |   legacy    PhysicalChannelReconfiguration\n"
		"  0.021  907   *           |           |           |             verifies with <IK> & \"more\"\n"
		"  0.030        |======================>|           |   enhanced  UplinkDirectTransfer "
		"(AttachComplete; #1)\n"
		"  0.050        |           |           |           !             no\n";
	CU_ASSERT_STRING_EQUAL(text, expected);
	free(text);
	story_free(&story);
}

static void test_charts(void)
{
	struct story story;
	small_story(&story);
	char *text = written(ladder_mermaid, &story);
	static const char mermaid[] =
		"sequenceDiagram\n"
		"    participant n0 as ue (enhanced)\n"
		"    participant n1 as source-rnc (legacy)\n"
		"    participant n2 as target-rnc (enhanced)\n"
		"    participant n3 as sgsn (enhanced)\n"
		"    n1-->>n3: 901 RelocationRequired\n"
		"    n1->>n0: 906 PhysicalChannelReconfiguration [legacy]\n"
		"    Note over n0: 907 verifies with #60;IK#62; & #34;more#34;\n"
		"    n0->>n2: UplinkDirectTransfer (AttachComplete#59; #35;1) [enhanced]\n"
		"    Note over n3: no\n";
	CU_ASSERT_STRING_EQUAL(text, mermaid);
	free(text);
	text = written(ladder_mscgen, &story);
	static const char mscgen[] =
		"msc {\n"
		"  hscale = \"2\";\n"
		"\n"
		"  n0 [label=\"ue\\nenhanced\"], n1 [label=\"source-rnc\\nlegacy\"], "
		"n2 [label=\"target-rnc\\nenhanced\"], n3 [label=\"sgsn\\nenhanced\"];\n"
		"\n"
		"  n1 -> n3 [label=\"901 RelocationRequired\", linecolour=\"#57606a\", textcolour=\"#57606a\"];\n"
		"  n1 => n0 [label=\"906 PhysicalChannelReconfiguration\", linecolour=\"#b35900\", "
		"textcolour=\"#b35900\"];\n"
		"  n0 note n0 [label=\"907 verifies with <IK> & \\\"more\\\"\"];\n"
		"  n0 => n2 [label=\"UplinkDirectTransfer (AttachComplete; #1)\", linecolour=\"#1a7f37\", "
		"textcolour=\"#1a7f37\"];\n"
		"  n3 note n3 [label=\"no\"];\n"
		"}\n";
	CU_ASSERT_STRING_EQUAL(text, mscgen);
	free(text);
	story_free(&story);
}

static unsigned times(const char *text, const char *part)
{
	unsigned n = 0;
	for (; (text = strstr(text, part)); text += strlen(part))
		n++;
	return n;
}

static void test_svg(void)
{
	struct story story;
	small_story(&story);
	char *text = written(ladder_svg, &story);
	CU_ASSERT_EQUAL(strncmp(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg ", 44), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "</svg>\n"));
	/* three messages and the legend's three lines; one arrow head per message; a box for the note and one for the
	 * failure */
	CU_ASSERT_EQUAL(times(text, "<line class=\"n\""), 2);
	CU_ASSERT_EQUAL(times(text, "<line class=\"l\""), 2);
	CU_ASSERT_EQUAL(times(text, "<line class=\"e\""), 2);
	CU_ASSERT_EQUAL(times(text, "<polygon "), 3);
	CU_ASSERT_EQUAL(times(text, "<rect class=\"note\""), 1);
	CU_ASSERT_EQUAL(times(text, "<rect class=\"bad\""), 1);
	CU_ASSERT_EQUAL(times(text, "<line class=\"life\""), 4);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "<tspan class=\"step\">906</tspan> PhysicalChannelReconfiguration</text>"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "verifies with &lt;IK&gt; &amp; \"more\""));
	CU_ASSERT_EQUAL(times(text, "<text"), times(text, "</text>"));
	free(text);
	/* an empty story draws an empty ladder */
	struct story none = { .uia = 1 };
	text = written(ladder_svg, &none);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "</svg>\n"));
	free(text);
	story_free(&story);
}

static void test_json(void)
{
	static struct run run;
	char *text = NULL;
	size_t len = 0;
	memset(&run, 0, sizeof(run));
	run.options.kind[STORY_UE] = run.options.kind[STORY_TARGET] = 1;
	small_story(&run.story);
	FILE *out = open_memstream(&text, &len);
	report_json(out, &run, true);
	strcpy(run.reason, "a \"quoted\" reason");
	report_json(out, &run, false);
	fclose(out);
	static const char rest[] =
		"\"fig7\":\"700, 701, 703 to 712\",\"required\":\"900 to 919\","
		"\"figure\":9,\"ue\":\"enhanced\",\"source\":\"legacy\",\"target\":\"enhanced\",\"steps\":["
		"{\"t\":0.000000,\"step\":\"901\",\"from\":\"source-rnc\",\"to\":\"sgsn\","
		"\"message\":\"RelocationRequired\",\"protected_by\":\"none\"},"
		"{\"t\":0.020000,\"step\":\"906\",\"from\":\"source-rnc\",\"to\":\"ue\","
		"\"message\":\"PhysicalChannelReconfiguration\",\"protected_by\":\"legacy\"},"
		"{\"t\":0.021000,\"step\":\"907\",\"from\":\"ue\",\"to\":\"ue\","
		"\"message\":\"verifies with <IK> & \\\"more\\\"\",\"protected_by\":\"none\"},"
		"{\"t\":0.030000,\"step\":\"\",\"from\":\"ue\",\"to\":\"target-rnc\","
		"\"message\":\"UplinkDirectTransfer\",\"protected_by\":\"enhanced\"}],"
		"\"keys\":[{\"node\":\"ue\",\"domain\":\"ps\",\"kind\":\"enhanced\",\"integrity\":\"uia2\","
		"\"encryption\":\"uea2\",\"ik\":\"aaaaaaaa\",\"ck\":\"cccccccc\"}]}\n";
	char expected[2 * sizeof(rest) + 200];
	snprintf(expected, sizeof(expected),
		 "{\"verdict\":\"pass\",%s{\"verdict\":\"fail\",\"reason\":\"a \\\"quoted\\\" reason\","
		 "%s",
		 rest, rest);
	CU_ASSERT_STRING_EQUAL(text, expected);
	free(text);
	story_free(&run.story);
}

/* ---- the verdict ---- */

/* The story of a successful run, for these kinds of nodes. */
static void whole_story(struct run *run, int ue, int source, int target)
{
	struct story *s = &run->story;
	bool enhanced = ue && target, told = enhanced && source;
	enum iuplus_key_kind first = ue && source ? IUPLUS_KEYS_ENHANCED : IUPLUS_KEYS_LEGACY;
	/* between an RNC+ and a legacy RNC: the mapped pair */
	enum iuplus_key_kind other = ue && source && !target ? IUPLUS_KEYS_MAPPED : IUPLUS_KEYS_LEGACY;
	enum iuplus_key_kind moved = told ? IUPLUS_KEYS_ENHANCED : other;
	enum iuplus_key_kind final = enhanced ? IUPLUS_KEYS_ENHANCED : other;
	double t = 1;
	struct node_event list[48];
	unsigned n = 0;
	memset(run, 0, sizeof(*run));
	run->options.kind[STORY_UE] = ue;
	run->options.kind[STORY_SOURCE] = source;
	run->options.kind[STORY_TARGET] = target;
	run->options.integrity = run->options.encryption = 2;
	list[n++] = message(t++, "", "ue", "source-rnc", "RRCConnectionRequest", IUPLUS_KEYS_NONE);
	list[n++] = message(t++, "", "source-rnc", "ue", "SecurityModeCommand", first);
	list[n++] = keys(t++, "source-rnc", first, "11111111");
	list[n++] = keys(t++, "ue", first, "11111111");
	list[n++] = note(t++, "900", "source-rnc", "decides");
	list[n++] = message(t++, "901", "source-rnc", "sgsn", "RelocationRequired", IUPLUS_KEYS_NONE);
	list[n++] = message(t++, "902", "sgsn", "target-rnc", "RelocationRequest", IUPLUS_KEYS_NONE);
	list[n++] = note(t++, "903", "target-rnc", "stores");
	list[n++] = message(t++, "904", "target-rnc", "sgsn", "RelocationRequestAcknowledge", IUPLUS_KEYS_NONE);
	list[n++] = message(t++, "905", "sgsn", "source-rnc", "RelocationCommand", IUPLUS_KEYS_NONE);
	list[n++] = message(t++, "906", "source-rnc", "ue", "PhysicalChannelReconfiguration", moved);
	list[n++] = note(t++, "907", "ue", "verifies");
	list[n++] = message(t++, "908", "ue", "target-rnc", "PhysicalChannelReconfigurationComplete", moved);
	list[n++] = message(t++, "909", "target-rnc", "sgsn", "RelocationComplete", IUPLUS_KEYS_NONE);
	list[n++] = message(t++, "910", "sgsn", "source-rnc", "Iu-ReleaseCommand", IUPLUS_KEYS_NONE);
	list[n++] = gone(t++, "source-rnc");
	if (enhanced && !told) {
		list[n++] = message(t++, "911", "sgsn", "target-rnc", "DirectTransfer", IUPLUS_KEYS_NONE);
		list[n++] = note(t++, "912", "sgsn", "derives");
		list[n++] = message(t++, "913", "sgsn", "target-rnc", "SecurityModeCommand", IUPLUS_KEYS_NONE);
		list[n++] = note(t++, "914", "target-rnc", "derives");
		list[n++] = message(t++, "915", "target-rnc", "ue", "SecurityModeCommand", IUPLUS_KEYS_ENHANCED);
		list[n++] = note(t++, "916", "ue", "derives");
		list[n++] = note(t++, "917", "ue", "derives, verifies");
		list[n++] = message(t++, "918", "ue", "target-rnc", "SecurityModeComplete", IUPLUS_KEYS_ENHANCED);
		list[n++] = message(t++, "919", "target-rnc", "sgsn", "SecurityModeComplete", IUPLUS_KEYS_NONE);
	}
	list[n++] = keys(t++, "sgsn", final, "22222222");
	list[n++] = keys(t++, "target-rnc", final, "22222222");
	list[n++] = keys(t++, "ue", final, "22222222");
	list[n++] = message(t++, "", "target-rnc", "ue", "DownlinkDirectTransfer", final);
	list[n++] = message(t++, "", "ue", "target-rnc", "UplinkDirectTransfer", final);
	for (unsigned i = 0; i < n; i++)
		add(s, &list[i]);
}

static void test_verdict_passes(void)
{
	static struct run run;
	for (int i = 0; i < 8; i++) {
		whole_story(&run, i & 1, i >> 1 & 1, i >> 2 & 1);
		bool pass = run_judge(&run);
		if (!pass)
			fprintf(stderr, "combination %d: %s\n", i, run.reason);
		CU_ASSERT_TRUE(pass);
		story_free(&run.story);
	}
}

/* If any event is missing, the verdict is a failure, except for events that FIG. 9 does not need. */
static void test_verdict_misses_nothing(void)
{
	static struct run run;
	for (int i = 0; i < 8; i++) {
		whole_story(&run, i & 1, i >> 1 & 1, i >> 2 & 1);
		size_t count = run.story.count;
		story_free(&run.story);
		for (size_t drop = 4; drop < count; drop++) {
			whole_story(&run, i & 1, i >> 1 & 1, i >> 2 & 1);
			memmove(&run.story.events[drop], &run.story.events[drop + 1],
				(count - drop - 1) * sizeof(run.story.events[0]));
			run.story.count--;
			/* without its last keys event the UE still has the previous keys, which differ */
			CU_ASSERT_FALSE(run_judge(&run));
			CU_ASSERT_TRUE(run.reason[0] != 0);
			story_free(&run.story);
		}
	}
}

static void expect_failure(struct run *run, const char *reason)
{
	CU_ASSERT_FALSE(run_judge(run));
	if (strcmp(run->reason, reason))
		fprintf(stderr, "'%s'\nnot '%s'\n", run->reason, reason);
	CU_ASSERT_STRING_EQUAL(run->reason, reason);
	story_free(&run->story);
}

static struct node_event *find(struct run *run, const char *step, const char *name)
{
	for (size_t i = 0; i < run->story.count; i++)
		if (!strcmp(step_number(STEP_FIG_9, run->story.events[i].step), step) &&
		    (!name || !strcmp(run->story.events[i].message, name)))
			return &run->story.events[i];
	CU_FAIL_FATAL("no such event");
	return NULL;
}

static void test_verdict_reasons(void)
{
	static struct run run;
	whole_story(&run, 1, 0, 1);
	find(&run, "915", NULL)->protected_by = IUPLUS_KEYS_LEGACY;
	expect_failure(&run, "step 915, SecurityModeCommand, was protected by legacy keys; enhanced is right");
	whole_story(&run, 1, 0, 1);
	strcpy(find(&run, "905", NULL)->message, "RelocationPreparationFailure");
	expect_failure(&run, "step 905 (core to source RNC: Relocation Command) did not happen");
	whole_story(&run, 1, 0, 1);
	strcpy(run.story.events[run.story.count - 3].ik, "33333333");
	expect_failure(&run, "UE and target RNC do not agree on the keys");
	whole_story(&run, 1, 0, 1);
	find(&run, "", "UplinkDirectTransfer")->protected_by = IUPLUS_KEYS_LEGACY;
	expect_failure(&run, "UplinkDirectTransfer was protected by legacy keys after the change");
	whole_story(&run, 0, 0, 1);
	find(&run, "", "UplinkDirectTransfer")->protected_by = IUPLUS_KEYS_NONE;
	expect_failure(&run, "UplinkDirectTransfer was sent unprotected over Uu");
	whole_story(&run, 1, 0, 1);
	run.options.encryption = 1;
	expect_failure(&run, "algorithms are UIA2/UEA2 at the UE and UIA2/UEA2 at the target; UIA2/UEA1 was requested");
	whole_story(&run, 1, 0, 1);
	find(&run, "911", NULL)->kind = NODE_EVENT_NOTE;
	expect_failure(&run, "step 911 (core to UE: authentication, when one precedes the new keys) did not happen");
	whole_story(&run, 1, 0, 1);
	struct node_event failure = { .kind = NODE_EVENT_FAILURE, .t = 99, .node = "ue", .message = "MAC-I is wrong" };
	add(&run.story, &failure);
	expect_failure(&run, "ue reported: MAC-I is wrong");
	whole_story(&run, 1, 0, 0);
	struct node_event extra = message(99, "913", "sgsn", "target-rnc", "SecurityModeCommand", IUPLUS_KEYS_NONE);
	add(&run.story, &extra);
	expect_failure(&run, "step 913 happened, but not in this case of FIG. 7");
	whole_story(&run, 0, 0, 1);
	extra = message(99, "911", "sgsn", "target-rnc", "DirectTransfer", IUPLUS_KEYS_NONE);
	add(&run.story, &extra);
	expect_failure(&run, "step 911 happened, but not in this case of FIG. 7");
}

/* Step 911 where a legacy RNC was given CK and IK: owed with "auto" and "always", forbidden with "never". */
static void test_verdict_authentication(void)
{
	static struct run run;
	for (int aka = 0; aka < IUPLUS_CN_AKA_COUNT; aka++) {
		bool never = aka == IUPLUS_CN_AKA_NEVER;
		whole_story(&run, 1, 0, 1);
		run.options.aka = aka;
		if (never)
			expect_failure(&run, "step 911 happened, but not in this case of FIG. 7");
		else
			CU_ASSERT_TRUE(run_judge(&run));
		story_free(&run.story);
		whole_story(&run, 1, 0, 1);
		run.options.aka = aka;
		find(&run, "911", NULL)->kind = NODE_EVENT_NOTE;
		if (never) {
			CU_ASSERT_TRUE(run_judge(&run));
		} else {
			expect_failure(&run, "step 911 (core to UE: authentication, when one precedes the new keys) did "
					     "not happen");
		}
		story_free(&run.story);
	}
}

/* The path that a run of these nodes takes through FIG. 7, and the steps of FIG. 9 on it. */
static void test_verdict_path(void)
{
	static const struct {
		int ue, source, target;
		enum iuplus_cn_aka aka;
		const char *path, *steps;
	} cases[] = {
		{ 0, 0, 0, IUPLUS_CN_AKA_AUTO, "700, 713", "900 to 910" },
		{ 1, 1, 0, IUPLUS_CN_AKA_ALWAYS, "700, 713", "900 to 910" },
		{ 0, 0, 1, IUPLUS_CN_AKA_AUTO, "700, 701, 703 to 709, 713", "900 to 910" },
		{ 0, 1, 1, IUPLUS_CN_AKA_AUTO, "700, 701, 703 to 709, 713", "900 to 910" },
		{ 1, 0, 1, IUPLUS_CN_AKA_NEVER, "700, 701, 703 to 710, 712", "900 to 910, 912 to 919" },
		{ 1, 0, 1, IUPLUS_CN_AKA_AUTO, "700, 701, 703 to 712", "900 to 919" },
		{ 1, 1, 1, IUPLUS_CN_AKA_AUTO, "700 to 702", "900 to 910" },
	};
	static struct run run;
	char steps[RUN_STEPS];
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		whole_story(&run, cases[i].ue, cases[i].source, cases[i].target);
		run.options.aka = cases[i].aka;
		run_steps(&run, steps, sizeof(steps));
		CU_ASSERT_STRING_EQUAL(run_fig_7(&run), cases[i].path);
		CU_ASSERT_STRING_EQUAL(steps, cases[i].steps);
		story_free(&run.story);
	}
}

/* ---- the steps ---- */

/* Every step has a text and a number of FIG. 9, in ascending order; no number of a figure is given twice. */
static void test_steps(void)
{
	for (int figure = 0; figure < STEP_FIGURE_COUNT; figure++) {
		const char *before = "";
		for (int i = IUPLUS_STEP_NONE + 1; i < IUPLUS_STEP_COUNT; i++) {
			const char *number = step_number((enum step_figure)figure, (enum iuplus_proc_step)i);
			if (figure == STEP_FIG_9 && (!number[0] || !step_text((enum iuplus_proc_step)i)[0])) {
				fprintf(stderr, "step \"%s\" has no number or no text\n",
					iuplus_proc_step_name((enum iuplus_proc_step)i));
				CU_FAIL("a step is not complete");
			}
			if (!number[0])
				continue;
			CU_ASSERT_TRUE(strcmp(before, number) < 0);
			CU_ASSERT_EQUAL(step_find((enum step_figure)figure, number), i);
			CU_ASSERT_EQUAL((unsigned)(number[0] - '0'), step_figure_number((enum step_figure)figure));
			before = number;
		}
		CU_ASSERT_TRUE(before[0] != 0);
	}
	CU_ASSERT_STRING_EQUAL(step_number(STEP_FIG_9, IUPLUS_STEP_NONE), "");
	CU_ASSERT_STRING_EQUAL(step_number(STEP_FIG_9, IUPLUS_STEP_COUNT), "");
	CU_ASSERT_STRING_EQUAL(step_text(IUPLUS_STEP_COUNT), "");
	CU_ASSERT_EQUAL(step_find(STEP_FIG_9, "920"), IUPLUS_STEP_NONE);
	CU_ASSERT_EQUAL(step_find(STEP_FIG_9, ""), IUPLUS_STEP_NONE);
}

static FILE *open_document(const char *name)
{
	const char *srcdir = getenv("srcdir");
	char path[4096];
	snprintf(path, sizeof(path), "%s/doc/%s", srcdir ? srcdir : ".", name);
	FILE *file = fopen(path, "r");
	if (!file)
		fprintf(stderr, "%s cannot be read\n", path);
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	return file;
}

/* The table of steps in procedures.md has the numbers of FIG. 9 in its first column, in order. */
static void test_procedures(void)
{
	FILE *file = open_document("procedures.md");
	char *line = NULL;
	size_t room = 0;
	int before = IUPLUS_STEP_NONE, rows = 0;
	while (getline(&line, &room, file) > 0) {
		if (strncmp(line, "| 9", 3))
			continue;
		rows++;
		for (const char *at = line + 1; *at && *at != '|'; at++) {
			char number[4] = { 0 };
			if (strspn(at, "0123456789") != 3)
				continue;
			memcpy(number, at, 3);
			at += 2;
			int step = step_find(STEP_FIG_9, number);
			if (step <= before)
				fprintf(stderr, "procedures.md: step %s is unknown or out of order\n", number);
			CU_ASSERT_TRUE(step > before);
			before = step;
		}
	}
	CU_ASSERT_TRUE(rows > 8);
	CU_ASSERT_EQUAL(before, IUPLUS_STEP_COUNT - 1);
	free(line);
	fclose(file);
}

/* The manual page shows the table: IUPLUS_PRINT_TABLES=1 prints what it must contain. */
static void test_manual(void)
{
	char *expected = NULL, *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&expected, &len);
	for (int i = IUPLUS_STEP_NONE + 1; i < IUPLUS_STEP_COUNT; i++) {
		const char *other = step_number(STEP_FIG_8, (enum iuplus_proc_step)i);
		fprintf(out, ".TP\n.B %s\n%s%s%s%s\n", step_number(STEP_FIG_9, (enum iuplus_proc_step)i),
			step_text((enum iuplus_proc_step)i), other[0] ? " (FIG. 8: " : "", other, other[0] ? ")" : "");
	}
	fputs(".PP\n", out);
	fclose(out);
	if (getenv("IUPLUS_PRINT_TABLES")) {
		fputs(expected, stdout);
		free(expected);
		return;
	}
	FILE *manual = open_document("iuplus-relocate.1");
	size_t room = 0;
	CU_ASSERT_TRUE_FATAL(getdelim(&text, &room, 0, manual) > 0);
	if (!strstr(text, expected))
		fprintf(stderr,
			"doc/iuplus-relocate.1 does not show the table of steps: run this test with IUPLUS_PRINT_TABLES=1\n");
	CU_ASSERT_PTR_NOT_NULL(strstr(text, expected));
	fclose(manual);
	free(text);
	free(expected);
}

IUPLUS_CUNIT_MAIN("ladders and verdict", { "text", test_text }, { "Mermaid and mscgen", test_charts },
		  { "SVG", test_svg }, { "JSON", test_json }, { "all eight combinations pass", test_verdict_passes },
		  { "nothing may be missing", test_verdict_misses_nothing }, { "reasons", test_verdict_reasons },
		  { "authentication", test_verdict_authentication }, { "the path of FIG. 7", test_verdict_path },
		  { "steps", test_steps }, { "the manual's steps", test_manual },
		  { "the steps of procedures.md", test_procedures })
