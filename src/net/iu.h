/* SPDX-License-Identifier: BSD-2-Clause */
/* iu.h: an Iu endpoint of a node: sends and receives RANAP messages over SCCP, M3UA and SCTP (TS 25.410 to 25.412).
 *
 * One endpoint listens, or connects to any number of peers, or both. A peer is a point code. It may be reached over
 * several associations, and an association (with a signalling transfer point) may serve several point codes: the OPC of
 * each message says whose it is, and a peer is known over each association from which a message of it came. One thread
 * owns the endpoint: it polls iuplus_iu_fd() for POLLIN, no longer than iuplus_iu_timeout() says, then calls
 * iuplus_iu_step() with the monotonic time. All callbacks except sent() and log() are called from within
 * iuplus_iu_step(); they may call every function here except iuplus_iu_close(). A connection is identified by a number
 * (the SCCP local reference), never 0. */
#ifndef IUPLUS_NET_IU_H
#define IUPLUS_NET_IU_H

#include "src/net/m3ua.h"
#include "src/net/sccp.h"
#include "src/net/sctp.h"

struct iuplus_iu;

/* A sent SCTP message, for a capture. */
struct iuplus_iu_sent {
	struct iuplus_sctp_address from, to;
	uint16_t stream;
	uint32_t ppid;
	const uint8_t *data;
	size_t len;
};

struct iuplus_iu_callbacks {
	/* A peer has become available or not: the last association to it ended, DUNA, DUPU or SSP; the first one is
	 * active, DAVA, SSA. Before lost(), released() or refused() is called for each of its connections. */
	void (*peer_available)(void *user, uint32_t point_code);
	void (*peer_lost)(void *user, uint32_t point_code, const char *reason);
	/* Optional. The congestion level of a peer, 0 (none) to 3, changed (SCON). Connections to a congested peer are
	 * not requested until 10 seconds passed without another SCON. */
	void (*peer_congested)(void *user, uint32_t point_code, unsigned level);
	/* A peer requests conn; data is its first message. To refuse it, call iuplus_iu_refuse() or iuplus_iu_release()
	 * in this callback. Otherwise conn is confirmed when the callback returns, or when it sends a first message. */
	void (*connected)(void *user, uint32_t conn, uint32_t point_code, const uint8_t *data, size_t len);
	/* The peer confirmed or refused the connection that iuplus_iu_connect() requested. A refused conn no longer
	 * exists. reason: text for the log. */
	void (*confirmed)(void *user, uint32_t conn, void *conn_user);
	void (*refused)(void *user, uint32_t conn, void *conn_user, uint8_t cause, const char *reason);
	/* A message. If it came in the message that ends conn, released() or refused() follows, unless this callback
	 * ends conn by iuplus_iu_release(). */
	void (*data)(void *user, uint32_t conn, void *conn_user, const uint8_t *data, size_t len);
	/* conn no longer exists. lost false: the peer's user released it. lost true: it was lost, by the network, by a
	 * timer, or with the peer. reason: text for the log. */
	void (*released)(void *user, uint32_t conn, void *conn_user, uint8_t cause, bool lost, const char *reason);
	void (*unitdata)(void *user, uint32_t point_code, const uint8_t *data, size_t len);
	/* Optional: every message passed to SCTP, for a capture; called from within the function that sends. */
	void (*sent)(void *user, const struct iuplus_iu_sent *sent); /* just before it is passed to SCTP */
	/* Optional: a line for the log (never a key): associations, ASP states; with notice true what an operator has
	 * to know: errors, received or answered, and unavailable destinations. */
	void (*log)(void *user, bool notice, const char *line);
	void *user;
};

struct iuplus_iu_config {
	struct iuplus_sctp_config sctp; /* .listen makes it a server */
	uint32_t point_code;            /* own, 1 to 16383 (ITU, 14 bits) */
	uint8_t network_indicator;      /* MTP3 NI, 0 to 3 */
	uint8_t ssn;                    /* 0 means 142 (RANAP) */
	bool audits; /* ask gateways that became active for their destinations (DAUD); otherwise they are available */
	/* M3UA, for every association; see struct iuplus_m3ua_config */
	bool has_routing_context, has_network_appearance, has_asp_id, registers;
	uint32_t routing_context, network_appearance, asp_id, traffic_mode;
	uint32_t first_reference;              /* a random number, from the caller */
	struct iuplus_m3ua_timers m3ua_timers; /* all 0: the defaults */
	struct iuplus_sccp_timers sccp_timers; /* 0: the default of each */
	uint32_t t_stat_info_ms; /* T(stat info) of Q.714 annex C: the first pause between two SST; 0 means 5000 */
	uint32_t t_reconnect_ms;               /* delay before reconnecting to a lost peer; 0 means 1000 */
};

/* Opens the endpoint. Returns 0; IUPLUS_ERR_ARGUMENT; IUPLUS_ERR_MEMORY; otherwise as iuplus_sctp_open(). */
int iuplus_iu_open(struct iuplus_iu **iu, const struct iuplus_iu_config *config,
		   const struct iuplus_iu_callbacks *callbacks);
/* Ends all associations and frees everything. Of the callbacks, only sent() may still be called. NULL is allowed. */
void iuplus_iu_close(struct iuplus_iu *iu);

/* Adds a way to the peer at point_code: an association to this address, which is established again whenever it fails or
 * is lost. For the same address with several point codes (a signalling transfer point) there is one association; one
 * point code with several addresses (mated transfer points) shares its load among them. Returns 0; IUPLUS_ERR_ARGUMENT:
 * no such address or point code, or the pair was given before; IUPLUS_ERR_MEMORY; IUPLUS_ERR_SPACE: too many. */
int iuplus_iu_add_peer(struct iuplus_iu *iu, uint32_t point_code, const char *ip, uint16_t port, uint16_t udp_port);
/* For a listener: an association that comes from this address (port 0: any) serves point_code as soon as it is active,
 * so that a connection to it can be requested before it has sent anything. Other associations serve the point codes
 * from which messages came. Returns 0, IUPLUS_ERR_ARGUMENT, IUPLUS_ERR_MEMORY. */
int iuplus_iu_expect(struct iuplus_iu *iu, uint32_t point_code, const char *ip, uint16_t port);

/* True if a message for point_code can be sent now. */
bool iuplus_iu_available(const struct iuplus_iu *iu, uint32_t point_code);

/* Requests a connection with its first message (1 to 65536 octets). Returns 0 and sets *conn: confirmed() or refused()
 * follows. IUPLUS_ERR_STATE: the peer is not available; IUPLUS_ERR_EXHAUSTED: it is congested; otherwise as
 * iuplus_sccp_connect(). */
int iuplus_iu_connect(struct iuplus_iu *iu, uint32_t point_code, const uint8_t *data, size_t len, void *conn_user,
		      uint32_t *conn);
/* Sets the user's pointer for a connection, which its callbacks receive. */
void iuplus_iu_set_user(struct iuplus_iu *iu, uint32_t conn, void *conn_user);
/* Sends one message. Returns as iuplus_sccp_send(). */
int iuplus_iu_send(struct iuplus_iu *iu, uint32_t conn, const uint8_t *data, size_t len);
/* From within connected(): refuses with a refusal cause. Returns 0, IUPLUS_ERR_STATE. */
int iuplus_iu_refuse(struct iuplus_iu *iu, uint32_t conn, uint8_t cause);
/* Releases conn. It no longer exists and no callback follows. Returns 0, or IUPLUS_ERR_STATE: no such connection. */
int iuplus_iu_release(struct iuplus_iu *iu, uint32_t conn, uint8_t cause);
/* Sends a connectionless message to the same subsystem at point_code. Returns 0; IUPLUS_ERR_STATE: not available;
 * otherwise as iuplus_sccp_unitdata(). */
int iuplus_iu_unitdata(struct iuplus_iu *iu, uint32_t point_code, const uint8_t *data, size_t len);

/* The SCTP endpoint below, for its backend, address and ports. */
const struct iuplus_sctp *iuplus_iu_sctp(const struct iuplus_iu *iu);
/* Number of connections, including those in release. */
size_t iuplus_iu_connections(const struct iuplus_iu *iu);

int iuplus_iu_fd(const struct iuplus_iu *iu);
/* Milliseconds until iuplus_iu_step() is due; -1: only on input. */
int iuplus_iu_timeout(const struct iuplus_iu *iu, uint64_t now_ms);
/* Processes input and timers up to now_ms. Returns 0, or IUPLUS_ERR_IO if the endpoint is unusable: close it. */
int iuplus_iu_step(struct iuplus_iu *iu, uint64_t now_ms);

#endif
