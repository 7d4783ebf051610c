/* SPDX-License-Identifier: BSD-2-Clause */
/* integrity.c: the integrity envelope of RRC messages (TS 25.331 8.5.10, 10.3.3.16; TS 33.102 6.5).
 *
 * Works on the encoded message. On every channel that has IntegrityCheckInfo, UPER encodes its presence bit first, then
 * 32 bits of MAC-I and four bits of RRC sequence number. So the MAC is verified before any decoder runs. */
#include <iuplus/rrc.h>
#include <iuplus/security.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HFN_MAX 0x0fffffffu
#define CHECK_INFO_OCTETS 5 /* 37 bits */

static uint32_t get_mac(const uint8_t *pdu)
{
	uint64_t head = 0;
	unsigned i;

	for (i = 0; i < CHECK_INFO_OCTETS; i++)
		head = head << 8 | pdu[i];
	return (uint32_t)(head >> 7);
}

static uint32_t mac_value(const uint8_t mac[4])
{
	return (uint32_t)mac[0] << 24 | (uint32_t)mac[1] << 16 | (uint32_t)mac[2] << 8 | mac[3];
}

static uint8_t get_sn(const uint8_t *pdu)
{
	return pdu[4] >> 3 & 0x0f;
}

/* Overwrites MAC and SN and keeps the three bits of the message in the last octet. */
static void put(uint8_t *pdu, uint32_t mac, uint8_t sn)
{
	pdu[0] = (uint8_t)(0x80 | mac >> 25);
	pdu[1] = (uint8_t)(mac >> 17);
	pdu[2] = (uint8_t)(mac >> 9);
	pdu[3] = (uint8_t)(mac >> 1);
	pdu[4] = (uint8_t)((mac & 1) << 7 | sn << 3 | (pdu[4] & 0x07));
}

/* MAC-I of a message whose check info already holds the radio bearer identity and SN 0. */
static int compute(const struct iuplus_rrc_integrity *s, bool uplink, uint32_t hfn, uint8_t sn, const uint8_t *message,
		   size_t len, uint8_t mac[4])
{
	return iuplus_security_f9(s->uia, s->ik, iuplus_security_count(IUPLUS_SECURITY_COUNT_I, hfn, sn), s->fresh,
				  uplink ? IUPLUS_SECURITY_UPLINK : IUPLUS_SECURITY_DOWNLINK, message,
				  8 * (uint64_t)len, mac);
}

static int configure(struct iuplus_rrc_integrity *s, enum iuplus_key_kind kind, unsigned uia, const uint8_t ik[16],
		     uint32_t start)
{
	unsigned rb;

	if ((uia != 1 && uia != 2) || start > IUPLUS_SECURITY_START_MAX)
		return IUPLUS_ERR_ARGUMENT;
	s->started = true;
	s->kind = kind;
	s->uia = (uint8_t)uia;
	s->start = start;
	memcpy(s->ik, ik, sizeof(s->ik));
	for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++)
		s->ul[rb].hfn = s->dl[rb].hfn = iuplus_security_hfn_from_start(IUPLUS_SECURITY_COUNT_I, start);
	return IUPLUS_OK;
}

int iuplus_rrc_integrity_start(struct iuplus_rrc_integrity *s, enum iuplus_key_kind kind, unsigned uia,
			       const uint8_t ik[16], uint32_t fresh, uint32_t start)
{
	int rc = configure(s, kind, uia, ik, start);

	if (rc)
		return rc;
	s->fresh = fresh;
	memset(s->ul, 0, sizeof(s->ul));
	memset(s->dl, 0, sizeof(s->dl));
	return configure(s, kind, uia, ik, start);
}

int iuplus_rrc_integrity_modify(struct iuplus_rrc_integrity *s, enum iuplus_key_kind kind, unsigned uia,
				const uint8_t ik[16], uint32_t start)
{
	if (!s->started)
		return IUPLUS_ERR_STATE;
	return configure(s, kind, uia, ik, start);
}

int iuplus_rrc_integrity_protect(struct iuplus_rrc_integrity *s, bool uplink, unsigned rb, uint8_t *pdu, size_t len)
{
	struct iuplus_rrc_count *count, next;
	uint8_t mac[4];
	int rc;

	if (rb >= IUPLUS_RRC_SRBS || len < CHECK_INFO_OCTETS || !(pdu[0] & 0x80))
		return IUPLUS_ERR_ARGUMENT;
	if (!s->started)
		return IUPLUS_ERR_STATE;
	count = uplink ? &s->ul[rb] : &s->dl[rb];
	next = *count;
	/* The uplink SN is incremented before its first message (8.5.10.2); the downlink may start with any SN. */
	next.sn = count->used ? (count->sn + 1) & 0x0f : uplink;
	next.used = true;
	if (count->used && next.sn == 0) {
		if (next.hfn == HFN_MAX)
			return IUPLUS_ERR_EXHAUSTED;
		next.hfn++;
	}
	put(pdu, rb, 0);
	rc = compute(s, uplink, next.hfn, next.sn, pdu, len, mac);
	if (rc)
		return rc;
	put(pdu, mac_value(mac), next.sn);
	*count = next;
	return IUPLUS_OK;
}

/* Compares the received MAC with the one for hfn and sn, which is stored in expected. */
static int compare(const struct iuplus_rrc_integrity *s, bool uplink, uint32_t hfn, uint8_t sn, const uint8_t *message,
		   size_t len, uint32_t received, uint32_t *expected)
{
	const uint8_t octets[4] = { (uint8_t)(received >> 24), (uint8_t)(received >> 16), (uint8_t)(received >> 8),
				    (uint8_t)received };
	uint8_t mac[4];
	int rc = compute(s, uplink, hfn, sn, message, len, mac);

	if (rc)
		return rc;
	*expected = mac_value(mac);
	return iuplus_security_equal(mac, octets, sizeof(mac)) ? IUPLUS_OK : IUPLUS_ERR_INTEGRITY;
}

static void explain(const struct iuplus_rrc_integrity *s, bool uplink, unsigned rb,
		    const struct iuplus_rrc_count *count, uint32_t received, uint32_t expected,
		    struct iuplus_rrc_mac_check *check)
{
	check->uplink = uplink;
	check->rb = (uint8_t)rb;
	check->uia = s->uia;
	check->kind = s->kind;
	iuplus_security_fingerprint(s->ik, sizeof(s->ik), check->key);
	check->count = iuplus_security_count(IUPLUS_SECURITY_COUNT_I, count->hfn, count->sn);
	check->fresh = s->fresh;
	check->received = received;
	check->expected = expected;
}

void iuplus_rrc_mac_check_text(const struct iuplus_rrc_mac_check *check, char out[IUPLUS_RRC_MAC_CHECK_TEXT])
{
	static const char *const names[] = { [IUPLUS_KEYS_NONE] = "IK",
					     [IUPLUS_KEYS_LEGACY] = "IK",
					     [IUPLUS_KEYS_ENHANCED] = "IK_U",
					     [IUPLUS_KEYS_MAPPED] = "IK'" };
	_Static_assert(sizeof(names) / sizeof(names[0]) == IUPLUS_KEYS_COUNT, "every kind of keys has its entry");

	snprintf(out, IUPLUS_RRC_MAC_CHECK_TEXT,
		 "MAC-I %08x, expected %08x (UIA%u, %s %.8s, RB%u %s, COUNT-I %08x, FRESH %08x)", check->received,
		 check->expected, check->uia, (unsigned)check->kind < IUPLUS_KEYS_COUNT ? names[check->kind] : "IK", check->key,
		 check->rb, check->uplink ? "uplink" : "downlink", check->count, check->fresh);
}

int iuplus_rrc_integrity_verify(struct iuplus_rrc_integrity *s, bool uplink, unsigned rb, const uint8_t *pdu,
				size_t len, struct iuplus_rrc_mac_check *check)
{
	struct iuplus_rrc_count *count, next;
	uint32_t received, expected = 0, older;
	uint8_t small[512], *copy = small;
	int rc;

	if (check)
		memset(check, 0, sizeof(*check));
	if (rb >= IUPLUS_RRC_SRBS)
		return IUPLUS_ERR_ARGUMENT;
	if (len == 0)
		return IUPLUS_ERR_TRUNCATED;
	if (!(pdu[0] & 0x80))
		return s->started ? IUPLUS_ERR_MISSING : IUPLUS_OK;
	if (!s->started)
		return IUPLUS_ERR_STATE;
	if (len < CHECK_INFO_OCTETS)
		return IUPLUS_ERR_TRUNCATED;

	count = uplink ? &s->ul[rb] : &s->dl[rb];
	next = *count;
	next.sn = get_sn(pdu);
	next.used = true;
	if (count->used && next.sn == count->sn)
		return IUPLUS_ERR_REPLAY;
	if (count->used && next.sn < count->sn) {
		if (next.hfn == HFN_MAX)
			return IUPLUS_ERR_EXHAUSTED;
		next.hfn++;
	}

	if (len > sizeof(small)) {
		copy = malloc(len);
		if (!copy)
			return IUPLUS_ERR_MEMORY;
	}
	memcpy(copy, pdu, len);
	received = get_mac(pdu);
	put(copy, rb, 0);
	rc = compare(s, uplink, next.hfn, next.sn, copy, len, received, &expected);
	if (rc == IUPLUS_OK)
		*count = next;
	/* A MAC that is correct for the previous COUNT-I of this SN shows a replay and not a forgery. */
	else if (rc == IUPLUS_ERR_INTEGRITY && count->used && next.hfn > 0 &&
		 compare(s, uplink, next.hfn - 1, next.sn, copy, len, received, &older) == IUPLUS_OK)
		rc = IUPLUS_ERR_REPLAY;
	if (rc == IUPLUS_ERR_INTEGRITY && check)
		explain(s, uplink, rb, &next, received, expected, check);
	if (copy != small)
		free(copy);
	return rc;
}

void iuplus_rrc_integrity_export(const struct iuplus_rrc_integrity *s, struct iuplus_rrc_srns_info *info)
{
	info->integrity_started = s->started;
	memcpy(info->ul, s->ul, sizeof(info->ul));
	memcpy(info->dl, s->dl, sizeof(info->dl));
}

void iuplus_rrc_integrity_import(struct iuplus_rrc_integrity *s, const struct iuplus_rrc_srns_info *info)
{
	memcpy(s->ul, info->ul, sizeof(s->ul));
	memcpy(s->dl, info->dl, sizeof(s->dl));
}

uint32_t iuplus_rrc_integrity_hfn_msb(const struct iuplus_rrc_integrity *s)
{
	uint32_t hfn = 0;
	unsigned rb;

	if (!s->started)
		return 0;
	for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++) {
		hfn = s->ul[rb].hfn > hfn ? s->ul[rb].hfn : hfn;
		hfn = s->dl[rb].hfn > hfn ? s->dl[rb].hfn : hfn;
	}
	return hfn >> 8;
}

void iuplus_rrc_integrity_wipe(struct iuplus_rrc_integrity *s)
{
	iuplus_security_wipe(s, sizeof(*s));
}
