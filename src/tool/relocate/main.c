/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c: iuplus-relocate, which runs a phone, two RNCs and an SGSN through an SRNS relocation and verifies it. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "src/tool/relocate/run.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <iuplus/security.h>

#include "src/node/node.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

static const char *const kind_words[] = { "legacy", "enhanced", NULL };
#define WORD_OF(id, word, what) word,
const char *const run_fault_words[] = { RUN_FAULTS(WORD_OF) NULL };
#undef WORD_OF
/* The step at which each fault occurs unless --fault gives another one. */
static const enum iuplus_proc_step fault_steps[] = {
	[RUN_FAULT_TAMPER_SMC] = IUPLUS_STEP_UE_COMMANDED,
	[RUN_FAULT_KILL_TARGET] = IUPLUS_STEP_RESOURCES_ALLOCATED,
	[RUN_FAULT_KILL_SGSN] = IUPLUS_STEP_COMMANDED,
};
_Static_assert(sizeof(fault_steps) / sizeof(fault_steps[0]) == sizeof(run_fault_words) / sizeof(run_fault_words[0]) - 1,
	       "every fault has its step");

static const char program[] = "iuplus-relocate";

static void usage(FILE *out)
{
	fprintf(out,
		"usage: %s [OPTIONS]\n"
		"Relocates a phone from a source RNC to a target RNC over Iu and Uu, with the core network and\n"
		"the phone as separate processes, and verifies steps, MACs and keys by FIG. 9 and FIG. 7.\n\n"
		"  --ue KIND, --source KIND, --target KIND\n"
		"                     legacy|enhanced (default: an enhanced phone from a legacy to an enhanced RNC)\n"
		"  --aka WHEN         auto|always|never: authentication before the enhanced keys (auto)\n"
		"  --integrity ALG    uia1|uia2 (uia2)\n"
		"  --encryption ALG   uea0|uea1|uea2 (uea2)\n"
		"  --sctp BACKEND     auto|kernel|usrsctp (auto)\n"
		"  --out DIR          keep capture, ladders, logs and configuration files there\n"
		"  --json             print the verdict as one JSON object, and nothing else\n"
		"  --quiet            print the verdict, not the ladder\n"
		"  --keylog FILE      append every key with its context (off by default)\n"
		"  --gsmtap HOST[:PORT]\n"
		"                     send a copy of every RRC message there as GSMTAP, for a live view in Wireshark\n"
		"  --subscribers FILE take K, OPc and SQN from a table: the first subscriber's, or those of --imsi\n"
		"  --imsi DIGITS, --k HEX, --opc HEX, --sqn N\n"
		"                     the subscriber (a test subscriber)\n"
		"  --usim-sqn N       the SQN that the phone starts with (0); above the network's it resynchronises\n"
		"  --timeout S        give up after S seconds (30)\n"
		"  --log-level LEVEL  of the nodes: error|notice|info|debug (info)\n"
		"  --fault FAULT      for tests: wrong-k|tamper-smc|kill-target|kill-sgsn, at another step with @STEP\n"
		"  -h, --help\n"
		"  -V, --version\n\n"
		"Exit status: 0 pass, 1 fail, 64 usage, 66 unreadable input, 69 SCTP not available,\n"
		"73 output cannot be created, 78 invalid subscriber table.\n",
		program);
}

/* ---- options ---- */

enum {
	OPT_UE = 256,
	OPT_SOURCE,
	OPT_TARGET,
	OPT_AKA,
	OPT_INTEGRITY,
	OPT_ENCRYPTION,
	OPT_SCTP,
	OPT_OUT,
	OPT_JSON,
	OPT_QUIET,
	OPT_KEYLOG,
	OPT_SUBSCRIBERS,
	OPT_IMSI,
	OPT_K,
	OPT_OPC,
	OPT_SQN,
	OPT_USIM_SQN,
	OPT_TIMEOUT,
	OPT_LEVEL,
	OPT_FAULT,
	OPT_GSMTAP
};
static const struct option long_options[] = {
	{ "ue", required_argument, NULL, OPT_UE },
	{ "source", required_argument, NULL, OPT_SOURCE },
	{ "target", required_argument, NULL, OPT_TARGET },
	{ "aka", required_argument, NULL, OPT_AKA },
	{ "integrity", required_argument, NULL, OPT_INTEGRITY },
	{ "encryption", required_argument, NULL, OPT_ENCRYPTION },
	{ "sctp", required_argument, NULL, OPT_SCTP },
	{ "out", required_argument, NULL, OPT_OUT },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "quiet", no_argument, NULL, OPT_QUIET },
	{ "keylog", required_argument, NULL, OPT_KEYLOG },
	{ "subscribers", required_argument, NULL, OPT_SUBSCRIBERS },
	{ "imsi", required_argument, NULL, OPT_IMSI },
	{ "k", required_argument, NULL, OPT_K },
	{ "opc", required_argument, NULL, OPT_OPC },
	{ "sqn", required_argument, NULL, OPT_SQN },
	{ "usim-sqn", required_argument, NULL, OPT_USIM_SQN },
	{ "timeout", required_argument, NULL, OPT_TIMEOUT },
	{ "log-level", required_argument, NULL, OPT_LEVEL },
	{ "fault", required_argument, NULL, OPT_FAULT },
	{ "gsmtap", required_argument, NULL, OPT_GSMTAP },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

static int value(const struct node_conf_key *key, const char *text, void *out)
{
	char right[NODE_CONF_ERROR];
	if (!node_conf_value(key, text, out, right))
		return 0;
	/* a value that may be a key is not repeated */
	if (key->type == NODE_CONF_HEX)
		fprintf(stderr, "%s: --%s is wrong; it takes %s\n", program, key->name, right);
	else
		fprintf(stderr, "%s: --%s cannot be '%s'; it takes %s\n", program, key->name, text, right);
	return NODE_EXIT_USAGE;
}

static int word(const char *option, const char *const *words, const char *text, int *out)
{
	const struct node_conf_key key = { option, NODE_CONF_WORD, 0, false, 0, 0, words };
	return value(&key, text, out);
}

static int fault(struct run_options *o, const char *text)
{
	char name[32];
	size_t len = strcspn(text, "@");
	snprintf(name, sizeof(name), "%.*s", (int)len, text);
	int rc = word("fault", run_fault_words, name, &o->fault);
	if (rc)
		return rc;
	o->fault_step = fault_steps[o->fault];
	if (!text[len])
		return 0;
	if (o->fault_step == IUPLUS_STEP_NONE) {
		fprintf(stderr, "%s: --fault %s takes no step\n", program, name);
		return NODE_EXIT_USAGE;
	}
	o->fault_step = step_find(STEP_FIG_9, text + len + 1);
	if (o->fault_step == IUPLUS_STEP_NONE) {
		fprintf(stderr, "%s: --fault cannot be '%s'; after @ it takes a step of FIG. %u, %s to %s\n", program,
			text, step_figure_number(STEP_FIG_9), step_number(STEP_FIG_9, IUPLUS_STEP_NONE + 1),
			step_number(STEP_FIG_9, IUPLUS_STEP_COUNT - 1));
		return NODE_EXIT_USAGE;
	}
	return 0;
}

/* Options given in addition to a subscriber table. */
struct given {
	const char *table;
	bool imsi, k, opc, sqn;
};

static int take_option(struct run_options *o, struct given *given, int option, char *text)
{
	static const struct node_conf_key imsi = { "imsi", NODE_CONF_DIGITS, 0, false, 8, 15, NULL };
	static const struct node_conf_key k = { "k", NODE_CONF_HEX, 0, false, 0, 16, NULL };
	static const struct node_conf_key opc = { "opc", NODE_CONF_HEX, 0, false, 0, 16, NULL };
	static const struct node_conf_key sqn = { "sqn", NODE_CONF_UINT64, 0, false, 0, IUPLUS_SECURITY_SQN_MAX, NULL };
	static const struct node_conf_key usim_sqn = { "usim-sqn", NODE_CONF_UINT64,        0,   false,
						       0,          IUPLUS_SECURITY_SQN_MAX, NULL };
	static const struct node_conf_key timeout = { "timeout", NODE_CONF_UINT, 0, false, 1, 3600, NULL };
	struct node_conf_addr gsmtap;
	int rc;
	switch (option) {
	case OPT_UE:
		return word("ue", kind_words, text, &o->kind[STORY_UE]);
	case OPT_SOURCE:
		return word("source", kind_words, text, &o->kind[STORY_SOURCE]);
	case OPT_TARGET:
		return word("target", kind_words, text, &o->kind[STORY_TARGET]);
	case OPT_AKA:
		return word("aka", node_aka_words, text, &o->aka);
	case OPT_INTEGRITY:
		rc = word("integrity", node_uia_words, text, &o->integrity);
		o->integrity += NODE_UIA_FIRST;
		return rc;
	case OPT_ENCRYPTION:
		return word("encryption", node_uea_words, text, &o->encryption);
	case OPT_SCTP:
		return word("sctp", node_sctp_words, text, &o->sctp);
	case OPT_OUT:
		o->out = text;
		return 0;
	case OPT_JSON:
		o->json = true;
		return 0;
	case OPT_QUIET:
		o->quiet = true;
		return 0;
	case OPT_KEYLOG:
		o->keylog = text;
		return 0;
	case OPT_GSMTAP:
		if (node_gsmtap_address(text, &gsmtap)) {
			fprintf(stderr, "%s: --gsmtap cannot be '%s'; it takes %s\n", program, text, node_gsmtap_right);
			return NODE_EXIT_USAGE;
		}
		o->gsmtap = text;
		return 0;
	case OPT_SUBSCRIBERS:
		given->table = text;
		return 0;
	case OPT_IMSI:
		given->imsi = true;
		return value(&imsi, text, o->subscriber.imsi);
	case OPT_K:
		given->k = true;
		rc = value(&k, text, o->subscriber.k);
		/* hide it from process listings */
		iuplus_security_wipe(text, strlen(text));
		return rc;
	case OPT_OPC:
		given->opc = true;
		rc = value(&opc, text, o->subscriber.opc);
		iuplus_security_wipe(text, strlen(text));
		return rc;
	case OPT_SQN:
		given->sqn = true;
		return value(&sqn, text, &o->subscriber.sqn);
	case OPT_USIM_SQN:
		return value(&usim_sqn, text, &o->usim_sqn);
	case OPT_TIMEOUT:
		return value(&timeout, text, &o->timeout_s);
	case OPT_LEVEL:
		return word("log-level", node_log_levels, text, &o->log_level);
	case OPT_FAULT:
		return fault(o, text);
	default:
		return NODE_EXIT_USAGE;
	}
}

/* Reads the subscriber from a table. */
static int look_up(struct run_options *o, const struct given *given)
{
	char error[NODE_CONF_ERROR];
	struct node_subscribers_settings *table = calloc(1, sizeof(*table));
	if (!table)
		return NODE_EXIT_OS;
	for (unsigned i = 0; i < NODE_MAX_SUBSCRIBERS; i++)
		table->list[i].amf[0] = 0x80;
	int rc = node_conf_read(given->table, node_subscribers_table, table, error);
	if (rc) {
		fprintf(stderr, "%s: %s\n", program, error);
		rc = rc == IUPLUS_ERR_IO ? NODE_EXIT_NO_INPUT : NODE_EXIT_CONFIG;
	} else {
		unsigned i = 0;
		while (given->imsi && i < table->count && strcmp(table->list[i].imsi, o->subscriber.imsi))
			i++;
		if (i < table->count) {
			uint64_t sqn = o->subscriber.sqn;
			o->subscriber = table->list[i];
			if (given->sqn)
				o->subscriber.sqn = sqn;
		} else {
			fprintf(stderr, "%s: %s: no subscriber %s; give an IMSI that is in the table\n", program,
				given->table, o->subscriber.imsi);
			rc = NODE_EXIT_CONFIG;
		}
	}
	iuplus_security_wipe(table, sizeof(*table));
	free(table);
	return rc;
}

static void defaults(struct run_options *o)
{
	/* TS 35.208 test set 1's K and OPc, for a subscriber of the test network 001-01 */
	static const struct node_subscriber_settings test = {
		.imsi = "001010000000001",
		.k = { 0x46, 0x5b, 0x5c, 0xe8, 0xb1, 0x99, 0xb4, 0x9f, 0xaa, 0x5f, 0x0a, 0x2e, 0xe2, 0x38, 0xa6, 0xbc },
		.opc = { 0xcd, 0x63, 0xcb, 0x71, 0x95, 0x4a, 0x9f, 0x4e, 0x48, 0xa5, 0x99, 0x4e, 0x37, 0xa0, 0x2b,
			 0xaf },
		.amf = { 0x80, 0x00 },
		.sqn = 0x20,
	};
	memset(o, 0, sizeof(*o));
	o->kind[STORY_UE] = o->kind[STORY_TARGET] = o->kind[STORY_SGSN] = 1;
	o->integrity = o->encryption = 2;
	o->subscriber = test;
	o->timeout_s = 30;
	o->log_level = NODE_LOG_INFO;
}

/* Returns -1 to continue, otherwise the exit status. */
static int read_options(struct run_options *o, int argc, char **argv)
{
	struct given given = { 0 };
	int c, rc = 0;
	defaults(o);
	argv[0] = (char *)(uintptr_t)program;
	while (!rc && (c = getopt_long(argc, argv, "hV", long_options, NULL)) != -1) {
		if (c == 'h') {
			usage(stdout);
			return fflush(stdout) ? NODE_EXIT_FAILED : NODE_EXIT_OK;
		}
		if (c == 'V') {
			printf("%s (iuplus) %s\n", program, PACKAGE_VERSION);
			return fflush(stdout) ? NODE_EXIT_FAILED : NODE_EXIT_OK;
		}
		rc = c == '?' ? NODE_EXIT_USAGE : take_option(o, &given, c, optarg);
	}
	if (!rc && optind < argc) {
		fprintf(stderr, "%s: unexpected argument '%s'\n", program, argv[optind]);
		rc = NODE_EXIT_USAGE;
	}
	if (!rc && given.table && (given.k || given.opc)) {
		fprintf(stderr, "%s: --subscribers has K and OPc; leave out --k and --opc\n", program);
		rc = NODE_EXIT_USAGE;
	}
	if (!rc && given.k != given.opc) {
		fprintf(stderr, "%s: --k and --opc must be given together\n", program);
		rc = NODE_EXIT_USAGE;
	}
	if (rc) {
		fprintf(stderr, "Try '%s --help'.\n", program);
		return rc;
	}
	rc = given.table ? look_up(o, &given) : 0;
	return rc ? rc : -1;
}

/* ---- the other programs: in the directory of this one ---- */

static int find_programs(char *dir, size_t size)
{
	char probe[4096 + 64];
	ssize_t n = readlink("/proc/self/exe", dir, size - 1);
	if (n <= 0) {
		fprintf(stderr, "%s: /proc/self/exe cannot be read: %s\n", program, strerror(errno));
		return NODE_EXIT_OS;
	}
	dir[n] = 0;
	char *slash = strrchr(dir, '/');
	*(slash ? slash : dir) = 0;
	/* In the build tree libtool keeps the real programs in .libs, where they find the library like this one. A
	 * program that is not there yet is created by its wrapper script one level up. */
	snprintf(probe, sizeof(probe), "%s/iuplus-rnc", dir);
	size_t len = strlen(dir);
	if (access(probe, X_OK) && len > 6 && !strcmp(dir + len - 6, "/.libs"))
		dir[len - 6] = 0;
	snprintf(probe, sizeof(probe), "%s/iuplus-rnc", dir);
	if (access(probe, X_OK)) {
		fprintf(stderr, "%s: %s: %s; the programs must be in one directory\n", program, probe, strerror(errno));
		return NODE_EXIT_UNAVAILABLE;
	}
	return 0;
}

/* The name is also valid for the children, which share the working directory. An existing key log of an earlier run is
 * replaced. */
static int prepare_keylog(const char *path)
{
	if (!path)
		return 0;
	if (unlink(path) && errno != ENOENT) {
		fprintf(stderr, "%s: %s: %s\n", program, path, strerror(errno));
		return NODE_EXIT_CANNOT_CREATE;
	}
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		fprintf(stderr, "%s: %s: %s\n", program, path, strerror(errno));
		return NODE_EXIT_CANNOT_CREATE;
	}
	close(fd);
	return 0;
}

/* Pipes must not become descriptors 0 to 2 if the caller closed some of them. */
static void fill_standard_streams(void)
{
	int fd;
	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
}

static bool want_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	return isatty(STDOUT_FILENO) && !(no && no[0]) && !(term && !strcmp(term, "dumb"));
}

static bool save_json(const struct run *run, bool pass)
{
	char path[4096 + 64];
	FILE *file = fopen(run_path(run, "result.json", path), "we");
	if (!file)
		return false;
	report_json(file, run, pass);
	bool good = !ferror(file);
	return !fclose(file) && good;
}

static int report(struct run *run, bool pass)
{
	int files = report_files(run);
	bool saved = save_json(run, pass && !files);
	if (files || !saved) {
		pass = false;
		if (!run->reason[0])
			snprintf(run->reason, sizeof(run->reason), "not all output files could be written");
	}
	if (run->options.json) {
		report_json(stdout, run, pass);
	} else {
		report_text(stdout, run, pass);
		if (!run->temporary)
			printf("\nIn %s: iuplus.pcapng (Wireshark), ladder.svg, ladder.txt, ladder.mmd, ladder.msc,\n"
			       "result.json, and logs, events and configuration of every node\n",
			       run->dir);
		else if (!pass && !run->exit)
			printf("\nFiles kept in: %s\n", run->dir);
	}
	if (fflush(stdout) || ferror(stdout))
		return NODE_EXIT_FAILED;
	return pass ? NODE_EXIT_OK : files ? files : run->exit ? run->exit : NODE_EXIT_FAILED;
}

int main(int argc, char **argv)
{
	static struct run run;
	static char programs[4096];
	fill_standard_streams();
	int rc = read_options(&run.options, argc, argv);
	if (rc < 0)
		rc = find_programs(programs, sizeof(programs));
	if (!rc && programs[0])
		rc = prepare_keylog(run.options.keylog);
	if (rc || !programs[0]) {
		iuplus_security_wipe(&run.options.subscriber, sizeof(run.options.subscriber));
		return rc;
	}
	run.options.programs = programs;
	run.options.colour = !run.options.json && want_colour();
	for (int i = 0; i < STORY_NODE_COUNT; i++)
		run.story.enhanced[i] = run.options.kind[i];
	run.story.uia = (unsigned)run.options.integrity;
	run.story.uea = (unsigned)run.options.encryption;
	run_catch_signals();
	rc = run_prepare(&run);
	if (!rc)
		rc = run_configure(&run);
	iuplus_security_wipe(&run.options.subscriber, sizeof(run.options.subscriber));
	if (rc) {
		fprintf(stderr, "%s: %s\n", program, run.reason);
		if (run.options.json)
			report_json(stdout, &run, false);
		run_finish(&run, false);
		return rc;
	}
	run_drive(&run);
	run_end_children(&run);
	bool pass = run_judge(&run);
	rc = report(&run, pass);
	run_finish(&run, !pass && !run.exit);
	return run_interrupted() ? 128 + 2 : rc;
}
