/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net_sctp.c: the SCTP endpoint alone: order and content, a peer that does not read, closing, a hostile peer of
 * an Iu endpoint. Over usrsctp, or what IUPLUS_TEST_SCTP names. */
#include "src/net/iu.h"
#include "test/unit/test_net.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#define LIMIT_MS 20000u

static enum iuplus_sctp_backend backend = IUPLUS_SCTP_USRSCTP;

struct end {
	struct iuplus_sctp *sctp;
	uint32_t assoc;
	unsigned up, down, restarts, messages, failed, wrong;
	size_t octets;
	uint32_t expected; /* number at the start of the next message */
};

static struct end a, b;

static uint64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void on_event(void *user, const struct iuplus_sctp_event *e)
{
	struct end *n = user;
	uint32_t number;

	switch (e->kind) {
	case IUPLUS_SCTP_UP:
		n->up++;
		n->assoc = e->assoc;
		CU_ASSERT(e->streams_out > 1 && e->peer.port != 0);
		CU_ASSERT_STRING_EQUAL(e->peer.ip, "127.0.0.1");
		break;
	case IUPLUS_SCTP_DOWN:
		n->down++;
		CU_ASSERT_PTR_NOT_NULL(e->reason);
		break;
	case IUPLUS_SCTP_RESTART:
		n->restarts++;
		break;
	case IUPLUS_SCTP_SEND_FAILED:
		n->failed++;
		break;
	case IUPLUS_SCTP_MESSAGE:
		n->messages++;
		n->octets += e->len;
		CU_ASSERT_EQUAL(e->ppid, 3);
		memcpy(&number, e->data, sizeof(number));
		if (e->len < sizeof(number) || number != n->expected || e->data[e->len - 1] != (uint8_t)e->len)
			n->wrong++;
		n->expected++;
		break;
	}
}

static uint16_t free_port(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(in);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (bind(fd, (struct sockaddr *)&in, sizeof(in)) != 0)
		perror("bind");
	getsockname(fd, (struct sockaddr *)&in, &len);
	close(fd);
	return ntohs(in.sin_port);
}

/* Steps both, or only the second, until *counter reaches want or ms have passed. */
static bool run(bool both, const unsigned *counter, unsigned want, uint64_t ms)
{
	uint64_t start = clock_ms();

	while (*counter < want && clock_ms() - start < ms) {
		struct pollfd fds[2] = { { .fd = iuplus_sctp_fd(b.sctp), .events = POLLIN },
					 { .fd = both ? iuplus_sctp_fd(a.sctp) : -1, .events = POLLIN } };
		int timeout = iuplus_sctp_timeout(b.sctp);

		poll(fds, 2, timeout < 0 || timeout > 10 ? 10 : timeout);
		CU_ASSERT_EQUAL(iuplus_sctp_step(b.sctp), 0);
		if (both) {
			CU_ASSERT_EQUAL(iuplus_sctp_step(a.sctp), 0);
		}
	}
	return *counter >= want;
}

static void open_both(size_t queue)
{
	struct iuplus_sctp_config config = { .backend = backend,
					     .local_ip = "127.0.0.1",
					     .listen = true,
					     .local_port = free_port(),
					     .send_queue = queue };

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_open(&a.sctp, &config, on_event, &a), 0);
	config.listen = false;
	config.local_port = 0;
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_open(&b.sctp, &config, on_event, &b), 0);
	CU_ASSERT_EQUAL(iuplus_sctp_connect(b.sctp, "127.0.0.1", iuplus_sctp_local(a.sctp).port, 0, &b.assoc), 0);
	CU_ASSERT_EQUAL(iuplus_sctp_send(b.sctp, b.assoc, 0, 3, "early", 5), IUPLUS_ERR_STATE);
	CU_ASSERT_TRUE_FATAL(run(true, &b.up, 1, LIMIT_MS));
	CU_ASSERT_TRUE_FATAL(run(true, &a.up, 1, LIMIT_MS));
}

static void close_both(void)
{
	iuplus_sctp_close(b.sctp);
	iuplus_sctp_close(a.sctp);
}

static int send_numbered(struct end *n, uint32_t number, size_t len)
{
	static uint8_t message[IUPLUS_SCTP_MAX_MESSAGE];

	memcpy(message, &number, sizeof(number));
	message[len - 1] = (uint8_t)len;
	return iuplus_sctp_send(n->sctp, n->assoc, 1, 3, message, len);
}

static void order(void)
{
	static const size_t sizes[] = { 5, 100, 1000, 1500, 9000, 65535, 65536 };
	unsigned sent = 0;

	open_both(0);
	for (; sent < 140; sent++) {
		size_t len = sizes[sent % 7];

		/* the longest ones only twice, so that the queue can hold all */
		CU_ASSERT_EQUAL(send_numbered(&b, sent, len > 20000 && sent > 13 ? 300 : len), 0);
	}
	CU_ASSERT_TRUE(run(true, &a.messages, sent, LIMIT_MS));
	CU_ASSERT_EQUAL(a.wrong, 0);
	CU_ASSERT_EQUAL(iuplus_sctp_send(b.sctp, b.assoc, 1, 3, "", 0), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_sctp_send(b.sctp, b.assoc, 1000, 3, "x", 1), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_sctp_send(b.sctp, 4711, 0, 3, "x", 1), IUPLUS_ERR_STATE);
	close_both();
}

/* A peer that does not read: the queue fills up, which is reported, and no accepted message is lost. */
static void slow_peer(void)
{
	unsigned sent = 0;
	uint64_t start = clock_ms();
	int rc = 0;

	open_both(100000);
	while (clock_ms() - start < LIMIT_MS) {
		rc = send_numbered(&b, sent, 1000);
		if (rc != 0)
			break;
		sent++;
		if (sent % 50 == 0) {
			CU_ASSERT_EQUAL(iuplus_sctp_step(b.sctp), 0);
		}
	}
	CU_ASSERT_EQUAL(rc, IUPLUS_ERR_SPACE);
	CU_ASSERT(sent > 100 && sent < 50000);
	CU_ASSERT_TRUE(run(true, &a.messages, sent, LIMIT_MS));
	CU_ASSERT_EQUAL(a.wrong, 0);
	CU_ASSERT_EQUAL(a.octets, sent * (size_t)1000);
	CU_ASSERT_EQUAL(b.failed + b.down, 0);
	/* there is room again */
	CU_ASSERT_EQUAL(send_numbered(&b, sent, 1000), 0);
	CU_ASSERT_TRUE(run(true, &a.messages, sent + 1, LIMIT_MS));
	close_both();
}

/* A graceful end delivers the messages sent before it; an abort ends immediately. */
static void ends(void)
{
	open_both(0);
	for (unsigned i = 0; i < 300; i++)
		CU_ASSERT_EQUAL(send_numbered(&b, i, 1000), 0);
	CU_ASSERT_EQUAL(iuplus_sctp_shutdown(b.sctp, b.assoc, false), 0);
	CU_ASSERT_EQUAL(send_numbered(&b, 300, 1000), IUPLUS_ERR_STATE);
	CU_ASSERT_TRUE(run(true, &a.down, 1, LIMIT_MS));
	CU_ASSERT_TRUE(run(true, &b.down, 1, LIMIT_MS));
	CU_ASSERT_EQUAL(a.messages, 300);
	CU_ASSERT_EQUAL(a.wrong, 0);
	CU_ASSERT_EQUAL(iuplus_sctp_shutdown(b.sctp, b.assoc, false), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_sctp_connect(b.sctp, "127.0.0.1", iuplus_sctp_local(a.sctp).port, 0, &b.assoc), 0);
	CU_ASSERT_TRUE(run(true, &a.up, 2, LIMIT_MS));
	CU_ASSERT_TRUE(run(true, &b.up, 2, LIMIT_MS));
	CU_ASSERT_EQUAL(iuplus_sctp_shutdown(a.sctp, a.assoc, true), 0);
	CU_ASSERT_TRUE(run(true, &b.down, 2, LIMIT_MS));
	CU_ASSERT_TRUE(run(true, &a.down, 2, LIMIT_MS));
	/* ended while it is being established */
	CU_ASSERT_EQUAL(iuplus_sctp_connect(b.sctp, "127.0.0.1", iuplus_sctp_local(a.sctp).port, 0, &b.assoc), 0);
	CU_ASSERT_EQUAL(iuplus_sctp_shutdown(b.sctp, b.assoc, true), 0);
	CU_ASSERT_TRUE(run(true, &b.down, 3, LIMIT_MS));
	CU_ASSERT_EQUAL(b.up, 2);
	close_both();
}

/* --- a peer of an Iu endpoint that sends garbage --- */

static unsigned hostile_seen;

static void hostile_connected(void *user, uint32_t conn, uint32_t pc, const uint8_t *data, size_t len)
{
	(void)conn;
	(void)pc;
	(void)data;
	(void)len;
	(*(unsigned *)user)++;
}

static void ignore(void *user, const struct iuplus_sctp_event *e)
{
	struct end *n = user;

	n->up += e->kind == IUPLUS_SCTP_UP;
	n->down += e->kind == IUPLUS_SCTP_DOWN;
}

static void hostile_peer(void)
{
	static const char *const seeds[] = {
		"01000301 00000010 00110008 000000be",
		"01000401 00000008",
		"01000302 00000008",
		"01000101 00000030 02100027 000000be 000000bd 03020001"
		"01 010000 02 02 06 04 43bd008e 04 04 43be008e 0f 02 0102 00 00",
		"01000101 00000024 02100019 000000be 000000bd 03020001 06 010000 01 01 02 0102 000000",
		"01000101 0000002c 02100022 000000be 000000bd 03020001 "
		"09 00 03 07 0b 04 43bd008e 04 43be008e 02 0102 0000"
	};
	struct iuplus_iu_config config = { .point_code = 189, .network_indicator = 2 };
	struct iuplus_iu_callbacks callbacks = { .connected = hostile_connected, .user = &hostile_seen };
	struct iuplus_sctp_config raw = { .backend = backend, .local_ip = "127.0.0.1" };
	uint64_t seed = seed_begin(), state = seed, start = clock_ms();
	unsigned failures = CU_get_number_of_failure_records(), sent = 0;
	struct iuplus_iu *iu;
	uint8_t buf[128];

	memset(&b, 0, sizeof(b));
	hostile_seen = 0;
	config.sctp = raw;
	config.sctp.listen = true;
	config.sctp.local_port = free_port();
	CU_ASSERT_EQUAL_FATAL(iuplus_iu_open(&iu, &config, &callbacks), 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_open(&b.sctp, &raw, ignore, &b), 0);
	CU_ASSERT_EQUAL(iuplus_sctp_connect(b.sctp, "127.0.0.1", config.sctp.local_port, 0, &b.assoc), 0);
	while (sent < 20000 && clock_ms() - start < LIMIT_MS) {
		size_t len = unhex(seeds[sent < 2 ? sent : seed_next(&state) % 6], buf, sizeof(buf));

		for (unsigned k = sent < 3 ? 0 : (unsigned)(seed_next(&state) % 4); k > 0; k--)
			buf[seed_next(&state) % len] = (uint8_t)seed_next(&state);
		if (sent % 50 == 49)
			len = unhex(seeds[(sent / 50) % 2], buf, sizeof(buf));
		if (iuplus_sctp_send(b.sctp, b.assoc, sent < 2 ? 0 : (uint16_t)(seed_next(&state) & 1),
				     seed_next(&state) % 50 == 0 ? 4 : 3, buf, len) == 0)
			sent++;
		if (b.up == 0 || sent % 20 == 0) {
			CU_ASSERT_EQUAL(iuplus_sctp_step(b.sctp), 0);
			CU_ASSERT_EQUAL(iuplus_iu_step(iu, clock_ms()), 0);
		}
	}
	CU_ASSERT_EQUAL(sent, 20000);
	CU_ASSERT_EQUAL(b.down, 0);
	CU_ASSERT(hostile_seen > 0);
	iuplus_sctp_close(b.sctp);
	/* its connections end with it */
	for (start = clock_ms(); iuplus_iu_connections(iu) > 0 && clock_ms() - start < LIMIT_MS; poll(NULL, 0, 1))
		CU_ASSERT_EQUAL(iuplus_iu_step(iu, clock_ms()), 0);
	CU_ASSERT_EQUAL(iuplus_iu_connections(iu), 0);
	iuplus_iu_close(iu);
	seed_report(seed, failures);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "order", order },
		{ "slow peer", slow_peer },
		{ "ends", ends },
		{ "hostile peer", hostile_peer }
	};
	const char *name = getenv("IUPLUS_TEST_SCTP");

	if (name != NULL && iuplus_sctp_backend_parse(name, &backend) != 0) {
		fprintf(stderr, "IUPLUS_TEST_SCTP=%s: kernel or usrsctp\n", name);
		return 2;
	}
	if (!iuplus_sctp_available(backend))
		return 77;
	return iuplus_cunit_run("net_sctp", tests, sizeof(tests) / sizeof(tests[0]));
}
