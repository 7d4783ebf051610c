/* SPDX-License-Identifier: BSD-2-Clause */
/* uu.c: one end of the radio link (see uu.h). */
#include "src/node/uu.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void node_endpoint_from(struct node_endpoint *endpoint, const struct sockaddr_in *in)
{
	endpoint->in = *in;
	if (!inet_ntop(AF_INET, &in->sin_addr, endpoint->ip, sizeof(endpoint->ip)))
		strcpy(endpoint->ip, "0.0.0.0");
}

void node_endpoint_set(struct node_endpoint *endpoint, const struct node_conf_addr *addr)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(addr->port) };
	inet_pton(AF_INET, addr->host, &in.sin_addr);
	node_endpoint_from(endpoint, &in);
}

struct iuplus_capture_endpoint node_endpoint_shown(const struct node_endpoint *endpoint)
{
	return (struct iuplus_capture_endpoint){ endpoint->ip, ntohs(endpoint->in.sin_port) };
}

int node_uu_socket(const struct node_conf_addr *addr, struct node_endpoint *local)
{
	struct node_endpoint wanted;
	struct sockaddr_in bound;
	socklen_t len = sizeof(bound);
	node_endpoint_set(&wanted, addr);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return IUPLUS_ERR_IO;
	if (bind(fd, (struct sockaddr *)&wanted.in, sizeof(wanted.in)) ||
	    getsockname(fd, (struct sockaddr *)&bound, &len)) {
		int saved = errno;
		close(fd);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	node_endpoint_from(local, &bound);
	return fd;
}

static void on_timer(void *user, unsigned number)
{
	struct node_uu *uu = user;
	(void)number;
	iuplus_radio_tick(uu->radio, node_loop_now_ms());
	if (iuplus_radio_lost(uu->radio) || uu->told_lost) {
		uu->told_lost = true;
		uu->lost(uu->user);
		return;
	}
	node_uu_flush(uu);
}

static void start_timer(struct node_uu *uu, uint64_t ms)
{
	if (node_loop_start(&uu->node->loop, uu, NODE_UU_TIMER, ms, on_timer, uu))
		node_log(NODE_LOG_ERROR, "too many timers; the radio's does not run");
}

void node_uu_flush(struct node_uu *uu)
{
	uint8_t datagram[IUPLUS_RADIO_DATAGRAM_MAX];
	uint16_t cell;
	size_t len;
	const struct iuplus_capture_endpoint from = node_endpoint_shown(uu->local);
	while ((len = iuplus_radio_next_datagram(uu->radio, datagram, sizeof(datagram), &cell))) {
		const struct node_endpoint *peer = uu->peer(uu->user, cell);
		if (!peer)
			continue;
		const struct iuplus_capture_endpoint to = node_endpoint_shown(peer);
		/* capture it before sending, so that no answer precedes its request; a lost datagram is like a block
		 * lost on air: AM retransmits it */
		node_trace_radio(&uu->node->trace, &from, &to, (struct iuplus_octets){ datagram, len });
		if (sendto(uu->fd, datagram, len, 0, (const struct sockaddr *)&peer->in, sizeof(peer->in)) < 0)
			node_log(NODE_LOG_DEBUG, "a datagram of the radio is lost: %s", strerror(errno));
	}
	if (uu->told_lost)
		return;
	uint64_t deadline = iuplus_radio_deadline(uu->radio), now = node_loop_now_ms();
	if (iuplus_radio_lost(uu->radio))
		deadline = now;
	if (deadline == UINT64_MAX)
		node_loop_stop(&uu->node->loop, uu, NODE_UU_TIMER);
	else
		start_timer(uu, deadline > now ? deadline - now : 0);
}

int node_uu_send(struct node_uu *uu, uint8_t rb, struct iuplus_octets pdu)
{
	const struct node_endpoint *peer = uu->peer(uu->user, uu->cell);
	const struct iuplus_capture_endpoint from = node_endpoint_shown(uu->local);
	if (peer) {
		const struct iuplus_capture_endpoint to = node_endpoint_shown(peer);
		node_trace_rrc(&uu->node->trace, uu->ue, rb, &from, &to, pdu);
	}
	int rc = iuplus_radio_send(uu->radio, rb, pdu.data, pdu.len, node_loop_now_ms());
	if (rc) {
		/* reported from the loop: the machine that sent this message is still executing actions */
		uu->told_lost = true;
		start_timer(uu, 0);
	}
	node_uu_flush(uu);
	return rc;
}

int node_uu_receive(struct node_uu *uu, const uint8_t *datagram, size_t len)
{
	uint8_t rb;
	struct iuplus_octets sdu;
	int rc = iuplus_radio_receive(uu->radio, datagram, len, node_loop_now_ms());
	/* send the acknowledgement to the cell of the message, before the message may change the cell */
	node_uu_flush(uu);
	while (iuplus_radio_next_sdu(uu->radio, &rb, &sdu))
		uu->sdu(uu->user, rb, sdu);
	node_uu_flush(uu);
	return rc;
}

void node_uu_close(struct node_uu *uu)
{
	node_loop_stop_all(&uu->node->loop, uu);
	iuplus_radio_free(uu->radio);
	uu->radio = NULL;
}
