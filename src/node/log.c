/* SPDX-License-Identifier: BSD-2-Clause */
/* log.c: the log of a program (see log.h). */
#include "src/node/log.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <iuplus/iuplus.h>

#define NAME(id, name, what) name,
const char *const node_log_levels[] = { NODE_LOG_LEVELS(NAME) NULL };
#undef NAME

static const char *log_name = "iuplus";
static enum node_log_level log_level = NODE_LOG_NOTICE;
static int log_fd = STDERR_FILENO;
static const char *log_path; /* NULL: standard error */

int node_log_open(const char *name, enum node_log_level level, const char *path)
{
	log_name = name;
	log_level = level;
	if (!path || !path[0])
		return 0;
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return IUPLUS_ERR_IO;
	log_fd = fd;
	log_path = path;
	return 0;
}

int node_log_reopen(void)
{
	if (!log_path)
		return 0;
	int fd = open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return IUPLUS_ERR_IO;
	if (log_fd != STDERR_FILENO)
		close(log_fd);
	log_fd = fd;
	return 0;
}

void node_log_set_level(enum node_log_level level)
{
	log_level = level;
}

void node_log(enum node_log_level level, const char *format, ...)
{
	char line[1024];
	struct timespec now;
	struct tm tm;
	if (level > log_level)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	size_t at = strftime(line, sizeof(line), "%Y-%m-%dT%H:%M:%S", &tm);
	at += (size_t)snprintf(line + at, sizeof(line) - at, ".%06ldZ %-6s %.64s: ", now.tv_nsec / 1000,
			       node_log_levels[level], log_name);
	size_t text = at;
	va_list ap;
	va_start(ap, format);
	int n = vsnprintf(line + at, sizeof(line) - at - 1, format, ap);
	va_end(ap);
	if (n > 0)
		at += (size_t)n < sizeof(line) - at - 1 ? (size_t)n : sizeof(line) - at - 2;
	for (size_t i = text; i < at; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
			line[i] = '?';
	line[at++] = '\n';
	/* one write per line: lines of several processes in one file are not interleaved */
	if (write(log_fd, line, at) < 0 && log_fd != STDERR_FILENO)
		log_fd = STDERR_FILENO;
}
