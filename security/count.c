/* SPDX-License-Identifier: BSD-2-Clause */
/* count.c: COUNT-I, COUNT-C, their HFN, and START (TS 33.102 6.4.8, TS 25.331 8.5.8 to 8.5.10). */
#include <iuplus/security.h>

unsigned iuplus_security_count_sn_bits(enum iuplus_security_count_kind kind)
{
	switch (kind) {
	case IUPLUS_SECURITY_COUNT_I:
		return 4;
	case IUPLUS_SECURITY_COUNT_C_UM:
		return 7;
	case IUPLUS_SECURITY_COUNT_C_AM:
		return 12;
	case IUPLUS_SECURITY_COUNT_C_TM:
		return 8;
	}
	return 0;
}

uint32_t iuplus_security_count(enum iuplus_security_count_kind kind, uint32_t hfn, uint32_t sn)
{
	unsigned bits = iuplus_security_count_sn_bits(kind);

	return hfn << bits | (sn & ((1u << bits) - 1));
}

uint32_t iuplus_security_hfn_from_start(enum iuplus_security_count_kind kind, uint32_t start)
{
	/* HFN has 32 - sn bits, START is its upper 20 */
	return (start & IUPLUS_SECURITY_START_MAX) << (12 - iuplus_security_count_sn_bits(kind));
}

uint32_t iuplus_security_start_raise(uint32_t start, uint32_t count)
{
	uint32_t raised = (count >> 12) + 2;

	if (raised < start)
		raised = start;
	return raised > IUPLUS_SECURITY_START_MAX ? IUPLUS_SECURITY_START_MAX : raised;
}

bool iuplus_security_threshold_reached(uint32_t start, uint32_t threshold)
{
	return start >= threshold;
}

void iuplus_security_counter_init(struct iuplus_security_counter *counter, enum iuplus_security_count_kind kind,
				  uint32_t hfn, uint32_t sn)
{
	counter->kind = kind;
	counter->count = iuplus_security_count(kind, hfn, sn);
	counter->fresh = true;
}

int iuplus_security_counter_next(struct iuplus_security_counter *counter, uint32_t *count)
{
	if (!counter->fresh) {
		if (counter->count == UINT32_MAX)
			return IUPLUS_ERR_EXHAUSTED;
		counter->count++;
	}
	counter->fresh = false;
	*count = counter->count;
	return IUPLUS_OK;
}

int iuplus_security_counter_try(const struct iuplus_security_counter *counter, uint32_t sn, uint32_t *count)
{
	uint32_t mask = (1u << iuplus_security_count_sn_bits(counter->kind)) - 1;
	uint32_t candidate = (counter->count & ~mask) | sn;

	if (sn > mask)
		return IUPLUS_ERR_ARGUMENT;
	if (candidate == counter->count && !counter->fresh)
		return IUPLUS_ERR_REPLAY;
	if (candidate < counter->count) {
		/* the sequence number has wrapped: HFN is one higher */
		if (candidate > UINT32_MAX - (mask + 1))
			return IUPLUS_ERR_EXHAUSTED;
		candidate += mask + 1;
	}
	*count = candidate;
	return IUPLUS_OK;
}

int iuplus_security_counter_accept(struct iuplus_security_counter *counter, uint32_t count)
{
	if (count < counter->count || (count == counter->count && !counter->fresh))
		return IUPLUS_ERR_REPLAY;
	counter->count = count;
	counter->fresh = false;
	return IUPLUS_OK;
}
