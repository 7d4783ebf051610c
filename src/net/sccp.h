/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp.h: SCCP, ITU-T Q.711 to Q.714: codec, connections of class 2, connectionless class 0.
 *
 * One struct iuplus_sccp is the SCCP of a node with all its connections, to any number of peers. A peer is a point
 * code: the association over which its messages come, or several by turns, is the owner's matter. It has no socket and
 * no clock. A connection is identified by its local reference (24 bits, never 0). A reference is not reused until all
 * others have been used. Times are milliseconds of the caller's monotonic clock. */
#ifndef IUPLUS_NET_SCCP_H
#define IUPLUS_NET_SCCP_H

#include <iuplus/iuplus.h>

#define IUPLUS_SCCP_SSN_SCMG 1u
#define IUPLUS_SCCP_SSN_RANAP 142u
#define IUPLUS_SCCP_SSN_RNSAP 143u

#define IUPLUS_SCCP_MAX_MESSAGE 4090u /* octets of the longest message that this codec encodes */
#define IUPLUS_SCCP_MAX_CR_DATA 130u /* Q.713 4.2: data of CR; CC and CREF and RLSD likewise */
#define IUPLUS_SCCP_MAX_DT1_DATA 255u
#define IUPLUS_SCCP_MAX_NSDU 65536u    /* octets of one reassembled message of a connection */
#define IUPLUS_SCCP_MAX_UNITDATA 3952u /* Q.713 3.21: long data of LUDT. 16 XUDT segments of 240 octets are less */

/* Message types (Q.713 table 1): identifier, value, name in logs. */
#define IUPLUS_SCCP_TYPES(X) \
	X(CR, 1, "CR") \
	X(CC, 2, "CC") \
	X(CREF, 3, "CREF") \
	X(RLSD, 4, "RLSD") \
	X(RLC, 5, "RLC") \
	X(DT1, 6, "DT1") \
	X(DT2, 7, "DT2") \
	X(AK, 8, "AK") \
	X(UDT, 9, "UDT") \
	X(UDTS, 10, "UDTS") \
	X(ED, 11, "ED") \
	X(EA, 12, "EA") \
	X(RSR, 13, "RSR") \
	X(RSC, 14, "RSC") \
	X(ERR, 15, "ERR") \
	X(IT, 16, "IT") \
	X(XUDT, 17, "XUDT") \
	X(XUDTS, 18, "XUDTS") \
	X(LUDT, 19, "LUDT") \
	X(LUDTS, 20, "LUDTS")

enum iuplus_sccp_type {
#define IUPLUS_SCCP_ID(id, value, name) IUPLUS_SCCP_##id = (value),
	IUPLUS_SCCP_TYPES(IUPLUS_SCCP_ID)
#undef IUPLUS_SCCP_ID
};

/* Release causes (Q.713 3.11): identifier, value, name in logs. */
#define IUPLUS_SCCP_RELEASE_CAUSES(X) \
	X(END_USER, 0, "end user originated") \
	X(END_USER_CONGESTION, 1, "end user congestion") \
	X(END_USER_FAILURE, 2, "end user failure") \
	X(SCCP_USER, 3, "SCCP user originated") \
	X(REMOTE_PROCEDURE_ERROR, 4, "remote procedure error") \
	X(INCONSISTENT_DATA, 5, "inconsistent connection data") \
	X(ACCESS_FAILURE, 6, "access failure") \
	X(ACCESS_CONGESTION, 7, "access congestion") \
	X(SUBSYSTEM_FAILURE, 8, "subsystem failure") \
	X(SUBSYSTEM_CONGESTION, 9, "subsystem congestion") \
	X(MTP_FAILURE, 10, "MTP failure") \
	X(NETWORK_CONGESTION, 11, "network congestion") \
	X(RESET_TIMER, 12, "expiration of reset timer") \
	X(INACTIVITY, 13, "expiration of receive inactivity timer") \
	X(UNQUALIFIED, 15, "unqualified") \
	X(SCCP_FAILURE, 16, "SCCP failure")

enum iuplus_sccp_release_cause {
#define IUPLUS_SCCP_REL_ID(id, value, name) IUPLUS_SCCP_REL_##id = (value),
	IUPLUS_SCCP_RELEASE_CAUSES(IUPLUS_SCCP_REL_ID)
#undef IUPLUS_SCCP_REL_ID
};
/* Refusal causes (Q.713 3.15): identifier, value, name in logs. */
#define IUPLUS_SCCP_REFUSAL_CAUSES(X) \
	X(END_USER, 0, "end user originated") \
	X(END_USER_CONGESTION, 1, "end user congestion") \
	X(END_USER_FAILURE, 2, "end user failure") \
	X(SCCP_USER, 3, "SCCP user originated") \
	X(DESTINATION_UNKNOWN, 4, "destination address unknown") \
	X(DESTINATION_INACCESSIBLE, 5, "destination inaccessible") \
	X(QOS_LASTING, 6, "quality of service not available (lasting)") \
	X(QOS_TRANSIENT, 7, "quality of service not available (passing)") \
	X(ACCESS_FAILURE, 8, "access failure") \
	X(ACCESS_CONGESTION, 9, "access congestion") \
	X(SUBSYSTEM_FAILURE, 10, "subsystem failure") \
	X(SUBSYSTEM_CONGESTION, 11, "subsystem congestion") \
	X(CONNECTION_TIMER, 12, "expiration of the connection establishment timer") \
	X(INCOMPATIBLE_USER_DATA, 13, "incompatible user data") \
	X(UNQUALIFIED, 15, "unqualified") \
	X(HOP_COUNTER_VIOLATION, 16, "hop counter violation") \
	X(SCCP_FAILURE, 17, "SCCP failure") \
	X(NO_TRANSLATION, 18, "no translation for such an address") \
	X(UNEQUIPPED_USER, 19, "unequipped user")

enum iuplus_sccp_refusal_cause {
#define IUPLUS_SCCP_REF_ID(id, value, name) IUPLUS_SCCP_REF_##id = (value),
	IUPLUS_SCCP_REFUSAL_CAUSES(IUPLUS_SCCP_REF_ID)
#undef IUPLUS_SCCP_REF_ID
};

/* Called or calling party address (Q.713 3.4). */
struct iuplus_sccp_address {
	bool has_point_code, has_ssn;
	bool route_on_ssn;   /* false: on the global title */
	uint16_t point_code; /* ITU: 14 bits */
	uint8_t ssn;
	uint8_t gti;    /* global title indicator; 0: none */
	uint8_t gt[24]; /* the global title as encoded in the message */
	uint8_t gt_len;
};

/* One message: the fields of its type are set, the others are zero. Octets are views into the input. */
struct iuplus_sccp_message {
	enum iuplus_sccp_type type;
	uint32_t destination, source; /* local references of receiver and sender */
	uint8_t protocol_class;       /* 0 to 3 */
	bool return_on_error;         /* UDT, XUDT: message handling */
	struct iuplus_sccp_address called, calling;
	bool has_called, has_calling;
	uint8_t cause;                 /* release, refusal, return, reset or error cause, by type */
	bool more;                     /* DT1: the M-bit */
	uint8_t sequencing[2], credit; /* IT, DT2, AK */
	uint8_t hop_counter;           /* XUDT, LUDT: 1 to 15. CR: optional, 0: absent */
	bool has_segmentation;         /* XUDT, LUDT: */
	bool first_segment;
	uint8_t remaining_segments;      /* 0 to 15 */
	uint32_t segmentation_reference; /* 24 bits */
	bool segmentation_class;         /* the C bit: in-sequence delivery requested */
	struct iuplus_octets data;
};

/* "CR", "DT1", ...; "?" if unknown. */
const char *iuplus_sccp_type_name(unsigned type);
/* Text of a release or refusal cause for logs; "?" if unknown. */
const char *iuplus_sccp_release_cause_name(unsigned cause);
const char *iuplus_sccp_refusal_cause_name(unsigned cause);

/* Decodes one message. Returns 0; IUPLUS_ERR_TRUNCATED (a pointer or length exceeds the message);
 * IUPLUS_ERR_NOT_COMPREHENDED (a type that this codec lacks); IUPLUS_ERR_SYNTAX or IUPLUS_ERR_CONSTRAINT (contents
 * violate Q.713). The caller discards the message; Q.714 specifies no answer to a malformed one. */
int iuplus_sccp_decode(const uint8_t *data, size_t len, struct iuplus_sccp_message *message);
/* Encodes a message. Returns 0 and sets *len; IUPLUS_ERR_SPACE; IUPLUS_ERR_CONSTRAINT (a field or the data is too large
 * for the message); IUPLUS_ERR_NOT_COMPREHENDED (a type that is never sent). */
int iuplus_sccp_encode(const struct iuplus_sccp_message *message, uint8_t *buf, size_t size, size_t *len);

/* Timers in milliseconds, with their names in Q.714 annex C. */
struct iuplus_sccp_timers {
	uint32_t t_conn_est;   /* T(conn est): wait for CC or CREF. Default 60 000 */
	uint32_t t_ias;        /* T(ias): send IT if nothing else was sent. Default 300 000 */
	uint32_t t_iar;        /* T(iar): release if nothing was received. Default 660 000 */
	uint32_t t_rel;        /* T(rel): retransmit RLSD. Default 10 000 */
	uint32_t t_repeat_rel; /* T(repeat rel): retransmit it again. Default 10 000 */
	uint32_t t_int;        /* T(int): stop waiting for RLC. Default 60 000 */
	uint32_t t_reassembly; /* T(reassembly): wait for the remaining XUDT segments. Default 10 000 */
};
extern const struct iuplus_sccp_timers iuplus_sccp_default_timers;

struct iuplus_sccp_config {
	uint32_t point_code;      /* the local one; added to calling addresses that have none */
	uint8_t ssn;              /* the local user's subsystem number */
	uint32_t first_reference; /* first local reference: random, so that a restart does not repeat references */
	uint32_t max_connections; /* 0 means 100 000 */
	unsigned segment;         /* data octets per DT1; 0 means 255, the most that fits */
	struct iuplus_sccp_timers timers; /* 0 means the default of each */
};

enum iuplus_sccp_event_kind {
	IUPLUS_SCCP_EV_CONNECT,    /* a peer requests conn: accept or refuse it. data may be empty */
	IUPLUS_SCCP_EV_CONFIRM,    /* the peer accepted conn; data may be empty */
	IUPLUS_SCCP_EV_REFUSED,    /* the peer refused or did not answer; cause: refusal. conn no longer exists */
	IUPLUS_SCCP_EV_DATA,       /* one complete message on conn */
	IUPLUS_SCCP_EV_RELEASED,   /* peer or network released conn; cause: release. conn no longer exists */
	IUPLUS_SCCP_EV_UNITDATA,   /* connectionless message */
	IUPLUS_SCCP_EV_ALLOWED,    /* the peer's management says that the subsystem ssn there is in service (SSA) */
	IUPLUS_SCCP_EV_PROHIBITED, /* the same: out of service (SSP) */
	IUPLUS_SCCP_EV_NOTICE      /* a unitdata was returned; cause is a return cause */
};
struct iuplus_sccp_event {
	enum iuplus_sccp_event_kind kind;
	uint32_t conn;
	void *conn_user;          /* as set by iuplus_sccp_set_user() */
	uint32_t peer_point_code; /* OPC */
	uint8_t cause;
	uint8_t ssn;                                /* ALLOWED, PROHIBITED */
	const char *reason;                         /* static text; NULL if the peer caused the event */
	struct iuplus_sccp_address called, calling; /* CONNECT, UNITDATA */
	struct iuplus_octets data;                  /* valid during the call */
};

struct iuplus_sccp_ops {
	/* Passes a message to MTP. Returns 0, or an error: then the message is lost. */
	int (*send)(void *user, uint32_t dpc, uint8_t sls, const uint8_t *data, size_t len);
	/* Reports an event to the user, who may call every function here except iuplus_sccp_free(). */
	void (*event)(void *user, const struct iuplus_sccp_event *event);
	void *user;
};

struct iuplus_sccp;

/* Creates an SCCP without connections. NULL if the heap is exhausted. */
struct iuplus_sccp *iuplus_sccp_new(const struct iuplus_sccp_config *config, const struct iuplus_sccp_ops *ops);
/* Frees it with all connections; sends nothing and reports no event. NULL is allowed. */
void iuplus_sccp_free(struct iuplus_sccp *sccp);

/* Requests a connection from the peer at point_code. data of at most IUPLUS_SCCP_MAX_CR_DATA octets is sent in CR,
 * longer data in DT1 after CC. Returns 0 and sets *conn: CONFIRM or REFUSED follows. IUPLUS_ERR_SPACE: max_connections
 * reached; IUPLUS_ERR_MEMORY; IUPLUS_ERR_CONSTRAINT: data longer than IUPLUS_SCCP_MAX_NSDU; IUPLUS_ERR_IO: MTP rejected
 * the CR, there is no connection. */
int iuplus_sccp_connect(struct iuplus_sccp *sccp, uint32_t point_code, const uint8_t *data, size_t len, void *conn_user,
			uint64_t now_ms, uint32_t *conn);
/* Accepts a connection (CC). Returns 0, or IUPLUS_ERR_STATE if conn does not await an answer. */
int iuplus_sccp_accept(struct iuplus_sccp *sccp, uint32_t conn, uint64_t now_ms);
/* Refuses it (CREF) with a refusal cause; conn no longer exists. Returns 0, or IUPLUS_ERR_STATE. */
int iuplus_sccp_refuse(struct iuplus_sccp *sccp, uint32_t conn, uint8_t cause);
/* Sends one message on an established connection. While CC is awaited, messages are queued until then (at most
 * IUPLUS_SCCP_MAX_NSDU octets in all). Returns 0; IUPLUS_ERR_STATE: no such connection, or it is being released, or not
 * yet accepted; IUPLUS_ERR_CONSTRAINT: len is 0 or exceeds IUPLUS_SCCP_MAX_NSDU; IUPLUS_ERR_MEMORY, IUPLUS_ERR_SPACE:
 * not queued; IUPLUS_ERR_IO: MTP rejected it; the message is lost and the caller must release conn. */
int iuplus_sccp_send(struct iuplus_sccp *sccp, uint32_t conn, const uint8_t *data, size_t len, uint64_t now_ms);
/* Releases conn with a release cause. For the user it no longer exists and no event follows; RLSD and RLC are still
 * exchanged internally. Returns 0, or IUPLUS_ERR_STATE if there is no such connection. */
int iuplus_sccp_release(struct iuplus_sccp *sccp, uint32_t conn, uint8_t cause, uint64_t now_ms);
/* Sends a connectionless message to ssn at point_code: UDT, XUDT segments if it is too long for one UDT, or LUDT if it
 * is too long for 16 segments.
 * Returns 0; IUPLUS_ERR_CONSTRAINT: empty or longer than IUPLUS_SCCP_MAX_UNITDATA; IUPLUS_ERR_IO. */
int iuplus_sccp_unitdata(struct iuplus_sccp *sccp, uint32_t point_code, uint8_t ssn, const uint8_t *data, size_t len);
/* Asks the peer at point_code whether its subsystem ssn is in service (SST, Q.714 5.3.4; ssn 1 is SCCP itself).
 * ALLOWED follows if it is. Returns 0 or IUPLUS_ERR_IO. */
int iuplus_sccp_test(struct iuplus_sccp *sccp, uint32_t point_code, uint8_t ssn);
/* Sets the user's pointer for conn; iuplus_sccp_user() returns it, or NULL if there is no such connection. */
void iuplus_sccp_set_user(struct iuplus_sccp *sccp, uint32_t conn, void *conn_user);
void *iuplus_sccp_user(const struct iuplus_sccp *sccp, uint32_t conn);

/* Processes a message from MTP. A malformed one is counted and discarded; the code is returned for a log. */
int iuplus_sccp_receive(struct iuplus_sccp *sccp, uint32_t opc, const uint8_t *data, size_t len, uint64_t now_ms);
/* The peer at point_code is unreachable: each of its connections ends with RELEASED (or REFUSED), cause MTP failure,
 * this reason. */
void iuplus_sccp_peer_lost(struct iuplus_sccp *sccp, uint32_t point_code, const char *reason);
/* Time at which iuplus_sccp_tick() is due; UINT64_MAX: never. */
uint64_t iuplus_sccp_next(const struct iuplus_sccp *sccp);
/* Runs the timers that have expired. */
void iuplus_sccp_tick(struct iuplus_sccp *sccp, uint64_t now_ms);
/* Number of connections, including those in release. */
size_t iuplus_sccp_count(const struct iuplus_sccp *sccp);

#endif
