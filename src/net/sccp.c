/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp.c: SCCP connection-oriented control of protocol class 2 (Q.714 clause 3, annex C).
 *
 * A user's call from within an event may end any connection, so the connection is not accessed after an event. */
#include "src/net/sccp_internal.h"

#include <stdlib.h>
#include <string.h>

#define CLASS_2 2u
#define MAX_WAITING (IUPLUS_SCCP_MAX_NSDU + 4096) /* octets queued until CC, including their lengths */
#define DEFAULT_MAX_CONNECTIONS 100000u
/* Error causes (Q.713 3.14). */
#define ERROR_UNASSIGNED_DESTINATION 0u
#define ERROR_INCONSISTENT_SOURCE 1u
#define ERROR_POINT_CODE 2u
#define ERROR_SERVICE_CLASS 3u

const struct iuplus_sccp_timers iuplus_sccp_default_timers = {
	.t_conn_est = 60000,
	.t_ias = 300000,
	.t_iar = 660000,
	.t_rel = 10000,
	.t_repeat_rel = 10000,
	.t_int = 60000,
	.t_reassembly = 10000
};

static uint64_t after(uint64_t now, uint32_t ms)
{
	return now + ms;
}

/* A connection that is still known to the user. */
static struct sccp_conn *find_for_user(const struct iuplus_sccp *s, uint32_t local)
{
	struct sccp_conn *c = sccp_find(s, local);

	return c == NULL || c->state == SCCP_RELEASING || c->state == SCCP_OUTGOING_RELEASE ? NULL : c;
}

/* --- output --- */

/* All messages of one connection use the same SLS to keep their order. */
static int output(struct iuplus_sccp *s, const struct sccp_conn *c, struct iuplus_sccp_message *m)
{
	m->destination = c->remote;
	m->source = c->local;
	m->protocol_class = CLASS_2;
	return sccp_output(s, c->pc, c->local & 0x0f, m);
}

static void sent(struct iuplus_sccp *s, struct sccp_conn *c, uint64_t now)
{
	c->ias_at = after(now, s->config.timers.t_ias);
	sccp_reschedule(s, c);
}

static void received(struct iuplus_sccp *s, struct sccp_conn *c, uint64_t now)
{
	c->iar_at = after(now, s->config.timers.t_iar);
	sccp_reschedule(s, c);
}

static int output_data(struct iuplus_sccp *s, struct sccp_conn *c, const uint8_t *data, size_t len, uint64_t now)
{
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_DT1 };
	int rc = 0;

	do {
		m.data.data = data;
		m.data.len = len > s->config.segment ? s->config.segment : len;
		m.more = len > m.data.len;
		rc = output(s, c, &m);
		data += m.data.len;
		len -= m.data.len;
	} while (rc == 0 && len > 0);
	sent(s, c, now);
	return rc;
}

static void output_release(struct iuplus_sccp *s, struct sccp_conn *c, uint8_t cause, uint64_t now)
{
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_RLSD, .cause = cause };

	c->state = SCCP_RELEASING;
	c->cause = cause;
	c->ias_at = c->iar_at = SCCP_NEVER;
	c->state_at = after(now, c->repeated ? s->config.timers.t_repeat_rel : s->config.timers.t_rel);
	sccp_buffer_drop(&c->in);
	sccp_buffer_drop(&c->out);
	output(s, c, &m);
	sccp_reschedule(s, c);
}

/* Answers a message that belongs to no connection. */
static void output_stray(struct iuplus_sccp *s, uint32_t opc, enum iuplus_sccp_type type, uint32_t destination,
			 uint32_t source, uint8_t cause)
{
	struct iuplus_sccp_message m = { .type = type, .destination = destination, .source = source, .cause = cause };

	sccp_output(s, opc, destination & 0x0f, &m);
}

/* --- events --- */

static struct iuplus_sccp_event about(const struct sccp_conn *c, enum iuplus_sccp_event_kind kind)
{
	struct iuplus_sccp_event event = { .kind = kind,
					   .conn = c->local,
					   .conn_user = c->user,
					   .peer_point_code = c->pc };

	return event;
}

/* Deletes a connection and reports it to the user, unless the user has released it before. */
static void end(struct iuplus_sccp *s, struct sccp_conn *c, enum iuplus_sccp_event_kind kind, uint8_t cause,
		struct iuplus_octets data, const char *reason)
{
	struct iuplus_sccp_event event = about(c, kind);
	bool silent = c->state == SCCP_RELEASING || c->state == SCCP_OUTGOING_RELEASE;

	event.cause = cause;
	event.data = data;
	event.reason = reason;
	sccp_delete(s, c);
	if (!silent)
		s->ops.event(s->ops.user, &event);
}

static const struct iuplus_octets nothing;

/* Releases an active connection on SCCP's own initiative: sends RLSD and reports it to the user. */
static void release_and_tell(struct iuplus_sccp *s, struct sccp_conn *c, uint8_t cause, const char *reason,
			     uint64_t now)
{
	struct iuplus_sccp_event event = about(c, IUPLUS_SCCP_EV_RELEASED);

	event.cause = cause;
	event.reason = reason;
	output_release(s, c, cause, now);
	s->ops.event(s->ops.user, &event);
}

/* --- the user's side --- */

struct iuplus_sccp *iuplus_sccp_new(const struct iuplus_sccp_config *config, const struct iuplus_sccp_ops *ops)
{
	struct iuplus_sccp *s = calloc(1, sizeof(*s));
	struct iuplus_sccp_timers *t;
	const struct iuplus_sccp_timers *d = &iuplus_sccp_default_timers;

	if (s == NULL)
		return NULL;
	s->config = *config;
	s->ops = *ops;
	t = &s->config.timers;
	t->t_conn_est = t->t_conn_est > 0 ? t->t_conn_est : d->t_conn_est;
	t->t_ias = t->t_ias > 0 ? t->t_ias : d->t_ias;
	t->t_iar = t->t_iar > 0 ? t->t_iar : d->t_iar;
	t->t_rel = t->t_rel > 0 ? t->t_rel : d->t_rel;
	t->t_repeat_rel = t->t_repeat_rel > 0 ? t->t_repeat_rel : d->t_repeat_rel;
	t->t_int = t->t_int > 0 ? t->t_int : d->t_int;
	t->t_reassembly = t->t_reassembly > 0 ? t->t_reassembly : d->t_reassembly;
	if (s->config.max_connections == 0)
		s->config.max_connections = DEFAULT_MAX_CONNECTIONS;
	if (s->config.segment == 0 || s->config.segment > IUPLUS_SCCP_MAX_DT1_DATA)
		s->config.segment = IUPLUS_SCCP_MAX_DT1_DATA;
	s->next_reference = config->first_reference & SCCP_MAX_REFERENCE;
	s->bucket_count = s->heap_size = SCCP_FIRST_BUCKETS;
	s->buckets = calloc(s->bucket_count, sizeof(*s->buckets));
	s->heap = calloc(s->heap_size, sizeof(*s->heap));
	if (s->buckets == NULL || s->heap == NULL) {
		free(s->buckets);
		free(s->heap);
		free(s);
		return NULL;
	}
	return s;
}

void iuplus_sccp_free(struct iuplus_sccp *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->count; i++)
		sccp_discard(s->heap[i]);
	free(s->reassembly);
	free(s->buckets);
	free(s->heap);
	free(s);
}

/* Queues a message until CC, preceded by its length. */
static int keep(struct sccp_conn *c, const uint8_t *data, size_t len)
{
	size_t before = c->out.len;
	int rc = sccp_buffer_append(&c->out, &len, sizeof(len), MAX_WAITING);

	if (rc == 0)
		rc = sccp_buffer_append(&c->out, data, len, MAX_WAITING);
	if (rc != 0)
		c->out.len = before;
	return rc;
}

int iuplus_sccp_connect(struct iuplus_sccp *s, uint32_t pc, const uint8_t *data, size_t len, void *conn_user,
			uint64_t now, uint32_t *conn)
{
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_CR, .has_called = true, .has_calling = true };
	struct sccp_conn *c;
	int rc;

	*conn = 0;
	if (len > IUPLUS_SCCP_MAX_NSDU)
		return IUPLUS_ERR_CONSTRAINT;
	c = sccp_add(s, pc, SCCP_OUTGOING, &rc);
	if (c == NULL)
		return rc;
	c->user = conn_user;
	m.called.has_point_code = m.called.has_ssn = m.called.route_on_ssn = true;
	m.called.point_code = (uint16_t)pc;
	m.called.ssn = s->config.ssn;
	m.calling = m.called;
	m.calling.point_code = (uint16_t)s->config.point_code;
	if (len <= IUPLUS_SCCP_MAX_CR_DATA) {
		m.data.data = data;
		m.data.len = len;
	} else {
		rc = keep(c, data, len);
	}
	if (rc == 0)
		rc = output(s, c, &m);
	if (rc != 0) {
		sccp_delete(s, c);
		return rc;
	}
	c->state_at = after(now, s->config.timers.t_conn_est);
	sccp_reschedule(s, c);
	*conn = c->local;
	return 0;
}

static void activate(struct iuplus_sccp *s, struct sccp_conn *c, uint64_t now)
{
	c->state = SCCP_ACTIVE;
	c->state_at = SCCP_NEVER;
	c->ias_at = after(now, s->config.timers.t_ias);
	c->iar_at = after(now, s->config.timers.t_iar);
	sccp_reschedule(s, c);
}

int iuplus_sccp_accept(struct iuplus_sccp *s, uint32_t conn, uint64_t now)
{
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_CC };
	struct sccp_conn *c = sccp_find(s, conn);

	if (c == NULL || c->state != SCCP_INCOMING)
		return IUPLUS_ERR_STATE;
	activate(s, c, now);
	output(s, c, &m);
	return 0;
}

int iuplus_sccp_refuse(struct iuplus_sccp *s, uint32_t conn, uint8_t cause)
{
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_CREF, .cause = cause };
	struct sccp_conn *c = sccp_find(s, conn);

	if (c == NULL || c->state != SCCP_INCOMING)
		return IUPLUS_ERR_STATE;
	output(s, c, &m);
	sccp_delete(s, c);
	return 0;
}

int iuplus_sccp_send(struct iuplus_sccp *s, uint32_t conn, const uint8_t *data, size_t len, uint64_t now)
{
	struct sccp_conn *c = find_for_user(s, conn);

	if (c == NULL || c->state == SCCP_INCOMING)
		return IUPLUS_ERR_STATE;
	if (len == 0 || len > IUPLUS_SCCP_MAX_NSDU)
		return IUPLUS_ERR_CONSTRAINT;
	if (c->state == SCCP_OUTGOING)
		return keep(c, data, len);
	return output_data(s, c, data, len, now) == 0 ? 0 : IUPLUS_ERR_IO;
}

int iuplus_sccp_release(struct iuplus_sccp *s, uint32_t conn, uint8_t cause, uint64_t now)
{
	struct sccp_conn *c = find_for_user(s, conn);

	if (c == NULL)
		return IUPLUS_ERR_STATE;
	switch (c->state) {
	case SCCP_INCOMING:
		return iuplus_sccp_refuse(s, conn, IUPLUS_SCCP_REF_END_USER);
	case SCCP_OUTGOING:
		/* The peer's reference is not known yet: RLSD follows CC (Q.714 3.3.3). */
		c->state = SCCP_OUTGOING_RELEASE;
		c->cause = cause;
		sccp_buffer_drop(&c->out);
		return 0;
	default:
		output_release(s, c, cause, now);
		return 0;
	}
}

void iuplus_sccp_set_user(struct iuplus_sccp *s, uint32_t conn, void *conn_user)
{
	struct sccp_conn *c = find_for_user(s, conn);

	if (c != NULL)
		c->user = conn_user;
}

void *iuplus_sccp_user(const struct iuplus_sccp *s, uint32_t conn)
{
	const struct sccp_conn *c = find_for_user(s, conn);

	return c == NULL ? NULL : c->user;
}

size_t iuplus_sccp_count(const struct iuplus_sccp *s)
{
	return s->count;
}

/* --- the network's side --- */

static void receive_cr(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m, uint64_t now)
{
	struct iuplus_sccp_event event;
	struct sccp_conn *c;
	int rc;

	/* Class 3 is reduced to 2, which CC may do (Q.714 3.1.3); classes 0 and 1 have no connections. */
	if (m->protocol_class < CLASS_2) {
		output_stray(s, opc, IUPLUS_SCCP_CREF, m->source, 0, IUPLUS_SCCP_REF_UNQUALIFIED);
		return;
	}
	if (!sccp_user_equipped(s, &m->called)) {
		output_stray(s, opc, IUPLUS_SCCP_CREF, m->source, 0, IUPLUS_SCCP_REF_UNEQUIPPED_USER);
		return;
	}
	c = sccp_add(s, opc, SCCP_INCOMING, &rc);
	if (c == NULL) {
		output_stray(s, opc, IUPLUS_SCCP_CREF, m->source, 0, IUPLUS_SCCP_REF_QOS_TRANSIENT);
		return;
	}
	c->remote = m->source;
	/* A user that never answers must not keep the connection for ever. */
	c->state_at = after(now, s->config.timers.t_conn_est);
	sccp_reschedule(s, c);
	event = about(c, IUPLUS_SCCP_EV_CONNECT);
	event.called = m->called;
	event.calling = m->calling;
	event.data = m->data;
	s->ops.event(s->ops.user, &event);
}

static void receive_cc(struct iuplus_sccp *s, struct sccp_conn *c, const struct iuplus_sccp_message *m, uint64_t now)
{
	struct iuplus_sccp_event event;
	struct sccp_buffer out = c->out;
	size_t at = 0, len;
	int rc = 0;

	if (c->state == SCCP_OUTGOING_RELEASE) {
		c->remote = m->source;
		output_release(s, c, c->cause, now);
		return;
	}
	if (c->state != SCCP_OUTGOING) {
		if (c->remote != m->source)
			output_stray(s, c->pc, IUPLUS_SCCP_ERR, m->source, 0, ERROR_INCONSISTENT_SOURCE);
		return;
	}
	if (m->protocol_class != CLASS_2) {
		c->remote = m->source;
		release_and_tell(s, c, IUPLUS_SCCP_REL_INCONSISTENT_DATA, "CC of another protocol class", now);
		return;
	}
	c->remote = m->source;
	activate(s, c, now);
	memset(&c->out, 0, sizeof(c->out));
	while (at < out.len && rc == 0) {
		memcpy(&len, out.data + at, sizeof(len));
		at += sizeof(len);
		rc = output_data(s, c, out.data + at, len, now);
		at += len;
	}
	sccp_buffer_drop(&out);
	if (rc != 0) {
		release_and_tell(s, c, IUPLUS_SCCP_REL_SCCP_FAILURE, "the first message could not be sent", now);
		return;
	}
	event = about(c, IUPLUS_SCCP_EV_CONFIRM);
	event.data = m->data;
	s->ops.event(s->ops.user, &event);
}

static void receive_dt1(struct iuplus_sccp *s, struct sccp_conn *c, const struct iuplus_sccp_message *m, uint64_t now)
{
	struct iuplus_sccp_event event = about(c, IUPLUS_SCCP_EV_DATA);
	struct sccp_buffer whole;

	if (c->state != SCCP_ACTIVE)
		return;
	received(s, c, now);
	if (!m->more && !c->receiving) {
		event.data = m->data;
		s->ops.event(s->ops.user, &event);
		return;
	}
	if (sccp_buffer_append(&c->in, m->data.data, m->data.len, IUPLUS_SCCP_MAX_NSDU) != 0) {
		release_and_tell(s, c, IUPLUS_SCCP_REL_SCCP_FAILURE, "message too long to reassemble", now);
		return;
	}
	c->receiving = m->more;
	if (m->more)
		return;
	/* The user may end the connection in the event, so take the buffer out of it first. */
	whole = c->in;
	memset(&c->in, 0, sizeof(c->in));
	event.data.data = whole.data;
	event.data.len = whole.len;
	s->ops.event(s->ops.user, &event);
	sccp_buffer_drop(&whole);
}

static void receive_rlsd(struct iuplus_sccp *s, struct sccp_conn *c, const struct iuplus_sccp_message *m)
{
	if (c->state == SCCP_OUTGOING || c->state == SCCP_OUTGOING_RELEASE)
		c->remote = m->source;
	if (c->remote != m->source) {
		output_stray(s, c->pc, IUPLUS_SCCP_ERR, m->source, 0, ERROR_INCONSISTENT_SOURCE);
		return;
	}
	/* Both sides released simultaneously, so neither awaits RLC (Q.714 3.3.5). Sending RLC is harmless and helps a
	 * peer that still awaits it. */
	output_stray(s, c->pc, IUPLUS_SCCP_RLC, c->remote, c->local, 0);
	end(s, c, IUPLUS_SCCP_EV_RELEASED, m->cause, m->data, NULL);
}

static void receive_it(struct iuplus_sccp *s, struct sccp_conn *c, const struct iuplus_sccp_message *m, uint64_t now)
{
	if (c->state != SCCP_ACTIVE)
		return;
	if (m->source != c->remote || m->protocol_class != CLASS_2) {
		release_and_tell(s, c, IUPLUS_SCCP_REL_INCONSISTENT_DATA, "inactivity test of another connection", now);
		return;
	}
	received(s, c, now);
}

/* After causes 0 to 2 the peer has no such connection, so the references are freed without a message. After any other
 * one it has: it is released (Q.714 3.8.4). */
static void receive_err(struct iuplus_sccp *s, struct sccp_conn *c, const struct iuplus_sccp_message *m, uint64_t now)
{
	if (c->state == SCCP_OUTGOING)
		end(s, c, IUPLUS_SCCP_EV_REFUSED, IUPLUS_SCCP_REF_UNQUALIFIED, nothing,
		    "the peer does not know the connection");
	else if (c->state == SCCP_ACTIVE && m->cause >= ERROR_SERVICE_CLASS)
		release_and_tell(s, c, IUPLUS_SCCP_REL_REMOTE_PROCEDURE_ERROR, "the peer reported a protocol error",
				 now);
	else
		end(s, c, IUPLUS_SCCP_EV_RELEASED, IUPLUS_SCCP_REL_REMOTE_PROCEDURE_ERROR, nothing,
		    "the peer does not know the connection");
}

/* A message for a reference without a connection, or for a connection with another point code: the local reference
 * alone does not authenticate a peer (Q.714 3.8.3, table B.2). */
static void receive_stray(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m, uint8_t error)
{
	switch (m->type) {
	case IUPLUS_SCCP_RLSD:
		if (error == ERROR_UNASSIGNED_DESTINATION) {
			output_stray(s, opc, IUPLUS_SCCP_RLC, m->source, m->destination, 0);
			break;
		}
		/* fall through */
	case IUPLUS_SCCP_CC:
	case IUPLUS_SCCP_IT:
	case IUPLUS_SCCP_RSR:
		output_stray(s, opc, IUPLUS_SCCP_ERR, m->source, 0, error);
		break;
	default:
		break;
	}
}

int iuplus_sccp_receive(struct iuplus_sccp *s, uint32_t opc, const uint8_t *data, size_t len, uint64_t now)
{
	struct iuplus_sccp_message m;
	struct sccp_conn *c;
	int rc = iuplus_sccp_decode(data, len, &m);

	if (rc != 0) {
		s->dropped++;
		return rc;
	}
	switch (m.type) {
	case IUPLUS_SCCP_UDT:
	case IUPLUS_SCCP_UDTS:
	case IUPLUS_SCCP_XUDT:
	case IUPLUS_SCCP_XUDTS:
	case IUPLUS_SCCP_LUDT:
	case IUPLUS_SCCP_LUDTS:
		return sccp_receive_unitdata(s, opc, &m, now);
	case IUPLUS_SCCP_CR:
		receive_cr(s, opc, &m, now);
		return 0;
	default:
		break;
	}
	c = sccp_find(s, m.destination);
	if (c == NULL || c->pc != opc) {
		receive_stray(s, opc, &m, c != NULL ? ERROR_POINT_CODE : ERROR_UNASSIGNED_DESTINATION);
		return 0;
	}
	switch (m.type) {
	case IUPLUS_SCCP_CC:
		receive_cc(s, c, &m, now);
		break;
	case IUPLUS_SCCP_CREF:
		if (c->state == SCCP_OUTGOING || c->state == SCCP_OUTGOING_RELEASE)
			end(s, c, IUPLUS_SCCP_EV_REFUSED, m.cause, m.data, NULL);
		break;
	case IUPLUS_SCCP_DT1:
		receive_dt1(s, c, &m, now);
		break;
	case IUPLUS_SCCP_RLSD:
		receive_rlsd(s, c, &m);
		break;
	case IUPLUS_SCCP_RLC:
		if (c->state == SCCP_RELEASING && c->remote == m.source)
			end(s, c, IUPLUS_SCCP_EV_RELEASED, c->cause, nothing, NULL);
		break;
	case IUPLUS_SCCP_IT:
		receive_it(s, c, &m, now);
		break;
	case IUPLUS_SCCP_ERR:
		receive_err(s, c, &m, now);
		break;
	default:
		/* Flow control, expedited data and reset belong to class 3: discarded. */
		break;
	}
	return 0;
}

static void end_lost(struct iuplus_sccp *s, struct sccp_conn *c, const char *reason)
{
	if (c->state == SCCP_OUTGOING)
		end(s, c, IUPLUS_SCCP_EV_REFUSED, IUPLUS_SCCP_REF_DESTINATION_INACCESSIBLE, nothing, reason);
	else
		end(s, c, IUPLUS_SCCP_EV_RELEASED, IUPLUS_SCCP_REL_MTP_FAILURE, nothing, reason);
}

void iuplus_sccp_peer_lost(struct iuplus_sccp *s, uint32_t pc, const char *reason)
{
	uint32_t *refs = malloc((s->count > 0 ? s->count : 1) * sizeof(*refs));
	size_t n = 0, i;

	sccp_reassembly_forget(s, pc);
	for (i = 0; i < s->count; i++) {
		if (s->heap[i]->pc == pc) {
			s->heap[i]->lost = true;
			if (refs != NULL)
				refs[n++] = s->heap[i]->local;
		}
	}
	/* The user may act in the event, so look up each connection again. */
	for (i = 0; i < n; i++) {
		struct sccp_conn *c = sccp_find(s, refs[i]);

		if (c != NULL && c->lost)
			end_lost(s, c, reason);
	}
	if (refs == NULL) {
		for (i = 0; i < s->count;) {
			if (!s->heap[i]->lost) {
				i++;
				continue;
			}
			end_lost(s, s->heap[i], reason);
			i = 0;
		}
	}
	free(refs);
}

/* --- time --- */

uint64_t iuplus_sccp_next(const struct iuplus_sccp *s)
{
	uint64_t next = sccp_reassembly_next(s);

	if (s->count > 0 && s->heap[0]->heap_key < next)
		next = s->heap[0]->heap_key;
	return next;
}

/* The state's timer expired. */
static void state_timer(struct iuplus_sccp *s, struct sccp_conn *c, uint64_t now)
{
	struct iuplus_sccp_message cref = { .type = IUPLUS_SCCP_CREF };

	switch (c->state) {
	case SCCP_OUTGOING:
	case SCCP_OUTGOING_RELEASE:
		end(s, c, IUPLUS_SCCP_EV_REFUSED, IUPLUS_SCCP_REF_CONNECTION_TIMER, nothing, "T(conn est) expired");
		break;
	case SCCP_INCOMING:
		cref.cause = IUPLUS_SCCP_REF_CONNECTION_TIMER;
		output(s, c, &cref);
		end(s, c, IUPLUS_SCCP_EV_RELEASED, IUPLUS_SCCP_REL_SCCP_USER, nothing, "never answered");
		break;
	case SCCP_RELEASING:
		if (!c->repeated) {
			c->repeated = true;
			c->int_at = after(now, s->config.timers.t_int);
		}
		output_release(s, c, c->cause, now);
		break;
	case SCCP_ACTIVE:
		break;
	}
}

static void expire(struct iuplus_sccp *s, struct sccp_conn *c, uint64_t now)
{
	struct iuplus_sccp_message it = { .type = IUPLUS_SCCP_IT };

	if (c->int_at <= now) {
		/* The peer does not answer: free the reference (Q.714 3.3.4.2). */
		end(s, c, IUPLUS_SCCP_EV_RELEASED, c->cause, nothing, "T(int) expired");
	} else if (c->iar_at <= now) {
		release_and_tell(s, c, IUPLUS_SCCP_REL_INACTIVITY, "T(iar) expired", now);
	} else if (c->state_at <= now) {
		state_timer(s, c, now);
	} else if (c->ias_at <= now) {
		output(s, c, &it);
		sent(s, c, now);
	}
}

void iuplus_sccp_tick(struct iuplus_sccp *s, uint64_t now)
{
	sccp_reassembly_tick(s, now);
	while (s->count > 0 && s->heap[0]->heap_key <= now) {
		struct sccp_conn *c = s->heap[0];
		uint64_t d = sccp_deadline(c);

		/* The deadline may have been moved since. Otherwise expire() moves it, and the heap is corrected
		 * next time. */
		if (d > now) {
			c->heap_key = d;
			sccp_heap_down(s, 0);
		} else {
			expire(s, c, now);
		}
	}
}
