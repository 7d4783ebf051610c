/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rrc_errors.c: invalid and not comprehended messages, messages that must not be sent, and the answers of clause
 * 9. */
#include <iuplus/asn1.h>
#include <iuplus/rrc.h>

#include "asn1/gen-rrc.h"
#include "test/unit/cunit_main.h"
#include "test/unit/test_rrc.h"

static struct iuplus_arena arena;

__attribute__((constructor)) static void set_up(void)
{
	iuplus_arena_init(&arena, 0);
}

/* True if built from 3GPP's modules (--with-3gpp-asn1), which have every branch; this project's lack system
 * information. */
static bool complete_modules(void)
{
	return iuplus_asn1_find("RRC", "MasterInformationBlock") != NULL;
}

/* ---- truncation and mutation ---- */

/* Whole octets missing: an error, except if the message ends before or in the extension's level (the rest is then a
 * message of the standard). */
static void test_truncated_octets(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records(), round, type;

	for (round = 0; round < 20; round++)
		for (type = IUPLUS_RRC_OTHER + 1; type < RRC_TYPES; type++) {
			struct iuplus_rrc_msg m, back;
			struct iuplus_octets pdu;
			size_t len;

			rrc_random_message(&state, (enum iuplus_rrc_type)type, &m);
			CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL), IUPLUS_OK);
			rrc_strip_extension(&m);
			for (len = 0; len < pdu.len; len++) {
				struct iuplus_rrc_error error;
				struct iuplus_octets cut = rrc_view(pdu.data, len);
				int rc = iuplus_rrc_decode(m.channel, cut, 0, &arena, &back, &error);

				if (rc == IUPLUS_OK) {
					/* a level that is cut off is not the extension's */
					CU_ASSERT_TRUE(back.unknown_extensions <= 1);
					back.unknown_extensions = 0;
					CU_ASSERT_TRUE(rrc_same(&m, &back));
				} else {
					CU_ASSERT_TRUE(rc == IUPLUS_ERR_TRUNCATED && !error.has_message &&
						       error.cause == IUPLUS_RRC_PE_ASN1_VIOLATION);
				}
			}
			iuplus_arena_reset(&arena, false);
		}
	seed_report(seed, before);
}

/* Every length in bits, with the engine, on a copy of its own so that a sanitizer detects a read beyond it. */
static void test_truncated_bits(void)
{
	static const char *const names[] = { "UL-CCCH-Message", "DL-CCCH-Message", "UL-DCCH-Message",
					     "DL-DCCH-Message" };
	uint64_t state = 1;
	unsigned type;

	for (type = IUPLUS_RRC_OTHER + 1; type < RRC_TYPES; type++) {
		struct iuplus_rrc_msg m;
		struct iuplus_octets pdu;
		const struct iuplus_asn1_type *asn1;
		struct iuplus_asn1_error error;
		size_t bits, used, standard;
		void *value;

		rrc_random_message(&state, (enum iuplus_rrc_type)type, &m);
		CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL), IUPLUS_OK);
		asn1 = iuplus_asn1_find("RRC", names[m.channel]);
		CU_ASSERT_EQUAL(iuplus_asn1_decode(asn1, IUPLUS_ASN1_UPER, pdu.data, 8 * pdu.len, IUPLUS_ASN1_LEGACY,
						   &arena, &value, &error),
				IUPLUS_OK);
		standard = error.bits; /* behind them is the extension's level */
		CU_ASSERT_EQUAL(iuplus_asn1_decode(asn1, IUPLUS_ASN1_UPER, pdu.data, 8 * pdu.len, 0, &arena, &value,
						   &error),
				IUPLUS_OK);
		used = error.bits;
		for (bits = 0; bits < used; bits++) {
			size_t len = (bits + 7) / 8;
			uint8_t *copy = malloc(len ? len : 1);

			memcpy(copy, pdu.data, len);
			CU_ASSERT_EQUAL(iuplus_asn1_decode(asn1, IUPLUS_ASN1_UPER, copy, bits, 0, &arena, &value,
							   &error),
					bits < standard ? IUPLUS_ERR_TRUNCATED : IUPLUS_OK);
			free(copy);
		}
		iuplus_arena_reset(&arena, false);
	}
}

/* Mutated messages: no crash, and a decoded message can be encoded again. */
static void test_mutated(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records(), round;

	for (round = 0; round < 20000; round++) {
		enum iuplus_rrc_type type = (enum iuplus_rrc_type)(1 + rrc_below(&state, RRC_TYPES - 1));
		struct iuplus_rrc_msg m, back, answer;
		struct iuplus_rrc_error error;
		struct iuplus_octets pdu, again;
		unsigned flips;
		uint8_t *copy;
		int rc;

		rrc_random_message(&state, type, &m);
		if (iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL) != IUPLUS_OK)
			break;
		copy = malloc(pdu.len);
		memcpy(copy, pdu.data, pdu.len);
		for (flips = 1 + rrc_below(&state, 4); flips; flips--) {
			unsigned bit = rrc_below(&state, (unsigned)(8 * pdu.len));

			copy[bit / 8] ^= (uint8_t)(0x80 >> bit % 8);
		}
		rc = iuplus_rrc_decode(m.channel, rrc_view(copy, pdu.len), 0, &arena, &back, &error);
		CU_ASSERT_EQUAL(rc, error.rc);
		if (rc == IUPLUS_OK && back.type != IUPLUS_RRC_OTHER)
			rc = iuplus_rrc_encode(&back, 0, &arena, &again, &error);
		else if (rc != IUPLUS_OK && iuplus_rrc_answer_for(&error, &answer) == IUPLUS_OK)
			rc = iuplus_rrc_encode(&answer, 0, &arena, &again, &error);
		else
			rc = IUPLUS_OK;
		CU_ASSERT_EQUAL(rc, IUPLUS_OK);
		if (rc != IUPLUS_OK)
			fprintf(stderr, "%s: %s at '%s'\n", iuplus_rrc_asn1_name(back.type), iuplus_strrc(rc),
				error.path);
		free(copy);
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, before);
}

/* Random octets as containers. */
static void test_containers(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records(), round;
	struct iuplus_rrc_srns_info info;
	struct iuplus_rrc_to_source to_source;
	struct iuplus_rrc_error error;
	struct iuplus_octets pdu;
	size_t len;

	rrc_random_info(&state, &info);
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_encode(&info, 0, &arena, &pdu, NULL), IUPLUS_OK);
	for (len = 0; len < pdu.len; len++) {
		int rc = iuplus_rrc_srns_info_decode(rrc_view(pdu.data, len), 0, &arena, &info, &error);

		/* Truncated where the extension's level would begin, or in it, it is a message of the standard. */
		CU_ASSERT_TRUE(rc == IUPLUS_ERR_TRUNCATED || (rc == IUPLUS_OK && !info.enhanced.present));
	}
	for (round = 0; round < 2000; round++) {
		uint8_t junk[64];

		seed_octets(&state, junk, sizeof(junk));
		iuplus_rrc_srns_info_decode(rrc_view(junk, sizeof(junk)), 0, &arena, &info, &error);
		iuplus_rrc_to_source_decode(rrc_view(junk, sizeof(junk)), &arena, &to_source, &error);
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, before);
	/* extension (3 of 4, two bits), relocation info of a release after r15, and rrc-FailureInfo's unknown branch */
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_decode(rrc_view((const uint8_t[]){ 0xc0 }, 1), 0, &arena, &info, &error),
			IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_decode(rrc_view((const uint8_t[]){ 0x7f, 0xfe }, 2), 0, &arena, &info,
						    &error),
			IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_EQUAL(iuplus_rrc_to_source_decode(rrc_view((const uint8_t[]){ 0xe0 }, 1), &arena, &to_source, &error),
			IUPLUS_ERR_NOT_COMPREHENDED);
}

/* ---- clause 9 ---- */

/* Downlink octets written by hand, and their answers. */
static void test_not_comprehended(void)
{
	static const struct {
		uint8_t pdu[3];
		enum iuplus_rrc_protocol_error cause;
		enum iuplus_rrc_type type, answer;
		int transaction;
	} cases[] = {
		/* no check info, message type, later-than-r3, transaction, then the branch after the last one */
		{ { 0x43, 0x40 },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_SECURITY_MODE_COMMAND,
		  IUPLUS_RRC_SECURITY_MODE_FAILURE,
		  2 },
		{ { 0x2b, 0xff, 0xff },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION,
		  IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE,
		  3 },
		{ { 0x62, 0x7c },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION,
		  IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE,
		  0 },
		{ { 0x16, 0x80 },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER,
		  IUPLUS_RRC_STATUS,
		  1 },
		{ { 0x46, 0x80 },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE,
		  IUPLUS_RRC_STATUS,
		  1 },
		{ { 0x3f, 0x40 },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_CONNECTION_RELEASE,
		  IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE,
		  2 },
		/* RADIO BEARER SETUP, ACTIVE SET UPDATE: no neutral struct, but the answer identifies them */
		{ { 0x3a, 0xc0 },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_OTHER,
		  IUPLUS_RRC_STATUS,
		  1 },
		{ { 0x03, 0x00 },
		  IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED,
		  IUPLUS_RRC_OTHER,
		  IUPLUS_RRC_STATUS,
		  2 },
		/* the spare, and LOGGING MEASUREMENT CONFIGURATION, which is not supported */
		{ { 0x7c }, IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT, IUPLUS_RRC_OTHER, IUPLUS_RRC_STATUS, -1 },
		{ { 0x78 }, IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT, IUPLUS_RRC_OTHER, IUPLUS_RRC_STATUS, -1 },
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct iuplus_rrc_msg m, answer;
		struct iuplus_rrc_error error;
		struct iuplus_octets pdu;

		int rc = iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, rrc_view(cases[i].pdu, 3), 0, &arena, &m, &error);

		/* with 3GPP's modules it is a known branch or message, truncated except for LOGGING MEASUREMENT
		 * CONFIGURATION */
		if (complete_modules() &&
		    (rc == IUPLUS_ERR_TRUNCATED || (rc == IUPLUS_OK && m.type == IUPLUS_RRC_OTHER)))
			continue;
		CU_ASSERT_EQUAL(rc, IUPLUS_ERR_NOT_COMPREHENDED);
		CU_ASSERT_EQUAL(error.cause, cases[i].cause);
		CU_ASSERT_EQUAL(m.type, cases[i].type);
		CU_ASSERT_EQUAL(error.has_transaction, cases[i].transaction >= 0);
		if (error.has_transaction)
			CU_ASSERT_EQUAL(error.transaction, cases[i].transaction);
		CU_ASSERT_EQUAL(iuplus_rrc_answer_for(&error, &answer), IUPLUS_OK);
		CU_ASSERT_EQUAL(answer.type, cases[i].answer);
		CU_ASSERT_EQUAL(iuplus_rrc_encode(&answer, 0, &arena, &pdu, NULL), IUPLUS_OK);
		if (answer.type == IUPLUS_RRC_STATUS) {
			CU_ASSERT_EQUAL(answer.u.status.cause, cases[i].cause);
		} else if (answer.type == IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE) {
			CU_ASSERT_TRUE(answer.u.connection_release_complete.has_error);
			CU_ASSERT_EQUAL(answer.u.connection_release_complete.transaction, cases[i].transaction);
		} else {
			CU_ASSERT_EQUAL(answer.u.failure.transaction, cases[i].transaction);
			CU_ASSERT_EQUAL(answer.u.failure.failure.cause, IUPLUS_RRC_FAILURE_PROTOCOL_ERROR);
			CU_ASSERT_EQUAL(answer.u.failure.failure.protocol_error, cases[i].cause);
		}
		iuplus_arena_reset(&arena, false);
	}
}

/* STATUS identifies the message that was not comprehended. */
static void test_status_identity(void)
{
	struct iuplus_rrc_msg m, answer;
	struct iuplus_rrc_error error;
	static const uint8_t later[] = { 0x16, 0x80 };

	iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, rrc_view(later, sizeof(later)), 0, &arena, &m, &error);
	CU_ASSERT_EQUAL(iuplus_rrc_answer_for(&error, &answer), IUPLUS_OK);
	CU_ASSERT_EQUAL(answer.u.status.received, IUPLUS_RRC_RECEIVED_DOWNLINK_DIRECT_TRANSFER);
	CU_ASSERT_EQUAL(answer.u.status.transaction, 1);
	CU_ASSERT_EQUAL(answer.channel, IUPLUS_RRC_UL_DCCH);
}

/* The dummy alternative of ciphering is a value that is no longer comprehended. */
static void test_value_not_comprehended(void)
{
	struct iuplus_rrc_msg m = { .channel = IUPLUS_RRC_DL_DCCH, .type = IUPLUS_RRC_SECURITY_MODE_COMMAND }, answer;
	struct iuplus_rrc_error error;
	struct iuplus_octets pdu;
	uint8_t octets[32];

	m.u.security_mode_command.transaction = 1;
	m.u.security_mode_command.ciphering.present = true;
	CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL), IUPLUS_OK);
	CU_ASSERT_TRUE(pdu.len <= sizeof(octets));
	memcpy(octets, pdu.data, pdu.len);
	/* Bits: check info, 5 type, branch, chain, 3 presence, 2 transaction, 32 capabilities, 2 presence; choice. */
	octets[47 / 8] |= 0x80 >> 47 % 8;
	CU_ASSERT_EQUAL(iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, rrc_view(octets, pdu.len), 0, &arena, &m, &error),
			IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_EQUAL(error.cause, IUPLUS_RRC_PE_IE_VALUE_NOT_COMPREHENDED);
	CU_ASSERT_STRING_EQUAL(error.path, "cipheringModeInfo.cipheringModeCommand");
	CU_ASSERT_EQUAL(iuplus_rrc_answer_for(&error, &answer), IUPLUS_OK);
	CU_ASSERT_EQUAL(answer.type, IUPLUS_RRC_SECURITY_MODE_FAILURE);
	CU_ASSERT_EQUAL(answer.u.failure.transaction, 1);
	iuplus_arena_reset(&arena, false);
}

/* On a CCCH, and in a network, clause 9 requires no answer. */
static void test_no_answer(void)
{
	struct iuplus_rrc_msg m, answer;
	struct iuplus_rrc_error error;
	static const uint8_t junk[] = { 0x7f };
	unsigned channel;

	for (channel = IUPLUS_RRC_UL_CCCH; channel <= IUPLUS_RRC_UL_DCCH; channel++) {
		CU_ASSERT_NOT_EQUAL(iuplus_rrc_decode((enum iuplus_rrc_channel)channel, rrc_view(junk, 1), 0, &arena,
						      &m, &error),
				    IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_rrc_answer_for(&error, &answer), IUPLUS_ERR_STATE);
	}
	CU_ASSERT_EQUAL(iuplus_rrc_decode((enum iuplus_rrc_channel)9, rrc_view(junk, 1), 0, &arena, &m, &error),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_rrc_answer_for(&error, &answer), IUPLUS_ERR_STATE);
}

/* A chain that a codec of the standard ends with a present but empty level has no extension. */
static void test_empty_level(void)
{
	struct iuplus_rrc_msg m = { .channel = IUPLUS_RRC_UL_DCCH,
				    .type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE },
			      back;
	struct iuplus_octets pdu;
	struct iuplus_asn1_error error;
	uint8_t octets[16];
	void *value;

	m.u.reconfiguration_complete.enhanced.present = true;
	m.u.reconfiguration_complete.enhanced.bits = 0;
	CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_asn1_decode(iuplus_asn1_find("RRC", "UL-DCCH-Message"), IUPLUS_ASN1_UPER, pdu.data,
					   8 * pdu.len, IUPLUS_ASN1_LEGACY, &arena, &value, &error),
			IUPLUS_OK);
	memcpy(octets, pdu.data, pdu.len);
	/* error.bits: the bits that a codec of the standard reads; only padding follows here. */
	octets[error.bits / 8] &= (uint8_t)(0xff00 >> error.bits % 8);
	CU_ASSERT_EQUAL(iuplus_rrc_decode(IUPLUS_RRC_UL_DCCH, rrc_view(octets, (error.bits + 7) / 8), 0, &arena, &back,
					  NULL),
			IUPLUS_OK);
	CU_ASSERT_FALSE(back.u.reconfiguration_complete.enhanced.present || back.unknown_extensions);
	iuplus_arena_reset(&arena, false);
}

/* A message of a later release ends the chain with the standard's empty level, or with additions of its own: nothing in
 * them is a capability. Whatever octets follow, and whatever one of our own levels becomes when a bit changes, the
 * message is accepted. */
static void test_level_of_others(void)
{
	static const uint8_t empty[] = { 0x41, 0x22, 0x55, 0x9f, 0x1e, 0xf0, 0x5c, 0x80 };
	struct iuplus_rrc_msg back;
	uint8_t octets[sizeof(empty) + 8];
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records(), round;

	CU_ASSERT_EQUAL(iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, rrc_view(empty, sizeof(empty)), 0, &arena, &back, NULL),
			IUPLUS_OK);
	CU_ASSERT_EQUAL(back.type, IUPLUS_RRC_SECURITY_MODE_COMMAND);
	CU_ASSERT_FALSE(back.u.security_mode_command.echo.present || back.u.security_mode_command.keys.count);
	CU_ASSERT_EQUAL(back.unknown_extensions, 0);
	memcpy(octets, empty, sizeof(empty));
	for (round = 0; round < 2000; round++) {
		seed_octets(&state, octets + sizeof(empty), 8);
		octets[sizeof(empty)] |= 1; /* something */
		octets[sizeof(empty) - 1] = (uint8_t)(0x80 | (seed_next(&state) & 0x7f));
		if ((octets[sizeof(empty) - 1] & 0x3f) == 0x4955 >> 10)
			octets[sizeof(empty) - 1] ^= 1; /* not the marker */
		CU_ASSERT_EQUAL(iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, rrc_view(octets, sizeof(octets)), 0, &arena,
						  &back, NULL),
				IUPLUS_OK);
		CU_ASSERT_FALSE(back.u.security_mode_command.echo.present || back.u.security_mode_command.keys.count);
		CU_ASSERT_EQUAL(back.unknown_extensions, 1);
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, before);
}

/* Contents of the extension's level that do not decode, or not to their end. */
static void test_contents_of_level(void)
{
	struct iuplus_rrc_msg m = { .channel = IUPLUS_RRC_UL_DCCH,
				    .type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE },
			      back;
	static const uint8_t octet = 0x80, more[2] = { 0x80, 0 };
	RRC_UL_DCCH_Message_t *value;
	struct iuplus_octets pdu;
	void *p;
	unsigned i;

	m.u.reconfiguration_complete.enhanced.present = true;
	m.u.reconfiguration_complete.enhanced.bits = 0x80;
	CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_UL_DCCH_Message, IUPLUS_ASN1_UPER, pdu.data,
						 8 * pdu.len, 0, &arena, &p, NULL),
			      IUPLUS_OK);
	value = p;
	for (i = 1; i <= 2; i++) {
		__auto_type level = value->message.choice.physicalChannelReconfigurationComplete
					    .laterNonCriticalExtensions->v770NonCriticalExtensions
					    ->vIuplusNonCriticalExtensions;
		OCTET_STRING_t *body = &level->physicalChannelReconfigurationComplete_vIuplusext.body;

		body->buf = (uint8_t *)(uintptr_t)(i == 1 ? &octet : more);
		body->size = (int)i;
		CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RRC_UL_DCCH_Message, IUPLUS_ASN1_UPER, value, 0, &arena,
						   &pdu, NULL, NULL),
				IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_rrc_decode(IUPLUS_RRC_UL_DCCH, pdu, 0, &arena, &back, NULL), IUPLUS_OK);
		CU_ASSERT_EQUAL(back.u.reconfiguration_complete.enhanced.present, i == 1);
		CU_ASSERT_EQUAL(back.unknown_extensions, i - 1);
	}
	iuplus_arena_reset(&arena, false);
}

/* ---- messages that must not be sent ---- */

static void refuse(struct iuplus_rrc_msg *m, const char *path)
{
	struct iuplus_rrc_error error;
	struct iuplus_octets pdu;

	CU_ASSERT_EQUAL(iuplus_rrc_encode(m, 0, &arena, &pdu, &error), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_PTR_NOT_NULL(strstr(error.path, path));
	if (!strstr(error.path, path))
		fprintf(stderr, "path '%s', not '%s'\n", error.path, path);
	CU_ASSERT_EQUAL(pdu.len, 0);
}

static void test_out_of_range(void)
{
	static const uint8_t octets[4096];
	struct iuplus_rrc_msg m = { .channel = IUPLUS_RRC_UL_CCCH, .type = IUPLUS_RRC_CONNECTION_REQUEST };

	m.u.connection_request.identity.digits_len = 22;
	refuse(&m, "identity.digits_len");
	m.u.connection_request.identity.digits_len = 5;
	refuse(&m, "imsi");
	m.u.connection_request.identity.digits_len = 15;
	m.u.connection_request.identity.digits[3] = 10;
	refuse(&m, "imsi[3]");
	m.u.connection_request.identity.digits[3] = 9;
	m.u.connection_request.cause = 32;
	refuse(&m, "establishmentCause");

	m = (struct iuplus_rrc_msg){ .channel = IUPLUS_RRC_DL_DCCH, .type = IUPLUS_RRC_SECURITY_MODE_COMMAND };
	m.u.security_mode_command.transaction = 4;
	refuse(&m, "rrc-TransactionIdentifier");
	m.u.security_mode_command.transaction = 0;
	m.u.security_mode_command.security.has_gsm = true;
	m.u.security_mode_command.security.gsm = 128;
	refuse(&m, "security.gsm");
	m.u.security_mode_command.security.gsm = 127;
	m.u.security_mode_command.integrity.present = true;
	m.u.security_mode_command.integrity.has_uia = true;
	refuse(&m, "integrityProtectionAlgorithm");
	m.u.security_mode_command.integrity.uia = 3;
	refuse(&m, "integrityProtectionAlgorithm");
	m.u.security_mode_command.integrity.uia = 2;
	m.u.security_mode_command.keys.count = 1;
	refuse(&m, "echo");

	m = (struct iuplus_rrc_msg){ .channel = IUPLUS_RRC_UL_DCCH, .type = IUPLUS_RRC_UPLINK_DIRECT_TRANSFER };
	refuse(&m, "nas-Message");
	m.u.uplink_direct_transfer.nas = rrc_view(octets, 4096);
	refuse(&m, "nas-Message");
	m.u.uplink_direct_transfer.nas = rrc_view(octets, 1);
	m.u.uplink_direct_transfer.domain = (enum iuplus_domain)2;
	refuse(&m, "cn-DomainIdentity");

	m = (struct iuplus_rrc_msg){ .channel = IUPLUS_RRC_DL_DCCH, .type = IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION };
	m.u.reconfiguration.keys.count = 1;
	refuse(&m, "network");
	m.u.reconfiguration.network.present = true;
	m.u.reconfiguration.keys.count = 3;
	refuse(&m, "keys.count");
	m.u.reconfiguration.keys.count = 1;
	m.u.reconfiguration.keys.key[0].freshness = 4;
	refuse(&m, "[0].freshness");
	m.u.reconfiguration.keys.count = 0;
	m.u.reconfiguration.dl_sync.present = true;
	m.u.reconfiguration.dl_sync.count = 28;
	refuse(&m, "dl_sync.count");
	iuplus_arena_reset(&arena, false);
}

static void test_wrong_channel(void)
{
	struct iuplus_rrc_msg m = { .type = IUPLUS_RRC_SECURITY_MODE_COMMAND };
	struct iuplus_octets pdu;
	unsigned channel, type, good = 0;

	for (channel = 0; channel <= 4; channel++)
		for (type = 0; type <= RRC_TYPES; type++) {
			m.channel = (enum iuplus_rrc_channel)channel;
			m.type = (enum iuplus_rrc_type)type;
			good += iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL) != IUPLUS_ERR_ARGUMENT;
			iuplus_arena_reset(&arena, false);
		}
	/* RRC CONNECTION RELEASE is sent on two channels. */
	CU_ASSERT_EQUAL(good, RRC_TYPES);
	CU_ASSERT_STRING_EQUAL(iuplus_rrc_name((enum iuplus_rrc_type)99), "message");
	CU_ASSERT_STRING_EQUAL(iuplus_rrc_asn1_name(IUPLUS_RRC_STATUS), "RRCStatus");
}

/* NAS messages of every length allowed, including those where the encoding of the length changes. */
static void test_nas_lengths(void)
{
	static uint8_t nas[4095];
	struct iuplus_rrc_msg m = { .channel = IUPLUS_RRC_UL_DCCH, .type = IUPLUS_RRC_UPLINK_DIRECT_TRANSFER }, back;
	struct iuplus_octets pdu;
	size_t len;

	for (len = 0; len < sizeof(nas); len++)
		nas[len] = (uint8_t)(len * 7);
	for (len = 1; len <= sizeof(nas); len += len < 300 ? 1 : 253) {
		m.u.uplink_direct_transfer.nas = rrc_view(nas, len);
		CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &pdu, NULL), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_rrc_decode(m.channel, pdu, 0, &arena, &back, NULL), IUPLUS_OK);
		CU_ASSERT_TRUE(back.u.uplink_direct_transfer.nas.len == len &&
			       memcmp(back.u.uplink_direct_transfer.nas.data, nas, len) == 0);
		iuplus_arena_reset(&arena, false);
	}
}

/* Too little memory of any amount: an error, never a partial message. */
static void test_memory(void)
{
	uint64_t state = 3;
	struct iuplus_rrc_msg m, back;
	struct iuplus_arena small;
	struct iuplus_octets pdu, copy;
	size_t limit;
	int rc = IUPLUS_ERR_MEMORY;

	rrc_random_message(&state, IUPLUS_RRC_CONNECTION_SETUP, &m);
	CU_ASSERT_EQUAL(iuplus_rrc_encode(&m, 0, &arena, &copy, NULL), IUPLUS_OK);
	for (limit = 16; limit < 100000; limit += 48) {
		iuplus_arena_init(&small, limit);
		rc = iuplus_rrc_encode(&m, 0, &small, &pdu, NULL);
		CU_ASSERT_TRUE(rc == IUPLUS_OK || rc == IUPLUS_ERR_MEMORY);
		iuplus_arena_free(&small);
		iuplus_arena_init(&small, limit);
		rc = iuplus_rrc_decode(m.channel, copy, 0, &small, &back, NULL);
		CU_ASSERT_TRUE(rc == IUPLUS_OK || rc == IUPLUS_ERR_MEMORY);
		iuplus_arena_free(&small);
	}
	CU_ASSERT_EQUAL(rc, IUPLUS_OK);
	iuplus_arena_free(&arena);
}

IUPLUS_CUNIT_MAIN(
	"rrc errors", { "truncated by octets", test_truncated_octets }, { "truncated by bits", test_truncated_bits },
	{ "mutated", test_mutated }, { "containers", test_containers }, { "not comprehended", test_not_comprehended },
	{ "STATUS names the message", test_status_identity },
	{ "a value not comprehended", test_value_not_comprehended }, { "no answer", test_no_answer },
	{ "an empty level", test_empty_level },
		  { "a level of others", test_level_of_others }, { "contents of the level", test_contents_of_level }, { "out of range", test_out_of_range },
	{ "wrong channel", test_wrong_channel }, { "NAS lengths", test_nas_lengths }, { "little memory", test_memory })
