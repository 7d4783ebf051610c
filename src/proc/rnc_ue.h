/* SPDX-License-Identifier: BSD-2-Clause */
/* rnc_ue.h: the RNC's context of one UE, and the functions that its files share. Not installed. */
#ifndef IUPLUS_PROC_RNC_UE_H
#define IUPLUS_PROC_RNC_UE_H

#include <iuplus/rnc.h>
#include "src/proc/ran.h"

enum rnc_iu_state {
	RNC_IU_NONE,
	RNC_IU_CONNECTING, /* connection requested with the Initial UE Message */
	RNC_IU_UP,
	RNC_IU_CLOSING /* Iu Release Complete or Relocation Failure sent: the CN closes it */
};

/* Progress of a relocation at the source, on one Iu connection. */
enum rnc_iu_relocation {
	RNC_IU_STAYS,
	RNC_IU_ASKED,    /* Relocation Required sent */
	RNC_IU_COMMANDED /* Relocation Command received */
};

/* What waits for the end of a procedure: a NAS message for the UE, or a RANAP message of the core. */
#define RNC_QUEUE 8
struct rnc_queued {
	enum iuplus_domain domain; /* of the RANAP message: its Iu connection */
	uint8_t rb;                /* 0: a RANAP message */
	uint8_t *octets;           /* on the heap */
	size_t len;
};

/* Diagnostics that a later response message has to report (TS 25.413 10.3.4), without the levels. */
#define RNC_DIAGNOSTICS 8
struct rnc_diagnostics {
	struct iuplus_ranap_diagnostics d; /* d.ies points to ies below while it is used */
	struct iuplus_ranap_ie_diagnostics ies[RNC_DIAGNOSTICS];
	bool present;
};

struct iuplus_rnc_ue {
	uint32_t id;
	enum iuplus_rnc_state state; /* changed by rnc_set_state() alone */
	bool target;                 /* the target of a relocation that is not complete */
	bool relocated;              /* arrived by relocation */
	bool rrc;                    /* the UE has an RRC connection with this RNC */
	bool release_asked;          /* Iu Release Request sent */
	struct {
		enum rnc_iu_state state;
		enum rnc_iu_relocation relocation;
		uint32_t sig_con_id; /* ours, or the core's when it opened the connection; with any state but NONE */
		uint8_t opened;      /* how often this RNC opened one: part of the next identifier */
		bool secured;        /* security mode control succeeded on it, here or before a relocation */
		bool has_uea;        /* the core offered encryption then: */
		uint8_t uea;         /* the algorithm chosen for the domain's user data (TS 25.413 8.6.2) */
		bool owed;           /* the UE is to be told that the connection was released */
	} iu[2];

	/* The UE */
	struct iuplus_rrc_identity identity;
	struct iuplus_rrc_u_rnti u_rnti;
	struct iuplus_rrc_security_capability capability;
	struct iuplus_rrc_enhanced_capability enhanced;
	bool has_imsi;
	struct iuplus_ranap_imsi imsi;
	uint32_t start[2];   /* the START that the UE sent last, by domain */
	uint8_t transaction; /* of the next message to the UE */
	/* The area that the UE was told last in this RRC connection, else that of the cell in which the connection was
	 * established: what the core hears (TS 25.413 8.22.2). */
	struct {
		uint16_t lac;
		uint8_t rac;
	} area;

	/* Security */
	struct iuplus_rrc_integrity integrity; /* in use */
	struct ran_former former;
	struct ran_keys keys;
	struct {
		struct iuplus_rrc_integrity integrity;
		struct ran_keys keys;
		unsigned conn;
		uint8_t transaction;
		bool cipher;  /* ciphering is (re)started */
		bool offered; /* the command had Encryption Information */
		bool changed; /* other keys than those in use */
		uint32_t start;
		uint16_t activation[IUPLUS_PROC_RBS]; /* downlink RLC SN */
		struct rnc_diagnostics diagnostics;
	} pending;

	unsigned ahead;          /* source: NAS messages that may still be sent after the counts went out */
	uint8_t skips;           /* source: bits 1 << rb: where the target skips their numbers */
	/* The downlink counts after the last relocation or change of keys: while they stand, the UE has received
	 * nothing on the bearer, and does not know how many numbers were skipped. */
	struct iuplus_rrc_count unheard[IUPLUS_RRC_SRBS];
	uint8_t reconfiguration; /* target: transaction of the Physical Channel Reconfiguration */
	struct rnc_queued queue[RNC_QUEUE];
	unsigned queued;
};

/* One event during its handling. */
struct rnc {
	struct proc p;
	const struct iuplus_rnc_config *cfg;
	struct iuplus_rnc_ue *ue;
	const struct iuplus_rnc_event *event;
	const struct iuplus_rrc_msg *rrc;     /* with IUPLUS_RNC_EV_RRC, once decoded and verified */
	const struct iuplus_ranap_msg *ranap; /* with IUPLUS_RNC_EV_RANAP, once decoded */
	const struct iuplus_ranap_problem *problem;
};

typedef void rnc_handler(struct rnc *c);

/* The tables (rnc_table.c): the response to each event, RRC message or RANAP message in each state. PROC_DEFAULT of an
 * RRC message: as PROC_DROP; of a RANAP message: a logical error (TS 25.413 10.4). */
struct rnc_row {
	struct proc_row row;
	rnc_handler *handler; /* of PROC_HANDLE */
};

/* The messages that the tables list: identifiers of IUPLUS_RRC_ and IUPLUS_RANAP_. */
#define RNC_RRC_MESSAGES(X) \
	X(CONNECTION_REQUEST) \
	X(CONNECTION_SETUP_COMPLETE) \
	X(CONNECTION_RELEASE_COMPLETE) \
	X(INITIAL_DIRECT_TRANSFER) \
	X(UPLINK_DIRECT_TRANSFER) \
	X(SECURITY_MODE_COMPLETE) \
	X(SECURITY_MODE_FAILURE) \
	X(PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE) \
	X(PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE) \
	X(SIGNALLING_CONNECTION_RELEASE_INDICATION) \
	X(STATUS)
#define RNC_RANAP_MESSAGES(X) \
	X(DIRECT_TRANSFER) \
	X(COMMON_ID) \
	X(SECURITY_MODE_COMMAND) \
	X(IU_RELEASE_COMMAND) \
	X(RELOCATION_COMMAND) \
	X(RELOCATION_PREPARATION_FAILURE) \
	X(RELOCATION_CANCEL_ACKNOWLEDGE) \
	X(RELOCATION_REQUEST) \
	X(ERROR_INDICATION)

#define RNC_ROW_ID(id) RNC_RRC_##id,
enum rnc_rrc_row { RNC_RRC_MESSAGES(RNC_ROW_ID) RNC_RRC_OTHER, RNC_RRC_ROW_COUNT };
#undef RNC_ROW_ID
#define RNC_ROW_ID(id) RNC_RANAP_##id,
enum rnc_ranap_row { RNC_RANAP_MESSAGES(RNC_ROW_ID) RNC_RANAP_OTHER, RNC_RANAP_ROW_COUNT };
#undef RNC_ROW_ID
const struct rnc_row *rnc_event_row(enum iuplus_rnc_state state, enum iuplus_rnc_event_kind kind);
extern const struct rnc_row rnc_rrc_table[IUPLUS_RNC_STATE_COUNT][RNC_RRC_ROW_COUNT];
extern const struct rnc_row rnc_ranap_table[IUPLUS_RNC_STATE_COUNT][RNC_RANAP_ROW_COUNT];
/* Cannot fail: a message that the tables do not list has row OTHER. */
enum rnc_rrc_row rnc_rrc_row(enum iuplus_rrc_type type);
enum rnc_ranap_row rnc_ranap_row(unsigned kind);
/* The handler of a timer's expiry in a state; NULL: none, the timer does not run there and expired too late. */
rnc_handler *rnc_expiry(enum iuplus_rnc_state state, unsigned timer);

/* ---- rnc_act.c: building blocks of the procedures ---- */

extern const struct proc_timer rnc_timers[IUPLUS_RNC_TIMER_COUNT];
/* For timers that a procedure restarts or stops; rnc_set_state() handles the others. */
void rnc_timer_start(struct rnc *c, unsigned timer);
void rnc_timer_stop(struct rnc *c, unsigned timer);
/* The only function that changes the state: it starts and stops the timers that are bound to states, and reports the
 * change (IUPLUS_ACT_STATE). */
void rnc_set_state(struct rnc *c, enum iuplus_rnc_state state);
uint8_t rnc_transaction(struct rnc *c);
/* Sends a message to the UE under the configuration in use. */
int rnc_send_rrc(struct rnc *c, uint8_t rb, struct iuplus_rrc_msg *msg, enum iuplus_proc_step step);
/* Encodes and sends on Iu connection conn. IUPLUS_OK, or the encoder's code, which was reported. */
int rnc_send_ranap(struct rnc *c, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step);
int rnc_encode_ranap(struct rnc *c, const struct iuplus_ranap_msg *msg, struct iuplus_octets *pdu);
/* Sends a message that has only a cause: kind is RELOCATION CANCEL or Iu RELEASE REQUEST. */
int rnc_send_cause(struct rnc *c, unsigned conn, unsigned kind, uint16_t cause);
/* Sends the unsuccessful outcome of a procedure (struct iuplus_ranap_failure), with the diagnostics that its request
 * requires; diagnostics: those of rnc_diagnostics_keep(), NULL: of the message being handled. */
int rnc_send_failure(struct rnc *c, unsigned conn, unsigned kind, uint16_t cause,
		     const struct rnc_diagnostics *diagnostics);
/* What the answer to the message being handled has to report (TS 25.413 10.3.4.2); false: nothing. */
bool rnc_report(const struct rnc *c, struct iuplus_ranap_diagnostics *diagnostics);
/* The same for an answer that is sent after a later event. */
void rnc_diagnostics_keep(const struct rnc *c, struct rnc_diagnostics *keep);
bool rnc_diagnostics_kept(const struct rnc_diagnostics *keep, struct iuplus_ranap_diagnostics *diagnostics);
/* Answers the message being handled as not compatible with the receiver's state (TS 25.413 10.4). */
void rnc_logical_error(struct rnc *c);
/* Sends the answer that clause 10 requires to the faulty message. */
void rnc_answer(struct rnc *c, unsigned conn, const struct iuplus_ranap_problem *problem);
/* CN information with this area for both domains. octets is written, and out points to it. */
#define RNC_NAS_INFO 6
void rnc_cn_information(struct iuplus_rrc_cn_information *out, uint16_t lac, uint8_t rac, uint8_t octets[RNC_NAS_INFO]);
/* Network capability that an RNC+ announces. */
#define RNC_CAPABILITY (IUPLUS_RRC_CAP_KEY_HIERARCHY | IUPLUS_RRC_CAP_DIRECT_DERIVATION)
/* The first of the list that both the configuration and the UE support, or -1. list has UIA or UEA numbers. */
int rnc_choose_uia(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count);
int rnc_choose_uea(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count);

/* Wipes the pending configuration of security mode control. */
void rnc_pending_wipe(struct iuplus_rnc_ue *ue);

/* The bearer of a NAS message (TS 25.413 8.23). */
uint8_t rnc_nas_bearer(const struct iuplus_ranap_direct_transfer *transfer);
/* NAS towards the UE: sent, or kept until the state is CONNECTED again. */
void rnc_nas_down(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets nas);
/* What arrives from the UE on the bearers of NAS waits in RLC, until their ciphering is known: until IUPLUS_ACT_CIPHER
 * of these bearers, or a call with false. */
void rnc_hold_nas(struct rnc *c, bool hold);
void rnc_queue_nas(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets nas);
/* The RANAP message being handled is handled again once the running procedure has ended. */
void rnc_queue_ranap(struct rnc *c);
/* The first element, which leaves the queue; there is one. The caller passes it to rnc_queued_free(). */
struct rnc_queued rnc_queue_take(struct iuplus_rnc_ue *ue);
void rnc_queued_free(struct rnc_queued *q);
void rnc_queue_drop(struct iuplus_rnc_ue *ue);

/* ---- the procedures ---- */

#define EXPIRED(id, ms, name, key, runs, expired, ...) extern rnc_handler expired;
IUPLUS_RNC_TIMERS(EXPIRED)
#undef EXPIRED

rnc_handler rnc_connection_request, rnc_connection_request_again, rnc_connection_setup_complete,
	rnc_initial_direct_transfer, rnc_uplink_direct_transfer, rnc_direct_transfer, rnc_direct_transfer_later,
	rnc_common_id, rnc_iu_confirmed, rnc_iu_refused, rnc_uplink_status;
rnc_handler rnc_security_mode_command, rnc_security_mode_complete, rnc_security_mode_failure, rnc_security_refused,
	rnc_security_mode_later, rnc_security_releasing;
rnc_handler rnc_relocate, rnc_relocation_command, rnc_relocation_preparation_failure, rnc_relocation_cancel,
	rnc_relocation_cancel_acknowledge, rnc_reconfiguration_failure, rnc_direct_transfer_preparing,
	rnc_source_release_command, rnc_source_iu_gone;
rnc_handler rnc_relocation_request, rnc_radio_heard, rnc_reconfiguration_complete, rnc_target_release_command,
	rnc_target_iu_gone;
rnc_handler rnc_iu_release_command, rnc_iu_gone, rnc_radio_lost, rnc_release_order, rnc_release_complete,
	rnc_signalling_release_indication, rnc_error_indication, rnc_incoming_gone, rnc_releasing_command,
	rnc_releasing_iu_gone, rnc_releasing_radio_lost;

/* ---- keys of the hierarchy: rnc_keys.c ---- */

/* IK_U and CK_U of keys, whose index is set. 0, or the cause of a refusal. */
uint16_t rnc_take_enhanced_keys(struct rnc *c, const struct iuplus_ranap_enhanced_keys *from, struct ran_keys *keys);
/* The same with everything that comes with them, and what the UE is told. */
uint16_t rnc_take_enhanced_security(struct rnc *c, const struct iuplus_ranap_enhanced_security *from,
				    struct ran_keys *keys, struct iuplus_rrc_enhanced_keys *told);
/* What the UE is told of keys; nonce (16 octets) is NULL if there is none. */
void rnc_tell_keys(const struct ran_keys *keys, const uint8_t *nonce, struct iuplus_rrc_enhanced_keys *told);
/* Key In Use of the UE's keys. False: an RNC without the hierarchy, or no protection. */
bool rnc_key_in_use(const struct rnc *c, struct iuplus_ranap_key_in_use *out);

/* ---- the RNC as a whole: rnc_node.c, rnc_overload.c ---- */

/* Timers of a peer (a domain): rnc_act.c. */
void rnc_node_timer_start(struct proc *p, const struct iuplus_rnc_config *config, unsigned peer, unsigned timer);
void rnc_node_timer_stop(struct proc *p, unsigned peer, unsigned timer);
/* Overload arrived from peer. */
void rnc_overload(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config, unsigned peer,
		  const struct iuplus_ranap_overload *message);
/* TinTR expired: traffic is raised by one step. */
void rnc_overload_step(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config, unsigned peer);

/* ---- the end of a UE's context: rnc_release.c ---- */

/* Releases the RRC connection: sends RRC Connection Release if the UE has one, then ends the context. */
void rnc_release_rrc(struct rnc *c, uint8_t cause);
/* The UE loses one signalling connection and keeps the other (TS 25.331 8.1.13). */
void rnc_release_signalling(struct rnc *c, unsigned conn);
/* The same, for connections that ended while RB2 had to stay silent. */
void rnc_release_owed(struct rnc *c);
/* T_release expired: the Iu connections that the core did not release are released here. */
void rnc_release_expired(struct rnc *c);
/* Ends the context once neither the UE nor an Iu connection is left. */
void rnc_end_if_done(struct rnc *c, const char *why);
/* Ends the RRC connection when the core network has released every Iu connection. */
void rnc_release_if_unserved(struct rnc *c);
/* Requests the release of the Iu connections from the CN, guarded by a timer; the UE is unreachable. */
void rnc_ask_release(struct rnc *c, uint16_t cause);

#endif
