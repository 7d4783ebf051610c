/* SPDX-License-Identifier: BSD-2-Clause */
#include "src/proc/ran.h"

#include <string.h>

static int encode(struct proc *p, bool protect, struct iuplus_rrc_msg *msg, struct iuplus_octets *pdu)
{
	struct iuplus_rrc_error error;
	int rc;

	memset(&msg->integrity_check, 0, sizeof(msg->integrity_check));
	msg->integrity_check.present = protect;
	rc = iuplus_rrc_encode(msg, p->flags, p->env->arena, pdu, &error);
	if (rc)
		proc_failure(p, "%s cannot be encoded: %s at %s", iuplus_rrc_asn1_name(msg->type), iuplus_strrc(rc),
			     error.path);
	return proc_memory(p, rc);
}

int ran_rrc_encode(struct proc *p, struct iuplus_rrc_integrity *integrity, bool uplink, uint8_t rb,
		   struct iuplus_rrc_msg *msg, struct iuplus_octets *pdu)
{
	bool protect = integrity && integrity->started;
	int rc = encode(p, protect, msg, pdu);

	if (rc || !protect)
		return rc;
	/* The encoding is in the arena, so that it may be changed here. */
	rc = iuplus_rrc_integrity_protect(integrity, uplink, rb, (uint8_t *)(uintptr_t)pdu->data, pdu->len);
	if (rc)
		proc_failure(p, "%s cannot be protected: %s", iuplus_rrc_asn1_name(msg->type), iuplus_strrc(rc));
	p->exhausted |= rc == IUPLUS_ERR_EXHAUSTED;
	return proc_memory(p, rc);
}

int ran_rrc_length(struct proc *p, const struct iuplus_rrc_integrity *integrity, struct iuplus_rrc_msg *msg,
		   size_t *len)
{
	struct iuplus_octets pdu;
	int rc = encode(p, integrity->started, msg, &pdu);

	*len = rc ? 0 : pdu.len;
	return rc;
}

void ran_rrc_act(struct proc *p, uint8_t rb, struct iuplus_octets pdu, const char *name, enum iuplus_key_kind kind,
		 enum iuplus_proc_step step)
{
	struct iuplus_proc_action *a = proc_act(p, IUPLUS_ACT_RRC_SEND);

	a->rb = rb;
	a->pdu = pdu;
	a->message = name;
	a->protected_by = kind;
	a->step = step;
}

int ran_rrc_send(struct proc *p, struct iuplus_rrc_integrity *integrity, bool uplink, uint8_t rb,
		 struct iuplus_rrc_msg *msg, enum iuplus_proc_step step)
{
	struct iuplus_octets pdu;
	int rc = ran_rrc_encode(p, integrity, uplink, rb, msg, &pdu);

	if (rc)
		return rc;
	ran_rrc_act(p, rb, pdu, iuplus_rrc_asn1_name(msg->type),
		    msg->integrity_check.present ? integrity->kind : IUPLUS_KEYS_NONE, step);
	return IUPLUS_OK;
}

unsigned ran_pdus(const struct proc *p, uint8_t rb, size_t len)
{
	return p->env->pdus ? p->env->pdus(p->env->user, rb, len) : 1;
}

uint16_t ran_sn_after(const struct proc *p, uint8_t rb, size_t len)
{
	return (uint16_t)((ran_tx_sn(p, rb) + ran_pdus(p, rb, len)) % ran_sn_modulus(rb));
}

uint16_t ran_tx_sn(const struct proc *p, unsigned rb)
{
	return p->env->radio ? p->env->radio->tx_sn[rb] : 0;
}

uint32_t ran_tx_hfn(const struct proc *p, unsigned rb)
{
	return p->env->radio ? p->env->radio->tx_hfn[rb] : 0;
}

uint32_t ran_rx_hfn(const struct proc *p, unsigned rb)
{
	return p->env->radio ? p->env->radio->rx_hfn[rb] : 0;
}

enum iuplus_security_count_kind ran_count_kind(unsigned rb)
{
	return rb == 1 ? IUPLUS_SECURITY_COUNT_C_UM : IUPLUS_SECURITY_COUNT_C_AM;
}

unsigned ran_sn_modulus(unsigned rb)
{
	return 1u << iuplus_security_count_sn_bits(ran_count_kind(rb));
}

uint32_t ran_hfn(unsigned rb, uint32_t start)
{
	return iuplus_security_hfn_from_start(ran_count_kind(rb), start);
}

static void describe_keys(const struct ran_keys *keys, const struct iuplus_rrc_integrity *integrity,
			  struct iuplus_proc_keys *k)
{
	k->domain = keys->domain;
	k->kind = keys->kind;
	k->uia = keys->uia;
	k->uea = keys->uea;
	k->integrity_started = integrity->started;
	k->ciphering_started = keys->ciphering;
	memcpy(k->ik, keys->ik, sizeof(k->ik));
	memcpy(k->ck, keys->ck, sizeof(k->ck));
	/* With an NCC the key from which IK_U and CK_U are derived is itself a K_RNC*. */
	k->has_k_rnc = keys->has_k_rnc && !keys->index.ncc;
	k->has_k_rnc_star = keys->has_k_rnc && keys->index.ncc;
	if (keys->has_k_rnc)
		memcpy(keys->index.ncc ? k->k_rnc_star : k->k_rnc, keys->k_rnc, sizeof(k->k_rnc));
	k->counter = keys->index.counter;
	k->ncc = keys->index.ncc;
	k->start = integrity->start;
	k->fresh = integrity->fresh;
}

uint32_t ran_relocated_hfn(bool ciphering, uint32_t tx_hfn, uint32_t rx_hfn)
{
	return ciphering ? ((tx_hfn > rx_hfn ? tx_hfn : rx_hfn) + 1) & 0xfffff : 0;
}

uint32_t ran_fresh(const struct proc *p)
{
	uint8_t octets[4];

	p->env->random(p->env->user, octets, sizeof(octets));
	return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 | octets[3];
}

const char *ran_domain_name(unsigned domain)
{
	return domain == IUPLUS_DOMAIN_CS ? "CS" : "PS";
}

void ran_keys_act(struct proc *p, const struct ran_keys *keys, const struct iuplus_rrc_integrity *integrity)
{
	describe_keys(keys, integrity, &proc_act(p, IUPLUS_ACT_KEYS)->keys);
}

struct iuplus_proc_cipher *ran_cipher_act(struct proc *p, const struct ran_keys *keys, uint8_t rb, bool uplink,
					  uint32_t hfn)
{
	struct iuplus_proc_action *a = proc_act(p, IUPLUS_ACT_CIPHER);

	a->rb = rb;
	a->cipher.uplink = uplink;
	a->cipher.domain = keys->domain;
	a->cipher.kind = keys->ciphering ? keys->kind : IUPLUS_KEYS_NONE;
	a->cipher.uea = keys->ciphering ? keys->uea : 0;
	if (keys->ciphering)
		memcpy(a->cipher.ck, keys->ck, sizeof(a->cipher.ck));
	a->cipher.hfn = hfn;
	return &a->cipher;
}

void ran_reestablish(struct proc *p, const struct ran_keys *keys, uint8_t rb, uint32_t hfn)
{
	int uplink;

	for (uplink = 0; uplink < 2; uplink++) {
		struct iuplus_proc_cipher *c = ran_cipher_act(p, keys, rb, uplink, hfn);

		c->now = true;
		c->reestablish = true;
	}
}

bool ran_keys_differ(const struct ran_keys *a, const struct ran_keys *b)
{
	return a->kind != b->kind || !iuplus_security_equal(a->ik, b->ik, sizeof(a->ik));
}

uint8_t ran_next_sn(const struct iuplus_rrc_count *count, bool uplink)
{
	return count->used ? (count->sn + 1u) & 15u : uplink;
}

void ran_count_used(struct iuplus_rrc_count *count, uint8_t sn)
{
	count->hfn = (count->hfn + (count->used && sn <= count->sn)) & 0xfffffff;
	count->sn = sn;
	count->used = true;
}

int ran_modify(struct iuplus_rrc_integrity *s, bool uplink, enum iuplus_key_kind kind, unsigned uia,
	       const uint8_t ik[16], uint32_t start)
{
	int rc = iuplus_rrc_integrity_modify(s, kind, uia, ik, start);
	unsigned rb;

	for (rb = 0; !rc && rb < IUPLUS_RRC_SRBS; rb++) {
		struct iuplus_rrc_count *tx = uplink ? &s->ul[rb] : &s->dl[rb], *rx = uplink ? &s->dl[rb] : &s->ul[rb];

		if (tx->used && tx->sn == 15)
			tx->sn = 0;
		rx->used = false;
	}
	return rc;
}

void ran_activation(const struct iuplus_rrc_integrity *integrity, bool uplink, struct iuplus_rrc_activation *out)
{
	const struct iuplus_rrc_count *count = uplink ? integrity->ul : integrity->dl;
	unsigned rb;

	out->present = true;
	out->count = IUPLUS_RRC_SRBS;
	for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++)
		out->sn[rb] = ran_next_sn(&count[rb], uplink);
}

void ran_former_wipe(struct ran_former *former)
{
	iuplus_security_wipe(former, sizeof(*former));
}

/* The number after the last verified one. */
static uint8_t expected_sn(const struct iuplus_rrc_integrity *s, bool uplink, unsigned rb)
{
	return ran_next_sn(uplink ? &s->ul[rb] : &s->dl[rb], uplink);
}

/* Wipes the old keys once no message under them can arrive. */
static void former_settle(struct ran_former *former)
{
	unsigned rb, left = 0;

	for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++)
		left += former->left[rb];
	if (!left)
		ran_former_wipe(former);
}

void ran_former_keep(const struct proc *p, struct ran_former *former, const struct iuplus_rrc_integrity *before,
		     bool uplink, const struct iuplus_rrc_activation *activation)
{
	unsigned rb;

	ran_former_wipe(former);
	if (!before->started || !activation->present)
		return;
	former->integrity = *before;
	former->until = p->env->now_ms + RAN_FORMER_MS;
	for (rb = 0; rb < IUPLUS_RRC_SRBS && rb < activation->count; rb++)
		if (rb != 2)
			former->left[rb] = (activation->sn[rb] - expected_sn(before, uplink, rb)) & 15;
	former_settle(former);
}

/* Accepts only numbers after the last verified one and before the activation. */
static int verify_former(struct ran_former *former, bool uplink, uint8_t rb, struct iuplus_octets pdu)
{
	struct iuplus_rrc_integrity trial = former->integrity;
	int rc = iuplus_rrc_integrity_verify(&trial, uplink, rb, pdu.data, pdu.len, NULL);
	uint8_t next = expected_sn(&former->integrity, uplink, rb), gone = 0;

	if (!rc) {
		gone = ((expected_sn(&trial, uplink, rb) - next - 1) & 15) + 1;
		if (gone > former->left[rb])
			rc = IUPLUS_ERR_INTEGRITY;
	}
	if (!rc) {
		former->integrity = trial;
		former->left[rb] -= gone;
		former_settle(former);
	}
	iuplus_rrc_integrity_wipe(&trial);
	return rc;
}

int ran_verify(const struct proc *p, struct iuplus_rrc_integrity *current, struct iuplus_rrc_integrity *later,
	       struct ran_former *former, bool uplink, uint8_t rb, struct iuplus_octets pdu,
	       struct iuplus_rrc_mac_check *check)
{
	int rc = iuplus_rrc_integrity_verify(current, uplink, rb, pdu.data, pdu.len, check);

	if (former && former->integrity.started && p->env->now_ms >= former->until)
		ran_former_wipe(former);
	if (rc == IUPLUS_OK && former && former->integrity.started) {
		former->left[rb] = 0; /* a bearer delivers in sequence */
		former_settle(former);
	}
	if (rc != IUPLUS_ERR_INTEGRITY || rb == 2)
		return rc;
	if (later && later->started && !iuplus_rrc_integrity_verify(later, uplink, rb, pdu.data, pdu.len, NULL))
		return IUPLUS_OK;
	if (former && former->left[rb] && !verify_former(former, uplink, rb, pdu))
		return IUPLUS_OK;
	return rc;
}

const char *ran_why(int rc, const struct iuplus_rrc_mac_check *check, char text[IUPLUS_RRC_MAC_CHECK_TEXT])
{
	if (!check->uia)
		return iuplus_strrc(rc);
	iuplus_rrc_mac_check_text(check, text);
	return text;
}

void ran_explain(const struct proc *p, struct iuplus_proc_action *failure, const struct iuplus_rrc_mac_check *check,
		 const struct ran_keys *keys, const struct iuplus_rrc_integrity *integrity)
{
	if (!check->uia)
		return;
	failure->mac = iuplus_arena_copy(p->env->arena, check, sizeof(*check));
	describe_keys(keys, integrity, &failure->keys);
}

void ran_freshness(struct iuplus_security_freshness *out, const struct iuplus_rrc_enhanced_key *key)
{
	memset(out, 0, sizeof(*out));
	out->kind = key->freshness;
	out->counter = key->index.counter;
	if (key->has_nonce)
		memcpy(out->nonce, key->nonce, sizeof(out->nonce));
}

int ran_keys_derive(struct ran_keys *keys, const uint8_t k_rnc[32])
{
	return keys->index.ncc ? iuplus_security_keys_from_k_rnc_star(k_rnc, NULL, keys->ck, keys->ik) :
				 iuplus_security_keys_from_k_rnc(k_rnc, NULL, keys->ck, keys->ik);
}

int ran_keys_map(struct ran_keys *keys)
{
	if (keys->kind != IUPLUS_KEYS_ENHANCED)
		return IUPLUS_OK;
	iuplus_security_wipe(keys->k_rnc, sizeof(keys->k_rnc));
	iuplus_security_wipe(&keys->next, sizeof(keys->next));
	keys->has_k_rnc = keys->has_next = false;
	keys->kind = IUPLUS_KEYS_MAPPED;
	return iuplus_security_mapped_keys(keys->ck, keys->ik, keys->ck, keys->ik);
}
