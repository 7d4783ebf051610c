/* SPDX-License-Identifier: BSD-2-Clause */
/* check_security.c: Security Mode Control (TS 25.413 8.18), Key Status (9.2.1.36). */
#include <string.h>

#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)
#define COMMAND(at) (&(at)->m->u.security_mode_command)
#define COMPLETE(at) (&(at)->m->u.security_mode_complete)

static bool permits(const struct iuplus_ranap_protection *list, unsigned algorithm)
{
	unsigned i;

	for (i = 0; i < list->count && i < sizeof(list->algorithms); i++) {
		if (list->algorithms[i] == algorithm)
			return true;
	}
	return false;
}

/* The command offers what is in use: no encryption needs no list. */
static bool offers(const struct iuplus_ranap_security_mode_command *m, const struct judge_security *s)
{
	if (!permits(&m->integrity, s->uia))
		return false;
	return !s->has_uea || (s->uea == 0 && !m->has_encryption) ||
	       (m->has_encryption && permits(&m->encryption, s->uea));
}

/* What runs for the connection's domain when the command comes. */
static enum judge_fact runs(const struct judge_at *at)
{
	return at->conn ? at->conn->security.running : JUDGE_NOT_KNOWN;
}

int judge_command_again(struct judge_at *at)
{
	const struct judge_security *s;

	NEEDS(at->m && at->conn);
	if (runs(at) != JUDGE_YES)
		return runs(at) == JUDGE_NO ? JUDGE_NOT_APPLICABLE : IUPLUS_JUDGE_UNKNOWN;
	s = &at->conn->security;
	if (!COMMAND(at)->key_new)
		return judge_broken(at, "Key Status is Old, and integrity protection runs since frame %u", s->frame);
	return judge_holds(at, offers(COMMAND(at), s), "it does not permit an algorithm that is in use");
}

int judge_complete_encryption(struct judge_at *at)
{
	NEEDS(at->m && at->conn);
	if (!at->conn->command_open)
		return IUPLUS_JUDGE_UNKNOWN;
	if (COMPLETE(at)->has_encryption_algorithm == at->conn->command.has_encryption)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(
		at,
		at->conn->command.has_encryption ?
			"it has no Chosen Encryption Algorithm, and the command (frame %u) has Encryption Information" :
			"it has Chosen Encryption Algorithm, and the command (frame %u) has no Encryption Information",
		at->conn->last[IUPLUS_RANAP_SECURITY_MODE_COMMAND]);
}

int judge_complete_no_ciphering(struct judge_at *at)
{
	NEEDS(at->m && at->conn && at->conn->command_open && !at->conn->command.has_encryption);
	return judge_holds(at, !COMPLETE(at)->has_encryption_algorithm || COMPLETE(at)->encryption_algorithm == 0,
			   "ciphering is started, and the command has no Encryption Information");
}

int judge_complete_permitted(struct judge_at *at)
{
	const struct iuplus_ranap_security_mode_complete *m;

	NEEDS(at->m && at->conn);
	if (!at->conn->command_open)
		return IUPLUS_JUDGE_UNKNOWN;
	m = COMPLETE(at);
	if (!permits(&at->conn->command.integrity, m->integrity_algorithm))
		return judge_broken(at, "UIA%u was not permitted", m->integrity_algorithm);
	if (m->has_encryption_algorithm && at->conn->command.has_encryption &&
	    !permits(&at->conn->command.encryption, m->encryption_algorithm))
		return judge_broken(at, "UEA%u was not permitted", m->encryption_algorithm);
	return IUPLUS_JUDGE_KEPT;
}

static const struct judge_security *of_other_domain(const struct judge_at *at)
{
	const struct judge_conn *other = at->conn ? judge_other_domain(at->judge, at->conn) : NULL;

	return other && other->security.running == JUDGE_YES ? &other->security : NULL;
}

int judge_complete_as_other(struct judge_at *at)
{
	const struct judge_security *s = of_other_domain(at);

	NEEDS(at->m && s);
	if (COMPLETE(at)->integrity_algorithm != s->uia)
		return judge_broken(at, "UIA%u is chosen, and the other domain uses UIA%u (frame %u)",
				    COMPLETE(at)->integrity_algorithm, s->uia, s->frame);
	NEEDS(s->has_uea && s->uea);
	return judge_holds(at, COMPLETE(at)->has_encryption_algorithm && COMPLETE(at)->encryption_algorithm == s->uea,
			   "the encryption algorithm is not the one that the other domain uses");
}

/* When both procedures ran at once, the later COMPLETE is judged. */
int judge_complete_as_running(struct judge_at *at)
{
	struct judge_conn *other;

	NEEDS(at->m && at->conn);
	other = judge_other_domain(at->judge, at->conn);
	NEEDS(other && other->security.running == JUDGE_YES &&
	      other->security.frame > at->conn->last[IUPLUS_RANAP_SECURITY_MODE_COMMAND]);
	return judge_holds(
		at, COMPLETE(at)->integrity_algorithm == other->security.uia,
		"the two domains' procedures ran at once and chose different integrity protection algorithms");
}

int judge_complete_second_plain(struct judge_at *at)
{
	const struct judge_security *s = of_other_domain(at);

	NEEDS(at->m && s && (!s->has_uea || s->uea == 0));
	return judge_holds(
		at, !COMPLETE(at)->has_encryption_algorithm || COMPLETE(at)->encryption_algorithm == 0,
		"ciphering is started for the second domain, and the first has integrity protection without ciphering");
}

/* RELOCATION REQUEST ACKNOWLEDGE within what the security mode control permitted. */
int judge_ack_permitted(struct judge_at *at)
{
	const struct iuplus_ranap_relocation_request_acknowledge *m;
	const struct judge_conn *source;
	const struct judge_security *s;

	NEEDS(at->m && at->conn);
	m = &at->m->u.relocation_request_acknowledge;
	source = judge_conn(at->judge, at->conn->source);
	if (!source || source->security.integrity.count == 0)
		return m->has_integrity_algorithm ? IUPLUS_JUDGE_UNKNOWN : JUDGE_NOT_APPLICABLE;
	s = &source->security;
	if (m->has_integrity_algorithm && !permits(&s->integrity, m->integrity_algorithm))
		return judge_broken(at, "UIA%u is chosen, which the security mode control of frame %u did not permit",
				    m->integrity_algorithm, s->frame);
	if (m->has_encryption_algorithm && m->encryption_algorithm && s->has_encryption &&
	    !permits(&s->encryption, m->encryption_algorithm))
		return judge_broken(at, "UEA%u is chosen, which the security mode control of frame %u did not permit",
				    m->encryption_algorithm, s->frame);
	return IUPLUS_JUDGE_KEPT;
}

/* SECURITY MODE COMPLETE or REJECT where REJECT with cause 13 is right. */
static int refuses(struct judge_at *at, const char *why)
{
	if (at->kind == IUPLUS_RANAP_SECURITY_MODE_COMPLETE)
		return judge_broken(at, "the command (frame %u) is completed, although %s",
				    at->conn->last[IUPLUS_RANAP_SECURITY_MODE_COMMAND], why);
	NEEDS(at->m);
	if (at->m->u.security_mode_reject.cause == IUPLUS_RANAP_CAUSE_CONFLICTING_SECURITY)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the cause is %s, although %s",
			    iuplus_ranap_cause_name(at->m->u.security_mode_reject.cause), why);
}

int judge_refuses_other_domain(struct judge_at *at)
{
	const struct judge_security *s = of_other_domain(at);

	NEEDS(at->conn && at->conn->command_open && s && !offers(&at->conn->command, s));
	return refuses(at, "it does not permit what the other domain uses");
}

int judge_refuses_old(struct judge_at *at)
{
	NEEDS(at->conn && at->conn->command_open && at->conn->security.running == JUDGE_YES &&
	      !at->conn->command.key_new);
	return refuses(at, "Key Status is Old and integrity protection runs");
}

int judge_refuses_other_algorithms(struct judge_at *at)
{
	NEEDS(at->conn && at->conn->command_open && at->conn->security.running == JUDGE_YES &&
	      !offers(&at->conn->command, &at->conn->security));
	return refuses(at, "it does not permit an algorithm in use");
}

int judge_key_status(struct judge_at *at)
{
	const struct judge_ue *ue;
	bool used;

	NEEDS(at->m && at->conn);
	if (COMMAND(at)->has_enhanced)
		return IUPLUS_JUDGE_UNKNOWN; /* the keys are elsewhere */
	ue = judge_ue(at->conn);
	used = judge_key_used(ue, COMMAND(at)->integrity.key);
	if (used)
		return judge_holds(at, !COMMAND(at)->key_new, "Key Status is New, and this key was in use before");
	/* a key that was not seen may be older than the capture */
	return COMMAND(at)->key_new ? IUPLUS_JUDGE_KEPT : IUPLUS_JUDGE_UNKNOWN;
}
