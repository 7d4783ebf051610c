/* SPDX-License-Identifier: BSD-2-Clause */
/* target_typed.c: RANAP, RNSAP and RRC as plain structs: a decoded message encodes with the same meaning, and the
 * answer to each faulty message can be sent. An input starts with an octet: RANAP: 0 or 1 the flags, 2 and 3 (with
 * flags) the containers; RNSAP: the flags; RRC: bit 0 the flags, the other bits the channel, then the two
 * containers. */
#include "test/fuzz/fuzz.h"

#include <iuplus/ranap.h>
#include <iuplus/rnsap.h>
#include <iuplus/rrc.h>

#include <string.h>

static struct iuplus_arena *arena;

static bool same(const struct iuplus_octets *a, const struct iuplus_octets *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

static struct iuplus_octets tight(const uint8_t *data, size_t len)
{
	const struct iuplus_octets o = { fuzz_tight(data, len), len };

	return o;
}

static void ranap_answer(const struct iuplus_ranap_problem *problem, unsigned flags)
{
	struct iuplus_ranap_problem again;
	struct iuplus_ranap_msg answer, copy;
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_answer(problem, &answer);

	if (problem->answer != IUPLUS_RANAP_ANSWER_ERROR_INDICATION &&
	    problem->answer != IUPLUS_RANAP_ANSWER_UNSUCCESSFUL) {
		fuzz_check(rc == IUPLUS_ERR_STATE, "%d for answer %d", rc, problem->answer);
		return;
	}
	fuzz_check(rc == IUPLUS_OK, "answer %d: %d", problem->answer, rc);
	rc = iuplus_ranap_encode(&answer, flags, arena, &pdu);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "the answer %s encodes with %d", iuplus_ranap_name(&answer), rc);
	rc = iuplus_ranap_decode(pdu, flags, arena, &copy, &again);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && copy.kind == answer.kind),
		   "the answer %s decodes with %d (%s)", iuplus_ranap_name(&answer), rc, again.path ? again.path : "");
}

static void ranap_pdu(struct iuplus_octets pdu, unsigned flags)
{
	struct iuplus_ranap_problem problem, again;
	struct iuplus_ranap_msg msg, copy;
	struct iuplus_octets first, second;
	int rc = iuplus_ranap_decode(pdu, flags, arena, &msg, &problem);

	fuzz_check(rc <= 0 && rc != IUPLUS_ERR_ARGUMENT && problem.rc == rc, "%d, %d", rc, problem.rc);
	fuzz_check(iuplus_ranap_name(&msg) && iuplus_ranap_cause_name(problem.cause), "names");
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	ranap_answer(&problem, flags);
	if (rc)
		return;
	iuplus_ranap_logical_error(&msg, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, &again);
	ranap_answer(&again, flags);
	rc = iuplus_ranap_encode(&msg, flags, arena, &first);
	if (rc == IUPLUS_ERR_MEMORY || rc == IUPLUS_ERR_ARGUMENT) /* ARGUMENT: a kind without a struct */
		return;
	fuzz_check(rc == IUPLUS_OK, "%s encodes with %d", iuplus_ranap_name(&msg), rc);
	rc = iuplus_ranap_decode(first, flags, arena, &copy, &again);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "%s: its encoding decodes with %d (%s)", iuplus_ranap_name(&msg), rc,
		   again.path ? again.path : "");
	rc = iuplus_ranap_encode(&copy, flags, arena, &second);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&first, &second)), "%s changes (%d)",
		   iuplus_ranap_name(&msg), rc);
}

static void source_to_target(struct iuplus_octets in, unsigned flags)
{
	struct iuplus_ranap_source_to_target c;
	struct iuplus_octets out, again;
	int rc = iuplus_ranap_source_to_target_decode(in, flags, arena, &c);

	if (rc)
		return;
	rc = iuplus_ranap_source_to_target_encode(&c, flags, arena, &out);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "encodes with %d", rc);
	rc = iuplus_ranap_source_to_target_decode(out, flags, arena, &c);
	if (!rc)
		rc = iuplus_ranap_source_to_target_encode(&c, flags, arena, &again);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&out, &again)), "changes (%d)", rc);
}

static void target_to_source(struct iuplus_octets in, unsigned flags)
{
	struct iuplus_ranap_target_to_source c;
	struct iuplus_octets out, again;
	int rc = iuplus_ranap_target_to_source_decode(in, flags, arena, &c);

	if (rc)
		return;
	rc = iuplus_ranap_target_to_source_encode(&c, flags, arena, &out);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "encodes with %d", rc);
	rc = iuplus_ranap_target_to_source_decode(out, flags, arena, &c);
	if (!rc)
		rc = iuplus_ranap_target_to_source_encode(&c, flags, arena, &again);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&out, &again)), "changes (%d)", rc);
}

static void ranap_run(const uint8_t *data, size_t len)
{
	struct iuplus_octets in;
	unsigned flags;

	if (len == 0)
		return;
	arena = fuzz_arena(0);
	in = tight(data + 1, len - 1);
	flags = data[0] & 1 ? IUPLUS_RANAP_LEGACY : 0;
	switch ((data[0] >> 1) % 3) {
	case 0:
		ranap_pdu(in, flags);
		break;
	case 1:
		source_to_target(in, flags);
		break;
	default:
		target_to_source(in, flags);
	}
}

/* ---- RNSAP ---- */

static void rnsap_answer(const struct iuplus_rnsap_problem *problem, unsigned flags)
{
	struct iuplus_rnsap_problem again;
	struct iuplus_rnsap_msg answer, copy;
	struct iuplus_octets pdu;
	int rc = iuplus_rnsap_answer(problem, &answer);

	if (problem->answer != IUPLUS_RANAP_ANSWER_ERROR_INDICATION &&
	    problem->answer != IUPLUS_RANAP_ANSWER_UNSUCCESSFUL) {
		fuzz_check(rc == IUPLUS_ERR_STATE, "%d for answer %d", rc, problem->answer);
		return;
	}
	fuzz_check(rc == IUPLUS_OK, "answer %d: %d", problem->answer, rc);
	rc = iuplus_rnsap_encode(&answer, flags, arena, &pdu);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "the answer %s encodes with %d", iuplus_rnsap_name(&answer), rc);
	rc = iuplus_rnsap_decode(pdu, flags, arena, &copy, &again);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && copy.kind == answer.kind),
		   "the answer %s decodes with %d (%s)", iuplus_rnsap_name(&answer), rc, again.path ? again.path : "");
}

static void rnsap_run(const uint8_t *data, size_t len)
{
	struct iuplus_rnsap_problem problem, again;
	struct iuplus_ranap_problem inner;
	struct iuplus_rnsap_msg msg, copy;
	struct iuplus_ranap_msg ranap;
	struct iuplus_octets first, second;
	unsigned flags;
	int rc;

	if (len == 0)
		return;
	arena = fuzz_arena(0);
	flags = data[0] & 1 ? IUPLUS_RNSAP_LEGACY : 0;
	rc = iuplus_rnsap_decode(tight(data + 1, len - 1), flags, arena, &msg, &problem);
	fuzz_check(rc <= 0 && rc != IUPLUS_ERR_ARGUMENT && problem.rc == rc, "%d, %d", rc, problem.rc);
	fuzz_check(iuplus_rnsap_name(&msg) && iuplus_rnsap_cause_name(problem.cause), "names");
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	rnsap_answer(&problem, flags);
	if (rc)
		return;
	iuplus_rnsap_logical_error(&msg, IUPLUS_RNSAP_CAUSE_SEMANTIC_ERROR, &again);
	rnsap_answer(&again, flags);
	rc = iuplus_rnsap_open_ranap(&msg, flags, arena, &ranap, &inner);
	fuzz_check(rc <= 0 && inner.rc == rc, "RANAP inside: %d, %d", rc, inner.rc);
	rc = iuplus_rnsap_encode(&msg, flags, arena, &first);
	if (rc == IUPLUS_ERR_MEMORY || rc == IUPLUS_ERR_ARGUMENT) /* ARGUMENT: a mandatory IE is absent */
		return;
	fuzz_check(rc == IUPLUS_OK, "%s encodes with %d", iuplus_rnsap_name(&msg), rc);
	rc = iuplus_rnsap_decode(first, flags, arena, &copy, &again);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK && copy.kind == msg.kind, "%s: its encoding decodes with %d (%s)",
		   iuplus_rnsap_name(&msg), rc, again.path ? again.path : "");
	rc = iuplus_rnsap_encode(&copy, flags, arena, &second);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&first, &second)), "%s changes (%d)",
		   iuplus_rnsap_name(&msg), rc);
}

/* ---- RRC ---- */

static void rrc_answer(const struct iuplus_rrc_error *error, unsigned flags, enum iuplus_rrc_channel channel)
{
	struct iuplus_rrc_msg answer, copy;
	struct iuplus_octets pdu;
	struct iuplus_rrc_error again;
	int rc = iuplus_rrc_answer_for(error, &answer);

	if (rc == IUPLUS_ERR_STATE)
		return;
	fuzz_check(rc == IUPLUS_OK && channel == IUPLUS_RRC_DL_DCCH, "%d on channel %d", rc, channel);
	rc = iuplus_rrc_encode(&answer, flags, arena, &pdu, &again);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "the answer %s encodes with %d at %s", iuplus_rrc_name(answer.type), rc,
		   again.path);
	rc = iuplus_rrc_decode(answer.channel, pdu, flags, arena, &copy, &again);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && copy.type == answer.type),
		   "the answer %s decodes with %d at %s", iuplus_rrc_name(answer.type), rc, again.path);
}

static void rrc_message(enum iuplus_rrc_channel channel, struct iuplus_octets in, unsigned flags)
{
	struct iuplus_rrc_error error, again;
	struct iuplus_rrc_msg msg, copy;
	struct iuplus_octets first, second;
	int rc = iuplus_rrc_decode(channel, in, flags, arena, &msg, &error);

	fuzz_check(rc <= 0 && rc != IUPLUS_ERR_ARGUMENT && error.rc == rc, "%d, %d", rc, error.rc);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	if (rc) {
		if (error.answer)
			rrc_answer(&error, flags, channel);
		return;
	}
	fuzz_check(msg.name, "a name");
	if (msg.type == IUPLUS_RRC_OTHER)
		return;
	rc = iuplus_rrc_encode(&msg, flags, arena, &first, &again);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "%s encodes with %d at %s", iuplus_rrc_name(msg.type), rc, again.path);
	rc = iuplus_rrc_decode(channel, first, flags, arena, &copy, &again);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK && copy.type == msg.type, "%s: its encoding decodes with %d at %s",
		   iuplus_rrc_name(msg.type), rc, again.path);
	rc = iuplus_rrc_encode(&copy, flags, arena, &second, NULL);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&first, &second)), "%s changes (%d)",
		   iuplus_rrc_name(msg.type), rc);
}

static void srns_info(struct iuplus_octets in, unsigned flags)
{
	struct iuplus_rrc_srns_info info, copy;
	struct iuplus_octets first, second;
	struct iuplus_rrc_error error;
	int rc = iuplus_rrc_srns_info_decode(in, flags, arena, &info, &error);

	if (rc)
		return;
	rc = iuplus_rrc_srns_info_encode(&info, flags, arena, &first, &error);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "encodes with %d at %s", rc, error.path);
	rc = iuplus_rrc_srns_info_decode(first, flags, arena, &copy, &error);
	if (!rc)
		rc = iuplus_rrc_srns_info_encode(&copy, flags, arena, &second, NULL);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&first, &second)), "changes (%d)", rc);
}

static void to_source(struct iuplus_octets in)
{
	struct iuplus_rrc_to_source c;
	struct iuplus_octets first, second;
	struct iuplus_rrc_error error;
	int rc = iuplus_rrc_to_source_decode(in, arena, &c, &error);

	if (rc)
		return;
	rc = iuplus_rrc_to_source_encode(&c, arena, &first, &error);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "encodes with %d at %s", rc, error.path);
	rc = iuplus_rrc_to_source_decode(first, arena, &c, &error);
	if (!rc)
		rc = iuplus_rrc_to_source_encode(&c, arena, &second, NULL);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&first, &second)), "changes (%d)", rc);
}

static void rrc_run(const uint8_t *data, size_t len)
{
	struct iuplus_octets in;
	unsigned flags, which;

	if (len == 0)
		return;
	arena = fuzz_arena(0);
	in = tight(data + 1, len - 1);
	flags = data[0] & 1 ? IUPLUS_RRC_LEGACY : 0;
	which = (data[0] >> 1) % 6;
	if (which < 4)
		rrc_message((enum iuplus_rrc_channel)which, in, flags);
	else if (which == 4)
		srns_info(in, flags);
	else
		to_source(in);
}

/* ---- seeds and mutation: those of the engine's types ---- */

static const char *const ranap_types[] = { "RANAP-PDU", "SourceRNC-ToTargetRNC-TransparentContainer",
					   "TargetRNC-ToSourceRNC-TransparentContainer" };
static const char *const rnsap_types[] = { "RNSAP-PDU" };
static const char *const rrc_types[] = {
	"UL-CCCH-Message", "DL-CCCH-Message",       "UL-DCCH-Message",
	"DL-DCCH-Message", "ToTargetRNC-Container", "TargetRNC-ToSourceRNC-Container"
};

static void seeds(const char *protocol, const char *const *names, size_t n, enum iuplus_asn1_rules rules,
		  struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	struct iuplus_octets encoding;
	uint8_t *octets;
	size_t i;

	for (i = 0; i < n * count; i++) {
		arena = fuzz_arena(0);
		if (fuzz_value_encode(iuplus_asn1_find(protocol, names[i % n]), rules, r, arena, &encoding))
			continue;
		octets = iuplus_arena_alloc(arena, encoding.len + 1);
		if (!octets)
			continue;
		octets[0] = (uint8_t)((i % n) << 1 | fuzz_one_in(r, 8));
		memcpy(octets + 1, encoding.data, encoding.len);
		add(user, octets, encoding.len + 1);
	}
}

static size_t mutate(const char *protocol, const char *name, enum iuplus_asn1_rules rules, uint8_t *data, size_t len,
		     size_t max, struct fuzz_random *r)
{
	struct iuplus_octets encoding;

	arena = fuzz_arena(0);
	if (fuzz_value_mutate(iuplus_asn1_find(protocol, name), rules, data + 1, len - 1, r, arena, &encoding) ||
	    encoding.len + 1 > max)
		return 0;
	memcpy(data + 1, encoding.data, encoding.len);
	return encoding.len + 1;
}

static void ranap_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	static const uint8_t prefix = 0;

	seeds("RANAP", ranap_types, 3, IUPLUS_ASN1_APER, r, count, add, user);
	fuzz_seed_file("test/vectors/ranap-pdus.tsv", NULL, &prefix, 1, add, user);
	fuzz_seed_file("test/vectors/ranap-messages.tsv", NULL, &prefix, 1, add, user);
	fuzz_seeds_ranap(add, user);
}

static size_t ranap_mutate(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	return len < 2 ? 0 : mutate("RANAP", ranap_types[(data[0] >> 1) % 3], IUPLUS_ASN1_APER, data, len, max, r);
}

static void rnsap_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	seeds("RNSAP", rnsap_types, 1, IUPLUS_ASN1_APER, r, count, add, user);
	fuzz_seeds_rnsap(add, user);
}

static size_t rnsap_mutate(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	return len < 2 ? 0 : mutate("RNSAP", rnsap_types[0], IUPLUS_ASN1_APER, data, len, max, r);
}

static void rrc_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	static const char *const words[] = { "ul.ccch", "dl.ccch", "ul.dcch", "dl.dcch" };
	uint8_t i;

	seeds("RRC", rrc_types, 6, IUPLUS_ASN1_UPER, r, count, add, user);
	for (i = 0; i < 4; i++) {
		const uint8_t prefix = (uint8_t)(i << 1);

		fuzz_seed_file("test/vectors/rrc-messages.txt", words[i], &prefix, 1, add, user);
	}
	fuzz_seeds_rrc(2, 3, add, user);
	fuzz_seeds_srns_info(4, add, user);
}

static size_t rrc_mutate(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	return len < 2 ? 0 : mutate("RRC", rrc_types[(data[0] >> 1) % 6], IUPLUS_ASN1_UPER, data, len, max, r);
}

const struct fuzz_target fuzz_ranap_messages = { "ranap_messages", ranap_run, ranap_seeds, ranap_mutate };
const struct fuzz_target fuzz_rnsap_messages = { "rnsap_messages", rnsap_run, rnsap_seeds, rnsap_mutate };
const struct fuzz_target fuzz_rrc_messages = { "rrc_messages", rrc_run, rrc_seeds, rrc_mutate };
