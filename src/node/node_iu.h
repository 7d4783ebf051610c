/* SPDX-License-Identifier: BSD-2-Clause */
/* node_iu.h: the Iu endpoint of an RNC or SGSN, and the Iu connections of its contexts. */
#ifndef IUPLUS_NODE_NODE_IU_H
#define IUPLUS_NODE_NODE_IU_H

#include "src/net/iu.h"
#include "src/node/node.h"

struct node_iu;

/* Events of a connection of a context. */
enum node_iu_event {
	NODE_IU_CONNECTED, /* a peer established it, with its first message; the context is new */
	NODE_IU_CONFIRMED, /* the peer confirmed it */
	NODE_IU_REFUSED,   /* the peer refused it, or it could not be requested; it no longer exists */
	NODE_IU_DATA,      /* a message was received */
	NODE_IU_RELEASED,  /* the peer released it; it no longer exists */
	NODE_IU_LOST,      /* it was lost and no longer exists */
	NODE_IU_RESET      /* node_iu_reset() released it; it no longer exists */
};

/* The connections of one context: a member of the program's own struct. */
struct node_iu_link {
	struct node_iu *iu;
	struct node_iu_link *next; /* in iu->links, latest first */
	void *context;
	uint32_t conn[2];       /* the endpoint's number of the machine's connection 0 and 1; 0: none */
	uint32_t point_code[2]; /* of the peer */
};

/* The program's callbacks. user is that of struct node_iu. */
struct node_iu_program {
	unsigned incoming; /* the machine's number of a connection that a peer establishes: 0 or 1 */
	/* The name of a peer, for log and trace. NULL: unknown; its connections are refused and its connectionless
	 * messages discarded. */
	const char *(*peer)(const void *user, uint32_t point_code);
	/* Creates a context for a connection that a peer requests. NULL: refuse it. */
	struct node_iu_link *(*accept)(void *user);
	/* n: the machine's number of the connection. The call may free the context. */
	void (*event)(void *context, enum node_iu_event event, unsigned n, struct iuplus_octets pdu);
	void (*unitdata)(void *user, uint32_t point_code, struct iuplus_octets pdu);
	/* only for peers with a name */
	void (*available)(void *user, uint32_t point_code);
	void (*lost)(void *user, uint32_t point_code); /* may be NULL */
};

struct node_iu {
	struct node *node;
	const struct node_iu_program *program;
	void *user;
	struct iuplus_iu *endpoint;
	struct node_iu_link *links;
	unsigned link_count;
};

/* What the settings say, for iuplus_iu_open(): everything but addresses. stps: number of
 * transfer points. */
struct iuplus_iu_config node_iu_config(const struct node_iu_settings *settings, unsigned stps);
/* Opens the endpoint and adds it to the loop. Returns -1 to continue, else the exit status; the error was printed. */
int node_iu_open(struct node_iu *iu, struct iuplus_iu_config *config);
/* Adds the way to a peer: over its own address, or (an empty host) over all transfer points. listens: an own address is
 * where the peer's association comes from; otherwise this node connects to it. Returns -1 to continue, else the exit
 * status; the error was printed. */
int node_iu_add_peer(struct node_iu *iu, uint32_t point_code, const struct node_conf_addr *address, bool listens,
		     const struct node_stp_settings *stp, unsigned stps);
/* Takes orders (node_take_orders()), reports that the node listens, and runs the loop. Returns the exit status. */
int node_iu_run(struct node_iu *iu, void (*order)(void *user, char *const *word, unsigned words));
/* Closes the endpoint; no context may be left. Does nothing if it is not open. */
void node_iu_close(struct node_iu *iu);

/* Adds the link of a new context, without connections. */
void node_iu_link_add(struct node_iu_link *link, struct node_iu *iu, void *context);
/* Releases the connections of a context and removes its link, before the context is freed. */
void node_iu_link_remove(struct node_iu_link *link);

/* Performs IU_CONNECT (to the peer at point_code), IU_SEND and IU_RELEASE; ignores other actions. Returns 0, or
 * why the message was not sent, as iuplus_iu_connect() and iuplus_iu_send(): the caller gives it to node_trace_sent().
 * A connection that cannot be requested is also reported later from the loop as NODE_IU_REFUSED. */
int node_iu_act(struct node_iu_link *link, const struct iuplus_proc_action *action, uint32_t point_code);
/* Sends the connectionless message of an IU_UNITDATA action. Returns as iuplus_iu_unitdata(): the caller gives it to
 * node_trace_sent(). */
int node_iu_unitdata(struct node_iu *iu, const struct iuplus_proc_action *action, uint32_t point_code);
/* Releases every connection for which match() is true and reports it as NODE_IU_RESET (Reset, Reset Resource). */
void node_iu_reset(struct node_iu *iu, bool (*match)(const struct node_iu_link *link, unsigned n, const void *arg),
		   const void *arg);

#endif
