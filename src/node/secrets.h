/* SPDX-License-Identifier: BSD-2-Clause */
/* secrets.h: what keeps a program's keys from others. */
#ifndef IUPLUS_NODE_SECRETS_H
#define IUPLUS_NODE_SECRETS_H

/* From now on the process leaves no core file, and others of the same user cannot trace it or read its memory.
 * Returns 0, or IUPLUS_ERR_IO with errno set (the caller ends: keys must not be read). */
int node_secrets_protect(void);
/* Warns in the log if group or others may read or write the file at path, which has keys. what: for the line. */
void node_secrets_warn(const char *path, const char *what);

#endif
