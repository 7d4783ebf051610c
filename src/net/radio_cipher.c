/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_cipher.c: COUNT-C and key of one direction of a bearer, PDU by PDU (TS 33.102 6.6, TS 25.331 8.6.3.4). */
#include <string.h>

#include "src/net/radio_internal.h"

void radio_stream_init(struct radio_stream *s, bool um)
{
	iuplus_security_wipe(s, sizeof *s);
	s->kind = um ? IUPLUS_SECURITY_COUNT_C_UM : IUPLUS_SECURITY_COUNT_C_AM;
	s->bits = iuplus_security_count_sn_bits(s->kind);
}

uint16_t radio_stream_sn(const struct radio_stream *s)
{
	return (uint16_t)(s->next & ((1u << s->bits) - 1));
}

uint32_t radio_stream_hfn(const struct radio_stream *s)
{
	return s->next >> s->bits;
}

/* Applies the configuration whose activation time is the next PDU. */
static void settle(struct radio_stream *s)
{
	while (s->waiting && s->wait[0].sn == radio_stream_sn(s)) {
		s->next = iuplus_security_count(s->kind, s->wait[0].hfn, s->wait[0].sn);
		s->key = s->wait[0].key;
		s->waiting--;
		memmove(&s->wait[0], &s->wait[1], s->waiting * sizeof s->wait[0]);
		iuplus_security_wipe(&s->wait[s->waiting], sizeof s->wait[0]);
	}
}

void radio_stream_skip(struct radio_stream *s)
{
	s->next++;
	settle(s);
}

int radio_stream_run(struct radio_stream *s, unsigned bearer, enum iuplus_security_direction direction, uint8_t *p,
		     size_t len)
{
	/* COUNT-C must not restart under the same key, so the last value is never used */
	if (s->key.uea && s->next == UINT32_MAX)
		return IUPLUS_ERR_EXHAUSTED;
	if (s->key.uea)
		iuplus_security_cipher_run(&s->key, s->next, bearer, direction, p, p, 8 * (uint64_t)len);
	radio_stream_skip(s);
	return IUPLUS_OK;
}

int radio_stream_configure(struct radio_stream *s, const struct iuplus_proc_cipher *cipher)
{
	uint16_t mask = (uint16_t)((1u << s->bits) - 1), sn = radio_stream_sn(s);
	uint16_t ahead = (uint16_t)(cipher->activation_sn - sn) & mask;
	struct iuplus_security_cipher key;
	int rc = IUPLUS_OK;

	if (cipher->hfn > UINT32_MAX >> s->bits)
		return IUPLUS_ERR_ARGUMENT;
	rc = iuplus_security_cipher_init(&key, cipher->uea, cipher->ck);
	if (rc)
		return rc;
	if (cipher->reestablish || cipher->now || ahead > mask / 2) {
		s->next = iuplus_security_count(s->kind, cipher->hfn, cipher->reestablish ? 0 : sn);
		s->key = key;
		s->waiting = 0;
		iuplus_security_wipe(s->wait, sizeof s->wait);
	} else {
		/* a later order replaces pending configurations with the same or a later activation time */
		while (s->waiting && ((s->wait[s->waiting - 1].sn - sn) & mask) >= ahead)
			s->waiting--;
		if (s->waiting == RADIO_WAITING) {
			rc = IUPLUS_ERR_SPACE;
		} else {
			s->wait[s->waiting].sn = cipher->activation_sn & mask;
			s->wait[s->waiting].hfn = cipher->hfn;
			s->wait[s->waiting].key = key;
			s->waiting++;
			settle(s);
		}
	}
	iuplus_security_wipe(&key, sizeof key);
	return rc;
}
