/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp_usrsctp.c: SCTP in user space, by usrsctp without threads, with its packets in UDP datagrams (RFC 6951).
 *
 * usrsctp identifies peers by opaque pointers (AF_CONN). Such a pointer is a path here: an endpoint's UDP socket and a
 * peer's UDP address. step() passes datagrams to usrsctp. usrsctp's callbacks only record events, and step() reports
 * them after usrsctp has returned. Paths are never freed, only reused, since usrsctp may keep their pointers for a
 * while. */
#include "src/net/sctp_internal.h"

#ifdef HAVE_USRSCTP

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/errqueue.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <usrsctp.h>

#define MAX_PATHS IUPLUS_SCTP_MAX_ASSOCIATIONS
#define TICK_MS 10 /* usrsctp's own timer resolution */
#define DATAGRAMS_PER_STEP 256
#define SOCKET_BUFFER (4 * 1024 * 1024)
#define SCTP_BUFFER (1024 * 1024)
#define RTO_MIN_MS 200u
#define SEND_ATTEMPTS 8
#define REFUSALS_BEFORE_DOWN 2u /* consecutive ICMP "port unreachable" */
#define COMMON_HEADER_LEN 12u
#define CHUNK_INIT 1u

struct path {
	struct iuplus_sctp *endpoint; /* NULL: free */
	struct sockaddr_in udp;
	uint32_t id; /* the association that uses it; 0: none */
	bool wanted; /* used by an association that this end is establishing */
	unsigned refusals;
	uint64_t used_ms;
};

enum noted_kind { NOTED_UP, NOTED_DOWN, NOTED_RESTART, NOTED_SEND_FAILED, NOTED_DATA };

/* An event recorded from usrsctp. */
struct noted {
	struct noted *next;
	struct iuplus_sctp *endpoint;
	enum noted_kind kind;
	uint32_t id, ppid;
	struct path *path;
	uint16_t stream, streams_in, streams_out;
	bool complete;
	const char *reason;
	void *data; /* usrsctp's, from malloc() */
	size_t len;
};

struct carrier_data {
	struct socket *socket;
};

/* usrsctp exists once per process, so this does too. */
static struct {
	bool initialised;
	uint64_t ticked_ms;
	struct path *paths[MAX_PATHS];
	size_t path_count;
	struct noted *first, **last;
} stack = { .last = &stack.first };

static struct carrier_data *data_of(const struct iuplus_sctp *s)
{
	return s->carrier_data;
}

/* --- paths --- */

static struct path *as_path(void *pointer)
{
	for (size_t i = 0; i < stack.path_count; i++)
		if (stack.paths[i] == pointer)
			return stack.paths[i];
	return NULL;
}

static struct path *find_path(const struct iuplus_sctp *s, const struct sockaddr_in *udp)
{
	for (size_t i = 0; i < stack.path_count; i++) {
		struct path *p = stack.paths[i];

		if (p->endpoint == s && p->udp.sin_port == udp->sin_port &&
		    p->udp.sin_addr.s_addr == udp->sin_addr.s_addr)
			return p;
	}
	return NULL;
}

/* The path to a UDP address: a known one, a new one, or the one that was idle longest. NULL if all are busy. */
static struct path *make_path(struct iuplus_sctp *s, const struct sockaddr_in *udp)
{
	struct path *p = find_path(s, udp), *idle = NULL;

	if (p != NULL)
		return p;
	for (size_t i = 0; i < stack.path_count; i++) {
		p = stack.paths[i];
		if (p->endpoint == NULL) {
			idle = p;
			break;
		}
		if (p->id == 0 && !p->wanted && (idle == NULL || p->used_ms < idle->used_ms))
			idle = p;
	}
	if ((idle == NULL || idle->endpoint != NULL) && stack.path_count < MAX_PATHS) {
		p = calloc(1, sizeof(*p));
		if (p == NULL)
			return NULL;
		stack.paths[stack.path_count++] = p;
		usrsctp_register_address(p);
		idle = p;
	}
	if (idle == NULL)
		return NULL;
	memset(idle, 0, sizeof(*idle));
	idle->endpoint = s;
	idle->udp = *udp;
	idle->used_ms = sctp_clock_ms();
	return idle;
}

/* If a dead peer's host rejects a datagram, the error remains at the socket and the next call reports it. Such an error
 * concerns an earlier packet, so the call is repeated. */
static bool refused_earlier(int error)
{
	return error == ECONNREFUSED || error == EHOSTUNREACH || error == ENETUNREACH || error == EHOSTDOWN ||
	       error == ENOPROTOOPT || error == EPROTO || error == EINTR;
}

/* usrsctp has a packet for a peer. */
static int output(void *address, void *buffer, size_t length, uint8_t tos, uint8_t set_df)
{
	const struct path *p = as_path(address);

	(void)tos;
	(void)set_df;
	if (p == NULL || p->endpoint == NULL)
		return 0;
	/* A packet that the socket finally does not accept counts as lost; SCTP retransmits it. */
	for (int i = 0; i < SEND_ATTEMPTS; i++)
		if (sendto(p->endpoint->fd, buffer, length, MSG_DONTWAIT, (const struct sockaddr *)&p->udp,
			   sizeof(p->udp)) >= 0 ||
		    !refused_earlier(errno))
			break;
	return 0;
}

/* --- callbacks of usrsctp --- */

static struct noted *note(struct iuplus_sctp *s, enum noted_kind kind, uint32_t id)
{
	struct noted *n = calloc(1, sizeof(*n));

	if (n == NULL)
		return NULL;
	n->endpoint = s;
	n->kind = kind;
	n->id = id;
	*stack.last = n;
	stack.last = &n->next;
	return n;
}

static void note_change(struct iuplus_sctp *s, struct path *p, const struct sctp_assoc_change *c)
{
	struct noted *n;

	switch (c->sac_state) {
	case SCTP_COMM_UP:
	case SCTP_RESTART:
		n = note(s, c->sac_state == SCTP_COMM_UP ? NOTED_UP : NOTED_RESTART, c->sac_assoc_id);
		if (n != NULL) {
			n->path = p;
			n->streams_in = c->sac_inbound_streams;
			n->streams_out = c->sac_outbound_streams;
		}
		if (p != NULL) {
			p->id = c->sac_assoc_id;
			p->wanted = false;
		}
		break;
	case SCTP_COMM_LOST:
	case SCTP_SHUTDOWN_COMP:
	case SCTP_CANT_STR_ASSOC:
		n = note(s, NOTED_DOWN, c->sac_assoc_id);
		if (n != NULL)
			n->reason = c->sac_state == SCTP_SHUTDOWN_COMP  ? "shut down" :
				    c->sac_state == SCTP_CANT_STR_ASSOC ? "cannot be established" :
									  "aborted or no answer";
		break;
	}
}

static void note_notification(struct iuplus_sctp *s, struct path *p, const void *data, size_t len)
{
	union sctp_notification n;

	memset(&n, 0, sizeof(n));
	memcpy(&n, data, len < sizeof(n) ? len : sizeof(n));
	if (n.sn_header.sn_type == SCTP_ASSOC_CHANGE && len >= sizeof(n.sn_assoc_change))
		note_change(s, p, &n.sn_assoc_change);
	else if (n.sn_header.sn_type == SCTP_SEND_FAILED_EVENT && len >= sizeof(n.sn_send_failed_event))
		note(s, NOTED_SEND_FAILED, n.sn_send_failed_event.ssfe_assoc_id);
}

static int receive(struct socket *socket, union sctp_sockstore address, void *data, size_t len,
		   struct sctp_rcvinfo info, int flags, void *user)
{
	struct iuplus_sctp *s = user;
	struct path *p = address.sa.sa_family == AF_CONN ? as_path(address.sconn.sconn_addr) : NULL;
	struct noted *n;

	(void)socket;
	if (data == NULL)
		return 1;
	if (flags & MSG_NOTIFICATION) {
		note_notification(s, p, data, len);
		free(data);
		return 1;
	}
	n = note(s, NOTED_DATA, info.rcv_assoc_id);
	if (n == NULL) {
		free(data);
		return 1;
	}
	n->stream = info.rcv_sid;
	n->ppid = ntohl(info.rcv_ppid);
	n->complete = (flags & MSG_EOR) != 0;
	n->data = data;
	n->len = len;
	return 1;
}

/* --- the carrier --- */

static int set(struct socket *socket, int option, const void *value, socklen_t len)
{
	return usrsctp_setsockopt(socket, IPPROTO_SCTP, option, value, len);
}

static int tune(const struct iuplus_sctp *s, struct socket *socket)
{
	static const uint16_t events[] = { SCTP_ASSOC_CHANGE, SCTP_SEND_FAILED_EVENT };
	struct sctp_initmsg init = { .sinit_num_ostreams = s->config.streams,
				     .sinit_max_instreams = s->config.streams,
				     .sinit_max_attempts = (uint16_t)s->config.connect_attempts,
				     .sinit_max_init_timeo = (uint16_t)s->config.rto_max_ms };
	struct sctp_rtoinfo rto = { .srto_initial = s->config.rto_max_ms,
				    .srto_max = s->config.rto_max_ms,
				    .srto_min = s->config.rto_max_ms < RTO_MIN_MS ? s->config.rto_max_ms : RTO_MIN_MS };
	struct sctp_assocparams params = { .sasoc_asocmaxrxt = (uint16_t)s->config.retransmissions };
	struct sctp_paddrparams path;
	struct sctp_event event = { .se_assoc_id = SCTP_FUTURE_ASSOC, .se_on = 1 };
	struct linger linger = { .l_onoff = 1, .l_linger = 0 };
	int one = 1, size = SCTP_BUFFER;

	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		event.se_type = events[i];
		if (set(socket, SCTP_EVENT, &event, sizeof(event)) != 0)
			return -1;
	}
	/* The other options may be rejected; their defaults then remain. */
	set(socket, SCTP_INITMSG, &init, sizeof(init));
	set(socket, SCTP_RTOINFO, &rto, sizeof(rto));
	set(socket, SCTP_ASSOCINFO, &params, sizeof(params));
	memset(&path, 0, sizeof(path));
	path.spp_flags = SPP_HB_ENABLE;
	path.spp_hbinterval = s->config.heartbeat_ms;
	path.spp_pathmaxrxt = (uint16_t)s->config.retransmissions;
	set(socket, SCTP_PEER_ADDR_PARAMS, &path, sizeof(path));
	set(socket, SCTP_NODELAY, &one, sizeof(one));
	usrsctp_setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	usrsctp_setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	usrsctp_setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	return 0;
}

static int open_udp(struct iuplus_sctp *s)
{
	struct sockaddr_in local = { .sin_family = AF_INET };
	socklen_t len = sizeof(local);
	int one = 1, size = SOCKET_BUFFER, saved;

	local.sin_port = htons(s->config.udp_port != 0 ? s->config.udp_port : s->config.local_port);
	inet_pton(AF_INET, s->local_ip, &local.sin_addr);
	s->fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->fd < 0)
		return IUPLUS_ERR_IO;
	setsockopt(s->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	setsockopt(s->fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	setsockopt(s->fd, IPPROTO_IP, IP_RECVERR, &one, sizeof(one));
	if (bind(s->fd, (struct sockaddr *)&local, sizeof(local)) != 0 ||
	    getsockname(s->fd, (struct sockaddr *)&local, &len) != 0) {
		saved = errno;
		close(s->fd);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	s->udp_port = ntohs(local.sin_port);
	/* A client without a configured port uses the number of its free UDP port. */
	if (s->local_port == 0)
		s->local_port = s->udp_port;
	return 0;
}

static int open_socket(struct iuplus_sctp *s)
{
	struct sockaddr_conn local = { .sconn_family = AF_CONN };
	struct carrier_data *d;
	int rc, saved;

	if (!stack.initialised) {
		usrsctp_init_nothreads(0, output, NULL);
		usrsctp_sysctl_set_sctp_blackhole(2);
		usrsctp_sysctl_set_sctp_ecn_enable(0);
		usrsctp_sysctl_set_sctp_asconf_enable(0);
		usrsctp_sysctl_set_sctp_auto_asconf(0);
		stack.ticked_ms = sctp_clock_ms();
		stack.initialised = true;
	}
	d = calloc(1, sizeof(*d));
	if (d == NULL)
		return IUPLUS_ERR_MEMORY;
	rc = open_udp(s);
	if (rc != 0) {
		free(d);
		return rc;
	}
	local.sconn_port = htons(s->local_port);
	d->socket = usrsctp_socket(AF_CONN, SOCK_SEQPACKET, IPPROTO_SCTP, receive, NULL, 0, s);
	if (d->socket == NULL || tune(s, d->socket) != 0 || usrsctp_set_non_blocking(d->socket, 1) != 0 ||
	    usrsctp_bind(d->socket, (struct sockaddr *)&local, sizeof(local)) != 0 ||
	    (s->config.listen && usrsctp_listen(d->socket, 1) != 0)) {
		saved = errno;
		if (d->socket != NULL)
			usrsctp_close(d->socket);
		close(s->fd);
		free(d);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	s->carrier_data = d;
	return 0;
}

/* Removes and returns the first recorded event of this endpoint; NULL: there is none. Events of the other endpoints of
 * the process remain until their own step(). */
static struct noted *take_note(const struct iuplus_sctp *s)
{
	struct noted **at = &stack.first, *n;

	while ((n = *at) != NULL && n->endpoint != s)
		at = &n->next;
	if (n == NULL)
		return NULL;
	*at = n->next;
	if (n->next == NULL)
		stack.last = at;
	n->next = NULL;
	return n;
}

/* A received message may contain keys. */
static void note_free(struct noted *n)
{
	if (n->data != NULL)
		explicit_bzero(n->data, n->len);
	free(n->data);
	free(n);
}

static void forget_notes(const struct iuplus_sctp *s)
{
	struct noted *n;

	while ((n = take_note(s)) != NULL)
		note_free(n);
}

static void close_socket(struct iuplus_sctp *s)
{
	/* With SO_LINGER 0 this immediately sends ABORT to every peer. */
	usrsctp_close(data_of(s)->socket);
	forget_notes(s);
	for (size_t i = 0; i < stack.path_count; i++) {
		struct path *p = stack.paths[i];

		if (p->endpoint == s) {
			p->endpoint = NULL;
			p->id = 0;
			p->wanted = false;
		}
	}
	close(s->fd);
	free(s->carrier_data);
	s->carrier_data = NULL;
}

static int start(struct iuplus_sctp *s, struct sctp_assoc *a, uint16_t udp_port)
{
	struct sockaddr_in udp = { .sin_family = AF_INET, .sin_port = htons(udp_port) };
	struct sockaddr_conn to = { .sconn_family = AF_CONN, .sconn_port = htons(a->peer.port) };
	struct path *p;

	inet_pton(AF_INET, a->peer.ip, &udp.sin_addr);
	p = make_path(s, &udp);
	if (p == NULL)
		return IUPLUS_ERR_SPACE;
	p->refusals = 0;
	to.sconn_addr = p;
	if (usrsctp_connect(data_of(s)->socket, (struct sockaddr *)&to, sizeof(to)) != 0 && errno != EINPROGRESS)
		return IUPLUS_ERR_IO;
	a->id = usrsctp_getassocid(data_of(s)->socket, (struct sockaddr *)&to);
	if (a->id == 0) {
		errno = ECONNREFUSED;
		return IUPLUS_ERR_IO;
	}
	a->path = p;
	p->id = a->id;
	p->wanted = true;
	return 0;
}

static int transmit(struct iuplus_sctp *s, uint32_t id, uint16_t stream, uint32_t ppid, uint16_t flags,
		    const void *data, size_t len)
{
	struct sctp_sndinfo info = { .snd_sid = stream,
				     .snd_flags = flags,
				     .snd_ppid = htonl(ppid),
				     .snd_assoc_id = id };

	if (usrsctp_sendv(data_of(s)->socket, data, len, NULL, 0, &info, sizeof(info), SCTP_SENDV_SNDINFO, 0) >= 0)
		return 0;
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? 1 : -1;
}

static int send_data(struct iuplus_sctp *s, struct sctp_assoc *a, uint16_t stream, uint32_t ppid, const void *data,
		     size_t len)
{
	return transmit(s, a->id, stream, ppid, 0, data, len);
}

static void end(struct iuplus_sctp *s, struct sctp_assoc *a, bool abort)
{
	struct noted *n;

	transmit(s, a->id, 0, 0, abort ? SCTP_ABORT : SCTP_EOF, "", 0);
	/* usrsctp does not report an abort that its user requested. */
	if (abort) {
		n = note(s, NOTED_DOWN, a->id);
		if (n != NULL)
			n->reason = "aborted";
	}
}

static void path_unused(uint32_t id)
{
	for (size_t i = 0; i < stack.path_count; i++) {
		if (stack.paths[i]->id == id) {
			stack.paths[i]->id = 0;
			stack.paths[i]->wanted = false;
		}
	}
}

static void tell(struct noted *n)
{
	struct iuplus_sctp_address peer = { .port = 0 };
	struct sockaddr *addresses = NULL;
	struct sockaddr_conn conn;

	switch (n->kind) {
	case NOTED_UP:
		if (n->path != NULL && n->path->endpoint == n->endpoint)
			inet_ntop(AF_INET, &n->path->udp.sin_addr, peer.ip, sizeof(peer.ip));
		if (usrsctp_getpaddrs(data_of(n->endpoint)->socket, n->id, &addresses) > 0) {
			memcpy(&conn, addresses, sizeof(conn));
			peer.port = ntohs(conn.sconn_port);
			usrsctp_freepaddrs(addresses);
		}
		sctp_on_up(n->endpoint, n->id, peer.ip[0] != '\0' ? &peer : NULL, n->path, n->streams_in,
			   n->streams_out);
		break;
	case NOTED_DOWN:
		path_unused(n->id);
		sctp_on_down(n->endpoint, n->id, n->reason);
		break;
	case NOTED_RESTART:
		sctp_on_restart(n->endpoint, n->id, n->streams_in, n->streams_out);
		break;
	case NOTED_SEND_FAILED:
		sctp_on_send_failed(n->endpoint, n->id);
		break;
	case NOTED_DATA:
		if (!sctp_on_data(n->endpoint, n->id, n->stream, n->ppid, n->data, n->len, n->complete))
			transmit(n->endpoint, n->id, 0, 0, SCTP_ABORT, "", 0);
		break;
	}
}

/* Reports the recorded events of this endpoint. This may record further events, which are appended. */
static void tell_all(const struct iuplus_sctp *s)
{
	struct noted *n;

	while ((n = take_note(s)) != NULL) {
		tell(n);
		note_free(n);
	}
}

static bool is_init(const uint8_t *packet, size_t len)
{
	return len >= COMMON_HEADER_LEN + 4 && packet[COMMON_HEADER_LEN] == CHUNK_INIT;
}

/* Returns 1 if a datagram was read, 0 if there is none. */
static int read_datagram(struct iuplus_sctp *s)
{
	uint8_t packet[65536];
	struct sockaddr_in from = { .sin_family = AF_UNSPEC };
	socklen_t from_len = sizeof(from);
	ssize_t n = recvfrom(s->fd, packet, sizeof(packet), MSG_DONTWAIT, (struct sockaddr *)&from, &from_len);
	struct path *p;

	if (n < 0) {
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return 0;
		return errno == EBADF || errno == ENOTSOCK ? IUPLUS_ERR_IO : 1;
	}
	if ((size_t)n < COMMON_HEADER_LEN || from.sin_family != AF_INET)
		return 1;
	/* An unknown address may only send INIT; anything else from it is discarded, and no path is created. */
	p = find_path(s, &from);
	if (p == NULL && s->config.listen && is_init(packet, (size_t)n))
		p = make_path(s, &from);
	if (p == NULL)
		return 1;
	p->used_ms = sctp_clock_ms();
	p->refusals = 0;
	usrsctp_conninput(p, packet, (size_t)n, 0);
	return 1;
}

/* ICMP reports that a peer's UDP port is closed: its process has ended. SCTP itself would need seconds to detect
 * that. */
static void read_refusals(struct iuplus_sctp *s)
{
	uint8_t control[512];
	struct sockaddr_in to;
	char octet;

	for (int i = 0; i < DATAGRAMS_PER_STEP; i++) {
		struct iovec iov = { .iov_base = &octet, .iov_len = 1 };
		struct msghdr message = { .msg_name = &to,
					  .msg_namelen = sizeof(to),
					  .msg_iov = &iov,
					  .msg_iovlen = 1,
					  .msg_control = control,
					  .msg_controllen = sizeof(control) };
		struct sock_extended_err error;
		bool refused = false;
		struct path *p;
		struct noted *n;
		uint32_t id;

		if (recvmsg(s->fd, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
			return;
		for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c)) {
			if (c->cmsg_level != IPPROTO_IP || c->cmsg_type != IP_RECVERR)
				continue;
			memcpy(&error, CMSG_DATA(c), sizeof(error));
			refused = error.ee_errno == ECONNREFUSED;
		}
		p = refused ? find_path(s, &to) : NULL;
		/* An association being established cannot be aborted, and could still come up after DOWN was reported.
		 * Its INITs end by themselves. */
		if (p == NULL || p->id == 0 || p->wanted || ++p->refusals < REFUSALS_BEFORE_DOWN)
			continue;
		id = p->id;
		p->refusals = 0;
		transmit(s, id, 0, 0, SCTP_ABORT, "", 0);
		n = note(s, NOTED_DOWN, id);
		if (n != NULL)
			n->reason = "the peer's UDP port is closed";
	}
}

static void run_timers(void)
{
	uint64_t now = sctp_clock_ms();

	if (now - stack.ticked_ms < TICK_MS)
		return;
	usrsctp_handle_timers((uint32_t)(now - stack.ticked_ms));
	stack.ticked_ms = now;
}

static int step(struct iuplus_sctp *s)
{
	int rc = 1;

	run_timers();
	tell_all(s);
	for (int i = 0; i < DATAGRAMS_PER_STEP && rc > 0; i++) {
		rc = read_datagram(s);
		tell_all(s);
	}
	read_refusals(s);
	tell_all(s);
	return rc < 0 ? rc : 0;
}

static int timeout(const struct iuplus_sctp *s)
{
	for (const struct noted *n = stack.first; n != NULL; n = n->next)
		if (n->endpoint == s)
			return 0;
	for (size_t i = 0; i < stack.path_count; i++)
		if (stack.paths[i]->endpoint == s && stack.paths[i]->id != 0)
			return TICK_MS;
	return s->assoc_count > 0 ? TICK_MS : 100;
}

const struct sctp_carrier sctp_usrsctp = {
	.backend = IUPLUS_SCTP_USRSCTP,
	.open = open_socket,
	.close = close_socket,
	.connect = start,
	.send = send_data,
	.end = end,
	.step = step,
	.timeout = timeout
};

#endif
