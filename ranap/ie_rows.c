/* SPDX-License-Identifier: BSD-2-Clause */
/* ie_rows.c: converts values that tables describe between the generated and the neutral form. */
#include "ranap/ie_rows.h"

/* ---- fields of a struct -------------------------------------------------------------------------------------- */

static void *pointer_at(const void *base, size_t offset)
{
	void *p;

	memcpy(&p, (const uint8_t *)base + offset, sizeof(p));
	return p;
}

static void set_pointer(void *base, size_t offset, void *p)
{
	memcpy((uint8_t *)base + offset, &p, sizeof(p));
}

bool ie_take(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	bool whole = true;

	for (; row->as; row++) {
		const void *base = value, *member;

		if (row->extension_size) {
			base = pointer_at(value, row->extension);
			if (!base) {
				while (row[1].extension_size)
					row++;
				continue;
			}
		}
		member = row->inside ? (const uint8_t *)base + row->at : pointer_at(base, row->at);
		if (!member)
			continue;
		if (!row->as->take(ctx, row, member, (uint8_t *)to + row->to))
			whole = whole && row->has != IE_ALWAYS;
		else if (row->has != IE_ALWAYS)
			*((bool *)to + row->has) = true;
	}
	return whole;
}

/* The struct that has the row's member: an extension container is created for its first member. */
static void *place_of(struct ie_ctx *ctx, const struct ie_row *row, void *value)
{
	void *p;

	if (!row->extension_size)
		return value;
	p = pointer_at(value, row->extension);
	if (!p) {
		p = ie_new(ctx, row->extension_size);
		set_pointer(value, row->extension, p);
	}
	return p;
}

static void put_member(struct ie_ctx *ctx, const struct ie_row *row, const void *member, void *value)
{
	void *base, *p;

	if (row->ours && !ie_extension_allowed(ctx))
		return;
	base = place_of(ctx, row, value);
	if (!base)
		return;
	if (row->inside) {
		row->as->put(ctx, row, member, (uint8_t *)base + row->at);
		return;
	}
	p = ie_new(ctx, row->size);
	if (!p)
		return;
	row->as->put(ctx, row, member, p);
	set_pointer(base, row->at, p);
}

static void put_row(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const void *member = (const uint8_t *)from + row->to;

	if (row->has != IE_ALWAYS && !*((const bool *)from + row->has))
		return;
	if (row->as->put && (!row->as->some || row->as->some(row, member)))
		put_member(ctx, row, member, value);
}

void ie_put(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	for (; row->as; row++)
		put_row(ctx, row, from, value);
}

/* ---- numbers ------------------------------------------------------------------------------------------------- */

static void set_number(const struct ie_row *row, void *to, uint32_t n)
{
	uint8_t octet = (uint8_t)n;
	uint16_t pair = (uint16_t)n;

	if (row->width == 1)
		memcpy(to, &octet, 1);
	else if (row->width == 2)
		memcpy(to, &pair, 2);
	else
		memcpy(to, &n, 4);
}

static uint32_t get_number(const struct ie_row *row, const void *from)
{
	uint8_t octet;
	uint16_t pair;
	uint32_t n;

	if (row->width == 1) {
		memcpy(&octet, from, 1);
		return octet;
	}
	if (row->width == 2) {
		memcpy(&pair, from, 2);
		return pair;
	}
	memcpy(&n, from, 4);
	return n;
}

static bool take_number(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	long n;

	(void)ctx;
	memcpy(&n, value, sizeof(n));
	if (n < 0 || (unsigned long)n > UINT32_MAX >> (32 - 8 * row->width))
		return false;
	set_number(row, to, (uint32_t)n);
	return true;
}

static void put_number(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	long n = (long)get_number(row, from);

	(void)ctx;
	memcpy(value, &n, sizeof(n));
}

static bool take_flag(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	long n;

	(void)ctx;
	(void)row;
	memcpy(&n, value, sizeof(n));
	if (n < 0 || n > 1)
		return false;
	*(bool *)to = n == 1;
	return true;
}

static void put_flag(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	long n = *(const bool *)from ? 1 : 0;

	(void)ctx;
	(void)row;
	memcpy(value, &n, sizeof(n));
}

static bool take_null(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	(void)value;
	*(bool *)to = true;
	return true;
}

static void put_null(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)ctx;
	(void)row;
	(void)from;
	(void)value;
}

static bool some_null(const struct ie_row *row, const void *from)
{
	(void)row;
	return *(const bool *)from;
}

const struct ie_codec ie_null = { take_null, put_null, some_null };
const struct ie_codec ie_number = { take_number, put_number, NULL };
const struct ie_codec ie_seen_number = { take_number, NULL, NULL };
const struct ie_codec ie_flag = { take_flag, put_flag, NULL };

/* ---- octets -------------------------------------------------------------------------------------------------- */

static bool take_octets(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	*(struct iuplus_octets *)to = ie_take_octets(value);
	return true;
}

static void put_octets(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_octets *octets = from;

	(void)row;
	ie_put_octets(ctx, octets->data, octets->len, value);
}

static bool filled(const struct ie_row *row, const void *from)
{
	(void)row;
	return ((const struct iuplus_octets *)from)->len != 0;
}

static bool take_octet_array(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const OCTET_STRING_t *s = value;

	(void)ctx;
	ie_take_fixed(s->buf, s->size, to, row->width);
	return true;
}

static void put_octet_array(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	ie_put_octets(ctx, from, row->width, value);
}

static bool take_octet_number(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const OCTET_STRING_t *s = value;

	(void)ctx;
	set_number(row, to, ie_take_number(s->buf, s->size));
	return true;
}

static void put_octet_number(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	OCTET_STRING_t *s = value;

	s->buf = ie_new_number(ctx, get_number(row, from), row->width);
	s->size = row->width;
}

const struct ie_codec ie_octets = { take_octets, put_octets, NULL };
const struct ie_codec ie_filled = { take_octets, put_octets, filled };
const struct ie_codec ie_octet_array = { take_octet_array, put_octet_array, NULL };
const struct ie_codec ie_octet_number = { take_octet_number, put_octet_number, NULL };

/* ---- bits ---------------------------------------------------------------------------------------------------- */

static bool take_bits(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const BIT_STRING_t *s = value;
	struct iuplus_ranap_bits *bits = to;

	(void)ctx;
	(void)row;
	bits->data = s->buf;
	bits->count = s->size > 0 ? (uint32_t)s->size * 8 - (uint32_t)s->bits_unused : 0;
	return true;
}

static void put_bits(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_ranap_bits *bits = from;

	(void)row;
	if (bits->count > INT32_MAX || (bits->count && !bits->data))
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
	else
		ie_put_bits(bits->count ? bits->data : (const uint8_t *)"", bits->count, value);
}

static bool some_bits(const struct ie_row *row, const void *from)
{
	(void)row;
	return ((const struct iuplus_ranap_bits *)from)->count != 0;
}

static bool take_bit_array(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const BIT_STRING_t *s = value;

	(void)ctx;
	ie_take_fixed(s->buf, s->size, to, row->width);
	return true;
}

static void put_bit_array(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	(void)ctx;
	ie_put_bits(from, row->width * 8u, value);
}

static bool take_bit_number(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const BIT_STRING_t *s = value;

	(void)ctx;
	set_number(row, to, ie_take_number(s->buf, s->size) >> ((8 - row->bits % 8) % 8));
	return true;
}

static void put_bit_number(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	uint32_t n = get_number(row, from);
	unsigned unused = -row->bits & 7u;
	BIT_STRING_t *s = value;

	if (row->bits < 32 && n >> row->bits)
		ie_fail(ctx, IUPLUS_ERR_CONSTRAINT);
	s->size = (int)(row->bits + unused) / 8;
	s->bits_unused = (int)unused;
	s->buf = ie_new_number(ctx, n << unused, (size_t)s->size);
}

const struct ie_codec ie_bits = { take_bits, put_bits, some_bits };
const struct ie_codec ie_bit_array = { take_bit_array, put_bit_array, NULL };
const struct ie_codec ie_bit_number = { take_bit_number, put_bit_number, NULL };
const struct ie_codec ie_seen_bits = { take_bit_number, NULL, NULL };

/* ---- whole values -------------------------------------------------------------------------------------------- */

/* A value that contains an alternative of a later release was decoded, but cannot be encoded: it counts as absent,
 * which its criticality permits. */
static bool take_encoded(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	struct iuplus_octets octets = { NULL, 0 };
	int rc = iuplus_asn1_encode(row->of, IUPLUS_ASN1_APER, value, ctx->flags, ctx->arena, &octets, NULL, NULL);

	if (rc == IUPLUS_ERR_MEMORY)
		ie_fail(ctx, rc);
	if (rc != IUPLUS_OK)
		return false;
	*(struct iuplus_octets *)to = octets;
	return true;
}

static void put_encoded(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct iuplus_octets *octets = from;
	void *decoded = NULL;
	int rc = iuplus_asn1_decode(row->of, IUPLUS_ASN1_APER, octets->data, octets->len * 8,
				    ctx->flags | IUPLUS_ASN1_EXACT, ctx->arena, &decoded, NULL);

	/* Problems that its own receiver must judge (an unknown or missing IE) are left to it. */
	if (decoded)
		memcpy(value, decoded, row->size);
	else
		ie_fail(ctx, rc == IUPLUS_OK ? IUPLUS_ERR_SYNTAX : rc);
}

static bool take_record(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	return ie_take(ctx, row->of, value, to);
}

static void put_record(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	ie_put(ctx, row->of, from, value);
}

const struct ie_codec ie_encoded = { take_encoded, put_encoded, filled };
const struct ie_codec ie_record = { take_record, put_record, NULL };

static bool take_either(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	(void)ctx;
	(void)row;
	(void)value;
	(void)to;
	return true;
}

static void put_either(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct ie_either *either = row->of;
	const bool *bools = from;

	(void)value;
	if (!bools[either->one] && !bools[either->other])
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
}

const struct ie_codec ie_either = { take_either, put_either, NULL };

/* ---- lists and choices --------------------------------------------------------------------------------------- */

/* The layout of every list of a neutral struct. */
struct neutral_list {
	uint16_t count;
	const void *list;
};

static bool take_list(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const struct ie_list *l = row->of;
	struct ie_any_list any;
	struct neutral_list neutral = { 0, NULL };
	uint8_t *items, *to_item;
	int i;

	memcpy(&any, value, sizeof(any));
	items = ie_new(ctx, (size_t)any.count * l->width + 1);
	if (!items)
		return false;
	for (i = 0; i < any.count; i++) {
		const void *item = l->element_size ? pointer_at(any.array[i], 0) : any.array[i];

		/* An item that was not understood is left out. Its criticality permits that; otherwise decoding had
		 * failed. */
		if (!item)
			continue;
		to_item = items + (size_t)neutral.count * l->width;
		if (ie_take(ctx, l->item, item, to_item))
			neutral.count++;
		else
			memset(to_item, 0, l->width);
	}
	neutral.list = items;
	memcpy(to, &neutral, sizeof(neutral));
	return true;
}

static void put_list(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct ie_list *l = row->of;
	struct ie_any_list any;
	struct neutral_list neutral;
	unsigned i;

	memcpy(&neutral, from, sizeof(neutral));
	if (!neutral.list) {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	if (!ie_new_list(ctx, value, neutral.count, l->element_size ? l->element_size : l->size))
		return;
	memcpy(&any, value, sizeof(any));
	for (i = 0; i < neutral.count; i++) {
		void *item = any.array[i];

		if (l->element_size) {
			item = ie_new(ctx, l->size);
			if (!item)
				return;
			set_pointer(any.array[i], 0, item);
		}
		ie_put(ctx, l->item, (const uint8_t *)neutral.list + (size_t)i * l->width, item);
	}
}

static bool some_items(const struct ie_row *row, const void *from)
{
	struct neutral_list neutral;

	(void)row;
	memcpy(&neutral, from, sizeof(neutral));
	return neutral.count != 0;
}

static const struct ie_row *alternative(const struct ie_choice *choice, unsigned number)
{
	const struct ie_row *row = choice->alternatives;

	while (row->as && row->alternative != number)
		row++;
	return row->as ? row : NULL;
}

static bool take_choice(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const struct ie_choice *choice = row->of;
	const struct ie_row *chosen;
	unsigned present;

	memcpy(&present, value, sizeof(present));
	chosen = alternative(choice, present);
	if (!chosen || !chosen->as->take(ctx, chosen, (const uint8_t *)value + chosen->at, (uint8_t *)to + chosen->to))
		return false;
	*((uint8_t *)to + choice->which) = (uint8_t)present;
	return true;
}

static void put_choice(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct ie_choice *choice = row->of;
	unsigned present = *((const uint8_t *)from + choice->which);
	const struct ie_row *chosen = alternative(choice, present);

	if (!chosen) {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	memcpy(value, &present, sizeof(present));
	put_row(ctx, chosen, from, value);
}

const struct ie_codec ie_list = { take_list, put_list, some_items };
const struct ie_codec ie_choice = { take_choice, put_choice, NULL };
