/* SPDX-License-Identifier: BSD-2-Clause */
/* ie.c: converts numbers, strings and lists between their neutral and their generated form; finds IEs in an encoded
 * message. */
#include "ranap/ie.h"

void ie_fail(struct ie_ctx *ctx, int rc)
{
	if (ctx->rc == IUPLUS_OK)
		ctx->rc = rc;
}

bool ie_extension_allowed(struct ie_ctx *ctx)
{
	if (!(ctx->flags & IUPLUS_ASN1_LEGACY))
		return true;
	ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	return false;
}

long *ie_new_long(struct ie_ctx *ctx, long value)
{
	long *p = ie_new(ctx, sizeof(*p));

	if (p)
		*p = value;
	return p;
}

/* ---- strings ------------------------------------------------------------------------------------------------- */

/* The generated structs lack const, but the encoder only reads. */
static uint8_t *unwritten(const void *data)
{
	return (uint8_t *)(uintptr_t)data;
}

struct iuplus_octets ie_take_octets(const OCTET_STRING_t *from)
{
	struct iuplus_octets octets = { NULL, 0 };

	if (from && from->size > 0) {
		octets.data = from->buf;
		octets.len = (size_t)from->size;
	}
	return octets;
}

void ie_put_octets(struct ie_ctx *ctx, const void *data, size_t len, OCTET_STRING_t *to)
{
	if (len > INT32_MAX || (len && !data)) {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	to->buf = unwritten(len ? data : "");
	to->size = (int)len;
}

uint8_t *ie_new_number(struct ie_ctx *ctx, uint32_t n, size_t octets)
{
	uint8_t *p = ie_new(ctx, sizeof(n));
	size_t i;

	for (i = octets; p && i--; n >>= 8)
		p[i] = (uint8_t)n;
	return p;
}

void ie_put_bits(const uint8_t *data, unsigned bits, BIT_STRING_t *to)
{
	to->buf = unwritten(data);
	to->size = (int)((bits + 7) / 8);
	to->bits_unused = (int)(-bits & 7);
}

BIT_STRING_t *ie_new_bits(struct ie_ctx *ctx, const uint8_t *data, unsigned bits)
{
	BIT_STRING_t *p = ie_new(ctx, sizeof(*p));

	if (p)
		ie_put_bits(data, bits, p);
	return p;
}

/* ---- lists --------------------------------------------------------------------------------------------------- */

bool ie_new_list(struct ie_ctx *ctx, void *list, unsigned count, size_t size)
{
	struct ie_any_list any = { .count = (int)count, .size = (int)count };
	size_t room = arena_round(size);
	uint8_t *element;
	unsigned i;

	any.array = ie_new(ctx, count * (sizeof(*any.array) + room));
	if (!any.array)
		return false;
	element = (uint8_t *)(any.array + count);
	for (i = 0; i < count; i++, element += room)
		any.array[i] = element;
	memcpy(list, &any, sizeof(any));
	return true;
}

/* ---- in the encoded message ---------------------------------------------------------------------------------- */

#define FRAGMENT 16384u

/* Reads one length of X.691 10.9.3 and the octets that it counts: false if they are missing. *more: another part
 * follows. */
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

struct iuplus_octets ie_open_type(struct ie_ctx *ctx, struct iuplus_octets octets, size_t *at)
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
	to = ie_new(ctx, len);
	if (!to)
		return none;
	whole.data = to;
	for (*at = start, more = true; more && read_part(&octets, at, &part, &more); whole.len += part.len)
		memcpy(to + whole.len, part.data, part.len);
	return whole;
}

struct iuplus_octets ie_find(struct ie_ctx *ctx, struct iuplus_octets pdu, size_t at, unsigned id)
{
	const struct iuplus_octets none = { NULL, 0 };
	struct iuplus_octets message = ie_open_type(ctx, pdu, &at), value;
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
		value = ie_open_type(ctx, message, &at);
		if (this_id == id || !value.len)
			return value;
	}
	return none;
}
