/* SPDX-License-Identifier: BSD-2-Clause */
/* m3ua_internal.h: declarations shared by the two roles of M3UA. */
#ifndef IUPLUS_NET_M3UA_INTERNAL_H
#define IUPLUS_NET_M3UA_INTERNAL_H

#include "src/net/m3ua.h"

#define M3UA_NEVER UINT64_MAX
#define M3UA_ROUTING_CONTEXT_LEN 4u
#define M3UA_MAX_PARAMETERS 128u /* octets of the parameters of a fixed length and all headers */

/* m3ua_out.c. Report an event; send a message on stream 0; answer the received message (data, len) by ERR, which
 * contains the parameters of q that the error is about (RFC 4666 3.8.1). q may be NULL. */
void m3ua_tell(struct iuplus_m3ua *m, enum iuplus_m3ua_event_kind kind, const struct iuplus_m3ua_message *message,
	       unsigned error, const char *reason);
void m3ua_send(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *message);
void m3ua_error(struct iuplus_m3ua *m, unsigned error, const struct iuplus_m3ua_message *q, const uint8_t *data,
		size_t len);
/* Sets the state; no other function does. */
void m3ua_enter(struct iuplus_m3ua *m, enum iuplus_m3ua_state state, const char *reason);
/* Whether the message is for this node's routing context: it has none, or ours is in its list. */
bool m3ua_context_fits(const struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q);
/* A message of this type with the routing context and network appearance that apply to it. */
struct iuplus_m3ua_message m3ua_about(const struct iuplus_m3ua *m, unsigned type);

/* m3ua_asp.c: the client. Sends a request and awaits its answer for T(ack); processes an answer; processes NTFY. */
void m3ua_ask(struct iuplus_m3ua *m, unsigned type, uint64_t now);
void m3ua_answered(struct iuplus_m3ua *m);
void m3ua_hear(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *a, const uint8_t *data, size_t len,
	       uint64_t now);
void m3ua_notified(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *n, uint64_t now);

/* m3ua_sgp.c: the server. Processes a request; answers DAUD; T(r) has expired. */
void m3ua_serve(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q, const uint8_t *data, size_t len,
		uint64_t now);
void m3ua_answer_audit(struct iuplus_m3ua *m, const struct iuplus_m3ua_message *q);
void m3ua_pending_expired(struct iuplus_m3ua *m);
/* The association ended: the AS is pending if this was its last active one. */
void m3ua_association_lost(struct iuplus_m3ua *m);

#endif
