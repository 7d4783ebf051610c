/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rnsap_errors: TS 25.423 clause 10. Faulty messages are built IE by IE. Each must get the answer that the clause
 * prescribes, and a peer must be able to decode that answer. */
#include <limits.h>
#include "test/unit/cunit_main.h"
#include "test/unit/ie_make.h"
#include "test/unit/rnsap_samples.h"
#include "test/unit/seed.h"

#define NOTHING 0xffffffffu /* no message is sent */
#define COMMON IUPLUS_RNSAP_COMMON
#define REJECT IUPLUS_RANAP_REJECT
#define IGNORE IUPLUS_RANAP_IGNORE
#define NOTIFY IUPLUS_RANAP_NOTIFY

static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };
static uint8_t pdu_octets[4096];

/* ---- building PDUs ------------------------------------------------------------------------------------------- */

#define CAUSE(criticality) \
	{ \
		11, criticality, "13c0" \
	}
#define IMSI \
	{ \
		17, REJECT, "00000101" \
	}
#define SRNC_ID \
	{ \
		157, REJECT, "0001" \
	}
#define S_RNTI \
	{ \
		155, REJECT, "0000" \
	}
#define RANAP \
	{ \
		750, REJECT, "18abcdef" \
	}
#define RANAP_RESPONSE \
	{ \
		751, IGNORE, "10beef" \
	}
#define L3 \
	{ \
		85, IGNORE, "08ab" \
	}
#define DOMAIN \
	{ \
		755, IGNORE, "20" \
	}
#define UNKNOWN(criticality) \
	{ \
		60000, criticality, "deadbeef" \
	}
#define GOOD CAUSE(REJECT), IMSI, S_RNTI, RANAP

static const struct ie none[] = { IE_END };

/* A message of transaction 77 with these IEs and, unless NULL, these extensions. */
static struct iuplus_octets make(unsigned code, unsigned mode, enum iuplus_ranap_pdu pdu, unsigned criticality,
				 const struct ie *ies, const struct ie *extensions)
{
	struct iuplus_octets out = { pdu_octets, 4 };

	pdu_octets[0] = (uint8_t)(pdu << 5);
	pdu_octets[1] = (uint8_t)code;
	pdu_octets[2] = (uint8_t)(mode << 5 | criticality << 3 | 77 >> 5);
	pdu_octets[3] = (uint8_t)((77 & 31) << 3);
	out.len += ie_message(pdu_octets + 4, ies, extensions);
	return out;
}

#define REQUEST(ies, extensions) make(49, COMMON, IUPLUS_RANAP_INITIATING, REJECT, ies, extensions)
#define RESPONSE(ies, extensions) make(49, COMMON, IUPLUS_RANAP_SUCCESSFUL, REJECT, ies, extensions)
#define FAILURE(ies, extensions) make(49, COMMON, IUPLUS_RANAP_UNSUCCESSFUL, REJECT, ies, extensions)
#define CLASS_2(code, ies, extensions) make(code, COMMON, IUPLUS_RANAP_INITIATING, IGNORE, ies, extensions)

/* ---- checking ------------------------------------------------------------------------------------------------ */

struct want {
	int rc;
	enum iuplus_ranap_answer answer;
	uint32_t cause;
	unsigned message; /* the message sent */
	unsigned ies;     /* number of IEs reported */
};

static struct iuplus_rnsap_problem problem;

static void judge(const char *name, struct iuplus_octets pdu, unsigned flags, struct want want)
{
	struct iuplus_rnsap_msg msg, answer, got;
	struct iuplus_rnsap_problem again;
	struct iuplus_octets octets;
	int rc = iuplus_rnsap_decode(pdu, flags, &arena, &msg, &problem), sent;

	if (rc != want.rc || problem.rc != rc || problem.answer != want.answer || problem.cause != want.cause ||
	    problem.diagnostics.ie_count != want.ies) {
		fprintf(stderr, "%s: %s, answer %d, cause %s, %u IEs instead of %s, %d, %s, %u (%s)\n", name,
			iuplus_strrc(rc), problem.answer, iuplus_rnsap_cause_name(problem.cause),
			problem.diagnostics.ie_count, iuplus_strrc(want.rc), want.answer,
			iuplus_rnsap_cause_name(want.cause), want.ies, problem.path ? problem.path : "");
		CU_FAIL("see above");
	}
	sent = iuplus_rnsap_answer(&problem, &answer);
	if ((sent == IUPLUS_OK ? answer.kind : NOTHING) != want.message) {
		fprintf(stderr, "%s: answered by %s\n", name,
			sent == IUPLUS_OK ? iuplus_rnsap_name(&answer) : "nothing");
		CU_FAIL("see above");
	}
	if (sent != IUPLUS_OK)
		return;
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&answer, 0, &arena, &octets), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_decode(octets, 0, &arena, &got, &again), IUPLUS_OK);
	CU_ASSERT_EQUAL(got.kind, want.message);
	if (got.kind == IUPLUS_RNSAP_ERROR_INDICATION) {
		const struct iuplus_rnsap_diagnostics *d = &got.u.error_indication.diagnostics;

		CU_ASSERT_EQUAL(got.u.error_indication.cause, want.cause);
		CU_ASSERT_EQUAL(d->ie_count, want.ies);
		/* the procedure, message and transaction concerned */
		if (problem.kind != UINT_MAX && IUPLUS_RNSAP_KIND_MODE(problem.kind) != IUPLUS_RNSAP_MODE_UNKNOWN) {
			CU_ASSERT(d->has_procedure && d->procedure_code == IUPLUS_RNSAP_KIND_CODE(problem.kind) &&
				  d->mode == IUPLUS_RNSAP_KIND_MODE(problem.kind));
			CU_ASSERT(d->has_triggering_message &&
				  d->triggering_message == IUPLUS_RNSAP_KIND_PDU(problem.kind));
			CU_ASSERT(d->has_procedure_criticality);
			CU_ASSERT(d->has_transaction && !d->transaction.is_long && d->transaction.id == 77);
			CU_ASSERT_EQUAL(got.transaction.id, 77);
		}
	} else {
		const struct iuplus_rnsap_diagnostics *d = &got.u.enhanced_relocation_failure.diagnostics;

		CU_ASSERT_EQUAL(got.u.enhanced_relocation_failure.cause, want.cause);
		CU_ASSERT_EQUAL(got.transaction.id, 77);
		/* the answer itself identifies the procedure: only the IEs */
		CU_ASSERT_EQUAL(d->ie_count, want.ies);
		CU_ASSERT(!d->has_procedure && !d->has_triggering_message && !d->has_transaction);
		CU_ASSERT_EQUAL(got.u.enhanced_relocation_failure.has_diagnostics, want.ies != 0);
	}
}

#define REJECTED IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_REJECT
#define NOTIFIED IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY
#define FALSELY IUPLUS_RNSAP_CAUSE_FALSELY_CONSTRUCTED
#define SYNTAX IUPLUS_RNSAP_CAUSE_TRANSFER_SYNTAX_ERROR

#define ACCEPTED ((struct want){ IUPLUS_OK, IUPLUS_RANAP_ANSWER_NONE, 0, NOTHING, 0 })
#define ERROR_INDICATION(rc, cause, ies) \
	((struct want){ rc, IUPLUS_RANAP_ANSWER_ERROR_INDICATION, cause, IUPLUS_RNSAP_ERROR_INDICATION, ies })
#define REFUSED(rc, cause, ies) \
	((struct want){ rc, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL, cause, IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE, ies })
#define LOCAL(rc, cause, ies) ((struct want){ rc, IUPLUS_RANAP_ANSWER_LOCAL, cause, NOTHING, ies })
#define DROPPED ((struct want){ IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_ANSWER_NONE, 0, NOTHING, 0 })

/* ---- 10.3.4.1: procedures and messages that are not known ---------------------------------------------------- */

static void test_unknown_procedure(void)
{
	static const uint8_t later_mode[] = { 0x00, 0x31, 0x80, 0x13, 0x40, 0x01, 0x00 };
	static const uint8_t later_message[] = { 0x80, 0x01, 0x00 };
	struct iuplus_octets octets = { later_mode, sizeof(later_mode) };

	judge("procedure 200, reject", make(200, COMMON, IUPLUS_RANAP_INITIATING, REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 0));
	CU_ASSERT_EQUAL(problem.diagnostics.procedure_criticality, REJECT);
	judge("procedure 200, notify", make(200, COMMON, IUPLUS_RANAP_INITIATING, NOTIFY, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, NOTIFIED, 0));
	judge("procedure 200, ignore", make(200, COMMON, IUPLUS_RANAP_INITIATING, IGNORE, none, NULL), 0, DROPPED);
	/* The same code of another mode is another procedure. */
	judge("Enhanced Relocation fdd", make(49, IUPLUS_RNSAP_FDD, IUPLUS_RANAP_INITIATING, REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 0));
	judge("Error Indication tdd", make(6, IUPLUS_RNSAP_TDD, IUPLUS_RANAP_INITIATING, REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 0));
	/* Types of message that a known procedure lacks (10.3.4.1A). */
	judge("Cancel has no success", make(50, COMMON, IUPLUS_RANAP_SUCCESSFUL, REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 0));
	judge("Enhanced Relocation has no outcome", make(49, COMMON, IUPLUS_RANAP_OUTCOME, NOTIFY, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, NOTIFIED, 0));
	judge("Release has no failure", make(52, COMMON, IUPLUS_RANAP_UNSUCCESSFUL, IGNORE, none, NULL), 0, DROPPED);
	judge("Error Indication has no success", make(6, COMMON, IUPLUS_RANAP_SUCCESSFUL, REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 0));
	/* Values after the extension markers: a mode, a kind of message. */
	judge("a mode of a later release", octets, 0, ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 0));
	CU_ASSERT_EQUAL(problem.kind, IUPLUS_RNSAP_KIND(49, IUPLUS_RNSAP_MODE_UNKNOWN, IUPLUS_RANAP_INITIATING));
	CU_ASSERT(!problem.diagnostics.has_procedure && problem.diagnostics.transaction.id == 77);
	octets.data = later_message;
	octets.len = sizeof(later_message);
	judge("a kind of message of a later release", octets, 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 0));
	CU_ASSERT_EQUAL(problem.kind, UINT_MAX);
	iuplus_arena_free(&arena);
}

/* ---- 10.3.4.2: IEs that are not known ------------------------------------------------------------------------ */

/* Every correct message with an unknown IE at every place and an unknown extension, of each criticality. */
static const struct {
	const char *name;
	unsigned code;
	enum iuplus_ranap_pdu pdu;
	struct ie ies[8];
} rights[] = {
	{ "Request", 49, IUPLUS_RANAP_INITIATING, { GOOD, IE_END } },
	{ "Response", 49, IUPLUS_RANAP_SUCCESSFUL, { RANAP_RESPONSE, IE_END } },
	{ "Failure", 49, IUPLUS_RANAP_UNSUCCESSFUL, { CAUSE(IGNORE), IE_END } },
	{ "Cancel", 50, IUPLUS_RANAP_INITIATING, { CAUSE(IGNORE), IE_END } },
	{ "Signalling Transfer", 51, IUPLUS_RANAP_INITIATING, { L3, IE_END } },
	{ "Release", 52, IUPLUS_RANAP_INITIATING, { DOMAIN, IE_END } },
	{ "Error Indication", 6, IUPLUS_RANAP_INITIATING, { CAUSE(IGNORE), IE_END } },
};

#define RIGHT(i, ies, extensions) make(rights[i].code, COMMON, rights[i].pdu, REJECT, ies, extensions)

/* The answer to such a message for a fault of criticality reject, or for IEs in wrong order. */
static struct want refusal(unsigned code, enum iuplus_ranap_pdu pdu, int rc, uint32_t cause, unsigned ies)
{
	if (pdu != IUPLUS_RANAP_INITIATING || code == 6)
		return LOCAL(rc, cause, ies);
	return code == 49 ? REFUSED(rc, cause, ies) : ERROR_INDICATION(rc, cause, ies);
}

static struct want wanted(unsigned code, enum iuplus_ranap_pdu pdu, unsigned criticality, unsigned ies)
{
	if (criticality == IGNORE)
		return ACCEPTED;
	if (criticality == REJECT)
		return refusal(code, pdu, IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, ies);
	if (code == 6)
		return (struct want){ IUPLUS_OK, IUPLUS_RANAP_ANSWER_NONE, 0, NOTHING, ies };
	return ERROR_INDICATION(IUPLUS_OK, NOTIFIED, ies);
}

static void test_unknown_ie(void)
{
	for (unsigned i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
		for (unsigned criticality = REJECT; criticality <= NOTIFY; criticality++) {
			const struct ie more[] = { UNKNOWN(criticality), { 60001, IGNORE, "00" }, IE_END };
			struct ie ies[9];
			unsigned n = 0, at;

			while (rights[i].ies[n].hex)
				n++;
			judge(rights[i].name, RIGHT(i, rights[i].ies, NULL), 0, ACCEPTED);
			judge(rights[i].name, RIGHT(i, rights[i].ies, more), 0,
			      wanted(rights[i].code, rights[i].pdu, criticality, 1));
			for (at = 0; at <= n; at++) {
				memcpy(ies, rights[i].ies, at * sizeof(ies[0]));
				ies[at] = more[0];
				memcpy(ies + at + 1, rights[i].ies + at, (n - at + 1) * sizeof(ies[0]));
				judge(rights[i].name, RIGHT(i, ies, NULL), 0,
				      wanted(rights[i].code, rights[i].pdu, criticality, 1));
				if (criticality == IGNORE)
					continue;
				CU_ASSERT_EQUAL_FATAL(problem.diagnostics.ie_count, 1);
				CU_ASSERT(problem.diagnostics.ies[0].ie_id == 60000 &&
					  !problem.diagnostics.ies[0].missing &&
					  problem.diagnostics.ies[0].criticality == criticality);
				judge(rights[i].name, RIGHT(i, ies, more), 0,
				      wanted(rights[i].code, rights[i].pdu, criticality, 2));
			}
			iuplus_arena_reset(&arena, false);
		}
	iuplus_arena_free(&arena);
}

/* Known IEs with an unknown value, and an IE of RANAP's extension, which RNSAP does not have. */
static void test_unknown_value(void)
{
	static const struct ie cause[] = { { 11, REJECT, "800100" }, IMSI, S_RNTI, RANAP, IE_END };
	static const struct ie enumeration[] = { { 11, REJECT, "18015a" }, IMSI, S_RNTI, RANAP, IE_END };
	static const struct ie identity[] = { CAUSE(REJECT), { 17, REJECT, "800100" }, S_RNTI, RANAP, IE_END };
	static const struct ie ignored[] = { { 11, IGNORE, "800100" }, IE_END };
	static const struct ie domain[] = { { 755, IGNORE, "800100" }, IE_END };
	static const struct ie good[] = { GOOD, IE_END };
	static const struct ie capability[] = { { 65000, IGNORE, "80" }, IE_END };
	static const struct ie strict[] = { { 65000, REJECT, "80" }, IE_END };

	judge("a cause of a later release", REQUEST(cause, NULL), 0, REFUSED(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 1));
	judge("a radio network cause of a later release", REQUEST(enumeration, NULL), 0,
	      REFUSED(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 1));
	judge("an identity of a later release", REQUEST(identity, NULL), 0,
	      REFUSED(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 1));
	CU_ASSERT_EQUAL(problem.diagnostics.ies[0].ie_id, 17);
	judge("ignored", FAILURE(ignored, NULL), 0, ACCEPTED);
	judge("ignored domain", CLASS_2(52, domain, NULL), 0, ACCEPTED);
	for (unsigned flags = 0; flags <= IUPLUS_RNSAP_LEGACY; flags += IUPLUS_RNSAP_LEGACY) {
		judge("RANAP's extension", REQUEST(good, capability), flags, ACCEPTED);
		judge("RANAP's extension as reject", REQUEST(good, strict), flags,
		      REFUSED(IUPLUS_ERR_NOT_COMPREHENDED, REJECTED, 1));
		CU_ASSERT_EQUAL(problem.diagnostics.ies[0].ie_id, 65000);
	}
	iuplus_arena_free(&arena);
}

/* ---- 10.3.5: IEs that are missing ---------------------------------------------------------------------------- */

static void test_missing_ie(void)
{
	static const struct ie good[] = { GOOD, IE_END };
	struct ie ies[4];

	for (unsigned without = 0; without < 4; without++) {
		memcpy(ies, good, without * sizeof(ies[0]));
		memcpy(ies + without, good + without + 1, (4 - without) * sizeof(ies[0]));
		judge("Request", REQUEST(ies, NULL), 0, REFUSED(IUPLUS_ERR_MISSING, REJECTED, 1));
		CU_ASSERT(problem.diagnostics.ies[0].ie_id == good[without].id && problem.diagnostics.ies[0].missing &&
			  problem.diagnostics.ies[0].criticality == REJECT);
	}
	judge("all IEs of Request", REQUEST(none, NULL), 0, REFUSED(IUPLUS_ERR_MISSING, REJECTED, 4));
	/* Criticality ignore: the procedure continues without it. */
	judge("Response", RESPONSE(none, NULL), 0, ACCEPTED);
	judge("Failure", FAILURE(none, NULL), 0, ACCEPTED);
	judge("Cancel", CLASS_2(50, none, NULL), 0, ACCEPTED);
	judge("Signalling Transfer", CLASS_2(51, none, NULL), 0, ACCEPTED);
	judge("Release", CLASS_2(52, none, NULL), 0, ACCEPTED);
	judge("Error Indication", CLASS_2(6, none, NULL), 0, ACCEPTED);
	iuplus_arena_free(&arena);
}

/* Type of Error is mandatory in the extensions of an IE of Criticality Diagnostics. */
static void test_missing_inside(void)
{
	static const struct ie ies[] = {
		CAUSE(IGNORE),
		{ 20, IGNORE,
		  "0400200011"
		  "0000"
		  "ea6040"
		  "0100" },
		IE_END
	};
	struct iuplus_rnsap_msg msg;

	judge("Type of Error", FAILURE(ies, NULL), 0, ACCEPTED);
	CU_ASSERT_EQUAL(iuplus_rnsap_decode(FAILURE(ies, NULL), 0, &arena, &msg, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(msg.unknown_count, 1);
	CU_ASSERT(msg.unknown[0].where == IUPLUS_RNSAP_IN_DIAGNOSTICS_IE && msg.unknown[0].id == 60000);
	iuplus_arena_free(&arena);
}

/* An unknown extension deep inside: its path is reported. */
static void test_message_structure(void)
{
	static const struct ie ies[] = {
		CAUSE(IGNORE),
		{ 20, IGNORE,
		  "0400200011"
		  "0001"
		  "ea6080"
		  "0100"
		  "008c40"
		  "0100" },
		IE_END
	};
	const struct iuplus_ranap_ie_diagnostics *ie;

	judge("inside Criticality Diagnostics", FAILURE(ies, NULL), 0, ERROR_INDICATION(IUPLUS_OK, NOTIFIED, 1));
	ie = &problem.diagnostics.ies[0];
	CU_ASSERT_EQUAL(ie->ie_id, 60000);
	CU_ASSERT_EQUAL_FATAL(ie->level_count, 1);
	CU_ASSERT_EQUAL(ie->levels[0].ie_id, 20);
	iuplus_arena_free(&arena);
}

/* ---- 10.3.6: falsely constructed messages -------------------------------------------------------------------- */

static void test_falsely_constructed(void)
{
	static const struct ie order[] = { CAUSE(REJECT), S_RNTI, IMSI, RANAP, IE_END };
	static const struct ie optional_order[] = { CAUSE(REJECT), IMSI, S_RNTI, SRNC_ID, RANAP, IE_END };
	static const struct ie good[] = { GOOD, IE_END };
	static const struct ie twice_rnti[] = { { 914, REJECT, "0000" }, { 914, REJECT, "0000" }, IE_END };
	static const struct ie cause[] = { CAUSE(IGNORE), IE_END };
	static const struct ie extension_order[] = { { 914, IGNORE, "0000" }, { 155, IGNORE, "0005" }, IE_END };
	static const struct ie unknown_first[] = { UNKNOWN(IGNORE), { 914, REJECT, "0000" }, IE_END };
	static const struct ie between[] = { CAUSE(REJECT), IMSI, UNKNOWN(IGNORE), S_RNTI, RANAP, IE_END };
	static const struct ie twice_and_notify[] = { CAUSE(IGNORE), CAUSE(IGNORE), UNKNOWN(NOTIFY), IE_END };

	judge("wrong order", REQUEST(order, NULL), 0, REFUSED(IUPLUS_ERR_ORDER, FALSELY, 0));
	judge("an optional IE late", REQUEST(optional_order, NULL), 0, REFUSED(IUPLUS_ERR_ORDER, FALSELY, 0));
	judge("an extension twice", REQUEST(good, twice_rnti), 0, REFUSED(IUPLUS_ERR_ORDER, FALSELY, 0));
	judge("extensions in wrong order", CLASS_2(6, cause, extension_order), 0, LOCAL(IUPLUS_ERR_ORDER, FALSELY, 0));
	/* Only known IEs count for the order. */
	judge("unknown between", REQUEST(between, NULL), 0, ACCEPTED);
	judge("an unknown extension first", REQUEST(good, unknown_first), 0, ACCEPTED);
	for (unsigned i = 0; i < sizeof(rights) / sizeof(rights[0]); i++) {
		struct ie twice[10];
		unsigned n = 0;

		/* the last IE once more */
		for (; rights[i].ies[n].hex; n++)
			twice[n] = rights[i].ies[n];
		twice[n] = twice[n - 1];
		twice[n + 1] = (struct ie)IE_END;
		judge(rights[i].name, RIGHT(i, twice, NULL), 0,
		      refusal(rights[i].code, rights[i].pdu, IUPLUS_ERR_ORDER, FALSELY, 0));
	}
	/* 10.5: the cause is that of the fault that ends the procedure. */
	judge("both", CLASS_2(50, twice_and_notify, NULL), 0, ERROR_INDICATION(IUPLUS_ERR_ORDER, FALSELY, 1));
	iuplus_arena_free(&arena);
}

/* ---- 10.2: transfer syntax errors ---------------------------------------------------------------------------- */

static void check_any(struct iuplus_octets pdu, const char *name)
{
	struct iuplus_rnsap_msg msg, answer;
	struct iuplus_octets octets;
	int rc = iuplus_rnsap_decode(pdu, 0, &arena, &msg, &problem), sent;

	CU_ASSERT_EQUAL(rc, problem.rc);
	if (rc == IUPLUS_OK && msg.kind == UINT_MAX) {
		fprintf(stderr, "%s: accepted, but nothing known\n", name);
		CU_FAIL("see above");
	}
	sent = iuplus_rnsap_answer(&problem, &answer);
	if (sent == IUPLUS_OK && iuplus_rnsap_encode(&answer, 0, &arena, &octets) != IUPLUS_OK) {
		fprintf(stderr, "%s: the answer %s does not encode\n", name, iuplus_rnsap_name(&answer));
		CU_FAIL("see above");
	}
}

/* Every message, truncated at every bit: the rest of the last octet is zero. */
static void test_truncated(void)
{
	for (unsigned i = 0; i < rnsap_sample_count; i++) {
		struct iuplus_rnsap_msg msg;
		struct iuplus_octets whole, cut;

		rnsap_sample_make(&rnsap_samples[i], &arena, &msg);
		CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&msg, 0, &arena, &whole), IUPLUS_OK);
		for (size_t bits = 0; bits < whole.len * 8; bits++) {
			size_t len = (bits + 7) / 8;
			uint8_t *exact = malloc(len ? len : 1); /* so that a sanitizer detects a read beyond it */
			int rc;

			CU_ASSERT_PTR_NOT_NULL_FATAL(exact);
			memcpy(exact, whole.data, len);
			if (bits % 8)
				exact[len - 1] &= (uint8_t)(0xff00 >> bits % 8);
			cut.data = exact;
			cut.len = len;
			rc = iuplus_rnsap_decode(cut, 0, &arena, &msg, &problem);
			if (len < whole.len && rc != IUPLUS_ERR_TRUNCATED && rc != IUPLUS_ERR_SYNTAX &&
			    rc != IUPLUS_ERR_CONSTRAINT) {
				fprintf(stderr, "%s cut at bit %zu: %s\n", rnsap_samples[i].name, bits,
					iuplus_strrc(rc));
				CU_FAIL("see above");
			}
			if (bits % 8 == 0) {
				bool local = rnsap_samples[i].kind == IUPLUS_RNSAP_ERROR_INDICATION &&
					     problem.kind != UINT_MAX;

				CU_ASSERT_EQUAL(problem.cause, IUPLUS_RNSAP_CAUSE_TRANSFER_SYNTAX_ERROR);
				CU_ASSERT_EQUAL(problem.answer, local ? IUPLUS_RANAP_ANSWER_LOCAL :
									IUPLUS_RANAP_ANSWER_ERROR_INDICATION);
			}
			check_any(cut, rnsap_samples[i].name);
			free(exact);
		}
		iuplus_arena_reset(&arena, false);
	}
	iuplus_arena_free(&arena);
}

static void test_out_of_range(void)
{
	/* An S-RNTI of 21 bits, an IMSI without its octets, Type of Triggering Message, criticality 3. */
	static const struct ie rnti[] = { CAUSE(REJECT), IMSI, { 155, REJECT, "80100000" }, RANAP, IE_END };
	static const struct ie imsi[] = { CAUSE(REJECT), { 17, REJECT, "50000101" }, S_RNTI, RANAP, IE_END };
	static const struct ie bits[] = { CAUSE(REJECT), IMSI, S_RNTI, { 750, REJECT, "19abcdef" }, IE_END };
	static const struct ie cause[] = { { 11, IGNORE, "4e" }, IE_END };
	static const struct ie long_rnti[] = { { 155, IGNORE, "00000000" }, IE_END };
	static const struct ie good[] = { GOOD, IE_END };
	static const struct ie empty[] = { CAUSE(REJECT), IMSI, S_RNTI, { 750, REJECT, "" }, IE_END };
	struct iuplus_octets octets;

	judge("S-RNTI too large", REQUEST(rnti, NULL), 0, ERROR_INDICATION(IUPLUS_ERR_CONSTRAINT, SYNTAX, 0));
	judge("IMSI longer than its IE", REQUEST(imsi, NULL), 0, ERROR_INDICATION(IUPLUS_ERR_TRUNCATED, SYNTAX, 0));
	judge("bits longer than their IE", REQUEST(bits, NULL), 0, ERROR_INDICATION(IUPLUS_ERR_TRUNCATED, SYNTAX, 0));
	judge("protocol cause 7", CLASS_2(50, cause, NULL), 0, ERROR_INDICATION(IUPLUS_ERR_CONSTRAINT, SYNTAX, 0));
	judge("an IE without value", REQUEST(empty, NULL), 0, ERROR_INDICATION(IUPLUS_ERR_TRUNCATED, SYNTAX, 0));
	judge("too long an IE", CLASS_2(6, none, long_rnti), 0, LOCAL(IUPLUS_ERR_SYNTAX, SYNTAX, 0));
	judge("criticality 3 of a message", make(49, COMMON, IUPLUS_RANAP_INITIATING, 3, good, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_CONSTRAINT, SYNTAX, 0));
	CU_ASSERT_EQUAL(problem.kind, UINT_MAX);
	octets = REQUEST(good, NULL);
	octets.len++;
	judge("octets after the message", octets, 0, ERROR_INDICATION(IUPLUS_ERR_SYNTAX, SYNTAX, 0));
	octets.len = 0;
	judge("nothing", octets, 0, ERROR_INDICATION(IUPLUS_ERR_TRUNCATED, SYNTAX, 0));
	octets.data = NULL;
	judge("nothing at all", octets, 0, ERROR_INDICATION(IUPLUS_ERR_TRUNCATED, SYNTAX, 0));
	iuplus_arena_free(&arena);
}

/* Octets changed at random: never more than an answer. */
static void test_mutated(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records();

	for (unsigned n = 0; n < 100000 && CU_get_number_of_failure_records() == before; n++) {
		const struct rnsap_sample *sample = &rnsap_samples[seed_next(&state) % rnsap_sample_count];
		struct iuplus_rnsap_msg msg, again;
		struct iuplus_octets pdu, first, second;
		uint8_t *octets;
		int rc;

		rnsap_sample_make(sample, &arena, &msg);
		CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		octets = malloc(pdu.len);
		CU_ASSERT_PTR_NOT_NULL_FATAL(octets);
		memcpy(octets, pdu.data, pdu.len);
		for (uint64_t k = seed_next(&state) % 4 + 1; k; k--) {
			size_t at = seed_next(&state) % (n % 2 ? pdu.len : (pdu.len > 24 ? 24 : pdu.len));

			octets[at] = n % 3 ? (uint8_t)(octets[at] ^ 1u << seed_next(&state) % 8) :
					     (uint8_t)seed_next(&state);
		}
		pdu.data = octets;
		check_any(pdu, sample->name);
		/* An accepted message has the same meaning after encoding. */
		if (iuplus_rnsap_decode(pdu, 0, &arena, &msg, &problem) == IUPLUS_OK &&
		    iuplus_rnsap_encode(&msg, 0, &arena, &first) == IUPLUS_OK) {
			rc = iuplus_rnsap_decode(first, 0, &arena, &again, &problem);
			if (rc == IUPLUS_OK)
				rc = iuplus_rnsap_encode(&again, 0, &arena, &second);
			if (rc != IUPLUS_OK || second.len != first.len || memcmp(second.data, first.data, first.len)) {
				fprintf(stderr, "%s changes: %s\n", sample->name, iuplus_strrc(rc));
				CU_FAIL("see above");
			}
		}
		free(octets);
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, before);
	iuplus_arena_free(&arena);
}

/* ---- memory and logical errors ------------------------------------------------------------------------------- */

/* An arena that is too small is an error, whichever allocation fails. */
static void test_memory(void)
{
	for (unsigned i = 0; i < rnsap_sample_count; i++) {
		struct iuplus_rnsap_msg msg, got, opened;
		struct iuplus_ranap_msg ranap;
		struct iuplus_ranap_problem inner;
		struct iuplus_octets pdu, again;
		int rc = IUPLUS_ERR_MEMORY, encoded = IUPLUS_ERR_MEMORY, inside = IUPLUS_ERR_MEMORY;

		rnsap_sample_make(&rnsap_samples[i], &arena, &msg);
		opened = msg;
		CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		for (size_t limit = 8;
		     limit < 65536 &&
		     (rc == IUPLUS_ERR_MEMORY || encoded == IUPLUS_ERR_MEMORY || inside == IUPLUS_ERR_MEMORY);
		     limit += 8) {
			struct iuplus_arena small;

			iuplus_arena_init(&small, limit);
			rc = iuplus_rnsap_decode(pdu, 0, &small, &got, &problem);
			if (rc == IUPLUS_ERR_MEMORY)
				CU_ASSERT_EQUAL(problem.answer, IUPLUS_RANAP_ANSWER_NONE);
			iuplus_arena_reset(&small, false);
			encoded = iuplus_rnsap_encode(&msg, 0, &small, &again);
			if (encoded == IUPLUS_ERR_MEMORY)
				CU_ASSERT_EQUAL(again.len, 0);
			iuplus_arena_reset(&small, false);
			inside = iuplus_rnsap_open_ranap(&opened, 0, &small, &ranap, &inner);
			if (inside == IUPLUS_OK) {
				iuplus_arena_reset(&arena, false);
				rnsap_sample_make(&rnsap_samples[i], &arena, &msg);
				CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
				opened = msg;
				inside = iuplus_rnsap_close_ranap(&ranap, 0, &small, &opened);
				opened = msg;
			}
			iuplus_arena_free(&small);
		}
		if (rc != IUPLUS_OK || encoded != IUPLUS_OK || (inside != IUPLUS_OK && inside != IUPLUS_ERR_ARGUMENT)) {
			fprintf(stderr, "%s: %s, %s, %s\n", rnsap_samples[i].name, iuplus_strrc(rc),
				iuplus_strrc(encoded), iuplus_strrc(inside));
			CU_FAIL("see above");
		}
		iuplus_arena_reset(&arena, false);
	}
	iuplus_arena_free(&arena);
}

static void logical(unsigned kind, enum iuplus_ranap_answer want, unsigned message)
{
	struct iuplus_rnsap_msg msg, answer;
	int sent;

	memset(&msg, 0, sizeof(msg));
	msg.kind = kind;
	msg.transaction.is_long = true;
	msg.transaction.id = 1000;
	CU_ASSERT_EQUAL(iuplus_rnsap_logical_error(&msg, IUPLUS_RNSAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, &problem),
			IUPLUS_OK);
	CU_ASSERT_EQUAL(problem.answer, want);
	CU_ASSERT_EQUAL(problem.cause, IUPLUS_RNSAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
	sent = iuplus_rnsap_answer(&problem, &answer);
	CU_ASSERT_EQUAL(sent == IUPLUS_OK ? answer.kind : NOTHING, message);
	if (sent == IUPLUS_OK)
		CU_ASSERT(answer.transaction.is_long && answer.transaction.id == 1000);
}

static void test_logical(void)
{
	logical(IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL,
		IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE);
	logical(IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE, IUPLUS_RANAP_ANSWER_LOCAL, NOTHING);
	logical(IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE, IUPLUS_RANAP_ANSWER_LOCAL, NOTHING);
	logical(IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL, IUPLUS_RANAP_ANSWER_ERROR_INDICATION,
		IUPLUS_RNSAP_ERROR_INDICATION);
	logical(IUPLUS_RNSAP_ENHANCED_RELOCATION_SIGNALLING_TRANSFER, IUPLUS_RANAP_ANSWER_ERROR_INDICATION,
		IUPLUS_RNSAP_ERROR_INDICATION);
	logical(IUPLUS_RNSAP_ENHANCED_RELOCATION_RELEASE, IUPLUS_RANAP_ANSWER_ERROR_INDICATION,
		IUPLUS_RNSAP_ERROR_INDICATION);
	logical(IUPLUS_RNSAP_ERROR_INDICATION, IUPLUS_RANAP_ANSWER_LOCAL, NOTHING);
}

IUPLUS_CUNIT_MAIN("rnsap-errors", { "unknown procedure or message", test_unknown_procedure },
		  { "unknown IE", test_unknown_ie }, { "unknown value, the extension", test_unknown_value },
		  { "missing IE", test_missing_ie }, { "missing inside an IE", test_missing_inside },
		  { "message structure", test_message_structure },
		  { "wrong order, repeated", test_falsely_constructed }, { "truncated at every bit", test_truncated },
		  { "values out of range", test_out_of_range }, { "100 000 mutations", test_mutated },
		  { "too little memory", test_memory }, { "logical errors", test_logical })
