/* SPDX-License-Identifier: BSD-2-Clause */
/* check_nas.c: GMM procedures whose answer depends on the request (TS 24.008 4.7.7, 4.7.8), as DIRECT TRANSFER carries
 * them. */
#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)

/* The GMM message of a DIRECT TRANSFER, when it is of the type. */
static bool gmm(const struct judge_at *at, bool up, enum iuplus_nas_type type, struct iuplus_nas_msg *m)
{
	if (!at->m || !at->conn || at->from_rnc != up)
		return false;
	return iuplus_nas_decode(at->m->u.direct_transfer.nas_pdu, up ? IUPLUS_NAS_UPLINK : IUPLUS_NAS_DOWNLINK, m,
				 NULL) == IUPLUS_OK &&
	       m->type == type;
}

int judge_gmm_reference(struct judge_at *at)
{
	struct iuplus_nas_msg m;

	NEEDS(gmm(at, true, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, &m));
	if (!at->conn->challenge_open)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, m.u.authentication_response.reference == at->conn->challenge_reference,
			   "the A&C reference number is not that of the request");
}

int judge_gmm_imeisv(struct judge_at *at)
{
	struct iuplus_nas_msg m;

	NEEDS(gmm(at, true, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE, &m));
	NEEDS(at->conn->challenge_open && at->conn->challenge_imeisv);
	return judge_holds(at, m.u.authentication_response.imeisv.len > 0, "IMEISV was requested and is missing");
}

int judge_gmm_identity(struct judge_at *at)
{
	struct iuplus_nas_msg m;
	unsigned type;

	NEEDS(gmm(at, true, IUPLUS_NAS_IDENTITY_RESPONSE, &m));
	if (!at->conn->identity_asked)
		return IUPLUS_JUDGE_UNKNOWN;
	type = m.u.identity_response.identity.type;
	if (type == at->conn->identity_asked || type == IUPLUS_NAS_IDENTITY_NONE)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the identity is of type %u, and type %u was requested", type,
			    at->conn->identity_asked);
}

int judge_gmm_challenge(struct judge_at *at)
{
	struct iuplus_nas_msg m;

	NEEDS(gmm(at, false, IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST, &m));
	NEEDS(m.u.authentication_request.has_rand);
	return judge_holds(at, judge_hash(m.u.authentication_request.rand, 16) != judge_ue(at->conn)->answered,
			   "RAND is that of a challenge which the UE has answered");
}
