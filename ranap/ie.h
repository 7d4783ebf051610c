/* SPDX-License-Identifier: BSD-2-Clause */
/* ie.h: functions that ranap/ shares with rnsap/ (names in ie_*): they convert IEs between the generated and the
 * neutral structs.
 *
 * "take" reads a decoded value. A valid message may lack a mandatory IE of criticality ignore, so that every pointer
 * may be NULL; absent members stay zero. "put" builds a value for the encoder; it refers to the octets of the neutral
 * struct, which outlive the call. The first error is kept in ctx.rc and becomes the result of the call. */
#ifndef RANAP_IE_H
#define RANAP_IE_H

#include <stddef.h>
#include <string.h>

#include <iuplus/asn1.h>
#include <iuplus/ranap.h>
#include <BIT_STRING.h>
#include <OCTET_STRING.h>

#include "asn1/per/arena.h"
#include "asn1/per/typed.h"

struct ie_ctx {
	struct iuplus_arena *arena;
	unsigned flags; /* IUPLUS_ASN1_LEGACY or 0 */
	bool relay;     /* containers stay octets: IUPLUS_RANAP_RELAY */
	int rc;
	/* take */
	struct iuplus_octets pdu;            /* the whole PDU as it was received, in the arena */
	size_t message_at;                   /* where in it the open type of the message is */
	const struct iuplus_asn1_type *type; /* of the PDU, */
	const void *value;                   /* and the PDU */
	bool as_received;                    /* the octets of its IEs may be forwarded as received */
	/* put */
	struct iuplus_octets received; /* the PDU that the message was decoded from, or empty, */
	uint8_t received_head[2];      /* and its first octets if it was a message of this kind */
};

/* Keeps the first error. */
void ie_fail(struct ie_ctx *ctx, int rc);
/* Whether an IE of the extension may be encoded: false, with an error, for a legacy node. */
bool ie_extension_allowed(struct ie_ctx *ctx);

/* Zeroed memory, or NULL with ctx->rc set. */
static inline void *ie_new(struct ie_ctx *ctx, size_t size)
{
	void *p = arena_take(ctx->arena, size);

	if (__builtin_expect(!p, 0))
		ie_fail(ctx, IUPLUS_ERR_MEMORY);
	return p;
}

/* ---- numbers and strings ------------------------------------------------------------------------------------- */

/* NULL if memory is exhausted, as below. */
long *ie_new_long(struct ie_ctx *ctx, long value);

/* Copies at most len octets. */
static inline void ie_take_fixed(const uint8_t *buf, int size, uint8_t *to, size_t len)
{
	if (buf && size > 0)
		memcpy(to, buf, (size_t)size < len ? (size_t)size : len);
}

/* The octets as a number, at most the first four. */
static inline uint32_t ie_take_number(const uint8_t *buf, int size)
{
	uint32_t n = 0;
	int i;

	for (i = 0; buf && i < size && i < 4; i++)
		n = n << 8 | buf[i];
	return n;
}

struct iuplus_octets ie_take_octets(const OCTET_STRING_t *from);
void ie_put_octets(struct ie_ctx *ctx, const void *data, size_t len, OCTET_STRING_t *to);
/* The octets of a number, at most four. */
uint8_t *ie_new_number(struct ie_ctx *ctx, uint32_t n, size_t octets);
void ie_put_bits(const uint8_t *data, unsigned bits, BIT_STRING_t *to);
BIT_STRING_t *ie_new_bits(struct ie_ctx *ctx, const uint8_t *data, unsigned bits);

/* ---- lists --------------------------------------------------------------------------------------------------- */

/* The layout of every A_SEQUENCE_OF(). Read and written by memcpy, since the real types differ. */
struct ie_any_list {
	void **array;
	int count;
	int size;
	void (*free)(void *);
};
/* Creates count elements of size octets in list (any A_SEQUENCE_OF); false if memory is exhausted. */
bool ie_new_list(struct ie_ctx *ctx, void *list, unsigned count, size_t size);

/* ---- octets of a received message ---------------------------------------------------------------------------- */

/* Whether the octets of a message's IEs may be forwarded as received, according to the engine's report: not if a value
 * inside an IE cannot be encoded here, or has another encoding than the received one. */
bool ie_as_received(const struct iuplus_asn1_problem *problems);

/* Returns the value of the open type at *at in octets, and advances *at past it. Fragments (of 16K octets and more) are
 * joined in the arena. Empty, with *at undefined, if there is no such value or memory is exhausted. */
struct iuplus_octets ie_open_type(struct ie_ctx *ctx, struct iuplus_octets octets, size_t *at);
/* The content of the open type of IE id, or extension id, in the received message; empty if it is not found. */
struct iuplus_octets ie_find(struct ie_ctx *ctx, bool extensions, unsigned id);

/* Whether octets are the content of an open type of the PDU that the message was decoded from: such octets need no
 * check. */
bool ie_is_received(const struct ie_ctx *ctx, struct iuplus_octets octets);

/* The items of a list of IEs in the received message, each in its own container. */
struct ie_cursor {
	struct iuplus_octets list; /* empty: their octets are not known */
	size_t at;
};
/* The content of the next item's open type; empty if it is not known. */
struct iuplus_octets ie_next_item(struct ie_ctx *ctx, struct ie_cursor *cursor);
/* The second one of an item that is a pair. */
struct iuplus_octets ie_next_second(struct ie_ctx *ctx, struct ie_cursor *cursor);

#endif
