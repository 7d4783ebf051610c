/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua.c: the ASP state machine of one association (RFC 4666 clause 4). */
#include "src/net/m3ua.h"

#include <string.h>

#define NEVER UINT64_MAX
#define MAX_CONTROL 512u /* octets of the longest message that is not DATA */
#define MAX_BEATS_MISSED 2u
#define MAX_DIAGNOSTIC 128u

const struct iuplus_m3ua_timers iuplus_m3ua_default_timers = { .t_ack = 2000, .t_beat = 30000 };

static void tell(struct iuplus_m3ua *m, enum iuplus_m3ua_event_kind kind, const struct iuplus_m3ua_message *message,
		 unsigned error, const char *reason)
{
	struct iuplus_m3ua_event event = { kind, message, error, reason };

	m->ops.event(m->ops.user, &event);
}

static void send_message(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *message)
{
	uint8_t buf[MAX_CONTROL];
	size_t len;

	/* Management and ASP messages use stream 0 (1.4.7). */
	if (iuplus_m3ua_encode(message, buf, sizeof(buf), &len) == 0)
		m->ops.send(m->ops.user, 0, buf, len);
}

static void send_error(struct iuplus_m3ua *m, unsigned error, const uint8_t *data, size_t len)
{
	struct iuplus_m3ua_message e = { .type = IUPLUS_M3UA_ERR, .has_error = true, .error = error };

	e.diagnostic.data = data;
	e.diagnostic.len = len > MAX_DIAGNOSTIC ? MAX_DIAGNOSTIC : len;
	if (error == IUPLUS_M3UA_E_ROUTING_CONTEXT && m->config.has_routing_context) {
		e.has_routing_context = true;
		e.routing_context = m->config.routing_context;
	}
	m->errors_sent++;
	send_message(m, &e);
}

/* Sends a request and awaits its answer for T(ack). */
static void ask(struct iuplus_m3ua *m, unsigned type, uint64_t now)
{
	struct iuplus_m3ua_message q = { .type = type };

	if (type == IUPLUS_M3UA_ASPUP && m->config.has_asp_id) {
		q.has_asp_id = true;
		q.asp_id = m->config.asp_id;
	}
	if (type == IUPLUS_M3UA_ASPAC || type == IUPLUS_M3UA_ASPIA) {
		q.has_routing_context = m->config.has_routing_context;
		q.routing_context = m->config.routing_context;
	}
	if (type == IUPLUS_M3UA_ASPAC && m->config.traffic_mode != 0) {
		q.has_traffic_mode = true;
		q.traffic_mode = m->config.traffic_mode;
	}
	if (m->asked != type)
		m->attempts = 0;
	m->asked = type;
	m->attempts++;
	m->ack_at = now + m->config.timers.t_ack;
	send_message(m, &q);
}

static void answered(struct iuplus_m3ua *m)
{
	m->asked = 0;
	m->ack_at = NEVER;
}

/* Sets the state; no other function does. */
static void enter(struct iuplus_m3ua *m, enum iuplus_m3ua_state state, const char *reason)
{
	enum iuplus_m3ua_state old = m->state;

	m->state = state;
	if (old != IUPLUS_M3UA_ACTIVE && state == IUPLUS_M3UA_ACTIVE)
		tell(m, IUPLUS_M3UA_EV_ACTIVE, NULL, 0, reason);
	else if (old == IUPLUS_M3UA_ACTIVE && state != IUPLUS_M3UA_ACTIVE)
		tell(m, IUPLUS_M3UA_EV_INACTIVE, NULL, 0, reason);
}

void iuplus_m3ua_init(struct iuplus_m3ua *m, const struct iuplus_m3ua_config *config, const struct iuplus_m3ua_ops *ops)
{
	memset(m, 0, sizeof(*m));
	m->config = *config;
	m->ops = *ops;
	if (config->timers.t_ack == 0 && config->timers.t_beat == 0)
		m->config.timers = iuplus_m3ua_default_timers;
	else if (config->timers.t_ack == 0)
		m->config.timers.t_ack = iuplus_m3ua_default_timers.t_ack;
	m->ack_at = m->beat_at = NEVER;
}

void iuplus_m3ua_up(struct iuplus_m3ua *m, uint16_t streams, uint64_t now)
{
	if (m->associated)
		enter(m, IUPLUS_M3UA_DOWN, "association restarted");
	m->associated = true;
	m->closing = false;
	m->streams = streams > 0 ? streams : 1;
	m->beats_missed = 0;
	m->peer_has_asp_id = false;
	m->beat_at = m->config.timers.t_beat > 0 ? now + m->config.timers.t_beat : NEVER;
	answered(m);
	if (m->config.role == IUPLUS_M3UA_CLIENT)
		ask(m, IUPLUS_M3UA_ASPUP, now);
}

void iuplus_m3ua_down(struct iuplus_m3ua *m)
{
	m->associated = false;
	m->beat_at = NEVER;
	answered(m);
	enter(m, IUPLUS_M3UA_DOWN, "association lost");
}

static void notify(struct iuplus_m3ua *m, unsigned info)
{
	struct iuplus_m3ua_message n = { .type = IUPLUS_M3UA_NTFY, .has_status = true, .status_type = 1 };

	if (!m->config.notify)
		return;
	n.status_info = (uint16_t)info;
	send_message(m, &n);
}

static bool routing_context_fits(const struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q)
{
	/* A message without routing context means all of them; of several, the first one is compared. */
	return !m->config.has_routing_context || !q->has_routing_context ||
	       q->routing_context == m->config.routing_context;
}

/* The server processes a request (4.3.4.1 to 4.3.4.4). */
static void serve(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len)
{
	struct iuplus_m3ua_message a = { .type = 0 };
	enum iuplus_m3ua_state before = m->state;

	switch (q->type) {
	case IUPLUS_M3UA_ASPUP:
		m->peer_has_asp_id = q->has_asp_id;
		m->peer_asp_id = q->asp_id;
		a.type = IUPLUS_M3UA_ASPUP_ACK;
		send_message(m, &a);
		/* ASPUP from an active ASP is acknowledged and reported, and the ASP becomes inactive (4.3.4.1). */
		if (before == IUPLUS_M3UA_ACTIVE)
			send_error(m, IUPLUS_M3UA_E_UNEXPECTED, data, len);
		if (before != IUPLUS_M3UA_INACTIVE)
			notify(m, 2);
		enter(m, IUPLUS_M3UA_INACTIVE, "ASPUP");
		return;
	case IUPLUS_M3UA_ASPDN:
		a.type = IUPLUS_M3UA_ASPDN_ACK;
		send_message(m, &a);
		enter(m, IUPLUS_M3UA_DOWN, "ASPDN");
		return;
	case IUPLUS_M3UA_ASPAC:
		if (before == IUPLUS_M3UA_DOWN) {
			send_error(m, IUPLUS_M3UA_E_UNEXPECTED, data, len);
			return;
		}
		if (!routing_context_fits(m, q)) {
			send_error(m, IUPLUS_M3UA_E_ROUTING_CONTEXT, data, len);
			return;
		}
		if (q->has_traffic_mode &&
		    (q->traffic_mode < IUPLUS_M3UA_TMT_OVERRIDE || q->traffic_mode > IUPLUS_M3UA_TMT_BROADCAST)) {
			send_error(m, IUPLUS_M3UA_E_TRAFFIC_MODE, data, len);
			return;
		}
		a.type = IUPLUS_M3UA_ASPAC_ACK;
		a.has_routing_context = q->has_routing_context;
		a.routing_context = q->routing_context;
		a.has_traffic_mode = q->has_traffic_mode;
		a.traffic_mode = q->traffic_mode;
		send_message(m, &a);
		if (before != IUPLUS_M3UA_ACTIVE)
			notify(m, 3);
		enter(m, IUPLUS_M3UA_ACTIVE, "ASPAC");
		return;
	case IUPLUS_M3UA_ASPIA:
		if (before == IUPLUS_M3UA_DOWN) {
			send_error(m, IUPLUS_M3UA_E_UNEXPECTED, data, len);
			return;
		}
		a.type = IUPLUS_M3UA_ASPIA_ACK;
		a.has_routing_context = q->has_routing_context;
		a.routing_context = q->routing_context;
		send_message(m, &a);
		if (before == IUPLUS_M3UA_ACTIVE)
			notify(m, 2);
		enter(m, IUPLUS_M3UA_INACTIVE, "ASPIA");
		return;
	}
}

/* The client processes an answer. An unrequested one may be a retransmission: it only changes the state. */
static void hear(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *a, uint64_t now)
{
	switch (a->type) {
	case IUPLUS_M3UA_ASPUP_ACK:
		if (m->asked == IUPLUS_M3UA_ASPUP) {
			answered(m);
			enter(m, IUPLUS_M3UA_INACTIVE, "ASPUP ACK");
			ask(m, IUPLUS_M3UA_ASPAC, now);
		}
		return;
	case IUPLUS_M3UA_ASPAC_ACK:
		if (m->asked == IUPLUS_M3UA_ASPAC) {
			answered(m);
			enter(m, IUPLUS_M3UA_ACTIVE, "ASPAC ACK");
		}
		return;
	case IUPLUS_M3UA_ASPIA_ACK:
		if (m->asked == IUPLUS_M3UA_ASPIA)
			answered(m);
		enter(m, m->state == IUPLUS_M3UA_ACTIVE ? IUPLUS_M3UA_INACTIVE : m->state, "ASPIA ACK");
		if (m->closing)
			ask(m, IUPLUS_M3UA_ASPDN, now);
		else if (m->state == IUPLUS_M3UA_INACTIVE && m->asked == 0)
			ask(m, IUPLUS_M3UA_ASPAC,
			    now); /* the gateway took this ASP out of service (4.3.4.4): become active again */
		return;
	case IUPLUS_M3UA_ASPDN_ACK:
		answered(m);
		enter(m, IUPLUS_M3UA_DOWN, "ASPDN ACK");
		if (!m->closing)
			ask(m, IUPLUS_M3UA_ASPUP, now);
		return;
	}
}

static void receive_data(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *d, const uint8_t *data, size_t len)
{
	if (m->state != IUPLUS_M3UA_ACTIVE) {
		send_error(m, IUPLUS_M3UA_E_UNEXPECTED, data, len);
		return;
	}
	if (!routing_context_fits(m, d)) {
		send_error(m, IUPLUS_M3UA_E_ROUTING_CONTEXT, data, len);
		return;
	}
	if (m->config.has_network_appearance && d->has_network_appearance &&
	    d->network_appearance != m->config.network_appearance) {
		send_error(m, IUPLUS_M3UA_E_NETWORK_APPEARANCE, data, len);
		return;
	}
	tell(m, IUPLUS_M3UA_EV_DATA, d, 0, NULL);
}

void iuplus_m3ua_receive(struct iuplus_m3ua *m, uint16_t stream, const uint8_t *data, size_t len, uint64_t now)
{
	struct iuplus_m3ua_message q, a;
	unsigned error;

	if (!m->associated)
		return;
	/* Any message shows that the peer is alive. */
	m->beats_missed = 0;
	if (iuplus_m3ua_decode(data, len, &q, &error) != 0) {
		tell(m, IUPLUS_M3UA_EV_ERROR, NULL, error, "malformed message");
		/* ERR is never answered by ERR (3.8.1). */
		if (q.type != IUPLUS_M3UA_ERR || len < 4)
			send_error(m, error, data, len);
		return;
	}
	if (stream != 0 && q.type >> 8 == 3 && q.type != IUPLUS_M3UA_BEAT && q.type != IUPLUS_M3UA_BEAT_ACK) {
		tell(m, IUPLUS_M3UA_EV_ERROR, &q, IUPLUS_M3UA_E_STREAM, "ASP state message on a stream other than 0");
		send_error(m, IUPLUS_M3UA_E_STREAM, data, len);
		return;
	}
	switch (q.type) {
	case IUPLUS_M3UA_DATA:
		receive_data(m, &q, data, len);
		return;
	case IUPLUS_M3UA_BEAT:
		memset(&a, 0, sizeof(a));
		a.type = IUPLUS_M3UA_BEAT_ACK;
		a.heartbeat = q.heartbeat;
		send_message(m, &a);
		return;
	case IUPLUS_M3UA_BEAT_ACK:
		return;
	case IUPLUS_M3UA_ERR:
		tell(m, IUPLUS_M3UA_EV_ERROR, &q, q.error, "ERR received");
		return;
	case IUPLUS_M3UA_NTFY:
		return;
	case IUPLUS_M3UA_DUNA:
	case IUPLUS_M3UA_DAVA:
	case IUPLUS_M3UA_DRST:
	case IUPLUS_M3UA_SCON:
	case IUPLUS_M3UA_DUPU:
		tell(m, IUPLUS_M3UA_EV_DESTINATION, &q, 0, NULL);
		return;
	case IUPLUS_M3UA_DAUD:
		/* The destinations in DAUD are this node or unknown ones; all are reported as available to an active
		 * peer. */
		memset(&a, 0, sizeof(a));
		a.type = IUPLUS_M3UA_DAVA;
		a.affected = q.affected;
		if (m->state == IUPLUS_M3UA_ACTIVE)
			send_message(m, &a);
		return;
	case IUPLUS_M3UA_ASPUP:
	case IUPLUS_M3UA_ASPDN:
	case IUPLUS_M3UA_ASPAC:
	case IUPLUS_M3UA_ASPIA:
		if (m->config.role == IUPLUS_M3UA_SERVER)
			serve(m, &q, data, len);
		else
			send_error(m, IUPLUS_M3UA_E_UNEXPECTED, data, len);
		return;
	case IUPLUS_M3UA_ASPUP_ACK:
	case IUPLUS_M3UA_ASPDN_ACK:
	case IUPLUS_M3UA_ASPAC_ACK:
	case IUPLUS_M3UA_ASPIA_ACK:
		if (m->config.role == IUPLUS_M3UA_CLIENT)
			hear(m, &q, now);
		else
			send_error(m, IUPLUS_M3UA_E_UNEXPECTED, data, len);
		return;
	default:
		/* Registration (class 9) is not supported, which 3.6 allows. */
		send_error(m, IUPLUS_M3UA_E_CLASS, data, len);
		return;
	}
}

int iuplus_m3ua_send(struct iuplus_m3ua *m, uint32_t opc, uint32_t dpc, uint8_t ni, uint8_t sls, const uint8_t *data,
		     size_t len)
{
	struct iuplus_m3ua_message d = { .type = IUPLUS_M3UA_DATA, .has_data = true };
	uint8_t buf[IUPLUS_M3UA_MAX_USER + 64];
	size_t out;
	uint16_t stream;

	if (m->state != IUPLUS_M3UA_ACTIVE)
		return IUPLUS_ERR_STATE;
	if (len > IUPLUS_M3UA_MAX_USER)
		return IUPLUS_ERR_SPACE;
	d.has_routing_context = m->config.has_routing_context;
	d.routing_context = m->config.routing_context;
	d.has_network_appearance = m->config.has_network_appearance;
	d.network_appearance = m->config.network_appearance;
	d.opc = opc;
	d.dpc = dpc;
	d.si = IUPLUS_M3UA_SI_SCCP;
	d.ni = ni;
	d.sls = sls;
	d.user.data = data;
	d.user.len = len;
	if (iuplus_m3ua_encode(&d, buf, sizeof(buf), &out) != 0)
		return IUPLUS_ERR_SPACE;
	/* Stream 0 is for management; messages of one SLS use the same one of the other streams to stay in sequence
	 * (1.4.7). */
	stream = m->streams > 1 ? (uint16_t)(1 + sls % (m->streams - 1)) : 0;
	m->ops.send(m->ops.user, stream, buf, out);
	return 0;
}

void iuplus_m3ua_stop(struct iuplus_m3ua *m, uint64_t now)
{
	if (m->config.role != IUPLUS_M3UA_CLIENT || !m->associated || m->closing)
		return;
	m->closing = true;
	ask(m, m->state == IUPLUS_M3UA_ACTIVE ? IUPLUS_M3UA_ASPIA : IUPLUS_M3UA_ASPDN, now);
}

uint64_t iuplus_m3ua_next(const struct iuplus_m3ua *m)
{
	return m->ack_at < m->beat_at ? m->ack_at : m->beat_at;
}

void iuplus_m3ua_tick(struct iuplus_m3ua *m, uint64_t now)
{
	if (m->associated && m->ack_at <= now && m->asked != 0)
		ask(m, m->asked, now);
	if (m->associated && m->beat_at <= now) {
		struct iuplus_m3ua_message beat = { .type = IUPLUS_M3UA_BEAT };
		uint8_t content[4];

		if (m->beats_missed >= MAX_BEATS_MISSED) {
			m->beat_at = NEVER;
			tell(m, IUPLUS_M3UA_EV_DEAD, NULL, 0, "no answer to BEAT");
			return;
		}
		m->beats_missed++;
		m->beat_number++;
		for (unsigned i = 0; i < 4; i++)
			content[i] = (uint8_t)(m->beat_number >> (24 - 8 * i));
		beat.heartbeat.data = content;
		beat.heartbeat.len = sizeof(content);
		m->beat_at = now + m->config.timers.t_beat;
		send_message(m, &beat);
	}
}
