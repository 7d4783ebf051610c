/* SPDX-License-Identifier: BSD-2-Clause */
/* test_ranap_errors: TS 25.413 clause 10. Faulty messages are built IE by IE. Each must get the answer that the clause
 * prescribes, and a peer must be able to decode that answer. */
#include "test/unit/cunit_main.h"
#include "test/unit/ie_make.h"
#include "test/unit/ranap_samples.h"
#include "test/unit/seed.h"

#define NOTHING 0xffffffffu /* no message is sent */

static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };
static uint8_t pdu_octets[4096];

/* ---- building PDUs ------------------------------------------------------------------------------------------- */

#define CAUSE \
	{ \
		4, IUPLUS_RANAP_IGNORE, "22" \
	} /* nAS: normal release */
#define DOMAIN \
	{ \
		3, IUPLUS_RANAP_REJECT, "40" \
	}
#define INTEGRITY \
	{ \
		12, IUPLUS_RANAP_REJECT, "0010000102030405060708090a0b0c0d0e0f" \
	}
#define KEY_STATUS \
	{ \
		75, IUPLUS_RANAP_REJECT, "00" \
	}
#define NAS \
	{ \
		16, IUPLUS_RANAP_IGNORE, "020803" \
	}
#define SAPI \
	{ \
		59, IUPLUS_RANAP_IGNORE, "00" \
	}
#define UNKNOWN(criticality) \
	{ \
		60000, criticality, "deadbeef" \
	}
#define END IE_END

/* A message with these IEs and extensions, if any. */
static struct iuplus_octets make(unsigned code, enum iuplus_ranap_pdu pdu, unsigned criticality, const struct ie *ies,
				 const struct ie *extensions)
{
	struct iuplus_octets out;

	pdu_octets[0] = (uint8_t)(pdu << 5);
	pdu_octets[1] = (uint8_t)code;
	pdu_octets[2] = (uint8_t)(criticality << 6);
	out.len = 3 + ie_message(pdu_octets + 3, ies, extensions);
	out.data = pdu_octets;
	return out;
}

/* ---- checking ------------------------------------------------------------------------------------------------ */

struct want {
	int rc;
	enum iuplus_ranap_answer answer;
	unsigned cause;
	unsigned message; /* the message sent */
	unsigned ies;     /* number of IEs reported */
};

static struct iuplus_ranap_problem problem;

/* As a node does. */
static int receive(struct iuplus_octets pdu, unsigned flags, struct iuplus_ranap_msg *msg)
{
	int rc = iuplus_ranap_decode(pdu, flags, &arena, msg, &problem);

	return rc ? rc : iuplus_ranap_conditions(msg, &arena, &problem);
}

static void judge(const char *name, struct iuplus_octets pdu, unsigned flags, struct want want)
{
	struct iuplus_ranap_msg msg, answer, got;
	struct iuplus_ranap_problem none;
	struct iuplus_octets octets;
	int rc = receive(pdu, flags, &msg), sent;

	if (rc != want.rc || problem.rc != rc || problem.answer != want.answer || problem.cause != want.cause ||
	    problem.diagnostics.ie_count != want.ies) {
		fprintf(stderr, "%s: %s, answer %d, cause %u, %u IEs instead of %s, %d, %u, %u\n", name,
			iuplus_strrc(rc), problem.answer, problem.cause, problem.diagnostics.ie_count,
			iuplus_strrc(want.rc), want.answer, want.cause, want.ies);
		CU_FAIL("see above");
	}
	sent = iuplus_ranap_answer(&problem, &answer);
	if ((sent == IUPLUS_OK ? answer.kind : NOTHING) != want.message) {
		fprintf(stderr, "%s: answered by %s\n", name,
			sent == IUPLUS_OK ? iuplus_ranap_name(&answer) : "nothing");
		CU_FAIL("see above");
	}
	if (sent != IUPLUS_OK)
		return;
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&answer, 0, &arena, &octets), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_ranap_decode(octets, 0, &arena, &got, &none), IUPLUS_OK);
	CU_ASSERT_EQUAL(got.kind, want.message);
	if (got.kind == IUPLUS_RANAP_ERROR_INDICATION) {
		CU_ASSERT_EQUAL(got.u.error_indication.cause, want.cause);
		CU_ASSERT_EQUAL(got.u.error_indication.diagnostics.ie_count, want.ies);
	} else {
		CU_ASSERT_EQUAL(got.u.failure.cause, want.cause);
		CU_ASSERT_EQUAL(got.u.failure.diagnostics.ie_count, want.ies);
	}
}

#define ACCEPTED ((struct want){ IUPLUS_OK, IUPLUS_RANAP_ANSWER_NONE, 0, NOTHING, 0 })
#define ERROR_INDICATION(rc, cause, ies) \
	((struct want){ rc, IUPLUS_RANAP_ANSWER_ERROR_INDICATION, cause, IUPLUS_RANAP_ERROR_INDICATION, ies })
#define UNSUCCESSFUL(rc, cause, message, ies) \
	((struct want){ rc, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL, cause, IUPLUS_RANAP_##message, ies })
#define LOCAL(rc, cause, ies) ((struct want){ rc, IUPLUS_RANAP_ANSWER_LOCAL, cause, NOTHING, ies })
#define IN_RESPONSE(ies) \
	((struct want){ IUPLUS_OK, IUPLUS_RANAP_ANSWER_REPORT, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY, NOTHING, \
			ies })

/* ---- 10.3.4.1: procedures and messages that are not known ---------------------------------------------------- */

static void test_unknown_procedure(void)
{
	static const struct ie none[] = { END };
	struct want dropped = { IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_ANSWER_NONE, 0, NOTHING, 0 };

	judge("procedure 200, reject", make(200, IUPLUS_RANAP_INITIATING, IUPLUS_RANAP_REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 0));
	CU_ASSERT(problem.diagnostics.has_procedure_code && problem.diagnostics.procedure_code == 200);
	CU_ASSERT(problem.diagnostics.has_triggering_message &&
		  problem.diagnostics.triggering_message == IUPLUS_RANAP_INITIATING);
	CU_ASSERT(problem.diagnostics.has_procedure_criticality &&
		  problem.diagnostics.procedure_criticality == IUPLUS_RANAP_REJECT);
	judge("procedure 200, notify", make(200, IUPLUS_RANAP_INITIATING, IUPLUS_RANAP_NOTIFY, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY, 0));
	judge("procedure 200, ignore", make(200, IUPLUS_RANAP_INITIATING, IUPLUS_RANAP_IGNORE, none, NULL), 0, dropped);
	judge("code 8, which is not used", make(8, IUPLUS_RANAP_SUCCESSFUL, IUPLUS_RANAP_REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 0));
	judge("Iu Release has no failure", make(1, IUPLUS_RANAP_UNSUCCESSFUL, IUPLUS_RANAP_REJECT, none, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 0));
	CU_ASSERT_EQUAL(problem.diagnostics.triggering_message, IUPLUS_RANAP_UNSUCCESSFUL);
	judge("Direct Transfer has no outcome", make(20, IUPLUS_RANAP_OUTCOME, IUPLUS_RANAP_IGNORE, none, NULL), 0,
	      dropped);
	iuplus_arena_free(&arena);
}

/* ---- 10.3.4.2: IEs that are not known ------------------------------------------------------------------------ */

static void test_unknown_ie(void)
{
	static const struct ie reject[] = { INTEGRITY, KEY_STATUS, UNKNOWN(IUPLUS_RANAP_REJECT), END };
	static const struct ie notify[] = { INTEGRITY, UNKNOWN(IUPLUS_RANAP_NOTIFY), KEY_STATUS, END };
	static const struct ie ignore[] = { UNKNOWN(IUPLUS_RANAP_IGNORE), INTEGRITY, KEY_STATUS, END };
	static const struct ie good[] = { INTEGRITY, KEY_STATUS, END };
	static const struct ie ext_reject[] = { UNKNOWN(IUPLUS_RANAP_REJECT), END };
	static const struct ie ext_notify[] = { UNKNOWN(IUPLUS_RANAP_NOTIFY), UNKNOWN(IUPLUS_RANAP_IGNORE), END };
	static const struct ie nas_reject[] = { NAS, UNKNOWN(IUPLUS_RANAP_REJECT), END };
	static const struct ie nas_notify[] = { NAS, UNKNOWN(IUPLUS_RANAP_NOTIFY), END };
	static const struct ie cause_reject[] = { CAUSE, UNKNOWN(IUPLUS_RANAP_REJECT), END };
	static const struct ie cause_notify[] = { CAUSE, UNKNOWN(IUPLUS_RANAP_NOTIFY), END };

	/* A procedure with an unsuccessful outcome. */
	judge("reject", make(6, IUPLUS_RANAP_INITIATING, 0, reject, NULL), 0,
	      UNSUCCESSFUL(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, SECURITY_MODE_REJECT,
			   1));
	CU_ASSERT_EQUAL(problem.diagnostics.ies[0].ie_id, 60000);
	CU_ASSERT_EQUAL(problem.diagnostics.ies[0].criticality, IUPLUS_RANAP_REJECT);
	CU_ASSERT_FALSE(problem.diagnostics.ies[0].missing);
	CU_ASSERT(problem.diagnostics.ies[0].has_repetition && problem.diagnostics.ies[0].repetition == 1);
	judge("notify", make(6, IUPLUS_RANAP_INITIATING, 0, notify, NULL), 0, IN_RESPONSE(1));
	CU_ASSERT_EQUAL(problem.diagnostics.ies[0].criticality, IUPLUS_RANAP_NOTIFY);
	judge("ignore", make(6, IUPLUS_RANAP_INITIATING, 0, ignore, NULL), 0, ACCEPTED);
	judge("extension, reject", make(6, IUPLUS_RANAP_INITIATING, 0, good, ext_reject), 0,
	      UNSUCCESSFUL(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, SECURITY_MODE_REJECT,
			   1));
	judge("extensions, notify and ignore", make(6, IUPLUS_RANAP_INITIATING, 0, good, ext_notify), 0,
	      IN_RESPONSE(1));

	/* Class 2, and class 1 without an unsuccessful outcome. */
	judge("class 2, reject", make(20, IUPLUS_RANAP_INITIATING, 1, nas_reject, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 1));
	CU_ASSERT(problem.diagnostics.has_procedure_code && problem.diagnostics.procedure_code == 20);
	judge("class 2, notify", make(20, IUPLUS_RANAP_INITIATING, 1, nas_notify, NULL), 0,
	      ERROR_INDICATION(IUPLUS_OK, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY, 1));
	judge("Iu Release, reject", make(1, IUPLUS_RANAP_INITIATING, 0, cause_reject, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 1));
	judge("Iu Release, notify", make(1, IUPLUS_RANAP_INITIATING, 0, cause_notify, NULL), 0, IN_RESPONSE(1));

	/* Responses. */
	judge("response, reject", make(2, IUPLUS_RANAP_UNSUCCESSFUL, 0, cause_reject, NULL), 0,
	      LOCAL(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 1));
	judge("response, notify", make(2, IUPLUS_RANAP_UNSUCCESSFUL, 0, cause_notify, NULL), 0,
	      ERROR_INDICATION(IUPLUS_OK, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_NOTIFY, 1));

	/* 10.5: Error Indication is never the answer to Error Indication. */
	judge("Error Indication, reject", make(22, IUPLUS_RANAP_INITIATING, 1, cause_reject, NULL), 0,
	      LOCAL(IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 1));
	judge("Error Indication, notify", make(22, IUPLUS_RANAP_INITIATING, 1, cause_notify, NULL), 0,
	      (struct want){ IUPLUS_OK, IUPLUS_RANAP_ANSWER_NONE, 0, NOTHING, 1 });
	iuplus_arena_free(&arena);
}

/* ---- 10.3.5: IEs that are missing ---------------------------------------------------------------------------- */

static void test_missing_ie(void)
{
	static const struct ie no_key_status[] = { INTEGRITY, END };
	static const struct ie none[] = { END };
	static const struct ie no_cause[] = { DOMAIN, END };
	static const struct ie no_domain[] = { CAUSE, END };
	struct iuplus_ranap_msg msg;

	judge("Key Status", make(6, IUPLUS_RANAP_INITIATING, 0, no_key_status, NULL), 0,
	      UNSUCCESSFUL(IUPLUS_ERR_MISSING, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, SECURITY_MODE_REJECT, 1));
	CU_ASSERT(problem.diagnostics.ies[0].ie_id == 75 && problem.diagnostics.ies[0].missing);
	judge("both IEs", make(6, IUPLUS_RANAP_INITIATING, 0, none, NULL), 0,
	      UNSUCCESSFUL(IUPLUS_ERR_MISSING, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, SECURITY_MODE_REJECT, 2));
	judge("Chosen Integrity Protection Algorithm", make(6, IUPLUS_RANAP_SUCCESSFUL, 0, none, NULL), 0,
	      LOCAL(IUPLUS_ERR_MISSING, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 1));
	judge("CN Domain Indicator of Reset", make(9, IUPLUS_RANAP_INITIATING, 0, no_domain, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_MISSING, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT, 1));
	/* Criticality ignore: the procedure continues without it. */
	judge("Cause of Reset", make(9, IUPLUS_RANAP_INITIATING, 0, no_cause, NULL), 0, ACCEPTED);
	CU_ASSERT_EQUAL(iuplus_ranap_decode(make(1, IUPLUS_RANAP_INITIATING, 0, none, NULL), 0, &arena, &msg, &problem),
			IUPLUS_OK);
	CU_ASSERT_EQUAL(msg.u.iu_release_command.cause, 0);
	CU_ASSERT_EQUAL(iuplus_ranap_decode(make(19, IUPLUS_RANAP_INITIATING, 1, none, NULL), 0, &arena, &msg,
					    &problem),
			IUPLUS_OK);
	CU_ASSERT(msg.u.initial_ue_message.nas_pdu.len == 0 && msg.u.initial_ue_message.rnc.rnc_id == 0);
	iuplus_arena_free(&arena);
}

/* ---- 10.3.6: falsely constructed messages -------------------------------------------------------------------- */

static void test_falsely_constructed(void)
{
	static const struct ie order[] = { KEY_STATUS, INTEGRITY, END };
	static const struct ie twice[] = { INTEGRITY, KEY_STATUS, KEY_STATUS, END };
	static const struct ie nas_order[] = { SAPI, NAS, END };
	static const struct ie nas_twice[] = { NAS, NAS, END };
	static const struct ie cause_twice[] = { CAUSE, CAUSE, END };
	static const struct ie unknown_between[] = { INTEGRITY, UNKNOWN(IUPLUS_RANAP_IGNORE), KEY_STATUS, END };

	judge("wrong order", make(6, IUPLUS_RANAP_INITIATING, 0, order, NULL), 0,
	      UNSUCCESSFUL(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, SECURITY_MODE_REJECT, 0));
	judge("repeated", make(6, IUPLUS_RANAP_INITIATING, 0, twice, NULL), 0,
	      UNSUCCESSFUL(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, SECURITY_MODE_REJECT, 0));
	judge("class 2, wrong order", make(20, IUPLUS_RANAP_INITIATING, 1, nas_order, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, 0));
	judge("class 2, repeated", make(20, IUPLUS_RANAP_INITIATING, 1, nas_twice, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, 0));
	judge("response, repeated", make(3, IUPLUS_RANAP_UNSUCCESSFUL, 0, cause_twice, NULL), 0,
	      LOCAL(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, 0));
	/* Only known IEs count for the order. */
	judge("unknown between", make(6, IUPLUS_RANAP_INITIATING, 0, unknown_between, NULL), 0, ACCEPTED);
	iuplus_arena_free(&arena);
}

/* ---- 10.3.3: conditional IEs --------------------------------------------------------------------------------- */

static void test_conditional(void)
{
#define RELOCATION_TYPE \
	{ \
		56, IUPLUS_RANAP_REJECT, "40" \
	}
#define RELOCATION_CAUSE \
	{ \
		4, IUPLUS_RANAP_IGNORE, "0140" \
	}
	/* Source ID: SAI. Target IDs: an RNC, a GSM cell. */
#define SOURCE \
	{ \
		57, IUPLUS_RANAP_IGNORE, "4000f1100001000a" \
	}
#define TO_RNC \
	{ \
		62, IUPLUS_RANAP_REJECT, "0000f11000010002" \
	}
#define TO_GSM \
	{ \
		62, IUPLUS_RANAP_REJECT, "4000f11000010002" \
	}
#define CLASSMARK2 \
	{ \
		7, IUPLUS_RANAP_REJECT, "03533355" \
	}
#define CLASSMARK3 \
	{ \
		8, IUPLUS_RANAP_IGNORE, "0160" \
	}
#define CONTAINER \
	{ \
		61, IUPLUS_RANAP_REJECT, "0112" \
	}
	static const struct {
		const char *name;
		struct ie ies[8];
		struct want want;
	} required[] = {
		{ "an RNC", { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_RNC, CONTAINER, END }, { 0 } },
		{ "an RNC without container",
		  { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_RNC, END },
		  UNSUCCESSFUL(IUPLUS_ERR_MISSING, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT,
			       RELOCATION_PREPARATION_FAILURE, 1) },
		{ "an RNC with classmark 2",
		  { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_RNC, CLASSMARK2, CONTAINER, END },
		  UNSUCCESSFUL(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, RELOCATION_PREPARATION_FAILURE,
			       0) },
		{ "an RNC with classmark 3",
		  { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_RNC, CLASSMARK3, CONTAINER, END },
		  UNSUCCESSFUL(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, RELOCATION_PREPARATION_FAILURE,
			       0) },
		{ "a GSM cell",
		  { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_GSM, CLASSMARK2, CLASSMARK3, END },
		  { 0 } },
		{ "a GSM cell without classmark 3: criticality ignore",
		  { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_GSM, CLASSMARK2, END },
		  { 0 } },
		{ "a GSM cell without classmark 2",
		  { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_GSM, CLASSMARK3, END },
		  UNSUCCESSFUL(IUPLUS_ERR_MISSING, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT,
			       RELOCATION_PREPARATION_FAILURE, 1) },
		{ "a GSM cell with a container",
		  { RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_GSM, CLASSMARK2, CLASSMARK3, CONTAINER, END },
		  UNSUCCESSFUL(IUPLUS_ERR_ORDER, IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED, RELOCATION_PREPARATION_FAILURE,
			       0) },
	};
	static const struct ie notified[] = {
		RELOCATION_TYPE, RELOCATION_CAUSE, SOURCE, TO_RNC, UNKNOWN(IUPLUS_RANAP_NOTIFY), END
	};
	size_t i;

	for (i = 0; i < sizeof(required) / sizeof(required[0]); i++)
		judge(required[i].name, make(2, IUPLUS_RANAP_INITIATING, 0, required[i].ies, NULL), 0,
		      required[i].want.answer ? required[i].want : ACCEPTED);
	judge("an RNC without container", make(2, IUPLUS_RANAP_INITIATING, 0, required[1].ies, NULL), 0,
	      required[1].want);
	CU_ASSERT(problem.diagnostics.ies[0].ie_id == 61 && problem.diagnostics.ies[0].missing);
	CU_ASSERT(problem.diagnostics.ies[0].has_repetition && problem.diagnostics.ies[0].repetition == 0);
	/* 10.5: what was to be notified is in the answer, too; its cause is that of the refusal. */
	judge("the same and an unknown IE", make(2, IUPLUS_RANAP_INITIATING, 0, notified, NULL), 0,
	      UNSUCCESSFUL(IUPLUS_ERR_MISSING, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT,
			   RELOCATION_PREPARATION_FAILURE, 2));
	CU_ASSERT(problem.diagnostics.ies[0].ie_id == 60000 && problem.diagnostics.ies[1].ie_id == 61);
	iuplus_arena_free(&arena);
}

/* 9.2.1.28: the container of Relocation Request. */
static void test_conditional_in_container(void)
{
	struct iuplus_ranap_msg msg, got;
	struct iuplus_octets pdu;
	unsigned i, k;

	for (i = 0; i < ranap_sample_count; i++)
		if (ranap_samples[i].kind == IUPLUS_RANAP_RELOCATION_REQUEST)
			break;
	CU_ASSERT_FATAL(i < ranap_sample_count);
	for (k = 0; k < 8; k++) {
		struct iuplus_ranap_source_to_target *c = &msg.u.relocation_request.container;
		bool right;

		ranap_sample_make(&ranap_samples[i], &msg);
		c->ue_involved = k & 1;
		c->has_d_rnti = k & 2;
		c->has_target_cell = k & 4;
		right = c->has_d_rnti != c->ue_involved && c->has_target_cell == c->ue_involved;
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		CU_ASSERT_EQUAL(receive(pdu, 0, &got) == IUPLUS_OK, right);
		CU_ASSERT_EQUAL(problem.answer, right ? IUPLUS_RANAP_ANSWER_NONE : IUPLUS_RANAP_ANSWER_UNSUCCESSFUL);
	}
	iuplus_arena_free(&arena);
}

/* 9.1.33: RAC is towards the packet domain. Criticality ignore: it may be missing, but not erroneously present. */
static void test_conditional_rac(void)
{
	struct iuplus_ranap_msg msg, got;
	struct iuplus_octets pdu;
	unsigned i, k;

	for (i = 0; i < ranap_sample_count; i++)
		if (ranap_samples[i].kind == IUPLUS_RANAP_INITIAL_UE_MESSAGE)
			break;
	for (k = 0; k < 4; k++) {
		ranap_sample_make(&ranap_samples[i], &msg);
		msg.u.initial_ue_message.domain = k & 1 ? IUPLUS_DOMAIN_PS : IUPLUS_DOMAIN_CS;
		msg.u.initial_ue_message.has_rac = k & 2;
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		CU_ASSERT_EQUAL(receive(pdu, 0, &got), k == 2 ? IUPLUS_ERR_ORDER : IUPLUS_OK);
		CU_ASSERT_EQUAL(problem.cause, k == 2 ? IUPLUS_RANAP_CAUSE_FALSELY_CONSTRUCTED : 0);
	}
	iuplus_arena_free(&arena);
}

/* ---- inside lists -------------------------------------------------------------------------------------------- */

/* Two RABs; the second container has an unknown IE of criticality notify: its path is reported. */
static void test_message_structure(void)
{
	/* RAB-ReleaseList (41) of two; each container: one IE, or two; RAB-ReleaseItem (40) is RAB 5, or 6, with
	 * cause. */
	static const struct ie list[] = {
		{ 41, IUPLUS_RANAP_IGNORE,
		  "01"
		  "0001"
		  "00284003"
		  "014880"
		  "0002"
		  "00284003"
		  "018880"
		  "ea608002"
		  "beef" },
		END
	};
	struct iuplus_octets pdu = make(10, IUPLUS_RANAP_INITIATING, 1, list, NULL);
	const struct iuplus_ranap_ie_diagnostics *ie;
	struct iuplus_ranap_msg msg;
	int rc = iuplus_ranap_decode(pdu, 0, &arena, &msg, &problem);

	CU_ASSERT_EQUAL(rc, IUPLUS_OK);
	CU_ASSERT_EQUAL(problem.answer, IUPLUS_RANAP_ANSWER_ERROR_INDICATION);
	CU_ASSERT_EQUAL_FATAL(problem.diagnostics.ie_count, 1);
	ie = &problem.diagnostics.ies[0];
	CU_ASSERT_EQUAL(ie->ie_id, 60000);
	CU_ASSERT_EQUAL_FATAL(ie->level_count, 1);
	CU_ASSERT_EQUAL(ie->levels[0].ie_id, 41);
	iuplus_arena_free(&arena);
}

/* ---- 10.2: transfer syntax errors ---------------------------------------------------------------------------- */

static void check_any(struct iuplus_octets pdu, const char *name)
{
	struct iuplus_ranap_msg msg, answer;
	struct iuplus_octets octets;
	int rc = iuplus_ranap_decode(pdu, 0, &arena, &msg, &problem), sent;

	CU_ASSERT_EQUAL(rc, problem.rc);
	if (rc == IUPLUS_OK && msg.kind == UINT32_MAX) {
		fprintf(stderr, "%s: accepted, but nothing known\n", name);
		CU_FAIL("see above");
	}
	sent = iuplus_ranap_answer(&problem, &answer);
	if (sent == IUPLUS_OK && iuplus_ranap_encode(&answer, 0, &arena, &octets) != IUPLUS_OK) {
		fprintf(stderr, "%s: the answer %s does not encode\n", name, iuplus_ranap_name(&answer));
		CU_FAIL("see above");
	}
}

/* Every message, truncated at every octet. */
static void test_truncated(void)
{
	for (unsigned i = 0; i < ranap_sample_count; i++) {
		struct iuplus_ranap_msg msg;
		struct iuplus_octets whole, cut;

		ranap_sample_make(&ranap_samples[i], &msg);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &whole), IUPLUS_OK);
		for (size_t len = 0; len < whole.len; len++) {
			uint8_t *exact = malloc(len ? len : 1); /* so that a sanitizer detects a read beyond it */
			int rc;

			CU_ASSERT_PTR_NOT_NULL_FATAL(exact);
			memcpy(exact, whole.data, len);
			cut.data = exact;
			cut.len = len;
			rc = iuplus_ranap_decode(cut, 0, &arena, &msg, &problem);
			if (rc != IUPLUS_ERR_TRUNCATED && rc != IUPLUS_ERR_SYNTAX && rc != IUPLUS_ERR_CONSTRAINT) {
				fprintf(stderr, "%s cut at %zu: %s\n", ranap_samples[i].name, len, iuplus_strrc(rc));
				CU_FAIL("see above");
			}
			CU_ASSERT_EQUAL(problem.cause, IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR);
			if (len >= 3 && ranap_samples[i].kind == IUPLUS_RANAP_ERROR_INDICATION)
				CU_ASSERT_EQUAL(problem.answer, IUPLUS_RANAP_ANSWER_LOCAL);
			if (len < 3 || ranap_samples[i].kind != IUPLUS_RANAP_ERROR_INDICATION)
				CU_ASSERT_EQUAL(problem.answer, IUPLUS_RANAP_ANSWER_ERROR_INDICATION);
			check_any(cut, ranap_samples[i].name);
			free(exact);
		}
		iuplus_arena_reset(&arena, false);
	}
	iuplus_arena_free(&arena);
}

static void test_out_of_range(void)
{
	static const struct ie long_nas[] = { { 16, 1, "050803" }, END };
	static const struct ie domain[] = { CAUSE, { 3, 0, "" }, END };
	static const uint8_t trailing[] = { 0x00, 0x0c, 0x40, 0x03, 0x00, 0x00, 0x00, 0x00 };
	struct iuplus_octets octets = { trailing, sizeof(trailing) };

	judge("an octet string longer than its IE", make(20, IUPLUS_RANAP_INITIATING, 1, long_nas, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_TRUNCATED, IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR, 0));
	judge("an IE without value", make(9, IUPLUS_RANAP_INITIATING, 0, domain, NULL), 0,
	      ERROR_INDICATION(IUPLUS_ERR_TRUNCATED, IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR, 0));
	judge("octets after the message", octets, 0,
	      ERROR_INDICATION(IUPLUS_ERR_SYNTAX, IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR, 0));
	octets.len--;
	judge("Relocation Detect", octets, 0, ACCEPTED);
	iuplus_arena_free(&arena);
}

/* Octets changed at random: never more than an answer. */
static void test_mutated(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records();

	for (unsigned n = 0; n < 100000 && CU_get_number_of_failure_records() == before; n++) {
		const struct ranap_sample *sample = &ranap_samples[seed_next(&state) % ranap_sample_count];
		struct iuplus_ranap_msg msg;
		struct iuplus_octets pdu;
		uint8_t *octets;

		ranap_sample_make(sample, &msg);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
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
		free(octets);
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, before);
	iuplus_arena_free(&arena);
}

/* ---- memory and logical errors ------------------------------------------------------------------------------- */

/* An arena that is too small is an error, regardless of its size. */
static void test_memory(void)
{
	for (unsigned i = 0; i < ranap_sample_count; i++) {
		struct iuplus_ranap_msg msg, got;
		struct iuplus_octets pdu, again;
		int rc = IUPLUS_ERR_MEMORY, encoded = IUPLUS_ERR_MEMORY;

		ranap_sample_make(&ranap_samples[i], &msg);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		for (size_t limit = 8; limit < 65536 && (rc == IUPLUS_ERR_MEMORY || encoded == IUPLUS_ERR_MEMORY);
		     limit += 8 + limit / 16) {
			struct iuplus_arena small;

			iuplus_arena_init(&small, limit);
			rc = iuplus_ranap_decode(pdu, 0, &small, &got, &problem);
			if (rc == IUPLUS_ERR_MEMORY)
				CU_ASSERT_EQUAL(problem.answer, IUPLUS_RANAP_ANSWER_NONE);
			iuplus_arena_reset(&small, false);
			encoded = iuplus_ranap_encode(&msg, 0, &small, &again);
			iuplus_arena_free(&small);
		}
		if (rc != IUPLUS_OK || encoded != IUPLUS_OK) {
			fprintf(stderr, "%s: %s, %s\n", ranap_samples[i].name, iuplus_strrc(rc), iuplus_strrc(encoded));
			CU_FAIL("see above");
		}
		iuplus_arena_reset(&arena, false);
	}
	iuplus_arena_free(&arena);
}

static void logical(unsigned kind, enum iuplus_ranap_answer want, unsigned message)
{
	struct iuplus_ranap_msg msg, answer;
	int sent;

	memset(&msg, 0, sizeof(msg));
	msg.kind = kind;
	CU_ASSERT_EQUAL(iuplus_ranap_logical_error(&msg, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE, &problem),
			IUPLUS_OK);
	CU_ASSERT_EQUAL(problem.answer, want);
	CU_ASSERT_EQUAL(problem.cause, IUPLUS_RANAP_CAUSE_NOT_COMPATIBLE_WITH_STATE);
	sent = iuplus_ranap_answer(&problem, &answer);
	CU_ASSERT_EQUAL(sent == IUPLUS_OK ? answer.kind : NOTHING, message);
}

static void test_logical(void)
{
	logical(IUPLUS_RANAP_RELOCATION_REQUEST, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL, IUPLUS_RANAP_RELOCATION_FAILURE);
	logical(IUPLUS_RANAP_RELOCATION_REQUIRED, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL,
		IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE);
	logical(IUPLUS_RANAP_RELOCATION_CANCEL, IUPLUS_RANAP_ANSWER_ERROR_INDICATION, IUPLUS_RANAP_ERROR_INDICATION);
	logical(IUPLUS_RANAP_RELOCATION_DETECT, IUPLUS_RANAP_ANSWER_ERROR_INDICATION, IUPLUS_RANAP_ERROR_INDICATION);
	logical(IUPLUS_RANAP_RELOCATION_COMMAND, IUPLUS_RANAP_ANSWER_LOCAL, NOTHING);
	logical(IUPLUS_RANAP_ERROR_INDICATION, IUPLUS_RANAP_ANSWER_LOCAL, NOTHING);
}

IUPLUS_CUNIT_MAIN(
	"ranap-errors", { "unknown procedure or message", test_unknown_procedure }, { "unknown IE", test_unknown_ie },
	{ "missing IE", test_missing_ie }, { "wrong order, repeated", test_falsely_constructed },
	{ "conditional IEs", test_conditional }, { "conditional IEs in a container", test_conditional_in_container },
	{ "conditional RAC", test_conditional_rac }, { "message structure", test_message_structure },
	{ "truncated at every octet", test_truncated }, { "values out of range", test_out_of_range },
	{ "100 000 mutations", test_mutated }, { "too little memory", test_memory }, { "logical errors", test_logical })
