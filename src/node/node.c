/* SPDX-License-Identifier: BSD-2-Clause */
/* node.c: the common part of the three programs (see node.h). */
#include "src/node/node.h"
#include "src/node/reload.h"
#include "src/node/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <unistd.h>

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

#define MAX_WORDS 8

static void usage(FILE *out, const struct node *node, const char *what, unsigned has)
{
	fprintf(out,
		"usage: %s --config FILE [OPTIONS]\n%s\n\n"
		"  -c, --config FILE      the configuration file; see %s(1)\n",
		node->program, what, node->program);
	if (has & NODE_HAS_IU)
		fputs("      --sctp BACKEND     auto|kernel|usrsctp; overrides the configuration\n", out);
	if (has & NODE_HAS_UU)
		fputs("      --gsmtap HOST[:PORT]\n"
		      "                         send a copy of every RRC message as GSMTAP, for a live view in Wireshark\n",
		      out);
	fputs("      --control          read orders from standard input, one per line; exit at its end\n"
	      "      --events FILE      write a line of JSON per message and step ('-': standard output)\n"
	      "      --capture FILE     write everything that is sent as pcapng\n"
	      "      --keylog FILE      append every key when it comes into use, to verify captures; off by default\n"
	      "      --log FILE         log to FILE instead of standard error\n"
	      "      --log-level LEVEL  error|notice|info|debug; overrides the configuration\n"
	      "      --print-config     print the effective configuration without keys, and exit\n"
	      "  -h, --help\n"
	      "  -V, --version\n",
	      out);
}

static int choose(const struct node *node, const char *option, const char *const *words, const char *value, int *out)
{
	char right[NODE_CONF_ERROR];
	const struct node_conf_key key = { option, NODE_CONF_WORD, 0, false, 0, 0, words };
	if (!node_conf_value(&key, value, out, right))
		return 0;
	fprintf(stderr, "%s: --%s cannot be '%s'; it takes %s\n", node->program, option, value, right);
	return NODE_EXIT_USAGE;
}

static int gsmtap(struct node *node, const char *value)
{
	if (!node_gsmtap_address(value, &node->options.gsmtap))
		return 0;
	fprintf(stderr, "%s: --gsmtap cannot be '%s'; it takes %s\n", node->program, value, node_gsmtap_right);
	return NODE_EXIT_USAGE;
}

static int not_here(const struct node *node, const char *option, const char *interface)
{
	fprintf(stderr, "%s: --%s is not an option of this program, which has no %s\n", node->program, option,
		interface);
	return NODE_EXIT_USAGE;
}

int node_options(struct node *node, int argc, char **argv, const char *what, unsigned has)
{
	enum {
		OPT_SCTP = 256,
		OPT_CONTROL,
		OPT_EVENTS,
		OPT_CAPTURE,
		OPT_KEYLOG,
		OPT_LOG,
		OPT_LEVEL,
		OPT_PRINT,
		OPT_GSMTAP
	};
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ "control", no_argument, NULL, OPT_CONTROL },
		{ "events", required_argument, NULL, OPT_EVENTS },
		{ "capture", required_argument, NULL, OPT_CAPTURE },
		{ "keylog", required_argument, NULL, OPT_KEYLOG },
		{ "log", required_argument, NULL, OPT_LOG },
		{ "log-level", required_argument, NULL, OPT_LEVEL },
		{ "print-config", no_argument, NULL, OPT_PRINT },
		{ "sctp", required_argument, NULL, OPT_SCTP },
		{ "gsmtap", required_argument, NULL, OPT_GSMTAP },
		{ NULL, 0, NULL, 0 }
	};
	struct node_options *o = &node->options;
	const char *slash = strrchr(argv[0], '/');
	node->program = slash ? slash + 1 : argv[0];
	/* libtool's wrapper runs .libs/lt-NAME */
	if (!strncmp(node->program, "lt-", 3))
		node->program += 3;
	if (node_secrets_protect()) {
		fprintf(stderr, "%s: the process cannot be protected: %s\n", node->program, strerror(errno));
		return NODE_EXIT_OS;
	}
	*o = (struct node_options){ .sctp = -1, .log_level = -1 };
	node->input_flags = -1;
	int c, rc = 0;
	/* messages name the program, not the path */
	argv[0] = (char *)(uintptr_t)node->program;
	while (!rc && (c = getopt_long(argc, argv, "c:hV", options, NULL)) != -1) {
		switch (c) {
		case 'c':
			o->config = optarg;
			break;
		case 'h':
			usage(stdout, node, what, has);
			return fflush(stdout) ? NODE_EXIT_FAILED : NODE_EXIT_OK;
		case 'V':
			printf("%s (iuplus) %s\n", node->program, PACKAGE_VERSION);
			return fflush(stdout) ? NODE_EXIT_FAILED : NODE_EXIT_OK;
		case OPT_CONTROL:
			o->control = true;
			break;
		case OPT_EVENTS:
			o->events = optarg;
			break;
		case OPT_CAPTURE:
			o->capture = optarg;
			break;
		case OPT_KEYLOG:
			o->keylog = optarg;
			break;
		case OPT_LOG:
			o->log = optarg;
			break;
		case OPT_LEVEL:
			rc = choose(node, "log-level", node_log_levels, optarg, &o->log_level);
			break;
		case OPT_PRINT:
			o->print_config = true;
			break;
		case OPT_SCTP:
			rc = has & NODE_HAS_IU ? choose(node, "sctp", node_sctp_words, optarg, &o->sctp) :
						 not_here(node, "sctp", "Iu");
			break;
		case OPT_GSMTAP:
			rc = has & NODE_HAS_UU ? gsmtap(node, optarg) : not_here(node, "gsmtap", "Uu");
			break;
		default:
			rc = NODE_EXIT_USAGE;
		}
	}
	if (!rc && optind < argc) {
		fprintf(stderr, "%s: unexpected argument '%s'\n", node->program, argv[optind]);
		rc = NODE_EXIT_USAGE;
	}
	if (!rc && !o->config) {
		fprintf(stderr, "%s: --config FILE is required\n", node->program);
		rc = NODE_EXIT_USAGE;
	}
	if (rc) {
		fprintf(stderr, "Try '%s --help'.\n", node->program);
		return rc;
	}
	return -1;
}

int node_configure(struct node *node, const struct node_conf_section *table, void *settings, size_t size)
{
	char error[NODE_CONF_ERROR];
	if (!node->options.print_config)
		node->reload = node_reload_new(table, settings, size);
	int rc = node_conf_read(node->options.config, table, settings, error);
	if (rc) {
		fprintf(stderr, "%s: %s\n", node->program, error);
		return rc == IUPLUS_ERR_IO ? NODE_EXIT_NO_INPUT : NODE_EXIT_CONFIG;
	}
	if (node->options.print_config)
		return node_conf_show(stdout, table, settings) ? NODE_EXIT_FAILED : NODE_EXIT_OK;
	return -1;
}

int node_misconfigured(const struct node *node, const char *file, const char *why)
{
	fprintf(stderr, "%s: %s: %s\n", node->program, file, why);
	return NODE_EXIT_CONFIG;
}

int node_start(struct node *node, const struct node_settings *settings)
{
	const struct node_options *o = &node->options;
	const char *failed;
	pid_t parent = getppid();
	enum node_log_level level = (enum node_log_level)(o->log_level >= 0 ? o->log_level : settings->log_level);
	if (node_log_open(settings->name, level, o->log)) {
		fprintf(stderr, "%s: %s: %s\n", node->program, o->log, strerror(errno));
		return NODE_EXIT_CANNOT_CREATE;
	}
	if (node_loop_init(&node->loop)) {
		fprintf(stderr, "%s: signals cannot be set up: %s\n", node->program, strerror(errno));
		return NODE_EXIT_OS;
	}
	/* the parent gives the orders; without it this process would never end */
	if (o->control && (prctl(PR_SET_PDEATHSIG, SIGTERM) || getppid() != parent))
		return NODE_EXIT_OS;
	if (node_trace_open(&node->trace, settings->name, o->events, o->capture, o->keylog, &failed)) {
		fprintf(stderr, "%s: %s: %s\n", node->program, failed, strerror(errno));
		node_trace_close(&node->trace);
		return NODE_EXIT_CANNOT_CREATE;
	}
	if (o->gsmtap.port && node_trace_gsmtap(&node->trace, o->gsmtap.host, o->gsmtap.port)) {
		fprintf(stderr, "%s: --gsmtap %s:%u: %s\n", node->program, o->gsmtap.host, o->gsmtap.port,
			strerror(errno));
		node_trace_close(&node->trace);
		return NODE_EXIT_OS;
	}
	iuplus_arena_init(&node->arena, 0);
	node->loop.hangup = node_reload;
	node->loop.hangup_user = node;
	return -1;
}

void node_stop(struct node *node)
{
	node->loop.stop = true;
}

static void take_line(struct node *node, char *line)
{
	char *word[MAX_WORDS], *save = NULL;
	unsigned words = 0;
	for (char *w = strtok_r(line, " \t\r", &save); w && words < MAX_WORDS; w = strtok_r(NULL, " \t\r", &save))
		word[words++] = w;
	if (!words)
		return;
	if (!strcmp(word[0], "quit"))
		node_stop(node);
	else
		node->order(node->order_user, word, words);
}

static void on_input(void *user, int fd)
{
	struct node *node = user;
	ssize_t n = read(fd, node->input + node->input_len, sizeof(node->input) - 1 - node->input_len);
	if (n <= 0) {
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			return;
		node_stop(node);
		return;
	}
	node->input_len += (size_t)n;
	char *end;
	while ((end = memchr(node->input, '\n', node->input_len))) {
		*end = 0;
		take_line(node, node->input);
		size_t used = (size_t)(end - node->input) + 1;
		memmove(node->input, node->input + used, node->input_len - used);
		node->input_len -= used;
	}
	if (node->input_len == sizeof(node->input) - 1) {
		node_log(NODE_LOG_NOTICE, "an order is longer than %zu octets and is discarded",
			 sizeof(node->input) - 1);
		node->input_len = 0;
	}
}

void node_take_orders(struct node *node, void (*order)(void *user, char *const *word, unsigned words), void *user)
{
	node->order = order;
	node->order_user = user;
	node->input_flags = fcntl(STDIN_FILENO, F_GETFL);
	if (node->options.control)
		node_loop_watch(&node->loop, STDIN_FILENO, on_input, node);
}

int node_run(struct node *node)
{
	int rc = node_loop_run(&node->loop);
	if (rc)
		node_log(NODE_LOG_INFO, "ended by signal %d", rc);
	return NODE_EXIT_OK;
}

void node_end(struct node *node)
{
	node_loop_end(&node->loop);
	/* restore the terminal for its shell */
	if (node->input_flags >= 0)
		fcntl(STDIN_FILENO, F_SETFL, node->input_flags);
	node_trace_close(&node->trace);
	iuplus_arena_free(&node->arena);
	node_reload_free(node->reload);
	node->reload = NULL;
}

void node_random(void *user, uint8_t *buf, size_t len)
{
	(void)user;
	while (len) {
		ssize_t n = getrandom(buf, len, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			node_log(NODE_LOG_ERROR, "the system returns no random octets: %s", strerror(errno));
			_exit(NODE_EXIT_OS);
		}
		buf += n;
		len -= (size_t)n;
	}
}

struct iuplus_proc_env node_env(struct node *node)
{
	return (struct iuplus_proc_env){ .now_ms = node_loop_now_ms(), .arena = &node->arena, .random = node_random };
}

void node_test_die(const struct node *node, const struct iuplus_proc_action *action)
{
	if (action->step == IUPLUS_STEP_NONE || (int)action->step != node->test.die_at_step)
		return;
	node_log(NODE_LOG_NOTICE, "killing itself at step %s because of [test] die-at-step",
		 iuplus_proc_step_name(action->step));
	/* as from outside: no handler, no clean-up, nothing more is sent */
	raise(SIGKILL);
}

struct iuplus_octets node_test_tamper(struct node *node, const struct iuplus_proc_action *action)
{
	struct iuplus_octets pdu = action->pdu;
	if (action->step == IUPLUS_STEP_NONE || (int)action->step != node->test.tamper_at_step || pdu.len < 5)
		return pdu;
	/* a DCCH message starts with a presence bit, then the 32 bits of MAC-I */
	uint8_t *copy = iuplus_arena_copy(&node->arena, pdu.data, pdu.len);
	if (!copy)
		return pdu;
	copy[2] ^= 0x10;
	node_log(NODE_LOG_NOTICE, "flipped a bit of the MAC-I at step %s because of [test] tamper-at-step",
		 iuplus_proc_step_name(action->step));
	return (struct iuplus_octets){ copy, pdu.len };
}
