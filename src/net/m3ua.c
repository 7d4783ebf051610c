/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua.c: the part of M3UA's machine that both roles share: messages in and out, DATA, heartbeat (RFC 4666 clause 4).
 * The client's requests are in m3ua_asp.c, the server's answers in m3ua_sgp.c. */
#include "src/net/m3ua_internal.h"

#include <string.h>

#define MAX_BEATS_MISSED 2u

const struct iuplus_m3ua_timers iuplus_m3ua_default_timers = { .t_ack = 2000, .t_beat = 30000, .t_r = 2000 };

void iuplus_m3ua_init(struct iuplus_m3ua *m, const struct iuplus_m3ua_config *config, const struct iuplus_m3ua_ops *ops)
{
	struct iuplus_m3ua_timers *t = &m->config.timers;

	memset(m, 0, sizeof(*m));
	m->config = *config;
	m->ops = *ops;
	if (t->t_ack == 0 && t->t_beat == 0)
		t->t_beat = iuplus_m3ua_default_timers.t_beat;
	if (t->t_ack == 0)
		t->t_ack = iuplus_m3ua_default_timers.t_ack;
	if (t->t_r == 0)
		t->t_r = iuplus_m3ua_default_timers.t_r;
	m->has_routing_context = config->has_routing_context;
	m->routing_context = config->routing_context;
	m->ack_at = m->beat_at = m->pending_at = M3UA_NEVER;
}

static void report_loss(struct iuplus_m3ua *m)
{
	if (m->config.role == IUPLUS_M3UA_SERVER && m->state == IUPLUS_M3UA_ACTIVE)
		m3ua_association_lost(m);
}

void iuplus_m3ua_up(struct iuplus_m3ua *m, uint16_t streams, uint64_t now)
{
	if (m->associated) {
		report_loss(m);
		m3ua_enter(m, IUPLUS_M3UA_DOWN, "association restarted");
	}
	m->associated = true;
	m->closing = m->overridden = false;
	m->streams = streams > 0 ? streams : 1;
	m->streams_in = 0;
	m->beats_missed = 0;
	m->peer_has_asp_id = false;
	m->as_state = 0;
	m->pending_at = M3UA_NEVER;
	m->beat_at = m->config.timers.t_beat > 0 ? now + m->config.timers.t_beat : M3UA_NEVER;
	m3ua_answered(m);
	if (m->config.role == IUPLUS_M3UA_CLIENT)
		m3ua_ask(m, IUPLUS_M3UA_ASPUP, now);
}

void iuplus_m3ua_streams_in(struct iuplus_m3ua *m, uint16_t streams)
{
	m->streams_in = streams;
}

void iuplus_m3ua_down(struct iuplus_m3ua *m)
{
	report_loss(m);
	m->associated = false;
	m->beat_at = m->pending_at = M3UA_NEVER;
	m->as_state = 0;
	m->peer_has_asp_id = false;
	m3ua_answered(m);
	m3ua_enter(m, IUPLUS_M3UA_DOWN, "association lost");
}

/* Without a configured one, an SGP serves no network that an ASP may name; an ASP takes what its gateway says (3.8.1).
 */
static bool appearance_fits(const struct iuplus_m3ua *m, const struct iuplus_m3ua_message *d)
{
	if (!d->has_network_appearance)
		return true;
	if (!m->config.has_network_appearance)
		return m->config.role == IUPLUS_M3UA_CLIENT;
	return d->network_appearance == m->config.network_appearance;
}

static void receive_data(struct iuplus_m3ua *m, uint16_t stream, const struct iuplus_m3ua_message *d,
			 const uint8_t *data, size_t len)
{
	unsigned error = 0;

	if (m->state != IUPLUS_M3UA_ACTIVE)
		error = IUPLUS_M3UA_E_UNEXPECTED;
	else if (stream == 0 && m->streams_in > 1)
		error = IUPLUS_M3UA_E_STREAM; /* DATA never uses stream 0, unless there is no other (1.4.7) */
	else if (!m3ua_context_fits(m, d))
		error = IUPLUS_M3UA_E_ROUTING_CONTEXT;
	else if (!appearance_fits(m, d))
		error = IUPLUS_M3UA_E_NETWORK_APPEARANCE;
	if (error == 0) {
		m3ua_tell(m, IUPLUS_M3UA_EV_DATA, d, 0, NULL);
		return;
	}
	m3ua_tell(m, IUPLUS_M3UA_EV_ERROR, d, error, "DATA refused");
	m3ua_error(m, error, d, data, len);
}

/* DUNA, DAVA, DRST, SCON, DUPU are for an ASP that is active (4.3.1); a server takes them from a peer alike. */
static void receive_ssnm(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len)
{
	if (m->state != IUPLUS_M3UA_ACTIVE) {
		m3ua_error(m, IUPLUS_M3UA_E_UNEXPECTED, q, data, len);
		return;
	}
	if (!m3ua_context_fits(m, q)) {
		m3ua_error(m, IUPLUS_M3UA_E_ROUTING_CONTEXT, q, data, len);
		return;
	}
	if (q->type != IUPLUS_M3UA_DAUD)
		m3ua_tell(m, IUPLUS_M3UA_EV_DESTINATION, q, 0, NULL);
	else if (m->config.role == IUPLUS_M3UA_SERVER)
		m3ua_answer_audit(m, q);
	else
		m3ua_error(m, IUPLUS_M3UA_E_UNEXPECTED, q, data, len); /* only an SGP knows destinations (3.4.3) */
}

/* Whether this role receives messages of the type; BEAT, ERR and the like are for both. */
static bool is_for_role(const struct iuplus_m3ua *m, unsigned type)
{
	switch (type) {
	case IUPLUS_M3UA_ASPUP:
	case IUPLUS_M3UA_ASPDN:
	case IUPLUS_M3UA_ASPAC:
	case IUPLUS_M3UA_ASPIA:
		return m->config.role == IUPLUS_M3UA_SERVER;
	case IUPLUS_M3UA_NTFY:
	case IUPLUS_M3UA_ASPUP_ACK:
	case IUPLUS_M3UA_ASPDN_ACK:
	case IUPLUS_M3UA_ASPAC_ACK:
	case IUPLUS_M3UA_ASPIA_ACK:
		return m->config.role == IUPLUS_M3UA_CLIENT;
	}
	return true;
}

static void receive_beat(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q)
{
	struct iuplus_m3ua_message a = { .type = IUPLUS_M3UA_BEAT_ACK, .heartbeat = q->heartbeat };

	m3ua_send(m, &a);
}

static void dispatch(struct iuplus_m3ua *m, uint16_t stream, const struct iuplus_m3ua_message *q, const uint8_t *data,
		     size_t len, uint64_t now)
{
	switch (q->type) {
	case IUPLUS_M3UA_DATA:
		receive_data(m, stream, q, data, len);
		return;
	case IUPLUS_M3UA_BEAT:
		receive_beat(m, q);
		return;
	case IUPLUS_M3UA_BEAT_ACK:
		return;
	case IUPLUS_M3UA_ERR:
		m3ua_tell(m, IUPLUS_M3UA_EV_ERROR, q, q->error, "ERR received");
		return;
	case IUPLUS_M3UA_NTFY:
		m3ua_notified(m, q, now);
		return;
	case IUPLUS_M3UA_DUNA:
	case IUPLUS_M3UA_DAVA:
	case IUPLUS_M3UA_DRST:
	case IUPLUS_M3UA_SCON:
	case IUPLUS_M3UA_DUPU:
	case IUPLUS_M3UA_DAUD:
		receive_ssnm(m, q, data, len);
		return;
	case IUPLUS_M3UA_REG_RSP:
		if (m->config.registers) {
			m3ua_hear(m, q, data, len, now);
			return;
		}
		/* fall through */
	case IUPLUS_M3UA_REG_REQ:
	case IUPLUS_M3UA_DEREG_REQ:
	case IUPLUS_M3UA_DEREG_RSP:
		/* This node lets nobody register, which 3.6 allows. */
		m3ua_error(m, IUPLUS_M3UA_E_CLASS, q, data, len);
		return;
	default:
		if (m->config.role == IUPLUS_M3UA_SERVER)
			m3ua_serve(m, q, data, len, now);
		else
			m3ua_hear(m, q, data, len, now);
		return;
	}
}

void iuplus_m3ua_receive(struct iuplus_m3ua *m, uint16_t stream, const uint8_t *data, size_t len, uint64_t now)
{
	struct iuplus_m3ua_message q;
	unsigned error;

	if (!m->associated)
		return;
	/* Any message shows that the peer is alive. */
	m->beats_missed = 0;
	if (iuplus_m3ua_decode(data, len, &q, &error) != 0) {
		m3ua_tell(m, IUPLUS_M3UA_EV_ERROR, NULL, error, "malformed message");
		/* ERR is never answered by ERR (3.8.1). */
		if (q.type != IUPLUS_M3UA_ERR || len < 4)
			m3ua_error(m, error, NULL, data, len);
		return;
	}
	if (stream != 0 && q.type >> 8 == 3 && q.type != IUPLUS_M3UA_BEAT && q.type != IUPLUS_M3UA_BEAT_ACK) {
		m3ua_tell(m, IUPLUS_M3UA_EV_ERROR, &q, IUPLUS_M3UA_E_STREAM,
			  "ASP state message on a stream other than 0");
		m3ua_error(m, IUPLUS_M3UA_E_STREAM, &q, data, len);
		return;
	}
	if (!is_for_role(m, q.type)) {
		m3ua_error(m, IUPLUS_M3UA_E_UNEXPECTED, &q, data, len);
		return;
	}
	dispatch(m, stream, &q, data, len, now);
}

int iuplus_m3ua_send(struct iuplus_m3ua *m, uint32_t opc, uint32_t dpc, uint8_t ni, uint8_t sls, const uint8_t *data,
		     size_t len)
{
	struct iuplus_m3ua_message d = m3ua_about(m, IUPLUS_M3UA_DATA);
	uint8_t buf[IUPLUS_M3UA_MAX_USER + M3UA_MAX_PARAMETERS];
	size_t out;
	uint16_t stream;

	if (m->state != IUPLUS_M3UA_ACTIVE)
		return IUPLUS_ERR_STATE;
	if (len > IUPLUS_M3UA_MAX_USER)
		return IUPLUS_ERR_SPACE;
	d.has_data = true;
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

uint64_t iuplus_m3ua_next(const struct iuplus_m3ua *m)
{
	uint64_t next = m->ack_at < m->beat_at ? m->ack_at : m->beat_at;

	return next < m->pending_at ? next : m->pending_at;
}

void iuplus_m3ua_probe(struct iuplus_m3ua *m)
{
	struct iuplus_m3ua_message beat = { .type = IUPLUS_M3UA_BEAT };
	uint8_t content[4];

	if (!m->associated)
		return;
	m->beat_number++;
	for (unsigned i = 0; i < 4; i++)
		content[i] = (uint8_t)(m->beat_number >> (24 - 8 * i));
	beat.heartbeat.data = content;
	beat.heartbeat.len = sizeof(content);
	m3ua_send(m, &beat);
}

void iuplus_m3ua_tick(struct iuplus_m3ua *m, uint64_t now)
{
	if (m->associated && m->ack_at <= now && m->asked != 0)
		m3ua_ask(m, m->asked, now);
	if (m->pending_at <= now)
		m3ua_pending_expired(m);
	if (!m->associated || m->beat_at > now)
		return;
	if (m->beats_missed >= MAX_BEATS_MISSED) {
		m->beat_at = M3UA_NEVER;
		m3ua_tell(m, IUPLUS_M3UA_EV_DEAD, NULL, 0, "no answer to BEAT");
		return;
	}
	m->beats_missed++;
	m->beat_at = now + m->config.timers.t_beat;
	iuplus_m3ua_probe(m);
}
