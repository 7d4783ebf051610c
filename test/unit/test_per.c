/* SPDX-License-Identifier: BSD-2-Clause */
/* test_per.c: the PER engine: values, constraints, lengths and fragments, RRC chains, errors. The encodings of every
 * PDU type are compared with those of Erlang's asn1 (test/oracle/). */
#include "test/unit/cunit_main.h"
#include "test/unit/per_util.h"

#include "asn1/gen-ranap.h"
#include "asn1/gen-rrc.h"

static struct iuplus_arena arena;
static struct iuplus_asn1_error error;

static int encode(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const void *value, unsigned flags,
		  struct iuplus_octets *o)
{
	return iuplus_asn1_encode(type, rules, value, flags, &arena, o, NULL, &error);
}

/* value encodes as hex, and hex decodes to the same number. */
static void number(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, long value, const char *hex)
{
	struct iuplus_octets o;
	long *back;

	CU_ASSERT_EQUAL_FATAL(encode(type, rules, &value, 0, &o), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, hex));
	CU_ASSERT_EQUAL_FATAL(per_decode_hex(type, rules, hex, IUPLUS_ASN1_EXACT, &arena, &back, &error), IUPLUS_OK);
	CU_ASSERT_EQUAL(*back, value);
	iuplus_arena_reset(&arena, false);
}

static void numbers(void)
{
	/* X.691 11.5.7: a bit field, one aligned octet, two aligned octets, and octets preceded by their number */
	number(IUPLUS_ASN1_RANAP_CN_DomainIndicator, IUPLUS_ASN1_APER, 1, "80");
	number(IUPLUS_ASN1_RANAP_ProtocolIE_ID, IUPLUS_ASN1_APER, 0x1234, "1234");
	number(IUPLUS_ASN1_RANAP_ProtocolIE_ID, IUPLUS_ASN1_UPER, 0x1234, "1234");
	number(IUPLUS_ASN1_RANAP_MaxBitrate, IUPLUS_ASN1_APER, 1, "0000");
	number(IUPLUS_ASN1_RANAP_MaxBitrate, IUPLUS_ASN1_APER, 16000000, "80f423ff");
	number(IUPLUS_ASN1_RANAP_MaxBitrate, IUPLUS_ASN1_APER, 256, "00ff");
	number(IUPLUS_ASN1_RANAP_MaxBitrate, IUPLUS_ASN1_APER, 257, "400100");
	number(IUPLUS_ASN1_RANAP_MaxBitrate, IUPLUS_ASN1_UPER, 16000000, "f423ff");
	number(IUPLUS_ASN1_RANAP_UnsuccessfullyTransmittedDataVolume, IUPLUS_ASN1_APER, 4294967295L, "c0ffffffff");
	number(IUPLUS_ASN1_RANAP_UnsuccessfullyTransmittedDataVolume, IUPLUS_ASN1_APER, 0, "0000");
	number(IUPLUS_ASN1_RANAP_UnsuccessfullyTransmittedDataVolume, IUPLUS_ASN1_UPER, 4294967295L, "ffffffff");
}

static void outside(const struct iuplus_asn1_type *type, long value)
{
	struct iuplus_octets o;

	CU_ASSERT_EQUAL(encode(type, IUPLUS_ASN1_APER, &value, 0, &o), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_PTR_NULL(o.data);
	CU_ASSERT_PTR_NOT_NULL(error.what);
	iuplus_arena_reset(&arena, false);
}

static void ranges(void)
{
	void *v;

	outside(IUPLUS_ASN1_RANAP_ProtocolIE_ID, 65536);
	outside(IUPLUS_ASN1_RANAP_ProtocolIE_ID, -1);
	outside(IUPLUS_ASN1_RANAP_MaxBitrate, 0);
	outside(IUPLUS_ASN1_RANAP_MaxBitrate, 16000001);
	outside(IUPLUS_ASN1_RANAP_Criticality, 3);
	outside(IUPLUS_ASN1_RANAP_UnsuccessfullyTransmittedDataVolume, 4294967296L);
	/* the bit field has values outside the range */
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_Criticality, IUPLUS_ASN1_APER, "c0", 0, &arena, &v, &error),
			IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_PTR_NULL(v);
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_MaxBitrate, IUPLUS_ASN1_APER, "80f42400", 0, &arena, &v,
				       &error),
			IUPLUS_ERR_CONSTRAINT);
	/* a digit of the MCC is 0 to 9 */
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RRC_MCC, IUPLUS_ASN1_UPER, "fff0", 0, &arena, &v, &error),
			IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_STRING_EQUAL(error.path, "[0]");
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RRC_MCC, IUPLUS_ASN1_UPER, "01ff", 0, &arena, &v, &error),
			IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_STRING_EQUAL(error.path, "[2]");
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RRC_MCC, IUPLUS_ASN1_UPER, "01", 0, &arena, &v, &error),
			IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(error.bit_offset, 8);
	iuplus_arena_reset(&arena, false);
}

static void strings(void)
{
	uint8_t three[3] = { 0x52, 0xf8, 0x15 }, sixteen[16] = { 0x80, [15] = 1 };
	OCTET_STRING_t o = { .buf = three, .size = 3 };
	BIT_STRING_t b = { .buf = sixteen, .size = 16 }, *back;
	struct iuplus_octets out;

	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_PLMNidentity, IUPLUS_ASN1_APER, &o, 0, &out), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(out, "52f815"));
	o.size = 2;
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_PLMNidentity, IUPLUS_ASN1_APER, &o, 0, &out), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_IntegrityProtectionKey, IUPLUS_ASN1_APER, &b, 0, &out), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(out, "80000000000000000000000000000001"));
	b.bits_unused = 1;
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_IntegrityProtectionKey, IUPLUS_ASN1_APER, &b, 0, &out),
			IUPLUS_ERR_CONSTRAINT);
	b.bits_unused = 9;
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_IntegrityProtectionKey, IUPLUS_ASN1_APER, &b, 0, &out),
			IUPLUS_ERR_CONSTRAINT);
	/* TransportLayerAddress: extensible size; 35 bits, in the root; unused bits are always encoded as 0 */
	sixteen[4] = 0x3f;
	b = (BIT_STRING_t){ .buf = sixteen, .size = 5, .bits_unused = 5 };
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_TransportLayerAddress, IUPLUS_ASN1_APER, &b, 0, &out), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(out, "11008000000020"));
	CU_ASSERT_EQUAL_FATAL(per_decode_hex(IUPLUS_ASN1_RANAP_TransportLayerAddress, IUPLUS_ASN1_APER,
					     "11008000000020", 0, &arena, &back, &error),
			      IUPLUS_OK);
	CU_ASSERT_TRUE(back->size == 5 && back->bits_unused == 5 && back->buf[0] == 0x80 && back->buf[4] == 0x20);
	/* and 168 bits, outside the root */
	b = (BIT_STRING_t){ .buf = (uint8_t[21]){ 1 }, .size = 21 };
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_TransportLayerAddress, IUPLUS_ASN1_APER, &b, 0, &out), IUPLUS_OK);
	CU_ASSERT_TRUE(out.len == 24 && out.data[0] == 0x80 && out.data[1] == 0x80 && out.data[2] == 168 &&
		       out.data[3] == 1);
	iuplus_arena_reset(&arena, false);
}

/* A NAS-PDU of n octets, alone and in a Direct Transfer. */
static void long_string(size_t n, const char *start, size_t whole)
{
	uint8_t *octets = malloc(n ? n : 1);
	OCTET_STRING_t nas = { .buf = octets, .size = (int)n }, *back;
	RANAP_DirectTransferIEs_t ies = { .nAS_PDU = &nas }, *ies_back;
	uint8_t head[8];
	size_t i, head_len = per_unhex(start, head);
	struct iuplus_octets o;
	int uper;

	for (i = 0; i < n; i++)
		octets[i] = (uint8_t)(i * 7 + i / 256);
	for (uper = 0; uper < 2; uper++) {
		enum iuplus_asn1_rules rules = uper ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER;

		CU_ASSERT_EQUAL_FATAL(encode(IUPLUS_ASN1_RANAP_NAS_PDU, rules, &nas, 0, &o), IUPLUS_OK);
		CU_ASSERT_EQUAL(o.len, whole);
		CU_ASSERT_TRUE(o.len >= head_len && memcmp(o.data, head, head_len) == 0);
		CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RANAP_NAS_PDU, rules, o.data, 8 * o.len,
							 IUPLUS_ASN1_EXACT, &arena, (void **)&back, &error),
				      IUPLUS_OK);
		CU_ASSERT_TRUE(back->size == (int)n && memcmp(back->buf, octets, n) == 0);
		for (i = 1; i < 40 && i <= o.len; i++)
			CU_ASSERT_EQUAL(iuplus_asn1_decode(IUPLUS_ASN1_RANAP_NAS_PDU, rules, o.data, 8 * (o.len - i), 0,
							   &arena, (void **)&back, &error),
					IUPLUS_ERR_TRUNCATED);
		CU_ASSERT_EQUAL_FATAL(encode(IUPLUS_ASN1_RANAP_DirectTransferIEs, rules, &ies, 0, &o), IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RANAP_DirectTransferIEs, rules, o.data, 8 * o.len,
							 IUPLUS_ASN1_EXACT, &arena, (void **)&ies_back, &error),
				      IUPLUS_OK);
		CU_ASSERT_TRUE(ies_back->nAS_PDU && ies_back->nAS_PDU->size == (int)n &&
			       memcmp(ies_back->nAS_PDU->buf, octets, n) == 0);
		iuplus_arena_reset(&arena, false);
	}
	free(octets);
}

static void fragments(void)
{
	long_string(0, "00", 1);
	long_string(127, "7f", 128);
	long_string(128, "8080", 130);
	long_string(16383, "bfff", 16385);
	/* X.691 11.9.3.8.3: a multiple of 16K ends with a length of 0 */
	long_string(16384, "c1", 16386);
	long_string(16385, "c1", 16387);
	long_string(49152, "c3", 49154);
	long_string(65536, "c4", 65538);
	long_string(65537, "c4", 65539);
	long_string(81920, "c4", 81923);
	long_string(150000, "c4", 150005);
}

static void open_types(void)
{
	struct iuplus_octets o;
	RANAP_CommonID_t *v;
	RANAP_RelocationDetect_t detect;

	memset(&detect, 0, sizeof(detect));
	CU_ASSERT_EQUAL(encode(IUPLUS_ASN1_RANAP_RelocationDetect, IUPLUS_ASN1_APER, &detect, 0, &o), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, "000000"));
	/* CommonID: one octet too many in the IE, one too few, and one after the message */
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_CommonID, IUPLUS_ASN1_APER,
				       "0000010017400a5052586104000008f200", 0, &arena, &v, &error),
			IUPLUS_ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(error.path, "protocolIEs.permanentNAS-UE-ID");
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_CommonID, IUPLUS_ASN1_APER, "0000010017400a5052586104000008f2",
				       0, &arena, &v, &error),
			IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_CommonID, IUPLUS_ASN1_APER,
				       "000001001740095052586104000008f200", 0, &arena, &v, &error),
			IUPLUS_OK);
	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RANAP_CommonID, IUPLUS_ASN1_APER,
				       "000001001740095052586104000008f200", IUPLUS_ASN1_EXACT, &arena, &v, &error),
			IUPLUS_ERR_SYNTAX);
	iuplus_arena_reset(&arena, false);
}

static RRC_DL_DCCH_Message_t *dl(const char *hex, unsigned flags, int rc)
{
	RRC_DL_DCCH_Message_t *m = NULL;

	CU_ASSERT_EQUAL(per_decode_hex(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, hex, flags, &arena, &m,
				       &error),
			rc);
	CU_ASSERT_PTR_NOT_NULL_FATAL(m);
	return m;
}

#define LEVEL_BITS (1 + 16 + 4 + 8 + 24)

/* A Security Mode Command of the r7 branch with the extension's level, encoded once. */
static struct iuplus_octets security_mode_command(void)
{
	RRC_DL_DCCH_Message_t m;
	struct RRC_SecurityModeCommand__later_than_r3 *later;
	struct RRC_SecurityModeCommand__later_than_r3__criticalExtensions__r7 *r7;
	struct RRC_SecurityModeCommand__later_than_r3__criticalExtensions__r7__vIuplusNonCriticalExtensions level;
	uint8_t two[2] = { 0x80, 1 }, marker[2] = { 0x49, 0x55 }, body[3] = { 0x40, 0, 0xee };
	struct iuplus_octets o;

	memset(&m, 0, sizeof(m));
	memset(&level, 0, sizeof(level));
	m.message.present = RRC_DL_DCCH_MessageType_PR_securityModeCommand;
	m.message.choice.securityModeCommand.present = RRC_SecurityModeCommand_PR_later_than_r3;
	later = &m.message.choice.securityModeCommand.choice.later_than_r3;
	later->rrc_TransactionIdentifier = 2;
	later->criticalExtensions.present = 1;
	r7 = &later->criticalExtensions.choice.r7;
	r7->securityModeCommand_r7.securityCapability.cipheringAlgorithmCap = (BIT_STRING_t){ .buf = two, .size = 2 };
	r7->securityModeCommand_r7.securityCapability.integrityProtectionAlgorithmCap =
		(BIT_STRING_t){ .buf = two, .size = 2 };
	r7->securityModeCommand_r7.cn_DomainIdentity = 1;
	r7->vIuplusNonCriticalExtensions = &level;
	level.securityModeCommand_vIuplusext.marker = (BIT_STRING_t){ .buf = marker, .size = 2 };
	level.securityModeCommand_vIuplusext.version = IUPLUS_ASN1_LEVEL_VERSION;
	level.securityModeCommand_vIuplusext.body = (OCTET_STRING_t){ .buf = body, .size = sizeof(body) };
	CU_ASSERT_EQUAL_FATAL(encode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, &m, 0, &o), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, &m, IUPLUS_ASN1_LEGACY,
					   &arena, &(struct iuplus_octets){ 0 }, NULL, &error),
			IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_PTR_NOT_NULL(strstr(error.path, "r7.vIuplusNonCriticalExtensions"));
	return o;
}

static void chains(void)
{
	struct iuplus_octets o = security_mode_command();
	RRC_DL_DCCH_Message_t *m;
	struct RRC_SecurityModeCommand__later_than_r3 *later;

	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, o.data, 8 * o.len,
						 IUPLUS_ASN1_EXACT, &arena, (void **)&m, &error),
			      IUPLUS_OK);
	later = &m->message.choice.securityModeCommand.choice.later_than_r3;
	CU_ASSERT_PTR_NOT_NULL_FATAL(later->criticalExtensions.choice.r7.vIuplusNonCriticalExtensions);
	CU_ASSERT_EQUAL(later->criticalExtensions.choice.r7.vIuplusNonCriticalExtensions->securityModeCommand_vIuplusext
				.body.buf[2],
			0xee);
	CU_ASSERT_FALSE(error.foreign_level);
	/* the standard's decoder finds an empty nonCriticalExtensions and the rest unchanged */
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, o.data, 8 * o.len,
						 IUPLUS_ASN1_LEGACY, &arena, (void **)&m, &error),
			      IUPLUS_OK);
	later = &m->message.choice.securityModeCommand.choice.later_than_r3;
	CU_ASSERT_PTR_NULL(later->criticalExtensions.choice.r7.vIuplusNonCriticalExtensions);
	CU_ASSERT_EQUAL(later->rrc_TransactionIdentifier, 2);
	CU_ASSERT_EQUAL(later->criticalExtensions.choice.r7.securityModeCommand_r7.cn_DomainIdentity, 1);
	iuplus_arena_reset(&arena, false);
}

static void branches(void)
{
	RRC_DL_DCCH_Message_t *m;

	/* no integrity check info; securityModeCommand is 16 of 32; later-than-r3; transaction 2; criticalExtensions */
	m = dl("4340", 0, IUPLUS_ERR_NOT_COMPREHENDED);
	CU_ASSERT_EQUAL(m->message.present, RRC_DL_DCCH_MessageType_PR_securityModeCommand);
	CU_ASSERT_EQUAL(m->message.choice.securityModeCommand.choice.later_than_r3.rrc_TransactionIdentifier, 2);
	CU_ASSERT_EQUAL(m->message.choice.securityModeCommand.choice.later_than_r3.criticalExtensions.present, 2);
	iuplus_arena_reset(&arena, false);
}

/* Decodes the first bits bits of o, where the extension's level is not whole. foreign: whether it is counted. */
static void skipped(struct iuplus_octets o, size_t bits, bool foreign)
{
	RRC_DL_DCCH_Message_t *m = NULL;
	struct RRC_SecurityModeCommand__later_than_r3 *later;

	CU_ASSERT_EQUAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, o.data, bits, 0, &arena,
					   (void **)&m, &error),
			IUPLUS_OK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(m);
	later = &m->message.choice.securityModeCommand.choice.later_than_r3;
	CU_ASSERT_EQUAL(later->rrc_TransactionIdentifier, 2);
	CU_ASSERT_PTR_NULL(later->criticalExtensions.choice.r7.vIuplusNonCriticalExtensions);
	CU_ASSERT_EQUAL(error.foreign_level, foreign);
}

/* What else may be in the place of the extension's level: somebody else's level, or the standard's empty one. */
static void foreign_levels(void)
{
	struct iuplus_octets o = security_mode_command();
	uint8_t changed[64];
	size_t start, i;
	void *v;

	CU_ASSERT_FATAL(o.len <= sizeof(changed));
	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, o.data, 8 * o.len,
						 0, &arena, &v, &error),
			      IUPLUS_OK);
	start = error.bits - LEVEL_BITS;
	/* every bit of marker and version, and a longer body than there is */
	for (i = start + 1; i < start + 1 + 16 + 4 + 8; i++) {
		memcpy(changed, o.data, o.len);
		changed[i / 8] ^= (uint8_t)(0x80 >> i % 8);
		if (i < start + 21 || changed[i / 8] & 0x80 >> i % 8)
			skipped((struct iuplus_octets){ changed, o.len }, 8 * o.len, true);
	}
	/* cut off anywhere: the message stands */
	for (i = start + 2; i < start + LEVEL_BITS; i++)
		skipped(o, i, i > start + 2);
	/* the standard's empty nonCriticalExtensions, with padding of any length, is no level at all */
	memset(changed, 0, sizeof(changed));
	memcpy(changed, o.data, start / 8);
	changed[start / 8] = (uint8_t)(o.data[start / 8] & (0xff00 >> start % 8));
	for (i = start; i <= 8 * sizeof(changed); i++)
		skipped((struct iuplus_octets){ changed, sizeof(changed) }, i, false);
	iuplus_arena_reset(&arena, false);
}

static void truncated(void)
{
	struct iuplus_octets o = security_mode_command();
	size_t bits, i;
	void *v;

	CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, o.data, 8 * o.len,
						 0, &arena, &v, &error),
			      IUPLUS_OK);
	bits = error.bits - LEVEL_BITS;
	for (i = 0; i < bits; i++) {
		CU_ASSERT_EQUAL(iuplus_asn1_decode(IUPLUS_ASN1_RRC_DL_DCCH_Message, IUPLUS_ASN1_UPER, o.data, i, 0,
						   &arena, &v, &error),
				IUPLUS_ERR_TRUNCATED);
		CU_ASSERT_TRUE(error.bit_offset <= i);
		CU_ASSERT_PTR_NULL(v);
	}
	iuplus_arena_reset(&arena, false);
}

static void arguments(void)
{
	struct iuplus_asn1_type fake = *IUPLUS_ASN1_RANAP_RANAP_PDU;
	struct iuplus_octets o;
	void *v = &fake;

	CU_ASSERT_PTR_EQUAL(iuplus_asn1_find("RANAP", "RANAP-PDU"), IUPLUS_ASN1_RANAP_RANAP_PDU);
	CU_ASSERT_PTR_EQUAL(iuplus_asn1_find("RRC", "DL-DCCH-Message"), IUPLUS_ASN1_RRC_DL_DCCH_Message);
	CU_ASSERT_PTR_NULL(iuplus_asn1_find("RANAP", "DL-DCCH-Message"));
	CU_ASSERT_PTR_NULL(iuplus_asn1_find("RANAP", NULL));
	CU_ASSERT_EQUAL(iuplus_asn1_size(IUPLUS_ASN1_RANAP_RANAP_PDU), sizeof(RANAP_RANAP_PDU_t));
	CU_ASSERT_EQUAL(iuplus_asn1_size(&fake), 0);
	CU_ASSERT_EQUAL(iuplus_asn1_decode(&fake, IUPLUS_ASN1_APER, (const uint8_t *)"", 8, 0, &arena, &v, &error),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_PTR_NULL(v);
	CU_ASSERT_EQUAL(iuplus_asn1_decode(IUPLUS_ASN1_RANAP_RANAP_PDU, 2, (const uint8_t *)"", 8, 0, &arena, &v, NULL),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_asn1_decode(IUPLUS_ASN1_RANAP_RANAP_PDU, 0, (const uint8_t *)"", 8, 128, &arena, &v,
					   NULL),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_asn1_decode(IUPLUS_ASN1_RANAP_RANAP_PDU, 0, NULL, 0, 0, &arena, &v, NULL),
			IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, 0, NULL, 0, &arena, &o, NULL, NULL),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_asn1_encode(IUPLUS_ASN1_RANAP_RANAP_PDU, 0, &(RANAP_RANAP_PDU_t){ 0 }, 0, &arena, &o,
					   NULL, &error),
			IUPLUS_ERR_CONSTRAINT);
}

static void every_type_is_named(void)
{
	unsigned i;

	for (i = 0; i < iuplus_asn1_type_count; i++) {
		CU_ASSERT_PTR_EQUAL(iuplus_asn1_find(iuplus_asn1_types[i].protocol, iuplus_asn1_types[i].name),
				    &iuplus_asn1_types[i]);
		CU_ASSERT_NOT_EQUAL(iuplus_asn1_size(&iuplus_asn1_types[i]), 0);
	}
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "every type is found by name", every_type_is_named },
		{ "numbers", numbers },
		{ "ranges at encode and decode", ranges },
		{ "strings", strings },
		{ "lengths and fragments", fragments },
		{ "open types", open_types },
		{ "the extension's level of a chain", chains },
		{ "an unknown branch", branches },
		{ "truncated at every bit", truncated },
		  { "what is in the place of the extension's level", foreign_levels },
		{ "arguments", arguments }
	};
	int rc;

	iuplus_arena_init(&arena, 0);
	rc = iuplus_cunit_run("per", tests, sizeof(tests) / sizeof(tests[0]));
	iuplus_arena_free(&arena);
	return rc;
}
