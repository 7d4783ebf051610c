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
	bool whole = true, *has = to;

	for (; row->as; row++) {
		const void *member = row->inside ? (const uint8_t *)value + row->at : pointer_at(value, row->at);

		if (!member)
			continue;
		if (!row->as->take(ctx, row, member, (uint8_t *)to + row->to))
			whole = whole && row->has != IE_ALWAYS;
		else if (row->has != IE_ALWAYS)
			has[row->has] = true;
	}
	return whole;
}

static bool some_rows(const struct ie_row *row, const void *from);

/* Whether the row has a value to put. */
static inline __attribute__((always_inline)) bool is_present(const struct ie_row *row, const void *base)
{
	const uint8_t *from = base;

	if (row->has != IE_ALWAYS)
		return from[row->has];
	from += row->to;
	if (row->as->some == IE_SOME_ALWAYS)
		return true;
	if (row->as->some == IE_SOME_OCTETS)
		return ((const struct iuplus_octets *)(const void *)from)->len != 0;
	switch ((enum ie_some)row->as->some) {
	case IE_SOME_ALWAYS:
		break;
	case IE_SOME_NEVER:
		return false;
	case IE_SOME_FLAG:
		return *(const bool *)from;
	case IE_SOME_COUNT:
		return *(const uint16_t *)(const void *)from != 0;
	case IE_SOME_OCTETS:
		break;
	case IE_SOME_BITS:
		return ((const struct iuplus_ranap_bits *)(const void *)from)->count != 0;
	case IE_SOME_ABOVE_12_BITS:
		return *(const uint16_t *)(const void *)from > 4095;
	case IE_SOME_ROWS:
		return some_rows(row->of, base);
	}
	return true;
}

static bool some_rows(const struct ie_row *row, const void *from)
{
	while (row->as && !is_present(row, from))
		row++;
	return row->as != NULL;
}

static inline __attribute__((always_inline)) void put_row(struct ie_ctx *ctx, const struct ie_row *row,
							  const void *from, void *value)
{
	const struct ie_codec *as = row->as;
	void *place = (uint8_t *)value + row->at;

	if (row->ours && !ie_extension_allowed(ctx))
		return;
	if (!(row->inside | as->links)) {
		void **pointer = place;

		*pointer = place = ie_new(ctx, row->size);
		if (!place)
			return;
	}
	as->put(ctx, row, (const uint8_t *)from + row->to, place);
}

void ie_put(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	for (; row->as; row++)
		if (is_present(row, from))
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

const struct ie_codec ie_null = { take_null, put_null, IE_SOME_FLAG, false };
const struct ie_codec ie_number = { take_number, put_number, IE_SOME_ALWAYS, false };
const struct ie_codec ie_seen_number = { take_number, NULL, IE_SOME_NEVER, false };
const struct ie_codec ie_flag = { take_flag, put_flag, IE_SOME_ALWAYS, false };

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

const struct ie_codec ie_octets = { take_octets, put_octets, IE_SOME_ALWAYS, false };
const struct ie_codec ie_filled = { take_octets, put_octets, IE_SOME_OCTETS, false };
const struct ie_codec ie_octet_array = { take_octet_array, put_octet_array, IE_SOME_ALWAYS, false };
const struct ie_codec ie_octet_number = { take_octet_number, put_octet_number, IE_SOME_ALWAYS, false };

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

const struct ie_codec ie_bits = { take_bits, put_bits, IE_SOME_BITS, false };
const struct ie_codec ie_bit_array = { take_bit_array, put_bit_array, IE_SOME_ALWAYS, false };
const struct ie_codec ie_bit_number = { take_bit_number, put_bit_number, IE_SOME_ALWAYS, false };
const struct ie_codec ie_seen_bits = { take_bit_number, NULL, IE_SOME_NEVER, false };

/* ---- whole values -------------------------------------------------------------------------------------------- */

bool ie_encode(struct ie_ctx *ctx, const struct iuplus_asn1_type *type, const void *value, struct iuplus_octets *to)
{
	struct iuplus_octets octets = { NULL, 0 };
	int rc = iuplus_asn1_encode(type, IUPLUS_ASN1_APER, value, ctx->flags, ctx->arena, &octets, NULL, NULL);

	if (rc == IUPLUS_ERR_MEMORY)
		ie_fail(ctx, rc);
	if (rc == IUPLUS_OK)
		*to = octets;
	return rc == IUPLUS_OK;
}

void *ie_decode(struct ie_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets octets, bool *same)
{
	struct iuplus_asn1_error error;
	void *value = NULL;
	int rc = iuplus_asn1_decode(type, IUPLUS_ASN1_APER, octets.data, octets.len * 8, ctx->flags | IUPLUS_ASN1_EXACT,
				    ctx->arena, &value, &error);

	/* Problems that its own receiver must judge (an unknown or missing IE) are left to it. */
	if (!value)
		ie_fail(ctx, rc == IUPLUS_OK ? IUPLUS_ERR_SYNTAX : rc);
	*same = rc == IUPLUS_OK && !error.problems;
	return value;
}

void *ie_new_encoded(struct ie_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets octets, bool checked)
{
	struct iuplus_octets *p;
	void *value;

	if (!checked && !ie_is_received(ctx, octets)) {
		value = ie_decode(ctx, type, octets, &checked);
		if (!checked)
			return value;
	}
	p = ie_new(ctx, sizeof(*p));
	if (!p)
		return NULL;
	*p = octets;
	return asn1_as_octets(p);
}

struct iuplus_octets ie_received(struct ie_ctx *ctx, const struct ie_row *row)
{
	const struct iuplus_octets none = { NULL, 0 };
	int id = ctx->as_received ? asn1_ie_id(ctx->type, ctx->value, row->extension, row->at) : -1;

	return id < 0 ? none : ie_find(ctx, row->extension, (unsigned)id);
}

static bool take_encoded(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	struct iuplus_octets *octets = to;

	*octets = ie_received(ctx, row);
	return octets->len || ie_encode(ctx, row->of, value, octets);
}

static void put_encoded(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *place)
{
	*(void **)place = ie_new_encoded(ctx, row->of, *(const struct iuplus_octets *)from, false);
}

static bool take_encoded_part(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	return ie_encode(ctx, row->of, value, to);
}

static void put_encoded_part(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	bool same;
	const void *decoded = ie_decode(ctx, row->of, *(const struct iuplus_octets *)from, &same);

	if (decoded)
		memcpy(value, decoded, row->size);
}

static bool take_record(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	return ie_take(ctx, row->of, value, to);
}

static void put_record(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	ie_put(ctx, row->of, from, value);
}

const struct ie_codec ie_encoded = { take_encoded, put_encoded, IE_SOME_OCTETS, true };
const struct ie_codec ie_encoded_part = { take_encoded_part, put_encoded_part, IE_SOME_OCTETS, false };
const struct ie_codec ie_record = { take_record, put_record, IE_SOME_ALWAYS, false };

/* Created for its first member, or by another codec. */
static void put_extensions(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *place)
{
	void **p = place;

	if (!*p)
		*p = ie_new(ctx, row->size);
	if (*p)
		ie_put(ctx, row->of, from, *p);
}

const struct ie_codec ie_extensions = { take_record, put_extensions, IE_SOME_ROWS, true };

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

const struct ie_codec ie_either = { take_either, put_either, IE_SOME_ALWAYS, false };

/* ---- lists --------------------------------------------------------------------------------------------------- */

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

const struct ie_codec ie_list = { take_list, put_list, IE_SOME_COUNT, false };

/* ---- lists whose items stay encoded -------------------------------------------------------------------------- */

/* The first octet of the list is its count. */
static struct ie_cursor cursor(struct ie_ctx *ctx, const struct ie_row *row)
{
	const struct ie_cursor c = { ie_received(ctx, row), 1 };

	return c;
}

static bool take_items(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to)
{
	const struct ie_items *l = row->of;
	struct ie_cursor c = cursor(ctx, row);
	struct neutral_list neutral = { 0, NULL };
	struct ie_any_list any;
	uint8_t *item;
	int i;

	memcpy(&any, value, sizeof(any));
	neutral.list = item = ie_new(ctx, (size_t)any.count * l->width);
	if (!item)
		return false;
	for (i = 0; i < any.count; i++) {
		const void *from = pointer_at(any.array[i], 0);
		struct iuplus_octets octets = ie_next_item(ctx, &c);

		/* An item that was not understood is left out. Its criticality permits that; otherwise decoding had
		 * failed. */
		if (!from || (!octets.len && !ie_encode(ctx, l->type, from, &octets)))
			continue;
		ie_take(ctx, l->seen, from, item);
		*(struct iuplus_octets *)(void *)(item + l->octets) = octets;
		item += l->width;
		neutral.count++;
	}
	memcpy(to, &neutral, sizeof(neutral));
	return true;
}

static void put_items(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value)
{
	const struct ie_items *l = row->of;
	struct ie_any_list any;
	struct neutral_list neutral;
	const uint8_t *item;
	unsigned i;

	memcpy(&neutral, from, sizeof(neutral));
	if (!neutral.list) {
		ie_fail(ctx, IUPLUS_ERR_ARGUMENT);
		return;
	}
	if (!ie_new_list(ctx, value, neutral.count, l->element_size))
		return;
	memcpy(&any, value, sizeof(any));
	for (i = 0, item = neutral.list; i < neutral.count; i++, item += l->width)
		set_pointer(any.array[i], 0,
			    ie_new_encoded(ctx, l->type,
					   *(const struct iuplus_octets *)(const void *)(item + l->octets), false));
}

const struct ie_codec ie_items = { take_items, put_items, IE_SOME_COUNT, false };

/* ---- choices ------------------------------------------------------------------------------------------------- */

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
	if (is_present(chosen, from))
		put_row(ctx, chosen, from, value);
}

const struct ie_codec ie_choice = { take_choice, put_choice, IE_SOME_ALWAYS, false };
