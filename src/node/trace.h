/* SPDX-License-Identifier: BSD-2-Clause */
/* trace.h: what a node leaves behind: events (NDJSON), a capture (pcapng), and, only when asked, a key log. */
#ifndef IUPLUS_NODE_TRACE_H
#define IUPLUS_NODE_TRACE_H

#include <iuplus/proc.h>

#include "src/net/capture.h"
#include "src/net/iu.h"
#include "src/node/event.h"

struct node_trace {
	const char *node;		/* this node's name */
	int events_fd, keylog_fd;	/* -1: off */
	struct iuplus_capture *capture;	/* NULL: off */
	int gsmtap_fd;			/* -1: off */
	struct iuplus_arena arena;	/* for naming messages */
};

/* Opens what is asked for: each path may be NULL; events "-" is standard output. The key log is appended to, so that
 * the nodes of one run can share a file, and gets mode 0600 when it is made. Returns 0, or IUPLUS_ERR_IO with errno set
 * and *failed the path that could not be opened. */
int node_trace_open(struct node_trace *trace, const char *node, const char *events, const char *capture,
	const char *keylog, const char **failed);
/* Sends a copy of every RRC message to that UDP port from now on. Returns 0, or IUPLUS_ERR_IO with errno set. */
int node_trace_gsmtap(struct node_trace *trace, const char *ip, uint16_t port);
void node_trace_close(struct node_trace *trace);

/* Writes an event; the node's name and the time are filled in. An event that cannot be written is lost: a trace never
 * stops a node. */
void node_trace_event(struct node_trace *trace, struct node_event *event);
/* Shorthands. message and note may be NULL. */
void node_trace_state(struct node_trace *trace, const char *message, const char *note);
void node_trace_end(struct node_trace *trace, const char *message, const char *why);

/* Traces an action: the message event of RRC_SEND, IU_CONNECT, IU_SEND and IU_UNITDATA; the event and the log line of
 * KEYS, NOTE, FAILURE, STATE and DONE. KEYS goes to the key log, too, and so do the keys of a MAC-I that was refused. to
 * is the peer's name. ue says whose it is, for the key log ("IMSI 001..." or "U-RNTI ..."); rnc names the RNC. */
void node_trace_action(struct node_trace *trace, const struct iuplus_proc_action *action, const char *to,
		       const char *ue, const char *rnc);

/* A complete RRC message as sent by this node, for the capture and the GSMTAP mirror. */
void node_trace_rrc(struct node_trace *trace, bool uplink, uint8_t rb, const struct iuplus_capture_endpoint *from,
	const struct iuplus_capture_endpoint *to, struct iuplus_octets pdu);
/* A radio datagram as sent. */
void node_trace_radio(struct node_trace *trace, const struct iuplus_capture_endpoint *from,
	const struct iuplus_capture_endpoint *to, struct iuplus_octets datagram);
/* An SCTP message as sent: fits iuplus_iu_callbacks.sent, with a struct node_trace behind it. */
void node_trace_iu(struct node_trace *trace, const struct iuplus_iu_sent *sent);

#endif
