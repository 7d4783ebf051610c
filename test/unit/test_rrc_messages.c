/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rrc_messages.c: every neutral message and both containers, from value to octets and back. */
#include <iuplus/rrc.h>

#include "test/unit/cunit_main.h"
#include "test/unit/test_rrc.h"

#define ROUNDS 200

static struct iuplus_arena arena;

__attribute__((constructor)) static void set_up(void)
{
	iuplus_arena_init(&arena, 0);
}

static void say(const struct iuplus_rrc_msg *m, struct iuplus_octets pdu, const struct iuplus_rrc_error *error)
{
	size_t i;

	fprintf(stderr, "%s: rc %s, path '%s', encoding ", iuplus_rrc_asn1_name(m->type), iuplus_strrc(error->rc),
		error->path);
	for (i = 0; i < pdu.len; i++)
		fprintf(stderr, "%02x", pdu.data[i]);
	fprintf(stderr, "\n");
}

static void round_trip(const struct iuplus_rrc_msg *m, unsigned encode_flags, unsigned decode_flags)
{
	struct iuplus_rrc_msg back, expected = *m;
	struct iuplus_rrc_error error;
	struct iuplus_octets pdu, again;
	bool good;

	good = iuplus_rrc_encode(m, encode_flags, &arena, &pdu, &error) == IUPLUS_OK;
	if (encode_flags & IUPLUS_RRC_LEGACY || decode_flags & IUPLUS_RRC_LEGACY)
		rrc_strip_extension(&expected);
	good = good && iuplus_rrc_decode(m->channel, pdu, decode_flags, &arena, &back, &error) == IUPLUS_OK;
	good = good && rrc_same(&expected, &back);
	if (good && !decode_flags)
		good = iuplus_rrc_encode(&back, encode_flags, &arena, &again, &error) == IUPLUS_OK &&
		       again.len == pdu.len && memcmp(again.data, pdu.data, pdu.len) == 0;
	CU_ASSERT_TRUE(good);
	if (!good)
		say(m, pdu, &error);
	iuplus_arena_reset(&arena, false);
}

static void every_type(unsigned encode_flags, unsigned decode_flags)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records(), round, type;

	for (round = 0; round < ROUNDS; round++)
		for (type = IUPLUS_RRC_OTHER + 1; type < RRC_TYPES; type++) {
			struct iuplus_rrc_msg m;

			rrc_random_message(&state, (enum iuplus_rrc_type)type, &m);
			round_trip(&m, encode_flags, decode_flags);
		}
	seed_report(seed, before);
}

static void test_round_trip(void)
{
	every_type(0, 0);
}

/* A legacy node decodes the messages of an enhanced one, except the extension. */
static void test_legacy_reader(void)
{
	every_type(0, IUPLUS_RRC_LEGACY);
}

/* A legacy node sends nothing of the extension, and every node comprehends its messages. */
static void test_legacy_writer(void)
{
	every_type(IUPLUS_RRC_LEGACY, 0);
	every_type(IUPLUS_RRC_LEGACY, IUPLUS_RRC_LEGACY);
}

static void hex(const char *text, uint8_t *out, size_t *len)
{
	for (*len = 0; text[2 * *len]; (*len)++) {
		unsigned octet;

		if (sscanf(text + 2 * *len, "%2x", &octet) != 1)
			break;
		out[*len] = (uint8_t)octet;
	}
}

/* Encodings of the same values by another compiler's codec from the standard's own modules. */
static void test_foreign_encodings(void)
{
	static const char *const channels[] = { "ul.ccch", "dl.ccch", "ul.dcch", "dl.dcch" };
	const char *folder = getenv("srcdir");
	char name[512], line[2048], channel[16], text[2000];
	unsigned number = 0;
	FILE *file;

	snprintf(name, sizeof(name), "%s/test/vectors/rrc-messages.txt", folder ? folder : ".");
	file = fopen(name, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	while (fgets(line, sizeof(line), file)) {
		struct iuplus_rrc_msg m;
		struct iuplus_rrc_error error;
		struct iuplus_octets out = { 0 };
		uint8_t pdu[1000];
		unsigned i;
		size_t len;
		bool good;

		if (line[0] == '#' || sscanf(line, "%15s %1999s", channel, text) != 2)
			continue;
		for (i = 0; i < 3 && strcmp(channel, channels[i]); i++)
			;
		hex(text, pdu, &len);
		good = iuplus_rrc_decode((enum iuplus_rrc_channel)i, rrc_view(pdu, len), 0, &arena, &m, &error) ==
			       IUPLUS_OK &&
		       iuplus_rrc_encode(&m, 0, &arena, &out, &error) == IUPLUS_OK && out.len == len &&
		       memcmp(out.data, pdu, len) == 0;
		CU_ASSERT_TRUE(good);
		if (!good)
			say(&m, out, &error);
		number++;
		iuplus_arena_reset(&arena, false);
	}
	fclose(file);
	CU_ASSERT_TRUE(number > 40);
}

/* The branch depends on the algorithm: bit 0 of the message (after the check info) is r3 or later. */
static void test_branch(void)
{
	struct iuplus_rrc_msg m = { .channel = IUPLUS_RRC_DL_DCCH, .type = IUPLUS_RRC_SECURITY_MODE_COMMAND };
	struct iuplus_octets r3, r7;

	m.u.security_mode_command.integrity.present = true;
	m.u.security_mode_command.integrity.has_uia = true;
	m.u.security_mode_command.integrity.uia = 1;
	CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &r3, NULL), IUPLUS_OK);
	m.u.security_mode_command.integrity.uia = 2;
	CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &r7, NULL), IUPLUS_OK);
	/* presence bit, five bits of message type, then the branch */
	CU_ASSERT_EQUAL(r3.data[0] & 0x02, 0);
	CU_ASSERT_EQUAL(r7.data[0] & 0x02, 2);
	iuplus_arena_reset(&arena, false);
}

/* ---- containers ---- */

static bool same_info(const struct iuplus_rrc_srns_info *left, const struct iuplus_rrc_srns_info *right)
{
	struct iuplus_rrc_srns_info a, b;
	bool equal;

	memcpy(&a, left, sizeof(a));
	memcpy(&b, right, sizeof(b));
	equal = rrc_take_octets(&a.common_nas_info, &b.common_nas_info);
	equal = rrc_take_domains(a.domain, b.domain) && equal;
	return equal && memcmp(&a, &b, sizeof(a)) == 0;
}

static void test_srns_info(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records(), round;

	for (round = 0; round < ROUNDS; round++) {
		struct iuplus_rrc_srns_info info, back;
		struct iuplus_octets pdu;

		rrc_random_info(&state, &info);
		CU_ASSERT_EQUAL(iuplus_rrc_srns_info_encode(&info, 0, &arena, &pdu, NULL), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_rrc_srns_info_decode(pdu, 0, &arena, &back, NULL), IUPLUS_OK);
		CU_ASSERT_TRUE(same_info(&info, &back));
		/* A legacy target decodes everything except the extension. */
		CU_ASSERT_EQUAL(iuplus_rrc_srns_info_decode(pdu, IUPLUS_RRC_LEGACY, &arena, &back, NULL), IUPLUS_OK);
		memset(&info.enhanced, 0, sizeof(info.enhanced));
		info.next_keys = 0;
		memset(info.next_key, 0, sizeof(info.next_key));
		CU_ASSERT_TRUE(same_info(&info, &back));
		iuplus_arena_reset(&arena, true);
	}
	seed_report(seed, before);
}

/* A key without the UE's capability is not sent; a legacy source sends neither. */
static void test_srns_key_state(void)
{
	struct iuplus_rrc_srns_info info = { .next_keys = 1, .next_key = { { .has_k_rnc = true } } }, back;
	struct iuplus_rrc_error error;
	struct iuplus_octets pdu;

	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_encode(&info, 0, &arena, &pdu, &error), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_STRING_EQUAL(error.path, "enhanced");
	info.enhanced.present = true;
	info.enhanced.bits = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_encode(&info, IUPLUS_RRC_LEGACY, &arena, &pdu, &error), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_decode(pdu, 0, &arena, &back, &error), IUPLUS_OK);
	CU_ASSERT_FALSE(back.enhanced.present || back.next_keys);
	iuplus_arena_reset(&arena, true);
}

static void test_to_source(void)
{
	struct iuplus_rrc_to_source in = { .dl_dcch = { rrc_nas, sizeof(rrc_nas) } }, back;
	struct iuplus_octets pdu;

	CU_ASSERT_EQUAL(iuplus_rrc_to_source_encode(&in, &arena, &pdu, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rrc_to_source_decode(pdu, &arena, &back, NULL), IUPLUS_OK);
	CU_ASSERT_FALSE(back.failure);
	CU_ASSERT_TRUE(rrc_take_octets(&in.dl_dcch, &back.dl_dcch));

	in = (struct iuplus_rrc_to_source){ .failure = true,
					    .cause = { .cause = IUPLUS_RRC_FAILURE_PROTOCOL_ERROR,
						       .protocol_error = IUPLUS_RRC_PE_CONDITIONAL_IE_ERROR } };
	CU_ASSERT_EQUAL(iuplus_rrc_to_source_encode(&in, &arena, &pdu, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rrc_to_source_decode(pdu, &arena, &back, NULL), IUPLUS_OK);
	CU_ASSERT_TRUE(back.failure);
	CU_ASSERT_EQUAL(back.cause.cause, IUPLUS_RRC_FAILURE_PROTOCOL_ERROR);
	CU_ASSERT_EQUAL(back.cause.protocol_error, IUPLUS_RRC_PE_CONDITIONAL_IE_ERROR);
	iuplus_arena_free(&arena);
}

IUPLUS_CUNIT_MAIN("rrc messages", { "every message survives the round trip", test_round_trip },
		  { "a legacy reader sees all but the extension", test_legacy_reader },
		  { "a legacy writer sends nothing of it", test_legacy_writer },
		  { "encodings of another codec", test_foreign_encodings },
		  { "r3 or r7 by the algorithm", test_branch }, { "SRNS relocation info", test_srns_info },
		  { "key state", test_srns_key_state }, { "target to source container", test_to_source })
