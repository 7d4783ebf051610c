/* SPDX-License-Identifier: BSD-2-Clause */
/* iu_internal.h: declarations shared by the files of the Iu endpoint.
 *
 * A peer is an association with its M3UA machine. A destination is a point code that messages go to or come from. A
 * link says that a destination is reached over a peer: one peer may serve many destinations (they are behind a
 * signalling transfer point), and a destination may have several links (mated transfer points, which share its load).
 */
#ifndef IUPLUS_NET_IU_INTERNAL_H
#define IUPLUS_NET_IU_INTERNAL_H

#include "src/net/iu.h"

#define IU_MAX_POINT_CODE 16383u
#define IU_MAX_LINKS 8u /* associations over which one destination is reached */
#define IU_NEVER UINT64_MAX

struct iu_peer {
	struct iuplus_iu *iu;
	bool configured; /* this end establishes the association; false: the peer does, and the entry ends with it */
	char ip[16];
	uint16_t port, udp_port;
	uint32_t assoc; /* 0: none */
	struct iuplus_sctp_address address;
	struct iuplus_m3ua m3ua;
	uint64_t heard; /* number of messages received */
	uint64_t reconnect_at;
	int send_rc;
};

static inline bool iu_peer_active(const struct iu_peer *peer)
{
	return peer->m3ua.state == IUPLUS_M3UA_ACTIVE;
}

struct iu_link {
	struct iu_peer *peer;
	bool configured; /* false: learned from a message, and it ends with the association */
	bool prohibited; /* DUNA: not over this peer */
	/* Another association came up for the destination, and this one has not been heard since: it may be the one of
	 * before a restart. It is used when no other is left. */
	bool doubted;
	uint64_t doubted_at; /* peer->heard at that time */
};

struct iu_destination {
	struct iu_destination *next;
	uint32_t point_code;
	struct iu_link link[IU_MAX_LINKS];
	unsigned links;
	bool available; /* and reported to the user */
	uint8_t congestion;
	uint64_t congested_until;
	/* A subsystem that the peer lacks at the moment, 0: none. 1 is its whole SCCP (DUPU). It is tested until it is
	 * back (SST). */
	uint8_t missing_ssn;
	uint64_t test_at;
	uint32_t test_ms;
	uint64_t audit_at; /* while DUNA holds: the next DAUD */
	uint64_t audited_at;
};

/* An association from this address serves this point code as soon as it is active. */
struct iu_expected {
	uint32_t point_code;
	char ip[16];
	uint16_t port; /* 0: any */
};

struct conn;

/* A connection that the peer has ended, while the user gets the data of its last message. */
struct iu_last {
	struct iu_last *outer;
	uint32_t conn;
	struct conn *data; /* NULL: the user has ended it too */
};

struct iuplus_iu {
	struct iuplus_iu_config config;
	struct iuplus_iu_callbacks callbacks;
	struct iuplus_sctp *sctp;
	struct iuplus_sccp *sccp;
	struct iu_peer **peers; /* some may be NULL */
	unsigned peer_count;
	struct iu_destination **by_point_code; /* IU_MAX_POINT_CODE + 1 of them */
	struct iu_destination *destinations;
	struct iu_expected *expected;
	size_t expected_count;
	int64_t clock_offset; /* the caller's clock minus the one of SCTP */
	bool closing;
	struct iu_last *last; /* NULL: none */
};

/* iu_log.c */
uint64_t iu_now(const struct iuplus_iu *iu);
/* Lines for the log; notice: the operator has to know. */
__attribute__((format(printf, 3, 4))) void iu_say(const struct iuplus_iu *iu, bool notice, const char *format, ...);

/* iu_peer.c */
void iu_sctp_event(void *user, const struct iuplus_sctp_event *event);
/* The peer with this address that this end connects to; NULL if there is none. */
struct iu_peer *iu_peer_find(const struct iuplus_iu *iu, const char *ip, uint16_t port);
/* Adds one and connects to it. NULL: no memory, or too many. */
struct iu_peer *iu_peer_add(struct iuplus_iu *iu, const char *ip, uint16_t port, uint16_t udp_port);
uint64_t iu_peer_next(const struct iu_peer *peer);
void iu_peer_tick(struct iu_peer *peer, uint64_t now);

/* iu_destination.c */
struct iu_destination *iu_destination_find(const struct iuplus_iu *iu, uint32_t point_code);
/* The same, added if there was none. NULL: no memory. */
struct iu_destination *iu_destination_get(struct iuplus_iu *iu, uint32_t point_code);
/* Adds a link, or returns 0 if it is there. IUPLUS_ERR_SPACE: too many. */
int iu_link_add(struct iu_destination *d, struct iu_peer *peer, bool configured);
bool iu_linked(const struct iu_destination *d, const struct iu_peer *peer);
/* A message with this OPC came from the peer. False: no such point code can be served (out of range, or no memory):
 * discard the message. */
bool iu_learn(struct iu_peer *peer, uint32_t point_code);
/* The association over which a message with this SLS goes. NULL: the destination is not available. */
struct iu_peer *iu_select(const struct iuplus_iu *iu, uint32_t point_code, uint8_t sls);
/* The peer became active, or is not active any longer: reports the destinations that this changes. gone: the entry of
 * the peer ends, with every link to it. */
void iu_peer_changed(struct iu_peer *peer, const char *reason, bool gone);
/* Asks a gateway for each destination that is configured to be behind it (RFC 4666 4.5.3). */
void iu_audit(struct iu_peer *peer);
/* DUNA, DAVA, DRST, SCON or DUPU from the peer. */
void iu_destination_event(struct iu_peer *peer, const struct iuplus_m3ua_message *message);
/* The management of the destination's SCCP says that a subsystem is in service, or is not. */
void iu_subsystem(struct iuplus_iu *iu, uint32_t point_code, uint8_t ssn, bool allowed);
uint64_t iu_destination_next(const struct iuplus_iu *iu);
void iu_destination_tick(struct iuplus_iu *iu, uint64_t now);
void iu_destinations_free(struct iuplus_iu *iu);

#endif
