/* SPDX-License-Identifier: BSD-2-Clause */
/* test_ranap: messages to octets and back, the extension at a legacy node, relayed containers, names. */
#include <limits.h>
#include "test/unit/cunit_main.h"
#include "test/unit/ranap_samples.h"

static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };

static void fail(const char *name, const char *what, int rc)
{
	fprintf(stderr, "%s: %s (%s)\n", name, what, iuplus_strrc(rc));
	CU_FAIL("see above");
}

/* Containers keep their octets. Remove these, so that the containers are encoded from their members. */
static void forget_encoded(struct iuplus_ranap_msg *msg)
{
	switch (msg->kind) {
	case IUPLUS_RANAP_RELOCATION_REQUIRED:
		msg->u.relocation_required.container.encoded.len = 0;
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST:
		msg->u.relocation_request.container.encoded.len = 0;
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE:
		msg->u.relocation_request_acknowledge.container.encoded.len = 0;
		break;
	case IUPLUS_RANAP_RELOCATION_COMMAND:
		msg->u.relocation_command.container.encoded.len = 0;
		break;
	case IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST:
		msg->u.enhanced_relocation_information_request.container.encoded.len = 0;
		break;
	case IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE:
		msg->u.enhanced_relocation_information_response.container.encoded.len = 0;
		break;
	}
}

/* Encode, decode, encode: the same octets, with relayed containers and with containers built from their members. */
static void test_round_trip(void)
{
	for (unsigned i = 0; i < ranap_sample_count; i++) {
		const struct ranap_sample *sample = &ranap_samples[i];
		struct iuplus_ranap_msg msg, got;
		struct iuplus_ranap_problem problem;
		struct iuplus_octets first, again;
		uint8_t *received;
		int rc;

		ranap_sample_make(sample, &msg);
		rc = iuplus_ranap_encode(&msg, 0, &arena, &first);
		if (rc != IUPLUS_OK) {
			fail(sample->name, "does not encode", rc);
			continue;
		}
		received = malloc(first.len);
		CU_ASSERT_PTR_NOT_NULL_FATAL(received);
		memcpy(received, first.data, first.len);
		rc = iuplus_ranap_decode((struct iuplus_octets){ received, first.len }, 0, &arena, &got, &problem);
		/* Nothing may still point into the received octets. */
		memset(received, 0xee, first.len);
		free(received);
		if (rc != IUPLUS_OK || problem.answer != IUPLUS_RANAP_ANSWER_NONE || got.kind != sample->kind) {
			fail(sample->name, "does not decode", rc);
			continue;
		}
		for (int pass = 0; pass < 2; pass++) {
			rc = iuplus_ranap_encode(&got, 0, &arena, &again);
			if (rc != IUPLUS_OK || again.len != first.len || memcmp(again.data, first.data, first.len))
				fail(sample->name, pass ? "members encode otherwise" : "encodes otherwise", rc);
			forget_encoded(&got);
		}
		iuplus_arena_reset(&arena, true);
	}
}

static struct iuplus_ranap_msg decoded(void (*change)(struct iuplus_ranap_msg *msg), const char *name, unsigned flags)
{
	struct iuplus_ranap_msg msg, got;
	struct iuplus_ranap_problem problem;
	struct iuplus_octets pdu;

	memset(&got, 0, sizeof(got));
	for (unsigned i = 0; i < ranap_sample_count; i++) {
		if (strcmp(ranap_samples[i].name, name))
			continue;
		ranap_sample_make(&ranap_samples[i], &msg);
		if (change)
			change(&msg);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, flags, &arena, &got, &problem), IUPLUS_OK);
		return got;
	}
	fail(name, "no such sample", IUPLUS_OK);
	return got;
}

/* The meaning of the members: a few of every kind of value. */
static void test_values(void)
{
	struct iuplus_ranap_msg m = decoded(NULL, "RELOCATION_REQUIRED required_full", 0);
	const struct iuplus_ranap_relocation_required *r = &m.u.relocation_required;
	const struct iuplus_ranap_enhanced_relocation_information_request *e;
	const struct iuplus_ranap_diagnostics *d;

	CU_ASSERT(r->ue_involved && !r->source_is_sai && r->target_is_rnc && r->has_container && r->container.opened);
	CU_ASSERT_EQUAL(r->cause, IUPLUS_RANAP_CAUSE_TIME_CRITICAL_RELOCATION);
	CU_ASSERT_EQUAL(r->source_rnc.rnc_id, 65535);
	CU_ASSERT_EQUAL(r->target.rnc_id, 4096);
	CU_ASSERT(r->target.has_rac && r->target.rac == 0xfe && r->target.lai.lac == 0x1234);
	CU_ASSERT_EQUAL(r->container.rrc_container.len, 300);
	CU_ASSERT(r->container.has_ik && r->container.ik[0] == 0xa0 && r->container.ik[15] == 0xaf);
	CU_ASSERT(r->container.has_target_cell && r->container.target_cell == 0xfffffff);
	CU_ASSERT(r->container.has_d_rnti && r->container.d_rnti == 0xfffff);
	CU_ASSERT_FALSE(r->container.has_ue_capability);

	m = decoded(NULL, "RELOCATION_REQUEST request_full", 0);
	CU_ASSERT(m.u.relocation_request.has_imsi && m.u.relocation_request.imsi.len == 8);
	CU_ASSERT_EQUAL(m.u.relocation_request.domain, IUPLUS_DOMAIN_PS);
	CU_ASSERT_EQUAL(m.u.relocation_request.encryption.count, 16);
	CU_ASSERT_EQUAL(m.u.relocation_request.encryption.algorithms[0], 15);
	CU_ASSERT_EQUAL(m.u.relocation_request.integrity.key[0], 0xa0);
	CU_ASSERT_EQUAL(m.u.relocation_request.iu_sig_con_id, 0xffffff);

	m = decoded(NULL, "RELOCATION_REQUEST_ACKNOWLEDGE acknowledge_full", 0);
	CU_ASSERT_EQUAL_FATAL(m.u.relocation_request_acknowledge.rabs.count, 2);
	CU_ASSERT_EQUAL(m.u.relocation_request_acknowledge.rabs.list[1].id, 5);
	CU_ASSERT_EQUAL(m.u.relocation_request_acknowledge.failed.list[1].cause, 300);
	d = &m.u.relocation_request_acknowledge.diagnostics;
	CU_ASSERT(d->has_procedure_code && d->procedure_code == 3 && d->triggering_message == IUPLUS_RANAP_SUCCESSFUL);
	CU_ASSERT_EQUAL_FATAL(d->ie_count, 2);
	CU_ASSERT(!d->ies[0].missing && d->ies[0].ie_id == 65002 && d->ies[0].criticality == IUPLUS_RANAP_REJECT);
	CU_ASSERT(d->ies[1].missing && d->ies[1].has_repetition && d->ies[1].repetition == 255);
	CU_ASSERT_EQUAL_FATAL(d->ies[1].level_count, 2);
	CU_ASSERT(d->ies[1].levels[1].ie_id == 51 && d->ies[1].levels[1].repetition == 7);

	m = decoded(NULL, "SECURITY_MODE_COMMAND mode_command_k_rnc", 0);
	CU_ASSERT(m.u.security_mode_command.has_enhanced && m.u.security_mode_command.enhanced.keys.has_k_rnc);
	CU_ASSERT_EQUAL(m.u.security_mode_command.enhanced.keys.k_rnc[31], 0x11);
	CU_ASSERT_EQUAL(m.u.security_mode_command.enhanced.next_key.keys.k_rnc[0], 0x22);
	CU_ASSERT_EQUAL(m.u.security_mode_command.enhanced.next_key.index.ncc, 255);
	CU_ASSERT(m.u.security_mode_command.enhanced.has_nonce && m.u.security_mode_command.enhanced.vector_used);

	m = decoded(NULL, "SECURITY_MODE_COMMAND mode_command_air_keys", 0);
	CU_ASSERT(!m.u.security_mode_command.enhanced.keys.has_k_rnc &&
		  m.u.security_mode_command.enhanced.keys.has_ck_u);
	CU_ASSERT_EQUAL(m.u.security_mode_command.enhanced.keys.ik_u[0], 0xa0);
	CU_ASSERT_EQUAL(m.u.security_mode_command.enhanced.keys.ck_u[0], 0xb0);
	CU_ASSERT_EQUAL(m.u.security_mode_command.enhanced.index.counter, UINT32_MAX);

	m = decoded(NULL, "INITIAL_UE_MESSAGE initial_ue_extended", 0);
	CU_ASSERT_EQUAL(m.u.initial_ue_message.rnc.rnc_id, 5000);
	CU_ASSERT_EQUAL(m.u.initial_ue_message.ue_capability, IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
	m = decoded(NULL, "DIRECT_TRANSFER direct_transfer_full", 0);
	CU_ASSERT(m.u.direct_transfer.has_sapi && m.u.direct_transfer.sapi == 3);
	CU_ASSERT_EQUAL(m.u.direct_transfer.sai.sac, 0x0102);
	m = decoded(NULL, "RESET_ACKNOWLEDGE reset_acknowledge", 0);
	CU_ASSERT_EQUAL(m.u.reset_acknowledge.rnc.rnc_id, 4097);
	m = decoded(NULL, "ENHANCED_RELOCATION_INFORMATION_REQUEST information_request_full", 0);
	e = &m.u.enhanced_relocation_information_request;
	CU_ASSERT(e->container.opened && e->container.encoded.len && e->container.target_cell == 0xfffffff);
	CU_ASSERT(e->has_cs_iu_sig_con_id && e->cs_iu_sig_con_id == 0xffffff && e->ps_iu_sig_con_id == 1);
	CU_ASSERT(e->has_cs_cn && e->cs_cn.cn_id == 4095 && e->has_ps_cn && e->ps_cn.cn_id == 0);
	CU_ASSERT(e->rabs.count == 1 && e->rabs.list[0].id == 15 && e->rabs.list[0].item.len == 16);
	CU_ASSERT(e->has_csg_id && e->csg_id == 0x7ffffff && e->has_csg_membership && e->csg_member);
	CU_ASSERT(e->has_selected_plmn && e->has_anchor_plmn && e->anchor_plmn[1] == 0xf1);
	CU_ASSERT(e->integrity.count == 1 && e->encryption.count == 3 && e->encryption.key[0] == 0xb0);
	CU_ASSERT(e->sna_access_information.len == 5 && e->uesbi_iu.len == 1 && e->rab_parameters_list.len == 3);
	CU_ASSERT(e->cn_mbms_linking_information.len == 9 && e->ue_aggregate_maximum_bit_rate.len == 4);
	m = decoded(NULL, "ENHANCED_RELOCATION_INFORMATION_RESPONSE information_response_full", 0);
	CU_ASSERT_EQUAL_FATAL(m.u.enhanced_relocation_information_response.rabs.count, 2);
	CU_ASSERT_EQUAL(m.u.enhanced_relocation_information_response.rabs.list[1].id, 0x2e);
	CU_ASSERT_EQUAL_FATAL(m.u.enhanced_relocation_information_response.failed.count, 2);
	CU_ASSERT(m.u.enhanced_relocation_information_response.failed.list[0].domain == IUPLUS_DOMAIN_PS &&
		  m.u.enhanced_relocation_information_response.failed.list[0].id == 255 &&
		  m.u.enhanced_relocation_information_response.failed.list[0].cause == 300);
	CU_ASSERT_EQUAL(m.u.enhanced_relocation_information_response.container.d_rnti, 0xfffff);
	m = decoded(NULL, "RAB_ASSIGNMENT_RESPONSE assignment_response", 0);
	CU_ASSERT_EQUAL(m.u.rab_assignment_response.release_failed.count, 3);
	CU_ASSERT_EQUAL(m.u.rab_assignment_response.queued.list[0].id, 5);
	iuplus_arena_free(&arena);
}

/* Every cause of every group is preserved; 0 and causes above the last one are rejected. */
static void test_causes(void)
{
	struct iuplus_ranap_msg msg, got;
	struct iuplus_ranap_problem problem;
	struct iuplus_octets pdu;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_IU_RELEASE_COMMAND;
	for (unsigned cause = 1; cause <= 512; cause++) {
		msg.u.iu_release_command.cause = (uint16_t)cause;
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &got, &problem), IUPLUS_OK);
		CU_ASSERT_EQUAL(got.u.iu_release_command.cause, cause);
		iuplus_arena_reset(&arena, false);
	}
	msg.u.iu_release_command.cause = 0;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_ERR_ARGUMENT);
	msg.u.iu_release_command.cause = 513;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_STRING_EQUAL(iuplus_ranap_cause_name(3), "trelocprep-expiry");
	CU_ASSERT_STRING_EQUAL(iuplus_ranap_cause_name(269), "invalid-CSG-Id");
	CU_ASSERT_STRING_EQUAL(iuplus_ranap_cause_name(200), "non-standard");
	CU_ASSERT_STRING_EQUAL(iuplus_ranap_cause_name(0), "spare");
	CU_ASSERT_STRING_EQUAL(iuplus_ranap_cause_name(UINT_MAX), "spare");
}

/* A legacy node never sends the extension, and skips it in received messages. */
static void test_legacy(void)
{
	for (unsigned i = 0; i < ranap_sample_count; i++) {
		const struct ranap_sample *sample = &ranap_samples[i];
		struct iuplus_ranap_msg msg, got;
		struct iuplus_ranap_problem problem;
		struct iuplus_octets pdu, again;
		int rc;

		ranap_sample_make(sample, &msg);
		rc = iuplus_ranap_encode(&msg, IUPLUS_RANAP_LEGACY, &arena, &pdu);
		if (!sample->extended) {
			if (rc != IUPLUS_OK)
				fail(sample->name, "a legacy node does not encode it", rc);
			continue;
		}
		if (rc != IUPLUS_ERR_ARGUMENT)
			fail(sample->name, "a legacy node sends the extension", rc);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&msg, 0, &arena, &pdu), IUPLUS_OK);
		rc = iuplus_ranap_decode(pdu, IUPLUS_RANAP_LEGACY, &arena, &got, &problem);
		if (sample->kind == IUPLUS_RANAP_SECURITY_MODE_COMMAND) {
			/* It cannot use these keys: criticality reject. */
			CU_ASSERT_EQUAL(rc, IUPLUS_ERR_NOT_COMPREHENDED);
			CU_ASSERT_EQUAL(problem.answer, IUPLUS_RANAP_ANSWER_UNSUCCESSFUL);
			CU_ASSERT_EQUAL_FATAL(problem.diagnostics.ie_count, 1);
			CU_ASSERT_EQUAL(problem.diagnostics.ies[0].ie_id, 65002);
			continue;
		}
		if (rc != IUPLUS_OK || problem.answer != IUPLUS_RANAP_ANSWER_NONE)
			fail(sample->name, "a legacy node does not accept it", rc);
		CU_ASSERT_FALSE(got.kind == IUPLUS_RANAP_RELOCATION_REQUIRED &&
				got.u.relocation_required.container.has_ue_capability);
		CU_ASSERT_FALSE(got.kind == IUPLUS_RANAP_RELOCATION_REQUEST &&
				got.u.relocation_request.container.has_ue_capability);
		CU_ASSERT_FALSE(got.kind == IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE &&
				(got.u.relocation_request_acknowledge.has_network_capability ||
				 got.u.relocation_request_acknowledge.container.has_network_capability));
		CU_ASSERT_FALSE(got.kind == IUPLUS_RANAP_RELOCATION_COMMAND &&
				got.u.relocation_command.container.has_network_capability);
		CU_ASSERT_FALSE(got.kind == IUPLUS_RANAP_RELOCATION_COMPLETE &&
				got.u.relocation_complete.has_ue_capability);
		CU_ASSERT_FALSE(got.kind == IUPLUS_RANAP_INITIAL_UE_MESSAGE &&
				got.u.initial_ue_message.has_ue_capability);
		rc = iuplus_ranap_encode(&got, IUPLUS_RANAP_LEGACY, &arena, &again);
		if (rc != IUPLUS_OK)
			fail(sample->name, "a legacy node cannot forward a received message", rc);
	}
	iuplus_arena_free(&arena);
}

/* The core network relays a container: its octets are unchanged, also those that a legacy core does not know. */
static void relay(unsigned flags)
{
	struct iuplus_ranap_msg required = decoded(NULL, "RELOCATION_REQUIRED required_extended", flags), request, got;
	struct iuplus_ranap_msg acknowledge =
		decoded(NULL, "RELOCATION_REQUEST_ACKNOWLEDGE acknowledge_extended", flags);
	struct iuplus_ranap_msg command;
	struct iuplus_ranap_problem problem;
	struct iuplus_octets pdu;

	memset(&request, 0, sizeof(request));
	request.kind = IUPLUS_RANAP_RELOCATION_REQUEST;
	request.u.relocation_request.cause = required.u.relocation_required.cause;
	request.u.relocation_request.container = required.u.relocation_required.container;
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&request, flags, &arena, &pdu), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &got, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL(got.u.relocation_request.container.encoded.len,
			request.u.relocation_request.container.encoded.len);
	CU_ASSERT(!memcmp(got.u.relocation_request.container.encoded.data,
			  request.u.relocation_request.container.encoded.data,
			  got.u.relocation_request.container.encoded.len));
	CU_ASSERT(got.u.relocation_request.container.has_ue_capability);

	memset(&command, 0, sizeof(command));
	command.kind = IUPLUS_RANAP_RELOCATION_COMMAND;
	command.u.relocation_command.has_container = true;
	command.u.relocation_command.container = acknowledge.u.relocation_request_acknowledge.container;
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&command, flags, &arena, &pdu), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &got, &problem), IUPLUS_OK);
	CU_ASSERT(got.u.relocation_command.container.has_network_capability);
	iuplus_arena_free(&arena);
}

static void test_relay(void)
{
	relay(0);
	relay(IUPLUS_RANAP_LEGACY);
}

static void container_of_another_system(struct iuplus_ranap_msg *msg)
{
	static const uint8_t octets[] = { 0xff, 0xff, 0xff };

	msg->u.relocation_required.container.encoded.data = octets;
	msg->u.relocation_required.container.encoded.len = sizeof(octets);
}

/* A relayed container need not be an RNC's; the message of the target requires one. */
static void test_foreign_container(void)
{
	struct iuplus_ranap_msg m = decoded(container_of_another_system, "RELOCATION_REQUIRED required_short", 0);
	struct iuplus_ranap_msg request;
	struct iuplus_octets pdu;

	CU_ASSERT(m.u.relocation_required.has_container && !m.u.relocation_required.container.opened);
	CU_ASSERT_EQUAL(m.u.relocation_required.container.encoded.len, 3);
	memset(&request, 0, sizeof(request));
	request.kind = IUPLUS_RANAP_RELOCATION_REQUEST;
	request.u.relocation_request.cause = 1;
	request.u.relocation_request.container = m.u.relocation_required.container;
	CU_ASSERT_NOT_EQUAL(iuplus_ranap_encode(&request, 0, &arena, &pdu), IUPLUS_OK);
	iuplus_arena_free(&arena);
}

static void test_containers_alone(void)
{
	struct iuplus_ranap_source_to_target there, got;
	struct iuplus_ranap_target_to_source back, got_back;
	struct iuplus_octets octets;

	memset(&there, 0, sizeof(there));
	there.iu_instances = 1;
	there.has_ue_capability = true;
	there.ue_capability = 0x80;
	CU_ASSERT_EQUAL(iuplus_ranap_source_to_target_encode(&there, IUPLUS_RANAP_LEGACY, &arena, &octets),
			IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_source_to_target_encode(&there, 0, &arena, &octets), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_ranap_source_to_target_decode(octets, 0, &arena, &got), IUPLUS_OK);
	CU_ASSERT(got.has_ue_capability && got.ue_capability == 0x80 && got.encoded.len == octets.len);
	CU_ASSERT_EQUAL(iuplus_ranap_source_to_target_decode(octets, IUPLUS_RANAP_LEGACY, &arena, &got), IUPLUS_OK);
	CU_ASSERT_FALSE(got.has_ue_capability);
	octets.len--;
	CU_ASSERT_EQUAL(iuplus_ranap_source_to_target_decode(octets, 0, &arena, &got), IUPLUS_ERR_TRUNCATED);
	there.iu_instances = 3;
	CU_ASSERT_EQUAL(iuplus_ranap_source_to_target_encode(&there, 0, &arena, &octets), IUPLUS_ERR_CONSTRAINT);

	memset(&back, 0, sizeof(back));
	back.has_network_capability = true;
	back.network_capability = 0x40;
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_target_to_source_encode(&back, 0, &arena, &octets), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_ranap_target_to_source_decode(octets, 0, &arena, &got_back), IUPLUS_OK);
	CU_ASSERT(got_back.has_network_capability && got_back.network_capability == 0x40);
	iuplus_arena_free(&arena);
}

static uint8_t big[70000];
static size_t big_len;

static void big_container(struct iuplus_ranap_msg *msg)
{
	msg->u.relocation_request.container.rrc_container.data = big;
	msg->u.relocation_request.container.rrc_container.len = big_len;
}

/* Containers whose length needs more octets, or fragments. */
static void test_large(void)
{
	static const size_t lengths[] = { 127, 128, 16300, 16383, 16384, 32768, 65536, sizeof(big) };

	for (size_t i = 0; i < sizeof(big); i++)
		big[i] = (uint8_t)(i * 7);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct iuplus_ranap_msg m;
		struct iuplus_ranap_source_to_target *c = &m.u.relocation_request.container;
		struct iuplus_octets octets;

		big_len = lengths[i];
		m = decoded(big_container, "RELOCATION_REQUEST request_full", 0);
		CU_ASSERT_EQUAL(c->rrc_container.len, big_len);
		CU_ASSERT(!memcmp(c->rrc_container.data, big, big_len));
		CU_ASSERT_EQUAL(iuplus_ranap_source_to_target_decode(c->encoded, 0, &arena, c), IUPLUS_OK);
		CU_ASSERT_EQUAL(c->rrc_container.len, big_len);
		CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &octets), IUPLUS_OK);
		iuplus_arena_free(&arena);
	}
}

static void expect_refused(struct iuplus_ranap_msg *msg, const char *what, int want)
{
	struct iuplus_octets pdu;
	int rc = iuplus_ranap_encode(msg, 0, &arena, &pdu);

	if (rc != want)
		fail(iuplus_ranap_name(msg), what, rc);
	if (pdu.len)
		fail(iuplus_ranap_name(msg), "refused, but with octets", rc);
}

/* A fault of the caller is an error and gives no message. */
static void test_arguments(void)
{
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_KIND(25, IUPLUS_RANAP_INITIATING);
	expect_refused(&msg, "Private Message has no struct", IUPLUS_ERR_ARGUMENT);
	msg.kind = UINT_MAX;
	expect_refused(&msg, "no message at all", IUPLUS_ERR_ARGUMENT);
	msg.kind = IUPLUS_RANAP_COMMON_ID;
	expect_refused(&msg, "no IMSI", IUPLUS_ERR_ARGUMENT);
	msg.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	expect_refused(&msg, "no algorithm", IUPLUS_ERR_ARGUMENT);
	msg.u.security_mode_command.integrity.count = 17;
	expect_refused(&msg, "too many algorithms", IUPLUS_ERR_ARGUMENT);
	msg.u.security_mode_command.integrity.count = 1;
	msg.u.security_mode_command.integrity.algorithms[0] = 17;
	expect_refused(&msg, "no such algorithm", IUPLUS_ERR_CONSTRAINT);
	msg.u.security_mode_command.integrity.algorithms[0] = 1;
	msg.u.security_mode_command.has_enhanced = true;
	msg.u.security_mode_command.enhanced.freshness = 4;
	expect_refused(&msg, "no such freshness", IUPLUS_ERR_CONSTRAINT);
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_ERROR_INDICATION;
	expect_refused(&msg, "neither cause nor diagnostics", IUPLUS_ERR_ARGUMENT);
	msg.kind = IUPLUS_RANAP_INITIAL_UE_MESSAGE;
	msg.u.initial_ue_message.iu_sig_con_id = 0x1000000;
	expect_refused(&msg, "Iu signalling connection identifier of 25 bits", IUPLUS_ERR_CONSTRAINT);
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
	msg.u.direct_transfer.has_sapi = true;
	msg.u.direct_transfer.sapi = 1;
	expect_refused(&msg, "SAPI 1", IUPLUS_ERR_CONSTRAINT);
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_REQUIRED;
	msg.u.relocation_required.cause = 1;
	msg.u.relocation_required.target_is_rnc = true;
	expect_refused(&msg, "no container", IUPLUS_ERR_ARGUMENT);
	msg.u.relocation_required.target_is_rnc = false;
	msg.u.relocation_required.has_container = true;
	msg.u.relocation_required.container.iu_instances = 1;
	expect_refused(&msg, "no target", IUPLUS_ERR_ARGUMENT);
	iuplus_arena_free(&arena);
}

/* The tables agree with the module for each message. */
static void test_tables(void)
{
	unsigned messages = 0, procedures = 0;

	for (unsigned code = 0; code < 300; code++) {
		const struct iuplus_ranap_procedure *p = iuplus_ranap_procedure(code);

		if (!p)
			continue;
		procedures++;
		CU_ASSERT_EQUAL(p->code, code);
		CU_ASSERT_PTR_NOT_NULL(p->messages[IUPLUS_RANAP_INITIATING]);
		CU_ASSERT(p->from_cn || p->from_rnc);
		CU_ASSERT_EQUAL(p->messages[IUPLUS_RANAP_SUCCESSFUL] != NULL, p->procedure_class == 1);
		CU_ASSERT_EQUAL(p->messages[IUPLUS_RANAP_OUTCOME] != NULL, p->procedure_class == 3);
		for (unsigned pdu = 0; pdu < 4; pdu++)
			messages += p->messages[pdu] != NULL;
	}
	CU_ASSERT_EQUAL(procedures, 49);
	CU_ASSERT_EQUAL(messages, 85);
	CU_ASSERT_PTR_NULL(iuplus_ranap_procedure(8));
	CU_ASSERT_PTR_NULL(iuplus_ranap_procedure(UINT_MAX));
	CU_ASSERT_STRING_EQUAL(iuplus_ranap_kind_name(IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE),
			       "RelocationPreparationFailure");
	CU_ASSERT_STRING_EQUAL(iuplus_ranap_kind_name(UINT_MAX), "unknown RANAP message");
	for (unsigned i = 0; i < ranap_sample_count; i++)
		CU_ASSERT_STRING_NOT_EQUAL(iuplus_ranap_kind_name(ranap_samples[i].kind), "unknown RANAP message");
}

/* doc/messages.md has a row for every procedure, with its code, name and messages. */
static void test_documented(void)
{
	const char *srcdir = getenv("srcdir");
	char path[1024], line[512], cell[8][64];
	unsigned rows = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/doc/messages.md", srcdir ? srcdir : ".");
	in = fopen(path, "r");
	if (!in)
		perror(path);
	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	while (fgets(line, sizeof(line), in)) {
		const struct iuplus_ranap_procedure *p;
		char *at = line;
		unsigned n = 0;

		for (at = strtok(line, "|"); at && n < 8; at = strtok(NULL, "|"), n++) {
			at += strspn(at, " *");
			snprintf(cell[n], sizeof(cell[n]), "%.*s", (int)strcspn(at, " *\n"), at);
		}
		p = n == 8 ? iuplus_ranap_procedure((unsigned)strtoul(cell[0], NULL, 10)) : NULL;
		if (!p || cell[0][0] < '0' || cell[0][0] > '9')
			continue;
		rows++;
		CU_ASSERT_STRING_EQUAL(cell[1], p->name);
		for (unsigned pdu = 0; pdu < 4; pdu++)
			CU_ASSERT_STRING_EQUAL(cell[4 + pdu], p->messages[pdu] ? p->messages[pdu] : "");
	}
	fclose(in);
	CU_ASSERT_EQUAL(rows, 49);
}

static void test_identities(void)
{
	static const char *const good[] = { "00101", "001010", "0010112345678", "001010123456789" };
	static const char *const bad[] = { "", "0010", "0010101234567890", "00101012345678x", "-0101" };
	struct iuplus_ranap_imsi imsi;
	uint8_t plmn[3];
	char text[20];

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		CU_ASSERT_EQUAL(iuplus_ranap_imsi_parse(good[i], &imsi), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_ranap_imsi_print(&imsi, text), IUPLUS_OK);
		CU_ASSERT_STRING_EQUAL(text, good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CU_ASSERT_EQUAL(iuplus_ranap_imsi_parse(bad[i], &imsi), IUPLUS_ERR_ARGUMENT);
	imsi.len = 2;
	CU_ASSERT_EQUAL(iuplus_ranap_imsi_print(&imsi, text), IUPLUS_ERR_ARGUMENT);
	imsi.len = 3;
	memset(imsi.tbcd, 0xaa, 3);
	CU_ASSERT_EQUAL(iuplus_ranap_imsi_print(&imsi, text), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_ranap_plmn_parse("001", "01", plmn), IUPLUS_OK);
	CU_ASSERT(!memcmp(plmn, "\x00\xf1\x10", 3));
	CU_ASSERT_EQUAL(iuplus_ranap_plmn_print(plmn, text), IUPLUS_OK);
	CU_ASSERT_STRING_EQUAL(text, "001-01");
	CU_ASSERT_EQUAL(iuplus_ranap_plmn_parse("310", "410", plmn), IUPLUS_OK);
	CU_ASSERT(!memcmp(plmn, "\x13\x00\x14", 3));
	CU_ASSERT_EQUAL(iuplus_ranap_plmn_print(plmn, text), IUPLUS_OK);
	CU_ASSERT_STRING_EQUAL(text, "310-410");
	CU_ASSERT_EQUAL(iuplus_ranap_plmn_parse("31", "410", plmn), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_ranap_plmn_parse("310", "4", plmn), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_ranap_plmn_print((const uint8_t *)"\xff\xff\xff", text), IUPLUS_ERR_ARGUMENT);
}

IUPLUS_CUNIT_MAIN("ranap", { "every message, short and full, encoded and decoded", test_round_trip },
		  { "values", test_values }, { "causes", test_causes }, { "a legacy node", test_legacy },
		  { "relayed containers", test_relay }, { "a container of another system", test_foreign_container },
		  { "containers alone", test_containers_alone }, { "large containers", test_large },
		  { "wrong arguments", test_arguments }, { "tables", test_tables },
		  { "documentation", test_documented }, { "IMSI and PLMN", test_identities })
