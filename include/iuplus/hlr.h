/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * hlr.h: HLR and AuC of one subscriber: K, OPc, AMF and SQN, and the vectors made from them (MILENAGE; SQN
 * by TS 33.102 Annex C.1.1.2). The table of subscribers is the owner's. */
#ifndef IUPLUS_HLR_H
#define IUPLUS_HLR_H

#include <iuplus/cn.h>

IUPLUS_BEGIN_DECLS

struct iuplus_hlr_subscriber {
	char imsi[16];
	uint8_t k[16], opc[16], amf[2];
	uint64_t sqn; /**< SQN_HE: the last one used, 48 bits */
};

/** Fills one record. Returns IUPLUS_OK, or IUPLUS_ERR_ARGUMENT: imsi is not 6 to 15 digits, or sqn has more than 48
 * bits. The owner wipes the record before it releases its memory. */
int iuplus_hlr_subscriber_init(struct iuplus_hlr_subscriber *subscriber, const char *imsi, const uint8_t k[16],
			       const uint8_t opc[16], const uint8_t amf[2], uint64_t sqn);

/** Answers IUPLUS_ACT_VECTORS_WANTED: makes up to wanted->count vectors, at most IUPLUS_CN_MAX_VECTORS, after a
 * resynchronisation if the action requests one. Sets *count to their number; vectors has room for
 * IUPLUS_CN_MAX_VECTORS. env supplies the random octets. Returns the rc for the event: IUPLUS_OK, also with fewer than
 * requested; IUPLUS_ERR_INTEGRITY: AUTS is not the USIM's; IUPLUS_ERR_EXHAUSTED: no SQN is left; others: the
 * cryptography failed. *count is 0 unless IUPLUS_OK. TS 33.102 6.3.2, 6.3.5. */
int iuplus_hlr_vectors(struct iuplus_hlr_subscriber *subscriber, const struct iuplus_proc_env *env,
		       const struct iuplus_cn_vectors_wanted *wanted, struct iuplus_security_vector *vectors,
		       unsigned *count);

IUPLUS_END_DECLS
#endif
