/* SPDX-License-Identifier: BSD-2-Clause */
/* sgsn_main.c: iuplus-sgsn, an SGSN+ with a built-in HLR: the owner of the core's machines (iuplus/cn.h) and of the
 * subscribers' records. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/utils.h>
#include <osmocom/core/hashtable.h>

#include <iuplus/hlr.h>

#include "src/node/node_iu.h"
#include "src/node/secrets.h"
#include "src/node/sqn.h"

/* A subscriber's context with its Iu connections. */
struct context {
	struct iuplus_cn_ue *cn;
	struct sgsn *sgsn;
	struct node_iu_link iu;
	/* what is done once the actions of an event are executed: */
	bool ended;                 /* IUPLUS_ACT_FREE was executed */
	struct context *superseded; /* gets its event; NULL: none */
	bool wants_vectors;
	struct iuplus_cn_vectors_wanted wanted;
};

/* A subscriber: what the HLR knows, and what the SGSN keeps. */
struct subscriber {
	struct iuplus_hlr_subscriber hlr;
	struct iuplus_cn_subscriber record;
	unsigned sqn_line;
	struct hlist_node by_imsi, by_ptmsi, by_old_ptmsi;
};

#define SUBSCRIBER_BITS 10 /* NODE_MAX_SUBSCRIBERS */

/* The owner of an RNC's timers. */
struct rnc_timer {
	struct sgsn *sgsn;
	uint32_t point_code;
};

struct sgsn {
	struct node node;
	struct node_sgsn_settings settings;
	struct iuplus_cn_config config;
	struct iuplus_cn_rnc rnc[NODE_MAX_RNCS];
	struct subscriber subscriber[NODE_MAX_SUBSCRIBERS];
	DECLARE_HASHTABLE(by_imsi, SUBSCRIBER_BITS);
	DECLARE_HASHTABLE(by_ptmsi, SUBSCRIBER_BITS);
	DECLARE_HASHTABLE(by_old_ptmsi, SUBSCRIBER_BITS);
	struct iuplus_cn_register subscribers;
	struct node_sqn sqn;
	struct node_iu iu;
	uint32_t next_id;
	/* in the order of settings.rnc */
	struct iuplus_cn_peer peer[NODE_MAX_RNCS];
	struct rnc_timer rnc_timer[NODE_MAX_RNCS];
};

static void run(struct context *context, const struct iuplus_cn_event *event);

static const char *iu_peer(const void *user, uint32_t point_code)
{
	const struct sgsn *sgsn = user;
	for (unsigned i = 0; i < sgsn->settings.rnc_count; i++)
		if (sgsn->settings.rnc[i].point_code == point_code)
			return sgsn->settings.rnc[i].name;
	return NULL;
}

static const char *rnc_name(const struct sgsn *sgsn, uint32_t point_code)
{
	const char *name = iu_peer(sgsn, point_code);
	return name ? name : "unknown-rnc";
}

/* ---- subscribers ---- */

/* At most 15 digits: those with leading zeros share a key with others, and are compared. */
static uint64_t imsi_key(const char *imsi)
{
	return strtoull(imsi, NULL, 10);
}

static struct subscriber *find_imsi(struct sgsn *sgsn, const char *imsi)
{
	struct subscriber *s;
	hash_for_each_possible(sgsn->by_imsi, s, by_imsi, imsi_key(imsi)) if (!strcmp(s->hlr.imsi, imsi)) return s;
	return NULL;
}

static struct iuplus_cn_subscriber *by_imsi(void *user, const char *imsi)
{
	struct subscriber *s = find_imsi(user, imsi);
	return s ? &s->record : NULL;
}

static struct iuplus_cn_subscriber *by_ptmsi(void *user, uint32_t ptmsi)
{
	struct sgsn *sgsn = user;
	struct subscriber *s;
	hash_for_each_possible(sgsn->by_ptmsi, s, by_ptmsi, ptmsi) if (s->record.ptmsi == ptmsi) return &s->record;
	hash_for_each_possible(sgsn->by_old_ptmsi, s, by_old_ptmsi,
			       ptmsi) if (s->record.old_ptmsi == ptmsi) return &s->record;
	return NULL;
}

static void ptmsi_changed(void *user, struct iuplus_cn_subscriber *record)
{
	struct sgsn *sgsn = user;
	struct subscriber *s = container_of(record, struct subscriber, record);
	hash_del(&s->by_ptmsi);
	hash_del(&s->by_old_ptmsi);
	if (record->has_ptmsi)
		hash_add(sgsn->by_ptmsi, &s->by_ptmsi, record->ptmsi);
	if (record->has_old_ptmsi)
		hash_add(sgsn->by_old_ptmsi, &s->by_old_ptmsi, record->old_ptmsi);
}

/* The HLR's response to the context's request. */
static void answer_vectors(struct context *context)
{
	struct iuplus_security_vector vectors[IUPLUS_CN_MAX_VECTORS];
	struct iuplus_cn_event event = { .kind = IUPLUS_CN_EV_VECTORS };
	struct subscriber *s = find_imsi(context->sgsn, context->wanted.imsi);
	struct iuplus_proc_env env = node_env(&context->sgsn->node);
	event.vectors.request = context->wanted.request;
	event.vectors.list = vectors;
	event.vectors.rc = s ? node_sqn_vectors(&context->sgsn->sqn, s->sqn_line, &s->hlr, &env, &context->wanted,
						vectors, &event.vectors.count) :
			       IUPLUS_ERR_MISSING;
	if (event.vectors.rc == IUPLUS_ERR_IO)
		node_log(NODE_LOG_ERROR, "the SQN cannot be written, so no vector is used: %s", strerror(errno));
	run(context, &event);
	iuplus_security_wipe(vectors, sizeof(vectors));
}

/* ---- execution of actions ---- */

static void on_timer(void *user, unsigned number)
{
	const struct iuplus_cn_event event = { .kind = IUPLUS_CN_EV_TIMER, .timer = number };
	run(user, &event);
}

static void carry_out(struct context *context, const struct iuplus_proc_action *action)
{
	struct sgsn *sgsn = context->sgsn;
	struct node *node = &sgsn->node;
	unsigned n = action->conn & 1;
	const char *to = rnc_name(sgsn, action->kind == IUPLUS_ACT_IU_SEND ? context->iu.point_code[n] : action->peer);
	struct iuplus_cn_ue_status status;
	iuplus_cn_ue_get_status(context->cn, &status);
	const char *ue = status.subscriber ? status.subscriber->imsi : "?";
	const char *rnc = rnc_name(sgsn, context->iu.point_code[status.serving]);
	node_test_die(node, action);
	node_trace_action(&node->trace, action, ue, rnc);
	const double since = node_loop_unix_time();
	switch (action->kind) {
	case IUPLUS_ACT_IU_CONNECT:
	case IUPLUS_ACT_IU_SEND:
		node_trace_sent(&node->trace, action, to, since, node_iu_act(&context->iu, action, action->peer));
		break;
	case IUPLUS_ACT_IU_RELEASE:
		if (node_iu_act(&context->iu, action, action->peer))
			node_log(NODE_LOG_NOTICE, "the Iu connection to release is gone");
		break;
	case IUPLUS_ACT_IU_UNITDATA:
		node_trace_sent(&node->trace, action, to, since, node_iu_unitdata(&sgsn->iu, action, action->peer));
		break;
	case IUPLUS_ACT_TIMER_START:
		if (node_loop_start(&node->loop, context, action->timer, action->ms, on_timer, context))
			node_log(NODE_LOG_ERROR, "too many timers; %s does not run", action->timer_name);
		break;
	case IUPLUS_ACT_TIMER_STOP:
		node_loop_stop(&node->loop, context, action->timer);
		break;
	case IUPLUS_ACT_VECTORS_WANTED:
		context->wants_vectors = true;
		context->wanted = *action->wanted;
		break;
	case IUPLUS_ACT_SUPERSEDED:
		context->superseded = action->user;
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

static void free_context(struct context *context)
{
	node_iu_link_remove(&context->iu);
	node_loop_stop_all(&context->sgsn->node.loop, context);
	iuplus_cn_ue_free(context->cn);
	free(context);
}

/* Gives the machine one event; frees the context if that was its last. */
static void run(struct context *context, const struct iuplus_cn_event *event)
{
	static struct iuplus_proc_actions actions;
	struct sgsn *sgsn = context->sgsn;
	actions.count = 0;
	struct iuplus_proc_env env = node_env(&sgsn->node);
	int rc = iuplus_cn_event(context->cn, &env, event, &actions);
	if (rc)
		node_log(NODE_LOG_NOTICE, "event %s: %s", iuplus_cn_event_name(event->kind), iuplus_strrc(rc));
	for (unsigned i = 0; i < actions.count; i++)
		carry_out(context, &actions.list[i]);
	iuplus_proc_wipe(&actions);
	iuplus_arena_reset(&sgsn->node.arena, true);
	struct context *superseded = context->superseded;
	bool wants_vectors = context->wants_vectors && !context->ended;
	context->superseded = NULL;
	context->wants_vectors = false;
	if (context->ended)
		free_context(context);
	if (wants_vectors)
		answer_vectors(context);
	const struct iuplus_cn_event end = { .kind = IUPLUS_CN_EV_SUPERSEDED };
	if (superseded)
		run(superseded, &end);
}

/* ---- Iu ---- */

/* A number that no context has. There are fewer contexts than numbers. */
static uint32_t free_id(struct sgsn *sgsn)
{
	_Static_assert(NODE_MAX_CONTEXTS < 0x10000, "iuplus_cn_ue_new() compares 16 bits");
	const struct node_iu_link *l;
	do {
		sgsn->next_id++;
		for (l = sgsn->iu.links; l; l = l->next)
			if (iuplus_cn_ue_id(((struct context *)l->context)->cn) == (sgsn->next_id & 0xffff))
				break;
	} while (l);
	return sgsn->next_id;
}

static struct node_iu_link *iu_accept(void *user)
{
	struct sgsn *sgsn = user;
	struct context *context = sgsn->iu.link_count < NODE_MAX_CONTEXTS ? calloc(1, sizeof(*context)) : NULL;
	if (context)
		context->cn = iuplus_cn_ue_new(&sgsn->config, &sgsn->subscribers, free_id(sgsn), context);
	if (!context || !context->cn) {
		free(context);
		return NULL;
	}
	context->sgsn = sgsn;
	node_iu_link_add(&context->iu, &sgsn->iu, context);
	return &context->iu;
}

static void iu_event(void *user, enum node_iu_event kind, unsigned n, struct iuplus_octets pdu)
{
	static const enum iuplus_cn_event_kind kinds[] = {
		[NODE_IU_CONNECTED] = IUPLUS_CN_EV_CONNECT_INDICATION,
		[NODE_IU_CONFIRMED] = IUPLUS_CN_EV_CONNECT_CONFIRM,
		[NODE_IU_REFUSED] = IUPLUS_CN_EV_CONNECT_REFUSE,
		[NODE_IU_DATA] = IUPLUS_CN_EV_DATA,
		[NODE_IU_RELEASED] = IUPLUS_CN_EV_RELEASE,
		[NODE_IU_LOST] = IUPLUS_CN_EV_LOST,
		[NODE_IU_RESET] = IUPLUS_CN_EV_LOST,
	};
	struct context *context = user;
	const struct iuplus_cn_event
		event = { .kind = kinds[kind], .conn = n, .peer = context->iu.point_code[n], .pdu = pdu };
	run(context, &event);
}

/* Whether a Reset from the RNC at *arg (a point code) concerns the connection. */
static bool is_reset(const struct node_iu_link *link, unsigned n, const void *arg)
{
	return link->point_code[n] == *(const uint32_t *)arg;
}

/* The same for a Reset Resource action. */
static bool is_named(const struct node_iu_link *link, unsigned n, const void *arg)
{
	const struct context *context = link->context;
	unsigned named = 0;
	return iuplus_cn_ue_named(context->cn, arg, &named) && named == n;
}

/* ---- an RNC as a whole ---- */

static void peer_event(struct sgsn *sgsn, uint32_t point_code, struct iuplus_cn_peer_event event);

static void on_peer_timer(void *user, unsigned number)
{
	const struct rnc_timer *of = user;
	peer_event(of->sgsn, of->point_code,
		   (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_TIMER, .timer = number });
}

static void peer_act(struct sgsn *sgsn, const struct iuplus_proc_action *action, struct rnc_timer *of)
{
	struct node_loop *loop = &sgsn->node.loop;
	const double since = node_loop_unix_time();
	switch (action->kind) {
	case IUPLUS_ACT_IU_UNITDATA:
		node_trace_sent(&sgsn->node.trace, action, rnc_name(sgsn, of->point_code), since,
				node_iu_unitdata(&sgsn->iu, action, of->point_code));
		break;
	case IUPLUS_ACT_RESET_ALL:
		node_iu_reset(&sgsn->iu, is_reset, &of->point_code);
		break;
	case IUPLUS_ACT_RESET_RESOURCE:
		node_iu_reset(&sgsn->iu, is_named, action);
		break;
	case IUPLUS_ACT_TIMER_START:
		if (node_loop_start(loop, of, action->timer, action->ms, on_peer_timer, of))
			node_log(NODE_LOG_ERROR, "too many timers; %s does not run", action->timer_name);
		break;
	case IUPLUS_ACT_TIMER_STOP:
		node_loop_stop(loop, of, action->timer);
		break;
	default:
		break;
	}
}

/* An event of the RNC at this point code. */
static void peer_event(struct sgsn *sgsn, uint32_t point_code, struct iuplus_cn_peer_event event)
{
	struct iuplus_proc_actions actions = { 0 };
	struct iuplus_arena arena;
	unsigned n = 0;
	while (n < sgsn->settings.rnc_count && sgsn->settings.rnc[n].point_code != point_code)
		n++;
	if (n == sgsn->settings.rnc_count)
		return;
	/* its own arena, because the events of a Reset reset the arena of the node */
	iuplus_arena_init(&arena, 0);
	struct iuplus_proc_env env = node_env(&sgsn->node);
	env.arena = &arena;
	event.peer = point_code;
	int rc = iuplus_cn_peer_event(&sgsn->peer[n], &sgsn->config, &env, &event, &actions);
	if (rc)
		node_log(NODE_LOG_NOTICE, "connectionless message: %s", iuplus_strrc(rc));
	sgsn->rnc[n].overload = sgsn->peer[n].overload;
	for (unsigned i = 0; i < actions.count; i++) {
		node_trace_action(&sgsn->node.trace, &actions.list[i], "?", "?");
		peer_act(sgsn, &actions.list[i], &sgsn->rnc_timer[n]);
	}
	iuplus_arena_free(&arena);
}

static void iu_unitdata(void *user, uint32_t point_code, struct iuplus_octets pdu)
{
	peer_event(user, point_code, (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_UNITDATA, .pdu = pdu });
}

static void iu_available(void *user, uint32_t point_code)
{
	struct sgsn *sgsn = user;
	node_trace_state(&sgsn->node.trace, "available", rnc_name(sgsn, point_code));
	peer_event(sgsn, point_code, (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_AVAILABLE });
}

static const struct node_iu_program iu_program = {
	.incoming = 0,
	.peer = iu_peer,
	.accept = iu_accept,
	.event = iu_event,
	.unitdata = iu_unitdata,
	.available = iu_available,
};

/* ---- orders ---- */

/* The context that an order means: the one that serves the IMSI, or the first one whose UE is known. */
static struct context *find_context(struct sgsn *sgsn, const char *imsi)
{
	struct subscriber *s = imsi ? find_imsi(sgsn, imsi) : NULL;
	if (imsi)
		return s && s->record.context ? iuplus_cn_ue_user(s->record.context) : NULL;
	for (const struct node_iu_link *l = sgsn->iu.links; l; l = l->next) {
		struct context *c = l->context;
		struct iuplus_cn_ue_status status;
		iuplus_cn_ue_get_status(c->cn, &status);
		if (status.subscriber)
			return c;
	}
	return NULL;
}

/* "reset NAME": of the RNC. */
static void order_reset(struct sgsn *sgsn, const char *name)
{
	for (unsigned i = 0; i < sgsn->settings.rnc_count; i++)
		if (!strcmp(sgsn->settings.rnc[i].name, name)) {
			peer_event(sgsn, sgsn->settings.rnc[i].point_code,
				   (struct iuplus_cn_peer_event){ .kind = IUPLUS_CN_PEER_RESET });
			return;
		}
	node_log(NODE_LOG_NOTICE, "order 'reset': there is no RNC '%s'", name);
}

/* "detach IMSI", "reallocate IMSI", "authenticate IMSI": the first context if the IMSI is omitted. */
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
	if (!strcmp(word[0], "reset")) {
		order_reset(sgsn, words > 1 ? word[1] : "");
		return;
	}
	for (unsigned i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		if (strcmp(word[0], orders[i].name))
			continue;
		struct context *c = find_context(sgsn, words > 1 ? word[1] : NULL);
		const struct iuplus_cn_event event = { .kind = orders[i].kind };
		if (c)
			run(c, &event);
		else
			node_log(NODE_LOG_NOTICE, "order '%s': no such subscriber is served", word[0]);
		return;
	}
	node_log(NODE_LOG_NOTICE, "order '%s' is unknown; there are detach, reallocate, authenticate, reset, quit",
		 word[0]);
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

static void subscribers_path(const struct sgsn *sgsn, char out[4096])
{
	beside(sgsn->node.options.config, sgsn->settings.subscribers, out, 4096);
}

static int read_subscribers(struct sgsn *sgsn)
{
	char path[4096], error[NODE_CONF_ERROR];
	subscribers_path(sgsn, path);
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
		struct subscriber *subscriber = &sgsn->subscriber[i];
		rc = iuplus_hlr_subscriber_init(&subscriber->hlr, s->imsi, s->k, s->opc, s->amf, s->sqn);
		if (!rc)
			rc = iuplus_cn_subscriber_init(&subscriber->record, s->imsi);
		if (!rc && !find_imsi(sgsn, s->imsi)) /* of two sections with one IMSI the first holds */
			hash_add(sgsn->by_imsi, &subscriber->by_imsi, imsi_key(s->imsi));
	}
	sgsn->subscribers = (struct iuplus_cn_register){ by_imsi, by_ptmsi, ptmsi_changed, sgsn };
	iuplus_security_wipe(table, sizeof(*table));
	free(table);
	return !rc ? -1 : rc == IUPLUS_ERR_IO ? NODE_EXIT_NO_INPUT : NODE_EXIT_CONFIG;
}

/* Opens the file of SQN and takes them from there. Returns -1 to continue, else the exit status. */
static int read_sqn(struct sgsn *sgsn)
{
	char path[4096 + 8];
	subscribers_path(sgsn, path);
	if (sgsn->settings.sqn_file[0])
		beside(sgsn->node.options.config, sgsn->settings.sqn_file, path, 4096);
	else
		strcat(path, ".sqn");
	int rc = node_sqn_open(&sgsn->sqn, path);
	for (unsigned i = 0; i < NODE_MAX_SUBSCRIBERS && sgsn->subscriber[i].hlr.imsi[0] && !rc; i++)
		rc = node_sqn_restore(&sgsn->sqn, &sgsn->subscriber[i].hlr, &sgsn->subscriber[i].sqn_line);
	if (!rc)
		return -1;
	fprintf(stderr, "%s: %s: %s\n", sgsn->node.program, path,
		rc == IUPLUS_ERR_SYNTAX ? "not a file of SQN; see sqn-file in iuplus-sgsn(1)" :
		errno == EWOULDBLOCK    ? "used by another node; give each its own sqn-file" :
					  strerror(errno));
	return rc == IUPLUS_ERR_SYNTAX ? NODE_EXIT_CONFIG : NODE_EXIT_CANNOT_CREATE;
}

static int open_iu(struct sgsn *sgsn)
{
	const struct node_sgsn_settings *settings = &sgsn->settings;
	struct iuplus_iu_config config = node_iu_config(&settings->iu, settings->stp_count);
	config.sctp.local_ip = settings->listen.host;
	config.sctp.local_port = settings->listen.port;
	config.sctp.listen = true;
	int rc = node_iu_open(&sgsn->iu, &config);
	for (unsigned i = 0; i < settings->rnc_count && rc < 0; i++)
		rc = node_iu_add_peer(&sgsn->iu, settings->rnc[i].point_code, &settings->rnc[i].address, true,
				      settings->stp, settings->stp_count);
	return rc;
}

int main(int argc, char **argv)
{
	static struct sgsn sgsn = { .sqn.fd = -1 };
	struct node *node = &sgsn.node;
	const char *why;
	static const char what[] =
		"An SGSN that knows the UTRAN key hierarchy, with its own subscribers, on Iu over SCTP.";
	int rc = node_options(node, argc, argv, what, NODE_HAS_IU);
	node_sgsn_defaults(&sgsn.settings);
	if (rc < 0)
		rc = node_configure(node, node_sgsn_table, &sgsn.settings, sizeof(sgsn.settings));
	if (rc < 0 && node_sgsn_config(&sgsn.settings, &sgsn.config, sgsn.rnc, &why))
		rc = node_misconfigured(node, node->options.config, why);
	if (rc < 0)
		rc = read_subscribers(&sgsn);
	if (rc < 0)
		rc = read_sqn(&sgsn);
	if (rc < 0)
		rc = node_start(node, &sgsn.settings.node);
	if (rc >= 0) {
		node_sqn_close(&sgsn.sqn);
		iuplus_security_wipe(sgsn.subscriber, sizeof(sgsn.subscriber));
		return rc;
	}
	char table[4096];
	subscribers_path(&sgsn, table);
	node_secrets_warn(table, "the subscriber table");
	node->test = sgsn.settings.test;
	for (unsigned i = 0; i < sgsn.settings.rnc_count; i++)
		sgsn.rnc_timer[i] = (struct rnc_timer){ &sgsn, sgsn.settings.rnc[i].point_code };
	sgsn.iu = (struct node_iu){ .node = node, .program = &iu_program, .user = &sgsn };
	rc = open_iu(&sgsn);
	if (rc < 0)
		rc = node_iu_run(&sgsn.iu, on_order);
	while (sgsn.iu.links)
		/* node_iu_link_remove() took the one before off the list: NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
		free_context(sgsn.iu.links->context);
	node_iu_close(&sgsn.iu);
	node_end(node);
	node_sqn_close(&sgsn.sqn);
	iuplus_security_wipe(sgsn.subscriber, sizeof(sgsn.subscriber));
	return rc;
}
