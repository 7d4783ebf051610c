/* SPDX-License-Identifier: BSD-2-Clause */
/* RRC connection establishment (TS 25.331 8.1.3), Initial UE Message and Direct Transfer (TS 25.413 8.22, 8.23;
 * TS 25.331 8.1.8 to 8.1.10), Common ID (TS 25.413 8.16). */
#include "src/proc/rnc_ue.h"

#include <string.h>

static int send_setup(struct rnc *c)
{
	struct iuplus_rrc_connection_setup *setup;
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_DL_CCCH;
	msg.type = IUPLUS_RRC_CONNECTION_SETUP;
	setup = &msg.u.connection_setup;
	setup->identity = c->ue->identity;
	setup->transaction = c->ue->transaction;
	setup->u_rnti = c->ue->u_rnti;
	setup->state = IUPLUS_RRC_CELL_DCH;
	setup->drx_coefficient = 6;
	setup->want_capability = true;
	setup->has_scrambling_code = true;
	setup->scrambling_code = c->cfg->scrambling_code;
	return rnc_send_rrc(c, 0, &msg, IUPLUS_STEP_NONE);
}

/* 8.1.3.5: the core is overloaded. The UE asks again after the time in which traffic is raised by one step. */
static void send_reject(struct rnc *c)
{
	uint32_t s = (c->cfg->ms[IUPLUS_RNC_TINTR] + 999) / 1000;
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_DL_CCCH;
	msg.type = IUPLUS_RRC_CONNECTION_REJECT;
	msg.u.connection_reject.identity = c->rrc->u.connection_request.identity;
	msg.u.connection_reject.transaction = c->ue->transaction;
	msg.u.connection_reject.congestion = true;
	msg.u.connection_reject.wait_time = (uint8_t)(s < 1 ? 1 : s > 15 ? 15 : s);
	proc_failure(&c->p, "RRCConnectionRequest rejected: the core network is overloaded");
	rnc_send_rrc(c, 0, &msg, IUPLUS_STEP_NONE);
}

/* 8.1.3.4 */
void rnc_connection_request(struct rnc *c)
{
	struct iuplus_rnc_ue *ue = c->ue;

	if (c->event->congested && c->rrc->u.connection_request.cause != IUPLUS_RRC_CAUSE_EMERGENCY_CALL) {
		send_reject(c);
		return;
	}

	ue->identity = c->rrc->u.connection_request.identity;
	ue->u_rnti.srnc = c->cfg->rnc_id;
	ue->u_rnti.s_rnti = ue->id & 0xfffff;
	ue->area.lac = c->cfg->lac;
	ue->area.rac = c->cfg->rac;
	if (send_setup(c))
		return;
	rnc_hold_nas(c, true); /* the first NAS message may overtake RRC Connection Setup Complete */
	ue->rrc = true;
	rnc_set_state(c, IUPLUS_RNC_CONNECTING);
}

/* The UE repeats its request when T300 expires: the RNC repeats its answer. */
void rnc_connection_request_again(struct rnc *c)
{
	const struct iuplus_rrc_identity *a = &c->ue->identity, *b = &c->rrc->u.connection_request.identity;

	if (a->kind != b->kind || a->digits_len != b->digits_len || memcmp(a->digits, b->digits, a->digits_len) ||
	    a->tmsi != b->tmsi) {
		proc_failure(&c->p, "RRCConnectionRequest of another UE on a connection that is being set up");
		return;
	}
	if (!send_setup(c))
		rnc_timer_start(c, IUPLUS_RNC_T_SETUP);
}

static void keep_start(struct iuplus_rnc_ue *ue, const struct iuplus_rrc_start_list *list)
{
	unsigned i;

	for (i = 0; i < list->count && i < IUPLUS_RRC_MAX_DOMAINS; i++)
		if (list->list[i].domain <= IUPLUS_DOMAIN_PS)
			ue->start[list->list[i].domain] = list->list[i].start;
}

/* 8.1.3.6, 8.1.3.7 */
void rnc_connection_setup_complete(struct rnc *c)
{
	const struct iuplus_rrc_connection_setup_complete *complete = &c->rrc->u.connection_setup_complete;
	struct iuplus_rnc_ue *ue = c->ue;

	if (complete->transaction != ue->transaction) {
		proc_failure(&c->p, "RRCConnectionSetupComplete of another transaction");
		return;
	}
	rnc_transaction(c);
	rnc_hold_nas(c, false);
	keep_start(ue, &complete->start);
	if (complete->has_capability)
		ue->capability = complete->security;
	else
		proc_failure(&c->p, "RRCConnectionSetupComplete without the requested capability");
	/* Not integrity protected: Security Mode Command will echo it, so that the UE notices a change on the way. */
	ue->enhanced = complete->enhanced;
	rnc_set_state(c, IUPLUS_RNC_CONNECTED);
	rnc_timer_start(c, IUPLUS_RNC_T_CONNECT); /* releases a UE that requests no signalling connection */
	proc_done(&c->p, "RRCConnectionEstablishment");
}

void rnc_t_setup_expired(struct rnc *c)
{
	proc_failure(&c->p, "RRCConnectionSetup is not answered");
	c->ue->rrc = false;
	rnc_end_if_done(c, "RRC connection was not completed");
}

/* TS 25.413 8.22.2, 8.23.2.2: the location area that the UE knows; the service area of the cell that it uses. */
static void areas(const struct rnc *c, struct iuplus_ranap_lai *lai, struct iuplus_ranap_sai *sai)
{
	memcpy(lai->plmn, c->cfg->plmn, sizeof(lai->plmn));
	lai->lac = c->ue->area.lac;
	memcpy(sai->plmn, c->cfg->plmn, sizeof(sai->plmn));
	sai->lac = c->cfg->lac;
	sai->sac = c->cfg->sac;
}

static void uplink(struct rnc *c, enum iuplus_domain domain, struct iuplus_octets nas)
{
	struct iuplus_ranap_msg msg;

	if (c->ue->iu[domain].state != RNC_IU_UP) {
		proc_failure(&c->p, "NAS message for the %s domain without Iu connection", ran_domain_name(domain));
		return;
	}
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
	msg.u.direct_transfer.nas_pdu = nas;
	msg.u.direct_transfer.has_lai = true;
	msg.u.direct_transfer.has_sai = true;
	areas(c, &msg.u.direct_transfer.lai, &msg.u.direct_transfer.sai);
	if (domain == IUPLUS_DOMAIN_PS) {
		msg.u.direct_transfer.has_rac = true;
		msg.u.direct_transfer.rac = c->ue->area.rac;
	}
	rnc_send_ranap(c, domain, &msg, IUPLUS_STEP_NONE);
}

/* The identifier of a connection that this RNC opens: 23 bits of the UE's number, the domain and a count, so that a
 * released one does not come again at once (TS 25.413 8.22.2, 8.29.2). */
static uint32_t new_sig_con_id(struct iuplus_rnc_ue *ue, enum iuplus_domain domain)
{
	uint32_t count = ue->iu[domain].opened++ & 3;

	return count << 21 | (ue->id & 0xfffff) << 1 | domain;
}

/* TS 25.413 8.22: opens a signalling connection if there is none, otherwise the message is an ordinary transfer. */
void rnc_initial_direct_transfer(struct rnc *c)
{
	const struct iuplus_rrc_initial_direct_transfer *initial = &c->rrc->u.initial_direct_transfer;
	struct iuplus_ranap_initial_ue_message *to;
	enum iuplus_domain domain = initial->domain;
	struct iuplus_rnc_ue *ue = c->ue;
	struct iuplus_proc_action *a;
	struct iuplus_ranap_msg msg;
	struct iuplus_octets pdu;

	if (initial->has_start)
		ue->start[domain] = initial->start;
	if (ue->iu[domain].state != RNC_IU_NONE) {
		uplink(c, domain, initial->nas);
		return;
	}
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_INITIAL_UE_MESSAGE;
	to = &msg.u.initial_ue_message;
	to->domain = domain;
	areas(c, &to->lai, &to->sai);
	if (domain == IUPLUS_DOMAIN_PS) {
		to->has_rac = true;
		to->rac = ue->area.rac;
	}
	to->nas_pdu = initial->nas;
	to->iu_sig_con_id = ue->iu[domain].sig_con_id = new_sig_con_id(ue, domain);
	memcpy(to->rnc.plmn, c->cfg->plmn, sizeof(to->rnc.plmn));
	to->rnc.rnc_id = c->cfg->rnc_id;
	/* patches/25413-text.md, 8.22.2 */
	if (c->cfg->enhanced && ue->enhanced.present) {
		to->has_ue_capability = true;
		to->ue_capability = ue->enhanced.bits;
	}
	if (rnc_encode_ranap(c, &msg, &pdu))
		return;
	a = proc_act(&c->p, IUPLUS_ACT_IU_CONNECT);
	a->conn = domain;
	a->peer = domain;
	a->domain = domain;
	a->pdu = pdu;
	a->message = iuplus_ranap_kind_name(msg.kind);
	ue->iu[domain].state = RNC_IU_CONNECTING;
	ue->iu[domain].owed = ue->iu[domain].secured = ue->iu[domain].has_uea = false;
	rnc_timer_start(c, IUPLUS_RNC_T_CONNECT);
}

void rnc_uplink_direct_transfer(struct rnc *c)
{
	uplink(c, c->rrc->u.uplink_direct_transfer.domain, c->rrc->u.uplink_direct_transfer.nas);
}

/* TS 25.413 8.23: SAPI 3 uses the bearer of low priority. */
uint8_t rnc_nas_bearer(const struct iuplus_ranap_direct_transfer *transfer)
{
	return transfer->has_sapi && transfer->sapi == 3 ? 4 : 3;
}

void rnc_direct_transfer(struct rnc *c)
{
	const struct iuplus_ranap_direct_transfer *transfer = &c->ranap->u.direct_transfer;

	rnc_nas_down(c, c->event->conn, rnc_nas_bearer(transfer), transfer->nas_pdu);
}

/* The SRBs are suspended, or the UE has not arrived yet. */
void rnc_direct_transfer_later(struct rnc *c)
{
	const struct iuplus_ranap_direct_transfer *transfer = &c->ranap->u.direct_transfer;

	rnc_queue_nas(c, c->event->conn, rnc_nas_bearer(transfer), transfer->nas_pdu);
}

void rnc_common_id(struct rnc *c)
{
	c->ue->has_imsi = true;
	c->ue->imsi = c->ranap->u.common_id.imsi;
}

void rnc_iu_confirmed(struct rnc *c)
{
	if (c->ue->iu[c->event->conn].state != RNC_IU_CONNECTING) {
		proc_failure(&c->p, "confirmation of an Iu connection that was not requested");
		return;
	}
	c->ue->iu[c->event->conn].state = RNC_IU_UP;
	if (c->ue->iu[!c->event->conn].state != RNC_IU_CONNECTING)
		rnc_timer_stop(c, IUPLUS_RNC_T_CONNECT);
}

/* TS 25.331 8.1.13: informs the UE of the release of its signalling connection; RRC is released with the last one. */
void rnc_iu_refused(struct rnc *c)
{
	unsigned conn = c->event->conn;

	if (c->ue->iu[conn].state == RNC_IU_NONE) {
		proc_failure(&c->p, "refusal of an Iu connection that was not requested");
		return;
	}
	proc_failure(&c->p, "Iu connection to the %s domain refused", ran_domain_name(conn));
	c->ue->iu[conn].state = RNC_IU_NONE;
	if (c->ue->iu[!conn].state != RNC_IU_CONNECTING)
		rnc_timer_stop(c, IUPLUS_RNC_T_CONNECT);
	if (c->ue->iu[!conn].state == RNC_IU_NONE) {
		rnc_release_rrc(c, 1);
		return;
	}
	rnc_release_signalling(c, conn);
}

/* The UE requested no signalling connection, or none was confirmed (SCCP has its own timer; this one guards against an
 * owner that forgot the connection). */
void rnc_t_connect_expired(struct rnc *c)
{
	unsigned conn;

	for (conn = 0; conn < 2; conn++) {
		if (c->ue->iu[conn].state != RNC_IU_CONNECTING)
			continue;
		proc_act(&c->p, IUPLUS_ACT_IU_RELEASE)->conn = conn;
		c->ue->iu[conn].state = RNC_IU_NONE;
		proc_failure(&c->p, "Iu connection to the %s domain not confirmed in time", ran_domain_name(conn));
	}
	if (c->ue->iu[0].state == RNC_IU_NONE && c->ue->iu[1].state == RNC_IU_NONE)
		rnc_release_rrc(c, 1);
}

/* RRC STATUS: the UE did not understand something (TS 25.331 9.2 and following). */
void rnc_uplink_status(struct rnc *c)
{
	proc_failure(&c->p, "RRCStatus from the UE: protocol error cause %d", (int)c->rrc->u.status.cause);
}
