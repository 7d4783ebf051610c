/* SPDX-License-Identifier: BSD-2-Clause */
/* test_node_event.c: events of the trace as lines of JSON: written, read back, and rejected lines. */
#include <stdio.h>
#include <string.h>

#include "src/node/event.h"
#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"

static void test_writes(void)
{
	char line[NODE_EVENT_LINE];
	struct node_event event = {
		.kind = NODE_EVENT_MESSAGE,
		.t = 1700000000.25,
		.node = "ue",
		.from = "ue",
		.to = "source-rnc",
		.interface = "Uu",
		.message = "InitialDirectTransfer",
		.note = "AttachRequest",
		.step = IUPLUS_STEP_REQUIRED,
		.protected_by = IUPLUS_KEYS_LEGACY
	};
	size_t len = node_event_write(&event, line, sizeof(line));
	CU_ASSERT_TRUE_FATAL(len > 0);
	line[len] = 0;
	CU_ASSERT_STRING_EQUAL(line, "{\"t\":1700000000.250000,\"event\":\"message\",\"node\":\"ue\",\"from\":\"ue\","
				     "\"to\":\"source-rnc\",\"interface\":\"Uu\",\"message\":\"InitialDirectTransfer\","
				     "\"note\":\"AttachRequest\",\"step\":\"required\",\"protected_by\":\"legacy\"}\n");
	struct node_event keys = {
		.kind = NODE_EVENT_KEYS,
		.t = 1,
		.node = "sgsn",
		.domain = IUPLUS_DOMAIN_PS,
		.key_kind = IUPLUS_KEYS_ENHANCED,
		.uia = 2,
		.uea = 1,
		.integrity_started = true,
		.ik = "01234567",
		.ck = "89abcdef",
		.k_rnc = "00000000",
		.ncc = 1,
		.start = 5
	};
	len = node_event_write(&keys, line, sizeof(line));
	CU_ASSERT_TRUE_FATAL(len > 0);
	line[len] = 0;
	CU_ASSERT_STRING_EQUAL(
		line, "{\"t\":1.000000,\"event\":\"keys\",\"node\":\"sgsn\",\"domain\":\"ps\","
		      "\"kind\":\"enhanced\",\"uia\":2,\"uea\":1,\"integrity\":true,\"ciphering\":false,"
		      "\"ik\":\"01234567\",\"ck\":\"89abcdef\",\"k_rnc\":\"00000000\",\"ncc\":1,\"start\":5}\n");
	struct node_event mac = {
		.kind = NODE_EVENT_MAC,
		.t = 1,
		.node = "ue",
		.message = "refused",
		.mac = { .rb = 2,
			 .uia = 2,
			 .kind = IUPLUS_KEYS_ENHANCED,
			 .key = "75db1c7e",
			 .count = 0x11,
			 .fresh = 0x0ff4f64c,
			 .received = 0x5d0e11a2,
			 .expected = 0x5d0e11a3 }
	};
	len = node_event_write(&mac, line, sizeof(line));
	CU_ASSERT_TRUE_FATAL(len > 0);
	line[len] = 0;
	CU_ASSERT_STRING_EQUAL(
		line,
		"{\"t\":1.000000,\"event\":\"mac\",\"node\":\"ue\",\"message\":\"refused\",\"rb\":2,"
		"\"direction\":\"downlink\",\"uia\":2,\"kind\":\"enhanced\",\"ik\":\"75db1c7e\",\"count\":\"00000011\","
		"\"fresh\":\"0ff4f64c\",\"received\":\"5d0e11a2\",\"expected\":\"5d0e11a3\"}\n");
	/* every size that is too small returns 0 and writes nothing beyond the buffer */
	for (size_t size = 0; size <= len; size++)
		CU_ASSERT_EQUAL(node_event_write(&mac, line, size), size > len ? len : 0);
}

/* A random text without zero octets that fits. */
static void random_text(uint64_t *state, char *field, size_t size, bool printable)
{
	char text[NODE_EVENT_TEXT];
	size_t len = seed_next(state) % (size < 40 ? size : 40);
	for (size_t i = 0; i < len; i++) {
		uint8_t octet = (uint8_t)seed_next(state);
		text[i] = printable ? (char)(' ' + octet % 95) : (char)(octet ? octet : 1);
	}
	text[len] = 0;
	node_event_text(field, size, text);
}

static void test_round_trip(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records();
	for (unsigned i = 0; i < 3000; i++) {
		struct node_event event = { .kind = (enum node_event_kind)(seed_next(&state) % (NODE_EVENT_END + 1)),
					    .t = 1 + i / 64.0 };
		struct node_event again;
		char line[NODE_EVENT_LINE];
		random_text(&state, event.node, sizeof(event.node), true);
		random_text(&state, event.message, sizeof(event.message), i % 2);
		random_text(&state, event.note, sizeof(event.note), i % 2);
		event.step = (enum iuplus_proc_step)(seed_next(&state) % IUPLUS_STEP_COUNT);
		if (event.kind == NODE_EVENT_MESSAGE) {
			random_text(&state, event.from, sizeof(event.from), true);
			random_text(&state, event.to, sizeof(event.to), true);
			event.protected_by = (enum iuplus_key_kind)(seed_next(&state) % 3);
		} else if (event.kind == NODE_EVENT_KEYS) {
			event.domain = (enum iuplus_domain)(seed_next(&state) % 2);
			event.key_kind = (enum iuplus_key_kind)(seed_next(&state) % 3);
			event.uia = seed_next(&state) % 3;
			event.ciphering_started = seed_next(&state) % 2;
			event.start = (uint32_t)seed_next(&state);
			random_text(&state, event.ik, sizeof(event.ik), true);
		} else if (event.kind == NODE_EVENT_MAC) {
			event.mac.uplink = seed_next(&state) % 2;
			event.mac.rb = (uint8_t)(seed_next(&state) % 5);
			event.mac.uia = (uint8_t)(1 + seed_next(&state) % 2);
			event.mac.kind = (enum iuplus_key_kind)(seed_next(&state) % 3);
			random_text(&state, event.mac.key, sizeof(event.mac.key), true);
			event.mac.count = (uint32_t)seed_next(&state);
			event.mac.fresh = (uint32_t)seed_next(&state);
			event.mac.received = (uint32_t)seed_next(&state);
			event.mac.expected = (uint32_t)seed_next(&state);
		}
		/* an event of keys always has a domain, other events never have one */
		if (event.kind != NODE_EVENT_KEYS)
			event.domain = IUPLUS_DOMAIN_CS;
		size_t len = node_event_write(&event, line, sizeof(line));
		CU_ASSERT_TRUE(len > 0);
		int rc = node_event_read(line, len, &again);
		CU_ASSERT_EQUAL(rc, 0);
		/* an octet that is not UTF-8 is read back unchanged: it is escaped as one octet */
		if (rc || memcmp(&event, &again, sizeof(event))) {
			fprintf(stderr, "differs: %.*s", (int)len, line);
			CU_FAIL("a written event reads back differently");
			break;
		}
	}
	seed_report(seed, before);
}

static void test_refuses(void)
{
	static const char *const lines[] = {
		"",
		"{",
		"{}",
		"[]",
		"{\"t\":1}",
		"{\"event\":\"note\"}",
		"{\"t\":1,\"event\":\"party\"}",
		"{\"t\":x,\"event\":\"note\"}",
		"{\"t\":1,\"event\":\"note\"",
		"{\"t\":1,\"event\":\"note\"}}",
		"{\"t\":1,\"event\":\"note\",}",
		"{\"t\":1 \"event\":\"note\"}",
		"{\"t\":1,\"event\":\"note\\\"}",
		"{\"t\":1,\"event\":\"note\\u12\"}",
		"{\"t\":1,\"event\":\"note\\x\"}",
		"{\"t\":,\"event\":\"note\"}",
		"{\"t\":1,\"event\":\"message\",\"protected_by\":\"magic\"}",
		"{\"t\":1,\"event\":\"mac\",\"count\":\"123\"}",
		"{\"t\":1,\"event\":\"mac\",\"expected\":\"0123456g\"}",
		"{\"t\":1,\"event\":\"note\",\"step\":\"901\"}",
		"{\"t\":1,\"event\":\"note\",\"x\":{}}",
	};
	struct node_event event;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (node_event_read(lines[i], strlen(lines[i]), &event) != IUPLUS_ERR_SYNTAX) {
			fprintf(stderr, "accepted: %s\n", lines[i]);
			CU_FAIL("an invalid line is accepted");
		}
	static const char unknown[] = " { \"new\" : \"x\" , \"t\" : 2e0 , \"event\" : \"note\" , \"old\" : true } \n";
	CU_ASSERT_EQUAL(node_event_read(unknown, sizeof(unknown) - 1, &event), 0);
	CU_ASSERT_EQUAL(event.t, 2.0);
	/* every prefix of a line, and every octet of it changed, is safe */
	static const char good[] = "{\"t\":1.5,\"event\":\"message\",\"node\":\"a\\u0001\",\"step\":\"secured\"}\n";
	for (size_t len = 0; len < sizeof(good) - 2; len++)
		CU_ASSERT_EQUAL(node_event_read(good, len, &event), IUPLUS_ERR_SYNTAX);
	char text[sizeof(good)];
	for (size_t i = 0; i + 1 < sizeof(good); i++)
		for (unsigned v = 0; v < 256; v++) {
			memcpy(text, good, sizeof(text));
			text[i] = (char)v;
			node_event_read(text, sizeof(text) - 1, &event);
		}
}

static void test_cuts(void)
{
	char field[6];
	node_event_text(field, sizeof(field), "abcdefg");
	CU_ASSERT_STRING_EQUAL(field, "abcde");
	/* never inside a sequence of UTF-8 */
	node_event_text(field, sizeof(field), "abcd\xc3\xa9");
	CU_ASSERT_STRING_EQUAL(field, "abcd");
	node_event_text(field, sizeof(field), NULL);
	CU_ASSERT_STRING_EQUAL(field, "");
}

IUPLUS_CUNIT_MAIN("events", { "writes", test_writes }, { "reads back its own lines", test_round_trip },
		  { "refuses", test_refuses }, { "cuts", test_cuts })
