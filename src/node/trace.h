/* SPDX-License-Identifier: BSD-2-Clause */
/* trace.h: the records of a node: events (NDJSON), a capture (pcapng), and, only if requested, a key log. */
#ifndef IUPLUS_NODE_TRACE_H
#define IUPLUS_NODE_TRACE_H

#include <iuplus/proc.h>

#include "src/net/capture.h"
#include "src/net/iu.h"
#include "src/node/event.h"

struct node_trace {
	const char *node;               /* this node's name */
	int events_fd, keylog_fd;       /* -1: off */
	struct iuplus_capture *capture; /* NULL: off */
	int gsmtap_fd;                  /* -1: off */
	struct iuplus_arena arena;      /* to decode messages for their names */
};

/* Opens the requested files: each path may be NULL; events "-" is standard output. The key log is appended to, so that
 * the nodes of one run can share a file, and is created with mode 0600. Returns 0, or IUPLUS_ERR_IO with errno set and
 * *failed the path that could not be opened. */
int node_trace_open(struct node_trace *trace, const char *node, const char *events, const char *capture,
		    const char *keylog, const char **failed);
/* Starts to send a copy of every RRC message to that UDP port. Returns 0, or IUPLUS_ERR_IO with errno set. */
int node_trace_gsmtap(struct node_trace *trace, const char *ip, uint16_t port);
void node_trace_close(struct node_trace *trace);

/* Writes an event and fills in the node's name and the time. An event that cannot be written is lost: a trace never
 * stops a node. */
void node_trace_event(struct node_trace *trace, struct node_event *event);
/* Shorthands. message and note may be NULL. */
void node_trace_state(struct node_trace *trace, const char *message, const char *note);
void node_trace_end(struct node_trace *trace, const char *message, const char *why);

/* Traces an action: the event and the log line of KEYS, NOTE, FAILURE, STATE and DONE. KEYS is also written to the key
 * log, and so are the keys of a rejected MAC-I. ue identifies the phone in the key log ("IMSI 001..." or "U-RNTI ...");
 * rnc names the RNC. Actions that send have node_trace_sent(). */
void node_trace_action(struct node_trace *trace, const struct iuplus_proc_action *action, const char *ue,
		       const char *rnc);

/* Traces RRC_SEND, IU_CONNECT, IU_SEND and IU_UNITDATA, after the attempt: rc is what it returned, since the time
 * before it (node_loop_unix_time()), so that no answer precedes its request; to is the peer's name. 0: the message
 * event and the line "to PEER: MESSAGE". Otherwise a line that the message is lost, and no event. */
void node_trace_sent(struct node_trace *trace, const struct iuplus_proc_action *action, const char *to, double since,
		     int rc);

/* A complete RRC message sent by this node, for the capture and the GSMTAP copy. */
void node_trace_rrc(struct node_trace *trace, bool uplink, uint8_t rb, const struct iuplus_capture_endpoint *from,
		    const struct iuplus_capture_endpoint *to, struct iuplus_octets pdu);
/* A sent radio datagram. */
void node_trace_radio(struct node_trace *trace, const struct iuplus_capture_endpoint *from,
		      const struct iuplus_capture_endpoint *to, struct iuplus_octets datagram);
/* A sent SCTP message: a function for iuplus_iu_callbacks.sent, whose user is a struct node_trace. */
void node_trace_iu(struct node_trace *trace, const struct iuplus_iu_sent *sent);

#endif
