/* SPDX-License-Identifier: BSD-2-Clause */
/* kdf.c: the KDF of TS 33.220 Annex B and the UTRAN key hierarchy. The table below is its only description. */
#include <string.h>

#include <openssl/evp.h>

#include <iuplus/security.h>

/* Parameters of the derivations from CK||IK that make the first key of an index's counter. */
#define COUNTER \
	{ \
		"counter", 4, 4, true \
	}
#define DOMAIN \
	{ \
		"domain", 1, 1, false \
	}
#define NONCE \
	{ \
		"nonce or RAND", IUPLUS_SECURITY_NONCE_LEN, IUPLUS_SECURITY_NONCE_LEN, true \
	}
#define FRESHNESS \
	{ \
		"counter or nonce", 4, IUPLUS_SECURITY_NONCE_LEN, true \
	}

const struct iuplus_security_derivation iuplus_security_derivations[IUPLUS_SECURITY_DERIVE_COUNT] = {
	[IUPLUS_SECURITY_DERIVE_K_RNC] = { "K_RNC",
					   "CK||IK",
					   0xf0,
					   { COUNTER, DOMAIN, NONCE },
					   "K_RNC",
					   "[0104], [0111], [0144], [0149]" },
	[IUPLUS_SECURITY_DERIVE_K_RNC_STAR] = { "K_RNC*",
						"CK||IK",
						0xf1,
						{ { "K_RNC or the previous K_RNC*", 32, 32, false } },
						"K_RNC*",
						"[0106], [0107], [0113], [0114]" },
	[IUPLUS_SECURITY_DERIVE_FROM_K_RNC] = { "keys from K_RNC",
						"K_RNC",
						0xf2,
						{ FRESHNESS },
						"CK_U||IK_U",
						"[0109], [0112], [0144], [0148], [0149]" },
	[IUPLUS_SECURITY_DERIVE_FROM_K_RNC_STAR] = { "keys from K_RNC*",
						     "K_RNC*",
						     0xf3,
						     { FRESHNESS },
						     "CK_U||IK_U",
						     "[0072], [0106], [0113]" },
	[IUPLUS_SECURITY_DERIVE_FROM_CK_IK] = { "keys from CK||IK",
						"CK||IK",
						0xf4,
						{ COUNTER, DOMAIN, NONCE },
						"CK_U||IK_U",
						"[0133], [0137], [0138]" },
	[IUPLUS_SECURITY_DERIVE_MAPPED] = { "mapped keys",
					    "CK_U||IK_U",
					    0xf5,
					    { { NULL, 0, 0, false } },
					    "CK'||IK'",
					    "[0041], [0120]" }
};

#define BLOCK 64 /* of SHA-256 */

/* Looking the hash up costs several times what it computes, so that it is done once and lasts as long as the
 * process. */
static const EVP_MD *sha256(void)
{
	static EVP_MD *found;
	EVP_MD *md = __atomic_load_n(&found, __ATOMIC_ACQUIRE), *other = NULL;

	if (md)
		return md;
	md = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (md && !__atomic_compare_exchange_n(&found, &other, md, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
		EVP_MD_free(md);
		md = other;
	}
	return md;
}

/* One hash of HMAC (FIPS 198-1): the key's block with every octet changed by pad, then the data. */
static bool padded_hash(EVP_MD_CTX *ctx, const EVP_MD *md, const uint8_t key[BLOCK], uint8_t pad, const uint8_t *data,
			size_t len, uint8_t out[32])
{
	uint8_t block[BLOCK];
	bool done;

	for (size_t i = 0; i < BLOCK; i++)
		block[i] = key[i] ^ pad;
	done = EVP_DigestInit_ex(ctx, md, NULL) && EVP_DigestUpdate(ctx, block, BLOCK) &&
	       EVP_DigestUpdate(ctx, data, len) && EVP_DigestFinal_ex(ctx, out, NULL);
	iuplus_security_wipe(block, sizeof(block));
	return done;
}

int iuplus_security_hmac_sha256(const uint8_t *key, size_t key_len, const uint8_t *data, size_t len, uint8_t out[32])
{
	const EVP_MD *md = sha256();
	EVP_MD_CTX *ctx = md ? EVP_MD_CTX_new() : NULL;
	uint8_t block[BLOCK] = { 0 }, inner[32];
	bool done = ctx != NULL;

	if (key_len > BLOCK)
		done = done && EVP_Digest(key, key_len, block, NULL, md, NULL);
	else if (key_len)
		memcpy(block, key, key_len);
	done = done && padded_hash(ctx, md, block, 0x36, data, len, inner) &&
	       padded_hash(ctx, md, block, 0x5c, inner, sizeof(inner), out);
	EVP_MD_CTX_free(ctx);
	iuplus_security_wipe(block, sizeof(block));
	iuplus_security_wipe(inner, sizeof(inner));
	return done ? IUPLUS_OK : IUPLUS_ERR_MEMORY;
}

int iuplus_security_kdf(const uint8_t *key, size_t key_len, uint8_t fc, const struct iuplus_octets *param, size_t count,
			uint8_t out[32])
{
	uint8_t s[IUPLUS_SECURITY_KDF_S_MAX];
	size_t used = 0;
	int rc;

	s[used++] = fc;
	for (size_t i = 0; i < count; i++) {
		if (param[i].len > sizeof s - used || sizeof s - used - param[i].len < 2) {
			iuplus_security_wipe(s, used);
			return IUPLUS_ERR_ARGUMENT;
		}
		if (param[i].len)
			memcpy(s + used, param[i].data, param[i].len);
		used += param[i].len;
		s[used++] = (uint8_t)(param[i].len >> 8);
		s[used++] = (uint8_t)param[i].len;
	}
	rc = iuplus_security_hmac_sha256(key, key_len, s, used, out);
	iuplus_security_wipe(s, used);
	return rc;
}

int iuplus_security_derive(enum iuplus_security_derived what, const uint8_t key[32], const struct iuplus_octets *param,
			   size_t count, uint8_t out[32])
{
	struct iuplus_octets present[IUPLUS_SECURITY_MAX_PARAMETERS];
	const struct iuplus_security_derivation *row;
	size_t given = 0, rows = 0;
	uint8_t made[32];
	int rc = IUPLUS_OK;

	if ((unsigned)what >= IUPLUS_SECURITY_DERIVE_COUNT) {
		iuplus_security_wipe(out, 32);
		return IUPLUS_ERR_ARGUMENT;
	}
	row = &iuplus_security_derivations[what];
	while (rows < IUPLUS_SECURITY_MAX_PARAMETERS && row->parameter[rows].name)
		rows++;
	if (count != rows)
		rc = IUPLUS_ERR_ARGUMENT;
	for (size_t i = 0; !rc && i < rows; i++) {
		const struct iuplus_security_parameter *p = &row->parameter[i];

		if (!param[i].data && !param[i].len && p->optional)
			continue;
		if (!param[i].data || param[i].len < p->min || param[i].len > p->max)
			rc = IUPLUS_ERR_ARGUMENT;
		else
			present[given++] = param[i];
	}
	if (!rc)
		rc = iuplus_security_kdf(key, 32, row->fc, present, given, made);
	/* out may be one of the parameters, so it is written last */
	if (!rc)
		memcpy(out, made, 32);
	else
		iuplus_security_wipe(out, 32);
	iuplus_security_wipe(made, sizeof made);
	return rc;
}

int iuplus_security_key_index_compare(const struct iuplus_security_key_index *a,
				      const struct iuplus_security_key_index *b)
{
	if (a->counter != b->counter)
		return a->counter < b->counter ? -1 : 1;
	return a->ncc - b->ncc;
}

static struct iuplus_octets counter_octets(uint32_t counter, uint8_t octets[4])
{
	for (unsigned i = 0; i < 4; i++)
		octets[i] = (uint8_t)(counter >> (24 - 8 * i));
	return (struct iuplus_octets){ octets, 4 };
}

/* The random number of a derivation, absent unless freshness has one. */
static int nonce_octets(const struct iuplus_security_freshness *freshness, struct iuplus_octets *param)
{
	*param = (struct iuplus_octets){ NULL, 0 };
	if (!freshness)
		return IUPLUS_OK;
	switch (freshness->kind) {
	case IUPLUS_SECURITY_FRESHNESS_NONCE:
	case IUPLUS_SECURITY_FRESHNESS_RAND:
		*param = (struct iuplus_octets){ freshness->nonce, sizeof(freshness->nonce) };
		/* fall through */
	case IUPLUS_SECURITY_FRESHNESS_NONE:
	case IUPLUS_SECURITY_FRESHNESS_COUNTER:
		return IUPLUS_OK;
	}
	return IUPLUS_ERR_ARGUMENT;
}

static void both(uint8_t key[32], const uint8_t ck[16], const uint8_t ik[16])
{
	memcpy(key, ck, 16);
	memcpy(key + 16, ik, 16);
}

/* The halves of a derived pair. */
static void halves(uint8_t pair[32], uint8_t ck[16], uint8_t ik[16])
{
	if (ck)
		memcpy(ck, pair, 16);
	memcpy(ik, pair + 16, 16);
	iuplus_security_wipe(pair, 32);
}

/* A derivation from CK||IK with counter, domain and random number as parameters. */
static int derive_first(enum iuplus_security_derived what, const uint8_t ck[16], const uint8_t ik[16], uint32_t counter,
			enum iuplus_domain domain, const struct iuplus_security_freshness *freshness, uint8_t out[32])
{
	struct iuplus_octets param[3] = { { NULL, 0 } };
	uint8_t key[32], octets[4], dom = (uint8_t)domain;
	int rc = nonce_octets(freshness, &param[2]);

	if (rc || (domain != IUPLUS_DOMAIN_CS && domain != IUPLUS_DOMAIN_PS)) {
		iuplus_security_wipe(out, 32);
		return IUPLUS_ERR_ARGUMENT;
	}
	if (counter)
		param[0] = counter_octets(counter, octets);
	param[1] = (struct iuplus_octets){ &dom, 1 };
	both(key, ck, ik);
	rc = iuplus_security_derive(what, key, param, 3, out);
	iuplus_security_wipe(key, sizeof key);
	return rc;
}

/* CK_U||IK_U from K_RNC or K_RNC*, of which the freshness is the only parameter. */
static int derive_keys(enum iuplus_security_derived what, const uint8_t key[32],
		       const struct iuplus_security_freshness *freshness, uint8_t ck_u[16], uint8_t ik_u[16])
{
	struct iuplus_octets param;
	uint8_t octets[4], out[32] = { 0 };
	int rc = nonce_octets(freshness, &param);

	if (!rc && freshness && freshness->kind == IUPLUS_SECURITY_FRESHNESS_COUNTER)
		param = counter_octets(freshness->counter, octets);
	if (!rc)
		rc = iuplus_security_derive(what, key, &param, 1, out);
	halves(out, ck_u, ik_u);
	return rc;
}

int iuplus_security_k_rnc(const uint8_t ck[16], const uint8_t ik[16], uint32_t counter, enum iuplus_domain domain,
			  const struct iuplus_security_freshness *freshness, uint8_t k_rnc[32])
{
	return derive_first(IUPLUS_SECURITY_DERIVE_K_RNC, ck, ik, counter, domain, freshness, k_rnc);
}

int iuplus_security_k_rnc_star(const uint8_t ck[16], const uint8_t ik[16], const uint8_t before[32],
			       uint8_t k_rnc_star[32])
{
	const struct iuplus_octets param = { before, 32 };
	uint8_t key[32];
	int rc;

	both(key, ck, ik);
	rc = iuplus_security_derive(IUPLUS_SECURITY_DERIVE_K_RNC_STAR, key, &param, 1, k_rnc_star);
	iuplus_security_wipe(key, sizeof key);
	return rc;
}

int iuplus_security_keys_from_k_rnc(const uint8_t k_rnc[32], const struct iuplus_security_freshness *freshness,
				    uint8_t ck_u[16], uint8_t ik_u[16])
{
	return derive_keys(IUPLUS_SECURITY_DERIVE_FROM_K_RNC, k_rnc, freshness, ck_u, ik_u);
}

int iuplus_security_keys_from_k_rnc_star(const uint8_t k_rnc_star[32],
					 const struct iuplus_security_freshness *freshness, uint8_t ck_u[16],
					 uint8_t ik_u[16])
{
	return derive_keys(IUPLUS_SECURITY_DERIVE_FROM_K_RNC_STAR, k_rnc_star, freshness, ck_u, ik_u);
}

int iuplus_security_keys_from_ck_ik(const uint8_t ck[16], const uint8_t ik[16], uint32_t counter,
				    enum iuplus_domain domain, const struct iuplus_security_freshness *freshness,
				    uint8_t ck_u[16], uint8_t ik_u[16])
{
	uint8_t out[32];
	int rc = derive_first(IUPLUS_SECURITY_DERIVE_FROM_CK_IK, ck, ik, counter, domain, freshness, out);

	halves(out, ck_u, ik_u);
	return rc;
}

int iuplus_security_mapped_keys(const uint8_t ck_u[16], const uint8_t ik_u[16], uint8_t ck_m[16], uint8_t ik_m[16])
{
	uint8_t key[32], out[32];
	int rc;

	both(key, ck_u, ik_u);
	rc = iuplus_security_derive(IUPLUS_SECURITY_DERIVE_MAPPED, key, NULL, 0, out);
	halves(out, ck_m, ik_m);
	iuplus_security_wipe(key, sizeof key);
	return rc;
}

int iuplus_security_k_rnc_chain(const uint8_t ck[16], const uint8_t ik[16], uint8_t key[32], uint8_t *ncc,
				uint8_t wanted)
{
	uint8_t link[32];
	int rc = IUPLUS_OK;

	if (wanted < *ncc)
		return IUPLUS_ERR_REPLAY;
	memcpy(link, key, sizeof link);
	for (unsigned at = *ncc; !rc && at < wanted; at++)
		rc = iuplus_security_k_rnc_star(ck, ik, link, link);
	if (!rc) {
		memcpy(key, link, sizeof link);
		*ncc = wanted;
	}
	iuplus_security_wipe(link, sizeof link);
	return rc;
}
