/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * proc.h: the interface that all procedure machines share: the environment of an event, and the actions it results in.
 *
 * A machine is a struct that its owner allocates. It takes one event (a received message, a timer, an order of
 * its owner) and appends actions to a list. It never touches a socket, clock, random source or global: time and
 * random octets are inputs of the environment, every effect is an action. The owner executes the actions in their
 * order. Octets that an action points to are in the environment's arena. The owner resets that arena after it has
 * executed the actions. */
#ifndef IUPLUS_PROC_H
#define IUPLUS_PROC_H

#include <iuplus/iuplus.h>

IUPLUS_BEGIN_DECLS

#define IUPLUS_PROC_RBS 5 /**< RB0 (CCCH) and the signalling radio bearers RB1 (UM), RB2, RB3, RB4 (AM) */

/** State of RLC towards one UE at the time of an event: for activation times, START and COUNT-C. */
struct iuplus_proc_radio {
	uint16_t tx_sn[IUPLUS_PROC_RBS];  /**< the next sequence number to be sent */
	uint16_t rx_sn[IUPLUS_PROC_RBS];  /**< the next one expected */
	uint32_t tx_hfn[IUPLUS_PROC_RBS]; /**< HFN of tx_sn: 25 bits on RB1, 20 bits on RB2 to RB4 */
	uint32_t rx_hfn[IUPLUS_PROC_RBS];
};

/** Inputs of a machine that accompany every event. */
struct iuplus_proc_env {
	uint64_t now_ms;            /**< monotonic time of the event */
	struct iuplus_arena *arena; /**< for the octets of actions and for decoding */
	/** Fills buf with len random octets. Never fails: an owner without a random source must exit. */
	void (*random)(void *user, uint8_t *buf, size_t len);
	void *user;
	const struct iuplus_proc_radio *radio; /**< RNC and UE RRC: RLC of this UE; NULL means all zero */
	/** RNC and UE RRC: number of RLC PDUs that a message of len octets needs on rb; NULL: one. */
	unsigned (*pdus)(void *user, uint8_t rb, size_t len);
};

/** The steps of a relocation and of the key change after it, by their meaning: identifier, name in traces, what
 * happens. The figures of the method number the same steps differently: FIG. 9 has 900 to 919 for them, in this
 * order. */
#define IUPLUS_PROC_STEPS(X) \
	X(DECIDED, "decided", "the source RNC decides to relocate the UE") \
	X(REQUIRED, "required", "source RNC to core: Relocation Required") \
	X(REQUESTED, "requested", "core to target RNC: Relocation Request") \
	X(KEYS_STORED, "keys-stored", "the target RNC stores the keys that it received") \
	X(RESOURCES_ALLOCATED, "resources-allocated", "target RNC to core: Relocation Request Acknowledge") \
	X(COMMANDED, "commanded", "core to source RNC: Relocation Command") \
	X(UE_TOLD, "ue-told", "source RNC to UE: the message that the target RNC made") \
	X(UE_VERIFIED, "ue-verified", "the UE verifies that message") \
	X(UE_COMPLETE, "ue-complete", "UE to target RNC: the response to it") \
	X(COMPLETE, "complete", "target RNC to core: Relocation Complete") \
	X(SOURCE_RELEASED, "source-released", "core and source RNC release the Iu connection") \
	X(AUTHENTICATED, "authenticated", "core to UE: authentication, when one precedes the new keys") \
	X(CORE_DERIVED, "core-derived", "the core derives the enhanced keys") \
	X(SECURITY_COMMANDED, "security-commanded", "core to target RNC: Security Mode Command") \
	X(RNC_DERIVED, "rnc-derived", "the target RNC derives or stores the enhanced keys") \
	X(UE_COMMANDED, "ue-commanded", "target RNC to UE: Security Mode Command") \
	X(UE_DERIVED, "ue-derived", "the UE derives the intermediate key") \
	X(UE_SECURED, "ue-secured", "the UE derives the enhanced keys and verifies the command") \
	X(UE_ACCEPTED, "ue-accepted", "UE to target RNC: Security Mode Complete") \
	X(SECURED, "secured", "target RNC to core: Security Mode Complete")

enum iuplus_proc_step {
	IUPLUS_STEP_NONE, /**< no step of the method */
#define IUPLUS_STEP_ID(id, name, what) IUPLUS_STEP_##id,
	IUPLUS_PROC_STEPS(IUPLUS_STEP_ID)
#undef IUPLUS_STEP_ID
		IUPLUS_STEP_COUNT
};

/** The step's name in traces ("keys-stored"), empty for IUPLUS_STEP_NONE, "?" for a value outside the enum. Never
 * NULL. */
const char *iuplus_proc_step_name(enum iuplus_proc_step step);

/** The policy of an RNC or core that supports the UTRAN key hierarchy. Identifier, word of the
 * setting, what it is. */
#define IUPLUS_ENHANCED_SECURITIES(X) \
	X(OFF, "off", "as if the node did not support it") \
	X(PREFER, "prefer", "used where UE and nodes support it; what looks like bidding down is reported") \
	X(REQUIRE, "require", "what looks like bidding down is refused")

enum iuplus_enhanced_security {
#define IUPLUS_ENHANCED_SECURITY_ID(id, word, what) IUPLUS_ENHANCED_SECURITY_##id,
	IUPLUS_ENHANCED_SECURITIES(IUPLUS_ENHANCED_SECURITY_ID)
#undef IUPLUS_ENHANCED_SECURITY_ID
};

enum iuplus_proc_act {
	IUPLUS_ACT_RRC_SEND,   /**< send pdu (a complete RRC message, integrity check info inside) on radio bearer rb */
	IUPLUS_ACT_IU_CONNECT, /**< open Iu connection conn towards peer with pdu as its first RANAP message */
	IUPLUS_ACT_IU_SEND,    /**< send pdu on the Iu connection conn */
	IUPLUS_ACT_IU_RELEASE, /**< release the Iu connection conn (SCCP RLSD) */
	IUPLUS_ACT_IU_UNITDATA, /**< send pdu connectionless to peer */
	IUPLUS_ACT_TIMER_START, /**< (re)start timer for ms milliseconds; its expiry comes back as an event */
	IUPLUS_ACT_TIMER_STOP,  /**< stop timer, if it runs */
	IUPLUS_ACT_CIPHER,      /**< configure ciphering of rb: .cipher */
	IUPLUS_ACT_HOLD, /**< RNC: PDUs that arrive on rb are kept undeciphered (.hold), because their configuration is
			  * not known yet; until a CIPHER of this direction, or a HOLD that ends it. If the bearer
			  * is new, and the CIPHER re-establishes it, they are its first PDUs */
	IUPLUS_ACT_TUNE, /**< UE: use the cell with scrambling code .cell from now on. The RLC entities of the cell
			  * before are kept as they are: another TUNE back to it takes them up again (a
			  * relocation that failed) */
	IUPLUS_ACT_NAS_UP,       /**< UE: hand pdu to the NAS machine; domain says whose it is */
	IUPLUS_ACT_NAS_DOWN,     /**< UE NAS: hand pdu to the RRC machine; initial says whether it opens a connection */
	IUPLUS_ACT_NAS_KEYS,     /**< UE NAS: AKA gave CK, IK and RAND (.keys): tell the RRC machine */
	IUPLUS_ACT_NAS_SECURED,  /**< UE: security mode control of domain succeeded: inform the NAS machine */
	IUPLUS_ACT_NAS_RELEASED, /**< UE: the signalling connection of domain was released: inform the NAS machine */
	IUPLUS_ACT_NAS_AREA,     /**< UE: the network sent CN information (.area): inform the NAS machine */
	IUPLUS_ACT_NETWORK_FALSE, /**< UE NAS: the network failed an authentication check (TS 24.008 4.7.7.6.1): the RRC
				   * machine releases the connection and bars the cell (TS 25.331 8.1.4a) */
	IUPLUS_ACT_NAS_KEYS_VOID, /**< UE: CK and IK of domain were deleted because START reached THRESHOLD: no key is
				   * available */
	IUPLUS_ACT_KEYS,          /**< these keys (.keys) are in use from now on: for the verdict and the key log */
	IUPLUS_ACT_NOTE,      /**< a step without a message (FIG. 9's 903, 911, ...): for the ladder; text in message */
	IUPLUS_ACT_STATE,     /**< the machine named in .machine left state .before for .after, because of .message: for
			       * logs */
	IUPLUS_ACT_FAILURE,   /**< the machine detected an error and handled it; text in message: for the log */
	IUPLUS_ACT_DONE,      /**< the procedure named in message succeeded */
	IUPLUS_ACT_RESET_ALL, /**< RANAP Reset: give every context with a connection to peer its reset event */
	IUPLUS_ACT_RESET_RESOURCE, /**< RANAP Reset Resource: the same for those whose connection is one of .ranges */
	IUPLUS_ACT_VECTORS_WANTED, /**< core: request authentication vectors (.wanted) from the subscriber's AuC; they
				    * come back as an event */
	IUPLUS_ACT_SUPERSEDED,     /**< core: the subscriber has opened a new Iu connection: after this list, give the
				    * context whose owner's pointer is .user its superseded event */
	IUPLUS_ACT_FREE            /**< the context has ended: free it after this list; the reason is in message */
};

/** Ciphering of one radio bearer and direction (TS 25.331 8.6.3.4). With uea 0 the bearer is not ciphered; the other
 * members apply nevertheless (a bearer can be re-established without ciphering). */
struct iuplus_proc_cipher {
	bool uplink;  /**< else downlink */
	unsigned uea; /**< 0, 1, 2 */
	uint8_t ck[16];
	enum iuplus_domain domain;
	enum iuplus_key_kind kind;
	uint32_t hfn;           /**< the new HFN, as wide as the bearer's: 25 bits on RB1, 20 on the others */
	uint16_t activation_sn; /**< first RLC sequence number to which this applies; ignored when now is set */
	bool now;               /**< applies from the next PDU, regardless of its number */
	bool reestablish;       /**< RLC is re-established in this direction: its sequence number starts at 0 */
};

/** Keys in use. Its only uses are the key log and fingerprints. The owner wipes it. */
struct iuplus_proc_keys {
	enum iuplus_domain domain;
	enum iuplus_key_kind kind;
	unsigned uia, uea;
	bool integrity_started, ciphering_started;
	uint8_t ik[16], ck[16];
	uint8_t rand[16]; /**< NAS_KEYS only: RAND of the AKA */
	bool has_k_rnc;   /**< K_RNC is known to this node, and the keys are derived from it */
	uint8_t k_rnc[32];
	bool has_k_rnc_star; /**< the same of K_RNC*: the NCC is above 0 */
	uint8_t k_rnc_star[32];
	uint32_t counter; /**< with ncc: the index of enhanced keys, or of those that mapped keys were made of */
	uint8_t ncc;
	uint32_t start, fresh; /**< START and FRESH when integrity protection was started */
};

/** CN information for NAS (TS 25.331 8.6.1.2): the parts of the routing area that the message had. */
struct iuplus_proc_area {
	bool has_plmn, has_lac, has_rac;
	uint8_t plmn[3]; /**< TS 24.008 10.5.1.3 */
	uint16_t lac;    /**< of the common NAS system information (TS 24.008 10.5.1.12.1) */
	uint8_t rac;     /**< of the PS domain's NAS system information (TS 24.008 10.5.1.12.3) */
};

/** Iu signalling connections by their identifiers (24 bits): from first to last. */
struct iuplus_proc_range {
	uint32_t first, last;
};

struct iuplus_rrc_mac_check;
struct iuplus_cn_vectors_wanted;

struct iuplus_proc_action {
	enum iuplus_proc_act kind;
	unsigned conn; /**< the machine's own number of an Iu connection: 0, 1 */
	unsigned peer; /**< IU_CONNECT/UNITDATA: the owner's number of it */
	uint8_t rb;    /**< RRC_SEND, CIPHER: 0 to 4 */
	enum iuplus_domain domain;
	bool initial;
	struct iuplus_octets pdu;
	const char *message; /**< the standard's name of the message ("RelocationRequired"), or text */
	enum iuplus_proc_step step;
	const char *machine, *before, *after; /**< STATE */
	enum iuplus_key_kind protected_by;    /**< which keys made the message's MAC; NONE on Iu */
	unsigned timer;                       /**< the machine's own timer number */
	const char *timer_name;               /**< the standard's ("TRELOCprep") */
	uint32_t ms;
	uint32_t cell; /**< TUNE: primary scrambling code */
	bool hold;     /**< HOLD: else the kept PDUs are deciphered as before */
	struct iuplus_proc_cipher cipher;
	struct iuplus_proc_keys keys;
	struct iuplus_proc_area area;           /**< NAS_AREA */
	const struct iuplus_rrc_mac_check *mac; /**< FAILURE: the MAC-I that was refused (iuplus/rrc.h), checked with
						 * .keys; else NULL */
	uint16_t range_count;                   /**< RESET_RESOURCE */
	const struct iuplus_proc_range *ranges;
	const struct iuplus_cn_vectors_wanted *wanted; /**< VECTORS_WANTED (iuplus/cn.h) */
	void *user;                                    /**< SUPERSEDED */
};

#define IUPLUS_PROC_MAX_ACTIONS 48
struct iuplus_proc_actions {
	unsigned count;
	struct iuplus_proc_action list[IUPLUS_PROC_MAX_ACTIONS];
};

/** Wipes the actions in the list, which may have held keys, and empties it. The owner calls it after it has executed
 * them. */
void iuplus_proc_wipe(struct iuplus_proc_actions *actions);

IUPLUS_END_DECLS
#endif
