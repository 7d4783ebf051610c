/* SPDX-License-Identifier: BSD-2-Clause */
/* shared.c: numbers, strings and lists between their neutral and their generated form; IEs in an encoded message. */
#include <string.h>
#include "ranap/shared.h"

void ranap_fail(struct ranap_ctx *ctx, int rc)
{
	if (ctx->rc == IUPLUS_OK)
		ctx->rc = rc;
}

void *ranap_new(struct ranap_ctx *ctx, size_t size)
{
	void *p = iuplus_arena_alloc(ctx->arena, size);

	if (!p)
		ranap_fail(ctx, IUPLUS_ERR_MEMORY);
	return p;
}

bool ranap_extension_allowed(struct ranap_ctx *ctx)
{
	if (!(ctx->flags & IUPLUS_ASN1_LEGACY))
		return true;
	ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
	return false;
}

long *ranap_put_long(struct ranap_ctx *ctx, long value)
{
	long *p = ranap_new(ctx, sizeof(*p));

	if (p)
		*p = value;
	return p;
}

/* ---- strings ------------------------------------------------------------------------------------------------- */

void ranap_take_fixed(const uint8_t *buf, int size, uint8_t *to, size_t len)
{
	if (buf && size > 0)
		memcpy(to, buf, (size_t)size < len ? (size_t)size : len);
}

uint32_t ranap_take_number(const uint8_t *buf, int size)
{
	uint32_t n = 0;
	int i;

	for (i = 0; buf && i < size && i < 4; i++)
		n = n << 8 | buf[i];
	return n;
}

struct iuplus_octets ranap_take_octets(const OCTET_STRING_t *from)
{
	struct iuplus_octets octets = { NULL, 0 };

	if (from && from->size > 0) {
		octets.data = from->buf;
		octets.len = (size_t)from->size;
	}
	return octets;
}

/* The generated structs do not promise to leave the octets alone, so they get a copy. */
void ranap_put_octets(struct ranap_ctx *ctx, const void *data, size_t len, OCTET_STRING_t *to)
{
	if (len > INT32_MAX || (len && !data)) {
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	to->buf = iuplus_arena_copy(ctx->arena, len ? data : "", len);
	to->size = (int)len;
	if (!to->buf)
		ranap_fail(ctx, IUPLUS_ERR_MEMORY);
}

OCTET_STRING_t *ranap_new_octets(struct ranap_ctx *ctx, const void *data, size_t len)
{
	OCTET_STRING_t *p = ranap_new(ctx, sizeof(*p));

	if (p)
		ranap_put_octets(ctx, data, len, p);
	return p;
}

void ranap_put_bits(struct ranap_ctx *ctx, const uint8_t *data, unsigned bits, BIT_STRING_t *to)
{
	size_t len = (bits + 7) / 8;

	to->buf = iuplus_arena_copy(ctx->arena, data, len);
	to->size = (int)len;
	to->bits_unused = (int)(len * 8 - bits);
	if (!to->buf)
		ranap_fail(ctx, IUPLUS_ERR_MEMORY);
}

BIT_STRING_t *ranap_new_bits(struct ranap_ctx *ctx, const uint8_t *data, unsigned bits)
{
	BIT_STRING_t *p = ranap_new(ctx, sizeof(*p));

	if (p)
		ranap_put_bits(ctx, data, bits, p);
	return p;
}

uint8_t ranap_take_capability(const BIT_STRING_t *from)
{
	return (uint8_t)ranap_take_number(from->buf, from->size > 1 ? 1 : from->size);
}

BIT_STRING_t *ranap_new_capability(struct ranap_ctx *ctx, uint8_t bits)
{
	return ranap_new_bits(ctx, &bits, 8);
}

bool ranap_new_list(struct ranap_ctx *ctx, void *list, unsigned count, size_t size)
{
	struct ranap_any_list any;
	unsigned i;

	memset(&any, 0, sizeof(any));
	any.array = ranap_new(ctx, count * sizeof(*any.array));
	if (!any.array)
		return false;
	for (i = 0; i < count; i++) {
		any.array[i] = ranap_new(ctx, size);
		if (!any.array[i])
			return false;
	}
	any.count = any.size = (int)count;
	memcpy(list, &any, sizeof(any));
	return true;
}

/* ---- finding an IE in the encoded message -------------------------------------------------------------------- */

#define FRAGMENT 16384u

/* One length of X.691 10.9.3 and what it counts: false when it is not there. *more: another one follows. */
static bool read_part(const struct iuplus_octets *in, size_t *at, struct iuplus_octets *part, bool *more)
{
	uint8_t first;

	if (*at >= in->len)
		return false;
	first = in->data[(*at)++];
	*more = first >= 0xc0;
	if (*more) {
		if (first == 0xc0 || first > 0xc4)
			return false;
		part->len = (first & 0x3fu) * FRAGMENT;
	} else if (first >= 0x80) {
		if (*at >= in->len)
			return false;
		part->len = (size_t)(first & 0x3f) << 8 | in->data[(*at)++];
	} else {
		part->len = first;
	}
	if (part->len > in->len - *at)
		return false;
	part->data = in->data + *at;
	*at += part->len;
	return true;
}

struct iuplus_octets ranap_open_type(struct ranap_ctx *ctx, struct iuplus_octets octets, size_t *at)
{
	const struct iuplus_octets none = { NULL, 0 };
	struct iuplus_octets part, whole = none;
	size_t start = *at, len = 0;
	uint8_t *to;
	bool more;

	if (!read_part(&octets, at, &part, &more))
		return none;
	if (!more)
		return part;
	for (len = part.len; more; len += part.len)
		if (!read_part(&octets, at, &part, &more))
			return none;
	to = ranap_new(ctx, len);
	if (!to)
		return none;
	whole.data = to;
	for (*at = start, more = true; more && read_part(&octets, at, &part, &more); whole.len += part.len)
		memcpy(to + whole.len, part.data, part.len);
	return whole;
}

struct iuplus_octets ranap_find_ie(struct ranap_ctx *ctx, struct iuplus_octets pdu, size_t at, unsigned id)
{
	const struct iuplus_octets none = { NULL, 0 };
	struct iuplus_octets message = ranap_open_type(ctx, pdu, &at), value;
	unsigned count, this_id;

	/* the preamble of the message and the number of its IEs; each has id, criticality, value */
	if (message.len < 3)
		return none;
	count = (unsigned)message.data[1] << 8 | message.data[2];
	for (at = 3; count; count--) {
		if (message.len - at < 3)
			return none;
		this_id = (unsigned)message.data[at] << 8 | message.data[at + 1];
		at += 3;
		value = ranap_open_type(ctx, message, &at);
		if (this_id == id || !value.len)
			return value;
	}
	return none;
}
