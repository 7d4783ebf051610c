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

	if (!p)
		return NULL;
	n <<= 32 - 8 * octets;
	p[0] = (uint8_t)(n >> 24);
	p[1] = (uint8_t)(n >> 16);
	p[2] = (uint8_t)(n >> 8);
	p[3] = (uint8_t)n;
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

/* ---- octets of a received message ---------------------------------------------------------------------------- */

bool ie_as_received(const struct iuplus_asn1_problem *problems)
{
	const struct iuplus_asn1_problem *p;

	for (p = problems; p; p = p->next)
		if (p->kind != IUPLUS_ASN1_OTHER_CRITICALITY || p->level_count > 1)
			return false;
	return true;
}

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

static struct iuplus_octets join(struct ie_ctx *ctx, struct iuplus_octets octets, size_t *at)
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

struct iuplus_octets ie_open_type(struct ie_ctx *ctx, struct iuplus_octets octets, size_t *at)
{
	struct iuplus_octets value = { octets.data + *at + 1, 0 };

	/* almost all are short */
	if (*at >= octets.len || octets.data[*at] >= 128 || octets.data[*at] >= octets.len - *at)
		return join(ctx, octets, at);
	value.len = octets.data[*at];
	*at += 1 + value.len;
	return value;
}

#define IE_HEAD 3u /* id and criticality */

struct iuplus_octets ie_find(struct ie_ctx *ctx, bool extensions, unsigned id)
{
	const struct iuplus_octets none = { NULL, 0 };
	size_t at = ctx->message_at;
	struct iuplus_octets message = ie_open_type(ctx, ctx->pdu, &at), value;
	unsigned count;

	/* the preamble of the message; then of either container the number of IEs, and these */
	for (at = 1; message.len >= at + 2; extensions = false) {
		count = (unsigned)message.data[at] << 8 | message.data[at + 1];
		for (at += 2; count; count--) {
			const uint8_t *head = message.data + at;

			if (message.len - at < IE_HEAD)
				return none;
			at += IE_HEAD;
			value = ie_open_type(ctx, message, &at);
			if (!value.len || (!extensions && ((unsigned)head[0] << 8 | head[1]) == id))
				return value;
		}
		if (!extensions)
			return none;
	}
	return none;
}

bool ie_is_received(const struct ie_ctx *ctx, struct iuplus_octets octets)
{
	const struct iuplus_octets *whole = &ctx->received;
	const uint8_t *p = octets.data;
	size_t at = (size_t)((uintptr_t)p - (uintptr_t)whole->data);

	if (!octets.len || at < 2 || at > whole->len || octets.len > whole->len - at)
		return false;
	if (whole->data[0] != ctx->received_head[0] || whole->data[1] != ctx->received_head[1])
		return false;
	return octets.len < 128 ? p[-1] == octets.len :
				  octets.len < FRAGMENT && ((unsigned)p[-2] << 8 | p[-1]) == (0x8000u | octets.len);
}

/* The open type that begins head octets on. */
static struct iuplus_octets next(struct ie_ctx *ctx, struct ie_cursor *cursor, size_t head)
{
	struct iuplus_octets item = { NULL, 0 };

	cursor->at += head;
	if (cursor->at < cursor->list.len)
		item = ie_open_type(ctx, cursor->list, &cursor->at);
	if (!item.len)
		cursor->list.len = 0;
	return item;
}

struct iuplus_octets ie_next_item(struct ie_ctx *ctx, struct ie_cursor *cursor)
{
	const uint8_t *count = cursor->list.data + cursor->at;

	if (cursor->list.len <= cursor->at + 2 || count[0] != 0 || count[1] != 1)
		cursor->list.len = 0;
	return next(ctx, cursor, 2 + IE_HEAD);
}

struct iuplus_octets ie_next_second(struct ie_ctx *ctx, struct ie_cursor *cursor)
{
	/* its criticality */
	return next(ctx, cursor, 1);
}
