/* SPDX-License-Identifier: BSD-2-Clause */
/* event.h: one event of the trace, as a struct and as a line of JSON.
 *
 * Nodes write them, one object per line, to NODE.events; iuplus-relocate reads them and makes ladders of them. An event
 * has fingerprints, never keys. */
#ifndef IUPLUS_NODE_EVENT_H
#define IUPLUS_NODE_EVENT_H

#include <stddef.h>

#include <iuplus/proc.h>
#include <iuplus/rrc.h>

/* The kinds of events: identifier, name in the trace, what happened. */
#define NODE_EVENTS(X) \
	X(MESSAGE, "message", "node sent message to `to`") \
	X(NOTE, "note", "a step without a message") \
	X(KEYS, "keys", "keys came into use") \
	X(FAILURE, "failure", "a machine detected an error and handled it") \
	X(DONE, "done", "the procedure named in message succeeded") \
	X(STATE, "state", "the state of the node: \"listening\", \"connected\", \"camped\", ...") \
	X(MAC, "mac", "a MAC-I was rejected: .mac; message is that of the failure") \
	X(TRANSITION, "transition", "a machine changed its state: names in message, cause in note") \
	X(END, "end", "a context or association ended: its name in message, cause in note")

enum node_event_kind {
#define NODE_EVENT_ID(id, name, what) NODE_EVENT_##id,
	NODE_EVENTS(NODE_EVENT_ID)
#undef NODE_EVENT_ID
};

#define NODE_EVENT_NAME 32   /* octets of a node's name with its terminating zero */
#define NODE_EVENT_TEXT 224  /* octets of a text with its terminating zero */
#define NODE_EVENT_PRINT 10  /* octets of a fingerprint with its terminating zero */
#define NODE_EVENT_LINE 2048 /* more than the longest line */

struct node_event {
	enum node_event_kind kind;
	double t; /* seconds since 1970 */
	char node[NODE_EVENT_NAME];
	char from[NODE_EVENT_NAME], to[NODE_EVENT_NAME]; /* message */
	char interface[4];                               /* message: "Uu" or "Iu" */
	char message[NODE_EVENT_TEXT]; /* the standard's name of the message; or the text of a note, failure, state */
	char note[NODE_EVENT_TEXT];    /* message: its contents ("AttachRequest"); end: the cause */
	enum iuplus_proc_step step;
	enum iuplus_key_kind protected_by;
	/* keys */
	enum iuplus_domain domain;
	enum iuplus_key_kind key_kind;
	unsigned uia, uea;
	bool integrity_started, ciphering_started;
	char ik[NODE_EVENT_PRINT], ck[NODE_EVENT_PRINT]; /* fingerprints, empty if there is no key */
	char k_rnc[NODE_EVENT_PRINT], k_rnc_star[NODE_EVENT_PRINT];
	unsigned ncc;
	uint32_t start; /* START */
	struct iuplus_rrc_mac_check mac;
};

/* The names in the trace and in the verdict: "none", "legacy", "enhanced"; "?" for any other value. */
const char *node_event_key_kind(enum iuplus_key_kind kind);

/* Writes the event as one line with its newline into line of size octets. Returns the number of octets written, 0 if
 * they exceed size (NODE_EVENT_LINE suffices unless most characters of the texts must be escaped). */
size_t node_event_write(const struct node_event *event, char *line, size_t size);

/* Reads one line (len octets, newline optional). Unknown members are skipped. Returns 0, or IUPLUS_ERR_SYNTAX if the
 * line is not an event (the caller discards it and reports that). */
int node_event_read(const char *line, size_t len, struct node_event *event);

/* Copies text to a field of size octets: truncated if necessary, never inside a UTF-8 sequence. NULL gives an empty
 * text. */
void node_event_text(char *field, size_t size, const char *text);

/* Appends text as a JSON string with its quotes to out of size octets at *at, and advances *at. Control characters and
 * invalid UTF-8 are escaped. Returns 0, or IUPLUS_ERR_SPACE (out then has a part of the string, without a zero). */
int node_event_json_string(char *out, size_t size, size_t *at, const char *text);

#endif
