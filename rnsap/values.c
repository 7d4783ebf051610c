/* SPDX-License-Identifier: BSD-2-Clause */
/* values.c: single IEs between their neutral and their generated form. */
#include <string.h>
#include "rnsap/values.h"

#define MAX_VALUE 0xfffffe	/* of a cause in its group */

uint32_t rnsap_take_cause(const RNSAP_Cause_t *from)
{
	long value;

	if (!from)
		return 0;
	switch (from->present) {
	case RNSAP_Cause_PR_radioNetwork: value = from->choice.radioNetwork; break;
	case RNSAP_Cause_PR_transport: value = from->choice.transport; break;
	case RNSAP_Cause_PR_protocol: value = from->choice.protocol; break;
	case RNSAP_Cause_PR_misc: value = from->choice.misc; break;
	default: return 0;
	}
	if (value < 0 || value > MAX_VALUE)
		return 0;
	/* The groups are numbered as the alternatives, of which NOTHING is 0. */
	return IUPLUS_RNSAP_CAUSE(from->present, value);
}

RNSAP_Cause_t *rnsap_new_cause(struct rnsap_ctx *ctx, uint32_t cause)
{
	RNSAP_Cause_t *p = ranap_new(&ctx->ap, sizeof(*p));
	long value = (long)IUPLUS_RNSAP_CAUSE_VALUE(cause);

	if (!p)
		return NULL;
	switch (IUPLUS_RNSAP_CAUSE_GROUP(cause)) {
	case IUPLUS_RNSAP_RADIO_NETWORK:
		p->present = RNSAP_Cause_PR_radioNetwork;
		p->choice.radioNetwork = value;
		break;
	case IUPLUS_RNSAP_TRANSPORT:
		p->present = RNSAP_Cause_PR_transport;
		p->choice.transport = value;
		break;
	case IUPLUS_RNSAP_PROTOCOL:
		p->present = RNSAP_Cause_PR_protocol;
		p->choice.protocol = value;
		break;
	case IUPLUS_RNSAP_MISC:
		p->present = RNSAP_Cause_PR_misc;
		p->choice.misc = value;
		break;
	default:
		ranap_fail(&ctx->ap, IUPLUS_ERR_ARGUMENT);
	}
	return p;
}

struct iuplus_rnsap_bits rnsap_take_bits(const BIT_STRING_t *from)
{
	struct iuplus_rnsap_bits bits = { { NULL, 0 }, 0 };

	if (from && from->size > 0) {
		bits.octets.data = from->buf;
		bits.octets.len = (size_t)from->size;
		bits.unused = (uint8_t)from->bits_unused;
	}
	return bits;
}

BIT_STRING_t *rnsap_new_bits(struct rnsap_ctx *ctx, const struct iuplus_rnsap_bits *from)
{
	BIT_STRING_t *p = ranap_new(&ctx->ap, sizeof(*p));

	if (!p)
		return NULL;
	if (!from->octets.len || !from->octets.data || from->octets.len > INT32_MAX / 8 || from->unused > 7) {
		ranap_fail(&ctx->ap, IUPLUS_ERR_ARGUMENT);
		return NULL;
	}
	ranap_put_bits(&ctx->ap, from->octets.data, (unsigned)(from->octets.len * 8 - from->unused), p);
	return p;
}

struct iuplus_rnsap_transaction rnsap_take_transaction(const RNSAP_TransactionID_t *from)
{
	struct iuplus_rnsap_transaction to = { .is_long = from->present == RNSAP_TransactionID_PR_longTransActionId };

	to.id = (uint16_t)(to.is_long ? from->choice.longTransActionId : from->choice.shortTransActionId);
	return to;
}

void rnsap_put_transaction(const struct iuplus_rnsap_transaction *from, RNSAP_TransactionID_t *to)
{
	if (from->is_long) {
		to->present = RNSAP_TransactionID_PR_longTransActionId;
		to->choice.longTransActionId = from->id;
	} else {
		to->present = RNSAP_TransactionID_PR_shortTransActionId;
		to->choice.shortTransActionId = from->id;
	}
}
