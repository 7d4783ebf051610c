/* SPDX-License-Identifier: BSD-2-Clause */
/* uu.h: one end of the radio link to one peer: the entity of net/radio.h with socket and timers. */
#ifndef IUPLUS_NODE_UU_H
#define IUPLUS_NODE_UU_H

#include <netinet/in.h>

#include "src/net/radio.h"
#include "src/node/node.h"

#define NODE_UU_TIMER 0xffffu /* number of the link's timer; its owner is the struct node_uu */

/* An IPv4 endpoint, for sending and for the capture. */
struct node_endpoint {
	struct sockaddr_in in;
	char ip[16];
};
/* Fills an endpoint from a configured address, or from a socket's. */
void node_endpoint_set(struct node_endpoint *endpoint, const struct node_conf_addr *addr);
void node_endpoint_from(struct node_endpoint *endpoint, const struct sockaddr_in *in);
struct iuplus_capture_endpoint node_endpoint_shown(const struct node_endpoint *endpoint);

struct node_uu {
	struct node *node;
	struct iuplus_radio *radio;
	int fd;  /* UDP socket, not owned */
	bool ue; /* which end this is */
	const struct node_endpoint *local;
	/* The address of a cell; NULL: none, the datagram is discarded. */
	const struct node_endpoint *(*peer)(void *user, uint16_t cell);
	/* A message arrived. */
	void (*sdu)(void *user, uint8_t rb, struct iuplus_octets sdu);
	/* The link is lost: called once, from the event loop. */
	void (*lost)(void *user);
	void *user;
	uint16_t cell;
	bool told_lost;
};

/* Opens the UDP socket at addr (port 0: any). local gets the address that it is bound to. Returns the descriptor, or
 * IUPLUS_ERR_IO with errno set. */
int node_uu_socket(const struct node_conf_addr *addr, struct node_endpoint *local);

/* Sends one RRC message on a bearer: capture, segmentation, datagrams. Returns 0, or as iuplus_radio_send() why
 * the message was not accepted (for node_trace_sent()): then the link is lost, and lost() is called from the loop. */
int node_uu_send(struct node_uu *uu, uint8_t rb, struct iuplus_octets pdu);
/* Processes one datagram and passes the messages that it completes to sdu() before it returns. Returns as
 * iuplus_radio_receive(). If sdu() ends the link, the owner may free it only after node_uu_receive() has returned (see
 * alive in rnc_main.c). */
int node_uu_receive(struct node_uu *uu, const uint8_t *datagram, size_t len);
/* Sends queued datagrams, and (re)starts the link's timer. Call it after every use of the entity. */
void node_uu_flush(struct node_uu *uu);
/* Stops timers and frees the entity. */
void node_uu_close(struct node_uu *uu);

#endif
