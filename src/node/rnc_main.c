/* SPDX-License-Identifier: BSD-2-Clause */
/* rnc_main.c: iuplus-rnc, an RNC with one cell: the owner of the RNC's machines (iuplus/rnc.h). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iuplus/nas.h>

#include "src/node/node_iu.h"
#include "src/node/uu.h"

#define UE "ue"              /* name of a phone in the trace */
#define END_MS 2000          /* after a signal, for the release of all phones */
#define DATAGRAMS_AT_ONCE 64 /* read consecutively before other work */

/* A phone's context. */
struct context {
	struct rnc *rnc;
	struct iuplus_rnc_ue *ue;
	struct node_uu uu;
	uint32_t id, old_id; /* present and previous identity in the radio's headers */
	bool reachable;      /* the phone's address is known */
	bool congested;      /* it may not connect while the core is overloaded */
	struct node_endpoint address;
	struct node_iu_link iu; /* a connection per domain */
	bool ended;
	unsigned depth; /* calls into this context that have not returned */
};

struct rnc {
	struct node node;
	struct node_rnc_settings settings;
	struct iuplus_rnc_config config;
	struct iuplus_rnc machine;
	struct node_iu iu;
	int fd;
	struct node_endpoint local;
	uint32_t next_id;
	bool ending; /* the last context ends the loop */
};

static void run(struct context *context, const struct iuplus_rnc_event *event);

/* ---- contexts ---- */

static const struct node_endpoint *peer_address(void *user, uint16_t cell)
{
	const struct context *context = user;
	(void)cell;
	return context->reachable ? &context->address : NULL;
}

static void on_sdu(void *user, uint8_t rb, struct iuplus_octets sdu)
{
	const struct context *context = user;
	const struct iuplus_rnc_event
		event = { .kind = IUPLUS_RNC_EV_RRC, .rb = rb, .congested = context->congested, .pdu = sdu };
	run(user, &event);
}

static void on_radio_lost(void *user)
{
	const struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RADIO_LOST };
	run(user, &event);
}

/* A context for a phone with the identity radio_id, or for one that will arrive by relocation (0). NULL: no memory, or
 * the maximum is reached (a first message is not authenticated). */
static struct context *new_context(struct rnc *rnc, uint32_t radio_id)
{
	struct context *context = rnc->iu.link_count < NODE_MAX_CONTEXTS ? calloc(1, sizeof(*context)) : NULL;
	const struct iuplus_radio_config radio = { .ue = false,
						   .cell = (uint16_t)rnc->settings.cell.scrambling_code,
						   .id = radio_id };
	if (!context)
		return NULL;
	/* an S-RNTI has 20 bits, and 0 is reserved for "none" */
	rnc->next_id = rnc->next_id % 0xfffff + 1;
	context->rnc = rnc;
	context->id = context->old_id = radio_id;
	context->ue = iuplus_rnc_ue_new(rnc->next_id);
	context->uu = (struct node_uu){
		.node = &rnc->node,
		.radio = iuplus_radio_new(&radio),
		.fd = rnc->fd,
		.local = &rnc->local,
		.peer = peer_address,
		.sdu = on_sdu,
		.lost = on_radio_lost,
		.user = context,
		.cell = radio.cell
	};
	if (!context->ue || !context->uu.radio) {
		iuplus_rnc_ue_free(context->ue);
		iuplus_radio_free(context->uu.radio);
		free(context);
		return NULL;
	}
	node_iu_link_add(&context->iu, &rnc->iu, context);
	return context;
}

static void free_context(struct context *context)
{
	struct rnc *rnc = context->rnc;
	node_iu_link_remove(&context->iu);
	node_uu_close(&context->uu);
	node_loop_stop_all(&rnc->node.loop, context);
	iuplus_rnc_ue_free(context->ue);
	free(context);
	if (rnc->ending && !rnc->iu.links)
		node_stop(&rnc->node);
}

/* The name of the phone in the key log and the log. */
static void name_of(const struct context *context, char out[32])
{
	struct iuplus_rnc_ue_status status;
	char digits[16];
	iuplus_rnc_ue_get_status(context->ue, &status);
	if (status.has_imsi &&
	    !iuplus_nas_imsi_from_bcd((struct iuplus_octets){ status.imsi, status.imsi_len }, digits))
		snprintf(out, 32, "%s", digits);
	else
		snprintf(out, 32, "u-rnti:%08x", status.u_rnti);
}

/* ---- execution of actions ---- */

static void on_timer(void *user, unsigned number)
{
	const struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_TIMER, .timer = number };
	run(user, &event);
}

static void carry_out(struct context *context, const struct iuplus_proc_action *action)
{
	struct rnc *rnc = context->rnc;
	struct node *node = &rnc->node;
	char ue[32];
	int rc = 0;
	node_test_die(node, action);
	name_of(context, ue);
	node_trace_action(&node->trace, action, ue, rnc->settings.node.name);
	const char *sgsn = rnc->settings.sgsn.name;
	const double since = node_loop_unix_time();
	switch (action->kind) {
	case IUPLUS_ACT_RRC_SEND:
		node_trace_sent(&node->trace, action, UE, since,
				node_uu_send(&context->uu, action->rb, node_test_tamper(node, action)));
		break;
	case IUPLUS_ACT_CIPHER:
		rc = iuplus_radio_cipher(context->uu.radio, action->rb, &action->cipher);
		break;
	case IUPLUS_ACT_HOLD:
		rc = iuplus_radio_hold(context->uu.radio, action->rb, action->hold);
		break;
	case IUPLUS_ACT_IU_CONNECT:
	case IUPLUS_ACT_IU_SEND:
		node_trace_sent(&node->trace, action, sgsn, since,
				node_iu_act(&context->iu, action, rnc->settings.sgsn.point_code));
		break;
	case IUPLUS_ACT_IU_RELEASE:
		rc = node_iu_act(&context->iu, action, rnc->settings.sgsn.point_code);
		break;
	case IUPLUS_ACT_IU_UNITDATA:
		node_trace_sent(&node->trace, action, sgsn, since,
				node_iu_unitdata(&rnc->iu, action, rnc->settings.sgsn.point_code));
		break;
	case IUPLUS_ACT_TIMER_START:
		rc = node_loop_start(&node->loop, context, action->timer, action->ms, on_timer, context);
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
	if (rc)
		node_log(NODE_LOG_NOTICE, "%s of %s failed: %s", action->message ? action->message : "an action", ue,
			 iuplus_strrc(rc));
}

static unsigned count_pdus(void *user, uint8_t rb, size_t len)
{
	const struct context *context = user;
	return iuplus_radio_pdus(context->uu.radio, rb, len);
}

/* The identity in the radio's headers follows the U-RNTI that the machine announced. */
static void follow_identity(struct context *context)
{
	struct iuplus_rnc_ue_status status;
	iuplus_rnc_ue_get_status(context->ue, &status);
	if (!status.u_rnti || status.u_rnti == context->id)
		return;
	context->old_id = context->id;
	context->id = status.u_rnti;
	iuplus_radio_set_id(context->uu.radio, context->id);
}

/* Frees a context that has ended, unless an outer call still uses it. */
static void leave(struct context *context)
{
	if (--context->depth == 0 && context->ended)
		free_context(context);
}

static void run(struct context *context, const struct iuplus_rnc_event *event)
{
	static struct iuplus_proc_actions actions;
	struct node *node = &context->rnc->node;
	struct iuplus_proc_radio radio;
	if (context->ended)
		return;
	context->depth++;
	iuplus_radio_status(context->uu.radio, &radio);
	struct iuplus_proc_env env = node_env(node);
	env.radio = &radio;
	env.pdus = count_pdus;
	env.user = context;
	actions.count = 0;
	int rc = iuplus_rnc_event(context->ue, &context->rnc->config, &env, event, &actions);
	if (rc)
		node_log(NODE_LOG_NOTICE, "event %s: %s", iuplus_rnc_event_name(event->kind), iuplus_strrc(rc));
	for (unsigned i = 0; i < actions.count; i++)
		carry_out(context, &actions.list[i]);
	iuplus_proc_wipe(&actions);
	iuplus_arena_reset(&node->arena, true);
	follow_identity(context);
	node_uu_flush(&context->uu);
	leave(context);
}

/* ---- radio ---- */

static struct context *find_by_id(const struct rnc *rnc, uint32_t id)
{
	struct context *old = NULL;
	for (const struct node_iu_link *l = rnc->iu.links; l; l = l->next) {
		struct context *context = l->context;
		/* node_iu_link_remove() took the one before off the list: NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
		if (!context->ended && context->id == id)
			return context;
		if (!context->ended && context->old_id == id && id && !old)
			old = context;
	}
	return old;
}

static void take_datagram(struct rnc *rnc, const uint8_t *datagram, size_t len, const struct sockaddr_in *from)
{
	struct iuplus_radio_header header;
	if (iuplus_radio_peek(datagram, len, &header) || header.downlink || !header.id ||
	    header.cell != rnc->settings.cell.scrambling_code)
		return;
	struct context *context = find_by_id(rnc, header.id);
	bool first = !context && header.rb == 0 && !header.presence;
	if (first)
		context = new_context(rnc, header.id);
	if (!context)
		return;
	if (first)
		context->congested = !iuplus_rnc_admit(&rnc->machine);
	context->depth++;
	/* Set the address before the first answer. A phone keeps its address as long as its socket, so later changes
	 * are ignored: a forged datagram cannot divert a context. */
	bool heard = !context->reachable;
	if (heard) {
		node_endpoint_from(&context->address, from);
		context->reachable = true;
	}
	if (header.presence) {
		const struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RADIO_HEARD };
		run(context, &event);
		if (!iuplus_radio_announce(context->uu.radio))
			node_uu_flush(&context->uu);
	} else {
		node_uu_receive(&context->uu, datagram, len);
	}
	leave(context);
}

static void on_radio(void *user, int fd)
{
	struct rnc *rnc = user;
	uint8_t datagram[IUPLUS_RADIO_DATAGRAM_MAX + 1];
	for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
		struct sockaddr_in from;
		socklen_t from_len = sizeof(from);
		ssize_t n = recvfrom(fd, datagram, sizeof(datagram), 0, (struct sockaddr *)&from, &from_len);
		if (n < 0)
			return;
		if (from_len == sizeof(from) && from.sin_family == AF_INET)
			take_datagram(rnc, datagram, (size_t)n, &from);
	}
}

/* ---- Iu ---- */

static const char *iu_peer(const void *user, uint32_t point_code)
{
	const struct rnc *rnc = user;
	return point_code == rnc->settings.sgsn.point_code ? rnc->settings.sgsn.name : NULL;
}

static struct node_iu_link *iu_accept(void *user)
{
	struct context *context = new_context(user, 0);
	return context ? &context->iu : NULL;
}

static void iu_event(void *user, enum node_iu_event kind, unsigned n, struct iuplus_octets pdu)
{
	static const enum iuplus_rnc_event_kind kinds[] = {
		[NODE_IU_CONNECTED] = IUPLUS_RNC_EV_RANAP,      [NODE_IU_CONFIRMED] = IUPLUS_RNC_EV_IU_CONFIRMED,
		[NODE_IU_REFUSED] = IUPLUS_RNC_EV_IU_REFUSED,   [NODE_IU_DATA] = IUPLUS_RNC_EV_RANAP,
		[NODE_IU_RELEASED] = IUPLUS_RNC_EV_IU_RELEASED, [NODE_IU_LOST] = IUPLUS_RNC_EV_IU_LOST,
		[NODE_IU_RESET] = IUPLUS_RNC_EV_RESET,
	};
	const struct iuplus_rnc_event event = { .kind = kinds[kind], .conn = n, .pdu = pdu };
	if (kind != NODE_IU_CONNECTED || pdu.len)
		run(user, &event);
}

/* ---- the RNC as a whole ---- */

static void node_timer(void *user, unsigned number);

/* Whether a Reset (RESET_ALL) or Reset Resource action concerns the connection. */
static bool is_reset(const struct node_iu_link *link, unsigned n, const void *arg)
{
	const struct iuplus_proc_action *action = arg;
	const struct context *context = link->context;
	return n == (action->peer & 1) &&
	       (action->kind == IUPLUS_ACT_RESET_ALL || iuplus_rnc_ue_named(context->ue, action));
}

static void act_node(struct rnc *rnc, const struct iuplus_proc_action *action)
{
	struct node *node = &rnc->node;
	const unsigned timer = action->timer * 2 + (action->peer & 1);
	const double since = node_loop_unix_time();
	node_trace_action(&node->trace, action, "", rnc->settings.node.name);
	switch (action->kind) {
	case IUPLUS_ACT_IU_UNITDATA:
		node_trace_sent(&node->trace, action, rnc->settings.sgsn.name, since,
				node_iu_unitdata(&rnc->iu, action, rnc->settings.sgsn.point_code));
		break;
	case IUPLUS_ACT_TIMER_START:
		if (node_loop_start(&node->loop, &rnc->machine, timer, action->ms, node_timer, rnc))
			node_log(NODE_LOG_ERROR, "too many timers; %s does not run", action->timer_name);
		break;
	case IUPLUS_ACT_TIMER_STOP:
		node_loop_stop(&node->loop, &rnc->machine, timer);
		break;
	case IUPLUS_ACT_RESET_ALL:
	case IUPLUS_ACT_RESET_RESOURCE:
		node_iu_reset(&rnc->iu, is_reset, action);
		break;
	default:
		break;
	}
}

static void run_node(struct rnc *rnc, const struct iuplus_rnc_node_event *event)
{
	struct iuplus_proc_actions actions = { 0 };
	struct iuplus_arena arena;
	/* its own arena: contexts that a reset ends use the node's */
	iuplus_arena_init(&arena, 0);
	struct iuplus_proc_env env = node_env(&rnc->node);
	env.arena = &arena;
	int rc = iuplus_rnc_node_event(&rnc->machine, &rnc->config, &env, event, &actions);
	if (rc)
		node_log(NODE_LOG_NOTICE, "event of the RNC: %s", iuplus_strrc(rc));
	for (unsigned i = 0; i < actions.count; i++)
		act_node(rnc, &actions.list[i]);
	iuplus_arena_free(&arena);
}

static void node_timer(void *user, unsigned number)
{
	const struct iuplus_rnc_node_event event = { .kind = IUPLUS_RNC_NODE_TIMER,
						     .peer = number & 1,
						     .timer = number / 2 };
	run_node(user, &event);
}

static void iu_unitdata(void *user, uint32_t point_code, struct iuplus_octets pdu)
{
	const struct iuplus_rnc_node_event event = { .kind = IUPLUS_RNC_NODE_UNITDATA,
						     .peer = IUPLUS_DOMAIN_PS,
						     .pdu = pdu };
	(void)point_code;
	run_node(user, &event);
}

static void iu_available(void *user, uint32_t point_code)
{
	struct rnc *rnc = user;
	const struct iuplus_rnc_node_event event = { .kind = IUPLUS_RNC_NODE_RESET, .peer = IUPLUS_DOMAIN_PS };
	(void)point_code;
	/* after a start, or a loss of the core, the RNC resets connections that the core may still have (TS 25.413
	 * 8.26) */
	run_node(rnc, &event);
	node_trace_state(&rnc->node.trace, "connected", rnc->settings.sgsn.name);
}

static void iu_lost(void *user, uint32_t point_code)
{
	const struct iuplus_rnc_node_event event = { .kind = IUPLUS_RNC_NODE_LOST, .peer = IUPLUS_DOMAIN_PS };
	(void)point_code;
	run_node(user, &event);
}

static const struct node_iu_program iu_program = {
	.incoming = IUPLUS_DOMAIN_PS,
	.peer = iu_peer,
	.accept = iu_accept,
	.event = iu_event,
	.unitdata = iu_unitdata,
	.available = iu_available,
	.lost = iu_lost,
};

/* ---- orders ---- */

/* The phone of an order: the one with the IMSI, or the first one that is connected and secured. */
static struct context *find_phone(const struct rnc *rnc, const char *imsi)
{
	for (const struct node_iu_link *l = rnc->iu.links; l; l = l->next) {
		struct context *c = l->context;
		struct iuplus_rnc_ue_status status;
		char name[32];
		iuplus_rnc_ue_get_status(c->ue, &status);
		name_of(c, name);
		if (!c->ended && status.iu[IUPLUS_DOMAIN_PS] && status.integrity && (!imsi || !strcmp(imsi, name)))
			return c;
	}
	return NULL;
}

static void order_relocate(struct rnc *rnc, char *const *word, unsigned words)
{
	const struct node_rnc_neighbour_settings *target = NULL;
	uint32_t id = words > 1 ? (uint32_t)strtoul(word[1], NULL, 10) : UINT32_MAX;
	for (unsigned i = 0; i < rnc->settings.neighbour_count; i++)
		if (rnc->settings.neighbour[i].rnc_id == id)
			target = &rnc->settings.neighbour[i];
	struct context *context = find_phone(rnc, words > 2 ? word[2] : NULL);
	if (!target || !context) {
		node_log(NODE_LOG_NOTICE, "order 'relocate RNC-ID [IMSI]': %s",
			 target ? "no such phone is connected" : "no [neighbour] has this RNC-ID");
		return;
	}
	const struct iuplus_rnc_event event = {
		.kind = IUPLUS_RNC_EV_RELOCATE,
		.target = { .rnc_id = (uint16_t)target->rnc_id,
			    .cell_id = (uint16_t)target->cell_id,
			    .lac = (uint16_t)target->lac,
			    .rac = (uint8_t)target->rac }
	};
	run(context, &event);
}

static void on_order(void *user, char *const *word, unsigned words)
{
	struct rnc *rnc = user;
	struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_CANCEL };
	if (!strcmp(word[0], "relocate")) {
		order_relocate(rnc, word, words);
		return;
	}
	if (!strcmp(word[0], "release")) {
		event.kind = IUPLUS_RNC_EV_RELEASE;
	} else if (strcmp(word[0], "cancel")) {
		node_log(NODE_LOG_NOTICE, "order '%s' is unknown; there are relocate, cancel, release, quit", word[0]);
		return;
	}
	struct context *context = find_phone(rnc, words > 1 ? word[1] : NULL);
	if (context)
		run(context, &event);
	else
		node_log(NODE_LOG_NOTICE, "order '%s': no such phone is connected", word[0]);
}

/* ---- end ---- */

static void end_now(void *user, unsigned number)
{
	struct rnc *rnc = user;
	(void)number;
	node_stop(&rnc->node);
}

/* After a signal: asks the core to release each phone (TS 25.413 8.6), and runs until none is left. Another signal, or
 * END_MS, ends it at once. */
static void release_phones(struct rnc *rnc)
{
	const struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RELEASE };
	struct node_iu_link *next;
	if (!rnc->iu.links || node_loop_start(&rnc->node.loop, &rnc->ending, 0, END_MS, end_now, rnc))
		return;
	rnc->ending = true;
	rnc->node.loop.stop = false;
	for (struct node_iu_link *l = rnc->iu.links; l; l = next) {
		next = l->next;
		run(l->context, &event);
	}
	node_loop_run(&rnc->node.loop);
}

/* ---- start ---- */

static int open_radio(struct rnc *rnc)
{
	const struct node_conf_addr *listen = &rnc->settings.cell.listen;
	rnc->fd = node_uu_socket(listen, &rnc->local);
	if (rnc->fd >= 0)
		return node_loop_watch(&rnc->node.loop, rnc->fd, on_radio, rnc) ? NODE_EXIT_OS : -1;
	fprintf(stderr, "%s: the radio's UDP port %s:%u cannot be opened: %s\n", rnc->node.program, listen->host,
		listen->port, strerror(errno));
	return NODE_EXIT_UNAVAILABLE;
}

/* The address that this RNC binds: its own if it has one, the loopback if the other end is there. */
static const char *local_address(const struct node_rnc_settings *settings)
{
	const char *other = settings->stp_count ? settings->stp[0].address.host : settings->sgsn.address.host;
	if (settings->address.host[0])
		return settings->address.host;
	return strncmp(other, "127.", 4) ? NULL : "127.0.0.1";
}

static int open_iu(struct rnc *rnc)
{
	const struct node_rnc_settings *settings = &rnc->settings;
	struct iuplus_iu_config config = node_iu_config(&settings->iu, settings->stp_count);
	config.sctp.local_ip = local_address(settings);
	config.sctp.local_port = settings->address.port;
	config.t_reconnect_ms = 200;
	for (unsigned i = 0; i < settings->stp_count; i++)
		config.sctp.listen = config.sctp.listen || settings->stp[i].role == NODE_SCTP_SERVER;
	int rc = node_iu_open(&rnc->iu, &config);
	if (rc < 0)
		rc = node_iu_add_peer(&rnc->iu, settings->sgsn.point_code, &settings->sgsn.address, false,
				      settings->stp, settings->stp_count);
	return rc;
}

int main(int argc, char **argv)
{
	static struct rnc rnc = { .fd = -1 };
	struct node *node = &rnc.node;
	const char *why;
	static const char what[] = "An RNC with one cell: Iu over SCTP towards an SGSN, Uu over UDP towards phones.";
	int rc = node_options(node, argc, argv, what, NODE_HAS_IU | NODE_HAS_UU);
	node_rnc_defaults(&rnc.settings);
	if (rc < 0)
		rc = node_configure(node, node_rnc_table, &rnc.settings, sizeof(rnc.settings));
	if (rc < 0 && node_rnc_config(&rnc.settings, &rnc.config, &why))
		rc = node_misconfigured(node, node->options.config, why);
	if (rc < 0)
		rc = node_start(node, &rnc.settings.node);
	if (rc >= 0)
		return rc;
	node->test = rnc.settings.test;
	rnc.iu = (struct node_iu){ .node = node, .program = &iu_program, .user = &rnc };
	/* datagrams of phones known before a restart of this RNC must not match new contexts */
	node_random(NULL, (uint8_t *)&rnc.next_id, sizeof(rnc.next_id));
	rc = open_radio(&rnc);
	if (rc < 0)
		rc = open_iu(&rnc);
	if (rc < 0)
		rc = node_iu_run(&rnc.iu, on_order);
	if (rnc.node.loop.signal)
		release_phones(&rnc);
	while (rnc.iu.links)
		/* node_iu_link_remove() took the one before off the list: NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
		free_context(rnc.iu.links->context);
	node_iu_close(&rnc.iu);
	if (rnc.fd >= 0)
		close(rnc.fd);
	node_end(node);
	return rc;
}
