/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE: RRC connection establishment and release (TS 25.331 8.1.3, 8.1.4), signalling connections and direct transfer
 * (8.1.8 to 8.1.10, 8.1.13), and their interface to the NAS machine. */
#include "src/proc/ue_rrc.h"

#include <stdlib.h>
#include <string.h>

static void send_request(struct ue *c)
{
	struct iuplus_rrc_connection_request *request;
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_CCCH;
	msg.type = IUPLUS_RRC_CONNECTION_REQUEST;
	request = &msg.u.connection_request;
	request->identity.kind = IUPLUS_RRC_IDENTITY_IMSI;
	request->identity.digits_len = (uint8_t)c->cfg->imsi_digits;
	memcpy(request->identity.digits, c->cfg->imsi, sizeof(c->cfg->imsi));
	request->cause = IUPLUS_RRC_CAUSE_REGISTRATION;
	ue_send(c, 0, &msg, IUPLUS_STEP_NONE);
}

static void keep_initial(struct ue *c)
{
	enum iuplus_domain domain = c->event->domain;
	uint8_t *nas = malloc(c->event->pdu.len ? c->event->pdu.len : 1);

	if (!nas) {
		c->p.rc = IUPLUS_ERR_MEMORY;
		return;
	}
	if (c->event->pdu.len)
		memcpy(nas, c->event->pdu.data, c->event->pdu.len);
	free(c->ue->initial[domain].nas);
	c->ue->initial[domain].nas = nas;
	c->ue->initial[domain].len = c->event->pdu.len;
}

static void forget_initial(struct iuplus_ue_rrc *ue, unsigned domain)
{
	free(ue->initial[domain].nas);
	ue->initial[domain].nas = NULL;
	ue->initial[domain].len = 0;
}

/* Every signalling connection ends, with wanted also the requested ones. */
static void release_signalling(struct ue *c, bool wanted);

/* Index of the cell among the configured ones, IUPLUS_UE_MAX_CELLS if it is none of them. */
static unsigned cell_index(const struct ue *c, uint16_t cell)
{
	unsigned i;

	for (i = 0; i < c->cfg->cell_count; i++)
		if (c->cfg->cell[i] == cell)
			return i;
	return IUPLUS_UE_MAX_CELLS;
}

/* Camps on the cell, or on the first of the others if it is barred. False: every cell is barred. */
static bool camp(struct ue *c, uint16_t cell)
{
	unsigned at = cell_index(c, cell), i;

	if (at == IUPLUS_UE_MAX_CELLS)
		at = 0;
	for (i = 0; i < c->cfg->cell_count && c->ue->barred_until[at] > c->p.env->now_ms; i++)
		at = (at + 1) % c->cfg->cell_count;
	if (i == c->cfg->cell_count)
		return false;
	c->ue->now.cell = c->cfg->cell[at];
	proc_act(&c->p, IUPLUS_ACT_TUNE)->cell = c->ue->now.cell;
	return true;
}

static void connect(struct ue *c, uint16_t cell)
{
	if (!camp(c, cell)) {
		proc_failure(&c->p, "no RRC connection: every cell is barred");
		release_signalling(c, true);
		return;
	}
	ue_set_state(c, IUPLUS_UE_CONNECTING);
	c->ue->tries = 0;
	send_request(c);
}

/* 8.1.3.2: in idle mode a NAS message requires a signalling connection. */
void ue_nas_connect(struct ue *c)
{
	if (!c->event->initial || !c->cfg->cell_count) {
		c->p.rc = IUPLUS_ERR_STATE;
		return;
	}
	keep_initial(c);
	if (c->p.rc)
		return;
	connect(c, c->cfg->cell[0]);
}

/* The RRC connection is being set up, or the previous one is still being released. */
void ue_nas_wait(struct ue *c)
{
	if (!c->event->initial)
		c->p.rc = IUPLUS_ERR_STATE;
	else
		keep_initial(c);
}

static void send_initial(struct ue *c, enum iuplus_domain domain, struct iuplus_octets nas)
{
	struct iuplus_rrc_initial_direct_transfer *initial;
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = IUPLUS_RRC_INITIAL_DIRECT_TRANSFER;
	initial = &msg.u.initial_direct_transfer;
	initial->domain = domain;
	initial->routing_basis = 4; /* by IMSI */
	initial->nas = nas;
	initial->has_start = true;
	initial->start = ue_start(c, domain);
	if (ue_send(c, 3, &msg, IUPLUS_STEP_NONE))
		return;
	c->ue->now.sent_start[domain] = initial->start;
	c->ue->signalling[domain] = true;
}

static void send_uplink(struct ue *c, enum iuplus_domain domain, struct iuplus_octets nas)
{
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = IUPLUS_RRC_UPLINK_DIRECT_TRANSFER;
	msg.u.uplink_direct_transfer.domain = domain;
	msg.u.uplink_direct_transfer.nas = nas;
	ue_send(c, 3, &msg, IUPLUS_STEP_NONE);
}

/* 8.1.8, 8.1.10. False: there is no signalling connection for it, and the message does not open one. */
static bool send_nas(struct ue *c, enum iuplus_domain domain, bool initial, struct iuplus_octets nas)
{
	if (c->ue->signalling[domain])
		send_uplink(c, domain, nas);
	else if (initial)
		send_initial(c, domain, nas);
	else
		return false;
	return true;
}

void ue_nas_down(struct ue *c)
{
	if (!send_nas(c, c->event->domain, c->event->initial, c->event->pdu))
		c->p.rc = IUPLUS_ERR_STATE;
}

/* The UE moves to another cell, where it sends nothing before the response of the reconfiguration. */
void ue_hold(struct ue *c)
{
	struct iuplus_octets nas = c->event->pdu;
	struct ue_held *held = &c->ue->held[c->ue->held_count];
	uint8_t *copy;

	if (c->ue->held_count == IUPLUS_UE_MAX_HELD || (!c->event->initial && !c->ue->signalling[c->event->domain])) {
		c->p.rc = IUPLUS_ERR_STATE;
		return;
	}
	copy = malloc(nas.len ? nas.len : 1);
	if (!copy) {
		c->p.rc = IUPLUS_ERR_MEMORY;
		return;
	}
	if (nas.len)
		memcpy(copy, nas.data, nas.len);
	held->domain = c->event->domain;
	held->initial = c->event->initial;
	held->nas = copy;
	held->len = nas.len;
	c->ue->held_count++;
}

static void forget_held(struct iuplus_ue_rrc *ue)
{
	while (ue->held_count)
		free(ue->held[--ue->held_count].nas);
}

void ue_send_held(struct ue *c)
{
	unsigned i;

	for (i = 0; i < c->ue->held_count; i++) {
		const struct ue_held *held = &c->ue->held[i];

		if (!send_nas(c, held->domain, held->initial, (struct iuplus_octets){ held->nas, held->len }))
			proc_failure(&c->p, "a NAS message was discarded: its signalling connection was released");
	}
	forget_held(c->ue);
}

/* The keys of an AKA wait until a Security Mode Command activates them. */
void ue_nas_keys(struct ue *c)
{
	struct ue_aka *aka = &c->ue->aka[c->event->domain];

	aka->has_next = true;
	memcpy(aka->next_ck, c->event->ck, sizeof(aka->next_ck));
	memcpy(aka->next_ik, c->event->ik, sizeof(aka->next_ik));
	memcpy(aka->next_rand, c->event->rand, sizeof(aka->next_rand));
	memset(&aka->next_verified, 0, sizeof(aka->next_verified));
}

static bool mine(const struct ue *c, const struct iuplus_rrc_identity *identity)
{
	return identity->kind == IUPLUS_RRC_IDENTITY_IMSI && identity->digits_len == c->cfg->imsi_digits &&
	       !memcmp(identity->digits, c->cfg->imsi, c->cfg->imsi_digits);
}

/* patches/25331-text.md, 8.1.3.6 */
static void capability(const struct ue *c, struct iuplus_rrc_connection_setup_complete *complete)
{
	complete->has_capability = true;
	ue_security_capability(c->cfg, &complete->security);
	if (c->cfg->enhanced) {
		complete->enhanced.present = true;
		complete->enhanced.bits = c->cfg->enhanced_capability;
	}
}

/* 8.1.3.6 */
void ue_connection_setup(struct ue *c)
{
	const struct iuplus_rrc_connection_setup *setup = &c->rrc->u.connection_setup;
	struct iuplus_ue_rrc *ue = c->ue;
	struct iuplus_rrc_msg msg;
	unsigned domain;
	uint8_t rb;

	if (!mine(c, &setup->identity))
		return; /* CCCH is shared by all UEs */
	ue->now.u_rnti = setup->u_rnti;
	for (rb = 1; rb < IUPLUS_PROC_RBS; rb++)
		ran_reestablish(&c->p, &ue->now.keys, rb, 0);
	ue_set_state(c, IUPLUS_UE_CONNECTED);
	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = IUPLUS_RRC_CONNECTION_SETUP_COMPLETE;
	msg.u.connection_setup_complete.transaction = setup->transaction;
	ue_start_list(c, &msg.u.connection_setup_complete.start);
	capability(c, &msg.u.connection_setup_complete);
	ue_send(c, 2, &msg, IUPLUS_STEP_NONE);
	for (domain = 0; domain < 2; domain++) {
		struct iuplus_octets nas = { ue->initial[domain].nas, ue->initial[domain].len };

		if (!nas.data)
			continue;
		send_initial(c, domain, nas);
		forget_initial(ue, domain);
	}
	proc_done(&c->p, "RRCConnectionEstablishment");
}

/* TS 33.102 6.4.3: keys whose START reached THRESHOLD are deleted with the connection, and the next connection begins
 * with an AKA. The configuration in use still protects the last messages. */
static void delete_worn_keys(struct ue *c, enum iuplus_domain domain)
{
	uint32_t threshold = c->cfg->threshold ? c->cfg->threshold : IUPLUS_SECURITY_START_MAX;
	struct ue_aka *aka = &c->ue->aka[domain];

	if (!aka->has_keys || aka->has_next || !iuplus_security_threshold_reached(ue_start(c, domain), threshold))
		return;
	iuplus_security_wipe(aka, sizeof(*aka));
	proc_act(&c->p, IUPLUS_ACT_NAS_KEYS_VOID)->domain = domain;
}

static void release_signalling(struct ue *c, bool wanted)
{
	unsigned domain;

	for (domain = 0; domain < 2; domain++) {
		delete_worn_keys(c, domain); /* before NAS is informed, which may request a connection immediately */
		if (c->ue->signalling[domain] || (wanted && c->ue->initial[domain].nas))
			proc_act(&c->p, IUPLUS_ACT_NAS_RELEASED)->domain = domain;
		c->ue->signalling[domain] = false;
		if (wanted)
			forget_initial(c->ue, domain);
	}
}

/* 8.5.2: return to idle mode. START is kept with its keys, the keys in use are wiped. */
static void idle(struct ue *c)
{
	struct iuplus_ue_rrc *ue = c->ue;
	unsigned domain;

	for (domain = 0; domain < 2; domain++) {
		ue->start[domain] = ue_start(c, domain);
		if (!ue->aka[domain].has_keys)
			ue->start[domain] = 0;
	}
	iuplus_rrc_integrity_wipe(&ue->now.integrity);
	ran_former_wipe(&ue->now.former);
	iuplus_security_wipe(&ue->now.keys, sizeof(ue->now.keys));
	iuplus_security_wipe(&ue->now.other, sizeof(ue->now.other));
	iuplus_security_wipe(&ue->before, sizeof(ue->before));
	memset(&ue->now.network, 0, sizeof(ue->now.network));
	forget_held(ue);
	ue_set_state(c, IUPLUS_UE_IDLE);
	ue->tries = 0;
	ue->relocated = false;
	if (ue->initial[0].nas || ue->initial[1].nas)
		connect(c, ue->now.cell);
}

/* 8.1.3.5, 8.1.3.9 */
void ue_connecting_failed(struct ue *c)
{
	release_signalling(c, true);
	idle(c);
}

void ue_connection_reject(struct ue *c)
{
	const struct iuplus_rrc_connection_reject *reject = &c->rrc->u.connection_reject;

	if (!mine(c, &reject->identity))
		return;
	proc_failure(&c->p, "RRC connection rejected: %s", reject->congestion ? "congestion" : "unspecified");
	if (reject->wait_time && c->ue->tries < c->cfg->n300) {
		c->ue->tries++; /* requested again after the wait time */
		proc_timer_start(&c->p, IUPLUS_UE_T300, iuplus_ue_rrc_timer_name(IUPLUS_UE_T300),
				 reject->wait_time * 1000u);
		return;
	}
	ue_connecting_failed(c);
}

void ue_t300_expired(struct ue *c)
{
	if (c->ue->tries++ < c->cfg->n300) {
		send_request(c);
		ue_timer_start(c, IUPLUS_UE_T300);
		return;
	}
	proc_failure(&c->p, "RRC connection request was not answered");
	ue_connecting_failed(c);
}

void ue_direct_transfer(struct ue *c)
{
	const struct iuplus_rrc_downlink_direct_transfer *transfer = &c->rrc->u.downlink_direct_transfer;
	struct iuplus_proc_action *a;

	if (transfer->domain > IUPLUS_DOMAIN_PS || !c->ue->signalling[transfer->domain]) {
		proc_failure(&c->p, "DownlinkDirectTransfer for a domain without signalling connection");
		return;
	}
	a = proc_act(&c->p, IUPLUS_ACT_NAS_UP);
	a->domain = transfer->domain;
	a->pdu = transfer->nas;
}

static void send_release_complete(struct ue *c)
{
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE;
	msg.u.connection_release_complete.transaction = c->ue->transaction;
	ue_send(c, 1, &msg, IUPLUS_STEP_NONE);
}

/* 8.1.4.3: on CCCH the message names the UE, which does not answer. */
void ue_connection_release(struct ue *c)
{
	const struct iuplus_rrc_connection_release *release = &c->rrc->u.connection_release;
	struct iuplus_ue_rrc *ue = c->ue;

	if (c->event->rb == 0 &&
	    (release->u_rnti.srnc != ue->now.u_rnti.srnc || release->u_rnti.s_rnti != ue->now.u_rnti.s_rnti))
		return;
	release_signalling(c, false);
	if (c->event->rb == 0) {
		idle(c);
		return;
	}
	ue->transaction = release->transaction;
	ue->tries = release->n308 ? release->n308 : c->cfg->n308;
	ue_set_state(c, IUPLUS_UE_RELEASING);
	send_release_complete(c);
}

/* The network did not receive the answer. */
void ue_connection_release_again(struct ue *c)
{
	if (c->event->rb)
		send_release_complete(c);
}

void ue_t308_expired(struct ue *c)
{
	if (c->ue->tries) {
		c->ue->tries--;
		send_release_complete(c);
		ue_timer_start(c, IUPLUS_UE_T308);
		return;
	}
	idle(c);
}

/* 8.1.13.4 */
void ue_signalling_release(struct ue *c)
{
	enum iuplus_domain domain = c->rrc->u.signalling_connection_release.domain;

	if (domain > IUPLUS_DOMAIN_PS || !c->ue->signalling[domain]) {
		proc_failure(&c->p, "SignallingConnectionRelease for a domain without signalling connection");
		return;
	}
	c->ue->signalling[domain] = false;
	proc_act(&c->p, IUPLUS_ACT_NAS_RELEASED)->domain = domain;
}

void ue_leave(struct ue *c, const char *why)
{
	proc_failure(&c->p, "%s", why);
	release_signalling(c, false);
	idle(c);
}

/* The radio connection was lost, and this UE has no cell for a cell update: idle mode. So it is after the response of
 * an SRNS relocation, too (8.2.2.7, 8.2.2.12b): only before it the UE returns to the old cell. */
void ue_lost(struct ue *c)
{
	ue_leave(c, "the radio connection with the network was lost");
}

#define BARRED_MS 1280000u /* the maximum of Tbarred */

/* 8.1.4a.2. In ARRIVING the cell that failed the check is the old one. */
void ue_network_false(struct ue *c)
{
	const struct iuplus_ue_rrc *ue = c->ue;
	unsigned at = cell_index(c, ue->state == IUPLUS_UE_ARRIVING ? ue->before.cell : ue->now.cell);

	if (at < IUPLUS_UE_MAX_CELLS)
		c->ue->barred_until[at] = c->p.env->now_ms + BARRED_MS;
	ue_leave(c, "the network failed an authentication check: the connection is released and the cell barred");
}

void ue_power_off(struct ue *c)
{
	release_signalling(c, true);
	idle(c);
}
