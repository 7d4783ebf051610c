/* SPDX-License-Identifier: BSD-2-Clause */
/* test_ranap_received: RAB items of a received message are sent as they were received; any other octets that are said
 * to be an item are decoded first. */
#include "test/unit/cunit_main.h"

#include <iuplus/ranap.h>

/* RAB ASSIGNMENT RESPONSE with one RAB that is set up: its item has a bit of padding set, which no encoder does. */
static const uint8_t pdu[] = { 0x60, 0x00, 0x00, 0x10, 0x00, 0x00, 0x01, 0x00, 0x34, 0x40,
			       0x09, 0x00, 0x00, 0x01, 0x00, 0x33, 0x40, 0x02, 0x00, 0x29 };
#define ITEM 18u /* the item's place in it; its last octet's lowest bit is that padding */

static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };

static struct iuplus_ranap_msg decoded(void)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode((struct iuplus_octets){ pdu, sizeof(pdu) }, 0, &arena, &msg,
						  &problem),
			      IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(msg.kind, IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE);
	CU_ASSERT_EQUAL_FATAL(msg.u.rab_assignment_response.setup.count, 1);
	return msg;
}

static int encode_with(struct iuplus_ranap_msg *msg, struct iuplus_octets item, struct iuplus_octets *out)
{
	const struct iuplus_ranap_rab rab = { .id = 5, .item = item };

	msg->u.rab_assignment_response.setup.list = &rab;
	return iuplus_ranap_encode(msg, 0, &arena, out);
}

static void test_as_received(void)
{
	struct iuplus_ranap_msg msg = decoded();
	const struct iuplus_ranap_rab *rab = msg.u.rab_assignment_response.setup.list;
	struct iuplus_octets out;

	CU_ASSERT_EQUAL(rab->id, 5);
	CU_ASSERT(rab->item.len == 2 && !memcmp(rab->item.data, pdu + ITEM, 2));
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &out), IUPLUS_OK);
	CU_ASSERT(out.len == sizeof(pdu) && !memcmp(out.data, pdu, sizeof(pdu)));
	iuplus_arena_free(&arena);
}

/* A piece of the received octets that is not an item there, and octets from elsewhere. */
static void test_decoded_first(void)
{
	struct iuplus_ranap_msg msg = decoded();
	const struct iuplus_octets item = msg.u.rab_assignment_response.setup.list->item;
	const uint8_t own[] = { 0x00, 0x28 }, none[] = { 0x81 };
	struct iuplus_octets out;

	CU_ASSERT_EQUAL(encode_with(&msg, (struct iuplus_octets){ item.data, 1 }, &out), IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(encode_with(&msg, (struct iuplus_octets){ item.data + 1, 1 }, &out), IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(encode_with(&msg, (struct iuplus_octets){ none, sizeof(none) }, &out), IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL_FATAL(encode_with(&msg, (struct iuplus_octets){ own, sizeof(own) }, &out), IUPLUS_OK);
	CU_ASSERT(out.len == sizeof(pdu) && !memcmp(out.data + ITEM, own, sizeof(own)));
	/* the same octets, but the message was not received */
	msg.received.len = 0;
	CU_ASSERT_EQUAL(encode_with(&msg, (struct iuplus_octets){ item.data, 1 }, &out), IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(encode_with(&msg, item, &out), IUPLUS_OK);
	iuplus_arena_free(&arena);
}

IUPLUS_CUNIT_MAIN("ranap-received", { "as received", test_as_received }, { "decoded first", test_decoded_first })
