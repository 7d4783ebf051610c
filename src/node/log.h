/* SPDX-License-Identifier: BSD-2-Clause */
/* log.h: the log of a program: one line per event, with time, level and the node's name. Keys never go in. */
#ifndef IUPLUS_NODE_LOG_H
#define IUPLUS_NODE_LOG_H

enum node_log_level {
	NODE_LOG_ERROR = 0,	/* the program cannot do what it is there for */
	NODE_LOG_NOTICE,	/* something that the operator wants to know: an association lost, a procedure failed */
	NODE_LOG_INFO,		/* what happens in normal work, a line per procedure */
	NODE_LOG_DEBUG		/* every message and timer */
};

/* The levels by name, for options and configuration files; NULL-terminated, indexed by enum node_log_level. */
extern const char *const node_log_levels[];

/* Opens the log: lines of at most level go to the file at path (appended; mode 0600), or to standard error when path
 * is NULL or empty. name is the node's, and is kept as a pointer.
 * Returns 0, or IUPLUS_ERR_IO with errno set (the log then still goes to standard error). */
int node_log_open(const char *name, enum node_log_level level, const char *path);

/* Writes one line. What a peer chose (text in messages) is printed with control characters replaced. */
void node_log(enum node_log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
