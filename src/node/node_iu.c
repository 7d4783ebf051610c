/* SPDX-License-Identifier: BSD-2-Clause */
/* node_iu.c: the Iu endpoint of a node (see node_iu.h). */
#include "src/node/node_iu.h"

#include <errno.h>
#include <string.h>

static const char *peer_name(const struct node_iu *iu, uint32_t point_code)
{
	const char *name = iu->program->peer(iu->user, point_code);
	return name ? name : "unknown peer";
}

/* ---- callbacks of the endpoint ---- */

static void report(struct node_iu_link *link, uint32_t conn, enum node_iu_event event, struct iuplus_octets pdu)
{
	for (unsigned n = 0; link && n < 2; n++) {
		if (link->conn[n] != conn)
			continue;
		if (event != NODE_IU_CONFIRMED && event != NODE_IU_DATA)
			link->conn[n] = 0;
		link->iu->program->event(link->context, event, n, pdu);
		return;
	}
}

static void on_connected(void *user, uint32_t conn, uint32_t point_code, const uint8_t *data, size_t len)
{
	struct node_iu *iu = user;
	unsigned n = iu->program->incoming;
	struct node_iu_link *link = iu->program->peer(iu->user, point_code) ? iu->program->accept(iu->user) : NULL;
	if (!link) {
		node_log(NODE_LOG_NOTICE, "an Iu connection from point code %u is refused", point_code);
		iuplus_iu_refuse(iu->endpoint, conn, 0);
		return;
	}
	link->conn[n] = conn;
	link->point_code[n] = point_code;
	iuplus_iu_set_user(iu->endpoint, conn, link);
	iu->program->event(link->context, NODE_IU_CONNECTED, n, (struct iuplus_octets){ data, len });
}

static void on_confirmed(void *user, uint32_t conn, void *conn_user)
{
	(void)user;
	report(conn_user, conn, NODE_IU_CONFIRMED, (struct iuplus_octets){ NULL, 0 });
}

static void on_refused(void *user, uint32_t conn, void *conn_user, uint8_t cause, const char *reason)
{
	(void)user;
	node_log(NODE_LOG_NOTICE, "an Iu connection was refused: %s (cause %u)", reason ? reason : "by the peer",
		 cause);
	report(conn_user, conn, NODE_IU_REFUSED, (struct iuplus_octets){ NULL, 0 });
}

static void on_data(void *user, uint32_t conn, void *conn_user, const uint8_t *data, size_t len)
{
	(void)user;
	report(conn_user, conn, NODE_IU_DATA, (struct iuplus_octets){ data, len });
}

static void on_released(void *user, uint32_t conn, void *conn_user, uint8_t cause, bool lost, const char *reason)
{
	(void)user;
	node_log(lost ? NODE_LOG_NOTICE : NODE_LOG_DEBUG, "an Iu connection is %s: %s (cause %u)",
		 lost ? "lost" : "released by the peer", reason, cause);
	report(conn_user, conn, lost ? NODE_IU_LOST : NODE_IU_RELEASED, (struct iuplus_octets){ NULL, 0 });
}

static void on_unitdata(void *user, uint32_t point_code, const uint8_t *data, size_t len)
{
	struct node_iu *iu = user;
	if (iu->program->peer(iu->user, point_code))
		iu->program->unitdata(iu->user, point_code, (struct iuplus_octets){ data, len });
	else
		node_log(NODE_LOG_NOTICE, "a connectionless message from unknown point code %u is discarded",
			 point_code);
}

static void on_available(void *user, uint32_t point_code)
{
	struct node_iu *iu = user;
	const char *name = iu->program->peer(iu->user, point_code);
	/* whoever sends a message becomes a point code that can be answered; the program hears of its own peers only */
	node_log(name ? NODE_LOG_INFO : NODE_LOG_DEBUG, "%s (point code %u) is available", name ? name : "unknown peer",
		 point_code);
	if (name)
		iu->program->available(iu->user, point_code);
}

static void on_lost(void *user, uint32_t point_code, const char *reason)
{
	struct node_iu *iu = user;
	char text[NODE_EVENT_TEXT];
	if (!iu->program->peer(iu->user, point_code))
		return;
	snprintf(text, sizeof(text), "%s: %s", peer_name(iu, point_code), reason ? reason : "");
	node_log(NODE_LOG_NOTICE, "peer lost: %s", text);
	node_trace_end(&iu->node->trace, "association", text);
	if (iu->program->lost)
		iu->program->lost(iu->user, point_code);
}

static void on_sent(void *user, const struct iuplus_iu_sent *sent)
{
	struct node_iu *iu = user;
	node_trace_iu(&iu->node->trace, sent);
}

static void on_congested(void *user, uint32_t point_code, unsigned level)
{
	const struct node_iu *iu = user;
	node_log(NODE_LOG_NOTICE, "%s (point code %u): congestion level %u", peer_name(iu, point_code), point_code,
		 level);
}

static void on_log(void *user, bool notice, const char *line)
{
	(void)user;
	node_log(notice ? NODE_LOG_NOTICE : NODE_LOG_DEBUG, "%s", line);
}

/* ---- the endpoint ---- */

static void on_readable(void *user, int fd)
{
	struct node_iu *iu = user;
	(void)fd;
	if (iuplus_iu_step(iu->endpoint, node_loop_now_ms())) {
		node_log(NODE_LOG_ERROR, "the Iu endpoint is unusable: %s", strerror(errno));
		node_stop(iu->node);
	}
}

/* The timers of SCTP in user space must be run as often as its timeout requires, so every round begins with a step. */
static int before_wait(void *user)
{
	struct node_iu *iu = user;
	on_readable(iu, -1);
	return iuplus_iu_timeout(iu->endpoint, node_loop_now_ms());
}

struct iuplus_iu_config node_iu_config(const struct node_iu_settings *settings, unsigned stps)
{
	struct iuplus_iu_config config = {
		.sctp = { .backend = (enum iuplus_sctp_backend)settings->sctp,
			  .heartbeat_ms = settings->timing.heartbeat_ms,
			  .rto_max_ms = settings->timing.rto_max_ms },
		.point_code = settings->point_code,
		.network_indicator = (uint8_t)settings->network_indicator,
		.has_routing_context = settings->routing_context != 0,
		.routing_context = settings->routing_context,
		.has_network_appearance = settings->network_appearance != 0,
		.network_appearance = settings->network_appearance,
		.has_asp_id = settings->asp_id != 0,
		.asp_id = settings->asp_id,
		.registers = settings->registration,
		.traffic_mode = (uint32_t)settings->traffic_mode,
		.audits = stps > 0,
		.m3ua_timers = settings->m3ua,
		.sccp_timers = settings->sccp,
		.t_stat_info_ms = settings->stat_info_ms,
	};
	/* In a file 0 is always the default; for M3UA it is "no heartbeat", unless all are 0. */
	if (!config.m3ua_timers.t_beat)
		config.m3ua_timers.t_beat = iuplus_m3ua_default_timers.t_beat;
	return config;
}

static int add_way(struct node_iu *iu, uint32_t point_code, const struct node_conf_addr *address, bool listens)
{
	int rc = listens ? iuplus_iu_expect(iu->endpoint, point_code, address->host, address->port) :
			   iuplus_iu_add_peer(iu->endpoint, point_code, address->host, address->port, 0);
	if (!rc)
		return -1;
	fprintf(stderr, "%s: %s:%u cannot be the way to point code %u: %s\n", iu->node->program, address->host,
		address->port, point_code, iuplus_strrc(rc));
	return NODE_EXIT_UNAVAILABLE;
}

int node_iu_add_peer(struct node_iu *iu, uint32_t point_code, const struct node_conf_addr *address, bool listens,
		     const struct node_stp_settings *stp, unsigned stps)
{
	int rc = -1;
	if (address->host[0])
		return add_way(iu, point_code, address, listens);
	for (unsigned i = 0; i < stps && rc < 0; i++)
		rc = add_way(iu, point_code, &stp[i].address, stp[i].role == NODE_SCTP_SERVER);
	return rc;
}

int node_iu_open(struct node_iu *iu, struct iuplus_iu_config *config)
{
	const struct iuplus_iu_callbacks callbacks = {
		.peer_available = on_available,
		.peer_lost = on_lost,
		.peer_congested = on_congested,
		.connected = on_connected,
		.confirmed = on_confirmed,
		.refused = on_refused,
		.data = on_data,
		.released = on_released,
		.unitdata = on_unitdata,
		.sent = on_sent,
		.log = on_log,
		.user = iu,
	};
	struct node *node = iu->node;
	if (node->options.sctp >= 0)
		config->sctp.backend = (enum iuplus_sctp_backend)node->options.sctp;
	node_random(NULL, (uint8_t *)&config->first_reference, sizeof(config->first_reference));
	config->first_reference &= 0xffffff;
	int rc = iuplus_iu_open(&iu->endpoint, config, &callbacks);
	if (rc == IUPLUS_ERR_NOT_COMPREHENDED) {
		fprintf(stderr, "%s: SCTP '%s' is not available here; use --sctp auto\n", node->program,
			iuplus_sctp_backend_name(config->sctp.backend));
		return NODE_EXIT_UNAVAILABLE;
	}
	if (rc) {
		fprintf(stderr, "%s: the Iu endpoint at %s port %u cannot be opened: %s\n", node->program,
			config->sctp.local_ip ? config->sctp.local_ip : "0.0.0.0", config->sctp.local_port,
			rc == IUPLUS_ERR_IO ? strerror(errno) : iuplus_strrc(rc));
		return NODE_EXIT_UNAVAILABLE;
	}
	if (node_loop_watch(&node->loop, iuplus_iu_fd(iu->endpoint), on_readable, iu))
		return NODE_EXIT_OS;
	node->loop.before_wait = before_wait;
	node->loop.before_wait_user = iu;
	node_log(NODE_LOG_INFO, "SCTP by %s",
		 iuplus_sctp_backend_name(iuplus_sctp_backend(iuplus_iu_sctp(iu->endpoint))));
	return -1;
}

int node_iu_run(struct node_iu *iu, void (*order)(void *user, char *const *word, unsigned words))
{
	struct node *node = iu->node;

	node_take_orders(node, order, iu->user);
	node_trace_state(&node->trace, "listening",
			 iuplus_sctp_backend_name(iuplus_sctp_backend(iuplus_iu_sctp(iu->endpoint))));
	return node_run(node);
}

void node_iu_close(struct node_iu *iu)
{
	iuplus_iu_close(iu->endpoint);
	iu->endpoint = NULL;
}

/* ---- connections ---- */

void node_iu_link_add(struct node_iu_link *link, struct node_iu *iu, void *context)
{
	*link = (struct node_iu_link){ .iu = iu, .next = iu->links, .context = context };
	iu->links = link;
	iu->link_count++;
}

void node_iu_link_remove(struct node_iu_link *link)
{
	struct node_iu *iu = link->iu;
	struct node_iu_link **l = &iu->links;
	while (*l != link)
		l = &(*l)->next;
	*l = link->next;
	iu->link_count--;
	for (unsigned n = 0; n < 2; n++)
		if (link->conn[n])
			iuplus_iu_release(iu->endpoint, link->conn[n], 0);
	node_loop_stop_all(&iu->node->loop, link->conn);
}

static void report_refused(void *user, unsigned n)
{
	struct node_iu_link *link = user;
	link->iu->program->event(link->context, NODE_IU_REFUSED, n, (struct iuplus_octets){ NULL, 0 });
}

static int request(struct node_iu_link *link, unsigned n, struct iuplus_octets pdu, uint32_t point_code)
{
	struct node_iu *iu = link->iu;
	int rc = iuplus_iu_connect(iu->endpoint, point_code, pdu.data, pdu.len, link, &link->conn[n]);
	link->point_code[n] = point_code;
	if (!rc)
		return 0;
	link->conn[n] = 0;
	node_log(NODE_LOG_NOTICE, "no Iu connection to %s: %s", peer_name(iu, point_code), iuplus_strrc(rc));
	/* not from within: the caller still performs the actions of the machine. The array is the timers' owner */
	if (node_loop_start(&iu->node->loop, link->conn, n, 0, report_refused, link))
		node_log(NODE_LOG_ERROR, "too many timers; a refused Iu connection is not reported");
	return rc;
}

int node_iu_act(struct node_iu_link *link, const struct iuplus_proc_action *action, uint32_t point_code)
{
	struct node_iu *iu = link->iu;
	unsigned n = action->conn & 1;
	uint32_t conn = link->conn[n];
	switch (action->kind) {
	case IUPLUS_ACT_IU_CONNECT:
		return request(link, n, action->pdu, point_code);
	case IUPLUS_ACT_IU_SEND:
		return conn ? iuplus_iu_send(iu->endpoint, conn, action->pdu.data, action->pdu.len) : IUPLUS_ERR_STATE;
	case IUPLUS_ACT_IU_RELEASE:
		link->conn[n] = 0;
		return conn ? iuplus_iu_release(iu->endpoint, conn, 0) : 0;
	default:
		return 0;
	}
}

int node_iu_unitdata(struct node_iu *iu, const struct iuplus_proc_action *action, uint32_t point_code)
{
	return iuplus_iu_unitdata(iu->endpoint, point_code, action->pdu.data, action->pdu.len);
}

/* Releases the first matching connection. Returns false if there is none. */
static bool reset_first(struct node_iu *iu, bool (*match)(const struct node_iu_link *link, unsigned n, const void *arg),
			const void *arg)
{
	for (struct node_iu_link *link = iu->links; link; link = link->next)
		for (unsigned n = 0; n < 2; n++) {
			uint32_t conn = link->conn[n];
			if (!conn || !match(link, n, arg))
				continue;
			iuplus_iu_release(iu->endpoint, conn, 0);
			report(link, conn, NODE_IU_RESET, (struct iuplus_octets){ NULL, 0 });
			return true;
		}
	return false;
}

void node_iu_reset(struct node_iu *iu, bool (*match)(const struct node_iu_link *link, unsigned n, const void *arg),
		   const void *arg)
{
	/* from the start each time: an event may free contexts */
	while (reset_first(iu, match, arg))
		;
}
