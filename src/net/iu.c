/* SPDX-License-Identifier: BSD-2-Clause */
/* iu.c: an endpoint of Iu built from SCTP, M3UA and SCCP: the user's side, and SCCP's events. One SCCP serves all
 * associations (iu_peer.c) and destinations (iu_destination.c). */
#include "src/net/iu_internal.h"
#include "src/net/sctp_internal.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_RECONNECT_MS 1000u
#define DEFAULT_STAT_INFO_MS 5000u

/* The endpoint's data for an SCCP connection. */
struct conn {
	void *user;
	bool opening;  /* CR had no message: the first message reports the connection */
	bool incoming; /* not accepted yet */
};

/* --- SCCP's side --- */

static int sccp_send(void *user, uint32_t dpc, uint8_t sls, const uint8_t *data, size_t len)
{
	struct iuplus_iu *iu = user;
	struct iu_peer *p = iu_select(iu, dpc, sls);
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
		iuplus_sccp_accept(iu->sccp, conn, iu_now(iu));
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
	bool unknown = c == NULL || c->opening || iu->closing, lost;
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
	/* RLSD with one of the causes of a user is an end that the peer's user wanted (Q.713 3.11); whatever else ends
	 * a connection, the peer's SCCP, MTP or a timer here, takes it from both users. */
	lost = reason != NULL || event->cause > IUPLUS_SCCP_REL_SCCP_USER;
	reason = reason != NULL ? reason : iuplus_sccp_release_cause_name(event->cause);
	if (iu->callbacks.released != NULL)
		iu->callbacks.released(iu->callbacks.user, event->conn, user, event->cause, lost, reason);
}

/* Delivers the data in the last message of a connection. Returns false if the user ended the connection while it had
 * the data: then its pointer is no longer valid, and no callback may follow. SCCP has deleted the connection before, so
 * iu->last stands for it meanwhile. */
static bool deliver_last(struct iuplus_iu *iu, const struct iuplus_sccp_event *event, struct conn *c)
{
	struct iu_last last = { .outer = iu->last, .conn = event->conn, .data = c };

	if (c == NULL || event->data.len == 0 || c->opening || iu->callbacks.data == NULL)
		return true;
	iu->last = &last;
	iu->callbacks.data(iu->callbacks.user, event->conn, c->user, event->data.data, event->data.len);
	iu->last = last.outer;
	return last.data != NULL;
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
		if (deliver_last(iu, event, c))
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
	case IUPLUS_SCCP_EV_ALLOWED:
	case IUPLUS_SCCP_EV_PROHIBITED:
		iu_subsystem(iu, event->peer_point_code, event->ssn, event->kind == IUPLUS_SCCP_EV_ALLOWED);
		break;
	case IUPLUS_SCCP_EV_NOTICE:
		iu_say(iu, true, "unitdata to point code %" PRIu32 " returned (return cause %u)",
		       event->peer_point_code, event->cause);
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
	if (config->point_code == 0 || config->point_code > IU_MAX_POINT_CODE || config->network_indicator > 3)
		return IUPLUS_ERR_ARGUMENT;
	iu = calloc(1, sizeof(*iu));
	if (iu == NULL)
		return IUPLUS_ERR_MEMORY;
	iu->config = *config;
	iu->config.ssn = sccp.ssn;
	iu->callbacks = *callbacks;
	if (iu->config.t_stat_info_ms == 0)
		iu->config.t_stat_info_ms = DEFAULT_STAT_INFO_MS;
	if (iu->config.t_reconnect_ms == 0)
		iu->config.t_reconnect_ms = DEFAULT_RECONNECT_MS;
	ops.user = iu;
	iu->sccp = iuplus_sccp_new(&sccp, &ops);
	iu->by_point_code = calloc(IU_MAX_POINT_CODE + 1, sizeof(struct iu_destination *));
	rc = iu->sccp != NULL && iu->by_point_code != NULL ? 0 : IUPLUS_ERR_MEMORY;
	if (rc == 0)
		rc = iuplus_sctp_open(&iu->sctp, &config->sctp, iu_sctp_event, iu);
	if (rc != 0) {
		int saved = errno;

		iuplus_sccp_free(iu->sccp);
		free(iu->by_point_code);
		free(iu);
		errno = saved;
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
	/* frees the endpoint's data of the connections */
	for (const struct iu_destination *d = iu->destinations; d != NULL; d = d->next)
		iuplus_sccp_peer_lost(iu->sccp, d->point_code, "closing");
	iuplus_sctp_close(iu->sctp);
	iuplus_sccp_free(iu->sccp);
	for (unsigned i = 0; i < iu->peer_count; i++)
		free(iu->peers[i]);
	free(iu->peers);
	iu_destinations_free(iu);
	free(iu->expected);
	free(iu);
}

/* Checks an address and writes it in its one form. */
static bool read_address(const char *ip, char out[16])
{
	struct in_addr parsed;

	return inet_pton(AF_INET, ip, &parsed) == 1 && inet_ntop(AF_INET, &parsed, out, 16) != NULL;
}

int iuplus_iu_add_peer(struct iuplus_iu *iu, uint32_t pc, const char *ip, uint16_t port, uint16_t udp_port)
{
	struct iu_destination *d;
	struct iu_peer *p;
	char address[16];

	if (pc == 0 || pc > IU_MAX_POINT_CODE || port == 0 || !read_address(ip, address))
		return IUPLUS_ERR_ARGUMENT;
	p = iu_peer_find(iu, address, port);
	d = iu_destination_get(iu, pc);
	if (d == NULL)
		return IUPLUS_ERR_MEMORY;
	if (p != NULL && iu_linked(d, p))
		return IUPLUS_ERR_ARGUMENT;
	if (d->links == IU_MAX_LINKS)
		return IUPLUS_ERR_SPACE;
	if (p == NULL)
		p = iu_peer_add(iu, address, port, udp_port);
	if (p == NULL)
		return IUPLUS_ERR_SPACE;
	return iu_link_add(d, p, true);
}

int iuplus_iu_expect(struct iuplus_iu *iu, uint32_t pc, const char *ip, uint16_t port)
{
	struct iu_expected *e;
	char address[16];

	if (pc == 0 || pc > IU_MAX_POINT_CODE || !read_address(ip, address))
		return IUPLUS_ERR_ARGUMENT;
	e = realloc(iu->expected, (iu->expected_count + 1) * sizeof(*e));
	if (e == NULL)
		return IUPLUS_ERR_MEMORY;
	iu->expected = e;
	e += iu->expected_count++;
	e->point_code = pc;
	memcpy(e->ip, address, sizeof(e->ip));
	e->port = port;
	return 0;
}

bool iuplus_iu_available(const struct iuplus_iu *iu, uint32_t pc)
{
	const struct iu_destination *d = iu_destination_find(iu, pc);

	return d != NULL && d->available;
}

int iuplus_iu_connect(struct iuplus_iu *iu, uint32_t pc, const uint8_t *data, size_t len, void *conn_user,
		      uint32_t *conn)
{
	const struct iu_destination *d = iu_destination_find(iu, pc);
	struct conn *c;
	int rc;

	*conn = 0;
	if (d == NULL || !d->available)
		return IUPLUS_ERR_STATE;
	/* While the destination is congested no traffic is added (Q.714 5.2.4: CR is of low importance). */
	if (d->congestion > 0 && iu_now(iu) < d->congested_until)
		return IUPLUS_ERR_EXHAUSTED;
	if (len == 0)
		return IUPLUS_ERR_CONSTRAINT;
	c = calloc(1, sizeof(*c));
	if (c == NULL)
		return IUPLUS_ERR_MEMORY;
	c->user = conn_user;
	rc = iuplus_sccp_connect(iu->sccp, pc, data, len, c, iu_now(iu), conn);
	if (rc != 0)
		free(c);
	return rc;
}

/* The connection whose last message the user has at the moment; NULL if conn is another one. */
static struct iu_last *find_last(const struct iuplus_iu *iu, uint32_t conn)
{
	struct iu_last *last = iu->last;

	while (last != NULL && (last->conn != conn || last->data == NULL))
		last = last->outer;
	return last;
}

void iuplus_iu_set_user(struct iuplus_iu *iu, uint32_t conn, void *conn_user)
{
	const struct iu_last *last = find_last(iu, conn);
	struct conn *c = last != NULL ? last->data : iuplus_sccp_user(iu->sccp, conn);

	if (c != NULL)
		c->user = conn_user;
}

int iuplus_iu_send(struct iuplus_iu *iu, uint32_t conn, const uint8_t *data, size_t len)
{
	accept_conn(iu, conn);
	return iuplus_sccp_send(iu->sccp, conn, data, len, iu_now(iu));
}

/* The user ends a connection that the peer has ended: only the user's side is left. */
static int forget_last(struct iu_last *last)
{
	free(last->data);
	last->data = NULL;
	return 0;
}

int iuplus_iu_refuse(struct iuplus_iu *iu, uint32_t conn, uint8_t cause)
{
	struct conn *c = iuplus_sccp_user(iu->sccp, conn);
	int rc;

	if (c == NULL)
		return IUPLUS_ERR_STATE;
	/* A connection that came without a message is already confirmed, so it can only be released. */
	rc = c->incoming ? iuplus_sccp_refuse(iu->sccp, conn, cause) :
			   iuplus_sccp_release(iu->sccp, conn, IUPLUS_SCCP_REL_SCCP_USER, iu_now(iu));
	free(c);
	return rc;
}

int iuplus_iu_release(struct iuplus_iu *iu, uint32_t conn, uint8_t cause)
{
	struct iu_last *last = find_last(iu, conn);
	struct conn *c = iuplus_sccp_user(iu->sccp, conn);
	int rc;

	if (last != NULL)
		return forget_last(last);
	if (c == NULL)
		return IUPLUS_ERR_STATE;
	rc = iuplus_sccp_release(iu->sccp, conn, cause, iu_now(iu));
	free(c);
	return rc;
}

int iuplus_iu_unitdata(struct iuplus_iu *iu, uint32_t pc, const uint8_t *data, size_t len)
{
	if (!iuplus_iu_available(iu, pc))
		return IUPLUS_ERR_STATE;
	return iuplus_sccp_unitdata(iu->sccp, pc, iu->config.ssn, data, len);
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
	uint64_t next = iuplus_sccp_next(iu->sccp), at = iu_destination_next(iu), left;
	int timeout = iuplus_sctp_timeout(iu->sctp);

	for (unsigned i = 0; i < iu->peer_count; i++) {
		next = at < next ? at : next;
		at = iu->peers[i] != NULL ? iu_peer_next(iu->peers[i]) : IU_NEVER;
	}
	next = at < next ? at : next;
	if (next == IU_NEVER)
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
	for (unsigned i = 0; i < iu->peer_count; i++)
		if (iu->peers[i] != NULL)
			iu_peer_tick(iu->peers[i], now);
	iu_destination_tick(iu, now);
	iuplus_sccp_tick(iu->sccp, now);
	return rc;
}
