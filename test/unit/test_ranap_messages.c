/* SPDX-License-Identifier: BSD-2-Clause */
/* test_ranap_messages: every RANAP message as a plain struct: random PDUs of the modules (test/vectors/
 * ranap-messages.tsv) keep all their contents; the meaning of single members; rejected messages. */
#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"
#include <iuplus/ranap.h>

#define MAX_PDUS 512
#define MAX_OCTETS 256

static struct pdu {
	char message[64];
	uint8_t octets[MAX_OCTETS];
	size_t len;
} pdus[MAX_PDUS];
static unsigned pdu_count;
static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };

static FILE *open_source(const char *name)
{
	const char *srcdir = getenv("srcdir");
	char path[1024];
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s", srcdir ? srcdir : ".", name);
	in = fopen(path, "r");
	if (!in)
		perror(path);
	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	return in;
}

static size_t octets_of(const char *hex, uint8_t *to, size_t room)
{
	size_t len;

	for (len = 0; len < room && hex[2 * len] && hex[2 * len + 1]; len++) {
		char pair[3] = { hex[2 * len], hex[2 * len + 1], '\0' };

		to[len] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return len;
}

static void read_pdus(void)
{
	static char line[1024], hex[2 * MAX_OCTETS + 2];
	FILE *in = open_source("test/vectors/ranap-messages.tsv");

	while (fgets(line, sizeof(line), in) && pdu_count < MAX_PDUS) {
		struct pdu *p = &pdus[pdu_count];

		if (line[0] == '#' || sscanf(line, "%63s %513s", p->message, hex) != 2)
			continue;
		p->len = octets_of(hex, p->octets, MAX_OCTETS);
		pdu_count++;
	}
	fclose(in);
	CU_ASSERT_EQUAL(pdu_count, 348);
}

static void fail(const char *name, unsigned number, const char *what, int rc)
{
	fprintf(stderr, "%s, PDU %u: %s (%s)\n", name, number, what, iuplus_strrc(rc));
	CU_FAIL("see above");
}

static bool same(struct iuplus_octets a, struct iuplus_octets b)
{
	return a.len == b.len && !memcmp(a.data, b.data, a.len);
}

/* The complete contents of each, decoded from octets that are freed before the struct is used. */
static void test_whole(void)
{
	read_pdus();
	for (unsigned i = 0; i < pdu_count; i++) {
		struct iuplus_octets pdu = { pdus[i].octets, pdus[i].len }, again;
		struct iuplus_ranap_problem problem;
		struct iuplus_ranap_msg msg;
		uint8_t *received = malloc(pdu.len);
		int rc;

		CU_ASSERT_PTR_NOT_NULL_FATAL(received);
		memcpy(received, pdu.data, pdu.len);
		rc = iuplus_ranap_decode((struct iuplus_octets){ received, pdu.len }, 0, &arena, &msg, &problem);
		memset(received, 0xee, pdu.len);
		free(received);
		if (rc != IUPLUS_OK || problem.answer != IUPLUS_RANAP_ANSWER_NONE ||
		    strcmp(iuplus_ranap_name(&msg), pdus[i].message)) {
			fail(pdus[i].message, i, "does not decode", rc);
			continue;
		}
		rc = iuplus_ranap_encode(&msg, 0, &arena, &again);
		if (rc != IUPLUS_OK || !same(pdu, again))
			fail(pdus[i].message, i, "encodes otherwise", rc);
		iuplus_arena_reset(&arena, true);
	}
}

/* A node without the extension skips its IEs and encodes all others again; it never sends them. */
static void test_legacy(void)
{
	unsigned extended = 0;

	for (unsigned i = 0; i < pdu_count; i++) {
		struct iuplus_octets pdu = { pdus[i].octets, pdus[i].len }, again, more;
		struct iuplus_ranap_problem problem;
		struct iuplus_ranap_msg msg, got;
		int rc;

		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &msg, &problem), IUPLUS_OK);
		rc = iuplus_ranap_decode(pdu, IUPLUS_RANAP_LEGACY, &arena, &got, &problem);
		if (rc == IUPLUS_ERR_NOT_COMPREHENDED && msg.kind == IUPLUS_RANAP_SECURITY_MODE_COMMAND)
			continue;
		if (rc != IUPLUS_OK) {
			fail(pdus[i].message, i, "a legacy node does not decode it", rc);
			continue;
		}
		rc = iuplus_ranap_encode(&got, IUPLUS_RANAP_LEGACY, &arena, &again);
		if (rc != IUPLUS_OK)
			fail(pdus[i].message, i, "a legacy node cannot say it again", rc);
		else if (!same(pdu, again) && again.len >= pdu.len)
			fail(pdus[i].message, i, "a legacy node adds something", rc);
		if (msg.kind != IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST ||
		    !msg.u.enhanced_relocation_complete_request.has_ue_capability)
			continue;
		extended++;
		CU_ASSERT_FALSE(got.u.enhanced_relocation_complete_request.has_ue_capability);
		CU_ASSERT_EQUAL(iuplus_ranap_encode(&msg, IUPLUS_RANAP_LEGACY, &arena, &more), IUPLUS_ERR_ARGUMENT);
		msg.u.enhanced_relocation_complete_request.has_ue_capability = false;
		CU_ASSERT_EQUAL(iuplus_ranap_encode(&msg, IUPLUS_RANAP_LEGACY, &arena, &more), IUPLUS_OK);
		CU_ASSERT(same(again, more));
		iuplus_arena_reset(&arena, true);
	}
	CU_ASSERT(extended >= 1);
	iuplus_arena_reset(&arena, true);
}

/* doc/messages.md shows messages with a struct in bold, and each of these is among the PDUs. */
static void test_documented(void)
{
	char line[512];
	unsigned bold = 0, plain = 0;
	FILE *in = open_source("doc/messages.md");

	while (fgets(line, sizeof(line), in)) {
		const struct iuplus_ranap_procedure *p;
		char name[64], cell[64], *end;
		unsigned code, i;

		if (sscanf(line, "| %u |", &code) != 1)
			continue;
		p = iuplus_ranap_procedure(code);
		snprintf(name, sizeof(name), "| %s |", p ? p->name : "");
		for (unsigned pdu = 0; p && strstr(line, name) && pdu < 4; pdu++) {
			if (!p->messages[pdu])
				continue;
			snprintf(cell, sizeof(cell), "**%s**", p->messages[pdu]);
			end = strstr(line, cell);
			for (i = 0; i < pdu_count && strcmp(pdus[i].message, p->messages[pdu]); i++)
				;
			if ((end != NULL) != (i < pdu_count)) {
				fprintf(stderr, "doc/messages.md: %s\n", p->messages[pdu]);
				CU_FAIL("bold, or not");
			}
			bold += end != NULL;
			plain += end == NULL;
		}
	}
	fclose(in);
	CU_ASSERT_EQUAL(bold, 84);
	CU_ASSERT_EQUAL(plain, 1);
}

/* Mutated PDUs: an accepted message can be encoded again, and the result has the same meaning. */
static void test_mutated(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records();

	for (unsigned i = 0; i < 40000; i++) {
		const struct pdu *from = &pdus[seed_next(&state) % pdu_count];
		unsigned flags = seed_next(&state) % 4 ? 0 : IUPLUS_RANAP_LEGACY;
		struct iuplus_octets pdu, first, second;
		struct iuplus_ranap_problem problem;
		struct iuplus_ranap_msg msg, got;
		uint8_t octets[MAX_OCTETS];
		int rc;

		memcpy(octets, from->octets, from->len);
		for (unsigned k = (unsigned)(seed_next(&state) % 3) + 1; k; k--)
			octets[seed_next(&state) % from->len] ^= (uint8_t)(1u << seed_next(&state) % 8);
		pdu.data = octets;
		pdu.len = from->len;
		rc = iuplus_ranap_decode(pdu, flags, &arena, &msg, &problem);
		if (problem.rc != rc)
			fail(from->message, i, "another return code in problem", rc);
		if (rc == IUPLUS_OK)
			rc = iuplus_ranap_encode(&msg, flags, &arena, &first);
		else
			rc = IUPLUS_ERR_ARGUMENT;
		if (rc == IUPLUS_OK) {
			rc = iuplus_ranap_decode(first, flags, &arena, &got, &problem);
			if (rc != IUPLUS_OK || got.kind != msg.kind)
				fail(from->message, i, "its encoding does not decode", rc);
			rc = iuplus_ranap_encode(&got, flags, &arena, &second);
			if (rc != IUPLUS_OK || !same(first, second))
				fail(from->message, i, "changes", rc);
		} else if (rc != IUPLUS_ERR_ARGUMENT) { /* of a mandatory IE that may be absent in a received message */
			fail(from->message, i, "does not encode", rc);
		}
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, before);
}

/* Too little memory is reported in both directions, whichever allocation fails. */
static void test_memory(void)
{
	for (unsigned i = 0; i < pdu_count; i += 5) {
		struct iuplus_octets pdu = { pdus[i].octets, pdus[i].len }, again;
		struct iuplus_ranap_problem problem;
		struct iuplus_ranap_msg msg;
		int rc = IUPLUS_ERR_MEMORY;

		for (size_t limit = 64; rc == IUPLUS_ERR_MEMORY && limit < 1u << 20; limit += limit / 8) {
			struct iuplus_arena small;

			iuplus_arena_init(&small, limit);
			rc = iuplus_ranap_decode(pdu, 0, &small, &msg, &problem);
			if (rc == IUPLUS_OK)
				rc = iuplus_ranap_encode(&msg, 0, &small, &again);
			if (rc != IUPLUS_OK && rc != IUPLUS_ERR_MEMORY)
				fail(pdus[i].message, i, "too little memory", rc);
			iuplus_arena_free(&small);
		}
		if (rc != IUPLUS_OK)
			fail(pdus[i].message, i, "never enough memory", rc);
	}
}

/* ---- meaning of members -------------------------------------------------------------------------------------- */

static struct iuplus_ranap_msg decoded(const char *hex)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg;
	uint8_t octets[MAX_OCTETS];
	struct iuplus_octets pdu = { octets, 0 };

	pdu.len = octets_of(hex, octets, MAX_OCTETS);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &msg, &problem), IUPLUS_OK);
	return msg;
}

static struct iuplus_ranap_msg there_and_back(const struct iuplus_ranap_msg *msg)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg got;
	struct iuplus_octets pdu;

	memset(&got, 0, sizeof(got));
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(msg, 0, &arena, &pdu), IUPLUS_OK);
	CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &got, &problem), IUPLUS_OK);
	CU_ASSERT_EQUAL(got.kind, msg->kind);
	return got;
}

/* RESET RESOURCE by hand: CS, misc om-intervention, connections 1 and 0x10..0x1f. */
static void test_reset_resource(void)
{
	struct iuplus_ranap_msg m = decoded(
		"001b002f000003"
		"0003000100"
		"0004400140"
		"004d401e01"
		"0001004e000400000001"
		"0001004e000d40000010"
		"0000011a000300001f");
	const struct iuplus_ranap_reset_resource *r = &m.u.reset_resource;

	CU_ASSERT_EQUAL(m.kind, IUPLUS_RANAP_RESET_RESOURCE);
	CU_ASSERT_EQUAL(r->domain, IUPLUS_DOMAIN_CS);
	CU_ASSERT_EQUAL(r->cause, IUPLUS_RANAP_CAUSE_OM_INTERVENTION);
	CU_ASSERT_EQUAL_FATAL(r->connections.count, 2);
	CU_ASSERT(r->connections.list[0].id == 1 && !r->connections.list[0].has_range_end);
	CU_ASSERT(r->connections.list[1].id == 0x10 && r->connections.list[1].has_range_end);
	CU_ASSERT_EQUAL(r->connections.list[1].range_end, 0x1f);
	CU_ASSERT(!r->has_rnc && !r->has_cn);
	iuplus_arena_reset(&arena, true);
}

/* Lists of 250, and numbers at their ends. */
static void test_ends(void)
{
	static struct iuplus_ranap_iu_sig_con connections[251];
	struct iuplus_ranap_msg m = { .kind = IUPLUS_RANAP_RESET_RESOURCE_ACKNOWLEDGE }, got;
	struct iuplus_ranap_reset_resource *r = &m.u.reset_resource_acknowledge;
	struct iuplus_octets pdu;

	for (unsigned i = 0; i < 251; i++)
		connections[i] = (struct iuplus_ranap_iu_sig_con){ 0xffffffu - i, i % 2, i };
	r->domain = IUPLUS_DOMAIN_PS;
	r->connections.count = 250;
	r->connections.list = connections;
	r->has_rnc = r->has_cn = true;
	r->rnc.rnc_id = 65535;
	r->cn.cn_id = 4095;
	got = there_and_back(&m);
	CU_ASSERT_EQUAL_FATAL(got.u.reset_resource_acknowledge.connections.count, 250);
	for (unsigned i = 0; i < 250; i++) {
		const struct iuplus_ranap_iu_sig_con *c = &got.u.reset_resource_acknowledge.connections.list[i];

		CU_ASSERT(c->id == 0xffffffu - i && c->has_range_end == (i % 2 == 1));
		CU_ASSERT(!c->has_range_end || c->range_end == i);
	}
	CU_ASSERT_EQUAL(got.u.reset_resource_acknowledge.rnc.rnc_id, 65535);
	CU_ASSERT_EQUAL(got.u.reset_resource_acknowledge.cn.cn_id, 4095);
	r->connections.count = 251;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_CONSTRAINT);
	r->connections.count = 1;
	connections[0].id = 0x1000000;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_CONSTRAINT);
	r->connections.count = 0;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_ARGUMENT);
	r->connections.count = 1;
	r->connections.list = NULL;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_ARGUMENT);
	iuplus_arena_reset(&arena, true);
}

static void test_paging(void)
{
	static const struct iuplus_ranap_csg_id csgs[] = { { 0 }, { 0x7ffffff } };
	struct iuplus_ranap_msg m = { .kind = IUPLUS_RANAP_PAGING }, got;
	struct iuplus_ranap_paging *r = &m.u.paging;
	struct iuplus_octets pdu;

	r->domain = IUPLUS_DOMAIN_PS;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_ARGUMENT); /* no IMSI */
	CU_ASSERT_EQUAL(iuplus_ranap_imsi_parse("001010123456789", &r->imsi), IUPLUS_OK);
	r->has_temporary_id = true;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_ARGUMENT); /* neither TMSI nor P-TMSI */
	r->temporary_id.which = IUPLUS_RANAP_P_TMSI;
	memcpy(r->temporary_id.tmsi, "\xc0\x01\x02\x03", 4);
	r->has_area = true;
	r->area.which = IUPLUS_RANAP_AREA_RAI;
	r->area.lai.lac = 0xabcd;
	r->area.rac = 7;
	r->has_cause = r->has_searching = r->has_drx_coefficient = r->has_cn = true;
	r->cause = 5; /* after the extension marker */
	r->searching = true;
	r->drx_coefficient = 9;
	r->cn.cn_id = 12;
	r->csgs.count = 2;
	r->csgs.list = csgs;
	got = there_and_back(&m);
	r = &got.u.paging;
	CU_ASSERT_EQUAL(r->domain, IUPLUS_DOMAIN_PS);
	CU_ASSERT_EQUAL(r->imsi.len, 8);
	CU_ASSERT(r->has_temporary_id && r->temporary_id.which == IUPLUS_RANAP_P_TMSI);
	CU_ASSERT(!memcmp(r->temporary_id.tmsi, "\xc0\x01\x02\x03", 4));
	CU_ASSERT(r->has_area && r->area.which == IUPLUS_RANAP_AREA_RAI && r->area.lai.lac == 0xabcd &&
		  r->area.rac == 7);
	CU_ASSERT(r->has_cause && r->cause == 5 && r->has_searching && r->searching);
	CU_ASSERT(r->has_drx_coefficient && r->drx_coefficient == 9 && r->has_cn && r->cn.cn_id == 12);
	CU_ASSERT_EQUAL_FATAL(r->csgs.count, 2);
	CU_ASSERT(r->csgs.list[0].id == 0 && r->csgs.list[1].id == 0x7ffffff);
	r->drx_coefficient = 10;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&got, 0, &arena, &pdu), IUPLUS_ERR_CONSTRAINT);
	iuplus_arena_reset(&arena, true);
}

static void test_enhanced_relocation(void)
{
	struct iuplus_ranap_msg m = { .kind = IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST }, got;
	struct iuplus_ranap_enhanced_relocation_complete_request *r = &m.u.enhanced_relocation_complete_request;
	static const struct iuplus_ranap_rab_cause failed[] = { { 5, 53 }, { 255, 300 } };
	static const uint8_t address[] = { 192, 0, 2, 1 };

	r->old_iu_sig_con_id = 0xffffff;
	r->iu_sig_con_id = 0x800001;
	r->source.rnc_id = 4096;
	r->target.rnc_id = 4095;
	memcpy(r->target.plmn, "\x00\xf1\x10", 3);
	r->has_integrity_algorithm = r->has_encryption_algorithm = true;
	r->integrity_algorithm = 2;
	r->encryption_algorithm = 2;
	r->has_tunnel = r->tunnel.has_port = true;
	r->tunnel.address = (struct iuplus_ranap_bits){ address, 32 };
	r->tunnel.port = 2152;
	r->has_ue_capability = true;
	r->ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
	got = there_and_back(&m);
	r = &got.u.enhanced_relocation_complete_request;
	CU_ASSERT(r->old_iu_sig_con_id == 0xffffff && r->iu_sig_con_id == 0x800001);
	CU_ASSERT(r->source.rnc_id == 4096 && r->target.rnc_id == 4095);
	CU_ASSERT(!memcmp(r->target.plmn, "\x00\xf1\x10", 3));
	CU_ASSERT(r->has_integrity_algorithm && r->integrity_algorithm == 2);
	CU_ASSERT(r->has_tunnel && r->tunnel.address.count == 32 && !memcmp(r->tunnel.address.data, address, 4));
	CU_ASSERT(r->tunnel.has_port && r->tunnel.port == 2152);
	CU_ASSERT(r->has_ue_capability && r->ue_capability == IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
	CU_ASSERT(!r->has_csg_id && !r->lhn_id.len && !r->rabs.count);

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_CONFIRM;
	m.u.enhanced_relocation_complete_confirm.failed.count = 2;
	m.u.enhanced_relocation_complete_confirm.failed.list = failed;
	got = there_and_back(&m);
	CU_ASSERT_EQUAL_FATAL(got.u.enhanced_relocation_complete_confirm.failed.count, 2);
	CU_ASSERT_EQUAL(got.u.enhanced_relocation_complete_confirm.failed.list[1].id, 255);
	CU_ASSERT_EQUAL(got.u.enhanced_relocation_complete_confirm.failed.list[1].cause, 300);
	iuplus_arena_reset(&arena, true);
}

static void test_others(void)
{
	static const struct iuplus_ranap_rab_context contexts[] = { { 5, true, false, true, false, 65535, 0, 1, 0 },
								    { .id = 6 } };
	static const uint8_t area[] = { 0x00, 0x00, 0x00 };
	struct iuplus_ranap_msg m = { .kind = IUPLUS_RANAP_SRNS_CONTEXT_RESPONSE }, got;
	struct iuplus_octets pdu;

	m.u.srns_context_response.contexts.count = 2;
	m.u.srns_context_response.contexts.list = contexts;
	got = there_and_back(&m);
	CU_ASSERT_EQUAL_FATAL(got.u.srns_context_response.contexts.count, 2);
	CU_ASSERT(!memcmp(&got.u.srns_context_response.contexts.list[0], &contexts[0], sizeof(contexts[0])));
	CU_ASSERT(!memcmp(&got.u.srns_context_response.contexts.list[1], &contexts[1], sizeof(contexts[1])));

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_SRVCC_CS_KEYS_RESPONSE;
	memset(m.u.srvcc_cs_keys_response.ik, 0x11, 16);
	memset(m.u.srvcc_cs_keys_response.ck, 0x22, 16);
	memset(m.u.srvcc_cs_keys_response.nonce, 0x33, 16);
	got = there_and_back(&m);
	CU_ASSERT(!memcmp(&got.u.srvcc_cs_keys_response, &m.u.srvcc_cs_keys_response, 48));

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_UE_REGISTRATION_QUERY_RESPONSE;
	m.u.ue_registration_query_response.result.which = IUPLUS_RANAP_UE_IS_SERVED;
	CU_ASSERT_EQUAL(iuplus_ranap_imsi_parse("00101", &m.u.ue_registration_query_response.result.imsi), IUPLUS_OK);
	memcpy(m.u.ue_registration_query_response.result.plmn, "\x00\xf1\x10", 3);
	got = there_and_back(&m);
	CU_ASSERT_EQUAL(got.u.ue_registration_query_response.result.which, IUPLUS_RANAP_UE_IS_SERVED);
	CU_ASSERT(!memcmp(got.u.ue_registration_query_response.result.plmn, "\x00\xf1\x10", 3));

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_REROUTE_NAS_REQUEST;
	m.u.reroute_nas_request.group.which = IUPLUS_RANAP_SGSN_NULL_NRI;
	m.u.reroute_nas_request.group.nri = 0x3ff;
	got = there_and_back(&m);
	CU_ASSERT_EQUAL(got.u.reroute_nas_request.group.nri, 0x3ff);
	m.u.reroute_nas_request.group.nri = 0x400;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_CONSTRAINT);

	/* Octets that should be an encoding are checked. */
	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_LOCATION_REPORT;
	m.u.location_report.has_area = true;
	m.u.location_report.area.which = IUPLUS_RANAP_AREA_GEOGRAPHICAL;
	m.u.location_report.area.geographical = (struct iuplus_octets){ area, sizeof(area) };
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_TRUNCATED);

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_MBMS_RAB_ESTABLISHMENT_INDICATION;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_ARGUMENT);
	m.kind = IUPLUS_RANAP_CN_INVOKE_TRACE;
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_ERR_ARGUMENT);
	iuplus_arena_reset(&arena, true);
}

/* An alternative of a later release in an item of criticality ignore: the item is omitted, the rest is acted on. */
static void test_later_release(void)
{
	/* RAB 5 with an Iu Transport Association of a third kind, RAB 5 with nothing, in RAB Assignment Response; and
	 * a Temporary UE ID of a third kind in Paging */
	struct iuplus_ranap_msg m = decoded(
		"6000001b00000100344014"
		"01"
		"0001"
		"00334005"
		"202c000100"
		"0001"
		"00334002"
		"0028");
	struct iuplus_octets pdu;

	CU_ASSERT_EQUAL(m.kind, IUPLUS_RANAP_RAB_ASSIGNMENT_RESPONSE);
	CU_ASSERT_EQUAL_FATAL(m.u.rab_assignment_response.setup.count, 1);
	CU_ASSERT_EQUAL(m.u.rab_assignment_response.setup.list[0].id, 5);
	CU_ASSERT_EQUAL(m.u.rab_assignment_response.setup.list[0].item.len, 2);
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_OK);
	m = decoded("000e4017000003"
		    "0003400100"
		    "00174004000001f1"
		    "00404003800100");
	CU_ASSERT_EQUAL(m.kind, IUPLUS_RANAP_PAGING);
	CU_ASSERT_FALSE(m.u.paging.has_temporary_id);
	CU_ASSERT_EQUAL(m.u.paging.imsi.len, 3);
	CU_ASSERT_EQUAL(iuplus_ranap_encode(&m, 0, &arena, &pdu), IUPLUS_OK);
	iuplus_arena_reset(&arena, true);
}

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/* A request without its mandatory IEs is rejected: by the procedure's failure if that needs only a cause. */
static void test_refused(void)
{
	static const struct {
		unsigned kind, answer;
	} wants[] = {
		{ IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST,
		  IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_FAILURE },
		{ IUPLUS_RANAP_MBMS_SESSION_START, IUPLUS_RANAP_MBMS_SESSION_START_FAILURE },
		{ IUPLUS_RANAP_MBMS_REGISTRATION_REQUEST, IUPLUS_RANAP_MBMS_REGISTRATION_FAILURE },
		{ IUPLUS_RANAP_INFORMATION_TRANSFER_INDICATION, IUPLUS_RANAP_ERROR_INDICATION },
		{ IUPLUS_RANAP_UPLINK_INFORMATION_EXCHANGE_REQUEST, IUPLUS_RANAP_ERROR_INDICATION },
		{ IUPLUS_RANAP_MBMS_SESSION_UPDATE, IUPLUS_RANAP_ERROR_INDICATION },
		{ IUPLUS_RANAP_RESET_RESOURCE, IUPLUS_RANAP_ERROR_INDICATION },
	};

	for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++) {
		const uint8_t octets[] = { 0, (uint8_t)IUPLUS_RANAP_KIND_CODE(wants[i].kind), 0, 3, 0, 0, 0 };
		struct iuplus_ranap_msg msg, answer, got;
		struct iuplus_ranap_problem problem, none;
		struct iuplus_octets pdu;

		CU_ASSERT_EQUAL(iuplus_ranap_decode((struct iuplus_octets){ octets, sizeof(octets) }, 0, &arena, &msg,
						    &problem),
				IUPLUS_ERR_MISSING);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_answer(&problem, &answer), IUPLUS_OK);
		if (answer.kind != wants[i].answer)
			fail(iuplus_ranap_kind_name(wants[i].kind), (unsigned)i, iuplus_ranap_name(&answer), IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_encode(&answer, 0, &arena, &pdu), IUPLUS_OK);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &got, &none), IUPLUS_OK);
		if (wants[i].answer != IUPLUS_RANAP_ERROR_INDICATION) {
			CU_ASSERT_EQUAL(got.u.failure.cause, IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT);
			CU_ASSERT(got.u.failure.has_diagnostics && got.u.failure.diagnostics.ies[0].missing);
		}
		/* As a logical error it gets the same kind of answer. */
		memset(&msg, 0, sizeof(msg));
		msg.kind = wants[i].kind;
		iuplus_ranap_logical_error(&msg, IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR, &problem);
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_answer(&problem, &answer), IUPLUS_OK);
		CU_ASSERT_EQUAL(answer.kind, wants[i].answer);
	}
	iuplus_arena_free(&arena);
}

IUPLUS_CUNIT_MAIN("ranap-messages", { "random PDUs there and back", test_whole }, { "a legacy node", test_legacy },
		  { "documentation", test_documented }, { "40 000 mutations", test_mutated },
		  { "too little memory", test_memory }, { "Reset Resource", test_reset_resource },
		  { "long lists, large numbers", test_ends }, { "Paging", test_paging },
		  { "Enhanced Relocation Complete", test_enhanced_relocation }, { "other messages", test_others },
		  { "alternatives of a later release", test_later_release }, { "refused requests", test_refused })
