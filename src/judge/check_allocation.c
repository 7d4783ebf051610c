/* SPDX-License-Identifier: BSD-2-Clause */
/* check_allocation.c: Relocation Resource Allocation, Detect and Complete (TS 25.413 8.7 to 8.9), and what the
 * core network passes on (9.2.1.28). */
#include <string.h>

#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)
#define REQUEST(at) (&(at)->m->u.relocation_request)
#define ACK(at) (&(at)->m->u.relocation_request_acknowledge)

static struct judge_conn *source_of(const struct judge_at *at)
{
	return at->conn ? judge_conn(at->judge, at->conn->source) : NULL;
}

int judge_request_contents(struct judge_at *at)
{
	NEEDS(at->m);
	if (REQUEST(at)->cause == 0)
		return judge_broken(at, "it has no Cause");
	return judge_holds(at, REQUEST(at)->container.encoded.len > 0,
			   "it has no Source To Target Transparent Container");
}

int judge_request_identity(struct judge_at *at)
{
	const struct judge_conn *source = source_of(at);

	NEEDS(at->m);
	if (!source)
		return IUPLUS_JUDGE_UNKNOWN;
	if (!REQUEST(at)->has_imsi && judge_seen(source, IUPLUS_RANAP_COMMON_ID))
		return judge_broken(at, "it has no Permanent NAS UE Identity, and COMMON ID (frame %u) had it",
				    source->last[IUPLUS_RANAP_COMMON_ID]);
	if (!REQUEST(at)->has_integrity && source->security.running == JUDGE_YES)
		return judge_broken(
			at,
			"it has no Integrity Protection Information, and the core network started integrity "
			"protection (frame %u)",
			source->security.frame);
	return source->first_seen ? IUPLUS_JUDGE_KEPT : IUPLUS_JUDGE_UNKNOWN;
}

int judge_request_encryption(struct judge_at *at)
{
	NEEDS(at->m && !REQUEST(at)->has_integrity);
	return judge_holds(at, !REQUEST(at)->has_encryption,
			   "it has Encryption Information and no Integrity Protection Information");
}

int judge_request_cause(struct judge_at *at)
{
	const struct judge_conn *source = source_of(at);

	NEEDS(at->m);
	if (!source)
		return IUPLUS_JUDGE_UNKNOWN;
	if (REQUEST(at)->cause == source->required.cause)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the cause is %s, and RELOCATION REQUIRED (frame %u) says %s",
			    iuplus_ranap_cause_name(REQUEST(at)->cause), source->sent.frame,
			    iuplus_ranap_cause_name(source->required.cause));
}

int judge_request_identifier(struct judge_at *at)
{
	struct judge_conn *other;

	NEEDS(at->m && at->conn);
	other = judge_conn(at->judge, judge_map_get(&at->judge->sigs, judge_mix(judge_mix(at->conn->cn->number, 6),
										REQUEST(at)->iu_sig_con_id)));
	if (!other || other == at->conn || other->released)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(
		at, "Iu Signalling Connection Identifier %06x is that of the connection of frame %u, which exists",
		REQUEST(at)->iu_sig_con_id, other->begun_frame);
}

/* The first answer is right, each further one is the answer to the second request, as is ERROR INDICATION. */
int judge_second_request(struct judge_at *at)
{
	NEEDS(at->conn && at->from_rnc && at->conn->requests > 1);
	if (at->kind == IUPLUS_RANAP_ERROR_INDICATION)
		return judge_broken(at, "the second RELOCATION REQUEST is answered by ERROR INDICATION");
	NEEDS(at->kind == IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE || at->kind == IUPLUS_RANAP_RELOCATION_FAILURE);
	return judge_holds(at, at->conn->answers == 0, "the second RELOCATION REQUEST is answered too");
}

static const struct iuplus_ranap_source_to_target *got(const struct judge_at *at)
{
	return at->conn && at->conn->got.frame && at->conn->got.values.opened ? &at->conn->got.values : NULL;
}

static int conflict(struct judge_at *at, bool algorithm, bool key, const char *what)
{
	NEEDS(algorithm && !key);
	if (at->kind == IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE)
		return judge_broken(at,
				    "the container (frame %u) has %s without its key, and the relocation is accepted",
				    at->conn->got.frame, what);
	NEEDS(at->m);
	if (at->m->u.relocation_failure.cause == IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the cause is %s", iuplus_ranap_cause_name(at->m->u.relocation_failure.cause));
}

int judge_integrity_conflict(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(c);
	return conflict(at, c->has_integrity_algorithm, c->has_ik, "Chosen Integrity Protection Algorithm");
}

int judge_encryption_conflict(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(c);
	return conflict(at, c->has_encryption_algorithm, c->has_ck, "Chosen Encryption Algorithm");
}

int judge_ack_no_ciphering(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(c && at->m && !at->conn->request_has_encryption && !c->has_ck);
	return judge_holds(at, !ACK(at)->has_encryption_algorithm,
			   "it has Chosen Encryption Algorithm, and there was no Encryption Information");
}

int judge_ack_no_integrity(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(c && at->m && !c->has_ik);
	return judge_holds(
		at, !ACK(at)->has_integrity_algorithm,
		"it has Chosen Integrity Protection Algorithm, and the container has no Integrity Protection Key");
}

int judge_ack_no_encryption(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(c && at->m && !c->has_ck);
	return judge_holds(at, !ACK(at)->has_encryption_algorithm,
			   "it has Chosen Encryption Algorithm, and the container has no Ciphering Key");
}

int judge_ack_integrity(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(at->m && at->conn);
	if (!c)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, ACK(at)->has_integrity_algorithm == c->has_ik,
			   c->has_ik ?
				   "it has no Chosen Integrity Protection Algorithm, and the container has the key" :
				   "it has Chosen Integrity Protection Algorithm, and the container has no key");
}

int judge_ack_encryption(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(at->m && at->conn);
	if (!c)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, ACK(at)->has_encryption_algorithm == c->has_ck,
			   c->has_ck ?
				   "it has no Chosen Encryption Algorithm, and the container has the Ciphering Key" :
				   "it has Chosen Encryption Algorithm, and the container has no Ciphering Key");
}

int judge_ack_starts_integrity(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(c && at->m && c->has_ik);
	if (!ACK(at)->has_integrity_algorithm)
		return judge_broken(at, "no algorithm was chosen, and the container has an Integrity Protection Key");
	return judge_holds(at, ACK(at)->integrity_algorithm != IUPLUS_RANAP_UIA_NO_VALUE,
			   "integrity protection is not started, and the container has an Integrity Protection Key");
}

int judge_ack_container(struct judge_at *at)
{
	const struct judge_conn *other;

	NEEDS(at->m && at->conn);
	if (ACK(at)->has_container)
		return IUPLUS_JUDGE_KEPT;
	other = judge_other_domain(at->judge, at->conn);
	if (!got(at) || got(at)->iu_instances > 1 || (other && other->answer_container))
		return IUPLUS_JUDGE_UNKNOWN;
	NEEDS(got(at)->ue_involved);
	return judge_broken(at, "it has no Target To Source Transparent Container");
}

int judge_ack_container_decodes(struct judge_at *at)
{
	NEEDS(at->m && ACK(at)->has_container);
	return judge_holds(at, ACK(at)->container.opened && ACK(at)->container.rrc_container.len > 0,
			   "the container is no Target RNC to Source RNC Transparent Container with an RRC Container");
}

/* RELOCATION FAILURE: the source gets RELOCATION PREPARATION FAILURE. */
int judge_failure_passed_on(struct judge_at *at)
{
	struct judge_conn *source = source_of(at);

	NEEDS(source && source->preparation == JUDGE_PREPARING);
	return judge_owe(at, source, false);
}

int judge_domains_differ(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);

	NEEDS(c && c->has_cs_algorithm && c->has_ps_algorithm && c->cs_algorithm != c->ps_algorithm);
	return judge_holds(
		at, at->kind == IUPLUS_RANAP_RELOCATION_FAILURE,
		"the container has different algorithms for CS and PS user data, and the relocation is accepted");
}

int judge_ack_waits(struct judge_at *at)
{
	const struct iuplus_ranap_source_to_target *c = got(at);
	struct judge_conn *other;

	NEEDS(c && c->iu_instances == 2);
	other = judge_other_domain(at->judge, at->conn);
	if (other)
		return IUPLUS_JUDGE_KEPT;
	if (judge_ue(at->conn)->imsi.len == 0 || !source_of(at) || !judge_other_domain(at->judge, source_of(at)))
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_broken(at, "only one of two RELOCATION REQUESTs has come");
}

int judge_ack_alike(struct judge_at *at)
{
	const struct judge_conn *other;

	NEEDS(at->m && at->conn && ACK(at)->has_container);
	other = judge_other_domain(at->judge, at->conn);
	NEEDS(other && other->answer_container);
	return judge_holds(at,
			   other->answer_container ==
				   judge_hash(ACK(at)->container.encoded.data, ACK(at)->container.encoded.len),
			   "the container differs from that sent to the other domain");
}

/* ---- Detect, Complete ---------------------------------------------------------------------------------------- */

int judge_detect_before_complete(struct judge_at *at)
{
	NEEDS(at->conn);
	if (judge_seen(at->conn, IUPLUS_RANAP_RELOCATION_DETECT))
		return IUPLUS_JUDGE_KEPT;
	return at->conn->first_seen ?
		       judge_broken(at, "RELOCATION COMPLETE comes without RELOCATION DETECT before it") :
		       IUPLUS_JUDGE_UNKNOWN;
}

int judge_complete_after_allocation(struct judge_at *at)
{
	NEEDS(at->conn);
	if (judge_seen(at->conn, IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE))
		return IUPLUS_JUDGE_KEPT;
	return at->conn->first_seen ? judge_broken(at, "no resources were allocated on this connection") :
				      IUPLUS_JUDGE_UNKNOWN;
}

/* The same message is owed on the target's other connection. */
int judge_on_both(struct judge_at *at)
{
	struct judge_conn *other;

	NEEDS(at->conn);
	other = judge_other_domain(at->judge, at->conn);
	NEEDS(other && other->origin == JUDGE_RELOCATED);
	if (judge_seen(other, at->kind))
		return IUPLUS_JUDGE_KEPT;
	return judge_owe(at, other, true);
}

/* RELOCATION COMPLETE without DETECT is as good: the source is released. */
int judge_complete_counts(struct judge_at *at)
{
	struct judge_conn *source = source_of(at);

	NEEDS(source && !judge_seen(at->conn, IUPLUS_RANAP_RELOCATION_DETECT) && !source->released &&
	      !judge_seen(source, IUPLUS_RANAP_IU_RELEASE_COMMAND));
	return judge_owe(at, source, false);
}

/* ---- what the core network passes on ------------------------------------------------------------------------- */

/* RELOCATION REQUEST has the octets of RELOCATION REQUIRED; RELOCATION PREPARATION FAILURE is not for unreadable
 * ones. */
int judge_container_passed_on(struct judge_at *at)
{
	const struct judge_conn *source;
	unsigned cause;

	NEEDS(at->m && at->conn);
	if (at->kind == IUPLUS_RANAP_RELOCATION_REQUEST) {
		source = source_of(at);
		if (!source || !source->required.has_container)
			return IUPLUS_JUDGE_UNKNOWN;
		return judge_holds(at,
				   judge_hash(REQUEST(at)->container.encoded.data,
					      REQUEST(at)->container.encoded.len) == source->sent.octets,
				   "the container is not the one of RELOCATION REQUIRED");
	}
	NEEDS(at->conn->preparation == JUDGE_PREPARING && at->conn->required.has_container &&
	      !at->conn->sent.values.opened && !at->conn->target);
	cause = at->m->u.relocation_preparation_failure.cause;
	/* causes for which the core network need not look into the container */
	NEEDS(cause != IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC &&
	      cause != IUPLUS_RANAP_CAUSE_RELOCATION_NOT_SUPPORTED_IN_TARGET &&
	      cause != IUPLUS_RANAP_CAUSE_RELOCATION_TARGET_NOT_ALLOWED);
	return judge_broken(at, "a container that the core network can not read (frame %u) was not passed on",
			    at->conn->sent.frame);
}
