/* SPDX-License-Identifier: BSD-2-Clause */
/* lists.c: lists of radio access bearers, whatever the type of their items. */
#include <string.h>
#include "ranap/values.h"

struct iuplus_octets ranap_take_item(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, const void *item)
{
	struct iuplus_octets octets = { NULL, 0 };
	int rc = iuplus_asn1_encode(type, IUPLUS_ASN1_APER, item, ctx->flags, ctx->arena, &octets, NULL, NULL);

	if (rc == IUPLUS_ERR_MEMORY)
		ranap_fail(ctx, rc);
	return octets;
}

struct iuplus_octets ranap_encode_item(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, const void *item)
{
	struct iuplus_octets octets = { NULL, 0 };
	int rc = iuplus_asn1_encode(type, IUPLUS_ASN1_APER, item, ctx->flags, ctx->arena, &octets, NULL, NULL);

	if (rc != IUPLUS_OK)
		ranap_fail(ctx, rc);
	return octets;
}

void *ranap_put_item(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets item)
{
	void *value = NULL;
	int rc = iuplus_asn1_decode(type, IUPLUS_ASN1_APER, item.data, item.len * 8, ctx->flags | IUPLUS_ASN1_EXACT,
				    ctx->arena, &value, NULL);

	/* What the item's own receiver is to judge (an unknown IE, a missing one) is passed on to it. */
	if (!value)
		ranap_fail(ctx, rc == IUPLUS_OK ? IUPLUS_ERR_SYNTAX : rc);
	return value;
}

/* The item of a list element, its RAB-ID in *id; NULL when the element lacks it. */
static const void *item_of(const void *element, uint8_t *id)
{
	const void *item;
	BIT_STRING_t bits;

	memcpy(&item, element, sizeof(item));
	if (!item)
		return NULL;
	memcpy(&bits, item, sizeof(bits));
	*id = (uint8_t)ranap_take_number(bits.buf, bits.size);
	return item;
}

void ranap_take_rabs(struct ranap_ctx *ctx, const void *list, const struct iuplus_asn1_type *type,
		     struct iuplus_ranap_rabs *to)
{
	struct iuplus_ranap_rab *rabs;
	struct ranap_any_list any;
	const void *item;
	int i;

	if (!list)
		return;
	memcpy(&any, list, sizeof(any));
	rabs = ranap_new(ctx, (size_t)any.count * sizeof(*rabs));
	if (!rabs)
		return;
	to->list = rabs;
	for (i = 0; i < any.count; i++) {
		item = item_of(any.array[i], &rabs[to->count].id);
		if (item)
			rabs[to->count].item = ranap_take_item(ctx, type, item);
		if (rabs[to->count].item.len)
			to->count++;
	}
}

void *ranap_new_rabs(struct ranap_ctx *ctx, const struct iuplus_ranap_rabs *from, const struct iuplus_asn1_type *type,
		     size_t element_size, size_t list_size)
{
	struct ranap_any_list any;
	void *list, *item;
	unsigned i;

	if (!from->count)
		return NULL;
	list = ranap_new(ctx, list_size);
	if (!list || !ranap_new_list(ctx, list, from->count, element_size))
		return NULL;
	memcpy(&any, list, sizeof(any));
	for (i = 0; i < from->count; i++) {
		item = ranap_put_item(ctx, type, from->list[i].item);
		memcpy(any.array[i], &item, sizeof(item));
	}
	return list;
}

void ranap_take_rab_causes(struct ranap_ctx *ctx, const void *list, size_t cause,
			   struct iuplus_ranap_rab_causes *to)
{
	struct iuplus_ranap_rab_cause *rabs;
	struct ranap_any_list any;
	const void *item;
	int i;

	if (!list)
		return;
	memcpy(&any, list, sizeof(any));
	rabs = ranap_new(ctx, (size_t)any.count * sizeof(*rabs));
	if (!rabs)
		return;
	to->list = rabs;
	for (i = 0; i < any.count; i++) {
		item = item_of(any.array[i], &rabs[to->count].id);
		if (item)
			rabs[to->count++].cause = ranap_take_cause((const void *)((const char *)item + cause));
	}
}

void *ranap_new_rab_causes(struct ranap_ctx *ctx, const struct iuplus_ranap_rab_causes *from, size_t item_size,
			   size_t cause, size_t element_size, size_t list_size)
{
	struct ranap_any_list any;
	void *list, *item;
	unsigned i;

	if (!from->count)
		return NULL;
	list = ranap_new(ctx, list_size);
	if (!list || !ranap_new_list(ctx, list, from->count, element_size))
		return NULL;
	memcpy(&any, list, sizeof(any));
	for (i = 0; i < from->count; i++) {
		item = ranap_new(ctx, item_size);
		if (!item)
			return NULL;
		ranap_put_bits(ctx, &from->list[i].id, 8, item);
		ranap_put_cause(ctx, from->list[i].cause, (void *)((char *)item + cause));
		memcpy(any.array[i], &item, sizeof(item));
	}
	return list;
}
