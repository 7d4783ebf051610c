/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_cl.c: SCCP connectionless control: UDT, XUDT with segmentation, and the part of SCCP management that a node
 * without relay function needs (Q.714 clauses 4 and 5). */
#include "src/net/sccp_internal.h"

#include <stdlib.h>
#include <string.h>

#define XUDT_SEGMENT 240u /* the pointer to the optional part limits it */
#define MAX_SEGMENTS 16u
#define UDT_MAX 255u
#define HOP_COUNTER 15u
#define RETURN_UNEQUIPPED_USER 4u
/* SCCP management messages (Q.713 5.3). */
#define SCMG_SSA 1u
#define SCMG_SST 3u
#define SCMG_LEN 5u

bool sccp_user_equipped(const struct iuplus_sccp *s, const struct iuplus_sccp_address *called)
{
	return !called->has_ssn || called->ssn == s->config.ssn;
}

static void fill_addresses(const struct iuplus_sccp *s, uint32_t pc, uint8_t ssn, struct iuplus_sccp_message *m)
{
	m->called.has_point_code = m->called.has_ssn = m->called.route_on_ssn = true;
	m->called.point_code = (uint16_t)pc;
	m->called.ssn = ssn;
	m->calling = m->called;
	m->calling.point_code = (uint16_t)s->config.point_code;
	m->calling.ssn = ssn == IUPLUS_SCCP_SSN_SCMG ? ssn : s->config.ssn;
	m->has_called = m->has_calling = true;
}

int iuplus_sccp_unitdata(struct iuplus_sccp *s, unsigned peer, uint32_t pc, uint8_t ssn, const uint8_t *data,
			 size_t len)
{
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_UDT };
	size_t segments = (len + XUDT_SEGMENT - 1) / XUDT_SEGMENT;
	uint8_t sls;
	int rc;

	if (len == 0 || segments > MAX_SEGMENTS)
		return IUPLUS_ERR_CONSTRAINT;
	fill_addresses(s, pc, ssn, &m);
	sls = s->next_sls = (uint8_t)((s->next_sls + 1) & 0x0f);
	if (len <= UDT_MAX) {
		m.data.data = data;
		m.data.len = len;
		return sccp_output(s, peer, pc, sls, &m);
	}
	m.type = IUPLUS_SCCP_XUDT;
	m.protocol_class = 1; /* all segments use the same path */
	m.hop_counter = HOP_COUNTER;
	m.has_segmentation = true;
	m.first_segment = true;
	m.segmentation_reference = s->next_segmentation = (s->next_segmentation + 1) & 0xffffff;
	/* The first segment is the longest, so that the receiver knows the maximum length (Q.714 4.1.1.1.2). */
	while (segments-- > 0) {
		m.data.data = data;
		m.data.len = len > XUDT_SEGMENT ? XUDT_SEGMENT : len;
		m.remaining_segments = (uint8_t)segments;
		rc = sccp_output(s, peer, pc, sls, &m);
		if (rc != 0)
			return rc;
		data += m.data.len;
		len -= m.data.len;
		m.first_segment = false;
	}
	return 0;
}

static void deliver(struct iuplus_sccp *s, unsigned peer, uint32_t opc, const struct iuplus_sccp_message *m,
		    struct iuplus_octets data)
{
	struct iuplus_sccp_event event = { .kind = IUPLUS_SCCP_EV_UNITDATA, .peer = peer, .peer_point_code = opc };

	event.called = m->called;
	event.calling = m->calling;
	event.data = data;
	s->ops.event(s->ops.user, &event);
}

/* A subsystem status test for the local user is answered by "allowed"; a node without relay function ignores the
 * rest. */
static void manage(struct iuplus_sccp *s, unsigned peer, uint32_t opc, struct iuplus_octets data)
{
	uint8_t allowed[SCMG_LEN];
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_UDT };

	if (data.len < SCMG_LEN || data.data[0] != SCMG_SST || data.data[1] != s->config.ssn)
		return;
	memcpy(allowed, data.data, sizeof(allowed));
	allowed[0] = SCMG_SSA;
	allowed[4] = 0;
	fill_addresses(s, opc, IUPLUS_SCCP_SSN_SCMG, &m);
	m.data.data = allowed;
	m.data.len = sizeof(allowed);
	sccp_output(s, peer, opc, 0, &m);
}

static void give_back(struct iuplus_sccp *s, unsigned peer, uint32_t opc, const struct iuplus_sccp_message *m)
{
	struct iuplus_sccp_message back = *m;

	if (!m->return_on_error)
		return;
	back.type = m->type == IUPLUS_SCCP_UDT ? IUPLUS_SCCP_UDTS : IUPLUS_SCCP_XUDTS;
	back.called = m->calling;
	back.calling = m->called;
	back.cause = RETURN_UNEQUIPPED_USER;
	back.hop_counter = HOP_COUNTER;
	sccp_output(s, peer, opc, 0, &back);
}

static struct sccp_reassembly *lookup(struct iuplus_sccp *s, unsigned peer, uint32_t opc,
				      const struct iuplus_sccp_message *m)
{
	for (unsigned i = 0; i < SCCP_REASSEMBLIES; i++) {
		struct sccp_reassembly *r = &s->reassembly[i];

		if (r->used && r->peer == peer && r->opc == opc && r->reference == m->segmentation_reference &&
		    r->calling.ssn == m->calling.ssn && r->calling.point_code == m->calling.point_code)
			return r;
	}
	return NULL;
}

/* An entry for a new reassembly: a free one, or the oldest. */
static struct sccp_reassembly *place(struct iuplus_sccp *s)
{
	struct sccp_reassembly *oldest = &s->reassembly[0];

	for (unsigned i = 0; i < SCCP_REASSEMBLIES; i++) {
		if (!s->reassembly[i].used)
			return &s->reassembly[i];
		if (s->reassembly[i].deadline < oldest->deadline)
			oldest = &s->reassembly[i];
	}
	return oldest;
}

static int collect(struct iuplus_sccp *s, unsigned peer, uint32_t opc, const struct iuplus_sccp_message *m,
		   uint64_t now)
{
	struct sccp_reassembly *r;
	struct iuplus_octets whole;

	if (s->reassembly == NULL) {
		s->reassembly = calloc(SCCP_REASSEMBLIES, sizeof(*s->reassembly));
		if (s->reassembly == NULL)
			return IUPLUS_ERR_MEMORY;
	}
	r = lookup(s, peer, opc, m);
	if (m->first_segment) {
		if (r == NULL)
			r = place(s);
		r->used = true;
		r->peer = peer;
		r->opc = opc;
		r->reference = m->segmentation_reference;
		r->calling = m->calling;
		r->remaining = m->remaining_segments;
		r->deadline = now + s->config.timers.t_reassembly;
		r->len = 0;
	} else {
		if (r == NULL)
			return IUPLUS_ERR_ORDER;
		if (m->remaining_segments + 1 != r->remaining) {
			r->used = false;
			return IUPLUS_ERR_ORDER;
		}
		r->remaining = m->remaining_segments;
	}
	if (m->data.len > sizeof(r->data) - r->len) {
		r->used = false;
		return IUPLUS_ERR_CONSTRAINT;
	}
	memcpy(r->data + r->len, m->data.data, m->data.len);
	r->len += m->data.len;
	if (r->remaining > 0)
		return 0;
	r->used = false;
	whole.data = r->data;
	whole.len = r->len;
	deliver(s, peer, opc, m, whole);
	return 0;
}

int sccp_receive_unitdata(struct iuplus_sccp *s, unsigned peer, uint32_t opc, const struct iuplus_sccp_message *m,
			  uint64_t now)
{
	if (m->type == IUPLUS_SCCP_UDTS || m->type == IUPLUS_SCCP_XUDTS) {
		struct iuplus_sccp_event event = { .kind = IUPLUS_SCCP_EV_NOTICE,
						   .peer = peer,
						   .peer_point_code = opc,
						   .cause = m->cause };

		event.called = m->called;
		event.calling = m->calling;
		event.data = m->data;
		s->ops.event(s->ops.user, &event);
		return 0;
	}
	if (m->called.has_ssn && m->called.ssn == IUPLUS_SCCP_SSN_SCMG) {
		manage(s, peer, opc, m->data);
		return 0;
	}
	if (!sccp_user_equipped(s, &m->called)) {
		give_back(s, peer, opc, m);
		return IUPLUS_ERR_NOT_COMPREHENDED;
	}
	if (m->has_segmentation && !(m->first_segment && m->remaining_segments == 0))
		return collect(s, peer, opc, m, now);
	deliver(s, peer, opc, m, m->data);
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
			s->reassembly[i].used = false;
}

void sccp_reassembly_forget(struct iuplus_sccp *s, unsigned peer)
{
	for (unsigned i = 0; s->reassembly != NULL && i < SCCP_REASSEMBLIES; i++)
		if (s->reassembly[i].used && s->reassembly[i].peer == peer)
			s->reassembly[i].used = false;
}
