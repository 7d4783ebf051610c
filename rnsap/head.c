/* SPDX-License-Identifier: BSD-2-Clause */
/* head.c: what comes before the message in an RNSAP-PDU, read without decoding it (TS 25.423 9.3). */
#include "rnsap/values.h"

static unsigned bit(struct iuplus_octets in, size_t *at)
{
	unsigned value = in.data[*at / 8] >> (7 - *at % 8) & 1;

	(*at)++;
	return value;
}

static unsigned bits(struct iuplus_octets in, size_t *at, unsigned count)
{
	unsigned value = 0;

	while (count--)
		value = value << 1 | bit(in, at);
	return value;
}

/* Extension bit and alternative; procedure code on an octet of its own, mode, criticality, transaction. */
bool rnsap_peek(struct iuplus_octets pdu, struct rnsap_head *head)
{
	uint8_t octets[8] = { 0 }; /* more than the longest head */
	struct iuplus_octets in = { octets, sizeof(octets) };
	size_t at = 1;
	unsigned mode, criticality;

	if (!pdu.len || pdu.data[0] & 0x80)
		return false;
	memcpy(octets, pdu.data, pdu.len < sizeof(octets) ? pdu.len : sizeof(octets));
	head->pdu = (enum iuplus_ranap_pdu)bits(in, &at, 2);
	head->code = octets[1];
	at = 16;
	if (bit(in, &at)) {
		/* a mode of a later release: its index after the marker, if that is below 64 */
		if (bit(in, &at))
			return false;
		at += 6;
		head->mode = IUPLUS_RNSAP_MODE_UNKNOWN;
	} else {
		mode = bits(in, &at, 2);
		if (mode > IUPLUS_RNSAP_COMMON)
			return false;
		head->mode = (enum iuplus_rnsap_mode)mode;
	}
	criticality = bits(in, &at, 2);
	if (criticality > IUPLUS_RANAP_NOTIFY)
		return false;
	head->criticality = (enum iuplus_ranap_criticality)criticality;
	head->transaction.is_long = bit(in, &at);
	if (head->transaction.is_long)
		at = (at + 7) / 8 * 8;
	head->transaction.id = (uint16_t)bits(in, &at, head->transaction.is_long ? 16 : 7);
	head->end = (at + 7) / 8;
	return pdu.len >= head->end && head->transaction.id <= INT16_MAX;
}
