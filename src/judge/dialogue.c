/* SPDX-License-Identifier: BSD-2-Clause */
/* dialogue.c: the model: nodes, connections, subscribers, and what is known of each. */
#include <stdlib.h>
#include <string.h>

#include <iuplus/security.h>

#include "src/judge/judge_int.h"

static void *pointer(uint64_t value)
{
	return (void *)(uintptr_t)value;
}

static uint64_t value(const void *p)
{
	return (uint64_t)(uintptr_t)p;
}

struct judge_conn *judge_conn(const struct iuplus_judge *j, uint64_t number)
{
	return number ? pointer(judge_map_get(&j->conns, judge_mix(number, 1))) : NULL;
}

static struct judge_ue *ue_make(struct iuplus_judge *j)
{
	struct judge_ue *ue = calloc(1, sizeof(*ue));

	if (!ue)
		return NULL;
	ue->next = j->all_ues;
	ue->last_domain = -1;
	j->all_ues = ue;
	return ue;
}

struct judge_conn *judge_conn_make(struct iuplus_judge *j, uint64_t number)
{
	struct judge_conn *c = judge_conn(j, number);

	if (c)
		return c;
	c = calloc(1, sizeof(*c));
	if (!c || !(c->ue = ue_make(j)) || !judge_map_set(&j->conns, judge_mix(number, 1), value(c))) {
		free(c);
		return NULL;
	}
	c->number = number;
	c->domain = -1;
	c->next = j->all_conns;
	j->all_conns = c;
	j->held++;
	j->totals.connections++;
	return c;
}

static void forget(struct iuplus_judge *j, struct judge_conn *c)
{
	judge_map_set(&j->conns, judge_mix(c->number, 1), 0);
	iuplus_security_wipe(c, sizeof(*c));
	free(c);
	j->held--;
	j->held_released--;
}

/* Others name a connection by its number, so that it may go. It stays as long as a rule looks back at its release; the
 * list is walked when at least half of it is released, so that a long capture costs no more per connection. */
void judge_let_go(struct iuplus_judge *j, struct judge_conn *c)
{
	struct judge_conn **at = &j->all_conns;

	c->released = true;
	c->released_ns = j->now_ns;
	c->preparation = JUDGE_IDLE;
	j->held_released++;
	if (j->held_released < JUDGE_RELEASED_KEPT || 2 * j->held_released < j->held)
		return;
	while (*at) {
		struct judge_conn *old = *at;

		if (!old->released || j->now_ns < old->released_ns + JUDGE_TIME_TO_ANSWER) {
			at = &old->next;
			continue;
		}
		*at = old->next;
		forget(j, old);
	}
}

struct judge_node *judge_node_make(struct iuplus_judge *j, uint64_t number)
{
	struct judge_node *n = pointer(judge_map_get(&j->nodes, judge_mix(number, 2)));

	if (n)
		return n;
	n = calloc(1, sizeof(*n));
	if (!n || !judge_map_set(&j->nodes, judge_mix(number, 2), value(n))) {
		free(n);
		return NULL;
	}
	n->number = number;
	n->next = j->all_nodes;
	j->all_nodes = n;
	return n;
}

struct judge_link *judge_link_make(struct iuplus_judge *j, struct judge_node *rnc, struct judge_node *cn)
{
	uint64_t key = judge_mix(judge_mix(rnc->number, 3), cn->number);
	struct judge_link *l = pointer(judge_map_get(&j->links, key));

	if (l)
		return l;
	l = calloc(1, sizeof(*l));
	if (!l || !judge_map_set(&j->links, key, value(l))) {
		free(l);
		return NULL;
	}
	l->rnc = rnc;
	l->cn = cn;
	l->next = j->all_links;
	j->all_links = l;
	return l;
}

struct judge_ue *judge_ue(struct judge_conn *c)
{
	while (c->ue->same)
		c->ue = c->ue->same;
	return c->ue;
}

bool judge_seen(const struct judge_conn *c, unsigned kind)
{
	return kind < JUDGE_KINDS && c->last[kind] != 0;
}

struct judge_conn *judge_other_domain(const struct iuplus_judge *j, struct judge_conn *c)
{
	const struct judge_ue *ue = judge_ue(c);
	struct judge_conn *other;

	if (c->domain < 0)
		return NULL;
	other = judge_conn(j, ue->serving[c->domain] == c->number ? ue->serving[!c->domain] :
			      ue->target[c->domain] == c->number  ? ue->target[!c->domain] :
								    0);
	return other && other != c && !other->released && other->rnc == c->rnc ? other : NULL;
}

bool judge_key_used(const struct judge_ue *ue, const uint8_t ik[16])
{
	uint64_t number = judge_hash(ik, 16);
	unsigned i;

	for (i = 0; i < ue->used_count; i++) {
		if (ue->used[i] == number)
			return true;
	}
	return false;
}

static void key_used(struct judge_ue *ue, const uint8_t ik[16])
{
	if (judge_key_used(ue, ik))
		return;
	if (ue->used_count == JUDGE_KEYS_USED) {
		memmove(ue->used, ue->used + 1, sizeof(ue->used) - sizeof(ue->used[0]));
		ue->used_count--;
		ue->complete = false;
	}
	ue->used[ue->used_count++] = judge_hash(ik, 16);
}

/* What was learned under another name of the same subscriber. */
static void join(struct judge_ue *to, struct judge_ue *from)
{
	unsigned i;

	for (i = 0; i < 2; i++) {
		if (from->serving[i])
			to->serving[i] = from->serving[i];
		if (from->target[i])
			to->target[i] = from->target[i];
		judge_keys_join(&to->keys[i], &from->keys[i]);
	}
	if (from->last.frame > to->last.frame) {
		to->last = from->last;
		to->last_domain = from->last_domain;
	}
	for (i = 0; i < from->used_count && to->used_count < JUDGE_KEYS_USED; i++)
		to->used[to->used_count++] = from->used[i];
	to->complete = to->complete && from->complete;
	from->same = to;
}

static bool subscriber(struct iuplus_judge *j, struct judge_conn *c, const struct iuplus_ranap_imsi *imsi)
{
	uint64_t key = judge_mix(judge_hash(imsi->tbcd, imsi->len), 4);
	struct judge_ue *ue = judge_ue(c), *known = pointer(judge_map_get(&j->imsis, key));

	if (imsi->len == 0)
		return true;
	if (known) {
		while (known->same)
			known = known->same;
		if (known != ue && ue->imsi.len == 0)
			join(known, ue);
		return true;
	}
	if (ue->imsi.len)
		return true; /* two subscribers on one connection: the first one counts */
	ue->imsi = *imsi;
	return judge_map_set(&j->imsis, key, value(ue));
}

static void copy_container(struct judge_container *to, unsigned frame, const struct iuplus_ranap_source_to_target *from)
{
	to->frame = frame;
	to->octets = judge_hash(from->encoded.data, from->encoded.len);
	to->values = *from;
	to->values.encoded.data = NULL;
	to->values.rrc_container.data = NULL;
}

static uint64_t container_key(uint64_t octets)
{
	/* the container alone: the core network nodes of source and target may be two */
	return judge_mix(octets, 5);
}

/* RELOCATION REQUEST: the connection that requested it. */
static bool find_source(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request *m = &at->m->u.relocation_request;
	struct judge_conn *c = at->conn, *source;
	struct judge_ue *ue;

	if (m->has_imsi && !subscriber(at->judge, c, &m->imsi))
		return false;
	if (c->source)
		return true;
	source = judge_conn(at->judge,
			    judge_map_get(&at->judge->containers, container_key(judge_hash(m->container.encoded.data,
											   m->container.encoded.len))));
	ue = judge_ue(c);
	if (!source || source->domain != (int)m->domain)
		source = judge_conn(at->judge, ue->serving[m->domain]);
	if (!source || source == c || source->released || source->preparation == JUDGE_IDLE)
		return true;
	c->source = source->number;
	source->target = c->number;
	if (judge_ue(source) != judge_ue(c)) {
		if (judge_ue(c)->imsi.len == 0)
			join(judge_ue(source), judge_ue(c));
		else if (judge_ue(source)->imsi.len == 0)
			join(judge_ue(c), judge_ue(source));
	}
	return true;
}

bool judge_prepare(struct judge_at *at)
{
	struct judge_conn *c = at->conn;
	const struct iuplus_ranap_msg *m = at->m;

	if (!c || !m)
		return true;
	if (at->kind == IUPLUS_RANAP_INITIAL_UE_MESSAGE && c->domain < 0)
		c->domain = m->u.initial_ue_message.domain;
	if (at->kind == IUPLUS_RANAP_RELOCATION_REQUEST) {
		if (c->domain < 0)
			c->domain = m->u.relocation_request.domain;
		if (!find_source(at))
			return false;
		judge_ue(c)->target[c->domain] = c->number;
	}
	return true;
}

void judge_forget_owed(struct judge_conn *c, bool by_rnc, unsigned but_kind)
{
	unsigned i, n = 0;

	for (i = 0; i < c->owed_count; i++) {
		if (c->owed[i].by_rnc != by_rnc || judge_answers(c->owed[i].rule, but_kind))
			c->owed[n++] = c->owed[i];
	}
	c->owed_count = n;
}

static void begun(struct judge_at *at, enum judge_origin origin)
{
	struct judge_conn *c = at->conn;

	if (c->first_seen && c->begun_frame == at->frame)
		c->origin = origin;
}

static bool identifier(struct judge_at *at, uint32_t sig, const struct judge_node *giver)
{
	struct judge_conn *c = at->conn;

	c->has_sig = true;
	c->sig = sig;
	return judge_map_set(&at->judge->sigs, judge_mix(judge_mix(giver->number, 6), sig), c->number);
}

static void integrity_runs(struct judge_conn *c, const struct judge_security *s)
{
	struct judge_ue *ue = judge_ue(c);

	c->security = *s;
	ue->last = *s;
	ue->last_domain = c->domain;
}

static void security_mode_complete(struct judge_at *at)
{
	const struct iuplus_ranap_security_mode_complete *m = &at->m->u.security_mode_complete;
	struct judge_conn *c = at->conn;
	struct judge_security s = { .running = JUDGE_YES,
				    .frame = at->frame,
				    .uia = m->integrity_algorithm,
				    .has_uea = m->has_encryption_algorithm,
				    .uea = m->encryption_algorithm };

	if (c->command_open) {
		s.keys_known = true;
		s.enhanced = c->command.has_enhanced;
		s.gives_ck_ik = s.enhanced && c->command.enhanced.legacy_target_keys == IUPLUS_SECURITY_TARGET_CK_IK;
		s.integrity = c->command.integrity;
		s.has_encryption = c->command.has_encryption;
		s.encryption = c->command.encryption;
		memcpy(s.ik, c->command.integrity.key, 16);
		s.has_ck = c->command.has_encryption;
		memcpy(s.ck, c->command.encryption.key, 16);
		/* the mapped pair is used when a relocation takes it */
		if (!s.enhanced)
			key_used(judge_ue(c), s.ik);
	}
	integrity_runs(c, &s);
	iuplus_security_wipe(&s, sizeof(s));
}

static void acknowledged(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request_acknowledge *m = &at->m->u.relocation_request_acknowledge;
	struct judge_conn *c = at->conn, *source = judge_conn(at->judge, c->source);
	struct judge_security s = { .running = JUDGE_NO, .frame = at->frame };

	if (m->has_integrity_algorithm) {
		if (source)
			s = source->security;
		s.running = JUDGE_YES;
		s.frame = at->frame;
		s.uia = m->integrity_algorithm;
		s.keys_known = c->got.values.opened && c->got.values.has_ik && (!source || source->security.keys_known);
		memcpy(s.ik, c->got.values.ik, 16);
		judge_keys_taken(c, &s);
	}
	s.has_uea = m->has_encryption_algorithm;
	s.uea = m->encryption_algorithm;
	c->security = s;
	c->answer_container = m->has_container ? judge_hash(m->container.encoded.data, m->container.encoded.len) : 0;
	iuplus_security_wipe(&s, sizeof(s));
}

static void relocated(struct judge_at *at)
{
	struct judge_conn *c = at->conn;
	struct judge_ue *ue = judge_ue(c);

	if (c->domain < 0)
		return;
	ue->serving[c->domain] = c->number;
	if (ue->target[c->domain] == c->number)
		ue->target[c->domain] = 0;
}

static void bits_set(uint8_t *bits, unsigned n)
{
	bits[n / 8] |= (uint8_t)(1u << n % 8);
}

static void assignment(struct judge_at *at)
{
	const struct iuplus_ranap_rab_assignment_request *m = &at->m->u.rab_assignment_request;
	struct judge_conn *c = at->conn;
	unsigned i;

	memset(c->assigned, 0, sizeof(c->assigned));
	for (i = 0; i < m->count; i++)
		bits_set(c->assigned, m->first[i].id);
	for (i = 0; i < m->released.count; i++)
		bits_set(c->assigned, m->released.list[i].id);
	c->assignment_open = true;
}

static void challenged(struct judge_conn *c, enum judge_fact answered, unsigned frame)
{
	if (c->domain >= 0)
		judge_keys_challenge(&judge_ue(c)->keys[c->domain], answered, frame);
}

static void follow_gmm(struct judge_at *at)
{
	struct judge_conn *c = at->conn;
	struct iuplus_nas_msg m;

	if (iuplus_nas_decode(at->m->u.direct_transfer.nas_pdu, at->from_rnc ? IUPLUS_NAS_UPLINK : IUPLUS_NAS_DOWNLINK,
			      &m, NULL) != IUPLUS_OK)
		return;
	switch (m.type) {
	case IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REQUEST:
		c->challenge_open = true;
		c->challenge_imeisv = m.u.authentication_request.imeisv_request == 1;
		c->challenge_reference = m.u.authentication_request.reference;
		c->challenge = judge_hash(m.u.authentication_request.rand, 16);
		break;
	case IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_RESPONSE:
		if (c->challenge_open) {
			judge_ue(c)->answered = c->challenge;
			challenged(c, JUDGE_YES, at->frame);
		}
		c->challenge_open = false;
		break;
	case IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT:
		challenged(c, JUDGE_NOT_KNOWN, at->frame);
		break;
	case IUPLUS_NAS_IDENTITY_REQUEST:
		c->identity_asked = m.u.identity_request.identity_type;
		break;
	case IUPLUS_NAS_IDENTITY_RESPONSE:
		c->identity_asked = 0;
		break;
	default:
		break;
	}
}

/* A message on a connection that decodes. */
static bool follow_connection(struct judge_at *at)
{
	struct judge_conn *c = at->conn, *other;
	const struct iuplus_ranap_msg *m = at->m;
	unsigned i;

	switch (at->kind) {
	case IUPLUS_RANAP_INITIAL_UE_MESSAGE:
		begun(at, JUDGE_INITIAL_UE);
		if (c->origin == JUDGE_INITIAL_UE) {
			c->security.running = JUDGE_NO;
			judge_ue(c)->complete = judge_ue(c)->used_count == 0;
		}
		judge_ue(c)->serving[c->domain] = c->number;
		if (!c->rnc->has_rnc_id) {
			c->rnc->has_rnc_id = true;
			c->rnc->rnc_id = m->u.initial_ue_message.rnc;
		}
		if (m->u.initial_ue_message.has_imsi && !subscriber(at->judge, c, &m->u.initial_ue_message.imsi))
			return false;
		return identifier(at, m->u.initial_ue_message.iu_sig_con_id, c->rnc);
	case IUPLUS_RANAP_DIRECT_TRANSFER:
		begun(at, JUDGE_OTHER_ORIGIN);
		follow_gmm(at);
		break;
	case IUPLUS_RANAP_COMMON_ID:
		return subscriber(at->judge, c, &m->u.common_id.imsi);
	case IUPLUS_RANAP_SECURITY_MODE_COMMAND:
		c->command = m->u.security_mode_command;
		c->command_open = true;
		c->command_before_preparation = c->preparation == JUDGE_IDLE;
		break;
	case IUPLUS_RANAP_SECURITY_MODE_COMPLETE:
		security_mode_complete(at);
		c->command_open = false;
		break;
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
		c->command_open = false;
		break;
	case IUPLUS_RANAP_RELOCATION_REQUIRED:
		c->preparation = JUDGE_PREPARING;
		c->required = m->u.relocation_required;
		c->target = 0;
		copy_container(&c->sent, at->frame, &m->u.relocation_required.container);
		return judge_map_set(&at->judge->containers, container_key(c->sent.octets), c->number);
	case IUPLUS_RANAP_RELOCATION_COMMAND:
		if (c->preparation != JUDGE_CANCELLING)
			c->preparation = JUDGE_PREPARED;
		judge_forget_owed(c, true, IUPLUS_RANAP_IU_RELEASE_COMPLETE);
		break;
	case IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE:
	case IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE:
		c->preparation = JUDGE_IDLE;
		break;
	case IUPLUS_RANAP_RELOCATION_CANCEL:
		c->preparation = JUDGE_CANCELLING;
		judge_forget_owed(c, false, IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE);
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST:
		begun(at, JUDGE_RELOCATED);
		if (++c->requests > 1)
			break;
		copy_container(&c->got, at->frame, &m->u.relocation_request.container);
		c->request_has_encryption = m->u.relocation_request.has_encryption;
		c->request_has_integrity = m->u.relocation_request.has_integrity;
		c->cn->is_rnc = JUDGE_NO;
		return identifier(at, m->u.relocation_request.iu_sig_con_id, c->cn);
	case IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE:
		c->answers++;
		acknowledged(at);
		break;
	case IUPLUS_RANAP_RELOCATION_FAILURE:
		c->answers++;
		break;
	case IUPLUS_RANAP_RELOCATION_COMPLETE:
		relocated(at);
		other = judge_conn(at->judge, c->source);
		if (c->security.running == JUDGE_YES)
			integrity_runs(c, &c->security);
		if (other)
			other->preparation = JUDGE_IDLE;
		break;
	case IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST:
		begun(at, JUDGE_ENHANCED);
		return identifier(at, m->u.enhanced_relocation_complete_request.iu_sig_con_id, c->rnc);
	case IUPLUS_RANAP_IU_RELEASE_COMMAND:
		judge_forget_owed(c, true, IUPLUS_RANAP_IU_RELEASE_COMPLETE);
		judge_forget_owed(c, false, IUPLUS_RANAP_IU_RELEASE_COMMAND);
		break;
	case IUPLUS_RANAP_RAB_ASSIGNMENT_REQUEST:
		assignment(at);
		break;
	case IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE:
		c->assignment_open = false;
		break;
	case IUPLUS_RANAP_SRNS_CONTEXT_REQUEST:
		memset(c->contexts, 0, sizeof(c->contexts));
		for (i = 0; i < m->u.srns_context_request.rabs.count; i++)
			bits_set(c->contexts, m->u.srns_context_request.rabs.list[i].id);
		break;
	default:
		begun(at, JUDGE_OTHER_ORIGIN);
		break;
	}
	return true;
}

uint64_t judge_list_number(const struct iuplus_ranap_iu_sig_cons *list)
{
	uint64_t h = list->count;
	unsigned i;

	for (i = 0; i < list->count; i++)
		h = judge_mix(judge_mix(h, list->list[i].id),
			      list->list[i].has_range_end ? list->list[i].range_end + 1u : 0);
	return h;
}

/* RESET RESOURCE ACKNOWLEDGE: the connections that it names are gone at its sender. Ranges are not followed. */
static void name_reset(struct judge_at *at)
{
	const struct iuplus_ranap_iu_sig_cons *list = &at->m->u.reset_resource_acknowledge.connections;
	struct judge_conn *c;
	unsigned i;

	for (i = 0; i < list->count; i++) {
		const struct judge_node *giver = list->list[i].id & 0x800000u ? at->link->cn : at->link->rnc;

		c = judge_conn(at->judge, judge_map_get(&at->judge->sigs,
							judge_mix(judge_mix(giver->number, 6), list->list[i].id)));
		if (c && c->link == at->link)
			c->reset_frame[at->from_rnc] = at->frame;
	}
}

/* A connectionless message that decodes. */
static void follow_link(struct judge_at *at)
{
	struct judge_link *l = at->link;
	const struct iuplus_ranap_msg *m = at->m;
	unsigned by = at->from_rnc;

	switch (at->kind) {
	case IUPLUS_RANAP_RESET:
		l->both = l->reset_by[!by];
		l->reset_by[by] = true;
		l->reset_frame[by] = at->frame;
		l->reset_ns[by] = at->time_ns;
		if (m->u.reset.has_rnc && by) {
			l->rnc->has_rnc_id = true;
			l->rnc->rnc_id = m->u.reset.rnc;
		}
		break;
	case IUPLUS_RANAP_RESET_ACKNOWLEDGE:
		if (!l->reset_by[!by])
			break;
		l->reset_by[!by] = false;
		l->cleared_frame[by] = at->frame;
		l->cleared_before[by] = l->reset_frame[!by];
		break;
	case IUPLUS_RANAP_RESET_RESOURCE:
		l->resource[by].frame = at->frame;
		l->resource[by].time_ns = at->time_ns;
		l->resource[by].list = judge_list_number(&m->u.reset_resource.connections);
		break;
	case IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE:
		if (l->resource[!by].frame)
			name_reset(at);
		l->resource[!by].frame = 0;
		l->resource_done[by] = true;
		break;
	default:
		break;
	}
}

/* RELOCATION REQUIRED to an RNC without container: mandatory by condition (9.1.9), so missing (10.3.3). */
static bool misses_container(const struct judge_at *at)
{
	return at->m && at->kind == IUPLUS_RANAP_RELOCATION_REQUIRED && at->m->u.relocation_required.target_is_rnc &&
	       !at->m->u.relocation_required.has_container;
}

static void follow_fault(struct judge_at *at)
{
	struct judge_conn *c = at->conn;
	unsigned i;

	if (c->fault.frame && c->fault.by_rnc != at->from_rnc &&
	    (at->kind == IUPLUS_RANAP_ERROR_INDICATION ||
	     IUPLUS_RANAP_KIND_CODE(at->kind) == IUPLUS_RANAP_KIND_CODE(c->fault.problem.kind)))
		c->fault.frame = 0;
	if (misses_container(at)) {
		c->fault = (struct judge_fault){
			.frame = at->frame,
			.by_rnc = at->from_rnc,
			.conditional = true,
			.ie_count = 1,
			.ies = { JUDGE_ID_CONTAINER },
			.problem = { .answer = IUPLUS_RANAP_ANSWER_UNSUCCESSFUL,
				     .kind = at->kind,
				     .rc = IUPLUS_ERR_MISSING }
		};
		return;
	}
	if (!at->problem || (at->problem->answer == IUPLUS_RANAP_ANSWER_NONE && at->rc == IUPLUS_OK) ||
	    (at->problem->answer == IUPLUS_RANAP_ANSWER_LOCAL && at->kind != IUPLUS_RANAP_ERROR_INDICATION))
		return;
	c->fault.frame = at->frame;
	c->fault.by_rnc = at->from_rnc;
	c->fault.conditional = false;
	c->fault.problem = *at->problem;
	c->fault.ie_count = 0;
	for (i = 0; i < at->problem->diagnostics.ie_count && i < 8; i++)
		c->fault.ies[c->fault.ie_count++] = at->problem->diagnostics.ies[i].ie_id;
	c->fault.problem.path = NULL;
	c->fault.problem.diagnostics.ies = NULL;
}

bool judge_follow(struct judge_at *at)
{
	bool good = true;

	at->sender->last_ns = at->time_ns;
	at->sender->last_frame = at->frame;
	if (at->conn) {
		if (at->m) {
			judge_keys_follow(at, judge_ue(at->conn));
			good = follow_connection(at);
		}
		follow_fault(at);
		if (at->kind < JUDGE_KINDS)
			at->conn->last[at->kind] = at->frame;
	} else if (at->m && at->link) {
		follow_link(at);
	}
	return good;
}

void judge_dialogue_free(struct iuplus_judge *j)
{
	struct judge_conn *c, *next_c;
	struct judge_node *n, *next_n;
	struct judge_link *l, *next_l;
	struct judge_ue *u, *next_u;

	for (c = j->all_conns; c; c = next_c) {
		next_c = c->next;
		iuplus_security_wipe(c, sizeof(*c));
		free(c);
	}
	for (n = j->all_nodes; n; n = next_n) {
		next_n = n->next;
		free(n);
	}
	for (l = j->all_links; l; l = next_l) {
		next_l = l->next;
		free(l);
	}
	for (u = j->all_ues; u; u = next_u) {
		next_u = u->next;
		iuplus_security_wipe(u, sizeof(*u));
		free(u);
	}
	judge_map_free(&j->conns);
	judge_map_free(&j->nodes);
	judge_map_free(&j->links);
	judge_map_free(&j->sigs);
	judge_map_free(&j->containers);
	judge_map_free(&j->imsis);
	judge_map_free(&j->rrc);
}
