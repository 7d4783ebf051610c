/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua.h: MTP3 user adaptation (RFC 4666): codec, and the state machine of one association.
 *
 * The machine has no socket and no clock. Calls pass SCTP's events and the time to it; two callbacks deliver messages
 * to send and events. Both between peers (IPSP, single exchange) and towards a signalling gateway, the client sends the
 * requests and the server answers. The server reports the state of the application server by NTFY. */
#ifndef IUPLUS_NET_M3UA_H
#define IUPLUS_NET_M3UA_H

#include <iuplus/iuplus.h>

#define IUPLUS_M3UA_PPID 3u
#define IUPLUS_M3UA_PORT 2905u
#define IUPLUS_M3UA_SI_SCCP 3u
#define IUPLUS_M3UA_MAX_USER \
	4096u /* octets of an MTP3 user message to send: the longest of SCCP, LUDT, and its addresses */

/* Class and type in one number: class << 8 | type (RFC 4666 3.1.2). Identifier, also the name in logs, and value. */
#define IUPLUS_M3UA_TYPES(X) \
	X(ERR, 0x0000) \
	X(NTFY, 0x0001) \
	X(DATA, 0x0101) \
	X(DUNA, 0x0201) \
	X(DAVA, 0x0202) \
	X(DAUD, 0x0203) \
	X(SCON, 0x0204) \
	X(DUPU, 0x0205) \
	X(DRST, 0x0206) \
	X(ASPUP, 0x0301) \
	X(ASPDN, 0x0302) \
	X(BEAT, 0x0303) \
	X(ASPUP_ACK, 0x0304) \
	X(ASPDN_ACK, 0x0305) \
	X(BEAT_ACK, 0x0306) \
	X(ASPAC, 0x0401) \
	X(ASPIA, 0x0402) \
	X(ASPAC_ACK, 0x0403) \
	X(ASPIA_ACK, 0x0404) \
	X(REG_REQ, 0x0901) \
	X(REG_RSP, 0x0902) \
	X(DEREG_REQ, 0x0903) \
	X(DEREG_RSP, 0x0904)

enum iuplus_m3ua_type {
#define IUPLUS_M3UA_ID(id, value) IUPLUS_M3UA_##id = (value),
	IUPLUS_M3UA_TYPES(IUPLUS_M3UA_ID)
#undef IUPLUS_M3UA_ID
};

/* Error codes (RFC 4666 3.8.1): identifier, value, name in logs. */
#define IUPLUS_M3UA_ERRORS(X) \
	X(VERSION, 0x01, "invalid version") \
	X(CLASS, 0x03, "unsupported message class") \
	X(TYPE, 0x04, "unsupported message type") \
	X(TRAFFIC_MODE, 0x05, "unsupported traffic mode type") \
	X(UNEXPECTED, 0x06, "unexpected message") \
	X(PROTOCOL, 0x07, "protocol error") \
	X(STREAM, 0x09, "invalid stream identifier") \
	X(BLOCKED, 0x0d, "refused - management blocking") \
	X(ASP_ID_REQUIRED, 0x0e, "ASP identifier required") \
	X(ASP_ID, 0x0f, "invalid ASP identifier") \
	X(PARAMETER_VALUE, 0x11, "invalid parameter value") \
	X(PARAMETER_FIELD, 0x12, "parameter field error") \
	X(PARAMETER_UNEXPECTED, 0x13, "unexpected parameter") \
	X(DESTINATION, 0x14, "destination status unknown") \
	X(NETWORK_APPEARANCE, 0x15, "invalid network appearance") \
	X(PARAMETER_MISSING, 0x16, "missing parameter") \
	X(ROUTING_CONTEXT, 0x19, "invalid routing context") \
	X(NO_AS, 0x1a, "no configured AS for ASP")

enum iuplus_m3ua_error {
#define IUPLUS_M3UA_E_ID(id, value, name) IUPLUS_M3UA_E_##id = (value),
	IUPLUS_M3UA_ERRORS(IUPLUS_M3UA_E_ID)
#undef IUPLUS_M3UA_E_ID
};

#define IUPLUS_M3UA_TMT_OVERRIDE 1u
#define IUPLUS_M3UA_TMT_LOADSHARE 2u
#define IUPLUS_M3UA_TMT_BROADCAST 3u

/* One message. Octets are views into the decoded input, or the caller's. An absent parameter has has_... false or
 * len 0. */
struct iuplus_m3ua_message {
	unsigned type; /* enum iuplus_m3ua_type */
	bool has_network_appearance, has_routing_context, has_asp_id, has_traffic_mode, has_error, has_status;
	bool has_data; /* DATA: the protocol data below */
	bool has_user_cause, has_congestion, has_routing_key, has_registration;
	uint32_t network_appearance;
	uint32_t routing_context;  /* the first of the list */
	unsigned routing_contexts; /* number of them in the message */
	/* The whole list, 4 octets each. To be encoded: empty means the one in routing_context. */
	struct iuplus_octets routing_context_list;
	uint32_t asp_id;
	uint32_t traffic_mode;             /* IUPLUS_M3UA_TMT_... */
	uint32_t error;                    /* ERR: enum iuplus_m3ua_error */
	uint16_t status_type, status_info; /* NTFY: iuplus_m3ua_status_name() */
	uint16_t cause, affected_user;     /* DUPU: 0 unknown, 1 unequipped, 2 inaccessible; the MTP3 user (3.4.5) */
	uint8_t congestion;                /* SCON: level 0 (none) to 3 (3.4.4) */
	uint32_t local_key_id;             /* REG REQ, REG RSP: of the first routing key, the first result (3.6) */
	uint32_t key_dpc;                  /* REG REQ: the destination of the routing key */
	uint32_t registration_status, registered_context; /* REG RSP: 0 is success */
	uint32_t opc, dpc;                 /* DATA: protocol data (3.3.1) */
	uint8_t si, ni, mp, sls;
	struct iuplus_octets user;       /* DATA: the MTP3 user's octets (an SCCP message) */
	struct iuplus_octets heartbeat;  /* BEAT, BEAT ACK */
	struct iuplus_octets info;       /* INFO string */
	struct iuplus_octets diagnostic; /* ERR */
	struct iuplus_octets affected;   /* SSNM: list of 4-octet affected point codes (mask, 3 octets) */
};

/* Name of a message type for logs ("ASPUP"), "?" if unknown. */
const char *iuplus_m3ua_type_name(unsigned type);
/* Text of an error code for logs, "?" if unknown. */
const char *iuplus_m3ua_error_name(unsigned error);
/* Text of a NTFY's status (3.8.2), and of the result of a registration (3.6.2), for logs; "?" if unknown. */
const char *iuplus_m3ua_status_name(unsigned type, unsigned info);
const char *iuplus_m3ua_registration_name(unsigned status);

/* Decodes one message. Returns 0, or IUPLUS_ERR_TRUNCATED / IUPLUS_ERR_SYNTAX / IUPLUS_ERR_NOT_COMPREHENDED /
 * IUPLUS_ERR_MISSING / IUPLUS_ERR_CONSTRAINT; *error is then the code that RFC 4666 3.8.1 requires in the answer.
 * Unknown parameters are skipped (3.2). */
int iuplus_m3ua_decode(const uint8_t *data, size_t len, struct iuplus_m3ua_message *message, unsigned *error);
/* Encodes message into buf. Returns 0 and sets *len; IUPLUS_ERR_SPACE if size is too small (the lengths of user, info,
 * diagnostic, heartbeat, affected and routing_context_list plus 128 always suffice); IUPLUS_ERR_ARGUMENT for an unknown
 * type. */
int iuplus_m3ua_encode(const struct iuplus_m3ua_message *message, uint8_t *buf, size_t size, size_t *len);

/* States of an ASP (RFC 4666 4.3.1). */
enum iuplus_m3ua_state {
	IUPLUS_M3UA_DOWN = 0, /* no association, or ASP down */
	IUPLUS_M3UA_INACTIVE = 1,
	IUPLUS_M3UA_ACTIVE = 2
};
enum iuplus_m3ua_role {
	IUPLUS_M3UA_CLIENT = 0, /* ASP, or the IPSP that sends requests */
	IUPLUS_M3UA_SERVER = 1  /* SGP, or the IPSP that answers */
};

/* Timers in milliseconds, with the names of the standard. */
struct iuplus_m3ua_timers {
	uint32_t t_ack;  /* T(ack): resend ASPUP, ASPAC, ASPDN, ASPIA. Default 2000 (4.3.4.1) */
	uint32_t t_beat; /* T(beat): 0 turns the heartbeat off. Default 30000 (4.3.4.6) */
	uint32_t t_r;    /* server, T(r): how long an AS without active ASP is pending. 0 means 2000 (4.3.2) */
};
extern const struct iuplus_m3ua_timers iuplus_m3ua_default_timers;

struct iuplus_m3ua_config {
	enum iuplus_m3ua_role role;
	bool has_routing_context, has_network_appearance, has_asp_id;
	uint32_t routing_context, network_appearance;
	uint32_t asp_id; /* client: sent in ASPUP. It names the ASP; it is not a point code */
	/* Client: sent in ASPAC, 0 leaves it out. Server: the only one that is accepted; 0 means override and
	 * loadshare. Broadcast is refused always (ERR "unsupported traffic mode type"). */
	uint32_t traffic_mode;
	uint32_t point_code; /* the local one: what DAUD may ask for, what the client registers */
	bool registers;      /* client: ask for a routing context by REG REQ before each ASPAC (4.4.1) */
	bool notify;         /* server: send NTFY when the state of the application server changes */
	struct iuplus_m3ua_timers timers;
};

enum iuplus_m3ua_event_kind {
	IUPLUS_M3UA_EV_ACTIVE,      /* DATA can be sent and received */
	IUPLUS_M3UA_EV_INACTIVE,    /* DATA no longer; reason says why */
	IUPLUS_M3UA_EV_DATA,        /* message->opc ... message->user */
	IUPLUS_M3UA_EV_DESTINATION, /* DUNA, DAVA, DRST, SCON, DUPU: message->affected */
	IUPLUS_M3UA_EV_STATUS,      /* NTFY: message->status_type, status_info */
	/* ERR received, an error that was answered by ERR, or (error 0) a registration that failed: for the log */
	IUPLUS_M3UA_EV_ERROR,
	IUPLUS_M3UA_EV_DEAD /* no BEAT ACK: abort the association */
};
struct iuplus_m3ua_event {
	enum iuplus_m3ua_event_kind kind;
	const struct iuplus_m3ua_message *message; /* may be NULL */
	unsigned error;                            /* EV_ERROR */
	const char *reason;                        /* static text for the log */
};

struct iuplus_m3ua_ops {
	/* Sends one message on a stream of the association. A message that cannot be sent is lost. */
	void (*send)(void *user, uint16_t stream, const uint8_t *data, size_t len);
	/* Reports an event to the owner, which may call iuplus_m3ua_send() from here. */
	void (*event)(void *user, const struct iuplus_m3ua_event *event);
	void *user;
	/* Server, optional: whether another association uses this ASP identifier, which ERR then refuses (3.8.1). */
	bool (*asp_id_in_use)(void *user, uint32_t asp_id);
	/* Server, optional: the other associations of the same application server. Whether one of them is active; the
	 * AS became active or pending, which the owner passes to them by iuplus_m3ua_as_changed(); this one takes their
	 * traffic (override mode): iuplus_m3ua_override(). */
	bool (*as_active)(void *user);
	void (*as_changed)(void *user, bool active);
	void (*as_taken)(void *user);
};

/* The machine of one association. The owner allocates it; the fields are private. */
struct iuplus_m3ua {
	struct iuplus_m3ua_config config;
	struct iuplus_m3ua_ops ops;
	enum iuplus_m3ua_state state;
	bool associated, closing;
	bool overridden; /* client: another ASP is active instead */
	unsigned asked;  /* the request that awaits its answer, 0: none */
	unsigned attempts;
	unsigned as_state;                    /* server: the AS, as NTFY reports it; 0: down */
	uint64_t ack_at, beat_at, pending_at; /* deadlines in ms; UINT64_MAX: not running */
	uint32_t beat_number, beats_missed;
	uint16_t streams, streams_in; /* of the association: outbound; inbound, 0: not known */
	bool has_routing_context;     /* configured or registered */
	uint32_t routing_context;
	bool peer_has_asp_id;
	uint32_t peer_asp_id;
	uint64_t errors_sent;
};

/* Initialises a machine without association. Cannot fail. If all timers are 0, the defaults apply. */
void iuplus_m3ua_init(struct iuplus_m3ua *m, const struct iuplus_m3ua_config *config,
		      const struct iuplus_m3ua_ops *ops);
/* The association was established, or was restarted: in that case its state is lost and EV_INACTIVE comes first.
 * streams: outbound, at least 1. */
void iuplus_m3ua_up(struct iuplus_m3ua *m, uint16_t streams, uint64_t now_ms);
/* The association ended. EV_INACTIVE follows if it was active. */
void iuplus_m3ua_down(struct iuplus_m3ua *m);
/* Processes a received message. A malformed or unexpected one is answered with ERR. */
void iuplus_m3ua_receive(struct iuplus_m3ua *m, uint16_t stream, const uint8_t *data, size_t len, uint64_t now_ms);
/* Sends the MTP3 user's octets. Returns 0; IUPLUS_ERR_STATE if not active; IUPLUS_ERR_SPACE if len exceeds
 * IUPLUS_M3UA_MAX_USER. */
int iuplus_m3ua_send(struct iuplus_m3ua *m, uint32_t opc, uint32_t dpc, uint8_t ni, uint8_t sls, const uint8_t *data,
		     size_t len);
/* Tells the number of inbound streams, if the owner knows it: with more than one, DATA on stream 0 is refused. */
void iuplus_m3ua_streams_in(struct iuplus_m3ua *m, uint16_t streams);
/* Sends BEAT now, to find out whether the peer is still there. */
void iuplus_m3ua_probe(struct iuplus_m3ua *m);
/* Server: tells an active peer that it sent to a destination, or (si other than 0) to an MTP3 user, that is not here:
 * DUNA (3.4.1), or DUPU "unequipped" (3.4.5). Client: no effect. */
void iuplus_m3ua_not_here(struct iuplus_m3ua *m, uint32_t point_code, uint8_t si);
/* Server: another association of the same AS reported a change; another one took its traffic. */
void iuplus_m3ua_as_changed(struct iuplus_m3ua *m, bool active, uint64_t now_ms);
void iuplus_m3ua_override(struct iuplus_m3ua *m);
/* Client: asks for the state of a destination by DAUD (3.4.3). Server, or inactive: no effect. */
void iuplus_m3ua_audit(struct iuplus_m3ua *m, uint32_t point_code);
/* Client: ends traffic (ASPIA), then goes down (ASPDN). Server: no effect. */
void iuplus_m3ua_stop(struct iuplus_m3ua *m, uint64_t now_ms);
/* Time at which iuplus_m3ua_tick() is due, in ms; UINT64_MAX: never. */
uint64_t iuplus_m3ua_next(const struct iuplus_m3ua *m);
/* Runs the timers that have expired. */
void iuplus_m3ua_tick(struct iuplus_m3ua *m, uint64_t now_ms);

#endif
