/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net_capture.c: captures: known octets, reading back, merging, hostile files, and decoding by tshark. */
#include "src/net/capture.h"
#include "src/net/m3ua.h"
#include "src/net/sccp.h"
#include "test/unit/test_net.h"

#include <sys/stat.h>

#define CN_PC 189u
#define RNC_PC 190u

static char directory[] = "/tmp/iuplus-capture-XXXXXX";
static char path[4][64];

static const struct iuplus_capture_endpoint rnc = { "127.0.0.2", 2906 }, cn = { "127.0.0.1", 2905 };

/* RANAP messages of real networks: the first of each kind in test/vectors/ranap-pdus.tsv. */
static size_t real_pdu(const char *message, uint8_t *out, size_t size)
{
	const char *srcdir = getenv("srcdir");
	char name[512], line[4096], *field[4];
	size_t len = 0;
	FILE *f;

	snprintf(name, sizeof(name), "%s/test/vectors/ranap-pdus.tsv", srcdir != NULL ? srcdir : ".");
	f = fopen(name, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	while (len == 0 && fgets(line, sizeof(line), f) != NULL) {
		char *at = line;
		unsigned n = 0;

		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '#')
			continue;
		for (; n < 4 && at != NULL; n++)
			field[n] = strsep(&at, "\t");
		if (n == 4 && strcmp(field[2], message) == 0)
			len = unhex(field[3], out, size);
	}
	fclose(f);
	CU_ASSERT(len > 0);
	return len;
}

static size_t file_octets(const char *name, uint8_t **data)
{
	struct stat st;
	FILE *f = fopen(name, "rb");
	size_t n;

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(fstat(fileno(f), &st), 0);
	*data = malloc((size_t)st.st_size + 1);
	n = fread(*data, 1, (size_t)st.st_size, f);
	fclose(f);
	return n;
}

static void write_file(const char *name, const void *data, size_t len)
{
	FILE *f = fopen(name, "wb");

	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(fwrite(data, 1, len, f), len);
	fclose(f);
}

static void checksum(void)
{
	/* RFC 3720 B.4 */
	static uint8_t data[32];

	CU_ASSERT_EQUAL(iuplus_capture_crc32c(data, 32), 0x8a9136aau);
	memset(data, 0xff, 32);
	CU_ASSERT_EQUAL(iuplus_capture_crc32c(data, 32), 0x62a8ab43u);
	for (unsigned i = 0; i < 32; i++)
		data[i] = (uint8_t)i;
	CU_ASSERT_EQUAL(iuplus_capture_crc32c(data, 32), 0x46dd794eu);
}

static void written_and_read(void)
{
	static uint8_t big[65536];
	struct iuplus_capture *c;
	struct iuplus_capture_reader *r;
	struct iuplus_capture_packet p;

	CU_ASSERT_EQUAL_FATAL(iuplus_capture_open(&c, path[0]), 0);
	CU_ASSERT_EQUAL(iuplus_capture_sctp(c, 1000000001, &rnc, &cn, 1, 3, (const uint8_t *)"abc", 3, "first"), 0);
	CU_ASSERT_EQUAL(iuplus_capture_udp(c, 1000000002, &rnc, &cn, (const uint8_t *)"radio", 5, NULL), 0);
	CU_ASSERT_EQUAL(iuplus_capture_upper(c, 1000000003, "rrc.ul.dcch", NULL, NULL, (const uint8_t *)"rrc", 3, "x"),
			0);
	CU_ASSERT_EQUAL(iuplus_capture_sctp(c, 1, &rnc, &cn, 1, 3, big, sizeof(big), NULL), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_capture_sctp(c, 1, &rnc, &cn, 1, 3, big, 0, NULL), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_capture_udp(c, 1, &rnc, &cn, big, 65520, NULL), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_capture_upper(c, 1, "", NULL, NULL, big, 1, NULL), IUPLUS_ERR_CONSTRAINT);
	CU_ASSERT_EQUAL(iuplus_capture_sctp(c, 1000000004, &rnc, &cn, 1, 3, big, 60000, NULL), 0);
	CU_ASSERT_EQUAL(iuplus_capture_close(c), 0);

	CU_ASSERT_EQUAL_FATAL(iuplus_capture_reader_open(&r, path[0]), 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_read(r, &p), 1);
	CU_ASSERT_EQUAL(p.time_ns, 1000000001);
	CU_ASSERT_EQUAL(p.linktype, 101);
	CU_ASSERT_STRING_EQUAL(p.comment, "first");
	CU_ASSERT_EQUAL(p.len, 20 + 12 + 16 + 4);
	CU_ASSERT_EQUAL(p.data[9], 132);
	CU_ASSERT_TRUE(same_hex("chunk", p.data + 32, 20, "00030013 00000001 0001 0000 00000003 61626300"));
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_read(r, &p), 1);
	CU_ASSERT_EQUAL(p.interface, IUPLUS_CAPTURE_IU);
	CU_ASSERT_PTR_NULL(p.comment);
	CU_ASSERT_EQUAL(memcmp(p.data + 28, "radio", 5), 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_read(r, &p), 1);
	CU_ASSERT_EQUAL(p.linktype, 252);
	CU_ASSERT_EQUAL(p.interface, IUPLUS_CAPTURE_UU);
	CU_ASSERT_TRUE(same_hex("exported PDU", p.data, p.len, "000c000c 7272632e756c2e6463636800 00000000 727263"));
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_read(r, &p), 1);
	CU_ASSERT_EQUAL(p.len, 20 + 12 + 16 + 60000);
	CU_ASSERT_EQUAL(p.data[39], 2); /* TSN */
	CU_ASSERT_EQUAL(p.data[43], 1); /* stream sequence number */
	CU_ASSERT_EQUAL(iuplus_capture_read(r, &p), 0);
	iuplus_capture_reader_close(r);
	CU_ASSERT_EQUAL(iuplus_capture_open(&c, "/nonexistent/x"), IUPLUS_ERR_IO);
	CU_ASSERT_EQUAL(iuplus_capture_reader_open(&r, "/nonexistent/x"), IUPLUS_ERR_IO);
	CU_ASSERT_EQUAL(iuplus_capture_close(NULL), 0);
}

static void merged(void)
{
	const char *inputs[2] = { path[0], path[1] };
	struct iuplus_capture *c;
	struct iuplus_capture_reader *r;
	struct iuplus_capture_packet p;
	size_t n, failed;
	uint64_t last = 0;
	uint8_t *data;

	for (unsigned k = 0; k < 2; k++) {
		CU_ASSERT_EQUAL_FATAL(iuplus_capture_open(&c, path[k]), 0);
		for (unsigned i = 0; i < 100; i++) {
			uint8_t content[2] = { (uint8_t)k, (uint8_t)i };

			/* the clock of one of them jumps back once; some times are equal */
			uint64_t t = 1000 + i / 2 * 10 + (k == 1 && i == 50 ? 0 : k * 10);

			CU_ASSERT_EQUAL(iuplus_capture_upper(c, t, "rrc.dl.dcch", NULL, NULL, content, 2,
							     i == 7 ? "seven" : NULL),
					0);
		}
		CU_ASSERT_EQUAL(iuplus_capture_close(c), 0);
	}
	CU_ASSERT_EQUAL(iuplus_capture_merge(path[2], inputs, 2, &n, &failed), 0);
	CU_ASSERT_EQUAL(n, 200);
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_reader_open(&r, path[2]), 0);
	n = 0;
	while (iuplus_capture_read(r, &p) == 1) {
		CU_ASSERT(p.time_ns >= last);
		CU_ASSERT_EQUAL(p.interface, IUPLUS_CAPTURE_UU);
		CU_ASSERT((p.comment != NULL) == (p.data[p.len - 1] == 7));
		last = p.time_ns;
		n++;
	}
	CU_ASSERT_EQUAL(n, 200);
	iuplus_capture_reader_close(r);
	/* a writer was killed in the middle of a packet: the complete packets count */
	n = file_octets(path[1], &data);
	write_file(path[1], data, n - 5);
	free(data);
	CU_ASSERT_EQUAL(iuplus_capture_merge(path[2], inputs, 2, &n, &failed), 0);
	CU_ASSERT_EQUAL(n, 199);
	write_file(path[1], "no pcapng at all, just text", 27);
	CU_ASSERT_EQUAL(iuplus_capture_merge(path[2], inputs, 2, &n, &failed), IUPLUS_ERR_SYNTAX);
	CU_ASSERT_EQUAL(failed, 1);
	CU_ASSERT_EQUAL(iuplus_capture_merge("/nonexistent/x", inputs, 1, &n, &failed), IUPLUS_ERR_IO);
	CU_ASSERT_EQUAL(failed, 1);
	CU_ASSERT_EQUAL(iuplus_capture_merge(path[2], inputs, 0, &n, &failed), 0);
	CU_ASSERT_EQUAL(n, 0);
}

/* A file of the other byte order, microseconds and a power of two as resolution, an unknown block, no options. */
static void foreign(void)
{
	static const char hex[] =
		"0a0d0d0a 0000001c 1a2b3c4d 00010000 ffffffffffffffff 0000001c"
		"00000001 00000014 00650000 00040000 00000014"
		"00000001 00000020 00fc0000 00040000 00090001 8a000000 00000000 00000020"
		"00000bad 00000010 01020304 00000010"
		"00000006 00000024 00000000 00000000 000f4240 00000001 00000005 aa000000 00000024"
		"00000006 00000024 00000001 00000000 00000600 00000001 00000001 bb000000 00000024";
	struct iuplus_capture_reader *r;
	struct iuplus_capture_packet p;
	uint8_t buf[512];

	write_file(path[0], buf, unhex(hex, buf, sizeof(buf)));
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_reader_open(&r, path[0]), 0);
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_read(r, &p), 1);
	CU_ASSERT_EQUAL(p.time_ns, 1000000000);
	CU_ASSERT_EQUAL(p.linktype, 101);
	CU_ASSERT(p.len == 1 && p.original_len == 5 && p.data[0] == 0xaa);
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_read(r, &p), 1);
	CU_ASSERT_EQUAL(p.time_ns, 1500000000);
	CU_ASSERT_EQUAL(p.linktype, 252);
	CU_ASSERT_EQUAL(iuplus_capture_read(r, &p), 0);
	iuplus_capture_reader_close(r);
}

static void hostile(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned failures = CU_get_number_of_failure_records();
	struct iuplus_capture *c;
	uint8_t *good, *bad;
	size_t len;

	CU_ASSERT_EQUAL_FATAL(iuplus_capture_open(&c, path[0]), 0);
	for (unsigned i = 0; i < 5; i++)
		iuplus_capture_sctp(c, i, &rnc, &cn, 1, 3, (const uint8_t *)"abcdefgh", i + 1, "a comment");
	iuplus_capture_close(c);
	len = file_octets(path[0], &good);
	bad = malloc(len);
	for (unsigned i = 0; i < 3000; i++) {
		struct iuplus_capture_reader *r;
		struct iuplus_capture_packet p;
		size_t n = len;

		memcpy(bad, good, len);
		if (i < len) {
			n = i;
		} else {
			for (unsigned k = 1 + (unsigned)(seed_next(&state) % 4); k > 0; k--)
				bad[seed_next(&state) % len] = (uint8_t)seed_next(&state);
		}
		write_file(path[1], bad, n);
		if (iuplus_capture_reader_open(&r, path[1]) != 0)
			continue;
		while (iuplus_capture_read(r, &p) == 1) {
			CU_ASSERT(p.len < 1024 * 1024);
		}
		iuplus_capture_reader_close(r);
	}
	free(good);
	free(bad);
	seed_report(seed, failures);
}

/* --- decoding by tshark --- */

static struct iuplus_sccp *stack[2]; /* RNC, core */
static struct iuplus_capture *tshark_capture;
static uint64_t tick;
static struct {
	unsigned to;
	uint8_t data[512];
	size_t len;
} wire[512];
static size_t wire_first, wire_last;
static uint32_t conn[2];

static int to_wire(void *user, uint32_t dpc, uint8_t sls, const uint8_t *data, size_t len)
{
	unsigned me = user == &stack[0] ? 0 : 1;
	struct iuplus_m3ua_message m = {
		.type = IUPLUS_M3UA_DATA,
		.has_data = true,
		.opc = me == 0 ? RNC_PC : CN_PC,
		.dpc = dpc,
		.si = 3,
		.ni = 2,
		.sls = sls,
		.user = { data, len }
	};
	uint8_t buf[600];
	size_t n;

	CU_ASSERT_EQUAL(iuplus_m3ua_encode(&m, buf, sizeof(buf), &n), 0);
	CU_ASSERT_EQUAL(iuplus_capture_sctp(tshark_capture, ++tick * 1000000, me == 0 ? &rnc : &cn,
					    me == 0 ? &cn : &rnc, (uint16_t)(1 + sls), 3, buf, n, NULL),
			0);
	wire[wire_last].to = !me;
	memcpy(wire[wire_last].data, data, len);
	wire[wire_last++].len = len;
	return 0;
}

static void from_wire(void *user, const struct iuplus_sccp_event *event)
{
	unsigned me = user == &stack[0] ? 0 : 1;

	if (event->kind == IUPLUS_SCCP_EV_CONNECT) {
		conn[me] = event->conn;
		iuplus_sccp_accept(stack[me], event->conn, 0);
	}
}

static void deliver(void)
{
	for (; wire_first < wire_last; wire_first++)
		iuplus_sccp_receive(stack[wire[wire_first].to], wire[wire_first].to == 0 ? CN_PC : RNC_PC,
				    wire[wire_first].data, wire[wire_first].len, 0);
}

/* The first ASP state messages between two nodes. */
static void capture_m3ua(unsigned type, bool from_rnc)
{
	struct iuplus_m3ua_message m = { .type = type };
	uint8_t buf[64];
	size_t n;

	if (type == IUPLUS_M3UA_ASPUP) {
		m.has_asp_id = true;
		m.asp_id = RNC_PC;
	}
	if (type == IUPLUS_M3UA_NTFY) {
		m.has_status = true;
		m.status_type = 1;
		m.status_info = 3;
	}
	CU_ASSERT_EQUAL(iuplus_m3ua_encode(&m, buf, sizeof(buf), &n), 0);
	CU_ASSERT_EQUAL(iuplus_capture_sctp(tshark_capture, ++tick * 1000000, from_rnc ? &rnc : &cn,
					    from_rnc ? &cn : &rnc, 0, 3, buf, n, NULL),
			0);
}

/* An Iu dialogue with PDUs of real networks, in DT1 of at most 60 octets so that some are segmented. */
static void make_dialogue(void)
{
	static const char *const messages[] = { "SecurityModeCommand", "RAB-AssignmentRequest",
						"RAB-AssignmentResponse", "DirectTransfer", "CommonID" };
	uint8_t pdu[512];
	size_t len;

	for (unsigned i = 0; i < 2; i++) {
		struct iuplus_sccp_config config = { .point_code = i == 0 ? RNC_PC : CN_PC,
						     .ssn = 142,
						     .segment = 60,
						     .first_reference = 100 * (i + 1) };
		struct iuplus_sccp_ops ops = { .send = to_wire, .event = from_wire, .user = &stack[i] };

		stack[i] = iuplus_sccp_new(&config, &ops);
		CU_ASSERT_PTR_NOT_NULL_FATAL(stack[i]);
	}
	wire_first = wire_last = tick = 0;
	capture_m3ua(IUPLUS_M3UA_ASPUP, true);
	capture_m3ua(IUPLUS_M3UA_ASPUP_ACK, false);
	capture_m3ua(IUPLUS_M3UA_ASPAC, true);
	capture_m3ua(IUPLUS_M3UA_ASPAC_ACK, false);
	capture_m3ua(IUPLUS_M3UA_NTFY, false);
	len = real_pdu("InitialUE-Message", pdu, sizeof(pdu));
	CU_ASSERT_EQUAL(iuplus_sccp_connect(stack[0], CN_PC, pdu, len, NULL, 0, &conn[0]), 0);
	deliver();
	for (unsigned i = 0; i < 5; i++) {
		unsigned from = i == 2;

		len = real_pdu(messages[i], pdu, sizeof(pdu));
		CU_ASSERT_EQUAL(iuplus_sccp_send(stack[!from], conn[!from], pdu, len, 0), 0);
		deliver();
	}
	/* and as unitdata */
	len = real_pdu("Iu-ReleaseRequest", pdu, sizeof(pdu));
	CU_ASSERT_EQUAL(iuplus_sccp_unitdata(stack[0], CN_PC, 142, pdu, len), 0);
	deliver();
	CU_ASSERT_EQUAL(iuplus_sccp_release(stack[1], conn[1], 0, 0), 0);
	deliver();
	/* a first message too long for CR */
	len = real_pdu("DirectTransfer", pdu, sizeof(pdu));
	CU_ASSERT_EQUAL(iuplus_sccp_connect(stack[0], CN_PC, pdu, len, NULL, 0, &conn[0]), 0);
	deliver();
	CU_ASSERT_EQUAL(iuplus_sccp_release(stack[0], conn[0], 0, 0), 0);
	deliver();
	CU_ASSERT_EQUAL(iuplus_sccp_count(stack[0]) + iuplus_sccp_count(stack[1]), 0);
	iuplus_sccp_free(stack[0]);
	iuplus_sccp_free(stack[1]);
}

static void judged_by_tshark(void)
{
	static const uint8_t release_request[] = { 0x00, 0x0b, 0x40, 0x08, 0, 0, 1, 0, 0x04, 0x40, 1, 0x42 };
	char command[512], line[1024];
	unsigned lines = 0, ranap = 0, severities = 0;
	bool reassembled = false;
	FILE *out;

	if (system("tshark -v >/dev/null 2>&1") != 0)
		return;
	CU_ASSERT_EQUAL_FATAL(iuplus_capture_open(&tshark_capture, path[3]), 0);
	make_dialogue();
	CU_ASSERT_EQUAL(iuplus_capture_upper(tshark_capture, ++tick * 1000000, "ranap", &rnc, &cn, release_request,
					     sizeof(release_request), "Iu"),
			0);
	CU_ASSERT_EQUAL(iuplus_capture_close(tshark_capture), 0);
	/* A clean profile, and every checksum is checked. */
	snprintf(command, sizeof(command),
		 "HOME=%s XDG_CONFIG_HOME=%s tshark -r %s -o 'sctp.checksum:CRC 32c' "
		 "-o ip.check_checksum:TRUE -T fields -e frame.number -e frame.protocols -e _ws.expert.severity "
		 "-e _ws.malformed -e sctp.checksum.status -e _ws.col.Info 2>/dev/null",
		 directory, directory, path[3]);
	out = popen(command, "r");
	CU_ASSERT_PTR_NOT_NULL_FATAL(out);
	while (fgets(line, sizeof(line), out) != NULL) {
		char *at = line, *field[6] = { NULL };

		for (unsigned n = 0; n < 6 && at != NULL; n++)
			field[n] = strsep(&at, "\t");
		lines++;
		if (field[5] == NULL || strstr(field[1], "malformed") != NULL || field[3][0] != '\0' ||
		    (strstr(field[1], "sctp") != NULL && strcmp(field[4], "1") != 0)) {
			printf("\ntshark: frame %s: %s: severity %s, malformed %s, SCTP checksum %s: %s\n", field[0],
			       field[1], field[2], field[3], field[4], field[5]);
			CU_FAIL("malformed");
			continue;
		}
		/* 0x600000 is a warning, 0x800000 an error */
		for (char *list = field[2], *s; (s = strsep(&list, ",")) != NULL;) {
			if (strtoul(s, NULL, 0) >= 0x600000) {
				printf("\ntshark: frame %s: severity %s: %s", field[0], s, field[5]);
				severities++;
			}
		}
		ranap += strstr(field[1], "ranap") != NULL;
		reassembled |= strstr(field[5], "RAB-Assignment") != NULL;
	}
	CU_ASSERT_EQUAL(pclose(out), 0);
	CU_ASSERT_EQUAL(lines, tick);
	/* the initial message, five on the connection, one unitdata, one after an empty CR, one exported */
	CU_ASSERT_EQUAL(ranap, 9);
	CU_ASSERT_TRUE(reassembled);
	CU_ASSERT_EQUAL(severities, 0);
}

static int clean_up(int rc)
{
	for (unsigned i = 0; i < 4; i++)
		if (getenv("IUPLUS_KEEP") == NULL)
			unlink(path[i]);
	if (getenv("IUPLUS_KEEP") == NULL && rmdir(directory) != 0) {
		/* tshark may have created its configuration there */
		char command[128];

		snprintf(command, sizeof(command), "rm -rf %s", directory);
		if (system(command) != 0)
			return 2;
	}
	return rc;
}

int main(void)
{
	static const struct iuplus_cunit_test tests[] = {
		{ "checksum", checksum }, { "written and read", written_and_read },
		{ "merged", merged },     { "foreign", foreign },
		{ "hostile", hostile },   { "decoded by tshark", judged_by_tshark }
	};

	if (mkdtemp(directory) == NULL)
		return 2;
	for (unsigned i = 0; i < 4; i++)
		snprintf(path[i], sizeof(path[i]), "%s/%u.pcapng", directory, i);
	return clean_up(iuplus_cunit_run("net_capture", tests, sizeof(tests) / sizeof(tests[0])));
}
