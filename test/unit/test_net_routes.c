/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net_routes.c: an Iu endpoint against peers that are written out message by message: several associations for one
 * point code and several point codes on one association, destinations that come and go, registration. The carrier is
 * usrsctp, or the one named by IUPLUS_TEST_SCTP. */
#include "src/net/iu.h"
#include "test/unit/test_net.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>

#define OWN 1u
#define LIMIT_MS 20000u

static enum iuplus_sctp_backend backend = IUPLUS_SCTP_USRSCTP;

static uint64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

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

/* --- the endpoint under test; it echoes everything --- */

static struct {
	struct iuplus_iu *iu;
	unsigned available, lost, connected, released, gone, unitdata, data, notices;
	uint32_t peer, conn;
	unsigned congestion;
	char notice[256], reason[64];
} own;

static void on_available(void *user, uint32_t pc)
{
	(void)user;
	own.available++;
	own.peer = pc;
}

static void on_lost(void *user, uint32_t pc, const char *reason)
{
	(void)user;
	own.lost++;
	own.peer = pc;
	snprintf(own.reason, sizeof(own.reason), "%s", reason);
}

static void on_congested(void *user, uint32_t pc, unsigned level)
{
	(void)user;
	(void)pc;
	own.congestion = level;
}

static void on_connected(void *user, uint32_t conn, uint32_t pc, const uint8_t *data, size_t len)
{
	(void)user;
	(void)data;
	(void)len;
	own.connected++;
	own.conn = conn;
	own.peer = pc;
}

static void on_data(void *user, uint32_t conn, void *conn_user, const uint8_t *data, size_t len)
{
	(void)user;
	(void)conn_user;
	own.data++;
	CU_ASSERT_EQUAL(iuplus_iu_send(own.iu, conn, data, len), 0);
}

static void on_released(void *user, uint32_t conn, void *conn_user, uint8_t cause, bool lost, const char *reason)
{
	(void)user;
	(void)conn;
	(void)conn_user;
	(void)cause;
	(void)reason;
	own.released++;
	own.gone += lost;
}

static void on_unitdata(void *user, uint32_t pc, const uint8_t *data, size_t len)
{
	(void)user;
	own.unitdata++;
	own.peer = pc;
	CU_ASSERT_EQUAL(iuplus_iu_unitdata(own.iu, pc, data, len), 0);
}

static void on_log(void *user, bool notice, const char *line)
{
	(void)user;
	if (notice) {
		own.notices++;
		snprintf(own.notice, sizeof(own.notice), "%s", line);
	}
	if (getenv("IUPLUS_TEST_LOG") != NULL)
		fprintf(stderr, "%s\n", line);
}

static void own_open(uint16_t port, struct iuplus_iu_config config)
{
	struct iuplus_iu_callbacks callbacks = {
		.peer_available = on_available,
		.peer_lost = on_lost,
		.peer_congested = on_congested,
		.connected = on_connected,
		.data = on_data,
		.released = on_released,
		.unitdata = on_unitdata,
		.log = on_log
	};

	memset(&own, 0, sizeof(own));
	config.point_code = OWN;
	config.network_indicator = 2;
	config.first_reference = 0x100;
	config.t_reconnect_ms = 100;
	config.sctp.backend = backend;
	config.sctp.local_ip = "127.0.0.1";
	config.sctp.local_port = port;
	config.sctp.listen = port != 0;
	CU_ASSERT_EQUAL_FATAL(iuplus_iu_open(&own.iu, &config, &callbacks), 0);
}

/* --- a peer: SCTP, and what it received as text --- */

struct raw {
	struct iuplus_sctp *sctp;
	uint32_t assoc;
	unsigned up, down, count;
	char text[2048];    /* "TYPE TYPE(...)": DATA with its point codes and SCCP's type, ERR with its code */
	uint8_t sccp[4096]; /* of the last DATA */
	size_t sccp_len;
	struct raw *next;
};
static struct raw *raws;

static void describe(struct raw *r, const struct iuplus_m3ua_message *m)
{
	size_t at = strlen(r->text), size = sizeof(r->text) - at;
	char *p = r->text + at;

	if (m->has_data)
		snprintf(p, size, " DATA(%u>%u %s)", m->opc, m->dpc, iuplus_sccp_type_name(m->user.data[0]));
	else if (m->has_status)
		snprintf(p, size, " NTFY(%u/%u)", m->status_type, m->status_info);
	else if (m->has_error)
		snprintf(p, size, " ERR(%u)", m->error);
	else if (m->type == IUPLUS_M3UA_BEAT_ACK)
		snprintf(p, size, " BEAT_ACK(%zu)", m->heartbeat.len);
	else if (m->affected.len >= 4)
		snprintf(p, size, " %s(%u)", iuplus_m3ua_type_name(m->type),
			 (unsigned)(m->affected.data[2] << 8 | m->affected.data[3]));
	else if (m->has_routing_context)
		snprintf(p, size, " %s{%u}", iuplus_m3ua_type_name(m->type), m->routing_context);
	else
		snprintf(p, size, " %s", iuplus_m3ua_type_name(m->type));
}

static void raw_event(void *user, const struct iuplus_sctp_event *event)
{
	struct raw *r = user;
	struct iuplus_m3ua_message m;
	unsigned error;

	r->up += event->kind == IUPLUS_SCTP_UP;
	r->down += event->kind == IUPLUS_SCTP_DOWN;
	if (event->kind == IUPLUS_SCTP_UP)
		r->assoc = event->assoc;
	if (event->kind != IUPLUS_SCTP_MESSAGE)
		return;
	CU_ASSERT_EQUAL(iuplus_m3ua_decode(event->data, event->len, &m, &error), 0);
	describe(r, &m);
	if (m.has_data && m.user.len <= sizeof(r->sccp)) {
		memcpy(r->sccp, m.user.data, m.user.len);
		r->sccp_len = m.user.len;
	}
	r->count++;
}

static void raw_open(struct raw *r, uint16_t port)
{
	struct iuplus_sctp_config
		config = { .backend = backend, .local_ip = "127.0.0.1", .local_port = port, .listen = port != 0 };

	memset(r, 0, sizeof(*r));
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_open(&r->sctp, &config, raw_event, r), 0);
	r->next = raws;
	raws = r;
}

static void raw_close(struct raw *r)
{
	struct raw **p = &raws;

	while (*p != r)
		p = &(*p)->next;
	*p = r->next;
	iuplus_sctp_close(r->sctp);
}

/* Runs the endpoint and all peers until *counter reaches want, or the limit. */
static bool run(const unsigned *counter, unsigned want)
{
	uint64_t start = clock_ms();

	while (*counter < want && clock_ms() - start < LIMIT_MS) {
		struct pollfd fds[8] = { { .fd = iuplus_iu_fd(own.iu), .events = POLLIN } };
		nfds_t n = 1;

		for (const struct raw *r = raws; r != NULL; r = r->next) {
			fds[n].fd = iuplus_sctp_fd(r->sctp);
			fds[n++].events = POLLIN;
		}
		poll(fds, n, 2);
		CU_ASSERT_EQUAL(iuplus_iu_step(own.iu, clock_ms()), 0);
		for (struct raw *r = raws; r != NULL; r = r->next)
			iuplus_sctp_step(r->sctp);
	}
	return *counter >= want;
}

static void raw_send(struct raw *r, uint16_t stream, const char *hex)
{
	uint8_t buf[256];
	size_t len = unhex(hex, buf, sizeof(buf));

	CU_ASSERT_EQUAL(iuplus_sctp_send(r->sctp, r->assoc, stream, IUPLUS_M3UA_PPID, buf, len), 0);
}

/* DATA with SCCP's octets. */
static void raw_data(struct raw *r, uint32_t opc, uint32_t dpc, uint8_t si, const char *hex)
{
	uint8_t user[256], buf[512];
	struct iuplus_m3ua_message
		m = { .type = IUPLUS_M3UA_DATA, .has_data = true, .opc = opc, .dpc = dpc, .si = si, .ni = 2 };
	size_t len;

	m.user.data = user;
	m.user.len = unhex(hex, user, sizeof(user));
	CU_ASSERT_EQUAL(iuplus_m3ua_encode(&m, buf, sizeof(buf), &len), 0);
	CU_ASSERT_EQUAL(iuplus_sctp_send(r->sctp, r->assoc, 1, IUPLUS_M3UA_PPID, buf, len), 0);
}

/* A fence: everything that was sent before is processed, and every answer is here. */
static void fence(struct raw *r)
{
	unsigned before = r->count;
	char *at;

	raw_send(r, 0, "01000303 00000010 00090008 66656e63");
	do {
		if (!run(&r->count, ++before))
			break;
		at = strstr(r->text, " BEAT_ACK(4)");
	} while (at == NULL);
	CU_ASSERT_PTR_NOT_NULL(strstr(r->text, " BEAT_ACK(4)"));
	at = strstr(r->text, " BEAT_ACK(4)");
	if (at != NULL)
		*at = '\0';
}

/* What arrived up to now; the next call begins anew. */
static const char *received(struct raw *r)
{
	static char text[2048];

	fence(r);
	snprintf(text, sizeof(text), "%s", r->text[0] == ' ' ? r->text + 1 : r->text);
	r->text[0] = '\0';
	return text;
}

#define EXPECT(r, what) \
	do { \
		const char *got = received(r); \
		if (strcmp(got, what) != 0) \
			printf("\nline %d: got '%s', want '%s'\n", __LINE__, got, what); \
		CU_ASSERT_STRING_EQUAL(got, what); \
	} while (0)

#define ASPUP "01000301 00000008"
#define ASPAC "01000401 00000010 00060008 00000005"

/* An ASP that connects to the endpoint and becomes active. */
static void raw_asp(struct raw *r, uint16_t port, const char *aspup)
{
	raw_open(r, 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_connect(r->sctp, "127.0.0.1", port, 0, &r->assoc), 0);
	CU_ASSERT_TRUE_FATAL(run(&r->up, 1));
	raw_send(r, 0, aspup);
	raw_send(r, 0, "01000401 00000008");
	EXPECT(r, "ASPUP_ACK NTFY(1/2) ASPAC_ACK NTFY(1/3)");
}

#define UDT "09 00 03 07 0b 04 4301008e 04 4317008e 04 70696e67"
#define CR "01 090000 02 02 06 04 4301008e 0f 02 0102 00"

/* P01: mated transfer points, or load sharing: both associations with one point code are served. */
static void two_associations(void)
{
	uint16_t port = free_port();
	struct raw a, b;
	char dt1[64];
	unsigned from_a, from_b;

	own_open(port, (struct iuplus_iu_config){ 0 });
	raw_asp(&a, port, ASPUP);
	raw_asp(&b, port, ASPUP);
	for (unsigned i = 0; i < 8; i++) {
		raw_data(i & 1 ? &b : &a, 23, OWN, 3, UDT);
		CU_ASSERT_TRUE(run(&own.unitdata, i + 1));
	}
	received(&a);
	received(&b);
	CU_ASSERT_EQUAL(own.available, 1);
	CU_ASSERT_EQUAL(own.lost, 0);
	CU_ASSERT_EQUAL(a.down + b.down, 0);
	/* both get a share, and a connection is the same over both */
	from_a = a.count;
	from_b = b.count;
	for (unsigned i = 0; i < 16; i++)
		CU_ASSERT_EQUAL(iuplus_iu_unitdata(own.iu, 23, (const uint8_t *)"x", 1), 0);
	received(&a);
	received(&b);
	CU_ASSERT_EQUAL(a.count - from_a, 9); /* and the fence */
	CU_ASSERT_EQUAL(b.count - from_b, 9);
	raw_data(&a, 23, OWN, 3, CR);
	CU_ASSERT_TRUE(run(&own.connected, 1));
	snprintf(dt1, sizeof(dt1), "06 %02x%02x%02x 00 01 02 0304", own.conn & 0xff, own.conn >> 8 & 0xff,
		 own.conn >> 16);
	raw_data(&b, 23, OWN, 3, dt1);
	CU_ASSERT_TRUE(run(&own.data, 1));
	/* one ends: nothing is lost; the other, and the peer is */
	raw_close(&a);
	raw_data(&b, 23, OWN, 3, dt1);
	CU_ASSERT_TRUE(run(&own.data, 2));
	CU_ASSERT_EQUAL(own.lost + own.released, 0);
	raw_close(&b);
	CU_ASSERT_TRUE(run(&own.lost, 1));
	CU_ASSERT_EQUAL(own.released, 1);
	CU_ASSERT_EQUAL(own.gone, 1);
	iuplus_iu_close(own.iu);
}

/* An ASP identifier is no point code: the answer goes to where the message is from. And an identifier that is in use is
 * refused, without harm to the one who uses it (M49). */
static void asp_identifier(void)
{
	uint16_t port = free_port();
	struct raw a, b;

	own_open(port, (struct iuplus_iu_config){ 0 });
	raw_asp(&a, port, "01000301 00000010 00110008 00000005");
	CU_ASSERT_EQUAL(own.available, 0);
	raw_data(&a, 11, OWN, 3, UDT);
	CU_ASSERT_TRUE(run(&own.unitdata, 1));
	EXPECT(&a, "DATA(1>11 UDT)");
	CU_ASSERT_EQUAL(own.peer, 11);
	raw_open(&b, 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_connect(b.sctp, "127.0.0.1", port, 0, &b.assoc), 0);
	CU_ASSERT_TRUE_FATAL(run(&b.up, 1));
	raw_send(&b, 0, "01000301 00000010 00110008 00000005");
	raw_send(&b, 0, "01000401 00000008");
	EXPECT(&b, "ERR(15) ERR(6)");
	CU_ASSERT_PTR_NOT_NULL(strstr(own.notice, "invalid ASP identifier"));
	raw_data(&a, 11, OWN, 3, UDT);
	EXPECT(&a, "DATA(1>11 UDT)");
	CU_ASSERT_EQUAL(own.lost + a.down, 0);
	raw_close(&a);
	raw_close(&b);
	iuplus_iu_close(own.iu);
}

/* Several RNCs behind a transfer point: the OPC of each message says who speaks, in whatever order they begin. */
static void several_point_codes(void)
{
	static const uint32_t orders[2][2] = { { 21, 22 }, { 22, 21 } };
	uint16_t port = free_port();
	struct raw a;

	for (unsigned i = 0; i < 2; i++) {
		own_open(port, (struct iuplus_iu_config){ 0 });
		raw_asp(&a, port, ASPUP);
		raw_data(&a, orders[i][0], OWN, 3, UDT);
		raw_data(&a, orders[i][1], OWN, 3, UDT);
		raw_data(&a, orders[i][0], OWN, 3, UDT);
		EXPECT(&a, i == 0 ? "DATA(1>21 UDT) DATA(1>22 UDT) DATA(1>21 UDT)" :
				    "DATA(1>22 UDT) DATA(1>21 UDT) DATA(1>22 UDT)");
		CU_ASSERT_EQUAL(own.available, 2);
		CU_ASSERT(iuplus_iu_available(own.iu, 21) && iuplus_iu_available(own.iu, 22));
		raw_close(&a);
		CU_ASSERT_TRUE(run(&own.lost, 2));
		iuplus_iu_close(own.iu);
	}
}

/* With a routing context the associations are one AS: its state is shared, and override takes the traffic. */
static void one_as(void)
{
	uint16_t port = free_port();
	struct raw a, b;

	own_open(port, (struct iuplus_iu_config){ .has_routing_context = true, .routing_context = 5 });
	raw_open(&a, 0);
	raw_open(&b, 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_connect(a.sctp, "127.0.0.1", port, 0, &a.assoc), 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_connect(b.sctp, "127.0.0.1", port, 0, &b.assoc), 0);
	CU_ASSERT_TRUE_FATAL(run(&a.up, 1) && run(&b.up, 1));
	raw_send(&a, 0, ASPUP);
	raw_send(&a, 0, ASPAC);
	EXPECT(&a, "ASPUP_ACK NTFY(1/2) ASPAC_ACK{5} NTFY(1/3)");
	raw_send(&b, 0, ASPUP);
	raw_send(&b, 0, ASPAC);
	EXPECT(&b, "ASPUP_ACK NTFY(1/3) ASPAC_ACK{5}");
	raw_send(&a, 0, "01000402 00000008");
	EXPECT(&a, "ASPIA_ACK");
	raw_send(&b, 0, "01000402 00000008");
	EXPECT(&b, "ASPIA_ACK NTFY(1/4)");
	EXPECT(&a, "NTFY(1/4)");
	raw_send(&a, 0, ASPAC);
	EXPECT(&a, "ASPAC_ACK{5} NTFY(1/3)");
	EXPECT(&b, "NTFY(1/3)");
	raw_close(&a);
	CU_ASSERT_TRUE(run(&b.count, b.count + 1));
	EXPECT(&b, "NTFY(1/4)");
	raw_close(&b);
	iuplus_iu_close(own.iu);

	own_open(port, (struct iuplus_iu_config){ .has_routing_context = true,
						  .routing_context = 5,
						  .traffic_mode = IUPLUS_M3UA_TMT_OVERRIDE });
	raw_open(&a, 0);
	raw_open(&b, 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_connect(a.sctp, "127.0.0.1", port, 0, &a.assoc), 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_sctp_connect(b.sctp, "127.0.0.1", port, 0, &b.assoc), 0);
	CU_ASSERT_TRUE_FATAL(run(&a.up, 1) && run(&b.up, 1));
	raw_send(&a, 0, ASPUP);
	raw_send(&a, 0, ASPAC);
	fence(&a);
	raw_send(&b, 0, ASPUP);
	raw_send(&b, 0, ASPAC);
	EXPECT(&b, "ASPUP_ACK NTFY(1/3) ASPAC_ACK{5}");
	fence(&a);
	CU_ASSERT_PTR_NOT_NULL(strstr(a.text, "NTFY(2/2)"));
	a.text[0] = '\0';
	raw_data(&a, 23, OWN, 3, UDT);
	EXPECT(&a, "ERR(6)");
	raw_data(&b, 23, OWN, 3, UDT);
	EXPECT(&b, "DATA(1>23 UDT)");
	raw_close(&a);
	raw_close(&b);
	iuplus_iu_close(own.iu);
}

/* M31, M32, and BEAT of any length. */
static void not_here(void)
{
	static uint8_t beat[60012] = { 1, 0, 3, 3, 0, 0, 0xea, 0x6c, 0, 9, 0xea, 0x64 };
	static uint8_t longest[65544] = { 1, 0, 3, 3, 0, 1, 0, 8, 0, 9, 0xff, 0xff };
	uint16_t port = free_port();
	struct raw a;

	own_open(port, (struct iuplus_iu_config){ 0 });
	raw_asp(&a, port, ASPUP);
	raw_data(&a, 23, 666, 3, UDT);
	raw_data(&a, 23, OWN, 5, "010203");
	EXPECT(&a, "DUNA(666) DUPU(1)");
	CU_ASSERT_EQUAL(own.unitdata, 0);
	CU_ASSERT_EQUAL(iuplus_sctp_send(a.sctp, a.assoc, 0, IUPLUS_M3UA_PPID, beat, sizeof(beat)), 0);
	EXPECT(&a, "BEAT_ACK(60000)");
	CU_ASSERT_EQUAL(iuplus_sctp_send(a.sctp, a.assoc, 0, IUPLUS_M3UA_PPID, longest, sizeof(longest)), 0);
	EXPECT(&a, "BEAT_ACK(65531)");
	raw_close(&a);
	iuplus_iu_close(own.iu);
}

/* A listener that knows where its peers come from can open a connection before they have spoken. */
static void expected(void)
{
	uint16_t port = free_port();
	struct raw a;
	uint32_t conn;

	own_open(port, (struct iuplus_iu_config){ 0 });
	CU_ASSERT_EQUAL(iuplus_iu_expect(own.iu, 31, "127.0.0.1", 0), 0);
	CU_ASSERT_EQUAL(iuplus_iu_expect(own.iu, 32, "127.0.0.1", 0), 0);
	CU_ASSERT_EQUAL(iuplus_iu_expect(own.iu, 33, "127.0.0.9", 0), 0);
	CU_ASSERT_EQUAL(iuplus_iu_expect(own.iu, 34, "127.0.0.1", 1), 0);
	raw_asp(&a, port, ASPUP);
	CU_ASSERT_EQUAL(own.available, 2);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 31, (const uint8_t *)"x", 1, NULL, &conn), 0);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 32, (const uint8_t *)"x", 1, NULL, &conn), 0);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 33, (const uint8_t *)"x", 1, NULL, &conn), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 34, (const uint8_t *)"x", 1, NULL, &conn), IUPLUS_ERR_STATE);
	EXPECT(&a, "DATA(1>31 CR) DATA(1>32 CR)");
	raw_close(&a);
	CU_ASSERT_TRUE(run(&own.lost, 2));
	iuplus_iu_close(own.iu);
}

/* A gateway that the endpoint connects to; it answers ASPUP and ASPAC. */
static void raw_gateway(struct raw *r, uint16_t port, const char *want_ac)
{
	CU_ASSERT_TRUE_FATAL(run(&r->count, 1));
	raw_send(r, 0, "01000304 00000008");
	CU_ASSERT_TRUE_FATAL(run(&r->count, 2));
	raw_send(r, 0, "01000403 00000008");
	EXPECT(r, want_ac);
	(void)port;
}

/* What the gateway says of the destination behind it (C11 to C14, C20). */
static void destinations(void)
{
	uint16_t port = free_port();
	struct raw g;
	uint32_t conn;
	uint8_t beat[612] = { 1, 0, 3, 3, 0, 0, 2, 0x64, 0, 9, 2, 0x5c };

	raw_open(&g, port);
	own_open(0, (struct iuplus_iu_config){ 0 });
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(own.iu, 23, "127.0.0.1", port, 0), 0);
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(own.iu, 24, "127.0.0.1", port, 0), 0);
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(own.iu, 23, "127.0.0.1", port, 0), IUPLUS_ERR_ARGUMENT);
	raw_gateway(&g, port, "ASPUP ASPAC");
	CU_ASSERT_EQUAL(own.available, 2);
	/* DUNA: the peer is lost with its connections, the other one is not */
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 23, (const uint8_t *)"x", 1, NULL, &conn), 0);
	EXPECT(&g, "DATA(1>23 CR)");
	raw_send(&g, 0, "01000201 00000010 00120008 00000017");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.lost, 1);
	CU_ASSERT_EQUAL(own.peer, 23);
	CU_ASSERT_PTR_NOT_NULL(strstr(own.notice, "DUNA from 127.0.0.1"));
	CU_ASSERT_EQUAL(iuplus_iu_connections(own.iu), 0);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 23, (const uint8_t *)"x", 1, NULL, &conn), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_iu_unitdata(own.iu, 23, (const uint8_t *)"x", 1), IUPLUS_ERR_STATE);
	CU_ASSERT_TRUE(iuplus_iu_available(own.iu, 24));
	/* DAVA with a mask that covers it: reported at once */
	raw_send(&g, 0, "01000202 00000010 00120008 03000010");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.available, 3);
	CU_ASSERT_EQUAL(own.peer, 23);
	/* DUNA with a mask: both */
	raw_send(&g, 0, "01000201 00000010 00120008 0e000000");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.lost, 3);
	raw_send(&g, 0, "01000202 00000014 0012000c 00000017 00000018");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.available, 5);
	/* a destination that speaks although it is unavailable: DAUD */
	raw_send(&g, 0, "01000201 00000010 00120008 00000018");
	raw_data(&g, 24, OWN, 3, "06 010000 00 01 01 aa");
	EXPECT(&g, "DAUD(24)");
	raw_send(&g, 0, "01000202 00000010 00120008 00000018");
	EXPECT(&g, "");
	/* DUPU for SCCP: lost, and SSN 1 is tested until it is allowed; for another user: nothing */
	raw_send(&g, 0, "01000205 00000018 00120008 00000017 02040008 00000005");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.lost, 4);
	raw_send(&g, 0, "01000205 00000018 00120008 00000017 02040008 00010003");
	EXPECT(&g, "DATA(1>23 UDT)");
	CU_ASSERT_EQUAL(own.lost, 5);
	CU_ASSERT_TRUE(same_hex("SST", g.sccp, g.sccp_len, "0900 03 07 0b 04 43170001 04 43010001 05 03 01 1700 00"));
	raw_data(&g, 23, OWN, 3, "0900 03 07 0b 04 43010001 04 43170001 05 01 01 1700 00");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.available, 7);
	/* its user goes out of service, and comes back */
	raw_data(&g, 23, OWN, 3, "0900 03 07 0b 04 43010001 04 43170001 05 02 8e 1700 00");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.lost, 6);
	raw_data(&g, 23, OWN, 3, "0900 03 07 0b 04 43010001 04 43170001 05 01 8e 1700 00");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.available, 8);
	/* congestion */
	raw_send(&g, 0, "01000204 00000018 00120008 00000017 02050008 00000002");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.congestion, 2);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 23, (const uint8_t *)"x", 1, NULL, &conn), IUPLUS_ERR_EXHAUSTED);
	raw_send(&g, 0, "01000204 00000018 00120008 00000017 02050008 00000000");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.congestion, 0);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 23, (const uint8_t *)"x", 1, NULL, &conn), 0);
	EXPECT(&g, "DATA(1>23 CR)");
	/* an ASP answers BEAT of any length, DAUD by ERR; ERR is said in words */
	CU_ASSERT_EQUAL(iuplus_sctp_send(g.sctp, g.assoc, 0, IUPLUS_M3UA_PPID, beat, sizeof(beat)), 0);
	raw_send(&g, 0, "01000203 00000010 00120008 00000001");
	EXPECT(&g, "BEAT_ACK(600) ERR(6)");
	raw_send(&g, 0, "01000000 00000010 000c0008 00000019");
	EXPECT(&g, "");
	CU_ASSERT_PTR_NOT_NULL(strstr(own.notice, "ERR received: invalid routing context"));
	/* another ASP is active */
	raw_send(&g, 0, "01000001 00000010 000d0008 00020002");
	EXPECT(&g, "");
	CU_ASSERT_EQUAL(own.lost, 8);
	CU_ASSERT_EQUAL(iuplus_iu_connect(own.iu, 23, (const uint8_t *)"x", 1, NULL, &conn), IUPLUS_ERR_STATE);
	iuplus_iu_close(own.iu);
	raw_close(&g);
}

/* Two gateways lead to the same destination: it is lost when the last one says so. */
static void mated(void)
{
	uint16_t ports[2] = { free_port(), free_port() };
	struct raw g[2];

	for (unsigned i = 0; i < 2; i++)
		raw_open(&g[i], ports[i]);
	own_open(0, (struct iuplus_iu_config){ 0 });
	for (unsigned i = 0; i < 2; i++)
		CU_ASSERT_EQUAL(iuplus_iu_add_peer(own.iu, 23, "127.0.0.1", ports[i], 0), 0);
	raw_gateway(&g[0], ports[0], "ASPUP ASPAC");
	CU_ASSERT_TRUE_FATAL(run(&g[1].count, 1));
	raw_send(&g[1], 0, "01000304 00000008");
	CU_ASSERT_TRUE_FATAL(run(&g[1].count, 2));
	raw_send(&g[1], 0, "01000403 00000008");
	fence(&g[1]);
	fence(&g[0]);
	CU_ASSERT_EQUAL(own.available, 1);
	raw_send(&g[0], 0, "01000201 00000010 00120008 00000017");
	fence(&g[0]);
	CU_ASSERT_EQUAL(own.lost, 0);
	g[0].text[0] = g[1].text[0] = '\0';
	for (unsigned i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(iuplus_iu_unitdata(own.iu, 23, (const uint8_t *)"x", 1), 0);
	EXPECT(&g[0], "");
	EXPECT(&g[1], "DATA(1>23 UDT) DATA(1>23 UDT) DATA(1>23 UDT) DATA(1>23 UDT)");
	raw_send(&g[1], 0, "01000201 00000010 00120008 00000017");
	fence(&g[1]);
	CU_ASSERT_EQUAL(own.lost, 1);
	raw_send(&g[0], 0, "01000202 00000010 00120008 00000017");
	fence(&g[0]);
	CU_ASSERT_EQUAL(own.available, 2);
	iuplus_iu_close(own.iu);
	for (unsigned i = 0; i < 2; i++)
		raw_close(&g[i]);
}

/* A listener is the client of a gateway too, registers there, and the gateway hands out the routing context. */
static void registers(void)
{
	uint16_t port = free_port(), gateway = free_port();
	struct raw a, g;

	raw_open(&g, gateway);
	own_open(port, (struct iuplus_iu_config){ .registers = true, .audits = true });
	CU_ASSERT_EQUAL(iuplus_iu_add_peer(own.iu, 23, "127.0.0.1", gateway, 0), 0);
	CU_ASSERT_TRUE_FATAL(run(&g.count, 1));
	raw_send(&g, 0, "01000304 00000008");
	CU_ASSERT_TRUE_FATAL(run(&g.count, 2));
	raw_send(&g, 0, "01000902 00000024 0208001c 020a0008 00000001 02120008 00000000 00060008 00000009");
	CU_ASSERT_TRUE_FATAL(run(&g.count, 3));
	raw_send(&g, 0, "01000403 00000010 00060008 00000009");
	EXPECT(&g, "ASPUP REG_REQ ASPAC{9} DAUD(23)");
	CU_ASSERT_EQUAL(own.available, 1);
	raw_asp(&a, port, ASPUP);
	raw_data(&a, 24, OWN, 3, UDT);
	EXPECT(&a, "DATA(1>24 UDT)");
	raw_data(&g, 23, OWN, 3, UDT);
	EXPECT(&g, "DATA(1>23 UDT)");
	iuplus_iu_close(own.iu);
	raw_close(&a);
	raw_close(&g);
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "two associations", two_associations },
		{ "ASP identifier", asp_identifier },
		{ "several point codes", several_point_codes },
		{ "one AS", one_as },
		{ "not here", not_here },
		{ "expected", expected },
		{ "destinations", destinations },
		{ "mated gateways", mated },
		{ "registers", registers }
	};
	const char *name = getenv("IUPLUS_TEST_SCTP");

	if (name != NULL && iuplus_sctp_backend_parse(name, &backend) != 0) {
		fprintf(stderr, "IUPLUS_TEST_SCTP=%s: kernel or usrsctp\n", name);
		return 2;
	}
	if (!iuplus_sctp_available(backend))
		return 77;
	return iuplus_cunit_run("net_routes", tests, sizeof(tests) / sizeof(tests[0]));
}
