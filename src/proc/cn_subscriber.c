/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_subscriber.c: the subscriber table: HLR and AuC, P-TMSIs. */
#include <string.h>

#include <iuplus/cn.h>

int iuplus_cn_subscriber_init(struct iuplus_cn_subscriber *subscriber, const char *imsi, const uint8_t k[16],
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
	subscriber->cksn = IUPLUS_CN_NO_KEY;
	return IUPLUS_OK;
}

void iuplus_cn_subscribers_wipe(struct iuplus_cn_subscribers *subscribers)
{
	iuplus_security_wipe(subscribers->list, subscribers->count * sizeof(*subscribers->list));
}

struct iuplus_cn_subscriber *iuplus_cn_subscriber_find(const struct iuplus_cn_subscribers *subscribers,
						       const struct iuplus_nas_identity *identity)
{
	struct iuplus_cn_subscriber *s;

	for (s = subscribers->list; s < subscribers->list + subscribers->count; s++) {
		if (identity->type == IUPLUS_NAS_IDENTITY_IMSI && !strcmp(s->imsi, identity->digits))
			return s;
		if (identity->type != IUPLUS_NAS_IDENTITY_TMSI)
			continue;
		if (s->has_ptmsi && s->ptmsi == identity->tmsi)
			return s;
		if (s->has_old_ptmsi && s->old_ptmsi == identity->tmsi)
			return s;
	}
	return NULL;
}

static int local_vectors(void *user, const struct iuplus_proc_env *env, struct iuplus_cn_subscriber *subscriber,
			 struct iuplus_security_vector *vector, unsigned count, unsigned *made)
{
	uint8_t rand[16];
	int rc = IUPLUS_OK;

	(void)user;
	for (*made = 0; *made < count; (*made)++) {
		rc = iuplus_security_sqn_next(&subscriber->sqn);
		if (rc)
			break;
		env->random(env->user, rand, sizeof(rand));
		rc = iuplus_security_aka_vector(subscriber->k, subscriber->opc, subscriber->sqn, subscriber->amf, rand,
						&vector[*made]);
		if (rc)
			break;
	}
	return *made ? IUPLUS_OK : rc;
}

static int local_resync(void *user, struct iuplus_cn_subscriber *subscriber, const uint8_t rand[16],
			const uint8_t auts[14])
{
	uint64_t sqn_ms;
	int rc = iuplus_security_aka_resync(subscriber->k, subscriber->opc, rand, auts, &sqn_ms);

	(void)user;
	/* MAC-S verifies: the USIM would not accept the next SQN (TS 33.102 6.3.5). */
	if (!rc)
		subscriber->sqn = sqn_ms;
	return rc;
}

const struct iuplus_cn_auc iuplus_cn_auc_local = { local_vectors, local_resync, NULL };
