/* SPDX-License-Identifier: BSD-2-Clause */
/* radio_try.c: PDUs whose keys or HFN are not known from earlier packets: tries them until a MAC-I is right. */
#include <string.h>

#include "src/tool/pdu/radio.h"

#define HFNS 64u    /* how far above START, in steps of START */
#define FEW_HFNS 4u /* the same for keys that did not match recently */
#define RECENT 64u  /* number of keys that matched recently */
#define MISSES 16u  /* after this number of failed tries only those */

uint32_t radio_start_hfn(const struct radio_listener *l, uint32_t start)
{
	return iuplus_security_hfn_from_start(l->um ? IUPLUS_SECURITY_COUNT_C_UM : IUPLUS_SECURITY_COUNT_C_AM, start);
}

const struct iuplus_asn1_type *radio_type(const struct radio_listener *l)
{
	return iuplus_asn1_find("RRC", l->rb     ? l->uplink ? "UL-DCCH-Message" : "DL-DCCH-Message" :
				       l->uplink ? "UL-CCCH-Message" :
						   "DL-CCCH-Message");
}

/* ready: the prepared key; NULL if nothing is ciphered. */
static size_t decipher(const struct iuplus_security_cipher *ready, const struct radio_listener *l,
		       const struct radio_pdu *pdu, uint32_t hfn, uint8_t *out)
{
	unsigned head = l->um ? 1 : 2;
	size_t len = pdu->len - head;

	memcpy(out, pdu->octets + head, len);
	if (ready)
		iuplus_security_cipher_run(ready,
					   iuplus_security_count(l->um ? IUPLUS_SECURITY_COUNT_C_UM :
									 IUPLUS_SECURITY_COUNT_C_AM,
								 hfn, pdu->sn),
					   l->rb - 1u, l->uplink ? IUPLUS_SECURITY_UPLINK : IUPLUS_SECURITY_DOWNLINK,
					   out, out, 8 * (uint64_t)len);
	return len;
}

size_t radio_decipher(const struct radio_cipher *cipher, const struct radio_listener *l, const struct radio_pdu *pdu,
		      uint32_t hfn, uint8_t *out)
{
	bool ciphered = cipher->kind == RADIO_KEY && cipher->uea;
	struct iuplus_security_cipher ready;
	size_t len;

	if (ciphered && iuplus_security_cipher_init(&ready, cipher->uea, cipher->key->ck))
		ciphered = false;
	len = decipher(ciphered ? &ready : NULL, l, pdu, hfn, out);
	if (ciphered)
		iuplus_security_wipe(&ready, sizeof(ready));
	return len;
}

static bool indicators(const struct radio_listener *l, const struct radio_pdu *pdu)
{
	return pdu->octets[l->um ? 0 : 1] & 1;
}

/* The contents of one PDU, if its format and padding are those of a PDU that ends a message. */
static bool ends(const struct radio_listener *l, const struct iuplus_security_cipher *ready,
		 const struct radio_pdu *pdu, uint32_t hfn)
{
	uint8_t octets[IUPLUS_RADIO_PDU_MAX];
	size_t len = decipher(ready, l, pdu, hfn, octets);
	struct radio_content content;
	const uint8_t *p;

	if (radio_content_parse(octets, len, indicators(l, pdu), l->um, &content) ||
	    (!content.ends && !content.previous_ended))
		return false;
	for (p = content.data + content.len; p < octets + len; p++) {
		if (*p)
			return false;
	}
	return true;
}

/* The last message that ends in the run; returns its length, 0 if there is none. */
static size_t assemble(const struct radio_listener *l, size_t first, const struct radio_cipher *cipher,
		       const struct iuplus_security_cipher *ready, uint8_t *message)
{
	size_t i, len = 0, whole = 0;
	uint32_t hfn = cipher->hfn;

	for (i = first; i < l->run_count; i++) {
		uint8_t octets[IUPLUS_RADIO_PDU_MAX];
		struct radio_content content;
		unsigned end, from = 0;
		size_t n;

		if (i > first && l->run[i].sn < l->run[i - 1].sn)
			hfn++;
		n = decipher(ready, l, &l->run[i], hfn, octets);
		if (radio_content_parse(octets, n, indicators(l, &l->run[i]), l->um, &content))
			return 0;
		if (content.previous_ended) {
			whole = len;
			len = 0;
		}
		if (content.begins)
			len = 0;
		if (len + content.len > IUPLUS_RADIO_SDU_MAX)
			return 0;
		for (end = 0; end < content.ends; end++) {
			memcpy(message + len, content.data + from, content.end[end] - from);
			whole = len + content.end[end] - from;
			len = 0;
			from = content.end[end];
		}
		if (content.len > from) {
			/* the octets after the last end would overwrite the message found */
			if (content.ends)
				return i + 1 == l->run_count ? whole : 0;
			memcpy(message + len, content.data + from, content.len - from);
			len += content.len - from;
		}
	}
	return whole;
}

bool radio_sound(struct radio *r, const struct radio_listener *l, const uint8_t *message, size_t len)
{
	const struct iuplus_asn1_type *type = radio_type(l);
	struct iuplus_octets again;
	void *value;

	iuplus_arena_reset(&r->arena, true);
	if (iuplus_asn1_decode(type, IUPLUS_ASN1_UPER, message, 8 * len, 0, &r->arena, &value, NULL) ||
	    iuplus_asn1_encode(type, IUPLUS_ASN1_UPER, value, 0, &r->arena, &again, NULL, NULL))
		return false;
	return again.len == len && memcmp(again.data, message, len) == 0;
}

static bool right(struct radio *r, const struct radio_listener *l, size_t first, const struct radio_cipher *cipher,
		  const struct iuplus_security_cipher *ready)
{
	uint8_t message[IUPLUS_RADIO_SDU_MAX];
	uint32_t wraps = 0;
	struct pdu_mac mac;
	size_t i, len;
	bool good;

	for (i = first + 1; i < l->run_count; i++)
		wraps += l->run[i].sn < l->run[i - 1].sn;
	if (!ends(l, ready, &l->run[l->run_count - 1], cipher->hfn + wraps))
		return false;
	len = assemble(l, first, cipher, ready, message);
	if (len == 0)
		return false;
	if (cipher->kind == RADIO_PLAIN) {
		good = radio_sound(r, l, message, len) &&
		       (!r->keylog || !l->rb ||
			pdu_keylog_mac(r->keylog, NULL, l->uplink, l->rb, message, len, &mac) >= 0);
	} else {
		good = pdu_keylog_mac_of(r->keylog, cipher->key->ue, l->uplink, l->rb, message, len, &mac) == 1;
	}
	iuplus_security_wipe(message, len);
	return good;
}

/* One set of keys, from one START on. */
static bool try_key(struct radio *r, struct radio_listener *l, size_t first, const struct pdu_key *key, uint32_t start,
		    unsigned steps)
{
	struct radio_cipher cipher = { .kind = RADIO_KEY, .uea = key->uea, .key = key, .command = l->cipher.command };
	uint32_t from = radio_start_hfn(l, start), most = UINT32_MAX >> l->bits;
	uint32_t count = steps * (l->um ? 32u : 1u), i;
	struct iuplus_security_cipher ready;
	bool found = false;

	if (iuplus_security_cipher_init(&ready, cipher.uea, key->ck))
		return false;
	for (i = 0; i < count && from + i <= most && !found; i++) {
		cipher.hfn = from + i;
		found = right(r, l, first, &cipher, &ready);
	}
	iuplus_security_wipe(&ready, sizeof(ready));
	if (found) {
		cipher.sure = true;
		l->cipher = cipher;
	}
	return found;
}

static bool usable(const struct pdu_key *key)
{
	return key->has_ck && key->uea;
}

bool radio_try(struct radio *r, struct radio_connection *c, struct radio_listener *l, size_t first)
{
	const struct pdu_key *key;
	unsigned domain;
	size_t i;

	if (l->cipher.kind == RADIO_UNKNOWN) {
		struct radio_cipher plain = { .kind = RADIO_PLAIN, .guess = true };

		if (right(r, l, first, &plain, NULL)) {
			l->cipher = plain;
			return true;
		}
	}
	if (!r->keylog)
		return false;
	/* the phone's own keys first, from the START that it sent last, and from that of the key log */
	for (i = 0; c->ue[0] && (key = pdu_keylog_key(r->keylog, i)) != NULL; i++) {
		if (strcmp(key->ue, c->ue) != 0 || !usable(key))
			continue;
		for (domain = 0; domain < 2; domain++) {
			if (try_key(r, l, first, key, c->start[domain], FEW_HFNS))
				return true;
		}
		if (try_key(r, l, first, key, key->start, HFNS))
			return true;
	}
	for (i = 0; (key = pdu_keylog_key(r->keylog, i)) != NULL && (i < RECENT || r->misses < MISSES); i++) {
		if (usable(key) && try_key(r, l, first, key, key->start, i < RECENT ? HFNS : FEW_HFNS)) {
			r->misses = 0;
			return true;
		}
	}
	r->misses++;
	return false;
}
