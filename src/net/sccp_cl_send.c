/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_cl_send.c: connectionless messages to a peer and to the user: UDT, XUDT segments, LUDT, and what is returned to
 * its sender (Q.714 clause 4). */
#include "src/net/sccp_internal.h"

#define XUDT_SEGMENT 240u /* the pointer to the optional part limits it */
#define MAX_SEGMENTS 16u
#define UDT_MAX 255u
#define HOP_COUNTER 15u

void sccp_fill_addresses(const struct iuplus_sccp *s, uint32_t pc, uint8_t ssn, struct iuplus_sccp_message *m)
{
	m->called.has_point_code = m->called.has_ssn = m->called.route_on_ssn = true;
	m->called.point_code = (uint16_t)pc;
	m->called.ssn = ssn;
	m->calling = m->called;
	m->calling.point_code = (uint16_t)s->config.point_code;
	m->calling.ssn = ssn == IUPLUS_SCCP_SSN_SCMG ? ssn : s->config.ssn;
	m->has_called = m->has_calling = true;
}

int iuplus_sccp_unitdata(struct iuplus_sccp *s, uint32_t pc, uint8_t ssn, const uint8_t *data, size_t len)
{
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_UDT };
	size_t segments = (len + XUDT_SEGMENT - 1) / XUDT_SEGMENT;
	uint8_t sls;
	int rc;

	if (len == 0 || len > IUPLUS_SCCP_MAX_UNITDATA)
		return IUPLUS_ERR_CONSTRAINT;
	sccp_fill_addresses(s, pc, ssn, &m);
	sls = s->next_sls = (uint8_t)((s->next_sls + 1) & 0x0f);
	if (len <= UDT_MAX || segments > MAX_SEGMENTS) {
		m.type = len <= UDT_MAX ? IUPLUS_SCCP_UDT : IUPLUS_SCCP_LUDT;
		m.hop_counter = HOP_COUNTER;
		m.data.data = data;
		m.data.len = len;
		return sccp_output(s, pc, sls, &m);
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
		rc = sccp_output(s, pc, sls, &m);
		if (rc != 0)
			return rc;
		data += m.data.len;
		len -= m.data.len;
		m.first_segment = false;
	}
	return 0;
}

void sccp_deliver(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m, struct iuplus_octets data)
{
	struct iuplus_sccp_event event = { .kind = IUPLUS_SCCP_EV_UNITDATA, .peer_point_code = opc };

	event.called = m->called;
	event.calling = m->calling;
	event.data = data;
	s->ops.event(s->ops.user, &event);
}

void sccp_give_back(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m, uint8_t cause)
{
	struct iuplus_sccp_message back = *m;

	if (!m->return_on_error)
		return;
	back.type = m->type == IUPLUS_SCCP_UDT  ? IUPLUS_SCCP_UDTS :
		    m->type == IUPLUS_SCCP_LUDT ? IUPLUS_SCCP_LUDTS :
						  IUPLUS_SCCP_XUDTS;
	back.called = m->calling;
	back.calling = m->called;
	back.cause = cause;
	back.hop_counter = HOP_COUNTER;
	sccp_output(s, opc, 0, &back);
}
