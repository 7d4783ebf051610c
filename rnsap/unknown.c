/* SPDX-License-Identifier: BSD-2-Clause */
/* unknown.c: IEs and extensions that this library does not know: kept as octets, and encoded at their places again. */
#include "rnsap/values.h"

/* Adds an entry to the list of the message being decoded. Returns it, or NULL. */
static struct iuplus_rnsap_unknown *add(struct rnsap_ctx *ctx)
{
	struct iuplus_rnsap_msg *msg = ctx->msg;
	struct iuplus_rnsap_unknown *list;
	size_t room = ctx->room ? 2 * ctx->room : 4;

	if (msg->unknown_count == ctx->room) {
		list = ie_new(&ctx->ie, room * sizeof(*list));
		if (!list)
			return NULL;
		if (msg->unknown_count)
			memcpy(list, msg->unknown, msg->unknown_count * sizeof(*list));
		msg->unknown = list;
		ctx->room = room;
	}
	/* this function allocated the list in the arena, so that it may be changed */
	return (struct iuplus_rnsap_unknown *)(uintptr_t)&msg->unknown[msg->unknown_count++];
}

void rnsap_take_unknown(struct rnsap_ctx *ctx, const struct RNSAP_UnknownIEs *from, enum iuplus_rnsap_where where,
			unsigned ie, unsigned level)
{
	struct iuplus_rnsap_unknown *to;
	int i;

	for (i = 0; from && i < from->list.count; i++) {
		const RNSAP_UnknownIE_t *item = from->list.array[i];

		to = add(ctx);
		if (!to)
			return;
		to->where = where;
		to->ie = (uint16_t)ie;
		to->level = (uint16_t)level;
		to->position = (uint16_t)item->place;
		to->id = (uint16_t)item->id;
		to->criticality = (enum iuplus_ranap_criticality)item->criticality;
		to->value = ie_take_octets(&item->value);
	}
}

void rnsap_take_no_ies(struct rnsap_ctx *ctx, const RNSAP_NoIEs_t *from, enum iuplus_rnsap_where where, unsigned ie,
		       unsigned level)
{
	if (from)
		rnsap_take_unknown(ctx, from->unknown, where, ie, level);
}

void rnsap_take_unknown_value(struct rnsap_ctx *ctx, unsigned id)
{
	struct iuplus_octets octets = { NULL, 0 };
	struct iuplus_rnsap_unknown *to;
	struct rnsap_head head;

	if (rnsap_peek(ctx->ie.pdu, &head)) {
		ctx->ie.message_at = head.end;
		octets = ie_find(&ctx->ie, false, id);
	}
	to = octets.len ? add(ctx) : NULL;
	if (!to)
		return;
	to->where = IUPLUS_RNSAP_VALUE_UNKNOWN;
	to->position = UINT16_MAX;
	to->id = (uint16_t)id;
	/* With reject the message would have been rejected; no known IE has notify. */
	to->criticality = IUPLUS_RANAP_IGNORE;
	to->value = octets;
}

static bool belongs(const struct iuplus_rnsap_unknown *u, enum iuplus_rnsap_where where, unsigned ie, unsigned level)
{
	if (u->where != where)
		return false;
	if (where == IUPLUS_RNSAP_IN_DIAGNOSTICS_IE)
		return u->ie == ie;
	return where != IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL || (u->ie == ie && u->level == level);
}

/* The list has the order in which the containers are put: each one begins where the previous one ended. */
struct RNSAP_UnknownIEs *rnsap_new_unknown(struct rnsap_ctx *ctx, enum iuplus_rnsap_where where, unsigned ie,
					   unsigned level)
{
	const struct iuplus_rnsap_msg *msg = ctx->from;
	const struct iuplus_rnsap_unknown *from;
	struct RNSAP_UnknownIEs *p;
	unsigned first, count = 0, i;

	while (ctx->placed < msg->unknown_count && msg->unknown[ctx->placed].where == IUPLUS_RNSAP_VALUE_UNKNOWN)
		ctx->placed++;
	first = ctx->placed;
	while (ctx->placed < msg->unknown_count && belongs(&msg->unknown[ctx->placed], where, ie, level)) {
		ctx->placed++;
		count++;
	}
	if (!count) /* there may be no list */
		return NULL;
	from = msg->unknown + first;
	p = ie_new(&ctx->ie, sizeof(*p));
	if (!p || !ie_new_list(&ctx->ie, &p->list, count, sizeof(RNSAP_UnknownIE_t)))
		return NULL;
	for (i = 0; i < count; i++) {
		RNSAP_UnknownIE_t *to = p->list.array[i];

		to->place = from[i].position;
		to->id = from[i].id;
		to->criticality = from[i].criticality;
		ie_put_octets(&ctx->ie, from[i].value.data, from[i].value.len, &to->value);
	}
	return p;
}

RNSAP_NoIEs_t *rnsap_new_no_ies(struct rnsap_ctx *ctx, enum iuplus_rnsap_where where, unsigned ie, unsigned level)
{
	struct RNSAP_UnknownIEs *unknown = rnsap_new_unknown(ctx, where, ie, level);
	RNSAP_NoIEs_t *p = unknown ? ie_new(&ctx->ie, sizeof(*p)) : NULL;

	if (p)
		p->unknown = unknown;
	return p;
}
