/* SPDX-License-Identifier: BSD-2-Clause */
/* iu.c: an endpoint of Iu built from SCTP, M3UA and SCCP. One association is one M3UA peer; one SCCP serves all of
 * them. */
#include "src/net/iu.h"
#include "src/net/sctp_internal.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PEERS IUPLUS_SCTP_MAX_ASSOCIATIONS
#define MAX_POINT_CODE 16383u
#define DEFAULT_RECONNECT_MS 1000u
#define NEVER UINT64_MAX

struct peer {
	struct iuplus_iu *iu;
	unsigned index;
	bool configured; /* this end establishes the association; false: the peer does, and the
			  * entry ends with the association */
	char ip[16];
	uint16_t port, udp_port;
	uint32_t point_code; /* 0: not known yet */
	uint32_t assoc;      /* 0: none */
	struct iuplus_sctp_address address;
	struct iuplus_m3ua m3ua;
	bool available; /* and reported to the user */
	uint64_t reconnect_at;
	int send_rc;
};

struct route {
	uint32_t point_code, via;
};

/* The endpoint's data for an SCCP connection. */
struct conn {
	void *user;
	bool opening;  /* CR had no message: the first message reports the connection */
	bool incoming; /* not accepted yet */
};

struct iuplus_iu {
	struct iuplus_iu_config config;
	struct iuplus_iu_callbacks callbacks;
	struct iuplus_sctp *sctp;
	struct iuplus_sccp *sccp;
	struct peer **peers; /* some may be NULL */
	unsigned peer_count;
	struct route *routes;
	size_t route_count;
	int64_t clock_offset; /* the caller's clock minus the one of SCTP */
	bool closing;
};

static uint64_t now_of(const struct iuplus_iu *iu)
{
	return sctp_clock_ms() + (uint64_t)iu->clock_offset;
}

__attribute__((format(printf, 2, 3))) static void say(const struct iuplus_iu *iu, const char *format, ...)
{
	char line[256];
	va_list args;

	if (iu->callbacks.log == NULL || iu->closing)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	iu->callbacks.log(iu->callbacks.user, line);
}

/* --- peers --- */

static struct peer *by_assoc(const struct iuplus_iu *iu, uint32_t assoc)
{
	for (unsigned i = 0; i < iu->peer_count; i++)
		if (iu->peers[i] != NULL && iu->peers[i]->assoc == assoc)
			return iu->peers[i];
	return NULL;
}

static struct peer *by_point_code(const struct iuplus_iu *iu, uint32_t pc)
{
	for (unsigned i = 0; i < iu->peer_count && pc != 0; i++)
		if (iu->peers[i] != NULL && iu->peers[i]->point_code == pc)
			return iu->peers[i];
	return NULL;
}

/* The peer to which a message for pc is sent: the peer itself, or the one of a route. NULL if it cannot be sent now. */
static struct peer *towards(const struct iuplus_iu *iu, uint32_t pc)
{
	struct peer *p = by_point_code(iu, pc);

	for (size_t i = 0; p == NULL && i < iu->route_count; i++)
		if (iu->routes[i].point_code == pc)
			p = by_point_code(iu, iu->routes[i].via);
	return p != NULL && p->m3ua.state == IUPLUS_M3UA_ACTIVE ? p : NULL;
}

static struct peer *new_peer(struct iuplus_iu *iu)
{
	struct peer *p, **list;
	unsigned i;

	for (i = 0; i < iu->peer_count && iu->peers[i] != NULL; i++)
		;
	if (i == MAX_PEERS)
		return NULL;
	if (i == iu->peer_count) {
		list = realloc(iu->peers, (i + 1) * sizeof(*list));
		if (list == NULL)
			return NULL;
		list[i] = NULL;
		iu->peers = list;
		iu->peer_count++;
	}
	p = calloc(1, sizeof(*p));
	if (p == NULL)
		return NULL;
	p->iu = iu;
	p->index = i;
	p->reconnect_at = NEVER;
	iu->peers[i] = p;
	return p;
}

static void tell_available(struct peer *p)
{
	struct iuplus_iu *iu = p->iu;

	if (p->available || p->point_code == 0)
		return;
	p->available = true;
	say(iu, "point code %" PRIu32 " is available (%s:%u)", p->point_code, p->address.ip, p->address.port);
	if (iu->callbacks.peer_available == NULL)
		return;
	iu->callbacks.peer_available(iu->callbacks.user, p->point_code);
	for (size_t i = 0; i < iu->route_count; i++)
		if (iu->routes[i].via == p->point_code)
			iu->callbacks.peer_available(iu->callbacks.user, iu->routes[i].point_code);
}

static void tell_lost(struct peer *p, const char *reason)
{
	struct iuplus_iu *iu = p->iu;
	uint32_t pc = p->point_code;

	/* End the connections first: when the peer is reported lost, nothing refers to it any longer. */
	iuplus_sccp_peer_lost(iu->sccp, p->index, reason);
	if (!p->available)
		return;
	p->available = false;
	say(iu, "point code %" PRIu32 " is lost: %s", pc, reason);
	if (iu->callbacks.peer_lost == NULL || iu->closing)
		return;
	for (size_t i = 0; i < iu->route_count; i++)
		if (iu->routes[i].via == pc)
			iu->callbacks.peer_lost(iu->callbacks.user, iu->routes[i].point_code, reason);
	iu->callbacks.peer_lost(iu->callbacks.user, pc, reason);
}

/* A peer that connected to this end gives its point code. An older peer with the same point code is its state before a
 * restart and is ended. */
static void identify(struct peer *p, uint32_t pc)
{
	struct iuplus_iu *iu = p->iu;
	struct peer *old;

	if (pc == 0 || pc > MAX_POINT_CODE || p->point_code != 0)
		return;
	old = by_point_code(iu, pc);
	if (old != NULL && old->configured)
		return;
	if (old != NULL) {
		say(iu, "point code %" PRIu32 " connected again by another association", pc);
		iuplus_m3ua_down(&old->m3ua);
		old->point_code = 0;
		iuplus_sctp_shutdown(iu->sctp, old->assoc, true);
	}
	p->point_code = pc;
}

/* --- M3UA's side --- */

static void m3ua_send(void *user, uint16_t stream, const uint8_t *data, size_t len)
{
	struct peer *p = user;
	struct iuplus_iu *iu = p->iu;
	struct iuplus_iu_sent sent = { .stream = stream, .ppid = IUPLUS_M3UA_PPID, .data = data, .len = len };

	/* Report the message before sending it, so that in a capture no answer precedes its request. */
	if (iu->callbacks.sent != NULL) {
		sent.from = iuplus_sctp_local(iu->sctp);
		sent.to = p->address;
		iu->callbacks.sent(iu->callbacks.user, &sent);
	}
	p->send_rc = iuplus_sctp_send(iu->sctp, p->assoc, stream, IUPLUS_M3UA_PPID, data, len);
	if (p->send_rc != 0)
		say(iu, "message to %s:%u not sent: %s", p->address.ip, p->address.port,
		    p->send_rc == IUPLUS_ERR_SPACE ? "send queue full" : "association not up");
}

static void m3ua_data(struct peer *p, const struct iuplus_m3ua_message *d)
{
	struct iuplus_iu *iu = p->iu;
	int rc;

	identify(p, d->opc);
	tell_available(p);
	if (d->si != IUPLUS_M3UA_SI_SCCP || d->dpc != iu->config.point_code) {
		say(iu, "DATA from point code %" PRIu32 " for %" PRIu32 ", service %u: not for this node, discarded",
		    d->opc, d->dpc, d->si);
		return;
	}
	rc = iuplus_sccp_receive(iu->sccp, p->index, d->opc, d->user.data, d->user.len, now_of(iu));
	if (rc != 0)
		say(iu, "SCCP message from point code %" PRIu32 " discarded (%d)", d->opc, rc);
}

static void m3ua_event(void *user, const struct iuplus_m3ua_event *event)
{
	struct peer *p = user;
	struct iuplus_iu *iu = p->iu;

	switch (event->kind) {
	case IUPLUS_M3UA_EV_ACTIVE:
		if (p->m3ua.peer_has_asp_id)
			identify(p, p->m3ua.peer_asp_id);
		tell_available(p);
		break;
	case IUPLUS_M3UA_EV_INACTIVE:
		tell_lost(p, event->reason);
		break;
	case IUPLUS_M3UA_EV_DATA:
		m3ua_data(p, event->message);
		break;
	case IUPLUS_M3UA_EV_DESTINATION:
		say(iu, "%s from %s:%u", iuplus_m3ua_type_name(event->message->type), p->address.ip, p->address.port);
		break;
	case IUPLUS_M3UA_EV_ERROR:
		say(iu, "M3UA with %s:%u: %s: %s", p->address.ip, p->address.port, event->reason,
		    iuplus_m3ua_error_name(event->error));
		break;
	case IUPLUS_M3UA_EV_DEAD:
		say(iu, "M3UA with %s:%u: %s, aborted", p->address.ip, p->address.port, event->reason);
		iuplus_sctp_shutdown(iu->sctp, p->assoc, true);
		break;
	}
}

static void set_up_m3ua(struct peer *p)
{
	const struct iuplus_iu_config *c = &p->iu->config;
	struct iuplus_m3ua_config config = {
		.role = p->configured ? IUPLUS_M3UA_CLIENT : IUPLUS_M3UA_SERVER,
		.has_routing_context = c->has_routing_context,
		.routing_context = c->routing_context,
		.has_network_appearance = c->has_network_appearance,
		.network_appearance = c->network_appearance,
		/* Gives a listener the local point code before the first message does. */
		.has_asp_id = true,
		.asp_id = c->point_code,
		.notify = true,
		.timers = c->m3ua_timers
	};
	struct iuplus_m3ua_ops ops = { .send = m3ua_send, .event = m3ua_event, .user = p };

	iuplus_m3ua_init(&p->m3ua, &config, &ops);
}

/* --- SCTP's side --- */

static void reach(struct peer *p)
{
	struct iuplus_iu *iu = p->iu;
	int rc = iuplus_sctp_connect(iu->sctp, p->ip, p->port, p->udp_port, &p->assoc);

	p->reconnect_at = rc == 0 ? NEVER : now_of(iu) + iu->config.t_reconnect_ms;
}

static void association_up(struct iuplus_iu *iu, const struct iuplus_sctp_event *event)
{
	struct peer *p = by_assoc(iu, event->assoc);

	if (p == NULL) {
		p = new_peer(iu);
		if (p == NULL) {
			iuplus_sctp_shutdown(iu->sctp, event->assoc, true);
			return;
		}
		p->assoc = event->assoc;
		set_up_m3ua(p);
	}
	p->address = event->peer;
	say(iu, "association with %s:%u is up (%s)", event->peer.ip, event->peer.port,
	    iuplus_sctp_backend_name(iuplus_sctp_backend(iu->sctp)));
	iuplus_m3ua_up(&p->m3ua, event->streams_out, now_of(iu));
}

static void association_down(struct iuplus_iu *iu, struct peer *p, const char *reason)
{
	say(iu, "association with %s:%u is down: %s", p->address.ip, p->address.port, reason);
	p->assoc = 0;
	iuplus_m3ua_down(&p->m3ua);
	if (p->configured) {
		p->reconnect_at = now_of(iu) + iu->config.t_reconnect_ms;
		return;
	}
	iu->peers[p->index] = NULL;
	free(p);
}

static void sctp_event(void *user, const struct iuplus_sctp_event *event)
{
	struct iuplus_iu *iu = user;
	struct peer *p;

	if (event->kind == IUPLUS_SCTP_UP) {
		association_up(iu, event);
		return;
	}
	p = by_assoc(iu, event->assoc);
	if (p == NULL)
		return;
	switch (event->kind) {
	case IUPLUS_SCTP_DOWN:
		association_down(iu, p, event->reason);
		break;
	case IUPLUS_SCTP_RESTART:
		say(iu, "association with %s:%u restarted", p->address.ip, p->address.port);
		iuplus_m3ua_up(&p->m3ua, event->streams_out, now_of(iu));
		break;
	case IUPLUS_SCTP_MESSAGE:
		if (event->ppid == IUPLUS_M3UA_PPID)
			iuplus_m3ua_receive(&p->m3ua, event->stream, event->data, event->len, now_of(iu));
		else
			say(iu, "payload protocol %" PRIu32 " from %s:%u ignored", event->ppid, p->address.ip,
			    p->address.port);
		break;
	case IUPLUS_SCTP_SEND_FAILED:
		say(iu, "to %s:%u: %s", p->address.ip, p->address.port, event->reason);
		break;
	case IUPLUS_SCTP_UP:
		break;
	}
}

/* --- SCCP's side --- */

static int sccp_send(void *user, unsigned index, uint32_t dpc, uint8_t sls, const uint8_t *data, size_t len)
{
	struct iuplus_iu *iu = user;
	struct peer *p = index < iu->peer_count ? iu->peers[index] : NULL;
	int rc;

	if (p == NULL)
		return IUPLUS_ERR_STATE;
	p->send_rc = 0;
	rc = iuplus_m3ua_send(&p->m3ua, iu->config.point_code, dpc, iu->config.network_indicator, sls, data, len);
	return rc != 0 ? rc : p->send_rc;
}

/* Reports a peer's connection with its first message. */
static void announce(struct iuplus_iu *iu, const struct iuplus_sccp_event *event, struct conn *c)
{
	c->opening = false;
	if (iu->callbacks.connected != NULL)
		iu->callbacks.connected(iu->callbacks.user, event->conn, event->peer_point_code, event->data.data,
					event->data.len);
	else
		iuplus_iu_release(iu, event->conn, IUPLUS_SCCP_REL_END_USER);
}

static void accept_conn(struct iuplus_iu *iu, uint32_t conn)
{
	struct conn *c = iuplus_sccp_user(iu->sccp, conn);

	if (c != NULL && c->incoming) {
		c->incoming = false;
		iuplus_sccp_accept(iu->sccp, conn, now_of(iu));
	}
}

static void sccp_connect(struct iuplus_iu *iu, const struct iuplus_sccp_event *event)
{
	struct conn *c = calloc(1, sizeof(*c));

	if (c == NULL) {
		iuplus_sccp_refuse(iu->sccp, event->conn, IUPLUS_SCCP_REF_QOS_TRANSIENT);
		return;
	}
	c->incoming = true;
	iuplus_sccp_set_user(iu->sccp, event->conn, c);
	if (event->data.len > 0)
		announce(iu, event, c);
	else
		c->opening = true;
	/* The user may have refused it meanwhile; then the number is no longer valid. */
	accept_conn(iu, event->conn);
}

static void sccp_gone(struct iuplus_iu *iu, const struct iuplus_sccp_event *event)
{
	struct conn *c = event->conn_user;
	void *user = c != NULL ? c->user : NULL;
	bool unknown = c == NULL || c->opening || iu->closing;
	const char *reason = event->reason;

	free(c);
	if (unknown)
		return;
	if (event->kind == IUPLUS_SCCP_EV_REFUSED) {
		reason = reason != NULL ? reason : iuplus_sccp_refusal_cause_name(event->cause);
		if (iu->callbacks.refused != NULL)
			iu->callbacks.refused(iu->callbacks.user, event->conn, user, event->cause, reason);
		return;
	}
	reason = reason != NULL ? reason : iuplus_sccp_release_cause_name(event->cause);
	if (iu->callbacks.released != NULL)
		iu->callbacks.released(iu->callbacks.user, event->conn, user, event->cause, reason);
}

static void sccp_event(void *user, const struct iuplus_sccp_event *event)
{
	struct iuplus_iu *iu = user;
	struct conn *c = event->conn_user;

	switch (event->kind) {
	case IUPLUS_SCCP_EV_CONNECT:
		sccp_connect(iu, event);
		break;
	case IUPLUS_SCCP_EV_CONFIRM:
		if (c != NULL && iu->callbacks.confirmed != NULL)
			iu->callbacks.confirmed(iu->callbacks.user, event->conn, c->user);
		/* The user may have released it in the callback. */
		c = iuplus_sccp_user(iu->sccp, event->conn);
		if (c != NULL && event->data.len > 0 && iu->callbacks.data != NULL)
			iu->callbacks.data(iu->callbacks.user, event->conn, c->user, event->data.data, event->data.len);
		break;
	case IUPLUS_SCCP_EV_REFUSED:
	case IUPLUS_SCCP_EV_RELEASED:
		/* Deliver the data in the last message of the connection. */
		if (c != NULL && event->data.len > 0 && !c->opening && iu->callbacks.data != NULL)
			iu->callbacks.data(iu->callbacks.user, event->conn, c->user, event->data.data, event->data.len);
		sccp_gone(iu, event);
		break;
	case IUPLUS_SCCP_EV_DATA:
		if (c != NULL && c->opening)
			announce(iu, event, c);
		else if (c != NULL && iu->callbacks.data != NULL)
			iu->callbacks.data(iu->callbacks.user, event->conn, c->user, event->data.data, event->data.len);
		break;
	case IUPLUS_SCCP_EV_UNITDATA:
		if (iu->callbacks.unitdata != NULL)
			iu->callbacks.unitdata(iu->callbacks.user, event->peer_point_code, event->data.data,
					       event->data.len);
		break;
	case IUPLUS_SCCP_EV_NOTICE:
		say(iu, "unitdata to point code %" PRIu32 " returned (return cause %u)", event->peer_point_code,
		    event->cause);
		break;
	}
}

/* --- the user's side --- */

int iuplus_iu_open(struct iuplus_iu **result, const struct iuplus_iu_config *config,
		   const struct iuplus_iu_callbacks *callbacks)
{
	struct iuplus_sccp_config sccp = { .point_code = config->point_code,
					   .ssn = config->ssn != 0 ? config->ssn : IUPLUS_SCCP_SSN_RANAP,
					   .first_reference = config->first_reference,
					   .timers = config->sccp_timers };
	struct iuplus_sccp_ops ops = { .send = sccp_send, .event = sccp_event };
	struct iuplus_iu *iu;
	int rc;

	*result = NULL;
	if (config->point_code == 0 || config->point_code > MAX_POINT_CODE || config->network_indicator > 3)
		return IUPLUS_ERR_ARGUMENT;
	iu = calloc(1, sizeof(*iu));
	if (iu == NULL)
		return IUPLUS_ERR_MEMORY;
	iu->config = *config;
	iu->callbacks = *callbacks;
	if (iu->config.t_reconnect_ms == 0)
		iu->config.t_reconnect_ms = DEFAULT_RECONNECT_MS;
	ops.user = iu;
	iu->sccp = iuplus_sccp_new(&sccp, &ops);
	if (iu->sccp == NULL) {
		free(iu);
		return IUPLUS_ERR_MEMORY;
	}
	rc = iuplus_sctp_open(&iu->sctp, &config->sctp, sctp_event, iu);
	if (rc != 0) {
		iuplus_sccp_free(iu->sccp);
		free(iu);
		return rc;
	}
	*result = iu;
	return 0;
}

void iuplus_iu_close(struct iuplus_iu *iu)
{
	if (iu == NULL)
		return;
	iu->closing = true;
	for (unsigned i = 0; i < iu->peer_count; i++) {
		if (iu->peers[i] == NULL)
			continue;
		/* Frees the endpoint's data of the connections. */
		iuplus_sccp_peer_lost(iu->sccp, i, "closing");
	}
	iuplus_sctp_close(iu->sctp);
	iuplus_sccp_free(iu->sccp);
	for (unsigned i = 0; i < iu->peer_count; i++)
		free(iu->peers[i]);
	free(iu->peers);
	free(iu->routes);
	free(iu);
}

int iuplus_iu_add_peer(struct iuplus_iu *iu, uint32_t pc, const char *ip, uint16_t port, uint16_t udp_port)
{
	struct in_addr parsed;
	struct peer *p;

	if (pc == 0 || pc > MAX_POINT_CODE || port == 0 || inet_pton(AF_INET, ip, &parsed) != 1 ||
	    by_point_code(iu, pc) != NULL)
		return IUPLUS_ERR_ARGUMENT;
	p = new_peer(iu);
	if (p == NULL)
		return iu->peer_count == MAX_PEERS ? IUPLUS_ERR_SPACE : IUPLUS_ERR_MEMORY;
	p->configured = true;
	p->point_code = pc;
	inet_ntop(AF_INET, &parsed, p->ip, sizeof(p->ip));
	p->port = port;
	p->udp_port = udp_port;
	memcpy(p->address.ip, p->ip, sizeof(p->ip));
	p->address.port = port;
	set_up_m3ua(p);
	reach(p);
	return 0;
}

int iuplus_iu_add_route(struct iuplus_iu *iu, uint32_t pc, uint32_t via)
{
	struct route *r;

	if (pc == 0 || pc > MAX_POINT_CODE || via == 0 || via > MAX_POINT_CODE)
		return IUPLUS_ERR_ARGUMENT;
	r = realloc(iu->routes, (iu->route_count + 1) * sizeof(*r));
	if (r == NULL)
		return IUPLUS_ERR_SPACE;
	iu->routes = r;
	r[iu->route_count].point_code = pc;
	r[iu->route_count++].via = via;
	return 0;
}

bool iuplus_iu_available(const struct iuplus_iu *iu, uint32_t pc)
{
	return towards(iu, pc) != NULL;
}

int iuplus_iu_connect(struct iuplus_iu *iu, uint32_t pc, const uint8_t *data, size_t len, void *conn_user,
		      uint32_t *conn)
{
	struct peer *p = towards(iu, pc);
	struct conn *c;
	int rc;

	*conn = 0;
	if (p == NULL)
		return IUPLUS_ERR_STATE;
	if (len == 0)
		return IUPLUS_ERR_CONSTRAINT;
	c = calloc(1, sizeof(*c));
	if (c == NULL)
		return IUPLUS_ERR_MEMORY;
	c->user = conn_user;
	rc = iuplus_sccp_connect(iu->sccp, p->index, pc, data, len, c, now_of(iu), conn);
	if (rc != 0)
		free(c);
	return rc;
}

void iuplus_iu_set_user(struct iuplus_iu *iu, uint32_t conn, void *conn_user)
{
	struct conn *c = iuplus_sccp_user(iu->sccp, conn);

	if (c != NULL)
		c->user = conn_user;
}

int iuplus_iu_send(struct iuplus_iu *iu, uint32_t conn, const uint8_t *data, size_t len)
{
	accept_conn(iu, conn);
	return iuplus_sccp_send(iu->sccp, conn, data, len, now_of(iu));
}

int iuplus_iu_refuse(struct iuplus_iu *iu, uint32_t conn, uint8_t cause)
{
	struct conn *c = iuplus_sccp_user(iu->sccp, conn);
	int rc;

	if (c == NULL)
		return IUPLUS_ERR_STATE;
	/* A connection that came without a message is already confirmed, so it can only be released. */
	rc = c->incoming ? iuplus_sccp_refuse(iu->sccp, conn, cause) :
			   iuplus_sccp_release(iu->sccp, conn, IUPLUS_SCCP_REL_SCCP_USER, now_of(iu));
	free(c);
	return rc;
}

int iuplus_iu_release(struct iuplus_iu *iu, uint32_t conn, uint8_t cause)
{
	struct conn *c = iuplus_sccp_user(iu->sccp, conn);
	int rc;

	if (c == NULL)
		return IUPLUS_ERR_STATE;
	rc = iuplus_sccp_release(iu->sccp, conn, cause, now_of(iu));
	free(c);
	return rc;
}

int iuplus_iu_unitdata(struct iuplus_iu *iu, uint32_t pc, const uint8_t *data, size_t len)
{
	struct peer *p = towards(iu, pc);
	uint8_t ssn = iu->config.ssn != 0 ? iu->config.ssn : IUPLUS_SCCP_SSN_RANAP;

	if (p == NULL)
		return IUPLUS_ERR_STATE;
	return iuplus_sccp_unitdata(iu->sccp, p->index, pc, ssn, data, len);
}

const struct iuplus_sctp *iuplus_iu_sctp(const struct iuplus_iu *iu)
{
	return iu->sctp;
}

size_t iuplus_iu_connections(const struct iuplus_iu *iu)
{
	return iuplus_sccp_count(iu->sccp);
}

int iuplus_iu_fd(const struct iuplus_iu *iu)
{
	return iuplus_sctp_fd(iu->sctp);
}

int iuplus_iu_timeout(const struct iuplus_iu *iu, uint64_t now)
{
	uint64_t next = iuplus_sccp_next(iu->sccp), left;
	int timeout = iuplus_sctp_timeout(iu->sctp);

	for (unsigned i = 0; i < iu->peer_count; i++) {
		const struct peer *p = iu->peers[i];
		uint64_t at;

		if (p == NULL)
			continue;
		at = iuplus_m3ua_next(&p->m3ua);
		if (p->reconnect_at < at)
			at = p->reconnect_at;
		if (at < next)
			next = at;
	}
	if (next == NEVER)
		return timeout;
	left = next > now ? next - now : 0;
	if (timeout >= 0 && left > (uint64_t)timeout)
		return timeout;
	return left > 1000000 ? 1000000 : (int)left;
}

int iuplus_iu_step(struct iuplus_iu *iu, uint64_t now)
{
	int rc;

	iu->clock_offset = (int64_t)(now - sctp_clock_ms());
	rc = iuplus_sctp_step(iu->sctp);
	for (unsigned i = 0; i < iu->peer_count; i++) {
		struct peer *p = iu->peers[i];

		if (p == NULL)
			continue;
		iuplus_m3ua_tick(&p->m3ua, now);
		if (p->configured && p->reconnect_at <= now)
			reach(p);
	}
	iuplus_sccp_tick(iu->sccp, now);
	return rc;
}
