/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_reassembly.c: segments of connectionless messages put together (Q.714 4.1.1.2). What cannot be completed is
 * returned to its sender, with the first segment, if that asked for it (4.1.1.2.3, 4.2). */
#include "src/net/sccp_internal.h"

#include <stdlib.h>
#include <string.h>

static bool same_address(const struct iuplus_sccp_address *a, const struct iuplus_sccp_address *b)
{
	return a->ssn == b->ssn && a->point_code == b->point_code && a->gti == b->gti && a->gt_len == b->gt_len &&
	       memcmp(a->gt, b->gt, a->gt_len) == 0;
}

static struct sccp_reassembly *lookup(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m)
{
	for (unsigned i = 0; i < SCCP_REASSEMBLIES; i++) {
		struct sccp_reassembly *r = &s->reassembly[i];

		if (r->used && r->opc == opc && r->reference == m->segmentation_reference &&
		    same_address(&r->first.calling, &m->calling))
			return r;
	}
	return NULL;
}

/* Ends an incomplete reassembly. */
static void give_up(struct iuplus_sccp *s, struct sccp_reassembly *r, uint8_t cause)
{
	struct iuplus_sccp_message first = r->first;

	r->used = false;
	first.data.data = r->data;
	first.data.len = r->first_len;
	sccp_give_back(s, r->opc, &first, cause);
}

/* An entry for a new reassembly: a free one, or the oldest, which then cannot be completed here. */
static struct sccp_reassembly *place(struct iuplus_sccp *s)
{
	struct sccp_reassembly *oldest = &s->reassembly[0];

	for (unsigned i = 0; i < SCCP_REASSEMBLIES; i++) {
		if (!s->reassembly[i].used)
			return &s->reassembly[i];
		if (s->reassembly[i].deadline < oldest->deadline)
			oldest = &s->reassembly[i];
	}
	give_up(s, oldest, SCCP_RETURN_CANNOT_REASSEMBLE);
	return oldest;
}

static struct sccp_reassembly *begin(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m,
				     uint64_t now)
{
	struct sccp_reassembly *r = lookup(s, opc, m);

	if (r == NULL)
		r = place(s);
	else
		give_up(s, r, SCCP_RETURN_TRANSPORT); /* a new message with the reference of an incomplete one */
	r->used = true;
	r->opc = opc;
	r->reference = m->segmentation_reference;
	r->first = *m;
	r->remaining = m->remaining_segments;
	r->deadline = now + s->config.timers.t_reassembly;
	r->len = 0;
	r->first_len = m->data.len < sizeof(r->data) ? m->data.len : sizeof(r->data);
	return r;
}

int sccp_reassemble(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m, uint64_t now)
{
	struct sccp_reassembly *r;
	struct iuplus_octets whole;

	if (s->reassembly == NULL) {
		s->reassembly = calloc(SCCP_REASSEMBLIES, sizeof(*s->reassembly));
		if (s->reassembly == NULL)
			return IUPLUS_ERR_MEMORY;
	}
	if (m->first_segment) {
		r = begin(s, opc, m, now);
	} else {
		r = lookup(s, opc, m);
		if (r == NULL)
			return IUPLUS_ERR_ORDER;
		if (m->remaining_segments + 1 != r->remaining) {
			give_up(s, r, SCCP_RETURN_TRANSPORT);
			return IUPLUS_ERR_ORDER;
		}
		r->remaining = m->remaining_segments;
	}
	if (m->data.len > sizeof(r->data) - r->len) {
		give_up(s, r, SCCP_RETURN_CANNOT_REASSEMBLE);
		return IUPLUS_ERR_CONSTRAINT;
	}
	memcpy(r->data + r->len, m->data.data, m->data.len);
	r->len += m->data.len;
	if (r->remaining > 0)
		return 0;
	r->used = false;
	whole.data = r->data;
	whole.len = r->len;
	sccp_deliver(s, opc, m, whole);
	return 0;
}

uint64_t sccp_reassembly_next(const struct iuplus_sccp *s)
{
	uint64_t next = SCCP_NEVER;

	for (unsigned i = 0; s->reassembly != NULL && i < SCCP_REASSEMBLIES; i++)
		if (s->reassembly[i].used && s->reassembly[i].deadline < next)
			next = s->reassembly[i].deadline;
	return next;
}

void sccp_reassembly_tick(struct iuplus_sccp *s, uint64_t now)
{
	for (unsigned i = 0; s->reassembly != NULL && i < SCCP_REASSEMBLIES; i++)
		if (s->reassembly[i].used && s->reassembly[i].deadline <= now)
			give_up(s, &s->reassembly[i], SCCP_RETURN_TRANSPORT);
}

void sccp_reassembly_forget(struct iuplus_sccp *s, uint32_t opc)
{
	for (unsigned i = 0; s->reassembly != NULL && i < SCCP_REASSEMBLIES; i++)
		if (s->reassembly[i].used && s->reassembly[i].opc == opc)
			s->reassembly[i].used = false;
}
