/* SPDX-License-Identifier: BSD-2-Clause */
/* rnc.h: the RNC's procedures as pure state machines.
 *
 * One machine per UE (struct iuplus_rnc_ue) plays every role that an RNC has towards it: serving RNC, source of a
 * relocation, target of a relocation. One small machine per RNC (struct iuplus_rnc) owns what is connectionless on Iu:
 * Reset and Error Indication. Both follow proc.h: an event goes in, a list of actions comes out.
 * TS 25.413 clause 8 (RANAP), TS 25.331 clause 8 (RRC); the method's FIG. 7 and FIG. 9. */
#ifndef IUPLUS_RNC_H
#define IUPLUS_RNC_H

#include <iuplus/proc.h>

IUPLUS_BEGIN_DECLS

/* ---- Configuration ----------------------------------------------------------------------------------------- */

/* Timers of the RNC; the numbers stand in the action's .timer and come back in the event. */
enum iuplus_rnc_timer {
	IUPLUS_RNC_TRELOCPREP,		/* TS 25.413 9.2: Relocation Required sent -> command or failure */
	IUPLUS_RNC_TRELOCOVERALL,	/* TS 25.413 9.2: Relocation Command received -> Iu Release Command */
	IUPLUS_RNC_T_SETUP,		/* RRC Connection Setup sent -> Complete (own) */
	IUPLUS_RNC_T_SECURITY,		/* RRC Security Mode Command sent -> Complete or Failure (own) */
	IUPLUS_RNC_T_ARRIVAL,		/* target: resources allocated -> the UE is heard and complete (own) */
	IUPLUS_RNC_T_RELEASE,		/* a release or cancellation sent or asked for -> answered (own) */
	IUPLUS_RNC_T_CONNECT,		/* RRC connection stands, or Iu connection asked for -> Iu confirmed (own) */
	IUPLUS_RNC_T_RESET,		/* RNC: TRatC, TS 25.413 8.26: Reset sent -> Reset Acknowledge */
	IUPLUS_RNC_TIMERS
};

/* The standard's name, or our own one, of a timer ("TRELOCprep"). "?" for a number outside the enum. */
const char *iuplus_rnc_timer_name(unsigned timer);

struct iuplus_rnc_config {
	uint8_t plmn[3];		/* as on the wire (TS 24.008 10.5.1.3) */
	uint16_t rnc_id;		/* 0 to 4095 */
	uint16_t lac, sac;
	uint8_t rac;
	uint16_t cell_id;		/* C-Id, 0 to 65535: the cell in which relocated UEs are taken */
	uint16_t scrambling_code;	/* primary scrambling code of that cell, 0 to 511 */
	bool enhanced;			/* this RNC supports the UTRAN key hierarchy (an RNC+) */
	unsigned uia_count, uea_count;	/* what it supports; a UE gets the first of the CN's list that both know */
	uint8_t uia[2], uea[3];
	uint32_t ms[IUPLUS_RNC_TIMERS];	/* length of each timer; 0 takes the default of iuplus_rnc_config_init() */
	unsigned reset_retries;		/* how often Reset is repeated (NRatC) */
};

/* Fills config with defaults: legacy, UIA2 then UIA1, UEA2 then UEA1 then UEA0, timers as doc/procedures.md lists. */
void iuplus_rnc_config_init(struct iuplus_rnc_config *config);

/* ---- One UE ------------------------------------------------------------------------------------------------ */

enum iuplus_rnc_state {
	IUPLUS_RNC_IDLE,		/* nothing yet */
	IUPLUS_RNC_CONNECTING,		/* RRC Connection Setup sent */
	IUPLUS_RNC_CONNECTED,		/* RRC connection; Iu connections may exist */
	IUPLUS_RNC_SECURING,		/* RRC Security Mode Command sent */
	IUPLUS_RNC_PREPARING,		/* source: Relocation Required sent */
	IUPLUS_RNC_CANCELLING,		/* source: Relocation Cancel sent */
	IUPLUS_RNC_RELOCATING,		/* source: Relocation Command received, the UE is sent to the target */
	IUPLUS_RNC_EXPECTING,		/* target: Relocation Request answered, the UE is awaited */
	IUPLUS_RNC_DETECTED,		/* target: the UE was heard, its Complete is not verified yet */
	IUPLUS_RNC_RELEASING,		/* RRC Connection Release sent */
	IUPLUS_RNC_GONE,		/* at its end: an IUPLUS_ACT_FREE was given; every event is ignored */
	IUPLUS_RNC_STATES
};

enum iuplus_rnc_event_kind {
	IUPLUS_RNC_EV_RRC,		/* pdu arrived on radio bearer rb (deciphered) */
	IUPLUS_RNC_EV_RANAP,		/* pdu arrived on Iu connection conn (an incoming one's first as well) */
	IUPLUS_RNC_EV_IU_CONFIRMED,	/* the connection asked for stands */
	IUPLUS_RNC_EV_IU_REFUSED,	/* the connection asked for was refused */
	IUPLUS_RNC_EV_IU_RELEASED,	/* the peer released the connection */
	IUPLUS_RNC_EV_IU_LOST,		/* the connection ended with its association or by inactivity */
	IUPLUS_RNC_EV_RADIO_HEARD,	/* target: the UE's radio link is in synchronisation at the new cell */
	IUPLUS_RNC_EV_RADIO_LOST,	/* radio link failure, or RLC gave up */
	IUPLUS_RNC_EV_TIMER,		/* timer expired */
	IUPLUS_RNC_EV_RELOCATE,		/* order: relocate the UE to target */
	IUPLUS_RNC_EV_CANCEL,		/* order: cancel the relocation */
	IUPLUS_RNC_EV_RELEASE,		/* order: ask the CN to release the UE */
	IUPLUS_RNC_EV_RESET,		/* RANAP Reset or Reset Resource took the Iu connection conn away, nothing is to
					 * be sent on it */
	IUPLUS_RNC_EVENTS
};

/* Names for logs and tests ("connected", "RRC message"); "?" for a value outside the enum. Never NULL. */
const char *iuplus_rnc_state_name(enum iuplus_rnc_state state);
const char *iuplus_rnc_event_name(enum iuplus_rnc_event_kind kind);

struct iuplus_rnc_event {
	enum iuplus_rnc_event_kind kind;
	uint8_t rb;			/* RRC: 0 (CCCH) to 4 */
	unsigned conn;			/* RANAP, IU_*, RESET: 0 to or from the CS domain, 1 PS */
	unsigned timer;			/* TIMER */
	struct iuplus_octets pdu;	/* RRC, RANAP */
	uint16_t target_rnc_id;		/* RELOCATE */
	uint16_t target_cell_id;	/* RELOCATE: C-Id */
	uint16_t target_lac;		/* RELOCATE */
	uint8_t target_rac;		/* RELOCATE */
};

struct iuplus_rnc_ue;

/* A context without any state, for a first message on CCCH (RRC Connection Request) or on an incoming Iu connection
 * (Relocation Request). id is the owner's number of it: S-RNTI, 0 to 1048575, and the Iu signalling connection
 * identifier are made of it. NULL when the heap is exhausted: the owner refuses the UE. */
struct iuplus_rnc_ue *iuplus_rnc_ue_new(uint32_t id);
/* Wipes the keys in it and frees it. NULL is allowed. */
void iuplus_rnc_ue_free(struct iuplus_rnc_ue *ue);

/* One event. The actions are appended to actions, whose count the owner sets to 0 before.
 * IUPLUS_OK: also when the event was a bad message, which was answered as its protocol says (see IUPLUS_ACT_FAILURE);
 * IUPLUS_ERR_ARGUMENT: a caller's bug (event or conn out of range), nothing was done;
 * IUPLUS_ERR_MEMORY: the arena is exhausted: the actions given so far hold, the owner drops the message;
 * IUPLUS_ERR_SPACE: more actions than the list holds: those in it hold, the owner carries them out and ends the context;
 * IUPLUS_ERR_STATE: an order that does not fit the state (RELOCATE while relocating), nothing was done.
 * After an action IUPLUS_ACT_FREE the owner calls iuplus_rnc_ue_free() once the list is carried out. */
int iuplus_rnc_event(struct iuplus_rnc_ue *ue, const struct iuplus_rnc_config *config,
		     const struct iuplus_proc_env *env, const struct iuplus_rnc_event *event,
		     struct iuplus_proc_actions *actions);

/* Whether an action RESET_RESOURCE names the context's connection to action->peer. Cannot fail. */
bool iuplus_rnc_ue_named(const struct iuplus_rnc_ue *ue, const struct iuplus_proc_action *action);

/* What an owner may want to know or show; no keys in it. */
struct iuplus_rnc_ue_status {
	uint32_t id;
	enum iuplus_rnc_state state;
	bool target;			/* came by relocation, and the relocation is not complete */
	bool iu[2];			/* Iu connection of the domain stands */
	bool have_imsi;
	uint8_t imsi[8];		/* Permanent NAS UE identity, TBCD, when have_imsi */
	uint8_t imsi_len;		/* octets */
	uint32_t u_rnti;		/* as announced to the UE: SRNC identity (12 bits) and S-RNTI (20 bits) */
	bool integrity, ciphering;	/* running */
	enum iuplus_key_kind kind;
	unsigned uia, uea;
	uint8_t ue_capability;		/* enhanced capability that the UE announced; 0: none, or not known */
};
/* Fills *status with what the context is at this moment. Cannot fail; ue stays as it is. */
void iuplus_rnc_ue_get_status(const struct iuplus_rnc_ue *ue, struct iuplus_rnc_ue_status *status);

/* ---- The RNC as a whole ------------------------------------------------------------------------------------ */

enum iuplus_rnc_node_event_kind {
	IUPLUS_RNC_NODE_UNITDATA,	/* pdu arrived connectionless from peer (a domain: 0 CS, 1 PS) */
	IUPLUS_RNC_NODE_TIMER,		/* IUPLUS_RNC_T_RESET expired */
	IUPLUS_RNC_NODE_RESET,		/* order: reset peer (at start, after a loss of state) */
	IUPLUS_RNC_NODE_LOST		/* the signalling association to peer is gone */
};

struct iuplus_rnc_node_event {
	enum iuplus_rnc_node_event_kind kind;
	unsigned peer;
	struct iuplus_octets pdu;
};

/* Zeroed is its initial state. */
struct iuplus_rnc {
	struct {
		bool resetting;
		unsigned tries;
	} peer[2];
};

/* One event of what is connectionless. IUPLUS_OK: also when it was a bad message, which was answered;
 * IUPLUS_ERR_ARGUMENT: peer out of range, nothing was done; IUPLUS_ERR_MEMORY: the arena is exhausted, the owner drops
 * the message; IUPLUS_ERR_SPACE: as iuplus_rnc_event(). IUPLUS_ACT_RESET_ALL asks the owner to give each context that
 * has a connection to peer its IUPLUS_RNC_EV_RESET, IUPLUS_ACT_RESET_RESOURCE to do so with each for which
 * iuplus_rnc_ue_named() is true; the acknowledgement follows it in the same list. TS 25.413 8.25 to 8.27, 8.29. */
int iuplus_rnc_node_event(struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config,
			  const struct iuplus_proc_env *env, const struct iuplus_rnc_node_event *event,
			  struct iuplus_proc_actions *actions);

IUPLUS_END_DECLS
#endif
