/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua_sgp.c: M3UA's server: the SGP, or the IPSP that answers (RFC 4666 4.3, 4.5).
 *
 * With a routing context, all associations that use it are one application server, whose state they share; the owner
 * connects them by the as_... callbacks. Without one, each association is an application server of its own. */
#include "src/net/m3ua_internal.h"

#include <stdlib.h>
#include <string.h>

/* States of the application server, by their numbers in NTFY (3.8.2). */
enum { AS_DOWN = 0, AS_INACTIVE = 2, AS_ACTIVE = 3, AS_PENDING = 4 };

#define OTHER 2u /* status type of NTFY, and its information */
#define ALTERNATE_ASP_ACTIVE 2u
#define CAUSE_UNEQUIPPED 1u

static void notify(struct iuplus_m3ua *m)
{
	struct iuplus_m3ua_message n = m3ua_about(m, IUPLUS_M3UA_NTFY);

	if (!m->config.notify || m->as_state == AS_DOWN)
		return;
	n.has_status = true;
	n.status_type = 1;
	n.status_info = (uint16_t)m->as_state;
	m3ua_send(m, &n);
}

static bool active_elsewhere(const struct iuplus_m3ua *m)
{
	return m->ops.as_active != NULL && m->ops.as_active(m->ops.user);
}

static void tell_others(const struct iuplus_m3ua *m, bool active)
{
	if (m->ops.as_changed != NULL)
		m->ops.as_changed(m->ops.user, active);
}

/* The ASP stops its traffic: without an active one, the AS is pending for T(r) (4.3.2). Returns true if it is now. */
static bool stop_traffic(struct iuplus_m3ua *m, uint64_t now)
{
	if (active_elsewhere(m))
		return false;
	m->as_state = AS_PENDING;
	m->pending_at = now + m->config.timers.t_r;
	tell_others(m, false);
	return true;
}

void m3ua_association_lost(struct iuplus_m3ua *m)
{
	if (!active_elsewhere(m))
		tell_others(m, false);
}

void m3ua_pending_expired(struct iuplus_m3ua *m)
{
	m->pending_at = M3UA_NEVER;
	m->as_state = m->state == IUPLUS_M3UA_DOWN ? AS_DOWN : AS_INACTIVE;
	notify(m);
}

void iuplus_m3ua_as_changed(struct iuplus_m3ua *m, bool active, uint64_t now)
{
	if (m->config.role != IUPLUS_M3UA_SERVER || m->state == IUPLUS_M3UA_DOWN)
		return;
	m->as_state = active ? AS_ACTIVE : AS_PENDING;
	m->pending_at = active ? M3UA_NEVER : now + m->config.timers.t_r;
	notify(m);
}

void iuplus_m3ua_override(struct iuplus_m3ua *m)
{
	struct iuplus_m3ua_message n = m3ua_about(m, IUPLUS_M3UA_NTFY);

	if (m->config.role != IUPLUS_M3UA_SERVER || m->state != IUPLUS_M3UA_ACTIVE)
		return;
	n.has_status = true;
	n.status_type = OTHER;
	n.status_info = ALTERNATE_ASP_ACTIVE;
	m3ua_send(m, &n);
	m3ua_enter(m, IUPLUS_M3UA_INACTIVE, "alternate ASP active");
}

static void serve_up(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len,
		     uint64_t now)
{
	struct iuplus_m3ua_message a = { .type = IUPLUS_M3UA_ASPUP_ACK };
	enum iuplus_m3ua_state before = m->state;

	if (q->has_asp_id && m->ops.asp_id_in_use != NULL && m->ops.asp_id_in_use(m->ops.user, q->asp_id)) {
		m3ua_tell(m, IUPLUS_M3UA_EV_ERROR, q, IUPLUS_M3UA_E_ASP_ID, "ASPUP refused");
		m3ua_error(m, IUPLUS_M3UA_E_ASP_ID, q, data, len);
		return;
	}
	m->peer_has_asp_id = q->has_asp_id;
	m->peer_asp_id = q->asp_id;
	m3ua_send(m, &a);
	if (before == IUPLUS_M3UA_ACTIVE) {
		/* Acknowledged and reported, and the ASP becomes inactive (4.3.4.1). */
		m3ua_error(m, IUPLUS_M3UA_E_UNEXPECTED, q, data, len);
		stop_traffic(m, now);
	} else if (m->as_state == AS_DOWN) {
		m->as_state = active_elsewhere(m) ? AS_ACTIVE : AS_INACTIVE;
	}
	if (before != IUPLUS_M3UA_INACTIVE)
		notify(m);
	m3ua_enter(m, IUPLUS_M3UA_INACTIVE, "ASPUP");
}

static void serve_down(struct iuplus_m3ua *m, uint64_t now)
{
	struct iuplus_m3ua_message a = { .type = IUPLUS_M3UA_ASPDN_ACK };

	m3ua_send(m, &a);
	if (m->state != IUPLUS_M3UA_ACTIVE || !stop_traffic(m, now))
		m->as_state = m->as_state == AS_PENDING ? AS_PENDING : AS_DOWN;
	m->peer_has_asp_id = false;
	m3ua_enter(m, IUPLUS_M3UA_DOWN, "ASPDN");
}

static bool mode_supported(const struct iuplus_m3ua *m, uint32_t mode)
{
	if (m->config.traffic_mode != 0)
		return mode == m->config.traffic_mode && mode != IUPLUS_M3UA_TMT_BROADCAST;
	return mode == IUPLUS_M3UA_TMT_OVERRIDE || mode == IUPLUS_M3UA_TMT_LOADSHARE;
}

/* The routing contexts of a request: each one that is not ours is reported. Returns false if none is ours; otherwise
 * the answer a gets those that are. */
static bool contexts(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len,
		     struct iuplus_m3ua_message *a)
{
	bool fits = m3ua_context_fits(m, q);

	a->has_routing_context = q->has_routing_context;
	if (m->has_routing_context) {
		a->routing_context = m->routing_context;
		if (!fits)
			m3ua_error(m, IUPLUS_M3UA_E_ROUTING_CONTEXT, q, data, len);
	} else {
		a->routing_context_list = q->routing_context_list;
	}
	return fits;
}

/* After the acknowledge: those of the list that are not ours (4.3.4.3: the answer may be several messages). */
static void report_others(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len)
{
	bool other = false;

	for (size_t at = 0; m->has_routing_context && at < q->routing_context_list.len;
	     at += M3UA_ROUTING_CONTEXT_LEN) {
		struct iuplus_m3ua_message one = { .has_routing_context = true };

		one.routing_context_list.data = q->routing_context_list.data + at;
		one.routing_context_list.len = M3UA_ROUTING_CONTEXT_LEN;
		other = other || !m3ua_context_fits(m, &one);
	}
	if (other)
		m3ua_error(m, IUPLUS_M3UA_E_ROUTING_CONTEXT, q, data, len);
}

static void serve_active(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len)
{
	struct iuplus_m3ua_message a = { .type = IUPLUS_M3UA_ASPAC_ACK };
	enum iuplus_m3ua_state before = m->state;

	if (before == IUPLUS_M3UA_DOWN) {
		m3ua_error(m, IUPLUS_M3UA_E_UNEXPECTED, q, data, len);
		return;
	}
	if (!contexts(m, q, data, len, &a))
		return;
	if (q->has_traffic_mode && !mode_supported(m, q->traffic_mode)) {
		m3ua_tell(m, IUPLUS_M3UA_EV_ERROR, q, IUPLUS_M3UA_E_TRAFFIC_MODE, "ASPAC refused");
		m3ua_error(m, IUPLUS_M3UA_E_TRAFFIC_MODE, q, data, len);
		return;
	}
	a.has_traffic_mode = q->has_traffic_mode;
	a.traffic_mode = q->traffic_mode;
	m3ua_send(m, &a);
	report_others(m, q, data, len);
	if (before == IUPLUS_M3UA_ACTIVE)
		return;
	if (active_elsewhere(m)) {
		if (m->config.traffic_mode == IUPLUS_M3UA_TMT_OVERRIDE && m->ops.as_taken != NULL)
			m->ops.as_taken(m->ops.user);
	} else {
		m->pending_at = M3UA_NEVER;
		m->as_state = AS_ACTIVE;
		notify(m);
		tell_others(m, true);
	}
	m3ua_enter(m, IUPLUS_M3UA_ACTIVE, "ASPAC");
}

static void serve_inactive(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len,
			   uint64_t now)
{
	struct iuplus_m3ua_message a = { .type = IUPLUS_M3UA_ASPIA_ACK };

	if (m->state == IUPLUS_M3UA_DOWN) {
		m3ua_error(m, IUPLUS_M3UA_E_UNEXPECTED, q, data, len);
		return;
	}
	if (!contexts(m, q, data, len, &a))
		return;
	m3ua_send(m, &a);
	report_others(m, q, data, len);
	if (m->state == IUPLUS_M3UA_ACTIVE && stop_traffic(m, now))
		notify(m);
	m3ua_enter(m, IUPLUS_M3UA_INACTIVE, "ASPIA");
}

void m3ua_serve(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len,
		uint64_t now)
{
	switch (q->type) {
	case IUPLUS_M3UA_ASPUP:
		serve_up(m, q, data, len, now);
		return;
	case IUPLUS_M3UA_ASPDN:
		serve_down(m, now);
		return;
	case IUPLUS_M3UA_ASPAC:
		serve_active(m, q, data, len);
		return;
	case IUPLUS_M3UA_ASPIA:
		serve_inactive(m, q, data, len, now);
		return;
	default:
		return;
	}
}

/* --- destinations --- */

static void put_affected(uint8_t *p, unsigned mask, uint32_t pc)
{
	p[0] = (uint8_t)mask;
	p[1] = (uint8_t)(pc >> 16);
	p[2] = (uint8_t)(pc >> 8);
	p[3] = (uint8_t)pc;
}

static void report(struct iuplus_m3ua *m, unsigned type, const uint8_t *affected, size_t len)
{
	struct iuplus_m3ua_message a = m3ua_about(m, type);

	a.affected.data = affected;
	a.affected.len = len;
	if (len > 0)
		m3ua_send(m, &a);
}

/* Of a list of destinations the local point code is available, everything else is not: this node relays nothing. A
 * range (a mask) with the local point code in it is reported as unavailable and the local one, after it, as available
 * (3.4.1: an affected point code). */
void m3ua_answer_audit(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q)
{
	uint8_t *list = calloc(1, q->affected.len), own[4];
	bool asked = false, in_range = false;
	size_t len = 0;

	put_affected(own, 0, m->config.point_code);
	for (size_t at = 0; list != NULL && at < q->affected.len; at += 4) {
		const uint8_t *p = q->affected.data + at;
		unsigned mask = p[0] < 24 ? p[0] : 24;
		uint32_t pc = (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
		bool covers = pc >> mask == m->config.point_code >> mask;

		asked = asked || (covers && mask == 0);
		in_range = in_range || (covers && mask > 0);
		if (covers && mask == 0)
			continue;
		memcpy(list + len, p, 4);
		len += 4;
	}
	if (asked && !in_range)
		report(m, IUPLUS_M3UA_DAVA, own, sizeof(own));
	report(m, IUPLUS_M3UA_DUNA, list, len);
	if (in_range)
		report(m, IUPLUS_M3UA_DAVA, own, sizeof(own));
	free(list);
}

void iuplus_m3ua_not_here(struct iuplus_m3ua *m, uint32_t pc, uint8_t si)
{
	struct iuplus_m3ua_message a = m3ua_about(m, IUPLUS_M3UA_DUPU);
	uint8_t affected[4];

	if (m->config.role != IUPLUS_M3UA_SERVER || m->state != IUPLUS_M3UA_ACTIVE)
		return;
	put_affected(affected, 0, pc);
	if (si == 0) {
		report(m, IUPLUS_M3UA_DUNA, affected, sizeof(affected));
		return;
	}
	a.affected.data = affected;
	a.affected.len = sizeof(affected);
	a.has_user_cause = true;
	a.cause = CAUSE_UNEQUIPPED;
	a.affected_user = si;
	m3ua_send(m, &a);
}
