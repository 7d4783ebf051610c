/* SPDX-License-Identifier: BSD-2-Clause */
/* test_names.c: every value of an enum that has names has a name, and no two values have the same one. */
#include <stdio.h>
#include <string.h>

#include "src/judge/judge_int.h"
#include "src/net/m3ua.h"
#include "src/net/sccp.h"
#include "src/net/sctp.h"
#include "src/node/event.h"
#include "src/node/log.h"
#include "src/node/settings.h"
#include "src/tool/pdu/pdu.h"
#include "src/tool/relocate/run.h"
#include "test/unit/cunit_main.h"

/* One value, and the name that the program gives it. */
struct named {
	const char *value;
	const char *name;
};

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static void check(const struct named *list, size_t count)
{
	CU_ASSERT_TRUE(count > 0);
	for (size_t i = 0; i < count; i++) {
		if (!list[i].name || !list[i].name[0] || same(list[i].name, "?") ||
		    same(list[i].name, "unknown return code")) {
			printf("%s has no name\n", list[i].value);
			CU_FAIL("a value has no name");
		}
		for (size_t k = 0; k < i; k++) {
			if (same(list[i].name, list[k].name)) {
				printf("%s and %s are both \"%s\"\n", list[k].value, list[i].value, list[i].name);
				CU_FAIL("two values have one name");
			}
		}
	}
}

#define CHECK(list) check(list, sizeof(list) / sizeof((list)[0]))

static void test_return_codes(void)
{
#define ROW(id, ...) { "IUPLUS_" #id, iuplus_strrc(IUPLUS_##id) },
	const struct named list[] = { IUPLUS_RCS(ROW) };
#undef ROW

	CHECK(list);
	CU_ASSERT_STRING_EQUAL(iuplus_strrc(1), "unknown return code");
	CU_ASSERT_STRING_EQUAL(iuplus_strrc(IUPLUS_ERR_IO - 1), "unknown return code");
}

static void test_sccp(void)
{
#define TYPE(id, ...) { "IUPLUS_SCCP_" #id, iuplus_sccp_type_name(IUPLUS_SCCP_##id) },
#define RELEASE(id, ...) { "IUPLUS_SCCP_REL_" #id, iuplus_sccp_release_cause_name(IUPLUS_SCCP_REL_##id) },
#define REFUSAL(id, ...) { "IUPLUS_SCCP_REF_" #id, iuplus_sccp_refusal_cause_name(IUPLUS_SCCP_REF_##id) },
	const struct named types[] = { IUPLUS_SCCP_TYPES(TYPE) };
	const struct named releases[] = { IUPLUS_SCCP_RELEASE_CAUSES(RELEASE) };
	const struct named refusals[] = { IUPLUS_SCCP_REFUSAL_CAUSES(REFUSAL) };

	CHECK(types);
	CHECK(releases);
	CHECK(refusals);
	/* Q.713 3.11, 3.15: 14 is not assigned */
	CU_ASSERT_STRING_EQUAL(iuplus_sccp_release_cause_name(14), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_sccp_refusal_cause_name(14), "?");
	CU_ASSERT_STRING_EQUAL(iuplus_sccp_type_name(0), "?");
}

static void test_m3ua(void)
{
#define MESSAGE(id, ...) { "IUPLUS_M3UA_" #id, iuplus_m3ua_type_name(IUPLUS_M3UA_##id) },
#define ERROR_CODE(id, ...) { "IUPLUS_M3UA_E_" #id, iuplus_m3ua_error_name(IUPLUS_M3UA_E_##id) },
	const struct named types[] = { IUPLUS_M3UA_TYPES(MESSAGE) };
	const struct named errors[] = { IUPLUS_M3UA_ERRORS(ERROR_CODE) };

	CHECK(types);
	CHECK(errors);
	CU_ASSERT_STRING_EQUAL(iuplus_m3ua_error_name(2), "?");
}

static void test_sctp(void)
{
#define BACKEND(id, ...) { "IUPLUS_SCTP_" #id, iuplus_sctp_backend_name(IUPLUS_SCTP_##id) },
	const struct named list[] = { IUPLUS_SCTP_BACKENDS(BACKEND) };

	CHECK(list);
}

/* A value's name in a line of the trace is read back as the value. */
static void event_kind(enum node_event_kind kind, const char *value)
{
	struct node_event event = { .kind = kind, .node = "ue", .message = "m" }, back;
	char line[NODE_EVENT_LINE];
	size_t len = node_event_write(&event, line, sizeof(line));

	if (len == 0 || node_event_read(line, len, &back) || back.kind != kind || strstr(line, "\"event\":\"\"")) {
		printf("NODE_EVENT_%s does not survive its line\n", value);
		CU_FAIL("an event has no name of its own");
	}
}

static void test_events(void)
{
#define EVENT(id, name, what) event_kind(NODE_EVENT_##id, #id);
	NODE_EVENTS(EVENT)
#define KEYS(id, ...) { "IUPLUS_KEYS_" #id, node_event_key_kind(IUPLUS_KEYS_##id) },
	const struct named keys[] = { IUPLUS_KEY_KINDS(KEYS) };

	CHECK(keys);
}

/* The words of the settings, as the configuration's reader sees them: each value's, and NULL behind the last. */
#define WORDS_OF(list, words, prefix) \
	do { \
		const struct named rows[] = { list(WORD_ROW) }; \
		const size_t count = sizeof(rows) / sizeof(rows[0]); \
		for (size_t i = 0; i < count; i++) \
			if (!same((words)[i], rows[i].name)) { \
				printf(prefix "%s has not its word\n", rows[i].value); \
				CU_FAIL("a word is not its value's"); \
				break; \
			} \
		CU_ASSERT_PTR_NULL((words)[count]); \
		check(rows, count); \
	} while (0)
#define WORD_ROW(id, word, ...) { #id, word },

static void test_words(void)
{
	WORDS_OF(IUPLUS_SCTP_BACKENDS, node_sctp_words, "IUPLUS_SCTP_");
	WORDS_OF(NODE_SCTP_ROLES, node_sctp_role_words, "NODE_SCTP_");
	WORDS_OF(IUPLUS_CN_AKAS, node_aka_words, "IUPLUS_CN_AKA_");
	WORDS_OF(IUPLUS_CN_CAPABILITIES, node_capability_words, "IUPLUS_CN_CAPABILITY_");
	WORDS_OF(NODE_LOG_LEVELS, node_log_levels, "NODE_LOG_");
}

/* Tables that no other file sees are made of these lists. */
static void test_lists(void)
{
	const struct named policies[] = { IUPLUS_ENHANCED_SECURITIES(WORD_ROW) };
	const struct named ue_policies[] = { IUPLUS_UE_POLICIES(WORD_ROW) };
	const struct named freshnesses[] = { IUPLUS_SECURITY_FRESHNESSES(WORD_ROW) };
	const struct named targets[] = { IUPLUS_SECURITY_TARGETS(WORD_ROW) };
	const struct named preparations[] = { JUDGE_PREPARATIONS(WORD_ROW) };
	const struct named faults[] = { RUN_FAULTS(WORD_ROW) };
	const struct named nodes[] = { STORY_NODES(WORD_ROW) };
	const struct named radio[] = { PDU_RADIO_STATES(WORD_ROW) };
	const struct named steps[] = { IUPLUS_PROC_STEPS(WORD_ROW) };

	CHECK(policies);
	CHECK(ue_policies);
	CHECK(freshnesses);
	CHECK(targets);
	CHECK(preparations);
	CHECK(faults);
	CHECK(nodes);
	CHECK(radio);
	CHECK(steps);
}

/* By number, as the configuration writes them: UIA1 is the first, and the phone's words begin with "off". */
static void test_algorithms(void)
{
	char word[8];
	unsigned i;

	for (i = 0; node_uia_words[i]; i++) {
		snprintf(word, sizeof(word), "uia%u", i + NODE_UIA_FIRST);
		CU_ASSERT_STRING_EQUAL(node_uia_words[i], word);
	}
	CU_ASSERT_EQUAL(i, 2);
	for (i = 0; node_uea_words[i]; i++) {
		snprintf(word, sizeof(word), "uea%u", i);
		CU_ASSERT_STRING_EQUAL(node_uea_words[i], word);
	}
	CU_ASSERT_EQUAL(i, 3);
	CU_ASSERT_STRING_EQUAL(node_traffic_mode_words[0], "any");
	CU_ASSERT_STRING_EQUAL(node_traffic_mode_words[IUPLUS_M3UA_TMT_OVERRIDE], "override");
	CU_ASSERT_STRING_EQUAL(node_traffic_mode_words[IUPLUS_M3UA_TMT_LOADSHARE], "loadshare");
	CU_ASSERT_PTR_NULL(node_traffic_mode_words[IUPLUS_M3UA_TMT_BROADCAST]);
}

IUPLUS_CUNIT_MAIN("names", { "return codes", test_return_codes }, { "SCCP", test_sccp }, { "M3UA", test_m3ua },
		  { "SCTP", test_sctp }, { "events", test_events }, { "words of settings", test_words },
		  { "lists", test_lists }, { "algorithms", test_algorithms })
