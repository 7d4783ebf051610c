/* SPDX-License-Identifier: BSD-2-Clause */
/* values.c: the IEs that several messages of RNSAP share. */
#include "rnsap/values.h"

#define ID_CAUSE 11
#define MAX_VALUE 0xfffffe /* of a cause in its group */

/* ---- Cause (9.2.1.5) ----------------------------------------------------------------------------------------- */

/* The groups are numbered as the alternatives, of which NOTHING is 0. */
_Static_assert((int)RNSAP_Cause_PR_radioNetwork == (int)IUPLUS_RNSAP_RADIO_NETWORK &&
		       (int)RNSAP_Cause_PR_transport == (int)IUPLUS_RNSAP_TRANSPORT &&
		       (int)RNSAP_Cause_PR_protocol == (int)IUPLUS_RNSAP_PROTOCOL &&
		       (int)RNSAP_Cause_PR_misc == (int)IUPLUS_RNSAP_MISC,
	       "enum iuplus_rnsap_cause_group");
static uint32_t cause_of(const RNSAP_Cause_t *from)
{
	long value;

	switch (from->present) {
	case RNSAP_Cause_PR_radioNetwork:
		value = from->choice.radioNetwork;
		break;
	case RNSAP_Cause_PR_transport:
		value = from->choice.transport;
		break;
	case RNSAP_Cause_PR_protocol:
		value = from->choice.protocol;
		break;
	case RNSAP_Cause_PR_misc:
		value = from->choice.misc;
		break;
	default:
		return 0;
	}
	return value < 0 || value > MAX_VALUE ? 0 : IUPLUS_RNSAP_CAUSE(from->present, value);
}

static bool take_cause(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	uint32_t cause = cause_of(value);

	(void)row;
	*(uint32_t *)to = cause;
	if (!cause)
		rnsap_take_unknown_value(rnsap_ctx(ctx), ID_CAUSE);
	return cause != 0;
}

static void put_cause(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *to)
{
	uint32_t cause = *(const uint32_t *)from;
	long value = (long)IUPLUS_RNSAP_CAUSE_VALUE(cause);
	RNSAP_Cause_t *p = to;

	(void)row;
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
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	}
}

const struct ie_codec rnsap_cause = { .take = take_cause, .put = put_cause };

/* ---- strings and numbers ------------------------------------------------------------------------------------- */

static bool take_bits(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const BIT_STRING_t *from = value;
	struct iuplus_rnsap_bits *bits = to;

	(void)ctx;
	(void)row;
	if (from->size > 0) {
		bits->octets.data = from->buf;
		bits->octets.len = (size_t)from->size;
		bits->unused = (uint8_t)from->bits_unused;
	}
	return true;
}

static void put_bits(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_rnsap_bits *bits = from;

	(void)row;
	if (!bits->octets.len || !bits->octets.data || bits->octets.len > INT32_MAX / 8 || bits->unused > 7)
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	else
		ie_put_bits(bits->octets.data, (unsigned)(bits->octets.len * 8 - bits->unused), value);
}

static bool take_extended_rnti(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	*(int64_t *)to = *(const long *)value;
	return true;
}

static void put_extended_rnti(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)ctx;
	(void)row;
	*(long *)value = (long)*(const int64_t *)from;
}

const struct ie_codec rnsap_bits = { .take = take_bits, .put = put_bits };
const struct ie_codec rnsap_extended_rnti = { .take = take_extended_rnti, .put = put_extended_rnti };

/* ---- Transaction ID (9.2.1.59) ------------------------------------------------------------------------------- */

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
