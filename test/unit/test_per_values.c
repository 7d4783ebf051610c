/* SPDX-License-Identifier: BSD-2-Clause */
/* test_per_values.c: every kind of type of X.691 that is supported (TEST-Values.asn), compared with Erlang's encodings
 * in both rules; and the treatment of values that a later version added. The engine is linked only with the tables of
 * this module. */
#include "test/unit/cunit_main.h"
#include "test/unit/per_util.h"

static const struct {
	const char *name, *aligned, *unaligned, *json;
} values[] = {
#include "test/unit/per_values.h"
};

static struct iuplus_arena arena;
static struct iuplus_asn1_error error;

static const struct iuplus_asn1_type *type(const char *name)
{
	const struct iuplus_asn1_type *t = iuplus_asn1_find("TEST", name);

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	return t;
}

static const char *json(const char *name, void *v)
{
	struct iuplus_octets text;

	return iuplus_asn1_json(type(name), v, &arena, &text) ? "" : (const char *)text.data;
}

static void one(const char *name, enum iuplus_asn1_rules rules, const char *hex, const char *text)
{
	struct iuplus_octets o;
	void *v;
	int rc = per_decode_hex(type(name), rules, hex, IUPLUS_ASN1_EXACT, &arena, &v, &error);

	if (rc || strcmp(json(name, v), text) != 0) {
		fprintf(stderr, "  %s %s %s: %s, %s\n", name, rules ? "unaligned" : "aligned", hex,
			rc ? error.what : json(name, v), text);
		CU_FAIL("another value");
	}
	if (!rc) {
		CU_ASSERT_EQUAL(iuplus_asn1_encode(type(name), rules, v, 0, &arena, &o, NULL, &error), IUPLUS_OK);
		CU_ASSERT_TRUE(per_is_hex(o, hex));
	}
	iuplus_arena_reset(&arena, false);
}

static void erlang(void)
{
	size_t i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		one(values[i].name, IUPLUS_ASN1_APER, values[i].aligned, values[i].json);
		one(values[i].name, IUPLUS_ASN1_UPER, values[i].unaligned, values[i].json);
	}
}

static void refused(const char *name, const char *hex, int rc)
{
	void *v;

	CU_ASSERT_EQUAL(per_decode_hex(type(name), IUPLUS_ASN1_UPER, hex, 0, &arena, &v, &error), rc);
	if (error.rc != rc)
		fprintf(stderr, "  %s %s: %s\n", name, hex, iuplus_strrc(error.rc));
	CU_ASSERT_PTR_NULL(v);
}

static void limits(void)
{
	refused("Int41", "ffffffffff80", IUPLUS_ERR_CONSTRAINT);
	refused("IntAny", "00", IUPLUS_ERR_SYNTAX);
	refused("IntAny", "09010000000000000000", IUPLUS_ERR_CONSTRAINT);
	refused("IntGaps", "0080", IUPLUS_ERR_CONSTRAINT);
	refused("IntGaps", "8700", IUPLUS_ERR_CONSTRAINT);
	refused("IntExt", "808f80", IUPLUS_ERR_CONSTRAINT);
	refused("IntExt", "78", IUPLUS_ERR_CONSTRAINT);
	refused("EnumNumbers", "c0", IUPLUS_ERR_CONSTRAINT);
	refused("OctetsOpen", "0101", IUPLUS_ERR_CONSTRAINT);
	refused("Sizes", "20", IUPLUS_ERR_CONSTRAINT);
	refused("Oid", "00", IUPLUS_ERR_SYNTAX);
	refused("Oid", "0180", IUPLUS_ERR_SYNTAX);
	refused("Printable", "04ff", IUPLUS_ERR_CONSTRAINT);
	refused("Many", "00", IUPLUS_ERR_TRUNCATED);
	iuplus_arena_reset(&arena, false);
}

/* An encoded DEFAULT value is decoded, but not encoded again. */
static void defaults(void)
{
	struct iuplus_octets o;
	void *v;

	/* a 3, b TRUE, c b, all present, d absent; no additions */
	CU_ASSERT_EQUAL_FATAL(per_decode_hex(type("SeqV1"), IUPLUS_ASN1_UPER, "73a0", 0, &arena, &v, &error),
			      IUPLUS_OK);
	CU_ASSERT_STRING_EQUAL(json("SeqV1", v), "{\"a\":3,\"b\":true,\"c\":\"b\"}");
	CU_ASSERT_EQUAL(iuplus_asn1_encode(type("SeqV1"), IUPLUS_ASN1_UPER, v, 0, &arena, &o, NULL, &error), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, "00"));
	iuplus_arena_reset(&arena, false);
}

/* After a size of 0 there is no padding, not even in aligned PER (X.691 11.9.3.3); Erlang's asn1 writes some. */
static void empty_strings(void)
{
	/* the members before, 3 bits, 6 bits, 6 bits, and behind */
	one("Empty", IUPLUS_ASN1_APER, "800080",
	    "{\"before\":true,\"behind\":true,\"bits\":\"\",\"characters\":\"\","
	    "\"octets\":\"\"}");
	one("Empty", IUPLUS_ASN1_UPER, "800080",
	    "{\"before\":true,\"behind\":true,\"bits\":\"\",\"characters\":\"\","
	    "\"octets\":\"\"}");
	/* one octet, three bits, two characters: each starts on an octet boundary */
	one("Empty", IUPLUS_ASN1_APER, "90ab0ca100616280",
	    "{\"before\":true,\"behind\":true,\"bits\":\"b'101\","
	    "\"characters\":\"ab\",\"octets\":\"ab\"}");
}

/* The encodings of a type with additions, for a type that does not know them. */
static void later_versions(void)
{
	size_t i;
	void *v;
	int rules;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		for (rules = 0; rules < 2; rules++) {
			const char *hex = rules ? values[i].unaligned : values[i].aligned;

			if (strcmp(values[i].name, "Seq") == 0) {
				CU_ASSERT_EQUAL_FATAL(per_decode_hex(type("SeqV1"), rules, hex, IUPLUS_ASN1_EXACT,
								     &arena, &v, &error),
						      IUPLUS_OK);
				CU_ASSERT_PTR_NOT_NULL(v);
			}
			if (strcmp(values[i].name, "Enum") == 0) {
				struct iuplus_octets o;
				bool known = values[i].json[1] < 'c';

				CU_ASSERT_EQUAL(per_decode_hex(type("EnumV1"), rules, hex, IUPLUS_ASN1_EXACT, &arena,
							       &v, &error),
						known ? IUPLUS_OK : IUPLUS_ERR_NOT_COMPREHENDED);
				CU_ASSERT_PTR_NOT_NULL_FATAL(v);
				CU_ASSERT_EQUAL(iuplus_asn1_encode(type("EnumV1"), rules, v, 0, &arena, &o, NULL,
								   &error),
						IUPLUS_OK);
				CU_ASSERT_TRUE(per_is_hex(o, hex));
			}
			if (strcmp(values[i].name, "Cho") == 0 &&
			    (values[i].json[2] == 'z' || values[i].json[2] == 'w')) {
				CU_ASSERT_EQUAL(per_decode_hex(type("ChoV1"), rules, hex, IUPLUS_ASN1_EXACT, &arena, &v,
							       &error),
						IUPLUS_ERR_NOT_COMPREHENDED);
				CU_ASSERT_EQUAL(error.problems->kind, IUPLUS_ASN1_UNKNOWN_VALUE);
			}
			iuplus_arena_reset(&arena, false);
		}
	}
}

/* A chain of unlimited depth ends at the bound for the stack, not at the end of the stack. */
static void deep(void)
{
	static uint8_t octets[100000];
	void *v;

	memset(octets, 0xff, sizeof(octets));
	CU_ASSERT_EQUAL(iuplus_asn1_decode(type("Chain"), IUPLUS_ASN1_UPER, octets, 8 * sizeof(octets), 0, &arena, &v,
					   &error),
			IUPLUS_ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(error.what, "nested too deep");
	iuplus_arena_reset(&arena, false);
	/* and one of 40 levels is accepted */
	memset(octets + 5, 0, 100);
	CU_ASSERT_EQUAL(iuplus_asn1_decode(type("Chain"), IUPLUS_ASN1_UPER, octets, 8 * 60, 0, &arena, &v, &error),
			IUPLUS_OK);
	iuplus_arena_reset(&arena, false);
}

/* Lists of 16K items and more, and items without bits. */
static void long_lists(void)
{
	static uint8_t octets[70000];
	struct iuplus_octets o;
	size_t n, bits;
	void *v;

	memset(octets, 0x1b, sizeof(octets));
	octets[0] = 0xc1;
	bits = 8 + 2 * 16384;
	/* the fragment, then 3 more; and then none */
	for (n = 0; n <= 3; n += 3) {
		octets[bits / 8] = (uint8_t)n;
		octets[bits / 8 + 1] = 0x18;
		CU_ASSERT_EQUAL_FATAL(iuplus_asn1_decode(type("List"), IUPLUS_ASN1_APER, octets, bits + 8 + 2 * n, 0,
							 &arena, &v, &error),
				      IUPLUS_OK);
		CU_ASSERT_EQUAL(error.bits, bits + 8 + 2 * n);
		CU_ASSERT_EQUAL_FATAL(iuplus_asn1_encode(type("List"), IUPLUS_ASN1_APER, v, 0, &arena, &o, NULL,
							 &error),
				      IUPLUS_OK);
		CU_ASSERT_TRUE(o.len == (bits + 8 + 2 * n + 7) / 8 && memcmp(o.data, octets, o.len) == 0);
		iuplus_arena_reset(&arena, false);
	}
	CU_ASSERT_EQUAL(per_decode_hex(type("Nulls"), IUPLUS_ASN1_APER, "ffff", 0, &arena, &v, &error), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_asn1_encode(type("Nulls"), IUPLUS_ASN1_APER, v, 0, &arena, &o, NULL, &error), IUPLUS_OK);
	CU_ASSERT_TRUE(per_is_hex(o, "ffff"));
	iuplus_arena_reset(&arena, false);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "as Erlang encodes", erlang },      { "outside", limits },
		{ "defaults written out", defaults }, { "empty strings", empty_strings },
		{ "later versions", later_versions }, { "depth", deep },
		{ "long lists", long_lists }
	};
	int rc;

	iuplus_arena_init(&arena, 0);
	rc = iuplus_cunit_run("per_values", tests, sizeof(tests) / sizeof(tests[0]));
	iuplus_arena_free(&arena);
	return rc;
}
