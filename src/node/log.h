/* SPDX-License-Identifier: BSD-2-Clause */
/* log.h: the log of a program: one line per event, with time, level and the node's name. Keys are never logged. */
#ifndef IUPLUS_NODE_LOG_H
#define IUPLUS_NODE_LOG_H

/* The levels: identifier, name, what is logged. */
#define NODE_LOG_LEVELS(X) \
	X(ERROR, "error", "the program cannot fulfil its purpose") \
	X(NOTICE, "notice", "events for the operator: an association was lost, a procedure failed") \
	X(INFO, "info", "normal operation, one line per procedure") \
	X(DEBUG, "debug", "every message and timer")

enum node_log_level {
#define NODE_LOG_ID(id, name, what) NODE_LOG_##id,
	NODE_LOG_LEVELS(NODE_LOG_ID)
#undef NODE_LOG_ID
};

/* The levels by name, for options and configuration files; NULL-terminated, indexed by enum node_log_level. */
extern const char *const node_log_levels[];

/* Opens the log: lines of at most level go to the file at path (appended; mode 0600), or to standard error when path
 * is NULL or empty. name is the node's; the log keeps the pointer.
 * Returns 0, or IUPLUS_ERR_IO with errno set (the log then still goes to standard error). */
int node_log_open(const char *name, enum node_log_level level, const char *path);

/* Writes one line. Control characters in it are replaced, since text may originate from a peer. */
void node_log(enum node_log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Opens the log's file again, after somebody renamed it. Returns 0, also if there is no file; IUPLUS_ERR_IO with errno
 * set: the log goes on where it was. */
int node_log_reopen(void);
/* Changes the level. */
void node_log_set_level(enum node_log_level level);

#endif
