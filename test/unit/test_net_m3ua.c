/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net_m3ua.c: M3UA: known octets, malformed ones, and two machines connected back to back in virtual time. */
#include "src/net/m3ua.h"
#include "test/unit/test_net.h"

#define MAX_QUEUE 64

/* --- known octets, written by hand from RFC 4666 clause 3 --- */

static void known(const char *what, const struct iuplus_m3ua_message *m, const char *hex)
{
	struct iuplus_m3ua_message back;
	uint8_t buf[256], again[256];
	size_t len = 0, len2 = 0;
	unsigned error = 99;

	CU_ASSERT_EQUAL_FATAL(iuplus_m3ua_encode(m, buf, sizeof(buf), &len), 0);
	CU_ASSERT_TRUE(same_hex(what, buf, len, hex));
	CU_ASSERT_STRING_EQUAL(iuplus_m3ua_type_name(m->type), what);
	for (size_t size = 0; size < len; size++)
		CU_ASSERT_EQUAL(iuplus_m3ua_encode(m, again, size, &len2), IUPLUS_ERR_SPACE);
	CU_ASSERT_EQUAL_FATAL(iuplus_m3ua_decode(buf, len, &back, &error), 0);
	CU_ASSERT_EQUAL(error, 0);
	CU_ASSERT_EQUAL(iuplus_m3ua_encode(&back, again, sizeof(again), &len2), 0);
	CU_ASSERT_TRUE(same_hex("encoded again", again, len2, hex));
}

static void known_octets(void)
{
	static const uint8_t user[] = { 0x09, 0x00, 0x03, 0x07, 0x0b };
	struct iuplus_m3ua_message m = { .type = IUPLUS_M3UA_ASPUP };

	known("ASPUP", &m, "01000301 00000008");
	m.has_asp_id = true;
	m.asp_id = 190;
	known("ASPUP", &m, "01000301 00000010 00110008 000000be");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_ASPAC,
					  .has_traffic_mode = true,
					  .traffic_mode = 2,
					  .has_routing_context = true,
					  .routing_context = 5 };
	known("ASPAC", &m, "01000401 00000018 000b0008 00000002 00060008 00000005");
	m = (struct iuplus_m3ua_message){
		.type = IUPLUS_M3UA_DATA,
		.has_data = true,
		.opc = 190,
		.dpc = 189,
		.si = 3,
		.ni = 2,
		.mp = 0,
		.sls = 7,
		.user = { user, sizeof(user) }
	};
	known("DATA", &m, "01000101 00000020 02100015 000000be 000000bd 03020007 090003070b 000000");
	m.has_network_appearance = m.has_routing_context = true;
	m.network_appearance = 1;
	m.routing_context = 5;
	known("DATA", &m,
	      "01000101 00000030 02000008 00000001 00060008 00000005 02100015 000000be 000000bd 03020007 "
	      "090003070b 000000");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_ERR,
					  .has_error = true,
					  .error = IUPLUS_M3UA_E_TYPE,
					  .diagnostic = { user, 4 } };
	known("ERR", &m, "01000000 00000018 000c0008 00000004 00070008 09000307");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_NTFY,
					  .has_status = true,
					  .status_type = 1,
					  .status_info = 3 };
	known("NTFY", &m, "01000001 00000010 000d0008 00010003");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_BEAT, .heartbeat = { user, 1 } };
	known("BEAT", &m, "01000303 00000010 00090005 09000000");
}

static void malformed(void)
{
	static const struct {
		const char *hex;
		unsigned error;
	} bad[] = { { "01000301", IUPLUS_M3UA_E_PROTOCOL },
		    { "02000301 00000008", IUPLUS_M3UA_E_VERSION },
		    { "01000501 00000008", IUPLUS_M3UA_E_CLASS },
		    { "01000307 00000008", IUPLUS_M3UA_E_TYPE },
		    { "01000301 00000007", IUPLUS_M3UA_E_PROTOCOL },
		    { "01000301 00000020", IUPLUS_M3UA_E_PROTOCOL },
		    { "01000101 00000008", IUPLUS_M3UA_E_PARAMETER_MISSING },
		    { "01000101 00000014 0210000c 000000be 000000bd", IUPLUS_M3UA_E_PARAMETER_FIELD },
		    { "01000301 00000010 00110003 000000be", IUPLUS_M3UA_E_PARAMETER_FIELD },
		    { "01000301 00000010 00110010 000000be", IUPLUS_M3UA_E_PARAMETER_FIELD },
		    { "01000301 00000010 00110006 000000be", IUPLUS_M3UA_E_PARAMETER_FIELD },
		    { "01000401 00000010 00060006 00000005", IUPLUS_M3UA_E_PARAMETER_FIELD } };
	struct iuplus_m3ua_message m;
	uint8_t buf[64];
	unsigned error;
	size_t len;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		size_t n = unhex(bad[i].hex, buf, sizeof(buf));

		CU_ASSERT_NOT_EQUAL(iuplus_m3ua_decode(buf, n, &m, &error), 0);
		if (error != bad[i].error)
			printf("\n%s: got error %u, want %u\n", bad[i].hex, error, bad[i].error);
		CU_ASSERT_EQUAL(error, bad[i].error);
		CU_ASSERT_STRING_NOT_EQUAL(iuplus_m3ua_error_name(error), "?");
	}
	/* unknown parameters are skipped; the padding of the last one may be missing */
	len = unhex("01000301 00000010 7fff0008 000000be", buf, sizeof(buf));
	CU_ASSERT_EQUAL(iuplus_m3ua_decode(buf, len, &m, &error), 0);
	len = unhex("01000303 00000010 00090005 09", buf, sizeof(buf));
	CU_ASSERT_EQUAL(iuplus_m3ua_decode(buf, len, &m, &error), 0);
	CU_ASSERT_EQUAL(m.heartbeat.len, 1);
}

/* --- two machines --- */

struct node {
	struct iuplus_m3ua m;
	struct node *other;
	unsigned active, inactive, data, errors, destinations, dead;
	unsigned error;
	bool deaf;
	uint16_t stream; /* of the last message sent */
	uint8_t last[64];
	size_t last_len;
	uint32_t last_opc;
};

static struct {
	struct node *to;
	uint16_t stream;
	uint8_t data[1100];
	size_t len;
} wire[MAX_QUEUE];
static size_t wire_first, wire_last;
static uint64_t now;
static struct node client, server;

static void node_send(void *user, uint16_t stream, const uint8_t *data, size_t len)
{
	struct node *n = user;

	n->stream = stream;
	CU_ASSERT_FATAL(wire_last - wire_first < MAX_QUEUE && len <= sizeof(wire[0].data));
	wire[wire_last % MAX_QUEUE].to = n->other;
	wire[wire_last % MAX_QUEUE].stream = stream;
	memcpy(wire[wire_last % MAX_QUEUE].data, data, len);
	wire[wire_last++ % MAX_QUEUE].len = len;
}

static void node_event(void *user, const struct iuplus_m3ua_event *e)
{
	struct node *n = user;

	switch (e->kind) {
	case IUPLUS_M3UA_EV_ACTIVE:
		n->active++;
		break;
	case IUPLUS_M3UA_EV_INACTIVE:
		n->inactive++;
		break;
	case IUPLUS_M3UA_EV_DATA:
		n->data++;
		n->last_opc = e->message->opc;
		n->last_len = e->message->user.len;
		if (n->last_len <= sizeof(n->last))
			memcpy(n->last, e->message->user.data, n->last_len);
		break;
	case IUPLUS_M3UA_EV_DESTINATION:
		n->destinations++;
		break;
	case IUPLUS_M3UA_EV_ERROR:
		n->errors++;
		n->error = e->error;
		break;
	case IUPLUS_M3UA_EV_DEAD:
		n->dead++;
		break;
	}
}

static void deliver(void)
{
	while (wire_first < wire_last) {
		size_t i = wire_first++ % MAX_QUEUE;
		struct node *n = wire[i].to;

		if (!n->deaf)
			iuplus_m3ua_receive(&n->m, wire[i].stream, wire[i].data, wire[i].len, now);
	}
}

static void open_with(bool routing_context, uint32_t server_context)
{
	struct iuplus_m3ua_config c = {
		.role = IUPLUS_M3UA_CLIENT,
		.has_asp_id = true,
		.asp_id = 190,
		.has_routing_context = routing_context,
		.routing_context = 5,
		.traffic_mode = 2,
		.timers = { .t_ack = 2000, .t_beat = 30000 }
	};
	struct iuplus_m3ua_ops ops = { .send = node_send, .event = node_event };

	memset(&client, 0, sizeof(client));
	memset(&server, 0, sizeof(server));
	client.other = &server;
	server.other = &client;
	wire_first = wire_last = 0;
	now = 5000;
	ops.user = &client;
	iuplus_m3ua_init(&client.m, &c, &ops);
	c.role = IUPLUS_M3UA_SERVER;
	c.routing_context = server_context;
	c.notify = true;
	ops.user = &server;
	iuplus_m3ua_init(&server.m, &c, &ops);
}

static void open_both(void)
{
	open_with(true, 5);
	iuplus_m3ua_up(&client.m, 17, now);
	iuplus_m3ua_up(&server.m, 17, now);
	deliver();
}

static void pass(uint64_t ms)
{
	uint64_t end = now + ms;

	for (;;) {
		uint64_t next = iuplus_m3ua_next(&client.m), other = iuplus_m3ua_next(&server.m);

		next = other < next ? other : next;
		if (next > end)
			break;
		now = next > now ? next : now;
		iuplus_m3ua_tick(&client.m, now);
		iuplus_m3ua_tick(&server.m, now);
		deliver();
	}
	now = end;
}

static void up_and_data(void)
{
	static const uint8_t user[1000] = { 1, 2, 3 };

	open_both();
	CU_ASSERT_EQUAL(client.active, 1);
	CU_ASSERT_EQUAL(server.active, 1);
	CU_ASSERT_EQUAL(client.m.state, IUPLUS_M3UA_ACTIVE);
	CU_ASSERT(server.m.peer_has_asp_id && server.m.peer_asp_id == 190);
	for (unsigned sls = 0; sls < 16; sls++) {
		CU_ASSERT_EQUAL(iuplus_m3ua_send(&client.m, 190, 189, 2, (uint8_t)sls, user, 3), 0);
		CU_ASSERT_EQUAL(client.stream, 1 + sls);
	}
	deliver();
	CU_ASSERT_EQUAL(server.data, 16);
	CU_ASSERT_EQUAL(server.last_opc, 190);
	CU_ASSERT_EQUAL(server.last_len, 3);
	CU_ASSERT_EQUAL(memcmp(server.last, user, 3), 0);
	CU_ASSERT_EQUAL(iuplus_m3ua_send(&server.m, 189, 190, 2, 0, user, IUPLUS_M3UA_MAX_USER), 0);
	CU_ASSERT_EQUAL(iuplus_m3ua_send(&server.m, 189, 190, 2, 0, user, IUPLUS_M3UA_MAX_USER + 1), IUPLUS_ERR_SPACE);
	deliver();
	CU_ASSERT_EQUAL(client.data, 1);
	CU_ASSERT_EQUAL(client.errors + server.errors, 0);
	/* the association ends: one event "inactive", and no more sending */
	iuplus_m3ua_down(&client.m);
	iuplus_m3ua_down(&client.m);
	CU_ASSERT_EQUAL(client.inactive, 1);
	CU_ASSERT_EQUAL(iuplus_m3ua_send(&client.m, 190, 189, 2, 0, user, 3), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_m3ua_next(&client.m), UINT64_MAX);
	/* established again, with one stream only */
	iuplus_m3ua_up(&client.m, 1, now);
	deliver();
	CU_ASSERT_EQUAL(client.active, 2);
	CU_ASSERT_EQUAL(server.inactive, 1);
	CU_ASSERT_EQUAL(server.active, 2);
	CU_ASSERT_EQUAL(iuplus_m3ua_send(&client.m, 190, 189, 2, 9, user, 3), 0);
	CU_ASSERT_EQUAL(client.stream, 0);
}

static void restart(void)
{
	open_both();
	iuplus_m3ua_up(&server.m, 17, now);
	CU_ASSERT_EQUAL(server.inactive, 1);
	iuplus_m3ua_up(&client.m, 17, now);
	deliver();
	CU_ASSERT_EQUAL(client.inactive, 1);
	CU_ASSERT(client.m.state == IUPLUS_M3UA_ACTIVE && server.m.state == IUPLUS_M3UA_ACTIVE);
}

static void answers_lost(void)
{
	open_with(false, 0);
	iuplus_m3ua_up(&client.m, 17, now);
	/* the server is not up yet: ASPUP is repeated every T(ack) until it is */
	deliver();
	pass(5000);
	CU_ASSERT_EQUAL(client.m.attempts, 3);
	CU_ASSERT_EQUAL(client.active, 0);
	iuplus_m3ua_up(&server.m, 17, now);
	pass(2000);
	CU_ASSERT_EQUAL(client.active, 1);
	CU_ASSERT_EQUAL(server.active, 1);
	/* graceful end */
	iuplus_m3ua_stop(&client.m, now);
	deliver();
	CU_ASSERT_EQUAL(client.m.state, IUPLUS_M3UA_DOWN);
	CU_ASSERT_EQUAL(server.m.state, IUPLUS_M3UA_DOWN);
	CU_ASSERT_EQUAL(server.inactive, 1);
}

static void heartbeat(void)
{
	open_both();
	pass(600000);
	CU_ASSERT(client.m.beat_number >= 19 && server.m.beat_number >= 19);
	CU_ASSERT_EQUAL(client.dead + server.dead, 0);
	client.deaf = true;
	pass(30000 * 3);
	CU_ASSERT_EQUAL(client.dead, 1);
	pass(300000);
	CU_ASSERT_EQUAL(client.dead, 1);
}

static void inject(struct node *n, uint16_t stream, const char *hex)
{
	uint8_t buf[128];

	iuplus_m3ua_receive(&n->m, stream, buf, unhex(hex, buf, sizeof(buf)), now);
}

/* The type of the last message on the wire, and its error code if it is ERR. */
static unsigned answer(unsigned *error)
{
	struct iuplus_m3ua_message m;
	unsigned ignored;

	*error = 0;
	if (wire_first == wire_last)
		return 0xffff;
	wire_first = wire_last;
	if (iuplus_m3ua_decode(wire[(wire_last - 1) % MAX_QUEUE].data, wire[(wire_last - 1) % MAX_QUEUE].len, &m,
			       &ignored) != 0)
		return 0xfffe;
	*error = m.error;
	return m.type;
}

static void errors(void)
{
	static const struct {
		const char *hex;
		unsigned error;
		uint16_t stream;
	} bad[] = { { "02000301 00000008", IUPLUS_M3UA_E_VERSION, 0 },
		    { "01000501 00000008", IUPLUS_M3UA_E_CLASS, 0 },
		    { "01000107 00000008", IUPLUS_M3UA_E_TYPE, 1 },
		    { "01000101 00000008", IUPLUS_M3UA_E_PARAMETER_MISSING, 1 },
		    { "01000301 00000008", IUPLUS_M3UA_E_STREAM, 3 },
		    { "01000304 00000008", IUPLUS_M3UA_E_UNEXPECTED, 0 },
		    { "01000901 00000008", IUPLUS_M3UA_E_CLASS, 0 },
		    { "01000401 00000010 00060008 00000006", IUPLUS_M3UA_E_ROUTING_CONTEXT, 0 },
		    { "01000401 00000010 000b0008 00000009", IUPLUS_M3UA_E_TRAFFIC_MODE, 0 },
		    { "01000101 00000028 00060008 00000006 02100015 000000be 000000bd 03020007 090003070b 000000",
		      IUPLUS_M3UA_E_ROUTING_CONTEXT, 1 } };
	unsigned error;

	open_both();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		inject(&server, bad[i].stream, bad[i].hex);
		CU_ASSERT_EQUAL(answer(&error), IUPLUS_M3UA_ERR);
		if (error != bad[i].error)
			printf("\n%s: answered %u, want %u\n", bad[i].hex, error, bad[i].error);
		CU_ASSERT_EQUAL(error, bad[i].error);
	}
	CU_ASSERT_EQUAL(server.m.state, IUPLUS_M3UA_ACTIVE);
	CU_ASSERT_EQUAL(server.m.errors_sent, sizeof(bad) / sizeof(bad[0]));
	/* ERR is not answered, well formed or not */
	inject(&server, 0, "01000000 00000010 000c0008 00000004");
	CU_ASSERT_EQUAL(answer(&error), 0xffff);
	CU_ASSERT_EQUAL(server.error, IUPLUS_M3UA_E_TYPE);
	inject(&server, 0, "01000000 00000008");
	CU_ASSERT_EQUAL(answer(&error), 0xffff);
	/* DAUD is answered by DAVA, DUNA is reported */
	inject(&server, 0, "01000203 00000010 00120008 000000be");
	CU_ASSERT_EQUAL(answer(&error), IUPLUS_M3UA_DAVA);
	inject(&client, 0, "01000201 00000010 00120008 000000bd");
	CU_ASSERT_EQUAL(client.destinations, 1);
	/* BEAT is answered with the same octets */
	inject(&server, 0, "01000303 00000010 00090008 01020304");
	CU_ASSERT_TRUE(same_hex("BEAT ACK", wire[(wire_last - 1) % MAX_QUEUE].data, 16,
				"01000306 00000010 00090008 01020304"));
	wire_first = wire_last;
	/* ASPUP while active: acknowledged and reported, and the ASP becomes inactive */
	inject(&server, 0, "01000301 00000008");
	CU_ASSERT_EQUAL(server.m.state, IUPLUS_M3UA_INACTIVE);
	CU_ASSERT_EQUAL(server.inactive, 1);
	wire_first = wire_last;
	/* DATA and ASPAC when that is not allowed */
	inject(&server, 1, "01000101 00000020 02100015 000000be 000000bd 03020007 090003070b 000000");
	CU_ASSERT_EQUAL(answer(&error), IUPLUS_M3UA_ERR);
	CU_ASSERT_EQUAL(error, IUPLUS_M3UA_E_UNEXPECTED);
	inject(&server, 0, "01000302 00000008");
	CU_ASSERT_EQUAL(answer(&error), IUPLUS_M3UA_ASPDN_ACK);
	inject(&server, 0, "01000401 00000008");
	CU_ASSERT_EQUAL(answer(&error), IUPLUS_M3UA_ERR);
	CU_ASSERT_EQUAL(error, IUPLUS_M3UA_E_UNEXPECTED);
	CU_ASSERT_EQUAL(server.data, 0);
}

/* A routing context other than the server's: it never becomes active, and no message loop occurs. */
static void wrong_routing_context(void)
{
	open_with(true, 6);
	iuplus_m3ua_up(&server.m, 17, now);
	iuplus_m3ua_up(&client.m, 17, now);
	pass(10000);
	CU_ASSERT_EQUAL(client.active + server.active, 0);
	CU_ASSERT(client.errors >= 5 && client.errors <= 7);
	CU_ASSERT_EQUAL(client.error, IUPLUS_M3UA_E_ROUTING_CONTEXT);
}

static void mutated(void)
{
	static const char *const seeds[] = {
		"01000301 00000010 00110008 000000be",
		"01000401 00000018 000b0008 00000002 00060008 00000005",
		"01000101 00000028 00060008 00000005 02100015 000000be 000000bd 03020007 090003070b 000000",
		"01000000 00000018 000c0008 00000004 00070008 09000307",
		"01000001 00000010 000d0008 00010003",
		"01000303 00000010 00090005 09000000",
		"01000304 00000008",
		"01000403 00000010 00060008 00000005",
		"01000203 00000010 00120008 000000be"
	};
	uint64_t seed = seed_begin(), state = seed;
	unsigned failures = CU_get_number_of_failure_records();

	open_both();
	for (unsigned i = 0; i < 100000; i++) {
		struct node *n = seed_next(&state) & 1 ? &client : &server;
		uint8_t buf[80], *exact;
		size_t len = unhex(seeds[seed_next(&state) % (sizeof(seeds) / sizeof(seeds[0]))], buf, sizeof(buf));

		for (unsigned k = (unsigned)(seed_next(&state) % 4); k > 0; k--)
			buf[seed_next(&state) % len] = (uint8_t)seed_next(&state);
		if (seed_next(&state) % 4 == 0)
			len = seed_next(&state) % (len + 1);
		exact = malloc(len > 0 ? len : 1);
		memcpy(exact, buf, len);
		iuplus_m3ua_receive(&n->m, (uint16_t)(seed_next(&state) & 1), exact, len, now);
		free(exact);
		wire_first = wire_last;
	}
	/* and it still works */
	iuplus_m3ua_up(&client.m, 17, now);
	iuplus_m3ua_up(&server.m, 17, now);
	iuplus_m3ua_down(&client.m);
	iuplus_m3ua_up(&client.m, 17, now);
	deliver();
	CU_ASSERT(client.m.state == IUPLUS_M3UA_ACTIVE && server.m.state == IUPLUS_M3UA_ACTIVE);
	seed_report(seed, failures);
}

IUPLUS_CUNIT_MAIN("net_m3ua", { "known octets", known_octets }, { "malformed", malformed },
		  { "up and data", up_and_data }, { "restart", restart }, { "answers lost", answers_lost },
		  { "heartbeat", heartbeat }, { "errors", errors }, { "wrong routing context", wrong_routing_context },
		  { "mutated", mutated })
