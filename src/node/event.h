/* SPDX-License-Identifier: BSD-2-Clause */
/* event.h: one event of the trace, as a struct and as a line of JSON.
 *
 * Nodes write them, one object per line, to NODE.events; iuplus-relocate reads them and makes ladders of them. A key
 * never stands in one, only its fingerprint does. */
#ifndef IUPLUS_NODE_EVENT_H
#define IUPLUS_NODE_EVENT_H

#include <stddef.h>

#include <iuplus/proc.h>
#include <iuplus/rrc.h>

enum node_event_kind {
	NODE_EVENT_MESSAGE,	/* node sent message to `to` */
	NODE_EVENT_NOTE,	/* a step without a message */
	NODE_EVENT_KEYS,	/* keys came into use */
	NODE_EVENT_FAILURE,	/* something went wrong and was answered */
	NODE_EVENT_DONE,	/* the procedure named in message ended as wanted */
	NODE_EVENT_STATE,	/* what the node is at: "listening", "connected", "camped", ... */
	NODE_EVENT_MAC,		/* a MAC-I was refused: .mac; message is the failure's */
	NODE_EVENT_TRANSITION,	/* a machine left one state for another; message says which, note why */
	NODE_EVENT_END		/* a context or association ended; message says which, note why */
};

#define NODE_EVENT_NAME 32	/* octets of a node's name with its terminating zero */
#define NODE_EVENT_TEXT 224	/* octets of a text with its terminating zero */
#define NODE_EVENT_PRINT 10	/* octets of a fingerprint with its terminating zero */
#define NODE_EVENT_LINE 2048	/* more than the longest line */

struct node_event {
	enum node_event_kind kind;
	double t;			/* seconds since 1970 */
	char node[NODE_EVENT_NAME];
	char from[NODE_EVENT_NAME], to[NODE_EVENT_NAME];	/* message */
	char interface[4];		/* message: "Uu" or "Iu" */
	char message[NODE_EVENT_TEXT];	/* the standard's name of it; or the text of a note, failure, state */
	char note[NODE_EVENT_TEXT];	/* message: what it carries ("AttachRequest"); end: why */
	enum iuplus_proc_step step;
	enum iuplus_key_kind protected_by;
	/* keys */
	enum iuplus_domain domain;
	enum iuplus_key_kind key_kind;
	unsigned uia, uea;
	bool integrity_started, ciphering_started;
	char ik[NODE_EVENT_PRINT], ck[NODE_EVENT_PRINT];	/* fingerprints, empty when there is none */
	char k_rnc[NODE_EVENT_PRINT], k_rnc_star[NODE_EVENT_PRINT];
	unsigned ncc;
	uint32_t start;			/* START */
	struct iuplus_rrc_mac_check mac;
};

/* The names that stand in the trace and in the verdict: "none", "legacy", "enhanced"; "?" for anything else. */
const char *node_event_key_kind(enum iuplus_key_kind kind);

/* Writes the event as one line with its newline into line of size octets. Returns the octets written, 0 when they do
 * not fit (NODE_EVENT_LINE always suffices unless texts are full of characters to escape). */
size_t node_event_write(const struct node_event *event, char *line, size_t size);

/* Reads one line (len octets, newline optional). Members that it does not know are skipped. Returns 0, or
 * IUPLUS_ERR_SYNTAX when it is no such line (the caller drops it and says so). */
int node_event_read(const char *line, size_t len, struct node_event *event);

/* Puts text into a field of size octets: cut to fit, never inside a UTF-8 sequence. NULL gives an empty text. */
void node_event_text(char *field, size_t size, const char *text);

/* Appends text as a JSON string with its quotes to out of size octets at *at; *at moves on. Control characters and
 * invalid UTF-8 are escaped. Returns 0, or IUPLUS_ERR_SPACE (out then ends somewhere inside, with no zero). */
int node_event_json_string(char *out, size_t size, size_t *at, const char *text);

#endif
