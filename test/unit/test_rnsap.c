/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rnsap: messages to octets and back, values written by hand, unknown elements, the embedded RANAP and RRC
 * messages, a legacy node, wrong arguments, names. */
#include <limits.h>
#include "test/unit/cunit_main.h"
#include "test/unit/ie_make.h"
#include "test/unit/rnsap_samples.h"
#include <iuplus/rrc.h>

static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };

static void fail(const char *name, const char *what, int rc)
{
	fprintf(stderr, "%s: %s (%s)\n", name, what, iuplus_strrc(rc));
	CU_FAIL("see above");
}

/* ---- encode and decode --------------------------------------------------------------------------------------- */

/* Encode, decode, encode: the same octets, unknown IEs in their places. */
static void test_round_trip(void)
{
	for (unsigned i = 0; i < rnsap_sample_count; i++) {
		const struct rnsap_sample *sample = &rnsap_samples[i];
		struct iuplus_rnsap_msg msg, got;
		struct iuplus_rnsap_problem problem;
		struct iuplus_octets first, again;
		uint8_t *received;
		int rc;

		rnsap_sample_make(sample, &arena, &msg);
		rc = iuplus_rnsap_encode(&msg, 0, &arena, &first);
		if (rc != IUPLUS_OK) {
			fail(sample->name, "does not encode", rc);
			continue;
		}
		received = malloc(first.len);
		CU_ASSERT_PTR_NOT_NULL_FATAL(received);
		memcpy(received, first.data, first.len);
		rc = iuplus_rnsap_decode((struct iuplus_octets){ received, first.len }, 0, &arena, &got, &problem);
		/* Nothing may still point into the received octets. */
		memset(received, 0xee, first.len);
		free(received);
		if (rc != IUPLUS_OK || problem.answer != IUPLUS_RANAP_ANSWER_NONE || got.kind != sample->kind) {
			fail(sample->name, "does not decode", rc);
			continue;
		}
		CU_ASSERT(got.transaction.is_long == msg.transaction.is_long &&
			  got.transaction.id == msg.transaction.id);
		CU_ASSERT_EQUAL(got.unknown_count, msg.unknown_count);
		rc = iuplus_rnsap_encode(&got, 0, &arena, &again);
		if (rc != IUPLUS_OK || again.len != first.len || memcmp(again.data, first.data, first.len))
			fail(sample->name, "encodes otherwise", rc);
		iuplus_arena_reset(&arena, true);
	}
	iuplus_arena_free(&arena);
}

/* ---- values by hand ------------------------------------------------------------------------------------------ */

static uint8_t octets[4096];

/* A PDU with the head given as hex. */
static struct iuplus_octets make(const char *head, const struct ie *ies, const struct ie *extensions)
{
	struct iuplus_octets out = { octets, ie_hex(octets, head) };

	out.len += ie_message(octets + out.len, ies, extensions);
	return out;
}

/* Decodes a PDU written by hand, which must encode to the same octets again. */
static struct iuplus_rnsap_msg taken(const char *name, struct iuplus_octets pdu)
{
	struct iuplus_rnsap_msg got;
	struct iuplus_rnsap_problem problem;
	struct iuplus_octets again;
	int rc = iuplus_rnsap_decode(pdu, 0, &arena, &got, &problem);

	if (rc != IUPLUS_OK || problem.answer != IUPLUS_RANAP_ANSWER_NONE)
		fail(name, problem.path ? problem.path : "does not decode", rc);
	rc = iuplus_rnsap_encode(&got, 0, &arena, &again);
	if (rc != IUPLUS_OK || again.len != pdu.len || memcmp(again.data, pdu.data, pdu.len))
		fail(name, "encodes otherwise", rc);
	return got;
}

static bool same(struct iuplus_octets a, const char *hex)
{
	uint8_t want[64];
	size_t len = ie_hex(want, hex);

	return a.len == len && !memcmp(a.data, want, len);
}

/* id and criticality of each IE as in the module */
#define CAUSE(criticality, hex) \
	{ \
		11, criticality, hex \
	}
#define IMSI \
	{ \
		17, 0, "500001012143658709" \
	}
#define S_RNTI \
	{ \
		155, 0, "800fffff" \
	}
#define RANAP_REQUEST \
	{ \
		750, 0, "18abcdef" \
	}

static void test_request(void)
{
	static const struct ie
		least[] = { CAUSE(0, "13c0"), { 17, 0, "00000101" }, { 155, 0, "0000" }, RANAP_REQUEST, IE_END };
	static const struct ie full[] = { CAUSE(0, "68"),       IMSI,  { 157, 0, "0fff" }, { 682, 0, "efff" }, S_RNTI,
					  { 750, 0, "0dabc8" }, IE_END };
	/* RNSAP has no IE of the extension: 65000 is unknown here */
	static const struct ie extensions[] = { { 914, 0, "402fffff" }, { 65000, 1, "c0" }, IE_END };
	static const struct ie later_rnti[] = { { 914, 0, "80034c4b40" }, IE_END };
	struct iuplus_rnsap_msg m = taken("least", make("00314108", least, NULL));
	const struct iuplus_rnsap_enhanced_relocation_request *r = &m.u.enhanced_relocation_request;

	CU_ASSERT_EQUAL(m.kind, IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST);
	CU_ASSERT_EQUAL(m.criticality, IUPLUS_RANAP_REJECT);
	CU_ASSERT(!m.transaction.is_long && m.transaction.id == 33);
	CU_ASSERT_EQUAL(r->cause, IUPLUS_RNSAP_CAUSE_RELOCATION_DESIRABLE);
	CU_ASSERT(r->imsi.len == 3 && !memcmp(r->imsi.tbcd, "\x00\x01\x01", 3));
	CU_ASSERT(!r->has_srnc_id && !r->has_extended_srnc_id && !r->has_extended_s_rnti);
	CU_ASSERT_EQUAL(r->s_rnti, 0);
	CU_ASSERT(same(r->ranap.octets, "abcdef") && r->ranap.unused == 0);
	CU_ASSERT_EQUAL(m.unknown_count, 0);

	m = taken("full", make("0031"
			       "44"
			       "7fff",
			       full, extensions));
	CU_ASSERT(m.transaction.is_long && m.transaction.id == 32767);
	CU_ASSERT_EQUAL(r->cause, IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_MISC, 4));
	CU_ASSERT(r->imsi.len == 8 && r->imsi.tbcd[7] == 0x09);
	CU_ASSERT(r->has_srnc_id && r->srnc_id == 4095);
	CU_ASSERT(r->has_extended_srnc_id && r->extended_srnc_id == 65535);
	CU_ASSERT_EQUAL(r->s_rnti, 0xfffff);
	CU_ASSERT(r->has_extended_s_rnti && r->extended_s_rnti == 4194303);
	CU_ASSERT(same(r->ranap.octets, "abc8") && r->ranap.unused == 3);
	CU_ASSERT(m.unknown_count == 1 && m.unknown[0].id == 65000 &&
		  m.unknown[0].where == IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS && same(m.unknown[0].value, "c0"));

	m = taken("an Extended RNTI of a later release", make("00314108", least, later_rnti));
	CU_ASSERT(r->has_extended_s_rnti && r->extended_s_rnti == 5000000);
	iuplus_arena_free(&arena);
}

static void test_response(void)
{
	static const struct ie least[] = { { 751, 1, "10beef" }, IE_END };
	static const struct ie none[] = { IE_END };
	static const struct ie extensions[] = { { 65001, 1, "81" }, IE_END };
	struct iuplus_rnsap_problem problem;
	struct iuplus_rnsap_msg m = taken("least", make("20314000", least, NULL));
	const struct iuplus_rnsap_enhanced_relocation_response *r = &m.u.enhanced_relocation_response;

	CU_ASSERT_EQUAL(m.kind, IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE);
	CU_ASSERT(same(r->ranap.octets, "beef") && m.unknown_count == 0);
	m = taken("extended", make("20314000", least, extensions));
	CU_ASSERT(m.unknown_count == 1 && m.unknown[0].id == 65001 && same(m.unknown[0].value, "81"));
	/* Mandatory, but of criticality ignore. */
	CU_ASSERT_EQUAL(iuplus_rnsap_decode(make("20314000", none, NULL), 0, &arena, &m, &problem), IUPLUS_OK);
	CU_ASSERT(r->ranap.octets.len == 0);
	iuplus_arena_free(&arena);
}

static void test_failure(void)
{
	/* procedureID 49 tdd, successful outcome, notify, transaction 300, one IE of two levels, TypeOfError missing */
	static const struct ie full[] = {
		CAUSE(1, "42"),
		{ 20, 1,
		  "7c310d"
		  "012c"
		  "00"
		  "60"
		  "0011"
		  "07"
		  "0001"
		  "003940"
		  "08"
		  "01"
		  "00"
		  "0022"
		  "40"
		  "0033"
		  "06"
		  "008c40"
		  "01"
		  "40" },
		IE_END
	};
	static const struct ie least[] = { CAUSE(1, "28"), IE_END };
	struct iuplus_rnsap_msg m = taken("least", make("40314000", least, NULL));
	const struct iuplus_rnsap_enhanced_relocation_failure *r = &m.u.enhanced_relocation_failure;
	const struct iuplus_rnsap_diagnostics *d = &r->diagnostics;

	CU_ASSERT_EQUAL(m.kind, IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE);
	CU_ASSERT_EQUAL(r->cause, IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_TRANSPORT, 1));
	CU_ASSERT_FALSE(r->has_diagnostics);
	m = taken("full", make("40314000", full, NULL));
	CU_ASSERT_EQUAL(r->cause, IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_REJECT);
	CU_ASSERT(r->has_diagnostics && d->has_procedure && d->procedure_code == 49 && d->mode == IUPLUS_RNSAP_TDD);
	CU_ASSERT(d->has_triggering_message && d->triggering_message == IUPLUS_RANAP_SUCCESSFUL);
	CU_ASSERT(d->has_procedure_criticality && d->procedure_criticality == IUPLUS_RANAP_NOTIFY);
	CU_ASSERT(d->has_transaction && d->transaction.is_long && d->transaction.id == 300);
	CU_ASSERT_EQUAL_FATAL(d->ie_count, 1);
	CU_ASSERT(d->ies[0].criticality == IUPLUS_RANAP_REJECT && d->ies[0].ie_id == 17 && d->ies[0].missing);
	CU_ASSERT(d->ies[0].has_repetition && d->ies[0].repetition == 7);
	CU_ASSERT_EQUAL_FATAL(d->ies[0].level_count, 2);
	CU_ASSERT(d->ies[0].levels[0].ie_id == 34 && d->ies[0].levels[0].repetition == 0);
	CU_ASSERT(d->ies[0].levels[1].ie_id == 51 && d->ies[0].levels[1].repetition == 7);
	iuplus_arena_free(&arena);
}

static void test_class_2(void)
{
	static const struct ie cause[] = { CAUSE(1, "13a0"), IE_END };
	static const struct ie l3[] = { { 85, 1, "0babc0" }, IE_END };
	static const char *const domains[] = { "00", "20", "40" };
	static const struct ie both[] = { CAUSE(1, "42"), { 20, 1, "00" }, IE_END };
	static const struct ie rntis[] = { { 155, 1, "0005" }, { 21, 1, "400100" }, { 914, 1, "0000" }, IE_END };
	struct iuplus_rnsap_msg m = taken("cancel", make("00324800", cause, NULL));
	const struct iuplus_rnsap_error_indication *e = &m.u.error_indication;

	CU_ASSERT_EQUAL(m.kind, IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL);
	CU_ASSERT_EQUAL(m.criticality, IUPLUS_RANAP_IGNORE);
	CU_ASSERT_EQUAL(m.u.enhanced_relocation_cancel.cause, IUPLUS_RNSAP_CAUSE_RELOCATION_CANCELLED);
	m = taken("signalling transfer", make("00334800", l3, NULL));
	CU_ASSERT_EQUAL(m.kind, IUPLUS_RNSAP_ENHANCED_RELOCATION_SIGNALLING_TRANSFER);
	CU_ASSERT(same(m.u.enhanced_relocation_signalling_transfer.l3_information.octets, "abc0"));
	CU_ASSERT_EQUAL(m.u.enhanced_relocation_signalling_transfer.l3_information.unused, 5);
	for (unsigned i = 0; i < 3; i++) {
		struct ie domain[] = { { 755, 1, domains[i] }, IE_END };

		m = taken("release", make("00344800", domain, NULL));
		CU_ASSERT_EQUAL(m.kind, IUPLUS_RNSAP_ENHANCED_RELOCATION_RELEASE);
		CU_ASSERT_EQUAL(m.u.enhanced_relocation_release.released, IUPLUS_RNSAP_RELEASED_PS + i);
	}
	m = taken("error indication", make("00064800", both, rntis));
	CU_ASSERT_EQUAL(m.kind, IUPLUS_RNSAP_ERROR_INDICATION);
	CU_ASSERT(e->has_cause && e->cause == IUPLUS_RNSAP_CAUSE_ABSTRACT_SYNTAX_REJECT && e->has_diagnostics);
	CU_ASSERT(!e->diagnostics.has_procedure && !e->diagnostics.has_triggering_message &&
		  !e->diagnostics.has_procedure_criticality && !e->diagnostics.has_transaction);
	CU_ASSERT(e->has_s_rnti && e->s_rnti == 5 && e->has_d_rnti && e->d_rnti == 256);
	CU_ASSERT(e->has_extended_s_rnti && e->extended_s_rnti == 1048576);
	iuplus_arena_free(&arena);
}

/* Every cause of every group is preserved, and one of a later release. */
static void test_causes(void)
{
	static const unsigned last[] = { 0, 116, 1, 6, 4 };
	struct iuplus_rnsap_msg msg, got;
	struct iuplus_rnsap_problem problem;
	struct iuplus_octets pdu;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL;
	for (unsigned group = IUPLUS_RNSAP_RADIO_NETWORK; group <= IUPLUS_RNSAP_MISC; group++)
		for (unsigned value = 0; value <= 200; value++) {
			uint32_t cause = IUPLUS_RNSAP_CAUSE(group, value);

			msg.u.enhanced_relocation_cancel.cause = cause;
			CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
			CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_decode(pdu, 0, &arena, &got, &problem), IUPLUS_OK);
			CU_ASSERT_EQUAL(got.u.enhanced_relocation_cancel.cause, cause);
			if (value <= last[group])
				CU_ASSERT_STRING_NOT_EQUAL(iuplus_rnsap_cause_name(cause), "unknown RNSAP cause");
			iuplus_arena_reset(&arena, false);
		}
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_TRELOCPREP_EXPIRY), "trelocprep-expiry");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_REDUCE_LOAD), "reduce-load-in-serving-cell");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_TIME_CRITICAL), "time-critical-relocation");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_RESOURCE_OPTIMISATION),
			       "resource-optimisation-relocation");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_NOT_SUPPORTED),
			       "enhanced-relocation-not-supported");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_FAILURE_IN_TARGET),
			       "relocation-failure-in-target-RNC");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_TARGET_NOT_ALLOWED),
			       "relocation-target-not-allowed");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_UNSPECIFIED), "unspecified");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_FALSELY_CONSTRUCTED),
			       "abstract-syntax-error-falsely-constructed-message");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_SEMANTIC_ERROR), "semantic-error");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_HARDWARE_FAILURE), "hardware-failure");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(IUPLUS_RNSAP_CAUSE_OM_INTERVENTION), "om-intervention");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(0), "unknown RNSAP cause");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_cause_name(UINT32_MAX), "unknown RNSAP cause");
	iuplus_arena_free(&arena);
}

/* ---- unknown elements ---------------------------------------------------------------------------------------- */

static void expect_unknown(const struct iuplus_rnsap_msg *m, size_t i, enum iuplus_rnsap_where where, unsigned position,
			   unsigned id, const char *hex)
{
	CU_ASSERT_FATAL(i < m->unknown_count);
	CU_ASSERT_EQUAL(m->unknown[i].where, where);
	CU_ASSERT_EQUAL(m->unknown[i].position, position);
	CU_ASSERT_EQUAL(m->unknown[i].id, id);
	CU_ASSERT_EQUAL(m->unknown[i].criticality, IUPLUS_RANAP_IGNORE);
	CU_ASSERT(same(m->unknown[i].value, hex));
}

static void test_unknown(void)
{
	static const struct ie ies[] = { { 60000, 1, "01" }, CAUSE(1, "13a0"), { 60001, 1, "0203" }, IE_END };
	static const struct ie extensions[] = { { 60002, 1, "040506" }, { 60002, 1, "07" }, IE_END };
	struct iuplus_rnsap_msg m = taken("cancel", make("00324800", ies, extensions));

	CU_ASSERT_EQUAL(m.unknown_count, 4);
	expect_unknown(&m, 0, IUPLUS_RNSAP_IN_MESSAGE, 0, 60000, "01");
	expect_unknown(&m, 1, IUPLUS_RNSAP_IN_MESSAGE, 2, 60001, "0203");
	expect_unknown(&m, 2, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 0, 60002, "040506");
	expect_unknown(&m, 3, IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS, 1, 60002, "07");
	iuplus_arena_free(&arena);
}

/* Alternatives after an extension marker: the contents of the IE are kept. */
static void test_unknown_value(void)
{
	static const struct ie domain[] = { { 755, 1, "8002abcd" }, { 60000, 1, "01" }, IE_END };
	static const struct ie cause[] = { CAUSE(1, "800100"), IE_END };
	struct iuplus_rnsap_problem problem;
	struct iuplus_rnsap_msg m;
	struct iuplus_octets again;
	char *large;

	CU_ASSERT_EQUAL(iuplus_rnsap_decode(make("00344800", domain, NULL), 0, &arena, &m, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL(problem.answer, IUPLUS_RANAP_ANSWER_NONE);
	CU_ASSERT_EQUAL(m.u.enhanced_relocation_release.released, IUPLUS_RNSAP_RELEASED_UNKNOWN);
	CU_ASSERT_EQUAL(m.unknown_count, 2);
	expect_unknown(&m, 0, IUPLUS_RNSAP_VALUE_UNKNOWN, 65535, 755, "8002abcd");
	expect_unknown(&m, 1, IUPLUS_RNSAP_IN_MESSAGE, 1, 60000, "01");
	CU_ASSERT_EQUAL(iuplus_rnsap_encode(&m, 0, &arena, &again), IUPLUS_ERR_ARGUMENT);
	m.u.enhanced_relocation_release.released = IUPLUS_RNSAP_RELEASED_CS;
	CU_ASSERT_EQUAL(iuplus_rnsap_encode(&m, 0, &arena, &again), IUPLUS_OK);

	CU_ASSERT_EQUAL(iuplus_rnsap_decode(make("00064800", cause, NULL), 0, &arena, &m, &problem), IUPLUS_OK);
	CU_ASSERT(!m.u.error_indication.has_cause && m.unknown_count == 1);
	expect_unknown(&m, 0, IUPLUS_RNSAP_VALUE_UNKNOWN, 65535, 11, "800100");

	/* after another IE in fragments: 20 000 octets */
	large = malloc(2 * 20000 + 1);
	CU_ASSERT_PTR_NOT_NULL_FATAL(large);
	memset(large, 'a', 40000);
	large[40000] = '\0';
	{
		static uint8_t pdu[20100];
		struct iuplus_octets in = { pdu, 0 };

		/* message of 16384 octets and 3634 more; in it a first IE of 16384 and 3616 octets */
		in.len = ie_hex(pdu, "00344800"
				     "c1"
				     "000002"
				     "ea6040"
				     "c1");
		ie_hex(pdu + in.len, large);
		/* the message's second fragment begins 16384 octets after its start */
		memmove(pdu + 5 + 16384 + 2, pdu + 5 + 16384, sizeof(pdu) - 5 - 16384 - 2);
		memset(pdu + 5 + 16384, 0, 2);
		in.len = 5 + 16384 + 2;
		/* the IE's first fragment ends 16384 octets after its start; then 3616 more, then the domain */
		memset(pdu + in.len, 0xaa, 7);
		ie_hex(pdu + in.len + 7, "8e20");
		memset(pdu + in.len + 9, 0xaa, 3616);
		ie_hex(pdu + in.len + 9 + 3616,
		       "02f340"
		       "04"
		       "8002abcd");
		pdu[5 + 16384] = (uint8_t)(0x80 | (9 + 3616 + 8) >> 8);
		pdu[5 + 16384 + 1] = (uint8_t)(9 + 3616 + 8);
		in.len += 9 + 3616 + 8;
		CU_ASSERT_EQUAL(iuplus_rnsap_decode(in, 0, &arena, &m, &problem), IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(m.unknown_count, 2);
		expect_unknown(&m, 0, IUPLUS_RNSAP_VALUE_UNKNOWN, 65535, 755, "8002abcd");
		CU_ASSERT(m.unknown[1].id == 60000 && m.unknown[1].value.len == 20000);
	}
	free(large);
	iuplus_arena_free(&arena);
}

/* ---- embedded messages --------------------------------------------------------------------------------------- */

/* From the UE's capability and the key state in RRC's SRNS relocation info to Iur and back. */
static void test_inside(void)
{
	struct iuplus_rrc_srns_info info, got_info;
	struct iuplus_ranap_msg ranap, got;
	struct iuplus_rnsap_msg m, got_m;
	struct iuplus_ranap_problem inner;
	struct iuplus_rnsap_problem problem;
	struct iuplus_rrc_error error;
	struct iuplus_octets pdu;
	struct iuplus_ranap_source_to_target *c = &ranap.u.enhanced_relocation_information_request.container;

	memset(&info, 0, sizeof(info));
	info.enhanced.present = true;
	info.next_keys = 1;
	info.next_key[0].has_k_rnc = true;
	info.next_key[0].index.ncc = 7;
	memset(info.next_key[0].k_rnc, 0x5a, sizeof(info.next_key[0].k_rnc));
	memset(&ranap, 0, sizeof(ranap));
	ranap.kind = IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST;
	CU_ASSERT_EQUAL_FATAL(iuplus_rrc_srns_info_encode(&info, 0, &arena, &c->rrc_container, NULL), IUPLUS_OK);
	c->iu_instances = 1;
	c->has_ue_capability = true;
	c->ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
	rnsap_sample_make(&rnsap_samples[0], &arena, &m);
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_close_ranap(&ranap, 0, &arena, &m), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&m, 0, &arena, &pdu), IUPLUS_OK);

	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_decode(pdu, 0, &arena, &got_m, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_open_ranap(&got_m, 0, &arena, &got, &inner), IUPLUS_OK);
	CU_ASSERT_EQUAL(got.kind, IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST);
	c = &got.u.enhanced_relocation_information_request.container;
	CU_ASSERT(c->opened && c->has_ue_capability && c->ue_capability == IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_decode(c->rrc_container, 0, &arena, &got_info, &error), IUPLUS_OK);
	CU_ASSERT(got_info.next_keys == 1 && got_info.next_key[0].index.ncc == 7 && got_info.next_key[0].k_rnc[31] == 0x5a);
	/* A legacy target sees neither. */
	CU_ASSERT_EQUAL(iuplus_rnsap_open_ranap(&got_m, IUPLUS_RANAP_LEGACY, &arena, &got, &inner), IUPLUS_OK);
	CU_ASSERT_FALSE(c->has_ue_capability);

	/* Another RANAP message is rejected here, as is a truncated or missing one. */
	memset(&ranap, 0, sizeof(ranap));
	ranap.kind = IUPLUS_RANAP_RELOCATION_DETECT;
	CU_ASSERT_EQUAL(iuplus_rnsap_close_ranap(&ranap, 0, &arena, &m), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&ranap, 0, &arena, &m.u.enhanced_relocation_request.ranap.octets),
			      IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rnsap_open_ranap(&m, 0, &arena, &got, &inner), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(inner.rc, IUPLUS_ERR_STATE);
	m.u.enhanced_relocation_request.ranap.octets.len--;
	CU_ASSERT_EQUAL(iuplus_rnsap_open_ranap(&m, 0, &arena, &got, &inner), IUPLUS_ERR_TRUNCATED);
	m.u.enhanced_relocation_request.ranap.unused = 1;
	CU_ASSERT_EQUAL(iuplus_rnsap_open_ranap(&m, 0, &arena, &got, &inner), IUPLUS_ERR_ARGUMENT);
	m.u.enhanced_relocation_request.ranap.octets.len = 0;
	CU_ASSERT_EQUAL(iuplus_rnsap_open_ranap(&m, 0, &arena, &got, &inner), IUPLUS_ERR_ARGUMENT);
	m.kind = IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL;
	CU_ASSERT_EQUAL(iuplus_rnsap_open_ranap(&m, 0, &arena, &got, &inner), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_rnsap_close_ranap(&ranap, 0, &arena, &m), IUPLUS_ERR_ARGUMENT);
	iuplus_arena_free(&arena);
}

/* The target's answer: the message for the UE is returned in both containers. */
static void test_inside_response(void)
{
	static const uint8_t dl_dcch[] = { 0x12, 0x34, 0x50 };
	struct iuplus_rrc_to_source to_source = { .failure = false, .dl_dcch = { dl_dcch, sizeof(dl_dcch) } };
	struct iuplus_rrc_to_source got_source;
	struct iuplus_ranap_msg ranap, got;
	struct iuplus_ranap_enhanced_relocation_information_response *r =
		&ranap.u.enhanced_relocation_information_response;
	struct iuplus_rnsap_msg m, got_m;
	struct iuplus_ranap_problem inner;
	struct iuplus_rnsap_problem problem;
	struct iuplus_rrc_error error;
	struct iuplus_octets pdu;

	memset(&ranap, 0, sizeof(ranap));
	memset(&m, 0, sizeof(m));
	ranap.kind = IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE;
	r->has_container = r->container.has_network_capability = true;
	r->container.network_capability = IUPLUS_RANAP_CAPABILITY_DIRECT;
	CU_ASSERT_EQUAL_FATAL(iuplus_rrc_to_source_encode(&to_source, &arena, &r->container.rrc_container, NULL),
			      IUPLUS_OK);
	m.kind = IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE;
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_close_ranap(&ranap, 0, &arena, &m), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rnsap_close_ranap(&ranap, IUPLUS_RANAP_LEGACY, &arena, &m), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&m, 0, &arena, &pdu), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_decode(pdu, 0, &arena, &got_m, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_open_ranap(&got_m, 0, &arena, &got, &inner), IUPLUS_OK);
	r = &got.u.enhanced_relocation_information_response;
	CU_ASSERT(r->has_container && r->container.has_network_capability &&
		  r->container.network_capability == IUPLUS_RANAP_CAPABILITY_DIRECT);
	CU_ASSERT_EQUAL(iuplus_rrc_to_source_decode(r->container.rrc_container, &arena, &got_source, &error),
			IUPLUS_OK);
	CU_ASSERT(got_source.dl_dcch.len == sizeof(dl_dcch) &&
		  !memcmp(got_source.dl_dcch.data, dl_dcch, sizeof(dl_dcch)));
	iuplus_arena_free(&arena);
}

/* RANAP messages whose length needs more octets, or fragments. */
static void test_large(void)
{
	static const size_t lengths[] = { 15, 16, 2047, 2048, 8191, 8192, 16384, 65536, 70000 };
	static uint8_t big[70000];

	for (size_t i = 0; i < sizeof(big); i++)
		big[i] = (uint8_t)(i * 7);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		for (unsigned unused = 0; unused < 8; unused += 7) {
			struct iuplus_rnsap_msg m, got;
			struct iuplus_rnsap_problem problem;
			struct iuplus_octets pdu;
			struct iuplus_rnsap_bits *bits = &m.u.enhanced_relocation_request.ranap;

			rnsap_sample_make(&rnsap_samples[1], &arena, &m);
			bits->octets.data = big;
			bits->octets.len = lengths[i];
			bits->unused = (uint8_t)unused;
			CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&m, 0, &arena, &pdu), IUPLUS_OK);
			CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_decode(pdu, 0, &arena, &got, &problem), IUPLUS_OK);
			bits = &got.u.enhanced_relocation_request.ranap;
			CU_ASSERT(bits->octets.len == lengths[i] && bits->unused == unused);
			CU_ASSERT(!memcmp(bits->octets.data, big, lengths[i] - 1));
			CU_ASSERT_EQUAL(bits->octets.data[lengths[i] - 1] >> unused, big[lengths[i] - 1] >> unused);
			iuplus_arena_free(&arena);
		}
}

/* ---- a legacy node ------------------------------------------------------------------------------------------- */

/* The extension is in the RANAP message inside: RNSAP itself is the same at a legacy node, which does not see what is new
 * in there. */
static void test_legacy(void)
{
	for (unsigned i = 0; i < rnsap_sample_count; i++) {
		const struct rnsap_sample *sample = &rnsap_samples[i];
		const struct iuplus_ranap_source_to_target *to_target;
		const struct iuplus_ranap_target_to_source *to_source;
		struct iuplus_rnsap_msg msg, got;
		struct iuplus_ranap_msg ranap;
		struct iuplus_rnsap_problem problem;
		struct iuplus_ranap_problem inner;
		struct iuplus_octets pdu, again;
		int rc;

		rnsap_sample_make(sample, &arena, &msg);
		CU_ASSERT_EQUAL_FATAL(iuplus_rnsap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		rc = iuplus_rnsap_decode(pdu, IUPLUS_RNSAP_LEGACY, &arena, &got, &problem);
		if (rc != IUPLUS_OK || problem.answer != IUPLUS_RANAP_ANSWER_NONE)
			fail(sample->name, "a legacy node does not accept it", rc);
		CU_ASSERT_EQUAL(got.unknown_count, msg.unknown_count);
		rc = iuplus_rnsap_encode(&got, IUPLUS_RNSAP_LEGACY, &arena, &again);
		if (rc != IUPLUS_OK || again.len != pdu.len || memcmp(again.data, pdu.data, pdu.len))
			fail(sample->name, "a legacy node changes it", rc);
		if (!sample->extended)
			continue;
		for (unsigned legacy = 0; legacy < 2; legacy++) {
			rc = iuplus_rnsap_open_ranap(&got, legacy ? IUPLUS_RANAP_LEGACY : 0, &arena, &ranap, &inner);
			CU_ASSERT_EQUAL_FATAL(rc, IUPLUS_OK);
			to_target = &ranap.u.enhanced_relocation_information_request.container;
			to_source = &ranap.u.enhanced_relocation_information_response.container;
			CU_ASSERT_EQUAL(got.kind == IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST ?
						to_target->has_ue_capability :
						to_source->has_network_capability,
					!legacy);
		}
	}
	iuplus_arena_free(&arena);
}

/* ---- wrong arguments ----------------------------------------------------------------------------------------- */

static struct iuplus_rnsap_msg wrong;

static void expect(const char *what, int want)
{
	struct iuplus_octets pdu;
	int rc = iuplus_rnsap_encode(&wrong, 0, &arena, &pdu);

	if (rc != want)
		fail(iuplus_rnsap_name(&wrong), what, rc);
	if (rc != IUPLUS_OK && pdu.len)
		fail(iuplus_rnsap_name(&wrong), "refused, but with octets", rc);
}

static void start(const char *name)
{
	for (unsigned i = 0; i < rnsap_sample_count; i++)
		if (!strcmp(rnsap_samples[i].name, name)) {
			rnsap_sample_make(&rnsap_samples[i], &arena, &wrong);
			return;
		}
	fail(name, "no such sample", IUPLUS_OK);
}

static void test_arguments(void)
{
	static const struct iuplus_rnsap_unknown stray = { .where = IUPLUS_RNSAP_IN_DIAGNOSTICS,
							   .id = 1,
							   .value = { (const uint8_t *)"", 1 } };
	static const struct iuplus_rnsap_unknown empty = { .where = IUPLUS_RNSAP_IN_MESSAGE, .id = 60000 };

	memset(&wrong, 0, sizeof(wrong));
	wrong.kind = IUPLUS_RNSAP_KIND(19, IUPLUS_RNSAP_FDD, IUPLUS_RANAP_INITIATING);
	expect("Radio Link Setup has no struct", IUPLUS_ERR_ARGUMENT);
	wrong.kind = UINT_MAX;
	expect("no message at all", IUPLUS_ERR_ARGUMENT);
	wrong.kind = IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL;
	expect("no cause", IUPLUS_ERR_ARGUMENT);
	wrong.u.enhanced_relocation_cancel.cause = IUPLUS_RNSAP_CAUSE(5, 0);
	expect("no such group", IUPLUS_ERR_ARGUMENT);
	wrong.kind = IUPLUS_RNSAP_ENHANCED_RELOCATION_RELEASE;
	memset(&wrong.u, 0, sizeof(wrong.u));
	expect("no domain", IUPLUS_ERR_ARGUMENT);
	wrong.u.enhanced_relocation_release.released = (enum iuplus_rnsap_released)4;
	expect("no such domain", IUPLUS_ERR_ARGUMENT);
	wrong.kind = IUPLUS_RNSAP_ENHANCED_RELOCATION_SIGNALLING_TRANSFER;
	memset(&wrong.u, 0, sizeof(wrong.u));
	expect("no L3 Information", IUPLUS_ERR_ARGUMENT);
	wrong.kind = IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE;
	expect("no RANAP message", IUPLUS_ERR_ARGUMENT);
	wrong.kind = IUPLUS_RNSAP_ERROR_INDICATION;
	expect("neither cause nor diagnostics", IUPLUS_ERR_ARGUMENT);

	start("ENHANCED_RELOCATION_REQUEST request_full");
	wrong.u.enhanced_relocation_request.ranap.unused = 8;
	expect("eight unused bits", IUPLUS_ERR_ARGUMENT);
	start("ENHANCED_RELOCATION_REQUEST request_full");
	wrong.u.enhanced_relocation_request.imsi.len = 9;
	expect("an IMSI of nine octets", IUPLUS_ERR_ARGUMENT);
	wrong.u.enhanced_relocation_request.imsi.len = 2;
	expect("an IMSI of two octets", IUPLUS_ERR_CONSTRAINT);
	start("ENHANCED_RELOCATION_REQUEST request_full");
	wrong.u.enhanced_relocation_request.srnc_id = 4096;
	expect("an RNC-ID of 13 bits", IUPLUS_ERR_CONSTRAINT);
	start("ENHANCED_RELOCATION_REQUEST request_full");
	wrong.u.enhanced_relocation_request.extended_srnc_id = 4095;
	expect("an Extended RNC-ID of 12 bits", IUPLUS_ERR_CONSTRAINT);
	start("ENHANCED_RELOCATION_REQUEST request_full");
	wrong.u.enhanced_relocation_request.s_rnti = 0x100000;
	expect("an S-RNTI of 21 bits", IUPLUS_ERR_CONSTRAINT);
	start("ENHANCED_RELOCATION_REQUEST request_full");
	wrong.transaction.id = 32768;
	expect("a transaction above all", IUPLUS_ERR_CONSTRAINT);
	wrong.transaction.is_long = false;
	wrong.transaction.id = 128;
	expect("a short transaction above 127", IUPLUS_ERR_CONSTRAINT);
	start("ENHANCED_RELOCATION_REQUEST request_full");
	wrong.unknown = &stray;
	wrong.unknown_count = 1;
	expect("diagnostics' extension in a message without diagnostics", IUPLUS_ERR_ARGUMENT);
	wrong.unknown = &empty;
	expect("an IE without octets", IUPLUS_ERR_CONSTRAINT);
	start("ERROR_INDICATION error_full");
	wrong.u.error_indication.d_rnti = 0x100000;
	expect("a D-RNTI of 21 bits", IUPLUS_ERR_CONSTRAINT);
	iuplus_arena_free(&arena);
}

/* ---- names and tables ---------------------------------------------------------------------------------------- */

static void test_tables(void)
{
	unsigned procedures = 0, messages = 0;

	for (unsigned code = 0; code < 300; code++)
		for (unsigned mode = 0; mode < 4; mode++) {
			const struct iuplus_rnsap_procedure *p =
				iuplus_rnsap_procedure(code, (enum iuplus_rnsap_mode)mode);

			if (!p)
				continue;
			procedures++;
			CU_ASSERT(p->code == code && p->mode == mode && p->messages[0]);
			CU_ASSERT_EQUAL(p->procedure_class == 1, p->messages[1] != NULL);
			for (unsigned pdu = 0; pdu < 3; pdu++)
				if (p->messages[pdu]) {
					messages++;
					CU_ASSERT_STRING_EQUAL(p->messages[pdu],
							       iuplus_rnsap_kind_name(
								       IUPLUS_RNSAP_KIND(code, mode, pdu)));
				}
		}
	CU_ASSERT_EQUAL(procedures, 67);
	CU_ASSERT_EQUAL(messages, 106);
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_kind_name(IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE),
			       "EnhancedRelocationFailure");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_kind_name(UINT_MAX), "unknown RNSAP message");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_kind_name(IUPLUS_RNSAP_KIND(49, IUPLUS_RNSAP_FDD, 0)),
			       "unknown RNSAP message");
	CU_ASSERT_STRING_EQUAL(iuplus_rnsap_kind_name(IUPLUS_RNSAP_KIND(49, IUPLUS_RNSAP_COMMON, 3)),
			       "unknown RNSAP message");
}

/* The manual's table of messages agrees with the library's: each procedure that has a struct has one row. */
static void test_documented(void)
{
	const char *srcdir = getenv("srcdir");
	char path[1024], line[1024];
	bool in_table = false, missing[256] = { false };
	FILE *in;

	for (unsigned i = 0; i < rnsap_sample_count; i++)
		missing[IUPLUS_RNSAP_KIND_CODE(rnsap_samples[i].kind)] = true;
	snprintf(path, sizeof(path), "%s/doc/messages.md", srcdir ? srcdir : ".");
	in = fopen(path, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	while (fgets(line, sizeof(line), in)) {
		const struct iuplus_rnsap_procedure *p;
		unsigned code;
		char name[64];

		if (line[0] == '#')
			in_table = !strncmp(line, "## RNSAP: the elementary procedures", 35);
		if (!in_table || sscanf(line, "| %u | %63s |", &code, name) != 2)
			continue;
		p = iuplus_rnsap_procedure(code, IUPLUS_RNSAP_COMMON);
		CU_ASSERT_PTR_NOT_NULL_FATAL(p);
		CU_ASSERT_STRING_EQUAL(name, p->name);
		for (unsigned pdu = 0; pdu < 3; pdu++)
			if (p->messages[pdu] && !strstr(line, p->messages[pdu]))
				fail(p->messages[pdu], "is not in the manual", IUPLUS_OK);
		CU_ASSERT(missing[code]);
		missing[code] = false;
	}
	fclose(in);
	for (unsigned code = 0; code < 256; code++)
		if (missing[code])
			fail(iuplus_rnsap_procedure(code, IUPLUS_RNSAP_COMMON)->name, "has no row in the manual",
			     IUPLUS_OK);
}

IUPLUS_CUNIT_MAIN("rnsap", { "every message, short and full, encoded and decoded", test_round_trip },
		  { "Enhanced Relocation Request", test_request }, { "Enhanced Relocation Response", test_response },
		  { "Enhanced Relocation Failure", test_failure },
		  { "Cancel, Signalling Transfer, Release, Error Indication", test_class_2 }, { "causes", test_causes },
		  { "unknown IEs and extensions", test_unknown }, { "unknown values", test_unknown_value },
		  { "RANAP and RRC inside the request", test_inside },
		  { "RANAP and RRC inside the response", test_inside_response }, { "large RANAP messages", test_large },
		  { "a legacy node", test_legacy }, { "wrong arguments", test_arguments }, { "tables", test_tables },
		  { "documentation", test_documented })
