/* SPDX-License-Identifier: BSD-2-Clause */
/* rrc_model.c: what the RRC messages of a UE show: integrity protection, START, procedures, areas, and to which Iu
 * connections they belong. */
#include <stdlib.h>
#include <string.h>

#include <iuplus/security.h>

#include "src/judge/judge_int.h"

static struct judge_rrc_ue *pointer(uint64_t value)
{
	return (struct judge_rrc_ue *)(uintptr_t)value;
}

struct judge_rrc_ue *judge_rrc_ue_make(struct iuplus_judge *j, uint64_t number)
{
	struct judge_rrc_ue *u = pointer(judge_map_get(&j->rrc, judge_mix(number, 9)));

	if (u)
		return u;
	u = calloc(1, sizeof(*u));
	if (!u || !judge_map_set(&j->rrc, judge_mix(number, 9), (uint64_t)(uintptr_t)u)) {
		free(u);
		return NULL;
	}
	u->number = number;
	u->next = j->all_rrc;
	j->all_rrc = u;
	return u;
}

struct judge_rrc_ue *judge_rrc_by_nas(const struct iuplus_judge *j, struct iuplus_octets nas)
{
	return pointer(judge_map_get(&j->rrc, judge_mix(judge_hash(nas.data, nas.len), 8)));
}

bool judge_rrc_expect(struct iuplus_judge *j, struct iuplus_octets dl_dcch, uint64_t target)
{
	return judge_map_set(&j->rrc, judge_mix(judge_hash(dl_dcch.data, dl_dcch.len), 7), target);
}

bool judge_rrc_of_container(struct judge_at *at, struct iuplus_octets *dl_dcch, struct iuplus_rrc_msg *m)
{
	const struct iuplus_ranap_relocation_request_acknowledge *a;
	struct iuplus_rrc_to_source container;

	if (!at->m || at->kind != IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE)
		return false;
	a = &at->m->u.relocation_request_acknowledge;
	if (!a->has_container || !a->container.opened)
		return false;
	if (iuplus_rrc_to_source_decode(a->container.rrc_container, &at->judge->arena, &container, NULL) ||
	    container.failure)
		return false;
	*dl_dcch = container.dl_dcch;
	return iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, container.dl_dcch, 0, &at->judge->arena, m, NULL) == IUPLUS_OK;
}

/* The bearer: as fed, else the one that the type of the message uses. */
static int bearer(const struct iuplus_judge_rrc *in, enum iuplus_rrc_type type)
{
	if (in->rb >= 0)
		return in->rb < IUPLUS_RRC_SRBS ? in->rb : -1;
	if (in->channel == IUPLUS_RRC_UL_CCCH || in->channel == IUPLUS_RRC_DL_CCCH)
		return 0;
	switch (type) {
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
	case IUPLUS_RRC_UPLINK_DIRECT_TRANSFER:
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		return 3;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE:
		return 2;
	default:
		return -1; /* UM or AM */
	}
}

/* Finds the Iu connections of a relocation by the message that the target made for the UE. */
static void tie(struct judge_rrc_at *at)
{
	struct judge_rrc_ue *u = at->ue;
	struct judge_conn *target, *source;

	if (at->uplink) {
		source = judge_conn(at->judge, u->triggered);
		if (source && u->trigger_rnc == at->in->rnc)
			source->came_back = at->in->frame;
		return;
	}
	target = judge_conn(at->judge, judge_map_get(&at->judge->rrc,
						     judge_mix(judge_hash(at->in->pdu.data, at->in->pdu.len), 7)));
	if (!target)
		return;
	target->rrc = u;
	source = judge_conn(at->judge, target->source);
	if (!source)
		return;
	source->rrc = u;
	source->triggered = at->in->frame;
	source->came_back = 0;
	u->triggered = source->number;
	u->trigger_rnc = at->in->rnc;
}

void judge_rrc_prepare(struct judge_rrc_at *at, const struct iuplus_judge_rrc *in, struct judge_rrc_ue *u)
{
	at->in = in;
	at->ue = u;
	at->uplink = in->channel == IUPLUS_RRC_UL_CCCH || in->channel == IUPLUS_RRC_UL_DCCH;
	at->rb = bearer(in, at->m->type);
	at->last = NULL;
	at->same = false;
	if (at->rb >= 0 && at->m->integrity_check.present) {
		at->last = &u->last[at->uplink][at->rb];
		at->same = at->last->frame && at->last->octets == judge_hash(in->pdu.data, in->pdu.len);
	}
	tie(at);
}

static void told(struct judge_rrc_ue *u, const struct iuplus_rrc_cn_information *cn)
{
	unsigned i;

	if (!cn->present)
		return;
	if (cn->common_nas_info.len >= 2) {
		u->has_area = true;
		u->lac = (uint16_t)(cn->common_nas_info.data[0] << 8 | cn->common_nas_info.data[1]);
	}
	for (i = 0; i < cn->domains; i++) {
		if (cn->domain[i].domain == IUPLUS_DOMAIN_PS && cn->domain[i].nas_info.len >= 1)
			u->rac = cn->domain[i].nas_info.data[0];
	}
}

/* A new RRC connection: nothing of the one before is left, but the FRESH that was used. */
static void begin(struct judge_rrc_ue *u)
{
	struct judge_rrc_ue kept = *u;

	memset(u, 0, sizeof(*u));
	u->next = kept.next;
	u->number = kept.number;
	u->hidden = kept.hidden;
	u->has_fresh = kept.has_fresh;
	u->fresh = kept.fresh;
	u->complete = true;
	u->integrity = JUDGE_NO;
}

static void starts(struct judge_rrc_ue *u, const struct iuplus_rrc_start_list *list)
{
	unsigned i;

	for (i = 0; i < list->count; i++) {
		if ((unsigned)list->list[i].domain < 2) {
			u->has_start[list->list[i].domain] = true;
			u->start[list->list[i].domain] = list->list[i].start;
		}
	}
}

static void command(struct judge_rrc_at *at)
{
	const struct iuplus_rrc_security_mode_command *m = &at->m->u.security_mode_command;
	struct judge_rrc_ue *u = at->ue;

	u->command_open = true;
	u->command_frame = at->in->frame;
	u->command = *m;
	u->command_sn = at->m->integrity_check.sn;
	u->before_command = u->integrity;
	if (m->integrity.present && !m->integrity.modify) {
		u->has_fresh = true;
		u->fresh = m->integrity.fresh;
	}
}

static void counted(struct judge_rrc_at *at)
{
	struct judge_rrc_last *l = at->last;

	if (!l)
		return;
	l->frame = at->in->frame;
	l->sn = at->m->integrity_check.sn;
	l->rnc = at->in->rnc;
	l->octets = judge_hash(at->in->pdu.data, at->in->pdu.len);
	if (at->in->integrity > 0 && at->in->has_count) {
		struct judge_rrc_ue *u = at->ue;

		l->has_count = true;
		l->count = at->in->count;
		l->key = at->in->key;
		if (u->key != at->in->key) {
			u->key = at->in->key;
			u->largest = 0;
		}
		if (at->in->count > u->largest)
			u->largest = at->in->count;
	}
}

bool judge_rrc_follow(struct judge_rrc_at *at)
{
	struct judge_rrc_ue *u = at->ue;
	const struct iuplus_rrc_msg *m = at->m;
	bool good = true;

	switch (m->type) {
	case IUPLUS_RRC_CONNECTION_REQUEST:
		begin(u);
		break;
	case IUPLUS_RRC_CONNECTION_SETUP_COMPLETE:
		u->has_capability = m->u.connection_setup_complete.has_capability;
		u->capability = m->u.connection_setup_complete.security;
		starts(u, &m->u.connection_setup_complete.start);
		break;
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
		good = judge_map_set(&at->judge->rrc,
				     judge_mix(judge_hash(m->u.initial_direct_transfer.nas.data,
							  m->u.initial_direct_transfer.nas.len),
					       8),
				     (uint64_t)(uintptr_t)u);
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		counted(at);
		command(at);
		return good;
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
		if (u->command_open && u->command.integrity.present)
			u->integrity = JUDGE_YES;
		u->secured = u->secured || u->command_open;
		u->command_open = false;
		break;
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
		u->failed = u->command_open;
		u->command_open = false;
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		u->reconfiguration_open = true;
		u->reconfiguration_synchronised = m->u.reconfiguration.dl_sync.present;
		u->transaction = m->u.reconfiguration.transaction;
		told(u, &m->u.reconfiguration.cn);
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM:
		u->reconfiguration_open = false;
		starts(u, &m->u.reconfiguration_complete.ul_sync.start);
		break;
	default:
		break;
	}
	if (!at->uplink && at->rb == 2 && m->type != IUPLUS_RRC_SECURITY_MODE_COMMAND)
		u->failed = false;
	counted(at);
	return good;
}

void judge_rrc_free(struct iuplus_judge *j)
{
	struct judge_rrc_ue *u, *next;

	for (u = j->all_rrc; u; u = next) {
		next = u->next;
		iuplus_security_wipe(u, sizeof(*u));
		free(u);
	}
	j->all_rrc = NULL;
}
