/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net_memory.c: the n-th allocation fails, for every n: nothing crashes, leaks or hangs, and every return code is
 * true. */
#include "src/net/capture.h"
#include "src/net/sccp.h"
#include "test/fuzz/failing.h"
#include "test/unit/test_net.h"

#include <sys/stat.h>

static struct iuplus_sccp *stack[2];
static uint32_t conn[2];
static unsigned ended[2], opened[2];
static struct {
	unsigned to;
	uint8_t data[512];
	size_t len;
} wire[256];
static size_t wire_first, wire_last;

static int to_wire(void *user, uint32_t dpc, uint8_t sls, const uint8_t *data, size_t len)
{
	(void)dpc;
	(void)sls;
	wire[wire_last].to = user == &stack[0];
	memcpy(wire[wire_last].data, data, len);
	wire[wire_last++].len = len;
	return 0;
}

static void on_event(void *user, const struct iuplus_sccp_event *e)
{
	unsigned me = user != &stack[0];

	if (e->kind == IUPLUS_SCCP_EV_CONNECT) {
		opened[me]++;
		conn[me] = e->conn;
		iuplus_sccp_accept(stack[me], e->conn, 0);
	}
	if (e->kind == IUPLUS_SCCP_EV_RELEASED || e->kind == IUPLUS_SCCP_EV_REFUSED)
		ended[me]++;
}

static void deliver(void)
{
	for (; wire_first < wire_last; wire_first++)
		iuplus_sccp_receive(stack[wire[wire_first].to], 1 + !wire[wire_first].to, wire[wire_first].data,
				    wire[wire_first].len, 0);
	wire_first = wire_last = 0;
}

/* A complete dialogue of two stacks, from creation to release. */
static void dialogue(void *user)
{
	static uint8_t message[5000];

	(void)user;
	memset(ended, 0, sizeof(ended));
	memset(opened, 0, sizeof(opened));
	for (unsigned i = 0; i < 2; i++) {
		struct iuplus_sccp_config config = { .point_code = i + 1, .ssn = 142 };
		struct iuplus_sccp_ops ops = { .send = to_wire, .event = on_event, .user = &stack[i] };

		stack[i] = iuplus_sccp_new(&config, &ops);
	}
	if (stack[0] != NULL && stack[1] != NULL) {
		for (unsigned i = 0; i < 70; i++) {
			if (iuplus_sccp_connect(stack[0], 2, message, i == 0 ? 1000 : 10, NULL, 0, &conn[0]) == 0)
				opened[0]++;
			deliver();
		}
		iuplus_sccp_send(stack[0], conn[0], message, sizeof(message), 0);
		deliver();
		iuplus_sccp_unitdata(stack[0], 2, 142, message, 1000);
		deliver();
		iuplus_sccp_peer_lost(stack[0], 2, "lost");
		iuplus_sccp_peer_lost(stack[1], 1, "lost");
		/* every connection that the user knew of has ended */
		CU_ASSERT_EQUAL(opened[0], ended[0]);
		CU_ASSERT_EQUAL(opened[1], ended[1]);
		CU_ASSERT_EQUAL(iuplus_sccp_count(stack[0]) + iuplus_sccp_count(stack[1]), 0);
	}
	iuplus_sccp_free(stack[0]);
	iuplus_sccp_free(stack[1]);
}

static void sccp(void)
{
	/* in the last run every allocation succeeded */
	unsigned n = failing_each(dialogue, NULL) + 1;

	CU_ASSERT(n > 100 && n < 5000);
}

struct files {
	char in[64], out[64];
};

static void write_and_merge(void *user)
{
	const struct iuplus_capture_endpoint from = { "127.0.0.1", 1 }, to = { "127.0.0.1", 2 };
	const struct files *files = user;
	const char *inputs[1] = { files->in };
	struct iuplus_capture *c;
	size_t packets;
	int rc = iuplus_capture_open(&c, files->in);

	for (unsigned i = 0; c != NULL && i < 10; i++)
		if (iuplus_capture_sctp(c, i, &from, &to, 1, 3, (const uint8_t *)"x", 1, "comment") != 0)
			rc = IUPLUS_ERR_MEMORY;
	iuplus_capture_close(c);
	if (rc == 0) {
		rc = iuplus_capture_merge(files->out, inputs, 1, &packets, NULL);
		CU_ASSERT(rc != 0 || packets == 10);
	}
	/* a failed allocation was reported, unless it was that of a comment */
	CU_ASSERT(rc == 0 || failing_hit());
}

static void captures(void)
{
	char directory[] = "/tmp/iuplus-memory-XXXXXX";
	struct files files;
	unsigned n;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(directory));
	snprintf(files.in, sizeof(files.in), "%s/in", directory);
	snprintf(files.out, sizeof(files.out), "%s/out", directory);
	n = failing_each(write_and_merge, &files) + 1;
	CU_ASSERT(n > 10 && n < 5000);
	unlink(files.in);
	unlink(files.out);
	rmdir(directory);
}

IUPLUS_CUNIT_MAIN("net_memory", { "sccp", sccp }, { "captures", captures })
