/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp.h: one small interface to SCTP (RFC 9260), implemented by the kernel or by usrsctp over UDP (RFC 6951).
 *
 * An endpoint is one socket with many associations. It belongs to one thread: the caller polls iuplus_sctp_fd() for
 * input, waits no longer than iuplus_sctp_timeout(), and then calls iuplus_sctp_step(). All events are delivered from
 * within iuplus_sctp_step(), so the handler may call every function here except iuplus_sctp_close(). usrsctp runs
 * without threads of its own; all endpoints of a process that use it belong to the same thread.
 *
 * usrsctp sends an SCTP packet in a UDP datagram. By default the UDP port equals the SCTP port, so that one number
 * configures a listener. Neither privileges nor raw sockets are needed. */
#ifndef IUPLUS_NET_SCTP_H
#define IUPLUS_NET_SCTP_H

#include <iuplus/iuplus.h>

/* The carriers: identifier, the word of the setting, what it is. */
#define IUPLUS_SCTP_BACKENDS(X) \
	X(AUTO, "auto", "the kernel's SCTP if it has one, otherwise usrsctp") \
	X(KERNEL, "kernel", "the kernel's SCTP") \
	X(USRSCTP, "usrsctp", "usrsctp over UDP")

enum iuplus_sctp_backend {
#define IUPLUS_SCTP_ID(id, name, what) IUPLUS_SCTP_##id,
	IUPLUS_SCTP_BACKENDS(IUPLUS_SCTP_ID)
#undef IUPLUS_SCTP_ID
};

/* Octets of one message; a longer one from a peer aborts its association. M3UA's longest with one parameter (BEAT)
 * fits: 65 544. */
#define IUPLUS_SCTP_MAX_MESSAGE 65600u
#define IUPLUS_SCTP_MAX_ASSOCIATIONS 1024u

enum iuplus_sctp_event_kind {
	IUPLUS_SCTP_UP,      /* the association is established; peer, streams are set */
	IUPLUS_SCTP_DOWN,    /* the association ended, or could not be established; reason is set. The number is free */
	IUPLUS_SCTP_RESTART, /* the peer restarted: all state above SCTP is lost */
	IUPLUS_SCTP_MESSAGE, /* data, len, stream, ppid */
	IUPLUS_SCTP_SEND_FAILED /* a queued message could not be delivered */
};

struct iuplus_sctp_address {
	char ip[16];   /* dotted decimal, terminated */
	uint16_t port; /* SCTP port */
};

struct iuplus_sctp_event {
	enum iuplus_sctp_event_kind kind;
	uint32_t assoc;                   /* the endpoint's number of the association; never 0 */
	const char *reason;               /* DOWN, SEND_FAILED: text for the log, static */
	struct iuplus_sctp_address peer;  /* UP */
	uint16_t streams_in, streams_out; /* UP, RESTART */
	uint16_t stream;                  /* MESSAGE */
	uint32_t ppid;                    /* MESSAGE: payload protocol identifier, host order (3 = M3UA) */
	const uint8_t *data;              /* MESSAGE: valid during the call */
	size_t len;
};

typedef void (*iuplus_sctp_handler)(void *user, const struct iuplus_sctp_event *event);

struct iuplus_sctp_config {
	enum iuplus_sctp_backend backend;
	const char *local_ip;      /* dotted decimal IPv4; NULL means 0.0.0.0 */
	uint16_t local_port;       /* SCTP port; 0 lets the system choose (not for a listener) */
	uint16_t udp_port;         /* usrsctp: local UDP port; 0 means local_port, or any free one if that is 0 */
	bool listen;               /* accept associations */
	uint16_t streams;          /* streams in each direction; 0 means 17 (0 for management, 16 for SLS) */
	size_t send_queue;         /* octets that may be queued per association; 0 means 1 MiB */
	unsigned connect_attempts; /* INITs before a connect fails (Max.Init.Retransmits); 0 means 3 */
	unsigned heartbeat_ms;     /* HB.interval; 0 means 5000 */
	unsigned rto_max_ms;       /* RTO.Max; 0 means 1000 */
	unsigned retransmissions;  /* Association.Max.Retrans; 0 means 5 */
};

struct iuplus_sctp;

/* Opens an endpoint. Returns 0 and sets *sctp; IUPLUS_ERR_ARGUMENT (bad address, listener without port);
 * IUPLUS_ERR_NOT_COMPREHENDED (this build or this kernel lacks the requested backend); IUPLUS_ERR_MEMORY;
 * IUPLUS_ERR_IO (with errno, e.g. EADDRINUSE). On failure *sctp is NULL. */
int iuplus_sctp_open(struct iuplus_sctp **sctp, const struct iuplus_sctp_config *config, iuplus_sctp_handler handler,
		     void *user);
/* Ends all associations, closes the socket and frees everything. The kernel first delivers queued messages and shuts
 * down gracefully; usrsctp sends ABORT. No event is delivered. NULL is allowed. */
void iuplus_sctp_close(struct iuplus_sctp *sctp);

/* The backend of the endpoint: IUPLUS_SCTP_KERNEL or IUPLUS_SCTP_USRSCTP. */
enum iuplus_sctp_backend iuplus_sctp_backend(const struct iuplus_sctp *sctp);
/* "kernel" or "usrsctp"; "auto" for IUPLUS_SCTP_AUTO. */
const char *iuplus_sctp_backend_name(enum iuplus_sctp_backend backend);
/* Parses such a name. Returns 0, or IUPLUS_ERR_ARGUMENT if it is none of the three. */
int iuplus_sctp_backend_parse(const char *name, enum iuplus_sctp_backend *backend);
/* True if this process can use the backend (AUTO: any). */
bool iuplus_sctp_available(enum iuplus_sctp_backend backend);

/* The endpoint's own address and SCTP port, as bound. */
struct iuplus_sctp_address iuplus_sctp_local(const struct iuplus_sctp *sctp);
/* usrsctp: the endpoint's own UDP port; 0 for the kernel backend. */
uint16_t iuplus_sctp_udp_port(const struct iuplus_sctp *sctp);

/* Starts an association towards ip:port (udp_port: usrsctp only, 0 means the SCTP port). Returns 0 and sets *assoc;
 * UP or DOWN follows as an event. IUPLUS_ERR_ARGUMENT: bad address; IUPLUS_ERR_SPACE: too many associations;
 * IUPLUS_ERR_MEMORY; IUPLUS_ERR_IO: with errno, no event follows. */
int iuplus_sctp_connect(struct iuplus_sctp *sctp, const char *ip, uint16_t port, uint16_t udp_port, uint32_t *assoc);
/* Queues one message for ordered delivery on a stream. Returns 0; IUPLUS_ERR_STATE: the association is not up;
 * IUPLUS_ERR_ARGUMENT: stream not available, or message empty or longer than IUPLUS_SCTP_MAX_MESSAGE;
 * IUPLUS_ERR_SPACE: the send queue is full, nothing was queued: the caller sends later or gives up;
 * IUPLUS_ERR_MEMORY. A later failure is reported by DOWN or SEND_FAILED. */
int iuplus_sctp_send(struct iuplus_sctp *sctp, uint32_t assoc, uint16_t stream, uint32_t ppid, const void *data,
		     size_t len);
/* Ends an association: gracefully (queued messages are still sent), or immediately with ABORT. DOWN follows as an
 * event. Returns 0, or IUPLUS_ERR_STATE if there is no such association. */
int iuplus_sctp_shutdown(struct iuplus_sctp *sctp, uint32_t assoc, bool abort);

/* The descriptor to poll for POLLIN. */
int iuplus_sctp_fd(const struct iuplus_sctp *sctp);
/* Milliseconds until iuplus_sctp_step() is due even without input; -1 means never. */
int iuplus_sctp_timeout(const struct iuplus_sctp *sctp);
/* Reads input, runs timers, delivers events. Returns 0, or IUPLUS_ERR_IO if the socket is unusable. */
int iuplus_sctp_step(struct iuplus_sctp *sctp);

#endif
