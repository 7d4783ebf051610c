/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_scmg.c: the part of SCCP management that a node without relay function needs (Q.713 5.3, Q.714 clause 5):
 * subsystem status test, both ways, and what a peer says of its own subsystems. */
#include "src/net/sccp_internal.h"

/* Messages (Q.713 table 24), and their length: format, affected SSN, affected point code, multiplicity. */
enum { SSA = 1, SSP = 2, SST = 3 };
#define SCMG_LEN 5u

static int output(struct iuplus_sccp *s, uint32_t dpc, uint8_t format, uint8_t ssn, uint32_t affected)
{
	uint8_t data[SCMG_LEN] = { format, ssn, (uint8_t)affected, (uint8_t)(affected >> 8 & 0x3f), 0 };
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_UDT };

	sccp_fill_addresses(s, dpc, IUPLUS_SCCP_SSN_SCMG, &m);
	m.data.data = data;
	m.data.len = sizeof(data);
	return sccp_output(s, dpc, 0, &m);
}

int iuplus_sccp_test(struct iuplus_sccp *s, uint32_t pc, uint8_t ssn)
{
	return output(s, pc, SST, ssn, pc) == 0 ? 0 : IUPLUS_ERR_IO;
}

/* A test is answered if what it is about is here and in service; otherwise there is no answer (5.3.4.3). */
static void tested(struct iuplus_sccp *s, uint32_t opc, uint8_t ssn, uint32_t affected)
{
	if (affected == s->config.point_code && (ssn == s->config.ssn || ssn == IUPLUS_SCCP_SSN_SCMG))
		output(s, opc, SSA, ssn, affected);
}

void sccp_manage(struct iuplus_sccp *s, uint32_t opc, struct iuplus_octets data)
{
	struct iuplus_sccp_event event = { .kind = IUPLUS_SCCP_EV_ALLOWED, .peer_point_code = opc };
	uint32_t affected;

	if (data.len < SCMG_LEN)
		return;
	event.ssn = data.data[1];
	affected = (data.data[2] | (uint32_t)data.data[3] << 8) & 0x3fff;
	switch (data.data[0]) {
	case SST:
		tested(s, opc, event.ssn, affected);
		return;
	case SSP:
		event.kind = IUPLUS_SCCP_EV_PROHIBITED;
		/* fall through */
	case SSA:
		/* only what a node says of itself */
		if (affected == opc)
			s->ops.event(s->ops.user, &event);
		return;
	default:
		return;
	}
}
