/* SPDX-License-Identifier: BSD-2-Clause */
/* iu_peer.c: the associations of an Iu endpoint, each with an M3UA machine. */
#include "src/net/iu_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PEERS IUPLUS_SCTP_MAX_ASSOCIATIONS

/* --- the table --- */

static struct iu_peer *by_assoc(const struct iuplus_iu *iu, uint32_t assoc)
{
	for (unsigned i = 0; i < iu->peer_count; i++)
		if (iu->peers[i] != NULL && iu->peers[i]->assoc == assoc)
			return iu->peers[i];
	return NULL;
}

struct iu_peer *iu_peer_find(const struct iuplus_iu *iu, const char *ip, uint16_t port)
{
	for (unsigned i = 0; i < iu->peer_count; i++) {
		struct iu_peer *p = iu->peers[i];

		if (p != NULL && p->configured && p->port == port && strcmp(p->ip, ip) == 0)
			return p;
	}
	return NULL;
}

static struct iu_peer *new_peer(struct iuplus_iu *iu)
{
	struct iu_peer *p, **list;
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
	p->reconnect_at = IU_NEVER;
	iu->peers[i] = p;
	return p;
}

/* --- M3UA's side --- */

static void m3ua_send(void *user, uint16_t stream, const uint8_t *data, size_t len)
{
	struct iu_peer *p = user;
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
		iu_say(iu, false, "message to %s:%u not sent: %s", p->address.ip, p->address.port,
		       p->send_rc == IUPLUS_ERR_SPACE ? "send queue full" : "association not up");
}

static bool asp_id_in_use(void *user, uint32_t id)
{
	const struct iu_peer *p = user;
	const struct iuplus_iu *iu = p->iu;

	for (unsigned i = 0; i < iu->peer_count; i++) {
		const struct iu_peer *other = iu->peers[i];

		if (other != NULL && other != p && other->m3ua.peer_has_asp_id && other->m3ua.peer_asp_id == id)
			return true;
	}
	return false;
}

/* Whether both serve one AS: the same routing context, which all associations to this listener have. */
static bool same_as(const struct iu_peer *p, const struct iu_peer *other)
{
	return other != NULL && other != p && !other->configured && p->iu->config.has_routing_context;
}

static bool as_active(void *user)
{
	const struct iu_peer *p = user;
	const struct iuplus_iu *iu = p->iu;

	for (unsigned i = 0; i < iu->peer_count; i++)
		if (same_as(p, iu->peers[i]) && iu_peer_active(iu->peers[i]))
			return true;
	return false;
}

static void as_changed(void *user, bool active)
{
	const struct iu_peer *p = user;
	const struct iuplus_iu *iu = p->iu;

	for (unsigned i = 0; i < iu->peer_count; i++)
		if (same_as(p, iu->peers[i]))
			iuplus_m3ua_as_changed(&iu->peers[i]->m3ua, active, iu_now(iu));
}

static void as_taken(void *user)
{
	const struct iu_peer *p = user;
	const struct iuplus_iu *iu = p->iu;

	for (unsigned i = 0; i < iu->peer_count; i++)
		if (same_as(p, iu->peers[i]))
			iuplus_m3ua_override(&iu->peers[i]->m3ua);
}

static void m3ua_data(struct iu_peer *p, const struct iuplus_m3ua_message *d)
{
	struct iuplus_iu *iu = p->iu;
	bool here = d->dpc == iu->config.point_code;
	int rc;

	if (d->si != IUPLUS_M3UA_SI_SCCP || !here) {
		iu_say(iu, true, "DATA from point code %" PRIu32 " for %" PRIu32 ", service %u: not for this node",
		       d->opc, d->dpc, d->si);
		iuplus_m3ua_not_here(&p->m3ua, d->dpc, here ? d->si : 0);
		return;
	}
	if (!iu_learn(p, d->opc)) {
		iu_say(iu, true, "DATA from point code %" PRIu32 " cannot be served, discarded", d->opc);
		return;
	}
	rc = iuplus_sccp_receive(iu->sccp, d->opc, d->user.data, d->user.len, iu_now(iu));
	if (rc != 0)
		iu_say(iu, false, "SCCP message from point code %" PRIu32 " discarded (%d)", d->opc, rc);
}

/* The point codes that are known to be behind the address of the association. */
static void link_expected(struct iu_peer *p)
{
	struct iuplus_iu *iu = p->iu;

	for (size_t i = 0; !p->configured && i < iu->expected_count; i++) {
		const struct iu_expected *e = &iu->expected[i];
		struct iu_destination *d;

		if (strcmp(e->ip, p->address.ip) != 0 || (e->port != 0 && e->port != p->address.port))
			continue;
		d = iu_destination_get(iu, e->point_code);
		if (d == NULL || iu_link_add(d, p, false) != 0)
			iu_say(iu, true, "point code %" PRIu32 " cannot use the association with %s:%u", e->point_code,
			       p->address.ip, p->address.port);
	}
}

static void m3ua_event(void *user, const struct iuplus_m3ua_event *event)
{
	struct iu_peer *p = user;
	struct iuplus_iu *iu = p->iu;
	const struct iuplus_m3ua_message *m = event->message;

	switch (event->kind) {
	case IUPLUS_M3UA_EV_ACTIVE:
		iu_say(iu, false, "M3UA with %s:%u: active", p->address.ip, p->address.port);
		link_expected(p);
		iu_peer_changed(p, NULL, false);
		break;
	case IUPLUS_M3UA_EV_INACTIVE:
		iu_say(iu, false, "M3UA with %s:%u: inactive: %s", p->address.ip, p->address.port, event->reason);
		iu_peer_changed(p, event->reason, false);
		break;
	case IUPLUS_M3UA_EV_DATA:
		m3ua_data(p, m);
		break;
	case IUPLUS_M3UA_EV_DESTINATION:
		iu_destination_event(p, m);
		break;
	case IUPLUS_M3UA_EV_STATUS:
		iu_say(iu, false, "NTFY from %s:%u: %s", p->address.ip, p->address.port,
		       iuplus_m3ua_status_name(m->status_type, m->status_info));
		break;
	case IUPLUS_M3UA_EV_ERROR:
		iu_say(iu, true, "M3UA with %s:%u: %s%s%s", p->address.ip, p->address.port, event->reason,
		       event->error != 0 ? ": " : "", event->error != 0 ? iuplus_m3ua_error_name(event->error) : "");
		break;
	case IUPLUS_M3UA_EV_DEAD:
		iu_say(iu, true, "M3UA with %s:%u: %s, aborted", p->address.ip, p->address.port, event->reason);
		iuplus_sctp_shutdown(iu->sctp, p->assoc, true);
		break;
	}
}

static void set_up_m3ua(struct iu_peer *p)
{
	const struct iuplus_iu_config *c = &p->iu->config;
	struct iuplus_m3ua_config config = {
		.role = p->configured ? IUPLUS_M3UA_CLIENT : IUPLUS_M3UA_SERVER,
		.has_routing_context = c->has_routing_context,
		.routing_context = c->routing_context,
		.has_network_appearance = c->has_network_appearance,
		.network_appearance = c->network_appearance,
		.has_asp_id = c->has_asp_id,
		.asp_id = c->asp_id,
		.traffic_mode = c->traffic_mode,
		.point_code = c->point_code,
		.registers = c->registers,
		.notify = true,
		.timers = c->m3ua_timers
	};
	struct iuplus_m3ua_ops ops = {
		.send = m3ua_send,
		.event = m3ua_event,
		.user = p,
		.asp_id_in_use = asp_id_in_use,
		.as_active = as_active,
		.as_changed = as_changed,
		.as_taken = as_taken
	};

	iuplus_m3ua_init(&p->m3ua, &config, &ops);
}

/* --- SCTP's side --- */

static void reach(struct iu_peer *p)
{
	struct iuplus_iu *iu = p->iu;
	int rc = iuplus_sctp_connect(iu->sctp, p->ip, p->port, p->udp_port, &p->assoc);

	p->reconnect_at = rc == 0 ? IU_NEVER : iu_now(iu) + iu->config.t_reconnect_ms;
}

struct iu_peer *iu_peer_add(struct iuplus_iu *iu, const char *ip, uint16_t port, uint16_t udp_port)
{
	struct iu_peer *p = new_peer(iu);

	if (p == NULL)
		return NULL;
	p->configured = true;
	strcpy(p->ip, ip); /* checked by the caller */
	p->port = port;
	p->udp_port = udp_port;
	memcpy(p->address.ip, p->ip, sizeof(p->ip));
	p->address.port = port;
	set_up_m3ua(p);
	reach(p);
	return p;
}

static void association_up(struct iuplus_iu *iu, const struct iuplus_sctp_event *event)
{
	struct iu_peer *p = by_assoc(iu, event->assoc);

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
	iu_say(iu, false, "association with %s:%u is up (%s)", event->peer.ip, event->peer.port,
	       iuplus_sctp_backend_name(iuplus_sctp_backend(iu->sctp)));
	iuplus_m3ua_up(&p->m3ua, event->streams_out, iu_now(iu));
	iuplus_m3ua_streams_in(&p->m3ua, event->streams_in);
}

static void association_down(struct iuplus_iu *iu, struct iu_peer *p, const char *reason)
{
	iu_say(iu, false, "association with %s:%u is down: %s", p->address.ip, p->address.port, reason);
	p->assoc = 0;
	iuplus_m3ua_down(&p->m3ua);
	if (p->configured) {
		p->reconnect_at = iu_now(iu) + iu->config.t_reconnect_ms;
		return;
	}
	/* no destination may refer to it any longer, active or not */
	iu_peer_changed(p, reason, true);
	for (unsigned i = 0; i < iu->peer_count; i++)
		if (iu->peers[i] == p)
			iu->peers[i] = NULL;
	free(p);
}

static void message(struct iu_peer *p, const struct iuplus_sctp_event *event)
{
	struct iuplus_iu *iu = p->iu;

	if (event->ppid != IUPLUS_M3UA_PPID) {
		iu_say(iu, false, "payload protocol %" PRIu32 " from %s:%u ignored", event->ppid, p->address.ip,
		       p->address.port);
		return;
	}
	p->heard++;
	iuplus_m3ua_receive(&p->m3ua, event->stream, event->data, event->len, iu_now(iu));
}

void iu_sctp_event(void *user, const struct iuplus_sctp_event *event)
{
	struct iuplus_iu *iu = user;
	struct iu_peer *p;

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
		iu_say(iu, false, "association with %s:%u restarted", p->address.ip, p->address.port);
		iuplus_m3ua_up(&p->m3ua, event->streams_out, iu_now(iu));
		iuplus_m3ua_streams_in(&p->m3ua, event->streams_in);
		break;
	case IUPLUS_SCTP_MESSAGE:
		message(p, event);
		break;
	case IUPLUS_SCTP_SEND_FAILED:
		iu_say(iu, false, "to %s:%u: %s", p->address.ip, p->address.port, event->reason);
		break;
	case IUPLUS_SCTP_UP:
		break;
	}
}

/* --- time --- */

uint64_t iu_peer_next(const struct iu_peer *p)
{
	uint64_t at = iuplus_m3ua_next(&p->m3ua);

	return p->reconnect_at < at ? p->reconnect_at : at;
}

void iu_peer_tick(struct iu_peer *p, uint64_t now)
{
	iuplus_m3ua_tick(&p->m3ua, now);
	if (p->configured && p->reconnect_at <= now)
		reach(p);
}
