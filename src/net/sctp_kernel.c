/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp_kernel.c: SCTP of the kernel, with one one-to-many socket (RFC 6458 clause 3). */
#include "src/net/sctp_internal.h"

#ifdef HAVE_LIBSCTP

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/sctp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 64
#define SOCKET_BUFFER (1024 * 1024)
#define MESSAGES_PER_STEP 256
#define RTO_MIN_MS 200u

static _Thread_local uint8_t receive_buffer[IUPLUS_SCTP_MAX_MESSAGE + 1];

static int set(int fd, int option, const void *value, socklen_t len)
{
	return setsockopt(fd, IPPROTO_SCTP, option, value, len);
}

/* Timers and limits are optional: a kernel that rejects one keeps its own default. */
static void tune(struct iuplus_sctp *s)
{
	struct sctp_initmsg init = { .sinit_num_ostreams = s->config.streams,
				     .sinit_max_instreams = s->config.streams,
				     .sinit_max_attempts = (uint16_t)s->config.connect_attempts,
				     .sinit_max_init_timeo = (uint16_t)s->config.rto_max_ms };
	struct sctp_rtoinfo rto = { .srto_initial = s->config.rto_max_ms,
				    .srto_max = s->config.rto_max_ms,
				    .srto_min = s->config.rto_max_ms < RTO_MIN_MS ? s->config.rto_max_ms : RTO_MIN_MS };
	struct sctp_assocparams params = { .sasoc_asocmaxrxt = (uint16_t)s->config.retransmissions };
	struct sctp_paddrparams path;
	int one = 1, size = SOCKET_BUFFER;

	set(s->fd, SCTP_INITMSG, &init, sizeof(init));
	set(s->fd, SCTP_RTOINFO, &rto, sizeof(rto));
	set(s->fd, SCTP_ASSOCINFO, &params, sizeof(params));
	memset(&path, 0, sizeof(path));
	path.spp_address.ss_family = AF_INET;
	path.spp_flags = SPP_HB_ENABLE;
	path.spp_hbinterval = s->config.heartbeat_ms;
	path.spp_pathmaxrxt = (uint16_t)s->config.retransmissions;
	set(s->fd, SCTP_PEER_ADDR_PARAMS, &path, sizeof(path));
	set(s->fd, SCTP_NODELAY, &one, sizeof(one));
	setsockopt(s->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
}

static int subscribe(int fd)
{
	struct sctp_event_subscribe events;
	int one = 1;

	memset(&events, 0, sizeof(events));
	events.sctp_association_event = 1;
	events.sctp_send_failure_event = 1;
	/* Pass only the members that every kernel knows: a kernel that knows fewer than passed would reject them
	 * all. */
	if (set(fd, SCTP_EVENTS, &events, offsetof(struct sctp_event_subscribe, sctp_adaptation_layer_event)) != 0)
		return -1;
	return set(fd, SCTP_RECVRCVINFO, &one, sizeof(one));
}

static int open_socket(struct iuplus_sctp *s)
{
	struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(s->config.local_port) };
	socklen_t len = sizeof(local);
	int saved;

	inet_pton(AF_INET, s->local_ip, &local.sin_addr);
	s->fd = socket(AF_INET, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_SCTP);
	if (s->fd < 0)
		return IUPLUS_ERR_IO;
	tune(s);
	if (subscribe(s->fd) != 0 || bind(s->fd, (struct sockaddr *)&local, sizeof(local)) != 0 ||
	    (s->config.listen && listen(s->fd, BACKLOG) != 0) ||
	    getsockname(s->fd, (struct sockaddr *)&local, &len) != 0) {
		saved = errno;
		close(s->fd);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	s->local_port = ntohs(local.sin_port);
	return 0;
}

static void close_socket(struct iuplus_sctp *s)
{
	/* The kernel continues to deliver queued messages, and then shuts the associations down gracefully. */
	close(s->fd);
}

static int start(struct iuplus_sctp *s, struct sctp_assoc *a, uint16_t udp_port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(a->peer.port) };
	sctp_assoc_t id = 0;

	(void)udp_port;
	inet_pton(AF_INET, a->peer.ip, &to.sin_addr);
	if (sctp_connectx(s->fd, (struct sockaddr *)&to, 1, &id) != 0 && errno != EINPROGRESS)
		return IUPLUS_ERR_IO;
	a->id = (uint32_t)id;
	return 0;
}

static int transmit(struct iuplus_sctp *s, uint32_t id, uint16_t stream, uint32_t ppid, uint16_t flags,
		    const void *data, size_t len)
{
	union {
		struct cmsghdr align;
		uint8_t room[CMSG_SPACE(sizeof(struct sctp_sndinfo))];
	} control;
	struct sctp_sndinfo info = { .snd_sid = stream,
				     .snd_flags = flags,
				     .snd_ppid = htonl(ppid),
				     .snd_assoc_id = (sctp_assoc_t)id };
	struct iovec iov = { .iov_base = (void *)(uintptr_t)data, .iov_len = len };
	struct msghdr message = { .msg_iov = &iov,
				  .msg_iovlen = len > 0 ? 1 : 0,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	struct cmsghdr *c;

	memset(&control, 0, sizeof(control));
	c = CMSG_FIRSTHDR(&message);
	c->cmsg_level = IPPROTO_SCTP;
	c->cmsg_type = SCTP_SNDINFO;
	c->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(c), &info, sizeof(info));
	if (sendmsg(s->fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
		return 0;
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS || errno == EINTR ? 1 : -1;
}

static int send_data(struct iuplus_sctp *s, struct sctp_assoc *a, uint16_t stream, uint32_t ppid, const void *data,
		     size_t len)
{
	return transmit(s, a->id, stream, ppid, 0, data, len);
}

static void end(struct iuplus_sctp *s, struct sctp_assoc *a, bool abort)
{
	transmit(s, a->id, 0, 0, abort ? SCTP_ABORT : SCTP_EOF, NULL, 0);
}

static void association_change(struct iuplus_sctp *s, const struct sctp_assoc_change *c, const struct sockaddr_in *from)
{
	struct iuplus_sctp_address peer = { .port = ntohs(from->sin_port) };
	uint32_t id = (uint32_t)c->sac_assoc_id;

	switch (c->sac_state) {
	case SCTP_COMM_UP:
		inet_ntop(AF_INET, &from->sin_addr, peer.ip, sizeof(peer.ip));
		sctp_on_up(s, id, &peer, NULL, c->sac_inbound_streams, c->sac_outbound_streams);
		break;
	case SCTP_COMM_LOST:
		sctp_on_down(s, id, c->sac_error == 0 ? "aborted or no answer" : "aborted by the peer");
		break;
	case SCTP_RESTART:
		sctp_on_restart(s, id, c->sac_inbound_streams, c->sac_outbound_streams);
		break;
	case SCTP_SHUTDOWN_COMP:
		sctp_on_down(s, id, "shut down");
		break;
	case SCTP_CANT_STR_ASSOC:
		sctp_on_down(s, id, "cannot be established");
		break;
	}
}

static void notification(struct iuplus_sctp *s, const uint8_t *data, size_t len, const struct sockaddr_in *from)
{
	union sctp_notification n;

	memset(&n, 0, sizeof(n));
	memcpy(&n, data, len < sizeof(n) ? len : sizeof(n));
	if (n.sn_header.sn_type == SCTP_ASSOC_CHANGE && len >= sizeof(n.sn_assoc_change))
		association_change(s, &n.sn_assoc_change, from);
	else if (n.sn_header.sn_type == SCTP_SEND_FAILED && len >= sizeof(n.sn_send_failed))
		sctp_on_send_failed(s, (uint32_t)n.sn_send_failed.ssf_assoc_id);
}

/* Returns 1 if something was read, 0 if there is no input. */
static int read_one(struct iuplus_sctp *s)
{
	union {
		struct cmsghdr align;
		uint8_t room[CMSG_SPACE(sizeof(struct sctp_rcvinfo)) + 256];
	} control;
	struct iovec iov = { .iov_base = receive_buffer, .iov_len = sizeof(receive_buffer) };
	struct sockaddr_in from = { .sin_family = AF_INET };
	struct msghdr message = { .msg_name = &from,
				  .msg_namelen = sizeof(from),
				  .msg_iov = &iov,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	struct sctp_rcvinfo info;
	ssize_t n;

	n = recvmsg(s->fd, &message, MSG_DONTWAIT);
	if (n < 0) {
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return 0;
		/* Notifications report the errors of one association; only an invalid descriptor is fatal. */
		return errno == EBADF || errno == ENOTSOCK ? IUPLUS_ERR_IO : 1;
	}
	if (message.msg_flags & MSG_NOTIFICATION) {
		notification(s, receive_buffer, (size_t)n, &from);
		return 1;
	}
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level != IPPROTO_SCTP || c->cmsg_type != SCTP_RCVINFO)
			continue;
		memcpy(&info, CMSG_DATA(c), sizeof(info));
		if (!sctp_on_data(s, (uint32_t)info.rcv_assoc_id, info.rcv_sid, ntohl(info.rcv_ppid), receive_buffer,
				  (size_t)n, (message.msg_flags & MSG_EOR) != 0))
			transmit(s, (uint32_t)info.rcv_assoc_id, 0, 0, SCTP_ABORT, NULL, 0);
	}
	return 1;
}

static int step(struct iuplus_sctp *s)
{
	int rc = 1;

	for (int i = 0; i < MESSAGES_PER_STEP && rc > 0; i++)
		rc = read_one(s);
	return rc < 0 ? rc : 0;
}

static int timeout(const struct iuplus_sctp *s)
{
	(void)s;
	return -1;
}

const struct sctp_carrier sctp_kernel = {
	.backend = IUPLUS_SCTP_KERNEL,
	.open = open_socket,
	.close = close_socket,
	.connect = start,
	.send = send_data,
	.end = end,
	.step = step,
	.timeout = timeout
};

#endif
