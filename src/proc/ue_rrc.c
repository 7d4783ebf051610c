/* SPDX-License-Identifier: BSD-2-Clause */
/* The UE's RRC machine: context, configuration, the tables, and the way of an event through them. doc/procedures.md
 * shows the tables, and a test walks them. */
#include "src/proc/ue_rrc.h"

#include <stdlib.h>
#include <string.h>

#define S(state) (1u << IUPLUS_UE_##state)
#define RUN(handler_, ends_, what_) { UE_HANDLE, handler_, ends_, what_ }
#define IGN { UE_IGNORE, NULL, 0, "ignored" }
#define NO { UE_REFUSED, NULL, 0, "refused to the owner" }
#define ANY ((1u << IUPLUS_UE_STATES) - 1)

const struct ue_row iuplus_ue_event_table__[IUPLUS_UE_STATES][IUPLUS_UE_EVENTS] = {
	[IUPLUS_UE_IDLE] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_connect, S(IDLE) | S(CONNECTING), "RRC Connection Request"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_RRC] = RUN(ue_rrc, ANY, "by message"),
		[IUPLUS_UE_EV_TIMER] = IGN,
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = IGN,
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, 0, "idle")
	},
	[IUPLUS_UE_CONNECTING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_wait, 0, "kept until connected"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_RRC] = RUN(ue_rrc, ANY, "by message"),
		[IUPLUS_UE_EV_TIMER] = RUN(ue_expired, S(CONNECTING) | S(IDLE),
				"RRC Connection Request again, or idle"),
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = IGN,
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_CONNECTED] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_down, 0, "Initial or Uplink Direct Transfer"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept until Security Mode Command"),
		[IUPLUS_UE_EV_RRC] = RUN(ue_rrc, ANY, "by message"),
		[IUPLUS_UE_EV_TIMER] = IGN,
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_lost, S(IDLE) | S(CONNECTING), "idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_ARRIVING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_down, 0, "Initial or Uplink Direct Transfer"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept until Security Mode Command"),
		[IUPLUS_UE_EV_RRC] = RUN(ue_rrc, ANY, "by message"),
		[IUPLUS_UE_EV_TIMER] = RUN(ue_expired, S(ARRIVING) | S(CONNECTED), "back to the old cell"),
		[IUPLUS_UE_EV_RADIO_HEARD] = RUN(ue_heard, S(CONNECTED), "arrived"),
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_return, S(CONNECTED), "back to the old cell"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	},
	[IUPLUS_UE_RELEASING] = {
		[IUPLUS_UE_EV_NAS_DOWN] = RUN(ue_nas_wait, 0, "kept until idle"),
		[IUPLUS_UE_EV_NAS_KEYS] = RUN(ue_nas_keys, 0, "kept"),
		[IUPLUS_UE_EV_RRC] = RUN(ue_rrc, ANY, "by message"),
		[IUPLUS_UE_EV_TIMER] = RUN(ue_expired, S(RELEASING) | S(IDLE) | S(CONNECTING),
				"Release Complete again, or idle"),
		[IUPLUS_UE_EV_RADIO_HEARD] = IGN,
		[IUPLUS_UE_EV_RADIO_LOST] = RUN(ue_lost, S(IDLE) | S(CONNECTING), "idle"),
		[IUPLUS_UE_EV_POWER_OFF] = RUN(ue_power_off, S(IDLE), "idle")
	}
};

/* RRC messages; default: dropped and reported. Those of ARRIVING came through the new cell: it was heard. */
#define CONNECTED_RRC(others) \
	[UE_RRC_CONNECTION_SETUP] = IGN, \
	[UE_RRC_CONNECTION_REJECT] = IGN, \
	[UE_RRC_CONNECTION_RELEASE] = RUN(ue_connection_release, S(RELEASING) | S(IDLE) | (others), \
			"Release Complete"), \
	[UE_RRC_DOWNLINK_DIRECT_TRANSFER] = RUN(ue_direct_transfer, S(CONNECTED) | (others), "to NAS"), \
	[UE_RRC_SECURITY_MODE_COMMAND] = RUN(ue_security_mode_command, S(CONNECTED) | (others), \
					     "Security Mode Complete (916 to 918) or Failure"), \
	[UE_RRC_RECONFIGURATION] = RUN(ue_reconfiguration, S(CONNECTED) | S(ARRIVING), \
			"Complete in the new cell (907, 908), or Failure"), \
	[UE_RRC_SIGNALLING_CONNECTION_RELEASE] = RUN(ue_signalling_release, S(CONNECTED) | (others), "NAS is told")

const struct ue_row iuplus_ue_rrc_table__[IUPLUS_UE_STATES][UE_RRC_ROWS] = {
	[IUPLUS_UE_IDLE] = {
		[UE_RRC_CONNECTION_SETUP] = IGN,
		[UE_RRC_CONNECTION_REJECT] = IGN,
		[UE_RRC_CONNECTION_RELEASE] = IGN
	},
	[IUPLUS_UE_CONNECTING] = {
		[UE_RRC_CONNECTION_SETUP] = RUN(ue_connection_setup, S(CONNECTING) | S(CONNECTED), "Setup Complete"),
		[UE_RRC_CONNECTION_REJECT] = RUN(ue_connection_reject, S(CONNECTING) | S(IDLE), "waits, or idle"),
		[UE_RRC_CONNECTION_RELEASE] = IGN
	},
	[IUPLUS_UE_CONNECTED] = { CONNECTED_RRC(0) },
	[IUPLUS_UE_ARRIVING] = { CONNECTED_RRC(S(ARRIVING)) },
	[IUPLUS_UE_RELEASING] = {
		[UE_RRC_CONNECTION_SETUP] = IGN,
		[UE_RRC_CONNECTION_REJECT] = IGN,
		[UE_RRC_CONNECTION_RELEASE] = RUN(ue_connection_release_again, 0, "Release Complete"),
		[UE_RRC_DOWNLINK_DIRECT_TRANSFER] = IGN,
		[UE_RRC_SIGNALLING_CONNECTION_RELEASE] = IGN
	}
};

const char *const iuplus_ue_rrc_rows__[UE_RRC_ROWS] = {
	"RRCConnectionSetup", "RRCConnectionReject", "RRCConnectionRelease", "DownlinkDirectTransfer",
	"SecurityModeCommand", "PhysicalChannelReconfiguration", "SignallingConnectionRelease", "any other"
};

enum ue_rrc_row iuplus_ue_rrc_row__(enum iuplus_rrc_type type)
{
	switch (type) {
	case IUPLUS_RRC_CONNECTION_SETUP:
		return UE_RRC_CONNECTION_SETUP;
	case IUPLUS_RRC_CONNECTION_REJECT:
		return UE_RRC_CONNECTION_REJECT;
	case IUPLUS_RRC_CONNECTION_RELEASE:
		return UE_RRC_CONNECTION_RELEASE;
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		return UE_RRC_DOWNLINK_DIRECT_TRANSFER;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		return UE_RRC_SECURITY_MODE_COMMAND;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		return UE_RRC_RECONFIGURATION;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE:
		return UE_RRC_SIGNALLING_CONNECTION_RELEASE;
	default:
		return UE_RRC_OTHER;
	}
}

static const struct {
	const char *name;
	uint32_t ms;
} timers[IUPLUS_UE_TIMERS] = {
	[IUPLUS_UE_T300] = { "T300", 1000 },
	[IUPLUS_UE_T308] = { "T308", 160 },
	[IUPLUS_UE_T_ARRIVAL] = { "T_arrival", 3000 }
};

static const char *const states[IUPLUS_UE_STATES] = { "idle", "connecting", "connected", "arriving", "releasing" };
static const char *const events[IUPLUS_UE_EVENTS] = {
	"NAS message", "NAS keys", "RRC message", "timer", "radio heard", "radio lost", "power off"
};

const char *iuplus_ue_rrc_timer_name(unsigned timer)
{
	return timer < IUPLUS_UE_TIMERS ? timers[timer].name : "?";
}

const char *iuplus_ue_rrc_state_name(enum iuplus_ue_rrc_state state)
{
	return (unsigned)state < IUPLUS_UE_STATES ? states[state] : "?";
}

const char *iuplus_ue_rrc_event_name(enum iuplus_ue_rrc_event_kind kind)
{
	return (unsigned)kind < IUPLUS_UE_EVENTS ? events[kind] : "?";
}

void iuplus_ue_rrc_config_init(struct iuplus_ue_rrc_config *config)
{
	unsigned i;

	memset(config, 0, sizeof(*config));
	config->enhanced_capability = IUPLUS_RRC_CAP_KEY_HIERARCHY;
	config->uia_count = 2;
	config->uia[0] = 1;
	config->uia[1] = 2;
	config->uea_count = 3;
	for (i = 0; i < 3; i++)
		config->uea[i] = i;
	for (i = 0; i < IUPLUS_UE_TIMERS; i++)
		config->ms[i] = timers[i].ms;
	config->n300 = 3;
	config->n308 = 1;
}

struct iuplus_ue_rrc *iuplus_ue_rrc_new(void)
{
	return calloc(1, sizeof(struct iuplus_ue_rrc));
}

void iuplus_ue_rrc_free(struct iuplus_ue_rrc *ue)
{
	if (!ue)
		return;
	free(ue->initial[0].nas);
	free(ue->initial[1].nas);
	iuplus_security_wipe(ue, sizeof(*ue));
	free(ue);
}

void iuplus_ue_rrc_get_status(const struct iuplus_ue_rrc *ue, struct iuplus_ue_rrc_status *status)
{
	memset(status, 0, sizeof(*status));
	status->state = ue->state;
	status->cell = ue->now.cell;
	status->u_rnti = (uint32_t)ue->now.u_rnti.srnc << 20 | ue->now.u_rnti.s_rnti;
	memcpy(status->signalling, ue->signalling, sizeof(status->signalling));
	status->integrity = ue->now.integrity.started;
	status->ciphering = ue->now.keys.ciphering;
	status->kind = ue->now.keys.kind;
	status->uia = ue->now.keys.uia;
	status->uea = ue->now.keys.uea;
	status->network_capability = ue->now.network.present ? ue->now.network.bits : 0;
	memcpy(status->start, ue->start, sizeof(status->start));
}

/* ---- shared ---- */

void ue_timer(struct ue *c, enum iuplus_ue_rrc_timer timer)
{
	proc_timer_start(&c->p, timer, timers[timer].name, c->cfg->ms[timer] ? c->cfg->ms[timer] : timers[timer].ms);
}

void ue_timer_off(struct ue *c, enum iuplus_ue_rrc_timer timer)
{
	proc_timer_stop(&c->p, timer, timers[timer].name);
}

int ue_send(struct ue *c, uint8_t rb, struct iuplus_rrc_msg *msg, enum iuplus_proc_step step)
{
	return ran_rrc_send(&c->p, rb ? &c->ue->now.integrity : NULL, true, rb, msg, step);
}

void ue_send_failure(struct ue *c, enum iuplus_rrc_type type, uint8_t transaction, enum iuplus_rrc_failure cause)
{
	struct iuplus_rrc_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.channel = IUPLUS_RRC_UL_DCCH;
	msg.type = type;
	msg.u.failure.have_transaction = true;
	msg.u.failure.transaction = transaction;
	msg.u.failure.failure.cause = cause;
	ue_send(c, 2, &msg, IUPLUS_STEP_NONE);
}

void ue_security_capability(const struct iuplus_ue_rrc_config *cfg, struct iuplus_rrc_security_capability *out)
{
	unsigned i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < cfg->uia_count; i++)
		out->uia |= 1u << cfg->uia[i];
	for (i = 0; i < cfg->uea_count; i++)
		out->uea |= 1u << cfg->uea[i];
}

static bool has(const uint8_t *list, unsigned count, unsigned algorithm)
{
	while (count--)
		if (list[count] == algorithm)
			return true;
	return false;
}

bool ue_has_algorithms(const struct iuplus_ue_rrc_config *cfg, const struct ran_keys *keys)
{
	return has(cfg->uia, cfg->uia_count, keys->uia) &&
	       (!keys->ciphering || has(cfg->uea, cfg->uea_count, keys->uea));
}

uint32_t ue_start(const struct ue *c, enum iuplus_domain domain)
{
	const struct iuplus_ue_rrc *ue = c->ue;
	const struct iuplus_proc_radio *radio = c->p.env->radio;
	uint32_t start = ue->start[domain];
	unsigned rb;

	if (ue->aka[domain].have_next && (!ue->now.integrity.started || ue->now.keys.domain != domain))
		return 0;		/* new keys that were never used (8.5.2) */
	if (!ue->now.integrity.started || ue->now.keys.domain != domain)
		return start;
	start = iuplus_security_start_raise(start, iuplus_rrc_integrity_hfn_msb(&ue->now.integrity) << 12);
	for (rb = 1; ue->now.keys.ciphering && radio && rb < IUPLUS_PROC_RBS; rb++) {
		enum iuplus_security_count_kind kind = ran_count_kind(rb);

		uint32_t tx = iuplus_security_count(kind, radio->tx_hfn[rb], radio->tx_sn[rb]);
		uint32_t rx = iuplus_security_count(kind, radio->rx_hfn[rb], radio->rx_sn[rb]);

		start = iuplus_security_start_raise(iuplus_security_start_raise(start, tx), rx);
	}
	return start;
}

void ue_start_list(struct ue *c, struct iuplus_rrc_start_list *list)
{
	unsigned domain;

	list->count = 2;
	for (domain = 0; domain < 2; domain++) {
		list->list[domain].domain = domain;
		list->list[domain].start = ue_start(c, domain);
		c->ue->now.sent_start[domain] = list->list[domain].start;
	}
}

bool ue_verify(struct ue *c, const struct iuplus_rrc_msg *msg)
{
	struct ue_config *now = &c->ue->now;
	int rc = IUPLUS_OK;

	if (now->integrity.started)
		rc = ran_verify(&c->p, &now->integrity, NULL, &now->former, false, c->event->rb, c->event->pdu);
	if (!rc)
		return true;
	proc_failure(&c->p, "%s on RB%u dropped: %s", msg ? iuplus_rrc_asn1_name(msg->type) : "message", c->event->rb,
		    iuplus_strrc(rc));
	return false;
}

/* ---- the way of an event ---- */

static void run(struct ue *c, const struct ue_row *row, const char *what)
{
	switch (row->answer) {
	case UE_HANDLE:
		row->handler(c);
		break;
	case UE_IGNORE:
		break;
	case UE_REFUSED:
		c->p.rc = IUPLUS_ERR_STATE;
		break;
	default:
		proc_failure(&c->p, "%s does not fit state \"%s\"", what, iuplus_ue_rrc_state_name(c->ue->state));
		break;
	}
}

/* Clause 9: a message that cannot be understood is answered when it is the network's own. */
static void not_understood(struct ue *c, const struct iuplus_rrc_error *error)
{
	struct iuplus_rrc_msg msg;

	proc_memory(&c->p, error->rc);
	proc_failure(&c->p, "message on RB%u not understood: %s at bit %zu %s", c->event->rb, iuplus_strrc(error->rc),
		    error->bit, error->path);
	if (!c->event->rb || !error->answer || !c->ue->now.integrity.started || !ue_verify(c, NULL))
		return;
	if (iuplus_rrc_answer_for(error, &msg) == IUPLUS_OK)
		ue_send(c, msg.type == IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE ? 1 : 2, &msg, IUPLUS_STEP_NONE);
}

/* These two verify themselves, with the configuration that they announce. */
static bool verifies_itself(const struct iuplus_rrc_msg *msg)
{
	enum ue_rrc_row row = iuplus_ue_rrc_row__(msg->type);

	return row == UE_RRC_SECURITY_MODE_COMMAND || row == UE_RRC_RECONFIGURATION;
}

void ue_rrc(struct ue *c)
{
	const struct iuplus_ue_rrc_event *event = c->event;
	struct iuplus_ue_rrc *ue = c->ue;
	bool connected = ue->state == IUPLUS_UE_CONNECTED || ue->state == IUPLUS_UE_ARRIVING;
	struct iuplus_rrc_error error;
	struct iuplus_rrc_msg msg;
	bool arriving = ue->state == IUPLUS_UE_ARRIVING;
	int rc;

	if (event->rb && !connected && ue->state != IUPLUS_UE_RELEASING) {
		proc_failure(&c->p, "message on RB%u without RRC connection", event->rb);
		return;
	}
	memset(&msg, 0, sizeof(msg));
	memset(&error, 0, sizeof(error));
	rc = iuplus_rrc_decode(event->rb ? IUPLUS_RRC_DL_DCCH : IUPLUS_RRC_DL_CCCH, event->pdu, c->p.flags,
			       c->p.env->arena, &msg, &error);
	if (rc) {
		error.rc = rc;
		not_understood(c, &error);
		return;
	}
	if (!verifies_itself(&msg) && (event->rb || msg.type == IUPLUS_RRC_CONNECTION_RELEASE) && !ue_verify(c, &msg))
		return;
	if (arriving && event->rb && !verifies_itself(&msg))
		ue_heard(c);
	c->rrc = &msg;
	run(c, &iuplus_ue_rrc_table__[ue->state][iuplus_ue_rrc_row__(msg.type)], iuplus_rrc_asn1_name(msg.type));
	c->rrc = NULL;
}

/* Any other expiry came late. */
void ue_expired(struct ue *c)
{
	enum iuplus_ue_rrc_state state = c->ue->state;

	if (c->event->timer == IUPLUS_UE_T300 && state == IUPLUS_UE_CONNECTING)
		ue_t300_expired(c);
	else if (c->event->timer == IUPLUS_UE_T308 && state == IUPLUS_UE_RELEASING)
		ue_t308_expired(c);
	else if (c->event->timer == IUPLUS_UE_T_ARRIVAL && state == IUPLUS_UE_ARRIVING)
		ue_return(c);
}

int iuplus_ue_rrc_event(struct iuplus_ue_rrc *ue, const struct iuplus_ue_rrc_config *config,
			const struct iuplus_proc_env *env, const struct iuplus_ue_rrc_event *event,
			struct iuplus_proc_actions *actions)
{
	struct ue c;

	if ((unsigned)event->kind >= IUPLUS_UE_EVENTS || event->rb >= IUPLUS_PROC_RBS ||
	    (unsigned)event->domain > IUPLUS_DOMAIN_PS || config->cell_count > IUPLUS_UE_MAX_CELLS)
		return IUPLUS_ERR_ARGUMENT;
	memset(&c, 0, sizeof(c));
	c.p.env = env;
	c.p.out = actions;
	c.p.flags = config->enhanced ? 0 : IUPLUS_RRC_LEGACY;
	c.cfg = config;
	c.ue = ue;
	c.event = event;
	run(&c, &iuplus_ue_event_table__[ue->state][event->kind], iuplus_ue_rrc_event_name(event->kind));
	if (c.p.exhausted && ue->state != IUPLUS_UE_IDLE)
		ue_lost(&c);
	return proc_end(&c.p);
}
