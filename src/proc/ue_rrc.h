/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_rrc.h: the UE's RRC context, and the functions that its files share. Not installed. */
#ifndef IUPLUS_PROC_UE_RRC_H
#define IUPLUS_PROC_UE_RRC_H

#include <iuplus/ue.h>
#include "src/proc/ran.h"

/* The highest key index of a vector with which a message was verified. It only goes up, as long as the vector lives:
 * neither a return to the old cell nor the end of the connection takes it back. See patches/25331-text.md, 13.4. */
struct ue_verified {
	bool any;
	struct iuplus_security_key_index highest;
};

/* CK, IK and RAND of one domain: those in force, and those of an AKA that no Security Mode Command has activated yet.
 */
struct ue_aka {
	bool has_keys, has_next;
	uint8_t ck[16], ik[16], rand[16];
	struct ue_verified verified;
	uint8_t next_ck[16], next_ik[16], next_rand[16];
	struct ue_verified next_verified;
};

/* The configuration that a reconfiguration changes, and that is restored when it fails. */
struct ue_config {
	uint16_t cell;
	struct iuplus_rrc_u_rnti u_rnti;
	struct iuplus_rrc_integrity integrity; /* in use */
	struct ran_former former;
	struct ran_keys keys;  /* of signalling: of the domain of the last Security Mode Command */
	struct ran_keys other; /* those of the other domain, if it has any */
	struct iuplus_rrc_enhanced_capability network;
	uint32_t sent_start[2]; /* the START that was sent last, by domain */
};

struct iuplus_ue_rrc {
	enum iuplus_ue_rrc_state state; /* changed by ue_set_state() alone */
	struct ue_config now, before;   /* before: while ARRIVING */
	uint32_t start[2];              /* START of the keys in force, as of the beginning of the connection */
	struct ue_aka aka[2];
	bool signalling[2];
	bool relocated; /* this connection was relocated */
	struct {
		uint8_t *nas; /* on the heap; NULL: none */
		size_t len;
	} initial[2]; /* initial NAS messages that wait for the RRC connection, by domain */
	struct ue_held {
		enum iuplus_domain domain;
		bool initial;
		uint8_t *nas; /* on the heap */
		size_t len;
	} held[IUPLUS_UE_MAX_HELD]; /* while ARRIVING */
	unsigned held_count;
	uint64_t barred_until[IUPLUS_UE_MAX_CELLS]; /* ms, by index of the configuration's cells */
	unsigned tries;                             /* of T300 or T308 */
	uint8_t transaction;                        /* of the running release or reconfiguration */
	enum iuplus_rrc_type reconfiguration;       /* the message of the running reconfiguration */
	bool network_asked;           /* it had the network's enhanced capability: the response has ours */
	struct iuplus_proc_area area; /* its CN information, until NAS is informed */
};

/* One event during its handling. */
struct ue {
	struct proc p;
	const struct iuplus_ue_rrc_config *cfg;
	struct iuplus_ue_rrc *ue;
	const struct iuplus_ue_rrc_event *event;
	const struct iuplus_rrc_msg *rrc;
	bool has_rb2_hfn; /* RB2 was re-established during this event, with this HFN */
	uint32_t rb2_hfn;
};

typedef void ue_handler(struct ue *c);

/* The tables (ue_table.c): the response to each event or RRC message in each state. PROC_DEFAULT of a message: as
 * PROC_DROP. */
struct ue_row {
	struct proc_row row;
	ue_handler *handler; /* of PROC_HANDLE */
};

/* The messages that the tables list: identifiers of IUPLUS_RRC_. */
#define UE_RRC_MESSAGES(X) \
	X(CONNECTION_SETUP) \
	X(CONNECTION_REJECT) \
	X(CONNECTION_RELEASE) \
	X(DOWNLINK_DIRECT_TRANSFER) \
	X(SECURITY_MODE_COMMAND) \
	X(PHYSICAL_CHANNEL_RECONFIGURATION) \
	X(UTRAN_MOBILITY_INFORMATION) \
	X(SIGNALLING_CONNECTION_RELEASE)

#define UE_ROW_ID(id) UE_RRC_##id,
enum ue_rrc_row { UE_RRC_MESSAGES(UE_ROW_ID) UE_RRC_OTHER, UE_RRC_ROW_COUNT };
#undef UE_ROW_ID
const struct ue_row *ue_event_row(enum iuplus_ue_rrc_state state, enum iuplus_ue_rrc_event_kind kind);
extern const struct ue_row ue_rrc_table[IUPLUS_UE_STATE_COUNT][UE_RRC_ROW_COUNT];
/* Cannot fail: a message that the tables do not list has row OTHER. */
enum ue_rrc_row ue_rrc_row(enum iuplus_rrc_type type);
/* The handler of a timer's expiry in a state; NULL: none, the timer does not run there and expired too late. */
ue_handler *ue_expiry(enum iuplus_ue_rrc_state state, unsigned timer);

/* ---- ue_act.c: building blocks of the procedures ---- */

extern const struct proc_timer ue_timers[IUPLUS_UE_TIMER_COUNT];
/* For timers that a procedure restarts; ue_set_state() handles the others. */
void ue_timer_start(struct ue *c, unsigned timer);
/* The only function that changes the state: it starts and stops the timers that are bound to states, and reports the
 * change (IUPLUS_ACT_STATE). */
void ue_set_state(struct ue *c, enum iuplus_ue_rrc_state state);
int ue_send(struct ue *c, uint8_t rb, struct iuplus_rrc_msg *msg, enum iuplus_proc_step step);
/* A failure message (SECURITY MODE FAILURE ...) on RB2 under the configuration in use. */
void ue_send_failure(struct ue *c, enum iuplus_rrc_type type, uint8_t transaction, enum iuplus_rrc_failure cause);
/* The legacy security capability that the configuration describes. */
void ue_security_capability(const struct iuplus_ue_rrc_config *cfg, struct iuplus_rrc_security_capability *out);
/* Whether the UE supports the algorithms of the keys. */
bool ue_has_algorithms(const struct iuplus_ue_rrc_config *cfg, const struct ran_keys *keys);
/* The current START of a domain (TS 25.331 8.5.9). See patches/25331-text.md, 8.5.9. */
uint32_t ue_start(const struct ue *c, enum iuplus_domain domain);
void ue_start_list(struct ue *c, struct iuplus_rrc_start_list *list);
/* Verifies an ordinary message (TS 25.331 8.5.10.1). True: it is valid. False: it was reported and must be
 * discarded. */
bool ue_verify(struct ue *c, const struct iuplus_rrc_msg *msg);

/* ---- ue_keys.c: the key hierarchy ---- */

/* The keys that a Security Mode Command requires. IUPLUS_OK; IUPLUS_ERR_STATE: this UE has no CK and IK for them;
 * IUPLUS_ERR_REPLAY: the index is not above every verified one; IUPLUS_ERR_ARGUMENT: the command does not say which
 * keys of its domain, or its derivation is unknown. After the last two the command is discarded. IUPLUS_ERR_MEMORY. */
int ue_keys_of_command(const struct ue *c, const struct iuplus_rrc_security_mode_command *command,
		       struct ran_keys *keys);
/* Turns the keys in use of one domain into those that a relocation requires: enhanced ones of a higher index if the
 * message has one for the domain (FIG. 7 step 702); otherwise the mapped pair, or what is no longer enhanced goes on
 * (703). If the keys were announced with "cK-IK" as the keys for legacy targets, and the message has no network
 * capability, enhanced and mapped keys become CK and IK. Codes as above; IUPLUS_ERR_STATE also: no chain leads to this
 * index. */
int ue_keys_of_relocation(const struct ue *c, const struct iuplus_rrc_reconfiguration *message, struct ran_keys *keys);
/* A message was verified with enhanced keys of this index; next: they are those of an AKA that is not yet in use. */
void ue_keys_verified(struct ue *c, enum iuplus_domain domain, bool next,
		      const struct iuplus_security_key_index *index);

/* ---- the procedures ---- */

#define EXPIRED(id, ms, name, key, runs, expired, ...) ue_handler expired;
IUPLUS_UE_TIMERS(EXPIRED)
#undef EXPIRED

ue_handler ue_nas_connect, ue_nas_wait, ue_nas_down, ue_nas_keys, ue_connection_setup, ue_connection_reject,
	ue_direct_transfer, ue_connection_release, ue_connection_release_again, ue_connecting_failed,
	ue_signalling_release, ue_lost, ue_network_false, ue_power_off;
/* Releases all radio resources without a message to the network, and enters idle mode. why is the report. */
void ue_leave(struct ue *c, const char *why);
ue_handler ue_hold;
/* Sends the NAS messages that were held, in their order. */
void ue_send_held(struct ue *c);
ue_handler ue_security_mode_command;
ue_handler ue_reconfiguration, ue_heard;

#endif
