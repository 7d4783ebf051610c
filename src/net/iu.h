/* SPDX-License-Identifier: BSD-2-Clause */
/* iu.h: an Iu endpoint of a node: RANAP messages in and out over SCCP, M3UA and SCTP (TS 25.410 to 25.412).
 *
 * One endpoint listens, or connects to any number of peers, or both. A peer is named by its point code. One thread
 * owns it: poll iuplus_iu_fd() for POLLIN, no longer than iuplus_iu_timeout() says, then call iuplus_iu_step() with
 * the monotonic time. All callbacks but sent() and log() come from within iuplus_iu_step(); every function here but
 * iuplus_iu_close() may be called from them. A connection is a number (the SCCP local reference), never 0. */
#ifndef IUPLUS_NET_IU_H
#define IUPLUS_NET_IU_H

#include "m3ua.h"
#include "sccp.h"
#include "sctp.h"

struct iuplus_iu;

/* What a sent SCTP message looked like, for a capture. */
struct iuplus_iu_sent {
	struct iuplus_sctp_address from, to;
	uint16_t stream;
	uint32_t ppid;
	const uint8_t *data;
	size_t len;
};

struct iuplus_iu_callbacks {
	/* A peer can be reached now, resp. no more. All its connections have ended with released() or refused()
	 * before lost(). */
	void (*peer_available)(void *user, uint32_t point_code);
	void (*peer_lost)(void *user, uint32_t point_code, const char *reason);
	/* A peer opened conn; data is its first message. Refuse it by iuplus_iu_refuse() or iuplus_iu_release() from
	 * within; otherwise it stands confirmed when the callback returns, or when the first message is sent on it. */
	void (*connected)(void *user, uint32_t conn, uint32_t point_code, const uint8_t *data, size_t len);
	/* The peer confirmed resp. refused what iuplus_iu_connect() asked for. A refused conn is gone. reason: text
	 * for the log. */
	void (*confirmed)(void *user, uint32_t conn, void *conn_user);
	void (*refused)(void *user, uint32_t conn, void *conn_user, uint8_t cause, const char *reason);
	void (*data)(void *user, uint32_t conn, void *conn_user, const uint8_t *data, size_t len);
	/* The peer released conn, or it was lost (reason says which). conn is gone. */
	void (*released)(void *user, uint32_t conn, void *conn_user, uint8_t cause, const char *reason);
	void (*unitdata)(void *user, uint32_t point_code, const uint8_t *data, size_t len);
	/* Optional: every message handed to SCTP, for a capture; from within whatever call sends. */
	void (*sent)(void *user, const struct iuplus_iu_sent *sent);	/* just before it is handed to SCTP */
	/* Optional: a line for the log (no key ever): associations, ASP states, errors answered. */
	void (*log)(void *user, const char *line);
	void *user;
};

struct iuplus_iu_config {
	struct iuplus_sctp_config sctp;		/* .listen makes it a server */
	uint32_t point_code;			/* own, 1 to 16383 (ITU, 14 bits) */
	uint8_t network_indicator;		/* MTP3 NI, 0 to 3 */
	uint8_t ssn;				/* 0 means 142 (RANAP) */
	bool has_routing_context, has_network_appearance;
	uint32_t routing_context, network_appearance;
	uint32_t first_reference;		/* a random number, from the caller */
	struct iuplus_m3ua_timers m3ua_timers;	/* zero ones mean the default */
	struct iuplus_sccp_timers sccp_timers;
	uint32_t t_reconnect_ms;		/* wait before a lost peer is tried again; 0 means 1000 */
};

/* Opens the endpoint. Returns 0; IUPLUS_ERR_ARGUMENT; IUPLUS_ERR_MEMORY; otherwise as iuplus_sctp_open(). */
int iuplus_iu_open(struct iuplus_iu **iu, const struct iuplus_iu_config *config,
		   const struct iuplus_iu_callbacks *callbacks);
/* Ends all associations and frees everything. No callback but sent(). NULL is allowed. */
void iuplus_iu_close(struct iuplus_iu *iu);

/* Reaches for a peer and keeps it: when the association cannot be had or is lost, it is tried again. point_code is
 * whom the association leads to (towards a signalling transfer point: also iuplus_iu_add_route()). Returns 0;
 * IUPLUS_ERR_ARGUMENT; IUPLUS_ERR_MEMORY; IUPLUS_ERR_SPACE: too many peers. */
int iuplus_iu_add_peer(struct iuplus_iu *iu, uint32_t point_code, const char *ip, uint16_t port, uint16_t udp_port);
/* Sends what is for point_code through the peer named by via. Returns 0, IUPLUS_ERR_ARGUMENT, IUPLUS_ERR_SPACE. */
int iuplus_iu_add_route(struct iuplus_iu *iu, uint32_t point_code, uint32_t via);
/* A listener learns a peer's point code from the ASP identifier in ASPUP, else from the origin of its first message. */

/* Whether a message for point_code could be sent now. */
bool iuplus_iu_available(const struct iuplus_iu *iu, uint32_t point_code);

/* Opens a connection with its first message (1 to 65536 octets). Returns 0 and sets *conn: confirmed() or refused()
 * follows. IUPLUS_ERR_STATE: the peer is not available; else as iuplus_sccp_connect(). */
int iuplus_iu_connect(struct iuplus_iu *iu, uint32_t point_code, const uint8_t *data, size_t len, void *conn_user,
		      uint32_t *conn);
/* Attaches the user's pointer to a connection; it comes back with its callbacks. */
void iuplus_iu_set_user(struct iuplus_iu *iu, uint32_t conn, void *conn_user);
/* Sends one message. Returns as iuplus_sccp_send(). */
int iuplus_iu_send(struct iuplus_iu *iu, uint32_t conn, const uint8_t *data, size_t len);
/* From within connected(): refuses with a refusal cause. Returns 0, IUPLUS_ERR_STATE. */
int iuplus_iu_refuse(struct iuplus_iu *iu, uint32_t conn, uint8_t cause);
/* Releases; the handle is gone at once and no callback follows. Returns 0, IUPLUS_ERR_STATE: no such connection. */
int iuplus_iu_release(struct iuplus_iu *iu, uint32_t conn, uint8_t cause);
/* Sends a connectionless message to the same subsystem at point_code. Returns 0; IUPLUS_ERR_STATE: not available;
 * else as iuplus_sccp_unitdata(). */
int iuplus_iu_unitdata(struct iuplus_iu *iu, uint32_t point_code, const uint8_t *data, size_t len);

/* The SCTP endpoint below, for its backend, address and ports. */
const struct iuplus_sctp *iuplus_iu_sctp(const struct iuplus_iu *iu);
/* How many connections exist, those in release included. */
size_t iuplus_iu_connections(const struct iuplus_iu *iu);

int iuplus_iu_fd(const struct iuplus_iu *iu);
/* Milliseconds until iuplus_iu_step() is due; -1 = only on input. */
int iuplus_iu_timeout(const struct iuplus_iu *iu, uint64_t now_ms);
/* Does what is due at now_ms. Returns 0, or IUPLUS_ERR_IO when the endpoint is unusable: close it. */
int iuplus_iu_step(struct iuplus_iu *iu, uint64_t now_ms);

#endif
