/* SPDX-License-Identifier: BSD-2-Clause */
/* shared.h: inside ranap/ and rnsap/: what both use to get from the generated structs to the neutral ones and back.
 *
 * "take" reads a decoded value. A mandatory IE of criticality ignore may be absent from a message that is to be acted
 * on, so every member may be NULL; what is absent stays zero. "put" builds a value in the arena. The first allocation
 * that fails, or argument that is wrong, is kept in ctx.rc, and everything after it does nothing that matters. */
#ifndef IUPLUS_RANAP_SHARED_H
#define IUPLUS_RANAP_SHARED_H

#include <stddef.h>

#include <iuplus/asn1.h>
#include <iuplus/ranap.h>
#include <BIT_STRING.h>
#include <OCTET_STRING.h>

struct ranap_ctx {
	struct iuplus_arena *arena;
	unsigned flags;			/* IUPLUS_ASN1_LEGACY or 0 */
	struct iuplus_octets pdu;	/* take: the whole message */
	int rc;
};

/* Zeroed memory, or NULL with ctx->rc set. */
void *ranap_new(struct ranap_ctx *ctx, size_t size);
/* Keeps the first error. */
void ranap_fail(struct ranap_ctx *ctx, int rc);
/* An IE of the extension is asked for: false, and an error, for a legacy node. */
bool ranap_extension_allowed(struct ranap_ctx *ctx);

/* Numbers. A put returns NULL when memory is out (see above). */
long *ranap_put_long(struct ranap_ctx *ctx, long value);

/* Octet and bit strings. take_fixed copies at most len octets; a put refers to data, which the caller keeps. */
void ranap_take_fixed(const uint8_t *buf, int size, uint8_t *to, size_t len);
uint32_t ranap_take_number(const uint8_t *buf, int size);
struct iuplus_octets ranap_take_octets(const OCTET_STRING_t *from);
void ranap_put_octets(struct ranap_ctx *ctx, const void *data, size_t len, OCTET_STRING_t *to);
OCTET_STRING_t *ranap_new_octets(struct ranap_ctx *ctx, const void *data, size_t len);
void ranap_put_bits(struct ranap_ctx *ctx, const uint8_t *data, unsigned bits, BIT_STRING_t *to);
BIT_STRING_t *ranap_new_bits(struct ranap_ctx *ctx, const uint8_t *data, unsigned bits);

uint8_t ranap_take_capability(const BIT_STRING_t *from);
BIT_STRING_t *ranap_new_capability(struct ranap_ctx *ctx, uint8_t bits);

/* What A_SEQUENCE_OF(anything) looks like. Read and written by memcpy, since the real types are all different. */
struct ranap_any_list {
	void **array;
	int count;
	int size;
	void (*free)(void *);
};
/* Gives list (any A_SEQUENCE_OF) room for count elements of size octets and makes them; false when memory is out. */
bool ranap_new_list(struct ranap_ctx *ctx, void *list, unsigned count, size_t size);

/* Where the value of the open type at *at in octets is, and *at behind it. Fragments (of 16K octets and over) are put
 * together in the arena. Empty, with *at anywhere, when there is no such value or memory is out. */
struct iuplus_octets ranap_open_type(struct ranap_ctx *ctx, struct iuplus_octets octets, size_t *at);
/* The octets of the open type of IE id, straight from the encoded message (aligned PER), whose own open type is at
 * at; empty when it is not found. */
struct iuplus_octets ranap_find_ie(struct ranap_ctx *ctx, struct iuplus_octets pdu, size_t at, unsigned id);

#endif
