/* SPDX-License-Identifier: BSD-2-Clause */
/* cn_ue.c: the core's context of one UE, from its making to its end, and what its owner may ask of it. */
#include <stdlib.h>
#include <string.h>

#include "src/proc/cn_ue.h"

struct iuplus_cn_ue *iuplus_cn_ue_new(const struct iuplus_cn_config *config,
				      const struct iuplus_cn_register *subscribers, uint32_t id, void *user)
{
	struct iuplus_cn_ue *ue = calloc(1, sizeof(*ue));

	if (!ue)
		return NULL;
	ue->config = config;
	ue->user = user;
	ue->link.number = id & 0xffff;
	ue->gmm.subscribers = subscribers;
	ue->gmm.cksn = IUPLUS_CN_NO_KEY;
	return ue;
}

void iuplus_cn_ue_free(struct iuplus_cn_ue *ue)
{
	if (!ue)
		return;
	cn_gmm_leave(&ue->gmm, ue);
	iuplus_security_wipe(ue, sizeof(*ue));
	free(ue);
}

bool iuplus_cn_ue_named(const struct iuplus_cn_ue *ue, const struct iuplus_proc_action *action, unsigned *conn)
{
	unsigned n, i;

	for (n = 0; n < 2; n++) {
		if (ue->link.iu[n].state == IUPLUS_CN_IU_NONE || !ue->link.iu[n].has_sig_con_id ||
		    ue->link.iu[n].peer != action->peer)
			continue;
		for (i = 0; i < action->range_count; i++) {
			if (ue->link.iu[n].sig_con_id < action->ranges[i].first ||
			    ue->link.iu[n].sig_con_id > action->ranges[i].last)
				continue;
			*conn = n;
			return true;
		}
	}
	return false;
}

uint16_t iuplus_cn_ue_id(const struct iuplus_cn_ue *ue)
{
	return (uint16_t)ue->link.number;
}

void *iuplus_cn_ue_user(const struct iuplus_cn_ue *ue)
{
	return ue->user;
}

void iuplus_cn_ue_get_status(const struct iuplus_cn_ue *ue, struct iuplus_cn_ue_status *status)
{
	const struct cn_link_ue *link = &ue->link;
	unsigned n;

	memset(status, 0, sizeof(*status));
	status->gmm = ue->gmm.state;
	status->relocation = link->relocation;
	status->security = link->security;
	status->serving = link->serving;
	for (n = 0; n < 2; n++) {
		status->iu[n].state = link->iu[n].state;
		status->iu[n].peer = link->iu[n].peer;
		status->iu[n].rnc_enhanced = link->iu[n].rnc_enhanced;
		status->iu[n].has_sig_con_id = link->iu[n].has_sig_con_id;
		status->iu[n].sig_con_id = link->iu[n].sig_con_id;
	}
	status->subscriber = ue->gmm.subscriber;
	status->ue_enhanced = link->ue_enhanced;
	status->ue_capability = link->ue_capability;
	status->integrity = link->keys.integrity_started;
	status->ciphering = link->keys.ciphering_started;
	status->kind = link->keys.kind;
	status->uia = link->keys.uia;
	status->uea = link->keys.uea;
	status->index = link->index;
	status->has_next_key = link->next.present;
	status->counter_due = link->counter_due;
	status->use = cn_link_use(&link->vector);
	status->tries = ue->gmm.tries;
}
