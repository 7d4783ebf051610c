/* SPDX-License-Identifier: BSD-2-Clause */
/* hlr.c: HLR and AuC of one subscriber (TS 33.102 6.3.2, 6.3.5). */
#include <string.h>

#include <iuplus/hlr.h>

int iuplus_hlr_subscriber_init(struct iuplus_hlr_subscriber *subscriber, const char *imsi, const uint8_t k[16],
			       const uint8_t opc[16], const uint8_t amf[2], uint64_t sqn)
{
	size_t n = strnlen(imsi, 16), i;

	if (n < 6 || n > 15 || sqn > IUPLUS_SECURITY_SQN_MAX)
		return IUPLUS_ERR_ARGUMENT;
	for (i = 0; i < n; i++)
		if (imsi[i] < '0' || imsi[i] > '9')
			return IUPLUS_ERR_ARGUMENT;
	memset(subscriber, 0, sizeof(*subscriber));
	memcpy(subscriber->imsi, imsi, n);
	memcpy(subscriber->k, k, 16);
	memcpy(subscriber->opc, opc, 16);
	memcpy(subscriber->amf, amf, 2);
	subscriber->sqn = sqn;
	return IUPLUS_OK;
}

static int make(struct iuplus_hlr_subscriber *subscriber, const struct iuplus_proc_env *env,
		struct iuplus_security_vector *vector)
{
	uint8_t rand[16];
	int rc = iuplus_security_sqn_next(&subscriber->sqn);

	if (rc)
		return rc;
	env->random(env->user, rand, sizeof(rand));
	return iuplus_security_aka_vector(subscriber->k, subscriber->opc, subscriber->sqn, subscriber->amf, rand,
					  vector);
}

int iuplus_hlr_vectors(struct iuplus_hlr_subscriber *subscriber, const struct iuplus_proc_env *env,
		       const struct iuplus_cn_vectors_wanted *wanted, struct iuplus_security_vector *vectors,
		       unsigned *count)
{
	uint64_t sqn_ms = 0;
	int rc = IUPLUS_OK;

	*count = 0;
	if (wanted->resynchronise) {
		rc = iuplus_security_aka_resync(subscriber->k, subscriber->opc, wanted->rand, wanted->auts, &sqn_ms);
		if (rc)
			return rc;
		/* MAC-S verifies: the USIM would not accept the next SQN (TS 33.102 6.3.5). */
		subscriber->sqn = sqn_ms;
	}
	while (!rc && *count < wanted->count && *count < IUPLUS_CN_MAX_VECTORS) {
		rc = make(subscriber, env, &vectors[*count]);
		*count += !rc;
	}
	return *count ? IUPLUS_OK : rc;
}
