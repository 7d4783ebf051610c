/* SPDX-License-Identifier: BSD-2-Clause */
/* test_node_conf.c: configuration files: values read, errors and their messages, and print-parse-compare. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <iuplus/iuplus.h>

#include "src/node/log.h"
#include "src/node/settings.h"
#include "test/unit/cunit_main.h"

static const char good_rnc[] =
	"# an RNC\n"
	"name source-rnc   # comment\n"
	"rnc-id 1\n"
	"enhanced yes\n"
	"\n"
	"[network]\n"
	"mcc 001\n"
	"mnc 01\n"
	"lac 0x1f\n"
	"[cell]\n"
	"listen 127.0.0.1:20001\n"
	"cell-id 1001\n"
	"scrambling-code 101\n"
	"[iu]\n"
	"\tsctp   usrsctp\r\n"
	"point-code 11\n"
	"[sgsn]\n"
	"address 127.0.0.1:2905\n"
	"point-code 1\n"
	"[security]\n"
	"uia uia2\n"
	"uea uea0 uea2\n"
	"[timers]\n"
	"trelocprep 5000\n"
	"[neighbour 2]\n"
	"cell-id 2001\n"
	"[neighbour 3]\n"
	"name far\n"
	"cell-id 3001\n";

static void test_reads(void)
{
	struct node_rnc_settings s;
	char error[NODE_CONF_ERROR];
	node_rnc_defaults(&s);
	CU_ASSERT_EQUAL_FATAL(node_conf_parse("good", good_rnc, strlen(good_rnc), node_rnc_table, &s, error), 0);
	CU_ASSERT_STRING_EQUAL(s.node.name, "source-rnc");
	CU_ASSERT_EQUAL(s.rnc_id, 1);
	CU_ASSERT_TRUE(s.enhanced);
	CU_ASSERT_STRING_EQUAL(s.network.mcc, "001");
	CU_ASSERT_EQUAL(s.network.lac, 31);
	CU_ASSERT_EQUAL(s.network.rac, 1);
	CU_ASSERT_STRING_EQUAL(s.cell.listen.host, "127.0.0.1");
	CU_ASSERT_EQUAL(s.cell.listen.port, 20001);
	CU_ASSERT_EQUAL(s.iu.sctp, 2);
	CU_ASSERT_EQUAL(s.algorithms.uia.count, 1);
	CU_ASSERT_EQUAL(s.algorithms.uia.item[0], 2);
	CU_ASSERT_EQUAL(s.algorithms.uea.count, 2);
	CU_ASSERT_EQUAL(s.algorithms.uea.item[1], 2);
	CU_ASSERT_EQUAL(s.timer_ms[IUPLUS_RNC_TRELOCPREP], 5000);
	CU_ASSERT_EQUAL(s.neighbour_count, 2);
	CU_ASSERT_EQUAL(s.neighbour[1].rnc_id, 3);
	CU_ASSERT_STRING_EQUAL(s.neighbour[1].name, "far");
}

/* Prints the settings, reads them back, prints again: both texts and both structs must be equal. */
static void round_trip(const struct node_conf_section *table, const void *first, void *second, size_t size)
{
	char *text = NULL, *again = NULL, error[NODE_CONF_ERROR];
	size_t len = 0, again_len = 0;
	FILE *out = open_memstream(&text, &len);
	CU_ASSERT_EQUAL(node_conf_print(out, table, first), 0);
	fclose(out);
	int rc = node_conf_parse("printed", text, len, table, second, error);
	if (rc)
		fprintf(stderr, "%s\n%s", error, text);
	CU_ASSERT_EQUAL_FATAL(rc, 0);
	CU_ASSERT_EQUAL(memcmp(first, second, size), 0);
	out = open_memstream(&again, &again_len);
	CU_ASSERT_EQUAL(node_conf_print(out, table, second), 0);
	fclose(out);
	CU_ASSERT_STRING_EQUAL(text, again);
	free(text);
	free(again);
}

static void test_print_parse_compare(void)
{
	static struct node_rnc_settings rnc, rnc2;
	static struct node_sgsn_settings sgsn, sgsn2;
	static struct node_ue_settings ue, ue2;
	static struct node_subscribers_settings table, table2;
	char error[NODE_CONF_ERROR];
	node_rnc_defaults(&rnc);
	node_rnc_defaults(&rnc2);
	CU_ASSERT_EQUAL_FATAL(node_conf_parse("good", good_rnc, strlen(good_rnc), node_rnc_table, &rnc, error), 0);
	round_trip(node_rnc_table, &rnc, &rnc2, sizeof(rnc));

	node_sgsn_defaults(&sgsn);
	node_sgsn_defaults(&sgsn2);
	strcpy(sgsn.subscribers, "sub scribers#1.conf");
	strcpy(sgsn.network.mcc, "262");
	strcpy(sgsn.network.mnc, "042");
	strcpy(sgsn.listen.host, "127.0.0.1");
	sgsn.listen.port = 2905;
	sgsn.iu.routing_context = 0xfffffffe;
	sgsn.iu.registration = true;
	sgsn.iu.traffic_mode = 2;
	sgsn.iu.m3ua.t_r = 77;
	sgsn.iu.sccp.t_reassembly = 78;
	sgsn.stp_count = 1;
	strcpy(sgsn.stp[0].name, "alpha");
	strcpy(sgsn.stp[0].address.host, "127.0.0.9");
	sgsn.stp[0].role = NODE_SCTP_SERVER;
	sgsn.iu.point_code = 1;
	sgsn.security.aka = IUPLUS_CN_AKA_NEVER;
	sgsn.security.freshness = IUPLUS_SECURITY_FRESHNESS_COUNTER;
	sgsn.timer_ms[IUPLUS_CN_TRELOCALLOC] = 1;
	sgsn.test.die_at_step = IUPLUS_STEP_COMMANDED;
	sgsn.rnc_count = 1;
	sgsn.rnc[0].rnc_id = 4095;
	strcpy(sgsn.rnc[0].name, "r");
	sgsn.rnc[0].point_code = 16383;
	sgsn.rnc[0].capability = IUPLUS_CN_CAPABILITY_ENHANCED;
	round_trip(node_sgsn_table, &sgsn, &sgsn2, sizeof(sgsn));

	node_ue_defaults(&ue);
	node_ue_defaults(&ue2);
	strcpy(ue.usim.imsi, "001010000000001");
	memset(ue.usim.k, 0xa5, 16);
	memset(ue.usim.opc, 0x0f, 16);
	ue.usim.sqn = 0xffffffffffff;
	strcpy(ue.network.mcc, "001");
	strcpy(ue.network.mnc, "01");
	strcpy(ue.imei, "490154203237518");
	strcpy(ue.imeisv, "4901542032375123");
	ue.enhanced_security = NODE_UE_PREFER;
	ue.nas_timer_ms[IUPLUS_UE_NAS_T3318] = 7;
	ue.cell_count = 1;
	ue.cell[0].scrambling_code = 511;
	strcpy(ue.cell[0].rnc, "source-rnc");
	strcpy(ue.cell[0].address.host, "10.0.0.1");
	ue.cell[0].address.port = 65535;
	round_trip(node_ue_table, &ue, &ue2, sizeof(ue));

	table.count = 2;
	for (unsigned i = 0; i < 2; i++) {
		strcpy(table.list[i].imsi, i ? "001010000000002" : "001010000000001");
		table.list[i].sqn = i;
		table.list[i].amf[0] = 0x80;
		memset(table.list[i].k, (int)i, 16);
	}
	round_trip(node_subscribers_table, &table, &table2, sizeof(table));
}

/* Faulty files, and the error message for each. */
static const struct {
	const char *text, *error;
} wrong[] = {
	{ "colour red\n", "f:1: the first part has no key 'colour'; it has name, log-level, rnc-id, enhanced, "
			  "enhanced-security" },
	{ "rnc-id 1\nrnc-id 2\n", "f:2: 'rnc-id' is given twice in the first part; leave one out" },
	{ "rnc-id 4096\n", "f:1: 'rnc-id' cannot be '4096'; it takes a number from 0 to 4095" },
	{ "rnc-id -1\n", "f:1: 'rnc-id' cannot be '-1'; it takes a number from 0 to 4095" },
	{ "rnc-id 1x\n", "f:1: 'rnc-id' cannot be '1x'; it takes a number from 0 to 4095" },
	{ "rnc-id 99999999999999999999999\n",
	  "f:1: 'rnc-id' cannot be '99999999999999999999999'; it takes a number from 0 to 4095" },
	{ "rnc-id\n", "f:1: 'rnc-id' has no value; it takes a number from 0 to 4095" },
	{ "enhanced maybe\n", "f:1: 'enhanced' cannot be 'maybe'; it takes yes|no" },
	{ "log-level loud\n", "f:1: 'log-level' cannot be 'loud'; it takes error|notice|info|debug" },
	{ "name a b\n", "f:1: 'name' cannot be 'a b'; it takes letters, digits, '-', '_' and '.', at most 127" },
	{ "[network]\nmcc 001\nmnc 01\n",
	  "f: key 'rnc-id' is missing; it takes a number from 0 to 4095 and must be before the first section" },
	{ "rnc-id 1\n[net]\n",
	  "f:2: no section is called [net]; there are [network], [cell], [iu], [iu-timers], [stp LABEL], [sgsn], "
	  "[security], [timers], [test], [neighbour LABEL]" },
	{ "rnc-id 1\n[network]\nmcc 01\n", "f:3: 'mcc' cannot be '01'; it takes 3 digits" },
	{ "rnc-id 1\n[network]\nmcc 001\n[cell]\n", "f:2: section [network] has no 'mnc'; it takes 2 to 3 digits" },
	{ "rnc-id 1\n[network]\nmcc 001\nmnc 01\n[network]\n", "f:5: [network] occurs twice; put its keys together" },
	{ "rnc-id 1\n[network 5]\n", "f:2: [network] takes no label, it has '5'; write [network]" },
	{ "rnc-id 1\n[network\n",
	  "f:2: '[network' is not a section header; write [NAME] or [NAME LABEL] alone on its line" },
	{ "rnc-id 1\n[network] x\n",
	  "f:2: '[network] x' is not a section header; write [NAME] or [NAME LABEL] alone on its line" },
	{ "rnc-id 1\n[neighbour x]\n", "f:2: [neighbour x] has an invalid label; it takes a number from 0 to 4095" },
	{ "rnc-id 1\n[neighbour]\n", "f:2: [neighbour ] has an invalid label; it takes a number from 0 to 4095" },
	{ "rnc-id 1\n[neighbour 2]\ncell-id 1\n[neighbour 0x2]\n", "f:4: [neighbour 0x2] occurs twice; leave one out" },
	{ "rnc-id 1\n[cell]\nlisten localhost:1\n",
	  "f:3: 'listen' cannot be 'localhost:1'; it takes ADDRESS:PORT, such as 127.0.0.1:2905" },
	{ "rnc-id 1\n[cell]\nlisten 127.0.0.1:65536\n",
	  "f:3: 'listen' cannot be '127.0.0.1:65536'; it takes ADDRESS:PORT, such as 127.0.0.1:2905" },
	{ "rnc-id 1\n[security]\nuia uia2 uia2\n",
	  "f:3: 'uia' cannot be 'uia2 uia2'; it takes one or more of uia1|uia2, each once" },
	{ "rnc-id 1\n[security]\nuea uea3\n",
	  "f:3: 'uea' cannot be 'uea3'; it takes one or more of uea0|uea1|uea2, each once" },
	{ "rnc-id 1\n", "f: no section [network]; at least one is required" },
};

static void test_refuses(void)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct node_rnc_settings s;
		char error[NODE_CONF_ERROR] = "";
		node_rnc_defaults(&s);
		int rc = node_conf_parse("f", wrong[i].text, strlen(wrong[i].text), node_rnc_table, &s, error);
		if (rc != IUPLUS_ERR_SYNTAX || strcmp(error, wrong[i].error))
			fprintf(stderr, "'%s'\n  gives %d '%s'\n  not      '%s'\n", wrong[i].text, rc, error,
				wrong[i].error);
		CU_ASSERT_EQUAL(rc, IUPLUS_ERR_SYNTAX);
		CU_ASSERT_STRING_EQUAL(error, wrong[i].error);
	}
}

/* An error message never contains a wrong key. */
static void test_hides_keys(void)
{
	static const char text[] = "[subscriber 001010000000001]\nk 00112233445566778899aabbccddeef\n";
	static struct node_subscribers_settings table;
	char error[NODE_CONF_ERROR];
	CU_ASSERT_EQUAL(node_conf_parse("f", text, strlen(text), node_subscribers_table, &table, error),
			IUPLUS_ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(error, "f:2: 'k' is wrong; it takes 32 hex digits");
}

static void test_files(void)
{
	static struct node_subscribers_settings table;
	char error[NODE_CONF_ERROR], path[] = "/tmp/iuplus-test-XXXXXX", expected[NODE_CONF_ERROR];
	CU_ASSERT_EQUAL(node_conf_read("/nonexistent/x", node_subscribers_table, &table, error), IUPLUS_ERR_IO);
	CU_ASSERT_STRING_EQUAL(error, "/nonexistent/x: No such file or directory; give a file that can be read");
	CU_ASSERT_EQUAL(node_conf_read("/tmp", node_subscribers_table, &table, error), IUPLUS_ERR_IO);
	int fd = mkstemp(path);
	CU_ASSERT_TRUE_FATAL(fd >= 0);
	/* no newline at the end, a zero octet, a line too long */
	static const char last[] = "[subscriber 001010000000001]\nk 00112233445566778899aabbccddeeff\n"
				   "opc 00112233445566778899AABBCCDDEEFF";
	CU_ASSERT_EQUAL(write(fd, last, sizeof(last) - 1), (ssize_t)sizeof(last) - 1);
	CU_ASSERT_EQUAL(node_conf_read(path, node_subscribers_table, &table, error), 0);
	CU_ASSERT_EQUAL(table.count, 1);
	CU_ASSERT_EQUAL(table.list[0].opc[15], 0xff);
	CU_ASSERT_EQUAL(write(fd, "\nsqn 1\0", 7), 7);
	CU_ASSERT_EQUAL(node_conf_read(path, node_subscribers_table, &table, error), IUPLUS_ERR_SYNTAX);
	snprintf(expected, sizeof(expected), "%s:4: the line has a zero octet; the file must be text", path);
	CU_ASSERT_STRING_EQUAL(error, expected);
	char longer[1100];
	memset(longer, 'x', sizeof(longer));
	CU_ASSERT_EQUAL(node_conf_parse("f", longer, sizeof(longer), node_subscribers_table, &table, error),
			IUPLUS_ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(error, "f:1: the line has 1100 octets; at most 1023");
	close(fd);
	unlink(path);
}

/* Any octets are safe: every prefix of a good file, and the file with each octet changed. */
static void test_any_octets(void)
{
	static struct node_rnc_settings s;
	char error[NODE_CONF_ERROR], text[sizeof(good_rnc)];
	for (size_t len = 0; len < sizeof(good_rnc); len++)
		node_conf_parse("f", good_rnc, len, node_rnc_table, &s, error);
	for (size_t i = 0; i + 1 < sizeof(good_rnc); i++)
		for (unsigned v = 0; v < 256; v += 5) {
			memcpy(text, good_rnc, sizeof(text));
			text[i] = (char)v;
			node_rnc_defaults(&s);
			int rc = node_conf_parse("f", text, sizeof(text) - 1, node_rnc_table, &s, error);
			if (rc != 0 && rc != IUPLUS_ERR_SYNTAX)
				CU_FAIL("a code other than success or syntax");
		}
	/* too many labelled sections */
	char *many = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&many, &len);
	fputs("rnc-id 1\n", out);
	for (int i = 0; i <= NODE_MAX_RNCS; i++)
		fprintf(out, "[neighbour %d]\ncell-id 1\n", i + 2);
	fclose(out);
	CU_ASSERT_EQUAL(node_conf_parse("f", many, len, node_rnc_table, &s, error), IUPLUS_ERR_SYNTAX);
	CU_ASSERT_STRING_EQUAL(error, "f:66: too many sections [neighbour]; at most 32");
	free(many);
}

/* Each key of a table, with "-" escaped, is a word of a line in bold of the man page. */
static unsigned missing_in(const char *page, const struct node_conf_section *table)
{
	const char *srcdir = getenv("srcdir");
	static char text[65536];
	char path[512], word[64];
	unsigned missing = 0;
	snprintf(path, sizeof(path), "%s/doc/%s", srcdir ? srcdir : ".", page);
	FILE *in = fopen(path, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	text[fread(text, 1, sizeof(text) - 1, in)] = '\0';
	fclose(in);
	for (; table->name; table++)
		for (const struct node_conf_key *key = table->keys; key->name; key++) {
			size_t n = 0;
			for (const char *c = key->name; *c && n < sizeof(word) - 2; c++) {
				if (*c == '-')
					word[n++] = '\\';
				word[n++] = *c;
			}
			word[n] = '\0';
			bool found = false;
			for (const char *line = strstr(text, "\n.B"); line && !found; line = strstr(line + 1, "\n.B")) {
				const char *end = strchr(line + 1, '\n'), *at = strstr(line, word);
				for (; at && at < end && !found; at = strstr(at + 1, word))
					found = at[-1] == ' ' && (at[n] == ' ' || at[n] == '\n');
			}
			if (!found) {
				printf("\ndoc/%s has no key '%s' of [%s]\n", page, key->name, table->name);
				missing++;
			}
		}
	return missing;
}

static void test_documented(void)
{
	CU_ASSERT_EQUAL(missing_in("iuplus-rnc.1", node_rnc_table), 0);
	CU_ASSERT_EQUAL(missing_in("iuplus-sgsn.1", node_sgsn_table), 0);
	CU_ASSERT_EQUAL(missing_in("iuplus-ue.1", node_ue_table), 0);
}

static void test_to_machines(void)
{
	static struct node_rnc_settings s;
	static struct node_sgsn_settings g;
	static struct node_ue_settings u;
	struct iuplus_rnc_config rnc;
	struct iuplus_cn_config cn;
	struct iuplus_cn_rnc list[NODE_MAX_RNCS];
	struct iuplus_ue_rrc_config rrc;
	struct iuplus_ue_nas_config nas;
	char error[NODE_CONF_ERROR];
	const char *why = NULL;
	node_rnc_defaults(&s);
	CU_ASSERT_EQUAL_FATAL(node_conf_parse("good", good_rnc, strlen(good_rnc), node_rnc_table, &s, error), 0);
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), 0);
	CU_ASSERT_TRUE(rnc.enhanced && rnc.rnc_id == 1 && rnc.scrambling_code == 101 && rnc.cell_id == 1001);
	CU_ASSERT_TRUE(rnc.algorithms.uia_count == 1 && rnc.algorithms.uia[0] == 2 && rnc.algorithms.uea_count == 2 &&
		       rnc.algorithms.uea[0] == 0 && rnc.algorithms.uea[1] == 2);
	CU_ASSERT_EQUAL(rnc.ms[IUPLUS_RNC_TRELOCPREP], 5000);
	s.neighbour[0].rnc_id = 1;
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_STRING_EQUAL(why, "a [neighbour] has the RNC's own rnc-id; every RNC needs its own");

	/* the SGSN by its address, or over transfer points */
	s.neighbour[0].rnc_id = 2;
	s.stp_count = 1;
	s.stp[0].address = s.sgsn.address;
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_STRING_EQUAL(why,
			       "[sgsn] has an address, and there is an [stp]; the SGSN is reached over one of them");
	s.sgsn.address.host[0] = '\0';
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), 0);
	s.stp[0].role = NODE_SCTP_SERVER;
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_STRING_EQUAL(
		why, "an [stp] has sctp-role server; then address in [iu] needs a port, where this RNC listens");
	s.address.port = 2905;
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), 0);
	s.stp_count = 2;
	s.stp[1] = s.stp[0];
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_STRING_EQUAL(why, "two [stp] sections have one address; every transfer point needs its own");
	s.stp[1].address.port = 0;
	s.stp[1].role = NODE_SCTP_CLIENT;
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_STRING_EQUAL(why,
			       "an [stp] address has port 0; only with sctp-role server may it come from any port");
	s.stp_count = 0;
	CU_ASSERT_EQUAL(node_rnc_config(&s, &rnc, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_STRING_EQUAL(why,
			       "[sgsn] has no address; without an [stp] the SGSN's own address and port are required");

	node_sgsn_defaults(&g);
	strcpy(g.network.mcc, "001");
	strcpy(g.network.mnc, "01");
	g.rnc_count = 2;
	g.rnc[0].point_code = g.rnc[1].point_code = 11;
	g.rnc[1].rnc_id = 1;
	CU_ASSERT_EQUAL(node_sgsn_config(&g, &cn, list, &why), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_STRING_EQUAL(why, "two [rnc] sections have one point-code; every RNC needs its own");
	g.rnc[1].point_code = 12;
	CU_ASSERT_EQUAL(node_sgsn_config(&g, &cn, list, &why), 0);
	CU_ASSERT_TRUE(cn.link.rnc_count == 2 && cn.link.rnc[1].peer == 12 && cn.link.enhanced && cn.gmm.reallocate);

	node_ue_defaults(&u);
	strcpy(u.network.mcc, "001");
	strcpy(u.network.mnc, "01");
	strcpy(u.usim.imsi, "001010000000009");
	strcpy(u.imei, "490154203237518");
	strcpy(u.imeisv, "4901542032375123");
	CU_ASSERT_EQUAL(node_ue_config(&u, &rrc, &nas, &why), 0);
	CU_ASSERT_TRUE(!rrc.enhanced && !rrc.enhanced_capability);
	CU_ASSERT_STRING_EQUAL(nas.imei, u.imei);
	CU_ASSERT_STRING_EQUAL(nas.imeisv, u.imeisv);
	u.enhanced_security = NODE_UE_PREFER + IUPLUS_UE_REQUIRE_EVERYWHERE;
	u.cell_count = 1;
	u.cell[0].scrambling_code = 7;
	CU_ASSERT_EQUAL(node_ue_config(&u, &rrc, &nas, &why), 0);
	CU_ASSERT_EQUAL(rrc.policy, IUPLUS_UE_REQUIRE_EVERYWHERE);
	CU_ASSERT_TRUE(rrc.enhanced && rrc.enhanced_capability && rrc.imsi_digits == 15 && rrc.imsi[14] == 9);
	CU_ASSERT_TRUE(rrc.cell_count == 1 && rrc.cell[0] == 7);
	CU_ASSERT_STRING_EQUAL(nas.imsi, "001010000000009");
}

IUPLUS_CUNIT_MAIN("configuration files", { "reads the values of a file", test_reads },
		  { "print, parse, compare", test_print_parse_compare },
		  { "rejects errors and says what is expected", test_refuses }, { "hides keys", test_hides_keys },
		  { "files", test_files }, { "any octets", test_any_octets }, { "to the machines", test_to_machines },
		  { "each key is in the man page", test_documented })
