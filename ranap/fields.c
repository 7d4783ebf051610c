/* SPDX-License-Identifier: BSD-2-Clause */
/* fields.c: values that tables describe, between the generated and the neutral form. */
#include <string.h>
#include "ranap/fields.h"

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

bool ranap_take_fields(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	bool whole = true;

	for (; f->as; f++) {
		const void *base = f->extension_size ? pointer_at(value, f->extension) : value;
		const void *member;

		if (!base)
			continue;
		member = f->inside ? (const uint8_t *)base + f->at : pointer_at(base, f->at);
		if (!member)
			continue;
		if (!f->as->take(ctx, f, member, (uint8_t *)to + f->to))
			whole = whole && f->has != RANAP_ALWAYS;
		else if (f->has != RANAP_ALWAYS)
			*((bool *)to + f->has) = true;
	}
	return whole;
}

/* The struct that the field stands in: an extension container is made for its first member. */
static void *place_of(struct ranap_ctx *ctx, const struct ranap_field *f, void *value)
{
	void *p;

	if (!f->extension_size)
		return value;
	p = pointer_at(value, f->extension);
	if (!p) {
		p = ranap_new(ctx, f->extension_size);
		set_pointer(value, f->extension, p);
	}
	return p;
}

void ranap_put_fields(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	for (; f->as; f++) {
		const void *member = (const uint8_t *)from + f->to;
		void *base, *p;

		if (f->has != RANAP_ALWAYS && !*((const bool *)from + f->has))
			continue;
		if (!f->as->put || (f->as->some && !f->as->some(f, member)))
			continue;
		if (f->ours && !ranap_extension_allowed(ctx))
			continue;
		base = place_of(ctx, f, value);
		if (!base)
			return;
		p = f->inside ? (uint8_t *)base + f->at : ranap_new(ctx, f->size);
		if (!p)
			return;
		f->as->put(ctx, f, member, p);
		if (!f->inside)
			set_pointer(base, f->at, p);
	}
}

/* ---- numbers ------------------------------------------------------------------------------------------------- */

static void set_number(const struct ranap_field *f, void *to, uint32_t n)
{
	uint8_t octet = (uint8_t)n;
	uint16_t pair = (uint16_t)n;

	if (f->width == 1)
		memcpy(to, &octet, 1);
	else if (f->width == 2)
		memcpy(to, &pair, 2);
	else
		memcpy(to, &n, 4);
}

static uint32_t get_number(const struct ranap_field *f, const void *from)
{
	uint8_t octet;
	uint16_t pair;
	uint32_t n;

	if (f->width == 1) {
		memcpy(&octet, from, 1);
		return octet;
	}
	if (f->width == 2) {
		memcpy(&pair, from, 2);
		return pair;
	}
	memcpy(&n, from, 4);
	return n;
}

static bool take_number(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	long n;

	(void)ctx;
	memcpy(&n, value, sizeof(n));
	if (n < 0 || (unsigned long)n > UINT32_MAX >> (32 - 8 * f->width))
		return false;
	set_number(f, to, (uint32_t)n);
	return true;
}

static void put_number(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	long n = (long)get_number(f, from);

	(void)ctx;
	memcpy(value, &n, sizeof(n));
}

static bool take_flag(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	long n;

	(void)ctx;
	(void)f;
	memcpy(&n, value, sizeof(n));
	if (n < 0 || n > 1)
		return false;
	*(bool *)to = n == 1;
	return true;
}

static void put_flag(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	long n = *(const bool *)from ? 1 : 0;

	(void)ctx;
	(void)f;
	memcpy(value, &n, sizeof(n));
}

static bool take_null(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	(void)ctx;
	(void)f;
	(void)value;
	*(bool *)to = true;
	return true;
}

static void put_null(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	(void)ctx;
	(void)f;
	(void)from;
	(void)value;
}

static bool some_null(const struct ranap_field *f, const void *from)
{
	(void)f;
	return *(const bool *)from;
}

const struct ranap_codec ranap_as_null = { take_null, put_null, some_null };
const struct ranap_codec ranap_as_number = { take_number, put_number, NULL };
const struct ranap_codec ranap_as_seen_number = { take_number, NULL, NULL };
const struct ranap_codec ranap_as_flag = { take_flag, put_flag, NULL };

/* ---- octets -------------------------------------------------------------------------------------------------- */

static bool take_octets(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	(void)ctx;
	(void)f;
	*(struct iuplus_octets *)to = ranap_take_octets(value);
	return true;
}

static void put_octets(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	const struct iuplus_octets *octets = from;

	(void)f;
	ranap_put_octets(ctx, octets->data, octets->len, value);
}

static bool filled(const struct ranap_field *f, const void *from)
{
	(void)f;
	return ((const struct iuplus_octets *)from)->len != 0;
}

static bool take_octet_array(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	const OCTET_STRING_t *s = value;

	(void)ctx;
	ranap_take_fixed(s->buf, s->size, to, f->width);
	return true;
}

static void put_octet_array(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	ranap_put_octets(ctx, from, f->width, value);
}

static bool take_octet_number(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	const OCTET_STRING_t *s = value;

	(void)ctx;
	set_number(f, to, ranap_take_number(s->buf, s->size));
	return true;
}

static void put_octet_number(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	uint32_t n = get_number(f, from);
	const uint8_t octets[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };

	ranap_put_octets(ctx, octets + 4 - f->width, f->width, value);
}

const struct ranap_codec ranap_as_octets = { take_octets, put_octets, NULL };
const struct ranap_codec ranap_as_filled = { take_octets, put_octets, filled };
const struct ranap_codec ranap_as_octet_array = { take_octet_array, put_octet_array, NULL };
const struct ranap_codec ranap_as_octet_number = { take_octet_number, put_octet_number, NULL };

/* ---- bits ---------------------------------------------------------------------------------------------------- */

static bool take_bits(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	const BIT_STRING_t *s = value;
	struct iuplus_ranap_bits *bits = to;

	(void)ctx;
	(void)f;
	bits->data = s->buf;
	bits->count = s->size > 0 ? (uint32_t)s->size * 8 - (uint32_t)s->bits_unused : 0;
	return true;
}

static void put_bits(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	const struct iuplus_ranap_bits *bits = from;

	(void)f;
	if (bits->count > INT32_MAX || (bits->count && !bits->data))
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
	else
		ranap_put_bits(ctx, bits->count ? bits->data : (const uint8_t *)"", bits->count, value);
}

static bool some_bits(const struct ranap_field *f, const void *from)
{
	(void)f;
	return ((const struct iuplus_ranap_bits *)from)->count != 0;
}

static bool take_bit_array(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	const BIT_STRING_t *s = value;

	(void)ctx;
	ranap_take_fixed(s->buf, s->size, to, f->width);
	return true;
}

static void put_bit_array(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	ranap_put_bits(ctx, from, f->width * 8u, value);
}

static bool take_bit_number(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	const BIT_STRING_t *s = value;

	(void)ctx;
	set_number(f, to, ranap_take_number(s->buf, s->size) >> ((8 - f->bits % 8) % 8));
	return true;
}

static void put_bit_number(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	uint32_t n = get_number(f, from);
	uint8_t octets[4];

	if (f->bits < 32 && n >> f->bits)
		ranap_fail(ctx, IUPLUS_ERR_CONSTRAINT);
	n <<= 32 - f->bits;
	octets[0] = (uint8_t)(n >> 24);
	octets[1] = (uint8_t)(n >> 16);
	octets[2] = (uint8_t)(n >> 8);
	octets[3] = (uint8_t)n;
	ranap_put_bits(ctx, octets, f->bits, value);
}

const struct ranap_codec ranap_as_bits = { take_bits, put_bits, some_bits };
const struct ranap_codec ranap_as_bit_array = { take_bit_array, put_bit_array, NULL };
const struct ranap_codec ranap_as_bit_number = { take_bit_number, put_bit_number, NULL };
const struct ranap_codec ranap_as_seen_bits = { take_bit_number, NULL, NULL };

/* ---- whole values -------------------------------------------------------------------------------------------- */

/* A value with an alternative of a later release inside decodes, but has no encoding: it is taken as absent, which its
 * criticality allowed. */
static bool take_encoded(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	struct iuplus_octets octets = { NULL, 0 };
	int rc = iuplus_asn1_encode(f->of, IUPLUS_ASN1_APER, value, ctx->flags, ctx->arena, &octets, NULL, NULL);

	if (rc == IUPLUS_ERR_MEMORY)
		ranap_fail(ctx, rc);
	if (rc != IUPLUS_OK)
		return false;
	*(struct iuplus_octets *)to = octets;
	return true;
}

static void put_encoded(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	const struct iuplus_octets *octets = from;
	void *decoded = NULL;
	int rc = iuplus_asn1_decode(f->of, IUPLUS_ASN1_APER, octets->data, octets->len * 8,
				    ctx->flags | IUPLUS_ASN1_EXACT, ctx->arena, &decoded, NULL);

	/* What its own receiver is to judge (an unknown IE, a missing one) is passed on to it. */
	if (decoded)
		memcpy(value, decoded, f->size);
	else
		ranap_fail(ctx, rc == IUPLUS_OK ? IUPLUS_ERR_SYNTAX : rc);
}

static bool take_record(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	return ranap_take_fields(ctx, f->of, value, to);
}

static void put_record(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	ranap_put_fields(ctx, f->of, from, value);
}

const struct ranap_codec ranap_as_encoded = { take_encoded, put_encoded, filled };
const struct ranap_codec ranap_as_record = { take_record, put_record, NULL };

/* ---- lists and choices --------------------------------------------------------------------------------------- */

/* What every list of a neutral struct looks like. */
struct neutral_list {
	uint16_t count;
	const void *list;
};

static bool take_list(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	const struct ranap_list *l = f->of;
	struct ranap_any_list any;
	struct neutral_list neutral = { 0, NULL };
	uint8_t *items, *to_item;
	int i;

	memcpy(&any, value, sizeof(any));
	items = ranap_new(ctx, (size_t)any.count * l->width + 1);
	if (!items)
		return false;
	for (i = 0; i < any.count; i++) {
		const void *item = l->element_size ? pointer_at(any.array[i], 0) : any.array[i];

		/* An item that was not understood is left out: its criticality allowed it, or we would not be here. */
		if (!item)
			continue;
		to_item = items + (size_t)neutral.count * l->width;
		if (ranap_take_fields(ctx, l->item, item, to_item))
			neutral.count++;
		else
			memset(to_item, 0, l->width);
	}
	neutral.list = items;
	memcpy(to, &neutral, sizeof(neutral));
	return true;
}

static void put_list(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	const struct ranap_list *l = f->of;
	struct ranap_any_list any;
	struct neutral_list neutral;
	unsigned i;

	memcpy(&neutral, from, sizeof(neutral));
	if (!neutral.list) {
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	if (!ranap_new_list(ctx, value, neutral.count, l->element_size ? l->element_size : l->size))
		return;
	memcpy(&any, value, sizeof(any));
	for (i = 0; i < neutral.count; i++) {
		void *item = any.array[i];

		if (l->element_size) {
			item = ranap_new(ctx, l->size);
			if (!item)
				return;
			set_pointer(any.array[i], 0, item);
		}
		ranap_put_fields(ctx, l->item, (const uint8_t *)neutral.list + (size_t)i * l->width, item);
	}
}

static bool some_items(const struct ranap_field *f, const void *from)
{
	struct neutral_list neutral;

	(void)f;
	memcpy(&neutral, from, sizeof(neutral));
	return neutral.count != 0;
}

/* The field of an alternative, with which it is a list of one; as is NULL when there is none. */
static void alternative(const struct ranap_choice *choice, unsigned number, struct ranap_field alone[2])
{
	const struct ranap_field *f;

	memset(alone, 0, 2 * sizeof(*alone));
	for (f = choice->alternatives; f->as; f++)
		if (f->alternative == number)
			alone[0] = *f;
}

static bool take_choice(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to)
{
	const struct ranap_choice *choice = f->of;
	struct ranap_field alone[2];
	unsigned present;

	memcpy(&present, value, sizeof(present));
	alternative(choice, present, alone);
	if (!alone[0].as || !alone[0].as->take(ctx, &alone[0], (const uint8_t *)value + alone[0].at,
					       (uint8_t *)to + alone[0].to))
		return false;
	*((uint8_t *)to + choice->which) = (uint8_t)present;
	return true;
}

static void put_choice(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value)
{
	const struct ranap_choice *choice = f->of;
	struct ranap_field alone[2];
	unsigned present = *((const uint8_t *)from + choice->which);

	alternative(choice, present, alone);
	if (!alone[0].as) {
		ranap_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	memcpy(value, &present, sizeof(present));
	ranap_put_fields(ctx, alone, from, value);
}

const struct ranap_codec ranap_as_list = { take_list, put_list, some_items };
const struct ranap_codec ranap_as_choice = { take_choice, put_choice, NULL };
