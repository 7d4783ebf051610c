/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_cl.c: a connectionless message of a peer, by whom it is for (Q.714 clause 4). */
#include "src/net/sccp_internal.h"

bool sccp_user_equipped(const struct iuplus_sccp *s, const struct iuplus_sccp_address *called)
{
	return called->has_ssn && called->ssn == s->config.ssn;
}

int sccp_receive_unitdata(struct iuplus_sccp *s, uint32_t opc, const struct iuplus_sccp_message *m, uint64_t now)
{
	if (m->type == IUPLUS_SCCP_UDTS || m->type == IUPLUS_SCCP_XUDTS || m->type == IUPLUS_SCCP_LUDTS) {
		struct iuplus_sccp_event event = { .kind = IUPLUS_SCCP_EV_NOTICE,
						   .peer_point_code = opc,
						   .cause = m->cause };

		event.called = m->called;
		event.calling = m->calling;
		event.data = m->data;
		s->ops.event(s->ops.user, &event);
		return 0;
	}
	if (m->called.has_ssn && m->called.ssn == IUPLUS_SCCP_SSN_SCMG) {
		sccp_manage(s, opc, m->data);
		return 0;
	}
	if (!sccp_user_equipped(s, &m->called)) {
		sccp_give_back(s, opc, m, SCCP_RETURN_UNEQUIPPED_USER);
		return IUPLUS_ERR_NOT_COMPREHENDED;
	}
	if (m->has_segmentation && !(m->first_segment && m->remaining_segments == 0))
		return sccp_reassemble(s, opc, m, now);
	sccp_deliver(s, opc, m, m->data);
	return 0;
}
