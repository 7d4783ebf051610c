/* SPDX-License-Identifier: BSD-2-Clause */
/* test_nas.c: the GMM codec against known PDUs, at every truncation, with unknown and misplaced elements. */
#include <iuplus/nas.h>

#include "test/unit/cunit_main.h"

#define NAS_UP IUPLUS_NAS_UPLINK
#define NAS_DOWN IUPLUS_NAS_DOWNLINK

static size_t unhex(const char *hex, uint8_t *buf)
{
	size_t n = 0;
	unsigned x;

	for (; hex[0] && hex[1] && sscanf(hex, "%2x", &x) == 1; hex += 2)
		buf[n++] = (uint8_t)x;
	return n;
}

static void print_hex(const char *what, const uint8_t *p, size_t n)
{
	printf("%s ", what);
	while (n--)
		printf("%02x", *p++);
	printf("\n");
}

/* One of every message, in both directions if they differ. The first is from a real network. Each was verified field by
 * field with an independent dissector (Wireshark's gsm_a_dtap). "mandatory" is the length of the mandatory part. */
static const struct known {
	const char *name;
	enum iuplus_nas_direction direction;
	uint8_t mandatory;
	const char *hex;
} known[] = {
	{ "ServiceRequest", NAS_UP, 9, "080c0505f4e806f7f332020000" },
	{ "AttachRequest", NAS_UP, 30,
	  "080102e5e071 0800 08 0910101032547698 00f1100001ff 06 140702060000"
	  "19abcdef 1720 91 330155 1103335981 2003000000 580204c0" },
	{ "AttachAccept", NAS_DOWN, 11,
	  "080201 49 04 00f110123401 19010203 1744 1805f4c0000001 2308 2926240000000080"
	  "2504 2a0121 8c 4a0300f110 b2 3403021f11 a1 370105" },
	{ "AttachComplete", NAS_UP, 2, "0803" },
	{ "AttachReject", NAS_DOWN, 3, "080407 2a0121 3a0105" },
	{ "DetachRequest", NAS_UP, 3, "080509 1805f4c0000001 1903010203" },
	{ "DetachRequest", NAS_DOWN, 3, "080501 250a" },
	{ "DetachAccept", NAS_UP, 2, "0806" },
	{ "DetachAccept", NAS_DOWN, 3, "080600" },
	{ "RoutingAreaUpdateRequest", NAS_UP, 16,
	  "080870 00f1100001ff 06 140702060000 19abcdef 1720 270800 91"
	  "1805f4c0000001 3102e5e0 32022000 330155" },
	{ "RoutingAreaUpdateAccept", NAS_DOWN, 10,
	  "080910 49 00f110123401 19010203 1805f4c0000001 2305f4c0000002"
	  "26025020 1744 2504 2a0121 8c 4a0300f110 32022000 b2" },
	{ "RoutingAreaUpdateComplete", NAS_UP, 2, "080a 26025020" },
	{ "RoutingAreaUpdateReject", NAS_DOWN, 4, "080b0a 00 2a0121 3a0105" },
	{ "ServiceAccept", NAS_DOWN, 2, "080d 32022000 350101" },
	{ "ServiceReject", NAS_DOWN, 3, "080e09 3a0105" },
	{ "PTMSIReallocationCommand", NAS_DOWN, 15, "081005f4c0000002 00f110123401 00 19010203" },
	{ "PTMSIReallocationComplete", NAS_UP, 2, "0811" },
	{ "AuthenticationAndCipheringRequest", NAS_DOWN, 4,
	  "08120030 21000102030405060708090a0b0c0d0e0f 83"
	  "2810f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff" },
	{ "AuthenticationAndCipheringResponse", NAS_UP, 3, "081303 22a54211d5 23093351250014366990f2 2904e3ba50bf" },
	{ "AuthenticationAndCipheringReject", NAS_DOWN, 2, "0814" },
	{ "IdentityRequest", NAS_DOWN, 3, "081501" },
	{ "IdentityResponse", NAS_UP, 11, "081608 0910101032547698" },
	{ "AuthenticationAndCipheringFailure", NAS_UP, 3, "081c15 300e0102030405060708090a0b0c0d0e" },
	{ "GMMStatus", NAS_UP, 3, "082060" },
	{ "GMMStatus", NAS_DOWN, 3, "082060" },
};
#define KNOWN (sizeof(known) / sizeof(known[0]))

/* Blanks separate elements for the reader only. */
static size_t known_octets(const struct known *k, uint8_t *buf)
{
	char hex[512];
	const char *from;
	char *to = hex;

	for (from = k->hex; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = 0;
	return unhex(hex, buf);
}

/* Every element of the known PDUs is known, and encoding the decoded message results in the same octets. */
static void test_known(void)
{
	struct iuplus_nas_report report;
	struct iuplus_nas_msg msg;
	uint8_t pdu[256], again[256];
	size_t i, n, m;
	int rc;

	for (i = 0; i < KNOWN; i++) {
		n = known_octets(&known[i], pdu);
		rc = iuplus_nas_decode((struct iuplus_octets){ pdu, n }, known[i].direction, &msg, &report);
		if (rc || report.ignored) {
			printf("%s: decode %d, %u ignored, element %s at %zu\n", known[i].name, rc, report.ignored,
			       report.element ? report.element : "-", report.offset);
			CU_FAIL("a known PDU is rejected");
			continue;
		}
		CU_ASSERT_STRING_EQUAL(iuplus_nas_pdu_name((struct iuplus_octets){ pdu, n }), known[i].name);
		rc = iuplus_nas_encode(&msg, known[i].direction, again, sizeof(again), &m);
		if (rc || m != n || memcmp(pdu, again, n)) {
			printf("%s: encode %d\n", known[i].name, rc);
			print_hex("want", pdu, n);
			print_hex("have", again, m);
			CU_FAIL("another encoding");
		}
	}
}

static void test_values(void)
{
	static const uint8_t autn[] = { 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7,
					0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff };
	struct iuplus_nas_msg msg;
	uint8_t pdu[256];
	size_t n;

	n = unhex("080c0505f4e806f7f332020000", pdu);
	CU_ASSERT_EQUAL(iuplus_nas_decode((struct iuplus_octets){ pdu, n }, NAS_UP, &msg, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(msg.u.service_request.cksn, 5);
	CU_ASSERT_EQUAL(msg.u.service_request.service_type, 0);
	CU_ASSERT_EQUAL(msg.u.service_request.ptmsi.type, IUPLUS_NAS_IDENTITY_TMSI);
	CU_ASSERT_EQUAL(msg.u.service_request.ptmsi.tmsi, 0xe806f7f3);
	CU_ASSERT_EQUAL(msg.u.service_request.pdp_context_status.len, 2);
	CU_ASSERT_PTR_NULL(msg.u.service_request.uplink_data_status.data);

	n = known_octets(&known[1], pdu);
	CU_ASSERT_EQUAL(iuplus_nas_decode((struct iuplus_octets){ pdu, n }, NAS_UP, &msg, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(msg.u.attach_request.attach_type, 1);
	CU_ASSERT_EQUAL(msg.u.attach_request.cksn, 7);
	CU_ASSERT_STRING_EQUAL(msg.u.attach_request.identity.digits, "001010123456789");
	CU_ASSERT_EQUAL(msg.u.attach_request.old_rai.lac, 1);
	CU_ASSERT_EQUAL(msg.u.attach_request.old_rai.rac, 0xff);
	CU_ASSERT(msg.u.attach_request.has_tmsi_status && msg.u.attach_request.tmsi_status == 1);

	n = known_octets(&known[17], pdu);
	CU_ASSERT_EQUAL(iuplus_nas_decode((struct iuplus_octets){ pdu, n }, NAS_DOWN, &msg, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(msg.u.authentication_request.reference, 3);
	CU_ASSERT(msg.u.authentication_request.has_rand && msg.u.authentication_request.rand[15] == 0x0f);
	CU_ASSERT(msg.u.authentication_request.has_cksn && msg.u.authentication_request.cksn == 3);
	CU_ASSERT_EQUAL(msg.u.authentication_request.autn.len, 16);
	CU_ASSERT_EQUAL(memcmp(msg.u.authentication_request.autn.data, autn, 16), 0);
}

/* Truncated anywhere: rejected inside the mandatory part, shortened after it, and never read past the end (the copy is
 * exact, so that a sanitizer detects that). */
static void test_truncated(void)
{
	struct iuplus_nas_report report;
	struct iuplus_nas_msg msg;
	uint8_t pdu[256], *exact;
	size_t i, n, cut;
	int rc;

	for (i = 0; i < KNOWN; i++) {
		n = known_octets(&known[i], pdu);
		for (cut = 0; cut < n; cut++) {
			exact = malloc(cut ? cut : 1);
			memcpy(exact, pdu, cut);
			rc = iuplus_nas_decode((struct iuplus_octets){ exact, cut }, known[i].direction, &msg, &report);
			free(exact);
			if (rc != (cut < 2                  ? IUPLUS_ERR_TRUNCATED :
				   cut < known[i].mandatory ? IUPLUS_ERR_MISSING :
							      IUPLUS_OK)) {
				printf("%s cut to %zu: %d\n", known[i].name, cut, rc);
				CU_FAIL("wrong answer to a truncated PDU");
			}
			if (rc == IUPLUS_ERR_MISSING)
				CU_ASSERT_EQUAL(report.cause, IUPLUS_NAS_CAUSE_INVALID_MANDATORY_INFORMATION);
		}
		for (cut = 0; cut < n; cut++) {
			size_t m;

			iuplus_nas_decode((struct iuplus_octets){ pdu, n }, known[i].direction, &msg, NULL);
			exact = malloc(cut ? cut : 1);
			rc = iuplus_nas_encode(&msg, known[i].direction, exact, cut, &m);
			free(exact);
			if (rc != IUPLUS_ERR_SPACE) {
				printf("%s into %zu octets: %d\n", known[i].name, cut, rc);
				CU_FAIL("an encoder needs room");
			}
		}
	}
}

/* TS 24.008 8.2 to 8.7 and TS 24.007 11.2.4, one line each. */
static void test_errors(void)
{
	static const struct {
		const char *what, *hex;
		enum iuplus_nas_direction direction;
		int rc;
		uint8_t cause;
		unsigned ignored;
	} t[] = {
		{ "empty", "", NAS_UP, IUPLUS_ERR_TRUNCATED, 0, 0 },
		{ "session management", "8a42", NAS_UP, IUPLUS_ERR_SYNTAX, 0, 0 },
		{ "skip indicator 1", "1803", NAS_UP, IUPLUS_ERR_SYNTAX, 0, 0 },
		{ "unknown type", "0877", NAS_UP, IUPLUS_ERR_NOT_COMPREHENDED, 97, 0 },
		{ "wrong direction", "0802", NAS_UP, IUPLUS_ERR_NOT_COMPREHENDED, 98, 0 },
		{ "attach complete going down", "0803", NAS_DOWN, IUPLUS_ERR_NOT_COMPREHENDED, 98, 0 },
		{ "identity of no type", "081601 07", NAS_UP, IUPLUS_ERR_CONSTRAINT, 96, 0 },
		{ "identity too long", "08160a 0910101032547698aabb", NAS_UP, IUPLUS_ERR_CONSTRAINT, 96, 0 },
		{ "identity with a digit of ten", "081608 09a0101032547698", NAS_UP, IUPLUS_ERR_CONSTRAINT, 96, 0 },
		{ "P-TMSI of four octets", "080c0504f4e806f7", NAS_UP, IUPLUS_ERR_CONSTRAINT, 96, 0 },
		{ "unknown, type 4", "0803 770201ff", NAS_UP, IUPLUS_OK, 0, 1 },
		{ "unknown, type 1", "0803 c5", NAS_UP, IUPLUS_OK, 0, 1 },
		{ "unknown, comprehension required", "0803 0501ff", NAS_UP, IUPLUS_ERR_NOT_COMPREHENDED, 96, 0 },
		{ "unknown type 4 runs out", "0803 7705ff", NAS_UP, IUPLUS_OK, 0, 1 },
		{ "identifier alone", "0803 77", NAS_UP, IUPLUS_OK, 0, 1 },
		{ "repeated", "080501 250a 250b", NAS_DOWN, IUPLUS_OK, 0, 1 },
		{ "out of sequence", "080407 3a0105 2a0121", NAS_DOWN, IUPLUS_OK, 0, 1 },
		{ "optional too long", "080407 2a02ffff 3a0105", NAS_DOWN, IUPLUS_OK, 0, 1 },
		{ "AUTS too short", "081c15 300d0102030405060708090a0b0c0d", NAS_UP, IUPLUS_OK, 0, 1 },
	};
	struct iuplus_nas_report report;
	struct iuplus_nas_msg msg;
	uint8_t pdu[64];
	size_t i, n;
	int rc;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		n = known_octets(&(struct known){ "", NAS_UP, 0, t[i].hex }, pdu);
		rc = iuplus_nas_decode((struct iuplus_octets){ pdu, n }, t[i].direction, &msg, &report);
		if (rc != t[i].rc || report.cause != t[i].cause || report.ignored != t[i].ignored) {
			printf("%s: %d, cause %u, %u ignored\n", t[i].what, rc, report.cause, report.ignored);
			CU_FAIL("an answer other than that of clause 8");
		}
	}
	n = unhex("080501250a250b", pdu);
	iuplus_nas_decode((struct iuplus_octets){ pdu, n }, NAS_DOWN, &msg, NULL);
	CU_ASSERT_EQUAL(msg.u.detach_request.cause, 0x0a);
	CU_ASSERT_EQUAL(iuplus_nas_decode((struct iuplus_octets){ NULL, 3 }, NAS_UP, &msg, NULL), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_nas_decode((struct iuplus_octets){ pdu, n }, NAS_UP, NULL, NULL), IUPLUS_ERR_ARGUMENT);
}

static void test_not_encodable(void)
{
	struct iuplus_nas_msg msg;
	uint8_t buf[256];
	size_t n;

	memset(&msg, 0, sizeof(msg));
	msg.type = 0x77;
	CU_ASSERT_EQUAL(iuplus_nas_encode(&msg, NAS_UP, buf, sizeof(buf), &n), IUPLUS_ERR_NOT_COMPREHENDED);
	msg.type = IUPLUS_NAS_ATTACH_REQUEST; /* no MS network capability */
	CU_ASSERT_EQUAL(iuplus_nas_encode(&msg, NAS_UP, buf, sizeof(buf), &n), IUPLUS_ERR_CONSTRAINT);
	msg.type = IUPLUS_NAS_IDENTITY_REQUEST;
	msg.u.identity_request.identity_type = 16;
	CU_ASSERT_EQUAL(iuplus_nas_encode(&msg, NAS_DOWN, buf, sizeof(buf), &n), IUPLUS_ERR_CONSTRAINT);
	memset(&msg, 0, sizeof(msg));
	msg.type = IUPLUS_NAS_IDENTITY_RESPONSE;
	msg.u.identity_response.identity.type = IUPLUS_NAS_IDENTITY_IMSI;
	memcpy(msg.u.identity_response.identity.digits, "00101012345678x", 16);
	CU_ASSERT_EQUAL(iuplus_nas_encode(&msg, NAS_UP, buf, sizeof(buf), &n), IUPLUS_ERR_CONSTRAINT);
	memcpy(msg.u.identity_response.identity.digits, "12345", 6);
	CU_ASSERT_EQUAL(iuplus_nas_encode(&msg, NAS_UP, buf, sizeof(buf), &n), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_nas_encode(NULL, NAS_UP, buf, sizeof(buf), &n), IUPLUS_ERR_ARGUMENT);
}

static void test_identities(void)
{
	static const struct {
		const char *digits;
		enum iuplus_nas_identity_type type;
		const char *hex, *bcd;
	} t[] = {
		{ "001010123456789", IUPLUS_NAS_IDENTITY_IMSI, "0910101032547698", "00010121436587f9" },
		{ "00101012345678", IUPLUS_NAS_IDENTITY_IMSI, "01101010325476f8", "00010121436587" },
		{ "123456", IUPLUS_NAS_IDENTITY_IMSI, "113254f6", "214365" },
		{ "353490069873368", IUPLUS_NAS_IDENTITY_IMEI, "3a35940096783386", NULL },
		{ "3534900698733680", IUPLUS_NAS_IDENTITY_IMEISV, "3335940096783386f0", NULL },
	};
	struct iuplus_nas_identity identity, back;
	uint8_t buf[16], want[16];
	char digits[16];
	size_t i, n, m;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		memset(&identity, 0, sizeof(identity));
		identity.type = t[i].type;
		strcpy(identity.digits, t[i].digits);
		CU_ASSERT_EQUAL(iuplus_nas_identity_encode(&identity, buf, sizeof(buf), &n), IUPLUS_OK);
		m = unhex(t[i].hex, want);
		if (m != n || memcmp(buf, want, n)) {
			print_hex(t[i].digits, buf, n);
			CU_FAIL("identity");
		}
		CU_ASSERT_EQUAL(iuplus_nas_identity_decode((struct iuplus_octets){ buf, n }, &back), IUPLUS_OK);
		CU_ASSERT_EQUAL(memcmp(&back, &identity, sizeof(back)), 0);
		if (!t[i].bcd)
			continue;
		m = unhex(t[i].bcd, want);
		CU_ASSERT_EQUAL(iuplus_nas_imsi_to_bcd(t[i].digits, buf, sizeof(buf)), m);
		CU_ASSERT_EQUAL(memcmp(buf, want, m), 0);
		CU_ASSERT_EQUAL(iuplus_nas_imsi_from_bcd((struct iuplus_octets){ want, m }, digits), IUPLUS_OK);
		CU_ASSERT_STRING_EQUAL(digits, t[i].digits);
	}
	CU_ASSERT_EQUAL(iuplus_nas_imsi_to_bcd("0010a", buf, sizeof(buf)), 0);
	CU_ASSERT_EQUAL(iuplus_nas_imsi_from_bcd((struct iuplus_octets){ buf, 2 }, digits), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_nas_plmn_from_digits("001", "01", buf), IUPLUS_OK);
	CU_ASSERT_EQUAL(memcmp(buf, "\x00\xf1\x10", 3), 0);
	CU_ASSERT_EQUAL(iuplus_nas_plmn_from_digits("310", "410", buf), IUPLUS_OK);
	CU_ASSERT_EQUAL(memcmp(buf, "\x13\x00\x14", 3), 0);
	CU_ASSERT_EQUAL(iuplus_nas_plmn_from_digits("31", "410", buf), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_nas_plmn_from_digits("310", "4x", buf), IUPLUS_ERR_CONSTRAINT);
}

static unsigned rnd(unsigned *state)
{
	*state = *state * 1103515245u + 12345u;
	return *state >> 16;
}

/* Mutated PDUs: a decoded message can be encoded, and decodes again to the same. IUPLUS_SEED repeats a run. */
static void test_mutated(void)
{
	const char *env = getenv("IUPLUS_SEED");
	unsigned seed = env ? (unsigned)strtoul(env, NULL, 0) : 20120, state = seed, i, k;
	struct iuplus_nas_msg msg, back;
	uint8_t pdu[300], one[300], two[300];
	size_t n, m, l, at;

	for (i = 0; i < 100000; i++) {
		const struct known *from = &known[rnd(&state) % KNOWN];

		n = known_octets(from, pdu);
		for (k = rnd(&state) % 4 + 1; k; k--) {
			at = rnd(&state) % n;
			pdu[at] = (uint8_t)rnd(&state);
		}
		n -= rnd(&state) % 4 ? 0 : rnd(&state) % n;
		if (iuplus_nas_decode((struct iuplus_octets){ pdu, n }, from->direction, &msg, NULL))
			continue;
		if (iuplus_nas_encode(&msg, from->direction, one, sizeof(one), &m) ||
		    iuplus_nas_decode((struct iuplus_octets){ one, m }, from->direction, &back, NULL) ||
		    iuplus_nas_encode(&back, from->direction, two, sizeof(two), &l) || l != m || memcmp(one, two, m)) {
			printf("IUPLUS_SEED=%u, number %u\n", seed, i);
			print_hex("PDU", pdu, n);
			CU_FAIL_FATAL("a decoded message does not survive encoding");
		}
	}
}

static void test_names(void)
{
	CU_ASSERT_STRING_EQUAL(iuplus_nas_type_name(IUPLUS_NAS_ATTACH_ACCEPT), "AttachAccept");
	CU_ASSERT_PTR_NULL(iuplus_nas_type_name(0x7f));
	CU_ASSERT_STRING_EQUAL(iuplus_nas_pdu_name((struct iuplus_octets){ NULL, 0 }), "NAS");
	CU_ASSERT_STRING_EQUAL(iuplus_nas_cause_name(20), "MAC failure");
	CU_ASSERT_STRING_EQUAL(iuplus_nas_cause_name(200), "unspecified");
}

/* The manual lists the messages of the codec. */
static void test_document(void)
{
	static char want[8192], text[65536];
	const char *srcdir = getenv("srcdir");
	uint8_t pdu[2] = { IUPLUS_NAS_PD_GMM, 0 };
	struct iuplus_octets view = { pdu, sizeof(pdu) };
	struct iuplus_nas_msg msg;
	char path[512];
	unsigned type;
	bool up, down;
	size_t n;
	FILE *f;

	n = (size_t)sprintf(want, "| type | message | from the phone | from the network |\n"
				  "| --- | --- | --- | --- |\n");
	for (type = 0; type < 256; type++) {
		pdu[1] = (uint8_t)type;
		up = iuplus_nas_decode(view, NAS_UP, &msg, NULL) != IUPLUS_ERR_NOT_COMPREHENDED;
		down = iuplus_nas_decode(view, NAS_DOWN, &msg, NULL) != IUPLUS_ERR_NOT_COMPREHENDED;
		CU_ASSERT_EQUAL(up || down, iuplus_nas_type_name(type) != NULL);
		if (up || down)
			n += (size_t)snprintf(want + n, sizeof(want) - n, "| 0x%02x | %s | %s | %s |\n", type,
					      iuplus_nas_type_name(type), up ? "x" : "", down ? "x" : "");
	}
	if (getenv("IUPLUS_PRINT_TABLES")) {
		fputs(want, stdout);
		return;
	}
	snprintf(path, sizeof(path), "%s/doc/core.md", srcdir ? srcdir : ".");
	f = fopen(path, "r");
	if (!f) {
		printf("%s cannot be read\n", path);
		CU_FAIL_FATAL("no manual");
	}
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = 0;
	if (!strstr(text, want)) {
		printf("%s does not show this table: run this test with IUPLUS_PRINT_TABLES=1\n", path);
		CU_FAIL("the manual");
	}
}

IUPLUS_CUNIT_MAIN("nas", { "known PDUs", test_known }, { "values", test_values }, { "truncated", test_truncated },
		  { "errors of clause 8", test_errors }, { "not encodable", test_not_encodable },
		  { "identities", test_identities }, { "mutated", test_mutated }, { "names", test_names },
		  { "document", test_document })
