/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net_sccp.c: SCCP: known octets, and two stacks connected back to back in virtual time. */
#include "src/net/sccp.h"
#include "test/unit/test_net.h"

#define MAX_QUEUE 4096
#define SSN 142u

/* --- known octets, written by hand from Q.713 --- */

static struct iuplus_sccp_address address(uint16_t pc)
{
	struct iuplus_sccp_address
		a = { .has_point_code = true, .has_ssn = true, .route_on_ssn = true, .point_code = pc, .ssn = SSN };

	return a;
}

static void known(const char *what, const struct iuplus_sccp_message *m, const char *hex)
{
	struct iuplus_sccp_message back;
	uint8_t buf[512], again[512];
	size_t len = 0, len2 = 0;

	CU_ASSERT_EQUAL_FATAL(iuplus_sccp_encode(m, buf, sizeof(buf), &len), 0);
	CU_ASSERT_TRUE(same_hex(what, buf, len, hex));
	CU_ASSERT_EQUAL(iuplus_sccp_encode(m, again, len - 1, &len2), IUPLUS_ERR_SPACE);
	CU_ASSERT_EQUAL_FATAL(iuplus_sccp_decode(buf, len, &back), 0);
	CU_ASSERT_EQUAL(back.type, m->type);
	CU_ASSERT_STRING_EQUAL(iuplus_sccp_type_name(back.type), what);
	CU_ASSERT_EQUAL(iuplus_sccp_encode(&back, again, sizeof(again), &len2), 0);
	CU_ASSERT_TRUE(same_hex("encoded again", again, len2, hex));
}

static void known_octets(void)
{
	static const uint8_t two[] = { 0x01, 0x02 };
	struct iuplus_sccp_message m = {
		.type = IUPLUS_SCCP_CR,
		.source = 1,
		.protocol_class = 2,
		.has_called = true,
		.has_calling = true,
		.called = address(189),
		.calling = address(190),
		.data = { two, 2 }
	};

	known("CR", &m, "01 010000 02 02 06 04 43bd008e 04 04 43be008e 0f 02 0102 00");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_CC,
					  .destination = 1,
					  .source = 0x123456,
					  .protocol_class = 2 };
	known("CC", &m, "02 010000 563412 02 00");
	m.data = (struct iuplus_octets){ two, 2 };
	known("CC", &m, "02 010000 563412 02 01 0f 02 0102 00");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_CREF, .destination = 1, .cause = 19 };
	known("CREF", &m, "03 010000 13 00");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_RLSD, .destination = 1, .source = 2, .cause = 3 };
	known("RLSD", &m, "04 010000 020000 03 00");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_RLC, .destination = 1, .source = 2 };
	known("RLC", &m, "05 010000 020000");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_DT1, .destination = 1, .more = true, .data = { two, 2 } };
	known("DT1", &m, "06 010000 01 01 02 0102");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_ERR, .destination = 1, .cause = 0 };
	known("ERR", &m, "0f 010000 00");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_IT, .destination = 1, .source = 2, .protocol_class = 2 };
	known("IT", &m, "10 010000 020000 02 0000 00");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_UDT,
					  .called = address(189),
					  .calling = address(190),
					  .data = { two, 2 },
					  .return_on_error = true };
	known("UDT", &m, "09 80 03 07 0b 04 43bd008e 04 43be008e 02 0102");
	m = (struct iuplus_sccp_message){
		.type = IUPLUS_SCCP_XUDT,
		.called = address(189),
		.calling = address(190),
		.data = { two, 2 },
		.protocol_class = 1,
		.hop_counter = 15,
		.has_segmentation = true,
		.first_segment = true,
		.remaining_segments = 1,
		.segmentation_reference = 5
	};
	known("XUDT", &m, "11 01 0f 04 08 0c 0e 04 43bd008e 04 43be008e 02 0102 10 04 81 050000 00");
	m = (struct iuplus_sccp_message){ .type = IUPLUS_SCCP_LUDT,
					  .called = address(189),
					  .calling = address(190),
					  .hop_counter = 15,
					  .data = { two, 2 } };
	known("LUDT", &m, "13 00 0f 0700 0a00 0d00 0000 04 43bd008e 04 43be008e 0200 0102");
	m.type = IUPLUS_SCCP_LUDTS;
	m.cause = 4;
	known("LUDTS", &m, "14 04 0f 0700 0a00 0d00 0000 04 43bd008e 04 43be008e 0200 0102");
	m.has_segmentation = true;
	m.first_segment = true;
	m.segmentation_reference = 5;
	known("LUDTS", &m, "14 04 0f 0700 0a00 0d00 0f00 04 43bd008e 04 43be008e 0200 0102 10 04 80 050000 00");
}

static void what_is_refused(void)
{
	static const struct {
		const char *hex;
		int rc;
	} bad[] = {
		{ "", IUPLUS_ERR_TRUNCATED },
		{ "15 0102", IUPLUS_ERR_NOT_COMPREHENDED },
		{ "13 000f 0000 0a00 0d00 0000 04 43bd008e", IUPLUS_ERR_SYNTAX }, /* LUDT without called address */
		{ "13 000f 0700 0a00 0d00 0000 04 43bd008e 04 43be008e 0300 0102", IUPLUS_ERR_TRUNCATED },
		{ "13 000f 0700 0a00 0d00 0000 04 43bd008e 04 43be008e 02", IUPLUS_ERR_TRUNCATED },
		{ "00", IUPLUS_ERR_NOT_COMPREHENDED },
		{ "01 010000 02 00 00", IUPLUS_ERR_SYNTAX }, /* the called address is mandatory */
		{ "01 010000 02 02 00 04 43bd00", IUPLUS_ERR_TRUNCATED },
		{ "01 010000 02 02 00 01 43", IUPLUS_ERR_TRUNCATED }, /* the indicator announces more than there is */
		{ "01 010000 02 02 06 04 43bd008e 0f 05 0102 00", IUPLUS_ERR_TRUNCATED },
		{ "01 010000 02 02 06 04 43bd008e 0f 02 0102", IUPLUS_ERR_TRUNCATED }, /* no end of optional part */
		{ "06 010000 00 01 00", IUPLUS_ERR_SYNTAX },                           /* DT1 without data */
		{ "06 010000 00 ff 02 0102", IUPLUS_ERR_TRUNCATED },
		{ "02 010000 020000 02 01", IUPLUS_ERR_TRUNCATED }
	};
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_CR, .source = 0x1000000 };
	uint8_t buf[512];
	size_t len;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t n = unhex(bad[i].hex, buf, sizeof(buf));
		int rc = iuplus_sccp_decode(buf, n, &m);

		if (rc != bad[i].rc)
			printf("\n%s: got %d, want %d\n", bad[i].hex, rc, bad[i].rc);
		CU_ASSERT_EQUAL(rc, bad[i].rc);
	}
	memset(&m, 0, sizeof(m));
	m.type = IUPLUS_SCCP_CR;
	m.source = 0x1000000;
	CU_ASSERT_EQUAL(iuplus_sccp_encode(&m, buf, sizeof(buf), &len), IUPLUS_ERR_CONSTRAINT);
	m.source = 1;
	m.data = (struct iuplus_octets){ buf, 131 };
	CU_ASSERT_EQUAL(iuplus_sccp_encode(&m, buf, sizeof(buf), &len), IUPLUS_ERR_CONSTRAINT);
	m.type = (enum iuplus_sccp_type)21;
	CU_ASSERT_EQUAL(iuplus_sccp_encode(&m, buf, sizeof(buf), &len), IUPLUS_ERR_NOT_COMPREHENDED);
}

/* --- two stacks back to back --- */

struct node {
	struct iuplus_sccp *sccp;
	struct node *other;
	uint32_t pc;
	bool deaf, full; /* received messages are lost; messages to send are rejected */
	bool accept, refuse, release_on_data, connect_on_loss;
	unsigned connects, confirms, refusals, datas, releases, unitdatas, notices;
	unsigned allowed, prohibited; /* subsystem number of the last SSA, SSP */
	uint32_t conn;
	uint8_t cause;
	const char *reason;
	uint8_t *last;
	size_t last_len;
	unsigned longest;   /* longest data field seen on the wire */
	unsigned types[24]; /* number of messages sent, by type */
};

static struct {
	struct node *to;
	uint8_t data[IUPLUS_SCCP_MAX_MESSAGE];
	size_t len;
} wire[MAX_QUEUE];
static size_t wire_first, wire_last;
static uint64_t now;
static struct node a, b;

static int node_send(void *user, uint32_t dpc, uint8_t sls, const uint8_t *data, size_t len)
{
	struct node *n = user;
	struct iuplus_sccp_message m;

	if (n->full)
		return IUPLUS_ERR_SPACE;
	CU_ASSERT_EQUAL(dpc, n->other->pc);
	CU_ASSERT(sls < 16);
	CU_ASSERT_EQUAL(iuplus_sccp_decode(data, len, &m), 0);
	n->types[m.type]++;
	if (m.data.len > n->longest)
		n->longest = (unsigned)m.data.len;
	CU_ASSERT_FATAL(wire_last - wire_first < MAX_QUEUE);
	wire[wire_last % MAX_QUEUE].to = n->other;
	memcpy(wire[wire_last % MAX_QUEUE].data, data, len);
	wire[wire_last++ % MAX_QUEUE].len = len;
	return 0;
}

static void remember(struct node *n, const struct iuplus_sccp_event *e)
{
	n->cause = e->cause;
	n->reason = e->reason;
	if (e->data.len == 0)
		return;
	free(n->last);
	n->last = malloc(e->data.len);
	memcpy(n->last, e->data.data, e->data.len);
	n->last_len = e->data.len;
}

static void node_event(void *user, const struct iuplus_sccp_event *e)
{
	struct node *n = user;
	uint32_t conn;

	remember(n, e);
	CU_ASSERT_EQUAL(e->peer_point_code, n->other->pc);
	switch (e->kind) {
	case IUPLUS_SCCP_EV_CONNECT:
		n->connects++;
		n->conn = e->conn;
		if (n->refuse) {
			CU_ASSERT_EQUAL(iuplus_sccp_refuse(n->sccp, e->conn, IUPLUS_SCCP_REF_END_USER_FAILURE), 0);
		} else if (n->accept) {
			CU_ASSERT_EQUAL(iuplus_sccp_accept(n->sccp, e->conn, now), 0);
		}
		break;
	case IUPLUS_SCCP_EV_CONFIRM:
		n->confirms++;
		CU_ASSERT_PTR_EQUAL(e->conn_user, n);
		break;
	case IUPLUS_SCCP_EV_REFUSED:
		n->refusals++;
		CU_ASSERT_PTR_NULL(iuplus_sccp_user(n->sccp, e->conn));
		break;
	case IUPLUS_SCCP_EV_DATA:
		n->datas++;
		if (n->release_on_data)
			CU_ASSERT_EQUAL(iuplus_sccp_release(n->sccp, e->conn, IUPLUS_SCCP_REL_END_USER, now), 0);
		break;
	case IUPLUS_SCCP_EV_RELEASED:
		n->releases++;
		CU_ASSERT_EQUAL(iuplus_sccp_send(n->sccp, e->conn, (const uint8_t *)"x", 1, now), IUPLUS_ERR_STATE);
		if (n->connect_on_loss)
			iuplus_sccp_connect(n->sccp, n->other->pc, (const uint8_t *)"x", 1, n, now, &conn);
		break;
	case IUPLUS_SCCP_EV_UNITDATA:
		n->unitdatas++;
		break;
	case IUPLUS_SCCP_EV_ALLOWED:
		n->allowed = e->ssn;
		break;
	case IUPLUS_SCCP_EV_PROHIBITED:
		n->prohibited = e->ssn;
		break;
	case IUPLUS_SCCP_EV_NOTICE:
		n->notices++;
		break;
	}
}

static void node_open(struct node *n, struct node *other, uint32_t pc, uint32_t max)
{
	struct iuplus_sccp_config
		config = { .point_code = pc, .ssn = SSN, .first_reference = 0xfffff0, .max_connections = max };
	struct iuplus_sccp_ops ops = { .send = node_send, .event = node_event, .user = n };

	memset(n, 0, sizeof(*n));
	n->other = other;
	n->pc = pc;
	n->accept = true;
	n->sccp = iuplus_sccp_new(&config, &ops);
	CU_ASSERT_PTR_NOT_NULL_FATAL(n->sccp);
}

static void open_both(void)
{
	wire_first = wire_last = 0;
	now = 1000;
	node_open(&a, &b, 190, 0);
	node_open(&b, &a, 189, 0);
}

static void close_both(void)
{
	iuplus_sccp_free(a.sccp);
	iuplus_sccp_free(b.sccp);
	free(a.last);
	free(b.last);
	a.last = b.last = NULL;
}

/* Delivers messages until none is left on the wire. */
static void deliver(void)
{
	while (wire_first < wire_last) {
		size_t i = wire_first++ % MAX_QUEUE;
		struct node *n = wire[i].to;

		if (!n->deaf)
			iuplus_sccp_receive(n->sccp, n->other->pc, wire[i].data, wire[i].len, now);
	}
}

/* Lets virtual time pass, timer by timer. */
static void pass(uint64_t ms)
{
	uint64_t end = now + ms;

	for (;;) {
		uint64_t next = iuplus_sccp_next(a.sccp), other = iuplus_sccp_next(b.sccp);

		if (other < next)
			next = other;
		if (next > end)
			break;
		now = next > now ? next : now;
		iuplus_sccp_tick(a.sccp, now);
		iuplus_sccp_tick(b.sccp, now);
		deliver();
	}
	now = end;
}

static uint32_t established(void)
{
	uint32_t conn = 0;
	unsigned before = a.confirms;

	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, (const uint8_t *)"hello", 5, &a, now, &conn), 0);
	deliver();
	CU_ASSERT_EQUAL(a.confirms, before + 1);
	return conn;
}

static void pattern(uint8_t *p, size_t len, size_t seed)
{
	for (size_t i = 0; i < len; i++)
		p[i] = (uint8_t)(i * 7 + i / 253 + seed);
}

static void sizes(void)
{
	static uint8_t message[IUPLUS_SCCP_MAX_NSDU + 1];
	uint32_t conn;

	open_both();
	for (size_t len = 1; len <= IUPLUS_SCCP_MAX_NSDU; len += len < 600 ? 1 : 4093) {
		unsigned before = b.datas + b.connects;

		if (len + 4093 > IUPLUS_SCCP_MAX_NSDU)
			len = IUPLUS_SCCP_MAX_NSDU;
		pattern(message, len, len);
		/* as first message, in CR or after CC */
		CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, message, len, &a, now, &conn), 0);
		deliver();
		CU_ASSERT_EQUAL(b.datas + b.connects, before + (len <= IUPLUS_SCCP_MAX_CR_DATA ? 1 : 2));
		CU_ASSERT_EQUAL(b.last_len, len);
		CU_ASSERT_EQUAL(memcmp(b.last, message, len), 0);
		/* and backwards on the connection */
		before = a.datas;
		CU_ASSERT_EQUAL(iuplus_sccp_send(b.sccp, b.conn, message, len, now), 0);
		deliver();
		CU_ASSERT_EQUAL(a.datas, before + 1);
		CU_ASSERT_EQUAL(a.last_len, len);
		CU_ASSERT_EQUAL(memcmp(a.last, message, len), 0);
		CU_ASSERT_EQUAL(iuplus_sccp_release(a.sccp, conn, 0, now), 0);
		deliver();
	}
	CU_ASSERT(a.longest <= 255 && b.longest <= 255);
	conn = established();
	CU_ASSERT_EQUAL(iuplus_sccp_send(a.sccp, conn, message, sizeof(message), now), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_sccp_send(a.sccp, conn, message, 0, now), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, message, sizeof(message), &a, now, &conn),
			IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 1);
	close_both();
}

static void releases(void)
{
	uint32_t conn;

	open_both();
	conn = established();
	CU_ASSERT_EQUAL(iuplus_sccp_release(a.sccp, conn, IUPLUS_SCCP_REL_END_USER, now), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_release(a.sccp, conn, IUPLUS_SCCP_REL_END_USER, now), IUPLUS_ERR_STATE);
	deliver();
	CU_ASSERT_EQUAL(b.releases, 1);
	CU_ASSERT_EQUAL(a.releases, 0);
	established();
	CU_ASSERT_EQUAL(iuplus_sccp_release(b.sccp, b.conn, IUPLUS_SCCP_REL_SCCP_USER, now), 0);
	deliver();
	CU_ASSERT_EQUAL(a.releases, 1);
	CU_ASSERT_EQUAL(a.cause, IUPLUS_SCCP_REL_SCCP_USER);
	/* both at once */
	conn = established();
	iuplus_sccp_release(a.sccp, conn, 0, now);
	iuplus_sccp_release(b.sccp, b.conn, 0, now);
	deliver();
	/* from within an event */
	conn = established();
	b.release_on_data = true;
	iuplus_sccp_send(a.sccp, conn, (const uint8_t *)"x", 1, now);
	deliver();
	CU_ASSERT_EQUAL(a.releases, 2);
	/* before CC */
	b.accept = false;
	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, (const uint8_t *)"x", 1, &a, now, &conn), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_release(a.sccp, conn, 0, now), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_send(a.sccp, conn, (const uint8_t *)"x", 1, now), IUPLUS_ERR_STATE);
	deliver();
	CU_ASSERT_EQUAL(iuplus_sccp_accept(b.sccp, b.conn, now), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_accept(b.sccp, b.conn, now), IUPLUS_ERR_STATE);
	deliver();
	CU_ASSERT_EQUAL(b.releases, 2);
	CU_ASSERT_EQUAL(a.releases, 2);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_count(b.sccp), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_next(a.sccp), UINT64_MAX);
	close_both();
}

static void lost_release(void)
{
	uint32_t conn;

	/* RLC never arrives: RLSD is retransmitted, and finally T(int) frees the reference. */
	open_both();
	conn = established();
	b.deaf = true;
	iuplus_sccp_release(a.sccp, conn, 0, now);
	pass(10000 + 59999);
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_RLSD], 7);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 1);
	pass(2);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 0);
	CU_ASSERT_EQUAL(a.releases, 0);
	close_both();
}

static void refusals(void)
{
	uint32_t conn;

	open_both();
	b.refuse = true;
	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, NULL, 0, &a, now, &conn), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_send(a.sccp, conn, (const uint8_t *)"later", 5, now), 0);
	deliver();
	CU_ASSERT_EQUAL(a.refusals, 1);
	CU_ASSERT_EQUAL(a.cause, IUPLUS_SCCP_REF_END_USER_FAILURE);
	/* no answer */
	b.deaf = true;
	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, NULL, 0, &a, now, &conn), 0);
	pass(59999);
	CU_ASSERT_EQUAL(a.refusals, 1);
	pass(1);
	CU_ASSERT_EQUAL(a.refusals, 2);
	CU_ASSERT_EQUAL(a.cause, IUPLUS_SCCP_REF_CONNECTION_TIMER);
	/* the user there never answers: both sides delete the connection */
	b.deaf = b.refuse = b.accept = false;
	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, NULL, 0, &a, now, &conn), 0);
	deliver();
	CU_ASSERT_EQUAL(iuplus_sccp_send(b.sccp, b.conn, (const uint8_t *)"x", 1, now), IUPLUS_ERR_STATE);
	pass(60001);
	CU_ASSERT_EQUAL(a.refusals, 3);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp) + iuplus_sccp_count(b.sccp), 0);
	/* MTP rejects it */
	a.full = true;
	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, NULL, 0, &a, now, &conn), IUPLUS_ERR_IO);
	CU_ASSERT_EQUAL(conn, 0);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 0);
	close_both();
}

/* Passes octets to a node as if its peer had sent them. */
static void inject(struct node *n, const char *hex)
{
	uint8_t buf[512];

	iuplus_sccp_receive(n->sccp, n->other->pc, buf, unhex(hex, buf, sizeof(buf)), now);
}

static void strays(void)
{
	open_both();
	/* for unknown references: RLC for RLSD, ERR for CC and IT, no answer to others */
	inject(&a, "04 010000 090000 00 00");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_RLC], 1);
	inject(&a, "02 010000 090000 02 00");
	inject(&a, "10 010000 090000 02 0000 00");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_ERR], 2);
	inject(&a, "05 010000 090000");
	inject(&a, "06 010000 00 01 01 aa");
	inject(&a, "03 010000 00 00");
	inject(&a, "0f 010000 00");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_RLC] + a.types[IUPLUS_SCCP_ERR], 3);
	/* a class without connections, an unequipped subsystem */
	inject(&a, "01 090000 00 02 00 04 43be008e");
	inject(&a, "01 090000 02 02 00 04 43be0092");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_CREF], 2);
	/* no subsystem number */
	inject(&a, "01 090000 02 02 00 03 41be00");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_CREF], 3);
	inject(&a, "09 80 03 06 0a 03 41be00 04 43bd008e 02 0102");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_UDTS], 1);
	CU_ASSERT_EQUAL(a.connects + a.datas + a.releases + a.refusals, 0);
	/* class 3 is reduced to 2; an address with a global title is accepted */
	inject(&a, "01 090000 03 02 00 08 1a8e001204 214365");
	inject(&a, "01 0a0000 02 02 00 06 128e00120421");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_CREF], 3);
	CU_ASSERT_EQUAL(a.connects, 2);
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_CC], 2);
	close_both();
}

static void other_peer(void)
{
	uint8_t buf[64];
	uint32_t conn;
	size_t len;

	/* References can be guessed: a message of another point code must not affect a connection. */
	open_both();
	conn = established();
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_RLSD, .destination = conn, .source = b.conn };
	CU_ASSERT_EQUAL(iuplus_sccp_encode(&m, buf, sizeof(buf), &len), 0);
	a.deaf = b.deaf = true;
	b.pc = 100;
	iuplus_sccp_receive(a.sccp, 100, buf, len, now);
	b.pc = 189;
	CU_ASSERT_EQUAL(a.releases, 0);
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_ERR], 1);
	CU_ASSERT_EQUAL(wire[(wire_last - 1) % MAX_QUEUE].data[4], 2); /* point code mismatch */
	/* nor may a wrong source reference */
	m.source = b.conn + 1;
	CU_ASSERT_EQUAL(iuplus_sccp_encode(&m, buf, sizeof(buf), &len), 0);
	iuplus_sccp_receive(a.sccp, b.pc, buf, len, now);
	CU_ASSERT_EQUAL(a.releases, 0);
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_ERR], 2);
	CU_ASSERT_EQUAL(iuplus_sccp_send(a.sccp, conn, buf, 1, now), 0);
	close_both();
}

static void inactivity(void)
{
	uint32_t conn;

	/* Two idle sides keep their connection by IT. */
	open_both();
	conn = established();
	pass(3600 * 1000);
	CU_ASSERT_EQUAL(a.releases + b.releases, 0);
	CU_ASSERT(a.types[IUPLUS_SCCP_IT] >= 11 && b.types[IUPLUS_SCCP_IT] >= 11);
	/* A restarted side is detected by the next IT. */
	iuplus_sccp_free(b.sccp);
	free(b.last);
	node_open(&b, &a, 189, 0);
	pass(300 * 1000);
	CU_ASSERT_EQUAL(a.releases, 1);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 0);
	/* A silent side is released after T(iar). */
	conn = established();
	b.deaf = true;
	b.full = true;
	pass(659 * 1000);
	CU_ASSERT_EQUAL(a.releases, 1);
	pass(1001);
	CU_ASSERT_EQUAL(a.releases, 2);
	CU_ASSERT_EQUAL(a.cause, IUPLUS_SCCP_REL_INACTIVITY);
	CU_ASSERT_EQUAL(iuplus_sccp_send(a.sccp, conn, (const uint8_t *)"x", 1, now), IUPLUS_ERR_STATE);
	pass(71 * 1000);
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 0);
	close_both();
}

static void association_lost(void)
{
	uint32_t conn;
	const unsigned n = 1000;

	open_both();
	for (unsigned i = 0; i < n; i++)
		established();
	/* one is being established, one is being released, one awaits its user */
	conn = established();
	iuplus_sccp_release(a.sccp, conn, 0, now);
	CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, NULL, 0, &a, now, &conn), 0);
	a.accept = false;
	inject(&a, "01 090000 02 02 00 04 43be008e");
	a.connect_on_loss = true;
	a.full = true;
	iuplus_sccp_peer_lost(a.sccp, 99, "not this one");
	CU_ASSERT_EQUAL(a.releases, 0);
	iuplus_sccp_peer_lost(a.sccp, b.pc, "association lost");
	CU_ASSERT_EQUAL(a.releases, n + 1);
	CU_ASSERT_EQUAL(a.refusals, 1);
	CU_ASSERT_STRING_EQUAL(a.reason, "association lost");
	CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_next(a.sccp), UINT64_MAX);
	close_both();
}

static void connections_limit(void)
{
	uint32_t conn, first = 0;

	open_both();
	iuplus_sccp_free(b.sccp);
	free(b.last);
	node_open(&b, &a, 189, 10);
	for (unsigned i = 0; i < 12; i++) {
		CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, NULL, 0, &a, now, &conn), 0);
		if (i == 0)
			first = conn;
		deliver();
	}
	CU_ASSERT_EQUAL(a.confirms, 10);
	CU_ASSERT_EQUAL(a.refusals, 2);
	CU_ASSERT_EQUAL(iuplus_sccp_connect(b.sccp, a.pc, NULL, 0, &b, now, &conn), IUPLUS_ERR_SPACE);
	/* a freed reference is not the next one assigned */
	iuplus_sccp_release(a.sccp, first, 0, now);
	deliver();
	for (unsigned i = 0; i < 5000; i++) {
		CU_ASSERT_EQUAL(iuplus_sccp_connect(a.sccp, b.pc, NULL, 0, &a, now, &conn), 0);
		CU_ASSERT(conn != first && conn != 0 && conn <= 0xffffff);
		iuplus_sccp_release(a.sccp, conn, 0, now);
		deliver();
	}
	close_both();
}

static void endless_message(void)
{
	static uint8_t chunk[300];
	struct iuplus_sccp_message m = { .type = IUPLUS_SCCP_DT1, .more = true };
	size_t len;

	open_both();
	m.destination = established();
	m.data = (struct iuplus_octets){ chunk + 20, 255 };
	CU_ASSERT_EQUAL(iuplus_sccp_encode(&m, wire[0].data, sizeof(wire[0].data), &len), 0);
	for (unsigned i = 0; i < IUPLUS_SCCP_MAX_NSDU / 255; i++)
		iuplus_sccp_receive(a.sccp, b.pc, wire[0].data, len, now);
	CU_ASSERT_EQUAL(a.releases, 0);
	wire_first = wire_last = 1;
	iuplus_sccp_receive(a.sccp, b.pc, wire[0].data, len, now);
	iuplus_sccp_receive(a.sccp, b.pc, wire[0].data, len, now);
	CU_ASSERT_EQUAL(a.releases, 1);
	CU_ASSERT_EQUAL(a.datas, 0);
	close_both();
}

static void unitdata(void)
{
	uint8_t message[IUPLUS_SCCP_MAX_UNITDATA + 1];

	open_both();
	for (size_t len = 1; len <= IUPLUS_SCCP_MAX_UNITDATA; len += 17) {
		unsigned before = b.unitdatas;

		pattern(message, len, len);
		CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, len), 0);
		deliver();
		CU_ASSERT_EQUAL(b.unitdatas, before + 1);
		CU_ASSERT_EQUAL(b.last_len, len);
		CU_ASSERT_EQUAL(memcmp(b.last, message, len), 0);
	}
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, sizeof(message)), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, 0), IUPLUS_ERR_CONSTRAINT);
	/* a segment is lost, then the next message is complete */
	b.unitdatas = 0;
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, 1000), 0);
	wire_last--;
	deliver();
	CU_ASSERT_EQUAL(b.unitdatas, 0);
	CU_ASSERT(iuplus_sccp_next(b.sccp) == now + 10000);
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, 700), 0);
	deliver();
	CU_ASSERT_EQUAL(b.unitdatas, 1);
	pass(10001);
	CU_ASSERT_EQUAL(iuplus_sccp_next(b.sccp), UINT64_MAX);
	/* an unequipped subsystem: the message is returned to a sender that requested it */
	inject(&a, "09 80 03 07 0b 04 43be0092 04 43bd008e 02 0102");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_UDTS], 1);
	inject(&a, "09 00 03 07 0b 04 43be0092 04 43bd008e 02 0102");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_UDTS], 1);
	deliver();
	CU_ASSERT_EQUAL(b.notices, 1);
	CU_ASSERT_EQUAL(b.cause, 4);
	close_both();
}

/* The message that was sent last. */
static struct iuplus_sccp_message last_sent(void)
{
	struct iuplus_sccp_message m = { 0 };

	if (wire_first < wire_last)
		CU_ASSERT_EQUAL(iuplus_sccp_decode(wire[(wire_last - 1) % MAX_QUEUE].data,
						   wire[(wire_last - 1) % MAX_QUEUE].len, &m),
				0);
	wire_first = wire_last;
	return m;
}

static void management(void)
{
	struct iuplus_sccp_message m;
	unsigned udts;

	/* status test of the user, and of SCCP itself (S41): allowed */
	open_both();
	inject(&a, "09 00 03 07 0b 04 43be0001 04 43bd0001 05 03 8e be00 00");
	m = last_sent();
	CU_ASSERT_TRUE(same_hex("SSA of the user", m.data.data, m.data.len, "01 8e be00 00"));
	inject(&a, "09 00 03 07 0b 04 43be0001 04 43bd0001 05 03 01 be00 00");
	m = last_sent();
	CU_ASSERT_TRUE(same_hex("SSA of SCCP", m.data.data, m.data.len, "01 01 be00 00"));
	CU_ASSERT_EQUAL(m.called.ssn, 1);
	/* of another subsystem, of another point code (S42), too short: no answer */
	udts = a.types[IUPLUS_SCCP_UDT];
	inject(&a, "09 00 03 07 0b 04 43be0001 04 43bd0001 05 03 05 be00 00");
	inject(&a, "09 00 03 07 0b 04 43be0001 04 43bd0001 05 03 8e 0900 00");
	inject(&a, "09 00 03 07 0b 04 43be0001 04 43bd0001 04 03 8e be00");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_UDT], udts);
	/* a test of one's own, answered by the other stack; what a node says of a third one does not count */
	CU_ASSERT_EQUAL(iuplus_sccp_test(a.sccp, b.pc, SSN), 0);
	deliver();
	CU_ASSERT_EQUAL(a.allowed, SSN);
	inject(&a, "09 00 03 07 0b 04 43be0001 04 43bd0001 05 02 8e 0900 00");
	CU_ASSERT_EQUAL(a.prohibited, 0);
	inject(&a, "09 00 03 07 0b 04 43be0001 04 43bd0001 05 02 8e bd00 00");
	CU_ASSERT_EQUAL(a.prohibited, SSN);
	close_both();
}

/* What cannot be put together is returned with the first segment to a sender that requested it (S35, S36). */
static void not_reassembled(void)
{
	struct iuplus_sccp_message m;

	open_both();
	inject(&a, "11 81 0f 04 08 0c 0e 04 43be008e 04 43bd008e 02 0102 10 04 82 050000 00");
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_XUDTS], 0);
	inject(&a, "11 81 0f 04 08 0c 0e 04 43be008e 04 43bd008e 02 0304 10 04 00 050000 00");
	m = last_sent();
	CU_ASSERT_EQUAL(m.type, IUPLUS_SCCP_XUDTS);
	CU_ASSERT_EQUAL(m.cause, 8);
	CU_ASSERT(m.called.point_code == 189 && m.calling.point_code == 190);
	CU_ASSERT_TRUE(same_hex("first segment", m.data.data, m.data.len, "0102"));
	/* T(reassembly) */
	inject(&a, "11 81 0f 04 08 0c 0e 04 43be008e 04 43bd008e 02 0506 10 04 81 060000 00");
	pass(9999);
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_XUDTS], 1);
	now++;
	iuplus_sccp_tick(a.sccp, now);
	m = last_sent();
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_XUDTS], 2);
	CU_ASSERT_TRUE(same_hex("first segment", m.data.data, m.data.len, "0506"));
	/* without "return on error": nothing */
	inject(&a, "11 01 0f 04 08 0c 0e 04 43be008e 04 43bd008e 02 0506 10 04 81 070000 00");
	pass(20000);
	/* more messages than there is room for: the oldest is returned */
	for (unsigned i = 0; i < 17; i++) {
		char hex[128];

		snprintf(hex, sizeof(hex),
			 "11 81 0f 04 08 0c 0e 04 43be008e 04 43bd008e 02 08%02x 10 04 81 %02x0000 00", i, i);
		inject(&a, hex);
		now++;
	}
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_XUDTS], 3);
	m = last_sent();
	CU_ASSERT_EQUAL(m.cause, 10);
	CU_ASSERT_TRUE(same_hex("first segment", m.data.data, m.data.len, "0800"));
	CU_ASSERT_EQUAL(a.unitdatas, 0);
	close_both();
}

static void long_unitdata(void)
{
	uint8_t message[IUPLUS_SCCP_MAX_UNITDATA];
	struct iuplus_sccp_message m;

	open_both();
	pattern(message, sizeof(message), 5);
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, 3840), 0);
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_XUDT], 16);
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, 3841), 0);
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(a.sccp, b.pc, SSN, message, sizeof(message)), 0);
	CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_LUDT], 2);
	deliver();
	CU_ASSERT_EQUAL(b.unitdatas, 3);
	CU_ASSERT_EQUAL(b.last_len, sizeof(message));
	CU_ASSERT_EQUAL(memcmp(b.last, message, sizeof(message)), 0);
	/* an unequipped subsystem: LUDTS */
	inject(&a, "13 80 0f 0700 0a00 0d00 0000 04 43be0092 04 43bd008e 0200 0102");
	m = last_sent();
	CU_ASSERT_EQUAL(m.type, IUPLUS_SCCP_LUDTS);
	CU_ASSERT_EQUAL(m.cause, 4);
	/* and one that comes back is reported */
	inject(&a, "14 04 0f 0700 0a00 0d00 0000 04 43be008e 04 43bd008e 0200 0102");
	CU_ASSERT_EQUAL(a.notices, 1);
	close_both();
}

/* ERR on a connection: after cause 3 the peer still has it, so it is released (S24); after 0 to 2 it has none. */
static void error_message(void)
{
	open_both();
	for (unsigned cause = 0; cause < 5; cause++) {
		uint32_t conn = established();
		char hex[32];

		a.releases = a.types[IUPLUS_SCCP_RLSD] = 0;
		snprintf(hex, sizeof(hex), "0f %02x%02x%02x %02x", conn & 0xff, conn >> 8 & 0xff, conn >> 16, cause);
		inject(&a, hex);
		CU_ASSERT_EQUAL(a.releases, 1);
		CU_ASSERT_EQUAL(a.types[IUPLUS_SCCP_RLSD], cause >= 3 ? 1 : 0);
		CU_ASSERT_PTR_NOT_NULL(a.reason);
		deliver();
		CU_ASSERT_EQUAL(iuplus_sccp_count(a.sccp), 0);
	}
	close_both();
}

/* 100 000 messages with octets changed, removed or added, some of them on an established connection. */
static void mutated(void)
{
	static const char *const seeds[] = {
		"01 010000 02 02 06 04 43bd008e 04 04 43be008e 0f 02 0102 00",
		"02 f1ffff 563412 02 01 0f 02 0102 00",
		"03 f1ffff 13 00",
		"04 f1ffff 020000 03 00",
		"05 f1ffff 020000",
		"06 f1ffff 01 01 02 0102",
		"0f f1ffff 00",
		"10 f1ffff 020000 02 0000 00",
		"09 80 03 07 0b 04 43bd008e 04 43be008e 02 0102",
		"11 01 0f 04 08 0c 0e 04 43bd008e 04 43be008e 02 0102 10 04 81 050000 00",
		"0d f1ffff 020000 00",
		"12 01 0f 04 08 0c 00 04 43bd008e 04 43be008e 02 0102",
		"13 80 0f 0700 0a00 0d00 0f00 04 43bd008e 04 43be008e 0200 0102 10 04 80 050000 00",
		"09 00 03 07 0b 04 43be0001 04 43bd0001 05 03 8e be00 00"
	};
	uint64_t seed = seed_begin(), state = seed;
	unsigned failures = CU_get_number_of_failure_records();

	open_both();
	b.deaf = true;
	for (unsigned i = 0; i < 100000; i++) {
		uint8_t buf[80], *exact;
		size_t len = unhex(seeds[seed_next(&state) % (sizeof(seeds) / sizeof(seeds[0]))], buf, sizeof(buf));

		for (unsigned k = (unsigned)(seed_next(&state) % 4); k > 0; k--)
			buf[seed_next(&state) % len] = (uint8_t)seed_next(&state);
		if (seed_next(&state) % 4 == 0)
			len = seed_next(&state) % (len + 1);
		/* exactly as long as the message, so that a sanitizer detects a read beyond it */
		exact = malloc(len > 0 ? len : 1);
		memcpy(exact, buf, len);
		iuplus_sccp_receive(a.sccp, b.pc, exact, len, now);
		free(exact);
		wire_first = wire_last;
		now += seed_next(&state) % 100;
		if (i % 64 == 0) {
			iuplus_sccp_tick(a.sccp, now);
			wire_first = wire_last;
		}
	}
	CU_ASSERT(iuplus_sccp_count(a.sccp) < 100000);
	close_both();
	seed_report(seed, failures);
}

/* Every prefix of every message: no crash, and only complete messages are accepted. */
static void truncated(void)
{
	struct iuplus_sccp_message m;
	uint8_t buf[80], *exact;
	size_t len = unhex("01 010000 02 02 06 04 43bd008e 04 04 43be008e 0f 02 0102 00", buf, sizeof(buf));

	for (size_t n = 0; n < len; n++) {
		exact = malloc(n > 0 ? n : 1);
		memcpy(exact, buf, n);
		CU_ASSERT_NOT_EQUAL(iuplus_sccp_decode(exact, n, &m), 0);
		free(exact);
	}
	CU_ASSERT_EQUAL(iuplus_sccp_decode(buf, len, &m), 0);
}

IUPLUS_CUNIT_MAIN("net_sccp", { "known octets", known_octets }, { "rejected messages", what_is_refused },
		  { "truncated", truncated }, { "sizes", sizes }, { "releases", releases },
		  { "lost release", lost_release }, { "refusals", refusals }, { "strays", strays },
		  { "management", management }, { "not reassembled", not_reassembled },
		  { "long unitdata", long_unitdata }, { "error message", error_message }, { "other peer", other_peer },
		  { "inactivity", inactivity }, { "association lost", association_lost },
		  { "connections limit", connections_limit }, { "endless message", endless_message },
		  { "unitdata", unitdata }, { "mutated", mutated })
