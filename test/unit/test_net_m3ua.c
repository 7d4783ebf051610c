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
	static const uint8_t list[] = { 0, 0, 0, 6, 0, 0, 0, 5 };
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
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_ASPAC,
					  .has_routing_context = true,
					  .routing_context = 6,
					  .routing_contexts = 2,
					  .routing_context_list = { list, sizeof(list) } };
	known("ASPAC", &m, "01000401 00000014 0006000c 00000006 00000005");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_DUPU,
					  .affected = { list, 4 },
					  .has_user_cause = true,
					  .cause = 1,
					  .affected_user = 5 };
	known("DUPU", &m, "01000205 00000018 00120008 00000006 02040008 00010005");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_SCON,
					  .affected = { list, 4 },
					  .has_congestion = true,
					  .congestion = 2 };
	known("SCON", &m, "01000204 00000018 00120008 00000006 02050008 00000002");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_REG_REQ,
					  .has_routing_key = true,
					  .local_key_id = 1,
					  .key_dpc = 190 };
	known("REG_REQ", &m, "01000901 0000001c 02070014 020a0008 00000001 020b0008 000000be");
	m = (struct iuplus_m3ua_message){ .type = IUPLUS_M3UA_REG_RSP,
					  .has_registration = true,
					  .local_key_id = 1,
					  .registration_status = 0,
					  .registered_context = 9 };
	known("REG_RSP", &m, "01000902 00000024 0208001c 020a0008 00000001 02120008 00000000 00060008 00000009");
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
		    { "01000205 00000010 00120008 00000006", IUPLUS_M3UA_E_PARAMETER_MISSING },
		    { "01000902 00000010 02080008 020a0008", IUPLUS_M3UA_E_PARAMETER_FIELD },
		    { "01000902 0000000e 02080006 020a", IUPLUS_M3UA_E_PARAMETER_FIELD },
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
	/* an empty routing context in a message about destinations is as if absent (osmo-stp), elsewhere an error */
	len = unhex("01000201 0000002c 00060004 00120008 000000bb 00040015 526573706f6e736520746f2044415544 00 000000",
		    buf, sizeof(buf));
	CU_ASSERT_EQUAL(iuplus_m3ua_decode(buf, len, &m, &error), 0);
	CU_ASSERT(!m.has_routing_context && m.affected.len == 4);
	len = unhex("01000401 0000000c 00060004", buf, sizeof(buf));
	CU_ASSERT_NOT_EQUAL(iuplus_m3ua_decode(buf, len, &m, &error), 0);
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
	unsigned active, inactive, data, errors, destinations, statuses, dead;
	const char *reason; /* of the last event with one */
	bool id_taken;
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
	uint8_t data[61000];
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

	n->reason = e->reason != NULL ? e->reason : n->reason;
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
	case IUPLUS_M3UA_EV_STATUS:
		n->statuses++;
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

static bool id_taken(void *user, uint32_t id)
{
	const struct node *n = user;

	return n->id_taken && id == 190;
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
		.point_code = 190,
		.timers = { .t_ack = 2000, .t_beat = 30000 }
	};
	struct iuplus_m3ua_ops ops = { .send = node_send, .event = node_event, .asp_id_in_use = id_taken };

	memset(&client, 0, sizeof(client));
	memset(&server, 0, sizeof(server));
	client.other = &server;
	server.other = &client;
	wire_first = wire_last = 0;
	now = 5000;
	ops.user = &client;
	iuplus_m3ua_init(&client.m, &c, &ops);
	c.role = IUPLUS_M3UA_SERVER;
	c.point_code = 189;
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
	static const uint8_t user[IUPLUS_M3UA_MAX_USER + 1] = { 1, 2, 3 };

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
		    { "01000101 00000028 02000008 00000009 02100015 000000be 000000bd 03020007 090003070b 000000",
		      IUPLUS_M3UA_E_NETWORK_APPEARANCE, 1 },
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
	/* DUNA is reported */
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

/* The messages that were sent since the last call, as "TYPE TYPE ...", ERR with its code, NTFY with its status. */
static const char *sent(void)
{
	static char text[256];
	size_t at = 0;

	text[0] = '\0';
	for (; wire_first < wire_last && at < sizeof(text); wire_first++) {
		const uint8_t *data = wire[wire_first % MAX_QUEUE].data;
		struct iuplus_m3ua_message m;
		unsigned error;

		CU_ASSERT_EQUAL(iuplus_m3ua_decode(data, wire[wire_first % MAX_QUEUE].len, &m, &error), 0);
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%s", at > 0 ? " " : "",
				       iuplus_m3ua_type_name(m.type));
		if (m.has_error)
			at += (size_t)snprintf(text + at, sizeof(text) - at, "(%u)", m.error);
		if (m.has_status)
			at += (size_t)snprintf(text + at, sizeof(text) - at, "(%u/%u)", m.status_type, m.status_info);
		for (size_t i = 0; i < m.affected.len; i += 4)
			at += (size_t)snprintf(text + at, sizeof(text) - at, "[%u/%u]", m.affected.data[i],
					       (unsigned)(m.affected.data[i + 2] << 8 | m.affected.data[i + 3]));
		for (size_t i = 0; i < m.routing_context_list.len; i += 4)
			at += (size_t)snprintf(text + at, sizeof(text) - at, "{%u}",
					       m.routing_context_list.data[i + 3]);
	}
	return text;
}

static void long_heartbeat(void)
{
	static uint8_t beat[60012];
	const size_t sizes[] = { 0, 1, 500, 600, 5000, 60000 };

	open_both();
	for (size_t i = 0; i < 2 * sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct node *n = i & 1 ? &server : &client;
		size_t size = sizes[i / 2], len = 0;
		struct iuplus_m3ua_message m = { .type = IUPLUS_M3UA_BEAT };

		for (size_t k = 0; k < size; k++)
			beat[k] = (uint8_t)(k * 7 + i);
		m.heartbeat.data = malloc(size + 1);
		memcpy((void *)(uintptr_t)m.heartbeat.data, beat, size);
		m.heartbeat.len = size;
		CU_ASSERT_EQUAL(iuplus_m3ua_encode(&m, beat, sizeof(beat), &len), 0);
		iuplus_m3ua_receive(&n->m, 0, beat, len, now);
		beat[3] = IUPLUS_M3UA_BEAT_ACK & 0xff;
		CU_ASSERT_EQUAL_FATAL(wire_last - wire_first, 1);
		CU_ASSERT_EQUAL(wire[wire_first % MAX_QUEUE].len, len);
		CU_ASSERT_EQUAL(memcmp(wire[wire_first % MAX_QUEUE].data, beat, len), 0);
		wire_first = wire_last;
		free((void *)(uintptr_t)m.heartbeat.data);
	}
}

/* Every routing context of a request is looked at, and those that are not ours are named (M53, M54, 4.3.4.3). */
static void routing_contexts(void)
{
	open_both();
	inject(&server, 0, "01000402 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPIA_ACK NTFY(1/4){5}");
	inject(&server, 0, "01000401 00000014 0006000c 00000006 00000005");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPAC_ACK{5} ERR(25){6} NTFY(1/3){5}");
	CU_ASSERT_EQUAL(server.m.state, IUPLUS_M3UA_ACTIVE);
	inject(&server, 0, "01000402 00000014 0006000c 00000005 00000006");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPIA_ACK{5} ERR(25){6} NTFY(1/4){5}");
	inject(&server, 0, "01000401 00000014 0006000c 00000005 00000006");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPAC_ACK{5} ERR(25){6} NTFY(1/3){5}");
	inject(&server, 0, "01000401 00000014 0006000c 00000007 00000006");
	CU_ASSERT_STRING_EQUAL(sent(), "ERR(25){7}{6}");
	CU_ASSERT_EQUAL(server.m.state, IUPLUS_M3UA_ACTIVE);
	/* DATA: ours is the second of the list */
	inject(&server, 1,
	       "01000101 0000002c 0006000c 00000006 00000005 02100015 000000be 000000bd 03020007 090003070b 000000");
	CU_ASSERT_EQUAL(server.data, 1);
	/* without a configured one all are taken */
	open_with(false, 0);
	iuplus_m3ua_up(&server.m, 17, now);
	inject(&server, 0, "01000301 00000008");
	inject(&server, 0, "01000401 00000014 0006000c 00000006 00000005");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPUP_ACK NTFY(1/2) ASPAC_ACK{6}{5} NTFY(1/3)");
}

static void traffic_modes(void)
{
	static const char *const aspac[] = { "01000401 00000010 000b0008 00000001",
					     "01000401 00000010 000b0008 00000002",
					     "01000401 00000010 000b0008 00000003" };
	static const char *const want[4][3] = { { "ASPAC_ACK", "ASPAC_ACK", "ERR(5)" },
						{ "ASPAC_ACK", "ERR(5)", "ERR(5)" },
						{ "ERR(5)", "ASPAC_ACK", "ERR(5)" },
						{ "ERR(5)", "ERR(5)", "ERR(5)" } };

	open_both();
	for (unsigned configured = 0; configured < 4; configured++)
		for (unsigned i = 0; i < 3; i++) {
			server.m.config.traffic_mode = configured;
			inject(&server, 0, aspac[i]);
			CU_ASSERT_STRING_EQUAL(sent(), want[configured][i]);
		}
}

/* The AS without active ASP is pending for T(r), then inactive (M46, 4.3.2). */
static void pending(void)
{
	open_both();
	client.deaf = true;
	inject(&server, 0, "01000402 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPIA_ACK NTFY(1/4){5}");
	CU_ASSERT_EQUAL(iuplus_m3ua_next(&server.m), now + 2000);
	now += 2000;
	iuplus_m3ua_tick(&server.m, now);
	CU_ASSERT_STRING_EQUAL(sent(), "NTFY(1/2){5}");
	/* active again within T(r): it never became inactive */
	inject(&server, 0, "01000401 00000008");
	inject(&server, 0, "01000402 00000008");
	inject(&server, 0, "01000401 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPAC_ACK NTFY(1/3){5} ASPIA_ACK NTFY(1/4){5} ASPAC_ACK NTFY(1/3){5}");
	now += 2000;
	iuplus_m3ua_tick(&server.m, now);
	CU_ASSERT_STRING_EQUAL(sent(), "");
	/* ASPUP of an active ASP; ASPDN, which is not notified */
	inject(&server, 0, "01000301 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPUP_ACK ERR(6) NTFY(1/4){5}");
	inject(&server, 0, "01000302 00000008");
	now += 2000;
	iuplus_m3ua_tick(&server.m, now);
	CU_ASSERT_STRING_EQUAL(sent(), "ASPDN_ACK");
	inject(&server, 0, "01000301 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPUP_ACK NTFY(1/2){5}");
}

static void asp_identifier(void)
{
	open_with(true, 5);
	iuplus_m3ua_up(&server.m, 17, now);
	server.id_taken = true;
	inject(&server, 0, "01000301 00000010 00110008 000000be");
	CU_ASSERT_STRING_EQUAL(sent(), "ERR(15)");
	CU_ASSERT_EQUAL(server.m.state, IUPLUS_M3UA_DOWN);
	inject(&server, 0, "01000301 00000010 00110008 000000bf");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPUP_ACK NTFY(1/2){5}");
}

static void destinations(void)
{
	open_both();
	/* the server knows its own point code only (M28, M29) */
	inject(&server, 0, "01000203 00000010 00120008 000000bd");
	CU_ASSERT_STRING_EQUAL(sent(), "DAVA[0/189]{5}");
	inject(&server, 0, "01000203 00000010 00120008 0000029a");
	CU_ASSERT_STRING_EQUAL(sent(), "DUNA[0/666]{5}");
	inject(&server, 0, "01000203 00000014 0012000c 000000bd 0000029a");
	CU_ASSERT_STRING_EQUAL(sent(), "DAVA[0/189]{5} DUNA[0/666]{5}");
	inject(&server, 0, "01000203 00000010 00120008 080000bd");
	CU_ASSERT_STRING_EQUAL(sent(), "DUNA[8/189]{5} DAVA[0/189]{5}");
	inject(&server, 0, "01000203 00000010 00120008 0800029a");
	CU_ASSERT_STRING_EQUAL(sent(), "DUNA[8/666]{5}");
	/* what is not here (M31, M32) */
	iuplus_m3ua_not_here(&server.m, 666, 0);
	CU_ASSERT_STRING_EQUAL(sent(), "DUNA[0/666]{5}");
	iuplus_m3ua_not_here(&server.m, 189, 5);
	CU_ASSERT_STRING_EQUAL(sent(), "DUPU[0/189]{5}");
	/* an ASP knows nothing (C07) */
	inject(&client, 0, "01000203 00000010 00120008 000000be");
	CU_ASSERT_STRING_EQUAL(sent(), "ERR(6)");
	iuplus_m3ua_not_here(&client.m, 666, 0);
	CU_ASSERT_STRING_EQUAL(sent(), "");
	iuplus_m3ua_audit(&client.m, 189);
	CU_ASSERT_STRING_EQUAL(sent(), "DAUD[0/189]{5}");
	/* DATA on stream 0, if there are others (M21) */
	inject(&server, 0, "01000101 00000020 02100015 000000be 000000bd 03020007 090003070b 000000");
	CU_ASSERT_EQUAL(server.data, 1);
	iuplus_m3ua_streams_in(&server.m, 17);
	inject(&server, 0, "01000101 00000020 02100015 000000be 000000bd 03020007 090003070b 000000");
	CU_ASSERT_STRING_EQUAL(sent(), "ERR(9)");
	CU_ASSERT_EQUAL(server.data, 1);
}

/* Another ASP of the AS took over (C20): inactive until the AS wants this one. */
static void overridden(void)
{
	open_both();
	client.statuses = 0;
	inject(&client, 0, "01000001 00000018 000d0008 00020002 00060008 00000009");
	CU_ASSERT_EQUAL(client.m.state, IUPLUS_M3UA_ACTIVE); /* of another routing context */
	inject(&client, 0, "01000001 00000010 000d0008 00020002");
	CU_ASSERT_EQUAL(client.m.state, IUPLUS_M3UA_INACTIVE);
	CU_ASSERT_STRING_EQUAL(client.reason, "alternate ASP active");
	CU_ASSERT_EQUAL(client.inactive, 1);
	CU_ASSERT_EQUAL(iuplus_m3ua_send(&client.m, 190, 189, 2, 0, (const uint8_t *)"x", 1), IUPLUS_ERR_STATE);
	CU_ASSERT_STRING_EQUAL(sent(), "");
	inject(&client, 0, "01000001 00000010 000d0008 00010003");
	CU_ASSERT_STRING_EQUAL(sent(), "");
	inject(&client, 0, "01000001 00000010 000d0008 00010004");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPAC{5}");
	CU_ASSERT_EQUAL(client.statuses, 4);
	/* an ASPUP ACK that nobody asked for: the peer takes this ASP for inactive (4.3.4.1) */
	inject(&client, 0, "01000403 00000008");
	CU_ASSERT_EQUAL(client.m.state, IUPLUS_M3UA_ACTIVE);
	inject(&client, 0, "01000304 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ERR(6) ASPAC{5}");
	CU_ASSERT_EQUAL(client.m.state, IUPLUS_M3UA_INACTIVE);
	/* an acknowledge for another routing context is not ours */
	inject(&client, 0, "01000403 00000010 00060008 00000009");
	CU_ASSERT_EQUAL(client.m.state, IUPLUS_M3UA_INACTIVE);
}

/* A routing context by registration (4.4.1). */
static void registration(void)
{
	open_with(false, 0);
	client.m.config.registers = true;
	iuplus_m3ua_up(&client.m, 17, now);
	inject(&client, 0, "01000304 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPUP REG_REQ");
	/* refused: said in words, and tried again later */
	inject(&client, 0, "01000902 00000024 0208001c 020a0008 00000001 02120008 00000005 00060008 00000000");
	CU_ASSERT_STRING_EQUAL(client.reason, "registration refused: permission denied");
	CU_ASSERT_STRING_EQUAL(sent(), "");
	CU_ASSERT_EQUAL(iuplus_m3ua_next(&client.m), now + 10000);
	now += 10000;
	iuplus_m3ua_tick(&client.m, now);
	CU_ASSERT_STRING_EQUAL(sent(), "REG_REQ");
	/* the result of another key is not ours, and no result is an error */
	inject(&client, 0, "01000902 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ERR(22)");
	inject(&client, 0, "01000902 00000024 0208001c 020a0008 00000002 02120008 00000000 00060008 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "");
	inject(&client, 0, "01000902 00000024 0208001c 020a0008 00000001 02120008 00000000 00060008 00000009");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPAC{9}");
	inject(&client, 0, "01000403 00000010 00060008 00000009");
	CU_ASSERT_EQUAL(client.active, 1);
	CU_ASSERT_EQUAL(iuplus_m3ua_send(&client.m, 190, 189, 2, 0, (const uint8_t *)"x", 1), 0);
	CU_ASSERT_STRING_EQUAL(sent(), "DATA{9}");
	/* the gateway takes it out of service: the registration holds. After ASPDN it is gone. */
	inject(&client, 0, "01000404 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPAC{9}");
	inject(&client, 0, "01000305 00000008");
	inject(&client, 0, "01000304 00000008");
	CU_ASSERT_STRING_EQUAL(sent(), "ASPUP REG_REQ");
	/* a server registers nobody */
	iuplus_m3ua_up(&server.m, 17, now);
	inject(&server, 0, "01000902 00000024 0208001c 020a0008 00000001 02120008 00000000 00060008 00000009");
	CU_ASSERT_STRING_EQUAL(sent(), "ERR(3)");
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
		"01000203 00000010 00120008 000000be",
		"01000205 00000018 00120008 00000006 02040008 00010005",
		"01000902 00000024 0208001c 020a0008 00000001 02120008 00000000 00060008 00000009"
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
		  { "long heartbeat", long_heartbeat }, { "routing contexts", routing_contexts },
		  { "traffic modes", traffic_modes }, { "pending", pending }, { "ASP identifier", asp_identifier },
		  { "destinations", destinations }, { "overridden", overridden }, { "registration", registration },
		  { "mutated", mutated })
