/* SPDX-License-Identifier: BSD-2-Clause */
/* test_per_ie.c: IE containers: the problems that TS 25.413 10.3 requires, unknown IEs kept, the extension under a
 * legacy codec. */
#include "test/unit/cunit_main.h"
#include "test/unit/per_util.h"

#include "asn1/gen-ranap.h"

/* the IEs of a Security Mode Command: id 12 (reject, mandatory), 11 (ignore, optional), 75 (reject, mandatory) */
#define INTEGRITY "000c00120000c51c6166733b7225b83904f2eac648c0"
#define ENCRYPTION "000b40120880c0c51c6166733b7225b83904f2eac648"
#define KEY_STATUS "004b000100"
#define UNKNOWN_IGNORE "eeee4003a1a2a3"
#define UNKNOWN_REJECT "eeef0001ff"

static struct iuplus_arena arena;
static struct iuplus_asn1_error error;

static RANAP_SecurityModeCommandIEs_t *ies(const char *hex, int rc)
{
	RANAP_SecurityModeCommandIEs_t *v = NULL;

	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_SecurityModeCommandIEs, IUPLUS_ASN1_APER, hex,
				       IUPLUS_ASN1_EXACT, &arena, &v, &error),
			rc);
	CU_ASSERT_PTR_NOT_NULL_FATAL(v);
	return v;
}

static void problem(const struct iuplus_asn1_problem *p, enum iuplus_asn1_problem_kind kind, unsigned id,
		    unsigned criticality)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_EQUAL(p->kind, kind);
	CU_ASSERT_EQUAL(p->id, id);
	CU_ASSERT_EQUAL(p->criticality, criticality);
}

/* The value encodes to hex. */
static void again(const void *v, const char *hex)
{
	struct iuplus_octets o;

	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_SecurityModeCommandIEs, IUPLUS_ASN1_APER, v, 0,
						 &arena, &o, NULL, &error),
			      IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, hex));
	iuplus_arena_reset(&arena, true);
}

static void all_well(void)
{
	RANAP_SecurityModeCommandIEs_t *v = ies("0003" INTEGRITY ENCRYPTION KEY_STATUS, IUPLUS_OK);

	CU_ASSERT_PTR_NULL(error.problems);
	CU_ASSERT_PTR_NULL(v->unknown);
	CU_ASSERT_TRUE(v->integrityProtectionInformation && v->encryptionInformation && v->keyStatus &&
		       *v->keyStatus == 0);
	again(v, "0003" INTEGRITY ENCRYPTION KEY_STATUS);
	v = ies("0002" INTEGRITY KEY_STATUS, IUPLUS_OK);
	CU_ASSERT_PTR_NULL(v->encryptionInformation);
	again(v, "0002" INTEGRITY KEY_STATUS);
}

static void unknown(void)
{
	RANAP_SecurityModeCommandIEs_t *v = ies("0004" INTEGRITY UNKNOWN_IGNORE ENCRYPTION KEY_STATUS, IUPLUS_OK);

	problem(error.problems, IUPLUS_ASN1_UNKNOWN_IE, 0xeeee, 1);
	CU_ASSERT_TRUE(error.problems->top);
	CU_ASSERT_STRING_EQUAL(error.problems->set, "SecurityModeCommandIEs");
	CU_ASSERT_PTR_NULL(error.problems->next);
	CU_ASSERT_PTR_NOT_NULL_FATAL(v->unknown);
	CU_ASSERT_EQUAL(v->unknown->list.count, 1);
	CU_ASSERT_EQUAL(v->unknown->list.array[0]->place, 1);
	CU_ASSERT_EQUAL(v->unknown->list.array[0]->value.size, 3);
	again(v, "0004" INTEGRITY UNKNOWN_IGNORE ENCRYPTION KEY_STATUS);
	v = ies("0005" UNKNOWN_REJECT INTEGRITY ENCRYPTION KEY_STATUS UNKNOWN_IGNORE, IUPLUS_ERR_NOT_COMPREHENDED);
	problem(error.problems, IUPLUS_ASN1_UNKNOWN_IE, 0xeeef, 0);
	problem(error.problems->next, IUPLUS_ASN1_UNKNOWN_IE, 0xeeee, 1);
	again(v, "0005" UNKNOWN_REJECT INTEGRITY ENCRYPTION KEY_STATUS UNKNOWN_IGNORE);
}

static void missing(void)
{
	RANAP_SecurityModeCommandIEs_t *v = ies("0001" ENCRYPTION, IUPLUS_ERR_MISSING);
	struct iuplus_octets o;

	problem(error.problems, IUPLUS_ASN1_MISSING_IE, 12, 0);
	problem(error.problems->next, IUPLUS_ASN1_MISSING_IE, 75, 0);
	CU_ASSERT_PTR_NULL(v->integrityProtectionInformation);
	CU_ASSERT_PTR_NOT_NULL(v->encryptionInformation);
	CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_SecurityModeCommandIEs, IUPLUS_ASN1_APER, v, 0, &arena, &o,
					   NULL, &error),
			IUPLUS_ERR_MISSING);
	CU_ASSERT_STRING_EQUAL(error.path, "integrityProtectionInformation");
	ies("0000", IUPLUS_ERR_MISSING);
	iuplus_arena_reset(&arena, true);
}

static void order(void)
{
	RANAP_SecurityModeCommandIEs_t *v = ies("0003" ENCRYPTION INTEGRITY KEY_STATUS, IUPLUS_ERR_ORDER);

	problem(error.problems, IUPLUS_ASN1_WRONG_ORDER, 12, 0);
	CU_ASSERT_PTR_NULL(error.problems->next);
	again(v, "0003" INTEGRITY ENCRYPTION KEY_STATUS);
	v = ies("0004" INTEGRITY KEY_STATUS KEY_STATUS "004b000140", IUPLUS_ERR_ORDER);
	problem(error.problems, IUPLUS_ASN1_REPEATED, 75, 0);
	problem(error.problems->next, IUPLUS_ASN1_REPEATED, 75, 0);
	CU_ASSERT_EQUAL(*v->keyStatus, 0);
	again(v, "0002" INTEGRITY KEY_STATUS);
}

static void criticality(void)
{
	RANAP_SecurityModeCommandIEs_t *v = ies("0002" INTEGRITY "004b400100", IUPLUS_OK);

	problem(error.problems, IUPLUS_ASN1_OTHER_CRITICALITY, 75, 0);
	again(v, "0002" INTEGRITY KEY_STATUS);
}

static void inside(void)
{
	void *v;

	/* an IE that ends too early, one with an octet too many, a value out of range, an invalid criticality */
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_SecurityModeCommandIEs, IUPLUS_ASN1_APER,
				       "0001000c00040000c51c", 0, &arena, &v, &error),
			IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_STRING_EQUAL(error.path, "integrityProtectionInformation.key");
	CU_ASSERT_EQUAL(error.bit_offset, 8 * 8);
	CU_ASSERT_PTR_NULL(v);
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_SecurityModeCommandIEs, IUPLUS_ASN1_APER, "0001004b00020000",
				       0, &arena, &v, &error),
			IUPLUS_ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(error.path, "keyStatus");
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_SecurityModeCommandIEs, IUPLUS_ASN1_APER, "0001004bc0020000",
				       0, &arena, &v, &error),
			IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(error.bit_offset, 34);
	iuplus_arena_reset(&arena, true);
}

/* A RAB Assignment Request that releases two RABs, with an unknown IE next to the second: its path is reported. */
static void levels(void)
{
	uint8_t rab[2] = { 5, 6 }, octet = 0xaa;
	RANAP_RAB_ReleaseItem_t item[2];
	RANAP_RAB_ReleaseItemIEs_t container[2], *containers[2] = { &container[0], &container[1] };
	RANAP_UnknownIE_t odd = { .place = 65535,
				  .id = 0x309,
				  .criticality = 2,
				  .value = { .buf = &octet, .size = 1 } },
			  *odds = &odd;
	RANAP_UnknownIEs_t unknowns = { .list = { .array = &odds, .count = 1 } };
	RANAP_RAB_ReleaseList_t list = { .list = { .array = containers, .count = 2 } };
	RANAP_RAB_AssignmentRequestIEs_t request = { .rAB_ReleaseList = &list }, *v;
	const struct iuplus_asn1_problem *p;
	struct iuplus_octets o;
	int i;

	memset(item, 0, sizeof(item));
	memset(container, 0, sizeof(container));
	for (i = 0; i < 2; i++) {
		item[i].rAB_ID = (BIT_STRING_t){ .buf = &rab[i], .size = 1 };
		item[i].cause.present = RANAP_Cause_PR_radioNetwork;
		item[i].cause.choice.radioNetwork = 1;
		container[i].rAB_ReleaseItem = &item[i];
	}
	container[1].unknown = &unknowns;
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RAB_AssignmentRequestIEs, IUPLUS_ASN1_APER, &request,
						 0, &arena, &o, NULL, &error),
			      IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RANAP_RAB_AssignmentRequestIEs, IUPLUS_ASN1_APER, o.data,
						 8 * o.len, 0, &arena, (void **)&v, &error),
			      IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(v->rAB_ReleaseList->list.count, 2);
	CU_ASSERT_EQUAL(v->rAB_ReleaseList->list.array[1]->rAB_ReleaseItem->rAB_ID.buf[0], 6);
	CU_ASSERT_EQUAL(v->rAB_ReleaseList->list.array[1]->unknown->list.array[0]->place, 1);
	p = error.problems;
	problem(p, IUPLUS_ASN1_UNKNOWN_IE, 0x309, 2);
	CU_ASSERT_EQUAL(p->level_count, 1);
	CU_ASSERT_EQUAL(p->levels[0].id, 41);
	CU_ASSERT_EQUAL(p->levels[0].repetition, 1);
	CU_ASSERT_EQUAL(p->repetition, 2);
	CU_ASSERT_FALSE(p->top);
	iuplus_arena_reset(&arena, true);
}

static void legacy(void)
{
	RANAP_InitialUE_MessageExtensions_t *v, ours;
	struct iuplus_octets o;
	uint8_t bits = 0x80;
	RANAP_UE_EnhancedSecurityCapability_t capability = { .buf = &bits, .size = 1 };

	memset(&ours, 0, sizeof(ours));
	ours.uE_EnhancedSecurityCapability = &capability;
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_InitialUE_MessageExtensions, IUPLUS_ASN1_APER, &ours,
						 0, &arena, &o, NULL, &error),
			      IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, "0000fde8400180"));
	CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_InitialUE_MessageExtensions, IUPLUS_ASN1_APER, &ours,
					   IUPLUS_ASN1_LEGACY, &arena, &o, NULL, &error),
			IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL_FATAL(per_decode_hex(IUPLUS_ASN1_RANAP_InitialUE_MessageExtensions, IUPLUS_ASN1_APER,
					     "0000fde8400180", IUPLUS_ASN1_LEGACY, &arena, &v, &error),
			      IUPLUS_OK);
	problem(error.problems, IUPLUS_ASN1_UNKNOWN_EXTENSION, 65000, 1);
	CU_ASSERT_PTR_NULL(v->uE_EnhancedSecurityCapability);
	/* a legacy node encodes unknown IEs again */
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_InitialUE_MessageExtensions, IUPLUS_ASN1_APER, v,
						 IUPLUS_ASN1_LEGACY, &arena, &o, NULL, &error),
			      IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, "0000fde8400180"));
	iuplus_arena_reset(&arena, true);
}

static void procedures(void)
{
	RANAP_RANAP_PDU_t *pdu, made;
	struct iuplus_octets o;

	/* an unassigned procedure code */
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, "00f0000412345678", 0, &arena,
				       &pdu, &error),
			IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_PTR_NOT_NULL_FATAL(pdu);
	CU_ASSERT_EQUAL(pdu->choice.initiatingMessage.procedureCode, 0xf0);
	CU_ASSERT_EQUAL(error.procedure, 0xf0);
	CU_ASSERT_EQUAL(pdu->choice.initiatingMessage.value.present, RANAP_InitiatingMessage_Value_PR_unknown);
	CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, pdu, 0, &arena, &o, NULL,
					   &error),
			IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, "00f0000412345678"));
	/* the code is known even if the rest cannot be decoded */
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, "00060034000003", 0, &arena, &pdu,
				       &error),
			IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(error.procedure, 6);
	CU_ASSERT_STRING_EQUAL(error.path, "initiatingMessage.value.securityModeCommand");
	/* code and criticality are those of the table */
	memset(&made, 0, sizeof(made));
	made.present = RANAP_RANAP_PDU_PR_initiatingMessage;
	made.choice.initiatingMessage.value.present = RANAP_InitiatingMessage_Value_PR_relocationDetect;
	CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, IUPLUS_ASN1_APER, &made, 0, &arena, &o, NULL,
					   &error),
			IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, "000c4003000000"));
	iuplus_arena_reset(&arena, true);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "all well", all_well },
		{ "unknown IEs", unknown },
		{ "missing IEs", missing },
		{ "order and repetition", order },
		{ "another criticality", criticality },
		{ "errors inside an IE", inside },
		{ "the path to an IE", levels },
		{ "the extension under a legacy codec", legacy },
		{ "procedures", procedures }
	};
	int rc;

	iuplus_arena_init(&arena, 0);
	rc = iuplus_cunit_run("per_ie", tests, sizeof(tests) / sizeof(tests[0]));
	iuplus_arena_free(&arena);
	return rc;
}
