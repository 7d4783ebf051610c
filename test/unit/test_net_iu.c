/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net_iu.c: Iu endpoints connected by real associations on the loopback. The carrier is usrsctp, or the one named
 * by IUPLUS_TEST_SCTP (test_net_kernel.sh runs this again with "kernel" if a kernel has SCTP). */
#include "src/net/iu_internal.h"
#include "test/unit/test_net.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#define CN_PC 189u
#define RNC_PC 190u
#define RNC2_PC 191u
#define LONG 20000u
#define LIMIT_MS 20000u

static enum iuplus_sctp_backend backend = IUPLUS_SCTP_USRSCTP;

/* True in the child process of the core, which has no test suite. */
static bool is_child;
#define CHECK(condition) \
	do { \
		if (is_child) { \
			if (!(condition)) \
				abort(); \
		} else \
			CU_ASSERT(condition); \
	} while (0)

/* Events that an endpoint reported to its user. */
struct seen {
	struct iuplus_iu *iu;
	unsigned available, lost, connected, confirmed, refused, released, gone, messages, unitdata, sent;
	size_t octets;
	uint32_t conn, peer, last_conn;
	uint8_t cause;
	char reason[64];
	uint8_t last[65536];
	size_t last_len;
	bool echo, refuse, hang_up, any_conn, greet, cref;
	uint32_t *context; /* of the connection, on the heap; ended with the first data */
};

/* The user ends the connection, and frees what its pointer points to. */
static void end_context(struct seen *s, uint32_t conn)
{
	CHECK(*s->context == conn);
	CHECK(iuplus_iu_release(s->iu, conn, IUPLUS_SCCP_REL_END_USER) == 0);
	CHECK(iuplus_iu_release(s->iu, conn, IUPLUS_SCCP_REL_END_USER) == IUPLUS_ERR_STATE);
	free(s->context);
	s->context = NULL;
}

static void send_last(struct seen *from, enum iuplus_sccp_type type, uint32_t dpc, uint32_t to, uint32_t source);

static uint64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void on_available(void *user, uint32_t pc)
{
	struct seen *s = user;

	s->available++;
	s->peer = pc;
	/* The listener learns a point code from the first message, which a real RNC sends at once (Reset). */
	if (s->greet)
		CHECK(iuplus_iu_unitdata(s->iu, pc, (const uint8_t *)"hello", 5) == 0);
}

static void on_lost(void *user, uint32_t pc, const char *reason)
{
	struct seen *s = user;

	(void)pc;
	(void)reason;
	s->lost++;
}

static void keep(struct seen *s, const uint8_t *data, size_t len)
{
	s->messages++;
	s->octets += len;
	memcpy(s->last, data, len);
	s->last_len = len;
}

static void on_connected(void *user, uint32_t conn, uint32_t pc, const uint8_t *data, size_t len)
{
	struct seen *s = user;

	s->connected++;
	s->conn = conn;
	s->peer = pc;
	keep(s, data, len);
	if (s->cref)
		send_last(s, IUPLUS_SCCP_CREF, pc, *s->context, 0);
	if (s->refuse)
		CHECK(iuplus_iu_refuse(s->iu, conn, IUPLUS_SCCP_REF_END_USER_CONGESTION) == 0);
	if (s->echo)
		CHECK(iuplus_iu_send(s->iu, conn, data, len) == 0);
	if (s->hang_up)
		CHECK(iuplus_iu_release(s->iu, conn, IUPLUS_SCCP_REL_END_USER) == 0);
}

static void on_confirmed(void *user, uint32_t conn, void *conn_user)
{
	struct seen *s = user;

	s->confirmed++;
	CHECK(conn_user == s);
	CHECK(conn == s->conn || s->any_conn);
}

static void on_refused(void *user, uint32_t conn, void *conn_user, uint8_t cause, const char *reason)
{
	struct seen *s = user;

	(void)conn;
	if (conn_user != s && conn_user != NULL)
		s->last_conn = *(const uint32_t *)conn_user;
	s->refused++;
	s->cause = cause;
	snprintf(s->reason, sizeof(s->reason), "%s", reason);
}

static void on_data(void *user, uint32_t conn, void *conn_user, const uint8_t *data, size_t len)
{
	struct seen *s = user;

	keep(s, data, len);
	if (s->echo)
		CHECK(iuplus_iu_send(s->iu, conn, data, len) == 0);
	if (s->context != NULL && conn_user == s->context)
		end_context(s, conn);
}

static void on_released(void *user, uint32_t conn, void *conn_user, uint8_t cause, bool lost, const char *reason)
{
	struct seen *s = user;

	(void)conn;
	if (conn_user != s && conn_user != NULL)
		s->last_conn = *(const uint32_t *)conn_user;
	s->released++;
	s->gone += lost;
	s->cause = cause;
	snprintf(s->reason, sizeof(s->reason), "%s", reason);
}

static void on_unitdata(void *user, uint32_t pc, const uint8_t *data, size_t len)
{
	struct seen *s = user;

	s->unitdata++;
	s->peer = pc;
	keep(s, data, len);
	if (s->echo)
		CHECK(iuplus_iu_unitdata(s->iu, pc, data, len) == 0);
}

static void on_sent(void *user, const struct iuplus_iu_sent *sent)
{
	struct seen *s = user;

	CHECK(sent->ppid == IUPLUS_M3UA_PPID);
	CHECK(sent->from.port != 0 && sent->to.port != 0);
	s->sent++;
}

static void on_log(void *user, bool notice, const char *line)
{
	(void)user;
	(void)notice;
	if (getenv("IUPLUS_TEST_LOG") != NULL)
		fprintf(stderr, "%s\n", line);
}

/* A port that is free for UDP now; good enough for a test. */
static uint16_t free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0)
		perror("bind");
	getsockname(fd, (struct sockaddr *)&a, &len);
	close(fd);
	return ntohs(a.sin_port);
}

static void open_node(struct seen *s, uint32_t pc, uint16_t port, bool listening)
{
	struct iuplus_iu_config config = { .point_code = pc,
					   .network_indicator = 2,
					   .first_reference = pc * 1000,
					   .t_reconnect_ms = 200 };
	struct iuplus_iu_callbacks callbacks = {
		.peer_available = on_available,
		.peer_lost = on_lost,
		.connected = on_connected,
		.confirmed = on_confirmed,
		.refused = on_refused,
		.data = on_data,
		.released = on_released,
		.unitdata = on_unitdata,
		.sent = on_sent,
		.log = on_log,
		.user = s
	};
	int rc;

	memset(s, 0, sizeof(*s));
	config.sctp.backend = backend;
	config.sctp.local_ip = "127.0.0.1";
	config.sctp.local_port = port;
	config.sctp.listen = listening;
	config.sctp.heartbeat_ms = 500;
	rc = iuplus_iu_open(&s->iu, &config, &callbacks);
	CHECK(rc == 0);
	if (rc != 0)
		abort();
	s->greet = !listening;
}

/* Runs the nodes until *counter reaches want, or the limit. */
static bool run(struct seen *const *nodes, size_t count, const unsigned *counter, unsigned want)
{
	uint64_t start = clock_ms();

	while (*counter < want && clock_ms() - start < LIMIT_MS) {
		struct pollfd fds[4];
		int timeout = 50;

		for (size_t i = 0; i < count; i++) {
			int t = iuplus_iu_timeout(nodes[i]->iu, clock_ms());

			fds[i].fd = iuplus_iu_fd(nodes[i]->iu);
			fds[i].events = POLLIN;
			if (t >= 0 && t < timeout)
				timeout = t;
		}
		poll(fds, count, timeout);
		for (size_t i = 0; i < count; i++)
			CHECK(iuplus_iu_step(nodes[i]->iu, clock_ms()) == 0);
	}
	return *counter >= want;
}

static struct seen cn, rnc, rnc2;
static struct seen *const all[] = { &cn, &rnc, &rnc2 };

/* A core network node that listens, and RNCs that connect to it. */
static void set_up(size_t rncs)
{
	uint16_t port = free_port();

	open_node(&cn, CN_PC, port, true);
	open_node(&rnc, RNC_PC, 0, false);
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc.iu, CN_PC, "127.0.0.1", port, 0), 0);
	if (rncs > 1) {
		open_node(&rnc2, RNC2_PC, 0, false);
		CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc2.iu, CN_PC, "127.0.0.1", port, 0), 0);
	}
	CU_ASSERT_TRUE_FATAL(run(all, rncs + 1, &cn.available, (unsigned)rncs));
	CU_ASSERT_TRUE_FATAL(run(all, rncs + 1, &rnc.available, 1));
	if (rncs > 1)
		CU_ASSERT_TRUE_FATAL(run(all, rncs + 1, &rnc2.available, 1));
	cn.messages = cn.unitdata = 0;
	cn.octets = 0;
}

static void tear_down(size_t rncs)
{
	if (rncs > 1)
		iuplus_iu_close(rnc2.iu);
	iuplus_iu_close(rnc.iu);
	iuplus_iu_close(cn.iu);
}

static void pattern(uint8_t *p, size_t len, unsigned seed)
{
	for (size_t i = 0; i < len; i++)
		p[i] = (uint8_t)(i * 31 + i / 251 + seed);
}

static void connection(void)
{
	static uint8_t message[65536];
	const size_t sizes[] = { 1, 130, 131, 255, 256, 510, LONG, 65536 };

	set_up(1);
	cn.echo = true;
	CU_ASSERT_TRUE(iuplus_iu_available(rnc.iu, CN_PC));
	CU_ASSERT_TRUE(iuplus_iu_available(cn.iu, RNC_PC));
	CU_ASSERT_FALSE(iuplus_iu_available(cn.iu, RNC2_PC));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		unsigned want = rnc.messages + 1;

		pattern(message, sizes[i], (unsigned)i);
		CU_ASSERT_EQUAL(iuplus_iu_connect(rnc.iu, CN_PC, message, sizes[i], &rnc, &rnc.conn), 0);
		CU_ASSERT_TRUE(run(all, 2, &rnc.messages, want));
		CU_ASSERT_EQUAL(rnc.confirmed, i + 1);
		CU_ASSERT_EQUAL(rnc.last_len, sizes[i]);
		CU_ASSERT_EQUAL(memcmp(rnc.last, message, sizes[i]), 0);
		pattern(message, sizes[i], (unsigned)i + 100);
		CU_ASSERT_EQUAL(iuplus_iu_send(rnc.iu, rnc.conn, message, sizes[i]), 0);
		CU_ASSERT_TRUE(run(all, 2, &rnc.messages, want + 1));
		CU_ASSERT_EQUAL(memcmp(rnc.last, message, sizes[i]), 0);
		CU_ASSERT_EQUAL(iuplus_iu_release(rnc.iu, rnc.conn, IUPLUS_SCCP_REL_END_USER), 0);
		CU_ASSERT_EQUAL(iuplus_iu_release(rnc.iu, rnc.conn, IUPLUS_SCCP_REL_END_USER), IUPLUS_ERR_STATE);
		CU_ASSERT_TRUE(run(all, 2, &cn.released, (unsigned)i + 1));
		CU_ASSERT_STRING_EQUAL(cn.reason, "end user originated");
	}
	/* the peer's user released them: none was lost */
	CU_ASSERT_EQUAL(cn.gone, 0);
	CU_ASSERT(cn.sent > 0 && rnc.sent > 0);
	tear_down(1);
}

static void core_connects(void)
{
	uint8_t message[LONG];

	/* The direction of Relocation Request: from the listener to an RNC that has sent nothing yet. */
	set_up(2);
	pattern(message, sizeof(message), 7);
	CU_ASSERT_EQUAL(iuplus_iu_connect(cn.iu, RNC2_PC, message, sizeof(message), &cn, &cn.conn), 0);
	CU_ASSERT_TRUE(run(all, 3, &rnc2.connected, 1));
	CU_ASSERT_EQUAL(rnc2.last_len, sizeof(message));
	CU_ASSERT_EQUAL(memcmp(rnc2.last, message, sizeof(message)), 0);
	CU_ASSERT_EQUAL(rnc2.peer, CN_PC);
	CU_ASSERT_EQUAL(rnc.connected, 0);
	CU_ASSERT_TRUE(run(all, 3, &cn.confirmed, 1));
	/* A refusal, and an immediate release. */
	rnc.refuse = true;
	CU_ASSERT_EQUAL(iuplus_iu_connect(cn.iu, RNC_PC, message, 50, &cn, &cn.conn), 0);
	CU_ASSERT_TRUE(run(all, 3, &cn.refused, 1));
	CU_ASSERT_EQUAL(cn.cause, IUPLUS_SCCP_REF_END_USER_CONGESTION);
	rnc.refuse = false;
	rnc.hang_up = true;
	CU_ASSERT_EQUAL(iuplus_iu_connect(cn.iu, RNC_PC, message, 500, &cn, &cn.conn), 0);
	CU_ASSERT_TRUE(run(all, 3, &cn.released, 1));
	CU_ASSERT_EQUAL(iuplus_iu_connect(cn.iu, 77, message, 50, &cn, &cn.conn), IUPLUS_ERR_STATE);
	tear_down(2);
}

/* Sends RLSD or CREF with data, which this end's SCCP never does: past its machine. */
static void send_last(struct seen *from, enum iuplus_sccp_type type, uint32_t dpc, uint32_t to, uint32_t source)
{
	const struct iuplus_sccp_message
		m = { .type = type, .destination = to, .source = source, .data = { (const uint8_t *)"last", 4 } };
	uint8_t octets[64];
	size_t len;
	struct iu_peer *peer = iu_select(from->iu, dpc, 0);

	CHECK(iuplus_sccp_encode(&m, octets, sizeof(octets), &len) == 0);
	CHECK(peer != NULL && iuplus_m3ua_send(&peer->m3ua, from->iu->config.point_code, dpc, 2, 0, octets, len) == 0);
}

/* A connection of the RNC whose context, if it has one, ends with the first data. */
static void connect_with(bool context)
{
	rnc.context = calloc(1, sizeof(*rnc.context));
	CU_ASSERT_PTR_NOT_NULL_FATAL(rnc.context);
	CU_ASSERT_EQUAL(iuplus_iu_connect(rnc.iu, CN_PC, (const uint8_t *)"CR", 2, context ? (void *)rnc.context : &rnc,
					  &rnc.conn),
			0);
	*rnc.context = rnc.conn;
}

/* The message that ends a connection has data (Q.713 4.4, 4.5), and the user ends the connection with it: no callback
 * gets the user's pointer again. Without that end, released() or refused() follows the data. */
static void data_ends_connection(void)
{
	set_up(1);
	rnc.any_conn = true;
	for (unsigned i = 0; i < 2; i++) {
		bool ends = i == 0;

		connect_with(false);
		CU_ASSERT_TRUE(run(all, 2, &rnc.confirmed, i + 1));
		if (ends)
			iuplus_iu_set_user(rnc.iu, rnc.conn, rnc.context);
		send_last(&cn, IUPLUS_SCCP_RLSD, RNC_PC, rnc.conn, cn.conn);
		CU_ASSERT_TRUE(run(all, 2, &rnc.messages, i + 1));
		CU_ASSERT_EQUAL(rnc.last_len, 4);
		CU_ASSERT_EQUAL(rnc.released, i);
		free(rnc.context);
		rnc.context = NULL;
	}
	tear_down(1);
}

static void data_refuses_connection(void)
{
	set_up(1);
	rnc.any_conn = cn.any_conn = cn.cref = true;
	for (unsigned i = 0; i < 2; i++) {
		connect_with(i == 0);
		cn.context = rnc.context;
		CU_ASSERT_TRUE(run(all, 2, &rnc.messages, i + 1));
		CU_ASSERT_EQUAL(rnc.last_len, 4);
		CU_ASSERT_EQUAL(rnc.refused, i);
		CU_ASSERT_EQUAL(rnc.confirmed, 0);
		free(rnc.context);
		rnc.context = cn.context = NULL;
	}
	tear_down(1);
}

static void unitdata(void)
{
	const size_t sizes[] = { 1, 255, 256, 1000, 3840, 3952 };
	uint8_t message[4000];

	set_up(1);
	cn.echo = true;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		pattern(message, sizes[i], (unsigned)i);
		CU_ASSERT_EQUAL(iuplus_iu_unitdata(rnc.iu, CN_PC, message, sizes[i]), 0);
		CU_ASSERT_TRUE(run(all, 2, &rnc.unitdata, (unsigned)i + 1));
		CU_ASSERT_EQUAL(rnc.last_len, sizes[i]);
		CU_ASSERT_EQUAL(memcmp(rnc.last, message, sizes[i]), 0);
	}
	CU_ASSERT_EQUAL(iuplus_iu_unitdata(rnc.iu, CN_PC, message, 3953), IUPLUS_ERR_CONSTRAINT);
	tear_down(1);
}

static void many_connections(void)
{
	uint8_t message[300];
	uint32_t conn;
	const unsigned n = 500;

	set_up(2);
	cn.echo = true;
	pattern(message, sizeof(message), 3);
	for (unsigned i = 0; i < n; i++) {
		CU_ASSERT_EQUAL(iuplus_iu_connect(i & 1 ? rnc.iu : rnc2.iu, CN_PC, message, 1 + i % sizeof(message),
						  NULL, &conn),
				0);
		/* on_confirmed() compares with these */
		iuplus_iu_set_user(i & 1 ? rnc.iu : rnc2.iu, conn, i & 1 ? &rnc : &rnc2);
		(i & 1 ? &rnc : &rnc2)->conn = conn;
		CU_ASSERT_TRUE(run(all, 3, i & 1 ? &rnc.confirmed : &rnc2.confirmed, i / 2 + 1));
	}
	CU_ASSERT_TRUE(run(all, 3, &rnc.messages, n / 2));
	CU_ASSERT_TRUE(run(all, 3, &rnc2.messages, n / 2));
	CU_ASSERT_EQUAL(iuplus_iu_connections(cn.iu), n);
	/* One RNC closes: its connections end, the others remain. */
	iuplus_iu_close(rnc2.iu);
	CU_ASSERT_TRUE(run(all, 2, &cn.lost, 1));
	CU_ASSERT_EQUAL(cn.released, n / 2);
	CU_ASSERT_EQUAL(cn.gone, n / 2);
	CU_ASSERT_EQUAL(cn.cause, IUPLUS_SCCP_REL_MTP_FAILURE);
	CU_ASSERT_STRING_EQUAL(cn.reason, "association lost");
	CU_ASSERT_EQUAL(iuplus_iu_connections(cn.iu), n / 2);
	tear_down(1);
}

/* The core in a process of its own, so that it can be killed without closing. */
static pid_t start_core(uint16_t port, uint32_t pc)
{
	pid_t child = fork();
	char number[8], point_code[8];

	if (child != 0)
		return child;
	snprintf(number, sizeof(number), "%u", port);
	snprintf(point_code, sizeof(point_code), "%u", pc);
	execl("/proc/self/exe", "test_net_iu", number, point_code, (char *)NULL);
	_exit(1);
}

_Noreturn static void be_core(uint16_t port, uint32_t pc)
{
	struct seen *const one[] = { &cn };

	is_child = true;
	alarm(60);
	open_node(&cn, pc, port, true);
	cn.echo = true;
	for (;;)
		run(one, 1, &cn.lost, 1000);
}

static void core_killed_and_back(void)
{
	uint8_t message[100];
	uint16_t port = free_port();
	struct seen *const one[] = { &rnc };
	pid_t child;

	child = start_core(port, CN_PC);
	open_node(&rnc, RNC_PC, 0, false);
	rnc.greet = false;
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc.iu, CN_PC, "127.0.0.1", port, 0), 0);
	CU_ASSERT_TRUE(run(one, 1, &rnc.available, 1));
	pattern(message, sizeof(message), 1);
	CU_ASSERT_EQUAL(iuplus_iu_connect(rnc.iu, CN_PC, message, sizeof(message), &rnc, &rnc.conn), 0);
	CU_ASSERT_TRUE(run(one, 1, &rnc.messages, 1));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	iuplus_iu_send(rnc.iu, rnc.conn, message, sizeof(message));
	CU_ASSERT_TRUE(run(one, 1, &rnc.lost, 1));
	CU_ASSERT_EQUAL(rnc.released, 1);
	CU_ASSERT_EQUAL(iuplus_iu_connections(rnc.iu), 0);
	/* A new one replaces it, and the RNC connects again. */
	child = start_core(port, CN_PC);
	CU_ASSERT_TRUE(run(one, 1, &rnc.available, 2));
	CU_ASSERT_EQUAL(iuplus_iu_connect(rnc.iu, CN_PC, message, sizeof(message), &rnc, &rnc.conn), 0);
	CU_ASSERT_TRUE(run(one, 1, &rnc.messages, 2));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	iuplus_iu_close(rnc.iu);
}

/* Packets to a dead peer must not cause the loss of packets to another one (both use the same UDP socket). */
static void other_core_killed(void)
{
	uint16_t ports[2] = { free_port(), free_port() };
	struct seen *const one[] = { &rnc };
	uint32_t dead, living;
	uint8_t message[100];
	uint64_t start, longest = 0;
	pid_t children[2];

	open_node(&rnc, RNC_PC, 0, false);
	rnc.greet = false;
	for (unsigned i = 0; i < 2; i++) {
		children[i] = start_core(ports[i], CN_PC + 10 + i);
		CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc.iu, CN_PC + 10 + i, "127.0.0.1", ports[i], 0), 0);
	}
	CU_ASSERT_TRUE(run(one, 1, &rnc.available, 2));
	pattern(message, sizeof(message), 1);
	rnc.conn = 0;
	CU_ASSERT_EQUAL(iuplus_iu_connect(rnc.iu, CN_PC + 10, message, sizeof(message), NULL, &dead), 0);
	CU_ASSERT_EQUAL(iuplus_iu_connect(rnc.iu, CN_PC + 11, message, sizeof(message), NULL, &living), 0);
	iuplus_iu_set_user(rnc.iu, dead, &rnc);
	iuplus_iu_set_user(rnc.iu, living, &rnc);
	rnc.any_conn = true;
	CU_ASSERT_TRUE(run(one, 1, &rnc.messages, 2));
	kill(children[0], SIGKILL);
	waitpid(children[0], NULL, 0);
	for (unsigned i = 0; i < 100; i++) {
		unsigned want = rnc.messages + 1;

		iuplus_iu_send(rnc.iu, dead, message, sizeof(message));
		poll(NULL, 0, 2);
		start = clock_ms();
		CU_ASSERT_EQUAL(iuplus_iu_send(rnc.iu, living, message, sizeof(message)), 0);
		CU_ASSERT_TRUE(run(one, 1, &rnc.messages, want));
		if (clock_ms() - start > longest)
			longest = clock_ms() - start;
	}
	/* a lost packet would be retransmitted after T3-rtx, at least 200 ms */
	if (longest >= 180)
		printf("\nlongest answer %u ms\n", (unsigned)longest);
	CU_ASSERT(longest < 180);
	CU_ASSERT_TRUE(run(one, 1, &rnc.lost, 1));
	CU_ASSERT_EQUAL(rnc.released, 1);
	kill(children[1], SIGKILL);
	waitpid(children[1], NULL, 0);
	iuplus_iu_close(rnc.iu);
}

/* An RNC with a port of its own, in a process of its own. */
_Noreturn static void be_rnc(uint16_t port, uint32_t pc, uint16_t core_port)
{
	struct seen *const one[] = { &rnc };

	is_child = true;
	alarm(60);
	open_node(&rnc, pc, port, false);
	rnc.echo = true;
	iuplus_iu_add_peer(rnc.iu, CN_PC, "127.0.0.1", core_port, 0);
	for (;;)
		run(one, 1, &rnc.lost, 1000);
}

static pid_t start_rnc(uint16_t port, uint16_t core_port)
{
	pid_t child = fork();
	char number[8], point_code[8], core_number[8];

	if (child != 0)
		return child;
	snprintf(number, sizeof(number), "%u", port);
	snprintf(point_code, sizeof(point_code), "%u", RNC_PC);
	snprintf(core_number, sizeof(core_number), "%u", core_port);
	execl("/proc/self/exe", "test_net_iu", number, point_code, core_number, (char *)NULL);
	_exit(1);
}

/* A peer that died and starts again with the same addresses: SCTP treats that as a restart of the association. */
static void rnc_restarts(void)
{
	uint16_t core_port = free_port(), port = free_port();
	struct seen *const one[] = { &cn };
	uint8_t message[100];
	pid_t child;

	open_node(&cn, CN_PC, core_port, true);
	child = start_rnc(port, core_port);
	CU_ASSERT_TRUE(run(one, 1, &cn.available, 1));
	pattern(message, sizeof(message), 1);
	for (unsigned life = 1; life <= 3; life++) {
		CU_ASSERT_EQUAL(iuplus_iu_connect(cn.iu, RNC_PC, message, sizeof(message), &cn, &cn.conn), 0);
		CU_ASSERT_TRUE(run(one, 1, &cn.messages, 2 * life)); /* its greeting, and the echo */
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		child = start_rnc(port, core_port);
		CU_ASSERT_TRUE(run(one, 1, &cn.available, life + 1));
		CU_ASSERT_EQUAL(cn.lost, life);
		CU_ASSERT_EQUAL(cn.released, life);
		CU_ASSERT_EQUAL(iuplus_iu_connections(cn.iu), 0);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	iuplus_iu_close(cn.iu);
}

static void nobody_there(void)
{
	uint64_t start = clock_ms();

	open_node(&rnc, RNC_PC, 0, false);
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc.iu, CN_PC, "127.0.0.1", free_port(), 0), 0);
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc.iu, CN_PC, "127.0.0.1", 0, 0), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc.iu, 16384, "127.0.0.1", 1, 0), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_iu_expect(rnc.iu, CN_PC, "localhost", 0), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(rnc.iu, RNC2_PC, "localhost", 1, 0), IUPLUS_ERR_ARGUMENT);
	while (clock_ms() - start < 1000) {
		poll(NULL, 0, 10);
		CU_ASSERT_EQUAL(iuplus_iu_step(rnc.iu, clock_ms()), 0);
	}
	CU_ASSERT_EQUAL(rnc.available, 0);
	CU_ASSERT_FALSE(iuplus_iu_available(rnc.iu, CN_PC));
	iuplus_iu_close(rnc.iu);
}

/* Garbage on the wire: arbitrary datagrams to the UDP port, and invalid M3UA messages, do not affect other peers. */
static void garbage(void)
{
	uint8_t junk[200];
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	uint64_t seed = seed_begin(), state = seed;
	unsigned failures = CU_get_number_of_failure_records();
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	set_up(1);
	cn.echo = true;
	to.sin_port = htons(iuplus_sctp_udp_port(iuplus_iu_sctp(cn.iu)));
	if (to.sin_port != 0) {
		for (unsigned i = 0; i < 2000; i++) {
			size_t len = seed_next(&state) % sizeof(junk);

			seed_octets(&state, junk, len);
			/* Half of them look like an INIT. */
			if (i & 1 && len > 16) {
				memset(junk + 4, 0, 8);
				junk[12] = 1;
			}
			sendto(fd, junk, len, 0, (struct sockaddr *)&to, sizeof(to));
			if (i % 100 == 0)
				iuplus_iu_step(cn.iu, clock_ms());
		}
	}
	close(fd);
	pattern(junk, sizeof(junk), 9);
	CU_ASSERT_EQUAL(iuplus_iu_connect(rnc.iu, CN_PC, junk, sizeof(junk), &rnc, &rnc.conn), 0);
	CU_ASSERT_TRUE(run(all, 2, &rnc.messages, 1));
	tear_down(1);
	seed_report(seed, failures);
}

static void arguments(void)
{
	struct iuplus_sctp *s;
	struct iuplus_sctp_config config = { .backend = backend, .local_ip = "127.0.0.1" };
	enum iuplus_sctp_backend b;
	uint32_t assoc;

	CU_ASSERT_EQUAL(iuplus_sctp_backend_parse("kernel", &b), 0);
	CU_ASSERT_EQUAL(b, IUPLUS_SCTP_KERNEL);
	CU_ASSERT_EQUAL(iuplus_sctp_backend_parse("none", &b), IUPLUS_ERR_ARGUMENT);
	config.listen = true;
	CU_ASSERT_EQUAL(iuplus_sctp_open(&s, &config, NULL, NULL), IUPLUS_ERR_ARGUMENT);
	config.listen = false;
	config.local_ip = "nowhere";
	CU_ASSERT_EQUAL(iuplus_sctp_open(&s, &config, NULL, NULL), IUPLUS_ERR_ARGUMENT);
	config.local_ip = "192.0.2.1";
	CU_ASSERT_EQUAL(iuplus_sctp_open(&s, &config, NULL, NULL), IUPLUS_ERR_IO);
	CU_ASSERT_EQUAL(errno, EADDRNOTAVAIL);
	config.local_ip = NULL;
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_open(&s, &config, NULL, NULL), 0);
	CU_ASSERT_EQUAL(iuplus_sctp_backend(s), backend);
	CU_ASSERT_EQUAL(iuplus_sctp_connect(s, "::1", 1, 0, &assoc), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_sctp_send(s, 1, 0, 3, "x", 1), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_sctp_shutdown(s, 1, true), IUPLUS_ERR_STATE);
	iuplus_sctp_close(s);
	iuplus_sctp_close(NULL);
	iuplus_iu_close(NULL);
}

int main(int argc, char **argv)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "core killed and back", core_killed_and_back },
		{ "other core killed", other_core_killed },
		{ "RNC restarts", rnc_restarts },
		{ "arguments", arguments },
		{ "connection", connection },
		{ "core connects", core_connects },
		{ "data ends a connection", data_ends_connection },
		{ "data refuses a connection", data_refuses_connection },
		{ "unitdata", unitdata },
		{ "many connections", many_connections },
		{ "absent peer", nobody_there },
		{ "garbage", garbage }
	};
	const char *name = getenv("IUPLUS_TEST_SCTP");

	if (name != NULL && iuplus_sctp_backend_parse(name, &backend) != 0) {
		fprintf(stderr, "IUPLUS_TEST_SCTP=%s: kernel or usrsctp\n", name);
		return 2;
	}
	if (!iuplus_sctp_available(backend))
		return 77;
	if (argc == 4)
		be_rnc((uint16_t)atoi(argv[1]), (uint32_t)atoi(argv[2]), (uint16_t)atoi(argv[3]));
	if (argc == 3)
		be_core((uint16_t)atoi(argv[1]), (uint32_t)atoi(argv[2]));
	return iuplus_cunit_run("net_iu", tests, sizeof(tests) / sizeof(tests[0]));
}
