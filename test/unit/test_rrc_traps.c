/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rrc_traps.c: known faults of codecs generated from these modules. The octets are those of Erlang's asn1. */
#include "test/unit/cunit_main.h"
#include "test/unit/per_util.h"

#include "asn1/gen-ranap.h"
#include "asn1/gen-rrc.h"

static struct iuplus_arena arena;
static struct iuplus_asn1_error error;

static int decode(const struct iuplus_asn1_type *type, const char *hex, void *value)
{
	return per_decode_hex(type, IUPLUS_ASN1_UPER, hex, 0, &arena, value, &error);
}

static int encode(const struct iuplus_asn1_type *type, const void *value, struct iuplus_octets *out)
{
	return iuplus_asn1_encode(type, IUPLUS_ASN1_UPER, value, 0, &arena, out, NULL, &error);
}

/* hex decodes to json, and the value encodes to hex. */
static void same(const char *protocol, const char *name, enum iuplus_asn1_rules rules, const char *hex,
		 const char *json)
{
	const struct iuplus_asn1_type *type = iuplus_asn1_find(protocol, name);
	struct iuplus_octets out;
	void *value;

	CU_ASSERT_PTR_NOT_NULL_FATAL(type);
	CU_ASSERT_EQUAL_FATAL(per_decode_hex(type, rules, hex, IUPLUS_ASN1_EXACT, &arena, &value, &error), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_json(type, value, &arena, &out), IUPLUS_OK);
	CU_ASSERT_STRING_EQUAL((const char *)out.data, json);
	CU_ASSERT_EQUAL(iuplus_asn1_encode(type, rules, value, 0, &arena, &out, NULL, &error), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(out, hex));
	iuplus_arena_reset(&arena, false);
}

/* In one message criticalExtensions is a CHOICE at ten levels and an empty SEQUENCE at the eleventh; in another one it
 * is an empty SEQUENCE at the first level. */
static void branches(void)
{
	RRC_DL_DCCH_Message_t *m;

	/* UTRAN MOBILITY INFORMATION in r11: an element without contents; and after r13 */
	CU_ASSERT_EQUAL_FATAL(decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, "62600000", &m), IUPLUS_OK);
	CU_ASSERT_EQUAL(m->message.choice.utranMobilityInformation.choice.later_than_r3.criticalExtensions.present, 2);
	CU_ASSERT_EQUAL(m->message.choice.utranMobilityInformation.choice.later_than_r3.criticalExtensions.choice
				.criticalExtensions.choice.criticalExtensions.present,
			1);
	CU_ASSERT_EQUAL(decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, "627c", &m), IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_PTR_NOT_NULL(m);
	/* PHYSICAL CHANNEL RECONFIGURATION: after r13, then r13 truncated */
	CU_ASSERT_EQUAL(decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, "2bffe0", &m), IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_PTR_NOT_NULL(m);
	CU_ASSERT_EQUAL(decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, "2bffa0", &m), IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_PTR_NULL(m);
	/* SIGNALLING CONNECTION RELEASE */
	CU_ASSERT_EQUAL(decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, "4680", &m), IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_PTR_NOT_NULL(m);
	iuplus_arena_reset(&arena, false);
}

/* One name, two protocols, two types. */
static void names(void)
{
	const struct iuplus_asn1_type *octets = iuplus_asn1_find("RANAP", "IMEI");
	const struct iuplus_asn1_type *digits = iuplus_asn1_find("RRC", "IMEI");

	CU_ASSERT_PTR_NOT_NULL(octets);
	CU_ASSERT_PTR_NOT_NULL(digits);
	CU_ASSERT_PTR_NOT_EQUAL(octets, digits);
	CU_ASSERT_PTR_EQUAL(octets, IUPLUS_ASN1_RANAP_IMEI);
	CU_ASSERT_PTR_EQUAL(digits, IUPLUS_ASN1_RRC_IMEI);
	same("RANAP", "IMEI", IUPLUS_ASN1_UPER, "1234567890123456", "\"1234567890123456\"");
	same("RRC", "IMEI", IUPLUS_ASN1_UPER, "1234567890123450", "[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5]");
	same("RANAP", "IntegrityProtectionAlgorithm", IUPLUS_ASN1_APER, "10",
	     "\"standard-UMTS-integrity-algorithm-UIA2\"");
	same("RRC", "IntegrityProtectionAlgorithm", IUPLUS_ASN1_UPER, "00", "\"uia1\"");
	CU_ASSERT_PTR_NULL(iuplus_asn1_find("RRC", "RANAP-PDU"));
	CU_ASSERT_PTR_NULL(iuplus_asn1_find("RANAP", "DL-DCCH-Message"));
}

/* A wrong value is detected in every place and in both directions, and its path is reported. */
static void constraints(void)
{
	RRC_RB_ActivationTimeInfo_t info[3] = { { .rb_Identity = 1, .rlc_SequenceNumber = 2 },
						{ .rb_Identity = 2, .rlc_SequenceNumber = 4095 },
						{ .rb_Identity = 32 } };
	RRC_RB_ActivationTimeInfo_t *items[3] = { &info[0], &info[1], &info[2] };
	RRC_RB_ActivationTimeInfoList_t list = { .list = { .array = items, .count = 3, .size = 3 } };
	RRC_MCC_t *mcc;
	struct iuplus_octets out;

	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RRC_RB_ActivationTimeInfoList, &list, &out), IUPLUS_OK);
	info[2].rlc_SequenceNumber = 4096;
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RRC_RB_ActivationTimeInfoList, &list, &out), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_STRING_EQUAL(error.path, "[2].rlc-SequenceNumber");
	info[1].rb_Identity = 33;
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RRC_RB_ActivationTimeInfoList, &list, &out), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_STRING_EQUAL(error.path, "[1].rb-Identity");
	list.list.count = 0;
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RRC_RB_ActivationTimeInfoList, &list, &out), IUPLUS_ERR_CONSTRAINT);
	/* the third digit is 10 */
	CU_ASSERT_EQUAL(decode(IUPLUS_ASN1_RRC_MCC, "12a0", &mcc), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_STRING_EQUAL(error.path, "[2]");
	iuplus_arena_reset(&arena, false);
}

/* An unsigned number of 32 bits: 3116175756 and 2905346668 are negative to a codec of 32 bits. */
static void large_numbers(void)
{
	same("RRC", "UTRAN-GPSReferenceTimeResult", IUPLUS_ASN1_UPER, "f43ee6f446333d5780",
	     "{\"modeSpecificInfo\":{\"tdd\":{\"referenceIdentity\":79}},\"sfn\":1374,"
	     "\"ue-GPSTimingOfCell\":{\"ls-part\":3116175756,\"ms-part\":15631}}");
	same("RRC", "UTRAN-GPSReferenceTimeResult", IUPLUS_ASN1_UPER, "4b9ab4b049b1f6fff0",
	     "{\"modeSpecificInfo\":{\"fdd\":{\"referenceIdentity\":{\"primaryScramblingCode\":502}}},\"sfn\":4095,"
	     "\"ue-GPSTimingOfCell\":{\"ls-part\":2905346668,\"ms-part\":4838}}");
}

/* Trailing zeros of named bits are kept if the size is fixed: X.691 16.2 and 16.3. */
static void named_bits(void)
{
	RRC_SecurityCapability_t c;
	uint8_t uea[2] = { 0x40, 0 }, uia[2] = { 0, 0x02 };
	struct iuplus_octets out;

	memset(&c, 0, sizeof(c));
	c.cipheringAlgorithmCap = (BIT_STRING_t){ .buf = uea, .size = 2 };
	c.integrityProtectionAlgorithmCap = (BIT_STRING_t){ .buf = uia, .size = 2 };
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RRC_SecurityCapability, &c, &out), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(out, "40000002"));
	uea[0] = 0;
	uia[1] = 0;
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RRC_SecurityCapability, &c, &out), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(out, "00000000"));
	/* a value without its trailing zeros is rejected, or encoded with the full size: never shorter */
	c.cipheringAlgorithmCap.size = 1;
	if (encode(IUPLUS_ASN1_RRC_SecurityCapability, &c, &out) == IUPLUS_OK)
		CU_ASSERT_TRUE(per_is_hex(out, "00000000"));
	iuplus_arena_reset(&arena, false);
}

/* A BIT STRING that contains an encoding keeps all its bits, and these are the bits of the contents. */
static void containing(void)
{
	RRC_RRCConnectionSetupComplete_t setup, *back;
	RRC_STARTSingle_t start;
	RRC_STARTSingle_t *starts[1] = { &start };
	uint8_t value[3] = { 0x12, 0x34, 0x50 };
	RRC_RRCConnectionSetupComplete_r3_add_ext_IEs_t add, *content;
	struct iuplus_octets inner, outer;
	size_t bits;

	memset(&start, 0, sizeof(start));
	memset(&setup, 0, sizeof(setup));
	memset(&add, 0, sizeof(add));
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_encode(IUPLUS_ASN1_RRC_RRCConnectionSetupComplete_r3_add_ext_IEs,
						 IUPLUS_ASN1_UPER, &add, 0, &arena, &inner, &bits, &error),
			      IUPLUS_OK);
	CU_ASSERT_NOT_EQUAL(bits % 8, 0);

	__typeof__(setup.v370NonCriticalExtensions) a = setup.v370NonCriticalExtensions = calloc(1, sizeof(*a));
	__typeof__(a->v380NonCriticalExtensions) b = a->v380NonCriticalExtensions = calloc(1, sizeof(*b));
	__typeof__(b->v3a0NonCriticalExtensions) c = b->v3a0NonCriticalExtensions = calloc(1, sizeof(*c));
	__typeof__(c->laterNonCriticalExtensions) d = c->laterNonCriticalExtensions = calloc(1, sizeof(*d));
	BIT_STRING_t string = { .buf = (uint8_t *)(uintptr_t)inner.data,
				.size = (int)inner.len,
				.bits_unused = (int)(8 * inner.len - bits) };

	start.start_Value = (BIT_STRING_t){ .buf = value, .size = 3, .bits_unused = 4 };
	setup.startList.list.array = starts;
	setup.startList.list.count = setup.startList.list.size = 1;
	d->rrcConnectionSetupComplete_r3_add_ext = &string;
	CU_ASSERT_EQUAL_FATAL(encode(IUPLUS_ASN1_RRC_RRCConnectionSetupComplete, &setup, &outer), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_RRCConnectionSetupComplete, IUPLUS_ASN1_UPER,
						 outer.data, 8 * outer.len, 0, &arena, (void **)&back, &error),
			      IUPLUS_OK);
	string = *back->v370NonCriticalExtensions->v380NonCriticalExtensions->v3a0NonCriticalExtensions
			  ->laterNonCriticalExtensions->rrcConnectionSetupComplete_r3_add_ext;
	CU_ASSERT_EQUAL((size_t)(8 * string.size - string.bits_unused), bits);
	CU_ASSERT_EQUAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_RRCConnectionSetupComplete_r3_add_ext_IEs, IUPLUS_ASN1_UPER,
					   string.buf, bits, IUPLUS_ASN1_EXACT, &arena, (void **)&content, &error),
			IUPLUS_OK);
	CU_ASSERT_EQUAL(error.bits, bits);
	free(d);
	free(c);
	free(b);
	free(a);
	iuplus_arena_reset(&arena, false);
}

/* A character has seven bits, also in a member of type UTCTime without a type name of its own. */
static void characters(void)
{
	same("RRC", "UE-Positioning-AddPos-MeasuredResults-element", IUPLUS_ASN1_UPER, "85b260c18b062c5930616b00",
	     "{\"addPos-ID\":{\"spare2\":null},\"timestamp\":\"2001011200Z\"}");
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "criticalExtensions, CHOICE and empty SEQUENCE", branches },
		{ "one name, two protocols", names },
		{ "constraints beyond the first member", constraints },
		{ "numbers over 2^31", large_numbers },
		{ "named bits", named_bits },
		{ "BIT STRING CONTAINING", containing },
		{ "character strings without a name", characters }
	};
	int rc;

	iuplus_arena_init(&arena, 0);
	rc = iuplus_cunit_run("rrc_traps", tests, sizeof(tests) / sizeof(tests[0]));
	iuplus_arena_free(&arena);
	return rc;
}
