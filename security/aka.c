/* SPDX-License-Identifier: BSD-2-Clause */
/* aka.c: authentication and key agreement (TS 33.102 6.3), both ends, with the SQN scheme of Annex C. */
#include <string.h>

#include <iuplus/security.h>

/* AMF of a resynchronisation (6.3.3): it is not transmitted. */
static const uint8_t amf_resync[2] = { 0, 0 };

static void sqn_put(uint8_t out[6], uint64_t sqn)
{
	for (unsigned i = 0; i < 6; i++)
		out[i] = (uint8_t)(sqn >> (40 - 8 * i));
}

static uint64_t sqn_get(const uint8_t in[6])
{
	uint64_t sqn = 0;

	for (unsigned i = 0; i < 6; i++)
		sqn = sqn << 8 | in[i];
	return sqn;
}

/* Conceals SQN under AK, or reveals it. */
static void conceal(uint8_t out[6], const uint8_t in[6], const uint8_t ak[6])
{
	for (unsigned i = 0; i < 6; i++)
		out[i] = in[i] ^ ak[i];
}

int iuplus_security_sqn_next(uint64_t *sqn)
{
	uint64_t seq = *sqn >> IUPLUS_SECURITY_IND_BITS;
	uint64_t ind = (*sqn + 1) & (IUPLUS_SECURITY_IND_COUNT - 1);

	if (*sqn > IUPLUS_SECURITY_SQN_MAX)
		return IUPLUS_ERR_ARGUMENT;
	if (seq == IUPLUS_SECURITY_SQN_MAX >> IUPLUS_SECURITY_IND_BITS)
		return IUPLUS_ERR_EXHAUSTED;
	*sqn = (seq + 1) << IUPLUS_SECURITY_IND_BITS | ind;
	return IUPLUS_OK;
}

int iuplus_security_aka_vector(const uint8_t k[16], const uint8_t opc[16], uint64_t sqn, const uint8_t amf[2],
			       const uint8_t rand[16], struct iuplus_security_vector *vector)
{
	uint8_t sqn6[6], ak[6];
	int rc;

	memset(vector, 0, sizeof *vector);
	if (sqn > IUPLUS_SECURITY_SQN_MAX)
		return IUPLUS_ERR_ARGUMENT;
	sqn_put(sqn6, sqn);
	memcpy(vector->rand, rand, 16);
	memcpy(vector->autn + 6, amf, 2);
	rc = iuplus_security_milenage_f2345(k, opc, rand, vector->xres, vector->ck, vector->ik, ak, NULL);
	if (!rc)
		rc = iuplus_security_milenage_f1(k, opc, rand, sqn6, amf, vector->autn + 8, NULL);
	if (!rc)
		conceal(vector->autn, sqn6, ak);
	else
		iuplus_security_wipe(vector, sizeof *vector);
	iuplus_security_wipe(ak, sizeof ak);
	return rc;
}

int iuplus_security_aka_resync(const uint8_t k[16], const uint8_t opc[16], const uint8_t rand[16],
			       const uint8_t auts[IUPLUS_SECURITY_AUTS_LEN], uint64_t *sqn_ms)
{
	uint8_t sqn6[6], ak_star[6], mac_s[8];
	int rc = iuplus_security_milenage_f2345(k, opc, rand, NULL, NULL, NULL, NULL, ak_star);

	if (!rc) {
		conceal(sqn6, auts, ak_star);
		rc = iuplus_security_milenage_f1(k, opc, rand, sqn6, amf_resync, NULL, mac_s);
	}
	if (!rc) {
		if (iuplus_security_equal(mac_s, auts + 6, sizeof mac_s))
			*sqn_ms = sqn_get(sqn6);
		else
			rc = IUPLUS_ERR_INTEGRITY;
	}
	/* Wipe MAC-S: it would make a forged AUTS valid. */
	iuplus_security_wipe(mac_s, sizeof mac_s);
	iuplus_security_wipe(ak_star, sizeof ak_star);
	return rc;
}

int iuplus_security_usim_init(struct iuplus_security_usim *usim, const uint8_t k[16], const uint8_t opc[16],
			      uint64_t sqn)
{
	uint64_t seq = sqn >> IUPLUS_SECURITY_IND_BITS;
	unsigned ind = (unsigned)(sqn & (IUPLUS_SECURITY_IND_COUNT - 1));

	if (sqn > IUPLUS_SECURITY_SQN_MAX)
		return IUPLUS_ERR_ARGUMENT;
	memset(usim, 0, sizeof *usim);
	memcpy(usim->k, k, 16);
	memcpy(usim->opc, opc, 16);
	for (unsigned i = 0; i < IUPLUS_SECURITY_IND_COUNT; i++)
		usim->seq[i] = i <= ind || !seq ? seq : seq - 1;
	usim->sqn_ms = sqn;
	return IUPLUS_OK;
}

/* Annex C.2.2: SEQ is new for its IND, and neither too far above nor too far below the highest SEQ. */
static bool sqn_acceptable(const struct iuplus_security_usim *usim, uint64_t sqn)
{
	uint64_t seq = sqn >> IUPLUS_SECURITY_IND_BITS;
	uint64_t seq_ms = usim->sqn_ms >> IUPLUS_SECURITY_IND_BITS;

	if (seq > seq_ms && seq - seq_ms > IUPLUS_SECURITY_SQN_DELTA)
		return false;
	if (usim->limit && seq < seq_ms && seq_ms - seq > usim->limit)
		return false;
	return seq > usim->seq[sqn & (IUPLUS_SECURITY_IND_COUNT - 1)];
}

/* AUTS = SQN_MS xor AK* || MAC-S (6.3.3) */
static int auts_make(const struct iuplus_security_usim *usim, const uint8_t rand[16], const uint8_t ak_star[6],
		     uint8_t auts[IUPLUS_SECURITY_AUTS_LEN])
{
	uint8_t sqn6[6];

	sqn_put(sqn6, usim->sqn_ms);
	conceal(auts, sqn6, ak_star);
	return iuplus_security_milenage_f1(usim->k, usim->opc, rand, sqn6, amf_resync, NULL, auts + 6);
}

int iuplus_security_usim_authenticate(struct iuplus_security_usim *usim, const uint8_t rand[16],
				      const uint8_t autn[IUPLUS_SECURITY_AUTN_LEN],
				      struct iuplus_security_aka_result *result)
{
	struct iuplus_security_aka_result made;
	uint8_t ak[6], ak_star[6], sqn6[6], xmac[8];
	uint64_t sqn = 0;
	int rc;

	memset(&made, 0, sizeof made);
	memset(result, 0, sizeof *result);
	rc = iuplus_security_milenage_f2345(usim->k, usim->opc, rand, made.res, made.ck, made.ik, ak, ak_star);
	if (!rc) {
		conceal(sqn6, autn, ak);
		sqn = sqn_get(sqn6);
		rc = iuplus_security_milenage_f1(usim->k, usim->opc, rand, sqn6, autn + 6, xmac, NULL);
	}
	if (!rc && !iuplus_security_equal(xmac, autn + 8, sizeof xmac))
		rc = IUPLUS_ERR_INTEGRITY;
	if (!rc && !sqn_acceptable(usim, sqn)) {
		rc = auts_make(usim, rand, ak_star, result->auts);
		if (!rc)
			rc = IUPLUS_ERR_REPLAY;
	} else if (!rc) {
		usim->seq[sqn & (IUPLUS_SECURITY_IND_COUNT - 1)] = sqn >> IUPLUS_SECURITY_IND_BITS;
		if (sqn > usim->sqn_ms)
			usim->sqn_ms = sqn;
		*result = made;
	}
	iuplus_security_wipe(&made, sizeof made);
	iuplus_security_wipe(ak, sizeof ak);
	iuplus_security_wipe(ak_star, sizeof ak_star);
	iuplus_security_wipe(xmac, sizeof xmac);
	return rc;
}
