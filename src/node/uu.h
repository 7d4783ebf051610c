/* SPDX-License-Identifier: BSD-2-Clause */
/* uu.h: one end of the radio link towards one peer: the entity of net/radio.h with socket and timers around it. */
#ifndef IUPLUS_NODE_UU_H
#define IUPLUS_NODE_UU_H

#include <netinet/in.h>

#include "src/net/radio.h"
#include "src/node/node.h"

#define NODE_UU_TIMER 0xffffu		/* number of the link's timer; its owner is the struct node_uu */

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
	int fd;				/* UDP socket, not owned */
	bool ue;			/* which end this is */
	const struct node_endpoint *local;
	/* Where a cell is reached; NULL: nowhere, the datagram is dropped. */
	const struct node_endpoint *(*peer)(void *user, uint16_t cell);
	/* A message arrived. */
	void (*sdu)(void *user, uint8_t rb, struct iuplus_octets sdu);
	/* The link is lost: told once, from the event loop. */
	void (*lost)(void *user);
	void *user;
	uint16_t cell;
	bool told_lost;
};

/* Opens the UDP socket at addr (port 0: any). local gets what it is bound to. Returns the descriptor, or IUPLUS_ERR_IO
 * with errno set. */
int node_uu_socket(const struct node_conf_addr *addr, struct node_endpoint *local);

/* Sends one RRC message on a bearer: capture, segmentation, datagrams. A failure makes the link lost, which the owner
 * is told. */
void node_uu_send(struct node_uu *uu, uint8_t rb, struct iuplus_octets pdu);
/* Takes one datagram; what it completes comes back through sdu() before this returns. Returns as
 * iuplus_radio_receive(). The owner may free the link from within sdu() only after node_uu_receive() returned (see
 * alive in rnc_main.c). */
int node_uu_receive(struct node_uu *uu, const uint8_t *datagram, size_t len);
/* Sends what waits, and (re)starts the link's timer: to be called after anything was done with the entity. */
void node_uu_flush(struct node_uu *uu);
/* Stops timers and frees the entity. */
void node_uu_close(struct node_uu *uu);

#endif
