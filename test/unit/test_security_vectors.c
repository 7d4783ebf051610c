/* SPDX-License-Identifier: BSD-2-Clause */
/* test_security_vectors.c: security/ tested with every published vector of test/vectors/. */
#include <iuplus/security.h>

#include "test/unit/cunit_main.h"
#include "security/kasumi.h"
#include "security/snow3g.h"
#include "test/unit/vectors.h"

static uint64_t block_of(const uint8_t *p)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < 8; i++)
		v = v << 8 | p[i];
	return v;
}

static void kasumi_record(const struct vector_record *r)
{
	uint8_t *key = vector_octets(r, "key", NULL);
	uint16_t subkey[2][64];

	kasumi_schedule(key, subkey[0]);
	kasumi_schedule_modified(key, 0x55, subkey[1]);
	if (vector_text(r, "plaintext")) {
		uint8_t *in = vector_octets(r, "plaintext", NULL), out[8];
		unsigned long times = vector_text(r, "iterations") ? vector_decimal(r, "iterations") : 1;
		uint64_t block = block_of(in);

		while (times--)
			block = kasumi_block(subkey[0], block);
		for (unsigned i = 0; i < 8; i++)
			out[i] = (uint8_t)(block >> (56 - 8 * i));
		vector_same(r, "ciphertext", out, 8);
		free(in);
	} else {
		uint64_t bits = vector_decimal(r, "length_bits");
		size_t len = (size_t)(bits + 7) / 8;
		uint8_t *out = calloc(1, len);
		uint64_t a = (uint64_t)vector_hex32(r, "cc") << 32 | (uint64_t)vector_hex32(r, "cb") << 27 |
			     (uint64_t)vector_hex32(r, "cd") << 26 | (uint64_t)vector_hex32(r, "ca") << 16;

		kasumi_kgcore((const uint16_t(*)[64])subkey, a, out, out, bits);
		vector_same(r, "keystream", out, len);
		free(out);
	}
	free(key);
}

static void test_kasumi(void)
{
	CU_ASSERT_EQUAL(vector_each("kasumi.txt", kasumi_record), 9);
}

static void words_of(const struct vector_record *r, const char *name, uint32_t w[4])
{
	uint8_t *p = vector_octets(r, name, NULL);

	for (unsigned i = 0; i < 4; i++)
		w[i] = (uint32_t)(block_of(p + 4 * (i & 2)) >> (i & 1 ? 0 : 32));
	free(p);
}

static void snow3g_record(const struct vector_record *r)
{
	uint32_t k[4], k_reversed[4], iv[4], z[2512];
	uint8_t *key = vector_octets(r, "key_ck", NULL), *out = malloc(sizeof z);
	struct iuplus_snow3g g;

	words_of(r, "key", k);
	words_of(r, "iv", iv);
	snow3g_key(key, k_reversed);
	CU_ASSERT(!memcmp(k, k_reversed, sizeof k));
	snow3g_init(&g, k, iv);
	snow3g_keystream(&g, z, 16);
	snow3g_keystream(&g, z + 16, 2512 - 16);
	for (unsigned i = 0; i < 2512 * 4; i++)
		out[i] = (uint8_t)(z[i / 4] >> (24 - 8 * (i % 4)));
	vector_same(r, "keystream", out, strlen(vector_need(r, "keystream")) / 2);
	if (vector_text(r, "keystream2"))
		vector_same(r, "keystream2", out + vector_decimal(r, "ks_offset2"),
			    strlen(vector_need(r, "keystream2")) / 2);
	free(key);
	free(out);
}

static void test_snow3g(void)
{
	CU_ASSERT_EQUAL(vector_each("snow3g_keystream.txt", snow3g_record), 4);
}

static void f8_record(const struct vector_record *r, unsigned uea)
{
	size_t len;
	uint8_t *key = vector_octets(r, "key", NULL), *in = vector_octets(r, "plaintext", &len), *out = malloc(len);
	uint32_t count = vector_hex32(r, "count");
	unsigned bearer = (unsigned)vector_decimal(r, "bearer"), direction = (unsigned)vector_decimal(r, "direction");
	uint64_t bits = vector_decimal(r, "length_bits");

	CU_ASSERT_EQUAL(len, (bits + 7) / 8);
	CU_ASSERT_EQUAL(iuplus_security_f8(uea, key, count, bearer, direction, in, out, bits), IUPLUS_OK);
	vector_same(r, "ciphertext", out, len);
	/* and back, in place */
	CU_ASSERT_EQUAL(iuplus_security_f8(uea, key, count, bearer, direction, out, out, bits), IUPLUS_OK);
	vector_same(r, "plaintext", out, len);
	free(key);
	free(in);
	free(out);
}

static void uea1_record(const struct vector_record *r)
{
	f8_record(r, 1);
}

static void test_uea1(void)
{
	CU_ASSERT_EQUAL(vector_each("uea1_f8.txt", uea1_record), 5);
}

static void uea2_record(const struct vector_record *r)
{
	f8_record(r, 2);
}

static void test_uea2(void)
{
	CU_ASSERT_EQUAL(vector_each("uea2_f8.txt", uea2_record), 11);
}

static void f9_record(const struct vector_record *r, unsigned uia)
{
	size_t len;
	uint8_t *key = vector_octets(r, "key", NULL), *message = vector_octets(r, "message", &len), mac[4];
	uint64_t bits = vector_decimal(r, "length_bits");

	CU_ASSERT_EQUAL(len, (bits + 7) / 8);
	CU_ASSERT_EQUAL(iuplus_security_f9(uia, key, vector_hex32(r, "count"), vector_hex32(r, "fresh"),
					   (unsigned)vector_decimal(r, "direction"), message, bits, mac),
			IUPLUS_OK);
	vector_same(r, "mac", mac, sizeof mac);
	/* bits past LENGTH are ignored */
	if (bits % 8) {
		message[len - 1] |= (uint8_t)(0xff >> bits % 8);
		CU_ASSERT_EQUAL(iuplus_security_f9(uia, key, vector_hex32(r, "count"), vector_hex32(r, "fresh"),
						   (unsigned)vector_decimal(r, "direction"), message, bits, mac),
				IUPLUS_OK);
		vector_same(r, "mac", mac, sizeof mac);
	}
	free(key);
	free(message);
}

static void uia1_record(const struct vector_record *r)
{
	f9_record(r, 1);
}

static void test_uia1(void)
{
	CU_ASSERT_EQUAL(vector_each("uia1_f9.txt", uia1_record), 10);
}

static void uia2_record(const struct vector_record *r)
{
	f9_record(r, 2);
}

static void test_uia2(void)
{
	CU_ASSERT_EQUAL(vector_each("uia2_f9.txt", uia2_record), 17);
}

static void milenage_record(const struct vector_record *r)
{
	uint8_t *k = vector_octets(r, "k", NULL), *op = vector_octets(r, "op", NULL);
	uint8_t *rand = vector_octets(r, "rand", NULL), *sqn = vector_octets(r, "sqn", NULL);
	uint8_t *amf = vector_octets(r, "amf", NULL);
	uint8_t opc[16], mac_a[8], mac_s[8], res[8], ck[16], ik[16], ak[6], ak_star[6];

	CU_ASSERT_EQUAL(iuplus_security_milenage_opc(k, op, opc), IUPLUS_OK);
	vector_same(r, "opc", opc, sizeof opc);
	CU_ASSERT_EQUAL(iuplus_security_milenage_f1(k, opc, rand, sqn, amf, mac_a, mac_s), IUPLUS_OK);
	vector_same(r, "f1", mac_a, sizeof mac_a);
	vector_same(r, "f1star", mac_s, sizeof mac_s);
	CU_ASSERT_EQUAL(iuplus_security_milenage_f2345(k, opc, rand, res, ck, ik, ak, ak_star), IUPLUS_OK);
	vector_same(r, "f2", res, sizeof res);
	vector_same(r, "f3", ck, sizeof ck);
	vector_same(r, "f4", ik, sizeof ik);
	vector_same(r, "f5", ak, sizeof ak);
	vector_same(r, "f5star", ak_star, sizeof ak_star);
	free(k);
	free(op);
	free(rand);
	free(sqn);
	free(amf);
}

static void test_milenage(void)
{
	CU_ASSERT_EQUAL(vector_each("milenage.txt", milenage_record), 21);
}

static void kdf_record(const struct vector_record *r)
{
	size_t key_len, out_len, s_len, p_len[2] = { 0, 0 };
	uint8_t *key = vector_octets(r, "key", &key_len), *want = vector_octets(r, "out", &out_len);
	uint8_t *s = vector_octets(r, "s", &s_len), *p[2] = { NULL, NULL }, out[32];

	CU_ASSERT(out_len <= sizeof out);
	CU_ASSERT_EQUAL(iuplus_security_hmac_sha256(key, key_len, s, s_len, out), IUPLUS_OK);
	vector_same(r, "out", out, out_len);
	if (vector_text(r, "fc")) {
		struct iuplus_octets param[2];
		size_t count = 0;

		for (; count < 2 && vector_text(r, count ? "p1" : "p0"); count++) {
			p[count] = vector_octets(r, count ? "p1" : "p0", &p_len[count]);
			param[count] = (struct iuplus_octets){ p[count], p_len[count] };
		}
		CU_ASSERT_EQUAL(iuplus_security_kdf(key, key_len, (uint8_t)vector_hex32(r, "fc"), param, count, out),
				IUPLUS_OK);
		vector_same(r, "out", out, out_len);
	}
	free(p[0]);
	free(p[1]);
	free(key);
	free(want);
	free(s);
}

static void test_kdf(void)
{
	CU_ASSERT_EQUAL(vector_each("kdf.txt", kdf_record), 27);
}

/* The parameters of the record in the places of the row: an optional one is present if the next length fits. Returns
 * how many places there are. */
static size_t place_parameters(const struct vector_record *r, const struct iuplus_security_derivation *row,
			       struct iuplus_octets param[IUPLUS_SECURITY_MAX_PARAMETERS])
{
	static const char *const names[] = { "p0", "p1", "p2", "p3" };
	size_t places = 0, next = 0;

	for (; places < IUPLUS_SECURITY_MAX_PARAMETERS && row->parameter[places].name; places++) {
		size_t len;
		uint8_t *p;

		param[places] = (struct iuplus_octets){ NULL, 0 };
		if (!vector_text(r, names[next]))
			continue;
		p = vector_octets(r, names[next], &len);
		if (len >= row->parameter[places].min && len <= row->parameter[places].max) {
			param[places] = (struct iuplus_octets){ p, len };
			next++;
		} else {
			free(p);
		}
	}
	CU_ASSERT(!vector_text(r, names[next]));
	return places;
}

static bool seen[IUPLUS_SECURITY_DERIVE_COUNT];

static void hierarchy_record(const struct vector_record *r)
{
	struct iuplus_octets param[IUPLUS_SECURITY_MAX_PARAMETERS];
	uint8_t *key = vector_octets(r, "key", NULL), *s, out[32];
	uint32_t fc = vector_hex32(r, "fc");
	size_t count, s_len, what = 0;

	while (what < IUPLUS_SECURITY_DERIVE_COUNT && iuplus_security_derivations[what].fc != fc)
		what++;
	CU_ASSERT_FATAL(what < IUPLUS_SECURITY_DERIVE_COUNT);
	/* cppcheck-suppress arrayIndexOutOfBoundsCond ; CUnit's fatal assertion does not return */
	seen[what] = true;
	count = place_parameters(r, &iuplus_security_derivations[what], param);
	CU_ASSERT_EQUAL(iuplus_security_derive((enum iuplus_security_derived)what, key, param, count, out), IUPLUS_OK);
	vector_same(r, "out", out, sizeof(out));
	s = vector_octets(r, "s", &s_len);
	CU_ASSERT_EQUAL(iuplus_security_hmac_sha256(key, 32, s, s_len, out), IUPLUS_OK);
	vector_same(r, "out", out, sizeof(out));
	free(s);
	free(key);
	while (count--)
		free((void *)(uintptr_t)param[count].data);
}

static void test_hierarchy(void)
{
	CU_ASSERT_EQUAL(vector_each("hierarchy.txt", hierarchy_record), 15);
	for (unsigned what = 0; what < IUPLUS_SECURITY_DERIVE_COUNT; what++)
		CU_ASSERT(seen[what]);
}

IUPLUS_CUNIT_MAIN("security: published vectors", { "KASUMI and KGCORE", test_kasumi }, { "SNOW 3G", test_snow3g },
		  { "UEA1", test_uea1 }, { "UEA2", test_uea2 }, { "UIA1", test_uia1 }, { "UIA2", test_uia2 },
		  { "MILENAGE", test_milenage }, { "KDF", test_kdf },
		  { "the key hierarchy", test_hierarchy })
