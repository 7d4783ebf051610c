/* SPDX-License-Identifier: BSD-2-Clause */
/* ue_main.c: iuplus-ue, a phone: the owner of the UE's RRC machine (iuplus/ue.h) and NAS machine (iuplus/ue_nas.h). */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <iuplus/security.h>

#include "src/node/node.h"
#include "src/node/secrets.h"
#include "src/node/uu.h"

#define DATAGRAMS_AT_ONCE 64 /* read consecutively before other work */
#define ANNOUNCE_MS 100      /* between presence datagrams, until the cell answers */

struct ue {
	struct node node;
	struct node_ue_settings settings;
	struct iuplus_ue_rrc_config config;
	struct iuplus_ue_rrc *rrc;
	struct iuplus_ue_nas nas;
	struct node_uu uu;
	struct iuplus_radio *left; /* of the previous cell, until the new one has answered */
	uint16_t left_cell;
	bool listening; /* nothing was received from the present cell since the phone moved there */
	int fd;
	struct node_endpoint local;
	struct node_endpoint cell[NODE_MAX_CELLS];
	uint32_t id;                 /* identity in the radio's headers */
	unsigned depth;              /* the machines call each other: number of events in progress */
	char rrc_timers, nas_timers; /* owners of the two machines' timers */
	char announcing;             /* owner of the timer between presence datagrams */
};

static void run_rrc(struct ue *ue, const struct iuplus_ue_rrc_event *event);
static void run_nas(struct ue *ue, const struct iuplus_ue_nas_event *event);

static const struct node_ue_cell_settings *find_cell(const struct ue *ue, uint16_t code, unsigned *index)
{
	for (unsigned i = 0; i < ue->settings.cell_count; i++)
		if (ue->settings.cell[i].scrambling_code == code) {
			*index = i;
			return &ue->settings.cell[i];
		}
	return NULL;
}

static const struct node_endpoint *peer_address(void *user, uint16_t cell)
{
	const struct ue *ue = user;
	unsigned index;
	return find_cell(ue, cell, &index) ? &ue->cell[index] : NULL;
}

/* The RNC of the cell in use, for the trace. */
static const char *rnc_name(const struct ue *ue)
{
	unsigned index;
	const struct node_ue_cell_settings *cell = find_cell(ue, ue->uu.cell, &index);
	return cell ? cell->rnc : "unknown-rnc";
}

/* ---- execution of actions ---- */

static void rrc_timer(void *user, unsigned number)
{
	const struct iuplus_ue_rrc_event event = { .kind = IUPLUS_UE_EV_TIMER, .timer = number };
	run_rrc(user, &event);
}

static void nas_timer(void *user, unsigned number)
{
	const struct iuplus_ue_nas_event event = { .kind = IUPLUS_UE_NAS_EV_TIMER,
						   .timer = (enum iuplus_ue_nas_timer)number };
	run_nas(user, &event);
}

static void follow_identity(struct ue *ue)
{
	struct iuplus_ue_rrc_status status;
	iuplus_ue_rrc_get_status(ue->rrc, &status);
	if (!status.u_rnti || status.u_rnti == ue->id)
		return;
	ue->id = status.u_rnti;
	iuplus_radio_set_id(ue->uu.radio, ue->id);
}

static struct iuplus_radio *new_radio(uint16_t cell, uint32_t id)
{
	const struct iuplus_radio_config config = { .ue = true, .cell = cell, .id = id };
	return iuplus_radio_new(&config);
}

/* A presence datagram, and another one later unless the cell has answered: a datagram may be lost. */
static void announce(void *user, unsigned number)
{
	struct ue *ue = user;
	struct iuplus_ue_rrc_status status;
	iuplus_ue_rrc_get_status(ue->rrc, &status);
	if (number && (!ue->listening || status.state != IUPLUS_UE_ARRIVING))
		return;
	iuplus_radio_announce(ue->uu.radio);
	if (number)
		node_uu_flush(&ue->uu);
	if (node_loop_start(&ue->node.loop, &ue->announcing, 1, ANNOUNCE_MS, announce, ue))
		node_log(NODE_LOG_ERROR, "too many timers; the presence is not announced again");
}

/* Changes to another cell with new bearers, and keeps those of the previous cell: if the relocation fails, the phone
 * returns and continues them unchanged. */
static void tune(struct ue *ue, uint16_t cell)
{
	if (cell == ue->uu.cell)
		return;
	node_uu_flush(&ue->uu);
	struct iuplus_radio *next = ue->left && ue->left_cell == cell ? ue->left : new_radio(cell, ue->id);
	if (!next) {
		node_log(NODE_LOG_ERROR, "no memory for the radio of another cell");
		return;
	}
	/* the phone returns: discard the bearers of the other cell */
	if (next == ue->left) {
		iuplus_radio_free(ue->uu.radio);
		ue->left = NULL;
	} else {
		iuplus_radio_free(ue->left);
		ue->left = ue->uu.radio;
		ue->left_cell = ue->uu.cell;
	}
	ue->uu.radio = next;
	ue->uu.cell = cell;
	ue->uu.told_lost = false;
	ue->listening = true;
	/* the new cell knows the phone by the U-RNTI in the reconfiguration message */
	follow_identity(ue);
	announce(ue, 0);
}

/* Actions of both machines. Returns true if it was one of them. */
static bool carry_out_common(struct ue *ue, const struct iuplus_proc_action *action, char *timers,
			     void (*expired)(void *user, unsigned number))
{
	struct node_loop *loop = &ue->node.loop;
	node_test_die(&ue->node, action);
	node_trace_action(&ue->node.trace, action, ue->settings.usim.imsi, rnc_name(ue));
	switch (action->kind) {
	case IUPLUS_ACT_TIMER_START:
		if (node_loop_start(loop, timers, action->timer, action->ms, expired, ue))
			node_log(NODE_LOG_ERROR, "too many timers; %s does not run", action->timer_name);
		return true;
	case IUPLUS_ACT_TIMER_STOP:
		node_loop_stop(loop, timers, action->timer);
		return true;
	case IUPLUS_ACT_KEYS:
	case IUPLUS_ACT_NOTE:
	case IUPLUS_ACT_FAILURE:
	case IUPLUS_ACT_DONE:
		return true;
	default:
		return false;
	}
}

static void carry_out_rrc(struct ue *ue, const struct iuplus_proc_action *action)
{
	struct iuplus_ue_nas_event nas = { .kind = IUPLUS_UE_NAS_EV_PDU, .pdu = action->pdu };
	const double since = node_loop_unix_time();
	int rc;
	if (carry_out_common(ue, action, &ue->rrc_timers, rrc_timer))
		return;
	switch (action->kind) {
	case IUPLUS_ACT_RRC_SEND:
		node_trace_sent(&ue->node.trace, action, rnc_name(ue), since,
				node_uu_send(&ue->uu, action->rb, node_test_tamper(&ue->node, action)));
		break;
	case IUPLUS_ACT_CIPHER:
		rc = iuplus_radio_cipher(ue->uu.radio, action->rb, &action->cipher);
		if (rc)
			node_log(NODE_LOG_NOTICE, "RB%u cannot be ciphered: %s", action->rb, iuplus_strrc(rc));
		break;
	case IUPLUS_ACT_TUNE:
		tune(ue, (uint16_t)action->cell);
		break;
	case IUPLUS_ACT_NAS_UP:
		run_nas(ue, &nas);
		break;
	case IUPLUS_ACT_NAS_SECURED:
		nas.kind = IUPLUS_UE_NAS_EV_SECURED;
		run_nas(ue, &nas);
		break;
	case IUPLUS_ACT_NAS_AREA:
		nas.kind = IUPLUS_UE_NAS_EV_AREA;
		nas.area = action->area;
		run_nas(ue, &nas);
		break;
	case IUPLUS_ACT_NAS_KEYS_VOID:
		ue->nas.cksn = IUPLUS_CN_NO_KEY;
		break;
	case IUPLUS_ACT_NAS_RELEASED:
		nas.kind = IUPLUS_UE_NAS_EV_LOST;
		run_nas(ue, &nas);
		break;
	default:
		break;
	}
}

static void carry_out_nas(struct ue *ue, const struct iuplus_proc_action *action)
{
	struct iuplus_ue_rrc_event rrc = { .kind = IUPLUS_UE_EV_NAS_DOWN,
					   .domain = IUPLUS_DOMAIN_PS,
					   .initial = action->initial,
					   .pdu = action->pdu };
	if (carry_out_common(ue, action, &ue->nas_timers, nas_timer))
		return;
	if (action->kind == IUPLUS_ACT_NAS_KEYS) {
		rrc.kind = IUPLUS_UE_EV_NAS_KEYS;
		memcpy(rrc.ck, action->keys.ck, sizeof(rrc.ck));
		memcpy(rrc.ik, action->keys.ik, sizeof(rrc.ik));
		memcpy(rrc.rand, action->keys.rand, sizeof(rrc.rand));
	} else if (action->kind == IUPLUS_ACT_NETWORK_FALSE) {
		rrc.kind = IUPLUS_UE_EV_NETWORK_FALSE;
	} else if (action->kind != IUPLUS_ACT_NAS_DOWN) {
		return;
	}
	run_rrc(ue, &rrc);
	iuplus_security_wipe(&rrc, sizeof(rrc));
}

static unsigned count_pdus(void *user, uint8_t rb, size_t len)
{
	const struct ue *ue = user;
	return iuplus_radio_pdus(ue->uu.radio, rb, len);
}

/* The data of an action is valid until the outermost event ends. */
static void enter(struct ue *ue)
{
	ue->depth++;
}

static void leave(struct ue *ue)
{
	if (--ue->depth == 0)
		iuplus_arena_reset(&ue->node.arena, true);
}

/* A new, random identity for the time without a U-RNTI; never 0, which means none. */
static uint32_t random_id(void)
{
	uint32_t id;
	node_random(NULL, (uint8_t *)&id, sizeof(id));
	return id | 1;
}

/* The RRC connection was released: release the bearers with their numbers and keys. */
static void forget_connection(struct ue *ue)
{
	iuplus_radio_reset(ue->uu.radio);
	ue->uu.told_lost = false;
	ue->id = random_id();
	iuplus_radio_set_id(ue->uu.radio, ue->id);
	node_trace_end(&ue->node.trace, "context", "RRC connection released");
}

static void run_rrc(struct ue *ue, const struct iuplus_ue_rrc_event *event)
{
	struct iuplus_proc_actions actions;
	struct iuplus_proc_radio radio;
	struct iuplus_ue_rrc_status before, after;
	enter(ue);
	iuplus_ue_rrc_get_status(ue->rrc, &before);
	iuplus_radio_status(ue->uu.radio, &radio);
	struct iuplus_proc_env env = node_env(&ue->node);
	env.radio = &radio;
	env.pdus = count_pdus;
	env.user = ue;
	actions.count = 0;
	int rc = iuplus_ue_rrc_event(ue->rrc, &ue->config, &env, event, &actions);
	if (rc)
		node_log(NODE_LOG_NOTICE, "RRC event %s: %s", iuplus_ue_rrc_event_name(event->kind), iuplus_strrc(rc));
	iuplus_ue_rrc_get_status(ue->rrc, &after);
	/* before NAS is notified, which may request a new connection, and after the last message was sent */
	bool released = before.state != IUPLUS_UE_IDLE && after.state == IUPLUS_UE_IDLE;
	for (unsigned i = 0; i < actions.count; i++) {
		if (released && actions.list[i].kind == IUPLUS_ACT_NAS_RELEASED) {
			released = false;
			forget_connection(ue);
		}
		carry_out_rrc(ue, &actions.list[i]);
	}
	if (released)
		forget_connection(ue);
	iuplus_proc_wipe(&actions);
	follow_identity(ue);
	if (after.state != IUPLUS_UE_ARRIVING && ue->left) {
		iuplus_radio_free(ue->left);
		ue->left = NULL;
	}
	node_uu_flush(&ue->uu);
	leave(ue);
}

static void run_nas(struct ue *ue, const struct iuplus_ue_nas_event *event)
{
	struct iuplus_proc_actions actions;
	enter(ue);
	struct iuplus_proc_env env = node_env(&ue->node);
	actions.count = 0;
	int rc = iuplus_ue_nas_event(&ue->nas, &env, event, &actions);
	if (rc)
		node_log(NODE_LOG_NOTICE, "NAS event %s: %s", iuplus_ue_nas_event_name(event->kind), iuplus_strrc(rc));
	for (unsigned i = 0; i < actions.count; i++)
		carry_out_nas(ue, &actions.list[i]);
	iuplus_proc_wipe(&actions);
	leave(ue);
}

/* ---- radio ---- */

static void on_sdu(void *user, uint8_t rb, struct iuplus_octets sdu)
{
	const struct iuplus_ue_rrc_event event = { .kind = IUPLUS_UE_EV_RRC, .rb = rb, .pdu = sdu };
	run_rrc(user, &event);
}

static void on_radio_lost(void *user)
{
	struct ue *ue = user;
	const struct iuplus_ue_rrc_event event = { .kind = IUPLUS_UE_EV_RADIO_LOST };
	run_rrc(ue, &event);
	ue->uu.told_lost = false;
}

static void take_datagram(struct ue *ue, const uint8_t *datagram, size_t len)
{
	const struct iuplus_ue_rrc_event heard = { .kind = IUPLUS_UE_EV_RADIO_HEARD };
	struct iuplus_radio_header header;
	if (ue->listening && !iuplus_radio_peek(datagram, len, &header) && header.downlink &&
	    header.cell == ue->uu.cell && header.id == ue->id) {
		ue->listening = false;
		run_rrc(ue, &heard);
	}
	node_uu_receive(&ue->uu, datagram, len);
}

static void on_radio(void *user, int fd)
{
	struct ue *ue = user;
	uint8_t datagram[IUPLUS_RADIO_DATAGRAM_MAX + 1];
	for (int i = 0; i < DATAGRAMS_AT_ONCE; i++) {
		ssize_t n = recv(fd, datagram, sizeof(datagram), 0);
		if (n < 0)
			return;
		take_datagram(ue, datagram, (size_t)n);
	}
}

/* ---- orders and start ---- */

static void on_order(void *user, char *const *word, unsigned words)
{
	struct iuplus_ue_nas_event event = { .kind = IUPLUS_UE_NAS_EV_ATTACH };
	if (!strcmp(word[0], "detach")) {
		event.kind = IUPLUS_UE_NAS_EV_DETACH;
		event.switch_off = words > 1 && !strcmp(word[1], "off");
	} else if (strcmp(word[0], "attach")) {
		node_log(NODE_LOG_NOTICE, "order '%s' is unknown; there are attach, detach [off], quit", word[0]);
		return;
	}
	run_nas(user, &event);
}

static int open_radio(struct ue *ue)
{
	/* use the loopback address if the cells are on the loopback, otherwise the address that the route selects */
	struct node_conf_addr local = { "127.0.0.1", 0 };
	uint16_t cell = (uint16_t)ue->settings.cell[0].scrambling_code;
	if (strncmp(ue->settings.cell[0].address.host, "127.", 4))
		strcpy(local.host, "0.0.0.0");
	if (ue->settings.address.host[0])
		local = ue->settings.address;
	ue->fd = node_uu_socket(&local, &ue->local);
	if (ue->fd < 0) {
		fprintf(stderr, "%s: no UDP socket for the radio: %s\n", ue->node.program, strerror(errno));
		return NODE_EXIT_UNAVAILABLE;
	}
	for (unsigned i = 0; i < ue->settings.cell_count; i++)
		node_endpoint_set(&ue->cell[i], &ue->settings.cell[i].address);
	ue->uu = (struct node_uu){
		.node = &ue->node,
		.radio = new_radio(cell, ue->id),
		.fd = ue->fd,
		.ue = true,
		.local = &ue->local,
		.peer = peer_address,
		.sdu = on_sdu,
		.lost = on_radio_lost,
		.user = ue,
		.cell = cell
	};
	ue->rrc = iuplus_ue_rrc_new();
	if (!ue->uu.radio || !ue->rrc || node_loop_watch(&ue->node.loop, ue->fd, on_radio, ue))
		return NODE_EXIT_OS;
	return -1;
}

int main(int argc, char **argv)
{
	static struct ue ue = { .fd = -1 };
	static struct iuplus_ue_nas_config nas;
	struct node *node = &ue.node;
	const char *why;
	int rc = node_options(node, argc, argv, "A phone with a USIM: Uu over UDP towards RNCs.", NODE_HAS_UU);
	node_ue_defaults(&ue.settings);
	if (rc < 0)
		rc = node_configure(node, node_ue_table, &ue.settings, sizeof(ue.settings));
	if (rc < 0 && (node_ue_config(&ue.settings, &ue.config, &nas, &why) || iuplus_ue_nas_init(&ue.nas, &nas, &why)))
		rc = node_misconfigured(node, node->options.config, why);
	if (rc < 0)
		rc = node_start(node, &ue.settings.node);
	iuplus_security_wipe(&nas, sizeof(nas));
	iuplus_security_wipe(ue.settings.usim.k, sizeof(ue.settings.usim.k));
	iuplus_security_wipe(ue.settings.usim.opc, sizeof(ue.settings.usim.opc));
	if (rc < 0) {
		node_secrets_warn(node->options.config, "the configuration");
		node->test = ue.settings.test;
		ue.id = random_id();
		rc = open_radio(&ue);
		if (rc < 0) {
			const struct iuplus_ue_nas_event attach = { .kind = IUPLUS_UE_NAS_EV_ATTACH };
			node_take_orders(node, on_order, &ue);
			node_trace_state(&node->trace, "listening", NULL);
			if (ue.settings.attach)
				run_nas(&ue, &attach);
			rc = node_run(node);
		}
		node_uu_close(&ue.uu);
		iuplus_radio_free(ue.left);
		node_end(node);
	}
	iuplus_ue_rrc_free(ue.rrc);
	iuplus_ue_nas_end(&ue.nas);
	if (ue.fd >= 0)
		close(ue.fd);
	return rc;
}
