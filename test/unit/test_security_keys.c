/* SPDX-License-Identifier: BSD-2-Clause */
/* test_security_keys.c: the key hierarchy, and its description in doc/keys.md. */
#include <iuplus/security.h>

#include "test/unit/cunit_main.h"

static const uint8_t ck[16] = { 0xb4, 0x0b, 0xa9, 0xa3, 0xc5, 0x8b, 0x2a, 0x05,
				0xbb, 0xf0, 0xd9, 0x87, 0xb2, 0x1b, 0xf8, 0xcb };
static const uint8_t ik[16] = { 0xf7, 0x69, 0xbc, 0xd7, 0x51, 0x04, 0x46, 0x04,
				0x12, 0x76, 0x72, 0x71, 0x1c, 0x6d, 0x34, 0x41 };

/* HMAC over S written out by hand. */
static void expect(const uint8_t key[32], const uint8_t *s, size_t len, uint8_t out[32])
{
	CU_ASSERT_EQUAL(iuplus_security_hmac_sha256(key, 32, s, len, out), IUPLUS_OK);
}

static void both(uint8_t key[32])
{
	memcpy(key, ck, 16);
	memcpy(key + 16, ik, 16);
}

static void test_k_rnc(void)
{
	struct iuplus_security_freshness freshness = { .kind = IUPLUS_SECURITY_FRESHNESS_NONCE };
	uint8_t key[32], want[32], got[32], s[29] = { 0xf0, 1, 2, 3, 4, 0, 4, 1, 0, 1 };

	both(key);
	/* without a counter: the domain alone */
	expect(key, (const uint8_t *)"\xf0\x00\x00\x01", 4, want);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 0, IUPLUS_DOMAIN_CS, NULL, got), IUPLUS_OK);
	CU_ASSERT(!memcmp(got, want, 32));
	expect(key, s, 10, want);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 0x01020304, IUPLUS_DOMAIN_PS, NULL, got), IUPLUS_OK);
	CU_ASSERT(!memcmp(got, want, 32));
	memset(freshness.nonce, 0x5a, 16);
	memset(s + 10, 0x5a, 16);
	s[27] = 16;
	expect(key, s, 28, want);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 0x01020304, IUPLUS_DOMAIN_PS, &freshness, got), IUPLUS_OK);
	CU_ASSERT(!memcmp(got, want, 32));
	freshness.kind = IUPLUS_SECURITY_FRESHNESS_RAND;
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 0x01020304, IUPLUS_DOMAIN_PS, &freshness, got), IUPLUS_OK);
	CU_ASSERT(!memcmp(got, want, 32));
	expect(key, s, 10, want);
	for (int kind = IUPLUS_SECURITY_FRESHNESS_NONE; kind <= IUPLUS_SECURITY_FRESHNESS_COUNTER; kind++) {
		freshness.kind = kind;
		CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 0x01020304, IUPLUS_DOMAIN_PS, &freshness, got),
				IUPLUS_OK);
		CU_ASSERT(!memcmp(got, want, 32));
	}
}

static void test_index(void)
{
	/* ascending */
	static const struct iuplus_security_key_index order[] = { { 0, 0 },   { 0, 255 }, { 1, 0 },
								  { 1, 2 },   { 2, 1 },   { UINT32_MAX, 0 },
								  { UINT32_MAX, 255 } };
	const unsigned count = sizeof(order) / sizeof(order[0]);

	for (unsigned i = 0; i < count; i++)
		for (unsigned j = 0; j < count; j++) {
			int got = iuplus_security_key_index_compare(&order[i], &order[j]);

			CU_ASSERT(i < j ? got < 0 : i > j ? got > 0 : got == 0);
		}
}

static void test_chain(void)
{
	uint8_t key[32], k_rnc[32], star[3][32], want[32], walk[32], s[35] = { 0xf1 }, ncc = 0;

	both(key);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 1, IUPLUS_DOMAIN_PS, NULL, k_rnc), IUPLUS_OK);
	for (unsigned i = 0; i < 3; i++) {
		memcpy(s + 1, i ? star[i - 1] : k_rnc, 32);
		s[34] = 32;
		expect(key, s, 35, want);
		CU_ASSERT_EQUAL(iuplus_security_k_rnc_star(ck, ik, i ? star[i - 1] : k_rnc, star[i]), IUPLUS_OK);
		CU_ASSERT(!memcmp(star[i], want, 32));
	}
	memcpy(walk, k_rnc, 32);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc_chain(ck, ik, walk, &ncc, 0), IUPLUS_OK);
	CU_ASSERT(!memcmp(walk, k_rnc, 32));
	CU_ASSERT_EQUAL(iuplus_security_k_rnc_chain(ck, ik, walk, &ncc, 1), IUPLUS_OK);
	CU_ASSERT(!memcmp(walk, star[0], 32));
	CU_ASSERT_EQUAL(iuplus_security_k_rnc_chain(ck, ik, walk, &ncc, 3), IUPLUS_OK);
	CU_ASSERT(!memcmp(walk, star[2], 32));
	CU_ASSERT_EQUAL(ncc, 3);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc_chain(ck, ik, walk, &ncc, 2), IUPLUS_ERR_REPLAY);
	CU_ASSERT(!memcmp(walk, star[2], 32));
	CU_ASSERT_EQUAL(ncc, 3);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc_chain(ck, ik, walk, &ncc, 255), IUPLUS_OK);
	CU_ASSERT_EQUAL(ncc, 255);
}

static void test_air_keys(void)
{
	uint8_t key[32], k_rnc[32], want[32], ck_u[6][16], ik_u[6][16];
	struct iuplus_security_freshness fresh = { .kind = IUPLUS_SECURITY_FRESHNESS_COUNTER, .counter = 9 };

	both(key);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 1, IUPLUS_DOMAIN_PS, NULL, k_rnc), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_security_keys_from_k_rnc(k_rnc, NULL, ck_u[0], ik_u[0]), IUPLUS_OK);
	expect(k_rnc, (const uint8_t *)"\xf2", 1, want);
	CU_ASSERT(!memcmp(ck_u[0], want, 16) && !memcmp(ik_u[0], want + 16, 16));
	CU_ASSERT_EQUAL(iuplus_security_keys_from_k_rnc_star(k_rnc, NULL, ck_u[1], ik_u[1]), IUPLUS_OK);
	expect(k_rnc, (const uint8_t *)"\xf3", 1, want);
	CU_ASSERT(!memcmp(ck_u[1], want, 16) && !memcmp(ik_u[1], want + 16, 16));
	/* FIG. 11 by setting */
	CU_ASSERT_EQUAL(iuplus_security_keys_from_k_rnc(k_rnc, &fresh, ck_u[2], ik_u[2]), IUPLUS_OK);
	expect(k_rnc, (const uint8_t *)"\xf2\x00\x00\x00\x09\x00\x04", 7, want);
	CU_ASSERT(!memcmp(ck_u[2], want, 16) && !memcmp(ik_u[2], want + 16, 16));
	fresh.kind = IUPLUS_SECURITY_FRESHNESS_NONCE;
	CU_ASSERT_EQUAL(iuplus_security_keys_from_k_rnc_star(k_rnc, &fresh, ck_u[3], ik_u[3]), IUPLUS_OK);
	expect(k_rnc, (const uint8_t *)"\xf3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10", 19, want);
	CU_ASSERT(!memcmp(ck_u[3], want, 16) && !memcmp(ik_u[3], want + 16, 16));
	/* FIG. 10 */
	CU_ASSERT_EQUAL(iuplus_security_keys_from_ck_ik(ck, ik, 0, IUPLUS_DOMAIN_PS, NULL, ck_u[4], ik_u[4]),
			IUPLUS_OK);
	expect(key, (const uint8_t *)"\xf4\x01\x00\x01", 4, want);
	CU_ASSERT(!memcmp(ck_u[4], want, 16) && !memcmp(ik_u[4], want + 16, 16));
	CU_ASSERT_EQUAL(iuplus_security_keys_from_ck_ik(ck, ik, 9, IUPLUS_DOMAIN_CS, NULL, ck_u[5], ik_u[5]),
			IUPLUS_OK);
	expect(key, (const uint8_t *)"\xf4\x00\x00\x00\x09\x00\x04\x00\x00\x01", 10, want);
	CU_ASSERT(!memcmp(ck_u[5], want, 16) && !memcmp(ik_u[5], want + 16, 16));
	CU_ASSERT_EQUAL(iuplus_security_keys_from_ck_ik(ck, ik, 9, IUPLUS_DOMAIN_CS, NULL, NULL, ik_u[0]), IUPLUS_OK);
	CU_ASSERT(!memcmp(ik_u[0], ik_u[5], 16));
	for (unsigned i = 0; i < 5; i++)
		CU_ASSERT(memcmp(ck_u[i], ck_u[i + 1], 16) && memcmp(ik_u[i], ck_u[i], 16));
}

static void test_mapped(void)
{
	uint8_t key[32], want[32], ck_m[16], ik_m[16];

	both(key);
	expect(key, (const uint8_t *)"\xf5", 1, want);
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(ck, ik, ck_m, ik_m), IUPLUS_OK);
	CU_ASSERT(!memcmp(ck_m, want, 16) && !memcmp(ik_m, want + 16, 16));
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(ck, ik, NULL, ik_m), IUPLUS_OK);
	CU_ASSERT(!memcmp(ik_m, want + 16, 16));
	/* in place */
	memcpy(ck_m, ck, 16);
	memcpy(ik_m, ik, 16);
	CU_ASSERT_EQUAL(iuplus_security_mapped_keys(ck_m, ik_m, ck_m, ik_m), IUPLUS_OK);
	CU_ASSERT(!memcmp(ck_m, want, 16) && !memcmp(ik_m, want + 16, 16));
}

static void test_refused(void)
{
	static const uint8_t zero[32];
	struct iuplus_security_freshness freshness = { .kind = 7 };
	struct iuplus_octets param[3] = { { ck, 16 }, { ik, 16 } };
	uint8_t big[IUPLUS_SECURITY_KDF_S_MAX], out[32], ck_u[16], ik_u[16];

	memset(out, 0xee, 32);
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 1, IUPLUS_DOMAIN_PS, &freshness, out), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT(!memcmp(out, zero, 32));
	memset(ck_u, 0xee, 16);
	memset(ik_u, 0xee, 16);
	CU_ASSERT_EQUAL(iuplus_security_keys_from_ck_ik(ck, ik, 1, IUPLUS_DOMAIN_PS, &freshness, ck_u, ik_u),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT(!memcmp(ck_u, zero, 16) && !memcmp(ik_u, zero, 16));
	memset(ik_u, 0xee, 16);
	CU_ASSERT_EQUAL(iuplus_security_keys_from_k_rnc(zero, &freshness, NULL, ik_u), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT(!memcmp(ik_u, zero, 16));
	CU_ASSERT_EQUAL(iuplus_security_k_rnc(ck, ik, 1, 2, NULL, out), IUPLUS_ERR_ARGUMENT);

	memset(out, 0xee, 32);
	CU_ASSERT_EQUAL(iuplus_security_derive(IUPLUS_SECURITY_DERIVE_COUNT, zero, NULL, 0, out), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT(!memcmp(out, zero, 32));
	/* a mandatory parameter is missing or of wrong length; one is superfluous */
	CU_ASSERT_EQUAL(iuplus_security_derive(IUPLUS_SECURITY_DERIVE_K_RNC_STAR, zero, NULL, 0, out),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_derive(IUPLUS_SECURITY_DERIVE_K_RNC_STAR, zero, param, 1, out),
			IUPLUS_ERR_ARGUMENT);
	param[0] = (struct iuplus_octets){ NULL, 0 };
	CU_ASSERT_EQUAL(iuplus_security_derive(IUPLUS_SECURITY_DERIVE_K_RNC_STAR, zero, param, 1, out),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_security_derive(IUPLUS_SECURITY_DERIVE_FROM_K_RNC, zero, param, 1, out), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_security_derive(IUPLUS_SECURITY_DERIVE_FROM_K_RNC, zero, param, 2, out),
			IUPLUS_ERR_ARGUMENT);
	/* the domain is mandatory */
	param[1] = (struct iuplus_octets){ NULL, 0 };
	CU_ASSERT_EQUAL(iuplus_security_derive(IUPLUS_SECURITY_DERIVE_K_RNC, zero, param, 3, out), IUPLUS_ERR_ARGUMENT);

	/* S of maximum length, and longer */
	param[0] = (struct iuplus_octets){ big, sizeof big - 3 };
	memset(big, 0, sizeof big);
	CU_ASSERT_EQUAL(iuplus_security_kdf(zero, 32, 0, param, 1, out), IUPLUS_OK);
	for (size_t len = sizeof big - 2; len <= sizeof big; len++) {
		param[0].len = len;
		CU_ASSERT_EQUAL(iuplus_security_kdf(zero, 32, 0, param, 1, out), IUPLUS_ERR_ARGUMENT);
	}
	param[0].len = SIZE_MAX;
	CU_ASSERT_EQUAL(iuplus_security_kdf(zero, 32, 0, param, 1, out), IUPLUS_ERR_ARGUMENT);
}

/* ---- The table in doc/keys.md ---- */

/* Adds text to a table row with "|" escaped for Markdown. */
static void add(char *row, size_t size, const char *text)
{
	for (size_t used = strlen(row); *text && used + 3 < size; text++) {
		if (*text == '|')
			row[used++] = '\\';
		row[used++] = *text;
		row[used] = '\0';
	}
}

static void row_of(const struct iuplus_security_derivation *d, char *row, size_t size)
{
	char fc[8], p[96];

	snprintf(fc, sizeof fc, "%02x", d->fc);
	strcpy(row, "| ");
	add(row, size, d->name);
	strcat(row, " | ");
	add(row, size, d->input_key);
	strcat(row, " | ");
	add(row, size, fc);
	strcat(row, " | ");
	for (unsigned i = 0; i < IUPLUS_SECURITY_MAX_PARAMETERS && d->parameter[i].name; i++) {
		const struct iuplus_security_parameter *q = &d->parameter[i];
		char length[16];

		snprintf(length, sizeof length, q->min == q->max ? "%u" : "%u to %u", q->min, q->max);
		snprintf(p, sizeof p, "%sP%u: %s, %s octet%s%s", i ? "; " : "", i, q->name, length,
			 q->max == 1 ? "" : "s", q->optional ? ", optional" : "");
		add(row, size, p);
	}
	strcat(row, " | ");
	add(row, size, d->output);
	strcat(row, " | ");
	add(row, size, d->source);
	strcat(row, " |\n");
}

static void test_documentation(void)
{
	const char *srcdir = getenv("srcdir");
	char path[1024], line[1024], row[1024];
	bool inside = false, seen[256] = { false };
	unsigned rows = 0;
	FILE *in;

	snprintf(path, sizeof path, "%s/doc/keys.md", srcdir ? srcdir : ".");
	in = fopen(path, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	while (fgets(line, sizeof line, in)) {
		if (!strcmp(line, "| derivation | input key | FC | parameters | output | source |\n")) {
			inside = true;
		} else if (inside && line[0] != '|') {
			inside = false;
		} else if (inside && line[2] != '-') {
			CU_ASSERT_FATAL(rows < IUPLUS_SECURITY_DERIVE_COUNT);
			row_of(&iuplus_security_derivations[rows++], row, sizeof row);
			CU_ASSERT_STRING_EQUAL(line, row);
			if (strcmp(line, row))
				fprintf(stderr, "doc/keys.md has\n%sand the code\n%s", line, row);
		}
	}
	fclose(in);
	CU_ASSERT_EQUAL(rows, IUPLUS_SECURITY_DERIVE_COUNT);
	for (unsigned i = 0; i < IUPLUS_SECURITY_DERIVE_COUNT; i++) {
		uint8_t fc = iuplus_security_derivations[i].fc;

		CU_ASSERT(fc >= IUPLUS_SECURITY_FC_FIRST && fc <= IUPLUS_SECURITY_FC_LAST && !seen[fc]);
		seen[fc] = true;
	}
}

IUPLUS_CUNIT_MAIN("security: the key hierarchy", { "K_RNC", test_k_rnc }, { "the chain of K_RNC*", test_chain },
		  { "the order of key indices", test_index },
		  { "IK_U and CK_U by each way", test_air_keys }, { "the mapped pair", test_mapped },
		  { "wrong parameters are refused and leave no key", test_refused },
		  { "doc/keys.md shows the same table", test_documentation })
