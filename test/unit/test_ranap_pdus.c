/* SPDX-License-Identifier: BSD-2-Clause */
/* test_ranap_pdus: RANAP of real networks (test/vectors/ranap-pdus.tsv): decoded, values checked, encoded
 * identically. */
#include "test/unit/cunit_main.h"
#include <iuplus/ranap.h>

#define MAX_PDUS 64
#define MAX_OCTETS 512

static struct pdu {
	char file[40], message[40];
	unsigned frame;
	uint8_t octets[MAX_OCTETS];
	size_t len;
} pdus[MAX_PDUS];
static unsigned pdu_count;
static struct iuplus_arena arena = { .limit = IUPLUS_ARENA_DEFAULT_LIMIT };

static void read_pdus(void)
{
	const char *srcdir = getenv("srcdir");
	static char line[2048], hex[1400];
	char path[1024];
	FILE *in;

	snprintf(path, sizeof(path), "%s/test/vectors/ranap-pdus.tsv", srcdir ? srcdir : ".");
	in = fopen(path, "r");
	if (!in)
		perror(path);
	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	while (fgets(line, sizeof(line), in) && pdu_count < MAX_PDUS) {
		struct pdu *p = &pdus[pdu_count];

		if (sscanf(line, "%39[^\t#] %u %39s %1399s", p->file, &p->frame, p->message, hex) != 4)
			continue;
		for (p->len = 0; p->len < MAX_OCTETS && hex[2 * p->len] && hex[2 * p->len + 1]; p->len++) {
			char pair[3] = { hex[2 * p->len], hex[2 * p->len + 1], '\0' };

			p->octets[p->len] = (uint8_t)strtoul(pair, NULL, 16);
		}
		pdu_count++;
	}
	fclose(in);
	CU_ASSERT_EQUAL(pdu_count, 23);
}

static void test_all(void)
{
	read_pdus();
	for (unsigned i = 0; i < pdu_count; i++) {
		struct iuplus_octets pdu = { pdus[i].octets, pdus[i].len }, again;
		struct iuplus_ranap_msg msg;
		struct iuplus_ranap_problem problem;
		int rc = iuplus_ranap_decode(pdu, 0, &arena, &msg, &problem);

		if (rc != IUPLUS_OK || problem.answer != IUPLUS_RANAP_ANSWER_NONE ||
		    strcmp(iuplus_ranap_name(&msg), pdus[i].message)) {
			fprintf(stderr, "%s frame %u (%s): %s, %s at %s\n", pdus[i].file, pdus[i].frame,
				pdus[i].message, iuplus_ranap_name(&msg), iuplus_strrc(rc),
				problem.path ? problem.path : "-");
			CU_FAIL("see above");
			continue;
		}
		rc = iuplus_ranap_encode(&msg, 0, &arena, &again);
		if (rc != IUPLUS_OK || again.len != pdu.len || memcmp(again.data, pdu.data, pdu.len)) {
			fprintf(stderr, "%s frame %u (%s): encodes otherwise (%s)\n", pdus[i].file, pdus[i].frame,
				pdus[i].message, iuplus_strrc(rc));
			CU_FAIL("see above");
		}
		/* A legacy node decodes messages without the extension as well. */
		CU_ASSERT_EQUAL(iuplus_ranap_decode(pdu, IUPLUS_RANAP_LEGACY, &arena, &msg, &problem), IUPLUS_OK);
		iuplus_arena_reset(&arena, true);
	}
}

static struct iuplus_ranap_msg take(const char *file, unsigned frame, const char *message)
{
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	for (unsigned i = 0; i < pdu_count; i++) {
		struct iuplus_octets pdu = { pdus[i].octets, pdus[i].len };

		if (strncmp(pdus[i].file, file, strlen(file)) || pdus[i].frame != frame ||
		    strcmp(pdus[i].message, message))
			continue;
		CU_ASSERT_EQUAL_FATAL(iuplus_ranap_decode(pdu, 0, &arena, &msg, &problem), IUPLUS_OK);
		return msg;
	}
	CU_FAIL("no such PDU");
	return msg;
}

/* The values shown by tshark 4.0.17. */
static void test_values(void)
{
	struct iuplus_ranap_msg m = take("IuPS", 1, "InitialUE-Message");
	const struct iuplus_ranap_initial_ue_message *initial = &m.u.initial_ue_message;
	char text[20];

	CU_ASSERT_EQUAL(initial->domain, IUPLUS_DOMAIN_PS);
	CU_ASSERT(!memcmp(initial->lai.plmn, "\x52\xf8\x15", 3));
	CU_ASSERT_EQUAL(initial->lai.lac, 200);
	CU_ASSERT(initial->has_rac && initial->rac == 10);
	CU_ASSERT(initial->sai.lac == 200 && initial->sai.sac == 1);
	CU_ASSERT_EQUAL(initial->nas_pdu.len, 13);
	CU_ASSERT(!memcmp(initial->nas_pdu.data, "\x08\x0c\x05\x05\xf4", 5));
	CU_ASSERT_EQUAL(initial->iu_sig_con_id, 216832);
	CU_ASSERT_EQUAL(initial->rnc.rnc_id, 12);

	m = take("IuPS", 2, "SecurityModeCommand");
	CU_ASSERT_EQUAL(m.u.security_mode_command.integrity.count, 1);
	CU_ASSERT_EQUAL(m.u.security_mode_command.integrity.algorithms[0], 1);
	CU_ASSERT(!memcmp(m.u.security_mode_command.integrity.key, "\xc5\x1c\x61\x66", 4));
	CU_ASSERT(m.u.security_mode_command.has_encryption && m.u.security_mode_command.encryption.count == 2);
	CU_ASSERT_EQUAL(m.u.security_mode_command.encryption.algorithms[0], 1);
	CU_ASSERT_EQUAL(m.u.security_mode_command.encryption.algorithms[1], 0);
	CU_ASSERT_EQUAL(m.u.security_mode_command.encryption.key[15], 0x48);
	CU_ASSERT(!m.u.security_mode_command.key_new && !m.u.security_mode_command.has_enhanced);

	m = take("IuPS", 4, "CommonID");
	CU_ASSERT_EQUAL(iuplus_ranap_imsi_print(&m.u.common_id.imsi, text), IUPLUS_OK);
	CU_ASSERT_STRING_EQUAL(text, "258516400000802");

	m = take("IuPS", 5, "DirectTransfer");
	CU_ASSERT(m.u.direct_transfer.has_lai && m.u.direct_transfer.has_rac && m.u.direct_transfer.has_sai);
	CU_ASSERT_FALSE(m.u.direct_transfer.has_sapi);
	CU_ASSERT_EQUAL(m.u.direct_transfer.nas_pdu.len, 124);

	m = take("IuPS", 6, "RAB-AssignmentRequest");
	CU_ASSERT_EQUAL_FATAL(m.u.rab_assignment_request.count, 1);
	CU_ASSERT_EQUAL(m.u.rab_assignment_request.first[0].id, 5);
	m = take("IuPS", 7, "RAB-AssignmentResponse");
	CU_ASSERT_EQUAL_FATAL(m.u.rab_assignment_response.setup.count, 1);
	CU_ASSERT_EQUAL(m.u.rab_assignment_response.setup.list[0].id, 5);
	m = take("IuPS", 10, "RAB-AssignmentRequest");
	CU_ASSERT_EQUAL_FATAL(m.u.rab_assignment_request.released.count, 1);
	CU_ASSERT_EQUAL(m.u.rab_assignment_request.released.list[0].id, 5);
	CU_ASSERT_EQUAL(m.u.rab_assignment_request.released.list[0].cause, IUPLUS_RANAP_CAUSE_NORMAL_RELEASE);
	m = take("IuPS", 12, "Iu-ReleaseRequest");
	CU_ASSERT_EQUAL(m.u.iu_release_request.cause, IUPLUS_RANAP_CAUSE_UNSPECIFIED);
	m = take("MobileOriginatingCall", 2, "InitialUE-Message");
	CU_ASSERT_EQUAL(m.u.initial_ue_message.domain, IUPLUS_DOMAIN_CS);
	m = take("MobileOriginatingCall", 10, "DirectTransfer");
	CU_ASSERT_FALSE(m.u.direct_transfer.has_lai);
	iuplus_arena_free(&arena);
}

IUPLUS_CUNIT_MAIN("ranap-pdus", { "there and back", test_all }, { "values", test_values })
