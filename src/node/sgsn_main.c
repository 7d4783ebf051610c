/* SPDX-License-Identifier: BSD-2-Clause */
/* sgsn_main.c: iuplus-sgsn, an SGSN+ with its own subscriber table: the owner of the core's machines (iuplus/cn.h). */
#include <stdlib.h>
#include <string.h>

#include "src/node/node.h"

/* A subscriber's context with its Iu connections. */
struct context {
	struct iuplus_cn_ue *cn;
	struct sgsn *sgsn;
	struct context *next;
	uint32_t conn[2];		/* Iu endpoint's number of the machine's connection 0 and 1; 0: none */
	uint32_t point_code[2];		/* whom it leads to */
	bool ended;			/* IUPLUS_ACT_FREE was given */
};

struct sgsn {
	struct node node;
	struct node_sgsn_settings settings;
	struct iuplus_cn_config config;
	struct iuplus_cn_rnc rnc[NODE_MAX_RNCS];
	struct iuplus_cn_subscriber subscriber[NODE_MAX_SUBSCRIBERS];
	struct iuplus_cn_subscribers subscribers;
	struct iuplus_iu *iu;
	struct context *contexts;
	unsigned context_count;
	uint32_t next_id;
};

static void run(struct context *context, const struct iuplus_cn_event *event);

static const char *rnc_name(const struct sgsn *sgsn, uint32_t point_code)
{
	for (unsigned i = 0; i < sgsn->settings.rnc_count; i++)
		if (sgsn->settings.rnc[i].point_code == point_code)
			return sgsn->settings.rnc[i].name;
	return "unknown-rnc";
}

static bool known_rnc(const struct sgsn *sgsn, uint32_t point_code)
{
	for (unsigned i = 0; i < sgsn->settings.rnc_count; i++)
		if (sgsn->settings.rnc[i].point_code == point_code)
			return true;
	return false;
}

/* ---- carrying actions out ---- */

static void on_timer(void *user, unsigned number)
{
	const struct iuplus_cn_event event = { .kind = IUPLUS_CN_EV_TIMER, .timer = (enum iuplus_cn_timer)number };
	run(user, &event);
}

static void open_connection(struct context *context, const struct iuplus_proc_action *action)
{
	struct sgsn *sgsn = context->sgsn;
	unsigned n = action->conn & 1;
	int rc = iuplus_iu_connect(sgsn->iu, action->peer, action->pdu.data, action->pdu.len, context,
				   &context->conn[n]);
	context->point_code[n] = action->peer;
	if (!rc)
		return;
	context->conn[n] = 0;
	node_log(NODE_LOG_NOTICE, "no Iu connection to %s: %s", rnc_name(sgsn, action->peer), iuplus_strrc(rc));
	/* told from the loop, not from within: the machine is still giving actions */
	node_loop_start(&sgsn->node.loop, context, IUPLUS_CN_TIMER_COUNT + n, 0, on_timer, context);
}

static void send_message(struct context *context, const struct iuplus_proc_action *action)
{
	unsigned n = action->conn & 1;
	int rc = context->conn[n]
			 ? iuplus_iu_send(context->sgsn->iu, context->conn[n], action->pdu.data, action->pdu.len)
			 : IUPLUS_ERR_STATE;
	if (rc)
		node_log(NODE_LOG_NOTICE, "%s to %s is lost: %s", action->message,
			 rnc_name(context->sgsn, context->point_code[n]), iuplus_strrc(rc));
}

static void carry_out(struct context *context, const struct iuplus_proc_action *action)
{
	struct sgsn *sgsn = context->sgsn;
	struct node *node = &sgsn->node;
	unsigned n = action->conn & 1;
	const char *to = rnc_name(sgsn, action->kind == IUPLUS_ACT_IU_SEND ? context->point_code[n] : action->peer);
	struct iuplus_cn_ue_status status;
	iuplus_cn_ue_get_status(context->cn, &status);
	const char *ue = status.subscriber ? status.subscriber->imsi : "?";
	const char *rnc = rnc_name(sgsn, context->point_code[status.serving]);
	node_test_die(node, action);
	node_trace_action(&node->trace, action, to, ue, rnc);
	switch (action->kind) {
	case IUPLUS_ACT_IU_CONNECT:
		open_connection(context, action);
		break;
	case IUPLUS_ACT_IU_SEND:
		send_message(context, action);
		break;
	case IUPLUS_ACT_IU_RELEASE:
		if (context->conn[n])
			iuplus_iu_release(sgsn->iu, context->conn[n], 0);
		context->conn[n] = 0;
		break;
	case IUPLUS_ACT_IU_UNITDATA:
		iuplus_iu_unitdata(sgsn->iu, action->peer, action->pdu.data, action->pdu.len);
		break;
	case IUPLUS_ACT_TIMER_START:
		if (node_loop_start(&node->loop, context, action->timer, action->ms, on_timer, context))
			node_log(NODE_LOG_ERROR, "too many timers; %s does not run", action->timer_name);
		break;
	case IUPLUS_ACT_TIMER_STOP:
		node_loop_stop(&node->loop, context, action->timer);
		break;
	case IUPLUS_ACT_FREE:
		context->ended = true;
		node_trace_end(&node->trace, "context", action->message);
		node_log(NODE_LOG_INFO, "context of %s ends: %s", ue, action->message ? action->message : "");
		break;
	default:
		break;
	}
}

static void wipe_actions(struct iuplus_proc_actions *actions)
{
	iuplus_security_wipe(actions, sizeof(*actions));
}

static void free_context(struct context *context)
{
	struct sgsn *sgsn = context->sgsn;
	for (struct context **c = &sgsn->contexts; *c; c = &(*c)->next)
		if (*c == context) {
			*c = context->next;
			sgsn->context_count--;
			break;
		}
	for (unsigned n = 0; n < 2; n++)
		if (context->conn[n])
			iuplus_iu_release(sgsn->iu, context->conn[n], 0);
	node_loop_stop_all(&sgsn->node.loop, context);
	iuplus_cn_ue_free(context->cn);
	free(context);
}

/* One event through the machine; frees the context when that was its last. */
static void run(struct context *context, const struct iuplus_cn_event *event)
{
	static struct iuplus_proc_actions actions;
	struct sgsn *sgsn = context->sgsn;
	struct iuplus_cn_event failed;
	/* numbers past the machine's timers are connections that could not be opened */
	if (event->kind == IUPLUS_CN_EV_TIMER && event->timer >= IUPLUS_CN_TIMER_COUNT) {
		failed = (struct iuplus_cn_event){ .kind = IUPLUS_CN_EV_CONNECT_REFUSE,
						   .conn = event->timer - IUPLUS_CN_TIMER_COUNT };
		event = &failed;
	}
	actions.count = 0;
	struct iuplus_proc_env env = node_env(&sgsn->node);
	int rc = iuplus_cn_event(context->cn, &env, event, &actions);
	if (rc)
		node_log(NODE_LOG_NOTICE, "event %s: %s", iuplus_cn_event_name(event->kind), iuplus_strrc(rc));
	for (unsigned i = 0; i < actions.count; i++)
		carry_out(context, &actions.list[i]);
	wipe_actions(&actions);
	iuplus_arena_reset(&sgsn->node.arena, true);
	struct iuplus_cn_ue *superseded = iuplus_cn_ue_superseded(context->cn);
	if (context->ended)
		free_context(context);
	if (superseded) {
		struct context *c = sgsn->contexts;
		while (c && c->cn != superseded)
			c = c->next;
		const struct iuplus_cn_event end = { .kind = IUPLUS_CN_EV_SUPERSEDED };
		if (c)
			run(c, &end);
	}
}

/* ---- what happens on Iu ---- */

static int connection_number(const struct context *context, uint32_t conn)
{
	return context && context->conn[0] == conn ? 0 : context && context->conn[1] == conn ? 1 : -1;
}

static void on_connected(void *user, uint32_t conn, uint32_t point_code, const uint8_t *data, size_t len)
{
	struct sgsn *sgsn = user;
	bool room = known_rnc(sgsn, point_code) && sgsn->context_count < NODE_MAX_CONTEXTS;
	struct context *context = room ? calloc(1, sizeof(*context)) : NULL;
	if (context)
		context->cn = iuplus_cn_ue_new(&sgsn->config, &sgsn->subscribers, NULL, ++sgsn->next_id);
	if (!context || !context->cn) {
		free(context);
		node_log(NODE_LOG_NOTICE, "an Iu connection from point code %u is refused", point_code);
		iuplus_iu_refuse(sgsn->iu, conn, 0);
		return;
	}
	context->sgsn = sgsn;
	context->conn[0] = conn;
	context->point_code[0] = point_code;
	context->next = sgsn->contexts;
	sgsn->contexts = context;
	sgsn->context_count++;
	iuplus_iu_set_user(sgsn->iu, conn, context);
	const struct iuplus_cn_event event = { .kind = IUPLUS_CN_EV_CONNECT_INDICATION, .peer = point_code,
					       .pdu = { data, len } };
	run(context, &event);
}

static void conn_event(void *conn_user, uint32_t conn, enum iuplus_cn_event_kind kind, const uint8_t *data, size_t len)
{
	struct context *context = conn_user;
	int n = connection_number(context, conn);
	if (n < 0)
		return;
	const struct iuplus_cn_event event = { .kind = kind, .conn = (unsigned)n, .peer = context->point_code[n],
					       .pdu = { data, len } };
	if (kind == IUPLUS_CN_EV_CONNECT_REFUSE || kind == IUPLUS_CN_EV_RELEASE || kind == IUPLUS_CN_EV_LOST)
		context->conn[n] = 0;
	run(context, &event);
}

static void on_confirmed(void *user, uint32_t conn, void *conn_user)
{
	(void)user;
	conn_event(conn_user, conn, IUPLUS_CN_EV_CONNECT_CONFIRM, NULL, 0);
}

static void on_refused(void *user, uint32_t conn, void *conn_user, uint8_t cause, const char *reason)
{
	(void)user;
	node_log(NODE_LOG_NOTICE, "an Iu connection was refused: %s (cause %u)", reason ? reason : "by the peer",
		 cause);
	conn_event(conn_user, conn, IUPLUS_CN_EV_CONNECT_REFUSE, NULL, 0);
}

static void on_data(void *user, uint32_t conn, void *conn_user, const uint8_t *data, size_t len)
{
	(void)user;
	conn_event(conn_user, conn, IUPLUS_CN_EV_DATA, data, len);
}

static void on_released(void *user, uint32_t conn, void *conn_user, uint8_t cause, const char *reason)
{
	(void)user;
	if (reason)
		node_log(NODE_LOG_NOTICE, "an Iu connection is lost: %s (cause %u)", reason, cause);
	conn_event(conn_user, conn, reason ? IUPLUS_CN_EV_LOST : IUPLUS_CN_EV_RELEASE, NULL, 0);
}

/* Every context's connections with the RNC are gone. */
static void lose_all(struct sgsn *sgsn, uint32_t point_code)
{
	bool again = true;
	while (again) {
		again = false;
		/* from the start each time: an event may free contexts */
		for (struct context *c = sgsn->contexts; c && !again; c = c->next)
			for (unsigned n = 0; n < 2 && !again; n++) {
				if (!c->conn[n] || c->point_code[n] != point_code)
					continue;
				iuplus_iu_release(sgsn->iu, c->conn[n], 0);
				conn_event(c, c->conn[n], IUPLUS_CN_EV_LOST, NULL, 0);
				again = true;
			}
	}
}

/* The same for the connections that a Reset Resource names. */
static void lose_named(struct sgsn *sgsn, const struct iuplus_proc_action *action)
{
	bool again = true;
	while (again) {
		again = false;
		for (struct context *c = sgsn->contexts; c && !again; c = c->next) {
			unsigned n = 0;
			if (!iuplus_cn_ue_named(c->cn, action, &n) || !c->conn[n])
				continue;
			iuplus_iu_release(sgsn->iu, c->conn[n], 0);
			conn_event(c, c->conn[n], IUPLUS_CN_EV_LOST, NULL, 0);
			again = true;
		}
	}
}

static void on_unitdata(void *user, uint32_t point_code, const uint8_t *data, size_t len)
{
	struct sgsn *sgsn = user;
	struct iuplus_proc_actions actions = { 0 };
	bool reset = false;
	struct iuplus_arena arena;
	if (!known_rnc(sgsn, point_code)) {
		node_log(NODE_LOG_NOTICE, "a connectionless message from unknown point code %u is discarded", point_code);
		return;
	}
	/* its own arena: lose_all() below resets the node's */
	iuplus_arena_init(&arena, 0);
	struct iuplus_proc_env env = node_env(&sgsn->node);
	env.arena = &arena;
	int rc = iuplus_cn_connectionless(&sgsn->config.link, &env, point_code, (struct iuplus_octets){ data, len },
					  &actions, &reset);
	if (rc)
		node_log(NODE_LOG_NOTICE, "connectionless message: %s", iuplus_strrc(rc));
	if (reset)
		lose_all(sgsn, point_code);
	for (unsigned i = 0; i < actions.count; i++) {
		const struct iuplus_proc_action *action = &actions.list[i];
		node_trace_action(&sgsn->node.trace, action, rnc_name(sgsn, action->peer), "?", "?");
		if (action->kind == IUPLUS_ACT_IU_UNITDATA)
			iuplus_iu_unitdata(sgsn->iu, action->peer, action->pdu.data, action->pdu.len);
		else if (action->kind == IUPLUS_ACT_RESET_RESOURCE)
			lose_named(sgsn, action);
	}
	iuplus_arena_free(&arena);
}

static void on_available(void *user, uint32_t point_code)
{
	struct sgsn *sgsn = user;
	node_log(NODE_LOG_INFO, "%s (point code %u) is available", rnc_name(sgsn, point_code), point_code);
	node_trace_state(&sgsn->node.trace, "available", rnc_name(sgsn, point_code));
}

static void on_lost(void *user, uint32_t point_code, const char *reason)
{
	struct sgsn *sgsn = user;
	char text[NODE_EVENT_TEXT];
	snprintf(text, sizeof(text), "%s: %s", rnc_name(sgsn, point_code), reason ? reason : "");
	node_log(NODE_LOG_NOTICE, "association lost: %s", text);
	node_trace_end(&sgsn->node.trace, "association", text);
}

static void on_sent(void *user, const struct iuplus_iu_sent *sent)
{
	struct sgsn *sgsn = user;
	node_trace_iu(&sgsn->node.trace, sent);
}

static void on_log(void *user, const char *line)
{
	(void)user;
	node_log(NODE_LOG_DEBUG, "%s", line);
}

/* ---- orders ---- */

/* "detach IMSI", "reallocate IMSI", "authenticate IMSI": the first context when the IMSI is left out. */
static void on_order(void *user, char *const *word, unsigned words)
{
	static const struct {
		const char *name;
		enum iuplus_cn_event_kind kind;
	} orders[] = {
		{ "detach", IUPLUS_CN_EV_DETACH },
		{ "reallocate", IUPLUS_CN_EV_REALLOCATE },
		{ "authenticate", IUPLUS_CN_EV_AUTHENTICATE },
	};
	struct sgsn *sgsn = user;
	for (unsigned i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		if (strcmp(word[0], orders[i].name))
			continue;
		struct context *c = sgsn->contexts;
		struct iuplus_cn_ue_status status = { 0 };
		for (; c; c = c->next) {
			iuplus_cn_ue_get_status(c->cn, &status);
			if (status.subscriber && (words < 2 || !strcmp(status.subscriber->imsi, word[1])))
				break;
		}
		const struct iuplus_cn_event event = { .kind = orders[i].kind };
		if (c)
			run(c, &event);
		else
			node_log(NODE_LOG_NOTICE, "order '%s': no such subscriber is served", word[0]);
		return;
	}
	node_log(NODE_LOG_NOTICE, "order '%s' is unknown; there are detach, reallocate, authenticate, quit", word[0]);
}

/* ---- start ---- */

/* The subscriber table's path is relative to the configuration's directory. */
static void beside(const char *config, const char *path, char *out, size_t size)
{
	const char *slash = strrchr(config, '/');
	if (path[0] == '/' || !slash)
		snprintf(out, size, "%s", path);
	else
		snprintf(out, size, "%.*s/%s", (int)(slash - config), config, path);
}

static int read_subscribers(struct sgsn *sgsn)
{
	char path[4096], error[NODE_CONF_ERROR];
	beside(sgsn->node.options.config, sgsn->settings.subscribers, path, sizeof(path));
	struct node_subscribers_settings *table = calloc(1, sizeof(*table));
	if (!table)
		return NODE_EXIT_OS;
	for (unsigned i = 0; i < NODE_MAX_SUBSCRIBERS; i++)
		table->list[i].amf[0] = 0x80;
	int rc = node_conf_read(path, node_subscribers_table, table, error);
	if (rc)
		fprintf(stderr, "%s: %s\n", sgsn->node.program, error);
	for (unsigned i = 0; i < table->count && !rc; i++) {
		const struct node_subscriber_settings *s = &table->list[i];
		rc = iuplus_cn_subscriber_init(&sgsn->subscriber[i], s->imsi, s->k, s->opc, s->amf, s->sqn);
	}
	sgsn->subscribers = (struct iuplus_cn_subscribers){ sgsn->subscriber, table->count };
	iuplus_security_wipe(table, sizeof(*table));
	free(table);
	return !rc ? -1 : rc == IUPLUS_ERR_IO ? NODE_EXIT_NO_INPUT : NODE_EXIT_CONFIG;
}

static int open_iu(struct sgsn *sgsn)
{
	struct iuplus_iu_config config = {
		.sctp = { .backend = (enum iuplus_sctp_backend)sgsn->settings.iu.sctp,
			  .local_ip = sgsn->settings.iu.listen.host, .local_port = sgsn->settings.iu.listen.port,
			  .listen = true, .heartbeat_ms = sgsn->settings.iu.timing.heartbeat_ms,
			  .rto_max_ms = sgsn->settings.iu.timing.rto_max_ms },
		.point_code = sgsn->settings.iu.point_code, .network_indicator = 2,
	};
	struct iuplus_iu_callbacks callbacks = {
		.peer_available = on_available, .peer_lost = on_lost, .connected = on_connected,
		.confirmed = on_confirmed, .refused = on_refused, .data = on_data, .released = on_released,
		.unitdata = on_unitdata, .sent = on_sent, .log = on_log, .user = sgsn,
	};
	return node_open_iu(&sgsn->node, &sgsn->iu, &config, &callbacks);
}

int main(int argc, char **argv)
{
	static struct sgsn sgsn;
	struct node *node = &sgsn.node;
	const char *why;
	static const char what[] =
		"An SGSN that knows the UTRAN key hierarchy, with its own subscribers, on Iu over SCTP.";
	int rc = node_options(node, argc, argv, what, NODE_HAS_IU);
	node_sgsn_defaults(&sgsn.settings);
	if (rc < 0)
		rc = node_configure(node, node_sgsn_table, &sgsn.settings);
	if (rc < 0 && node_sgsn_config(&sgsn.settings, &sgsn.config, sgsn.rnc, &why))
		rc = node_misconfigured(node, node->options.config, why);
	if (rc < 0)
		rc = read_subscribers(&sgsn);
	if (rc < 0)
		rc = node_start(node, &sgsn.settings.node);
	if (rc >= 0) {
		iuplus_cn_subscribers_wipe(&sgsn.subscribers);
		return rc;
	}
	node->test = sgsn.settings.test;
	rc = open_iu(&sgsn);
	if (rc < 0) {
		node_take_orders(node, on_order, &sgsn);
		node_trace_state(&node->trace, "listening",
				 iuplus_sctp_backend_name(iuplus_sctp_backend(iuplus_iu_sctp(sgsn.iu))));
		rc = node_run(node);
	}
	while (sgsn.contexts)
		free_context(sgsn.contexts);
	iuplus_iu_close(sgsn.iu);
	node_end(node);
	iuplus_cn_subscribers_wipe(&sgsn.subscribers);
	return rc;
}
