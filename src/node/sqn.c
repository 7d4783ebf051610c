/* SPDX-License-Identifier: BSD-2-Clause */
/* sqn.c: the file of the subscribers' SQN (see sqn.h). */
#include "src/node/sqn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINE 29 /* 15 characters of the IMSI, a blank, 12 hex digits, a newline */

int node_sqn_open(struct node_sqn *file, const char *path)
{
	struct stat st;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	file->fd = -1;
	if (fd < 0)
		return IUPLUS_ERR_IO;
	if (flock(fd, LOCK_EX | LOCK_NB) || fstat(fd, &st)) {
		int saved = errno;
		close(fd);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	/* a last line that is not whole was added when the process was killed: it was not used */
	file->lines = (unsigned)(st.st_size / LINE);
	file->fd = fd;
	return 0;
}

static int write_line(const struct node_sqn *file, unsigned line, const struct iuplus_hlr_subscriber *subscriber)
{
	char text[LINE + 1];
	snprintf(text, sizeof(text), "%-15s %012llx\n", subscriber->imsi, (unsigned long long)subscriber->sqn);
	return pwrite(file->fd, text, LINE, (off_t)line * LINE) == LINE ? 0 : IUPLUS_ERR_IO;
}

static int read_line(const struct node_sqn *file, unsigned line, char imsi[16], uint64_t *sqn)
{
	char text[LINE + 1] = "";
	unsigned long long value;
	if (pread(file->fd, text, LINE, (off_t)line * LINE) != LINE)
		return IUPLUS_ERR_IO;
	if (text[LINE - 1] != '\n' || sscanf(text, "%15[0-9] %12llx", imsi, &value) != 2)
		return IUPLUS_ERR_SYNTAX;
	*sqn = value;
	return 0;
}

int node_sqn_restore(struct node_sqn *file, struct iuplus_hlr_subscriber *subscriber, unsigned *line)
{
	char imsi[16];
	uint64_t sqn;
	int rc;
	for (*line = 0; *line < file->lines; ++*line) {
		rc = read_line(file, *line, imsi, &sqn);
		if (rc)
			return rc;
		if (strcmp(imsi, subscriber->imsi))
			continue;
		if (sqn > subscriber->sqn)
			subscriber->sqn = sqn;
		return 0;
	}
	rc = write_line(file, *line, subscriber);
	file->lines += !rc;
	return rc;
}

int node_sqn_vectors(struct node_sqn *file, unsigned line, struct iuplus_hlr_subscriber *subscriber,
		     const struct iuplus_proc_env *env, const struct iuplus_cn_vectors_wanted *wanted,
		     struct iuplus_security_vector *vectors, unsigned *count)
{
	int rc = iuplus_hlr_vectors(subscriber, env, wanted, vectors, count);
	if (rc || !write_line(file, line, subscriber))
		return rc;
	iuplus_security_wipe(vectors, *count * sizeof(*vectors));
	*count = 0;
	return IUPLUS_ERR_IO;
}

void node_sqn_close(struct node_sqn *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = -1;
}
