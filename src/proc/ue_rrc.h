/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_rrc.h: the UE's RRC context, and what its files share. Not installed. */
#ifndef IUPLUS_PROC_UE_RRC_H
#define IUPLUS_PROC_UE_RRC_H

#include <iuplus/ue.h>
#include "src/proc/ran.h"

/* CK and IK of one domain: those in force, and those of an AKA that no security mode command has taken into use yet. */
struct ue_aka {
	bool have, have_next;
	uint8_t ck[16], ik[16];
	uint8_t next_ck[16], next_ik[16];
};

/* What a reconfiguration changes, and what is restored when it fails. */
struct ue_config {
	uint16_t cell;
	struct iuplus_rrc_u_rnti u_rnti;
	struct iuplus_rrc_integrity integrity;	/* in use */
	struct ran_former former;
	struct ran_keys keys;
	struct iuplus_rrc_enhanced_capability network;
	uint32_t sent_start[2];		/* the START that was sent last, by domain */
};

struct iuplus_ue_rrc {
	enum iuplus_ue_rrc_state state;
	struct ue_config now, before;	/* before: while ARRIVING */
	uint32_t start[2];		/* START of the keys in force, as of the beginning of the connection */
	struct ue_aka aka[2];
	bool signalling[2];
	bool relocated;			/* this connection came through a relocation */
	struct {
		uint8_t *nas;		/* on the heap; NULL: none */
		size_t len;
	} initial[2];			/* initial NAS messages that wait for the RRC connection, by domain */
	unsigned tries;			/* of T300 or T308 */
	uint8_t transaction;		/* of the release or the reconfiguration that is under way */
};

/* One event being worked on. */
struct ue {
	struct proc p;
	const struct iuplus_ue_rrc_config *cfg;
	struct iuplus_ue_rrc *ue;
	const struct iuplus_ue_rrc_event *event;
	const struct iuplus_rrc_msg *rrc;
};

typedef void ue_handler(struct ue *c);

enum ue_answer {
	UE_DEFAULT,			/* an RRC message: dropped and reported */
	UE_BY_MESSAGE,			/* the table of messages says it */
	UE_BY_TIMER,			/* the table of expiries says it */
	UE_HANDLE,
	UE_IGNORE,
	UE_REFUSED			/* IUPLUS_ERR_STATE */
};
struct ue_row {
	enum ue_answer answer;
	ue_handler *handler;
	unsigned ends;			/* bits 1 << state; 0 stands for the state itself */
	const char *what;
};
enum ue_rrc_row {
	UE_RRC_CONNECTION_SETUP,
	UE_RRC_CONNECTION_REJECT,
	UE_RRC_CONNECTION_RELEASE,
	UE_RRC_DOWNLINK_DIRECT_TRANSFER,
	UE_RRC_SECURITY_MODE_COMMAND,
	UE_RRC_RECONFIGURATION,		/* Physical Channel Reconfiguration, UTRAN Mobility Information */
	UE_RRC_SIGNALLING_CONNECTION_RELEASE,
	UE_RRC_OTHER,
	UE_RRC_ROWS
};
extern const struct ue_row iuplus_ue_event_table__[IUPLUS_UE_STATES][IUPLUS_UE_EVENTS];
extern const struct ue_row iuplus_ue_rrc_table__[IUPLUS_UE_STATES][UE_RRC_ROWS];
extern const char *const iuplus_ue_rrc_rows__[UE_RRC_ROWS];
enum ue_rrc_row iuplus_ue_rrc_row__(enum iuplus_rrc_type type);
/* What the expiry of a timer means in which states; handler NULL ends the table. */
struct ue_expiry {
	unsigned timer;
	unsigned states;		/* bits 1 << state */
	ue_handler *handler;
};
extern const struct ue_expiry ue_expiry_table[];

/* ---- ue_act.c: what the procedures are made of ---- */

void ue_timer(struct ue *c, enum iuplus_ue_rrc_timer timer);
void ue_timer_off(struct ue *c, enum iuplus_ue_rrc_timer timer);
int ue_send(struct ue *c, uint8_t rb, struct iuplus_rrc_msg *msg, enum iuplus_proc_step step);
/* A failure message (SECURITY MODE FAILURE ...) on RB2 under the configuration in use. */
void ue_send_failure(struct ue *c, enum iuplus_rrc_type type, uint8_t transaction, enum iuplus_rrc_failure cause);
/* The legacy security capability that the configuration describes. */
void ue_security_capability(const struct iuplus_ue_rrc_config *cfg, struct iuplus_rrc_security_capability *out);
/* Whether the UE has the algorithms that the keys are to be used with. */
bool ue_has_algorithms(const struct iuplus_ue_rrc_config *cfg, const struct ran_keys *keys);
/* START of a domain at this moment (TS 25.331 8.5.9). */
uint32_t ue_start(const struct ue *c, enum iuplus_domain domain);
void ue_start_list(struct ue *c, struct iuplus_rrc_start_list *list);
/* Verifies an ordinary message (TS 25.331 8.5.10.1). True: go on. False: it was reported and is to be dropped. */
bool ue_verify(struct ue *c, const struct iuplus_rrc_msg *msg);

/* ---- the procedures ---- */

ue_handler ue_nas_connect, ue_nas_wait, ue_nas_down, ue_nas_keys, ue_connection_setup, ue_connection_reject,
	ue_t300_expired, ue_direct_transfer, ue_connection_release, ue_connection_release_again, ue_t308_expired,
	ue_connecting_failed, ue_signalling_release, ue_lost, ue_power_off;
ue_handler ue_security_mode_command;
ue_handler ue_reconfiguration, ue_heard, ue_return;

#endif
