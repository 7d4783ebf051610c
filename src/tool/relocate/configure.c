/* SPDX-License-Identifier: BSD-2-Clause */
/* configure.c: the configuration files of one run. */
#include "src/tool/relocate/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <iuplus/security.h>

#include "src/node/node.h"

#define SGSN_POINT_CODE 1
#define SOURCE_POINT_CODE 11
#define TARGET_POINT_CODE 12
#define SOURCE_ID 1
#define TARGET_ID 2
#define SOURCE_CELL 1001
#define TARGET_CELL 2001
#define SOURCE_CODE 101 /* primary scrambling codes */
#define TARGET_CODE 102
#define LAC 1
#define RAC 1

static const char mcc[] = "001", mnc[] = "01";

/* Timers of a run with an injected fault: shorter than the values of the standards, so that it ends soon, but in the
 * same order. Timers not listed here keep their values. */
static const struct {
	unsigned timer;
	uint32_t ms;
} sgsn_fault_timers[] = {
	{ IUPLUS_CN_TRELOCALLOC, 1000 }, { IUPLUS_CN_TRELOCCOMPLETE, 2500 }, { IUPLUS_CN_TSECURITY, 1500 },
	{ IUPLUS_CN_TRELEASE, 1000 },
}, rnc_fault_timers[] = {
	{ IUPLUS_RNC_TRELOCPREP, 1500 }, { IUPLUS_RNC_TRELOCOVERALL, 2500 }, { IUPLUS_RNC_T_SECURITY, 1000 },
	{ IUPLUS_RNC_T_ARRIVAL, 1500 }, { IUPLUS_RNC_T_RELEASE, 500 }, { IUPLUS_RNC_T_CONNECT, 1000 },
}, ue_fault_timers[] = {
	{ IUPLUS_UE_T308, 300 }, { IUPLUS_UE_T_ARRIVAL, 1000 },
};

static int write_file(struct run *run, const char *name, const struct node_conf_section *table, const void *settings)
{
	char path[4096 + 64];
	run_path(run, name, path);
	/* create a new file: an old one would keep its mode, and some contain keys */
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	bool good = file;
	if (file) {
		setvbuf(file, NULL, _IONBF, 0);
		good = !node_conf_print(file, table, settings);
		good &= !fclose(file);
	}
	if (!good) {
		snprintf(run->reason, sizeof(run->reason), "%.180s: %s", path, strerror(errno));
		return NODE_EXIT_CANNOT_CREATE;
	}
	return 0;
}

/* Each node has an address of its own on the loopback, so that a capture identifies the nodes. */
static struct node_conf_addr loopback(enum story_node node, uint16_t port)
{
	static const char *const hosts[STORY_NODE_COUNT] = { "127.0.0.4", "127.0.0.2", "127.0.0.3", "127.0.0.1" };
	struct node_conf_addr addr = { .port = port };
	strcpy(addr.host, hosts[node]);
	return addr;
}

static void network(struct node_network_settings *settings, bool area)
{
	strcpy(settings->mcc, mcc);
	strcpy(settings->mnc, mnc);
	settings->lac = area ? LAC : 0;
	settings->rac = area ? RAC : 0;
	settings->sac = area ? 1 : 0;
}

static void test_settings(const struct run *run, enum story_node node, struct node_test_settings *test)
{
	const struct run_options *o = &run->options;
	if ((o->fault == RUN_FAULT_KILL_TARGET && node == STORY_TARGET) ||
	    (o->fault == RUN_FAULT_KILL_SGSN && node == STORY_SGSN))
		test->die_at_step = (int)o->fault_step;
	if (o->fault == RUN_FAULT_TAMPER_SMC && node == STORY_TARGET)
		test->tamper_at_step = (int)o->fault_step;
}

/* Only the requested algorithm: a run that selects another one must fail, not pass by chance. */
static void algorithms(const struct run *run, struct node_algorithm_settings *settings)
{
	settings->uia = (struct node_conf_list){ 1, { run->options.integrity } };
	settings->uea = (struct node_conf_list){ 1, { run->options.encryption } };
}

/* A killed process is detected within about a second. */
static const struct node_sctp_settings fault_sctp = { .heartbeat_ms = 200, .rto_max_ms = 300 };

#define FAULT_TIMERS(run, list, out) \
	for (size_t i = 0; (run)->options.fault != RUN_FAULT_NONE && i < sizeof(list) / sizeof(list[0]); i++) \
	(out)[(list)[i].timer] = (list)[i].ms

static int sgsn_files(struct run *run)
{
	struct node_sgsn_settings *s = calloc(1, sizeof(*s));
	struct node_subscribers_settings *table = calloc(1, sizeof(*table));
	int rc = NODE_EXIT_OS;
	if (s && table) {
		node_sgsn_defaults(s);
		strcpy(s->node.name, story_names[STORY_SGSN]);
		s->node.log_level = run->options.log_level;
		strcpy(s->subscribers, "subscribers.conf");
		network(&s->network, true);
		s->iu.sctp = run->options.sctp;
		s->listen = loopback(STORY_SGSN, run->port[0]);
		s->iu.point_code = SGSN_POINT_CODE;
		if (run->options.fault != RUN_FAULT_NONE)
			s->iu.timing = fault_sctp;
		s->security.aka = run->options.aka;
		algorithms(run, &s->algorithms);
		FAULT_TIMERS(run, sgsn_fault_timers, s->timer_ms);
		test_settings(run, STORY_SGSN, &s->test);
		s->rnc_count = 2;
		for (int i = 0; i < 2; i++) {
			enum story_node node = i ? STORY_TARGET : STORY_SOURCE;
			s->rnc[i].rnc_id = i ? TARGET_ID : SOURCE_ID;
			strcpy(s->rnc[i].name, story_names[node]);
			s->rnc[i].point_code = i ? TARGET_POINT_CODE : SOURCE_POINT_CODE;
			s->rnc[i].capability =
				run->options.kind[node] ? IUPLUS_CN_CAPABILITY_ENHANCED : IUPLUS_CN_CAPABILITY_LEGACY;
		}
		table->count = 1;
		table->list[0] = run->options.subscriber;
		rc = write_file(run, "sgsn.conf", node_sgsn_table, s);
		if (!rc)
			rc = write_file(run, "subscribers.conf", node_subscribers_table, table);
		/* the SQN of this run are the table's, not those of an earlier run */
		char sqn[4096 + 64];
		run_path(run, "subscribers.conf.sqn", sqn);
		unlink(sqn);
		iuplus_security_wipe(table, sizeof(*table));
	}
	free(s);
	free(table);
	return rc;
}

static int rnc_file(struct run *run, enum story_node node)
{
	struct node_rnc_settings *s = calloc(1, sizeof(*s));
	bool target = node == STORY_TARGET;
	if (!s)
		return NODE_EXIT_OS;
	node_rnc_defaults(s);
	strcpy(s->node.name, story_names[node]);
	s->node.log_level = run->options.log_level;
	s->rnc_id = target ? TARGET_ID : SOURCE_ID;
	s->enhanced = run->options.kind[node];
	network(&s->network, true);
	s->cell.listen = loopback(node, run->port[target ? 2 : 1]);
	s->address = loopback(node, 0);
	s->cell.cell_id = target ? TARGET_CELL : SOURCE_CELL;
	s->cell.scrambling_code = target ? TARGET_CODE : SOURCE_CODE;
	s->iu.sctp = run->options.sctp;
	s->iu.point_code = target ? TARGET_POINT_CODE : SOURCE_POINT_CODE;
	if (run->options.fault != RUN_FAULT_NONE)
		s->iu.timing = fault_sctp;
	strcpy(s->sgsn.name, story_names[STORY_SGSN]);
	s->sgsn.address = loopback(STORY_SGSN, run->port[0]);
	s->sgsn.point_code = SGSN_POINT_CODE;
	FAULT_TIMERS(run, rnc_fault_timers, s->timer_ms);
	test_settings(run, node, &s->test);
	s->neighbour_count = 1;
	s->neighbour[0].rnc_id = target ? SOURCE_ID : TARGET_ID;
	strcpy(s->neighbour[0].name, story_names[target ? STORY_SOURCE : STORY_TARGET]);
	s->neighbour[0].cell_id = target ? SOURCE_CELL : TARGET_CELL;
	s->neighbour[0].lac = LAC;
	s->neighbour[0].rac = RAC;
	int rc = write_file(run, target ? "target-rnc.conf" : "source-rnc.conf", node_rnc_table, s);
	free(s);
	return rc;
}

static int ue_file(struct run *run)
{
	struct node_ue_settings *s = calloc(1, sizeof(*s));
	if (!s)
		return NODE_EXIT_OS;
	node_ue_defaults(s);
	strcpy(s->node.name, story_names[STORY_UE]);
	s->node.log_level = run->options.log_level;
	s->enhanced_security = run->options.kind[STORY_UE] ? NODE_UE_PREFER : NODE_UE_OFF;
	s->address = loopback(STORY_UE, 0);
	s->usim = run->options.subscriber;
	s->usim.sqn = run->options.usim_sqn;
	if (run->options.fault == RUN_FAULT_WRONG_K)
		s->usim.k[0] ^= 0xff;
	network(&s->network, false);
	FAULT_TIMERS(run, ue_fault_timers, s->rrc_timer_ms);
	test_settings(run, STORY_UE, &s->test);
	s->cell_count = 2;
	for (int i = 0; i < 2; i++) {
		s->cell[i].scrambling_code = i ? TARGET_CODE : SOURCE_CODE;
		strcpy(s->cell[i].rnc, story_names[i ? STORY_TARGET : STORY_SOURCE]);
		s->cell[i].address = loopback(i ? STORY_TARGET : STORY_SOURCE, run->port[i ? 2 : 1]);
	}
	int rc = write_file(run, "ue.conf", node_ue_table, s);
	iuplus_security_wipe(s, sizeof(*s));
	free(s);
	return rc;
}

int run_configure(struct run *run)
{
	int rc = sgsn_files(run);
	if (!rc)
		rc = rnc_file(run, STORY_SOURCE);
	if (!rc)
		rc = rnc_file(run, STORY_TARGET);
	if (!rc)
		rc = ue_file(run);
	if (rc == NODE_EXIT_OS)
		snprintf(run->reason, sizeof(run->reason), "no memory");
	return rc;
}
