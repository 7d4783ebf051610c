/* SPDX-License-Identifier: BSD-2-Clause */
/* Overload of the core network (TS 25.413 8.25): the RNC cuts traffic step by step, by rejecting the RRC connections of
 * some phones. */
#include "src/proc/rnc_ue.h"

/* 8.25 */
void rnc_overload(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config, unsigned peer,
		  const struct iuplus_ranap_overload *message)
{
	unsigned steps = rnc->peer[peer].steps + (message->has_steps ? message->steps : 1);

	if (rnc->peer[peer].ignores_overload)
		return;
	rnc->peer[peer].ignores_overload = true;
	rnc->peer[peer].steps = steps < IUPLUS_RNC_OVERLOAD_STEPS ? steps : IUPLUS_RNC_OVERLOAD_STEPS;
	rnc_node_timer_start(p, config, peer, IUPLUS_RNC_TIGOR);
	rnc_node_timer_start(p, config, peer, IUPLUS_RNC_TINTR);
	proc_failure(p, "the %s domain is overloaded: %u of %u phones may not connect", ran_domain_name(peer),
		     rnc->peer[peer].steps, (unsigned)IUPLUS_RNC_OVERLOAD_STEPS);
}

void rnc_overload_step(struct proc *p, struct iuplus_rnc *rnc, const struct iuplus_rnc_config *config, unsigned peer)
{
	if (!rnc->peer[peer].steps)
		return;
	rnc->peer[peer].steps--;
	if (rnc->peer[peer].steps)
		rnc_node_timer_start(p, config, peer, IUPLUS_RNC_TINTR);
	else
		proc_note(p, IUPLUS_STEP_NONE, "the %s domain is no longer overloaded", ran_domain_name(peer));
}

bool iuplus_rnc_admit(struct iuplus_rnc *rnc)
{
	unsigned steps = rnc->peer[0].steps > rnc->peer[1].steps ? rnc->peer[0].steps : rnc->peer[1].steps;

	return rnc->turn++ % IUPLUS_RNC_OVERLOAD_STEPS >= steps;
}
