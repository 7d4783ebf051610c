/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a UE's context: Iu Release (TS 25.413 8.5), Iu Release Request (8.4), RRC connection release
 * (TS 25.331 8.1.4), lost connections, lost radio, Reset (TS 25.413 8.26). Every end calls rnc_end_if_done(). */
#include "src/proc/rnc_ue.h"

#include <string.h>

static bool active(const struct iuplus_rnc_ue *ue, unsigned conn)
{
	return ue->iu[conn].state == RNC_IU_UP || ue->iu[conn].state == RNC_IU_CONNECTING;
}

/* Ends the running procedure together with its connection: no further message of it is sent. */
static void interrupt(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;

	if (ue->state == IUPLUS_RNC_SECURING) {
		rnc_pending_wipe(ue);
		proc_failure(&c->p, "security mode control ends because of %s", iuplus_rnc_event_name(c->event->kind));
	}
	ue->iu[0].relocation = ue->iu[1].relocation = RNC_IU_STAYS;
	rnc_queue_drop(ue);
}

static bool is_done(const struct iuplus_rnc_ue *ue)
{
	return !ue->rrc && ue->iu[0].state == RNC_IU_NONE && ue->iu[1].state == RNC_IU_NONE;
}

void rnc_end_if_done(struct rnc *c, const char *why)
{
	struct iuplus_rnc_ue *ue = c->ue;

	if (!is_done(ue))
		return;
	rnc_queue_drop(ue);
	rnc_set_state(c, IUPLUS_RNC_GONE);
	proc_act(&c->p, IUPLUS_ACT_FREE)->message = why;
}

void rnc_release_rrc(struct rnc *c, uint8_t cause)
{
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_rrc_msg msg;

	interrupt(c);
	if (ue->rrc) {
		memset(&msg, 0, sizeof(msg));
		msg.channel = IUPLUS_RRC_DL_DCCH;
		msg.type = IUPLUS_RRC_CONNECTION_RELEASE;
		msg.u.connection_release.transaction = rnc_transaction(c);
		msg.u.connection_release.n308 = 1;
		msg.u.connection_release.cause = cause;
		if (rnc_send_rrc(c, 1, &msg, IUPLUS_STEP_NONE))
			ue->rrc = false;
	}
	if (!is_done(ue))
		rnc_set_state(c, IUPLUS_RNC_RELEASING);
	rnc_end_if_done(c, "released");
}

void rnc_ask_release(struct rnc *c, uint16_t cause)
{
	struct iuplus_rnc_ue *ue = c->ue;
	unsigned conn;

	interrupt(c);
	ue->rrc = false;
	for (conn = 0; conn < 2; conn++) {
		if (ue->iu[conn].state == RNC_IU_UP) {
			rnc_send_cause(c, conn, IUPLUS_RANAP_IU_RELEASE_REQUEST, cause);
		} else if (ue->iu[conn].state == RNC_IU_CONNECTING) {
			proc_act(&c->p, IUPLUS_ACT_IU_RELEASE)->conn = conn;
			ue->iu[conn].state = RNC_IU_NONE;
		}
	}
	if (!is_done(ue))
		rnc_set_state(c, IUPLUS_RNC_RELEASING);
	rnc_end_if_done(c, "the UE is unreachable");
}

void rnc_release_signalling(struct rnc *c, unsigned conn)
{
	struct iuplus_rrc_msg msg;

	/* RB2 must stay silent: the procedure's own message, or the target's, has its next number. The UE is told when
	 * normal service continues, or it notices by its NAS timers. */
	c->ue->iu[conn].owed = c->ue->state == IUPLUS_RNC_SECURING || c->ue->state == IUPLUS_RNC_PREPARING ||
			       c->ue->state == IUPLUS_RNC_RELOCATING;
	if (!c->ue->rrc || c->ue->iu[conn].owed)
		return;
	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_DL_DCCH;
	msg.type = IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE;
	msg.u.signalling_connection_release.transaction = rnc_transaction(c);
	msg.u.signalling_connection_release.domain = conn;
	rnc_send_rrc(c, 2, &msg, IUPLUS_STEP_NONE);
}

void rnc_release_owed(struct rnc *c)
{
	unsigned conn;

	for (conn = 0; conn < 2; conn++)
		if (c->ue->iu[conn].owed && active(c->ue, !conn))
			rnc_release_signalling(c, conn);
}

static void send_release_complete(struct rnc *c)
{
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_IU_RELEASE_COMPLETE;
	msg.u.iu_release_complete.has_diagnostics = rnc_report(c, &msg.u.iu_release_complete.diagnostics);
	rnc_send_ranap(c, c->event->conn, &msg,
		       c->ranap->u.iu_release_command.cause == IUPLUS_RANAP_CAUSE_SUCCESSFUL_RELOCATION ?
			       IUPLUS_STEP_SOURCE_RELEASED :
			       IUPLUS_STEP_NONE);
	c->ue->iu[c->event->conn].state = RNC_IU_CLOSING;
}

/* TS 25.413 8.5: the core network releases the connection after our answer. */
void rnc_iu_release_command(struct rnc *c)
{
	send_release_complete(c);
	if (active(c->ue, !c->event->conn))
		rnc_release_signalling(c, c->event->conn);
	else if (c->ue->state != IUPLUS_RNC_SECURING)
		rnc_release_rrc(c, 0);
}

void rnc_release_if_unserved(struct rnc *c)
{
	if (!active(c->ue, 0) && !active(c->ue, 1))
		rnc_release_rrc(c, 1);
}

static void closed(struct rnc *c, const char *how)
{
	struct iuplus_rnc_ue *ue = c->ue;
	unsigned conn = c->event->conn;
	bool ours = ue->iu[conn].state == RNC_IU_CLOSING;

	if (ue->iu[conn].state == RNC_IU_NONE) {
		proc_failure(&c->p, "end of an Iu connection that does not exist");
		return;
	}
	ue->iu[conn].state = RNC_IU_NONE;
	if (!ours)
		proc_failure(&c->p, "Iu connection to the %s domain %s", ran_domain_name(conn), how);
	if (active(ue, !conn)) {
		if (!ours)
			rnc_release_signalling(c, conn);
		return;
	}
	if (ue->state == IUPLUS_RNC_SECURING)
		return;
	if (ue->state != IUPLUS_RNC_RELEASING)
		rnc_release_rrc(c, 1);
	else
		rnc_end_if_done(c, "released");
}

void rnc_iu_gone(struct rnc *c)
{
	closed(c, c->event->kind == IUPLUS_RNC_EV_IU_LOST ? "is lost" :
		  c->event->kind == IUPLUS_RNC_EV_RESET   ? "was reset" :
							    "was released by the core network");
}

void rnc_radio_lost(struct rnc *c)
{
	proc_failure(&c->p, "the radio connection with the UE was lost");
	rnc_ask_release(c, IUPLUS_RANAP_CAUSE_RADIO_CONNECTION_LOST);
}

void rnc_release_order(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;
	bool asked = false;
	unsigned conn;

	for (conn = 0; conn < 2; conn++) {
		if (ue->iu[conn].state != RNC_IU_UP)
			continue;
		rnc_send_cause(c, conn, IUPLUS_RANAP_IU_RELEASE_REQUEST, IUPLUS_RANAP_CAUSE_UTRAN_GENERATED);
		asked = true;
	}
	if (!asked) {
		rnc_release_rrc(c, 1);
		return;
	}
	ue->release_asked = true;
	rnc_timer_start(c, IUPLUS_RNC_T_RELEASE);
}

/* The core did not answer: the RNC releases the connections itself. */
void rnc_release_expired(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;
	unsigned conn;

	/* Security mode control ends first. */
	if (ue->state == IUPLUS_RNC_SECURING || (ue->state == IUPLUS_RNC_CONNECTED && !ue->release_asked))
		return;
	proc_failure(&c->p, "the release was not answered");
	for (conn = 0; conn < 2; conn++) {
		if (ue->iu[conn].state == RNC_IU_NONE)
			continue;
		proc_act(&c->p, IUPLUS_ACT_IU_RELEASE)->conn = conn;
		ue->iu[conn].state = RNC_IU_NONE;
	}
	if (ue->state == IUPLUS_RNC_RELEASING) {
		ue->rrc = false;
		rnc_end_if_done(c, "release by timer");
	} else {
		rnc_release_rrc(c, 1);
	}
}

/* TS 25.331 8.1.4.8 */
void rnc_release_complete(struct rnc *c)
{
	c->ue->rrc = false;
	rnc_end_if_done(c, "released");
}

void rnc_releasing_command(struct rnc *c)
{
	send_release_complete(c);
	rnc_timer_start(c, IUPLUS_RNC_T_RELEASE);
}

void rnc_releasing_iu_gone(struct rnc *c)
{
	c->ue->iu[c->event->conn].state = RNC_IU_NONE;
	rnc_end_if_done(c, "released");
}

void rnc_releasing_radio_lost(struct rnc *c)
{
	c->ue->rrc = false;
	rnc_end_if_done(c, "released");
}

/* TS 25.331 8.1.14 */
void rnc_signalling_release_indication(struct rnc *c)
{
	unsigned conn = c->rrc->u.signalling_connection_release.domain;

	if (c->ue->iu[conn].state != RNC_IU_UP) {
		proc_failure(&c->p, "SignallingConnectionReleaseIndication for a domain without Iu connection");
		return;
	}
	rnc_send_cause(c, conn, IUPLUS_RANAP_IU_RELEASE_REQUEST, IUPLUS_RANAP_CAUSE_UE_SIGNALLING_RELEASE);
}

void rnc_error_indication(struct rnc *c)
{
	const struct iuplus_ranap_error_indication *error = &c->ranap->u.error_indication;

	proc_failure(&c->p, "ErrorIndication from the core network: %s",
		     error->has_cause ? iuplus_ranap_cause_name(error->cause) : "see its diagnostics");
}

/* An incoming connection that ends before its first message. */
void rnc_incoming_gone(struct rnc *c)
{
	c->ue->iu[c->event->conn].state = RNC_IU_NONE;
	rnc_end_if_done(c, "the incoming Iu connection ended");
}
