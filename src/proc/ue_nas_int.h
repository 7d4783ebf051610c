/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_nas_int.h: declarations that the files of the phone's NAS machine share. Not installed. */
#ifndef IUPLUS_PROC_UE_NAS_INT_H
#define IUPLUS_PROC_UE_NAS_INT_H

#include <iuplus/ue_nas.h>

#include "src/proc/act.h"

/* One event during its handling. */
struct nas {
	struct proc p;
	struct iuplus_ue_nas *ue;
};

/* ---- ue_nas_act.c ---- */

extern const struct proc_timer nas_timers[IUPLUS_UE_NAS_TIMER_COUNT];
/* For timers that a handler starts; nas_set_state() handles the others. */
void nas_timer_start(struct nas *n, enum iuplus_ue_nas_timer timer);
void nas_timer_stop(struct nas *n, enum iuplus_ue_nas_timer timer);
struct iuplus_nas_msg nas_message(enum iuplus_nas_type type);
void nas_send(struct nas *n, const struct iuplus_nas_msg *m);
/* The only function that changes the state: it starts and stops the timers that are bound to states, and reports the
 * change (IUPLUS_ACT_STATE). */
void nas_set_state(struct nas *n, enum iuplus_ue_nas_state state);
/* Deletes P-TMSI, RAI, key sequence number, and the challenge. */
void nas_forget(struct iuplus_ue_nas *ue);
/* Deletes the stored RAND and RES, and stops T3316 (TS 24.008 4.7.7.2). */
void nas_forget_challenge(struct nas *n);

/* ---- ue_nas.c: the table, for tests and documentation ---- */

/* NAS messages from the network: identifier (of IUPLUS_NAS_), whether it is accepted without protection */
#define NAS_INPUTS(X) \
	X(ATTACH_ACCEPT, false) \
	X(ATTACH_REJECT, true) \
	X(DETACH_REQUEST, false) \
	X(DETACH_ACCEPT, true) \
	X(AUTHENTICATION_AND_CIPHERING_REQUEST, true) \
	X(AUTHENTICATION_AND_CIPHERING_REJECT, true) \
	X(IDENTITY_REQUEST, true) \
	X(PTMSI_REALLOCATION_COMMAND, false) \
	X(GMM_STATUS, false) X(RAU_ACCEPT, false) X(RAU_REJECT, true) X(SERVICE_ACCEPT, false) X(SERVICE_REJECT, true)

enum nas_input {
#define NAS_ID(id, unprotected) NAS_##id,
	NAS_INPUTS(NAS_ID)
#undef NAS_ID
		NAS_INPUT_COUNT
};
const struct proc_row *nas_row(enum iuplus_ue_nas_state state, enum nas_input input);
enum iuplus_nas_type nas_input_type(enum nas_input input);

/* ---- ue_nas_identity.c: identification (TS 24.008 4.7.8) ---- */

/* Number of characters of text if all are decimal digits, else SIZE_MAX. */
size_t nas_digits(const char *text, size_t size);
/* NULL, or what is expected of the equipment's identities in a configuration (static text). */
const char *nas_wrong_imei(const struct iuplus_ue_nas_config *config);
/* Identity Request. */
void nas_identity(struct nas *n, const struct iuplus_nas_msg *m);

/* ---- ue_nas_aka.c: authentication (TS 24.008 4.7.7, TS 33.102 6.3) ---- */

void nas_authenticate(struct nas *n, const struct iuplus_nas_msg *m);
/* Authentication and Ciphering Reject. */
void nas_rejected(struct nas *n, const struct iuplus_nas_msg *m);
/* The network did not authenticate itself: the phone leaves it (TS 24.008 4.7.7.6.1). */
void nas_distrust(struct nas *n, const char *why);

#endif
