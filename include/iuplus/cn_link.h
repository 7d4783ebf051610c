/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * cn_link.h: the link of a core network node to one UE: Iu connections, relocation, security mode. It serves either
 * domain. cn.h has the mobility user of the packet domain, and the machine as a whole.
 *
 * cn_peer.h has what concerns an RNC as a whole. TS 25.413 8.5 to 8.10, 8.18, 8.22. */
#ifndef IUPLUS_CN_LINK_H
#define IUPLUS_CN_LINK_H

#include <iuplus/iuplus.h>
#include <iuplus/proc.h>
#include <iuplus/security.h>

IUPLUS_BEGIN_DECLS

/* ---- States and timers: one list each. Enumerators, names, configuration keys and documentation come from it. -------
 */

/** States of a relocation in the core: identifier, name, when */
#define IUPLUS_CN_RELOCATION_STATES(X) \
	X(IDLE, "IDLE", "no relocation") \
	X(ALLOCATION, "ALLOCATION", "Relocation Request sent") \
	X(COMMANDED, "COMMANDED", "Relocation Command sent") \
	X(DETECTED, "DETECTED", "Relocation Detect received")

/** States of security mode control */
#define IUPLUS_CN_SECURITY_STATES(X) \
	X(IDLE, "IDLE", "no Security Mode Command is unanswered") \
	X(COMMANDED, "COMMANDED", "Security Mode Command sent")

/** States of one Iu connection */
#define IUPLUS_CN_IU_STATES(X) \
	X(NONE, "NONE", "no connection") \
	X(CONNECTING, "CONNECTING", "SCCP Connection Request sent") \
	X(ABANDONED, "ABANDONED", "no longer wanted, but not established yet: Iu Release follows once it is") \
	X(UP, "UP", "established") \
	X(RELEASING, "RELEASING", "Iu Release Command sent")

enum iuplus_cn_relocation {
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_RELOC_##id,
	IUPLUS_CN_RELOCATION_STATES(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_RELOC_COUNT
};

enum iuplus_cn_security {
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_SECURITY_##id,
	IUPLUS_CN_SECURITY_STATES(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_SECURITY_COUNT
};

enum iuplus_cn_iu {
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_IU_##id,
	IUPLUS_CN_IU_STATES(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_IU_COUNT
};

/** Timers of the link: identifier, default in milliseconds (TS 25.413 9.5 leaves the lengths open), name, configuration
 * key, states in which it runs and handler of its expiry (src/proc only), what starts it */
#define IUPLUS_CN_LINK_TIMERS(X) \
	X(TRELOCALLOC, 5000, "TRELOCalloc", "trelocalloc", PROC_RUNS_IN(RELOCATION(ALLOCATION)), allocation_expired, \
	  "Relocation Request sent (TS 25.413 8.7)") \
	X(TRELOCCOMPLETE, 10000, "TRELOCcomplete", "treloccomplete", \
	  PROC_RUNS_IN(RELOCATION(COMMANDED) | RELOCATION(DETECTED)), completion_expired, \
	  "Relocation Command sent (TS 25.413 8.6)") \
	X(TSECURITY, 15000, "TSECURITY", "security", PROC_RUNS_IN(SECURITY(COMMANDED)), security_expired, \
	  "Security Mode Command sent (own)") \
	X(TRELEASE, 5000, "TRELEASE", "release", PROC_RUNS_IN(IU(ABANDONED) | IU(RELEASING)), release_expired, \
	  "Iu Release Command sent, or awaiting the connection that is to be released; for each connection (own)")

enum iuplus_cn_link_timer {
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_##id,
	IUPLUS_CN_LINK_TIMERS(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_TRELEASE_1, /**< the number of Iu connection 1's TRELEASE; its length is that of TRELEASE */
	IUPLUS_CN_LINK_TIMER_COUNT
};

/** Names for logs and tests; "?" when out of range. Never NULL. */
const char *iuplus_cn_relocation_name(enum iuplus_cn_relocation state);
const char *iuplus_cn_security_name(enum iuplus_cn_security state);
const char *iuplus_cn_iu_name(enum iuplus_cn_iu state);

/* ---- Configuration ----------------------------------------------------------------------------------------- */

/** Configured capability of an RNC. A capability that the RNC signals overrides it. Identifier, word of the
 * setting, what it is. */
#define IUPLUS_CN_CAPABILITIES(X) \
	X(UNKNOWN, "unknown", "nothing is configured") \
	X(LEGACY, "legacy", "without the UTRAN key hierarchy") \
	X(ENHANCED, "enhanced", "with the UTRAN key hierarchy")

enum iuplus_cn_capability {
#define IUPLUS_CN_CAPABILITY_ID(id, word, what) IUPLUS_CN_CAPABILITY_##id,
	IUPLUS_CN_CAPABILITIES(IUPLUS_CN_CAPABILITY_ID)
#undef IUPLUS_CN_CAPABILITY_ID
};

struct iuplus_cn_rnc {
	uint16_t rnc_id; /**< 0 to 4095 */
	unsigned peer;   /**< the owner's number for it: proc.h's peer */
	enum iuplus_cn_capability capability;
	unsigned overload; /**< of cn_peer.h: relocations to it are refused in this share of 16 (TS 25.413 8.25) */
};

struct iuplus_cn_link_config {
	enum iuplus_domain domain;
	uint8_t plmn[3];
	bool enhanced; /**< knows the extension; else behaves as a node without it */
	/** of a node that knows it: OFF is the same as not enhanced; REQUIRE releases a UE that could have enhanced
	 * keys and does not get them */
	enum iuplus_enhanced_security policy;
	struct iuplus_security_algorithms algorithms; /**< permitted ones */
	/** what goes into K_RNC beside the keys; NONE and RAND allow one K_RNC per vector */
	enum iuplus_security_freshness_kind freshness;
	/** what a target gets that is not configured as enhanced; CK_IK rewrites the container ([0041]), against
	 * TS 25.413 9.2.1.28 */
	enum iuplus_security_target_keys legacy_target_keys;
	const struct iuplus_cn_rnc *rnc;
	size_t rnc_count;
};

/* ---- Vectors ------------------------------------------------------------------------------------------------- */

/** What was given out of a vector, that is, of the CK and IK of one authentication in one domain. It lives as long as
 * the vector, across connections: an index is given once. Zero except for number is the state of a new vector. */
struct iuplus_cn_vector_use {
	uint32_t number; /**< of the vector: its successor has another one */
	bool used;       /**< keys of it were in use since the authentication (Vector Status) */
	bool tainted;    /**< an RNC was given CK and IK */
	bool given;      /**< highest is valid: */
	struct iuplus_security_key_index highest; /**< given out so far, whatever became of it */
	bool capability_protected;                /**< the UE has shown ue_capability under integrity protection */
	uint8_t ue_capability;
};

/** States of a vector: identifier, name, when */
#define IUPLUS_CN_VECTOR_STATES(X) \
	X(NONE, "none", "there is no vector") \
	X(UNUSED, "unused", "authenticated, and its keys were not in use yet") \
	X(USED, "used", "its keys were in use, no RNC knows CK and IK") \
	X(TAINTED, "tainted", "an RNC was given CK and IK") \
	X(SPENT, "spent", "no further K_RNC may be made of it")

enum iuplus_cn_vector_state {
#define IUPLUS_CN_ID(id, ...) IUPLUS_CN_VECTOR_##id,
	IUPLUS_CN_VECTOR_STATES(IUPLUS_CN_ID)
#undef IUPLUS_CN_ID
		IUPLUS_CN_VECTOR_COUNT
};

/** The state of a vector that there is, under a setting of freshness. Never NONE. */
enum iuplus_cn_vector_state iuplus_cn_vector_state(const struct iuplus_cn_vector_use *use,
						   enum iuplus_security_freshness_kind freshness);
/** "none" and so on; "?" when out of range. Never NULL. */
const char *iuplus_cn_vector_name(enum iuplus_cn_vector_state state);

/** Texts of IUPLUS_ACT_DONE (message). */
#define IUPLUS_CN_DONE_RELOCATION "Relocation" /**< Relocation Complete received; keys may still change */
#define IUPLUS_CN_DONE_SECURITY "SecurityModeControl"

IUPLUS_END_DECLS
#endif
