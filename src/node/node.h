/* SPDX-License-Identifier: BSD-2-Clause */
/* node.h: the common part of the three programs: options, start, end, the environment of their machines, orders. */
#ifndef IUPLUS_NODE_NODE_H
#define IUPLUS_NODE_NODE_H

#include <iuplus/proc.h>

#include "src/node/conf.h"
#include "src/node/log.h"
#include "src/node/loop.h"
#include "src/node/settings.h"
#include "src/node/trace.h"

/* Exit statuses, after sysexits(3) (64 usage, 65 data, 78 configuration). */
enum node_exit {
	NODE_EXIT_OK = 0,
	NODE_EXIT_FAILED = 1,
	NODE_EXIT_USAGE = 64,         /* invalid option or argument */
	NODE_EXIT_NO_INPUT = 66,      /* the configuration cannot be read */
	NODE_EXIT_UNAVAILABLE = 69,   /* a port is already in use, or this machine lacks the selected SCTP */
	NODE_EXIT_OS = 71,            /* a system call failed */
	NODE_EXIT_CANNOT_CREATE = 73, /* an output file cannot be created */
	NODE_EXIT_CONFIG = 78         /* the configuration is invalid */
};

/* The options of every program. Pointers are into argv. */
struct node_options {
	const char *config, *events, *capture, *keylog, *log;
	struct node_conf_addr gsmtap; /* port 0: no copy */
	int sctp;                     /* enum iuplus_sctp_backend, -1 if not given */
	int log_level;                /* -1 if not given */
	bool control;                 /* read orders from standard input */
	bool print_config;
};

struct node_reload;

struct node {
	const char *program;
	struct node_options options;
	struct node_loop loop;
	struct node_trace trace;
	struct iuplus_arena arena; /* of the present event */
	struct node_test_settings test;
	struct node_reload *reload;
	void (*order)(void *user, char *const *word, unsigned words);
	void *order_user;
	char input[256]; /* the part of an order read so far */
	size_t input_len;
	int input_flags; /* of standard input at the start, -1: not known */
};

/* Options of a program in addition to the common ones: --sctp, --gsmtap. */
#define NODE_HAS_IU 1u
#define NODE_HAS_UU 2u

/* Reads the options. what describes the program in one line, for --help; has is a combination of NODE_HAS_*.
 * Returns -1 to continue, otherwise the exit status (--help, --version, or a usage error that was printed). */
int node_options(struct node *node, int argc, char **argv, const char *what, unsigned has);

/* Reads the configuration by table into settings, which has the defaults, size octets, and begins with a struct
 * node_settings; executes --print-config. SIGHUP reads it again. Returns -1 to continue, otherwise the exit status. */
int node_configure(struct node *node, const struct node_conf_section *table, void *settings, size_t size);

/* Prints "FILE: why" for a configuration that can be read but not work. Returns NODE_EXIT_CONFIG. */
int node_misconfigured(const struct node *node, const char *file, const char *why);

/* Opens log, trace and loop. SIGHUP then reopens the log and calls node_reload(). If orders are read from standard
 * input, the process ends with its parent. Returns -1 to continue, otherwise the exit status. */
int node_start(struct node *node, const struct node_settings *settings);
/* Starts to read orders from standard input, if --control was given: order() is called for each line, split into
 * words. */
void node_take_orders(struct node *node, void (*order)(void *user, char *const *word, unsigned words), void *user);
/* Runs the loop until the end. Returns the exit status. */
int node_run(struct node *node);
/* Makes node_run() return. */
void node_stop(struct node *node);
/* Closes everything that node_start() opened. */
void node_end(struct node *node);

/* The environment of one event; the caller resets its arena after executing the actions. */
struct iuplus_proc_env node_env(struct node *node);
/* Random octets for keys, nonces and FRESH. Ends the process if the system has none. */
void node_random(void *user, uint8_t *buf, size_t len);

/* For end-to-end tests: kills the process if the action belongs to the step given in the configuration. */
void node_test_die(const struct node *node, const struct iuplus_proc_action *action);
/* For end-to-end tests: the action's pdu, with a flipped bit in its MAC-I if the action belongs to the step given in
 * the configuration. It is in the node's arena. */
struct iuplus_octets node_test_tamper(struct node *node, const struct iuplus_proc_action *action);

#endif
