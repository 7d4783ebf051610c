/* SPDX-License-Identifier: BSD-2-Clause */
/* ran.h: functions that the RNC's and the UE's RRC machines share: RRC messages, key sets, COUNT and START. Not
 * installed. */
#ifndef IUPLUS_PROC_RAN_H
#define IUPLUS_PROC_RAN_H

#include <iuplus/ranap.h>
#include <iuplus/rrc.h>
#include <iuplus/security.h>

#include "src/proc/act.h"

/* The machines copy values from one protocol to the other without conversion. */
_Static_assert(IUPLUS_RRC_LEGACY == IUPLUS_RANAP_LEGACY, "one word of flags serves both codecs");
_Static_assert(IUPLUS_RRC_CAP_KEY_HIERARCHY == IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY &&
		       IUPLUS_RRC_CAP_DIRECT_DERIVATION == IUPLUS_RANAP_CAPABILITY_DIRECT,
	       "one set of capability bits");
_Static_assert(IUPLUS_PROC_RBS == IUPLUS_RRC_SRBS, "the signalling radio bearers have COUNT-I and COUNT-C");

/* Encodes an RRC message for rb, protects it when integrity is started, and appends its IUPLUS_ACT_RRC_SEND.
 * IUPLUS_OK, or the code of the encoding or the protection: nothing is sent then, and a failure is reported. */
int ran_rrc_send(struct proc *p, struct iuplus_rrc_integrity *integrity, bool uplink, uint8_t rb,
		 struct iuplus_rrc_msg *msg, enum iuplus_proc_step step);
/* Only encodes and protects: for a message that another node sends. */
int ran_rrc_encode(struct proc *p, struct iuplus_rrc_integrity *integrity, bool uplink, uint8_t rb,
		   struct iuplus_rrc_msg *msg, struct iuplus_octets *pdu);
/* The octets that the message will have under this integrity protection: for what depends on them. Uses no COUNT-I.
 * IUPLUS_OK, or the code of the encoding: *len is 0 then, and a failure is reported. */
int ran_rrc_length(struct proc *p, const struct iuplus_rrc_integrity *integrity, struct iuplus_rrc_msg *msg,
		   size_t *len);
void ran_rrc_act(struct proc *p, uint8_t rb, struct iuplus_octets pdu, const char *name, enum iuplus_key_kind kind,
		 enum iuplus_proc_step step);

/* A random FRESH (TS 33.102 6.5.3.2). */
uint32_t ran_fresh(const struct proc *p);
/* "CS" or "PS". */
const char *ran_domain_name(unsigned domain);

/* The number of RLC PDUs that len octets need on rb, according to the owner. */
unsigned ran_pdus(const struct proc *p, uint8_t rb, size_t len);
/* The RLC sequence number after a message of len octets that is sent now. */
uint16_t ran_sn_after(const struct proc *p, uint8_t rb, size_t len);
/* RLC numbers of rb; zero if the owner supplied none. */
uint16_t ran_tx_sn(const struct proc *p, unsigned rb);
uint32_t ran_tx_hfn(const struct proc *p, unsigned rb);
uint32_t ran_rx_hfn(const struct proc *p, unsigned rb);
/* Modulus of the RLC sequence number of rb: 128 on RB1 (UM), 4096 on the others (AM). */
unsigned ran_sn_modulus(unsigned rb);
enum iuplus_security_count_kind ran_count_kind(unsigned rb);
/* START as an HFN of rb. */
uint32_t ran_hfn(unsigned rb, uint32_t start);
/* The HFN with which RB2 is re-established in a relocation: the larger one of both directions, plus one (TS 25.331
 * 8.2.2.3); 0 when the bearer is not ciphered. */
uint32_t ran_relocated_hfn(bool ciphering, uint32_t tx_hfn, uint32_t rx_hfn);

/* A set of keys with its algorithms. */
struct ran_keys {
	enum iuplus_domain domain;
	/* LEGACY: CK and IK of AKA, or what a container gave. ENHANCED: CK_U and IK_U. MAPPED: made of those for RNCs
	 * without the hierarchy; an RNC that got them in a container cannot tell, to it they are LEGACY. */
	enum iuplus_key_kind kind;
	struct iuplus_security_key_index index; /* of ENHANCED; of the keys that MAPPED was made of */
	uint8_t uia, uea;
	bool ciphering; /* uea is applied to the SRBs */
	uint8_t ik[16], ck[16];
	/* ENHANCED: how the UE derives them, and what a target without the hierarchy gets. */
	enum iuplus_security_derivation_path derivation;
	enum iuplus_security_freshness_kind freshness;
	enum iuplus_security_target_keys legacy_target_keys;
	/* UE: K_RNC or K_RNC* of index, from which the chain goes on. An RNC does not keep it. */
	bool has_k_rnc;
	uint8_t k_rnc[32];
	/* RNC: the key for a direct relocation, until it is spent. */
	bool has_next;
	struct iuplus_ranap_next_key next;
};

/* Appends IUPLUS_ACT_KEYS. */
void ran_keys_act(struct proc *p, const struct ran_keys *keys, const struct iuplus_rrc_integrity *integrity);
/* Appends IUPLUS_ACT_CIPHER for rb. */
struct iuplus_proc_cipher *ran_cipher_act(struct proc *p, const struct ran_keys *keys, uint8_t rb, bool uplink,
					  uint32_t hfn);
/* Re-establishes both directions of rb, with this HFN from now on. */
void ran_reestablish(struct proc *p, const struct ran_keys *keys, uint8_t rb, uint32_t hfn);

/* Whether b protects with another key than a. Comparing IK is sufficient: CK always changes together with it, and an
 * RNC that does not cipher has no CK. */
bool ran_keys_differ(const struct ran_keys *a, const struct ran_keys *b);

/* The RRC SN of the next message in this direction, as iuplus_rrc_integrity_protect() will assign it. */
uint8_t ran_next_sn(const struct iuplus_rrc_count *count, bool uplink);
/* The number sn was used by a message that was sent under another configuration, or by another node, and it counts in
 * this one as well: the next message gets the number after it (TS 25.331 8.1.12.4). */
void ran_count_used(struct iuplus_rrc_count *count, uint8_t sn);
/* Changes the keys of running protection: calls iuplus_rrc_integrity_modify() and prepares both directions for their
 * activation (TS 25.331 8.6.3.5.1): the message with the activation SN has START as its HFN. The sender therefore never
 * begins with SN 0, which would count as a wrap. The receiver accepts any SN in the first message, since the sender may
 * have skipped some. uplink: this end sends uplink. Codes of iuplus_rrc_integrity_modify(). */
int ran_modify(struct iuplus_rrc_integrity *s, bool uplink, enum iuplus_key_kind kind, unsigned uia,
	       const uint8_t ik[16], uint32_t start);
/* The list of next SNs of one direction, for the IE "integrity protection activation info". */
void ran_activation(const struct iuplus_rrc_integrity *integrity, bool uplink, struct iuplus_rrc_activation *out);

/* The configuration before the last change of keys: on radio bearers other than RB2 a message that was sent before the
 * change may arrive after it. Their number follows from the activation info of the change; after the last of them the
 * old keys are wiped. */
struct ran_former {
	struct iuplus_rrc_integrity integrity;
	uint8_t left[IUPLUS_RRC_SRBS];
	uint64_t until; /* ms: later messages are not accepted under these keys */
};
#define RAN_FORMER_MS 5000
/* Keeps before, the configuration until the peer activates the new keys. uplink is the direction of the peer's
 * messages, to which activation applies. */
void ran_former_keep(const struct proc *p, struct ran_former *former, const struct iuplus_rrc_integrity *before,
		     bool uplink, const struct iuplus_rrc_activation *activation);
void ran_former_wipe(struct ran_former *former);

/* Verifies a message with the first matching set. later is the pending configuration of a running procedure; later and
 * former may be NULL. Codes of iuplus_rrc_integrity_verify() of current, which fills check. */
int ran_verify(const struct proc *p, struct iuplus_rrc_integrity *current, struct iuplus_rrc_integrity *later,
	       struct ran_former *former, bool uplink, uint8_t rb, struct iuplus_octets pdu,
	       struct iuplus_rrc_mac_check *check);
/* Why a message was rejected: the check of its MAC-I, written to text, or else rc in words. */
const char *ran_why(int rc, const struct iuplus_rrc_mac_check *check, char text[IUPLUS_RRC_MAC_CHECK_TEXT]);
/* Attaches a rejected MAC-I, and the keys of its check, to the failure that reports it. Does nothing if no MAC-I was
 * rejected. If memory is exhausted, only the text explains the failure. */
void ran_explain(const struct proc *p, struct iuplus_proc_action *failure, const struct iuplus_rrc_mac_check *check,
		 const struct ran_keys *keys, const struct iuplus_rrc_integrity *integrity);

/* The freshness of an RRC message's key information in the form of security/. */
void ran_freshness(struct iuplus_security_freshness *out, const struct iuplus_rrc_enhanced_key *key);

/* Derives IK_U and CK_U of keys from K_RNC (index.ncc 0) or K_RNC* (above). IUPLUS_OK or IUPLUS_ERR_MEMORY: both are
 * wiped then. */
int ran_keys_derive(struct ran_keys *keys, const uint8_t k_rnc[32]);
/* Makes MAPPED of ENHANCED keys: for a target without the hierarchy. Index and algorithms stay, K_RNC and the next key
 * are wiped. IUPLUS_OK, also if keys are of another kind: they stay as they are; IUPLUS_ERR_MEMORY. */
int ran_keys_map(struct ran_keys *keys);

#endif
