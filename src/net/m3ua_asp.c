/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua_asp.c: M3UA's client: the ASP, or the IPSP that sends the requests (RFC 4666 4.3, 4.4). */
#include "src/net/m3ua_internal.h"

/* A refused registration is tried again after this many T(ack): somebody has to change the gateway's configuration. */
#define REFUSED_PAUSE 5u

/* One routing key, so its identifier need not differ. */
#define LOCAL_KEY_ID 1u

static void fill_request(const struct iuplus_m3ua *m, struct iuplus_m3ua_message *q)
{
	switch (q->type) {
	case IUPLUS_M3UA_ASPUP:
		q->has_asp_id = m->config.has_asp_id;
		q->asp_id = m->config.asp_id;
		break;
	case IUPLUS_M3UA_REG_REQ:
		q->has_routing_key = true;
		q->local_key_id = LOCAL_KEY_ID;
		q->key_dpc = m->config.point_code;
		q->has_traffic_mode = false;
		break;
	case IUPLUS_M3UA_ASPAC:
		q->has_traffic_mode = m->config.traffic_mode != 0;
		q->traffic_mode = m->config.traffic_mode;
		/* fall through */
	case IUPLUS_M3UA_ASPIA:
		q->has_routing_context = m->has_routing_context;
		q->routing_context = m->routing_context;
		break;
	default:
		break;
	}
}

void m3ua_ask(struct iuplus_m3ua *m, unsigned type, uint64_t now)
{
	struct iuplus_m3ua_message q = { .type = type };

	fill_request(m, &q);
	if (m->asked != type)
		m->attempts = 0;
	m->asked = type;
	m->attempts++;
	m->ack_at = now + m->config.timers.t_ack;
	m3ua_send(m, &q);
}

void m3ua_answered(struct iuplus_m3ua *m)
{
	m->asked = 0;
	m->ack_at = M3UA_NEVER;
}

/* Becomes active; a client that registers first asks for a routing context. */
static void activate(struct iuplus_m3ua *m, uint64_t now)
{
	m3ua_ask(m, m->config.registers && !m->has_routing_context ? IUPLUS_M3UA_REG_REQ : IUPLUS_M3UA_ASPAC, now);
}

/* The peer has forgotten what this ASP registered. */
static void forget_registration(struct iuplus_m3ua *m)
{
	m->has_routing_context = m->config.has_routing_context;
	m->routing_context = m->config.routing_context;
}

static void hear_up(struct iuplus_m3ua *m, const uint8_t *data, size_t len, uint64_t now)
{
	if (m->asked != IUPLUS_M3UA_ASPUP) {
		/* The peer believes that this ASP came up just now. It is inactive for the peer (4.3.4.1). */
		if (m->state == IUPLUS_M3UA_INACTIVE)
			return;
		m3ua_error(m, IUPLUS_M3UA_E_UNEXPECTED, NULL, data, len);
		if (m->closing)
			return;
	}
	m3ua_answered(m);
	forget_registration(m);
	m3ua_enter(m, IUPLUS_M3UA_INACTIVE, "ASPUP ACK");
	activate(m, now);
}

static void hear_registration(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *a, const uint8_t *data,
			      size_t len, uint64_t now)
{
	/* "already registered" also names the routing context (3.6.2) */
	bool registered = a->registration_status == 0 || (a->registration_status == 12 && a->registered_context != 0);

	if (!a->has_registration)
		m3ua_error(m, IUPLUS_M3UA_E_PARAMETER_MISSING, a, data, len);
	if (m->asked != IUPLUS_M3UA_REG_REQ || !a->has_registration || a->local_key_id != LOCAL_KEY_ID)
		return;
	if (!registered) {
		m3ua_tell(m, IUPLUS_M3UA_EV_ERROR, a, 0, iuplus_m3ua_registration_name(a->registration_status));
		m->ack_at = now + (uint64_t)REFUSED_PAUSE * m->config.timers.t_ack;
		return;
	}
	m3ua_answered(m);
	m->has_routing_context = true;
	m->routing_context = a->registered_context;
	activate(m, now);
}

static void hear_inactive(struct iuplus_m3ua *m, uint64_t now)
{
	if (m->asked == IUPLUS_M3UA_ASPIA)
		m3ua_answered(m);
	if (m->state == IUPLUS_M3UA_ACTIVE)
		m3ua_enter(m, IUPLUS_M3UA_INACTIVE, "ASPIA ACK");
	if (m->closing)
		m3ua_ask(m, IUPLUS_M3UA_ASPDN, now);
	else if (m->state == IUPLUS_M3UA_INACTIVE && m->asked == 0)
		/* The gateway took this ASP out of service (4.3.4.4): become active again. */
		activate(m, now);
}

void m3ua_hear(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *a, const uint8_t *data, size_t len,
	       uint64_t now)
{
	switch (a->type) {
	case IUPLUS_M3UA_ASPUP_ACK:
		hear_up(m, data, len, now);
		return;
	case IUPLUS_M3UA_REG_RSP:
		hear_registration(m, a, data, len, now);
		return;
	case IUPLUS_M3UA_ASPAC_ACK:
		if (m->asked != IUPLUS_M3UA_ASPAC || !m3ua_context_fits(m, a))
			return;
		m3ua_answered(m);
		m->overridden = false;
		m3ua_enter(m, IUPLUS_M3UA_ACTIVE, "ASPAC ACK");
		return;
	case IUPLUS_M3UA_ASPIA_ACK:
		hear_inactive(m, now);
		return;
	case IUPLUS_M3UA_ASPDN_ACK:
		m3ua_answered(m);
		forget_registration(m);
		m3ua_enter(m, IUPLUS_M3UA_DOWN, "ASPDN ACK");
		if (!m->closing)
			m3ua_ask(m, IUPLUS_M3UA_ASPUP, now);
		return;
	default:
		return;
	}
}

void m3ua_notified(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *n, uint64_t now)
{
	bool alternate = n->status_type == 2 && n->status_info == 2;
	bool wanted = (n->status_type == 1 && (n->status_info == 2 || n->status_info == 4)) ||
		      (n->status_type == 2 && n->status_info == 1);

	m3ua_tell(m, IUPLUS_M3UA_EV_STATUS, n, 0, NULL);
	if (!m3ua_context_fits(m, n) || m->closing)
		return;
	if (alternate && m->state == IUPLUS_M3UA_ACTIVE) {
		/* The other one has the traffic now (override mode, 4.3.4.3). This one waits until it is wanted. */
		m->overridden = true;
		m3ua_enter(m, IUPLUS_M3UA_INACTIVE, "alternate ASP active");
	} else if (wanted && m->overridden && m->state == IUPLUS_M3UA_INACTIVE && m->asked == 0) {
		activate(m, now);
	}
}

void iuplus_m3ua_audit(struct iuplus_m3ua *m, uint32_t pc)
{
	struct iuplus_m3ua_message q = m3ua_about(m, IUPLUS_M3UA_DAUD);
	uint8_t affected[4] = { 0, (uint8_t)(pc >> 16), (uint8_t)(pc >> 8), (uint8_t)pc };

	if (m->config.role != IUPLUS_M3UA_CLIENT || m->state != IUPLUS_M3UA_ACTIVE)
		return;
	q.affected.data = affected;
	q.affected.len = sizeof(affected);
	m3ua_send(m, &q);
}

void iuplus_m3ua_stop(struct iuplus_m3ua *m, uint64_t now)
{
	if (m->config.role != IUPLUS_M3UA_CLIENT || !m->associated || m->closing)
		return;
	m->closing = true;
	m3ua_ask(m, m->state == IUPLUS_M3UA_ACTIVE ? IUPLUS_M3UA_ASPIA : IUPLUS_M3UA_ASPDN, now);
}
