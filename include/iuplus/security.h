/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * security.h: confidentiality and integrity (f8, f9), MILENAGE and AKA, the key hierarchy, COUNT and START.
 *
 * Functions on octets: no ASN.1, no I/O, no clock, no random source, no global state; every function is reentrant.
 * Octet order is that of the standards (most significant first). A fixed-size array parameter is always that long.
 * Sources: TS 33.102 (AKA, COUNT, START), TS 35.201/35.202 (UEA1, UIA1), TS 35.215/35.216 (UEA2, UIA2),
 * TS 35.206 (MILENAGE), TS 33.220 Annex B (KDF); [0104] and the like are paragraphs of the method. */
#ifndef IUPLUS_SECURITY_H
#define IUPLUS_SECURITY_H

#include <iuplus/iuplus.h>

IUPLUS_BEGIN_DECLS

#define IUPLUS_SECURITY_KEY_LEN 16   /**< CK, IK, CK_U, IK_U, K, OP, OPc */
#define IUPLUS_SECURITY_K_RNC_LEN 32 /**< K_RNC and K_RNC* */
#define IUPLUS_SECURITY_MAC_LEN 4    /**< MAC-I */
#define IUPLUS_SECURITY_RES_LEN 8    /**< RES and XRES of MILENAGE */
#define IUPLUS_SECURITY_AUTN_LEN 16
#define IUPLUS_SECURITY_AUTS_LEN 14

/** DIRECTION of f8 and f9 (TS 33.102 6.5.4.4, 6.6.4.4). */
enum iuplus_security_direction { IUPLUS_SECURITY_UPLINK = 0, IUPLUS_SECURITY_DOWNLINK = 1 };

/* ---- Key material ------------------------------------------------------------------------------------------ */

/** Overwrites len octets at p in a way that the compiler cannot optimise away. p may be NULL if len is 0. */
void iuplus_security_wipe(void *p, size_t len);
/** True if len octets are equal. The time depends only on len. For MACs, RES and keys. */
bool iuplus_security_equal(const void *a, const void *b, size_t len);
/** The fingerprint of a key, which may be shown: the first 8 hex digits (lower case) of its SHA-256, and a NUL. It is
 * "????????" if libcrypto fails, so a caller needs no check. */
#define IUPLUS_SECURITY_FINGERPRINT_SIZE 9
void iuplus_security_fingerprint(const uint8_t *key, size_t len, char out[IUPLUS_SECURITY_FINGERPRINT_SIZE]);

/* ---- algorithms ---------------------------------------------------------------------------------------------- */

/** Lists of algorithms by their numbers, the preferred one first: 1 UIA1, 2 UIA2; 0 UEA0 (no encryption), 1 UEA1, 2
 * UEA2. Every struct of this library uses these numbers; the codecs convert them to those of RANAP and RRC. */
struct iuplus_security_algorithms {
	unsigned uia_count, uea_count;
	uint8_t uia[2], uea[3];
};

/** UIA2, UIA1; UEA2, UEA1, UEA0. Cannot fail. */
void iuplus_security_default_algorithms(struct iuplus_security_algorithms *algorithms);

/* ---- f8: confidentiality ----------------------------------------------------------------------------------- */

/** A key prepared for many messages. Treat the members as private; wipe with iuplus_security_wipe(). */
struct iuplus_security_cipher {
	unsigned uea; /**< 0, 1 or 2 */
	union {
		uint16_t kasumi[2][64]; /**< subkeys of CK, subkeys of CK xor KM */
		uint32_t snow3g[4];
	} key;
};

/** Prepares ck for uea (0: UEA0 no encryption, 1: UEA1 KASUMI, 2: UEA2 SNOW 3G).
 * IUPLUS_OK, or IUPLUS_ERR_ARGUMENT for another uea (the caller answers with its protocol's "not supported"). */
int iuplus_security_cipher_init(struct iuplus_security_cipher *cipher, unsigned uea,
				const uint8_t ck[IUPLUS_SECURITY_KEY_LEN]);
/** Ciphers or deciphers bits bits (LENGTH, any number) of in to out; both are (bits + 7) / 8 octets and may be the same
 * buffer (otherwise they do not overlap). Bits past LENGTH in the last octet of out become 0. No octet beyond these is
 * read or written. count is COUNT-C, bearer is 0 to 31 (RB identity - 1), direction per the enum.
 * IUPLUS_OK, or IUPLUS_ERR_ARGUMENT: bearer or direction out of range, or more bits than LENGTH can hold (2^32 - 1).
 * TS 33.102 6.6.3, TS 35.201 clause 3, TS 35.215 clause 3. */
int iuplus_security_cipher_run(const struct iuplus_security_cipher *cipher, uint32_t count, unsigned bearer,
			       enum iuplus_security_direction direction, const uint8_t *in, uint8_t *out,
			       uint64_t bits);
/** Both of the above for one message. Same codes. */
int iuplus_security_f8(unsigned uea, const uint8_t ck[IUPLUS_SECURITY_KEY_LEN], uint32_t count, unsigned bearer,
		       enum iuplus_security_direction direction, const uint8_t *in, uint8_t *out, uint64_t bits);

/* ---- f9: integrity ----------------------------------------------------------------------------------------- */

/** A key prepared for many messages. Treat the members as private; wipe with iuplus_security_wipe(). */
struct iuplus_security_integrity {
	unsigned uia; /**< 1 or 2 */
	union {
		uint16_t kasumi[2][64]; /**< subkeys of IK, subkeys of IK xor KM */
		uint32_t snow3g[4];
	} key;
};

/** Prepares ik for uia (1: UIA1 KASUMI, 2: UIA2 SNOW 3G; there is no UIA0 in UTRAN).
 * IUPLUS_OK, or IUPLUS_ERR_ARGUMENT for another uia. */
int iuplus_security_integrity_init(struct iuplus_security_integrity *integrity, unsigned uia,
				   const uint8_t ik[IUPLUS_SECURITY_KEY_LEN]);
/** MAC-I over bits bits (LENGTH, any number) of message ((bits + 7) / 8 octets, bits past LENGTH are ignored).
 * count is COUNT-I. IUPLUS_OK, or IUPLUS_ERR_ARGUMENT: direction out of range or bits over 2^32 - 1.
 * TS 33.102 6.5.3, TS 35.201 clause 4, TS 35.215 clause 4. */
int iuplus_security_integrity_mac(const struct iuplus_security_integrity *integrity, uint32_t count, uint32_t fresh,
				  enum iuplus_security_direction direction, const uint8_t *message, uint64_t bits,
				  uint8_t mac[IUPLUS_SECURITY_MAC_LEN]);
/** Both of the above for one message. Same codes. */
int iuplus_security_f9(unsigned uia, const uint8_t ik[IUPLUS_SECURITY_KEY_LEN], uint32_t count, uint32_t fresh,
		       enum iuplus_security_direction direction, const uint8_t *message, uint64_t bits,
		       uint8_t mac[IUPLUS_SECURITY_MAC_LEN]);

/* ---- MILENAGE (TS 35.206) ---------------------------------------------------------------------------------- */

/** OPc from the operator's OP and the subscriber's K (5.1).
 * IUPLUS_OK, or IUPLUS_ERR_MEMORY when libcrypto fails (the caller abandons the procedure). */
int iuplus_security_milenage_opc(const uint8_t k[16], const uint8_t op[16], uint8_t opc[16]);
/** f1 (MAC-A) and f1* (MAC-S); either output may be NULL. Codes as above. */
int iuplus_security_milenage_f1(const uint8_t k[16], const uint8_t opc[16], const uint8_t rand[16],
				const uint8_t sqn[6], const uint8_t amf[2], uint8_t mac_a[8], uint8_t mac_s[8]);
/** f2 (RES), f3 (CK), f4 (IK), f5 (AK), f5* (AK of a resynchronisation); any output may be NULL. Codes as above. */
int iuplus_security_milenage_f2345(const uint8_t k[16], const uint8_t opc[16], const uint8_t rand[16], uint8_t res[8],
				   uint8_t ck[16], uint8_t ik[16], uint8_t ak[6], uint8_t ak_star[6]);

/* ---- AKA (TS 33.102 6.3 and Annex C) ----------------------------------------------------------------------- */

/** SQN = SEQ (43 bits) || IND (5 bits), the split of Annex C.3's profiles; kept in the low 48 bits of a uint64_t. */
#define IUPLUS_SECURITY_IND_BITS 5
#define IUPLUS_SECURITY_IND_COUNT (1u << IUPLUS_SECURITY_IND_BITS)
#define IUPLUS_SECURITY_SQN_MAX 0xffffffffffffULL
#define IUPLUS_SECURITY_SQN_DELTA (1ULL << 28) /**< how far SEQ may jump ahead: protects against wrap (C.2.1, C.3) */

/** The next SQN that the home environment uses: SEQ and IND are each incremented (C.1.1.2, C.3 not time-based).
 * IUPLUS_OK; IUPLUS_ERR_EXHAUSTED when SEQ is at its maximum (the subscriber needs a new K);
 * IUPLUS_ERR_ARGUMENT when *sqn is over 48 bits. */
int iuplus_security_sqn_next(uint64_t *sqn);

/** An authentication vector (quintet). Wipe after use. */
struct iuplus_security_vector {
	uint8_t rand[16];
	uint8_t xres[IUPLUS_SECURITY_RES_LEN];
	uint8_t ck[16], ik[16];
	uint8_t autn[IUPLUS_SECURITY_AUTN_LEN]; /**< SQN xor AK || AMF || MAC-A */
};

/** The home environment's side: generates the vector for rand (16 fresh random octets of the caller) and sqn.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT when sqn is over 48 bits; IUPLUS_ERR_MEMORY when libcrypto fails. 6.3.2. */
int iuplus_security_aka_vector(const uint8_t k[16], const uint8_t opc[16], uint64_t sqn, const uint8_t amf[2],
			       const uint8_t rand[16], struct iuplus_security_vector *vector);
/** The home environment's side of a synchronisation failure: checks AUTS for the challenge rand and returns SQN_MS,
 * from which iuplus_security_sqn_next() continues. IUPLUS_OK; IUPLUS_ERR_INTEGRITY: MAC-S is wrong, SQN is unchanged;
 * IUPLUS_ERR_MEMORY when libcrypto fails. 6.3.5. */
int iuplus_security_aka_resync(const uint8_t k[16], const uint8_t opc[16], const uint8_t rand[16],
			       const uint8_t auts[IUPLUS_SECURITY_AUTS_LEN], uint64_t *sqn_ms);

/** The USIM's memory: the highest SEQ accepted for each IND (C.2.2). Wipe when done. */
struct iuplus_security_usim {
	uint8_t k[16], opc[16];
	uint64_t seq[IUPLUS_SECURITY_IND_COUNT];
	uint64_t sqn_ms; /**< the highest SQN accepted with any IND */
	uint64_t limit;  /**< L of C.2.2: the most by which SEQ may be below SEQ_MS; 0: no such check */
};

/** Result of an authentication: res, ck, ik after IUPLUS_OK; auts after a synchronisation failure. Wipe after use. */
struct iuplus_security_aka_result {
	uint8_t res[IUPLUS_SECURITY_RES_LEN];
	uint8_t ck[16], ik[16];
	uint8_t auts[IUPLUS_SECURITY_AUTS_LEN];
};

/** A USIM that has accepted every SQN up to sqn (0 for a new one).
 * IUPLUS_OK, or IUPLUS_ERR_ARGUMENT when sqn is over 48 bits. */
int iuplus_security_usim_init(struct iuplus_security_usim *usim, const uint8_t k[16], const uint8_t opc[16],
			      uint64_t sqn);
/** The USIM's side (6.3.3): IUPLUS_OK; IUPLUS_ERR_INTEGRITY: the MAC in AUTN is wrong (answer Authentication Failure,
 * cause "MAC failure"); IUPLUS_ERR_REPLAY: SQN was already used or is out of range (answer Authentication Failure,
 * cause "synch failure", with result->auts); IUPLUS_ERR_MEMORY when libcrypto fails. usim changes only on IUPLUS_OK. */
int iuplus_security_usim_authenticate(struct iuplus_security_usim *usim, const uint8_t rand[16],
				      const uint8_t autn[IUPLUS_SECURITY_AUTN_LEN],
				      struct iuplus_security_aka_result *result);

/* ---- KDF (TS 33.220 Annex B) and the key hierarchy --------------------------------------------------------- */

/** HMAC-SHA-256 (RFC 2104). IUPLUS_OK, or IUPLUS_ERR_MEMORY when libcrypto fails. */
int iuplus_security_hmac_sha256(const uint8_t *key, size_t key_len, const uint8_t *data, size_t len, uint8_t out[32]);

/** out = HMAC-SHA-256(key, S), S = FC || P0 || L0 || P1 || L1 ..., each Li two octets. S may take up to
 * IUPLUS_SECURITY_KDF_S_MAX octets. IUPLUS_OK; IUPLUS_ERR_ARGUMENT: S would be longer; IUPLUS_ERR_MEMORY when libcrypto
 * fails. */
#define IUPLUS_SECURITY_KDF_S_MAX 512
int iuplus_security_kdf(const uint8_t *key, size_t key_len, uint8_t fc, const struct iuplus_octets *param, size_t count,
			uint8_t out[32]);

/** The derivations of the hierarchy. */
enum iuplus_security_derived {
	IUPLUS_SECURITY_DERIVE_K_RNC,           /**< CK||IK -> K_RNC */
	IUPLUS_SECURITY_DERIVE_K_RNC_STAR,      /**< CK||IK and the previous key -> K_RNC* */
	IUPLUS_SECURITY_DERIVE_FROM_K_RNC,      /**< K_RNC -> CK_U||IK_U (embodiments 1, 2, 4) */
	IUPLUS_SECURITY_DERIVE_FROM_K_RNC_STAR, /**< K_RNC* -> CK_U||IK_U (relocation inside the enhanced network) */
	IUPLUS_SECURITY_DERIVE_FROM_CK_IK,      /**< CK||IK -> CK_U||IK_U (embodiment 3, FIG. 10) */
	IUPLUS_SECURITY_DERIVE_MAPPED,          /**< CK_U||IK_U -> CK'||IK', for nodes without the hierarchy */
	IUPLUS_SECURITY_DERIVE_COUNT
};

/** One parameter Pi. An optional one that is absent adds nothing to S, not even a length. */
struct iuplus_security_parameter {
	const char *name;  /**< NULL: the derivation has no such parameter */
	uint16_t min, max; /**< length in octets */
	bool optional;
};

/** One row of the table of derivations. No other code describes them; doc/keys.md shows the same rows. Input key and
 * output are always 32 octets; CK_U is the first half of CK_U||IK_U, IK_U the second. */
#define IUPLUS_SECURITY_MAX_PARAMETERS 3
struct iuplus_security_derivation {
	const char *name;      /**< "K_RNC" */
	const char *input_key; /**< "CK||IK" */
	uint8_t fc;            /**< experimental, see below */
	struct iuplus_security_parameter parameter[IUPLUS_SECURITY_MAX_PARAMETERS];
	const char *output; /**< "K_RNC" */
	const char *source; /**< paragraphs of the method */
};

/** FC values are this project's own and experimental, from a range that no 3GPP specification allocates. */
#define IUPLUS_SECURITY_FC_FIRST 0xf0
#define IUPLUS_SECURITY_FC_LAST 0xf7
extern const struct iuplus_security_derivation iuplus_security_derivations[IUPLUS_SECURITY_DERIVE_COUNT];

/** The row's KDF: param holds one entry per parameter of the row, in its order; data NULL and len 0 is an absent one.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: no such row, or a parameter is missing, superfluous or of wrong length;
 * IUPLUS_ERR_MEMORY when libcrypto fails. out is wiped unless IUPLUS_OK. */
int iuplus_security_derive(enum iuplus_security_derived what, const uint8_t key[32], const struct iuplus_octets *param,
			   size_t count, uint8_t out[32]);

/** The index of a key: every K_RNC, K_RNC* and every pair CK_U, IK_U has one. The core network gives no index twice, the
 * UE accepts none twice. ncc counts the keys of one counter: K_RNC is number 0, the first K_RNC* number 1. */
struct iuplus_security_key_index {
	uint32_t counter; /**< of the vector and domain, from 1; 0: the key was derived without a counter */
	uint8_t ncc;      /**< next hop chaining count; it never wraps */
};
/** Compares two indices, the counters first: negative if a is lower than b, 0 if they are equal, positive if a is
 * higher. */
int iuplus_security_key_index_compare(const struct iuplus_security_key_index *a,
				      const struct iuplus_security_key_index *b);

/** The key from which CK_U and IK_U are derived. Numbered as in the modules. */
enum iuplus_security_derivation_path {
	IUPLUS_SECURITY_FROM_K_RNC = 0, /**< from K_RNC or K_RNC* (FIG. 8, 9, 11) */
	IUPLUS_SECURITY_FROM_CK_IK = 1  /**< directly from CK and IK (FIG. 10) */
};
/** The keys that a target without the hierarchy receives. Numbered as in the modules. Identifier, word of the
 * setting, what it is. */
#define IUPLUS_SECURITY_TARGETS(X) \
	X(MAPPED, "mapped", "the mapped pair") \
	X(CK_IK, "ck-ik", "CK and IK of AKA ([0041])")

enum iuplus_security_target_keys {
#define IUPLUS_SECURITY_TARGET_ID(id, word, what) IUPLUS_SECURITY_TARGET_##id,
	IUPLUS_SECURITY_TARGETS(IUPLUS_SECURITY_TARGET_ID)
#undef IUPLUS_SECURITY_TARGET_ID
};

/** The further input of a derivation beside the keys ([0133], [0138], [0144], [0149]). Numbered as in the modules.
 * Identifier, word of the setting, what it is. */
#define IUPLUS_SECURITY_FRESHNESSES(X) \
	X(NONE, "none", "no further input") \
	X(COUNTER, "counter", "the counter of the key's index") \
	X(NONCE, "nonce", "the counter and a random number") \
	X(RAND, "rand", "the counter and RAND of the vector's AKA")

enum iuplus_security_freshness_kind {
#define IUPLUS_SECURITY_FRESHNESS_ID(id, word, what) IUPLUS_SECURITY_FRESHNESS_##id,
	IUPLUS_SECURITY_FRESHNESSES(IUPLUS_SECURITY_FRESHNESS_ID)
#undef IUPLUS_SECURITY_FRESHNESS_ID
};
#define IUPLUS_SECURITY_NONCE_LEN 16 /**< a nonce or RAND */
struct iuplus_security_freshness {
	enum iuplus_security_freshness_kind kind;
	uint8_t nonce[IUPLUS_SECURITY_NONCE_LEN]; /**< NONCE: the random number; RAND: RAND */
	uint32_t counter;                         /**< COUNTER, in iuplus_security_keys_from_k_rnc() and _star() only */
};

/* The derivations by name. All: IUPLUS_OK; IUPLUS_ERR_ARGUMENT: freshness of a wrong kind, or no such domain;
 * IUPLUS_ERR_MEMORY when libcrypto fails. Outputs are wiped unless IUPLUS_OK. ck_u may be NULL if only integrity is
 * needed. freshness may be NULL: there is no random number. */
/** K_RNC, index (counter, 0), from CK and IK ([0104], [0111]). A counter of 0 is no parameter of the derivation. */
int iuplus_security_k_rnc(const uint8_t ck[16], const uint8_t ik[16], uint32_t counter, enum iuplus_domain domain,
			  const struct iuplus_security_freshness *freshness, uint8_t k_rnc[32]);
/** before is K_RNC (then the result's NCC is 1) or the K_RNC* of NCC n (then it is n + 1) ([0106], [0107]). before and
 * k_rnc_star may be the same buffer. */
int iuplus_security_k_rnc_star(const uint8_t ck[16], const uint8_t ik[16], const uint8_t before[32],
			       uint8_t k_rnc_star[32]);
/** CK_U and IK_U from K_RNC ([0109], [0112]). With freshness: its counter, nonce or RAND as parameter, which only the
 * settings of FIG. 11 use ([0144], [0149]). */
int iuplus_security_keys_from_k_rnc(const uint8_t k_rnc[32], const struct iuplus_security_freshness *freshness,
				    uint8_t ck_u[16], uint8_t ik_u[16]);
/** CK_U and IK_U from K_RNC*, after a relocation between two RNC+ ([0072], [0113]). freshness as above. */
int iuplus_security_keys_from_k_rnc_star(const uint8_t k_rnc_star[32],
					 const struct iuplus_security_freshness *freshness, uint8_t ck_u[16],
					 uint8_t ik_u[16]);
/** CK_U and IK_U directly from CK and IK ([0133], [0137]); counter as in iuplus_security_k_rnc(). */
int iuplus_security_keys_from_ck_ik(const uint8_t ck[16], const uint8_t ik[16], uint32_t counter,
				    enum iuplus_domain domain, const struct iuplus_security_freshness *freshness,
				    uint8_t ck_u[16], uint8_t ik_u[16]);
/** CK' and IK', the mapped pair, from CK_U and IK_U. ck_m may be NULL. The outputs may be the buffers of the inputs. */
int iuplus_security_mapped_keys(const uint8_t ck_u[16], const uint8_t ik_u[16], uint8_t ck_m[16], uint8_t ik_m[16]);

/** Advances key along the chain K_RNC (NCC 0), K_RNC* (NCC 1), K_RNC* (NCC 2) ... from NCC *ncc to NCC wanted. Both key
 * and *ncc are updated in place. IUPLUS_OK (also if *ncc equals wanted); IUPLUS_ERR_REPLAY: wanted is lower than *ncc,
 * reject the peer's message; IUPLUS_ERR_MEMORY: libcrypto failed, key and *ncc are unchanged. NCC is 0 to 255 and never
 * wraps: at 255 new CK and IK are needed. */
int iuplus_security_k_rnc_chain(const uint8_t ck[16], const uint8_t ik[16], uint8_t key[32], uint8_t *ncc,
				uint8_t wanted);

/* ---- COUNT and START (TS 33.102 6.4.8, 6.5.4.1, 6.6.4.1; TS 25.331 8.5.8 to 8.5.10) ------------------------ */

#define IUPLUS_SECURITY_START_MAX 0xfffffu /**< START has 20 bits */

/** The four formats of COUNT: HFN and sequence number, with their lengths in bits. */
enum iuplus_security_count_kind {
	IUPLUS_SECURITY_COUNT_I,    /**< RRC HFN 28 | RRC SN 4 */
	IUPLUS_SECURITY_COUNT_C_UM, /**< RLC UM HFN 25 | SN 7 */
	IUPLUS_SECURITY_COUNT_C_AM, /**< RLC AM HFN 20 | SN 12 */
	IUPLUS_SECURITY_COUNT_C_TM  /**< MAC-d HFN 24 | CFN 8 */
};

/** Bits of the sequence number; 0 for a value outside the enum. */
unsigned iuplus_security_count_sn_bits(enum iuplus_security_count_kind kind);
/** HFN | SN; bits that exceed the fields are cut off. */
uint32_t iuplus_security_count(enum iuplus_security_count_kind kind, uint32_t hfn, uint32_t sn);
/** The HFN initialised from START: its 20 most significant bits are START, the rest 0. */
uint32_t iuplus_security_hfn_from_start(enum iuplus_security_count_kind kind, uint32_t start);
/** START for the next connection, from the present one and one COUNT that was used with this domain's keys: the larger
 * of start and the count's 20 most significant bits plus 2, never over IUPLUS_SECURITY_START_MAX. Call it for each
 * bearer and direction. */
uint32_t iuplus_security_start_raise(uint32_t start, uint32_t count);
/** True if START has reached THRESHOLD. CK and IK must then not be used again: the UE deletes them and reports KSI
 * "no key available" (TS 33.102 6.4.3, 6.4.8). */
bool iuplus_security_threshold_reached(uint32_t start, uint32_t threshold);

/** One direction of one bearer. next is for the sender, try and accept for the receiver. */
struct iuplus_security_counter {
	enum iuplus_security_count_kind kind;
	uint32_t count; /**< the last COUNT used, or (when fresh) the first one allowed */
	bool fresh;     /**< no COUNT has been used yet */
};

/** A counter whose first COUNT is hfn | sn. */
void iuplus_security_counter_init(struct iuplus_security_counter *counter, enum iuplus_security_count_kind kind,
				  uint32_t hfn, uint32_t sn);
/** Sender: the COUNT of the next message. IUPLUS_OK; IUPLUS_ERR_EXHAUSTED: COUNT would wrap, send nothing more under
 * these keys. */
int iuplus_security_counter_next(struct iuplus_security_counter *counter, uint32_t *count);
/** Receiver: the COUNT of a message with sequence number sn if the message is new: the lowest COUNT with this sn above
 * the last COUNT. The counter does not change: call accept once the MAC verifies. IUPLUS_OK; IUPLUS_ERR_REPLAY: sn is
 * that of the last message, discard it; IUPLUS_ERR_EXHAUSTED: COUNT would wrap, discard it; IUPLUS_ERR_ARGUMENT: sn is
 * too wide. TS 25.331 8.5.10.1. */
int iuplus_security_counter_try(const struct iuplus_security_counter *counter, uint32_t sn, uint32_t *count);
/** Receiver: count was verified; this COUNT and lower ones are rejected from now on.
 * IUPLUS_OK; IUPLUS_ERR_REPLAY: count was already used or is lower, discard the message. */
int iuplus_security_counter_accept(struct iuplus_security_counter *counter, uint32_t count);

IUPLUS_END_DECLS
#endif
