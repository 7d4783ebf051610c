/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua_out.c: what both roles of M3UA send and report: management messages, ERR, changes of state. */
#include "src/net/m3ua_internal.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CONTROL 512u /* octets of a message that contains no octets of the peer's */
#define MAX_DIAGNOSTIC 128u

void m3ua_tell(struct iuplus_m3ua *m, enum iuplus_m3ua_event_kind kind, const struct iuplus_m3ua_message *message,
	       unsigned error, const char *reason)
{
	struct iuplus_m3ua_event event = { kind, message, error, reason };

	m->ops.event(m->ops.user, &event);
}

void m3ua_send(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *message)
{
	uint8_t small[MAX_CONTROL], *buf = small;
	size_t len, size = M3UA_MAX_PARAMETERS + message->heartbeat.len + message->affected.len +
			   message->diagnostic.len + message->routing_context_list.len;

	/* BEAT ACK returns what BEAT contains, and a list of the peer's may be as long as its message. */
	if (size > sizeof(small))
		buf = malloc(size);
	else
		size = sizeof(small);
	/* Management and ASP messages use stream 0 (1.4.7). */
	if (buf != NULL && iuplus_m3ua_encode(message, buf, size, &len) == 0)
		m->ops.send(m->ops.user, 0, buf, len);
	if (buf != small)
		free(buf);
}

struct iuplus_m3ua_message m3ua_about(const struct iuplus_m3ua *m, unsigned type)
{
	struct iuplus_m3ua_message a = { .type = type };

	a.has_routing_context = m->has_routing_context;
	a.routing_context = m->routing_context;
	/* Only DATA and messages about destinations have a network appearance (3.3, 3.4). */
	a.has_network_appearance = m->config.has_network_appearance && (type >> 8 == 1 || type >> 8 == 2);
	a.network_appearance = m->config.network_appearance;
	return a;
}

static bool is_ours(const struct iuplus_m3ua *m, const uint8_t *context)
{
	return ((uint32_t)context[0] << 24 | (uint32_t)context[1] << 16 | (uint32_t)context[2] << 8 | context[3]) ==
	       m->routing_context;
}

bool m3ua_context_fits(const struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q)
{
	/* A message without routing context means all of them. */
	if (!m->has_routing_context || !q->has_routing_context)
		return true;
	for (size_t at = 0; at < q->routing_context_list.len; at += M3UA_ROUTING_CONTEXT_LEN)
		if (is_ours(m, q->routing_context_list.data + at))
			return true;
	return false;
}

/* ERR "invalid routing context" contains those of q that are not ours. Returns the list; the caller frees it. */
static uint8_t *foreign_contexts(const struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, size_t *len)
{
	uint8_t *list = malloc(q->routing_context_list.len);

	*len = 0;
	for (size_t at = 0; list != NULL && at < q->routing_context_list.len; at += M3UA_ROUTING_CONTEXT_LEN) {
		const uint8_t *context = q->routing_context_list.data + at;

		if (is_ours(m, context))
			continue;
		memcpy(list + *len, context, M3UA_ROUTING_CONTEXT_LEN);
		*len += M3UA_ROUTING_CONTEXT_LEN;
	}
	return list;
}

void m3ua_error(struct iuplus_m3ua *m, unsigned error, const struct iuplus_m3ua_message *q, const uint8_t *data,
		size_t len)
{
	struct iuplus_m3ua_message e = { .type = IUPLUS_M3UA_ERR, .has_error = true, .error = error };
	uint8_t *list = NULL;

	e.diagnostic.data = data;
	e.diagnostic.len = len > MAX_DIAGNOSTIC ? MAX_DIAGNOSTIC : len;
	if (error == IUPLUS_M3UA_E_ROUTING_CONTEXT && q != NULL && q->has_routing_context) {
		list = foreign_contexts(m, q, &e.routing_context_list.len);
		e.routing_context_list.data = list;
		e.has_routing_context = e.routing_context_list.len > 0;
	}
	/* other errors name the routing context that they are about */
	if (error == IUPLUS_M3UA_E_UNEXPECTED && q != NULL && q->has_routing_context) {
		e.has_routing_context = true;
		e.routing_context_list = q->routing_context_list;
	}
	if (error == IUPLUS_M3UA_E_NETWORK_APPEARANCE && q != NULL) {
		e.has_network_appearance = true;
		e.network_appearance = q->network_appearance;
	}
	m->errors_sent++;
	m3ua_send(m, &e);
	free(list);
}

void m3ua_enter(struct iuplus_m3ua *m, enum iuplus_m3ua_state state, const char *reason)
{
	enum iuplus_m3ua_state old = m->state;

	m->state = state;
	if (old != IUPLUS_M3UA_ACTIVE && state == IUPLUS_M3UA_ACTIVE)
		m3ua_tell(m, IUPLUS_M3UA_EV_ACTIVE, NULL, 0, reason);
	else if (old == IUPLUS_M3UA_ACTIVE && state != IUPLUS_M3UA_ACTIVE)
		m3ua_tell(m, IUPLUS_M3UA_EV_INACTIVE, NULL, 0, reason);
}
