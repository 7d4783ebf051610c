/* SPDX-License-Identifier: BSD-2-Clause */
/* judge.c: the invariants of a single event, and those of a world at rest. They are those of the key design
 * (doc/keys.md) and are written from it; the machines are observed by their actions, their status and their octets. */
#include "test/model/model.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- one event ---- */

static union {
	struct iuplus_rnc_ue rnc;
	struct iuplus_ue_rrc ue;
} before;

bool judge_name(const struct world *w, const char *name)
{
	return w->judge.of && !strcmp(w->judge.of, name);
}

void judge_before(struct world *w, const void *machine, size_t size, bool guarded)
{
	if (w->depth != 1 || (!w->judge.attack && w->judge.record == NONE))
		return;
	/* a Security Mode Command is verified with the configuration in it, also when none is in use */
	w->judge.running = guarded;
	w->judge.guarded = guarded || judge_name(w, "SecurityModeCommand");
	memcpy(&before, machine, size);
}

/* The configuration before the last change of keys is forgotten after its time, at the next message, whoever sent it.
 */
static bool changed(const struct world *w, const void *machine, size_t size, bool ue)
{
	static union {
		struct iuplus_rnc_ue rnc;
		struct iuplus_ue_rrc ue;
	} after;

	memcpy(&after, machine, size);
	if (ue && w->now >= before.ue.now.former.until)
		after.ue.now.former = before.ue.now.former;
	else if (!ue && w->now >= before.rnc.former.until)
		after.rnc.former = before.rnc.former;
	return memcmp(&before, &after, size);
}

/* guarded: integrity protection runs. Without it, a message that is not understood has an answer without MAC (TS 25.331
 * 9.2), which an attacker could as well write himself. */
static bool has_effect(const struct iuplus_proc_actions *actions, bool guarded)
{
	const struct iuplus_proc_action *a;

	for (a = actions->list; a < actions->list + actions->count; a++)
		if (a->kind != IUPLUS_ACT_FAILURE &&
		    (guarded || a->kind != IUPLUS_ACT_RRC_SEND || a->protected_by != IUPLUS_KEYS_NONE))
			return true;
	return false;
}

static const char *first_action(const struct iuplus_proc_actions *actions)
{
	unsigned i;

	for (i = 0; i < actions->count; i++)
		if (actions->list[i].kind == IUPLUS_ACT_RRC_SEND)
			return actions->list[i].message;
	for (i = 0; i < actions->count; i++)
		if (actions->list[i].kind == IUPLUS_ACT_STATE)
			return "another state";
	for (i = 0; i < actions->count; i++)
		if (actions->list[i].kind != IUPLUS_ACT_FAILURE && actions->list[i].message)
			return actions->list[i].message;
	return "a change of the context";
}

void judge_after(struct world *w, const void *machine, size_t size, const struct iuplus_proc_actions *actions,
		 const char *who)
{
	struct record *r = w->judge.record == NONE ? NULL : &w->record[w->judge.record];
	bool effect, known = r && r->is_protected;

	if (w->depth != 1 || (!w->judge.attack && !r))
		return;
	effect = has_effect(actions, w->judge.running) ||
		 (w->judge.attack && w->judge.running && changed(w, machine, size, who[0] == 'U'));
	if (effect && w->judge.attack && w->judge.guarded && (!known || r->accepted))
		model_violation(w, known ? "accepted twice" : "I7", "%s of %s changes something at the %s: %s",
				w->judge.what,
				r           ? r->name :
				w->judge.of ? w->judge.of :
					      "a message",
				who, first_action(actions));
	/* without protection the attacker can hide what the UE can do, until the UE sees the echo */
	if (effect && w->judge.attack && !w->judge.guarded)
		w->fallen_back = true;
	if (r && effect)
		r->accepted++;
	w->judge.attack = false; /* what follows from it is not the attacker's */
	w->judge.record = NONE;
}

/* Without numbers, so that equal failures of different schedules are equal. */
static void without_numbers(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (; *text && n + 1 < size; text++) {
		if (!strncmp(text, "MAC-I ", 6)) { /* and the inputs of its check */
			strcpy(&out[n], n + 12 < size ? "wrong MAC-I" : "");
			return;
		}
		if (isdigit((unsigned char)*text)) {
			if (n && out[n - 1] == '#')
				continue;
			out[n++] = '#';
		} else {
			out[n++] = *text;
		}
	}
	out[n] = '\0';
}

void judge_action(struct world *w, const char *who, const struct iuplus_proc_action *a)
{
	char text[200];

	if (a->kind == IUPLUS_ACT_FAILURE)
		model_trace(w, "  %s: %s", who, a->message);
	if (a->kind == IUPLUS_ACT_KEYS)
		model_trace(w, "  %s: keys, kind %d, UIA%u UEA%u, IK %02x%02x", who, (int)a->keys.kind, a->keys.uia,
			    a->keys.uea, a->keys.ik[0], a->keys.ik[1]);
	if (a->kind != IUPLUS_ACT_FAILURE || !w->clean)
		return;
	/* what the configuration wants is reported as well */
	if (w->cn_config.gmm.aka == IUPLUS_CN_AKA_NEVER && strstr(a->message, "no authentication allowed"))
		return;
	without_numbers(a->message ? a->message : "", text, sizeof(text));
	model_violation(w, "no fault", "%s fails without any: %s", who, text);
}

/* ---- Iu ---- */

/* R5: to an RNC that knows the hierarchy only if the UE or the core does not, or after the UE or the RNC refused. */
static bool legacy_allowed(const struct world *w, const struct rnc_context *c)
{
	return !w->ue_config.enhanced || !w->cn_config.link.enhanced || !w->rnc_config[c->rnc].enhanced ||
	       w->fallen_back;
}

static void security_mode_command(struct world *w, const struct iuplus_ranap_security_mode_command *m,
				  const struct rnc_context *c)
{
	if (!m->key_new && c->ue->integrity.started)
		model_violation(w, "I11", "Security Mode Command with key status old while integrity protection runs");
	if (m->has_enhanced)
		keys_given(w, &m->enhanced, c->rnc, "Security Mode Command");
	keys_pair(w, m->integrity.key, c->rnc, legacy_allowed(w, c), "Security Mode Command");
}

/* The source's container, which the core passes on as it is. */
static void container(struct world *w, const struct iuplus_ranap_source_to_target *c, unsigned target, bool from_core)
{
	struct iuplus_rrc_srns_info info;
	struct iuplus_rrc_error error;
	struct iuplus_arena arena;
	unsigned i;

	if (!from_core && c->has_integrity_algorithm != c->has_ik)
		model_violation(w, "I12", "the container has %s",
				c->has_ik ? "IK without its algorithm" : "an integrity algorithm without IK");
	if (!from_core && c->has_ck && !c->has_encryption_algorithm)
		model_violation(w, "I12", "the container has CK without its algorithm");
	if (!from_core || target >= w->cells)
		return;
	/* CK and IK of AKA are in it if the source itself has no others: judged where the source got them */
	if (c->has_ik)
		keys_pair(w, c->ik, target, true, "the container");
	iuplus_arena_init(&arena, 0);
	if (!iuplus_rrc_srns_info_decode(c->rrc_container, 0, &arena, &info, &error))
		for (i = 0; i < info.next_keys; i++)
			keys_handed_over(w, &info.next_key[i], target);
	iuplus_arena_free(&arena);
}

static void relocation_request(struct world *w, const struct iuplus_ranap_relocation_request *m, unsigned target)
{
	if (m->has_enhanced)
		keys_given(w, &m->enhanced, target, "Relocation Request");
	/* the source's keys, if they are CK and IK, are in the container as well */
	if (m->has_integrity && target < w->cells)
		keys_pair(w, m->integrity.key, target,
			  m->container.has_ik && !memcmp(m->container.ik, m->integrity.key, sizeof(m->container.ik)),
			  "Relocation Request");
	container(w, &m->container, target, true);
}

void judge_iu(struct world *w, bool from_core, int connection, const struct iuplus_proc_action *a)
{
	const struct connection *c = connection == NONE ? NULL : &w->connection[connection];
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg m;
	struct iuplus_arena arena;

	if (!a->message || a->kind == IUPLUS_ACT_IU_RELEASE)
		return;
	if (!from_core && !strcmp(a->message, "SecurityModeReject"))
		w->fallen_back = true;
	if (strcmp(a->message, "SecurityModeCommand") && strcmp(a->message, "RelocationRequired") &&
	    strcmp(a->message, "RelocationRequest"))
		return;
	iuplus_arena_init(&arena, 0);
	if (iuplus_ranap_decode(a->pdu, 0, &arena, &m, &problem))
		model_violation(w, "I13", "%s cannot be decoded", a->message);
	else if (m.kind == IUPLUS_RANAP_SECURITY_MODE_COMMAND && c && c->rnc != NONE)
		security_mode_command(w, &m.u.security_mode_command, &w->rnc[c->rnc]);
	else if (m.kind == IUPLUS_RANAP_RELOCATION_REQUIRED && m.u.relocation_required.has_container)
		container(w, &m.u.relocation_required.container, CELLS, false);
	else if (m.kind == IUPLUS_RANAP_RELOCATION_REQUEST)
		relocation_request(w, &m.u.relocation_request, a->peer - PEER(0));
	iuplus_arena_free(&arena);
}

/* ---- the end of a connection ---- */

void judge_ue_idle(struct world *w)
{
	struct iuplus_ue_rrc_status status;

	iuplus_ue_rrc_get_status(w->ue.rrc, &status);
	if (w->ue.rrc->aka[IUPLUS_DOMAIN_PS].has_keys && status.start[IUPLUS_DOMAIN_PS] <= ledger_ue_hfn() &&
	    status.start[IUPLUS_DOMAIN_PS] && status.start[IUPLUS_DOMAIN_PS] < IUPLUS_SECURITY_START_MAX)
		model_violation(w, "I10", "START of the UE is not above the COUNTs that were used");
}

/* ---- at rest ---- */

static struct cn_context *core_of(struct world *w, const struct rnc_context *c)
{
	int connection = c->iu[IUPLUS_DOMAIN_PS];

	if (connection == NONE || w->connection[connection].cn == NONE)
		return NULL;
	return &w->cn[w->connection[connection].cn];
}

static void rest_rnc(struct world *w, const struct rnc_context *c)
{
	enum iuplus_rnc_state state = c->ue->state;

	if (model_timers_run(c->timer, IUPLUS_RNC_TIMER_COUNT))
		return;
	if (state != IUPLUS_RNC_CONNECTED)
		model_violation(w, "I13", "an RNC rests in state %s without a timer", iuplus_rnc_state_name(state));
	else if (!core_of(w, c))
		model_violation(w, "I13", "an RNC's context has no Iu connection and no timer");
	else if (c != model_serving(w) || w->ue.rrc->state != IUPLUS_UE_CONNECTED)
		model_violation(w, "I13", "an RNC serves a UE that is not there");
}

static void rest_core(struct world *w, const struct cn_context *c)
{
	struct iuplus_cn_ue_status status;

	iuplus_cn_ue_get_status(c->cn, &status);
	if (status.gmm != IUPLUS_CN_GMM_REGISTERED && !model_timers_run(c->timer, IUPLUS_CN_TIMER_COUNT))
		model_violation(w, "I13", "the core rests in state %s without a timer", iuplus_cn_gmm_name(status.gmm));
	else if (status.relocation != IUPLUS_CN_RELOC_IDLE || status.security != IUPLUS_CN_SECURITY_IDLE)
		model_violation(w, "I13", "the core rests in relocation %s, security %s",
				iuplus_cn_relocation_name(status.relocation), iuplus_cn_security_name(status.security));
	else if (c->iu[status.serving] == NONE)
		model_violation(w, "I13", "the core has a context without an Iu connection");
}

/* I1 */
static void agree(struct world *w, const struct rnc_context *rnc, const struct cn_context *cn)
{
	struct iuplus_ue_rrc_status a;
	struct iuplus_rnc_ue_status b;
	struct iuplus_cn_ue_status c;

	iuplus_ue_rrc_get_status(w->ue.rrc, &a);
	iuplus_rnc_ue_get_status(rnc->ue, &b);
	iuplus_cn_ue_get_status(cn->cn, &c);
	keys_rest(w, rnc->rnc, c.counter_due);
	/* what stood in a container may be CK and IK or a mapped pair: an RNC cannot tell */
	if (a.integrity != b.integrity || (a.kind == IUPLUS_KEYS_ENHANCED) != (b.kind == IUPLUS_KEYS_ENHANCED) ||
	    (a.integrity && a.uia != b.uia) || a.ciphering != b.ciphering || (a.ciphering && a.uea != b.uea))
		model_violation(w, "I1", "UE and RNC do not agree: kind %d and %d, UIA%u and UIA%u, UEA%u and UEA%u",
				(int)a.kind, (int)b.kind, a.uia, b.uia, a.ciphering ? a.uea : 0,
				b.ciphering ? b.uea : 0);
	else if (a.integrity && memcmp(w->ue.keys.ik, rnc->keys.ik, sizeof(rnc->keys.ik)))
		model_violation(w, "I1", "UE and RNC have different IK");
	else if (a.ciphering && memcmp(w->ue.keys.ck, rnc->keys.ck, sizeof(rnc->keys.ck)))
		model_violation(w, "I1", "UE and RNC have different CK");
	else if (a.kind == IUPLUS_KEYS_ENHANCED &&
		 (w->ue.keys.counter != cn->keys.counter || w->ue.keys.ncc != cn->keys.ncc))
		model_violation(w, "I1", "UE and core do not agree on the index of the keys");
	else if (b.integrity != c.integrity || (b.integrity && (a.kind != c.kind || b.uia != c.uia)) ||
		 b.ciphering != c.ciphering || (b.ciphering && b.uea != c.uea))
		model_violation(w, "I1",
				"UE, RNC and core do not agree: integrity %d and %d, kind %d and %d, UEA%u and UEA%u",
				b.integrity, c.integrity, (int)b.kind, (int)c.kind, b.ciphering ? b.uea : 0,
				c.ciphering ? c.uea : 0);
}

void judge_rest(struct world *w)
{
	struct rnc_context *serving = NULL;
	struct cn_context *core;
	unsigned i;

	if (w->ue.rrc->state == IUPLUS_UE_CONNECTED) {
		serving = model_serving(w);
		core = serving ? core_of(w, serving) : NULL;
		if (core)
			agree(w, serving, core);
		else if (!serving || !model_timers_run(serving->timer, IUPLUS_RNC_TIMER_COUNT))
			model_violation(w, "I13", "a connected UE is served by no %s", serving ? "core" : "RNC");
	} else if (w->ue.rrc->state != IUPLUS_UE_IDLE) {
		model_violation(w, "I13", "the UE rests in state %s", iuplus_ue_rrc_state_name(w->ue.rrc->state));
	}
	for (i = 0; i < CONTEXTS; i++) {
		if (w->rnc[i].used)
			rest_rnc(w, &w->rnc[i]);
		if (w->cn[i].used)
			rest_core(w, &w->cn[i]);
	}
}

void judge_empty(struct world *w)
{
	unsigned i;

	for (i = 0; i < CONTEXTS; i++) {
		if (w->rnc[i].used)
			model_violation(w, "zero contexts", "an RNC keeps a context in state %s",
					iuplus_rnc_state_name(w->rnc[i].ue->state));
		if (w->cn[i].used)
			model_violation(w, "zero contexts", "the core keeps a context in state %s",
					iuplus_cn_gmm_name(w->cn[i].cn->gmm.state));
	}
	for (i = 0; i < CONNECTIONS; i++)
		if (w->connection[i].used)
			model_violation(w, "zero contexts", "an Iu connection is left");
}
