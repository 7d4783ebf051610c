/* SPDX-License-Identifier: BSD-2-Clause */
/* trace.c: events, capture and key log of a node (see trace.h). */
#include "src/node/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <osmocom/core/gsmtap.h>
#include <osmocom/core/gsmtap_util.h>
#include <osmocom/core/msgb.h>

#include <iuplus/nas.h>
#include <iuplus/ranap.h>
#include <iuplus/rrc.h>
#include <iuplus/security.h>

#include "src/node/log.h"
#include "src/node/loop.h"

#define NAMING_LIMIT (1024u * 1024) /* memory limit for decoding a message for its name */

static int open_keylog(const char *path)
{
	static const char head[] = "# iuplus key log, format 1: see iuplus-relocate(1)\n";
	struct stat stat;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	/* an older file may have another mode; a pipe keeps its own */
	bool good = !fstat(fd, &stat) && (!S_ISREG(stat.st_mode) || !fchmod(fd, 0600));
	if (good && stat.st_size == 0)
		good = write(fd, head, sizeof(head) - 1) == sizeof(head) - 1;
	if (good)
		return fd;
	close(fd);
	return -1;
}

int node_trace_open(struct node_trace *trace, const char *node, const char *events, const char *capture,
		    const char *keylog, const char **failed)
{
	*trace = (struct node_trace){ .node = node, .events_fd = -1, .keylog_fd = -1, .gsmtap_fd = -1 };
	iuplus_arena_init(&trace->arena, NAMING_LIMIT);
	*failed = NULL;
	if (events && !strcmp(events, "-"))
		trace->events_fd = STDOUT_FILENO;
	else if (events) {
		trace->events_fd = open(events, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
		if (trace->events_fd < 0)
			*failed = events;
	}
	if (!*failed && keylog) {
		trace->keylog_fd = open_keylog(keylog);
		if (trace->keylog_fd < 0)
			*failed = keylog;
	}
	if (!*failed && capture && iuplus_capture_open(&trace->capture, capture))
		*failed = capture;
	return *failed ? IUPLUS_ERR_IO : 0;
}

int node_trace_gsmtap(struct node_trace *trace, const char *ip, uint16_t port)
{
	trace->gsmtap_fd = gsmtap_source_init_fd(ip, port);
	return trace->gsmtap_fd < 0 ? IUPLUS_ERR_IO : 0;
}

void node_trace_close(struct node_trace *trace)
{
	if (trace->gsmtap_fd >= 0)
		close(trace->gsmtap_fd);
	if (trace->events_fd > STDOUT_FILENO)
		close(trace->events_fd);
	if (trace->keylog_fd >= 0)
		close(trace->keylog_fd);
	if (trace->capture && iuplus_capture_close(trace->capture))
		node_log(NODE_LOG_ERROR, "the capture is not complete");
	trace->capture = NULL;
	trace->events_fd = trace->keylog_fd = trace->gsmtap_fd = -1;
	iuplus_arena_free(&trace->arena);
}

void node_trace_event(struct node_trace *trace, struct node_event *event)
{
	char line[NODE_EVENT_LINE];
	if (trace->events_fd < 0)
		return;
	if (event->t == 0)
		event->t = node_loop_unix_time();
	node_event_text(event->node, sizeof(event->node), trace->node);
	size_t len = node_event_write(event, line, sizeof(line));
	if (!len || write(trace->events_fd, line, len) != (ssize_t)len)
		node_log(NODE_LOG_NOTICE, "an event of the trace is lost");
}

static void simple_event(struct node_trace *trace, enum node_event_kind kind, const char *message, const char *note,
			 enum iuplus_proc_step step)
{
	struct node_event event = { .kind = kind, .step = step };
	node_event_text(event.message, sizeof(event.message), message);
	node_event_text(event.note, sizeof(event.note), note);
	node_trace_event(trace, &event);
}

void node_trace_state(struct node_trace *trace, const char *message, const char *note)
{
	simple_event(trace, NODE_EVENT_STATE, message, note, IUPLUS_STEP_NONE);
}

void node_trace_end(struct node_trace *trace, const char *message, const char *why)
{
	simple_event(trace, NODE_EVENT_END, message, why, IUPLUS_STEP_NONE);
}

/* ---- names of embedded messages ---- */

static const char *rrc_carries(struct node_trace *trace, uint8_t rb, struct iuplus_octets pdu)
{
	struct iuplus_rrc_msg msg;
	/* only the direct transfers on RB3 and RB4 have an embedded message, and their type determines the channel */
	if (rb < 3)
		return NULL;
	for (int i = 0; i < 2; i++) {
		enum iuplus_rrc_channel channel = i ? IUPLUS_RRC_UL_DCCH : IUPLUS_RRC_DL_DCCH;
		iuplus_arena_reset(&trace->arena, false);
		if (iuplus_rrc_decode(channel, pdu, 0, &trace->arena, &msg, NULL))
			continue;
		if (msg.type == IUPLUS_RRC_INITIAL_DIRECT_TRANSFER)
			return iuplus_nas_pdu_name(msg.u.initial_direct_transfer.nas);
		if (msg.type == IUPLUS_RRC_UPLINK_DIRECT_TRANSFER)
			return iuplus_nas_pdu_name(msg.u.uplink_direct_transfer.nas);
		if (msg.type == IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER)
			return iuplus_nas_pdu_name(msg.u.downlink_direct_transfer.nas);
	}
	return NULL;
}

static const char *ranap_carries(struct node_trace *trace, struct iuplus_octets pdu)
{
	struct iuplus_ranap_msg msg;
	struct iuplus_ranap_problem problem;
	const char *name = NULL;
	/* relocation messages contain keys but no NAS message: do not copy them to another memory */
	if (pdu.len < 2 || (pdu.data[1] != 19 && pdu.data[1] != 20))
		return NULL;
	iuplus_arena_reset(&trace->arena, false);
	if (iuplus_ranap_decode(pdu, 0, &trace->arena, &msg, &problem))
		return NULL;
	if (msg.kind == IUPLUS_RANAP_DIRECT_TRANSFER)
		name = iuplus_nas_pdu_name(msg.u.direct_transfer.nas_pdu);
	else if (msg.kind == IUPLUS_RANAP_INITIAL_UE_MESSAGE)
		name = iuplus_nas_pdu_name(msg.u.initial_ue_message.nas_pdu);
	return name;
}

static void message_event(struct node_trace *trace, const struct iuplus_proc_action *action, const char *to,
			  double since)
{
	struct node_event event = { .t = since,
				    .kind = NODE_EVENT_MESSAGE,
				    .protected_by = action->protected_by,
				    .step = action->step };
	bool rrc = action->kind == IUPLUS_ACT_RRC_SEND;
	node_event_text(event.from, sizeof(event.from), trace->node);
	node_event_text(event.to, sizeof(event.to), to);
	node_event_text(event.interface, sizeof(event.interface), rrc ? "Uu" : "Iu");
	node_event_text(event.message, sizeof(event.message), action->message);
	node_event_text(event.note, sizeof(event.note),
			rrc ? rrc_carries(trace, action->rb, action->pdu) : ranap_carries(trace, action->pdu));
	node_trace_event(trace, &event);
}

/* ---- keys ---- */

static size_t put_hex(char *out, const uint8_t *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digits[data[i] >> 4];
		out[2 * i + 1] = digits[data[i] & 15];
	}
	out[2 * len] = 0;
	return 2 * len;
}

/* One line of name=value pairs per set of keys that came into use, or under which a MAC-I was rejected;
 * iuplus-relocate(1) describes it. */
static void log_keys(struct node_trace *trace, const struct iuplus_proc_keys *keys, const char *ue, const char *rnc)
{
	static const uint8_t none[16];
	char line[768];
	if (trace->keylog_fd < 0)
		return;
	size_t at = (size_t)snprintf(line, sizeof(line),
				     "t=%.6f node=%.40s rnc=%.40s ue=%.40s domain=%s kind=%s uia=%u "
				     "uea=%u integrity=%d ciphering=%d start=%05x fresh=%08x",
				     node_loop_unix_time(), trace->node, rnc, ue,
				     keys->domain == IUPLUS_DOMAIN_CS ? "cs" : "ps", node_event_key_kind(keys->kind),
				     keys->uia, keys->uea, keys->integrity_started, keys->ciphering_started,
				     keys->start, keys->fresh);
	memcpy(line + at, " ik=", 4);
	at += 4 + put_hex(line + at + 4, keys->ik, 16);
	/* an RNC receives no CK if nothing is ciphered */
	if (!iuplus_security_equal(keys->ck, none, sizeof(none))) {
		memcpy(line + at, " ck=", 4);
		at += 4 + put_hex(line + at + 4, keys->ck, 16);
	}
	if (keys->has_k_rnc) {
		memcpy(line + at, " k_rnc=", 7);
		at += 7 + put_hex(line + at + 7, keys->k_rnc, 32);
	}
	if (keys->has_k_rnc_star) {
		memcpy(line + at, " k_rnc_star=", 12);
		at += 12 + put_hex(line + at + 12, keys->k_rnc_star, 32);
		at += (size_t)snprintf(line + at, sizeof(line) - at, " ncc=%u", keys->ncc);
	}
	line[at++] = '\n';
	if (write(trace->keylog_fd, line, at) != (ssize_t)at)
		node_log(NODE_LOG_NOTICE, "a line of the key log is lost");
	iuplus_security_wipe(line, sizeof(line));
}

static void keys_event(struct node_trace *trace, const struct iuplus_proc_keys *keys)
{
	struct node_event event = {
		.kind = NODE_EVENT_KEYS,
		.domain = keys->domain,
		.key_kind = keys->kind,
		.uia = keys->uia,
		.uea = keys->uea,
		.integrity_started = keys->integrity_started,
		.ciphering_started = keys->ciphering_started,
		.ncc = keys->ncc,
		.start = keys->start
	};
	iuplus_security_fingerprint(keys->ik, 16, event.ik);
	/* without encryption no CK is in use */
	if (keys->uea)
		iuplus_security_fingerprint(keys->ck, 16, event.ck);
	if (keys->has_k_rnc)
		iuplus_security_fingerprint(keys->k_rnc, 32, event.k_rnc);
	if (keys->has_k_rnc_star)
		iuplus_security_fingerprint(keys->k_rnc_star, 32, event.k_rnc_star);
	node_trace_event(trace, &event);
	node_log(NODE_LOG_INFO, "keys in use: %s, UIA%u IK %s, UEA%u CK %s", node_event_key_kind(keys->kind), keys->uia,
		 event.ik, keys->uea, keys->uea ? event.ck : "none");
}

/* A rejected MAC-I. Its keys are logged too although they do not come into use, to verify the capture. */
static void refused(struct node_trace *trace, const struct iuplus_proc_action *action, const char *ue, const char *rnc)
{
	struct node_event event = { .kind = NODE_EVENT_MAC, .mac = *action->mac };
	struct iuplus_proc_keys keys = action->keys;
	node_event_text(event.message, sizeof(event.message), action->message);
	node_trace_event(trace, &event);
	keys.integrity_started = keys.ciphering_started = false;
	log_keys(trace, &keys, ue, rnc);
	iuplus_security_wipe(&keys, sizeof(keys));
}

static void transition(struct node_trace *trace, const struct iuplus_proc_action *action)
{
	char text[NODE_EVENT_TEXT];

	snprintf(text, sizeof(text), "%s: %s -> %s", action->machine, action->before, action->after);
	node_log(NODE_LOG_DEBUG, "%s (%s)", text, action->message);
	simple_event(trace, NODE_EVENT_TRANSITION, text, action->message, IUPLUS_STEP_NONE);
}

void node_trace_sent(struct node_trace *trace, const struct iuplus_proc_action *action, const char *to, double since,
		     int rc)
{
	const char *message = action->message ? action->message : "a message";
	if (rc) {
		node_log(NODE_LOG_NOTICE, "%s to %s is lost: %s", message, to, iuplus_strrc(rc));
		return;
	}
	node_log(NODE_LOG_DEBUG, "to %s: %s", to, message);
	message_event(trace, action, to, since);
}

void node_trace_action(struct node_trace *trace, const struct iuplus_proc_action *action, const char *ue,
		       const char *rnc)
{
	switch (action->kind) {
	case IUPLUS_ACT_KEYS:
		keys_event(trace, &action->keys);
		log_keys(trace, &action->keys, ue, rnc);
		break;
	case IUPLUS_ACT_NOTE:
		node_log(NODE_LOG_INFO, "%s", action->message);
		simple_event(trace, NODE_EVENT_NOTE, action->message, NULL, action->step);
		break;
	case IUPLUS_ACT_FAILURE:
		node_log(NODE_LOG_NOTICE, "%s", action->message);
		simple_event(trace, NODE_EVENT_FAILURE, action->message, NULL, action->step);
		if (action->mac)
			refused(trace, action, ue, rnc);
		break;
	case IUPLUS_ACT_DONE:
		node_log(NODE_LOG_INFO, "done: %s", action->message);
		simple_event(trace, NODE_EVENT_DONE, action->message, NULL, action->step);
		break;
	case IUPLUS_ACT_STATE:
		transition(trace, action);
		break;
	default:
		break;
	}
}

/* ---- capture ---- */

static uint64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void check(int rc)
{
	if (rc)
		node_log(NODE_LOG_NOTICE, "a packet of the capture is lost: %s", iuplus_strrc(rc));
}

/* The GSMTAP copy. The receiver may have ended or may not have bound the port, so a failure is ignored. But the socket
 * may report the error of an earlier copy instead of sending this one, hence the second attempt. */
static void mirror(struct node_trace *trace, bool uplink, bool ccch, struct iuplus_octets pdu)
{
	static const uint8_t channels[2][2] = { { GSMTAP_RRC_SUB_DL_DCCH_Message, GSMTAP_RRC_SUB_DL_CCCH_Message },
						{ GSMTAP_RRC_SUB_UL_DCCH_Message, GSMTAP_RRC_SUB_UL_CCCH_Message } };
	struct msgb *msg = gsmtap_makemsg_ex(GSMTAP_TYPE_UMTS_RRC, uplink ? GSMTAP_ARFCN_F_UPLINK : 0, 0,
					     channels[uplink][ccch], 0, 0, 0, 0, pdu.data, (unsigned)pdu.len);
	if (!msg)
		return;
	if (send(trace->gsmtap_fd, msgb_data(msg), msgb_length(msg), MSG_DONTWAIT) < 0 &&
	    send(trace->gsmtap_fd, msgb_data(msg), msgb_length(msg), MSG_DONTWAIT) < 0)
		node_log(NODE_LOG_DEBUG, "the GSMTAP copy is not received: %s", strerror(errno));
	msgb_free(msg);
}

void node_trace_rrc(struct node_trace *trace, bool uplink, uint8_t rb, const struct iuplus_capture_endpoint *from,
		    const struct iuplus_capture_endpoint *to, struct iuplus_octets pdu)
{
	static const char *const dissectors[2][2] = { { "rrc.dl.dcch", "rrc.dl.ccch" },
						      { "rrc.ul.dcch", "rrc.ul.ccch" } };
	if (trace->capture)
		check(iuplus_capture_upper(trace->capture, now_ns(), dissectors[uplink][rb == 0], from, to, pdu.data,
					   pdu.len, NULL));
	if (trace->gsmtap_fd >= 0)
		mirror(trace, uplink, rb == 0, pdu);
}

void node_trace_radio(struct node_trace *trace, const struct iuplus_capture_endpoint *from,
		      const struct iuplus_capture_endpoint *to, struct iuplus_octets datagram)
{
	if (trace->capture)
		check(iuplus_capture_udp(trace->capture, now_ns(), from, to, datagram.data, datagram.len, NULL));
}

void node_trace_iu(struct node_trace *trace, const struct iuplus_iu_sent *sent)
{
	const struct iuplus_capture_endpoint from = { sent->from.ip, sent->from.port },
					     to = { sent->to.ip, sent->to.port };
	if (trace->capture)
		check(iuplus_capture_sctp(trace->capture, now_ns(), &from, &to, sent->stream, sent->ppid, sent->data,
					  sent->len, NULL));
}
