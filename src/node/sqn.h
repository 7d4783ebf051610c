/* SPDX-License-Identifier: BSD-2-Clause */
/* sqn.h: the file in which an HLR keeps the last SQN of each subscriber, so that no SQN comes twice when the process is
 * killed at any moment (TS 33.102 6.3.2: each vector has a fresh one). One line of fixed length per subscriber. It is
 * not forced to the disk: after a crash of the whole machine a USIM answers with AUTS, which mends it (6.3.5). */
#ifndef IUPLUS_NODE_SQN_H
#define IUPLUS_NODE_SQN_H

#include <iuplus/hlr.h>

struct node_sqn {
	int fd;
	unsigned lines;
};

/* Opens the file, which is created with mode 0600, for this process only. Returns 0; IUPLUS_ERR_IO with errno set
 * (EWOULDBLOCK: another process has it); IUPLUS_ERR_SYNTAX: it is no such file. The caller prints it and ends. */
int node_sqn_open(struct node_sqn *file, const char *path);
/* Raises the subscriber's SQN to the one in the file, and sets *line to its line there, which is added if it has none.
 * Returns 0, IUPLUS_ERR_IO, IUPLUS_ERR_SYNTAX: as above. */
int node_sqn_restore(struct node_sqn *file, struct iuplus_hlr_subscriber *subscriber, unsigned *line);
/* As iuplus_hlr_vectors(), and writes the SQN before the vectors are given to the caller. Also IUPLUS_ERR_IO: it was
 * not written; then *count is 0 and the vectors are wiped. */
int node_sqn_vectors(struct node_sqn *file, unsigned line, struct iuplus_hlr_subscriber *subscriber,
		     const struct iuplus_proc_env *env, const struct iuplus_cn_vectors_wanted *wanted,
		     struct iuplus_security_vector *vectors, unsigned *count);
/* Closes it. Does nothing if it is not open. */
void node_sqn_close(struct node_sqn *file);

#endif
