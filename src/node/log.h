/* SPDX-License-Identifier: BSD-2-Clause */
/* log.h: the log of a program: one line per event, with time, level and the node's name. Keys are never logged. */
#ifndef IUPLUS_NODE_LOG_H
#define IUPLUS_NODE_LOG_H

enum node_log_level {
	NODE_LOG_ERROR = 0, /* the program cannot fulfil its purpose */
	NODE_LOG_NOTICE,    /* events for the operator: an association was lost, a procedure failed */
	NODE_LOG_INFO,      /* normal operation, one line per procedure */
	NODE_LOG_DEBUG      /* every message and timer */
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
