/* SPDX-License-Identifier: BSD-2-Clause */
/* rnc_ue.h: the RNC's context of one UE, and what its files share. Not installed. */
#ifndef IUPLUS_PROC_RNC_UE_H
#define IUPLUS_PROC_RNC_UE_H

#include <iuplus/rnc.h>
#include "src/proc/ran.h"

enum rnc_iu_state {
	RNC_IU_NONE,
	RNC_IU_CONNECTING,		/* connection asked for with the Initial UE Message */
	RNC_IU_UP,
	RNC_IU_CLOSING			/* Iu Release Complete or Relocation Failure sent: the CN closes it */
};

/* What a relocation of the source waits for on one Iu connection. */
enum rnc_iu_relocation {
	RNC_IU_STAYS,
	RNC_IU_ASKED,			/* Relocation Required sent */
	RNC_IU_COMMANDED		/* Relocation Command received */
};

/* A NAS message for the UE that waits for the end of a procedure. */
#define RNC_QUEUE 8
struct rnc_queued {
	enum iuplus_domain domain;
	uint8_t rb;
	uint8_t *nas;			/* on the heap */
	size_t len;
};

/* Diagnostics that a later response message has to report (TS 25.413 10.3.4), without the levels. */
#define RNC_DIAGNOSTICS 8
struct rnc_diagnostics {
	struct iuplus_ranap_diagnostics d;	/* d.ies stands on ies below when it is used */
	struct iuplus_ranap_ie_diagnostics ies[RNC_DIAGNOSTICS];
	bool present;
};

struct iuplus_rnc_ue {
	uint32_t id;
	enum iuplus_rnc_state state;
	bool target;			/* came by relocation, which is not complete */
	bool relocated;			/* came by relocation */
	bool rrc;			/* the UE holds an RRC connection with this RNC */
	bool release_asked;		/* Iu Release Request sent */
	struct {
		enum rnc_iu_state state;
		enum rnc_iu_relocation relocation;
		uint32_t sig_con_id;	/* ours, or the core's when it opened the connection; with any state but NONE */
	} iu[2];

	/* The UE */
	struct iuplus_rrc_identity identity;
	struct iuplus_rrc_u_rnti u_rnti;
	struct iuplus_rrc_security_capability capability;
	struct iuplus_rrc_enhanced_capability enhanced;
	bool have_imsi;
	struct iuplus_ranap_imsi imsi;
	uint32_t start[2];		/* the START that the UE sent last, by domain */
	uint8_t transaction;		/* of the next message to the UE */

	/* Security */
	struct iuplus_rrc_integrity integrity;	/* in use */
	struct ran_former former;
	struct ran_keys keys;
	struct {
		struct iuplus_rrc_integrity integrity;
		struct ran_keys keys;
		unsigned conn;
		uint8_t transaction;
		bool cipher;		/* ciphering is (re)started */
		uint32_t start;
		uint16_t activation[IUPLUS_PROC_RBS];	/* downlink RLC SN */
		struct rnc_diagnostics diagnostics;
	} pending;

	unsigned ahead;			/* source: NAS messages sent since the counts went out */
	uint8_t reconfiguration;	/* target: transaction of the Physical Channel Reconfiguration */
	struct rnc_queued queue[RNC_QUEUE];
	unsigned queued;
};

/* One event being worked on. */
struct rnc {
	struct proc p;
	const struct iuplus_rnc_config *cfg;
	struct iuplus_rnc_ue *ue;
	const struct iuplus_rnc_event *event;
	const struct iuplus_rrc_msg *rrc;	/* with IUPLUS_RNC_EV_RRC, once decoded and verified */
	const struct iuplus_ranap_msg *ranap;	/* with IUPLUS_RNC_EV_RANAP, once decoded */
	const struct iuplus_ranap_problem *problem;
};

typedef void rnc_handler(struct rnc *c);

/* The tables (rnc_table.c): for each state and event, RRC message or RANAP message what is done and in which states
 * that may end. */
enum rnc_answer {
	RNC_DEFAULT,			/* RRC: as RNC_DROP; RANAP: a logical error (TS 25.413 10.4) */
	RNC_BY_MESSAGE,			/* the tables of messages say it */
	RNC_BY_TIMER,			/* the table of expiries says it */
	RNC_HANDLE,			/* the handler's business */
	RNC_IGNORE,			/* no action: it has no meaning any more, or is expected to come late */
	RNC_DROP,			/* reported as a failure, nothing is sent */
	RNC_ORDER_REFUSED		/* IUPLUS_ERR_STATE */
};
struct rnc_row {
	enum rnc_answer answer;
	rnc_handler *handler;
	unsigned ends;			/* bits 1 << state; 0 stands for the state itself */
	const char *what;		/* for doc/procedures.md */
};

enum rnc_rrc_row {
	RNC_RRC_CONNECTION_REQUEST,
	RNC_RRC_CONNECTION_SETUP_COMPLETE,
	RNC_RRC_CONNECTION_RELEASE_COMPLETE,
	RNC_RRC_INITIAL_DIRECT_TRANSFER,
	RNC_RRC_UPLINK_DIRECT_TRANSFER,
	RNC_RRC_SECURITY_MODE_COMPLETE,
	RNC_RRC_SECURITY_MODE_FAILURE,
	RNC_RRC_RECONFIGURATION_COMPLETE,
	RNC_RRC_RECONFIGURATION_FAILURE,
	RNC_RRC_SIGNALLING_RELEASE_INDICATION,
	RNC_RRC_STATUS,
	RNC_RRC_OTHER,
	RNC_RRC_ROWS
};
enum rnc_ranap_row {
	RNC_RANAP_DIRECT_TRANSFER,
	RNC_RANAP_COMMON_ID,
	RNC_RANAP_SECURITY_MODE_COMMAND,
	RNC_RANAP_IU_RELEASE_COMMAND,
	RNC_RANAP_RELOCATION_COMMAND,
	RNC_RANAP_RELOCATION_PREPARATION_FAILURE,
	RNC_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE,
	RNC_RANAP_RELOCATION_REQUEST,
	RNC_RANAP_ERROR_INDICATION,
	RNC_RANAP_OTHER,
	RNC_RANAP_ROWS
};
extern const struct rnc_row iuplus_rnc_event_table__[IUPLUS_RNC_STATES][IUPLUS_RNC_EVENTS];
extern const struct rnc_row iuplus_rnc_rrc_table__[IUPLUS_RNC_STATES][RNC_RRC_ROWS];
extern const struct rnc_row iuplus_rnc_ranap_table__[IUPLUS_RNC_STATES][RNC_RANAP_ROWS];
extern const char *const iuplus_rnc_rrc_rows__[RNC_RRC_ROWS];
extern const char *const iuplus_rnc_ranap_rows__[RNC_RANAP_ROWS];
enum rnc_rrc_row iuplus_rnc_rrc_row__(enum iuplus_rrc_type type);
enum rnc_ranap_row iuplus_rnc_ranap_row__(unsigned kind);
/* What the expiry of a timer means in which states; handler NULL ends the table. */
struct rnc_expiry {
	unsigned timer;
	unsigned states;		/* bits 1 << state */
	rnc_handler *handler;
};
extern const struct rnc_expiry rnc_expiry_table[];

/* ---- rnc_act.c: what the procedures are made of ---- */

void rnc_timer(struct rnc *c, enum iuplus_rnc_timer timer);
void rnc_timer_off(struct rnc *c, enum iuplus_rnc_timer timer);
uint8_t rnc_transaction(struct rnc *c);
/* Sends a message to the UE under the configuration in use. */
int rnc_send_rrc(struct rnc *c, uint8_t rb, struct iuplus_rrc_msg *msg, enum iuplus_proc_step step);
/* Encodes and sends on Iu connection conn. IUPLUS_OK, or the encoder's code, which was reported. */
int rnc_send_ranap(struct rnc *c, unsigned conn, const struct iuplus_ranap_msg *msg, enum iuplus_proc_step step);
int rnc_encode_ranap(struct rnc *c, const struct iuplus_ranap_msg *msg, struct iuplus_octets *pdu);
/* A message that is a cause alone: kind is RELOCATION CANCEL or Iu RELEASE REQUEST, or an unsuccessful outcome. */
int rnc_send_cause(struct rnc *c, unsigned conn, unsigned kind, uint16_t cause);
/* Sends the answer that clause 10 wants to the message at fault. */
void rnc_answer(struct rnc *c, unsigned conn, const struct iuplus_ranap_problem *problem);
/* Network capability that an RNC+ announces. */
#define RNC_CAPABILITY (IUPLUS_RRC_CAP_KEY_HIERARCHY | IUPLUS_RRC_CAP_DIRECT_DERIVATION)
/* The first of the list that configuration and UE have as well, or -1. list holds UIA or UEA numbers. */
int rnc_choose_uia(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count);
int rnc_choose_uea(const struct iuplus_rnc_config *cfg, const struct iuplus_rnc_ue *ue, const uint8_t *list,
		   unsigned count);

/* Wipes what a running security mode control would bring. */
void rnc_pending_wipe(struct iuplus_rnc_ue *ue);

/* NAS towards the UE: sent, or kept until rnc_queue_flush(). */
void rnc_nas_down(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets nas);
void rnc_queue_nas(struct rnc *c, enum iuplus_domain domain, uint8_t rb, struct iuplus_octets nas);
void rnc_queue_flush(struct rnc *c);
void rnc_queue_drop(struct iuplus_rnc_ue *ue);

/* ---- the procedures ---- */

rnc_handler rnc_connection_request, rnc_connection_request_again, rnc_connection_setup_complete,
	rnc_connection_setup_expired, rnc_initial_direct_transfer, rnc_uplink_direct_transfer, rnc_direct_transfer,
	rnc_direct_transfer_later, rnc_common_id, rnc_iu_confirmed, rnc_iu_refused, rnc_iu_connect_expired,
	rnc_uplink_status;
rnc_handler rnc_security_mode_command, rnc_security_mode_complete, rnc_security_mode_failure, rnc_security_expired,
	rnc_security_refused;
rnc_handler rnc_relocate, rnc_relocation_command, rnc_relocation_preparation_failure, rnc_trelocprep_expired,
	rnc_relocation_cancel, rnc_relocation_cancel_acknowledge, rnc_cancel_expired, rnc_treloc_overall_expired,
	rnc_reconfiguration_failure, rnc_direct_transfer_preparing, rnc_source_release_command, rnc_source_iu_gone;
rnc_handler rnc_relocation_request, rnc_radio_heard, rnc_reconfiguration_complete, rnc_arrival_expired,
	rnc_target_release_command, rnc_target_iu_gone;
rnc_handler rnc_iu_release_command, rnc_iu_gone, rnc_iu_reset, rnc_radio_lost, rnc_release_order, rnc_release_expired,
	rnc_release_complete, rnc_signalling_release_indication, rnc_error_indication, rnc_incoming_gone,
	rnc_releasing_command, rnc_releasing_iu_gone, rnc_releasing_radio_lost;

/* Ends the RRC connection: RRC Connection Release when the UE is there, then the end. */
void rnc_release_rrc(struct rnc *c, uint8_t cause);
/* The UE loses one signalling connection and keeps the other (TS 25.331 8.1.13). */
void rnc_release_signalling(struct rnc *c, unsigned conn);
/* Ends the context once neither the UE nor an Iu connection is left. */
void rnc_end_if_done(struct rnc *c, const char *why);
/* Ends the RRC connection when the core network has released every Iu connection. */
void rnc_release_if_unserved(struct rnc *c);
/* Lets the Iu connections go by request to the CN, guarded by a timer; the UE is out of reach. */
void rnc_ask_release(struct rnc *c, uint16_t cause);

#endif
