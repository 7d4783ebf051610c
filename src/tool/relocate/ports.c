/* SPDX-License-Identifier: BSD-2-Clause */
/* ports.c: the run folder, and ports that no other run uses. */
#include "src/tool/relocate/run.h"

#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <stdlib.h>
#include <unistd.h>

#include "src/node/node.h"

/* Blocks of ports below the range that the kernel assigns (32768 and up). */
#define FIRST_PORT 20000u
#define BLOCK 4u
#define BLOCKS 3000u

/* A name in the abstract namespace belongs to one socket and ends with its process, so it locks the block among all
 * runs without leaving a file. Returns the socket, or -1 if the block is taken. */
static int lock_block(unsigned block)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int n = snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1, "iuplus-ports-%u", block);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&name, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)n))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* True if a UDP port is free: that of the radio, and the one that carries SCTP in user space. */
static bool is_free(uint16_t port)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
	/* on every address: the nodes have one each */
	in.sin_addr.s_addr = htonl(INADDR_ANY);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return false;
	bool bound = !bind(fd, (struct sockaddr *)&in, sizeof(in));
	close(fd);
	return bound;
}

static int choose_ports(struct run *run)
{
	uint32_t start;
	node_random(NULL, (uint8_t *)&start, sizeof(start));
	for (unsigned i = 0; i < BLOCKS; i++) {
		unsigned block = (start + i) % BLOCKS;
		uint16_t first = (uint16_t)(FIRST_PORT + block * BLOCK);
		int fd = lock_block(block);
		if (fd < 0)
			continue;
		if (is_free(first) && is_free((uint16_t)(first + 1)) && is_free((uint16_t)(first + 2))) {
			run->port_lock = fd;
			for (unsigned p = 0; p < 3; p++)
				run->port[p] = (uint16_t)(first + p);
			return 0;
		}
		close(fd);
	}
	snprintf(run->reason, sizeof(run->reason), "no free UDP ports from %u to %u", FIRST_PORT,
		 FIRST_PORT + BLOCKS * BLOCK - 1);
	return NODE_EXIT_UNAVAILABLE;
}

static int make_folder(struct run *run)
{
	if (run->options.out) {
		/* children keep the working directory, but a path in a message must be valid anywhere */
		if (mkdir(run->options.out, 0755) && errno != EEXIST) {
			snprintf(run->reason, sizeof(run->reason), "%.180s: %s", run->options.out, strerror(errno));
			return NODE_EXIT_CANNOT_CREATE;
		}
		char *absolute = realpath(run->options.out, NULL);
		if (!absolute || strlen(absolute) >= sizeof(run->dir) || access(absolute, W_OK | X_OK)) {
			snprintf(run->reason, sizeof(run->reason), "%.180s: %s", run->options.out, strerror(errno));
			free(absolute);
			return NODE_EXIT_CANNOT_CREATE;
		}
		strcpy(run->dir, absolute);
		free(absolute);
		return 0;
	}
	const char *tmp = getenv("TMPDIR");
	snprintf(run->dir, sizeof(run->dir), "%.4000s/iuplus-XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	if (!mkdtemp(run->dir)) {
		snprintf(run->reason, sizeof(run->reason), "%.180s: %s", run->dir, strerror(errno));
		return NODE_EXIT_CANNOT_CREATE;
	}
	run->temporary = true;
	return 0;
}

int run_prepare(struct run *run)
{
	int rc = make_folder(run);
	return rc ? rc : choose_ports(run);
}

const char *run_path(const struct run *run, const char *name, char out[4096 + 64])
{
	snprintf(out, 4096 + 64, "%s/%s", run->dir, name);
	return out;
}
