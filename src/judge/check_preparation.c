/* SPDX-License-Identifier: BSD-2-Clause */
/* check_preparation.c: Relocation Preparation and Relocation Cancel (TS 25.413 8.6, 8.10), and the container of
 * the source (9.2.1.28). */
#include <string.h>

#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)
#define REQUIRED(at) (&(at)->m->u.relocation_required)
#define CAUSE_TRANSPORT_FIRST 65u /* 9.2.1.4: the groups of causes */
#define CAUSE_MISC_FIRST 113u
#define CAUSE_MISC_LAST 128u

int judge_one_preparation(struct judge_at *at)
{
#define WORDS(id, words) words,
	static const char *const states[] = { JUDGE_PREPARATIONS(WORDS) };
#undef WORDS

	NEEDS(at->conn);
	if (at->conn->preparation == JUDGE_IDLE)
		return at->conn->first_seen ? IUPLUS_JUDGE_KEPT : IUPLUS_JUDGE_UNKNOWN;
	return judge_broken(at, "the preparation of frame %u %s", at->conn->sent.frame, states[at->conn->preparation]);
}

int judge_required_cause(struct judge_at *at)
{
	unsigned cause;

	NEEDS(at->m);
	cause = REQUIRED(at)->cause;
	if (cause == 0)
		return judge_broken(at, "it has no Cause");
	if (cause >= CAUSE_TRANSPORT_FIRST && cause <= CAUSE_MISC_LAST && cause < CAUSE_MISC_FIRST)
		return judge_broken(at, "Cause %s gives no reason for a relocation", iuplus_ranap_cause_name(cause));
	return IUPLUS_JUDGE_KEPT;
}

static bool opened(const struct judge_at *at)
{
	return at->m && REQUIRED(at)->target_is_rnc && REQUIRED(at)->has_container && REQUIRED(at)->container.opened;
}

int judge_required_type(struct judge_at *at)
{
	NEEDS(opened(at));
	return judge_holds(at, REQUIRED(at)->ue_involved == REQUIRED(at)->container.ue_involved,
			   "Relocation Type differs from that in the container");
}

int judge_required_source(struct judge_at *at)
{
	const struct iuplus_ranap_rnc *id;

	NEEDS(at->m && at->conn && REQUIRED(at)->target_is_rnc);
	if (REQUIRED(at)->source_is_sai)
		return judge_broken(at, "Source ID is a SAI");
	id = &REQUIRED(at)->source_rnc;
	if (!at->conn->rnc->has_rnc_id)
		return IUPLUS_JUDGE_UNKNOWN;
	if (id->rnc_id == at->conn->rnc->rnc_id.rnc_id && memcmp(id->plmn, at->conn->rnc->rnc_id.plmn, 3) == 0)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "Source ID has RNC-ID %u, and the sender is RNC %u", id->rnc_id,
			    at->conn->rnc->rnc_id.rnc_id);
}

int judge_required_rac(struct judge_at *at)
{
	NEEDS(at->m && at->conn && REQUIRED(at)->target_is_rnc);
	if (at->conn->domain < 0)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, REQUIRED(at)->target.has_rac == (at->conn->domain == IUPLUS_DOMAIN_PS),
			   REQUIRED(at)->target.has_rac ? "Target ID has a RAC although it goes to the CS domain" :
							  "Target ID has no RAC although it goes to the PS domain");
}

/* Also of a message that does not decode because the container is missing. */
int judge_required_container(struct judge_at *at)
{
	unsigned i;

	if (at->m) {
		NEEDS(REQUIRED(at)->target_is_rnc);
		return judge_holds(at, REQUIRED(at)->has_container,
				   "there is no Source To Target Transparent Container");
	}
	for (i = 0; at->problem && i < at->problem->diagnostics.ie_count; i++) {
		const struct iuplus_ranap_ie_diagnostics *d = &at->problem->diagnostics.ies[i];

		if (d->ie_id == JUDGE_ID_CONTAINER && d->missing)
			return judge_broken(at, "there is no Source To Target Transparent Container");
	}
	return JUDGE_NOT_APPLICABLE;
}

int judge_required_decodes(struct judge_at *at)
{
	NEEDS(at->m && REQUIRED(at)->target_is_rnc && REQUIRED(at)->has_container);
	return judge_holds(at, REQUIRED(at)->container.opened,
			   "the container is no Source RNC to Target RNC Transparent Container");
}

int judge_container_instances(struct judge_at *at)
{
	const struct judge_conn *other;
	unsigned n;

	NEEDS(opened(at) && at->conn);
	n = REQUIRED(at)->container.iu_instances;
	other = judge_other_domain(at->judge, at->conn);
	if (n == (other ? 2u : 1u))
		return IUPLUS_JUDGE_KEPT;
	/* the other domain's connection may be older than the capture, or at a node that was not captured */
	if (!other || judge_ue(at->conn)->imsi.len == 0)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_broken(at, "Number of Iu Instances is %u, and the UE has two connections", n);
}

/* The container says that there is another domain, which the capture does not show: its keys may be the last ones. */
static bool other_domain_unseen(const struct judge_at *at)
{
	return REQUIRED(at)->container.iu_instances > 1 && !judge_other_domain(at->judge, at->conn);
}

/* The security that the source has to hand over: of the domain where it was started last. */
static const struct judge_security *to_hand_over(const struct judge_at *at)
{
	return at->conn ? &judge_ue(at->conn)->last : NULL;
}

int judge_container_ik(struct judge_at *at)
{
	const struct judge_security *s = to_hand_over(at);
	const struct iuplus_ranap_source_to_target *c;

	NEEDS(opened(at) && s);
	c = &REQUIRED(at)->container;
	if (other_domain_unseen(at))
		return IUPLUS_JUDGE_UNKNOWN;
	if (s->running == JUDGE_NOT_KNOWN)
		return at->conn->security.running == JUDGE_NO ?
			       judge_holds(at, !c->has_ik,
					   "the container has an Integrity Protection Key, and nothing is protected") :
			       IUPLUS_JUDGE_UNKNOWN;
	if (!c->has_ik || !c->has_integrity_algorithm)
		return judge_broken(at, "the container has no %s, and integrity protection runs",
				    c->has_ik ? "Chosen Integrity Protection Algorithm" : "Integrity Protection Key");
	if (c->integrity_algorithm != s->uia)
		return judge_broken(at, "the container says UIA%u, and UIA%u was chosen (frame %u)",
				    c->integrity_algorithm, s->uia, s->frame);
	if (!s->keys_known)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, memcmp(c->ik, s->ik, 16) == 0,
			   "the Integrity Protection Key is not that of the last "
			   "security mode control");
}

int judge_container_ck(struct judge_at *at)
{
	const struct judge_security *s = to_hand_over(at);
	const struct iuplus_ranap_source_to_target *c;

	NEEDS(opened(at) && s);
	c = &REQUIRED(at)->container;
	if (other_domain_unseen(at))
		return IUPLUS_JUDGE_UNKNOWN;
	if (s->running == JUDGE_NOT_KNOWN)
		return at->conn->security.running == JUDGE_NO ? JUDGE_NOT_APPLICABLE : IUPLUS_JUDGE_UNKNOWN;
	NEEDS(s->has_uea && s->uea != 0);
	if (!c->has_ck || !c->has_encryption_algorithm)
		return judge_broken(at, "the container has no %s, and signalling is ciphered",
				    c->has_ck ? "Chosen Encryption Algorithm" : "Ciphering Key");
	if (c->encryption_algorithm != s->uea)
		return judge_broken(at, "the container says UEA%u, and UEA%u was chosen (frame %u)",
				    c->encryption_algorithm, s->uea, s->frame);
	if (!s->keys_known || !s->has_ck)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, memcmp(c->ck, s->ck, 16) == 0,
			   "the Ciphering Key is not that of the last security mode control");
}

/* The user data algorithm of the connection's own domain. */
static int own_domain(const struct judge_at *at, bool *present, uint8_t *uea)
{
	const struct iuplus_ranap_source_to_target *c = &REQUIRED(at)->container;

	*present = at->conn->domain == IUPLUS_DOMAIN_CS ? c->has_cs_algorithm : c->has_ps_algorithm;
	*uea = at->conn->domain == IUPLUS_DOMAIN_CS ? c->cs_algorithm : c->ps_algorithm;
	return at->conn->domain;
}

int judge_container_domain(struct judge_at *at)
{
	const struct judge_security *s;
	bool present;
	uint8_t uea;

	NEEDS(opened(at) && at->conn && at->conn->domain >= 0);
	s = &at->conn->security;
	if (s->running != JUDGE_YES)
		return s->running == JUDGE_NO ? JUDGE_NOT_APPLICABLE : IUPLUS_JUDGE_UNKNOWN;
	NEEDS(s->has_uea);
	own_domain(at, &present, &uea);
	if (!present)
		return judge_broken(
			at, "the container has no Chosen Encryption Algorithm for %s user data, and frame %u chose one",
			at->conn->domain == IUPLUS_DOMAIN_CS ? "CS" : "PS", s->frame);
	return judge_holds(at, uea == s->uea, "the user data algorithm is not the one that was chosen");
}

int judge_container_no_domain(struct judge_at *at)
{
	const struct judge_security *s;
	bool present;
	uint8_t uea;

	NEEDS(opened(at) && at->conn && at->conn->domain >= 0);
	s = &at->conn->security;
	if (s->running == JUDGE_NOT_KNOWN)
		return IUPLUS_JUDGE_UNKNOWN;
	NEEDS(s->running == JUDGE_NO || !s->has_uea);
	own_domain(at, &present, &uea);
	return judge_holds(at, !present,
			   "the container has a user data algorithm of a domain where no encryption was offered");
}

int judge_container_same(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c;

	NEEDS(opened(at));
	c = &REQUIRED(at)->container;
	NEEDS(c->has_cs_algorithm && c->has_ps_algorithm);
	return judge_holds(at, c->cs_algorithm == c->ps_algorithm,
			   "the user data algorithms of the two domains differ");
}

int judge_container_rrc(struct judge_at *at)
{
	NEEDS(opened(at));
	return judge_holds(at, REQUIRED(at)->container.rrc_container.len > 0, "the container has no RRC Container");
}

int judge_container_d_rnti(struct judge_at *at)
{
	NEEDS(opened(at) && !REQUIRED(at)->container.ue_involved);
	return judge_holds(at, REQUIRED(at)->container.has_d_rnti, "the container has no d-RNTI");
}

int judge_container_cell(struct judge_at *at)
{
	NEEDS(opened(at) && REQUIRED(at)->container.ue_involved);
	return judge_holds(at, REQUIRED(at)->container.has_target_cell, "the container has no Target Cell ID");
}

/* RELOCATION COMMAND */
int judge_command_container(struct judge_at *at)
{
	const struct judge_conn *target;
	const struct iuplus_ranap_relocation_command *m;

	NEEDS(at->m && at->conn);
	target = judge_conn(at->judge, at->conn->target);
	if (!target)
		return IUPLUS_JUDGE_UNKNOWN;
	m = &at->m->u.relocation_command;
	NEEDS(target->answer_container || m->has_container);
	if (!m->has_container)
		return judge_broken(at, "the container of the target (frame %u) is missing",
				    target->last[IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE]);
	return judge_holds(at,
			   judge_hash(m->container.encoded.data, m->container.encoded.len) == target->answer_container,
			   "the container is not the one that the target sent");
}

int judge_cancel_not_for_timer(struct judge_at *at)
{
	NEEDS(at->m && at->conn && at->conn->preparation == JUDGE_PREPARED);
	return judge_holds(at, at->m->u.relocation_cancel.cause != IUPLUS_RANAP_CAUSE_TRELOCPREP_EXPIRY,
			   "the cause is TRELOCprep expiry, and RELOCATION COMMAND has come");
}

/* SECURITY MODE COMPLETE while the preparation runs */
int judge_no_other_procedure(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	NEEDS(c && c->command_open && !c->command_before_preparation);
	if (at->kind == IUPLUS_RANAP_SECURITY_MODE_COMPLETE)
		return judge_holds(at, c->preparation != JUDGE_PREPARING,
				   "the procedure is completed, and the preparation still runs");
	return at->m && at->m->u.security_mode_reject.cause == IUPLUS_RANAP_CAUSE_RELOCATION_TRIGGERED ?
		       IUPLUS_JUDGE_KEPT :
		       JUDGE_NOT_APPLICABLE;
}

/* Answers of the source to what comes after RELOCATION COMMAND. */
int judge_ignores_when_prepared(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;
	unsigned command, request;

	NEEDS(c && at->from_rnc && c->preparation == JUDGE_PREPARED);
	command = c->last[IUPLUS_RANAP_RELOCATION_COMMAND];
	switch (at->kind) {
	case IUPLUS_RANAP_SECURITY_MODE_COMPLETE:
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
		request = c->last[IUPLUS_RANAP_SECURITY_MODE_COMMAND];
		break;
	case IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE:
		request = c->last[IUPLUS_RANAP_RAB_ASSIGNMENT_REQUEST];
		break;
	case IUPLUS_RANAP_ERROR_INDICATION:
		return judge_broken(at, "ERROR INDICATION after RELOCATION COMMAND (frame %u)", command);
	case IUPLUS_RANAP_IU_RELEASE_COMPLETE:
		return IUPLUS_JUDGE_KEPT;
	default:
		return JUDGE_NOT_APPLICABLE;
	}
	if (request < command)
		return JUDGE_NOT_APPLICABLE;
	return judge_broken(at, "frame %u came after RELOCATION COMMAND (frame %u), and is answered", request, command);
}

/* On RELOCATION PREPARATION FAILURE: the target's connection, when its RNC has not refused, has to be released. */
int judge_target_released(struct judge_at *at)
{
	struct judge_conn *target;

	NEEDS(at->conn);
	target = judge_conn(at->judge, at->conn->target);
	NEEDS(target && !target->released && !judge_seen(target, IUPLUS_RANAP_RELOCATION_FAILURE));
	if (judge_seen(target, IUPLUS_RANAP_IU_RELEASE_COMMAND))
		return IUPLUS_JUDGE_KEPT;
	return judge_owe(at, target, false);
}

/* Two connections of a UE, at the first message of either. */
int judge_both_required(struct judge_at *at)
{
	struct judge_conn *other;

	NEEDS(opened(at) && at->conn && REQUIRED(at)->container.iu_instances == 2);
	other = judge_other_domain(at->judge, at->conn);
	if (!other)
		return IUPLUS_JUDGE_UNKNOWN;
	if (other->preparation != JUDGE_IDLE)
		return IUPLUS_JUDGE_KEPT;
	return judge_owe(at, other, true);
}

int judge_required_alike(struct judge_at *at)
{
	struct judge_conn *other;
	const struct iuplus_ranap_relocation_required *a, *b;

	NEEDS(at->m && at->conn);
	other = judge_other_domain(at->judge, at->conn);
	NEEDS(other && other->preparation == JUDGE_PREPARING);
	a = REQUIRED(at);
	b = &other->required;
	if (judge_hash(a->container.encoded.data, a->container.encoded.len) != other->sent.octets)
		return judge_broken(at, "the container differs from that of frame %u", other->sent.frame);
	return judge_holds(at,
			   a->ue_involved == b->ue_involved && a->cause == b->cause &&
				   a->source_rnc.rnc_id == b->source_rnc.rnc_id,
			   "Relocation Type, Cause or Source ID differ from those sent to the other domain");
}

/* One domain fails, or is cancelled: RELOCATION CANCEL on the other. */
int judge_cancels_other(struct judge_at *at)
{
	struct judge_conn *other;

	NEEDS(at->conn &&
	      (at->kind != IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE || at->conn->preparation == JUDGE_PREPARING));
	other = judge_other_domain(at->judge, at->conn);
	NEEDS(other);
	if (other->preparation == JUDGE_CANCELLING)
		return IUPLUS_JUDGE_KEPT;
	NEEDS(other->preparation == JUDGE_PREPARING || other->preparation == JUDGE_PREPARED);
	return judge_owe(at, other, true);
}

int judge_given_up(struct judge_at *at)
{
	NEEDS(at->conn && judge_seen(at->conn, IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE));
	return judge_holds(at,
			   at->conn->last[IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE] <
				   at->conn->last[IUPLUS_RANAP_RELOCATION_REQUIRED],
			   "the relocation was cancelled and the cancel acknowledged");
}

int judge_ignores_after_cancel(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	NEEDS(c && at->from_rnc && judge_seen(c, IUPLUS_RANAP_RELOCATION_CANCEL) &&
	      c->last[IUPLUS_RANAP_RELOCATION_COMMAND] > c->last[IUPLUS_RANAP_RELOCATION_CANCEL]);
	return judge_holds(at, at->kind != IUPLUS_RANAP_ERROR_INDICATION,
			   "RELOCATION COMMAND that crossed the cancel is answered");
}
